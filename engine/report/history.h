/* history.h - what the past says, for people and programs: one writer a format. No clock is read: everything is as of a day that is given. */
#ifndef MU_REPORT_HISTORY_H
#define MU_REPORT_HISTORY_H

#include "base/text.h"
#include "store/trend.h"

typedef struct mu_history_view {
    mu_arena *arena;
    const char *title;          /* of the programme, or the folder */
    const mu_past *past;
    const mu_gap_line *lines;
    const char *const *retests; /* of each line: when it is looked for next; NULL in it where nothing is planned */
    int line_count;
    const mu_course *courses;
    int course_count;
    int64_t as_of;              /* local */
    int months;                 /* parts of the plan count as exercised for so long */
    int left_out;               /* drills that could not be read */
} mu_history_view;

/* "2026-03-06" */
const char *mu_day_words(const mu_history_view *view, int64_t local);
/* The plans that the past knows, each once, in order of their first drill. Returns how many; `plans` has room for as many as there are drills. */
int mu_history_plans(const mu_history_view *view, const char **plans);
/* How a drill went beside the one before it: one sentence or two. */
const char *mu_verdict_words(const mu_history_view *view, const mu_beside_before *beside);
/* What the last change of the plan did in a course of drills, and what came since: some sentences; "" where the plan never changed. */
const char *mu_change_words(const mu_history_view *view, const mu_course *course);
/* What the drills say of the last change of the plan, over all courses: a sentence; "" where none has seen one. */
const char *mu_change_lead(const mu_history_view *view);
/* True where it got worse by a measure that says so, and where it got better by one: both may be. */
bool mu_is_worse(const mu_beside_before *beside);
bool mu_is_better(const mu_beside_before *beside);
/* True where a row of the register is open and its day is over. */
bool mu_is_overdue(const mu_history_view *view, const mu_past_task *task);
/* "7 of 9"; "none" of none. */
const char *mu_share_words(const mu_history_view *view, int64_t k, int64_t n);
/* "7 of 9 (45 to 94 %)"; "none" of none. */
const char *mu_rate_words(const mu_history_view *view, int64_t k, int64_t n);
void mu_parts_of(const mu_past_drill *drill, int *exercised, int *all);

void mu_write_history_gaps(mu_buf *out, const mu_history_view *view);  /* text */
void mu_write_history_trend(mu_buf *out, const mu_history_view *view); /* text */
void mu_write_history_json(mu_buf *out, const mu_history_view *view);
void mu_write_history_csv(mu_buf *out, const mu_history_view *view);   /* one row a gap */
void mu_write_history_html(mu_buf *out, const mu_history_view *view);

#endif
