#include "plan/spots.h"

#include <string.h>
#include <yaml.h>

#include "base/check.h"

typedef struct reader {
    mu_arena *arena;
    const char *bytes;
    size_t len, bom; /* a byte order mark, which libyaml would count as a column of line 1 */
    yaml_parser_t parser;
    mu_spot *root, *open; /* the collection that is being read */
    mu_spot *anchored;    /* the last that has an anchor; each knows the one before */
    char *key;
    size_t key_from, key_to;
    struct { size_t byte, index; } seen; /* the same place in bytes and in characters: libyaml counts the latter */
} reader;

typedef struct anchored {
    mu_spot spot;
    mu_spot *before;
} anchored;

static size_t byte_at(reader *r, yaml_mark_t mark)
{
    if (mark.index < r->seen.index)
        r->seen.byte = r->seen.index = 0;
    size_t i = r->bom + r->seen.byte;
    for (size_t n = mark.index - r->seen.index; n > 0 && i < r->len; n--)
        for (i++; i < r->len && ((unsigned char)r->bytes[i] & 0xc0) == 0x80; i++)
            ;
    r->seen.byte = i - r->bom;
    r->seen.index = mark.index;
    return i;
}

size_t mu_spots_skip(const char *bytes, size_t len, size_t at)
{
    for (; at < len; at++) {
        if (bytes[at] == '#')
            while (at + 1 < len && bytes[at + 1] != '\n')
                at++;
        else if (!strchr(" \t\r\n", bytes[at]))
            break;
    }
    return at;
}

/* Behind "&name". */
static size_t behind_anchor(const reader *r, const mu_spot *s)
{
    size_t at = s->from;
    if (!s->anchor || s->style == MU_ALIAS)
        return at;
    while (at < s->to && !strchr(" \t\r\n", r->bytes[at]))
        at++;
    size_t content = mu_spots_skip(r->bytes, r->len, at);
    return content < s->to || s->style == MU_BLOCK ? content : at;
}

/* A block of text ends for libyaml where the next thing begins; here with its last letter. */
static size_t text_end(const reader *r, size_t from, size_t to)
{
    while (to > from && strchr(" \t\r\n", r->bytes[to - 1]))
        to--;
    return to;
}

static mu_style style_of(const yaml_event_t *e)
{
    if (e->type == YAML_ALIAS_EVENT)
        return MU_ALIAS;
    if (e->type == YAML_SEQUENCE_START_EVENT)
        return e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? MU_FLOW : MU_BLOCK;
    if (e->type == YAML_MAPPING_START_EVENT)
        return e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? MU_FLOW : MU_BLOCK;
    switch (e->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return MU_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return MU_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE: return MU_BLOCK_TEXT;
    default: return MU_PLAIN;
    }
}

static const yaml_char_t *anchor_of(const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_ALIAS_EVENT: return e->data.alias.anchor;
    case YAML_SEQUENCE_START_EVENT: return e->data.sequence_start.anchor;
    case YAML_MAPPING_START_EVENT: return e->data.mapping_start.anchor;
    default: return e->data.scalar.anchor;
    }
}

static void keep_anchor(reader *r, mu_spot *s, const yaml_char_t *name)
{
    if (!name)
        return;
    s->anchor = mu_copy(r->arena, (const char *)name, strlen((const char *)name));
    if (s->style == MU_ALIAS) {
        for (mu_spot *a = r->anchored; a; a = ((anchored *)a)->before)
            a->shared |= strcmp(a->anchor, s->anchor) == 0;
        return;
    }
    ((anchored *)s)->before = r->anchored;
    r->anchored = s;
}

/* The dash of a block's item: between the item before and it stand blanks and comments only. */
static size_t dash_of(const reader *r, const mu_spot *list, const mu_spot *s)
{
    size_t at = mu_spots_skip(r->bytes, r->len, list->last ? list->last->to : list->content);
    return at < r->len && r->bytes[at] == '-' ? at : s->from;
}

static void hang(reader *r, mu_spot *s)
{
    mu_spot *in = r->open;
    s->parent = in;
    if (!in) {
        r->root = r->root ? r->root : s;
        return;
    }
    s->key = in->kind == MU_MAP ? r->key : NULL;
    s->key_from = r->key_from;
    s->key_to = r->key_to;
    r->key = NULL;
    s->begin = in->kind == MU_MAP ? s->key_from : in->style == MU_BLOCK ? dash_of(r, in, s) : s->from;
    if (in->last)
        in->last->next = s;
    else
        in->first = s;
    in->last = s;
    in->count++;
}

static mu_spot *make(reader *r, const yaml_event_t *e)
{
    mu_spot *s = mu_alloc(r->arena, anchor_of(e) ? sizeof(anchored) : sizeof *s);
    s->kind = e->type == YAML_SEQUENCE_START_EVENT ? MU_LIST : e->type == YAML_MAPPING_START_EVENT ? MU_MAP : MU_SCALAR;
    s->style = style_of(e);
    keep_anchor(r, s, anchor_of(e));
    s->from = byte_at(r, e->start_mark);
    s->to = byte_at(r, e->end_mark);
    if (s->style == MU_BLOCK_TEXT)
        s->to = text_end(r, s->from, s->to);
    s->content = behind_anchor(r, s);
    hang(r, s);
    return s;
}

static void end_of(reader *r, const yaml_event_t *e)
{
    mu_spot *s = r->open;
    if (!s)
        return;
    s->to = s->style == MU_FLOW ? byte_at(r, e->end_mark) : s->last ? s->last->to : s->content;
    r->open = s->parent;
}

static void event(reader *r, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        if (r->open && r->open->kind == MU_MAP && !r->key) {
            r->key = mu_copy(r->arena, (const char *)e->data.scalar.value, e->data.scalar.length);
            r->key_from = byte_at(r, e->start_mark);
            r->key_to = byte_at(r, e->end_mark);
            return;
        }
        (void)make(r, e);
        return;
    case YAML_ALIAS_EVENT: (void)make(r, e); return;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT: r->open = make(r, e); return;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: end_of(r, e); return;
    default: return;
    }
}

mu_spot *mu_spots_read(const char *bytes, size_t len, mu_arena *arena)
{
    reader r = {.arena = arena, .bytes = bytes, .len = len};
    r.bom = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    MU_CHECK(yaml_parser_initialize(&r.parser));
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes + r.bom, len - r.bom);
    yaml_event_t e;
    for (bool more = true; more && yaml_parser_parse(&r.parser, &e); yaml_event_delete(&e)) {
        more = e.type != YAML_STREAM_END_EVENT;
        event(&r, &e);
    }
    yaml_parser_delete(&r.parser);
    return r.root;
}
