/* tag.h - HTML with a stranger's text in it. */
#ifndef MU_SERVER_TAG_H
#define MU_SERVER_TAG_H

#include <stdint.h>

#include "base/text.h"

/* %s: text, escaped for an element or a quoted attribute, NULL is nothing; %d: an int; %l: an int64_t; %h: HTML of ours, as
 * it is; %%. Nothing else. */
void mu_tag(mu_buf *out, const char *format, ...);

#endif
