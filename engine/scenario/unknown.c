/* Words that no scenario has, wherever they stand: the top of a file runs when it is read, a story only when it is played, and a
 * branch of it perhaps never. */
#include <stdlib.h>
#include <string.h>

#include "plan/guess.h"
#include "scenario/form.h"

typedef struct search {
    mu_scenario *s;
    const mu_script_file *file;
    const char **said; /* of this file */
    int said_count, said_room;
} search;

static bool is_word(const mu_scenario *s, const char *name)
{
    lua_State *L = s->cage->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->cage->words);
    lua_pushstring(L, name);
    bool known = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return known;
}

static bool is_said(search *f, const char *name)
{
    for (int i = 0; i < f->said_count; i++)
        if (strcmp(f->said[i], name) == 0)
            return true;
    if (f->said_count == f->said_room) {
        f->said_room = f->said_room * 2 + 8;
        f->said = mu_grow(f->said, (size_t)f->said_room * sizeof *f->said);
    }
    f->said[f->said_count++] = mu_copy(f->s->arena, name, strlen(name));
    return false;
}

static int in_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The nearest word, NULL where none is near. The table's own order is that of a hash. */
static const char *nearest(const mu_scenario *s, const char *name)
{
    enum { MOST = 128 };
    const char *words[MOST] = {NULL};
    size_t count = 0;
    lua_State *L = s->cage->L;
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->cage->words);
    lua_pushnil(L);
    while (count < MOST && lua_next(L, -2)) {
        words[count++] = lua_tostring(L, -2); /* it is a text: nothing is converted */
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    qsort(words, count, sizeof *words, in_order);
    return mu_nearest(name, words, count);
}

static void say(search *f, const char *name, int line)
{
    const char *near = nearest(f->s, name);
    mu_scenario_say(f->s, MU_WARNING, 113, mu_script_word_at(f->file, line, name, strlen(name)), SAID(f->s, "there is no word \"%s\": a story that comes here fails", name),
                    near ? SAID(f->s, "did you mean \"%s\"?", near) : "a variable needs \"local\" where it begins; scripts/muster.lua lists the words");
}

static void look(void *self, const mu_piece *p)
{
    search *f = self;
    for (uint64_t i = 0; i < p->code_count; i++) {
        uint32_t c = p->code[i];
        const char *name = mu_op(c) == MU_OP_GETTABUP && (int)mu_op_b(c) == p->words && mu_op_c(c) < p->text_count ? p->texts[mu_op_c(c)] : NULL;
        if (name && !mu_scenario_full(f->s) && !is_word(f->s, name) && !is_said(f, name))
            say(f, name, p->lines ? p->lines[i] : 1);
    }
}

void mu_scenario_check_words(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    for (int i = 0; i < s->script->count; i++) {
        if (s->chunks[i] == LUA_NOREF)
            continue;
        search f = {.s = s, .file = &s->script->files[i]};
        lua_rawgeti(L, LUA_REGISTRYINDEX, s->chunks[i]);
        (void)mu_pieces_read(L, true, look, &f);
        lua_pop(L, 1);
        free(f.said);
    }
}
