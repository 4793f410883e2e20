#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "analysis/paper.h"
#include "base/check.h"
#include "base/json.h"
#include "cli/check_scenario.h"
#include "cli/command.h"
#include "plan/codes.h"
#include "plan/schema.h"
#include "report/sarif.h"

typedef struct options {
    const char *plan; /* NULL: a scenario alone */
    char *const *scenarios;
    int scenario_count;
    int64_t at;
    int fail_on; /* the lightest weight that fails; -1 none */
    char format; /* t, j, s */
} options;

/* The only reading of a clock in this command: without --at a plan is judged as of now, in UTC. */
static int64_t wall(void)
{
    return (int64_t)time(NULL) * 1000;
}

static bool read_at(const char *text, int64_t *at)
{
    int64_t days;
    if (mu_time_read(text, at))
        return true;
    if (!mu_date_read(text, &days))
        return false;
    *at = days * 86400000;
    return true;
}

static int read_options(int argc, char **argv, options *o)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    *o = (options){.at = wall(), .format = *mu_arg_or(&args, "format", "text")};
    if (mu_arg(&args, "at") && !read_at(mu_arg(&args, "at"), &o->at))
        return mu_args_wrong(&args, "--at takes a day or a moment: 2026-07-10, or \"2026-07-10 17:40\"");
    MU_CHECK(mu_weight_read(mu_arg_or(&args, "fail-on", "critical"), &o->fail_on));
    bool alone = mu_is_scenario(args.operands[0]);
    o->plan = alone ? NULL : args.operands[0];
    o->scenarios = args.operands + !alone;
    o->scenario_count = args.operand_count - !alone;
    return MU_GO_ON;
}

static void show_json(mu_buf *out, const mu_tree *tree, const mu_findings *f)
{
    mu_buf_puts(out, "{\"schema\": \"muster.findings/1\", \"plan\": {\"hash\": ");
    mu_json_text(out, mu_tree_hash(tree));
    mu_buf_puts(out, "}, \"mode\": \"paper\", \"findings\": [");
    for (size_t i = 0; i < f->count; i++) {
        const mu_finding *x = &f->list[i];
        const char *const pairs[][2] = {{"gap", x->gap->id}, {"subject", x->subject}, {"severity", mu_weight_word(x->gap->weight)},
                                        {"confidence", "deterministic"}, {"text", x->text}, {"why", x->gap->meaning},
                                        {"clauses", x->gap->clauses}, {"fix", x->gap->fix}};
        mu_buf_puts(out, i ? ",\n {" : "\n {");
        for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
            mu_buf_printf(out, "\"%s\": ", pairs[p][0]);
            mu_json_text(out, pairs[p][1]);
            mu_buf_puts(out, ", ");
        }
        mu_buf_puts(out, "\"at\": {\"file\": ");
        mu_json_text(out, x->at.file);
        mu_buf_printf(out, ", \"line\": %d, \"column\": %d}}", x->at.line, x->at.column);
    }
    mu_buf_puts(out, "\n]}\n");
}

static void show_text(mu_buf *out, mu_diags *diags, const mu_findings *f, mu_look look)
{
    size_t counts[4] = {0};
    for (size_t i = 0; i < f->count; i++) {
        const mu_finding *x = &f->list[i];
        mu_buf word = {0};
        mu_buf_printf(&word, "%s[%s]", mu_weight_word(x->gap->weight), x->gap->id);
        mu_show_at(out, diags, &x->at, word.text, x->text, x->gap->fix, look);
        mu_buf_puts(out, "\n");
        mu_buf_free(&word);
        counts[x->gap->weight]++;
    }
    mu_buf_printf(out, "%zu gap%s on paper: %zu critical, %zu high, %zu medium, %zu low.\n", f->count, f->count == 1 ? "" : "s",
                  counts[MU_CRITICAL], counts[MU_HIGH], counts[MU_MEDIUM], counts[MU_LOW]);
}

static int judge(const mu_tree *tree, mu_diags *diags, const options *o)
{
    mu_arena *arena = mu_arena_new();
    mu_findings f = mu_judge_paper(tree, o->at, arena);
    mu_buf out = {0};
    bool fails = false;
    if (o->format == 'j')
        show_json(&out, tree, &f);
    else if (o->format == 's')
        mu_write_sarif(&out, &f);
    else
        show_text(&out, diags, &f, mu_look_of(stdout));
    for (size_t i = 0; i < f.count; i++)
        fails = fails || (int)f.list[i].gap->weight <= o->fail_on;
    bool written = fwrite(out.text, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    mu_buf_free(&out);
    mu_arena_free(arena);
    if (!written) {
        perror("muster: cannot write the findings");
        return 4;
    }
    return fails ? 1 : 0;
}

/* A name that nothing answers is a gap as well (HYG-05), and the rest can be judged; anything else cannot. */
static bool unreadable(const mu_diags *diags)
{
    return mu_diags_count(diags, MU_ERROR) > mu_diags_of_code(diags, MU_CODE_DANGLING);
}

static void show_diags(mu_diags *diags)
{
    size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_buf out = {0};
    mu_diags_show(&out, diags, mu_look_of(stderr));
    if (errors && unreadable(diags))
        mu_buf_printf(&out, "\n%zu error%s. The plan was not judged: mend %s first.\n", errors, errors == 1 ? "" : "s", errors == 1 ? "this" : "these");
    else if (errors)
        mu_buf_printf(&out, "\n%zu error%s that nothing answers. The rest of the plan was judged; no drill runs with it.\n\n", errors, errors == 1 ? ": a name" : "s: names");
    if (out.len)
        fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
}

int mu_cmd_check(int argc, char **argv)
{
    options o;
    int ended = read_options(argc, argv, &o);
    if (ended != MU_GO_ON)
        return ended;
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = o.plan ? mu_tree_read(o.plan, diags) : mu_plan_for_none(diags);
    if (mu_diags_count(diags, MU_ERROR) == mu_diags_of_code(diags, MU_CODE_TWICE)) /* else what was read is a part */
        mu_schema_read(tree, diags);
    show_diags(diags);
    int status = unreadable(diags) ? 3 : 0;
    if (status == 0 && mu_check_scenarios(tree, o.scenarios, o.scenario_count, mu_look_of(stderr)) > 0)
        status = 3;
    if (!o.plan)
        fputs("No plan was named: names of roles, channels and actions were held against one that has none. muster check PLAN SCENARIO\n", stderr);
    if (status == 0 && o.plan)
        status = judge(tree, diags, &o);
    if (mu_diags_count(diags, MU_ERROR) && status != 4)
        status = 3;
    mu_tree_free(tree);
    mu_diags_free(diags);
    return status;
}
