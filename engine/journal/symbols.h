/* symbols.h - names and texts as small numbers. The same order of asking gives the same numbers; no number leaves the
 * program. Symbol 0 is "". */
#ifndef MU_JOURNAL_SYMBOLS_H
#define MU_JOURNAL_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

typedef struct mu_symbols mu_symbols;

mu_symbols *mu_symbols_new(void);
void mu_symbols_free(mu_symbols *symbols);
/* The number of a text; NULL is 0. The text is copied once. */
int64_t mu_symbol(mu_symbols *symbols, const char *text);
int64_t mu_symbol_n(mu_symbols *symbols, const char *bytes, size_t len);
/* Lives as long as `symbols`. */
const char *mu_symbol_text(const mu_symbols *symbols, int64_t symbol);
size_t mu_symbol_count(const mu_symbols *symbols);

#endif
