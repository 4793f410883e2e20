/* The verbs: a story says what it wants and sleeps; when the engine has an outcome it goes on with it. */
#include <string.h>

#include "scenario/inside.h"

enum { PICK_MOST = 10000 };

static const mu_verb_word *word_of(lua_State *L)
{
    return &mu_verb_words[lua_tointeger(L, lua_upvalueindex(1))];
}

/* ---- what stands behind a verb ---- */

static const char *check_text(lua_State *L, const mu_verb_word *word)
{
    if (lua_type(L, 1) != LUA_TSTRING)
        cage_refuse(L, word->example, "%s takes a text, not a %s", word->word, luaL_typename(L, 1));
    return lua_tostring(L, 1);
}

static const char *help_of(mu_scenario *s, lua_State *L, const char *word, const char *const *words, size_t count)
{
    mu_arena *scratch = mu_arena_new();
    const char *help = mu_names_help(word, words, count, scratch);
    cage *c = s->cage;
    c->help.len = 0;
    if (help)
        mu_buf_puts(&c->help, help);
    mu_arena_free(scratch);
    return help ? lua_pushlstring(L, c->help.text, c->help.len) : NULL;
}

static int no_card(lua_State *L, mu_scenario *s, const mu_verb_word *word, const char *name)
{
    enum { MOST = 256 };
    const char *names[MOST];
    size_t count = 0;
    for (int i = 0; i < s->msel.card_count && count < MOST; i++)
        if (word->takes == MU_TAKES_CARD || (word->takes == MU_TAKES_INJECT) == (s->cards[i].kind == MU_INJECT))
            names[count++] = s->cards[i].name;
    return cage_refuse(L, help_of(s, L, name, names, count), "%s: no card is called \"%s\"", word->word, name);
}

/* Upvalue 2 of every verb is the table of cards by name. */
static void take_card(lua_State *L, mu_scenario *s, const mu_verb_word *word)
{
    const char *name = check_text(L, word);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, lua_upvalueindex(2)) == LUA_TNIL)
        no_card(L, s, word, name);
    int card = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    bool inject = s->cards[card].kind == MU_INJECT;
    if (word->takes == MU_TAKES_INJECT && !inject)
        cage_refuse(L, "a question is asked: ask \"...\"", "deliver plays an inject, and \"%s\" is a question", name);
    if (word->takes == MU_TAKES_QUESTION && inject)
        cage_refuse(L, "an inject is delivered: deliver \"...\"", "ask puts a question, and \"%s\" is an inject", name);
    s->wish->card = card;
}

static void take_duration(lua_State *L, mu_scenario *s, const mu_verb_word *word)
{
    const char *text = check_text(L, word);
    if (!mu_length_read(text, &s->wish->ms))
        cage_refuse(L, "90s, 15m, 4h and 3d are; the longest is 366d", "%s: \"%s\" is not a duration of a fixed length",
                    word->word, text);
}

static void take_known(lua_State *L, mu_scenario *s, const mu_verb_word *word, const mu_list *known, const char *what)
{
    const char *text = check_text(L, word);
    if (known->count && !mu_list_has(known, text))
        cage_refuse(L, help_of(s, L, text, known->words, (size_t)known->count), "%s: unknown %s \"%s\"", word->word,
                    what, text);
    s->wish->text = text;
}

static void take_text(lua_State *L, mu_scenario *s, const mu_verb_word *word)
{
    size_t len = 0;
    if (word->verb == MU_SAYS_FINISH && lua_isnoneornil(L, 1)) {
        s->wish->text = "";
        return;
    }
    (void)check_text(L, word);
    s->wish->text = lua_tolstring(L, 1, &len);
    const char *why = mu_unclean(s->wish->text, len, false);
    if (why)
        cage_refuse(L, NULL, "the text of %s %s", word->word, why);
}

static void take_number(lua_State *L, mu_scenario *s, const mu_verb_word *word)
{
    int whole = 0;
    lua_Integer n = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &whole) : 0;
    bool list = word->takes == MU_TAKES_LIST && lua_istable(L, 1);
    if (list)
        n = (lua_Integer)lua_rawlen(L, 1);
    if (!list && !whole)
        cage_refuse(L, word->example, "%s takes a %s, not a %s", word->word,
                    word->takes == MU_TAKES_LIST ? "list" : "whole number", luaL_typename(L, 1));
    if (word->takes == MU_TAKES_PERCENT && (n < 0 || n > 100))
        cage_refuse(L, NULL, "chance takes a percentage from 0 to 100, not %I", n);
    if (word->takes == MU_TAKES_LIST && (n < 1 || n > PICK_MOST))
        cage_refuse(L, NULL, "pick takes 1 to %d items, not %I", PICK_MOST, n);
    s->wish->number = n;
}

static void take(lua_State *L, mu_scenario *s, const mu_verb_word *word)
{
    switch (word->takes) {
    case MU_TAKES_DURATION: take_duration(L, s, word); break;
    case MU_TAKES_INJECT:
    case MU_TAKES_QUESTION:
    case MU_TAKES_CARD: take_card(L, s, word); break;
    case MU_TAKES_PHASE: take_known(L, s, word, &s->known.phases, "phase"); break;
    case MU_TAKES_FACT: take_known(L, s, word, &s->known.facts, "fact"); break;
    case MU_TAKES_TEXT: take_text(L, s, word); break;
    case MU_TAKES_PERCENT:
    case MU_TAKES_LIST: take_number(L, s, word); break;
    }
}

/* ---- what comes back ---- */

/* What `ask` gives back. It cannot be changed, and has only the names that its question has. */
typedef struct outcome {
    int card, answer; /* answer -1: none */
    int lesson;       /* its number among what the story has learned */
    bool late, silence, answered;
    int64_t took;
    char by[];        /* where somebody answered */
} outcome;

static int unknown_answer(lua_State *L, mu_scenario *s, const mu_card *card, const char *key)
{
    const char *names[128];
    size_t count = 0;
    for (int i = 0; i < card->answer_count && count < 100; i++)
        names[count++] = card->answers[i].id;
    names[count++] = "silence";
    names[count++] = "late";
    names[count++] = "by";
    names[count++] = "took";
    return cage_refuse(L, help_of(s, L, key, names, count), "question \"%s\" has no answer \"%s\"", card->name, key);
}

static bool is(const char *key, const char *word)
{
    return key[0] == word[0] && strcmp(key, word) == 0;
}

static void learned(mu_scenario *s, const outcome *o, mu_reading_of what, int64_t value)
{
    mu_recall_read(s->told->recall, &s->told->at, o->lesson, what, value);
}

/* order.isolate, order.late ...; `by` is nil where nobody answered. */
static int outcome_field(lua_State *L)
{
    mu_scenario *s = mu_scenario_of(L);
    const outcome *o = lua_touserdata(L, 1);
    const mu_card *card = &s->cards[o->card];
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    for (int i = 0; i < card->answer_count; i++)
        if (is(key, card->answers[i].id)) {
            learned(s, o, MU_READ_ANSWER, o->answer);
            lua_pushboolean(L, o->answer == i);
            return 1;
        }
    if (is(key, "silence")) {
        learned(s, o, MU_READ_SILENCE, o->silence);
        lua_pushboolean(L, o->silence);
    } else if (is(key, "late")) {
        learned(s, o, MU_READ_LATE, o->late);
        lua_pushboolean(L, o->late);
    } else if (is(key, "took")) {
        learned(s, o, MU_READ_TOOK, o->took);
        lua_pushinteger(L, o->took);
    } else if (is(key, "by")) {
        mu_recall_spoil(s->told->recall); /* a text is no value to branch on */
        if (o->answered)
            lua_pushstring(L, o->by);
        else
            lua_pushnil(L);
    } else {
        return unknown_answer(L, s, card, key);
    }
    return 1;
}

static int outcome_write(lua_State *L)
{
    return cage_refuse(L, NULL, "what was answered cannot be changed");
}

/* Upvalue 3 of every verb is the metatable of outcomes. */
static int push_outcome(lua_State *L, mu_scenario *s, int card)
{
    const mu_outcome *in = s->outcome;
    const mu_card *c = &s->cards[card];
    size_t by = in->by ? strlen(in->by) + 1 : 0;
    outcome *o = lua_newuserdatauv(L, sizeof *o + by, 0);
    *o = (outcome){.card = card, .answer = in->answer ? mu_answer_of(c, in->answer) : -1, .lesson = s->told->lesson, .late = in->late, .silence = in->silence, .answered = by, .took = in->took};
    if (by)
        memcpy(o->by, in->by, by);
    lua_pushvalue(L, lua_upvalueindex(3));
    lua_setmetatable(L, -2);
    return 1;
}

static int resumed(lua_State *L, int status, lua_KContext card)
{
    mu_scenario *s = mu_scenario_of(L);
    const mu_verb_word *word = s->told->verb;
    (void)status;
    switch (word->verb) {
    case MU_SAYS_ASK:
        if (s->outcome->took > 0)
            s->told->idle = 0;
        return push_outcome(L, s, (int)card);
    case MU_SAYS_CHANCE:
        mu_recall_read(s->told->recall, &s->told->at, s->told->lesson, MU_READ_NUMBER, s->outcome->number);
        lua_pushboolean(L, s->outcome->number != 0);
        return 1;
    case MU_SAYS_PICK:
        mu_recall_read(s->told->recall, &s->told->at, s->told->lesson, MU_READ_NUMBER, s->outcome->number);
        if (lua_istable(L, 1))
            lua_rawgeti(L, 1, s->outcome->number);
        else
            lua_pushinteger(L, s->outcome->number);
        return 1;
    default: return 0;
    }
}

/* ---- a verb is called ---- */

static void count(lua_State *L, telling *t, const mu_wish *wish)
{
    t->idle = wish->verb == MU_SAYS_WAIT && wish->ms > 0 ? 0 : t->idle + 1;
    if (t->idle > mu_limits[MU_LIMIT_IDLE].most)
        cage_stop(L, MU_LIMIT_IDLE);
    if (++t->verbs > mu_limits[MU_LIMIT_VERBS].most)
        cage_stop(L, MU_LIMIT_VERBS);
}

static int say(lua_State *L)
{
    mu_scenario *s = mu_scenario_of(L);
    const mu_verb_word *word = word_of(L);
    s->calling = word;
    if (!s->playing)
        return cage_refuse(L, "story \"...\" (function () ... end)", "%s belongs inside a story", word->word);
    if (!lua_isyieldable(L))
        return cage_refuse(L, NULL, "%s cannot be said while table.sort compares", word->word);
    s->wish->verb = word->verb;
    take(L, s, word);
    count(L, s->told, s->wish);
    mu_recall_said(s->told->recall, &s->told->at, s->wish);
    s->told->verb = word;
    s->calling = NULL;
    return lua_yieldk(L, 0, s->wish->card, resumed);
}

void mu_verbs_open(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    lua_newtable(L);
    lua_pushvalue(L, -1);
    s->names = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, outcome_field);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, outcome_write);
    lua_setfield(L, -2, "__newindex");
    for (int i = 0; mu_verb_words[i].word; i++) {
        lua_pushinteger(L, i);
        lua_pushvalue(L, -3);
        lua_pushvalue(L, -3);
        lua_pushcclosure(L, say, 3);
        cage_word(L, s->cage, mu_verb_words[i].word);
    }
    lua_pop(L, 2);
}

void mu_verbs_name_cards(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->names);
    for (int i = 0; i < s->msel.card_count; i++) {
        lua_pushinteger(L, i);
        lua_setfield(L, -2, s->cards[i].name);
    }
    lua_pop(L, 1);
}
