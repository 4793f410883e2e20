/* parts.h - the inside of a journal, for the files of this room. */
#ifndef MU_JOURNAL_PARTS_H
#define MU_JOURNAL_PARTS_H

#include "journal/journal.h"

enum { MU_HASH = 32 }; /* hex digits */

struct mu_journal {
    mu_symbols *symbols;
    int64_t *words;    /* the events in a row, each only as long as the fields of its kind take */
    uint32_t *starts;  /* where each begins */
    size_t used, space; /* words; within `space` there is room for the longest event, and in `starts` for its number */
    size_t count;
    uint8_t width[EV_KINDS]; /* words of each kind */
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
    char torn[16]; /* behind the file's name: what keeps its torn end */
};

void mu_line_hash(const char *bytes, size_t len, char hex[MU_HASH + 1]);

#endif
