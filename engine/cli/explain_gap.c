#include "cli/explain_gap.h"

#include <string.h>
#include <strings.h>

#include "amend/mend.h"
#include "analysis/judge.h"
#include "analysis/lore.h"
#include "analysis/run.h"
#include "cli/describe.h"
#include "report/tried.h"

/* However it is written: rol-08 is ROL-08. */
static const mu_gap *gap_of(const char *id)
{
    for (const mu_gap *g = mu_gaps; g->id; g++)
        if (strcasecmp(g->id, id) == 0)
            return g;
    return NULL;
}

static void found_by(mu_buf *out, const char *gap, mu_arena *arena)
{
    mu_how how = mu_how_in_full(gap, arena);
    const mu_lore *lore = mu_lore_of(gap);
    if (how.paper)
        mu_buf_printf(out, "On paper, by muster check:\n  %s. The line of the plan proves it.\n", how.paper);
    if (how.run)
        mu_buf_printf(out, "In a drill, by muster run:\n  %s. The numbers of the events prove it.\n", how.run);
    if (how.calls)
        mu_buf_printf(out, "In a call tree, by muster calltree:\n  %s. The numbers of the events prove it.\n", how.calls);
    if (strchr(lore->modes, 'H'))
        mu_buf_printf(out, "By a person who watched the drill:\n  the facilitator notes it (:gap %s SUBJECT WORDS), or an evaluator on their page (A gap of the plan),\n  and it stands in journal and report as observed.\n", gap);
}

bool mu_explain_gap(mu_buf *out, const char *id)
{
    const mu_gap *g = gap_of(id);
    if (!g)
        return false;
    const mu_lore *lore = mu_lore_of(g->id);
    mu_buf_printf(out, "%s  %s  (%s)\n\n%s\n\nWhy it matters: %s\nFor example: %s\n\n", g->id, g->title, mu_weight_word(g->weight), g->meaning, lore->why, lore->example);
    mu_arena *arena = mu_arena_new();
    found_by(out, g->id, arena);
    mu_buf_printf(out, "\nTo close it: %s\nCan Muster write that? %s.\nAn item of it closes by a later run in which %s, and it did not appear.\nMaps to: %s\n", g->fix, mu_mending_words(mu_mending_of(g->id), arena),
                  mu_tried_words(g->id), g->clauses);
    mu_arena_free(arena);
    return true;
}

static void row(mu_buf *out, const char *what, const char *text)
{
    if (text)
        mu_buf_printf(out, "- %s: %s\n", what, text);
}

static void section(mu_buf *out, const mu_gap *g, mu_arena *arena)
{
    const mu_lore *lore = mu_lore_of(g->id);
    mu_how how = mu_how_in_full(g->id, arena);
    mu_buf_printf(out, "### %s %s (%s)\n\n%s\n\n", g->id, g->title, mu_weight_word(g->weight), g->meaning);
    row(out, "Why it matters", lore->why);
    row(out, "For example", lore->example);
    row(out, "On paper", how.paper);
    row(out, "In a drill", how.run);
    row(out, "In a call tree", how.calls);
    row(out, "By a person", strchr(lore->modes, 'H') ? "the facilitator (`:gap`) or an evaluator (on their page) notes it; it stands in journal and report as observed" : NULL);
    row(out, "To close it", g->fix);
    row(out, "Can Muster write that", mu_mending_words(mu_mending_of(g->id), arena));
    row(out, "An item of it closes by a later run in which", mu_tried_words(g->id));
    row(out, "Maps to", g->clauses);
    mu_buf_puts(out, "\n");
}

void mu_list_gaps(mu_buf *out, bool markdown)
{
    mu_sheet s;
    mu_arena *arena = mu_arena_new();
    for (const mu_gap *g = mu_gaps; markdown && g->id; g++)
        section(out, g, arena);
    mu_arena_free(arena);
    if (markdown)
        return;
    mu_sheet_begin(&s, "gap", "severity", "title");
    for (const mu_gap *g = mu_gaps; g->id; g++)
        mu_sheet_row(&s, g->id, mu_weight_word(g->weight), g->title);
    mu_sheet_write(&s, out, false);
}
