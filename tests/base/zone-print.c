/* zone-print: for tests/base/zones.py. Reads lines "ZONE u MS" and "ZONE l MS", a moment of UTC or a local reading, and
 * writes for each what zone.h makes of it: "OFFSET ABBREVIATION LOCAL", or "UTC". */
#include <inttypes.h>
#include <stdio.h>

#include "base/zone.h"

int main(void)
{
    mu_arena *arena = mu_arena_new();
    mu_zones *zones = mu_zones_new(arena);
    char name[80], what;
    int64_t ms;
    while (scanf("%79s %c %" SCNd64, name, &what, &ms) == 3) {
        const mu_zone *zone = mu_zones_get(zones, name);
        if (!zone)
            puts("none");
        else if (what == 'l')
            printf("%" PRId64 "\n", mu_zone_utc(zone, ms));
        else
            printf("%" PRId64 " %s %" PRId64 "\n", mu_zone_at(zone, ms).offset_ms, mu_zone_at(zone, ms).abbreviation,
                   mu_zone_local(zone, ms));
    }
    mu_arena_free(arena);
    return 0;
}
