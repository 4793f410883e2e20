/* judge.h - what the rules of one room share: who holds a role, what stands on what, when something was due. */
#ifndef MU_ANALYSIS_JUDGE_H
#define MU_ANALYSIS_JUDGE_H

#include "analysis/paper.h"

enum { MU_PEOPLE_MOST = 512, MU_GROUND_MOST = 256 };

typedef struct mu_judge {
    mu_node *root;
    int64_t now;
    mu_arena *arena;
    mu_findings found;
    size_t room;
} mu_judge;

typedef struct mu_rule {
    const char *gap;
    void (*judge)(mu_judge *j);
} mu_rule;

/* A set of nodes, each once, in the order in which they came. */
typedef struct mu_set {
    const mu_node *list[MU_PEOPLE_MOST];
    size_t count;
} mu_set;

void mu_found(mu_judge *j, const char *gap, const char *subject, mu_mark at, const char *text);
#define MU_SAY(j, ...) mu_format((j)->arena, __VA_ARGS__)
/* Finds, for a child `n` of a section: "kind:id". */
void mu_found_in(mu_judge *j, const char *gap, const char *kind, const mu_node *n, const mu_node *at, const char *text);

#define MU_EACH(child, node) \
    for (const mu_node *child = (node) && (node)->kind != MU_SCALAR ? (node)->first : NULL; child; child = child->next)

bool mu_has(const mu_set *set, const mu_node *n);
void mu_put(mu_set *set, const mu_node *n);
/* The place of `key` in `n`, or of `n` itself where it lacks the key. */
mu_mark mu_at_key(const mu_node *n, const char *key);
/* A single value or a list, as a list: the first value of either. */
const mu_node *mu_items(const mu_node *n);

/* Everybody who may hold a role, in order of succession; delegates follow those who delegate. */
void mu_holders(const mu_judge *j, const mu_node *role, mu_set *people);
/* Everybody whom a reference may mean (person, role, role/2, team). */
void mu_meant(const mu_judge *j, const mu_node *ref, mu_set *people);
/* What a thing stands on, to the ground: itself and all under depends_on. */
void mu_ground(const mu_node *thing, mu_set *set);
/* True where a person answers at every hour. */
bool mu_always_there(const mu_node *person);

/* A limit of the plan in milliseconds before `now`, or the default; a month is one of the calendar. */
bool mu_older(const mu_judge *j, const mu_node *date, const mu_node *limit, const char *otherwise);
const mu_node *mu_limit(const mu_judge *j, const char *key);
int64_t mu_limit_count(const mu_judge *j, const char *key, int64_t otherwise);

extern const mu_rule mu_rules_roles[], mu_rules_voice[], mu_rules_rest[], mu_rules_names[]; /* each ends with gap == NULL */
/* All of them, ended by NULL. */
extern const mu_rule *const mu_paper_rules[];

#endif
