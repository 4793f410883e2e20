/* A document as JSON: its sections, and in them what was said, with the numbers of the events. A table is a list of objects, the
 * heads of its columns their keys. */
#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "report/doc.h"
#include "report/json_parts.h"
#include "report/write.h"

/* "Made of" as made_of; what is no letter or figure is one underscore. */
static void key_of(mu_buf *out, const char *head)
{
    bool gap = false, any = false;
    mu_buf_puts(out, "\"");
    for (const char *p = head; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
        if (!plain) {
            gap = any;
            continue;
        }
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
        mu_buf_puts(out, gap ? "_" : "");
        mu_buf_add(out, &c, 1);
        gap = false;
        any = true;
    }
    mu_buf_puts(out, "\": ");
}

static void events(mu_buf *out, const mu_block *b)
{
    mu_json_events(out, b->refs.list, b->refs.count);
}

static void said(mu_buf *out, const mu_block *b)
{
    mu_buf_puts(out, "{");
    if (b->kind == MU_TERM)
        mu_json_member(out, "term", b->term);
    mu_json_member(out, b->kind == MU_SUBHEAD ? "head" : "text", b->text);
    events(out, b);
}

static void row(mu_buf *out, const mu_block *b)
{
    mu_buf_puts(out, "{");
    for (int i = 0; b->heads[i]; i++) {
        const char *words;
        (void)mu_mark_in(b->cells[i], &words);
        key_of(out, b->heads[i]);
        mu_json_text(out, words);
        mu_buf_puts(out, ", ");
    }
    events(out, b);
}

static int table(mu_buf *out, const mu_block *b, int i)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "table", b[i].text);
    mu_buf_puts(out, "\"rows\": [");
    for (i++; b[i].kind == MU_ROW; i++) {
        mu_buf_puts(out, b[i - 1].kind == MU_ROW ? ",\n    " : "\n    ");
        row(out, &b[i]);
    }
    mu_buf_puts(out, "]}");
    return i;
}

static void section(mu_buf *out, const mu_part_of_doc *s)
{
    const char *comma = "\n   ";
    mu_buf_puts(out, "{");
    mu_json_member(out, "id", s->id);
    mu_json_member(out, "title", s->title);
    mu_json_member(out, "note", s->sub);
    mu_buf_puts(out, "\"blocks\": [");
    for (int i = 0; i < s->count; i++) {
        if (s->blocks[i].kind == MU_PICTURE || s->blocks[i].kind == MU_PART)
            continue;
        mu_buf_puts(out, comma);
        comma = ",\n   ";
        if (s->blocks[i].kind == MU_TABLE)
            i = table(out, s->blocks, i);
        else
            said(out, &s->blocks[i]);
    }
    mu_buf_puts(out, "]}");
}

void mu_doc_json(mu_buf *out, const mu_doc *d)
{
    const mu_report *r = d->report;
    mu_buf_puts(out, "{");
    mu_json_member(out, "schema", "muster.aar/1");
    mu_json_member(out, "for", mu_reader_words[d->reader]);
    mu_json_member(out, "title", r->title);
    mu_json_member(out, "organisation", r->organisation);
    mu_json_member(out, "lead", d->lead);
    mu_json_member(out, "journal", r->journal_head);
    mu_json_member(out, "plan", r->plan_hash);
    mu_buf_puts(out, "\n \"sections\": [");
    for (int i = 0; i < d->count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        section(out, &d->sections[i]);
    }
    mu_buf_puts(out, "\n ]");
    if (d->reader == MU_PRACTITIONER) {
        mu_buf_puts(out, ",\n \"report\": ");
        mu_write_json(out, r);
    }
    mu_buf_puts(out, "\n}\n");
}
