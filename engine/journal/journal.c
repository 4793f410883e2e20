#include "journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/json.h"
#include "journal/parts.h"

enum { WORD = sizeof(int64_t), HEAD = offsetof(mu_event, arg) / WORD, LONGEST = sizeof(mu_event) / WORD };

static uint8_t width_of(mu_kind_of_event kind)
{
    int fields = 0;
    while (fields < MU_FIELDS && mu_event_kinds[kind].fields[fields].key)
        fields++;
    return (uint8_t)(HEAD + fields);
}

mu_journal *mu_journal_new(void)
{
    MU_CHECK(sodium_init() >= 0);
    mu_journal *j = mu_grow(NULL, sizeof *j);
    *j = (mu_journal){.symbols = mu_symbols_new(), .fd = -1};
    for (int kind = 0; kind < EV_KINDS; kind++)
        j->width[kind] = width_of((mu_kind_of_event)kind);
    return j;
}

void mu_journal_clear(mu_journal *j)
{
    j->count = j->used = 0;
}

void mu_journal_free(mu_journal *j)
{
    if (!j)
        return;
    if (j->fd >= 0)
        close(j->fd);
    mu_symbols_free(j->symbols);
    mu_buf_free(&j->pending);
    mu_buf_free(&j->long_json);
    free(j->words);
    free(j->starts);
    free(j);
}

mu_symbols *mu_journal_symbols(mu_journal *j)
{
    return j->symbols;
}

size_t mu_journal_count(const mu_journal *j)
{
    return j->count;
}

static const mu_event *at(const mu_journal *j, size_t i)
{
    return (const mu_event *)(j->words + j->starts[i]);
}

const mu_event *mu_journal_event(const mu_journal *j, size_t n)
{
    MU_CHECK(n >= 1 && n <= j->count);
    return at(j, n - 1);
}

static bool has(const mu_journal *j, mu_kind_of_event kind)
{
    for (size_t n = j->count; n > 0; n--)
        if (at(j, n - 1)->kind == kind)
            return true;
    return false;
}

bool mu_journal_ended(const mu_journal *j)
{
    return has(j, EV_END);
}

bool mu_journal_broken_off(const mu_journal *j)
{
    return has(j, EV_STOP);
}

/* Somebody in a role did something, and no stand-in for them. */
static bool acted(const mu_journal *j, const mu_event *e)
{
    return e->kind == EV_ACT && *mu_journal_text(j, e, "role") && strcmp(mu_journal_text(j, e, "seat"), "stand-in") != 0;
}

static bool moved(const mu_journal *j, const mu_event *e)
{
    return e->kind == EV_JUMP || (e->kind == EV_SPEED && mu_journal_value(j, e, "thousandths") != 1000);
}

const char *mu_journal_counts_as(const mu_journal *j)
{
    bool people = false, own_clock = true, wall = false;
    const char *mode = j->count ? mu_journal_text(j, at(j, 0), "mode") : "";
    if (strcmp(mode, "calltree") == 0)
        return "calltree";
    for (size_t i = 0; i < j->count; i++) {
        people = people || acted(j, at(j, i));
        own_clock = own_clock && !moved(j, at(j, i));
        wall = wall || at(j, i)->wall >= 0;
    }
    return !people ? "model" : strcmp(mode, "functional") == 0 && own_clock && wall ? "functional" : "facilitated";
}

int64_t mu_journal_value(const mu_journal *j, const mu_event *e, const char *key)
{
    (void)j;
    int f = mu_event_field_of(e->kind, key);
    return f < 0 ? 0 : e->arg[f];
}

const char *mu_journal_text(const mu_journal *j, const mu_event *e, const char *key)
{
    int f = mu_event_field_of(e->kind, key);
    return f < 0 || mu_event_kinds[e->kind].fields[f].type != F_NAME ? "" : mu_symbol_text(j->symbols, e->arg[f]);
}

const char *mu_journal_head(const mu_journal *j)
{
    return j->head;
}

/* ---- lines ---- */

enum { LONG = 64 };

static void name_json(mu_buf *out, const mu_symbols *symbols, int64_t name, mu_journal *own)
{
    if (own && own->long_name == name) {
        mu_buf_add(out, own->long_json.text, own->long_json.len);
        return;
    }
    size_t before = out->len;
    mu_json_text(out, mu_symbol_text(symbols, name));
    if (!own || out->len - before < LONG)
        return;
    own->long_name = name;
    own->long_json.len = 0;
    mu_buf_add(&own->long_json, out->text + before, out->len - before);
}

static void field_json(mu_buf *out, const mu_symbols *symbols, const mu_event_field *f, int64_t value, mu_journal *own)
{
    mu_buf_puts(out, ",\"");
    mu_buf_puts(out, f->key);
    mu_buf_puts(out, "\":");
    if (f->type == F_NAME && value == 0)
        mu_buf_puts(out, "null");
    else if (f->type == F_NAME)
        name_json(out, symbols, value, own);
    else if (f->type == F_YES)
        mu_buf_puts(out, value ? "true" : "false");
    else
        mu_buf_number(out, value);
}

/* `own`: the journal whose lines these are, or NULL. */
static void body_json(mu_buf *out, const mu_symbols *symbols, const mu_event *e, mu_journal *own)
{
    mu_buf_puts(out, "{\"n\":");
    mu_buf_number(out, e->n);
    mu_buf_puts(out, ",\"t\":");
    mu_buf_number(out, e->t);
    if (e->wall >= 0) {
        mu_buf_puts(out, ",\"wall\":");
        mu_buf_number(out, e->wall);
    }
    mu_buf_puts(out, ",\"kind\":\"");
    mu_buf_puts(out, mu_event_kinds[e->kind].name);
    mu_buf_puts(out, "\"");
    const mu_event_field *f = mu_event_kinds[e->kind].fields;
    for (int i = 0; i < MU_FIELDS && f[i].key; i++)
        field_json(out, symbols, &f[i], e->arg[i], own);
}

void mu_event_json(mu_buf *out, const mu_symbols *symbols, const mu_event *e)
{
    body_json(out, symbols, e, NULL);
    mu_buf_puts(out, "}");
}

void mu_line_hash(const char *bytes, size_t len, char hex[MU_HASH + 1])
{
    unsigned char hash[MU_HASH / 2];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes, len, NULL, 0);
    sodium_bin2hex(hex, MU_HASH + 1, hash, sizeof hash);
}

static void line(mu_journal *j, const mu_event *e)
{
    size_t start = j->pending.len;
    body_json(&j->pending, j->symbols, e, j);
    mu_buf_puts(&j->pending, ",\"prev\":\"");
    mu_buf_puts(&j->pending, j->head);
    mu_buf_add(&j->pending, "\"", 1);
    mu_line_hash(j->pending.text + start, j->pending.len - start, j->head);
    mu_buf_puts(&j->pending, ",\"hash\":\"");
    mu_buf_puts(&j->pending, j->head);
    mu_buf_puts(&j->pending, "\"}\n");
}

void mu_journal_head_at(const mu_journal *j, size_t n, char hex[MU_HASH_TEXT])
{
    mu_journal chain = {.symbols = j->symbols};
    for (size_t i = 0; i < n && i < j->count; i++) {
        chain.pending.len = 0;
        line(&chain, at(j, i));
    }
    memcpy(hex, chain.head, MU_HASH_TEXT);
    mu_buf_free(&chain.pending);
    mu_buf_free(&chain.long_json);
}

/* ---- playing again ---- */

static bool same_field(const mu_journal *j, const mu_event *a, const mu_event *b, int i)
{
    bool name = mu_event_kinds[a->kind].fields[i].type == F_NAME;
    return name ? strcmp(mu_symbol_text(j->symbols, a->arg[i]), mu_symbol_text(j->recorded->symbols, b->arg[i])) == 0 : a->arg[i] == b->arg[i];
}

/* Appends what differs: "kind", "t", or the keys of the fields. True where nothing does. */
static bool same(const mu_journal *j, const mu_event *a, const mu_event *b, mu_buf *keys)
{
    size_t before = keys->len;
    if (a->kind != b->kind || a->t != b->t)
        mu_buf_puts(keys, a->kind != b->kind ? " kind" : " t");
    const mu_event_field *f = mu_event_kinds[a->kind].fields;
    for (int i = 0; a->kind == b->kind && i < MU_FIELDS && f[i].key; i++)
        if (!same_field(j, a, b, i))
            mu_buf_printf(keys, " %s", f[i].key);
    return keys->len == before;
}

static void differs(mu_journal *j, const mu_event *got, const mu_event *want, const char *keys)
{
    mu_buf text = {0};
    mu_buf_printf(&text, "in%s\nrecorded: ", keys);
    mu_event_json(&text, j->recorded->symbols, want);
    mu_buf_printf(&text, "\nnow:      ");
    mu_event_json(&text, j->symbols, got);
    j->differs_at = want->n;
    snprintf(j->difference, sizeof j->difference, "%s", text.text);
    mu_buf_free(&text);
}

/* Held against the one that was recorded, or made a line of the file. */
__attribute__((cold, noinline)) static void enter(mu_journal *j, mu_event *e)
{
    bool again = j->recorded && e->n <= j->recorded->count;
    if (again) {
        const mu_event *want = at(j->recorded, e->n - 1);
        e->wall = want->wall;
        mu_buf keys = {0};
        if (!j->differs_at && !same(j, e, want, &keys))
            differs(j, e, want, keys.text);
        mu_buf_free(&keys);
    }
    if (!again && j->fd >= 0)
        line(j, e);
}

__attribute__((cold)) static void more(mu_journal *j)
{
    j->space = j->space ? j->space * 2 : 8192;
    j->words = mu_grow(j->words, (j->space + LONGEST) * WORD);
    j->starts = mu_grow(j->starts, (j->space / HEAD + 1) * sizeof *j->starts);
}

static inline mu_event *place(mu_journal *j, mu_kind_of_event kind, int64_t t, int64_t wall)
{
    mu_event *e = (mu_event *)(j->words + j->used); /* all of its fields may be written; what lies behind those of its kind is the next one's */
    j->starts[j->count++] = (uint32_t)j->used;
    j->used += j->width[kind];
    e->n = (uint32_t)j->count;
    e->kind = kind;
    e->t = t;
    e->wall = wall;
    return e;
}

/* Where there is no room, or not every field is given. Apart, so that what is done for nearly every event calls nothing. */
__attribute__((noinline)) static mu_event *begin(mu_journal *j, mu_kind_of_event kind, int given, int64_t t, int64_t wall)
{
    if (j->used >= j->space)
        more(j);
    mu_event *e = place(j, kind, t, wall);
    for (int i = given; i < j->width[kind] - HEAD; i++)
        e->arg[i] = 0;
    return e;
}

mu_event *mu_journal_begin(mu_journal *j, mu_kind_of_event kind, int given, int64_t t, int64_t wall)
{
    if (j->used >= j->space || given + HEAD < j->width[kind])
        return begin(j, kind, given, t, wall);
    return place(j, kind, t, wall);
}

void mu_journal_enter(mu_journal *j, mu_event *e)
{
    if (j->recorded || j->fd >= 0)
        enter(j, e);
}

uint32_t mu_journal_add(mu_journal *j, const mu_event *e)
{
    mu_event *own = mu_journal_begin(j, e->kind, MU_FIELDS, e->t, e->wall);
    memcpy(own->arg, e->arg, sizeof own->arg);
    mu_journal_enter(j, own);
    return own->n;
}

void mu_journal_expect(mu_journal *j, const mu_journal *recorded)
{
    j->recorded = recorded;
}

const mu_event *mu_journal_next(const mu_journal *j, const mu_journal **recorded)
{
    *recorded = j->recorded;
    return mu_journal_replaying(j) ? at(j->recorded, j->count) : NULL;
}

bool mu_journal_replaying(const mu_journal *j)
{
    return j->recorded && j->count < j->recorded->count;
}

size_t mu_journal_differs(const mu_journal *j, const char **what)
{
    if (what)
        *what = j->difference;
    return j->differs_at;
}

/* ---- the file ---- */

static bool refuse(const char **why, const char *text)
{
    *why = text;
    return false;
}

static bool take(mu_journal *j, int fd, const char **why)
{
    if (fd < 0)
        return refuse(why, errno == EEXIST ? "a drill is there already; take it up with --resume, or name another folder" : strerror(errno));
    j->fd = fd;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return refuse(why, errno == EWOULDBLOCK ? "another muster is at work on this drill" : strerror(errno));
    return true;
}

/* A new file's name is on disk only once its folder is. */
static bool sync_folder(const char *path, const char **why)
{
    const char *slash = strrchr(path, '/');
    char folder[4096];
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    int fd = open(*folder ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok)
        *why = strerror(errno);
    if (fd >= 0)
        close(fd);
    return ok;
}

bool mu_journal_create(mu_journal *j, const char *path, const char **why)
{
    return take(j, open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600), why) && sync_folder(path, why);
}

static bool copy_from(int fd, size_t good, int copy)
{
    char block[4096];
    for (off_t at = (off_t)good;;) {
        ssize_t n = pread(fd, block, sizeof block, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        if (write(copy, block, (size_t)n) != n)
            return false;
        at += n;
    }
}

/* A drill may be torn more than once, and what was kept before stays. */
static int open_beside(mu_journal *j, const char *path, char beside[4096])
{
    enum { TIMES = 1000 };
    int copy = -1;
    for (int n = 1; copy < 0 && n <= TIMES; n++) {
        snprintf(j->torn, sizeof j->torn, n == 1 ? ".torn" : ".torn.%d", n);
        snprintf(beside, 4096, "%s%s", path, j->torn);
        copy = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (copy < 0 && errno != EEXIST)
            break;
    }
    return copy;
}

static bool keep_torn(mu_journal *j, const char *path, size_t good, const char **why)
{
    char beside[4096];
    int copy = open_beside(j, path, beside);
    if (copy < 0)
        return refuse(why, strerror(errno));
    bool ok = copy_from(j->fd, good, copy) && fsync(copy) == 0;
    ok = close(copy) == 0 && ok;
    if (!ok)
        (void)unlink(beside);
    return ok ? sync_folder(path, why) : refuse(why, "the torn end of the journal could not be kept beside it");
}

const char *mu_journal_torn(const mu_journal *j)
{
    return j->torn;
}

bool mu_journal_resume(mu_journal *j, const char *path, const mu_journal *recorded, const mu_reading *reading, const char **why)
{
    if (!take(j, open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW), why))
        return false;
    if (reading->soundness == MU_TORN) {
        if (!keep_torn(j, path, reading->good, why))
            return false;
        if (ftruncate(j->fd, (off_t)reading->good) != 0 || fdatasync(j->fd) != 0)
            return refuse(why, strerror(errno));
    }
    mu_journal_expect(j, recorded);
    memcpy(j->head, recorded->head, sizeof j->head);
    return true;
}

static mu_written fail(mu_journal *j, mu_written how)
{
    snprintf(j->failure, sizeof j->failure, "%s", strerror(errno));
    j->broken = how == MU_DISK_ERROR;
    return how;
}

static mu_written drain(mu_journal *j)
{
    size_t done = 0;
    mu_written how = MU_WRITTEN;
    while (done < j->pending.len && how == MU_WRITTEN) {
        ssize_t n = write(j->fd, j->pending.text + done, j->pending.len - done);
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR)
            how = fail(j, n < 0 && (errno == ENOSPC || errno == EDQUOT) ? MU_DISK_FULL : MU_DISK_ERROR);
    }
    if (done && done < j->pending.len)
        memmove(j->pending.text, j->pending.text + done, j->pending.len - done);
    j->pending.len -= done;
    j->unsynced = j->unsynced || done;
    return how;
}

mu_written mu_journal_flush(mu_journal *j, bool sync)
{
    if (j->broken)
        return MU_DISK_ERROR;
    if (j->fd < 0)
        return MU_WRITTEN;
    mu_written how = drain(j);
    if (how != MU_WRITTEN || !sync || !j->unsynced)
        return how;
    while (fdatasync(j->fd) != 0)
        if (errno != EINTR)
            return fail(j, MU_DISK_ERROR);
    j->unsynced = false;
    return MU_WRITTEN;
}

const char *mu_journal_failure(const mu_journal *j)
{
    return j->failure;
}
