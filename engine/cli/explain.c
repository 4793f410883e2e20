/* muster explain: what a code means, why it matters, how to mend it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/command.h"
#include "cli/describe.h"
#include "cli/explain_gap.h"
#include "cli/explain_law.h"
#include "plan/catalogue.h"
#include "plan/codes.h"
#include "programme/codes.h"
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
    for (const mu_programme_code *c = mu_programme_codes; c->code; c++)
        if (c->code == code) {
            mu_buf_printf(out, "MU%03d\n\n%s\n\nTo mend it: %s\n", code, c->means, c->mend);
            return true;
        }
    return false;
}

static const mu_list *list_of(const char *name)
{
    const mu_list *l = mu_lists;
    while (l->name && strcmp(l->name, name) != 0)
        l++;
    return l->name ? l : NULL;
}

/* A type of gap or a list that is spelled nearly so, whatever the case: ROL-08 for rol8. NULL where there is none. */
static const char *nearly(const char *code)
{
    enum { MOST = 256 };
    const char *gaps[MOST], *lists[MOST];
    size_t gap_count = 0, list_count = 0;
    for (const mu_gap *g = mu_gaps; g->id && gap_count < MOST; g++)
        gaps[gap_count++] = g->id;
    for (const mu_list *l = mu_lists; l->name && list_count < MOST; l++)
        lists[list_count++] = l->name;
    const char *list = mu_nearest(code, lists, list_count);
    return list ? list : mu_nearest(code, gaps, gap_count);
}

static int no_code(const mu_args *args, const char *code)
{
    const char *near = nearly(code);
    mu_buf text = {0};
    mu_buf_puts(&text, "there is no code \"");
    mu_buf_safe(&text, code, strlen(code), 40);
    mu_buf_printf(&text, "\"; %s%s%smuster explain codes and muster explain gaps list them", near ? "did you mean " : "", near ? near : "", near ? "? " : "");
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
    else if (!(strncasecmp(code, "MU", 2) == 0 ? explain_number(&out, (int)strtol(code + 2, NULL, 10)) : mu_explain_gap(&out, code) || mu_explain_rule(&out, code)))
        return no_code(&args, code);
    return mu_put_all(&out);
}
