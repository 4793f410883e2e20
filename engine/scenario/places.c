/* Where the words of a scenario stand: one pass over its tokens. What is computed rather than written out has no place
 * here; messages then fall back to the line that Lua knows. */
#include <string.h>

#include "base/draw.h"
#include "scenario/limits.h"
#include "scenario/script.h"
#include "scenario/token.h"
#include "scenario/words.h"

typedef struct pass {
    mu_script *script;
    mu_script_file *file;
    mu_diags *diags;
    mu_tokens from;
    mu_token before, now; /* the one in hand, and the one before it */
    int64_t jumps;
    bool wrong;
} pass;

static size_t chars(const char *s, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len && s[i] != '\n'; i++)
        n += ((unsigned char)s[i] & 0xc0) != 0x80;
    return n;
}

static mu_mark mark(const pass *p, const mu_token *t)
{
    int width = (int)chars(t->s, t->len < 200 ? t->len : 200);
    return (mu_mark){p->file->name, t->line, t->column, width ? width : 1};
}

static const char *text_of(const pass *p, const mu_token *t)
{
    if (t->kind != MU_TOKEN_TEXT || !t->text || t->text_len > (size_t)mu_limits[MU_LIMIT_NAME].most)
        return NULL;
    return mu_copy(p->script->arena, t->text, t->text_len);
}

static void refuse(pass *p, const char *text, const char *help)
{
    mu_mark at = mark(p, &p->now);
    at.file = mu_copy(mu_diags_arena(p->diags), at.file, strlen(at.file));
    p->wrong = true;
    mu_diag_add(p->diags, MU_ERROR, 104, at, text, help);
}

/* What the language of scenarios leaves out, because its cost or its result is not the same everywhere. */
static void judge(pass *p)
{
    static const char *const jumps[] = {"goto", "break", "::", "and", "or", "else", "elseif"};
    bool jump = false;
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++)
        jump = jump || mu_token_is(&p->now, jumps[i]);
    if (p->wrong)
        return;
    if (mu_token_is(&p->now, "..."))
        refuse(p, "\"...\" is not in the language of scenarios", "give the function its arguments by name, or a list");
    else if (mu_token_is(&p->now, "^"))
        refuse(p, "powers are not in the language of scenarios: their last digit differs between processors",
               "write the product: n * n");
    else if (jump && ++p->jumps > mu_limits[MU_LIMIT_JUMPS].most)
        refuse(p,
               mu_format(p->script->arena, "more than %lld %s", (long long)mu_limits[MU_LIMIT_JUMPS].most,
                         mu_limits[MU_LIMIT_JUMPS].what),
               NULL);
}

static void next(pass *p)
{
    p->before = p->now;
    p->now = mu_token_next(&p->from);
    judge(p);
}

static void add_key(pass *p, mu_noun_place *noun, const char *key, int item, mu_mark at)
{
    mu_script_file *f = p->file;
    if (f->key_count == f->key_size) {
        f->key_size = f->key_size ? f->key_size * 2 : 256;
        f->keys = mu_grow(f->keys, (size_t)f->key_size * sizeof *f->keys);
    }
    f->keys[f->key_count++] = (mu_key_place){key, item, at, NULL};
    noun->count++;
}

/* Behind "{" or "(": passes everything up to the sign that closes it. */
static void pass_brackets(pass *p)
{
    for (int depth = 1; depth > 0 && p->now.kind != MU_TOKEN_END; next(p)) {
        depth += mu_token_is(&p->now, "{") || mu_token_is(&p->now, "(") || mu_token_is(&p->now, "[");
        depth -= mu_token_is(&p->now, "}") || mu_token_is(&p->now, ")") || mu_token_is(&p->now, "]");
    }
}

/* A value up to the comma or the bracket that ends it. */
static void pass_value(pass *p)
{
    while (p->now.kind != MU_TOKEN_END && !mu_token_is(&p->now, ",") && !mu_token_is(&p->now, ";") &&
           !mu_token_is(&p->now, "}")) {
        bool opens = mu_token_is(&p->now, "{") || mu_token_is(&p->now, "(") || mu_token_is(&p->now, "[");
        next(p);
        if (opens)
            pass_brackets(p);
    }
    if (p->now.kind != MU_TOKEN_END && !mu_token_is(&p->now, "}"))
        next(p);
}

/* The list behind a key: its items by number, and keys of its own (`within`) by name. */
static void read_list(pass *p, mu_noun_place *noun, const char *key)
{
    int item = 0;
    next(p);
    while (p->now.kind != MU_TOKEN_END && !mu_token_is(&p->now, "}")) {
        mu_token first = p->now;
        mu_tokens ahead = p->from;
        mu_token then = mu_token_next(&ahead);
        if (first.kind == MU_TOKEN_NAME && mu_token_is(&then, "=")) {
            const char *inner =
                mu_format(p->script->arena, "%s.%.*s", key, (int)(first.len < 80 ? first.len : 80), first.s);
            next(p);
            next(p);
            add_key(p, noun, inner, -1, mark(p, &first));
            add_key(p, noun, inner, 0, mark(p, &p->now));
        } else {
            add_key(p, noun, key, ++item, mark(p, &first));
        }
        pass_value(p);
    }
    if (p->now.kind != MU_TOKEN_END)
        next(p);
}

static void read_key(pass *p, mu_noun_place *noun)
{
    const char *key = mu_copy(p->script->arena, p->now.s, p->now.len < 80 ? p->now.len : 80);
    add_key(p, noun, key, -1, mark(p, &p->now));
    next(p);
    next(p);
    add_key(p, noun, key, 0, mark(p, &p->now));
    if (strcmp(key, "file") == 0)
        p->file->keys[p->file->key_count - 1].text = text_of(p, &p->now);
    if (mu_token_is(&p->now, "{"))
        read_list(p, noun, key);
    pass_value(p);
}

static void read_card(pass *p, mu_noun_place *noun)
{
    noun->first = p->file->key_count;
    next(p);
    while (p->now.kind != MU_TOKEN_END && !mu_token_is(&p->now, "}")) {
        mu_tokens ahead = p->from;
        mu_token then = mu_token_next(&ahead);
        if (p->now.kind == MU_TOKEN_NAME && mu_token_is(&then, "="))
            read_key(p, noun);
        else
            pass_value(p);
    }
}

static size_t bucket(const mu_script_file *f, const char *name)
{
    return mu_purpose(name, "") % (sizeof f->heads / sizeof *f->heads);
}

static void enter(mu_script_file *f, const char *name)
{
    size_t b = bucket(f, name);
    *(f->tails[b] ? &f->nouns[f->tails[b] - 1].next : &f->heads[b]) = f->noun_count;
    f->tails[b] = f->noun_count;
}

mu_noun_place *mu_script_noun(const mu_script_file *f, const char *noun, const char *name)
{
    for (int i = f->heads[bucket(f, name)]; i; i = f->nouns[i - 1].next) {
        mu_noun_place *p = &f->nouns[i - 1];
        if (!p->taken && strcmp(p->noun, noun) == 0 && strcmp(p->name, name) == 0)
            return p;
    }
    return NULL;
}

static void read_noun(pass *p, const mu_noun_word *word)
{
    mu_script_file *f = p->file;
    mu_noun_place noun = {.noun = word->word, .name = "", .at = mark(p, &p->now), .first = f->key_count};
    noun.name_at = noun.at;
    next(p);
    bool bracket = mu_token_is(&p->now, "(");
    if (bracket)
        next(p);
    if (word->noun != MU_EXERCISE) {
        noun.name = text_of(p, &p->now);
        noun.name_at = mark(p, &p->now);
        if (!noun.name)
            return;
        next(p);
        if (bracket && !mu_token_is(&p->now, ")"))
            return; /* the beginning of a computed name */
        if (bracket)
            next(p);
    }
    if (mu_token_is(&p->now, "{"))
        read_card(p, &noun);
    if (f->noun_count == f->noun_size) {
        f->noun_size = f->noun_size ? f->noun_size * 2 : 64;
        f->nouns = mu_grow(f->nouns, (size_t)f->noun_size * sizeof *f->nouns);
    }
    f->nouns[f->noun_count++] = noun;
    enter(f, noun.name);
}

static void read_verb(pass *p, const mu_verb_word *word)
{
    mu_script_file *f = p->file;
    mu_verb_place verb = {.verb = word->word, .at = mark(p, &p->now)};
    next(p);
    mu_token text = p->now;
    if (mu_token_is(&p->now, "(")) {
        mu_tokens ahead = p->from;
        mu_token inside = mu_token_next(&ahead), then = mu_token_next(&ahead);
        text = mu_token_is(&then, ")") ? inside : text;
    }
    verb.text = text_of(p, &text);
    verb.text_at = mark(p, &text);
    if (f->verb_count == f->verb_size) {
        f->verb_size = f->verb_size ? f->verb_size * 2 : 128;
        f->verbs = mu_grow(f->verbs, (size_t)f->verb_size * sizeof *f->verbs);
    }
    f->verbs[f->verb_count++] = verb;
}

/* A field or a variable of the same name is no word of ours. */
static bool is_word(const pass *p)
{
    return p->now.kind == MU_TOKEN_NAME && !mu_token_is(&p->before, ".") && !mu_token_is(&p->before, ":") &&
           !mu_token_is(&p->before, "local") && !mu_token_is(&p->before, "function");
}

bool mu_script_places(mu_script *script, mu_script_file *file, mu_diags *diags)
{
    pass p = {.script = script, .file = file, .diags = diags, .from = mu_tokens_of(file->bytes, file->len)};
    next(&p);
    while (p.now.kind != MU_TOKEN_END) {
        const mu_noun_word *noun = is_word(&p) ? mu_noun_find(p.now.s, p.now.len) : NULL;
        const mu_verb_word *verb = is_word(&p) ? mu_verb_find(p.now.s, p.now.len) : NULL;
        if (noun)
            read_noun(&p, noun);
        else if (verb)
            read_verb(&p, verb);
        else
            next(&p);
    }
    return !p.wrong;
}

mu_mark mu_script_verb_at(const mu_script_file *file, int line, const char *verb)
{
    int low = 0, high = file->verb_count;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (file->verbs[mid].at.line < line)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < file->verb_count && file->verbs[low].at.line == line; low++)
        if (file->verbs[low].verb == verb || strcmp(file->verbs[low].verb, verb) == 0)
            return file->verbs[low].at;
    return (mu_mark){file->name, line, 1, 1};
}

mu_mark mu_script_key_at(const mu_script_file *file, const mu_noun_place *noun, const char *key, int item)
{
    mu_mark at = noun->at;
    for (int i = noun->first; i < noun->first + noun->count; i++) {
        const mu_key_place *k = &file->keys[i];
        if (strcmp(k->key, key) != 0)
            continue;
        if (k->item == item)
            return k->at;
        if (k->item == 0)
            at = k->at;
    }
    return at;
}

/* Tokens are cheap to read again; this is for a message, once. */
mu_mark mu_script_word_at(const mu_script_file *file, int line, const char *word, size_t len)
{
    mu_tokens from = mu_tokens_of(file->bytes, file->len);
    mu_mark at = {file->name, line, 1, 1};
    if (len == 0)
        return at;
    for (mu_token t = mu_token_next(&from); t.kind != MU_TOKEN_END && t.line <= line; t = mu_token_next(&from)) {
        bool text = t.kind == MU_TOKEN_TEXT && t.text && t.text_len == len && memcmp(t.text, word, len) == 0;
        if (t.line == line && (text || (t.len == len && memcmp(t.s, word, len) == 0)))
            return (mu_mark){file->name, line, t.column, (int)chars(t.s, t.len < 200 ? t.len : 200)};
    }
    return at;
}
