/* zone.h - local time of a place, out of the tz database's own files (TZif version 2 and later, RFC 9636), read
 * directly: no libc local time, no TZ, no locale. Times are milliseconds since 1970-01-01 00:00, of UTC or of the
 * place's wall clock; leap seconds do not count. Any int64 may be asked for; beyond the years 1 to 9999 the nearer end
 * answers. */
#ifndef MU_BASE_ZONE_H
#define MU_BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Never changes once read; lives as long as its arena. */
typedef struct mu_zone mu_zone;

/* A stretch of UTC, [from, until), in which a place's clock does not change. */
typedef struct mu_zone_span {
    int64_t from_ms, until_ms; /* drawn to the years 1 to 9999 where there is no change before or after */
    int64_t offset_ms;         /* local time less UTC: positive east of Greenwich */
    bool dst;                  /* as the database has it: for Europe/Dublin winter time is the "saving" one */
    const char *abbreviation;  /* "CEST"; letters, digits, + and - only; owned by the zone */
} mu_zone_span;

/* The zone of that name ("Europe/Dublin") from the system's tz database; NULL where there is none (or `name` is NULL),
 * where the name is none of the database's own ("localtime" and "posixrules" depend on the machine), or where its file
 * is damaged or counts leap seconds ("right/..."). */
mu_zone *mu_zone_load(mu_arena *arena, const char *name);
/* The same for a name that was read before. Where its file cannot be read any more the program ends with 4 and the system's words: in another
 * zone the drill would be another. */
mu_zone *mu_zone_again(mu_arena *arena, const char *name);
/* The same from the bytes of a TZif file, which may be a stranger's; NULL where they are not wholly valid. The bytes
 * are not kept. `name` is copied. */
mu_zone *mu_zone_read(mu_arena *arena, const char *name, const void *bytes, size_t len);
/* The name it was loaded by. */
const char *mu_zone_name(const mu_zone *zone);

/* What the clock is set to at a moment. */
mu_zone_span mu_zone_at(const mu_zone *zone, int64_t utc_ms);
int64_t mu_zone_local(const mu_zone *zone, int64_t utc_ms);
/* The moment at which the wall clock shows `local_ms`. Where it shows that twice (the clock was set back), the first;
 * where it never does (the clock was set forward), the reading is moved forward by what the clock was, so 02:30 in a
 * gap from 02:00 to 03:00 is 03:30. */
int64_t mu_zone_utc(const mu_zone *zone, int64_t local_ms);

/* Zones by name, each loaded once; a name that is no zone is remembered too. */
typedef struct mu_zones mu_zones;
mu_zones *mu_zones_new(mu_arena *arena);
mu_zone *mu_zones_get(mu_zones *zones, const char *name);

#endif
