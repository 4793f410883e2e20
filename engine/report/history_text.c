/* The past in a terminal. */
#include <string.h>

#include "analysis/paper.h"
#include "base/calendar.h"
#include "report/history.h"

#define SAY(...) mu_format(v->arena, __VA_ARGS__)

static void safe(mu_buf *out, const char *text)
{
    mu_buf_safe(out, text, strlen(text), 300);
}

static void head(mu_buf *out, const mu_history_view *v)
{
    safe(out, v->title);
    mu_buf_printf(out, ": %d drill%s", v->past->count, v->past->count == 1 ? "" : "s");
    if (v->past->count)
        mu_buf_printf(out, ", %s to %s; as of %s", mu_day_words(v, v->past->drills[0].local), mu_day_words(v, v->past->drills[v->past->count - 1].local), mu_day_words(v, v->as_of));
    mu_buf_puts(out, ".\n");
    if (v->left_out)
        mu_buf_printf(out, "%d more could not be read, and %s left out.\n", v->left_out, v->left_out == 1 ? "is" : "are");
}

static const char *what_next(const mu_history_view *v, int i)
{
    const mu_past_task *t = v->lines[i].task;
    const char *task = t ? SAY("owner %s, due %s, %s%s", *t->owner ? t->owner : "nobody", *t->due ? t->due : "no day", t->state, mu_is_overdue(v, t) ? ", OVERDUE" : "") : "nobody has it (the plan's improvements)";
    return SAY("%s; looked for next: %s", task, v->retests[i] ? v->retests[i] : "not planned");
}

static void gap(mu_buf *out, const mu_history_view *v, int i)
{
    const mu_gap_line *l = &v->lines[i];
    mu_buf_printf(out, "  %-11s %-8s %s  ", mu_gap_state_word(l->state), mu_weight_word((mu_weight)l->gap->weight), l->gap->gap);
    safe(out, l->gap->text);
    mu_buf_printf(out, "\n  %-20s %s", "", l->gap->accepted ? "accepted by the plan; " : "");
    safe(out, l->gap->subject);
    mu_buf_printf(out, ", %s", l->gap->id);
    if (*l->scenario) {
        mu_buf_puts(out, ", in ");
        safe(out, l->scenario);
    }
    mu_buf_printf(out, "\n  %-20s first seen %s, in %d of %d drills that look for it%s", "", mu_day_words(v, l->first->local), l->seen, l->of,
                  l->returned ? SAY(", came back %d time%s", l->returned, l->returned == 1 ? "" : "s") : "");
    if (l->closed)
        mu_buf_printf(out, "; gone on %s, plan %s\n", mu_day_words(v, l->closed->local), l->closed->version);
    else
        mu_buf_printf(out, "\n  %-20s %s\n", "", what_next(v, i));
}

void mu_write_history_gaps(mu_buf *out, const mu_history_view *v)
{
    int counts[4] = {0};
    head(out, v);
    for (int i = 0; i < v->line_count; i++)
        counts[v->lines[i].state]++;
    mu_buf_printf(out, "Gaps: %d new, %d back again, %d still there, %d closed. A gap of a drill is closed only by a drill with the same scenario, of the same kind (with people or without), that ran as far.\n\n", counts[MU_GAP_NEW], counts[MU_GAP_BACK],
                  counts[MU_GAP_STILL], counts[MU_GAP_CLOSED]);
    for (int i = 0; i < v->line_count; i++)
        gap(out, v, i);
}

/* ---- trend ---- */

static const char *middle(const mu_history_view *v, const mu_past_drill *d)
{
    int n;
    int64_t ms = mu_middle(d, "acknowledge", &n, v->arena);
    return ms < 0 ? SAY("- (n %d)", n) : SAY("%s (n %d)", mu_span(v->arena, ms), n);
}

/* A sentence a line. */
static void sentences(mu_buf *out, const char *text)
{
    for (const char *p = text, *dot; *p; p = dot) {
        dot = strstr(p, ". ") ? strstr(p, ". ") + 2 : p + strlen(p);
        mu_buf_printf(out, "%s  %.*s\n", p == text ? "\n" : "", (int)(dot - p) - (dot > p && dot[-1] == ' '), p);
    }
}

static void course(mu_buf *out, const mu_history_view *v, const mu_course *c)
{
    mu_beside_before b = mu_beside_last(c);
    mu_buf_puts(out, "\n");
    safe(out, c->title);
    mu_buf_printf(out, ", %s\n\n  %-10s  %-8s %8s %4s %6s %3s  %-12s %-24s %-16s %s\n", c->mode, "held", "plan", "critical", "high", "medium", "low", "targets met", "answers in time (95 %)",
                  "acknowledged in", "parts exercised");
    for (int i = 0; i < c->count; i++) {
        const mu_past_drill *d = c->drills[i];
        int64_t met, of;
        int exercised, all;
        mu_in_time(d, &met, &of);
        mu_parts_of(d, &exercised, &all);
        mu_buf_printf(out, "  %-10s  %-8.8s %8d %4d %6d %3d  %-12s %-24s %-16s %d of %d\n", mu_day_words(v, d->local), d->version, mu_open_of(d, 0), mu_open_of(d, 1), mu_open_of(d, 2), mu_open_of(d, 3),
                      mu_share_words(v, mu_targets_met(d), d->target_count), mu_rate_words(v, met, of), middle(v, d), exercised, all);
    }
    sentences(out, mu_change_words(v, c));
    sentences(out, mu_verdict_words(v, &b));
}

/* By kind, in lines that a terminal holds. */
static void never_exercised(mu_buf *out, const mu_part_line *lines, int count)
{
    const char *kind = "";
    size_t column = 0;
    for (int i = 0; i < count; i++) {
        if (lines[i].last)
            continue;
        bool first = strcmp(kind, lines[i].part->kind) != 0;
        if (first)
            mu_buf_printf(out, "%s  %s\n", *kind ? "\n" : "", lines[i].part->kind);
        column = first ? 0 : column;
        if (!first)
            mu_buf_puts(out, ",");
        bool wrap = first || column + strlen(lines[i].part->name) > 100;
        mu_buf_puts(out, wrap ? first ? "    " : "\n    " : " ");
        column = (wrap ? 4 : column + 2) + strlen(lines[i].part->name);
        safe(out, lines[i].part->name);
        kind = lines[i].part->kind;
    }
    mu_buf_puts(out, *kind ? "\n" : "");
}

static void parts(mu_buf *out, const mu_history_view *v, const char *plan)
{
    const mu_part_line *lines;
    int count = mu_part_lines(v->past, plan, mu_months_add(v->as_of, -v->months), v->arena, &lines), lately = 0, never = 0;
    for (int i = 0; i < count; i++) {
        lately += lines[i].lately;
        never += !lines[i].last;
    }
    mu_buf_puts(out, "\n");
    safe(out, plan);
    mu_buf_printf(out, ": %d of %d parts were exercised in the last %d months, %d never%s\n", lately, count, v->months, never, never ? ":" : ".");
    never_exercised(out, lines, count);
}

static void overdue(mu_buf *out, const mu_history_view *v, const char *plan)
{
    const mu_past_drill *d = mu_newest(v->past, plan);
    for (int i = 0; i < d->task_count; i++)
        if (mu_is_overdue(v, &d->tasks[i])) {
            mu_buf_printf(out, "  overdue since %s: ", d->tasks[i].due);
            safe(out, d->tasks[i].id);
            mu_buf_puts(out, " ");
            safe(out, d->tasks[i].action);
            mu_buf_printf(out, " (%s)\n", *d->tasks[i].owner ? d->tasks[i].owner : "nobody");
        }
}

void mu_write_history_trend(mu_buf *out, const mu_history_view *v)
{
    const char **plans = mu_alloc(v->arena, ((size_t)v->past->count + 1) * sizeof *plans);
    int count = mu_history_plans(v, plans);
    head(out, v);
    sentences(out, mu_change_lead(v));
    for (int i = 0; i < v->course_count; i++)
        course(out, v, &v->courses[i]);
    for (int i = 0; i < count; i++) {
        parts(out, v, plans[i]);
        overdue(out, v, plans[i]);
    }
    mu_buf_puts(out, "\nModel runs are analysis of the plan: they show whether the plan got better, and nothing of how people perform. Each is one run, n = 1.\n");
}
