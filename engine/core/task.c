/* An action of the plan being done: who does it, what it waits for, what is in its way.
 *
 * The order is that of the matrix: it is assigned to R; C is asked; where an authority or an approval is needed A decides;
 * then what it needs must be there (access, logs, tools, the outside party); then it is done; then I is told. */
#include <limits.h>
#include <string.h>

#include "core/parts.h"

enum {
    LOOK_AGAIN = 10 * 60000, /* how often something blocked is looked at again when nothing changed */
    NO_ANSWER = 15 * 60000   /* how long one waits for an answer before the next is asked; a role's take_over_after rules */
};

enum block { NOT_BLOCKED, NO_ROLE, NO_ACCESS, TOOL_DOWN, LOG_OFF, NO_DECIDER, NOT_UNLOCKED, GATE, NO_ACCOUNT };

static mu_task *task_of(mu_run *r, int task)
{
    return &r->tasks.list[task];
}

const mu_node *mu_cell(const mu_node *action, const char *letter)
{
    const mu_node *own = mu_get(action, letter);
    return own ? own : mu_get(action, "R/A");
}

bool mu_action_done(const mu_run *r, const mu_node *action)
{
    for (int i = 0; i < r->tasks.count; i++)
        if (r->tasks.list[i].action == action && r->tasks.list[i].state == TASK_DONE)
            return true;
    return false;
}

int mu_task_of(const mu_run *r, const mu_node *action)
{
    for (int i = r->tasks.count - 1; i >= 0; i--)
        if (r->tasks.list[i].action == action && r->tasks.list[i].state != TASK_DONE)
            return i;
    return -1;
}

bool mu_has_authority(const mu_run *r, int role, const char *authority)
{
    EACH (a, mu_get(r->world->roles[role].node, "authority"))
        if (a->kind == MU_SCALAR && strcmp(a->text, authority) == 0)
            return true;
    return false;
}

bool mu_may_by(const mu_run *r, int role, int person, const char *authority)
{
    const char *why;
    for (int i = 0; role < 0 && i < r->world->role_count; i++)
        if (mu_has_authority(r, i, authority) && mu_holder(r->world, i, r->now, &why) == person)
            return true;
    return role >= 0 && mu_has_authority(r, role, authority);
}

int mu_role_for(const mu_run *r, const mu_node *letters, int person)
{
    EACH_OF (ref, letters) {
        const char *why;
        int role = mu_role_of(r->world, ref->ref);
        if (role >= 0 && mu_holder(r->world, role, r->now, &why) == person)
            return role;
        if (mu_is_person(r->world, ref->ref) && ref->ref->value == person)
            return -1;
    }
    return -1;
}

/* ---- what is in the way ---- */

/* By name, or as one of those who may break the glass. */
static bool has_access(const mu_run *r, int person, const mu_node *resource)
{
    const char *why;
    EACH (a, mu_get(r->world->people[person].node, "access"))
        if (a->ref == resource)
            return true;
    if (resource->parent != mu_get(mu_get(r->root, "resources"), "break_glass"))
        return false;
    EACH (h, mu_get(resource, "holders")) {
        int role = mu_role_of(r->world, h->ref);
        if (role >= 0 ? mu_holder(r->world, role, r->now, &why) == person : mu_is_person(r->world, h->ref) && h->ref->value == person)
            return true;
    }
    return false;
}

void mu_task_look_again(mu_run *r, int task, int64_t after)
{
    task_of(r, task)->look_at = r->now + after;
    mu_at(r, r->now + after, T_BLOCKED, task, 0);
}

static void blocked(mu_run *r, int task, enum block why, const char *reason, int64_t thing)
{
    mu_task *t = task_of(r, task);
    bool said = t->state == TASK_BLOCKED && t->blocked_because == (int)why;
    t->state = TASK_BLOCKED;
    t->blocked_because = (int)why;
    if (!said)
        EMIT(r, EV_TASK_BLOCKED, task, mu_name_of(r, t->action), mu_sym(r, reason), thing, t->person >= 0 ? r->world->people[t->person].name : 0);
    mu_task_look_again(r, task, LOOK_AGAIN);
}

static const mu_node *lacking_access(const mu_run *r, const mu_node *action, int person)
{
    EACH (a, mu_get(action, "access"))
        if (a->ref && !has_access(r, person, a->ref))
            return a->ref;
    return NULL;
}

static bool lacks_skill(const mu_run *r, const mu_node *action, int person)
{
    EACH (wanted, mu_get(action, "skills")) {
        bool has = false;
        EACH (s, mu_get(r->world->people[person].node, "skills"))
            has = has || strcmp(s->text, wanted->text) == 0;
        if (!has)
            return true;
    }
    return false;
}

static bool has_account(const mu_run *r, const mu_node *holders, int person)
{
    EACH (h, holders) {
        mu_line them = mu_meant_now(r->world, h->ref, h->text, r->now);
        for (int i = 0; i < them.count; i++)
            if (them.people[i] == person)
                return true;
    }
    return false;
}

/* What a severity unlocks may not be done before that one, or a worse one, is declared. The level that is lacking, or NULL. */
static const mu_node *locked(const mu_run *r, const mu_node *action)
{
    const char *authority = mu_get_text(action, "authority");
    const mu_node *lacking = NULL, *rank = mu_get(r->declared, "rank");
    EACH (s, mu_get(r->root, "severities"))
        EACH (u, mu_get(s, "unlocks")) {
            if (strcmp(u->text, action->key) != 0 && !(authority && strcmp(u->text, authority) == 0))
                continue;
            if (rank && rank->value <= mu_get(s, "rank")->value)
                return NULL;
            lacking = s;
        }
    return lacking;
}

/* Whoever files a notice needs an account where it is filed, as far as the plan says who has one. */
static const mu_node *lacking_account(const mu_run *r, const mu_node *action, int person)
{
    for (int i = 0; i < r->clocks.count; i++) {
        const mu_clock *c = &r->clocks.list[i];
        const mu_node *own = mu_get(c->node, "action"), *route = mu_get(c->node, "route"), *external = route ? route->ref : NULL;
        const mu_node *holders = mu_get(mu_get(external, "portal"), "account_holders");
        bool open = c->state == CLOCK_RUNS || c->state == CLOCK_MISSED;
        if (open && own && own->ref == action && holders && holders->count && !has_account(r, holders, person))
            return external;
    }
    return NULL;
}

/* True where all that the action needs is there. */
static bool provided(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    const mu_node *because = NULL, *lacks = t->person >= 0 ? lacking_access(r, t->action, t->person) : NULL;
    const mu_node *portal = t->person >= 0 ? lacking_account(r, t->action, t->person) : NULL;
    if (lacks || portal) {
        blocked(r, task, lacks ? NO_ACCESS : NO_ACCOUNT, lacks ? "no_access" : "no_account", mu_name_of(r, lacks ? lacks : portal));
        return false;
    }
    const mu_node *level = locked(r, t->action);
    if (level) {
        blocked(r, task, NOT_UNLOCKED, "not_unlocked", mu_name_of(r, level));
        return false;
    }
    EACH (a, mu_get(t->action, "access"))
        if (!mu_stands(r->world, a->ref, &because)) {
            blocked(r, task, TOOL_DOWN, "tool_down", mu_name_of(r, a->ref));
            return false;
        }
    EACH (l, mu_get(t->action, "logs")) {
        const mu_node *enabled = l->ref ? mu_get(l->ref, "enabled") : NULL;
        if (l->ref && ((enabled && !enabled->value) || !mu_stands(r->world, l->ref, &because))) {
            blocked(r, task, LOG_OFF, "log_missing", mu_name_of(r, l->ref));
            return false;
        }
    }
    return true;
}

/* ---- assigning ---- */

/* How often, in a message from this one on. */
static int was_given(const mu_run *r, int task, int person, int since)
{
    int times = 0;
    for (int i = since; i < r->messages.count; i++) {
        const mu_message *m = &r->messages.list[i];
        times += m->purpose == FOR_TASK && m->a == task && m->person == person;
    }
    return times;
}

/* The first who is there and has the access and the skills; else the first who is there. Whoever was asked and did not
 * answer comes after the others; where nobody answers they are asked in turn. Whoever was tried since a message is left out. */
static int best_of(const mu_run *r, int task, const mu_line *line, int since)
{
    const mu_task *t = &r->tasks.list[task];
    int best = -1, worst = INT_MAX;
    for (int i = 0; i < line->count; i++) {
        int person = line->people[i];
        if (!mu_line_present(r->world, line, i, r->now) || was_given(r, task, person, since))
            continue;
        bool lacks = lacking_access(r, t->action, person) || lacking_account(r, t->action, person);
        int cost = 4 * (t->again ? was_given(r, task, person, 0) : 0) + 2 * lacks + lacks_skill(r, t->action, person);
        if (cost < worst) {
            worst = cost;
            best = person;
        }
    }
    return best;
}

/* Whoever of a cell's reference does it; of an outside party nobody in the house does. */
static int doer(const mu_run *r, int task, const mu_node *ref, int since)
{
    mu_line line;
    int role = mu_role_of(r->world, ref->ref);
    if (role >= 0)
        mu_line_of(r->world, role, r->now, &line);
    else
        line = mu_meant_now(r->world, ref->ref, ref->text, r->now);
    return best_of(r, task, &line, since);
}

static int64_t patience(const mu_run *r, int role)
{
    const mu_node *own = role >= 0 ? mu_get(r->world->roles[role].node, "take_over_after") : NULL;
    return own ? own->value : NO_ANSWER;
}

static bool hand_to(mu_run *r, int task, int role, int person, int64_t because)
{
    mu_task *t = task_of(r, task);
    int64_t role_name = role >= 0 ? r->world->roles[role].name : 0;
    t->role = role;
    t->person = person;
    t->state = t->state == TASK_WAITING || t->state == TASK_DECIDING ? t->state : TASK_ASSIGNED; /* what was asked for stays asked for */
    t->assigned = r->now;
    EMIT(r, EV_TASK_ASSIGNED, task, mu_name_of(r, t->action), role_name, r->world->people[person].name, because);
    mu_letter l = {.to = role_name ? role_name : r->world->people[person].name, .who = r->world->people[person].node,
                   .about = mu_symbol_counted(MU_TASK_N, task), .purpose = FOR_TASK, .a = task};
    int message = mu_send(r, &l);
    task_of(r, task)->message = message;
    if (message >= 0)
        mu_at(r, r->now + patience(r, role), T_REMIND, task, 0);
    return message >= 0;
}

/* To the best of those whom a reference means; where no way to them stands, to the next. */
static bool hand_to_any(mu_run *r, int task, const mu_node *ref, int since, int64_t because)
{
    for (int person; (person = doer(r, task, ref, since)) >= 0;) {
        if (hand_to(r, task, mu_role_of(r->world, ref->ref), person, because))
            return true;
        task_of(r, task)->again = true;
    }
    return false;
}

/* Where nobody of R is there, whoever stands in for a duty that the action serves. */
static bool deputy(mu_run *r, int task, int64_t because)
{
    const mu_node *action = task_of(r, task)->action;
    EACH (o, mu_get(r->root, "obligations")) {
        const mu_node *own = mu_get(o, "action"), *ref = mu_get(o, "deputy");
        if (own && own->ref == action && ref && hand_to_any(r, task, ref, r->messages.count, because))
            return true;
    }
    return false;
}

/* How often whoever would be asked of it now was asked; where nobody is there, more often than anybody. */
static int asked(const mu_run *r, int task, const mu_node *ref)
{
    bool again = r->tasks.list[task].again;
    int person = again ? doer(r, task, ref, r->messages.count) : -1;
    return person >= 0 ? was_given(r, task, person, 0) : again ? INT_MAX : 0;
}

/* To the first reference of its cells of which nobody has to be asked more often than `most`; `last` is the last role among them. */
static bool hand_out(mu_run *r, int task, int most, int since, int64_t because, int64_t *last)
{
    const mu_node *action = task_of(r, task)->action;
    const mu_node *cells[] = {mu_cell(action, "R"), mu_outside(r, action) ? mu_cell(action, "A") : NULL}; /* what is done outside is seen to by whoever answers for it */
    for (int i = 0; i < 2; i++)
        EACH_OF (ref, cells[i]) {
            int role = mu_role_of(r->world, ref->ref);
            if (asked(r, task, ref) > most)
                continue;
            if (role >= 0) {
                (void)mu_hold(r, role, mu_name_of(r, action));
                *last = r->world->roles[role].name;
            }
            if (hand_to_any(r, task, ref, since, because))
                return true;
        }
    return false;
}

static void assign(mu_run *r, int task, int64_t because)
{
    const mu_node *r_cell = mu_cell(task_of(r, task)->action, "R");
    int64_t last = 0;
    int since = r->messages.count, least = INT_MAX;
    bool again = task_of(r, task)->again; /* else the first round has left nobody out */
    EACH_OF (ref, r_cell) {
        int times = asked(r, task, ref);
        least = times < least ? times : least;
    }
    if (hand_out(r, task, least, since, because, &last) || (again && least < INT_MAX && hand_out(r, task, INT_MAX, since, because, &last)) || deputy(r, task, because))
        return;
    blocked(r, task, NO_ROLE, !r_cell ? "no_responsible" : r->messages.count > since ? "nobody_reached" : "nobody_there", last);
}

int mu_task_open(mu_run *r, const mu_node *action, int step, int64_t because)
{
    int open = mu_task_of(r, action);
    if (open >= 0) {
        if (step >= 0 && r->tasks.list[open].step < 0)
            r->tasks.list[open].step = step;
        return open;
    }
    int task = r->tasks.count;
    mu_task *t = MU_MORE(r->tasks);
    *t = (mu_task){.action = action, .step = step, .role = -1, .person = -1, .message = -1, .assigned = r->now, .started = -1};
    int64_t engage = mu_length(r, mu_get(action, "engage_within"));
    if (engage >= 0)
        (void)mu_clock_start(r, "engage", action, LIT(r, "task.assigned"), r->now + engage);
    assign(r, task, because);
    return task;
}

/* ---- beginning ---- */

const char *mu_task_may_begin(const mu_run *r, int task, int person)
{
    const mu_task *t = &r->tasks.list[task];
    if (t->state == TASK_DONE || t->state == TASK_STARTED)
        return t->state == TASK_DONE ? "it is done already" : "it has been started already";
    if (person != t->person && (t->role < 0 || mu_role_for(r, mu_cell(t->action, "R"), person) < 0))
        return "somebody else was asked to do this";
    return NULL;
}

const char *mu_task_begin(mu_run *r, int task, int person)
{
    const char *why = mu_task_may_begin(r, task, person);
    if (why)
        return why;
    mu_task *t = task_of(r, task);
    bool asleep = !t->wants_start && (t->state == TASK_WAITING || t->state == TASK_DECIDING); /* its begin was taken back meanwhile */
    t->person = person;
    t->wants_start = true;
    t->begun_by = r->acting;
    if (t->message >= 0)
        mu_acknowledge(r, t->message);
    if (task_of(r, task)->state == TASK_ASSIGNED || asleep)
        mu_task_go_on(r, task);
    return NULL;
}

static bool gates_open(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    const mu_node *gate = t->step >= 0 ? mu_get(r->steps[t->step].node, "gate") : NULL;
    bool open = true, told = t->state == TASK_BLOCKED && t->blocked_because == GATE;
    int64_t name = mu_name_of(r, t->action);
    EACH (g, gate) {
        if (!g->ref || mu_action_done(r, g->ref))
            continue;
        open = false;
        if (!told)
            EMIT(r, EV_TASK_WAIT, task, name, mu_name_of(r, g->ref), LIT(r, "gate"));
        (void)mu_task_open(r, g->ref, -1, mu_symf(r, "gate of task:%d", task));
    }
    if (!open) {
        task_of(r, task)->state = TASK_BLOCKED;
        task_of(r, task)->blocked_because = GATE;
    }
    return open;
}

static void start_work(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    t->state = TASK_STARTED;
    t->started = r->now;
    t->began = EMIT(r, EV_TASK_START, task, mu_name_of(r, t->action), t->role >= 0 ? r->world->roles[t->role].name : 0, r->world->people[t->person].name);
}

/* Each stage is passed once; a stage that has to wait returns, and whatever ends the wait calls again. */
void mu_task_go_on(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    if (t->state == TASK_DONE || t->state == TASK_STARTED || !t->wants_start || !gates_open(r, task))
        return;
    if (!mu_raci_consult(r, task) || !mu_raci_decide(r, task) || !provided(r, task) || !mu_raci_engage(r, task))
        return;
    start_work(r, task);
}

static void told_afterwards(mu_run *r, const mu_node *action)
{
    mu_inform(r, mu_get(action, "I"), mu_name_of(r, action));
}

static bool outcome_of(const mu_run *r, const mu_task *t, const char *choice)
{
    const mu_node *decides = t->step >= 0 ? mu_get(r->steps[t->step].node, "decides") : NULL;
    return !decides || (choice && mu_get(decides, choice));
}

const char *mu_task_may_finish(const mu_run *r, int task, int person, const char *choice)
{
    const mu_task *t = &r->tasks.list[task];
    if (t->state != TASK_STARTED)
        return t->state == TASK_DONE ? "it is done already" : "it has not been started";
    if (person != t->person && mu_role_for(r, mu_cell(t->action, "R"), person) < 0)
        return "somebody else is doing this";
    return outcome_of(r, t, choice) ? NULL : "this step decides something: name one of its outcomes";
}

const char *mu_task_finish(mu_run *r, int task, int person, const char *choice)
{
    const char *why = mu_task_may_finish(r, task, person, choice);
    if (why)
        return why;
    mu_task *t = task_of(r, task);
    t->state = TASK_DONE;
    t->choice = mu_sym(r, choice);
    int64_t role = t->role >= 0 ? r->world->roles[t->role].name : 0;
    uint32_t event = EMIT(r, EV_TASK_DONE, task, mu_name_of(r, t->action), role, r->world->people[person].name, r->now - t->started, t->choice);
    t->done_by = r->acting;
    t->done = event;
    mu_task done = *t;
    told_afterwards(r, done.action);
    mu_playbook_acted(r, &done, person, event);
    return NULL;
}

void mu_task_served(mu_run *r, int task, int person)
{
    mu_task *t = task_of(r, task);
    if (t->step >= 0 && mu_get(r->steps[t->step].node, "decides"))
        return;
    t->person = person;
    if (t->state != TASK_STARTED)
        start_work(r, task);
    (void)mu_task_finish(r, task, person, NULL);
}

/* ---- taking back ---- */

static void back(mu_run *r, int task, const char *state, uint32_t undoes)
{
    const mu_task *t = task_of(r, task);
    EMIT(r, EV_TASK_BACK, task, mu_name_of(r, t->action), t->role >= 0 ? r->world->roles[t->role].name : 0, r->world->people[t->person].name, mu_lit(r, state), undoes);
}

/* What was asked for on the way stays asked for: a task that waits for advice or a decision waits on, and goes no further. */
bool mu_task_begin_back(mu_run *r, uint32_t act)
{
    bool any = false;
    for (int i = 0; i < r->tasks.count; i++) {
        mu_task *t = task_of(r, i);
        if (t->begun_by != act || !t->wants_start || t->state == TASK_DONE)
            continue;
        uint32_t began = t->state == TASK_STARTED ? t->began : 0;
        t->state = t->state == TASK_WAITING || t->state == TASK_DECIDING ? t->state : TASK_ASSIGNED;
        t->wants_start = false;
        t->started = -1;
        back(r, i, "to be started", began);
        any = true;
    }
    return any;
}

bool mu_task_finish_back(mu_run *r, uint32_t act)
{
    bool any = false;
    for (int i = 0; i < r->tasks.count; i++) {
        mu_task *t = task_of(r, i);
        if (t->done_by != act || t->state != TASK_DONE)
            continue;
        t->state = TASK_STARTED;
        t->choice = 0;
        back(r, i, "under way", t->done);
        mu_playbook_back(r, task_of(r, i)->action, act);
        any = true;
    }
    return any;
}

/* ---- looking again ---- */

void mu_tasks_pass(mu_run *r, int person)
{
    for (int i = 0; i < r->tasks.count; i++) {
        mu_task *t = task_of(r, i);
        if (t->person != person || t->state == TASK_DONE || (t->state == TASK_BLOCKED && t->blocked_because == NO_ROLE))
            continue;
        t->wants_start = false;
        t->started = -1;
        assign(r, i, mu_symf(r, "%s is away", mu_symbol_text(r->symbols, r->world->people[person].name)));
    }
}

/* Nobody answered: the next is asked, and behind the last the first again. */
void mu_task_remind_due(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    bool heard = t->message >= 0 && r->messages.list[t->message].acked >= 0;
    bool to_begin = t->state == TASK_ASSIGNED || (!t->wants_start && (t->state == TASK_WAITING || t->state == TASK_DECIDING));
    if (!to_begin || heard || t->role < 0 || r->now < t->assigned + patience(r, t->role))
        return;
    t->again = true;
    if (mu_get(r->world->roles[t->role].node, "take_over_after"))
        (void)mu_take_over(r, t->role, t->person);
    t = task_of(r, task);
    assign(r, task, mu_symf(r, "no answer from %s", mu_symbol_text(r->symbols, r->world->people[t->person].name)));
}

void mu_task_waits_again(mu_run *r, int task)
{
    const mu_task *t = task_of(r, task);
    if (t->state == TASK_ASSIGNED && t->assigned + patience(r, t->role) <= r->now) /* else its timer is still to come */
        mu_at(r, r->now, T_REMIND, task, 0);
}

/* One of those who are to do it is there, and a way to them stands. */
static bool somebody(const mu_run *r, int task)
{
    EACH_OF (ref, mu_cell(r->tasks.list[task].action, "R")) {
        int role = mu_role_of(r->world, ref->ref);
        mu_line line = role < 0 ? mu_meant_now(r->world, ref->ref, ref->text, r->now) : (mu_line){0};
        if (role >= 0)
            mu_line_of(r->world, role, r->now, &line);
        for (int i = 0; i < line.count; i++)
            if (mu_line_present(r->world, &line, i, r->now) && mu_can_reach(r, r->world->people[line.people[i]].node))
                return true;
    }
    return false;
}

void mu_task_blocked_due(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    if (t->state != TASK_BLOCKED || r->now < t->look_at)
        return;
    if (t->person >= 0 && t->blocked_because != NO_ROLE)
        mu_task_go_on(r, task);
    else if (somebody(r, task))
        assign(r, task, LIT(r, "somebody is there now"));
    else
        mu_task_look_again(r, task, LOOK_AGAIN);
}

void mu_world_changed(mu_run *r)
{
    for (int i = 0; i < r->tasks.count; i++)
        if (r->tasks.list[i].state == TASK_BLOCKED)
            mu_task_look_again(r, i, 0);
}

void mu_tasks_end(mu_run *r)
{
    static const char *const words[] = {"assigned", "waiting", "deciding", "ready", "started", "blocked", "done"};
    for (int i = 0; i < r->tasks.count; i++) {
        const mu_task *t = &r->tasks.list[i];
        if (t->state != TASK_DONE)
            EMIT(r, EV_TASK_OPEN, i, mu_name_of(r, t->action), mu_sym(r, words[t->state]), t->person >= 0 ? r->world->people[t->person].name : 0);
    }
}
