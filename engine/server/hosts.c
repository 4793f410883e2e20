#include "server/hosts.h"

#include <ifaddrs.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static void add_name(mu_hosts *h, const char *name)
{
    bool six = strchr(name, ':') != NULL, usual = h->port == (h->tls ? 443 : 80);
    for (int port = usual ? 0 : 1; port < 2 && h->name_count < MU_HOSTS_MOST; port++)
        snprintf(h->names[h->name_count++], MU_HOST_NAME, port ? "%s%.60s%s:%d" : "%s%.60s%s", six ? "[" : "", name, six ? "]" : "", h->port);
}

void mu_hosts_name(mu_hosts *h, const char *address)
{
    char text[65] = "";
    struct ifaddrs *list = NULL;
    bool loopback = strcmp(address, "127.0.0.1") == 0;
    add_name(h, "localhost");
    add_name(h, "127.0.0.1");
    if (loopback)
        return;
    add_name(h, address);
    if (gethostname(text, sizeof text - 1) == 0)
        add_name(h, text);
    if (getifaddrs(&list) != 0)
        return;
    for (const struct ifaddrs *a = list; a; a = a->ifa_next) {
        int family = a->ifa_addr ? a->ifa_addr->sa_family : 0;
        socklen_t size = family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
        if ((family == AF_INET || family == AF_INET6) && getnameinfo(a->ifa_addr, size, text, sizeof text, NULL, 0, NI_NUMERICHOST) == 0 && !strchr(text, '%'))
            add_name(h, text);
    }
    freeifaddrs(list);
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
