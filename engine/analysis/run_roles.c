/* Gaps of roles that the events of a drill prove. */
#include "analysis/run_rules.h"

#include <string.h>

static void without_authority(mu_trial *t)
{
    MU_EVENTS (e, t, EV_DECISION_MADE) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        mu_proof proof = {.count = 0};
        if (mu_journal_value(t->journal, e, "authority_ok") || !action)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ROL-04", mu_word(t, e, "action"), mu_at_key(action, mu_get(action, "A") ? "A" : "R/A"),
                 SAY("\"%s\" was decided by a role that has not the authority for it, %s", action->key, mu_id_of(mu_word(t, e, "role"))),
                 SAY("at %s it was decided without the authority", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
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

static void unfilled(mu_trial *t, const char *gap, const char *why, const char *text, bool (*counts)(const mu_trial *t, const mu_node *role))
{
    MU_EVENTS (e, t, EV_ROLE_UNFILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role"));
        mu_proof proof = {.count = 0};
        if (!role || !first_of(t, e, why) || (counts && !counts(t, role)))
            continue;
        needed(t, mu_word(t, e, "role"), why, &proof);
        mu_shown(t, gap, mu_word(t, e, "role"), mu_at_key(role, "holders"), SAY(text, role->key, mu_clock_time(t, e->t)),
                 SAY("it was needed %d time%s and nobody held it, first at %s", proof.count, proof.count == 1 ? "" : "s", mu_clock_time(t, e->t)),
                 "deterministic", &proof);
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
        needed(t, name, "off hours", &proof);
        needed(t, name, "away", &proof);
        if (proof.count)
            mu_shown(t, "ROL-08", name, mu_place(holders), SAY("%s is held by %s alone", role->key, holders->first->text),
                     SAY("it was needed %d time%s while %s was not there", proof.count, proof.count == 1 ? "" : "s", holders->first->text),
                     "deterministic", &proof);
    }
}

/* The one person who could have done what was blocked for want of anybody, or NULL. */
static const mu_node *only_one(const mu_trial *t, const mu_event *e)
{
    const mu_node *role = mu_named(t, mu_word(t, e, "thing"));
    mu_set people = MU_SET(&t->judge);
    if (!role || role->parent != mu_get(t->judge.root, "roles"))
        return NULL;
    mu_holders(&t->judge, role, &people);
    return people.count == 1 ? people.list[0] : NULL;
}

static bool still_open(const mu_trial *t, const mu_event *blocked)
{
    MU_EVENTS (e, t, EV_TASK_OPEN)
        if (e->arg[0] == blocked->arg[0])
            return true;
    return false;
}

static void key_person(mu_trial *t)
{
    MU_EACH (person, mu_get(t->judge.root, "people")) {
        mu_proof proof = {.count = 0};
        const char *actions = "", *name = mu_get_text(person, "name");
        MU_EVENTS (e, t, EV_TASK_BLOCKED) {
            bool want = mu_says(t, e, "reason", "nobody_there") || mu_says(t, e, "reason", "nobody_decides");
            if (!want || only_one(t, e) != person || !still_open(t, e))
                continue;
            mu_prove(&proof, e);
            actions = SAY("%s%s%s", actions, *actions ? ", " : "", mu_id_of(mu_word(t, e, "action")));
        }
        if (proof.count)
            mu_shown(t, "ROL-13", SAY("person:%s", person->key), mu_place(person), SAY("Without %s %d action%s can be done or decided by nobody", name ? name : person->key, proof.count, proof.count == 1 ? "" : "s"),
                     SAY("%s stayed undone to the end for want of anybody else", actions), "deterministic", &proof);
    }
}

static void no_access(mu_trial *t)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        mu_proof proof = {.count = 0};
        if (!action || !mu_says(t, e, "reason", "no_access"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ROL-21", mu_word(t, e, "action"), mu_at_key(action, "access"),
                 SAY("%s had to do \"%s\" and has no access to %s", mu_id_of(mu_word(t, e, "person")), action->key, mu_id_of(mu_word(t, e, "thing"))),
                 SAY("it was blocked at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

const mu_run_rule mu_run_rules_roles[] = {
    {"ROL-03", nobody_does,
     "an action was called for and its row has no R"},
    {"ROL-04", without_authority,
     "a decision was made without the authority that its row names"},
    {"ROL-06", vacant,
     "a role was needed and nobody holds it"},
    {"ROL-07", away,
     "a role was needed while everybody who holds it was away"},
    {"ROL-08", one_holder,
     "a role was needed while its only holder was not there"},
    {"ROL-13", key_person,
     "an action never ended because the only person who could do or decide it was not there"},
    {"ROL-21", no_access,
     "an action stood still because whoever had it lacked an access"},
    {"ESC-08", off_hours,
     "a role that is covered at every hour was needed outside its holders' hours"},
    {NULL, NULL, NULL},
};
