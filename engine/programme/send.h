/* send.h - one message over one way (libcurl), and what is known of it afterwards. The last byte of a message is given away only after `last` has
 * said so on disk: what fails before it was certainly not taken, and what fails behind it may have been. */
#ifndef MU_PROGRAMME_SEND_H
#define MU_PROGRAMME_SEND_H

#include "programme/agenda.h"

typedef struct mu_letter {
    const mu_programme *programme;
    const char *key;           /* the same for the same message, so that a server that has it already can tell */
    mu_carrier way;
    const char *address, *subject, *text; /* of a mail */
    const char *body;          /* JSON, of the other ways */
    int64_t now;               /* UTC: the date that it carries */
    bool (*last)(void *self);  /* false: it is not sent after all */
    void *self;
} mu_letter;

typedef enum mu_posted {
    MU_POSTED,      /* the other side said that it took it */
    MU_NOT_POSTED,  /* it certainly did not */
    MU_NOT_THEIRS,  /* nor ever will: it said that there is no such address */
    MU_MAYBE_POSTED /* nobody knows */
} mu_posted;

/* `words` are what the other side or the system said, owned by `arena`. */
mu_posted mu_post(const mu_letter *letter, mu_arena *arena, const char **words);

#endif
