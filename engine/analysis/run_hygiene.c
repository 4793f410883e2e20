/* Gaps of hygiene that the events of a drill prove. */
#include <string.h>

#include "analysis/run_rules.h"
#include "analysis/shared.h"

static const mu_node *books_of(const mu_trial *t)
{
    return mu_get(t->judge.root, "playbooks");
}

static const char *scenario_of(const mu_trial *t)
{
    const mu_event *pin = mu_numbered(t, 1);
    const char *kind = pin ? mu_word(t, pin, "kind_of_incident") : "";
    return SAY("scenario:%s", *kind ? kind : pin ? mu_word(t, pin, "title") : "");
}

static bool engine_says(const mu_trial *t, const mu_event *e)
{
    return strncmp(mu_word(t, e, "text"), "no playbook covers ", 19) == 0;
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

/* ---- what was made up ---- */

static int made_up(const mu_trial *t, mu_proof *proof, const char **words)
{
    int n = 0;
    *words = "";
    MU_EVENTS (e, t, EV_IMPROVISE) {
        if (engine_says(t, e))
            continue;
        mu_prove(proof, e);
        if (n < 3)
            *words = SAY("%s%s\"%s\"", *words, n ? ", " : "", mu_unstopped(t->judge.arena, mu_word(t, e, "text"), 60));
        n++;
    }
    return n;
}

static void improvised(mu_trial *t)
{
    mu_proof proof = {.count = 0, .observed = true};
    const char *words;
    int n = made_up(t, &proof, &words);
    if (n)
        mu_shown(t, "HYG-09", scenario_of(t), mu_place(books_of(t) ? books_of(t) : t->judge.root->first),
                 SAY("The team did %d thing%s that no step of the plan covers: %s%s", n, n == 1 ? "" : "s", words, n > 3 ? " and more" : ""),
                 "people said that they made it up", "simulated", &proof);
}

static void much_improvised(mu_trial *t)
{
    mu_proof proof = {.count = 0, .observed = true};
    const char *words;
    int n = made_up(t, &proof, &words), done = 0;
    MU_EVENTS (e, t, EV_TASK_DONE)
        done++;
    if (n == 0 || n * 100 <= (n + done) * mu_limit_value(&t->judge, "improvised"))
        return;
    mu_rests_on(&t->judge, mu_shown(t, "HYG-06", scenario_of(t), mu_place(books_of(t) ? books_of(t) : t->judge.root->first),
                                    SAY("%d of %d things that were done stand in no playbook", n, n + done), "the team had to make them up", "simulated", &proof), "improvised");
}

/* ---- playbooks that were opened ---- */

static const mu_event *opened(const mu_trial *t, const mu_node *book)
{
    const char *name = SAY("playbook:%s", book->key);
    MU_EVENTS (e, t, EV_STEP_OPEN)
        if (mu_says(t, e, "playbook", name))
            return e;
    return NULL;
}

static void phase_without_task(mu_trial *t)
{
    MU_EACH (book, books_of(t)) {
        const mu_event *e = opened(t, book);
        mu_proof proof = {.count = 0};
        unsigned missing = e ? mu_phases_missing(book) : 0;
        if (!missing)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "HYG-07", SAY("playbook:%s", book->key), mu_place(book), SAY("The playbook \"%s\" has no step in %s", book->key, mu_phases_named(&t->judge, missing)), "the drill was played by it, and nothing of these was asked for",
                 "deterministic", &proof);
    }
}

static void came_to_a_dead_end(mu_trial *t)
{
    MU_EVENTS (e, t, EV_STEP_DONE) {
        const mu_node *book = mu_named(t, mu_word(t, e, "playbook")), *step = mu_step_named(t, mu_word(t, e, "step"));
        mu_set followed = MU_SET(&t->judge);
        mu_proof proof = {.count = 0};
        if (!book || !step || mu_seen_before(t, e, "step"))
            continue;
        followed = mu_followed_in(&t->judge, book);
        const mu_node *last = mu_last_step(book, &followed);
        if (step == last || mu_has(&followed, step))
            continue;
        mu_prove(&proof, e);
        mu_finding *f = mu_shown(t, "HYG-08", mu_word(t, e, "step"), step->at,
                                 SAY("Nothing follows the step \"%s\" of the playbook \"%s\": its last step, \"%s\", does not wait for it", mu_get_text(step, "id"), book->key,
                                     mu_get_text(last, "id")),
                                 SAY("it was done at %s, and the playbook had nothing more to say there", mu_clock_time(t, e->t)), "deterministic", &proof);
        mu_caused_by(&t->judge, f, "playbook", book);
    }
}

/* ---- actions ---- */

static void not_clear(mu_trial *t)
{
    MU_EVENTS (e, t, EV_BLOCKED_SAID) {
        const mu_node *action = mu_named(t, mu_word(t, e, "object"));
        mu_proof proof = {.count = 0, .observed = true};
        if (!action || action->parent != mu_get(t->judge.root, "raci") || mu_seen_before(t, e, "object"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "HYG-10", mu_word(t, e, "object"), mu_place(action), SAY("Whoever was to do \"%s\" could not go on: %s", action->key, *mu_word(t, e, "text") ? mu_unstopped(t->judge.arena, mu_word(t, e, "text"), MU_WHOLE) : "no reason was given"),
                 SAY("said at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

/* The first event of a kind about an action; NULL where there is none. */
static const mu_event *about_action(const mu_trial *t, mu_kind_of_event kind, const mu_node *action)
{
    const char *name = SAY("action:%s", action->key);
    MU_EVENTS (e, t, kind)
        if (mu_says(t, e, "action", name))
            return e;
    return NULL;
}

/* What was begun first too early; what was begun after it is lost with it. */
static const mu_event *first_too_early(const mu_trial *t, const mu_node *evidence, const mu_event *done)
{
    const mu_event *first = NULL;
    MU_EACH (later, mu_get(evidence, "capture_before")) {
        const mu_event *began = later->ref ? about_action(t, EV_TASK_START, later->ref) : NULL;
        if (began && !(done && done->n < began->n) && (!first || began->n < first->n))
            first = began;
    }
    return first;
}

static void evidence_lost(mu_trial *t)
{
    const mu_node *evidence = mu_get(t->judge.root, "evidence"), *capture = mu_get(evidence, "capture");
    const mu_event *done = capture && capture->ref ? about_action(t, EV_TASK_DONE, capture->ref) : NULL;
    const mu_event *began = capture && capture->ref ? first_too_early(t, evidence, done) : NULL;
    const mu_node *action = began ? mu_named(t, mu_word(t, began, "action")) : NULL;
    mu_proof proof = {.count = 0};
    if (!action)
        return;
    mu_prove(&proof, began);
    if (done)
        mu_prove(&proof, done);
    mu_shown(t, "HYG-16", mu_word(t, began, "action"), mu_place(action), SAY("\"%s\" was begun before \"%s\" was done, so evidence may be lost", action->key, capture->ref->key),
             done ? SAY("the capture ended at %s", mu_clock_time(t, done->t)) : "the capture was never done", "simulated", &proof);
}

static void subject_reads(mu_trial *t)
{
    MU_EVENTS (start, t, EV_ESCALATE_TRIGGER) {
        const mu_node *ladder = mu_named(t, mu_word(t, start, "ladder"));
        mu_set out = MU_SET(&t->judge);
        MU_EACH (w, mu_get(ladder, "without"))
            mu_meant(&t->judge, w, &out);
        MU_EVENTS (e, t, EV_NOTIFY_DELIVERED) {
            const mu_node *who = mu_named(t, mu_word(t, e, "person"));
            mu_proof proof = {.count = 0};
            if (e->n < start->n || !who || !mu_has(&out, who))
                continue;
            mu_prove(&proof, start);
            mu_prove(&proof, e);
            mu_shown(t, "HYG-17", SAY("escalation:%s/%s", ladder->key, mu_id_of(mu_word(t, e, "via"))), mu_at_key(ladder, "without"),
                     SAY("The ladder \"%s\" leaves %s out, and %s was told over %s", ladder->key, TITLE(who), TITLE(who), mu_id_of(mu_word(t, e, "via"))), SAY("at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
            return;
        }
    }
}

static void both_wait(mu_trial *t)
{
    MU_EVENTS (e, t, EV_TASK_OPEN) {
        const mu_node *row = mu_named(t, mu_word(t, e, "action")), *by = mu_get(row, "by");
        mu_proof proof = {.count = 0};
        if (!by || !by->ref || mu_get(row, "A") || mu_get(row, "R/A") || mu_seen_before(t, e, "action"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "HYG-18", mu_word(t, e, "action"), mu_place(row), SAY("%s is to do \"%s\", and nobody of ours answers for it", mu_title_of(&t->judge, by), row->key), "at the end it was still open", "deterministic", &proof);
    }
}

static void nowhere_to_look(mu_trial *t)
{
    MU_EVENTS (e, t, EV_LOOKUP_MISS) {
        const mu_node *plan = mu_get(t->judge.root, "plan");
        mu_proof proof = {.count = 0};
        if (!mu_says(t, e, "because", "no copy on record") || mu_seen_before(t, e, "what"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "HYG-05", SAY("plan/%s", mu_word(t, e, "what")), mu_at_key(plan, "stored"), SAY("Somebody looked for the %s, and the plan names no place that holds them", mu_word(t, e, "what")),
                 SAY("at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

/* Two people who both held that it was theirs to decide, one for it and one against it. */
static const mu_event *contradicted(const mu_trial *t, const mu_event *e)
{
    MU_EVENTS (other, t, EV_DECISION_MADE)
        if (other->n > e->n && mu_says(t, other, "action", mu_word(t, e, "action")) && !mu_says(t, other, "person", mu_word(t, e, "person"))
            && !mu_says(t, other, "choice", mu_word(t, e, "choice")))
            return other;
    return NULL;
}

static void decided_twice(mu_trial *t)
{
    MU_EVENTS (e, t, EV_DECISION_MADE) {
        const mu_event *other = contradicted(t, e);
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        mu_proof proof = {.count = 0};
        if (!other || !action || mu_seen_before(t, e, "action"))
            continue;
        mu_prove(&proof, e);
        mu_prove(&proof, other);
        mu_shown(t, "HYG-11", mu_word(t, e, "action"), mu_place(action),
                 SAY("%s was decided twice, and not alike: %s said %s, %s said %s", action->key, mu_who(t, mu_word(t, e, "person")), mu_word(t, e, "choice"),
                     mu_who(t, mu_word(t, other, "person")), mu_word(t, other, "choice")),
                 SAY("at %s and at %s", mu_clock_time(t, e->t), mu_clock_time(t, other->t)), "simulated", &proof);
    }
}

const mu_run_rule mu_run_rules_hygiene[] = {
    {"HYG-05", nowhere_to_look, "somebody looked for something of the plan, and the plan names no place that holds it"},
    {"HYG-06", no_playbook, "no playbook covers the kind of incident that was played"},
    {"HYG-06", much_improvised, "a larger share of what was done than improvised stands in no playbook"},
    {"HYG-07", phase_without_task, "the drill was played by a playbook that has no step in some phase"},
    {"HYG-08", came_to_a_dead_end, "a step was done that nothing follows, beside the last one"},
    {"HYG-09", improvised, "people did something that no step of the plan covers"},
    {"HYG-10", not_clear, "whoever was to do an action said that they could not go on"},
    {"HYG-11", decided_twice, "two people decided one action, one for it and one against it"},
    {"HYG-16", evidence_lost, "an action before which evidence is to be captured began too early"},
    {"HYG-17", subject_reads, "somebody whom a ladder leaves out was told all the same"},
    {"HYG-18", both_wait, "an action of an outside party without A was still open at the end"},
    {NULL, NULL, NULL},
};
