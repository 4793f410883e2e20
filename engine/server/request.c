#include "server/request.h"

#include <string.h>
#include <strings.h>

static const struct { const char *name; mu_header header; } known[] = {
    {"host", H_HOST}, {"origin", H_ORIGIN}, {"content-length", H_LENGTH}, {"content-type", H_TYPE}, {"transfer-encoding", H_CODING},
    {"connection", H_CONNECTION}, {"upgrade", H_UPGRADE}, {"sec-websocket-key", H_KEY}, {"sec-websocket-version", H_VERSION},
    {"cookie", H_COOKIE}, {"sec-fetch-site", H_SITE}, {"sec-websocket-protocol", H_PROTOCOL},
};

/* What was found of a head that may not be whole yet: offsets, so that nothing is changed before it is. */
typedef struct head {
    size_t method_end, target, target_end;
    size_t value[H_HEADERS], value_end[H_HEADERS];
    bool seen[H_HEADERS];
    int count;
} head;

static bool is_token(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_value(unsigned char c)
{
    return c == '\t' || (c >= 0x20 && c != 0x7f);
}

static bool is_target(unsigned char c)
{
    return c > 0x20 && c < 0x7f;
}

static bool method_is(const char *p, size_t n, const char *word)
{
    return n == strlen(word) && memcmp(p, word, n) == 0;
}

/* GET, POST, or -status. A method that is none of ours is looked at only as far as it is a word. */
static int method(const char *p, size_t n)
{
    if (method_is(p, n, "GET") || method_is(p, n, "POST"))
        return 0;
    return method_is(p, n, "PRI") ? -505 : -405;
}

/* The first line without its end: GET /path HTTP/1.1 */
static int first_line(const char *p, size_t n, head *h)
{
    size_t i = 0;
    while (i < n && is_token((unsigned char)p[i]))
        i++;
    h->method_end = i;
    if (i == 0 || i == n || p[i] != ' ')
        return -400;
    h->target = ++i;
    while (i < n && is_target((unsigned char)p[i]))
        i++;
    h->target_end = i;
    if (i - h->target > MU_TARGET_MOST)
        return -414;
    if (i == h->target || i == n || p[i] != ' ' || n - i - 1 < 8 || memcmp(p + i + 1, "HTTP/", 5) != 0)
        return -400;
    if (n - i - 1 != 8 || memcmp(p + i + 1, "HTTP/1.1", 8) != 0)
        return -505;
    if (p[h->target] != '/')
        return -400;
    return method(p, h->method_end);
}

static int header_of(const char *p, size_t n)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == n && strncasecmp(known[i].name, p, n) == 0)
            return (int)known[i].header;
    return -1;
}

/* One header, from `at` to `end` of `bytes`. */
static int header_line(const char *bytes, size_t at, size_t end, head *h)
{
    size_t colon = at;
    while (colon < end && is_token((unsigned char)bytes[colon]))
        colon++;
    if (colon == at || colon == end || bytes[colon] != ':')
        return -400; /* a folded line begins with a blank, which is no name */
    size_t from = colon + 1, to = end;
    for (size_t i = from; i < to; i++)
        if (!is_value((unsigned char)bytes[i]))
            return -400;
    while (from < to && (bytes[from] == ' ' || bytes[from] == '\t'))
        from++;
    while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t'))
        to--;
    if (++h->count > MU_HEADERS_MOST)
        return -431;
    int which = header_of(bytes + at, colon - at);
    if (which < 0)
        return 0;
    if (h->seen[which])
        return -400;
    h->seen[which] = true;
    h->value[which] = from;
    h->value_end[which] = to;
    return 0;
}

/* A length is digits; more of them than a body may have is too much, whatever they say. */
static int length_of(const char *text, size_t *length)
{
    *length = 0;
    if (!*text)
        return -400;
    for (const char *p = text; *p; p++)
        if (*p < '0' || *p > '9')
            return -400;
    for (const char *p = text; *p; p++)
        if ((*length = *length * 10 + (size_t)(*p - '0')) > MU_BODY_MOST)
            return -413;
    return 0;
}

static int judge(mu_request *r)
{
    if (!r->header[H_HOST] || (r->header[H_CODING] && r->header[H_LENGTH]))
        return -400;
    if (r->header[H_CODING])
        return -501;
    int status = r->header[H_LENGTH] ? length_of(r->header[H_LENGTH], &r->length) : 0;
    if (status)
        return status;
    return r->length && !r->post ? -400 : 0;
}

static void cut(char *bytes, const head *h, mu_request *r)
{
    *r = (mu_request){.post = bytes[0] == 'P', .path = bytes + h->target, .query = ""};
    bytes[h->target_end] = '\0';
    char *ask = strchr(bytes + h->target, '?');
    if (ask) {
        *ask = '\0';
        r->query = ask + 1;
    }
    for (int i = 0; i < H_HEADERS; i++)
        if (h->seen[i]) {
            bytes[h->value_end[i]] = '\0';
            r->header[i] = bytes + h->value[i];
        }
}

/* Where a line has not ended yet: what can be known of it already. */
static int unended(const char *bytes, size_t at, size_t len, bool first)
{
    if (len - at > (first ? (size_t)MU_TARGET_MOST + 32 : (size_t)MU_HEADER_MOST))
        return first ? -414 : -431;
    for (size_t i = at; first && i < len && i < at + 8 && bytes[i] != ' '; i++)
        if (!is_token((unsigned char)bytes[i]) && !(bytes[i] == '\r' && i > at))
            return -400;
    return 0;
}

int mu_request_read(char *bytes, size_t len, mu_request *r)
{
    head h = {0};
    size_t at = 0;
    for (bool first = true;; first = false) {
        char *feed = memchr(bytes + at, '\n', len - at);
        if (!feed)
            return unended(bytes, at, len, first) ? unended(bytes, at, len, first) : len >= MU_HEAD_MOST ? -431 : 0;
        size_t end = (size_t)(feed - bytes);
        if (end == at || bytes[end - 1] != '\r')
            return -400;
        if (end + 1 > MU_HEAD_MOST)
            return -431;
        if (!first && end - 1 == at) {
            cut(bytes, &h, r);
            int status = judge(r);
            return status ? status : (int)end + 1;
        }
        if (!first && end - at > MU_HEADER_MOST)
            return -431;
        int status = first ? first_line(bytes, end - 1, &h) : header_line(bytes, at, end - 1, &h);
        if (status)
            return status;
        at = end + 1;
    }
}

const char *mu_request_cookie(const mu_request *r, const char *name, mu_arena *arena)
{
    const char *p = r->header[H_COOKIE] ? r->header[H_COOKIE] : "", *found = NULL;
    size_t n = strlen(name);
    while (*p) {
        size_t len = strcspn(p, ";");
        if (len > n && p[n] == '=' && memcmp(p, name, n) == 0) {
            if (found)
                return NULL;
            found = mu_copy(arena, p + n + 1, len - n - 1);
        }
        p += len;
        p += strspn(p, "; ");
    }
    return found;
}

/* ---- forms ---- */

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "%C3%A9+x" as bytes; NULL where a hundred sign is followed by no two digits. */
static char *decoded(mu_arena *arena, const char *p, size_t n, size_t *len)
{
    char *out = mu_alloc(arena, n + 1);
    *len = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] != '%') {
            out[(*len)++] = p[i] == '+' ? ' ' : p[i];
            continue;
        }
        if (i + 2 >= n || hex(p[i + 1]) < 0 || hex(p[i + 2]) < 0)
            return NULL;
        out[(*len)++] = (char)(hex(p[i + 1]) * 16 + hex(p[i + 2]));
        i += 2;
    }
    return out;
}

/* Takes out what no text may hold. False where it is not UTF-8, or too long. */
static bool clean(char *text, size_t len)
{
    size_t to = 0, characters = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        int n = mu_utf8(text + i, len - i, &cp);
        if (n == 0 || ++characters > MU_FORM_TEXT)
            return false;
        if (!mu_unsafe(cp) && cp != 0) {
            memmove(text + to, text + i, (size_t)n);
            to += (size_t)n;
        }
        i += (size_t)n;
    }
    while (to && strchr(" \n\t", text[to - 1]))
        to--;
    text[to] = '\0';
    return true;
}

static bool field(mu_arena *arena, const char *p, size_t n, mu_form *f)
{
    const char *equals = memchr(p, '=', n);
    size_t name_len, value_len;
    if (!equals || f->count == MU_FORM_FIELDS)
        return false;
    char *name = decoded(arena, p, (size_t)(equals - p), &name_len), *value = decoded(arena, equals + 1, n - (size_t)(equals - p) - 1, &value_len);
    if (!name || !value || !clean(name, name_len) || !clean(value, value_len))
        return false;
    for (int i = 0; i < f->count; i++)
        if (strcmp(f->name[i], name) == 0)
            return false;
    f->name[f->count] = name;
    f->value[f->count++] = value;
    return true;
}

bool mu_form_read(mu_arena *arena, const char *text, size_t len, mu_form *f)
{
    f->count = 0;
    for (size_t at = 0; at < len;) {
        const char *and = memchr(text + at, '&', len - at);
        size_t n = and ? (size_t)(and - text) - at : len - at;
        if (!field(arena, text + at, n, f))
            return false;
        at += n + 1;
    }
    return true;
}

const char *mu_form_value(const mu_form *f, const char *name)
{
    for (int i = 0; i < f->count; i++)
        if (strcmp(f->name[i], name) == 0)
            return *f->value[i] ? f->value[i] : NULL;
    return NULL;
}

const char *mu_status_words(int status)
{
    static const struct { int status; const char *words; } list[] = {
        {200, "OK"}, {303, "See Other"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
        {408, "Request Timeout"}, {409, "Conflict"}, {413, "Content Too Large"}, {414, "URI Too Long"}, {415, "Unsupported Media Type"}, {421, "Misdirected Request"},
        {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"}, {501, "Not Implemented"}, {503, "Service Unavailable"}, {505, "HTTP Version Not Supported"}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (list[i].status == status)
            return list[i].words;
    return "Refused";
}
