/* The past for other programs. */
#include <string.h>

#include "analysis/paper.h"
#include "base/calendar.h"
#include "base/csv.h"
#include "report/history.h"
#include "report/json_parts.h"

#define SAY(...) mu_format(v->arena, __VA_ARGS__)

static void end(mu_buf *out, const char *key, int64_t value)
{
    mu_buf_printf(out, "\"%s\": %lld}", key, (long long)value);
}

static void number(mu_buf *out, const char *key, int64_t value)
{
    mu_buf_printf(out, "\"%s\": %lld, ", key, (long long)value);
}

static void drill(mu_buf *out, const mu_history_view *v, const mu_past_drill *d)
{
    int64_t met, of;
    int exercised, all, n;
    mu_in_time(d, &met, &of);
    mu_parts_of(d, &exercised, &all);
    int64_t middle = mu_middle(d, "acknowledge", &n, v->arena);
    mu_buf_puts(out, "{");
    mu_json_member(out, "folder", d->folder);
    mu_json_member(out, "starts", d->starts);
    mu_json_member(out, "scenario", d->title);
    mu_json_member(out, "plan", d->plan);
    mu_json_member(out, "version", d->version);
    mu_json_member(out, "plan_hash", d->plan_hash);
    mu_json_member(out, "mode", d->mode);
    mu_json_member(out, "seed", d->seed);
    mu_json_flag(out, "over", d->over);
    number(out, "players", d->players);
    mu_buf_printf(out, "\"gaps\": {\"critical\": %d, \"high\": %d, \"medium\": %d, \"low\": %d}, ", mu_open_of(d, 0), mu_open_of(d, 1), mu_open_of(d, 2), mu_open_of(d, 3));
    number(out, "targets_met", mu_targets_met(d));
    number(out, "targets_due", d->target_count);
    number(out, "in_time", met);
    number(out, "timed", of);
    mu_json_number(out, "median_acknowledgement_ms", middle);
    number(out, "acknowledgements", n);
    number(out, "parts_exercised", exercised);
    end(out, "parts", all);
}

static void gap(mu_buf *out, const mu_history_view *v, int i)
{
    const mu_gap_line *l = &v->lines[i];
    mu_buf_puts(out, "{");
    mu_json_member(out, "id", l->gap->id);
    mu_json_member(out, "gap", l->gap->gap);
    mu_json_member(out, "subject", l->gap->subject);
    mu_json_member(out, "severity", mu_weight_word((mu_weight)l->gap->weight));
    mu_json_member(out, "text", l->gap->text);
    mu_json_member(out, "plan", l->plan);
    mu_json_member(out, "scenario", *l->scenario ? l->scenario : NULL);
    mu_json_member(out, "state", mu_gap_state_word(l->state));
    mu_json_flag(out, "accepted", l->gap->accepted);
    mu_json_member(out, "first_seen", l->first->folder);
    mu_json_member(out, "last_seen", l->last->folder);
    mu_json_member(out, "closed_by", l->closed ? l->closed->folder : NULL);
    mu_json_member(out, "owner", l->task && *l->task->owner ? l->task->owner : NULL);
    mu_json_member(out, "due", l->task && *l->task->due ? l->task->due : NULL);
    mu_json_flag(out, "overdue", mu_is_overdue(v, l->task));
    mu_json_member(out, "retest", v->retests[i]);
    number(out, "returned", l->returned);
    number(out, "seen", l->seen);
    end(out, "looked_for", l->of);
}

static void course(mu_buf *out, const mu_history_view *v, const mu_course *c)
{
    static const char *const verdicts[] = {"cannot_tell", "better", "worse", "the_same", "first"};
    mu_beside_before b = mu_beside_last(c);
    mu_buf_puts(out, "{");
    mu_json_member(out, "plan", c->plan);
    mu_json_member(out, "scenario", c->title);
    mu_json_member(out, "mode", c->mode);
    mu_json_member(out, "now", b.now->folder);
    mu_json_member(out, "before", b.before ? b.before->folder : NULL);
    mu_json_member(out, "by_gaps", verdicts[b.by_gaps]);
    mu_json_member(out, "by_time", verdicts[b.by_time]);
    mu_json_member(out, "by_targets", verdicts[b.by_targets]);
    mu_json_flag(out, "worse", mu_is_worse(&b));
    mu_json_member(out, "words", mu_verdict_words(v, &b));
    mu_json_member(out, "change", *mu_change_words(v, c) ? mu_change_words(v, c) : NULL);
    number(out, "opened", b.opened);
    number(out, "closed", b.closed);
    end(out, "drills", c->count);
}

static void part(mu_buf *out, const mu_part_line *l)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "kind", l->part->kind);
    mu_json_member(out, "name", l->part->name);
    mu_json_member(out, "last", l->last ? l->last->folder : NULL);
    mu_buf_printf(out, "\"lately\": %s}", l->lately ? "true" : "false");
}

static void parts_of_plans(mu_buf *out, const mu_history_view *v)
{
    const char **plans = mu_alloc(v->arena, ((size_t)v->past->count + 1) * sizeof *plans);
    int count = mu_history_plans(v, plans);
    mu_buf_puts(out, "\n \"coverage\": [");
    for (int i = 0; i < count; i++) {
        const mu_part_line *lines;
        int n = mu_part_lines(v->past, plans[i], mu_months_add(v->as_of, -v->months), v->arena, &lines);
        mu_buf_puts(out, i ? ",\n  {" : "\n  {");
        mu_json_member(out, "plan", plans[i]);
        mu_buf_puts(out, "\"parts\": [");
        for (int k = 0; k < n; k++) {
            mu_buf_puts(out, k ? ",\n   " : "\n   ");
            part(out, &lines[k]);
        }
        mu_buf_puts(out, "]}");
    }
    mu_buf_puts(out, "\n ]\n}\n");
}

void mu_write_history_json(mu_buf *out, const mu_history_view *v)
{
    mu_buf_puts(out, "{\"schema\": \"muster.history/1\", ");
    mu_json_member(out, "title", v->title);
    mu_json_member(out, "as_of", mu_day_words(v, v->as_of));
    number(out, "months", v->months);
    number(out, "left_out", v->left_out);
    mu_buf_puts(out, "\n \"drills\": [");
    for (int i = 0; i < v->past->count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        drill(out, v, &v->past->drills[i]);
    }
    mu_buf_puts(out, "\n ],\n \"gaps\": [");
    for (int i = 0; i < v->line_count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        gap(out, v, i);
    }
    mu_buf_puts(out, "\n ],\n \"courses\": [");
    for (int i = 0; i < v->course_count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        course(out, v, &v->courses[i]);
    }
    mu_buf_puts(out, "\n ],");
    parts_of_plans(out, v);
}

void mu_write_history_csv(mu_buf *out, const mu_history_view *v)
{
    static const char *const heads[] = {"id", "gap", "subject", "severity", "state", "plan", "scenario", "first seen", "last seen", "gone on", "seen in", "of", "owner", "due", "looked for next", "text"};
    mu_csv_row(out, heads, 16);
    for (int i = 0; i < v->line_count; i++) {
        const mu_gap_line *l = &v->lines[i];
        const char *const cells[] = {l->gap->id, l->gap->gap, l->gap->subject, mu_weight_word((mu_weight)l->gap->weight), mu_gap_state_word(l->state), l->plan, l->scenario, mu_day_words(v, l->first->local),
                                     mu_day_words(v, l->last->local), l->closed ? mu_day_words(v, l->closed->local) : "", SAY("%d", l->seen), SAY("%d", l->of), l->task ? l->task->owner : "",
                                     l->task ? l->task->due : "", v->retests[i] ? v->retests[i] : "", l->gap->text};
        mu_csv_row(out, cells, 16);
    }
}
