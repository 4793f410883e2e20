#include "scenario/names.h"

#include <stdlib.h>
#include <string.h>

#include "plan/fields.h"
#include "scenario/words.h"

enum { KIND = 32, SHOWN = 12 };

/* ---- lists of words ---- */

bool mu_list_has(const mu_list *list, const char *word)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->words[i], word) == 0)
            return true;
    return false;
}

void mu_list_free(mu_list *list)
{
    free(list->words);
}

static void push(mu_list *list, const char *word)
{
    if (list->count == list->size) {
        list->size = list->size ? list->size * 2 : 32;
        list->words = mu_grow(list->words, (size_t)list->size * sizeof *list->words);
    }
    list->words[list->count++] = word;
}

void mu_list_add(mu_list *list, const char *word)
{
    if (!mu_list_has(list, word))
        push(list, word);
}

static void add_keys(mu_list *list, const mu_node *map)
{
    for (const mu_node *c = map && map->kind == MU_MAP ? map->first : NULL; c; c = c->next)
        push(list, c->key);
}

/* ---- what a plan knows ---- */

static void add_tested(mu_list *facts, const mu_node *test)
{
    for (const mu_node *c = test ? test->first : NULL; c; c = c->next) {
        if (c->kind == MU_SCALAR && c->len && !strchr(c->text, ' '))
            mu_list_add(facts, c->text);
        else
            add_tested(facts, c);
    }
}

/* A test that is one word tests that fact; more than one word is meant for people. */
static void add_section(mu_list *facts, const mu_node *section)
{
    for (const mu_node *c = section ? section->first : NULL; c; c = c->next) {
        const mu_node *when = mu_get(c, "when");
        if (when && when->kind == MU_SCALAR && when->len && !strchr(when->text, ' '))
            mu_list_add(facts, when->text);
        add_tested(facts, when);
    }
}

void mu_known_read(mu_known *known, const mu_tree *plan)
{
    static const char *const phases[] = {"detect", "analyze", "contain", "eradicate", "recover", "post"};
    *known = (mu_known){.root = mu_tree_root(plan)};
    add_keys(&known->facts, mu_get(known->root, "facts"));
    add_section(&known->facts, mu_get(known->root, "severities"));
    add_section(&known->facts, mu_get(known->root, "obligations"));
    add_keys(&known->phases, mu_get(known->root, "phases"));
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        mu_list_add(&known->phases, phases[i]);
    const mu_node *playbooks = mu_get(known->root, "playbooks");
    add_keys(&known->playbooks, playbooks);
    for (const mu_node *p = playbooks ? playbooks->first : NULL; p; p = p->next)
        for (const mu_node *c = mu_get(p, "covers") ? mu_get(p, "covers")->first : NULL; c; c = c->next)
            mu_list_add(&known->playbooks, c->text);
}

void mu_known_free(mu_known *known)
{
    free(known->facts.words);
    free(known->playbooks.words);
    free(known->phases.words);
}

/* ---- looking up ---- */

static bool kind_in(const char *kind, size_t len, const char *kinds)
{
    for (const char *p = kinds; *p;) {
        size_t n = strcspn(p, " |");
        if (n == len && memcmp(p, kind, n) == 0)
            return true;
        p += n;
        p += *p != '\0';
    }
    return false;
}

static const mu_node *section_of(const mu_known *known, const mu_kind *k)
{
    const mu_node *section = mu_get(known->root, k->section);
    return k->inner ? mu_get(section, k->inner) : section;
}

static const mu_node *look_up(const mu_known *known, const char *kind, const char *id)
{
    for (const mu_kind *k = mu_kinds; k->kind; k++) {
        const mu_node *found = strcmp(k->kind, kind) == 0 ? mu_get(section_of(known, k), id) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static void add_kind(const mu_known *known, const char *kind, mu_list *out)
{
    for (const mu_kind *k = mu_kinds; k->kind; k++)
        if (strcmp(k->kind, kind) == 0)
            add_keys(out, section_of(known, k));
}

const char *mu_names_help(const char *word, const char *const *words, size_t count, mu_arena *arena)
{
    const char *near = mu_nearest(word, words, count);
    if (near)
        return mu_format(arena, "did you mean \"%s\"?", near);
    mu_buf list = {0};
    size_t shown = count <= SHOWN ? count : SHOWN;
    for (size_t i = 0; i < shown; i++)
        mu_buf_printf(&list, "%s%.60s", i ? ", " : "", words[i]);
    if (count > shown)
        mu_buf_printf(&list, ", and %zu more", count - shown);
    const char *help = count ? mu_format(arena, "there are: %s", list.text) : NULL;
    mu_buf_free(&list);
    return help;
}

/* The next of the words in `kinds`; NULL at the bar or the end. */
static const char *next_kind(const char **from, char *kind, bool past_bar)
{
    const char *p = *from;
    p += strspn(p, past_bar ? " |" : " ");
    size_t n = strcspn(p, " |");
    if (n == 0 || n >= KIND)
        return NULL;
    memcpy(kind, p, n);
    kind[n] = '\0';
    *from = p + n;
    return kind;
}

static bool found(const mu_known *known, const char *kind, const char *id, mu_arena *arena, mu_name *out)
{
    bool all = strcmp(kind, "team") == 0 && strcmp(id, "all") == 0;
    const mu_node *node = look_up(known, kind, id);
    if (!node && !all)
        return false;
    *out = (mu_name){mu_format(arena, "%s:%s", kind, id), node};
    return true;
}

static void say_missing(const mu_known *known, const char *kinds, const char *id, mu_arena *arena, const char **why,
                        const char **help)
{
    char kind[KIND];
    mu_list names = {0};
    mu_name other;
    const char *p = kinds, *q = kinds;
    *why = mu_format(arena, "unknown %.*s \"%s\"", (int)strcspn(kinds, " |"), kinds, id);
    while (next_kind(&q, kind, true))
        if (found(known, kind, id, arena, &other)) {
            *help = mu_format(arena, "there is a %s of that name: write \"%s\"", kind, other.text);
            return;
        }
    while (next_kind(&p, kind, false))
        add_kind(known, kind, &names);
    *help = mu_names_help(id, names.words, (size_t)names.count, arena);
    if (!*help)
        *help = mu_format(arena, "the plan declares no %.*s", (int)strcspn(kinds, " |"), kinds);
    free(names.words);
}

static bool find_kind(const mu_known *known, const char *text, const char *colon, const char *kinds, mu_arena *arena,
                      mu_name *out, const char **why, const char **help)
{
    size_t len = (size_t)(colon - text);
    if (!kind_in(text, len, kinds)) {
        *why = mu_format(arena, "\"%s\" cannot stand here", text);
        mu_buf list = {0};
        for (const char *p = kinds; *p; p++)
            mu_buf_add(&list, *p == '|' ? " " : p, 1);
        *help = mu_format(arena, "one of these may: %s", list.text);
        mu_buf_free(&list);
        return false;
    }
    const char *kind = mu_copy(arena, text, len);
    if (found(known, kind, colon + 1, arena, out))
        return true;
    say_missing(known, kind, colon + 1, arena, why, help);
    return false;
}

bool mu_name_find(const mu_known *known, const char *text, const char *kinds, mu_arena *arena, mu_name *out,
                  const char **why, const char **help)
{
    const char *colon = strchr(text, ':'), *p = kinds;
    char kind[KIND];
    if (colon)
        return find_kind(known, text, colon, kinds, arena, out, why, help);
    while (next_kind(&p, kind, false))
        if (found(known, kind, text, arena, out))
            return true;
    say_missing(known, kinds, text, arena, why, help);
    return false;
}

bool mu_act_find(const mu_known *known, const char *text, mu_arena *arena, mu_name *out, const char **why,
                 const char **help)
{
    const char *id = strncmp(text, "action:", 7) == 0 || strncmp(text, "act:", 4) == 0 ? strchr(text, ':') + 1 : text;
    bool act = strncmp(text, "act:", 4) == 0, action = id != text && !act;
    if (!act && found(known, "action", id, arena, out))
        return true;
    for (int i = 0; mu_act_words[i] && !action; i++)
        if (strcmp(mu_act_words[i], id) == 0) {
            *out = (mu_name){mu_format(arena, "act:%s", id), NULL};
            return true;
        }
    mu_list names = {0};
    add_kind(known, "action", &names);
    for (int i = 0; mu_act_words[i]; i++)
        mu_list_add(&names, mu_act_words[i]);
    *why = mu_format(arena, "unknown action \"%s\"", text);
    *help = mu_names_help(id, names.words, (size_t)names.count, arena);
    free(names.words);
    return false;
}
