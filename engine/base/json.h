/* json.h - text as JSON. */
#ifndef MU_BASE_JSON_H
#define MU_BASE_JSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD, what is unsafe an escape. */
void mu_json_text(mu_buf *out, const char *text);
/* The same; null where it is NULL. */
void mu_json_maybe(mu_buf *out, const char *text);

/* Out of a JSON document {..., "LIST": [{"KEY": "text", ...}, ...]} the texts of KEY, in order, owned by `arena`. Returns
 * how many, or -1 with *why where the bytes are no such document. */
int mu_json_column(mu_arena *arena, const char *bytes, size_t len, const char *list, const char *key, const char *const **texts, const char **why);

/* Of the same rows whether KEY is there and not null. Returns how many rows, or -1. */
int mu_json_present(mu_arena *arena, const char *bytes, size_t len, const char *list, const char *key, const bool **present);
/* The text {..., "OBJECT": {..., "KEY": "text"}} of a JSON document, of its top where `object` is NULL; owned by `arena`, NULL where
 * there is none. */
const char *mu_json_at(mu_arena *arena, const char *bytes, size_t len, const char *object, const char *key);

#endif
