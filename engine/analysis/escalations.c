/* Gaps of escalation, of levels and of rotations that a plan's text shows. */
#include <stdlib.h>
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

static int by_rank(const void *left, const void *right)
{
    const mu_node *a = *(const mu_node *const *)left, *b = *(const mu_node *const *)right;
    int64_t x = mu_get(a, "rank")->value, y = mu_get(b, "rank")->value;
    return x != y ? x < y ? -1 : 1 : a->number < b->number ? -1 : 1;
}

/* Levels of one rank: which of them is worse, nobody can say. Each is held against the one before it, not against all. */
static void same_rank(mu_judge *j)
{
    const mu_node *levels = mu_get(j->root, "severities");
    const mu_node **list = mu_alloc(j->arena, (size_t)(levels ? levels->count + 1 : 1) * sizeof *list);
    size_t n = 0;
    MU_EACH (level, levels)
        if (mu_get(level, "rank"))
            list[n++] = level;
    qsort(list, n, sizeof *list, by_rank);
    for (size_t i = 1; i < n; i++) {
        const mu_node *a = list[i - 1], *b = list[i], *rank = mu_get(b, "rank");
        if (mu_get(a, "rank")->value == rank->value)
            mu_found_in(j, "ESC-01", "severity", b, rank, MU_SAY(j, "%s and %s have the same rank, so neither is the worse", a->key, b->key));
    }
}

/* ---- rotations ---- */

enum { AHEAD = 90 * 24, WEEK = 7 * 24 }; /* hours that are looked at */
static const int64_t hour_ms = 3600000;

/* Who is away at which of the hours ahead, one bit each; made once a person, for many rotations ask. */
typedef struct leaves {
    mu_set people;
    uint64_t (*hours)[AHEAD / 64 + 1];
    size_t room;
} leaves;

/* A rotation, hour by hour: whoever is on call in another's place, and the hours of a week to which it is restricted. */
typedef struct calls {
    mu_judge *j;
    leaves *leaves;
    const mu_node **members;
    const mu_node *instead[AHEAD];
    int next[AHEAD + 1]; /* of each hour the first from it on that nobody has taken yet */
    bool open[WEEK], restricted;
    int count;
    int64_t second;
} calls;

/* The first hour that does not begin before a moment, of those that are looked at; `AHEAD` where all do. */
static int hour_of(const mu_judge *j, int64_t t)
{
    if (t <= j->now)
        return 0;
    return t > j->now + (AHEAD - 1) * hour_ms ? AHEAD : (int)((t - j->now + hour_ms - 1) / hour_ms);
}

static void read_leaves(const mu_judge *j, const mu_node *person, uint64_t *hours)
{
    static const int64_t day = 24 * 3600000;
    MU_EACH (leave, mu_get(person, "away")) {
        const mu_node *from = mu_get(leave, "from"), *to = mu_get(leave, "to");
        int end = from && to ? hour_of(j, to->value + (to->len == 10 ? day : 0)) : 0;
        for (int h = end ? hour_of(j, from->value) : 0; h < end; h++)
            hours[h / 64] |= UINT64_C(1) << h % 64;
    }
}

static const uint64_t *leaves_of(const mu_judge *j, leaves *l, const mu_node *person)
{
    size_t at = mu_place_in(&l->people, person);
    if (at < l->people.count)
        return l->hours[at];
    mu_put(&l->people, person);
    if (l->people.count > l->room) {
        l->room = l->room ? l->room * 2 : 8;
        l->hours = mu_grow(l->hours, l->room * sizeof *l->hours);
    }
    memset(l->hours[at], 0, sizeof *l->hours);
    read_leaves(j, person, l->hours[at]);
    return l->hours[at];
}

static bool away_in(calls *c, const mu_node *person, int hour)
{
    return mu_get(person, "away") && leaves_of(c->j, c->leaves, person)[hour / 64] >> hour % 64 & 1;
}

static int untaken(calls *c, int hour)
{
    int end = hour;
    while (c->next[end] != end)
        end = c->next[end];
    for (int then; c->next[hour] != hour; hour = then) {
        then = c->next[hour];
        c->next[hour] = end;
    }
    return end;
}

/* Of overrides of one hour the first that stands in the plan counts. */
static void read_overrides(calls *c, const mu_node *overrides)
{
    memset(c->instead, 0, sizeof c->instead);
    for (int h = 0; overrides && h <= AHEAD; h++)
        c->next[h] = h;
    MU_EACH (o, overrides) {
        int end = hour_of(c->j, mu_get(o, "to")->value);
        for (int h = untaken(c, hour_of(c->j, mu_get(o, "from")->value)); h < end; h = untaken(c, h + 1)) {
            c->instead[h] = mu_get(o, "person")->ref;
            c->next[h] = h + 1;
        }
    }
}

/* The hours ahead fall on the same places of every week. */
static void read_restriction(calls *c, const mu_node *rotation)
{
    const mu_node *restriction = mu_get(rotation, "restrict");
    c->restricted = restriction && !mu_get(rotation, "under");
    memset(c->open, 0, sizeof c->open);
    for (const mu_node *h = c->restricted ? mu_items(restriction) : NULL; h; h = restriction->kind == MU_LIST ? h->next : NULL) {
        int ranges[7][2], n = mu_hours_read(h->text, ranges, 7);
        for (int i = 0; i < WEEK; i++)
            c->open[i] = c->open[i] || mu_hours_inside(ranges, n, NULL, c->j->now + i * hour_ms);
    }
}

static void read_members(calls *c, const mu_node *members)
{
    c->members = mu_grow(c->members, (size_t)members->count * sizeof *c->members);
    c->count = 0;
    for (const mu_node *m = members->first; m; m = m->next)
        c->members[c->count++] = m->ref;
}

/* What is wrong with the rotation in an hour of which the turn has this index; NULL for nothing. */
static const char *fault(calls *c, int hour, int64_t index)
{
    const mu_node *first = c->instead[hour] ? c->instead[hour] : c->members[index % c->count];
    const mu_node *next = c->second > 0 ? c->members[(index + c->second) % c->count] : NULL;
    if (!first || (c->restricted && !c->open[hour % WEEK]))
        return "nobody is on call";
    if (away_in(c, first, hour) && (!next || away_in(c, next, hour)))
        return MU_SAY(c->j, "%s is on call and on leave", mu_title(c->j, first));
    return next == first ? MU_SAY(c->j, "%s is first and second", mu_title(c->j, first)) : NULL;
}

/* The first hour in which something is wrong, and what. */
static const char *first_fault(calls *c, int64_t from, mu_turn turn, int *hour)
{
    const char *wrong = c->j->now < from ? "nobody is on call" : NULL;
    int64_t index = -1, ends = INT64_MIN;
    for (*hour = 0; !wrong && *hour < AHEAD; ++*hour) {
        int64_t t = c->j->now + *hour * hour_ms;
        if (t >= ends) {
            index = mu_turn_index(from, turn, t);
            ends = mu_turn_begins(from, turn, index + 1);
        }
        wrong = fault(c, *hour, index);
    }
    return wrong;
}

static void judge_rotation(calls *c, const mu_node *rotation)
{
    static const mu_turn_unit units[] = {MU_TURN_MS, MU_TURN_DAYS, MU_TURN_DAYS, MU_TURN_MONTHS};
    const mu_node *from = mu_get(rotation, "from"), *length = mu_get(rotation, "turn"), *members = mu_get(rotation, "members"), *second = mu_get(rotation, "second");
    mu_duration d;
    int hour;
    if (!from || !length || !members || !members->count || !mu_duration_read(length->text, &d) || d.count < 1)
        return;
    read_members(c, members);
    read_overrides(c, mu_get(rotation, "overrides"));
    read_restriction(c, rotation);
    c->second = second ? second->value : 0;
    const char *wrong = first_fault(c, from->value, (mu_turn){units[d.unit], d.count}, &hour);
    mu_date day = mu_date_of_day(mu_day_of(c->j->now + hour * hour_ms));
    if (wrong)
        mu_found_in(c->j, "ESC-09", "rotation", rotation, NULL, MU_SAY(c->j, "In the rotation %s %s, on %04d-%02d-%02d", rotation->key, wrong, day.year, day.month, day.day));
}

static void holes_on_call(mu_judge *j)
{
    leaves l = {.people = MU_SET(j)};
    calls *c = mu_grow(NULL, sizeof *c);
    *c = (calls){.j = j, .leaves = &l};
    MU_EACH (rotation, mu_get(j->root, "rotations"))
        judge_rotation(c, rotation);
    free(c->members);
    free(c);
    free(l.hours);
}

/* ---- levels ---- */

static void no_consequence(mu_judge *j)
{
    static const char *const keys[] = {"escalation", "inform", "unlocks", "acknowledge_within", "assemble_within", "declare_within", "contain_within", "update_every"};
    MU_EACH (s, mu_get(j->root, "severities")) {
        bool some = !mu_is_level(s) || mu_get(mu_get(mu_get(j->root, "team"), "quorum"), s->key);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            some = some || mu_get(s, keys[i]);
        bool reaches = !mu_is_level(s) || mu_get(s, "escalation") || mu_get(s, "inform") || mu_get(mu_get(mu_get(j->root, "team"), "quorum"), s->key);
        if (!some)
            mu_found_in(j, "ESC-02", "severity", s, NULL, MU_SAY(j, "Declaring %s changes nothing: it calls nobody, sets no time and tells nobody", s->key));
        else if (!reaches)
            mu_found_in(j, "ESC-02", "severity", s, NULL, MU_SAY(j, "Declaring %s reaches nobody: it has no ladder, no quorum and nobody to inform", s->key));
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
     "a level without a ladder, a time, somebody to inform, a quorum or something that it unlocks; or with no ladder, no quorum and nobody to inform"},
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
