/* line.h - a line that was typed, while it is being read: for the files of the terminal that know the moves. */
#ifndef MU_PARTICIPANTS_LINE_H
#define MU_PARTICIPANTS_LINE_H

#include "participants/seen.h"

typedef struct mu_typed_line {
    mu_terminal *t;
    const char *rest; /* behind the move's own word */
    mu_buf *out;
} mu_typed_line;

typedef struct mu_move_row {
    const char *word, *does;
    mu_move (*parse)(mu_typed_line *l);
} mu_move_row;

/* The facilitator's moves; ends with word == NULL. */
extern const mu_move_row mu_steering[];

/* Says why a line is no move. */
mu_move mu_line_refused(mu_typed_line *l, const char *text);
/* What is typed behind a move that takes no text stands beside it in the record; behind a line that is no move, nowhere. */
mu_move mu_line_with_words(mu_typed_line *l, mu_move m);
/* The next word of the rest; "" at its end. All of the rest; NULL where nothing is left. */
const char *mu_line_word(mu_typed_line *l);
const char *mu_line_rest(mu_typed_line *l);
/* Whether two words have the same letters, small or capital. */
bool mu_line_same(const char *a, const char *b);
/* A length of time, in milliseconds, or -1. */
int64_t mu_line_length(mu_typed_line *l);
/* What the next words name in the plan, as "role:legal_counsel": an id, or what the plan calls it, in any case, a blank being
 * as good as an underscore; as many words as fit are taken. With its kind ("escalation:major") it may be written as well. NULL
 * where the plan has nothing of that name: then what is near, or what there is, has been said. */
typedef enum mu_line_set {
    MU_LINE_ACTION, MU_LINE_LEVEL, MU_LINE_LADDER, MU_LINE_CHANNEL, MU_LINE_ROLE, MU_LINE_PERSON, MU_LINE_AUDIENCE,
    MU_LINE_WHOM,   /* who can be told something */
    MU_LINE_THING,  /* what can be down */
    MU_LINE_SUBJECT /* what can have a gap */
} mu_line_set;
const char *mu_line_named(mu_typed_line *l, mu_line_set set);
/* The same; `how` is said where nothing was typed. */
const char *mu_line_meant(mu_typed_line *l, mu_line_set set, const char *how);
/* The same without a word where nothing fits: then nothing is taken. */
const char *mu_line_try(mu_typed_line *l, mu_line_set set);
mu_move mu_line_facilitator(const char *verb, const char *object);

#endif
