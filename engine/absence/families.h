/* families.h - families of sets as zero-suppressed decision diagrams (Minato 1993), each kept minimal: no set of a family
 * holds another. A family is a number that stays good until the families are freed; equal families have equal numbers.
 * A set is made of variables from 0 to 65,534; a lower one is decided first, so their order decides how large this grows. */
#ifndef MU_ABSENCE_FAMILIES_H
#define MU_ABSENCE_FAMILIES_H

#include "absence/nodes.h"

typedef uint32_t mu_family;
enum { MU_NO_SET = 0, MU_EMPTY_SET = 1 }; /* without any set; of the empty set alone */
enum { MU_ALL_ORDERS = 65535 };           /* no limit of how many elements a set has */

typedef struct mu_families mu_families;

/* `most` nodes of MU_NODE_BYTES; whoever needs more gets MU_NO_SET from then on, and `mu_families_full` says so. */
mu_families *mu_families_new(size_t most);
void mu_families_free(mu_families *families);
void mu_families_watched(mu_families *families, mu_nodes_watch watch, void *self);
bool mu_families_full(const mu_families *families);
size_t mu_families_nodes(const mu_families *families);

/* The family of the set of one variable. */
mu_family mu_family_of(mu_families *families, unsigned variable);
/* The least sets of both together. */
mu_family mu_family_union(mu_families *families, mu_family a, mu_family b);
/* The least of all unions of a set of one with a set of the other, of at most `order` elements. */
mu_family mu_family_product(mu_families *families, mu_family a, mu_family b, unsigned order);
/* Those sets of `a` that hold no set of `b`. */
mu_family mu_family_without(mu_families *families, mu_family a, mu_family b);

/* The lowest variable of its sets; above all of them where it has none. */
unsigned mu_family_first(const mu_families *families, mu_family a);
/* How many sets there are; drawn to UINT64_MAX. */
uint64_t mu_family_size(const mu_families *families, mu_family a);
/* How many sets there are of each number of elements, `counts[0]` to `counts[most]`; drawn to UINT64_MAX. */
void mu_family_count(const mu_families *families, mu_family a, unsigned most, uint64_t *counts);
/* Calls with each set, its variables ascending; goes on while it returns true. */
typedef bool (*mu_family_each_set)(void *self, const unsigned *variables, unsigned count);
void mu_family_each(const mu_families *families, mu_family a, mu_family_each_set each, void *self);

#endif
