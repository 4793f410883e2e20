/* hosts.h - under which names this server is asked, and from which pages (RFC 9110 7.2, RFC 6454, Fetch Metadata): a request that
 * says another Host, or comes from a page of another origin, ends before anybody reads it. */
#ifndef MU_SERVER_HOSTS_H
#define MU_SERVER_HOSTS_H

#include "server/request.h"

enum { MU_HOSTS_MOST = 32, MU_HOST_NAME = 80, MU_HOME = MU_HOST_NAME + 8 };

typedef struct mu_hosts {
    bool tls;
    int port;
    const char *origin; /* "https://drill.example" under which another server passes requests on, or NULL; owned by the caller */
    char own[MU_HOST_NAME];  /* the host by which this machine asks */
    char away[MU_HOST_NAME]; /* the host by which other machines ask; "" where none can */
    char names[MU_HOSTS_MOST][MU_HOST_NAME]; /* what a Host may say */
    int name_count;
} mu_hosts;

/* The names by which this machine is reached where it listens on this address. `tls` and `port` are set before. */
void mu_hosts_name(mu_hosts *hosts, const char *address);
/* Where a link that is given to somebody leads: as the request was asked (`host`, or NULL), but where that name is of this machine
 * alone and others are to come, by an address that they can reach. */
void mu_hosts_home(const mu_hosts *hosts, const char *host, char home[MU_HOME]);
/* A socket that listens at this address and port (0: any); *port is where it does. -1 with *why. */
int mu_hosts_listen(const char *address, int *port, const char **why);
/* Whoever has knocked, at once: -1 where nobody has, or errno says why nobody can be let in. */
int mu_hosts_accept(int listening);
/* 0, or the status with which a request ends here. Somebody who follows a link to us may come from anywhere, and may only look. */
int mu_hosts_judge(const mu_hosts *hosts, const mu_request *request);

#endif
