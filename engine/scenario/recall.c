#include "scenario/recall.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 4096, BRANCHES = 64 }; /* of a story; one that goes more ways is told by Lua every time */

enum { OPEN, SAYS, READS };

typedef struct node { /* small: a run goes through those of all its stories */
    uint8_t kind, what; /* READS: what is read */
    uint16_t count;     /* READS: branches */
    int of;             /* READS: of which lesson; SAYS: the number of the wish */
    int next;           /* SAYS: what follows; READS: the first branch */
    int beside;         /* the next branch of the same reading, 0 for none */
    int64_t value;      /* of the branch that leads here */
} node;

struct mu_recall {
    mu_arena *arena;
    node *nodes;
    mu_wish *wishes;
    int count, room, wish_count, wish_room;
    bool spoiled;
};

static int more(mu_recall *m)
{
    if (m->count == m->room) {
        m->room = m->room ? m->room * 2 : 16;
        m->nodes = mu_grow(m->nodes, (size_t)m->room * sizeof *m->nodes);
    }
    m->nodes[m->count] = (node){.kind = OPEN};
    m->spoiled = m->spoiled || m->count > NODES;
    return m->count++;
}

mu_recall *mu_recall_new(mu_arena *arena)
{
    mu_recall *m = mu_alloc(arena, sizeof *m);
    m->arena = arena;
    (void)more(m);
    return m;
}

void mu_recall_free(mu_recall *m)
{
    if (!m)
        return;
    free(m->nodes);
    free(m->wishes);
}

void mu_recall_spoil(mu_recall *m)
{
    m->spoiled = true;
}

static int branch(const mu_recall *m, const node *n, int64_t value)
{
    int child = n->next;
    while (child && m->nodes[child].value != value)
        child = m->nodes[child].beside;
    return child;
}

static int new_branch(mu_recall *m, int of, int64_t value)
{
    int child = more(m);
    node *n = &m->nodes[of];
    m->nodes[child].value = value;
    m->nodes[child].beside = n->next;
    n->next = child;
    m->spoiled = m->spoiled || ++n->count > BRANCHES;
    return child;
}

void mu_recall_read(mu_recall *m, int *at, int lesson, mu_reading_of what, int64_t value)
{
    if (m->spoiled)
        return;
    node *n = &m->nodes[*at];
    if (n->kind == OPEN) {
        n->kind = READS;
        n->what = (uint8_t)what;
        n->of = lesson;
    }
    if (n->kind != READS || n->what != what || n->of != lesson) {
        m->spoiled = true;
        return;
    }
    int child = branch(m, n, value);
    *at = child ? child : new_branch(m, *at, value);
}

static bool same(const mu_wish *a, const mu_wish *b)
{
    return a->verb == b->verb && a->card == b->card && a->ms == b->ms && a->number == b->number && !a->text == !b->text &&
           (!a->text || strcmp(a->text, b->text) == 0);
}

static int keep(mu_recall *m, const mu_wish *wish)
{
    if (m->wish_count == m->wish_room) {
        m->wish_room = m->wish_room ? m->wish_room * 2 : 8;
        m->wishes = mu_grow(m->wishes, (size_t)m->wish_room * sizeof *m->wishes);
    }
    m->wishes[m->wish_count] = *wish;
    m->wishes[m->wish_count].text = wish->text ? mu_copy(m->arena, wish->text, strlen(wish->text)) : NULL;
    return m->wish_count++;
}

void mu_recall_said(mu_recall *m, int *at, const mu_wish *wish)
{
    if (m->spoiled)
        return;
    node *n = &m->nodes[*at];
    if (n->kind == OPEN) {
        int next = more(m);
        n = &m->nodes[*at];
        n->kind = SAYS;
        n->of = keep(m, wish);
        n->next = next;
    }
    m->spoiled = m->spoiled || n->kind != SAYS || !same(&m->wishes[n->of], wish);
    *at = n->next;
}

static int64_t read(const mu_lesson *l, mu_reading_of what)
{
    switch (what) {
    case MU_READ_ANSWER: return l->answer;
    case MU_READ_SILENCE: return l->silence;
    case MU_READ_LATE: return l->late;
    case MU_READ_TOOK: return l->took;
    case MU_READ_NUMBER: return l->number;
    }
    return 0;
}

bool mu_recall_next(const mu_recall *m, int *at, const mu_lesson *lessons, mu_wish *wish)
{
    const node *n = &m->nodes[*at];
    if (m->spoiled)
        return false;
    while (n->kind == READS) {
        int child = branch(m, n, read(&lessons[n->of], (mu_reading_of)n->what));
        if (!child)
            return false;
        n = &m->nodes[child];
    }
    if (n->kind != SAYS)
        return false;
    *wish = m->wishes[n->of];
    *at = n->next;
    return true;
}
