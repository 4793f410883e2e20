#include "server/certificate.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/guest.h"

#define FUNCTIONS(X) \
    X(X509V3_EXT_conf_nid) X(X509_add_ext) X(X509_EXTENSION_free) X(X509_get_subject_name) \
    X(X509_NAME_add_entry_by_txt) X(X509_set_issuer_name) X(RAND_bytes) X(BN_bin2bn) X(BN_to_ASN1_INTEGER) \
    X(X509_get_serialNumber) X(X509_set_version) X(BN_free) X(X509_gmtime_adj) X(X509_getm_notBefore) \
    X(X509_getm_notAfter) X(X509_set_pubkey) X(X509_sign) X(EVP_sha256) X(X509_new) X(PEM_write_PrivateKey) \
    X(PEM_write_X509) X(X509_free) X(EVP_PKEY_free) X(PEM_read_X509) X(X509_digest) X(EVP_PKEY_Q_keygen)
#define POINTER_TO(f) __typeof__(f) *f;
#define NAME_OF(f) #f,
MU_GUEST(ssl, MU_LIBCRYPTO)

enum { DAYS = 30 };

static FILE *new_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd < 0 ? NULL : fdopen(fd, "w");
}

static bool written(FILE *f, bool ok)
{
    if (!f)
        return false;
    ok = fflush(f) == 0 && ok;
    return fclose(f) == 0 && ok;
}

/* localhost, the name of this machine, and the address it listens on. */
static bool name_it(X509 *x, const char *address)
{
    char host[65] = "localhost", names[256];
    bool any = strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
    if (gethostname(host, sizeof host - 1) != 0 || strpbrk(host, ",: "))
        snprintf(host, sizeof host, "localhost");
    snprintf(names, sizeof names, "DNS:localhost,DNS:%s,IP:127.0.0.1%s%s", host, any ? "" : ",IP:", any ? "" : address);
    X509_EXTENSION *e = ssl.X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, names);
    bool ok = e && ssl.X509_add_ext(x, e, -1) == 1;
    ssl.X509_EXTENSION_free(e);
    X509_NAME *subject = ssl.X509_get_subject_name(x);
    ok = ok && ssl.X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)"muster exercise", -1, -1, 0) == 1;
    return ok && ssl.X509_set_issuer_name(x, subject) == 1;
}

static bool sign(X509 *x, EVP_PKEY *key, const char *address)
{
    unsigned char serial[8];
    bool ok = ssl.RAND_bytes(serial, sizeof serial) == 1;
    serial[0] &= 0x7f;
    BIGNUM *n = ok ? ssl.BN_bin2bn(serial, sizeof serial, NULL) : NULL;
    ok = n && ssl.BN_to_ASN1_INTEGER(n, ssl.X509_get_serialNumber(x)) && ssl.X509_set_version(x, 2) == 1;
    ssl.BN_free(n);
    return ok && ssl.X509_gmtime_adj(ssl.X509_getm_notBefore(x), -3600) && ssl.X509_gmtime_adj(ssl.X509_getm_notAfter(x), (long)DAYS * 86400) &&
           ssl.X509_set_pubkey(x, key) == 1 && name_it(x, address) && ssl.X509_sign(x, key, ssl.EVP_sha256()) > 0;
}

bool mu_certificate_make(const char *certificate, const char *key, const char *address, const char **why)
{
    *why = "the certificate could not be made";
    if (access(certificate, R_OK) == 0 && access(key, R_OK) == 0)
        return true;
    if (!load()) {
        *why = "the certificate could not be made: " MU_LIBCRYPTO " is not on this machine";
        return false;
    }
    EVP_PKEY *pair = ssl.EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    X509 *x = ssl.X509_new();
    bool ok = pair && x && sign(x, pair, address);
    FILE *k = ok ? new_file(key) : NULL, *c = ok ? new_file(certificate) : NULL;
    ok = written(k, k && ssl.PEM_write_PrivateKey(k, pair, NULL, NULL, 0, NULL, NULL) == 1) && ok;
    ok = written(c, c && ssl.PEM_write_X509(c, x) == 1) && ok;
    ssl.X509_free(x);
    ssl.EVP_PKEY_free(pair);
    return ok;
}

void mu_certificate_print(const char *certificate, char out[96])
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    FILE *f = load() ? fopen(certificate, "r") : NULL;
    X509 *x = f ? ssl.PEM_read_X509(f, NULL, NULL, NULL) : NULL;
    out[0] = '\0';
    if (x && ssl.X509_digest(x, ssl.EVP_sha256(), hash, &len) == 1)
        for (unsigned i = 0; i < len && i < 32; i++)
            snprintf(out + 3 * i, 96 - 3 * i, "%02X%s", hash[i], i + 1 < len ? ":" : "");
    ssl.X509_free(x);
    if (f)
        fclose(f);
}
