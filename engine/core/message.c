/* Messages go over the first way that stands; whoever holds a role is asked now, not at the start. */
#include <string.h>

#include "core/parts.h"

/* A pool of which fewer are there than it takes. */
static void short_of(mu_run *r, int role, int64_t needed_for)
{
    mu_role *held = &r->world->roles[role];
    const mu_node *least = held->at_least;
    if (!least || !needed_for)
        return;
    int there = mu_there(r->world, role, r->now);
    bool too_few = there < least->value;
    if (too_few && !held->said_short)
        EMIT(r, EV_ROLE_SHORT, held->name, there, least->value, needed_for);
    held->said_short = too_few;
}

/* The first of a line that never changes holds it as before, and nobody counts how many there are: there is nothing to say. */
static bool holds_still(const mu_world *w, const mu_role *held)
{
    bool first = held->crew.fixed && held->taken_over < 0 && held->crew.count && held->held_by == held->crew.people[0];
    return first && !held->at_least && mu_simply_there(w, held->held_by);
}

int mu_hold(mu_run *r, int role, int64_t needed_for)
{
    mu_role *held = &r->world->roles[role];
    const char *why;
    if (holds_still(r->world, held))
        return held->held_by;
    int person = mu_holder(r->world, role, r->now, &why);
    if (person < 0) {
        if (needed_for || held->held_by != -1)
            EMIT(r, EV_ROLE_UNFILLED, held->name, mu_lit(r, why), needed_for);
    } else if (person != held->held_by) {
        mu_line line;
        mu_line_of(r->world, role, r->now, &line);
        EMIT(r, EV_ROLE_FILLED, held->name, r->world->people[person].name, line.people[0] == person ? LIT(r, "first") : LIT(r, "in succession"));
        mu_shift_begins(r, role);
    }
    held->held_by = person;
    short_of(r, role, needed_for);
    return person;
}

static void attempt(mu_run *r, const mu_letter *l, int message, const mu_way *way, const char *reason)
{
    int64_t via = mu_name_of(r, way->channel);
    EMIT(r, EV_NOTIFY_ATTEMPT, message, l->to, mu_name_of(r, l->who), via, l->about, *reason ? mu_lit(r, reason) : 0);
    if (way->reason)
        EMIT(r, EV_NOTIFY_FAIL, message, l->to, via, l->about, mu_sym(r, way->reason), mu_name_of(r, way->thing));
}

/* True where the way stands; an attempt that fails is written, one that has no address is only tried when it was named. */
static bool try_way(mu_run *r, const mu_letter *l, int message, const char *reason, const mu_way *way)
{
    if (way->reason && strcmp(way->reason, "no_address") == 0 && !*reason)
        return false;
    attempt(r, l, message, way, reason);
    return !way->reason;
}

static bool try_channel(mu_run *r, const mu_letter *l, int message, const mu_node *channel, const char *reason, mu_way *way)
{
    if (!channel)
        return false;
    *way = mu_way_to(r->world, l->who, channel);
    return try_way(r, l, message, reason, way);
}

static void switched(mu_run *r, const mu_letter *l, const mu_node *from, const mu_way *way)
{
    EMIT(r, EV_CHANNEL_SWITCHED, mu_name_of(r, from), mu_name_of(r, way->channel), mu_name_of(r, l->who));
}

static bool find_way(mu_run *r, const mu_letter *l, int message, mu_way *way)
{
    const mu_node *first = l->channel;
    if (l->channel && try_channel(r, l, message, l->channel, "named", way))
        return true;
    EACH_OF (v, l->via) {
        first = first ? first : v->ref;
        if (try_channel(r, l, message, v->ref, "named", way))
            return true;
    }
    mu_reach reach;
    for (int i = 0; mu_reach_of(r->world, l->who, i, &reach); i++) {
        if (!reach.channel || reach.channel == first)
            continue;
        *way = i == 0 ? mu_way_by(r->world, l->who, &reach) : mu_way_to(r->world, l->who, reach.channel);
        if (!try_way(r, l, message, "", way))
            continue;
        if (first)
            switched(r, l, first, way);
        return true;
    }
    EACH (o, mu_get(mu_get(r->root, "backup_communications"), "order"))
        if (try_channel(r, l, message, o->ref, "", way)) {
            switched(r, l, first, way);
            return true;
        }
    return false;
}

bool mu_can_reach(const mu_run *r, const mu_node *who)
{
    mu_reach reach;
    for (int i = 0; mu_reach_of(r->world, who, i, &reach); i++)
        if (reach.channel && !mu_way_by(r->world, who, &reach).reason)
            return true;
    return false;
}

int mu_send(mu_run *r, const mu_letter *l)
{
    int number = r->messages.count;
    mu_message *m = MU_MORE(r->messages);
    *m = (mu_message){.delivered = -1, .acked = -1, .opened = -1, .about = l->about, .to = l->to, .purpose = l->purpose, .a = l->a, .b = l->b,
                      .person = mu_is_person(r->world, l->who) ? (int)l->who->value : -1};
    mu_way way = {.channel = NULL};
    if (!find_way(r, l, number, &way)) {
        EMIT(r, EV_NOTIFY_FAIL, number, l->to, 0, l->about, LIT(r, "no_way"), mu_name_of(r, l->who));
        return -1;
    }
    uint32_t event = EMIT(r, EV_NOTIFY_DELIVERED, number, mu_name_of(r, l->who), mu_name_of(r, way.channel), l->about);
    r->messages.list[number].delivered = r->now;
    r->messages.list[number].event = event;
    return number;
}

int mu_send_to_role(mu_run *r, int role, mu_letter l, int64_t needed_for)
{
    const mu_role *held = &r->world->roles[role];
    const mu_node *external = held->external;
    l.to = held->name;
    if (external) {
        l.who = external->ref;
        return mu_send(r, &l);
    }
    int person = mu_hold(r, role, needed_for);
    if (person < 0)
        return -1;
    l.who = r->world->people[person].node;
    int message = mu_send(r, &l);
    const mu_node *after = l.purpose == FOR_INFORM || l.purpose == FOR_NOTICE ? NULL : mu_get(held->node, "take_over_after");
    if (message >= 0 && after)
        mu_at(r, r->now + after->value, T_TAKE_OVER, role, message);
    return message;
}

static void inform_one(mu_run *r, const mu_node *ref, int64_t about)
{
    mu_letter l = {.to = mu_world_name(r->world, ref->ref, ref->text), .about = about, .purpose = FOR_INFORM};
    int role = mu_role_of(r->world, ref->ref);
    if (role >= 0) {
        (void)mu_send_to_role(r, role, l, about);
        return;
    }
    if (ref->ref && mu_get(ref->ref, "organisation")) {
        l.who = ref->ref;
        (void)mu_send(r, &l);
        return;
    }
    mu_line them = mu_meant_now(r->world, ref->ref, ref->text, r->now);
    for (int i = 0; i < them.count; i++) {
        l.who = r->world->people[them.people[i]].node;
        (void)mu_send(r, &l);
    }
}

/* A ladder that says so tells nobody else. */
static bool kept_quiet(const mu_run *r)
{
    for (int i = 0; i < r->climbs.count; i++) {
        const mu_node *only = mu_get(r->climbs.list[i].ladder, "only");
        if (only && only->value)
            return true;
    }
    return false;
}

void mu_inform(mu_run *r, const mu_node *refs, int64_t about)
{
    if (kept_quiet(r))
        return;
    EACH_OF (ref, refs)
        if (!ref->ref || ref->ref->parent != mu_get(r->root, "audiences")) /* audiences are told in order, by their owners */
            inform_one(r, ref, about);
}

int64_t mu_unseen(const mu_message *m)
{
    return m->opened >= 0 ? m->opened - m->delivered : 0;
}

void mu_acknowledge(mu_run *r, int number)
{
    mu_message *m = &r->messages.list[number];
    if (m->acked >= 0 || m->delivered < 0)
        return;
    m->acked = r->now;
    m->acked_by = r->acting;
    uint32_t event = EMIT(r, EV_NOTIFY_ACK, number, m->person >= 0 ? r->world->people[m->person].name : m->to, m->about, r->now - m->delivered, mu_unseen(m));
    m->ack_event = event;
    int a = m->a, b = m->b, person = m->person;
    mu_purpose_of purpose = m->purpose;
    int card = purpose == FOR_CARD ? a : purpose == FOR_PROMPT ? r->prompts.list[a].card : -1;
    if (card >= 0)
        r->cards[card].heard = true;
    if (card >= 0 && person >= 0)
        mu_expect_acknowledged(r, card, person, event);
    mu_clock_met(r, r->messages.list[number].intake - 1);
    if (purpose == FOR_HANDOVER)
        mu_handover_acknowledged(r, a, b, person);
    if (purpose == FOR_LADDER)
        mu_climb_answered(r, a, person, number);
    if (purpose == FOR_LADDER || purpose == FOR_QUORUM)
        mu_present_on_bridge(r, person);
}

static bool still_heard(const mu_run *r, int card)
{
    for (int i = 0; i < r->messages.count; i++)
        if (r->messages.list[i].purpose == FOR_CARD && r->messages.list[i].a == card && r->messages.list[i].acked >= 0)
            return true;
    return false;
}

static void take_over_again(mu_run *r, int number)
{
    const mu_message *m = &r->messages.list[number];
    const mu_node *to = mu_world_node(r->world, m->to), *after = mu_is_role(r->world, to) ? mu_get(to, "take_over_after") : NULL;
    if (after && m->purpose != FOR_INFORM && m->purpose != FOR_NOTICE)
        mu_at(r, m->delivered + after->value, T_TAKE_OVER, (int)to->value, number);
}

void mu_acknowledge_back(mu_run *r, int number)
{
    mu_message *m = &r->messages.list[number];
    int a = m->a, b = m->b, person = m->person;
    mu_purpose_of purpose = m->purpose;
    m->acked = -1;
    EMIT(r, EV_NOTIFY_WAITS, number, r->world->people[person].name, m->about, m->ack_event);
    take_over_again(r, number);
    if (purpose == FOR_CARD)
        r->cards[a].heard = still_heard(r, a);
    if (purpose == FOR_HANDOVER && b >= 0 && r->world->roles[a].held_by == person)
        mu_role_pass(r, a, b, "taken back");
    if (purpose == FOR_TASK)
        mu_task_waits_again(r, a);
    if (purpose == FOR_LADDER)
        mu_climb_unanswered(r, number);
    if (purpose == FOR_LADDER || purpose == FOR_QUORUM)
        mu_absent_from_bridge(r, person);
}
