/* Who holds a role changes hands: a hand-over, a peer who steps in, the end of a shift. */
#include <string.h>

#include "core/parts.h"

void mu_role_pass(mu_run *r, int role, int to, const char *way)
{
    mu_role *held = &r->world->roles[role];
    int64_t from = held->held_by >= 0 ? r->world->people[held->held_by].name : 0;
    EMIT(r, EV_HANDOVER, held->name, from, r->world->people[to].name, mu_sym(r, way));
    held->taken_over = to;
    (void)mu_hold(r, role, 0);
}

/* Where the plan says that a hand-over is acknowledged, the role stays where it is until the other one says so. */
void mu_hand_over(mu_run *r, int role, int from, int to)
{
    const char *manner = mu_get_text(r->world->roles[role].node, "handover");
    bool waits = manner && strcmp(manner, "acknowledged") == 0;
    int64_t about = mu_symf(r, "handover:%s", r->world->roles[role].node->key);
    mu_letter l = {.to = r->world->people[to].name, .who = r->world->people[to].node, .about = about, .purpose = FOR_HANDOVER, .a = role, .b = waits ? from : -1};
    (void)mu_hold(r, role, 0);
    if (!waits)
        mu_role_pass(r, role, to, "handed over");
    (void)mu_send(r, &l);
}

void mu_handover_acknowledged(mu_run *r, int role, int from, int to)
{
    if (from >= 0 && r->world->roles[role].held_by == from)
        mu_role_pass(r, role, to, "handed over, and acknowledged");
}

/* The next of the line who is there, those with a date of training first; -1 where there is no other. */
static int peer(const mu_run *r, int role, int person)
{
    mu_line line;
    int best = -1;
    mu_line_of(r->world, role, r->now, &line);
    for (int i = 0; i < line.count; i++) {
        bool there = line.people[i] != person && mu_line_present(r->world, &line, i, r->now);
        if (there && mu_get(r->world->people[line.people[i]].node, "trained"))
            return line.people[i];
        best = there && best < 0 ? line.people[i] : best;
    }
    return best;
}

bool mu_take_over(mu_run *r, int role, int person)
{
    int to = peer(r, role, person);
    if (to < 0 || r->world->roles[role].held_by != person)
        return false;
    mu_role_pass(r, role, to, "took over: no answer");
    return true;
}

/* Whoever steps in is asked what nobody answered. */
static void ask_again(mu_run *r, int role, int message)
{
    mu_message m = r->messages.list[message];
    mu_letter l = {.about = m.about, .purpose = m.purpose, .a = m.a, .b = m.b};
    if (!mu_run_message_awaits(r, message))
        return;
    if (m.purpose == FOR_DECISION) {
        mu_decision_passes(r, role, message);
        return;
    }
    int again = mu_send_to_role(r, role, l, m.about);
    if (m.purpose == FOR_AUDIENCE)
        r->told[m.a].message = again;
}

/* Nobody answered what was sent to the role: a peer steps in. */
void mu_take_over_due(mu_run *r, int role, int message)
{
    const mu_message *m = &r->messages.list[message];
    int person = m->person;
    if (m->acked >= 0 || person < 0)
        return;
    if (mu_take_over(r, role, person) || (r->world->roles[role].held_by >= 0 && r->world->roles[role].held_by != person))
        ask_again(r, role, message);
}

static int64_t shift_of(const mu_run *r, int role)
{
    return mu_length(r, r->world->roles[role].longest_shift);
}

void mu_shift_begins(mu_run *r, int role)
{
    int64_t longest = shift_of(r, role);
    r->world->roles[role].held_since = r->now;
    if (longest > 0)
        mu_at(r, r->now + longest, T_SHIFT, role, 0);
}

/* When the next of the line has rested; MU_NEVER where nobody of it rests. */
static int64_t rested(const mu_run *r, int role)
{
    mu_line line;
    int64_t first = MU_NEVER;
    mu_line_of(r->world, role, r->now, &line);
    for (int i = 0; i < line.count; i++) {
        int64_t until = r->world->people[line.people[i]].rests_until;
        first = until > r->now && until < first ? until : first;
    }
    return first;
}

/* Whoever has held a role for the longest shift is relieved by the next, and rests; where there is no next, that is said, and whoever has
 * rested relieves them then. */
void mu_shift_due(mu_run *r, int role, bool said)
{
    mu_role *held = &r->world->roles[role];
    int person = held->held_by;
    int64_t worked = r->now - held->held_since;
    if (person < 0 || worked < shift_of(r, role))
        return;
    int to = peer(r, role, person);
    if (to >= 0 || !said)
        EMIT(r, EV_SHIFT_OVER, held->name, r->world->people[person].name, worked, to >= 0 ? r->world->people[to].name : 0);
    if (to < 0) {
        mu_at(r, rested(r, role), T_SHIFT, role, 1);
        return;
    }
    int64_t rest = mu_length(r, mu_get(held->node, "rest"));
    r->world->people[person].rests_until = r->now + (rest > 0 ? rest : 0);
    mu_role_pass(r, role, to, "end of the shift");
}
