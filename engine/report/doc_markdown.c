/* A document as Markdown. */
#include <string.h>

#include "report/doc.h"
#include "report/parts.h"
#include "report/write.h"

static const char *numbers(const mu_report *r, mu_refs refs)
{
    const char *list = "";
    for (int i = 0; i < refs.count; i++)
        list = SAY("%s%s%u", list, i ? ", " : "", (unsigned)refs.list[i]);
    return list;
}

/* Behind a sentence: few are named, many are counted. */
static const char *behind(const mu_report *r, mu_refs refs)
{
    enum { MOST = 12 };
    if (refs.count == 0)
        return "";
    if (refs.count > MOST)
        return SAY(" (%d events, %u to %u)", refs.count, (unsigned)refs.list[0], (unsigned)refs.list[refs.count - 1]);
    return SAY(" (event%s %s)", refs.count == 1 ? "" : "s", numbers(r, refs));
}

static void cell(mu_buf *out, const char *text)
{
    const char *words;
    (void)mu_mark_in(text, &words);
    mu_buf_puts(out, " ");
    mu_markdown_text(out, words);
    mu_buf_puts(out, " |");
}

/* As many hyphens as a column is broad, by what stands in it: a word document takes its widths from them. */
static void rule(mu_buf *out, const mu_block *b, int column)
{
    enum { LEAST = 20, MOST = 64 };
    size_t all = strlen(b->heads[column]), n = 1;
    for (const mu_block *row = b + 1; row->kind == MU_ROW; row++, n++)
        all += strlen(row->cells[column]);
    size_t broad = all / n < LEAST ? LEAST : all / n > MOST ? MOST : all / n;
    mu_buf_printf(out, " %.*s |", (int)broad, "----------------------------------------------------------------");
}

/* A table none of whose rows came from an event has no column for them. */
static bool has_events(const mu_block *b)
{
    for (const mu_block *row = b + 1; row->kind == MU_ROW; row++)
        if (row->refs.count)
            return true;
    return false;
}

/* A table always has its end behind its rows. */
static void table(mu_buf *out, const mu_block *b, bool events)
{
    mu_buf_puts(out, "|");
    for (const char *const *h = b->heads; *h; h++)
        cell(out, *h);
    mu_buf_puts(out, events ? " Events |\n|" : "\n|");
    for (int i = 0; b->heads[i]; i++)
        rule(out, b, i);
    mu_buf_puts(out, events ? " ------------------ |\n" : "\n");
}

static void row(mu_buf *out, const mu_report *r, const mu_block *b, bool events)
{
    enum { MOST = 8 }; /* JSON has all of them */
    mu_buf_puts(out, "|");
    for (int i = 0; b->heads[i]; i++)
        cell(out, b->cells[i]);
    mu_refs few = {b->refs.list, b->refs.count > MOST ? MOST : b->refs.count};
    if (events)
        cell(out, b->refs.count > MOST ? SAY("%s and %d more, to %u", numbers(r, few), b->refs.count - MOST, (unsigned)b->refs.list[b->refs.count - 1]) : numbers(r, few));
    mu_buf_puts(out, "\n");
}

/* `events`: the table that is open has a column for them. */
static void block(mu_buf *out, const mu_report *r, const mu_block *b, bool events, bool last_of_list)
{
    switch (b->kind) {
    case MU_TEXT:
        mu_markdown_text(out, SAY("%s%s", b->text, behind(r, b->refs)));
        mu_buf_puts(out, "\n\n");
        break;
    case MU_SUBHEAD:
        mu_buf_puts(out, "### ");
        mu_markdown_text(out, b->text);
        mu_buf_puts(out, "\n\n");
        break;
    case MU_TERM:
    case MU_POINT:
        mu_buf_puts(out, b->kind == MU_TERM ? "- **" : "- ");
        mu_markdown_text(out, b->kind == MU_TERM ? b->term : "");
        mu_buf_puts(out, b->kind == MU_TERM ? ":** " : "");
        mu_markdown_text(out, SAY("%s%s", b->text, behind(r, b->refs)));
        mu_buf_puts(out, last_of_list ? "\n\n" : "\n");
        break;
    case MU_TABLE: table(out, b, events); break;
    case MU_ROW: row(out, r, b, events); break;
    case MU_TABLE_END: mu_buf_puts(out, "\n"); break;
    case MU_PART:
        b->draw_text(out, r);
        mu_buf_puts(out, "\n");
        break;
    case MU_PICTURE: break;
    }
}

static bool listed(const mu_block *b)
{
    return b->kind == MU_TERM || b->kind == MU_POINT;
}

static void section(mu_buf *out, const mu_doc *d, const mu_part_of_doc *s)
{
    if (s->count && s->blocks[0].kind != MU_PART) {
        mu_buf_puts(out, "## ");
        mu_markdown_text(out, s->title);
        mu_buf_puts(out, "\n\n");
    }
    if (*s->sub) {
        mu_markdown_text(out, s->sub);
        mu_buf_puts(out, "\n\n");
    }
    bool events = false;
    for (int i = 0; i < s->count; i++) {
        events = s->blocks[i].kind == MU_TABLE ? has_events(&s->blocks[i]) : events;
        block(out, d->report, &s->blocks[i], events, i + 1 == s->count || !listed(&s->blocks[i + 1]));
    }
}

void mu_doc_markdown(mu_buf *out, const mu_doc *d)
{
    const mu_report *r = d->report;
    mu_buf_puts(out, "**EXERCISE. Nothing in this report happened.**\n\n# ");
    mu_markdown_text(out, r->title);
    mu_buf_puts(out, "\n\n");
    mu_markdown_text(out, mu_doc_about(d));
    mu_buf_puts(out, "\n\n");
    mu_markdown_text(out, d->lead);
    mu_buf_puts(out, "\n\n");
    for (int i = 0; i < d->count; i++)
        section(out, d, &d->sections[i]);
}
