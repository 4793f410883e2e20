/* The timeline by person: time runs left to right on one scale, length is duration. */
#include <string.h>

#include "report/write.h"

enum { LEFT = 190, WIDTH = 1180, LANE = 30, TOP = 28 };

static int x_of(const mu_report *r, int64_t t)
{
    int64_t whole = r->end > 0 ? r->end : 1;
    return LEFT + (int)(t * (WIDTH - LEFT - 20) / whole);
}

static void grid(mu_buf *out, const mu_report *r, int height)
{
    int64_t step = 30 * 60000;
    while (r->end / step > 12)
        step *= 2;
    for (int64_t t = 0; t <= r->end; t += step) {
        mu_buf_printf(out, "<path class=\"g\" d=\"M%d %dV%d\"/><text class=\"tk\" x=\"%d\" y=\"16\" text-anchor=\"middle\">", x_of(r, t), TOP - 6, height, x_of(r, t));
        mu_html_text(out, mu_report_time(r, t));
        mu_buf_puts(out, "</text>");
    }
    mu_buf_printf(out, "<path class=\"g1\" d=\"M%d %dV%d\"/>", x_of(r, r->end), TOP - 6, height);
}

static void title(mu_buf *out, const mu_report *r, const mu_lane_mark *m, const char *word)
{
    mu_buf_puts(out, "<title>");
    mu_html_text(out, mu_format(r->arena, "%s %s: %s (event %u)", mu_report_time(r, m->t), word, m->text, (unsigned)m->event));
    mu_buf_puts(out, "</title>");
}

static void work(mu_buf *out, const mu_report *r, const mu_lane *lane, const mu_lane_mark *m, int y)
{
    int from = x_of(r, m->t), to = x_of(r, m->until);
    mu_buf_printf(out, "<g><rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"9\"/>", lane->played ? "act" : "acto", from, y - 4, to - from < 2 ? 2 : to - from);
    title(out, r, m, "worked on");
    mu_buf_puts(out, "</g>");
    if (to - from > 9 * (int)strlen(m->text)) {
        mu_buf_printf(out, "<text class=\"sb\" x=\"%d\" y=\"%d\">", from, y - 7);
        mu_html_text(out, m->text);
        mu_buf_puts(out, "</text>");
    }
}

static void cross(mu_buf *out, const mu_report *r, const mu_lane_mark *m, int y, const char *word)
{
    int x = x_of(r, m->t);
    mu_buf_printf(out, "<g><path class=\"x\" d=\"M%d %dl8 8m0 -8l-8 8\"/>", x - 4, y - 4);
    title(out, r, m, word);
    mu_buf_puts(out, "</g>");
}

static void dot(mu_buf *out, const mu_report *r, const mu_lane *lane, const mu_lane_mark *m, int y, const char *word, int size)
{
    mu_buf_printf(out, "<g><circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>", lane->played ? "dot" : "hol", x_of(r, m->t), y, size);
    title(out, r, m, word);
    mu_buf_puts(out, "</g>");
}

static void diamond(mu_buf *out, const mu_report *r, const mu_lane_mark *m, int y, bool refused)
{
    int x = x_of(r, m->t);
    mu_buf_printf(out, "<g><path class=\"dia%s\" d=\"M%d %dl6 6l-6 6l-6 -6z\"/>", refused ? " dx" : "", x, y - 6);
    title(out, r, m, refused ? "decided without authority" : "decided");
    mu_buf_puts(out, "</g>");
}

static void mark(mu_buf *out, const mu_report *r, const mu_lane *lane, const mu_lane_mark *m, int y)
{
    switch (m->kind) {
    case MARK_WORK: work(out, r, lane, m, y); break;
    case MARK_NEVER: cross(out, r, m, y, "never acknowledged"); break;
    case MARK_SILENT: cross(out, r, m, y, "never answered"); break;
    case MARK_ACKED: dot(out, r, lane, m, y, "acknowledged", 3); break;
    case MARK_ANSWERED: dot(out, r, lane, m, y, "answered", 5); break;
    case MARK_DECIDED: diamond(out, r, m, y, false); break;
    case MARK_REFUSED: diamond(out, r, m, y, true); break;
    default: break;
    }
}

static void lane(mu_buf *out, const mu_report *r, const mu_lane *l, int y)
{
    mu_buf_printf(out, "<path class=\"g\" d=\"M%d %dH%d\"/><text class=\"nm\" x=\"0\" y=\"%d\">", LEFT, y, WIDTH - 20, y);
    mu_html_text(out, l->name);
    mu_buf_printf(out, "</text><text class=\"sb\" x=\"0\" y=\"%d\">", y + 12);
    mu_html_text(out, strlen(l->roles) > 30 ? mu_format(r->arena, "%.28s\xe2\x80\xa6", l->roles) : l->roles);
    mu_buf_puts(out, "</text>");
    for (int i = 0; i < l->count; i++)
        mark(out, r, l, &l->marks[i], y);
}

void mu_write_lanes(mu_buf *out, const mu_report *r)
{
    int height = TOP + r->lane_count * LANE + 10;
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline by person\"><svg class=\"lane\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"lt ld\">"
                       "<title id=\"lt\">What reached whom, and what they did</title><desc id=\"ld\">One line a person. The table below says the same.</desc>", WIDTH, height);
    grid(out, r, height);
    for (int i = 0; i < r->lane_count; i++)
        lane(out, r, &r->lanes[i], TOP + 14 + i * LANE);
    mu_buf_puts(out, "</svg></div><ul class=\"legend\">"
                     "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><circle class=\"hol\" cx=\"7\" cy=\"7\" r=\"4\"/></svg>acknowledged or answered by a stand-in; filled: by a person</li>"
                     "<li><svg width=\"24\" height=\"14\" aria-hidden=\"true\"><rect class=\"acto\" x=\"1\" y=\"3\" width=\"22\" height=\"9\"/></svg>work on an action</li>"
                     "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><path class=\"dia\" d=\"M7 1l6 6l-6 6l-6 -6z\"/></svg>a decision; open: without authority</li>"
                     "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><path class=\"x\" d=\"M3 3l8 8m0 -8l-8 8\"/></svg>never acknowledged or answered</li></ul>");
}
