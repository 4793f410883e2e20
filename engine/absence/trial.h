/* trial.h - a set of absences, and the same with each of it given back, tried at once: a bit of a word is one of these tries. */
#ifndef MU_ABSENCE_TRIAL_H
#define MU_ABSENCE_TRIAL_H

#include "absence/structure.h"

enum { MU_GIVEN_BACK = 63 }; /* of one word: so many, and one try with all absent */

typedef struct mu_trial mu_trial;

/* Nobody absent. The structure must not grow while a trial of it lives. */
mu_trial *mu_trial_new(const mu_structure *structure);
void mu_trial_free(mu_trial *trial);

/* A set of `count` different elements; those from `first` on, MU_GIVEN_BACK at most, are given back, each in a try of its own. What a
 * set has in front as the one before it, with the same `first`, costs nothing: sets in the order of a dictionary are tried soonest. */
void mu_trial_set(mu_trial *trial, const int *set, int count, int first);
/* Bit 0: the gate fails with all of the set absent; bit 1: also with the element at `first` given back; and so on. Bits beyond
 * what is given back are as bit 0. */
uint64_t mu_trial_fails(const mu_trial *trial, mu_gate gate);
/* The bits of what mu_trial_set(…, count, first) gives back. */
uint64_t mu_trial_given(int count, int first);

#endif
