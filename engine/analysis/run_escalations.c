/* Gaps of escalation that the events of a drill prove. */
#include <string.h>

#include "analysis/run_rules.h"

static const mu_node *levels_of(const mu_trial *t)
{
    return mu_get(t->judge.root, "severities");
}

static void exhausted(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_EXHAUSTED) {
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder"));
        mu_proof proof = {.count = 0};
        if (!ladder || mu_says(t, e, "why", "silence is consent: the plan goes ahead") || mu_seen_before(t, e, "ladder"))
            continue;
        MU_EVENTS (step, t, EV_ESCALATE_STEP)
            if (mu_journal_value(t->journal, step, "climb") == mu_journal_value(t->journal, e, "climb"))
                mu_prove(&proof, step);
        mu_prove(&proof, e);
        mu_shown(t, "ESC-04", mu_word(t, e, "ladder"), mu_place(ladder), SAY("The ladder \"%s\" came to its end at %s, and nobody had answered", ladder->key, mu_clock_time(t, e->t)),
                 SAY("%d calls, no answer", proof.count - 1), "simulated", &proof);
    }
}

static const mu_node *rung_of(const mu_node *ladder, int64_t number)
{
    const mu_node *rung = mu_get(ladder, "steps") ? mu_get(ladder, "steps")->first : NULL;
    for (int64_t i = 1; rung && i < number; i++)
        rung = rung->next;
    return rung;
}

static void waits_without_end(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_STEP) {
        int64_t number = mu_journal_value(t->journal, e, "step");
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder"));
        mu_proof proof = {.count = 0};
        if (mu_journal_value(t->journal, e, "within") >= 0 || !ladder)
            continue;
        const mu_node *rung = rung_of(ladder, number);
        mu_prove(&proof, e);
        if (rung)
            mu_shown(t, "ESC-03", SAY("escalation:%s/%d", ladder->key, (int)number), rung->at, SAY("Step %d of the ladder \"%s\" waits without end", (int)number, ladder->key),
                     SAY("the ladder stood on it from %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

/* ---- levels ---- */

/* What a declaration sets in motion happens in the same moment. */
static bool moved_something(const mu_trial *t, const mu_event *set)
{
    for (const mu_event *e = mu_numbered(t, set->n + 1); e && e->t == set->t; e = mu_numbered(t, e->n + 1)) {
        bool level_clock = e->kind == EV_CLOCK_START && !mu_says(t, e, "clock", "reassess") && mu_says(t, e, "subject", mu_word(t, set, set->kind == EV_SEVERITY_SET ? "severity" : "to"));
        if (level_clock || e->kind == EV_ESCALATE_TRIGGER || (e->kind == EV_NOTIFY_ATTEMPT && strncmp(mu_word(t, e, "about"), "severity:", 9) == 0))
            return true;
    }
    return false;
}

static void no_consequence(mu_trial *t)
{
    static const mu_kind_of_event kinds[] = {EV_SEVERITY_SET, EV_SEVERITY_CHANGED};
    for (size_t k = 0; k < 2; k++)
        MU_EVENTS (e, t, kinds[k]) {
            const char *name = mu_word(t, e, k ? "to" : "severity");
            const mu_node *level = mu_named(t, name);
            mu_proof proof = {.count = 0};
            if (!level || moved_something(t, e) || mu_get(level, "escalation") || mu_get(level, "inform"))
                continue;
            mu_prove(&proof, e);
            mu_shown(t, "ESC-02", name, mu_place(level), SAY("Declaring %s changes nothing: it calls nobody, sets no time and tells nobody", level->key),
                     SAY("it was declared at %s, and nothing followed", mu_clock_time(t, e->t)), "deterministic", &proof);
        }
}

static int64_t rank_of(const mu_trial *t, const char *level)
{
    const mu_node *rank = mu_get(mu_named(t, level), "rank");
    return rank ? rank->value : INT64_MAX;
}

/* The last level that somebody set before a moment; NULL where nobody had. */
static const mu_event *set_before(const mu_trial *t, const mu_event *e)
{
    const mu_event *set = NULL;
    MU_EVENTS (x, t, EV_SEVERITY_SET)
        set = x->n < e->n ? x : set;
    MU_EVENTS (x, t, EV_SEVERITY_CHANGED)
        set = x->n < e->n && (!set || x->n > set->n) ? x : set;
    return set;
}

static const char *level_of(const mu_trial *t, const mu_event *set)
{
    return mu_word(t, set, set->kind == EV_SEVERITY_SET ? "severity" : "to");
}

static bool new_facts(const mu_trial *t, const mu_event *from, const mu_event *to)
{
    MU_EVENTS (e, t, EV_FACT)
        if (e->n > from->n && e->n < to->n)
            return true;
    return false;
}

/* Somebody sets another level than somebody else before them, and nothing new had come to be known. */
static void levels_disputed(mu_trial *t)
{
    MU_EVENTS (e, t, EV_SEVERITY_CHANGED) {
        const mu_event *before = set_before(t, e);
        mu_proof proof = {.count = 0};
        if (!before || strcmp(mu_word(t, before, "person"), mu_word(t, e, "person")) == 0 || new_facts(t, before, e))
            continue;
        mu_prove(&proof, before);
        mu_prove(&proof, e);
        mu_shown(t, "ESC-01", "section:severities", mu_place(levels_of(t)),
                 SAY("From the same facts %s read %s and %s read %s", mu_who(t, mu_word(t, before, "person")), mu_id_of(level_of(t, before)), mu_who(t, mu_word(t, e, "person")),
                     mu_id_of(level_of(t, e))), "nothing new had come to be known in between", "simulated", &proof);
        return;
    }
}

/* The plan says when the level is looked at again, and that time is not over or somebody did. */
static bool looked_again(const mu_trial *t, const mu_event *e, bool every)
{
    bool over = false, looked = false;
    MU_EVENTS (x, t, EV_SEVERITY_CHANGED)
        looked = looked || x->n > e->n;
    MU_EVENTS (x, t, EV_SEVERITY_CONFIRMED)
        looked = looked || x->n > e->n;
    MU_EVENTS (x, t, EV_CLOCK_MISSED)
        over = over || (x->n > e->n && mu_says(t, x, "clock", "reassess"));
    return looked || (every && !over);
}

static void never_reassessed(mu_trial *t)
{
    MU_EVENTS (e, t, EV_SEVERITY_INDICATED) {
        const mu_event *set = set_before(t, e);
        const mu_node *again = mu_get(levels_of(t), "reassess_every");
        mu_proof proof = {.count = 0};
        if (!set || looked_again(t, e, again) || rank_of(t, mu_word(t, e, "severity")) >= rank_of(t, level_of(t, set)))
            continue;
        mu_prove(&proof, set);
        mu_prove(&proof, e);
        mu_shown(t, "ESC-12", "section:severities", mu_place(again ? again : levels_of(t)),
                 SAY("The facts read %s from %s on, and the level stayed %s", mu_who(t, mu_word(t, e, "severity")), mu_clock_time(t, e->t), mu_id_of(level_of(t, set))),
                 "the level was not looked at again until the end", "simulated", &proof);
        return;
    }
}

/* ---- who is called ---- */

static bool called_earlier(const mu_trial *t, const mu_event *e)
{
    MU_EVENTS (x, t, EV_ESCALATE_STEP)
        if (x->n < e->n && mu_journal_value(t->journal, x, "climb") == mu_journal_value(t->journal, e, "climb") &&
            mu_journal_value(t->journal, x, "step") < mu_journal_value(t->journal, e, "step") && mu_says(t, x, "person", mu_word(t, e, "person")))
            return true;
    return false;
}

/* True where everybody whom this try of a step calls was called on an earlier step. */
static bool nobody_new(const mu_trial *t, const mu_event *e, mu_proof *proof)
{
    MU_EVENTS (x, t, EV_ESCALATE_STEP) {
        bool same = mu_journal_value(t->journal, x, "climb") == mu_journal_value(t->journal, e, "climb") &&
                    mu_journal_value(t->journal, x, "step") == mu_journal_value(t->journal, e, "step");
        if (!same)
            continue;
        if (!*mu_word(t, x, "person") || !called_earlier(t, x))
            return false;
        mu_prove(proof, x);
    }
    return true;
}

static void same_person_again(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_STEP) {
        int64_t number = mu_journal_value(t->journal, e, "step");
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder")), *rung = rung_of(ladder, number);
        mu_proof proof = {.count = 0};
        if (number < 2 || mu_journal_value(t->journal, e, "try") != 1 || !rung || !nobody_new(t, e, &proof) || proof.list[0] != e->n)
            continue;
        mu_shown(t, "ESC-06", SAY("escalation:%s/%d", ladder->key, (int)number), mu_at_key(rung, "to"),
                 SAY("Step %d of the ladder \"%s\" calls only people who did not answer before", (int)number, ladder->key),
                 SAY("at %s it called %s again", mu_clock_time(t, e->t), mu_who(t, mu_word(t, e, "person"))), "simulated", &proof);
    }
}

static void begins_again(mu_trial *t)
{
    int64_t most = mu_limit_value(&t->judge, "ladder_rounds");
    MU_EACH (ladder, mu_get(t->judge.root, "escalations")) {
        mu_proof proof = {.count = 0};
        const char *name = SAY("escalation:%s", ladder->key);
        MU_EVENTS (e, t, EV_ESCALATE_TRIGGER)
            if (mu_says(t, e, "ladder", name) && strncmp(mu_word(t, e, "because"), "escalation:", 11) == 0)
                mu_prove(&proof, e);
        if (proof.count > most)
            mu_rests_on(&t->judge, mu_shown(t, "ESC-05", name, mu_place(ladder), SAY("The ladder \"%s\" began again %d times", ladder->key, proof.count),
                                            "each time another ladder led back to it", "simulated", &proof), "ladder_rounds");
    }
}

/* The time to assemble was over while the ladder was still calling. */
static void still_climbing(mu_trial *t)
{
    mu_set said = MU_SET(&t->judge);
    MU_EVENTS (missed, t, EV_CLOCK_MISSED) {
        if (!mu_says(t, missed, "clock", "assemble"))
            continue;
        MU_EVENTS (e, t, EV_ESCALATE_STEP) {
            const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder"));
            mu_proof proof = {.count = 0};
            if (!ladder || e->t <= missed->t || mu_has(&said, ladder))
                continue;
            mu_put(&said, ladder);
            MU_EVENTS (start, t, EV_ESCALATE_TRIGGER)
                if (start->t < missed->t && mu_journal_value(t->journal, start, "climb") == mu_journal_value(t->journal, e, "climb"))
                    mu_prove(&proof, start);
            if (!proof.count)
                continue;
            mu_prove(&proof, missed);
            mu_prove(&proof, e);
            mu_shown(t, "ESC-07", mu_word(t, e, "ladder"), mu_place(ladder), SAY("The ladder \"%s\" was still calling when the time to assemble was over, at %s", ladder->key, mu_clock_time(t, missed->t)),
                     SAY("it called on at %s", mu_clock_time(t, e->t)), "simulated", &proof);
        }
    }
}

static void page_to_nobody(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_STEP) {
        const mu_node *role = mu_named(t, mu_word(t, e, "to")), *rotation = mu_get(role, "rotation");
        mu_proof proof = {.count = 0};
        if (*mu_word(t, e, "person") || !rotation || !rotation->ref || mu_seen_before(t, e, "to"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ESC-09", SAY("rotation:%s", rotation->ref->key), mu_place(rotation->ref), SAY("The ladder called %s at %s, and nobody was on call", TITLE(role), mu_clock_time(t, e->t)),
                 "the call went to nobody", "deterministic", &proof);
    }
}

/* ---- who hears, and who declares ---- */

static void executives(const mu_trial *t, mu_set *people)
{
    MU_EACH (role, mu_get(t->judge.root, "roles"))
        if (mu_is(role, "function", "executive"))
            mu_holders(&t->judge, role, people);
}

static const mu_event *heard(const mu_trial *t, const mu_set *people)
{
    MU_EVENTS (e, t, EV_NOTIFY_DELIVERED) {
        const mu_node *who = mu_named(t, mu_word(t, e, "person"));
        if (who && mu_has(people, who))
            return e;
    }
    return NULL;
}

static const mu_event *at_worst(const mu_trial *t)
{
    MU_EVENTS (e, t, EV_SEVERITY_INDICATED)
        if (rank_of(t, mu_word(t, e, "severity")) == 1)
            return e;
    return NULL;
}

static void executive_never_heard(mu_trial *t)
{
    mu_set people = MU_SET(&t->judge);
    const mu_event *worst = at_worst(t), *end = mu_next_of(t, NULL, EV_END);
    mu_proof proof = {.count = 0};
    executives(t, &people);
    if (!worst || !end || !people.count || heard(t, &people))
        return;
    mu_prove(&proof, worst);
    mu_prove(&proof, end);
    mu_shown(t, "ESC-10", "section:severities", mu_place(levels_of(t)),
             SAY("The facts read the worst level for %s, and nobody of the executive heard of the incident", mu_lasted(t, end->t - worst->t)),
             "no message reached an executive until the end", "simulated", &proof);
}

static void declarers(const mu_trial *t, mu_set *people)
{
    MU_EACH (role, mu_get(t->judge.root, "roles"))
        MU_EACH (a, mu_get(role, "authority"))
            if (a->kind == MU_SCALAR && strcmp(a->text, "declare") == 0)
                mu_holders(&t->judge, role, people);
}

static bool anyone_acknowledged(const mu_trial *t, const mu_set *people)
{
    MU_EVENTS (e, t, EV_NOTIFY_ACK) {
        const mu_node *who = mu_named(t, mu_word(t, e, "person"));
        if (who && mu_has(people, who))
            return true;
    }
    return false;
}

/* Nobody declared, and nobody who may was ever had. */
static void never_declared(mu_trial *t)
{
    mu_set people = MU_SET(&t->judge);
    const mu_event *first = mu_next_of(t, NULL, EV_SEVERITY_INDICATED), *end = mu_next_of(t, NULL, EV_END);
    const mu_node *within = first ? mu_get(mu_named(t, mu_word(t, first, "severity")), "declare_within") : NULL;
    mu_proof proof = {.count = 0};
    declarers(t, &people);
    if (!first || !end || !people.count || t->first[EV_DECLARED] || anyone_acknowledged(t, &people))
        return;
    if (within && within->kind == MU_SCALAR && end->t - first->t <= within->value)
        return;
    mu_prove(&proof, first);
    mu_prove(&proof, end);
    mu_shown(t, "ESC-13", "section:roles", mu_place(mu_get(t->judge.root, "roles")),
             SAY("For %s nobody declared the incident: of the %zu who may, none was to be had", mu_lasted(t, end->t - first->t), people.count),
             "none of them acknowledged anything", "simulated", &proof);
}

/* ---- outside, and the end ---- */

static void vendor_waits(mu_trial *t)
{
    static const char *const keys[] = {"tier", "accounts", "severity_code", "manager"};
    MU_EVENTS (e, t, EV_ENGAGE_START) {
        const mu_node *who = mu_named(t, mu_word(t, e, "external")), *support = mu_get(who, "support");
        mu_proof proof = {.count = 0};
        bool lacks = false;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            lacks = lacks || !mu_get(support, keys[i]);
        if (!lacks || !(mu_is(who, "kind", "cloud_provider") || mu_is(who, "kind", "supplier")) || mu_seen_before(t, e, "external"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ESC-14", mu_word(t, e, "external"), mu_place(support ? support : who), SAY("A case was raised with %s without all that it takes to be heard", TITLE(who)),
                 SAY("it was called at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static const mu_node *lowest(const mu_trial *t)
{
    const mu_node *found = NULL;
    MU_EACH (s, levels_of(t))
        if (mu_is_level(s) && (!found || mu_get(s, "rank")->value > mu_get(found, "rank")->value))
            found = s;
    return found;
}

static void too_many_called(mu_trial *t)
{
    const mu_node *level = lowest(t);
    const char *name = level ? SAY("severity:%s", level->key) : "";
    MU_EVENTS (start, t, EV_ESCALATE_TRIGGER) {
        mu_set people = MU_SET(&t->judge);
        mu_proof proof = {.count = 0};
        if (!level || !mu_says(t, start, "because", name))
            continue;
        MU_EVENTS (e, t, EV_ESCALATE_STEP)
            if (mu_journal_value(t->journal, e, "climb") == mu_journal_value(t->journal, start, "climb") && *mu_word(t, e, "person")) {
                mu_put(&people, mu_named(t, mu_word(t, e, "person")));
                mu_prove(&proof, e);
            }
        if ((int64_t)people.count <= mu_limit_value(&t->judge, "pages"))
            continue;
        mu_rests_on(&t->judge, mu_shown(t, "ESC-15", name, mu_at_key(level, "escalation"), SAY("An incident of the lowest level called %zu people", people.count),
                                        SAY("from %s on", mu_clock_time(t, start->t)), "simulated", &proof), "pages");
        return;
    }
}

static void never_over(mu_trial *t)
{
    const mu_node *phases = mu_get(t->judge.root, "phases");
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    mu_proof proof = {.count = 0};
    MU_EACH (p, phases)
        if (mu_get(p, "done_when"))
            return;
    if (!end || !mu_says(t, end, "why", "the time is over"))
        return;
    mu_prove(&proof, end);
    mu_shown(t, "ESC-16", "section:phases", phases ? mu_place(phases) : mu_top(&t->judge), "Nothing says when the response is over",
             "the drill ran to the end of its time", "deterministic", &proof);
}

static void no_other_plan(mu_trial *t)
{
    const mu_node *plans = mu_get(t->judge.root, "related_plans");
    if (plans && plans->count)
        return;
    MU_EVENTS (e, t, EV_DOWN) {
        const mu_node *asset = mu_named(t, mu_word(t, e, "thing")), *rto = mu_get(asset, "rto");
        const mu_event *end = mu_next_of(t, NULL, EV_END);
        mu_proof proof = {.count = 0};
        MU_EVENTS (up, t, EV_UP)
            end = mu_says(t, up, "thing", mu_word(t, e, "thing")) && up->n > e->n && (!end || up->n < end->n) ? up : end;
        if (!rto || rto->kind != MU_SCALAR || !end || end->t - e->t <= rto->value)
            continue;
        mu_prove(&proof, e);
        mu_prove(&proof, end);
        mu_shown(t, "ESC-11", "section:related_plans", plans ? mu_place(plans) : mu_top(&t->judge), "Nothing says when another plan takes over, or who may say so",
                 SAY("%s was down for %s, and its limit is %s", asset->key, mu_lasted(t, end->t - e->t), rto->text), "deterministic", &proof);
        return;
    }
}

/* A notice from an outside party that nobody takes up. */
static bool taken_up(const mu_trial *t, const mu_event *notice, int64_t within)
{
    const char *person = mu_word(t, notice, "person");
    for (const mu_event *e = mu_numbered(t, notice->n + 1); e && e->t <= notice->t + within; e = mu_numbered(t, e->n + 1))
        if (e->kind == EV_AWARE || e->kind == EV_SEVERITY_INDICATED || ((e->kind == EV_TASK_START || e->kind == EV_TASK_ASSIGNED) && mu_says(t, e, "person", person)))
            return true;
    return false;
}

static void notice_lies(mu_trial *t)
{
    int64_t within = mu_limit_value(&t->judge, "routed");
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    MU_EVENTS (e, t, EV_INJECT_DELIVERED) {
        const mu_node *from = mu_named(t, mu_word(t, e, "from"));
        mu_proof proof = {.count = 0};
        if (!from || from->parent != mu_get(t->judge.root, "externals") || !end || end->t < e->t + within || taken_up(t, e, within))
            continue;
        mu_prove(&proof, e);
        mu_rests_on(&t->judge, mu_shown(t, "ESC-17", mu_word(t, e, "from"), mu_place(from), SAY("A notice from %s came at %s, and nobody took it up", TITLE(from), mu_clock_time(t, e->t)),
                                        SAY("whoever got it began nothing within %s", mu_lasted(t, within)), "simulated", &proof), "routed");
    }
}

const mu_run_rule mu_run_rules_escalations[] = {
    {"ESC-01", levels_disputed, "two people read different levels from the same facts"},
    {"ESC-02", no_consequence, "a level was declared, and nothing followed"},
    {"ESC-03", waits_without_end, "a ladder stood on a step without a time"},
    {"ESC-04", exhausted, "a ladder came to its end and nobody had answered"},
    {"ESC-05", begins_again, "a ladder to which others lead back began again more often than ladder_rounds"},
    {"ESC-06", same_person_again, "a step called only people who had been called before"},
    {"ESC-07", still_climbing, "a ladder was still calling when the time to assemble was over"},
    {"ESC-09", page_to_nobody, "a ladder called a rotation, and nobody was on call"},
    {"ESC-10", executive_never_heard, "the facts read the worst level, and no message reached an executive"},
    {"ESC-11", no_other_plan, "an asset was down for longer than its rto, and no other plan could have been called"},
    {"ESC-12", never_reassessed, "the facts came to read a worse level than the one set, and nobody looked at the level again, by the plan's own time where it gives one"},
    {"ESC-13", never_declared, "nobody declared, and nobody who may was to be had"},
    {"ESC-14", vendor_waits, "a provider was called whose support is not complete"},
    {"ESC-15", too_many_called, "an incident of the lowest level called more people than pages"},
    {"ESC-16", never_over, "the drill ran out of time in a plan whose phases have no end"},
    {"ESC-17", notice_lies, "a notice from an outside party led to nothing within routed"},
    {NULL, NULL, NULL},
};
