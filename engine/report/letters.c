#include "report/letters.h"

#include "base/text.h"

enum { LATIN = 0xC0, LATIN_END = 0x180, MARKS = 0x300, MARKS_END = 0x370, STRAY = 0x110000 };

/* U+00C0 to U+017F; a dot: not a letter (the signs of times and division). */
static const char plain[] = "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* What is no UTF-8 is a character of its own. */
static uint32_t at(const char *p, const char *end, int *len)
{
    uint32_t cp = 0;
    *len = mu_utf8(p, (size_t)(end - p), &cp);
    if (*len == 0) {
        *len = 1;
        cp = STRAY | (unsigned char)*p;
    }
    return cp;
}

uint32_t mu_letter(const char *p, const char *end, int *len)
{
    uint32_t cp = at(p, end, len);
    if (cp >= 'A' && cp <= 'Z')
        return cp + 0x20;
    if (cp >= LATIN && cp < LATIN_END && plain[cp - LATIN] != '.')
        return (unsigned char)plain[cp - LATIN];
    return cp >= MARKS && cp < MARKS_END ? 0 : cp;
}

/* In Latin Extended-A capitals and small letters stand in turn; where a letter has no other, the turn changes. */
bool mu_letter_small(const char *p, const char *end)
{
    int len;
    uint32_t cp = at(p, end, &len);
    if (cp < 0x80)
        return cp >= 'a' && cp <= 'z';
    if (cp < 0x100)
        return cp >= 0xDF && cp != 0xF7;
    bool turned = (cp >= 0x139 && cp <= 0x148) || cp >= 0x178;
    return cp < LATIN_END && cp % 2 == (turned ? 0 : 1) && cp != 0x178;
}

size_t mu_letters(const char *text, size_t len, const char *p, const char *end)
{
    const char *stop = text + len, *q = p;
    int n, m = 0;
    for (const char *t = text; t < stop;) {
        uint32_t wanted = mu_letter(t, stop, &n), there = q < end ? mu_letter(q, end, &m) : STRAY;
        if (wanted && there && wanted != there)
            return 0;
        q += wanted ? m : 0;
        t += wanted && !there ? 0 : n;
    }
    while (q < end && q > p && mu_letter(q, end, &m) == 0)
        q += m;
    return (size_t)(q - p);
}
