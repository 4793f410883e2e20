/* event.h - the one list of what can happen in an exercise, and what is said of it. A row of the table is a kind: its
 * name and its fields. The writer, the reader, the report and the documentation all read this table.
 *
 * An event carries numbers only; a text or a name is a symbol (symbols.h). Moments are milliseconds of exercise time. */
#ifndef MU_JOURNAL_EVENT_H
#define MU_JOURNAL_EVENT_H

#include <stddef.h>
#include <stdint.h>

enum { MU_FIELDS = 11 };

typedef enum mu_kind_of_event {
    EV_NONE,
    /* what the run is made of */
    EV_PINNED, EV_OPTION, EV_PERSON_PINNED, EV_ASSUMED, EV_OBJECTIVE_PINNED, EV_STAFF_PINNED, EV_CARD_PINNED,
    /* the clock */
    EV_START, EV_END, EV_PAUSE, EV_RESUME, EV_SPEED, EV_JUMP, EV_STOP, EV_DOWNTIME, EV_EXTENDED,
    /* what people do: the inputs */
    EV_ACT,
    /* people and roles */
    EV_ROLE_FILLED, EV_ROLE_UNFILLED, EV_ROLE_SHORT, EV_HANDOVER, EV_SHIFT_OVER, EV_AWAY, EV_BACK, EV_SEAT,
    /* the world */
    EV_DOWN, EV_UP, EV_CHANNEL_DOWN, EV_CHANNEL_UP, EV_CHANNEL_SWITCHED, EV_COMPROMISED, EV_WRONG_CONTACT, EV_FACT, EV_AWARE,
    EV_PHASE,
    /* injects and questions */
    EV_INJECT_DELIVERED, EV_INJECT_HELD, EV_INJECT_DEFERRED, EV_INJECT_CANCELLED, EV_INJECT_SKIPPED, EV_CONTINGENCY,
    EV_INJECT_UNHEARD, EV_PROMPT_OPEN, EV_PROMPT_ANSWERED, EV_PROMPT_SILENT, EV_EXPECT_MET, EV_EXPECT_MISSED, EV_EXPECT_OPEN,
    EV_STORY_STARTED, EV_STORY_ENDED, EV_STORY_FAILED, EV_CHANCE, EV_NOTE,
    /* messages */
    EV_NOTIFY_ATTEMPT, EV_NOTIFY_DELIVERED, EV_NOTIFY_OPENED, EV_NOTIFY_ACK, EV_NOTIFY_WAITS, EV_NOTIFY_FAIL,
    EV_MESSAGE_DRAFTED, EV_MESSAGE_APPROVED, EV_MESSAGE_RELEASED,
    /* the ladder */
    EV_ESCALATE_TRIGGER, EV_ESCALATE_STEP, EV_ESCALATE_ANSWERED, EV_ESCALATE_RESUMED, EV_ESCALATE_EXHAUSTED, EV_ESCALATE_VOID,
    /* severity and its clocks */
    EV_SEVERITY_INDICATED, EV_DECLARED, EV_SEVERITY_SET, EV_SEVERITY_CHANGED, EV_SEVERITY_CONFIRMED, EV_SEVERITY_BACK, EV_QUORUM_MET, EV_QUORUM_LOST,
    EV_CLOCK_START, EV_CLOCK_MET, EV_CLOCK_MISSED, EV_CLOCK_PAUSED, EV_CLOCK_RESUMED, EV_CLOCK_VOID, EV_CLOCK_OPEN,
    /* actions of the plan */
    EV_STEP_OPEN, EV_STEP_DONE, EV_STEP_SKIPPED, EV_STEP_BACK,
    EV_TASK_ASSIGNED, EV_TASK_START, EV_TASK_WAIT, EV_TASK_CONSULTED, EV_TASK_BLOCKED, EV_TASK_BACK, EV_TASK_DONE, EV_TASK_OPEN,
    EV_DECISION_REQUESTED, EV_DECISION_MADE,
    EV_ENGAGE_START, EV_ENGAGE_DONE, EV_ENGAGE_FAIL,
    EV_LOOKUP_HIT, EV_LOOKUP_MISS, EV_IMPROVISE, EV_BLOCKED_SAID, EV_ASKED, EV_OBSERVATION, EV_GAP_NOTED, EV_RATING, EV_TAKEN_BACK,
    /* what people say afterwards */
    EV_WASH_SAID, EV_WASH_VOTE, EV_ITEM_AGREED, EV_WAIVED,
    EV_KINDS
} mu_kind_of_event;

typedef enum mu_field_type {
    F_END,
    F_NAME,     /* a symbol: an id with its kind, a card's name, a text; "" is null */
    F_NUMBER,
    F_YES,
    F_MOMENT,   /* milliseconds of exercise time */
    F_DURATION, /* milliseconds */
    F_EVENT,    /* the number of an earlier event, 0 for none */
} mu_field_type;

typedef struct mu_event_field {
    const char *key;
    mu_field_type type;
} mu_event_field;

typedef struct mu_event_kind {
    const char *name;
    mu_event_field fields[MU_FIELDS + 1];
} mu_event_kind;

extern const mu_event_kind mu_event_kinds[EV_KINDS];

typedef struct mu_event {
    uint32_t n;             /* from 1; 0 before it is written */
    mu_kind_of_event kind;
    int64_t t;              /* exercise milliseconds */
    int64_t wall;           /* Unix milliseconds, or -1 where no wall clock took part */
    int64_t arg[MU_FIELDS]; /* in the order of the kind's fields; of an event in a journal there are no others */
} mu_event;

/* The index of a field of a kind by its key, or -1. */
int mu_event_field_of(mu_kind_of_event kind, const char *key);
/* The kind with this name, or EV_NONE. */
mu_kind_of_event mu_event_kind_of(const char *name);

/* What the clock of an event "clock.*" gives time for, around the name of its subject: "the time to declare " and "". */
const char *const *mu_clock_words(const char *clock);

#endif
