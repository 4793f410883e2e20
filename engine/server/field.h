/* field.h - forms as rows: a move of a player, of the facilitator, of an evaluator is a row; its form and the reading of it
 * follow from the row. */
#ifndef MU_SERVER_FIELD_H
#define MU_SERVER_FIELD_H

#include "server/inside.h"

enum { MU_MOVE_FIELDS = 4 };

typedef struct mu_field_row {
    const char *name; /* object, choice, via, text: of the act; NULL ends the row */
    const char *label;
    mu_choices choices;
    bool needed;
} mu_field_row;

typedef struct mu_move_form {
    const char *verb, *title, *button, *hint;
    mu_field_row fields[MU_MOVE_FIELDS + 1];
} mu_move_form;

/* One field with its label; `id` makes its id on the page. */
void mu_field_write(mu_stage *stage, const mu_field_row *field, const char *id, int person, mu_buf *out);
/* The form of a row, folded up. `path` is where it goes: "/play/". */
void mu_form_write(mu_stage *stage, const mu_move_form *form, const char *path, int seat, mu_buf *out);
const mu_move_form *mu_form_of(const mu_move_form *rows, const char *verb);
/* The texts of an act out of a form. NULL, or what is missing. */
const char *mu_form_act(const mu_errand *errand, const mu_move_form *form, mu_act *act);

#endif
