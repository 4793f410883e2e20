/* queue.h - what is due when. Of two things due at the same moment the one that was put in first comes first. Nothing
 * is taken out before its time: a timer fires, its handler looks again, and does nothing if it no longer matters. */
#ifndef MU_CORE_QUEUE_H
#define MU_CORE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mu_due {
    int64_t t;
    uint32_t order;
    int what, a, b;
} mu_due;

/* Start with {0}; free with mu_queue_free. What comes in near the end of all that is due, as a list is laid, stands in a row; only
 * what comes between goes into the heap, which stays small by that. */
typedef struct mu_queue {
    mu_due *row, *heap;
    int from, to, row_room; /* of the row: what is still due */
    int heaped, heap_room;
    uint32_t order;
    int64_t soonest;         /* when the first is due, where there is one */
    bool heap_first;         /* and that it is in the heap */
} mu_queue;

void mu_queue_put(mu_queue *queue, int64_t t, int what, int a, int b);
static inline bool mu_queue_any(const mu_queue *q)
{
    return (q->from < q->to) | (q->heaped > 0);
}
/* When the next is due; INT64_MAX where nothing is. It is asked far more often than anything is put in or taken. */
static inline int64_t mu_queue_soonest(const mu_queue *q)
{
    return mu_queue_any(q) ? q->soonest : INT64_MAX;
}

static inline bool mu_due_before(const mu_due *a, const mu_due *b)
{
    return (a->t < b->t) | ((a->t == b->t) & (a->order < b->order)); /* no branch: which of two comes first nobody can guess */
}
/* The next, without taking it; NULL where nothing is due. */
static inline const mu_due *mu_queue_first(const mu_queue *q)
{
    return !mu_queue_any(q) ? NULL : q->heap_first ? q->heap : q->row + q->from;
}
mu_due mu_queue_take(mu_queue *queue);
/* Moves those of which `which` says yes; what was put in first stays first. */
void mu_queue_move(mu_queue *queue, bool (*which)(void *self, const mu_due *due), void *self, int64_t by);
/* As new; the memory stays. */
void mu_queue_clear(mu_queue *queue);
void mu_queue_free(mu_queue *queue);

#endif
