/* muster list: the master scenario events list, before anything runs. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"
#include "cli/drill.h"

static int usage(const char *text)
{
    fprintf(stderr, "muster list: %s\nusage: muster list PLAN SCENARIO [--format text|json|csv]\n", text);
    return 2;
}

static const char *kind_of(const mu_card *c)
{
    static const char *const classes[] = {"inject", "contextual", "contingency"};
    return c->kind == MU_QUESTION ? "question" : c->kind == MU_DECISION ? "decision" : classes[c->class];
}

/* "0:25", or "story" where a story plays it. */
static void when_of(mu_buf *out, const mu_card *c)
{
    if (c->at < 0)
        mu_buf_puts(out, "story");
    else
        mu_buf_printf(out, "%d:%02d", (int)(c->at / 3600000), (int)(c->at / 60000 % 60));
}

static void names(mu_buf *out, const mu_names *n)
{
    for (int i = 0; i < n->count; i++)
        mu_buf_printf(out, "%s%s", i ? ", " : "", n->list[i].text);
}

static void safe_names(mu_buf *out, const mu_names *n)
{
    for (int i = 0; i < n->count; i++) {
        mu_buf_puts(out, i ? ", " : "");
        mu_buf_safe(out, n->list[i].text, strlen(n->list[i].text), 60);
    }
}

static const char *const columns[] = {"at", "card", "kind", "from", "to", "via", "text", "expect", "within_min", "unless", "tests", "line"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void cell(mu_buf *out, const mu_card *c, int column)
{
    switch (column) {
    case 0: when_of(out, c); break;
    case 1: mu_buf_puts(out, c->name); break;
    case 2: mu_buf_puts(out, kind_of(c)); break;
    case 3: mu_buf_puts(out, c->from ? c->from : ""); break;
    case 4: names(out, &c->to); break;
    case 5: mu_buf_puts(out, c->via.text ? c->via.text : ""); break;
    case 6: mu_buf_puts(out, c->says ? c->says : ""); break;
    case 7: names(out, &c->expect); break;
    case 8:
        if (c->within >= 0)
            mu_buf_printf(out, "%d", (int)(c->within / 60000));
        break;
    case 9: names(out, &c->unless); break;
    case 10: mu_buf_puts(out, c->tests ? c->tests : ""); break;
    default: mu_buf_printf(out, "%s:%d", c->declared.file, c->declared.line); break;
    }
}

/* ---- csv: RFC 4180, and nothing that a spreadsheet takes for a formula ---- */

/* Where a spreadsheet would begin to calculate, after any space that it overlooks; the wide forms of the signs as well. */
static bool is_formula(const char *text)
{
    static const char *const spaces[] = {" ", "\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};
    static const char *const signs[] = {"=", "+", "-", "@", "|", "%", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strncmp(text, spaces[i], strlen(spaces[i])) == 0)
            return is_formula(text + strlen(spaces[i]));
    if (strncmp(text, "\xe2\x80", 2) == 0 && (unsigned char)text[2] >= 0x80 && (unsigned char)text[2] <= 0x8a) /* U+2000 to U+200A */
        return is_formula(text + 3);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

/* One line, nothing unsafe: a reader that splits at every line end finds no second cell in it. */
static void csv_cell(mu_buf *out, const char *text)
{
    mu_buf safe = {0};
    mu_buf_puts(&safe, "");
    mu_buf_safe(&safe, text, strlen(text), strlen(text) + 1);
    mu_buf_puts(out, is_formula(safe.text) ? "\"'" : "\"");
    for (const char *p = safe.text; *p; p++)
        mu_buf_add(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    mu_buf_puts(out, "\"");
    mu_buf_free(&safe);
}

static void csv(mu_buf *out, const mu_msel *m)
{
    for (int i = 0; i < COLUMNS; i++)
        mu_buf_printf(out, "%s%s", i ? "," : "", columns[i]);
    mu_buf_puts(out, "\r\n");
    for (int k = 0; k < m->card_count; k++) {
        for (int i = 0; i < COLUMNS; i++) {
            mu_buf text = {0};
            mu_buf_puts(&text, "");
            cell(&text, &m->cards[k], i);
            mu_buf_puts(out, i ? "," : "");
            csv_cell(out, text.text);
            mu_buf_free(&text);
        }
        mu_buf_puts(out, "\r\n");
    }
}

static void json(mu_buf *out, const mu_msel *m)
{
    mu_buf_puts(out, "{\"schema\": \"muster.msel/1\", \"title\": ");
    mu_json_text(out, m->title ? m->title : "");
    mu_buf_printf(out, ", \"scenario\": \"%s\", \"lasts_min\": %d, \"cards\": [", m->hash, (int)(m->lasts / 60000));
    for (int k = 0; k < m->card_count; k++) {
        mu_buf_puts(out, k ? ",\n {" : "\n {");
        for (int i = 0; i < COLUMNS; i++) {
            mu_buf text = {0};
            mu_buf_puts(&text, "");
            cell(&text, &m->cards[k], i);
            mu_buf_printf(out, "%s\"%s\": ", i ? ", " : "", columns[i]);
            mu_json_text(out, text.text);
            mu_buf_free(&text);
        }
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, "\n]}\n");
}

/* ---- text ---- */

static void text_card(mu_buf *out, const mu_card *c)
{
    mu_buf line = {0};
    when_of(&line, c);
    mu_buf_printf(out, "%6s  ", line.text);
    mu_buf_safe(out, c->name, strlen(c->name), 60);
    mu_buf_printf(out, "  (%s)\n        to ", kind_of(c));
    safe_names(out, &c->to);
    if (c->via.text) {
        mu_buf_puts(out, " by ");
        mu_buf_safe(out, c->via.text, strlen(c->via.text), 60);
    }
    if (c->from) {
        mu_buf_puts(out, ", from ");
        mu_buf_safe(out, c->from, strlen(c->from), 60);
    }
    mu_buf_puts(out, "\n");
    if (c->expect.count) {
        mu_buf_puts(out, "        expects ");
        safe_names(out, &c->expect);
        if (c->within >= 0)
            mu_buf_printf(out, " within %d min", (int)(c->within / 60000));
        mu_buf_puts(out, "\n");
    }
    if (c->unless.count) {
        mu_buf_puts(out, "        unless ");
        safe_names(out, &c->unless);
        mu_buf_puts(out, " has happened\n");
    }
    mu_buf_free(&line);
}

/* What the list plays by itself in the order of time, then what stories play, in the order of the file. */
static void text(mu_buf *out, const mu_msel *m)
{
    int timed = 0;
    mu_buf_puts(out, "EXERCISE  ");
    mu_buf_safe(out, m->title ? m->title : "", m->title ? strlen(m->title) : 0, 200);
    mu_buf_printf(out, "\n          %d cards, %d stories, %d min\n\n", m->card_count, m->story_count, (int)(m->lasts / 60000));
    for (int64_t last = -1;;) {
        int64_t next = MU_NEVER;
        for (int i = 0; i < m->card_count; i++)
            if (m->cards[i].at > last && m->cards[i].at < next)
                next = m->cards[i].at;
        if (next == MU_NEVER)
            break;
        for (int i = 0; i < m->card_count; i++)
            if (m->cards[i].at == next) {
                text_card(out, &m->cards[i]);
                timed++;
            }
        last = next;
    }
    if (timed < m->card_count)
        mu_buf_puts(out, "\nPlayed by stories, when they come to it:\n\n");
    for (int i = 0; i < m->card_count; i++)
        if (m->cards[i].at < 0)
            text_card(out, &m->cards[i]);
}

int mu_cmd_list(int argc, char **argv)
{
    static const struct option known[] = {{"format", required_argument, NULL, 'f'}, {NULL, 0, NULL, 0}};
    const char *format = "text";
    mu_drill d = {0};
    mu_buf out = {0};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (c == '?' || (strcmp(optarg, "text") && strcmp(optarg, "json") && strcmp(optarg, "csv")))
            return usage("--format is text, json or csv");
        format = optarg;
    }
    if (optind + 2 != argc)
        return usage("name a plan and a scenario");
    int status = mu_drill_load(&d, argv[optind], argv[optind + 1], NULL);
    if (!status)
        (*format == 't' ? text : *format == 'j' ? json : csv)(&out, d.msel);
    if (out.len && (fwrite(out.text, 1, out.len, stdout) != out.len || fflush(stdout) != 0))
        status = 4;
    mu_buf_free(&out);
    mu_drill_free(&d);
    return status;
}
