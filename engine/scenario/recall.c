#include "scenario/recall.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 4096, BRANCHES = 64 }; /* of a story; one that goes more ways is told by Lua every time */

enum { OPEN, SAYS, READS };

typedef struct node { /* small: a run goes through those of all its stories */
    uint8_t kind, what; /* READS: what is read; SAYS: the verb */
    uint16_t count;     /* READS: branches; SAYS: the number of the text, from 1, 0 for none */
    int of;             /* READS: of which lesson; SAYS: the card */
    int next;           /* SAYS: what follows; READS: the first branch */
    int beside;         /* the next branch of the same reading, 0 for none */
    int64_t value;      /* of the branch that leads here */
    int64_t amount;     /* SAYS: how long, or the number */
} node;

struct mu_recall {
    mu_arena *arena;
    node *nodes;
    const char **texts;
    int count, room, text_count, text_room;
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
    int child = more(m);
    node *n = &m->nodes[of];
    int *last = &n->next;
    while (*last)
        last = &m->nodes[*last].beside;
    *last = child;
    m->nodes[child].value = value;
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

static const char *text_of(const mu_recall *m, const node *n)
{
    return n->count ? m->texts[n->count - 1] : NULL;
}

static int64_t amount(const mu_wish *w)
{
    return w->verb == MU_SAYS_WAIT ? w->ms : w->number;
}

static bool same(const mu_recall *m, const node *n, const mu_wish *w)
{
    const char *text = text_of(m, n);
    return n->kind == SAYS && n->what == w->verb && n->of == w->card && n->amount == amount(w) && !text == !w->text &&
           (!text || strcmp(text, w->text) == 0);
}

static uint16_t keep(mu_recall *m, const char *text)
{
    if (!text)
        return 0;
    if (m->text_count == m->text_room) {
        m->text_room = m->text_room ? m->text_room * 2 : 8;
        m->texts = mu_grow(m->texts, (size_t)m->text_room * sizeof *m->texts);
    }
    m->texts[m->text_count++] = mu_copy(m->arena, text, strlen(text));
    return (uint16_t)m->text_count;
}

void mu_recall_said(mu_recall *m, int *at, const mu_wish *wish)
{
    if (m->spoiled)
        return;
    node *n = &m->nodes[*at];
    if (n->kind == OPEN) {
        int next = more(m);
        n = &m->nodes[*at];
        *n = (node){.kind = SAYS, .what = (uint8_t)wish->verb, .count = keep(m, wish->text), .of = wish->card, .next = next, .beside = n->beside,
                    .value = n->value, .amount = amount(wish)};
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
    if (n->kind != SAYS)
        return false;
    bool waits = n->what == MU_SAYS_WAIT;
    wish->verb = (mu_verb)n->what;
    wish->card = n->of;
    wish->ms = waits ? n->amount : 0;
    wish->number = waits ? 0 : n->amount;
    wish->text = text_of(m, n);
    *at = n->next;
    return true;
}
