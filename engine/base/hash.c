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
