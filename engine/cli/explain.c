/* muster explain: what a code means, why it matters, how to mend it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/run.h"
#include "analysis/judge.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "plan/codes.h"
#include "scenario/codes.h"

static bool explain_number(mu_buf *out, int code)
{
    for (const mu_plan_code *c = mu_plan_codes; c->code; c++)
        if (c->code == code) {
            mu_buf_printf(out, "MU%03d\n\n%s\n\nTo mend it: %s\n", code, c->means, c->mend);
            return true;
        }
    for (const mu_code *c = mu_scenario_codes; c->code; c++)
        if (c->code == code) {
            mu_buf_printf(out, "MU%03d\n\n%s\n\nTo mend it: %s\n", code, c->means, c->mend);
            return true;
        }
    return false;
}

/* However it is written: rol-08 is ROL-08. */
static const mu_gap *gap_of(const char *id)
{
    for (const mu_gap *g = mu_gaps; g->id; g++)
        if (strcasecmp(g->id, id) == 0)
            return g;
    return NULL;
}

static bool explain_gap(mu_buf *out, const char *id)
{
    const mu_gap *g = gap_of(id);
    if (!g)
        return false;
    bool paper = mu_has_paper_rule(g->id), run = mu_has_run_rule(g->id);
    mu_buf_printf(out, "%s  %s  (%s)\n\n%s\n\nFound: %s.\nTo close it: %s\nMaps to: %s\n", g->id, g->title, mu_weight_word(g->weight), g->meaning,
                  paper && run ? "on paper by muster check, and in a drill"
                  : paper      ? "on paper, by muster check"
                  : run        ? "in a drill, by muster run"
                               : "not yet by a rule; an evaluator may note it", g->fix, g->clauses);
    return true;
}

static const mu_list *list_of(const char *name)
{
    const mu_list *l = mu_lists;
    while (l->name && strcmp(l->name, name) != 0)
        l++;
    return l->name ? l : NULL;
}

static int no_code(const mu_args *args, const char *code)
{
    mu_buf text = {0};
    mu_buf_printf(&text, "there is no code \"%.40s\"; muster explain codes lists them", code);
    int status = mu_args_wrong(args, text.text);
    mu_buf_free(&text);
    return status;
}

int mu_cmd_explain(int argc, char **argv)
{
    mu_args args;
    int ended = mu_args_read(&args, argc, argv);
    if (ended != MU_GO_ON)
        return ended;
    const char *code = args.operands[0];
    const mu_list *list = list_of(code);
    mu_buf out = {0};
    if (list)
        list->write(&out, *mu_arg_or(&args, "format", "text") == 'm');
    else if (!(strncasecmp(code, "MU", 2) == 0 ? explain_number(&out, atoi(code + 2)) : explain_gap(&out, code)))
        return no_code(&args, code);
    return mu_put_all(&out);
}
