/* Ladders compared: each call that the plan wanted, beside the call that was made. */
#include <string.h>

#include "analysis/flow_parts.h"

typedef struct climbing {
    mu_trial *t;
    mu_call *list;
    int count, room;
    mu_climb_row *climbs;
    int climb_count;
    mu_jump *jumps;
    int jump_count;
} climbing;

static int64_t value(const climbing *c, const mu_event *e, const char *key)
{
    return mu_journal_value(c->t->journal, e, key);
}

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

static const mu_node *rung_of(const mu_node *ladder, int step)
{
    const mu_node *rung = mu_get(ladder, "steps") ? mu_get(ladder, "steps")->first : NULL;
    while (rung && --step > 0)
        rung = rung->next;
    return rung;
}

static bool delivered(const mu_trial *t, const mu_event *call)
{
    for (const mu_event *e = mu_numbered(t, call->n + 1); e && e->t == call->t && e->kind != EV_ESCALATE_STEP; e = mu_numbered(t, e->n + 1))
        if (e->kind == EV_NOTIFY_DELIVERED && mu_says(t, e, "person", mu_word(t, call, "person")))
            return true;
    return false;
}

static bool taken_back(const mu_trial *t, const mu_event *answer)
{
    MU_EVENTS (e, t, EV_ESCALATE_RESUMED)
        if (mu_journal_value(t->journal, e, "undoes") == answer->n)
            return true;
    return false;
}

/* The answer that ended a climb; NULL where there was none that stood. */
static const mu_event *answer_of(const mu_trial *t, int64_t climb)
{
    MU_EVENTS (e, t, EV_ESCALATE_ANSWERED)
        if (mu_journal_value(t->journal, e, "climb") == climb && !taken_back(t, e))
            return e;
    return NULL;
}

/* Called before in this climb, on another step or in another round. */
static bool again(const climbing *c, const mu_call *call)
{
    for (int i = c->count - 2; i >= 0 && c->list[i].climb == call->climb; i--)
        if (*call->person && strcmp(c->list[i].person, call->person) == 0 && (c->list[i].step != call->step || c->list[i].round != call->round))
            return true;
    return false;
}

/* ---- when the plan's own times come to a call ---- */

/* Where a climb stands: the last step and try that were called, and when the plan's times come to the next; -1 never. */
typedef struct standing {
    const mu_node *ladder;
    int step, try, round;
    int64_t planned, next;
} standing;

/* The whole time of a step that nobody was called on; -1 where it has none, or more than one. */
static int64_t length(const mu_node *rung)
{
    const mu_node *within = mu_get(rung, "within"), *tries = mu_get(rung, "tries");
    int64_t times = tries && tries->value > 0 ? tries->value : 1;
    return within && within->kind == MU_SCALAR ? within->value * times : -1;
}

static void pass_by(climbing *c, standing *s, const mu_event *start, int step)
{
    const mu_node *rung = rung_of(s->ladder, step), *to = mu_items(mu_get(rung, "to"));
    int64_t one = length(rung);
    mu_call *call = add(c);
    *call = (mu_call){.climb = (int)value(c, start, "climb"), .ladder = mu_word(c->t, start, "ladder"), .step = step, .try = 1, .round = s->round, .to = to ? to->text : "",
                      .person = "", .planned = s->next, .called = -1, .answered = -1, .state = MU_CALL_SKIPPED, .at = mu_place(rung), .event = start->n};
    s->next = s->next < 0 || one < 0 ? -1 : s->next + one;
}

/* Takes the climb to the step and try of a call; steps that it passed by on the way are calls that were skipped. */
static void come_to(climbing *c, standing *s, const mu_event *start, const mu_event *e)
{
    int step = (int)value(c, e, "step"), try = (int)value(c, e, "try");
    int64_t within = value(c, e, "within");
    if (step == s->step && try == s->try)
        return;
    if (step < s->step || (step == s->step && try < s->try)) {
        while (rung_of(s->ladder, ++s->step))
            pass_by(c, s, start, s->step);
        s->round++;
        s->step = 0;
    }
    while (++s->step < step)
        pass_by(c, s, start, s->step);
    s->step = step;
    s->try = try;
    s->planned = s->next;
    s->next = s->next < 0 || within < 0 ? -1 : s->next + within;
}

static void one_call(climbing *c, const standing *s, const mu_event *e)
{
    const mu_trial *t = c->t;
    mu_call *call = add(c);
    const mu_event *answer = answer_of(t, value(c, e, "climb"));
    *call = (mu_call){.climb = (int)value(c, e, "climb"), .ladder = mu_word(t, e, "ladder"), .step = s->step, .try = s->try, .round = s->round, .to = mu_word(t, e, "to"),
                      .person = mu_word(t, e, "person"), .planned = s->planned, .called = e->t, .answered = -1, .event = e->n};
    call->at = rung_of(s->ladder, call->step) ? rung_of(s->ladder, call->step)->at : mu_place(s->ladder);
    bool by = answer && mu_says(t, answer, "person", call->person) && answer->n > e->n;
    call->answered = by ? answer->t : -1;
    call->state = !*call->person ? MU_CALL_ABSENT : by ? MU_CALL_ANSWERED : !delivered(t, e) ? MU_CALL_UNREACHED : again(c, call) ? MU_CALL_AGAIN : MU_CALL_SILENT;
}

/* ---- called by hand, past the ladder ---- */

static bool stands_on(const climbing *c, const mu_node *who, const mu_event *attempt, bool by_person)
{
    const mu_node *first = by_person ? mu_stands_first(&c->t->judge, who) : NULL;
    return by_person ? first && first == mu_named(c->t, mu_word(c->t, attempt, "person")) : mu_says(c->t, attempt, "to", who->text);
}

/* The step of whom a message went to: that which names them as the message does, else the first where that person stands
 * first; 0 where there is none. */
static int step_with(const climbing *c, const mu_node *ladder, const mu_event *attempt)
{
    for (int by_person = 0; by_person < 2; by_person++) {
        int step = 0;
        MU_EACH (rung, mu_get(ladder, "steps")) {
            const mu_node *to = mu_get(rung, "to");
            step++;
            for (const mu_node *who = mu_items(to); who; who = to->kind == MU_LIST ? who->next : NULL)
                if (stands_on(c, who, attempt, by_person))
                    return step;
        }
    }
    return 0;
}

static const mu_event *message_of(const climbing *c, const mu_event *act)
{
    for (const mu_event *e = mu_numbered(c->t, act->n + 1); e && e->n < act->n + 6; e = mu_numbered(c->t, e->n + 1))
        if (e->kind == EV_NOTIFY_ATTEMPT)
            return e;
    return NULL;
}

/* The last event of a climb: its answer, or that nobody was left; the last of the drill where it has none. */
static uint32_t last_of(const climbing *c, const mu_event *start)
{
    const mu_event *answer = answer_of(c->t, value(c, start, "climb"));
    MU_EVENTS (e, c->t, EV_ESCALATE_EXHAUSTED)
        if (!answer && value(c, e, "climb") == value(c, start, "climb"))
            return e->n;
    return answer ? answer->n : (uint32_t)c->t->count;
}

static int reached(const climbing *c, const mu_climb_row *row, uint32_t before)
{
    int step = 0;
    for (int i = row->first; i < row->first + row->count; i++)
        if (c->list[i].called >= 0 && c->list[i].event < before && c->list[i].step > step)
            step = c->list[i].step;
    return step;
}

static bool known_jump(const climbing *c, const mu_event *message)
{
    for (int i = 0; i < c->jump_count; i++)
        if (c->jumps[i].event == message->n)
            return true;
    return false;
}

/* One message is one jump, however many ladders are being climbed. */
static void jumps(climbing *c, const mu_climb_row *row, const mu_event *start)
{
    const mu_node *ladder = mu_named(c->t, row->ladder);
    uint32_t last = last_of(c, start);
    MU_EVENTS (e, c->t, EV_ACT) {
        const mu_event *message = e->n > start->n && e->n < last && mu_says(c->t, e, "verb", "notify") ? message_of(c, e) : NULL;
        if (!message)
            continue;
        int step = step_with(c, ladder, message), came = reached(c, row, e->n);
        if (step > came + 1 && !known_jump(c, message))
            c->jumps[c->jump_count++] = (mu_jump){.climb = row->climb, .step = step, .reached = came, .by = mu_word(c->t, e, "person"), .to = mu_word(c->t, message, "to"),
                                                  .person = mu_word(c->t, message, "person"), .t = e->t, .at = mu_place(rung_of(ladder, step)), .event = message->n};
    }
}

/* ---- one start of a ladder ---- */

/* A ladder that another started: whether the way here had come by this one. */
static bool looped(const climbing *c, const mu_climb_row *row)
{
    const char *from = row->because;
    for (int i = c->climb_count - 1; i >= 0; i--) {
        if (strcmp(c->climbs[i].ladder, from) != 0)
            continue;
        if (strcmp(from, row->ladder) == 0)
            return true;
        from = c->climbs[i].because;
    }
    return false;
}

static void one_climb(climbing *c, const mu_event *start)
{
    const mu_trial *t = c->t;
    mu_climb_row row = {.climb = (int)value(c, start, "climb"), .ladder = mu_word(t, start, "ladder"), .because = mu_word(t, start, "because"), .t = start->t, .first = c->count, .event = start->n};
    standing s = {.ladder = mu_named(t, row.ladder), .round = 1, .next = start->t};
    row.looped = looped(c, &row);
    for (const mu_event *e = mu_next_of(t, NULL, EV_ESCALATE_STEP); e && s.ladder; e = mu_next_of(t, e, EV_ESCALATE_STEP)) {
        if (value(c, e, "climb") != row.climb)
            continue;
        come_to(c, &s, start, e);
        one_call(c, &s, e);
    }
    row.count = c->count - row.first;
    jumps(c, &row, start);
    c->climbs[c->climb_count++] = row;
}

/* ---- how the level was set ---- */

static bool lower(const mu_trial *t, const char *from, const char *to)
{
    const mu_node *a = mu_get(mu_named(t, from), "rank"), *b = mu_get(mu_named(t, to), "rank");
    return a && b && b->value > a->value;
}

static void levels(mu_trial *t, mu_flows *out)
{
    mu_level_row *list = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *list);
    int n = 0;
    for (const mu_event *e = mu_numbered(t, 1); e; e = mu_numbered(t, e->n + 1)) {
        const char *from = e->kind == EV_SEVERITY_CHANGED ? mu_word(t, e, "from") : "";
        if (e->kind != EV_DECLARED && e->kind != EV_SEVERITY_CHANGED)
            continue;
        const char *to = mu_word(t, e, e->kind == EV_DECLARED ? "severity" : "to");
        list[n++] = (mu_level_row){from, to, mu_word(t, e, "person"), lower(t, from, to), mu_journal_value(t->journal, e, "authority_ok") != 0, e->t, e->n};
    }
    out->levels = list;
    out->level_count = n;
}

const char *mu_call_word(mu_call_state state)
{
    static const char *const words[] = {"answered", "no answer", "nobody was there to be called", "could not be reached", "called again, no answer", "skipped"};
    return words[state];
}

int64_t mu_call_late(const mu_call *call)
{
    return call->planned >= 0 && call->called > call->planned ? call->called - call->planned : 0;
}

void mu_climbs_of(mu_trial *t, mu_flows *out)
{
    climbing c = {.t = t, .climbs = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *c.climbs), .jumps = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *c.jumps)};
    MU_EVENTS (e, t, EV_ESCALATE_TRIGGER)
        one_climb(&c, e);
    out->calls = c.list;
    out->call_count = c.count;
    out->climbs = c.climbs;
    out->climb_count = c.climb_count;
    out->jumps = c.jumps;
    out->jump_count = c.jump_count;
    levels(t, out);
}
