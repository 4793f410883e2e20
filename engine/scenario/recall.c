#include "scenario/recall.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 4096, BRANCHES = 64 }; /* of a story; one that goes more ways, or has a number that is too large for a node, is told by Lua every time */

enum { OPEN, SAYS, TELLS, READS }; /* TELLS: says with a text */

typedef struct node { /* four to a line of a processor's cache: a run goes through those of all its stories */
    uint8_t kind, what; /* READS: what is read; SAYS: the verb */
    uint16_t of;        /* READS: of which lesson; SAYS: the card + 1 */
    uint16_t next;      /* SAYS: what follows; READS: the first branch */
    uint16_t beside;    /* the next branch of the same reading, 0 for none */
    int32_t value;      /* of the branch that leads here */
    int32_t amount;     /* SAYS: how long, or the number; TELLS: the number of the text */
} node;

enum { FIRST = 12 }; /* nodes that stand with what leads to them; most stories have no more */

struct mu_recall {
    mu_arena *arena;
    const char **texts;
    int text_count, text_room, count, room;
    node *nodes;
    bool spoiled;
    node first[FIRST];
};

static void grow(mu_recall *m)
{
    node *old = m->nodes == m->first ? NULL : m->nodes;
    m->room *= 2;
    m->nodes = mu_grow(old, (size_t)m->room * sizeof *m->nodes);
    if (!old)
        memcpy(m->nodes, m->first, sizeof m->first);
}

static int more(mu_recall *m)
{
    if (m->count == m->room)
        grow(m);
    m->nodes[m->count] = (node){.kind = OPEN};
    m->spoiled = m->spoiled || m->count > NODES;
    return m->count++;
}

mu_recall *mu_recall_new(mu_arena *arena)
{
    mu_recall *m = mu_alloc(arena, sizeof *m);
    m->arena = arena;
    m->nodes = m->first;
    m->room = FIRST;
    (void)more(m);
    return m;
}

void mu_recall_free(mu_recall *m)
{
    if (!m)
        return;
    if (m->nodes != m->first)
        free(m->nodes);
    free(m->texts);
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

/* Behind the others: the way that is gone most is mostly gone first, and stands beside what it leads on from. */
static int new_branch(mu_recall *m, int of, int64_t value)
{
    int child = more(m), count = 1;
    uint16_t *last = &m->nodes[of].next;
    for (; *last; count++)
        last = &m->nodes[*last].beside;
    *last = (uint16_t)child;
    m->nodes[child].value = (int32_t)value;
    m->spoiled = m->spoiled || count > BRANCHES || value != (int32_t)value;
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
        n->of = (uint16_t)lesson;
        m->spoiled = lesson > UINT16_MAX;
    }
    if (n->kind != READS || n->what != what || n->of != lesson) {
        m->spoiled = true;
        return;
    }
    int child = branch(m, n, value);
    *at = child ? child : new_branch(m, *at, value);
}

static const char *text_of(const mu_recall *m, const node *n)
{
    return n->kind == TELLS ? m->texts[n->amount] : NULL;
}

static int64_t amount(const mu_wish *w)
{
    return w->verb == MU_SAYS_WAIT ? w->ms : w->number;
}

/* A text and a number at once, which no verb has, is not the same. */
static bool same(const mu_recall *m, const node *n, const mu_wish *w)
{
    if (n->kind != (w->text ? TELLS : SAYS) || n->what != w->verb || n->of != w->card + 1)
        return false;
    return w->text ? amount(w) == 0 && strcmp(text_of(m, n), w->text) == 0 : n->amount == amount(w);
}

/* The number of a text. */
static int32_t keep(mu_recall *m, const char *text)
{
    if (m->text_count == m->text_room) {
        m->text_room = m->text_room ? m->text_room * 2 : 8;
        m->texts = mu_grow(m->texts, (size_t)m->text_room * sizeof *m->texts);
    }
    m->texts[m->text_count] = mu_copy(m->arena, text, strlen(text));
    return m->text_count++;
}

void mu_recall_said(mu_recall *m, int *at, const mu_wish *wish)
{
    if (m->spoiled)
        return;
    node *n = &m->nodes[*at];
    if (n->kind == OPEN) {
        int next = more(m);
        n = &m->nodes[*at];
        *n = (node){.kind = wish->text ? TELLS : SAYS, .what = (uint8_t)wish->verb, .of = (uint16_t)(wish->card + 1), .next = (uint16_t)next, .beside = n->beside,
                    .value = n->value, .amount = wish->text ? keep(m, wish->text) : (int32_t)amount(wish)};
    }
    m->spoiled = m->spoiled || !same(m, n, wish);
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
    if (n->kind == OPEN)
        return false;
    int64_t amount = n->kind == SAYS ? n->amount : 0;
    wish->verb = (mu_verb)n->what;
    wish->card = n->of - 1;
    wish->ms = n->what == MU_SAYS_WAIT ? amount : 0;
    wish->number = n->what == MU_SAYS_WAIT ? 0 : amount;
    wish->text = text_of(m, n);
    *at = n->next;
    return true;
}
