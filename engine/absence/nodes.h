/* nodes.h - the table under decision diagrams: nodes by what they are made of, each once, and results of two that were worked out
 * before. A node is a number that stays good until the table is freed; 0 and 1 are the ground, on which all stand. */
#ifndef MU_ABSENCE_NODES_H
#define MU_ABSENCE_NODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MU_GROUND = 65535 }; /* the variable of the ground, below all others */
enum { MU_NODE_BYTES = 48, /* with its place in the tables */
       MU_NODES_MOST = 1 << 23 }; /* what a command may take: 384 MB */

typedef struct mu_diagram_node {
    uint16_t variable, deepest, fewest; /* how many `with` a way down to the ground 1 has at most, and at least */
    uint32_t without, with;
    uint32_t next;     /* of the same slot */
    uint32_t any, all; /* variables whose `with` some way down takes, and those that each way takes: a bit for all that are alike in their last five */
} mu_diagram_node;

typedef struct mu_known {
    uint32_t a, b, op, result;
} mu_known;

/* Called in long work, now and then. */
typedef void (*mu_nodes_watch)(void *self);

typedef struct mu_nodes {
    mu_diagram_node *list;
    uint32_t count, room, most;
    uint32_t *slots;   /* as many as there is room for nodes: a power of two */
    mu_known *results; /* as many; the last of its slot stays */
    bool full;         /* more nodes than `most` were asked for: nothing is to be believed from then on */
    mu_nodes_watch watch;
    void *self;
} mu_nodes;

void mu_nodes_begin(mu_nodes *nodes, size_t most);
void mu_nodes_end(mu_nodes *nodes);

/* The node of a variable below MU_GROUND; 0 where the table is full. */
uint32_t mu_nodes_make(mu_nodes *nodes, unsigned variable, uint32_t without, uint32_t with);

static inline uint32_t mu_nodes_mixed(uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t h = (a * UINT64_C(0x9e3779b97f4a7c15)) ^ (b * UINT64_C(0xc2b2ae3d27d4eb4f)) ^ (c * UINT64_C(0x165667b19e3779f9));
    h ^= h >> 29;
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(h >> 32);
}

/* The result of an operation on two, where it is still known. */
static inline bool mu_nodes_known(const mu_nodes *n, uint32_t a, uint32_t b, uint32_t op, uint32_t *result)
{
    const mu_known *k = &n->results[mu_nodes_mixed(a, b, op) & (n->room - 1)];
    *result = k->result;
    return k->a == a && k->b == b && k->op == op;
}

static inline uint32_t mu_nodes_keep(mu_nodes *n, uint32_t a, uint32_t b, uint32_t op, uint32_t result)
{
    if (!n->full)
        n->results[mu_nodes_mixed(a, b, op) & (n->room - 1)] = (mu_known){a, b, op, result};
    return result;
}

#endif
