#include "plan/schema.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plan/consistency.h"
#include "plan/fields.h"
#include "plan/words.h"

typedef struct reading {
    mu_tree *tree;
    mu_diags *diags;
    mu_node *root;
} reading;

static void wrong(reading *r, mu_mark at, int code, const char *text, const char *help)
{
    mu_diag_add(r->diags, MU_ERROR, code, at, text, help);
}

#define SAY(...) mu_format(mu_diags_arena(r->diags), __VA_ARGS__)

static const char *what(const mu_node *n)
{
    return n->kind == MU_MAP ? "a map" : n->kind == MU_LIST ? "a list" : n->plain && (!n->len || !strcmp(n->text, "~") || !strcmp(n->text, "null")) ? "nothing (null)" : "a text";
}

/* The key that a person would look for: its own, or its list's. */
static const char *named(const mu_node *n)
{
    while (n && !n->key)
        n = n->parent;
    return n ? n->key : "the file";
}

static bool is_null(const mu_node *n)
{
    return n->kind == MU_SCALAR && n->plain && (!n->len || !strcmp(n->text, "~") || !strcmp(n->text, "null"));
}

static bool in_words(const char *word, const char *words)
{
    size_t len = strlen(word);
    for (const char *p = words; p && *p; p += strcspn(p, " "), p += *p == ' ')
        if (strcspn(p, " ") == len && strncmp(p, word, len) == 0)
            return true;
    return false;
}

/* ---- references ---- */

enum { CANDIDATES = 512 };

static mu_node *look_up(const mu_node *root, const char *kind, const char *id)
{
    for (const mu_kind *k = mu_kinds; k->kind; k++) {
        if (strcmp(k->kind, kind) != 0)
            continue;
        mu_node *section = mu_get(root, k->section);
        mu_node *found = mu_get(k->inner ? mu_get(section, k->inner) : section, id);
        if (found)
            return found;
    }
    return NULL;
}

static const char *nearest_id(const mu_node *root, const char *kind, const char *id)
{
    const char *ids[CANDIDATES];
    size_t count = 0;
    for (const mu_kind *k = mu_kinds; k->kind; k++) {
        if (strcmp(k->kind, kind) != 0)
            continue;
        const mu_node *section = mu_get(root, k->section);
        section = k->inner ? mu_get(section, k->inner) : section;
        for (const mu_node *c = section ? section->first : NULL; c && count < CANDIDATES; c = c->next)
            ids[count++] = c->key;
    }
    return mu_nearest(id, ids, count);
}

static bool builtin(const char *kind, const char *id)
{
    static const char *const phases[] = {"detect", "analyze", "contain", "eradicate", "recover", "post"};
    if (strcmp(kind, "team") == 0 && strcmp(id, "all") == 0)
        return true;
    if (strcmp(kind, "phase") != 0)
        return false;
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (strcmp(phases[i], id) == 0)
            return true;
    return false;
}

static bool is_kind(const char *word)
{
    for (const mu_kind *k = mu_kinds; k->kind; k++)
        if (strcmp(k->kind, word) == 0)
            return true;
    return false;
}

static void dangling(reading *r, mu_node *n, const char *kind, const char *id)
{
    n->dangling = true;
    const char *near = nearest_id(r->root, kind, id);
    const char *owner = n->parent && n->parent->parent && n->parent->parent->key ? n->parent->parent->key : named(n->parent);
    wrong(r, n->at, 23, SAY("%s of \"%s\" names unknown %s \"%s\"", named(n), owner, kind, id), near ? SAY("did you mean \"%s\"?", near) : SAY("no %s with this id is declared", kind));
}

/* The kind before the colon, or the first of `kinds`; NULL where such a kind may not stand here. */
static const char *split(reading *r, const mu_node *n, const char *kinds, char *kind, size_t size)
{
    const char *colon = strchr(n->text, ':');
    size_t len = colon ? (size_t)(colon - n->text) : strcspn(kinds, " ");
    if (len >= size)
        return NULL;
    memcpy(kind, colon ? n->text : kinds, len);
    kind[len] = '\0';
    if (!colon)
        return n->text;
    if (!in_words(kind, kinds) || !is_kind(kind)) {
        wrong(r, n->at, 24, SAY("\"%s\" cannot stand in %s", n->text, named(n)), SAY("one of these may: %s", kinds));
        return NULL;
    }
    return colon + 1;
}

static void read_ref(reading *r, mu_node *n, const char *kinds)
{
    char kind[32], id[128];
    if (!strchr(n->text, ':') && !is_kind(n->text) && in_words(n->text, kinds))
        return;
    const char *name = split(r, n, kinds, kind, sizeof kind);
    if (!name)
        return;
    size_t len = strcspn(name, "/");
    if (len >= sizeof id) {
        dangling(r, n, kind, "a name of that length");
        return;
    }
    memcpy(id, name, len);
    id[len] = '\0';
    if (builtin(kind, id))
        return;
    n->ref = look_up(r->root, kind, id);
    for (const char *more = kinds; !n->ref && !strchr(n->text, ':') && *more;) { /* a bare id of another kind that may stand here */
        more += strcspn(more, " ");
        more += *more == ' ';
        char other[32];
        size_t l = strcspn(more, " ");
        if (!l || l >= sizeof other)
            break;
        memcpy(other, more, l);
        other[l] = '\0';
        n->ref = look_up(r->root, other, id);
        if (builtin(other, id))
            return;
    }
    if (!n->ref)
        dangling(r, n, kind, id);
    if (name[len] == '/' && (name[len + 1] < '1' || name[len + 1] > '9'))
        wrong(r, n->at, 24, SAY("\"%s\" counts no place in a succession", n->text), "role:commander/2 is the second in succession");
}

/* ---- scalars ---- */

static void read_int(reading *r, mu_node *n, const char *most)
{
    int64_t v = 0, limit = strtoll(most, NULL, 10);
    const char *s = n->text;
    size_t i = 0;
    for (; s[i] >= '0' && s[i] <= '9' && v <= limit; i++)
        v = v * 10 + (s[i] - '0');
    if (s[i] >= '0' && s[i] <= '9')
        v = limit + 1;
    else if (s[i] || i == 0 || (s[0] == '0' && i > 1)) {
        wrong(r, n->at, 20, SAY("\"%s\" is not a whole number", s), "write digits only, without a leading zero");
        return;
    }
    if (v > limit)
        wrong(r, n->at, 20, SAY("%s is larger than the most that %s may be, %s", s, named(n), most), NULL);
    n->value = v;
}

static void read_yes(reading *r, mu_node *n)
{
    bool yes = !strcmp(n->text, "yes") || !strcmp(n->text, "true"), no = !strcmp(n->text, "no") || !strcmp(n->text, "false");
    if (!yes && !no)
        wrong(r, n->at, 22, SAY("\"%s\" is neither yes nor no", n->text), "write yes or no");
    n->value = yes;
}

static bool read_duration(reading *r, mu_node *n, bool words, bool repeats)
{
    mu_duration d;
    if (mu_duration_read(n->text, &d)) {
        n->value = mu_duration_ms(d);
        if (repeats && n->value == 0)
            wrong(r, n->at, 21, SAY("%s is zero: what repeats must have a length greater than zero", named(n)), NULL);
        return true;
    }
    bool number = n->text[0] >= '0' && n->text[0] <= '9';
    if (words && !number)
        return true;
    bool bare = number && strspn(n->text, "0123456789") == n->len;
    wrong(r, n->at, 21, SAY("\"%s\" is not a duration", n->text),
          bare ? SAY("write the unit: %sm, %sh or %sd", n->text, n->text, n->text) : "90s, 15m, 4h, 3d, \"3 business days\" and \"12 months\" are");
    return false;
}

static void read_date(reading *r, mu_node *n, bool time_too, bool time_only)
{
    int64_t days;
    if (!time_only && mu_date_read(n->text, &days)) {
        n->value = days * 86400000;
        return;
    }
    if ((time_too || time_only) && mu_time_read(n->text, &n->value))
        return;
    wrong(r, n->at, 25, SAY("\"%s\" is no %s of the calendar", n->text, time_only ? "time" : "date"), time_only ? "write 2026-03-09 17:40" : "write 2026-03-09");
}

/* A zone is a file of the tz database; its name is letters, digits, "_", "-", "+" and "/". */
static void read_zone(reading *r, mu_node *n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/";
    struct stat st;
    bool clean = n->len > 0 && n->len < 64 && strspn(n->text, letters) == n->len && n->text[0] != '/' && !strstr(n->text, "//");
    if (!clean || stat(SAY("/usr/share/zoneinfo/%s", n->text), &st) != 0 || !S_ISREG(st.st_mode))
        wrong(r, n->at, 26, SAY("\"%s\" is no time zone of the tz database", n->text), "write Europe/Dublin, America/New_York or UTC");
}

static void read_hours(reading *r, mu_node *n, const char *words)
{
    int ranges[7][2];
    if (in_words(n->text, words) || mu_hours_read(n->text, ranges, 7))
        return;
    wrong(r, n->at, 27, SAY("\"%s\" names no hours of a week", n->text), "write mon-fri 09:00-17:30, 24x7 or working_hours");
}

/* A file that a plan names lies inside the plan's folder, by its real path. */
static void read_file(reading *r, mu_node *n)
{
    const char *slash = strrchr(n->at.file, '/');
    char folder[4096], *real, *home;
    size_t len = slash ? (size_t)(slash - n->at.file) : 1;
    if (len >= sizeof folder)
        return;
    memcpy(folder, slash ? n->at.file : ".", len);
    folder[len] = '\0';
    if (strchr(n->text, ':') && !strncmp(strchr(n->text, ':'), "://", 3)) {
        wrong(r, n->at, 28, SAY("\"%s\" is a link, not a file", n->text), "name a file beside the plan");
        return;
    }
    home = realpath(len ? folder : "/", NULL);
    real = n->text[0] == '/' || strstr(n->text, "..") ? NULL : realpath(SAY("%s/%s", folder, n->text), NULL);
    bool outside = n->text[0] == '/' || strstr(n->text, "..") || (real && home && (strncmp(real, home, strlen(home)) != 0 || real[strlen(home)] != '/'));
    if (outside)
        wrong(r, n->at, 28, SAY("the file \"%s\" is outside the folder of the plan", n->text), "copy it beside the plan, and name it by a relative path");
    else if (!real)
        wrong(r, n->at, 28, SAY("there is no file \"%s\" in the folder of the plan", n->text), NULL);
    free(real);
    free(home);
}

static void read_enum(reading *r, mu_node *n, const char *words)
{
    const char *list[64];
    size_t count = 0;
    if (in_words(n->text, words))
        return;
    for (const char *p = words; *p && count < 64; p += strcspn(p, " "), p += *p == ' ')
        list[count++] = SAY("%.*s", (int)strcspn(p, " "), p);
    const char *near = mu_nearest(n->text, list, count);
    wrong(r, n->at, 29, SAY("%s cannot be \"%s\"", named(n), n->text), near ? SAY("did you mean \"%s\"? It is one of: %s", near, words) : SAY("it is one of: %s", words));
}

/* A word of a closed list; the lists are long, so that the nearest is named and the rest is left to explain. */
static void read_word(reading *r, mu_node *n, const char *list)
{
    const char *words[CANDIDATES];
    size_t count = 0;
    for (const mu_word_row *w = mu_word_rows; w->list; w++) {
        if (strcmp(w->list, list) != 0)
            continue;
        if (in_words(n->text, w->words))
            return;
        for (const char *p = w->words; *p && count < CANDIDATES; p += strcspn(p, " "), p += *p == ' ')
            words[count++] = SAY("%.*s", (int)strcspn(p, " "), p);
    }
    const char *near = mu_nearest(n->text, words, count);
    wrong(r, n->at, 33, SAY("\"%s\" is none of the words for %s", n->text, named(n)),
          near ? SAY("did you mean \"%s\"? muster explain words lists them all", near) : "muster explain words lists them all");
}

static bool scalar(reading *r, const mu_node *n)
{
    if (n->kind == MU_SCALAR && !is_null(n))
        return true;
    wrong(r, n->kind == MU_SCALAR ? mu_place(n) : n->at, 17, SAY("%s holds %s where one value is expected", named(n), what(n)), is_null(n) ? "write a value, or leave the key out" : NULL);
    return false;
}

/* ---- the shapes ---- */

static void read_struct(reading *r, mu_node *n, const char *name);
static void read_one(reading *r, mu_node *n, const mu_field *f);

static void read_test(reading *r, mu_node *n)
{
    static const char *const words[] = {"all", "any", "not"};
    if (n->kind == MU_LIST || is_null(n)) {
        wrong(r, n->at, 17, SAY("%s holds %s where words or a test is expected", named(n), what(n)), "write words, or all:, any: or not: over facts");
        return;
    }
    if (n->kind == MU_SCALAR)
        return;
    for (mu_node *c = n->first; c; c = c->next) {
        if (strcmp(c->key, "all") && strcmp(c->key, "any") && strcmp(c->key, "not"))
            wrong(r, c->key_at, 15, SAY("unknown key \"%s\" in a test", c->key), SAY("did you mean \"%s\"?", mu_nearest(c->key, words, 3) ? mu_nearest(c->key, words, 3) : "all"));
        if (c->kind == MU_SCALAR)
            (void)scalar(r, c);
        for (mu_node *t = c->kind == MU_LIST ? c->first : NULL; t; t = t->next)
            if (t->kind == MU_MAP)
                read_test(r, t);
            else
                (void)scalar(r, t);
        if (c->kind == MU_MAP)
            read_test(r, c);
    }
}

static void read_step(reading *r, mu_node *n, const char *words)
{
    if (words && in_words(n->text, words))
        return;
    mu_node *step = n;
    while (step && !(step->parent && step->parent->key && strcmp(step->parent->key, "steps") == 0))
        step = step->parent;
    const char *ids[CANDIDATES];
    size_t count = 0;
    for (mu_node *s = step ? step->parent->first : NULL; s; s = s->next) {
        const char *id = mu_get_text(s, "id");
        if (!id)
            continue;
        if (strcmp(id, n->text) == 0) {
            n->ref = s;
            return;
        }
        if (count < CANDIDATES)
            ids[count++] = id;
    }
    const char *near = mu_nearest(n->text, ids, count);
    wrong(r, n->at, 23, SAY("%s names unknown step \"%s\" of this playbook", named(n), n->text), near ? SAY("did you mean \"%s\"?", near) : NULL);
}

static void read_pair(reading *r, mu_node *n, const mu_field *f)
{
    if (n->kind != MU_LIST || n->count != 2) {
        wrong(r, n->at, 17, SAY("%s holds %s where a list of two is expected", named(n), what(n)), "write [role:a, role:b]");
        return;
    }
    for (mu_node *c = n->first; c; c = c->next)
        if (scalar(r, c))
            read_ref(r, c, f->of);
}

static void read_authority(reading *r, mu_node *n)
{
    if (n->kind == MU_SCALAR) {
        (void)scalar(r, n);
        return;
    }
    const char *spend = mu_get_text(n, "spend");
    size_t digits = spend ? strspn(spend, "0123456789") : 0;
    if (n->kind != MU_MAP || n->count != 1 || !spend || !digits || digits > 15 || spend[digits] != ' ' || strlen(spend + digits + 1) != 3)
        wrong(r, n->at, 17, "an authority is a word, or a limit of money", "write {spend: 100000 EUR}");
    else
        mu_get(n, "spend")->value = strtoll(spend, NULL, 10);
}

/* A duration or words in one place, a small map of two in another. */
static void read_small_map(reading *r, mu_node *n, const char *first)
{
    const char *const words[] = {first, "within"};
    for (mu_node *c = n->first; c; c = c->next) {
        if (strcmp(c->key, first) && strcmp(c->key, "within")) {
            const char *near = mu_nearest(c->key, words, 2);
            wrong(r, c->key_at, 15, SAY("unknown key \"%s\"", c->key), near ? SAY("did you mean \"%s\"?", near) : NULL);
        } else if (scalar(r, c) && strcmp(c->key, "within") == 0) {
            (void)read_duration(r, c, strcmp(first, "starts") == 0, false);
        }
    }
}

static void read_value(reading *r, mu_node *n, const mu_field *f)
{
    switch (f->type) {
    case T_TEXT:
    case T_ID: break;
    case T_INT: read_int(r, n, f->of); break;
    case T_YESNO: read_yes(r, n); break;
    case T_DURATION: (void)read_duration(r, n, false, false); break;
    case T_REPEAT: (void)read_duration(r, n, false, true); break;
    case T_STEP_WITHIN: (void)read_duration(r, n, false, false); break;
    case T_STATED:
    case T_WORDS_OR_DURATION: (void)read_duration(r, n, true, strcmp(f->key, "repeat") == 0); break;
    case T_DATE: read_date(r, n, false, false); break;
    case T_DAY: read_date(r, n, true, false); break;
    case T_TIME: read_date(r, n, true, true); break;
    case T_ZONE: read_zone(r, n); break;
    case T_HOURS: read_hours(r, n, f->of ? f->of : ""); break;
    case T_HOLIDAY:
        if (n->len > 4 && strcmp(n->text + n->len - 4, ".ics") == 0)
            read_file(r, n);
        else
            read_date(r, n, false, false);
        break;
    case T_FILE: read_file(r, n); break;
    case T_ENUM: read_enum(r, n, f->of); break;
    case T_WORD: read_word(r, n, f->of); break;
    case T_REF: read_ref(r, n, f->of); break;
    case T_STEP: read_step(r, n, f->of); break;
    default: break;
    }
}

static void read_one(reading *r, mu_node *n, const mu_field *f)
{
    if (f->type == T_TEXT && n->parent && n->parent->kind == MU_LIST && n->len)
        return; /* in a list of texts "null" is a word like any other */
    if (f->type == T_STRUCT)
        read_struct(r, n, f->of);
    else if (f->type == T_TEST)
        read_test(r, n);
    else if (f->type == T_PAIR)
        read_pair(r, n, f);
    else if (f->type == T_AUTHORITY)
        read_authority(r, n);
    else if (f->type == T_STEP_WITHIN && n->kind == MU_MAP)
        read_small_map(r, n, "from");
    else if (f->type == T_STATED && n->kind == MU_MAP)
        read_small_map(r, n, "starts");
    else if (scalar(r, n))
        read_value(r, n, f);
}

static bool severity_setting(const char *key)
{
    return strcmp(key, "in_doubt") == 0 || strcmp(key, "reassess_every") == 0;
}

static void read_children(reading *r, mu_node *n, const mu_field *f)
{
    mu_field one = *f;
    one.shape = f->shape & LISTS ? ONE | LIST : ONE;
    for (mu_node *c = n->first; c; c = c->next) {
        if (strcmp(f->key, "severities") == 0 && severity_setting(c->key)) {
            if (scalar(r, c) && strcmp(c->key, "reassess_every") == 0)
                (void)read_duration(r, c, false, true);
            continue;
        }
        if (c->kind == MU_LIST && f->shape & LISTS)
            for (mu_node *i = c->first; i; i = i->next)
                read_one(r, i, f);
        else
            read_one(r, c, &one);
    }
}

/* {sev1: 15m} or {working_hours: 30m, otherwise: 90m}: true where the map was one of these. */
static bool by_case(reading *r, mu_node *n, const mu_field *f)
{
    if (n->kind != MU_MAP || !n->first || !(f->shape & (BY_SEVERITY | BY_HOURS | MAP_OF_SEVERITY)))
        return false;
    bool hours = mu_get(n, "working_hours") || mu_get(n, "otherwise"), all = true;
    for (mu_node *c = n->first; c; c = c->next) {
        bool known = hours ? !strcmp(c->key, "working_hours") || !strcmp(c->key, "otherwise") : mu_get(mu_get(r->root, "severities"), c->key) != NULL;
        if (!known && f->type == T_STRUCT)
            return false;
        if (!known) {
            const char *near = nearest_id(r->root, "severity", c->key);
            wrong(r, c->key_at, 23, SAY("%s names unknown severity \"%s\"", named(n), c->key), near ? SAY("did you mean \"%s\"?", near) : NULL);
        }
        all = all && known;
    }
    read_children(r, n, f);
    return true;
}

static void read_field(reading *r, mu_node *n, const mu_field *f)
{
    if (is_null(n)) {
        wrong(r, mu_place(n), 17, SAY("%s is empty (null): a value is expected", named(n)), "write a value, or leave the key out");
        return;
    }
    if (by_case(r, n, f))
        return;
    if (n->kind == MU_MAP && f->shape & (MAP | MAP_OF_SEVERITY)) {
        read_children(r, n, f);
        return;
    }
    if (n->kind == MU_LIST && f->shape & LIST) {
        for (mu_node *c = n->first; c; c = c->next)
            read_one(r, c, f);
        return;
    }
    if (f->shape & ONE) {
        read_one(r, n, f);
        return;
    }
    const char *wants = f->shape & LIST ? "a list" : "a map";
    wrong(r, n->at, 17, SAY("%s holds %s where %s is expected", named(n), what(n), wants), f->shape & LIST ? "write [a, b], or one item a line behind dashes" : "write one id a line, indented");
}

static const mu_field *first_row(const char *name)
{
    const mu_field *f = mu_fields;
    while (f->in && strcmp(f->in, name) != 0)
        f++;
    return f;
}

static const mu_field *row_of(const mu_field *rows, const char *name, const char *key)
{
    for (const mu_field *f = rows; f->in && strcmp(f->in, name) == 0; f++)
        if (strcmp(f->key, key) == 0)
            return f;
    return NULL;
}

static void unknown_key(reading *r, const mu_node *c, const mu_field *rows, const char *name)
{
    const char *keys[64];
    size_t count = 0;
    for (const mu_field *f = rows; f->in && strcmp(f->in, name) == 0 && count < 64; f++)
        keys[count++] = f->key;
    const char *near = mu_nearest(c->key, keys, count);
    bool sentence = is_null(c);
    wrong(r, c->key_at, 15, SAY("unknown key \"%s\" in %s", c->key, *name ? name : "a plan"),
          near ? SAY("did you mean \"%s\"?", near) : sentence ? "a comma ends a text in { }: quote a text that holds one" : "keys of your own begin with x-");
}

static void read_struct(reading *r, mu_node *n, const char *name)
{
    const mu_field *rows = first_row(name);
    if (n->kind != MU_MAP) {
        wrong(r, is_null(n) ? mu_place(n) : n->at, 17, SAY("%s holds %s where a map of keys is expected", named(n), what(n)), NULL);
        return;
    }
    for (mu_node *c = n->first; c; c = c->next) {
        const mu_field *f = row_of(rows, name, c->key);
        if (f)
            read_field(r, c, f);
        else if (strncmp(c->key, "x-", 2) != 0)
            unknown_key(r, c, rows, name);
    }
    for (const mu_field *f = rows; f->in && strcmp(f->in, name) == 0; f++)
        if (f->required && !mu_get(n, f->key))
            wrong(r, n->parent ? mu_place(n) : n->at, 16, SAY("%s lacks the required key \"%s\"", n->parent ? named(n) : "the plan", f->key), NULL);
}

void mu_schema_read(mu_tree *tree, mu_diags *diags)
{
    reading r = {.tree = tree, .diags = diags, .root = mu_tree_root(tree)};
    if (!r.root || r.root->kind != MU_MAP)
        return;
    read_struct(&r, r.root, "");
    const mu_node *version = mu_get(r.root, "muster");
    if (version && version->kind == MU_SCALAR && version->value == 0)
        wrong(&r, version->at, 20, "this is no format that Muster reads", "write \"muster: 1\"");
    mu_consistency(r.root, diags);
}
