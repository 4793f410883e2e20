/* Gaps of escalation and of levels that a plan's text shows. */
#include <stdlib.h>
#include <string.h>

#include "analysis/paths.h"
#include "analysis/presence.h"
#include "analysis/shared.h"
#include "plan/schema.h"

/* Some level that climbs it, or none that does, may come at night. */
static bool climbed_at_night(const mu_judge *j, const mu_node *ladder)
{
    bool any = false;
    MU_EACH (s, mu_get(j->root, "severities")) {
        const mu_node *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l; l = uses->kind == MU_LIST ? l->next : NULL) {
            if (l->ref == ladder && !mu_is(s, "cover", "working_hours"))
                return true;
            any = any || l->ref == ladder;
        }
    }
    return !any;
}

static void waits_without_end(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations")) {
        int n = 0;
        MU_EACH (rung, mu_get(ladder, "steps")) {
            n++;
            if (!mu_get(rung, "within"))
                mu_found(j, "ESC-03", MU_SAY(j, "escalation:%s/%d", ladder->key, n), rung->at,
                         MU_SAY(j, "Step %d of the ladder \"%s\" waits without end", n, ladder->key));
            const char *when = mu_hours_without(mu_get(rung, "within"));
            if (when && (*when == 'i' || climbed_at_night(j, ladder)))
                mu_found(j, "ESC-03", MU_SAY(j, "escalation:%s/%d", ladder->key, n), mu_place(mu_get(rung, "within")),
                         MU_SAY(j, "Step %d of the ladder \"%s\" waits without end %s", n, ladder->key, when));
        }
    }
}

/* Ladders that lead to each other, each gone into once: those that came since a ladder was gone into, and from which a way leads
 * back to it, are a ring with it (Tarjan's strongly connected components). */
typedef struct rings {
    mu_set ladders;      /* in the order in which they were come to */
    int *lowest, *stack; /* of each the first that it leads back to; those that no ring is known of yet */
    bool *waiting, *looping;
    int high;
} rings;

static void go_into(rings *r, const mu_node *ladder)
{
    int own = (int)r->ladders.count, bottom = r->high;
    mu_put(&r->ladders, ladder);
    r->lowest[own] = own;
    r->stack[r->high++] = own;
    r->waiting[own] = true;
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *other = mu_get(rung, "otherwise");
        if (!other || !other->ref)
            continue;
        if (!mu_has(&r->ladders, other->ref))
            go_into(r, other->ref);
        size_t at = mu_place_in(&r->ladders, other->ref);
        r->looping[own] = r->looping[own] || other->ref == ladder;
        if (r->waiting[at] && r->lowest[at] < r->lowest[own])
            r->lowest[own] = r->lowest[at];
    }
    bool ring = r->high > bottom + 1;
    while (r->lowest[own] == own && r->high > bottom) {
        int one = r->stack[--r->high];
        r->waiting[one] = false;
        r->looping[one] = r->looping[one] || ring;
    }
}

static void loop(mu_judge *j)
{
    const mu_node *ladders = mu_get(j->root, "escalations");
    size_t room = (size_t)(ladders ? ladders->count : 0) + 1;
    rings r = {.ladders = MU_SET(j), .lowest = mu_alloc(j->arena, room * sizeof *r.lowest), .stack = mu_alloc(j->arena, room * sizeof *r.stack),
               .waiting = mu_alloc(j->arena, room * sizeof *r.waiting), .looping = mu_alloc(j->arena, room * sizeof *r.looping)};
    MU_EACH (ladder, ladders)
        if (!mu_has(&r.ladders, ladder))
            go_into(&r, ladder);
    MU_EACH (ladder, ladders)
        if (r.looping[mu_place_in(&r.ladders, ladder)])
            mu_found_in(j, "ESC-05", "escalation", ladder, NULL, MU_SAY(j, "The ladder \"%s\" leads back to itself", ladder->key));
}

/* Whoever has a turn of a rotation is known on the day only: its places stand for them, and are no persons. */
static void called_by_turn(const mu_node *to, const mu_node *turns, mu_set *people)
{
    const mu_node *place = turns->first;
    for (size_t n = mu_place_in_line(to->text); place && n > 1; n--)
        place = place->next;
    mu_put(people, place);
}

/* Whom a step calls: of a role with an order of succession only one, the first unless the step says which. */
static void called(const mu_judge *j, const mu_node *to, mu_set *people)
{
    const mu_node *rotation = mu_get(to->ref, "rotation"), *turns = rotation && rotation->ref ? mu_get(rotation->ref, "members") : NULL;
    bool in_order = to->ref && mu_get(to->ref, "holders") && !strchr(to->text, '/');
    mu_set all = MU_SET(j);
    if (turns && turns->count > 1) {
        called_by_turn(to, turns, people);
        return;
    }
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

/* A time that may be another outside working hours; of two that stand for one step the first. -1 where there is none. */
static int64_t length(const mu_node *n, bool off_hours)
{
    const mu_node *own = n && n->kind == MU_LIST ? n->first : n && n->kind == MU_MAP ? mu_get(n, off_hours ? "otherwise" : "working_hours") : n;
    return own && own->kind == MU_SCALAR ? own->value : -1;
}

/* How long a step waits before the next is called; -1 where it has no time. */
static int64_t waits(const mu_node *rung, bool off_hours)
{
    const mu_node *tries = mu_get(rung, "tries");
    int64_t one = length(mu_get(rung, "within"), off_hours);
    return one < 0 ? -1 : one * (tries && tries->value > 0 ? tries->value : 1);
}

/* The whole path in milliseconds; -1 where a step has no time. */
static int64_t path(const mu_node *ladder, bool off_hours)
{
    int64_t sum = 0;
    MU_EACH (rung, mu_get(ladder, "steps")) {
        int64_t one = waits(rung, off_hours);
        if (one < 0)
            return -1;
        sum += one;
    }
    return sum;
}

/* Says so where the ladder is too slow at this time of the day; true where it is. */
static bool slower_than(mu_judge *j, const mu_node *ladder, const mu_node *level, bool off_hours)
{
    int64_t sum = path(ladder, off_hours), target = length(mu_get(level, "assemble_within"), off_hours);
    bool differs = path(ladder, !off_hours) != sum || length(mu_get(level, "assemble_within"), !off_hours) != target;
    if (target < 0 || sum <= target)
        return false;
    mu_found_in(j, "ESC-07", "escalation", ladder, NULL,
                MU_SAY(j, "The ladder \"%s\" takes %s to its end%s; %s wants the team together in %s", ladder->key, mu_long(j, sum),
                       !differs ? "" : off_hours ? " outside working hours" : " in working hours", level->key, mu_long(j, target)));
    return true;
}

/* One person, or whoever of a role it is at the time: where they are silent nobody has been called. */
static bool calls_one(const mu_judge *j, const mu_node *rung)
{
    const mu_node *to = mu_get(rung, "to"), *who = to && (to->kind != MU_LIST || to->count == 1) ? mu_items(to)->ref : NULL;
    return who && (who->parent == mu_get(j->root, "people") || (who->parent == mu_get(j->root, "roles") && mu_successors(who)));
}

/* One silent person, and the time to answer is over before anybody else is called. */
static bool holds_up(mu_judge *j, const mu_node *ladder, const mu_node *level, bool off_hours)
{
    const mu_node *steps = mu_get(ladder, "steps"), *first = steps ? steps->first : NULL;
    int64_t target = length(mu_get(level, "acknowledge_within"), off_hours), wait = first && first->next ? waits(first, off_hours) : -1;
    if (target < 0 || wait <= target || !calls_one(j, first))
        return false;
    mu_found_in(j, "ESC-07", "escalation", ladder, mu_get(first, "within"),
                MU_SAY(j, "The ladder \"%s\" calls nobody else for %s where the first is silent; %s is to be answered within %s", ladder->key, mu_long(j, wait), level->key, mu_long(j, target)));
    return true;
}

static bool too_slow_at(mu_judge *j, const mu_node *ladder, const mu_node *level, bool off_hours)
{
    return slower_than(j, ladder, level, off_hours) || holds_up(j, ladder, level, off_hours);
}

static void too_slow(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (s, mu_get(j->root, "severities")) {
        const mu_node *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l; l = uses->kind == MU_LIST ? l->next : NULL)
            if (l->ref && !mu_has(&said, l->ref) && (too_slow_at(j, l->ref, s, false) || too_slow_at(j, l->ref, s, true)))
                mu_put(&said, l->ref);
    }
}

/* What has been judged, and the zones of those who were asked. */
typedef struct shifts {
    mu_judge *j;
    mu_set said;
    mu_zones *zones;
} shifts;

/* "nobody who holds Legal Counsel is there then", "Lena Koch is not", "nobody of the team day is". */
static const char *who_is_not(const mu_judge *j, const mu_node *who)
{
    if (who->parent == mu_get(j->root, "roles"))
        return MU_SAY(j, "nobody who holds %s is", mu_title(j, who));
    return who->parent == mu_get(j->root, "teams") ? MU_SAY(j, "nobody of the team %s is", who->key) : MU_SAY(j, "%s is not", mu_title(j, who));
}

/* Whose turn it is, the rota says: that is another gap. */
static bool by_turns(const mu_judge *j, const mu_node *who)
{
    const mu_node *members = who->parent == mu_get(j->root, "teams") ? mu_get(who, "members") : NULL;
    bool turns = mu_get(who, "rotation") != NULL;
    MU_EACH (m, members)
        turns = turns || (m->ref && mu_get(m->ref, "rotation"));
    return turns;
}

static void put_counted_on(const mu_judge *j, const mu_node *ref, mu_set *people)
{
    if (ref->ref->parent == mu_get(j->root, "roles"))
        mu_holders(j, ref->ref, people);
    else
        mu_meant(j, ref, people);
}

/* An outside party that says when it is there. One that does not say it may be there at any hour. */
static void outside_hours(mu_judge *j, const mu_node *who, const mu_node *severity)
{
    if (mu_get(who, "hours") && !mu_always_there(who))
        mu_found(j, "ESC-08", mu_subject_of(j, who), mu_at_key(who, "hours"), MU_SAY(j, "%s is covered at every hour, and %s is not", severity->key, mu_title(j, who)));
}

/* `ref` names whom a level counts on: a role, a person, a team. */
static void hours_of(shifts *s, const mu_node *ref, const mu_node *severity)
{
    mu_judge *j = s->j;
    const mu_node *who = ref->ref;
    mu_set people = MU_SET(j);
    if (!who || by_turns(j, who) || mu_has(&s->said, who))
        return;
    mu_put(&s->said, who);
    if (who->parent == mu_get(j->root, "externals"))
        outside_hours(j, who, severity);
    put_counted_on(j, ref, &people);
    if (people.count == 0 || mu_always_covered(j, s->zones, &people))
        return;
    bool role = who->parent == mu_get(j->root, "roles");
    mu_finding *f = mu_found(j, "ESC-08", mu_subject_of(j, who), role ? mu_at_key(who, "holders") : mu_place(ref),
                             MU_SAY(j, "%s is covered at every hour, and %s", severity->key, who_is_not(j, who)));
    if (people.count == 1)
        mu_caused_by(j, f, "person", people.list[0]);
}

/* A step calls all of these at once: they need not be there at every hour each, only one or another. */
static void hours_of_rung(shifts *s, const mu_node *rung, const mu_node *severity)
{
    const mu_node *to = mu_get(rung, "to");
    mu_set people = MU_SET(s->j);
    bool turns = false, several = to && to->kind == MU_LIST && to->count > 1;
    if (!to)
        return;
    for (const mu_node *n = several ? mu_items(to) : NULL; n; n = n->next) {
        turns = turns || (n->ref && by_turns(s->j, n->ref));
        if (n->ref)
            put_counted_on(s->j, n, &people);
    }
    if (several && (turns || mu_always_covered(s->j, s->zones, &people)))
        return;
    for (const mu_node *n = mu_items(to); n; n = to->kind == MU_LIST ? n->next : NULL)
        hours_of(s, n, severity);
}

static void office_hours(mu_judge *j)
{
    shifts all = {.j = j, .said = MU_SET(j), .zones = mu_zones_new(j->arena)};
    MU_EACH (s, mu_get(j->root, "severities")) {
        if (!mu_is(s, "cover", "24x7"))
            continue;
        MU_EACH (r, mu_get(mu_get(mu_get(j->root, "team"), "quorum"), s->key))
            hours_of(&all, r, s);
        const mu_node *uses = mu_get(s, "escalation");
        for (const mu_node *l = mu_items(uses); l; l = uses->kind == MU_LIST ? l->next : NULL)
            MU_EACH (rung, l->ref ? mu_get(l->ref, "steps") : NULL)
                hours_of_rung(&all, rung, s);
    }
}

static int by_rank(const void *left, const void *right)
{
    const mu_node *a = *(const mu_node *const *)left, *b = *(const mu_node *const *)right;
    int64_t x = mu_get(a, "rank")->value, y = mu_get(b, "rank")->value;
    return x != y ? x < y ? -1 : 1 : a->number < b->number ? -1 : 1;
}

/* Word for word, in whatever lines and blanks. */
static bool same_words(const mu_node *a, const mu_node *b)
{
    if (!a || !b || a->kind != b->kind || !a->key != !b->key || (a->key && strcmp(a->key, b->key) != 0))
        return false;
    if (a->kind == MU_SCALAR)
        return strcmp(a->text, b->text) == 0;
    const mu_node *m = a->first, *n = b->first;
    while (m && n && same_words(m, n))
        m = m->next, n = n->next;
    return !m && !n;
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
        else if (same_words(mu_get(a, "when"), mu_get(b, "when")))
            mu_found_in(j, "ESC-01", "severity", b, mu_get(b, "when"), MU_SAY(j, "%s and %s have the same test, so nothing is ever the milder of them", a->key, b->key));
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
        return mu_is_group(who, "board");
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
    const mu_node *levels = mu_get(j->root, "severities");
    MU_EACH (a, mu_get(j->root, "audiences"))
        if (mu_is_group(a, "board") && mu_get(a, "first_within"))
            return;
    if (!levels)
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
                             people.count ? MU_SAY(j, "Only %s may declare an incident", mu_title(j, people.list[0]))
                                          : "Nobody is named who may declare an incident: no role has the authority declare, and no row of the matrix asks for it");
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
     "two severities of one rank, or with the same test"},
    {"ESC-03", waits_without_end,
     "a step of a ladder without a time, at every hour or at some"},
    {"ESC-05", loop,
     "a ladder that leads back to itself"},
    {"ESC-06", same_person_again,
     "a step that calls only people who were called before"},
    {"ESC-07", too_slow,
     "a ladder that takes longer to its end than a severity gives to assemble, or whose first step alone waits longer than a severity gives to answer"},
    {"ESC-08", office_hours,
     "a role in a quorum, or a role, a person or a team on a ladder, of a severity covered at every hour, whose people together are not there at every hour of a week; or an outside party on a ladder whose hours are not"},
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
     "fewer than two people who may declare: by the authority declare, or as R or A of a row of that name or that asks for it"},
    {"ESC-14", vendor_incomplete,
     "a cloud provider or supplier whose support lacks tier, accounts, severity_code or manager"},
    {"ESC-16", never_over,
     "no phase says done_when"},
    {NULL, NULL, NULL},
};
