/* diagram.h - a gate as a binary decision diagram (Bryant 1986), and from it the exact chance that it fails, each element
 * being absent by a chance of its own, independent of the others. */
#ifndef MU_ABSENCE_DIAGRAM_H
#define MU_ABSENCE_DIAGRAM_H

#include "absence/nodes.h"
#include "absence/structure.h"

typedef struct mu_diagrams mu_diagrams;

/* `most` nodes of MU_NODE_BYTES. The structure must not change while these live. */
mu_diagrams *mu_diagrams_new(const mu_structure *structure, size_t most);
void mu_diagrams_free(mu_diagrams *diagrams);
void mu_diagrams_watched(mu_diagrams *diagrams, mu_nodes_watch watch, void *self);

/* The chance that a gate fails; `absent` by element, from 0 to 1. Negative where the diagram takes more nodes than it may,
 * or the gate stands on a matching of its own. */
double mu_diagrams_chance(mu_diagrams *diagrams, mu_gate gate, const double *absent);
size_t mu_diagrams_nodes(const mu_diagrams *diagrams);

/* An upper bound of the tree-width of what stands with what (elements of one threshold of at most 12), by taking away
 * whoever has the fewest neighbours first. Past about 30 a diagram is seldom to be had. */
int mu_tree_width(const mu_structure *structure);

enum { MU_SAMPLES_TOLD = 1 << 18 };
typedef struct mu_sampling {
    const mu_structure *structure;
    const mu_gate *gates;
    int count;
    const double *absent; /* by element */
    uint64_t samples;     /* a multiple of 64 */
    uint64_t seed;
    mu_nodes_watch watch; /* called behind each MU_SAMPLES_TOLD samples; or NULL */
    void *self;
} mu_sampling;

/* In how many of the samples each gate fails: 64 at a time, a bit each. */
void mu_sampled(const mu_sampling *asked, uint64_t *failed);

#endif
