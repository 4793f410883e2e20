/* Looking: what a seat may show of tasks, cards and clocks. */
#include <string.h>

#include "core/parts.h"

int64_t mu_run_tasks(const mu_run *r)
{
    return r->tasks.count;
}

int64_t mu_run_task_person(const mu_run *r, int64_t task)
{
    const mu_task *t = &r->tasks.list[task];
    return t->state != TASK_DONE && t->person >= 0 ? r->world->people[t->person].name : 0;
}

const char *mu_run_task_state(const mu_run *r, int64_t task)
{
    static const char *const words[] = {"to be started", "waits for advice", "waits for a decision", "ready", "under way", "blocked", "done"};
    const mu_task *t = &r->tasks.list[task];
    return t->state == TASK_ASSIGNED && t->wants_start ? "begun" : words[t->state];
}

/* The next move on a task is theirs: it has not begun, or it is under way. */
static bool in_hand(const mu_run *r, int number, const mu_message *m)
{
    const mu_task *t = &r->tasks.list[m->a];
    bool moves = t->state == TASK_STARTED || (t->state == TASK_ASSIGNED && !t->wants_start);
    return moves && t->message == number && t->person == m->person;
}

static const mu_clock *audience_clock(const mu_run *r, const mu_message *m)
{
    int clock = r->told[m->a].clock;
    const mu_clock *c = clock >= 0 ? &r->clocks.list[clock] : NULL;
    return c && c->started <= m->delivered && (c->state == CLOCK_RUNS || c->state == CLOCK_MISSED) ? c : NULL;
}

bool mu_run_message_awaits(const mu_run *r, int64_t number)
{
    const mu_message *m = number >= 0 && number < r->messages.count ? &r->messages.list[number] : NULL;
    if (!m || m->delivered < 0)
        return false;
    switch (m->purpose) {
    case FOR_TASK: return in_hand(r, (int)number, m);
    case FOR_CONSULT: return !m->answered && r->tasks.list[m->a].state == TASK_WAITING;
    case FOR_DECISION: return !m->answered && mu_task_may_decide(r, m->a) == NULL;
    case FOR_AUDIENCE: return audience_clock(r, m) != NULL;
    default: return m->acked < 0;
    }
}

/* The earlier of the two, -1 being none. */
static int64_t earlier(int64_t a, int64_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

int64_t mu_run_task_due(const mu_run *r, int64_t task)
{
    const mu_task *t = &r->tasks.list[task];
    int64_t due = -1;
    if (t->step >= 0) {
        const mu_node *within = mu_get(r->steps[t->step].node, "within"), *inner = within && within->kind == MU_MAP ? mu_get(within, "within") : within;
        int64_t length = mu_length(r, inner);
        due = length >= 0 ? r->steps[t->step].opened + length : -1;
    }
    for (int i = 0; i < r->clocks.count; i++) {
        const mu_clock *c = &r->clocks.list[i];
        const mu_node *own = mu_clock_is_legal(r, i) ? mu_get(c->node, "action") : NULL;
        if (c->state == CLOCK_RUNS && c->due != MU_NEVER && own && own->ref == t->action)
            due = earlier(due, c->due);
    }
    return due;
}

static int64_t after(int64_t from, int64_t length)
{
    return length < 0 ? -1 : from + length;
}

int64_t mu_run_message_due(const mu_run *r, int64_t number)
{
    const mu_message *m = number >= 0 && number < r->messages.count ? &r->messages.list[number] : NULL;
    const mu_clock *clock = m && m->purpose == FOR_AUDIENCE ? audience_clock(r, m) : NULL;
    if (m && m->purpose == FOR_TASK)
        return mu_run_task_due(r, m->a);
    if (m && m->purpose == FOR_CONSULT)
        return after(r->tasks.list[m->a].asked, mu_length(r, mu_get(r->tasks.list[m->a].action, "consult_within")));
    return clock && clock->due != MU_NEVER ? clock->due : -1;
}

int64_t mu_run_declare_due(const mu_run *r)
{
    int64_t due = -1;
    for (int i = 0; !r->declared && i < r->clocks.count; i++) {
        const mu_clock *c = &r->clocks.list[i];
        if (c->state == CLOCK_RUNS && c->due != MU_NEVER && c->node == r->indicated && strcmp(mu_symbol_text(r->symbols, c->name), "declare") == 0)
            due = earlier(due, c->due);
    }
    return due;
}

const char *mu_run_card_state(const mu_run *r, int card)
{
    static const char *const words[] = {"to come", "held", "played", "off the list"};
    return words[r->cards[card].state];
}

bool mu_run_expected(const mu_run *r, const mu_node *action)
{
    for (int i = 0; i < r->expects.count; i++)
        if (r->expects.list[i].action == action && !r->expects.list[i].met)
            return true;
    return false;
}

bool mu_run_authority(const mu_run *r, int role, const char *authority)
{
    return mu_has_authority(r, role, authority);
}

const mu_node *mu_run_declared(const mu_run *r)
{
    return r->declared;
}
