#include "analysis/run.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/paths.h"
#include "analysis/run_rules.h"
#include "analysis/weigh.h"

const mu_event *mu_next_of(const mu_trial *t, const mu_event *after, mu_kind_of_event kind)
{
    uint32_t n = after ? t->next[after->n] : t->first[kind];
    return n ? mu_journal_event(t->journal, n) : NULL;
}

/* Which kind of event belongs to the one before it: a declaration and its level are one act, as are a step and the awareness that it records. */
static mu_kind_of_event one_act(mu_kind_of_event kind)
{
    return kind == EV_DECLARED ? EV_SEVERITY_SET : kind == EV_STEP_DONE ? EV_AWARE : EV_NONE;
}

/* What was taken back counts for nothing. */
static bool *undone(const mu_trial *t)
{
    bool *struck = mu_alloc(t->judge.arena, t->count + 2);
    for (size_t n = t->count; n > 0; n--) { /* what undoes is undone later, if it is */
        const mu_event *e = mu_journal_event(t->journal, n);
        int field = mu_event_field_of(e->kind, "undoes");
        int64_t undoes = field >= 0 && !struck[n] ? e->arg[field] : 0;
        if (undoes <= 0 || undoes >= (int64_t)n)
            continue;
        struck[undoes] = true;
        const mu_event *behind = undoes + 1 < (int64_t)n ? mu_journal_event(t->journal, (size_t)undoes + 1) : NULL;
        if (behind && behind->kind == one_act(mu_journal_event(t->journal, (size_t)undoes)->kind))
            struck[undoes + 1] = true;
    }
    return struck;
}

void mu_trial_begin(mu_trial *t)
{
    uint32_t last[EV_KINDS] = {0};
    t->count = mu_journal_count(t->journal);
    t->next = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *t->next);
    const bool *struck = undone(t);
    for (uint32_t n = 1; n <= t->count; n++) {
        mu_kind_of_event kind = mu_journal_event(t->journal, n)->kind;
        if (struck[n])
            continue;
        *(last[kind] ? &t->next[last[kind]] : &t->first[kind]) = n;
        last[kind] = n;
    }
    t->played = (mu_set)MU_SET(&t->judge);
    MU_EVENTS (e, t, EV_PERSON_PINNED)
        if (mu_says(t, e, "seat", "player"))
            mu_put(&t->played, mu_named(t, mu_word(t, e, "person")));
}

const char *mu_word(const mu_trial *t, const mu_event *e, const char *key)
{
    return mu_journal_text(t->journal, e, key);
}

const mu_node *mu_named(const mu_trial *t, const char *name)
{
    return mu_named_in(&t->judge, name);
}

void mu_prove(mu_proof *p, const mu_event *e)
{
    for (int i = 0; i < p->kept; i++)
        if (p->list[i] == e->n)
            return;
    if (p->kept < MU_PROOFS)
        p->list[p->kept++] = e->n;
    p->count += p->last != e->n;
    p->last = e->n;
}

void mu_prove_outcome(const mu_trial *t, mu_proof *p, const mu_event *came)
{
    const mu_event *last = came ? came : mu_next_of(t, NULL, EV_END);
    if (last)
        mu_prove(p, last);
}

mu_proof *mu_tally_of(mu_trial *t, mu_tally *tally, const mu_node *thing)
{
    mu_put(&tally->things, thing);
    if (tally->things.count > tally->room) {
        size_t room = tally->room ? tally->room * 2 : 16;
        mu_proof *more = mu_alloc(t->judge.arena, room * sizeof *more);
        if (tally->room)
            memcpy(more, tally->proofs, tally->room * sizeof *more);
        tally->proofs = more;
        tally->room = room;
    }
    return &tally->proofs[mu_place_in(&tally->things, thing)];
}

void mu_things_of(mu_trial *t, mu_kind_of_event kind, const char *key, mu_tally *tally)
{
    MU_EVENTS (e, t, kind) {
        const mu_node *thing = mu_named(t, mu_word(t, e, key));
        if (thing)
            mu_prove(mu_tally_of(t, tally, thing), e);
    }
}

const mu_event *mu_first_under(const mu_trial *t, const mu_tally *tally, const mu_node *n)
{
    mu_set ground = MU_SET(&t->judge);
    mu_ground(n, &ground);
    for (size_t i = 0; i < ground.count; i++)
        if (mu_has(&tally->things, ground.list[i]))
            return mu_numbered(t, tally->proofs[mu_place_in(&tally->things, ground.list[i])].list[0]);
    return NULL;
}

void mu_called_for(mu_trial *t, mu_tally *actions)
{
    static const mu_kind_of_event kinds[] = {EV_TASK_ASSIGNED, EV_TASK_BLOCKED};
    for (int k = 0; k < 2; k++)
        mu_things_of(t, kinds[k], "action", actions);
}

const mu_node *mu_step_named(const mu_trial *t, const char *name)
{
    const char *colon = strchr(name, ':'), *slash = strchr(name, '/');
    if (!colon || !slash || strncmp(name, "step:", 5) != 0)
        return NULL;
    const char *book = mu_copy(t->judge.arena, colon + 1, (size_t)(slash - colon - 1));
    MU_EACH (s, mu_get(mu_get(mu_get(t->judge.root, "playbooks"), book), "steps"))
        if (mu_is(s, "id", slash + 1))
            return s;
    return NULL;
}

const mu_event *mu_numbered(const mu_trial *t, int64_t n)
{
    return n >= 1 && (size_t)n <= t->count ? mu_journal_event(t->journal, (size_t)n) : NULL;
}

const char *mu_clock_time(const mu_trial *t, int64_t at)
{
    int64_t minute = (t->judge.now + at) / 60000 % 1440;
    return MU_SAY(&t->judge, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

const char *mu_id_of(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *mu_who(const mu_trial *t, const char *name)
{
    const mu_node *n = mu_named(t, name);
    return n ? TITLE(n) : mu_id_of(name);
}

bool mu_says(const mu_trial *t, const mu_event *e, const char *key, const char *word)
{
    return strcmp(mu_word(t, e, key), word) == 0;
}

bool mu_seen_before(const mu_trial *t, const mu_event *e, const char *key)
{
    for (const mu_event *other = mu_next_of(t, NULL, e->kind); other && other->n < e->n; other = mu_next_of(t, other, e->kind))
        if (strcmp(mu_word(t, other, key), mu_word(t, e, key)) == 0)
            return true;
    return false;
}

bool mu_shown_already(const mu_trial *t, const char *gap, const char *subject)
{
    for (size_t i = 0; i < t->judge.found.count; i++)
        if (strcmp(t->judge.found.list[i].gap->id, gap) == 0 && strcmp(t->judge.found.list[i].subject, subject) == 0)
            return true;
    return false;
}

static int64_t minutes(int64_t ms)
{
    return (ms + 30000) / 60000;
}

const char *mu_lasted(const mu_trial *t, int64_t ms)
{
    return minutes(ms) ? mu_long(&t->judge, minutes(ms) * 60000) : SAY("%d s", (int)(ms / 1000));
}

const mu_event *mu_met_after(const mu_trial *t, const mu_event *missed)
{
    int64_t started = mu_journal_value(t->journal, missed, "started");
    MU_EVENTS (e, t, EV_CLOCK_MET)
        if (mu_journal_value(t->journal, e, "started") == started)
            return e;
    return NULL;
}

/* "ciso, legal_counsel", as sentences call them. */
static const char *names_of(const mu_trial *t, const char *roles)
{
    const char *names = "";
    for (const char *p = roles; *p; p += strcspn(p, ","), p += strspn(p, ", ")) {
        const char *id = mu_copy(t->judge.arena, p, strcspn(p, ","));
        names = SAY("%s%s%s", names, *names ? "; " : "", mu_who(t, strchr(id, ':') ? id : SAY("role:%s", id)));
    }
    return names;
}

/* To the minute, and with seconds as well where the minutes are the same. */
static const char *length(const mu_trial *t, int64_t ms, bool exact)
{
    return exact ? SAY("%s %02d s", mu_long(&t->judge, ms / 60000 * 60000), (int)(ms / 1000 % 60)) : mu_lasted(t, ms);
}

const char *mu_took(const mu_trial *t, const mu_event *missed, const mu_event *met)
{
    int64_t window = mu_journal_value(t->journal, missed, "window"), took = mu_journal_value(t->journal, met, "took");
    return length(t, took, minutes(took) == minutes(window));
}

const char *mu_had_and_took(const mu_trial *t, const mu_event *missed, const mu_event *met)
{
    int64_t window = mu_journal_value(t->journal, missed, "window"), took = met ? mu_journal_value(t->journal, met, "took") : 0;
    bool exact = met && minutes(took) == minutes(window);
    return SAY("had %s and %s%s", length(t, window, exact), met ? "took " : "never happened", met ? mu_took(t, missed, met) : "");
}

void mu_clock_missed_of(mu_trial *t, const char *gap, const char *clock, const char *key, const char *what)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *node = mu_named(t, mu_word(t, e, "subject"));
        const mu_event *met = mu_met_after(t, e), *start = mu_numbered(t, mu_journal_value(t->journal, e, "started"));
        const char *lacking = mu_word(t, e, "lacking");
        mu_proof proof = {.count = 0};
        if (!node || !mu_says(t, e, "clock", clock))
            continue;
        if (start)
            mu_prove(&proof, start);
        mu_prove(&proof, e);
        mu_prove_outcome(t, &proof, met);
        const char *text = SAY("%s %s %s%s%s", what, TITLE(node), mu_had_and_took(t, e, met), *lacking ? "; not there: " : "", names_of(t, lacking));
        mu_shown(t, gap, mu_word(t, e, "subject"), mu_at_key(node, key), text, SAY("the time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
        if (strcmp(clock, "update") == 0)
            return; /* one missed cadence is the finding; the others are the same */
    }
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The events of two lists in the order of the record, each once. */
static void put_evidence(mu_arena *arena, mu_finding *f, const uint32_t *more, int count)
{
    uint32_t *list = mu_alloc(arena, (size_t)(f->evidence_count + count + 1) * sizeof *list);
    int n = 0, all = f->evidence_count + count;
    if (f->evidence_count)
        memcpy(list, f->evidence, (size_t)f->evidence_count * sizeof *list);
    memcpy(list + f->evidence_count, more, (size_t)count * sizeof *list);
    qsort(list, (size_t)all, sizeof *list, by_number);
    for (int i = 0; i < all; i++)
        if (n == 0 || list[i] != list[n - 1])
            list[n++] = list[i];
    f->evidence = list;
    f->evidence_count = n;
}

/* ---- who did it ---- */

typedef struct doers {
    int people, stand_ins;
} doers;

static void count_doer(const mu_trial *t, const mu_event *e, doers *d)
{
    const mu_node *who = mu_named(t, mu_word(t, e, "person"));
    if (who)
        *(mu_has(&t->played, who) ? &d->people : &d->stand_ins) += 1;
}

/* Whoever was called, told or given something while a clock ran. */
static void count_asked(const mu_trial *t, const mu_event *missed, doers *d)
{
    static const mu_kind_of_event asks[] = {EV_ESCALATE_STEP, EV_NOTIFY_ATTEMPT, EV_TASK_ASSIGNED, EV_DECISION_REQUESTED, EV_PROMPT_OPEN};
    int64_t started = mu_journal_value(t->journal, missed, "started");
    for (const mu_event *e = mu_numbered(t, started); e && e->n < missed->n; e = mu_numbered(t, e->n + 1))
        for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
            if (e->kind == asks[i])
                count_doer(t, e, d);
}

/* True where people at the keyboard did all that the events show. A clock that ran out was missed by whoever was asked for
 * something while it ran; an end that nothing came before, by everybody who was there. */
static bool by_people(const mu_trial *t, const mu_proof *p)
{
    doers d = {0, 0};
    for (int i = 0; i < p->kept; i++)
        count_doer(t, mu_numbered(t, p->list[i]), &d);
    for (int i = 0; d.people + d.stand_ins == 0 && i < p->kept; i++)
        if (mu_numbered(t, p->list[i])->kind == EV_CLOCK_MISSED)
            count_asked(t, mu_numbered(t, p->list[i]), &d);
    if (d.people + d.stand_ins == 0)
        MU_EVENTS (e, t, EV_PERSON_PINNED)
            count_doer(t, e, &d);
    return d.people && !d.stand_ins;
}

mu_finding *mu_shown(mu_trial *t, const char *gap, const char *subject, mu_mark at, const char *text, const char *proof, const char *confidence,
              const mu_proof *events)
{
    mu_finding *f = mu_found(&t->judge, gap, subject, at, text);
    f->confidence = strcmp(confidence, "simulated") == 0 && (events->observed || by_people(t, events)) ? "observed" : confidence;
    f->runs = f->shown_in = 1;
    f->proof = proof;
    put_evidence(t->judge.arena, f, events->list, events->kept);
    return f;
}

/* ---- paper and run together ---- */

mu_finding *mu_same_finding(const mu_findings *f, const mu_finding *x)
{
    mu_finding *found = NULL;
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].gap == x->gap && strcmp(f->list[i].subject, x->subject) == 0 && (!found || f->list[i].at.line == x->at.line))
            found = &f->list[i];
    return found;
}

/* What the events show, for a sentence that is the paper's: the run may have come to the gap another way. */
static const char *shown_of(mu_judge *j, const mu_finding *paper, const mu_finding *run)
{
    return strcmp(paper->text, run->text) == 0 ? run->proof : MU_SAY(j, "in the drill: %s; %s", run->text, run->proof);
}

static void merge(mu_judge *into, const mu_findings *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const mu_finding *x = &run->list[i];
        mu_finding *paper = mu_same_finding(&into->found, x);
        if (!paper) {
            paper = mu_found(into, x->gap->id, x->subject, x->at, x->text);
            paper->confidence = x->confidence;
            paper->cause = x->cause;
            paper->limit = x->limit;
        }
        paper->runs = x->runs;
        paper->shown_in = x->shown_in;
        put_evidence(into->arena, paper, x->evidence, x->evidence_count);
        paper->proof = paper->proof ? MU_SAY(into, "%s; %s", paper->proof, shown_of(into, paper, x)) : shown_of(into, paper, x);
    }
}

/* ---- what somebody saw and wrote down ---- */

static bool taken_back(const mu_trial *t, const mu_event *noted)
{
    MU_EVENTS (e, t, EV_TAKEN_BACK) /* an act's consequence stands behind the act */
        if (e->arg[0] + 1 == noted->n)
            return true;
    return false;
}

static bool alike(const mu_trial *t, const mu_event *a, const mu_event *b)
{
    return strcmp(mu_word(t, a, "gap"), mu_word(t, b, "gap")) == 0 && strcmp(mu_word(t, a, "subject"), mu_word(t, b, "subject")) == 0;
}

/* All that stands in the record about this gap of this subject, from the first note on; false where an earlier note has told it. */
static bool gathered(const mu_trial *t, const mu_event *first, mu_proof *proof)
{
    MU_EVENTS (e, t, EV_GAP_NOTED) {
        if (!alike(t, e, first) || taken_back(t, e))
            continue;
        if (e->n < first->n)
            return false;
        mu_prove(proof, e);
    }
    return proof->kept > 0 && proof->list[0] == first->n;
}

/* Where a subject stands; of a section that the plan lacks, where it would stand. */
static mu_mark place_of(const mu_trial *t, const char *subject)
{
    const mu_node *node = strncmp(subject, "section:", 8) == 0 ? mu_get(t->judge.root, subject + 8) : mu_named(t, subject);
    return node ? mu_place(node) : mu_top(&t->judge);
}

/* "The facilitator", "The evaluator Kim", or who signed by name. */
static const char *seen_by(const mu_trial *t, const mu_event *noted)
{
    const char *by = mu_word(t, noted, "by");
    return strncmp(by, "facilitator", 11) == 0 || strncmp(by, "evaluator", 9) == 0 ? SAY("The %s", by) : by;
}

static void noted_by_people(mu_trial *t)
{
    MU_EVENTS (e, t, EV_GAP_NOTED) {
        mu_proof proof = {.observed = true};
        const char *subject = mu_word(t, e, "subject");
        if (gathered(t, e, &proof))
            mu_shown(t, mu_word(t, e, "gap"), subject, place_of(t, subject), SAY("%s saw: %s", seen_by(t, e), mu_unstopped(t->judge.arena, mu_word(t, e, "text"), MU_WHOLE)), SAY("noted at %s", mu_clock_time(t, e->t)), "simulated",
                     &proof);
    }
}

const mu_run_rule *const mu_run_rules[] = {
    mu_run_rules_roles,       mu_run_rules_functions, mu_run_rules_communications, mu_run_rules_audiences,
    mu_run_rules_escalations, mu_run_rules_hygiene,   mu_run_rules_duties,         mu_run_rules_law,
    mu_run_rules_timing,      mu_run_rules_load,      mu_run_rules_resources,      mu_run_rules_evidence,
    NULL,
};

static bool is_calltree(const mu_trial *t)
{
    const mu_event *pin = mu_next_of(t, NULL, EV_PINNED);
    return pin && mu_says(t, pin, "mode", "calltree");
}

static void judge_by(mu_trial *t, const mu_run_rule *rules)
{
    for (const mu_run_rule *r = rules; r->gap; r++)
        r->judge(t);
}

mu_findings mu_judge_all(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena)
{
    static const mu_scenes none = {NULL, 0};
    mu_judge start = {.root = mu_tree_root(plan), .scenes = &none, .now = starts_local, .arena = arena, .orders = mu_orders_new(arena)}, all = start;
    mu_trial t = {.judge = start, .journal = journal};
    mu_apply_paper(&all);
    t.paper = &all.found;
    mu_trial_begin(&t);
    if (is_calltree(&t))
        judge_by(&t, mu_run_rules_calltree);
    for (size_t i = 0; !is_calltree(&t) && mu_run_rules[i]; i++)
        judge_by(&t, mu_run_rules[i]);
    noted_by_people(&t);
    merge(&all, &t.judge.found);
    mu_weigh(&all);
    return all.found;
}

/* What several rules of one type look for, one behind the other; without an arena the first of them. */
static const char *and_how(const char *before, const char *how, mu_arena *arena)
{
    return !before ? how : arena ? mu_format(arena, "%s; or %s", before, how) : before;
}

static const char *paper_how(const char *gap, mu_arena *arena)
{
    const char *how = NULL;
    for (size_t i = 0; mu_paper_rules[i]; i++)
        for (const mu_rule *r = mu_paper_rules[i]; r->gap; r++)
            how = strcmp(r->gap, gap) == 0 ? and_how(how, r->how, arena) : how;
    return how;
}

static const char *how_among(const char *how, const mu_run_rule *rules, const char *gap, mu_arena *arena)
{
    for (const mu_run_rule *r = rules; r->gap; r++)
        how = strcmp(r->gap, gap) == 0 ? and_how(how, r->how, arena) : how;
    return how;
}

static const char *run_how(const char *gap, mu_arena *arena)
{
    const char *how = NULL;
    for (size_t i = 0; mu_run_rules[i]; i++)
        how = how_among(how, mu_run_rules[i], gap, arena);
    return how;
}

mu_how mu_how_found(const char *gap)
{
    return mu_how_in_full(gap, NULL);
}

mu_how mu_how_in_full(const char *gap, mu_arena *arena)
{
    return (mu_how){paper_how(gap, arena), run_how(gap, arena), how_among(NULL, mu_run_rules_calltree, gap, arena)};
}

int mu_rule_count(bool calltree)
{
    int count = 0;
    for (const mu_gap *g = mu_gaps; g->id; g++)
        count += paper_how(g->id, NULL) || (calltree ? how_among(NULL, mu_run_rules_calltree, g->id, NULL) : run_how(g->id, NULL));
    return count;
}
