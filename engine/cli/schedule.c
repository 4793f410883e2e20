/* muster schedule: the drills to come, as a list, by the rules that want them, with what is in the way, or as a calendar. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/programme.h"
#include "report/json_parts.h"
#include "programme/feed.h"

#define STRETCH_MOST (366 * MU_DAY_MS) /* of an unannounced drill */
#define FEED_BACK (31 * MU_DAY_MS)     /* a calendar keeps a drill that is under way, and those of the last weeks */

enum { DAYS_MOST = 36600, OCCASIONS_MOST = 40000 };

typedef struct view {
    const mu_programme *p;
    mu_arena *arena;
    int64_t now, from, until;
    bool open; /* the days of unannounced drills are shown */
    const mu_occasion *list;
    int count;
    const mu_due_by *due;
    int due_count;
    const mu_conflict *conflicts;
    int conflict_count;
} view;

/* ---- text ---- */

static void put(mu_buf *out, const char *text)
{
    mu_buf_safe(out, text, strlen(text), 200);
}

static const char *weekday(int64_t local)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return names[mu_weekday(mu_day_of(local))];
}

static bool secret(const view *v, const mu_occasion *o)
{
    return o->series->unannounced && !v->open;
}

/* "Fri 2026-03-06 10:00", or the stretch of an unannounced one. */
static const char *when(const view *v, const mu_occasion *o)
{
    if (!secret(v, o))
        return mu_format(v->arena, "%s %s", weekday(o->local), mu_moment_text(v->arena, o->local));
    const char *from = mu_moment_text(v->arena, o->from * MU_DAY_MS), *to = mu_moment_text(v->arena, o->to * MU_DAY_MS);
    return mu_format(v->arena, "%.10s..%.5s", from, to + 5);
}

static void line(mu_buf *out, const view *v, const mu_occasion *o)
{
    const char *zone = mu_zone_name(o->series->zone);
    mu_buf_printf(out, "  %-21s %-11s ", when(v, o), mu_mode_word(o->series->mode));
    put(out, o->series->title);
    mu_buf_puts(out, ": ");
    put(out, secret(v, o) && o->series->scenario_count > 1 ? "a scenario that is not told" : *o->scenario ? o->scenario : "everybody is called");
    if (strcmp(zone, mu_zone_name(v->p->zone)) != 0)
        mu_buf_printf(out, " (%s)", zone);
    if (o->moved && !secret(v, o))
        mu_buf_printf(out, "\n  %-21s %-11s moved from %s: %s", "", "", mu_moment_text(v->arena, o->nominal), o->moved);
    mu_buf_puts(out, "\n");
}

static void show_list(mu_buf *out, const view *v)
{
    put(out, v->p->title);
    mu_buf_printf(out, ", from %s to %s, %s\n\n", mu_moment_text(v->arena, mu_programme_local(v->p, v->now)), mu_moment_text(v->arena, mu_programme_local(v->p, v->until)), mu_zone_name(v->p->zone));
    for (int i = 0; i < v->count; i++)
        line(out, v, &v->list[i]);
    if (!v->count)
        mu_buf_puts(out, "  no drill comes in this time\n");
}

/* What a mode is and what it may count for, for each mode that the programme has. */
static void show_modes(mu_buf *out, const view *v)
{
    unsigned modes = 0;
    for (int i = 0; i < v->p->series_count; i++)
        modes |= (unsigned)v->p->series[i].mode;
    mu_buf_puts(out, "\nWhat these drills may be claimed as\n\n");
    for (unsigned m = MU_MODEL; m <= MU_FUNCTIONAL; m <<= 1) {
        const char *counts = mu_counts_for(v->p, (mu_mode)m, v->arena);
        if (modes & m)
            mu_buf_printf(out, "  %-11s %s; %s.\n  %-11s %s%s%s\n", mu_mode_word((mu_mode)m), mu_mode_is((mu_mode)m), mu_mode_not((mu_mode)m), "",
                          *counts ? "it may count for " : v->p->rule_count ? "it counts for none of the rules named" : "no rule is named that it could count for", counts, ".");
    }
}

static void show_rules(mu_buf *out, const view *v)
{
    if (!v->due_count)
        return;
    mu_buf_puts(out, "\nBy the rules that the programme names (muster explain frequencies)\n\n");
    for (int i = 0; i < v->due_count; i++)
        mu_buf_printf(out, "  %-23s %s%s.\n", v->due[i].rule->id, mu_due_by_words(&v->due[i], v->arena), v->due[i].strictest ? "; the strictest" : "");
}

/* The count where it does not come. */
static int first_of_series(const view *v, const mu_series *s)
{
    int i = 0;
    while (i < v->count && v->list[i].series != s)
        i++;
    return i;
}

static void show_next(mu_buf *out, const view *v)
{
    put(out, v->p->title);
    mu_buf_printf(out, ", as of %s\n\n", mu_moment_text(v->arena, mu_programme_local(v->p, v->now)));
    for (int i = 0; i < v->count; i++)
        if (first_of_series(v, v->list[i].series) == i)
            line(out, v, &v->list[i]);
    for (const mu_series *s = v->p->series; s < v->p->series + v->p->series_count; s++)
        if (first_of_series(v, s) == v->count)
            mu_buf_printf(out, "  %-21s %-11s %s: not within %d days\n", "none", mu_mode_word(s->mode), s->title, (int)((v->until - v->now) / MU_DAY_MS));
    show_rules(out, v);
    show_modes(out, v);
}

static void show_conflicts(mu_buf *out, const view *v)
{
    mu_buf_printf(out, "\n%d %s\n\n", v->conflict_count, v->conflict_count == 1 ? "thing to look at" : "things to look at");
    for (int i = 0; i < v->conflict_count; i++) {
        const mu_conflict *c = &v->conflicts[i];
        mu_buf_printf(out, "  %s %s", when(v, c->one), c->one->series->id);
        if (c->other)
            mu_buf_printf(out, " and %s %s", when(v, c->other), c->other->series->id);
        mu_buf_printf(out, ": %s\n", c->why);
    }
}

static void show_simulation(mu_buf *out, const view *v)
{
    show_list(out, v);
    show_conflicts(out, v);
    show_rules(out, v);
    show_modes(out, v);
}

/* ---- JSON ---- */

static void json_occasion(mu_buf *out, const view *v, const mu_occasion *o)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "key", o->key);
    mu_json_member(out, "drill", o->series->id);
    mu_json_member(out, "title", o->series->title);
    mu_json_member(out, "mode", mu_mode_word(o->series->mode));
    mu_json_member(out, "scenario", secret(v, o) ? NULL : o->scenario);
    mu_json_member(out, "at", secret(v, o) ? NULL : mu_format(v->arena, "%s", mu_moment_text(v->arena, o->at)));
    mu_json_member(out, "local", secret(v, o) ? NULL : mu_moment_text(v->arena, o->local));
    mu_json_member(out, "zone", mu_zone_name(o->series->zone));
    mu_json_member(out, "from", o->series->unannounced ? mu_format(v->arena, "%.10s", mu_moment_text(v->arena, o->from * MU_DAY_MS)) : NULL);
    mu_json_member(out, "to", o->series->unannounced ? mu_format(v->arena, "%.10s", mu_moment_text(v->arena, o->to * MU_DAY_MS)) : NULL);
    mu_json_member(out, "moved", secret(v, o) ? NULL : o->moved);
    mu_buf_printf(out, "\"unannounced\": %s}", o->series->unannounced ? "true" : "false");
}

static void json_rule(mu_buf *out, const view *v, const mu_due_by *d)
{
    static const char *const states[] = {"in_time", "too_late", "not_planned", "no_number", "cannot_count"};
    mu_buf_puts(out, "{");
    mu_json_member(out, "rule", d->rule->id);
    mu_json_member(out, "law", d->rule->law);
    mu_json_member(out, "reference", d->rule->reference);
    mu_json_member(out, "last_checked", d->rule->checked);
    mu_json_member(out, "last", d->last ? mu_format(v->arena, "%.10s", mu_moment_text(v->arena, d->last->local)) : NULL);
    mu_json_member(out, "due_by", d->by < 0 ? NULL : mu_format(v->arena, "%.10s", mu_moment_text(v->arena, d->by)));
    mu_json_member(out, "planned", d->planned ? d->planned->key : NULL);
    mu_json_member(out, "state", states[d->state]);
    mu_buf_printf(out, "\"strictest\": %s}", d->strictest ? "true" : "false");
}

static void show_json(mu_buf *out, const view *v, const char *what)
{
    mu_buf_puts(out, "{\"schema\": \"muster.schedule/1\", ");
    mu_json_member(out, "view", what);
    mu_json_member(out, "programme", v->p->title);
    mu_json_member(out, "zone", mu_zone_name(v->p->zone));
    mu_json_member(out, "now", mu_moment_text(v->arena, v->now));
    mu_json_member(out, "until", mu_moment_text(v->arena, v->until));
    mu_buf_puts(out, "\n \"occasions\": [");
    for (int i = 0; i < v->count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        json_occasion(out, v, &v->list[i]);
    }
    mu_buf_puts(out, "\n ],\n \"conflicts\": [");
    for (int i = 0; i < v->conflict_count; i++) {
        const mu_conflict *c = &v->conflicts[i];
        mu_buf_puts(out, i ? ",\n  {" : "\n  {");
        mu_json_member(out, "one", c->one->key);
        mu_json_member(out, "other", c->other ? c->other->key : NULL);
        mu_buf_puts(out, "\"why\": ");
        mu_json_text(out, c->why);
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, "\n ],\n \"rules\": [");
    for (int i = 0; i < v->due_count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        json_rule(out, v, &v->due[i]);
    }
    mu_buf_puts(out, "\n ]\n}\n");
}

/* ---- the command ---- */

static bool days_read(const char *text, int64_t *days)
{
    char *end;
    long n = strtol(text, &end, 10);
    *days = n;
    return *text >= '0' && *text <= '9' && !*end && n >= 1 && n <= DAYS_MOST;
}

/* Where a drill stands in a list: one whose day is not told stands where its stretch begins. */
static int64_t shown_at(const view *v, const mu_occasion *o)
{
    return secret(v, o) ? mu_zone_utc(o->series->zone, o->from * MU_DAY_MS) : o->at;
}

/* Within the time that is shown: whether it is in a list tells no day. */
static int within(const view *v, const mu_occasion *all, int count, mu_occasion *list)
{
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (shown_at(v, &all[i]) < v->until)
            list[kept++] = all[i];
    return kept;
}

/* In the order that is shown: nor does the place in a list. */
static const mu_occasion *in_order(const view *v, const mu_occasion *by_time)
{
    mu_occasion *list = mu_alloc(v->arena, ((size_t)v->count + 1) * sizeof *list);
    for (int i = 0; i < v->count; i++) {
        int k = i;
        for (; k > 0 && shown_at(v, &list[k - 1]) > shown_at(v, &by_time[i]); k--)
            list[k] = list[k - 1];
        list[k] = by_time[i];
    }
    return list;
}

/* What an unannounced drill is in the way of would tell its day. */
static mu_conflict as_told(const view *v, const mu_conflict *c)
{
    const mu_occasion *hidden = secret(v, c->one) ? c->one : c->other && secret(v, c->other) ? c->other : NULL;
    return !hidden ? *c : (mu_conflict){hidden, NULL, c->other ? "another drill is in its way; --unannounced says which, and tells its day" : "its day is not told"};
}

/* They are looked for in all of the stretch of an unannounced drill, so that their number tells no day either. */
static void gather_conflicts(view *v, const mu_occasion *all, int count)
{
    const mu_conflict *found;
    int n = mu_conflicts(all, count, v->arena, &found);
    mu_conflict *list = mu_alloc(v->arena, ((size_t)n + 1) * sizeof *list);
    for (int i = 0; i < n; i++) {
        mu_conflict c = as_told(v, &found[i]);
        if (shown_at(v, c.one) < v->until && (!c.other || shown_at(v, c.other) < v->until))
            list[v->conflict_count++] = c;
    }
    v->conflicts = list;
}

static void gather(view *v)
{
    const mu_held *held;
    const mu_occasion *all;
    int64_t far = v->until < MU_MOMENT_LAST - STRETCH_MOST ? v->until + STRETCH_MOST : MU_MOMENT_LAST;
    int count = mu_occasions(v->p, v->from, far, OCCASIONS_MOST, v->arena, &all);
    mu_occasion *by_time = mu_alloc(v->arena, ((size_t)count + 1) * sizeof *by_time);
    v->count = within(v, all, count, by_time);
    gather_conflicts(v, all, count);
    int held_count = mu_drills_held(v->p, v->arena, &held);
    v->due_count = mu_due_by_rules(v->p, held, held_count, by_time, v->count, v->arena, &v->due);
    v->list = in_order(v, by_time);
}

static int show(const view *v, const char *what, bool json)
{
    static const struct { const char *word; void (*show)(mu_buf *out, const view *v); } views[] = {
        {"list", show_list}, {"next", show_next}, {"simulate", show_simulation}};
    mu_buf out = {0};
    if (strcmp(what, "ics") == 0 && !mu_write_feed(&out, v->p, v->list, v->count, v->open)) {
        fprintf(stderr, "muster: the calendar cannot be written: the library libical is not on this machine\n");
        return 4;
    }
    if (json && !out.len)
        show_json(&out, v, what);
    for (size_t i = 0; i < 3 && !out.len; i++)
        if (strcmp(views[i].word, what) == 0)
            views[i].show(&out, v);
    return mu_put_all(&out);
}

static bool is_view(const char *word)
{
    const char *words = mu_argument_of("VIEW", 4)->of;
    for (size_t len = strlen(word); *words; words += strcspn(words, " "), words += *words == ' ')
        if (strcspn(words, " ") == len && strncmp(words, word, len) == 0)
            return true;
    return false;
}

int mu_cmd_schedule(int argc, char **argv)
{
    mu_args args;
    mu_loaded l;
    int64_t days = 366;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    if (!is_view(args.operands[0]))
        return mu_args_wrong(&args, "the first word says what is shown: list, next, simulate or ics");
    if (mu_arg(&args, "days") && !days_read(mu_arg(&args, "days"), &days))
        return mu_args_wrong(&args, "--days takes a whole number from 1 to 36600");
    status = mu_load(&l, args.operands[1]);
    if (!status) {
        view v = {.p = l.programme, .arena = l.arena, .open = mu_arg(&args, "unannounced") != NULL};
        if (!mu_now_read(mu_arg(&args, "now"), l.programme, &v.now)) {
            status = mu_args_wrong(&args, "--now takes a moment: \"2026-07-10 17:40\", or \"2026-07-10 15:40Z\"");
        } else {
            v.from = strcmp(args.operands[0], "ics") == 0 ? v.now - FEED_BACK : v.now;
            v.until = v.now + days * MU_DAY_MS;
            gather(&v);
            status = show(&v, args.operands[0], strcmp(mu_arg_or(&args, "format", "text"), "json") == 0);
        }
    }
    mu_loaded_free(&l);
    return status;
}
