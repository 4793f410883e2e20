/* Legal and contractual clocks: each starts with its own typed event (awareness is not discovery is not classification)
 * and ends in the calendar of whoever is to be told. */
#include <string.h>

#include "base/calendar.h"
#include "core/page.h"
#include "core/parts.h"
#include "plan/calendars.h"
#include "plan/schema.h"

typedef struct start_word {
    const char *law, *event; /* the start in the rule; what the engine saw */
} start_word;

/* A word that is not here starts with what bears its own name: what a step records, or a fact. */
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
    {"declaration", "declaration"},       {"plan_activated", "declaration"},
    {"end_of_calendar_year", "detection"},
};

bool mu_duty_proposed(const mu_node *o)
{
    const mu_clock_rule *rule = o ? mu_law_of(o) : NULL;
    return rule && strcmp(rule->status, "proposed") == 0;
}

static const char *start_of(const mu_node *o)
{
    const mu_clock_rule *rule = mu_law_of(o);
    return rule ? rule->starts : mu_get_text(o, "starts");
}

static bool starts_with(const mu_node *o, const char *event)
{
    const char *word = start_of(o);
    if (word && strcmp(word, event) == 0)
        return true;
    for (size_t i = 0; word && i < sizeof start_words / sizeof *start_words; i++)
        if (strcmp(start_words[i].law, word) == 0)
            return strcmp(start_words[i].event, event) == 0;
    return false;
}

/* ---- when it is due ---- */

/* Of the jurisdiction that a rule's id begins with, where the plan keeps holidays for it. */
static mu_calendar *working_days(mu_run *r, const mu_node *o)
{
    char place[16] = "";
    const char *rule = mu_get_text(o, "rule");
    size_t n = rule ? strcspn(rule, "-") : 0;
    if (n < sizeof place)
        memcpy(place, rule ? rule : "", n);
    return mu_holidays_of(r->root, r->arena, place);
}

/* What the plan's own text gives it, or NULL. */
static const char *own_length(const mu_node *o)
{
    const mu_node *stated = mu_get(o, "stated");
    const char *text = mu_get_text(o, "within");
    return text ? text : stated && stated->kind == MU_MAP ? mu_get_text(stated, "within") : mu_get_text(o, "stated");
}

/* The law's own length where it has one, else what the plan states in whole hours, days or months. */
static bool period_of(const mu_run *r, const mu_node *o, mu_period *p)
{
    const char *text = own_length(o);
    mu_duration d;
    if (mu_period_of(r->root, mu_law_of(o), p))
        return true;
    if (!text || !mu_duration_read(text, &d))
        return false;
    static const mu_period_unit units[] = {MU_PERIOD_HOURS, MU_PERIOD_DAYS, MU_PERIOD_WORKING_DAYS, MU_PERIOD_MONTHS};
    *p = (mu_period){.unit = units[d.unit], .count = d.unit == MU_MS ? d.count / 3600000 : d.count};
    return d.unit != MU_MS || d.count % 3600000 == 0;
}

/* The moment from which the period counts: now, or the end of the year where the rule says so. */
static int64_t counted_from(const mu_run *r, const mu_node *o, const mu_zone *there)
{
    const char *word = start_of(o);
    int64_t now = r->world->t0 + r->now;
    if (!word || strcmp(word, "end_of_calendar_year") != 0)
        return now;
    int year = mu_date_of_day(mu_day_of(mu_zone_local(there, now))).year;
    return mu_zone_utc(there, mu_day_of_date((mu_date){year, 12, 31}) * MU_DAY_MS);
}

static int64_t due_of(mu_run *r, const mu_node *o)
{
    mu_period p;
    const mu_node *route = mu_get(o, "route");
    const char *zone = route && route->ref ? mu_get_text(route->ref, "timezone") : NULL;
    mu_zone *there = zone ? mu_zone_again(r->arena, zone) : r->world->zone;
    if (!period_of(r, o, &p)) {
        mu_duration minutes; /* of 90m no calendar knows */
        return own_length(o) && mu_duration_read(own_length(o), &minutes) ? r->now + mu_duration_ms(minutes) : MU_NEVER;
    }
    return mu_period_end(working_days(r, o), there, p, counted_from(r, o, there)) - r->world->t0;
}

/* ---- starting and meeting ---- */

/* Its own time, not that of deciding about it. */
static bool runs(mu_run *r, const mu_node *o)
{
    int64_t name = LIT(r, "obligation");
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].node == o && r->clocks.list[i].name == name && r->clocks.list[i].state != CLOCK_DROPPED)
            return true;
    return false;
}

static bool reportable(const mu_run *r, const mu_node *o)
{
    const mu_node *when = mu_get(o, "when");
    return !when || when->kind == MU_SCALAR || mu_test(r, when);
}

static void open_task(mu_run *r, const mu_node *action, const mu_node *because)
{
    if (action && action->ref)
        (void)mu_task_open(r, action->ref, -1, mu_name_of(r, because));
}

static void start(mu_run *r, const mu_node *o, const char *event)
{
    if (runs(r, o) || !reportable(r, o))
        return;
    (void)mu_clock_start(r, "obligation", o, mu_sym(r, event), due_of(r, o));
    open_task(r, mu_get(o, "action"), o);
}

static bool decides(const mu_run *r, const mu_node *o)
{
    const mu_node *by = mu_get(o, "decided_by");
    return by && by->ref && by->ref->parent == mu_get(r->root, "raci");
}

/* From the facts to the decision is a time of its own: slow deciding must not look like quick telling. */
static void deciding(mu_run *r, const mu_node *o)
{
    int64_t within = decides(r, o) ? mu_length(r, mu_get(o, "decide_within")) : -1, name = LIT(r, "decide");
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].node == o && r->clocks.list[i].name == name)
            return;
    if (within >= 0 && reportable(r, o))
        (void)mu_clock_start(r, "decide", o, LIT(r, "awareness"), r->now + within);
}

void mu_legal_event(mu_run *r, const char *event, int64_t by)
{
    (void)by;
    bool known = false;
    for (int i = 0; i < r->legal.count; i++)
        known = known || r->legal.list[i].name == mu_sym(r, event);
    if (!known)
        *(mu_legal *)MU_MORE(r->legal) = (mu_legal){mu_sym(r, event), r->acting};
    EACH (o, mu_get(r->root, "obligations")) {
        if (strcmp(event, "awareness") == 0)
            deciding(r, o);
        if (starts_with(o, event))
            start(r, o, event);
    }
}

void mu_legal_event_back(mu_run *r, const char *event)
{
    int64_t symbol = mu_sym(r, event);
    int kept = 0;
    for (int i = 0; i < r->legal.count; i++)
        if (r->legal.list[i].name != symbol)
            r->legal.list[kept++] = r->legal.list[i];
    r->legal.count = kept;
}

void mu_legal_events_back(mu_run *r, uint32_t act)
{
    int kept = 0;
    for (int i = 0; i < r->legal.count; i++)
        if (r->legal.list[i].by != act)
            r->legal.list[kept++] = r->legal.list[i];
    r->legal.count = kept;
}

void mu_duties_look_again(mu_run *r)
{
    int count = r->legal.count;
    EACH (o, mu_get(r->root, "obligations")) {
        const mu_node *when = mu_get(o, "when");
        for (int i = 0; when && when->kind == MU_MAP && i < count; i++)
            if (starts_with(o, mu_symbol_text(r->symbols, r->legal.list[i].name)))
                start(r, o, mu_symbol_text(r->symbols, r->legal.list[i].name));
    }
}

static bool same_desk(const mu_node *a, const mu_node *b)
{
    const mu_node *one = mu_get(a, "route"), *other = mu_get(b, "route");
    return one && other && one->ref == other->ref;
}

static bool of_stage(const mu_node *o, const char *begins)
{
    const char *rule = mu_get_text(o, "rule");
    return rule && strncmp(rule, begins, strlen(begins)) == 0;
}

/* Of a regime in stages each report counts from the one before it, not from the first: NIS2 Art 23(4)(d), CRA Art 14(4)(c), DelReg (EU)
 * 2025/301 Art 5(1)(b) and (c). Where the plan has no duty of that stage, any report to the desk will do. */
typedef struct stage {
    const char *rule, *before; /* what their rules begin with */
    bool latest;               /* counts from the latest of those before it: what is updated begins it anew */
} stage;

static const stage *stage_of(const mu_node *o)
{
    static const stage stages[] = {
        {"EU-NIS2-FR", "EU-NIS2-IN", false}, {"EU-CRA-FR-I", "EU-CRA-IN", false}, {"EU-DORA-IM", "EU-DORA-IN-", false}, {"EU-DORA-FR", "EU-DORA-IM", true}};
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (of_stage(o, stages[i].rule))
            return &stages[i];
    return NULL;
}

static bool comes_after(const mu_run *r, const mu_node *o, const mu_node *met)
{
    const stage *own = stage_of(o);
    EACH (other, mu_get(r->root, "obligations"))
        if (own && of_stage(other, own->before) && same_desk(o, other))
            return of_stage(met, own->before);
    return true;
}

static void begin_anew(mu_run *r, const mu_node *o)
{
    for (int i = 0; i < r->clocks.count; i++) {
        mu_clock *c = &r->clocks.list[i];
        if (c->node != o || c->name != LIT(r, "obligation") || c->state != CLOCK_RUNS)
            continue;
        c->state = CLOCK_DROPPED;
        c->dropped_by = r->acting;
        uint32_t event = EMIT(r, EV_CLOCK_VOID, c->name, c->subject, c->event);
        r->clocks.list[i].dropped = event;
    }
}

/* A report that follows another starts when that one has gone to the same desk. */
static void followers(mu_run *r, const mu_node *met)
{
    EACH (o, mu_get(r->root, "obligations")) {
        if (o == met || !starts_with(o, "submission") || !same_desk(o, met) || !comes_after(r, o, met))
            continue;
        if (stage_of(o) && stage_of(o)->latest)
            begin_anew(r, o);
        start(r, o, "submission");
    }
}

/* What has gone out before, and is not open, goes out again: an update. */
static void updated(mu_run *r, const mu_node *action)
{
    int64_t name = LIT(r, "obligation");
    EACH (o, mu_get(r->root, "obligations")) {
        const mu_node *own = mu_get(o, "action");
        bool met = false, open = false;
        for (int i = 0; own && own->ref == action && i < r->clocks.count; i++) {
            const mu_clock *c = &r->clocks.list[i];
            bool its = c->node == o && c->name == name;
            met = met || (its && c->state == CLOCK_MET);
            open = open || (its && c->state != CLOCK_MET && c->state != CLOCK_DROPPED);
        }
        if (met && !open)
            followers(r, o);
    }
}

/* What is reported again and again: the next time begins, and it is asked for when half of it is over. */
static void repeated(mu_run *r, const mu_node *o)
{
    const mu_node *repeat = mu_get(o, "repeat");
    mu_duration length;
    if (!repeat || !mu_duration_read(repeat->text, &length))
        return;
    int64_t every = mu_duration_ms(length);
    int clock = mu_clock_start(r, "obligation", o, LIT(r, "repeat"), r->now + every);
    mu_at(r, r->now + every / 2, T_REPORT, clock, 0);
}

void mu_report_due(mu_run *r, int clock)
{
    const mu_clock *c = &r->clocks.list[clock];
    if (c->state == CLOCK_RUNS)
        open_task(r, mu_get(c->node, "action"), c->node);
    if (c->state == CLOCK_PAUSED)
        open_task(r, mu_get(mu_get(c->node, "pause"), "action"), c->node);
}

/* Somebody has to wait, a law enforcement agency asks for it: the clock stands, and that is looked at again. */
static void pauses(mu_run *r, const mu_node *action)
{
    for (int i = 0; i < r->clocks.count; i++) {
        mu_clock *c = &r->clocks.list[i];
        const mu_node *pause = mu_clock_is_legal(r, i) ? mu_get(c->node, "pause") : NULL, *by = mu_get(pause, "action");
        int64_t review = mu_length(r, mu_get(pause, "review_every"));
        if (!by || by->ref != action || (c->state != CLOCK_RUNS && c->state != CLOCK_PAUSED))
            continue;
        if (c->state == CLOCK_RUNS) {
            c->paused_by = r->acting;
            c->paused = EMIT(r, EV_CLOCK_PAUSED, c->name, c->subject, mu_name_of(r, action), c->event);
        }
        c->state = CLOCK_PAUSED;
        if (review > 0)
            mu_at(r, r->now + review, T_REPORT, i, 0);
    }
}

static void filed(mu_run *r, int clock)
{
    const mu_node *o = r->clocks.list[clock].node;
    mu_clock_met(r, clock);
    followers(r, o);
    repeated(r, o);
}

/* The action of a duty was done: every clock of it that runs is met. */
void mu_duties_done(mu_run *r, const mu_node *action, int person)
{
    int count = r->clocks.count;
    int64_t name = LIT(r, "obligation");
    updated(r, action);
    pauses(r, action);
    for (int i = 0; i < count; i++) {
        const mu_node *o = r->clocks.list[i].node, *own = mu_get(o, "action");
        bool open = r->clocks.list[i].state == CLOCK_RUNS || r->clocks.list[i].state == CLOCK_MISSED;
        if (!open || r->clocks.list[i].name != name || !own || own->ref != action || o->parent != mu_get(r->root, "obligations"))
            continue;
        filed(r, i);
        mu_audience_told(r, o, person);
    }
}

void mu_duties_told(mu_run *r, const mu_node *audience, int person)
{
    int count = r->clocks.count;
    for (int i = 0; i < count; i++) {
        const mu_node *o = r->clocks.list[i].node, *action = mu_get(o, "action");
        bool open = r->clocks.list[i].state == CLOCK_RUNS || r->clocks.list[i].state == CLOCK_MISSED;
        if (!open || !mu_clock_is_legal(r, i) || r->clocks.list[i].name != LIT(r, "obligation") || !mu_told_as_one(r, o, audience))
            continue;
        int task = action && action->ref ? mu_task_of(r, action->ref) : -1;
        if (task >= 0)
            mu_task_served(r, task, person);
        else
            filed(r, i);
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
        if (by && by->ref == action)
            mu_clock_met_of(r, "decide", o);
        if (by && by->ref == action && starts_with(o, "decision") && decided_so(r, o, action, choice))
            start(r, o, "decision");
    }
    if (strcmp(choice, "pay") == 0)
        mu_legal_event(r, "payment", mu_name_of(r, action));
}

/* ---- the plan itself ---- */

static bool holds(const mu_node *place, const char *what, const char *list)
{
    EACH (h, mu_get(place, "holds"))
        if (strcmp(h->text, what) == 0 || (list && strcmp(h->text, list) == 0))
            return true;
    return false;
}

/* Can anybody read the plan while its home is down? */
void mu_lookup(mu_run *r, int person, const char *what)
{
    if (!mu_page_list_of(what) && !mu_page_entry(r->root, what)) {
        EMIT(r, EV_LOOKUP_MISS, r->world->people[person].name, mu_sym(r, what), LIT(r, "no page of that name"));
        return;
    }
    const mu_node *because = NULL;
    const char *list = mu_page_on(r->root, what);
    int64_t who = r->world->people[person].name, name = mu_sym(r, what);
    EACH (copy, mu_get(mu_get(r->root, "plan"), "stored"))
        if (mu_stands(r->world, copy, &because)) {
            EMIT(r, EV_LOOKUP_HIT, who, name, mu_sym(r, mu_get_text(copy, "at")));
            return;
        }
    EACH (place, mu_get(mu_get(r->root, "resources"), "repository"))
        if (holds(place, what, list) && mu_stands(r->world, place, &because)) {
            EMIT(r, EV_LOOKUP_HIT, who, name, mu_name_of(r, place));
            return;
        }
    EMIT(r, EV_LOOKUP_MISS, who, name, because ? mu_name_of(r, because) : LIT(r, "no copy on record"));
}
