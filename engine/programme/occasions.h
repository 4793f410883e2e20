/* occasions.h - when the drills of a programme come: each rule walked, holidays and closed days, quiet hours, zones and changes of the
 * clock taken into account, and the day of an unannounced drill drawn. No clock is asked: the same programme gives the same
 * occasions, however often and whenever it is asked. */
#ifndef MU_PROGRAMME_OCCASIONS_H
#define MU_PROGRAMME_OCCASIONS_H

#include "programme/programme.h"

typedef struct mu_occasion {
    const mu_series *series;
    const char *key;      /* "friday-2026-03-06-1000": the drill and the moment by its rule; it stays when the day is moved */
    int64_t nominal;      /* local: what the rule says; of an unannounced drill the first day of its stretch */
    int64_t local, at;    /* what it came to: local, and UTC */
    int64_t from, to;     /* of an unannounced drill: the days, first and last, that it was drawn from */
    const char *scenario; /* as the programme names it */
    const char *moved;    /* why it is not at its nominal time, or NULL */
} mu_occasion;

/* All with from <= at < until (UTC), in order of time; of each drill the first `most` that are found at the most. Returns how many. */
int mu_occasions(const mu_programme *programme, int64_t from, int64_t until, int most, mu_arena *arena, const mu_occasion **list);

/* The moment itself (local) where it is not quiet, else the end of the quiet; -1 where all hours are. */
int64_t mu_quiet_end(const mu_programme *programme, int64_t local);

/* Two occasions that get into each other's way, or one that does not come as its rule says. */
typedef struct mu_conflict {
    const mu_occasion *one, *other; /* other may be NULL */
    const char *why;
} mu_conflict;
int mu_conflicts(const mu_occasion *list, int count, mu_arena *arena, const mu_conflict **conflicts);

/* "2026-03-06 10:00" */
const char *mu_moment_text(mu_arena *arena, int64_t local);

#endif
