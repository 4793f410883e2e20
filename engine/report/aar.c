/* What the exercise was judged by and how it came out: objectives, cards, ratings. */
#include "report/aar.h"

#include <string.h>

#include "report/parts.h"

bool mu_withdrawn(const mu_report *r, uint32_t n)
{
    uint32_t act = n;
    while (act > 1 && mu_journal_event(r->journal, act)->kind != EV_ACT)
        act--;
    EACH_EVENT (e, r)
        if (e->kind == EV_TAKEN_BACK && mu_value(r, e, "event") == act)
            return true;
    return false;
}

/* Of a kind, and one more. */
static size_t count_of(const mu_report *r, mu_kind_of_event kind)
{
    size_t n = 1;
    EACH_EVENT (e, r)
        n += e->kind == kind;
    return n;
}

/* ---- words of ratings ---- */

static const struct { char rating; mu_mark_of mark; const char *word, *definition; } ratings[] = {
    {'P', MU_MARK_OK, "P, performed without challenges",
     "The targets and critical tasks were completed in a manner that achieved the objective and did not negatively impact the performance of other activities, without additional risk to "
     "health or safety, and in accordance with applicable plans, policies, procedures, regulations and laws."},
    {'S', MU_MARK_OK, "S, performed with some challenges", "As P; opportunities to enhance effectiveness or efficiency were identified."},
    {'M', MU_MARK_LATE, "M, performed with major challenges",
     "The objective was achieved, with some or all of these: other activities suffered, risk to health or safety was added, or it was not done in accordance with plans, policies, procedures, "
     "regulations and laws."},
    {'U', MU_MARK_BAD, "U, unable to be performed", "The targets and critical tasks were not performed in a manner that achieved the objective. Where the target is a time, a missed time is U."},
    {0, MU_MARK_OPEN, "not rated", "Nothing of it was observed."},
};

static int row_of(char rating)
{
    int i = 0;
    while (ratings[i].rating && ratings[i].rating != rating)
        i++;
    return i;
}

const char *mu_rating_word(char rating)
{
    return ratings[row_of(rating)].word;
}

const char *mu_rating_definition(char rating)
{
    return ratings[row_of(rating)].definition;
}

const char *mu_rating_cell(const mu_report *r, char rating)
{
    return mu_marked(r, ratings[row_of(rating)].mark, rating ? SAY("%c", rating) : "not rated");
}

const char *mu_rating_stand(const mu_report *r, const mu_aar_objective *o)
{
    if (!o->given)
        return o->proposed ? "no evaluator has confirmed it" : "no evaluator has rated it";
    if (o->given == o->proposed)
        return SAY("confirmed by %s: %s", o->given_by, o->given_why);
    return SAY(mu_begins(o->given_why, "instead of ") ? "%s by %s, %s" : "%s by %s: %s", o->proposed ? "overridden" : "given", o->given_by, o->given_why);
}

/* ---- the rule ---- */

static bool later_half(int64_t took, int64_t window)
{
    return window > 0 && took / 4 > window / 5;
}

/* Somebody decided or declared it without the authority to. */
static uint32_t unauthorised(const mu_report *r, const char *action)
{
    EACH_EVENT (e, r) {
        bool made = e->kind == EV_DECISION_MADE && strcmp(mu_field(r, e, "action"), action) == 0;
        bool declared = e->kind == EV_DECLARED && (strcmp(action, "action:declare") == 0 || strcmp(action, "act:declare") == 0);
        if ((made || declared) && !mu_value(r, e, "authority_ok"))
            return e->n;
    }
    return 0;
}

static uint32_t at_once(const mu_report *r, const mu_event *met, mu_kind_of_event kind)
{
    EACH_EVENT (e, r) {
        bool same = e->t == met->t && strcmp(mu_field(r, e, "person"), mu_field(r, met, "person")) == 0;
        if (e->kind == kind && same && (kind != EV_MESSAGE_RELEASED || !mu_value(r, e, "order_ok")))
            return e->n;
    }
    return 0;
}

static void rate(mu_aar_task *t, char rating, const char *why, uint32_t event)
{
    t->rating = rating;
    t->why = why;
    t->events[1] = event ? event : t->events[1];
}

static void rate_met(const mu_report *r, mu_aar_task *t, const mu_event *e, int64_t window, const char *action)
{
    const char *outcome = mu_field(r, e, "outcome");
    uint32_t without = unauthorised(r, action), order = at_once(r, e, EV_MESSAGE_RELEASED), improvised = at_once(r, e, EV_IMPROVISE);
    if (strstr(outcome, "late"))
        rate(t, 'U', "done after the time that was its target", 0);
    else if (strstr(outcome, "prompt"))
        rate(t, 'U', "done only after a contingency card supplied it", 0);
    else if (strstr(outcome, "somebody else"))
        rate(t, 'M', "achieved by somebody whom the plan does not name", 0);
    else if (without)
        rate(t, 'M', "achieved, decided without the authority", without);
    else if (order)
        rate(t, 'M', "achieved, out of the order that the plan requires", order);
    else if (improvised)
        rate(t, 'S', "achieved, with an improvisation", improvised);
    else if (later_half(mu_value(r, e, "took"), window))
        rate(t, 'S', "achieved, with more than 80 % of its time used", 0);
    else
        rate(t, 'P', "achieved as planned", 0);
}

/* The last event of the journal that says how an expectation came out. */
static mu_aar_task expected(const mu_report *r, const mu_aar_card *c, const char *action)
{
    mu_aar_task t = {.card = mu_called(r, c->card), .what = mu_called(r, action), .outcome = c->played < 0 ? "its card was not played" : "no outcome", .why = "not observed",
                     .capability = mu_capability_of_action(r->plan, action), .events = {c->event}};
    t.what = mu_begins(t.what, "act:") ? mu_plain(r, t.what + 4) : t.what;
    EACH_EVENT (e, r) {
        bool about = (e->kind == EV_EXPECT_MET || e->kind == EV_EXPECT_MISSED || e->kind == EV_EXPECT_OPEN) && strcmp(mu_field(r, e, "card"), c->card) == 0 &&
                     strcmp(mu_field(r, e, "action"), action) == 0;
        if (!about)
            continue;
        t.events[2] = e->n;
        t.outcome = e->kind == EV_EXPECT_OPEN ? "its time was not over at ENDEX" : mu_field(r, e, "outcome");
        t.rating = 0;
        if (e->kind == EV_EXPECT_MET)
            rate_met(r, &t, e, c->within, action);
        else if (e->kind == EV_EXPECT_MISSED)
            rate(&t, 'U', t.outcome, 0);
        else
            t.why = "not observed to its end";
    }
    return t;
}

/* A question: the last answer counts; silence before it is a retry. */
static mu_aar_task asked(const mu_report *r, const mu_aar_card *c)
{
    mu_aar_task t = {.card = mu_called(r, c->card), .what = SAY("answer to \"%s\"", mu_called(r, c->card)), .outcome = c->played < 0 ? "it was not asked" : "no outcome", .why = "not observed",
                     .capability = MU_COMMAND, .events = {c->event}};
    int silent = 0;
    if (c->reached && *r->ended) { /* until a line below says how it came out */
        t.outcome = "its time was not over at ENDEX";
        t.why = "not observed to its end";
    }
    EACH_EVENT (e, r) {
        if ((e->kind != EV_PROMPT_ANSWERED && e->kind != EV_PROMPT_SILENT) || strcmp(mu_field(r, e, "card"), c->card) != 0)
            continue;
        t.events[2] = e->n;
        if (e->kind == EV_PROMPT_SILENT) {
            silent++;
            t.outcome = "no answer";
            rate(&t, 'U', "nobody answered", 0);
            continue;
        }
        t.outcome = mu_field(r, e, "answer");
        if (!mu_value(r, e, "in_time"))
            rate(&t, 'U', "answered after the time that was its target", 0);
        else if (silent)
            rate(&t, 'S', "answered, after it was asked again", 0);
        else if (later_half(mu_value(r, e, "took"), c->within))
            rate(&t, 'S', "answered, with more than 80 % of its time used", 0);
        else
            rate(&t, 'P', "answered in time", 0);
    }
    return t;
}

/* ---- cards ---- */

static const char *state_of_card(const mu_report *r, const char *card, mu_aar_card *c)
{
    const char *outcome = "never played";
    EACH_EVENT (e, r) {
        if (strcmp(mu_field(r, e, "card"), card) != 0)
            continue;
        bool reached = e->kind == EV_INJECT_DELIVERED || e->kind == EV_PROMPT_OPEN, unheard = e->kind == EV_INJECT_UNHEARD || (e->kind == EV_PROMPT_SILENT && !c->reached);
        if ((reached || unheard) && c->played < 0) {
            c->played = e->t;
            c->event = e->n;
        }
        c->reached = c->reached || reached;
        if (unheard && !c->reached)
            outcome = SAY("reached nobody%s%s", e->kind == EV_INJECT_UNHEARD ? ": " : "", mu_field(r, e, "why"));
        else if (reached)
            outcome = "played";
        else if (e->kind == EV_INJECT_SKIPPED || e->kind == EV_INJECT_CANCELLED || (e->kind == EV_INJECT_HELD && c->played < 0))
            outcome = SAY("%s: %s", e->kind == EV_INJECT_SKIPPED ? "left out" : e->kind == EV_INJECT_CANCELLED ? "cancelled" : "held", *mu_field(r, e, "why") ? mu_names_within(r, mu_field(r, e, "why")) : "no reason given");
    }
    return outcome;
}

static void cards(mu_aar *a)
{
    const mu_report *r = a->r;
    a->cards = mu_alloc(r->arena, count_of(r, EV_CARD_PINNED) * sizeof *a->cards);
    EACH_EVENT (e, r) {
        if (e->kind != EV_CARD_PINNED)
            continue;
        mu_aar_card *c = &a->cards[a->card_count++];
        *c = (mu_aar_card){.card = mu_field(r, e, "card"), .class = mu_field(r, e, "class"), .to = mu_field(r, e, "to"), .expect = mu_field(r, e, "expect"),
                           .objective = mu_field(r, e, "objective"), .controller = mu_field(r, e, "controller"), .from = mu_field(r, e, "from"), .says = mu_field(r, e, "says"),
                           .planned = mu_value(r, e, "at"), .played = -1, .within = mu_value(r, e, "within"), .pinned = e->n};
        c->outcome = state_of_card(r, c->card, c);
    }
}

/* ---- objectives ---- */

static int badness(char rating)
{
    const char *order = "PSMU", *at = rating ? strchr(order, rating) : NULL;
    return at ? (int)(at - order) : -1;
}

static void tasks_of(mu_aar *a, mu_aar_objective *o)
{
    const mu_report *r = a->r;
    size_t most = 1;
    for (int i = 0; i < a->card_count; i++)
        most += strlen(a->cards[i].expect) / 2 + 2; /* names are one letter at least, and a blank */
    o->tasks = mu_alloc(r->arena, most * sizeof *o->tasks);
    for (int i = 0; i < a->card_count; i++) {
        const mu_aar_card *c = &a->cards[i];
        if (strcmp(c->objective, o->id) != 0)
            continue;
        if (strcmp(c->class, "question") == 0)
            o->tasks[o->task_count++] = asked(r, c);
        for (const char *p = c->expect; *p; p += strcspn(p, " "), p += strspn(p, " "))
            o->tasks[o->task_count++] = expected(r, c, mu_copy(r->arena, p, strcspn(p, " ")));
    }
    for (int i = 0; i < o->task_count; i++) {
        o->unobserved += !o->tasks[i].rating;
        o->proposed = badness(o->tasks[i].rating) > badness(o->proposed) ? o->tasks[i].rating : o->proposed;
    }
}

static void words_of(const mu_report *r, mu_aar_objective *o)
{
    o->said = mu_alloc(r->arena, count_of(r, EV_OBSERVATION) * sizeof *o->said);
    EACH_EVENT (e, r) {
        if ((e->kind != EV_RATING && e->kind != EV_OBSERVATION) || strcmp(mu_field(r, e, "objective"), o->id) != 0 || mu_withdrawn(r, e->n))
            continue;
        if (e->kind == EV_RATING) {
            o->given = ratings[row_of(*mu_field(r, e, "rating"))].rating;
            o->given_by = mu_field(r, e, "by");
            o->given_why = mu_field(r, e, "why");
            o->given_event = e->n;
        } else {
            o->said[o->said_count++] = (mu_aar_said){mu_field(r, e, "by"), mu_field(r, e, "text"), mu_field(r, e, "holds"), e->n, (uint32_t)mu_value(r, e, "event")};
        }
    }
}

static void objectives(mu_aar *a)
{
    const mu_report *r = a->r;
    a->objectives = mu_alloc(r->arena, count_of(r, EV_OBJECTIVE_PINNED) * sizeof *a->objectives);
    EACH_EVENT (e, r) {
        if (e->kind == EV_START)
            a->startex = e->n;
        if (e->kind != EV_OBJECTIVE_PINNED)
            continue;
        mu_aar_objective *o = &a->objectives[a->objective_count++];
        *o = (mu_aar_objective){.id = mu_field(r, e, "objective"), .text = mu_unstopped(r->arena, mu_field(r, e, "text"), MU_WHOLE), .given_by = "", .given_why = ""};
        tasks_of(a, o);
        words_of(r, o);
    }
}

mu_aar *mu_aar_so_far(const mu_report *r)
{
    mu_aar *a = mu_alloc(r->arena, sizeof *a);
    a->r = r;
    cards(a);
    objectives(a);
    return a;
}

mu_aar *mu_aar_make(const mu_report *r)
{
    mu_aar *a = mu_aar_so_far(r);
    mu_aar_items(a);
    mu_journal_head_at(r->journal, a->startex, a->criteria);
    return a;
}
