/* C, A and the outside party of a task: who is asked first, who decides, who must be engaged. */
#include <string.h>

#include "core/parts.h"

static mu_task *task_of(mu_run *r, int task)
{
    return &r->tasks.list[task];
}

static void wait_on(mu_run *r, int task, int64_t on, const char *why)
{
    EMIT(r, EV_TASK_WAIT, task, mu_name_of(r, task_of(r, task)->action), on, mu_sym(r, why));
}

/* ---- C ---- */

static void consult(mu_run *r, int task, const mu_node *ref)
{
    int role = mu_role_of(r->world, ref->ref);
    int64_t name = mu_world_name(r->world, ref->ref, ref->text);
    mu_letter l = {.about = mu_symbol_counted(MU_CONSULT_N, task), .purpose = FOR_CONSULT, .a = task, .b = role};
    task_of(r, task)->waiting_for++;
    wait_on(r, task, name, "consult");
    if (role >= 0)
        (void)mu_send_to_role(r, role, l, mu_name_of(r, task_of(r, task)->action));
    else if (ref->ref && (mu_is_person(r->world, ref->ref) || mu_get(ref->ref, "organisation"))) {
        l.to = name;
        l.who = ref->ref;
        (void)mu_send(r, &l);
    }
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
    t->state = TASK_WAITING;
    t->asked = r->now;
    EACH_OF (ref, c) {
        int role = mu_role_of(r->world, ref->ref);
        const char *why;
        if (role >= 0 && mu_holder(r->world, role, r->now, &why) == task_of(r, task)->person)
            continue; /* nobody asks themselves */
        consult(r, task, ref);
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

void mu_task_consulted(mu_run *r, int task, int role, int person, bool answered)
{
    mu_task *t = task_of(r, task);
    EMIT(r, EV_TASK_CONSULTED, task, mu_name_of(r, t->action), role >= 0 ? r->world->roles[role].name : 0,
         person >= 0 ? r->world->people[person].name : 0, r->now - t->asked, answered);
    t = task_of(r, task);
    if (t->waiting_for > 0 && --t->waiting_for == 0 && t->state == TASK_WAITING) {
        t->consulted = true;
        mu_task_go_on(r, task);
    }
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

static bool ask_decider(mu_run *r, int task, const mu_node *ref)
{
    const mu_task *t = task_of(r, task);
    int64_t name = mu_name_of(r, t->action), authority = mu_sym(r, mu_get_text(t->action, "authority"));
    int role = mu_role_of(r->world, ref->ref);
    mu_letter l = {.to = mu_world_name(r->world, ref->ref, ref->text), .about = mu_symbol_counted(MU_DECIDE_N, task), .purpose = FOR_DECISION, .a = task, .b = role};
    int person = role >= 0 ? mu_hold(r, role, name) : mu_is_person(r->world, ref->ref) ? (int)ref->ref->value : -1;
    if (person < 0)
        return false;
    EMIT(r, EV_DECISION_REQUESTED, task, name, role >= 0 ? r->world->roles[role].name : 0, r->world->people[person].name, authority);
    l.who = r->world->people[person].node;
    return mu_send(r, &l) >= 0;
}

static bool ask_all(mu_run *r, int task, const mu_node *approve)
{
    static const char *const keys[] = {"any_of", "all_of", "two_of"};
    int asked = 0;
    for (int i = 0; i < 3; i++)
        EACH (ref, mu_get(approve, keys[i]))
            asked += ask_decider(r, task, ref);
    int64_t silent = mu_length(r, mu_get(approve, "if_silent_after"));
    if (silent >= 0)
        mu_at(r, r->now + silent, T_APPROVAL, task, 0);
    return asked > 0 || silent >= 0;
}

static void nobody_decides(mu_run *r, int task, int64_t who)
{
    mu_task *t = task_of(r, task);
    bool said = t->state == TASK_BLOCKED;
    t->state = TASK_BLOCKED;
    t->blocked_because = 100;
    if (!said)
        EMIT(r, EV_TASK_BLOCKED, task, mu_name_of(r, t->action), LIT(r, "nobody_decides"), who, r->world->people[t->person].name);
    mu_at(r, r->now + 10 * 60000, T_BLOCKED, task, 0);
}

/* True where the decision is made or none is needed: one is where the row names an authority or an approval. */
bool mu_raci_decide(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    const mu_node *approve = approval(r, t->action), *authority = mu_get(t->action, "authority");
    const mu_node *a = mu_get(t->action, mu_get(t->action, "A") ? "A" : "R/A");
    if (t->decided || (!approve && !authority))
        return true;
    if (t->state == TASK_DECIDING)
        return false;
    const mu_node *first = mu_first_of(a);
    int role = first ? mu_role_of(r->world, first->ref) : -1;
    const char *why;
    if (!approve && role >= 0 && mu_holder(r->world, role, r->now, &why) == t->person) {
        EMIT(r, EV_DECISION_MADE, task, mu_name_of(r, t->action), r->world->roles[role].name, r->world->people[t->person].name,
             mu_has_authority(r, role, authority->text), LIT(r, "does it and answers for it"), 0, 0);
        task_of(r, task)->decided = true;
        return true;
    }
    t->asked = r->now;
    bool asked = approve ? ask_all(r, task, approve) : first && ask_decider(r, task, first);
    if (asked)
        task_of(r, task)->state = TASK_DECIDING;
    else
        nobody_decides(r, task, first ? mu_world_name(r->world, first->ref, first->text) : 0);
    return false;
}

static int needed(const mu_run *r, const mu_node *action)
{
    const mu_node *approve = approval(r, action);
    const mu_node *all = mu_get(approve, "all_of");
    if (!approve || mu_get(approve, "any_of")) /* of several keys one is enough */
        return 1;
    return all ? all->count : 2;
}

const char *mu_task_decide(mu_run *r, int task, int person, const mu_act *act)
{
    mu_task *t = task_of(r, task);
    const char *authority = mu_get_text(t->action, "authority");
    if (t->state != TASK_DECIDING)
        return "no decision is asked for here now";
    int role = -1;
    for (int i = 0; i < r->world->role_count && act->role; i++)
        if (strcmp(mu_symbol_text(r->symbols, r->world->roles[i].name), act->role) == 0)
            role = i;
    bool ok = !authority || (role >= 0 && mu_has_authority(r, role, authority));
    bool no = act->choice && strcmp(act->choice, "no") == 0;
    EMIT(r, EV_DECISION_MADE, task, mu_name_of(r, t->action), role >= 0 ? r->world->roles[role].name : 0, r->world->people[person].name,
         ok, mu_sym(r, act->text), r->now - t->asked, mu_sym(r, no ? "no" : "yes"));
    t = task_of(r, task);
    if (no) {
        t->state = TASK_ASSIGNED;
        t->wants_start = false;
        return NULL;
    }
    if (++t->approvals < needed(r, t->action))
        return NULL;
    t->decided = true;
    mu_task_go_on(r, task);
    return NULL;
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

bool mu_raci_engage(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    const mu_node *by = mu_get(t->action, "by"), *external = by ? by->ref : NULL;
    if (!external || t->engaged)
        return true;
    if (t->engaging)
        return false;
    int64_t thing, name = mu_name_of(r, t->action), who = mu_name_of(r, external);
    const char *fault = contract_fault(r, external, &thing);
    EMIT(r, EV_ENGAGE_START, who, name, r->world->people[t->person].name);
    mu_letter l = {.to = who, .who = external, .about = mu_symbol_counted(MU_ENGAGE_N, task), .purpose = FOR_NOTICE, .a = task};
    if (!fault && mu_send(r, &l) < 0)
        fault = "no_way";
    if (fault) {
        t = task_of(r, task);
        bool said = t->state == TASK_BLOCKED;
        t->state = TASK_BLOCKED;
        t->engaging = true;
        EMIT(r, EV_ENGAGE_FAIL, who, name, mu_sym(r, fault), thing);
        if (!said)
            EMIT(r, EV_TASK_BLOCKED, task, name, mu_sym(r, fault), thing, r->world->people[t->person].name);
        return false; /* a contract does not come back during an exercise */
    }
    int64_t respond = mu_length(r, mu_get(mu_get(external, "contract"), "respond_within"));
    task_of(r, task)->engaging = true;
    mu_at(r, r->now + (respond >= 0 ? respond : 0), T_ENGAGED, task, 0);
    return false;
}

void mu_task_engaged(mu_run *r, int task)
{
    mu_task *t = task_of(r, task);
    const mu_node *by = mu_get(t->action, "by");
    if (t->engaged || !t->engaging)
        return;
    t->engaged = true;
    int64_t respond = mu_length(r, mu_get(mu_get(by->ref, "contract"), "respond_within"));
    EMIT(r, EV_ENGAGE_DONE, mu_name_of(r, by->ref), mu_name_of(r, t->action), respond >= 0 ? respond : 0, consent(r));
    mu_task_go_on(r, task);
}
