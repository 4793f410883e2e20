/* serve_link.h - where the facilitator's link goes. Whoever has it leads the drill: it is shown to whoever started the program, and never
 * in a log that others read. */
#ifndef MU_CLI_SERVE_LINK_H
#define MU_CLI_SERVE_LINK_H

#include <stdbool.h>

/* The file: what was asked for, or DIR/link where what is printed goes into the log of the system (systemd.exec(5), JOURNAL_STREAM).
 * False: it may be printed. */
bool mu_link_file(const char *asked, const char *folder, char file[4200]);
/* Written whole or not at all, to be read by its owner alone; false after saying why not. */
bool mu_link_keep(const char *file, const char *link);

#endif
