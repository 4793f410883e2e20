/* Gaps of contracts, tools, skills and places that the events of a drill prove. */
#include "analysis/run_rules.h"
#include "analysis/shared.h"

#include <string.h>

#include "analysis/paths.h"

static int64_t value(const mu_trial *t, const mu_event *e, const char *key)
{
    return mu_journal_value(t->journal, e, key);
}

static const mu_event *end_of(const mu_trial *t)
{
    return mu_next_of(t, NULL, EV_END);
}

static bool is_hired(const mu_node *external)
{
    return mu_is(external, "kind", "retainer") || mu_is(external, "kind", "counsel") || mu_is(external, "kind", "pr");
}

static bool is_provider(const mu_node *external)
{
    return mu_is(external, "kind", "cloud_provider") || mu_is(external, "kind", "supplier");
}

static bool counsel_or_press(const mu_node *external)
{
    return mu_is(external, "kind", "counsel") || mu_is(external, "kind", "pr");
}

/* ---- contracts ---- */

static void contract(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ENGAGE_FAIL) {
        const mu_node *external = mu_named(t, mu_word(t, e, "external")), *until = mu_get(mu_get(external, "contract"), "until");
        mu_proof proof = {.count = 0};
        if (!external || counsel_or_press(external) || strncmp(mu_word(t, e, "reason"), "contract", 8) != 0 || mu_shown_already(t, "RES-01", mu_word(t, e, "external")))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-01", mu_word(t, e, "external"), mu_place(until ? until : external), SAY("%s was called and has no contract that runs%s%s", TITLE(external), until ? ": it ended on " : "", until ? until->text : ""),
                 SAY("the engagement failed at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static void not_contracted(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ENGAGE_START) {
        const mu_node *external = mu_named(t, mu_word(t, e, "external")), *paper = mu_get(external, "contract");
        const mu_event *fail = NULL;
        mu_proof proof = {.count = 0};
        MU_EVENTS (f, t, EV_ENGAGE_FAIL)
            if (mu_says(t, f, "external", mu_word(t, e, "external")) && strncmp(mu_word(t, f, "reason"), "contract", 8) == 0)
                fail = fail ? fail : f;
        if (!external || !counsel_or_press(external) || (paper && !fail) || mu_shown_already(t, "RES-03", mu_word(t, e, "external")))
            continue;
        mu_prove(&proof, e);
        if (fail)
            mu_prove(&proof, fail);
        mu_shown(t, "RES-03", mu_word(t, e, "external"), mu_place(paper ? paper : external), SAY("%s was called, and no contract with it is %s", TITLE(external), paper ? "in force" : "on record"),
                 SAY("it was called at %s, and an engagement letter had to come first", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static const mu_event *came(const mu_trial *t, const mu_event *start)
{
    MU_EVENTS (e, t, EV_ENGAGE_DONE)
        if (e->n > start->n && mu_says(t, e, "external", mu_word(t, start, "external")) && mu_says(t, e, "action", mu_word(t, start, "action")))
            return e;
    return NULL;
}

/* The contract itself gives an outside party longer than the action, and that time was over. */
static void terms_too_long(mu_trial *t, const char *gap, bool (*wanted)(const mu_node *external))
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *action = mu_named(t, mu_word(t, e, "subject")), *who = action ? mu_done_outside(&t->judge, action) : NULL;
        int64_t promised = who ? mu_responds(who) : -1;
        mu_proof proof = {.count = 0};
        if (!mu_says(t, e, "clock", "engage") || !who || !wanted(who) || promised <= value(t, e, "window") || mu_shown_already(t, gap, SAY("external:%s", who->key)))
            continue;
        MU_EVENTS (s, t, EV_ENGAGE_START)
            if (s->n < e->n && mu_says(t, s, "action", mu_word(t, e, "subject")))
                mu_prove(&proof, s);
        if (!proof.count)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, gap, SAY("external:%s", who->key), mu_at_key(mu_get(who, "contract"), "respond_within"),
                 SAY("%s has %s to respond, and \"%s\" gives it %s", TITLE(who), mu_long(&t->judge, promised), action->key, mu_long(&t->judge, value(t, e, "window"))),
                 SAY("the time to engage it was over at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static bool is_retainer(const mu_node *external)
{
    return mu_is(external, "kind", "retainer");
}

static void retainer_terms(mu_trial *t)
{
    terms_too_long(t, "RES-02", is_retainer);
}

/* The hours of a retainer, used by one analyst from the moment of the engagement on. */
static void hours_used_up(mu_trial *t)
{
    const mu_event *end = end_of(t);
    MU_EVENTS (e, t, EV_ENGAGE_DONE) {
        const mu_node *who = mu_named(t, mu_word(t, e, "external")), *hours = mu_get(mu_get(who, "contract"), "hours");
        mu_proof proof = {.count = 0};
        if (!hours || !is_retainer(who) || !end || end->t - e->t <= hours->value * 3600000 || mu_shown_already(t, "RES-02", mu_word(t, e, "external")))
            continue;
        mu_prove(&proof, e);
        mu_prove(&proof, end);
        mu_shown(t, "RES-02", mu_word(t, e, "external"), mu_place(hours), SAY("The contract with %s gives %s hours, and the incident lasted %d h after it came", TITLE(who), hours->text, (int)((end->t - e->t) / 3600000)),
                 SAY("one analyst at work from %s on uses them up", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static void tier_too_low(mu_trial *t)
{
    terms_too_long(t, "RES-05", is_provider);
}

/* What the tier gives is longer than what the contract promised, and the party was called. */
static void tier_answers_late(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ENGAGE_START) {
        const mu_node *who = mu_named(t, mu_word(t, e, "external")), *tier = mu_get(mu_get(who, "support"), "respond_within");
        const mu_event *done = came(t, e);
        mu_proof proof = {.count = 0};
        if (!tier || !is_provider(who) || !done || value(t, done, "took") >= tier->value || mu_shown_already(t, "RES-05", mu_word(t, e, "external")))
            continue;
        mu_prove(&proof, e);
        mu_prove(&proof, done);
        mu_shown(t, "RES-05", mu_word(t, e, "external"), mu_place(tier), SAY("The plan counted on %s within %s, and its support answers within %s", TITLE(who), mu_lasted(t, value(t, done, "took")), tier->text),
                 "it was reckoned with as its contract says", "deterministic", &proof);
    }
}

/* ---- the insurer, and money ---- */

/* The insurer who wants to be asked first, and an action by which it is told; NULL where the plan has none. */
static const mu_node *consent_of(const mu_trial *t, const mu_node **action)
{
    MU_EACH (e, mu_get(t->judge.root, "externals")) {
        const mu_node *asks = mu_get(mu_get(e, "policy"), "consent_before_engaging");
        MU_EACH (o, asks && asks->value ? mu_get(t->judge.root, "obligations") : NULL)
            if (mu_get(o, "route") && mu_get(o, "route")->ref == e && mu_get(o, "action") && mu_get(o, "action")->ref) {
                *action = mu_get(o, "action")->ref;
                return asks;
            }
    }
    return NULL;
}

static void before_consent(mu_trial *t)
{
    const mu_node *told = NULL, *asks = consent_of(t, &told);
    const char *name = told ? SAY("action:%s", told->key) : "";
    const mu_event *done = NULL;
    MU_EVENTS (e, t, EV_TASK_DONE)
        done = !done && mu_says(t, e, "action", name) ? e : done;
    MU_EVENTS (e, t, EV_ENGAGE_START) {
        const mu_node *who = mu_named(t, mu_word(t, e, "external"));
        mu_proof proof = {.count = 0};
        if (!asks || !who || !is_hired(who) || (done && done->n < e->n) || mu_shown_already(t, "RES-12", mu_word(t, e, "external")))
            continue;
        mu_prove(&proof, e);
        mu_prove_outcome(t, &proof, done);
        mu_shown(t, "RES-12", mu_word(t, e, "external"), mu_place(asks), SAY("%s was called before the insurer had been told, and the insurer wants to be asked first", TITLE(who)),
                 done ? SAY("the insurer was told at %s", mu_clock_time(t, done->t)) : "the insurer was never told", "simulated", &proof);
    }
}

static bool spends(const mu_node *role)
{
    MU_EACH (a, mu_get(role, "authority"))
        if (mu_get(a, "spend"))
            return true;
    return false;
}

static bool somebody_spends(const mu_trial *t)
{
    MU_EACH (role, mu_get(t->judge.root, "roles"))
        if (spends(role))
            return true;
    return false;
}

static void no_spender(mu_trial *t)
{
    const mu_node *roles = mu_get(t->judge.root, "roles");
    MU_EVENTS (e, t, EV_ENGAGE_START) {
        const mu_node *who = mu_named(t, mu_word(t, e, "external"));
        mu_proof proof = {.count = 0};
        if (!who || !is_hired(who) || somebody_spends(t) || !roles)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-13", "section:roles", mu_place(roles), SAY("%s was called, and no role may commit the money for it", TITLE(who)),
                 SAY("it was called at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
        return;
    }
}

/* Whoever may spend was needed for outside help and was not there. */
static void spender_missing(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ROLE_UNFILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role")), *action = mu_named(t, mu_word(t, e, "needed_for")), *who = action ? mu_done_outside(&t->judge, action) : NULL;
        mu_proof proof = {.count = 0};
        if (!role || !spends(role) || !who || !is_hired(who) || mu_shown_already(t, "RES-13", mu_word(t, e, "role")))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-13", mu_word(t, e, "role"), mu_at_key(role, "authority"), SAY("\"%s\" waited for %s, who may commit the money, and nobody held the role", action->key, TITLE(role)),
                 SAY("at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

/* ---- tools, logs, accounts ---- */

static void blocked_by(mu_trial *t, const char *gap, const char *reason, const char *text)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *thing = mu_named(t, mu_word(t, e, "thing"));
        mu_proof proof = {.count = 0};
        if (!thing || !mu_says(t, e, "reason", reason))
            continue;
        MU_EVENTS (other, t, EV_TASK_BLOCKED)
            if (mu_says(t, other, "reason", reason) && mu_says(t, other, "thing", mu_word(t, e, "thing")))
                mu_prove(&proof, other);
        if (proof.list[0] == e->n)
            mu_shown(t, gap, mu_word(t, e, "thing"), mu_place(thing), SAY(text, mu_id_of(mu_word(t, e, "action")), thing->key),
                     SAY("%d action%s stood still for want of it", proof.count, proof.count == 1 ? "" : "s"), "deterministic", &proof);
    }
}

static void tool_down(mu_trial *t)
{
    blocked_by(t, "RES-06", "tool_down", "\"%s\" needs %s, which the incident took down");
}

static void log_missing(mu_trial *t)
{
    blocked_by(t, "RES-08", "log_missing", "\"%s\" needs the log %s, which was not there");
}

/* What a thing stands on and was down at a moment, of some kind; NULL where nothing. */
static const mu_event *down_under(const mu_trial *t, const mu_node *thing, const char *kind, uint32_t until)
{
    mu_set ground = MU_SET(&t->judge);
    const mu_event *found = NULL;
    mu_ground(thing, &ground);
    MU_EVENTS (e, t, EV_DOWN) {
        const mu_node *what = mu_named(t, mu_word(t, e, "thing"));
        bool up = false;
        if (e->n > until || !what || !mu_has(&ground, what) || (kind && !mu_is(what, "kind", kind)))
            continue;
        MU_EVENTS (u, t, EV_UP)
            up = up || (u->n > e->n && u->n < until && mu_says(t, u, "thing", mu_word(t, e, "thing")));
        found = up ? found : e;
    }
    return found;
}

/* Sign-in was gone, and no emergency account was there to go in without it; or there was one, and it could not be used. */
static void no_way_in(mu_trial *t)
{
    const mu_node *resources = mu_get(t->judge.root, "resources"), *glass = mu_get(resources, "break_glass");
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *thing = mu_named(t, mu_word(t, e, "thing"));
        bool account = thing && glass && thing->parent == glass;
        const mu_event *down = thing && mu_says(t, e, "reason", "tool_down") ? down_under(t, thing, "identity_provider", e->n) : NULL;
        mu_proof proof = {.count = 0};
        if ((!account && !down) || (!account && glass && glass->count) || mu_shown_already(t, "RES-07", account ? mu_word(t, e, "thing") : "section:resources"))
            continue;
        if (down)
            mu_prove(&proof, down);
        mu_prove(&proof, e);
        mu_shown(t, "RES-07", account ? mu_word(t, e, "thing") : "section:resources", mu_place(account ? thing : resources),
                 account ? SAY("\"%s\" needs the emergency account %s, and it could not be used", mu_id_of(mu_word(t, e, "action")), thing->key)
                         : SAY("Sign-in was gone, \"%s\" stood still, and no emergency account is on record", mu_id_of(mu_word(t, e, "action"))),
                 SAY("it stood still at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

/* ---- hands and skills ---- */

static void short_of_people(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ROLE_SHORT) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role"));
        mu_proof proof = {.count = 0};
        if (!role || mu_shown_already(t, "RES-09", mu_word(t, e, "role")))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-09", mu_word(t, e, "role"), mu_at_key(role, "at_least"), SAY("%s takes %d people at least, and %d were there", TITLE(role), (int)value(t, e, "needed"), (int)value(t, e, "there")),
                 SAY("at %s, for %s", mu_clock_time(t, e->t), mu_who(t, mu_word(t, e, "needed_for"))), "deterministic", &proof);
    }
}

typedef struct manning {
    uint32_t from, room;
    int *open;             /* of each role, tasks that it was given and has not done */
    const mu_event **last; /* of each role, what made it needed */
    uint32_t *given;       /* of each task, the place of the role that has it, plus one */
    int needed, there;
} manning;

static void release(manning *m, size_t task)
{
    if (m->given[task] && --m->open[m->given[task] - 1] == 0)
        m->needed--;
    m->given[task] = 0;
}

/* A task may be given to one role after another: it makes that one needed that has it. */
static void needs(mu_trial *t, manning *m, const mu_event *e)
{
    const mu_node *role = mu_named(t, mu_word(t, e, "role"));
    int64_t task = value(t, e, "task");
    if (task < 0 || (size_t)task > t->count)
        return;
    release(m, (size_t)task);
    if (e->kind != EV_TASK_ASSIGNED || !role || role->number < m->from || role->number - m->from >= m->room)
        return;
    uint32_t place = role->number - m->from;
    m->given[task] = place + 1;
    m->last[place] = e;
    if (m->open[place]++ == 0)
        m->needed++;
}

static void too_few(mu_trial *t, const manning *m, const mu_event *e)
{
    mu_proof proof = {.count = 0};
    for (uint32_t i = 0; i < m->room; i++)
        if (m->open[i] > 0)
            mu_prove(&proof, m->last[i]);
    const mu_node *team = mu_get(t->judge.root, "team"), *at = team ? team : mu_get(t->judge.root, "roles");
    mu_shown(t, "RES-09", "section:team", mu_place(at), SAY("At %s %d roles were needed at once, and %d %s there", mu_clock_time(t, e->t), m->needed, m->there, m->there == 1 ? "person was" : "people were"),
             "each of them had been given something that was not yet done", "simulated", &proof);
}

static void minimum_manning(mu_trial *t)
{
    const mu_node *roles = mu_get(t->judge.root, "roles"), *people = mu_get(t->judge.root, "people");
    if (!roles || !roles->first || !people)
        return;
    manning m = {.from = roles->first->number, .room = mu_last(roles)->number - roles->first->number + 1, .there = people->count};
    MU_EACH (p, people)
        m.there -= mu_away(&t->judge, p);
    m.open = mu_alloc(t->judge.arena, (size_t)m.room * sizeof *m.open);
    m.last = mu_alloc(t->judge.arena, (size_t)m.room * sizeof *m.last);
    m.given = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *m.given);
    for (const mu_event *e = mu_numbered(t, 1); e; e = mu_numbered(t, e->n + 1)) {
        m.there += (e->kind == EV_BACK) - (e->kind == EV_AWAY);
        if (e->kind == EV_TASK_ASSIGNED || e->kind == EV_TASK_DONE)
            needs(t, &m, e);
        if (m.there > 0 && m.needed > m.there) {
            too_few(t, &m, e);
            return;
        }
    }
}

static bool has(const mu_node *n, const char *skill)
{
    MU_EACH (s, mu_get(n, "skills"))
        if (strcmp(s->text, skill) == 0)
            return true;
    return false;
}

static void without_skill(mu_trial *t)
{
    MU_EVENTS (e, t, EV_TASK_START) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action")), *person = mu_named(t, mu_word(t, e, "person"));
        const mu_node *outside = action ? mu_done_outside(&t->judge, action) : NULL;
        const char *lacking = "";
        mu_proof proof = {.count = 0};
        MU_EACH (s, person && !outside ? mu_get(action, "skills") : NULL)
            if (!has(person, s->text))
                lacking = SAY("%s%s%s", lacking, *lacking ? " and " : "", s->text);
        if (!action || !person || !*lacking || mu_shown_already(t, "RES-10", mu_word(t, e, "action")))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-10", mu_word(t, e, "action"), mu_place(mu_get(action, "skills")), SAY("\"%s\" takes %s, and it was done by %s, who has it not", action->key, lacking, TITLE(person)),
                 SAY("begun at %s, as nobody with it was there", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

/* ---- restoring ---- */

static void recovery_blocked(mu_trial *t)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action")), *thing = mu_named(t, mu_word(t, e, "thing"));
        mu_proof proof = {.count = 0};
        if (!action || !thing || !mu_is(action, "phase", "recover") || !mu_says(t, e, "reason", "tool_down") || mu_shown_already(t, "RES-11", mu_word(t, e, "action")))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-11", mu_word(t, e, "action"), mu_at_key(action, "access"), SAY("\"%s\" needs %s, which was down itself", action->key, thing->key),
                 SAY("recovery stood still at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static void back_too_late(mu_trial *t)
{
    MU_EVENTS (e, t, EV_DOWN) {
        const mu_node *asset = mu_named(t, mu_word(t, e, "thing")), *rto = mu_get(asset, "rto");
        const mu_event *end = end_of(t);
        mu_proof proof = {.count = 0};
        MU_EVENTS (up, t, EV_UP)
            end = mu_says(t, up, "thing", mu_word(t, e, "thing")) && up->n > e->n && (!end || up->n < end->n) ? up : end;
        if (!rto || rto->kind != MU_SCALAR || !end || end->t - e->t <= rto->value || mu_shown_already(t, "RES-11", mu_word(t, e, "thing")))
            continue;
        mu_prove(&proof, e);
        mu_prove(&proof, end);
        mu_shown(t, "RES-11", mu_word(t, e, "thing"), mu_place(rto), SAY("%s was down for %s, and is to be back within %s", asset->key, mu_lasted(t, end->t - e->t), rto->text),
                 SAY("from %s on", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

/* ---- places ---- */

/* True where a place stands; of one that does not, the event is added that took it down. */
static bool stands(const mu_trial *t, const mu_node *place, uint32_t at, mu_proof *proof)
{
    const mu_event *down = down_under(t, place, NULL, at);
    if (down)
        mu_prove(proof, down);
    return !down;
}

static void nowhere_to_meet(mu_trial *t)
{
    const mu_node *resources = mu_get(t->judge.root, "resources"), *rooms = mu_get(resources, "rooms"), *at = rooms ? rooms : resources;
    MU_EVENTS (e, t, EV_CLOCK_START) {
        mu_proof proof = {.count = 0};
        bool places = false, any = false;
        if (!mu_says(t, e, "clock", "assemble"))
            continue;
        MU_EACH (room, rooms) {
            places = true;
            any = any || stands(t, room, e->n, &proof);
        }
        MU_EACH (c, mu_get(t->judge.root, "channels"))
            if (mu_is_bridge(c)) {
                places = true;
                any = any || stands(t, c, e->n, &proof);
            }
        if (any)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-14", "section:resources", at ? mu_place(at) : mu_top(&t->judge),
                 places ? "The team was called together, and no room and no bridge stood" : "The team was called together, and the plan names no room and no bridge",
                 SAY("at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
        return;
    }
}

static void looked_in_vain(mu_trial *t)
{
    static const char *const parts[] = {"contacts", "partners", "templates", "playbooks"};
    const mu_node *resources = mu_get(t->judge.root, "resources"), *repository = mu_get(resources, "repository"), *at = repository ? repository : resources;
    MU_EVENTS (e, t, EV_LOOKUP_MISS) {
        const char *what = mu_word(t, e, "what"), *because = mu_word(t, e, "because");
        mu_proof proof = {.count = 0};
        bool part = false;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            part = part || strcmp(what, parts[i]) == 0;
        if (!part)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-15", "section:resources", at ? mu_place(at) : mu_top(&t->judge), SAY("%s looked for the %s and found none%s%s", mu_who(t, mu_word(t, e, "person")), what,
                 strchr(because, ':') ? ": all copies stand on what was down, such as " : "", strchr(because, ':') ? mu_id_of(because) : ""),
                 SAY("at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
        return;
    }
}

const mu_run_rule mu_run_rules_resources[] = {
    {"RES-01", contract,
     "somebody outside was called without a contract that runs"},
    {"RES-02", retainer_terms,
     "the time to engage a retainer ran out that has longer to respond"},
    {"RES-02", hours_used_up,
     "an incident lasted longer after a retainer came than the hours of its contract"},
    {"RES-03", not_contracted,
     "counsel or a PR firm was called without a contract that runs"},
    {"RES-05", tier_too_low,
     "the time to engage a provider ran out that has longer to respond"},
    {"RES-05", tier_answers_late,
     "a provider was counted on sooner than its support answers"},
    {"RES-06", tool_down,
     "an action stood still because a tool was down"},
    {"RES-07", no_way_in,
     "an action stood still because sign-in was gone and there is no emergency account, or because the account could not be used"},
    {"RES-08", log_missing,
     "an action stood still because a log was not there"},
    {"RES-09", short_of_people,
     "fewer people of a role were there than it takes"},
    {"RES-09", minimum_manning,
     "more roles had something to do at once than people were there"},
    {"RES-10", without_skill,
     "an action was done by somebody without the skill that it takes"},
    {"RES-11", recovery_blocked,
     "recovery stood still because what it needs was down itself"},
    {"RES-11", back_too_late,
     "an asset was down for longer than its rto"},
    {"RES-12", before_consent,
     "somebody was hired before the insurer was told who wants to be asked first"},
    {"RES-13", no_spender,
     "somebody was hired and no role may spend"},
    {"RES-13", spender_missing,
     "outside help waited for a role that may spend, and nobody held it"},
    {"RES-14", nowhere_to_meet,
     "the team was called together and no room and no bridge stood"},
    {"RES-15", looked_in_vain,
     "somebody looked for contacts, partners, templates or playbooks and found none"},
    {NULL, NULL, NULL},
};
