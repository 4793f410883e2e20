#include "plan/splice_parts.h"

#include <stdlib.h>
#include <string.h>

struct mu_splice {
    const mu_tree *tree;
    mu_arena *arena;
    mu_text *files, *last;
    mu_ask *asks;
    size_t count, room;
    const char *why;
};

mu_splice *mu_splice_new(const mu_tree *tree, mu_arena *arena)
{
    mu_splice *s = mu_alloc(arena, sizeof *s);
    s->tree = tree;
    s->arena = arena;
    return s;
}

const char *mu_splice_why(const mu_splice *s)
{
    return s->why;
}

static bool refuse(mu_splice *s, const char *why)
{
    s->why = why;
    return false;
}

/* ---- finding the bytes of a node ---- */

static const char *eol_of(const char *bytes, size_t len)
{
    const char *end = len ? memchr(bytes, '\n', len) : NULL;
    return end && end > bytes && end[-1] == '\r' ? "\r\n" : "\n";
}

static mu_text *file_of(mu_splice *s, const char *name)
{
    for (mu_text *f = s->files; f; f = f->next)
        if (strcmp(f->name, name) == 0)
            return f;
    size_t len;
    const char *bytes = mu_tree_source(s->tree, name, &len);
    if (!bytes)
        return NULL;
    mu_text *f = mu_alloc(s->arena, sizeof *f);
    *f = (mu_text){.name = name, .bytes = bytes, .len = len, .eol = eol_of(bytes, len), .root = mu_spots_read(bytes, len, s->arena)};
    if (s->last)
        s->last->next = f;
    else
        s->files = f;
    s->last = f;
    return f;
}

static mu_spot *child_of(const mu_spot *in, const mu_node *node)
{
    mu_spot *c = in->first;
    if (node->key) {
        while (c && (!c->key || strcmp(c->key, node->key) != 0))
            c = c->next;
        return c;
    }
    for (const mu_node *n = node->parent->first; c && n != node; n = n->next)
        c = c->next;
    return c;
}

static const char *shared_by(mu_splice *s, const mu_spot *spot)
{
    return mu_format(s->arena, spot->style == MU_ALIAS ? "it stands behind the alias *%s, so that it would change at the anchor for all who use it" : "it is shared by the anchor &%s, so that it would change for all who use it", spot->anchor);
}

/* The spot of a node: by its path, since what stands behind an alias has the mark of its anchor. `inside`: something in it is to
 * change, so that the node itself may not be shared either. */
static mu_spot *find(mu_splice *s, const mu_node *node, mu_text **file, bool inside)
{
    if (!node->parent) {
        const mu_node *last = mu_last(node);
        *file = file_of(s, last ? mu_place(last).file : node->at.file);
        return *file ? (*file)->root : NULL;
    }
    mu_spot *in;
    if (node->parent->parent) {
        in = find(s, node->parent, file, true);
    } else {
        *file = file_of(s, mu_place(node).file);
        in = *file ? (*file)->root : NULL;
    }
    mu_spot *spot = in ? child_of(in, node) : NULL;
    if (!spot && in)
        s->why = "its place in the file cannot be told";
    if (spot && inside && (spot->style == MU_ALIAS || spot->shared)) {
        s->why = shared_by(s, spot);
        return NULL;
    }
    return spot;
}

/* ---- asking ---- */

static bool ask(mu_splice *s, mu_ask a)
{
    if (s->count == s->room) {
        size_t room = s->room ? s->room * 2 : 32;
        mu_ask *list = mu_alloc(s->arena, room * sizeof *list);
        if (s->count)
            memcpy(list, s->asks, s->count * sizeof *list);
        s->asks = list;
        s->room = room;
    }
    s->asks[s->count++] = a;
    return true;
}

static bool shares(const mu_spot *spot)
{
    bool some = spot->shared;
    for (const mu_spot *c = spot->first; c && !some; c = c->next)
        some = shares(c);
    return some;
}

bool mu_splice_set(mu_splice *s, const mu_node *node, const mu_fresh *value)
{
    mu_text *file;
    s->why = "there is no such place in the file";
    mu_spot *spot = find(s, node, &file, false);
    if (!spot || !spot->parent)
        return false;
    if (shares(spot))
        return refuse(s, spot->anchor ? shared_by(s, spot) : "a part of it is shared by an anchor");
    return ask(s, (mu_ask){.kind = MU_ASK_SET, .file = file, .at = spot, .value = value});
}

static bool dropped(const mu_splice *s, const mu_spot *spot)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->asks[i].kind == MU_ASK_DROP && s->asks[i].at == spot)
            return true;
    return false;
}

/* It is to be taken away or replaced as a whole. */
static bool changes(const mu_splice *s, const mu_spot *spot)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->asks[i].at == spot && (s->asks[i].kind == MU_ASK_DROP || s->asks[i].kind == MU_ASK_SET))
            return true;
    return false;
}

static bool taken(const mu_splice *s, const mu_spot *in, const char *key)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->asks[i].kind == MU_ASK_PUT && s->asks[i].in == in && s->asks[i].key && strcmp(s->asks[i].key, key) == 0)
            return true;
    for (const mu_spot *c = in->first; c; c = c->next)
        if (strcmp(c->key, key) == 0 && !dropped(s, c))
            return true;
    return false;
}

/* "roles:" with nothing behind it becomes a map or a list of one. */
static bool put_into_nothing(mu_splice *s, mu_text *file, mu_spot *spot, const char *key, const mu_fresh *value)
{
    mu_fresh *child = mu_alloc(s->arena, sizeof *child);
    *child = *value;
    child->next = NULL;
    mu_fresh *whole = mu_fresh_add(s->arena, key ? mu_fresh_map(s->arena) : mu_fresh_list(s->arena), key, child);
    for (size_t i = 0; i < s->count; i++) /* and of more than one, when more is put */
        if (s->asks[i].kind == MU_ASK_SET && s->asks[i].at == spot) {
            mu_fresh *before = mu_alloc(s->arena, sizeof *before);
            *before = *s->asks[i].value;
            return ask(s, (mu_ask){.kind = MU_ASK_SET, .file = file, .at = spot, .value = mu_fresh_add(s->arena, before, key, child)});
        }
    return ask(s, (mu_ask){.kind = MU_ASK_SET, .file = file, .at = spot, .value = whole});
}

static bool put(mu_splice *s, mu_ask a, const mu_node *in, const mu_node *before)
{
    s->why = "there is no such place in the file";
    a.in = find(s, in, &a.file, true);
    if (before && a.in) {
        a.at = find(s, before, &a.file, false);
        a.in = a.at ? a.at->parent : NULL; /* of a folder: the top of that file */
    }
    if (!a.in)
        return false;
    if (!in->parent && !a.moved && mu_get(in, a.key))
        return refuse(s, mu_format(s->arena, "the key \"%s\" is there already", a.key));
    bool nothing = a.in->kind == MU_SCALAR && a.in->content == a.in->to;
    if (a.in->kind != (a.key ? MU_MAP : MU_LIST) && !nothing)
        return refuse(s, a.key ? "a key needs a map" : "an item needs a list");
    if (a.key && !nothing && !a.moved && taken(s, a.in, a.key))
        return refuse(s, mu_format(s->arena, "the key \"%s\" is there already", a.key));
    return nothing ? put_into_nothing(s, a.file, a.in, a.key, a.value) : ask(s, a);
}

bool mu_splice_put(mu_splice *s, const mu_node *in, const char *key, const mu_fresh *value, const mu_node *before)
{
    return put(s, (mu_ask){.kind = MU_ASK_PUT, .key = key, .value = value}, in, before);
}

static bool drop(mu_splice *s, const mu_node *node, bool for_good, mu_spot **spot)
{
    mu_text *file;
    s->why = "there is no such place in the file";
    *spot = find(s, node, &file, false);
    if (!*spot || !(*spot)->parent)
        return false;
    if (for_good && shares(*spot))
        return refuse(s, (*spot)->shared ? shared_by(s, *spot) : "a part of it is shared by an anchor");
    if (dropped(s, *spot))
        return refuse(s, "it is taken away already");
    return ask(s, (mu_ask){.kind = MU_ASK_DROP, .file = file, .in = (*spot)->parent, .at = *spot});
}

bool mu_splice_drop(mu_splice *s, const mu_node *node)
{
    mu_spot *spot;
    return drop(s, node, true, &spot);
}

bool mu_splice_move(mu_splice *s, const mu_node *node, const mu_node *before)
{
    size_t mark = s->count;
    mu_spot *spot;
    if (node == before || node->next == before)
        return true;
    if (!drop(s, node, true, &spot))
        return false;
    if (put(s, (mu_ask){.kind = MU_ASK_PUT, .key = node->key, .moved = spot}, node->parent, before))
        return true;
    s->count = mark;
    return false;
}

bool mu_splice_note(mu_splice *s, const mu_node *node, const char *text)
{
    mu_text *file;
    s->why = "there is no such place in the file";
    mu_spot *spot = find(s, node, &file, false);
    while (spot && spot->parent && !mu_first_on_line(file, spot->begin))
        spot = spot->parent;
    for (const mu_spot *in = spot ? spot->parent : NULL; in; in = in->parent)
        if (changes(s, in))
            return refuse(s, "two changes are asked for at one place");
    return spot && ask(s, (mu_ask){.kind = MU_ASK_NOTE, .file = file, .at = spot, .note = text});
}

size_t mu_splice_mark(const mu_splice *s)
{
    return s->count;
}

void mu_splice_back(mu_splice *s, size_t mark)
{
    s->count = mark;
    s->why = NULL;
}

/* ---- making ---- */

static int by_place(const void *a, const void *b)
{
    const mu_edit *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    bool x_in = x->to == x->from, y_in = y->to == y->from;
    if (x_in != y_in)
        return x_in ? -1 : 1;
    return x_in ? y->depth - x->depth : 0;
}

/* Few edits, almost in order; what goes in at one place stays in the order in which it was asked for. */
static void sort(mu_edit *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        mu_edit e = list[i];
        size_t j = i;
        for (; j > 0 && by_place(&list[j - 1], &e) > 0; j--)
            list[j] = list[j - 1];
        list[j] = e;
    }
}

static bool write_text(mu_splice *s, mu_text *f, const char **made, size_t *made_len)
{
    mu_buf out = {0};
    size_t at = 0;
    sort(f->edits, f->edit_count);
    for (size_t i = 0; i < f->edit_count; i++) {
        const mu_edit *e = &f->edits[i];
        if (e->from < at) {
            mu_buf_free(&out);
            return refuse(s, "two changes are asked for at one place");
        }
        mu_buf_add(&out, f->bytes + at, e->from - at);
        mu_buf_puts(&out, e->text);
        at = e->to;
    }
    mu_buf_add(&out, f->bytes + at, f->len - at);
    *made = mu_copy(s->arena, out.text ? out.text : "", out.len);
    *made_len = out.len;
    mu_buf_free(&out);
    return true;
}

/* What is taken away or replaced, of all that is asked. */
static size_t goers(const mu_ask *asks, size_t count, const mu_ask **list)
{
    size_t n = 0;
    for (const mu_ask *a = asks; a < asks + count; a++)
        if (a->kind == MU_ASK_DROP || a->kind == MU_ASK_SET)
            list[n++] = a;
    return n;
}

/* An ask changes something within what goes: nobody can say which of the two is meant. */
static bool at_odds(const mu_ask *a, const mu_ask *const *going, size_t count)
{
    bool nothing = a->kind == MU_ASK_SET && a->at->content == a->at->to; /* it becomes a map, key by key */
    bool beside = nothing || a->kind == MU_ASK_NOTE;                    /* a comment stands above what changes */
    for (const mu_spot *spot = a->kind == MU_ASK_PUT ? a->in : beside ? a->at->parent : a->at; spot; spot = spot->parent)
        for (size_t i = 0; i < count; i++)
            if (going[i] != a && going[i]->at == spot)
                return true;
    return false;
}

static bool some_at_odds(const mu_ask *asks, size_t count, mu_arena *arena)
{
    const mu_ask **going = mu_alloc(arena, (count + 1) * sizeof *going);
    size_t n = goers(asks, count, going);
    for (const mu_ask *a = asks; a < asks + count; a++)
        if (at_odds(a, going, n))
            return true;
    return false;
}

static int index_of(const mu_ask *a)
{
    int i = 0;
    const mu_spot *e = a->in->first;
    for (; e && e != a->at; e = e->next)
        i++;
    return i;
}

static bool goes_before(const mu_ask *a, const mu_ask *b)
{
    return a->kind == MU_ASK_PUT && b->kind == MU_ASK_PUT && a->in == b->in && index_of(a) < index_of(b);
}

/* What is asked of one file; what is put into one collection in the order in which it will stand there. */
static mu_ask *asks_of(const mu_splice *s, const mu_text *f, size_t *count)
{
    mu_ask *asks = mu_alloc(s->arena, (s->count + 1) * sizeof *asks);
    *count = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->asks[i].file != f)
            continue;
        size_t at = 0;
        while (at < *count && !goes_before(&s->asks[i], &asks[at]))
            at++;
        memmove(asks + at + 1, asks + at, (*count - at) * sizeof *asks);
        asks[at] = s->asks[i];
        ++*count;
    }
    return asks;
}

static bool make_file(mu_splice *s, mu_text *f, const char **made, size_t *made_len)
{
    size_t count;
    mu_ask *asks = asks_of(s, f, &count);
    f->touched = count > 0;
    f->edit_count = 0;
    if (some_at_odds(asks, count, s->arena))
        return refuse(s, "two changes are asked for at one place");
    if (!mu_splice_bytes(f, asks, count, s->arena, &s->why))
        return false;
    return write_text(s, f, made, made_len);
}

bool mu_splice_make(mu_splice *s)
{
    size_t files = 0, i = 0;
    for (mu_text *f = s->files; f; f = f->next)
        files++;
    const char **made = mu_alloc(s->arena, (files + 1) * sizeof *made);
    size_t *lens = mu_alloc(s->arena, (files + 1) * sizeof *lens);
    for (mu_text *f = s->files; f; f = f->next, i++)
        if (!make_file(s, f, &made[i], &lens[i]))
            return false;
    i = 0;
    for (mu_text *f = s->files; f; f = f->next, i++) {
        f->made = made[i];
        f->made_len = lens[i];
    }
    return true;
}

const char *mu_splice_file(const mu_splice *s, size_t i)
{
    for (const mu_text *f = s->files; f; f = f->next)
        if (f->touched && i-- == 0)
            return f->name;
    return NULL;
}

const char *mu_splice_text(const mu_splice *s, const char *file, size_t *len)
{
    for (const mu_text *f = s->files; f; f = f->next)
        if (f->made && strcmp(f->name, file) == 0) {
            *len = f->made_len;
            return f->made;
        }
    return mu_tree_source(s->tree, file, len);
}

/* Behind which byte of the old text something changes. */
static size_t place_of(const mu_ask *a)
{
    if (a->kind != MU_ASK_PUT)
        return a->at->begin;
    return a->at ? a->at->begin : a->in->last ? a->in->last->to : a->in->content;
}

bool mu_splice_line(const mu_splice *s, size_t i, const char **file, int *line)
{
    if (i >= s->count)
        return false;
    const mu_text *f = s->asks[i].file;
    size_t place = place_of(&s->asks[i]);
    *file = f->name;
    *line = 1;
    for (const char *p = f->bytes, *end = f->bytes + place; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        ++*line;
    return true;
}
