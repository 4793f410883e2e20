#include "base/hash.h"

#include <sodium.h>

#include "base/check.h"

void mu_short_hash(const char *bytes, size_t len, char hex[MU_SHORT_HASH])
{
    unsigned char hash[16];
    MU_CHECK(sodium_init() >= 0);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes, len, NULL, 0);
    sodium_bin2hex(hex, MU_SHORT_HASH, hash, 8);
}

void mu_long_hash(const char *bytes, size_t len, char hex[MU_LONG_HASH])
{
    unsigned char hash[32];
    MU_CHECK(sodium_init() >= 0);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes, len, NULL, 0);
    sodium_bin2hex(hex, MU_LONG_HASH, hash, sizeof hash);
}

/* A key of any length becomes one of 32 bytes first. */
void mu_keyed_hash(const char *key, size_t key_len, const char *bytes, size_t len, unsigned char hash[16])
{
    unsigned char secret[32];
    MU_CHECK(sodium_init() >= 0);
    crypto_generichash(secret, sizeof secret, (const unsigned char *)key, key_len, NULL, 0);
    crypto_generichash(hash, 16, (const unsigned char *)bytes, len, secret, sizeof secret);
    sodium_memzero(secret, sizeof secret);
}
