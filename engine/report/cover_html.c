/* A coverage as a page: the matrix of requirements and people, the sets with the lines of the plan, the hours, the ranking.
 * One file, without script and without any request; light, dark and paper by its own style sheet. */
#include <string.h>

#include "base/embedded.h"
#include "report/cover.h"
#include "report/cover_page.h"

void mu_cover_line(mu_buf *out, const mu_tree *plan, const mu_mark *at, mu_arena *arena)
{
    size_t len;
    const char *bytes = mu_tree_source(plan, at->file, &len), *end = bytes ? bytes + len : NULL;
    for (int line = 1; bytes && line < at->line; line++) {
        bytes = memchr(bytes, '\n', (size_t)(end - bytes));
        bytes = bytes ? bytes + 1 : NULL;
    }
    mu_buf_printf(out, "<span class=\"ql\"><span class=\"qn\">%d</span>", at->line);
    if (bytes) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
        const char *text = mu_copy(arena, bytes, (size_t)((stop ? stop : end) - bytes));
        mu_html_text(out, text + strspn(text, " "));
    }
    mu_buf_puts(out, "</span>");
}

static void quoted(mu_buf *out, const mu_cover_page *p, const mu_mark *at)
{
    mu_cover_line(out, p->plan, at, mu_cover_arena(p));
}

void mu_cover_begin(mu_buf *out, mu_arena *arena, const char *kind, const char *organisation, const char *question)
{
    mu_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>");
    mu_html_text(out, mu_format(arena, "%s, %s", kind, organisation));
    mu_buf_printf(out, "</title><style>%s%s</style></head>\n<body><a class=\"skip\" href=\"#main\">To the content</a><header class=\"ex\"><span>%s</span><span>", mu_styles[MU_STYLE_REPORT].bytes,
                  mu_styles[MU_STYLE_COVER].bytes, kind);
    mu_html_text(out, organisation);
    mu_buf_printf(out, "</span></header>\n<div class=\"page\"><main id=\"main\"><div class=\"mast\"><h1>%s</h1><p>", question);
}

void mu_cover_end(mu_buf *out, const char *foot)
{
    mu_buf_puts(out, "</main></div>\n<footer class=\"foot\">");
    mu_html_text(out, foot);
    mu_buf_puts(out, "</footer></body></html>\n");
}

static void top(mu_buf *out, const mu_cover_page *p)
{
    const mu_node *root = mu_tree_root(p->plan);
    const char *name = mu_get_text(mu_get(root, "organisation"), "name"), *version = mu_get_text(mu_get(root, "plan"), "version");
    mu_cover_begin(out, mu_cover_arena(p), "Absence coverage", name, "Who can be missing before this plan stops working?");
    mu_html_text(out, mu_format(mu_cover_arena(p), "%s%s%s. %s; %s. As on %s (%s).", name, version ? ", plan " : "", version ? version : "", mu_cover_kinds(p), mu_cover_orders(p),
                                mu_house_when(p->cover->needs->house, p->cover->needs->utc), mu_zone_name(p->cover->needs->house->zone)));
    mu_buf_puts(out, "</p></div>\n");
    mu_element(out, "p", "class=\"lead\"", mu_cover_lead(p));
    mu_element(out, "p", "class=\"cmd mono\"", p->command);
}

static void broken(mu_buf *out, const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    if (c->broken_count == 0)
        return;
    mu_section(out, "broken", "What fails with nobody absent", "These hold in no case at that moment, so no absence is to blame for them.");
    mu_buf_puts(out, "<ul class=\"plain\">");
    for (int i = 0; i < c->needs->count; i++) {
        const mu_need *n = &c->needs->list[i];
        if (!c->own[i].broken || (n->within >= 0 && c->own[n->within].broken))
            continue;
        mu_buf_puts(out, "<li><p><span class=\"st bd\"><span aria-hidden=\"true\">\xe2\x96\xa0</span> fails</span> <b>");
        mu_html_text(out, n->called);
        mu_buf_puts(out, "</b>");
        mu_element(out, "small", "", mu_need_why(p, n));
        mu_buf_puts(out, "</p><pre><code>");
        quoted(out, p, &n->at);
        mu_buf_puts(out, "</code></pre></li>\n");
    }
    mu_buf_puts(out, "</ul></section>\n");
}

/* ---- the sets ---- */

enum { QUOTES = 5 };

static void set(mu_buf *out, const mu_cover_page *p, const mu_cut *a)
{
    const mu_needs *needs = p->cover->needs;
    const char *without = mu_without(needs, a->elements, a->count);
    int said = 0, more = 0;
    mu_buf_puts(out, "<li><p><b>");
    mu_html_text(out, without);
    mu_buf_puts(out, "</b>");
    mu_html_text(out, a->text + strlen(without));
    mu_buf_puts(out, "</p><pre><code>");
    for (int i = 0; i < a->break_count; i++) {
        const mu_need *n = &needs->list[a->breaks[i]];
        bool seen = false;
        for (int k = 0; k < i; k++)
            seen = seen || needs->list[a->breaks[k]].at.line == n->at.line;
        if (seen)
            continue;
        if (said++ < QUOTES)
            quoted(out, p, &n->at);
        else
            more++;
    }
    if (more)
        mu_buf_printf(out, "<span class=\"ql\"><span class=\"qn\"></span>and %d more line%s</span>", more, more == 1 ? "" : "s");
    mu_buf_puts(out, "</code></pre></li>\n");
}

static const char *heading_of(const mu_cover_page *p, int size, int count)
{
    const char *what = p->kinds == MU_PEOPLE ? size == 1 ? "person" : "people" : "absent";
    return mu_format(mu_cover_arena(p), "%s %s, %d set%s", mu_capital(mu_cover_arena(p), mu_count_word(mu_cover_arena(p), size)), what, count, count == 1 ? "" : "s");
}

static void sets(mu_buf *out, const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    mu_section(out, "sets", "The smallest absences that break it",
               "Exact: each set was tried and breaks what it names, and with any one of it given back nothing more fails than with nobody absent. No set is a sample.");
    if (c->set_count == 0)
        mu_element(out, "p", "", mu_format(mu_cover_arena(p), "No set of that size breaks anything more; %d requirements were looked at.", c->needs->count));
    for (int i = 0, same; i < c->set_count; i += same) {
        for (same = 1; i + same < c->set_count && c->sets[i + same].count == c->sets[i].count; same++)
            ;
        mu_element(out, "h3", "", heading_of(p, c->sets[i].count, same));
        mu_buf_puts(out, "<ol class=\"plain\">");
        for (int k = i; k < i + same; k++)
            set(out, p, &c->sets[k]);
        mu_buf_puts(out, "</ol>\n");
    }
    mu_buf_puts(out, "</section>\n");
}

/* ---- the ranking ---- */

static void ranking(mu_buf *out, const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    int most = c->ranked_count ? c->ranking[0].single : 0;
    if (c->ranked_count == 0)
        return;
    mu_section(out, "ranking", "What stands on whom",
               mu_format(mu_cover_arena(p), "How many of %d requirements fail when this one alone is absent%s.", c->needs->count, c->order >= 2 ? ", and with one other" : ""));
    mu_buf_puts(out, "<ul class=\"cov\">");
    for (int i = 0; i < c->ranked_count; i++) {
        const mu_standing *s = &c->ranking[i];
        const mu_absentee *e = &c->needs->elements[s->element];
        mu_buf_puts(out, "<li><span>");
        mu_html_text(out, mu_absentee_words(c->needs, e));
        mu_buf_printf(out, "</span><span class=\"bar\" aria-hidden=\"true\"><i style=\"width:%d%%\"></i></span><span>%d alone", most ? s->single * 100 / most : 0, s->single);
        if (c->order >= 2)
            mu_buf_printf(out, "<small>%d with one other</small>", s->paired);
        mu_buf_puts(out, "</span></li>\n");
    }
    mu_buf_puts(out, "</ul></section>\n");
}

/* ---- the repair ---- */

static void count_row(mu_page_sheet *s, const mu_cover_page *p, const char *what, int before, int after)
{
    mu_page_sheet_row(s);
    mu_page_cell(s, what);
    mu_page_cell(s, mu_format(mu_cover_arena(p), "%d", before));
    mu_page_cell(s, mu_format(mu_cover_arena(p), "%d", after));
}

static void beyond(mu_buf *out, const mu_cover_page *p)
{
    const mu_cover *after = p->repair->after;
    if (after->set_count == 0 && after->broken_count == 0)
        return;
    mu_element(out, "h3", "", "What no change of these kinds mends");
    mu_buf_puts(out, "<ul class=\"plainlist\">");
    for (int i = 0; i < after->needs->count; i++) {
        const mu_need *n = &after->needs->list[i];
        if (after->own[i].broken && (n->within < 0 || !after->own[n->within].broken))
            mu_element(out, "li", "", mu_format(mu_cover_arena(p), "%s, with nobody absent (:%d)", n->called, n->at.line));
    }
    for (int i = 0; i < after->set_count; i++)
        mu_element(out, "li", "", after->sets[i].text);
    mu_buf_puts(out, "</ul>\n");
}

static void repair(mu_buf *out, const mu_cover_page *p)
{
    static const char *const heads[] = {"Judged again with these changes", "Before", "After", NULL};
    const mu_repair *r = p->repair;
    mu_section(out, "repair", "The smallest repair", mu_repair_words(p));
    mu_buf_puts(out, "<ul class=\"plain\">");
    for (int i = 0; i < r->count; i++) {
        mu_buf_puts(out, "<li><p><b>");
        mu_html_text(out, r->changes[i].text);
        mu_buf_puts(out, "</b></p><pre><code>");
        quoted(out, p, &r->changes[i].at);
        mu_buf_puts(out, "</code></pre></li>\n");
    }
    mu_buf_puts(out, "</ul>\n");
    mu_element(out, "p", "class=\"sub\"", "Whether somebody is able to is for you to say: the plan knows only who is there.");
    mu_page_sheet s = mu_page_sheet_begin(out, "Judged again with these changes", heads);
    count_row(&s, p, "single absences that break something", r->before->by_order[1], r->after->by_order[1]);
    if (r->after->order > 1)
        count_row(&s, p, "pairs that break something", r->before->by_order[2], r->after->by_order[2]);
    count_row(&s, p, "requirements that fail with nobody absent", r->before->broken_count, r->after->broken_count);
    mu_page_sheet_end(&s);
    beyond(out, p);
    mu_buf_puts(out, "</section>\n");
}

/* ---- the chances ---- */

enum { LIKELIEST = 20 };

static void odds(mu_buf *out, const mu_cover_page *p)
{
    static const char *const heads[] = {"Requirement", "Fails with a chance of", NULL};
    mu_arena *arena = mu_cover_arena(p);
    int list[LIKELIEST], n = mu_odds_likeliest(p, list, LIKELIEST);
    mu_section(out, "odds", "How likely it fails", mu_odds_lead(p));
    mu_page_sheet s = mu_page_sheet_begin(out, "How likely it fails", heads);
    mu_page_sheet_row(&s);
    mu_page_cell(&s, mu_odds_whole(p));
    mu_page_cell(&s, mu_odds_words(arena, &p->odds->plan));
    for (int i = 0; i < n; i++) {
        const mu_need *need = &p->cover->needs->list[list[i]];
        mu_page_sheet_row(&s);
        mu_page_cell(&s, mu_format(arena, "%s (:%d)", need->called, need->at.line));
        mu_page_cell(&s, mu_odds_words(arena, &p->odds->needs[list[i]]));
    }
    mu_page_sheet_end(&s);
    mu_buf_puts(out, "</section>\n");
}

static void next(mu_buf *out, const mu_cover_page *p)
{
    if (!mu_cover_next(p))
        return;
    mu_section(out, "next", "What to do next", mu_cover_next(p));
    mu_element(out, "p", "class=\"cmd mono\"", p->mend);
    mu_buf_puts(out, "</section>\n");
}

void mu_write_cover_html(mu_buf *out, const mu_cover_page *p)
{
    top(out, p);
    broken(out, p);
    mu_cover_matrix(out, p);
    sets(out, p);
    if (p->hours)
        mu_cover_strips(out, p);
    if (p->repair)
        repair(out, p);
    if (p->odds)
        odds(out, p);
    ranking(out, p);
    next(out, p);
    mu_cover_end(out, mu_format(mu_cover_arena(p), "Deterministic, exact: %d set%s, each tried with all of it absent and with each one given back. Plan %s.", p->cover->set_count,
                                p->cover->set_count == 1 ? "" : "s", mu_tree_hash(p->plan)));
}
