/* bench/exercise N [SEED] [engine|c]: N exercises of one workload, in the whole engine with its cage, or in bare C; CPU time
 * and what happened on average. Twelve roles, each absent in one of ten exercises; forty injects, one every six minutes;
 * each is put to a role (10 min), then its backup (5 min), then the commander (5 min); where somebody is absent the time
 * passes all the same. In bare C the time to an answer is lognormal with median 300 s and sigma 0.8; the stand-ins' pace has
 * straight lines between three points, laid so that as many answer within five and within ten minutes; their latency is 11 s longer by that. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/draw.h"
#include "participants/standin.h"
#include "plan/schema.h"
#include "scenario/scenario.h"

enum { ROLES = 12, INJECTS = 40 };

typedef struct tally {
    long answers, silences, gaps, events;
    double latency; /* seconds from an inject to its answer, in all */
} tally;

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- in the engine ---- */

static void plan_text(mu_buf *b)
{
    mu_buf_puts(b, "muster: 1\norganisation: {name: Bench, timezone: UTC}\nplan: {title: Bench}\npeople:\n");
    for (int i = 0; i < ROLES; i++)
        mu_buf_printf(b, "  p%d: {name: P, hours: 24x7, reach: [{via: pager, address: p%d}]}\n", i, i);
    mu_buf_puts(b, "roles:\n");
    for (int i = 0; i < ROLES; i++)
        mu_buf_printf(b, "  r%d: {holders: [p%d]}\n", i, i);
    mu_buf_puts(b, "channels: {pager: {kind: push}}\n");
}

static const char scenario_text[] =
    "exercise { title = 'bench', starts = '2026-07-10 08:00', lasts = '12h' }\n"
    "for i = 0, 11 do\n"
    "  question('a' .. i) { to = 'r' .. i, asks = '?', answers = { 'yes: Yes', 'no: No' }, within = '10m' }\n"
    "  question('b' .. i) { to = 'r' .. i, asks = '?', answers = { 'yes: Yes', 'no: No' }, within = '5m' }\n"
    "end\n"
    "local function silent(question, window)\n"
    "  local order = ask(question)\n"
    "  if not order.silence then return false end\n"
    "  if order.took == 0 then wait(window) end\n"
    "  return true\n"
    "end\n"
    "for i = 0, 39 do\n"
    "  local role = (5 * i + 1) % 12\n"
    "  local first, second, at = 'a' .. role, 'b' .. (role + 1) % 12, 6 * i .. 'm'\n"
    "  story('inject ' .. i) (function ()\n"
    "    wait(at)\n"
    "    if silent(first, '10m') and silent(second, '5m') and silent('b0', '5m') then note 'gap' end\n"
    "  end)\n"
    "end\n";

static const char assume_text[] = "muster_assumptions: 1\nat_once: yes\ndefaults:\n"
                                  "  answer: {fast: 107s, usual: 300s, slow: 691s, never: 0, origin: asked}\n";

static char *write_temporary(const char *suffix, const char *text)
{
    static char paths[3][64];
    static int n;
    char *path = paths[n++];
    snprintf(path, 64, "/tmp/muster-bench-XXXXXX%s", suffix);
    int fd = mkstemps(path, (int)strlen(suffix));
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!f || fputs(text, f) < 0 || fclose(f) != 0) {
        perror("bench");
        exit(4);
    }
    return path;
}

typedef struct room {
    const mu_msel *msel;
    mu_journal *journal;
    mu_run *run;
    mu_standin *people;
    uint64_t absent[ROLES]; /* purposes */
} room;

/* A story that ends took 6 min times its number to its inject, and from there the latency, or 20 min where nobody answered. */
static void saw(void *self, const mu_event *e)
{
    tally *t = self;
    if (e->kind == EV_PROMPT_ANSWERED)
        t->answers++;
    else if (e->kind == EV_PROMPT_SILENT)
        t->silences += e->arg[3] == 0; /* nobody was left of a card */
    else if (e->kind == EV_STORY_ENDED)
        t->latency += (double)e->t / 1000;
    else
        t->gaps++;
}

static const bool watched[EV_KINDS] = {[EV_PROMPT_ANSWERED] = true, [EV_PROMPT_SILENT] = true, [EV_STORY_ENDED] = true, [EV_NOTE] = true};

static void begin(room *g, const mu_tree *plan, mu_scenario *s, const mu_assumptions *a, const mu_run_options *o, tally *t)
{
    mu_journal_clear(g->journal);
    if (g->run) {
        mu_run_again(g->run, o);
        mu_standin_again(g->people, o->seed);
        return;
    }
    g->run = mu_run_new(plan, g->msel, mu_scenario_teller(s), g->journal, o);
    g->people = mu_standin_new(g->run, g->journal, a, o->seed);
    mu_run_watch(g->run, (mu_watcher){saw, t, watched});
}

static void one_run(room *g, const mu_tree *plan, mu_scenario *s, const mu_assumptions *a, uint64_t seed, tally *t)
{
    static const char *const names[] = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11"};
    const char *away[ROLES];
    int gone = 0;
    for (int i = 0; i < ROLES; i++)
        if (mu_draw_below(seed, g->absent[i], 0, 10) == 0)
            away[gone++] = names[i];
    mu_run_options o = {.seed = seed, .starts_local = g->msel->starts, .mode = "model", .away = {away, gone}, .engine = "bench", .assumptions = ""};
    begin(g, plan, s, a, &o, t);
    (void)mu_run_start(g->run);
    while (!mu_run_over(g->run)) {
        int64_t engine = mu_run_advance(g->run, mu_run_now(g->run)), theirs = mu_standin_next(g->people), next = engine < theirs ? engine : theirs;
        (void)mu_run_advance(g->run, next);
        mu_standin_act(g->people, next);
    }
    t->events += (long)mu_journal_count(g->journal);
}

static double in_engine(long runs, uint64_t seed, tally *t)
{
    mu_buf plan = {0};
    plan_text(&plan);
    mu_diags *d = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("bench.yaml", plan.text, plan.len, d);
    mu_schema_read(tree, d);
    char *scenario = write_temporary(".lua", scenario_text), *assume = write_temporary(".yaml", assume_text);
    mu_scenario *s = mu_scenario_load(scenario, tree, d);
    mu_assumptions *a = mu_assumptions_read(assume, tree, d);
    if (mu_diags_count(d, MU_ERROR)) {
        mu_buf out = {0};
        mu_diags_show(&out, d, (mu_look){false});
        fputs(out.text, stderr);
        exit(3);
    }
    room g = {.msel = mu_scenario_msel(s), .journal = mu_journal_new()};
    for (int i = 0; i < ROLES; i++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", i);
        g.absent[i] = mu_purpose("absent", name);
    }
    double from = cpu();
    for (long i = 0; i < runs; i++)
        one_run(&g, tree, s, a, seed + (uint64_t)i, t);
    t->latency -= (double)runs * INJECTS * (INJECTS - 1) / 2 * 360 + (double)t->gaps * 1200;
    double took = cpu() - from;
    remove(scenario);
    remove(assume);
    mu_standin_free(g.people);
    mu_run_free(g.run);
    mu_journal_free(g.journal);
    mu_assumptions_free(a);
    mu_scenario_free(s);
    mu_tree_free(tree);
    mu_diags_free(d);
    mu_buf_free(&plan);
    return took;
}

/* ---- in bare C: a heap, the answer and the deadline both in it, the loser ignored ---- */

typedef struct pending {
    double t;
    int kind, inject, stage;
} pending;

static pending heap[4096];
static int heap_count;
static uint64_t state;

static double uniform(void) /* splitmix64 */
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

/* Two at a time by the polar method: the second is kept. */
static double normal(void)
{
    static double spare;
    static bool kept;
    double u, v, q;
    if ((kept = !kept) == false)
        return spare;
    do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        q = u * u + v * v;
    } while (q >= 1 || q == 0);
    double m = sqrt(-2 * log(q) / q);
    spare = v * m;
    return u * m;
}

static double lognormal(void)
{
    return exp(5.703782474656201 + 0.8 * normal());
}

static void push(pending p)
{
    int i = heap_count++;
    for (; i > 0 && p.t < heap[(i - 1) / 2].t; i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
    heap[i] = p;
}

static pending pop(void)
{
    pending top = heap[0], last = heap[--heap_count];
    int i = 0;
    for (int c; (c = 2 * i + 1) < heap_count; i = c) {
        c += c + 1 < heap_count && heap[c + 1].t < heap[c].t;
        if (heap[c].t >= last.t)
            break;
        heap[i] = heap[c];
    }
    heap[i] = last;
    return top;
}

static void ask(double now, int inject, int stage, const bool *absent)
{
    static const double windows[] = {600, 300, 300};
    int role = (5 * inject + 1) % ROLES, who = stage == 0 ? role : stage == 1 ? (role + 1) % ROLES : 0;
    if (!absent[who])
        push((pending){now + lognormal(), 1, inject, stage});
    push((pending){now + windows[stage], 2, inject, stage});
}

static void bare_run(tally *t)
{
    bool absent[ROLES];
    int stages[INJECTS] = {0};
    for (int i = 0; i < ROLES; i++)
        absent[i] = uniform() < 0.1;
    for (int i = 0; i < INJECTS; i++)
        push((pending){360.0 * i, 0, i, 0});
    while (heap_count) {
        pending p = pop();
        if (p.stage != stages[p.inject])
            continue;
        if (p.kind == 0) {
            ask(p.t, p.inject, 0, absent);
        } else if (p.kind == 1) {
            stages[p.inject] = -1;
            t->answers++;
            t->latency += p.t - 360.0 * p.inject;
        } else {
            t->silences++;
            stages[p.inject] = p.stage < 2 ? p.stage + 1 : -1;
            t->gaps += p.stage == 2;
            if (p.stage < 2)
                ask(p.t, p.inject, p.stage + 1, absent);
        }
    }
}

static double in_c(long runs, uint64_t seed, tally *t)
{
    double from = cpu();
    state = seed;
    for (long i = 0; i < runs; i++)
        bare_run(t);
    return cpu() - from;
}

int main(int argc, char **argv)
{
    long runs = argc > 1 ? atol(argv[1]) : 1000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    bool bare = argc > 3 && strcmp(argv[3], "c") == 0;
    tally t = {0};
    double took = bare ? in_c(runs, seed, &t) : in_engine(runs, seed, &t);
    double n = (double)runs;
    printf("%s us %.3f answers %.2f silences %.2f gaps %.3f latency %.1f events %.1f joined %d\n", bare ? "c" : "engine", took * 1e6 / n, (double)t.answers / n,
           (double)t.silences / n, (double)t.gaps / n, t.latency / (double)(t.answers ? t.answers : 1), (double)t.events / n, JOINED);
    return 0;
}
