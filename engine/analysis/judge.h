/* judge.h - what the rules of one room share: who holds a role, what stands on what, when something was due. */
#ifndef MU_ANALYSIS_JUDGE_H
#define MU_ANALYSIS_JUDGE_H

#include "analysis/paper.h"

/* So many gaps of one type are listed, each for itself; that there are more is one gap of the plan's own. A person reads none of so
 * many, and a file made for it would come to millions. */
enum { MU_ALIKE_MOST = 10000, MU_GAP_TYPES = 160 };

typedef struct mu_judge {
    mu_node *root;
    const mu_scenes *scenes; /* never NULL */
    int64_t now;
    bool today; /* `now` is no day of a drill, which may lie anywhere: what is dated after it was not done yet */
    mu_arena *arena;
    mu_arena *scratch; /* sets of one rule, freed behind it; NULL: they stand in the arena */
    struct mu_orders *orders; /* of roles, as far as a place in them was asked for: mu_orders_new */
    mu_findings found;
    size_t room;
    uint32_t of_type[MU_GAP_TYPES]; /* found so far of each type, by its row of the catalogue */
    mu_finding spare; /* what is said of a gap that is not listed */
} mu_judge;

/* `how` says in one sentence what is looked for; the documentation is made from these rows. */
typedef struct mu_rule {
    const char *gap;
    void (*judge)(mu_judge *j);
    const char *how;
} mu_rule;

/* A set of nodes, each once, in the order in which they came. Starts as MU_SET(judge), whose scratch or arena holds it. */
typedef struct mu_set {
    mu_arena *arena;
    const mu_node **list;
    size_t count, room;
    uint32_t *slots; /* of a large set: places in the list by the node's number, plus one */
    size_t slot_count;
} mu_set;
#define MU_SET(j) {.arena = (j)->scratch ? (j)->scratch : (j)->arena}

/* What is returned lives until the next finding; a rule may say more in it (cause, limit). */
mu_finding *mu_found(mu_judge *j, const char *gap, const char *subject, mu_mark at, const char *text);
/* True where one more of the type would not be listed: a rule whose loops multiply stops then, and no words are made. */
bool mu_enough(mu_judge *j, const char *gap);
#define MU_SAY(j, ...) mu_format((j)->arena, __VA_ARGS__)
/* Finds, for a child `n` of a section: "kind:id". */
mu_finding *mu_found_in(mu_judge *j, const char *gap, const char *kind, const mu_node *n, const mu_node *at, const char *text);

/* The words whose bits are set, in their order, `between` between them. */
const char *mu_words_by_bits(const mu_judge *j, const char *const *words, size_t count, unsigned bits, const char *between);
/* A list of names of which `named` stand in the text: "a, b and 7 more" where there are `count`. */
const char *mu_and_more(const mu_judge *j, const char *names, int count, int named);

#define MU_EACH(child, node) \
    for (const mu_node *child = (node) && (node)->kind != MU_SCALAR ? (node)->first : NULL; child; child = child->next)

bool mu_has(const mu_set *set, const mu_node *n);
void mu_put(mu_set *set, const mu_node *n);
/* Its place in the set, from 0; the set's count where it is not in it, or NULL. */
size_t mu_place_in(const mu_set *set, const mu_node *n);
/* The place of `key` in `n`, or of `n` itself where it lacks the key. */
mu_mark mu_at_key(const mu_node *n, const char *key);
/* A single value or a list, as a list: the first value of either. */
const mu_node *mu_items(const mu_node *n);

/* None yet; what is found later stands in this arena. A judge of one tree needs one. */
struct mu_orders *mu_orders_new(mu_arena *arena);

/* Everybody who may hold a role, in order of succession; delegates follow those who delegate. */
void mu_holders(const mu_judge *j, const mu_node *role, mu_set *people);
/* Who stands first in a role that has an order of succession (holders, or the first turn of a rotation): that person; a
 * role that is filled otherwise, and so by nobody in particular: the role itself; a person: the same. NULL for the rest. */
const mu_node *mu_stands_first(const mu_judge *j, const mu_node *ref);
/* Everybody whom a reference may mean (person, role, role/2, team). */
void mu_meant(const mu_judge *j, const mu_node *ref, mu_set *people);
bool mu_is(const mu_node *n, const char *key, const char *word); /* the text of that child is this word */
/* A time that is given by the hour of the day, and not for all of it: "outside working hours", "in working hours"; NULL otherwise. */
const char *mu_hours_without(const mu_node *time);
/* True where a person is on leave now; a leave includes its last day. */
bool mu_away(const mu_judge *j, const mu_node *person);
/* A level of `severities`, not one of the settings beside the levels. */
bool mu_is_level(const mu_node *n);
/* Where something would stand that the whole file lacks. */
mu_mark mu_top(const mu_judge *j);
/* True where a node stands in this section of the plan. */
bool mu_under(const mu_judge *j, const mu_node *n, const char *section);
/* What a thing stands on, to the ground: itself and all under depends_on. */
void mu_ground(const mu_node *thing, mu_set *set);
/* A channel for every day: `use` says so, or says nothing. */
bool mu_is_primary(const mu_node *channel);

/* Thresholds that the plan may set (plan: limits:), with our defaults; they are conventions, not of any standard. */
typedef struct mu_limit_row {
    const char *key, *otherwise, *means;
} mu_limit_row;
extern const mu_limit_row mu_limit_rows[]; /* ends with key == NULL */

/* The plan's own text for a limit, or the default; of a duration nominal milliseconds, of a number the number. */
const char *mu_limit_text(const mu_judge *j, const char *key);
int64_t mu_limit_value(const mu_judge *j, const char *key);
/* True where a date lies further back than the limit, or than `length` (a duration as text), from the day after on; months are
 * the calendar's. */
bool mu_older_than_limit(const mu_judge *j, const mu_node *date, const char *key);
bool mu_older(const mu_judge *j, const mu_node *date, const char *length);
/* True where what was to be done on that day was not done yet; such a date is older than any limit. */
bool mu_to_come(const mu_judge *j, const mu_node *date);
/* "2026-07-10", or "2027-07-10, a day still to come". */
const char *mu_dated(mu_judge *j, const mu_node *date);
/* Says in the finding which limit it rests on, and whether the plan set it. */
void mu_rests_on(const mu_judge *j, mu_finding *f, const char *key);
/* The same of a date that is older than the limit, unless it is still to come. */
void mu_too_old(const mu_judge *j, mu_finding *f, const mu_node *date, const char *key);
/* The finding is one of several that have this cause: "person:lena", "dependency:okta". */
void mu_caused_by(const mu_judge *j, mu_finding *f, const char *kind, const mu_node *n);

/* What a sentence calls a thing: a person by name, a role by title, an outside party by its organisation, with the id behind
 * it where the name does not lead to it: "Chief Financial Officer (cfo)"; all else by its id. */
const char *mu_title(const mu_judge *j, const mu_node *n);
/* The same of what a reference means; its own text where it means nothing, or one place in a role's order. */
const char *mu_title_of(const mu_judge *j, const mu_node *ref);

/* "role:legal_counsel" for a node at or inside that role; "plan" outside of all that has a kind. */
const char *mu_subject_of(const mu_judge *j, const mu_node *n);
/* What "role:ciso", "tool:siem" or "action:triage" names, or NULL. */
const mu_node *mu_named_in(const mu_judge *j, const char *name);

/* Each ends with gap == NULL. */
extern const mu_rule mu_rules_roles[], mu_rules_functions[], mu_rules_communications[], mu_rules_audiences[], mu_rules_escalations[],
    mu_rules_rotations[], mu_rules_hygiene[], mu_rules_duties[], mu_rules_register[], mu_rules_timing[], mu_rules_contracts[], mu_rules_resources[],
    mu_rules_evidence[];
/* All of them, ended by NULL. */
extern const mu_rule *const mu_paper_rules[];
/* Runs them all; the findings are not weighed yet (weigh.h). */
void mu_apply_paper(mu_judge *j);

#endif
