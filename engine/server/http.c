#include "server/http.h"

#include <errno.h>
#include <libwebsockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/guest.h"
#include "server/frame.h"

#define FUNCTIONS(X) \
    X(now_usecs) X(set_timeout) X(partial_buffered) X(write) X(callback_on_writable) X(SHA1) X(b64_encode_string) \
    X(get_peer_simple) X(set_opaque_user_data) X(context_user) X(get_context) X(get_opaque_user_data) X(sul_schedule) \
    X(service) X(set_log_level) X(create_context) X(create_vhost) X(adopt_descriptor_vhost) X(context_destroy)
#define POINTER_TO(f) __typeof__(lws_##f) *f;
#define NAME_OF(f) "lws_" #f,
MU_GUEST(lws, MU_LIBWEBSOCKETS)

enum { STRANGE_MS = 2000, CHUNK = 1 << 16, ADDRESSES = 64 /* that are counted at once */, SPARE_MOST = 1 << 16, BATCH = 16 /* that are let in, or put out, before the others are looked at */, BATCH_MS = 10, HEAD_MOST = 10 /* bytes of a frame's head */, WAITING_MOST = MU_HEAD_MOST + MU_BODY_MOST };

struct mu_link {
    mu_http *http;
    struct lws *wsi;
    mu_link *before, *after; /* all links, the oldest first */
    mu_link *queued;         /* the next that has something to be sent */
    void *owner;
    mu_buf in, out;
    size_t sent;             /* of `out` */
    int64_t came;            /* when it was made */
    int64_t began, moved;    /* when what is being read began to come; when something last went or came */
    bool socket, known, woken, in_queue, ends, dead;
    char address[46];
};

struct mu_http {
    struct lws_context *context;
    struct lws_vhost *vhost;
    mu_http_calls calls;
    mu_link *oldest, *newest, *queue;
    int count, listening; /* listening: a socket, -1 none */
    mu_buf spare; /* of a link that has sent all, for the next that sends */
    mu_hosts hosts;
    lws_sorted_usec_list_t timer, sweeper;
};

static int64_t now_ms(void)
{
    return (int64_t)(lws.now_usecs() / 1000);
}

/* ---- what goes out ---- */

static void queue(mu_link *l)
{
    if (l->in_queue || l->dead)
        return;
    l->in_queue = true;
    l->queued = l->http->queue;
    l->http->queue = l;
}

/* The library may look at bytes before those that it is given. */
static void begin_out(mu_link *l)
{
    static const char before[LWS_PRE];
    if (l->out.len)
        return;
    if (!l->out.text) {
        l->out = l->http->spare;
        l->http->spare = (mu_buf){0};
    }
    mu_buf_add(&l->out, before, sizeof before);
    l->sent = sizeof before;
}

static void reply_out(mu_link *l, mu_reply *r)
{
    const char *fixed = r->fixed ? r->fixed : r->body.text ? r->body.text : "";
    size_t len = r->fixed ? r->fixed_len : r->body.len;
    begin_out(l);
    mu_buf_printf(&l->out, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n", r->status, mu_status_words(r->status),
                  r->type ? r->type : "text/html; charset=utf-8", len);
    mu_buf_puts(&l->out, "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nX-Frame-Options: DENY\r\n"
                         "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n");
    mu_buf_puts(&l->out, r->styled ? "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
                                   : "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                                     "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types muster\r\n");
    if (l->http->hosts.tls)
        mu_buf_puts(&l->out, "Strict-Transport-Security: max-age=86400\r\n");
    if (r->location)
        mu_buf_printf(&l->out, "Location: %s\r\n", r->location);
    if (r->cookie)
        mu_buf_printf(&l->out, "Set-Cookie: %s\r\n", r->cookie);
    if (r->status == 429)
        mu_buf_puts(&l->out, "Retry-After: 10\r\n");
    mu_buf_puts(&l->out, l->ends ? "Connection: close\r\n\r\n" : "\r\n");
    mu_buf_add(&l->out, fixed, len);
    mu_buf_free(&r->body);
    queue(l);
}

/* A refusal before anybody above has heard of it: short, and the connection ends. */
static void refuse(mu_link *l, int status)
{
    mu_reply r = {.status = status, .type = "text/plain; charset=utf-8"};
    mu_buf_printf(&r.body, "%d %s\n", status, mu_status_words(status));
    l->ends = true;
    l->in.len = 0;
    reply_out(l, &r);
}

static void kill_link(mu_link *l)
{
    if (l->dead)
        return;
    l->dead = true;
    lws.set_timeout(l->wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
}

/* A thousand links that send the same second need not ask for memory a thousand times. */
static void end_out(mu_link *l)
{
    mu_buf *spare = &l->http->spare;
    if (spare->text || l->out.size > SPARE_MOST) {
        mu_buf_free(&l->out);
        return;
    }
    *spare = l->out;
    spare->len = 0;
    l->out = (mu_buf){0};
}

/* True once all has gone out. */
static bool drain(mu_link *l)
{
    while (!l->dead && l->sent < l->out.len) {
        if (lws.partial_buffered(l->wsi))
            break;
        size_t n = l->out.len - l->sent < CHUNK ? l->out.len - l->sent : CHUNK;
        if (lws.write(l->wsi, (unsigned char *)l->out.text + l->sent, n, LWS_WRITE_RAW) < 0) {
            kill_link(l);
            return false;
        }
        l->sent += n;
        l->moved = now_ms();
    }
    bool all = !l->dead && l->sent >= l->out.len && !lws.partial_buffered(l->wsi);
    if (all)
        end_out(l);
    else if (!l->dead)
        lws.callback_on_writable(l->wsi);
    return all;
}

/* All has gone out before. How long the frame's head is, is known behind its text: it is put close before it. */
static void push(mu_link *l)
{
    static const char room[HEAD_MOST];
    char bytes[HEAD_MOST + 1];
    mu_buf head = {.text = bytes, .size = sizeof bytes};
    l->woken = false;
    begin_out(l);
    mu_buf_add(&l->out, room, sizeof room);
    size_t begin = l->out.len;
    if (!l->http->calls.next(l->http->calls.self, l, &l->out)) {
        end_out(l);
        return;
    }
    mu_frame_head(&head, MU_FRAME_TEXT, l->out.len - begin);
    l->sent = begin - head.len;
    memcpy(l->out.text + l->sent, head.text, head.len);
}

/* Whoever is still being sent something is told nothing. */
void mu_http_tell(mu_http *h, const char *text)
{
    for (mu_link *l = h->oldest; l; l = l->after) {
        if (!l->socket || l->dead || l->ends || l->out.len)
            continue;
        begin_out(l);
        mu_frame_head(&l->out, MU_FRAME_TEXT, strlen(text));
        mu_buf_puts(&l->out, text);
        (void)drain(l);
    }
}

static void take(mu_link *l);

/* Sends what there is; then what is new; then reads on. */
static void serve(mu_link *l)
{
    for (int turns = 0; turns < 8 && drain(l); turns++) {
        if (l->ends) {
            kill_link(l);
            return;
        }
        if (l->socket && l->woken)
            push(l);
        else if (!l->socket && l->in.len)
            take(l);
        if (!l->out.len)
            return;
    }
}

void mu_http_flush(mu_http *h)
{
    while (h->queue) {
        mu_link *l = h->queue;
        h->queue = l->queued;
        l->in_queue = false;
        serve(l);
    }
}

/* ---- what comes in ---- */

static void shake_hands(mu_link *l, const mu_request *r)
{
    char text[120], hash[20], accept[32];
    const char *key = r->header[H_KEY];
    bool fits = key && strlen(key) == 24 && r->header[H_VERSION] && strcmp(r->header[H_VERSION], "13") == 0 && r->header[H_CONNECTION] &&
                strcasecmp(r->header[H_UPGRADE], "websocket") == 0 && !r->post && !r->header[H_PROTOCOL];
    if (!fits) {
        refuse(l, 400);
        return;
    }
    if (!l->http->calls.joins(l->http->calls.self, l, r)) {
        refuse(l, 403);
        return;
    }
    snprintf(text, sizeof text, "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    lws.SHA1((const unsigned char *)text, strlen(text), (unsigned char *)hash);
    lws.b64_encode_string(hash, sizeof hash, accept, sizeof accept);
    begin_out(l);
    mu_buf_printf(&l->out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
    l->socket = l->woken = true;
    queue(l);
}

static void ask(mu_link *l, const mu_request *r)
{
    mu_reply reply = {.status = 404};
    if (r->header[H_UPGRADE]) {
        shake_hands(l, r);
        return;
    }
    l->ends = r->header[H_CONNECTION] && strcasecmp(r->header[H_CONNECTION], "close") == 0;
    l->http->calls.asked(l->http->calls.self, l, r, &reply);
    reply_out(l, &reply);
}

static void forget_in(mu_link *l, size_t n)
{
    memmove(l->in.text, l->in.text + n, l->in.len - n);
    l->in.len -= n;
    l->began = now_ms();
    if (!l->in.len)
        mu_buf_free(&l->in);
}

static void take_request(mu_link *l)
{
    mu_request r;
    mu_buf copy = {0}; /* reading changes what it reads */
    mu_buf_add(&copy, l->in.text, l->in.len);
    int head = mu_request_read(copy.text, copy.len, &r);
    int status = head < 0 ? -head : head > 0 ? mu_hosts_judge(&l->http->hosts, &r) : 0;
    if (status) {
        refuse(l, status);
    } else if (head > 0 && l->in.len >= (size_t)head + r.length) {
        r.body = copy.text + head;
        forget_in(l, (size_t)head + r.length);
        ask(l, &r);
    }
    mu_buf_free(&copy);
}

static void take_frames(mu_link *l)
{
    while (!l->ends && l->in.len) {
        mu_frame f;
        int n = mu_frame_read(l->in.text, l->in.len, &f);
        if (n == 0)
            return;
        begin_out(l);
        if (n < 0 || f.opcode == MU_FRAME_CLOSE) {
            mu_frame_close(&l->out, n < 0 ? -n : 1000);
            l->ends = true;
            l->in.len = 0;
        } else if (f.opcode == MU_FRAME_PING) {
            mu_frame_head(&l->out, MU_FRAME_PONG, f.len);
            mu_buf_add(&l->out, f.text, f.len);
        } else if (f.opcode == MU_FRAME_TEXT) {
            l->http->calls.said(l->http->calls.self, l, f.text, f.len);
        }
        if (!l->ends)
            forget_in(l, (size_t)n);
    }
    queue(l);
}

/* One request at a time: the next is read when the answer to this one has gone out. */
static void take(mu_link *l)
{
    if (l->socket)
        take_frames(l);
    else if (!l->out.len && !l->ends)
        take_request(l);
}

static int came(mu_link *l, const char *bytes, size_t len)
{
    if (l->dead || l->ends)
        return 0;
    if (!l->in.len)
        l->began = now_ms();
    if (l->in.len + len > WAITING_MOST)
        return -1;
    mu_buf_add(&l->in, bytes, len);
    if (l->socket)
        l->moved = now_ms();
    take(l);
    return 0;
}

/* ---- connections ---- */

static mu_link *oldest_stranger(const mu_http *h)
{
    mu_link *l = h->oldest;
    while (l && (l->known || l->dead))
        l = l->after;
    return l;
}

/* Whoever is nobody's and has been there longest gives way: of this address where it has many, else of all. */
static void make_room(mu_http *h, const char *address)
{
    int strangers = 0;
    int64_t now = now_ms();
    mu_link *theirs = NULL;
    for (mu_link *l = h->oldest; l; l = l->after) {
        bool same = !l->known && !l->dead && now - l->came > STRANGE_MS && strcmp(l->address, address) == 0;
        theirs = theirs || !same ? theirs : l;
        strangers += same;
    }
    if (strangers >= MU_STRANGERS_MOST)
        kill_link(theirs);
    else if (h->count >= MU_LINKS_MOST && oldest_stranger(h))
        kill_link(oldest_stranger(h));
}

static int adopt(mu_http *h, struct lws *wsi)
{
    mu_link *l = mu_grow(NULL, sizeof *l);
    *l = (mu_link){.http = h, .wsi = wsi, .before = h->newest, .came = now_ms(), .began = now_ms(), .moved = now_ms()};
    lws.get_peer_simple(wsi, l->address, sizeof l->address);
    make_room(h, l->address);
    *(h->newest ? &h->newest->after : &h->oldest) = l;
    h->newest = l;
    h->count++;
    lws.set_opaque_user_data(wsi, l);
    return h->count > 2 * MU_LINKS_MOST ? -1 : 0;
}

static void drop(mu_link *l)
{
    mu_http *h = l->http;
    h->calls.gone(h->calls.self, l);
    for (mu_link **p = &h->queue; *p; p = &(*p)->queued)
        if (*p == l) {
            *p = l->queued;
            break;
        }
    *(l->before ? &l->before->after : &h->oldest) = l->after;
    *(l->after ? &l->after->before : &h->newest) = l->before;
    h->count--;
    mu_buf_free(&l->in);
    mu_buf_free(&l->out);
    free(l);
}

/* The library would let in all who knock, one behind the other, and look at nobody else meanwhile. */
static void let_in(mu_http *h)
{
    lws_adoption_type type = h->hosts.tls ? LWS_ADOPT_SOCKET | LWS_ADOPT_ALLOW_SSL : LWS_ADOPT_SOCKET;
    int fd = -1;
    for (int i = 0; i < BATCH && (fd = mu_hosts_accept(h->listening)) >= 0; i++)
        (void)lws.adopt_descriptor_vhost(h->vhost, type, (lws_sock_file_fd_type){.sockfd = fd}, "muster", NULL);
    if (fd < 0 && (errno == EMFILE || errno == ENFILE) && oldest_stranger(h))
        kill_link(oldest_stranger(h));
}

static int happened(struct lws *wsi, enum lws_callback_reasons why, void *user, void *in, size_t len)
{
    mu_http *h = lws.context_user(lws.get_context(wsi));
    mu_link *l = lws.get_opaque_user_data(wsi);
    (void)user;
    switch (why) {
    case LWS_CALLBACK_RAW_RX_FILE: let_in(h); return 0;
    case LWS_CALLBACK_RAW_ADOPT: return adopt(h, wsi);
    case LWS_CALLBACK_RAW_RX: return l ? came(l, in, len) : -1;
    case LWS_CALLBACK_RAW_WRITEABLE:
        if (l)
            queue(l);
        return 0;
    case LWS_CALLBACK_RAW_CLOSE:
        if (l)
            drop(l);
        lws.set_opaque_user_data(wsi, NULL);
        return 0;
    default: return 0;
    }
}

/* ---- time ---- */

static void look_after(mu_link *l, int64_t now)
{
    int64_t idle = now - l->moved, reading = now - l->began;
    if (l->out.len || lws.partial_buffered(l->wsi)) {
        if (idle > MU_STALL_SECONDS * 1000)
            kill_link(l);
    } else if (l->socket) {
        if (idle > 3 * MU_PING_SECONDS * 1000) {
            kill_link(l);
        } else if (idle > MU_PING_SECONDS * 1000) {
            begin_out(l);
            mu_frame_head(&l->out, MU_FRAME_PING, 0);
            lws.callback_on_writable(l->wsi);
        }
    } else if (l->in.len) {
        bool body = strstr(l->in.text, "\r\n\r\n") != NULL;
        if (reading > (body ? MU_BODY_SECONDS : MU_HEAD_SECONDS) * 1000) {
            refuse(l, 408);
        }
    } else if (reading > (l->known ? MU_IDLE_SECONDS : MU_HEAD_SECONDS) * 1000) {
        kill_link(l);
    }
}

/* Nobody needs to come for it: whoever is nobody's gives way beyond what one address may have. The last that came stay. True where there are more. */
static bool thin_out(mu_http *h, int64_t now)
{
    struct { const char *address; int count; } from[ADDRESSES];
    int known = 0, put_out = 0;
    for (mu_link *l = h->newest; l && put_out < BATCH; l = l->before) {
        int i = 0;
        if (l->known || l->dead || now - l->came <= STRANGE_MS)
            continue;
        while (i < known && strcmp(from[i].address, l->address) != 0)
            i++;
        if (i == ADDRESSES)
            continue;
        if (i == known) {
            from[known].address = l->address;
            from[known++].count = 0;
        }
        if (++from[i].count > MU_STRANGERS_MOST) {
            kill_link(l);
            put_out++;
        }
    }
    return put_out == BATCH;
}

static void sweep(lws_sorted_usec_list_t *sul)
{
    mu_http *h = lws_container_of(sul, mu_http, sweeper);
    int64_t now = now_ms();
    bool more = thin_out(h, now);
    for (mu_link *l = h->oldest; l; l = l->after)
        if (!l->dead)
            look_after(l, now);
    lws.sul_schedule(h->context, 0, &h->sweeper, sweep, more ? BATCH_MS * 1000 : LWS_US_PER_SEC);
}

static void nothing(lws_sorted_usec_list_t *sul)
{
    (void)sul;
}

void mu_http_turn(mu_http *h, int64_t ms)
{
    if (ms >= 0)
        lws.sul_schedule(h->context, 0, &h->timer, nothing, ms < 1 ? 1 : ms * 1000);
    lws.service(h->context, 0);
}

/* ---- beginning ---- */

mu_http *mu_http_new(const mu_http_options *o, const mu_http_calls *calls, const char **why)
{
    static const struct lws_protocols protocols[] = {{"muster", happened, 0, 1 << 14, 0, NULL, 0}, {NULL, NULL, 0, 0, 0, NULL, 0}};
    if (!load()) {
        *why = MU_LIBWEBSOCKETS " is not on this machine";
        return NULL;
    }
    int port = o->port, listening = mu_hosts_listen(o->address, &port, why);
    if (listening < 0)
        return NULL;
    mu_http *h = mu_grow(NULL, sizeof *h);
    *h = (mu_http){.calls = *calls, .listening = listening, .hosts = {.tls = o->certificate != NULL, .origin = o->origin, .port = port}};
    struct lws_context_creation_info info = {.port = CONTEXT_PORT_NO_LISTEN_SERVER, .protocols = protocols, .user = h, .gid = -1, .uid = -1,
                                             .fd_limit_per_thread = 2 * MU_LINKS_MOST + 64, .vhost_name = "muster", .options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS};
    lws.set_log_level(0, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (h->hosts.tls) {
        info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
        info.ssl_cert_filepath = o->certificate;
        info.ssl_private_key_filepath = o->key;
    }
    h->context = lws.create_context(&info);
    h->vhost = h->context ? lws.create_vhost(h->context, &info) : NULL;
    if (!h->vhost) {
        close(listening);
        *why = "certificate and key do not fit";
        mu_http_free(h);
        return NULL;
    }
    if (!lws.adopt_descriptor_vhost(h->vhost, LWS_ADOPT_RAW_FILE_DESC, (lws_sock_file_fd_type){.filefd = listening}, "muster", NULL)) {
        *why = "there is no room for one more socket";
        mu_http_free(h);
        return NULL;
    }
    mu_hosts_name(&h->hosts, o->address);
    lws.sul_schedule(h->context, 0, &h->sweeper, sweep, LWS_US_PER_SEC);
    return h;
}

void mu_http_free(mu_http *h)
{
    if (!h)
        return;
    if (h->context)
        lws.context_destroy(h->context);
    mu_buf_free(&h->spare);
    free(h);
}

int mu_http_port(const mu_http *h)
{
    return h->hosts.port;
}

void mu_http_home(const mu_http *h, const char *host, char home[MU_HOME])
{
    mu_hosts_home(&h->hosts, host, home);
}

int mu_http_links(const mu_http *h)
{
    return h->count;
}

void mu_link_own(mu_link *l, void *owner)
{
    l->owner = owner;
}

void *mu_link_owner(const mu_link *l)
{
    return l->owner;
}

void mu_link_known(mu_link *l)
{
    l->known = true;
}

const char *mu_link_address(const mu_link *l)
{
    return l->address;
}

void mu_link_wake(mu_link *l)
{
    l->woken = true;
    queue(l);
}

void mu_link_end(mu_link *l)
{
    l->ends = true;
    queue(l);
}
