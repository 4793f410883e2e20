/* token.h - the words of Lua source, one after the other, each with its place. It need not understand the grammar:
 * it finds names, texts and signs, and skips comments. */
#ifndef MU_SCENARIO_TOKEN_H
#define MU_SCENARIO_TOKEN_H

#include "base/diag.h"

typedef enum mu_token_kind { MU_TOKEN_END, MU_TOKEN_NAME, MU_TOKEN_TEXT, MU_TOKEN_NUMBER, MU_TOKEN_SIGN } mu_token_kind;

typedef struct mu_token {
    mu_token_kind kind;
    const char *s; /* in the source */
    size_t len;
    const char *text; /* of a text: what is between its quotes; NULL where escapes make it more than that */
    size_t text_len;
    int line, column;
} mu_token;

typedef struct mu_tokens {
    const char *at, *end;
    int line, column;
} mu_tokens;

mu_tokens mu_tokens_of(const char *bytes, size_t len);
/* The next one; MU_TOKEN_END for ever at the end. */
mu_token mu_token_next(mu_tokens *from);
/* True where the token is this name or sign. */
bool mu_token_is(const mu_token *token, const char *word);

#endif
