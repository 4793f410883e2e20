/* muster explain: what a code means, why it matters, how to mend it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/command.h"
#include "cli/describe.h"
#include "cli/explain_gap.h"
#include "cli/explain_law.h"
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
    else if (!(strncasecmp(code, "MU", 2) == 0 ? explain_number(&out, (int)strtol(code + 2, NULL, 10)) : mu_explain_gap(&out, code) || mu_explain_rule(&out, code)))
        return no_code(&args, code);
    return mu_put_all(&out);
}
