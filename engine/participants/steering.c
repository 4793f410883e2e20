/* The facilitator's moves, each behind a colon. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "participants/line.h"
#include "plan/schema.h"


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
        return mu_line_refused(l, "Say how many times as fast: :speed 2");
    snprintf(rate, sizeof rate, "%lld", (long long)(times * 1000 + 0.5));
    mu_move m = mu_line_facilitator("speed", NULL);
    m.act.choice = mu_term_keep(l->t, rate);
    return m;
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

static mu_move f_jump(mu_typed_line *l)
{
    return to_moment(l, "jump", NULL);
}

/* A card's name may hold blanks: all that is left of the line. */
static mu_move on_card(mu_typed_line *l, const char *verb)
{
    char name[400];
    const char *card = mu_line_rest(l);
    if (!card)
        return mu_line_refused(l, "Say which card; :list shows them.");
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
    m = on_card(l, "reschedule");
    m.act.choice = when.act.choice;
    return m;
}

static mu_move f_send(mu_typed_line *l)
{
    mu_move m = mu_line_facilitator("send", mu_line_whom(l, mu_line_word(l)));
    m.act.text = mu_line_rest(l);
    return m;
}

static mu_move on_person(mu_typed_line *l, const char *verb)
{
    return mu_line_facilitator(verb, mu_line_kind(l, mu_line_word(l), "person", "people"));
}

static mu_move f_away(mu_typed_line *l)
{
    return on_person(l, "away");
}

static mu_move f_back(mu_typed_line *l)
{
    return on_person(l, "back");
}

static mu_move f_down(mu_typed_line *l)
{
    return mu_line_facilitator("down", mu_line_thing(l, mu_line_word(l)));
}

static mu_move f_up(mu_typed_line *l)
{
    return mu_line_facilitator("up", mu_line_thing(l, mu_line_word(l)));
}

static mu_move f_undo(mu_typed_line *l)
{
    mu_move m = mu_line_facilitator("take_back", mu_line_word(l));
    m.act.text = mu_line_rest(l);
    return m;
}

/* :note TEXT, or :note 17 TEXT of an event */
static mu_move f_note(mu_typed_line *l)
{
    l->rest += strspn(l->rest, " ");
    size_t digits = strspn(l->rest, "0123456789");
    const char *event = digits && l->rest[digits] == ' ' ? mu_line_word(l) : NULL;
    mu_move m = mu_line_facilitator("note", event);
    m.act.text = mu_line_rest(l);
    return m.act.text ? m : mu_line_refused(l, "Say what you saw: :note The bridge waited for legal.");
}

/* :gap ROL-02 role:ciso Nobody could say who leads. */
static mu_move f_gap(mu_typed_line *l)
{
    const char *gap = mu_line_word(l), *subject = mu_line_word(l);
    mu_move m = mu_line_facilitator("gap", mu_line_thing(l, mu_line_whom(l, subject)));
    m.act.choice = gap;
    m.act.text = mu_line_rest(l);
    return *gap ? m : mu_line_refused(l, "Say which: :gap ROL-02 role:ciso Nobody could say who leads.");
}

static mu_move f_rate(mu_typed_line *l)
{
    mu_move m = mu_line_facilitator("rate", mu_line_word(l));
    m.act.choice = mu_line_word(l);
    m.act.text = mu_line_rest(l);
    return m;
}

static mu_move f_end(mu_typed_line *l)
{
    return plain(l, "end");
}

static void card_line(mu_typed_line *l, int card)
{
    const mu_card *c = &mu_run_msel(l->t->run)->cards[card];
    char at[16] = "story";
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
        mu_buf_safe(l->out, m->objectives[i].text, strlen(m->objectives[i].text), 60);
        mu_buf_puts(l->out, "\n");
    }
    l->t->held = 0;
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
    {":note", "write an observation down: :note [NUMBER] TEXT", f_note},
    {":gap", "write a gap down that you saw: :gap TYPE WHERE TEXT", f_gap},
    {":rate", "propose a rating: :rate OBJECTIVE P|S|M|U WHY", f_rate},
    {":end", "end the exercise", f_end},
    {NULL, NULL, NULL},
};
