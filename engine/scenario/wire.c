#include "scenario/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "scenario/limits.h"

enum { TEXT_NONE = 0, TEXT_SOME = 1 };

void mu_wire_number(mu_buf *out, int64_t n)
{
    mu_buf_add(out, (const char *)&n, sizeof n);
}

void mu_wire_text(mu_buf *out, const char *text)
{
    mu_wire_number(out, text ? TEXT_SOME : TEXT_NONE);
    if (!text)
        return;
    mu_wire_number(out, (int64_t)strlen(text) + 1);
    mu_buf_add(out, text, strlen(text) + 1);
}

int64_t mu_wire_take(mu_wire *in, int64_t least, int64_t most)
{
    int64_t n = 0;
    in->broken = in->broken || (size_t)(in->end - in->at) < sizeof n;
    if (in->broken)
        return 0;
    memcpy(&n, in->at, sizeof n);
    in->at += sizeof n;
    in->broken = n < least || n > most;
    return in->broken ? 0 : n;
}

const char *mu_wire_take_text(mu_wire *in)
{
    if (mu_wire_take(in, TEXT_NONE, TEXT_SOME) == TEXT_NONE)
        return NULL;
    int64_t len = mu_wire_take(in, 1, in->end - in->at);
    if (in->broken || len > in->end - in->at || memchr(in->at, '\0', (size_t)len) != in->at + len - 1) {
        in->broken = true;
        return NULL;
    }
    const char *text = in->at;
    in->at += len;
    return text;
}

/* ---- frames ---- */

static bool send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n < 0 && errno == ENOTSOCK)
            n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* In one piece, so that the other side wakes once. */
bool mu_wire_send(int fd, const mu_buf *frame)
{
    mu_buf whole = {0};
    mu_wire_number(&whole, (int64_t)frame->len);
    mu_buf_add(&whole, frame->text, frame->len);
    bool ok = send_all(fd, whole.text, whole.len);
    mu_buf_free(&whole);
    return ok;
}

int64_t mu_wire_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t mu_wire_used(pid_t pid)
{
    clockid_t clock;
    struct timespec t = {0};
    if (clock_getcpuclockid(pid, &clock) == 0)
        (void)clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

mu_patience mu_wire_patience(int64_t ms)
{
    return (mu_patience){ms, mu_wire_now()};
}

/* So much at once: what passes beyond it has passed for nobody. */
enum { SLICE_MS = 50 };

bool mu_wire_ready(int fd, mu_patience *most)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    for (;;) {
        bool last = most->left <= 0;
        int n = poll(&p, 1, last ? 0 : most->left < SLICE_MS ? (int)most->left : SLICE_MS);
        int64_t now = mu_wire_now(), passed = now - most->seen;
        most->seen = now;
        most->left -= passed < SLICE_MS ? passed : SLICE_MS;
        if (n > 0 || last || (n < 0 && errno != EINTR))
            return n > 0;
    }
}

static bool receive_all(int fd, char *bytes, size_t len, mu_patience *most)
{
    while (len > 0) {
        if (most && !mu_wire_ready(fd, most))
            return false;
        ssize_t n = read(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

bool mu_wire_receive(int fd, mu_buf *frame, int64_t wall_ms)
{
    int64_t len = 0;
    char piece[4096];
    mu_patience patience = mu_wire_patience(wall_ms), *most = wall_ms ? &patience : NULL;
    frame->len = 0;
    if (!receive_all(fd, (char *)&len, sizeof len, most) || len < 0 || len > mu_limits[MU_LIMIT_WORKER_OUTPUT].most)
        return false;
    while (len > 0) {
        size_t n = len < (int64_t)sizeof piece ? (size_t)len : sizeof piece;
        if (!receive_all(fd, piece, n, most))
            return false;
        mu_buf_add(frame, piece, n);
        len -= (int64_t)n;
    }
    mu_buf_add(frame, "", 0);
    return true;
}
