#include "cli/opening.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/moment.h"
#include "plan/schema.h"

/* ---- options ---- */

static bool add_names(char *text, const char **list, int *count)
{
    for (char *p = strtok(text, ", "); p; p = strtok(NULL, ", ")) {
        if (*count == MU_OPENING_NAMES)
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

bool mu_opening_names(const mu_args *args, const char *option, const char **list, int *count)
{
    int at = 0;
    for (char *value; (value = mu_arg_next(args, option, &at));)
        if (!add_names(value, list, count))
            return false;
    return true;
}

const char *mu_opening_options(const mu_args *args, mu_opening *o)
{
    const char *seed = mu_arg(args, "seed"), *speed = mu_arg(args, "speed");
    *o = (mu_opening){.plan = args->operands[0], .scenario = args->operands[1], .out = mu_arg(args, "out"), .start = mu_arg(args, "start"), .assume = mu_arg(args, "assume"),
                      .rate = 1000, .resume = mu_arg(args, "resume") != NULL, .seeded = seed != NULL, .functional = mu_arg(args, "functional") != NULL};
    if (seed && !read_seed(seed, &o->seed))
        return "--seed takes a whole number, 18446744073709551615 at the most";
    if (speed && !read_speed(speed, &o->rate))
        return "--speed takes how many times as fast as the wall clock: 0.01 to 10000";
    if (o->functional && o->rate != 1000)
        return "--functional is with the clock as it runs, without --speed";
    if (o->start && !mu_time_read(o->start, &o->starts))
        return "--start takes a date and a time: \"2026-07-10 17:40\"";
    bool few = mu_opening_names(args, "away", o->away, &o->away_count) && mu_opening_names(args, "down", o->down, &o->down_count);
    return few ? NULL : "no more than 64 names can be given";
}

/* ---- the folder ---- */

static const char *journal_of(const mu_opening *o, char path[4096])
{
    snprintf(path, 4096, "%s/journal.jsonl", o->out);
    return path;
}

int mu_opening_keep(const mu_drill *d, const mu_opening *o)
{
    char path[4096];
    if (access(journal_of(o, path), F_OK) == 0) {
        fprintf(stderr, "muster: %s: a drill is there already; take it up with --resume, or name another folder\n", path);
        return 5;
    }
    const char *theirs = mu_inputs_foreign(o->out);
    if (theirs) {
        fprintf(stderr, "muster: %s/%s is there already and is of no drill; name another folder\n", o->out, theirs);
        return 5;
    }
    return mu_inputs_keep(o->out, o->plan, d->plan, o->scenario, o->assume) ? 0 : 4;
}

int mu_opening_begin(mu_drill *d, const mu_opening *o)
{
    const char *why = "";
    char path[4096];
    if (mu_journal_create(d->journal, journal_of(o, path), &why))
        return 0;
    fprintf(stderr, "muster: %s: %s\n", path, why);
    return 4;
}

/* What a drill was made of lies beside its journal, or it cannot be replayed: what is gone is written again out of what is the same. */
static int keep_again(const mu_drill *d, const mu_opening *o, const mu_journal *recorded)
{
    char path[4096];
    mu_inputs in;
    bool begun = mu_journal_count(recorded) > 0;
    bool whole = begun && mu_inputs_find(journal_of(o, path), &in) && (!o->assume || *in.assume);
    if (whole || (begun && mu_recorded_other(recorded, d, false)))
        return 0;
    snprintf(path, sizeof path, "%s/inputs", o->out);
    if (begun && access(path, F_OK) == 0) {
        fprintf(stderr, "muster: %s does not hold all that this drill was made of: as it is, the drill cannot be replayed. Once it is moved away, --resume writes it again.\n", path);
        return 0;
    }
    if (!mu_inputs_keep(o->out, o->plan, d->plan, o->scenario, o->assume))
        return 4;
    if (begun)
        fprintf(stderr, "muster: %s was gone and is written again: what is named now is what the drill was begun with\n", path);
    return 0;
}

int mu_opening_go_on(mu_drill *d, const mu_opening *o, const mu_journal *recorded, const mu_reading *reading)
{
    const char *why = "";
    char path[4096];
    if (!mu_journal_resume(d->journal, journal_of(o, path), recorded, reading, &why)) {
        fprintf(stderr, "muster: %s: %s\n", path, why);
        return 5;
    }
    if (reading->soundness == MU_TORN)
        fprintf(stderr, "muster: %s; the torn end is kept in %s%s and cut off\n", reading->why, path, mu_journal_torn(d->journal));
    if (mu_journal_count(recorded) == 0)
        fputs("muster: no record of this drill is whole: it begins anew, with the options that are named now\n", stderr);
    return keep_again(d, o, recorded);
}

/* Of a link nobody knows what is written to, and a pipe would be waited for without end. */
static bool plain_file(const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0 || S_ISREG(st.st_mode))
        return true;
    fprintf(stderr, "muster: %s: this is %s: a drill goes on in a plain file only\n", path, S_ISLNK(st.st_mode) ? "a link" : "no plain file");
    return false;
}

void mu_opening_say_resume(const mu_opening *o, const char *command)
{
    mu_buf out = {0};
    mu_buf_printf(&out, "\nThe drill is whole on disk. To go on: muster %s ", command);
    mu_shell_word(&out, o->plan);
    mu_buf_puts(&out, " ");
    mu_shell_word(&out, o->scenario);
    mu_buf_puts(&out, " -o ");
    mu_shell_word(&out, o->out);
    fprintf(stderr, "%s --resume\n", out.text);
    mu_buf_free(&out);
}

int mu_opening_read(const mu_opening *o, mu_journal **recorded, mu_reading *reading)
{
    char path[4096];
    *recorded = NULL;
    if (!plain_file(journal_of(o, path)))
        return 5;
    *recorded = mu_journal_read(path, reading);
    if (reading->soundness != MU_CORRUPT && reading->soundness != MU_UNREADABLE)
        return 0;
    bool none = reading->soundness == MU_UNREADABLE && access(path, F_OK) != 0;
    fprintf(stderr, "muster: %s: %s\n", path, none ? "no drill is there to be taken up; without --resume one begins" : reading->why);
    if (reading->soundness == MU_CORRUPT)
        fputs("  = help: a drill goes on from a whole record only: put a copy from before in its place; muster verify says how much of this one is sound\n", stderr);
    return 3;
}

void mu_opening_set(mu_drill *d, const mu_opening *o, const mu_journal *recorded, mu_recorded *was)
{
    bool old = recorded && mu_recorded_options(was, recorded);
    d->options = old ? was->options : (mu_run_options){.seed = 1, .starts_local = d->msel->starts, .mode = "model"};
    if (o->seeded)
        d->options.seed = o->seed;
    if (o->away_count)
        d->options.away = (mu_names_list){o->away, o->away_count};
    if (o->down_count)
        d->options.down = (mu_names_list){o->down, o->down_count};
    if (o->start)
        d->options.starts_local = o->starts;
    if (!old)
        mu_moment_meant(mu_get_text(mu_get(mu_tree_root(d->plan), "organisation"), "timezone"), d->options.starts_local, "the drill begins");
}

/* ---- the run ---- */

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

/* What could have been meant by a word of the command line: ids of the plan, and what each is called, written as an id. */
enum { MOST = 2048, LISTED = 16, CALLED = 80 };
typedef struct meant {
    const char *ids[MOST], *called[MOST];
    char texts[MOST][CALLED];
    size_t count;
} meant;

static void could_be(meant *m, const mu_node *n)
{
    const char *title = mu_get_text(n, "title"), *name = title ? title : mu_get_text(n, "name");
    char *text = m->texts[m->count];
    snprintf(text, CALLED, "%s", name ? name : "");
    for (char *p = text; *p; p++)
        *p = *p == ' ' || *p == '-' ? '_' : *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    m->called[m->count] = *text ? text : NULL;
    m->ids[m->count++] = n->key;
}

/* Who is to be played is a role, who is away a person, what is down a thing. */
static void gather(meant *m, const mu_tree *plan, const mu_world *world, const char *only, bool things)
{
    const mu_node *root = mu_tree_root(plan), *resources = mu_get(root, "resources");
    m->count = 0;
    for (const mu_node *section = root->first; section; section = section->next)
        for (const mu_node *c = section->kind == MU_MAP && (!only || strcmp(section->key, only) == 0) ? section->first : NULL; c && m->count < MOST; c = c->next)
            if (!things || mu_thing_of(world, c) >= 0)
                could_be(m, c);
    for (const mu_node *kind = resources && !only ? resources->first : NULL; kind; kind = kind->next)
        for (const mu_node *c = kind->kind == MU_MAP ? kind->first : NULL; c && m->count < MOST; c = c->next)
            if (!things || mu_thing_of(world, c) >= 0)
                could_be(m, c);
}

static const char *nearest(meant *m, const char *bare)
{
    for (size_t i = 0; i < m->count; i++)
        m->ids[i] = strcmp(m->ids[i], bare) == 0 ? NULL : m->ids[i]; /* it is there, and of another kind */
    const char *whole = mu_nearest(bare, m->ids, m->count), *called = whole ? NULL : mu_nearest(bare, m->called, m->count);
    for (size_t i = 0; called && i < m->count; i++)
        if (m->called[i] == called)
            return m->ids[i];
    return whole ? whole : begins_like(bare, m->ids, m->count);
}

static void say_unknown(const mu_tree *plan, const mu_world *world, const mu_run_options *o, const char *word)
{
    static meant m;
    bool down = among(&o->down, word), away = among(&o->away, word) || among(&o->players, word), play = among(&o->play, word);
    const char *bare = strchr(word, ':') ? strchr(word, ':') + 1 : word;
    gather(&m, plan, world, play ? "roles" : away ? "people" : NULL, down);
    size_t count = m.count;
    const char *near = nearest(&m, bare);
    fprintf(stderr, "muster: the plan has %s \"%.80s\"", play ? "no role" : away ? "no person" : down ? "nothing that can be down and is named" : "nothing named", word);
    if (near)
        fprintf(stderr, "; did you mean \"%s\"?", near);
    for (size_t i = 0; !near && i < count && i < LISTED; i++)
        if (m.ids[i])
            fprintf(stderr, "%s%s", i ? ", " : ": it has ", m.ids[i]);
    fputs(near || count <= LISTED ? "\n" : ", and others\n", stderr);
}

int mu_opening_make(mu_drill *d)
{
    mu_drill_make(d, mu_journal_new());
    const char *unknown = mu_run_unknown(d->run);
    if (unknown)
        say_unknown(d->plan, mu_run_world(d->run), &d->options, unknown);
    return unknown ? 2 : 0;
}
