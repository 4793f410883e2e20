/* muster explain: what a code means, why it matters, how to mend it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/run.h"
#include "analysis/judge.h"
#include "cli/command.h"
#include "cli/explain_law.h"
#include "journal/event.h"
#include "plan/codes.h"
#include "plan/fields.h"
#include "scenario/codes.h"

static bool explain_number(int code)
{
    for (const mu_plan_code *c = mu_plan_codes; c->code; c++)
        if (c->code == code) {
            printf("MU%03d\n\n%s\n\nTo mend it: %s\n", code, c->means, c->mend);
            return true;
        }
    for (const mu_code *c = mu_scenario_codes; c->code; c++)
        if (c->code == code) {
            printf("MU%03d\n\n%s\n\nTo mend it: %s\n", code, c->means, c->mend);
            return true;
        }
    return false;
}

static bool explain_gap(const char *id)
{
    const mu_gap *g = mu_gap_of(id);
    if (!g)
        return false;
    mu_how how = mu_how_found(id);
    printf("%s  %s  (%s)\n\n%s\n\n", g->id, g->title, mu_weight_word(g->weight), g->meaning);
    if (how.paper)
        printf("On paper, by muster check: %s.\n", how.paper);
    if (how.run)
        printf("In a drill, by muster run: %s.\n", how.run);
    printf("To close it: %s\nMaps to: %s\n", g->fix, g->clauses);
    return true;
}

static void list_events(void)
{
    for (int k = 1; k < EV_KINDS; k++) {
        printf("%-20s", mu_event_kinds[k].name);
        for (const mu_event_field *f = mu_event_kinds[k].fields; f->key; f++)
            printf(" %s", f->key);
        printf("\n");
    }
}

static void list_words(void)
{
    for (const mu_field *f = mu_fields; f->in; f++)
        if (f->type == T_ENUM)
            printf("%s.%s: %s\n", f->in, f->key, f->of);
    mu_list_words_of_law();
}

static void list_codes(void)
{
    for (const mu_plan_code *c = mu_plan_codes; c->code; c++)
        printf("MU%03d  %s\n", c->code, c->means);
    for (const mu_code *c = mu_scenario_codes; c->code; c++)
        printf("MU%03d  %s\n", c->code, c->means);
    for (const mu_gap *g = mu_gaps; g->id; g++)
        printf("%s  %-8s  %s\n", g->id, mu_weight_word(g->weight), g->title);
}

/* Every key of the format with what it holds, out of the schema's own rows. */
static void list_format(void)
{
    for (const mu_field *f = mu_fields; f->in; f++)
        printf("%-24s %-22s %s%s\n", *f->in ? f->in : "(the file)", f->key, f->required ? "required  " : "", f->of ? f->of : "");
}

int mu_cmd_explain(int argc, char **argv)
{
    static const struct { const char *word; void (*list)(void); } lists[] = {{"codes", list_codes}, {"events", list_events}, {"words", list_words}, {"plan-format", list_format}, {"rules", mu_list_rules}};
    if (argc != 2) {
        fputs("usage: muster explain CODE | codes | events | words | plan-format | rules\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(argv[1], lists[i].word) == 0) {
            lists[i].list();
            return fflush(stdout) == 0 ? 0 : 4;
        }
    bool mu = strncmp(argv[1], "MU", 2) == 0;
    if (mu ? explain_number(atoi(argv[1] + 2)) : explain_gap(argv[1]) || mu_explain_rule(argv[1]))
        return 0;
    fprintf(stderr, "muster: there is no code \"%.20s\"; muster explain codes lists them\n", argv[1]);
    return 2;
}
