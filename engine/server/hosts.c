#include "server/hosts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/loopback.h"

/* "192.0.2.7:8080", "[2001:db8::7]". */
static void write_host(const mu_hosts *h, const char *name, bool port, char host[MU_HOST_NAME])
{
    bool six = strchr(name, ':') != NULL;
    snprintf(host, MU_HOST_NAME, port ? "%s%.60s%s:%d" : "%s%.60s%s", six ? "[" : "", name, six ? "]" : "", h->port);
}

static bool usual_port(const mu_hosts *h)
{
    return h->port == (h->tls ? 443 : 80);
}

static void add_name(mu_hosts *h, const char *name)
{
    for (int port = usual_port(h) ? 0 : 1; port < 2 && h->name_count < MU_HOSTS_MOST; port++)
        write_host(h, name, port, h->names[h->name_count++]);
}

static bool read_address(const char *text, int port, struct sockaddr_storage *a, socklen_t *size)
{
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    bool is_four = inet_pton(AF_INET, text, &four.sin_addr) == 1, is_six = inet_pton(AF_INET6, text, &six.sin6_addr) == 1;
    *size = is_four ? sizeof four : sizeof six;
    memcpy(a, is_four ? (const void *)&four : (const void *)&six, *size);
    return is_four || is_six;
}

static const char *why_not(int error)
{
    return error == EADDRINUSE ? "the port is taken" : error == EADDRNOTAVAIL || error == EAFNOSUPPORT ? "the address is not of this machine" : strerror(error);
}

int mu_hosts_listen(const char *address, int *port, const char **why)
{
    struct sockaddr_storage a;
    socklen_t size;
    int yes = 1;
    *why = "that is no address: 127.0.0.1, ::1, one of this machine's, or 0.0.0.0 for all";
    if (!read_address(address, *port, &a, &size))
        return -1;
    int s = socket(a.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    (void)setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (s < 0 || bind(s, (const struct sockaddr *)&a, size) != 0 || listen(s, SOMAXCONN) != 0 || getsockname(s, (struct sockaddr *)&a, &size) != 0) {
        *why = why_not(errno);
        if (s >= 0)
            close(s);
        return -1;
    }
    *port = ntohs(a.ss_family == AF_INET ? ((const struct sockaddr_in *)&a)->sin_port : ((const struct sockaddr_in6 *)&a)->sin6_port);
    return s;
}

int mu_hosts_accept(int listening)
{
    int yes = 1, s = accept(listening, NULL, NULL);
    if (s < 0)
        return -1;
    (void)fcntl(s, F_SETFD, FD_CLOEXEC);
    (void)fcntl(s, F_SETFL, O_NONBLOCK);
    (void)setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return s;
}

static bool every(const char *address)
{
    return strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
}

/* An address of the fourth version goes before one of the sixth: people read it to each other. */
static void add_interface(mu_hosts *h, const struct ifaddrs *a, bool *four)
{
    char text[65];
    int family = a->ifa_addr ? a->ifa_addr->sa_family : 0;
    socklen_t size = family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    if ((family != AF_INET && family != AF_INET6) || getnameinfo(a->ifa_addr, size, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0 || strchr(text, '%'))
        return;
    add_name(h, text);
    if (mu_loopback(text) || *four || (family == AF_INET6 && *h->away))
        return;
    *four = family == AF_INET;
    write_host(h, text, !usual_port(h), h->away);
}

static void add_interfaces(mu_hosts *h)
{
    struct ifaddrs *list = NULL;
    bool four = false;
    if (getifaddrs(&list) != 0)
        return;
    for (const struct ifaddrs *a = list; a; a = a->ifa_next)
        add_interface(h, a, &four);
    freeifaddrs(list);
}

void mu_hosts_name(mu_hosts *h, const char *address)
{
    char text[65] = "";
    add_name(h, "localhost");
    add_name(h, "127.0.0.1");
    if (strcmp(address, "127.0.0.1") != 0)
        add_name(h, address);
    write_host(h, every(address) ? "localhost" : address, !usual_port(h), h->own);
    if (mu_loopback(address))
        return;
    if (gethostname(text, sizeof text - 1) == 0)
        add_name(h, text);
    add_interfaces(h);
    if (!every(address))
        write_host(h, address, !usual_port(h), h->away);
}

/* "localhost:8080", "127.0.0.1", "[::1]:8080". */
static bool this_machine(const char *host)
{
    char name[MU_HOST_NAME];
    snprintf(name, sizeof name, "%s", *host == '[' ? host + 1 : host);
    name[strcspn(name, *host == '[' ? "]" : ":")] = '\0';
    return strcasecmp(name, "localhost") == 0 || mu_loopback(name);
}

void mu_hosts_home(const mu_hosts *h, const char *host, char home[MU_HOME])
{
    bool others = *h->away && (!host || this_machine(host));
    if (h->origin && (!host || strcasecmp(strstr(h->origin, "//") + 2, host) == 0 || this_machine(host)))
        snprintf(home, MU_HOME, "%.*s", MU_HOME - 1, h->origin);
    else
        snprintf(home, MU_HOME, "%s://%.*s", h->tls ? "https" : "http", MU_HOST_NAME - 1, others ? h->away : host ? host : h->own);
}

static bool own_host(const mu_hosts *h, const char *host)
{
    if (h->origin && strcasecmp(strstr(h->origin, "//") + 2, host) == 0)
        return true;
    for (int i = 0; i < h->name_count; i++)
        if (strcasecmp(h->names[i], host) == 0)
            return true;
    return false;
}

/* The page that asks is one of ours: its origin is the host that it asks. */
static bool own_origin(const mu_hosts *h, const mu_request *r)
{
    const char *scheme = h->tls ? "https://" : "http://", *origin = r->header[H_ORIGIN];
    size_t n = strlen(scheme);
    if (origin && h->origin && strcasecmp(origin, h->origin) == 0)
        return true;
    return origin && strncmp(origin, scheme, n) == 0 && strcasecmp(origin + n, r->header[H_HOST]) == 0;
}

static bool other_site(const mu_request *r)
{
    const char *site = r->header[H_SITE];
    return site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
}

/* A form; a browser's script says its letters too. */
static bool is_form(const char *type)
{
    static const char form[] = "application/x-www-form-urlencoded";
    size_t n = sizeof form - 1;
    if (!type || strncasecmp(type, form, n) != 0)
        return false;
    type += n + strspn(type + n, " ");
    if (!*type)
        return true;
    return *type == ';' && strcasecmp(type + 1 + strspn(type + 1, " "), "charset=utf-8") == 0;
}

int mu_hosts_judge(const mu_hosts *h, const mu_request *r)
{
    if (!own_host(h, r->header[H_HOST]))
        return 421;
    if (r->header[H_ORIGIN] && !own_origin(h, r))
        return 403;
    if ((r->post || r->header[H_UPGRADE]) && (!own_origin(h, r) || other_site(r)))
        return 403;
    if (r->post && !is_form(r->header[H_TYPE]))
        return 415;
    return 0;
}
