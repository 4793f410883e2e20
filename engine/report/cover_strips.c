/* Hours with nobody: strips hour by hour for the first week, bars day by day for the whole stretch, and their table. */
#include <string.h>

#include "report/cover_page.h"

enum { LEFT = 300, WIDE = 1100, ROW = 28, STRIPS = 12, DAYS = 7 };

typedef struct group {
    const mu_need_hours **rows; /* uncovered at the same times */
    int count;
} group;

/* Needs that are uncovered at the same times, the longest first. */
static int groups_of(const mu_cover_page *p, group **groups)
{
    mu_arena *arena = mu_cover_arena(p);
    const mu_need_hours **list = mu_alloc(arena, (size_t)(p->hours->count + 1) * sizeof *list);
    int count = mu_hours_uncovered(p, list), n = 0;
    *groups = mu_alloc(arena, (size_t)(count + 1) * sizeof **groups);
    for (int i = 0; i < count; i++) {
        group *g = &(*groups)[n];
        if (!list[i])
            continue;
        g->rows = mu_alloc(arena, (size_t)(count + 1) * sizeof *g->rows);
        for (int k = count - 1; k >= i; k--) /* from behind, since the first stays to compare with */
            g->count += list[k] && mu_hours_alike(list[i], list[k]);
        const mu_need_hours *first = list[i];
        int at = 0;
        for (int k = i; k < count; k++)
            if (list[k] && mu_hours_alike(first, list[k])) {
                g->rows[at++] = list[k];
                list[k] = NULL;
            }
        n++;
    }
    return n;
}

static const char *group_words(mu_arena *arena, const group *g)
{
    return g->count == 1 ? g->rows[0]->need->called : mu_format(arena, "%s, and %d more", g->rows[0]->need->called, g->count - 1);
}

static double x_of(int64_t from, int64_t until, int64_t utc)
{
    utc = utc < from ? from : utc > until ? until : utc;
    return LEFT + (double)(WIDE - LEFT) * (double)(utc - from) / (double)(until - from);
}

static void days_of_week(mu_buf *out, const mu_house *h, int64_t from, int64_t until, int bottom)
{
    for (int64_t day = mu_day_of(mu_zone_local(h->zone, from));; day++) {
        int64_t utc = mu_zone_utc(h->zone, day * MU_DAY_MS);
        if (utc >= until)
            return;
        if (utc < from)
            continue;
        const char *words = mu_hour_words(h, utc);
        mu_buf_printf(out, "<path class=\"g\" d=\"M%.1f 22V%d\"/><text class=\"tk\" x=\"%.1f\" y=\"14\">%.*s</text>", x_of(from, until, utc), bottom, x_of(from, until, utc) + 4,
                      (int)strlen(words) - 6, words);
    }
}

static void strip(mu_buf *out, const mu_cover_page *p, const group *g, int64_t from, int64_t until, int y)
{
    mu_buf_printf(out, "<text class=\"nm\" x=\"0\" y=\"%d\">", y + 13);
    const char *words = group_words(mu_cover_arena(p), g);
    mu_html_text(out, strlen(words) > 46 ? mu_format(mu_cover_arena(p), "%s \xe2\x80\xa6", mu_clipped(mu_cover_arena(p), words, 40)) : words);
    mu_buf_puts(out, "</text>");
    for (int i = 0; i < g->rows[0]->span_count; i++) {
        const mu_hours_span *s = &g->rows[0]->spans[i];
        double x = x_of(from, until, s->from), to = x_of(from, until, s->until);
        if (s->from < until && s->until > from)
            mu_buf_printf(out, "<rect class=\"z%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"18\"/>", s->level, x, y, to - x);
    }
}

static void week(mu_buf *out, const mu_cover_page *p, const group *groups, int count)
{
    const mu_house *h = p->cover->needs->house;
    int64_t from = p->hours->from, until = from + DAYS * MU_DAY_MS < p->hours->until ? from + DAYS * MU_DAY_MS : p->hours->until;
    int bottom = 28 + count * ROW;
    mu_buf_printf(out, "<div class=\"sc\" role=\"region\" tabindex=\"0\" aria-label=\"Strips hour by hour, scroll sideways\"><svg class=\"strip\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"wk-t wk-d\">"
                       "<title id=\"wk-t\">How many people cover what, hour by hour</title><desc id=\"wk-d\">Each row is a requirement, or several that are uncovered at the same times; the table below has the hours.</desc>"
                       "<defs><pattern id=\"h1\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" class=\"hp\"/><path d=\"M0 0V6\" class=\"hl\"/></pattern></defs>",
                  WIDE, bottom + 6);
    days_of_week(out, h, from, until, bottom);
    for (int i = 0; i < count; i++)
        strip(out, p, &groups[i], from, until, 28 + i * ROW);
    mu_buf_puts(out, "</svg></div>\n");
}

/* Milliseconds of a day with nobody. */
static int64_t nobody_in(const mu_need_hours *row, int64_t from, int64_t until)
{
    int64_t sum = 0;
    for (int i = 0; i < row->span_count; i++) {
        const mu_hours_span *s = &row->spans[i];
        int64_t a = s->from > from ? s->from : from, b = s->until < until ? s->until : until;
        sum += s->level == 0 && b > a ? b - a : 0;
    }
    return sum;
}

static void day_bars(mu_buf *out, const mu_cover_page *p, const group *g)
{
    const mu_house *h = p->cover->needs->house;
    int64_t first = mu_day_of(mu_zone_local(h->zone, p->hours->from));
    mu_buf_printf(out, "<div class=\"sc\" role=\"region\" tabindex=\"0\" aria-label=\"Strip day by day, scrolls sideways\"><svg class=\"strip\" viewBox=\"0 0 %d 84\" role=\"img\" aria-labelledby=\"dy-t\"><title id=\"dy-t\">", WIDE);
    mu_html_text(out, mu_format(mu_cover_arena(p), "Hours a day with nobody: %s", group_words(mu_cover_arena(p), g)));
    mu_buf_puts(out, "</title><text class=\"nm\" x=\"0\" y=\"40\">Hours a day with nobody</text><text class=\"sb\" x=\"0\" y=\"58\">");
    mu_html_text(out, mu_clipped(mu_cover_arena(p), group_words(mu_cover_arena(p), g), 44));
    mu_buf_puts(out, "</text>");
    for (int64_t day = first;; day++) {
        int64_t from = mu_zone_utc(h->zone, day * MU_DAY_MS), until = mu_zone_utc(h->zone, (day + 1) * MU_DAY_MS);
        if (from >= p->hours->until)
            break;
        double x = x_of(p->hours->from, p->hours->until, from), to = x_of(p->hours->from, p->hours->until, until), tall = 46.0 * (double)nobody_in(g->rows[0], from, until) / (double)(until - from);
        if (tall > 0 && to > x)
            mu_buf_printf(out, "<rect class=\"z0\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", x, 60 - tall, (to - x) * .85, tall);
        if (mu_date_of_day(day).day == 1) {
            const char *words = mu_hour_words(h, from);
            mu_buf_printf(out, "<path class=\"g1\" d=\"M%.1f 8V64\"/><text class=\"tk\" x=\"%.1f\" y=\"78\">%.*s</text>", x, x + 3, (int)strlen(words) - 10, words + 4);
        }
    }
    mu_buf_printf(out, "<path class=\"g\" d=\"M%d 14H%d\"/><path class=\"g1\" d=\"M%d 60H%d\"/><text class=\"sb\" x=\"%d\" y=\"18\" text-anchor=\"end\">24 h</text></svg></div>\n", LEFT, WIDE, LEFT, WIDE, LEFT - 6);
}

enum { TIMES = 40, REASONS = 8 };

static void times(mu_buf *out, const mu_cover_page *p, const group *g)
{
    const mu_house *h = p->cover->needs->house;
    int said = 0;
    for (int i = 0; i < g->rows[0]->span_count; i++) {
        const mu_hours_span *s = &g->rows[0]->spans[i];
        if (s->level != 0 || said++ >= TIMES)
            continue;
        mu_html_text(out, mu_format(mu_cover_arena(p), "%s to %s: %s", mu_hour_words(h, s->from), mu_hour_words(h, s->until),
                                    mu_hours_why(mu_cover_arena(p), g->rows, g->count, s->from, REASONS)));
        mu_buf_puts(out, "<br>");
    }
    if (said > TIMES)
        mu_buf_printf(out, "and %d more times", said - TIMES);
}

static void table(mu_buf *out, const mu_cover_page *p, const group *groups, int count)
{
    static const char *const heads[] = {"Requirement", "With nobody", "When, and why", NULL};
    mu_page_sheet s = mu_page_sheet_begin(out, "Hours with nobody", heads);
    int64_t whole = p->hours->until - p->hours->from;
    for (int i = 0; i < count; i++) {
        const char *names = "";
        for (int k = 0; k < groups[i].count; k++)
            names = mu_format(mu_cover_arena(p), "%s%s%s (:%d)", names, k ? ", " : "", groups[i].rows[k]->need->called, groups[i].rows[k]->need->at.line);
        mu_page_sheet_row(&s);
        mu_page_cell(&s, names);
        mu_page_cell_two(&s, mu_hours_long(mu_cover_arena(p), groups[i].rows[0]->length[0]),
                         mu_format(mu_cover_arena(p), "of %s, %d%%", mu_hours_long(mu_cover_arena(p), whole), mu_share(groups[i].rows[0]->length[0], whole)));
        mu_page_cell_begin(&s);
        times(out, p, &groups[i]);
        mu_page_cell_end(&s);
    }
    mu_page_sheet_end(&s);
}

static int first_that_varies(const group *groups, int count)
{
    for (int i = 0; i < count; i++)
        if (groups[i].rows[0]->span_count > 1)
            return i;
    return -1;
}

void mu_cover_strips(mu_buf *out, const mu_cover_page *p)
{
    group *groups;
    int count = groups_of(p, &groups), varies = first_that_varies(groups, count);
    const mu_house *h = p->cover->needs->house;
    mu_section(out, "hours", "Hours with nobody",
               mu_format(mu_cover_arena(p), "%s to %s, %s time. By working hours, leave, holidays and rotations: in each hour a requirement is held against who is there in that hour.",
                         mu_hour_words(h, p->hours->from), mu_hour_words(h, p->hours->until), mu_zone_name(h->zone)));
    if (count == 0) {
        mu_element(out, "p", "", mu_format(mu_cover_arena(p), "In each of the %s somebody is there for each of %d requirements.", mu_hours_long(mu_cover_arena(p), p->hours->until - p->hours->from), p->hours->count));
        mu_buf_puts(out, "</section>\n");
        return;
    }
    mu_buf_puts(out, "<ul class=\"sw\"><li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\"><rect class=\"z0\" width=\"28\" height=\"14\"/></svg>nobody</li><li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\"><rect class=\"z1\" x=\".5\" y=\".5\" width=\"27\" height=\"13\"/></svg>one absence breaks it</li>"
                     "<li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\"><rect class=\"z2\" x=\".5\" y=\".5\" width=\"27\" height=\"13\"/></svg>two do</li><li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\"><rect class=\"z3\" x=\".5\" y=\".5\" width=\"27\" height=\"13\"/></svg>three or more</li></ul>\n");
    week(out, p, groups, count < STRIPS ? count : STRIPS);
    if (varies >= 0)
        day_bars(out, p, &groups[varies]);
    mu_buf_puts(out, "<details><summary>Each of them, with the times</summary><div class=\"sc\" tabindex=\"0\" role=\"group\" aria-label=\"Hours with nobody\">");
    table(out, p, groups, count);
    mu_buf_puts(out, "</div></details></section>\n");
}
