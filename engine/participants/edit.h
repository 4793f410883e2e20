/* edit.h - the line that is being typed, where the keyboard is a terminal: it stays whole and in sight when something is shown
 * meanwhile. Bytes come in, what the screen has to show for them goes out; it neither reads nor writes. The cursor is always at the end:
 * Backspace, Ctrl-W and Ctrl-U take a character, a word, the line away, and keys that move a cursor do nothing. */
#ifndef MU_PARTICIPANTS_EDIT_H
#define MU_PARTICIPANTS_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { MU_EDIT_MOST = 4000 };

typedef enum mu_edited { MU_EDIT_MORE, MU_EDIT_LINE, MU_EDIT_END } mu_edited;

/* Start with {0}. */
typedef struct mu_edit {
    char line[MU_EDIT_MOST + 8]; /* NUL-terminated; of MU_EDIT_LINE all of it, until the next byte comes */
    size_t len;
    char prompt[100];            /* what stands before it on the screen */
    char part[4];                /* of a character that has not come whole */
    size_t part_len;
    enum { MU_EDIT_KEYS, MU_EDIT_ESCAPE, MU_EDIT_SEQUENCE } in; /* a key that sends several bytes */
    bool taken;                  /* the line was given away: the next byte begins a new one */
} mu_edit;

/* One byte of the keyboard. MU_EDIT_END: the end of input, typed where nothing else was. */
mu_edited mu_edit_byte(mu_edit *edit, char byte, int width, mu_buf *screen);
/* What is typed goes off the screen, `text` comes on it, the last line of which is the prompt from now on, and what is typed behind it. */
void mu_edit_around(mu_edit *edit, const char *text, size_t len, int width, mu_buf *screen);

#endif
