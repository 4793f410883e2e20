/* rules.h - how often law and contracts want a plan tested, and by which kind of drill. Facts with their source and the day they
 * were last checked; not legal advice. What the strictest of them asks sets the day by which a drill is next due.
 *
 * Rows were taken from a table made for this program; `seen` says how the text behind a row is known: V it was read itself,
 * M from general knowledge, not read. A rule that gives no number ("at planned intervals") sets no day, and says so. */
#ifndef MU_PROGRAMME_RULES_H
#define MU_PROGRAMME_RULES_H

#include <stddef.h>

/* What kind of run a drill is (report: what it may be claimed as). */
typedef enum mu_mode { MU_MODEL = 1, MU_FACILITATED = 2, MU_CALLTREE = 4, MU_FUNCTIONAL = 8 } mu_mode;

typedef struct mu_frequency {
    const char *id, *law;
    int months;              /* at least every so many; 0 where the text has no number */
    unsigned counts;         /* modes that may count for it; 0: no drill of this program can show it */
    const char *asks;        /* what it asks beside the interval, or NULL */
    const char *reference, *seen, *checked;
} mu_frequency;

extern const mu_frequency mu_frequencies[]; /* ends with id == NULL */

/* NULL where there is none. */
const mu_frequency *mu_frequency_of(const char *id);
/* "model", "facilitated", "calltree", "functional"; 0 for any other word. */
mu_mode mu_mode_read(const char *word);
const char *mu_mode_word(mu_mode mode);
/* What a drill of that mode is, what it may count for, and what not: one sentence each. */
const char *mu_mode_is(mu_mode mode);
const char *mu_mode_not(mu_mode mode);

#endif
