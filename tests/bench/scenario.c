/* bench/scenario [PLAN SCENARIO]: what telling costs, on one core: steps of stories a second, the price of a new run,
 * the price of loading. Prints figures; judges nothing. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "plan/schema.h"
#include "scenario/scenario.h"

static const char plan_text[] =
    "muster: 1\norganisation: {name: N, timezone: UTC}\nplan: {title: T}\npeople: {ana: {name: A}}\n"
    "roles: {ic: {holders: [ana]}}\nchannels: {phone: {kind: telephone}}\n";
static const char head[] = "exercise { title = 'b', starts = '2026-03-06 17:40', lasts = '4h' }\n"
                           "question 'q' { to = 'ic', asks = '?', answers = { 'yes: y', 'no: n' } }\n"
                           "inject 'i' { to = 'ic', says = 'x' }\n";
/* Forty asks with what a story does around them; the second keeps a table outside its story. */
static const char plain[] =
    "story 's' (function () for i = 1, 40 do wait '1m' local o = ask 'q' if o.yes or o.late then note 'n' end end end)";
static const char kept[] = "local seen = {} story 's' (function () for i = 1, 40 do wait '1m' local o = ask 'q' if "
                           "o.yes then seen[i] = true end note 'n' end end)";

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long play(mu_scenario *s)
{
    mu_teller t = mu_scenario_teller(s);
    const mu_msel *m = mu_scenario_msel(s);
    long steps = 0;
    t.restart(t.self);
    for (int i = 0; i < m->story_count; i++) {
        mu_outcome in = {0};
        mu_wish w = {0};
        for (const mu_outcome *p = NULL; w.verb < MU_SAYS_FINISH; p = &in, steps++) {
            t.step(t.self, i, p, &w);
            in = (mu_outcome){.number = 1, .took = 1000};
            in.answer =
                w.verb == MU_SAYS_ASK ? m->cards[w.card].answers[steps % m->cards[w.card].answer_count].id : NULL;
        }
    }
    return steps;
}

static void measure(const char *what, mu_scenario *s)
{
    mu_teller t = mu_scenario_teller(s);
    long steps = 0, runs = 0;
    double from = cpu(), to;
    for (; (to = cpu()) - from < 1; runs += 64)
        for (int i = 0; i < 64; i++)
            steps += play(s);
    double run = (to - from) / (double)runs, anew = 0;
    long restarts = 0;
    for (from = cpu(); (to = cpu()) - from < 0.5; restarts += 64)
        for (int i = 0; i < 64; i++)
            t.restart(t.self);
    anew = (to - from) / (double)restarts;
    printf("%-34s %6.2f M steps/s  %6.2f us a run of %ld steps  %5.2f us to begin a run\n", what,
           (double)steps / (run * (double)runs) / 1e6, run * 1e6, steps / runs, anew * 1e6);
}

static void bench(const char *what, const mu_tree *plan, mu_diags *diags, const char *text)
{
    mu_buf source = {0};
    mu_buf_puts(&source, head);
    mu_buf_puts(&source, text);
    mu_scenario *s =
        mu_scenario_run_script(mu_script_read_bytes("bench.lua", source.text, source.len, diags), plan, diags);
    if (s)
        measure(what, s);
    mu_scenario_free(s);
    mu_buf_free(&source);
}

int main(int argc, char **argv)
{
    mu_diags *diags = mu_diags_new();
    mu_tree *plan =
        argc > 2 ? mu_tree_read(argv[1], diags) : mu_tree_read_bytes("plan", plan_text, sizeof plan_text - 1, diags);
    mu_schema_read(plan, diags);
    if (argc > 2) {
        double from = cpu();
        long loads = 0;
        for (; cpu() - from < 0.5; loads++)
            mu_scenario_free(mu_scenario_load(argv[2], plan, diags));
        printf("%-34s %6.0f us to load\n", argv[2], (cpu() - from) / (double)loads * 1e6);
        mu_scenario *s = mu_scenario_load(argv[2], plan, diags);
        if (s)
            measure(argv[2], s);
        mu_scenario_free(s);
    } else {
        bench("nothing kept between runs", plan, diags, plain);
        bench("a table kept: the top runs again", plan, diags, kept);
    }
    mu_buf out = {0};
    mu_diags_show(&out, diags, (mu_look){false});
    fputs(out.text ? out.text : "", stderr);
    mu_buf_free(&out);
    mu_tree_free(plan);
    mu_diags_free(diags);
    return 0;
}
