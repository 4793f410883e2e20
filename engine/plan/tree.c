#include "plan/tree.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/check.h"
#include "plan/blame.h"
#include "plan/salvage.h"
#include "plan/tree_parts.h"

enum { FILE_MOST = 2 << 20, DEPTH = 32, NODES = 200000, ALIASES = 100, KEYS = 10000, KEY = 64, SCALAR = 65536, FEW = 12 };

typedef struct anchor {
    const char *name;
    mu_node *node;
    struct anchor *before;
} anchor;

typedef struct reader {
    mu_tree *tree;
    mu_diags *diags;
    const char *name, *bytes;
    size_t len;
    yaml_parser_t parser;
    mu_node *stack[DEPTH + 1];
    int depth;
    char *key; /* read, its value not yet */
    mu_mark key_at;
    anchor *anchors;
    int anchor_count, aliases;
    bool expanding;
    bool ended, whole; /* the document, the stream; whole: nothing was left unread */
    int noticed; /* the line where YAML could not be read on, or 0 */
    struct { size_t byte, index; } seen; /* the same place in bytes and in characters */
} reader;

/* A word whose last byte is a NUL holds all of its key. */
static bool named(const mu_node *n, const char *key, uint64_t word)
{
    return n->word == word && (((const char *)&word)[sizeof word - 1] == '\0' || strcmp(n->key, key) == 0);
}

mu_node *mu_get_by(const mu_node *map, const char *key, uint64_t word)
{
    if (!map || map->kind != MU_MAP)
        return NULL;
    if (map->count > FEW) /* else a glance is quicker than a hash */
        return mu_keys_find(&map->tree->keys, map, key);
    mu_node *c = map->has & mu_tree_bit(word) ? map->first : NULL;
    while (c && !named(c, key, word))
        c = c->next;
    return c;
}

const char *mu_get_text_by(const mu_node *map, const char *key, uint64_t word)
{
    const mu_node *child = mu_get_by(map, key, word);
    return child && child->kind == MU_SCALAR ? child->text : NULL;
}

bool mu_declares(const mu_node *action)
{
    const char *authority = mu_get_text(action, "authority");
    return (authority && strcmp(authority, "declare") == 0) || strcmp(action->key, "declare") == 0 || strncmp(action->key, "declare_", 8) == 0;
}

mu_node *mu_last(const mu_node *in)
{
    mu_node *c = in ? in->first : NULL;
    while (c && c->next)
        c = c->next;
    return c;
}

mu_mark mu_place(const mu_node *node)
{
    return node->key ? (mu_mark){node->at.file, node->key_line, node->key_column, node->key_width} : node->at;
}

/* ---- building ---- */

static bool refuse(reader *r, mu_mark at, int code, const char *text, const char *help)
{
    mu_diag_add(r->diags, MU_ERROR, code, at, text, help);
    return false;
}

static mu_mark mark(reader *r, yaml_mark_t from, yaml_mark_t to)
{
    int width = from.line == to.line && to.column > from.column ? (int)(to.column - from.column) : 1;
    return (mu_mark){r->name, (int)from.line + 1, (int)from.column + 1, width};
}

/* Nodes stand together, each at the begin of a line of the cache: what is between them is not read with them. */
static mu_node *take_node(mu_tree *tree)
{
    enum { LINE = 64, FIRST = 32, MOST = 1024 };
    static_assert(sizeof(mu_node) == 2 * LINE, "a node is two lines");
    if (tree->room_count == 0) {
        tree->room_count = tree->nodes < FIRST ? FIRST : tree->nodes > MOST ? MOST : tree->nodes;
        char *raw = mu_alloc(tree->arena, tree->room_count * sizeof *tree->room + LINE);
        tree->room = (mu_node *)(void *)(raw + (LINE - (uintptr_t)raw % LINE) % LINE);
    }
    tree->room_count--;
    return tree->room++;
}

static mu_node *new_node(reader *r, mu_node_kind kind, mu_mark at)
{
    if (++r->tree->nodes > NODES) {
        refuse(r, at, 8, r->expanding ? "the aliases of this plan expand to more than 200,000 values" : "the plan holds more than 200,000 values", "the limit is there for a file made to exhaust memory");
        return NULL;
    }
    mu_node *node = take_node(r->tree);
    node->kind = kind;
    node->number = (uint32_t)r->tree->nodes - 1;
    node->at = at;
    node->text = "";
    return node;
}

static void append(mu_node *parent, mu_node *child)
{
    child->parent = parent;
    if (parent->tail)
        parent->tail->next = child;
    else
        parent->first = child;
    parent->tail = child;
    parent->count++;
}

/* From the first that is too many for a glance on, all of them are put among the keys. */
static void append_key(mu_tree *tree, mu_node *map, mu_node *child)
{
    append(map, child);
    if (map->count <= FEW) {
        map->has |= mu_tree_bit(child->word);
    } else if (map->count > FEW + 1) {
        mu_keys_put(&tree->keys, child);
    } else {
        map->tree = tree;
        for (mu_node *c = map->first; c; c = c->next)
            mu_keys_put(&tree->keys, c);
    }
}

static bool duplicate(reader *r, const mu_node *first, mu_mark at)
{
    mu_arena *a = mu_diags_arena(r->diags);
    if (mu_diags_full(r->diags))
        return refuse(r, at, 10, "", NULL);
    if (strcmp(first->at.file, at.file) != 0 && strcmp(first->key, "muster") == 0)
        return refuse(r, at, 10, mu_format(a, "%s is a plan already: two plans lie in this folder", first->at.file),
                      "name the file that is meant; where both are parts of one plan, \"muster: 1\" stands in one of them");
    if (strcmp(first->at.file, at.file) != 0)
        return refuse(r, at, 10, mu_format(a, "the key \"%s\" stands in %s on line %d already", first->key, first->at.file, first->key_line),
                      "a key may stand in one file of the folder only");
    return refuse(r, at, 10, mu_format(a, "the key \"%s\" appears twice in this map, first on line %d", first->key, first->key_line), "keep one of the two");
}

/* Hangs a node where the reader stands. */
static bool place(reader *r, mu_node *node)
{
    if (r->depth == 0) {
        if (!r->tree->root)
            r->tree->root = node;
        return true;
    }
    mu_node *parent = r->stack[r->depth - 1];
    if (parent->kind == MU_LIST) {
        append(parent, node);
        return true;
    }
    node->key = r->key;
    node->word = mu_tree_word(r->key);
    node->key_line = r->key_at.line;
    node->key_column = r->key_at.column;
    node->key_width = r->key_at.width;
    r->key = NULL;
    const mu_node *first = mu_get_by(parent, node->key, node->word);
    if (first) { /* go on: all of a file's errors come in one go */
        duplicate(r, first, mu_place(node));
        node->parent = parent;
        return true;
    }
    if (parent->count == KEYS)
        return refuse(r, mu_place(node), 8, "a map holds more than 10,000 keys", NULL);
    append_key(r->tree, parent, node);
    return true;
}

bool mu_key_is_plain(const char *key)
{
    const char *s = key;
    while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || *s == '_' || *s == '-')
        s++;
    return !*s || strcmp(key, "R/A") == 0;
}

static bool extension(const char *key)
{
    return key[0] == 'x' && key[1] == '-';
}

static bool organisations_own(const reader *r, const char *s)
{
    for (int i = 0; i < r->depth; i++)
        if (r->stack[i]->key && extension(r->stack[i]->key))
            return true;
    return r->tree->loose || extension(s);
}

/* "Incident Commander" as an id: incident_commander. */
static const char *as_id(mu_arena *a, const char *s)
{
    char *id = mu_copy(a, s, strlen(s));
    for (char *p = id; *p; p++)
        *p = *p == ' ' ? '_' : *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    return id;
}

static bool read_key(reader *r, const yaml_event_t *e, mu_mark at)
{
    const char *s = (const char *)e->data.scalar.value;
    size_t len = e->data.scalar.length;
    bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    mu_arena *a = mu_diags_arena(r->diags);
    if (len == 0)
        return refuse(r, at, 11, "a key is empty", "every value in a map needs a key before its colon");
    if (plain && (strcmp(s, "~") == 0 || strcmp(s, "null") == 0))
        return refuse(r, at, 11, "null cannot be a key", "write a name");
    if (plain && strcmp(s, "<<") == 0)
        return refuse(r, at, 9, "merge keys (<<) are no part of YAML 1.2", "write the keys out, or use an alias for the whole value");
    if (memchr(s, '\0', len))
        return refuse(r, at, 4, "a NUL control character stands in a key", NULL);
    bool named = mu_key_is_plain(s);
    mu_foreign foreign = plain && !named ? mu_foreign_in(s) : (mu_foreign){NULL, NULL};
    if (foreign.text)
        return refuse(r, at, 11, foreign.text, foreign.help);
    bool own = organisations_own(r, s);
    if (len > (own ? 4 * KEY : KEY))
        return refuse(r, at, 11, "a key is longer than 64 characters", "ids are short names; quote a text that holds a colon");
    if (!own && !named) /* said, and read on: the rest of the plan has its own mistakes */
        (void)refuse(r, at, 11, mu_format(a, "the key \"%s\" holds a character that is no letter a-z, digit, \"_\" or \"-\"", s),
                      strchr(s, ' ') ? mu_format(a, "an id has no blanks: %s; or quote a text that holds a comma or a colon", as_id(a, s)) : "some letters only look like those of a known key");
    r->key = mu_copy(r->tree->arena, s, len);
    r->key_at = at;
    return true;
}

/* Outside of double quotes every byte is one of the file, which the scan has seen. */
static bool scalar_bytes(reader *r, const char *s, size_t len, bool escapes, mu_mark at)
{
    if (len > SCALAR)
        return refuse(r, at, 8, "a text is larger than the limit of 64 KiB", "put it in a file of its own beside the plan");
    for (size_t i = 0; escapes && i < len;) {
        uint32_t cp;
        int n = mu_utf8(s + i, len - i, &cp);
        if (n == 0)
            return refuse(r, at, 3, "an escape makes a character that is not Unicode (a surrogate)", NULL);
        if (cp == 0 || mu_unsafe(cp))
            return refuse(r, at, 4, mu_format(mu_diags_arena(r->diags), "an escape makes the control character U+%04X (0x%02x)", (unsigned)cp, (unsigned)cp), "leave it out");
        i += (size_t)n;
    }
    return true;
}

/* Files of assumptions are read here as well, loosely. */
static bool no_map(reader *r, mu_mark at, const char *plan, const char *other)
{
    return refuse(r, at, 12, r->tree->loose ? other : plan,
                  r->tree->loose ? "begin with \"muster_assumptions: 1\"" : "begin with \"muster: 1\"");
}

static bool read_scalar(reader *r, const yaml_event_t *e, mu_mark at)
{
    const char *s = (const char *)e->data.scalar.value;
    size_t len = e->data.scalar.length;
    if (!scalar_bytes(r, s, len, e->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE, at))
        return false;
    mu_node *node = new_node(r, MU_SCALAR, at);
    if (!node)
        return false;
    node->text = mu_copy(r->tree->arena, s, len);
    node->len = (uint32_t)len;
    node->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (r->depth == 0 && mu_foreign_in(s).text)
        return refuse(r, at, 11, mu_foreign_in(s).text, mu_foreign_in(s).help);
    if (r->depth == 0)
        return no_map(r, at, "a plan is a map of keys, not a single text", "the file is a map of keys, not a single text");
    return place(r, node);
}

static bool open_node(reader *r, mu_node_kind kind, mu_mark at, mu_node **made)
{
    at.width = 1;
    mu_node *node = new_node(r, kind, at);
    *made = node;
    if (!node || !place(r, node))
        return false;
    if (r->depth == 0 && kind != MU_MAP)
        return no_map(r, at, "a plan is a map of keys, not a list", "the file is a map of keys, not a list");
    if (r->depth >= DEPTH)
        return refuse(r, at, 6, "the plan is nested deeper than 32", NULL);
    r->stack[r->depth++] = node;
    return true;
}

/* Where `tail` stood is room for `ref` from now on. */
static void close_node(reader *r)
{
    r->stack[--r->depth]->tail = NULL;
}

static bool copy_under(reader *r, const mu_node *from, mu_mark at)
{
    if (r->depth >= DEPTH)
        return refuse(r, at, 6, "an alias nests the plan deeper than 32", NULL);
    mu_node *made;
    if (from->kind != MU_SCALAR) {
        if (!open_node(r, from->kind, from->at, &made))
            return false;
        for (const mu_node *c = from->first; c; c = c->next) {
            r->key = c->key ? mu_copy(r->tree->arena, c->key, strlen(c->key)) : NULL;
            r->key_at = mu_place(c);
            if (!copy_under(r, c, at))
                return false;
        }
        close_node(r);
        return true;
    }
    made = new_node(r, MU_SCALAR, from->at);
    if (!made)
        return false;
    made->text = from->text;
    made->len = from->len;
    made->plain = from->plain;
    return place(r, made);
}

static bool read_alias(reader *r, const yaml_event_t *e, mu_mark at)
{
    const char *name = (const char *)e->data.alias.anchor;
    mu_arena *a = mu_diags_arena(r->diags);
    if (++r->aliases > ALIASES)
        return refuse(r, at, 9, "the file uses more than 100 aliases", "write the values out");
    anchor *k = r->anchors;
    while (k && strcmp(k->name, name) != 0)
        k = k->before;
    if (!k)
        return refuse(r, at, 9, mu_format(a, "the alias *%s names no anchor", name), "quote a text that begins with *");
    for (int i = 0; i < r->depth; i++)
        if (r->stack[i] == k->node)
            return refuse(r, at, 9, mu_format(a, "the anchor &%s holds its own alias: a cycle", name), NULL);
    r->expanding = true;
    bool copied = copy_under(r, k->node, at);
    r->expanding = false;
    return copied;
}

static bool keep_anchor(reader *r, const yaml_char_t *name, mu_mark at, mu_node *node)
{
    if (!name || !node)
        return true;
    for (anchor *k = r->anchors; k; k = k->before)
        if (strcmp(k->name, (const char *)name) == 0)
            return refuse(r, at, 9, mu_format(mu_diags_arena(r->diags), "the anchor &%s is set twice, first on line %d", (const char *)name, k->node->at.line), "give the second another name");
    if (++r->anchor_count > ALIASES)
        return refuse(r, at, 9, "the file sets more than 100 anchors", NULL);
    anchor *k = mu_alloc(r->tree->arena, sizeof *k);
    *k = (anchor){mu_copy(r->tree->arena, (const char *)name, strlen((const char *)name)), node, r->anchors};
    r->anchors = k;
    return true;
}

static const yaml_char_t *tag_of(const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_SCALAR_EVENT: return e->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT: return e->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT: return e->data.mapping_start.tag;
    default: return NULL;
    }
}

/* The byte at a mark, or NULL behind the end. libyaml counts characters; marks grow from call to call, an earlier one
 * starts anew. */
static const char *seek(reader *r, yaml_mark_t to)
{
    const char *s = r->bytes;
    if (to.index < r->seen.index)
        r->seen.byte = r->seen.index = 0;
    size_t i = r->seen.byte, n = to.index - r->seen.index;
    for (uint64_t eight; n >= 8 && i + 8 <= r->len; i += 8, n -= 8) { /* as long as they are ASCII */
        memcpy(&eight, s + i, 8);
        if (eight & 0x8080808080808080u)
            break;
    }
    for (; n > 0 && i < r->len; n--)
        for (i++; i < r->len && ((unsigned char)s[i] & 0xc0) == 0x80; i++)
            ;
    r->seen.byte = i;
    r->seen.index = to.index;
    return i < r->len ? s + i : NULL;
}

/* "call #5" is the text "call": a comment has a blank behind its mark, a cut text mostly has none. */
static void warn_of_comment(reader *r, const yaml_event_t *e, mu_mark at)
{
    if (e->type != YAML_SCALAR_EVENT || e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || !e->data.scalar.length)
        return;
    const char *p = seek(r, e->end_mark), *end = r->bytes + r->len;
    while (p && p < end && *p == ' ')
        p++;
    if (p && p + 1 < end && *p == '#' && !strchr(" #-=\r\n\t", p[1]))
        mu_diag_add(r->diags, MU_WARNING, 14, at, "what stands behind \" #\" is a comment and no part of this text", "quote the text to keep it, or put a blank behind the #");
}

static bool event(reader *r, const yaml_event_t *e)
{
    mu_mark at = mark(r, e->start_mark, e->end_mark);
    mu_node *made = NULL;
    mu_node *parent = r->depth ? r->stack[r->depth - 1] : NULL;
    bool key_due = parent && parent->kind == MU_MAP && !r->key;
    if (tag_of(e))
        return refuse(r, at, 9, mu_format(mu_diags_arena(r->diags), "the tag %s is not allowed", (const char *)tag_of(e)), "the field decides the type; quote a text that begins with !");
    const char *byte = seek(r, e->start_mark);
    bool value = e->type == YAML_SCALAR_EVENT || e->type == YAML_MAPPING_START_EVENT || e->type == YAML_SEQUENCE_START_EVENT;
    if (value && byte && *byte == '!') /* libyaml drops a lone "!" without a word */
        return refuse(r, at, 9, "the tag ! is not allowed", "the field decides the type; quote a text that begins with !");
    warn_of_comment(r, e, at);
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (e->data.document_start.version_directive || e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
            return refuse(r, at, 7, "a directive (a line that starts with %YAML or %TAG) is not allowed: a plan declares no tags", "delete the line");
        if (r->ended)
            return refuse(r, at, 7, "a second document starts here", "a plan is one document; delete the --- line");
        return true;
    case YAML_DOCUMENT_END_EVENT:
        r->ended = true;
        return true;
    case YAML_SCALAR_EVENT:
        if (key_due)
            return read_key(r, e, at);
        if (!read_scalar(r, e, at))
            return false;
        return keep_anchor(r, e->data.scalar.anchor, at, parent ? parent->tail : NULL);
    case YAML_ALIAS_EVENT:
        if (key_due)
            return refuse(r, at, 11, "an alias cannot be a key", NULL);
        return read_alias(r, e, at);
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        if (key_due)
            return refuse(r, at, 11, "a key must be a plain name, not a map or a list",
                          byte && byte > r->bytes && byte[-1] == '{' ? "quote a text that begins with {" : "where an item was meant: the } or ] of the one before it is missing, or its dash");
        if (!open_node(r, e->type == YAML_MAPPING_START_EVENT ? MU_MAP : MU_LIST, at, &made))
            return false;
        return keep_anchor(r, e->type == YAML_MAPPING_START_EVENT ? e->data.mapping_start.anchor : e->data.sequence_start.anchor, at, made);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        close_node(r);
        return true;
    default:
        return true;
    }
}

static void syntax_error(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    mu_syntax wrong = {.problem = p->problem ? p->problem : "the YAML cannot be read",
                       .at = {r->name, (int)p->problem_mark.line + 1, (int)p->problem_mark.column + 1, 1}};
    if (p->context)
        wrong.began = (mu_mark){r->name, (int)p->context_mark.line + 1, (int)p->context_mark.column + 1, 1};
    r->noticed = wrong.at.line;
    const mu_diag *last = mu_diags_last(r->diags);
    if (last && last->code == 11 && last->at.line == r->noticed && last->at.file == r->name)
        return; /* it is the same mistake */
    mu_blame(r->bytes, r->len, &wrong, r->diags);
}

/* Reads events until the end or the first thing that makes the rest meaningless. */
static void read_events(reader *r)
{
    for (bool more = true; more;) {
        yaml_event_t e;
        if (!yaml_parser_parse(&r->parser, &e)) {
            syntax_error(r);
            return;
        }
        bool end = e.type == YAML_STREAM_END_EVENT;
        more = !end && event(r, &e);
        yaml_event_delete(&e);
        r->whole = end;
    }
}

/* Puts the top keys of one more file behind those that were read before. */
static void join(reader *r, mu_node *before, mu_node *read)
{
    before->tail = mu_last(before);
    for (mu_node *c = read->first, *next; c; c = next) {
        next = c->next;
        c->next = NULL;
        const mu_node *first = mu_get(before, c->key);
        if (first)
            duplicate(r, first, mu_place(c));
        else
            append_key(r->tree, before, c);
    }
    before->tail = NULL;
}

/* One reading; true where nothing is left to be read, or nothing should be. */
static bool read_once(reader *r)
{
    size_t bom = r->len >= 3 && memcmp(r->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* libyaml would count it as a column of line 1 */
    if (!mu_scan(r->name, r->bytes, r->len, r->diags))
        return false;
    r->bytes += bom;
    r->len -= bom;
    MU_CHECK(yaml_parser_initialize(&r->parser));
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->bytes, r->len);
    read_events(r);
    while (r->depth > 0) /* broken off */
        close_node(r);
    yaml_parser_delete(&r->parser);
    return r->whole || r->aliases > ALIASES || r->anchor_count > ALIASES;
}

/* Takes the line out that was to blame, or else the one where it was noticed. */
static bool spare(const reader *r, char *bytes, size_t len)
{
    const mu_diag *last = mu_diags_last(r->diags);
    mu_tree *tree = r->tree;
    static const bool of_a_line[] = {[4] = true, [5] = true, [7] = true, [9] = true, [11] = true, [12] = true, [13] = true};
    if (!last || last->code >= (int)(sizeof of_a_line / sizeof *of_a_line) || !of_a_line[last->code])
        return false;
    return mu_take_out(bytes, len, last->at.line, &tree->taken, tree->arena) || mu_take_out(bytes, len, r->noticed, &tree->taken, tree->arena);
}

/* A line that cannot be read is taken out, and the rest read again. All tries together read no more than the largest file holds, and
 * hardly more values. */
static bool read_spared(reader *r, const char *bytes, size_t len)
{
    mu_tree *tree = r->tree;
    size_t nodes = tree->nodes, values = 0;
    const reader start = *r;
    bool read = read_once(r);
    char *rest = read || len > FILE_MOST / 2 || !mu_has_keys(bytes, len) ? NULL : mu_copy(tree->arena, bytes, len);
    mu_diags_repeat(r->diags, false);
    for (size_t left = FILE_MOST - len; rest && !read && left >= len && (values += tree->nodes) < NODES / 4 * 3 && spare(r, rest, len); left -= len) {
        *r = start;
        r->bytes = rest;
        tree->root = NULL;
        tree->nodes = nodes;
        read = read_once(r);
        tree->part = true;
    }
    mu_diags_repeat(r->diags, true);
    return read && r->whole;
}

void mu_tree_add(mu_tree *tree, const char *name, const char *bytes, size_t len, mu_diags *diags)
{
    reader r = {.tree = tree, .diags = diags, .name = name, .bytes = bytes, .len = len};
    kept_file *kept = mu_alloc(tree->arena, sizeof *kept);
    *kept = (kept_file){name, bytes, len, tree->files};
    tree->files = kept;
    mu_diags_source(diags, name, bytes, len);
    crypto_generichash_update(tree->hash, (const unsigned char *)bytes, len);
    mu_mark top = {name, 1, 1, 1};
    bool cut = tree->cut;
    tree->cut = true;
    if (len > FILE_MOST) {
        refuse(&r, top, 8, "the file is larger than the limit of 2 MiB", "split the plan into a folder of files");
        return;
    }
    size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_node *before = tree->root;
    tree->root = NULL;
    bool whole = read_spared(&r, bytes, len);
    mu_node *read = tree->root;
    if (!read && mu_diags_count(diags, MU_ERROR) == errors)
        (void)no_map(&r, top, "the file is empty: it holds no plan", "the file is empty");
    tree->cut = cut || !whole || !read;
    tree->root = before ? before : read;
    mu_node *one = mu_get(before, "muster"), *two = mu_get(read, "muster");
    if (one && two) /* and so not all of their keys are mistakes */
        tree->cut = !duplicate(&r, one, mu_place(two));
    else if (before && read)
        join(&r, before, read);
}
