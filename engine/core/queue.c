#include "core/queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

enum { WAYS = 4,  /* children of a node: flatter than two, and measured faster at our sizes */
       NEAR = 4 };/* so far from its end something is still put into the row */

static int in_order(const void *a, const void *b)
{
    return mu_due_before(a, b) ? -1 : mu_due_before(b, a);
}

/* Room for one more at the end of the row: what was taken gives its own first. */
__attribute__((noinline)) static void make_room(mu_queue *q)
{
    int count = q->to - q->from;
    if (q->from <= q->row_room / 2) {
        q->row_room = q->row_room ? q->row_room * 2 : 64;
        q->row = mu_grow(q->row, (size_t)q->row_room * sizeof *q->row);
    }
    memmove(q->row, q->row + q->from, (size_t)count * sizeof *q->row);
    q->from = 0;
    q->to = count;
}

static bool belongs_in_row(const mu_queue *q, int64_t t)
{
    return q->to - q->from <= NEAR || t >= q->row[q->to - NEAR - 1].t;
}

static void put_in_row(mu_queue *q, int64_t t, uint32_t order, int what, int a, int b)
{
    mu_due *at = q->row + q->to++, *least = q->row + q->from;
    for (; at > least && t < at[-1].t; at--)
        *at = at[-1];
    *at = (mu_due){t, order, what, a, b};
}

__attribute__((noinline)) static void put_in_heap(mu_queue *q, int64_t t, uint32_t order, int what, int a, int b)
{
    mu_due due = {t, order, what, a, b};
    if (q->heaped == q->heap_room) {
        q->heap_room = q->heap_room ? q->heap_room * 2 : 64;
        q->heap = mu_grow(q->heap, (size_t)q->heap_room * sizeof *q->heap);
    }
    int i = q->heaped++;
    while (i > 0 && mu_due_before(&due, &q->heap[(i - 1) / WAYS])) {
        q->heap[i] = q->heap[(i - 1) / WAYS];
        i = (i - 1) / WAYS;
    }
    q->heap[i] = due;
}

void mu_queue_put(mu_queue *q, int64_t t, int what, int a, int b)
{
    if (q->to == q->row_room)
        make_room(q);
    bool first = !mu_queue_any(q) || t < q->soonest, row = belongs_in_row(q, t);
    if (first) {
        q->soonest = t;
        q->heap_first = !row;
    }
    if (row)
        put_in_row(q, t, q->order++, what, a, b);
    else
        put_in_heap(q, t, q->order++, what, a, b);
}

static int least_child(const mu_queue *q, int i)
{
    int first = i * WAYS + 1, best = first;
    for (int c = first + 1; c < first + WAYS && c < q->heaped; c++)
        best = mu_due_before(&q->heap[c], &q->heap[best]) ? c : best;
    return best;
}

__attribute__((noinline)) static void drop_top(mu_queue *q)
{
    mu_due last = q->heap[--q->heaped];
    int i = 0;
    while (i * WAYS + 1 < q->heaped) {
        int c = least_child(q, i);
        if (!mu_due_before(&q->heap[c], &last))
            break;
        q->heap[i] = q->heap[c];
        i = c;
    }
    q->heap[i] = last;
}

/* Which is the first now. */
static inline void look(mu_queue *q)
{
    const mu_due *row = q->row + q->from;
    q->heap_first = q->heaped && (q->from == q->to || mu_due_before(q->heap, row));
    if (q->heap_first || q->from < q->to)
        q->soonest = q->heap_first ? q->heap->t : row->t;
}

mu_due mu_queue_take(mu_queue *q)
{
    MU_CHECK(mu_queue_any(q));
    mu_due taken = *mu_queue_first(q);
    if (q->heap_first)
        drop_top(q);
    else
        q->from++;
    look(q);
    return taken;
}

void mu_queue_move(mu_queue *q, bool (*which)(void *self, const mu_due *due), void *self, int64_t by)
{
    while (q->heaped) {
        if (q->to == q->row_room)
            make_room(q);
        q->row[q->to++] = q->heap[--q->heaped];
    }
    for (int i = q->from; i < q->to; i++)
        q->row[i].t += which(self, &q->row[i]) ? by : 0;
    if (q->from < q->to)
        qsort(q->row + q->from, (size_t)(q->to - q->from), sizeof *q->row, in_order);
    look(q);
}

void mu_queue_clear(mu_queue *q)
{
    q->from = q->to = q->heaped = 0;
    q->order = 0;
}

void mu_queue_free(mu_queue *q)
{
    free(q->row);
    free(q->heap);
    *q = (mu_queue){0};
}
