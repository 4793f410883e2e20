/* absence PLAN.txt ORDER|all|chance OUT: every least set of absences of a plan of absence_plan.py, each tried and written out, a line a set;
 * prints a line of JSON: processor seconds, peak memory, how many. "chance": the exact chance that the plan fails where each is absent by
 * one in ten, or -1 where it takes more than 2^24 nodes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "absence/cuts.h"
#include "absence/diagram.h"
#include "absence/trial.h"
#include "base/check.h"
#include "base/text.h"

enum { MOST = MU_GIVEN_BACK };

typedef struct plan {
    mu_structure *s;
    mu_gate *names; /* people, then gates */
    int people, gates;
} plan;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static plan read_plan(const char *path)
{
    plan p = {.s = mu_structure_new()};
    FILE *in = fopen(path, "r");
    mu_gate inputs[4096];
    MU_CHECK(in && fscanf(in, "%d %d", &p.people, &p.gates) == 2);
    p.names = calloc((size_t)(p.people + p.gates), sizeof *p.names);
    MU_CHECK(p.names);
    for (int i = 0; i < p.people; i++)
        p.names[i] = mu_gate_element(p.s);
    for (int g = 0; g < p.gates; g++) {
        int least, count;
        MU_CHECK(fscanf(in, "%d %d", &least, &count) == 2 && count <= 4096);
        for (int i = 0; i < count; i++) {
            int name;
            MU_CHECK(fscanf(in, "%d", &name) == 1);
            inputs[i] = p.names[name];
        }
        p.names[p.people + g] = mu_gate_at_least(p.s, least, inputs, count);
    }
    fclose(in);
    return p;
}

/* Of this program alone: what getrusage tells counts what was there before it was started. */
static double peak_mb(void)
{
    FILE *in = fopen("/proc/self/status", "r");
    char line[256];
    double kb = 0;
    while (in && fgets(line, sizeof line, in))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kb = atof(line + 6);
    if (in)
        fclose(in);
    return kb / 1024;
}

typedef struct writer {
    const mu_cuts *cuts;
    mu_trial *trial;
    mu_gate top;
    char (*names)[8]; /* by variable: "p17 ", then its length */
    FILE *out;
    long counts[MOST + 1];
    char line[MOST * 8];
} writer;

enum { LENGTH = 7 };

/* It breaks, and with any one given back it does not. */
static void try_set(const writer *w, const int *set, int count)
{
    mu_trial_set(w->trial, set, count, 0);
    MU_CHECK((mu_trial_fails(w->trial, w->top) & (mu_trial_given(count, 0) | 1)) == 1);
}

static bool write_set(void *self, const unsigned *variables, unsigned count)
{
    writer *w = self;
    int set[MOST];
    size_t len = 0;
    MU_CHECK(count <= MOST);
    for (unsigned i = 0; i < count; i++) {
        const char *name = w->names[variables[i]];
        set[i] = (int)mu_cuts_element(w->cuts, variables[i]);
        memcpy(w->line + len, name, LENGTH);
        len += (size_t)name[LENGTH];
    }
    try_set(w, set, (int)count);
    w->line[len - 1] = '\n';
    fwrite(w->line, 1, len, w->out);
    w->counts[count]++;
    return true;
}

static void name_all(const writer *w, int people)
{
    MU_CHECK(people < 100000);
    for (unsigned i = 0; i < (unsigned)people; i++)
        w->names[i][LENGTH] = (char)snprintf(w->names[i], LENGTH + 1, "p%u ", (unsigned)mu_cuts_element(w->cuts, i));
}

static void sets(const plan *p, unsigned order, const char *to)
{
    double start = seconds();
    mu_cuts *cuts = mu_cuts_new(p->s, order, 1 << 24);
    writer w = {.cuts = cuts, .trial = mu_trial_new(p->s), .names = calloc((size_t)p->people, sizeof *w.names), .top = p->names[p->people + p->gates - 1], .out = fopen(to, "w")};
    MU_CHECK(w.out && w.names);
    name_all(&w, p->people);
    mu_family family = mu_cuts_of(cuts, w.top);
    double built = seconds();
    MU_CHECK(!mu_families_full(mu_cuts_families(cuts)));
    mu_family_each(mu_cuts_families(cuts), family, write_set, &w);
    fclose(w.out);
    double end = seconds();
    long all = 0;
    for (int i = 0; i <= MOST; i++)
        all += w.counts[i];
    printf("{\"seconds\": %.6f, \"built\": %.6f, \"mb\": %.1f, \"nodes\": %zu, \"sets\": %ld}\n", end - start, built - start, peak_mb(),
           mu_families_nodes(mu_cuts_families(cuts)), all);
    mu_trial_free(w.trial);
    free(w.names);
    mu_cuts_free(cuts);
}

static void chance(const plan *p)
{
    double start = seconds(), *absent = calloc((size_t)p->people, sizeof *absent);
    MU_CHECK(absent);
    for (int i = 0; i < p->people; i++)
        absent[i] = 0.1;
    mu_diagrams *d = mu_diagrams_new(p->s, 1 << 24);
    double told = mu_diagrams_chance(d, p->names[p->people + p->gates - 1], absent), end = seconds();
    printf("{\"seconds\": %.6f, \"mb\": %.1f, \"nodes\": %zu, \"width\": %d, \"chance\": %.12g}\n", end - start, peak_mb(), mu_diagrams_nodes(d), mu_tree_width(p->s), told);
    mu_diagrams_free(d);
    free(absent);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    plan p = read_plan(argv[1]);
    if (strcmp(argv[2], "chance") == 0)
        chance(&p);
    else
        sets(&p, strcmp(argv[2], "all") == 0 ? MU_ALL_ORDERS : (unsigned)atoi(argv[2]), argv[3]);
    mu_structure_free(p.s);
    free(p.names);
    return 0;
}
