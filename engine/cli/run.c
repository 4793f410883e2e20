/* muster run: a drill from STARTEX to ENDEX. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/drill.h"
#include "cli/play.h"
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
    bool seeded, resume;
    int fail_on; /* the lightest weight that makes the exit status 1; -1 none */
} options;

static int usage(const char *text)
{
    fprintf(stderr, "muster run: %s\nusage: muster run PLAN SCENARIO -o DIR [--seed N] [--away ID] [--down ID] [--start \"2026-07-10 17:40\"]\n"
                    "                  [--assume FILE] [--play ROLE,ROLE] [--speed X] [--clock wall|steps] [--resume]\n                   [--fail-on critical|high|medium|low|never]\n", text);
    return 2;
}

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
    *seed = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end;
}

static bool read_speed(const char *text, int64_t *rate)
{
    char *end;
    double times = strtod(text, &end);
    *rate = (int64_t)(times * 1000 + 0.5);
    return !*end && times >= 0.01 && times <= 10000;
}

static const char *wrong_value(int option)
{
    switch (option) {
    case 's': return "--seed takes a whole number";
    case 'x': return "--fail-on is critical, high, medium, low or never";
    case 'v': return "--speed takes how many times as fast as the wall clock: 0.01 to 10000";
    case 'c': return "--clock is wall, or steps: time passes when the players say so";
    default: return "too many names";
    }
}

static int read_options(int argc, char **argv, options *o)
{
    static const struct option known[] = {
        {"out", required_argument, NULL, 'o'},  {"seed", required_argument, NULL, 's'},   {"away", required_argument, NULL, 'a'},
        {"down", required_argument, NULL, 'd'}, {"start", required_argument, NULL, 't'},  {"assume", required_argument, NULL, 'm'},
        {"resume", no_argument, NULL, 'r'},     {"fail-on", required_argument, NULL, 'x'},
        {"play", required_argument, NULL, 'p'}, {"speed", required_argument, NULL, 'v'}, {"clock", required_argument, NULL, 'c'}, {NULL, 0, NULL, 0}};
    *o = (options){.fail_on = MU_CRITICAL, .how = {.rate = 1000}};
    for (int c; (c = getopt_long(argc, argv, "o:", known, NULL)) != -1;) {
        bool ok = true;
        switch (c) {
        case 'o': o->out = optarg; break;
        case 's': ok = o->seeded = read_seed(optarg, &o->seed); break;
        case 'a': ok = add_names(optarg, o->away, &o->away_count); break;
        case 'd': ok = add_names(optarg, o->down, &o->down_count); break;
        case 't': o->start = optarg; break;
        case 'm': o->assume = optarg; break;
        case 'r': o->resume = true; break;
        case 'p': ok = add_names(optarg, o->play, &o->play_count); break;
        case 'v': ok = read_speed(optarg, &o->how.rate); break;
        case 'c': ok = (o->how.steps = strcmp(optarg, "steps") == 0) || strcmp(optarg, "wall") == 0; break;
        case 'x': ok = mu_weight_read(optarg, &o->fail_on); break;
        default: return usage("there is no such option");
        }
        if (!ok)
            return usage(wrong_value(c));
    }
    if (optind + 2 != argc)
        return usage("name a plan and a scenario");
    o->plan = argv[optind];
    o->scenario = argv[optind + 1];
    return o->out ? 0 : usage("say with -o in which folder the drill is kept");
}

static int journal_failed(mu_journal *j)
{
    fprintf(stderr, "muster: the journal cannot be written: %s. What was written before is on disk; --resume goes on from there.\n", mu_journal_failure(j));
    return 4;
}

/* Nobody is shown anything before the end, so one sync at the end is enough; what is written before is sound all the same. */
static int play(mu_drill *d)
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
    }
    mu_drill_failures(d);
    return mu_journal_flush(d->journal, true) == MU_WRITTEN ? 0 : journal_failed(d->journal);
}

/* A new drill keeps its inputs first and begins its journal then; one that never came so far is begun anew. */
static int begin(mu_drill *d, const options *o, const char *path)
{
    const char *why = "";
    if (access(path, F_OK) == 0) {
        fprintf(stderr, "muster: %s: a drill is there already; take it up with --resume, or name another folder\n", path);
        return 5;
    }
    if (!mu_inputs_keep(o->out, o->plan, o->scenario, o->assume))
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
static int set_options(mu_drill *d, const options *o, const mu_journal *recorded, mu_recorded *was)
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
    if (o->start && !mu_time_read(o->start, &d->options.starts_local))
        return usage("--start takes a date and a time");
    return 0;
}

static int make(mu_drill *d)
{
    mu_drill_make(d, mu_journal_new());
    const char *unknown = mu_run_unknown(d->run);
    if (unknown)
        fprintf(stderr, "muster: the plan has nothing named \"%s\"\n", unknown);
    return unknown ? 2 : 0;
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
    snprintf(path, sizeof path, "%s/journal.jsonl", o.out ? o.out : ".");
    if (!status)
        status = mu_drill_load(&d, o.plan, o.scenario, o.assume);
    if (!status && o.resume)
        status = read_recorded(path, &recorded, &reading);
    if (!status)
        status = set_options(&d, &o, recorded, &was);
    if (!status)
        status = make(&d);
    if (!status)
        status = o.resume ? go_on(&d, recorded, &reading, path) : begin(&d, &o, path);
    bool left = false;
    if (!status)
        status = d.options.play.count ? mu_play(&d, recorded, &o.how, &left) : play(&d);
    if (left)
        fprintf(stderr, "\nThe drill is whole on disk. To go on: muster run %s %s -o %s --resume\n", o.plan, o.scenario, o.out);
    int worst = -1;
    if (!status)
        status = mu_report_folder(o.out, d.plan, d.journal, d.options.starts_local, &worst);
    if (!status && worst >= 0 && worst <= o.fail_on)
        status = 1;
    mu_drill_free(&d);
    mu_journal_free(recorded);
    return status;
}
