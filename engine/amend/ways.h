/* ways.h - the functions of the table in mend.h, and what they share. */
#ifndef MU_AMEND_WAYS_H
#define MU_AMEND_WAYS_H

#include "amend/mend.h"

/* The node whose place a finding has; NULL where it has none of its own. */
const mu_node *mu_node_at(const mu_node *root, const mu_mark *at);
/* A further key of a map where a map beside it has it: in the same order of keys. `like` may be NULL: then last. */
bool mu_put_like(mu_mender *m, const mu_node *map, const char *key, const mu_fresh *value, const mu_node *like);
/* One more item of the list under a key, which is made where it is missing, and made a list where it is a single value. */
bool mu_put_item(mu_mender *m, const mu_node *map, const char *key, const char *item, const mu_node *like);
/* Among the children of `map` another one that has this key. */
const mu_node *mu_other_with(const mu_node *map, const mu_node *but, const char *key);
/* A text as a fresh value. */
const mu_fresh *mu_fresh_word(const mu_mender *m, const char *text);
/* The only role with this function; NULL where there is none, or more than one. */
const mu_node *mu_only_role(const mu_mender *m, const char *function);
/* The level of the lowest rank; NULL where there is none. */
const mu_node *mu_worst_level(const mu_mender *m);
#define MU_FROM(m, ...) ((m)->from = mu_format((m)->judge->arena, __VA_ARGS__))

typedef bool mu_way(mu_mender *m, const mu_finding *f);

/* Roles and the matrix (ways_roles.c). */
mu_way mu_lead_answers, mu_one_answers, mu_authority_answers, mu_row_for_action, mu_time_for_advice, mu_told, mu_function_listed, mu_matrix_rules;
/* Ladders, levels, channels (ways_ladders.c). */
mu_way mu_time_of_step, mu_whole_team_last, mu_no_ring, mu_next_in_line, mu_executive_informed, mu_channel_that_answers, mu_unread_channel;
/* Playbooks and names (ways_playbooks.c). */
mu_way mu_meant_name, mu_last_step_waits, mu_time_elsewhere;
/* Duties (ways_duties.c). */
mu_way mu_second_is_deputy, mu_start_of_law, mu_fields_of_law, mu_number_of_law, mu_days_of_law, mu_stages_of_law;

#endif
