#include "programme/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/json.h"

enum { BYTES_MOST = 256 << 20, SLOTS_FIRST = 1024 };

struct mu_ledger {
    mu_arena *arena;
    int fd;              /* -1: only looked at */
    off_t good;          /* bytes that are whole lines */
    char head[MU_SHORT_HASH];
    mu_entry *list;
    int count, room;
    int *slots;          /* open hash by key: the last entry of each, plus one */
    size_t slot_count;
    char failure[160];
};

/* ---- entries in memory ---- */

static size_t slot_of(const mu_ledger *l, const char *key)
{
    uint64_t h = UINT64_C(1469598103934665603);
    for (const char *p = key; *p; p++)
        h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
    size_t i = h & (l->slot_count - 1);
    while (l->slots[i] && strcmp(l->list[l->slots[i] - 1].key, key) != 0)
        i = (i + 1) & (l->slot_count - 1);
    return i;
}

static void index_all(mu_ledger *l)
{
    l->slot_count = l->slot_count ? l->slot_count * 2 : SLOTS_FIRST;
    l->slots = mu_alloc(l->arena, l->slot_count * sizeof *l->slots);
    for (int i = 0; i < l->count; i++)
        l->slots[slot_of(l, l->list[i].key)] = i + 1;
}

static void keep(mu_ledger *l, mu_entry e)
{
    if (l->count == l->room) {
        mu_entry *more = mu_alloc(l->arena, (size_t)(2 * l->room + 64) * sizeof *more);
        if (l->count)
            memcpy(more, l->list, (size_t)l->count * sizeof *more);
        l->list = more;
        l->room = 2 * l->room + 64;
    }
    l->list[l->count++] = e;
    if ((size_t)l->count * 2 > l->slot_count)
        index_all(l);
    else
        l->slots[slot_of(l, e.key)] = l->count;
}

const mu_entry *mu_ledger_last(const mu_ledger *l, const char *key)
{
    int i = l->count ? l->slots[slot_of(l, key)] : 0;
    return i ? &l->list[i - 1] : NULL;
}

bool mu_ledger_is(const mu_ledger *l, const char *key, const char *what)
{
    const mu_entry *e = mu_ledger_last(l, key);
    return e && strcmp(e->what, what) == 0;
}

bool mu_ledger_was(const mu_ledger *l, const char *key, const char *what, int64_t now)
{
    return mu_ledger_is(l, key, what) && mu_ledger_last(l, key)->at <= now;
}

int mu_ledger_count(const mu_ledger *l)
{
    return l->count;
}

const mu_entry *mu_ledger_at(const mu_ledger *l, int i)
{
    return &l->list[i];
}

const char *mu_ledger_failure(const mu_ledger *l)
{
    return l->failure;
}

/* ---- lines ---- */

static void line_of(mu_buf *out, const mu_ledger *l, const mu_entry *e, char head[MU_SHORT_HASH])
{
    size_t start = out->len;
    mu_buf_printf(out, "{\"at\":%lld,\"what\":", (long long)e->at);
    mu_json_text(out, e->what);
    mu_buf_puts(out, ",\"key\":");
    mu_json_text(out, e->key);
    mu_buf_puts(out, ",\"note\":");
    mu_json_text(out, e->note);
    mu_buf_printf(out, ",\"prev\":\"%s\"", l->head);
    mu_short_hash(out->text + start, out->len - start, head);
    mu_buf_printf(out, ",\"hash\":\"%s\"}\n", head);
}

static const char *text_of(mu_ledger *l, const json_t *root, const char *key)
{
    const char *text = json_string_value(json_object_get(root, key));
    return mu_copy(l->arena, text ? text : "", text ? strlen(text) : 0);
}

/* A line is taken where writing it again gives the same bytes. */
static bool read_line(mu_ledger *l, const char *line, size_t len)
{
    json_t *root = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
    char head[MU_SHORT_HASH];
    mu_buf again = {0};
    mu_entry e = {json_integer_value(json_object_get(root, "at")), text_of(l, root, "what"), text_of(l, root, "key"), text_of(l, root, "note")};
    line_of(&again, l, &e, head);
    bool same = root && again.len == len + 1 && memcmp(again.text, line, len) == 0;
    mu_buf_free(&again);
    json_decref(root);
    if (same) {
        memcpy(l->head, head, sizeof head);
        keep(l, e);
    }
    return same;
}

/* False at a whole line that is not what was written; what is behind the last line break is no line. */
static bool read_lines(mu_ledger *l, const mu_buf *bytes)
{
    const char *p = bytes->text, *end = bytes->text + bytes->len;
    for (const char *stop; p < end && (stop = memchr(p, '\n', (size_t)(end - p))) != NULL; p = stop + 1) {
        if (!read_line(l, p, (size_t)(stop - p)))
            return false;
        l->good += stop + 1 - p;
    }
    return true;
}

/* ---- the file ---- */

static bool fail(mu_ledger *l, const char *doing)
{
    snprintf(l->failure, sizeof l->failure, "%s: %s", doing, strerror(errno));
    return false;
}

static bool make_folder(mu_ledger *l, const char *folder)
{
    return mkdir(folder, 0755) == 0 || errno == EEXIST || fail(l, folder);
}

/* The new name is on disk only with its folder, and the folder with the one above. */
static bool sync_folder(mu_ledger *l, const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok || fail(l, folder);
}

static bool open_to_write(mu_ledger *l, const char *folder, const char *path, bool *held)
{
    if (!make_folder(l, folder))
        return false;
    l->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (l->fd < 0)
        return fail(l, path);
    *held = flock(l->fd, LOCK_EX | LOCK_NB) != 0;
    if (*held)
        return fail(l, path);
    char above[4096];
    snprintf(above, sizeof above, "%s", folder);
    return sync_folder(l, folder) && sync_folder(l, dirname(above));
}

static bool cut(mu_ledger *l, size_t len)
{
    return l->fd < 0 || (off_t)len == l->good || (ftruncate(l->fd, l->good) == 0 && fdatasync(l->fd) == 0) || fail(l, "the ledger cannot be cut");
}

mu_ledger *mu_ledger_open(const char *folder, bool write, mu_opened *opened, const char **why, mu_arena *arena)
{
    mu_ledger *l = mu_alloc(arena, sizeof *l);
    const char *path = mu_format(arena, "%s/ledger.jsonl", folder);
    mu_buf bytes = {0};
    bool held = false;
    *l = (mu_ledger){.arena = arena, .fd = -1};
    *why = l->failure;
    *opened = MU_LEDGER_ERROR;
    mu_buf_puts(&bytes, "");
    if (write && !open_to_write(l, folder, path, &held)) {
        *opened = held ? MU_HELD_BY_ANOTHER : MU_LEDGER_ERROR;
    } else if (!mu_buf_read(&bytes, path, BYTES_MOST) && !(errno == ENOENT && !write)) {
        (void)fail(l, path);
    } else if (!read_lines(l, &bytes)) {
        *opened = MU_LEDGER_CORRUPT;
        snprintf(l->failure, sizeof l->failure, "line %d is not what was written", l->count + 1);
    } else if (cut(l, bytes.len)) {
        *opened = MU_OPENED;
    }
    mu_buf_free(&bytes);
    return l;
}

void mu_ledger_close(mu_ledger *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
}

/* All or nothing: what was written in part is cut away again. */
static bool put(mu_ledger *l, const char *bytes, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = write(l->fd, bytes + done, len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

static bool synced(mu_ledger *l)
{
    int status;
    while ((status = fdatasync(l->fd)) != 0 && errno == EINTR)
        continue;
    return status == 0;
}

/* One line, without what JSON would have to escape in a way of its own. */
static const char *plain(mu_ledger *l, const char *text)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    mu_buf_safe(&out, text, strlen(text), 400);
    return mu_buf_into(&out, l->arena);
}

bool mu_ledger_add(mu_ledger *l, const char *what, const char *key, int64_t at, const char *note)
{
    char head[MU_SHORT_HASH];
    mu_buf line = {0};
    mu_entry e = {at, plain(l, what), plain(l, key), plain(l, note)};
    if (*l->failure || l->fd < 0)
        return false;
    line_of(&line, l, &e, head);
    bool ok = put(l, line.text, line.len) && synced(l);
    if (!ok) {
        (void)fail(l, "the ledger cannot be written");
        (void)!ftruncate(l->fd, l->good);
    } else {
        memcpy(l->head, head, sizeof head);
        l->good += (off_t)line.len;
        keep(l, e);
    }
    mu_buf_free(&line);
    return ok;
}
