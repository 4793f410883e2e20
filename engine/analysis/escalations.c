/* Gaps of escalation, of levels and of rotations that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"
#include "base/calendar.h"
#include "plan/schema.h"

static void waits_without_end(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations")) {
        int n = 0;
        MU_EACH (rung, mu_get(ladder, "steps")) {
            n++;
            if (!mu_get(rung, "within"))
                mu_found(j, "ESC-03", MU_SAY(j, "escalation:%s/%d", ladder->key, n), rung->at,
                         MU_SAY(j, "Step %d of the ladder \"%s\" waits without end", n, ladder->key));
        }
    }
}

static bool loops(const mu_node *ladder, const mu_node *start, int depth)
{
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *other = mu_get(rung, "otherwise");
        if (other && other->ref && depth < 32 && (other->ref == start || loops(other->ref, start, depth + 1)))
            return true;
    }
    return false;
}

static void loop(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations"))
        if (loops(ladder, ladder, 0))
            mu_found_in(j, "ESC-05", "escalation", ladder, NULL, MU_SAY(j, "The ladder \"%s\" leads back to itself", ladder->key));
}

/* Whom a step calls: of a role with an order of succession only one, the first unless the step says which. */
static void called(const mu_judge *j, const mu_node *to, mu_set *people)
{
    bool in_order = to->ref && (mu_get(to->ref, "holders") || mu_get(to->ref, "rotation")) && !strchr(to->text, '/');
    mu_set all = MU_SET(j);
    mu_meant(j, to, &all);
    for (size_t i = 0; i < all.count && !(in_order && i); i++)
        mu_put(people, all.list[i]);
}

static void same_person_again(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations")) {
        mu_set tried = MU_SET(j);
        int n = 0;
        MU_EACH (rung, mu_get(ladder, "steps")) {
            mu_set now = MU_SET(j);
            size_t before = tried.count;
            n++;
            for (const mu_node *to = mu_items(mu_get(rung, "to")); to; to = to->parent->kind == MU_LIST ? to->next : NULL)
                called(j, to, &now);
            for (size_t i = 0; i < now.count; i++)
                mu_put(&tried, now.list[i]);
            if (now.count && tried.count == before)
                mu_found(j, "ESC-06", MU_SAY(j, "escalation:%s/%d", ladder->key, n), mu_at_key(rung, "to"),
                         MU_SAY(j, "Step %d of the ladder \"%s\" calls only people who did not answer before", n, ladder->key));
        }
    }
}

/* The whole path in milliseconds; -1 where a step has no time. */
static int64_t path(const mu_node *ladder)
{
    int64_t sum = 0;
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *within = mu_get(rung, "within"), *tries = mu_get(rung, "tries");
        if (!within || within->kind != MU_SCALAR)
            return -1;
        sum += within->value * (tries && tries->value > 0 ? tries->value : 1);
    }
    return sum;
}

static void too_slow(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (s, mu_get(j->root, "severities")) {
        const mu_node *target = mu_get(s, "assemble_within"), *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l && target && target->kind == MU_SCALAR; l = uses->kind == MU_LIST ? l->next : NULL) {
            int64_t sum = l->ref ? path(l->ref) : -1;
            if (!l->ref || sum <= target->value || mu_has(&said, l->ref))
                continue;
            mu_put(&said, l->ref);
            mu_found_in(j, "ESC-07", "escalation", l->ref, NULL,
                        MU_SAY(j, "The ladder \"%s\" takes %d min to its end; %s wants the team together in %d", l->ref->key, (int)(sum / 60000), s->key, (int)(target->value / 60000)));
        }
    }
}

static void hours_of(mu_judge *j, const mu_node *role, const mu_node *severity, mu_set *said)
{
    mu_set people = MU_SET(j);
    if (!role || role->parent != mu_get(j->root, "roles") || mu_get(role, "rotation") || mu_has(said, role))
        return;
    mu_holders(j, role, &people);
    for (size_t i = 0; i < people.count; i++)
        if (mu_always_there(people.list[i]))
            return;
    if (people.count == 0)
        return;
    mu_put(said, role);
    mu_finding *f = mu_found_in(j, "ESC-08", "role", role, mu_get(role, "holders"),
                                MU_SAY(j, "%s is covered at every hour, and nobody who holds %s is", severity->key, mu_title(j, role)));
    if (people.count == 1)
        mu_caused_by(j, f, "person", people.list[0]);
}

static void office_hours(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (s, mu_get(j->root, "severities")) {
        if (!mu_is(s, "cover", "24x7"))
            continue;
        MU_EACH (r, mu_get(mu_get(mu_get(j->root, "team"), "quorum"), s->key))
            hours_of(j, r->ref, s, &said);
        const mu_node *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l; l = uses->kind == MU_LIST ? l->next : NULL)
            MU_EACH (rung, l->ref ? mu_get(l->ref, "steps") : NULL)
                for (const mu_node *to = mu_items(mu_get(rung, "to")); to; to = to->parent->kind == MU_LIST ? to->next : NULL)
                    hours_of(j, to->ref, s, &said);
    }
}

/* Two levels of one rank: which of them is worse, nobody can say. */
static void same_rank(mu_judge *j)
{
    MU_EACH (a, mu_get(j->root, "severities"))
        for (const mu_node *b = a->next; b; b = b->next) {
            const mu_node *x = mu_get(a, "rank"), *y = mu_get(b, "rank");
            if (x && y && x->value == y->value)
                mu_found_in(j, "ESC-01", "severity", b, y, MU_SAY(j, "%s and %s have the same rank, so neither is the worse", a->key, b->key));
        }
}

/* The members of a rotation by their turn. */
typedef struct turns {
    const mu_node **list;
    int count;
} turns;

static turns turns_of(mu_judge *j, const mu_node *members)
{
    turns all = {mu_alloc(j->arena, (size_t)members->count * sizeof *all.list), 0};
    MU_EACH (m, members)
        all.list[all.count++] = m->ref;
    return all;
}

static const mu_node *member(const turns *all, int64_t index)
{
    int64_t n = index % all->count;
    return all->list[n < 0 ? n + all->count : n];
}

static const mu_node *override_at(const mu_node *rotation, int64_t t)
{
    MU_EACH (o, mu_get(rotation, "overrides"))
        if (mu_get(o, "from")->value <= t && t < mu_get(o, "to")->value)
            return mu_get(o, "person")->ref;
    return NULL;
}

static bool in_restriction(const mu_node *rotation, int64_t t)
{
    const mu_node *restriction = mu_get(rotation, "restrict");
    for (const mu_node *h = mu_items(restriction); h; h = restriction->kind == MU_LIST ? h->next : NULL) {
        int ranges[7][2], n = mu_hours_read(h->text, ranges, 7);
        if (mu_hours_inside(ranges, n, NULL, t))
            return true;
    }
    return !restriction || mu_get(rotation, "under");
}

/* What is wrong with the rotation at a moment; NULL for nothing. */
static const char *fault(mu_judge *j, const mu_node *rotation, const turns *all, int64_t t, const mu_turn *turn, int64_t from)
{
    const mu_node *second = mu_get(rotation, "second"), *over = override_at(rotation, t);
    int64_t index = mu_turn_index(from, *turn, t);
    const mu_node *first = over ? over : member(all, index), *next = second && second->value > 0 ? member(all, index + second->value) : NULL;
    if (!first || !in_restriction(rotation, t))
        return "nobody is on call";
    if (mu_away_at(first, t) && (!next || mu_away_at(next, t)))
        return MU_SAY(j, "%s is on call and on leave", mu_title(j, first));
    return next == first ? MU_SAY(j, "%s is first and second", mu_title(j, first)) : NULL;
}

static void holes_on_call(mu_judge *j)
{
    static const mu_turn_unit units[] = {MU_TURN_MS, MU_TURN_DAYS, MU_TURN_DAYS, MU_TURN_MONTHS};
    MU_EACH (rotation, mu_get(j->root, "rotations")) {
        const mu_node *from = mu_get(rotation, "from"), *length = mu_get(rotation, "turn"), *members = mu_get(rotation, "members");
        mu_duration d;
        const char *wrong = NULL;
        if (!from || !length || !members || !members->count || !mu_duration_read(length->text, &d) || d.count < 1)
            continue;
        mu_turn turn = {units[d.unit], d.count};
        turns all = turns_of(j, members);
        int64_t t = j->now;
        for (int hour = 0; hour < 90 * 24 && !wrong; hour++, t = j->now + hour * INT64_C(3600000))
            wrong = t < from->value ? "nobody is on call" : fault(j, rotation, &all, t, &turn, from->value);
        mu_date day = mu_date_of_day(mu_day_of(t));
        if (wrong)
            mu_found_in(j, "ESC-09", "rotation", rotation, NULL, MU_SAY(j, "In the rotation %s %s, on %04d-%02d-%02d", rotation->key, wrong, day.year, day.month, day.day));
    }
}

/* ---- levels ---- */

static void no_consequence(mu_judge *j)
{
    static const char *const keys[] = {"escalation", "inform", "unlocks", "acknowledge_within", "assemble_within", "declare_within", "contain_within", "update_every"};
    MU_EACH (s, mu_get(j->root, "severities")) {
        bool some = !mu_is_level(s) || mu_get(mu_get(mu_get(j->root, "team"), "quorum"), s->key);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            some = some || mu_get(s, keys[i]);
        if (!some)
            mu_found_in(j, "ESC-02", "severity", s, NULL, MU_SAY(j, "Declaring %s changes nothing: it calls nobody, sets no time and tells nobody", s->key));
    }
}

static bool is_executive(const mu_judge *j, const mu_node *who)
{
    if (!who)
        return false;
    if (who->parent == mu_get(j->root, "audiences"))
        return strcmp(who->key, "board") == 0;
    if (who->parent == mu_get(j->root, "roles"))
        return mu_is(who, "function", "executive");
    MU_EACH (role, mu_get(j->root, "roles")) {
        mu_set people = MU_SET(j);
        if (!mu_is(role, "function", "executive"))
            continue;
        mu_holders(j, role, &people);
        if (mu_has(&people, who))
            return true;
    }
    return false;
}

/* A level that tells the executive, or whose ladder calls it; or the board as an audience, which hears of what is declared. */
static bool level_reaches_executive(const mu_judge *j, const mu_node *level)
{
    const mu_node *ladders = mu_get(level, "escalation");
    MU_EACH (who, mu_get(level, "inform"))
        if (is_executive(j, who->ref))
            return true;
    for (const mu_node *l = mu_items(ladders); l; l = ladders->kind == MU_LIST ? l->next : NULL)
        MU_EACH (rung, l->ref ? mu_get(l->ref, "steps") : NULL)
            for (const mu_node *to = mu_items(mu_get(rung, "to")); to; to = to->parent->kind == MU_LIST ? to->next : NULL)
                if (is_executive(j, to->ref))
                    return true;
    return false;
}

static void no_executive_trigger(mu_judge *j)
{
    const mu_node *levels = mu_get(j->root, "severities"), *board = mu_get(mu_get(j->root, "audiences"), "board");
    if (!levels || (board && mu_get(board, "first_within")))
        return;
    MU_EACH (s, levels)
        if (mu_is_level(s) && level_reaches_executive(j, s))
            return;
    mu_found(j, "ESC-10", "section:severities", mu_place(levels), "No level tells the executive or the board, and nothing else says when they hear");
}

static void no_other_plan(mu_judge *j)
{
    const mu_node *plans = mu_get(j->root, "related_plans");
    if (!plans || plans->count == 0)
        mu_found(j, "ESC-11", "section:related_plans", plans ? mu_place(plans) : mu_top(j), "Nothing says when another plan takes over, or who may say so");
    MU_EACH (p, plans) {
        const mu_node *when = mu_get(p, "activate_when"), *who = mu_get(p, "who_may");
        if (!when || !who || who->count == 0)
            mu_found_in(j, "ESC-11", "related_plan", p, NULL,
                        MU_SAY(j, "%s of the plan %s", when ? "Nobody is named for the activation" : who && who->count ? "Nothing says what calls for the activation" : "Neither who nor what activates is said", p->key));
    }
}

static void never_reassessed(mu_judge *j)
{
    const mu_node *levels = mu_get(j->root, "severities");
    if (levels && levels->count && !mu_get(levels, "reassess_every"))
        mu_found(j, "ESC-12", "section:severities", mu_place(levels), "A level is set once, and nothing says when it is looked at again");
}

static void add_people(const mu_judge *j, const mu_node *cell, mu_set *people)
{
    for (const mu_node *n = mu_items(cell); n; n = cell->kind == MU_LIST ? n->next : NULL)
        mu_meant(j, n, people);
}

/* Whoever holds a role with that authority, and whoever does or answers for the action of declaring. */
static void may_declare(const mu_judge *j, mu_set *people)
{
    MU_EACH (role, mu_get(j->root, "roles"))
        MU_EACH (a, mu_get(role, "authority"))
            if (a->kind == MU_SCALAR && strcmp(a->text, "declare") == 0)
                mu_holders(j, role, people);
    MU_EACH (row, mu_get(j->root, "raci"))
        if (strcmp(row->key, "declare") == 0 || mu_is(row, "authority", "declare")) {
            add_people(j, mu_get(row, "R"), people);
            add_people(j, mu_get(row, "A"), people);
            add_people(j, mu_get(row, "R/A"), people);
        }
}

static void nobody_declares(mu_judge *j)
{
    mu_set people = MU_SET(j);
    const mu_node *roles = mu_get(j->root, "roles");
    may_declare(j, &people);
    if (people.count >= 2)
        return;
    mu_finding *f = mu_found(j, "ESC-13", "section:roles", mu_place(roles),
                             people.count ? MU_SAY(j, "Only %s may declare an incident", mu_title(j, people.list[0])) : "Nobody is named who may declare an incident");
    if (people.count)
        mu_caused_by(j, f, "person", people.list[0]);
}

/* ---- outside, and the end ---- */

static void vendor_incomplete(mu_judge *j)
{
    static const char *const keys[][2] = {{"tier", "tier"}, {"accounts", "account numbers"}, {"severity_code", "severity code"}, {"manager", "named escalation"}};
    MU_EACH (e, mu_get(j->root, "externals")) {
        const mu_node *support = mu_get(e, "support");
        const char *missing = "";
        if (!mu_is(e, "kind", "cloud_provider") && !mu_is(e, "kind", "supplier"))
            continue;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (!mu_get(support, keys[i][0]))
                missing = MU_SAY(j, "%s%sno %s", missing, *missing ? ", " : "", keys[i][1]);
        if (*missing)
            mu_found_in(j, "ESC-14", "external", e, support, MU_SAY(j, "A case with %s cannot be raised as it should: %s", mu_title(j, e), missing));
    }
}

static void never_over(mu_judge *j)
{
    const mu_node *phases = mu_get(j->root, "phases");
    MU_EACH (p, phases)
        if (mu_get(p, "done_when"))
            return;
    mu_found(j, "ESC-16", "section:phases", phases ? mu_place(phases) : mu_top(j), "Nothing says when the response is over");
}

/* ---- scenarios: does a level fit what they do? ---- */

static bool has_fact(const mu_scene *scene, const char *fact)
{
    for (int c = 0; c < scene->card_count; c++)
        for (int i = 0; i < scene->cards[c].fact_count; i++)
            if (strcmp(scene->cards[c].facts[i], fact) == 0)
                return true;
    return false;
}

/* Whether a test could hold once all facts of the scenario are there; words are a person's business, so they may. */
static bool may_hold(const mu_node *test, const mu_scene *scene)
{
    const mu_node *all = mu_get(test, "all"), *any = mu_get(test, "any");
    if (test->kind == MU_SCALAR) {
        char fact[128];
        size_t n = strcspn(test->text, " ");
        if (n >= sizeof fact || !test->parent || (test->key && strcmp(test->key, "when") == 0))
            return true;
        memcpy(fact, test->text, n);
        fact[n] = '\0';
        return has_fact(scene, fact);
    }
    MU_EACH (t, all)
        if (!may_hold(t, scene))
            return false;
    bool some = !any;
    MU_EACH (t, any)
        some = some || may_hold(t, scene);
    return some;
}

static void no_level_fits(mu_judge *j)
{
    const mu_node *levels = mu_get(j->root, "severities");
    for (int i = 0; i < j->scenes->count; i++) {
        const mu_scene *scene = &j->scenes->list[i];
        bool fits = !levels || mu_get(levels, "in_doubt");
        MU_EACH (s, levels)
            fits = fits || (mu_is_level(s) && (!mu_get(s, "when") || may_hold(mu_get(s, "when"), scene)));
        if (!fits)
            mu_found(j, "ESC-01", MU_SAY(j, "scenario:%s", scene->kind ? scene->kind : scene->title), mu_place(levels),
                     MU_SAY(j, "No level fits what happens in \"%s\", and nothing says what to do in doubt", scene->title));
    }
}

const mu_rule mu_rules_escalations[] = {
    {"ESC-01", same_rank,
     "two severities of one rank"},
    {"ESC-03", waits_without_end,
     "a step of a ladder without a time"},
    {"ESC-05", loop,
     "a ladder that leads back to itself"},
    {"ESC-06", same_person_again,
     "a step that calls only people who were called before"},
    {"ESC-07", too_slow,
     "a ladder that takes longer to its end than a severity gives to assemble"},
    {"ESC-08", office_hours,
     "a role in a quorum or on a ladder of a severity covered at every hour, no holder of which is there at every hour"},
    {"ESC-09", holes_on_call,
     "a moment in the next ninety days when nobody is on call, or the same person is first and second"},
    {"ESC-01", no_level_fits,
     "a scenario whose facts meet the test of no level, in a plan without in_doubt"},
    {"ESC-02", no_consequence,
     "a level without a ladder, a time, somebody to inform, a quorum or something that it unlocks"},
    {"ESC-10", no_executive_trigger,
     "no level informs or calls a role of the executive or the board, and the board is no audience with a time"},
    {"ESC-11", no_other_plan,
     "no related plan, or one without activate_when or who_may"},
    {"ESC-12", never_reassessed,
     "severities without reassess_every"},
    {"ESC-13", nobody_declares,
     "fewer than two people who may declare: by authority, or as R or A of declaring"},
    {"ESC-14", vendor_incomplete,
     "a cloud provider or supplier whose support lacks tier, accounts, severity_code or manager"},
    {"ESC-16", never_over,
     "no phase says done_when"},
    {NULL, NULL, NULL},
};
