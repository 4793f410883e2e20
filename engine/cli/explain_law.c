#include "cli/explain_law.h"

#include <stdio.h>
#include <string.h>

#include "plan/law.h"
#include "plan/words.h"

static const char *known(const char *words)
{
    return !words ? "not known, so it makes no gap" : strcmp(words, "*") == 0 ? "all" : words;
}

static void cell(const char *what, mu_cell c)
{
    printf("  %-14s %s%s%s%s\n", what, known(c.words), c.source ? "  [" : "", c.source ? c.source : "", c.source ? "]" : "");
}

static void clock_of(const mu_clock_rule *r)
{
    if (r->value >= 0)
        printf("%d %s from %s", r->value, r->unit, r->starts);
    else
        printf("no number, from %s", r->starts);
}

bool mu_explain_rule(const char *id)
{
    static const char *const seen[] = {"V", "the text itself was read", "S", "secondary sources were read", "M", "from general knowledge, not read"};
    const mu_clock_rule *r = mu_clock_rule_of(id);
    if (!r)
        return false;
    printf("%s  %s, %s: %s\n\n  %-14s ", r->id, r->law, r->jurisdiction, r->stage, "clock");
    clock_of(r);
    printf("\n  %-14s %s\n  %-14s %s\n  %-14s %s\n", "trigger", r->trigger, "to", r->recipient, "scope", r->scope);
    cell("where", r->where);
    cell("sectors", r->sector);
    cell("data", r->data);
    cell("notice holds", r->fields);
    for (size_t i = 0; i < 6; i += 2)
        if (strcmp(seen[i], r->seen) == 0)
            printf("  %-14s %s, confidence %s: %s\n", "source", r->reference, r->confidence, seen[i + 1]);
    printf("  %-14s %s, last checked on %s\n", "status", r->status, r->checked);
    if (r->note)
        printf("  %-14s %s\n", "note", r->note);
    puts("\nNot legal advice.");
    return true;
}

void mu_list_rules(void)
{
    const mu_clock_rule *r;
    for (size_t i = 0; (r = mu_clock_rule_at(i)) != NULL; i++) {
        printf("%-16s %-20s ", r->id, r->status);
        clock_of(r);
        printf("; %s (%s)\n", r->recipient, r->reference);
    }
}

void mu_list_words_of_law(void)
{
    const mu_clock_rule *rule;
    for (const mu_word_row *w = mu_word_rows; w->list; w++)
        printf("organisation.%s: %s (%s)\n", w->list, w->words, w->means);
    for (size_t i = 0; (rule = mu_clock_rule_at(i)) != NULL; i++)
        if (rule->fields.words)
            printf("what a notice by %s holds: %s (%s)\n", rule->id, rule->fields.words, rule->fields.source);
}
