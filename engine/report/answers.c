/* How long each role took to acknowledge: a strip of dots, one an answer, and the same in a table. */
#include "base/index.h"
#include "report/page.h"
#include "report/parts.h"

enum { LEFT = 250, SCALE = 520, NEVER = 800, NOBODY = 852, OPEN = 904, WIDTH = 980, ROW = 24, TOP = 28 };

typedef struct strip {
    const char *lane;
    int asked, acked, never, open, nobody, met, judged;
    int64_t slowest;
    int first, last; /* of those asked, numbers plus one, 0 none */
} strip;

typedef struct strips {
    const mu_report *r;
    strip *list;
    int count;
    mu_index lanes;
    int *next; /* of the same lane, by those asked */
    int64_t most; /* the end of the scale */
} strips;

static strip *strip_of(strips *s, const char *lane)
{
    size_t n = mu_index_put(&s->lanes, lane);
    if (n == (size_t)s->count)
        s->list[s->count++] = (strip){.lane = lane, .slowest = -1};
    return &s->list[n];
}

static void count(strips *s, int asked)
{
    const mu_asked_row *a = &s->r->asked[asked];
    strip *one = strip_of(s, a->lane);
    if (one->last)
        s->next[one->last - 1] = asked + 1;
    else
        one->first = asked + 1;
    one->last = asked + 1;
    int64_t took = a->acked < 0 ? -1 : a->acked - a->delivered;
    one->nobody += a->state == MU_NOBODY;
    one->asked += a->state != MU_NOBODY;
    one->acked += took >= 0;
    one->never += a->state == MU_MISSED && took < 0;
    one->open += a->state == MU_OPEN && took < 0;
    one->met += a->state == MU_MET;
    one->judged += a->state == MU_MET || a->state == MU_LATE || a->state == MU_MISSED;
    one->slowest = took > one->slowest ? took : one->slowest;
    s->most = took > s->most ? took : s->most;
}

static void label(mu_buf *out, const char *class, int x, int y, const char *anchor, const char *words)
{
    mu_buf_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">", class, x, y, anchor);
    mu_html_text(out, words);
    mu_buf_puts(out, "</text>");
}

static void scale(mu_buf *out, const strips *s, int height)
{
    const mu_report *r = s->r;
    int64_t step = 5 * 60000;
    while (s->most / step > 6)
        step *= 2;
    for (int64_t t = 0; t <= s->most; t += step) {
        int x = LEFT + (int)(t * SCALE / s->most);
        mu_buf_printf(out, "<path class=\"g\" d=\"M%d %dV%d\"/>", x, TOP - 6, height);
        label(out, "tk", x, 14, "middle", t ? mu_report_length(r, t) : "0");
    }
    label(out, "tk", NEVER, 14, "middle", "never");
    label(out, "tk", NOBODY, 14, "middle", "nobody");
    label(out, "tk", OPEN, 14, "middle", "open");
    label(out, "tk", WIDTH, 14, "end", "in time");
    mu_buf_printf(out, "<path class=\"g1\" d=\"M%d %dV%d\"/>", NEVER - 28, TOP - 6, height);
}

static void row(mu_buf *out, const strips *s, const strip *one, int y)
{
    const mu_report *r = s->r;
    label(out, "nm", 0, y + 4, "start", mu_called(r, one->lane));
    mu_buf_printf(out, "<path class=\"g\" d=\"M0 %dH%d\"/>", y + ROW / 2, WIDTH);
    for (int i = one->first; i; i = s->next[i - 1]) {
        const mu_asked_row *a = &r->asked[i - 1];
        if (a->acked >= 0)
            mu_buf_printf(out, "<circle class=\"%s%s\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", a->played ? "dot" : "hol", a->state == MU_LATE ? " lt" : "",
                          LEFT + (int)((a->acked - a->delivered) * SCALE / s->most), y);
    }
    if (one->never)
        label(out, "lb bd", NEVER, y + 4, "middle", SAY("\xc3\x97 %d", one->never));
    if (one->nobody)
        label(out, "lb bd", NOBODY, y + 4, "middle", SAY("\xc3\x97 %d", one->nobody));
    if (one->open)
        label(out, "lb", OPEN, y + 4, "middle", SAY("\xe2\x97\x8b %d", one->open));
    label(out, one->met < one->judged ? "lb bd" : "lb", WIDTH, y + 4, "end", one->judged ? SAY("%d of %d", one->met, one->judged) : "no limit");
}

static void table(mu_buf *out, const strips *s)
{
    static const char *const heads[] = {"Role", "Asked", "Acknowledged", "Slowest acknowledgement", "Never, its time over", "Open at ENDEX", "Nobody there", "In time, of those with a limit", NULL};
    const mu_report *r = s->r;
    mu_buf_puts(out, "<details><summary>The same as a table</summary>");
    mu_page_sheet t = mu_page_sheet_begin(out, "Answers by role", heads);
    for (int i = 0; i < s->count; i++) {
        const strip *one = &s->list[i];
        mu_page_sheet_row(&t);
        mu_page_cell(&t, mu_called(r, one->lane));
        mu_page_cell(&t, SAY("%d", one->asked));
        mu_page_cell(&t, SAY("%d", one->acked));
        mu_page_cell(&t, mu_report_length(r, one->slowest));
        mu_page_cell(&t, SAY("%d", one->never));
        mu_page_cell(&t, SAY("%d", one->open));
        mu_page_cell(&t, SAY("%d", one->nobody));
        mu_page_cell(&t, one->judged ? SAY("%d of %d", one->met, one->judged) : "no limit");
    }
    mu_page_sheet_end(&t);
    mu_buf_puts(out, "</details>\n");
}

void mu_write_answers(mu_buf *out, const mu_report *r)
{
    size_t room = (size_t)r->asked_count + 1;
    strips s = {.r = r, .list = mu_alloc(r->arena, room * sizeof(strip)), .next = mu_alloc(r->arena, room * sizeof(int)), .most = 10 * 60000};
    for (int i = 0; i < r->asked_count; i++)
        count(&s, i);
    int height = TOP + s.count * ROW;
    mu_buf_printf(out, "<section class=\"lanes\" tabindex=\"0\" aria-label=\"Answers by role\">\n<svg class=\"answers\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"at ad\">"
                       "<title id=\"at\">How long each role took to acknowledge</title><desc id=\"ad\">One dot an answer, by the time from delivery. Filled: a person. Open: a stand-in. The table below says "
                       "the same.</desc>\n", WIDTH, height + 4);
    scale(out, &s, height);
    for (int i = 0; i < s.count; i++)
        row(out, &s, &s.list[i], TOP + ROW / 2 + i * ROW);
    mu_buf_puts(out, "</svg></section>\n<p class=\"sub\">One dot an acknowledgement: filled by a person, open by a stand-in, heavy edge what came too late. Open: not acknowledged by ENDEX, and no time for it was over. In time counts what had a limit: what was never answered counts as "
                     "late.</p>\n");
    table(out, &s);
    mu_index_free(&s.lanes);
}
