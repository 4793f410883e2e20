/* sign.h - Ed25519 signatures (RFC 8032) with keys as openssl writes them:
 *     openssl genpkey -algorithm ed25519 -out key.pem
 *     openssl pkey -in key.pem -pubout -out public.pem
 * A key that is locked by a password is not read. */
#ifndef MU_BASE_SIGN_H
#define MU_BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

enum { MU_PUBLIC_HEX = 65, MU_SIGNATURE_HEX = 129 }; /* digits and a NUL */

typedef struct mu_signing_key {
    unsigned char secret[64], open[32];
} mu_signing_key;

/* Reads a private key (PKCS 8) from the text of a PEM file. False where it is none of Ed25519. */
bool mu_key_read(mu_signing_key *key, const char *pem, size_t len);
/* Nothing of the key stays in memory. */
void mu_key_forget(mu_signing_key *key);
void mu_key_public(const mu_signing_key *key, char hex[MU_PUBLIC_HEX]);
/* Reads a public key (SubjectPublicKeyInfo) from the text of a PEM file. */
bool mu_public_read(char hex[MU_PUBLIC_HEX], const char *pem, size_t len);

void mu_sign(const mu_signing_key *key, const char *bytes, size_t len, char hex[MU_SIGNATURE_HEX]);
/* False also where the texts are no key and no signature. */
bool mu_signed_by(const char *public_hex, const char *signature_hex, const char *bytes, size_t len);

#endif
