#include "plan/guess.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "plan/schema.h"

/* ---- durations ---- */

static const char *unit_of(const char *word, size_t len)
{
    static const char *const units[][2] = {
        {"s", "s"}, {"sec", "s"}, {"secs", "s"}, {"second", "s"}, {"seconds", "s"}, {"m", "m"}, {"min", "m"}, {"mins", "m"}, {"minute", "m"},
        {"minutes", "m"}, {"h", "h"}, {"hr", "h"}, {"hrs", "h"}, {"hour", "h"}, {"hours", "h"}, {"d", "d"}, {"day", "d"}, {"days", "d"},
        {"month", " months"}, {"months", " months"}, {"business day", " business days"}, {"working days", " business days"},
        {"business days", " business days"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i][0]) == len && strncmp(units[i][0], word, len) == 0)
            return units[i][1];
    return NULL;
}

const char *mu_guess_duration(mu_arena *arena, const char *text)
{
    char low[64];
    mu_duration d;
    size_t n = 0;
    for (; n < sizeof low - 1 && text[n]; n++)
        low[n] = (char)tolower((unsigned char)text[n]);
    low[n] = '\0';
    const char *p = strncmp(low, "pt", 2) == 0 ? low + 2 : *low == 'p' ? low + 1 : low;
    size_t digits = strspn(p, "0123456789");
    const char *word = p + digits + strspn(p + digits, " -");
    const char *unit = digits && !text[n] ? unit_of(word, strlen(word)) : NULL;
    if (unit && *low == 'p' && low[1] != 't' && strcmp(word, "m") == 0)
        unit = " months";
    const char *guess = unit ? mu_format(arena, "%.*s%s", (int)digits, p, unit) : NULL;
    return guess && mu_duration_read(guess, &d) ? guess : NULL;
}

/* ---- dates ---- */

const char *mu_guess_date(mu_arena *arena, const char *text)
{
    int part[3], count = 0;
    int64_t day;
    for (const char *p = text; count < 3; count++) {
        size_t digits = strspn(p, "0123456789");
        if (digits == 0 || digits > 4 || (count == 0 && digits != 4))
            return NULL;
        part[count] = 0;
        for (size_t i = 0; i < digits; i++)
            part[count] = part[count] * 10 + p[i] - '0';
        p += digits;
        if (count < 2 && !strchr("-/.", *p))
            return NULL;
        if (count == 2 && *p)
            return NULL;
        p += count < 2;
    }
    const char *guess = mu_format(arena, "%04d-%02d-%02d", part[0], part[1], part[2]);
    return mu_date_read(guess, &day) ? guess : NULL;
}

/* ---- zones ---- */

/* The spelling of the tz database: a capital behind each "_" and "-". */
static void spell(char *out, size_t size, const char *text, size_t len)
{
    bool first = true;
    size_t n = 0;
    for (; n < len && n < size - 1; n++) {
        char c = text[n] == ' ' ? '_' : text[n];
        out[n] = (char)(first ? toupper((unsigned char)c) : tolower((unsigned char)c));
        first = c == '_' || c == '-' || c == '/';
    }
    out[n] = '\0';
}

const char *mu_guess_zone(mu_arena *arena, const char *text)
{
    static const char *const areas[] = {"", "Europe/", "America/", "Asia/", "Africa/", "Australia/", "Pacific/", "Atlantic/", "Indian/"};
    char name[64];
    struct stat st;
    size_t len = strlen(text);
    if (len == 0 || len >= sizeof name || strstr(text, "..") || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-/ ") != len)
        return NULL;
    spell(name, sizeof name, text, len);
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        const char *path = mu_format(arena, "/usr/share/zoneinfo/%s%s", areas[i], name);
        if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
            return path + strlen("/usr/share/zoneinfo/");
    }
    return NULL;
}
