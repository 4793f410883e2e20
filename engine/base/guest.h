/* guest.h - a foreign library that is loaded when it is first used, not with the program: with all that it needs itself it may
 * take longer to load than most commands take in all (docs/decisions/0031).
 *
 * Its functions are pointers in a row, which the file that uses it makes of one list; the compiler holds them against the
 * library's own header:
 *
 *     #define FUNCTIONS(X) X(parser_new) X(parser_free)
 *     #define POINTER_TO(f) __typeof__(ical##f) *f;
 *     #define NAME_OF(f) "ical" #f,
 *     MU_GUEST(ical, MU_LIBICAL)
 *
 * Then `load` loads it, and ical.parser_new is called once it has said true. */
#ifndef MU_BASE_GUEST_H
#define MU_BASE_GUEST_H

#include <stdbool.h>
#include <stddef.h>

/* Fills `pointers` by the `count` names, once. False where the library, or a function of it, is not on this machine: then
 * nothing is filled. The library stays loaded. */
bool mu_guest(const char *library, const char *const *names, size_t count, void *pointers);

#define MU_GUEST(table, library) \
    static struct { FUNCTIONS(POINTER_TO) } table; \
    static bool load(void) \
    { \
        static const char *const names[] = {FUNCTIONS(NAME_OF)}; \
        return mu_guest(library, names, sizeof names / sizeof *names, &table); \
    }

#endif
