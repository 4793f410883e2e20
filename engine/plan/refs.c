/* References: an id, or kind:id, held against what the plan declares. */
#include <string.h>

#include "base/check.h"
#include "plan/consistency.h"
#include "plan/reader.h"

void mu_wrong(mu_reader *r, mu_mark at, int code, const char *text, const char *help)
{
    mu_diag_add(r->diags, MU_ERROR, code, at, text, help);
}

const char *mu_key_named(const mu_node *n)
{
    while (n && !n->key)
        n = n->parent;
    return n ? n->key : "the file";
}

bool mu_in_words(const char *word, const char *words)
{
    size_t len = strlen(word);
    for (const char *p = words; p; p = strchr(p, ' ') ? strchr(p, ' ') + 1 : NULL)
        if (*p == *word && strncmp(p, word, len) == 0 && (p[len] == ' ' || !p[len]))
            return *p != '\0';
    return false;
}

mu_rows mu_rows_of(mu_reader *r, const char *name)
{
    size_t i = ((uintptr_t)name ^ (uintptr_t)name >> 8) & (MU_STRUCTS - 1);
    while (r->structs[i].name && r->structs[i].name != name)
        i = (i + 1) & (MU_STRUCTS - 1);
    mu_rows *rows = &r->structs[i];
    if (rows->name)
        return *rows;
    *rows = (mu_rows){.name = name, .first = r->schema->fields};
    while (rows->first->in && strcmp(rows->first->in, name) != 0)
        rows->first++;
    while (rows->first[rows->count].in && strcmp(rows->first[rows->count].in, name) == 0)
        rows->count++;
    return *rows;
}

const mu_field *mu_row_of(mu_rows rows, const char *key)
{
    for (int i = 0; i < rows.count; i++)
        if (rows.first[i].key[0] == key[0] && strcmp(rows.first[i].key, key) == 0)
            return rows.first + i;
    return NULL;
}

const mu_node *mu_meant_to_be(mu_reader *r, const mu_node *map, mu_rows rows, const char *key)
{
    for (const mu_node *c = map && !mu_diags_full(r->diags) ? map->first : NULL; c; c = c->next)
        if (c->key && !mu_row_of(rows, c->key) && mu_guess_word(r, c->key, &key, 1))
            return c;
    return NULL;
}

static bool is_word(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

/* Nearly every line of a plan names something: where each kind stands is looked for once. */
static void find_sections(mu_reader *r)
{
    for (const mu_kind *k = mu_kinds; k->kind; k++) {
        const mu_node *section = mu_get(r->root, k->section);
        MU_CHECK(k - mu_kinds < MU_KINDS);
        r->sections[k - mu_kinds] = k->inner ? mu_get(section, k->inner) : section;
    }
    r->has_sections = true;
}

static mu_node *look_up(mu_reader *r, const char *kind, const char *id)
{
    if (!r->has_sections)
        find_sections(r);
    for (const mu_kind *k = mu_kinds; k->kind; k++) {
        mu_node *found = is_word(k->kind, kind) ? mu_get(r->sections[k - mu_kinds], id) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static size_t ids_of(const mu_node *root, const char *kind, const char **ids, size_t most)
{
    size_t count = 0;
    for (const mu_kind *k = mu_kinds; k->kind; k++) {
        if (strcmp(k->kind, kind) != 0)
            continue;
        const mu_node *section = mu_get(root, k->section);
        section = k->inner ? mu_get(section, k->inner) : section;
        bool levels = strcmp(kind, "severity") == 0; /* settings stand beside the levels */
        for (const mu_node *c = section && section->kind == MU_MAP ? section->first : NULL; c && count < most; c = c->next)
            if (!levels || c->kind == MU_MAP)
                ids[count++] = c->key;
    }
    return count;
}

const char *mu_guess_word(mu_reader *r, const char *word, const char *const *words, size_t count)
{
    size_t letters = 0;
    if (mu_diags_full(r->diags))
        return NULL;
    for (size_t i = 0; i < count; i++)
        letters += words[i] ? strlen(words[i]) : 0; /* a list in the place of a map has no keys */
    r->guessed += letters * strlen(word);
    return r->guessed > MU_GUESSES ? NULL : mu_nearest(word, words, count);
}

const char *mu_nearest_id(mu_reader *r, const char *kind, const char *id)
{
    const char *ids[MU_CANDIDATES];
    size_t count = mu_diags_full(r->diags) ? 0 : ids_of(r->root, kind, ids, MU_CANDIDATES);
    return count == 0 ? NULL : mu_guess_word(r, id, ids, count);
}

static bool builtin(const char *kind, const char *id)
{
    static const char *const phases[] = {"detect", "analyze", "contain", "eradicate", "recover", "post"};
    if (is_word(kind, "team") && is_word(id, "all"))
        return true;
    if (!is_word(kind, "phase"))
        return false;
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (strcmp(phases[i], id) == 0)
            return true;
    return false;
}

/* "its steps are: a, b, c" where they are few enough to be read. */
static const char *listed(mu_reader *r, const char *words, const char *const *ids, size_t count)
{
    enum { FEW = 12 };
    const char *text = words;
    for (size_t i = 0; i < count && i < FEW; i++)
        text = SAY("%s%s%s", text, i ? ", " : "", ids[i]);
    return count == 0 ? NULL : count > FEW ? SAY("%s and %zu more", text, count - FEW) : text;
}

/* Whose reference it is: the id of the section that it stands in, or the section. */
static const char *owner_of(mu_reader *r, const mu_node *n)
{
    const char *own = mu_key_named(n);
    while (n->parent && n->parent != r->root && n->parent->parent && n->parent->parent != r->root)
        n = n->parent;
    while (n && (!n->key || (strcmp(n->key, own) == 0 && n->parent && n->parent != r->root)))
        n = n->parent;
    return n && n->key ? n->key : "the plan";
}

/* True where a whole section is missing that some unknown key was meant to be: that is the mistake, not all that refers to it. */
static bool section_misspelt(mu_reader *r, const char *kind)
{
    for (const mu_kind *k = mu_kinds; k->kind; k++)
        if (strcmp(k->kind, kind) == 0 && !mu_get(r->root, k->section) && mu_meant_to_be(r, r->root, mu_rows_of(r, ""), k->section))
            return true;
    return false;
}

static bool is_kind(const char *word)
{
    for (const mu_kind *k = mu_kinds; k->kind; k++)
        if (is_word(k->kind, word))
            return true;
    return false;
}

/* Words that stand for themselves ("next", "proceed") are what may be meant as well; the first that is a kind names what is
 * unknown. */
static const char *words_too(mu_reader *r, const char *kinds, const char *kind, const char *ids[MU_CANDIDATES], size_t *count)
{
    const char *named = is_kind(kind) ? kind : NULL;
    for (const char *p = kinds; *p; p += strcspn(p, " "), p += *p == ' ') {
        const char *word = SAY("%.*s", (int)strcspn(p, " "), p);
        if (!is_kind(word) && *count < MU_CANDIDATES)
            ids[(*count)++] = word;
        else if (!named)
            named = word;
    }
    return named ? named : kind;
}

/* Where a role is wanted people are often named: who is meant, and what is wanted. NULL where it is nobody. */
static const char *is_person(mu_reader *r, const char *kind, const char *id, const char *there)
{
    const mu_node *people = strcmp(kind, "role") == 0 ? mu_get(r->root, "people") : NULL;
    for (const mu_node *p = people && people->kind == MU_MAP ? people->first : NULL; p; p = p->next) {
        const char *name = mu_get_text(p, "name");
        if (p->key && (strcmp(p->key, id) == 0 || (name && strcmp(name, id) == 0)))
            return SAY("that is a person, and a role is wanted; %s", there ? there : "the plan declares none");
    }
    return NULL;
}

static void dangling(mu_reader *r, mu_node *n, const char *kinds, const char *kind, const char *id)
{
    const char *ids[MU_CANDIDATES];
    size_t words = 0;
    if (mu_diags_full(r->diags)) { /* nothing of what may be meant would be shown */
        n->dangling = true;
        mu_wrong(r, n->at, 23, "", NULL);
        return;
    }
    kind = words_too(r, kinds, kind, ids, &words);
    size_t count = words + ids_of(r->root, kind, ids + words, MU_CANDIDATES - words);
    n->dangling = true;
    if (section_misspelt(r, kind) || mu_tree_took(r->tree, id))
        return;
    const char *near = mu_guess_word(r, id, ids, count), *there = listed(r, "there are: ", ids, count);
    const char *person = is_person(r, kind, id, there);
    mu_wrong(r, n->at, 23, SAY("%s of \"%s\" names unknown %s \"%s\"", mu_key_named(n), owner_of(r, n), kind, id),
          person ? person : near ? SAY("did you mean \"%s\"?", near) : there ? there : SAY("the plan declares no %s", kind));
}

/* The kind before the colon, or the first of `kinds`; NULL where such a kind may not stand here. */
static const char *split(mu_reader *r, const mu_node *n, const char *kinds, char *kind, size_t size)
{
    const char *colon = strchr(n->text, ':');
    size_t len = colon ? (size_t)(colon - n->text) : strcspn(kinds, " ");
    if (len >= size)
        return NULL;
    memcpy(kind, colon ? n->text : kinds, len);
    kind[len] = '\0';
    if (!colon)
        return n->text;
    if (!mu_in_words(kind, kinds) || !is_kind(kind)) {
        mu_wrong(r, n->at, 24, SAY("\"%s\" cannot stand in %s", n->text, mu_key_named(n)), SAY("one of these may: %s", kinds));
        return NULL;
    }
    return colon + 1;
}

/* "12": a place in a succession, from 1. */
static bool is_place(const char *text)
{
    enum { DIGITS = 4 };
    size_t n = strspn(text, "0123456789");
    return n >= 1 && n <= DIGITS && text[n] == '\0' && text[0] != '0';
}

size_t mu_place_in_line(const char *ref)
{
    const char *slash = strchr(ref, '/');
    size_t place = 0;
    for (const char *s = slash ? slash + 1 : ""; *s >= '0' && *s <= '9' && place < SIZE_MAX / 100; s++)
        place = place * 10 + (size_t)(*s - '0');
    return place;
}

void mu_read_ref(mu_reader *r, mu_node *n, const char *kinds)
{
    char kind[32], id[128];
    if (!strchr(n->text, ':') && !is_kind(n->text) && mu_in_words(n->text, kinds))
        return;
    const char *name = split(r, n, kinds, kind, sizeof kind);
    if (!name)
        return;
    size_t len = strcspn(name, "/");
    if (len >= sizeof id) {
        dangling(r, n, kinds, kind, "a name of that length");
        return;
    }
    memcpy(id, name, len);
    id[len] = '\0';
    if (builtin(kind, id))
        return;
    n->ref = look_up(r, kind, id);
    for (const char *more = kinds; !n->ref && !strchr(n->text, ':') && *more;) { /* a bare id of another kind that may stand here */
        more += strcspn(more, " ");
        more += *more == ' ';
        char other[32];
        size_t l = strcspn(more, " ");
        if (!l || l >= sizeof other)
            break;
        memcpy(other, more, l);
        other[l] = '\0';
        n->ref = look_up(r, other, id);
        if (builtin(other, id))
            return;
    }
    if (!n->ref)
        dangling(r, n, kinds, kind, id);
    if (name[len] == '/' && !is_place(name + len + 1))
        mu_wrong(r, n->at, 24, SAY("\"%s\" counts no place in a succession", n->text), "role:commander/2 is the second in succession");
}

static bool has_id(const mu_node *step, const char *id)
{
    const char *own = step ? mu_get_text(step, "id") : NULL;
    return own && strcmp(own, id) == 0;
}

/* The steps of a playbook stand sorted by id while it is read, once a step names one that does not stand before it. */
static mu_node *find_step(mu_reader *r, mu_node *steps, const char *id)
{
    if (has_id(r->step_before, id))
        return r->step_before;
    if (r->steps != steps) {
        r->steps = steps;
        r->sorted = mu_ids_of_steps(mu_tree_arena(r->tree), steps, &r->sorted_count);
    }
    size_t from = 0, to = r->sorted_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(r->sorted[middle]->text, id) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from < r->sorted_count && strcmp(r->sorted[from]->text, id) == 0 ? r->sorted[from]->parent : NULL;
}

void mu_read_step(mu_reader *r, mu_node *n, const char *words)
{
    if (words && mu_in_words(n->text, words))
        return;
    mu_node *steps = n->parent, *own = n;
    for (; steps && !(steps->key && strcmp(steps->key, "steps") == 0); steps = steps->parent)
        own = steps;
    if (r->step != own) {
        r->step_before = r->step && r->step->next == own ? r->step : NULL;
        r->step = own;
    }
    n->ref = find_step(r, steps, n->text);
    const char *ids[MU_CANDIDATES];
    size_t count = 0;
    for (mu_node *s = steps ? steps->first : NULL; s && !n->ref && count < MU_CANDIDATES && !mu_diags_full(r->diags); s = s->next)
        if (mu_get_text(s, "id"))
            ids[count++] = mu_get_text(s, "id");
    const char *near = n->ref ? NULL : mu_guess_word(r, n->text, ids, count);
    if (!n->ref && !mu_tree_took(r->tree, n->text))
        mu_wrong(r, n->at, 23, SAY("%s names unknown step \"%s\" of this playbook", mu_key_named(n), n->text), near ? SAY("did you mean \"%s\"?", near) : listed(r, "its steps are: ", ids, count));
}
