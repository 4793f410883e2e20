/* Whether a function assigns a variable that stands around it, read off its own compiled form: only there is it certain.
 * What is unknown here counts as yes. */
#include <string.h>

#include "scenario/inside.h"

enum { SETUPVAL = 10, OPCODE = 0x7f, DEEP = 64 }; /* of Lua 5.4 */

typedef struct form {
    const unsigned char *at, *end;
    bool assigns;
} form;

static int keep_bytes(lua_State *L, const void *bytes, size_t len, void *out)
{
    (void)L;
    mu_buf_add(out, bytes, len);
    return 0;
}

static void skip(form *f, uint64_t bytes)
{
    bool short_of = (uint64_t)(f->end - f->at) < bytes;
    f->assigns = f->assigns || short_of;
    f->at = short_of ? f->end : f->at + bytes;
}

/* Seven bits a byte, the last one marked. */
static uint64_t number(form *f)
{
    uint64_t n = 0;
    for (bool last = false; !last;) {
        if (f->at == f->end || n >> 56) {
            f->assigns = true;
            return 0;
        }
        last = *f->at & 0x80;
        n = n << 7 | (*f->at++ & 0x7f);
    }
    return n;
}

static void text(form *f)
{
    uint64_t size = number(f);
    skip(f, size ? size - 1 : 0);
}

static void constants(form *f)
{
    for (uint64_t n = number(f); n > 0 && !f->assigns; n--) {
        int type = f->at < f->end ? *f->at++ : 0xff;
        if ((type & 0x0f) == LUA_TSTRING)
            text(f);
        else if ((type & 0x0f) == LUA_TNUMBER)
            skip(f, 8);
        else if (type > 0x2f)
            f->assigns = true;
    }
}

static void code(form *f)
{
    uint64_t n = number(f);
    const unsigned char *from = f->at;
    skip(f, n * 4);
    for (; from < f->at; from += 4) {
        uint32_t instruction;
        memcpy(&instruction, from, sizeof instruction);
        f->assigns = f->assigns || (instruction & OPCODE) == SETUPVAL;
    }
}

static void function(form *f, int depth)
{
    f->assigns = f->assigns || depth > DEEP;
    text(f);
    (void)number(f); /* its lines */
    (void)number(f);
    skip(f, 3); /* parameters, varargs, registers */
    code(f);
    constants(f);
    skip(f, number(f) * 3); /* its variables from around */
    for (uint64_t n = number(f); n > 0 && !f->assigns; n--)
        function(f, depth + 1);
    for (int table = 0; table < 4 && !f->assigns; table++) /* what is left of it for messages: nothing, it was stripped */
        f->assigns = number(f) != 0;
}

bool mu_assigns_around(lua_State *L)
{
    static const char head[] = LUA_SIGNATURE "\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08";
    mu_buf bytes = {0};
    bool assigns = lua_dump(L, keep_bytes, &bytes, true) != 0 || bytes.len < sizeof head - 1 + 17 || memcmp(bytes.text, head, sizeof head - 1) != 0;
    if (!assigns) { /* behind the head two numbers and the count of variables */
        form f = {.at = (const unsigned char *)bytes.text + sizeof head - 1 + 17, .end = (const unsigned char *)bytes.text + bytes.len};
        function(&f, 0);
        assigns = f.assigns || f.at != f.end;
    }
    mu_buf_free(&bytes);
    return assigns;
}
