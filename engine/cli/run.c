/* muster run: a drill from STARTEX to ENDEX. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "cli/command.h"
#include "cli/drill.h"
#include "cli/opening.h"
#include "cli/play.h"
#include "cli/progress.h"
#include "cli/report.h"

typedef struct options {
    mu_opening opening;
    const char *play[MU_OPENING_NAMES];
    int play_count;
    const char *clock, *speed; /* as they were named, or NULL */
    bool steps;
    mu_gate gate;
} options;

/* Which option does nothing in a drill with these people and this clock. */
static void say_idle(const options *o, bool people, bool steps)
{
    if (!people && (o->clock || o->speed))
        fprintf(stderr, "muster: --%s does nothing here: it is for a drill with people (--play); without them nobody is asked, and it runs at once\n", o->clock ? "clock" : "speed");
    else if (steps && o->speed)
        fputs("muster: --speed does nothing here: in steps no clock runs\n", stderr);
    else if (steps && !o->steps && o->clock)
        fputs("muster: --clock wall does nothing here: the drill was begun in steps, and goes on so\n", stderr);
}

static int read_options(int argc, char **argv, options *o)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    o->clock = mu_arg(&args, "clock");
    o->speed = mu_arg(&args, "speed");
    o->steps = o->clock && strcmp(o->clock, "steps") == 0;
    o->gate.baseline = mu_arg(&args, "baseline");
    MU_CHECK(mu_weight_read(mu_arg_or(&args, "fail-on", "critical"), &o->gate.fail_on));
    const char *wrong = mu_opening_options(&args, &o->opening);
    if (!wrong && !mu_opening_names(&args, "play", o->play, &o->play_count))
        wrong = "no more than 64 names can be given";
    if (!wrong && mu_arg(&args, "play") && !o->play_count)
        wrong = "--play names nobody: name roles of the plan, as --play incident_commander,legal_counsel";
    if (!wrong && o->opening.functional && (!o->play_count || o->steps) && !o->opening.resume)
        wrong = o->steps ? "--functional is with the clock as it runs, without --clock steps" : "--functional is with people: name roles with --play";
    return wrong ? mu_args_wrong(&args, wrong) : MU_GO_ON;
}

static int journal_failed(mu_journal *j)
{
    fprintf(stderr, "muster: the journal cannot be written: %s. What was written before is on disk; --resume goes on from there.\n", mu_journal_failure(j));
    return 4;
}

static void say_how_far(mu_progress *p, const mu_drill *d)
{
    int64_t now = mu_run_now(d->run), last = d->msel->lasts;
    char text[100];
    snprintf(text, sizeof text, "%d:%02d of %d:%02d hours of the exercise, %zu events", (int)(now / 3600000), (int)(now / 60000 % 60), (int)(last / 3600000),
             (int)(last / 60000 % 60), mu_journal_count(d->journal));
    mu_progress_show(p, text);
}

/* Nobody is shown anything before the end, so one sync at the end is enough; what is written before is sound all the same. */
static int play_on(mu_drill *d, mu_progress *progress)
{
    if (!mu_drill_start(d))
        return 4;
    for (int64_t next;;) {
        if (mu_drill_differs(d))
            return 5;
        if (mu_journal_flush(d->journal, false) != MU_WRITTEN)
            return journal_failed(d->journal);
        if ((next = mu_drill_next(d)) == MU_NEVER)
            break;
        mu_drill_until(d, next);
        if (mu_progress_due(progress, mu_progress_clock()))
            say_how_far(progress, d);
    }
    return mu_journal_flush(d->journal, true) == MU_WRITTEN ? 0 : journal_failed(d->journal);
}

static int play(mu_drill *d)
{
    mu_progress progress;
    mu_progress_begin(&progress, stderr, mu_progress_clock());
    int status = play_on(d, &progress);
    mu_progress_end(&progress);
    return status;
}

static void set_options(mu_drill *d, const options *o, const mu_journal *recorded, mu_recorded *was)
{
    mu_opening_set(d, &o->opening, recorded, was);
    if (o->play_count) {
        d->options.play = (mu_names_list){o->play, o->play_count};
        d->options.mode = o->opening.functional || strcmp(d->options.mode, "functional") == 0 ? "functional" : "facilitated";
        d->options.facilitator = true;
    }
    if (o->steps && d->options.play.count)
        d->options.clock = "steps";
}

/* A new drill keeps its inputs first and begins its journal then; one that never came so far is begun anew. */
static int open_folder(mu_drill *d, options *o, const mu_journal *recorded, const mu_reading *reading)
{
    if (o->opening.resume)
        return mu_opening_go_on(d, &o->opening, recorded, reading);
    int status = mu_opening_keep(d, &o->opening);
    return status ? status : mu_opening_begin(d, &o->opening);
}

static void never_begun(mu_opening *o)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/journal.jsonl", o->out);
    if (!o->resume || access(path, F_OK) == 0 || !mu_inputs_begun(o->out))
        return;
    fputs("muster: no record of this drill is whole: it begins anew, with the options that are named now\n", stderr);
    o->resume = false;
}

/* A story that failed: what was played is on record, and is not what the scenario meant to try. */
static int in_vain(const mu_drill *d, int status)
{
    if (status > 1 || !mu_drill_failures(d))
        return status;
    fputs("muster: the drill did not try all that its scenario meant to. Journal and report are written; mend the story, and run it again.\n", stderr);
    return 3;
}

int mu_cmd_run(int argc, char **argv)
{
    options o = {.clock = NULL};
    mu_drill d = {0};
    mu_journal *recorded = NULL;
    mu_recorded was;
    mu_reading reading = {.soundness = MU_SOUND};
    int status = read_options(argc, argv, &o);
    if (status != MU_GO_ON)
        return status;
    never_begun(&o.opening);
    status = mu_drill_load(&d, o.opening.plan, o.opening.scenario, o.opening.assume);
    if (!status && o.opening.resume)
        status = mu_opening_read(&o.opening, &recorded, &reading);
    if (!status) {
        set_options(&d, &o, recorded, &was);
        say_idle(&o, d.options.play.count > 0, d.options.clock != NULL); /* a drill that is taken up is as it was begun */
        status = mu_opening_make(&d);
    }
    if (!status)
        status = open_folder(&d, &o, recorded, &reading);
    bool left = false;
    mu_play_options how = {.rate = o.opening.rate, .steps = d.options.clock != NULL};
    if (!status)
        status = d.options.play.count ? mu_play(&d, recorded, &how, &left) : play(&d);
    if (left)
        mu_opening_say_resume(&o.opening, "run");
    if (!status)
        status = in_vain(&d, mu_report_folder(o.opening.out, d.plan, d.journal, d.options.starts_local, &o.gate));
    mu_drill_free(&d);
    mu_journal_free(recorded);
    return status;
}
