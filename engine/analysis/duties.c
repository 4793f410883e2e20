/* Gaps of legal and contractual duties that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"
#include "plan/schema.h"
#include "plan/law.h"

static void duty_without_owner(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_node *action = mu_get(o, "action"), *row = action ? action->ref : NULL;
        bool owner = row && (mu_get(row, "A") || mu_get(row, "R/A")), deputy = mu_get(o, "deputy") != NULL;
        if (!owner || !deputy)
            mu_found_in(j, "REG-02", "obligation", o, NULL,
                        MU_SAY(j, "The duty %s has %s", o->key, owner ? "an owner and no deputy" : deputy ? "a deputy, and nobody who answers for it" : "nobody who answers for it, and no deputy"));
    }
}

static const mu_clock_rule *law(const mu_node *obligation)
{
    const char *rule = mu_get_text(obligation, "rule");
    return rule ? mu_clock_rule_of(rule) : NULL;
}

static const char *stated_start(const mu_node *o)
{
    const char *starts = mu_get_text(o, "starts");
    return starts ? starts : mu_get_text(mu_get(o, "stated"), "starts");
}

static void wrong_start(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = law(o);
        const char *starts = stated_start(o);
        if (rule && starts && strcmp(starts, rule->starts) != 0)
            mu_found_in(j, "REG-05", "obligation", o, mu_get(o, mu_get(o, "starts") ? "starts" : "stated"),
                        MU_SAY(j, "The plan starts the clock of %s at \"%s\"; %s starts it at \"%s\"", o->key, starts, rule->id, rule->starts));
    }
}

/* A clock that starts with what somebody decides. */
static bool starts_with_decision(const mu_clock_rule *rule)
{
    static const char *const words[] = {"assessment_", "classification_", "determination_", "materiality_"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(rule->starts, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static void no_decision(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = law(o);
        if (rule && starts_with_decision(rule) && !(mu_get(o, "decided_by") && mu_get(o, "decide_within")))
            mu_found_in(j, "REG-08", "obligation", o, NULL,
                        MU_SAY(j, "The clock of %s starts with a decision (%s), and nothing says who decides by when", o->key, rule->starts));
    }
}

/* The same number in the same unit, or a stricter length of the same kind. */
static bool within_law(const mu_duration *d, const mu_clock_rule *rule)
{
    bool business = strcmp(rule->unit, "business_days") == 0;
    int64_t hours = strcmp(rule->unit, "hours") == 0 ? 1 : strcmp(rule->unit, "months") == 0 ? 720 : 24;
    if ((d->unit == MU_BUSINESS_DAYS) != business)
        return d->unit != MU_BUSINESS_DAYS && business;
    return mu_duration_ms(*d) <= rule->value * hours * 3600000;
}

static void beyond_law(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = law(o);
        const mu_node *stated = mu_get(o, "stated");
        const char *text = stated && stated->kind == MU_MAP ? mu_get_text(stated, "within") : mu_get_text(o, "stated");
        mu_duration d;
        if (rule && rule->value >= 0 && text && mu_duration_read(text, &d) && !within_law(&d, rule))
            mu_found_in(j, "REG-09", "obligation", o, stated, MU_SAY(j, "The plan gives %s %s; %s gives %d %s", o->key, text, rule->id, rule->value, rule->unit));
    }
}

const mu_rule mu_rules_duties[] = {
    {"REG-02", duty_without_owner,
     "a duty whose action has no A, or which has no deputy"},
    {"REG-05", wrong_start,
     "a clock that the plan starts at another event than the rule does"},
    {"REG-08", no_decision,
     "a clock that starts with a decision, without decided_by or decide_within"},
    {"REG-09", beyond_law,
     "a stated limit longer than the rule's, or counted in another unit"},
    {NULL, NULL, NULL},
};
