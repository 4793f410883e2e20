/* Looking: what a seat may show of tasks, cards and clocks. */
#include <string.h>

#include "core/parts.h"

int64_t mu_run_messages(const mu_run *r)
{
    return r->messages.count;
}

static int64_t name_of(const mu_run *r, int person)
{
    return person >= 0 ? r->world->people[person].name : 0;
}

static const mu_message *message(const mu_run *r, int64_t m)
{
    return m >= 0 && m < r->messages.count ? &r->messages.list[m] : NULL;
}

int64_t mu_run_message_person(const mu_run *r, int64_t m)
{
    return message(r, m) ? name_of(r, message(r, m)->person) : 0;
}

int64_t mu_run_message_delivered(const mu_run *r, int64_t m)
{
    return message(r, m) ? message(r, m)->delivered : -1;
}

bool mu_run_message_answered(const mu_run *r, int64_t m)
{
    return message(r, m) && message(r, m)->answered;
}

int64_t mu_run_prompts(const mu_run *r)
{
    return r->prompts.count;
}

int64_t mu_run_prompt_person(const mu_run *r, int64_t p)
{
    return mu_run_prompt_open(r, p) ? name_of(r, r->prompts.list[p].person) : 0;
}

int mu_run_prompt_card(const mu_run *r, int64_t p)
{
    return p >= 0 && p < r->prompts.count ? r->prompts.list[p].card : -1;
}

int64_t mu_run_prompt_until(const mu_run *r, int64_t p)
{
    return mu_run_prompt_open(r, p) && r->prompts.list[p].until != MU_NEVER ? r->prompts.list[p].until : -1;
}

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

bool mu_run_call_taken(const mu_run *r, int64_t number)
{
    const mu_message *m = message(r, number);
    for (int i = 0; m && m->purpose == FOR_LADDER && i < r->messages.count; i++) {
        const mu_message *o = &r->messages.list[i];
        if (o->purpose == FOR_LADDER && o->a == m->a && o->person == m->person && o->acked >= 0)
            return true;
    }
    return false;
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

bool mu_run_to_declare(const mu_run *r, const mu_node *action)
{
    return action && !r->declared && mu_declares(action);
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

int64_t mu_run_card_at(const mu_run *r, int card)
{
    return r->cards[card].moved ? r->cards[card].moved : r->msel->cards[card].at;
}

int64_t mu_run_card_played(const mu_run *r, int card)
{
    return r->cards[card].state == CARD_PLAYED ? r->cards[card].played : -1;
}

const char *mu_run_card_expects(const mu_run *r, int card, int64_t *until)
{
    const char *state = NULL;
    *until = -1;
    for (int i = 0; i < r->expects.count; i++) {
        const mu_expect *e = &r->expects.list[i];
        bool open = e->card == card && !e->met && !e->missed;
        if (e->card != card || (state && *state == 'o' && !open))
            continue;
        state = open ? "open" : e->missed ? "missed" : state && *state == 'm' && state[1] == 'i' ? state : "met";
        if (open && e->until != MU_NEVER)
            *until = earlier(*until, e->until);
    }
    return state;
}

int64_t mu_run_card_name(const mu_run *r, int card)
{
    return card >= 0 ? r->laid[card].name : 0;
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
