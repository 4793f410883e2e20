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
    mu_page_bar(s, ROUTE_PLAY, seat, who.text, out);
    mu_buf_free(&who);
    mu_tag(out, "<main id=\"now\" class=\"plain\" data-waits=\"yes\"><h1>%s</h1><p>It has not begun. When it does, what reaches you stands on this page, with the time that you have. "
                "You are asked nothing that you would not be asked in a real incident; whoever is not here is stood in for.</p>", s->msel->title);
    if (mu_seat_of(s->seats, seat)->ready) {
        mu_buf_puts(out, "<p id=\"test\"><span class=\"st ok\">● The test has reached you, and your answer has come back.</span> Leave this page open; there is nothing else to do before it begins.</p>");
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
        mu_buf_puts(out, "<span class=\"st wt\">– no link yet: stood in for</span>");
    else if (n->revoked)
        mu_buf_puts(out, "<span class=\"st bd\">■ revoked: stood in for</span>");
    else if (!n->joined)
        mu_buf_puts(out, "<span class=\"st lt\">○ has a link, is missing</span>");
    else if (n->part != PART_PLAYER)
        mu_tag(out, "<span class=\"st %h</span>", viewers_of(s, seat) ? "ok\">● is here" : "lt\">◐ came in; no page open now");
    else if (!viewers_of(s, seat) && n->ready && mu_stage_plain(s, seat))
        mu_buf_puts(out, "<span class=\"st ok\">● the test was answered; reads without script</span>");
    else if (!viewers_of(s, seat))
        mu_tag(out, "<span class=\"st lt\">%h</span>", n->ready ? "◐ answered the test; no page open now" : "◐ came in; no page open now");
    else
        mu_tag(out, "<span class=\"st %h</span>", n->ready ? "ok\">● the test was answered" : "lt\">◐ is here; has not answered the test");
}

/* ---- what the plan says about whoever is missing ---- */

static const char *name_of(const mu_stage *s, int person)
{
    return mu_page_name(s, mu_stage_symbol(s, person));
}

/* By which ways the plan reaches somebody, and who stands in after them. */
static void plan_says(const mu_stage *s, int role, int person, mu_buf *out)
{
    const mu_person *p = &s->world->people[person];
    mu_line line;
    int count = 0;
    bool after = false;
    mu_buf_puts(out, "<small>The plan: ");
    for (int i = 0; i < p->reach_count; i++)
        mu_tag(out, "%h%s", count++ ? ", " : "by ", mu_get_text(p->reaches[i].entry, "via"));
    mu_buf_puts(out, count ? "; " : "no way to reach them; ");
    mu_line_of(s->world, role, 0, &line);
    count = 0;
    for (int i = 0; i < line.count; i++) {
        if (after)
            mu_tag(out, "%h%s%h", count++ ? ", " : "then ", name_of(s, line.people[i]), *mu_line_absence(s->world, &line, i, 0) ? " (not there)" : "");
        after = after || line.people[i] == person;
    }
    mu_buf_puts(out, count ? "</small>" : "nobody stands in</small>");
}

void mu_lobby_missing(const mu_stage *s, int role, int64_t t, mu_buf *out)
{
    mu_line line;
    mu_line_of(s->world, role, t, &line);
    for (int i = 0; i < line.count; i++)
        mu_tag(out, "%h%s is %s", i ? ", " : "", name_of(s, line.people[i]), mu_line_absence(s->world, &line, i, t));
    mu_buf_puts(out, line.count > 1 ? "; nobody is left" : line.count ? "; nobody stands in" : "the plan names nobody");
}

static void one_form(const mu_stage *s, int seat, const char *who, mu_buf *out)
{
    const mu_seat *n = seat >= 0 ? mu_seat_of(s->seats, seat) : NULL;
    mu_tag(out, "<form method=\"post\" action=\"/lead/invite\"><input type=\"hidden\" name=\"part\" value=\"player\"><input type=\"hidden\" name=\"person\" value=\"%s\">"
                "<button class=\"b s\">%h</button></form>", who, n && (n->invited || n->joined) ? "Another link" : "Make a link");
    if (n && (n->joined || n->invited))
        mu_tag(out, "<form method=\"post\" action=\"/lead/revoke\"><input type=\"hidden\" name=\"seat\" value=\"%d\"><button class=\"b s\">Revoke</button></form>", seat);
}

static void role_row(const mu_stage *s, int role, mu_buf *out)
{
    const char *why = "", *title = mu_get_text(s->world->roles[role].node, "title");
    int person = mu_holder(s->world, role, 0, &why);
    mu_tag(out, "<tr id=\"r%d\"><th scope=\"row\">%s</th>", role, title ? title : s->world->roles[role].node->key);
    if (person < 0) {
        mu_buf_puts(out, "<td data-head=\"Who\">nobody<small>The plan: ");
        mu_lobby_missing(s, role, 0, out);
        mu_buf_puts(out, "</small></td><td data-head=\"State\"><span class=\"st bd\">■ reaches nobody</span></td><td></td></tr>");
        return;
    }
    const char *who = mu_symbol_text(s->symbols, mu_stage_symbol(s, person));
    int seat = mu_seats_find(s->seats, PART_PLAYER, who);
    mu_tag(out, "<td data-head=\"Who\">%s", name_of(s, person));
    plan_says(s, role, person, out);
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
        mu_tag(out, "<li class=\"apart\"><p><b>%s</b>%h%h. ", n->who, strncmp(n->who, "the ", 4) == 0 ? "" : n->part == PART_EVALUATOR ? ", evaluator" : n->part == PART_OBSERVER ? ", observer" : ", facilitator", i == own ? " (you)" : "");
        state(s, i, out);
        mu_buf_puts(out, "</p>");
        if (i != own && (n->joined || n->invited))
            mu_tag(out, "<form method=\"post\" action=\"/lead/revoke\"><input type=\"hidden\" name=\"seat\" value=\"%d\"><button class=\"b s\">Revoke</button></form>", i);
        mu_buf_puts(out, "</li>");
    }
    mu_buf_puts(out, "</ul><form method=\"post\" action=\"/lead/invite\" class=\"line\"><p><label for=\"staff-part\">As</label><select id=\"staff-part\" name=\"part\">"
                     "<option>evaluator</option><option>observer</option><option>facilitator</option></select></p>"
                     "<p><label for=\"staff-name\">Name</label><input id=\"staff-name\" name=\"name\" required maxlength=\"90\"></p><button class=\"b s\">Make a link</button></form></section>");
}

/* How many have come in, answered, are missing; how many roles reach nobody. */
static void summary(const mu_stage *s, mu_buf *out)
{
    const char *why;
    int in = 0, ready = 0, missing = 0, nobody = 0;
    for (int i = 0; i < mu_seats_count(s->seats); i++) {
        const mu_seat *n = mu_seat_of(s->seats, i);
        in += n->part == PART_PLAYER && n->joined;
        ready += n->part == PART_PLAYER && n->joined && n->ready;
        missing += n->part == PART_PLAYER && !n->joined && n->invited;
    }
    for (int i = 0; i < s->world->role_count; i++)
        nobody += mu_holder(s->world, i, 0, &why) < 0;
    mu_tag(out, "<p class=\"well\" id=\"count\"><b>%d came in</b>; %d of them answered the test; %d with a link are missing; %d of %d roles reach nobody at STARTEX.</p>", in, ready, missing, nobody, s->world->role_count);
}

static void steps(mu_stage *s, int own, mu_buf *out)
{
    mu_buf_puts(out, "<div class=\"acts\"><form method=\"post\" action=\"/lead/invite\"><input type=\"hidden\" name=\"all\" value=\"yes\"><button class=\"b s\">A link for everybody who holds a role</button></form>"
                     "<form method=\"post\" action=\"/lead/invite\"><input type=\"hidden\" name=\"table\" value=\"yes\"><button class=\"b s\">A code for the table</button></form>"
                     "<form method=\"post\" action=\"/lead/start\">");
    mu_page_hidden(s, own, "start", out);
    mu_buf_puts(out, "<button class=\"b\">Begin the exercise</button></form></div>");
}

void mu_lobby_lead(mu_stage *s, int own, mu_buf *out)
{
    mu_page_bar(s, ROUTE_LEAD, own, "<b>Facilitator</b>, the lobby", out);
    mu_tag(out, "<main id=\"now\" class=\"wide\"><h1>%s</h1><p>Whoever has come in when it begins is asked at their own screen; everybody else is stood in for. Anybody may still come in later and take over.</p>", s->msel->title);
    summary(s, out);
    steps(s, own, out);
    mu_buf_puts(out, "<section><h2>Roles, and whom they reach at STARTEX</h2><table class=\"rows lobby\"><thead><tr><th scope=\"col\">Role</th><th scope=\"col\">Who</th><th scope=\"col\">State</th><th scope=\"col\">Link</th></tr></thead><tbody>");
    for (int i = 0; i < s->world->role_count; i++)
        role_row(s, i, out);
    mu_buf_puts(out, "</tbody></table></section>");
    mu_lobby_staff(s, own, out);
    mu_buf_puts(out, "</main>");
}

/* ---- a prompt that can reach nobody ---- */

static bool without_an_answer(const mu_stage *s, mu_buf *out)
{
    int count = 0;
    for (int i = 0; i < mu_seats_count(s->seats); i++) {
        const mu_seat *n = mu_seat_of(s->seats, i);
        if (n->part != PART_PLAYER || !n->joined || (n->ready && (viewers_of(s, i) || mu_stage_plain(s, i))))
            continue;
        mu_tag(out, "%h<li>%s came in and %h</li>", count++ ? "" : "<h2>At their screens</h2><ul class=\"foresee\">", name_of(s, mu_stage_person(s, i)),
               n->ready ? "has no page open that would show what comes." : "has not answered the test. Ask them to press “Yes, I have it”.");
    }
    mu_buf_puts(out, count ? "</ul>" : "");
    return count > 0;
}

static void nobody_for(const mu_stage *s, const mu_card *c, const mu_node *role, bool first, mu_buf *out)
{
    char at[32] = "";
    const char *title = mu_get_text(role, "title");
    if (c->at >= 0)
        mu_term_clock(s->seen, c->at, at);
    mu_tag(out, "%h<li>%s “%s”%h%s: nobody holds %s then. ", first ? "<h2>By the plan</h2><ul class=\"foresee\">" : "", c->kind == MU_INJECT ? "The card" : "The question", c->name,
           c->at >= 0 ? " at " : "", at, title ? title : role->key);
    mu_lobby_missing(s, (int)role->value, c->at < 0 ? 0 : c->at, out);
    mu_buf_puts(out, ".</li>");
}

static bool without_a_holder(const mu_stage *s, mu_buf *out)
{
    const char *why;
    int count = 0;
    for (int i = 0; i < s->msel->card_count; i++) {
        const mu_card *c = &s->msel->cards[i];
        for (int k = 0; k < c->to.count; k++) {
            const mu_node *to = c->to.list[k].node;
            if (to && mu_is_role(s->world, to) && mu_holder(s->world, (int)to->value, c->at < 0 ? 0 : c->at, &why) < 0)
                nobody_for(s, c, to, count++ == 0, out);
        }
    }
    mu_buf_puts(out, count ? "</ul>" : "");
    return count > 0;
}

/* Whoever has come in and does not answer, and cards whose role nobody holds at their time. */
bool mu_lobby_reaches_nobody(mu_stage *s, mu_buf *out)
{
    bool people = without_an_answer(s, out), roles = without_a_holder(s, out);
    return people || roles;
}
