/* parts.h - the inside of a journal, for the files of this room. */
#ifndef MU_JOURNAL_PARTS_H
#define MU_JOURNAL_PARTS_H

#include "journal/journal.h"

enum { MU_HASH = 32 }; /* hex digits */

struct mu_journal {
    mu_symbols *symbols;
    mu_event *list;
    size_t count, room;
    const mu_journal *recorded;
    size_t differs_at;
    char difference[2400];
    int fd;
    mu_buf pending;  /* lines that are not written yet */
    int64_t long_name; /* the last that was long, 0 none; and how a line says it: what reaches a thousand people stands in two thousand lines */
    mu_buf long_json;
    bool unsynced, broken;
    char head[MU_HASH + 1];
    char failure[160];
};

void mu_line_hash(const char *bytes, size_t len, char hex[MU_HASH + 1]);

#endif
