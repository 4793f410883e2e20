/* Gaps of contracts, of insurance and of money that a plan's text shows. */
#include <string.h>

#include "analysis/duties.h"
#include "analysis/jurisdictions.h"
#include "analysis/paths.h"
#include "analysis/presence.h"
#include "analysis/shared.h"
#include "base/index.h"
#include "plan/law.h"
#include "plan/schema.h"

static const mu_node *externals_of(const mu_judge *j)
{
    return mu_get(j->root, "externals");
}

static mu_mark externals_at(const mu_judge *j)
{
    return externals_of(j) ? mu_place(externals_of(j)) : mu_top(j);
}

static bool lapsed(const mu_judge *j, const mu_node *until)
{
    mu_duration left;
    static const int64_t day = 86400000;
    return mu_duration_read(mu_limit_text(j, "retainer_left"), &left) && until->value + day < mu_time_add(j->now, left);
}

static void not_in_force(mu_judge *j, const mu_node *retainer)
{
    const mu_node *contract = mu_get(retainer, "contract"), *until = mu_get(contract, "until"), *from = mu_get(contract, "from");
    if (!contract)
        mu_found_in(j, "RES-01", "external", retainer, NULL, MU_SAY(j, "%s is a retainer, and no contract with it is on record", mu_title(j, retainer)));
    else if (from && j->now < from->value)
        mu_found_in(j, "RES-01", "external", retainer, from, MU_SAY(j, "The retainer with %s begins on %s", mu_title(j, retainer), from->text));
    else
        mu_rests_on(j, mu_found_in(j, "RES-01", "external", retainer, until, MU_SAY(j, "The retainer with %s runs to %s only", mu_title(j, retainer), until->text)), "retainer_left");
}

static void no_retainer(mu_judge *j)
{
    const mu_node *last = NULL;
    MU_EACH (e, externals_of(j)) {
        const mu_node *contract = mu_get(e, "contract"), *until = mu_get(contract, "until"), *from = mu_get(contract, "from");
        if (!mu_is(e, "kind", "retainer"))
            continue;
        if (contract && !(from && j->now < from->value) && (!until || !lapsed(j, until)))
            return;
        last = e;
    }
    if (last)
        not_in_force(j, last);
    else
        mu_found(j, "RES-01", "section:externals", externals_at(j), "No retainer for outside responders is on record");
}

/* ---- the terms ---- */

static bool region_covers(const char *region, const char *place)
{
    return mu_lies_in(region, place) || strcmp(region, "worldwide") == 0 || strcmp(region, "global") == 0;
}

/* A contract that names no regions works everywhere. */
static bool covered(const mu_judge *j, const char *place)
{
    MU_EACH (e, externals_of(j)) {
        const mu_node *regions = mu_get(mu_get(e, "contract"), "regions");
        if (!mu_is(e, "kind", "retainer"))
            continue;
        if (!regions)
            return true;
        MU_EACH (r, regions)
            if (region_covers(r->text, place))
                return true;
    }
    return false;
}

static bool is_new(mu_index *seen, const char *word)
{
    size_t before = seen->count;
    return mu_index_put(seen, word) == before;
}

static void region_missing(mu_judge *j, const mu_node *external)
{
    enum { NAMED = 8 };
    const mu_node *regions = mu_get(mu_get(external, "contract"), "regions");
    const char *missing = "";
    mu_index seen = {0};
    int count = 0;
    MU_EACH (place, regions ? mu_get(mu_get(j->root, "organisation"), "jurisdictions") : NULL)
        if (is_new(&seen, place->text) && mu_people_are_in(j, place->text) && !covered(j, place->text) && count++ < NAMED)
            missing = MU_SAY(j, "%s%s%s", missing, *missing ? ", " : "", place->text);
    mu_index_free(&seen);
    if (count)
        mu_found_in(j, "RES-02", "external", external, regions,
                    MU_SAY(j, "The contract with %s does not cover %s, where people of the team are", mu_title(j, external), mu_and_more(j, missing, count, NAMED)));
}

/* What outside parties are to do: the rows of the matrix, then the steps. Listed once, since every party asks. */
typedef struct errand {
    const mu_node *who, *what, *within;
} errand;

typedef struct errands {
    errand *list;
    size_t count;
} errands;

static size_t errands_most(const mu_judge *j)
{
    const mu_node *rows = mu_get(j->root, "raci");
    size_t most = rows ? (size_t)rows->count : 0;
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        const mu_node *steps = mu_get(book, "steps");
        most += steps ? (size_t)steps->count : 0;
    }
    return most;
}

static errands errands_of(const mu_judge *j)
{
    errands all = {mu_alloc(j->arena, (errands_most(j) + 1) * sizeof *all.list), 0};
    MU_EACH (row, mu_get(j->root, "raci")) {
        const mu_node *who = mu_done_outside(j, row);
        if (who)
            all.list[all.count++] = (errand){who, row, mu_get(row, "engage_within")};
    }
    MU_EACH (book, mu_get(j->root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *action = mu_get(step, "action"), *who = action && action->ref ? mu_done_outside(j, action->ref) : NULL;
            if (who)
                all.list[all.count++] = (errand){who, step, mu_get(step, "within")};
        }
    return all;
}

static const char *errand_name(mu_judge *j, const mu_node *what)
{
    return what->key ? MU_SAY(j, "\"%s\"", what->key) : MU_SAY(j, "the step \"%s\"", mu_get_text(what, "id"));
}

/* The errand that gives an outside party the least time: to engage it, or in a step; NULL where none gives a time. */
static const errand *most_urgent(const errands *all, const mu_node *external)
{
    const errand *least = NULL;
    for (size_t i = 0; i < all->count; i++) {
        int64_t one = all->list[i].who == external ? mu_shortest(all->list[i].within) : -1;
        if (one >= 0 && (!least || one < mu_shortest(least->within)))
            least = &all->list[i];
    }
    return least;
}

static void responds_late(mu_judge *j, const errands *all, const mu_node *external)
{
    const errand *urgent = most_urgent(all, external);
    int64_t responds = mu_responds(external);
    if (urgent && responds > mu_shortest(urgent->within))
        mu_caused_by(j, mu_found_in(j, "RES-02", "external", external, mu_get(mu_get(external, "contract"), "respond_within"),
                                    MU_SAY(j, "%s has %s to respond, and %s gives it %s", mu_title(j, external), mu_long(j, responds),
                                           errand_name(j, urgent->what), mu_long(j, mu_shortest(urgent->within)))), "external", external);
}

static bool lists(const mu_node *list, const char *word)
{
    for (const mu_node *n = mu_items(list); n; n = list->kind == MU_LIST ? n->next : NULL)
        if (strcmp(n->text, word) == 0)
            return true;
    return false;
}

/* What it is engaged for needs a skill that it does not say it has. */
static void out_of_scope(mu_judge *j, const errands *all, const mu_node *external)
{
    const mu_node *has = mu_get(external, "skills");
    for (size_t i = 0; has && i < all->count; i++)
        MU_EACH (skill, all->list[i].who == external ? mu_get(all->list[i].what, "skills") : NULL) /* a row's; steps have none */
            if (!lists(has, skill->text)) {
                mu_found_in(j, "RES-02", "external", external, has, MU_SAY(j, "%s is to do \"%s\", which takes %s, and has it not among its skills", mu_title(j, external), all->list[i].what->key, skill->text));
                return;
            }
}

/* Help that is there by day, for incidents that are met at any hour. */
static void keeps_office_hours(mu_judge *j, const mu_node *external)
{
    const mu_node *hours = mu_get(external, "hours"), *levels = mu_get(j->root, "severities");
    if (!hours || mu_always_there(external))
        return;
    MU_EACH (s, levels)
        if (mu_is(s, "cover", "24x7")) {
            mu_found_in(j, "RES-02", "external", external, hours, MU_SAY(j, "%s is a retainer and not there at every hour, and %s is covered at every hour", mu_title(j, external), s->key));
            return;
        }
}

static void terms(mu_judge *j)
{
    errands all = errands_of(j);
    bool first = true;
    MU_EACH (e, externals_of(j)) {
        if (!mu_is(e, "kind", "retainer"))
            continue;
        if (first)
            region_missing(j, e);
        first = first && !mu_get(mu_get(e, "contract"), "regions");
        responds_late(j, &all, e);
        keeps_office_hours(j, e);
        out_of_scope(j, &all, e);
    }
}

/* ---- counsel and press ---- */

static bool runs(const mu_judge *j, const mu_node *contract)
{
    static const int64_t day = 86400000;
    const mu_node *from = mu_get(contract, "from"), *until = mu_get(contract, "until");
    return contract && !(from && j->now < from->value) && !(until && j->now >= until->value + day);
}

/* The last of a kind where none has a contract that runs; `missing` where there is none of the kind at all. */
static const mu_node *not_contracted(const mu_judge *j, const char *kind, bool *missing)
{
    const mu_node *last = NULL;
    *missing = false;
    MU_EACH (e, externals_of(j)) {
        if (!mu_is(e, "kind", kind))
            continue;
        if (runs(j, mu_get(e, "contract")))
            return NULL;
        last = e;
    }
    *missing = !last;
    return last;
}

static void counsel_or_press(mu_judge *j)
{
    static const char *const kinds[] = {"counsel", "pr"};
    static const char *const words[] = {"outside counsel", "PR firm"};
    const char *lacking = "";
    for (size_t i = 0; i < 2; i++) {
        bool missing;
        const mu_node *e = not_contracted(j, kinds[i], &missing), *contract = mu_get(e, "contract"), *until = mu_get(contract, "until");
        if (missing)
            lacking = MU_SAY(j, "%s%s%s", lacking, *lacking ? " and no " : "", words[i]);
        else if (e)
            mu_found_in(j, "RES-03", "external", e, contract ? until && j->now >= until->value ? until : contract : NULL,
                        contract ? MU_SAY(j, "No contract with %s is in force", mu_title(j, e)) : MU_SAY(j, "No contract with %s is on record", mu_title(j, e)));
    }
    if (*lacking)
        mu_found(j, "RES-03", "section:externals", externals_at(j), MU_SAY(j, "No %s is on record", lacking));
}

/* ---- those whose services we stand on ---- */

static const char *const providers[] = {"cloud_provider", "supplier", NULL};

static bool is_one_of(const mu_node *external, const char *const *kinds)
{
    for (; *kinds; kinds++)
        if (mu_is(external, "kind", *kinds))
            return true;
    return false;
}

static void no_incident_clause(mu_judge *j)
{
    MU_EACH (e, externals_of(j)) {
        const mu_node *clause = mu_get(mu_get(e, "contract"), "incident_clause");
        if (is_one_of(e, providers) && !(clause && clause->value))
            mu_found_in(j, "RES-04", "external", e, clause, MU_SAY(j, clause ? "The contract with %s promises no help in an incident"
                                                                          : "Nothing says that a contract with %s promises help in an incident", mu_title(j, e)));
    }
}

/* What the plan counts on: the least that a row or a step gives to a party, or its contract promises beside the tier. */
static int64_t counted_on(mu_judge *j, const errands *all, const mu_node *external, bool of_tier, const char **by)
{
    const errand *urgent = most_urgent(all, external);
    int64_t promised = of_tier ? mu_responds(external) : -1, least = urgent ? mu_shortest(urgent->within) : -1;
    bool by_errand = urgent && (promised < 0 || least < promised);
    *by = by_errand ? errand_name(j, urgent->what) : "its contract";
    return by_errand ? least : promised;
}

static void tier_too_low(mu_judge *j)
{
    errands all = errands_of(j);
    MU_EACH (e, externals_of(j)) {
        const mu_node *tier = mu_get(mu_get(e, "support"), "respond_within"), *promise = tier ? tier : mu_get(mu_get(e, "contract"), "respond_within");
        const char *by;
        int64_t counted = is_one_of(e, providers) ? counted_on(j, &all, e, tier != NULL, &by) : -1, given = mu_shortest(promise);
        if (counted >= 0 && given > counted)
            mu_found_in(j, "RES-05", "external", e, promise, MU_SAY(j, "The support of %s answers within %s, and %s counts on %s", mu_title(j, e), promise->text, by, mu_long(j, counted)));
    }
}

/* ---- the insurer ---- */

static const char *const hired[] = {"retainer", "counsel", "pr", NULL};

static void off_panel(mu_judge *j, const mu_node *insurer, const mu_node *panel)
{
    mu_set on = MU_SET(j);
    MU_EACH (p, panel)
        mu_put(&on, p->ref);
    MU_EACH (e, externals_of(j)) {
        if (mu_enough(j, "RES-12"))
            return;
        if (is_one_of(e, hired) && !mu_has(&on, e))
            mu_found_in(j, "RES-12", "external", e, panel, MU_SAY(j, "%s is not on the panel of the insurer %s", mu_title(j, e), mu_title(j, insurer)));
    }
}

/* The actions by which an insurer is told. */
static mu_set told_by(mu_judge *j, const mu_node *insurer)
{
    mu_set actions = MU_SET(j);
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_node *route = mu_get(o, "route"), *action = mu_get(o, "action");
        if (route && route->ref == insurer && action)
            mu_put(&actions, action->ref);
    }
    return actions;
}

/* A playbook that engages a firm before the insurer, who wants to be asked first, has been told. */
static void without_consent(mu_judge *j, const mu_node *insurer)
{
    mu_set telling = told_by(j, insurer), said = MU_SET(j);
    MU_EACH (book, telling.count ? mu_get(j->root, "playbooks") : NULL) {
        mu_set behind = mu_behind(j, book, &telling);
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *does = mu_get(step, "action"), *who = does && does->ref ? mu_done_outside(j, does->ref) : NULL;
            if (!who || who == insurer || !is_one_of(who, hired) || mu_has(&behind, step) || mu_has(&said, who))
                continue;
            mu_put(&said, who);
            mu_found_in(j, "RES-12", "external", who, mu_get(step, mu_get(step, "after") ? "after" : "id"),
                        MU_SAY(j, "By the playbook \"%s\" %s may be called before %s is told, who wants to be asked first", book->key, mu_title(j, who), mu_title(j, insurer)));
        }
    }
}

static void insurance(mu_judge *j)
{
    MU_EACH (e, externals_of(j)) {
        const mu_node *policy = mu_get(e, "policy"), *panel = mu_get(policy, "panel"), *asks = mu_get(policy, "consent_before_engaging");
        if (!policy)
            continue;
        if (asks && asks->value)
            without_consent(j, e);
        if (panel)
            off_panel(j, e, panel);
        if (!mu_get(policy, "notice"))
            mu_found_in(j, "RES-12", "external", e, NULL, MU_SAY(j, "Nothing says when the insurer %s wants to be told", mu_title(j, e)));
    }
}

/* ---- money ---- */

/* Somebody outside is to be paid: a firm under contract or hired for an action, or a ransom may be asked for. */
static bool money_is_needed(const mu_judge *j)
{
    MU_EACH (e, externals_of(j))
        if (is_one_of(e, hired))
            return true;
    MU_EACH (risk, mu_get(mu_get(j->root, "plan"), "risks"))
        if (mu_mentions(risk->text, "ransom", 6) || mu_mentions(risk->text, "extort", 6))
            return true;
    return false;
}

static void spenders(const mu_judge *j, mu_set *people, const mu_node **at)
{
    MU_EACH (role, mu_get(j->root, "roles"))
        MU_EACH (a, mu_get(role, "authority"))
            if (mu_get(a, "spend")) {
                *at = *at ? *at : mu_get(role, "authority");
                mu_holders(j, role, people);
            }
}

static bool covered_always(const mu_judge *j)
{
    MU_EACH (s, mu_get(j->root, "severities"))
        if (mu_is(s, "cover", "24x7"))
            return true;
    return false;
}

static void nobody_spends(mu_judge *j)
{
    mu_set people = MU_SET(j);
    const mu_node *roles = mu_get(j->root, "roles"), *at = NULL;
    bool off_hours = false;
    spenders(j, &people, &at);
    for (size_t i = 0; i < people.count; i++)
        off_hours = off_hours || mu_there_off_hours(people.list[i]);
    if (!at && money_is_needed(j))
        mu_found(j, "RES-13", "section:roles", roles ? mu_place(roles) : mu_top(j), "Outside help has to be paid, and no role may commit money");
    else if (at && people.count && !off_hours && covered_always(j))
        mu_found(j, "RES-13", "section:roles", mu_place(at), "Whoever may commit money is there in working hours only");
}

const mu_rule mu_rules_contracts[] = {
    {"RES-01", no_retainer,
     "no retainer with a contract that has begun and still runs for retainer_left"},
    {"RES-02", terms,
     "a retainer that does not cover a jurisdiction of the organisation where people of the team are, has more time to respond than some row or step gives it, lacks a skill of what it is to do, or keeps office hours where a level is covered at every hour"},
    {"RES-03", counsel_or_press,
     "no outside counsel or no PR firm with a contract that is in force"},
    {"RES-04", no_incident_clause,
     "a cloud provider or supplier whose contract has no incident_clause"},
    {"RES-05", tier_too_low,
     "a cloud provider or supplier whose support (support: respond_within, or else its contract) answers later than a row, a step or its contract counts on"},
    {"RES-12", insurance,
     "a retainer, counsel or PR firm that is not on the insurer's panel, or that a playbook calls before an insurer who wants to be asked; a policy that does not say when notice is due"},
    {"RES-13", nobody_spends,
     "outside help has to be paid, and no role may spend, or only people of working hours while a level is covered at every hour"},
    {NULL, NULL, NULL},
};
