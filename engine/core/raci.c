/* C, A and the outside party of a task: who is asked first, who decides, who must be engaged. */
#include <string.h>

#include "base/calendar.h"
#include "core/parts.h"
#include "plan/schema.h"

static mu_task *task_of(mu_run *r, int task)
{
    return &r->tasks.list[task];
}

static void wait_on(mu_run *r, int task, int64_t on, const char *why)
{
    EMIT(r, EV_TASK_WAIT, task, mu_name_of(r, task_of(r, task)->action), on, mu_sym(r, why));
}

/* ---- C ---- */

/* When an outside party is there: now, or when its own hours begin. */
static int64_t opens_at(mu_run *r, const mu_node *external)
{
    const mu_node *hours = mu_get(external, "hours");
    const char *zone = mu_get_text(external, "timezone");
    int64_t utc = r->world->t0 + r->now;
    mu_zone *there = zone ? mu_zone_again(r->arena, zone) : r->world->zone;
    int ranges[64][2], n = 0;
    if (hours && hours->kind == MU_SCALAR && strcmp(hours->text, "working_hours") == 0)
        hours = mu_get(mu_get(r->root, "organisation"), "working_hours");
    EACH_OF (h, hours)
        n += strcmp(h->text, "24x7") != 0 ? mu_hours_read(h->text, ranges + n, 64 - n) : 0;
    if (n > 0)
        utc = mu_zone_utc(there, mu_hours_next(ranges, n, r->world->holidays, mu_zone_local(there, utc)));
    return utc - r->world->t0;
}

/* The time that its contract gives it, -1 where it gives none. */
static int64_t respond_within(const mu_run *r, const mu_node *external)
{
    return mu_length(r, mu_get(mu_get(external, "contract"), "respond_within"));
}

static bool ask_advice(mu_run *r, mu_letter l, int person)
{
    l.who = r->world->people[person].node;
    return mu_send(r, &l) >= 0;
}

static void consult_outside(mu_run *r, mu_letter l, const mu_node *external)
{
    l.who = external;
    int message = mu_send(r, &l);
    int64_t respond = respond_within(r, external);
    if (message >= 0 && respond >= 0)
        mu_at(r, opens_at(r, external) + respond, T_ADVICE, message, 0);
}

/* One place of the cell, which everybody it means may fill. */
static void consult(mu_run *r, int task, const mu_node *ref, int place)
{
    const mu_node *owner = ref->ref && ref->ref->parent == mu_get(r->root, "audiences") ? mu_get(ref->ref, "owner") : NULL, *meant = owner ? owner : ref;
    int role = mu_role_of(r->world, meant->ref);
    int64_t name = mu_world_name(r->world, ref->ref, ref->text);
    mu_letter l = {.to = name, .about = mu_symbol_counted(MU_CONSULT_N, task), .purpose = FOR_CONSULT, .a = task, .b = place};
    task_of(r, task)->waiting_for++;
    wait_on(r, task, name, "consult");
    if (role >= 0) {
        (void)mu_send_to_role(r, role, l, mu_name_of(r, task_of(r, task)->action));
        return;
    }
    if (meant->ref && mu_get(meant->ref, "organisation")) {
        consult_outside(r, l, meant->ref);
        return;
    }
    mu_line them = mu_meant_now(r->world, meant->ref, meant->text, r->now);
    for (int i = 0; i < them.count; i++)
        if (mu_is_person(r->world, meant->ref) || mu_line_present(r->world, &them, i, r->now))
            (void)ask_advice(r, l, them.people[i]);
}

/* True where nothing is to be waited for. Without consult_within a task waits for its C without end. */
bool mu_raci_consult(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    if (t->consulted)
        return true;
    if (t->state == TASK_WAITING)
        return false;
    const mu_node *c = mu_get(t->action, "C");
    int64_t within = mu_length(r, mu_get(t->action, "consult_within"));
    int place = 0;
    t->state = TASK_WAITING;
    t->asked = r->now;
    EACH_OF (ref, c) {
        int role = mu_role_of(r->world, ref->ref);
        const char *why;
        int one = role >= 0 ? mu_holder(r->world, role, r->now, &why) : mu_is_person(r->world, ref->ref) ? (int)ref->ref->value : -1;
        if (one >= 0 && one == task_of(r, task)->person)
            continue; /* nobody asks themselves */
        consult(r, task, ref, place++);
    }
    t = task_of(r, task);
    if (t->waiting_for == 0) {
        t->consulted = true;
        return true;
    }
    if (within >= 0)
        mu_at(r, r->now + within, T_CONSULT, task, 0);
    return false;
}

int mu_consult_asked(const mu_run *r, int task, int person)
{
    for (int i = 0; i < r->messages.count; i++) {
        const mu_message *m = &r->messages.list[i];
        if (m->purpose == FOR_CONSULT && m->a == task && m->person == person && !m->answered && m->delivered >= 0)
            return i;
    }
    return -1;
}

/* Advice on one place of the cell; the others who could have filled it need not any more. */
static void advised(mu_run *r, int task, int message, int64_t role, int64_t person)
{
    int place = r->messages.list[message].b;
    for (int i = 0; i < r->messages.count; i++) {
        mu_message *m = &r->messages.list[i];
        m->answered = m->answered || (m->purpose == FOR_CONSULT && m->a == task && m->b == place);
    }
    mu_task *t = task_of(r, task);
    EMIT(r, EV_TASK_CONSULTED, task, mu_name_of(r, t->action), role, person, r->now - t->asked, true);
    t = task_of(r, task);
    if (t->waiting_for > 0 && --t->waiting_for == 0 && t->state == TASK_WAITING) {
        t->consulted = true;
        mu_task_go_on(r, task);
    }
}

void mu_task_consulted(mu_run *r, int task, int role, int person)
{
    int message = mu_consult_asked(r, task, person);
    mu_acknowledge(r, message);
    advised(r, task, message, role >= 0 ? r->world->roles[role].name : 0, r->world->people[person].name);
}

void mu_advice_due(mu_run *r, int message)
{
    const mu_message *m = &r->messages.list[message];
    if (!m->answered)
        advised(r, m->a, message, m->to, 0);
}

void mu_task_consult_due(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    if (t->state != TASK_WAITING || t->consulted)
        return;
    EMIT(r, EV_TASK_CONSULTED, task, mu_name_of(r, t->action), 0, 0, r->now - t->asked, false);
    t = task_of(r, task);
    t->waiting_for = 0;
    t->consulted = true;
    mu_task_go_on(r, task);
}

/* ---- A ---- */

static const mu_node *approval(const mu_run *r, const mu_node *action)
{
    const mu_node *approve = mu_get(action, "approve"), *severity = mu_severity_now(r);
    const mu_node *own = severity && approve ? mu_get(approve, severity->key) : NULL;
    bool keyed = approve && (mu_get(approve, "any_of") || mu_get(approve, "all_of") || mu_get(approve, "two_of"));
    return own ? own : keyed ? approve : NULL;
}

static const char *const approval_keys[] = {"any_of", "all_of", "two_of"};
enum { KEYS = 3, PLACES = 100 }; /* a place of a key is key * PLACES + its number */

static bool ask_person(mu_run *r, int task, int64_t to, int role, int person, int place)
{
    const mu_task *t = task_of(r, task);
    int64_t authority = mu_sym(r, mu_get_text(t->action, "authority"));
    mu_letter l = {.to = to, .who = r->world->people[person].node, .about = mu_symbol_counted(MU_DECIDE_N, task),
                   .purpose = FOR_DECISION, .a = task, .b = place};
    EMIT(r, EV_DECISION_REQUESTED, task, mu_name_of(r, t->action), role >= 0 ? r->world->roles[role].name : 0, r->world->people[person].name, authority);
    int message = mu_send(r, &l);
    const mu_node *after = role >= 0 && place / PLACES != 2 ? mu_get(r->world->roles[role].node, "take_over_after") : NULL;
    if (message >= 0 && after)
        mu_at(r, r->now + after->value, T_TAKE_OVER, role, message);
    return message >= 0;
}

void mu_decision_passes(mu_run *r, int role, int message)
{
    const mu_message *m = &r->messages.list[message];
    (void)ask_person(r, m->a, m->to, role, r->world->roles[role].held_by, m->b);
}

/* Where two are needed everybody of the line is asked; else whoever holds the role. */
static bool ask_decider(mu_run *r, int task, const mu_node *ref, int place)
{
    int role = mu_role_of(r->world, ref->ref), asked = 0;
    mu_line line;
    const char *why;
    if (role >= 0 && task_of(r, task)->state == TASK_BLOCKED && mu_holder(r->world, role, r->now, &why) < 0)
        return false; /* still nobody, which was said */
    if (role >= 0 && place / PLACES == 2)
        mu_line_of(r->world, role, r->now, &line);
    else if (role >= 0)
        line = mu_one(r->world, mu_hold(r, role, mu_name_of(r, task_of(r, task)->action)));
    else
        line = mu_meant_now(r->world, ref->ref, ref->text, r->now);
    for (int i = 0; i < line.count; i++)
        if (place / PLACES != 2 || mu_line_present(r->world, &line, i, r->now))
            asked += ask_person(r, task, mu_world_name(r->world, ref->ref, ref->text), role, line.people[i], place);
    return asked > 0;
}

static bool ask_all(mu_run *r, int task, const mu_node *approve)
{
    int asked = 0;
    for (int i = 0; i < KEYS; i++) {
        int place = i * PLACES;
        EACH (ref, mu_get(approve, approval_keys[i]))
            asked += ask_decider(r, task, ref, place++);
    }
    int64_t silent = mu_length(r, mu_get(approve, "if_silent_after"));
    if (silent >= 0)
        mu_at(r, r->now + silent, T_APPROVAL, task, 0);
    return asked > 0 || silent >= 0;
}

/* Asks those who decide; false where nobody can be asked. */
static bool ask_those(mu_run *r, int task)
{
    const mu_node *action = task_of(r, task)->action, *approve = approval(r, action), *first = mu_first_of(mu_cell(action, "A"));
    task_of(r, task)->asked = r->now;
    return approve ? ask_all(r, task, approve) : first && ask_decider(r, task, first, 0);
}

static void nobody_decides(mu_run *r, int task, int64_t who)
{
    mu_task *t = task_of(r, task);
    bool said = t->state == TASK_BLOCKED;
    t->state = TASK_BLOCKED;
    t->blocked_because = 100;
    if (!said)
        EMIT(r, EV_TASK_BLOCKED, task, mu_name_of(r, t->action), LIT(r, "nobody_decides"), who, r->world->people[t->person].name);
    mu_task_look_again(r, task, 10 * 60000);
}

/* True where the decision is made or none is needed: one is where the row names an authority or an approval. */
bool mu_raci_decide(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    const mu_node *approve = approval(r, t->action), *authority = mu_get(t->action, "authority");
    const mu_node *first = mu_first_of(mu_cell(t->action, "A"));
    if (t->decided || (!approve && !authority))
        return true;
    if (t->state == TASK_DECIDING || t->requested) {
        t->state = TASK_DECIDING;
        return false;
    }
    int role = first ? mu_role_of(r->world, first->ref) : -1;
    const char *why;
    if (!approve && role >= 0 && mu_holder(r->world, role, r->now, &why) == t->person) {
        EMIT(r, EV_DECISION_MADE, task, mu_name_of(r, t->action), r->world->roles[role].name, r->world->people[t->person].name,
             mu_has_authority(r, role, authority->text), LIT(r, "does it and answers for it"), 0, 0);
        task_of(r, task)->decided = true;
        return true;
    }
    if (ask_those(r, task))
        task_of(r, task)->state = TASK_DECIDING;
    else
        nobody_decides(r, task, first ? mu_world_name(r->world, first->ref, first->text) : 0);
    return false;
}

/* ---- deciding ---- */

/* How many places of a key have said yes; of one place, how many people. */
static int agreed(const mu_run *r, int task, int key, bool people)
{
    int n = 0;
    for (int i = 0; i < r->messages.count; i++) {
        const mu_message *m = &r->messages.list[i];
        bool counts = m->purpose == FOR_DECISION && m->a == task && m->agreed && m->b / PLACES == key;
        for (int k = 0; k < i && counts; k++) {
            const mu_message *o = &r->messages.list[k];
            bool same = people ? o->person == m->person : o->b == m->b;
            counts = !(same && o->purpose == FOR_DECISION && o->a == task && o->agreed && o->b / PLACES == key);
        }
        n += counts;
    }
    return n;
}

/* Of several keys one is enough. */
static bool enough(const mu_run *r, int task)
{
    const mu_node *approve = approval(r, r->tasks.list[task].action), *all = mu_get(approve, "all_of");
    if (!approve || mu_get(approve, "any_of"))
        if (agreed(r, task, 0, true) > 0)
            return true;
    return (all && agreed(r, task, 1, false) >= all->count) || (mu_get(approve, "two_of") && agreed(r, task, 2, true) >= 2);
}

/* Whether the person had been asked; what they say stands in their messages. */
static bool answer_all(mu_run *r, int task, int person, bool yes)
{
    bool asked = false;
    for (int i = 0; i < r->messages.count; i++) {
        mu_message *m = &r->messages.list[i];
        bool open = m->purpose == FOR_DECISION && m->a == task && !m->answered && m->delivered >= 0;
        if (!open || (m->person != person && yes))
            continue;
        m->answered = true; /* a no ends it for everybody */
        m->agreed = yes;
        asked = asked || m->person == person;
    }
    return asked;
}

const char *mu_raci_may_request(const mu_run *r, int task)
{
    const mu_task *t = &r->tasks.list[task];
    if (t->state == TASK_DONE || t->state == TASK_STARTED)
        return "it has begun already";
    if (t->decided)
        return "it has been decided already";
    if (t->state == TASK_DECIDING || t->requested)
        return "it has been asked already";
    return approval(r, t->action) || mu_cell(t->action, "A") ? NULL : "the plan names nobody who decides this";
}

void mu_raci_request(mu_run *r, int task)
{
    bool asked = ask_those(r, task);
    task_of(r, task)->requested = asked;
}

const char *mu_task_may_decide(const mu_run *r, int task)
{
    const mu_task *t = &r->tasks.list[task];
    if (t->state == TASK_DONE || t->state == TASK_STARTED)
        return "it has begun already";
    return t->decided ? "it has been decided already" : NULL;
}

static void refused(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    t->state = TASK_ASSIGNED;
    t->wants_start = t->requested = false;
    for (int i = 0; i < r->messages.count; i++)
        if (r->messages.list[i].purpose == FOR_DECISION && r->messages.list[i].a == task)
            r->messages.list[i].agreed = false;
}

/* Whoever was asked counts as the plan says; whoever was not asked decides alone only with the authority. To be named by the
 * plan among those who approve an action is authority enough for that. */
void mu_task_decide(mu_run *r, int task, int person, int role, const mu_act *act)
{
    mu_task *t = task_of(r, task);
    const char *authority = mu_get_text(t->action, "authority");
    bool ok = !authority || mu_may_by(r, role, person, authority), pending = t->state == TASK_DECIDING || t->requested;
    bool yes = !act->choice || strcmp(act->choice, "no") != 0, asked = answer_all(r, task, person, yes);
    ok = ok || (asked && approval(r, t->action));
    EMIT(r, EV_DECISION_MADE, task, mu_name_of(r, t->action), role >= 0 ? r->world->roles[role].name : 0, r->world->people[person].name,
         ok, mu_sym(r, act->text), pending ? r->now - t->asked : 0, mu_sym(r, yes ? "yes" : "no"));
    if (!yes) {
        refused(r, task);
        return;
    }
    if (asked ? !enough(r, task) : !authority || !ok || approval(r, t->action))
        return;
    task_of(r, task)->decided = true;
    mu_task_go_on(r, task);
}

/* Silence goes ahead where the plan says so. */
void mu_task_approval_due(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    if (t->state != TASK_DECIDING || t->decided)
        return;
    EMIT(r, EV_DECISION_MADE, task, mu_name_of(r, t->action), 0, 0, true, LIT(r, "silence goes ahead, as the plan says"), r->now - t->asked, LIT(r, "yes"));
    t = task_of(r, task);
    t->decided = true;
    mu_task_go_on(r, task);
}

/* ---- the outside party ---- */

static const char *contract_fault(mu_run *r, const mu_node *external, int64_t *thing)
{
    const mu_node *contract = mu_get(external, "contract"), *from = mu_get(contract, "from"), *until = mu_get(contract, "until");
    int64_t now = mu_world_local(r->world, NULL, r->now);
    static const int64_t day = 86400000;
    *thing = mu_name_of(r, external);
    if (from && now < from->value)
        return "contract_not_begun";
    return until && now >= until->value + day ? "contract_ended" : NULL;
}

/* The consent of the insurer comes first where a policy says so and the party is on its panel or not. */
static bool consent(const mu_run *r)
{
    EACH (e, mu_get(r->root, "externals")) {
        const mu_node *asks = mu_get(mu_get(e, "policy"), "consent_before_engaging");
        if (!asks || !asks->value)
            continue;
        EACH (o, mu_get(r->root, "obligations")) {
            const mu_node *route = mu_get(o, "route"), *action = mu_get(o, "action");
            if (route && route->ref == e && action && action->ref && !mu_action_done(r, action->ref))
                return false;
        }
    }
    return true;
}

const mu_node *mu_outside(const mu_run *r, const mu_node *action)
{
    const mu_node *by = mu_get(action, "by");
    if (by && by->ref)
        return by->ref;
    EACH_OF (ref, mu_cell(action, "R"))
        if (ref->ref && ref->ref->parent == mu_get(r->root, "externals"))
            return ref->ref;
    return NULL;
}

/* A contract does not come back during an exercise: this is not looked at again. */
static void not_engaged(mu_run *r, int task, const char *fault, int64_t thing, int64_t who)
{
    mu_task *t = task_of(r, task);
    bool said = t->state == TASK_BLOCKED;
    int64_t name = mu_name_of(r, t->action);
    t->state = TASK_BLOCKED;
    EMIT(r, EV_ENGAGE_FAIL, who, name, mu_sym(r, fault), thing);
    if (!said)
        EMIT(r, EV_TASK_BLOCKED, task, name, mu_sym(r, fault), thing, r->world->people[task_of(r, task)->person].name);
}

bool mu_raci_engage(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    const mu_node *external = mu_outside(r, t->action);
    if (!external || t->engaged)
        return true;
    if (t->engaging)
        return false;
    t->engaging = true;
    t->consented = consent(r);
    t->asked = r->now;
    int64_t thing, who = mu_name_of(r, external), respond = respond_within(r, external);
    const char *fault = contract_fault(r, external, &thing);
    EMIT(r, EV_ENGAGE_START, who, mu_name_of(r, t->action), r->world->people[t->person].name);
    mu_letter l = {.to = who, .who = external, .about = mu_symbol_counted(MU_ENGAGE_N, task), .purpose = FOR_NOTICE, .a = task};
    if (!fault && mu_send(r, &l) < 0)
        fault = "no_way";
    if (fault)
        not_engaged(r, task, fault, thing, who);
    else if (respond >= 0) /* whoever promises no time is no more there at once than they advise at once */
        mu_at(r, opens_at(r, external) + respond, T_ENGAGED, task, 0);
    return false;
}

void mu_task_engaged(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    if (t->engaged || !t->engaging)
        return;
    t->engaged = true;
    EMIT(r, EV_ENGAGE_DONE, mu_name_of(r, mu_outside(r, t->action)), mu_name_of(r, t->action), r->now - t->asked, t->consented);
    mu_clock_met_of(r, "engage", task_of(r, task)->action);
    mu_task_go_on(r, task);
}
