#include "report/redact.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "report/parts.h"
#include "report/write.h"

typedef struct pattern {
    const char *text, *instead; /* text as the format writes it */
    size_t len;
} pattern;

typedef struct redactor {
    const mu_report *r;
    const char *format, *secret;
    size_t secret_len;
    pattern *list;
    int count, room;
} redactor;

/* ---- what is looked for ---- */

/* Six letters and figures, none of which is taken for another, and in which no word can stand. */
static const char *pseudonym(const redactor *d, const char *id)
{
    static const char letters[] = "bcdfghjkmnpqrtvwxz234679";
    const mu_report *r = d->r;
    unsigned char hash[16];
    char name[7] = "";
    mu_keyed_hash(d->secret, d->secret_len, id, strlen(id), hash);
    for (int i = 0; i < 6; i++)
        name[i] = letters[((unsigned)hash[2 * i] << 8 | hash[2 * i + 1]) % (sizeof letters - 1)];
    return SAY("person-%s", name);
}

/* A text as the format writes it. */
static const char *escaped(const redactor *d, const char *text)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    bool page = strcmp(d->format, "html") == 0, marks = strcmp(d->format, "md") == 0, table = strcmp(d->format, "csv") == 0 || strcmp(d->format, "text") == 0 || strcmp(d->format, "github") == 0;
    if (page)
        mu_html_text(&out, text);
    else if (marks)
        mu_markdown_text(&out, text);
    else if (table)
        mu_buf_puts(&out, text);
    else
        mu_json_text(&out, text);
    bool quoted = !page && !marks && !table;
    const char *copy = mu_copy(d->r->arena, out.text + quoted, out.len - 2 * (size_t)quoted);
    mu_buf_free(&out);
    return copy;
}

static void look_for(redactor *d, const char *text, const char *instead)
{
    const char *as_written = escaped(d, text);
    for (int i = 0; i < d->count; i++)
        if (strcmp(d->list[i].text, as_written) == 0) { /* two people share it: it is nobody's name */
            d->list[i].instead = strcmp(d->list[i].instead, instead) == 0 ? instead : "somebody";
            return;
        }
    if (d->count == d->room) {
        d->room = 2 * d->room + 64;
        d->list = mu_grow(d->list, (size_t)d->room * sizeof *d->list);
    }
    d->list[d->count++] = (pattern){as_written, instead, strlen(as_written)};
}

/* In capitals, or in small letters; those of ASCII and of Latin-1 in UTF-8. */
static const char *in_case(const redactor *d, const char *text, bool capitals)
{
    char *copy = mu_copy(d->r->arena, text, strlen(text));
    for (char *p = copy; *p; p++) {
        unsigned char c = (unsigned char)*p, before = p > copy ? (unsigned char)p[-1] : 0;
        bool latin = before == 0xC3 && (c & 0x1F) != 0x17 && (c & 0x1F) != 0x1F; /* but not the signs of times and division */
        if (capitals && ((c >= 'a' && c <= 'z') || (latin && c >= 0xA0)))
            *p = (char)(c - 0x20);
        else if (!capitals && ((c >= 'A' && c <= 'Z') || (latin && c < 0xA0)))
            *p = (char)(c + 0x20);
    }
    return copy;
}

/* Parts of a name that the organisation or the plan is called by are nobody's. */
static void look_for_name(redactor *d, const char *name, const char *instead)
{
    const mu_report *r = d->r;
    look_for(d, name, instead);
    if (strchr(name, ' ')) /* one word in small letters may be any word */
        look_for(d, in_case(d, name, false), instead);
    look_for(d, in_case(d, name, true), instead);
    for (const char *p = name; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ,");
        const char *one = mu_copy(r->arena, p, n);
        if (n >= 3 && !(*p >= 'a' && *p <= 'z') && !strstr(r->organisation, one) && !strstr(r->plan_title, one))
            look_for(d, one, instead);
        if (n >= 3 && !(*p >= 'a' && *p <= 'z') && !strstr(in_case(d, r->organisation, true), in_case(d, one, true)) && !strstr(in_case(d, r->plan_title, true), in_case(d, one, true)))
            look_for(d, in_case(d, one, true), instead);
        p += n;
        if (*p == ',')
            return;
    }
}

static void look_for_people(redactor *d)
{
    const mu_report *r = d->r;
    const mu_node *people = mu_get(mu_tree_root(r->plan), "people");
    for (const mu_node *p = people ? people->first : NULL; p; p = p->next) {
        const char *name = mu_get_text(p, "name"), *instead = pseudonym(d, p->key ? p->key : "");
        if (p->key && strlen(p->key) >= 3)
            look_for(d, SAY("%c%s", *p->key >= 'a' && *p->key <= 'z' ? *p->key - 0x20 : *p->key, p->key + 1), instead);
        if (p->key)
            look_for(d, p->key, instead);
        if (name)
            look_for_name(d, name, instead);
    }
}

/* Whoever signed: a name of the plan is one of its people already. */
static void look_for_signers(redactor *d)
{
    const mu_report *r = d->r;
    EACH_EVENT (e, r) {
        bool staff = e->kind == EV_STAFF_PINNED, said = e->kind == EV_OBSERVATION || e->kind == EV_GAP_NOTED || e->kind == EV_RATING || (e->kind >= EV_WASH_SAID && e->kind <= EV_WAIVED);
        const char *who = mu_field(r, e, staff ? "who" : "by"), *name = mu_copy(r->arena, who, strcspn(who, ","));
        if ((staff || said) && !mu_begins(who, "person:") && *who && strcmp(who, "facilitator") != 0)
            look_for_name(d, name, pseudonym(d, name));
    }
}

static void look_for_addresses(redactor *d, const mu_node *node)
{
    bool address = node->key && strcmp(node->key, "address") == 0;
    if (node->kind == MU_SCALAR && address && node->len >= 4)
        look_for(d, node->text, "[address]");
    for (const mu_node *c = node->kind == MU_SCALAR ? NULL : node->first; c; c = c->next)
        look_for_addresses(d, c);
}

/* The longer first, so that a whole name goes before its parts. */
static int by_length(const void *a, const void *b)
{
    const pattern *x = a, *y = b;
    return x->len != y->len ? (x->len < y->len ? 1 : -1) : strcmp(x->text, y->text);
}

/* ---- replacing ---- */

static bool inner(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

/* What stands at `p`, where a word begins there; NULL for nothing. */
static const pattern *found(const redactor *d, const char *begin, const char *p, const char *end)
{
    bool word = p == begin || !inner((unsigned char)p[-1]);
    for (int i = 0; i < d->count; i++) {
        const pattern *x = &d->list[i];
        if (*x->text != *p || (size_t)(end - p) < x->len || memcmp(x->text, p, x->len) != 0)
            continue;
        bool open = inner((unsigned char)*x->text), shut = inner((unsigned char)x->text[x->len - 1]);
        if (p[-(p > begin)] == '"' && (size_t)(end - p) > x->len + 1 && p[x->len] == '"' && p[x->len + 1] == ':')
            continue; /* a key of JSON */
        if ((word || !open) && (p + x->len == end || !shut || !inner((unsigned char)p[x->len])))
            return x;
    }
    return NULL;
}

static bool of_mail(const char *p)
{
    unsigned char c = (unsigned char)*p;
    return inner(c) || (c && strchr(".%+-", c)) || (c == '\\' && p[1] == '_');
}

/* A mail address that begins at `p`: its length, or 0. Letters of any language count; Markdown writes \_ for a hyphen below the line. */
static size_t mail(const char *begin, const char *p, const char *end)
{
    const char *q = p, *dot = NULL;
    if (p > begin && of_mail(p - 1))
        return 0;
    while (q < end && *q && of_mail(q))
        q++;
    if (q == p || q == end || *q != '@')
        return 0;
    const char *host = ++q;
    for (; q < end && *q && (inner((unsigned char)*q) || *q == '.' || *q == '-'); q++)
        dot = *q == '.' && q > host && q + 1 < end && inner((unsigned char)q[1]) ? q : dot;
    return dot ? (size_t)(q - p) - (q[-1] == '.') : 0;
}

/* The length of what may stand between the figures of a number: blanks, also the one that does not break, brackets, hyphens. */
static size_t between(const char *q, const char *end)
{
    static const char *const wide[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x91", "\xe2\x80\x93"};
    if (*q && strchr(" ()-./", *q))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if ((size_t)(end - q) >= strlen(wide[i]) && memcmp(q, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

static bool figure(char c)
{
    return c >= '0' && c <= '9';
}

/* "+353 1 555 0201", "01 555 0201", "(01) 555 0201": its length, or 0. A date begins with no 0, a time and a share have a sign between. */
static size_t telephone(const char *begin, const char *p, const char *end)
{
    const char *q = p + (*p == '+' || *p == '('), *last = p;
    int digits = 0;
    bool inside = p > begin && (inner((unsigned char)p[-1]) || (p[-1] && strchr(".,:-/+#", p[-1])));
    if (q == end || !figure(*q) || (*p != '+' && (*q != '0' || inside)))
        return 0;
    for (size_t n = 0; q < end && (figure(*q) || (n = between(q, end))); q += figure(*q) ? 1 : n)
        if (figure(*q)) {
            digits++;
            last = q;
        }
    return digits >= (*p == '+' ? 7 : 9) && (last + 1 == end || !inner((unsigned char)last[1])) ? (size_t)(last - p) + 1 : 0;
}

/* Markup is no text: a tag of the page, or its style sheet. */
static size_t markup(const redactor *d, const char *p, const char *end)
{
    if (strcmp(d->format, "html") != 0 || *p != '<')
        return 0;
    const char *to = (size_t)(end - p) > 7 && memcmp(p, "<style>", 7) == 0 ? strstr(p, "</style>") : memchr(p, '>', (size_t)(end - p));
    return to ? (size_t)(to - p) + 1 : 0;
}

static void rewrite(const redactor *d, mu_buf *out, const char *begin, const char *end)
{
    bool first[256] = {false};
    for (int i = 0; i < d->count; i++)
        first[(unsigned char)*d->list[i].text] = true;
    for (const char *p = begin; p < end;) {
        size_t n = markup(d, p, end), gone = n ? 0 : telephone(begin, p, end);
        gone = gone || n ? gone : mail(begin, p, end); /* before the names: a part of it may be one */
        const pattern *x = !n && !gone && first[(unsigned char)*p] ? found(d, begin, p, end) : NULL;
        gone = x ? x->len : gone;
        if (gone)
            mu_buf_puts(out, x ? x->instead : "[address]");
        else
            mu_buf_add(out, p, n ? n : 1);
        p += gone ? gone : n ? n : 1;
    }
}

void mu_redact(mu_buf *document, const char *format, const mu_report *r, const char *secret, size_t len)
{
    redactor d = {.r = r, .format = format, .secret = secret, .secret_len = len};
    mu_buf out = {0};
    look_for_people(&d);
    look_for_signers(&d);
    look_for_addresses(&d, mu_tree_root(r->plan));
    if (d.count > 0)
        qsort(d.list, (size_t)d.count, sizeof *d.list, by_length);
    mu_buf_puts(&out, "");
    rewrite(&d, &out, document->text, document->text + document->len);
    free(d.list);
    mu_buf_free(document);
    *document = out;
}
