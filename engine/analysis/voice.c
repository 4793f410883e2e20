/* Gaps of communication and escalation that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"

static bool word_is(const mu_node *n, const char *key, const char *word)
{
    const char *text = mu_get_text(n, key);
    return text && strcmp(text, word) == 0;
}

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
            else if (mu_older(j, date, mu_limit(j, "contact_verified"), "90d"))
                mu_found_in(j, "COM-02", sections[s][1], who, date, MU_SAY(j, "Whether %s can be reached as written was last tried on %s", who->key, date->text));
        }
}

static void no_out_of_band(mu_judge *j)
{
    const mu_node *channels = mu_get(j->root, "channels");
    MU_EACH (c, channels)
        if (word_is(c, "use", "out_of_band"))
            return;
    mu_found(j, "COM-04", "section:channels", mu_place(channels), "No channel stands apart from the ones that an incident may take");
}

/* The first thing under `a` that a primary channel stands on too; sets *which to that channel. */
static const mu_node *shared_ground(const mu_judge *j, const mu_set *a, const mu_node **which)
{
    MU_EACH (p, mu_get(j->root, "channels")) {
        if (!word_is(p, "use", "primary"))
            continue;
        mu_set ground = {.count = 0};
        mu_ground(p, &ground);
        for (size_t i = 0; i < a->count; i++)
            if (mu_has(&ground, a->list[i])) {
                *which = p;
                return a->list[i];
            }
    }
    return NULL;
}

static void falls_with_the_first(mu_judge *j)
{
    MU_EACH (c, mu_get(j->root, "channels")) {
        if (!word_is(c, "use", "out_of_band"))
            continue;
        mu_set ground = {.count = 0};
        const mu_node *primary = NULL;
        mu_ground(c, &ground);
        const mu_node *common = shared_ground(j, &ground, &primary);
        if (common)
            mu_found_in(j, "COM-05", "channel", c, mu_get(c, "depends_on"),
                        MU_SAY(j, "%s stands on %s, and so does %s, which it is to replace", c->key, common->key, primary->key));
    }
}

static size_t not_enrolled(const mu_judge *j, const mu_node *channel, size_t *all)
{
    mu_set in = {.count = 0};
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
        if (!word_is(c, "use", "out_of_band"))
            continue;
        size_t all = 0, out = not_enrolled(j, c, &all);
        const mu_node *tested = mu_get(c, "tested");
        bool old = tested && mu_older(j, tested, mu_limit(j, "out_of_band_tested"), "6 months");
        if (out)
            mu_found_in(j, "COM-06", "channel", c, mu_get(c, "enrolled"), MU_SAY(j, "%zu of %zu people are not enrolled in %s", out, all, c->key));
        else if (!tested)
            mu_found_in(j, "COM-06", "channel", c, NULL, MU_SAY(j, "No test of %s is on record", c->key));
        else if (old)
            mu_found_in(j, "COM-06", "channel", c, tested, MU_SAY(j, "%s was last tested on %s", c->key, tested->text));
    }
}

static void cannot_be_acknowledged(mu_judge *j)
{
    mu_set said = {.count = 0};
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

static bool level(const mu_node *n)
{
    return n->kind == MU_MAP;
}

static void no_cadence(mu_judge *j)
{
    MU_EACH (s, mu_get(j->root, "severities"))
        if (level(s) && !mu_get(s, "update_every"))
            mu_found_in(j, "COM-13", "severity", s, NULL, MU_SAY(j, "Nothing says how often people hear news in %s", s->key));
}

/* One thing under a primary channel whose fall takes all of `places` with it. */
static const mu_node *takes_all(const mu_judge *j, const mu_set *places, const mu_node **which)
{
    MU_EACH (p, mu_get(j->root, "channels")) {
        if (!word_is(p, "use", "primary"))
            continue;
        mu_set ground = {.count = 0};
        mu_ground(p, &ground);
        for (size_t g = 0; g < ground.count && places->count; g++) {
            size_t fall = 0;
            for (size_t i = 0; i < places->count; i++) {
                mu_set under = {.count = 0};
                mu_ground(places->list[i], &under);
                fall += mu_has(&under, ground.list[g]);
            }
            if (fall == places->count) {
                *which = p;
                return ground.list[g];
            }
        }
    }
    return NULL;
}

static void addresses_fall_too(mu_judge *j)
{
    const mu_node *which = NULL, *common;
    MU_EACH (c, mu_get(j->root, "channels")) {
        mu_set places = {.count = 0};
        MU_EACH (d, mu_get(c, "directory"))
            mu_put(&places, d->ref);
        if ((common = takes_all(j, &places, &which)))
            mu_found_in(j, "COM-16", "channel", c, mu_get(c, "directory"),
                        MU_SAY(j, "The numbers for %s are kept on %s, and fall with %s", c->key, common->key, which->key));
    }
    MU_EACH (e, mu_get(j->root, "externals")) {
        mu_set places = {.count = 0};
        bool apart = false;
        MU_EACH (r, mu_get(e, "reach")) {
            apart = apart || !mu_get(r, "depends_on");
            MU_EACH (d, mu_get(r, "depends_on"))
                mu_put(&places, d->ref);
        }
        if (!apart && (common = takes_all(j, &places, &which)))
            mu_found_in(j, "COM-16", "external", e, mu_get(e, "reach"), MU_SAY(j, "The address of %s is kept on %s, and falls with %s", e->key, common->key, which->key));
    }
}

static void copies_fall_too(mu_judge *j)
{
    const mu_node *which = NULL, *common, *stored = mu_get(mu_get(j->root, "plan"), "stored");
    const mu_node *repository = mu_get(mu_get(j->root, "resources"), "repository");
    mu_set copies = {.count = 0}, contacts = {.count = 0};
    MU_EACH (s, stored)
        mu_put(&copies, s);
    if ((common = takes_all(j, &copies, &which)))
        mu_found(j, "COM-16", "section:stored", mu_place(stored), MU_SAY(j, "Every copy of the plan falls with %s, which %s stands on", common->key, which->key));
    MU_EACH (r, repository)
        MU_EACH (h, mu_get(r, "holds"))
            if (strcmp(h->text, "contacts") == 0)
                mu_put(&contacts, r);
    if ((common = takes_all(j, &contacts, &which)))
        mu_found(j, "COM-16", "plan", mu_place(repository), MU_SAY(j, "Every place that holds the contacts falls with %s, which %s stands on", common->key, which->key));
}

static void waits_without_end(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations")) {
        int n = 0;
        MU_EACH (rung, mu_get(ladder, "steps")) {
            n++;
            if (!mu_get(rung, "within"))
                mu_found(j, "ESC-03", MU_SAY(j, "escalation:%s/%d", ladder->key, n), rung->at,
                         MU_SAY(j, "Step %d of the ladder \"%s\" waits without end", n, ladder->key));
        }
    }
}

static bool loops(const mu_node *ladder, const mu_node *start, int depth)
{
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *other = mu_get(rung, "otherwise");
        if (other && other->ref && depth < 32 && (other->ref == start || loops(other->ref, start, depth + 1)))
            return true;
    }
    return false;
}

static void loop(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations"))
        if (loops(ladder, ladder, 0))
            mu_found_in(j, "ESC-05", "escalation", ladder, NULL, MU_SAY(j, "The ladder \"%s\" leads back to itself", ladder->key));
}

/* Whom a step calls: of a role with an order of succession only one, the first unless the step says which. */
static void called(const mu_judge *j, const mu_node *to, mu_set *people)
{
    bool in_order = to->ref && (mu_get(to->ref, "holders") || mu_get(to->ref, "rotation")) && !strchr(to->text, '/');
    mu_set all = {.count = 0};
    mu_meant(j, to, &all);
    for (size_t i = 0; i < all.count && !(in_order && i); i++)
        mu_put(people, all.list[i]);
}

static void same_person_again(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations")) {
        mu_set tried = {.count = 0};
        int n = 0;
        MU_EACH (rung, mu_get(ladder, "steps")) {
            mu_set now = {.count = 0};
            size_t before = tried.count;
            n++;
            for (const mu_node *to = mu_items(mu_get(rung, "to")); to; to = to->parent->kind == MU_LIST ? to->next : NULL)
                called(j, to, &now);
            for (size_t i = 0; i < now.count; i++)
                mu_put(&tried, now.list[i]);
            if (now.count && tried.count == before)
                mu_found(j, "ESC-06", MU_SAY(j, "escalation:%s/%d", ladder->key, n), mu_at_key(rung, "to"),
                         MU_SAY(j, "Step %d of the ladder \"%s\" calls only people who did not answer before", n, ladder->key));
        }
    }
}

/* The whole path in milliseconds; -1 where a step has no time. */
static int64_t path(const mu_node *ladder)
{
    int64_t sum = 0;
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *within = mu_get(rung, "within"), *tries = mu_get(rung, "tries");
        if (!within || within->kind != MU_SCALAR)
            return -1;
        sum += within->value * (tries && tries->value > 0 ? tries->value : 1);
    }
    return sum;
}

static void too_slow(mu_judge *j)
{
    mu_set said = {.count = 0};
    MU_EACH (s, mu_get(j->root, "severities")) {
        const mu_node *target = mu_get(s, "assemble_within"), *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l && target && target->kind == MU_SCALAR; l = uses->kind == MU_LIST ? l->next : NULL) {
            int64_t sum = l->ref ? path(l->ref) : -1;
            if (!l->ref || sum <= target->value || mu_has(&said, l->ref))
                continue;
            mu_put(&said, l->ref);
            mu_found_in(j, "ESC-07", "escalation", l->ref, NULL,
                        MU_SAY(j, "The ladder \"%s\" takes %d min to its end; %s wants the team together in %d", l->ref->key, (int)(sum / 60000), s->key, (int)(target->value / 60000)));
        }
    }
}

static void hours_of(mu_judge *j, const mu_node *role, const mu_node *severity, mu_set *said)
{
    mu_set people = {.count = 0};
    if (!role || role->parent != mu_get(j->root, "roles") || mu_get(role, "rotation") || mu_has(said, role))
        return;
    mu_holders(j, role, &people);
    for (size_t i = 0; i < people.count; i++)
        if (mu_always_there(people.list[i]))
            return;
    if (people.count == 0)
        return;
    mu_put(said, role);
    mu_found_in(j, "ESC-08", "role", role, mu_get(role, "holders"),
                MU_SAY(j, "%s is covered at every hour, and nobody who holds %s is", severity->key, role->key));
}

static void office_hours(mu_judge *j)
{
    mu_set said = {.count = 0};
    MU_EACH (s, mu_get(j->root, "severities")) {
        if (!word_is(s, "cover", "24x7"))
            continue;
        MU_EACH (r, mu_get(mu_get(mu_get(j->root, "team"), "quorum"), s->key))
            hours_of(j, r->ref, s, &said);
        const mu_node *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l; l = uses->kind == MU_LIST ? l->next : NULL)
            MU_EACH (rung, l->ref ? mu_get(l->ref, "steps") : NULL)
                for (const mu_node *to = mu_items(mu_get(rung, "to")); to; to = to->parent->kind == MU_LIST ? to->next : NULL)
                    hours_of(j, to->ref, s, &said);
    }
}

const mu_rule mu_rules_voice[] = {
    {"COM-01", few_ways},           {"COM-02", unverified},         {"COM-04", no_out_of_band},
    {"COM-05", falls_with_the_first}, {"COM-06", not_ready},        {"COM-07", cannot_be_acknowledged},
    {"COM-12", audience_unmapped},  {"COM-13", no_cadence},         {"COM-16", addresses_fall_too},
    {"COM-16", copies_fall_too},    {"ESC-03", waits_without_end},  {"ESC-05", loop},
    {"ESC-06", same_person_again},  {"ESC-07", too_slow},           {"ESC-08", office_hours},
    {NULL, NULL},
};
