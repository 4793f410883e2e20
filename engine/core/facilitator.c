/* What the facilitator may do: the list of cards, the world, the clock, and the record. */
#include <stdlib.h>
#include <string.h>

#include "core/hand.h"

/* ---- cards ---- */

static int card_of(const mu_hand *h)
{
    const char *object = h->act->object;
    for (int i = 0; mu_hand_prefix(object, "card") && i < h->r->msel->card_count; i++)
        if (strcmp(h->r->msel->cards[i].name, object + 5) == 0)
            return i;
    return -1;
}

static const char *check_card(const mu_hand *h)
{
    int card = card_of(h);
    if (card < 0)
        return "there is no such card";
    return h->r->cards[card].state == CARD_PLAYED ? "that card has been played" : NULL;
}

static const char *check_hold(const mu_hand *h)
{
    const char *why = check_card(h);
    return why ? why : h->r->cards[card_of(h)].state == CARD_HELD ? "that card is held already" : NULL;
}

static const char *check_cancel(const mu_hand *h)
{
    const char *why = check_card(h);
    return why ? why : h->r->cards[card_of(h)].state == CARD_GONE ? "that card is off the list already" : NULL;
}

static const char *check_later(const mu_hand *h)
{
    return mu_hand_whole(h->act->choice) >= h->r->now ? NULL : "that is no later exercise time";
}

static const char *check_reschedule(const mu_hand *h)
{
    const char *why = check_card(h);
    return why ? why : check_later(h);
}

static void do_play(mu_hand *h)
{
    int card = card_of(h);
    const mu_card *c = &h->r->msel->cards[card];
    int64_t drift = c->at >= 0 ? h->r->now - c->at : 0;
    if (h->r->cards[card].state == CARD_HELD && drift > 0)
        EMIT(h->r, EV_INJECT_DEFERRED, h->r->laid[card].name, drift, mu_hand_by(h));
    mu_card_release(h->r, card, mu_hand_by(h));
}

static void do_hold(mu_hand *h)
{
    h->r->cards[card_of(h)].state = CARD_HELD;
    EMIT(h->r, EV_INJECT_HELD, h->r->laid[card_of(h)].name, mu_sym(h->r, h->act->text ? h->act->text : "by the facilitator"));
}

static void do_cancel(mu_hand *h)
{
    int card = card_of(h);
    h->r->cards[card].state = CARD_GONE;
    EMIT(h->r, EV_INJECT_CANCELLED, h->r->laid[card].name, mu_hand_by(h), mu_sym(h->r, h->act->text));
    mu_card_was_cancelled(h->r, card);
}

static void do_reschedule(mu_hand *h)
{
    int card = card_of(h);
    int64_t t = mu_hand_whole(h->act->choice), at = h->r->msel->cards[card].at;
    h->r->cards[card].state = CARD_LAID;
    EMIT(h->r, EV_INJECT_DEFERRED, h->r->laid[card].name, at >= 0 ? t - at : 0, mu_hand_by(h));
    h->r->cards[card].moved = t;
    mu_at(h->r, t, T_CARD, card, 1);
}

static void do_send(mu_hand *h)
{
    mu_hand_tell(h, mu_symf(h->r, "note:%s", h->act->text));
}

static const char *check_send(const mu_hand *h)
{
    const char *why = mu_check_whom(h);
    return why ? why : h->act->text ? NULL : "say it in words";
}

/* ---- the world ---- */

static const char *check_person(const mu_hand *h)
{
    bool away = strcmp(h->act->verb, "away") == 0;
    if (!h->node || !mu_is_person(h->r->world, h->node))
        return "the plan has no such person";
    if (h->r->world->people[h->node->value].gone == away)
        return away ? "they are away already" : "they were not marked away";
    return NULL;
}

static const char *check_thing(const mu_hand *h)
{
    bool down = strcmp(h->act->verb, "down") == 0;
    int thing = h->node ? mu_thing_of(h->r->world, h->node) : -1;
    if (thing < 0)
        return "the plan has no such thing";
    if (h->r->world->things[thing].down == down)
        return down ? "it is down already" : "it was not marked down";
    return NULL;
}

static void do_away(mu_hand *h)
{
    mu_set_away(h->r, h->node, strcmp(h->act->verb, "away") == 0, mu_hand_by(h));
}

static void do_down(mu_hand *h)
{
    mu_set_down(h->r, h->node, strcmp(h->act->verb, "down") == 0, mu_hand_by(h));
}

/* Whoever is played is asked at a screen of their own; everybody else is stood in for. */
static const char *check_seat(const mu_hand *h)
{
    const char *seat = h->act->choice ? h->act->choice : "";
    bool player = strcmp(seat, "player") == 0;
    if (!h->node || !mu_is_person(h->r->world, h->node))
        return "the plan has no such person";
    if (!player && strcmp(seat, "stand-in") != 0)
        return "a person is a player or a stand-in";
    if (h->r->world->people[h->node->value].played != player)
        return NULL;
    return !player && mu_run_played(h->r, h->node->value) ? "they are asked as holder of a role that is played, and not in a place of their own" : "so it is already";
}

static void do_seat(mu_hand *h)
{
    h->r->world->people[h->node->value].played = strcmp(h->act->choice, "player") == 0;
    h->r->played = true;
    EMIT(h->r, EV_SEAT, h->r->world->people[h->node->value].name, mu_sym(h->r, h->act->choice), mu_hand_by(h));
}

/* ---- more time ---- */

static int prompt_of(const mu_hand *h)
{
    return mu_hand_number(h, MU_PROMPT_N, "prompt", h->r->prompts.count);
}

static bool waits(const mu_expect *e, int card)
{
    return e->card == card && !e->met && !e->missed && e->until != MU_NEVER;
}

static const char *check_extend(const mu_hand *h)
{
    int prompt = prompt_of(h), card = card_of(h);
    if (mu_hand_whole(h->act->choice) <= 0)
        return "say by how much, a number of milliseconds above 0";
    if (prompt >= 0)
        return mu_run_prompt_until(h->r, prompt) >= 0 ? NULL : "no time runs for that question";
    for (int i = 0; card >= 0 && i < h->r->expects.count; i++)
        if (waits(&h->r->expects.list[i], card))
            return NULL;
    return "no time runs for that";
}

static void do_extend(mu_hand *h)
{
    mu_run *r = h->r;
    int64_t more = mu_hand_whole(h->act->choice);
    int prompt = prompt_of(h), card = card_of(h);
    if (prompt >= 0) {
        mu_prompt *p = &r->prompts.list[prompt];
        p->until += more;
        mu_at(r, p->until, T_PROMPT, prompt, 0);
        EMIT(r, EV_EXTENDED, mu_symbol_counted(MU_PROMPT_N, prompt), r->world->people[p->person].name, p->until, mu_hand_by(h));
        return;
    }
    for (int i = 0; i < r->expects.count; i++) {
        mu_expect *e = &r->expects.list[i];
        if (!waits(e, card))
            continue;
        e->until += more;
        mu_at(r, e->until, T_EXPECT, i, 0);
        EMIT(r, EV_EXTENDED, r->laid[card].name, 0, e->until, mu_hand_by(h));
    }
}

/* ---- taking back ---- */

static const mu_event *taken(const mu_hand *h)
{
    int64_t n = mu_hand_whole(h->act->object);
    const mu_event *e = n >= 1 && (size_t)n <= mu_journal_count(h->r->journal) ? mu_journal_event(h->r->journal, (size_t)n) : NULL;
    return e && e->kind == EV_ACT ? e : NULL;
}

static const char *check_taken(const mu_hand *h)
{
    const mu_event *act = taken(h);
    if (act && mu_taken_back(h->r, act->n))
        return "that act has been taken back already";
    return act ? NULL : "there is no act with that number";
}

static void do_take_back(mu_hand *h)
{
    uint32_t act = taken(h)->n;
    EMIT(h->r, EV_TAKEN_BACK, act, mu_hand_by(h), mu_sym(h->r, h->act->text));
    mu_undo(h->r, act, mu_hand_by(h));
}

/* ---- the clock ---- */

static const char *check_pause(const mu_hand *h)
{
    return h->r->paused ? "the clock stands already" : NULL;
}

static const char *check_resume(const mu_hand *h)
{
    return h->r->paused ? NULL : "the clock runs already";
}

static const char *check_speed(const mu_hand *h)
{
    return mu_hand_whole(h->act->choice) > 0 ? NULL : "a rate is a number of thousandths above 0";
}

static void do_pause(mu_hand *h)
{
    h->r->paused = true;
    EMIT(h->r, EV_PAUSE, mu_hand_by(h), mu_sym(h->r, h->act->text));
}

static void do_resume(mu_hand *h)
{
    int64_t paused = mu_hand_whole(h->act->choice);
    h->r->paused = false;
    EMIT(h->r, EV_RESUME, mu_hand_by(h), paused > 0 ? paused : 0);
}

static void do_return(mu_hand *h)
{
    int64_t away = mu_hand_whole(h->act->choice);
    EMIT(h->r, EV_DOWNTIME, away > 0 ? away : 0);
}

static void do_pass(mu_hand *h)
{
    (void)h; /* the act says it: what is taken up again goes on from its moment */
}

static void do_speed(mu_hand *h)
{
    EMIT(h->r, EV_SPEED, mu_hand_by(h), mu_hand_whole(h->act->choice));
}

static void do_jump(mu_hand *h)
{
    mu_run *r = h->r;
    int64_t to = mu_hand_whole(h->act->choice);
    EMIT(r, EV_JUMP, mu_hand_by(h), to);
    mu_jump(r, to);
}

static void do_stop(mu_hand *h)
{
    EMIT(h->r, EV_STOP, mu_hand_by(h), mu_sym(h->r, h->act->text));
    mu_run_end(h->r, h->r->now, "stopped: something real");
}

static void do_end(mu_hand *h)
{
    mu_run_end(h->r, h->r->now, h->act->text ? h->act->text : "ended by the facilitator");
}

const mu_doing mu_facilitator_doings[] = {
    {"play", check_card, do_play},          {"hold", check_hold, do_hold},
    {"cancel", check_cancel, do_cancel},    {"reschedule", check_reschedule, do_reschedule},
    {"send", check_send, do_send},          {"away", check_person, do_away},
    {"back", check_person, do_away},        {"down", check_thing, do_down},
    {"up", check_thing, do_down},           {"take_back", check_taken, do_take_back},
    {"pause", check_pause, do_pause},
    {"resume", check_resume, do_resume},    {"return", mu_check_any, do_return},
    {"seat", check_seat, do_seat},          {"extend", check_extend, do_extend},
    {"speed", check_speed, do_speed},       {"jump", check_later, do_jump},
    {"pass", mu_check_any, do_pass},        {"stop", mu_check_any, do_stop},
    {"end", mu_check_any, do_end},          {NULL, NULL, NULL},
};
