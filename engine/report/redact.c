#include "report/redact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "report/disguise.h"
#include "report/letters.h"
#include "report/parts.h"
#include "report/write.h"

typedef struct pattern {
    const char *text, *instead; /* both as the format writes them */
    const char *raw;            /* the text itself */
    size_t len;
    bool small;                 /* written in small letters it is still meant */
} pattern;

enum { TAIL = 7 }; /* figures of a number that no other has: without the code of its country or town */

typedef struct redactor {
    const mu_report *r;
    const char *format, *secret;
    size_t secret_len;
    pattern *list;
    int count, room;
    char (*tails)[TAIL + 1]; /* of the numbers of the plan */
    int tail_count;
    mu_name *names;              /* of people, as often as they are written in another way */
    int name_count;
} redactor;

#define ADDRESS "[address]"
enum { LEAST = 3 }; /* letters of an id that is also found in capitals */

static bool figure(char c)
{
    return c >= '0' && c <= '9';
}

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

static void add(redactor *d, pattern one)
{
    if (d->count == d->room) {
        d->room = 2 * d->room + 64;
        d->list = mu_grow(d->list, (size_t)d->room * sizeof *d->list);
    }
    one.len = strlen(one.text);
    d->list[d->count++] = one;
}

static void look_for(redactor *d, const char *text, const char *instead, bool small)
{
    const char *as_written = escaped(d, text);
    size_t len = strlen(as_written);
    for (int i = 0; i < d->count; i++) {
        pattern *x = &d->list[i];
        if (mu_letters(as_written, len, x->text, x->text + x->len) != x->len)
            continue;
        bool address = strcmp(instead, ADDRESS) == 0; /* of somebody who is written to by their id */
        if (!address && strcmp(x->instead, instead) != 0)
            x->instead = "somebody"; /* two people share it: it is nobody's name */
        x->small = x->small || small;
        return;
    }
    add(d, (pattern){.text = as_written, .raw = mu_copy(d->r->arena, text, strlen(text)), .instead = instead, .small = small});
}

/* A word of the organisation's or the plan's own name is nobody's. */
static bool is_ours(const redactor *d, const char *word, size_t len)
{
    const char *const own[] = {d->r->organisation, d->r->plan_title};
    for (int i = 0; i < 2; i++)
        for (const char *p = own[i], *end = p + strlen(p); p < end; p++)
            if (mu_letters(word, len, p, end))
                return true;
    return false;
}

/* "Zielinski" is found by its letters; "Mueller" for "Müller" has others. */
static const char *spelt_out(const redactor *d, const char *name)
{
    static const char *const pairs[][2] = {{"\xc3\xa4", "ae"}, {"\xc3\xb6", "oe"}, {"\xc3\xbc", "ue"}, {"\xc3\x84", "Ae"}, {"\xc3\x96", "Oe"}, {"\xc3\x9c", "Ue"},
                                           {"\xc3\x9f", "ss"}, {"\xc3\xb8", "oe"}, {"\xc3\x98", "Oe"}, {"\xc3\xa5", "aa"}, {"\xc3\x85", "Aa"}, {"\xc3\xa6", "ae"}, {"\xc3\x86", "Ae"}};
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    for (const char *p = name; *p;) {
        const char *pair = NULL;
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs && !pair; i++)
            pair = mu_begins(p, pairs[i][0]) ? pairs[i][1] : NULL;
        mu_buf_add(&out, pair ? pair : p, pair ? 2 : 1);
        p += pair ? 2 : 1;
    }
    return mu_buf_into(&out, d->r->arena);
}

static void keep_name(redactor *d, const char *text, const char *instead)
{
    mu_name name = {.instead = instead};
    for (const char *p = text; *p && *p != ',' && name.count < MU_NAME_WORDS; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ,");
        if (n)
            name.words[name.count++] = escaped(d, mu_copy(d->r->arena, p, n));
        p += n;
    }
    d->names = mu_grow(d->names, (size_t)(d->name_count + 1) * sizeof *d->names);
    d->names[d->name_count++] = name;
}

/* A name whole, and the words of it: one word in small letters may be any word. */
static void look_for_words(redactor *d, const char *name, const char *instead)
{
    const mu_report *r = d->r;
    look_for(d, name, instead, strchr(name, ' ') != NULL);
    for (const char *p = name; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ,");
        if (n >= 3 && !(*p >= 'a' && *p <= 'z') && !is_ours(d, p, n))
            look_for(d, mu_copy(r->arena, p, n), instead, false);
        p += n;
        if (*p == ',')
            return;
    }
}

static void look_for_name(redactor *d, const char *name, const char *instead)
{
    const char *other = spelt_out(d, name);
    look_for_words(d, name, instead);
    look_for_words(d, other, instead);
    keep_name(d, name, instead);
    if (strcmp(name, other) != 0)
        keep_name(d, other, instead);
}

static void look_for_people(redactor *d)
{
    const mu_report *r = d->r;
    const mu_node *people = mu_get(mu_tree_root(r->plan), "people");
    for (const mu_node *p = people ? people->first : NULL; p; p = p->next) {
        const char *name = mu_get_text(p, "name"), *instead = pseudonym(d, p->key ? p->key : "");
        if (p->key)
            look_for(d, p->key, instead, true);
        if (name)
            look_for_name(d, name, instead);
    }
}

/* Somebody who signed: a person of the plan by that name, or a name of their own. */
static void look_for_signer(redactor *d, const char *name)
{
    const mu_node *people = mu_get(mu_tree_root(d->r->plan), "people");
    const char *id = name;
    for (const mu_node *p = people ? people->first : NULL; p; p = p->next) {
        const char *own = mu_get_text(p, "name");
        id = own && p->key && mu_letters(name, strlen(name), own, own + strlen(own)) == strlen(own) ? p->key : id;
    }
    if (*name)
        look_for_name(d, name, pseudonym(d, id));
}

/* Whoever came in by a name of their own, and whoever wrote down what another signed: "evaluator Kim Lee". */
static void look_for_seat(redactor *d, const char *seat)
{
    static const char *const functions[] = {"evaluator ", "observer ", "facilitator "};
    const char *inside = strstr(seat, " (written down by ");
    seat = inside ? inside + strlen(" (written down by ") : seat;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const char *name = mu_begins(seat, functions[i]) ? seat + strlen(functions[i]) : "";
        look_for_signer(d, mu_copy(d->r->arena, name, strcspn(name, ",)")));
    }
}

/* Whoever signed what was written down. */
static void look_for_signers(redactor *d)
{
    const mu_report *r = d->r;
    EACH_EVENT (e, r) {
        bool staff = e->kind == EV_STAFF_PINNED, said = e->kind == EV_OBSERVATION || e->kind == EV_GAP_NOTED || e->kind == EV_RATING || (e->kind >= EV_WASH_SAID && e->kind <= EV_WAIVED);
        const char *who = mu_field(r, e, staff ? "who" : "by"), *name = mu_copy(r->arena, who, strcspn(who, ","));
        if ((staff || said) && !mu_begins(who, "person:") && *who && strcmp(who, "facilitator") != 0)
            look_for_signer(d, name);
        if (e->kind == EV_ACT)
            look_for_seat(d, mu_field(r, e, "seat"));
    }
}

/* The last figures of a number, however it is written elsewhere. */
static void keep_tail(redactor *d, const char *number)
{
    char figures[32];
    int n = 0;
    for (const char *p = number; *p && n < 31; p++)
        if (figure(*p))
            figures[n++] = *p;
    if (n < TAIL)
        return;
    d->tails = mu_grow(d->tails, (size_t)(d->tail_count + 1) * sizeof *d->tails);
    snprintf(d->tails[d->tail_count++], TAIL + 1, "%.*s", TAIL, figures + n - TAIL);
}

static void look_for_addresses(redactor *d, const mu_node *node)
{
    bool address = node->key && strcmp(node->key, "address") == 0;
    if (node->kind == MU_SCALAR && address && node->len >= 4) {
        look_for(d, node->text, ADDRESS, true);
        if (node->text[strspn(node->text, "+0123456789 ()-./")] == '\0')
            keep_tail(d, node->text);
    }
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

/* What stands at `p`, where a word begins there, and its length; NULL for nothing. */
static const pattern *found(const redactor *d, const char *begin, const char *p, const char *end, size_t *len)
{
    bool word = p == begin || !mu_inner(p[-1]);
    if (!word && mu_inner(*p))
        return NULL;
    for (int i = 0; i < d->count; i++) {
        const pattern *x = &d->list[i];
        size_t n = mu_letters(x->text, x->len, p, end);
        if (n == 0 || (!x->small && mu_letter_small(p, end)) || (x->len < LEAST && memcmp(x->text, p, x->len) != 0))
            continue;
        bool shut = mu_inner(x->text[x->len - 1]);
        if (p[-(p > begin)] == '"' && (size_t)(end - p) > n + 1 && p[n] == '"' && p[n + 1] == ':')
            continue; /* a key of JSON */
        if (p + n == end || !shut || !mu_inner(p[n])) {
            *len = n;
            return x;
        }
    }
    return NULL;
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

/* "+353 1 555 0201", "01 555 0201", "(01) 555 0201": its length, or 0. A date begins with no 0, a time and a share have a sign between. */
static size_t telephone(const char *begin, const char *p, const char *end)
{
    const char *q = p + (*p == '+' || *p == '('), *last = p;
    int digits = 0;
    bool inside = p > begin && (mu_inner(p[-1]) || (p[-1] && strchr(".,:-/+#", p[-1])));
    if (q == end || !figure(*q) || (*p != '+' && (*q != '0' || inside)))
        return 0;
    for (size_t n = 0; q < end && (figure(*q) || (n = between(q, end))); q += figure(*q) ? 1 : n)
        if (figure(*q)) {
            digits++;
            last = q;
        }
    return digits >= (*p == '+' ? 7 : 9) && (last + 1 == end || !mu_inner(last[1])) ? (size_t)(last - p) + 1 : 0;
}

static bool word_before(const char *begin, const char *p, const char *signs)
{
    return p > begin && (mu_inner(p[-1]) || (p[-1] && strchr(signs, p[-1])));
}

static bool is_tail(const redactor *d, const char *figures)
{
    for (int i = 0; i < d->tail_count; i++)
        if (strcmp(figures, d->tails[i]) == 0)
            return true;
    return false;
}

/* One of the plan's own numbers, by its last figures: "555 0204", "65-5555-0103", "0035315550204". A bare number of JSON is no text. */
static size_t known_number(const redactor *d, const char *begin, const char *p, const char *end, bool text)
{
    enum { MOST = 16 };
    char last[TAIL + 1] = "";
    const char *q = p + (*p == '+' || *p == '(');
    bool told = text || q > p;
    if (d->tail_count == 0 || q == end || !figure(*q) || word_before(begin, p, "."))
        return 0;
    for (size_t n, count = 0; q < end && count < MOST && (n = figure(*q) ? 1 : between(q, end)); q += n) {
        told = told || !figure(*q);
        if (!figure(*q))
            continue;
        memmove(last, last + 1, TAIL - 1);
        last[TAIL - 1] = *q;
        if (++count >= TAIL && told && (q + 1 == end || !mu_inner(q[1])) && is_tail(d, last))
            return (size_t)(q - p) + 1;
    }
    return 0;
}

static const char *past_gap(const char *q, const char *end)
{
    for (size_t i = 0, n; i < 2 && q < end && !figure(*q) && (n = between(q, end)); i++)
        q += n;
    return q;
}

/* Three figures, three, four, with something between: "(415) 555-0133", "1-800-555-0199". */
static size_t american(const char *begin, const char *p, const char *end)
{
    static const int groups[] = {3, 3, 4};
    const char *q = *p == '(' ? p + 1 : p;
    if ((*p != '(' && !figure(*p)) || word_before(begin, p, ".,:-/+#"))
        return 0;
    if (*p == '1' && p + 1 < end && !figure(p[1]))
        q = past_gap(p + 1, end);
    for (int g = 0; g < 3; g++) {
        const char *next = g ? past_gap(q, end) : q;
        if (g && next == q)
            return 0;
        q = next;
        for (int i = 0; i < groups[g]; i++, q++)
            if (q == end || !figure(*q))
                return 0;
    }
    return q == end || !mu_inner(*q) ? (size_t)(q - p) : 0;
}

/* Markup is no text: a tag of the page, or its style sheet. */
static size_t markup(const redactor *d, const char *p, const char *end)
{
    if (strcmp(d->format, "html") != 0 || *p != '<')
        return 0;
    const char *to = (size_t)(end - p) > 7 && memcmp(p, "<style>", 7) == 0 ? strstr(p, "</style>") : memchr(p, '>', (size_t)(end - p));
    return to ? (size_t)(to - p) + 1 : 0;
}

static size_t address(const redactor *d, const char *begin, const char *p, const char *end, bool text)
{
    size_t n = telephone(begin, p, end);
    n = n ? n : american(begin, p, end);
    n = n ? n : known_number(d, begin, p, end, text);
    return n ? n : mu_mail(begin, p, end); /* before the names: a part of it may be one */
}

/* A name that runs together: what is put in its place, and its length; that of two people is nobody's. */
static const char *together(const redactor *d, const char *begin, const char *p, const char *end, size_t *len)
{
    const char *instead = NULL;
    *len = 0;
    for (int i = 0; i < d->name_count; i++) {
        size_t n = mu_run_together(&d->names[i], begin, p, end);
        if (n == 0 || n < *len)
            continue;
        instead = n == *len && strcmp(instead, d->names[i].instead) != 0 ? "somebody" : d->names[i].instead;
        *len = n;
    }
    return instead;
}

static void rewrite(const redactor *d, mu_buf *out, const char *begin, const char *end)
{
    bool quotes = mu_begins(d->format, "json") || strcmp(d->format, "sarif") == 0 || strcmp(d->format, "oscal") == 0, text = !quotes;
    for (const char *p = begin; p < end;) {
        size_t n = markup(d, p, end), gone = n ? 0 : address(d, begin, p, end, text);
        const char *instead = gone ? ADDRESS : n ? NULL : together(d, begin, p, end, &gone);
        const pattern *x = n || gone ? NULL : found(d, begin, p, end, &gone);
        if (quotes && *p == '"' && (p == begin || p[-1] != '\\' || (p - 1 > begin && p[-2] == '\\')))
            text = !text;
        if (gone)
            mu_buf_puts(out, x ? x->instead : instead);
        else
            mu_buf_add(out, p, n ? n : 1);
        p += gone ? gone : n ? n : 1;
    }
}

/* ---- names in small letters ---- */

/* The words from `p` to `end`, which end with a name or begin with one; found again, the name in them is put another way. */
static void look_for_around(redactor *d, mu_buf *around, const char *p, const char *name, size_t len, const char *end, const char *instead)
{
    const mu_report *r = d->r;
    mu_buf out = {0};
    const char *before = escaped(d, mu_copy(r->arena, p, (size_t)(name - p))), *behind = escaped(d, mu_copy(r->arena, name + len, (size_t)(end - name) - len));
    const char *whole = escaped(d, mu_copy(r->arena, p, (size_t)(end - p)));
    rewrite(d, &out, before, before + strlen(before));
    mu_buf_puts(&out, instead);
    rewrite(d, &out, behind, behind + strlen(behind));
    pattern one = {.text = whole, .instead = mu_buf_into(&out, r->arena), .len = strlen(whole), .small = true};
    mu_buf_add(around, (const char *)&one, sizeof one);
}

/* What stands at `p` without a blank holds an @: it goes with the address. */
static bool of_address(const char *text, const char *p, const char *end)
{
    while (p > text && p[-1] != ' ')
        p--;
    const char *blank = memchr(p, ' ', (size_t)(end - p));
    return memchr(p, '@', (size_t)((blank ? blank : end) - p)) != NULL;
}

/* "ask koch": a name in small letters may be any word, but where somebody wrote it, it is that person's more often than not. With the
 * word before it, and with the one behind, it is found again in the document; alone it stands in too many places that are ours. */
static void look_in(redactor *d, mu_buf *around, const char *text)
{
    const char *end = text + strlen(text);
    for (const char *p = text; p < end; p++) {
        if (word_before(text, p, "") || !mu_letter_small(p, end))
            continue;
        for (int i = 0; i < d->count; i++) {
            const pattern *x = &d->list[i];
            size_t n = x->small ? 0 : mu_letters(x->raw, strlen(x->raw), p, end);
            if (n == 0 || (p + n < end && mu_inner(p[n])))
                continue;
            const char *from = p - (p > text), *to = p + n + (p + n < end);
            while (from > text && from[-1] != ' ')
                from--;
            while (to < end && *to != ' ')
                to++;
            if (of_address(text, p, end))
                break;
            if (from < p || to == p + n)
                look_for_around(d, around, from, p, n, p + n, x->instead);
            if (to > p + n)
                look_for_around(d, around, p, p, n, to, x->instead);
            break;
        }
    }
}

static void look_in_plan(redactor *d, mu_buf *around, const mu_node *node)
{
    if (node->kind == MU_SCALAR && strchr(node->text, ' '))
        look_in(d, around, node->text);
    for (const mu_node *c = node->kind == MU_SCALAR ? NULL : node->first; c; c = c->next)
        look_in_plan(d, around, c);
}

static void sort(redactor *d)
{
    if (d->count > 0)
        qsort(d->list, (size_t)d->count, sizeof *d->list, by_length);
}

static void look_for_small(redactor *d)
{
    mu_buf around = {0};
    const mu_symbols *symbols = mu_journal_symbols(d->r->journal);
    for (size_t i = 1; i < mu_symbol_count(symbols); i++)
        look_in(d, &around, mu_symbol_text(symbols, (int64_t)i));
    look_in_plan(d, &around, mu_tree_root(d->r->plan));
    for (size_t i = 0; i < around.len; i += sizeof(pattern)) {
        pattern one;
        memcpy(&one, around.text + i, sizeof one);
        add(d, one);
    }
    mu_buf_free(&around);
}

void mu_redact(mu_buf *document, const char *format, const mu_report *r, const char *secret, size_t len)
{
    redactor d = {.r = r, .format = format, .secret = secret, .secret_len = len};
    mu_buf out = {0};
    look_for_people(&d);
    look_for_signers(&d);
    look_for_addresses(&d, mu_tree_root(r->plan));
    sort(&d);
    look_for_small(&d);
    sort(&d);
    mu_buf_puts(&out, "");
    rewrite(&d, &out, document->text, document->text + document->len);
    free(d.list);
    free(d.tails);
    free(d.names);
    mu_buf_free(document);
    *document = out;
}
