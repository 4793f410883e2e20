/* Places that people fill, some of which one person may not have both of. Where all of those that hang together are kept
 * apart from each other it is a matching; otherwise every way to fill them is gone through. */
#include <stdlib.h>
#include <string.h>

#include "absence/build.h"

enum { WAYS = 4096, TOGETHER = 16 }; /* ways to fill places that are kept apart in part; places that hang together */

typedef struct cluster {
    mu_build *b;
    const mu_seat *seats;
    const int *members; /* seats that hang together */
    int count;
    const mu_node **people; /* everybody who may fill one of them */
    mu_gate *lost;      /* by person, of each seat: people * seats */
    int person_count;
    int way[TOGETHER * 8], places[TOGETHER * 8], place_count; /* a place is a seat's, each as often as it is wanted */
    mu_gate *ways;
    int way_count;
} cluster;

static bool apart(const cluster *c, int a, int d)
{
    return c->members[a] == c->members[d] || mu_kept_apart(c->b, c->seats[c->members[a]].what, c->seats[c->members[d]].what);
}

/* An outside party is as many as it is asked to be. */
static int person_of(cluster *c, const mu_hand *hand)
{
    for (int i = 0; i < c->person_count && hand->person >= 0; i++)
        if (c->people[i] == hand->node)
            return i;
    c->people[c->person_count] = hand->node;
    return c->person_count++;
}

/* Somebody may be lost to one place and not to another: each place has its own gate of a person. */
static void gather(cluster *c)
{
    size_t most = 1;
    for (int i = 0; i < c->count; i++)
        most += (size_t)c->seats[c->members[i]].hands.count;
    c->people = mu_alloc(c->b->arena, most * sizeof *c->people);
    c->lost = mu_alloc(c->b->arena, most * (size_t)c->count * sizeof *c->lost);
    for (size_t i = 0; i < most * (size_t)c->count; i++)
        c->lost[i] = MU_FAILS;
    for (int i = 0; i < c->count; i++) {
        const mu_seat *s = &c->seats[c->members[i]];
        for (int k = 0; k < s->hands.count; k++)
            c->lost[person_of(c, &s->hands.list[k]) * c->count + i] = s->hands.list[k].lost;
        for (int k = 0; k < s->wanted && c->place_count < TOGETHER * 8; k++)
            c->places[c->place_count++] = i;
    }
}

/* True where every two are kept apart, and nobody is lost to one place only. */
static bool is_matching(const cluster *c)
{
    for (int i = 0; i < c->count; i++)
        for (int k = i + 1; k < c->count; k++)
            if (!apart(c, i, k))
                return false;
    for (int p = 0; p < c->person_count; p++) {
        mu_gate one = MU_FAILS;
        for (int i = 0; i < c->count; i++) {
            mu_gate lost = c->lost[p * c->count + i];
            if (lost != MU_FAILS && one != MU_FAILS && lost != one)
                return false;
            one = lost != MU_FAILS ? lost : one;
        }
    }
    return true;
}

static mu_gate matching(cluster *c)
{
    mu_slot *slots = mu_alloc(c->b->arena, (size_t)c->count * sizeof *slots);
    mu_gate *people = mu_alloc(c->b->arena, ((size_t)c->person_count + 1) * sizeof *people);
    for (int i = 0; i < c->count; i++) {
        int *who = mu_alloc(c->b->arena, ((size_t)c->person_count + 1) * sizeof *who);
        slots[i] = (mu_slot){c->seats[c->members[i]].wanted, who, 0};
        for (int p = 0; p < c->person_count; p++)
            if (c->lost[p * c->count + i] != MU_FAILS) {
                who[slots[i].count++] = p;
                people[p] = c->lost[p * c->count + i];
            }
    }
    mu_staffing of = {slots, c->count, people, c->person_count};
    return mu_gate_staff(c->b->s, &of);
}

/* A way fails when one of those who fill it is lost. */
static void way_found(cluster *c)
{
    mu_gate in[TOGETHER * 8];
    for (int i = 0; i < c->place_count; i++)
        in[i] = c->lost[c->way[i] * c->count + c->places[i]];
    if (c->way_count < WAYS)
        c->ways[c->way_count] = mu_gate_any(c->b->s, in, c->place_count);
    c->way_count++;
}

static void fill(cluster *c, int place)
{
    if (place == c->place_count) {
        way_found(c);
        return;
    }
    for (int p = 0; p < c->person_count && c->way_count <= WAYS; p++) {
        bool free_of = c->lost[p * c->count + c->places[place]] != MU_FAILS;
        for (int k = 0; k < place && free_of; k++)
            free_of = !(c->way[k] == p && apart(c, c->places[k], c->places[place])) && !(c->places[k] == c->places[place] && p < c->way[k]);
        c->way[place] = p;
        if (free_of)
            fill(c, place + 1);
    }
}

static mu_gate cluster_unfilled(cluster *c)
{
    gather(c);
    if (is_matching(c))
        return matching(c);
    c->ways = mu_alloc(c->b->arena, WAYS * sizeof *c->ways);
    if (c->count <= TOGETHER && c->place_count < TOGETHER * 8)
        fill(c, 0);
    if (c->way_count <= WAYS && c->count <= TOGETHER && c->place_count < TOGETHER * 8)
        return mu_gate_all(c->b->s, c->ways, c->way_count);
    c->b->refused = MU_TELL(c->b, "the places around \"%s\" can be filled in more than %d ways, some of them kept apart and some not", c->seats[c->members[0]].what->key, WAYS);
    return MU_FAILS;
}

/* Everything that hangs together with the first, by being kept apart. */
static int collect(mu_build *b, const mu_seat *seats, int count, bool *taken, int *members)
{
    int n = 0;
    for (int i = 0; i < count && n == 0; i++)
        if (!taken[i]) {
            taken[i] = true;
            members[n++] = i;
        }
    for (int k = 0; k < n; k++)
        for (int i = 0; i < count; i++)
            if (!taken[i] && mu_kept_apart(b, seats[members[k]].what, seats[i].what)) {
                taken[i] = true;
                members[n++] = i;
            }
    return n;
}

mu_gate mu_seats_unfilled(mu_build *b, const mu_seat *seats, int count)
{
    bool *taken = mu_alloc(b->arena, (size_t)count + 1);
    mu_gate any = MU_HOLDS;
    for (;;) {
        int *members = mu_alloc(b->arena, ((size_t)count + 1) * sizeof *members);
        int n = collect(b, seats, count, taken, members);
        cluster c = {.b = b, .seats = seats, .members = members, .count = n};
        if (n == 0)
            return any;
        any = mu_gate_two(b->s, any, n == 1 ? mu_too_few(b, &seats[members[0]].hands, seats[members[0]].wanted) : cluster_unfilled(&c));
    }
}

const char *mu_seats_empty(mu_build *b, const mu_seat *seats, int count)
{
    const char *text = NULL;
    for (int i = 0; i < count; i++)
        if (mu_too_few(b, &seats[i].hands, seats[i].wanted) == MU_FAILS) {
            const char *one = mu_nobody_is(b, seats[i].what, &seats[i].hands, seats[i].wanted);
            text = text ? MU_TELL(b, "%s; %s", text, one) : one;
        }
    return text;
}
