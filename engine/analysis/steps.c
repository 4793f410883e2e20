/* The order of a playbook's steps. Each step is come to once, however they stand: a playbook may be long, and in no order. */
#include <string.h>

#include "analysis/shared.h"

/* Steps, and behind each those that wait for it (`after`), as lists through one array. */
typedef struct followers {
    mu_set steps;
    size_t *head, *next, *who; /* edges from 1; 0 ends a list */
} followers;

static followers followers_of(const mu_judge *j, const mu_node *book)
{
    followers f = {.steps = MU_SET(j)};
    size_t edges = 1;
    MU_EACH (step, mu_get(book, "steps")) {
        mu_put(&f.steps, step);
        MU_EACH (after, mu_get(step, "after"))
            edges += after->ref != NULL;
    }
    f.head = mu_alloc(f.steps.arena, (f.steps.count + 1) * sizeof *f.head);
    f.next = mu_alloc(f.steps.arena, edges * sizeof *f.next);
    f.who = mu_alloc(f.steps.arena, edges * sizeof *f.who);
    edges = 1;
    for (size_t i = 0; i < f.steps.count; i++)
        MU_EACH (after, mu_get(f.steps.list[i], "after")) {
            size_t before = mu_place_in(&f.steps, after->ref);
            if (before == f.steps.count)
                continue;
            f.who[edges] = i;
            f.next[edges] = f.head[before];
            f.head[before] = edges++;
        }
    return f;
}

/* What is in a set draws in whatever has waited for all that it waits for; `waits` counts that down. */
static void draw_in(const followers *f, size_t *waits, mu_set *in)
{
    for (size_t i = 0; i < f->steps.count; i++)
        if (waits[i] == 0)
            mu_put(in, f->steps.list[i]);
    for (size_t i = 0; i < in->count; i++)
        for (size_t e = f->head[mu_place_in(&f->steps, in->list[i])]; e; e = f->next[e])
            if (waits[f->who[e]] && --waits[f->who[e]] == 0)
                mu_put(in, f->steps.list[f->who[e]]);
}

mu_set mu_doable_in(const mu_judge *j, const mu_node *book)
{
    followers f = followers_of(j, book);
    size_t *waits = mu_alloc(f.steps.arena, (f.steps.count + 1) * sizeof *waits);
    mu_set done = MU_SET(j);
    for (size_t b = 0; b < f.steps.count; b++)
        for (size_t e = f.head[b]; e; e = f.next[e])
            waits[f.who[e]]++;
    draw_in(&f, waits, &done);
    return done;
}

mu_set mu_behind_rings(const mu_judge *j, const mu_node *book, const mu_set *done)
{
    const mu_node *steps = mu_get(book, "steps");
    if (!steps || (size_t)steps->count == done->count)
        return (mu_set)MU_SET(j);
    followers f = followers_of(j, book);
    size_t *wanted = mu_alloc(f.steps.arena, (f.steps.count + 1) * sizeof *wanted);
    mu_set behind = MU_SET(j);
    for (size_t b = 0; b < f.steps.count; b++)
        for (size_t e = f.head[b]; e; e = f.next[e])
            wanted[b] += !mu_has(done, f.steps.list[f.who[e]]);
    for (size_t i = 0; i < f.steps.count; i++)
        if (wanted[i] == 0 && !mu_has(done, f.steps.list[i]))
            mu_put(&behind, f.steps.list[i]);
    for (size_t i = 0; i < behind.count; i++)
        MU_EACH (after, mu_get(behind.list[i], "after")) {
            size_t before = mu_place_in(&f.steps, after->ref);
            if (before < f.steps.count && wanted[before] && --wanted[before] == 0 && !mu_has(done, after->ref))
                mu_put(&behind, after->ref);
        }
    return behind;
}

/* A step that waits for one of these actions itself. */
static bool waits_for(const mu_node *step, const mu_set *actions)
{
    MU_EACH (wanted, mu_get(step, "gate"))
        if (mu_has(actions, wanted->ref))
            return true;
    MU_EACH (after, mu_get(step, "after"))
        if (after->ref && mu_get(after->ref, "action") && mu_has(actions, mu_get(after->ref, "action")->ref))
            return true;
    return false;
}

mu_set mu_behind(const mu_judge *j, const mu_node *book, const mu_set *actions)
{
    mu_set behind = MU_SET(j);
    MU_EACH (step, actions->count ? mu_get(book, "steps") : NULL)
        if (waits_for(step, actions))
            mu_put(&behind, step);
    if (behind.count == 0)
        return behind;
    followers f = followers_of(j, book);
    for (size_t i = 0; i < behind.count; i++)
        for (size_t e = f.head[mu_place_in(&f.steps, behind.list[i])]; e; e = f.next[e])
            mu_put(&behind, f.steps.list[f.who[e]]);
    return behind;
}
