#include "scenario/cage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

/* TICK: instructions between two looks at the steps. An instruction may compare or read the longest text there is, so
 * it weighs more where that is long. RESERVE: for the error itself. */
enum { TICK = 1000, WALK = 1024, PROBE = 1000, SHORT = 128, RESERVE = 64 << 10, SMALL = 4096, MESSAGE = 300 };

static const char over; /* its address is the error that nothing catches */

cage *cage_of(lua_State *L)
{
    return *(cage **)lua_getextraspace(L);
}

/* ---- memory ---- */

static bool stop(cage *c, mu_limit limit)
{
    if (!c->stopped)
        c->limit = limit;
    c->stopped = c->spent = true;
    return true;
}

/* A new text counts as steps: by that, joining texts costs what it takes. */
static bool text_refused(cage *c, size_t size)
{
    if (size > (size_t)mu_limits[MU_LIMIT_STRING].most + c->header)
        return stop(c, MU_LIMIT_STRING);
    if (size > c->longest)
        c->longest = size;
    if (size > SHORT)
        c->steps -= (int64_t)(size / 32);
    return false;
}

/* After the first refusal only an error's own small needs are met: nothing can be tried again. */
static bool refused(cage *c, int kind, size_t had, size_t size)
{
    size_t most = (size_t)mu_limits[MU_LIMIT_MEMORY].most;
    if (c->spent)
        return size > SMALL || c->used - had + size > most + RESERVE;
    if (kind == LUA_TSTRING && text_refused(c, size))
        return true;
    if (kind != LUA_TSTRING && size > c->block)
        return stop(c, MU_LIMIT_BLOCK);
    if (kind <= 0)
        c->churn += (int64_t)size;
    return c->used - had + size > most && stop(c, MU_LIMIT_MEMORY);
}

/* For a new object `had` is its kind (Lua's manual, lua_Alloc). */
static void *allocate(void *self, void *old, size_t had, size_t size)
{
    cage *c = self;
    int kind = old ? -1 : (int)had;
    if (!old)
        had = 0;
    if (size == 0) {
        c->used -= had;
        free(old);
        return NULL;
    }
    if (c->armed && size > had && refused(c, kind, had, size))
        return NULL;
    if (kind == LUA_TSTRING && c->header == 0 && size > PROBE)
        c->header = size - PROBE;
    void *block = mu_grow(old, size);
    c->used = c->used - had + size;
    return block;
}

/* ---- steps ---- */

int cage_stop(lua_State *L, mu_limit limit)
{
    cage *c = cage_of(L);
    if (!c->stopped)
        c->limit = limit;
    c->stopped = true;
    lua_pushlightuserdata(L, (void *)(uintptr_t)&over);
    return lua_error(L);
}

static void judge(lua_State *L, cage *c)
{
    if (c->stopped)
        cage_stop(L, c->limit);
    if (c->steps < 0)
        cage_stop(L, MU_LIMIT_STEPS);
    if (c->churn > mu_limits[MU_LIMIT_CHURN].most)
        cage_stop(L, MU_LIMIT_CHURN);
}

static void tick(lua_State *L, lua_Debug *where)
{
    cage *c = cage_of(L);
    (void)where;
    c->steps -= TICK * (int64_t)(1 + c->longest / WALK);
    judge(L, c);
}

void cage_charge(lua_State *L, int64_t n)
{
    cage *c = cage_of(L);
    c->steps -= n;
    judge(L, c);
}

/* ---- threads ---- */

int cage_thread(cage *c, lua_State **thread)
{
    *thread = lua_newthread(c->L);
    lua_sethook(*thread, tick, LUA_MASKCOUNT, TICK);
    return luaL_ref(c->L, LUA_REGISTRYINDEX);
}

void cage_reset(cage *c, lua_State **thread, int *ref)
{
    bool failed = lua_status(*thread) != LUA_OK && lua_status(*thread) != LUA_YIELD;
    if (failed) { /* whoever is stopped out of a hook has no hooks any more, and Lua does not give them back */
        luaL_unref(c->L, LUA_REGISTRYINDEX, *ref);
        *ref = cage_thread(c, thread);
        return;
    }
    if (lua_status(*thread) == LUA_YIELD || lua_gettop(*thread) > 0) /* one that ended well is empty already */
        (void)lua_resetthread(*thread);
    lua_settop(*thread, 0);
    lua_sethook(*thread, tick, LUA_MASKCOUNT, TICK);
}

static void arm(cage *c, mu_limit block)
{
    c->steps = mu_limits[MU_LIMIT_STEPS].most;
    c->churn = 0;
    c->block = (size_t)mu_limits[block].most;
    c->stopped = c->spent;
    c->help.len = 0;
    c->armed = true;
}

typedef struct source {
    const char *at, *end;
    int line; /* that was given last */
} source;

/* A line at a time: where Lua fails without a place, nested too deep or out of memory, this knows the line. */
static const char *next_line(lua_State *L, void *from, size_t *size)
{
    (void)L;
    source *s = from;
    const char *line = s->at, *end = line < s->end ? memchr(line, '\n', (size_t)(s->end - line)) : NULL;
    s->at = end ? end + 1 : s->end;
    s->line += line < s->end;
    *size = (size_t)(s->at - line);
    return *size ? line : NULL;
}

int cage_compile(cage *c, lua_State *L, int file, const char *bytes, size_t len)
{
    char name[16];
    source s = {bytes, bytes + len, 0};
    snprintf(name, sizeof name, "=%d", file);
    arm(c, MU_LIMIT_SOURCE_BLOCK);
    int status = lua_load(L, next_line, &s, name, "t");
    c->armed = false;
    c->compiled = file;
    c->compiled_line = status == LUA_OK ? 0 : s.line;
    if (status == LUA_OK) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, c->globals);
        lua_setupvalue(L, -2, 1);
    }
    return status;
}

int cage_resume(cage *c, lua_State *thread)
{
    int results = 0;
    if (c->spent)
        return LUA_ERRMEM;
    arm(c, MU_LIMIT_BLOCK);
    int status = lua_resume(thread, c->L, lua_status(thread) == LUA_YIELD ? 0 : lua_gettop(thread) - 1, &results);
    c->armed = false;
    if (status == LUA_OK || status == LUA_YIELD)
        lua_pop(thread, results);
    return status;
}

/* ---- failures ---- */

int cage_refuse(lua_State *L, const char *help, const char *format, ...)
{
    cage *c = cage_of(L);
    va_list args;
    c->help.len = 0;
    if (help)
        mu_buf_safe(&c->help, help, strlen(help), 2 * MESSAGE);
    va_start(args, format);
    lua_pushvfstring(L, format, args);
    va_end(args);
    return lua_error(L);
}

static void find_place(lua_State *thread, cage_error *out)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(thread, level, &ar); level++) {
        lua_getinfo(thread, "Sl", &ar);
        if (ar.currentline <= 0)
            continue;
        out->file = (int)strtol(ar.short_src, NULL, 10);
        out->line = ar.currentline;
        return;
    }
}

/* "3:17: attempt to ...": Lua's own prefix. A syntax error has no stack, so its place is taken from there. */
static const char *strip_place(const char *text, cage_error *out)
{
    int file = 0, line = 0, used = 0;
    /* NOLINTNEXTLINE(cert-err34-c): the widths keep both in an int */
    if (sscanf(text, "%3d:%9d: %n", &file, &line, &used) != 2 || used == 0)
        return text;
    if (out->line == 0) {
        out->file = file;
        out->line = line;
    }
    return file == out->file && line == out->line ? text + used : text;
}

static void set_text(cage_error *out, const char *bytes, size_t len)
{
    mu_buf_safe(&out->text, bytes, len, MESSAGE - 3);
    if (out->text.len <= MESSAGE)
        return;
    size_t cut = MESSAGE - 3;
    while (cut > 0 && ((unsigned char)out->text.text[cut] & 0xc0) == 0x80)
        cut--;
    out->text.len = cut;
    mu_buf_puts(&out->text, "...");
}

static void say_limit(const cage *c, cage_error *out)
{
    mu_limit limit = c->stopped ? c->limit : MU_LIMIT_MEMORY;
    mu_buf_printf(&out->text, "stopped: more than %lld %s", (long long)mu_limits[limit].most, mu_limits[limit].what);
    out->limit = true;
}

static void place_of_source(const cage *c, cage_error *out)
{
    if (out->line > 0 || c->compiled_line == 0)
        return;
    out->file = c->compiled;
    out->line = c->compiled_line;
}

void cage_why(cage *c, lua_State *thread, int status, cage_error *out)
{
    *out = (cage_error){.file = -1};
    find_place(thread, out);
    if (c->stopped || status == LUA_ERRMEM) {
        c->spent = c->spent || status == LUA_ERRMEM;
        say_limit(c, out);
        place_of_source(c, out);
        return;
    }
    size_t len = 0;
    const char *text =
        lua_type(thread, -1) == LUA_TSTRING ? lua_tolstring(thread, -1, &len) : "it failed without a message";
    const char *rest = strip_place(text, out);
    set_text(out, rest, strlen(rest));
    place_of_source(c, out);
}

/* ---- words ---- */

void cage_word(lua_State *L, cage *c, const char *name)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, c->words);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static const char *shown_key(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : luaL_typename(L, index);
}

/* The nearest of the fields of the table in upvalue 2, NULL where none is near. Their order is that of a hash, so the
 * nearest is taken from the sorted list. */
static const char *nearest_field(lua_State *L, const char *word)
{
    enum { MOST = 128 };
    const char *names[MOST];
    size_t count = 0;
    lua_pushvalue(L, lua_upvalueindex(2));
    int keys = cage_keys(L, -1);
    for (int i = 1; i <= keys && count < MOST; i++) {
        lua_rawgeti(L, -1, i);
        names[count++] = lua_tostring(L, -1);
        lua_pop(L, 1);
    }
    return mu_nearest(word, names, count);
}

static int unknown_field(lua_State *L)
{
    const char *what = lua_tostring(L, lua_upvalueindex(1)), *key = shown_key(L, 2);
    const char *near = nearest_field(L, key);
    const char *help = near ? lua_pushfstring(L, "did you mean \"%s\"?", near)
                            : "a variable needs \"local\" where it begins; scripts/muster.lua lists the words";
    return cage_refuse(L, help, "%s \"%s\"", what, key);
}

static int no_writing(lua_State *L)
{
    return cage_refuse(L, "write \"local\" where a variable begins; the words themselves cannot be changed",
                       "there is no variable \"%s\" to set", shown_key(L, 2));
}

void cage_guard(lua_State *L, const char *what)
{
    int fields = lua_gettop(L);
    lua_createtable(L, 0, 1); /* behind the fields: what is not there is an error */
    lua_pushstring(L, what);
    lua_pushvalue(L, fields);
    lua_pushcclosure(L, unknown_field, 2);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, fields);
    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, fields);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, no_writing);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_remove(L, fields);
}

static int panic(lua_State *L)
{
    (void)L;
    mu_check_failed(__FILE__, __LINE__, "Lua failed outside a script");
}

cage *cage_open(void *owner)
{
    cage *c = mu_grow(NULL, sizeof *c);
    *c = (cage){.owner = owner};
    c->L = lua_newstate(allocate, c);
    MU_CHECK(c->L);
    lua_atpanic(c->L, panic);
    *(cage **)lua_getextraspace(c->L) = c;
    char probe[PROBE] = {0};
    lua_pushlstring(c->L, probe, sizeof probe); /* how much Lua adds to a text, so that its limit is exact */
    lua_pop(c->L, 1);
    lua_newtable(c->L);
    lua_pushvalue(c->L, -1);
    c->words = luaL_ref(c->L, LUA_REGISTRYINDEX);
    cage_guard(c->L, "unknown word");
    c->globals = luaL_ref(c->L, LUA_REGISTRYINDEX);
    cage_kit(c->L, c);
    return c;
}

void cage_close(cage *c)
{
    if (!c)
        return;
    lua_close(c->L);
    mu_buf_free(&c->help);
    free(c);
}
