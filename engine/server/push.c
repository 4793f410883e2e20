#include "server/push.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

typedef struct piece {
    uint64_t hash;
    uint32_t units; /* of UTF-16 before it */
} piece;

struct mu_version {
    int held, count;
    piece list[]; /* count of them, and the end of the last */
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
    static const char *const tags[] = {"<li", "<p", "<section", "<form", "<tr", "<div", "<header", "<main"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n = strlen(tags[i]);
        if ((size_t)(end - at) > n && memcmp(at, tags[i], n) == 0 && (at[n] == '>' || at[n] == ' '))
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

/* The bytes are UTF-8: that of a page is. */
static uint32_t units_of(const char *at, const char *end)
{
    uint32_t count = 0;
    for (; at < end; at++)
        count += (uint32_t)(((unsigned char)*at & 0xc0) != 0x80) + (uint32_t)((unsigned char)*at >= 0xf0);
    return count;
}

mu_version *mu_version_new(const mu_buf *page)
{
    const char *at = page->text ? page->text : "", *end = at + page->len;
    int room = (int)(page->len / 128) + 16;
    mu_version *v = mu_grow(NULL, sizeof *v + (size_t)room * sizeof *v->list);
    *v = (mu_version){.held = 1};
    uint32_t units = 0;
    for (const char *next; at < end; at = next) {
        if (v->count + 1 == room)
            v = mu_grow(v, sizeof *v + (size_t)(room *= 2) * sizeof *v->list);
        piece *p = &v->list[v->count++];
        p->units = units;
        next = piece_end(at, end);
        crypto_shorthash((unsigned char *)&p->hash, (const unsigned char *)at, (size_t)(next - at), key());
        units += units_of(at, next);
    }
    v->list[v->count] = (piece){.units = units};
    return mu_grow(v, sizeof *v + (size_t)(v->count + 1) * sizeof *v->list);
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

/* ---- what is new ---- */

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

/* How many pieces from `at` on are those from `old` on. */
static int same_run(const mu_version *from, int old, const mu_version *to, int at)
{
    int n = 0;
    while (old + n < from->count && at + n < to->count && from->list[old + n].hash == to->list[at + n].hash)
        n++;
    return n;
}

typedef struct coding {
    mu_buf *ops, *news;
    const char *bytes; /* of what is written next */
    uint32_t fresh;    /* units that are new, and that no op says yet */
} coding;

static void end_fresh(coding *c)
{
    if (c->fresh)
        mu_buf_printf(c->ops, " *%u", (unsigned)c->fresh);
    c->fresh = 0;
}

static void write_new(coding *c, const mu_version *to, int at, const char *end)
{
    const char *next = piece_end(c->bytes, end);
    mu_buf_add(c->news, c->bytes, (size_t)(next - c->bytes));
    c->fresh += to->list[at + 1].units - to->list[at].units;
    c->bytes = next;
}

void mu_push_write(mu_buf *out, int64_t ms, const mu_version *from, const mu_version *to, const mu_buf *page)
{
    mu_buf news = {0};
    coding c = {.ops = out, .news = &news, .bytes = page->text ? page->text : ""};
    const char *end = c.bytes + page->len;
    mu_buf_printf(out, "%lld", (long long)ms);
    for (int at = 0, expected = 0; at < to->count;) {
        int old = from && from->count ? find(from, to->list[at].hash, expected) : -1, n = old < 0 ? 0 : same_run(from, old, to, at);
        if (!n) {
            write_new(&c, to, at++, end);
            continue;
        }
        end_fresh(&c);
        mu_buf_printf(out, " %u-%u", (unsigned)from->list[old].units, (unsigned)from->list[old + n].units);
        expected = old + n < from->count ? old + n : 0;
        for (int i = 0; i < n; i++)
            c.bytes = piece_end(c.bytes, end);
        at += n;
    }
    end_fresh(&c);
    mu_buf_puts(out, "\n");
    mu_buf_add(out, news.text ? news.text : "", news.len);
    mu_buf_free(&news);
}
