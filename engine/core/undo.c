/* Taking an act back: a new event that undoes it. The world, the list, roles, levels, work, acknowledgements and the clocks that hang
 * on them are put back; what somebody has seen, said or been sent cannot be. */
#include <string.h>

#include "core/hand.h"

bool mu_taken_back(const mu_run *r, uint32_t act)
{
    for (size_t n = act; n <= mu_journal_count(r->journal); n++) {
        const mu_event *e = mu_journal_event(r->journal, n);
        if (e->kind == EV_TAKEN_BACK && e->arg[0] == act)
            return true;
    }
    return false;
}

/* A card is put back on the list; one whose time has passed meanwhile waits for the facilitator. */
static void put_back(mu_run *r, const mu_event *e)
{
    int card = mu_run_card(r, e->arg[mu_event_field_of(EV_ACT, "object")]);
    if (r->cards[card].state == CARD_PLAYED)
        return;
    bool passed = r->msel->cards[card].at >= 0 && r->msel->cards[card].at <= r->now;
    r->cards[card].state = passed ? CARD_HELD : CARD_LAID;
    if (passed)
        EMIT(r, EV_INJECT_HELD, r->laid[card].name, LIT(r, "its time passed while it was off the list"));
}

static void give_back(mu_run *r, const mu_node *role, int64_t person)
{
    const mu_node *to = mu_world_node(r->world, person);
    if (to && mu_is_role(r->world, role))
        mu_role_pass(r, (int)role->value, (int)to->value, "taken back");
}

static void unacknowledge(mu_run *r, uint32_t act)
{
    for (int i = 0; i < r->messages.count; i++)
        if (r->messages.list[i].acked >= 0 && r->messages.list[i].acked_by == act)
            mu_acknowledge_back(r, i);
}

static void reseat(mu_run *r, const mu_node *person, const mu_event *e, int64_t by)
{
    bool player = strcmp(mu_journal_text(r->journal, e, "choice"), "player") == 0;
    r->world->people[person->value].played = !player;
    EMIT(r, EV_SEAT, r->world->people[person->value].name, player ? LIT(r, "stand-in") : LIT(r, "player"), by);
}

/* Work that was begun or finished; what the begin of it had acknowledged waits again. */
static bool work_back(mu_run *r, const char *verb, uint32_t act)
{
    if (strcmp(verb, "finish") == 0 && mu_task_finish_back(r, act)) {
        mu_legal_events_back(r, act);
        return true;
    }
    if (strcmp(verb, "start") != 0 || !mu_task_begin_back(r, act))
        return false;
    unacknowledge(r, act);
    return true;
}

void mu_undo(mu_run *r, uint32_t act, int64_t by)
{
    const mu_event e = *mu_journal_event(r->journal, act); /* the list of events may move */
    const char *verb = mu_journal_text(r->journal, &e, "verb");
    const mu_node *node = mu_world_node(r->world, e.arg[mu_event_field_of(EV_ACT, "object")]);
    bool acknowledged = strcmp(verb, "acknowledge") == 0;
    if (strcmp(verb, "away") == 0 || strcmp(verb, "back") == 0)
        mu_set_away(r, node, *verb == 'b', by);
    else if (strcmp(verb, "down") == 0 || strcmp(verb, "up") == 0)
        mu_set_down(r, node, *verb == 'u', by);
    else if (strcmp(verb, "hold") == 0 || strcmp(verb, "cancel") == 0)
        put_back(r, &e);
    else if (strcmp(verb, "hand_over") == 0)
        give_back(r, node, e.arg[mu_event_field_of(EV_ACT, "person")]);
    else if (strcmp(verb, "seat") == 0 && node)
        reseat(r, node, &e, by);
    else if (acknowledged)
        unacknowledge(r, act);
    bool work = work_back(r, verb, act);
    if (mu_declare_back(r, act) || acknowledged || work)
        mu_clocks_back(r, act);
    mu_expect_unmet(r, act);
}
