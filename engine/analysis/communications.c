/* Gaps of communication that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"

static void few_ways(mu_judge *j)
{
    static const char *const sections[][2] = {{"people", "person"}, {"externals", "external"}};
    for (int s = 0; s < 2; s++)
        MU_EACH (who, mu_get(j->root, sections[s][0])) {
            const mu_node *reach = mu_get(who, "reach");
            if (!reach || reach->count < 2)
                mu_found_in(j, "COM-01", sections[s][1], who, reach,
                            MU_SAY(j, "%s can be reached in %s", who->key, reach && reach->count ? "one way only" : "no way that the plan names"));
        }
}

static void unverified(mu_judge *j)
{
    static const char *const sections[][2] = {{"people", "person"}, {"externals", "external"}};
    for (int s = 0; s < 2; s++)
        MU_EACH (who, mu_get(j->root, sections[s][0])) {
            const mu_node *date = mu_get(who, "verified");
            if (!date)
                mu_found_in(j, "COM-02", sections[s][1], who, NULL, MU_SAY(j, "No date on record shows that %s can be reached as written", who->key));
            else if (mu_older_than_limit(j, date, "contact_verified"))
                mu_rests_on(j, mu_found_in(j, "COM-02", sections[s][1], who, date, MU_SAY(j, "Whether %s can be reached as written was last tried on %s", who->key, date->text)),
                            "contact_verified");
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

/* Everything that primary channels stand on, each with the first of them that does; made once for all that ask. */
typedef struct first_ways {
    mu_set things;
    const mu_node **channel;
} first_ways;

static first_ways first_ways_of(mu_judge *j)
{
    first_ways w = {.things = MU_SET(j)};
    size_t room = 0;
    MU_EACH (p, mu_get(j->root, "channels")) {
        size_t before = w.things.count;
        if (mu_is(p, "use", "primary"))
            mu_ground(p, &w.things);
        if (w.things.count > room) {
            const mu_node **more = mu_alloc(j->arena, (room = w.things.count * 2) * sizeof *more);
            if (before)
                memcpy(more, w.channel, before * sizeof *more);
            w.channel = more;
        }
        for (size_t i = before; i < w.things.count; i++)
            w.channel[i] = p;
    }
    return w;
}

/* The first primary channel that stands on something of `a`; NULL where none does. */
static const mu_node *first_on(const first_ways *w, const mu_set *a)
{
    size_t first = w->things.count;
    for (size_t i = 0; i < a->count; i++) {
        size_t place = mu_place_in(&w->things, a->list[i]);
        first = place < first ? place : first;
    }
    return first < w->things.count ? w->channel[first] : NULL;
}

static void falls_with_the_first(mu_judge *j)
{
    first_ways ways = first_ways_of(j);
    MU_EACH (c, mu_get(j->root, "channels")) {
        if (!mu_is(c, "use", "out_of_band"))
            continue;
        mu_set ground = MU_SET(j), other = MU_SET(j);
        mu_ground(c, &ground);
        const mu_node *primary = first_on(&ways, &ground);
        mu_ground(primary, &other);
        for (size_t i = 0; i < ground.count; i++)
            if (mu_has(&other, ground.list[i])) {
                mu_found_in(j, "COM-05", "channel", c, mu_get(c, "depends_on"),
                            MU_SAY(j, "%s stands on %s, and so does %s, which it is to replace", c->key, ground.list[i]->key, primary->key));
                break;
            }
    }
}

static size_t not_enrolled(const mu_judge *j, const mu_node *channel, size_t *all)
{
    mu_set in = MU_SET(j);
    size_t out = 0;
    MU_EACH (e, mu_get(channel, "enrolled"))
        mu_meant(j, e, &in);
    MU_EACH (p, mu_get(j->root, "people")) {
        ++*all;
        out += !mu_has(&in, p);
    }
    return out;
}

static void not_ready(mu_judge *j)
{
    MU_EACH (c, mu_get(j->root, "channels")) {
        if (!mu_is(c, "use", "out_of_band"))
            continue;
        size_t all = 0, out = not_enrolled(j, c, &all);
        const mu_node *tested = mu_get(c, "tested");
        bool old = tested && mu_older_than_limit(j, tested, "out_of_band_tested");
        if (out)
            mu_found_in(j, "COM-06", "channel", c, mu_get(c, "enrolled"), MU_SAY(j, "%zu of %zu people are not enrolled in %s", out, all, c->key));
        else if (!tested)
            mu_found_in(j, "COM-06", "channel", c, NULL, MU_SAY(j, "No test of %s is on record", c->key));
        else if (old)
            mu_rests_on(j, mu_found_in(j, "COM-06", "channel", c, tested, MU_SAY(j, "%s was last tested on %s", c->key, tested->text)), "out_of_band_tested");
    }
}

static void cannot_be_acknowledged(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (ladder, mu_get(j->root, "escalations"))
        MU_EACH (rung, mu_get(ladder, "steps"))
            MU_EACH (via, mu_get(rung, "via")) {
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

/* One thing under a primary channel whose fall takes all of `places` with it. */
static const mu_node *takes_all(const mu_judge *j, const first_ways *ways, const mu_set *places, const mu_node **which)
{
    mu_set all = MU_SET(j), ground = MU_SET(j);
    if (places->count)
        mu_ground(places->list[0], &all);
    for (size_t i = 1; i < places->count && all.count; i++) {
        mu_set under = MU_SET(j), both = MU_SET(j);
        mu_ground(places->list[i], &under);
        for (size_t k = 0; k < all.count; k++)
            if (mu_has(&under, all.list[k]))
                mu_put(&both, all.list[k]);
        all = both;
    }
    *which = first_on(ways, &all);
    mu_ground(*which, &ground);
    for (size_t i = 0; i < ground.count; i++)
        if (mu_has(&all, ground.list[i]))
            return ground.list[i];
    return NULL;
}

static void addresses_fall_too(mu_judge *j)
{
    const mu_node *which = NULL, *common;
    first_ways ways = first_ways_of(j);
    MU_EACH (c, mu_get(j->root, "channels")) {
        mu_set places = MU_SET(j);
        MU_EACH (d, mu_get(c, "directory"))
            mu_put(&places, d->ref);
        if ((common = takes_all(j, &ways, &places, &which)))
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
        if (!apart && (common = takes_all(j, &ways, &places, &which)))
            mu_found_in(j, "COM-16", "external", e, mu_get(e, "reach"), MU_SAY(j, "The address of %s is kept on %s, and falls with %s", e->key, common->key, which->key));
    }
}

static void copies_fall_too(mu_judge *j)
{
    first_ways ways = first_ways_of(j);
    const mu_node *which = NULL, *common, *stored = mu_get(mu_get(j->root, "plan"), "stored");
    const mu_node *repository = mu_get(mu_get(j->root, "resources"), "repository");
    mu_set copies = MU_SET(j), contacts = MU_SET(j);
    MU_EACH (s, stored)
        mu_put(&copies, s);
    if ((common = takes_all(j, &ways, &copies, &which)))
        mu_found(j, "COM-16", "section:stored", mu_place(stored), MU_SAY(j, "Every copy of the plan falls with %s, which %s stands on", common->key, which->key));
    MU_EACH (r, repository)
        MU_EACH (h, mu_get(r, "holds"))
            if (strcmp(h->text, "contacts") == 0)
                mu_put(&contacts, r);
    if ((common = takes_all(j, &ways, &contacts, &which)))
        mu_found(j, "COM-16", "plan", mu_place(repository), MU_SAY(j, "Every place that holds the contacts falls with %s, which %s stands on", common->key, which->key));
}

const mu_rule mu_rules_communications[] = {
    {"COM-01", few_ways,
     "a person or an external with fewer than two entries in reach"},
    {"COM-02", unverified,
     "no date on which a contact was verified, or one older than contact_verified"},
    {"COM-04", no_out_of_band,
     "no channel with use: out_of_band"},
    {"COM-05", falls_with_the_first,
     "a channel out of band that stands on something under a primary channel"},
    {"COM-06", not_ready,
     "a channel out of band in which somebody is not enrolled, or whose last test is missing or older than out_of_band_tested"},
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
