/* The timeline by role, as a picture: time runs left to right on one scale, and length is duration. Above, the clocks; below, a
 * lane a role, in which every mark stands in the first row that has room for it and for its words. */
#include <string.h>

#include "base/index.h"
#include "report/parts.h"
#include "report/page.h"

enum { LEFT = 196, EDGE = 8, WIDTH = 1180, RIGHT = 30, ROW = 18, TOP = 30, ROWS_MOST = 14, PIECE = 700, HEADING = 100, GLYPH_TENTHS = 60 };

typedef struct mark mark;

struct mark {
    const char *lane, *label, *title;
    int64_t from, work, until; /* work: where waiting ends and work begins, -1 none */
    enum { ASKED, TASK, DECISION } kind;
    mu_state state;
    bool played, heard, refused, blocked;
    int number; /* of the lane */
    const mark *before, *next; /* in the same lane */
    int row, words_at; /* words: x, negative where they end there */
};

typedef struct lane {
    mark *first, *last;
    int rows;
    bool reached;        /* before the last moment; else it is named below the picture */
    const char *holders; /* who held the role, and how: each name once */
} lane;

typedef struct picture {
    mu_buf *out, *names; /* the names stand in a picture of their own, that stays when the other is moved sideways */
    const mu_report *r;
    mark *marks;
    int count;
    mu_index names_of; /* of the lanes, by their numbers */
    lane *lanes;
} picture;

static int x_of(const mu_report *r, int64_t t)
{
    int64_t whole = r->end > 0 ? r->end : 1, at = t < 0 ? 0 : t > whole ? whole : t;
    return LEFT + EDGE + (int)(at * (WIDTH - LEFT - EDGE - RIGHT) / whole);
}

static int glyphs(const char *s)
{
    int n = 0;
    size_t len = strlen(s);
    uint32_t cp;
    for (size_t i = 0; i < len; n++) {
        int step = mu_utf8(s + i, len - i, &cp);
        i += step ? (size_t)step : 1;
    }
    return n;
}

static int wide(const char *s)
{
    return glyphs(s) * GLYPH_TENTHS / 10 + 6;
}

/* At most `most` characters, the last of which says that more were there. */
static const char *cut(const mu_report *r, const char *s, int most)
{
    size_t len = strlen(s), i = 0;
    uint32_t cp;
    if (glyphs(s) <= most)
        return s;
    for (int n = 1; n < most && i < len; n++) {
        int step = mu_utf8(s + i, len - i, &cp);
        i += step ? (size_t)step : 1;
    }
    return SAY("%.*s\xe2\x80\xa6", (int)i, s);
}

static void text(mu_buf *out, const char *class, int x, int y, bool end, const char *words)
{
    mu_buf_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\"%s>", class, x, y, end ? " text-anchor=\"end\"" : "");
    mu_html_text(out, words);
    mu_buf_puts(out, "</text>");
}

/* ---- what is drawn ---- */

/* What follows the words: how long it took, or that it never came. */
static const char *asked_end(const mu_report *r, const mu_asked_row *a)
{
    if (a->state == MU_NOBODY)
        return ": nobody";
    if (a->acked < 0)
        return a->state == MU_MISSED ? ": never" : "";
    const char *heard = mu_report_length(r, a->acked - a->delivered), *late = a->acked - a->delivered > a->limit ? ", late" : SAY(", %s late", *a->did ? a->did : "done");
    return SAY(", %s%s", heard, a->state == MU_MISSED ? ", not done" : a->state == MU_LATE ? late : "");
}

/* Of the times that nobody was there for the same thing the first is drawn, and says how many there were. */
static const char *times(const mu_report *r, const mu_asked_row *a, bool *drawn_before)
{
    const mu_asked_row *end = r->asked + r->asked_count, *last = a;
    int n = 0;
    *drawn_before = false;
    if (a->state != MU_NOBODY)
        return "";
    for (const mu_asked_row *o = r->asked; o < end; o++) {
        if (o->state != MU_NOBODY || strcmp(o->lane, a->lane) != 0 || strcmp(o->about, a->about) != 0)
            continue;
        *drawn_before = *drawn_before || o < a;
        if (*drawn_before)
            return "";
        last = o;
        n++;
    }
    return n > 1 ? SAY(", %d times until %s", n, mu_report_time(r, last->delivered)) : "";
}

static void put_asked(picture *p, const mu_asked_row *a)
{
    const mu_report *r = p->r;
    bool drawn_before;
    const char *more = times(r, a, &drawn_before);
    if (drawn_before)
        return;
    int64_t over = a->limit >= 0 ? a->delivered + a->limit : r->end;
    const char *came = a->state == MU_NOBODY ? SAY("nobody there, %s", a->why)
                       : a->acked >= 0 ? SAY("acknowledged after %s", mu_report_length(r, a->acked - a->delivered)) : "not acknowledged";
    p->marks[p->count++] = (mark){
        .lane = a->lane,
        .label = SAY("%s%s%s", cut(r, a->about, 30), asked_end(r, a), more),
        .title = SAY("%s %s: %s (event %u)", mu_report_time(r, a->delivered), a->about, came, (unsigned)a->event),
        .from = a->delivered,
        .work = -1,
        .until = a->acked >= 0 ? a->acked : a->state == MU_NOBODY ? a->delivered : over,
        .kind = ASKED,
        .state = a->state,
        .heard = a->acked >= 0,
        .played = a->played,
    };
}

static void put_task(picture *p, const mu_task_row *t)
{
    const mu_report *r = p->r;
    int64_t from = t->waited >= 0 && (t->started < 0 || t->waited < t->started) ? t->waited : t->started;
    if (from < 0)
        return;
    p->marks[p->count++] = (mark){
        .lane = t->lane,
        .label = cut(r, t->done >= 0 ? t->action : SAY("%s: %s", t->action, t->state), 40),
        .title = SAY("%s %s: %s %s (events %u to %u)", mu_report_time(r, from), t->action, t->state, t->why, (unsigned)t->first, (unsigned)t->last),
        .from = from,
        .work = t->started,
        .until = t->done >= 0 ? t->done : r->end,
        .kind = TASK,
        .played = t->played,
        .blocked = t->started < 0,
    };
}

static void put_decision(picture *p, const mu_decision_row *d)
{
    const mu_report *r = p->r;
    const char *words = *d->choice ? SAY("%s: %s", d->what, d->choice) : d->what;
    p->marks[p->count++] = (mark){
        .lane = d->lane,
        .label = cut(r, words, 30),
        .title = SAY("%s %s%s (event %u)", mu_report_time(r, d->t), words, d->authority_ok ? "" : ", without authority", (unsigned)d->event),
        .from = d->t,
        .work = -1,
        .until = d->t,
        .kind = DECISION,
        .played = d->played,
        .refused = !d->authority_ok,
    };
}

/* ---- where it stands ---- */

static void number_lanes(picture *p)
{
    for (int i = 0; i < p->count; i++)
        p->marks[i].number = (int)mu_index_put(&p->names_of, p->marks[i].lane);
    p->lanes = mu_alloc(p->r->arena, (p->names_of.count + 1) * sizeof *p->lanes);
    for (int i = 0; i < p->count; i++) {
        mark *m = &p->marks[i];
        lane *l = &p->lanes[m->number];
        m->before = l->last;
        if (l->last)
            l->last->next = m;
        else
            l->first = m;
        l->last = m;
        l->reached = l->reached || m->from < p->r->end;
    }
}

static void put_holders(picture *p)
{
    const mu_report *r = p->r;
    EACH_EVENT (e, r) {
        size_t n = e->kind == EV_ROLE_FILLED ? mu_index_find(&p->names_of, mu_field(r, e, "role")) : p->names_of.count;
        const mu_pinned *who = n < p->names_of.count ? mu_person_of(r, mu_field(r, e, "person")) : NULL;
        const char *list = who && p->lanes[n].holders ? p->lanes[n].holders : "";
        if (who && !strstr(list, who->name))
            p->lanes[n].holders = SAY("%s%s%s, %s", list, *list ? "; " : "", who->name, who->played ? "person" : "stand-in");
    }
}

static bool room(const picture *p, const mark *m, int row, int x0, int x1)
{
    for (const mark *o = m->before; o; o = o->before) {
        if (o->row != row)
            continue;
        int from = x_of(p->r, o->from) - 6, until = x_of(p->r, o->until) + 6, words = o->words_at < 0 ? -o->words_at - wide(o->label) : o->words_at;
        if (o->words_at && (words < x1 && words + wide(o->label) > x0))
            return false;
        if (from < x1 && until > x0)
            return false;
    }
    return true;
}

/* Words to the right, else to the left, else upon the line, else none: what has no room for words says them when pointed at,
 * and in the table. */
static void place(const picture *p, mark *m)
{
    enum { AFTER, BEFORE, UPON, NONE, WAYS };
    int from = x_of(p->r, m->from) - 6, until = x_of(p->r, m->until) + 6, words = wide(m->label);
    for (int way = AFTER; way < WAYS; way++)
        for (int row = 0; row < ROWS_MOST; row++) {
            int x0 = way == BEFORE ? from - words : from, x1 = way == AFTER ? until + words : until;
            bool fits = (way != UPON || until - from > words + 24) && (way != BEFORE || x0 >= LEFT) && (way != AFTER || x1 <= WIDTH);
            if (!fits || !room(p, m, row, x0, x1))
                continue;
            m->row = row;
            m->words_at = way == AFTER ? until + 2 : way == BEFORE ? -(from - 2) : way == UPON ? from + 16 : 0;
            return;
        }
    m->row = ROWS_MOST - 1;
}

static void place_all(picture *p)
{
    for (int i = 0; i < p->count; i++) {
        mark *m = &p->marks[i];
        lane *l = &p->lanes[m->number];
        place(p, m);
        l->rows = m->row >= l->rows ? m->row + 1 : l->rows;
    }
}

/* ---- how it looks ---- */

static void told(const picture *p, const mark *m)
{
    mu_buf_puts(p->out, "<title>");
    mu_html_text(p->out, m->title);
    mu_buf_puts(p->out, "</title>");
}

static void cross(const picture *p, int x, int y)
{
    mu_buf_printf(p->out, "<path class=\"x\" d=\"M%d %dl8 8m0 -8l-8 8\"/>", x - 4, y - 4);
}

static void draw_asked(const picture *p, const mark *m, int y)
{
    int from = x_of(p->r, m->from), until = x_of(p->r, m->until);
    const char *solid = m->played ? "dot" : "hol";
    if (m->state == MU_NOBODY) {
        cross(p, from, y);
        return;
    }
    if (until > from)
        mu_buf_printf(p->out, "<path class=\"%s\" d=\"M%d %dH%d\"/>", m->state == MU_MISSED && !m->heard ? "wx" : "w", from, y, until);
    mu_buf_printf(p->out, "<path class=\"tri\" d=\"M%d %dh8l-4 7z\"/>", from - 4, y - 4);
    if (m->heard)
        mu_buf_printf(p->out, "<circle class=\"%s%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>", solid, m->state == MU_LATE ? " lt" : "", until, y);
    else if (m->state == MU_MISSED)
        cross(p, until, y);
}

static void draw_task(const picture *p, const mark *m, int y)
{
    int from = x_of(p->r, m->from), work = m->work < 0 ? x_of(p->r, m->until) : x_of(p->r, m->work), until = x_of(p->r, m->until);
    if (work > from)
        mu_buf_printf(p->out, "<rect class=\"ha\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"9\"/>", from, y - 5, work - from);
    if (m->work >= 0)
        mu_buf_printf(p->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"9\"/>", m->played ? "act" : "acto", work, y - 5, until - work < 2 ? 2 : until - work);
}

static void draw(const picture *p, const mark *m, int y)
{
    mu_buf_puts(p->out, "<g>");
    told(p, m);
    if (m->kind == ASKED)
        draw_asked(p, m, y);
    else if (m->kind == TASK)
        draw_task(p, m, y);
    else
        mu_buf_printf(p->out, "<path class=\"dia%s%s\" d=\"M%d %dl6 6l-6 6l-6 -6z\"/>", m->refused ? " dx" : "", m->played || m->refused ? "" : " do", x_of(p->r, m->from), y - 6);
    bool bad = m->kind == ASKED ? m->state == MU_MISSED || m->state == MU_NOBODY : m->kind == TASK ? m->blocked : m->refused;
    if (m->words_at)
        text(p->out, bad ? "lb bd" : m->kind == ASKED && m->state == MU_LATE ? "lb lt" : "lb", m->words_at < 0 ? -m->words_at : m->words_at, y + 4, m->words_at < 0, m->label);
    mu_buf_puts(p->out, "</g>\n");
}

/* ---- the lanes ---- */

static int lane_height(const lane *l)
{
    return (l->rows < 2 ? 2 : l->rows) * ROW + 6;
}

static const char *holders(const lane *l, const char *name)
{
    return l->holders ? l->holders : mu_begins(name, "role:") ? "nobody" : "no role in this run";
}

static int draw_lane(const picture *p, int number, int y)
{
    const lane *l = &p->lanes[number];
    const char *name = p->names_of.words[number];
    int height = lane_height(l);
    mu_buf_printf(p->out, "<path class=\"g\" d=\"M%d %dH%d\"/>", LEFT, y + height, WIDTH);
    mu_buf_printf(p->names, "<path class=\"g\" d=\"M0 %dH%d\"/>", y + height, LEFT);
    text(p->names, "nm", 0, y + 15, false, cut(p->r, mu_called(p->r, name), 26));
    text(p->names, "sb", 0, y + 30, false, cut(p->r, holders(l, name), 32));
    for (const mark *m = l->first; m; m = m->next)
        draw(p, m, y + 13 + m->row * ROW);
    return y + height;
}

/* Lanes in the order of the plan's roles, then of who holds none. */
static int list_lanes(const picture *p, int *lanes, const char **left_out)
{
    int n = 0;
    bool *known = mu_alloc(p->r->arena, p->names_of.count + 1);
    const mu_node *roles = mu_get(mu_tree_root(p->r->plan), "roles");
    for (const mu_node *role = roles ? roles->first : NULL; role; role = role->next) {
        size_t number = role->key ? mu_index_find(&p->names_of, mu_format(p->r->arena, "role:%s", role->key)) : p->names_of.count;
        if (number < p->names_of.count && p->lanes[number].reached)
            known[lanes[n++] = (int)number] = true;
    }
    for (int i = 0; i < (int)p->names_of.count; i++) {
        const char *called = mu_called(p->r, p->names_of.words[i]);
        if (!known[i] && p->lanes[i].reached)
            lanes[n++] = i;
        else if (!known[i] && !strstr(*left_out, called))
            *left_out = mu_format(p->r->arena, "%s%s%s", *left_out, **left_out ? ", " : "", called);
    }
    return n;
}

/* ---- the clocks ---- */

/* Those that ended, or could have, before ENDEX; the others stand in the table. */
static bool drawn(const mu_report *r, const mu_target_row *t)
{
    return t->state != MU_OPEN && (t->window < 0 || t->began + t->window <= 2 * r->end || t->took >= 0);
}

static int draw_clock(const picture *p, const mu_target_row *t, int y)
{
    const mu_report *r = p->r;
    int64_t due = t->window < 0 ? t->began : t->began + t->window, until = t->took >= 0 ? t->began + t->took : r->end;
    int from = x_of(r, t->began), x_due = x_of(r, due), x_until = x_of(r, until), used = x_until < x_due ? x_until : x_due;
    bool bad = t->state == MU_MISSED, late = t->state == MU_LATE;
    text(p->names, "nm", 0, y + 4, false, cut(r, SAY("%s: %s", t->what, t->who), 28));
    mu_buf_printf(p->out, "<g><title>");
    mu_html_text(p->out, SAY("%s %s: %s, %s (events %u, %u)", t->what, t->who, mu_state_word(t->state), mu_target_margin(r, t), (unsigned)t->started, (unsigned)t->ended));
    mu_buf_puts(p->out, "</title>");
    if (due <= r->end && t->window >= 0)
        mu_buf_printf(p->out, "<rect class=\"win\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"9\"/>", from, y - 4, x_due - from < 2 ? 2 : x_due - from);
    mu_buf_printf(p->out, "<rect class=\"act\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"5\"/>", from, y - 2, used - from < 2 ? 2 : used - from);
    if (bad || late)
        mu_buf_printf(p->out, "<rect class=\"hx\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"7\"/>", x_due, y - 3, x_until - x_due < 2 ? 2 : x_until - x_due);
    if (due <= r->end && t->window >= 0)
        mu_buf_printf(p->out, "<path class=\"tick\" d=\"M%d %dv13\"/>", x_due, y - 6);
    if (t->took >= 0)
        mu_buf_printf(p->out, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"4\"/>", x_until, y);
    const char *words = bad ? SAY("never: due %s", mu_report_time(r, due)) : late ? mu_target_margin(r, t) : SAY("%s, %s", mu_state_word(t->state), mu_target_margin(r, t));
    int right = x_until > x_due || due > r->end ? x_until : x_due, room = wide(words) + 9;
    int at = right + room <= WIDTH ? right + 9 : x_until - x_due > room ? x_due + 9 : from - room >= LEFT + EDGE ? from - room : from + 9;
    text(p->out, bad ? "lb bd" : late ? "lb lt" : "lb", at, y + 4, false, words);
    mu_buf_puts(p->out, "</g>\n");
    return y + ROW;
}

/* ---- the whole ---- */

static void grid(const picture *p, int height)
{
    const mu_report *r = p->r;
    int64_t step = 30 * 60000;
    while (r->end / step > 10)
        step *= 2;
    for (int64_t t = 0; t <= r->end; t += step) {
        bool near_end = r->end - t < step / 2 && t > 0;
        mu_buf_printf(p->out, "<path class=\"g\" d=\"M%d %dV%d\"/>", x_of(r, t), TOP - 8, height);
        if (!near_end)
            text(p->out, "tk", x_of(r, t), 16, false, mu_report_time(r, t));
    }
    mu_buf_printf(p->out, "<path class=\"g1\" d=\"M%d %dV%d\"/>", x_of(r, r->end), TOP - 8, height);
    text(p->out, "tk", WIDTH, 16, true, SAY("%s ENDEX", mu_report_time(r, r->end)));
    if (r->declared >= 0)
        mu_buf_printf(p->out, "<path class=\"decl\" d=\"M%d %dV%d\"/>", x_of(r, r->declared), TOP - 8, height);
}

static int clocks_height(const picture *p)
{
    int height = 0;
    for (int i = 0; i < p->r->target_count; i++)
        height += drawn(p->r, &p->r->targets[i]) ? ROW : 0;
    return height ? height + 6 : 0;
}

static void piece_begin(const picture *p, int piece, int height)
{
    mu_buf_printf(p->names, "<svg class=\"names\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"xMinYMin slice\" aria-hidden=\"true\">", LEFT, height + 4);
    mu_buf_printf(p->out, "<div class=\"piece\"><svg class=\"plot\" viewBox=\"%d 0 %d %d\" role=\"img\" aria-labelledby=\"lt%d ld%d\"><title id=\"lt%d\">Timeline by role%s</title><desc id=\"ld%d\">%s what reached "
                          "each role, when it was acknowledged, what was worked on and decided. The table below says the same in words.</desc>\n", LEFT, WIDTH - LEFT, height + 4, piece, piece, piece,
                  piece ? ", continued" : "", piece, piece ? "One lane for each role:" : "Clocks above, one lane for each role below:");
    mu_buf_printf(p->names, "<path class=\"g1\" d=\"M0 %dH%d\"/>", TOP + (piece ? 0 : clocks_height(p)), LEFT);
    grid(p, height);
}

/* In pieces that each fit on a page, every one under its own hours: on paper none is cut. */
static void draw_all(const picture *p, const int *lanes, int n)
{
    int y = 0, height = 0, piece = 0;
    for (int i = 0, first = 0; first == 0 || i < n; first = 1) {
        int to = i, clocks = piece ? 0 : clocks_height(p);
        height = TOP + 6 + clocks;
        while (to < n && (to == i || height + lane_height(&p->lanes[lanes[to]]) <= (piece ? PIECE : PIECE - HEADING)))
            height += lane_height(&p->lanes[lanes[to++]]);
        piece_begin(p, piece, height);
        y = TOP + 6;
        for (int k = 0; !piece && k < p->r->target_count; k++)
            if (drawn(p->r, &p->r->targets[k]))
                y = draw_clock(p, &p->r->targets[k], y);
        y = TOP + clocks;
        mu_buf_printf(p->out, "<path class=\"g1\" d=\"M%d %dH%d\"/>", LEFT, y, WIDTH);
        for (; i < to; i++)
            y = draw_lane(p, lanes[i], y);
        mu_buf_puts(p->out, "</svg>");
        mu_buf_add(p->out, p->names->text, p->names->len);
        mu_buf_puts(p->out, "</svg></div>\n");
        p->names->len = 0;
        piece++;
    }
}

void mu_write_lanes(mu_buf *out, const mu_report *r)
{
    int most = r->asked_count + r->task_count + r->decision_count;
    mu_buf beside = {0};
    picture p = {.out = out, .names = &beside, .r = r, .marks = mu_alloc(r->arena, (size_t)(most + 1) * sizeof(mark))};
    int *lanes = mu_alloc(r->arena, (size_t)(most + 1) * sizeof *lanes);
    for (int i = 0; i < r->asked_count; i++)
        put_asked(&p, &r->asked[i]);
    for (int i = 0; i < r->task_count; i++)
        put_task(&p, &r->tasks[i]);
    for (int i = 0; i < r->decision_count; i++)
        put_decision(&p, &r->decisions[i]);
    number_lanes(&p);
    put_holders(&p);
    place_all(&p);
    const char *left_out = "";
    int n = list_lanes(&p, lanes, &left_out);
    mu_buf_puts(out, "<section class=\"lanes\" tabindex=\"0\" aria-label=\"Timeline by role\">\n<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
                     "<pattern id=\"h\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"hp\" d=\"M0 0V5\"/></pattern>"
                     "<pattern id=\"hb\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"hbp\" d=\"M0 0V4\"/></pattern></defs></svg>\n");
    draw_all(&p, lanes, n);
    mu_buf_free(&beside);
    mu_index_free(&p.names_of);
    mu_buf_puts(out, "</section>\n");
    if (*left_out)
        mu_element(out, "p", "class=\"sub\"", SAY("Not drawn, as nothing reached them before ENDEX: %s.", left_out));
    mu_buf_puts(out, "<ul class=\"legend\">"
                     "<li><svg width=\"44\" height=\"14\" aria-hidden=\"true\"><path class=\"w\" d=\"M6 7H37\"/><path class=\"tri\" d=\"M2 3h8l-4 7z\"/><circle class=\"hol\" cx=\"37\" cy=\"7\" r=\"4\"/></svg>delivered, then acknowledged by a stand-in; filled: by a person; heavy edge: late</li>"
                     "<li><svg width=\"44\" height=\"14\" aria-hidden=\"true\"><path class=\"wx\" d=\"M6 7H37\"/><path class=\"tri\" d=\"M2 3h8l-4 7z\"/><path class=\"x\" d=\"M33 3l8 8m0 -8l-8 8\"/></svg>never answered; a cross alone: nobody there to ask, drawn once for each thing</li>"
                     "<li><svg width=\"44\" height=\"14\" aria-hidden=\"true\"><rect class=\"ha\" x=\"1\" y=\"2\" width=\"20\" height=\"9\"/><rect class=\"acto\" x=\"21\" y=\"2\" width=\"22\" height=\"9\"/></svg>an action; hatched while it waits</li>"
                     "<li><svg width=\"30\" height=\"14\" aria-hidden=\"true\"><path class=\"dia do\" d=\"M7 1l6 6l-6 6l-6 -6z\"/><path class=\"dia dx\" d=\"M22 1l6 6l-6 6l-6 -6z\"/></svg>a decision; heavy edge: without authority</li>"
                     "<li><svg width=\"44\" height=\"14\" aria-hidden=\"true\"><rect class=\"win\" x=\"1\" y=\"2\" width=\"26\" height=\"9\"/><rect class=\"act\" x=\"1\" y=\"4\" width=\"26\" height=\"5\"/><path class=\"tick\" d=\"M27 0v13\"/><rect class=\"hx\" x=\"27\" y=\"3\" width=\"16\" height=\"7\"/></svg>a clock: its window, due, overrun</li></ul>\n");
}
