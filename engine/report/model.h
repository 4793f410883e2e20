/* model.h - what a report says, before any format: filled once from plan, journal and findings, and from nothing else.
 * Every row names the events it came from, and what it is made of. Texts are as they were written; each format makes them
 * safe for itself. Moments and lengths are milliseconds of exercise time, which stands while the exercise is paused. */
#ifndef MU_REPORT_MODEL_H
#define MU_REPORT_MODEL_H

#include "analysis/coverage.h"
#include "analysis/flow.h"
#include "analysis/run.h"
#include "analysis/strengths.h"

typedef enum mu_state {
    MU_MET,      /* in its time */
    MU_ANSWERED, /* answered, and no time was set */
    MU_LATE,
    MU_MISSED,   /* not by the end of its time, nor by ENDEX */
    MU_OPEN,     /* nothing by ENDEX, and its time was not over or none was set */
    MU_NOBODY,   /* nobody could be asked */
    MU_STATES
} mu_state;

/* What a figure is made of. */
typedef enum mu_basis { MU_SIMULATED, MU_OBSERVED, MU_BOTH } mu_basis;

typedef struct mu_target_row {      /* a clock of the plan or of the law */
    const char *what, *who, *starts_with;
    bool law;                       /* an obligation; else a target of the plan's own */
    mu_state state;
    mu_basis basis;
    int64_t began, window, took;    /* -1: no number, never */
    int64_t late;                   /* beyond the window; of a missed one until ENDEX; -1 none */
    uint32_t started, ended;        /* events; 0 none */
    const char *due;                /* "2026-07-10 18:00" */
    mu_mark at;
} mu_target_row;

typedef struct mu_asked_row {       /* somebody was asked, told, called; or nobody could be */
    const char *person, *role, *about, *via, *why;
    const char *lane;               /* role:x, or person:x of who holds none */
    const char *did;                /* what was done upon it, or "" */
    int64_t delivered, opened, acked, acted; /* moments, -1 not */
    int64_t limit, late;            /* from delivery; -1 none */
    int64_t settled;                /* the moment that the limit is held against: of the act where an act was asked for, else of whatever came first; -1 not */
    const char *limit_of;           /* whose limit it is, or "" */
    bool own_limit;                 /* it is that of a question, after which the answer counts as none */
    mu_state state;
    uint32_t event, open_event, ack_event, act_event; /* 0 none */
    int64_t message;
    bool played;                    /* a person at the keyboard, not a stand-in */
    int again;                      /* of MU_NOBODY: how often the same came up after it; -1 of those, which a table leaves out */
    int64_t again_until;            /* when the last of them did */
} mu_asked_row;

typedef struct mu_task_row {        /* an action of the plan */
    const char *action, *person, *state, *why, *lane;
    int64_t assigned, waited, started, done; /* moments, -1 not */
    uint32_t first, last;
    bool played;
} mu_task_row;

typedef struct mu_decision_row {
    const char *what, *who, *choice, *reason, *lane;
    bool authority_ok, played;
    int64_t t, took;
    uint32_t event;
} mu_decision_row;

typedef struct mu_moment_row {      /* a line of the timeline */
    int64_t t;
    const char *role, *what, *outcome;
    uint32_t event, last;           /* of what came of it; 0 none */
    bool again;                     /* it repeats an earlier line, which says how often: a table leaves it out */
} mu_moment_row;

typedef struct mu_figure {          /* a number of the summary */
    const char *name, *words;       /* a stable key; a sentence */
    const char *section;            /* of the page, that shows what it was made from: gaps, targets, asked */
    int64_t value, of;              /* of: -1 where it is no share */
    const char *basis;              /* deterministic, simulated, observed, simulated and observed */
    const uint32_t *events;         /* that it came from; none for what the paper alone shows */
    int event_count;
} mu_figure;
enum { MU_FIGURES = 12 };

typedef struct mu_pinned {
    const char *id, *name, *role;   /* role: the last one filled with this person, or NULL */
    bool played;
} mu_pinned;

typedef struct mu_line_seen {
    const char *source, *at; /* of the file; where the line begins */
    int line;
} mu_line_seen;

typedef struct mu_report {
    mu_arena *arena;
    mu_journal *journal;
    const mu_tree *plan;
    const char *plan_name;          /* what documents call the plan: "inputs/plan.yaml", or of a folder "inputs/plan"; NULL: as it was read */
    const char *title, *organisation, *plan_title, *plan_version, *starts, *zone, *seed, *mode, *ended, *engine;
    const char *plan_hash, *scenario_hash, *assumptions_hash, *journal_head;
    int64_t local0, lasts, end;     /* local milliseconds of STARTEX; exercise milliseconds */
    int events, players, roles;
    bool calltree;                  /* people were asked to answer, and nobody acted */
    bool measured;                  /* a wall clock took part: how long people took was measured */
    int pauses, jumps;
    int64_t paused;                 /* wall milliseconds of all pauses that ended */
    const char *played_roles;       /* "Incident Commander, Legal Counsel" */
    mu_pinned *people, **by_id;
    int person_count;
    const char **ladders, **cards, **actions; /* by the number of the climb, the question, the task */
    size_t names_room;                        /* of each of the three */
    int64_t declared;               /* moment, -1 never */
    mu_target_row *targets;
    int target_count;
    mu_asked_row *asked;
    int asked_count;
    int64_t median;                 /* of acknowledgements, what never came as longer than all; -1 where fewer than six, or where it never came */
    mu_task_row *tasks;
    int task_count;
    mu_decision_row *decisions;
    int decision_count;
    mu_moment_row *moments;
    int moment_count;
    mu_figure figures[MU_FIGURES];
    int figure_count;
    const mu_findings *findings;
    const uint32_t *cause_first, *cause_next; /* by the finding: the first and the next of the same cause, numbers plus one, 0 none */
    mu_line_seen *seen;             /* the line of the plan that was looked at last */
    const mu_flows *flows;          /* communication and ladders beside the plan */
    const mu_coverage *coverage;
    mu_strengths strengths;         /* what held */
    int counts[4];                  /* of findings that the plan does not accept, by weight */
    bool other_plan;                /* not the plan that the journal pins */
    int open_gaps, accepted;        /* findings: those, and those that a suppression in force accepts; the open ones stand first */
    int rules;
} mu_report;

mu_report *mu_report_make(const mu_tree *plan, mu_journal *journal, const mu_findings *findings, mu_arena *arena);

/* What events say in words, and nothing else: for a drill that is under way. */
mu_report *mu_report_words(const mu_tree *plan, mu_journal *journal, mu_arena *arena);
/* The same of a drill that has gone on: `kept` was made by mu_report_words when everybody was pinned, and learns what was recorded since;
 * what is returned is of this moment, and lives and speaks in `arena`. */
const mu_report *mu_report_words_now(mu_report *kept, mu_arena *arena);

/* "18:20" of the organisation's day; "Sat 02:10" of another. */
const char *mu_report_time(const mu_report *report, int64_t t);
/* "12 min", "1 h 12"; "-" for a negative one. */
const char *mu_report_length(const mu_report *report, int64_t ms);
const char *mu_state_word(mu_state state);
const char *mu_basis_word(mu_basis basis);
/* What happened in an event, in words: "notify cbi is blocked: nobody there, Legal Counsel". */
const char *mu_event_words(const mu_report *report, uint32_t n);
/* Moment of an event. */
int64_t mu_event_time(const mu_report *report, uint32_t n);
/* "by 12 min" and the like: what a row says after its state, or "". */
const char *mu_target_margin(const mu_report *report, const mu_target_row *row);

/* A kind of clock and what started it, as the journal names them, in words: "Quorum there", "its level was indicated". */
const char *mu_clock_words(const mu_report *report, const char *clock);
const char *mu_starts_words(const mu_report *report, const char *starts_with);

/* What kind of run this was; what it may be claimed as; what not (doctrine: a run without people is analysis, no exercise). */
const char *mu_report_kind(const mu_report *report);
const char *mu_report_claim(const mu_report *report);
const char *mu_report_not(const mu_report *report);
/* "simulated: n = 1 run, seed 7, assumptions: the defaults"; of the people's figures as well where there were people. */
const char *mu_report_made_of(const mu_report *report);
/* What became of pauses, jumps and standing clocks in the figures. */
const char *mu_report_pauses(const mu_report *report);
/* The first sentence: what a reader must know who reads no further. */
const char *mu_report_lead(const mu_report *report);
/* "simulated, n = 1" of a finding: its confidence, with what it rests on. */
const char *mu_finding_basis(const mu_report *report, const mu_finding *finding);
/* In up to MU_STANDING sentences: what makes this one heavier or lighter than its type, what it rests on, whom it belongs with,
 * whether the plan accepts it. How many there are; they are owned by the report. */
enum { MU_STANDING = 4 };
int mu_finding_standing(const mu_report *report, const mu_finding *finding, const char *lines[MU_STANDING]);
/* What is to be said of a suppression that does nothing, since its day is over or no gap is like it; NULL of one in force. Owned by the report. */
const char *mu_suppression_idle(const mu_report *report, const mu_suppression *suppression);

/* Findings in the order in which they are told: roles, communications, escalations, then the rest. */
typedef struct mu_group {
    const char *prefix, *title;
} mu_group;
extern const mu_group mu_groups[]; /* ends with prefix == NULL */
/* How many findings stand in a group. */
int mu_group_count(const mu_report *report, const mu_group *group);

#endif
