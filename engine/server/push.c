#include "server/push.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

typedef struct piece {
    uint64_t hash;
    uint32_t units, bytes; /* before it; units of UTF-16 */
} piece;

struct mu_version {
    int held, count;
    piece list[]; /* count of them, and the end of the last */
};

typedef struct part {
    uint64_t hash;
    size_t from, to; /* bytes of the page */
    uint32_t units;  /* of one that is not written */
} part;

struct mu_pen {
    const mu_version *from;
    int expected; /* the piece of it that the next part most likely is */
    part *parts;
    int part_count, part_room;
    piece *made; /* of the version that is being made */
    int made_count, room;
    uint32_t units;
    mu_buf news; /* of the push that is being written */
};

/* A participant's text cannot be made to look like another: the key is of this run of the program alone. */
static const unsigned char *key(void)
{
    static unsigned char bytes[crypto_shorthash_KEYBYTES];
    static bool made;
    if (!made) {
        MU_CHECK(sodium_init() >= 0);
        crypto_shorthash_keygen(bytes);
        made = true;
    }
    return bytes;
}

/* ---- pieces: a page is cut before what stands by itself, so that a cut depends on nothing far from it ---- */

static bool begins(const char *at, const char *end)
{
    static const struct { char name[8]; size_t len; } tags[] = {{"<li", 3}, {"<p", 2}, {"<section", 8}, {"<form", 5}, {"<tr", 3}, {"<div", 4}, {"<header", 7}, {"<main", 5}};
    if (end - at < 2 || at[1] == '/')
        return false;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n = tags[i].len;
        if (at[1] == tags[i].name[1] && (size_t)(end - at) > n && memcmp(at, tags[i].name, n) == 0 && (at[n] == '>' || at[n] == ' '))
            return true;
    }
    return false;
}

/* Where the piece at `at` ends. */
static const char *piece_end(const char *at, const char *end)
{
    for (const char *p = at + 1; p < end && (p = memchr(p, '<', (size_t)(end - p))); p++)
        if (begins(p, end))
            return p;
    return end;
}

/* How many of eight bytes have their lowest bit set; no other bits are. */
static uint32_t ones(uint64_t eight)
{
    return (uint32_t)(eight * 0x0101010101010101u >> 56);
}

/* The bytes are UTF-8: that of a page is. Eight are looked at in one go: a letter's second byte and those behind it count nothing, one of four bytes twice. */
static uint32_t units_of(const char *at, const char *end)
{
    const uint64_t each = 0x0101010101010101u;
    uint32_t count = 0;
    for (uint64_t w; end - at >= 8; at += 8, count += 8) {
        memcpy(&w, at, 8);
        if (w & each << 7)
            count += ones(w >> 7 & w >> 6 & w >> 5 & w >> 4 & each) - ones(w >> 7 & ~(w >> 6) & each);
    }
    for (; at < end; at++)
        count += (uint32_t)(((unsigned char)*at & 0xc0) != 0x80) + (uint32_t)((unsigned char)*at >= 0xf0);
    return count;
}

mu_version *mu_version_hold(mu_version *v)
{
    v->held++;
    return v;
}

void mu_version_drop(mu_version *v)
{
    if (v && --v->held == 0)
        free(v);
}

bool mu_version_same(const mu_version *a, const mu_version *b)
{
    bool same = a && b && a->count == b->count;
    for (int i = 0; same && i < a->count; i++)
        same = a->list[i].hash == b->list[i].hash;
    return same;
}

/* ---- parts ---- */

/* The piece of `v` that is the same, the nearest behind `after` first; -1 where there is none. */
static int find(const mu_version *v, uint64_t hash, int after)
{
    for (int i = 0; i < v->count; i++) {
        int at = after + i < v->count ? after + i : after + i - v->count;
        if (v->list[at].hash == hash)
            return at;
    }
    return -1;
}

mu_pen *mu_pen_new(const mu_version *from)
{
    mu_pen *p = mu_grow(NULL, sizeof *p);
    *p = (mu_pen){.from = from};
    return p;
}

void mu_pen_again(mu_pen *p, const mu_version *from)
{
    p->from = from;
    p->expected = p->part_count = 0;
}

void mu_pen_free(mu_pen *p)
{
    free(p->parts);
    free(p->made);
    mu_buf_free(&p->news);
    free(p);
}

/* Nobody chooses these numbers: they need only be spread. */
static uint64_t hash_of_words(const int64_t *words, size_t count)
{
    uint64_t hash;
    memcpy(&hash, key(), sizeof hash);
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ (uint64_t)words[i]) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return hash;
}

bool mu_pen_part(mu_pen *p, const int64_t *words, size_t count, const mu_buf *page)
{
    if (!p)
        return true;
    if (p->part_count == p->part_room)
        p->parts = mu_grow(p->parts, (size_t)(p->part_room = p->part_room ? p->part_room * 2 : 32) * sizeof *p->parts);
    part *n = &p->parts[p->part_count++];
    *n = (part){.hash = hash_of_words(words, count), .from = page->len, .to = page->len};
    int has = p->from ? find(p->from, n->hash, p->expected) : -1;
    if (has < 0)
        return true;
    n->units = p->from->list[has + 1].units - p->from->list[has].units;
    p->expected = has + 1;
    return false;
}

void mu_pen_end(mu_pen *p, const mu_buf *page)
{
    if (p)
        p->parts[p->part_count - 1].to = page->len;
}

/* ---- a version ---- */

static void add_piece(mu_pen *p, uint64_t hash, size_t at, uint32_t units)
{
    if (p->made_count == p->room)
        p->made = mu_grow(p->made, (size_t)(p->room = p->room ? p->room * 2 : 64) * sizeof *p->made);
    p->made[p->made_count++] = (piece){.hash = hash, .units = p->units, .bytes = (uint32_t)at};
    p->units += units;
}

/* What is no part, from one byte of the page to another. */
static void cut(mu_pen *p, const mu_buf *page, size_t from, size_t to)
{
    const char *end = page->text + to;
    for (const char *at = page->text + from, *next; from < to && at < end; at = next) {
        uint64_t hash;
        next = piece_end(at, end);
        crypto_shorthash((unsigned char *)&hash, (const unsigned char *)at, (size_t)(next - at), key());
        add_piece(p, hash, (size_t)(at - page->text), units_of(at, next));
    }
}

mu_version *mu_pen_version(mu_pen *p, const mu_buf *page)
{
    size_t at = 0;
    p->made_count = 0;
    p->units = 0;
    for (int i = 0; i < p->part_count; i++) {
        const part *n = &p->parts[i];
        cut(p, page, at, n->from);
        add_piece(p, n->hash, n->from, n->from == n->to ? n->units : units_of(page->text + n->from, page->text + n->to));
        at = n->to;
    }
    cut(p, page, at, page->len);
    add_piece(p, 0, page->len, 0); /* the end */
    mu_version *v = mu_grow(NULL, sizeof *v + (size_t)p->made_count * sizeof *v->list);
    *v = (mu_version){.held = 1, .count = p->made_count - 1};
    memcpy(v->list, p->made, (size_t)p->made_count * sizeof *v->list);
    return v;
}

/* ---- what is new ---- */

/* How many pieces from `at` on are those from `old` on. */
static int same_run(const mu_version *from, int old, const mu_version *to, int at)
{
    int n = 0;
    while (old + n < from->count && at + n < to->count && from->list[old + n].hash == to->list[at + n].hash)
        n++;
    return n;
}

/* The pieces from `at` to before `end` are new. */
static void write_new(mu_buf *out, mu_buf *news, const mu_version *to, int at, int end, const char *bytes)
{
    if (at == end)
        return;
    mu_buf_add(out, " *", 2);
    mu_buf_number(out, to->list[end].units - to->list[at].units);
    mu_buf_add(news, bytes + to->list[at].bytes, to->list[end].bytes - to->list[at].bytes);
}

/* They stay as they are, from the one to before the other. */
static void write_old(mu_buf *out, const mu_version *from, int old, int end)
{
    mu_buf_add(out, " ", 1);
    mu_buf_number(out, from->list[old].units);
    mu_buf_add(out, "-", 1);
    mu_buf_number(out, from->list[end].units);
}

void mu_pen_push(mu_pen *p, const mu_version *to, const mu_buf *page, int64_t ms, mu_buf *out)
{
    const mu_version *from = p->from;
    int fresh = 0; /* from here on nothing is said yet */
    p->news.len = 0;
    mu_buf_number(out, ms);
    for (int at = 0, expected = 0; at < to->count;) {
        int old = from && from->count ? find(from, to->list[at].hash, expected) : -1;
        if (old < 0) {
            at++;
            continue;
        }
        int n = same_run(from, old, to, at);
        write_new(out, &p->news, to, fresh, at, page->text);
        write_old(out, from, old, old + n);
        expected = old + n < from->count ? old + n : 0;
        at += n;
        fresh = at;
    }
    write_new(out, &p->news, to, fresh, to->count, page->text);
    mu_buf_add(out, "\n", 1);
    mu_buf_add(out, p->news.text, p->news.len);
}
