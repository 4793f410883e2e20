#include "core/page.h"

#include <string.h>

const mu_page_list mu_page_lists[] = {
    {"contacts", "roles", NULL},         {"partners", "externals", NULL},   {"playbooks", "playbooks", "covers"}, {"templates", "templates", "fields"},
    {"severities", "severities", "when"}, {"actions", "raci", "R"},         {"plans", "related_plans", "activate_when"}, {NULL, NULL, NULL},
};

const mu_page_list *mu_page_list_of(const char *name)
{
    for (const mu_page_list *list = mu_page_lists; list->name; list++)
        if (strcmp(list->name, name) == 0)
            return list;
    return NULL;
}

const mu_node *mu_page_entry(const mu_node *root, const char *what)
{
    static const char *const sections[] = {"playbooks", "raci", "roles", "severities", "obligations", "audiences", "channels", "escalations", "related_plans"};
    const char *colon = strchr(what, ':'), *id = colon ? colon + 1 : what;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const mu_node *entry = mu_get(mu_get(root, sections[i]), id);
        if (entry)
            return entry;
    }
    return NULL;
}
