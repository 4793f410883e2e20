/* A coverage in the terminal: what fails with nobody absent, the sets, who stands on what, and the ranking. */
#include <stdio.h>
#include <string.h>

#include "report/cover.h"

enum { COLUMNS = 20, NAME = 48, BAR = 20, HANDS = 12, LINES = 4, SPANS = 3, REASONS = 4 };

typedef struct writer {
    mu_buf *out;
    const mu_cover_page *page;
    const mu_cover *c;
    const mu_needs *needs;
    mu_arena *arena;
    const char *bold, *dim, *red, *off;
} writer;

static void safe(const writer *w, const char *text, size_t most)
{
    mu_buf_safe(w->out, text, strlen(text), most);
}

/* How many bytes of a text fit into so many columns; wide letters count twice. */
static size_t fitting(const mu_buf *text, int columns, int *used)
{
    size_t i = 0;
    for (*used = 0; i < text->len;) {
        uint32_t cp;
        int n = mu_utf8(text->text + i, text->len - i, &cp);
        if (*used + mu_width(cp) > columns)
            break;
        *used += mu_width(cp);
        i += (size_t)n;
    }
    return i;
}

/* The text in so many columns, cut or filled. */
static void cell(const writer *w, const char *text, int columns)
{
    mu_buf safe_text = {0};
    int used;
    mu_buf_safe(&safe_text, text, strlen(text), 400);
    size_t fits = fitting(&safe_text, columns, &used);
    bool cut = fits < safe_text.len;
    fits = cut ? fitting(&safe_text, columns - 1, &used) : fits;
    mu_buf_add(w->out, safe_text.text ? safe_text.text : "", fits);
    mu_buf_puts(w->out, cut ? "\xe2\x80\xa6" : "");
    used += cut;
    for (; used < columns; used++)
        mu_buf_puts(w->out, " ");
    mu_buf_free(&safe_text);
}

static void place(const writer *w, const mu_mark *at)
{
    safe(w, at->file, 200);
    mu_buf_printf(w->out, ":%d", at->line);
}

/* Words with line breaks, so that no line is longer than a terminal. */
static void wrapped(const writer *w, const char *text, int indent)
{
    int used = indent;
    mu_buf_printf(w->out, "%*s", indent, "");
    for (const char *word = text; *word; word += strspn(word, " ")) {
        int len = (int)strcspn(word, " ");
        bool fits = used + len <= 92 || used == indent;
        mu_buf_printf(w->out, fits ? "%*s" : "\n%*s", fits ? word > text : indent, "");
        used = fits ? used + (word > text) : indent;
        mu_buf_safe(w->out, word, (size_t)len, 400);
        used += len;
        word += len;
    }
    mu_buf_puts(w->out, "\n");
}

static void heading(const writer *w, const char *text)
{
    mu_buf_printf(w->out, "\n%s%s%s\n", w->bold, text, w->off);
}

/* ---- parts ---- */

static void top(const writer *w)
{
    const mu_node *root = mu_tree_root(w->page->plan);
    mu_buf_puts(w->out, w->bold);
    safe(w, mu_get_text(mu_get(root, "organisation"), "name"), 100);
    if (mu_get_text(mu_get(root, "plan"), "version")) {
        mu_buf_puts(w->out, ", plan ");
        safe(w, mu_get_text(mu_get(root, "plan"), "version"), 40);
    }
    mu_buf_printf(w->out, ": who can be missing before it stops working?%s\n", w->off);
    wrapped(w, mu_format(w->arena, "As on %s (%s). %s; %s. Exact: every set below was tried, and with any one given back nothing more fails.",
                         mu_house_when(w->needs->house, w->needs->utc), mu_zone_name(w->needs->house->zone), mu_cover_kinds(w->page), mu_cover_orders(w->page)), 0);
    mu_buf_puts(w->out, "\n");
    wrapped(w, mu_cover_lead(w->page), 0);
}

static void broken(const writer *w)
{
    if (w->c->broken_count == 0)
        return;
    heading(w, "Fails with nobody absent");
    for (int i = 0; i < w->needs->count; i++) {
        const mu_need *n = &w->needs->list[i];
        if (!w->c->own[i].broken || (n->within >= 0 && w->c->own[n->within].broken))
            continue;
        mu_buf_printf(w->out, "  %s\xe2\x96\xa0%s ", w->red, w->off);
        safe(w, n->called, 120);
        mu_buf_printf(w->out, "  %s", w->dim);
        place(w, &n->at);
        mu_buf_printf(w->out, "%s\n", w->off);
        wrapped(w, mu_need_why(w->page, n), 6);
    }
}

/* Lines of the plan that a set breaks, each once. */
static void set_places(const writer *w, const mu_cut *a)
{
    int said = 0, more = 0;
    for (int i = 0; i < a->break_count; i++) {
        const mu_need *n = &w->needs->list[a->breaks[i]];
        bool seen = false;
        for (int k = 0; k < i; k++)
            seen = seen || w->needs->list[a->breaks[k]].at.line == n->at.line;
        if (seen)
            continue;
        if (said == LINES) {
            more++;
            continue;
        }
        mu_buf_printf(w->out, "      %s", w->dim);
        place(w, &n->at);
        mu_buf_puts(w->out, "  ");
        safe(w, n->called, 100);
        mu_buf_printf(w->out, "%s\n", w->off);
        said++;
    }
    if (more)
        mu_buf_printf(w->out, "      %sand %d more line%s%s\n", w->dim, more, more == 1 ? "" : "s", w->off);
}

static void sets(const writer *w)
{
    int size = 0;
    for (int i = 0; i < w->c->set_count; i++) {
        const mu_cut *a = &w->c->sets[i];
        if (a->count != size) {
            int same = 0;
            size = a->count;
            while (i + same < w->c->set_count && w->c->sets[i + same].count == size)
                same++;
            heading(w, mu_format(w->arena, "%s absent, %d set%s", mu_capital(w->arena, mu_count_word(w->arena, size)), same, same == 1 ? "" : "s"));
        }
        wrapped(w, a->text, 2);
        set_places(w, a);
    }
}

/* ---- the matrix ---- */

static const char *mark_of(mu_stand stand)
{
    static const char *const marks[] = {[MU_STAND_FOLLOWS] = " ", [MU_STAND_ALONE] = "\xe2\x96\xa0", [MU_STAND_NEEDED] = "\xe2\x97\x90"};
    return marks[stand];
}

static const mu_hand *hand_of(const mu_need *n, int person, int *place_in_line)
{
    for (int i = 0; i < n->hand_count; i++)
        if (n->hands[i].person == person) {
            *place_in_line = i + 1;
            return &n->hands[i];
        }
    return NULL;
}

static void matrix_row(const writer *w, int need)
{
    const mu_need *n = &w->needs->list[need];
    cell(w, mu_format(w->arena, "  %s", n->called), NAME);
    mu_buf_printf(w->out, " %s:%-5d%s", w->dim, n->at.line, w->off);
    for (int p = 0; p < w->needs->house->person_count; p++) {
        int at = 0;
        const mu_hand *hand = hand_of(n, p, &at);
        mu_stand stand = hand ? mu_stand_of(w->c, need, hand) : MU_STAND_FOLLOWS;
        if (!hand)
            mu_buf_puts(w->out, mu_stands_behind(w->c, need, p) ? "  \xe2\x96\xa0" : "  .");
        else if (stand == MU_STAND_MISSING)
            mu_buf_puts(w->out, "  -");
        else
            mu_buf_printf(w->out, "%2d%s", at, mark_of(stand));
    }
    bool bad = w->c->own[need].broken || w->c->own[need].order == 1;
    mu_buf_printf(w->out, "  %s%s%s\n", bad ? w->red : "", mu_stands_on(w->c, need), bad ? w->off : "");
}

/* More people than columns: each row names them. */
static void listed_row(const writer *w, int need)
{
    const mu_need *n = &w->needs->list[need];
    mu_buf_puts(w->out, "  ");
    safe(w, n->called, 100);
    mu_buf_printf(w->out, " %s:%d%s  stands on %s\n", w->dim, n->at.line, w->off, mu_stands_on(w->c, need));
    const char *text = "";
    int shown = n->hand_count <= HANDS ? n->hand_count : HANDS - 1;
    for (int i = 0; i < shown; i++)
        text = mu_format(w->arena, "%s%s%d %s%s", text, i ? ", " : "", i + 1, mu_hand_called(w->needs->house, &n->hands[i]),
                         n->hands[i].lost == MU_FAILS ? " (not there)" : "");
    if (n->hand_count > shown)
        text = mu_format(w->arena, "%s and %d more", text, n->hand_count - shown);
    wrapped(w, *text ? text : "nobody is named", 6);
}

static void matrix(const writer *w)
{
    int people = w->needs->house->person_count, hidden = 0;
    const char *group = "";
    if (w->needs->count == 0)
        return;
    heading(w, "Requirements, and the people they stand on");
    wrapped(w, "\"Stands on\" is how few absences break it, of whichever kind.", 2);
    if (people <= COLUMNS) {
        mu_buf_puts(w->out, "  The number is the place in the line; \xe2\x96\xa0 it stands on this one alone, \xe2\x97\x90 needed beside others, - not there.\n\n");
        for (int p = 0; p < people; p++)
            wrapped(w, mu_format(w->arena, "%2d  %s", p + 1, w->needs->house->people[p].called), 2);
        mu_buf_printf(w->out, "\n%*s", NAME + 7, "");
        for (int p = 0; p < people; p++)
            mu_buf_printf(w->out, "%3d", p + 1);
        mu_buf_puts(w->out, "  stands on\n");
    }
    for (int i = 0; i < w->needs->count; i++) {
        if (!mu_need_shown(w->c, i)) {
            hidden++;
            continue;
        }
        if (strcmp(group, w->needs->list[i].group) != 0)
            mu_buf_printf(w->out, "%s\n", w->needs->list[i].group);
        group = w->needs->list[i].group;
        if (people <= COLUMNS)
            matrix_row(w, i);
        else
            listed_row(w, i);
    }
    if (hidden)
        mu_buf_printf(w->out, "%d more requirement%s hold%s whatever %s.\n", hidden, hidden == 1 ? "" : "s", hidden == 1 ? "s" : "",
                      w->c->order == MU_ALL_ORDERS ? "is absent" : mu_format(w->arena, "%u %s absent", w->c->order, w->c->order == 1 ? "is" : "are"));
}

static void ranking(const writer *w)
{
    int most = w->c->ranked_count ? w->c->ranking[0].single : 0;
    if (w->c->ranked_count == 0)
        return;
    heading(w, "What stands on whom");
    mu_buf_puts(w->out, "  ");
    cell(w, "", 34);
    mu_buf_printf(w->out, "%7s%s\n", "alone", w->c->order >= 2 ? "  with one other" : "");
    for (int i = 0; i < w->c->ranked_count; i++) {
        const mu_standing *s = &w->c->ranking[i];
        const mu_absentee *e = &w->needs->elements[s->element];
        mu_buf_puts(w->out, "  ");
        cell(w, mu_absentee_words(w->needs, e), 34);
        mu_buf_printf(w->out, "%7d", s->single);
        if (w->c->order >= 2)
            mu_buf_printf(w->out, "%16d", s->paired);
        mu_buf_puts(w->out, s->single ? "  " : "");
        for (int k = 0; most && k < (s->single * BAR + most - 1) / most; k++)
            mu_buf_puts(w->out, "\xe2\x96\x88");
        mu_buf_puts(w->out, "\n");
    }
}

/* ---- hours ---- */

static void spans(const writer *w, const mu_need_hours *const *rows, int count)
{
    int said = 0, more = 0;
    for (int i = 0; i < rows[0]->span_count; i++) {
        const mu_hours_span *s = &rows[0]->spans[i];
        if (s->level != 0)
            continue;
        if (said < SPANS)
            wrapped(w, mu_format(w->arena, "%s to %s: %s", mu_hour_words(w->needs->house, s->from), mu_hour_words(w->needs->house, s->until),
                                 mu_hours_why(w->arena, rows, count, s->from, REASONS)), 6);
        else
            more++;
        said++;
    }
    if (more)
        mu_buf_printf(w->out, "      %sand %d more times%s\n", w->dim, more, w->off);
}

/* Needs that are uncovered at the same times are told together. */
static void alike(const writer *w, const mu_need_hours **list, int first, int count)
{
    const mu_need_hours *row = list[first], **same = mu_alloc(w->arena, (size_t)(count + 1) * sizeof *same);
    const char *names = "";
    int64_t whole = w->page->hours->until - w->page->hours->from;
    int n = 0;
    for (int i = first; i < count; i++)
        if (list[i] && mu_hours_alike(row, list[i])) {
            names = mu_format(w->arena, "%s%s%s (:%d)", names, *names ? ", " : "", list[i]->need->called, list[i]->need->at.line);
            same[n++] = list[i];
            list[i] = NULL;
        }
    mu_buf_printf(w->out, "\n  %s of %s, %d%%\n", mu_hours_long(w->arena, row->length[0]), mu_hours_long(w->arena, whole), mu_share(row->length[0], whole));
    wrapped(w, names, 4);
    spans(w, same, n);
}

static void hours(const writer *w)
{
    const mu_hours *h = w->page->hours;
    const mu_need_hours **list = mu_alloc(w->arena, (size_t)(h->count + 1) * sizeof(mu_need_hours *));
    int count = mu_hours_uncovered(w->page, list);
    heading(w, mu_format(w->arena, "Hours with nobody, %s to %s", mu_hour_words(w->needs->house, h->from), mu_hour_words(w->needs->house, h->until)));
    wrapped(w, "By working hours, leave, holidays and rotations. In each hour a need is held against who is there in that hour.", 2);
    if (count == 0)
        wrapped(w, mu_format(w->arena, "In each of the %s somebody is there for each of %d requirements.", mu_hours_long(w->arena, h->until - h->from), h->count), 2);
    for (int i = 0; i < count; i++)
        if (list[i])
            alike(w, list, i, count);
}

/* ---- chances ---- */

enum { LIKELIEST = 12 };

static void odds(const writer *w)
{
    const mu_odds *o = w->page->odds;
    int list[LIKELIEST], n = mu_odds_likeliest(w->page, list, LIKELIEST);
    heading(w, "How likely it fails");
    wrapped(w, mu_odds_lead(w->page), 2);
    mu_buf_puts(w->out, "  ");
    cell(w, mu_odds_whole(w->page), NAME + 6);
    mu_buf_printf(w->out, " %s\n", mu_odds_words(w->arena, &o->plan));
    for (int i = 0; i < n; i++) {
        mu_buf_puts(w->out, "  ");
        cell(w, w->needs->list[list[i]].called, NAME);
        mu_buf_printf(w->out, " %s:%-5d%s%s\n", w->dim, w->needs->list[list[i]].at.line, w->off, mu_odds_words(w->arena, &o->needs[list[i]]));
    }
}

/* ---- repairs ---- */

static void repair(const writer *w)
{
    const mu_repair *r = w->page->repair;
    heading(w, "The smallest repair");
    wrapped(w, mu_repair_words(w->page), 2);
    for (int i = 0; i < r->count; i++) {
        mu_buf_puts(w->out, "  + ");
        safe(w, r->changes[i].text, 200);
        mu_buf_printf(w->out, "  %s", w->dim);
        place(w, &r->changes[i].at);
        mu_buf_printf(w->out, "%s\n", w->off);
    }
    if (r->count)
        wrapped(w, mu_format(w->arena, "Judged again with these: single absences that break something %d before, %d after; %srequirements that fail with nobody absent %d before, %d after. "
                                       "Whether somebody is able to is for you to say: the plan knows only who is there.",
                             r->before->by_order[1], r->after->by_order[1],
                             r->after->order > 1 ? mu_format(w->arena, "pairs %d before, %d after; ", r->before->by_order[2], r->after->by_order[2]) : "",
                             r->before->broken_count, r->after->broken_count), 2);
    if (r->after->broken_count || r->after->set_count)
        mu_buf_puts(w->out, "  What no change of these kinds mends:\n");
    for (int i = 0; i < r->after->needs->count; i++) {
        const mu_need *n = &r->after->needs->list[i];
        if (r->after->own[i].broken && (n->within < 0 || !r->after->own[n->within].broken))
            wrapped(w, mu_format(w->arena, "\xe2\x96\xa0 %s, with nobody absent (:%d)", n->called, n->at.line), 4);
    }
    for (int i = 0; i < r->after->set_count; i++)
        wrapped(w, mu_format(w->arena, "\xe2\x96\xa0 %s", r->after->sets[i].text), 4);
}

static void next(const writer *w)
{
    if (!mu_cover_next(w->page))
        return;
    heading(w, "What to do next");
    wrapped(w, mu_cover_next(w->page), 2);
    mu_buf_puts(w->out, "    "); /* in one line, to be copied */
    safe(w, w->page->mend, 1000);
    mu_buf_puts(w->out, "\n");
}

void mu_write_cover_text(mu_buf *out, const mu_cover_page *page, mu_look look)
{
    writer w = {.out = out, .page = page, .c = page->cover, .needs = page->cover->needs, .arena = page->cover->needs->house->judge.arena};
    w.bold = look.colour ? "\x1b[1m" : "";
    w.dim = look.colour ? "\x1b[2m" : "";
    w.red = look.colour ? "\x1b[31m" : "";
    w.off = look.colour ? "\x1b[0m" : "";
    top(&w);
    broken(&w);
    sets(&w);
    matrix(&w);
    ranking(&w);
    if (page->repair)
        repair(&w);
    if (page->odds)
        odds(&w);
    if (page->hours)
        hours(&w);
    next(&w);
}
