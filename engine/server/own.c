/* What came to each person, in its order: their page is made of it, and of nothing that has to be searched among what came to others. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "server/inside.h"

typedef struct person {
    int *list, count, room; /* numbers of items */
} person;

struct mu_own {
    person *people;
    int people_count;
    int *number, known, room; /* of each item: how many came to the same person before it */
};

mu_own *mu_own_new(int people)
{
    mu_own *o = mu_grow(NULL, sizeof *o);
    *o = (mu_own){.people_count = people, .people = mu_grow(NULL, ((size_t)people + 1) * sizeof *o->people)};
    memset(o->people, 0, ((size_t)people + 1) * sizeof *o->people);
    return o;
}

void mu_own_free(mu_own *o)
{
    for (int i = 0; i <= o->people_count; i++)
        free(o->people[i].list);
    free(o->people);
    free(o->number);
    free(o);
}

static void take(const mu_stage *s, mu_own *o, int item)
{
    const mu_node *node = mu_world_node(s->world, s->seen->items[item].person);
    person *p = &o->people[mu_is_person(s->world, node) ? (int)node->value : o->people_count];
    if (p->count == p->room)
        p->list = mu_grow(p->list, (size_t)(p->room = p->room ? p->room * 2 : 8) * sizeof *p->list);
    o->number[item] = p->count;
    p->list[p->count++] = item;
}

/* Items are only ever added. */
static mu_own *all(const mu_stage *s)
{
    mu_own *o = s->own;
    if (o->known < s->seen->count && s->seen->count > o->room)
        o->number = mu_grow(o->number, (size_t)(o->room = s->seen->count * 2) * sizeof *o->number);
    while (o->known < s->seen->count) {
        take(s, o, o->known);
        o->known++;
    }
    return o;
}

int mu_own_number(const mu_stage *s, const mu_item *item)
{
    return all(s)->number[item - s->seen->items];
}

int mu_own_count(const mu_stage *s, int64_t name)
{
    const mu_node *node = mu_world_node(s->world, name);
    return mu_is_person(s->world, node) ? all(s)->people[node->value].count : 0;
}

const int *mu_own_list(const mu_stage *s, int64_t name, int *count)
{
    const mu_node *node = mu_world_node(s->world, name);
    const person *p = mu_is_person(s->world, node) ? &all(s)->people[node->value] : NULL;
    *count = p ? p->count : 0;
    return p ? p->list : NULL;
}

mu_item *mu_own_item(const mu_stage *s, int64_t name, long number)
{
    bool there = number >= 0 && number < mu_own_count(s, name);
    return there ? &s->seen->items[s->own->people[mu_world_node(s->world, name)->value].list[number]] : NULL;
}
