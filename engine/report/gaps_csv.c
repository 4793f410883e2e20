#include "analysis/lore.h"
#include "base/csv.h"

#include "report/formats.h"

enum { COLUMNS = 15 };

void mu_write_gaps_csv(mu_buf *out, const mu_findings *f, const mu_about *about, mu_arena *arena)
{
    static const char *const heads[COLUMNS] = {"id", "gap", "severity", "subject", "file", "line", "column", "finding", "why it matters",
                                               "confidence", "evidence", "maps to", "change that would close it", "cause", "accepted until"};
    (void)about;
    mu_csv_row(out, heads, COLUMNS);
    for (size_t i = 0; i < f->count; i++) {
        const mu_finding *x = &f->list[i];
        const char *events = "";
        for (int k = 0; k < x->evidence_count; k++)
            events = mu_format(arena, "%s%s%u", events, k ? " " : "", (unsigned)x->evidence[k]);
        const char *const cells[COLUMNS] = {x->id, x->gap->id, mu_weight_word(x->weight), x->subject, x->at.file, mu_format(arena, "%d", x->at.line),
                                            mu_format(arena, "%d", x->at.column), x->text, mu_lore_of(x->gap->id)->why, x->confidence, events, x->gap->clauses,
                                            x->gap->fix, x->cause, x->suppressed ? x->suppressed->until : ""};
        mu_csv_row(out, cells, COLUMNS);
    }
}
