/* Gaps of communication that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"

/* The channel over which all of several ways lead; NULL where they lead over more than one. */
static const mu_node *only_channel(const mu_node *reach)
{
    const mu_node *one = reach && reach->count ? mu_get(reach->first, "via") : NULL;
    MU_EACH (way, reach)
        if (!one || mu_get(way, "via")->ref != one->ref)
            return NULL;
    return one ? one->ref : NULL;
}

static void few_ways(mu_judge *j)
{
    static const char *const sections[][2] = {{"people", "person"}, {"externals", "external"}};
    for (int s = 0; s < 2; s++)
        MU_EACH (who, mu_get(j->root, sections[s][0])) {
            const mu_node *reach = mu_get(who, "reach"), *channel = only_channel(reach);
            if (!reach || reach->count < 2)
                mu_found_in(j, "COM-01", sections[s][1], who, reach,
                            MU_SAY(j, "%s can be reached in %s", mu_title(j, who), reach && reach->count ? "one way only" : "no way that the plan names"));
            else if (channel)
                mu_found_in(j, "COM-01", sections[s][1], who, reach, MU_SAY(j, "%s can be reached over %s only", mu_title(j, who), channel->key));
        }
}

static void unverified(mu_judge *j)
{
    static const char *const sections[][2] = {{"people", "person"}, {"externals", "external"}};
    for (int s = 0; s < 2; s++)
        MU_EACH (who, mu_get(j->root, sections[s][0])) {
            const mu_node *date = mu_get(who, "verified");
            if (!date)
                mu_found_in(j, "COM-02", sections[s][1], who, NULL, MU_SAY(j, "No date on record shows that %s can be reached as written", mu_title(j, who)));
            else if (mu_older_than_limit(j, date, "contact_verified"))
                mu_too_old(j, mu_found_in(j, "COM-02", sections[s][1], who, date, MU_SAY(j, "Whether %s can be reached as written was last tried on %s", mu_title(j, who), mu_dated(j, date))),
                           date, "contact_verified");
        }
}

static void no_out_of_band(mu_judge *j)
{
    const mu_node *channels = mu_get(j->root, "channels");
    MU_EACH (c, channels)
        if (mu_is(c, "use", "out_of_band"))
            return;
    mu_found(j, "COM-04", "section:channels", mu_place(channels), "No channel stands apart from the ones that an incident may take");
}

/* All that primary channels stand on, each with the first channel that does. */
typedef struct primaries {
    mu_set things;
    const mu_node **channel; /* of each of them */
} primaries;

static primaries under_primaries(const mu_judge *j)
{
    primaries all = {.things = MU_SET(j)};
    size_t room = 0;
    MU_EACH (p, mu_get(j->root, "channels")) {
        mu_set ground = MU_SET(j);
        if (!mu_is_primary(p))
            continue;
        mu_ground(p, &ground);
        for (size_t i = 0; i < ground.count; i++) {
            mu_put(&all.things, ground.list[i]);
            if (all.things.count <= room)
                continue;
            const mu_node **more = mu_alloc(j->arena, (room * 2 + 16) * sizeof *more);
            if (room)
                memcpy(more, all.channel, room * sizeof *more);
            all.channel = more;
            room = room * 2 + 16;
        }
        for (size_t i = 0; i < ground.count; i++) {
            const mu_node **which = &all.channel[mu_place_in(&all.things, ground.list[i])];
            *which = *which ? *which : p;
        }
    }
    return all;
}

/* Of some things the one that stands first under the primary channels; NULL where none does. Sets *which to that channel. */
static const mu_node *shared_ground(const primaries *all, const mu_set *a, const mu_node **which)
{
    size_t least = all->things.count;
    for (size_t i = 0; i < a->count; i++) {
        size_t at = mu_place_in(&all->things, a->list[i]);
        least = at < least ? at : least;
    }
    if (least == all->things.count)
        return NULL;
    *which = all->channel[least];
    return all->things.list[least];
}

static void falls_with_the_first(mu_judge *j)
{
    primaries all = under_primaries(j);
    MU_EACH (c, mu_get(j->root, "channels")) {
        if (!mu_is(c, "use", "out_of_band"))
            continue;
        mu_set ground = MU_SET(j);
        const mu_node *primary = NULL;
        mu_ground(c, &ground);
        const mu_node *common = shared_ground(&all, &ground, &primary);
        if (common)
            mu_found_in(j, "COM-05", "channel", c, mu_get(c, "depends_on"),
                        MU_SAY(j, "%s stands on %s, and so does %s, which it is to replace", c->key, common->key, primary->key));
    }
}

static size_t not_enrolled(const mu_judge *j, const mu_node *channel)
{
    const mu_node *people = mu_get(j->root, "people");
    mu_set in = MU_SET(j);
    MU_EACH (e, mu_get(channel, "enrolled")) {
        if (strcmp(e->text, "team:all") == 0)
            return 0;
        mu_meant(j, e, &in);
    }
    return people ? (size_t)people->count - in.count : 0;
}

static void not_ready(mu_judge *j)
{
    MU_EACH (c, mu_get(j->root, "channels")) {
        if (!mu_is(c, "use", "out_of_band"))
            continue;
        size_t out = not_enrolled(j, c);
        const mu_node *tested = mu_get(c, "tested");
        bool old = tested && mu_older_than_limit(j, tested, "out_of_band_tested");
        if (out)
            mu_found_in(j, "COM-06", "channel", c, mu_get(c, "enrolled"), MU_SAY(j, "%zu of %d people are not enrolled in %s", out, mu_get(j->root, "people")->count, c->key));
        else if (!tested)
            mu_found_in(j, "COM-06", "channel", c, NULL, MU_SAY(j, "No test of %s is on record", c->key));
        else if (old)
            mu_too_old(j, mu_found_in(j, "COM-06", "channel", c, tested, MU_SAY(j, "%s was last tested on %s", c->key, mu_dated(j, tested))), tested, "out_of_band_tested");
    }
}

static void cannot_be_acknowledged(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (ladder, mu_get(j->root, "escalations"))
        MU_EACH (rung, mu_get(ladder, "steps"))
            for (const mu_node *via = mu_items(mu_get(rung, "via")); via; via = via->parent->kind == MU_LIST ? via->next : NULL) {
                const mu_node *ack = via->ref ? mu_get(via->ref, "acknowledge") : NULL;
                if (!via->ref || (ack && ack->value) || mu_has(&said, via->ref))
                    continue;
                mu_put(&said, via->ref);
                mu_found_in(j, "COM-07", "channel", via->ref, ack, MU_SAY(j, "The ladder \"%s\" calls over %s, which takes no acknowledgement", ladder->key, via->ref->key));
            }
}

static void audience_unmapped(mu_judge *j)
{
    static const struct { const char *key, *word; } needs[] = {{"owner", "owner"}, {"via", "channel"}, {"first_within", "time for the first message"}};
    MU_EACH (a, mu_get(j->root, "audiences")) {
        const char *missing = "";
        for (size_t i = 0; i < 3; i++)
            if (!mu_get(a, needs[i].key))
                missing = MU_SAY(j, "%s%sno %s", missing, *missing ? ", " : "", needs[i].word);
        if (*missing)
            mu_found_in(j, "COM-12", "audience", a, NULL, MU_SAY(j, "The audience %s has %s", a->key, missing));
    }
}

static void no_cadence(mu_judge *j)
{
    MU_EACH (s, mu_get(j->root, "severities"))
        if (mu_is_level(s) && !mu_get(s, "update_every"))
            mu_found_in(j, "COM-13", "severity", s, NULL, MU_SAY(j, "Nothing says how often people hear news in %s", s->key));
}

/* The first thing under the primary channels whose fall takes all of `places` with it. */
static const mu_node *takes_all(const mu_judge *j, const primaries *all, const mu_set *places, const mu_node **which)
{
    mu_set common = MU_SET(j);
    if (places->count)
        mu_ground(places->list[0], &common);
    for (size_t i = 1; i < places->count; i++) {
        mu_set under = MU_SET(j), both = MU_SET(j);
        mu_ground(places->list[i], &under);
        for (size_t k = 0; k < common.count; k++)
            if (mu_has(&under, common.list[k]))
                mu_put(&both, common.list[k]);
        common = both;
    }
    return shared_ground(all, &common, which);
}

static void addresses_fall_too(mu_judge *j)
{
    primaries all = under_primaries(j);
    const mu_node *which = NULL, *common;
    MU_EACH (c, mu_get(j->root, "channels")) {
        mu_set places = MU_SET(j);
        MU_EACH (d, mu_get(c, "directory"))
            mu_put(&places, d->ref);
        if ((common = takes_all(j, &all, &places, &which)))
            mu_found_in(j, "COM-16", "channel", c, mu_get(c, "directory"),
                        MU_SAY(j, "The numbers for %s are kept on %s, and fall with %s", c->key, common->key, which->key));
    }
    MU_EACH (e, mu_get(j->root, "externals")) {
        mu_set places = MU_SET(j);
        bool apart = false;
        MU_EACH (r, mu_get(e, "reach")) {
            apart = apart || !mu_get(r, "depends_on");
            MU_EACH (d, mu_get(r, "depends_on"))
                mu_put(&places, d->ref);
        }
        if (!apart && (common = takes_all(j, &all, &places, &which)))
            mu_found_in(j, "COM-16", "external", e, mu_get(e, "reach"), MU_SAY(j, "The address of %s is kept on %s, and falls with %s", mu_title(j, e), common->key, which->key));
    }
}

static void copies_fall_too(mu_judge *j)
{
    primaries all = under_primaries(j);
    const mu_node *which = NULL, *common, *stored = mu_get(mu_get(j->root, "plan"), "stored");
    const mu_node *repository = mu_get(mu_get(j->root, "resources"), "repository");
    mu_set copies = MU_SET(j), contacts = MU_SET(j);
    MU_EACH (s, stored)
        mu_put(&copies, s);
    if ((common = takes_all(j, &all, &copies, &which)))
        mu_found(j, "COM-16", "section:stored", mu_place(stored), MU_SAY(j, "Every copy of the plan falls with %s, which %s stands on", common->key, which->key));
    MU_EACH (r, repository)
        MU_EACH (h, mu_get(r, "holds"))
            if (strcmp(h->text, "contacts") == 0)
                mu_put(&contacts, r);
    if ((common = takes_all(j, &all, &contacts, &which)))
        mu_found(j, "COM-16", "plan", mu_place(repository), MU_SAY(j, "Every place that holds the contacts falls with %s, which %s stands on", common->key, which->key));
}

const mu_rule mu_rules_communications[] = {
    {"COM-01", few_ways,
     "a person or an external with fewer than two entries in reach, or all of them over one channel"},
    {"COM-02", unverified,
     "no date on which a contact was verified, or one older than contact_verified, or still to come"},
    {"COM-04", no_out_of_band,
     "no channel with use: out_of_band"},
    {"COM-05", falls_with_the_first,
     "a channel out of band that stands on something under a primary channel"},
    {"COM-06", not_ready,
     "a channel out of band in which somebody is not enrolled, or whose last test is missing, older than out_of_band_tested or still to come"},
    {"COM-07", cannot_be_acknowledged,
     "a channel of a ladder that takes no acknowledgement"},
    {"COM-12", audience_unmapped,
     "an audience without an owner, a channel or a time for the first message"},
    {"COM-13", no_cadence,
     "a severity without update_every"},
    {"COM-16", addresses_fall_too,
     "a directory of a channel, or the only addresses of an external, that falls with a primary channel"},
    {"COM-16", copies_fall_too,
     "every copy of the plan, or every place that holds the contacts, falls with a primary channel"},
    {NULL, NULL, NULL},
};
