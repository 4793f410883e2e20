/* The facilitator's moves, each behind a colon. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "participants/line.h"
#include "plan/schema.h"

enum { OBJECTIVE = 1000 }; /* of its text, which is one line: as long as it is */

static const mu_move refused = {.typed = TYPED_REFUSED};

static mu_move plain(mu_typed_line *l, const char *verb)
{
    mu_move m = mu_line_facilitator(verb, NULL);
    m.act.text = mu_line_rest(l);
    return m;
}

static mu_move f_pause(mu_typed_line *l)
{
    return plain(l, "pause");
}

static mu_move f_resume(mu_typed_line *l)
{
    return plain(l, "resume");
}

static mu_move f_speed(mu_typed_line *l)
{
    char rate[32];
    double times = strtod(mu_line_word(l), NULL);
    if (!(times >= 0.01 && times <= 10000))
        return mu_line_refused(l, "Say how many times as fast, from 0.01 to 10000: :speed 2");
    snprintf(rate, sizeof rate, "%lld", (long long)(times * 1000 + 0.5));
    mu_move m = mu_line_facilitator("speed", NULL);
    m.act.choice = mu_term_keep(l->t, rate);
    return mu_line_with_words(l, m);
}

static mu_move to_moment(mu_typed_line *l, const char *verb, const char *object)
{
    char at[32];
    int64_t by = mu_line_length(l);
    if (by < 0)
        return mu_line_refused(l, "Say by how much: 20m, 1h.");
    snprintf(at, sizeof at, "%lld", (long long)mu_run_now(l->t->run) + by);
    mu_move m = mu_line_facilitator(verb, object);
    m.act.choice = mu_term_keep(l->t, at);
    return m;
}

/* A slip of the hand ends no exercise: what would pass its end is not done, and is told with what comes of it. */
static bool past_end(mu_typed_line *l, const mu_move *m, const char *so)
{
    int64_t lasts = mu_run_msel(l->t->run)->lasts, left = lasts - mu_run_now(l->t->run);
    char end[32], length[24];
    if (m->typed != TYPED_ACT || strtoll(m->act.choice, NULL, 10) < lasts || left <= 0)
        return false;
    mu_buf text = {0};
    mu_term_clock(l->t, lasts, end);
    mu_term_length(left, length);
    mu_buf_printf(&text, "ENDEX is at %s, and until then there is %s. %s", end, length, so);
    mu_term_paragraph(l->t, l->out, text.text, 2);
    mu_buf_free(&text);
    return true;
}

static mu_move f_jump(mu_typed_line *l)
{
    mu_move m = to_moment(l, "jump", NULL);
    return past_end(l, &m, "The clock is not moved; :end ends the exercise now.") ? refused : mu_line_with_words(l, m);
}

bool mu_line_same(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b))
        a++, b++;
    return *a == *b;
}

/* The card of this name, in any case; where there is none, what is near is said. */
static const char *card_of(mu_typed_line *l, const char *typed)
{
    enum { MOST = 400 };
    const char *names[MOST];
    const mu_msel *m = mu_run_msel(l->t->run);
    int seen = 0;
    for (int i = 0; i < m->card_count; i++) {
        if (mu_line_same(m->cards[i].name, typed))
            return m->cards[i].name;
        if (seen < MOST)
            names[seen++] = m->cards[i].name;
    }
    const char *near = mu_nearest(typed, names, (size_t)seen);
    mu_buf_printf(l->out, near ? "  There is no such card; did you mean \"" : "  There is no such card; :list shows them");
    mu_buf_safe(l->out, near ? near : "", near ? strlen(near) : 0, 80);
    mu_buf_puts(l->out, near ? "\"?\n" : ".\n");
    return NULL;
}

/* A card's name may hold blanks: all that is left of the line. */
static mu_move on_card(mu_typed_line *l, const char *verb)
{
    char name[400];
    const char *typed = mu_line_rest(l);
    if (!typed)
        return mu_line_refused(l, "Say which card; :list shows them.");
    const char *card = card_of(l, typed);
    if (!card)
        return refused;
    snprintf(name, sizeof name, "card:%s", card);
    return mu_line_facilitator(verb, mu_term_keep(l->t, name));
}

static mu_move f_play(mu_typed_line *l)
{
    return on_card(l, "play");
}

static mu_move f_hold(mu_typed_line *l)
{
    return on_card(l, "hold");
}

static mu_move f_cancel(mu_typed_line *l)
{
    return on_card(l, "cancel");
}

/* :move 20m ransom note */
static mu_move f_move(mu_typed_line *l)
{
    mu_move when = to_moment(l, "reschedule", NULL), m;
    if (when.typed != TYPED_ACT)
        return when;
    if (past_end(l, &when, "The card would never come, and is not moved; :hold keeps it back, :cancel takes it off the list."))
        return refused;
    m = on_card(l, "reschedule");
    if (m.typed == TYPED_ACT)
        m.act.choice = when.act.choice;
    return m;
}

static mu_move f_send(mu_typed_line *l)
{
    const char *whom = mu_line_meant(l, MU_LINE_WHOM, "Say whom, and what: :send legal_counsel The regulator has called.");
    if (!whom)
        return refused;
    mu_move m = mu_line_facilitator("send", whom);
    m.act.text = mu_line_rest(l);
    return m;
}

static mu_move on(mu_typed_line *l, const char *verb, mu_line_set set, const char *how)
{
    const char *what = mu_line_meant(l, set, how);
    return what ? mu_line_facilitator(verb, what) : refused;
}

static mu_move f_away(mu_typed_line *l)
{
    return mu_line_with_words(l, on(l, "away", MU_LINE_PERSON, "Say who: :away ana"));
}

static mu_move f_back(mu_typed_line *l)
{
    return mu_line_with_words(l, on(l, "back", MU_LINE_PERSON, "Say who: :back ana"));
}

static mu_move f_down(mu_typed_line *l)
{
    return mu_line_with_words(l, on(l, "down", MU_LINE_THING, "Say what: :down okta"));
}

static mu_move f_up(mu_typed_line *l)
{
    return mu_line_with_words(l, on(l, "up", MU_LINE_THING, "Say what: :up okta"));
}

/* The number of an event: as the screen shows it, "#12", or bare. */
static const char *number_word(mu_typed_line *l)
{
    const char *word = mu_line_word(l);
    return *word == '#' ? word + 1 : word;
}

static mu_move f_undo(mu_typed_line *l)
{
    mu_move m = mu_line_facilitator("take_back", number_word(l));
    m.act.text = mu_line_rest(l);
    if (!*m.act.object || m.act.object[strspn(m.act.object, "0123456789")])
        return mu_line_refused(l, "Say which act, by the number that was said when it was written (#12), and why: :undo 12 It was a slip.");
    return m.act.text ? m : mu_line_refused(l, "Say why as well; it stands in the record: :undo 12 It was a slip.");
}

/* ---- what is written down, signed by whoever said :as last ---- */

static mu_move f_as(mu_typed_line *l)
{
    const char *who = mu_line_rest(l);
    if (!who || !mu_is_named(who))
        return mu_line_refused(l, "Say who you are: :as Dana Okafor, evaluator");
    l->t->as = mu_symbol(l->t->symbols, who);
    mu_buf_puts(l->out, "  What is written down from here on is signed by ");
    mu_buf_safe(l->out, who, strlen(who), 120);
    mu_buf_puts(l->out, ".\n");
    return (mu_move){.typed = TYPED_SHOWN};
}

static mu_move written(mu_typed_line *l, const char *verb, const char *object)
{
    mu_move m = mu_line_facilitator(verb, object);
    m.act.seat = l->t->as ? mu_term_text(l->t, l->t->as) : m.act.seat;
    return m;
}

/* The number of an event in front of a text, or NULL. */
static const char *event_word(mu_typed_line *l)
{
    l->rest += strspn(l->rest, " ");
    size_t sign = *l->rest == '#', digits = strspn(l->rest + sign, "0123456789");
    return digits && l->rest[sign + digits] == ' ' ? number_word(l) : NULL;
}

/* :note TEXT, or :note 17 TEXT of an event */
static mu_move f_note(mu_typed_line *l)
{
    mu_move m = written(l, "note", event_word(l));
    m.act.text = mu_line_rest(l);
    return m.act.text ? m : mu_line_refused(l, "Say what you saw: :note The bridge waited for legal.");
}

/* :observe contain - 17 The order came after the second volume was lost. */
static mu_move f_observe(mu_typed_line *l)
{
    const char *objective = mu_line_word(l), *sign = mu_line_word(l);
    mu_move m = written(l, "note", event_word(l));
    m.act.via = objective;
    m.act.choice = strcmp(sign, "+") == 0 ? "strength" : strcmp(sign, "-") == 0 ? "area" : sign;
    m.act.text = mu_line_rest(l);
    return m.act.text ? m : mu_line_refused(l, "Say of which objective, + or -, and what you saw: :observe contain - The order came late.");
}

/* A type of gap, in small letters as well, and what of the plan has it, in that order. */
static mu_move of_gap(mu_typed_line *l, const char *verb, const char *how)
{
    char gap[32];
    size_t n = (size_t)snprintf(gap, sizeof gap, "%s", mu_line_word(l));
    for (size_t i = 0; i < n && i < sizeof gap; i++)
        gap[i] = (char)toupper((unsigned char)gap[i]);
    const char *subject = mu_line_meant(l, MU_LINE_SUBJECT, how);
    if (!subject)
        return refused;
    mu_move m = written(l, verb, subject);
    m.act.choice = mu_term_keep(l->t, gap);
    return m;
}

/* :gap ROL-02 role:ciso Nobody could say who leads. */
static mu_move f_gap(mu_typed_line *l)
{
    mu_move m = of_gap(l, "gap", "Say which: :gap ROL-02 role:ciso Nobody could say who leads.");
    m.act.text = mu_line_rest(l);
    return m;
}

static mu_move f_rate(mu_typed_line *l)
{
    mu_move m = written(l, "rate", mu_line_word(l));
    m.act.choice = mu_line_word(l);
    m.act.text = mu_line_rest(l);
    return *m.act.choice ? m : mu_line_refused(l, "Say which objective, how it went, and why: :rate contain S The order came late.");
}

static mu_move f_wash(mu_typed_line *l)
{
    mu_move m = written(l, "wash", NULL);
    m.act.choice = mu_line_word(l);
    m.act.text = mu_line_rest(l);
    return *m.act.choice ? m : mu_line_refused(l, "Say what it is about, and what was said: :wash failed Nobody knew who may stop payments.");
}

static mu_move f_vote(mu_typed_line *l)
{
    mu_move m = written(l, "vote", number_word(l));
    m.act.choice = mu_line_word(l);
    return *m.act.choice ? m : mu_line_refused(l, "Say for which entry of the hot wash, by its number, and how many agree: :vote 412 5");
}

/* :seat ana player */
static mu_move f_seat(mu_typed_line *l)
{
    mu_move m = on(l, "seat", MU_LINE_PERSON, "Say whose, and who plays them: :seat ana player, or :seat ana stand-in");
    if (m.typed == TYPED_ACT)
        m.act.choice = mu_line_word(l);
    return mu_line_with_words(l, m);
}

/* :item ESC-03 escalation:standard ciso 2026-08-10 Give step 2 a time. */
static mu_move f_item(mu_typed_line *l)
{
    static const char how[] = "Say which gap, where, whose, until when, and what: :item ESC-03 escalation:standard ciso 2026-08-10 Give step 2 a time.";
    char via[400];
    mu_move m = of_gap(l, "item", how);
    const char *owner = m.typed == TYPED_ACT ? mu_line_meant(l, MU_LINE_WHOM, how) : NULL;
    if (!owner)
        return refused;
    const char *due = mu_line_word(l);
    snprintf(via, sizeof via, "%s %s", owner, due);
    m.act.via = mu_term_keep(l->t, via);
    m.act.text = mu_line_rest(l);
    return *due ? m : mu_line_refused(l, how);
}

/* :waive ROL-22 role:scribe 2026-12-31 The office fills it in September. */
static mu_move f_waive(mu_typed_line *l)
{
    static const char how[] = "Say which gap, where, until when, and why: :waive ROL-22 role:scribe 2026-12-31 The post is filled in September.";
    mu_move m = of_gap(l, "waive", how);
    if (m.typed != TYPED_ACT)
        return m;
    m.act.via = mu_line_word(l);
    m.act.text = mu_line_rest(l);
    return m.act.text ? m : mu_line_refused(l, how);
}

/* The question of a card, while it is open, or else what the card expects; a question by its number too. */
static const char *what_has_time(mu_typed_line *l, const char *of)
{
    char what[400];
    bool number = !of[strspn(of, "0123456789")];
    const char *card = number ? of : card_of(l, of);
    if (!card)
        return NULL;
    snprintf(what, sizeof what, number ? "prompt:%s" : "card:%s", card);
    for (int64_t p = 0; !number && p < mu_run_prompts(l->t->run); p++)
        if (mu_run_prompt_open(l->t->run, p) && strcmp(mu_run_msel(l->t->run)->cards[mu_run_prompt_card(l->t->run, p)].name, card) == 0)
            snprintf(what, sizeof what, "prompt:%lld", (long long)p);
    return mu_term_keep(l->t, what);
}

/* :extend 10m CARD */
static mu_move f_extend(mu_typed_line *l)
{
    char more[32];
    int64_t by = mu_line_length(l);
    const char *of = mu_line_rest(l), *what = by < 0 || !of ? NULL : what_has_time(l, of);
    if (by < 0 || !of)
        return mu_line_refused(l, "Say by how much, and of what: :extend 10m CARD, of its question or of what it expects; :list shows the cards.");
    if (!what)
        return refused;
    snprintf(more, sizeof more, "%lld", (long long)by);
    mu_move m = mu_line_facilitator("extend", what);
    m.act.choice = mu_term_keep(l->t, more);
    return m;
}

/* A letter makes :end of :send; a reason to end does not begin with somebody's name. */
static mu_move f_end(mu_typed_line *l)
{
    const char *all = l->rest, *whom = mu_line_try(l, MU_LINE_WHOM);
    l->rest = all;
    return whom ? mu_line_refused(l, "That would end the exercise, and names somebody: :send tells them something, :end alone ends it.") : plain(l, "end");
}

static void card_line(mu_typed_line *l, int card)
{
    const mu_card *c = &mu_run_msel(l->t->run)->cards[card];
    char at[32] = "story";
    if (c->at >= 0)
        mu_term_clock(l->t, c->at, at);
    mu_buf_printf(l->out, "  %-6s %-12s ", at, mu_run_card_state(l->t->run, card));
    mu_buf_safe(l->out, c->name, strlen(c->name), 40);
    mu_buf_puts(l->out, "\n");
}

/* For one pair of eyes: the screen is cleared before it goes on. */
static mu_move f_list(mu_typed_line *l)
{
    const mu_msel *m = mu_run_msel(l->t->run);
    mu_term_hide(l->out);
    mu_buf_puts(l->out, "  (for the facilitator's eyes; Enter clears the screen)\n");
    for (int i = 0; i < m->card_count; i++)
        card_line(l, i);
    for (int i = 0; i < m->objective_count; i++) {
        mu_buf_puts(l->out, "  objective ");
        mu_buf_safe(l->out, m->objectives[i].id, strlen(m->objectives[i].id), 30);
        mu_buf_puts(l->out, ": ");
        mu_buf_safe(l->out, m->objectives[i].text, strlen(m->objectives[i].text), OBJECTIVE);
        mu_buf_puts(l->out, "\n");
    }
    l->t->held = false;
    l->t->asked_before = l->t->asking;
    l->t->asking = ASK_CLEAR;
    return (mu_move){.typed = TYPED_SHOWN};
}

const mu_move_row mu_steering[] = {
    {":pause", "stop the clock", f_pause},
    {":resume", "start it again", f_resume},
    {":speed", "how many times as fast: :speed 2", f_speed},
    {":jump", "move the clock on: :jump 1h; what is jumped over is held", f_jump},
    {":list", "the cards and the objectives, and how they stand", f_list},
    {":play", "release a card, or play it early: :play CARD", f_play},
    {":hold", "keep a card back: :hold CARD", f_hold},
    {":cancel", "take a card off the list: :cancel CARD", f_cancel},
    {":move", "move a card on: :move 20m CARD", f_move},
    {":send", "send one off the script: :send WHO TEXT", f_send},
    {":away", "mark a person away: :away ana", f_away},
    {":back", "mark a person back", f_back},
    {":down", "mark a thing down: :down okta", f_down},
    {":up", "mark a thing up", f_up},
    {":undo", "take an act back: :undo NUMBER WHY", f_undo},
    {":as", "say who signs what is written down from here on: :as NAME, FUNCTION", f_as},
    {":note", "write an observation down: :note [NUMBER] TEXT", f_note},
    {":observe", "the same for an objective, + what held or - what did not: :observe OBJECTIVE +|- [NUMBER] TEXT", f_observe},
    {":gap", "write a gap down that you saw: :gap TYPE WHERE TEXT", f_gap},
    {":rate", "rate an objective: :rate OBJECTIVE P|S|M|U WHY", f_rate},
    {":wash", "what is said in the hot wash: :wash held|failed|change TEXT", f_wash},
    {":vote", "how many agree with it: :vote NUMBER HOW-MANY", f_vote},
    {":item", "agree an improvement: :item GAP WHERE OWNER DUE TEXT", f_item},
    {":waive", "accept a gap for a time, by name: :waive GAP WHERE UNTIL WHY", f_waive},
    {":seat", "who plays a person from now on: :seat ana player, or stand-in", f_seat},
    {":extend", "give more time to a question, or to what a card expects: :extend 10m CARD", f_extend},
    {":end", "end the exercise", f_end},
    {NULL, NULL, NULL},
};
