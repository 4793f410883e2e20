#include "cli/describe.h"
#include "cli/explain_gap.h"
#include "cli/explain_law.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "base/check.h"
#include "cli/command.h"
#include "journal/event.h"
#include "plan/codes.h"
#include "plan/fields.h"
#include "plan/law.h"
#include "programme/codes.h"
#include "programme/rules.h"
#include "scenario/codes.h"
#include "scenario/words.h"

/* ---- sheets ---- */

void mu_sheet_begin(mu_sheet *s, const char *a, const char *b, const char *c)
{
    s->rows = 0;
    s->columns = c ? 3 : 2;
    mu_sheet_row(s, a, b, c);
}

void mu_sheet_row(mu_sheet *s, const char *a, const char *b, const char *c)
{
    const char *texts[MU_CELLS] = {a, b, c ? c : ""};
    MU_CHECK(s->rows < (int)(sizeof s->cells / sizeof *s->cells));
    for (int i = 0; i < MU_CELLS; i++) {
        mu_buf copy = {0};
        mu_buf_puts(&copy, texts[i]);
        s->cells[s->rows][i] = copy.text;
    }
    s->rows++;
}

/* A bar would end the cell. */
static void bars(mu_buf *out, const char *text)
{
    for (const char *p = text; p && *p; p++)
        mu_buf_printf(out, *p == '|' ? "\\%c" : "%c", *p);
}

static void markdown_row(mu_buf *out, const mu_sheet *s, int row)
{
    for (int i = 0; i < s->columns; i++) {
        const char *text = s->cells[row][i];
        bool code = i == 0 && row > 0 && text && *text;
        mu_buf_puts(out, code ? "| `" : "| ");
        bars(out, text);
        mu_buf_puts(out, code ? "` " : " ");
    }
    mu_buf_puts(out, "|\n");
}

static void write_markdown(const mu_sheet *s, mu_buf *out)
{
    markdown_row(out, s, 0);
    mu_buf_puts(out, s->columns == 3 ? "| --- | --- | --- |\n" : "| --- | --- |\n");
    for (int row = 1; row < s->rows; row++)
        markdown_row(out, s, row);
}

static void write_columns(const mu_sheet *s, mu_buf *out)
{
    int wide[MU_CELLS] = {0};
    for (int row = 1; row < s->rows; row++)
        for (int i = 0; i < s->columns; i++) {
            int len = s->cells[row][i] ? (int)strlen(s->cells[row][i]) : 0;
            wide[i] = len > wide[i] ? len : wide[i];
        }
    for (int row = 1; row < s->rows; row++) {
        for (int i = 0; i < s->columns; i++) {
            const char *text = s->cells[row][i] ? s->cells[row][i] : "";
            bool last = i == s->columns - 1;
            mu_buf_printf(out, "  %-*s", last ? 0 : wide[i], text);
        }
        while (out->len && out->text[out->len - 1] == ' ')
            out->len--;
        mu_buf_puts(out, "\n");
    }
}

void mu_sheet_write(mu_sheet *s, mu_buf *out, bool markdown)
{
    (markdown ? write_markdown : write_columns)(s, out);
    mu_buf_puts(out, "\n");
    for (int row = 0; row < s->rows; row++)
        for (int i = 0; i < MU_CELLS; i++)
            free(s->cells[row][i]);
}

void mu_sheet_title(mu_buf *out, bool markdown, const char *text)
{
    mu_buf_printf(out, markdown ? "### %s\n\n" : "%s\n", text);
}

/* ---- the short lists ---- */

static void list_events(mu_buf *out, bool markdown)
{
    static const char *const types[] = {[F_NAME] = "name", [F_NUMBER] = "number", [F_YES] = "yes or no", [F_MOMENT] = "moment",
                                        [F_DURATION] = "duration", [F_EVENT] = "event"};
    mu_sheet s;
    mu_sheet_begin(&s, "kind", "fields", NULL);
    for (int k = 1; k < EV_KINDS; k++) {
        mu_buf fields = {0};
        mu_buf_puts(&fields, "");
        for (const mu_event_field *f = mu_event_kinds[k].fields; f->key; f++)
            mu_buf_printf(&fields, f->type == F_NAME ? "%s%s" : "%s%s (%s)", fields.len ? ", " : "", f->key, types[f->type]);
        mu_sheet_row(&s, mu_event_kinds[k].name, fields.text, NULL);
        mu_buf_free(&fields);
    }
    mu_sheet_write(&s, out, markdown);
}

static void kinds(mu_sheet *s)
{
    mu_buf all = {0};
    for (const mu_kind *k = mu_kinds; k->kind; k++)
        if (k == mu_kinds || strcmp(k->kind, k[-1].kind) != 0)
            mu_buf_printf(&all, "%s%s", all.len ? " " : "", k->kind);
    mu_sheet_row(s, "kind of a reference (kind:id)", all.text, NULL);
    mu_buf_free(&all);
}

static void list_words(mu_buf *out, bool markdown)
{
    mu_sheet s;
    mu_buf acts = {0};
    mu_sheet_begin(&s, "where", "words", NULL);
    for (const mu_field *f = mu_fields; f->in; f++) {
        mu_buf where = {0};
        if (f->type != T_ENUM)
            continue;
        mu_buf_printf(&where, "%s of %s", f->key, f->in);
        mu_sheet_row(&s, where.text, f->of, NULL);
        mu_buf_free(&where);
    }
    kinds(&s);
    mu_list_words_of_law(&s);
    mu_sheet_row(&s, "phase, beside those of the plan", "detect analyze contain eradicate recover post", NULL);
    for (int i = 0; mu_act_words[i]; i++)
        mu_buf_printf(&acts, "%s%s", i ? " " : "", mu_act_words[i]);
    mu_sheet_row(&s, "act, in expect and unless of a scenario", acts.text, NULL);
    mu_buf_free(&acts);
    mu_sheet_write(&s, out, markdown);
}

static void list_limits(mu_buf *out, bool markdown)
{
    mu_sheet s;
    mu_sheet_begin(&s, "limit", "where the plan sets none", "what it bounds");
    for (const mu_limit_row *l = mu_limit_rows; l->key; l++)
        mu_sheet_row(&s, l->key, l->otherwise, l->means);
    mu_sheet_write(&s, out, markdown);
}

static void number(mu_sheet *s, int code, const char *means)
{
    mu_buf name = {0};
    mu_buf_printf(&name, "MU%03d", code);
    mu_sheet_row(s, name.text, means, NULL);
    mu_buf_free(&name);
}

static void list_codes(mu_buf *out, bool markdown)
{
    mu_sheet s;
    mu_sheet_begin(&s, "code", "meaning", NULL);
    for (const mu_plan_code *c = mu_plan_codes; c->code; c++)
        number(&s, c->code, c->means);
    for (const mu_code *c = mu_scenario_codes; c->code; c++)
        number(&s, c->code, c->means);
    for (const mu_programme_code *c = mu_programme_codes; c->code; c++)
        number(&s, c->code, c->means);
    mu_sheet_write(&s, out, markdown);
    mu_sheet_begin(&s, "gap", "severity", "title");
    for (const mu_gap *g = mu_gaps; g->id; g++)
        mu_sheet_row(&s, g->id, mu_weight_word(g->weight), g->title);
    mu_sheet_write(&s, out, markdown);
}

static void list_clocks(mu_buf *out, bool markdown)
{
    mu_sheet s;
    mu_sheet_begin(&s, "rule", "within", "of what, to whom, by which text");
    const mu_clock_rule *r;
    for (size_t i = 0; (r = mu_clock_rule_at(i)) != NULL; i++) {
        mu_buf within = {0}, rest = {0};
        mu_buf_puts(&within, r->value < 0 ? "no number" : "");
        if (r->value >= 0)
            mu_buf_printf(&within, "%d %s", r->value, mu_clock_unit(r));
        mu_buf_printf(&rest, "%s; to %s; %s%s%s", r->starts, r->recipient, r->reference, strcmp(r->status, "in_force") ? "; " : "", strcmp(r->status, "in_force") ? r->status : "");
        mu_sheet_row(&s, r->id, within.text, rest.text);
        mu_buf_free(&within);
        mu_buf_free(&rest);
    }
    mu_sheet_write(&s, out, markdown);
}

static void modes_that_count(mu_buf *out, unsigned counts)
{
    for (unsigned mode = MU_MODEL; mode <= MU_FUNCTIONAL; mode <<= 1)
        if (counts & mode)
            mu_buf_printf(out, "%s%s", out->len ? ", " : "", mu_mode_word((mu_mode)mode));
    mu_buf_puts(out, out->len ? "" : "no drill of this program");
}

static void list_frequencies(mu_buf *out, bool markdown)
{
    mu_sheet s;
    mu_sheet_begin(&s, "rule", "at least every, and what may count", "by which text, and what else it asks");
    for (const mu_frequency *f = mu_frequencies; f->id; f++) {
        mu_buf every = {0}, modes = {0}, rest = {0};
        modes_that_count(&modes, f->counts);
        mu_buf_printf(&every, f->months ? "%d months: %s" : "no number: %.0d%s", f->months, modes.text);
        mu_buf_printf(&rest, "%s, %s%s%s (%s, last checked %s)", f->law, f->reference, f->asks ? "; " : "", f->asks ? f->asks : "",
                      *f->seen == 'V' ? "the text was read" : "from general knowledge, not read", f->checked);
        mu_sheet_row(&s, f->id, every.text, rest.text);
        mu_buf_free(&every);
        mu_buf_free(&modes);
        mu_buf_free(&rest);
    }
    mu_sheet_write(&s, out, markdown);
}

const mu_list mu_lists[] = {
    {"codes", "every code of a message and every type of gap", list_codes},
    {"gaps", "every type of gap: what shows it, an example, what closes it", mu_list_gaps},
    {"clocks", "the legal and contractual clocks that an obligation may name by rule", list_clocks},
    {"events", "every kind of event of a journal, with its fields", list_events},
    {"words", "what may stand in a plan where few words may", list_words},
    {"limits", "every threshold that a plan may set (plan: limits:), and what holds where it sets none", list_limits},
    {"plan-format", "every key of a plan, and what it holds", mu_list_format},
    {"programme-format", "every key of programme.yaml, and what it holds", mu_list_programme},
    {"frequencies", "how often law and contracts want a plan tested, and by what", list_frequencies},
    {"scenario-words", "every word of a scenario, and every key of a card", mu_list_scenario},
    {NULL, NULL, NULL},
};
