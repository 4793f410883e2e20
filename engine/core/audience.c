/* Audiences are told by their owners: first within a time, then on cadence, in order. */
#include <string.h>

#include "core/parts.h"

enum { LOOK_AGAIN = 10 * 60000 }; /* an owner who could not be asked is looked for so often */

static void ask_owner(mu_run *r, int told)
{
    mu_told *a = &r->told[told];
    const mu_node *owner = mu_get(a->node, "owner");
    int64_t name = mu_name_of(r, a->node);
    mu_letter l = {.about = name, .purpose = FOR_AUDIENCE, .a = told};
    int role = owner ? mu_role_of(r->world, owner->ref) : -1;
    if (role >= 0) {
        a->message = mu_send_to_role(r, role, l, name);
    } else if (owner && mu_is_person(r->world, owner->ref)) {
        l.to = mu_name_of(r, owner->ref);
        l.who = owner->ref;
        a->message = mu_send(r, &l);
    }
    if (owner && r->told[told].message < 0)
        mu_at(r, r->now + LOOK_AGAIN, T_TELL, told, -1 - r->told[told].number);
}

/* Whoever owns it can be asked now. */
static bool owner_there(const mu_run *r, int told)
{
    const mu_node *owner = mu_get(r->told[told].node, "owner");
    if (!owner)
        return false;
    const mu_node *external = mu_get(owner->ref, "external");
    mu_line line = mu_meant_now(r->world, owner->ref, owner->text, r->now);
    return external ? mu_can_reach(r, external->ref) : line.count && mu_present(r->world, line.people[0], r->now, true) && mu_can_reach(r, r->world->people[line.people[0]].node);
}

/* The first message is asked for at once; the next ones when half of the time between two has passed. */
static void start(mu_run *r, int told, const char *key, const char *because)
{
    mu_told *a = &r->told[told];
    int64_t window = mu_length(r, mu_get(a->node, key));
    a->drafted = false;
    a->message = -1;
    if (window < 0)
        return;
    a->clock = mu_clock_start(r, "audience", a->node, mu_sym(r, because), r->now + window);
    if (a->number == 0)
        ask_owner(r, told);
    else
        mu_at(r, r->now + window / 2, T_TELL, told, a->number);
}

void mu_audience_due(mu_run *r, int told, int number)
{
    const mu_told *a = &r->told[told];
    bool again = number < 0;
    if (a->number != (again ? -1 - number : number) || a->message >= 0 || a->clock < 0)
        return;
    if (again && !owner_there(r, told))
        mu_at(r, r->now + LOOK_AGAIN, T_TELL, told, number);
    else
        ask_owner(r, told);
}

void mu_audiences_start(mu_run *r)
{
    for (int i = 0; i < r->told_count; i++)
        if (r->told[i].clock < 0)
            start(r, i, "first_within", "incident.declared");
}

void mu_audience_clock_void(mu_run *r, int clock)
{
    for (int i = 0; i < r->told_count; i++)
        if (r->told[i].clock == clock)
            r->told[i].clock = -1;
}

/* What should have been told or done before, and was not; 0 where the order is kept. */
static int64_t out_of_order(mu_run *r, const mu_node *audience)
{
    EACH (a, mu_get(audience, "after")) {
        bool done = a->ref && mu_action_done(r, a->ref);
        for (int i = 0; i < r->told_count; i++)
            done = done || (r->told[i].node == a->ref && r->told[i].number > 0);
        for (int i = 0; i < r->clocks.count; i++)
            done = done || (r->clocks.list[i].node == a->ref && r->clocks.list[i].state == CLOCK_MET);
        if (!done)
            return mu_world_name(r->world, a->ref, a->text);
    }
    return 0;
}

int64_t mu_run_message_before(mu_run *r, int64_t number)
{
    const mu_message *m = number >= 0 && number < r->messages.count ? &r->messages.list[number] : NULL;
    return m && m->purpose == FOR_AUDIENCE ? out_of_order(r, r->told[m->a].node) : 0;
}

/* The channel of an audience that stands, or the one that was named if it does; else NULL, and what took the first of them. */
static const mu_node *standing(const mu_run *r, const mu_node *audience, const mu_node *named, const mu_node **because)
{
    if (named)
        return mu_stands(r->world, named, because) ? named : NULL;
    EACH_OF (v, mu_get(audience, "via")) {
        const mu_node *took = NULL;
        if (v->ref && mu_stands(r->world, v->ref, &took))
            return v->ref;
        *because = *because ? *because : took;
    }
    return NULL;
}

static int told_of(const mu_run *r, const mu_node *audience)
{
    for (int i = 0; i < r->told_count; i++)
        if (r->told[i].node == audience)
            return i;
    return -1;
}

static void sent(mu_run *r, int told, int person, const mu_node *via)
{
    mu_told *a = &r->told[told];
    int64_t who = r->world->people[person].name, name = mu_name_of(r, a->node), before = out_of_order(r, a->node);
    a->number++;
    EMIT(r, EV_MESSAGE_APPROVED, name, who, a->number);
    EMIT(r, EV_MESSAGE_RELEASED, name, who, a->number, mu_name_of(r, via), before == 0, before);
    if (a->clock >= 0)
        mu_clock_met(r, a->clock);
    mu_clock_met_of(r, "update", r->declared);
    r->last_update = r->now;
    start(r, told, "every", "message.released");
    if (r->telling)
        return;
    r->telling = true;
    mu_duties_told(r, a->node, person);
    r->telling = false;
}

static bool only_of_its_kind(const mu_run *r, const mu_node *external, const char *kind)
{
    const char *own = mu_get_text(external, "kind");
    int count = 0;
    EACH (e, mu_get(r->root, "externals")) {
        const char *other = mu_get_text(e, "kind");
        count += other && strcmp(other, kind) == 0;
    }
    return own && strcmp(own, kind) == 0 && count == 1;
}

static bool same_party(const mu_run *r, const mu_node *obligation, const mu_node *audience)
{
    const mu_node *route = mu_get(obligation, "route"), *to = mu_first_of(route ? route : mu_get(obligation, "to")), *who = to ? to->ref : NULL;
    const char *kind = mu_get_text(audience, "kind");
    if (!who || who == audience)
        return who != NULL;
    if (who->parent != mu_get(r->root, "externals"))
        return false;
    return strcmp(who->key, audience->key) == 0 || only_of_its_kind(r, who, kind ? kind : audience->key);
}

/* A notice of the law to customers is not the message about their outage: that has a template of its own. */
bool mu_told_as_one(const mu_run *r, const mu_node *obligation, const mu_node *audience)
{
    const mu_node *own = mu_get(obligation, "template"), *of = mu_get(audience, "template");
    bool same_words = own && of && own->ref ? own->ref == of->ref : !own && !of;
    return same_words && same_party(r, obligation, audience);
}

void mu_audience_told(mu_run *r, const mu_node *obligation, int person)
{
    const mu_node *because = NULL;
    if (r->telling)
        return;
    r->telling = true;
    for (int i = 0; i < r->told_count; i++)
        if (mu_told_as_one(r, obligation, r->told[i].node))
            sent(r, i, person, standing(r, r->told[i].node, NULL, &because));
    r->telling = false;
}

/* A draft comes before the release; a release without one writes both. */
void mu_audience_release(mu_run *r, const mu_node *audience, int person, const mu_node *via, bool draft)
{
    int told = told_of(r, audience);
    if (told < 0)
        return;
    mu_told *a = &r->told[told];
    int64_t name = mu_name_of(r, audience), who = r->world->people[person].name;
    if (!a->drafted)
        EMIT(r, EV_MESSAGE_DRAFTED, name, who, a->number + 1, mu_sym(r, mu_get_text(audience, "template")));
    a->drafted = true;
    if (draft)
        return;
    const mu_node *because = NULL, *over = standing(r, audience, via, &because);
    if (!over) {
        EMIT(r, EV_NOTIFY_FAIL, -1, name, via ? mu_name_of(r, via) : 0, name, LIT(r, "channel_down"), because ? mu_name_of(r, because) : 0);
        return;
    }
    sent(r, told, person, over);
}
