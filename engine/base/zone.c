#include "base/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/tzrule.h"

#define DATABASE "/usr/share/zoneinfo/"

enum { MOST_BYTES = 64 * 1024, WIDEST = 26 * 3600 };

typedef struct kind {
    int32_t offset;
    bool dst;
    const char *abbreviation;
} kind;

struct mu_zone {
    const char *name;
    size_t changes, kinds;
    int64_t *at;         /* seconds UTC, ascending */
    unsigned char *into; /* the kind from at[i] on */
    kind *kind;
    bool goes_on; /* the rule holds from the last change on */
    mu_tz_rule rule;
};

/* ---- the bytes of a file (RFC 9636, section 3) ---- */

typedef struct bytes {
    const unsigned char *at;
    size_t left;
} bytes;

static const unsigned char *take(bytes *b, size_t count)
{
    const unsigned char *at = b->at;
    if (count > b->left)
        return NULL;
    b->at += count;
    b->left -= count;
    return at;
}

static uint64_t number(const unsigned char *at, int size)
{
    uint64_t n = 0;
    for (int i = 0; i < size; i++)
        n = n << 8 | at[i];
    return n;
}

/* Two's complement without the conversion that C leaves to the compiler. */
static int64_t signed_number(const unsigned char *at, int size)
{
    uint64_t n = number(at, size), sign = UINT64_C(1) << (8 * size - 1);
    return n & sign ? -(int64_t)(sign - 1 - (n & (sign - 1))) - 1 : (int64_t)n;
}

typedef struct counts {
    size_t ut, std, leap, time, type, chars;
} counts;

static bool read_header(bytes *b, counts *c)
{
    const unsigned char *at = take(b, 44);
    if (!at || memcmp(at, "TZif", 4) != 0 || at[4] < '2' || at[4] > '4')
        return false;
    size_t n[6];
    for (size_t i = 0; i < 6; i++)
        n[i] = (size_t)number(at + 20 + 4 * i, 4);
    *c = (counts){n[0], n[1], n[2], n[3], n[4], n[5]};
    return c->ut <= MOST_BYTES && c->std <= MOST_BYTES && c->leap <= MOST_BYTES && c->time <= MOST_BYTES &&
           c->type <= MOST_BYTES && c->chars <= MOST_BYTES;
}

/* The block for readers of version 1, which holds nothing that the second does not. */
static bool skip_first(bytes *b)
{
    counts c;
    return read_header(b, &c) && take(b, c.time * 5 + c.type * 6 + c.chars + c.leap * 8 + c.std + c.ut);
}

static bool read_changes(bytes *b, mu_arena *arena, mu_zone *z)
{
    const int64_t far = INT64_C(1) << 59; /* the standard's own bound */
    const unsigned char *at = take(b, z->changes * 8), *into = take(b, z->changes);
    if (!at || !into)
        return false;
    z->at = mu_alloc(arena, z->changes * sizeof *z->at);
    z->into = mu_alloc(arena, z->changes);
    for (size_t i = 0; i < z->changes; i++) {
        z->at[i] = signed_number(at + 8 * i, 8);
        z->into[i] = into[i];
        if (into[i] >= z->kinds || z->at[i] < -far || z->at[i] > far || (i && z->at[i] <= z->at[i - 1]))
            return false;
    }
    return true;
}

static bool abbreviation_ok(const char *s)
{
    size_t len = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-");
    return len >= 3 && len <= 15 && !s[len];
}

static bool read_kinds(bytes *b, mu_arena *arena, mu_zone *z, size_t chars)
{
    const unsigned char *at = take(b, z->kinds * 6), *text = take(b, chars);
    if (!at || !text || text[chars - 1])
        return false;
    const char *names = mu_copy(arena, (const char *)text, chars);
    z->kind = mu_alloc(arena, z->kinds * sizeof *z->kind);
    for (size_t i = 0; i < z->kinds; i++, at += 6) {
        int64_t offset = signed_number(at, 4);
        if (offset <= -25 * 3600 || offset >= WIDEST || at[4] > 1 || at[5] >= chars || !abbreviation_ok(names + at[5]))
            return false;
        z->kind[i] = (kind){(int32_t)offset, at[4], names + at[5]};
    }
    return true;
}

/* Whether a change was given as standard time or as UTC: of use to nobody but a reader of rules, but it must be whole.
 */
static bool read_indicators(bytes *b, const counts *c)
{
    const unsigned char *std = take(b, c->std), *ut = take(b, c->ut);
    if (!std || !ut || (c->std && c->std != c->type) || (c->ut && c->ut != c->type))
        return false;
    for (size_t i = 0; i < c->std; i++)
        if (std[i] > 1)
            return false;
    for (size_t i = 0; i < c->ut; i++)
        if (ut[i] > 1 || (ut[i] && !(c->std && std[i])))
            return false;
    return true;
}

static bool read_footer(bytes *b, mu_arena *arena, mu_zone *z)
{
    size_t len = b->left;
    const char *text = (const char *)take(b, len);
    if (len < 2 || text[0] != '\n' || text[len - 1] != '\n' || memchr(text, '\0', len))
        return false;
    z->goes_on = len > 2;
    return !z->goes_on || mu_tz_rule_read(mu_copy(arena, text + 1, len - 2), &z->rule);
}

mu_zone *mu_zone_read(mu_arena *arena, const char *name, const void *data, size_t len)
{
    bytes b = {data, len};
    counts c;
    if (len > MOST_BYTES || !skip_first(&b) || !read_header(&b, &c) || c.leap || !c.type || c.type > 256 || !c.chars)
        return NULL;
    mu_zone *z = mu_alloc(arena, sizeof *z);
    z->name = mu_copy(arena, name, strlen(name));
    z->changes = c.time;
    z->kinds = c.type;
    bool ok = read_changes(&b, arena, z) && read_kinds(&b, arena, z, c.chars) && read_indicators(&b, &c) &&
              read_footer(&b, arena, z);
    return ok ? z : NULL;
}

/* ---- the database ---- */

/* Parts of letters, digits, _ + and - with single slashes between them: no name leads out of the database. */
static bool name_ok(const char *s)
{
    size_t part = 0, i = 0;
    for (; s[i]; i++) {
        bool slash = s[i] == '/';
        if (i == 64 || (slash && !part))
            return false;
        if (!slash && !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-", s[i]))
            return false;
        part = slash ? 0 : part + 1;
    }
    return part > 0 && strcmp(s, "localtime") != 0 && strcmp(s, "posixrules") != 0;
}

/* The whole of a plain file; the length, or -1 where it cannot be read or is too long. */
static ssize_t read_file(const char *path, char *to, size_t size)
{
    struct stat about;
    size_t len = 0;
    ssize_t got = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return -1;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
        while (len < size && ((got = read(fd, to + len, size - len)) > 0 || (got < 0 && errno == EINTR)))
            len += got > 0 ? (size_t)got : 0;
    close(fd);
    return got == 0 ? (ssize_t)len : -1;
}

mu_zone *mu_zone_load(mu_arena *arena, const char *name)
{
    char path[128] = DATABASE, data[MOST_BYTES];
    if (!name || !name_ok(name))
        return NULL;
    strcat(path, name);
    ssize_t len = read_file(path, data, sizeof data);
    return len < 0 ? NULL : mu_zone_read(arena, name, data, (size_t)len);
}

mu_zone *mu_zone_again(mu_arena *arena, const char *name)
{
    errno = 0;
    mu_zone *zone = mu_zone_load(arena, name);
    if (zone)
        return zone;
    fprintf(stderr, "muster: the time zone %s cannot be read from %s: %s\n", name ? name : "of the plan", DATABASE, errno ? strerror(errno) : "it is no zone any more");
    exit(4);
}

const char *mu_zone_name(const mu_zone *zone)
{
    return zone->name;
}

/* ---- the clock ---- */

typedef struct stretch {
    int64_t from, until; /* seconds UTC */
    kind kind;
} stretch;

static int64_t seconds_of(int64_t ms)
{
    return ms / 1000 - (ms % 1000 < 0);
}

static int64_t bounded(int64_t ms)
{
    return ms < MU_MOMENT_FIRST ? MU_MOMENT_FIRST : ms > MU_MOMENT_LAST ? MU_MOMENT_LAST : ms;
}

static stretch by_rule(const mu_zone *z, int64_t utc)
{
    mu_tz_span s = mu_tz_rule_at(&z->rule, utc);
    int64_t since = z->changes ? z->at[z->changes - 1] : INT64_MIN;
    kind k = {z->rule.offset[s.which], s.which == 1, z->rule.name[s.which]};
    return (stretch){s.from > since ? s.from : since, s.until, k};
}

static stretch stretch_at(const mu_zone *z, int64_t utc)
{
    size_t low = 0, high = z->changes; /* changes before `low` lie at or before `utc` */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (z->at[middle] <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == z->changes && z->goes_on)
        return by_rule(z, utc);
    return (stretch){low ? z->at[low - 1] : INT64_MIN, low < z->changes ? z->at[low] : INT64_MAX,
                     z->kind[low ? z->into[low - 1] : 0]};
}

static int64_t bounded_seconds(int64_t s)
{
    return s < MU_MOMENT_FIRST / 1000 ? MU_MOMENT_FIRST : s > MU_MOMENT_LAST / 1000 ? MU_MOMENT_LAST : s * 1000;
}

mu_zone_span mu_zone_at(const mu_zone *zone, int64_t utc_ms)
{
    stretch s = stretch_at(zone, seconds_of(bounded(utc_ms)));
    return (mu_zone_span){bounded_seconds(s.from), bounded_seconds(s.until), s.kind.offset * INT64_C(1000), s.kind.dst,
                          s.kind.abbreviation};
}

int64_t mu_zone_local(const mu_zone *zone, int64_t utc_ms)
{
    utc_ms = bounded(utc_ms);
    return bounded(utc_ms + stretch_at(zone, seconds_of(utc_ms)).kind.offset * INT64_C(1000));
}

int64_t mu_zone_utc(const mu_zone *zone, int64_t local_ms)
{
    local_ms = bounded(local_ms);
    int64_t local = seconds_of(local_ms);
    stretch now = stretch_at(zone, local - WIDEST), before = now;
    while (local - now.kind.offset >= now.until) {
        before = now;
        now = stretch_at(zone, now.until);
    }
    bool gap = local - now.kind.offset < now.from;
    return bounded(local_ms - (gap ? before : now).kind.offset * INT64_C(1000));
}

/* ---- zones by name ---- */

typedef struct known {
    struct known *next;
    const char *name;
    mu_zone *zone;
} known;

struct mu_zones {
    mu_arena *arena;
    known *first;
};

mu_zones *mu_zones_new(mu_arena *arena)
{
    mu_zones *zones = mu_alloc(arena, sizeof *zones);
    zones->arena = arena;
    return zones;
}

mu_zone *mu_zones_get(mu_zones *zones, const char *name)
{
    for (const known *k = zones->first; k; k = k->next)
        if (strcmp(k->name, name) == 0)
            return k->zone;
    known *k = mu_alloc(zones->arena, sizeof *k);
    *k = (known){zones->first, mu_copy(zones->arena, name, strlen(name)), mu_zone_load(zones->arena, name)};
    zones->first = k;
    return k->zone;
}
