#include "analysis/presence.h"

#include <string.h>

#include "plan/schema.h"

enum { WEEK = 7 * 24 * 60, SLOT = 15, SLOTS = WEEK / SLOT }; /* minutes */

static const mu_node *organisation_of(const mu_node *n)
{
    while (n->parent)
        n = n->parent;
    return mu_get(n, "organisation");
}

const mu_node *mu_own_hours(const mu_node *who)
{
    const mu_node *own = mu_get(who, "hours");
    return !own || mu_is(who, "hours", "working_hours") ? mu_get(organisation_of(who), "working_hours") : own;
}

/* Marks the slots of a week that lie in these hours whole, `early` minutes before their own time. */
static void mark(const mu_node *hours, int early, bool *there)
{
    for (const mu_node *h = mu_items(hours); h; h = hours->kind == MU_LIST ? h->next : NULL) {
        int ranges[16][2], n = mu_hours_read(h->text, ranges, 16);
        bool always = strcmp(h->text, "24x7") == 0;
        for (int i = 0; always && i < SLOTS; i++)
            there[i] = true;
        for (int i = 0; i < n; i++)
            for (int at = (ranges[i][0] + SLOT - 1) / SLOT * SLOT; at + SLOT <= ranges[i][1]; at += SLOT)
                there[((at - early) % WEEK + WEEK) % WEEK / SLOT] = true;
    }
}

static bool all_of(const bool *there)
{
    for (int i = 0; i < SLOTS; i++)
        if (!there[i])
            return false;
    return true;
}

bool mu_always_there(const mu_node *who)
{
    bool there[SLOTS] = {false};
    if (mu_is(who, "hours", "24x7"))
        return true;
    mark(mu_own_hours(who), 0, there);
    return all_of(there);
}

bool mu_there_off_hours(const mu_node *person)
{
    const mu_node *office = mu_get(organisation_of(person), "working_hours");
    bool own[SLOTS] = {false}, theirs[SLOTS] = {false};
    if (!office || !mu_own_hours(person))
        return true;
    mark(mu_own_hours(person), 0, own);
    mark(office, 0, theirs);
    for (int i = 0; i < SLOTS; i++)
        if (own[i] && !theirs[i])
            return true;
    return false;
}

/* How many minutes a person's clock is ahead of UTC, as it stands at the judge's time. */
static int ahead(const mu_judge *j, mu_zones *zones, const mu_node *person)
{
    const char *own = mu_get_text(person, "timezone"), *zone = own ? own : mu_get_text(mu_get(j->root, "organisation"), "timezone");
    mu_zone *z = zone ? mu_zones_get(zones, zone) : NULL;
    return z ? (int)((mu_zone_local(z, j->now) - j->now) / 60000) : 0;
}

bool mu_always_covered(const mu_judge *j, mu_zones *zones, const mu_set *people)
{
    bool there[SLOTS] = {false};
    for (size_t i = 0; i < people->count; i++) {
        if (mu_always_there(people->list[i]))
            return true;
        mark(mu_own_hours(people->list[i]), ahead(j, zones, people->list[i]), there);
    }
    return all_of(there);
}
