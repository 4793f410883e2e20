#include "base/hash.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"

void mu_short_hash(const char *bytes, size_t len, char hex[MU_SHORT_HASH])
{
    unsigned char hash[16];
    MU_CHECK(sodium_init() >= 0);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes, len, NULL, 0);
    sodium_bin2hex(hex, MU_SHORT_HASH, hash, 8);
}

void mu_hmac(const char *key, const char *bytes, size_t len, char hex[MU_HMAC])
{
    crypto_auth_hmacsha256_state state;
    unsigned char hash[crypto_auth_hmacsha256_BYTES];
    MU_CHECK(sodium_init() >= 0);
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, strlen(key));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)bytes, len);
    crypto_auth_hmacsha256_final(&state, hash);
    sodium_bin2hex(hex, MU_HMAC, hash, sizeof hash);
}

void mu_base64(mu_buf *out, const char *bytes, size_t len)
{
    char block[128];
    for (size_t i = 0; i < len; i += 57) {
        size_t n = len - i < 57 ? len - i : 57;
        sodium_bin2base64(block, sizeof block, (const unsigned char *)bytes + i, n, sodium_base64_VARIANT_ORIGINAL);
        mu_buf_puts(out, block);
    }
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
