/* Gaps of hygiene, duties, time and resources that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"
#include "plan/schema.h"

static mu_mark top(const mu_judge *j)
{
    return mu_place(j->root->first);
}

static void sections_missing(mu_judge *j)
{
    static const char *const sections[] = {"team", "raci", "audiences", "backup_communications", "phases", "severities", "escalations"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const mu_node *s = mu_get(j->root, sections[i]);
        if (!s || s->count == 0)
            mu_found(j, "HYG-01", MU_SAY(j, "section:%s", sections[i]), s ? mu_place(s) : top(j), MU_SAY(j, "The plan has no %s", sections[i]));
    }
}

static void not_reviewed(mu_judge *j)
{
    const mu_node *plan = mu_get(j->root, "plan"), *date = mu_get(plan, "reviewed");
    if (date && mu_older(j, date, mu_get(plan, "review_every"), "12 months"))
        mu_found(j, "HYG-02", "plan", mu_place(date), MU_SAY(j, "The plan was last reviewed on %s", date->text));
}

static bool has_phase(const mu_node *book, const char *phase)
{
    MU_EACH (step, mu_get(book, "steps")) {
        const mu_node *action = mu_get(step, "action");
        const char *own = mu_get_text(step, "phase"), *theirs = action && action->ref ? mu_get_text(action->ref, "phase") : NULL;
        if ((own && strcmp(own, phase) == 0) || (!own && theirs && strcmp(theirs, phase) == 0))
            return true;
    }
    return false;
}

static void phases_missing(mu_judge *j)
{
    static const char *const phases[] = {"detect", "analyze", "contain", "eradicate", "recover", "post"};
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        const char *missing = "";
        for (size_t i = 0; i < 6; i++)
            if (!has_phase(book, phases[i]))
                missing = MU_SAY(j, "%s%s%s", missing, *missing ? ", " : "", phases[i]);
        if (*missing)
            mu_found_in(j, "HYG-07", "playbook", book, NULL, MU_SAY(j, "The playbook \"%s\" has no step in %s", book->key, missing));
    }
}

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

static void no_targets(mu_judge *j)
{
    static const char *const keys[] = {"acknowledge_within", "assemble_within", "declare_within", "contain_within", "update_every"};
    static const char *const words[] = {"to acknowledge", "to assemble", "to declare", "to contain", "to update"};
    MU_EACH (s, mu_get(j->root, "severities")) {
        const char *missing = "";
        for (size_t i = 0; i < 5 && s->kind == MU_MAP; i++)
            if (!mu_get(s, keys[i]))
                missing = MU_SAY(j, "%s%s%s", missing, *missing ? ", " : "", words[i]);
        if (*missing)
            mu_found_in(j, "TIM-08", "severity", s, NULL, MU_SAY(j, "%s sets no time %s", s->key, missing));
    }
}

static bool lapsed(const mu_judge *j, const mu_node *until)
{
    mu_duration left;
    const mu_node *limit = mu_limit(j, "retainer_left");
    static const int64_t day = 86400000;
    return mu_duration_read(limit ? limit->text : "60d", &left) && until->value + day < mu_time_add(j->now, left);
}

static void no_retainer(mu_judge *j)
{
    const mu_node *externals = mu_get(j->root, "externals"), *last = NULL;
    MU_EACH (e, externals) {
        const char *kind = mu_get_text(e, "kind");
        const mu_node *until = mu_get(mu_get(e, "contract"), "until");
        if (!kind || strcmp(kind, "retainer") != 0)
            continue;
        if (!until || !lapsed(j, until))
            return;
        last = e;
    }
    if (last) {
        const mu_node *until = mu_get(mu_get(last, "contract"), "until");
        mu_found_in(j, "RES-01", "external", last, until, MU_SAY(j, "The retainer with %s runs to %s only", last->key, until->text));
    } else {
        mu_found(j, "RES-01", "section:externals", externals ? mu_place(externals) : top(j), "No retainer for outside responders is on record");
    }
}

static void break_glass(mu_judge *j)
{
    const mu_node *resources = mu_get(j->root, "resources"), *glass = mu_get(resources, "break_glass");
    if (!glass || glass->count == 0)
        mu_found(j, "RES-07", "section:resources", resources ? mu_place(resources) : top(j), "No emergency account is on record");
    MU_EACH (b, glass) {
        const mu_node *tested = mu_get(b, "tested");
        if (!tested)
            mu_found_in(j, "RES-07", "break_glass", b, NULL, MU_SAY(j, "No test of the emergency account %s is on record", b->key));
        else if (mu_older(j, tested, mu_limit(j, "break_glass_tested"), "90d"))
            mu_found_in(j, "RES-07", "break_glass", b, tested, MU_SAY(j, "The emergency account %s was last tested on %s", b->key, tested->text));
    }
}

static void logs(mu_judge *j)
{
    mu_set said = {.count = 0};
    const mu_node *limit = mu_limit(j, "log_retention");
    int64_t least = limit ? limit->value : (int64_t)90 * 86400000;
    MU_EACH (row, mu_get(j->root, "raci"))
        MU_EACH (l, mu_get(row, "logs")) {
            const mu_node *on = l->ref ? mu_get(l->ref, "enabled") : NULL, *kept = l->ref ? mu_get(l->ref, "retention") : NULL;
            bool off = !on || !on->value, brief = kept && kept->value < least;
            if (!l->ref || mu_has(&said, l->ref) || (!off && !brief))
                continue;
            mu_put(&said, l->ref);
            mu_found_in(j, "RES-08", "log", l->ref, off ? on : kept,
                        off ? MU_SAY(j, "\"%s\" needs the log %s, which is not switched on", row->key, l->text) : MU_SAY(j, "The log %s is kept for %s only", l->text, kept->text));
        }
}

const mu_rule mu_rules_rest[] = {
    {"HYG-01", sections_missing}, {"HYG-02", not_reviewed}, {"HYG-07", phases_missing}, {"REG-02", duty_without_owner},
    {"REG-05", wrong_start},      {"REG-08", no_decision},  {"REG-09", beyond_law},     {"TIM-08", no_targets},
    {"RES-01", no_retainer},      {"RES-07", break_glass},  {"RES-08", logs},           {NULL, NULL},
};
