#include "cli/moment.h"

#include <time.h>

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
