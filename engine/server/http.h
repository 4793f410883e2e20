/* http.h - the seam to the network: requests in, replies and pushed texts out. One thread, one loop; no other file knows
 * the library beneath.
 *
 * What comes in one turn of the loop is handed up in that turn; what goes out waits until mu_http_flush. Between the two
 * its caller writes to disk, so that nothing is seen that could be lost. A push is the state of a screen at the moment
 * there is room for it: whoever reads slowly is sent less often, and holds up nobody.
 *
 * Before anything is handed up: the Host is one of ours; whatever changes something, and every WebSocket, comes from a page
 * of ours (Origin); sizes, times and numbers of connections are kept within the limits of this header. */
#ifndef MU_SERVER_HTTP_H
#define MU_SERVER_HTTP_H

#include <stdint.h>

#include "server/hosts.h"
#include "server/request.h"

enum {
    MU_LINKS_MOST = 4096,     /* connections at a time; beyond, the oldest that is nobody's gives way */
    MU_STRANGERS_MOST = 64,   /* of one address, that are nobody's after two seconds: all come back at once after a restart */
    MU_HEAD_SECONDS = 10,
    MU_BODY_SECONDS = 30,
    MU_IDLE_SECONDS = 60,
    MU_STALL_SECONDS = 30,    /* that somebody may take nothing of what is sent to them */
    MU_PING_SECONDS = 20
};

typedef struct mu_http mu_http;
typedef struct mu_link mu_link; /* a connection; lives until `gone` was called */

typedef struct mu_reply {
    int status;
    const char *type;     /* NULL: HTML */
    mu_buf body;          /* given away */
    const char *fixed;    /* bytes that stay, instead of a body */
    size_t fixed_len;
    const char *location; /* of a 303; copied */
    const char *cookie;   /* the value of Set-Cookie; copied */
    bool styled;          /* the document carries its own style, and nothing else that does anything */
} mu_reply;

typedef struct mu_http_calls {
    void *self;
    void (*asked)(void *self, mu_link *link, const mu_request *request, mu_reply *reply);
    bool (*joins)(void *self, mu_link *link, const mu_request *request); /* a WebSocket; false: refused */
    void (*said)(void *self, mu_link *link, const char *text, size_t len);
    bool (*next)(void *self, mu_link *link, mu_buf *text); /* what is new for a woken link; false: nothing */
    void (*gone)(void *self, mu_link *link);
} mu_http_calls;

typedef struct mu_http_options {
    const char *address;            /* "127.0.0.1", or what --listen says */
    int port;                       /* 0: any that is free */
    const char *certificate, *key;  /* files; NULL: no TLS */
    const char *origin;             /* what browsers call it where a server before it does TLS: "https://drills.example.org"; or NULL */
} mu_http_options;

/* NULL with *why where it cannot listen there. */
mu_http *mu_http_new(const mu_http_options *options, const mu_http_calls *calls, const char **why);
void mu_http_free(mu_http *http);
int mu_http_port(const mu_http *http);
/* Where a link leads: mu_hosts_home. */
void mu_http_home(const mu_http *http, const char *host, char home[MU_HOME]);
/* One turn: waits until something comes, or until `ms` milliseconds have passed, or a signal came. */
void mu_http_turn(mu_http *http, int64_t ms);
/* To every open page at once, past all that waits: a word about the server, and nothing of what is not on disk. */
void mu_http_tell(mu_http *http, const char *text);
/* Sends what the turn has made. */
void mu_http_flush(mu_http *http);
/* How many connections there are. */
int mu_http_links(const mu_http *http);

void mu_link_own(mu_link *link, void *owner);
void *mu_link_owner(const mu_link *link);
/* Somebody with a session: it gives way to no stranger. */
void mu_link_known(mu_link *link);
const char *mu_link_address(const mu_link *link);
/* Something may be new for it. */
void mu_link_wake(mu_link *link);
/* Ends it once what is under way has gone out. */
void mu_link_end(mu_link *link);

#endif
