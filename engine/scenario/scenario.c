/* A scenario from its files to its stories. */
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "scenario/inside.h"

mu_scenario *mu_scenario_of(lua_State *L)
{
    return cage_of(L)->owner;
}

void mu_scenario_say(mu_scenario *s, mu_level level, int code, mu_mark at, const char *text, const char *help)
{
    if (!s->diags)
        return;
    at.file = mu_copy(mu_diags_arena(s->diags), at.file, strlen(at.file));
    mu_diag_add(s->diags, level, code, at, text, help);
}

bool mu_scenario_full(const mu_scenario *s)
{
    return s->diags && (int64_t)(mu_diags_count(s->diags, MU_ERROR) + mu_diags_count(s->diags, MU_WARNING)) >
                           mu_limits[MU_LIMIT_MISTAKES].most;
}

mu_mark mu_scenario_here(lua_State *L, const mu_script_file **file)
{
    mu_scenario *s = mu_scenario_of(L);
    const mu_script_file *f = &s->script->files[0];
    lua_Debug ar = {0};
    const char *what = s->script->count > 1 ? "Sl" : "l";
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, what, &ar);
        if (ar.currentline > 0)
            break;
    }
    int line = ar.currentline > 0 ? ar.currentline : 1;
    if (s->script->count > 1 && ar.currentline > 0)
        f = &s->script->files[strtol(ar.short_src, NULL, 10)];
    if (file)
        *file = f;
    return s->calling ? mu_script_verb_at(f, line, s->calling->word) : (mu_mark){f->name, line, 1, 1};
}

/* ---- failures ---- */

/* What a message quotes last is what it is about: it gives the column. */
static mu_mark pointed(const mu_script_file *f, int line, const char *text)
{
    const char *to = strrchr(text, '\''), *two = strrchr(text, '"');
    to = two && (!to || two > to) ? two : to;
    const char *from = to;
    while (from && from > text && from[-1] != *to)
        from--;
    return mu_script_word_at(f, line, from ? from : "", from ? (size_t)(to - from) : 0);
}

/* Reads why `thread` failed into s->failure; returns the place. */
static mu_mark why(mu_scenario *s, lua_State *thread, int status, bool *limit)
{
    cage_error e;
    cage_why(s->cage, thread, status, &e);
    s->failure.len = 0;
    mu_buf_add(&s->failure, e.text.text ? e.text.text : "", e.text.len);
    mu_buf_free(&e.text);
    *limit = e.limit;
    const mu_script_file *f = &s->script->files[e.file >= 0 && e.file < s->script->count ? e.file : 0];
    int line = e.line > 0 ? e.line : 1;
    return s->calling ? mu_script_verb_at(f, line, s->calling->word) : pointed(f, line, s->failure.text);
}

/* What mostly lies behind a message of the compiler. */
static const char *help_of(const char *message)
{
    static const char *const rows[][2] = {
        {"'}' expected (to close", "a comma is missing at the end of the line before, or the } before this line"},
        {"'}' expected near", "a comma is missing before that, or the } itself"},
        {"unfinished string", "close the quote on this line; a text of several lines stands in [[ ]]"},
        {"'end' expected", "each function, if and while is closed with end, and a story with end)"},
        {"')' expected", "close the bracket; a story is closed with end)"},
        {"C stack overflow", "brackets, functions or signs are nested deeper here than Lua reads, which is 200: write it in steps"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strstr(message, rows[i][0]))
            return rows[i][1];
    return NULL;
}

static bool is_yaml(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static bool failed(mu_scenario *s, lua_State *thread, int status, int code)
{
    bool limit;
    mu_mark at = why(s, thread, status, &limit);
    const char *help = s->cage->help.len && !limit ? s->cage->help.text : help_of(s->failure.text);
    if (code == 115 && is_yaml(at.file))
        help = "this is YAML; a scenario is a Lua file, or a folder that holds scenario.lua";
    mu_scenario_say(s, MU_ERROR, limit ? 103 : code, at, s->failure.text, help);
    return false;
}

/* ---- the top ---- */

static bool compile(mu_scenario *s)
{
    lua_State *L = s->cage->L;
    for (int i = 0; i < s->script->count; i++) {
        const mu_script_file *f = &s->script->files[i];
        s->chunks[i] = LUA_NOREF;
        if (f->kind == MU_FILE_ARTEFACT)
            continue;
        int status = cage_compile(s->cage, L, i, f->bytes, f->len);
        if (status != LUA_OK)
            return failed(s, L, status, 115);
        s->chunks[i] = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    return true;
}

bool mu_scenario_top(mu_scenario *s)
{
    lua_State *thread;
    int ref = cage_thread(s->cage, &thread);
    memset(s->used, 0, (size_t)s->script->count * sizeof *s->used);
    s->rerun_stories = 0;
    lua_rawgeti(thread, LUA_REGISTRYINDEX, s->chunks[0]);
    int status = cage_resume(s->cage, thread);
    MU_CHECK(status != LUA_YIELD);
    if (status != LUA_OK)
        (void)failed(s, thread, status, 114);
    s->calling = NULL;
    luaL_unref(s->cage->L, LUA_REGISTRYINDEX, ref);
    return status == LUA_OK;
}

static bool open_cage(mu_scenario *s)
{
    s->cage = cage_open(s);
    mu_nouns_open(s);
    mu_verbs_open(s);
    return compile(s);
}

/* The cards stand still from here on; the engine reads them in place. */
static void settle(mu_scenario *s)
{
    s->msel.cards = s->cards;
    s->msel.artefacts = s->artefacts;
    s->msel.stories = s->stories;
    s->msel.hash = s->script->hash;
}

static void make_threads(mu_scenario *s)
{
    mu_verbs_name_cards(s);
    for (int i = 0; i < s->msel.story_count; i++) {
        telling *t = &s->tellings[i];
        t->thread_ref = cage_thread(s->cage, &t->thread);
        t->recall = t->recall ? t->recall : mu_recall_new(s->arena);
    }
    mu_state_keep(s);
    for (int i = 0; (s->again || s->shares) && i < s->msel.story_count; i++)
        mu_recall_spoil(s->tellings[i].recall);
}

mu_scenario *mu_scenario_run_script(mu_script *script, const mu_tree *plan, mu_diags *diags)
{
    mu_arena *arena = mu_arena_new();
    mu_scenario *s = mu_alloc(arena, sizeof *s);
    size_t before = mu_diags_count(diags, MU_ERROR);
    *s = (mu_scenario){.arena = arena, .plan = plan, .script = script, .diags = diags};
    s->chunks = mu_alloc(arena, (size_t)script->count * sizeof *s->chunks);
    s->used = mu_alloc(arena, (size_t)script->count * sizeof *s->used);
    mu_known_read(&s->known, plan);
    if (!script->refused && open_cage(s) && mu_scenario_top(s)) {
        mu_scenario_finish(s);
        mu_scenario_check_verbs(s);
        mu_scenario_check_words(s);
    }
    s->diags = NULL;
    if (script->refused || mu_diags_count(diags, MU_ERROR) > before) {
        mu_scenario_free(s);
        return NULL;
    }
    settle(s);
    make_threads(s);
    return s;
}

mu_scenario *mu_scenario_load(const char *path, const mu_tree *plan, mu_diags *diags)
{
    mu_script *script = mu_script_read(path, diags);
    return script ? mu_scenario_run_script(script, plan, diags) : NULL;
}

void mu_scenario_free(mu_scenario *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->msel.story_count; i++) {
        mu_recall_free(s->tellings[i].recall);
        free(s->tellings[i].lessons);
    }
    cage_close(s->cage);
    mu_script_free(s->script);
    mu_known_free(&s->known);
    free(s->cards);
    free(s->artefacts);
    free(s->stories);
    free(s->tellings);
    free(s->laters);
    free(s->open);
    free(s->open_names);
    free(s->kept);
    mu_buf_free(&s->failure);
    mu_arena_free(s->arena);
}

const mu_script *mu_scenario_script(const mu_scenario *s)
{
    return s->script;
}

const mu_msel *mu_scenario_msel(const mu_scenario *s)
{
    return &s->msel;
}

/* ---- telling ---- */

/* For another run; what it recalls stays. Of a story that Lua did not tell only the first few fields have changed. */
static void forget(telling *t)
{
    if (!t->begun) {
        t->over = t->stepped = false;
        t->at = t->lesson_count = t->lesson = t->card = 0;
        return;
    }
    *t = (telling){.thread = t->thread, .thread_ref = t->thread_ref, .function_ref = t->function_ref, .recall = t->recall,
                   .lessons = t->lessons, .lesson_size = t->lesson_size};
}

/* After a script used up its memory its state is not trusted again: everything is made anew. */
static bool begin_anew(mu_scenario *s)
{
    cage_close(s->cage);
    s->again = false;
    s->rerun = true;
    if (!open_cage(s))
        return false;
    for (int i = 0; i < s->msel.story_count; i++) {
        forget(&s->tellings[i]);
        lua_pushboolean(s->cage->L, 1);
        s->tellings[i].function_ref = luaL_ref(s->cage->L, LUA_REGISTRYINDEX);
    }
    if (!mu_scenario_top(s) || s->rerun_stories != s->msel.story_count)
        return false;
    make_threads(s);
    return true;
}

static bool restart(void *self)
{
    mu_scenario *s = self;
    s->rerun = true;
    if (s->cage->spent)
        return begin_anew(s);
    for (int i = 0; i < s->msel.story_count; i++) {
        if (s->tellings[i].begun)
            cage_reset(s->cage, &s->tellings[i].thread, &s->tellings[i].thread_ref);
        forget(&s->tellings[i]);
    }
    if (s->again)
        return mu_scenario_top(s) && s->rerun_stories == s->msel.story_count;
    if (s->shares)
        mu_state_restore(s);
    return true;
}

static void fail(mu_scenario *s, telling *t, int status, mu_wish *out)
{
    bool limit;
    *out = (mu_wish){.verb = MU_SAYS_FAILED, .card = -1};
    out->at = why(s, t->thread, status, &limit);
    if (s->cage->help.len && !limit)
        mu_buf_printf(&s->failure, " (%s)", s->cage->help.text);
    out->text = s->failure.text;
    t->over = true;
}

static const mu_outcome nothing = {0};

static mu_mark begin_of(const mu_scenario *s)
{
    return (mu_mark){s->script->files[0].name, 1, 1, 1};
}

/* Lua tells the story on until its next wish. */
static void tell(mu_scenario *s, telling *t, const mu_outcome *in, mu_wish *out)
{
    *out = (mu_wish){.verb = MU_SAYS_END, .card = -1, .at = begin_of(s)};
    if (!t->begun)
        lua_rawgeti(t->thread, LUA_REGISTRYINDEX, t->function_ref);
    t->begun = true;
    s->outcome = in;
    s->wish = out;
    s->told = t;
    s->playing = true;
    int status = cage_resume(s->cage, t->thread);
    s->playing = false;
    if (status != LUA_OK && status != LUA_YIELD)
        fail(s, t, status, out);
    if (status == LUA_OK)
        mu_recall_said(t->recall, &t->at, out);
    t->over = t->over || status == LUA_OK;
    s->calling = NULL;
}

/* Brings Lua to where a story stands that was recalled so far, by its first `count` lessons. Where that cannot be, as
 * another story has used up the memory of all, the story is over and `out` says why. */
static void catch_up(mu_scenario *s, telling *t, int count, mu_wish *out)
{
    t->at = 0;
    tell(s, t, &nothing, out);
    for (t->lesson = 0; t->lesson < count && !t->over; t->lesson++) {
        const mu_lesson *l = &t->lessons[t->lesson];
        mu_outcome in = {.answer = l->answer >= 0 ? s->cards[out->card].answers[l->answer].id : NULL, .by = l->by, .late = l->late,
                         .silence = l->silence, .took = l->took, .number = l->number};
        tell(s, t, &in, out);
    }
}

/* The text of the card where it is that, as it mostly is: it lives as long as the scenario. */
static const char *kept(mu_scenario *s, int card, const char *by)
{
    const mu_names *to = card >= 0 ? &s->cards[card].to : NULL;
    bool same = by && to && to->count && (to->list[0].text == by || strcmp(to->list[0].text, by) == 0);
    return !by ? NULL : same ? to->list[0].text : mu_copy(s->arena, by, strlen(by));
}

static void learn(mu_scenario *s, telling *t, const mu_outcome *in)
{
    t->lesson = t->lesson_count++;
    if (t->begun) /* Lua has it, and will not be asked to catch up */
        return;
    if (t->lesson == t->lesson_size) {
        t->lesson_size = t->lesson_size ? t->lesson_size * 2 : 8;
        t->lessons = mu_grow(t->lessons, (size_t)t->lesson_size * sizeof *t->lessons);
    }
    const mu_card *c = t->card >= 0 ? &s->cards[t->card] : NULL;
    mu_lesson *l = &t->lessons[t->lesson];
    *l = (mu_lesson){.answer = c && in->answer ? mu_answer_of(c, in->answer) : -1, .silence = in->silence, .late = in->late, .took = in->took, .number = in->number,
                     .by = kept(s, t->card, in->by)};
}

static void step(void *self, int story, const mu_outcome *in, mu_wish *out)
{
    mu_scenario *s = self;
    telling *t = &s->tellings[story];
    if (t->over) {
        *out = (mu_wish){.verb = MU_SAYS_END, .card = -1, .at = begin_of(s)};
        return;
    }
    in = in ? in : &nothing;
    if (t->stepped)
        learn(s, t, in);
    if (!t->begun && !s->cage->spent && mu_recall_next(t->recall, &t->at, t->lessons, out)) {
        out->at = begin_of(s);
        t->over = out->verb == MU_SAYS_END;
    } else {
        int now = t->lesson;
        if (!t->begun && t->stepped)
            catch_up(s, t, now, out);
        t->lesson = now;
        if (!t->over)
            tell(s, t, in, out);
    }
    t->stepped = true;
    t->card = out->card;
}

mu_mark mu_scenario_where(mu_scenario *s, int story)
{
    telling *t = &s->tellings[story];
    mu_wish wish;
    if (!t->begun)
        catch_up(s, t, t->lesson_count, &wish);
    s->calling = t->verb;
    mu_mark at = mu_scenario_here(t->thread, NULL);
    s->calling = NULL;
    return at;
}

mu_teller mu_scenario_teller(mu_scenario *s)
{
    return (mu_teller){s, restart, step};
}
