/* The sections that tell the run: overview, participants, the list of events planned against played, decisions, clocks of the law,
 * what people said, what may be claimed, how to check it. */
#include <string.h>

#include "report/aar.h"
#include "report/parts.h"
#include "report/write.h"

/* ---- overview ---- */

static const char *joined(const mu_report *r, const char *list, const char *one)
{
    return SAY("%s%s%s", list, *list ? "; " : "", one);
}

static const char *capabilities(const mu_aar *a)
{
    const mu_report *r = a->r;
    bool there[MU_CAPABILITIES] = {false};
    const char *list = "";
    for (int i = 0; i < a->objective_count; i++)
        for (int k = 0; k < a->objectives[i].task_count; k++)
            there[a->objectives[i].tasks[k].capability] = true;
    for (int c = 0; c < MU_CAPABILITIES; c++)
        if (there[c])
            list = joined(r, list, SAY("%s (NIST CSF 2.0 %s)", mu_capability_word((mu_capability)c), mu_capability_csf((mu_capability)c)));
    return *list ? list : "none named by the scenario";
}

static uint32_t first_of(const mu_report *r, mu_kind_of_event kind)
{
    EACH_EVENT (e, r)
        if (e->kind == kind)
            return e->n;
    return 0;
}

/* The function behind the name that somebody signs with: "lead evaluator" of "Dana Okafor, lead evaluator". */
static const char *function_in(const char *by)
{
    const char *comma = strrchr(by, ',');
    return comma && !strchr(by, '(') ? comma + 1 : ""; /* in brackets: whoever wrote it down */
}

/* Named by the scenario, or signed so in the room: "Dana Okafor, evaluator", "Paula Ruiz, exercise director". */
static const char *staff(const mu_report *r, const char *does)
{
    const char *list = "";
    EACH_EVENT (e, r) {
        bool pinned = e->kind == EV_STAFF_PINNED && strcmp(mu_field(r, e, "does"), does) == 0, judged = e->kind >= EV_OBSERVATION && e->kind <= EV_WAIVED;
        const char *by = judged && mu_event_field_of(e->kind, "by") >= 0 ? mu_field(r, e, "by") : "", *function = function_in(by);
        const char *who = pinned ? mu_called(r, mu_field(r, e, "who")) : strstr(function, does) ? mu_copy(r->arena, by, (size_t)(function - by) - 1) : "";
        list = *who && !strstr(list, who) ? joined(r, list, pinned ? who : SAY("%s, who signed so", who)) : list;
    }
    return *list ? list : "nobody was named, and nobody signed as one";
}

void mu_aar_overview(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    const mu_event *pin = mu_journal_event(r->journal, 1);
    const char *objectives = "";
    for (int i = 0; i < a->objective_count; i++)
        objectives = joined(r, objectives, SAY("%s: %s", a->objectives[i].id, a->objectives[i].text));
    mu_doc_section(d, "overview", "Exercise overview", "");
    mu_doc_term(d, "Exercise", r->title, MU_REFS(1));
    mu_doc_term(d, "Dates", SAY("%s to %s, %s", r->starts, mu_report_time(r, r->end), r->zone), MU_REFS(a->startex, first_of(r, EV_END)));
    mu_doc_term(d, "Scope", SAY("%s. %s of the %s planned. %s", mu_report_kind(r), mu_report_length(r, r->end), mu_report_length(r, r->lasts), mu_report_pauses(r)), MU_REFS(1));
    mu_doc_term(d, "Mission area", "Response, recovery", MU_NO_REFS);
    mu_doc_term(d, "Capabilities", capabilities(a), MU_NO_REFS);
    mu_doc_term(d, "Objectives", *objectives ? objectives : "none named by the scenario", MU_REFS(first_of(r, EV_OBJECTIVE_PINNED)));
    mu_doc_term(d, "Threat or hazard", *mu_field(r, pin, "kind_of_incident") ? mu_plain(r, mu_field(r, pin, "kind_of_incident")) : "not named", MU_REFS(1));
    mu_doc_term(d, "Scenario", a->card_count ? SAY("%d cards; it begins with: %s", a->card_count, a->cards[0].says) : "no card", MU_REFS(a->card_count ? a->cards[0].pinned : 0));
    mu_doc_term(d, "Exercise director", staff(r, "director"), MU_REFS(first_of(r, EV_STAFF_PINNED)));
    mu_doc_term(d, "Evaluators", staff(r, "evaluator"), MU_REFS(first_of(r, EV_STAFF_PINNED)));
    mu_doc_term(d, "Participating organisations", SAY("%s; %d people of the plan, %d of them played by a person", r->organisation, r->person_count, r->players), MU_NO_REFS);
}

/* ---- participants ---- */

static uint32_t first_act(const mu_report *r, const char *person, int *acts)
{
    uint32_t first = 0;
    *acts = 0;
    EACH_EVENT (e, r) {
        if (e->kind != EV_ACT || strcmp(mu_field(r, e, "person"), person) != 0)
            continue;
        first = first ? first : e->n;
        (*acts)++;
    }
    return first;
}

static const char *roles_of(const mu_report *r, const char *person)
{
    const char *list = "";
    EACH_EVENT (e, r) {
        if (e->kind != EV_ROLE_FILLED || strcmp(mu_field(r, e, "person"), person) != 0)
            continue;
        const char *title = mu_called(r, mu_field(r, e, "role"));
        list = strstr(list, title) ? list : joined(r, list, title);
    }
    return *list ? list : "none in this run";
}

void mu_aar_participants(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Person", "Roles held", "Seat", "Acts", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "people", "Participants", SAY("Evaluators: %s. Director: %s. Who is a stand-in was not there: the assumptions answered for them.", staff(r, "evaluator"), staff(r, "director")));
    mu_doc_table(d, "Participants", heads, false);
    for (int i = 0; i < r->person_count; i++) {
        int acts;
        uint32_t first = first_act(r, r->people[i].id, &acts);
        MU_ROW(d, MU_REFS(first), r->people[i].name, roles_of(r, r->people[i].id), r->people[i].played ? "person" : "stand-in", SAY("%d", acts));
    }
    mu_doc_table_end(d, "The plan names nobody.");
}

/* ---- the list of events ---- */

static const char *names_in(const mu_report *r, const char *list)
{
    const char *words = "";
    for (const char *p = list; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        const char *one = mu_called(r, mu_copy(r->arena, p, strcspn(p, " ")));
        words = joined(r, words, mu_begins(one, "act:") ? one + 4 : one);
    }
    return words;
}

static const char *outcomes(const mu_aar *a, const mu_aar_card *c, uint32_t *event)
{
    const mu_report *r = a->r;
    const char *words = "";
    *event = 0;
    for (int i = 0; i < a->objective_count; i++)
        for (int k = 0; k < a->objectives[i].task_count; k++) {
            const mu_aar_task *t = &a->objectives[i].tasks[k];
            if (strcmp(t->card, mu_called(r, c->card)) != 0)
                continue;
            words = joined(r, words, SAY("%s: %s", t->what, t->outcome));
            *event = t->events[2] ? t->events[2] : *event;
        }
    return words;
}

void mu_aar_msel(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Card", "Kind", "To", "Planned", "Played", "Drift", "Expected", "What came of it", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "msel", "Master scenario events list, planned and played", "Written into the journal before STARTEX. Drift is how much later than planned a card was played; a card without a time is played by a story.");
    mu_doc_table(d, "Master scenario events list", heads, false);
    for (int i = 0; i < a->card_count; i++) {
        const mu_aar_card *c = &a->cards[i];
        uint32_t event;
        const char *came = outcomes(a, c, &event);
        int64_t drift = c->planned >= 0 && c->played >= 0 ? c->played - c->planned : -1;
        MU_ROW(d, MU_REFS(c->pinned, c->event, event), mu_called(r, c->card), c->class, names_in(r, c->to), c->planned < 0 ? "by a story" : mu_report_time(r, c->planned),
               c->played < 0 ? c->outcome : SAY("%s%s", mu_report_time(r, c->played), c->reached ? "" : SAY(", %s", c->outcome)), drift < 0 ? "-" : drift ? mu_marked(r, MU_MARK_LATE, mu_report_length(r, drift)) : "none",
               SAY("%s%s", *c->expect ? names_in(r, c->expect) : strcmp(c->class, "question") == 0 ? "an answer" : "nothing", c->within >= 0 ? SAY(" within %s", mu_report_length(r, c->within)) : ""), *came ? came : c->outcome);
    }
    mu_doc_table_end(d, "The journal names no card: it was written by an earlier version.");
}

/* ---- decisions ---- */

static const char *owner_of(const mu_report *r, const char *action)
{
    const mu_node *row = mu_node_named(r, action), *a = mu_get(row, "A") ? mu_get(row, "A") : mu_get(row, "R/A");
    const char *id = a ? a->kind == MU_LIST && a->first ? a->first->text : a->text : "";
    return *id ? mu_called(r, strchr(id, ':') ? id : SAY("role:%s", id)) : "nobody named";
}

/* The reason of a declaration stands in the event that sets its level, behind it. */
static const char *reason_of(const mu_report *r, const mu_event *e)
{
    const mu_event *next = e->kind == EV_DECLARED ? mu_journal_event(r->journal, e->n + 1) : NULL;
    return next && next->kind == EV_SEVERITY_SET ? mu_field(r, next, "reason") : mu_event_field_of(e->kind, "reason") >= 0 ? mu_field(r, e, "reason") : "";
}

static void decision_row(mu_doc *d, const mu_report *r, const mu_event *e)
{
    bool answer = e->kind == EV_PROMPT_ANSWERED, declared = e->kind == EV_DECLARED || e->kind == EV_SEVERITY_CHANGED;
    const char *action = mu_field(r, e, "action"), *needed = mu_get_text(mu_node_named(r, action), "authority");
    bool ok = answer || mu_value(r, e, "authority_ok");
    const char *what = answer ? SAY("question \"%s\"", mu_called(r, mu_field(r, e, "card")))
                       : declared ? SAY("level %s", mu_called(r, mu_field(r, e, e->kind == EV_DECLARED ? "severity" : "to"))) : mu_called(r, action);
    const char *owner = answer ? mu_called(r, mu_field(r, e, "role")) : declared ? owner_of(r, "action:declare") : owner_of(r, action);
    const char *choice = mu_field(r, e, answer ? "answer" : declared ? "severity" : "choice"), *reason = reason_of(r, e);
    int64_t took = mu_event_field_of(e->kind, "took") >= 0 ? mu_value(r, e, "took") : -1;
    needed = declared ? "declare" : needed ? mu_plain(r, needed) : "none";
    MU_ROW(d, MU_REFS(e->n), mu_report_time(r, e->t), what, owner, *mu_field(r, e, "person") ? mu_called(r, mu_field(r, e, "person")) : "nobody", declared ? "declared" : *choice ? choice : "-",
           *reason ? reason : "none given", ok ? needed : mu_marked(r, MU_MARK_BAD, SAY("%s, which they did not have", needed)), mu_report_length(r, took));
}

/* Asked for, and never made. */
static void undecided_row(mu_doc *d, const mu_report *r, const mu_event *e)
{
    EACH_EVENT (made, r)
        if (made->kind == EV_DECISION_MADE && mu_value(r, made, "task") == mu_value(r, e, "task"))
            return;
    MU_ROW(d, MU_REFS(e->n), mu_report_time(r, e->t), mu_called(r, mu_field(r, e, "action")), owner_of(r, mu_field(r, e, "action")), "nobody", mu_marked(r, MU_MARK_BAD, "not decided by ENDEX"), "-",
           *mu_field(r, e, "authority") ? mu_plain(r, mu_field(r, e, "authority")) : "none", "-");
}

void mu_aar_decisions(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"At", "Decision", "Owner", "Made by", "Choice", "Reason", "Authority needed", "Took", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "decisionlog", "Decision log", "The owner is who answers for it in the plan. Took counts from being asked.");
    mu_doc_table(d, "Decision log", heads, false);
    EACH_EVENT (e, r) {
        if (e->kind == EV_DECISION_MADE || e->kind == EV_PROMPT_ANSWERED || e->kind == EV_DECLARED || e->kind == EV_SEVERITY_CHANGED)
            decision_row(d, r, e);
        else if (e->kind == EV_DECISION_REQUESTED)
            undecided_row(d, r, e);
    }
    mu_doc_table_end(d, "Nothing was decided in this run.");
}

/* ---- clocks of the law ---- */

static const char *state_cell(const mu_report *r, mu_state s)
{
    static const mu_mark_of marks[MU_STATES] = {MU_MARK_OK, MU_MARK_OK, MU_MARK_LATE, MU_MARK_BAD, MU_MARK_OPEN, MU_MARK_BAD};
    return mu_marked(r, marks[s], mu_state_word(s));
}

void mu_aar_law(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Duty", "Clock", "Started", "Due", "State", "Margin", "Line", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "law", "Clocks on one board", "First what law and contract ask, then the plan's own times. The board is scaled to the drill; what is due after ENDEX ends in an arrow.");
    mu_doc_picture(d, mu_draw_clocks);
    mu_doc_table(d, "Clocks", heads, false);
    for (int law = 1; law >= 0; law--)
        for (int i = 0; i < r->target_count; i++) {
            const mu_target_row *t = &r->targets[i];
            if (t->law == law)
                MU_ROW(d, MU_REFS(t->started, t->ended), SAY("%s%s", law ? "" : "the plan's own: ", t->who), t->what, SAY("%s: %s", mu_report_time(r, t->began), mu_starts_words(r, t->starts_with)), *t->due ? t->due : "not set",
                       state_cell(r, t->state), mu_target_margin(r, t), SAY("%d", t->at.line));
        }
    mu_doc_table_end(d, "No clock started in this run.");
}

/* ---- what people said ---- */

static int64_t votes_for(const mu_report *r, uint32_t said, uint32_t *event)
{
    int64_t votes = -1;
    EACH_EVENT (e, r)
        if (e->kind == EV_WASH_VOTE && mu_value(r, e, "event") == said && !mu_withdrawn(r, e->n)) {
            votes = mu_value(r, e, "votes");
            *event = e->n;
        }
    return votes;
}

static void washed(mu_doc *d, const mu_report *r, const char *about, const char *title)
{
    bool any = false;
    EACH_EVENT (e, r) {
        uint32_t vote = 0;
        if (e->kind != EV_WASH_SAID || strcmp(mu_field(r, e, "about"), about) != 0 || mu_withdrawn(r, e->n))
            continue;
        if (!any)
            mu_doc_subhead(d, title);
        any = true;
        int64_t votes = votes_for(r, e->n, &vote);
        mu_doc_point(d, SAY("%s (%s%s)", mu_field(r, e, "text"), mu_field(r, e, "by"), votes < 0 ? "" : SAY(", %lld agree%s", (long long)votes, votes == 1 ? "s" : "")), MU_REFS(e->n, vote));
    }
}

void mu_aar_wash(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    bool any = false;
    mu_doc_section(d, "wash", "Feedback and hot wash", "In the words of those who said it. An evaluator's observations of an objective stand there.");
    washed(d, r, "held", "What held");
    washed(d, r, "failed", "What did not");
    washed(d, r, "change", "What people would change");
    EACH_EVENT (e, r) {
        bool free = e->kind == EV_OBSERVATION && !*mu_field(r, e, "objective");
        if ((!free && e->kind != EV_GAP_NOTED && e->kind != EV_BLOCKED_SAID && e->kind != EV_WAIVED) || mu_withdrawn(r, e->n))
            continue;
        if (!any)
            mu_doc_subhead(d, "Noted during play and after");
        any = true;
        mu_doc_point(d, SAY("%s: %s", mu_report_time(r, e->t), mu_event_words(r, e->n)), MU_REFS(e->n, free ? (uint32_t)mu_value(r, e, "event") : 0));
    }
    if (d->sections[d->count - 1].count == 0)
        mu_doc_text(d, "Nobody said anything: no hot wash was held, or none was written down (:wash and :note in the terminal).", MU_NO_REFS);
}

/* ---- claim and proof ---- */

void mu_aar_claim(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    mu_doc_section(d, "claim", "What this run may be claimed as", "");
    mu_doc_term(d, "Kind", mu_report_kind(r), MU_REFS(1));
    mu_doc_term(d, "Claim", mu_report_claim(r), MU_NO_REFS);
    mu_doc_term(d, "Not", mu_report_not(r), MU_NO_REFS);
    mu_doc_term(d, "Figures", mu_report_made_of(r), MU_REFS(1));
}

void mu_aar_check(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    mu_doc_section(d, "check", "How to check it", "Everything above is computed from the plan and the journal alone: whoever has both makes the same bytes.");
    mu_doc_term(d, "Journal", SAY("%d events, ends with %s", r->events, r->journal_head), MU_NO_REFS);
    mu_doc_term(d, "Criteria", SAY("%s: the chain at STARTEX, record %u, which covers objectives, cards, times and seed", a->criteria, (unsigned)a->startex), MU_REFS(a->startex));
    mu_doc_term(d, "Plan", r->plan_hash, MU_REFS(1));
    mu_doc_term(d, "Scenario", r->scenario_hash, MU_REFS(1));
    mu_doc_term(d, "Assumptions", r->assumptions_hash, MU_REFS(1));
    mu_doc_term(d, "Made by", SAY("Muster %s; %d rules looked for gaps", r->engine, r->rules), MU_REFS(1));
    mu_doc_term(d, "To check", SAY("muster verify journal.jsonl reads the chain; muster replay journal.jsonl plays it again and compares every event; muster verify REPORT journal.jsonl makes this report again and "
                                   "compares every byte."), MU_NO_REFS);
}
