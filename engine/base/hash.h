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
/* The same for a file: BLAKE2b-256, in hex. */
enum { MU_LONG_HASH = 65 };
void mu_long_hash(const char *bytes, size_t len, char hex[MU_LONG_HASH]);

/* A name that nobody can make or try out who has not the key: BLAKE2b keyed with it, 16 bytes. */
void mu_keyed_hash(const char *key, size_t key_len, const char *bytes, size_t len, unsigned char hash[16]);

#endif
