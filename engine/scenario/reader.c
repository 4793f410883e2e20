/* A card, an artefact or the exercise, read from its table by the rows of words.c: every key, type and name is judged,
 * and what is wrong is said where it is written. */
#include <string.h>

#include "plan/guess.h"
#include "plan/schema.h"
#include "scenario/inside.h"

#define SAY(...) SAID(r->s, __VA_ARGS__)

static mu_mark at_key(const reader *r, const char *key, int item)
{
    return r->place ? mu_script_key_at(r->file, r->place, key, item) : r->at;
}

static void wrong(reader *r, int code, mu_mark at, const char *text, const char *help)
{
    mu_scenario_say(r->s, MU_ERROR, code, at, text, help);
    if (mu_scenario_full(r->s))
        cage_stop(r->L, MU_LIMIT_MISTAKES);
}

/* What the reader is in, for messages: `inject "ransom note"`. */
static const char *whose(reader *r)
{
    return *r->name ? SAY("%s \"%s\"", r->word, r->name) : r->word;
}

/* ---- texts ---- */

const char *mu_unclean(const char *s, size_t len, bool one_line)
{
    uint32_t cp;
    bool blank = true;
    for (size_t i = 0; i < len;) {
        if (s[i] > ' ' && s[i] < 0x7f) { /* most of what people write */
            blank = false;
            i++;
            continue;
        }
        int n = mu_utf8(s + i, len - i, &cp);
        if (n == 0)
            return "holds a byte that is not UTF-8";
        if (mu_unsafe(cp))
            return "holds a control character, or one that cannot be seen";
        if (one_line && cp == '\n')
            return "is more than one line";
        blank = blank && strchr(" \t\n", s[i]);
        i += (size_t)n;
    }
    return blank ? "is empty" : NULL;
}

bool mu_length_read(const char *text, int64_t *ms)
{
    mu_duration d;
    if (!mu_duration_read(text, &d) || (d.unit != MU_MS && d.unit != MU_DAYS))
        return false;
    int64_t length = mu_duration_ms(d);
    if (length > mu_limits[MU_LIMIT_LENGTH].most)
        return false;
    *ms = length;
    return true;
}

/* The text on top of L, copied; NULL where it is none, which is said. */
static const char *text_on_top(reader *r, const char *key, mu_mark at, bool one_line)
{
    size_t len;
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        const char *is = luaL_typename(r->L, -1);
        wrong(r, 106, at, SAY("%s of %s is a %s, where a text is expected", key, whose(r), is),
              lua_type(r->L, -1) == LUA_TNUMBER ? "write it in quotes, with its unit where it has one" : NULL);
        return NULL;
    }
    const char *s = lua_tolstring(r->L, -1, &len), *why = mu_unclean(s, len, one_line);
    if (one_line && (int64_t)len > mu_limits[MU_LIMIT_LINE].most)
        why = SAY("has more than %d %s", (int)mu_limits[MU_LIMIT_LINE].most, mu_limits[MU_LIMIT_LINE].what);
    if (why) {
        wrong(r, 107, at, SAY("%s of %s %s", key, whose(r), why), NULL);
        return NULL;
    }
    r->s->texts += (int64_t)len;
    if (r->s->texts > mu_limits[MU_LIMIT_TEXTS].most)
        cage_stop(r->L, MU_LIMIT_TEXTS);
    return mu_copy(r->s->arena, s, len);
}

static const char *line_on_top(reader *r, const mu_key_word *k)
{
    return text_on_top(r, k->key, at_key(r, k->key, 0), k->type != MU_KEY_TEXT);
}

/* ---- lists ---- */

typedef struct texts {
    const char **list;
    mu_mark *at;
    int count;
} texts;

/* Keys of a list that are no numbers: only `within`, and only where it may stand. */
static void judge_keys(reader *r, int index, const mu_key_word *k)
{
    int n = cage_keys(r->L, index);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(r->L, -1, i);
        const char *key = lua_type(r->L, -1) == LUA_TSTRING ? lua_tostring(r->L, -1) : NULL;
        if (key && !(k->type == MU_KEY_ACTS && strcmp(k->key, "expect") == 0 && strcmp(key, "within") == 0))
            wrong(r, 105, at_key(r, SAY("%s.%.80s", k->key, key), -1),
                  SAY("unknown key \"%s\" in %s of %s", key, k->key, whose(r)), "a list holds its items without names");
        lua_pop(r->L, 1);
    }
    lua_pop(r->L, 1);
}

/* The value on top as a list of texts: a text alone is a list of one. */
static texts list_on_top(reader *r, const mu_key_word *k)
{
    texts out = {0};
    int index = lua_gettop(r->L), count = 1;
    bool list = lua_istable(r->L, index);
    if (list) {
        judge_keys(r, index, k);
        count = (int)lua_rawlen(r->L, index);
        if (count > mu_limits[MU_LIMIT_LIST].most) {
            wrong(r, 103, at_key(r, k->key, 0),
                  SAY("more than %d %s", (int)mu_limits[MU_LIMIT_LIST].most, mu_limits[MU_LIMIT_LIST].what), NULL);
            return out;
        }
        if (count == 0)
            wrong(r, 107, at_key(r, k->key, 0), SAY("%s of %s is empty", k->key, whose(r)),
                  "write an item, or leave the key out");
    }
    out.list = mu_alloc(r->s->arena, (size_t)(count + 1) * sizeof *out.list);
    out.at = mu_alloc(r->s->arena, (size_t)(count + 1) * sizeof *out.at);
    for (int i = 1; i <= count; i++) {
        mu_mark at = at_key(r, k->key, list ? i : 0);
        if (list)
            lua_rawgeti(r->L, index, i);
        const char *text = text_on_top(r, k->key, at, true);
        if (text) {
            out.at[out.count] = at;
            out.list[out.count++] = text;
        }
        lua_settop(r->L, index);
    }
    return out;
}

/* "isolate: Cut it off now": the id, and what it stands for. */
static void split(reader *r, const char *text, mu_mark at, const char *key, const char **id, const char **rest)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    bool good = n > 0 && n < 64 && (text[0] < '0' || text[0] > '9') && text[n] == ':' && text[n + 1] == ' ';
    const char *words = good ? text + n + 1 + strspn(text + n + 1, " \t") : "";
    *id = good && *words ? mu_copy(r->s->arena, text, n) : NULL;
    *rest = words;
    if (!*id)
        wrong(r, 107, at, SAY("\"%.60s\" in %s of %s has no name", text, key, whose(r)),
              "write \"name: text\"; a name has letters, digits and _");
}

static void judge_id(reader *r, const char *id, mu_mark at, const char *key, bool again)
{
    static const char *const taken[] = {"late", "silence", "by", "took"};
    if (again)
        wrong(r, 109, at, SAY("\"%s\" stands twice in %s of %s", id, key, whose(r)), NULL);
    for (size_t i = 0; i < sizeof taken / sizeof *taken && strcmp(key, "answers") == 0; i++)
        if (strcmp(id, taken[i]) == 0)
            wrong(r, 107, at, SAY("an answer cannot be called \"%s\": every outcome has that", id), NULL);
}

static void read_choices(reader *r, const mu_key_word *k)
{
    texts t = list_on_top(r, k);
    mu_choice *list = mu_alloc(r->s->arena, (size_t)(t.count + 1) * sizeof *list);
    int count = 0;
    for (int i = 0; i < t.count; i++) {
        mu_choice c;
        bool again = false;
        split(r, t.list[i], t.at[i], k->key, &c.id, &c.text);
        if (!c.id)
            continue;
        for (int j = 0; j < count; j++)
            again = again || strcmp(list[j].id, c.id) == 0;
        judge_id(r, c.id, t.at[i], k->key, again);
        list[count++] = c;
    }
    mu_card *card = r->into;
    card->answers = list;
    card->answer_count = count;
    if (count < 2 && t.count == count)
        wrong(r, 107, at_key(r, k->key, 0), SAY("%s offers nothing to choose from", whose(r)),
              "write two answers or more");
}

static void read_objectives(reader *r, const mu_key_word *k)
{
    texts t = list_on_top(r, k);
    mu_objective *list = mu_alloc(r->s->arena, (size_t)(t.count + 1) * sizeof *list);
    mu_msel *msel = r->into;
    int count = 0;
    for (int i = 0; i < t.count; i++) {
        bool again = false;
        split(r, t.list[i], t.at[i], k->key, &list[count].id, &list[count].text);
        if (!list[count].id)
            continue;
        for (int j = 0; j < count; j++)
            again = again || strcmp(list[j].id, list[count].id) == 0;
        judge_id(r, list[count].id, t.at[i], k->key, again);
        count++;
    }
    msel->objectives = list;
    msel->objective_count = count;
}

/* ---- names ---- */

static bool find(reader *r, const mu_key_word *k, const char *text, mu_mark at, mu_name *out)
{
    const char *why, *help = NULL;
    bool ok = k->type == MU_KEY_ACTS ? mu_act_find(&r->s->known, text, r->s->arena, out, &why, &help)
                                     : mu_name_find(&r->s->known, text, k->of, r->s->arena, out, &why, &help);
    if (!ok)
        wrong(r, 110, at, SAY("%s of %s: %s", k->key, whose(r), why), help);
    return ok;
}

static void read_names(reader *r, const mu_key_word *k, mu_names *out)
{
    texts t = list_on_top(r, k);
    mu_name *list = mu_alloc(r->s->arena, (size_t)(t.count + 1) * sizeof *list);
    int count = 0;
    for (int i = 0; i < t.count; i++) {
        if (!find(r, k, t.list[i], t.at[i], &list[count]))
            continue;
        for (int j = 0; j < count; j++)
            if (strcmp(list[j].text, list[count].text) == 0)
                wrong(r, 109, t.at[i], SAY("\"%s\" stands twice in %s of %s", t.list[i], k->key, whose(r)), NULL);
        count++;
    }
    *out = (mu_names){list, count};
}

/* Whoever evaluates need not stand in the plan: a bare name that it does not know is somebody from outside. */
static void read_who(reader *r, const mu_key_word *k, mu_names *out)
{
    texts t = list_on_top(r, k);
    mu_name *list = mu_alloc(r->s->arena, (size_t)(t.count + 1) * sizeof *list);
    int count = 0;
    for (int i = 0; i < t.count; i++) {
        const char *why, *help = NULL;
        bool known = mu_name_find(&r->s->known, t.list[i], k->of, r->s->arena, &list[count], &why, &help);
        if (!known && strchr(t.list[i], ':'))
            wrong(r, 110, t.at[i], SAY("%s of %s: %s", k->key, whose(r), why), help);
        if (!known)
            list[count] = (mu_name){t.list[i], NULL};
        count++;
    }
    *out = (mu_names){list, count};
}

static void read_facts(reader *r, const mu_key_word *k)
{
    texts t = list_on_top(r, k);
    mu_card *card = r->into;
    const mu_list *facts = &r->s->known.facts;
    for (int i = 0; i < t.count && !mu_scenario_full(r->s); i++)
        if (!mu_list_has(facts, t.list[i]))
            mu_scenario_say(r->s, facts->count ? MU_ERROR : MU_WARNING, 110, t.at[i],
                            SAY("facts of %s: unknown fact \"%s\"", whose(r), t.list[i]),
                            facts->count ? mu_names_help(t.list[i], facts->words, (size_t)facts->count, r->s->arena)
                                         : "the plan declares no facts, and no severity or obligation tests one");
    card->facts = t.list;
    card->fact_count = t.count;
}

static void read_attack(reader *r, const mu_key_word *k)
{
    texts t = list_on_top(r, k);
    mu_card *card = r->into;
    for (int i = 0; i < t.count; i++) {
        const char *s = t.list[i];
        size_t n = s[0] == 'T' ? strspn(s + 1, "0123456789") : 0;
        bool sub = n == 4 && s[5] == '.' && strspn(s + 6, "0123456789") == 3 && !s[9];
        if (n != 4 || (s[5] && !sub))
            wrong(r, 107, t.at[i], SAY("\"%s\" is no technique of ATT&CK", s), "write T1486 or T1078.004");
    }
    card->attack = t.list;
    card->attack_count = t.count;
}

static void wait_for(reader *r, int *slot, const char *text, mu_mark at)
{
    mu_scenario *s = r->s;
    if (s->later_count == s->later_size) {
        s->later_size = s->later_size ? s->later_size * 2 : 64;
        s->laters = mu_grow(s->laters, (size_t)s->later_size * sizeof *s->laters);
    }
    s->laters[s->later_count++] = (later){slot, text, at};
}

static void read_shows(reader *r, const mu_key_word *k)
{
    texts t = list_on_top(r, k);
    mu_card *card = r->into;
    int *shows = mu_alloc(r->s->arena, (size_t)(t.count + 1) * sizeof *shows);
    for (int i = 0; i < t.count; i++)
        wait_for(r, &shows[i], t.list[i], t.at[i]);
    card->shows = shows;
    card->show_count = t.count;
}

/* ---- single values ---- */

static void read_duration(reader *r, const mu_key_word *k, const char *shown, mu_mark at, int64_t *out)
{
    const char *text = text_on_top(r, shown, at, true), *guess;
    if (text && !mu_length_read(text, out)) {
        guess = mu_guess_duration(r->s->arena, text);
        guess = guess && mu_length_read(guess, out) ? SAY("did you mean \"%s\"?", guess) : "90s, 15m, 4h and 3d are; the longest is 366d";
        wrong(r, 108, at, SAY("%s of %s: \"%s\" is not a duration of a fixed length", shown, whose(r), text),
              text[0] && strspn(text, "0123456789") == strlen(text) ? SAY("write the unit: %sm or %sh", text, text) : guess);
    } else if (text && *out == 0 && (k->type == MU_KEY_ACTS || strcmp(shown, "at") != 0))
        wrong(r, 108, at, SAY("%s of %s is nothing", shown, whose(r)), "a time to answer has a length");
}

static void read_within(reader *r, const mu_key_word *k)
{
    mu_card *card = r->into;
    if (!lua_istable(r->L, -1))
        return;
    lua_pushliteral(r->L, "within");
    if (lua_rawget(r->L, -2) != LUA_TNIL) {
        if (r->within)
            wrong(r, 109, at_key(r, "expect.within", 0), SAY("%s gives within twice", whose(r)), "write it once");
        r->within = true;
        read_duration(r, k, "within", at_key(r, "expect.within", 0), &card->within);
    }
    lua_pop(r->L, 1);
}

static void read_time(reader *r, const mu_key_word *k, int64_t *out)
{
    const char *text = line_on_top(r, k);
    if (text && !mu_time_read(text, out))
        wrong(r, 108, at_key(r, k->key, 0), SAY("%s of %s: \"%s\" is no time of the calendar", k->key, whose(r), text),
              "write 2026-03-09 17:40");
}

static void read_enum(reader *r, const mu_key_word *k, void *out)
{
    const char *text = line_on_top(r, k), *words[8];
    size_t count = 0;
    for (const char *p = k->of; *p; p += strcspn(p, " "), p += *p == ' ')
        words[count++] = mu_copy(r->s->arena, p, strcspn(p, " "));
    for (size_t i = 0; text && i < count; i++)
        if (strcmp(words[i], text) == 0) {
            *(mu_card_class *)out = (mu_card_class)i;
            return;
        }
    if (text)
        wrong(r, 107, at_key(r, k->key, 0), SAY("%s of %s cannot be \"%s\"", k->key, whose(r), text),
              mu_names_help(text, words, count, r->s->arena));
}

static void read_yes(reader *r, const mu_key_word *k, bool *out)
{
    if (lua_isboolean(r->L, -1))
        *out = lua_toboolean(r->L, -1);
    else
        wrong(r, 106, at_key(r, k->key, 0), SAY("%s of %s is neither true nor false", k->key, whose(r)),
              "write true, or leave the key out");
}

static void read_word(reader *r, const mu_key_word *k, const char **out)
{
    *out = line_on_top(r, k);
    if (*out && (strspn(*out, "abcdefghijklmnopqrstuvwxyz0123456789_-.") != strlen(*out) || strlen(*out) > 40))
        wrong(r, 107, at_key(r, k->key, 0),
              SAY("%s of %s is a single word: small letters, digits, _ - .", k->key, whose(r)), NULL);
}

/* A playbook that no plan has is a gap of the plan, not of the scenario; a slip of the pen is said. */
static void read_playbook(reader *r, const mu_key_word *k, const char **out)
{
    const mu_list *known = &r->s->known.playbooks;
    *out = line_on_top(r, k);
    if (!*out || mu_list_has(known, *out))
        return;
    const char *near = mu_nearest(*out, known->words, (size_t)known->count);
    if (near)
        mu_scenario_say(r->s, MU_WARNING, 113, at_key(r, k->key, 0), SAY("no playbook of the plan covers \"%s\"", *out),
                        SAY("did you mean \"%s\"?", near));
}

static void read_severity(reader *r, const mu_key_word *k, const mu_node **out)
{
    const char *text = line_on_top(r, k), *why, *help = NULL;
    mu_name name;
    if (!text)
        return;
    if (mu_name_find(&r->s->known, text, "severity", r->s->arena, &name, &why, &help))
        *out = name.node;
    else
        wrong(r, 110, at_key(r, k->key, 0), SAY("%s of %s: %s", k->key, whose(r), why), help);
}

static void read_file(reader *r, const mu_key_word *k, const char **out)
{
    const char *text = line_on_top(r, k);
    const mu_script_file *f = text ? mu_script_find(r->s->script, MU_FILE_ARTEFACT, text) : NULL;
    if (*out && text)
        wrong(r, 109, at_key(r, k->key, 0), SAY("%s has a body and a file", whose(r)), "one of them is enough");
    else if (text && !f)
        wrong(r, 112, at_key(r, k->key, 0), SAY("the file \"%s\" was not found before the script ran", text),
              "write its name out, as a text");
    const char *why = f ? mu_unclean(f->bytes, f->len, false) : NULL;
    if (why)
        wrong(r, 107, at_key(r, k->key, 0), SAY("the file \"%s\" %s", text, why), "save it as plain UTF-8 text");
    else if (f)
        *out = f->bytes;
}

static void read_tests(reader *r, const mu_key_word *k, const char **out)
{
    *out = line_on_top(r, k);
    if (*out)
        wait_for(r, NULL, *out, at_key(r, k->key, 0));
}

/* ---- a table by its rows ---- */

static void read_value(reader *r, const mu_key_word *k)
{
    void *out = (char *)r->into + k->offset;
    switch (k->type) {
    case MU_KEY_TEXT:
    case MU_KEY_LINE: *(const char **)out = line_on_top(r, k); break;
    case MU_KEY_WORD: read_word(r, k, out); break;
    case MU_KEY_DURATION:
        if (strcmp(k->key, "within") == 0 && r->within)
            wrong(r, 109, at_key(r, k->key, 0), SAY("%s gives within twice", whose(r)), "write it once");
        r->within = r->within || strcmp(k->key, "within") == 0;
        read_duration(r, k, k->key, at_key(r, k->key, 0), out);
        break;
    case MU_KEY_TIME: read_time(r, k, out); break;
    case MU_KEY_YES: read_yes(r, k, out); break;
    case MU_KEY_ENUM: read_enum(r, k, out); break;
    case MU_KEY_ACTS:
        if (strcmp(k->key, "expect") == 0)
            read_within(r, k); /* fallthrough */
    case MU_KEY_NAMES: read_names(r, k, out); break;
    case MU_KEY_NAME: {
        const char *text = line_on_top(r, k);
        if (text)
            (void)find(r, k, text, at_key(r, k->key, 0), out);
        break;
    }
    case MU_KEY_WHO: read_who(r, k, out); break;
    case MU_KEY_FACTS: read_facts(r, k); break;
    case MU_KEY_SHOWS: read_shows(r, k); break;
    case MU_KEY_TESTS: read_tests(r, k, out); break;
    case MU_KEY_ANSWERS: read_choices(r, k); break;
    case MU_KEY_OBJECTIVES: read_objectives(r, k); break;
    case MU_KEY_ATTACK: read_attack(r, k); break;
    case MU_KEY_PLAYBOOK: read_playbook(r, k, out); break;
    case MU_KEY_SEVERITY: read_severity(r, k, out); break;
    case MU_KEY_FILE: read_file(r, k, out); break;
    }
}

static void unknown_key(reader *r, const char *key)
{
    const char *keys[64];
    size_t count = 0;
    for (const mu_key_word *k = mu_key_words; k->key; k++)
        if (k->nouns & r->noun)
            keys[count++] = k->key;
    wrong(r, 105, at_key(r, key, -1), SAY("unknown key \"%.60s\" in %s", key, whose(r)),
          mu_names_help(key, keys, count, r->s->arena));
}

static void judge_required(reader *r, int index)
{
    for (const mu_key_word *k = mu_key_words; k->key; k++) {
        if (!(k->required & r->noun))
            continue;
        lua_pushstring(r->L, k->key);
        if (lua_rawget(r->L, index) == LUA_TNIL)
            wrong(r, 105, r->place ? r->place->at : r->at, SAY("%s lacks \"%s\"", whose(r), k->key), NULL);
        lua_pop(r->L, 1);
    }
}

void mu_reader_read(reader *r, int index)
{
    int n = cage_keys(r->L, index), keys = lua_gettop(r->L);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(r->L, keys, i);
        const char *key = lua_type(r->L, -1) == LUA_TSTRING ? lua_tostring(r->L, -1) : NULL;
        const mu_key_word *k = key ? mu_key_find(r->noun, key) : NULL;
        if (!key)
            wrong(r, 105, r->at, SAY("%s holds a value without a key", whose(r)), "write key = value");
        else if (!k)
            unknown_key(r, key);
        if (k) {
            lua_rawget(r->L, index);
            read_value(r, k);
        }
        lua_settop(r->L, keys);
    }
    lua_pop(r->L, 1);
    judge_required(r, index);
}
