/* The pictures of the after-action report: the clocks on one board, answers against their limits, the matrix of who does what. What
 * each shows stands in the table below it. */
#include <string.h>

#include "report/aar.h"
#include "report/page.h"
#include "report/parts.h"

enum { LEFT = 330, WIDTH = 1140, RIGHT = 176, ROW = 24, TOP = 30 };

static void label(mu_buf *out, const char *class, int x, int y, const char *anchor, const char *words)
{
    mu_buf_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">", class, x, y, anchor);
    mu_html_text(out, words);
    mu_buf_puts(out, "</text>");
}

/* At most `most` characters, with a sign where more were there. */
static const char *cut(const mu_report *r, const char *s, int most)
{
    size_t len = strlen(s), i = 0;
    uint32_t cp;
    for (int n = 0; n < most && i < len; n++) {
        int step = mu_utf8(s + i, len - i, &cp);
        i += step ? (size_t)step : 1;
    }
    return i < len ? SAY("%.*s\xe2\x80\xa6", (int)i, s) : s;
}

static void frame(mu_buf *out, const char *id, int width, int height, const char *title, const char *what)
{
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"group\" aria-label=\"%s\"><svg class=\"aar\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">"
                       "<title id=\"%s-t\">%s</title><desc id=\"%s-d\">%s</desc>\n", title, width, height, width, height, id, id, id, title, id, what);
}

/* ---- the clocks ---- */

static int x_of(const mu_report *r, int64_t t)
{
    int64_t whole = r->end > 0 ? r->end : 1, at = t < 0 ? 0 : t > whole ? whole : t;
    int64_t unit = whole / (1 << 20) + 1;
    return LEFT + (int)(at / unit * (WIDTH - LEFT - RIGHT) / (whole / unit ? whole / unit : 1));
}

static void hours(mu_buf *out, const mu_report *r, int height)
{
    int64_t step = 30 * 60000;
    while (r->end / step > 8)
        step *= 2;
    for (int64_t t = 0; t <= r->end; t += step) {
        mu_buf_printf(out, "<path class=\"g\" d=\"M%d %dV%d\"/>", x_of(r, t), TOP - 8, height);
        label(out, "tk", x_of(r, t), 14, "middle", mu_report_time(r, t));
    }
    mu_buf_printf(out, "<path class=\"g1\" d=\"M%d %dV%d\"/>", x_of(r, r->end), TOP - 8, height);
}

static void clock_bar(mu_buf *out, const mu_report *r, const mu_target_row *t, int y)
{
    int64_t due = t->window < 0 ? r->end : t->began + t->window, until = t->took >= 0 ? t->began + t->took : r->end;
    int from = x_of(r, t->began), end = x_of(r, due), used = x_of(r, until < due ? until : due);
    mu_buf_printf(out, "<rect class=\"win\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"11\"/><rect class=\"act\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"5\"/>", from, y + 5, end > from ? end - from : 1, from, y + 8,
                  used > from ? used - from : 1);
    if (t->state == MU_LATE || t->state == MU_MISSED)
        mu_buf_printf(out, "<rect class=\"ovr\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"7\"/>", end, y + 7, x_of(r, until) > end ? x_of(r, until) - end : 3);
    if (due > r->end)
        mu_buf_printf(out, "<path class=\"ar\" d=\"M%d %dl5 5.5l-5 5.5\"/>", end, y + 5);
    else if (t->window >= 0)
        mu_buf_printf(out, "<path class=\"tick\" d=\"M%d %dv17\"/>", end, y + 2);
}

/* "30 days left": the line of ENDEX stands right beside it. */
static const char *without_endex(const mu_report *r, const char *margin)
{
    const char *end = strstr(margin, " at ENDEX");
    return cut(r, end ? mu_copy(r->arena, margin, (size_t)(end - margin)) : margin, 20);
}

void mu_draw_clocks(mu_buf *out, const mu_report *r)
{
    int height = TOP + r->target_count * ROW, y = TOP;
    if (r->target_count == 0)
        return;
    frame(out, "cb", WIDTH, height + 4, "Clocks on one board", "One row a clock: the frame is its time, the tick its due moment, the bar what was used, the second bar what ran past it.");
    hours(out, r, height);
    for (int law = 1; law >= 0; law--)
        for (int i = 0; i < r->target_count; i++) {
            const mu_target_row *t = &r->targets[i];
            if (t->law != law)
                continue;
            bool bad = t->state == MU_LATE || t->state == MU_MISSED;
            label(out, law ? "nm" : "lb", 0, y + 15, "start", cut(r, SAY("%s: %s", t->who, t->what), 48));
            clock_bar(out, r, t, y);
            label(out, bad ? "lb bd" : "sb", WIDTH, y + 15, "end", SAY("%s, %s", mu_state_word(t->state), without_endex(r, mu_target_margin(r, t))));
            y += ROW;
        }
    mu_buf_puts(out, "</svg></div>\n");
}

/* ---- answers against their limits ---- */

enum { SCALE = 340, PAST = 158 };

static bool has_limit(const mu_asked_row *a)
{
    return a->limit > 0 && a->state != MU_NOBODY;
}

static bool first_of_lane(const mu_report *r, int row)
{
    for (int i = 0; i < row; i++)
        if (has_limit(&r->asked[i]) && strcmp(r->asked[i].lane, r->asked[row].lane) == 0)
            return false;
    return has_limit(&r->asked[row]);
}

static int share_x(int64_t took, int64_t limit)
{
    int64_t unit = limit / 1000 + 1, whole = limit / unit, part = took / unit; /* of any length */
    int64_t percent = part > 2 * whole ? PAST : part * 100 / (whole ? whole : 1);
    percent = percent > PAST ? PAST : percent;
    return LEFT + (int)(percent * SCALE / 100);
}

static void strip(mu_buf *out, const mu_report *r, const char *lane, int y)
{
    int never = 0, open = 0, met = 0, judged = 0;
    label(out, "nm", 0, y + 4, "start", mu_called(r, lane));
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        if (!has_limit(a) || strcmp(a->lane, lane) != 0)
            continue;
        judged += a->state != MU_OPEN;
        met += a->state == MU_MET;
        never += a->state == MU_MISSED;
        open += a->state == MU_OPEN;
        if (a->state == MU_MET || a->state == MU_LATE)
            mu_buf_printf(out, "<circle class=\"%s%s\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", a->played ? "dot" : "hol", a->state == MU_LATE ? " lt" : "", share_x(a->settled - a->delivered, a->limit), y);
    }
    if (never)
        label(out, "lb bd", LEFT + PAST * SCALE / 100 + 14, y + 4, "start", SAY("\xc3\x97 %d never", never));
    label(out, met < judged ? "lb bd" : "lb", WIDTH, y + 4, "end", judged ? SAY("%d of %d in time", met, judged) : SAY("%d open", open));
}

void mu_draw_limits(mu_buf *out, const mu_report *r)
{
    int lanes = 0, y = TOP;
    for (int i = 0; i < r->asked_count; i++)
        lanes += first_of_lane(r, i);
    if (lanes == 0)
        return;
    int height = TOP + lanes * ROW;
    frame(out, "lim", WIDTH, height + 4, "Answers against their limits", "One dot an answer, by the share of its limit that it took; the tick is the limit. Filled: a person. Open: a stand-in.");
    for (int percent = 0; percent <= 150; percent += 50) {
        mu_buf_printf(out, "<path class=\"%s\" d=\"M%d %dV%d\"/>", percent == 100 ? "tick" : "g", LEFT + percent * SCALE / 100, TOP - 8, height);
        label(out, "tk", LEFT + percent * SCALE / 100, 14, "middle", percent == 100 ? "the limit" : percent ? SAY("%d %%", percent) : "0");
    }
    for (int i = 0; i < r->asked_count; i++) {
        if (!first_of_lane(r, i))
            continue;
        strip(out, r, r->asked[i].lane, y + ROW / 2);
        y += ROW;
    }
    mu_buf_puts(out, "</svg></div>\n");
}
