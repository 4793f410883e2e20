/* certificate.h - a certificate of our own making, for a table where nobody has one: valid for a month, for the names by
 * which this machine is called. A browser will ask before it trusts it; whoever leads reads the fingerprint out. */
#ifndef MU_SERVER_CERTIFICATE_H
#define MU_SERVER_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes both files (mode 0600) where they are not there. False with words in `why` where that cannot be done. */
bool mu_certificate_make(const char *certificate, const char *key, const char *address, const char **why);
/* "AB:CD:..." of the SHA-256 of a certificate; "" where it cannot be read. */
void mu_certificate_print(const char *certificate, char out[96]);

#endif
