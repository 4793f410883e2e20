/* Legal and contractual clocks: each starts with its own typed event (awareness is not discovery is not classification)
 * and ends in the calendar of whoever is to be told. */
#include <string.h>

#include "base/calendar.h"
#include "core/parts.h"
#include "plan/law.h"
#include "plan/schema.h"

typedef struct start_word {
    const char *law, *event; /* the start in the rule; what the engine saw */
} start_word;

static const start_word start_words[] = {
    {"detection", "detection"},           {"discovery", "detection"},
    {"noticing", "detection"},            {"suspicion", "detection"},
    {"identification_by_csirt", "detection"}, {"event_suffered", "event"},
    {"awareness", "awareness"},           {"reasonable_belief", "awareness"},
    {"information_available", "awareness"}, {"knowledge_personal_data_affected", "awareness"},
    {"assessment_notifiable", "decision"}, {"classification_major", "decision"},
    {"determination_high_risk", "decision"}, {"determination_incident", "decision"},
    {"determination_rrosh", "decision"},  {"materiality_determination", "decision"},
    {"payment_made", "payment"},          {"previous_submission", "submission"},
    {"declaration", "declaration"},
};

static const mu_clock_rule *rule_of(const mu_node *o)
{
    const char *rule = mu_get_text(o, "rule");
    return rule ? mu_clock_rule_of(rule) : NULL;
}

static bool starts_with(const mu_node *o, const char *event)
{
    const mu_clock_rule *rule = rule_of(o);
    const char *word = rule ? rule->starts : mu_get_text(o, "starts");
    for (size_t i = 0; word && i < sizeof start_words / sizeof *start_words; i++)
        if (strcmp(start_words[i].law, word) == 0)
            return strcmp(start_words[i].event, event) == 0;
    return false;
}

/* ---- when it is due ---- */

static mu_calendar *working_days(mu_run *r)
{
    if (!r->calendar) {
        r->calendar = mu_calendar_new(r->arena, MU_SATURDAY_SUNDAY);
        EACH_OF (h, mu_get(mu_get(r->root, "organisation"), "holidays"))
            if (h->kind == MU_SCALAR && h->value > 0)
                mu_calendar_add(r->calendar, mu_day_of(h->value));
    }
    return r->calendar;
}

static bool period_of_rule(const mu_clock_rule *rule, mu_period *p)
{
    static const struct { const char *word; mu_period_unit unit; } units[] = {
        {"hours", MU_PERIOD_HOURS}, {"calendar_days", MU_PERIOD_DAYS}, {"business_days", MU_PERIOD_WORKING_DAYS}, {"months", MU_PERIOD_MONTHS}};
    for (size_t i = 0; i < 4; i++)
        if (rule && rule->value >= 0 && strcmp(rule->unit, units[i].word) == 0) {
            *p = (mu_period){.unit = units[i].unit, .count = rule->value};
            return true;
        }
    return false;
}

/* The law's own length where it has one, else what the plan states. */
static bool period_of(const mu_node *o, mu_period *p)
{
    const mu_node *stated = mu_get(o, "stated");
    const char *text = mu_get_text(o, "within");
    mu_duration d;
    if (period_of_rule(rule_of(o), p))
        return true;
    text = text ? text : stated && stated->kind == MU_MAP ? mu_get_text(stated, "within") : mu_get_text(o, "stated");
    if (!text || !mu_duration_read(text, &d))
        return false;
    static const mu_period_unit units[] = {MU_PERIOD_HOURS, MU_PERIOD_DAYS, MU_PERIOD_WORKING_DAYS, MU_PERIOD_MONTHS};
    *p = (mu_period){.unit = units[d.unit], .count = d.unit == MU_MS ? d.count / 3600000 : d.count};
    return d.unit != MU_MS || d.count % 3600000 == 0;
}

static int64_t due_of(mu_run *r, const mu_node *o)
{
    mu_period p;
    const mu_node *route = mu_get(o, "route");
    const char *zone = route && route->ref ? mu_get_text(route->ref, "timezone") : NULL;
    mu_zone *there = zone ? mu_zone_load(r->arena, zone) : NULL;
    if (!period_of(o, &p)) {
        const mu_node *stated = mu_get(o, "stated");
        return stated && stated->kind == MU_SCALAR && stated->value > 0 ? r->now + stated->value : MU_NEVER;
    }
    return mu_period_end(working_days(r), there ? there : r->world->zone, p, r->world->t0 + r->now) - r->world->t0;
}

/* ---- starting and meeting ---- */

static bool runs(const mu_run *r, const mu_node *o)
{
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].node == o && r->clocks.list[i].state != CLOCK_DROPPED)
            return true;
    return false;
}

static bool reportable(const mu_run *r, const mu_node *o)
{
    const mu_node *when = mu_get(o, "when");
    return !when || when->kind == MU_SCALAR || mu_test(r, when);
}

static void start(mu_run *r, const mu_node *o, const char *event, int64_t by)
{
    if (runs(r, o) || !reportable(r, o))
        return;
    (void)by;
    (void)mu_clock_start(r, "obligation", o, mu_sym(r, event), due_of(r, o));
    const mu_node *action = mu_get(o, "action");
    if (action && action->ref)
        (void)mu_task_open(r, action->ref, -1, mu_name_of(r, o));
}

void mu_legal_event(mu_run *r, const char *event, int64_t by)
{
    EACH (o, mu_get(r->root, "obligations"))
        if (starts_with(o, event))
            start(r, o, event, by);
}

/* A report that follows another starts when one to the same desk has gone. */
static void followers(mu_run *r, const mu_node *met)
{
    const mu_node *route = mu_get(met, "route");
    EACH (o, mu_get(r->root, "obligations")) {
        const mu_node *other = mu_get(o, "route");
        if (o != met && starts_with(o, "submission") && route && other && route->ref == other->ref)
            start(r, o, "submission", mu_name_of(r, met));
    }
}

/* The action of a duty was done: every clock of it that runs is met. */
void mu_duties_done(mu_run *r, const mu_node *action)
{
    int count = r->clocks.count;
    for (int i = 0; i < count; i++) {
        const mu_node *o = r->clocks.list[i].node, *own = mu_get(o, "action");
        bool open = r->clocks.list[i].state == CLOCK_RUNS || r->clocks.list[i].state == CLOCK_MISSED;
        if (!open || !own || own->ref != action || o->parent != mu_get(r->root, "obligations"))
            continue;
        mu_clock_met(r, i);
        followers(r, o);
    }
}

/* The step that an outcome leads to, or NULL. */
static const mu_node *target(const mu_run *r, const mu_node *action, const char *choice)
{
    for (int i = 0; i < r->step_count; i++) {
        const mu_node *own = mu_get(r->steps[i].node, "action"), *decides = mu_get(r->steps[i].node, "decides");
        const mu_node *to = own && own->ref == action && decides ? mu_get(decides, choice) : NULL;
        if (to)
            return to->ref;
    }
    return NULL;
}

static bool decided_so(const mu_run *r, const mu_node *o, const mu_node *action, const char *choice)
{
    const mu_node *step = *choice ? target(r, action, choice) : NULL, *then = step ? mu_get(step, "action") : NULL;
    const mu_node *own = mu_get(o, "action");
    return !*choice || (then && own && then->ref == own->ref); /* without outcomes, to have decided is to have decided yes */
}

void mu_duties_decided(mu_run *r, const mu_node *action, const char *choice)
{
    EACH (o, mu_get(r->root, "obligations")) {
        const mu_node *by = mu_get(o, "decided_by");
        if (by && by->ref == action && starts_with(o, "decision") && decided_so(r, o, action, choice))
            start(r, o, "decision", mu_name_of(r, action));
    }
    if (strcmp(choice, "pay") == 0)
        mu_legal_event(r, "payment", mu_name_of(r, action));
}

/* ---- the plan itself ---- */

static bool holds(const mu_node *place, const char *what)
{
    EACH (h, mu_get(place, "holds"))
        if (strcmp(h->text, what) == 0)
            return true;
    return false;
}

/* Can anybody read the plan while its home is down? NULL: taken. */
const char *mu_lookup(mu_run *r, int person, const char *what)
{
    const mu_node *because = NULL;
    int64_t who = r->world->people[person].name, name = mu_sym(r, what);
    EACH (copy, mu_get(mu_get(r->root, "plan"), "stored"))
        if (mu_stands(r->world, copy, &because)) {
            EMIT(r, EV_LOOKUP_HIT, who, name, mu_sym(r, mu_get_text(copy, "at")));
            return NULL;
        }
    EACH (place, mu_get(mu_get(r->root, "resources"), "repository"))
        if (holds(place, what) && mu_stands(r->world, place, &because)) {
            EMIT(r, EV_LOOKUP_HIT, who, name, mu_name_of(r, place));
            return NULL;
        }
    EMIT(r, EV_LOOKUP_MISS, who, name, because ? mu_name_of(r, because) : LIT(r, "no copy on record"));
    return NULL;
}
