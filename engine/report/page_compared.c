/* What the plan wanted beside what was done: communication as a matrix of who told whom, and how much of the plan the drill
 * came to. Each picture has its table. */
#include <string.h>

#include "report/page.h"
#include "report/parts.h"

/* a dot, half a ring, a square, a triangle, a diamond, a plus, a ring: each state by its shape, without its colour */
static const char *const shapes[MU_FLOW_STATES] = {"\xe2\x97\x8f", "\xe2\x97\x90", "\xe2\x96\xa0", "\xe2\x96\xb2", "\xe2\x97\x86", "+", "\xe2\x97\x8b"};
static const char *const classes[MU_FLOW_STATES] = {"ok", "lt", "bd", "lt", "bd", "op", "op"};

static const char *somebody(const mu_report *r, const char *name)
{
    return *name ? mu_called(r, name) : "nobody named";
}

static const char *when(const mu_report *r, int64_t t, const char *never)
{
    return t < 0 ? never : mu_report_time(r, t);
}

/* ---- communication ---- */

enum { LEFT = 230, CELL = 34, LONGEST = 40 };

typedef struct names {
    const char **list;
    int count;
} names;

static int place_of(names *n, const char *name)
{
    for (int i = 0; i < n->count; i++)
        if (strcmp(n->list[i], name) == 0)
            return i;
    n->list[n->count] = name;
    return n->count++;
}

/* At most so many characters, with a sign where more were there; the table has all of them. */
static const char *cut(const mu_report *r, const char *s, int *count)
{
    size_t len = strlen(s), i = 0;
    uint32_t cp;
    for (*count = 0; *count < LONGEST && i < len; ++*count) {
        int step = mu_utf8(s + i, len - i, &cp);
        i += step ? (size_t)step : 1;
    }
    return i < len ? SAY("%.*s\xe2\x80\xa6", (int)i, s) : s;
}

/* The room that the names of the columns take, which stand aslant. */
static int head_of(const mu_report *r, const names *to)
{
    int longest = 0, count;
    for (int i = 0; i < to->count; i++) {
        (void)cut(r, somebody(r, to->list[i]), &count);
        longest = count > longest ? count : longest;
    }
    return 26 + longest * 5;
}

/* How bad a state is: what stands in a cell is the worst of it. */
static int badness(mu_flow_state s)
{
    static const int of[MU_FLOW_STATES] = {[MU_FLOW_MET] = 1, [MU_FLOW_LATE] = 4, [MU_FLOW_MISSING] = 6, [MU_FLOW_WRONG_CHANNEL] = 3, [MU_FLOW_WRONG_ORDER] = 5,
                                           [MU_FLOW_SURPLUS] = 0, [MU_FLOW_OPEN] = 2};
    return of[s];
}

static void cell(mu_buf *out, const mu_report *r, const names *from, const names *to, int row, int column, int head)
{
    int n = 0, worst = -1;
    for (int i = 0; i < r->flows->flow_count; i++) {
        const mu_flow *f = &r->flows->flows[i];
        if (strcmp(f->from, from->list[row]) != 0 || strcmp(f->to, to->list[column]) != 0)
            continue;
        n++;
        worst = worst < 0 || badness(f->state) > badness((mu_flow_state)worst) ? (int)f->state : worst;
    }
    if (n == 0)
        return;
    int x = LEFT + column * CELL + CELL / 2, y = head + row * CELL + CELL / 2 + 5;
    mu_buf_printf(out, "<g class=\"fl %s\"><title>", classes[worst]);
    mu_html_text(out, SAY("%s to %s: %d, the worst %s", somebody(r, from->list[row]), somebody(r, to->list[column]), n, mu_flow_word((mu_flow_state)worst)));
    mu_buf_printf(out, "</title><text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s%s</text></g>", x, y, shapes[worst], n > 1 ? SAY("%d", n) : "");
}

static void matrix(mu_buf *out, const mu_report *r)
{
    size_t most = (size_t)r->flows->flow_count + 1;
    names from = {mu_alloc(r->arena, most * sizeof *from.list), 0}, to = {mu_alloc(r->arena, most * sizeof *to.list), 0};
    for (int i = 0; i < r->flows->flow_count; i++) {
        (void)place_of(&from, r->flows->flows[i].from);
        (void)place_of(&to, r->flows->flows[i].to);
    }
    int head = head_of(r, &to), width = LEFT + to.count * CELL + 20 + head, height = head + from.count * CELL + 6, shown;
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"group\" aria-label=\"Who told whom\"><svg class=\"mx\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
                       "aria-labelledby=\"mx-t mx-d\"><title id=\"mx-t\">Who should have told whom, and who did</title><desc id=\"mx-d\">Rows tell, columns are told. A cell shows the worst "
                       "of what the plan wanted there; the table below has each of them.</desc>", width, height, width, height);
    for (int i = 0; i < to.count; i++) {
        mu_buf_printf(out, "<text class=\"sb\" transform=\"translate(%d %d) rotate(-48)\">", LEFT + i * CELL + CELL / 2, head - 8);
        mu_html_text(out, cut(r, somebody(r, to.list[i]), &shown));
        mu_buf_puts(out, "</text>");
    }
    for (int k = 0; k < from.count; k++) {
        mu_buf_printf(out, "<path class=\"g\" d=\"M0 %dH%d\"/><text class=\"nm\" x=\"0\" y=\"%d\">", head + k * CELL, LEFT + to.count * CELL, head + k * CELL + CELL / 2 + 5);
        mu_html_text(out, cut(r, somebody(r, from.list[k]), &shown));
        mu_buf_puts(out, "</text>");
        for (int i = 0; i < to.count; i++)
            cell(out, r, &from, &to, k, i, head);
    }
    mu_buf_puts(out, "</svg></div>\n<ul class=\"legend\">");
    for (int s = 0; s < MU_FLOW_STATES; s++)
        mu_buf_printf(out, "<li><span class=\"st %s\"><span aria-hidden=\"true\">%s</span> %s</span> %d</li>", classes[s], shapes[s], mu_flow_word((mu_flow_state)s), r->flows->counts[s]);
    mu_buf_puts(out, "</ul>\n");
}

static void flow_row(mu_page_sheet *s, const mu_report *r, const mu_flow *f)
{
    mu_page_sheet_row(s);
    mu_page_cell(s, somebody(r, f->from));
    mu_page_cell(s, somebody(r, f->to));
    mu_page_cell(s, mu_spoken(r, mu_about(r, f->about)));
    mu_page_cell_two(s, when(r, f->due, "no time set"), *f->wanted_via ? SAY("by %s", f->wanted_via) : "");
    mu_page_cell_two(s, when(r, f->done, f->state == MU_FLOW_OPEN ? "not by ENDEX" : "never"), *f->via ? SAY("by %s", mu_called(r, f->via)) : "");
    mu_page_cell_begin(s);
    mu_buf_printf(s->out, "<span class=\"st %s\"><span aria-hidden=\"true\">%s</span> %s</span>", classes[f->state], shapes[f->state], mu_flow_word(f->state));
    mu_page_cell_end(s);
    mu_page_cell_begin(s);
    for (int i = 0; i < 3; i++)
        mu_ref(s->out, r, f->events[i]);
    mu_page_cell_end(s);
}

static void communication(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"From", "To", "About", "Wanted by", "Done", "", "Events", NULL};
    mu_section(out, "told", "Communication, planned and done",
               "Every message that the plan wanted in this drill: audiences and notices whose clock ran, advice that was asked for, people who are to hear of an action or a level. "
               "Surplus is what somebody told of their own accord.");
    if (r->flows->flow_count == 0) {
        mu_buf_puts(out, "<p>The plan wanted nobody to be told anything in this run.</p></section>\n");
        return;
    }
    matrix(out, r);
    mu_buf_puts(out, "<details><summary>Each of them</summary><div class=\"sc\" tabindex=\"0\" role=\"group\" aria-label=\"Communication, planned and done\">");
    mu_page_sheet s = mu_page_sheet_begin(out, SAY("%d messages that the plan wanted, or that were sent without it", r->flows->flow_count), heads);
    for (int i = 0; i < r->flows->flow_count; i++)
        flow_row(&s, r, &r->flows->flows[i]);
    mu_page_sheet_end(&s);
    mu_buf_puts(out, "</div></details></section>\n");
}

/* ---- coverage ---- */

static void untouched(mu_buf *out, const mu_report *r, const mu_covered *k)
{
    if (k->exercised == k->count)
        return;
    mu_buf_puts(out, "<details><summary>");
    mu_html_text(out, SAY("%d %s not exercised", k->count - k->exercised, k->kind));
    mu_buf_puts(out, "</summary><ul class=\"plainlist\">");
    for (int i = 0; i < k->count; i++)
        if (!k->list[i].event) {
            mu_buf_puts(out, "<li>");
            mu_html_text(out, mu_part_called(r, k->list[i].name));
            mu_buf_printf(out, " <span class=\"loc mono\">line %d</span></li>", k->list[i].at.line);
        }
    mu_buf_puts(out, "</ul></details>\n");
}

static void coverage(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"Part of the plan", "Exercised", "Of", "Share", NULL};
    mu_section(out, "covered", "What of the plan was exercised", "A part counts when the drill came to it, whether it then held or not. Nothing is claimed of the rest.");
    mu_buf_puts(out, "<div class=\"sc\" tabindex=\"0\" role=\"group\" aria-label=\"What of the plan was exercised\">");
    mu_page_sheet s = mu_page_sheet_begin(out, SAY("%d of %d parts of the plan", r->coverage->exercised, r->coverage->count), heads);
    for (int k = 0; k < MU_ELEMENT_KINDS; k++) {
        const mu_covered *c = &r->coverage->kinds[k];
        mu_page_sheet_row(&s);
        mu_page_cell(&s, c->kind);
        mu_page_cell(&s, SAY("%d", c->exercised));
        mu_page_cell(&s, SAY("%d", c->count));
        mu_page_cell(&s, c->count ? SAY("%d%%", c->exercised * 100 / c->count) : "none in the plan");
    }
    mu_page_sheet_end(&s);
    mu_buf_puts(out, "</div>\n");
    for (int k = 0; k < MU_ELEMENT_KINDS; k++)
        untouched(out, r, &r->coverage->kinds[k]);
    mu_buf_puts(out, "</section>\n");
}

void mu_page_compared(mu_buf *out, const mu_report *r)
{
    communication(out, r);
    mu_page_ladders(out, r);
    coverage(out, r);
}
