/* Gaps of roles that the events of a drill prove. */
#include "analysis/run_rules.h"

#include <string.h>

/* As which role, where it was as one; who it was, where the event says no more. */
static const char *role_or_person(const mu_trial *t, const mu_event *e)
{
    const char *role = mu_event_field_of(e->kind, "role") >= 0 ? mu_word(t, e, "role") : "";
    return mu_who(t, *role ? role : mu_word(t, e, "person"));
}

static void without_authority(mu_trial *t)
{
    MU_EVENTS (e, t, EV_DECISION_MADE) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        mu_proof proof = {.count = 0};
        if (mu_journal_value(t->journal, e, "authority_ok") || !action)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ROL-04", mu_word(t, e, "action"), mu_at_key(action, mu_get(action, "A") ? "A" : "R/A"),
                 SAY("\"%s\" was decided by somebody without the authority for it, %s", action->key, role_or_person(t, e)),
                 SAY("at %s it was decided without the authority", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

static const mu_node *declaring(const mu_trial *t)
{
    MU_EACH (action, mu_get(t->judge.root, "raci"))
        if (mu_declares(action))
            return action;
    return NULL;
}

/* Where the plan gives nobody the authority to declare, whoever declares has passed by nobody. */
static bool somebody_may_declare(const mu_trial *t)
{
    MU_EACH (role, mu_get(t->judge.root, "roles"))
        MU_EACH (a, mu_get(role, "authority"))
            if (a->kind == MU_SCALAR && strcmp(a->text, "declare") == 0)
                return true;
    return false;
}

static void declared_without(mu_trial *t, const mu_event *e, const char *level, const char *how)
{
    const mu_node *action = declaring(t);
    const char *subject = action ? SAY("action:%s", action->key) : "section:severities";
    mu_proof proof = {.count = 0};
    if (mu_journal_value(t->journal, e, "authority_ok"))
        return;
    mu_prove(&proof, e);
    mu_shown(t, "ROL-04", subject, action ? mu_at_key(action, mu_get(action, "A") ? "A" : "R/A") : mu_place(mu_get(t->judge.root, "severities")),
             SAY("%s was %s by somebody without the authority to declare, %s", mu_id_of(level), how, role_or_person(t, e)),
             SAY("at %s it was %s without the authority", mu_clock_time(t, e->t), how), "simulated", &proof);
}

static void level_without_authority(mu_trial *t)
{
    if (!somebody_may_declare(t))
        return;
    MU_EVENTS (e, t, EV_DECLARED)
        declared_without(t, e, mu_word(t, e, "severity"), "declared");
    MU_EVENTS (e, t, EV_SEVERITY_CHANGED)
        declared_without(t, e, mu_word(t, e, "to"), "set");
}

static void nobody_does(mu_trial *t)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        mu_proof proof = {.count = 0};
        if (!action || !mu_says(t, e, "reason", "no_responsible"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ROL-03", mu_word(t, e, "action"), mu_place(action), SAY("Nobody does \"%s\": the row has no R", action->key),
                 "it was called for, and nobody could be given it", "deterministic", &proof);
    }
}

/* Every time a role was needed and nobody held it, for one reason. */
static void needed(const mu_trial *t, const char *role, const char *why, mu_proof *proof)
{
    MU_EVENTS (e, t, EV_ROLE_UNFILLED)
        if (mu_says(t, e, "role", role) && mu_says(t, e, "why", why) && *mu_word(t, e, "needed_for"))
            mu_prove(proof, e);
}

static bool first_of(const mu_trial *t, const mu_event *e, const char *why)
{
    MU_EVENTS (other, t, EV_ROLE_UNFILLED)
        if (mu_says(t, other, "why", why) && mu_says(t, other, "role", mu_word(t, e, "role")) && *mu_word(t, other, "needed_for"))
            return other->n == e->n;
    return false;
}

void mu_caused_by_only(const mu_trial *t, mu_finding *f, const mu_node *role)
{
    mu_set people = MU_SET(&t->judge);
    if (role)
        mu_holders(&t->judge, role, &people);
    if (people.count == 1)
        mu_caused_by(&t->judge, f, "person", people.list[0]);
}

static void unfilled(mu_trial *t, const char *gap, const char *why, const char *text, bool (*counts)(const mu_trial *t, const mu_node *role))
{
    MU_EVENTS (e, t, EV_ROLE_UNFILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role"));
        mu_proof proof = {.count = 0};
        if (!role || !first_of(t, e, why) || (counts && !counts(t, role)))
            continue;
        needed(t, mu_word(t, e, "role"), why, &proof);
        mu_caused_by_only(t, mu_shown(t, gap, mu_word(t, e, "role"), mu_at_key(role, "holders"), SAY(text, TITLE(role), mu_clock_time(t, e->t)),
                                      SAY("it was needed %d time%s and nobody held it, first at %s", proof.count, proof.count == 1 ? "" : "s", mu_clock_time(t, e->t)),
                                      "deterministic", &proof), role);
    }
}

static void vacant(mu_trial *t)
{
    unfilled(t, "ROL-06", "vacant", "Nobody holds the role %s, and at %s it was needed", NULL);
}

static void away(mu_trial *t)
{
    unfilled(t, "ROL-07", "away", "Whoever holds %s was away at %s, and nobody followed", NULL);
}

/* A role that a severity covered at every hour counts on: in its quorum, or on its ladder. */
static bool at_every_hour(const mu_trial *t, const mu_node *role)
{
    MU_EACH (s, mu_get(t->judge.root, "severities")) {
        const char *cover = mu_get_text(s, "cover");
        if (!cover || strcmp(cover, "24x7") != 0)
            continue;
        MU_EACH (r, mu_get(mu_get(mu_get(t->judge.root, "team"), "quorum"), s->key))
            if (r->ref == role)
                return true;
        const mu_node *ladder = mu_get(s, "escalation");
        MU_EACH (rung, ladder && ladder->ref ? mu_get(ladder->ref, "steps") : NULL)
            if (mu_get(rung, "to") && mu_get(rung, "to")->ref == role)
                return true;
    }
    return false;
}

static void off_hours(mu_trial *t)
{
    unfilled(t, "ESC-08", "off hours", "%s is counted on at every hour, and at %s nobody who holds it was at work", at_every_hour);
}

/* Roles with one holder whose one holder was not there. */
static void one_holder(mu_trial *t)
{
    MU_EACH (role, mu_get(t->judge.root, "roles")) {
        const mu_node *holders = mu_get(role, "holders");
        mu_proof proof = {.count = 0};
        const char *name = SAY("role:%s", role->key);
        if (!holders || holders->count != 1)
            continue;
        const char *alone = mu_title_of(&t->judge, holders->first);
        needed(t, name, "off hours", &proof);
        needed(t, name, "away", &proof);
        if (proof.count)
            mu_caused_by_only(t, mu_shown(t, "ROL-08", name, mu_place(holders), SAY("%s is held by %s alone", TITLE(role), alone),
                                          SAY("it was needed %d time%s while %s was not there", proof.count, proof.count == 1 ? "" : "s", alone),
                                          "deterministic", &proof), role);
    }
}

/* ---- one person taken away ---- */

static bool can_enter(const mu_node *person, const mu_node *row)
{
    MU_EACH (needed, mu_get(row, "access")) {
        bool has = !needed->ref;
        MU_EACH (own, mu_get(person, "access"))
            has = has || own->ref == needed->ref;
        if (!has)
            return false;
    }
    return true;
}

/* The severity in force at the end: who fills a role may hang on it. */
static const mu_node *severity_of(const mu_trial *t)
{
    const mu_event *last = NULL;
    static const struct { mu_kind_of_event kind; const char *key; } says[] = {{EV_SEVERITY_INDICATED, "severity"}, {EV_DECLARED, "severity"}, {EV_SEVERITY_CHANGED, "to"}};
    const char *name = "";
    for (size_t i = 0; i < sizeof says / sizeof *says; i++)
        MU_EVENTS (e, t, says[i].kind)
            if (!last || e->n > last->n) {
                last = e;
                name = mu_word(t, e, says[i].key);
            }
    return mu_named(t, name);
}

typedef struct absence {
    const mu_trial *t;
    const mu_node *row, *severity;
} absence;

/* Whom a reference means at this severity. */
static void meant_now(const absence *a, const mu_node *ref, mu_set *people)
{
    const mu_node *cases = mu_get(ref->ref, "by_severity"), *now = cases && a->severity ? mu_get(cases, a->severity->key) : NULL;
    mu_meant(&a->t->judge, now ? now : ref, people);
}

/* Adds everybody whom the cell means and who can get into all that the row needs; false where an outsider may do it. */
static bool add_able(const absence *a, const char *key, bool entering, mu_set *people)
{
    const mu_node *cell = mu_get(a->row, key);
    for (const mu_node *r = mu_items(cell); r; r = cell->kind == MU_LIST ? r->next : NULL) {
        mu_set some = MU_SET(&a->t->judge);
        if (r->ref && (mu_get(r->ref, "organisation") || mu_get(r->ref, "external")))
            return false;
        meant_now(a, r, &some);
        for (size_t i = 0; i < some.count; i++)
            if (!entering || can_enter(some.list[i], a->row))
                mu_put(people, some.list[i]);
    }
    return true;
}

static const mu_node *only_one(const absence *a, const char *key, bool entering)
{
    mu_set people = MU_SET(&a->t->judge);
    bool inside = add_able(a, key, entering, &people) && add_able(a, "R/A", entering, &people);
    return inside && people.count == 1 ? people.list[0] : NULL;
}

/* Everybody without whom the row's action cannot be done, answered for, or approved. */
static void indispensable(const absence *a, mu_set *people)
{
    const mu_node *approve = mu_get(a->row, "approve");
    mu_put(people, only_one(a, "R", true));
    mu_put(people, only_one(a, "A", false));
    if (mu_get(approve, "if_silent_after") || mu_get(approve, "any_of"))
        return;
    MU_EACH (ref, mu_get(approve, "all_of")) {
        mu_set some = MU_SET(&a->t->judge);
        meant_now(a, ref, &some);
        if (some.count == 1)
            mu_put(people, some.list[0]);
    }
}

typedef struct key_person {
    const char *actions;
    int count;
} key_person;

/* Every person is taken away in turn: which of the drill's actions would be impossible? */
static void key_persons(mu_trial *t)
{
    const mu_node *everybody = mu_get(t->judge.root, "people"), *severity = severity_of(t);
    mu_tally actions = MU_TALLY(t), people = MU_TALLY(t);
    key_person *lost = mu_alloc(t->judge.arena, (size_t)(everybody->count + 1) * sizeof *lost);
    mu_called_for(t, &actions);
    for (size_t i = 0; i < actions.things.count; i++) {
        mu_set keys = MU_SET(&t->judge);
        absence a = {t, actions.things.list[i], severity};
        indispensable(&a, &keys);
        for (size_t k = 0; k < keys.count; k++) {
            mu_prove(mu_tally_of(t, &people, keys.list[k]), mu_numbered(t, actions.proofs[i].list[0]));
            key_person *p = &lost[mu_place_in(&people.things, keys.list[k])];
            p->actions = p->count++ < 8 ? SAY("%s%s%s", p->count > 1 ? p->actions : "", p->count > 1 ? ", " : "", actions.things.list[i]->key) : p->actions;
        }
    }
    for (size_t i = 0; i < people.things.count; i++) {
        const mu_node *p = people.things.list[i];
        const char *what = lost[i].count == 1 ? SAY("\"%s\" in this drill", lost[i].actions) : SAY("%d actions of this drill", lost[i].count);
        mu_shown(t, "ROL-13", SAY("person:%s", p->key), mu_place(p), SAY("Without %s nobody can do or answer for %s", TITLE(p), what),
                 SAY("%s called for: %s%s", lost[i].count == 1 ? "this was" : "these were", lost[i].actions, lost[i].count > 8 ? " and more" : ""), "deterministic", &people.proofs[i]);
    }
}

static void no_access(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        if (action && mu_says(t, e, "reason", "no_access"))
            mu_prove(mu_tally_of(t, &tally, action), e);
    }
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *action = tally.things.list[i];
        const mu_event *e = mu_numbered(t, tally.proofs[i].list[0]);
        mu_shown(t, "ROL-21", SAY("action:%s", action->key), mu_at_key(action, "access"),
                 SAY("%s had to do \"%s\" and has no access to %s", mu_who(t, mu_word(t, e, "person")), action->key, mu_id_of(mu_word(t, e, "thing"))),
                 SAY("it stood still at %s%s", mu_clock_time(t, e->t), tally.proofs[i].count > 1 ? ", and again" : ""), "simulated", &tally.proofs[i]);
    }
}

const mu_run_rule mu_run_rules_roles[] = {
    {"ROL-03", nobody_does,
     "an action was called for and its row has no R"},
    {"ROL-04", without_authority,
     "a decision was made without the authority that its row names"},
    {"ROL-04", level_without_authority,
     "a level was declared, or changed, by somebody without the authority to declare, in a plan that gives it to a role"},
    {"ROL-06", vacant,
     "a role was needed and nobody holds it"},
    {"ROL-07", away,
     "a role was needed while everybody who holds it was away"},
    {"ROL-08", one_holder,
     "a role was needed while its only holder was not there"},
    {"ROL-13", key_persons,
     "an action of the drill that one person alone can do, answer for or approve"},
    {"ROL-21", no_access,
     "an action stood still because whoever had it lacked an access"},
    {"ESC-08", off_hours,
     "a role that is covered at every hour was needed outside its holders' hours"},
    {NULL, NULL, NULL},
};
