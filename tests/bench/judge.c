/* bench/judge PEOPLE [ROUNDS]: what it takes to judge a made-up plan of so many people, beside reading it, in turn; the medians
 * of the CPU time in microseconds; a name of a file instead of PEOPLE: of that plan. `judge PEOPLE rules`: what each rule takes. `judge PEOPLE plan`: the plan itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../analysis/large.h"
#include "analysis/judge.h"
#include "analysis/weigh.h"
#include "plan/schema.h"

enum { ROUNDS_MOST = 1000, FILE_MOST = 2 << 20 };
static const int64_t now = 1783684800000; /* 2026-07-10 12:00 */
static const mu_scenes none = {NULL, 0};

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static mu_tree *read_plan(const mu_buf *plan, mu_diags *d)
{
    mu_tree *tree = mu_tree_read_bytes("large.yaml", plan->text, plan->len, d);
    mu_schema_read(tree, d);
    if (mu_diags_count(d, MU_ERROR)) {
        mu_buf out = {0};
        mu_diags_show(&out, d, (mu_look){false});
        fprintf(stderr, "%s\nbench: the plan has errors\n", out.text);
        exit(3);
    }
    return tree;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *list, int count)
{
    qsort(list, (size_t)count, sizeof *list, by_size);
    return list[count / 2];
}

static void whole(const mu_buf *plan, int rounds)
{
    static double reading[ROUNDS_MOST], judging[ROUNDS_MOST];
    size_t findings = 0;
    for (int i = 0; i < rounds; i++) {
        double from = cpu();
        mu_diags *d = mu_diags_new();
        mu_tree *tree = read_plan(plan, d);
        double read = cpu();
        mu_arena *arena = mu_arena_new();
        findings = mu_judge_paper(tree, &none, now, arena).count;
        judging[i] = cpu() - read;
        reading[i] = read - from;
        mu_arena_free(arena);
        mu_tree_free(tree);
        mu_diags_free(d);
    }
    printf("bytes %zu findings %zu read %.0f judge %.0f\n", plan->len, findings, median(reading, rounds) * 1e6, median(judging, rounds) * 1e6);
}

static void rules(const mu_buf *plan)
{
    mu_diags *d = mu_diags_new();
    mu_tree *tree = read_plan(plan, d);
    mu_arena *arena = mu_arena_new();
    mu_judge j = {.root = mu_tree_root(tree), .scenes = &none, .now = now, .arena = arena, .orders = mu_orders_new(arena)};
    double from = cpu();
    for (size_t t = 0; mu_paper_rules[t]; t++)
        for (const mu_rule *r = mu_paper_rules[t]; r->gap; r++) {
            r->judge(&j);
            printf("%s %.0f ", r->gap, (cpu() - from) * 1e6);
            from = cpu();
        }
    mu_weigh(&j);
    printf("weigh %.0f\n", (cpu() - from) * 1e6);
    mu_arena_free(arena);
    mu_tree_free(tree);
    mu_diags_free(d);
}

int main(int argc, char **argv)
{
    mu_buf plan = {0};
    mu_chance chance = {1, 0};
    int people = argc > 1 ? atoi(argv[1]) : 0;
    const char *what = argc > 2 ? argv[2] : "9";
    int rounds = atoi(what);
    bool words = strcmp(what, "rules") == 0 || strcmp(what, "plan") == 0;
    bool made = people > 0 || argc < 2;
    if ((made && people < 3) || (!words && (rounds < 1 || rounds > ROUNDS_MOST))) {
        fputs("usage: bench-judge PEOPLE|FILE [ROUNDS|rules|plan]\n", stderr);
        return 2;
    }
    if (made)
        mu_large_plan(&plan, &chance, (size_t)people);
    else if (!mu_buf_read(&plan, argv[1], FILE_MOST)) {
        perror(argv[1]);
        return 2;
    }
    if (!words)
        whole(&plan, rounds);
    else if (strcmp(what, "rules") == 0)
        rules(&plan);
    else
        fputs(plan.text, stdout);
    mu_buf_free(&plan);
    return 0;
}
