/* Gaps of legal and contractual duties that the events of a drill prove, beside those of run_duties.c. */
#include "analysis/duties.h"
#include "analysis/run_rules.h"
#include "analysis/shared.h"

#include <string.h>

/* ---- what happened to a clock ---- */

/* The obligation of a legal clock; NULL for a clock of the plan, and for a law that is only proposed. */
static const mu_node *duty_of(const mu_trial *t, const mu_event *e)
{
    const mu_node *o = mu_says(t, e, "clock", "obligation") ? mu_named(t, mu_word(t, e, "subject")) : NULL;
    const mu_clock_rule *rule = o ? mu_law_of(o) : NULL;
    return rule && !mu_clock_rule_binds(rule) ? NULL : o;
}

static const mu_event *start_of(const mu_trial *t, const mu_event *e)
{
    return mu_numbered(t, mu_journal_value(t->journal, e, "started"));
}

static void prove_all(mu_proof *proof, const mu_event *a, const mu_event *b, const mu_event *c)
{
    const mu_event *const events[] = {a, b, c};
    for (int i = 0; i < 3; i++)
        if (events[i])
            mu_prove(proof, events[i]);
}

static const mu_event *first_done(const mu_trial *t, const char *action, const char *choice)
{
    MU_EVENTS (e, t, EV_TASK_DONE)
        if ((!action || mu_says(t, e, "action", action)) && (!choice || mu_says(t, e, "choice", choice)))
            return e;
    return NULL;
}

/* The event of the drill that starts such a clock, or NULL; a decision starts nothing where nobody is to make it. */
static const mu_event *legal_start(const mu_trial *t, const char *starts)
{
    static const struct { const char *word; mu_kind_of_event kind; } rows[] = {
        {"detection", EV_INJECT_DELIVERED}, {"discovery", EV_INJECT_DELIVERED}, {"noticing", EV_INJECT_DELIVERED},
        {"suspicion", EV_INJECT_DELIVERED}, {"identification_by_csirt", EV_INJECT_DELIVERED}, {"awareness", EV_AWARE},
        {"reasonable_belief", EV_AWARE}, {"knowledge_personal_data_affected", EV_AWARE}, {"declaration", EV_DECLARED},
        {"determination_incident", EV_DECLARED}};
    if (strcmp(starts, "payment_made") == 0)
        return first_done(t, NULL, "pay");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].word, starts) == 0)
            return mu_next_of(t, NULL, rows[i].kind);
    return NULL;
}

/* ---- the register ---- */

static void started_unlisted(void *self, const mu_clock_rule *rule)
{
    mu_trial *t = self;
    const mu_event *e = legal_start(t, rule->starts);
    mu_proof proof = {.count = 0};
    if (!e)
        return;
    mu_prove(&proof, e);
    mu_shown(t, "REG-01", SAY("rule:%s", rule->id), mu_register(&t->judge),
             SAY("%s applies to an organisation like this one, and no obligation names it", rule->law),
             SAY("its clock ran from %s (%s), and nobody knew of it", mu_clock_time(t, e->t), rule->starts), "deterministic", &proof);
}

static void unlisted_clock(mu_trial *t)
{
    mu_each_unlisted(&t->judge, t, started_unlisted);
}

static void thin_margin(mu_trial *t)
{
    int64_t limit = mu_limit_value(&t->judge, "margin");
    MU_EVENTS (e, t, EV_CLOCK_MET) {
        const mu_node *o = duty_of(t, e);
        int64_t took = mu_journal_value(t->journal, e, "took"), margin = mu_journal_value(t->journal, e, "margin"), window = took + margin;
        mu_proof proof = {.count = 0};
        if (!o || margin < 0 || took <= 0 || took * 100 <= window * limit || mu_journal_value(t->journal, start_of(t, e), "window") < 0)
            continue;
        prove_all(&proof, start_of(t, e), e, NULL);
        mu_finding *f = mu_shown(t, "REG-04", mu_word(t, e, "subject"), mu_place(o),
                                 SAY("The notice of %s went out with %s of %s left", o->key, mu_lasted(t, margin), mu_lasted(t, window)),
                                 SAY("it used %d%% of its time", (int)((took * 100 + window - 1) / window)), "simulated", &proof);
        mu_rests_on(&t->judge, f, "margin");
    }
}

/* ---- the start ---- */

static void plan_starts_later(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_START) {
        const mu_node *o = duty_of(t, e), *stated = mu_get(o, "stated");
        const mu_clock_rule *rule = o ? mu_law_of(o) : NULL;
        const char *starts = mu_get_text(o, "starts") ? mu_get_text(o, "starts") : mu_get_text(stated, "starts");
        if (!rule || !starts || strcmp(starts, rule->starts) == 0)
            continue;
        const mu_event *by_plan = legal_start(t, starts);
        mu_proof proof = {.count = 0};
        if (by_plan && by_plan->t <= e->t)
            continue;
        prove_all(&proof, e, by_plan, NULL);
        mu_shown(t, "REG-05", mu_word(t, e, "subject"), mu_at_key(o, mu_get(o, "starts") ? "starts" : "stated"),
                 SAY("The plan starts the clock of %s at \"%s\"; %s starts it at \"%s\"", o->key, starts, rule->id, rule->starts),
                 by_plan ? SAY("by the plan it would have begun %s too late", mu_lasted(t, by_plan->t - e->t))
                         : "by the plan it would not have begun at all",
                 "simulated", &proof);
    }
}

static bool was_recorded(const mu_trial *t)
{
    MU_EVENTS (e, t, EV_STEP_DONE)
        if (mu_records_awareness(mu_step_named(t, mu_word(t, e, "step"))))
            return true;
    return false;
}

static void awareness_not_recorded(mu_trial *t)
{
    const mu_event *open = mu_next_of(t, NULL, EV_STEP_OPEN), *end = mu_next_of(t, NULL, EV_END);
    const mu_node *book = open ? mu_named(t, mu_word(t, open, "playbook")) : NULL;
    if (!book || !end || was_recorded(t))
        return;
    MU_EVENTS (e, t, EV_CLOCK_START) {
        const mu_node *o = duty_of(t, e);
        mu_proof proof = {.count = 0};
        if (!o || !mu_says(t, e, "starts_with", "awareness"))
            continue;
        prove_all(&proof, e, end, NULL);
        mu_shown(t, "REG-05", SAY("playbook:%s", book->key), mu_place(book),
                 SAY("The clock of %s ran from %s, and nobody wrote down when you became aware", o->key, mu_clock_time(t, e->t)),
                 "no step that records it was done by the end", "simulated", &proof);
        return;
    }
}

static void start_wrong(mu_trial *t)
{
    plan_starts_later(t);
    awareness_not_recorded(t);
}

static void no_account(mu_trial *t)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *external = mu_named(t, mu_word(t, e, "thing"));
        mu_proof proof = {.count = 0};
        if (!external || !mu_says(t, e, "reason", "no_account"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "REG-06", mu_word(t, e, "thing"), mu_at_key(mu_get(external, "portal"), "account_holders"),
                 SAY("%s had to file with %s and has no account there", mu_who(t, mu_word(t, e, "person")), TITLE(external)),
                 SAY("\"%s\" stood still from %s", mu_id_of(mu_word(t, e, "action")), mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

/* ---- deciding ---- */

static const mu_event *assigned(const mu_trial *t, const char *action)
{
    MU_EVENTS (e, t, EV_TASK_ASSIGNED)
        if (mu_says(t, e, "action", action))
            return e;
    return NULL;
}

/* A duty whose clock starts with a decision for which the plan has no time: deciding took the greater part of what passed from
 * the moment it was asked for to the notice, or to the end. Where the plan has a time, its clock judges the decision (TIM-03). */
static void slow_decision(mu_trial *t)
{
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    MU_EACH (o, mu_get(t->judge.root, "obligations")) {
        const mu_node *by = mu_get(o, "decided_by"), *action = mu_get(o, "action");
        if (!by || !by->ref || by->ref->parent != mu_get(t->judge.root, "raci") || mu_get(o, "decide_within") || !mu_duty_starts_with_decision(o) || !end)
            continue;
        const mu_event *from = assigned(t, SAY("action:%s", by->ref->key)), *done = first_done(t, SAY("action:%s", by->ref->key), NULL), *to = done ? done : end;
        const mu_event *told = action && action->ref ? first_done(t, SAY("action:%s", action->ref->key), NULL) : NULL, *last = told ? told : end;
        mu_proof proof = {.count = 0};
        if (!from || (to->t - from->t) * 2 <= last->t - from->t)
            continue;
        prove_all(&proof, from, to, told);
        mu_shown(t, "REG-08", SAY("obligation:%s", o->key), mu_place(o),
                 done ? SAY("The plan gives no time to decide whether %s is due, and deciding took %s", o->key, mu_lasted(t, to->t - from->t))
                      : SAY("The plan gives no time to decide whether %s is due, and after %s it was not decided", o->key, mu_lasted(t, to->t - from->t)),
                 SAY("\"%s\" was asked for at %s%s", by->ref->key, mu_clock_time(t, from->t), told ? SAY(", and the notice went out at %s", mu_clock_time(t, told->t)) : ""),
                 "simulated", &proof);
    }
}

/* ---- nights and weekends ---- */

static bool does_or_answers(const mu_node *action, const mu_node *role)
{
    static const char *const cells[] = {"R", "A", "R/A"};
    for (size_t i = 0; i < 3; i++) {
        const mu_node *cell = mu_get(action, cells[i]);
        for (const mu_node *n = mu_items(cell); n; n = cell->kind == MU_LIST ? n->next : NULL)
            if (n->ref == role)
                return true;
    }
    return false;
}

/* Between the start of a clock and its end: a role that the notice needs, and whose people were not at work. */
static const mu_event *at_home(const mu_trial *t, const mu_event *start, const mu_event *missed, const mu_node *action)
{
    MU_EVENTS (e, t, EV_ROLE_UNFILLED)
        if (e->n > start->n && e->n < missed->n && mu_says(t, e, "why", "off hours") && does_or_answers(action, mu_named(t, mu_word(t, e, "role"))))
            return e;
    return NULL;
}

static void office_hours(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *o = duty_of(t, e), *action = mu_get(o, "action");
        const mu_clock_rule *rule = o ? mu_law_of(o) : NULL;
        const mu_event *start = start_of(t, e), *home;
        mu_proof proof = {.count = 0};
        if (!rule || !action || !action->ref || !start || strcmp(rule->unit, "business_days") == 0)
            continue;
        home = at_home(t, start, e, action->ref);
        if (!home)
            continue;
        prove_all(&proof, start, home, e);
        mu_shown(t, "REG-10", mu_word(t, e, "subject"), mu_place(o),
                 SAY("The clock of %s ran through the night, and whoever sends its notice keeps office hours", o->key),
                 SAY("%s was needed at %s and nobody who holds it was at work", mu_who(t, mu_word(t, home, "role")), mu_clock_time(t, home->t)),
                 "deterministic", &proof);
    }
}

/* ---- what did not follow ---- */

static const mu_clock_rule *follower(const char *chain)
{
    const mu_clock_rule *rule;
    for (size_t i = 0; (rule = mu_clock_rule_at(i)) != NULL; i++)
        if (rule->chain && strcmp(rule->chain, chain) == 0 && strcmp(rule->starts, "previous_submission") == 0)
            return rule;
    return NULL;
}

/* A report that follows began with an earlier notice, or with this one, as an act that gives several tells of them one by one. */
static bool followed(const mu_trial *t, const mu_event *met, const char *chain)
{
    MU_EVENTS (e, t, EV_CLOCK_START) {
        const mu_node *o = duty_of(t, e);
        const mu_clock_rule *rule = o ? mu_law_of(o) : NULL;
        if (rule && rule->chain && strcmp(rule->chain, chain) == 0 && (e->n > met->n || strcmp(rule->starts, "previous_submission") == 0))
            return true;
    }
    return false;
}

static void no_follow_up(mu_trial *t)
{
    const char *last = "";
    MU_EVENTS (e, t, EV_CLOCK_MET) {
        const mu_node *o = duty_of(t, e);
        const mu_clock_rule *rule = o ? mu_law_of(o) : NULL, *next = rule && rule->chain ? follower(rule->chain) : NULL;
        mu_proof proof = {.count = 0};
        if (!next || strcmp(rule->starts, "previous_submission") == 0 || strcmp(last, rule->chain) == 0 || followed(t, e, rule->chain))
            continue;
        last = rule->chain;
        mu_prove(&proof, e);
        mu_shown(t, "REG-11", mu_word(t, e, "subject"), mu_place(o), SAY("After %s nothing follows, and %s wants more (%s)", o->key, rule->law, next->stage),
                 SAY("it went out at %s, and no clock for the next report began", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

/* A notice to people, or to those whom we serve, whose time ran out and which never went. */
static void never_told(mu_trial *t, const char *gap, bool people)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *o = duty_of(t, e);
        bool fits = o && (mu_duty_to_people(&t->judge, o) ? people : !people && mu_duty_to_served(&t->judge, o));
        mu_proof proof = {.count = 0};
        if (!fits || mu_met_after(t, e))
            continue;
        prove_all(&proof, start_of(t, e), e, NULL);
        mu_shown(t, gap, mu_word(t, e, "subject"), mu_place(o),
                 SAY("%s were to hear of it (%s), and by the end they had not", people ? "The people who were hit" : "Those whom you serve", o->key),
                 SAY("the time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

static bool any_duty(const mu_trial *t, bool (*fits)(const mu_judge *j, const mu_node *o))
{
    MU_EACH (o, mu_get(t->judge.root, "obligations"))
        if (fits(&t->judge, o))
            return true;
    return false;
}

static void no_path(mu_trial *t, const char *gap, const char *text)
{
    const mu_event *aware = mu_next_of(t, NULL, EV_AWARE), *end = mu_next_of(t, NULL, EV_END);
    mu_proof proof = {.count = 0};
    if (!aware || !end)
        return;
    prove_all(&proof, aware, end, NULL);
    mu_shown(t, gap, "section:obligations", mu_register(&t->judge), text,
             SAY("it was known from %s, and the drill ended without a word to them", mu_clock_time(t, aware->t)), "deterministic", &proof);
}

static void served_not_told(mu_trial *t)
{
    never_told(t, "REG-12", false);
    if (mu_serves_others(&t->judge) && !any_duty(t, mu_duty_to_served))
        no_path(t, "REG-12", "Others stand on what you do for them, and no obligation says that they are told");
}

static void people_not_told(mu_trial *t)
{
    never_told(t, "REG-13", true);
    if (mu_holds_personal_data(&t->judge) && !any_duty(t, mu_duty_to_people))
        no_path(t, "REG-13", "You hold data of people, and no obligation says that they are told when it is lost");
}

/* ---- a ransom ---- */

static void paid_without_gate(mu_trial *t)
{
    MU_EACH (book, mu_get(t->judge.root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *action = mu_get(step, "action"), *gate = mu_get(step, "gate");
            bool open = mu_decides_to_pay(step) && action && action->ref && !(gate && gate->count);
            const mu_event *paid = open ? first_done(t, SAY("action:%s", action->ref->key), "pay") : NULL;
            mu_proof proof = {.count = 0};
            if (!paid)
                continue;
            mu_prove(&proof, paid);
            mu_shown(t, "REG-14", SAY("playbook:%s", book->key), mu_place(mu_get(step, "id")),
                     SAY("The step \"%s\" may decide to pay a ransom, and nothing must be done before it", mu_get_text(step, "id")),
                     SAY("at %s it was decided to pay", mu_clock_time(t, paid->t)), "simulated", &proof);
        }
}

static void payment_not_reported(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *o = duty_of(t, e);
        const mu_event *start = start_of(t, e);
        mu_proof proof = {.count = 0};
        if (!o || !start || !mu_says(t, start, "starts_with", "payment"))
            continue;
        prove_all(&proof, start, e, NULL);
        mu_shown(t, "REG-14", mu_word(t, e, "subject"), mu_place(o), SAY("A ransom was paid, and %s was not reported in its time", o->key),
                 SAY("the time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

static void ransom(mu_trial *t)
{
    paid_without_gate(t);
    payment_not_reported(t);
}

/* ---- several clocks at once ---- */

static bool begun_before(const mu_trial *t, const mu_node *action, const mu_event *last)
{
    const char *name = SAY("action:%s", action->key);
    MU_EVENTS (e, t, EV_TASK_START)
        if (e->n < last->n && mu_says(t, e, "action", name))
            return true;
    return false;
}

/* Another notice with more time that went out while nobody had begun with this one, though its clock ran; or NULL. */
static const mu_event *overtaken_by(const mu_trial *t, const mu_event *missed)
{
    const mu_event *start = start_of(t, missed);
    const mu_node *own = mu_get(duty_of(t, missed), "action");
    MU_EVENTS (met, t, EV_CLOCK_MET) {
        const mu_node *o = duty_of(t, met);
        const mu_event *other = start_of(t, met);
        bool between = start && met->n > start->n && met->n < missed->n;
        if (o && own && own->ref && other && between && !begun_before(t, own->ref, met) &&
            mu_journal_value(t->journal, other, "due") > mu_journal_value(t->journal, start, "due"))
            return met;
    }
    return NULL;
}

/* Clocks that ran out times clocks that were met; both are obligations of the plan. */
static void laxer_first(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *o = duty_of(t, e);
        const mu_event *first = o ? overtaken_by(t, e) : NULL;
        mu_proof proof = {.count = 0};
        if (!first)
            continue;
        prove_all(&proof, start_of(t, e), first, e);
        mu_shown(t, "REG-16", mu_word(t, e, "subject"), mu_place(o),
                 SAY("Several clocks ran, and nobody had begun with the notice of %s when one with more time went out", o->key),
                 SAY("the notice of %s went out at %s, and the time of %s ran out at %s", mu_id_of(mu_word(t, first, "subject")), mu_clock_time(t, first->t), o->key,
                     mu_clock_time(t, e->t)),
                 "simulated", &proof);
    }
}

/* ---- contracts and records ---- */

/* The first word to an insurer: to it by name, to the audience of insurers, or by its duty. */
static const mu_event *told(const mu_trial *t, const mu_node *insurer)
{
    const char *name = SAY("external:%s", insurer->key);
    const mu_event *first = NULL;
    MU_EVENTS (e, t, EV_NOTIFY_ATTEMPT)
        if (!first && mu_says(t, e, "to", name))
            first = e;
    MU_EVENTS (e, t, EV_MESSAGE_RELEASED) {
        const mu_node *audience = mu_named(t, mu_word(t, e, "audience"));
        if (audience && mu_is_group(audience, "insurer") && (!first || e->n < first->n))
            first = e;
    }
    MU_EVENTS (e, t, EV_CLOCK_MET) {
        const mu_node *route = mu_get(duty_of(t, e), "route");
        if (route && route->ref == insurer && (!first || e->n < first->n))
            first = e;
    }
    return first;
}

static const mu_event *engaged(const mu_trial *t, const mu_node *insurer)
{
    MU_EVENTS (e, t, EV_ENGAGE_START) {
        const mu_node *external = mu_named(t, mu_word(t, e, "external"));
        if (external && external != insurer && (mu_is(external, "kind", "retainer") || mu_is(external, "kind", "counsel") || mu_is(external, "kind", "pr")))
            return e;
    }
    return NULL;
}

static void insurer_told_late(mu_trial *t)
{
    mu_set told_of = MU_SET(&t->judge);
    mu_told_by_duties(&t->judge, &told_of);
    MU_EACH (insurer, mu_get(t->judge.root, "externals")) {
        const mu_node *policy = mu_get(insurer, "policy"), *consent = mu_get(policy, "consent_before_engaging");
        bool asks = consent && consent->value && mu_has(&told_of, insurer); /* whoever was called without consent is another gap: RES-12 */
        const mu_event *vendor = mu_is(insurer, "kind", "insurer") && policy && !asks ? engaged(t, insurer) : NULL;
        const mu_event *word = vendor ? told(t, insurer) : NULL;
        mu_proof proof = {.count = 0};
        if (!vendor || (word && word->n < vendor->n))
            continue;
        prove_all(&proof, vendor, NULL, NULL);
        mu_prove_outcome(t, &proof, word);
        mu_shown(t, "REG-17", SAY("external:%s", insurer->key), mu_place(insurer),
                 SAY("%s was engaged before %s had notice", mu_who(t, mu_word(t, vendor, "external")), TITLE(insurer)),
                 word ? SAY("it was engaged at %s and the notice went at %s", mu_clock_time(t, vendor->t), mu_clock_time(t, word->t))
                      : SAY("it was engaged at %s, and no notice is on record", mu_clock_time(t, vendor->t)), "simulated", &proof);
    }
}

static void no_record(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *o = duty_of(t, e);
        const mu_clock_rule *rule = o ? mu_law_of(o) : NULL;
        mu_proof proof = {.count = 0};
        if (!rule || strcmp(rule->stage, "record") != 0 || mu_met_after(t, e))
            continue;
        prove_all(&proof, start_of(t, e), e, NULL);
        mu_shown(t, "REG-18", mu_word(t, e, "subject"), mu_place(o), SAY("The record that %s asks for was not there at the end", rule->id),
                 SAY("its time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

const mu_run_rule mu_run_rules_law[] = {
    {"REG-01", unlisted_clock,
     "what happened starts the clock of a law that applies and that no obligation names"},
    {"REG-04", thin_margin,
     "a legal or contractual clock was met with less of its time left than the limit margin leaves"},
    {"REG-05", start_wrong,
     "by the plan's own words the clock would have begun later than by law, or nobody recorded when one became aware"},
    {"REG-06", no_account,
     "a notice stood still because whoever had it has no account of the portal"},
    {"REG-08", slow_decision,
     "the plan gives no time for the decision that starts a clock, and it took the greater part of what passed until the notice"},
    {"REG-10", office_hours,
     "a clock that runs through nights ran out while those who send its notice were not at work"},
    {"REG-11", no_follow_up,
     "a notice went out and no clock for the report after it began"},
    {"REG-12", served_not_told,
     "those whom one serves were never told, though an obligation says so or none does"},
    {"REG-13", people_not_told,
     "people or clients were never told, though an obligation says so or none does"},
    {"REG-14", ransom,
     "it was decided to pay without a gate before it, or the clock of the payment ran out"},
    {"REG-16", laxer_first,
     "a clock ran out, and a notice with more time was sent before anybody began with it"},
    {"REG-17", insurer_told_late,
     "somebody outside was engaged before the insurer had notice"},
    {"REG-18", no_record,
     "the clock of a record that the law asks for ran out, and it was never made"},
    {NULL, NULL, NULL},
};
