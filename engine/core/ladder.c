/* The ladder is in the plan, and the run climbs it by itself: nobody is skipped, everything is counted. */
#include <string.h>

#include "core/parts.h"

static void exhausted(mu_run *r, int climb, const char *why)
{
    r->climbs.list[climb].on = false;
    EMIT(r, EV_ESCALATE_EXHAUSTED, climb, mu_name_of(r, r->climbs.list[climb].ladder), mu_sym(r, why));
}

static bool left_out(const mu_run *r, const mu_node *ladder, int person)
{
    EACH (w, mu_get(ladder, "without")) {
        mu_line some = mu_meant_now(r->world, w->ref, w->text, r->now);
        for (int i = 0; i < some.count; i++)
            if (some.people[i] == person)
                return true;
    }
    return false;
}

/* Whom a reference of the step means now. Of a role whose holder the ladder leaves out, the next of its line who is there. */
static mu_line meant(mu_run *r, const mu_node *ladder, const mu_node *to)
{
    mu_line them = mu_meant_now(r->world, to->ref, to->text, r->now), line;
    int role = mu_role_of(r->world, to->ref);
    if (role < 0 || strchr(to->text, '/') || !them.count || !left_out(r, ladder, them.people[0]))
        return them;
    mu_line_of(r->world, role, r->now, &line);
    for (int i = 0; i < line.count; i++)
        if (mu_line_present(r->world, &line, i, r->now) && !left_out(r, ladder, line.people[i]))
            return mu_one(r->world, line.people[i]);
    return them;
}

/* Calls everybody whom one reference of the step means. Where nobody is there to be called the step counts all the same; where the only
 * one is left out it is passed over. */
static void call(mu_run *r, int climb, const mu_node *to, int64_t within)
{
    mu_climb c = r->climbs.list[climb];
    int64_t name = mu_sym(r, to->text), about = mu_symbol_counted(MU_LADDER_N, climb);
    int called = 0, out = 0, role = mu_role_of(r->world, to->ref);
    if (role >= 0 && !strchr(to->text, '/'))
        (void)mu_hold(r, role, about);
    mu_line them = meant(r, c.ladder, to);
    for (int i = 0; i < them.count; i++) {
        const mu_person *p = &r->world->people[them.people[i]];
        bool left = left_out(r, c.ladder, them.people[i]);
        out += left;
        if (left || (role < 0 && !mu_line_present(r->world, &them, i, r->now)))
            continue;
        EMIT(r, EV_ESCALATE_STEP, climb, mu_name_of(r, c.ladder), c.step + 1, c.try + 1, name, p->name, within);
        mu_letter l = {.to = name, .who = p->node, .via = mu_get(c.rung, "via"), .about = about, .purpose = FOR_LADDER, .a = climb};
        (void)mu_send(r, &l);
        called++;
    }
    if (called == 0 && out == 0)
        EMIT(r, EV_ESCALATE_STEP, climb, mu_name_of(r, c.ladder), c.step + 1, c.try + 1, name, 0, within);
}

static void take_step(mu_run *r, int climb)
{
    mu_climb c = r->climbs.list[climb];
    int64_t within = mu_length(r, mu_get(c.rung, "within"));
    EACH_OF (to, mu_get(c.rung, "to"))
        call(r, climb, to, within);
    r->climbs.list[climb].due = within >= 0 ? r->now + within : MU_NEVER; /* without a time the ladder waits here without end */
    mu_at(r, r->climbs.list[climb].due, T_TRY, climb, c.step * 1000 + c.try);
}

void mu_climb_start(mu_run *r, const mu_node *ladder, int64_t because, int64_t level)
{
    int climb = r->climbs.count;
    mu_climb *c = MU_MORE(r->climbs);
    *c = (mu_climb){.ladder = ladder, .started = r->now, .level = level, .on = true};
    uint32_t event = EMIT(r, EV_ESCALATE_TRIGGER, climb, mu_name_of(r, ladder), because);
    r->climbs.list[climb].event = event;
    const mu_node *steps = mu_get(ladder, "steps");
    if (!steps || !steps->first) {
        exhausted(r, climb, "the ladder has no step");
        return;
    }
    r->climbs.list[climb].rung = steps->first;
    take_step(r, climb);
}

static void next_rung(mu_run *r, int climb)
{
    mu_climb *c = &r->climbs.list[climb];
    const mu_node *again = mu_get(c->ladder, "again");
    c->try = 0;
    if (c->rung->next) {
        c->rung = c->rung->next;
        c->step++;
    } else if (again && c->again < again->value) {
        c->again++;
        c->rung = mu_get(c->ladder, "steps")->first;
        c->step = 0;
    } else {
        exhausted(r, climb, "nobody answered on any step");
        return;
    }
    take_step(r, climb);
}

void mu_climb_due(mu_run *r, int climb, int step_and_try)
{
    mu_climb *c = &r->climbs.list[climb];
    if (!c->on || step_and_try != c->step * 1000 + c->try)
        return;
    const mu_node *tries = mu_get(c->rung, "tries"), *otherwise = mu_get(c->rung, "otherwise");
    if (tries && c->try + 1 < tries->value) {
        c->try++;
        take_step(r, climb);
    } else if (!otherwise || strcmp(otherwise->text, "next") == 0) {
        next_rung(r, climb);
    } else if (otherwise->ref) {
        c->on = false;
        mu_climb_start(r, otherwise->ref, mu_name_of(r, c->ladder), c->level);
    } else {
        bool consent = strcmp(otherwise->text, "proceed") == 0;
        exhausted(r, climb, consent ? "silence is consent: the plan goes ahead" : "the plan stops here");
    }
}

void mu_climb_answered(mu_run *r, int climb, int person, int message)
{
    mu_climb *c = &r->climbs.list[climb];
    if (!c->on || person < 0)
        return;
    c->on = false;
    c->answered = message;
    uint32_t event = EMIT(r, EV_ESCALATE_ANSWERED, climb, mu_name_of(r, c->ladder), r->world->people[person].name, r->now - c->started);
    r->climbs.list[climb].answer = event;
    mu_clock_met_of(r, "acknowledge", r->called);
}

/* Somebody else who took the call as well holds it. */
static bool held_by_another(const mu_run *r, int climb)
{
    for (int i = 0; i < r->messages.count; i++)
        if (r->messages.list[i].purpose == FOR_LADDER && r->messages.list[i].a == climb && r->messages.list[i].acked >= 0)
            return true;
    return false;
}

void mu_climb_unanswered(mu_run *r, int message)
{
    int climb = r->messages.list[message].a;
    mu_climb *c = &r->climbs.list[climb];
    if (c->on || !c->answer || c->answered != message || held_by_another(r, climb))
        return;
    c->on = true;
    EMIT(r, EV_ESCALATE_RESUMED, climb, mu_name_of(r, c->ladder), c->step + 1, c->try + 1, c->answer);
    c = &r->climbs.list[climb];
    c->answer = 0;
    if (c->due <= r->now) /* else its timer is still to come */
        mu_at(r, r->now, T_TRY, climb, c->step * 1000 + c->try);
}

bool mu_climbs_on(const mu_run *r, const mu_node *ladder)
{
    for (int i = 0; i < r->climbs.count; i++)
        if (r->climbs.list[i].ladder == ladder && r->climbs.list[i].on && r->climbs.list[i].due != MU_NEVER)
            return true;
    return false;
}

void mu_climbs_stop(mu_run *r, int64_t level, uint32_t since)
{
    for (int i = 0; i < r->climbs.count; i++) {
        mu_climb *c = &r->climbs.list[i];
        if (!c->on || c->level != level || c->event < since)
            continue;
        c->on = false;
        EMIT(r, EV_ESCALATE_VOID, i, mu_name_of(r, c->ladder), c->event);
    }
}
