/* What is so in the world: facts, what is down, who is away; and what the plan's tests say of it. */
#include <stdlib.h>
#include <string.h>

#include "core/parts.h"
#include "plan/schema.h"

static mu_fact *find_fact(const mu_run *r, const char *name, size_t len)
{
    for (int i = 0; i < r->facts.count; i++) {
        const char *known = mu_symbol_text(r->symbols, r->facts.list[i].name);
        if (strlen(known) == len && memcmp(known, name, len) == 0)
            return &r->facts.list[i];
    }
    return NULL;
}

/* "fact", "fact for 2h", "fact >= 3". */
static bool test_fact(const mu_run *r, const char *text, int64_t *later)
{
    size_t len = strcspn(text, " ");
    const mu_fact *f = find_fact(r, text, len);
    const char *rest = text + len;
    mu_duration d;
    if (!f)
        return false;
    if (strncmp(rest, " for ", 5) == 0 && mu_duration_read(rest + 5, &d)) {
        int64_t from = f->since + mu_duration_ms(d);
        if (from > r->now && later && (*later < 0 || from < *later))
            *later = from;
        return from <= r->now;
    }
    if (strncmp(rest, " >= ", 4) == 0)
        return f->count >= strtol(rest + 4, NULL, 10);
    return true;
}

static bool test(const mu_run *r, const mu_node *n, int64_t *later);

static bool test_list(const mu_run *r, const mu_node *list, bool all, int64_t *later)
{
    int yes = 0, count = 0;
    EACH_OF (t, list) {
        yes += test(r, t, later);
        count++;
    }
    return all ? yes == count : yes > 0;
}

static bool test(const mu_run *r, const mu_node *n, int64_t *later)
{
    if (n->kind == MU_SCALAR)
        return test_fact(r, n->text, later);
    bool ok = n->count > 0;
    for (const mu_node *c = n->first; c; c = c->next) {
        if (strcmp(c->key, "not") == 0)
            ok = ok && !test_list(r, c, false, later);
        else
            ok = ok && test_list(r, c, strcmp(c->key, "all") == 0, later);
    }
    return ok;
}

bool mu_test(const mu_run *r, const mu_node *n)
{
    return n && n->kind == MU_MAP && test(r, n, NULL);
}

static bool decidable(const mu_run *r)
{
    EACH (s, mu_get(r->root, "severities")) {
        const mu_node *when = mu_get(s, "when");
        if (when && when->kind == MU_MAP)
            return true;
    }
    return false;
}

/* Part of what a test wants is known, and the rest is not: it may hold. A time that is not over, and a number that is not reached, are
 * no doubt. */
static bool half_known(const mu_run *r, const mu_node *n)
{
    bool some = false;
    EACH_OF (t, n && n->kind == MU_MAP ? mu_get(n, "all") : NULL)
        some = some || test(r, t, NULL) || half_known(r, t);
    EACH_OF (t, n && n->kind == MU_MAP ? mu_get(n, "any") : NULL)
        some = some || half_known(r, t);
    return some;
}

/* What the plan says for when nobody is sure: a level of its own, or the higher one. Where no test is half known, the doubt is whether
 * it is an incident at all, and the higher of the two is the lowest level. */
static const mu_node *level_in_doubt(const mu_run *r)
{
    const mu_node *levels = mu_get(r->root, "severities"), *rule = mu_get(levels, "in_doubt"), *own = rule ? mu_get(levels, rule->text) : NULL;
    const mu_node *worst = NULL, *lowest = NULL;
    if (!rule || own)
        return own;
    EACH (s, levels) {
        const mu_node *rank = mu_get(s, "rank");
        if (rank && half_known(r, mu_get(s, "when")) && (!worst || rank->value < mu_get(worst, "rank")->value))
            worst = s;
        if (rank && (!lowest || rank->value > mu_get(lowest, "rank")->value))
            lowest = s;
    }
    return worst ? worst : lowest;
}

/* After all that became known at one moment. */
void mu_doubt_due(mu_run *r)
{
    const mu_node *level = r->indicated || !decidable(r) ? NULL : level_in_doubt(r);
    if (level)
        mu_indicate(r, level, mu_symf(r, "in doubt: %s", mu_get_text(mu_get(r->root, "severities"), "in_doubt")));
}

/* The worst level whose test holds; where the plan has words only, the scenario's own truth, once something was heard. */
void mu_judge_severity(mu_run *r)
{
    const mu_node *worst = NULL;
    int64_t later = -1;
    EACH (s, mu_get(r->root, "severities")) {
        const mu_node *when = mu_get(s, "when"), *rank = mu_get(s, "rank");
        bool holds = rank && when && when->kind == MU_MAP && test(r, when, &later);
        if (holds && (!worst || rank->value < mu_get(worst, "rank")->value))
            worst = s;
    }
    if (!worst && !decidable(r) && r->detected_at >= 0)
        worst = r->msel->severity;
    if (later >= 0)
        mu_at(r, later, T_FACT, 0, 0);
    if (!worst && !r->indicated && r->facts.count)
        mu_at(r, r->now, T_DOUBT, 0, 0);
    if (worst && (!r->indicated || mu_get(worst, "rank")->value < mu_get(r->indicated, "rank")->value))
        mu_indicate(r, worst, mu_sym(r, mu_get(worst, "when") && mu_get(worst, "when")->kind == MU_MAP ? "the plan's test" : "the scenario's truth"));
}

void mu_set_fact(mu_run *r, const char *fact, int64_t by)
{
    mu_fact *f = find_fact(r, fact, strlen(fact));
    if (!f) {
        f = MU_MORE(r->facts);
        *f = (mu_fact){mu_sym(r, fact), r->now, 0};
    }
    f->count++;
    EMIT(r, EV_FACT, f->name, by);
    mu_judge_severity(r);
    mu_legal_event(r, fact, by);
    mu_duties_look_again(r);
}

static void tell_channels(mu_run *r)
{
    for (int i = 0; i < r->world->thing_count; i++) {
        mu_thing *t = &r->world->things[i];
        const mu_node *because = NULL;
        if (t->node->parent != mu_get(r->root, "channels"))
            continue;
        bool down = !mu_stands(r->world, t->node, &because);
        if (down && !t->said_down)
            EMIT(r, EV_CHANNEL_DOWN, t->name, mu_name_of(r, because));
        if (!down && t->said_down)
            EMIT(r, EV_CHANNEL_UP, t->name);
        t->said_down = down;
    }
}

void mu_set_down(mu_run *r, const mu_node *thing, bool down, int64_t by)
{
    int i = mu_thing_of(r->world, thing);
    if (i < 0 || r->world->things[i].down == down)
        return;
    mu_thing_is_down(r->world, i, down);
    EMIT(r, down ? EV_DOWN : EV_UP, r->world->things[i].name, by);
    tell_channels(r);
    if (!down)
        mu_call_again(r);
    mu_world_changed(r);
}

static void came_or_went(mu_run *r, int person)
{
    for (int i = 0; i < r->world->role_count; i++)
        if (r->world->roles[i].held_by >= -1) /* it was asked who holds it */
            (void)mu_hold(r, i, 0);
    if (strcmp(mu_absence(r->world, person, r->now, true), "away") == 0)
        mu_tasks_pass(r, person);
    mu_call_again(r);
    mu_world_changed(r);
}

void mu_leave_due(mu_run *r, int person)
{
    if (!r->world->people[person].gone)
        came_or_went(r, person);
}

void mu_set_away(mu_run *r, const mu_node *person, bool away, int64_t by)
{
    if (!mu_is_person(r->world, person) || r->world->people[person->value].gone == away)
        return;
    r->world->people[person->value].gone = away;
    EMIT(r, away ? EV_AWAY : EV_BACK, r->world->people[person->value].name, by);
    came_or_went(r, (int)person->value);
}
