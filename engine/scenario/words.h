/* words.h - the words of a scenario as tables: nouns, verbs, what else the cage offers, and the keys of every card.
 * The reader, the checks, the cage and the test of scripts/muster.lua all go by these rows. */
#ifndef MU_SCENARIO_WORDS_H
#define MU_SCENARIO_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/msel.h"

enum mu_noun {
    MU_EXERCISE = 1,
    MU_NOUN_INJECT = 2,
    MU_NOUN_QUESTION = 4,
    MU_NOUN_DECISION = 8,
    MU_NOUN_ARTEFACT = 16,
    MU_NOUN_STORY = 32,
    MU_NOUN_USE = 64,
    MU_NOUN_CARDS = MU_NOUN_INJECT | MU_NOUN_QUESTION | MU_NOUN_DECISION,
};

typedef struct mu_noun_word {
    const char *word;
    unsigned noun;
    const char *example; /* how a card of it is written */
} mu_noun_word;

/* What a verb takes, which is also how a literal behind it is checked before anything runs. */
typedef enum mu_takes {
    MU_TAKES_DURATION,
    MU_TAKES_INJECT,
    MU_TAKES_QUESTION,
    MU_TAKES_CARD,
    MU_TAKES_PHASE,
    MU_TAKES_FACT,
    MU_TAKES_TEXT,
    MU_TAKES_PERCENT,
    MU_TAKES_LIST,
} mu_takes;

typedef struct mu_verb_word {
    const char *word;
    mu_verb verb;
    mu_takes takes;
    const char *example;
} mu_verb_word;

typedef enum mu_key_type {
    MU_KEY_TEXT,     /* what is heard: any length that a text may have */
    MU_KEY_LINE,     /* one line */
    MU_KEY_WORD,     /* letters, digits and _ - . */
    MU_KEY_DURATION, /* of a fixed length */
    MU_KEY_TIME,
    MU_KEY_YES,
    MU_KEY_ENUM,  /* one of `of` */
    MU_KEY_NAMES, /* names of the plan; bare ones are of the first kinds of `of`, before a bar */
    MU_KEY_NAME,  /* one of them */
    MU_KEY_WHO,   /* people: of the plan, or by any other name somebody from outside */
    MU_KEY_ACTS,  /* actions of the matrix, or acts; a list may hold `within` */
    MU_KEY_FACTS,
    MU_KEY_SHOWS,      /* names of artefacts */
    MU_KEY_TESTS,      /* id of an objective */
    MU_KEY_ANSWERS,    /* "id: text", in the order they are offered */
    MU_KEY_OBJECTIVES, /* the same */
    MU_KEY_ATTACK,     /* ids of ATT&CK */
    MU_KEY_PLAYBOOK,   /* what a playbook covers */
    MU_KEY_SEVERITY,
    MU_KEY_FILE, /* beside the scenario */
} mu_key_type;

typedef struct mu_key_word {
    const char *key;
    unsigned nouns; /* where it may stand */
    mu_key_type type;
    const char *of;
    unsigned required; /* in these nouns */
    size_t offset;     /* in mu_card, mu_artefact or mu_msel, by the noun */
} mu_key_word;

extern const mu_noun_word mu_noun_words[]; /* these four end with a row of NULL */
extern const mu_verb_word mu_verb_words[];
extern const mu_key_word mu_key_words[];
extern const char *const mu_act_words[]; /* what people do that is no action of the matrix */

const mu_noun_word *mu_noun_find(const char *word, size_t len);
const mu_verb_word *mu_verb_find(const char *word, size_t len);
const mu_key_word *mu_key_find(unsigned noun, const char *key);

#endif
