/* ways.h - whom a call tree asks, and over what: everybody whom the plan says how to reach, over each of their ways, so far as they
 * opted in. An address of a channel whose kind is mail goes by mail, one that begins with https:// by a webhook (in the form of Slack where the
 * channel's kind is chat); a number or a name is called by hand. */
#ifndef MU_CALLTREE_WAYS_H
#define MU_CALLTREE_WAYS_H

#include "programme/carrier.h"
#include "programme/programme.h"

enum { MU_BY_HAND = MU_CARRIERS };

typedef struct mu_contact {
    const char *who;       /* "person:lena", "external:counsel" */
    const mu_node *node;   /* of the plan */
    const mu_node *reach;  /* the item of its `reach` */
    int place;             /* which of them, from 1 */
    const char *name, *address, *channel; /* as people call them; the address may be "" */
    int by;                /* a carrier, or MU_BY_HAND */
    const char *not_asked; /* why; NULL where it is asked */
} mu_contact;

/* "mail", "webhook", "slack", "hand"; and back, -1 for none. */
const char *mu_by_word(int by);
int mu_by_of(const char *word);

/* All ways of people and outside parties, in the order of the plan. `local` is the moment against which leaves are held. Owned by the
 * arena; the plan outlives it. Returns how many. */
int mu_contacts(const mu_tree *plan, const mu_programme *programme, int64_t local, mu_arena *arena, mu_contact **ways);
/* The way that a journal names ("person:lena", 2). False where the plan has none such. */
bool mu_contact_of(const mu_tree *plan, const char *who, int place, mu_arena *arena, mu_contact *way);

#endif
