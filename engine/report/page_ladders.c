/* Ladders as calls over time against the plan's own times, who was called past them, and how the level was set. Each picture
 * has its table. */
#include <string.h>

#include "report/page.h"
#include "report/parts.h"

enum { LEFT = 330, WIDTH = 1140, RIGHT = 310, ROW = 24, TOP = 26 };

static const char *const call_classes[] = {"ok", "bd", "bd", "bd", "bd", "lt"};

static const char *when(const mu_report *r, int64_t t, const char *never)
{
    return t < 0 ? never : mu_report_time(r, t);
}

static const char *whom(const mu_report *r, const mu_call *c)
{
    return mu_called(r, *c->person ? c->person : c->to);
}

/* "no answer, 12 min late": what a row of the table says at its end, and the picture beside it. */
static const char *state_words(const mu_report *r, const mu_call *c)
{
    int64_t late = mu_call_late(c);
    return late ? SAY("%s, %s late", mu_call_word(c->state), mu_report_length(r, late)) : mu_call_word(c->state);
}

static const char *state_class(const mu_call *c)
{
    return mu_call_late(c) && c->state == MU_CALL_ANSWERED ? "lt" : call_classes[c->state];
}

static bool jumps_of(const mu_report *r, const mu_climb_row *climb, int *count)
{
    *count = 0;
    for (int i = 0; i < r->flows->jump_count; i++)
        *count += r->flows->jumps[i].climb == climb->climb;
    return *count > 0;
}

/* ---- the picture of one climb ---- */

typedef struct drawing {
    mu_buf *out;
    const mu_report *r;
    int64_t start, whole;
    int y; /* the middle of the row */
} drawing;

static int x_of(const drawing *d, int64_t t)
{
    return LEFT + (int)((t - d->start) * (WIDTH - LEFT - RIGHT) / d->whole);
}

static void words_at(mu_buf *out, const char *class, int x, int y, const char *words)
{
    mu_buf_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
    mu_html_text(out, words);
    mu_buf_puts(out, "</text>");
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static drawing drawing_of(mu_buf *out, const mu_report *r, const mu_climb_row *climb)
{
    int64_t end = climb->t;
    for (int i = climb->first; i < climb->first + climb->count; i++)
        end = later(end, later(r->flows->calls[i].planned, later(r->flows->calls[i].called, r->flows->calls[i].answered)));
    for (int i = 0; i < r->flows->jump_count; i++)
        end = r->flows->jumps[i].climb == climb->climb ? later(end, r->flows->jumps[i].t) : end;
    return (drawing){out, r, climb->t, end > climb->t ? end - climb->t : 60000, TOP + ROW / 2};
}

static void row_begin(drawing *d, const char *name)
{
    mu_buf_printf(d->out, "<path class=\"g\" d=\"M0 %dH%d\"/>", d->y + ROW / 2, WIDTH);
    words_at(d->out, "nm", 0, d->y + 4, name);
}

static void row_end(drawing *d, const char *class, const char *state)
{
    words_at(d->out, class, WIDTH - RIGHT + 14, d->y + 4, state);
    d->y += ROW;
}

static void planned_mark(const drawing *d, int64_t planned)
{
    if (planned >= 0)
        mu_buf_printf(d->out, "<path class=\"g1\" d=\"M%d %dv12\"/>", x_of(d, planned), d->y - 6);
}

static void call_mark(const drawing *d, const mu_call *c)
{
    int x = x_of(d, c->called), y = d->y;
    if (mu_call_late(c))
        mu_buf_printf(d->out, "<path class=\"wx\" d=\"M%d %dH%d\"/>", x_of(d, c->planned), y, x);
    if (c->answered >= 0)
        mu_buf_printf(d->out, "<path class=\"w\" d=\"M%d %dH%d\"/><circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x, y, x_of(d, c->answered), x_of(d, c->answered), y);
    else if (c->state == MU_CALL_ABSENT)
        mu_buf_printf(d->out, "<circle class=\"hol\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x, y);
    else
        mu_buf_printf(d->out, "<path class=\"x\" d=\"M%d %dl8 8m0 -8l-8 8\"/>", x - 4, y - 4);
}

static void call_row(drawing *d, const mu_call *c)
{
    const mu_report *r = d->r;
    row_begin(d, SAY("%d.%d%s  %s", c->step, c->try, c->round > 1 ? SAY(", round %d", c->round) : "", whom(r, c)));
    planned_mark(d, c->planned);
    if (c->called >= 0)
        call_mark(d, c);
    row_end(d, state_class(c), state_words(r, c));
}

static void jump_row(drawing *d, const mu_jump *j)
{
    const mu_report *r = d->r;
    int x = x_of(d, j->t);
    row_begin(d, SAY("%d, by hand  %s", j->step, mu_called(r, *j->person ? j->person : j->to)));
    mu_buf_printf(d->out, "<path class=\"tri\" d=\"M%d %dl6 11h-12z\"/>", x, d->y - 6);
    row_end(d, "lt", SAY("jumped: the ladder was at step %d", j->reached));
}

static void climb_picture(mu_buf *out, const mu_report *r, const mu_climb_row *climb, int number)
{
    int jumps;
    (void)jumps_of(r, climb, &jumps);
    drawing d = drawing_of(out, r, climb);
    int height = TOP + (climb->count + jumps) * ROW + 6;
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"group\" aria-label=\"Calls of a ladder\"><svg class=\"lane\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"cl%d-t cl%d-d\">"
                       "<title id=\"cl%d-t\">", WIDTH, height, number, number, number);
    mu_html_text(out, SAY("%s, from %s", mu_called(r, climb->ladder), mu_report_time(r, climb->t)));
    mu_buf_printf(out, "</title><desc id=\"cl%d-d\">One row a call. A tick is when the plan wanted it, a dot the answer, a cross a call without an answer, an empty ring a step with nobody to "
                       "call, a dashed line how late it was, a triangle a call by hand past the ladder; a row with a tick alone was skipped.</desc>", number);
    words_at(out, "tk", LEFT, 14, mu_report_time(r, climb->t));
    words_at(out, "tk", WIDTH - RIGHT - 36, 14, mu_report_time(r, climb->t + d.whole));
    for (int i = climb->first; i < climb->first + climb->count; i++)
        call_row(&d, &r->flows->calls[i]);
    for (int i = 0; i < r->flows->jump_count; i++)
        if (r->flows->jumps[i].climb == climb->climb)
            jump_row(&d, &r->flows->jumps[i]);
    mu_buf_puts(out, "</svg></div>\n");
}

/* ---- the table of one climb ---- */

static void state_cell(mu_page_sheet *s, const char *class, const char *words)
{
    mu_page_cell_begin(s);
    mu_buf_printf(s->out, "<span class=\"st %s\">", class);
    mu_html_text(s->out, words);
    mu_buf_puts(s->out, "</span>");
    mu_page_cell_end(s);
}

static void event_cell(mu_page_sheet *s, const mu_report *r, uint32_t event)
{
    mu_page_cell_begin(s);
    mu_ref(s->out, r, event);
    mu_page_cell_end(s);
}

static void table_call(mu_page_sheet *s, const mu_report *r, const mu_call *c)
{
    mu_page_sheet_row(s);
    mu_page_cell(s, SAY("%d, try %d%s", c->step, c->try, c->round > 1 ? SAY(", round %d", c->round) : ""));
    mu_page_cell_two(s, mu_called(r, c->to), *c->person ? mu_called(r, c->person) : "");
    mu_page_cell(s, when(r, c->planned, "no time set"));
    mu_page_cell(s, when(r, c->called, "never"));
    mu_page_cell(s, when(r, c->answered, "-"));
    state_cell(s, state_class(c), state_words(r, c));
    event_cell(s, r, c->event);
}

static void table_jump(mu_page_sheet *s, const mu_report *r, const mu_jump *j)
{
    mu_page_sheet_row(s);
    mu_page_cell(s, SAY("%d, by hand", j->step));
    mu_page_cell_two(s, mu_called(r, j->to), *j->person ? mu_called(r, j->person) : "");
    mu_page_cell(s, "-");
    mu_page_cell_two(s, mu_report_time(r, j->t), SAY("by %s", mu_called(r, j->by)));
    mu_page_cell(s, "-");
    state_cell(s, "lt", SAY("jumped: the ladder was at step %d", j->reached));
    event_cell(s, r, j->event);
}

static void climb_table(mu_buf *out, const mu_report *r, const mu_climb_row *climb)
{
    static const char *const heads[] = {"Step", "Called", "Planned", "Was called", "Answered", "", "Event", NULL};
    mu_buf_puts(out, "<details><summary>The same as a table</summary><div class=\"sc\" tabindex=\"0\" role=\"group\" aria-label=\"Calls of a ladder\">");
    mu_page_sheet s = mu_page_sheet_begin(out, SAY("%d calls", climb->count), heads);
    for (int k = climb->first; k < climb->first + climb->count; k++)
        table_call(&s, r, &r->flows->calls[k]);
    for (int i = 0; i < r->flows->jump_count; i++)
        if (r->flows->jumps[i].climb == climb->climb)
            table_jump(&s, r, &r->flows->jumps[i]);
    mu_page_sheet_end(&s);
    mu_buf_puts(out, "</div></details>\n");
}

static void one_climb(mu_buf *out, const mu_report *r, const mu_climb_row *climb, int number)
{
    int jumps;
    mu_element(out, "h3", "", SAY("%s, %s", mu_called(r, climb->ladder), mu_report_time(r, climb->t)));
    mu_buf_puts(out, "<p class=\"sub\">");
    mu_html_text(out, SAY("Started by %s. ", mu_called(r, climb->because)));
    if (climb->looped)
        mu_buf_puts(out, "<span class=\"st bd\">a loop: the ladders that led here had come by this one already</span> ");
    mu_ref(out, r, climb->event);
    mu_buf_puts(out, "</p>\n");
    if (climb->count == 0 && !jumps_of(r, climb, &jumps)) {
        mu_buf_puts(out, "<p>Nobody was called by it.</p>\n");
        return;
    }
    climb_picture(out, r, climb, number);
    climb_table(out, r, climb);
}

/* ---- the level ---- */

const char *mu_level_words(const mu_report *r, const mu_level_row *l)
{
    const char *to = mu_called(r, l->to);
    return *l->from ? SAY("%s was %s %s", mu_called(r, l->from), l->down ? "taken down to" : "raised to", to) : SAY("%s was declared", to);
}

/* The row on which a level stands in the picture: the levels of the plan, the gravest first. */
static int row_of(const mu_report *r, const char *level, int *rows)
{
    const mu_node *section = mu_get(mu_tree_root(r->plan), "severities"), *own = mu_node_named(r, level);
    int above = 0;
    *rows = 0;
    for (const mu_node *n = section ? section->first : NULL; n; n = n->next) {
        const mu_node *rank = n->kind == MU_MAP ? mu_get(n, "rank") : NULL, *mine = mu_get(own, "rank");
        *rows += rank != NULL;
        above += rank && mine && (rank->value < mine->value || (rank->value == mine->value && n->number < own->number));
    }
    return above;
}

static void level_mark(drawing *d, const mu_level_row *l, int at, int y)
{
    const mu_report *r = d->r;
    const char *class = !l->authority_ok ? "bd" : "nm";
    if (l->authority_ok)
        mu_buf_printf(d->out, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", at, y);
    else
        mu_buf_printf(d->out, "<path class=\"x\" d=\"M%d %dl8 8m0 -8l-8 8\"/>", at - 4, y - 4);
    words_at(d->out, class, at + 10, y - 5, SAY("%s, %s%s", mu_report_time(r, l->t), mu_called(r, l->person), l->authority_ok ? "" : ": no authority"));
}

static void level_picture(mu_buf *out, const mu_report *r)
{
    int rows, count = r->flows->level_count, before = 0;
    (void)row_of(r, "", &rows);
    drawing d = {out, r, 0, r->end > 0 ? r->end : 60000, 0};
    int height = TOP + rows * ROW * 2 + 6, last = 0;
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"group\" aria-label=\"Levels\"><svg class=\"lane\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"lv-t lv-d\">"
                       "<title id=\"lv-t\">How the level was set</title><desc id=\"lv-d\">One row a level, the gravest above. A dot is when it was set, a cross when whoever set it had not the "
                       "authority.</desc>", WIDTH, height);
    const mu_node *section = mu_get(mu_tree_root(r->plan), "severities");
    for (const mu_node *n = section ? section->first : NULL; n; n = n->next)
        if (n->kind == MU_MAP && mu_get(n, "rank")) {
            int y = TOP + row_of(r, SAY("severity:%s", n->key), &rows) * ROW * 2 + ROW;
            mu_buf_printf(out, "<path class=\"g\" d=\"M0 %dH%d\"/>", y + ROW, WIDTH);
            words_at(out, "nm", 0, y + 4, mu_plain(r, n->key));
        }
    for (int i = 0; i < count; i++) {
        const mu_level_row *l = &r->flows->levels[i];
        int y = TOP + row_of(r, l->to, &rows) * ROW * 2 + ROW, x = x_of(&d, l->t);
        if (i)
            mu_buf_printf(out, "<path class=\"w\" d=\"M%d %dH%dV%d\"/>", last, before, x, y);
        last = x;
        before = y;
    }
    mu_buf_printf(out, "<path class=\"w\" d=\"M%d %dH%d\"/>", last, before, WIDTH - RIGHT);
    for (int i = 0; i < count; i++)
        level_mark(&d, &r->flows->levels[i], x_of(&d, r->flows->levels[i].t), TOP + row_of(r, r->flows->levels[i].to, &rows) * ROW * 2 + ROW);
    mu_buf_puts(out, "</svg></div>\n");
}

static void levels(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"When", "What", "Who", "Authority", "Event", NULL};
    if (r->flows->level_count == 0)
        return;
    mu_element(out, "h3", "", "How the level was set");
    level_picture(out, r);
    mu_buf_puts(out, "<details><summary>The same as a table</summary><div class=\"sc\" tabindex=\"0\" role=\"group\" aria-label=\"How the level was set\">");
    mu_page_sheet s = mu_page_sheet_begin(out, "How the level was set", heads);
    for (int i = 0; i < r->flows->level_count; i++) {
        const mu_level_row *l = &r->flows->levels[i];
        mu_page_sheet_row(&s);
        mu_page_cell(&s, mu_report_time(r, l->t));
        mu_page_cell(&s, mu_level_words(r, l));
        mu_page_cell(&s, mu_called(r, l->person));
        state_cell(&s, l->authority_ok ? "ok" : "bd", l->authority_ok ? "may" : "without the authority to");
        event_cell(&s, r, l->event);
    }
    mu_page_sheet_end(&s);
    mu_buf_puts(out, "</div></details>\n");
}

void mu_page_ladders(mu_buf *out, const mu_report *r)
{
    mu_section(out, "climbed", "Ladders, planned and climbed",
               "Each call of each ladder that was climbed, against the plan's own times; who was called past the ladder; how the level was set.");
    for (int i = 0; i < r->flows->climb_count; i++)
        one_climb(out, r, &r->flows->climbs[i], i + 1);
    if (r->flows->climb_count == 0)
        mu_buf_puts(out, "<p>No ladder was climbed in this run.</p>");
    levels(out, r);
    mu_buf_puts(out, "</section>\n");
}
