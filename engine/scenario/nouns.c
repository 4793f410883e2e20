/* The nouns: what stands at the top of a file and lays a card, an artefact or a story on the table. */
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "scenario/inside.h"

static const mu_noun_word *word_of(lua_State *L)
{
    return &mu_noun_words[lua_tointeger(L, lua_upvalueindex(1))];
}

static void only_at_the_top(lua_State *L, const mu_noun_word *word)
{
    if (mu_scenario_of(L)->playing)
        cage_refuse(L, "a story plays cards that the top of the file declares",
                    "%s belongs at the top of the file, not in a story", word->word);
}

static const char *check_name(lua_State *L, const mu_noun_word *word, int arg)
{
    size_t len = 0;
    if (lua_type(L, arg) != LUA_TSTRING)
        cage_refuse(L, word->example, "%s takes a name first", word->word);
    const char *name = lua_tolstring(L, arg, &len);
    mu_buf safe = {0};
    mu_buf_safe(&safe, name, len, len);
    bool clean = len > 0 && safe.len == len && memcmp(safe.text, name, len) == 0 && name[strspn(name, " ")] != '\0';
    mu_buf_free(&safe);
    if (!clean || (int64_t)len > mu_limits[MU_LIMIT_NAME].most)
        cage_refuse(L, NULL, "the name of this %s is empty, longer than %d bytes or not plain text", word->word,
                    (int)mu_limits[MU_LIMIT_NAME].most);
    return name;
}

static reader begin(lua_State *L, const mu_noun_word *word, const char *name)
{
    mu_scenario *s = mu_scenario_of(L);
    reader r = {.s = s, .L = L, .noun = word->noun, .word = word->word, .name = mu_copy(s->arena, name, strlen(name))};
    r.at = mu_scenario_here(L, &r.file);
    mu_noun_place *place = mu_script_noun(r.file, word->word, name); /* each is used once */
    if (place) {
        place->taken = true;
        r.place = place;
        r.at = place->name_at;
    }
    return r;
}

/* ---- what is there already ---- */

/* The table is twice as large as there may be cards, so a free place always comes. */
static int *bucket(const mu_scenario *s, const char *name)
{
    size_t size = sizeof s->buckets / sizeof *s->buckets, at = mu_purpose(name, "") % size;
    while (s->buckets[at] && strcmp(s->cards[s->buckets[at] - 1].name, name) != 0)
        at = (at + 1) % size;
    return (int *)(uintptr_t)&s->buckets[at];
}

int mu_scenario_card(const mu_scenario *s, const char *name)
{
    return *bucket(s, name) - 1;
}

void mu_scenario_name_card(mu_scenario *s)
{
    int *at = bucket(s, s->cards[s->msel.card_count - 1].name);
    *at = *at ? *at : s->msel.card_count;
}

static bool taken(const mu_scenario *s, const char *name)
{
    for (int i = 0; i < s->msel.artefact_count; i++)
        if (strcmp(s->artefacts[i].name, name) == 0)
            return true;
    return mu_scenario_card(s, name) >= 0;
}

static void judge_twice(reader *r)
{
    if (taken(r->s, r->name))
        mu_scenario_say(r->s, MU_ERROR, 109, r->at, SAID(r->s, "two cards or artefacts are called \"%s\"", r->name),
                        "a name is used once in a scenario");
}

static void check_room(lua_State *L, int count, mu_limit limit)
{
    if (count >= mu_limits[limit].most)
        cage_refuse(L, NULL, "more than %d %s", (int)mu_limits[limit].most, mu_limits[limit].what);
}

/* ---- exercise, artefact, the three kinds of cards ---- */

static void judge_exercise(reader *r)
{
    if (++r->s->exercises > 1)
        mu_scenario_say(r->s, MU_ERROR, 109, r->at, "the exercise stands twice", NULL);
    r->into = &r->s->msel;
}

static void add_artefact(reader *r)
{
    mu_scenario *s = r->s;
    check_room(r->L, s->msel.artefact_count, MU_LIMIT_ARTEFACTS);
    judge_twice(r);
    if (s->msel.artefact_count == s->artefact_size) {
        s->artefact_size = s->artefact_size ? s->artefact_size * 2 : 16;
        s->artefacts = mu_grow(s->artefacts, (size_t)s->artefact_size * sizeof *s->artefacts);
    }
    mu_artefact *a = &s->artefacts[s->msel.artefact_count++];
    *a = (mu_artefact){.name = r->name};
    r->into = a;
}

static void add_card(reader *r)
{
    mu_scenario *s = r->s;
    check_room(r->L, s->msel.card_count, MU_LIMIT_CARDS);
    judge_twice(r);
    if (s->msel.card_count == s->card_size) {
        s->card_size = s->card_size ? s->card_size * 2 : 32;
        s->cards = mu_grow(s->cards, (size_t)s->card_size * sizeof *s->cards);
    }
    mu_card *c = &s->cards[s->msel.card_count++];
    *c = (mu_card){.name = r->name, .at = -1, .within = -1, .declared = r->at};
    c->kind = r->noun == MU_NOUN_INJECT ? MU_INJECT : r->noun == MU_NOUN_QUESTION ? MU_QUESTION : MU_DECISION;
    r->into = c;
    mu_scenario_name_card(s);
}

static void judge_whole(reader *r)
{
    if (r->noun == MU_NOUN_ARTEFACT && !((mu_artefact *)r->into)->body) {
        lua_pushliteral(r->L, "file");
        bool named = lua_rawget(r->L, -2) != LUA_TNIL;
        lua_pop(r->L, 1);
        if (!named)
            mu_scenario_say(r->s, MU_ERROR, 105, r->at,
                            SAID(r->s, "artefact \"%s\" has neither body nor file", r->name), NULL);
    }
}

/* The table behind `inject "name"`, or behind `exercise`. */
static void lay(lua_State *L, const mu_noun_word *word, const char *name, int table)
{
    mu_scenario *s = mu_scenario_of(L);
    if (s->rerun)
        return;
    if (!lua_istable(L, table))
        cage_refuse(L, word->example, "%s takes a table in braces, not a %s", word->word, luaL_typename(L, table));
    luaL_checkstack(L, 24, NULL);
    reader r = begin(L, word, name);
    if (word->noun == MU_EXERCISE)
        judge_exercise(&r);
    else if (word->noun == MU_NOUN_ARTEFACT)
        add_artefact(&r);
    else
        add_card(&r);
    lua_settop(L, table);
    mu_reader_read(&r, table);
    judge_whole(&r);
}

/* ---- stories ---- */

static void add_story(lua_State *L, const mu_noun_word *word, const char *name, int function)
{
    mu_scenario *s = mu_scenario_of(L);
    if (!lua_isfunction(L, function) || lua_iscfunction(L, function))
        cage_refuse(L, word->example, "story takes a function, not a %s", luaL_typename(L, function));
    check_room(L, s->rerun ? s->rerun_stories : s->msel.story_count, MU_LIMIT_STORIES);
    lua_pushvalue(L, function);
    if (s->rerun) {
        if (s->rerun_stories < s->msel.story_count)
            lua_rawseti(L, LUA_REGISTRYINDEX, s->tellings[s->rerun_stories++].function_ref);
        return;
    }
    reader r = begin(L, word, name);
    for (int i = 0; i < s->msel.story_count; i++)
        if (strcmp(s->stories[i], r.name) == 0)
            mu_scenario_say(s, MU_ERROR, 109, r.at, SAID(s, "two stories are called \"%s\"", r.name), NULL);
    if (s->msel.story_count == s->story_size) {
        s->story_size = s->story_size ? s->story_size * 2 : 8;
        s->stories = mu_grow(s->stories, (size_t)s->story_size * sizeof *s->stories);
        s->tellings = mu_grow(s->tellings, (size_t)s->story_size * sizeof *s->tellings);
    }
    s->stories[s->msel.story_count] = r.name;
    s->tellings[s->msel.story_count++] = (telling){.function_ref = luaL_ref(L, LUA_REGISTRYINDEX)};
}

/* ---- the two calls of `noun "name" { ... }` ---- */

/* A name with nothing behind it would be lost without a word, so names are kept until their second half came. */
static int open_half(lua_State *L, const mu_noun_word *word, const char *name)
{
    mu_scenario *s = mu_scenario_of(L);
    if (s->rerun)
        return 0;
    check_room(L, s->open_count, MU_LIMIT_CARDS);
    reader r = begin(L, word, name);
    if (r.place)
        ((mu_noun_place *)(uintptr_t)r.place)->taken = false;
    if (s->open_count == s->open_size) {
        s->open_size = s->open_size ? s->open_size * 2 : 32;
        s->open = mu_grow(s->open, (size_t)s->open_size * sizeof *s->open);
        s->open_names = mu_grow(s->open_names, (size_t)s->open_size * sizeof *s->open_names);
    }
    s->open[s->open_count] = r.at;
    s->open_names[s->open_count] = SAID(s, "%s \"%s\"", word->word, name);
    return s->open_count++;
}

static int second_half(lua_State *L)
{
    const mu_noun_word *word = word_of(L);
    mu_scenario *s = mu_scenario_of(L);
    const char *name = lua_tostring(L, lua_upvalueindex(2));
    only_at_the_top(L, word);
    lua_settop(L, 1);
    if (!s->rerun)
        s->open_names[lua_tointeger(L, lua_upvalueindex(3))] = NULL;
    if (word->noun == MU_NOUN_STORY)
        add_story(L, word, name, 1);
    else
        lay(L, word, name, 1);
    return 0;
}

static int first_half(lua_State *L)
{
    const mu_noun_word *word = word_of(L);
    only_at_the_top(L, word);
    const char *name = check_name(L, word, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_pushinteger(L, open_half(L, word, name));
    lua_pushcclosure(L, second_half, 3);
    return 1;
}

static int noun_exercise(lua_State *L)
{
    const mu_noun_word *word = word_of(L);
    only_at_the_top(L, word);
    lua_settop(L, 1);
    lay(L, word, "", 1);
    return 0;
}

/* The file was read before anything ran; its top runs here, once. */
static int noun_use(lua_State *L)
{
    const mu_noun_word *word = word_of(L);
    mu_scenario *s = mu_scenario_of(L);
    only_at_the_top(L, word);
    const char *name = check_name(L, word, 1);
    const mu_script_file *f = mu_script_find(s->script, MU_FILE_LIBRARY, name);
    if (!f)
        return cage_refuse(L, "write its name out, as a text", "the library \"%s\" was not found before the script ran",
                           name);
    int index = (int)(f - s->script->files);
    if (s->used[index])
        return cage_refuse(L, NULL, "the library \"%s\" is used twice", name);
    s->used[index] = true;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->chunks[index]);
    lua_call(L, 0, 0);
    return 0;
}

void mu_nouns_open(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    for (int i = 0; mu_noun_words[i].word; i++) {
        unsigned noun = mu_noun_words[i].noun;
        lua_pushinteger(L, i);
        lua_pushcclosure(L, noun == MU_EXERCISE ? noun_exercise : noun == MU_NOUN_USE ? noun_use : first_half, 1);
        cage_word(L, s->cage, mu_noun_words[i].word);
    }
}
