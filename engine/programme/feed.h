/* feed.h - occasions as a calendar that Outlook, Google and Apple take (iCalendar, RFC 5545, written by libical): one event each, at a
 * moment of UTC, so that no reader needs to know our zones. An unannounced drill stands in it as its stretch of days, free and
 * tentative, unless `open` is set: then with its day, for those who prepare it. */
#ifndef MU_PROGRAMME_FEED_H
#define MU_PROGRAMME_FEED_H

#include <stdbool.h>

#include "base/text.h"
#include "programme/occasions.h"

/* False where libical is not on this machine. */
bool mu_write_feed(mu_buf *out, const mu_programme *programme, const mu_occasion *list, int count, bool open);

#endif
