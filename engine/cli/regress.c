#include "cli/regress.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "analysis/run.h"
#include "base/calendar.h"
#include "cli/drill.h"
#include "cli/recorded.h"
#include "store/history.h"
#include "store/trend.h"

typedef struct regress {
    const char *folder, *path;
    const mu_tree *plan;
    const mu_gap_line *lines;
    int count;
    const mu_finding **on_paper, **in_run; /* of each line */
    mu_arena *arena;
    mu_buf *out;
    mu_regressions *sum;
    const char *played; /* the folder of the drill that `run` is of */
    mu_drill drill;     /* that one: the findings speak with its words */
    bool known;         /* it could be played */
} regress;

/* Of each line the same gap among these, unless the plan accepts it; NULL where there is none. */
static const mu_finding **same_in(const regress *r, const mu_findings *f)
{
    mu_said *own = mu_alloc(r->arena, ((size_t)r->count + 1) * sizeof *own), *other = mu_alloc(r->arena, (f->count + 1) * sizeof *other);
    size_t *which = mu_alloc(r->arena, ((size_t)r->count + 1) * sizeof *which);
    const mu_finding **same = mu_alloc(r->arena, ((size_t)r->count + 1) * sizeof *same);
    for (int i = 0; i < r->count; i++)
        own[i] = mu_past_said(r->lines[i].gap);
    for (size_t k = 0; k < f->count; k++)
        other[k] = mu_finding_said(&f->list[k]);
    mu_same_gaps(own, (size_t)r->count, other, f->count, which);
    for (int i = 0; i < r->count; i++) {
        const mu_finding *found = which[i] == SIZE_MAX ? NULL : &f->list[which[i]];
        same[i] = found && found->suppressed && found->suppressed->state == MU_IN_FORCE ? NULL : found;
    }
    return same;
}

/* The drill that did not show the gap any more, with the plan as it is now. */
static bool play(regress *r, const char *folder)
{
    mu_inputs in;
    mu_recorded was;
    mu_reading reading;
    mu_drill *d = &r->drill;
    const char *path = mu_format(r->arena, "%s/%s/journal.jsonl", r->folder, folder);
    mu_journal *recorded = mu_journal_read(path, &reading);
    mu_drill_free(d);
    bool ok = reading.soundness == MU_SOUND && mu_recorded_options(&was, recorded) && was.options.play.count == 0 && mu_inputs_find(path, &in) &&
              mu_drill_load(d, r->path, in.scenario, *in.assume ? in.assume : NULL) == 0;
    if (ok) {
        d->options = was.options;
        mu_drill_make(d, mu_journal_new());
        ok = !mu_run_unknown(d->run) && mu_drill_start(d);
    }
    if (ok) {
        mu_drill_until(d, MU_NEVER);
        mu_findings *run = mu_alloc(r->arena, sizeof *run);
        *run = mu_judge_all(r->plan, d->journal, was.options.starts_local, r->arena);
        r->in_run = same_in(r, run);
    }
    mu_journal_free(recorded);
    return ok;
}

static const char *day(mu_arena *arena, int64_t local)
{
    mu_date d = mu_date_of_day(mu_day_of(local));
    return mu_format(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void say(regress *r, const mu_gap_line *l, const mu_finding *f)
{
    r->sum->back++;
    mu_buf_printf(r->out, "  %s  ", f->gap->id);
    mu_buf_safe(r->out, f->text, strlen(f->text), 300);
    mu_buf_printf(r->out, "\n    %s:%d:%d, %s\n    found by the drill %s on %s, gone by %s on %s\n", f->at.file, f->at.line, f->at.column, f->subject, l->last->folder, day(r->arena, l->last->local),
                  l->closed->folder, day(r->arena, l->closed->local));
}

static void look_for(regress *r, int i)
{
    const mu_gap_line *l = &r->lines[i];
    r->sum->closed++;
    if (!*l->scenario) {
        if (r->on_paper[i])
            say(r, l, r->on_paper[i]);
        return;
    }
    if (!r->played || strcmp(r->played, l->closed->folder) != 0) {
        r->known = play(r, l->closed->folder);
        r->played = l->closed->folder;
    }
    if (!r->known)
        r->sum->unknown++;
    else if (r->in_run[i])
        say(r, l, r->in_run[i]);
}

/* The lines of one drill together, so that each is played once. */
static void look_for_all(regress *r, const mu_past *past)
{
    const char *title = mu_get_text(mu_get(mu_tree_root(r->plan), "plan"), "title");
    for (int d = 0; d < past->count; d++)
        for (int i = 0; i < r->count; i++)
            if (r->lines[i].closed == &past->drills[d] && title && strcmp(r->lines[i].plan, title) == 0)
                look_for(r, i);
}

int mu_regress(const char *history, const char *path, const mu_tree *plan, const mu_findings *paper, mu_arena *arena, mu_buf *out, mu_regressions *sum)
{
    mu_history_state state;
    const char *why, *slash = strrchr(history, '/');
    const mu_past *past = mu_history_read(history, arena, &state, &why);
    *sum = (mu_regressions){0};
    if (!past) {
        fprintf(stderr, "muster: %s: %s; muster history rebuild makes it from the journals\n", history, why);
        return 3;
    }
    regress r = {.folder = slash ? mu_format(arena, "%.*s", (int)(slash - history), history) : ".", .path = path, .plan = plan, .arena = arena, .out = out, .sum = sum};
    r.count = mu_gap_lines(past, arena, &r.lines);
    r.on_paper = same_in(&r, paper);
    look_for_all(&r, past);
    mu_drill_free(&r.drill);
    return sum->back ? 1 : 0;
}
