#include "cli/moment.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/calendar.h"
#include "base/zone.h"
#include "plan/schema.h"

bool mu_moment_read(const char *text, int64_t *at)
{
    int64_t days;
    if (mu_time_read(text, at))
        return true;
    if (!mu_date_read(text, &days))
        return false;
    *at = days * 86400000;
    return true;
}

int64_t mu_moment_now(void)
{
    return (int64_t)time(NULL) * 1000;
}

int64_t mu_moment_here(const char *zone, mu_arena *arena)
{
    int64_t utc = mu_moment_now();
    mu_zone *there = zone ? mu_zone_load(arena, zone) : NULL;
    return there ? mu_zone_local(there, utc) : utc;
}

/* The same reading of the clock may come again so much later, when it is set back. */
static bool comes_twice(const mu_zone *zone, int64_t utc, int64_t local)
{
    static const int64_t minute = 60000, back[] = {30, 60, 120};
    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        if (mu_zone_local(zone, utc + back[i] * minute) == local)
            return true;
    return false;
}

/* The same again is not said again: of two plans, of a plan and its drill. */
static void say(const char *line)
{
    static char before[300];
    if (strcmp(before, line) != 0)
        fputs(line, stderr);
    snprintf(before, sizeof before, "%s", line);
}

int64_t mu_moment_meant(const char *zone, int64_t local, const char *what)
{
    mu_arena *arena = mu_arena_new();
    mu_zone *there = zone ? mu_zone_load(arena, zone) : NULL;
    char asked[32], shown[32], line[300];
    int64_t utc = there ? mu_zone_utc(there, local) : local, then = there ? mu_zone_local(there, utc) : local;
    mu_local_write(local, asked);
    mu_local_write(then, shown);
    if (then != local)
        snprintf(line, sizeof line, "muster: %s never comes in %s, where the clocks are set forward over it: %s at %s\n", asked, mu_zone_name(there), what, shown);
    else if (there && comes_twice(there, utc, local))
        snprintf(line, sizeof line, "muster: %s comes twice in %s, where the clocks are set back: %s at the first of the two, in %s\n", asked, mu_zone_name(there), what, mu_zone_at(there, utc).abbreviation);
    else
        *line = '\0';
    if (*line)
        say(line);
    mu_arena_free(arena);
    return then;
}
