/* splice_parts.h - what the two files of the splice share: what was asked for (splice.c), and the bytes that it comes to
 * (splice_bytes.c). */
#ifndef MU_PLAN_SPLICE_PARTS_H
#define MU_PLAN_SPLICE_PARTS_H

#include "plan/splice.h"

/* One replacement of bytes of a file. */
typedef struct mu_edit {
    size_t from, to;
    const char *text;
    int depth; /* of what goes in at one place the deepest comes first, as it ends what stands above; -1, a comment, last */
} mu_edit;

typedef struct mu_text {
    const char *name, *bytes, *eol;
    size_t len;
    mu_spot *root;
    bool touched;
    mu_edit *edits;
    size_t edit_count, edit_room;
    const char *made; /* after mu_splice_make */
    size_t made_len;
    struct mu_text *next;
} mu_text;

typedef enum mu_ask_kind { MU_ASK_SET, MU_ASK_DROP, MU_ASK_PUT, MU_ASK_NOTE } mu_ask_kind;

typedef struct mu_ask {
    mu_ask_kind kind;
    mu_text *file;
    mu_spot *in;         /* put, drop: the collection */
    mu_spot *at;         /* set, drop, note: the entry; put: the one that stands behind, NULL: none does */
    const char *key;     /* put */
    const mu_fresh *value;
    const mu_spot *moved; /* put: an entry as it is written */
    const char *note;
} mu_ask;

/* All that is asked of one file, as edits of its bytes. False with *why. */
bool mu_splice_bytes(mu_text *file, const mu_ask *asks, size_t count, mu_arena *arena, const char **why);

/* The start of the line on which a byte stands, behind a byte order mark; the byte behind the end of its line. */
size_t mu_line_from(const mu_text *f, size_t at);
size_t mu_line_to(const mu_text *f, size_t at);
/* Only blanks stand before it on its line. */
bool mu_first_on_line(const mu_text *f, size_t at);

#endif
