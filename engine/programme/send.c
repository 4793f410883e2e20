#include "programme/send.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/guest.h"
#include "base/hash.h"

enum { CONNECT_S = 10, WORDS = 200 };

typedef struct post {
    const mu_letter *letter;
    mu_arena *arena;
    CURL *curl;
    const char *bytes;
    size_t left;
    bool given, stopped; /* all of it; `last` said no */
    char words[WORDS];   /* the last line of the other side */
    char error[CURL_ERROR_SIZE];
} post;

/* ---- the library ---- */

#define FUNCTIONS(X) X(easy_init) X(easy_setopt) X(easy_perform) X(easy_getinfo) X(easy_cleanup) X(easy_strerror) X(slist_append) X(slist_free_all)
#define POINTER_TO(f) __typeof__(curl_##f) *f;
#define NAME_OF(f) "curl_" #f,
MU_GUEST(lib, MU_LIBCURL)

/* ---- a mail ---- */

static const char *date_of(mu_arena *arena, int64_t utc)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    mu_date d = mu_date_of_day(mu_day_of(utc));
    int s = (int)(mu_time_of_day(utc) / 1000);
    return mu_format(arena, "%s, %d %s %04d %02d:%02d:%02d +0000", days[mu_weekday(mu_day_of(utc))], d.day, months[d.month - 1], d.year, s / 3600, s / 60 % 60, s % 60);
}

/* Words of RFC 2047, none longer than 75, each of whole characters. */
static void encoded(mu_buf *out, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len;) {
        size_t n = 0;
        uint32_t cp;
        for (int step; i + n < len && (step = mu_utf8(text + i + n, len - i - n, &cp)) > 0 && n + (size_t)step <= 42;)
            n += (size_t)step;
        n = n ? n : 1;
        mu_buf_puts(out, i ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
        mu_base64(out, text + i, n);
        mu_buf_puts(out, "?=");
        i += n;
    }
}

static void wrapped(mu_buf *out, const char *text)
{
    mu_buf all = {0};
    mu_base64(&all, text, strlen(text));
    for (size_t i = 0; i < all.len; i += 76) {
        mu_buf_add(out, all.text + i, all.len - i < 76 ? all.len - i : 76);
        mu_buf_puts(out, "\r\n");
    }
    mu_buf_free(&all);
}

/* The same name for the same message: a server that has it already can tell. */
static const char *mail_of(const mu_letter *l, mu_arena *arena)
{
    char id[MU_SHORT_HASH];
    mu_buf out = {0};
    mu_short_hash(l->key, strlen(l->key), id);
    mu_buf_printf(&out, "Date: %s\r\nFrom: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s.%s>\r\nSubject: ", date_of(arena, l->now), l->programme->mail_from, l->address, id,
                  l->programme->mail_from);
    encoded(&out, l->subject);
    mu_buf_puts(&out, "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    wrapped(&out, l->text);
    return mu_buf_into(&out, arena);
}

/* ---- what libcurl calls ---- */

static size_t give(char *to, size_t size, size_t count, void *self)
{
    post *p = self;
    size_t n = size * count < p->left ? size * count : p->left;
    memcpy(to, p->bytes, n);
    p->bytes += n;
    p->left -= n;
    if (n)
        return n;
    p->stopped = !p->letter->last(p->letter->self);
    p->given = !p->stopped;
    return p->stopped ? CURL_READFUNC_ABORT : 0;
}

/* After the connection, before a request leaves. */
static int about_to_ask(void *self, char *ip, char *own, int port, int own_port)
{
    post *p = self;
    (void)ip;
    (void)own;
    (void)port;
    (void)own_port;
    p->stopped = !p->letter->last(p->letter->self);
    p->given = !p->stopped;
    return p->stopped ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static size_t hear(char *line, size_t size, size_t count, void *self)
{
    post *p = self;
    size_t len = size * count, n = len < WORDS - 1 ? len : WORDS - 1;
    while (n && (line[n - 1] == '\n' || line[n - 1] == '\r'))
        n--;
    bool bye = p->letter->way == MU_MAIL && n > 2 && strncmp(line, "221", 3) == 0; /* what was said before it matters */
    if (n && !bye && (p->letter->way == MU_MAIL || strncmp(line, "HTTP/", 5) == 0)) {
        memcpy(p->words, line, n);
        p->words[n] = '\0';
    }
    return len;
}

static size_t forget(char *bytes, size_t size, size_t count, void *self)
{
    (void)bytes;
    (void)self;
    return size * count;
}

/* ---- one message ---- */

static const char *secret(const char *variable, const char **why, mu_arena *arena)
{
    const char *value = variable ? getenv(variable) : NULL;
    if (variable && !value)
        *why = mu_format(arena, "the environment has no %.64s, in which the programme says the secret is", variable);
    return value;
}

static struct curl_slist *set_mail(post *p, const char *password)
{
    const mu_programme *g = p->letter->programme;
    struct curl_slist *to = lib.slist_append(NULL, mu_format(p->arena, "<%s>", p->letter->address));
    p->bytes = mail_of(p->letter, p->arena);
    p->left = strlen(p->bytes);
    lib.easy_setopt(p->curl, CURLOPT_URL, g->smtp);
    lib.easy_setopt(p->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    lib.easy_setopt(p->curl, CURLOPT_USE_SSL, (long)(g->smtp_user ? CURLUSESSL_ALL : CURLUSESSL_TRY)); /* no password without TLS */
    lib.easy_setopt(p->curl, CURLOPT_MAIL_FROM, mu_format(p->arena, "<%s>", g->mail_from));
    lib.easy_setopt(p->curl, CURLOPT_MAIL_RCPT, to);
    lib.easy_setopt(p->curl, CURLOPT_UPLOAD, 1L);
    lib.easy_setopt(p->curl, CURLOPT_READFUNCTION, give);
    lib.easy_setopt(p->curl, CURLOPT_READDATA, p);
    if (g->smtp_user) {
        lib.easy_setopt(p->curl, CURLOPT_USERNAME, g->smtp_user);
        lib.easy_setopt(p->curl, CURLOPT_PASSWORD, password);
    }
    return to;
}

/* The signature is over "TIME.BODY", so that an old message cannot be sent again as a new one. */
static struct curl_slist *set_web(post *p, const char *key)
{
    const mu_letter *l = p->letter;
    char hex[MU_HMAC];
    const char *stamped = mu_format(p->arena, "%lld.%s", (long long)(l->now / 1000), l->body);
    struct curl_slist *heads = lib.slist_append(NULL, "Content-Type: application/json");
    heads = lib.slist_append(heads, mu_format(p->arena, "Idempotency-Key: %s", l->key));
    if (key) {
        mu_hmac(key, stamped, strlen(stamped), hex);
        heads = lib.slist_append(heads, mu_format(p->arena, "Muster-Signature: t=%lld,v1=%s", (long long)(l->now / 1000), hex));
    }
    lib.easy_setopt(p->curl, CURLOPT_URL, l->address);
    lib.easy_setopt(p->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    lib.easy_setopt(p->curl, CURLOPT_FOLLOWLOCATION, 0L);
    lib.easy_setopt(p->curl, CURLOPT_POSTFIELDS, l->body);
    lib.easy_setopt(p->curl, CURLOPT_HTTPHEADER, heads);
    lib.easy_setopt(p->curl, CURLOPT_PREREQFUNCTION, about_to_ask);
    lib.easy_setopt(p->curl, CURLOPT_PREREQDATA, p);
    return heads;
}

static void set_common(post *p)
{
    lib.easy_setopt(p->curl, CURLOPT_NOSIGNAL, 1L);
    lib.easy_setopt(p->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    lib.easy_setopt(p->curl, CURLOPT_TIMEOUT_MS, (long)p->letter->programme->patience);
    lib.easy_setopt(p->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)(p->letter->programme->patience / 1000 + 1)); /* a last QUIT waits for it as well */
    lib.easy_setopt(p->curl, CURLOPT_ERRORBUFFER, p->error);
    lib.easy_setopt(p->curl, CURLOPT_HEADERFUNCTION, hear);
    lib.easy_setopt(p->curl, CURLOPT_HEADERDATA, p);
    lib.easy_setopt(p->curl, CURLOPT_WRITEFUNCTION, forget);
    lib.easy_setopt(p->curl, CURLOPT_USERAGENT, "muster");
}

/* What a mail server calls a mailbox that is not there (RFC 5321, 4.2.3; RFC 3463, 3.2 and 3.3); a policy that refuses says nothing about it. */
static bool no_such_mailbox(const post *p, long answer)
{
    const char *detail = strlen(p->words) > 4 ? p->words + 4 : "";
    bool says_more = detail[0] == '5' && detail[1] == '.';
    return says_more ? strncmp(detail, "5.1.", 4) == 0 || strncmp(detail, "5.2.1", 5) == 0 : answer == 550 || answer == 551 || answer == 553;
}

/* An answer that says no is as good as none taken; of a gateway's no, nobody knows what stands behind it. */
static mu_posted outcome(const post *p, CURLcode code)
{
    long answer = 0;
    lib.easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &answer);
    if (p->letter->way == MU_MAIL)
        return code == CURLE_OK ? MU_POSTED : strncmp(p->error, "RCPT failed", 11) == 0 && no_such_mailbox(p, answer) ? MU_NOT_THEIRS
               : !p->given || (answer >= 400 && answer < 600) ? MU_NOT_POSTED : MU_MAYBE_POSTED;
    if (code == CURLE_OK && answer >= 200 && answer < 300)
        return MU_POSTED;
    if (code == CURLE_OK && (answer == 404 || answer == 410))
        return MU_NOT_THEIRS;
    bool gateway = answer == 502 || answer == 504;
    return !p->given || (code == CURLE_OK && !gateway) ? MU_NOT_POSTED : MU_MAYBE_POSTED;
}

mu_posted mu_post(const mu_letter *letter, mu_arena *arena, const char **words)
{
    bool mail = letter->way == MU_MAIL;
    const char *why = NULL, *key = secret(mail ? letter->programme->password_in : letter->way == MU_WEBHOOK ? letter->programme->webhook_key_in : NULL, &why, arena);
    post p = {.letter = letter, .arena = arena, .curl = !why && load() ? lib.easy_init() : NULL};
    if (!p.curl) {
        *words = why ? why : "libcurl (libcurl.so.4) is not here: nothing can be sent";
        return MU_NOT_POSTED;
    }
    set_common(&p);
    struct curl_slist *list = mail ? set_mail(&p, key) : set_web(&p, key);
    CURLcode code = lib.easy_perform(p.curl);
    mu_posted posted = outcome(&p, code);
    *words = p.stopped ? "the ledger could not be written, so it was not sent" : code == CURLE_OK || posted == MU_NOT_THEIRS ? mu_copy(arena, p.words, strlen(p.words))
             : mu_format(arena, "%s%s%s", *p.error ? p.error : lib.easy_strerror(code), *p.words ? "; last heard: " : "", p.words);
    lib.slist_free_all(list);
    lib.easy_cleanup(p.curl);
    return posted;
}
