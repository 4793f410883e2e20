/* What a script may use of Lua's libraries, written for the cage: every loop in C counts its steps, tables are taken
 * raw, nothing shows an address, an order of a hash, a clock or the last digit of a processor. No patterns. */
#include <string.h>

#include "scenario/kit.h"

/* ---- tables: the order of keys, and a sort that keeps equals as they came ---- */

typedef int (*order)(lua_State *L, int a, int b);

/* Merges two neighbouring runs of the list at `from` into the list at `to`. */
static void merge(lua_State *L, int from, int to, lua_Integer low, lua_Integer mid, lua_Integer high, order before)
{
    lua_Integer i = low, j = mid;
    for (lua_Integer k = low; k < high; k++) {
        bool right = i >= mid;
        if (i < mid && j < high) {
            lua_rawgeti(L, from, j);
            lua_rawgeti(L, from, i);
            right = before(L, lua_gettop(L) - 1, lua_gettop(L)) != 0;
            lua_pop(L, 2);
        }
        lua_rawgeti(L, from, right ? j++ : i++);
        lua_rawseti(L, to, k);
        cage_charge(L, 4);
    }
}

/* Sorts the list at `list` (positive index) of `n` values; leaves the stack as it was. */
static void sort(lua_State *L, int list, lua_Integer n, order before)
{
    lua_newtable(L);
    int from = list, to = lua_gettop(L);
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer low = 1; low <= n; low += 2 * width) {
            lua_Integer mid = low + width < n + 1 ? low + width : n + 1,
                        high = mid + width < n + 1 ? mid + width : n + 1;
            merge(L, from, to, low, mid, high, before);
        }
        int swap = from;
        from = to;
        to = swap;
    }
    for (lua_Integer i = 1; from != list && i <= n; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, list, i);
    }
    lua_pop(L, 1);
}

static int bytes_before(lua_State *L, int a, int b)
{
    size_t la, lb;
    const char *x = lua_tolstring(L, a, &la), *y = lua_tolstring(L, b, &lb);
    int c = memcmp(x, y, la < lb ? la : lb);
    cage_charge(L, (int64_t)((la < lb ? la : lb) / 32));
    return c ? c < 0 : la < lb;
}

static int rank(int type)
{
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2;
}

static int key_before(lua_State *L, int a, int b)
{
    int ta = lua_type(L, a), tb = lua_type(L, b);
    if (ta != tb)
        return rank(ta) < rank(tb);
    if (ta == LUA_TNUMBER)
        return lua_compare(L, a, b, LUA_OPLT);
    return ta == LUA_TSTRING ? bytes_before(L, a, b) : !lua_toboolean(L, a) && lua_toboolean(L, b);
}

int cage_keys(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_newtable(L);
    int list = lua_gettop(L), n = 0;
    luaL_checkstack(L, 8, NULL);
    for (lua_pushnil(L); lua_next(L, index);) {
        int type = lua_type(L, -2);
        if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN)
            return cage_refuse(L, "use texts or numbers as keys, or a list and ipairs",
                               "a key that is a %s has no order", lua_typename(L, type));
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, list, ++n);
        cage_charge(L, 4);
    }
    sort(L, list, n, key_before);
    return n;
}

/* The list of keys, where it stands and the table are upvalues; a key that is gone by now is passed over. */
static int next_pair(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    for (;;) {
        lua_rawgeti(L, lua_upvalueindex(1), ++i);
        if (lua_isnil(L, -1))
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(3)) != LUA_TNIL)
            break;
        lua_pop(L, 2);
        cage_charge(L, 2);
    }
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

static void check_table(lua_State *L, int arg, const char *what)
{
    if (!lua_istable(L, arg))
        cage_refuse(L, NULL, "%s takes a table, not a %s", what, luaL_typename(L, arg));
}

/* A table that a script may change: its own, never one of ours. */
static lua_Integer check_list(lua_State *L, int arg, const char *what)
{
    check_table(L, arg, what);
    if (lua_getmetatable(L, arg))
        cage_refuse(L, NULL, "%s cannot change the words of a scenario", what);
    return (lua_Integer)lua_rawlen(L, arg);
}

static int kit_pairs(lua_State *L)
{
    check_table(L, 1, "pairs");
    lua_settop(L, 1);
    cage_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}

static int next_item(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, 2) + 1;
    lua_pushinteger(L, i);
    return lua_rawgeti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int kit_ipairs(lua_State *L)
{
    check_table(L, 1, "ipairs");
    lua_pushcfunction(L, next_item);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

lua_Integer kit_integer(lua_State *L, int arg, const char *what)
{
    int whole = 0;
    lua_Integer n = lua_type(L, arg) == LUA_TNUMBER ? lua_tointegerx(L, arg, &whole) : 0;
    if (!whole)
        cage_refuse(L, NULL, "%s takes a whole number here, not a %s", what,
                    lua_type(L, arg) == LUA_TNUMBER ? "fraction" : luaL_typename(L, arg));
    return n;
}

static int table_insert(lua_State *L)
{
    lua_Integer n = check_list(L, 1, "table.insert"), at = n + 1;
    if (lua_gettop(L) == 3)
        at = kit_integer(L, 2, "table.insert");
    else if (lua_gettop(L) != 2)
        return cage_refuse(L, "table.insert(list, value) or table.insert(list, place, value)",
                           "table.insert takes two or three values");
    if (at < 1 || at > n + 1)
        return cage_refuse(L, NULL, "table.insert: there is no place %I in a list of %I", at, n);
    cage_charge(L, n - at + 2);
    for (lua_Integer i = n + 1; i > at; i--) {
        lua_rawgeti(L, 1, i - 1);
        lua_rawseti(L, 1, i);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer n = check_list(L, 1, "table.remove"), at = n;
    if (lua_gettop(L) > 1)
        at = kit_integer(L, 2, "table.remove");
    if (n == 0 && lua_gettop(L) == 1)
        return 0;
    if (at < 1 || at > n)
        return cage_refuse(L, NULL, "table.remove: there is no place %I in a list of %I", at, n);
    lua_rawgeti(L, 1, at);
    cage_charge(L, n - at + 1);
    for (; at < n; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, n);
    return 1;
}

const char *kit_text(lua_State *L, int arg, size_t *len, const char *what)
{
    if (lua_type(L, arg) != LUA_TSTRING)
        cage_refuse(L, NULL, "%s takes a text here, not a %s", what, luaL_typename(L, arg));
    return lua_tolstring(L, arg, len);
}

static int table_concat(lua_State *L)
{
    check_table(L, 1, "table.concat");
    lua_Integer n = (lua_Integer)lua_rawlen(L, 1);
    size_t between = 0;
    const char *by = lua_isnoneornil(L, 2) ? "" : kit_text(L, 2, &between, "table.concat");
    size_t size = 0, len;
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (lua_Integer i = 1; i <= n; i++) {
        int type = lua_rawgeti(L, 1, i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            return cage_refuse(L, NULL, "table.concat: item %I is a %s, not a text", i, lua_typename(L, type));
        (void)lua_tolstring(L, -1, &len);
        size += len + between;
        if (size > (size_t)mu_limits[MU_LIMIT_STRING].most + between)
            return cage_stop(L, MU_LIMIT_STRING);
        luaL_addvalue(&out);
        if (i < n)
            luaL_addlstring(&out, by, between);
        cage_charge(L, 2 + (int64_t)(between / 32));
    }
    luaL_pushresult(&out);
    return 1;
}

static int table_unpack(lua_State *L)
{
    check_table(L, 1, "table.unpack");
    lua_Integer from = lua_isnoneornil(L, 2) ? 1 : kit_integer(L, 2, "table.unpack");
    lua_Integer to = lua_isnoneornil(L, 3) ? (lua_Integer)lua_rawlen(L, 1) : kit_integer(L, 3, "table.unpack");
    if (from > to)
        return 0;
    if ((lua_Unsigned)to - (lua_Unsigned)from >= (lua_Unsigned)mu_limits[MU_LIMIT_UNPACK].most)
        return cage_refuse(L, NULL, "more than %d %s", (int)mu_limits[MU_LIMIT_UNPACK].most,
                           mu_limits[MU_LIMIT_UNPACK].what);
    int n = (int)(to - from) + 1;
    luaL_checkstack(L, n, NULL);
    cage_charge(L, n);
    for (int i = 0; i < n; i++)
        lua_rawgeti(L, 1, from + i);
    return n;
}

static int value_before(lua_State *L, int a, int b)
{
    if (!lua_isnil(L, 2)) {
        lua_pushvalue(L, 2);
        lua_pushvalue(L, a);
        lua_pushvalue(L, b);
        lua_call(L, 2, 1);
        int yes = lua_toboolean(L, -1);
        lua_pop(L, 1);
        return yes;
    }
    int ta = lua_type(L, a), tb = lua_type(L, b);
    if (ta != tb || (ta != LUA_TNUMBER && ta != LUA_TSTRING))
        return cage_refuse(L, "give table.sort a function that compares them",
                           "table.sort cannot compare a %s with a %s", lua_typename(L, ta), lua_typename(L, tb));
    return ta == LUA_TSTRING ? bytes_before(L, a, b) : lua_compare(L, a, b, LUA_OPLT);
}

static int table_sort(lua_State *L)
{
    lua_Integer n = check_list(L, 1, "table.sort");
    lua_settop(L, 2);
    if (!lua_isnil(L, 2) && !lua_isfunction(L, 2))
        return cage_refuse(L, NULL, "table.sort takes a function to compare with, not a %s", luaL_typename(L, 2));
    luaL_checkstack(L, 16, NULL);
    lua_createtable(L, (int)n, 0); /* sorted aside: the function may change the list under it */
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    cage_charge(L, 2 * n);
    sort(L, 3, n, value_before);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, 3, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

/* ---- values as texts and numbers ---- */

/* The same text in every process: no addresses, one spelling of what is no number. */
int kit_push_text(lua_State *L, int arg)
{
    int type = lua_type(L, arg);
    if (type == LUA_TNUMBER && lua_tonumber(L, arg) != lua_tonumber(L, arg))
        lua_pushliteral(L, "nan");
    else if (type == LUA_TNUMBER || type == LUA_TSTRING)
        lua_pushvalue(L, arg);
    else if (type == LUA_TBOOLEAN)
        lua_pushstring(L, lua_toboolean(L, arg) ? "true" : "false");
    else
        lua_pushstring(L, lua_typename(L, type));
    if (type == LUA_TNUMBER)
        (void)lua_tolstring(L, -1, NULL);
    return 1;
}

static int kit_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    return kit_push_text(L, 1);
}

static int kit_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, lua_isuserdata(L, 1) ? "outcome" : luaL_typename(L, 1));
    return 1;
}

static int kit_tonumber(lua_State *L)
{
    size_t len;
    if (lua_type(L, 1) == LUA_TNUMBER) {
        lua_settop(L, 1);
        return 1;
    }
    const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : NULL;
    if (!lua_isnoneornil(L, 2))
        return cage_refuse(L, NULL, "tonumber takes one value");
    if (!text || len > (size_t)mu_limits[MU_LIMIT_NUMERAL].most || strlen(text) != len ||
        lua_stringtonumber(L, text) == 0)
        lua_pushnil(L);
    return 1;
}

/* ---- the kit ---- */

static const luaL_Reg base[] = {{"type", kit_type},   {"tostring", kit_tostring}, {"tonumber", kit_tonumber},
                                {"pairs", kit_pairs}, {"ipairs", kit_ipairs},     {NULL, NULL}};
static const luaL_Reg tables[] = {{"concat", table_concat}, {"insert", table_insert}, {"remove", table_remove},
                                  {"sort", table_sort},     {"unpack", table_unpack}, {NULL, NULL}};

static void library(lua_State *L, cage *c, const luaL_Reg *functions, const char *name, const char *missing)
{
    lua_newtable(L);
    luaL_setfuncs(L, functions, 0);
    cage_guard(L, missing);
    cage_word(L, c, name);
}

void cage_kit(lua_State *L, cage *c)
{
    for (const luaL_Reg *f = base; f->name; f++) {
        lua_pushcfunction(L, f->func);
        cage_word(L, c, f->name);
    }
    library(L, c, kit_strings, "string", "string has no");
    library(L, c, tables, "table", "table has no");
    library(L, c, kit_numbers, "math", "math has no");
    lua_pushliteral(L, ""); /* ("text"):upper() */
    lua_createtable(L, 0, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, c->words);
    lua_getfield(L, -1, "string");
    lua_setfield(L, -3, "__index");
    lua_pop(L, 1);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
