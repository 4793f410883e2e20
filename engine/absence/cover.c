#include "absence/cover.h"

#include <stdlib.h>
#include <string.h>

#include "absence/trial.h"
#include "base/check.h"

enum { MOST_SETS = 1000000 };

typedef struct lists {
    const mu_cuts *cuts;
    mu_arena *arena;
    int **list;  /* each ended by -1 */
    int count, room;
} lists;

static int by_value(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

static bool take(void *self, const unsigned *variables, unsigned count)
{
    lists *l = self;
    int *set = mu_alloc(l->arena, (count + 1u) * sizeof *set);
    for (unsigned i = 0; i < count; i++)
        set[i] = (int)mu_cuts_element(l->cuts, variables[i]);
    qsort(set, count, sizeof *set, by_value);
    set[count] = -1;
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 64;
        l->list = mu_grow(l->list, (size_t)l->room * sizeof *l->list);
    }
    l->list[l->count++] = set;
    return true;
}

static int size_of(const int *set)
{
    int n = 0;
    while (set[n] >= 0)
        n++;
    return n;
}

static int by_size(const void *left, const void *right)
{
    const int *a = *(int *const *)left, *b = *(int *const *)right;
    int size = size_of(a) - size_of(b), i = 0;
    while (size == 0 && a[i] >= 0 && a[i] == b[i])
        i++;
    return size ? size : a[i] - b[i];
}

static int *const *sets_of(mu_cuts *cuts, mu_family family, mu_arena *arena, int *count)
{
    lists l = {.cuts = cuts, .arena = arena};
    mu_family_each(mu_cuts_families(cuts), family, take, &l);
    if (l.count > 1)
        qsort(l.list, (size_t)l.count, sizeof *l.list, by_size);
    int **kept = mu_alloc(arena, (size_t)(l.count + 1) * sizeof *kept);
    if (l.count)
        memcpy(kept, l.list, (size_t)l.count * sizeof *kept);
    free(l.list);
    *count = l.count;
    return kept;
}

/* ---- each set, tried ---- */

typedef struct trial {
    const mu_needs *needs;
    const mu_need_cover *own;
    mu_trial *state;
    mu_arena *arena;
} trial;

/* What fails with all of the set absent; in *given what fails with any one given back. */
static int broken_now(const trial *t, const int *set, int count, int *list, uint64_t *given)
{
    int n = 0;
    for (int first = 0; first < count || first == 0; first += MU_GIVEN_BACK) {
        mu_trial_set(t->state, set, count, first);
        for (int i = 0; i < t->needs->count; i++) {
            uint64_t fails = t->own[i].broken ? 0 : mu_trial_fails(t->state, t->needs->list[i].gate);
            *given |= fails & mu_trial_given(count, first);
            if (first == 0 && fails & 1)
                list[n++] = i;
        }
    }
    return n;
}

/* It breaks, and with any one given back it does not. */
static mu_cut tried(const trial *t, const int *set, int *room)
{
    uint64_t given = 0;
    int count = size_of(set), broken = broken_now(t, set, count, room, &given);
    MU_CHECK(broken > 0 && given == 0);
    int *breaks = mu_alloc(t->arena, (size_t)(broken + 1) * sizeof *breaks);
    memcpy(breaks, room, (size_t)broken * sizeof *breaks);
    return (mu_cut){.elements = set, .count = count, .breaks = breaks, .break_count = broken};
}

/* ---- words ---- */

static const char *listed(mu_arena *arena, const char *const *items, int count)
{
    const char *text = "";
    for (int i = 0; i < count; i++)
        text = mu_format(arena, "%s%s%s", text, i == 0 ? "" : i == count - 1 ? " and " : ", ", items[i]);
    return text;
}

/* Clauses hold commas and "and" of their own. */
static const char *joined(mu_arena *arena, const char *const *clauses, int count)
{
    const char *text = "";
    for (int i = 0; i < count; i++)
        text = mu_format(arena, "%s%s%s", text, i == 0 ? "" : count == 2 ? ", and " : i == count - 1 ? "; and " : "; ", clauses[i]);
    return text;
}

const char *mu_absentee_words(const mu_needs *needs, const mu_absentee *e)
{
    static const char *const words[] = {[MU_SITES] = "the site ", [MU_CHANNELS] = "the channel ", [MU_DEPENDENCIES] = "the dependency "};
    const char *word = (size_t)e->kind < sizeof words / sizeof *words ? words[e->kind] : NULL;
    return mu_format(needs->house->judge.arena, "%s%s", word ? word : "", e->called);
}

const char *mu_without(const mu_needs *needs, const int *elements, int count)
{
    mu_arena *arena = needs->house->judge.arena;
    const char **items = mu_alloc(arena, (size_t)(count + 1) * sizeof *items);
    for (int i = 0; i < count; i++)
        items[i] = mu_absentee_words(needs, &needs->elements[elements[i]]);
    return mu_format(arena, "Without %s", listed(arena, items, count));
}

static bool is_in(const int *list, int count, int one)
{
    for (int i = 0; i < count; i++)
        if (list[i] == one)
            return true;
    return false;
}

enum { CLAUSES = 8, ITEMS = 4 };

typedef struct clause { /* needs that say the same of several */
    const char *head, *tail, *items[ITEMS];
    int count;
} clause;

static bool negative(const char *head)
{
    return strncmp(head, "no", 2) == 0 || strncmp(head, "fewer", 5) == 0;
}

static const char *clause_words(mu_arena *arena, const clause *c)
{
    const char *items = "", *last = negative(c->head) ? " or " : " and ";
    int shown = c->count <= ITEMS ? c->count : ITEMS - 1;
    for (int i = 0; i < shown; i++)
        items = mu_format(arena, "%s%s%s", items, i == 0 ? "" : i == c->count - 1 ? last : ", ", c->items[i]);
    if (c->count > shown)
        items = mu_format(arena, "%s%s%d more", items, last, c->count - shown);
    return mu_format(arena, "%s%s%s", c->head, items, c->tail);
}

/* What another need says as well, and more, is not said twice. */
static int clauses_of(const mu_needs *needs, const mu_cut *a, clause *list, int *more)
{
    int said = 0;
    for (int i = 0; i < a->break_count; i++) {
        const mu_need *n = &needs->list[a->breaks[i]];
        int k = 0;
        if (n->within >= 0 && is_in(a->breaks, a->break_count, n->within))
            continue;
        while (k < said && (strcmp(list[k].head, n->head) != 0 || strcmp(list[k].tail, n->tail) != 0))
            k++;
        if (k == CLAUSES) {
            ++*more;
            continue;
        }
        if (k == said)
            list[said++] = (clause){.head = n->head, .tail = n->tail};
        if (list[k].count < ITEMS)
            list[k].items[list[k].count] = n->item;
        list[k].count++;
    }
    return said;
}

static const char *sentence(const mu_needs *needs, const mu_cut *a)
{
    mu_arena *arena = needs->house->judge.arena;
    const char *words[CLAUSES + 1];
    clause list[CLAUSES];
    int more = 0, said = clauses_of(needs, a, list, &more);
    for (int i = 0; i < said; i++)
        words[i] = clause_words(arena, &list[i]);
    if (more)
        words[said++] = mu_format(arena, "%d more of what is needed fail%s", more, more == 1 ? "s" : "");
    bool open = !needs->house->office_count || mu_house_open(needs->house, needs->utc);
    const char *at = open ? "" : mu_format(arena, " (at %s, outside working hours)", strrchr(mu_house_when(needs->house, needs->utc), ' ') + 1);
    return mu_format(arena, "%s %s%s.", mu_without(needs, a->elements, a->count), joined(arena, words, said), at);
}

/* ---- the whole ---- */

static void rank(mu_cover *c)
{
    int n = c->needs->element_count, kept = 0;
    mu_standing *all = mu_alloc(c->needs->house->judge.arena, (size_t)(n + 1) * sizeof *all);
    for (int e = 0; e < n; e++)
        all[e].element = e;
    for (int i = 0; i < c->needs->count; i++)
        for (int k = 0; k < c->own[i].set_count; k++) {
            const int *set = c->own[i].sets[k];
            int size = size_of(set);
            for (int m = 0; m < size && size <= 2; m++) {
                all[set[m]].single += size == 1;
                all[set[m]].paired += size == 2;
            }
        }
    for (int e = 0; e < n; e++) /* an insertion keeps the order of the plan among equals */
        if (all[e].single || all[e].paired) {
            mu_standing s = all[e];
            int at = kept++;
            for (; at > 0 && (all[at - 1].single < s.single || (all[at - 1].single == s.single && all[at - 1].paired < s.paired)); at--)
                all[at] = all[at - 1];
            all[at] = s;
        }
    c->ranking = all;
    c->ranked_count = kept;
}

/* NULL, or why the sets are more than can be told. */
static const char *too_many(const mu_cover *c, mu_cuts *cuts, mu_family f, const char *of)
{
    uint64_t sets = mu_family_size(mu_cuts_families(cuts), f);
    return sets <= MOST_SETS ? NULL : mu_format(c->needs->house->judge.arena, "%s%llu least sets of absences break %s, and no more than %d are told; ask for fewer absences with --absent, or for fewer kinds with --with",
                                                sets == UINT64_MAX ? "more than " : "", (unsigned long long)sets, of, MOST_SETS);
}

static mu_family own_sets(mu_cover *c, mu_cuts *cuts, mu_need_cover *own, const char **why)
{
    mu_family all = MU_NO_SET;
    for (int i = 0; i < c->needs->count && !*why; i++) {
        mu_family f = mu_cuts_of(cuts, c->needs->list[i].gate);
        own[i].broken = f == MU_EMPTY_SET;
        c->broken_count += own[i].broken;
        if (own[i].broken || mu_families_full(mu_cuts_families(cuts)))
            continue;
        *why = too_many(c, cuts, f, mu_format(c->needs->house->judge.arena, "\"%s\"", c->needs->list[i].called));
        if (*why)
            continue;
        own[i].sets = (const int *const *)sets_of(cuts, f, c->needs->house->judge.arena, &own[i].set_count);
        own[i].order = own[i].set_count ? size_of(own[i].sets[0]) : 0;
        all = mu_family_union(mu_cuts_families(cuts), all, f);
    }
    return all;
}

static void try_all(mu_cover *c, mu_cuts *cuts, mu_family all)
{
    mu_arena *arena = c->needs->house->judge.arena;
    trial t = {c->needs, c->own, mu_trial_new(c->needs->structure), arena};
    int *const *sets = sets_of(cuts, all, arena, &c->set_count), *room = mu_alloc(arena, (size_t)(c->needs->count + 1) * sizeof *room);
    mu_cut *list = mu_alloc(arena, (size_t)(c->set_count + 1) * sizeof *list);
    for (int i = 0; i < c->set_count; i++) {
        list[i] = tried(&t, sets[i], room);
        list[i].text = sentence(c->needs, &list[i]);
        c->by_order[list[i].count < 15 ? list[i].count : 15]++;
    }
    c->sets = list;
    mu_trial_free(t.state);
}

static bool too_large(const mu_needs *needs, unsigned order)
{
    bool any = false;
    for (int i = 0; i < needs->count && order == MU_ALL_ORDERS; i++)
        any = any || mu_stands_on_matching(needs->structure, needs->list[i].gate);
    return any;
}

mu_cover *mu_cover_of(const mu_needs *needs, unsigned order, size_t most, mu_cuts_watch watch, void *self, const char **why)
{
    mu_arena *arena = needs->house->judge.arena;
    *why = NULL;
    if (too_large(needs, order)) {
        *why = "more than ten kinds of place must be filled by different people at once: every set of every size is out of reach; name an order with --absent";
        return NULL;
    }
    mu_cover *c = mu_alloc(arena, sizeof *c);
    mu_need_cover *own = mu_alloc(arena, (size_t)(needs->count + 1) * sizeof *own);
    mu_cuts *cuts = mu_cuts_new(needs->structure, order, most);
    *c = (mu_cover){.needs = needs, .order = order, .own = own};
    mu_cuts_watched(cuts, watch, self);
    mu_family all = own_sets(c, cuts, own, why);
    *why = *why ? *why : too_many(c, cuts, all, "something");
    if (mu_families_full(mu_cuts_families(cuts)))
        *why = mu_format(arena, "the sets take more than the %zu MB that they may; ask for fewer absences with --absent, or for fewer kinds with --with", most * MU_NODE_BYTES >> 20);
    else if (!*why)
        try_all(c, cuts, all);
    mu_cuts_free(cuts);
    if (*why)
        return NULL;
    rank(c);
    return c;
}
