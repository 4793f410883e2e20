/* A gap keeps the first name that it had through all drills of its plan. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "plan/same.h"
#include "store/past.h"

static mu_said *said_by(const mu_past_drill *d)
{
    mu_said *list = mu_grow(NULL, ((size_t)d->gap_count + 1) * sizeof *list);
    for (int i = 0; i < d->gap_count; i++)
        list[i] = mu_past_said(&d->gaps[i]);
    return list;
}

/* The names that one drill before has for what this one shows; those of the same id go before those of the same words, in however old a drill. */
static void names_from(const mu_past_drill *before, mu_said *const said[2], mu_past_drill *d, bool *by_id)
{
    size_t *which = mu_grow(NULL, ((size_t)d->gap_count + 1) * sizeof *which);
    mu_same_gaps(said[1], (size_t)d->gap_count, said[0], (size_t)before->gap_count, which);
    for (int i = 0; i < d->gap_count; i++) {
        const mu_past_gap *same = which[i] == SIZE_MAX ? NULL : &before->gaps[which[i]];
        bool id = same && strcmp(same->id, d->gaps[i].id) == 0;
        if (same && !by_id[i] && (id || !*d->gaps[i].name))
            d->gaps[i].name = same->name;
        by_id[i] = by_id[i] || id;
    }
    free(which);
}

/* From the last drill back to the first. */
static void name_all(mu_past *past, mu_said **said, int n)
{
    mu_past_drill *d = &past->drills[n];
    bool *by_id = mu_grow(NULL, ((size_t)d->gap_count + 1) * sizeof *by_id);
    for (int i = 0; i < d->gap_count; i++) {
        by_id[i] = false;
        d->gaps[i].name = "";
    }
    for (int k = n - 1; k >= 0; k--)
        if (strcmp(past->drills[k].plan, d->plan) == 0)
            names_from(&past->drills[k], (mu_said *const[]){said[k], said[n]}, d, by_id);
    for (int i = 0; i < d->gap_count; i++)
        d->gaps[i].name = *d->gaps[i].name ? d->gaps[i].name : d->gaps[i].id;
    free(by_id);
}

void mu_past_names(mu_past *past)
{
    mu_said **said = mu_grow(NULL, ((size_t)past->count + 1) * sizeof *said);
    for (int i = 0; i < past->count; i++) {
        said[i] = said_by(&past->drills[i]);
        name_all(past, said, i);
    }
    for (int i = 0; i < past->count; i++)
        free(said[i]);
    free(said);
}
