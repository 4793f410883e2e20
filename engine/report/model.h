/* model.h - what a report says, before any format: filled once from plan, journal and findings, and from nothing else.
 * Every row names the events it came from. Texts are as they were written; each format makes them safe for itself. */
#ifndef MU_REPORT_MODEL_H
#define MU_REPORT_MODEL_H

#include "analysis/run.h"

typedef enum mu_state { MU_MET, MU_LATE, MU_MISSED, MU_OPEN } mu_state;

typedef struct mu_target_row {      /* a clock of the plan or of the law */
    const char *what, *who;         /* "Acknowledged", "sev1" */
    mu_state state;
    int64_t window, took;           /* milliseconds; -1: no number, never */
    uint32_t started, ended;        /* events; 0 none */
    mu_mark at;
} mu_target_row;

typedef struct mu_asked_row {       /* a message to somebody */
    const char *person, *role, *about, *via;
    int64_t sent, took;             /* moment; from delivery to acknowledgement, -1 never */
    uint32_t event, answered;
    bool played;                    /* a person at the keyboard, not a stand-in */
} mu_asked_row;

typedef struct mu_task_row {        /* an action of the plan */
    const char *action, *person, *state, *why;
    int64_t assigned, started, done; /* moments, -1 not */
    uint32_t first, last;
} mu_task_row;

typedef struct mu_decision_row {
    const char *what, *who, *choice, *reason;
    bool authority_ok;
    int64_t t, took;
    uint32_t event;
} mu_decision_row;

typedef enum mu_mark_kind { MARK_HEARD, MARK_ACKED, MARK_NEVER, MARK_ASKED, MARK_ANSWERED, MARK_SILENT, MARK_WORK, MARK_DONE, MARK_DECIDED, MARK_REFUSED } mu_mark_kind;

typedef struct mu_lane_mark {
    mu_mark_kind kind;
    int64_t t, until;               /* until: of work, -1 none */
    const char *text;
    uint32_t event;
} mu_lane_mark;

typedef struct mu_lane {            /* one person of the drill, with what reached them and what they did */
    const char *name, *roles;
    bool played;
    mu_lane_mark *marks;
    int count;
} mu_lane;

typedef struct mu_report {
    mu_arena *arena;
    mu_journal *journal;
    const mu_tree *plan;
    const char *title, *organisation, *plan_title, *plan_version, *starts, *zone, *seed, *mode, *ended, *engine;
    const char *plan_hash, *scenario_hash, *assumptions_hash, *journal_head;
    int64_t local0, lasts, end;     /* local milliseconds of STARTEX; exercise milliseconds */
    int events, players;
    mu_target_row *targets;
    int target_count;
    mu_asked_row *asked;
    int asked_count, answered_count;
    int64_t median;                 /* of the answers, -1 where fewer than six */
    mu_task_row *tasks;
    int task_count;
    mu_decision_row *decisions;
    int decision_count;
    mu_lane *lanes;
    int lane_count;
    const mu_findings *findings;
    int counts[4];                  /* of findings, by weight */
    int rules;
} mu_report;

mu_report *mu_report_make(const mu_tree *plan, mu_journal *journal, const mu_findings *findings, mu_arena *arena);

/* "18:20" of the organisation's day. */
const char *mu_report_time(const mu_report *report, int64_t t);
/* "12 min", "1 h 12"; "-" for a negative one. */
const char *mu_report_length(const mu_report *report, int64_t ms);
const char *mu_state_word(mu_state state);
/* What kind of run this was, and what it may be claimed as (doctrine: a run without people is analysis, no exercise). */
const char *mu_report_claim(const mu_report *report);
const char *mu_report_not(const mu_report *report);
/* The first sentence: what a reader must know who reads no further. */
const char *mu_report_lead(const mu_report *report);

/* Findings in the order in which they are told: roles, communications, escalations, then the rest. */
typedef struct mu_group {
    const char *prefix, *title;
} mu_group;
extern const mu_group mu_groups[]; /* ends with prefix == NULL */

#endif
