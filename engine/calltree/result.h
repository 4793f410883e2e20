/* result.h - what a call tree came to, from its journal and its plan alone. */
#ifndef MU_CALLTREE_RESULT_H
#define MU_CALLTREE_RESULT_H

#include "calltree/calls.h"

typedef struct mu_reached {
    const char *who, *name;
    int asked, answered, late, wrong; /* ways */
    int64_t took;                     /* of the first answer to what was sent, -1 none */
    bool broken;                      /* the program was away while it was waited for */
    bool timed;                       /* something was sent to them, and it was waited for all the while: `took` -1 is a never */
    bool whole;                       /* every way that the plan has was asked and answered: reached as written */
} mu_reached;

/* Everybody who was asked, each once, in order. Owned by the check's arena. Returns how many. */
int mu_reached_all(const mu_calls *check, const mu_reached **list);

/* "6 of 9 people and outside parties answered, 4 of them over each of their ways; 1 address is wrong." */
const char *mu_calltree_sentence(const mu_calls *check);
/* How a way came out: "answered", "no answer", "wrong", ... */
const char *mu_way_words(const mu_calls *check, const mu_asked *asked);
/* For a terminal; and the document muster.calltree/1. */
void mu_calltree_text(mu_buf *out, const mu_calls *check);
void mu_calltree_json(mu_buf *out, const mu_calls *check);

#endif
