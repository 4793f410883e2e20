/* Gaps that the events of a drill prove: one row and one short function each. */
#include "analysis/run_rules.h"

#include <stdio.h>
#include <string.h>

#define SAY(...) MU_SAY(&t->judge, __VA_ARGS__)

static const char *id_of(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static bool is(const mu_trial *t, const mu_event *e, const char *key, const char *word)
{
    return strcmp(mu_word(t, e, key), word) == 0;
}

/* True where a field has this value in an earlier event of the same kind: each subject is judged once. */
static bool before(const mu_trial *t, const mu_event *e, const char *key)
{
    for (size_t n = 1; n < e->n; n++) {
        const mu_event *other = mu_journal_event(t->journal, n);
        if (other->kind == e->kind && strcmp(mu_word(t, other, key), mu_word(t, e, key)) == 0)
            return true;
    }
    return false;
}

static int minutes(int64_t ms)
{
    return (int)((ms + 30000) / 60000);
}

/* ---- roles ---- */

static void without_authority(mu_trial *t)
{
    MU_EVENTS (e, t, EV_DECISION_MADE) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        mu_proof proof = {.count = 0};
        if (mu_journal_value(t->journal, e, "authority_ok") || !action)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ROL-04", mu_word(t, e, "action"), mu_at_key(action, mu_get(action, "A") ? "A" : "R/A"),
                 SAY("\"%s\" was decided by a role that has not the authority for it, %s", action->key, id_of(mu_word(t, e, "role"))),
                 SAY("at %s it was decided without the authority", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static void nobody_does(mu_trial *t)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        mu_proof proof = {.count = 0};
        if (!action || !is(t, e, "reason", "no_responsible"))
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
        if (is(t, e, "role", role) && is(t, e, "why", why) && *mu_word(t, e, "needed_for"))
            mu_prove(proof, e);
}

static bool first_of(const mu_trial *t, const mu_event *e, const char *why)
{
    MU_EVENTS (other, t, EV_ROLE_UNFILLED)
        if (is(t, other, "why", why) && is(t, other, "role", mu_word(t, e, "role")) && *mu_word(t, other, "needed_for"))
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
    mu_set people = {.count = 0};
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
            bool want = is(t, e, "reason", "nobody_there") || is(t, e, "reason", "nobody_decides");
            if (!want || only_one(t, e) != person || !still_open(t, e))
                continue;
            mu_prove(&proof, e);
            actions = SAY("%s%s%s", actions, *actions ? ", " : "", id_of(mu_word(t, e, "action")));
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
        if (!action || !is(t, e, "reason", "no_access"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ROL-21", mu_word(t, e, "action"), mu_at_key(action, "access"),
                 SAY("%s had to do \"%s\" and has no access to %s", id_of(mu_word(t, e, "person")), action->key, id_of(mu_word(t, e, "thing"))),
                 SAY("it was blocked at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

/* ---- communication ---- */

static const mu_event *fell(const mu_trial *t, const char *use, const char *because)
{
    MU_EVENTS (e, t, EV_CHANNEL_DOWN) {
        const char *own = mu_get_text(mu_named(t, mu_word(t, e, "channel")), "use");
        if (own && strcmp(own, use) == 0 && (!because || is(t, e, "because", because)))
            return e;
    }
    return NULL;
}

static void fell_together(mu_trial *t)
{
    const mu_event *second = fell(t, "out_of_band", NULL);
    const mu_event *first = second ? fell(t, "primary", mu_word(t, second, "because")) : NULL;
    mu_proof proof = {.count = 0};
    if (!first)
        return;
    const mu_node *channel = mu_named(t, mu_word(t, second, "channel"));
    mu_prove(&proof, first);
    mu_prove(&proof, second);
    mu_shown(t, "COM-05", mu_word(t, second, "channel"), mu_at_key(channel, "depends_on"),
             SAY("%s stands on %s, and so does %s, which it is to replace", channel->key, id_of(mu_word(t, second, "because")), id_of(mu_word(t, first, "channel"))),
             "both fell at the same moment", "deterministic", &proof);
}

/* notify.fail for one reason, each channel once. */
static void failed_for(mu_trial *t, const char *gap, const char *reason, const char *key, const char *text)
{
    MU_EVENTS (e, t, EV_NOTIFY_FAIL) {
        const mu_node *channel = mu_named(t, mu_word(t, e, "via"));
        mu_proof proof = {.count = 0};
        if (!channel || !is(t, e, "reason", reason))
            continue;
        bool first = true;
        MU_EVENTS (other, t, EV_NOTIFY_FAIL)
            if (is(t, other, "reason", reason) && is(t, other, "via", mu_word(t, e, "via"))) {
                first = first && (proof.count > 0 || other->n == e->n);
                mu_prove(&proof, other);
            }
        if (first)
            mu_shown(t, gap, mu_word(t, e, "via"), mu_at_key(channel, key), SAY(text, channel->key),
                     SAY("%d message%s could not be sent over it", proof.count, proof.count == 1 ? "" : "s"), "deterministic", &proof);
    }
}

static void not_enrolled(mu_trial *t)
{
    failed_for(t, "COM-06", "not_enrolled", "enrolled", "People who had to be reached over %s are not enrolled in it");
}

static void no_directory(mu_trial *t)
{
    failed_for(t, "COM-16", "no_directory", "directory", "The numbers for %s were kept on what had failed");
}

static void plan_unreadable(mu_trial *t)
{
    mu_proof proof = {.count = 0};
    const mu_node *plan = mu_get(t->judge.root, "plan");
    const mu_event *miss = NULL;
    MU_EVENTS (e, t, EV_LOOKUP_MISS) {
        mu_prove(&proof, e);
        miss = miss ? miss : e;
    }
    if (miss)
        mu_shown(t, "COM-16", "section:stored", mu_at_key(plan, "stored"), SAY("Nobody could read the plan while %s was down", id_of(mu_word(t, miss, "because"))),
                 SAY("at %s the plan was wanted and no copy could be reached", mu_clock_time(t, miss->t)), "deterministic", &proof);
}

static void out_of_order(mu_trial *t)
{
    MU_EVENTS (e, t, EV_MESSAGE_RELEASED) {
        const mu_node *audience = mu_named(t, mu_word(t, e, "audience"));
        mu_proof proof = {.count = 0};
        if (!audience || mu_journal_value(t->journal, e, "order_ok"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "COM-14", mu_word(t, e, "audience"), mu_at_key(audience, "after"),
                 SAY("%s heard before %s", audience->key, id_of(mu_word(t, e, "before"))), SAY("the message went out at %s", mu_clock_time(t, e->t)), "simulated", &proof);
        return;
    }
}

/* ---- clocks ---- */

/* Was a missed clock met in the end, and when? */
static const mu_event *met_after(const mu_trial *t, const mu_event *missed)
{
    int64_t started = mu_journal_value(t->journal, missed, "started");
    MU_EVENTS (e, t, EV_CLOCK_MET)
        if (mu_journal_value(t->journal, e, "started") == started)
            return e;
    return NULL;
}

static void clock_missed(mu_trial *t, const char *gap, const char *clock, const char *key, const char *what)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *node = mu_named(t, mu_word(t, e, "subject"));
        const mu_event *met = met_after(t, e), *start = mu_numbered(t, mu_journal_value(t->journal, e, "started"));
        const char *lacking = mu_word(t, e, "lacking");
        mu_proof proof = {.count = 0};
        if (!node || !is(t, e, "clock", clock))
            continue;
        if (start)
            mu_prove(&proof, start);
        mu_prove(&proof, e);
        if (met)
            mu_prove(&proof, met);
        int window = minutes(mu_journal_value(t->journal, e, "window"));
        const char *end = met ? SAY("took %d min", minutes(mu_journal_value(t->journal, met, "took"))) : "never happened";
        const char *text = SAY("%s of %s had %d min and %s%s%s", what, node->key, window, end, *lacking ? ": not there were " : "", lacking);
        mu_shown(t, gap, mu_word(t, e, "subject"), mu_at_key(node, key), text, SAY("the time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
        if (strcmp(clock, "update") == 0)
            return; /* one missed cadence is the finding; the others are the same */
    }
}

static void late_acknowledgement(mu_trial *t)
{
    clock_missed(t, "TIM-01", "acknowledge", "acknowledge_within", "An answer to the call");
}

static void late_assembly(mu_trial *t)
{
    clock_missed(t, "TIM-02", "assemble", "assemble_within", "The quorum");
}

static void late_notice(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *o = mu_named(t, mu_word(t, e, "subject"));
        const mu_node *route = mu_get(o, "route");
        const mu_event *met = met_after(t, e), *start = mu_numbered(t, mu_journal_value(t->journal, e, "started"));
        mu_proof proof = {.count = 0};
        if (!o || !is(t, e, "clock", "obligation"))
            continue;
        if (start)
            mu_prove(&proof, start);
        mu_prove(&proof, e);
        if (met)
            mu_prove(&proof, met);
        const char *who = route ? id_of(route->text) : o->key, *end = met ? SAY("was told %d min late", -minutes(mu_journal_value(t->journal, met, "margin"))) : "was never told";
        mu_shown(t, "REG-03", mu_word(t, e, "subject"), mu_place(o), SAY("%s was to hear by %s and %s", who, mu_clock_time(t, e->t), end),
                 SAY("the clock ran out at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

static void no_update(mu_trial *t)
{
    clock_missed(t, "COM-13", "update", "update_every", "News");
}

static void never_told(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *audience = mu_named(t, mu_word(t, e, "subject"));
        const mu_event *start = mu_numbered(t, mu_journal_value(t->journal, e, "started"));
        mu_proof proof = {.count = 0};
        if (!audience || !is(t, e, "clock", "audience") || met_after(t, e) || !start || is(t, start, "starts_with", "message.released"))
            continue;
        mu_prove(&proof, start);
        mu_prove(&proof, e);
        mu_shown(t, "COM-12", mu_word(t, e, "subject"), mu_place(audience), SAY("%s was to hear within %d min and never did", audience->key, minutes(mu_journal_value(t->journal, e, "window"))),
                 SAY("the time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

/* ---- ladders ---- */

static void exhausted(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_EXHAUSTED) {
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder"));
        mu_proof proof = {.count = 0};
        if (!ladder || !is(t, e, "why", "nobody answered on any step"))
            continue;
        MU_EVENTS (step, t, EV_ESCALATE_STEP)
            if (step->arg[0] == e->arg[0])
                mu_prove(&proof, step);
        mu_prove(&proof, e);
        mu_shown(t, "ESC-04", mu_word(t, e, "ladder"), mu_place(ladder), SAY("The ladder \"%s\" came to its end and nobody had answered", ladder->key),
                 SAY("the last step was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

static void waits_without_end(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_STEP) {
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder")), *rung = mu_get(ladder, "steps") ? mu_get(ladder, "steps")->first : NULL;
        int64_t number = mu_journal_value(t->journal, e, "step");
        mu_proof proof = {.count = 0};
        if (!ladder || mu_journal_value(t->journal, e, "within") >= 0)
            continue;
        for (int64_t i = 1; rung && i < number; i++)
            rung = rung->next;
        mu_prove(&proof, e);
        if (rung)
            mu_shown(t, "ESC-03", SAY("escalation:%s/%d", ladder->key, (int)number), rung->at, SAY("Step %d of the ladder \"%s\" waits without end", (int)number, ladder->key),
                     SAY("the ladder stood on it from %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

/* ---- duties and resources ---- */

static void contract(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ENGAGE_FAIL) {
        const mu_node *external = mu_named(t, mu_word(t, e, "external")), *until = mu_get(mu_get(external, "contract"), "until");
        mu_proof proof = {.count = 0};
        if (!external || strncmp(mu_word(t, e, "reason"), "contract", 8) != 0 || before(t, e, "external"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-01", mu_word(t, e, "external"), mu_place(until ? until : external), SAY("%s was called and has no contract that runs%s%s", external->key, until ? ": it ended on " : "", until ? until->text : ""),
                 SAY("the engagement failed at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static void blocked_by(mu_trial *t, const char *gap, const char *reason, const char *text)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *thing = mu_named(t, mu_word(t, e, "thing"));
        mu_proof proof = {.count = 0};
        if (!thing || !is(t, e, "reason", reason))
            continue;
        MU_EVENTS (other, t, EV_TASK_BLOCKED)
            if (is(t, other, "reason", reason) && is(t, other, "thing", mu_word(t, e, "thing")))
                mu_prove(&proof, other);
        if (proof.list[0] == e->n)
            mu_shown(t, gap, mu_word(t, e, "thing"), mu_place(thing), SAY(text, id_of(mu_word(t, e, "action")), thing->key),
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

static void no_playbook(mu_trial *t)
{
    MU_EVENTS (e, t, EV_IMPROVISE) {
        const mu_node *books = mu_get(t->judge.root, "playbooks");
        const char *text = mu_word(t, e, "text");
        mu_proof proof = {.count = 0};
        if (strncmp(text, "no playbook covers ", 19) != 0)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "HYG-06", SAY("scenario:%s", text + 19), mu_place(books ? books : t->judge.root->first), SAY("No playbook covers %s", text + 19),
                 "the team had to make it up", "deterministic", &proof);
    }
}

const mu_run_rule mu_run_rules[] = {
    {"ROL-04", without_authority}, {"ROL-03", nobody_does},      {"ROL-06", vacant},         {"ROL-07", away},
    {"ROL-08", one_holder},        {"ROL-13", key_person},       {"ROL-21", no_access},      {"COM-05", fell_together},
    {"COM-06", not_enrolled},      {"COM-12", never_told},       {"COM-13", no_update},      {"COM-14", out_of_order},
    {"COM-16", no_directory},      {"COM-16", plan_unreadable},  {"ESC-03", waits_without_end}, {"ESC-04", exhausted},
    {"ESC-08", off_hours},         {"HYG-06", no_playbook},      {"REG-03", late_notice},        {"TIM-01", late_acknowledgement}, {"TIM-02", late_assembly}, {"RES-01", contract},       {"RES-06", tool_down},
    {"RES-08", log_missing},       {NULL, NULL},
};
