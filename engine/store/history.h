/* history.h - the past in a file that other programs can ask as well: SQLite, one connection, no write-ahead log (docs/decisions/0026). The file is an index
 * of the journals: it is always written whole, beside its place and then renamed, and the same past gives the same bytes with the same SQLite. */
#ifndef MU_STORE_HISTORY_H
#define MU_STORE_HISTORY_H

#include "store/past.h"

typedef enum mu_history_state { MU_HISTORY_READ, MU_HISTORY_NONE, MU_HISTORY_CORRUPT } mu_history_state;

/* NULL with the reason where it is not there or is not what it should be: then it is made again. */
mu_past *mu_history_read(const char *path, mu_arena *arena, mu_history_state *state, const char **why);
/* False with *why where the disk does not take it: what was there before is there still. */
bool mu_history_write(const char *path, const mu_past *past, mu_arena *arena, const char **why);

#endif
