/* doc.h - a report as a list of sections, before any format: texts, rows of tables and pictures, each with the events that it
 * came from. Whoever says something says it once; a writer for each format puts it on the page.
 *
 * Everything is owned by the arena of the report. Texts are a stranger's everywhere; titles, terms and heads are ours. */
#ifndef MU_REPORT_DOC_H
#define MU_REPORT_DOC_H

#include "report/model.h"

/* Events that something came from; zeros count for nothing. */
typedef struct mu_refs {
    const uint32_t *list;
    int count;
} mu_refs;
#define MU_REFS(...) ((mu_refs){(const uint32_t[]){__VA_ARGS__}, (int)(sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))})
#define MU_NO_REFS ((mu_refs){NULL, 0})
/* The same events in the order of the journal, each once; what is no event (0) falls out. The list is changed. */
mu_refs mu_refs_in_order(uint32_t *list, int count);

/* How a cell is marked beside its words, which always say it too. */
typedef enum mu_mark_of { MU_MARK_OK = 1, MU_MARK_LATE, MU_MARK_BAD, MU_MARK_OPEN } mu_mark_of;

typedef struct mu_block {
    enum { MU_TEXT, MU_TERM, MU_POINT, MU_SUBHEAD, MU_ROW, MU_TABLE, MU_TABLE_END, MU_PICTURE, MU_PART } kind;
    const char *term, *text;         /* of a table: its caption in `text` */
    const char *const *heads;        /* of a table; ends with NULL */
    const char *const *cells;        /* of a row: as many as heads */
    bool long_table;                 /* folded on a screen, printed whole */
    mu_refs refs;
    void (*draw)(mu_buf *out, const mu_report *report);     /* a picture, or a part of the page that has its own writer */
    void (*draw_text)(mu_buf *out, const mu_report *report); /* a part as Markdown */
} mu_block;

typedef struct mu_part_of_doc {      /* a section */
    const char *id, *title, *sub;    /* sub: one sentence, or "" */
    mu_block *blocks;
    int count, room;
} mu_part_of_doc;

typedef enum mu_reader { MU_EXECUTIVE, MU_PRACTITIONER, MU_AUDITOR, MU_READERS, MU_OVER_RUNS = MU_READERS } mu_reader;
extern const char *const mu_reader_words[]; /* of the three readers, then "runs": several journals, one list of items */

typedef struct mu_doc {
    const mu_report *report;
    mu_reader reader;
    const char *lead;
    mu_part_of_doc *sections;
    int count, room;
} mu_doc;

mu_doc *mu_doc_new(const mu_report *report, mu_reader reader);
/* A new section; what is added next stands in it. `id` is one word. */
void mu_doc_section(mu_doc *doc, const char *id, const char *title, const char *sub);
void mu_doc_subhead(mu_doc *doc, const char *text);
void mu_doc_text(mu_doc *doc, const char *text, mu_refs refs);
void mu_doc_point(mu_doc *doc, const char *text, mu_refs refs);
void mu_doc_term(mu_doc *doc, const char *term, const char *text, mu_refs refs);
/* Heads are static. A table without a row says `none` instead. */
void mu_doc_table(mu_doc *doc, const char *caption, const char *const *heads, bool long_table);
/* As many cells as the table has heads; NULL is "". */
void mu_doc_row(mu_doc *doc, const char *const *cells, mu_refs refs);
#define MU_ROW(doc, refs, ...) mu_doc_row(doc, (const char *const[]){__VA_ARGS__}, refs)
void mu_doc_table_end(mu_doc *doc, const char *none);
void mu_doc_picture(mu_doc *doc, void (*draw)(mu_buf *out, const mu_report *report));
void mu_doc_part(mu_doc *doc, void (*html)(mu_buf *out, const mu_report *report), void (*markdown)(mu_buf *out, const mu_report *report));
/* The cell's words with a mark in front, which a writer turns into a shape. */
const char *mu_marked(const mu_report *report, mu_mark_of mark, const char *words);
/* The mark of a cell, 0 none; *words are those behind it. */
int mu_mark_in(const char *cell, const char **words);

/* The line under the title: whose, which plan, when, for whom. */
const char *mu_doc_about(const mu_doc *doc);

/* The writers. */
void mu_doc_html(mu_buf *out, const mu_doc *doc);
void mu_doc_markdown(mu_buf *out, const mu_doc *doc);
void mu_doc_json(mu_buf *out, const mu_doc *doc);

#endif
