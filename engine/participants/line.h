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
/* The next word of the rest; "" at its end. All of the rest; NULL where nothing is left. */
const char *mu_line_word(mu_typed_line *l);
const char *mu_line_rest(mu_typed_line *l);
/* A length of time, in milliseconds, or -1. */
int64_t mu_line_length(mu_typed_line *l);
/* "legal" as "role:legal" where the plan has it in that section; a kind that is written stays. */
const char *mu_line_kind(mu_typed_line *l, const char *id, const char *kind, const char *section);
/* The same for somebody who can be told something, and for what can be down. */
const char *mu_line_whom(mu_typed_line *l, const char *id);
const char *mu_line_thing(mu_typed_line *l, const char *id);
mu_move mu_line_facilitator(const char *verb, const char *object);

#endif
