/* push.h - what an open page is sent: not the page, but what of it is new to it. A version is a page cut into pieces, of
 * which only hashes are kept; the browser has the text.
 *
 * A push is one line, `MS OP OP ...`, and what is new: MS is the server's steady clock; `A-B` stands for what the
 * browser has from A to before B, `*N` for the next N of what follows the line, both counted as a script counts its texts
 * (UTF-16). It is made of two pages of the same seat and of nothing else.
 *
 * A pen is held while a page is written for a push. What it is written of may name its parts: a part is made of nothing but
 * what its key says, and is not even written for a browser that has it. */
#ifndef MU_SERVER_PUSH_H
#define MU_SERVER_PUSH_H

#include "base/text.h"

typedef struct mu_version mu_version;

mu_version *mu_version_hold(mu_version *version);
/* NULL is let go as well. */
void mu_version_drop(mu_version *version);
bool mu_version_same(const mu_version *a, const mu_version *b);

typedef struct mu_pen mu_pen;

/* For a browser that has `from`; NULL: nothing. Its caller holds `from` until mu_pen_free. */
mu_pen *mu_pen_new(const mu_version *from);
/* The same pen for another page, which saves what it takes of memory. */
void mu_pen_again(mu_pen *pen, const mu_version *from);
void mu_pen_free(mu_pen *pen);
/* True where the part is to be written into `page` now, and mu_pen_end to be called behind it. Without a pen always. */
bool mu_pen_part(mu_pen *pen, const int64_t *key, size_t count, const mu_buf *page);
void mu_pen_end(mu_pen *pen, const mu_buf *page);
/* The version of what was written, held by the caller. */
mu_version *mu_pen_version(mu_pen *pen, const mu_buf *page);
/* Adds the push that makes it, whose version is `to`, of what the browser has. */
void mu_pen_push(mu_pen *pen, const mu_version *to, const mu_buf *page, int64_t ms, mu_buf *out);

#endif
