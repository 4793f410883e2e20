/* One person, one place at a time. A maximum matching is kept. Whoever no alternating path from somebody free reaches is a
 * single point of failure of what is left (after Dulmage and Mendelsohn). Two of whom neither is one are missed together when
 * no two paths without a person in common lead to them, which is (Menger) when some one person stands on every path to both:
 * when they hang under the same child of the root in the tree of dominators. So the last two elements of a set cost one tree
 * for all of them together. */
#include <stdlib.h>
#include <string.h>

#include "absence/cuts.h"
#include "base/arena.h"

typedef struct crew {
    const mu_staffing *of;
    const int *slot_of;         /* by place: its row */
    int places, order, depth;
    const int *rows_first, *rows; /* by person: the rows that they may fill, each with its places */
    const int *row_first;       /* by row: its first place */
    int *holder, *place;        /* by place: the person, or -1; by person: the place, or -1 */
    bool *gone;
    int *seen, stamp, *queue;
    int *index, *idom;          /* by person: the place in the queue; by place in the queue: the nearest dominator's, or -1 */
    int **labels;               /* by depth, by person: under which child of the root they hang; -1 unreached */
    int *absent;
    mu_crew_each each;
    void *self;
} crew;

static bool augment(crew *c, int place)
{
    const mu_slot *s = &c->of->slots[c->slot_of[place]];
    for (int i = 0; i < s->count; i++) {
        int p = s->people[i];
        if (c->gone[p] || c->seen[p] == c->stamp)
            continue;
        c->seen[p] = c->stamp;
        if (c->place[p] < 0 || augment(c, c->place[p])) {
            c->place[p] = place;
            c->holder[place] = p;
            return true;
        }
    }
    return false;
}

static bool filled_again(crew *c, int place)
{
    c->stamp++;
    return augment(c, place);
}

/* Everybody who could be spared now, by a chain of others who move up; the rest of those who hold a place are single. How
 * many; they stand in the queue. */
static int reach(crew *c)
{
    int n = 0;
    c->stamp++;
    for (int p = 0; p < c->of->person_count; p++)
        if (!c->gone[p] && c->place[p] < 0) {
            c->seen[p] = c->stamp;
            c->queue[n++] = p;
        }
    for (int i = 0; i < n; i++)
        for (int k = c->rows_first[c->queue[i]]; k < c->rows_first[c->queue[i] + 1]; k++)
            for (int place = c->row_first[c->rows[k]]; place < c->row_first[c->rows[k] + 1]; place++) {
                int p = c->holder[place];
                if (c->seen[p] != c->stamp) {
                    c->seen[p] = c->stamp;
                    c->queue[n++] = p;
                }
            }
    return n;
}

/* True where the places are filled once one of the absent is back; what was filled before is put back by the caller. */
static bool mends(crew *c, int back)
{
    bool all = true;
    c->gone[back] = false;
    for (int place = 0; place < c->places && all; place++)
        if (c->holder[place] < 0)
            all = filled_again(c, place);
    c->gone[back] = true;
    return all;
}

typedef struct kept {
    int *holder, *place;
} kept;

static kept keep(const crew *c)
{
    kept k = {mu_grow(NULL, (size_t)(c->places + 1) * sizeof(int)), mu_grow(NULL, (size_t)(c->of->person_count + 1) * sizeof(int))};
    memcpy(k.holder, c->holder, (size_t)c->places * sizeof(int));
    memcpy(k.place, c->place, (size_t)c->of->person_count * sizeof(int));
    return k;
}

static void put_back(crew *c, const kept *k)
{
    memcpy(c->holder, k->holder, (size_t)c->places * sizeof(int));
    memcpy(c->place, k->place, (size_t)c->of->person_count * sizeof(int));
}

static void let_go(kept *k)
{
    free(k->holder);
    free(k->place);
}

static void leave(crew *c, int p)
{
    c->gone[p] = true;
    if (c->place[p] >= 0)
        c->holder[c->place[p]] = -1;
    c->place[p] = -1;
}

/* With `last` gone too it breaks; least where it holds with any other of them back. */
static bool is_least(crew *c, int last)
{
    kept k = keep(c);
    bool least = true;
    leave(c, last);
    for (int i = 0; i < c->depth && least; i++) {
        kept broken = keep(c);
        least = mends(c, c->absent[i]);
        put_back(c, &broken);
        let_go(&broken);
    }
    put_back(c, &k);
    c->gone[last] = false;
    let_go(&k);
    return least;
}

/* ---- dominators ---- */

/* In the tree that grows: where the paths to both come together; -1 is the root. */
static int common(const int *idom, int a, int b)
{
    while (a != b)
        if (a > b)
            a = idom[a];
        else
            b = idom[b];
    return a;
}

/* In the order in which the search came to them; what is met before its dominators are settled is gone over again (Cooper,
 * Harvey and Kennedy 2001). */
static bool settle(crew *c, int reached)
{
    bool moved = false;
    for (int i = 0; i < reached; i++)
        for (int k = c->rows_first[c->queue[i]]; k < c->rows_first[c->queue[i] + 1]; k++)
            for (int place = c->row_first[c->rows[k]]; place < c->row_first[c->rows[k] + 1]; place++) {
                int to = c->index[c->holder[place]];
                if (to == i || c->idom[to] == -1)
                    continue;
                int meet = c->idom[to] == -2 ? i : common(c->idom, i, c->idom[to]);
                moved = moved || meet != c->idom[to];
                c->idom[to] = meet;
            }
    return moved;
}

/* Who hangs under which child of the root, of those whom `reach` has found. */
static void label(crew *c, int reached, int *labels)
{
    for (int p = 0; p < c->of->person_count; p++)
        labels[p] = -1;
    for (int i = 0; i < reached; i++) {
        c->index[c->queue[i]] = i;
        c->idom[i] = c->place[c->queue[i]] < 0 ? -1 : -2;
    }
    while (settle(c, reached))
        ;
    for (int i = 0; i < reached; i++) {
        int child = i;
        while (c->idom[child] >= 0)
            child = c->idom[child];
        labels[c->queue[i]] = child;
    }
}

/* ---- the sets ---- */

static void given(crew *c, int person)
{
    c->absent[c->depth] = person;
    c->each(c->self, c->absent, c->depth + 1);
}

static void gone_too(crew *c, int p)
{
    int place = c->place[p];
    leave(c, p);
    if (place >= 0)
        (void)filled_again(c, place);
    c->absent[c->depth++] = p;
}

static void back(crew *c, int p, const kept *k)
{
    c->depth--;
    c->gone[p] = false;
    put_back(c, k);
}

/* With one of those before them back it must hold: of the last before them the labels say so. */
static void pair(crew *c, int x, int y)
{
    if (c->depth > 0 && c->labels[c->depth - 1][x] == c->labels[c->depth - 1][y])
        return;
    if (c->depth > 1) {
        kept k = keep(c);
        gone_too(c, x);
        bool least = is_least(c, y);
        back(c, x, &k);
        let_go(&k);
        if (!least)
            return;
    }
    c->absent[c->depth++] = x;
    given(c, y);
    c->depth--;
}

/* All sets that hold what is absent and two more, or more than two. */
static void go(crew *c, int from)
{
    int n = c->of->person_count, *labels = c->labels[c->depth];
    label(c, reach(c), labels);
    for (int x = from; x < n; x++)
        for (int y = x + 1; y < n && labels[x] >= 0; y++)
            if (labels[x] == labels[y])
                pair(c, x, y);
    kept k = keep(c);
    for (int p = from; p < n && c->depth + 2 < c->order; p++) {
        if (labels[p] < 0 || c->rows_first[p] == c->rows_first[p + 1])
            continue;
        gone_too(c, p);
        go(c, p + 1);
        back(c, p, &k);
    }
    let_go(&k);
}

static void singles(crew *c)
{
    (void)reach(c);
    for (int p = 0; p < c->of->person_count; p++)
        if (!c->gone[p] && c->place[p] >= 0 && c->seen[p] != c->stamp)
            given(c, p);
}

static void *zeros(size_t count, size_t size)
{
    void *all = mu_grow(NULL, (count + 1) * size);
    memset(all, 0, (count + 1) * size);
    return all;
}

static int *first_places(const mu_staffing *of)
{
    int *first = zeros((size_t)of->slot_count + 1, sizeof *first);
    for (int s = 0; s < of->slot_count; s++)
        first[s + 1] = first[s] + of->slots[s].wanted;
    return first;
}

static int *rows_by_place(const mu_staffing *of, const int *first)
{
    int *rows = zeros((size_t)first[of->slot_count], sizeof *rows);
    for (int s = 0; s < of->slot_count; s++)
        for (int place = first[s]; place < first[s + 1]; place++)
            rows[place] = s;
    return rows;
}

/* By person, the rows that they may fill. */
static int *rows_by_person(const mu_staffing *of, int **first)
{
    int total = 0, *at = zeros((size_t)of->person_count + 2, sizeof *at);
    for (int s = 0; s < of->slot_count; s++)
        for (int i = 0; i < of->slots[s].count; i++, total++)
            at[of->slots[s].people[i] + 2]++;
    for (int p = 2; p < of->person_count + 2; p++)
        at[p] += at[p - 1];
    int *rows = zeros((size_t)total, sizeof *rows);
    for (int s = 0; s < of->slot_count; s++)
        for (int i = 0; i < of->slots[s].count; i++)
            rows[at[of->slots[s].people[i] + 1]++] = s;
    *first = at;
    return rows;
}

static bool fill_all(crew *c)
{
    bool all = true;
    for (int place = 0; place < c->places; place++)
        c->holder[place] = -1;
    for (int p = 0; p < c->of->person_count; p++)
        c->place[p] = -1;
    for (int place = 0; place < c->places && all; place++)
        all = filled_again(c, place);
    return all;
}

void mu_crews(const mu_staffing *of, const bool *gone, int order, mu_crew_each each, void *self)
{
    size_t people = (size_t)of->person_count;
    int *first = first_places(of), *rows_first, *rows = rows_by_person(of, &rows_first), *slot_of = rows_by_place(of, first);
    crew c = {.of = of, .slot_of = slot_of, .places = first[of->slot_count], .order = order < of->person_count ? order : of->person_count,
              .rows_first = rows_first, .rows = rows, .row_first = first, .each = each, .self = self};
    c.holder = zeros((size_t)c.places, sizeof(int));
    c.place = zeros(people, sizeof(int));
    c.seen = zeros(people, sizeof(int));
    c.queue = zeros(people, sizeof(int));
    c.absent = zeros(people, sizeof(int));
    c.gone = zeros(people, 1);
    memcpy(c.gone, gone, people);
    c.index = zeros(people, sizeof(int));
    c.idom = zeros(people, sizeof(int));
    c.labels = zeros((size_t)c.order, sizeof(int *));
    for (int d = 0; d + 1 < c.order; d++)
        c.labels[d] = zeros(people, sizeof(int));
    bool stands = fill_all(&c);
    if (!stands)
        each(self, c.absent, 0);
    if (stands && c.order > 0)
        singles(&c);
    if (stands && c.order > 1)
        go(&c, 0);
    for (int d = 0; c.labels[d]; d++)
        free(c.labels[d]);
    int *all[] = {first, rows_first, rows, slot_of, c.holder, c.place, c.seen, c.queue, c.absent, c.index, c.idom};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    free(c.labels);
    free(c.gone);
}
