/* What the plan wanted beside what was done: communication as a matrix of who told whom, ladders as calls over time, and
 * how much of the plan the drill came to. Each picture has its table. */
#include <string.h>

#include "report/page.h"
#include "report/parts.h"

static const char *const shapes[MU_FLOW_STATES] = {"\xe2\x97\x8f", "\xe2\x97\x90", "\xe2\x96\xa0", "\xe2\x97\x90", "\xe2\x96\xa0", "+", "\xe2\x97\x8b"};
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

enum { LEFT = 230, CELL = 34, HEAD = 150 };

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

/* How bad a state is: what stands in a cell is the worst of it. */
static int badness(mu_flow_state s)
{
    static const int of[MU_FLOW_STATES] = {[MU_FLOW_MET] = 1, [MU_FLOW_LATE] = 4, [MU_FLOW_MISSING] = 6, [MU_FLOW_WRONG_CHANNEL] = 3, [MU_FLOW_WRONG_ORDER] = 5,
                                           [MU_FLOW_SURPLUS] = 0, [MU_FLOW_OPEN] = 2};
    return of[s];
}

static void cell(mu_buf *out, const mu_report *r, const names *from, const names *to, int row, int column)
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
    int x = LEFT + column * CELL + CELL / 2, y = HEAD + row * CELL + CELL / 2 + 5;
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
    int width = LEFT + to.count * CELL + 110, height = HEAD + from.count * CELL + 6;
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"group\" aria-label=\"Who told whom\"><svg class=\"mx\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
                       "aria-labelledby=\"mx-t mx-d\"><title id=\"mx-t\">Who should have told whom, and who did</title><desc id=\"mx-d\">Rows tell, columns are told. A cell shows the worst "
                       "of what the plan wanted there; the table below has each of them.</desc>", width, height, width, height);
    for (int i = 0; i < to.count; i++) {
        mu_buf_printf(out, "<text class=\"sb\" transform=\"translate(%d %d) rotate(-48)\">", LEFT + i * CELL + CELL / 2, HEAD - 8);
        mu_html_text(out, somebody(r, to.list[i]));
        mu_buf_puts(out, "</text>");
    }
    for (int k = 0; k < from.count; k++) {
        mu_buf_printf(out, "<path class=\"g\" d=\"M0 %dH%d\"/><text class=\"nm\" x=\"0\" y=\"%d\">", HEAD + k * CELL, LEFT + to.count * CELL, HEAD + k * CELL + CELL / 2 + 5);
        mu_html_text(out, somebody(r, from.list[k]));
        mu_buf_puts(out, "</text>");
        for (int i = 0; i < to.count; i++)
            cell(out, r, &from, &to, k, i);
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
    mu_page_cell(s, mu_about(r, f->about));
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

/* ---- ladders ---- */

enum { CALL_LEFT = 330, CALL_WIDTH = 1100, CALL = 24, CALL_TOP = 26 };

static const char *const call_classes[] = {"ok", "bd", "bd", "bd", "bd", "lt"};

static int64_t span(const mu_report *r, int first, int count)
{
    int64_t from = INT64_MAX, to = 0;
    for (int i = first; i < first + count; i++) {
        const mu_call *c = &r->flows->calls[i];
        int64_t at = c->called >= 0 ? c->called : c->planned;
        from = at >= 0 && at < from ? at : from;
        to = at > to ? at : to;
        to = c->answered > to ? c->answered : to;
        to = c->planned > to ? c->planned : to;
    }
    return to > from ? to - from : 60000;
}

static void call_mark(mu_buf *out, const mu_report *r, const mu_call *c, int64_t start, int64_t whole, int y)
{
    int scale = CALL_WIDTH - CALL_LEFT - 40;
    if (c->planned >= 0)
        mu_buf_printf(out, "<path class=\"g1\" d=\"M%d %dv12\"/>", CALL_LEFT + (int)((c->planned - start) * scale / whole), y - 6);
    if (c->called < 0)
        return;
    int x = CALL_LEFT + (int)((c->called - start) * scale / whole);
    mu_buf_printf(out, "<g><title>");
    mu_html_text(out, SAY("%s called at %s: %s", somebody(r, *c->person ? c->person : c->to), mu_report_time(r, c->called), mu_call_word(c->state)));
    mu_buf_puts(out, "</title>");
    if (c->answered >= 0)
        mu_buf_printf(out, "<path class=\"w\" d=\"M%d %dH%d\"/><circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x, y, CALL_LEFT + (int)((c->answered - start) * scale / whole),
                      CALL_LEFT + (int)((c->answered - start) * scale / whole), y);
    else
        mu_buf_printf(out, "<path class=\"x\" d=\"M%d %dl8 8m0 -8l-8 8\"/>", x - 4, y - 4);
    mu_buf_puts(out, "</g>");
}

static void climb_picture(mu_buf *out, const mu_report *r, int first, int count, int number)
{
    const mu_call *calls = &r->flows->calls[first];
    int64_t start = calls[0].called >= 0 ? calls[0].called : calls[0].planned, whole = span(r, first, count);
    int height = CALL_TOP + count * CALL + 6;
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"group\" aria-label=\"Calls of a ladder\"><svg class=\"lane\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"cl%d-t cl%d-d\">"
                       "<title id=\"cl%d-t\">", CALL_WIDTH, height, number, number, number);
    mu_html_text(out, SAY("%s, from %s", mu_called(r, calls[0].ladder), mu_report_time(r, start)));
    mu_buf_printf(out, "</title><desc id=\"cl%d-d\">A tick is when the plan wanted the call, a cross a call without an answer, a dot the answer.</desc>", number);
    for (int i = 0; i < count; i++) {
        int y = CALL_TOP + i * CALL + CALL / 2;
        mu_buf_printf(out, "<path class=\"g\" d=\"M0 %dH%d\"/><text class=\"nm\" x=\"0\" y=\"%d\">", y + CALL / 2, CALL_WIDTH, y + 4);
        mu_html_text(out, SAY("%d.%d  %s", calls[i].step, calls[i].try, somebody(r, *calls[i].person ? calls[i].person : calls[i].to)));
        mu_buf_puts(out, "</text>");
        call_mark(out, r, &calls[i], start, whole, y);
    }
    mu_buf_puts(out, "</svg></div>\n");
}

static void call_row(mu_page_sheet *s, const mu_report *r, const mu_call *c)
{
    mu_page_sheet_row(s);
    mu_page_cell(s, SAY("%d, try %d", c->step, c->try));
    mu_page_cell_two(s, somebody(r, c->to), *c->person ? mu_called(r, c->person) : "");
    mu_page_cell(s, when(r, c->planned, "no time set"));
    mu_page_cell_two(s, when(r, c->called, "never"), c->called >= 0 && c->planned >= 0 && c->called > c->planned ? SAY("%s late", mu_report_length(r, c->called - c->planned)) : "");
    mu_page_cell(s, when(r, c->answered, "-"));
    mu_page_cell_begin(s);
    mu_buf_printf(s->out, "<span class=\"st %s\">%s</span>", call_classes[c->state], mu_call_word(c->state));
    mu_page_cell_end(s);
    mu_page_cell_begin(s);
    mu_ref(s->out, r, c->event);
    mu_page_cell_end(s);
}

static void lowered(mu_buf *out, const mu_report *r)
{
    for (int i = 0; i < r->flows->lowering_count; i++) {
        const mu_lowering *l = &r->flows->lowerings[i];
        mu_buf_puts(out, "<p>");
        mu_html_text(out, SAY("%s was taken down to %s at %s by %s%s. ", mu_called(r, l->from), mu_called(r, l->to), mu_report_time(r, l->t), mu_called(r, l->person),
                              l->authority_ok ? ", who may" : ", without the authority to"));
        mu_ref(out, r, l->event);
        mu_buf_puts(out, "</p>\n");
    }
}

static void escalation(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"Step", "Called", "Planned", "Was called", "Answered", "", "Event", NULL};
    mu_section(out, "climbed", "Ladders, planned and climbed", "Each call of each ladder that was climbed, against the plan's own times.");
    int count = r->flows->call_count, number = 0;
    for (int i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && r->flows->calls[i + n].climb == r->flows->calls[i].climb; n++)
            ;
        mu_element(out, "h3", "", SAY("%s, %s", mu_called(r, r->flows->calls[i].ladder), mu_report_time(r, r->flows->calls[i].called)));
        climb_picture(out, r, i, n, ++number);
        mu_buf_puts(out, "<details><summary>The same as a table</summary><div class=\"sc\" tabindex=\"0\" role=\"group\" aria-label=\"Calls of a ladder\">");
        mu_page_sheet s = mu_page_sheet_begin(out, SAY("%d calls", n), heads);
        for (int k = i; k < i + n; k++)
            call_row(&s, r, &r->flows->calls[k]);
        mu_page_sheet_end(&s);
        mu_buf_puts(out, "</div></details>\n");
    }
    if (count == 0)
        mu_buf_puts(out, "<p>No ladder was climbed in this run.</p>");
    lowered(out, r);
    mu_buf_puts(out, "</section>\n");
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
    escalation(out, r);
    coverage(out, r);
}
