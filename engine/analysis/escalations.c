/* Gaps of escalation, of levels and of rotations that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"
#include "base/calendar.h"
#include "plan/schema.h"

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
    mu_set all = MU_SET(j);
    mu_meant(j, to, &all);
    for (size_t i = 0; i < all.count && !(in_order && i); i++)
        mu_put(people, all.list[i]);
}

static void same_person_again(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations")) {
        mu_set tried = MU_SET(j);
        int n = 0;
        MU_EACH (rung, mu_get(ladder, "steps")) {
            mu_set now = MU_SET(j);
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
    mu_set said = MU_SET(j);
    MU_EACH (s, mu_get(j->root, "severities")) {
        const mu_node *target = mu_get(s, "assemble_within"), *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l && target && target->kind == MU_SCALAR; l = uses->kind == MU_LIST ? l->next : NULL) {
            int64_t sum = l->ref ? path(l->ref) : -1;
            if (sum <= target->value || mu_has(&said, l->ref))
                continue;
            mu_put(&said, l->ref);
            mu_found_in(j, "ESC-07", "escalation", l->ref, NULL,
                        MU_SAY(j, "The ladder \"%s\" takes %d min to its end; %s wants the team together in %d", l->ref->key, (int)(sum / 60000), s->key, (int)(target->value / 60000)));
        }
    }
}

static void hours_of(mu_judge *j, const mu_node *role, const mu_node *severity, mu_set *said)
{
    mu_set people = MU_SET(j);
    if (!role || role->parent != mu_get(j->root, "roles") || mu_get(role, "rotation") || mu_has(said, role))
        return;
    mu_holders(j, role, &people);
    for (size_t i = 0; i < people.count; i++)
        if (mu_always_there(people.list[i]))
            return;
    if (people.count == 0)
        return;
    mu_put(said, role);
    mu_finding *f = mu_found_in(j, "ESC-08", "role", role, mu_get(role, "holders"),
                                MU_SAY(j, "%s is covered at every hour, and nobody who holds %s is", severity->key, role->key));
    if (people.count == 1)
        mu_caused_by(j, f, "person", people.list[0]);
}

static void office_hours(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (s, mu_get(j->root, "severities")) {
        if (!mu_is(s, "cover", "24x7"))
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

/* Two levels of one rank: which of them is worse, nobody can say. */
static void same_rank(mu_judge *j)
{
    MU_EACH (a, mu_get(j->root, "severities"))
        for (const mu_node *b = a->next; b; b = b->next) {
            const mu_node *x = mu_get(a, "rank"), *y = mu_get(b, "rank");
            if (x && y && x->value == y->value)
                mu_found_in(j, "ESC-01", "severity", b, y, MU_SAY(j, "%s and %s have the same rank, so neither is the worse", a->key, b->key));
        }
}

static const mu_node *member(const mu_node *rotation, int64_t index)
{
    const mu_node *members = mu_get(rotation, "members");
    int64_t n = index % members->count;
    const mu_node *m = members->first;
    for (n = n < 0 ? n + members->count : n; n > 0; n--)
        m = m->next;
    return m->ref;
}

static const mu_node *override_at(const mu_node *rotation, int64_t t)
{
    MU_EACH (o, mu_get(rotation, "overrides"))
        if (mu_get(o, "from")->value <= t && t < mu_get(o, "to")->value)
            return mu_get(o, "person")->ref;
    return NULL;
}

static bool in_restriction(const mu_node *rotation, int64_t t)
{
    const mu_node *restriction = mu_get(rotation, "restrict");
    for (const mu_node *h = mu_items(restriction); h; h = restriction->kind == MU_LIST ? h->next : NULL) {
        int ranges[7][2], n = mu_hours_read(h->text, ranges, 7);
        if (mu_hours_inside(ranges, n, NULL, t))
            return true;
    }
    return !restriction || mu_get(rotation, "under");
}

/* What is wrong with the rotation at a moment; NULL for nothing. */
static const char *fault(mu_judge *j, const mu_node *rotation, int64_t t, const mu_turn *turn, int64_t from)
{
    const mu_node *second = mu_get(rotation, "second"), *over = override_at(rotation, t);
    int64_t index = mu_turn_index(from, *turn, t);
    const mu_node *first = over ? over : member(rotation, index), *next = second && second->value > 0 ? member(rotation, index + second->value) : NULL;
    if (!first || !in_restriction(rotation, t))
        return "nobody is on call";
    if (mu_away_at(first, t) && (!next || mu_away_at(next, t)))
        return MU_SAY(j, "%s is on call and on leave", first->key);
    return next == first ? MU_SAY(j, "%s is first and second", first->key) : NULL;
}

static void holes_on_call(mu_judge *j)
{
    static const mu_turn_unit units[] = {MU_TURN_MS, MU_TURN_DAYS, MU_TURN_DAYS, MU_TURN_MONTHS};
    MU_EACH (rotation, mu_get(j->root, "rotations")) {
        const mu_node *from = mu_get(rotation, "from"), *length = mu_get(rotation, "turn"), *members = mu_get(rotation, "members");
        mu_duration d;
        const char *wrong = NULL;
        if (!from || !length || !members || !members->count || !mu_duration_read(length->text, &d) || d.count < 1)
            continue;
        mu_turn turn = {units[d.unit], d.count};
        int64_t t = j->now;
        for (int hour = 0; hour < 90 * 24 && !wrong; hour++, t = j->now + hour * INT64_C(3600000))
            wrong = t < from->value ? "nobody is on call" : fault(j, rotation, t, &turn, from->value);
        mu_date day = mu_date_of_day(mu_day_of(t));
        if (wrong)
            mu_found_in(j, "ESC-09", "rotation", rotation, NULL, MU_SAY(j, "In the rotation %s %s, on %04d-%02d-%02d", rotation->key, wrong, day.year, day.month, day.day));
    }
}

const mu_rule mu_rules_escalations[] = {
    {"ESC-01", same_rank,
     "two severities of one rank"},
    {"ESC-03", waits_without_end,
     "a step of a ladder without a time"},
    {"ESC-05", loop,
     "a ladder that leads back to itself"},
    {"ESC-06", same_person_again,
     "a step that calls only people who were called before"},
    {"ESC-07", too_slow,
     "a ladder that takes longer to its end than a severity gives to assemble"},
    {"ESC-08", office_hours,
     "a role in a quorum or on a ladder of a severity covered at every hour, no holder of which is there at every hour"},
    {"ESC-09", holes_on_call,
     "a moment in the next ninety days when nobody is on call, or the same person is first and second"},
    {NULL, NULL, NULL},
};
