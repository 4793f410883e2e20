/* reader.h - what the files share that read the tree by the table of the format. */
#ifndef MU_PLAN_READER_H
#define MU_PLAN_READER_H

#include "base/index.h"
#include "plan/fields.h"
#include "plan/schema.h"
#include "plan/tree.h"

enum { MU_CANDIDATES = 512, MU_STRUCTS = 256, MU_KINDS = 32, MU_GUESSES = 8000000 }; /* room for the names of all structs, which are fewer than a hundred */

/* The rows of the table that make up one struct. */
typedef struct mu_rows {
    const char *name; /* of the struct, by its address */
    const mu_field *first;
    int count;
} mu_rows;

typedef struct mu_reader {
    mu_tree *tree;
    mu_diags *diags;
    mu_node *root;
    const mu_schema *schema;
    mu_rows structs[MU_STRUCTS]; /* looked for once each */
    const mu_node *sections[MU_KINDS]; /* of each row of mu_kinds, once one was asked for */
    bool has_sections;
    mu_index zones; /* that are known to be there */
    mu_node *steps, **sorted; /* of the playbook that is read: its steps as they stand, and their ids sorted */
    size_t sorted_count, guessed;
    mu_node *step, *step_before; /* the one that named a step last, and the one before it where that named one too */
} mu_reader;

/* Once no more is kept, nothing is formatted either. */
#define SAY(...) (mu_diags_full(r->diags) ? "" : mu_format(mu_diags_arena(r->diags), __VA_ARGS__))

void mu_wrong(mu_reader *r, mu_mark at, int code, const char *text, const char *help);
/* The key that a person would look for: its own, or its list's. */
const char *mu_key_named(const mu_node *n);
bool mu_in_words(const char *word, const char *words);

mu_rows mu_rows_of(mu_reader *r, const char *name);
const mu_field *mu_row_of(mu_rows rows, const char *key);
/* The unknown key of a map that was likely meant to be `key`. */
const mu_node *mu_meant_to_be(mu_reader *r, const mu_node *map, mu_rows rows, const char *key);

/* Files that a value names, beside the plan (attached.c). Each is read, attached to the tree, and its bytes are part of the
 * hash. A calendar (iCalendar) stands then behind its node as a list whose items have their day as `value`; a register
 * (CSV with a head) as a list of the texts of its columns "id" and "name": node->ref. */
void mu_read_attached(mu_reader *r, mu_node *n);
void mu_read_calendar(mu_reader *r, mu_node *n);
void mu_read_register(mu_reader *r, mu_node *n);

/* The nearest id of a kind, or NULL. */
const char *mu_nearest_id(mu_reader *r, const char *kind, const char *id);
/* mu_nearest with a limit on the work of guessing, which no plan of a person comes near: a file made for it could cost seconds. */
const char *mu_guess_word(mu_reader *r, const char *word, const char *const *words, size_t count);
/* Sets `ref`, or says what is wrong and sets `dangling`. */
void mu_read_ref(mu_reader *r, mu_node *n, const char *kinds);
void mu_read_step(mu_reader *r, mu_node *n, const char *words);

#endif
