#include "plan/calendars.h"

#include <string.h>

#include "plan/schema.h"

static const mu_node *in_force(const mu_node *organisation, const mu_node *holidays, const char *jurisdiction)
{
    const mu_node *own = holidays && holidays->kind == MU_MAP ? mu_get(holidays, jurisdiction) : holidays, *list = mu_get(organisation, "jurisdictions");
    for (const mu_node *j = list ? list->first : NULL; !own && j; j = j->next)
        own = mu_get(holidays, j->text);
    return own;
}

/* A date, or the days of a file that the schema has read. */
static void add_days(mu_calendar *calendar, const mu_node *day)
{
    for (const mu_node *d = day->ref ? day->ref->first : NULL; d; d = d->next)
        mu_calendar_add(calendar, mu_day_of(d->value));
    if (!day->ref && day->kind == MU_SCALAR && day->value > 0)
        mu_calendar_add(calendar, mu_day_of(day->value));
}

mu_calendar *mu_holidays_of(const mu_node *root, mu_arena *arena, const char *jurisdiction)
{
    mu_calendar *calendar = mu_calendar_new(arena, MU_SATURDAY_SUNDAY);
    const mu_node *organisation = mu_get(root, "organisation"), *own = in_force(organisation, mu_get(organisation, "holidays"), jurisdiction);
    for (const mu_node *day = own && own->kind == MU_LIST ? own->first : own; day; day = own->kind == MU_LIST ? day->next : NULL)
        add_days(calendar, day);
    return calendar;
}

static bool systemic(const mu_node *root)
{
    static const char *const words[] = {"credit_institution", "central_counterparty", "trading_venue", "essential_entity", "important_entity"};
    const mu_node *sectors = mu_get(mu_get(root, "organisation"), "sectors");
    for (const mu_node *s = sectors ? sectors->first : NULL; s; s = s->next)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strcmp(s->text, words[i]) == 0)
                return true;
    return false;
}

bool mu_period_of(const mu_node *root, const mu_clock_rule *rule, mu_period *p)
{
    static const struct { const char *word; mu_period_unit unit; } units[] = {
        {"hours", MU_PERIOD_HOURS}, {"calendar_days", MU_PERIOD_DAYS}, {"business_days", MU_PERIOD_WORKING_DAYS}, {"months", MU_PERIOD_MONTHS}};
    for (size_t i = 0; i < 4; i++)
        if (rule && rule->value >= 0 && strcmp(rule->unit, units[i].word) == 0) {
            bool none = (rule->counts & MU_NOT_FOR_SYSTEMIC) && systemic(root);
            *p = (mu_period){.unit = units[i].unit, .count = rule->value, .rules = none ? 0 : rule->counts & ~(unsigned)MU_NOT_FOR_SYSTEMIC};
            return true;
        }
    return false;
}

bool mu_turns_of(const mu_node *rotation, mu_turn *turn)
{
    static const mu_turn_unit units[] = {MU_TURN_MS, MU_TURN_DAYS, MU_TURN_DAYS, MU_TURN_MONTHS};
    const mu_node *length = mu_get(rotation, "turn");
    mu_duration d;
    if (!mu_get(rotation, "from") || !length || !mu_duration_read(length->text, &d) || d.count < 1)
        return false;
    *turn = (mu_turn){units[d.unit], d.count};
    return true;
}

int64_t mu_turn_at(const mu_node *rotation, int64_t local)
{
    mu_turn turn;
    const mu_node *from = mu_get(rotation, "from");
    return mu_turns_of(rotation, &turn) && local >= from->value ? mu_turn_index(from->value, turn, local) : 0;
}

bool mu_rotation_calls(const mu_node *rotation, int64_t local)
{
    const mu_node *hours = mu_get(rotation, "restrict"), *item = hours && hours->kind == MU_LIST ? hours->first : hours;
    for (; item; item = hours->kind == MU_LIST ? item->next : NULL) {
        int ranges[7][2], n = mu_hours_read(item->text, ranges, 7);
        if (mu_hours_inside(ranges, n, NULL, local))
            return true;
    }
    return !hours;
}

const mu_node *mu_nth_member(const mu_node *members, int64_t n)
{
    const mu_node *m = members->first;
    for (n %= members->count; n > 0; n--)
        m = m->next;
    return m;
}
