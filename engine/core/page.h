/* page.h - what of the plan can be looked up in a drill: some lists by their names, and what has an id in some sections.
 * Whoever shows a page and whoever writes down that there is none go by the same tables. */
#ifndef MU_CORE_PAGE_H
#define MU_CORE_PAGE_H

#include "plan/tree.h"

/* A list of the plan: the section it is of, and the key of each entry that stands beside its id. Lists with a page of their own
 * making have no `key`. */
typedef struct mu_page_list {
    const char *name, *section, *key;
} mu_page_list;

extern const mu_page_list mu_page_lists[]; /* ends with name == NULL */

/* NULL where no list has this name, in any case. */
const mu_page_list *mu_page_list_of(const char *name);
/* The entry of the plan that `what` names ("declare", "action:declare"), a playbook before an action of the same id; else what is
 * called so by its name, title or organisation, in any case, a blank being as good as an underscore. NULL where none has a page. */
const mu_node *mu_page_entry(const mu_node *root, const char *what);
/* The list that `what` is, or that holds it: "contacts" of a person. NULL where it is on none. */
const char *mu_page_on(const mu_node *root, const char *what);
/* The list or the entry whose id is spelled nearly like `what`; NULL where none is. */
const char *mu_page_near(const mu_node *root, const char *what);

#endif
