/* needs.h - what a plan needs to work at a moment, each with its line of the plan, as gates over what can be absent.
 *
 * Elements are people, sites (with all who work there), channels, outside parties and other things that something depends
 * on. What several stand on is one element. A kind that is left out is there for certain. */
#ifndef MU_ABSENCE_NEEDS_H
#define MU_ABSENCE_NEEDS_H

#include "absence/house.h"
#include "absence/structure.h"

typedef enum mu_element_kind { MU_PEOPLE = 1, MU_SITES = 2, MU_CHANNELS = 4, MU_EXTERNALS = 8, MU_DEPENDENCIES = 16, MU_EVERY_ELEMENT = 31 } mu_element_kind;

typedef struct mu_absentee {
    mu_element_kind kind;
    const char *name, *called; /* "person:ana", "site:dublin"; "Ana Byrne" */
    const mu_node *node;
} mu_absentee;

/* Whoever a need may stand on, in the order in which the plan would turn to them. */
typedef struct mu_hand {
    int person;            /* of the house; -1: an outside party */
    const mu_node *node;
    mu_gate lost;          /* cannot serve this need */
    const char *missing;   /* why not with nobody absent: as words behind a name: "off hours", "cannot be reached"; NULL where they can */
} mu_hand;

typedef struct mu_need {
    const char *id;        /* "role:ciso", "quorum:sev1", "action:triage/R" */
    const char *group;     /* what rows of a table stand under */
    const char *called;    /* "Incident Commander", "Isolate production: do it" */
    const char *lost;      /* what is so without it: "nobody is Incident Commander"; and in parts, which join others alike: */
    const char *head, *item, *tail; /* "nobody is ", "Incident Commander", "" */
    const char *why;       /* what breaks it whoever is there; NULL where nothing does */
    mu_mark at;
    mu_gate gate;
    const mu_hand *hands;
    int hand_count, wanted; /* how many of them are wanted at once */
    int within;            /* the need that says the same and more, so that a sentence names that one; -1 */
} mu_need;

/* A change to the plan that could mend something. */
typedef enum mu_change_kind { MU_ADD_DEPUTY, MU_ADD_ACCESS, MU_ADD_ACCOUNT, MU_ADD_AUTHORITY, MU_ADD_WAY, MU_SHORTEN, MU_CHANGE_KINDS } mu_change_kind;

typedef struct mu_change {
    mu_change_kind kind;
    const char *id;        /* "deputy:legal_counsel+marco" */
    const char *text;      /* "Marco Silva follows as Legal Counsel" */
    const mu_node *to, *what; /* the role, person, outside party or ladder that is changed; who or what is added, or the step */
    const char *word;      /* an authority; NULL */
    mu_mark at;            /* the line that changes, or below which it is added */
    uint32_t element;      /* absent while it is not made */
} mu_change;

typedef struct mu_needs {
    const mu_house *house;
    mu_structure *structure; /* theirs to free */
    int64_t utc;
    const mu_absentee *elements; /* by number */
    int element_count;
    mu_need *list;           /* in the order of the plan, group by group */
    int count;
    mu_change *changes;      /* that could be made, where they were asked for */
    int change_count;
} mu_needs;

typedef struct mu_needs_options {
    int64_t utc;
    unsigned kinds;         /* mu_element_kind, as bits */
    const char *incident;   /* only playbooks that cover it, and their actions; NULL for the whole plan */
    bool at_once;           /* what may wait counts as if it were to be done now */
    bool offer;             /* changes that could be made are elements behind the others */
    const char *const *made; /* ids of changes that count as made */
    int made_count;
    const char *const *barred; /* ids of changes that are not offered */
    int barred_count;
    const char *const *spared; /* "LADDER+PERSON": not counted on in that ladder while changes are offered */
    int spared_count;
} mu_needs_options;

/* Owned by the house's arena but for the structure. NULL with *why where something is more than can be judged. */
mu_needs *mu_needs_of(const mu_house *house, const mu_needs_options *options, const char **why);
void mu_needs_free(mu_needs *needs);

/* "deputy", "access", "account", "authority", "way", "sooner". */
const char *mu_change_word(mu_change_kind kind);
/* "Ana Byrne", "Northbeam DFIR". */
const char *mu_hand_called(const mu_house *house, const mu_hand *hand);

#endif
