/* run.h - the machine that plays a scenario against a plan and writes the journal. It executes the plan inside the
 * scenario's world; who answers, people or stand-ins, is not its business.
 *
 * The engine is told the time: it reads no clock, starts no thread, opens nothing. Whoever runs it calls mu_run_advance with
 * the exercise time until which everything that is due shall happen; a simulated run jumps from wake-up to wake-up, a
 * live run sleeps until the next. What people do comes in by mu_run_post. The same plan, scenario, options and acts at
 * the same moments give the same journal. */
#ifndef MU_CORE_RUN_H
#define MU_CORE_RUN_H

#include "core/msel.h"
#include "core/world.h"
#include "journal/journal.h"

#define MU_NEVER INT64_MAX

typedef struct mu_run mu_run;

/* An act of a person, in words of the plan; fields that a verb does not use are NULL. */
typedef struct mu_act {
    const char *seat;   /* "stand-in", "terminal", "facilitator" */
    const char *role;   /* "role:ciso", or NULL */
    const char *person; /* "person:ana", or NULL for the facilitator */
    const char *verb;   /* a row of mu_verbs */
    const char *object; /* "message:12", "prompt:3", "action:triage", "severity:sev1", "card:ransom note", ... */
    const char *choice; /* the answer, the outcome, to whom */
    const char *via;    /* a channel */
    const char *text;   /* a reason, in the person's own words */
    int sure;           /* 1 unsure, 2 fairly, 3 certain; 0 not said */
    const char *id;     /* the caller's own; a repeated one is taken once */
    int64_t known[8];   /* symbols of the eight texts, in their order, where the caller has them; 0 where not */
} mu_act;

typedef struct mu_verb_row {
    const char *verb;
    bool facilitator;
    const char *object, *does; /* what it takes, and one line of help */
    bool anybody;              /* of the team or not: the hot wash */
} mu_verb_row;

extern const mu_verb_row mu_verbs[]; /* ends with verb == NULL */

/* True where what somebody signs with has a name in front of the function; "facilitator" and ", director" have none. */
bool mu_is_named(const char *by);

typedef struct mu_names_list {
    const char *const *list;
    int count;
} mu_names_list;

/* How people are taken to behave where nobody plays them, and where that came from; the engine only writes it down. */
typedef struct mu_assumed {
    const char *habit, *person; /* "acknowledge"; "person:ana", NULL for everybody else */
    const char *origin;         /* "default", "asked", "measured" */
    int64_t usual;              /* milliseconds that half of them stay under */
    int never;                  /* percent */
} mu_assumed;

typedef struct mu_run_options {
    uint64_t seed;
    int64_t starts_local;      /* local milliseconds of STARTEX */
    mu_names_list away, down;  /* ids of people; of things, "channel:pager" or bare */
    mu_names_list play;        /* ids of roles that are asked, not stood in for */
    mu_names_list players;     /* ids of people who are asked, whatever they hold */
    const char *engine, *assumptions; /* version; hash */
    const mu_assumed *assumed;
    int assumed_count;
    const char *mode;          /* "model", "facilitated", "functional" */
    const char *clock;         /* "steps": time stands while somebody is asked; NULL: it runs */
    bool facilitator;          /* somebody can release what is held */
} mu_run_options;

/* What is written is shown here, in order. It must not call the run. */
typedef struct mu_watcher {
    void (*saw)(void *self, const mu_event *event);
    void *self;
    const bool *kinds; /* of each kind of event: it is shown; NULL: all are */
} mu_watcher;

/* The plan is pinned: it must not change while the run lives. Owned by nobody else; free with mu_run_free. */
mu_run *mu_run_new(const mu_tree *plan, const mu_msel *msel, mu_teller teller, mu_journal *journal, const mu_run_options *options);
/* As new, for one run after another with other options: plan, scenario, journal and watchers stay. The journal is cleared
 * by whoever owns it. */
void mu_run_again(mu_run *run, const mu_run_options *options);
void mu_run_watch(mu_run *run, mu_watcher watcher); /* at most four */
void mu_run_free(mu_run *run);

/* Names of options that are no names of the plan; NULL where all are. Call before mu_run_start. */
const char *mu_run_unknown(mu_run *run);

/* Writes record 1 and what follows it, and STARTEX. False where the teller cannot start. */
bool mu_run_start(mu_run *run);
/* Before that: who is asked at a screen of their own, and that somebody leads. The names must live as long as the run. */
void mu_run_players(mu_run *run, mu_names_list players);
/* Does all that is due until `now`, and says when to come back; MU_NEVER once the exercise is over. */
int64_t mu_run_advance(mu_run *run, int64_t now);
/* Takes an act at `now`, after all that was due before. NULL where it was taken; else why not, in words, and nothing was
 * written. */
const char *mu_run_post(mu_run *run, int64_t now, const mu_act *act);
/* Why it would not be taken at this moment, or NULL. Nothing is done and nothing written. */
const char *mu_run_would_refuse(mu_run *run, const mu_act *act);
/* Ends the exercise now. */
void mu_run_end(mu_run *run, int64_t now, const char *why);
bool mu_run_over(const mu_run *run);
int64_t mu_run_now(const mu_run *run);
/* What a live caller notes of its wall clock in each event from now on; -1 for none. */
void mu_run_wall(mu_run *run, int64_t unix_ms);

/* ---- looking, for seats ---- */

mu_world *mu_run_world(mu_run *run);
const mu_msel *mu_run_msel(const mu_run *run);
/* The number of the card whose name ("card:ransom note") is this symbol, or -1. */
int mu_run_card(const mu_run *run, int64_t symbol);
/* True where somebody plays whoever this is: a person with a screen of their own, or the present holder of a played role. */
bool mu_run_played(mu_run *run, int64_t person);
/* The level that whoever looks at it again finds: what is declared, or what the plan's tests read where that is worse. A symbol, 0 none. */
int64_t mu_run_level(mu_run *run);
/* The action of a task, the actions that a card expects and so on, for stand-ins: NULL where there is none. */
const mu_node *mu_run_task_action(const mu_run *run, int64_t task);
/* The ladder of the plan by which somebody is called ("ladder:2" is call 2); NULL for no such call. */
const mu_node *mu_run_called_by(const mu_run *run, int64_t climb);
/* True while some card's wish for this action is not met. */
bool mu_run_expected(const mu_run *run, const mu_node *action);
/* The outcomes that the step of a task may have, `decides` of the plan; NULL where it decides nothing. */
const mu_node *mu_run_task_outcomes(const mu_run *run, int64_t task);
bool mu_run_message_open(const mu_run *run, int64_t message);
/* Whom the plan or the card named: "role:ciso". */
const char *mu_run_message_to(const mu_run *run, int64_t message);
/* Whether what a message asks for is still to come from whom it reached: the task, the advice, the decision, the words to an
 * audience; of anything else, that it is acknowledged. */
bool mu_run_message_awaits(const mu_run *run, int64_t message);
/* Whom this call of a ladder reached has taken one of its calls: the others ask for nothing any more. */
bool mu_run_call_taken(const mu_run *run, int64_t message);
/* By when; -1 where the plan gives no time. */
int64_t mu_run_message_due(const mu_run *run, int64_t message);
/* Of words to an audience: whom or what the plan puts before them and is not there yet, a symbol; 0 where the order is kept. */
int64_t mu_run_message_before(mu_run *run, int64_t message);
/* What it is about, a symbol: a card, a task, a prompt, ... */
int64_t mu_run_message_about(const mu_run *run, int64_t message);
bool mu_run_prompt_open(const mu_run *run, int64_t prompt);
/* How many messages and questions there have been; whose one is (a symbol, 0 nobody's), and of a message by which channel
 * and when it came. */
int64_t mu_run_messages(const mu_run *run);
int64_t mu_run_message_person(const mu_run *run, int64_t message);
int64_t mu_run_message_delivered(const mu_run *run, int64_t message);
int64_t mu_run_prompts(const mu_run *run);
int64_t mu_run_prompt_person(const mu_run *run, int64_t prompt);
int mu_run_prompt_card(const mu_run *run, int64_t prompt);
/* -1: no time runs. */
int64_t mu_run_prompt_until(const mu_run *run, int64_t prompt);
/* True where a message asked for advice or a decision that was given. */
bool mu_run_message_answered(const mu_run *run, int64_t message);
/* How many tasks there have been; of one: whose it is (a symbol, 0 where it is done or nobody's), how it stands in
 * words, by when it is due (-1: no time). */
int64_t mu_run_tasks(const mu_run *run);
int64_t mu_run_task_person(const mu_run *run, int64_t task);
const char *mu_run_task_state(const mu_run *run, int64_t task);
int64_t mu_run_task_due(const mu_run *run, int64_t task);
/* True for an action that is the declaration itself, while nothing is declared: whoever is played ends it by naming the level. */
bool mu_run_to_declare(const mu_run *run, const mu_node *action);
/* By when the incident has to be declared; -1 where it is, or where no such time runs. */
int64_t mu_run_declare_due(const mu_run *run);
/* "to come", "held", "played", "off the list". */
const char *mu_run_card_state(const mu_run *run, int card);
/* When a card is to come now, a moment: as it was moved, or as the list has it; -1 where a story plays it. */
int64_t mu_run_card_at(const mu_run *run, int card);
/* When it was played, -1 where it was not. */
int64_t mu_run_card_played(const mu_run *run, int card);
/* What a card expects, as it stands now: "open", "met", "missed"; NULL where it expects nothing. *until is the end of the
 * window of what is open, -1 none. */
const char *mu_run_card_expects(const mu_run *run, int card, int64_t *until);
/* Its name as a symbol, "card:ransom note". */
int64_t mu_run_card_name(const mu_run *run, int card);
bool mu_run_authority(const mu_run *run, int role, const char *authority);

#endif
