/* When the organisation is at work: its hours and its holidays. */
#include <string.h>

#include "base/calendar.h"
#include "core/world.h"
#include "plan/schema.h"

static int office(const mu_world *w, int ranges[64][2])
{
    const mu_node *hours = mu_get(mu_get(w->root, "organisation"), "working_hours"), *h = hours && hours->kind == MU_LIST ? hours->first : hours;
    int n = 0;
    for (; h && n < 64; h = hours->kind == MU_LIST ? h->next : NULL)
        n += mu_hours_read(h->text, ranges + n, 64 - n);
    return n;
}

bool mu_office_hours(const mu_world *w, int64_t t)
{
    int ranges[64][2], n = office(w, ranges);
    return mu_hours_inside(ranges, n, w->holidays, mu_world_local(w, NULL, t));
}

int64_t mu_office_opens(const mu_world *w, int64_t t)
{
    int ranges[64][2], n = office(w, ranges);
    return n ? mu_zone_utc(w->zone, mu_hours_next(ranges, n, w->holidays, mu_world_local(w, NULL, t))) - w->t0 : t;
}
