#include "base/loopback.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool mu_loopback(const char *address)
{
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, address, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

/* Before an @ there may stand what looks like a host. */
bool mu_loopback_url(const char *url)
{
    char name[64];
    const char *host = strncmp(url, "http://", 7) == 0 ? url + 7 : "";
    bool six = *host == '[';
    size_t n = strcspn(host += six, six ? "]" : ":/?#");
    if (n >= sizeof name || (six && host[n] != ']') || (six && !memchr(":/?#", host[n + 1], 5)) || host[strcspn(host, "@")])
        return false;
    snprintf(name, sizeof name, "%.*s", (int)n, host);
    return (!six && strcasecmp(name, "localhost") == 0) || mu_loopback(name);
}
