/* hand.h - an act while it is being taken: for the files of this room that know what people may do. First it is judged,
 * and only what was found good is written and done; a move that is refused leaves no trace. */
#ifndef MU_CORE_HAND_H
#define MU_CORE_HAND_H

#include "core/parts.h"

typedef struct mu_hand {
    mu_run *r;
    const mu_act *act;
    int person, role;
    const mu_node *node; /* what `object` names in the plan, or NULL */
    uint32_t event;      /* of the act, once it is written */
} mu_hand;

/* A verb: NULL or why it may not be done now; what it does. */
typedef struct mu_doing {
    const char *verb;
    const char *(*check)(const mu_hand *h);
    void (*act)(mu_hand *h);
} mu_doing;

/* All end with verb == NULL. Those of the record change nothing but the record, and are taken after ENDEX as well. */
extern const mu_doing mu_player_doings[], mu_facilitator_doings[], mu_record_doings[];

/* The symbol of one of them, and what it names in the plan. */
static inline int64_t mu_hand_symbol(const mu_hand *h, int which)
{
    return mu_act_symbol(h->r, h->act, which);
}
static inline const mu_node *mu_hand_named(const mu_hand *h, int which)
{
    return mu_world_node(h->r->world, mu_hand_symbol(h, which));
}
/* The number of "message:12" where there are `count` of its kind; else -1. */
int mu_hand_number(const mu_hand *h, mu_counted what, const char *kind, int count);
bool mu_hand_prefix(const char *text, const char *kind);
/* A whole number of `text`, or -1. */
int64_t mu_hand_whole(const char *text);
/* Whose seat it is: what the record says behind "by". */
int64_t mu_hand_by(const mu_hand *h);
const char *mu_check_any(const mu_hand *h);
/* Somebody who can be told something: a role, a person, an outside party, an audience, a team. */
const char *mu_check_whom(const mu_hand *h);
/* Sends a letter to everybody whom the object means. */
void mu_hand_tell(const mu_hand *h, int64_t about);

#endif
