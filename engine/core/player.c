/* What people of the team may do. A check says no before anything is written; what is done afterwards cannot fail. */
#include <string.h>

#include "core/hand.h"

/* ---- messages and questions ---- */

static int message_of(const mu_hand *h)
{
    return mu_hand_number(h, MU_MESSAGE_N, "message", h->r->messages.count);
}

static const char *check_mine(const mu_hand *h, int message)
{
    if (message < 0 || h->r->messages.list[message].delivered < 0)
        return "there is no such message";
    return h->r->messages.list[message].person != h->person ? "that message is not yours" : NULL;
}

static const char *check_acknowledge(const mu_hand *h)
{
    const char *why = check_mine(h, message_of(h));
    return why ? why : h->r->messages.list[message_of(h)].acked >= 0 ? "you have acknowledged that already" : NULL;
}

static const char *check_prompt(const mu_hand *h)
{
    int p = mu_hand_number(h, MU_PROMPT_N, "prompt", h->r->prompts.count);
    if (p < 0 || !h->r->prompts.list[p].open)
        return "that question is not open any more";
    if (h->r->prompts.list[p].person != h->person)
        return "that question was put to somebody else";
    const mu_card *c = &h->r->msel->cards[h->r->prompts.list[p].card];
    return h->act->choice && mu_answer_of(c, h->act->choice) >= 0 ? NULL : "that is none of the answers";
}

/* A message, or the one by which a question was put. */
static int opened(const mu_hand *h)
{
    int p = mu_hand_number(h, MU_PROMPT_N, "prompt", h->r->prompts.count);
    return p >= 0 ? h->r->prompts.list[p].message : message_of(h);
}

static const char *check_open(const mu_hand *h)
{
    return check_mine(h, opened(h));
}

static void do_open(mu_hand *h)
{
    mu_message *m = &h->r->messages.list[opened(h)];
    m->opened = m->opened < 0 ? h->r->now : m->opened;
    EMIT(h->r, EV_NOTIFY_OPENED, opened(h), h->r->world->people[h->person].name);
}

static void do_acknowledge(mu_hand *h)
{
    mu_acknowledge(h->r, message_of(h));
}

static void do_answer(mu_hand *h)
{
    mu_prompt_answer(h->r, mu_hand_number(h, MU_PROMPT_N, "prompt", h->r->prompts.count), h->person, h->act);
}

/* ---- actions of the plan ---- */

/* The task of "task:3", or the latest open one of "action:triage". */
static int task_named(const mu_hand *h)
{
    int task = mu_hand_number(h, MU_TASK_N, "task", h->r->tasks.count);
    return task >= 0 || !h->node ? task : mu_task_of(h->r, h->node);
}

static const char *check_action(const mu_hand *h)
{
    bool action = mu_hand_prefix(h->act->object, "action") && h->node;
    return action || task_named(h) >= 0 ? NULL : "the plan has no such action, and nobody was given such a task";
}

static bool own(const mu_hand *h, int task)
{
    const mu_task *t = &h->r->tasks.list[task];
    return t->person == h->person || mu_role_for(h->r, mu_get(t->action, mu_get(t->action, "R") ? "R" : "R/A"), h->person) >= 0;
}

/* Somebody who is not R calls for an action that nobody has been given yet; whoever is R does it. */
static const char *check_start(const mu_hand *h)
{
    const char *why = check_action(h);
    int task = task_named(h);
    if (!why && task < 0 && mu_declares(h->node) && mu_declaration_stands(h->r))
        return "the incident is declared already";
    if (why || task < 0)
        return why;
    return own(h, task) ? mu_task_may_begin(h->r, task, h->person) : "somebody else has been asked to do this already";
}

/* Of the level that the signs show people are told nothing: whoever declares says which. A stand-in reads it off the plan. */
static bool says_no_level(const mu_hand *h, int task)
{
    return mu_run_to_declare(h->r, h->r->tasks.list[task].action) && mu_run_played(h->r, h->person);
}

static const char *check_finish(const mu_hand *h)
{
    const char *why = check_action(h);
    int task = task_named(h);
    if (!why && task >= 0 && says_no_level(h, task))
        return "it is done by declaring a level";
    return why ? why : task < 0 ? "it has not been started" : mu_task_may_finish(h->r, task, h->person, h->act->choice);
}

static const char *check_consult(const mu_hand *h)
{
    int task = task_named(h);
    return task >= 0 && mu_consult_asked(h->r, task, h->person) >= 0 ? NULL : "nobody asks for your advice on this now";
}

static const char *check_request(const mu_hand *h)
{
    const char *why = check_action(h);
    int task = task_named(h);
    return why ? why : task < 0 ? NULL : mu_raci_may_request(h->r, task);
}

/* A decision that nobody asked for yet may be made as well: of an action that is named, before it comes to it. */
static const char *check_decide(const mu_hand *h)
{
    const char *why = check_action(h), *choice = h->act->choice;
    int task = task_named(h);
    if (choice && strcmp(choice, "yes") != 0 && strcmp(choice, "no") != 0)
        return "a decision is yes or no";
    return why ? why : task < 0 ? NULL : mu_task_may_decide(h->r, task);
}

static int task_or_new(mu_hand *h)
{
    int task = task_named(h);
    return task >= 0 ? task : mu_task_open(h->r, h->node, -1, mu_symf(h->r, "asked for by %s", h->act->person));
}

static void do_start(mu_hand *h)
{
    int task = task_or_new(h);
    if (own(h, task))
        (void)mu_task_begin(h->r, task, h->person);
}

static void do_finish(mu_hand *h)
{
    (void)mu_task_finish(h->r, task_named(h), h->person, h->act->choice);
}

static void do_consult(mu_hand *h)
{
    mu_task_consulted(h->r, task_named(h), h->role, h->person);
}

static void do_request(mu_hand *h)
{
    mu_raci_request(h->r, task_or_new(h));
}

static void do_decide(mu_hand *h)
{
    mu_task_decide(h->r, task_or_new(h), h->person, h->role, h->act);
}

/* ---- severity ---- */

static const char *check_severity(const mu_hand *h)
{
    return h->node && h->node->parent == mu_get(h->r->root, "severities") && mu_get(h->node, "rank") ? NULL : "the plan has no such severity";
}

static bool may_declare(const mu_hand *h)
{
    return mu_may_by(h->r, h->role, h->person, "declare");
}

static void do_declare(mu_hand *h)
{
    mu_declare(h->r, h->node, h->person, h->role, h->act->text, may_declare(h));
    EACH (action, mu_get(h->r->root, "raci")) { /* the open task of declaring is done by this */
        bool declares = mu_declares(action);
        int task = declares ? mu_task_of(h->r, action) : -1;
        if (declares && task < 0) /* nobody had been given it: it has happened all the same */
            mu_expect_happened(h->r, action, NULL, h->person, h->role, h->event);
        if (task < 0)
            continue;
        if (!mu_task_begin(h->r, task, h->person) || h->r->tasks.list[task].person == h->person)
            mu_task_served(h->r, task, h->person); /* whatever it still waits for: it has been said */
    }
}

/* ---- telling ---- */

static bool audience(const mu_hand *h)
{
    return h->node && h->node->parent == mu_get(h->r->root, "audiences");
}

static const char *check_audience(const mu_hand *h)
{
    return audience(h) ? NULL : "the plan has no such audience";
}

static const char *check_notify(const mu_hand *h)
{
    const mu_node *via = mu_hand_named(h, ACT_VIA);
    if (h->act->via && (!via || via->parent != mu_get(h->r->root, "channels")))
        return "the plan has no such channel";
    return mu_check_whom(h);
}

static void do_notify(mu_hand *h)
{
    if (audience(h)) {
        mu_audience_release(h->r, h->node, h->person, mu_hand_named(h, ACT_VIA), false);
        return;
    }
    mu_hand_tell(h, h->act->text ? mu_symf(h->r, "note:%s", h->act->text) : LIT(h->r, "news"));
    mu_clock_met_of(h->r, "update", h->r->declared);
}

static void do_draft(mu_hand *h)
{
    mu_audience_release(h->r, h->node, h->person, NULL, true);
}

static void do_release(mu_hand *h)
{
    mu_audience_release(h->r, h->node, h->person, mu_hand_named(h, ACT_VIA), false);
}

static const char *check_escalate(const mu_hand *h)
{
    return h->node && h->node->parent == mu_get(h->r->root, "escalations") ? NULL : "the plan has no such ladder";
}

static void do_escalate(mu_hand *h)
{
    mu_climb_start(h->r, h->node, mu_sym(h->r, h->act->person), 0);
}

/* ---- handing over ---- */

static const char *check_hand_over(const mu_hand *h)
{
    const mu_node *to = mu_hand_named(h, ACT_CHOICE);
    const char *why;
    if (!h->node || !mu_is_role(h->r->world, h->node))
        return "the plan has no such role";
    if (!mu_is_person(h->r->world, to))
        return "name the person who takes the role";
    if (mu_holder(h->r->world, (int)h->node->value, h->r->now, &why) != h->person)
        return "that role is not yours to hand over";
    return to->value == h->person ? "you hold it already" : NULL;
}

static void do_hand_over(mu_hand *h)
{
    mu_hand_over(h->r, (int)h->node->value, h->person, (int)mu_hand_named(h, ACT_CHOICE)->value);
}

/* ---- the rest ---- */

static const char *check_text(const mu_hand *h)
{
    return h->act->text && *h->act->text ? NULL : "say it in words";
}

static void do_look_up(mu_hand *h)
{
    mu_lookup(h->r, h->person, h->act->object ? h->act->object : "playbooks");
}

static int64_t role_name(const mu_hand *h)
{
    return h->role >= 0 ? h->r->world->roles[h->role].name : 0;
}

static void do_improvise(mu_hand *h)
{
    EMIT(h->r, EV_IMPROVISE, role_name(h), h->r->world->people[h->person].name, mu_sym(h->r, h->act->text));
}

static void do_blocked(mu_hand *h)
{
    EMIT(h->r, EV_BLOCKED_SAID, role_name(h), h->r->world->people[h->person].name, mu_sym(h->r, h->act->object), mu_sym(h->r, h->act->text));
}

static void do_ask(mu_hand *h)
{
    EMIT(h->r, EV_ASKED, role_name(h), h->r->world->people[h->person].name, mu_sym(h->r, h->act->text));
}

const mu_doing mu_player_doings[] = {
    {"open", check_open, do_open},             {"acknowledge", check_acknowledge, do_acknowledge},
    {"answer", check_prompt, do_answer},       {"start", check_start, do_start},
    {"finish", check_finish, do_finish},       {"consult", check_consult, do_consult},
    {"request", check_request, do_request},    {"decide", check_decide, do_decide},
    {"declare", check_severity, do_declare},   {"notify", check_notify, do_notify},
    {"draft", check_audience, do_draft},       {"release", check_audience, do_release},
    {"escalate", check_escalate, do_escalate}, {"hand_over", check_hand_over, do_hand_over},
    {"look_up", mu_check_any, do_look_up},     {"improvise", check_text, do_improvise},
    {"blocked", check_text, do_blocked},       {"ask", check_text, do_ask},
    {NULL, NULL, NULL},
};
