/* hash.h - a short name for a text that stays the same everywhere: BLAKE2b (RFC 7693), first 8 bytes, in hex. */
#ifndef MU_BASE_HASH_H
#define MU_BASE_HASH_H

#include <stddef.h>

enum { MU_SHORT_HASH = 17 }; /* 16 digits and a NUL */

void mu_short_hash(const char *bytes, size_t len, char hex[MU_SHORT_HASH]);

#endif
