/* standin.h - the seat of everybody whom nobody plays. It sees what is written, and does what the plan asks of its people
 * with the pace and the silence of the assumptions. A draw is a function of the seed, the person and what it is for. */
#ifndef MU_PARTICIPANTS_STANDIN_H
#define MU_PARTICIPANTS_STANDIN_H

#include "core/run.h"
#include "participants/assume.h"

typedef struct mu_standin mu_standin;

/* Watches the run from now on. */
mu_standin *mu_standin_new(mu_run *run, mu_journal *journal, const mu_assumptions *assumptions, uint64_t seed);
/* As new, for one run after another: after mu_run_again. */
void mu_standin_again(mu_standin *standin, uint64_t seed);
void mu_standin_free(mu_standin *standin);
/* When it wants to do something next; MU_NEVER. */
int64_t mu_standin_next(const mu_standin *standin);
/* Posts what it wanted to do until `now`. */
void mu_standin_act(mu_standin *standin, int64_t now);

/* Explores instead of drawing: the k-th choice of each question is what `choose` says, with silence as the last one
 * (index `count`). NULL: draw. */
typedef int (*mu_chooser)(void *self, const char *card, int count);
void mu_standin_choose(mu_standin *standin, mu_chooser choose, void *self);

#endif
