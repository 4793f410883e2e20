/* muster run: a drill from STARTEX to ENDEX. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "cli/command.h"
#include "cli/drill.h"
#include "cli/play.h"
#include "cli/progress.h"
#include "cli/recorded.h"
#include "cli/report.h"
#include "plan/schema.h"

enum { NAMES = 64 };

typedef struct options {
    const char *plan, *scenario, *out, *assume, *start;
    const char *away[NAMES], *down[NAMES], *play[NAMES];
    int away_count, down_count, play_count;
    mu_play_options how;
    uint64_t seed;
    int64_t starts; /* with `start` */
    bool seeded, resume;
    mu_gate gate;
} options;

/* "incident_commander,legal" as names of their own. */
static bool add_names(char *text, const char **list, int *count)
{
    for (char *p = strtok(text, ","); p; p = strtok(NULL, ",")) {
        if (*count == NAMES)
            return false;
        list[(*count)++] = p;
    }
    return true;
}

static bool read_seed(const char *text, uint64_t *seed)
{
    char *end;
    errno = 0;
    *seed = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0;
}

static bool read_speed(const char *text, int64_t *rate)
{
    char *end;
    double times = strtod(text, &end);
    *rate = (int64_t)(times * 1000 + 0.5);
    return !*end && times >= 0.01 && times <= 10000;
}

static bool read_names(const mu_args *args, const char *option, const char **list, int *count)
{
    int at = 0;
    for (char *value; (value = mu_arg_next(args, option, &at));)
        if (!add_names(value, list, count))
            return false;
    return true;
}

static const char *wrong_value(const mu_args *args, options *o)
{
    const char *seed = mu_arg(args, "seed"), *speed = mu_arg(args, "speed");
    o->seeded = seed != NULL;
    if (seed && !read_seed(seed, &o->seed))
        return "--seed takes a whole number, 18446744073709551615 at the most";
    if (speed && !read_speed(speed, &o->how.rate))
        return "--speed takes how many times as fast as the wall clock: 0.01 to 10000";
    if (o->start && !mu_time_read(o->start, &o->starts))
        return "--start takes a date and a time: \"2026-07-10 17:40\"";
    if (!read_names(args, "away", o->away, &o->away_count) || !read_names(args, "down", o->down, &o->down_count) || !read_names(args, "play", o->play, &o->play_count))
        return "no more than 64 names can be given";
    return NULL;
}

static int read_options(int argc, char **argv, options *o)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    *o = (options){.how = {.rate = 1000, .steps = strcmp(mu_arg_or(&args, "clock", "wall"), "steps") == 0}};
    o->plan = args.operands[0];
    o->scenario = args.operands[1];
    o->out = mu_arg(&args, "out");
    o->start = mu_arg(&args, "start");
    o->assume = mu_arg(&args, "assume");
    o->resume = mu_arg(&args, "resume") != NULL;
    o->gate.baseline = mu_arg(&args, "baseline");
    MU_CHECK(mu_weight_read(mu_arg_or(&args, "fail-on", "critical"), &o->gate.fail_on));
    const char *wrong = wrong_value(&args, o);
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

/* A new drill keeps its inputs first and begins its journal then; one that never came so far is begun anew. */
static int begin(mu_drill *d, const options *o, const char *path)
{
    const char *why = "";
    if (access(path, F_OK) == 0) {
        fprintf(stderr, "muster: %s: a drill is there already; take it up with --resume, or name another folder\n", path);
        return 5;
    }
    const char *theirs = mu_inputs_foreign(o->out);
    if (theirs) {
        fprintf(stderr, "muster: %s/%s is there already and is of no drill; name another folder\n", o->out, theirs);
        return 5;
    }
    if (!mu_inputs_keep(o->out, o->plan, d->plan, o->scenario, o->assume))
        return 4;
    if (mu_journal_create(d->journal, path, &why))
        return 0;
    fprintf(stderr, "muster: %s: %s\n", path, why);
    return 4;
}

static int go_on(mu_drill *d, const mu_journal *recorded, const mu_reading *reading, const char *path)
{
    const char *why = "";
    if (reading->soundness == MU_TORN)
        fprintf(stderr, "muster: %s; the torn end is kept in %s.torn and cut off\n", reading->why, path);
    if (mu_journal_count(recorded) == 0)
        fputs("muster: no record of this drill is whole: it begins anew, with the options that are named now\n", stderr);
    if (mu_journal_resume(d->journal, path, recorded, reading, &why))
        return 0;
    fprintf(stderr, "muster: %s: %s\n", path, why);
    return 5;
}

static int read_recorded(const char *path, mu_journal **recorded, mu_reading *reading)
{
    *recorded = mu_journal_read(path, reading);
    if (reading->soundness != MU_CORRUPT && reading->soundness != MU_UNREADABLE)
        return 0;
    fprintf(stderr, "muster: %s: %s\n", path, reading->why);
    return 3;
}

/* A drill that is taken up goes on with the options it was begun with; naming others is refused at record 1. */
static void set_options(mu_drill *d, const options *o, const mu_journal *recorded, mu_recorded *was)
{
    bool old = recorded && mu_recorded_options(was, recorded);
    d->options = old ? was->options : (mu_run_options){.seed = 1, .starts_local = d->msel->starts, .mode = "model"};
    if (o->seeded)
        d->options.seed = o->seed;
    if (o->away_count)
        d->options.away = (mu_names_list){o->away, o->away_count};
    if (o->down_count)
        d->options.down = (mu_names_list){o->down, o->down_count};
    if (o->play_count) {
        d->options.play = (mu_names_list){o->play, o->play_count};
        d->options.mode = "facilitated";
        d->options.facilitator = true;
    }
    if (o->start)
        d->options.starts_local = o->starts;
    if (o->how.steps && d->options.play.count)
        d->options.clock = "steps";
}

static bool among(const mu_names_list *list, const char *word)
{
    for (int i = 0; i < list->count; i++)
        if (list->list[i] == word)
            return true;
    return false;
}

/* The first whose first word is this, or nearly: legal_counsel for legl. */
static const char *begins_like(const char *word, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char head[80] = "";
        const char *heads[] = {head};
        if (ids[i] && strcspn(ids[i], "_-") < sizeof head)
            memcpy(head, ids[i], strcspn(ids[i], "_-"));
        if (*head && mu_nearest(word, heads, 1))
            return ids[i];
    }
    return NULL;
}

/* The id of the plan that is nearest to a word of the command line; who is to be played is a role, who is away a person. */
static const char *nearest(const mu_tree *plan, const mu_run_options *o, const char *word)
{
    enum { MOST = 2048 };
    static const char *ids[MOST];
    const mu_node *root = mu_tree_root(plan), *resources = mu_get(root, "resources");
    size_t count = 0;
    const char *only = among(&o->play, word) ? "roles" : among(&o->away, word) ? "people" : NULL;
    for (const mu_node *section = root->first; section; section = section->next)
        for (const mu_node *c = section->kind == MU_MAP && (!only || strcmp(section->key, only) == 0) ? section->first : NULL; c && count < MOST; c = c->next)
            ids[count++] = c->key;
    for (const mu_node *kind = resources && !only ? resources->first : NULL; kind; kind = kind->next)
        for (const mu_node *c = kind->kind == MU_MAP ? kind->first : NULL; c && count < MOST; c = c->next)
            ids[count++] = c->key;
    const char *bare = strchr(word, ':') ? strchr(word, ':') + 1 : word;
    for (size_t i = 0; i < count; i++)
        ids[i] = strcmp(ids[i], bare) == 0 ? NULL : ids[i]; /* it is there, and of another kind */
    const char *whole = mu_nearest(bare, ids, count);
    return whole ? whole : begins_like(bare, ids, count);
}

static int make(mu_drill *d)
{
    mu_drill_make(d, mu_journal_new());
    const char *unknown = mu_run_unknown(d->run), *near = unknown ? nearest(d->plan, &d->options, unknown) : NULL;
    if (unknown)
        fprintf(stderr, "muster: the plan has nothing named \"%.80s\"%s%s%s\n", unknown, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return unknown ? 2 : 0;
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
    options o;
    mu_drill d = {0};
    mu_journal *recorded = NULL;
    mu_recorded was;
    mu_reading reading = {.soundness = MU_SOUND};
    char path[4096];
    int status = read_options(argc, argv, &o);
    if (status != MU_GO_ON)
        return status;
    snprintf(path, sizeof path, "%s/journal.jsonl", o.out);
    if (o.resume && access(path, F_OK) != 0 && mu_inputs_begun(o.out)) {
        fputs("muster: no record of this drill is whole: it begins anew, with the options that are named now\n", stderr);
        o.resume = false;
    }
    status = mu_drill_load(&d, o.plan, o.scenario, o.assume);
    if (!status && o.resume)
        status = read_recorded(path, &recorded, &reading);
    if (!status) {
        set_options(&d, &o, recorded, &was);
        o.how.steps = d.options.clock != NULL;
        status = make(&d);
    }
    if (!status)
        status = o.resume ? go_on(&d, recorded, &reading, path) : begin(&d, &o, path);
    bool left = false;
    if (!status)
        status = d.options.play.count ? mu_play(&d, recorded, &o.how, &left) : play(&d);
    if (left)
        fprintf(stderr, "\nThe drill is whole on disk. To go on: muster run %s %s -o %s --resume\n", o.plan, o.scenario, o.out);
    if (!status)
        status = in_vain(&d, mu_report_folder(o.out, d.plan, d.journal, d.options.starts_local, &o.gate));
    mu_drill_free(&d);
    mu_journal_free(recorded);
    return status;
}
