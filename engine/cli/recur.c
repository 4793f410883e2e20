#include "cli/recur.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "store/history.h"
#include "store/trend.h"

static bool is_model(const char *mode)
{
    return strcmp(mode, "model") == 0;
}

/* Drills are in the order in which they began. */
static void leave_out_later(const mu_recur *r, mu_past *past)
{
    int n = 0;
    while (n < past->count && (past->drills[n].local < r->starts_local || (past->drills[n].local == r->starts_local && strcmp(past->drills[n].folder, r->drill) < 0)))
        n++;
    past->count = n;
}

/* What a run shows is looked for by runs of the same scenario and kind alone (trend.h). */
static bool concerns(const mu_recur *r, const mu_gap_line *l)
{
    const char *title = mu_get_text(mu_get(mu_tree_root(r->plan), "plan"), "title");
    if (!title || strcmp(l->plan, title) != 0 || (l->state != MU_GAP_CLOSED && l->returned == 0))
        return false;
    if (!*l->scenario || !r->journal)
        return !*l->scenario;
    return strcmp(l->scenario, mu_journal_text(r->journal, mu_journal_event(r->journal, 1), "title")) == 0 && is_model(l->last->mode) == is_model(mu_journal_counts_as(r->journal));
}

static const char *drill_words(const mu_past_drill *d, mu_arena *arena)
{
    mu_date day = mu_date_of_day(mu_day_of(d->local));
    return mu_format(arena, "the drill %s on %04d-%02d-%02d", d->folder, day.year, day.month, day.day);
}

static const char *since(const mu_gap_line *l, mu_arena *arena)
{
    return l->closed ? mu_format(arena, "it is back: %s had shown it, and %s no more", drill_words(l->last, arena), drill_words(l->closed, arena))
                     : mu_format(arena, "it came back: it had been gone, and %s showed it again", drill_words(l->last, arena));
}

int mu_recur_take(const mu_recur *r, mu_findings *f, mu_arena *arena)
{
    mu_history_state state;
    const char *why;
    const mu_gap_line *lines;
    mu_past *past = mu_history_read(r->history, arena, &state, &why);
    if (!past) {
        fprintf(stderr, "muster: %s: %s; muster history rebuild makes it from the journals\n", r->history, why);
        return 3;
    }
    if (r->journal)
        leave_out_later(r, past);
    int count = mu_gap_lines(past, arena, &lines), n = 0;
    mu_said *closed = mu_alloc(arena, ((size_t)count + 1) * sizeof *closed);
    const char **words = mu_alloc(arena, ((size_t)count + 1) * sizeof *words);
    for (int i = 0; i < count; i++)
        if (concerns(r, &lines[i])) {
            closed[n] = mu_past_said(lines[i].gap);
            words[n++] = since(&lines[i], arena);
        }
    mu_findings_recur(f, closed, words, (size_t)n, arena);
    return 0;
}
