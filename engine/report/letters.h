/* letters.h - the same letters however they are written: in capitals or not, with their accents, without them, or with the accents as
 * marks of their own. Latin letters up to U+017F; every other character is only itself. Texts are UTF-8. */
#ifndef MU_REPORT_LETTERS_H
#define MU_REPORT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The letter at `p` (before `end`) without accent and in small; 0 for a mark that is put on the letter before it. Sets its length in bytes. */
uint32_t mu_letter(const char *p, const char *end, int *len);
/* A small letter stands at `p`. */
bool mu_letter_small(const char *p, const char *end);
/* How many bytes at `p` (before `end`) are the letters of `text`, marks behind them counted; 0 where they are others. */
size_t mu_letters(const char *text, size_t len, const char *p, const char *end);

#endif
