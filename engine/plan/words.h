/* words.h - closed lists of the format that are too long for a row of fields.c, each word with what it means. */
#ifndef MU_PLAN_WORDS_H
#define MU_PLAN_WORDS_H

typedef struct mu_word_row {
    const char *list; /* "jurisdictions", "sectors", "data" */
    const char *words, *means; /* one word, or several of one kind with blanks between */
} mu_word_row;

extern const mu_word_row mu_word_rows[]; /* the rows of one list stand together; ends with list == NULL */

#endif
