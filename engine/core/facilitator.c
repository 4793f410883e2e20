/* What the facilitator may do: the list of cards, the world, the clock, and the record. */
#include <stdlib.h>
#include <string.h>

#include "core/hand.h"
#include "plan/catalogue.h"

static int64_t by(const mu_hand *h)
{
    return mu_sym(h->r, h->act->seat);
}

/* A whole number of `text`, or -1. */
static int64_t number(const char *text)
{
    char *end = NULL;
    long long n = text ? strtoll(text, &end, 10) : -1;
    return end && end != text && !*end ? n : -1;
}

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
    return number(h->act->choice) >= h->r->now ? NULL : "that is no later exercise time";
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
        EMIT(h->r, EV_INJECT_DEFERRED, h->r->card_names[card], drift, by(h));
    mu_card_release(h->r, card, by(h));
}

static void do_hold(mu_hand *h)
{
    h->r->cards[card_of(h)].state = CARD_HELD;
    EMIT(h->r, EV_INJECT_HELD, h->r->card_names[card_of(h)], mu_sym(h->r, h->act->text ? h->act->text : "by the facilitator"));
}

static void do_cancel(mu_hand *h)
{
    int card = card_of(h);
    h->r->cards[card].state = CARD_GONE;
    EMIT(h->r, EV_INJECT_CANCELLED, h->r->card_names[card], by(h), mu_sym(h->r, h->act->text));
    mu_card_was_cancelled(h->r, card);
}

static void do_reschedule(mu_hand *h)
{
    int card = card_of(h);
    int64_t t = number(h->act->choice), at = h->r->msel->cards[card].at;
    h->r->cards[card].state = CARD_LAID;
    EMIT(h->r, EV_INJECT_DEFERRED, h->r->card_names[card], at >= 0 ? t - at : 0, by(h));
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
    mu_set_away(h->r, h->node, strcmp(h->act->verb, "away") == 0, by(h));
}

static void do_down(mu_hand *h)
{
    mu_set_down(h->r, h->node, strcmp(h->act->verb, "down") == 0, by(h));
}

/* ---- taking back ---- */

static const mu_event *taken(const mu_hand *h)
{
    int64_t n = number(h->act->object);
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
    EMIT(h->r, EV_TAKEN_BACK, act, by(h), mu_sym(h->r, h->act->text));
    mu_undo(h->r, act, by(h));
}

/* ---- the record ---- */

static const char *check_note(const mu_hand *h)
{
    int64_t n = h->act->object ? number(h->act->object) : 0;
    if (n < 0 || (size_t)n > mu_journal_count(h->r->journal))
        return "there is no event with that number";
    return h->act->text ? NULL : "say it in words";
}

static void do_note(mu_hand *h)
{
    EMIT(h->r, EV_OBSERVATION, by(h), mu_sym(h->r, h->act->text), h->act->object ? number(h->act->object) : 0);
}

static const char *check_gap(const mu_hand *h)
{
    if (!h->act->choice || !mu_gap_of(h->act->choice))
        return "there is no such type of gap; muster explain gaps lists them";
    if (!h->node && (!h->act->object || strcmp(h->act->object, "plan") != 0))
        return "the plan has nothing of that name; write role:, person:, action: and so on, or plan";
    return h->act->text ? NULL : "say in words what you saw";
}

static void do_gap(mu_hand *h)
{
    EMIT(h->r, EV_GAP_NOTED, by(h), mu_sym(h->r, h->act->choice), mu_sym(h->r, h->act->object), mu_sym(h->r, h->act->text));
}

static const char *check_rate(const mu_hand *h)
{
    static const char *const ratings[] = {"P", "S", "M", "U"};
    const char *object = h->act->object, *choice = h->act->choice ? h->act->choice : "";
    bool known = false, rating = false;
    for (int i = 0; object && i < h->r->msel->objective_count; i++)
        known = known || strcmp(h->r->msel->objectives[i].id, object) == 0;
    for (int i = 0; i < 4; i++)
        rating = rating || strcmp(ratings[i], choice) == 0;
    if (!known)
        return "the exercise has no such objective";
    return rating ? NULL : "a rating is P (performed), S (with some challenges), M (with major challenges) or U (unable)";
}

static void do_rate(mu_hand *h)
{
    EMIT(h->r, EV_RATING, by(h), mu_sym(h->r, h->act->object), mu_sym(h->r, h->act->choice), mu_sym(h->r, h->act->text));
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
    return number(h->act->choice) > 0 ? NULL : "a rate is a number of thousandths above 0";
}

static void do_pause(mu_hand *h)
{
    h->r->paused = true;
    EMIT(h->r, EV_PAUSE, by(h), mu_sym(h->r, h->act->text));
}

static void do_resume(mu_hand *h)
{
    int64_t paused = number(h->act->choice);
    h->r->paused = false;
    EMIT(h->r, EV_RESUME, by(h), paused > 0 ? paused : 0);
}

static void do_return(mu_hand *h)
{
    int64_t away = number(h->act->choice);
    EMIT(h->r, EV_DOWNTIME, away > 0 ? away : 0);
}

static void do_pass(mu_hand *h)
{
    (void)h; /* the act says it: what is taken up again goes on from its moment */
}

static void do_speed(mu_hand *h)
{
    EMIT(h->r, EV_SPEED, by(h), number(h->act->choice));
}

static void do_jump(mu_hand *h)
{
    mu_run *r = h->r;
    int64_t to = number(h->act->choice);
    EMIT(r, EV_JUMP, by(h), to);
    mu_jump(r, to);
}

static void do_stop(mu_hand *h)
{
    EMIT(h->r, EV_STOP, by(h), mu_sym(h->r, h->act->text));
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
    {"note", check_note, do_note},          {"gap", check_gap, do_gap},
    {"rate", check_rate, do_rate},          {"pause", check_pause, do_pause},
    {"resume", check_resume, do_resume},    {"return", mu_check_any, do_return},
    {"speed", check_speed, do_speed},       {"jump", check_later, do_jump},
    {"pass", mu_check_any, do_pass},        {"stop", mu_check_any, do_stop},
    {"end", mu_check_any, do_end},          {NULL, NULL, NULL},
};
