#include "report/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

const char *const mu_reader_words[] = {"executive", "practitioner", "auditor", "runs"};

mu_doc *mu_doc_new(const mu_report *r, mu_reader reader)
{
    mu_doc *d = mu_alloc(r->arena, sizeof *d);
    *d = (mu_doc){.report = r, .reader = reader, .lead = mu_report_lead(r)};
    return d;
}

/* Room for one more in a list of the arena. */
static void *more(mu_arena *arena, void *list, int count, int *room, size_t size)
{
    if (count < *room)
        return list;
    *room = 2 * *room + 8;
    void *wider = mu_alloc(arena, (size_t)*room * size);
    if (count)
        memcpy(wider, list, (size_t)count * size);
    return wider;
}

void mu_doc_section(mu_doc *d, const char *id, const char *title, const char *sub)
{
    d->sections = more(d->report->arena, d->sections, d->count, &d->room, sizeof *d->sections);
    d->sections[d->count++] = (mu_part_of_doc){.id = id, .title = title, .sub = sub};
}

/* Without zeros, neighbours once. */
static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

mu_refs mu_refs_in_order(uint32_t *list, int count)
{
    int n = 0;
    qsort(list, (size_t)count, sizeof *list, by_number);
    for (int i = 0; i < count; i++)
        if (list[i] && (n == 0 || list[i] != list[n - 1]))
            list[n++] = list[i];
    return (mu_refs){list, n};
}

static mu_refs kept(mu_arena *arena, mu_refs refs)
{
    uint32_t *list = mu_alloc(arena, (size_t)(refs.count + 1) * sizeof *list);
    int n = 0;
    for (int i = 0; i < refs.count; i++)
        if (refs.list[i] && (n == 0 || list[n - 1] != refs.list[i]))
            list[n++] = refs.list[i];
    return (mu_refs){list, n};
}

static mu_block *add(mu_doc *d, mu_block block)
{
    MU_CHECK(d->count);
    mu_part_of_doc *s = &d->sections[d->count - 1];
    s->blocks = more(d->report->arena, s->blocks, s->count, &s->room, sizeof *s->blocks);
    block.refs = kept(d->report->arena, block.refs);
    s->blocks[s->count++] = block;
    return &s->blocks[s->count - 1];
}

void mu_doc_subhead(mu_doc *d, const char *text)
{
    (void)add(d, (mu_block){.kind = MU_SUBHEAD, .text = text});
}

void mu_doc_text(mu_doc *d, const char *text, mu_refs refs)
{
    (void)add(d, (mu_block){.kind = MU_TEXT, .text = text, .refs = refs});
}

void mu_doc_point(mu_doc *d, const char *text, mu_refs refs)
{
    (void)add(d, (mu_block){.kind = MU_POINT, .text = text, .refs = refs});
}

void mu_doc_term(mu_doc *d, const char *term, const char *text, mu_refs refs)
{
    (void)add(d, (mu_block){.kind = MU_TERM, .term = term, .text = text, .refs = refs});
}

void mu_doc_table(mu_doc *d, const char *caption, const char *const *heads, bool long_table)
{
    (void)add(d, (mu_block){.kind = MU_TABLE, .text = caption, .heads = heads, .long_table = long_table});
}

static const mu_block *open_table(const mu_doc *d)
{
    const mu_part_of_doc *s = &d->sections[d->count - 1];
    int i = s->count - 1;
    while (i >= 0 && s->blocks[i].kind == MU_ROW)
        i--;
    MU_CHECK(i >= 0 && s->blocks[i].kind == MU_TABLE);
    return &s->blocks[i];
}

void mu_doc_row(mu_doc *d, const char *const *cells, mu_refs refs)
{
    const mu_block *table = open_table(d);
    int n = 0;
    while (table->heads[n])
        n++;
    const char **copy = mu_alloc(d->report->arena, (size_t)n * sizeof *copy);
    for (int i = 0; i < n; i++)
        copy[i] = cells[i] ? cells[i] : "";
    (void)add(d, (mu_block){.kind = MU_ROW, .heads = table->heads, .cells = copy, .refs = refs});
}

void mu_doc_table_end(mu_doc *d, const char *none)
{
    mu_part_of_doc *s = &d->sections[d->count - 1];
    if (s->blocks[s->count - 1].kind == MU_TABLE) {
        s->count--;
        mu_doc_text(d, none, MU_NO_REFS);
        return;
    }
    (void)add(d, (mu_block){.kind = MU_TABLE_END});
}

void mu_doc_picture(mu_doc *d, void (*draw)(mu_buf *out, const mu_report *report))
{
    (void)add(d, (mu_block){.kind = MU_PICTURE, .draw = draw});
}

void mu_doc_part(mu_doc *d, void (*html)(mu_buf *out, const mu_report *report), void (*markdown)(mu_buf *out, const mu_report *report))
{
    (void)add(d, (mu_block){.kind = MU_PART, .draw = html, .draw_text = markdown});
}

const char *mu_marked(const mu_report *r, mu_mark_of mark, const char *words)
{
    return mu_format(r->arena, "%c%s", (char)mark, words);
}

int mu_mark_in(const char *cell, const char **words)
{
    int mark = *cell >= MU_MARK_OK && *cell <= MU_MARK_OPEN ? *cell : 0;
    *words = cell + (mark != 0);
    return mark;
}

const char *mu_doc_about(const mu_doc *d)
{
    static const char *const whom[] = {"for those who decide", "whole", "for auditors"};
    const mu_report *r = d->report;
    if (d->reader == MU_OVER_RUNS)
        return mu_format(r->arena, "Improvement items over several runs, the last one this. %s, %s %s.", r->organisation, r->plan_title, r->plan_version);
    return mu_format(r->arena, "After-action report, %s. %s, %s %s. Played %s to %s, %s.", whom[d->reader], r->organisation, r->plan_title, r->plan_version, r->starts,
                     mu_report_time(r, r->end), r->zone);
}
