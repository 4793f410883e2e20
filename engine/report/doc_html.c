/* A document as a page: one file, no script, no outside request. */
#include <string.h>

#include "base/embedded.h"
#include "report/doc.h"
#include "report/page.h"

typedef struct page {
    mu_buf *out;
    const mu_doc *doc;
    mu_page_sheet sheet;
    const char *open;   /* the list that is open: "dl", "ul", or NULL */
} page;

/* A link where the page has a line for the event: the auditor's log has one for each, the timeline for most, the one page for none. */
static void ref(page *p, uint32_t event)
{
    if (p->doc->reader == MU_AUDITOR)
        mu_buf_printf(p->out, " <a class=\"ev\" href=\"#e%u\">#%u</a>", (unsigned)event, (unsigned)event);
    else if (p->doc->reader == MU_EXECUTIVE)
        mu_buf_printf(p->out, " <span class=\"ev\">#%u</span>", (unsigned)event);
    else {
        mu_buf_puts(p->out, " ");
        mu_ref(p->out, p->doc->report, event);
    }
}

static void refs(page *p, mu_refs list, int most)
{
    for (int i = 0; i < list.count && i < most; i++)
        ref(p, list.list[i]);
    if (list.count > most)
        mu_buf_printf(p->out, " <span class=\"ev\">and %d more</span>", list.count - most);
}

static void close_list(page *p, const char *unless)
{
    if (!p->open || (unless && strcmp(p->open, unless) == 0))
        return;
    mu_buf_printf(p->out, "</%s>\n", p->open);
    p->open = NULL;
}

static void open_list(page *p, const char *list)
{
    close_list(p, list);
    if (!p->open)
        mu_buf_printf(p->out, "<%s class=\"said\">\n", list);
    p->open = list;
}

static void listed(page *p, const mu_block *b)
{
    bool term = b->kind == MU_TERM;
    open_list(p, term ? "dl" : "ul");
    mu_buf_puts(p->out, term ? "<div>" : "<li>"); /* a term and what it says stay on one sheet of paper */
    if (term)
        mu_element(p->out, "dt", "", b->term);
    mu_buf_puts(p->out, term ? "<dd>" : "");
    mu_html_text(p->out, b->text);
    refs(p, b->refs, 8);
    mu_buf_puts(p->out, term ? "</dd></div>\n" : "</li>\n");
}

/* "2026-07-10", and nothing behind it but a time; "ROL-08": what is not broken at its hyphens. */
static bool is_whole(const char *text)
{
    size_t len = strlen(text);
    return (len == 6 && text[3] == '-') || (len >= 10 && strspn(text, "0123456789-: ") == len && text[4] == '-' && text[7] == '-');
}

/* A marked word or two stays on its line. */
enum { SHORT = 16 };

static void cell(page *p, const char *text)
{
    static const char *const marks[][2] = {{"", ""}, {"ok", "\xe2\x97\x8f"}, {"lt", "\xe2\x97\x90"}, {"bd", "\xe2\x96\xa0"}, {"op", "\xe2\x97\x8b"}};
    const char *words;
    int mark = mu_mark_in(text, &words);
    mu_page_cell_begin(&p->sheet);
    if (mark)
        mu_buf_printf(p->out, "<span class=\"st %s%s\"><span aria-hidden=\"true\">%s</span> ", marks[mark][0], strlen(words) <= SHORT ? " nb" : "", marks[mark][1]);
    mu_buf_puts(p->out, is_whole(words) ? "<span class=\"nb\">" : "");
    mu_html_text(p->out, words);
    mu_buf_puts(p->out, mark || is_whole(words) ? "</span>" : "");
    mu_page_cell_end(&p->sheet);
}

static void table(page *p, const mu_block *b)
{
    int n = 0;
    while (b->heads[n])
        n++;
    const char **heads = mu_alloc(p->doc->report->arena, (size_t)(n + 2) * sizeof *heads);
    memcpy(heads, b->heads, (size_t)n * sizeof *heads);
    heads[n] = "Events";
    if (b->long_table) {
        mu_buf_puts(p->out, "<details>");
        mu_element(p->out, "summary", "", b->text);
    }
    p->sheet = mu_page_sheet_begin(p->out, b->text, heads);
}

static void row(page *p, const mu_block *b)
{
    mu_page_sheet_row(&p->sheet);
    bool log = p->doc->reader == MU_AUDITOR && strcmp(b->heads[0], "Event") == 0;
    if (log) {
        mu_buf_printf(p->out, "<th scope=\"row\" id=\"e%s\" class=\"ev\">#%s</th>", b->cells[0], b->cells[0]);
        p->sheet.column++;
    }
    for (int i = log; b->heads[i]; i++)
        cell(p, b->cells[i]);
    mu_page_cell_begin(&p->sheet);
    mu_buf_puts(p->out, "<span>");
    refs(p, b->refs, 3); /* JSON has all of them */
    mu_buf_puts(p->out, "</span>");
    mu_page_cell_end(&p->sheet);
}

static void paragraph(page *p, const mu_block *b)
{
    mu_buf_puts(p->out, "<p>");
    mu_html_text(p->out, b->text);
    refs(p, b->refs, 8);
    mu_buf_puts(p->out, "</p>\n");
}

static void block(page *p, const mu_block *b, bool folded)
{
    if (b->kind == MU_TERM || b->kind == MU_POINT) {
        listed(p, b);
        return;
    }
    close_list(p, NULL);
    switch (b->kind) {
    case MU_TEXT: paragraph(p, b); break;
    case MU_SUBHEAD: mu_element(p->out, "h3", "", b->text); break;
    case MU_TABLE: table(p, b); break;
    case MU_ROW: row(p, b); break;
    case MU_TABLE_END:
        mu_page_sheet_end(&p->sheet);
        mu_buf_puts(p->out, folded ? "</details>\n" : "");
        break;
    default: b->draw(p->out, p->doc->report); break;
    }
}

/* A part brings its own sections. */
static bool only_parts(const mu_part_of_doc *s)
{
    return s->count && s->blocks[0].kind == MU_PART;
}

/* Many columns want a broad sheet of paper. */
static bool broad(const mu_part_of_doc *s)
{
    enum { COLUMNS = 8 };
    int n = 0;
    for (int i = 0; i < s->count; i++) {
        int columns = 0;
        while (s->blocks[i].kind == MU_TABLE && s->blocks[i].heads[columns])
            columns++;
        n = columns > n ? columns : n;
    }
    return n >= COLUMNS;
}

static void section(page *p, const mu_part_of_doc *s)
{
    bool folded = false;
    if (!only_parts(s)) {
        mu_buf_printf(p->out, "<section class=\"aar%s\" aria-labelledby=\"%s\"><h2 id=\"%s\">", broad(s) ? " wide" : "", s->id, s->id);
        mu_html_text(p->out, s->title);
        mu_buf_puts(p->out, "</h2>\n");
        if (*s->sub)
            mu_element(p->out, "p", "class=\"sub\"", s->sub);
    }
    for (int i = 0; i < s->count; i++) {
        folded = s->blocks[i].kind == MU_TABLE ? s->blocks[i].long_table : folded;
        block(p, &s->blocks[i], folded);
    }
    close_list(p, NULL);
    if (!only_parts(s))
        mu_buf_puts(p->out, "</section>\n");
}

static void contents(page *p)
{
    mu_buf_puts(p->out, "<nav class=\"toc\" aria-label=\"Contents\"><ul>");
    for (int i = 0; i < p->doc->count; i++) {
        const mu_part_of_doc *s = &p->doc->sections[i];
        mu_buf_printf(p->out, "<li><a href=\"#%s\">", s->id);
        mu_html_text(p->out, s->title);
        mu_buf_puts(p->out, "</a></li>");
    }
    mu_buf_puts(p->out, "</ul></nav>\n");
}

static void top(page *p)
{
    const mu_report *r = p->doc->report;
    mu_buf_puts(p->out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>EXERCISE: ");
    mu_html_text(p->out, r->title);
    mu_buf_puts(p->out, "</title><style>\n");
    mu_buf_puts(p->out, mu_styles[MU_STYLE_REPORT].bytes);
    mu_buf_puts(p->out, mu_styles[MU_STYLE_AAR].bytes);
    mu_buf_printf(p->out, "</style></head><body class=\"for-%s\">\n<a class=\"skip\" href=\"#main\">To the report</a>\n<header class=\"ex\"><span>EXERCISE. Nothing in this report happened.</span><span>",
                  mu_reader_words[p->doc->reader]);
    mu_html_text(p->out, r->organisation);
    mu_buf_puts(p->out, "</span></header>\n<main id=\"main\" class=\"page\">\n<div class=\"mast\">");
    mu_element(p->out, "h1", "", r->title);
    mu_element(p->out, "p", "", mu_doc_about(p->doc));
    mu_buf_puts(p->out, "</div>\n");
    mu_element(p->out, "p", "class=\"lead\"", p->doc->lead);
    mu_buf_puts(p->out, "\n");
}

void mu_doc_html(mu_buf *out, const mu_doc *d)
{
    page p = {.out = out, .doc = d};
    const mu_report *r = d->report;
    top(&p);
    if (d->reader != MU_EXECUTIVE)
        contents(&p);
    for (int i = 0; i < d->count; i++)
        section(&p, &d->sections[i]);
    mu_buf_puts(out, "</main>\n<footer class=\"foot\">EXERCISE. ");
    mu_html_text(out, mu_format(r->arena, "%s. %s, plan %s. Journal %s.", r->title, r->organisation, r->plan_version, r->journal_head));
    mu_buf_puts(out, "</footer></body></html>\n");
}
