/* request.h - one HTTP/1.1 request out of bytes, and nothing that can be read in two ways: a bare line feed, a folded line,
 * a NUL, two lengths, a coding, a sign in a length, a target that is no path are all refused. It knows no socket. */
#ifndef MU_SERVER_REQUEST_H
#define MU_SERVER_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

enum {
    MU_TARGET_MOST = 2048,
    MU_HEADER_MOST = 8192, /* one line */
    MU_HEADERS_MOST = 64,
    MU_HEAD_MOST = 16384,
    MU_BODY_MOST = 65536,
    MU_FORM_FIELDS = 24,
    MU_FORM_TEXT = 8000 /* characters of one field */
};

typedef enum mu_header {
    H_HOST, H_ORIGIN, H_LENGTH, H_TYPE, H_CODING, H_CONNECTION, H_UPGRADE, H_KEY, H_VERSION, H_COOKIE, H_SITE, H_PROTOCOL, H_HEADERS
} mu_header;

typedef struct mu_request {
    bool post;
    const char *path, *query;       /* as they came; query "" where there is none */
    const char *header[H_HEADERS];  /* NULL where it was not sent */
    const char *body;
    size_t length;                  /* of the body */
} mu_request;

/* Reads the head of a request at the begin of `bytes`, which it changes once the head is whole. Returns how many bytes the
 * head has; 0 where more must come; -status where it is refused, as early as that can be known. The texts of `request`
 * live in `bytes`; `body` is not set. */
int mu_request_read(char *bytes, size_t len, mu_request *request);

/* The value of a cookie, NULL where it was not sent, or sent twice. Lives in `arena`. */
const char *mu_request_cookie(const mu_request *request, const char *name, mu_arena *arena);

typedef struct mu_form {
    const char *name[MU_FORM_FIELDS], *value[MU_FORM_FIELDS];
    int count;
} mu_form;

/* The fields of a form or a query. False where it is none, where a name comes twice, or where something is too long. Values
 * are UTF-8 with \n as line break; invisible controls are left out. */
bool mu_form_read(mu_arena *arena, const char *text, size_t len, mu_form *form);
/* NULL where there is no such field, or nothing in it. */
const char *mu_form_value(const mu_form *form, const char *name);

/* "Not Found" of 404: what stands behind a status in the first line of a reply. */
const char *mu_status_words(int status);

#endif
