/* cage.h - Lua for files of strangers: a state without libraries, memory and steps that are counted, words that cannot
 * be changed. What a script may do is what was put into it; nothing is taken out, as nothing else was ever there.
 * Steps do not depend on time, machine or build, so a script that is stopped is stopped everywhere at the same place.
 */
#ifndef MU_SCENARIO_CAGE_H
#define MU_SCENARIO_CAGE_H

#include <lauxlib.h>
#include <lua.h>

#include "base/text.h"
#include "scenario/limits.h"

typedef struct cage {
    lua_State *L;       /* the main thread; it never runs a script itself */
    void *owner;        /* whose script it is */
    int64_t steps;      /* left */
    int64_t churn;      /* bytes of tables moved since the last start */
    size_t used, block; /* bytes now; the largest block allowed now */
    size_t longest;     /* bytes of the longest text there ever was: what one instruction may have to walk over */
    size_t header;      /* bytes that Lua adds to a text */
    bool armed;         /* a script runs: limits hold */
    bool stopped;       /* a limit was reached: what runs is over */
    bool spent;         /* it was memory: nothing runs in this state again */
    mu_limit limit;     /* which one */
    int words;          /* reference of the table behind the globals */
    int globals;        /* reference of the globals as scripts see them: empty, guarded */
    int compiled;       /* the file that was compiled last, */
    int compiled_line;  /* and the line of it at which Lua failed; 0 where it did not */
    mu_buf help;        /* what would be right, for the error under way; empty where nothing is to be said */
} cage;

/* Where and why a script failed. */
typedef struct cage_error {
    mu_buf text; /* one line of at most 300 bytes, safe to show */
    int file;    /* number of the file, from the chunk's name; -1 unknown */
    int line;    /* 0 unknown */
    bool limit;
} cage_error;

cage *cage_open(void *owner);
void cage_close(cage *c);
cage *cage_of(lua_State *L);

/* Compiles one file under its number and leaves the function on L, bound to the globals. A status of Lua. */
int cage_compile(cage *c, lua_State *L, int file, const char *bytes, size_t len);
/* A new thread, kept in the registry: returns its reference. */
int cage_thread(cage *c, lua_State **thread);
/* Empties a thread for another run and counts its steps anew; one that has failed is replaced. */
void cage_reset(cage *c, lua_State **thread, int *ref);
/* Runs a thread until it yields (LUA_YIELD), ends (LUA_OK) or fails, with full steps. What it yielded is popped. */
int cage_resume(cage *c, lua_State *thread);
/* Reads the failure of `thread`, whose stack is as it was; `out->text` must be freed. */
void cage_why(cage *c, lua_State *thread, int status, cage_error *out);

/* ---- for functions that scripts call ---- */

/* Counts `n` steps for work done in C. */
void cage_charge(lua_State *L, int64_t n);
/* Ends the script for good: no script can catch it. */
int cage_stop(lua_State *L, mu_limit limit);
/* Fails with a message; `help` may be NULL. The place is that of the caller. */
int cage_refuse(lua_State *L, const char *help, const char *format, ...);
/* Puts a value that is on top of L among the words, and pops it. */
void cage_word(lua_State *L, cage *c, const char *name);
/* Leaves a table on L that scripts can read and not write: the fields are those of the table on top, which it takes.
 * A field that is not there is an error that begins with `what`. */
void cage_guard(lua_State *L, const char *what);
/* The keys of the table at `index` in order (numbers, then texts by bytes, then false and true) as a list on top.
 * Fails at keys that have no order. Returns how many. */
int cage_keys(lua_State *L, int index);

/* type, tostring, tonumber, pairs, ipairs and the tables string, table and math (kit.c). */
void cage_kit(lua_State *L, cage *c);

#endif
