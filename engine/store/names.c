/* The id of a gap follows the places that a person holds in the plan (docs/decisions/0016): where somebody else takes one over, the id moves, and the same
 * thing is wrong still. What is said of the same subject in the same words is the same gap. */
#include <string.h>

#include "store/past.h"

static const mu_past_gap *with_id(const mu_past_drill *d, const char *id)
{
    for (int i = 0; i < d->gap_count; i++)
        if (strcmp(d->gaps[i].id, id) == 0)
            return &d->gaps[i];
    return NULL;
}

/* The one that says so; NULL where none does, or more than one. */
static const mu_past_gap *in_words(const mu_past_drill *d, const mu_past_gap *gap)
{
    const mu_past_gap *found = NULL;
    for (int i = 0; i < d->gap_count; i++) {
        const mu_past_gap *g = &d->gaps[i];
        if (strcmp(g->gap, gap->gap) != 0 || strcmp(g->subject, gap->subject) != 0 || strcmp(g->text, gap->text) != 0)
            continue;
        if (found)
            return NULL;
        found = g;
    }
    return found;
}

static const char *name_of(const mu_past *past, int n, const mu_past_gap *gap)
{
    const mu_past_drill *d = &past->drills[n];
    const mu_past_gap *same = NULL;
    for (int i = n - 1; i >= 0; i--)
        if (strcmp(past->drills[i].plan, d->plan) == 0 && (same = with_id(&past->drills[i], gap->id)) != NULL)
            return same->name;
    for (int i = n - 1; i >= 0 && in_words(d, gap); i--)
        if (strcmp(past->drills[i].plan, d->plan) == 0 && (same = in_words(&past->drills[i], gap)) != NULL && !with_id(d, same->id))
            return same->name;
    return gap->id;
}

void mu_past_names(mu_past *past)
{
    for (int i = 0; i < past->count; i++)
        for (int k = 0; k < past->drills[i].gap_count; k++)
            past->drills[i].gaps[k].name = name_of(past, i, &past->drills[i].gaps[k]);
}
