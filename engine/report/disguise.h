/* disguise.h - what says who somebody is without saying it plainly: a name that runs together ("JunTan", "jun_tan", "@jtan") and a mail
 * address, also one that hides from machines ("x(at)host.example", "x [at] host [dot] example"). Texts are UTF-8 as a format writes
 * them: Markdown's backslashes and the entities of HTML count as what they stand for. */
#ifndef MU_REPORT_DISGUISE_H
#define MU_REPORT_DISGUISE_H

#include <stdbool.h>
#include <stddef.h>

enum { MU_NAME_WORDS = 6 };

typedef struct mu_name {
    const char *words[MU_NAME_WORDS]; /* as the format writes them */
    int count;
    const char *instead;              /* what is put in its place */
} mu_name;

/* A letter or figure of any language, or a hyphen below the line: what a word is made of. */
bool mu_inner(char c);
/* The length of a name that runs together and begins at `p`, of the text from `begin` to `end`; 0 where there is none. Two words of it, in
 * any order, with nothing, a point or a hyphen between; the first letter of one and the other word; behind an @ one of its words alone. */
size_t mu_run_together(const mu_name *name, const char *begin, const char *p, const char *end);
/* The length of a mail address that begins at `p`; 0 where there is none. Words like "look at example.org" are none. */
size_t mu_mail(const char *begin, const char *p, const char *end);

#endif
