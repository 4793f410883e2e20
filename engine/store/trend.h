/* trend.h - what became of each gap from drill to drill, and whether a drill was worse than the one before it, by the same measure.
 *
 * Only like is set beside like. A gap that the text of the plan shows is looked for by every drill of that plan; one that a run shows is looked for
 * by drills with the same scenario alone, of the same kind, with people or without, as the one that showed it last, that ran at least to the moment at
 * which it showed: no other drill closes it. */
#ifndef MU_STORE_TREND_H
#define MU_STORE_TREND_H

#include "base/rate.h"
#include "store/past.h"

typedef enum mu_gap_state { MU_GAP_NEW, MU_GAP_BACK, MU_GAP_STILL, MU_GAP_CLOSED } mu_gap_state;

typedef struct mu_gap_line {
    const mu_past_gap *gap;          /* as it was last seen */
    const char *plan, *scenario;     /* scenario: "" where the paper shows it */
    const mu_past_drill *first, *last; /* that showed it */
    const mu_past_drill *closed;     /* the first that looked for it and did not find it any more; NULL while it is there */
    int seen, of, returned;          /* in how many of the drills that looked for it; how often it came back */
    mu_gap_state state;
    const mu_past_task *task;        /* of the newest plan's register; NULL: nobody has it */
} mu_gap_line;

/* By state, then weight, then gap and subject. Returns how many. */
int mu_gap_lines(const mu_past *past, mu_arena *arena, const mu_gap_line **lines);

/* Drills of one plan with one scenario in one mode, in order: what may be compared. */
typedef struct mu_course {
    const char *plan, *title, *mode;
    const mu_past_drill **drills;
    int count;
} mu_course;
int mu_courses(const mu_past *past, mu_arena *arena, const mu_course **courses);

typedef enum mu_verdict { MU_CANNOT_TELL, MU_BETTER, MU_WORSE, MU_THE_SAME, MU_FIRST } mu_verdict;

/* The last drill of a course beside the one before it. */
typedef struct mu_beside_before {
    const mu_past_drill *now, *before;  /* before: NULL for the first */
    int open[4], open_before[4];        /* gaps by weight that the plan does not accept, of those that could show in both */
    int beyond;                         /* and those that could not: they showed after the shorter of the two had ended */
    int opened, closed, back;           /* of those that could; back is among the opened */
    int targets, met, met_before;       /* of those that came due in both */
    int64_t in_time, timed, in_time_before, timed_before;
    mu_interval difference;             /* of the share in time, now less before; where both have some */
    mu_verdict by_gaps, by_time, by_targets;
    bool same_chance;                   /* the same seed, scenario and assumptions: what differs is not chance */
    bool same_plan;                     /* word for word: with the same chance what differs is the day's */
} mu_beside_before;
mu_beside_before mu_beside_last(const mu_course *course);
/* What the last change of the plan did: the first drill of a course with the newest plan beside the last with another. `before` is NULL where the plan
 * never changed. The days between the two are the least that they can be; in them dates of the plan may have run out as well. */
mu_beside_before mu_beside_change(const mu_course *course);

/* How many of the targets that came due were met. */
int mu_targets_met(const mu_past_drill *drill);
/* Open gaps of a weight, or of all where it is negative; what the plan accepts is not counted. */
int mu_open_of(const mu_past_drill *drill, int weight);
/* Answers of a drill that had a limit, and how many of them were in time. */
void mu_in_time(const mu_past_drill *drill, int64_t *met, int64_t *of);
/* The middle of the times of a habit, -1 where fewer than six; *n is how many there are. */
int64_t mu_middle(const mu_past_drill *drill, const char *habit, int *n, mu_arena *arena);

/* Parts of the newest plan, and when each was last exercised. */
typedef struct mu_part_line {
    const mu_past_part *part;
    const mu_past_drill *last; /* NULL: never */
    bool lately;               /* since the day asked for */
} mu_part_line;
int mu_part_lines(const mu_past *past, const char *plan, int64_t since, mu_arena *arena, const mu_part_line **lines);

const mu_past_drill *mu_newest(const mu_past *past, const char *plan);
const char *mu_gap_state_word(mu_gap_state state);

#endif
