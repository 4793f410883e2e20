/* Gaps of roles that a plan's text shows: who carries how much, who must be heard, which functions are there at all. */
#include <string.h>
#include <strings.h>

#include "analysis/duties.h"
#include "analysis/shared.h"

/* The items of one cell of a row, which may be a single name or a list. */
#define EACH_IN(item, cell) for (const mu_node *item = mu_items(cell); item; item = (cell)->kind == MU_LIST ? item->next : NULL)

static bool is_role(const mu_judge *j, const mu_node *n)
{
    return n && n->parent == mu_get(j->root, "roles");
}

/* ---- how much one carries ---- */

typedef struct load {
    const mu_node *done, *answered; /* the last row that counted */
    int does, answers;
} load;

static void count_cell(mu_judge *j, const mu_node *row, const char *key, mu_set *who, load *loads)
{
    const mu_node *cell = mu_get(row, key);
    EACH_IN (ref, cell) {
        const mu_node *first = mu_stands_first(j, ref);
        if (!first)
            continue;
        mu_put(who, first);
        load *l = &loads[mu_place_in(who, first)];
        l->does += strchr(key, 'R') && l->done != row;
        l->answers += strchr(key, 'A') && l->answered != row;
        l->done = strchr(key, 'R') ? row : l->done;
        l->answered = strchr(key, 'A') ? row : l->answered;
    }
}

static void too_much(mu_judge *j, const mu_node *who, const load *l)
{
    int most_done = (int)mu_limit_value(j, "tasks_each"), most_answered = (int)mu_limit_value(j, "decisions_each");
    bool does = l->does > most_done;
    if (!does && l->answers <= most_answered)
        return;
    mu_finding *f = mu_found_in(j, "ROL-11", is_role(j, who) ? "role" : "person", who, NULL,
                                MU_SAY(j, "%s %s %d actions of the plan, and %d is the most that one may carry", mu_title(j, who),
                                       does ? "does" : "answers for", does ? l->does : l->answers, does ? most_done : most_answered));
    mu_rests_on(j, f, does ? "tasks_each" : "decisions_each");
}

static void overloaded(mu_judge *j)
{
    const mu_node *people = mu_get(j->root, "people"), *roles = mu_get(j->root, "roles");
    mu_set who = MU_SET(j);
    load *loads = mu_alloc(j->arena, (size_t)((people ? people->count : 0) + (roles ? roles->count : 0) + 1) * sizeof *loads);
    MU_EACH (row, mu_get(j->root, "raci")) {
        count_cell(j, row, "R", &who, loads);
        count_cell(j, row, "A", &who, loads);
        count_cell(j, row, "R/A", &who, loads);
    }
    for (size_t i = 0; i < who.count; i++)
        too_much(j, who.list[i], &loads[i]);
}

/* ---- what must stay apart ---- */

/* The persons who stand first on one side of a pair: of a role, or of whoever does an action. */
static void side(const mu_judge *j, const mu_node *ref, mu_set *people)
{
    const mu_node *does = mu_get(ref->ref, mu_get(ref->ref, "R") ? "R" : "R/A");
    const mu_node *own = mu_stands_first(j, ref);
    if (own && !is_role(j, own))
        mu_put(people, own);
    EACH_IN (r, does) {
        const mu_node *first = mu_stands_first(j, r);
        if (first && !is_role(j, first))
            mu_put(people, first);
    }
}

static const mu_node *who_fills(const mu_node *n)
{
    static const char *const keys[] = {"holders", "rotation", "R", "R/A"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (mu_get(n, keys[i]))
            return mu_get(n, keys[i]);
    return n;
}

static void apart(mu_judge *j, const mu_node *a, const mu_node *b, mu_set *said)
{
    mu_set left = MU_SET(j), right = MU_SET(j);
    side(j, a, &left);
    side(j, b, &right);
    for (size_t i = 0; i < left.count; i++)
        if (mu_has(&right, left.list[i]) && !mu_has(said, a->ref)) {
            mu_put(said, a->ref);
            mu_found_in(j, "ROL-12", is_role(j, a->ref) ? "role" : "action", a->ref, who_fills(a->ref),
                        MU_SAY(j, "%s stands first in both %s and %s, which the plan keeps apart", mu_title(j, left.list[i]), mu_title(j, a->ref), mu_title(j, b->ref)));
        }
}

static void incompatible(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (pair, mu_get(j->root, "separation_of_duties"))
        if (pair->first && pair->first->next && pair->first->ref && pair->first->next->ref)
            apart(j, pair->first, pair->first->next, &said);
    MU_EACH (role, mu_get(j->root, "roles"))
        MU_EACH (other, mu_get(role, "not_with")) {
            mu_node own = {.ref = (mu_node *)role};
            if (other->ref)
                apart(j, &own, other, &said);
        }
}

/* ---- who is asked, and who must hear ---- */

static void waits_for_advice(mu_judge *j)
{
    int most = (int)mu_limit_value(j, "consulted");
    MU_EACH (row, mu_get(j->root, "raci")) {
        const mu_node *c = mu_get(row, "C");
        int asked = c ? c->kind == MU_LIST ? c->count : 1 : 0;
        if (asked && !mu_get(row, "consult_within"))
            mu_found_in(j, "ROL-14", "action", row, NULL,
                        MU_SAY(j, "\"%s\" waits without end for the advice of %s", row->key,
                               asked > 1 ? MU_SAY(j, "%d roles", asked) : mu_items(c)->ref ? mu_title(j, mu_items(c)->ref) : "nobody"));
        else if (asked > most)
            mu_rests_on(j, mu_found_in(j, "ROL-14", "action", row, c, MU_SAY(j, "%d are asked before \"%s\", and %d are the most", asked, row->key, most)),
                        "consulted");
    }
}

/* A function of the organisation as the rules look for it: the roles that have it, and their people. */
typedef struct function {
    const char *name; /* "human resources" */
    mu_set roles, people;
} function;

static function function_of(mu_judge *j, const char *name, const char *word, const char *or_word)
{
    function f = {.name = name, .roles = MU_SET(j), .people = MU_SET(j)};
    MU_EACH (role, mu_get(j->root, "roles"))
        if (mu_is(role, "function", word) || (or_word && mu_is(role, "function", or_word))) {
            mu_put(&f.roles, role);
            mu_holders(j, role, &f.people);
        }
    return f;
}

static bool reaches(const mu_judge *j, const function *f, const mu_node *ref)
{
    if (!ref->ref)
        return f->people.count && strcmp(ref->text, "team:all") == 0;
    if (is_role(j, ref->ref))
        return mu_has(&f->roles, ref->ref);
    if (mu_has(&f->people, ref->ref))
        return true;
    MU_EACH (m, mu_get(ref->ref, "members"))
        if (m->ref && (mu_has(&f->people, m->ref) || mu_has(&f->roles, m->ref)))
            return true;
    return false;
}

static bool in_cell(const mu_judge *j, const function *f, const mu_node *cell)
{
    EACH_IN (ref, cell)
        if (reaches(j, f, ref))
            return true;
    return false;
}

static bool in_row(const mu_judge *j, const function *f, const mu_node *row)
{
    static const char *const cells[] = {"R", "R/A", "A", "C", "I"}, *const ways[] = {"any_of", "all_of", "two_of"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (in_cell(j, f, mu_get(row, cells[i])))
            return true;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (in_cell(j, f, mu_get(mu_get(row, "approve"), ways[i])))
            return true;
    return false;
}

static void not_told(mu_judge *j, mu_set *said, const function *f, const char *kind, const mu_node *n, const char *words)
{
    if (mu_has(said, n))
        return;
    mu_put(said, n);
    mu_found_in(j, "ROL-15", kind, n, NULL, MU_SAY(j, "%s neither take part in \"%s\" nor hear of it, %s", f->name, n->key, words));
}

/* The worst severity calls them: it informs them, or its ladder leads to them. */
static bool called_by_worst(const mu_judge *j, const function *f)
{
    const mu_node *worst = NULL;
    MU_EACH (s, mu_get(j->root, "severities"))
        if (mu_is_level(s) && (!worst || mu_get(s, "rank")->value < mu_get(worst, "rank")->value))
            worst = s;
    if (in_cell(j, f, mu_get(worst, "inform")))
        return true;
    const mu_node *ladders = mu_get(worst, "escalation");
    EACH_IN (ladder, ladders)
        MU_EACH (rung, mu_get(ladder->ref, "steps"))
            if (in_cell(j, f, mu_get(rung, "to")))
                return true;
    return false;
}

static void executive_hears(mu_judge *j, mu_set *said)
{
    function executive = function_of(j, "The executives", "executive", NULL);
    bool called = called_by_worst(j, &executive);
    MU_EACH (row, mu_get(j->root, "raci"))
        if (executive.roles.count && mu_declares(row) && !called && !in_row(j, &executive, row))
            not_told(j, said, &executive, "action", row, "by which the incident is called");
    MU_EACH (duty, mu_get(j->root, "obligations")) {
        const mu_node *by = mu_get(duty, "decided_by"), *row = by ? by->ref : NULL;
        if (executive.roles.count && row && !is_role(j, row) && !in_row(j, &executive, row))
            not_told(j, said, &executive, "action", row, MU_SAY(j, "which decides whether %s is due", duty->key));
    }
}

/* Rules about personal data, by the beginning of their names. */
bool mu_about_people(const char *rule)
{
    static const char *const laws[] = {"EU-GDPR-", "UK-GDPR-", "CH-FADP",  "US-REGSP-CUST", "US-HIPAA-", "US-FTC-",  "US-CA",    "US-NY-GBL", "US-TX",
                                       "CA-PIPEDA", "CA-QC",   "BR-LGPD",  "AU-NDB-",       "SG-PDPA",   "JP-APPI-", "IN-DPDP",  "CN-PIPL",   "KR-PIPA",
                                       "NZ-PA",     "PH-DPA",  "SA-PDPL",  "TR-KVKK",       "ZA-POPIA"};
    for (size_t i = 0; rule && i < sizeof laws / sizeof *laws; i++)
        if (strncmp(rule, laws[i], strlen(laws[i])) == 0)
            return true;
    return false;
}

static void lawyers_hear(mu_judge *j, mu_set *said)
{
    function lawyers = function_of(j, "Legal and privacy", "legal", "privacy");
    MU_EACH (duty, mu_get(j->root, "obligations")) {
        const mu_node *action = mu_get(duty, "action"), *row = action ? action->ref : NULL;
        if (lawyers.roles.count && row && mu_about_people(mu_get_text(duty, "rule")) && !in_row(j, &lawyers, row))
            not_told(j, said, &lawyers, "action", row, MU_SAY(j, "with which %s is met", duty->key));
    }
}

bool mu_covers_insiders(const mu_node *book)
{
    MU_EACH (c, mu_get(book, "covers"))
        if (mu_mentions(c->text, "insider", 7))
            return true;
    return false;
}

static void hr_hears(mu_judge *j, mu_set *said)
{
    function hr = function_of(j, "Human resources", "hr", NULL);
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        bool there = !hr.roles.count || !mu_covers_insiders(book);
        MU_EACH (step, mu_get(book, "steps"))
            there = there || (mu_get(step, "action") && mu_get(step, "action")->ref && in_row(j, &hr, mu_get(step, "action")->ref));
        if (!there)
            not_told(j, said, &hr, "playbook", book, "although it is about somebody of our own");
    }
}

static void not_informed(mu_judge *j)
{
    mu_set said = MU_SET(j);
    executive_hears(j, &said);
    lawyers_hear(j, &said);
    hr_hears(j, &said);
}

/* ---- functions, owners, command ---- */

static bool listed(const mu_node *list, const char *word)
{
    EACH_IN (n, list)
        if (strcmp(n->text, word) == 0)
            return true;
    return false;
}

static bool some_role_has(const mu_judge *j, const char *word)
{
    MU_EACH (role, mu_get(j->root, "roles"))
        if (mu_is(role, "function", word))
            return true;
    return false;
}

/* A function is a word of the plan, as it stands: the drill knows no other. */
static const char *lacks_function(mu_judge *j, const char *word)
{
    MU_EACH (role, mu_get(j->root, "roles")) {
        const char *own = mu_get_text(role, "function");
        if (own && strcasecmp(own, word) == 0)
            return MU_SAY(j, "no role has the function %s, and that of %s is written %s", word, mu_title(j, role), own);
    }
    return MU_SAY(j, "no role has the function %s", word);
}

static void no_function(mu_judge *j)
{
    static const struct { const char *word, *name; } seven[] = {{"hr", "human resources"}, {"executive", "the executives"}, {"legal", "the lawyers"},
        {"application", "those who own the applications"}, {"it", "IT"}, {"security", "security"}, {"communications", "communications"}};
    const mu_node *team = mu_get(j->root, "team"), *functions = mu_get(team, "functions");
    for (size_t i = 0; i < sizeof seven / sizeof *seven; i++) {
        bool role = some_role_has(j, seven[i].word), on_list = !functions || listed(functions, seven[i].word);
        if (!role || !on_list)
            mu_found(j, "ROL-16", MU_SAY(j, "function:%s", seven[i].word), team ? mu_at_key(team, "functions") : mu_top(j),
                     MU_SAY(j, "Nobody from %s is on the team: %s", seven[i].name,
                            role ? MU_SAY(j, "the list of its functions leaves out %s", seven[i].word) : lacks_function(j, seven[i].word)));
    }
}

/* Somebody of this role, or this person, has a way to be reached. */
static bool reachable(const mu_judge *j, const mu_node *ref)
{
    mu_set people = MU_SET(j);
    if (ref)
        mu_meant(j, ref, &people);
    for (size_t i = 0; i < people.count; i++) {
        const mu_node *reach = mu_get(people.list[i], "reach");
        if (reach && reach->count && !mu_away(j, people.list[i]))
            return true;
    }
    return false;
}

static void nobody_knows(mu_judge *j)
{
    MU_EACH (asset, mu_get(j->root, "assets")) {
        const mu_node *owner = mu_get(asset, "owner"), *deputy = mu_get(asset, "deputy");
        if (!owner)
            mu_found_in(j, "ROL-17", "asset", asset, NULL, MU_SAY(j, "%s has no owner who could say what its loss means", asset->key));
        else if (owner->ref && !reachable(j, owner) && !reachable(j, deputy))
            mu_found_in(j, "ROL-17", "asset", asset, owner, MU_SAY(j, "Nobody who knows %s can be reached: not its owner, %s, and %s", asset->key, mu_title(j, owner->ref),
                               deputy ? MU_SAY(j, "not its deputy, %s", mu_title_of(j, deputy)) : "it has no deputy"));
    }
}

bool mu_transfer_unsaid(const mu_judge *j)
{
    bool said = mu_get(mu_get(j->root, "team"), "handover") != NULL;
    MU_EACH (role, mu_get(j->root, "roles"))
        said = said || (mu_is(role, "function", "command") && mu_get(role, "handover"));
    return !said;
}

static void no_transfer(mu_judge *j)
{
    const mu_node *team = mu_get(j->root, "team");
    if (mu_transfer_unsaid(j))
        mu_found(j, "ROL-18", "section:team", team ? mu_place(team) : mu_top(j), "Nothing says how command is taken, handed over or given back");
}

static void untrained(mu_judge *j)
{
    mu_set people = MU_SET(j);
    MU_EACH (role, mu_get(j->root, "roles"))
        mu_holders(j, role, &people);
    for (size_t i = 0; i < people.count; i++) {
        const mu_node *p = people.list[i], *date = mu_get(p, "trained");
        if (!date)
            mu_found_in(j, "ROL-19", "person", p, NULL, MU_SAY(j, "%s holds a role, and no date of training is on record", mu_title(j, p)));
        else if (mu_older_than_limit(j, date, "trained"))
            mu_too_old(j, mu_found_in(j, "ROL-19", "person", p, date, MU_SAY(j, "%s holds a role and was last trained on %s", mu_title(j, p), mu_dated(j, date))), date, "trained");
    }
}

/* ---- the matrix and the playbooks ---- */

static bool does_it(const mu_node *row, const mu_node *who)
{
    static const char *const cells[] = {"R", "R/A"};
    for (size_t i = 0; i < 2; i++) {
        const mu_node *cell = mu_get(row, cells[i]);
        EACH_IN (r, cell)
            if (r->ref == who)
                return true;
    }
    return false;
}

static void other_doer(mu_judge *j)
{
    MU_EACH (book, mu_get(j->root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *by = mu_get(step, "by"), *action = mu_get(step, "action"), *row = action ? action->ref : NULL, *wrong = NULL;
            EACH_IN (who, by)
                wrong = row && who->ref && !does_it(row, who->ref) && !wrong ? who->ref : wrong;
            if (wrong)
                mu_found(j, "ROL-20", MU_SAY(j, "playbook:%s/%s", book->key, mu_get_text(step, "id")), mu_place(by),
                         MU_SAY(j, "The playbook gives \"%s\" to %s, and the matrix does not", row->key, mu_title(j, wrong)));
        }
}

/* Keys behind which a role is named without anything to do: it is told, asked, listed or kept apart. */
static bool gives_work(const mu_node *ref)
{
    static const char *const idle[] = {"C", "I", "inform", "distribution", "not_with", "enrolled", "without", "separation_of_duties", "for", "members"};
    while (ref && !ref->key) /* an item of a list stands behind the list's key */
        ref = ref->parent;
    for (size_t i = 0; ref && i < sizeof idle / sizeof *idle; i++)
        if (strcmp(ref->key, idle[i]) == 0)
            return false;
    return ref != NULL;
}

/* The roles that are given work, and the sections of whoever can be. */
typedef struct work {
    const mu_node *roles, *teams;
    mu_set busy;
} work;

/* What is given to a team is given to the roles in it. */
static void put_busy(work *w, const mu_node *who)
{
    if (!who || (who->parent != w->roles && who->parent != w->teams) || mu_has(&w->busy, who))
        return;
    mu_put(&w->busy, who);
    const mu_node *members = mu_get(who, "members"); /* a role has none */
    MU_EACH (m, members)
        put_busy(w, m->ref);
}

static void collect_work(work *w, const mu_node *n)
{
    const mu_node *to = n->ref;
    if (to && (to->parent == w->roles || to->parent == w->teams) && !mu_has(&w->busy, to) && gives_work(n))
        put_busy(w, to);
    for (const mu_node *c = n->first; c; c = c->next)
        collect_work(w, c);
}

void mu_idle_roles(mu_judge *j, mu_set *idle)
{
    work w = {.roles = mu_get(j->root, "roles"), .teams = mu_get(j->root, "teams"), .busy = MU_SET(j)};
    if (!mu_get(j->root, "raci"))
        return;
    collect_work(&w, j->root);
    MU_EACH (role, w.roles)
        if (!mu_has(&w.busy, role))
            mu_put(idle, role);
}

static void idle(mu_judge *j)
{
    mu_set roles = MU_SET(j);
    mu_idle_roles(j, &roles);
    for (size_t i = 0; i < roles.count; i++)
        mu_found_in(j, "ROL-22", "role", roles.list[i], NULL,
                    MU_SAY(j, "%s does nothing, answers for nothing and decides nothing anywhere in the plan", mu_title(j, roles.list[i])));
}

const mu_rule mu_rules_functions[] = {
    {"ROL-11", overloaded,
     "whoever stands first in their roles does more actions than tasks_each, or answers for more than decisions_each"},
    {"ROL-12", incompatible,
     "one person stands first on both sides of a pair of separation_of_duties, or of not_with"},
    {"ROL-14", waits_for_advice,
     "a row with C and without consult_within, or with more C than consulted"},
    {"ROL-15", not_informed,
     "no executive hears of the declaration or of what a duty hangs on, no lawyer of a notice about personal data, no HR of a playbook about insiders"},
    {"ROL-16", no_function,
     "one of seven functions that no role has, or that team: functions leaves out"},
    {"ROL-17", nobody_knows,
     "an asset without an owner, or whose owner and deputy nobody can reach"},
    {"ROL-18", no_transfer,
     "neither the team nor a role of command says how it is handed over"},
    {"ROL-19", untrained,
     "somebody who holds a role and whose training is not on record, older than the limit trained or still to come"},
    {"ROL-20", other_doer,
     "a step of a playbook names in by a doer who is not R of its action"},
    {"ROL-22", idle,
     "a role that is only told, asked or listed, by itself or in a team, and is R and A of nothing"},
    {NULL, NULL, NULL},
};
