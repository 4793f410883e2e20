/* msel.h - the master scenario events list as the engine knows it: what the top of a scenario file lays on the table,
 * and the story-tellers that play it. The engine never sees Lua; the room `scenario` fills these in.
 *
 * Times are milliseconds of exercise time, 0 at STARTEX. Strings and nodes belong to the scenario and to the plan. */
#ifndef MU_CORE_MSEL_H
#define MU_CORE_MSEL_H

#include <string.h>

#include "plan/tree.h"

typedef enum mu_card_kind { MU_INJECT, MU_QUESTION, MU_DECISION } mu_card_kind;
typedef enum mu_card_class { MU_CLASS_INJECT, MU_CLASS_CONTEXTUAL, MU_CLASS_CONTINGENCY } mu_card_class;

/* A name of the scenario that was looked up in the plan: `node` is what it names (NULL for team:all and for the acts of
 * people, "acknowledge", "declare" and so on, that are no action of the matrix), `text` how it is written with its kind
 * ("role:legal_counsel", "action:triage", "act:look_up"). */
typedef struct mu_name {
    const char *text;
    const mu_node *node;
} mu_name;

typedef struct mu_names {
    const mu_name *list;
    int count;
} mu_names;

typedef struct mu_choice {
    const char *id, *text; /* "isolate", "Cut it off now" */
} mu_choice;

typedef struct mu_artefact {
    const char *name, *kind, *body;
} mu_artefact;

typedef struct mu_card {
    mu_card_kind kind;
    mu_card_class class;
    const char *name;
    mu_mark declared;
    int64_t at;            /* -1: a story plays it */
    const char *from;      /* free text: who seems to send it; may be NULL */
    mu_names to;           /* roles, people, teams, externals */
    mu_name via;           /* a channel; text NULL where none is named */
    const char *says;      /* what is heard, or what is asked */
    const char *tests;     /* id of an objective, or NULL */
    const char *controller;
    const mu_choice *answers;
    int answer_count;
    int64_t within;        /* for an answer, or for all of `expect`; -1: none */
    mu_names expect;       /* actions of the matrix, or acts */
    mu_names unless;       /* a contingency card is played only if none of these has happened */
    mu_names down, up;     /* dependencies, assets, channels, resources */
    mu_names away, back;   /* people */
    mu_names compromised;  /* channels, and things under them, in which somebody reads along from now on */
    mu_names wrong;        /* people and externals: the first address that the plan has for them is not theirs */
    const char *const *facts;
    int fact_count;
    const int *shows;      /* indices of artefacts */
    int show_count;
    const char *const *attack; /* ATT&CK ids */
    int attack_count;
    const char *one_of;    /* name of a group of which one card is played, or NULL */
    bool hold;             /* waits for the facilitator */
} mu_card;

/* The number of an answer of a card by its id, -1 where it is none. Mostly it is the card's own text, and not an equal one. */
static inline int mu_answer_of(const mu_card *c, const char *id)
{
    for (int i = 0; i < c->answer_count; i++)
        if (c->answers[i].id == id)
            return i;
    for (int i = 0; i < c->answer_count; i++)
        if (strcmp(c->answers[i].id, id) == 0)
            return i;
    return -1;
}

typedef struct mu_objective {
    const char *id, *text;
} mu_objective;

/* What a story asks of the engine. `text` lives until the story's next step. */
typedef enum mu_verb {
    MU_SAYS_WAIT,    /* ms */
    MU_SAYS_DELIVER, /* card */
    MU_SAYS_ASK,     /* card */
    MU_SAYS_AWAIT,   /* card; returns at once where it was played */
    MU_SAYS_PHASE,   /* text */
    MU_SAYS_FACT,    /* text */
    MU_SAYS_AWARE,   /* text: a fact that starts legal awareness */
    MU_SAYS_NOTE,    /* text */
    MU_SAYS_CHANCE,  /* number: percent; the outcome's number is 1 or 0 */
    MU_SAYS_PICK,    /* number: how many; the outcome's number is 1..number */
    MU_SAYS_FINISH,  /* text: the exercise ends */
    MU_SAYS_END,     /* the story is over */
    MU_SAYS_FAILED,  /* text: why, at `at`; the story is over and the facilitator hears of it */
} mu_verb;

typedef struct mu_wish {
    mu_verb verb;
    int card;       /* index, where the verb takes one */
    int64_t ms, number;
    const char *text;
    mu_mark at;     /* of a failure; else the begin of the file */
} mu_wish;

/* What a story learns. For `ask`: the answer's id (NULL for silence), who answered, whether the first one asked failed,
 * whether nobody was left, how long it took. For the others only `number` counts. */
typedef struct mu_outcome {
    const char *answer, *by;
    bool late, silence;
    int64_t took, number;
} mu_outcome;

/* Why a story failed whose teller was lost. No script can do that again, so a drill that is played again takes it from
 * its journal. */
#define MU_TELLER_LOST "the script worker was stopped"

/* Whoever tells the stories: the room `scenario` in this process, or a worker behind a pipe. */
typedef struct mu_teller {
    void *self;
    /* All stories anew, as at STARTEX. False where it could not be done. */
    bool (*restart)(void *self);
    /* Runs story `story` until its next wish. `in` is what it waited for; NULL at its first step. */
    void (*step)(void *self, int story, const mu_outcome *in, mu_wish *out);
} mu_teller;

typedef struct mu_msel {
    const char *title, *kind;
    int64_t starts;          /* local milliseconds since 1970-01-01 00:00 in the organisation's zone */
    int64_t lasts;           /* milliseconds */
    const mu_node *severity; /* ground truth, or NULL: it follows from the facts */
    const mu_objective *objectives;
    int objective_count;
    mu_names evaluators, director; /* people; `node` NULL for somebody from outside */
    const mu_card *cards;
    int card_count;
    const mu_artefact *artefacts;
    int artefact_count;
    const char *const *stories;
    int story_count;
    const char *hash;        /* BLAKE2b-256 of the file, in hex */
} mu_msel;

#endif
