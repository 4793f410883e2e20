#include "plan/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "plan/catalogue.h"
#include "plan/codes.h"
#include "plan/consistency.h"
#include "plan/guess.h"
#include "plan/law.h"
#include "plan/reader.h"
#include "plan/words.h"

static const char *what(const mu_node *n)
{
    return n->kind == MU_MAP ? "a map" : n->kind == MU_LIST ? "a list" : n->plain && (!n->len || !strcmp(n->text, "~") || !strcmp(n->text, "null")) ? "nothing (null)" : "a text";
}

static bool is_null(const mu_node *n)
{
    return n->kind == MU_SCALAR && n->plain && (!n->len || !strcmp(n->text, "~") || !strcmp(n->text, "null"));
}

/* ---- scalars ---- */

static void read_int(mu_reader *r, mu_node *n, const char *most)
{
    int64_t v = 0, limit = strtoll(most, NULL, 10);
    const char *s = n->text;
    size_t i = 0;
    for (; s[i] >= '0' && s[i] <= '9' && v <= limit; i++)
        v = v * 10 + (s[i] - '0');
    if (s[i] >= '0' && s[i] <= '9')
        v = limit + 1;
    else if (s[i] || i == 0 || (s[0] == '0' && i > 1)) {
        mu_wrong(r, n->at, 20, SAY("\"%s\" is not a whole number", s), "write digits only, without a leading zero");
        return;
    }
    if (v > limit)
        mu_wrong(r, n->at, 20, SAY("%s is larger than the most that %s may be, %s", s, mu_key_named(n), most), NULL);
    n->value = v;
}

static void read_yes(mu_reader *r, mu_node *n)
{
    bool yes = !strcmp(n->text, "yes") || !strcmp(n->text, "true"), no = !strcmp(n->text, "no") || !strcmp(n->text, "false");
    if (!yes && !no)
        mu_wrong(r, n->at, 22, SAY("\"%s\" is neither yes nor no", n->text), "write yes or no");
    n->value = yes;
}

static bool read_duration(mu_reader *r, mu_node *n, bool words, bool repeats)
{
    mu_duration d;
    if (mu_duration_read(n->text, &d)) {
        n->value = mu_duration_ms(d);
        if (repeats && n->value == 0)
            mu_wrong(r, n->at, 21, SAY("%s is zero: it takes a length greater than zero", mu_key_named(n)), NULL);
        return true;
    }
    bool number = n->text[0] >= '0' && n->text[0] <= '9';
    if (words && !number)
        return true;
    const char *guess = mu_guess_duration(mu_diags_arena(r->diags), n->text);
    bool bare = number && strspn(n->text, "0123456789") == n->len;
    mu_wrong(r, n->at, 21, SAY("\"%s\" is not a duration", n->text),
          bare ? SAY("write the unit: %sm, %sh or %sd", n->text, n->text, n->text)
          : guess ? SAY("did you mean \"%s\"?", guess) : "90s, 15m, 4h, 3d, \"3 business days\" and \"12 months\" are");
    return false;
}

static void read_date(mu_reader *r, mu_node *n, bool time_too, bool time_only)
{
    int64_t days;
    if (!time_only && mu_date_read(n->text, &days)) {
        n->value = days * 86400000;
        return;
    }
    if ((time_too || time_only) && mu_time_read(n->text, &n->value))
        return;
    const char *guess = time_only ? NULL : mu_guess_date(mu_diags_arena(r->diags), n->text);
    mu_wrong(r, n->at, 25, SAY("\"%s\" is no %s of the calendar", n->text, time_only ? "time" : "date"),
          guess ? SAY("did you mean \"%s\"?", guess) : time_only ? "write year-month-day and a time: 2026-03-09 17:40" : "write year-month-day: 2026-03-09");
}

static bool is_zone(const char *name)
{
    mu_arena *arena = mu_arena_new();
    bool found = mu_zone_load(arena, name) != NULL;
    mu_arena_free(arena);
    return found;
}

/* Each is read once: a file of the database may be no zone, or one that says another time on each machine. */
static void read_zone(mu_reader *r, mu_node *n)
{
    if (mu_index_find(&r->zones, n->text) < r->zones.count)
        return;
    if (is_zone(n->text)) {
        (void)mu_index_put(&r->zones, n->text);
        return;
    }
    const char *guess = mu_diags_full(r->diags) ? NULL : mu_guess_zone(mu_diags_arena(r->diags), n->text);
    mu_wrong(r, n->at, 26, SAY("\"%s\" is no time zone of the tz database", n->text),
          guess ? SAY("did you mean \"%s\"?", guess) : "write Europe/Dublin, America/New_York or UTC");
}

static void read_hours(mu_reader *r, mu_node *n, const char *words)
{
    int ranges[7][2];
    if (mu_in_words(n->text, words) || mu_hours_read(n->text, ranges, 7))
        return;
    mu_wrong(r, n->at, 27, SAY("\"%s\" names no hours of a week", n->text), *words ? SAY("write mon-fri 09:00-17:30, or one of: %s", words) : "write mon-fri 09:00-17:30, or a list of such hours");
}

/* A file that a plan names lies inside the plan's folder, by its real path. */
static void read_enum(mu_reader *r, mu_node *n, const char *words)
{
    const char *list[64];
    size_t count = 0;
    if (mu_in_words(n->text, words))
        return;
    for (const char *p = words; *p && count < 64; p += strcspn(p, " "), p += *p == ' ')
        list[count++] = SAY("%.*s", (int)strcspn(p, " "), p);
    const char *near = mu_guess_word(r, n->text, list, count);
    mu_wrong(r, n->at, 29, SAY("%s cannot be \"%s\"", mu_key_named(n), n->text), near ? SAY("did you mean \"%s\"? It is one of: %s", near, words) : SAY("it is one of: %s", words));
}

static void read_gap(mu_reader *r, const mu_node *n)
{
    const char *list[256];
    size_t count = 0;
    if (mu_gap_of(n->text))
        return;
    for (const mu_gap *g = mu_gaps; g->id && count < 256; g++)
        list[count++] = g->id;
    const char *near = mu_guess_word(r, n->text, list, count);
    mu_wrong(r, n->at, 29, SAY("\"%s\" is no type of gap", n->text), near ? SAY("did you mean %s? \"muster explain gaps\" lists them", near) : "\"muster explain gaps\" lists them");
}

/* A word of a closed list; the lists are long, so that the nearest is named and the rest is left to explain. */
static void read_word(mu_reader *r, mu_node *n, const char *list)
{
    const char *words[MU_CANDIDATES];
    size_t count = 0;
    for (const mu_word_row *w = mu_word_rows; w->list; w++) {
        if (strcmp(w->list, list) != 0)
            continue;
        if (mu_in_words(n->text, w->words))
            return;
        for (const char *p = w->words; *p && count < MU_CANDIDATES; p += strcspn(p, " "), p += *p == ' ')
            words[count++] = SAY("%.*s", (int)strcspn(p, " "), p);
    }
    const char *near = mu_guess_word(r, n->text, words, count);
    mu_wrong(r, n->at, 33, SAY("\"%s\" is none of the words for %s", n->text, mu_key_named(n)),
          near ? SAY("did you mean \"%s\"? muster explain words lists them all", near) : "muster explain words lists them all");
}

static bool scalar(mu_reader *r, const mu_node *n)
{
    if (n->kind == MU_SCALAR && !is_null(n))
        return true;
    mu_wrong(r, n->kind == MU_SCALAR ? mu_place(n) : n->at, 17, SAY("%s holds %s where one value is expected", mu_key_named(n), what(n)), is_null(n) ? "write a value, or leave the key out" : NULL);
    return false;
}

/* ---- the shapes ---- */

static void read_struct(mu_reader *r, mu_node *n, const char *name);
static void read_one(mu_reader *r, mu_node *n, const mu_field *f);

static void read_test(mu_reader *r, mu_node *n)
{
    static const char *const words[] = {"all", "any", "not"};
    if (n->kind == MU_LIST || is_null(n)) {
        mu_wrong(r, n->at, 17, SAY("%s holds %s where words or a test is expected", mu_key_named(n), what(n)), "write words, or all:, any: or not: over facts");
        return;
    }
    if (n->kind == MU_SCALAR)
        return;
    for (mu_node *c = n->first; c; c = c->next) {
        if (strcmp(c->key, "all") && strcmp(c->key, "any") && strcmp(c->key, "not"))
            mu_wrong(r, mu_place(c), 15, SAY("unknown key \"%s\" in a test", c->key), SAY("did you mean \"%s\"?", mu_guess_word(r, c->key, words, 3) ? mu_guess_word(r, c->key, words, 3) : "all"));
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

static void read_pair(mu_reader *r, mu_node *n, const mu_field *f)
{
    if (n->kind != MU_LIST || n->count != 2) {
        mu_wrong(r, n->at, 17, SAY("%s holds %s where a list of two is expected", mu_key_named(n), what(n)), "write [role:a, role:b]");
        return;
    }
    for (mu_node *c = n->first; c; c = c->next)
        if (scalar(r, c))
            mu_read_ref(r, c, f->of);
}

static void read_authority(mu_reader *r, mu_node *n)
{
    if (n->kind == MU_SCALAR) {
        (void)scalar(r, n);
        return;
    }
    const char *spend = mu_get_text(n, "spend");
    size_t digits = spend ? strspn(spend, "0123456789") : 0;
    if (n->kind != MU_MAP || n->count != 1 || !spend || !digits || digits > 15 || spend[digits] != ' ' || strlen(spend + digits + 1) != 3)
        mu_wrong(r, n->at, 17, "an authority is a word, or a limit of money", "write {spend: 100000 EUR}");
    else
        mu_get(n, "spend")->value = strtoll(spend, NULL, 10);
}

/* A duration or words in one place, a small map of two in another. */
static void read_small_map(mu_reader *r, mu_node *n, const char *first)
{
    const char *const words[] = {first, "within"};
    for (mu_node *c = n->first; c; c = c->next) {
        if (strcmp(c->key, first) && strcmp(c->key, "within")) {
            const char *near = mu_guess_word(r, c->key, words, 2);
            mu_wrong(r, mu_place(c), 15, SAY("unknown key \"%s\"", c->key), near ? SAY("did you mean \"%s\"?", near) : NULL);
        } else if (scalar(r, c) && strcmp(c->key, "within") == 0) {
            (void)read_duration(r, c, strcmp(first, "starts") == 0, false);
        }
    }
}

static void read_version(mu_reader *r, const mu_node *n)
{
    if (strcmp(n->text, "1") != 0)
        mu_wrong(r, n->at, 20, SAY("\"%s\" is no format that this program reads", n->text), SAY("write \"%s: 1\"", mu_key_named(n)));
}

static void read_value(mu_reader *r, mu_node *n, const mu_field *f)
{
    switch (f->type) {
    case T_VERSION: read_version(r, n); break;
    case T_TEXT:
    case T_ID: break;
    case T_INT: read_int(r, n, f->of); break;
    case T_YESNO: read_yes(r, n); break;
    case T_LAW: n->value = (int64_t)mu_clock_rule_place(n->text); break;
    case T_DURATION: (void)read_duration(r, n, false, false); break;
    case T_SOME_TIME: (void)read_duration(r, n, false, true); break;
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
            mu_read_calendar(r, n);
        else
            read_date(r, n, false, false);
        break;
    case T_FILE: mu_read_attached(r, n); break;
    case T_REGISTER: mu_read_register(r, n); break;
    case T_ENUM: read_enum(r, n, f->of); break;
    case T_WORD: read_word(r, n, f->of); break;
    case T_GAP: read_gap(r, n); break;
    case T_REF: mu_read_ref(r, n, f->of); break;
    case T_STEP: mu_read_step(r, n, f->of); break;
    default: break;
    }
}

static void read_one(mu_reader *r, mu_node *n, const mu_field *f)
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

static void read_in_doubt(mu_reader *r, const mu_node *levels, const mu_node *n)
{
    const mu_node *level = severity_setting(n->text) ? NULL : mu_get(levels, n->text);
    const char *near = level ? NULL : mu_nearest_id(r, "severity", n->text);
    if (strcmp(n->text, "higher") != 0 && !level && !mu_tree_took(r->tree, n->text))
        mu_wrong(r, n->at, 23, SAY("%s names unknown severity \"%s\"", mu_key_named(n), n->text), near ? SAY("did you mean \"%s\"? Or write higher", near) : "write higher, or the id of a level");
}

static void read_children(mu_reader *r, mu_node *n, const mu_field *f)
{
    mu_field one = *f;
    one.shape = f->shape & LISTS ? ONE | LIST : ONE;
    for (mu_node *c = n->first; c; c = c->next) {
        if (strcmp(f->key, "severities") == 0 && severity_setting(c->key)) {
            if (scalar(r, c) && strcmp(c->key, "reassess_every") == 0)
                (void)read_duration(r, c, false, true);
            else if (c->kind == MU_SCALAR)
                read_in_doubt(r, n, c);
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
static bool by_case(mu_reader *r, mu_node *n, const mu_field *f)
{
    if (n->kind != MU_MAP || !n->first || !(f->shape & (BY_SEVERITY | BY_HOURS | MAP_OF_SEVERITY)))
        return false;
    bool hours = mu_get(n, "working_hours") || mu_get(n, "otherwise"), all = true;
    for (mu_node *c = n->first; c; c = c->next) {
        bool known = hours ? !strcmp(c->key, "working_hours") || !strcmp(c->key, "otherwise") : mu_get(mu_get(r->root, "severities"), c->key) != NULL;
        if (!known && f->type == T_STRUCT)
            return false;
        if (!known && !mu_tree_took(r->tree, c->key)) {
            const char *near = mu_nearest_id(r, "severity", c->key);
            mu_wrong(r, mu_place(c), 23, SAY("%s names unknown severity \"%s\"", mu_key_named(n), c->key), near ? SAY("did you mean \"%s\"?", near) : NULL);
        }
        all = all && known;
    }
    read_children(r, n, f);
    return true;
}

static void read_field(mu_reader *r, mu_node *n, const mu_field *f)
{
    if (is_null(n)) {
        mu_wrong(r, mu_place(n), 17, SAY("%s is empty (null): a value is expected", mu_key_named(n)), "write a value, or leave the key out");
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
    mu_wrong(r, n->at, 17, SAY("%s holds %s where %s is expected", mu_key_named(n), what(n), wants), f->shape & LIST ? n->kind == MU_SCALAR ? SAY("write [%s], or one item a line behind dashes", n->text) : "write [a, b], or one item a line behind dashes"
          : "write one id a line, indented, with its keys below it");
}

static void unknown_key(mu_reader *r, const mu_node *c, mu_rows rows)
{
    const char *keys[64];
    int count = 0;
    if (!mu_key_is_plain(c->key))
        return; /* the reader said it already */
    for (; count < rows.count && count < 64; count++)
        keys[count] = rows.first[count].key;
    const char *near = mu_guess_word(r, c->key, keys, (size_t)count);
    bool sentence = is_null(c);
    mu_wrong(r, mu_place(c), 15, SAY("unknown key \"%s\" in %s", c->key, *rows.name ? rows.name : SAY("a %s", r->schema->what)),
          near ? SAY("did you mean \"%s\"?", near) : sentence ? "a comma ends a text in { }: quote a text that holds one" : "keys of your own begin with x-");
}

/* A text that must be there says something. */
static void not_blank(mu_reader *r, const mu_node *n)
{
    if (n->kind == MU_SCALAR && !is_null(n) && n->text[strspn(n->text, " \t\n")] == '\0')
        mu_wrong(r, mu_place(n), 17, SAY("%s is blank: words are expected", mu_key_named(n)), NULL);
}

static void read_struct(mu_reader *r, mu_node *n, const char *name)
{
    mu_rows rows = mu_rows_of(r, name);
    if (n->kind != MU_MAP) {
        mu_wrong(r, is_null(n) ? mu_place(n) : n->at, 17, SAY("%s holds %s where a map of keys is expected", mu_key_named(n), what(n)), NULL);
        return;
    }
    for (mu_node *c = n->first; c; c = c->next) {
        const mu_field *f = mu_row_of(rows, c->key);
        if (f)
            read_field(r, c, f);
        else if (strncmp(c->key, "x-", 2) != 0)
            unknown_key(r, c, rows);
    }
    for (const mu_field *f = rows.first; f < rows.first + rows.count; f++) {
        if (!f->required)
            continue;
        const mu_node *own = mu_get(n, f->key);
        if (own)
            not_blank(r, own);
        if (!own && !mu_tree_took(r->tree, f->key) && !mu_meant_to_be(r, n, rows, f->key)) /* a misspelt key was said already */
            mu_wrong(r, n->parent ? mu_place(n) : n->at, 16, SAY("%s lacks the required key \"%s\"", n->parent ? mu_key_named(n) : SAY("the %s", r->schema->what), f->key),
                  SAY("muster explain %s says what it holds", r->schema->page));
    }
}

void mu_schema_read(mu_tree *tree, mu_diags *diags)
{
    static const mu_schema plan = {mu_fields, "plan", "plan-format"};
    mu_schema_read_by(tree, &plan, diags);
    if (mu_tree_root(tree) && mu_tree_root(tree)->kind == MU_MAP)
        mu_consistency(tree, diags);
}

void mu_schema_read_legible(mu_tree *tree, mu_diags *diags)
{
    if (tree && mu_tree_legible(tree) && mu_diags_of_code(diags, MU_CODE_UNREAD) == 0)
        mu_schema_read(tree, diags);
}

void mu_schema_read_by(mu_tree *tree, const mu_schema *schema, mu_diags *diags)
{
    mu_reader r = {.tree = tree, .diags = diags, .root = mu_tree_root(tree), .schema = schema};
    if (r.root && r.root->kind == MU_MAP)
        read_struct(&r, r.root, "");
    mu_index_free(&r.zones);
}
