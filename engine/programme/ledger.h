/* ledger.h - what was done for a programme: which times of its drills were run, which messages left. One line of JSON an entry,
 * append-only, each with the hash of the one before; nothing is done before the entry that says so is on disk. Where two are started at once,
 * the second finds it held.
 *
 * Entries: clock (when it was last asked), began / ran / failed / held / missed (of a time of a drill), sending / sent / unsent / gaveup / again (of a
 * message). A message that was `sending` and nothing after it is unclear: it may have left, and is not sent again by itself. */
#ifndef MU_PROGRAMME_LEDGER_H
#define MU_PROGRAMME_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct mu_entry {
    int64_t at;                      /* UTC milliseconds */
    const char *what, *key, *note;
} mu_entry;

typedef enum mu_opened {
    MU_OPENED,
    MU_HELD_BY_ANOTHER,
    MU_LEDGER_CORRUPT, /* a line is not what was written */
    MU_LEDGER_ERROR,   /* the system's words are in *why */
} mu_opened;

typedef struct mu_ledger mu_ledger;

/* Opens it, made where it is not there; to look only where `write` is false, and then nothing is made and nobody is kept out. A line that a crash
 * cut off was never promised: it is cut away. Close it in every case where one is returned. */
mu_ledger *mu_ledger_open(const char *folder, bool write, mu_opened *opened, const char **why, mu_arena *arena);
void mu_ledger_close(mu_ledger *ledger);
/* True once it is on disk. False with the system's words where it is not: then nothing was added. */
bool mu_ledger_add(mu_ledger *ledger, const char *what, const char *key, int64_t at, const char *note);
const char *mu_ledger_failure(const mu_ledger *ledger);
/* The last entry of a key; NULL where there is none. */
const mu_entry *mu_ledger_last(const mu_ledger *ledger, const char *key);
/* True where the last entry of a key is this word. */
bool mu_ledger_is(const mu_ledger *ledger, const char *key, const char *what);
/* The same, where it was written by `now`: what a clock that was ahead has told or given up does not count once the clock is right. */
bool mu_ledger_was(const mu_ledger *ledger, const char *key, const char *what, int64_t now);
int mu_ledger_count(const mu_ledger *ledger);
const mu_entry *mu_ledger_at(const mu_ledger *ledger, int i);

#endif
