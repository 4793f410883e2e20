/* Gaps of roles that the events of a drill prove: who carried too much, whom it waited for, who never heard. */
#include <string.h>

#include "analysis/run_rules.h"
#include "analysis/shared.h"

/* ---- the matrix ---- */

static void nobody_answers(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    mu_called_for(t, &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *row = tally.things.list[i];
        if (mu_cell_count(row, "A") == 0)
            mu_shown(t, "ROL-01", SAY("action:%s", row->key), mu_place(row), SAY("Nobody answers for \"%s\": the row has no A", row->key),
                     "it was called for, and nobody answered for it", "deterministic", &tally.proofs[i]);
    }
}

static void many_answer(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    mu_called_for(t, &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *row = tally.things.list[i];
        int n = mu_cell_count(row, "A");
        if (n > 1)
            mu_shown(t, "ROL-02", SAY("action:%s", row->key), mu_at_key(row, mu_get(row, "A") ? "A" : "R/A"),
                     SAY("%d roles answer for \"%s\", so none does", n, row->key), SAY("it was called for, and the plan could not say which of the %d decides", n),
                     "deterministic", &tally.proofs[i]);
    }
}

/* A step that names no action was opened, and nobody was given it. */
static void step_without_row(mu_trial *t)
{
    MU_EVENTS (e, t, EV_STEP_OPEN) {
        const mu_node *step = *mu_word(t, e, "action") ? NULL : mu_step_named(t, mu_word(t, e, "step"));
        mu_proof proof = {.count = 0};
        if (!step)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "ROL-05", SAY("playbook:%s", mu_id_of(mu_word(t, e, "step"))), mu_place(mu_get(step, "id")),
                 SAY("The step \"%s\" names no action of the matrix, so nobody is given it", mu_get_text(step, "id")),
                 SAY("it was opened at %s and nobody was asked to do it", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static bool gives_to(const mu_node *by, const mu_node *who)
{
    for (const mu_node *n = mu_items(by); n; n = by->kind == MU_LIST ? n->next : NULL)
        if (n->ref == who)
            return true;
    return false;
}

static void other_doer(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    MU_EVENTS (e, t, EV_TASK_ASSIGNED) {
        const mu_node *step = mu_step_named(t, mu_word(t, e, "because")), *by = mu_get(step, "by"), *role = mu_named(t, mu_word(t, e, "role"));
        if (by && !gives_to(by, role) && !gives_to(by, mu_named(t, mu_word(t, e, "person"))))
            mu_prove(mu_tally_of(t, &tally, by), e);
    }
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *by = tally.things.list[i], *step = by->parent;
        const mu_event *e = mu_numbered(t, tally.proofs[i].list[0]);
        mu_shown(t, "ROL-20", SAY("playbook:%s", mu_id_of(mu_word(t, e, "because"))), mu_place(by),
                 SAY("The playbook gives \"%s\" to %s, and the matrix does not", mu_id_of(mu_word(t, e, "action")), mu_items(by)->ref ? TITLE(mu_items(by)->ref) : mu_get_text(step, "id")),
                 SAY("at %s the matrix gave it to %s", mu_clock_time(t, e->t), mu_who(t, mu_word(t, e, *mu_word(t, e, "role") ? "role" : "person"))), "deterministic", &tally.proofs[i]);
    }
}

/* ---- succession ---- */

static void too_few(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    MU_EVENTS (e, t, EV_ROLE_UNFILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role"));
        if (role && *mu_word(t, e, "needed_for") && !mu_says(t, e, "why", "vacant"))
            mu_prove(mu_tally_of(t, &tally, role), e);
    }
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *role = tally.things.list[i], *holders = mu_successors(role);
        bool own;
        int64_t depth = mu_depth_wanted(&t->judge, role, &own);
        if (!holders || holders->count < 2 || holders->count >= depth)
            continue;
        mu_finding *f = mu_shown(t, "ROL-09", SAY("role:%s", role->key), mu_place(holders), SAY("%s is to be %d deep and is %d", TITLE(role), (int)depth, holders->count),
                                 SAY("none of the %d was there when it was needed, first at %s", holders->count, mu_clock_time(t, mu_numbered(t, tally.proofs[i].list[0])->t)),
                                 "deterministic", &tally.proofs[i]);
        if (!own)
            mu_rests_on(&t->judge, f, "command_depth");
    }
}

/* The severity whose quorum holds both roles, or NULL. */
static const mu_node *needs_both(const mu_trial *t, const mu_node *a, const mu_node *b)
{
    MU_EACH (quorum, mu_get(mu_get(t->judge.root, "team"), "quorum")) {
        bool one = false, other = false;
        MU_EACH (role, quorum) {
            one = one || role->ref == a;
            other = other || role->ref == b;
        }
        if (one && other)
            return quorum;
    }
    return NULL;
}

static bool ring(const mu_node *a, const mu_node *b)
{
    return mu_get(a, "holders") && mu_get(b, "holders") && mu_in_line(a, 2) && mu_in_line(a, 1) == mu_in_line(b, 2) && mu_in_line(a, 2) == mu_in_line(b, 1);
}

static void both_on_one(mu_trial *t, const mu_node *a, const mu_node *b, const mu_event *first, const mu_event *second)
{
    const mu_node *quorum = needs_both(t, a, b), *person = mu_named(t, mu_word(t, second, "person")), *last = strcmp(a->key, b->key) > 0 ? a : b;
    const mu_node *backed = mu_in_line(b, 2) == person ? b : mu_in_line(a, 2) == person ? a : NULL; /* whose deputy the person is */
    mu_proof proof = {.count = 0};
    if (!person || mu_in_line(a, 1) == mu_in_line(b, 1) || !(ring(a, b) || (quorum && backed)))
        return;
    mu_prove(&proof, first);
    mu_prove(&proof, second);
    const char *subject = ring(a, b) ? SAY("role:%s", last->key) : SAY("person:%s", person->key);
    mu_shown(t, "ROL-10", subject, mu_at_key(ring(a, b) ? last : backed, "holders"),
             SAY("%s held %s and %s at once%s%s", TITLE(person), TITLE(a), TITLE(b), quorum ? ", and both are needed at " : "", quorum ? quorum->key : ""),
             SAY("from %s one person held both", mu_clock_time(t, second->t)), "simulated", &proof);
}

/* A person's holdings are a chain of event numbers, each leading to the one before. */
typedef struct holdings {
    mu_set roles, people;
    const mu_event **now; /* of each role the event that gave it its holder */
    uint32_t *last;       /* of each person the latest such event */
    uint32_t *before;     /* of each such event the one before it of the same person */
} holdings;

/* What the person still holds, against what they came to hold now; what is held no more is taken out on the way. */
static void against(mu_trial *t, holdings *h, const mu_node *person, const mu_event *e)
{
    uint32_t *link = &h->last[mu_place_in(&h->people, person)];
    while (*link) {
        const mu_event *other = mu_numbered(t, *link);
        const mu_node *role = mu_named(t, mu_word(t, other, "role"));
        if (h->now[mu_place_in(&h->roles, role)] != other) {
            *link = h->before[*link];
            continue;
        }
        if (mu_says(t, e, "way", "in succession") || mu_says(t, other, "way", "in succession"))
            both_on_one(t, role, mu_named(t, mu_word(t, e, "role")), other, e);
        link = &h->before[*link];
    }
}

/* Of the roles that one person came to hold, each pair once, while both are held. */
static void shared_second(mu_trial *t)
{
    const mu_node *roles = mu_get(t->judge.root, "roles"), *people = mu_get(t->judge.root, "people");
    holdings h = {.roles = MU_SET(&t->judge), .people = MU_SET(&t->judge)};
    h.now = mu_alloc(t->judge.arena, (size_t)(roles->count + 1) * sizeof *h.now);
    h.last = mu_alloc(t->judge.arena, (size_t)(people->count + 1) * sizeof *h.last);
    h.before = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *h.before);
    MU_EVENTS (e, t, EV_ROLE_FILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role")), *person = mu_named(t, mu_word(t, e, "person"));
        if (!role || !person)
            continue;
        mu_put(&h.roles, role);
        mu_put(&h.people, person);
        h.now[mu_place_in(&h.roles, role)] = e;
        against(t, &h, person, e);
        uint32_t *top = &h.last[mu_place_in(&h.people, person)];
        h.before[e->n] = *top;
        *top = e->n;
    }
}

static void command_passed(mu_trial *t)
{
    const mu_node *team = mu_get(t->judge.root, "team");
    mu_tally tally = MU_TALLY(t);
    if (!mu_transfer_unsaid(&t->judge))
        return;
    MU_EVENTS (e, t, EV_ROLE_FILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role"));
        if (role && mu_is(role, "function", "command"))
            mu_prove(mu_tally_of(t, &tally, role), e);
    }
    MU_EVENTS (e, t, EV_ROLE_UNFILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role"));
        if (role && mu_has(&tally.things, role))
            mu_prove(mu_tally_of(t, &tally, role), e);
    }
    for (size_t i = 0; i < tally.things.count; i++)
        if (tally.proofs[i].count > 1) {
            mu_shown(t, "ROL-18", "section:team", team ? mu_place(team) : mu_top(&t->judge), "Nothing says how command is taken, handed over or given back",
                     SAY("%s went from one to the next %d time%s", TITLE(tally.things.list[i]), tally.proofs[i].count - 1, tally.proofs[i].count == 2 ? "" : "s"),
                     "deterministic", &tally.proofs[i]);
            return;
        }
}

/* ---- how much one carries, and what must stay apart ---- */

typedef struct burden {
    int open, most;
} burden;

static void carries(mu_trial *t, mu_tally *tally, burden *burdens, const char *who, int change, const mu_event *e)
{
    const mu_node *person = mu_named(t, who);
    int most = (int)mu_limit_value(&t->judge, "at_once");
    if (!person)
        return;
    mu_proof *proof = mu_tally_of(t, tally, person);
    burden *b = &burdens[mu_place_in(&tally->things, person)];
    b->open += change;
    if (change > 0 && b->open > most)
        mu_prove(proof, e);
    b->most = b->open > b->most ? b->open : b->most;
}

static void overloaded(mu_trial *t)
{
    const mu_node *people = mu_get(t->judge.root, "people");
    mu_tally tally = MU_TALLY(t);
    burden *burdens = mu_alloc(t->judge.arena, (size_t)(people->count + 1) * sizeof *burdens);
    const char **has = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *has); /* who has a task, by its number */
    for (uint32_t n = 1; n <= t->count; n++) {
        const mu_event *e = mu_journal_event(t->journal, n);
        int64_t task = e->kind == EV_TASK_ASSIGNED || e->kind == EV_TASK_DONE ? e->arg[0] : -1;
        if (task < 0 || (size_t)task > t->count)
            continue;
        if (has[task])
            carries(t, &tally, burdens, has[task], -1, e);
        has[task] = e->kind == EV_TASK_ASSIGNED ? mu_word(t, e, "person") : NULL;
        if (has[task])
            carries(t, &tally, burdens, has[task], 1, e);
    }
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *p = tally.things.list[i];
        if (tally.proofs[i].count)
            mu_rests_on(&t->judge, mu_shown(t, "ROL-11", SAY("person:%s", p->key), mu_place(p), SAY("%s had %d actions open at the same time", TITLE(p), burdens[i].most),
                                            "each of these was given to somebody whose hands were full", "simulated", &tally.proofs[i]), "at_once");
    }
}

/* One side of a pair: who acted in that role, or did or decided that action; the first event of each. */
static void acted(mu_trial *t, const mu_node *side, mu_tally *people)
{
    static const mu_kind_of_event kinds[] = {EV_TASK_START, EV_DECISION_MADE};
    const char *key = side->parent == mu_get(t->judge.root, "roles") ? "role" : "action";
    for (int k = 0; k < 2; k++)
        MU_EVENTS (e, t, kinds[k]) {
            const mu_node *person = mu_named(t, mu_word(t, e, "person"));
            if (person && mu_named(t, mu_word(t, e, key)) == side)
                mu_prove(mu_tally_of(t, people, person), e);
        }
}

static void apart(mu_trial *t, const mu_node *a, const mu_node *b, mu_set *said)
{
    mu_tally left = MU_TALLY(t), right = MU_TALLY(t);
    if (!a || !b || mu_has(said, a))
        return;
    acted(t, a, &left);
    acted(t, b, &right);
    for (size_t i = 0; i < left.things.count; i++) {
        const mu_node *p = left.things.list[i];
        mu_proof proof = {.count = 0};
        if (!mu_has(&right.things, p))
            continue;
        mu_put(said, a);
        mu_prove(&proof, mu_numbered(t, left.proofs[i].list[0]));
        mu_prove(&proof, mu_numbered(t, right.proofs[mu_place_in(&right.things, p)].list[0]));
        mu_shown(t, "ROL-12", mu_subject_of(&t->judge, a), mu_at_key(a, mu_get(a, "holders") ? "holders" : mu_get(a, "rotation") ? "rotation" : "R"),
                 SAY("%s acted in both %s and %s, which the plan keeps apart", TITLE(p), TITLE(a), TITLE(b)), "one person did both", "simulated", &proof);
        return;
    }
}

/* Linear in the events for each pair; a plan has few pairs. */
static void both_sides(mu_trial *t)
{
    mu_set said = MU_SET(&t->judge);
    MU_EACH (pair, mu_get(t->judge.root, "separation_of_duties"))
        if (pair->first && pair->first->next)
            apart(t, pair->first->ref, pair->first->next->ref, &said);
    MU_EACH (role, mu_get(t->judge.root, "roles"))
        MU_EACH (other, mu_get(role, "not_with"))
            apart(t, role, other->ref, &said);
}

/* ---- advice ---- */

typedef struct waiting {
    const mu_event *began, *assigned;
    int64_t waited;
} waiting;

/* An action that stood still for the advice of somebody without a limit: the share of its time, when it came to an end. */
static void judge_wait(mu_trial *t, const waiting *w, const mu_event *end)
{
    const mu_node *row = mu_named(t, mu_word(t, w->began, "action"));
    int64_t whole = end->t - w->assigned->t, share = whole > 0 ? w->waited * 100 / whole : 0;
    mu_proof proof = {.count = 0};
    if (!row || mu_get(row, "consult_within") || share <= mu_limit_value(&t->judge, "consult_share"))
        return;
    mu_prove(&proof, w->assigned);
    mu_prove(&proof, w->began);
    mu_prove(&proof, end);
    mu_finding *f = mu_shown(t, "ROL-14", SAY("action:%s", row->key), mu_place(row),
                             SAY("\"%s\" waited %s for advice, without a time after which it goes on", row->key, mu_lasted(t, w->waited)),
                             SAY("the wait was %d%% of its time", (int)share), "simulated", &proof);
    mu_rests_on(&t->judge, f, "consult_share");
}

static void waited_for_advice(mu_trial *t)
{
    waiting *tasks = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *tasks);
    for (uint32_t n = 1; n <= t->count; n++) {
        const mu_event *e = mu_journal_event(t->journal, n);
        bool task = e->kind >= EV_TASK_ASSIGNED && e->kind <= EV_TASK_OPEN;
        if (!task || e->arg[0] < 0 || (size_t)e->arg[0] > t->count)
            continue;
        waiting *w = &tasks[e->arg[0]];
        if (e->kind == EV_TASK_ASSIGNED)
            w->assigned = w->assigned ? w->assigned : e;
        if (e->kind == EV_TASK_WAIT && mu_says(t, e, "why", "consult"))
            w->began = w->began ? w->began : e;
        if (w->began && (e->kind == EV_TASK_CONSULTED || (e->kind == EV_TASK_OPEN && mu_says(t, e, "state", "waiting"))))
            w->waited = e->t - w->began->t;
        if (w->began && w->assigned && (e->kind == EV_TASK_DONE || e->kind == EV_TASK_OPEN))
            judge_wait(t, w, e);
    }
}

/* ---- who never heard ---- */

/* Everybody whom a message reached, or who did something. */
static void heard(mu_trial *t, mu_set *people)
{
    static const mu_kind_of_event kinds[] = {EV_NOTIFY_DELIVERED, EV_ACT};
    for (int k = 0; k < 2; k++)
        MU_EVENTS (e, t, kinds[k])
            mu_put(people, mu_named(t, mu_word(t, e, "person")));
}

/* True where somebody holds a role of the function, and none of them heard. */
static bool in_the_dark(const mu_trial *t, const mu_set *people, const char *word, const char *or_word)
{
    mu_set those = MU_SET(&t->judge);
    MU_EACH (role, mu_get(t->judge.root, "roles"))
        if (mu_is(role, "function", word) || mu_is(role, "function", or_word))
            mu_holders(&t->judge, role, &those);
    for (size_t i = 0; i < those.count; i++)
        if (mu_has(people, those.list[i]))
            return false;
    return those.count > 0;
}

static void never_heard(mu_trial *t, const mu_event *cause, const char *subject, mu_mark at, const char *who, const char *what)
{
    mu_proof proof = {.count = 0};
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    mu_prove(&proof, cause);
    if (end)
        mu_prove(&proof, end);
    mu_shown(t, "ROL-15", subject, at, SAY("Nobody of %s heard of the incident, although %s", who, what), SAY("from %s to the end no message reached any of them", mu_clock_time(t, cause->t)),
             "simulated", &proof);
}

static void not_informed(mu_trial *t)
{
    mu_set people = MU_SET(&t->judge);
    const mu_event *declared = mu_next_of(t, NULL, EV_DECLARED), *pinned = mu_next_of(t, NULL, EV_PINNED);
    const char *kind = pinned ? mu_word(t, pinned, "kind_of_incident") : "";
    heard(t, &people);
    if (declared && in_the_dark(t, &people, "executive", "executive"))
        MU_EACH (row, mu_get(t->judge.root, "raci"))
            if (mu_declares(row)) {
                never_heard(t, declared, SAY("action:%s", row->key), mu_place(row), "the executives", "the incident was declared");
                break;
            }
    if (strncmp(kind, "insider", 7) == 0 && in_the_dark(t, &people, "hr", "hr"))
        MU_EACH (book, mu_get(t->judge.root, "playbooks"))
            if (mu_covers_insiders(book))
                never_heard(t, declared ? declared : pinned, SAY("playbook:%s", book->key), mu_place(book), "human resources", "it was about somebody of our own");
    if (!in_the_dark(t, &people, "legal", "privacy"))
        return;
    MU_EVENTS (e, t, EV_CLOCK_START) {
        const mu_node *duty = mu_named(t, mu_word(t, e, "subject")), *action = mu_get(duty, "action");
        if (mu_says(t, e, "clock", "obligation") && action && action->ref && mu_about_people(mu_get_text(duty, "rule"))) {
            never_heard(t, e, SAY("action:%s", action->ref->key), mu_place(action->ref), "legal or privacy", SAY("the clock of %s ran", duty->key));
            return;
        }
    }
}

/* ---- owners of what was hit ---- */

/* The last word on a role: the event that left it without a holder, NULL where it has one. */
static const mu_event *unheld(const mu_trial *t, const mu_node *ref)
{
    const mu_event *last = NULL;
    const char *name = ref && ref->ref ? mu_subject_of(&t->judge, ref->ref) : "";
    MU_EVENTS (e, t, EV_ROLE_UNFILLED)
        if (mu_says(t, e, "role", name))
            last = e;
    MU_EVENTS (e, t, EV_ROLE_FILLED)
        if (last && e->n > last->n && mu_says(t, e, "role", name))
            return NULL;
    return last;
}

static void asset_hit(mu_trial *t, const mu_node *asset, const mu_event *down)
{
    const mu_node *owner = mu_get(asset, "owner"), *deputy = mu_get(asset, "deputy");
    const mu_event *gone = unheld(t, owner), *also = unheld(t, deputy);
    mu_proof proof = {.count = 0};
    if (owner && (!gone || (deputy && !also)))
        return;
    mu_prove(&proof, down);
    if (gone)
        mu_prove(&proof, gone);
    if (also)
        mu_prove(&proof, also);
    mu_shown(t, "ROL-17", SAY("asset:%s", asset->key), mu_at_key(asset, "owner"),
             owner ? SAY("Nobody who knows %s could be asked when it was hit", asset->key) : SAY("%s has no owner who could say what its loss means", asset->key),
             SAY("it was hit at %s", mu_clock_time(t, down->t)), "deterministic", &proof);
}

/* For each asset the first event that took it, or something under it, down. */
static void nobody_knows(mu_trial *t)
{
    mu_tally down = MU_TALLY(t);
    mu_things_of(t, EV_DOWN, "thing", &down);
    MU_EACH (asset, down.things.count ? mu_get(t->judge.root, "assets") : NULL) {
        const mu_event *first = mu_first_under(t, &down, asset);
        if (first)
            asset_hit(t, asset, first);
    }
}

/* ---- roles that did nothing ---- */

static void idle(mu_trial *t)
{
    static const mu_kind_of_event kinds[] = {EV_ACT, EV_TASK_START, EV_DECISION_MADE, EV_TASK_CONSULTED};
    mu_set roles = MU_SET(&t->judge), acted_in = MU_SET(&t->judge);
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    mu_proof proof = {.count = 0};
    mu_idle_roles(&t->judge, &roles);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        MU_EVENTS (e, t, kinds[k])
            mu_put(&acted_in, mu_named(t, mu_word(t, e, "role")));
    if (end)
        mu_prove(&proof, end);
    for (size_t i = 0; end && i < roles.count; i++)
        if (!mu_has(&acted_in, roles.list[i]))
            mu_shown(t, "ROL-22", SAY("role:%s", roles.list[i]->key), mu_place(roles.list[i]),
                     SAY("%s does nothing, answers for nothing and decides nothing anywhere in the plan", TITLE(roles.list[i])), "up to the end nobody acted in it", "deterministic", &proof);
}

const mu_run_rule mu_run_rules_functions[] = {
    {"ROL-01", nobody_answers,
     "an action was called for and its row has no A"},
    {"ROL-02", many_answer,
     "an action was called for and its row has several A"},
    {"ROL-05", step_without_row,
     "a step of the playbook was opened that names no action of the matrix"},
    {"ROL-09", too_few,
     "a role less deep than it is to be was needed while none of its holders was there"},
    {"ROL-10", shared_second,
     "one person came to hold two roles at once that stand in for each other, or that a severity needs together"},
    {"ROL-11", overloaded,
     "somebody had more actions open than at_once"},
    {"ROL-12", both_sides,
     "one person acted on both sides of what the plan keeps apart"},
    {"ROL-14", waited_for_advice,
     "an action without consult_within waited for advice for more of its time than consult_share"},
    {"ROL-15", not_informed,
     "no executive heard of the declaration, no lawyer of a clock about personal data, no HR of an insider, to the end"},
    {"ROL-17", nobody_knows,
     "an asset was hit, and neither its owner nor a deputy was there"},
    {"ROL-18", command_passed,
     "command went from one to the next, and the plan does not say how"},
    {"ROL-20", other_doer,
     "a step was given to another than the one whom the playbook names"},
    {"ROL-22", idle,
     "nobody acted in a role that the plan gives nothing to do"},
    {NULL, NULL, NULL},
};
