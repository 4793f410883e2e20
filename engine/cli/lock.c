#include "cli/lock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/sign.h"
#include "cli/command.h"
#include "cli/convert.h"
#include "cli/drill.h"

enum { MOST = 64 << 20 };

static int failed(const char *path)
{
    fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    return 4;
}

static bool hash_file(const char *path, char hex[MU_LONG_HASH], size_t *bytes)
{
    mu_buf file = {0};
    bool ok = mu_buf_read(&file, path, MOST);
    if (ok)
        mu_long_hash(file.text ? file.text : "", file.len, hex);
    *bytes = file.len;
    mu_buf_free(&file);
    return ok;
}

/* ---- writing ---- */

static void member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, "\"%s\": ", key);
    mu_json_maybe(out, text);
}

/* `engine` is the version that made the report: a lock that is looked at later keeps its own. */
static void manifest(mu_buf *out, const mu_made *m, const mu_wanted *w, const char *file, const char *hash, size_t bytes, const char *open_key, const char *engine)
{
    const mu_report *r = m->report;
    const char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    mu_buf_puts(out, "{\"schema\": \"muster.lock/1\",\n \"report\": {");
    member(out, "file", name);
    mu_buf_puts(out, ", ");
    member(out, "format", w->format);
    mu_buf_puts(out, ", ");
    member(out, "for", w->reader);
    mu_buf_printf(out, ", \"redacted\": %s, \"bytes\": %zu, ", w->redact ? "true" : "false", bytes);
    member(out, "hash", hash);
    mu_buf_printf(out, "},\n \"journal\": {\"records\": %d, ", r->events);
    member(out, "head", r->journal_head);
    mu_buf_puts(out, "},\n ");
    member(out, "plan", mu_tree_hash(m->plan));
    mu_buf_puts(out, ",\n ");
    member(out, "scenario", r->scenario_hash);
    mu_buf_puts(out, ",\n ");
    member(out, "assumptions", r->assumptions_hash);
    mu_buf_puts(out, ",\n ");
    member(out, "engine", engine);
    mu_buf_puts(out, ",\n ");
    member(out, "public_key", open_key);
}

static void signature(mu_buf *out, const char *hex)
{
    mu_buf_puts(out, ",\n ");
    member(out, "signature", hex);
    mu_buf_puts(out, "}\n");
}

static void sign(mu_buf *out, const mu_signing_key *key)
{
    char hex[MU_SIGNATURE_HEX];
    if (key)
        mu_sign(key, out->text, out->len, hex);
    signature(out, key ? hex : NULL);
}

static int read_key(mu_signing_key *key, const char *path)
{
    mu_buf pem = {0};
    int status = 0;
    if (!mu_buf_read(&pem, path, 4096))
        status = failed(path);
    else if (!pem.len || !mu_key_read(key, pem.text, pem.len)) {
        fprintf(stderr, "muster: %s: no Ed25519 private key without a password; to make one: openssl genpkey -algorithm ed25519 -out FILE\n", path);
        status = 3;
    }
    if (pem.len)
        memset(pem.text, 0, pem.len);
    mu_buf_free(&pem);
    return status;
}

static int put_new(const char *path, const mu_buf *out)
{
    FILE *f = fopen(path, "wbx");
    if (!f && errno == EEXIST) {
        fprintf(stderr, "muster: %s is there already, and nothing is written over\n", path);
        return 5;
    }
    bool ok = f && fwrite(out->text, 1, out->len, f) == out->len && fflush(f) == 0;
    ok = (!f || fclose(f) == 0) && ok;
    return ok ? 0 : failed(path);
}

int mu_lock_ready(const char *file, const char *key)
{
    mu_signing_key own;
    struct stat about;
    char beside[4200];
    snprintf(beside, sizeof beside, "%s.lock", file);
    if (stat(beside, &about) == 0) {
        fprintf(stderr, "muster: %s is there already, and nothing is written over\n", beside);
        return 5;
    }
    if (key && stat(key, &about) == 0 && S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXG | S_IRWXO)))
        fprintf(stderr, "muster: %s can be read by others, who can then sign as you: chmod 600\n", key);
    int status = key ? read_key(&own, key) : 0;
    if (key && !status)
        mu_key_forget(&own);
    return status;
}

int mu_lock(const mu_made *m, const mu_wanted *w, const char *file, const char *key)
{
    mu_signing_key own;
    char hash[MU_LONG_HASH], open_key[MU_PUBLIC_HEX];
    size_t bytes;
    int status = key ? read_key(&own, key) : 0;
    if (status)
        return status;
    if (!hash_file(file, hash, &bytes))
        return failed(file);
    if (key)
        mu_key_public(&own, open_key);
    mu_buf out = {0};
    manifest(&out, m, w, file, hash, bytes, key ? open_key : NULL, MU_VERSION);
    sign(&out, key ? &own : NULL);
    if (key)
        mu_key_forget(&own);
    status = put_new(mu_format(m->arena, "%s.lock", file), &out);
    mu_buf_free(&out);
    return status;
}

/* ---- checking ---- */

typedef struct check {
    mu_arena *arena;
    const char *file, *journal, *plan, *redact, *key;
    mu_buf lock, bytes;
    const char *format, *reader;
    const char *wrong;       /* the first thing that does not hold, or NULL */
    const char *signer;      /* public key of a good signature, or NULL */
    bool locked, redacted, made; /* made: the report was made again and is the same */
} check;

/* The text behind "key": in the lock, "" for null or where there is none. It is read as it was written: one spelling. */
static const char *value_in(const check *c, const char *key)
{
    const char *look = mu_format(c->arena, "\"%s\": ", key), *at = strstr(c->lock.text, look);
    if (!at)
        return "";
    at += strlen(look);
    if (*at != '"')
        return mu_copy(c->arena, at, strspn(at, "0123456789truefals"));
    return mu_copy(c->arena, at + 1, strcspn(at + 1, "\""));
}

static void check_signature(check *c)
{
    const char *at = strstr(c->lock.text, ",\n \"signature\": "), *public_key = value_in(c, "public_key");
    char wanted[MU_PUBLIC_HEX];
    mu_buf pem = {0};
    bool asked = c->key != NULL;
    if (asked && (!mu_buf_read(&pem, c->key, 4096) || !pem.len || !mu_public_read(wanted, pem.text, pem.len)))
        c->wrong = mu_format(c->arena, "%s is no Ed25519 public key", c->key);
    else if (asked && strcmp(wanted, public_key) != 0)
        c->wrong = *public_key ? "it was signed with another key" : "it is not signed";
    else if (*public_key && !at)
        c->wrong = "it names a key, and its signature is not there";
    else if (*public_key && !mu_signed_by(public_key, value_in(c, "signature"), c->lock.text, (size_t)(at - c->lock.text)))
        c->wrong = "the signature does not belong to the manifest";
    else if (*public_key)
        c->signer = public_key;
    mu_buf_free(&pem);
}

static void check_lock(check *c)
{
    char hash[MU_LONG_HASH];
    if (strncmp(c->lock.text, "{\"schema\": \"muster.lock/1\"", 26) != 0) {
        c->wrong = "the file beside it that ends in .lock is none of ours";
        return;
    }
    mu_long_hash(c->bytes.text, c->bytes.len, hash);
    c->format = value_in(c, "format");
    c->reader = *value_in(c, "for") ? value_in(c, "for") : NULL;
    c->redacted = strcmp(value_in(c, "redacted"), "true") == 0;
    if (strcmp(value_in(c, "hash"), hash) != 0)
        c->wrong = "its bytes are not those that were locked";
    else
        check_signature(c);
}

static void check_head(check *c, const mu_made *m)
{
    if (c->locked && strcmp(value_in(c, "head"), m->report->journal_head) != 0)
        c->wrong = "the journal is not the one that it was made of";
    else if (c->locked && strcmp(value_in(c, "plan"), mu_tree_hash(m->plan)) != 0)
        c->wrong = "the plan is not the one that it was made with";
}

/* The lock is written again from what it says of itself and what the journal gives: every byte of it must be the same, signed or not. */
static void check_manifest(check *c, const mu_made *m, const mu_wanted *w)
{
    const char *key = value_in(c, "public_key"), *signed_with = value_in(c, "signature");
    char hash[MU_LONG_HASH];
    mu_buf again = {0};
    mu_long_hash(c->bytes.text, c->bytes.len, hash);
    manifest(&again, m, w, value_in(c, "file"), hash, c->bytes.len, *key && strcmp(key, "null") != 0 ? key : NULL, value_in(c, "engine"));
    signature(&again, *signed_with && strcmp(signed_with, "null") != 0 ? signed_with : NULL);
    if (again.len != c->lock.len || memcmp(again.text, c->lock.text, again.len) != 0)
        c->wrong = "the lock is not as it was written";
    mu_buf_free(&again);
}

/* Made again as one reader's; true where every byte is the same. */
static bool same_as(check *c, const char *reader, int *status)
{
    mu_wanted w = {.format = c->format, .reader = reader, .plan = c->plan, .redact = c->redact};
    mu_gate gate = {.fail_on = -1}; /* a report is what it is, whatever its gaps */
    mu_made m;
    bool fails;
    *status = mu_make(&m, c->journal, &w, &gate, &fails);
    bool ok = !*status, same = false;
    if (ok && !c->wrong)
        check_head(c, &m);
    if (ok && mu_converted_from(c->format)) {
        mu_buf whole = {0};
        *status = mu_convert(&m, c->format, &whole);
        same = !*status && whole.len == c->bytes.len && memcmp(whole.text, c->bytes.text, whole.len) == 0;
        mu_buf_free(&whole);
    } else if (ok) {
        same = m.bytes.len == c->bytes.len && memcmp(m.bytes.text, c->bytes.text, m.bytes.len) == 0;
    }
    if (same && c->locked && !c->wrong) {
        w.redact = c->redacted ? w.redact : NULL;
        check_manifest(c, &m, &w);
    }
    mu_made_free(&m);
    return same;
}

/* A report can be made of a journal that was torn, but not signed off by it. */
static void check_journal(check *c)
{
    mu_reading reading;
    mu_journal *j = mu_journal_read(mu_journal_in(c->journal), &reading);
    if (reading.soundness == MU_TORN || reading.soundness == MU_CORRUPT)
        c->wrong = mu_format(c->arena, "the journal is not sound: %s", reading.why);
    mu_journal_free(j);
}

static int make_again(check *c)
{
    static const char *const readers[] = {NULL, "executive", "practitioner", "auditor"};
    int status = 0;
    if (c->redacted && !c->redact) {
        c->wrong = "it is redacted: to make it again, --redact names the file with the secret";
        return 0;
    }
    for (int i = 0; i < 4 && !status && !c->made; i++)
        if (!c->locked || (readers[i] ? c->reader && strcmp(readers[i], c->reader) == 0 : !c->reader)) {
            c->made = same_as(c, readers[i], &status);
            c->reader = c->made ? readers[i] : c->reader;
        }
    if (!status && !c->made && !c->wrong)
        c->wrong = "the journal and the plan give another report (or another version of the program made it)";
    return status;
}

#define UNSIGNED "and is not signed: report, journal and plan belong together, but its words on the file and the version are anybody's"

/* What was renamed is the same report. */
static void say_name(const check *c, mu_buf *out)
{
    const char *slash = strrchr(c->file, '/'), *was = c->locked ? value_in(c, "file") : "";
    if (!*was || strcmp(was, slash ? slash + 1 : c->file) == 0)
        return;
    mu_buf_puts(out, "  it was locked as ");
    mu_buf_safe(out, was, strlen(was), 200);
    mu_buf_puts(out, "\n");
}

static void say(const check *c, bool json)
{
    mu_buf out = {0};
    if (json) {
        mu_buf_printf(&out, "{\"schema\": \"muster.verify-report/1\", \"holds\": %s, \"locked\": %s, ", c->wrong ? "false" : "true", c->locked ? "true" : "false");
        member(&out, "for", c->reader);
        mu_buf_puts(&out, ", ");
        member(&out, "signed_by", c->signer);
        mu_buf_puts(&out, ", ");
        member(&out, "why", c->wrong);
        mu_buf_puts(&out, "}\n");
    } else if (c->wrong) {
        mu_buf_printf(&out, "%s: not sound: %s\n", c->file, c->wrong);
    } else {
        mu_buf_printf(&out, "%s: sound: the journal and the plan give every byte of it; %s%s\n", c->file, c->locked ? "the lock holds, " : "it is not locked",
                      c->signer ? mu_format(c->arena, "signed with the key %s", c->signer) : c->locked ? UNSIGNED : "");
        say_name(c, &out);
    }
    (void)mu_put_out(out.text, out.len);
    mu_buf_free(&out);
}

static const char *format_of(const char *file)
{
    static const char *const formats[] = {"html", "md", "json", "csv", "docx", "pdf"};
    const char *dot = strrchr(file, '.');
    for (size_t i = 0; dot && i < sizeof formats / sizeof *formats; i++)
        if (strcmp(dot + 1, formats[i]) == 0)
            return formats[i];
    return "md";
}

int mu_check_report(const char *file, const char *journal, const char *plan, const char *redact, const char *key, bool json)
{
    check c = {.arena = mu_arena_new(), .file = file, .journal = journal, .plan = plan, .redact = redact, .key = key, .format = format_of(file)};
    int status = mu_buf_read(&c.bytes, file, MOST) ? 0 : failed(file);
    const char *beside = mu_format(c.arena, "%s.lock", file);
    c.locked = !status && mu_buf_read(&c.lock, beside, 1 << 20);
    if (c.locked && !c.lock.len)
        c.wrong = "the lock beside it is empty";
    if (!status && !c.wrong && !c.bytes.len)
        c.wrong = "it is empty";
    if (!status && !c.wrong && c.locked)
        check_lock(&c);
    if (!status && !c.wrong && !c.locked && key)
        c.wrong = "it has no lock, so nobody signed it";
    if (!status && !c.wrong)
        check_journal(&c);
    if (!status && !c.wrong)
        status = make_again(&c);
    if (!status)
        say(&c, json);
    status = status ? status : c.wrong ? 3 : 0;
    mu_buf_free(&c.lock);
    mu_buf_free(&c.bytes);
    mu_arena_free(c.arena);
    return status;
}
