#include "base/sign.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"

/* RFC 8410: what stands in front of the 32 bytes of a key. */
static const unsigned char private_front[16] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
static const unsigned char public_front[12] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

/* The bytes between the lines that begin and end a PEM block of this name; how many, 0 where there is none. */
static size_t unwrap(const char *pem, size_t len, const char *name, unsigned char *out, size_t most)
{
    char begin[64];
    size_t n = 0;
    MU_CHECK(sodium_init() >= 0);
    strcpy(begin, "-----BEGIN ");
    strcat(strcat(begin, name), "-----");
    const char *at = len < 4096 ? strstr(pem, begin) : NULL, *end = at ? strstr(at + strlen(begin), "-----END ") : NULL;
    at = at ? at + strlen(begin) : NULL;
    if (!end || sodium_base642bin(out, most, at, (size_t)(end - at), "\r\n \t", &n, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return 0;
    return n;
}

bool mu_key_read(mu_signing_key *key, const char *pem, size_t len)
{
    unsigned char bytes[64];
    size_t n = unwrap(pem, len, "PRIVATE KEY", bytes, sizeof bytes);
    bool ok = n == sizeof private_front + 32 && memcmp(bytes, private_front, sizeof private_front) == 0;
    if (ok)
        crypto_sign_seed_keypair(key->open, key->secret, bytes + sizeof private_front);
    sodium_memzero(bytes, sizeof bytes);
    return ok;
}

void mu_key_forget(mu_signing_key *key)
{
    sodium_memzero(key, sizeof *key);
}

void mu_key_public(const mu_signing_key *key, char hex[MU_PUBLIC_HEX])
{
    sodium_bin2hex(hex, MU_PUBLIC_HEX, key->open, sizeof key->open);
}

bool mu_public_read(char hex[MU_PUBLIC_HEX], const char *pem, size_t len)
{
    unsigned char bytes[64];
    size_t n = unwrap(pem, len, "PUBLIC KEY", bytes, sizeof bytes);
    bool ok = n == sizeof public_front + 32 && memcmp(bytes, public_front, sizeof public_front) == 0;
    if (ok)
        sodium_bin2hex(hex, MU_PUBLIC_HEX, bytes + sizeof public_front, 32);
    return ok;
}

void mu_sign(const mu_signing_key *key, const char *bytes, size_t len, char hex[MU_SIGNATURE_HEX])
{
    unsigned char signature[64];
    MU_CHECK(sodium_init() >= 0);
    crypto_sign_detached(signature, NULL, (const unsigned char *)bytes, len, key->secret);
    sodium_bin2hex(hex, MU_SIGNATURE_HEX, signature, sizeof signature);
}

bool mu_signed_by(const char *public_hex, const char *signature_hex, const char *bytes, size_t len)
{
    unsigned char key[32], signature[64];
    size_t n = 0, m = 0;
    MU_CHECK(sodium_init() >= 0);
    return sodium_hex2bin(key, sizeof key, public_hex, strlen(public_hex), NULL, &n, NULL) == 0 && n == sizeof key &&
           sodium_hex2bin(signature, sizeof signature, signature_hex, strlen(signature_hex), NULL, &m, NULL) == 0 && m == sizeof signature &&
           crypto_sign_verify_detached(signature, (const unsigned char *)bytes, len, key) == 0;
}
