/* past.h - what is kept of every drill that was held, so that one can be set beside another: its gaps, its times, what of the plan it exercised. Made from the
 * journals and nothing else; texts are as they were written. Owned by an arena. */
#ifndef MU_STORE_PAST_H
#define MU_STORE_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "plan/same.h"

typedef struct mu_past_gap {
    const char *id;         /* the fingerprint: the same while the same thing is wrong and nobody's places in the plan have changed */
    const char *name;       /* the first id that it had: the same through all drills */
    const char *gap, *subject, *text, *confidence;
    int64_t weight;         /* 0 critical .. 3 low */
    int64_t line;
    int64_t paper;          /* the text of the plan alone shows it; else only a drill with that scenario does */
    int64_t shown_at;       /* of the last event that shows it, milliseconds from STARTEX; 0 where none does */
    int64_t accepted;       /* the plan accepts it for now */
} mu_past_gap;

/* It, as it is held against others. */
static inline mu_said mu_past_said(const mu_past_gap *gap)
{
    return (mu_said){gap->id, gap->gap, gap->subject, gap->text};
}

typedef struct mu_past_time {
    const char *person, *role, *habit; /* acknowledge, answer, start, work, consult, decide */
    int64_t took;                      /* milliseconds; -1: never */
    int64_t in_time;                   /* 1 yes, 0 no, -1: no limit was set, or its time was not over */
    int64_t played;                    /* by a person while a clock ran, not by a stand-in */
} mu_past_time;

typedef struct mu_past_part {
    const char *kind, *name;
    int64_t exercised;
} mu_past_part;

/* A clock of the plan or of the law that came due in the drill. */
typedef struct mu_past_target {
    const char *name;
    int64_t met;
} mu_past_target;

/* A row of the plan's own register of improvements, as it stood in that drill's plan. */
typedef struct mu_past_task {
    const char *id, *gap, *subject, *action, *owner, *due, *state;
} mu_past_task;

typedef struct mu_past_drill {
    const char *folder, *source; /* source: a hash of what it was made from */
    const char *starts, *title, *plan, *version, *plan_hash, *scenario_hash, *assumptions, *mode, *seed, *engine;
    int64_t local;               /* of STARTEX: local milliseconds */
    int64_t ran;                 /* milliseconds from STARTEX to the moment at which a person ended it; INT64_MAX where it came to its own end */
    int64_t over, players;
    mu_past_gap *gaps;
    int gap_count;
    mu_past_time *times;
    int time_count;
    mu_past_target *targets;
    int target_count;
    mu_past_part *parts;
    int part_count;
    mu_past_task *tasks;
    int task_count;
} mu_past_drill;

typedef struct mu_past {
    mu_past_drill *drills; /* by STARTEX, then by folder */
    int count;
} mu_past;

/* Names the gaps of all drills, which are in order, by their ids and words. */
void mu_past_names(mu_past *past);

#endif
