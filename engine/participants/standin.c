#include "participants/standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "core/queue.h"

enum { SILENT = -1 };

typedef struct intent {
    const char *verb;
    int64_t object, choice, role, person; /* symbols; 0 for none */
} intent;

typedef struct drawn {
    uint64_t purpose;
    uint64_t count;
} drawn;

struct mu_standin {
    mu_run *run;
    mu_journal *journal;
    mu_symbols *symbols;
    const mu_assumptions *assumptions;
    uint64_t seed;
    mu_queue queue;
    intent *intents;
    int count, room;
    drawn *draws;
    int draw_count, draw_room;
    int64_t *busy; /* per person, until when */
    int64_t declared_by;
    bool at_once;
    mu_chooser choose;
    void *chooser;
};

/* ---- chance ---- */

static uint64_t next_index(mu_standin *s, uint64_t purpose)
{
    for (int i = 0; i < s->draw_count; i++)
        if (s->draws[i].purpose == purpose)
            return ++s->draws[i].count;
    if (s->draw_count == s->draw_room) {
        s->draw_room = s->draw_room ? s->draw_room * 2 : 128;
        s->draws = mu_grow(s->draws, (size_t)s->draw_room * sizeof *s->draws);
    }
    s->draws[s->draw_count++] = (drawn){purpose, 0};
    return 0;
}

static int64_t between(int64_t a, int64_t b, uint32_t part, uint32_t whole)
{
    return a + (b - a) * (int64_t)part / (int64_t)whole;
}

/* The inverse of a distribution by its tenth, half and nine tenths, straight lines between, in whole numbers: the same
 * on every machine. Below the tenth it goes down to half of it, above to twice the slow one. */
static int64_t length_of(const mu_pace *p, uint32_t u)
{
    if (u < 1000)
        return between(p->fast / 2, p->fast, u, 1000);
    if (u < 5000)
        return between(p->fast, p->usual, u - 1000, 4000);
    if (u < 9000)
        return between(p->usual, p->slow, u - 5000, 4000);
    return between(p->slow, 2 * p->slow, u - 9000, 1000);
}

/* How long it takes, or SILENT. */
static int64_t takes(mu_standin *s, int64_t person, mu_habit habit, const char *about)
{
    const char *who = mu_symbol_text(s->symbols, person);
    char what[400];
    mu_pace pace = mu_pace_of(s->assumptions, who, habit);
    snprintf(what, sizeof what, "%s %s", mu_habit_word(habit), about);
    uint64_t purpose = mu_purpose(what, who), index = next_index(s, purpose);
    if ((int)mu_draw_below(s->seed, purpose, index * 2, 100) < pace.never)
        return SILENT;
    return length_of(&pace, mu_draw_below(s->seed, purpose, index * 2 + 1, 10000));
}

/* ---- intents ---- */

static void intend(mu_standin *s, int64_t at, intent what)
{
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 128;
        s->intents = mu_grow(s->intents, (size_t)s->room * sizeof *s->intents);
    }
    s->intents[s->count] = what;
    mu_queue_put(&s->queue, at, 0, s->count++, 0);
}

static int person_of(const mu_standin *s, int64_t person)
{
    const mu_world *w = mu_run_world(s->run);
    for (int i = 0; i < w->person_count; i++)
        if (w->people[i].name == person)
            return i;
    return -1;
}

/* What takes a person's hands waits until they are free. */
static void intend_busy(mu_standin *s, int64_t person, mu_habit habit, const char *about, intent what)
{
    int64_t length = takes(s, person, habit, about), now = mu_run_now(s->run);
    int i = person_of(s, person);
    if (length == SILENT || i < 0)
        return;
    int64_t from = s->busy[i] > now && !s->at_once ? s->busy[i] : now;
    s->busy[i] = from + length;
    intend(s, from + length, what);
}

static int64_t keep(mu_standin *s, const char *text)
{
    return mu_symbol(s->symbols, text);
}

static bool starts(const char *text, const char *kind)
{
    size_t n = strlen(kind);
    return strncmp(text, kind, n) == 0 && text[n] == ':';
}

/* ---- what follows an acknowledgement ---- */

static void follow_card(mu_standin *s, int64_t person, int64_t role, const char *card)
{
    const mu_msel *m = mu_run_msel(s->run);
    for (int i = 0; i < m->card_count; i++) {
        const mu_card *c = &m->cards[i];
        if (strcmp(c->name, card) != 0 || c->kind != MU_INJECT)
            continue;
        for (int k = 0; k < c->expect.count; k++) {
            const mu_name *e = &c->expect.list[k];
            bool action = e->node != NULL;
            const char *act = strchr(e->text, ':') ? strchr(e->text, ':') + 1 : e->text;
            intent what = {.verb = action ? "start" : mu_symbol_text(s->symbols, keep(s, act)), .object = action ? keep(s, e->text) : 0, .role = role, .person = person};
            if (action || strcmp(act, "look_up") == 0)
                intend_busy(s, person, HABIT_START, e->text, what);
        }
    }
}

static void follow(mu_standin *s, int64_t person, int64_t message, int64_t about)
{
    const char *to = mu_run_message_to(s->run, message), *text = mu_symbol_text(s->symbols, about);
    intent what = {.object = about, .role = starts(to, "role") ? keep(s, to) : 0, .person = person};
    int64_t consult = mu_symbol_number(about, MU_CONSULT_N), decide = mu_symbol_number(about, MU_DECIDE_N);
    if (starts(text, "card")) {
        follow_card(s, person, what.role, text + strlen("card:"));
    } else if (mu_symbol_number(about, MU_TASK_N) >= 0) {
        what.verb = "start";
        intend_busy(s, person, HABIT_START, text, what);
    } else if (consult >= 0) {
        what.verb = "consult";
        what.object = mu_symbol_counted(MU_TASK_N, consult);
        intend_busy(s, person, HABIT_CONSULT, text, what);
    } else if (decide >= 0) {
        what.verb = "decide";
        what.choice = keep(s, "yes");
        what.object = mu_symbol_counted(MU_TASK_N, decide);
        intend_busy(s, person, HABIT_DECIDE, text, what);
    } else if (starts(text, "audience")) {
        what.verb = "release";
        intend_busy(s, person, HABIT_WRITE, text, what);
    }
}

/* ---- what is seen ---- */

static void saw_message(mu_standin *s, const mu_event *e)
{
    if (mu_symbol_number(e->arg[3], MU_PROMPT_N) >= 0) /* answered as a question */
        return;
    int64_t length = takes(s, e->arg[1], HABIT_ACKNOWLEDGE, mu_journal_text(s->journal, e, "about"));
    if (length != SILENT)
        intend(s, e->t + length, (intent){.verb = "acknowledge", .object = mu_symbol_counted(MU_MESSAGE_N, e->arg[0]), .person = e->arg[1]});
}

static int pick(mu_standin *s, const char *kind, const char *name, int count)
{
    if (s->choose)
        return s->choose(s->chooser, name, count);
    uint64_t purpose = mu_purpose(kind, name);
    return (int)mu_draw_below(s->seed, purpose, next_index(s, purpose), (uint32_t)count);
}

static void saw_prompt(mu_standin *s, const mu_event *e)
{
    const mu_msel *m = mu_run_msel(s->run);
    const char *card = mu_journal_text(s->journal, e, "card") + strlen("card:"), *fixed = mu_fixed_answer(s->assumptions, card);
    for (int i = 0; i < m->card_count; i++) {
        const mu_card *c = &m->cards[i];
        if (strcmp(c->name, card) != 0 || c->answer_count == 0)
            continue;
        int k = fixed ? 0 : pick(s, "answer", card, c->answer_count);
        if (k >= c->answer_count) /* explored silence */
            return;
        intent what = {.verb = "answer", .object = mu_symbol_counted(MU_PROMPT_N, e->arg[0]), .choice = keep(s, fixed ? fixed : c->answers[k].id),
                       .role = e->arg[2], .person = e->arg[3]};
        if (s->choose)
            intend(s, e->t + 60000, what);
        else
            intend_busy(s, e->arg[3], HABIT_ANSWER, card, what);
    }
}

static int64_t outcome(mu_standin *s, int64_t task)
{
    const mu_node *decides = mu_run_task_outcomes(s->run, task);
    if (!decides || !decides->count)
        return 0;
    const char *step = mu_get_text(decides->parent, "id"), *fixed = mu_fixed_outcome(s->assumptions, step);
    if (fixed && mu_get(decides, fixed))
        return keep(s, fixed);
    const mu_node *n = decides->first;
    for (int k = pick(s, "outcome", step, decides->count) % decides->count; k > 0; k--)
        n = n->next;
    return keep(s, n->key);
}

static void saw_start(mu_standin *s, const mu_event *e)
{
    intent what = {.verb = "finish", .object = mu_symbol_counted(MU_TASK_N, e->arg[0]), .choice = outcome(s, e->arg[0]), .role = e->arg[2], .person = e->arg[3]};
    intend_busy(s, e->arg[3], HABIT_WORK, mu_journal_text(s->journal, e, "action"), what);
}

/* Whoever declared keeps the informed informed and looks at the level again: at four fifths of each window. */
static void saw_update(mu_standin *s, const mu_event *e)
{
    const mu_node *severity = mu_run_world(s->run)->severity, *inform = severity ? mu_get(severity, "inform") : NULL;
    const char *clock = mu_journal_text(s->journal, e, "clock");
    bool again = strcmp(clock, "reassess") == 0, news = strcmp(clock, "update") == 0 && inform && inform->first;
    if ((!news && !again) || !s->declared_by)
        return;
    if (mu_run_played(s->run, person_of(s, s->declared_by)) || takes(s, s->declared_by, HABIT_ANSWER, clock) == SILENT)
        return;
    intent what = again ? (intent){.verb = "declare", .object = e->arg[1]} : (intent){.verb = "notify", .object = keep(s, inform->first->text)};
    what.person = s->declared_by;
    intend(s, e->t + e->arg[3] * 4 / 5, what);
}

static bool all(void *self, const mu_due *due)
{
    (void)self;
    (void)due;
    return true;
}

/* What somebody is about to do moves with a jump, as what they have to do does. */
static void saw_jump(mu_standin *s, int64_t by)
{
    mu_queue_move(&s->queue, all, NULL, by);
    for (int i = 0; i < mu_run_world(s->run)->person_count; i++)
        s->busy[i] += s->busy[i] ? by : 0;
}

static void saw(void *self, const mu_event *e)
{
    mu_standin *s = self;
    int who = e->kind == EV_NOTIFY_DELIVERED ? 1 : e->kind == EV_PROMPT_OPEN || e->kind == EV_TASK_START ? 3 : -1;
    if (e->kind == EV_DECLARED)
        s->declared_by = e->arg[1];
    if (e->kind == EV_CLOCK_START)
        saw_update(s, e);
    if (e->kind == EV_JUMP)
        saw_jump(s, e->arg[1] - e->t);
    if (who < 0)
        return;
    int person = person_of(s, e->arg[who]);
    if (person < 0 || mu_run_played(s->run, person))
        return;
    if (e->kind == EV_NOTIFY_DELIVERED)
        saw_message(s, e);
    else if (e->kind == EV_PROMPT_OPEN)
        saw_prompt(s, e);
    else
        saw_start(s, e);
}

/* ---- */

mu_standin *mu_standin_new(mu_run *run, mu_journal *journal, const mu_assumptions *assumptions, uint64_t seed)
{
    mu_standin *s = mu_grow(NULL, sizeof *s);
    size_t people = (size_t)mu_run_world(run)->person_count + 1;
    *s = (mu_standin){.run = run, .journal = journal, .symbols = mu_journal_symbols(journal), .assumptions = assumptions, .seed = seed, .at_once = mu_at_once(assumptions)};
    s->busy = mu_grow(NULL, people * sizeof *s->busy);
    memset(s->busy, 0, people * sizeof *s->busy);
    mu_run_watch(run, (mu_watcher){saw, s});
    return s;
}

void mu_standin_free(mu_standin *s)
{
    if (!s)
        return;
    mu_queue_free(&s->queue);
    free(s->intents);
    free(s->draws);
    free(s->busy);
    free(s);
}

void mu_standin_choose(mu_standin *s, mu_chooser choose, void *self)
{
    s->choose = choose;
    s->chooser = self;
}

int64_t mu_standin_next(const mu_standin *s)
{
    const mu_due *d = mu_queue_first(&s->queue);
    return d ? d->t : MU_NEVER;
}

static const char *text_of(const mu_standin *s, int64_t symbol)
{
    return symbol ? mu_symbol_text(s->symbols, symbol) : NULL;
}

/* Whoever has gone meanwhile does nothing; whoever is played by now is asked, not stood in for. */
static void act(mu_standin *s, int64_t now, const intent *what)
{
    int person = person_of(s, what->person);
    if (person < 0 || mu_run_world(s->run)->people[person].gone || mu_run_played(s->run, person))
        return;
    mu_act a = {.seat = "stand-in", .verb = what->verb, .role = text_of(s, what->role), .person = text_of(s, what->person),
                .object = text_of(s, what->object), .choice = text_of(s, what->choice),
                .known = {0, what->role, what->person, 0, what->object, what->choice}};
    int64_t message = mu_symbol_number(what->object, MU_MESSAGE_N);
    bool was_open = message >= 0 && mu_run_message_open(s->run, message);
    if (!mu_run_post(s->run, now, &a) && was_open)
        follow(s, what->person, message, mu_run_message_about(s->run, message));
}

void mu_standin_act(mu_standin *s, int64_t now)
{
    while (s->queue.count && mu_queue_first(&s->queue)->t <= now && !mu_run_over(s->run)) {
        mu_due d = mu_queue_take(&s->queue);
        intent what = s->intents[d.a];
        act(s, d.t, &what);
    }
}
