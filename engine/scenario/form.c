#include "scenario/form.h"

#include <string.h>

enum { DEEP = 64, ABSOLUTE = -0x80 };

typedef struct form {
    const unsigned char *at, *end;
    bool odd; /* not what is known here */
    mu_arena *arena;
    mu_piece_reader *read;
    void *self;
} form;

static int keep_bytes(lua_State *L, const void *bytes, size_t len, void *out)
{
    (void)L;
    mu_buf_add(out, bytes, len);
    return 0;
}

static const unsigned char *skip(form *f, uint64_t bytes)
{
    const unsigned char *from = f->at;
    bool short_of = (uint64_t)(f->end - f->at) < bytes;
    f->odd = f->odd || short_of;
    f->at = short_of ? f->end : f->at + bytes;
    return from;
}

/* Seven bits a byte, the last one marked. */
static uint64_t number(form *f)
{
    uint64_t n = 0;
    for (bool last = false; !last;) {
        if (f->at == f->end || n >> 56) {
            f->odd = true;
            return 0;
        }
        last = *f->at & 0x80;
        n = n << 7 | (*f->at++ & 0x7f);
    }
    return n;
}

/* How many of something of which each takes a byte at least. */
static uint64_t count_of(form *f)
{
    uint64_t n = number(f);
    f->odd = f->odd || n > (uint64_t)(f->end - f->at);
    return f->odd ? 0 : n;
}

static const char *text(form *f)
{
    uint64_t size = number(f);
    const unsigned char *bytes = skip(f, size ? size - 1 : 0);
    return size && !f->odd ? mu_copy(f->arena, (const char *)bytes, size - 1) : NULL;
}

static void constants(form *f, mu_piece *p)
{
    p->text_count = count_of(f);
    const char **texts = mu_alloc(f->arena, (p->text_count + 1) * sizeof *texts);
    for (uint64_t n = 0; n < p->text_count && !f->odd; n++) {
        int type = f->at < f->end ? *f->at++ : 0xff;
        if ((type & 0x0f) == LUA_TSTRING)
            texts[n] = text(f);
        else if ((type & 0x0f) == LUA_TNUMBER)
            (void)skip(f, 8);
        else if (type > 0x2f)
            f->odd = true;
    }
    p->texts = texts;
}

static void code(form *f, mu_piece *p)
{
    p->code_count = count_of(f);
    const unsigned char *from = skip(f, p->code_count * 4);
    uint32_t *instructions = mu_alloc(f->arena, (p->code_count + 1) * sizeof *instructions);
    if (!f->odd)
        memcpy(instructions, from, p->code_count * 4);
    p->code = instructions;
}

/* Variables from around: of the function around it, or of one further out. */
static void from_around(form *f, mu_piece *p, int words)
{
    uint64_t n = count_of(f);
    const unsigned char *rows = skip(f, n * 3); /* in the one around it as a local; its number; its kind */
    for (uint64_t i = 0; i < n && !f->odd; i++)
        if (words >= 0 && !rows[i * 3] && rows[i * 3 + 1] == words)
            p->words = (int)i;
}

/* Steps from line to line, and now and then a line as it is. */
static void lines(form *f, mu_piece *p, int first)
{
    uint64_t n = count_of(f);
    const unsigned char *steps = skip(f, n);
    uint64_t whole = count_of(f);
    int *list = mu_alloc(f->arena, (n + 1) * sizeof *list), line = first;
    for (uint64_t i = 0; i < n && !f->odd; i++) {
        signed char step = (signed char)steps[i];
        if (step == ABSOLUTE && whole-- > 0) {
            (void)number(f);
            line = (int)number(f);
        } else {
            line += step;
        }
        list[i] = line;
    }
    f->odd = f->odd || (n && n != p->code_count);
    p->lines = n ? list : NULL;
}

static void names(form *f)
{
    for (uint64_t n = count_of(f); n > 0 && !f->odd; n--) { /* of locals */
        (void)text(f);
        (void)number(f);
        (void)number(f);
    }
    for (uint64_t n = count_of(f); n > 0 && !f->odd; n--) /* of variables from around */
        (void)text(f);
}

/* `words`: where the words stand in the one around it; -2: it is the outermost, and they are its only variable. */
static void function(form *f, int words, int depth)
{
    mu_piece p = {.words = words == -2 ? 0 : -1};
    f->odd = f->odd || depth > DEEP;
    (void)text(f); /* the name of the file */
    int first = (int)number(f);
    (void)number(f);
    (void)skip(f, 3); /* parameters, varargs, registers */
    code(f, &p);
    constants(f, &p);
    from_around(f, &p, words);
    for (uint64_t n = count_of(f); n > 0 && !f->odd; n--)
        function(f, p.words, depth + 1);
    lines(f, &p, first);
    names(f);
    if (!f->odd)
        f->read(f->self, &p);
}

bool mu_pieces_read(lua_State *L, bool whole, mu_piece_reader *read, void *self)
{
    static const char head[] = LUA_SIGNATURE "\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08";
    mu_buf bytes = {0};
    form f = {.arena = mu_arena_new(), .read = read, .self = self};
    f.odd = lua_dump(L, keep_bytes, &bytes, !whole) != 0 || bytes.len < sizeof head - 1 + 17 || memcmp(bytes.text, head, sizeof head - 1) != 0;
    if (!f.odd) { /* behind the head two numbers and the count of variables */
        f.at = (const unsigned char *)bytes.text + sizeof head - 1 + 17;
        f.end = (const unsigned char *)bytes.text + bytes.len;
        function(&f, whole ? -2 : -1, 0);
    }
    bool known = !f.odd && f.at == f.end;
    mu_arena_free(f.arena);
    mu_buf_free(&bytes);
    return known;
}
