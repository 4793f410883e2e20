#include "cli/sides.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/run.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/moment.h"
#include "cli/recorded.h"
#include "plan/codes.h"
#include "plan/schema.h"

enum { DOCUMENT_MOST = (64 << 20) - 1 };

static const char *kept(mu_arena *arena, const char *text)
{
    return mu_copy(arena, text, strlen(text));
}

/* The plan and the journal are gone afterwards. */
static void take(mu_gaps_of *side, const mu_findings *f, mu_arena *arena)
{
    side->list = mu_alloc(arena, (f->count + 1) * sizeof *side->list);
    side->count = f->count;
    for (size_t i = 0; i < f->count; i++) {
        const mu_finding *x = &f->list[i];
        side->list[i] = (mu_side_gap){kept(arena, x->id), x->gap->id, kept(arena, x->subject), kept(arena, x->text), (int)x->weight, x->suppressed != NULL, NULL};
    }
}

/* A name that nothing answers is a gap; no drill runs with one. */
static mu_tree *read_plan(const char *path, bool names_too)
{
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read(path, diags);
    mu_schema_read_legible(tree, diags);
    bool ok = mu_diags_count(diags, MU_ERROR) == (names_too ? mu_diags_of_code(diags, MU_CODE_DANGLING) : 0);
    if (!ok)
        mu_say_diags(diags);
    mu_diags_free(diags);
    if (ok)
        return tree;
    mu_tree_free(tree);
    return NULL;
}

static int read_as_plan(mu_gaps_of *side, const int64_t *at, mu_arena *arena)
{
    static const mu_scenes none = {NULL, 0};
    mu_tree *plan = read_plan(side->path, true);
    if (!plan)
        return 3;
    const char *zone = mu_get_text(mu_get(mu_tree_root(plan), "organisation"), "timezone");
    mu_findings found = mu_judge_paper(plan, &none, at ? mu_moment_meant(zone, *at, "the plan is judged as it is") : mu_moment_here(zone, arena), arena);
    take(side, &found, arena);
    mu_tree_free(plan);
    return 0;
}

static int read_as_drill(mu_gaps_of *side, const char *journal, mu_arena *arena)
{
    mu_reading reading;
    mu_inputs inputs;
    mu_recorded recorded;
    mu_journal *j = mu_journal_read(journal, &reading);
    bool sound = reading.soundness != MU_CORRUPT && reading.soundness != MU_UNREADABLE && mu_recorded_options(&recorded, j);
    bool found = sound && mu_inputs_plan(journal, &inputs);
    if (!found)
        fprintf(stderr, "muster: %s: %s\n", journal, sound ? "its plan is not beside it (inputs/)" : *reading.why ? reading.why : "record 1 does not say when the drill began");
    mu_tree *plan = found ? read_plan(inputs.plan, false) : NULL;
    if (plan) {
        mu_findings f = mu_judge_all(plan, j, recorded.options.starts_local, arena);
        take(side, &f, arena);
    }
    mu_tree_free(plan);
    mu_journal_free(j);
    return plan ? 0 : 3;
}

/* ---- documents ---- */

static bool columns(mu_gaps_of *side, const mu_buf *bytes, mu_arena *arena, const char **why)
{
    static const char *const keys[] = {"id", "gap", "subject", "text", "severity"};
    const char *const *cells[5];
    const bool *accepted;
    int count = 0;
    for (int k = 0; k < 5 && count >= 0; k++)
        count = mu_json_column(arena, bytes->text, bytes->len, "findings", keys[k], &cells[k], why);
    if (count < 0)
        return false;
    *why = NULL;
    (void)mu_json_present(arena, bytes->text, bytes->len, "findings", "suppressed", &accepted);
    side->list = mu_alloc(arena, ((size_t)count + 1) * sizeof *side->list);
    for (int i = 0; i < count; i++) {
        side->list[i] = (mu_side_gap){cells[0][i], cells[1][i], cells[2][i], cells[3][i], 0, accepted[i], NULL};
        if (!mu_weight_read(cells[4][i], &side->list[i].weight))
            *why = mu_format(arena, "\"%s\" is no severity", cells[4][i]);
    }
    side->count = (size_t)count;
    return !*why;
}

static int read_as_document(mu_gaps_of *side, mu_arena *arena)
{
    mu_buf bytes = {0};
    const char *why = NULL;
    mu_buf_puts(&bytes, "");
    bool read = mu_buf_read(&bytes, side->path, DOCUMENT_MOST), ok = read;
    if (!ok)
        why = strerror(errno);
    else if ((ok = columns(side, &bytes, arena, &why))) {
        const char *mode = mu_json_at(arena, bytes.text, bytes.len, NULL, "mode");
        side->paper = mode && strcmp(mode, "paper") == 0;
    }
    mu_buf_free(&bytes);
    if (!ok)
        fprintf(stderr, "muster: %s: %s%s\n", side->path, read ? "this is no findings document (muster check --format json): " : "", why);
    return ok ? 0 : 3;
}

static bool ends(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

int mu_gaps_read(mu_gaps_of *side, const char *path, const int64_t *at, mu_arena *arena)
{
    const char *journal = ends(path, ".jsonl") ? path : mu_format(arena, "%s/journal.jsonl", path);
    *side = (mu_gaps_of){.path = path, .kind = "plan", .paper = true};
    if (access(journal, F_OK) == 0) {
        side->kind = "drill";
        side->paper = false;
        return read_as_drill(side, journal, arena);
    }
    if (!ends(path, ".json"))
        return read_as_plan(side, at, arena);
    side->kind = "findings";
    return read_as_document(side, arena);
}
