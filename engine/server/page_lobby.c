/* Before STARTEX: who has come in, whom a test has reached, who is missing and what the plan says about them. */
#include <string.h>

#include "server/inside.h"

static int viewers_of(const mu_stage *s, int seat)
{
    int count = 0;
    for (const mu_viewer *v = s->viewers; v; v = v->next)
        count += v->seat == seat;
    return count;
}

void mu_lobby_player(mu_stage *s, int seat, mu_buf *out)
{
    mu_buf who = {0};
    mu_tag(&who, "<b>%s</b>", mu_page_name(s, mu_stage_symbol(s, mu_stage_person(s, seat))));
    mu_page_bar(s, who.text, out);
    mu_buf_free(&who);
    mu_tag(out, "<main id=\"now\" class=\"plain\" data-waits=\"yes\"><h1>%s</h1><p>It has not begun. What reaches you will stand on this page.</p>", s->msel->title);
    if (mu_seat_of(s->seats, seat)->ready) {
        mu_buf_puts(out, "<p id=\"test\">● The test has reached you, and your answer has come back. Stay on this page.</p>");
    } else {
        mu_buf_puts(out, "<section class=\"ask decide\" id=\"test\"><p class=\"from\">A test, before it begins</p><blockquote>Has this reached you?</blockquote>"
                         "<form method=\"post\" action=\"/play/ready\">");
        mu_page_hidden(s, seat, "ready", out);
        mu_buf_puts(out, "<button class=\"b\">Yes, I have it</button></form></section>");
    }
    mu_buf_puts(out, "</main>");
}

/* ---- the facilitator's ---- */

static void state(const mu_stage *s, int seat, mu_buf *out)
{
    const mu_seat *n = seat >= 0 ? mu_seat_of(s->seats, seat) : NULL;
    if (!n || (!n->invited && !n->joined && !n->revoked))
        mu_buf_puts(out, "<span class=\"st wt\">– stood in for</span>");
    else if (n->revoked)
        mu_buf_puts(out, "<span class=\"st bd\">■ taken back</span>");
    else if (!n->joined)
        mu_buf_puts(out, "<span class=\"st lt\">○ has a link, has not come in</span>");
    else if (n->part != PART_PLAYER)
        mu_tag(out, "<span class=\"st %h</span>", viewers_of(s, seat) ? "ok\">● is here" : "lt\">◐ came in; no page open now");
    else if (!viewers_of(s, seat))
        mu_tag(out, "<span class=\"st lt\">%h</span>", n->ready ? "◐ answered the test; no page open now" : "◐ came in; no page open now");
    else
        mu_tag(out, "<span class=\"st %h</span>", n->ready ? "ok\">● the test was answered" : "lt\">◐ is here; has not answered the test");
}

/* What the plan says of somebody: by which ways they are reached, and whether they are there at STARTEX. */
static void plan_says(const mu_stage *s, int person, mu_buf *out)
{
    const mu_person *p = &s->world->people[person];
    const char *absent = mu_absence(s->world, person, 0, false);
    mu_buf_puts(out, "<small>");
    for (int i = 0; i < p->reach_count; i++)
        mu_tag(out, "%h%s", i ? ", " : "by ", mu_get_text(p->reaches[i].entry, "via"));
    mu_tag(out, "%h%h%h</small>", p->reach_count ? "" : "no way to reach them", *absent ? "; at STARTEX " : "", absent);
}

static void one_form(const mu_stage *s, int seat, const char *who, mu_buf *out)
{
    const mu_seat *n = seat >= 0 ? mu_seat_of(s->seats, seat) : NULL;
    mu_tag(out, "<form method=\"post\" action=\"/lead/invite\"><input type=\"hidden\" name=\"part\" value=\"player\"><input type=\"hidden\" name=\"person\" value=\"%s\">"
                "<button class=\"b s\">%h</button></form>", who, n && (n->invited || n->joined) ? "Another link" : "Make a link");
    if (n && (n->joined || n->invited))
        mu_tag(out, "<form method=\"post\" action=\"/lead/revoke\"><input type=\"hidden\" name=\"seat\" value=\"%d\"><button class=\"b s\">Take back</button></form>", seat);
}

static void person_row(const mu_stage *s, int role, mu_buf *out)
{
    const char *why = "", *title = mu_get_text(s->world->roles[role].node, "title");
    int person = mu_holder(s->world, role, 0, &why);
    mu_tag(out, "<tr><th scope=\"row\">%s</th>", title ? title : s->world->roles[role].node->key);
    if (person < 0) {
        mu_tag(out, "<td data-head=\"Who\">nobody<small>%s</small></td><td data-head=\"State\"><span class=\"st bd\">■ reaches nobody</span></td><td></td></tr>", why);
        return;
    }
    const char *who = mu_symbol_text(s->symbols, mu_stage_symbol(s, person));
    int seat = mu_seats_find(s->seats, PART_PLAYER, who);
    mu_tag(out, "<td data-head=\"Who\">%s", mu_page_name(s, mu_stage_symbol(s, person)));
    plan_says(s, person, out);
    mu_buf_puts(out, "</td><td data-head=\"State\">");
    state(s, seat, out);
    mu_buf_puts(out, "</td><td><div class=\"acts\">");
    one_form(s, seat, who, out);
    mu_buf_puts(out, "</div></td></tr>");
}

void mu_lobby_staff(mu_stage *s, int own, mu_buf *out)
{
    mu_buf_puts(out, "<section id=\"staff\"><h2>Who leads, evaluates, observes</h2><ul class=\"list\">");
    for (int i = 0; i < mu_seats_count(s->seats); i++) {
        const mu_seat *n = mu_seat_of(s->seats, i);
        if (n->part == PART_PLAYER)
            continue;
        mu_tag(out, "<li><p><b>%s</b>, %s%h. ", n->who, mu_seat_word(n->part), i == own ? " (you)" : "");
        state(s, i, out);
        mu_buf_puts(out, "</p>");
        if (i != own && (n->joined || n->invited))
            mu_tag(out, "<form method=\"post\" action=\"/lead/revoke\"><input type=\"hidden\" name=\"seat\" value=\"%d\"><button class=\"b s\">Take back</button></form>", i);
        mu_buf_puts(out, "</li>");
    }
    mu_buf_puts(out, "</ul><form method=\"post\" action=\"/lead/invite\" class=\"line\"><p><label for=\"staff-part\">As</label><select id=\"staff-part\" name=\"part\">"
                     "<option>evaluator</option><option>observer</option><option>facilitator</option></select></p>"
                     "<p><label for=\"staff-name\">Name</label><input id=\"staff-name\" name=\"name\" required maxlength=\"90\"></p><button class=\"b s\">Make a link</button></form></section>");
}

void mu_lobby_lead(mu_stage *s, int own, mu_buf *out)
{
    mu_page_bar(s, "<b>Facilitator</b>, the lobby", out);
    mu_tag(out, "<main id=\"now\" class=\"wide\"><h1>%s</h1><p>Whoever has come in when it begins is asked at their own screen; everybody else is stood in for. Anybody may still come in later.</p>"
                "<div class=\"acts\"><form method=\"post\" action=\"/lead/invite\"><input type=\"hidden\" name=\"all\" value=\"yes\"><button class=\"b s\">A link for everybody who holds a role</button></form>"
                "<form method=\"post\" action=\"/lead/invite\"><input type=\"hidden\" name=\"table\" value=\"yes\"><button class=\"b s\">A code for the table</button></form>"
                "<form method=\"post\" action=\"/lead/start\">", s->msel->title);
    mu_page_hidden(s, own, "start", out);
    mu_buf_puts(out, "<button class=\"b\">Begin the exercise</button></form></div>"
                     "<section><h2>Roles, and whom they reach at STARTEX</h2><table class=\"rows\"><thead><tr><th scope=\"col\">Role</th><th scope=\"col\">Who</th><th scope=\"col\">State</th><th scope=\"col\">Link</th></tr></thead><tbody>");
    for (int i = 0; i < s->world->role_count; i++)
        person_row(s, i, out);
    mu_buf_puts(out, "</tbody></table></section>");
    mu_lobby_staff(s, own, out);
    mu_buf_puts(out, "</main>");
}

/* ---- a prompt that can reach nobody ---- */

static const char *line(mu_arena *arena, const char *before, const char *more)
{
    return mu_format(arena, "%s%s%s", before, *before ? "; " : "", more);
}

/* Whoever has come in and does not answer, and cards whose role nobody holds at their time. NULL where all is well. */
const char *mu_lobby_reaches_nobody(mu_stage *s, mu_arena *arena)
{
    const char *all = "", *why = "";
    for (int i = 0; i < mu_seats_count(s->seats); i++) {
        const mu_seat *n = mu_seat_of(s->seats, i);
        if (n->part == PART_PLAYER && n->joined && (!n->ready || !viewers_of(s, i)))
            all = line(arena, all, mu_format(arena, "%s came in and %s", mu_page_name(s, mu_stage_symbol(s, mu_stage_person(s, i))),
                                             n->ready ? "has no page open that would show what comes" : "has not answered the test"));
    }
    for (int i = 0; i < s->msel->card_count; i++) {
        const mu_card *c = &s->msel->cards[i];
        for (int k = 0; k < c->to.count; k++) {
            const mu_node *to = c->to.list[k].node;
            bool nobody = to && mu_is_role(s->world, to) && mu_holder(s->world, (int)to->value, c->at < 0 ? 0 : c->at, &why) < 0;
            if (nobody)
                all = line(arena, all, mu_format(arena, "card “%s”: nobody holds %s then (%s)", c->name, c->to.list[k].text, why));
        }
    }
    return *all ? mu_format(arena, "%s.", all) : NULL;
}
