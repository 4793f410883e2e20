/* Ladders compared: each call that the plan wanted, beside the call that was made. */
#include <string.h>

#include "analysis/flow_parts.h"

typedef struct climbing {
    mu_trial *t;
    mu_call *list;
    int count, room;
} climbing;

static mu_call *add(climbing *c)
{
    if (c->count == c->room) {
        int room = c->room ? c->room * 2 : 32;
        mu_call *list = mu_alloc(c->t->judge.arena, (size_t)room * sizeof *list);
        if (c->count)
            memcpy(list, c->list, (size_t)c->count * sizeof *list);
        c->list = list;
        c->room = room;
    }
    c->list[c->count] = (mu_call){.called = -1, .answered = -1, .to = "", .person = ""};
    return &c->list[c->count++];
}

static int64_t length(const mu_node *rung)
{
    const mu_node *within = mu_get(rung, "within");
    return within && within->kind == MU_SCALAR ? within->value : -1;
}

static const mu_node *rung_of(const mu_node *ladder, int step)
{
    const mu_node *rung = mu_get(ladder, "steps") ? mu_get(ladder, "steps")->first : NULL;
    while (rung && --step > 0)
        rung = rung->next;
    return rung;
}

/* When the plan's own times come to a try of a step, from the start of the climb; -1 where a step before has none. */
static int64_t planned(const mu_node *ladder, int step, int try)
{
    int64_t at = 0;
    int n = 0;
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *tries = mu_get(rung, "tries");
        int64_t one = length(rung), times = tries && tries->value > 0 ? tries->value : 1;
        if (++n == step)
            return try == 1 ? at : one < 0 ? -1 : at + one * (try - 1);
        if (one < 0)
            return -1;
        at += one * times;
    }
    return -1;
}

static bool delivered(const mu_trial *t, const mu_event *call)
{
    for (const mu_event *e = mu_numbered(t, call->n + 1); e && e->t == call->t && e->kind != EV_ESCALATE_STEP; e = mu_numbered(t, e->n + 1))
        if (e->kind == EV_NOTIFY_DELIVERED && mu_says(t, e, "person", mu_word(t, call, "person")))
            return true;
    return false;
}

static const mu_event *answer_of(const mu_trial *t, int64_t climb)
{
    MU_EVENTS (e, t, EV_ESCALATE_ANSWERED)
        if (mu_journal_value(t->journal, e, "climb") == climb)
            return e;
    return NULL;
}

/* Called before in this climb, on another step. */
static bool again(const climbing *c, const mu_call *call)
{
    for (int i = c->count - 2; i >= 0 && c->list[i].climb == call->climb; i--)
        if (*call->person && strcmp(c->list[i].person, call->person) == 0 && c->list[i].step != call->step)
            return true;
    return false;
}

static void one_call(climbing *c, const mu_node *ladder, const mu_event *start, const mu_event *e)
{
    const mu_trial *t = c->t;
    mu_call *call = add(c);
    const mu_event *answer = answer_of(t, mu_journal_value(t->journal, e, "climb"));
    call->climb = (int)mu_journal_value(t->journal, e, "climb");
    call->ladder = mu_word(t, e, "ladder");
    call->step = (int)mu_journal_value(t->journal, e, "step");
    call->try = (int)mu_journal_value(t->journal, e, "try");
    call->to = mu_word(t, e, "to");
    call->person = mu_word(t, e, "person");
    call->called = e->t;
    int64_t plan = planned(ladder, call->step, call->try);
    call->planned = plan < 0 ? -1 : start->t + plan;
    call->event = e->n;
    call->at = rung_of(ladder, call->step) ? rung_of(ladder, call->step)->at : mu_place(ladder);
    bool by = answer && mu_says(t, answer, "person", call->person);
    call->answered = by ? answer->t : -1;
    call->state = !*call->person ? MU_CALL_ABSENT : by ? MU_CALL_ANSWERED : !delivered(t, e) ? MU_CALL_UNREACHED : again(c, call) ? MU_CALL_AGAIN : MU_CALL_SILENT;
}

/* Steps of the ladder that the climb passed by: it came to a later one and never called these. */
static void skipped(climbing *c, const mu_node *ladder, const mu_event *start, int last)
{
    for (int step = 1; step < last; step++) {
        bool called = false;
        for (int i = c->count - 1; i >= 0 && c->list[i].event > start->n; i--)
            called = called || (c->list[i].climb == (int)mu_journal_value(c->t->journal, start, "climb") && c->list[i].step == step);
        if (called)
            continue;
        mu_call *call = add(c);
        const mu_node *rung = rung_of(ladder, step), *to = mu_items(mu_get(rung, "to"));
        *call = (mu_call){.climb = (int)mu_journal_value(c->t->journal, start, "climb"), .ladder = mu_word(c->t, start, "ladder"), .step = step, .try = 1,
                          .to = to ? to->text : "", .person = "", .called = -1, .answered = -1, .state = MU_CALL_SKIPPED, .at = mu_place(rung), .event = start->n};
        int64_t plan = planned(ladder, step, 1);
        call->planned = plan < 0 ? -1 : start->t + plan;
    }
}

static void one_climb(climbing *c, const mu_event *start)
{
    const mu_node *ladder = mu_named(c->t, mu_word(c->t, start, "ladder"));
    int64_t climb = mu_journal_value(c->t->journal, start, "climb");
    int last = 0;
    for (const mu_event *e = mu_next_of(c->t, NULL, EV_ESCALATE_STEP); e && ladder; e = mu_next_of(c->t, e, EV_ESCALATE_STEP)) {
        if (mu_journal_value(c->t->journal, e, "climb") != climb)
            continue;
        one_call(c, ladder, start, e);
        last = (int)mu_journal_value(c->t->journal, e, "step") > last ? (int)mu_journal_value(c->t->journal, e, "step") : last;
    }
    if (ladder)
        skipped(c, ladder, start, last);
}

/* ---- levels taken down ---- */

static void lowered(mu_trial *t, mu_flows *out)
{
    mu_lowering *list = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *list);
    int n = 0;
    MU_EVENTS (e, t, EV_SEVERITY_CHANGED) {
        const mu_node *from = mu_get(mu_named(t, mu_word(t, e, "from")), "rank"), *to = mu_get(mu_named(t, mu_word(t, e, "to")), "rank");
        if (from && to && to->value > from->value)
            list[n++] = (mu_lowering){mu_word(t, e, "from"), mu_word(t, e, "to"), mu_word(t, e, "person"), mu_journal_value(t->journal, e, "authority_ok") != 0, e->t, e->n};
    }
    out->lowerings = list;
    out->lowering_count = n;
}

const char *mu_call_word(mu_call_state state)
{
    static const char *const words[] = {"answered", "no answer", "nobody was there to be called", "could not be reached", "called again, no answer", "skipped"};
    return words[state];
}

void mu_climbs_of(mu_trial *t, mu_flows *out)
{
    climbing c = {.t = t};
    MU_EVENTS (e, t, EV_ESCALATE_TRIGGER)
        one_climb(&c, e);
    out->calls = c.list;
    out->call_count = c.count;
    lowered(t, out);
}
