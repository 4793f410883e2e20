#include "analysis/run.h"

#include <stdio.h>
#include <string.h>

#include "analysis/run_rules.h"

const mu_event *mu_next_of(const mu_trial *t, const mu_event *after, mu_kind_of_event kind)
{
    for (size_t n = after ? after->n + (size_t)1 : 1; n <= t->count; n++)
        if (mu_journal_event(t->journal, n)->kind == kind)
            return mu_journal_event(t->journal, n);
    return NULL;
}

const char *mu_word(const mu_trial *t, const mu_event *e, const char *key)
{
    return mu_journal_text(t->journal, e, key);
}

typedef struct kind_row {
    const char *kind, *section, *inner;
} kind_row;

static const kind_row kinds[] = {
    {"role", "roles", NULL},           {"person", "people", NULL},       {"action", "raci", NULL},
    {"severity", "severities", NULL},  {"escalation", "escalations", NULL}, {"obligation", "obligations", NULL},
    {"audience", "audiences", NULL},   {"external", "externals", NULL},  {"channel", "channels", NULL},
    {"playbook", "playbooks", NULL},   {"dependency", "dependencies", NULL}, {"asset", "assets", NULL},
    {"tool", "resources", "tools"},    {"log", "resources", "logs"},     {"break_glass", "resources", "break_glass"},
    {"backup", "resources", "backups"}, {"repository", "resources", "repository"}, {"room", "resources", "rooms"},
};

const mu_node *mu_named(const mu_trial *t, const char *name)
{
    const char *colon = strchr(name, ':');
    for (size_t i = 0; colon && i < sizeof kinds / sizeof *kinds; i++) {
        if (strlen(kinds[i].kind) != (size_t)(colon - name) || strncmp(kinds[i].kind, name, (size_t)(colon - name)) != 0)
            continue;
        const mu_node *section = mu_get(t->judge.root, kinds[i].section);
        return mu_get(kinds[i].inner ? mu_get(section, kinds[i].inner) : section, colon + 1);
    }
    return NULL;
}

void mu_prove(mu_proof *p, const mu_event *e)
{
    for (int i = 0; i < p->count; i++)
        if (p->list[i] == e->n)
            return;
    if (p->count < MU_PROOFS)
        p->list[p->count++] = e->n;
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

static const uint32_t *kept(mu_trial *t, const mu_proof *p)
{
    uint32_t *list = mu_alloc(t->judge.arena, (size_t)(p->count + 1) * sizeof *list);
    memcpy(list, p->list, (size_t)p->count * sizeof *list);
    return list;
}

void mu_shown(mu_trial *t, const char *gap, const char *subject, mu_mark at, const char *text, const char *proof, const char *confidence,
              const mu_proof *events)
{
    mu_found(&t->judge, gap, subject, at, text);
    mu_finding *f = &t->judge.found.list[t->judge.found.count - 1];
    f->confidence = events->observed && strcmp(confidence, "simulated") == 0 ? "observed" : confidence;
    f->proof = proof;
    f->evidence = kept(t, events);
    f->evidence_count = events->count;
}

/* ---- paper and run together ---- */

static mu_finding *same(const mu_findings *f, const mu_finding *x)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].gap == x->gap && strcmp(f->list[i].subject, x->subject) == 0)
            return &f->list[i];
    return NULL;
}

static void merge(mu_judge *into, const mu_findings *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const mu_finding *x = &run->list[i];
        mu_finding *paper = same(&into->found, x);
        if (!paper) {
            mu_found(into, x->gap->id, x->subject, x->at, x->text);
            paper = &into->found.list[into->found.count - 1];
            paper->confidence = x->confidence;
        }
        paper->evidence = x->evidence;
        paper->evidence_count = x->evidence_count;
        paper->proof = x->proof;
    }
}

mu_findings mu_judge_all(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena)
{
    mu_trial t = {.judge = {.root = mu_tree_root(plan), .now = starts_local, .arena = arena}, .journal = journal, .count = mu_journal_count(journal)};
    for (const mu_run_rule *r = mu_run_rules; r->gap; r++)
        r->judge(&t);
    mu_judge all = {.root = mu_tree_root(plan), .now = starts_local, .arena = arena};
    mu_findings paper = mu_judge_paper(plan, starts_local, arena);
    all.found = paper;
    all.room = paper.count;
    merge(&all, &t.judge.found);
    mu_findings_sort(&all.found);
    return all.found;
}

static bool counted(const char *const *seen, int count, const char *gap)
{
    for (int i = 0; i < count; i++)
        if (strcmp(seen[i], gap) == 0)
            return true;
    return false;
}

int mu_rule_count(void)
{
    const char *seen[200];
    int count = 0;
    for (size_t i = 0; mu_paper_rules[i]; i++)
        for (const mu_rule *r = mu_paper_rules[i]; r->gap; r++)
            if (!counted(seen, count, r->gap))
                seen[count++] = r->gap;
    for (const mu_run_rule *r = mu_run_rules; r->gap; r++)
        if (!counted(seen, count, r->gap))
            seen[count++] = r->gap;
    return count;
}

bool mu_has_paper_rule(const char *gap)
{
    for (size_t i = 0; mu_paper_rules[i]; i++)
        for (const mu_rule *r = mu_paper_rules[i]; r->gap; r++)
            if (strcmp(r->gap, gap) == 0)
                return true;
    return false;
}

bool mu_has_run_rule(const char *gap)
{
    for (const mu_run_rule *r = mu_run_rules; r->gap; r++)
        if (strcmp(r->gap, gap) == 0)
            return true;
    return false;
}
