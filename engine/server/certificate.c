#include "server/certificate.h"

#include <errno.h>
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
    X(PEM_write_X509) X(X509_free) X(EVP_PKEY_free) X(PEM_read_X509) X(X509_digest) X(EVP_PKEY_Q_keygen) \
    X(ASN1_TIME_to_tm) X(PEM_read_PrivateKey) X(X509_check_private_key) X(X509_cmp_time) X(X509_get0_notAfter) X(X509_get0_notBefore)
#define POINTER_TO(f) __typeof__(f) *f;
#define NAME_OF(f) #f,
MU_GUEST(ssl, MU_LIBCRYPTO)

enum { DAYS = 30 };

/* Under a name of its own until it is whole: a program that is killed leaves no half of it. */
static FILE *new_file(const char *path, char beside[4200])
{
    snprintf(beside, 4200, "%s.new", path);
    unlink(beside);
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd < 0 ? NULL : fdopen(fd, "w");
}

static bool written(FILE *f, const char *beside, const char *path, bool ok)
{
    if (!f)
        return false;
    ok = fflush(f) == 0 && fsync(fileno(f)) == 0 && ok;
    return fclose(f) == 0 && ok && rename(beside, path) == 0;
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
    char beside[4200];
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
    FILE *k = ok ? new_file(key, beside) : NULL;
    ok = written(k, beside, key, k && ssl.PEM_write_PrivateKey(k, pair, NULL, NULL, 0, NULL, NULL) == 1) && ok;
    FILE *c = ok ? new_file(certificate, beside) : NULL;
    ok = written(c, beside, certificate, c && ssl.PEM_write_X509(c, x) == 1) && ok;
    ssl.X509_free(x);
    ssl.EVP_PKEY_free(pair);
    return ok;
}

/* ---- one that was given ---- */

static const char *date(const ASN1_TIME *t, mu_arena *arena)
{
    struct tm at;
    return ssl.ASN1_TIME_to_tm(t, &at) == 1 ? mu_format(arena, "%04d-%02d-%02d", at.tm_year + 1900, at.tm_mon + 1, at.tm_mday) : "a day that cannot be read";
}

/* A key that is locked by a passphrase is not asked for: nobody sits at a service. */
static int no_passphrase(char *text, int size, int writing, void *data)
{
    (void)writing;
    *(bool *)data = true;
    if (size > 0)
        *text = '\0';
    return 0;
}

static const char *wrong_certificate(const X509 *x, int64_t now, mu_arena *arena)
{
    time_t at = (time_t)now;
    if (!x)
        return "there is no certificate in it: what is wanted begins with -----BEGIN CERTIFICATE-----";
    if (ssl.X509_cmp_time(ssl.X509_get0_notAfter(x), &at) < 0)
        return mu_format(arena, "the certificate ran out on %s: no browser would take it", date(ssl.X509_get0_notAfter(x), arena));
    if (ssl.X509_cmp_time(ssl.X509_get0_notBefore(x), &at) > 0)
        return mu_format(arena, "the certificate is good from %s on only: no browser would take it before", date(ssl.X509_get0_notBefore(x), arena));
    return NULL;
}

bool mu_certificate_good(const char *certificate, const char *key, int64_t now, mu_arena *arena, const char **file, const char **why)
{
    bool locked = false;
    if (!load()) {
        *file = certificate;
        *why = "it cannot be looked at: " MU_LIBCRYPTO " is not on this machine";
        return false;
    }
    FILE *c = fopen(certificate, "r");
    *why = c ? NULL : strerror(errno);
    FILE *k = c ? fopen(key, "r") : NULL;
    *file = c ? key : certificate;
    *why = !c || k ? *why : strerror(errno);
    X509 *x = c && k ? ssl.PEM_read_X509(c, NULL, NULL, NULL) : NULL;
    EVP_PKEY *pair = c && k ? ssl.PEM_read_PrivateKey(k, NULL, no_passphrase, &locked) : NULL;
    if (!*why && (*why = wrong_certificate(x, now, arena)))
        *file = certificate;
    else if (!*why && !pair)
        *why = locked ? "the key is locked by a passphrase, which nobody is asked for: give one without" : "there is no private key in it: what is wanted begins with -----BEGIN PRIVATE KEY-----";
    else if (!*why && ssl.X509_check_private_key(x, pair) != 1)
        *why = mu_format(arena, "the key is not that of the certificate in %s", certificate);
    ssl.X509_free(x);
    ssl.EVP_PKEY_free(pair);
    if (c)
        fclose(c);
    if (k)
        fclose(k);
    return !*why;
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
    if (!f)
        return;
    ssl.X509_free(x);
    fclose(f);
}
