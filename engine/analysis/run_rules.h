/* run_rules.h - what the rules of a run share. */
#ifndef MU_ANALYSIS_RUN_RULES_H
#define MU_ANALYSIS_RUN_RULES_H

#include "analysis/judge.h"
#include "analysis/run.h"

enum { MU_PROOFS = 64 };

/* Events that prove one finding, each once; of very many the first are kept. */
typedef struct mu_proof {
    uint32_t list[MU_PROOFS], last;
    int count, kept; /* how many there are, and how many of them stand in the list */
    bool observed; /* it can only have come from a person: a note, a word at the keyboard */
} mu_proof;

typedef struct mu_trial {
    mu_judge judge;        /* of the findings of the run */
    mu_journal *journal;
    size_t count;          /* events */
    uint32_t first[EV_KINDS], *next; /* of each kind the first event, and of each event the next of its kind; 0 none */
    const mu_findings *paper; /* what the plan shows without a run; NULL where that was not asked */
    mu_set played;         /* people whom a person at the keyboard played; a stand-in played the others */
} mu_trial;

typedef struct mu_run_rule {
    const char *gap;
    void (*judge)(mu_trial *t);
    const char *how; /* one sentence: what of the events shows it */
} mu_run_rule;

/* Counts and indexes the events of `journal`; judge and journal are set. */
void mu_trial_begin(mu_trial *t);
/* The next event of a kind after `after` (the first where that is NULL); NULL where there is none. */
const mu_event *mu_next_of(const mu_trial *t, const mu_event *after, mu_kind_of_event kind);
#define MU_EVENTS(e, trial, what) for (const mu_event *e = mu_next_of(trial, NULL, what); e; e = mu_next_of(trial, e, what))

const char *mu_word(const mu_trial *t, const mu_event *e, const char *key);
/* The node of the plan that a field names ("role:ciso"), or NULL. */
const mu_node *mu_named(const mu_trial *t, const char *name);
void mu_prove(mu_proof *proof, const mu_event *e);
/* The finding of the same gap and subject, of several the one at the same place; NULL where there is none. */
mu_finding *mu_same_finding(const mu_findings *found, const mu_finding *x);
/* What came of something: the event where it came, or the end of the drill by which it had not. */
void mu_prove_outcome(const mu_trial *t, mu_proof *proof, const mu_event *came);
/* Proofs by the thing of the plan that they speak of. Starts as MU_TALLY(trial). */
typedef struct mu_tally {
    mu_set things;
    mu_proof *proofs; /* of each thing */
    size_t room;
} mu_tally;
#define MU_TALLY(t) {.things = MU_SET(&(t)->judge)}
/* The proof of a thing, empty at first; until the next thing is asked for. */
mu_proof *mu_tally_of(mu_trial *t, mu_tally *tally, const mu_node *thing);
/* Everything of the plan that a field of the events of this kind names, with those events. */
void mu_things_of(mu_trial *t, mu_kind_of_event kind, const char *key, mu_tally *tally);
/* The first event of the first of a tally's things that `n` is or stands on; NULL where it stands on none. */
const mu_event *mu_first_under(const mu_trial *t, const mu_tally *tally, const mu_node *n);
/* The actions of the drill, each with the events by which it was handed out or stood still. */
void mu_called_for(mu_trial *t, mu_tally *actions);
/* The step of a playbook that a field names ("step:ransomware/triage"), or NULL. Linear in the steps of that playbook. */
const mu_node *mu_step_named(const mu_trial *t, const char *name);
/* Finds with its events. `confidence` is "deterministic" where no behaviour could change it, else "simulated". That becomes
 * "observed" where people at the keyboard, and no stand-in, did what the events show, or were asked for it in vain. */
mu_finding *mu_shown(mu_trial *t, const char *gap, const char *subject, mu_mark at, const char *text, const char *proof, const char *confidence,
              const mu_proof *events);
/* The finding comes of the one person who alone holds a role; of a role with more, or with a rotation, of nobody. */
void mu_caused_by_only(const mu_trial *t, mu_finding *f, const mu_node *role);
/* The event with number n, or NULL. */
const mu_event *mu_numbered(const mu_trial *t, int64_t n);
/* "18:20", the local time of a moment of the exercise. */
const char *mu_clock_time(const mu_trial *t, int64_t at);

/* What a sentence calls the thing that a field names (mu_title); the id behind the kind where the plan has none. */
const char *mu_who(const mu_trial *t, const char *name);
/* The id behind the kind: "ciso" of "role:ciso". */
const char *mu_id_of(const char *name);
bool mu_says(const mu_trial *t, const mu_event *e, const char *key, const char *word);
/* True where a field has this value in an earlier event of the same kind: each subject is judged once. */
bool mu_seen_before(const mu_trial *t, const mu_event *e, const char *key);
/* True where this gap of this subject was found in the run already: each subject is judged once. */
bool mu_shown_already(const mu_trial *t, const char *gap, const char *subject);
/* How long something took, to the minute: "25 min", "4 h 20 min". */
const char *mu_lasted(const mu_trial *t, int64_t ms);
/* The event by which a missed clock was met in the end; NULL where it never was. */
const mu_event *mu_met_after(const mu_trial *t, const mu_event *missed);
/* "12 min", "10 min 04 s": how long what met a missed clock in the end had taken. */
const char *mu_took(const mu_trial *t, const mu_event *missed, const mu_event *met);
/* "had 10 min and took 12 min", "... never happened": of a missed clock and what met it in the end (or NULL). */
const char *mu_had_and_took(const mu_trial *t, const mu_event *missed, const mu_event *met);
/* Finds for every missed clock of this name; `key` is where its target stands, `what` what was to happen: "News of". */
void mu_clock_missed_of(mu_trial *t, const char *gap, const char *clock, const char *key, const char *what);
#define SAY(...) MU_SAY(&t->judge, __VA_ARGS__)
#define TITLE(n) mu_title(&t->judge, n)

/* Each ends with gap == NULL. */
extern const mu_run_rule mu_run_rules_roles[], mu_run_rules_functions[], mu_run_rules_communications[], mu_run_rules_audiences[],
    mu_run_rules_escalations[], mu_run_rules_hygiene[], mu_run_rules_duties[], mu_run_rules_law[], mu_run_rules_timing[],
    mu_run_rules_load[], mu_run_rules_resources[], mu_run_rules_evidence[];
/* Of a call tree, in which nobody acts: these alone. */
extern const mu_run_rule mu_run_rules_calltree[];
/* All but those, ended by NULL. */
extern const mu_run_rule *const mu_run_rules[];

#endif
