/* journal.h - what happened, one line of JSON an event, append-only, each line with the hash of the one before.
 *
 * A line is {"n", "t", "wall" where a wall clock took part, "kind", the fields of the kind, "prev", "hash"}. `hash` is
 * BLAKE2b (16 bytes, in hex) over the line up to its own `,"hash"`; `prev` is the hash of the line before, "" in the first.
 *
 * A journal lives in memory, and on disk where a file is attached. What was added is on disk only after mu_journal_flush
 * returned MU_WRITTEN with `sync`; nobody is shown an event's effect before. A failed sync is final: what the disk holds
 * is not known any more, and the journal takes nothing further. */
#ifndef MU_JOURNAL_JOURNAL_H
#define MU_JOURNAL_JOURNAL_H

#include <stdbool.h>

#include "base/text.h"
#include "journal/event.h"
#include "journal/symbols.h"

typedef struct mu_journal mu_journal;

typedef enum mu_written {
    MU_WRITTEN,
    MU_DISK_FULL,  /* nothing is lost: what could not be written waits in memory, a later flush may succeed */
    MU_DISK_ERROR, /* final */
} mu_written;

/* A journal in memory alone, with symbols of its own. */
mu_journal *mu_journal_new(void);
/* Forgets the events and keeps the symbols: for one run after another. */
void mu_journal_clear(mu_journal *journal);
void mu_journal_free(mu_journal *journal);

mu_symbols *mu_journal_symbols(mu_journal *journal);
size_t mu_journal_count(const mu_journal *journal);
/* The event with number n, from 1. */
const mu_event *mu_journal_event(const mu_journal *journal, size_t n);
/* True where ENDEX is in it; after it only the hot wash comes. */
bool mu_journal_ended(const mu_journal *journal);
/* True where it was broken off because something real happened. */
bool mu_journal_broken_off(const mu_journal *journal);
/* What it may count as, by what it holds and not by what it was begun as: "model" where nobody acted, "facilitated" where somebody did, "functional"
 * where it was begun as that and its clock ran as clocks do, never faster, slower or forward; "calltree". */
const char *mu_journal_counts_as(const mu_journal *journal);
/* The text of a name field of an event, by the field's key; "" where the kind has no such field. */
const char *mu_journal_text(const mu_journal *journal, const mu_event *event, const char *key);
int64_t mu_journal_value(const mu_journal *journal, const mu_event *event, const char *key);

/* Appends; gives the event its number and returns it. While a recorded journal is being played again (mu_journal_expect)
 * the event is compared with the recorded one instead; at the first that differs mu_journal_differs says so. */
uint32_t mu_journal_add(mu_journal *journal, const mu_event *event);
/* The same in two steps: the place of the next event, of whose fields the caller writes so many and the others are 0, and then its entry. */
mu_event *mu_journal_begin(mu_journal *journal, mu_kind_of_event kind, int given, int64_t t, int64_t wall);
void mu_journal_enter(mu_journal *journal, mu_event *event);

/* How a recorded journal came off its file. */
typedef enum mu_soundness {
    MU_SOUND,
    MU_TORN,       /* the last line is cut off: a write that a crash interrupted */
    MU_CORRUPT,    /* a line is not what was written; `record` is its number */
    MU_UNREADABLE, /* the file cannot be read, or is no journal */
} mu_soundness;

typedef struct mu_reading {
    mu_soundness soundness;
    size_t record;   /* where something is wrong: its number, from 1 */
    size_t good;     /* bytes that are sound, from the start of the file */
    char why[200];
} mu_reading;

/* Reads a file into a journal of its own; what is sound of it, if not all. Never NULL. */
mu_journal *mu_journal_read(const char *path, mu_reading *reading);
/* The hash of the last line, in hex; "" of an empty journal. */
const char *mu_journal_head(const mu_journal *journal);
/* The hash of the line with number n, made again from the events up to it; "" where n is 0. */
enum { MU_HASH_TEXT = 33 };
void mu_journal_head_at(const mu_journal *journal, size_t n, char hex[MU_HASH_TEXT]);

/* Attaches a new file; an existing one is refused. False with *why (static or of strerror) where it cannot be done. */
bool mu_journal_create(mu_journal *journal, const char *path, const char **why);
/* Attaches the file that was read into `recorded`: a torn tail is kept beside it, as PATH.torn or, where that is there, as
 * PATH.torn.2 and so on, and cut; events added from now on are compared with the recorded ones, and from the first that is
 * new on they are appended to the file. */
bool mu_journal_resume(mu_journal *journal, const char *path, const mu_journal *recorded, const mu_reading *reading, const char **why);
/* What stands behind PATH in the name of the file that keeps the torn tail: ".torn"; "" where none was cut. */
const char *mu_journal_torn(const mu_journal *journal);
/* Only compares: every event added is held against the next one of `recorded`, and nothing is written. */
void mu_journal_expect(mu_journal *journal, const mu_journal *recorded);
/* The number of the first event that differs from the recorded one, 0 for none; `what` tells
 * in which fields, and both: "in seed\nrecorded: ...\nnow: ...". */
size_t mu_journal_differs(const mu_journal *journal, const char **what);
/* The recorded event that comes next, or NULL; its names are symbols of the recorded journal. */
const mu_event *mu_journal_next(const mu_journal *journal, const mu_journal **recorded);
/* True while recorded events are still to come. */
bool mu_journal_replaying(const mu_journal *journal);

mu_written mu_journal_flush(mu_journal *journal, bool sync);
/* The system's words for the last failure, or "". */
const char *mu_journal_failure(const mu_journal *journal);

/* One event as a line of JSON without its hashes: {"n":..., ...}. */
void mu_event_json(mu_buf *out, const mu_symbols *symbols, const mu_event *event);

#endif
