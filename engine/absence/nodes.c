#include "absence/nodes.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"

enum { FIRST = 1 << 12, OFTEN = 1 << 14 }; /* OFTEN: a watch hears of so many */

static void make_room(mu_nodes *n, uint32_t room)
{
    n->list = mu_grow(n->list, room * sizeof *n->list);
    free(n->slots);
    free(n->results);
    n->slots = calloc(room, sizeof *n->slots);
    n->results = calloc(room, sizeof *n->results);
    MU_CHECK(n->slots && n->results);
    n->room = room;
    for (uint32_t i = 2; i < n->count; i++) {
        uint32_t *slot = &n->slots[mu_nodes_mixed(n->list[i].variable, n->list[i].without, n->list[i].with) & (room - 1)];
        n->list[i].next = *slot;
        *slot = i;
    }
}

void mu_nodes_begin(mu_nodes *n, size_t most)
{
    *n = (mu_nodes){.count = 2, .most = most < UINT32_MAX / 2 ? (uint32_t)most : UINT32_MAX / 2};
    make_room(n, FIRST);
    n->list[0] = (mu_diagram_node){.variable = MU_GROUND, .fewest = UINT16_MAX, .all = UINT32_MAX}; /* no way leads on from it */
    n->list[1] = (mu_diagram_node){.variable = MU_GROUND};
}

void mu_nodes_end(mu_nodes *n)
{
    free(n->list);
    free(n->slots);
    free(n->results);
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static mu_diagram_node node_of(const mu_nodes *n, unsigned variable, uint32_t without, uint32_t with)
{
    const mu_diagram_node *x = &n->list[without], *y = &n->list[with];
    uint32_t own = UINT32_C(1) << variable % 32;
    return (mu_diagram_node){(uint16_t)variable, (uint16_t)larger(x->deepest, y->deepest + 1u), (uint16_t)(x->fewest > y->fewest ? y->fewest + 1u : x->fewest),
                             without, with, 0, x->any | y->any | own, x->all & (y->all | own)};
}

uint32_t mu_nodes_make(mu_nodes *n, unsigned variable, uint32_t without, uint32_t with)
{
    uint32_t h = mu_nodes_mixed(variable, without, with);
    for (uint32_t i = n->slots[h & (n->room - 1)]; i; i = n->list[i].next)
        if (n->list[i].variable == variable && n->list[i].without == without && n->list[i].with == with)
            return i;
    if (n->count >= n->most) {
        n->full = true;
        return 0;
    }
    if (n->count == n->room)
        make_room(n, n->room * 2);
    if (n->watch && n->count % OFTEN == 0)
        n->watch(n->self);
    uint32_t *slot = &n->slots[h & (n->room - 1)];
    n->list[n->count] = node_of(n, variable, without, with);
    n->list[n->count].next = *slot;
    *slot = n->count;
    return n->count++;
}
