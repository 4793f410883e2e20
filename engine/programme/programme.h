/* programme.h - an organisation's drills over time: what is drilled, how often, with whom, and who is told. Read from programme.yaml
 * as strictly as a plan; every mistake is said with its place. Owned by its arena, together with the tree it was read from. */
#ifndef MU_PROGRAMME_PROGRAMME_H
#define MU_PROGRAMME_PROGRAMME_H

#include "base/calendar.h"
#include "plan/tree.h"
#include "programme/rules.h"

enum { MU_RANGES = 56, MU_BEFORE = 8, MU_ROTATION = 32 };

typedef struct mu_recipient {
    const char *id, *name;
    const char *mail, *webhook, *slack; /* NULL where not given */
    int64_t opted_in;                   /* local midnight of the day of the yes: nothing is sent before it; INT64_MAX where there is none */
    const char *is;                     /* "person:ana", "external:counsel": whom of the plan a call tree may ask; or NULL */
} mu_recipient;

/* Where those who are asked by a call tree answer. */
typedef struct mu_answers_at {
    const char *at;                /* what links begin with: "https://drills.example.org"; NULL: a call tree is called by hand */
    const char *listen;            /* the address on this machine */
    int port;                      /* 0: any that is free */
    const char *certificate, *key; /* as written: beside the programme; NULL: somebody else does TLS, or it is this machine alone */
} mu_answers_at;

/* Somebody who is told of a drill. */
typedef struct mu_told {
    const mu_recipient *who;
    int64_t before[MU_BEFORE]; /* milliseconds before it: the longest is the invitation, the others are reminders */
    int before_count;
    bool result;
} mu_told;

typedef struct mu_hours_set {
    int ranges[MU_RANGES][2]; /* minutes of the week (base/calendar.h) */
    int count;
} mu_hours_set;

typedef enum mu_on_holiday { MU_NEXT_WORKING_DAY, MU_SKIP, MU_KEEP } mu_on_holiday;
typedef enum mu_within { MU_ANNOUNCED, MU_WEEK, MU_MONTH, MU_QUARTER, MU_YEAR } mu_within;

/* A drill that returns. */
typedef struct mu_series {
    const char *id, *title;
    const char *plan, *assumptions;        /* as written: beside the programme; assumptions may be NULL */
    const char *scenarios[MU_ROTATION];
    int scenario_count;
    bool drawn;                            /* the scenario of each time is drawn, not taken in turn */
    mu_mode mode;
    int64_t first;                         /* local */
    const char *recurrence;                /* NULL: once */
    const mu_node *except, *also;          /* dates; dates and times; single or lists; may be NULL */
    const mu_zone *zone;
    mu_on_holiday on_holiday;
    mu_within unannounced;                 /* the day is drawn within this stretch around the day of the rule */
    mu_hours_set between;                  /* and the time within these hours */
    int64_t lasts;
    int64_t answer_within;                 /* of a call tree: an answer that comes later is late; -1 none is */
    const char *const *players;            /* ids of roles */
    int player_count;
    uint64_t seed;
    const char *fail_on;                   /* "never" where the programme sets no gate */
    bool regression;
    mu_told *told;
    int told_count;
    const mu_node *node;
} mu_series;

typedef struct mu_programme {
    mu_arena *arena;
    const mu_node *root;
    const char *path, *folder; /* of the file; of the drills, beside it unless the file says otherwise */
    const char *title;
    const mu_zone *zone;
    int64_t from;              /* local: nothing is due before */
    uint64_t seed;
    int64_t late_by;           /* a drill that is later than this is missed, and not run any more */
    mu_calendar *holidays;     /* closed days are in it as well */
    mu_hours_set quiet;
    const mu_frequency *rules[32];
    int rule_count;
    mu_recipient *recipients;
    int recipient_count;
    const char *smtp, *mail_from, *smtp_user, *password_in, *webhook_key_in;
    int64_t patience;          /* how long one message may take to be sent */
    int64_t give_up_after;     /* a message that could not be sent for so long is given up */
    mu_answers_at answers;
    mu_series *series;
    int series_count;
} mu_programme;

/* True where the tree is a programme and no plan. */
bool mu_is_programme(const mu_tree *tree);
/* Reads it. Look at the diagnostics: with an error the programme may be a part. */
mu_programme *mu_programme_read(const char *path, mu_tree *tree, mu_diags *diags, mu_arena *arena);
/* A file that the programme names, from where this process stands. */
const char *mu_beside(const mu_programme *programme, const char *name, mu_arena *arena);
/* A moment of the programme's own zone as local time, and back. */
int64_t mu_programme_local(const mu_programme *programme, int64_t utc);

#endif
