/* jail.h - gives up, in a child, everything that a worker does not need. */
#ifndef MU_SCENARIO_JAIL_H
#define MU_SCENARIO_JAIL_H

/* Keeps `fd` alone, under this number, closes every other one, sets the limits and, where the kernel knows how, allows
 * only the few system calls that computing and talking over `fd` take. Never returns where that fails. */
void mu_jail(int fd);

#endif
