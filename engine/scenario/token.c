#include "scenario/token.h"

#include <string.h>

mu_tokens mu_tokens_of(const char *bytes, size_t len)
{
    return (mu_tokens){bytes, bytes + len, 1, 1};
}

/* Columns count characters: a byte that continues one counts nothing. */
static void pass(mu_tokens *t, size_t n)
{
    for (; n > 0 && t->at < t->end; n--, t->at++) {
        if (*t->at == '\n') {
            t->line++;
            t->column = 1;
        } else if (((unsigned char)*t->at & 0xc0) != 0x80) {
            t->column++;
        }
    }
}

static bool looks(const mu_tokens *t, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(t->end - t->at) >= len && memcmp(t->at, word, len) == 0;
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "[[" or "[==[": how many signs open it, 0 where nothing of the kind stands here. */
static size_t opens_long(const mu_tokens *t)
{
    const char *p = t->at;
    if (p == t->end || *p != '[')
        return 0;
    for (p++; p < t->end && *p == '=';)
        p++;
    return p < t->end && *p == '[' ? (size_t)(p - t->at) + 1 : 0;
}

/* Passes the rest of a long text or comment; returns how many bytes were inside. */
static size_t pass_long(mu_tokens *t, size_t signs)
{
    const char *from = t->at;
    while (t->at < t->end) {
        const char *p = memchr(t->at, ']', (size_t)(t->end - t->at));
        if (!p)
            break;
        pass(t, (size_t)(p - t->at));
        size_t n = 1;
        while (n < signs - 1 && p + n < t->end && p[n] == '=')
            n++;
        if (n == signs - 1 && p + n < t->end && p[n] == ']') {
            pass(t, signs);
            return (size_t)(p - from);
        }
        pass(t, 1);
    }
    pass(t, (size_t)(t->end - t->at));
    return (size_t)(t->end - from);
}

static void pass_comment(mu_tokens *t)
{
    pass(t, 2);
    size_t signs = opens_long(t);
    if (signs) {
        pass(t, signs);
        (void)pass_long(t, signs);
        return;
    }
    const char *p = memchr(t->at, '\n', (size_t)(t->end - t->at));
    pass(t, (size_t)((p ? p : t->end) - t->at));
}

static void pass_blank(mu_tokens *t)
{
    while (t->at < t->end) {
        if (looks(t, "--"))
            pass_comment(t);
        else if (strchr(" \t\r\n\v\f", *t->at) && *t->at)
            pass(t, 1);
        else
            return;
    }
}

static void quoted(mu_tokens *t, mu_token *out)
{
    const char *p = t->at + 1;
    bool plain = true;
    for (; p < t->end && *p != *t->at && *p != '\n'; p++)
        if (*p == '\\') {
            plain = false;
            p += p + 1 < t->end;
        }
    out->kind = MU_TOKEN_TEXT;
    out->text = plain ? t->at + 1 : NULL;
    out->text_len = (size_t)(p - t->at) - 1;
    pass(t, (size_t)(p - t->at) + (p < t->end && *p != '\n'));
}

static void long_text(mu_tokens *t, mu_token *out, size_t signs)
{
    pass(t, signs);
    if (looks(t, "\r\n"))
        pass(t, 2);
    else if (looks(t, "\n"))
        pass(t, 1);
    out->kind = MU_TOKEN_TEXT;
    out->text = t->at;
    out->text_len = pass_long(t, signs);
}

static void sign(mu_tokens *t, mu_token *out)
{
    static const char *const signs[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    out->kind = MU_TOKEN_SIGN;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (looks(t, signs[i])) {
            pass(t, strlen(signs[i]));
            return;
        }
    pass(t, 1);
}

static void number(mu_tokens *t, mu_token *out)
{
    const char *p = t->at;
    out->kind = MU_TOKEN_NUMBER;
    while (p < t->end && (letter(*p) || digit(*p) || *p == '.' || ((*p == '+' || *p == '-') && strchr("eEpP", p[-1]))))
        p++;
    pass(t, (size_t)(p - t->at));
}

mu_token mu_token_next(mu_tokens *t)
{
    pass_blank(t);
    mu_token out = {.s = t->at, .line = t->line, .column = t->column};
    if (t->at == t->end)
        return out;
    size_t signs = opens_long(t);
    if (signs) {
        long_text(t, &out, signs);
    } else if (*t->at == '"' || *t->at == '\'') {
        quoted(t, &out);
    } else if (letter(*t->at)) {
        const char *p = t->at;
        while (p < t->end && (letter(*p) || digit(*p)))
            p++;
        out.kind = MU_TOKEN_NAME;
        pass(t, (size_t)(p - t->at));
    } else if (digit(*t->at) || (*t->at == '.' && t->at + 1 < t->end && digit(t->at[1]))) {
        number(t, &out);
    } else {
        sign(t, &out);
    }
    out.len = (size_t)(t->at - out.s);
    return out;
}

bool mu_token_is(const mu_token *token, const char *word)
{
    return (token->kind == MU_TOKEN_NAME || token->kind == MU_TOKEN_SIGN) && strlen(word) == token->len &&
           memcmp(token->s, word, token->len) == 0;
}
