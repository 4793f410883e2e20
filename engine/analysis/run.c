#include "analysis/run.h"

#include <stdio.h>
#include <string.h>

#include "analysis/run_rules.h"
#include "analysis/weigh.h"

const mu_event *mu_next_of(const mu_trial *t, const mu_event *after, mu_kind_of_event kind)
{
    uint32_t n = after ? t->next[after->n] : t->first[kind];
    return n ? mu_journal_event(t->journal, n) : NULL;
}

/* What was taken back counts for nothing; the declaration and its level are one act. */
static bool *undone(const mu_trial *t)
{
    bool *struck = mu_alloc(t->judge.arena, t->count + 2);
    for (uint32_t n = 1; n <= t->count; n++) {
        const mu_event *e = mu_journal_event(t->journal, n);
        int field = mu_event_field_of(e->kind, "undoes");
        int64_t undoes = field >= 0 ? e->arg[field] : 0;
        if (undoes <= 0 || undoes >= n)
            continue;
        struck[undoes] = true;
        if (mu_journal_event(t->journal, (size_t)undoes)->kind == EV_DECLARED)
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
    for (int i = 0; i < p->count; i++)
        if (p->list[i] == e->n)
            return;
    if (p->count < MU_PROOFS)
        p->list[p->count++] = e->n;
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

bool mu_was_played(const mu_trial *t, const char *person)
{
    MU_EVENTS (e, t, EV_PERSON_PINNED)
        if (mu_says(t, e, "person", person))
            return mu_says(t, e, "seat", "player");
    return false;
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

int mu_minutes(int64_t ms)
{
    return (int)((ms + 30000) / 60000);
}

const mu_event *mu_met_after(const mu_trial *t, const mu_event *missed)
{
    int64_t started = mu_journal_value(t->journal, missed, "started");
    MU_EVENTS (e, t, EV_CLOCK_MET)
        if (mu_journal_value(t->journal, e, "started") == started)
            return e;
    return NULL;
}

/* In minutes, and in seconds as well where the minutes are the same. */
static const char *length(const mu_trial *t, int64_t ms, bool exact)
{
    return exact ? SAY("%d min %02d s", (int)(ms / 60000), (int)(ms / 1000 % 60)) : SAY("%d min", mu_minutes(ms));
}

const char *mu_had_and_took(const mu_trial *t, const mu_event *missed, const mu_event *met)
{
    int64_t window = mu_journal_value(t->journal, missed, "window"), took = met ? mu_journal_value(t->journal, met, "took") : 0;
    bool exact = met && mu_minutes(took) == mu_minutes(window);
    return SAY("had %s and %s%s", length(t, window, exact), met ? "took " : "never happened", met ? length(t, took, exact) : "");
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
        if (met)
            mu_prove(&proof, met);
        const char *text = SAY("%s of %s %s%s%s", what, node->key, mu_had_and_took(t, e, met), *lacking ? ": not there were " : "", lacking);
        mu_shown(t, gap, mu_word(t, e, "subject"), mu_at_key(node, key), text, SAY("the time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
        if (strcmp(clock, "update") == 0)
            return; /* one missed cadence is the finding; the others are the same */
    }
}

static const uint32_t *kept(mu_trial *t, const mu_proof *p)
{
    uint32_t *list = mu_alloc(t->judge.arena, (size_t)(p->count + 1) * sizeof *list);
    memcpy(list, p->list, (size_t)p->count * sizeof *list);
    return list;
}

mu_finding *mu_shown(mu_trial *t, const char *gap, const char *subject, mu_mark at, const char *text, const char *proof, const char *confidence,
              const mu_proof *events)
{
    mu_finding *f = mu_found(&t->judge, gap, subject, at, text);
    f->confidence = events->observed && strcmp(confidence, "simulated") == 0 ? "observed" : confidence;
    f->runs = f->shown_in = 1;
    f->proof = proof;
    f->evidence = kept(t, events);
    f->evidence_count = events->count;
    return f;
}

/* ---- paper and run together ---- */

static mu_finding *same(const mu_findings *f, const mu_finding *x)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].gap == x->gap && strcmp(f->list[i].subject, x->subject) == 0)
            return &f->list[i];
    return NULL;
}

/* The events of both, in the order in which they were found. */
static void join_evidence(mu_arena *arena, mu_finding *f, const mu_finding *more)
{
    uint32_t *list = mu_alloc(arena, (size_t)(f->evidence_count + more->evidence_count + 1) * sizeof *list);
    if (f->evidence_count)
        memcpy(list, f->evidence, (size_t)f->evidence_count * sizeof *list);
    memcpy(list + f->evidence_count, more->evidence, (size_t)more->evidence_count * sizeof *list);
    f->evidence = list;
    f->evidence_count += more->evidence_count;
}

static void merge(mu_judge *into, const mu_findings *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const mu_finding *x = &run->list[i];
        mu_finding *paper = same(&into->found, x);
        if (!paper) {
            paper = mu_found(into, x->gap->id, x->subject, x->at, x->text);
            paper->confidence = x->confidence;
            paper->cause = x->cause;
            paper->limit = x->limit;
        }
        paper->runs = x->runs;
        paper->shown_in = x->shown_in;
        join_evidence(into->arena, paper, x);
        paper->proof = paper->proof ? MU_SAY(into, "%s; %s", paper->proof, x->proof) : x->proof;
    }
}

/* ---- what the facilitator saw ---- */

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
    return proof->count > 0 && proof->list[0] == first->n;
}

static void noted_by_facilitator(mu_trial *t)
{
    MU_EVENTS (e, t, EV_GAP_NOTED) {
        mu_proof proof = {.observed = true};
        const char *subject = mu_word(t, e, "subject");
        const mu_node *node = mu_named(t, subject);
        if (gathered(t, e, &proof))
            mu_shown(t, mu_word(t, e, "gap"), subject, node ? node->at : mu_top(&t->judge), SAY("the facilitator saw: %s", mu_word(t, e, "text")),
                     SAY("noted at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

const mu_run_rule *const mu_run_rules[] = {
    mu_run_rules_roles,       mu_run_rules_functions, mu_run_rules_communications, mu_run_rules_audiences,
    mu_run_rules_escalations, mu_run_rules_hygiene,   mu_run_rules_duties,         mu_run_rules_law,
    mu_run_rules_timing,      mu_run_rules_load,      mu_run_rules_resources,      mu_run_rules_evidence,
    NULL,
};

mu_findings mu_judge_all(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena)
{
    static const mu_scenes none = {NULL, 0};
    mu_judge start = {.root = mu_tree_root(plan), .scenes = &none, .now = starts_local, .arena = arena}, all = start;
    mu_trial t = {.judge = start, .journal = journal};
    mu_trial_begin(&t);
    for (size_t i = 0; mu_run_rules[i]; i++)
        for (const mu_run_rule *r = mu_run_rules[i]; r->gap; r++)
            r->judge(&t);
    noted_by_facilitator(&t);
    mu_apply_paper(&all);
    merge(&all, &t.judge.found);
    mu_weigh(&all);
    return all.found;
}

static const char *paper_how(const char *gap)
{
    for (size_t i = 0; mu_paper_rules[i]; i++)
        for (const mu_rule *r = mu_paper_rules[i]; r->gap; r++)
            if (strcmp(r->gap, gap) == 0)
                return r->how;
    return NULL;
}

static const char *run_how(const char *gap)
{
    for (size_t i = 0; mu_run_rules[i]; i++)
        for (const mu_run_rule *r = mu_run_rules[i]; r->gap; r++)
            if (strcmp(r->gap, gap) == 0)
                return r->how;
    return NULL;
}

mu_how mu_how_found(const char *gap)
{
    return (mu_how){paper_how(gap), run_how(gap)};
}

int mu_rule_count(void)
{
    int count = 0;
    for (const mu_gap *g = mu_gaps; g->id; g++)
        count += paper_how(g->id) || run_how(g->id);
    return count;
}
