/* The facilitator's one screen: the clock, the cards and how they stand, the people, what happened last, and every move. */
#include <stdio.h>
#include <string.h>

#include "server/inside.h"

enum { STREAM = 14, ASKS = 6 };

static void mark(mu_buf *out, const char *class, const char *words)
{
    mu_tag(out, "<span class=\"st %h\">%s</span>", class, words);
}

/* ---- people ---- */

static void button_of(const char *path, const char *fields, const char *who, const char *words, mu_buf *out)
{
    mu_tag(out, "<form method=\"post\" action=\"%h\">%h<input type=\"hidden\" name=\"%h\" value=\"%s\"><button class=\"b s\">%h</button></form>", path, fields,
           strcmp(path, "/lead/invite") == 0 ? "person" : strcmp(path, "/lead/revoke") == 0 ? "seat" : "object", who, words);
}

/* A person who has come in takes over from the stand-in, and gives back, by what it changes; who has not is made a link. */
static void person_deeds(const mu_stage *s, int person, int seat, mu_buf *out)
{
    const char *who = mu_symbol_text(s->symbols, mu_stage_symbol(s, person)), *link = "<input type=\"hidden\" name=\"part\" value=\"player\">";
    bool joined = seat >= 0 && mu_seat_of(s->seats, seat)->joined, played = s->world->people[person].played;
    char number[16];
    snprintf(number, sizeof number, "%d", seat);
    mu_tag(out, "<div class=\"acts\"><a class=\"look\" href=\"/lead/as?person=%s\">Screen</a>", who);
    if (joined && played)
        button_of("/lead/show", "<input type=\"hidden\" name=\"verb\" value=\"seat\"><input type=\"hidden\" name=\"choice\" value=\"stand-in\">", who, "To a stand-in…", out);
    else if (joined)
        button_of("/lead/show", "<input type=\"hidden\" name=\"verb\" value=\"seat\"><input type=\"hidden\" name=\"choice\" value=\"player\">", who, "Give back to them…", out);
    if (!joined || !s->pages[seat])
        button_of("/lead/invite", link, who, joined ? "Another link" : "Make a link", out);
    if (joined && !s->pages[seat])
        button_of("/lead/revoke", "", number, "Revoke", out);
    mu_buf_puts(out, "</div>");
}

/* Whoever reads without script has no page that stays open, and is heard of all the same: they are not lost. Nor is who has just come in. */
static void lost(const mu_stage *s, int seat, mu_buf *out)
{
    bool heard = seat >= 0 && s->heard[seat] >= 0, plain = heard && mu_stage_plain(s, seat);
    mark(out, plain ? "wt" : "lt", plain ? "○ reads without script" : heard && !s->live[seat] ? "○ came in, no page open yet" : "○ lost: no page open");
    mu_buf_puts(out, "<small>");
    if (heard) {
        mu_buf_puts(out, "last heard of at ");
        mu_page_time(s, s->heard[seat], out);
    } else {
        mu_buf_puts(out, "not heard of since the program began");
    }
    mu_buf_puts(out, "</small>");
}

static void person_state(const mu_stage *s, int person, int seat, mu_buf *out)
{
    const char *absence = mu_absence(s->world, person, mu_stage_now(s), false);
    const mu_seat *n = seat >= 0 ? mu_seat_of(s->seats, seat) : NULL;
    if (!s->world->people[person].played)
        mark(out, "wt", "– a stand-in");
    else if (seat < 0 || !s->pages[seat])
        lost(s, seat, out);
    else
        mark(out, "ok", "● here");
    if (n && n->invited && !n->joined)
        mu_buf_puts(out, "<small>has a link, has not come in</small>");
    if (*absence)
        mu_tag(out, "<small>by the plan: %s</small>", absence);
}

/* What waits for somebody, and since when. */
static void open_cell(const mu_stage *s, const mu_waits *w, mu_buf *out)
{
    mu_tag(out, "<td data-head=\"Open\">%d", w->count);
    if (w->count && w->since >= 0) {
        mu_buf_puts(out, "<small>since ");
        mu_page_time(s, w->since, out);
        mu_buf_puts(out, "</small>");
    }
    mu_buf_puts(out, "</td>");
}

static void person_row(const mu_stage *s, int own, int person, const mu_waits *waits, const mu_buf *roles, mu_buf *out)
{
    int seat = mu_tally_seat(s, person);
    mu_tag(out, "<tr id=\"p%d\"><th scope=\"row\">%s<small>%h</small>", person, mu_page_name(s, mu_stage_symbol(s, person)), roles->text ? roles->text : "holds no role now");
    if (own >= 0)
        person_deeds(s, person, seat, out);
    mu_buf_puts(out, "</th><td data-head=\"State\">");
    person_state(s, person, seat, out);
    mu_buf_puts(out, "</td>");
    open_cell(s, waits, out);
    mu_buf_puts(out, "</tr>");
}

/* Roles that reach nobody now, and why. */
static void vacant(const mu_stage *s, mu_buf *out)
{
    const char *why;
    int count = 0;
    for (int i = 0; i < s->world->role_count; i++) {
        const char *title = mu_get_text(s->world->roles[i].node, "title");
        if (mu_holder(s->world, i, mu_stage_now(s), &why) >= 0)
            continue;
        mu_tag(out, "%h<li id=\"v%d\"><p><span class=\"st bd\">■ %s</span> <small>", count++ ? "" : "<h3>Roles that nobody holds now</h3><ul class=\"list\">", i, title ? title : s->world->roles[i].node->key);
        mu_lobby_missing(s, i, mu_stage_now(s), out);
        mu_buf_puts(out, "</small></p></li>");
    }
    mu_buf_puts(out, count ? "</ul>" : "");
}

/* The titles of what each person holds now. */
static mu_buf *roles_held(const mu_stage *s, mu_arena *arena)
{
    const char *why;
    mu_buf *of = mu_alloc(arena, ((size_t)s->world->person_count + 1) * sizeof *of);
    for (int i = 0; i < s->world->role_count; i++) {
        int person = mu_holder(s->world, i, mu_stage_now(s), &why);
        const char *title = mu_get_text(s->world->roles[i].node, "title");
        if (person >= 0)
            mu_tag(&of[person], "%h%s", of[person].len ? ", " : "", title ? title : s->world->roles[i].node->key);
    }
    return of;
}

static void people_head(const mu_stage *s, const mu_waits *waits, mu_buf *out)
{
    int here = 0, played = 0, open = 0;
    for (int i = 0; i < s->world->person_count; i++) {
        int seat = mu_tally_seat(s, i);
        played += s->world->people[i].played;
        here += s->world->people[i].played && seat >= 0 && s->pages[seat];
        open += waits[i].count;
    }
    mu_tag(out, "<section id=\"people\"><h2>People <small>%d of %d players here; %d open</small></h2><table class=\"rows\"><thead><tr><th scope=\"col\">Who</th><th scope=\"col\">State</th><th scope=\"col\">Open</th></tr></thead><tbody>",
           here, played, open);
}

void mu_lead_people(mu_stage *s, int own, mu_buf *out)
{
    mu_arena *arena = mu_arena_new();
    mu_waits *waits = mu_alloc(arena, ((size_t)s->world->person_count + 1) * sizeof *waits);
    mu_buf *roles = roles_held(s, arena);
    mu_tally_open(s, waits);
    people_head(s, waits, out);
    for (int i = 0; i < s->world->person_count; i++) {
        if (roles[i].len || s->world->people[i].played || waits[i].count)
            person_row(s, own, i, &waits[i], &roles[i], out);
        mu_buf_free(&roles[i]);
    }
    mu_buf_puts(out, "</tbody></table>");
    vacant(s, out);
    mu_buf_puts(out, "</section>");
    mu_arena_free(arena);
}

/* ---- what happened ---- */

void mu_lead_stream(mu_stage *s, int most, bool noted, mu_buf *out)
{
    const char *words;
    int count = mu_tally_told(s, most);
    mu_buf_puts(out, "<section id=\"stream\"><h2>Last events</h2><ol class=\"stream\">");
    for (int i = 0; i < count; i++) {
        int n = (int)mu_tally_event(s, i, &words);
        mu_tag(out, "<li id=\"e%d\">", n);
        mu_page_time(s, mu_journal_event(s->journal, (size_t)n)->t, out);
        if (noted)
            mu_tag(out, "<a class=\"mono\" href=\"/rate?event=%d#note\" data-event=\"%d\" aria-label=\"Note something about event %d\">#%d</a>", n, n, n, n);
        else
            mu_tag(out, "<span class=\"mono\">#%d</span>", n);
        mu_tag(out, "<span>%s</span></li>", words);
    }
    mu_buf_puts(out, "</ol></section>");
}

static void ask_row(const mu_stage *s, int seat, const mu_ask *ask, mu_buf *out)
{
    const mu_event *e = mu_journal_event(s->journal, ask->asked), *told = ask->told ? mu_journal_event(s->journal, ask->told) : NULL;
    int n = (int)e->n;
    mu_tag(out, "<li id=\"a%d\"><p><b>%s</b>, ", n, mu_page_name(s, e->arg[1]));
    mu_page_time(s, e->t, out);
    mu_tag(out, ": %s</p>", mu_journal_text(s->journal, e, "text"));
    if (told) {
        mu_buf_puts(out, "<p class=\"m\"><span class=\"st ok\">● told</span> at ");
        mu_page_time(s, told->t, out);
        mu_tag(out, ": %s</p></li>", mu_journal_text(s->journal, told, "text"));
        return;
    }
    mu_tag(out, "<form method=\"post\" action=\"/lead/show\"><input type=\"hidden\" name=\"verb\" value=\"send\"><input type=\"hidden\" name=\"object\" value=\"%s\">", mu_journal_text(s->journal, e, "person"));
    mu_page_hidden(s, seat, "asked", out);
    mu_tag(out, "<p><label for=\"tell-%d\">What they are told</label><textarea id=\"tell-%d\" name=\"text\" rows=\"2\" maxlength=\"2000\" required></textarea></p><button class=\"b s\">Tell them…</button></form></li>", n, n);
}

/* Whoever asked the exercise for something waits for an answer; the last ones stand here. */
static void asks(const mu_stage *s, int seat, mu_buf *out)
{
    int count = mu_tally_asks(s);
    if (!count)
        return;
    mu_buf_puts(out, "<section id=\"asks\"><h2>Asked of you</h2><ul class=\"list\">");
    for (int i = count - 1; i >= 0 && i >= count - ASKS; i--)
        ask_row(s, seat, mu_tally_ask(s, i), out);
    mu_buf_puts(out, "</ul></section>");
}

/* ---- the page ---- */

static void banners(mu_stage *s, mu_buf *out)
{
    char length[24];
    mu_term_length(s->away, length);
    if (s->failure && s->state == STATE_PAUSED)
        mu_tag(out, "<p class=\"over\" id=\"failed\" role=\"alert\">■ A story of the script has failed, and the exercise stands: %s. Cards with a time of their own still come; play the others by hand. Nothing that people did is lost.</p>",
               mu_journal_text(s->journal, mu_journal_event(s->journal, s->failure), "why"));
    if (s->away && s->standing)
        mu_tag(out, "<p class=\"over\" id=\"lapse\" role=\"alert\">◐ The program was away for %s. That is long: the exercise stands where it was. Go on from here, or move the clock on first.</p>", length);
    else if (s->away)
        mu_tag(out, "<p class=\"over\" id=\"lapse\">◐ The program was away for %s. The clock was moved on by that; nobody’s time passed, and what came due meanwhile is held.</p>", length);
}

static int count_of(const mu_stage *s, mu_kind_of_event kind)
{
    int count = 0;
    for (size_t n = 1; n <= mu_journal_count(s->journal); n++)
        count += mu_journal_event(s->journal, n)->kind == kind;
    return count;
}

static bool is_rated(const mu_stage *s, const char *objective)
{
    int count;
    const uint32_t *ratings = mu_tally_ratings(s, &count);
    bool found = false;
    for (int i = 0; !found && i < count; i++)
        found = strcmp(mu_journal_text(s->journal, mu_journal_event(s->journal, ratings[i]), "objective"), objective) == 0;
    return found;
}

/* Objectives that somebody has rated. */
static int rated_of(const mu_stage *s)
{
    int count = 0;
    for (int i = 0; i < s->msel->objective_count; i++)
        count += is_rated(s, s->msel->objectives[i].id);
    return count;
}

/* What is left to do, in its order; the last of it closes everything. */
static void after(const mu_stage *s, int seat, mu_buf *out)
{
    int rated = rated_of(s), said = count_of(s, EV_WASH_SAID), agreed = count_of(s, EV_ITEM_AGREED), waived = count_of(s, EV_WAIVED);
    mu_page_stopped(s, out);
    mu_buf_puts(out, "<main id=\"now\" class=\"plain\"><h1>The exercise is over</h1>");
    mu_page_said(s, seat, out);
    mu_tag(out, "<ol class=\"list steps\"><li><p><a href=\"/wash\"><b>The hot wash</b></a>: everybody says what held, what did not, what to change first. <small>%d said so far</small></p></li>"
                "<li><p><a href=\"/rate\"><b>The evaluation guide</b></a>: each objective is rated, as the rule proposes or with a reason. <small>%d of %d objectives are rated</small></p></li>"
                "<li><p><a href=\"/improve\"><b>The improvement plan</b></a>: who closes which gap until when; what is accepted for a time; gaps that only people saw. <small>%d agreed, %d accepted</small></p></li>"
                "<li><p><a href=\"/report\"><b>The report</b></a> as it stands now.</p></li></ol>", said, rated, s->msel->objective_count, agreed, waived);
    if (s->state == STATE_OVER) {
        mu_buf_puts(out, "<form method=\"post\" action=\"/lead/close\" class=\"prev\">");
        mu_page_hidden(s, seat, "close", out);
        mu_buf_puts(out, "<p>Closing ends the hot wash for everybody, writes the reports into the drill’s folder, and ends the program. It cannot be taken back.</p><button class=\"b\">Close, and write the reports</button></form>");
    } else {
        mu_buf_puts(out, "<p>■ Closed: the reports stand in the drill’s folder, and every screen says so.</p>");
    }
    mu_buf_puts(out, "</main>");
}

void mu_lead_live(mu_stage *s, int seat, mu_buf *out)
{
    mu_page_bar(s, ROUTE_LEAD, seat, "<b>Facilitator</b>", out);
    if (s->state == STATE_OVER || s->state == STATE_CLOSED) {
        after(s, seat, out);
        return;
    }
    banners(s, out);
    mu_page_said(s, seat, out);
    mu_buf_puts(out, "<main id=\"now\" class=\"grid\"><h1 class=\"vh\">Facilitator</h1>");
    mu_cards(s, seat, out);
    mu_buf_puts(out, "<div>");
    asks(s, seat, out);
    mu_lead_people(s, seat, out);
    mu_lead_stream(s, STREAM, false, out);
    mu_buf_puts(out, "</div><div><section class=\"moves\" id=\"moves\"><h2>Moves</h2><p class=\"m\">Each shows first what it would change. What to do with a card stands under its name.</p>");
    mu_lead_moves(s, seat, out);
    mu_buf_puts(out, "</section>");
    mu_lobby_staff(s, seat, out);
    mu_buf_puts(out, "</div></main>");
}
