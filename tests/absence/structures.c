/* Random structures of up to 14 elements: the least sets are those that trying every subset finds, all of them and up to an
 * order; what a state says is what counting says. */
#include "test.h"

#include "absence/cuts.h"
#include "absence/diagram.h"
#include "absence/hitting.h"
#include "absence/trial.h"
#include "base/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STRUCTURES = 4000, MOST = 14, SUBSETS = 1 << MOST };

static uint64_t drawn;

static int below(int limit)
{
    return (int)mu_draw_below(20260710, 0, drawn++, (uint32_t)limit);
}

typedef struct place {
    int wanted, count, people[MOST];
} place;

typedef struct staff { /* our own record of a staffing, for the slow way */
    mu_gate gate;
    place places[4];
    int place_count;
    mu_gate people[MOST];
    int person_count;
} staff;

typedef struct sample {
    mu_structure *s;
    int elements;
    mu_gate pool[64];
    int pool_count;
    staff staffs[8];
    int staff_count;
} sample;

static mu_gate pick(const sample *x)
{
    return x->pool[below(x->pool_count)];
}

static void add_threshold(sample *x)
{
    mu_gate in[6];
    int n = 2 + below(5);
    for (int i = 0; i < n; i++)
        in[i] = below(90) ? pick(x) : (mu_gate)below(2);
    x->pool[x->pool_count++] = mu_gate_at_least(x->s, 1 + below(n), in, n);
}

/* Places that some of the people fill; by thresholds, or as a matching. */
static void add_staffing(sample *x)
{
    staff *f = &x->staffs[x->staff_count++];
    mu_slot slots[4];
    f->person_count = 2 + below(5);
    f->place_count = 1 + below(4);
    for (int i = 0; i < f->person_count; i++)
        f->people[i] = below(60) ? pick(x) : (mu_gate)below(2);
    for (int i = 0; i < f->place_count; i++) {
        place *p = &f->places[i];
        p->wanted = 1 + (below(4) == 0);
        p->count = 0;
        for (int k = 0; k < f->person_count; k++)
            if (below(2))
                p->people[p->count++] = k;
        slots[i] = (mu_slot){p->wanted, p->people, p->count};
    }
    mu_staffing of = {slots, f->place_count, f->people, f->person_count};
    size_t before = x->s->gate_count;
    f->gate = below(2) ? mu_gate_matching(x->s, &of) : mu_gate_staff(x->s, &of);
    x->pool[x->pool_count++] = f->gate;
    if (f->gate < before) /* it came to one that was there; what it is is known by itself */
        x->staff_count--;
}

static sample random_sample(void)
{
    sample x = {.s = mu_structure_new(), .elements = 1 + below(MOST)};
    for (int i = 0; i < x.elements; i++)
        x.pool[x.pool_count++] = mu_gate_element(x.s);
    int gates = 3 + below(12);
    for (int i = 0; i < gates; i++)
        if (x.staff_count < 8 && below(3) == 0)
            add_staffing(&x);
        else
            add_threshold(&x);
    return x;
}

/* ---- the slow way ---- */

static bool slow(const sample *x, mu_gate g, unsigned absent);

/* Tries every person in every place. */
static bool assign(const staff *f, int at, int left, unsigned taken, unsigned here)
{
    if (at == f->place_count)
        return true;
    if (left == 0)
        return assign(f, at + 1, at + 1 < f->place_count ? f->places[at + 1].wanted : 0, taken, here);
    for (int i = 0; i < f->places[at].count; i++) {
        unsigned bit = 1u << f->places[at].people[i];
        if ((here & bit) && !(taken & bit) && assign(f, at, left - 1, taken | bit, here))
            return true;
    }
    return false;
}

static bool slow(const sample *x, mu_gate g, unsigned absent)
{
    for (int i = 0; i < x->staff_count; i++)
        if (x->staffs[i].gate == g && g > MU_FAILS) {
            unsigned here = 0;
            for (int p = 0; p < x->staffs[i].person_count; p++)
                here |= slow(x, x->staffs[i].people[p], absent) ? 0 : 1u << p;
            return !assign(&x->staffs[i], 0, x->staffs[i].places[0].wanted, 0, here);
        }
    const mu_gate_row *row = &x->s->gates[g];
    unsigned failed = 0;
    if (row->kind == MU_GATE_ELEMENT)
        return absent >> row->least & 1;
    for (uint32_t i = 0; i < row->count; i++)
        failed += slow(x, x->s->inputs[row->first + i], absent);
    return row->kind == MU_GATE_ALWAYS || (row->kind != MU_GATE_NEVER && failed >= row->least);
}

static int bits(unsigned set)
{
    int n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

/* ---- compared ---- */

typedef struct found {
    const mu_cuts *cuts;
    uint8_t *is;
    int count;
} found;

static bool mark(void *self, const unsigned *variables, unsigned count)
{
    found *f = self;
    unsigned set = 0;
    for (unsigned i = 0; i < count; i++)
        set |= 1u << mu_cuts_element(f->cuts, variables[i]);
    assert_false(f->is[set]); /* each set once */
    f->is[set] = 1;
    f->count++;
    return true;
}

static int compare(const sample *x, mu_gate top, const uint8_t *fails, unsigned order)
{
    static uint8_t is[SUBSETS];
    mu_cuts *cuts = mu_cuts_new(x->s, order, 1 << 22);
    found f = {cuts, is, 0};
    int least = 0;
    memset(is, 0, sizeof is);
    mu_family family = mu_cuts_of(cuts, top);
    mu_family_each(mu_cuts_families(cuts), family, mark, &f);
    assert_false(mu_families_full(mu_cuts_families(cuts)));
    for (unsigned set = 0; set < 1u << x->elements; set++) {
        bool minimal = fails[set];
        for (int e = 0; e < x->elements; e++)
            minimal = minimal && !(set >> e & 1 && fails[set ^ 1u << e]);
        minimal = minimal && (unsigned)bits(set) <= order;
        assert_int_equal(is[set], minimal);
        least += minimal;
    }
    uint64_t counts[MOST + 1], sum = 0;
    mu_family_count(mu_cuts_families(cuts), family, MOST, counts);
    for (int i = 0; i <= MOST; i++)
        sum += counts[i];
    assert_int_equal(sum, least);
    mu_cuts_free(cuts);
    return least;
}

static void fill(const sample *x, mu_gate top, uint8_t *fails)
{
    mu_what_if *state = mu_what_if_new(x->s);
    unsigned before = 0;
    for (unsigned i = 0; i < 1u << x->elements; i++) {
        unsigned set = i ^ i >> 1; /* Gray: one element turns at a time */
        for (unsigned turned = set ^ before; turned; turned &= turned - 1)
            mu_what_if_set(state, (uint32_t)__builtin_ctz(turned), set & (turned & -turned));
        before = set;
        fails[set] = mu_what_if_fails(state, top);
        if (i % 7 == 0)
            assert_int_equal(fails[set], slow(x, top, set));
    }
    mu_what_if_free(state);
}

static void least_sets_are_those_of_every_subset(void **unused)
{
    (void)unused;
    static uint8_t fails[SUBSETS];
    int sets = 0, nothing = 0;
    for (int i = 0; i < STRUCTURES; i++) {
        sample x = random_sample();
        mu_gate top = x.pool[x.pool_count - 1];
        fill(&x, top, fails);
        int all = compare(&x, top, fails, MU_ALL_ORDERS);
        (void)compare(&x, top, fails, (unsigned)below(5));
        sets += all;
        nothing += all == 0;
        mu_structure_free(x.s);
    }
    print_message("%d structures, %d least sets\n", STRUCTURES, sets);
    assert_true(sets > STRUCTURES * 2 && nothing < STRUCTURES / 2); /* that it was worth the trouble */
}

/* Sets in any order, some of them alike in front: each, and each with one given back, is what it is by itself. */
static void a_trial_is_each_set_by_itself(void **unused)
{
    (void)unused;
    static uint8_t fails[SUBSETS];
    long one = 0, tries = 0;
    for (int i = 0; i < 1000; i++) {
        sample x = random_sample();
        mu_gate top = x.pool[x.pool_count - 1];
        mu_trial *trial = mu_trial_new(x.s);
        int set[MOST];
        for (int e = 0; e < x.elements; e++)
            set[e] = e;
        fill(&x, top, fails);
        for (int round = 0; round < 50; round++) {
            int from = below(x.elements), to = below(x.elements), was = set[from], count = below(x.elements + 1), first = below(3) ? 0 : below(count + 1);
            set[from] = set[to];
            set[to] = was;
            unsigned absent = 0;
            for (int k = 0; k < count; k++)
                absent |= 1u << set[k];
            mu_trial_set(trial, set, count, first);
            uint64_t word = mu_trial_fails(trial, top), expected = fails[absent] ? ~UINT64_C(0) : 0;
            for (int k = first; k < count; k++)
                expected = fails[absent ^ 1u << set[k]] ? expected | UINT64_C(2) << (k - first) : expected & ~(UINT64_C(2) << (k - first));
            assert_int_equal(word, expected);
            assert_int_equal(bits((unsigned)mu_trial_given(count, first)), count - first);
            one += expected + 1 > 1;
            tries++;
        }
        mu_trial_free(trial);
        mu_structure_free(x.s);
    }
    assert_true(one > tries / 20); /* tries of one word that differ */
}

static void a_set_of_more_than_a_word_is_tried_in_parts(void **unused)
{
    enum { LARGE = 130 };
    (void)unused;
    mu_structure *s = mu_structure_new();
    mu_gate in[LARGE];
    int set[LARGE], parts = 0;
    for (int i = 0; i < LARGE; i++) {
        in[i] = mu_gate_element(s);
        set[i] = i;
    }
    mu_gate all = mu_gate_all(s, in, LARGE), most = mu_gate_at_least(s, LARGE - 1, in, LARGE);
    mu_trial *trial = mu_trial_new(s);
    for (int first = 0; first < LARGE; first += MU_GIVEN_BACK, parts++) {
        mu_trial_set(trial, set, LARGE, first);
        uint64_t given = mu_trial_given(LARGE, first);
        assert_int_equal(bits((unsigned)given) + bits((unsigned)(given >> 32)), parts < 2 ? MU_GIVEN_BACK : LARGE - 2 * MU_GIVEN_BACK);
        assert_int_equal(mu_trial_fails(trial, all), ~given);
        assert_int_equal(mu_trial_fails(trial, most), ~UINT64_C(0));
    }
    assert_int_equal(parts, 3);
    mu_trial_free(trial);
    mu_structure_free(s);
}

/* All ways to write the same places: a matching of its own, and thresholds; where one absence may take several people as well. */
static void a_matching_is_its_thresholds(void **unused)
{
    (void)unused;
    for (int i = 0; i < 500; i++) {
        sample x = {.s = mu_structure_new(), .elements = 2 + below(9)};
        for (int e = 0; e < x.elements; e++)
            x.pool[x.pool_count++] = mu_gate_element(x.s);
        mu_slot slots[5];
        int lists[5][MOST];
        for (int k = 0; k < 5; k++) {
            slots[k] = (mu_slot){1 + below(2), lists[k], 0};
            for (int e = 0; e < x.elements; e++)
                if (below(3))
                    lists[k][slots[k].count++] = e;
        }
        mu_gate site = i % 2 ? mu_gate_element(x.s) : MU_HOLDS, way = i % 2 ? mu_gate_all(x.s, (mu_gate[]){mu_gate_element(x.s), mu_gate_element(x.s)}, 2) : MU_HOLDS;
        for (int e = 0; e < x.elements; e++)
            x.pool[e] = mu_gate_two(x.s, x.pool[e], below(3) ? way : site);
        mu_staffing of = {slots, 1 + below(5), x.pool, x.elements};
        mu_gate a = mu_gate_matching(x.s, &of), b = mu_gate_staff(x.s, &of);
        mu_cuts *cuts = mu_cuts_new(x.s, i % 4 ? (unsigned)(i % 4) : MU_ALL_ORDERS, 1 << 20);
        assert_int_equal(mu_cuts_of(cuts, a), mu_cuts_of(cuts, b));
        mu_cuts_free(cuts);
        mu_structure_free(x.s);
    }
}

static void too_little_room_is_said(void **unused)
{
    (void)unused;
    mu_structure *s = mu_structure_new();
    mu_gate in[40];
    for (int i = 0; i < 40; i++)
        in[i] = mu_gate_element(s);
    mu_gate top = mu_gate_at_least(s, 20, in, 40);
    mu_cuts *cuts = mu_cuts_new(s, MU_ALL_ORDERS, 100);
    (void)mu_cuts_of(cuts, top);
    assert_true(mu_families_full(mu_cuts_families(cuts)));
    mu_cuts_free(cuts);
    mu_structure_free(s);
}

/* The chance is that of every subset, added up; and within what samples say. */
static void chances_are_those_of_every_subset(void **unused)
{
    (void)unused;
    static uint8_t fails[SUBSETS];
    int exact = 0, inside = 0, looked = 0;
    for (int i = 0; i < 1500; i++) {
        sample x = random_sample();
        mu_gate top = x.pool[x.pool_count - 1];
        double absent[MOST], sum = 0;
        for (int e = 0; e < x.elements; e++)
            absent[e] = below(8) ? below(1001) / 1000.0 : below(2);
        fill(&x, top, fails);
        for (unsigned set = 0; set < 1u << x.elements; set++) {
            double chance = fails[set];
            for (int e = 0; e < x.elements && chance > 0; e++)
                chance *= set >> e & 1 ? absent[e] : 1 - absent[e];
            sum += chance;
        }
        mu_diagrams *d = mu_diagrams_new(x.s, 1 << 20);
        double told = mu_diagrams_chance(d, top, absent);
        assert_int_equal(told < 0, mu_stands_on_matching(x.s, top));
        assert_true(told < 0 || fabs(told - sum) < 1e-12);
        exact += told >= 0;
        mu_diagrams_free(d);
        if (i % 5 == 0) {
            uint64_t failed;
            mu_sampled(&(mu_sampling){x.s, &top, 1, absent, 64 * 400, (uint64_t)i, NULL, NULL}, &failed);
            inside += fabs((double)failed / (64 * 400) - sum) < 3.9 * sqrt(fmax(0, sum * (1 - sum)) / (64 * 400)) + 1e-5;
            looked++;
        }
        mu_structure_free(x.s);
    }
    assert_true(exact > 700);
    assert_int_equal(inside, looked); /* 3.9 deviations: one in ten thousand lies outside, and the seeds are fixed */
}

static void a_diagram_past_its_room_is_said(void **unused)
{
    (void)unused;
    mu_structure *s = mu_structure_new();
    mu_gate in[40];
    double absent[40];
    for (int i = 0; i < 40; i++) {
        in[i] = mu_gate_element(s);
        absent[i] = .1;
    }
    mu_gate top = mu_gate_at_least(s, 20, in, 40);
    mu_diagrams *small = mu_diagrams_new(s, 100), *large = mu_diagrams_new(s, 10000);
    assert_true(mu_diagrams_chance(small, top, absent) < 0);
    double chance = mu_diagrams_chance(large, top, absent);
    assert_true(chance > 0 && chance < 1e-8);
    assert_int_equal(mu_tree_width(s), 0); /* wider than what is looked at */
    mu_diagrams_free(small);
    mu_diagrams_free(large);
    mu_structure_free(s);
}

/* Against every choice of up to 12, which stand among others that meet nothing. */
static void the_cheapest_choice_is_found(void **unused)
{
    enum { APART = 11 };
    (void)unused;
    for (int round = 0; round < 600; round++) {
        int items = 2 + below(11), count = 1 + below(14), lists[14][12], costs[12 * APART], cheapest = 1 << 20, cost, least;
        mu_clause clauses[14];
        bool chosen[12 * APART];
        for (int i = 0; i < items * APART; i++)
            costs[i] = 1 + below(4);
        for (int c = 0; c < count; c++) {
            clauses[c] = (mu_clause){lists[c], 0};
            for (int i = 0; i < items; i++)
                if (below(4) == 0)
                    lists[c][clauses[c].count++] = i * APART;
            if (clauses[c].count == 0)
                lists[c][clauses[c].count++] = below(items) * APART;
        }
        for (unsigned set = 0; set < 1u << items; set++) {
            int sum = 0, met = 0;
            for (int i = 0; i < items; i++)
                sum += set >> i & 1 ? costs[i * APART] : 0;
            for (int c = 0; c < count; c++) {
                bool hit = false;
                for (int i = 0; i < clauses[c].count; i++)
                    hit = hit || (set >> lists[c][i] / APART & 1);
                met += hit;
            }
            cheapest = met == count && sum < cheapest ? sum : cheapest;
        }
        (void)mu_hitting(clauses, count, costs, items * APART, 1, chosen, &cost, &least); /* cut short: still between */
        assert_in_range(cheapest, least, cost);
        assert_true(mu_hitting(clauses, count, costs, items * APART, 1000000, chosen, &cost, &least));
        assert_int_equal(cost, cheapest);
        assert_int_equal(least, cheapest);
        for (int c = 0; c < count; c++) {
            bool hit = false;
            for (int i = 0; i < clauses[c].count; i++)
                hit = hit || chosen[lists[c][i]];
            assert_true(hit);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cheapest_choice_is_found),
        cmocka_unit_test(chances_are_those_of_every_subset),
        cmocka_unit_test(a_diagram_past_its_room_is_said),
        cmocka_unit_test(least_sets_are_those_of_every_subset),
        cmocka_unit_test(a_matching_is_its_thresholds),
        cmocka_unit_test(a_trial_is_each_set_by_itself),
        cmocka_unit_test(a_set_of_more_than_a_word_is_tried_in_parts),
        cmocka_unit_test(too_little_room_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
