/* The past as a page: small pictures of one measure each, drill by drill, every one of them beside a table that says the same. One file: no script, no
 * outside request. */
#include <string.h>

#include "analysis/paper.h"
#include "base/calendar.h"
#include "base/embedded.h"
#include "report/history.h"
#include "report/page.h"

#define SAY(...) mu_format(v->arena, __VA_ARGS__)

enum { WIDE = 260, HIGH = 130, LEFT = 34, RIGHT = 8, TOP = 10, FOOT = 108 };

/* ---- small pictures ---- */

static int x_of(const mu_course *c, int i)
{
    return LEFT + (WIDE - LEFT - RIGHT) * (2 * i + 1) / (2 * c->count);
}

static int y_of(int64_t value, int64_t most)
{
    return FOOT - (int)((FOOT - TOP) * value / (most ? most : 1));
}

static void words(mu_buf *out, int x, int y, const char *anchor, const char *text)
{
    mu_buf_printf(out, "<text class=\"tk\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
    mu_html_text(out, text);
    mu_buf_puts(out, "</text>");
}

static void begin(mu_buf *out, const mu_history_view *v, const mu_course *c, const char *title, const char *top)
{
    mu_buf_puts(out, "<div>");
    mu_element(out, "p", "class=\"cap\"", title);
    mu_buf_printf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>", WIDE, HIGH);
    mu_html_text(out, SAY("%s, drill by drill, %s; the table below says the same", title, c->title));
    mu_buf_printf(out, "</title><path class=\"g\" d=\"M%d %dH%d\"/><path class=\"g1\" d=\"M%d %dH%d\"/>", LEFT, TOP, WIDE, LEFT, FOOT, WIDE);
    words(out, LEFT - 5, TOP + 4, "end", top);
    words(out, LEFT - 5, FOOT + 4, "end", "0");
    words(out, c->count > 1 ? LEFT : x_of(c, 0), HIGH - 6, c->count > 1 ? "start" : "middle", mu_day_words(v, c->drills[0]->local));
    if (c->count > 1)
        words(out, WIDE - 2, HIGH - 6, "end", mu_day_words(v, c->drills[c->count - 1]->local));
}

static void end(mu_buf *out)
{
    mu_buf_puts(out, "</svg></div>\n");
}

/* A new version of the plan, between two drills. */
static void versions(mu_buf *out, const mu_course *c)
{
    for (int i = 1; i < c->count; i++)
        if (strcmp(c->drills[i]->plan_hash, c->drills[i - 1]->plan_hash) != 0)
            mu_buf_printf(out, "<path class=\"decl\" d=\"M%d %dV%d\"/>", (x_of(c, i) + x_of(c, i - 1)) / 2, TOP, FOOT);
}

static void gaps(mu_buf *out, const mu_history_view *v, const mu_course *c)
{
    int most = 1, width = (WIDE - LEFT - RIGHT) / (c->count * 2) + 1;
    for (int i = 0; i < c->count; i++)
        most = mu_open_of(c->drills[i], -1) > most ? mu_open_of(c->drills[i], -1) : most;
    width = width > 26 ? 26 : width;
    begin(out, v, c, "Gaps", SAY("%d", most));
    for (int i = 0; i < c->count; i++)
        for (int w = 0, sum = 0; w < 4; w++) {
            int n = mu_open_of(c->drills[i], w), top = y_of(sum + n, most);
            if (n)
                mu_buf_printf(out, "<rect class=\"c%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", w, x_of(c, i) - width / 2, top, width, y_of(sum, most) - top);
            sum += n;
        }
    versions(out, c);
    end(out);
}

typedef struct point {
    int64_t k, n; /* n = 0: nothing to show */
} point;

static point targets(const mu_past_drill *d)
{
    return (point){mu_targets_met(d), d->target_count};
}

static point answers(const mu_past_drill *d)
{
    point p;
    mu_in_time(d, &p.k, &p.n);
    return p;
}

static point parts(const mu_past_drill *d)
{
    int k, n;
    mu_parts_of(d, &k, &n);
    return (point){k, n};
}

static void shares(mu_buf *out, const mu_history_view *v, const mu_course *c, const char *title, point (*of)(const mu_past_drill *d), bool whiskers)
{
    begin(out, v, c, title, "100%");
    mu_buf_puts(out, "<path class=\"line\" d=\"");
    for (int i = 0, drawn = 0; i < c->count; i++) {
        point p = of(c->drills[i]);
        if (p.n)
            mu_buf_printf(out, "%c%d %d", drawn++ ? 'L' : 'M', x_of(c, i), y_of(p.k, p.n));
    }
    mu_buf_puts(out, "\"/>");
    for (int i = 0; i < c->count; i++) {
        point p = of(c->drills[i]);
        mu_interval range = mu_rate(p.k, p.n ? p.n : 1);
        if (p.n && whiskers)
            mu_buf_printf(out, "<path class=\"whisker\" d=\"M%d %dV%d\"/>", x_of(c, i), y_of(range.high, 1000000), y_of(range.low, 1000000));
        if (p.n)
            mu_buf_printf(out, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>", c->drills[i]->players ? "dot" : "hol", x_of(c, i), y_of(p.k, p.n));
    }
    versions(out, c);
    end(out);
}

static void middles(mu_buf *out, const mu_history_view *v, const mu_course *c)
{
    int64_t most = 60000;
    int n;
    for (int i = 0; i < c->count; i++) {
        int64_t ms = mu_middle(c->drills[i], "acknowledge", &n, v->arena);
        most = ms > most ? ms : most;
    }
    begin(out, v, c, "Half acknowledged within", mu_span(v->arena, most));
    for (int i = 0; i < c->count; i++) {
        int64_t ms = mu_middle(c->drills[i], "acknowledge", &n, v->arena);
        if (ms >= 0)
            mu_buf_printf(out, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>", c->drills[i]->players ? "dot" : "hol", x_of(c, i), y_of(ms, most));
    }
    versions(out, c);
    end(out);
}

/* ---- courses ---- */

static void course_table(mu_buf *out, const mu_history_view *v, const mu_course *c)
{
    static const char *const heads[] = {"Held", "Plan", "Critical", "High", "Medium", "Low", "Targets met", "Answers in time (95 %)", "Half acknowledged within", "Parts exercised", NULL};
    mu_page_sheet t = mu_page_sheet_begin(out, "Drill by drill", heads);
    for (int i = 0; i < c->count; i++) {
        const mu_past_drill *d = c->drills[i];
        point in_time = answers(d), part = parts(d);
        int n;
        int64_t ms = mu_middle(d, "acknowledge", &n, v->arena);
        mu_page_sheet_row(&t);
        mu_page_cell_two(&t, mu_day_words(v, d->local), d->folder);
        mu_page_cell_two(&t, d->version, SAY("%.8s", d->plan_hash));
        for (int w = 0; w < 4; w++)
            mu_page_cell(&t, SAY("%d", mu_open_of(d, w)));
        mu_page_cell(&t, mu_share_words(v, mu_targets_met(d), d->target_count));
        mu_page_cell(&t, mu_rate_words(v, in_time.k, in_time.n));
        mu_page_cell(&t, ms < 0 ? SAY("- (n %d)", n) : SAY("%s (n %d)", mu_span(v->arena, ms), n));
        mu_page_cell(&t, mu_share_words(v, part.k, part.n));
    }
    mu_page_sheet_end(&t);
}

static void course(mu_buf *out, const mu_history_view *v, const mu_course *c)
{
    mu_beside_before b = mu_beside_last(c);
    bool worse = mu_is_worse(&b), better = mu_is_better(&b);
    mu_verdict change = mu_beside_change(c).by_gaps;
    mu_element(out, "h3", "", SAY("%s: %s, %d drill%s", c->title, strcmp(c->mode, "model") == 0 ? "model runs, nobody was asked" : c->mode, c->count, c->count == 1 ? "" : "s"));
    if (*mu_change_words(v, c))
        mu_element(out, "p", change == MU_WORSE ? "class=\"verdict worse\"" : change == MU_BETTER ? "class=\"verdict better\"" : "class=\"verdict\"", mu_change_words(v, c));
    mu_element(out, "p", worse && !better ? "class=\"verdict worse\"" : better && !worse ? "class=\"verdict better\"" : "class=\"verdict\"", mu_verdict_words(v, &b));
    mu_buf_puts(out, "<div class=\"multiples\">\n");
    gaps(out, v, c);
    shares(out, v, c, "Targets met", targets, false);
    shares(out, v, c, "Answers in time", answers, true);
    middles(out, v, c);
    shares(out, v, c, "Parts of the plan exercised", parts, false);
    mu_buf_puts(out, "</div>\n");
    course_table(out, v, c);
}

static void courses(mu_buf *out, const mu_history_view *v)
{
    mu_section(out, "trend", "Drill by drill", "Only like is set beside like: the same plan, the same scenario, the same kind of drill.");
    mu_buf_puts(out, "<ul class=\"legend\"><li><span class=\"key k0\"></span>critical</li><li><span class=\"key k1\"></span>high</li><li><span class=\"key k2\"></span>medium</li>"
                     "<li><span class=\"key k3\"></span>low</li><li>open dot: stand-ins, filled: people</li><li>upright line: 95 % interval</li><li>dotted: the plan was changed</li></ul>\n");
    for (int i = 0; i < v->course_count; i++)
        course(out, v, &v->courses[i]);
    if (!v->course_count)
        mu_element(out, "p", "", "No drill is over yet.");
    mu_buf_puts(out, "</section>\n");
}

/* ---- gaps ---- */

static void gap_row(mu_page_sheet *t, const mu_history_view *v, int i)
{
    const mu_gap_line *l = &v->lines[i];
    const mu_past_task *task = l->task;
    mu_page_sheet_row(t);
    mu_page_cell_two(t, l->gap->text, SAY("%s, %s%s%s", l->gap->gap, l->gap->subject, *l->scenario ? "; in " : "", l->scenario));
    mu_page_cell_two(t, mu_weight_word((mu_weight)l->gap->weight), l->gap->accepted ? "accepted by the plan" : "");
    mu_page_cell_two(t, mu_day_words(v, l->first->local), SAY("in %d of %d drills that look for it%s", l->seen, l->of, l->returned ? SAY(", came back %d time%s", l->returned, l->returned == 1 ? "" : "s") : ""));
    if (l->closed)
        mu_page_cell_two(t, SAY("gone on %s", mu_day_words(v, l->closed->local)), SAY("plan %s", l->closed->version));
    else
        mu_page_cell_two(t, task && *task->owner ? task->owner : "nobody", task && *task->due ? SAY("due %s%s", task->due, mu_is_overdue(v, task) ? ", overdue" : "") : "no day");
    mu_page_cell(t, l->closed ? "by every drill" : v->retests[i] ? v->retests[i] : "not planned");
}

static void gap_lines(mu_buf *out, const mu_history_view *v)
{
    static const char *const heads[] = {"Gap", "Weight", "First seen", "Owner", "Looked for next", NULL};
    static const char *const titles[] = {"New", "Back again", "Still there", "Closed"};
    mu_section(out, "gaps", "What became of the gaps", "A gap keeps its name while the same thing is wrong, wherever it stands in the plan. One that a drill showed is closed only by a drill with the same scenario, of the same kind (with people or without), that ran as far.");
    mu_page_sheet t = mu_page_sheet_begin(out, "Gaps", heads);
    for (int state = 0; state < 4; state++) {
        int n = 0;
        for (int i = 0; i < v->line_count; i++)
            n += (int)v->lines[i].state == state;
        if (n)
            mu_page_sheet_band(&t, SAY("%s: %d", titles[state], n));
        for (int i = 0; i < v->line_count; i++)
            if ((int)v->lines[i].state == state)
                gap_row(&t, v, i);
    }
    mu_page_sheet_end(&t);
    mu_buf_puts(out, "</section>\n");
}

/* ---- parts of the plan, and the register ---- */

static void plan_parts(mu_buf *out, const mu_history_view *v, const char *plan)
{
    const mu_part_line *lines;
    int count = mu_part_lines(v->past, plan, mu_months_add(v->as_of, -v->months), v->arena, &lines), lately = 0, never = 0;
    for (int i = 0; i < count; i++) {
        lately += lines[i].lately;
        never += !lines[i].last;
    }
    mu_element(out, "p", "class=\"big\"", SAY("%s: %d of %d parts were exercised in the last %d months; %d never.", plan, lately, count, v->months, never));
    if (never == 0)
        return;
    mu_buf_puts(out, "<details><summary>Never exercised</summary><ul class=\"plainlist\">");
    for (int i = 0; i < count; i++)
        if (!lines[i].last)
            mu_element(out, "li", "", SAY("%s: %s", lines[i].part->kind, lines[i].part->name));
    mu_buf_puts(out, "</ul></details>\n");
}

static void overdue(mu_buf *out, const mu_history_view *v, const char *plan)
{
    const mu_past_drill *d = mu_newest(v->past, plan);
    for (int i = 0; i < d->task_count; i++)
        if (mu_is_overdue(v, &d->tasks[i]))
            mu_element(out, "p", "", SAY("Overdue since %s: %s, %s (%s).", d->tasks[i].due, d->tasks[i].id, d->tasks[i].action, *d->tasks[i].owner ? d->tasks[i].owner : "nobody"));
}

static void coverage(mu_buf *out, const mu_history_view *v)
{
    const char **plans = mu_alloc(v->arena, ((size_t)v->past->count + 1) * sizeof *plans);
    int count = mu_history_plans(v, plans);
    mu_section(out, "parts", "What was exercised", "A part of the plan is exercised when a drill came to it, whether it then held or not.");
    for (int i = 0; i < count; i++) {
        plan_parts(out, v, plans[i]);
        overdue(out, v, plans[i]);
    }
    mu_buf_puts(out, "</section>\n");
}

/* ---- the page ---- */

static const char *lowered(const mu_history_view *v, const char *text)
{
    char *copy = mu_copy(v->arena, text, strlen(text));
    *copy = (char)(*copy >= 'A' && *copy <= 'Z' ? *copy - 'A' + 'a' : *copy);
    return copy;
}

/* Does it say whether the plan got better? The first sentence does. */
static const char *lead(const mu_history_view *v, bool changed)
{
    int worse = 0, better = 0, counts[4] = {0};
    for (int i = 0; i < v->course_count; i++) {
        mu_beside_before b = mu_beside_last(&v->courses[i]);
        worse += mu_is_worse(&b);
        better += mu_is_better(&b) && !mu_is_worse(&b);
    }
    for (int i = 0; i < v->line_count; i++)
        counts[v->lines[i].state]++;
    if (v->past->count < 2)
        return "One drill is no trend: there is nothing to set beside it yet.";
    const char *word = better == v->course_count ? SAY("All %d courses of drills got better", better)
                       : SAY("Of %d course%s of drills %d got better, and %d worse in something", v->course_count, v->course_count == 1 ? "" : "s", better, worse);
    return SAY("%s%s: %d gap%s closed, %d new, %d back again, %d still there.", changed ? "The last drill of each course beside the one before: " : "", changed ? lowered(v, word) : word, counts[MU_GAP_CLOSED], counts[MU_GAP_CLOSED] == 1 ? "" : "s", counts[MU_GAP_NEW], counts[MU_GAP_BACK], counts[MU_GAP_STILL]);
}

static void top(mu_buf *out, const mu_history_view *v)
{
    int n = v->past->count;
    mu_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>EXERCISES: ");
    mu_html_text(out, v->title);
    mu_buf_puts(out, "</title><style>\n");
    mu_buf_puts(out, mu_styles[MU_STYLE_REPORT].bytes);
    mu_buf_puts(out, mu_styles[MU_STYLE_HISTORY].bytes);
    mu_buf_puts(out, "</style></head><body>\n<a class=\"skip\" href=\"#main\">To the history</a>\n<header class=\"ex\"><span>EXERCISES. Nothing on this page happened.</span></header>\n"
                     "<main id=\"main\" class=\"page\">\n<div class=\"mast\">");
    mu_element(out, "h1", "", v->title);
    mu_element(out, "p", "", n ? SAY("History of %d drill%s, %s to %s; as of %s.%s", n, n == 1 ? "" : "s", mu_day_words(v, v->past->drills[0].local), mu_day_words(v, v->past->drills[n - 1].local),
                                     mu_day_words(v, v->as_of), v->left_out ? SAY(" %d more could not be read.", v->left_out) : "")
                               : "No drill was held yet.");
    mu_buf_puts(out, "</div>\n");
    const char *change = mu_change_lead(v);
    mu_element(out, "p", "class=\"lead\"", *change ? change : lead(v, false));
    if (*change)
        mu_element(out, "p", "class=\"big\"", lead(v, true));
}

static void believe(mu_buf *out)
{
    mu_buf_puts(out, "<div class=\"run\"><section aria-labelledby=\"b\"><h2 id=\"b\">What may be believed of this</h2><p>A gap that the text of the plan shows is certain, and so is its going. What a model run shows "
                     "is one run, n = 1: with the same seed, scenario and assumptions a difference is the plan's, or the day's that it was held against, and no chance; with others it may be theirs. None of it says "
                     "how people perform.</p></section><section aria-labelledby=\"c\"><h2 id=\"c\">And of people</h2><p>Shares of answers in time carry their 95 % interval. Few answers make it wide: where it says "
                     "too few to tell, two drills that look different may not be. A drill that never exercised a part says nothing of that part.</p></section></div>\n"
                     "<nav class=\"toc\" aria-label=\"Contents\"><ul><li><a href=\"#trend\">Drill by drill</a></li><li><a href=\"#gaps\">Gaps</a></li><li><a href=\"#parts\">What was exercised</a></li></ul></nav>\n");
}

void mu_write_history_html(mu_buf *out, const mu_history_view *v)
{
    top(out, v);
    believe(out);
    courses(out, v);
    gap_lines(out, v);
    coverage(out, v);
    mu_buf_puts(out, "</main>\n<footer class=\"foot\">EXERCISES. Computed from the journals of the drills and the plans that were kept with them. muster history rebuild makes the same again.</footer></body></html>\n");
}
