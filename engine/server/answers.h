/* answers.h - the pages of a call tree: one on which whoever was asked says that they have got it, and one for whoever leads it, with
 * what is called by hand. Both work without JavaScript and know nobody by a cookie. Looking at a page is no answer: only its button is, so that a
 * mail scanner that follows links, or a chat that shows what is behind them, answers for nobody. A code stands behind the # of a link, which
 * no browser sends; the page's script puts it into its field, and without script it is typed. */
#ifndef MU_SERVER_ANSWERS_H
#define MU_SERVER_ANSWERS_H

#include "calltree/calls.h"
#include "server/http.h"

typedef struct mu_answers {
    mu_calls *check;
    const char *organisation, *until;
    const mu_zone *zone;            /* of the times that are shown */
    int64_t began;                  /* Unix milliseconds of its exercise time 0 */
    int64_t (*now)(void *self, int64_t *wall); /* exercise milliseconds; the wall clock */
    void *self;
} mu_answers;

/* What a server calls (http.h); `answers` outlives it. What a request changes is in the check's journal when the turn is over, and is to be on
 * disk before mu_http_flush. */
mu_http_calls mu_answers_http(mu_answers *answers);

#endif
