/* json.h - text as JSON. */
#ifndef MU_BASE_JSON_H
#define MU_BASE_JSON_H

#include "base/text.h"

/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD, what is unsafe an escape. */
void mu_json_text(mu_buf *out, const char *text);

#endif
