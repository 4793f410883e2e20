/* due_by.h - when the rules that a programme is under want the next drill, and whether one is planned in time. */
#ifndef MU_PROGRAMME_DUE_BY_H
#define MU_PROGRAMME_DUE_BY_H

#include "programme/occasions.h"

/* A drill that was held. */
typedef struct mu_held {
    const char *key;
    mu_mode mode;
    int64_t local;
} mu_held;

typedef struct mu_due_by {
    const mu_frequency *rule;
    const mu_held *last;        /* that counts for it; NULL: none was held */
    int64_t from;               /* local: the day from which it is counted: the programme's first where none was held */
    int64_t by;                 /* local: the day by which the next is due; -1: no number */
    const mu_occasion *planned; /* the next that may count; NULL: none within the occasions given */
    enum { MU_IN_TIME, MU_TOO_LATE, MU_NOT_PLANNED, MU_NO_NUMBER, MU_CANNOT_COUNT } state;
    bool strictest;             /* of those with a number */
} mu_due_by;

/* One for each rule of the programme, in its order. `list` are the occasions to come; `held` in any order. */
int mu_due_by_rules(const mu_programme *programme, const mu_held *held, int held_count, const mu_occasion *list, int count, mu_arena *arena,
                    const mu_due_by **due);
/* One sentence. */
const char *mu_due_by_words(const mu_due_by *due, mu_arena *arena);
/* "PCI, DORA": the rules of the programme that a drill of this mode may count for; "" for none. */
const char *mu_counts_for(const mu_programme *programme, mu_mode mode, mu_arena *arena);

#endif
