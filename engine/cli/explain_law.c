#include "cli/explain_law.h"

#include <string.h>

#include "plan/law.h"
#include "plan/words.h"

static const char *known(const char *words)
{
    return !words ? "not known, so it makes no gap" : strcmp(words, "*") == 0 ? "all" : words;
}

static void cell(mu_buf *out, const char *what, mu_law_cell c)
{
    mu_buf_printf(out, "  %-14s %s%s%s%s\n", what, known(c.words), c.source ? "  [" : "", c.source ? c.source : "", c.source ? "]" : "");
}

static void clock_of(mu_buf *out, const mu_clock_rule *r)
{
    if (r->value >= 0)
        mu_buf_printf(out, "%d %s from %s", r->value, mu_clock_unit(r), r->starts);
    else
        mu_buf_printf(out, "no number, from %s", r->starts);
}

bool mu_explain_rule(mu_buf *out, const char *id)
{
    static const char *const seen[] = {"V", "the text itself was read", "S", "secondary sources were read", "M", "from general knowledge, not read"};
    const mu_clock_rule *r = mu_clock_rule_of(id);
    if (!r)
        return false;
    mu_buf_printf(out, "%s  %s, %s: %s\n\n  %-14s ", r->id, r->law, r->jurisdiction, r->stage, "clock");
    clock_of(out, r);
    mu_buf_printf(out, "\n  %-14s %s\n  %-14s %s\n  %-14s %s\n", "trigger", r->trigger, "to", r->recipient, "scope", r->scope);
    cell(out, "where", r->where);
    cell(out, "sectors", r->sector);
    cell(out, "data", r->data);
    if (r->instead.words)
        cell(out, "another law for", r->instead);
    cell(out, "notice holds", r->fields);
    for (size_t i = 0; i < 6; i += 2)
        if (strcmp(seen[i], r->seen) == 0)
            mu_buf_printf(out, "  %-14s %s, confidence %s: %s\n", "source", r->reference, r->confidence, seen[i + 1]);
    mu_buf_printf(out, "  %-14s %s, last checked on %s\n", "status", r->status, r->checked);
    if (r->note)
        mu_buf_printf(out, "  %-14s %s\n", "note", r->note);
    mu_buf_puts(out, "\nNot legal advice.\n");
    return true;
}

void mu_list_words_of_law(mu_sheet *sheet)
{
    const mu_clock_rule *rule;
    for (const mu_word_row *w = mu_word_rows; w->list; w++) {
        mu_buf where = {0};
        mu_buf_printf(&where, "%s of organisation: %s", w->list, w->means);
        mu_sheet_row(sheet, where.text, w->words, NULL);
        mu_buf_free(&where);
    }
    for (size_t i = 0; (rule = mu_clock_rule_at(i)) != NULL; i++) {
        mu_buf where = {0};
        mu_buf_printf(&where, "what a notice by %s holds (%s)", rule->id, rule->fields.source ? rule->fields.source : "");
        if (rule->fields.words)
            mu_sheet_row(sheet, where.text, rule->fields.words, NULL);
        mu_buf_free(&where);
    }
}
