#include "plan/law.h"

#include <string.h>

static const mu_clock_rule *const tables[] = {mu_clock_rules_eu, mu_clock_rules_us, mu_clock_rules_world};

const mu_clock_rule *mu_clock_rule_at(size_t i)
{
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const mu_clock_rule *c = tables[t]; c->id; c++)
            if (i-- == 0)
                return c;
    return NULL;
}

const char *mu_clock_unit(const mu_clock_rule *rule)
{
    return strcmp(rule->unit, "calendar_days") == 0 ? "calendar days" : strcmp(rule->unit, "business_days") == 0 ? "business days" : rule->unit;
}

size_t mu_clock_rule_place(const char *id)
{
    size_t place = 0;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const mu_clock_rule *c = tables[t]; c->id; c++)
            if (++place, strcmp(c->id, id) == 0)
                return place;
    return 0;
}

const mu_clock_rule *mu_clock_rule_of(const char *id)
{
    size_t place = mu_clock_rule_place(id);
    return place ? mu_clock_rule_at(place - 1) : NULL;
}

const mu_clock_rule *mu_law_of(const mu_node *obligation)
{
    const mu_node *rule = mu_get(obligation, "rule");
    return rule && rule->value ? mu_clock_rule_at((size_t)rule->value - 1) : NULL;
}

int64_t mu_clock_rule_ms(const mu_clock_rule *rule)
{
    static const struct { const char *unit; int64_t ms; } units[] = {{"hours", 3600000}, {"calendar_days", 86400000}, {"business_days", 86400000}, {"months", 30 * 86400000LL}};
    for (size_t i = 0; rule->value >= 0 && i < sizeof units / sizeof *units; i++)
        if (strcmp(rule->unit, units[i].unit) == 0)
            return rule->value * units[i].ms;
    return -1;
}

bool mu_clock_rule_binds(const mu_clock_rule *rule)
{
    return strcmp(rule->status, "proposed") != 0 && strcmp(rule->status, "phased") != 0;
}

static bool among(const char *words, const char *word, size_t len)
{
    for (const char *p = words; *p; p += strcspn(p, " "), p += *p == ' ')
        if (strcspn(p, " ") == len && strncmp(p, word, len) == 0)
            return true;
    return false;
}

/* Treaty on European Union, art 52, as of the day of the table. */
static const char members[] = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

bool mu_lies_in(const char *words, const char *place)
{
    size_t state = strcspn(place, "-");
    bool union_of = among(members, place, strlen(place)) && among(words, "EU", 2);
    return among(words, place, strlen(place)) || (place[state] && among(words, place, state)) || union_of;
}

bool mu_cell_holds(const char *words, const mu_node *list)
{
    if (!words)
        return false;
    if (strcmp(words, "*") == 0)
        return true;
    for (const mu_node *n = list && list->kind == MU_LIST ? list->first : NULL; n; n = n->next)
        if (mu_lies_in(words, n->text))
            return true;
    return false;
}

bool mu_clock_rule_applies(const mu_clock_rule *rule, const mu_node *organisation)
{
    return mu_cell_holds(rule->where.words, mu_get(organisation, "jurisdictions")) && mu_cell_holds(rule->sector.words, mu_get(organisation, "sectors")) &&
           mu_cell_holds(rule->data.words, mu_get(organisation, "data")) && !mu_cell_holds(rule->instead.words, mu_get(organisation, "sectors"));
}

const mu_test_rule mu_test_rules[] = {
    {"FedRAMP", "tabletop table_top discussion walkthrough walk_through seminar workshop", false, "FedRAMP IR-3: functional, at least annually"},
    {"NYDFS", NULL, true, "23 NYCRR 500.16(d)(1)"},
    {NULL, NULL, false, NULL},
};
