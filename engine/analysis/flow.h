/* flow.h - communication and escalation compared: what the plan wanted in this drill, beside what was done.
 *
 * Communication is a graph: who should have told whom, by when, over what; an edge is there only where the drill called
 * for it (a message to an audience that fell due, an advice that was asked for, a notice whose clock ran, people who were
 * to be told of an action that was done or of a level that was declared, and of news where it wants them again and again).
 * What was told without any of these is surplus.
 * Escalation is one row a call of a ladder, in the order of the drill, and beside them who was called past the ladder, and how
 * the level of the incident was set. */
#ifndef MU_ANALYSIS_FLOW_H
#define MU_ANALYSIS_FLOW_H

#include "analysis/paper.h"
#include "journal/journal.h"

typedef enum mu_flow_state {
    MU_FLOW_MET, MU_FLOW_LATE, MU_FLOW_MISSING, MU_FLOW_WRONG_CHANNEL, MU_FLOW_WRONG_ORDER, MU_FLOW_SURPLUS, MU_FLOW_OPEN, MU_FLOW_STATES
} mu_flow_state;

typedef struct mu_flow {
    const char *from, *to;  /* "role:ciso", "audience:customers", "external:dpc"; from "" where nobody is named */
    const char *about;      /* "action:triage", "severity:sev1", "obligation:gdpr_33", "news" */
    const char *wanted_via, *via; /* channels of the plan ("" any), the channel used ("" none) */
    int64_t due, done;      /* moments of the exercise; -1 without a time, never */
    mu_flow_state state;
    mu_mark at;
    uint32_t events[3];     /* what called for it, what was done, what failed; 0 none */
} mu_flow;

typedef enum mu_call_state {
    MU_CALL_ANSWERED, MU_CALL_SILENT, MU_CALL_ABSENT, MU_CALL_UNREACHED, MU_CALL_AGAIN, MU_CALL_SKIPPED
} mu_call_state;

typedef struct mu_call {
    int climb;              /* calls of one climb stand together */
    const char *ladder;     /* "escalation:major" */
    int step, try, round;   /* from 1; the round is another where the ladder began again */
    const char *to, *person; /* person "" where nobody could be called */
    int64_t planned, called, answered; /* moments; planned: by the sum of the plan's own times; called -1 skipped, answered -1 not */
    mu_call_state state;
    mu_mark at;
    uint32_t event;
} mu_call;

typedef struct mu_climb_row { /* one start of a ladder */
    int climb;
    const char *ladder, *because; /* "severity:sev1", another ladder, the person who started it */
    bool looped;            /* the ladders that led here had come by this one already */
    int64_t t;
    int first, count;       /* its calls in the list; count 0 where it had no step */
    uint32_t event;
} mu_climb_row;

typedef struct mu_jump {    /* somebody of a later step was called by hand, before the ladder had come there */
    int climb, step, reached; /* the step on which they stand; the last that the ladder had come to */
    const char *by, *to, *person;
    int64_t t;
    mu_mark at;
    uint32_t event;
} mu_jump;

typedef struct mu_level_row { /* a level declared, or changed */
    const char *from, *to, *person; /* from "" at the first */
    bool down, authority_ok;
    int64_t t;
    uint32_t event;
} mu_level_row;

typedef struct mu_flows {
    const mu_flow *flows;     /* in the order in which they were called for; surplus last */
    int flow_count;
    int counts[MU_FLOW_STATES];
    const mu_call *calls;
    int call_count;
    const mu_climb_row *climbs;
    int climb_count;
    const mu_jump *jumps;
    int jump_count;
    const mu_level_row *levels;
    int level_count;
} mu_flows;

/* Owned by `arena`; strings of the journal stay the journal's. */
mu_flows *mu_flows_of(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena);

/* "met", "late", "missing", "wrong channel", "wrong order", "surplus", "open". */
const char *mu_flow_word(mu_flow_state state);
const char *mu_call_word(mu_call_state state);
/* By how much a call came later than the plan's own times; 0 where it did not, or where they give none. */
int64_t mu_call_late(const mu_call *call);

#endif
