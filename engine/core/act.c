/* What people may do, each a row: players what engine.md lists, a facilitator what is theirs alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/parts.h"

const mu_verb_row mu_verbs[] = {
    {"open", false, "message:N", "open a message"},
    {"acknowledge", false, "message:N", "say that a message has reached you"},
    {"answer", false, "prompt:N", "answer a question; choice is the answer"},
    {"start", false, "action:ID or task:N", "start an action of the plan"},
    {"finish", false, "action:ID or task:N", "say that it is done; choice is its outcome"},
    {"consult", false, "task:N", "give the advice that was asked for"},
    {"decide", false, "task:N", "decide what was put to you; choice is yes or no, text the reason"},
    {"declare", false, "severity:ID", "declare the incident, or change its severity; text is the reason"},
    {"notify", false, "role:, person:, external: or audience:", "tell somebody, over a channel of your choice"},
    {"draft", false, "audience:ID", "write the message to an audience"},
    {"release", false, "audience:ID", "send the message to an audience"},
    {"escalate", false, "escalation:ID", "start a ladder of the plan"},
    {"hand_over", false, "role:ID", "hand your role to the person in choice"},
    {"look_up", false, "what", "look something up in the plan"},
    {"improvise", false, "", "do what the plan has no words for; text says what"},
    {"blocked", false, "anything", "say that you cannot go on; text says why"},
    {"play", true, "card:NAME", "release an inject that is held, or play one early"},
    {"hold", true, "card:NAME", "keep an inject back until it is released"},
    {"cancel", true, "card:NAME", "take an inject off the list"},
    {"reschedule", true, "card:NAME", "move an inject to the exercise time in choice, in milliseconds"},
    {"send", true, "role: or person:", "send one that is not on the list; text is what it says"},
    {"away", true, "person:ID", "mark a person away"},
    {"back", true, "person:ID", "mark a person back"},
    {"down", true, "a thing", "mark a thing down"},
    {"up", true, "a thing", "mark a thing up"},
    {"take_back", true, "event number", "undo an act: the world is put back where that can be, and the record says so"},
    {"note", true, "", "write an observation down; text says what"},
    {"pause", true, "", "stop the clock"},
    {"resume", true, "", "start the clock again"},
    {"speed", true, "", "choice is the rate in thousandths"},
    {"jump", true, "", "move the clock to the exercise time in choice, in milliseconds"},
    {"stop", true, "", "real-world stop: something real is happening"},
    {"end", true, "", "end the exercise"},
    {NULL, false, NULL, NULL},
};

typedef struct hand {
    mu_run *r;
    const mu_act *act;
    int person, role;
    const mu_node *node; /* what `object` names in the plan, or NULL */
    uint32_t event;      /* of the act, once it is written */
} hand;

/* ---- what an object names ---- */

static bool prefix(const char *text, const char *kind)
{
    size_t n = strlen(kind);
    return text && strncmp(text, kind, n) == 0 && text[n] == ':';
}

static int number(const char *object, const char *kind, int count)
{
    if (!prefix(object, kind))
        return -1;
    char *end;
    long n = strtol(object + strlen(kind) + 1, &end, 10);
    return *end || n < 0 || n >= count ? -1 : (int)n;
}

/* The texts of an act, in their order. */
enum { SEAT, ROLE, PERSON, VERB, OBJECT, CHOICE, VIA, TEXT, TEXTS };

static int64_t symbol_of(const hand *h, int which)
{
    const mu_act *a = h->act;
    const char *const texts[TEXTS] = {a->seat, a->role, a->person, a->verb, a->object, a->choice, a->via, a->text};
    return a->known[which] ? a->known[which] : mu_sym(h->r, texts[which]);
}

static const mu_node *named(const hand *h, int which)
{
    return mu_world_node(h->r->world, symbol_of(h, which));
}

static int card_named(const mu_run *r, const char *object)
{
    for (int i = 0; prefix(object, "card") && i < r->msel->card_count; i++)
        if (strcmp(r->msel->cards[i].name, object + 5) == 0)
            return i;
    return -1;
}

/* The task of "task:3", or the latest open one of "action:triage". */
static int task_named(const hand *h)
{
    int task = number(h->act->object, "task", h->r->tasks.count);
    return task >= 0 || !h->node ? task : mu_task_of(h->r, h->node);
}

/* ---- judging before anything is written ---- */

static const char *check_message(const hand *h)
{
    int m = number(h->act->object, "message", h->r->messages.count);
    if (m < 0 || h->r->messages.list[m].delivered < 0)
        return "there is no such message";
    return h->r->messages.list[m].person != h->person ? "that message is not yours" : NULL;
}

static const char *check_prompt(const hand *h)
{
    int p = number(h->act->object, "prompt", h->r->prompts.count);
    if (p < 0 || !h->r->prompts.list[p].open)
        return "that question is not open any more";
    if (h->r->prompts.list[p].person != h->person)
        return "that question was put to somebody else";
    const mu_card *c = &h->r->msel->cards[h->r->prompts.list[p].card];
    for (int i = 0; i < c->answer_count; i++)
        if (h->act->choice && strcmp(c->answers[i].id, h->act->choice) == 0)
            return NULL;
    return "that is none of the answers";
}

static const char *check_task(const hand *h)
{
    bool action = prefix(h->act->object, "action") && h->node;
    return action || task_named(h) >= 0 ? NULL : "the plan has no such action, and nobody was given such a task";
}

static const char *check_severity(const hand *h)
{
    return h->node && mu_get(h->node, "rank") ? NULL : "the plan has no such severity";
}

static const char *check_node(const hand *h)
{
    return h->node ? NULL : "the plan has nothing of that name";
}

static const char *check_card(const hand *h)
{
    int card = card_named(h->r, h->act->object);
    if (card < 0)
        return "there is no such card";
    return h->r->cards[card].state == CARD_PLAYED ? "that card has been played" : NULL;
}

static const char *check_hand_over(const hand *h)
{
    const mu_node *to = named(h, CHOICE);
    if (!h->node || !mu_is_role(h->r->world, h->node))
        return "the plan has no such role";
    return mu_is_person(h->r->world, to) ? NULL : "name the person who takes the role";
}

static const char *check_any(const hand *h)
{
    (void)h;
    return NULL;
}

static const char *check_time(const hand *h)
{
    char *end = NULL;
    long long t = h->act->choice ? strtoll(h->act->choice, &end, 10) : -1;
    return end && !*end && t >= h->r->now ? NULL : "that is no later exercise time";
}

static const char *check_event(const hand *h)
{
    char *end = NULL;
    long n = h->act->object ? strtol(h->act->object, &end, 10) : 0;
    bool there = end && !*end && n >= 1 && (size_t)n <= mu_journal_count(h->r->journal);
    return there && mu_journal_event(h->r->journal, (size_t)n)->kind == EV_ACT ? NULL : "there is no act with that number";
}

/* ---- doing ---- */

static const char *do_open(hand *h)
{
    EMIT(h->r, EV_NOTIFY_OPENED, number(h->act->object, "message", h->r->messages.count), h->r->world->people[h->person].name);
    return NULL;
}

static const char *do_acknowledge(hand *h)
{
    mu_acknowledge(h->r, number(h->act->object, "message", h->r->messages.count));
    return NULL;
}

static const char *do_answer(hand *h)
{
    mu_prompt_answer(h->r, number(h->act->object, "prompt", h->r->prompts.count), h->person, h->act);
    return NULL;
}

/* Somebody who is not R calls for the action; whoever is does it. */
static const char *do_start(hand *h)
{
    int task = task_named(h);
    if (task < 0)
        task = mu_task_open(h->r, h->node, -1, mu_symf(h->r, "asked for by %s", h->act->person));
    const mu_task *t = &h->r->tasks.list[task];
    bool own = t->person == h->person || mu_role_for(h->r, mu_get(t->action, mu_get(t->action, "R") ? "R" : "R/A"), h->person) >= 0;
    if (own)
        (void)mu_task_begin(h->r, task, h->person);
    return NULL;
}

static const char *do_finish(hand *h)
{
    return mu_task_finish(h->r, task_named(h), h->person, h->act->choice);
}

static const char *do_consult(hand *h)
{
    mu_task_consulted(h->r, task_named(h), h->role, h->person, true);
    return NULL;
}

static const char *do_decide(hand *h)
{
    return mu_task_decide(h->r, task_named(h), h->person, h->act);
}

static bool may_declare(const hand *h)
{
    return h->role >= 0 && mu_has_authority(h->r, h->role, "declare");
}

static const char *do_declare(hand *h)
{
    mu_declare(h->r, h->node, h->person, h->role, h->act->text, may_declare(h));
    EACH (action, mu_get(h->r->root, "raci")) { /* the open task of declaring is done by this */
        const char *authority = mu_get_text(action, "authority");
        int task = authority && strcmp(authority, "declare") == 0 ? mu_task_of(h->r, action) : -1;
        if (task < 0)
            continue;
        (void)mu_task_begin(h->r, task, h->person);
        if (h->r->tasks.list[task].state == TASK_STARTED)
            (void)mu_task_finish(h->r, task, h->person, NULL);
    }
    return NULL;
}

static const char *do_notify(hand *h)
{
    const mu_node *via = named(h, VIA);
    mu_letter l = {.to = mu_name_of(h->r, h->node), .channel = via, .about = mu_sym(h->r, h->act->text ? h->act->text : "news"), .purpose = FOR_NOTICE};
    int role = mu_role_of(h->r->world, h->node);
    if (h->node->parent == mu_get(h->r->root, "audiences"))
        return mu_audience_release(h->r, h->node, h->person, via, false);
    if (role >= 0) {
        (void)mu_send_to_role(h->r, role, l, l.about);
    } else {
        l.who = h->node;
        (void)mu_send(h->r, &l);
    }
    mu_clock_met_of(h->r, "update", h->r->declared);
    mu_expect_happened(h->r, NULL, "notify", h->person, h->role, h->event);
    return NULL;
}

static const char *do_draft(hand *h)
{
    return mu_audience_release(h->r, h->node, h->person, NULL, true);
}

static const char *do_release(hand *h)
{
    return mu_audience_release(h->r, h->node, h->person, named(h, VIA), false);
}

static const char *do_escalate(hand *h)
{
    mu_climb_start(h->r, h->node, mu_sym(h->r, h->act->person));
    return NULL;
}

static const char *do_hand_over(hand *h)
{
    const mu_node *to = named(h, CHOICE);
    mu_role *role = &h->r->world->roles[h->node->value];
    role->taken_over = (int)to->value;
    EMIT(h->r, EV_HANDOVER, role->name, h->r->world->people[h->person].name, h->r->world->people[to->value].name, LIT(h->r, "handed over"));
    (void)mu_hold(h->r, (int)h->node->value, 0);
    return NULL;
}

static const char *do_look_up(hand *h)
{
    return mu_lookup(h->r, h->person, h->act->object ? h->act->object : "playbooks");
}

static const char *do_improvise(hand *h)
{
    EMIT(h->r, EV_IMPROVISE, h->role >= 0 ? h->r->world->roles[h->role].name : 0, h->r->world->people[h->person].name, mu_sym(h->r, h->act->text));
    return NULL;
}

static const char *do_blocked(hand *h)
{
    EMIT(h->r, EV_BLOCKED_SAID, h->role >= 0 ? h->r->world->roles[h->role].name : 0, h->r->world->people[h->person].name,
         mu_sym(h->r, h->act->object), mu_sym(h->r, h->act->text));
    return NULL;
}

/* ---- the facilitator ---- */

static int64_t by(const hand *h)
{
    return mu_sym(h->r, h->act->seat);
}

static const char *do_play(hand *h)
{
    int card = card_named(h->r, h->act->object);
    int64_t drift = h->r->msel->cards[card].at >= 0 ? h->r->now - h->r->msel->cards[card].at : 0;
    if (h->r->cards[card].state == CARD_HELD && drift > 0)
        EMIT(h->r, EV_INJECT_DEFERRED, mu_sym(h->r, h->act->object), drift, by(h));
    h->r->cards[card].state = CARD_LAID;
    if (h->r->msel->cards[card].kind == MU_INJECT)
        mu_play_card(h->r, card, by(h));
    else
        mu_ask(h->r, card, -1);
    return NULL;
}

static const char *do_hold(hand *h)
{
    h->r->cards[card_named(h->r, h->act->object)].state = CARD_HELD;
    EMIT(h->r, EV_INJECT_HELD, mu_sym(h->r, h->act->object), mu_sym(h->r, h->act->text ? h->act->text : "by the facilitator"));
    return NULL;
}

static const char *do_cancel(hand *h)
{
    int card = card_named(h->r, h->act->object);
    h->r->cards[card].state = CARD_GONE;
    EMIT(h->r, EV_INJECT_CANCELLED, mu_sym(h->r, h->act->object), by(h), mu_sym(h->r, h->act->text));
    mu_card_was_played(h->r, card); /* a story that waits for it goes on */
    return NULL;
}

static const char *do_reschedule(hand *h)
{
    int card = card_named(h->r, h->act->object);
    int64_t t = strtoll(h->act->choice, NULL, 10), at = h->r->msel->cards[card].at;
    h->r->cards[card].state = CARD_LAID;
    EMIT(h->r, EV_INJECT_DEFERRED, mu_sym(h->r, h->act->object), at >= 0 ? t - at : 0, by(h));
    h->r->cards[card].moved = t;
    mu_at(h->r, t, T_CARD, card, 1);
    return NULL;
}

static const char *do_send(hand *h)
{
    mu_letter l = {.to = mu_name_of(h->r, h->node), .channel = named(h, VIA), .about = mu_symf(h->r, "note:%s", h->act->text ? h->act->text : ""), .purpose = FOR_NOTICE};
    int role = mu_role_of(h->r->world, h->node);
    if (role >= 0) {
        (void)mu_send_to_role(h->r, role, l, l.about);
        return NULL;
    }
    l.who = h->node;
    (void)mu_send(h->r, &l);
    return NULL;
}

static const char *do_away(hand *h)
{
    mu_set_away(h->r, h->node, strcmp(h->act->verb, "away") == 0, by(h));
    return NULL;
}

static const char *do_down(hand *h)
{
    mu_set_down(h->r, h->node, strcmp(h->act->verb, "down") == 0, by(h));
    return NULL;
}

static const char *do_take_back(hand *h)
{
    EMIT(h->r, EV_TAKEN_BACK, strtol(h->act->object, NULL, 10), by(h), mu_sym(h->r, h->act->text));
    return NULL;
}

static const char *do_note(hand *h)
{
    EMIT(h->r, EV_OBSERVATION, by(h), mu_sym(h->r, h->act->text), 0);
    return NULL;
}

static const char *do_pause(hand *h)
{
    h->r->paused = true;
    EMIT(h->r, EV_PAUSE, by(h), mu_sym(h->r, h->act->text));
    return NULL;
}

static const char *do_resume(hand *h)
{
    h->r->paused = false;
    EMIT(h->r, EV_RESUME, by(h), h->act->choice ? strtoll(h->act->choice, NULL, 10) : 0);
    return NULL;
}

static const char *do_speed(hand *h)
{
    EMIT(h->r, EV_SPEED, by(h), h->act->choice ? strtoll(h->act->choice, NULL, 10) : 1000);
    return NULL;
}

/* Injects of the time that is jumped over are held, not bunched; nobody's time to answer counts the jump. */
static const char *do_jump(hand *h)
{
    mu_run *r = h->r;
    int64_t to = strtoll(h->act->choice, NULL, 10), by_how_much = to - r->now;
    EMIT(r, EV_JUMP, by(h), to);
    for (int i = 0; i < r->msel->card_count; i++) {
        int64_t at = r->cards[i].moved ? r->cards[i].moved : r->msel->cards[i].at;
        if (r->cards[i].state == CARD_LAID && at > r->now && at < to) {
            r->cards[i].state = CARD_HELD;
            EMIT(r, EV_INJECT_HELD, mu_symf(r, "card:%s", r->msel->cards[i].name), LIT(r, "jumped over"));
        }
    }
    mu_jumped(r, by_how_much);
    return NULL;
}

static const char *do_stop(hand *h)
{
    EMIT(h->r, EV_STOP, by(h), mu_sym(h->r, h->act->text));
    mu_run_end(h->r, h->r->now, "stopped: something real");
    return NULL;
}

static const char *do_end(hand *h)
{
    mu_run_end(h->r, h->r->now, h->act->text ? h->act->text : "ended by the facilitator");
    return NULL;
}

typedef struct doing {
    const char *verb;
    const char *(*check)(const hand *h);
    const char *(*act)(hand *h);
} doing;

static const doing doings[] = {
    {"open", check_message, do_open},       {"acknowledge", check_message, do_acknowledge}, {"answer", check_prompt, do_answer},
    {"start", check_task, do_start},        {"finish", check_task, do_finish},              {"consult", check_task, do_consult},
    {"decide", check_task, do_decide},      {"declare", check_severity, do_declare},        {"notify", check_node, do_notify},
    {"draft", check_node, do_draft},        {"release", check_node, do_release},            {"escalate", check_node, do_escalate},
    {"hand_over", check_hand_over, do_hand_over}, {"look_up", check_any, do_look_up},       {"improvise", check_any, do_improvise},
    {"blocked", check_any, do_blocked},     {"play", check_card, do_play},                  {"hold", check_card, do_hold},
    {"cancel", check_card, do_cancel},      {"reschedule", check_time, do_reschedule},      {"send", check_node, do_send},
    {"away", check_node, do_away},          {"back", check_node, do_away},                  {"down", check_node, do_down},
    {"up", check_node, do_down},            {"take_back", check_event, do_take_back},       {"note", check_any, do_note},
    {"pause", check_any, do_pause},         {"resume", check_any, do_resume},               {"speed", check_any, do_speed},
    {"jump", check_time, do_jump},          {"stop", check_any, do_stop},                   {"end", check_any, do_end},
};

/* ---- the way in ---- */

static bool repeated(mu_run *r, const char *id)
{
    if (!id)
        return false;
    int64_t symbol = mu_sym(r, id);
    for (int i = 0; i < r->ids.count; i++)
        if (r->ids.list[i] == symbol)
            return true;
    *(int64_t *)MU_MORE(r->ids) = symbol;
    return false;
}

static const doing *doing_of(const char *verb)
{
    for (size_t i = 0; verb && i < sizeof doings / sizeof *doings; i++)
        if (strcmp(doings[i].verb, verb) == 0)
            return &doings[i];
    return NULL;
}

static bool for_facilitator(const char *verb)
{
    for (const mu_verb_row *v = mu_verbs; v->verb; v++)
        if (strcmp(v->verb, verb) == 0)
            return v->facilitator;
    return false;
}

static uint32_t record(const hand *h)
{
    return EMIT(h->r, EV_ACT, symbol_of(h, SEAT), symbol_of(h, ROLE), symbol_of(h, PERSON), symbol_of(h, VERB), symbol_of(h, OBJECT),
                symbol_of(h, CHOICE), symbol_of(h, VIA), symbol_of(h, TEXT), h->act->sure, mu_sym(h->r, h->act->id));
}

const char *mu_run_post(mu_run *r, int64_t now, const mu_act *act)
{
    const doing *d = doing_of(act->verb);
    if (!r->started)
        return "the exercise has not begun";
    (void)mu_run_advance(r, now);
    if (r->over)
        return "the exercise is over";
    if (!d)
        return "there is no such move";
    hand h = {.r = r, .act = act};
    const mu_node *person = named(&h, PERSON), *role = named(&h, ROLE);
    h.node = named(&h, OBJECT);
    h.person = mu_is_person(r->world, person) ? (int)person->value : -1;
    h.role = mu_is_role(r->world, role) ? (int)role->value : -1;
    if (for_facilitator(act->verb) != (h.person < 0))
        return h.person < 0 ? "name who does it" : "only the facilitator may do that";
    const char *why = d->check(&h);
    if (why || repeated(r, act->id))
        return why; /* cppcheck-suppress returnDanglingLifetime ; the words are literals, no part of the hand */
    h.event = record(&h);
    why = d->act(&h);
    if (!why && h.person >= 0)
        mu_expect_happened(r, NULL, act->verb, h.person, h.role, h.event);
    return NULL;
}
