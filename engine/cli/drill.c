#include "cli/drill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "plan/schema.h"

static int load_rest(mu_drill *d, const char *scenario, const char *assume)
{
    if (mu_diags_count(d->diags, MU_ERROR) == 0)
        d->scenario = mu_worker_load(scenario, d->plan, d->diags);
    if (d->scenario) {
        d->msel = mu_scenario_msel(d->scenario);
        d->assumptions = mu_assumptions_read(assume, d->plan, d->diags);
    }
    return mu_diags_count(d->diags, MU_ERROR) || !d->scenario ? 3 : 0;
}

static bool is_lua(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".lua") == 0;
}

int mu_drill_load(mu_drill *d, const char *plan, const char *scenario, const char *assume)
{
    d->diags = mu_diags_new();
    d->plan = mu_tree_read(plan, d->diags);
    mu_schema_read_legible(d->plan, d->diags);
    int status = load_rest(d, scenario, assume);
    mu_say_diags(d->diags);
    if (status && is_lua(plan) && !is_lua(scenario))
        fprintf(stderr, "muster: the plan comes first, and then the scenario: %s %s\n", scenario, plan);
    return status;
}

int mu_drill_load_with(mu_drill *d, mu_tree *plan, const char *scenario, const char *assume)
{
    d->diags = mu_diags_new();
    d->plan = plan;
    int status = load_rest(d, scenario, assume);
    if (status)
        mu_say_diags(d->diags);
    return status;
}

void mu_drill_make(mu_drill *d, mu_journal *journal)
{
    d->journal = journal;
    d->options.engine = MU_VERSION;
    d->options.assumptions = mu_assumptions_hash(d->assumptions);
    d->options.assumed_count = mu_assumptions_list(d->assumptions, mu_diags_arena(d->diags), &d->options.assumed);
    if (!d->worker)
        d->worker = mu_worker_open(d->scenario);
    if (!d->teller.step)
        d->teller = mu_worker_teller(d->worker);
    d->run = mu_run_new(d->plan, d->msel, d->teller, journal, &d->options);
    d->standin = mu_standin_new(d->run, journal, d->assumptions, d->options.seed);
}

void mu_drill_unmake(mu_drill *d)
{
    mu_standin_free(d->standin);
    mu_run_free(d->run);
    mu_journal_free(d->journal);
    d->standin = NULL;
    d->run = NULL;
    d->journal = NULL;
}

void mu_drill_free(mu_drill *d)
{
    mu_drill_unmake(d);
    if (d->worker)
        mu_worker_close(d->worker);
    mu_assumptions_free(d->assumptions);
    mu_scenario_free(d->scenario);
    mu_tree_free(d->plan);
    mu_diags_free(d->diags);
    *d = (mu_drill){0};
}

bool mu_drill_start(mu_drill *d)
{
    bool ok = mu_run_start(d->run);
    if (!ok)
        fputs("muster: the scenario could not be started: its worker process could not be made, or was stopped at once\n", stderr);
    return ok;
}

bool mu_drill_differs(const mu_drill *d)
{
    const char *what;
    size_t n = mu_journal_differs(d->journal, &what);
    bool lost = n && d->worker && mu_worker_pid(d->worker) < 0 && strstr(what, MU_TELLER_LOST);
    if (lost)
        fprintf(stderr, "muster: the process that tells the stories was stopped while what is on record was played again, at record %zu. Nothing of it was changed: take the drill up once more\n", n);
    else if (n)
        fprintf(stderr, "muster: the recorded drill belongs to something else: it differs at record %zu %s\n", n, what);
    if (n && (strstr(what, "\"run.pinned\"") || strstr(what, "\"run.option\"")))
        fputs("  = help: a drill goes on with what it began with: name the same plan and scenario, copies of which stand in its folder under inputs/, and leave the other options out\n", stderr);
    return n != 0;
}

int mu_drill_failures(const mu_drill *d)
{
    int count = 0;
    for (size_t n = 1; n <= mu_journal_count(d->journal); n++) {
        const mu_event *e = mu_journal_event(d->journal, n);
        if (e->kind != EV_STORY_FAILED)
            continue;
        count++;
        const char *story = mu_journal_text(d->journal, e, "story") + strlen("story:"), *why = mu_journal_text(d->journal, e, "why");
        mu_buf out = {0};
        mu_buf_puts(&out, "muster: the story \"");
        mu_buf_safe(&out, story, strlen(story), 80);
        mu_buf_printf(&out, "\" has failed (record %zu): ", n);
        mu_buf_safe(&out, why, strlen(why), 300);
        fprintf(stderr, "%s. Cards with a time of their own still came.\n", out.text);
        mu_buf_free(&out);
    }
    return count;
}

int64_t mu_drill_next(mu_drill *d)
{
    if (mu_run_over(d->run))
        return MU_NEVER;
    int64_t engine = mu_run_advance(d->run, mu_run_now(d->run)), people = mu_standin_next(d->standin);
    return engine < people ? engine : people;
}

void mu_drill_until(mu_drill *d, int64_t t)
{
    for (int64_t next; (next = mu_drill_next(d)) != MU_NEVER && next <= t;) {
        (void)mu_run_advance(d->run, next);
        mu_standin_act(d->standin, next);
    }
    if (t != MU_NEVER && !mu_run_over(d->run))
        (void)mu_run_advance(d->run, t);
}

static void post_again(mu_drill *d, const mu_journal *recorded, const mu_event *e)
{
    const char *fields[8];
    static const char *const keys[] = {"seat", "role", "person", "verb", "object", "choice", "via", "text"};
    for (int i = 0; i < 8; i++) {
        fields[i] = mu_journal_text(recorded, e, keys[i]);
        fields[i] = *fields[i] ? fields[i] : NULL;
    }
    const char *id = mu_journal_text(recorded, e, "id");
    mu_act a = {.seat = fields[0], .role = fields[1], .person = fields[2], .verb = fields[3], .object = fields[4], .choice = fields[5],
                .via = fields[6], .text = fields[7], .sure = (int)mu_journal_value(recorded, e, "sure"), .id = *id ? id : NULL};
    (void)mu_run_post(d->run, e->t, &a);
}

void mu_drill_replay_acts(mu_drill *d, const mu_journal *recorded, bool standins_too)
{
    for (size_t n = 1; n <= mu_journal_count(recorded); n++) {
        const mu_event *e = mu_journal_event(recorded, n);
        if (e->kind != EV_ACT || (!standins_too && strcmp(mu_journal_text(recorded, e, "seat"), "stand-in") == 0))
            continue;
        if (standins_too)
            (void)mu_run_advance(d->run, e->t);
        else
            mu_drill_until(d, e->t);
        post_again(d, recorded, e);
    }
}
