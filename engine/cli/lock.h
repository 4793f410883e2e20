/* lock.h - what a report that is signed off rests on: FILE.lock beside it, a manifest of hashes (BLAKE2b-256), signed with Ed25519
 * where a key is given. The signature is over the manifest's own bytes up to its line "signature". */
#ifndef MU_CLI_LOCK_H
#define MU_CLI_LOCK_H

#include "cli/made.h"

/* Before the report is written: 0 where the key can be used and FILE.lock is not there, so that nothing stays half done; a warning where
 * others can read the key. */
int mu_lock_ready(const char *file, const char *key);
/* Writes FILE.lock for the report that was written to FILE; `key` is a PEM file with a private key, or NULL. An exit status. */
int mu_lock(const mu_made *made, const mu_wanted *wanted, const char *file, const char *key);

/* Checks that FILE is what the journal gives, and its lock where it has one. `redact` and `key` as they were given for writing; here the
 * key is the public one, or NULL. An exit status: 0, 3 where it is not. */
int mu_check_report(const char *file, const char *journal, const char *plan, const char *redact, const char *key, bool json);

#endif
