#include "report/disguise.h"

#include <string.h>

#include "report/letters.h"

bool mu_inner(char c)
{
    unsigned char u = (unsigned char)c;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || u >= 0x80;
}

static bool figure(char c)
{
    return c >= '0' && c <= '9';
}

/* The first of `list` that stands at `p`: its length, or 0. */
static size_t one_of(const char *const *list, const char *p, const char *end)
{
    for (; *list; list++)
        if ((size_t)(end - p) >= strlen(*list) && memcmp(p, *list, strlen(*list)) == 0)
            return strlen(*list);
    return 0;
}

/* ---- names ---- */

enum { SHORTEST = 6 }; /* letters of two words in small letters with nothing between: fewer may be any word */

/* The figures behind it belong to it ("juntan88"); NULL where the word goes on. */
static const char *shut(const char *q, const char *end)
{
    while (q < end && figure(*q))
        q++;
    return q == end || *q == '_' || !mu_inner(*q) ? q : NULL;
}

static size_t joint(const char *q, const char *end)
{
    static const char *const joints[] = {"_", "\\_", ".", "\\.", "-", "\\-", NULL};
    return one_of(joints, q, end);
}

static size_t initial(const char *word, const char *p, const char *end)
{
    int len = 0, there = 0;
    return p < end && mu_letter(word, word + strlen(word), &len) == mu_letter(p, end, &there) ? (size_t)there : 0;
}

/* Where one word of the name ends at `q`: the end of the name with another word behind it, or NULL. */
static const char *with_another(const mu_name *name, int but, const char *p, const char *q, const char *end, bool whole, bool handle)
{
    const char *from = q + joint(q, end), *best = NULL;
    for (int j = 0; j < name->count; j++) {
        const char *word = name->words[j];
        size_t n = j == but ? 0 : mu_letters(word, strlen(word), from, end), least = whole ? 2 : 3;
        bool told = from > q || handle || !mu_letter_small(from, end) || (whole && (size_t)(from - p) + n >= SHORTEST);
        const char *stop = n >= least && told ? shut(from + n, end) : NULL;
        if (!stop && handle && whole && j != but) /* "@junt" */
            stop = (n = initial(word, from, end)) ? shut(from + n, end) : NULL;
        best = stop && (!best || stop > best) ? stop : best;
    }
    return best;
}

size_t mu_run_together(const mu_name *name, const char *begin, const char *p, const char *end)
{
    bool handle = p > begin && p[-1] == '@';
    const char *best = p;
    if (p > begin && mu_inner(p[-1]) && p[-1] != '_')
        return 0;
    for (int i = 0; i < name->count; i++) {
        const char *word = name->words[i], *stop = NULL;
        size_t first = initial(word, p, end), n = first ? mu_letters(word, strlen(word), p, end) : 0;
        if (n >= 2) {
            const char *alone = handle && n > 2 ? shut(p + n, end) : NULL;
            stop = with_another(name, i, p, p + n, end, true, handle);
            stop = stop ? stop : alone;
        }
        bool big = first && !mu_letter_small(p, end); /* "JTan": both in capitals */
        if (!stop && first && (handle || big || joint(p + first, end)))
            stop = with_another(name, i, p, p + first, end, false, handle);
        best = stop && stop > best ? stop : best;
    }
    return (size_t)(best - p);
}

/* ---- addresses ---- */

typedef enum sign { NONE, WORD, BIG, LOOSE, DIRECT, BRACKETED } sign; /* " at ", " AT ", " @ ", "@", "(at)" */

static const char *const at_signs[] = {"@", "\\@", "&#64;", "%40", "\xef\xbc\xa0", NULL}, *const points[] = {".", "\\.", NULL};

static bool of_mail(const char *p, const char *end)
{
    if (p == end || !*p || one_of(at_signs, p, end))
        return false;
    return mu_inner(*p) || strchr(".%+-", *p) || (*p == '\\' && p + 1 < end && p[1] == '_');
}

static const char *past_blanks(const char *p, const char *end)
{
    while (p < end && *p == ' ')
        p++;
    return p;
}

static size_t bracket(const char *p, const char *end)
{
    static const char *const brackets[] = {"(", ")", "[", "]", "{", "}", "<", ">", "\\(", "\\)", "\\[", "\\]", "\\{", "\\}", "&lt;", "&gt;", "&#60;", "&#62;", NULL};
    return one_of(brackets, p, end);
}

/* One of `signs`, or `word` for it, with brackets or blanks on both sides, stands at `*at`, which is moved behind it. */
static sign spelt(const char *const *signs, const char *word, const char **at, const char *end)
{
    const char *before = past_blanks(*at, end);
    size_t open = bracket(before, end);
    const char *p = past_blanks(before + open, end);
    size_t as_sign = one_of(signs, p, end), n = as_sign ? as_sign : mu_letters(word, strlen(word), p, end);
    const char *behind = past_blanks(p + n, end);
    size_t shuts = bracket(behind, end);
    bool loose = before > *at || behind > p + n, both = before > *at && behind > p + n;
    if (n == 0 || !open != !shuts || (!open && !(as_sign ? loose : both)))
        return NONE;
    *at = open ? past_blanks(behind + shuts, end) : behind;
    return open ? BRACKETED : as_sign ? LOOSE : mu_letter_small(p, end) ? WORD : BIG;
}

static sign at_sign(const char **at, const char *end)
{
    size_t n = one_of(at_signs, *at, end);
    if (n == 0 || (*at + n < end && (*at)[n] == ' '))
        return spelt(at_signs, "at", at, end);
    *at += n;
    return DIRECT;
}

static bool of_host(const char *p, const char *end)
{
    return p < end && *p != '_' && mu_inner(*p);
}

/* The end of a host that begins at `p`; whether it has a letter, a point, a point that is spelt. */
static const char *host(const char *p, const char *end, bool *letter, bool *point, bool *word)
{
    for (const char *next = p;; p = next) {
        for (; of_host(p, end) || (p < end && *p == '-' && of_host(p + 1, end)); p++)
            *letter = *letter || !figure(*p);
        next = p;
        size_t plain = one_of(points, p, end);
        bool dotted = plain && of_host(p + plain, end);
        sign how = dotted ? DIRECT : spelt(points, "dot", &next, end);
        next += dotted ? plain : 0;
        if (how == NONE || how == LOOSE || !of_host(next, end))
            return p;
        *point = true;
        *word = *word || how != DIRECT;
    }
}

size_t mu_mail(const char *begin, const char *p, const char *end)
{
    const char *q = p;
    bool letter = false, point = false, word = false;
    if (p > begin && of_mail(p - 1, end))
        return 0;
    while (of_mail(q, end))
        q++;
    if (q == p)
        return 0;
    sign how = at_sign(&q, end);
    if (how == NONE || !of_host(q, end))
        return 0;
    q = host(q, end, &letter, &point, &word);
    bool enough = how == BRACKETED || how == DIRECT || (how == WORD ? word : point);
    return letter && enough ? (size_t)(q - p) : 0;
}
