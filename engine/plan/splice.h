/* splice.h - changes to a plan's own text. Only the lines that must change do: comments, order, quoting, indentation, ends of
 * lines and everything else stay as their author wrote them. Changes are asked for by the nodes of the tree that was read,
 * any number, in any order, and are made in one go, over all files of a folder.
 *
 * A change is refused, with the reason, where it cannot be made without harm: what stands behind an alias, or is shared by one;
 * a comment that would be lost; two changes to one place. */
#ifndef MU_PLAN_SPLICE_H
#define MU_PLAN_SPLICE_H

#include "plan/fresh.h"
#include "plan/tree.h"

typedef struct mu_splice mu_splice;

/* Owned by the arena, as is all that it gives; the tree outlives it. Nothing is read before the first change. */
mu_splice *mu_splice_new(const mu_tree *tree, mu_arena *arena);

/* Another value where there is one. A text keeps its quotes and its anchor. */
bool mu_splice_set(mu_splice *s, const mu_node *node, const mu_fresh *value);
/* A further key of a map, or item of a list (key NULL): before this child, or last where that is NULL. An empty value
 * ("roles:") is a map or a list as well. */
bool mu_splice_put(mu_splice *s, const mu_node *in, const char *key, const mu_fresh *value, const mu_node *before);
/* A key with its value out of its map, an item out of its list. What is left empty becomes {} or []. A comment on the same line
 * goes with it, comments on lines of their own stay. */
bool mu_splice_drop(mu_splice *s, const mu_node *node);
/* An item or a key elsewhere among its own, as it is written: before that one, or last. */
bool mu_splice_move(mu_splice *s, const mu_node *node, const mu_node *before);
/* A comment on lines of its own above the line on which the node begins; a line of the text is a line of the comment. */
bool mu_splice_note(mu_splice *s, const mu_node *node, const char *text);

/* Why the last call was refused, one sentence; NULL where none was since mu_splice_back. */
const char *mu_splice_why(const mu_splice *s);

/* Takes back what was asked for since then. */
size_t mu_splice_mark(const mu_splice *s);
void mu_splice_back(mu_splice *s, size_t mark);

/* Makes the changes; may be called again after more of them. False where two are at odds (mu_splice_why); then the texts are as
 * they were before. */
bool mu_splice_make(mu_splice *s);
/* The files that change, from 0, by the names in the marks, in the order of their first change; NULL behind the last. */
const char *mu_splice_file(const mu_splice *s, size_t i);
/* The text of a file as it is after mu_splice_make, changed or not; NULL where the plan has none such. */
const char *mu_splice_text(const mu_splice *s, const char *file, size_t *len);
/* Where the i-th thing that was asked for changes the old text: its file and line; false behind the last. */
bool mu_splice_line(const mu_splice *s, size_t i, const char **file, int *line);

#endif
