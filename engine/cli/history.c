/* muster history: whether the plan gets better, out of the journals of all its drills. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/measured.h"
#include "cli/programme.h"
#include "report/history.h"
#include "store/history.h"

typedef struct asked {
    const char *aspect, *operand;
    mu_loaded loaded;         /* with a programme */
    mu_arena *arena;
    const char *folder, *file, *title;
    mu_past *past;
    int left_out;
    int64_t as_of;
} asked;

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- the file ---- */

/* Made again where drills were added or changed, and where the file is not what it should be; a drill that it holds as it is, is not judged again. */
static int bring_up_to_date(asked *a, bool anew)
{
    mu_history_state state;
    const char *why;
    mu_past *known = mu_history_read(a->file, a->arena, &state, &why);
    if (state == MU_HISTORY_CORRUPT)
        fprintf(stderr, "muster: %s: %s; it is made again from the journals\n", a->file, why);
    a->past = mu_past_gather(a->folder, anew ? NULL : known, a->arena, &a->left_out);
    bool same = known && known->count == a->past->count;
    for (int i = 0; same && i < known->count; i++)
        same = strcmp(known->drills[i].source, a->past->drills[i].source) == 0 && strcmp(known->drills[i].folder, a->past->drills[i].folder) == 0;
    if ((same && !anew) || mu_history_write(a->file, a->past, a->arena, &why))
        return 0;
    fprintf(stderr, "muster: %s cannot be written: %s; the journals hold everything, and what was there before is there still\n", a->file, why);
    return 4;
}

/* ---- when a gap is looked for next ---- */

typedef struct coming {
    const mu_occasion *list;
    int count;
    int64_t after; /* UTC */
    const mu_programme *programme;
} coming;

static const mu_occasion *occasion_of(const coming *c, const char *folder)
{
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->list[i].key, folder) == 0)
            return &c->list[i];
    return NULL;
}

/* A gap of the paper by any drill of that plan file, one of a run by a drill with that scenario. */
static const char *retest(const coming *c, const mu_gap_line *l, mu_arena *arena)
{
    const mu_occasion *was = c->programme ? occasion_of(c, l->last->folder) : NULL;
    for (int i = 0; was && i < c->count; i++) {
        const mu_occasion *o = &c->list[i];
        bool looks = strcmp(o->series->plan, was->series->plan) == 0 && (!*l->scenario || strcmp(o->scenario, was->scenario) == 0);
        if (o->at > c->after && looks && !o->series->unannounced)
            return mu_format(arena, "%.10s, %s", mu_moment_text(arena, o->local), o->series->id);
    }
    return NULL;
}

static void look_ahead(const asked *a, coming *c)
{
    const mu_programme *p = a->loaded.programme;
    *c = (coming){.programme = p};
    if (!p)
        return;
    c->after = mu_zone_utc(p->zone, a->as_of);
    c->count = mu_occasions(p, MU_MOMENT_FIRST, c->after + 400 * MU_DAY_MS, INT32_MAX, a->arena, &c->list);
}

/* ---- showing ---- */

static mu_history_view view_of(const asked *a, int months)
{
    coming ahead;
    mu_history_view v = {.arena = a->arena, .title = a->title, .past = a->past, .as_of = a->as_of, .months = months, .left_out = a->left_out};
    look_ahead(a, &ahead);
    v.line_count = mu_gap_lines(a->past, a->arena, &v.lines);
    const char **retests = mu_alloc(a->arena, ((size_t)v.line_count + 1) * sizeof *retests);
    for (int i = 0; i < v.line_count; i++)
        retests[i] = retest(&ahead, &v.lines[i], a->arena);
    v.retests = retests;
    v.course_count = mu_courses(a->past, a->arena, &v.courses);
    return v;
}

static void write_as(mu_buf *out, const mu_history_view *v, const char *aspect, const char *format)
{
    if (strcmp(format, "json") == 0)
        mu_write_history_json(out, v);
    else if (strcmp(format, "csv") == 0)
        mu_write_history_csv(out, v);
    else if (strcmp(format, "html") == 0)
        mu_write_history_html(out, v);
    else
        (strcmp(aspect, "trend") == 0 ? mu_write_history_trend : mu_write_history_gaps)(out, v);
}

static int put(mu_buf *out, const char *path)
{
    if (!path)
        return mu_put_all(out);
    FILE *f = fopen(path, "wbx");
    int error = errno;
    bool ok = f && fwrite(out->text, 1, out->len, f) == out->len && fflush(f) == 0;
    error = f ? errno : error;
    if (f)
        ok = fclose(f) == 0 && ok;
    mu_buf_free(out);
    if (f && !ok)
        (void)unlink(path);
    if (!ok)
        fprintf(stderr, !f && error == EEXIST ? "muster: %s is there already, and nothing is written over; name another file\n" : "muster: %s: %s\n", path, strerror(error));
    return ok ? 0 : !f && error == EEXIST ? 5 : 4;
}

static bool got_worse(const mu_history_view *v)
{
    bool worse = false;
    for (int i = 0; i < v->course_count; i++) {
        mu_beside_before b = mu_beside_last(&v->courses[i]);
        bool fails = mu_is_worse(&b) || b.back;
        if (fails)
            fprintf(stderr, "muster: %s (%s): %s\n", v->courses[i].title, v->courses[i].mode, mu_verdict_words(v, &b));
        worse = worse || fails;
    }
    return worse;
}

static bool months_read(const char *text, int *months)
{
    char *end;
    long n = strtol(text, &end, 10);
    *months = (int)n;
    return *text >= '0' && *text <= '9' && !*end && n >= 1 && n <= 1200;
}

/* ---- the command ---- */

static int open_drills(asked *a)
{
    int status = 0;
    a->arena = mu_arena_new();
    if (is_folder(a->operand))
        a->folder = a->title = a->operand;
    else
        status = mu_load(&a->loaded, a->operand);
    if (!status && a->loaded.programme) {
        a->folder = a->loaded.programme->folder;
        a->title = a->loaded.programme->title;
    }
    if (!status && !is_folder(a->folder)) {
        fprintf(stderr, "muster: %s: there are no drills yet; muster due --run plays those that are due\n", a->folder);
        status = 3;
    }
    a->file = status ? NULL : mu_format(a->arena, "%s/history.db", a->folder);
    return status;
}

/* As of the newest drill, so that the same past gives the same page; or as of the day that was named. */
static bool set_day(asked *a, const char *now)
{
    int64_t utc;
    a->as_of = a->past->count ? a->past->drills[a->past->count - 1].local : 0;
    if (!now)
        return true;
    mu_programme plain = {.zone = mu_zones_get(mu_zones_new(a->arena), "UTC")};
    const mu_programme *p = a->loaded.programme ? a->loaded.programme : &plain;
    if (!mu_now_read(now, p, &utc))
        return false;
    a->as_of = mu_programme_local(p, utc);
    return true;
}

static int say_rebuilt(const asked *a)
{
    mu_buf out = {0};
    mu_buf_printf(&out, "%s: made from the journals of %d drill%s%s.\n", a->file, a->past->count, a->past->count == 1 ? "" : "s", a->left_out ? mu_format(a->arena, "; %d could not be read", a->left_out) : "");
    return mu_put_all(&out);
}

static int show(asked *a, const mu_args *args, int months)
{
    mu_history_view v = view_of(a, months);
    mu_buf out = {0};
    write_as(&out, &v, a->aspect, mu_arg_or(args, "format", strcmp(a->aspect, "export") == 0 ? "json" : "text"));
    int status = put(&out, mu_arg(args, "out"));
    return status ? status : mu_arg(args, "fail-on-regression") && got_worse(&v) ? 1 : 0;
}

/* What people's drills have measured, over the assumptions that are named, to look at and to keep. */
static int show_measured(const asked *a, const mu_args *args)
{
    mu_buf out = {0};
    int n = mu_measured_file(a->past, mu_arg(args, "assume"), a->arena, &out);
    if (n < 0)
        return 3;
    if (n == 0) {
        fputs("muster: nothing was measured yet: a value needs six times of a person, or of all, in drills with people while the clock ran\n", stderr);
        return 1;
    }
    return put(&out, mu_arg(args, "out"));
}

static bool is_aspect(const char *word)
{
    static const char *const words[] = {"rebuild", "show", "trend", "export", "measured"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

int mu_cmd_history(int argc, char **argv)
{
    mu_args args;
    asked a = {0};
    int months = 12, status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    a.aspect = args.operands[0];
    a.operand = args.operands[1];
    if (!is_aspect(a.aspect))
        return mu_args_wrong(&args, "the first word says what is wanted: show, trend, measured, export or rebuild");
    if (mu_arg(&args, "months") && !months_read(mu_arg(&args, "months"), &months))
        return mu_args_wrong(&args, "--months takes a whole number from 1 to 1200");
    status = open_drills(&a);
    if (!status)
        status = bring_up_to_date(&a, strcmp(a.aspect, "rebuild") == 0);
    if (!status && !set_day(&a, mu_arg(&args, "now")))
        status = mu_args_wrong(&args, "--now takes a moment: \"2026-07-10 17:40\", or \"2026-07-10 15:40Z\"");
    else if (!status)
        status = strcmp(a.aspect, "rebuild") == 0 ? say_rebuilt(&a) : strcmp(a.aspect, "measured") == 0 ? show_measured(&a, &args) : show(&a, &args, months);
    if (a.loaded.arena)
        mu_loaded_free(&a.loaded);
    mu_arena_free(a.arena);
    return status;
}
