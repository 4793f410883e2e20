/* bench/resume ROUNDS: a drill of 720 events for each round is written to a journal, which is then cut after ten
 * elevenths of its lines and taken up again: read, compared event by event, and written to its end. CPU seconds of the three;
 * fails where the bytes are not those of the drill that was never cut. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "participants/standin.h"
#include "plan/schema.h"
#include "scenario/scenario.h"

static const char plan_text[] =
    "muster: 1\norganisation: {name: Bench, timezone: UTC}\nplan: {title: Bench}\npeople:\n"
    "  p0: {name: P, hours: 24x7, reach: [{via: pager, address: p0}]}\n"
    "  p1: {name: P, hours: 24x7, reach: [{via: pager, address: p1}]}\n"
    "roles: {r0: {holders: [p0, p1]}, r1: {holders: [p1, p0]}}\nchannels: {pager: {kind: push}}\n";

static const char scenario_text[] =
    "exercise { title = 'long', starts = '2026-07-10 08:00', lasts = '300d' }\n"
    "question 'a' { to = 'r0', asks = '?', answers = { 'yes: Yes', 'no: No' }, within = '10m' }\n"
    "question 'b' { to = 'r1', asks = '?', answers = { 'yes: Yes', 'no: No' }, within = '5m' }\n"
    "for i = 1, 40 do\n"
    "  story('story ' .. i) (function ()\n"
    "    for round = 1, %ld do\n"
    "      wait '6m'\n"
    "      if ask('a').silence then ask 'b' end\n"
    "    end\n"
    "  end)\n"
    "end\n";

typedef struct setting {
    mu_diags *diags;
    mu_tree *plan;
    mu_scenario *scenario;
    mu_assumptions *assumptions;
    char path[64];
} setting;

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(4);
}

static void load(setting *s, long rounds)
{
    mu_buf text = {0};
    mu_buf_printf(&text, scenario_text, rounds);
    s->diags = mu_diags_new();
    s->plan = mu_tree_read_bytes("plan.yaml", plan_text, sizeof plan_text - 1, s->diags);
    mu_schema_read(s->plan, s->diags);
    s->scenario = mu_scenario_run_script(mu_script_read_bytes("long.lua", text.text, text.len, s->diags), s->plan, s->diags);
    s->assumptions = mu_assumptions_read(NULL, s->plan, s->diags);
    mu_buf_free(&text);
    if (!s->scenario || mu_diags_count(s->diags, MU_ERROR))
        fail("the scenario has errors");
}

/* Plays to the end into the journal's file, as a drill without people does. Returns how many events there are. */
static size_t play(const setting *s, mu_journal *j)
{
    const mu_msel *m = mu_scenario_msel(s->scenario);
    mu_run_options o = {.seed = 1, .starts_local = m->starts, .mode = "model", .engine = "bench", .assumptions = ""};
    mu_run *r = mu_run_new(s->plan, m, mu_scenario_teller(s->scenario), j, &o);
    mu_standin *people = mu_standin_new(r, j, s->assumptions, 1);
    if (!mu_run_start(r))
        fail("the scenario could not be started");
    while (!mu_run_over(r)) {
        int64_t engine = mu_run_advance(r, mu_run_now(r)), theirs = mu_standin_next(people), next = engine < theirs ? engine : theirs;
        (void)mu_run_advance(r, next);
        mu_standin_act(people, next);
        if (mu_journal_differs(j, NULL) || mu_journal_flush(j, false) != MU_WRITTEN)
            fail("the journal differs, or cannot be written");
    }
    (void)mu_journal_flush(j, true);
    size_t count = mu_journal_count(j);
    mu_standin_free(people);
    mu_run_free(r);
    mu_journal_free(j);
    return count;
}

static void slurp(const char *path, mu_buf *out)
{
    char block[1 << 16];
    FILE *f = fopen(path, "rb");
    for (size_t n; f && (n = fread(block, 1, sizeof block, f)) > 0;)
        mu_buf_add(out, block, n);
    if (!f || fclose(f) != 0)
        fail("the journal cannot be read");
}

static long cut(const mu_buf *bytes, size_t lines, const char *path)
{
    size_t at = 0;
    for (size_t n = 0; n < lines; n++)
        at = (size_t)((const char *)memchr(bytes->text + at, '\n', bytes->len - at) - bytes->text) + 1;
    if (truncate(path, (off_t)at) != 0)
        fail("the journal cannot be cut");
    return (long)lines;
}

int main(int argc, char **argv)
{
    setting s = {.path = "/tmp/muster-bench-XXXXXX"};
    const char *why = "";
    mu_buf whole = {0}, again = {0};
    mu_reading reading;
    load(&s, argc > 1 ? atol(argv[1]) : 250);
    if (!mkdtemp(s.path))
        fail("no folder for the journal");
    strcat(s.path, "/journal");
    double from = cpu();
    mu_journal *j = mu_journal_new();
    if (!mu_journal_create(j, s.path, &why))
        fail(why);
    size_t events = play(&s, j);
    double ran = cpu();
    slurp(s.path, &whole);
    long kept = cut(&whole, events * 10 / 11, s.path);
    double begun = cpu();
    mu_journal *recorded = mu_journal_read(s.path, &reading);
    double read = cpu();
    j = mu_journal_new();
    if (!mu_journal_resume(j, s.path, recorded, &reading, &why))
        fail(why);
    (void)play(&s, j);
    double resumed = cpu();
    mu_journal_free(recorded);
    slurp(s.path, &again);
    if (again.len != whole.len || memcmp(again.text, whole.text, whole.len) != 0)
        fail("the resumed journal is another");
    remove(s.path);
    *strrchr(s.path, '/') = '\0';
    rmdir(s.path);
    printf("events %zu kept %ld run %.4f read %.4f resume %.4f\n", events, kept, ran - from, read - begun, resumed - begun);
    mu_buf_free(&whole);
    mu_buf_free(&again);
    mu_assumptions_free(s.assumptions);
    mu_scenario_free(s.scenario);
    mu_tree_free(s.plan);
    mu_diags_free(s.diags);
    return 0;
}
