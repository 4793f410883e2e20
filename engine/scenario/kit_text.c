/* The kit's texts and numbers: no patterns, no powers, and every walk over a text counts its steps. */
#include <stdio.h>
#include <string.h>

#include "scenario/kit.h"

/* ---- texts ---- */

static int push_letters(lua_State *L, char from, const char *what)
{
    size_t len;
    const char *s = kit_text(L, 1, &len, what);
    luaL_Buffer out;
    cage_charge(L, (int64_t)(len / 8));
    char *p = luaL_buffinitsize(L, &out, len);
    for (size_t i = 0; i < len; i++)
        p[i] = s[i] >= from && s[i] < from + 26 ? (char)(s[i] ^ 0x20) : s[i];
    luaL_pushresultsize(&out, len);
    return 1;
}

static int string_upper(lua_State *L)
{
    return push_letters(L, 'a', "string.upper");
}

static int string_lower(lua_State *L)
{
    return push_letters(L, 'A', "string.lower");
}

static int string_len(lua_State *L)
{
    size_t len;
    (void)kit_text(L, 1, &len, "string.len");
    lua_pushinteger(L, (lua_Integer)len);
    return 1;
}

static lua_Integer place(lua_Integer at, size_t len)
{
    return at >= 0 ? at : -at > (lua_Integer)len ? 1 : (lua_Integer)len + at + 1;
}

static int string_sub(lua_State *L)
{
    size_t len;
    const char *s = kit_text(L, 1, &len, "string.sub");
    lua_Integer from = place(lua_isnoneornil(L, 2) ? 1 : kit_integer(L, 2, "string.sub"), len);
    lua_Integer to = lua_isnoneornil(L, 3) ? -1 : kit_integer(L, 3, "string.sub");
    to = to < -(lua_Integer)len ? 0 : place(to, len);
    from = from < 1 ? 1 : from;
    to = to > (lua_Integer)len ? (lua_Integer)len : to;
    cage_charge(L, 1);
    lua_pushlstring(L, from <= to ? s + from - 1 : "", from <= to ? (size_t)(to - from + 1) : 0);
    return 1;
}

static int string_rep(lua_State *L)
{
    size_t len, between = 0;
    const char *s = kit_text(L, 1, &len, "string.rep"), *by = "";
    lua_Integer n = kit_integer(L, 2, "string.rep");
    if (!lua_isnoneornil(L, 3))
        by = kit_text(L, 3, &between, "string.rep");
    if (n <= 0 || len + between == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (n > mu_limits[MU_LIMIT_STRING].most / (lua_Integer)(len + between) + 1)
        return cage_stop(L, MU_LIMIT_STRING);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (lua_Integer i = 1; i <= n; i++) {
        luaL_addlstring(&out, s, len);
        if (i < n)
            luaL_addlstring(&out, by, between);
        cage_charge(L, 1 + (int64_t)((len + between) / 32));
    }
    luaL_pushresult(&out);
    return 1;
}

/* Plain text only: what a search costs is what it walks over. */
static int string_find(lua_State *L)
{
    size_t len, wanted;
    const char *s = kit_text(L, 1, &len, "string.find"), *what = kit_text(L, 2, &wanted, "string.find");
    lua_Integer from = place(lua_isnoneornil(L, 3) ? 1 : kit_integer(L, 3, "string.find"), len);
    size_t at = from < 1 ? 0 : (size_t)from - 1;
    for (; at + wanted <= len; at++) {
        const char *p = wanted ? memchr(s + at, what[0], len - at) : s + at;
        if (!p || (size_t)(p - s) + wanted > len)
            break;
        cage_charge(L, 1 + (int64_t)((size_t)(p - s) - at) / 32 + (int64_t)(wanted / 32));
        at = (size_t)(p - s);
        if (memcmp(p, what, wanted) != 0)
            continue;
        lua_pushinteger(L, (lua_Integer)at + 1);
        lua_pushinteger(L, (lua_Integer)at + (lua_Integer)wanted);
        return 2;
    }
    lua_pushnil(L);
    return 1;
}

/* One item of string.format: "%-8.2f" with at most two digits each. Returns the letter, 0 where it is none of ours. */
static char read_item(const char **at, char *spec, size_t size)
{
    const char *p = *at;
    size_t n = 0;
    spec[n++] = '%';
    while (*p && strchr("-+ 0", *p) && n < 6)
        spec[n++] = *p++;
    for (int d = 0; *p >= '0' && *p <= '9' && d < 2; d++)
        spec[n++] = *p++;
    if (*p == '.') {
        spec[n++] = *p++;
        for (int d = 0; *p >= '0' && *p <= '9' && d < 2; d++)
            spec[n++] = *p++;
    }
    spec[n] = '\0';
    (void)size;
    *at = *p ? p + 1 : p;
    return *p && strchr("sdixXfeg%", *p) ? *p : '\0';
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void add_item(lua_State *L, luaL_Buffer *out, char letter, const char *spec, int arg)
{
    char full[32], text[512]; /* %99.99f of the largest number has 409 characters */
    int n;
    if (letter == 's') {
        size_t len;
        kit_push_text(L, arg);
        const char *s = lua_tolstring(L, -1, &len);
        if (len > 400 || !spec[1]) {
            luaL_addvalue(out);
            return;
        }
        snprintf(full, sizeof full, "%ss", spec);
        n = snprintf(text, sizeof text, full, s);
        lua_pop(L, 1);
    } else if (strchr("feg", letter)) {
        if (lua_type(L, arg) != LUA_TNUMBER)
            cage_refuse(L, NULL, "string.format: %%%c takes a number, not a %s", letter, luaL_typename(L, arg));
        lua_Number v = lua_tonumber(L, arg);
        snprintf(full, sizeof full, "%s%c", spec, letter);
        n = v != v ? snprintf(text, sizeof text, "nan") : snprintf(text, sizeof text, full, v);
    } else {
        snprintf(full, sizeof full, "%sll%c", spec, letter == 'i' ? 'd' : letter);
        n = snprintf(text, sizeof text, full, (long long)kit_integer(L, arg, "string.format"));
    }
    luaL_addlstring(out, text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}
#pragma GCC diagnostic pop

static int string_format(lua_State *L)
{
    size_t len;
    const char *p = kit_text(L, 1, &len, "string.format"), *end = p + len;
    int arg = 1, count = lua_gettop(L);
    luaL_Buffer out;
    if (strlen(p) != len)
        return cage_refuse(L, NULL, "string.format takes a text without \\0");
    luaL_buffinit(L, &out);
    while (p < end) {
        const char *item = memchr(p, '%', (size_t)(end - p));
        luaL_addlstring(&out, p, (size_t)((item ? item : end) - p));
        if (!item)
            break;
        char spec[16], letter;
        p = item + 1;
        letter = read_item(&p, spec, sizeof spec);
        if (!letter)
            return cage_refuse(L, "it knows %s %d %x %f %e %g and %%", "string.format does not know this item");
        if (letter != '%' && ++arg > count)
            return cage_refuse(L, NULL, "string.format has more items than values");
        cage_charge(L, strchr("feg", letter) ? 400 : 20); /* a large number has hundreds of digits to find */
        if (letter == '%')
            luaL_addchar(&out, '%');
        else
            add_item(L, &out, letter, spec, arg);
    }
    luaL_pushresult(&out);
    return 1;
}

/* ---- numbers: what IEEE 754 fixes to the last digit, and nothing else ---- */

static lua_Number check_number(lua_State *L, int arg, const char *what)
{
    if (lua_type(L, arg) != LUA_TNUMBER)
        cage_refuse(L, NULL, "%s takes a number, not a %s", what, luaL_typename(L, arg));
    return lua_tonumber(L, arg);
}

static int push_rounded(lua_State *L, bool up, const char *what)
{
    lua_Number v = check_number(L, 1, what);
    lua_Integer n = 0;
    if (lua_isinteger(L, 1) || !(v > -9.2e18 && v < 9.2e18)) {
        lua_settop(L, 1);
        return 1;
    }
    n = (lua_Integer)v;
    n -= !up && (lua_Number)n > v;
    n += up && (lua_Number)n < v;
    lua_pushinteger(L, n);
    return 1;
}

static int math_floor(lua_State *L)
{
    return push_rounded(L, false, "math.floor");
}

static int math_ceil(lua_State *L)
{
    return push_rounded(L, true, "math.ceil");
}

static int push_extreme(lua_State *L, bool most, const char *what)
{
    int n = lua_gettop(L), best = 1;
    (void)check_number(L, 1, what);
    for (int i = 2; i <= n; i++) {
        (void)check_number(L, i, what);
        if (lua_compare(L, most ? best : i, most ? i : best, LUA_OPLT))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int math_max(lua_State *L)
{
    return push_extreme(L, true, "math.max");
}

static int math_min(lua_State *L)
{
    return push_extreme(L, false, "math.min");
}

static int math_abs(lua_State *L)
{
    lua_Number v = check_number(L, 1, "math.abs");
    if (lua_isinteger(L, 1)) {
        lua_Integer n = lua_tointeger(L, 1);
        lua_pushinteger(L, n < 0 ? (lua_Integer)(0u - (lua_Unsigned)n) : n);
    } else {
        lua_pushnumber(L, v < 0 ? -v : v);
    }
    return 1;
}

static int math_tointeger(lua_State *L)
{
    int whole = 0;
    lua_Integer n = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &whole) : 0;
    if (whole)
        lua_pushinteger(L, n);
    else
        lua_pushnil(L);
    return 1;
}

const luaL_Reg kit_strings[] = {
    {"format", string_format}, {"upper", string_upper}, {"lower", string_lower}, {"len", string_len},
    {"sub", string_sub},       {"rep", string_rep},     {"find", string_find},   {NULL, NULL}};
const luaL_Reg kit_numbers[] = {{"floor", math_floor}, {"ceil", math_ceil}, {"min", math_min},
                                {"max", math_max},     {"abs", math_abs},   {"tointeger", math_tointeger},
                                {NULL, NULL}};
