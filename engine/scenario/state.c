/* Between two runs a scenario must be as new. Its words cannot be changed, so all that a run can leave behind is in the
 * variables that stories share with the top of their file. Where those hold plain values they are put back; where one
 * holds a table, the top runs again. */
#include "scenario/inside.h"

typedef struct keeping {
    mu_scenario *s;
    lua_State *L;
    int list, seen; /* places on the stack; what was seen are functions, and variables by their identity */
    lua_Integer count;
} keeping;

static void note(mu_scenario *s, int n)
{
    if (s->kept_count == s->kept_size) {
        s->kept_size = s->kept_size ? s->kept_size * 2 : 64;
        s->kept = mu_grow(s->kept, (size_t)s->kept_size * sizeof *s->kept);
    }
    s->kept[s->kept_count++] = n;
}

/* The value on top goes to the end of the list. */
static void put(keeping *k)
{
    lua_rawseti(k->L, k->list, ++k->count); /* it may be nil */
}

static bool seen(keeping *k, const void *identity)
{
    bool known = lua_rawgetp(k->L, k->seen, identity) != LUA_TNIL;
    lua_pop(k->L, 1);
    if (!known) {
        lua_pushboolean(k->L, 1);
        lua_rawsetp(k->L, k->seen, identity);
    }
    return known;
}

static void keep_function(keeping *k, int function, int depth);

/* The value of a variable is on top. True where it is to be put back. */
static bool varies(keeping *k, int depth)
{
    lua_State *L = k->L;
    int type = lua_type(L, -1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, k->s->cage->globals);
    bool globals = lua_rawequal(L, -1, -2);
    lua_pop(L, 1);
    if (type == LUA_TTABLE || type == LUA_TUSERDATA || type == LUA_TTHREAD)
        k->s->again = k->s->again || !globals;
    if (type == LUA_TFUNCTION)
        keep_function(k, lua_gettop(L), depth + 1);
    return !globals;
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

/* In the list: the function, then its values; in `kept`: how many, then which of its variables they are. */
static void keep_variables(keeping *k, int function, int depth)
{
    lua_State *L = k->L;
    int count = 0, indices[256]; /* no function of Lua has more */
    for (int i = 1; !k->s->again && lua_getupvalue(L, function, i); i++) {
        int top = lua_gettop(L);
        if (!seen(k, lua_upvalueid(L, function, i)) && varies(k, depth))
            indices[count++] = i;
        lua_settop(L, top - 1);
    }
    if (count == 0)
        return;
    note(k->s, count);
    lua_pushvalue(L, function);
    put(k);
    for (int i = 0; i < count; i++) {
        note(k->s, indices[i]);
        lua_getupvalue(L, function, indices[i]);
        put(k);
    }
}

static void keep_function(keeping *k, int function, int depth)
{
    lua_State *L = k->L;
    if (depth > 50 || counts_on(L, function)) {
        k->s->again = true;
        return;
    }
    if (lua_iscfunction(L, function) || seen(k, lua_topointer(L, function)))
        return;
    luaL_checkstack(L, 8, NULL);
    lua_pushvalue(L, function);
    k->s->shares = k->s->shares || mu_assigns_around(L);
    lua_pop(L, 1);
    keep_variables(k, function, depth);
}

void mu_state_keep(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    keeping k = {.s = s, .L = L};
    s->kept_count = 0;
    s->shares = false;
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
    lua_Integer next = 1;
    lua_settop(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->snapshot);
    for (int i = 0; i < s->kept_count;) {
        lua_rawgeti(L, 1, next++);
        for (int n = s->kept[i++]; n > 0; n--) {
            lua_rawgeti(L, 1, next++);
            lua_setupvalue(L, 2, s->kept[i++]);
        }
        lua_settop(L, 1);
    }
    lua_settop(L, 0);
}
