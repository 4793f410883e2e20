/* inside.h - what the files of this room share: the scenario while it is read and told. */
#ifndef MU_SCENARIO_INSIDE_H
#define MU_SCENARIO_INSIDE_H

#include "scenario/cage.h"
#include "scenario/names.h"
#include "scenario/recall.h"
#include "scenario/scenario.h"
#include "scenario/words.h"

/* One story in one run. */
typedef struct telling {
    bool begun, over, stepped; /* begun: Lua tells it in this run */
    int at;           /* where it stands in what is recalled */
    int lesson_count, lesson; /* of this run: how many it has learned, and the number of the one under way */
    int card;            /* of its last wish */
    int lesson_size;
    mu_recall *recall;
    mu_lesson *lessons; /* what it has learned in this run */
    lua_State *thread;
    int thread_ref, function_ref;
    const mu_verb_word *verb; /* what it waits for */
    int64_t idle, verbs; /* verbs since time passed; verbs in all */
} telling;

/* A name that can only be looked up when the whole file was read. */
typedef struct later {
    int *slot; /* gets the artefact's index; NULL: an objective, only looked for */
    const char *text;
    mu_mark at;
} later;

struct mu_scenario {
    mu_arena *arena;
    const mu_tree *plan;
    mu_script *script;
    cage *cage;
    mu_msel msel;
    mu_known known; /* what the plan knows */

    mu_card *cards;
    mu_artefact *artefacts;
    const char **stories;
    telling *tellings;
    later *laters;
    mu_mark *open; /* nouns with a name and nothing behind it yet */
    const char **open_names;
    int card_size, artefact_size, story_size, later_count, later_size, open_count, open_size;
    int *chunks;  /* per file: reference of its top as a function */
    bool *used;   /* per file: its top ran */
    int names;    /* reference: the numbers of cards by their names */
    int snapshot; /* reference: what stories see outside themselves, to be put back */
    int *kept;    /* which variables of which functions that is (state.c) */
    int kept_count, kept_size;

    int buckets[4096]; /* cards by the hash of their names, each by its number + 1 */
    int64_t texts;     /* bytes copied from cards */

    mu_diags *diags; /* while the top is read, else NULL */
    int exercises;
    bool rerun;   /* the top runs again only to make its stories anew */
    bool playing; /* a story runs */
    int rerun_stories;
    bool again; /* a story keeps a table outside itself: the top must run again for each run */
    bool shares; /* a story assigns a variable outside itself: what it does another may see */

    const mu_outcome *outcome; /* of the step under way */
    mu_wish *wish;
    telling *told;
    const mu_verb_word *calling; /* the verb under way, for the place of its errors */
    mu_buf failure;              /* text of the last failure */
};

mu_scenario *mu_scenario_of(lua_State *L);
/* A diagnostic; the file of the mark is copied for it. */
void mu_scenario_say(mu_scenario *s, mu_level level, int code, mu_mark at, const char *text, const char *help);
/* True once so much was wrong that the rest is not worth reading. */
bool mu_scenario_full(const mu_scenario *s);
/* The place of the call that is under way, with the file it stands in. */
mu_mark mu_scenario_here(lua_State *L, const mu_script_file **file);

/* Puts the nouns and the verbs into the cage (nouns.c, verbs.c). */
void mu_nouns_open(mu_scenario *s);
void mu_verbs_open(mu_scenario *s);
void mu_verbs_name_cards(mu_scenario *s);
/* Looks up what waits for the end of the file, and judges cards against each other (finish.c). */
void mu_scenario_finish(mu_scenario *s);
/* Checks what stands literally behind the verbs (finish.c). */
void mu_scenario_check_verbs(mu_scenario *s);
/* Looks for words that no scenario has in what the top does not run (unknown.c). */
void mu_scenario_check_words(mu_scenario *s);
/* Keeps what the stories see outside themselves, or finds that it cannot be kept; puts it back (state.c). */
void mu_state_keep(mu_scenario *s);
void mu_state_restore(mu_scenario *s);
/* True where the function on top, or one inside it, assigns a variable of around it (assigns.c). */
bool mu_assigns_around(lua_State *L);
/* The same text as a scenario may show it: strict UTF-8 without control characters; NULL, or why not. */
const char *mu_unclean(const char *text, size_t len, bool one_line);
/* A length that is the same in every calendar: milliseconds to days. False where `text` is none. */
bool mu_length_read(const char *text, int64_t *ms);
/* Runs all top levels; false where one failed, which is said if `diags` is set. */
bool mu_scenario_top(mu_scenario *s);
/* The number of a card by its name; -1. The last card is put under its name by the other. */
int mu_scenario_card(const mu_scenario *s, const char *name);
void mu_scenario_name_card(mu_scenario *s);

/* Reads the table at `index` of L into the card, artefact or exercise at `into`, by the rows of words.c (reader.c). */
typedef struct reader {
    mu_scenario *s;
    lua_State *L;
    unsigned noun;
    const char *word, *name;
    const mu_script_file *file;
    const mu_noun_place *place; /* NULL where the card is computed */
    mu_mark at;
    void *into;
    bool within; /* a time was given */
} reader;
void mu_reader_read(reader *r, int index);

#define SAID(s, ...) mu_format((s)->arena, __VA_ARGS__)

#endif
