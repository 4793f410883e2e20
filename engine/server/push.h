/* push.h - what an open page is sent: not the page, but what of it is new to it. A version is a page cut into pieces, of
 * which only hashes are kept; the browser has the text. It is rendered once, and coded once, for all tabs that are as far.
 *
 * A push is one line, `MS OP OP ...`, and what is new: MS is the server's steady clock; `A-B` stands for what the
 * browser has from A to before B, `*N` for the next N of what follows the line, both counted as a script counts its texts
 * (UTF-16). It is made of two pages of the same seat and of nothing else. */
#ifndef MU_SERVER_PUSH_H
#define MU_SERVER_PUSH_H

#include "base/text.h"

typedef struct mu_version mu_version;

/* Of this text, held by the caller. */
mu_version *mu_version_new(const mu_buf *page);
mu_version *mu_version_hold(mu_version *version);
/* NULL is let go as well. */
void mu_version_drop(mu_version *version);
bool mu_version_same(const mu_version *a, const mu_version *b);
/* Adds the push that makes `page`, whose version is `to`, of `from`; NULL: of nothing. */
void mu_push_write(mu_buf *out, int64_t ms, const mu_version *from, const mu_version *to, const mu_buf *page);

#endif
