/* The facilitator's one screen: the clock, the cards and how they stand, the people, what happened last, and every move. */
#include <stdlib.h>
#include <string.h>

#include "report/model.h"
#include "server/inside.h"

enum { STREAM = 14, ASKS = 6 };

/* How a card stands, gathered from the record. */
typedef struct standing {
    const char *met;          /* outcome of the last expectation that was met, or NULL */
    bool missed, unheard, silent, answered, in_time;
} standing;

static standing *gather(const mu_stage *s, mu_arena *arena)
{
    standing *list = mu_alloc(arena, ((size_t)s->msel->card_count + 1) * sizeof *list);
    for (size_t n = 1; n <= mu_journal_count(s->journal); n++) {
        const mu_event *e = mu_journal_event(s->journal, n);
        int card = mu_event_field_of(e->kind, "card") >= 0 ? mu_run_card(s->run, e->arg[mu_event_field_of(e->kind, "card")]) : -1;
        if (card < 0)
            continue;
        if (e->kind == EV_EXPECT_MET)
            list[card].met = mu_journal_text(s->journal, e, "outcome");
        list[card].missed = list[card].missed || e->kind == EV_EXPECT_MISSED;
        list[card].unheard = list[card].unheard || e->kind == EV_INJECT_UNHEARD;
        list[card].silent = list[card].silent || e->kind == EV_PROMPT_SILENT;
        if (e->kind == EV_PROMPT_ANSWERED) {
            list[card].answered = true;
            list[card].in_time = mu_journal_value(s->journal, e, "in_time");
        }
    }
    return list;
}

static void mark(mu_buf *out, const char *class, const char *words)
{
    mu_tag(out, "<span class=\"st %h\">%s</span>", class, words);
}

static void to_come(const mu_stage *s, int card, mu_buf *out)
{
    const mu_card *c = &s->msel->cards[card];
    int64_t at = mu_run_card_at(s->run, card);
    if (c->unless.count)
        mark(out, "wt", "○ if needed");
    else if (at < 0)
        mark(out, "wt", "○ a story plays it");
    else
        mu_tag(out, "<span class=\"st wt\">○ due <span data-at=\"%l\"></span></span>", at);
}

static void held(const mu_stage *s, int card, mu_buf *out)
{
    int64_t at = mu_run_card_at(s->run, card), drift = at < 0 ? 0 : mu_stage_now(s) - at;
    char length[24];
    mu_term_length(drift, length);
    mark(out, "lt", "Ⅱ held");
    if (drift > 0 && s->reading)
        mu_tag(out, "<small>%s after its time</small>", length);
}

static void question_state(const mu_stage *s, int card, const standing *st, mu_buf *out)
{
    for (int64_t p = mu_run_prompts(s->run) - 1; p >= 0; p--)
        if (mu_run_prompt_card(s->run, p) == card && mu_run_prompt_open(s->run, p)) {
            mark(out, "op", "▸ asked");
            mu_tag(out, "<small>%s; ", mu_page_name(s, mu_run_prompt_person(s->run, p)));
            if (mu_run_prompt_until(s->run, p) >= 0)
                mu_page_until(s, mu_run_prompt_until(s->run, p), out);
            mu_buf_puts(out, "</small>");
            return;
        }
    mark(out, st->answered ? st->silent || !st->in_time ? "lt" : "ok" : "bd", st->answered ? st->silent || !st->in_time ? "◐ answered late" : "● answered" : "■ no answer");
}

static void played(const mu_stage *s, int card, const standing *st, mu_buf *out)
{
    int64_t until;
    const char *expects = mu_run_card_expects(s->run, card, &until);
    bool as_asked = st->met && (strcmp(st->met, "met") == 0 || strcmp(st->met, "already done") == 0);
    if (s->msel->cards[card].kind != MU_INJECT) {
        question_state(s, card, st, out);
    } else if (expects && *expects == 'o') {
        mark(out, "op", "▸ under way");
        if (until >= 0) {
            mu_buf_puts(out, "<small>");
            mu_page_until(s, until, out);
            mu_buf_puts(out, "</small>");
        }
    } else if (st->missed) {
        mark(out, "bd", st->unheard ? "■ missed, reached nobody" : "■ missed");
    } else if (st->met) {
        mark(out, as_asked ? "ok" : "lt", as_asked ? "● met" : st->met);
    } else {
        mark(out, st->unheard ? "bd" : "ok", st->unheard ? "■ reached nobody" : "● delivered");
    }
}

static void card_state(const mu_stage *s, int card, const standing *st, mu_buf *out)
{
    const char *state = mu_run_card_state(s->run, card);
    if (strcmp(state, "held") == 0)
        held(s, card, out);
    else if (strcmp(state, "to come") == 0)
        to_come(s, card, out);
    else if (strcmp(state, "played") == 0)
        played(s, card, st, out);
    else
        mark(out, "wt", "– off the list");
}

static void card_deeds(const mu_stage *s, int seat, const mu_card *c, const char *state, mu_buf *out)
{
    char key[160];
    if (seat < 0 || strcmp(state, "played") == 0)
        return;
    mu_buf text = {0};
    mu_buf_printf(&text, "card %s", c->name);
    memcpy(key, text.text, text.len < sizeof key ? text.len + 1 : sizeof key);
    key[sizeof key - 1] = '\0';
    mu_buf_free(&text);
    mu_tag(out, "<details id=\"card-%s\"><summary>Change it</summary><form method=\"post\" action=\"/lead/show\" class=\"acts\"><input type=\"hidden\" name=\"object\" value=\"card:%s\">", c->name, c->name);
    mu_page_hidden(s, seat, key, out);
    mu_tag(out, "<button class=\"b s\" name=\"verb\" value=\"play\">%h</button>", strcmp(state, "held") == 0 ? "Release…" : "Play now…");
    if (strcmp(state, "held") != 0)
        mu_buf_puts(out, "<button class=\"b s\" name=\"verb\" value=\"hold\">Hold…</button>");
    mu_buf_puts(out, "<button class=\"b s\" name=\"verb\" value=\"cancel\">Take off…</button></form></details>");
}

/* When it was played, or is to come; -1 where a story says. */
static int64_t moment_of(const mu_stage *s, int card)
{
    return mu_run_card_played(s->run, card) >= 0 ? mu_run_card_played(s->run, card) : mu_run_card_at(s->run, card);
}

static bool comes_before(const mu_stage *s, int a, int b)
{
    bool pa = mu_run_card_played(s->run, a) >= 0, pb = mu_run_card_played(s->run, b) >= 0;
    int64_t x = moment_of(s, a), y = moment_of(s, b);
    return pa != pb ? pa : (x < 0) != (y < 0) ? y < 0 : x < y;
}

/* What was played, then what is to come, then what waits for a story. */
static int *in_order(const mu_stage *s, mu_arena *arena)
{
    int *order = mu_alloc(arena, ((size_t)s->msel->card_count + 1) * sizeof *order);
    for (int i = 0; i < s->msel->card_count; i++) {
        int k = i;
        for (; k > 0 && comes_before(s, i, order[k - 1]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}

static void card_row(const mu_stage *s, int seat, int card, const standing *st, mu_buf *out)
{
    const mu_card *c = &s->msel->cards[card];
    int64_t at = moment_of(s, card);
    mu_tag(out, "<tr id=\"c%d\"><td data-head=\"At\">", card);
    if (at >= 0)
        mu_page_time(s, at, out);
    else
        mu_buf_puts(out, "–");
    mu_tag(out, "</td><th scope=\"row\">%h%s", c->kind == MU_INJECT ? "" : c->kind == MU_QUESTION ? "Question: " : "Decision: ", c->name);
    if (c->tests)
        mu_tag(out, "<small>tests %s</small>", c->tests);
    card_deeds(s, seat, c, mu_run_card_state(s->run, card), out);
    mu_buf_puts(out, "</th><td data-head=\"To\">");
    for (int i = 0; i < c->to.count; i++)
        mu_tag(out, "%h%s", i ? ", " : "", mu_page_name(s, mu_symbol(s->symbols, c->to.list[i].text)));
    mu_buf_puts(out, "</td><td data-head=\"State\">");
    card_state(s, card, st, out);
    mu_buf_puts(out, "</td></tr>");
}

void mu_lead_cards(mu_stage *s, int seat, mu_buf *out)
{
    mu_arena *arena = mu_arena_new();
    standing *list = gather(s, arena);
    int done = 0, waits = 0;
    for (int i = 0; i < s->msel->card_count; i++) {
        done += strcmp(mu_run_card_state(s->run, i), "played") == 0;
        waits += strcmp(mu_run_card_state(s->run, i), "held") == 0;
    }
    mu_tag(out, "<section class=\"msel\" id=\"msel\"><h2>Cards <small>%d; %d played, %d held</small></h2><table class=\"rows\"><thead><tr><th scope=\"col\">At</th><th scope=\"col\">Card</th>"
                "<th scope=\"col\">To</th><th scope=\"col\">State</th></tr></thead><tbody>", s->msel->card_count, done, waits);
    int *order = in_order(s, arena);
    bool line = false;
    for (int i = 0; i < s->msel->card_count; i++) {
        int64_t at = moment_of(s, order[i]);
        if (!line && (at < 0 || strcmp(mu_run_card_state(s->run, order[i]), "played") != 0)) {
            mu_buf_puts(out, "<tr class=\"nowline\" id=\"nowline\"><td colspan=\"4\">now</td></tr>");
            line = true;
        }
        card_row(s, seat, order[i], &list[order[i]], out);
    }
    mu_buf_puts(out, "</tbody></table></section>");
    mu_arena_free(arena);
}

/* ---- people ---- */

static int screens(const mu_stage *s, int seat)
{
    int count = 0;
    for (const mu_viewer *v = s->viewers; v; v = v->next)
        count += v->seat == seat;
    return count;
}

static int open_for(const mu_stage *s, int64_t person)
{
    int count = 0;
    for (int64_t p = 0; p < mu_run_prompts(s->run); p++)
        count += mu_run_prompt_person(s->run, p) == person;
    for (int64_t m = 0; m < mu_run_messages(s->run); m++)
        count += mu_run_message_open(s->run, m) && mu_run_message_person(s->run, m) == person && mu_symbol_number(mu_run_message_about(s->run, m), MU_PROMPT_N) < 0;
    return count;
}

static bool holds(const mu_stage *s, int person, mu_buf *out)
{
    const char *why;
    int count = 0;
    for (int i = 0; i < s->world->role_count; i++)
        if (mu_holder(s->world, i, mu_stage_now(s), &why) == person) {
            const char *title = mu_get_text(s->world->roles[i].node, "title");
            mu_tag(out, "%h%s", count++ ? ", " : "", title ? title : s->world->roles[i].node->key);
        }
    return count > 0;
}

static void link_form(const char *who, int seat, mu_buf *out)
{
    mu_tag(out, "<form method=\"post\" action=\"/lead/invite\"><input type=\"hidden\" name=\"part\" value=\"player\"><input type=\"hidden\" name=\"person\" value=\"%s\">"
                "<button class=\"b s\">Make a link</button></form>", who);
    if (seat >= 0)
        mu_tag(out, "<form method=\"post\" action=\"/lead/revoke\"><input type=\"hidden\" name=\"seat\" value=\"%d\"><button class=\"b s\">Take back</button></form>", seat);
}

static void person_row(const mu_stage *s, int own, int person, const mu_buf *roles, mu_buf *out)
{
    int64_t name = mu_stage_symbol(s, person);
    const char *who = mu_symbol_text(s->symbols, name);
    int seat = mu_seats_find(s->seats, PART_PLAYER, who), open = open_for(s, name);
    bool played = s->world->people[person].played;
    mu_tag(out, "<tr id=\"p%d\"><th scope=\"row\">%s<small>%h</small></th><td data-head=\"State\">", person, mu_page_name(s, name), roles->text ? roles->text : "");
    if (!played)
        mark(out, "wt", "– a stand-in");
    else if (seat < 0 || !screens(s, seat))
        mark(out, "lt", "○ lost: no page open");
    else
        mark(out, "ok", "● here");
    mu_tag(out, "</td><td data-head=\"Open\">%d</td>", open);
    if (own >= 0) {
        mu_tag(out, "<td><div class=\"acts\"><a class=\"look\" href=\"/lead/as?person=%s\">Screen</a>", who);
        if (!played || seat < 0 || !screens(s, seat))
            link_form(who, played ? seat : -1, out);
        mu_buf_puts(out, "</div></td>");
    }
    mu_buf_puts(out, "</tr>");
}

void mu_lead_people(mu_stage *s, int own, mu_buf *out)
{
    mu_tag(out, "<section id=\"people\"><h2>People</h2><table class=\"rows\"><thead><tr><th scope=\"col\">Who</th><th scope=\"col\">State</th><th scope=\"col\">Open</th>%h</tr></thead><tbody>",
           own >= 0 ? "<th scope=\"col\">Do</th>" : "");
    for (int i = 0; i < s->world->person_count; i++) {
        mu_buf roles = {0};
        if (holds(s, i, &roles) || s->world->people[i].played || open_for(s, mu_stage_symbol(s, i)))
            person_row(s, own, i, &roles, out);
        mu_buf_free(&roles);
    }
    mu_buf_puts(out, "</tbody></table></section>");
}

/* ---- what happened ---- */

static bool is_told(mu_kind_of_event k)
{
    return k != EV_NOTIFY_ATTEMPT && k != EV_NOTIFY_OPENED && k != EV_ACT && k != EV_PERSON_PINNED && k != EV_OPTION && k != EV_ASSUMED && k != EV_PINNED && k != EV_ROLE_FILLED;
}

void mu_lead_stream(mu_stage *s, int most, mu_buf *out)
{
    mu_arena *arena = mu_arena_new();
    const mu_report *words = mu_report_words(s->plan, s->journal, arena);
    mu_buf_puts(out, "<section id=\"stream\"><h2>Last events</h2><ol class=\"stream\">");
    for (size_t n = mu_journal_count(s->journal); n > 0 && most > 0; n--) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (!is_told(e->kind))
            continue;
        mu_tag(out, "<li id=\"e%d\">", (int)n);
        mu_page_time(s, e->t, out);
        mu_tag(out, "<span class=\"mono\">#%d</span><span>%s</span></li>", (int)n, mu_event_words(words, (uint32_t)n));
        most--;
    }
    mu_buf_puts(out, "</ol></section>");
    mu_arena_free(arena);
}

/* Whoever asked the exercise for something waits for an answer; the last ones stand here. */
static void asks(const mu_stage *s, mu_buf *out)
{
    int most = ASKS;
    for (size_t n = mu_journal_count(s->journal); n > 0 && most > 0; n--) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (e->kind != EV_ASKED)
            continue;
        if (most == ASKS)
            mu_buf_puts(out, "<section id=\"asks\"><h2>Asked of you</h2><ul class=\"list\">");
        mu_tag(out, "<li id=\"a%d\"><p><b>%s</b>: %s</p></li>", (int)n, mu_page_name(s, e->arg[1]), mu_journal_text(s->journal, e, "text"));
        most--;
    }
    if (most < ASKS)
        mu_buf_puts(out, "</ul><p class=\"m\">Answer with “Send one off the script”.</p></section>");
}

/* ---- the page ---- */

static void banners(mu_stage *s, mu_buf *out)
{
    char length[24];
    mu_term_length(s->away, length);
    if (s->failure && s->state == STATE_PAUSED)
        mu_tag(out, "<p class=\"over\" id=\"failed\" role=\"alert\">■ A story of the script has failed, and the exercise stands: %s. Cards with a time of their own still come; play the others by hand.</p>",
               mu_journal_text(s->journal, mu_journal_event(s->journal, s->failure), "why"));
    if (s->away && s->standing)
        mu_tag(out, "<p class=\"over\" id=\"lapse\" role=\"alert\">◐ The program was away for %s. That is long: the exercise stands where it was. Go on from here, or move the clock on first.</p>", length);
    else if (s->away)
        mu_tag(out, "<p class=\"over\" id=\"lapse\">◐ The program was away for %s. The clock was moved on by that; nobody’s time passed, and what came due meanwhile is held.</p>", length);
}

static void clock_form(const mu_stage *s, int seat, mu_buf *out)
{
    bool paused = s->state == STATE_PAUSED;
    mu_tag(out, "<form method=\"post\" action=\"/lead/do\" class=\"acts\" id=\"clock-form\"><input type=\"hidden\" name=\"verb\" value=\"%h\">", paused ? "resume" : "pause");
    mu_page_hidden(s, seat, paused ? "resume" : "pause", out);
    mu_tag(out, "<button class=\"b\">%h</button><small>%h</small></form>", paused ? "Go on" : "Pause",
           paused ? "The clock runs again; everybody’s time counts from then." : "The clock stands at once; nobody’s time counts.");
}

static void after(const mu_stage *s, int seat, mu_buf *out)
{
    mu_buf_puts(out, "<main id=\"now\" class=\"plain\">");
    if (s->said[seat].len)
        mu_tag(out, "<pre class=\"said\" id=\"said\" role=\"status\">%s</pre>", s->said[seat].text);
    mu_buf_puts(out, "<h1>The exercise is over</h1><p><a href=\"/wash\">The hot wash</a>, <a href=\"/rate\">the evaluation guide</a>, <a href=\"/report\">the report as it stands</a></p>");
    if (s->state == STATE_OVER) {
        mu_buf_puts(out, "<form method=\"post\" action=\"/lead/close\">");
        mu_page_hidden(s, seat, "close", out);
        mu_buf_puts(out, "<p class=\"m\">Closing ends the hot wash for everybody, writes the reports, and ends the program.</p><button class=\"b\">Close, and write the reports</button></form>");
    }
    mu_buf_puts(out, "</main>");
}

void mu_lead_live(mu_stage *s, int seat, mu_buf *out)
{
    mu_page_bar(s, "<b>Facilitator</b>", out);
    if (s->state == STATE_OVER || s->state == STATE_CLOSED) {
        after(s, seat, out);
        return;
    }
    mu_buf_puts(out, "<div class=\"under\">");
    clock_form(s, seat, out);
    mu_buf_puts(out, "<form method=\"post\" action=\"/lead/do\" class=\"acts\"><input type=\"hidden\" name=\"verb\" value=\"stop\">");
    mu_page_hidden(s, seat, "stop", out);
    mu_buf_puts(out, "<button class=\"b d\">Stop: this is real</button><small>Ends the exercise for everybody, at once.</small></form></div>");
    banners(s, out);
    if (s->said[seat].len)
        mu_tag(out, "<pre class=\"said\" id=\"said\" role=\"status\">%s</pre>", s->said[seat].text);
    mu_buf_puts(out, "<main id=\"now\" class=\"grid\"><h1 class=\"vh\">Facilitator</h1>");
    mu_lead_cards(s, seat, out);
    mu_buf_puts(out, "<div>");
    asks(s, out);
    mu_lead_people(s, seat, out);
    mu_lead_stream(s, STREAM, out);
    mu_buf_puts(out, "</div><section class=\"moves\" id=\"moves\"><h2>Moves</h2>");
    mu_lead_moves(s, seat, out);
    mu_buf_puts(out, "</section>");
    mu_lobby_staff(s, seat, out);
    mu_buf_puts(out, "</main>");
}
