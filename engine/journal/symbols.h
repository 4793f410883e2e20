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
/* Things that are counted ("prompt:3") have symbols without being looked up; their text is made when somebody asks. */
typedef enum mu_counted { MU_PROMPT_N, MU_MESSAGE_N, MU_TASK_N, MU_CONSULT_N, MU_DECIDE_N, MU_LADDER_N, MU_ENGAGE_N, MU_COUNTED } mu_counted;
static inline int64_t mu_symbol_counted(mu_counted what, int64_t number)
{
    return -(number * 8 + (int64_t)what) - 1; /* negative: the kind in the lowest digit of eight */
}
/* The number of such a symbol, or -1 where it is another. */
static inline int64_t mu_symbol_number(int64_t symbol, mu_counted what)
{
    int64_t code = -symbol - 1;
    return symbol < 0 && code % 8 == (int64_t)what ? code / 8 : -1;
}
/* The same of its text: the number behind the colon of a name ("task:4") of that kind ("task"), or -1; at most INT32_MAX,
 * beyond which nothing is counted. */
int64_t mu_number_in(const char *name, const char *kind);
/* Lives as long as `symbols`. */
const char *mu_symbol_text(const mu_symbols *symbols, int64_t symbol);
size_t mu_symbol_count(const mu_symbols *symbols);

#endif
