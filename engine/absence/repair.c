#include "absence/repair.h"

#include <stdlib.h>
#include <string.h>

#include "absence/hitting.h"
#include "base/check.h"

enum { ROUNDS = 150, CHOICES = 50000, HASTE = 200, HALVED = 6 }; /* choices of a part in a round, and once one was not proved */

typedef struct mender {
    const mu_house *h;
    mu_repair_options options;
    mu_needs *offered;   /* with every change as an element */
    mu_what_if *state;
    mu_clause *clauses;
    int clause_count, clause_room;
    bool *chosen;        /* by change */
    int *costs;
    int against;         /* the need that a change which was made breaks; -1 */
    const int *without;  /* and the set of absences, ended by -1; NULL: with nobody absent */
    const char **why;
} mender;

/* ---- what still breaks ---- */

/* The plan with what was chosen, judged from the plan on. */
static mu_needs *with_changes(const mender *m)
{
    mu_needs_options options = m->options.needs;
    const char **made = mu_alloc(m->h->judge.arena, (size_t)(m->offered->change_count + 1) * sizeof *made);
    int count = 0;
    for (int i = 0; i < m->offered->change_count; i++)
        if (m->chosen[i])
            made[count++] = m->offered->changes[i].id;
    options.made = made;
    options.made_count = count;
    return mu_needs_of(m->h, &options, m->why);
}

static int need_of(const mu_needs *needs, const char *id, int near)
{
    for (int k = 0; k < needs->count; k++)
        if (strcmp(needs->list[(near + k) % needs->count].id, id) == 0)
            return (near + k) % needs->count;
    return -1;
}

static int by_value(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

static bool same(const mu_clause *a, const mu_clause *b)
{
    return a->count == b->count && memcmp(a->items, b->items, (size_t)a->count * sizeof *a->items) == 0;
}

static bool add_clause(mender *m, int *items, int count)
{
    qsort(items, (size_t)count, sizeof *items, by_value);
    mu_clause c = {items, count};
    for (int i = 0; i < m->clause_count; i++)
        if (same(&m->clauses[i], &c))
            return false;
    if (m->clause_count == m->clause_room) {
        m->clause_room = m->clause_room ? m->clause_room * 2 : 64;
        m->clauses = mu_grow(m->clauses, (size_t)m->clause_room * sizeof *m->clauses);
    }
    m->clauses[m->clause_count++] = c;
    return true;
}

/* What a set has taught: nothing can mend it; a clause that was there; one more; that a change was made which breaks it. */
enum { BEYOND, KNOWN, LEARNT, AGAINST };

/* As many changes as leave it broken are made, from one end or the other; of the rest one must be made. */
static int learn_from(mender *m, int need, bool backwards)
{
    int n = m->offered->change_count, count = 0, *items = mu_alloc(m->h->judge.arena, (size_t)(n + 1) * sizeof *items);
    for (int i = 0; i < n; i++)
        mu_what_if_set(m->state, m->offered->changes[i].element, !m->chosen[i]);
    if (!mu_what_if_fails(m->state, m->offered->list[need].gate))
        return AGAINST;
    for (int k = 0; k < n; k++) {
        int i = backwards ? n - 1 - k : k;
        uint32_t element = m->offered->changes[i].element;
        if (m->chosen[i])
            continue;
        mu_what_if_set(m->state, element, false);
        if (mu_what_if_fails(m->state, m->offered->list[need].gate))
            continue;
        mu_what_if_set(m->state, element, true);
        items[count++] = i;
    }
    return count == 0 ? BEYOND : add_clause(m, items, count) ? LEARNT : KNOWN;
}

static int learn(mender *m, int need, const int *set)
{
    for (int i = 0; set && set[i] >= 0; i++)
        mu_what_if_set(m->state, (uint32_t)set[i], true);
    int learnt = learn_from(m, need, false);
    if (learnt == KNOWN || learnt == LEARNT)
        learnt = learn_from(m, need, true) == KNOWN ? learnt : LEARNT;
    if (learnt == AGAINST) {
        m->against = need;
        m->without = set;
    }
    for (int i = 0; set && set[i] >= 0; i++)
        mu_what_if_set(m->state, (uint32_t)set[i], false);
    return learnt;
}

/* How many of what can be mended still break; everything that does teaches something. */
static int broken_still(mender *m, const mu_cover *c, bool *learnt)
{
    int broken = 0;
    *learnt = false;
    for (int i = 0; i < c->needs->count; i++) {
        int need = need_of(m->offered, c->needs->list[i].id, i);
        const mu_need_cover *own = &c->own[i];
        MU_CHECK(need >= 0);
        for (int k = own->broken ? -1 : 0; k < own->set_count; k++) {
            int taught = learn(m, need, k < 0 ? NULL : own->sets[k]);
            broken += taught != BEYOND;
            *learnt = *learnt || taught == LEARNT;
        }
    }
    return broken;
}

/* ---- the search ---- */

static const mu_cover *judge_again(mender *m)
{
    mu_needs *needs = with_changes(m);
    mu_cover *c = needs ? mu_cover_of(needs, m->options.order, m->options.most, NULL, NULL, m->why) : NULL;
    mu_needs_free(needs);
    return c;
}

/* The cheapest choice that meets all clauses so far; what is known of the least that any costs. */
static bool choose(mender *m, mu_repair *r, long most, bool *chosen, int *cost)
{
    int least;
    bool proved = mu_hitting(m->clauses, m->clause_count, m->costs, m->offered->change_count, most, chosen, cost, &least);
    r->least = least > r->least ? least : r->least;
    return proved;
}

/* A choice after which nothing breaks was found in haste: looked for again at length. True where nothing cheaper is found. */
static bool settled(mender *m, mu_repair *r)
{
    int cost;
    bool *chosen = mu_alloc(m->h->judge.arena, (size_t)m->offered->change_count + 1);
    (void)choose(m, r, CHOICES, chosen, &cost);
    if (cost >= r->cost)
        return true;
    r->cost = cost;
    memcpy(m->chosen, chosen, (size_t)m->offered->change_count);
    return false;
}

static const mu_cover *search(mender *m, mu_repair *r, mu_cuts_watch watch, void *self)
{
    bool haste = false;
    for (r->rounds = 1;; r->rounds++) {
        bool learnt;
        const mu_cover *c = judge_again(m);
        if (!c)
            return NULL;
        bool mended = broken_still(m, c, &learnt) == 0;
        if (m->against >= 0)
            return c;
        if (mended && (r->cost == r->least || settled(m, r))) {
            r->smallest = r->cost == r->least;
            return c;
        }
        MU_CHECK(mended || learnt);
        if (!mended)
            haste = !choose(m, r, r->rounds > ROUNDS ? 1 : haste ? HASTE : CHOICES, m->chosen, &r->cost) || haste;
        if (watch)
            watch(self, r->rounds);
    }
}

/* ---- changes that break something ---- */

/* With what is chosen, as the plan would be. */
static bool breaks(mender *m)
{
    mu_needs *needs = with_changes(m);
    if (!needs)
        return true;
    mu_what_if *state = mu_what_if_new(needs->structure);
    for (int i = 0; m->without && m->without[i] >= 0; i++)
        mu_what_if_set(state, (uint32_t)m->without[i], true);
    int need = need_of(needs, m->offered->list[m->against].id, m->against);
    bool fails = mu_what_if_fails(state, needs->list[need].gate);
    mu_what_if_free(state);
    mu_needs_free(needs);
    return fails;
}

/* A ladder that leaves out a role leaves out whoever follows in it: that is the one change which takes something away. The one that did;
 * where it took several, the first of them. */
static const mu_change *culprit(mender *m)
{
    const mu_change *first = NULL;
    for (int i = 0; i < m->offered->change_count; i++)
        if (m->chosen[i] && m->offered->changes[i].kind == MU_ADD_DEPUTY) {
            m->chosen[i] = false;
            bool cured = !breaks(m);
            m->chosen[i] = true;
            first = cured || !first ? &m->offered->changes[i] : first;
            if (cured)
                break;
        }
    MU_CHECK(first);
    return first;
}

static const char *const *with_one(const mender *m, const char *const *list, int *count, const char *one)
{
    const char **more = mu_alloc(m->h->judge.arena, ((size_t)*count + 1) * sizeof *more);
    if (*count)
        memcpy(more, list, (size_t)*count * sizeof *more);
    more[(*count)++] = one;
    return more;
}

static void keep(mender *m, mu_repair *r)
{
    mu_arena *arena = m->h->judge.arena;
    mu_change *list = mu_alloc(arena, (size_t)(m->offered->change_count + 1) * sizeof *list);
    for (int i = 0; i < m->offered->change_count; i++)
        if (m->chosen[i])
            list[r->count++] = m->offered->changes[i];
    r->changes = list;
}

static bool begin(mender *m)
{
    mu_arena *arena = m->h->judge.arena;
    mu_needs_options options = m->options.needs;
    options.offer = true;
    m->offered = mu_needs_of(m->h, &options, m->why);
    if (!m->offered)
        return false;
    m->against = -1;
    m->state = mu_what_if_new(m->offered->structure);
    m->chosen = mu_alloc(arena, (size_t)m->offered->change_count + 1);
    m->costs = mu_alloc(arena, (size_t)(m->offered->change_count + 1) * sizeof *m->costs);
    for (int i = 0; i < m->offered->change_count; i++)
        m->costs[i] = m->options.costs[m->offered->changes[i].kind];
    return true;
}

static void end(mender *m)
{
    free(m->clauses);
    mu_what_if_free(m->state);
    mu_needs_free(m->offered);
}

static int left_by(const mu_repair *r)
{
    return r->after->broken_count + r->after->set_count;
}

/* Each is the smallest of its half of all repairs. */
static mu_repair *better(mu_repair *a, mu_repair *b)
{
    if (!a || !b || left_by(a) != left_by(b))
        return !b || (a && left_by(a) < left_by(b)) ? a : b;
    mu_repair *r = a->cost <= b->cost ? a : b;
    r->least = a->least < b->least ? a->least : b->least;
    r->smallest = r->cost == r->least;
    return r;
}

typedef struct asker {
    mu_cuts_watch watch;
    void *self;
    const mu_cover *before;
} asker;

static mu_repair *mended(const mender *as, const asker *who, int halved);

/* Either that change is not made, or the ladder goes without whom it takes: both are looked at. */
static mu_repair *halves(const mender *m, const mu_change *one, const asker *who, int halved)
{
    mender barred = {.h = m->h, .options = m->options, .why = m->why}, spared = barred;
    mu_needs_options *o = &barred.options.needs, *other = &spared.options.needs;
    const char *need = m->offered->list[m->against].id, *slash = strrchr(need, '/'), *ladder = slash ? slash + 1 : strchr(need, ':') + 1;
    o->barred = with_one(m, o->barred, &o->barred_count, one->id);
    mu_repair *first = mended(&barred, who, halved + 1);
    if (halved >= HALVED || strncmp(need, "call:", 5) != 0)
        return first;
    other->spared = with_one(m, other->spared, &other->spared_count, mu_format(m->h->judge.arena, "%s+%s", ladder, one->what->key));
    return better(first, mended(&spared, who, halved + 1));
}

static mu_repair *mended(const mender *as, const asker *who, int halved)
{
    mender m = *as;
    mu_repair *r = mu_alloc(m.h->judge.arena, sizeof *r);
    if (!begin(&m))
        return NULL;
    r->before = who->before ? who->before : judge_again(&m);
    asker next = {who->watch, who->self, r->before};
    r->after = r->before ? search(&m, r, who->watch, who->self) : NULL;
    if (r->after && m.against >= 0)
        r = halves(&m, culprit(&m), &next, halved);
    else if (r->after)
        keep(&m, r);
    end(&m);
    return r && r->after ? r : NULL;
}

mu_repair *mu_repair_of(const mu_house *h, const mu_repair_options *options, mu_cuts_watch watch, void *self, const char **why)
{
    *why = NULL;
    return mended(&(mender){.h = h, .options = *options, .why = why}, &(asker){watch, self, NULL}, 0);
}
