/* words.h - what those who are asked by a call tree are told. Each message says EXERCISE EXERCISE EXERCISE, first and last. */
#ifndef MU_CALLTREE_WORDS_H
#define MU_CALLTREE_WORDS_H

#include "calltree/calls.h"

typedef struct mu_asking {
    const mu_programme *programme;
    const mu_series *series;
    const mu_calls *check;
    const char *organisation, *until; /* "2026-03-09 11:00 Europe/Dublin" */
} mu_asking;

/* Links to the page of answers; what stands behind # goes to no server but by the form of that page. */
const char *mu_asking_link(const mu_asking *asking, const char *code, mu_arena *arena);
const char *mu_asking_subject(const mu_asking *asking, mu_arena *arena);
const char *mu_asking_text(const mu_asking *asking, int way, mu_arena *arena);
/* The document muster.message/1 of a webhook, or what Slack takes. `key` is that of the message. */
const char *mu_asking_body(const mu_asking *asking, int way, const char *key, mu_arena *arena);
/* What is to be done by hand: whom to call where, with which code; "" where there is nothing. */
void mu_asking_by_hand(mu_buf *out, const mu_asking *asking);

#endif
