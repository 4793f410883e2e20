/* queue.h - what is due when. Of two things due at the same moment the one that was put in first comes first. Nothing
 * is taken out before its time: a timer fires, its handler looks again, and does nothing if it no longer matters. */
#ifndef MU_CORE_QUEUE_H
#define MU_CORE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct mu_due {
    int64_t t;
    uint64_t order;
    int what, a, b;
} mu_due;

/* Start with {0}; free with mu_queue_free. */
typedef struct mu_queue {
    mu_due *heap;
    int count, room;
    uint64_t order;
} mu_queue;

void mu_queue_put(mu_queue *queue, int64_t t, int what, int a, int b);
/* The next, without taking it; NULL where nothing is due. */
static inline const mu_due *mu_queue_first(const mu_queue *queue)
{
    return queue->count ? queue->heap : (const mu_due *)0;
}
mu_due mu_queue_take(mu_queue *queue);
/* Moves those of which `which` says yes; what was put in first stays first. */
void mu_queue_move(mu_queue *queue, bool (*which)(void *self, const mu_due *due), void *self, int64_t by);
void mu_queue_free(mu_queue *queue);

#endif
