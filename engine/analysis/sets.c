/* Sets of nodes, each once, in the order in which they came. */
#include <string.h>

#include "analysis/judge.h"

enum { SMALL = 24 }; /* a set of so many is searched from end to end */

static size_t slot_of(const mu_set *set, const mu_node *n)
{
    uint32_t mixed = n->number * 2654435761u;
    size_t i = (mixed ^ mixed >> 15) & (set->slot_count - 1); /* entries of one length would else share their low bits */
    while (set->slots[i] && set->list[set->slots[i] - 1] != n)
        i = (i + 1) & (set->slot_count - 1);
    return i;
}

size_t mu_place_in(const mu_set *set, const mu_node *n)
{
    if (!n)
        return set->count;
    if (set->slots) {
        uint32_t slot = set->slots[slot_of(set, n)];
        return slot ? slot - 1 : set->count;
    }
    size_t i = 0;
    while (i < set->count && set->list[i] != n)
        i++;
    return i;
}

bool mu_has(const mu_set *set, const mu_node *n)
{
    return mu_place_in(set, n) < set->count;
}

static void set_grow(mu_set *set)
{
    size_t room = set->room ? set->room * 2 : 8;
    const mu_node **list = mu_alloc(set->arena, room * sizeof *list);
    if (set->count)
        memcpy(list, set->list, set->count * sizeof *list);
    set->list = list;
    set->room = room;
    if (room <= SMALL)
        return;
    set->slot_count = room * 4;
    set->slots = mu_alloc(set->arena, set->slot_count * sizeof *set->slots);
    for (size_t i = 0; i < set->count; i++)
        set->slots[slot_of(set, list[i])] = (uint32_t)i + 1;
}

void mu_put(mu_set *set, const mu_node *n)
{
    if (!n || mu_has(set, n))
        return;
    if (set->count == set->room)
        set_grow(set);
    set->list[set->count++] = n;
    if (set->slots)
        set->slots[slot_of(set, n)] = (uint32_t)set->count;
}
