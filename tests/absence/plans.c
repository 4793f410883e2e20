/* Made-up plans of up to 14 elements: what is told are the least sets that trying every subset finds; and who holds a role,
 * is reached, or can do an action, is as the engine has it, whoever and whatever is absent. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "absence/cover.h"
#include "absence/hours.h"
#include "analysis/large.h"
#include "core/world.h"
#include "plan/schema.h"

#ifndef PLANS
#define PLANS 2000
#endif
enum { MOST = 14 };
static const int64_t noon = 1783684800000; /* 2026-07-10 12:00 */

typedef struct sample {
    mu_diags *diags;
    mu_tree *tree;
    mu_arena *arena;
    mu_house *house;
    mu_needs *needs;
    mu_cover *cover;
    mu_buf text;
    int64_t local;
    bool one_zone;
} sample;

/* As many kinds as come to few enough elements, by chance. */
static unsigned kinds_of(mu_chance *chance, size_t people)
{
    size_t sizes[] = {people, 3, 4, 4, 0}; /* things that are somebody's site are sites */
    unsigned kinds = MU_PEOPLE;
    size_t count = people;
    for (int k = 1; k < 5; k++)
        if (mu_chance_below(chance, 2) && count + sizes[k] <= MOST) {
            kinds |= 1u << k;
            count += sizes[k];
        }
    return kinds;
}

static bool make(sample *x, uint64_t seed)
{
    mu_chance chance = {.seed = seed};
    const char *why;
    size_t people = 3 + mu_chance_below(&chance, 7);
    *x = (sample){.diags = mu_diags_new(), .arena = mu_arena_new()};
    mu_large_plan(&x->text, &chance, people);
    x->tree = mu_tree_read_bytes("large.yaml", x->text.text, x->text.len, x->diags);
    mu_schema_read(x->tree, x->diags);
    assert_int_equal(mu_diags_count(x->diags, MU_ERROR), 0);
    x->local = noon + (int64_t)mu_chance_below(&chance, 14 * 24 * 4) * 900000;
    x->house = mu_house_of(x->tree, x->arena);
    mu_needs_options options = {.utc = mu_zone_utc(x->house->zone, x->local), .kinds = kinds_of(&chance, people)};
    x->needs = mu_needs_of(x->house, &options, &why);
    assert_non_null(x->needs);
    if (x->needs->element_count > MOST)
        return false;
    x->cover = mu_cover_of(x->needs, MU_ALL_ORDERS, 1 << 22, NULL, NULL, &why);
    assert_non_null(x->cover);
    return true;
}

static void unmake(sample *x)
{
    mu_needs_free(x->needs);
    mu_arena_free(x->arena);
    mu_tree_free(x->tree);
    mu_diags_free(x->diags);
    mu_buf_free(&x->text);
}

/* ---- against every subset ---- */

static unsigned as_bits(const int *set)
{
    unsigned bits = 0;
    for (; *set >= 0; set++)
        bits |= 1u << *set;
    return bits;
}

static int by_bits(const void *left, const void *right)
{
    unsigned a = *(const unsigned *)left, b = *(const unsigned *)right;
    return a < b ? -1 : a > b;
}

/* The least sets of a table of every subset; how many. */
static int least_of(const uint8_t *fails, int elements, unsigned *sets)
{
    int n = 0;
    for (unsigned set = 0; set < 1u << elements; set++) {
        bool least = fails[set];
        for (int e = 0; e < elements && least; e++)
            least = !(set >> e & 1 && fails[set ^ 1u << e]);
        if (least)
            sets[n++] = set;
    }
    return n;
}

static void every_need(const sample *x, uint8_t **fails)
{
    mu_what_if *state = mu_what_if_new(x->needs->structure);
    unsigned before = 0;
    for (unsigned i = 0; i < 1u << x->needs->element_count; i++) {
        unsigned set = i ^ i >> 1;
        for (unsigned turned = set ^ before; turned; turned &= turned - 1)
            mu_what_if_set(state, (uint32_t)__builtin_ctz(turned), set & (turned & -turned));
        before = set;
        for (int k = 0; k < x->needs->count; k++)
            fails[k][set] = mu_what_if_fails(state, x->needs->list[k].gate);
    }
    mu_what_if_free(state);
}

static void compare(const unsigned *wanted, int wanted_count, const int *const *sets, int count)
{
    static unsigned told[1 << MOST];
    assert_int_equal(count, wanted_count);
    for (int i = 0; i < count; i++)
        told[i] = as_bits(sets[i]);
    qsort(told, (size_t)count, sizeof *told, by_bits);
    assert_memory_equal(told, wanted, (size_t)count * sizeof *told);
}

static int against_every_subset(const sample *x)
{
    static unsigned sets[1 << MOST];
    uint8_t **fails = mu_alloc(x->arena, (size_t)(x->needs->count + 1) * sizeof *fails), *any;
    size_t subsets = (size_t)1 << x->needs->element_count;
    for (int k = 0; k <= x->needs->count; k++)
        fails[k] = mu_alloc(x->arena, subsets);
    every_need(x, fails);
    any = fails[x->needs->count];
    for (int k = 0; k < x->needs->count; k++) {
        const mu_need_cover *own = &x->cover->own[k];
        assert_int_equal(own->broken, fails[k][0]);
        for (size_t s = 0; s < subsets; s++)
            any[s] |= (uint8_t)(fails[k][s] && !own->broken);
        if (!own->broken)
            compare(sets, least_of(fails[k], x->needs->element_count, sets), own->sets, own->set_count);
    }
    const int **list = mu_alloc(x->arena, (size_t)(x->cover->set_count + 1) * sizeof *list);
    for (int i = 0; i < x->cover->set_count; i++)
        list[i] = x->cover->sets[i].elements;
    compare(sets, least_of(any, x->needs->element_count, sets), list, x->cover->set_count);
    return x->cover->set_count;
}

/* ---- against the engine ---- */

typedef struct engine {
    const sample *x;
    mu_world *w;
} engine;

static void absent(const engine *g, unsigned set)
{
    mu_world_reset(g->w, g->x->local);
    for (int e = 0; e < g->x->needs->element_count; e++) {
        const mu_absentee *of = &g->x->needs->elements[e];
        int thing = mu_thing_of(g->w, of->node);
        if (!(set >> e & 1))
            continue;
        if (of->kind == MU_PEOPLE)
            g->w->people[of->node->value].gone = true;
        else if (thing >= 0)
            mu_thing_is_down(g->w, thing, true);
    }
    for (int i = 0; i < g->w->person_count; i++) { /* a site takes those who work there */
        const mu_node *site = mu_get(g->w->people[i].node, "site");
        if (site && !mu_stands(g->w, site->ref, NULL))
            g->w->people[i].gone = true;
    }
}

static bool is_reached(const engine *g, const mu_node *who)
{
    MU_EACH (r, mu_get(who, "reach"))
        if (!mu_way_to(g->w, who, mu_get(r, "via")->ref).reason)
            return true;
    return false;
}

static bool role_reached(const engine *g, const mu_node *role)
{
    mu_line line;
    mu_line_of(g->w, (int)role->value, 0, &line);
    for (int i = 0; i < line.count; i++)
        if (mu_line_present(g->w, &line, i, 0) && is_reached(g, g->w->people[line.people[i]].node))
            return true;
    return false;
}

static bool has_access(const mu_node *person, const mu_node *action)
{
    MU_EACH (wanted, mu_get(action, "access")) {
        bool has = false;
        MU_EACH (a, mu_get(person, "access"))
            has = has || a->ref == wanted->ref;
        if (!has)
            return false;
    }
    return true;
}

static bool tools_stand(const engine *g, const mu_node *action)
{
    MU_EACH (a, mu_get(action, "access"))
        if (!mu_stands(g->w, a->ref, NULL))
            return false;
    MU_EACH (l, mu_get(action, "logs"))
        if (!mu_get(l->ref, "enabled")->value || !mu_stands(g->w, l->ref, NULL))
            return false;
    return true;
}

static bool somebody_does(const engine *g, const mu_node *action)
{
    const char *const cells[] = {"R", mu_get(action, "by") ? "A" : "R"};
    for (int c = 0; c < 2; c++)
        for (const mu_node *ref = mu_items(mu_get(action, cells[c])); ref; ref = ref->parent->kind == MU_LIST ? ref->next : NULL) {
            mu_line line;
            mu_line_of(g->w, (int)ref->ref->value, 0, &line);
            for (int i = 0; i < line.count; i++) {
                const mu_node *person = g->w->people[line.people[i]].node;
                if (mu_line_present(g->w, &line, i, 0) && has_access(person, action) && is_reached(g, person))
                    return tools_stand(g, action);
            }
        }
    return false;
}

static bool serves_a_duty(const engine *g, const mu_node *action)
{
    MU_EACH (o, mu_get(g->w->root, "obligations"))
        if (mu_get(o, "action")->ref == action)
            return true;
    return false;
}

static bool apart(const mu_node *a, const mu_node *c)
{
    const mu_node *both[] = {a, c};
    for (int i = 0; i < 2; i++)
        MU_EACH (other, mu_get(both[i], "not_with"))
            if (other->ref == both[1 - i])
                return true;
    return false;
}

/* Any two, who are the same only where the plan lets one person be both. */
static bool pair_stands(const engine *g, const mu_node *a, const mu_node *c, bool reached)
{
    mu_line one, two;
    mu_line_of(g->w, (int)a->value, 0, &one);
    mu_line_of(g->w, (int)c->value, 0, &two);
    for (int i = 0; i < one.count; i++)
        for (int k = 0; k < two.count; k++) {
            bool there = mu_line_present(g->w, &one, i, 0) && mu_line_present(g->w, &two, k, 0);
            if (reached)
                there = there && is_reached(g, g->w->people[one.people[i]].node) && is_reached(g, g->w->people[two.people[k]].node);
            if (there && !(one.people[i] == two.people[k] && apart(a, c)))
                return true;
        }
    return false;
}

/* What a need comes to by the engine's own words; -1 where it is none of those that are held together here. */
static int by_engine(const engine *g, const mu_need *n)
{
    const mu_node *role = strncmp(n->id, "role:", 5) == 0 ? mu_get(mu_get(g->w->root, "roles"), n->id + 5) : NULL;
    const mu_node *reach = strncmp(n->id, "reach:", 6) == 0 ? mu_get(mu_get(g->w->root, "roles"), n->id + 6) : NULL;
    const char *slash = strstr(n->id, "/R"), *plus = strchr(n->id, '+');
    const mu_node *roles = mu_get(g->w->root, "roles");
    if (strcmp(n->id, "quorum:sev1") == 0)
        return !pair_stands(g, roles->first, roles->first->next, true);
    if (strncmp(n->id, "apart:", 6) == 0)
        return !pair_stands(g, mu_get(roles, mu_format(g->x->arena, "%.*s", (int)(plus - n->id - 6), n->id + 6)), mu_get(roles, plus + 1), false);
    if (role)
        return mu_there(g->w, (int)role->value, 0) < n->wanted;
    if (reach)
        return !role_reached(g, reach);
    if (!slash || strncmp(n->id, "action:", 7) != 0)
        return -1;
    const mu_node *action = mu_get(mu_get(g->w->root, "raci"), mu_format(g->x->arena, "%.*s", (int)(slash - n->id - 7), n->id + 7));
    return serves_a_duty(g, action) ? -1 : !somebody_does(g, action);
}

static int against_the_engine(const sample *x, mu_chance *chance)
{
    mu_symbols *symbols = mu_symbols_new();
    engine g = {x, mu_world_new(x->tree, x->local, symbols, x->arena)};
    mu_what_if *state = mu_what_if_new(x->needs->structure);
    int held = 0;
    for (int round = 0; round < 24; round++) {
        unsigned set = round ? mu_chance_below(chance, (size_t)1 << x->needs->element_count) & mu_chance_below(chance, (size_t)1 << x->needs->element_count) : 0;
        absent(&g, set);
        for (int e = 0; e < x->needs->element_count; e++)
            mu_what_if_set(state, (uint32_t)e, set >> e & 1);
        for (int k = 0; k < x->needs->count; k++) {
            int fails = by_engine(&g, &x->needs->list[k]);
            if (fails < 0)
                continue;
            if (fails != (int)mu_what_if_fails(state, x->needs->list[k].gate))
                fprintf(stderr, "%s of this plan, absent %x:\n%s\n", x->needs->list[k].id, set, x->text.text);
            assert_int_equal(fails, mu_what_if_fails(state, x->needs->list[k].gate));
            held++;
        }
    }
    mu_what_if_free(state);
    mu_symbols_free(symbols);
    return held;
}

static void covers_are_exact_and_as_the_engine_has_it(void **unused)
{
    (void)unused;
    int sets = 0, plans = 0, held = 0;
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        sample x;
        mu_chance chance = {.seed = seed + 1000000};
        if (make(&x, seed)) {
            sets += against_every_subset(&x);
            held += against_the_engine(&x, &chance);
            plans++;
        }
        unmake(&x);
    }
    print_message("%d plans, %d least sets, %d needs held against the engine\n", plans, sets, held);
    assert_true(plans > PLANS / 2 && sets > plans && held > plans * 24 * 8);
}

/* What the spans say, and what is so when it is looked at in each quarter of an hour. */
static void hours_are_those_of_every_quarter(void **unused)
{
    (void)unused;
    int64_t nobody = 0;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        sample x;
        const char *why;
        (void)make(&x, seed);
        int64_t from = mu_zone_utc(x.house->zone, noon), until = from + 9 * MU_DAY_MS;
        mu_hours *h = mu_hours_of(x.house, NULL, from, until, NULL, NULL, &why);
        int *at = mu_alloc(x.arena, (size_t)h->count * sizeof *at);
        assert_non_null(h);
        for (int64_t utc = from; utc < until; utc += 900000) {
            mu_needs_options options = {.utc = utc, .kinds = MU_PEOPLE, .at_once = true};
            mu_needs *needs = mu_needs_of(x.house, &options, &why);
            mu_what_if *state = mu_what_if_new(needs->structure);
            assert_int_equal(needs->count, h->count);
            for (int i = 0; i < h->count; i++) {
                const mu_need_hours *row = &h->list[i];
                while (row->spans[at[i]].until <= utc)
                    at[i]++;
                assert_int_equal(row->spans[at[i]].level == 0, mu_what_if_fails(state, needs->list[i].gate));
                nobody += row->spans[at[i]].level == 0;
            }
            mu_what_if_free(state);
            mu_needs_free(needs);
        }
        unmake(&x);
    }
    assert_true(nobody > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_those_of_every_quarter),
        cmocka_unit_test(covers_are_exact_and_as_the_engine_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
