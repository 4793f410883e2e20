/* Between two runs a scenario must be as new. Its words cannot be changed, so all that a run can leave behind is in the
 * variables that stories share with the top of their file. Where those hold plain values they are put back; where one
 * holds a table, the top runs again. */
#include "scenario/inside.h"

typedef struct keeping {
    mu_scenario *s;
    lua_State *L;
    int list, seen; /* places on the stack */
    lua_Integer count;
} keeping;

static void keep_function(keeping *k, int function, int depth);

/* The value of a variable is on top. */
static void keep_value(keeping *k, int function, int index, int depth)
{
    lua_State *L = k->L;
    int type = lua_type(L, -1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, k->s->cage->globals);
    bool globals = lua_rawequal(L, -1, -2);
    lua_pop(L, 1);
    if (globals)
        return;
    if (type == LUA_TTABLE || type == LUA_TUSERDATA || type == LUA_TTHREAD)
        k->s->again = true;
    if (type == LUA_TFUNCTION)
        keep_function(k, lua_gettop(L), depth + 1);
    lua_pushvalue(L, function);
    lua_rawseti(L, k->list, ++k->count);
    lua_pushinteger(L, index);
    lua_rawseti(L, k->list, ++k->count);
    lua_pushvalue(L, -1);
    lua_rawseti(L, k->list, ++k->count);
}

/* Of the functions in C, only those that keep a number in their second value count on; the words never change. */
static bool counts_on(lua_State *L, int function)
{
    if (!lua_iscfunction(L, function) || !lua_getupvalue(L, function, 2))
        return false;
    bool number = lua_type(L, -1) == LUA_TNUMBER;
    lua_pop(L, 1);
    return number;
}

static void keep_function(keeping *k, int function, int depth)
{
    lua_State *L = k->L;
    bool native = lua_iscfunction(L, function);
    if (depth > 50 || counts_on(L, function)) {
        k->s->again = true;
        return;
    }
    lua_pushvalue(L, function);
    bool known = lua_rawget(L, k->seen) != LUA_TNIL;
    lua_pop(L, 1);
    if (known || native)
        return;
    lua_pushvalue(L, function);
    lua_pushboolean(L, 1);
    lua_rawset(L, k->seen);
    luaL_checkstack(L, 8, NULL);
    for (int i = 1; !k->s->again && lua_getupvalue(L, function, i); i++) {
        int top = lua_gettop(L);
        keep_value(k, function, i, depth);
        lua_settop(L, top - 1);
    }
}

void mu_state_keep(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    keeping k = {.s = s, .L = L};
    lua_settop(L, 0);
    lua_newtable(L);
    lua_newtable(L);
    k.list = 1;
    k.seen = 2;
    for (int i = 0; i < s->msel.story_count && !s->again; i++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, s->tellings[i].function_ref);
        keep_function(&k, 3, 0);
        lua_settop(L, 2);
    }
    lua_settop(L, 1);
    s->snapshot = luaL_ref(L, LUA_REGISTRYINDEX);
}

void mu_state_restore(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    lua_settop(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->snapshot);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    for (lua_Integer i = 1; i <= count; i += 3) {
        lua_rawgeti(L, 1, i);
        lua_rawgeti(L, 1, i + 1);
        int index = (int)lua_tointeger(L, -1);
        lua_pop(L, 1);
        lua_rawgeti(L, 1, i + 2);
        lua_setupvalue(L, 2, index);
        lua_settop(L, 1);
    }
    lua_settop(L, 0);
}
