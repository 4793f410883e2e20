#include "core/page.h"

#include <string.h>

#include "base/text.h"

const mu_page_list mu_page_lists[] = {
    {"contacts", "roles", NULL},         {"partners", "externals", NULL},   {"playbooks", "playbooks", "covers"}, {"templates", "templates", "fields"},
    {"severities", "severities", "when"}, {"actions", "raci", "R"},         {"plans", "related_plans", "activate_when"}, {NULL, NULL, NULL},
};

/* Where entries with pages stand, the first first; on which list each is, NULL on none. */
static const struct { const char *section, *list; } places[] = {
    {"playbooks", "playbooks"}, {"raci", "actions"},   {"roles", "contacts"},   {"severities", "severities"}, {"obligations", NULL},     {"audiences", NULL},
    {"channels", NULL},         {"escalations", NULL}, {"related_plans", "plans"}, {"people", "contacts"},    {"externals", "partners"}, {"templates", "templates"}};
enum { PLACES = sizeof places / sizeof *places };

static char plain(char c)
{
    return c == '-' || c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Case does not count, and a blank, a dash and an underscore are one. */
static bool same(const char *a, const char *b)
{
    while (*a && plain(*a) == plain(*b))
        a++, b++;
    return *a == *b;
}

const mu_page_list *mu_page_list_of(const char *name)
{
    for (const mu_page_list *list = mu_page_lists; list->name; list++)
        if (same(list->name, name))
            return list;
    return NULL;
}

static bool is_called(const mu_node *n, const char *what)
{
    static const char *const names[] = {"name", "title", "organisation"};
    bool called = same(n->key, what);
    for (size_t i = 0; n->kind == MU_MAP && !called && i < sizeof names / sizeof *names; i++) {
        const char *name = mu_get_text(n, names[i]);
        called = name && same(name, what);
    }
    return called;
}

const mu_node *mu_page_entry(const mu_node *root, const char *what)
{
    const char *colon = strchr(what, ':'), *id = colon ? colon + 1 : what;
    for (int i = 0; i < PLACES; i++) {
        const mu_node *entry = mu_get(mu_get(root, places[i].section), id);
        if (entry)
            return entry;
    }
    for (int i = 0; i < PLACES; i++) {
        const mu_node *section = mu_get(root, places[i].section);
        for (const mu_node *n = section && section->kind == MU_MAP ? section->first : NULL; n; n = n->next)
            if (is_called(n, id))
                return n;
    }
    return NULL;
}

const char *mu_page_on(const mu_node *root, const char *what)
{
    const mu_page_list *list = mu_page_list_of(what);
    const mu_node *entry = list ? NULL : mu_page_entry(root, what);
    for (int i = 0; entry && i < PLACES; i++)
        if (mu_get(root, places[i].section) == entry->parent)
            return places[i].list;
    return list ? list->name : NULL;
}

const char *mu_page_near(const mu_node *root, const char *what)
{
    enum { MOST = 1000 };
    const char *names[MOST], *colon = strchr(what, ':');
    size_t count = 0;
    for (const mu_page_list *list = mu_page_lists; list->name; list++)
        names[count++] = list->name;
    for (int i = 0; i < PLACES; i++) {
        const mu_node *section = mu_get(root, places[i].section);
        for (const mu_node *n = section && section->kind == MU_MAP ? section->first : NULL; n && count < MOST; n = n->next)
            names[count++] = n->key;
    }
    return mu_nearest(colon ? colon + 1 : what, names, count);
}
