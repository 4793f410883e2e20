/* hash.h - a short name for a text that stays the same everywhere: BLAKE2b (RFC 7693), first 8 bytes, in hex; and what a message that leaves
 * is signed and wrapped with. */
#ifndef MU_BASE_HASH_H
#define MU_BASE_HASH_H

#include <stddef.h>

#include "base/text.h"

enum { MU_SHORT_HASH = 17 }; /* 16 digits and a NUL */

void mu_short_hash(const char *bytes, size_t len, char hex[MU_SHORT_HASH]);

enum { MU_HMAC = 65 }; /* 64 digits and a NUL */

/* HMAC-SHA-256 (RFC 2104) in hex; a key of any length. */
void mu_hmac(const char *key, const char *bytes, size_t len, char hex[MU_HMAC]);
/* Base64 (RFC 4648) without line breaks, added to `out`. */
void mu_base64(mu_buf *out, const char *bytes, size_t len);

#endif
