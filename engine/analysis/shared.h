/* shared.h - what a rule on paper and the rule of the same gap in a drill look at alike. */
#ifndef MU_ANALYSIS_SHARED_H
#define MU_ANALYSIS_SHARED_H

#include "analysis/judge.h"

/* How many names stand in a cell of the matrix; R/A counts for both. */
int mu_cell_count(const mu_node *row, const char *key);
/* Steps of a playbook that another waits for: it names them in `after`, or their action in its `gate`. A step that decides is
 * followed by what it decides. */
mu_set mu_followed_in(const mu_judge *j, const mu_node *book);
/* The phases in which a playbook has no step, a bit each in their order, and their names. */
unsigned mu_phases_missing(const mu_node *book);
const char *mu_phases_named(const mu_judge *j, unsigned bits);
/* The end of the playbook: the last of those that nothing follows; NULL where there is none. */
const mu_node *mu_last_step(const mu_node *book, const mu_set *followed);
/* Steps of a playbook before which everything can be done; of the others those that stand behind a ring, and in none. */
mu_set mu_doable_in(const mu_judge *j, const mu_node *book);
mu_set mu_behind_rings(const mu_judge *j, const mu_node *book, const mu_set *doable);
/* Steps of a playbook that begin only when one of these actions was done in it, by their `after` or their `gate`. */
mu_set mu_behind(const mu_judge *j, const mu_node *book, const mu_set *actions);
/* The playbook is about somebody of our own. */
bool mu_covers_insiders(const mu_node *book);
/* A rule of law about personal data. */
bool mu_about_people(const char *rule);
/* The first and the second in a role's order of succession, from 1; NULL where there is none. */
const mu_node *mu_in_line(const mu_node *role, int place);
/* The order of succession of a role: its holders, or whoever takes turns in its rotation; NULL where it has neither. */
const mu_node *mu_successors(const mu_node *role);
/* How deep a role is to be filled; *own where the role says so itself. 0 where nothing is asked of it. */
int64_t mu_depth_wanted(const mu_judge *j, const mu_node *role, bool *own);
/* Neither the team nor a role of command says how command goes from one to the next. */
bool mu_transfer_unsaid(const mu_judge *j);
/* Roles that are given nothing to do anywhere in the plan. */
void mu_idle_roles(mu_judge *j, mu_set *idle);

/* People on the tree of calls whose silence leaves others uncalled. */
void mu_weak_branches(mu_judge *j, mu_set *people);
/* An audience of this kind: customers, staff, partners, media, insurer, board, suppliers. */
bool mu_is_group(const mu_node *audience, const char *kind);
/* All ways to a person or an external are shared mailboxes. */
bool mu_only_mailbox(const mu_node *who);
/* Everybody to whom an obligation goes. */
void mu_told_by_duties(const mu_judge *j, mu_set *told);
/* What templates say that they are for (templates: for), and of each the last that does. */
typedef struct mu_wordings {
    mu_set things;
    const mu_node **templates;
} mu_wordings;
mu_wordings mu_wordings_of(const mu_judge *j);
/* One sentence on an audience or a duty that names no template; another where some template is for it. */
const char *mu_no_words(mu_judge *j, const mu_wordings *words, const mu_node *thing);
/* A channel over which many meet: a bridge, video, a conference. */
bool mu_is_bridge(const mu_node *channel);
/* Something says how a report comes in. */
bool mu_has_intake(const mu_judge *j);

#endif
