#include <string.h>

#include "report/cover_page.h"

static const char *place_word(mu_arena *arena, int place)
{
    static const char *const words[] = {"", "first", "second", "third", "fourth", "fifth"};
    return place < 6 ? words[place] : mu_format(arena, "number %d", place);
}

static void cell(mu_buf *out, const mu_cover_page *p, int need, int person)
{
    const mu_need *n = &p->cover->needs->list[need];
    const char *called = p->cover->needs->house->people[person].called;
    static const char *const classes[] = {[MU_STAND_FOLLOWS] = "d", [MU_STAND_ALONE] = "o", [MU_STAND_NEEDED] = "b", [MU_STAND_MISSING] = "m"};
    int at = 0;
    while (at < n->hand_count && n->hands[at].person != person)
        at++;
    if (at == n->hand_count && mu_stands_behind(p->cover, need, person)) {
        mu_buf_puts(out, "<td class=\"o\"><span aria-hidden=\"true\">\xe2\x96\xa0</span><span class=\"vh\">");
        mu_html_text(out, mu_format(mu_cover_arena(p), "%s: it stands on this one alone", called));
        mu_buf_puts(out, "</span></td>");
        return;
    }
    if (at == n->hand_count) {
        mu_buf_puts(out, "<td></td>");
        return;
    }
    mu_stand stand = mu_stand_of(p->cover, need, &n->hands[at]);
    const char *what = stand == MU_STAND_ALONE ? "it stands on this one alone" : stand == MU_STAND_NEEDED ? "needed beside others" : stand == MU_STAND_MISSING
                       ? n->hands[at].missing : place_word(mu_cover_arena(p), at + 1);
    mu_buf_printf(out, "<td class=\"%s\"><span aria-hidden=\"true\">", stand == MU_STAND_FOLLOWS && at == 0 ? "f" : classes[stand]);
    mu_buf_printf(out, stand == MU_STAND_MISSING ? "\xe2\x80\x93" : "%d", at + 1);
    mu_buf_puts(out, "</span><span class=\"vh\">");
    mu_html_text(out, mu_format(mu_cover_arena(p), "%s: %s", called, what ? what : "not there"));
    mu_buf_puts(out, "</span></td>");
}

static void stands_on(mu_buf *out, const mu_cover_page *p, int need)
{
    const mu_need_cover *own = &p->cover->own[need];
    bool bad = own->broken || own->order == 1;
    mu_buf_printf(out, "<td class=\"v\"><span class=\"st %s\"><span aria-hidden=\"true\">%s</span> %s</span></td>", bad ? "bd" : "ok", bad ? "\xe2\x96\xa0" : "\xe2\x97\x8f", mu_stands_on(p->cover, need));
}

static void row(mu_buf *out, const mu_cover_page *p, int need)
{
    const mu_need *n = &p->cover->needs->list[need];
    mu_buf_printf(out, "<tr%s><th scope=\"row\">", p->cover->own[need].broken ? " class=\"no\"" : "");
    mu_html_text(out, n->called);
    mu_buf_printf(out, " <span class=\"mono ln loc\">:%d</span></th>", n->at.line);
    stands_on(out, p, need);
    for (int person = 0; person < p->cover->needs->house->person_count; person++)
        cell(out, p, need, person);
    mu_buf_puts(out, "</tr>\n");
}

static void head(mu_buf *out, const mu_cover_page *p)
{
    const mu_house *h = p->cover->needs->house;
    mu_buf_puts(out, "<div class=\"sc\" role=\"region\" tabindex=\"0\" aria-label=\"Matrix of requirements and people, scrolls sideways\"><table class=\"cx\">"
                     "<caption>Requirements and the people they stand on</caption><thead><tr><th scope=\"col\">Requirement, and its line</th><th scope=\"col\">Stands on</th>");
    for (int i = 0; i < h->person_count; i++) {
        mu_buf_puts(out, "<th scope=\"col\"><span>");
        mu_html_text(out, h->people[i].called);
        mu_buf_puts(out, "</span></th>");
    }
    mu_buf_puts(out, "</tr></thead>\n");
}

static void rows(mu_buf *out, const mu_cover_page *p)
{
    const char *group = "";
    for (int i = 0; i < p->cover->needs->count; i++) {
        const mu_need *n = &p->cover->needs->list[i];
        if (!mu_need_shown(p->cover, i))
            continue;
        if (strcmp(group, n->group) != 0)
            mu_buf_printf(out, "%s<tbody><tr class=\"grp\"><th colspan=\"%d\" scope=\"rowgroup\">%s</th></tr>\n", *group ? "</tbody>" : "", p->cover->needs->house->person_count + 2, n->group);
        group = n->group;
        row(out, p, i);
    }
    mu_buf_puts(out, *group ? "</tbody>" : "<tbody></tbody>");
}

static int alone_of(const mu_cover *c, const mu_node *person)
{
    for (int i = 0; i < c->ranked_count; i++)
        if (c->needs->elements[c->ranking[i].element].node == person)
            return c->ranking[i].single;
    return 0;
}

static void foot(mu_buf *out, const mu_cover_page *p)
{
    const mu_house *h = p->cover->needs->house;
    mu_buf_puts(out, "<tfoot><tr class=\"tot\"><th scope=\"row\">fail when this one is absent</th><td class=\"v\"></td>");
    for (int i = 0; i < h->person_count; i++) {
        int alone = alone_of(p->cover, h->people[i].node);
        mu_buf_printf(out, alone ? "<td>%d</td>" : "<td>\xe2\x80\x93</td>", alone);
    }
    mu_buf_puts(out, "</tr></tfoot></table></div></section>\n");
}

void mu_cover_matrix(mu_buf *out, const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    int shown = 0;
    for (int i = 0; i < c->needs->count; i++)
        shown += mu_need_shown(c, i);
    mu_section(out, "matrix", "Requirements and the people they stand on",
               mu_format(mu_cover_arena(p), "%d of %d requirements: those that %s can break, or that fail already. The number is the place in the line. \"Stands on\" is how few absences break it, of whichever kind.", shown, c->needs->count, mu_cover_orders(p)));
    mu_buf_puts(out, "<ul class=\"key\"><li><b class=\"f\">1</b>first</li><li><b class=\"d\">2</b>follows</li><li><b class=\"o\">1</b>it stands on this one alone</li>"
                     "<li><b class=\"b\">1</b>needed beside others</li><li><b class=\"m\">\xe2\x80\x93</b>not there</li></ul>\n");
    head(out, p);
    rows(out, p);
    foot(out, p);
}
