/* The list of cards: what was played, is held, is to come, and how each stands; for the facilitator with what can be done about it. */
#include <stdio.h>
#include <string.h>

#include "server/inside.h"

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
        mu_buf_puts(out, "<span class=\"st wt\">○ waits</span><small>a story plays it</small>");
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

static void question_state(const mu_stage *s, int card, const mu_standing *st, mu_buf *out)
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

/* "in 25 of 30 min", and where it was not as asked, how it was. */
static void met_in(const mu_card *c, const mu_standing *st, bool as_asked, mu_buf *out)
{
    char took[24], window[24];
    mu_term_length(st->took < 0 ? 0 : st->took, took);
    mu_term_length(c->within < 0 ? 0 : c->within, window);
    mu_buf_puts(out, "<small>");
    if (!as_asked)
        mu_tag(out, "%s; ", st->met);
    mu_tag(out, "in %s%h%s</small>", took, c->within > 0 ? " of " : "", c->within > 0 ? window : "");
}

static void played(const mu_stage *s, int card, const mu_standing *st, mu_buf *out)
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
        mark(out, as_asked ? "ok" : "lt", as_asked ? "● met" : strstr(st->met, "late") ? "◐ late" : strstr(st->met, "prompt") ? "◐ prompted" : "◐ by others");
        met_in(&s->msel->cards[card], st, as_asked, out);
    } else {
        mark(out, st->unheard ? "bd" : "ok", st->unheard ? "■ reached nobody" : "● delivered");
    }
}

static void card_state(const mu_stage *s, int card, const mu_standing *st, mu_buf *out)
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

/* ---- a card unfolded ---- */

/* A form for one card; it shows what it would change before anything is done. */
static void opens(const mu_stage *s, int seat, const mu_card *c, mu_buf *out)
{
    char key[200];
    snprintf(key, sizeof key, "card %.180s", c->name);
    mu_tag(out, "<form method=\"post\" action=\"/lead/show\"><input type=\"hidden\" name=\"object\" value=\"card:%s\">", c->name);
    mu_page_hidden(s, seat, key, out);
}

static void deeds(const mu_stage *s, int seat, int card, const char *state, mu_buf *out)
{
    const mu_card *c = &s->msel->cards[card];
    opens(s, seat, c, out);
    mu_tag(out, "<p class=\"acts\"><button class=\"b s\" name=\"verb\" value=\"play\">%h</button>", strcmp(state, "held") == 0 ? "Release…" : "Play now…");
    if (strcmp(state, "to come") == 0)
        mu_buf_puts(out, "<button class=\"b s\" name=\"verb\" value=\"hold\">Hold…</button>");
    mu_buf_puts(out, "<button class=\"b s\" name=\"verb\" value=\"cancel\">Take off…</button></p></form>");
    opens(s, seat, c, out);
    mu_tag(out, "<input type=\"hidden\" name=\"verb\" value=\"reschedule\"><p class=\"line\"><label for=\"move-%d\">Move it to how long from now</label><input id=\"move-%d\" name=\"choice\" maxlength=\"20\" required placeholder=\"15m, 1h\">"
                "<button class=\"b s\">Move…</button></p></form>", card, card);
}

static const char *title_of(const mu_stage *s, const char *objective)
{
    for (int i = 0; i < s->msel->objective_count; i++)
        if (strcmp(s->msel->objectives[i].id, objective) == 0)
            return s->msel->objectives[i].text;
    return objective;
}

static void unfolded(const mu_stage *s, int seat, int card, mu_buf *out)
{
    const mu_card *c = &s->msel->cards[card];
    const char *state = mu_run_card_state(s->run, card);
    mu_tag(out, "<p class=\"m\">%s%h%s</p><p>%s</p>", c->from ? c->from : "The exercise", c->via.text ? ", by " : "", c->via.text ? mu_page_called(s, c->via.text) : "", c->says);
    if (c->tests)
        mu_tag(out, "<p class=\"m\">It tests: %s</p>", title_of(s, c->tests));
    if (seat >= 0 && strcmp(state, "played") != 0)
        deeds(s, seat, card, state, out);
}

/* "expects triage, declare within 15 min" */
static void expects(const mu_stage *s, const mu_card *c, mu_buf *out)
{
    char length[24];
    if (c->kind != MU_INJECT && c->within >= 0) {
        mu_term_length(c->within, length);
        mu_tag(out, "<small>an answer within %s</small>", length);
    }
    if (!c->expect.count)
        return;
    mu_buf_puts(out, "<small>expects ");
    for (int i = 0; i < c->expect.count; i++)
        mu_tag(out, "%h%s", i ? ", " : "", mu_page_called(s, c->expect.list[i].text));
    mu_term_length(c->within < 0 ? 0 : c->within, length);
    mu_tag(out, "%h%s</small>", c->within >= 0 ? " within " : "", c->within >= 0 ? length : "");
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

static void card_row(const mu_stage *s, int seat, int card, const mu_standing *st, mu_buf *out)
{
    const mu_card *c = &s->msel->cards[card];
    int64_t at = moment_of(s, card);
    mu_tag(out, "<tr id=\"c%d\"%h><td data-head=\"At\">", card, strcmp(mu_run_card_state(s->run, card), "held") == 0 ? " class=\"held\"" : "");
    if (at >= 0)
        mu_page_time(s, at, out);
    else
        mu_buf_puts(out, "–");
    mu_tag(out, "</td><th scope=\"row\"><details id=\"card-%d\"><summary>%h%s</summary>", card, c->kind == MU_INJECT ? "" : c->kind == MU_QUESTION ? "Question: " : "Decision: ", c->name);
    unfolded(s, seat, card, out);
    mu_buf_puts(out, "</details>");
    expects(s, c, out);
    mu_buf_puts(out, "</th><td data-head=\"To\">");
    for (int i = 0; i < c->to.count; i++)
        mu_tag(out, "%h%s", i ? ", " : "", mu_page_called(s, c->to.list[i].text));
    mu_buf_puts(out, "</td><td data-head=\"State\">");
    card_state(s, card, st, out);
    mu_buf_puts(out, "</td></tr>");
}

/* How many there are of each kind. */
static void counts(const mu_stage *s, mu_buf *out)
{
    int done = 0, held_back = 0, to_go = 0;
    for (int i = 0; i < s->msel->card_count; i++) {
        const char *state = mu_run_card_state(s->run, i);
        done += strcmp(state, "played") == 0;
        held_back += strcmp(state, "held") == 0;
        to_go += strcmp(state, "to come") == 0;
    }
    mu_tag(out, "<h2>Cards <small>%d; %d played, %d held, %d to come</small></h2>", s->msel->card_count, done, held_back, to_go);
}

void mu_cards(mu_stage *s, int seat, mu_buf *out)
{
    mu_arena *arena = mu_arena_new();
    mu_buf_puts(out, "<section class=\"msel\" id=\"msel\">");
    counts(s, out);
    mu_buf_puts(out, "<table class=\"rows\"><thead><tr><th scope=\"col\">At</th><th scope=\"col\">Card</th><th scope=\"col\">To</th><th scope=\"col\">State</th></tr></thead><tbody>");
    int *order = in_order(s, arena);
    bool line = false;
    for (int i = 0; i < s->msel->card_count; i++) {
        int64_t at = moment_of(s, order[i]);
        if (!line && (at < 0 || strcmp(mu_run_card_state(s->run, order[i]), "played") != 0)) {
            mu_buf_puts(out, "<tr class=\"nowline\" id=\"nowline\"><td colspan=\"4\">now</td></tr>");
            line = true;
        }
        card_row(s, seat, order[i], mu_tally_card(s, order[i]), out);
    }
    mu_buf_puts(out, "</tbody></table></section>");
    mu_arena_free(arena);
}
