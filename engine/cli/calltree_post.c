#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/calltree_post.h"

enum { WORDS = 600 };

struct mu_poster {
    pid_t child;
    int line;
    char words[WORDS];
};

/* Both ways one packet is one thing said. */
typedef struct order {
    int way;
    int64_t wall;
} order;

typedef struct news {
    mu_post_news what;
    mu_posted posted;
    char words[WORDS];
} news;

typedef struct sender {
    const mu_asking *asking;
    const char *name;
    int line;
} sender;

/* ---- in the process that sends ---- */

static bool tell(int line, const void *bytes, size_t len)
{
    while (send(line, bytes, len, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            return false;
    return true;
}

static bool listen_to(int line, void *bytes, size_t len)
{
    ssize_t n;
    while ((n = recv(line, bytes, len, 0)) < 0 && errno == EINTR)
        ;
    return n == (ssize_t)len;
}

/* Nothing leaves that nobody has written down; where the other side is gone, nothing leaves. */
static bool may_leave(void *self)
{
    const sender *s = self;
    char yes = 0;
    news asks = {.what = MU_LEAVES};
    return tell(s->line, &asks, sizeof asks) && listen_to(s->line, &yes, 1) && yes == 'y';
}

static void send_one(sender *s, const order *o)
{
    mu_arena *arena = mu_arena_new();
    const mu_contact *w = &s->asking->check->list[o->way].way;
    const char *words = "", *key = mu_format(arena, "%s/%s/%d", s->name, w->who, w->place);
    mu_letter letter = {.programme = s->asking->programme, .key = key, .way = (mu_carrier)w->by, .address = w->address, .subject = mu_asking_subject(s->asking, arena),
                        .text = mu_asking_text(s->asking, o->way, arena), .body = mu_asking_body(s->asking, o->way, key, arena), .now = o->wall, .last = may_leave, .self = s};
    news over = {.what = MU_POST_OVER, .posted = mu_post(&letter, arena, &words)};
    mu_buf safe = {0};
    mu_buf_puts(&safe, "");
    mu_buf_safe(&safe, words, strlen(words), WORDS / 4 - 1);
    snprintf(over.words, sizeof over.words, "%s", safe.text);
    mu_buf_free(&safe);
    mu_arena_free(arena);
    (void)tell(s->line, &over, sizeof over);
}

static void work(sender *s)
{
    order o;
    while (listen_to(s->line, &o, sizeof o))
        send_one(s, &o);
    _exit(0);
}

/* ---- in the process that asks for it ---- */

mu_poster *mu_poster_new(const mu_asking *asking, const char *name)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return NULL;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        sender s = {asking, name, ends[1]};
        close(ends[0]);
        work(&s);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return NULL;
    }
    mu_poster *p = mu_grow(NULL, sizeof *p);
    *p = (mu_poster){.child = child, .line = ends[0]};
    return p;
}

void mu_poster_free(mu_poster *p)
{
    if (!p)
        return;
    close(p->line);
    kill(p->child, SIGTERM); /* it may be waiting for a server that hangs */
    while (waitpid(p->child, NULL, 0) < 0 && errno == EINTR)
        ;
    free(p);
}

bool mu_poster_send(mu_poster *p, int way, int64_t wall)
{
    order o = {way, wall};
    return tell(p->line, &o, sizeof o);
}

mu_post_news mu_poster_hear(mu_poster *p, mu_posted *posted, const char **words)
{
    news n;
    ssize_t len = recv(p->line, &n, sizeof n, MSG_DONTWAIT);
    if (len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return MU_NO_NEWS;
    if (len != (ssize_t)sizeof n)
        return MU_POSTER_LOST;
    memcpy(p->words, n.words, sizeof p->words);
    p->words[WORDS - 1] = '\0';
    *posted = n.posted;
    *words = p->words;
    return n.what;
}

void mu_poster_may(mu_poster *p, bool yes)
{
    (void)tell(p->line, yes ? "y" : "n", 1);
}
