/* weigh.h - what is done with the findings of all rules alike, once they are there: how heavy each is and why, the name
 * under which it is known again, what several have in common, and which the plan accepts for a time.
 *
 * Weight: the type's own (catalogue.h); one level more where the thing that is wrong stands in the way of two legal or
 * contractual duties or more, or where an improvement of the plan is called done that had closed this gap; one less where
 * something that was tested does its work. A finding's id is a hash of its
 * type and its subject; a person stands in it by the places that he or she holds ("ciso/1"), so that it stays when lines
 * move, when people and roles stand in another order, and when the people of the plan get other names in the same order.
 * No two findings have the same: of several of one type and subject the second in the file is another than the first. */
#ifndef MU_ANALYSIS_WEIGH_H
#define MU_ANALYSIS_WEIGH_H

#include "analysis/judge.h"

/* Fills weight, reasons, id, cause and suppressed of every finding, and sorts them. */
void mu_weigh(mu_judge *judge);

#endif
