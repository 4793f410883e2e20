/* archive.h - files put together as a ZIP archive, none of them compressed: what a word document is. By APPNOTE 6.3 of PKWARE, 4.3. The same
 * files give the same bytes: no time of day is in it. */
#ifndef MU_CLI_ARCHIVE_H
#define MU_CLI_ARCHIVE_H

#include "base/embedded.h"
#include "base/text.h"

/* Adds the archive of `files` (the last is followed by a NULL name) to `out`, each in `folder` ("word/"). */
void mu_archive(mu_buf *out, const mu_embedded *files, const char *folder);

#endif
