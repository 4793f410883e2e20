/* loopback.h - what is of this machine alone: 127.0.0.0/8, ::1, and the name localhost. What is sent there passes no network. */
#ifndef MU_BASE_LOOPBACK_H
#define MU_BASE_LOOPBACK_H

#include <stdbool.h>

/* Of an address, as an option or a file says it: "127.0.0.1", "::1". No name is one. */
bool mu_loopback(const char *address);
/* Of where an "http://" leads: "http://localhost:8080/x", "http://127.1.2.3", "http://[::1]:80". */
bool mu_loopback_url(const char *url);

#endif
