/* Off the disk: the whole file is read before anything is believed. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "journal/parts.h"

enum { MOST = 1 << 30 };
static const int64_t LATEST = INT64_MAX / 4; /* so that sums of two times are numbers */

static bool slurp(const char *path, mu_buf *bytes, mu_reading *r)
{
    if (mu_buf_read(bytes, path, MOST - 1))
        return true;
    r->soundness = MU_UNREADABLE;
    snprintf(r->why, sizeof r->why, "%s", errno == EFBIG ? "larger than 1 GiB" : strerror(errno));
    return false;
}

static bool bad(mu_reading *r, const char *why)
{
    r->soundness = MU_CORRUPT;
    snprintf(r->why, sizeof r->why, "record %zu: %s", r->record, why);
    return false;
}

static const char before[] = ",\"hash\":\"";
enum { TAIL = sizeof before - 1 + MU_HASH + 2 };

/* Neither the beginning of a record nor the end of one in the first line: another file than a journal. */
static bool is_other(const mu_buf *bytes, mu_reading *r)
{
    if (bytes->len < TAIL)
        return false;
    const char *end = memchr(bytes->text, '\n', bytes->len);
    size_t len = end ? (size_t)(end - bytes->text) : bytes->len;
    bool begins = memcmp(bytes->text, "{\"n\":", 5) == 0, ends = len >= TAIL && memcmp(bytes->text + len - TAIL, before, sizeof before - 1) == 0;
    if (begins || ends)
        return false;
    r->soundness = MU_UNREADABLE;
    r->record = 1;
    snprintf(r->why, sizeof r->why, "this is no journal of a drill: name journal.jsonl, or the folder that holds it");
    return true;
}

/* ...,"hash":"<32 hex>"} at the end, and the hash of all before it. */
static bool check_hash(const mu_journal *j, const char *line, size_t len, char hash[MU_HASH + 1], mu_reading *r)
{
    if (len < TAIL + 2 || memcmp(line + len - TAIL, before, sizeof before - 1) != 0 || line[len - 1] != '}')
        return bad(r, "it does not end with its hash");
    mu_line_hash(line, len - TAIL, hash);
    if (memcmp(hash, line + len - 2 - MU_HASH, MU_HASH) != 0)
        return bad(r, "its hash is not that of its text: the record was changed after it was written");
    char prev[MU_HASH + 20];
    int n = snprintf(prev, sizeof prev, ",\"prev\":\"%s\"", j->head);
    if (len < TAIL + (size_t)n || memcmp(line + len - TAIL - (size_t)n, prev, (size_t)n) != 0)
        return bad(r, "it does not follow the record before: one was taken out, put in or moved");
    return true;
}

static bool read_field(mu_journal *j, const json_t *object, const mu_event_field *f, int64_t *out)
{
    const json_t *v = json_object_get(object, f->key);
    if (f->type == F_NAME) {
        *out = json_is_string(v) ? mu_symbol_n(j->symbols, json_string_value(v), json_string_length(v)) : 0;
        return json_is_string(v) || json_is_null(v);
    }
    if (f->type == F_YES) {
        *out = json_is_true(v);
        return json_is_boolean(v);
    }
    *out = json_integer_value(v);
    return json_is_integer(v) && (f->type != F_EVENT || (*out >= 0 && (size_t)*out <= j->count));
}

static bool read_event(mu_journal *j, const json_t *object, mu_event *e, mu_reading *r)
{
    const char *kind = json_string_value(json_object_get(object, "kind"));
    const json_t *wall = json_object_get(object, "wall");
    *e = (mu_event){.kind = kind ? mu_event_kind_of(kind) : EV_NONE, .wall = wall ? json_integer_value(wall) : -1};
    e->t = json_integer_value(json_object_get(object, "t"));
    e->n = (uint32_t)json_integer_value(json_object_get(object, "n"));
    if (e->kind == EV_NONE)
        return bad(r, "its kind is none that this version knows");
    if (e->n != j->count + 1)
        return bad(r, "its number is not the next one");
    if ((e->n == 1) != (e->kind == EV_PINNED))
        return bad(r, e->n == 1 ? "it does not say what the drill is made of" : "what the drill is made of is said once, in record 1");
    if (e->t < 0 || e->t > LATEST || (j->count && e->t < mu_journal_event(j, j->count)->t))
        return bad(r, "its time is before that of the record before, or none of a drill");
    const mu_event_field *f = mu_event_kinds[e->kind].fields;
    for (int i = 0; i < MU_FIELDS && f[i].key; i++)
        if (!read_field(j, object, &f[i], &e->arg[i]))
            return bad(r, "a field of its kind is missing or of another type");
    return true;
}

static bool read_line(mu_journal *j, const char *line, size_t len, mu_reading *r)
{
    char hash[MU_HASH + 1];
    mu_event e;
    r->record = j->count + 1;
    if (!check_hash(j, line, len, hash, r))
        return false;
    json_t *object = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
    bool ok = json_is_object(object) ? read_event(j, object, &e, r) : bad(r, "it is no JSON object");
    json_decref(object);
    if (ok) {
        (void)mu_journal_add(j, &e);
        memcpy(j->head, hash, sizeof hash);
    }
    return ok;
}

mu_journal *mu_journal_read(const char *path, mu_reading *r)
{
    mu_journal *j = mu_journal_new();
    mu_buf bytes = {0};
    *r = (mu_reading){.soundness = MU_SOUND};
    bool more = slurp(path, &bytes, r) && !is_other(&bytes, r);
    while (more && r->good < bytes.len) {
        const char *line = bytes.text + r->good, *end = memchr(line, '\n', bytes.len - r->good);
        if (!end) {
            r->soundness = MU_TORN;
            r->record = j->count + 1;
            snprintf(r->why, sizeof r->why, "record %zu is cut off after %zu bytes", r->record, bytes.len - r->good);
            break;
        }
        more = read_line(j, line, (size_t)(end - line), r);
        if (more)
            r->good += (size_t)(end - line) + 1;
    }
    mu_buf_free(&bytes);
    return j;
}
