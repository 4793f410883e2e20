/* embedded.h - files that the program carries with it, made at build time by scripts/embed.cmake. */
#ifndef MU_BASE_EMBEDDED_H
#define MU_BASE_EMBEDDED_H

#include <stddef.h>

typedef struct mu_embedded {
    const char *name, *bytes; /* NUL-terminated behind `len` bytes */
    size_t len;
} mu_embedded;

/* scenarios/starter; each table ends with name == NULL. */
extern const mu_embedded mu_starter[];
/* reports/report.css; and what the pages of covers, of the history and of what readers get have beside it */
enum { MU_STYLE_REPORT, MU_STYLE_COVER, MU_STYLE_HISTORY, MU_STYLE_AAR };
extern const mu_embedded mu_styles[];
/* reports/screen.css, screen.js, icon.svg */
extern const mu_embedded mu_screens[];
/* reports/word: how a word document looks */
extern const mu_embedded mu_words[];

#endif
