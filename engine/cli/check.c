#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/command.h"
#include "plan/schema.h"

static mu_look look_of(FILE *to)
{
    const char *no = getenv("NO_COLOR");
    return (mu_look){isatty(fileno(to)) && !(no && *no)};
}

static void summary(mu_buf *out, size_t errors, size_t warnings)
{
    if (errors)
        mu_buf_printf(out, "\n%zu error%s. The plan was not judged: mend %s first.\n", errors, errors == 1 ? "" : "s", errors == 1 ? "this" : "these");
    else if (warnings)
        mu_buf_printf(out, "\n%zu warning%s.\n", warnings, warnings == 1 ? "" : "s");
}

int mu_cmd_check(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: muster check PLAN\n", stderr);
        return 2;
    }
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read(argv[1], diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(tree, diags);
    size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_buf out = {0};
    mu_diags_show(&out, diags, look_of(stderr));
    summary(&out, errors, mu_diags_count(diags, MU_WARNING));
    if (out.len)
        fwrite(out.text, 1, out.len, stderr);
    if (!errors)
        puts("The plan reads as format 1, without an error.");
    mu_buf_free(&out);
    mu_tree_free(tree);
    mu_diags_free(diags);
    return errors ? 3 : 0;
}
