/* names.h - the names of a plan as a scenario may use them, and what to say about one that is not there. */
#ifndef MU_SCENARIO_NAMES_H
#define MU_SCENARIO_NAMES_H

#include "core/msel.h"

typedef struct mu_list {
    const char **words;
    int count, size;
} mu_list;

/* What a plan knows, gathered once. The facts are those it declares and those its severities and obligations test. */
typedef struct mu_known {
    const mu_node *root;
    mu_list facts, playbooks, phases;
} mu_known;

void mu_list_add(mu_list *list, const char *word); /* once each; the word is kept by reference */
void mu_list_free(mu_list *list);
bool mu_list_has(const mu_list *list, const char *word);

void mu_known_read(mu_known *known, const mu_tree *plan);
void mu_known_free(mu_known *known);

/* Looks up `text` ("legal_counsel", "person:ana", "team:all"). `kinds` are words; those before a bar are what a bare
 * name may be, all may be written with their kind. False where there is no such name; then *why and *help say it, in
 * `arena`. */
bool mu_name_find(const mu_known *known, const char *text, const char *kinds, mu_arena *arena, mu_name *out,
                  const char **why, const char **help);
/* The same for an action of the matrix or an act of people. */
bool mu_act_find(const mu_known *known, const char *text, mu_arena *arena, mu_name *out, const char **why,
                 const char **help);
/* "did you mean ...?" or the list of what exists (the first dozen), for a word that is none of `words`. */
const char *mu_names_help(const char *word, const char *const *words, size_t count, mu_arena *arena);

#endif
