/* certificate.h - a certificate of our own making, for a table where nobody has one: valid for a month, for the names by
 * which this machine is called. A browser will ask before it trusts it; whoever leads reads the fingerprint out. And a look
 * at one that was given, before anything is begun with it. */
#ifndef MU_SERVER_CERTIFICATE_H
#define MU_SERVER_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Writes both files (mode 0600) where they are not there. False with words in `why` where that cannot be done. */
bool mu_certificate_make(const char *certificate, const char *key, const char *address, const char **why);
/* False where no browser could be served with these files: *file is the one that is wrong, *why says how, in the arena. `now`: seconds
 * of the calendar. */
bool mu_certificate_good(const char *certificate, const char *key, int64_t now, mu_arena *arena, const char **file, const char **why);
/* "AB:CD:..." of the SHA-256 of a certificate; "" where it cannot be read. */
void mu_certificate_print(const char *certificate, char out[96]);

#endif
