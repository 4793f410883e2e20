/* fan PORT: the open pages of a bench, in a program that costs less than any server: else a server is measured by what its clients take of
 * the same processors. Reads lines: "open PATH COOKIE" opens a WebSocket; "count" prints how many are open; "send PATH COOKIE MARK BODY" posts a form and waits until every
 * socket has a text with MARK in it, then prints "p50 MS p99 MS bytes N": from the first byte of the request until a socket has it. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SOCKETS = 4096, MARK = 40, READ = 1 << 16, LINE = 16384 };

typedef struct page {
    int fd;
    char tail[MARK]; /* the end of what came last: a mark may come in two parts */
    size_t kept, bytes;
    double at; /* when it had the mark; 0 not yet */
} page;

static page pages[SOCKETS];
static int count, poll_fd, port;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int link_up(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        die("connect");
    return fd;
}

static void say(int fd, const char *text, size_t len)
{
    if (write(fd, text, len) != (ssize_t)len)
        die("write");
}

/* All bytes up to the empty line, and nothing behind it. */
static void read_head(int fd, char *head, size_t room)
{
    size_t n = 0;
    while (n + 1 < room && (n < 4 || memcmp(head + n - 4, "\r\n\r\n", 4) != 0)) {
        if (read(fd, head + n, 1) != 1)
            die("read");
        n++;
    }
    head[n] = '\0';
}

static void open_page(const char *path, const char *cookie)
{
    char text[1024], head[2048];
    page *p = &pages[count];
    p->fd = link_up();
    int n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nCookie: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n", path, port, port, cookie);
    say(p->fd, text, (size_t)n);
    read_head(p->fd, head, sizeof head);
    if (!strstr(head, " 101 ")) {
        fprintf(stderr, "fan: no page was opened: %s\n", head);
        exit(1);
    }
    struct epoll_event e = {.events = EPOLLIN, .data = {.ptr = p}};
    if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, p->fd, &e) != 0)
        die("epoll_ctl");
    count++;
}

/* A frame's head may hold a zero. */
static int holds(const char *bytes, size_t len, const char *mark)
{
    size_t n = strlen(mark);
    const char *end = bytes + len;
    for (const char *p = bytes; n && (size_t)(end - p) >= n && (p = memchr(p, *mark, (size_t)(end - p) - n + 1)); p++)
        if (memcmp(p, mark, n) == 0)
            return 1;
    return 0;
}

/* Reads what came; true where it has the mark now and had not. */
static int hear(page *p, const char *mark)
{
    static char bytes[MARK + READ];
    memcpy(bytes, p->tail, p->kept);
    ssize_t n = recv(p->fd, bytes + p->kept, READ, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (n <= 0) {
        fprintf(stderr, "fan: a page was shut\n");
        exit(1);
    }
    size_t all = p->kept + (size_t)n;
    p->bytes += (size_t)n;
    int has = !p->at && holds(bytes, all, mark);
    p->at = has ? now_ms() : p->at;
    p->kept = all < MARK - 1 ? all : MARK - 1;
    memcpy(p->tail, bytes + all - p->kept, p->kept);
    return has;
}

static int hear_all(const char *mark, int wait)
{
    struct epoll_event ready[512];
    int n = epoll_wait(poll_fd, ready, 512, wait), heard = 0;
    for (int i = 0; i < n; i++)
        heard += hear(ready[i].data.ptr, mark);
    return n > 0 ? heard : -1;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print(double began)
{
    static double took[SOCKETS];
    for (int i = 0; i < count; i++)
        took[i] = pages[i].at - began;
    qsort(took, (size_t)count, sizeof *took, by_size);
    printf("p50 %.3f p99 %.3f bytes %zu\n", took[count / 2], took[count * 99 / 100], pages[0].bytes);
    fflush(stdout);
}

static void send_form(const char *path, const char *cookie, const char *mark, const char *body)
{
    char text[LINE + 1024], head[2048];
    int fd = link_up(), heard = 0;
    while (hear_all("", 0) >= 0)
        ;
    for (int i = 0; i < count; i++)
        pages[i] = (page){.fd = pages[i].fd};
    int n = snprintf(text, sizeof text, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nCookie: %s\r\nConnection: close\r\n"
                     "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s", path, port, port, cookie, strlen(body), body);
    double began = now_ms();
    say(fd, text, (size_t)n);
    while (heard < count) {
        int more = hear_all(mark, 30000);
        if (more < 0) {
            fprintf(stderr, "fan: %d of %d pages have %s after 30 s\n", heard, count, mark);
            exit(1);
        }
        heard += more;
    }
    print(began);
    read_head(fd, head, sizeof head);
    close(fd);
}

int main(int argc, char **argv)
{
    static char line[LINE], path[200], cookie[200], mark[MARK];
    if (argc < 2)
        return 2;
    port = atoi(argv[1]);
    poll_fd = epoll_create1(0);
    while (fgets(line, sizeof line, stdin)) {
        int body = 0;
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "count") == 0) {
            printf("%d\n", count);
            fflush(stdout);
            continue;
        }
        if (sscanf(line, "open %199s %199s", path, cookie) == 2 && count < SOCKETS) {
            open_page(path, cookie);
            continue;
        }
        if (sscanf(line, "send %199s %199s %39s %n", path, cookie, mark, &body) != 3 || !body)
            return 2;
        send_form(path, cookie, mark, line + body);
    }
    return 0;
}
