/* cuts.h - the least absences that make a gate fail: exactly, up to a number of elements or all of them. */
#ifndef MU_ABSENCE_CUTS_H
#define MU_ABSENCE_CUTS_H

#include "absence/families.h"
#include "absence/structure.h"

typedef struct mu_cuts mu_cuts;

/* Called now and then in long work with how much of it is done, in thousandths. */
typedef void (*mu_cuts_watch)(void *self, int done);

/* `order` is how many elements a set has at most, or MU_ALL_ORDERS; `most` nodes may be used. The structure must not
 * change while these live. */
mu_cuts *mu_cuts_new(const mu_structure *structure, unsigned order, size_t most);
void mu_cuts_free(mu_cuts *cuts);
void mu_cuts_watched(mu_cuts *cuts, mu_cuts_watch watch, void *self);

/* The least sets of a gate, remembered; variables are places in an order of the elements (mu_cuts_element). Void where
 * the families are full. A gate that fails with nobody absent has the empty set alone. */
mu_family mu_cuts_of(mu_cuts *cuts, mu_gate gate);
mu_families *mu_cuts_families(mu_cuts *cuts);
uint32_t mu_cuts_element(const mu_cuts *cuts, unsigned variable);

/* An order of the elements in which those that stand in one gate are near each other (FORCE: Aloul, Markov, Sakallah 2003).
 * `place` has room for each element. */
void mu_order_elements(const mu_structure *structure, unsigned *place);

/* A matching that is too large for thresholds has no bound of its work without an order. True where `gate` stands on one. */
bool mu_stands_on_matching(const mu_structure *structure, mu_gate gate);

/* The sets of at most `order` elements without which the places of a staffing cannot be filled, where one absence may take several
 * people: each least set is given to `each`, and others may be. */
typedef void (*mu_common_each)(void *self, const uint32_t *elements, unsigned count);
void mu_common_causes(const mu_structure *structure, const mu_staffing *staffing, unsigned order, mu_common_each each, void *self);

/* The least sets of people of a staffing without whom its places cannot be filled, of at most `order`: each is given to
 * `each`, ascending. People who are not to be had anyway are in `gone`. */
typedef void (*mu_crew_each)(void *self, const int *people, int count);
void mu_crews(const mu_staffing *staffing, const bool *gone, int order, mu_crew_each each, void *self);

#endif
