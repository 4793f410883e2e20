#include "core/queue.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"

enum { WAYS = 4 }; /* children of a node: flatter than two, and measured faster at our sizes */

static bool before(const mu_due *a, const mu_due *b)
{
    return a->t != b->t ? a->t < b->t : a->order < b->order;
}

static int in_order(const void *a, const void *b)
{
    return before(a, b) ? -1 : before(b, a);
}

void mu_queue_put(mu_queue *q, int64_t t, int what, int a, int b)
{
    if (q->count == q->room) {
        q->room = q->room ? q->room * 2 : 64;
        q->heap = mu_grow(q->heap, (size_t)q->room * sizeof *q->heap);
    }
    mu_due due = {t, q->order++, what, a, b};
    int i = q->count++;
    while (i > 0 && before(&due, &q->heap[(i - 1) / WAYS])) {
        q->heap[i] = q->heap[(i - 1) / WAYS];
        i = (i - 1) / WAYS;
    }
    q->heap[i] = due;
}

static int least_child(const mu_queue *q, int i)
{
    int first = i * WAYS + 1, best = first;
    for (int c = first + 1; c < first + WAYS && c < q->count; c++)
        if (before(&q->heap[c], &q->heap[best]))
            best = c;
    return best;
}

mu_due mu_queue_take(mu_queue *q)
{
    MU_CHECK(q->count > 0);
    mu_due top = q->heap[0], last = q->heap[--q->count];
    int i = 0;
    while (i * WAYS + 1 < q->count) {
        int c = least_child(q, i);
        if (!before(&q->heap[c], &last))
            break;
        q->heap[i] = q->heap[c];
        i = c;
    }
    if (q->count)
        q->heap[i] = last;
    return top;
}

void mu_queue_move(mu_queue *q, bool (*which)(void *self, const mu_due *due), void *self, int64_t by)
{
    for (int i = 0; i < q->count; i++)
        q->heap[i].t += which(self, &q->heap[i]) ? by : 0;
    if (q->count)
        qsort(q->heap, (size_t)q->count, sizeof *q->heap, in_order); /* a sorted row is a heap */
}

void mu_queue_free(mu_queue *q)
{
    free(q->heap);
    *q = (mu_queue){0};
}
