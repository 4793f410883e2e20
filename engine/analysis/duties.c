/* Gaps of legal and contractual duties that a plan's text shows. */
#include "analysis/duties.h"

#include <string.h>

#include "analysis/presence.h"
#include "analysis/shared.h"
#include "plan/schema.h"

/* ---- what the rules share ---- */

static bool is_decision(const char *starts)
{
    static const char *const words[] = {"assessment", "classification", "determination", "materiality", "decision"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(starts, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

bool mu_starts_with_decision(const mu_clock_rule *rule)
{
    return is_decision(rule->starts);
}

bool mu_duty_starts_with_decision(const mu_node *o)
{
    const mu_clock_rule *rule = mu_law_of(o);
    const char *own = mu_get_text(o, "starts");
    return rule ? is_decision(rule->starts) : own && is_decision(own);
}

bool mu_duty_goes_to(const mu_judge *j, const mu_node *o, bool (*fits)(const mu_judge *j, const mu_node *to))
{
    static const char *const keys[] = {"route", "to"};
    for (size_t i = 0; i < 2; i++) {
        const mu_node *told = mu_get(o, keys[i]);
        for (const mu_node *n = mu_items(told); n; n = told->kind == MU_LIST ? n->next : NULL)
            if (n->ref && fits(j, n->ref))
                return true;
    }
    return false;
}

static bool word_in(const char *const *words, const char *word)
{
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* Whoever a plan tells is an audience of its own kind, or of its own name; these are known to be no customers. */
static bool clients(const mu_judge *j, const mu_node *to)
{
    static const char *const others[] = {"staff", "employees", "media", "press", "board", "leadership", "management", "insurer", "suppliers", "regulators",
                                         "partners", NULL};
    const char *kind = mu_get_text(to, "kind");
    return to->parent == mu_get(j->root, "audiences") && (kind ? strcmp(kind, "customers") == 0 : !word_in(others, to->key));
}

static bool partner(const mu_judge *j, const mu_node *to)
{
    bool audience = to->parent == mu_get(j->root, "audiences") && !mu_get(to, "kind") && strcmp(to->key, "partners") == 0;
    return audience || mu_is(to, "kind", "partner") || mu_is(to, "kind", "partners") || mu_is(to, "kind", "acquirer");
}

static bool served(const mu_judge *j, const mu_node *to)
{
    return clients(j, to) || partner(j, to);
}

bool mu_duty_to_served(const mu_judge *j, const mu_node *o)
{
    const mu_clock_rule *rule = mu_law_of(o);
    bool contract = !rule || strcmp(rule->id, "CTR-CUSTOMER") == 0;
    return rule && !contract ? strcmp(rule->stage, "upstream") == 0 || strcmp(rule->stage, "customers") == 0 : mu_duty_goes_to(j, o, served);
}

bool mu_duty_to_people(const mu_judge *j, const mu_node *o)
{
    const mu_clock_rule *rule = mu_law_of(o);
    return rule ? strstr(rule->stage, "individuals") || strcmp(rule->stage, "customers") == 0 : mu_duty_goes_to(j, o, clients);
}

bool mu_serves_others(const mu_judge *j)
{
    static const char sectors[] = "account_information_service bank_service_provider business_associate cloud_provider data_centre dns_service "
                                  "federal_cloud managed_service_provider payment_institution software_provider telecom trust_service";
    if (mu_cell_holds(sectors, mu_get(mu_get(j->root, "organisation"), "sectors")))
        return true;
    MU_EACH (e, mu_get(j->root, "externals"))
        if (mu_is(e, "kind", "partner")) /* an acquirer serves us */
            return true;
    return false;
}

bool mu_holds_personal_data(const mu_judge *j)
{
    return mu_cell_holds(MU_PERSONAL_DATA, mu_get(mu_get(j->root, "organisation"), "data"));
}

bool mu_decides_to_pay(const mu_node *step)
{
    return mu_get(mu_get(step, "decides"), "pay") != NULL;
}

mu_mark mu_register(const mu_judge *j)
{
    const mu_node *section = mu_get(j->root, "obligations");
    return section ? mu_place(section) : mu_top(j);
}

/* ---- each obligation by itself ---- */

static void duty_without_owner(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_node *action = mu_get(o, "action"), *row = action ? action->ref : NULL;
        bool owner = row && (mu_get(row, "A") || mu_get(row, "R/A")), deputy = mu_get(o, "deputy") != NULL;
        if (!owner || !deputy)
            mu_found_in(j, "REG-02", "obligation", o, NULL,
                        MU_SAY(j, "The duty %s has %s", o->key,
                               owner ? "an owner and no deputy" : deputy ? "a deputy, and nobody who answers for it" : "nobody who answers for it, and no deputy"));
    }
}

static const char *stated_start(const mu_node *o)
{
    const char *starts = mu_get_text(o, "starts");
    return starts ? starts : mu_get_text(mu_get(o, "stated"), "starts");
}

/* Laws call one moment by both words. */
static bool is_awareness(const char *word)
{
    return strcmp(word, "awareness") == 0 || strcmp(word, "discovery") == 0;
}

static void another_start(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        const char *starts = stated_start(o);
        if (rule && starts && strcmp(starts, rule->starts) != 0 && !(is_awareness(starts) && is_awareness(rule->starts)))
            mu_found_in(j, "REG-05", "obligation", o, mu_get(o, mu_get(o, "starts") ? "starts" : "stated"),
                        MU_SAY(j, "The plan starts the clock of %s at \"%s\"; %s starts it at \"%s\"", o->key, starts, rule->id, rule->starts));
    }
}

bool mu_records_awareness(const mu_node *step)
{
    const mu_node *records = mu_get(step, "records");
    for (const mu_node *r = mu_items(records); r; r = records->kind == MU_LIST ? r->next : NULL)
        if (is_awareness(r->text))
            return true;
    return false;
}

static bool records_awareness(const mu_node *book)
{
    MU_EACH (step, mu_get(book, "steps"))
        if (mu_records_awareness(step))
            return true;
    return false;
}

/* The actions by which duties are met whose clock starts with awareness, and of each the first such duty. */
typedef struct aware_duties {
    mu_set actions;
    const mu_node **first;
} aware_duties;

static aware_duties duties_from_awareness(mu_judge *j)
{
    const mu_node *duties = mu_get(j->root, "obligations");
    aware_duties aware = {.actions = MU_SET(j), .first = mu_alloc(j->arena, (size_t)(duties ? duties->count + 1 : 1) * sizeof *aware.first)};
    MU_EACH (o, duties) {
        const mu_clock_rule *rule = mu_law_of(o);
        const char *starts = rule ? rule->starts : mu_get_text(o, "starts");
        const mu_node *action = mu_get(o, "action");
        if (!starts || strcmp(starts, "awareness") != 0 || !action || !action->ref || mu_has(&aware.actions, action->ref))
            continue;
        aware.first[aware.actions.count] = o;
        mu_put(&aware.actions, action->ref);
    }
    return aware;
}

static void awareness_not_recorded(mu_judge *j)
{
    aware_duties aware = duties_from_awareness(j);
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        const mu_node *duty = NULL;
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *action = mu_get(step, "action");
            size_t at = mu_place_in(&aware.actions, action ? action->ref : NULL);
            duty = !duty && at < aware.actions.count ? aware.first[at] : duty;
        }
        if (duty && !records_awareness(book))
            mu_found_in(j, "REG-05", "playbook", book, NULL,
                        MU_SAY(j, "The clock of the duty \"%s\" starts when you become aware, and no step of the playbook \"%s\" records when that was", duty->key,
                               book->key));
    }
}

static void wrong_start(mu_judge *j)
{
    another_start(j);
    awareness_not_recorded(j);
}

/* ---- the way to whoever is to be told ---- */

static bool inside(const mu_clock_rule *rule)
{
    return rule && (strcmp(rule->stage, "record") == 0 || strcmp(rule->stage, "internal") == 0 || strcmp(rule->stage, "assessment") == 0);
}

/* Why a regulator cannot be reached as it stands, or NULL. A mail address is a way; a desk of office hours is none for a
 * clock that runs at night. */
static const char *not_ready(mu_judge *j, const mu_node *to, const mu_clock_rule *rule)
{
    const mu_node *portal = mu_get(to, "portal"), *hours = mu_get(to, "hours");
    bool by_the_hour = rule && strcmp(rule->unit, "hours") == 0, always = mu_always_there(to);
    if (portal && !(mu_get(portal, "account_holders") && mu_get(portal, "account_holders")->count))
        return "nobody has an account of its portal";
    if (!portal && !(mu_get(to, "reach") && mu_get(to, "reach")->count))
        return "it has neither a portal nor an address";
    if (!portal && hours && !always && by_the_hour)
        return MU_SAY(j, "it has no portal and is there only at some hours, while the clock runs %d hours", rule->value);
    return NULL;
}

static const mu_node *route_of(const mu_node *o)
{
    const mu_node *route = mu_get(o, "route") ? mu_get(o, "route") : mu_items(mu_get(o, "to"));
    return route ? route->ref : NULL;
}

/* A regulator is judged once, by the first duty for which it is not ready. */
static void judge_route(mu_judge *j, const mu_node *o, mu_set *said)
{
    const mu_node *regulator = route_of(o);
    bool fits = regulator && regulator->parent == mu_get(j->root, "externals") && mu_is(regulator, "kind", "regulator");
    const char *why = fits && !mu_has(said, regulator) ? not_ready(j, regulator, mu_law_of(o)) : NULL;
    if (!why)
        return;
    mu_put(said, regulator);
    mu_found_in(j, "REG-06", "external", regulator, mu_get(regulator, "portal"),
                MU_SAY(j, "The notice of %s goes to %s, and %s", o->key, mu_title(j, regulator), why));
}

static void no_route(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (o, mu_get(j->root, "obligations")) {
        if (!mu_get(o, "route") && !mu_get(o, "to") && !inside(mu_law_of(o)))
            mu_found_in(j, "REG-06", "obligation", o, NULL, MU_SAY(j, "Nothing says how the notice of %s reaches whoever is to have it", o->key));
        judge_route(j, o, &said);
    }
}

/* ---- numbers ---- */

static const char *stated_length(const mu_node *o)
{
    const mu_node *stated = mu_get(o, "stated");
    const char *text = stated && stated->kind == MU_MAP ? mu_get_text(stated, "within") : mu_get_text(o, "stated");
    return text ? text : mu_get_text(o, "within");
}

/* Actions to which some step of a playbook gives a time. */
static mu_set timed_actions(const mu_judge *j)
{
    mu_set timed = MU_SET(j);
    MU_EACH (book, mu_get(j->root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *action = mu_get(step, "action");
            mu_put(&timed, action && mu_get(step, "within") ? action->ref : NULL);
        }
    return timed;
}

/* Neither the law nor the plan says how long. A record that is kept inside is due to nobody; where the law leaves the time open, the
 * plan may set it where the notice is written: by the step that gives it, or by the audience to which it goes. */
static bool no_number(const mu_node *o, const mu_clock_rule *rule, const mu_set *timed)
{
    const char *text = stated_length(o);
    const mu_node *action = mu_get(o, "action"), *route = mu_get(o, "route");
    mu_duration d;
    if ((rule && rule->value >= 0) || inside(rule) || (text && mu_duration_read(text, &d)))
        return false;
    return !rule || !(mu_has(timed, action ? action->ref : NULL) || (route && mu_get(route->ref, "first_within")));
}

static void undecided(mu_judge *j)
{
    mu_set timed = timed_actions(j);
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        if (mu_duty_starts_with_decision(o) && !(mu_get(o, "decided_by") && mu_get(o, "decide_within")))
            mu_found_in(j, "REG-08", "obligation", o, NULL,
                        MU_SAY(j, "The clock of %s starts with a decision (%s), and nothing says %s", o->key, rule ? rule->starts : mu_get_text(o, "starts"),
                               mu_get(o, "decided_by") ? "by when it is made" : mu_get(o, "decide_within") ? "who makes it" : "who makes it by when"));
        else if (no_number(o, rule, &timed))
            mu_found_in(j, "REG-08", "obligation", o, mu_get(o, mu_get(o, "stated") ? "stated" : "within"),
                        rule ? MU_SAY(j, "%s gives %s no number, and the plan sets none of its own", rule->id, o->key)
                             : MU_SAY(j, "The clock of %s is written in words, and the plan sets no number of its own", o->key));
    }
}

/* The same number in the same unit, or a stricter length of the same kind. */
static bool within_law(const mu_duration *d, const mu_clock_rule *rule)
{
    bool business = strcmp(rule->unit, "business_days") == 0;
    int64_t hours = strcmp(rule->unit, "hours") == 0 ? 1 : strcmp(rule->unit, "months") == 0 ? 720 : 24;
    if (d->unit == MU_BUSINESS_DAYS && !business)
        return false;
    return mu_duration_ms(*d) <= rule->value * hours * 3600000; /* as many days of the calendar are never more than of business */
}

static void beyond_law(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        const char *text = stated_length(o);
        mu_duration d;
        if (rule && rule->value >= 0 && text && mu_duration_read(text, &d) && !within_law(&d, rule))
            mu_found_in(j, "REG-09", "obligation", o, mu_get(o, mu_get(o, "stated") ? "stated" : "within"),
                        MU_SAY(j, "The plan gives %s %s; %s gives %d %s", o->key, text, rule->id, rule->value, mu_clock_unit(rule)));
    }
}

/* ---- calendars ---- */

static bool in_business_days(const mu_node *n)
{
    mu_duration d;
    return n && n->kind == MU_SCALAR && mu_duration_read(n->text, &d) && d.unit == MU_BUSINESS_DAYS;
}

/* Actions with a step that stands still at night, and the time of the first such step of each. */
typedef struct slow_steps {
    mu_set actions;
    const mu_node **within;
} slow_steps;

static slow_steps steps_of_days(const mu_judge *j)
{
    const mu_node *rows = mu_get(j->root, "raci");
    slow_steps slow = {.actions = MU_SET(j), .within = mu_alloc(j->arena, (size_t)(rows ? rows->count + 1 : 1) * sizeof *slow.within)};
    MU_EACH (book, mu_get(j->root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *does = mu_get(step, "action");
            if (!does || !does->ref || does->ref->parent != rows || mu_has(&slow.actions, does->ref) || !in_business_days(mu_get(step, "within")))
                continue;
            mu_put(&slow.actions, does->ref);
            slow.within[slow.actions.count - 1] = mu_get(step, "within");
        }
    return slow;
}

/* A time of the plan for this duty that stands still at night, while the law's runs on: of its decision, or of its step. */
static const mu_node *office_days(const slow_steps *slow, const mu_node *o)
{
    const mu_node *action = mu_get(o, "action");
    size_t at = mu_place_in(&slow->actions, action ? action->ref : NULL);
    if (in_business_days(mu_get(o, "decide_within")))
        return mu_get(o, "decide_within");
    return at < slow->actions.count ? slow->within[at] : NULL;
}

/* Holidays may be kept by jurisdiction: then those of the rule must be there. */
static bool holidays_for(const mu_judge *j, const mu_clock_rule *rule)
{
    const mu_node *holidays = mu_get(mu_get(j->root, "organisation"), "holidays");
    if (!holidays || holidays->kind != MU_MAP || !rule || !rule->where.words || strcmp(rule->where.words, "*") == 0)
        return holidays != NULL;
    MU_EACH (h, holidays) {
        mu_node place = {.text = h->key}, list = {.kind = MU_LIST, .first = &place};
        if (mu_cell_holds(rule->where.words, &list))
            return true;
    }
    return false;
}

static void wrong_calendar(mu_judge *j)
{
    slow_steps steps = steps_of_days(j);
    const mu_node *organisation = mu_get(j->root, "organisation");
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        bool business = rule ? strcmp(rule->unit, "business_days") == 0 : in_business_days(mu_get(o, "within"));
        bool nights_count = rule && (strcmp(rule->unit, "hours") == 0 || strcmp(rule->unit, "calendar_days") == 0);
        const mu_node *slow = nights_count ? office_days(&steps, o) : NULL;
        if (business && !holidays_for(j, rule))
            mu_found(j, "REG-10", MU_SAY(j, "obligation:%s", o->key), mu_at_key(organisation, "holidays"),
                     MU_SAY(j, "%s counts business days, and the plan names no holidays%s%s", o->key, rule ? " of " : "", rule ? rule->jurisdiction : ""))->cause = "organisation/holidays";
        if (slow)
            mu_found_in(j, "REG-10", "obligation", o, slow,
                        MU_SAY(j, "The clock of %s runs through nights and weekends, and the plan gives it %s", o->key, slow->text));
    }
}

/* ---- whom nobody tells ---- */

static bool any_duty(const mu_judge *j, bool (*fits)(const mu_judge *j, const mu_node *o))
{
    MU_EACH (o, mu_get(j->root, "obligations"))
        if (fits(j, o))
            return true;
    return false;
}

static void served_not_told(mu_judge *j)
{
    if (mu_serves_others(j) && !any_duty(j, mu_duty_to_served))
        mu_found(j, "REG-12", "section:obligations", mu_register(j), "Others stand on what you do for them, and no obligation says that they are told");
}

static void people_not_told(mu_judge *j)
{
    if (mu_holds_personal_data(j) && !any_duty(j, mu_duty_to_people))
        mu_found(j, "REG-13", "section:obligations", mu_register(j), "You hold data of people, and no obligation says that they are told when it is lost");
}

void mu_told_by_duties(const mu_judge *j, mu_set *told)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_node *route = mu_get(o, "route"), *to = mu_get(o, "to");
        for (const mu_node *n = mu_items(to); n; n = to->kind == MU_LIST ? n->next : NULL)
            mu_put(told, n->ref);
        mu_put(told, route ? route->ref : NULL);
    }
}

static void contract_not_told(mu_judge *j)
{
    mu_set told = MU_SET(j);
    mu_told_by_duties(j, &told);
    MU_EACH (e, mu_get(j->root, "externals")) {
        const char *kind = mu_get_text(e, "kind"), *notice = mu_get_text(mu_get(e, "policy"), "notice");
        bool party = mu_is(e, "kind", "insurer") || mu_is(e, "kind", "acquirer") || (mu_is(e, "kind", "partner") && mu_get(e, "contract"));
        if (party && !mu_has(&told, e))
            mu_found_in(j, "REG-17", "external", e, NULL,
                        notice ? MU_SAY(j, "The policy of %s wants notice (%s), and no obligation says so", mu_title(j, e), notice)
                               : MU_SAY(j, "There is a contract with %s, %s, and no obligation to tell it", mu_title(j, e), kind));
    }
}

/* ---- a ransom ---- */

static bool covers_ransom(const mu_node *list)
{
    MU_EACH (c, list)
        if (mu_mentions(c->text, "ransom", 6) || mu_mentions(c->text, "extortion", 9))
            return true;
    return false;
}

static const mu_node *paying_step(const mu_node *book)
{
    MU_EACH (step, mu_get(book, "steps"))
        if (mu_decides_to_pay(step))
            return step;
    return NULL;
}

/* A plan may rule it out: a step that decides "refuse" and nothing else says who answers the demand. */
static bool refuses(const mu_node *book)
{
    MU_EACH (step, mu_get(book, "steps"))
        if (mu_get(mu_get(step, "decides"), "refuse"))
            return true;
    return false;
}

static void judge_payment(mu_judge *j, const mu_node *book, const mu_node *step)
{
    const mu_node *gate = mu_get(step, "gate"), *action = mu_get(step, "action");
    const char *name = MU_SAY(j, "playbook:%s", book->key), *id = mu_get_text(step, "id");
    if (!gate || gate->count == 0)
        mu_found(j, "REG-14", name, mu_place(mu_get(step, "id")),
                 MU_SAY(j, "The step \"%s\" may decide to pay a ransom, and nothing must be done before it", id));
    if (action && action->ref && !mu_get(action->ref, "authority"))
        mu_found_in(j, "REG-14", "action", action->ref, NULL,
                    MU_SAY(j, "\"%s\" may decide to pay a ransom, and the row asks for no authority", action->ref->key));
}

/* Where a payment may be decided, the clocks that it starts must be in the register as far as their law is known to apply. */
static void payment_clocks(mu_judge *j)
{
    const mu_clock_rule *rule;
    for (size_t i = 0; (rule = mu_clock_rule_at(i)) != NULL; i++) {
        bool listed = false;
        if (strcmp(rule->starts, "payment_made") != 0 || !mu_clock_rule_binds(rule) || !mu_clock_rule_applies(rule, mu_get(j->root, "organisation")))
            continue;
        MU_EACH (o, mu_get(j->root, "obligations"))
            listed = listed || mu_law_of(o) == rule;
        if (!listed)
            mu_found(j, "REG-14", MU_SAY(j, "rule:%s", rule->id), mu_register(j),
                     MU_SAY(j, "A ransom that is paid starts the clock of %s, and the register does not name it", rule->id));
    }
}

static void ransom_gate(mu_judge *j)
{
    bool may_pay = false;
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        const mu_node *step = paying_step(book);
        may_pay = may_pay || step;
        if (step)
            judge_payment(j, book, step);
        else if (covers_ransom(mu_get(book, "covers")) && !refuses(book))
            mu_found_in(j, "REG-14", "playbook", book, NULL, MU_SAY(j, "The playbook \"%s\" says nothing of who decides whether a ransom is paid", book->key));
    }
    if (may_pay)
        payment_clocks(j);
}

const mu_rule mu_rules_duties[] = {
    {"REG-02", duty_without_owner,
     "a duty whose action has no A, or which has no deputy"},
    {"REG-05", wrong_start,
     "a clock that the plan starts at another event than the rule does, or a playbook that tells and never records when one became aware"},
    {"REG-06", no_route,
     "a duty without a route, or to a regulator with a portal of which nobody has an account, without any address, or with office hours against a clock of hours"},
    {"REG-08", undecided,
     "a clock that starts with a decision, without decided_by or decide_within; or a notice for which neither the law, the duty, a step nor an audience sets a number"},
    {"REG-09", beyond_law,
     "a stated limit longer than the rule's, or counted in another unit"},
    {"REG-10", wrong_calendar,
     "business days without the holidays that they leave out, or business days for a clock that runs through nights and weekends"},
    {"REG-12", served_not_told,
     "others are served (by the sector, or a partner among the externals), and no obligation goes to them"},
    {"REG-13", people_not_told,
     "data of people is held, and no obligation goes to people or clients"},
    {"REG-14", ransom_gate,
     "a step that may decide to pay without a gate or an authority, a playbook for ransom without such a step, or a clock of the payment that is not listed"},
    {"REG-17", contract_not_told,
     "an insurer, an acquirer or a partner with a contract to whom no obligation goes"},
    {NULL, NULL, NULL},
};
