/* muster list: the master scenario events list, before anything runs. */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/drill.h"

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

static void words(mu_buf *out, const char *const *list, int count)
{
    for (int i = 0; i < count; i++)
        mu_buf_printf(out, "%s%s", i ? ", " : "", list[i]);
}

static void answers(mu_buf *out, const mu_card *c)
{
    for (int i = 0; i < c->answer_count; i++)
        mu_buf_printf(out, "%s%s: %s", i ? "; " : "", c->answers[i].id, c->answers[i].text);
}

static void change(mu_buf *out, const char *what, const mu_names *n)
{
    if (!n->count)
        return;
    mu_buf_printf(out, "%s%s ", out->len ? "; " : "", what);
    names(out, n);
}

/* What the card changes in the world: "down asset:mail; away person:ana; facts data_read". */
static void changes(mu_buf *out, const mu_card *c)
{
    mu_buf text = {0};
    change(&text, "down", &c->down);
    change(&text, "up", &c->up);
    change(&text, "away", &c->away);
    change(&text, "back", &c->back);
    if (c->fact_count) {
        mu_buf_puts(&text, text.len ? "; facts " : "facts ");
        words(&text, c->facts, c->fact_count);
    }
    mu_buf_puts(out, text.len ? text.text : "");
    mu_buf_free(&text);
}

static void shows(mu_buf *out, const mu_msel *m, const mu_card *c)
{
    for (int i = 0; i < c->show_count; i++)
        mu_buf_printf(out, "%s%s", i ? ", " : "", m->artefacts[c->shows[i]].name);
}

/* ---- csv: RFC 4180, and nothing that a spreadsheet takes for a formula ---- */

static const char *const columns[] = {"at", "card", "kind", "from", "to", "via", "text", "answers", "expect", "within_min", "unless",
                                      "changes", "shows", "tests", "attack", "controller", "one_of", "hold", "place"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void cell(mu_buf *out, const mu_msel *m, const mu_card *c, int column)
{
    const char *const texts[] = {[1] = c->name, [2] = kind_of(c), [3] = c->from, [5] = c->via.text, [6] = c->says,
                                 [13] = c->tests, [15] = c->controller, [16] = c->one_of, [17] = c->hold ? "yes" : ""};
    mu_buf_puts(out, "");
    switch (column) {
    case 0: when_of(out, c); break;
    case 4: names(out, &c->to); break;
    case 7: answers(out, c); break;
    case 8: names(out, &c->expect); break;
    case 9:
        if (c->within >= 0)
            mu_buf_printf(out, "%d", (int)(c->within / 60000));
        break;
    case 10: names(out, &c->unless); break;
    case 11: changes(out, c); break;
    case 12: shows(out, m, c); break;
    case 14: words(out, c->attack, c->attack_count); break;
    case 18: mu_buf_printf(out, "%s:%d", c->declared.file, c->declared.line); break;
    default: mu_buf_puts(out, texts[column] ? texts[column] : "");
    }
}

static void csv(mu_buf *out, const mu_msel *m)
{
    for (int i = 0; i < COLUMNS; i++)
        mu_buf_printf(out, "%s%s", i ? "," : "", columns[i]);
    mu_buf_puts(out, "\r\n");
    for (int k = 0; k < m->card_count; k++) {
        for (int i = 0; i < COLUMNS; i++) {
            mu_buf text = {0};
            cell(&text, m, &m->cards[k], i);
            mu_buf_puts(out, i ? "," : "");
            mu_csv_cell(out, text.text);
            mu_buf_free(&text);
        }
        mu_buf_puts(out, "\r\n");
    }
}

/* ---- json ---- */

static void json_key(mu_buf *out, const char *key)
{
    mu_buf_printf(out, "%s\"%s\": ", out->text[out->len - 1] == '{' ? "" : ", ", key);
}

static void json_text(mu_buf *out, const char *key, const char *text)
{
    json_key(out, key);
    mu_json_maybe(out, text);
}

static void json_ms(mu_buf *out, const char *key, int64_t ms)
{
    json_key(out, key);
    if (ms < 0)
        mu_buf_puts(out, "null");
    else
        mu_buf_printf(out, "%lld", (long long)ms);
}

static void json_names(mu_buf *out, const char *key, const mu_names *n)
{
    json_key(out, key);
    mu_buf_puts(out, "[");
    for (int i = 0; i < n->count; i++) {
        mu_buf_puts(out, i ? ", " : "");
        mu_json_text(out, n->list[i].text);
    }
    mu_buf_puts(out, "]");
}

static void json_words(mu_buf *out, const char *key, const char *const *list, int count)
{
    json_key(out, key);
    mu_buf_puts(out, "[");
    for (int i = 0; i < count; i++) {
        mu_buf_puts(out, i ? ", " : "");
        mu_json_text(out, list[i]);
    }
    mu_buf_puts(out, "]");
}

/* Of a list the i-th, from 0. */
static void json_pair(mu_buf *out, int i, const char *id, const char *text)
{
    mu_buf_puts(out, i ? ", {" : "{");
    json_text(out, "id", id);
    json_text(out, "text", text);
    mu_buf_puts(out, "}");
}

static void json_answers(mu_buf *out, const mu_card *c)
{
    json_key(out, "answers");
    mu_buf_puts(out, "[");
    for (int i = 0; i < c->answer_count; i++)
        json_pair(out, i, c->answers[i].id, c->answers[i].text);
    mu_buf_puts(out, "]");
}

static void json_shows(mu_buf *out, const mu_msel *m, const mu_card *c)
{
    json_key(out, "shows");
    mu_buf_puts(out, "[");
    for (int i = 0; i < c->show_count; i++) {
        mu_buf_puts(out, i ? ", " : "");
        mu_json_text(out, m->artefacts[c->shows[i]].name);
    }
    mu_buf_puts(out, "]");
}

static void json_card(mu_buf *out, const mu_msel *m, const mu_card *c)
{
    mu_buf_puts(out, "{");
    json_ms(out, "at_ms", c->at);
    json_text(out, "card", c->name);
    json_text(out, "kind", kind_of(c));
    json_text(out, "from", c->from);
    json_names(out, "to", &c->to);
    json_text(out, "via", c->via.text);
    json_text(out, "text", c->says);
    json_answers(out, c);
    json_names(out, "expect", &c->expect);
    json_ms(out, "within_ms", c->within);
    json_names(out, "unless", &c->unless);
    json_names(out, "down", &c->down);
    json_names(out, "up", &c->up);
    json_names(out, "away", &c->away);
    json_names(out, "back", &c->back);
    json_words(out, "facts", c->facts, c->fact_count);
    json_shows(out, m, c);
    json_text(out, "tests", c->tests);
    json_words(out, "attack", c->attack, c->attack_count);
    json_text(out, "controller", c->controller);
    json_text(out, "one_of", c->one_of);
    json_key(out, "hold");
    mu_buf_puts(out, c->hold ? "true" : "false");
    json_text(out, "file", c->declared.file);
    mu_buf_printf(out, ", \"line\": %d, \"column\": %d}", c->declared.line, c->declared.column);
}

static void json(mu_buf *out, const mu_msel *m)
{
    mu_buf_puts(out, "{\"schema\": \"muster.msel/1\"");
    json_text(out, "title", m->title);
    json_text(out, "scenario", m->hash);
    json_ms(out, "lasts_ms", m->lasts);
    json_words(out, "stories", m->stories, m->story_count);
    mu_buf_puts(out, ", \"objectives\": [");
    for (int i = 0; i < m->objective_count; i++)
        json_pair(out, i, m->objectives[i].id, m->objectives[i].text);
    mu_buf_puts(out, "], \"cards\": [");
    for (int k = 0; k < m->card_count; k++) {
        mu_buf_puts(out, k ? ",\n " : "\n ");
        json_card(out, m, &m->cards[k]);
    }
    mu_buf_puts(out, "\n]}\n");
}

/* ---- text ---- */

enum { INDENT = 8, WIDE = 100 };

/* Text of the scenario behind a word, made safe, broken before the column WIDE. */
static void paragraph(mu_buf *out, const char *word, const char *text)
{
    mu_buf safe = {0};
    size_t column = INDENT + strlen(word);
    mu_buf_safe(&safe, text, strlen(text), 4000);
    mu_buf_printf(out, "%*s%s", INDENT, "", word);
    for (const char *p = safe.text ? safe.text : ""; *(p += strspn(p, " "));) {
        size_t len = strcspn(p, " "), wide = 0;
        uint32_t cp;
        for (size_t i = 0, n; i < len; i += n, wide += (size_t)mu_width(cp))
            n = (size_t)mu_utf8(p + i, len - i, &cp);
        if (column + 1 + wide > WIDE && column > INDENT + 2) {
            mu_buf_printf(out, "\n%*s", INDENT + 2, "");
            column = INDENT + 2;
        } else {
            mu_buf_puts(out, " ");
            column++;
        }
        mu_buf_add(out, p, len);
        column += wide;
        p += len;
    }
    mu_buf_puts(out, "\n");
    mu_buf_free(&safe);
}

static void line_of(mu_buf *out, const char *word, mu_buf *text)
{
    if (text->len)
        paragraph(out, word, text->text);
    mu_buf_free(text);
}

static void text_whom(mu_buf *out, const mu_card *c)
{
    mu_buf line = {0};
    names(&line, &c->to);
    if (c->via.text)
        mu_buf_printf(&line, " by %s", c->via.text);
    if (c->from)
        mu_buf_printf(&line, ", from %s", c->from);
    if (c->controller)
        mu_buf_printf(&line, ", played by %s", c->controller);
    line_of(out, "to", &line);
}

static void text_expected(mu_buf *out, const mu_card *c)
{
    mu_buf expect = {0}, unless = {0};
    names(&expect, &c->expect);
    names(&unless, &c->unless);
    if (c->expect.count && c->within >= 0)
        mu_buf_printf(&expect, " within %d min", (int)(c->within / 60000));
    else if (c->within >= 0)
        mu_buf_printf(&expect, "an answer within %d min", (int)(c->within / 60000));
    if (c->unless.count)
        mu_buf_puts(&unless, " has happened");
    line_of(out, "expects", &expect);
    line_of(out, "unless", &unless);
}

static void text_rest(mu_buf *out, const mu_msel *m, const mu_card *c)
{
    mu_buf world = {0}, seen = {0}, attack = {0};
    changes(&world, c);
    shows(&seen, m, c);
    words(&attack, c->attack, c->attack_count);
    line_of(out, "changes", &world);
    line_of(out, "shows", &seen);
    if (c->tests)
        paragraph(out, "tests", c->tests);
    line_of(out, "attack", &attack);
    if (c->one_of)
        paragraph(out, "one of", c->one_of);
    if (c->hold)
        paragraph(out, "waits", "for the facilitator to release it");
}

static void text_card(mu_buf *out, const mu_msel *m, const mu_card *c)
{
    mu_buf when = {0};
    when_of(&when, c);
    mu_buf_printf(out, "%6s  ", when.text);
    mu_buf_safe(out, c->name, strlen(c->name), 80);
    mu_buf_printf(out, "  (%s)\n", kind_of(c));
    text_whom(out, c);
    paragraph(out, c->kind == MU_INJECT ? "says" : "asks", c->says);
    for (int i = 0; i < c->answer_count; i++) {
        mu_buf answer = {0};
        mu_buf_printf(&answer, "%s: %s", c->answers[i].id, c->answers[i].text);
        line_of(out, "  -", &answer);
    }
    text_expected(out, c);
    text_rest(out, m, c);
    mu_buf_puts(out, "\n");
    mu_buf_free(&when);
}

static void text_objectives(mu_buf *out, const mu_msel *m)
{
    for (int i = 0; i < m->objective_count; i++) {
        mu_buf line = {0};
        mu_buf_printf(&line, "%s: %s", m->objectives[i].id, m->objectives[i].text);
        line_of(out, "objective", &line);
    }
    mu_buf_puts(out, m->objective_count ? "\n" : "");
}

/* What the list plays by itself in the order of time, then what stories play, in the order of the file. */
static void text(mu_buf *out, const mu_msel *m)
{
    int timed = 0;
    mu_buf_puts(out, "EXERCISE  ");
    mu_buf_safe(out, m->title ? m->title : "", m->title ? strlen(m->title) : 0, 200);
    mu_buf_printf(out, "\n          %d card%s, %d stor%s, %d:%02d hours\n\n", m->card_count, m->card_count == 1 ? "" : "s", m->story_count,
                  m->story_count == 1 ? "y" : "ies", (int)(m->lasts / 3600000), (int)(m->lasts / 60000 % 60));
    text_objectives(out, m);
    for (int64_t last = -1;;) {
        int64_t next = MU_NEVER;
        for (int i = 0; i < m->card_count; i++)
            if (m->cards[i].at > last && m->cards[i].at < next)
                next = m->cards[i].at;
        if (next == MU_NEVER)
            break;
        for (int i = 0; i < m->card_count; i++)
            if (m->cards[i].at == next) {
                text_card(out, m, &m->cards[i]);
                timed++;
            }
        last = next;
    }
    if (timed < m->card_count)
        mu_buf_puts(out, "Played by stories, when they come to it:\n\n");
    for (int i = 0; i < m->card_count; i++)
        if (m->cards[i].at < 0)
            text_card(out, m, &m->cards[i]);
}

int mu_cmd_list(int argc, char **argv)
{
    mu_args args;
    mu_drill d = {0};
    mu_buf out = {0};
    int ended = mu_args_read(&args, argc, argv);
    if (ended != MU_GO_ON)
        return ended;
    char format = *mu_arg_or(&args, "format", "text");
    int status = mu_drill_load(&d, args.operands[0], args.operands[1], NULL);
    if (!status)
        (format == 't' ? text : format == 'j' ? json : csv)(&out, d.msel);
    if (out.len && mu_put_all(&out) != 0)
        status = 4;
    mu_drill_free(&d);
    return status;
}
