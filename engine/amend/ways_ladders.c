/* What other steps, ladders and levels of the plan say, written where a ladder or a level lacks it. */
#include "amend/ways.h"

#include <string.h>

#include "analysis/shared.h"

static int number_of(const mu_node *rung)
{
    int n = 1;
    for (const mu_node *r = rung->parent->first; r != rung; r = r->next)
        n++;
    return n;
}

/* The nearest step of the same ladder that has a time: one before it, else one behind it. */
static const mu_node *timed_beside(const mu_node *rung)
{
    const mu_node *found = NULL;
    for (const mu_node *r = rung->parent->first; r; r = r->next) {
        if (r == rung && found)
            return found;
        if (r != rung && mu_get(r, "within") && mu_get(r, "within")->kind == MU_SCALAR)
            found = found && number_of(r) > number_of(rung) ? found : r;
    }
    return found;
}

/* The level that uses a ladder and says how fast one answers; the one that wants it fastest. */
static const mu_node *level_with_time(const mu_mender *m, const mu_node *ladder)
{
    const mu_node *found = NULL;
    MU_EACH (s, mu_get(m->judge->root, "severities")) {
        const mu_node *uses = mu_get(s, "escalation"), *time = mu_get(s, "acknowledge_within");
        for (const mu_node *l = mu_items(uses); l && time && time->kind == MU_SCALAR; l = uses->kind == MU_LIST ? l->next : NULL)
            if (l->ref == ladder && (!found || time->value < mu_get(found, "acknowledge_within")->value))
                found = s;
    }
    return found;
}

bool mu_time_of_step(mu_mender *m, const mu_finding *f)
{
    const mu_node *rung = mu_node_at(m->judge->root, &f->at), *steps = rung ? rung->parent : NULL;
    if (!steps || !steps->key || strcmp(steps->key, "steps") != 0 || mu_get(rung, "within"))
        return false;
    const mu_node *beside = timed_beside(rung), *level = beside ? NULL : level_with_time(m, steps->parent);
    if (beside) {
        MU_FROM(m, "step %d of the same ladder waits as long", number_of(beside));
        return mu_put_like(m, rung, "within", mu_fresh_of(m->judge->arena, mu_get(beside, "within")), beside);
    }
    if (!level)
        return false;
    MU_FROM(m, "%s, which uses the ladder, gives so long to answer", level->key);
    return mu_put_like(m, rung, "within", mu_fresh_of(m->judge->arena, mu_get(level, "acknowledge_within")), NULL);
}

bool mu_whole_team_last(mu_mender *m, const mu_finding *f)
{
    const mu_node *ladder = mu_named_in(m->judge, f->subject), *steps = mu_get(ladder, "steps"), *last = mu_last(steps);
    mu_arena *arena = m->judge->arena;
    if (!last || mu_is(last, "to", "team:all") || !mu_get(last, "via") || !mu_get(last, "within"))
        return false;
    mu_fresh *rung = mu_fresh_add(arena, mu_fresh_map(arena), "to", mu_fresh_text(arena, "team:all"));
    mu_fresh_add(arena, rung, "via", mu_fresh_of(arena, mu_get(last, "via")));
    mu_fresh_add(arena, rung, "within", mu_fresh_of(arena, mu_get(last, "within")));
    MU_FROM(m, "the whole team is in every plan; channels and time are those of step %d", number_of(last));
    return mu_splice_put(m->splice, steps, NULL, rung, NULL);
}

static bool leads_to(const mu_node *ladder, const mu_node *goal, int depth)
{
    if (ladder == goal)
        return true;
    MU_EACH (rung, depth < 32 ? mu_get(ladder, "steps") : NULL) {
        const mu_node *other = mu_get(rung, "otherwise");
        if (other && other->ref && leads_to(other->ref, goal, depth + 1))
            return true;
    }
    return false;
}

bool mu_no_ring(mu_mender *m, const mu_finding *f)
{
    const mu_node *ladder = mu_named_in(m->judge, f->subject);
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *other = mu_get(rung, "otherwise");
        if (!other || !other->ref || !leads_to(other->ref, ladder, 0))
            continue;
        MU_FROM(m, "without it the ladder ends with its last step and does not come round to itself");
        return mu_splice_drop(m->splice, other);
    }
    return false;
}

static bool in_order(const mu_node *to)
{
    return to->ref && (mu_get(to->ref, "holders") || mu_get(to->ref, "rotation"));
}

static void called_before(const mu_judge *j, const mu_node *rung, mu_set *people)
{
    for (const mu_node *r = rung->parent->first; r != rung; r = r->next)
        for (const mu_node *to = mu_items(mu_get(r, "to")); to; to = to->parent->kind == MU_LIST ? to->next : NULL) {
            if (in_order(to) && !strchr(to->text, '/'))
                mu_put(people, mu_stands_first(j, to));
            else
                mu_meant(j, to, people);
        }
}

bool mu_next_in_line(mu_mender *m, const mu_finding *f)
{
    const mu_node *at = mu_node_at(m->judge->root, &f->at), *to = mu_get(at, "to") ? mu_get(at, "to") : at, *rung = to ? to->parent : NULL;
    mu_set before = MU_SET(m->judge), all = MU_SET(m->judge);
    if (!to || !to->key || strcmp(to->key, "to") != 0 || to->kind != MU_SCALAR || !in_order(to))
        return false;
    called_before(m->judge, rung, &before);
    mu_holders(m->judge, to->ref, &all);
    for (size_t i = 0; i < all.count && i < 9; i++) {
        if (mu_has(&before, all.list[i]))
            continue;
        MU_FROM(m, "%s stands %s in the role's own order and was not called before", all.list[i]->key, i == 1 ? "second" : i ? "further down" : "first");
        return mu_splice_set(m->splice, to, mu_fresh_word(m, mu_format(m->judge->arena, "role:%s/%zu", to->ref->key, i + 1)));
    }
    return false;
}

/* ---- levels ---- */

static bool inform_worst(mu_mender *m, const mu_node *role)
{
    const mu_node *worst = mu_worst_level(m);
    return worst && role && mu_put_item(m, worst, "inform", mu_format(m->judge->arena, "role:%s", role->key), mu_other_with(worst->parent, worst, "inform"));
}

bool mu_executive_informed(mu_mender *m, const mu_finding *f)
{
    (void)f;
    const mu_node *role = mu_only_role(m, "executive");
    if (role)
        MU_FROM(m, "%s is the only role of the executive, and hears of the worst level", role->key);
    return inform_worst(m, role);
}

/* ---- channels ---- */

static bool answers(const mu_node *via)
{
    const mu_node *ack = via->ref ? mu_get(via->ref, "acknowledge") : NULL;
    return ack && ack->value;
}

static const mu_node *answering_in(const mu_node *ladder)
{
    MU_EACH (rung, mu_get(ladder, "steps"))
        MU_EACH (via, mu_get(rung, "via"))
            if (answers(via))
                return via;
    return NULL;
}

static bool listed(const mu_node *list, const mu_node *ref)
{
    MU_EACH (v, list)
        if (v->ref == ref)
            return true;
    return false;
}

/* Calls over a channel that takes no answer go over one that the same ladder uses elsewhere. */
bool mu_channel_that_answers(mu_mender *m, const mu_finding *f)
{
    const mu_node *channel = mu_named_in(m->judge, f->subject);
    bool some = false, done = true;
    MU_EACH (ladder, channel ? mu_get(m->judge->root, "escalations") : NULL) {
        const mu_node *better = answering_in(ladder);
        MU_EACH (rung, mu_get(ladder, "steps"))
            MU_EACH (via, mu_get(rung, "via")) {
                if (via->ref != channel)
                    continue;
                some = true;
                if (!better)
                    return false;
                MU_FROM(m, "the ladder calls over %s as well, which takes an acknowledgement", better->text);
                done = done && (listed(via->parent, better->ref) ? mu_splice_drop(m->splice, via) : mu_splice_set(m->splice, via, mu_fresh_word(m, better->text)));
            }
    }
    return some && done;
}

/* A step that calls over a channel which the one who is left out reads keeps its other channels. */
bool mu_unread_channel(mu_mender *m, const mu_finding *f)
{
    const mu_node *via = mu_node_at(m->judge->root, &f->at), *ladder = via;
    while (ladder && !(ladder->parent && ladder->parent == mu_get(m->judge->root, "escalations")))
        ladder = ladder->parent;
    if (!ladder || !via->ref || !mu_under(m->judge, via->ref, "channels"))
        return false;
    bool done = true;
    MU_EACH (rung, mu_get(ladder, "steps"))
        MU_EACH (v, mu_get(rung, "via"))
            if (v->ref == via->ref)
                done = done && v->parent->count > 1 && mu_splice_drop(m->splice, v);
    MU_FROM(m, "the steps keep their other channels, which are not read by those who are left out");
    return done;
}
