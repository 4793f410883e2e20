/* fuzz/plan: any bytes as a plan, read, shown and judged on paper as `muster check` does. */
#include "fuzz.h"

#include "analysis/paper.h"
#include "plan/codes.h"
#include "plan/schema.h"
#include "report/sarif.h"

static const int64_t now = 1783684800000; /* 2026-07-10 12:00 */

static void judge(const mu_tree *tree, mu_diags *diags)
{
    static const mu_scenes none = {NULL, 0};
    mu_arena *arena = mu_arena_new();
    mu_findings findings = mu_judge_paper(tree, &none, now, arena);
    mu_buf out = {0};
    mu_about about = {.title = "fuzz", .version = "", .hash = mu_tree_hash(tree), .mode = "paper", .zone = "UTC", .at = now};
    about.wrong_count = mu_diags_list(diags, &about.wrong);
    mu_write_sarif(&out, &findings, &about);
    mu_buf_free(&out);
    mu_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("plan.yaml", (const char *)bytes, len, diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(tree, diags);
    mu_buf out = {0};
    mu_diags_show(&out, diags, (mu_look){false});
    mu_buf_free(&out);
    if (mu_diags_count(diags, MU_ERROR) == mu_diags_of_code(diags, MU_CODE_DANGLING))
        judge(tree, diags);
    mu_tree_free(tree);
    mu_diags_free(diags);
    return 0;
}
