/* hash.h - a short name for a text that stays the same everywhere: BLAKE2b (RFC 7693), first 8 bytes, in hex. */
#ifndef MU_BASE_HASH_H
#define MU_BASE_HASH_H

#include <stddef.h>

enum { MU_SHORT_HASH = 17 }; /* 16 digits and a NUL */

void mu_short_hash(const char *bytes, size_t len, char hex[MU_SHORT_HASH]);

/* The same for a file: BLAKE2b-256, in hex. */
enum { MU_LONG_HASH = 65 };
void mu_long_hash(const char *bytes, size_t len, char hex[MU_LONG_HASH]);

/* A name that nobody can make or try out who has not the key: BLAKE2b keyed with it, 16 bytes. */
void mu_keyed_hash(const char *key, size_t key_len, const char *bytes, size_t len, unsigned char hash[16]);

#endif
