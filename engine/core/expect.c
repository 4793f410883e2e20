/* What a card expects: met by the plan's own act, not by a text that resembles it. Each outcome is its own thing. */
#include <string.h>

#include "core/parts.h"

static int64_t card_name(mu_run *r, const mu_expect *e)
{
    return r->laid[e->card].name;
}

static int64_t action_name(mu_run *r, const mu_expect *e)
{
    return e->action ? mu_name_of(r, e->action) : mu_symf(r, "act:%s", e->act);
}

static bool same(const mu_expect *a, const mu_expect *b)
{
    return a->action ? a->action == b->action : b->act && strcmp(a->act, b->act) == 0;
}

/* What was done before the card came; an incident is called once, as long as it was called as grave as it is. */
static bool done_before(const mu_run *r, const mu_expect *e)
{
    bool calls = e->action ? mu_declares(e->action) : strcmp(e->act, "declare") == 0;
    return (e->action && mu_action_done(r, e->action)) || (calls && mu_declaration_stands(r));
}

void mu_expect_open(mu_run *r, int card)
{
    const mu_card *c = &r->msel->cards[card];
    if (c->kind == MU_DECISION)
        return;
    for (int i = 0; i < c->expect.count; i++) {
        const mu_name *name = &c->expect.list[i];
        const char *colon = strchr(name->text, ':');
        int index = r->expects.count;
        mu_expect *e = MU_MORE(r->expects);
        *e = (mu_expect){.card = card, .action = name->node, .act = name->node ? NULL : colon ? colon + 1 : name->text, .from = r->now,
                         .until = c->within >= 0 ? r->now + c->within : MU_NEVER, .prompted = c->class == MU_CLASS_CONTINGENCY};
        if (done_before(r, e)) {
            e->met = true;
            EMIT(r, EV_EXPECT_MET, card_name(r, e), action_name(r, e), LIT(r, "already done"), 0, 0, 0);
        } else {
            mu_at(r, e->until, T_EXPECT, index, 0);
        }
    }
}

/* Somebody else did it: had their role the authority that the row asks for? */
static const char *by_whom(const mu_run *r, const mu_expect *e, int person, int role)
{
    const char *authority = e->action ? mu_get_text(e->action, "authority") : "declare";
    const mu_node *does = mu_get(e->action, "R") ? mu_get(e->action, "R") : mu_get(e->action, "R/A"), *answers = mu_get(e->action, "A");
    if (!e->action)
        return strcmp(e->act, "declare") == 0 && (role < 0 || !mu_has_authority(r, role, authority)) ? "met by somebody else, without authority" : NULL;
    if ( mu_role_for(r, does, person) >= 0 || mu_role_for(r, answers, person) >= 0)
        return NULL;
    EACH_OF (ref, does)
        if (role >= 0 && mu_role_of(r->world, ref->ref) == role)
            return NULL;
    return authority && (role < 0 || !mu_has_authority(r, role, authority)) ? "met by somebody else, without authority" : "met by somebody else";
}

/* After a contingency card that asks for the same, the first one was met by a prompt. */
static bool prompted(const mu_run *r, const mu_expect *e)
{
    for (int i = 0; i < r->expects.count; i++)
        if (r->expects.list[i].prompted && same(e, &r->expects.list[i]))
            return true;
    return false;
}

static void met(mu_run *r, mu_expect *e, int person, int role, uint32_t event)
{
    const char *other = by_whom(r, e, person, role), *how = other ? other : prompted(r, e) ? "met after a prompt" : "met";
    int64_t outcome = mu_sym(r, how);
    if (r->now > e->until)
        outcome = other ? mu_symf(r, "met late%s", other + strlen("met")) : mu_sym(r, prompted(r, e) ? "met late, after a prompt" : "met late");
    e->met = true;
    e->by_act = r->acting;
    EMIT(r, EV_EXPECT_MET, card_name(r, e), action_name(r, e), outcome, r->world->people[person].name, r->now - e->from, event);
}

void mu_expect_happened(mu_run *r, const mu_node *action, const char *act, int person, int role, uint32_t event)
{
    mu_expect what = {.action = action, .act = act};
    for (int i = 0; i < r->expects.count; i++)
        if (!r->expects.list[i].met && same(&what, &r->expects.list[i]))
            met(r, &r->expects.list[i], person, role, event);
}

void mu_expect_acknowledged(mu_run *r, int card, int person, uint32_t event)
{
    mu_expect what = {.act = "acknowledge"};
    for (int i = 0; i < r->expects.count; i++)
        if (!r->expects.list[i].met && r->expects.list[i].card == card && same(&what, &r->expects.list[i]))
            met(r, &r->expects.list[i], person, -1, event);
}

static const char *why_not(const mu_run *r, const mu_expect *e)
{
    const mu_card_state *c = &r->cards[e->card];
    int task = e->action ? mu_task_of(r, e->action) : -1;
    if (!c->reached)
        return "nobody could be asked";
    if (!c->heard)
        return "never seen";
    if (task >= 0 && r->tasks.list[task].state == TASK_BLOCKED)
        return "acknowledged, and blocked";
    return task >= 0 ? "acknowledged, and not done in time" : "acknowledged but not acted on";
}

static void missed(mu_run *r, mu_expect *e)
{
    e->missed = true;
    EMIT(r, EV_EXPECT_MISSED, card_name(r, e), action_name(r, e), mu_sym(r, why_not(r, e)), e->until == MU_NEVER ? -1 : e->until - e->from);
}

void mu_expect_due(mu_run *r, int expect)
{
    mu_expect *e = &r->expects.list[expect];
    if (!e->met && !e->missed && e->until <= r->now)
        missed(r, e);
}

void mu_expect_unmet(mu_run *r, uint32_t act)
{
    for (int i = 0; i < r->expects.count; i++) {
        mu_expect *e = &r->expects.list[i];
        if (!e->met || e->by_act != act)
            continue;
        e->met = false;
        if (e->until <= r->now)
            missed(r, e);
    }
}

void mu_expects_end(mu_run *r)
{
    for (int i = 0; i < r->expects.count; i++) {
        mu_expect *e = &r->expects.list[i];
        if (e->met || e->missed)
            continue;
        if (e->until <= r->now || e->until == MU_NEVER)
            missed(r, e);
        else
            EMIT(r, EV_EXPECT_OPEN, card_name(r, e), action_name(r, e), e->until - r->now);
    }
}
