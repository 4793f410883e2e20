#include "calltree/ways.h"

#include <string.h>
#include <strings.h>

#include "base/loopback.h"

static const struct { const char *section, *kind; } sections[] = {{"people", "person"}, {"externals", "external"}};
enum { SECTIONS = sizeof sections / sizeof *sections };

const char *mu_by_word(int by)
{
    return by == MU_BY_HAND ? "hand" : mu_carrier_word((mu_carrier)by);
}

int mu_by_of(const char *word)
{
    for (int by = 0; by <= MU_BY_HAND; by++)
        if (strcmp(mu_by_word(by), word) == 0)
            return by;
    return -1;
}

/* ---- one way ---- */

static bool is_web(const char *address)
{
    return strncmp(address, "https://", 8) == 0 || mu_loopback_url(address);
}

static bool is_mail_kind(const char *kind)
{
    return strcasecmp(kind, "mail") == 0 || strcasecmp(kind, "email") == 0 || strcasecmp(kind, "e-mail") == 0;
}

static int carrier(const char *kind, const char *address)
{
    if (is_mail_kind(kind) && strchr(address, '@') && !strpbrk(address, " \t\r\n<>,;"))
        return MU_MAIL;
    return !is_web(address) || strpbrk(address, " \t\r\n") ? MU_BY_HAND : strcasecmp(kind, "chat") == 0 ? MU_SLACK : MU_WEBHOOK;
}

static const char *text_or(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static mu_contact way_of(const mu_node *node, const char *kind, const mu_node *reach, int place, mu_arena *arena)
{
    const mu_node *via = mu_get(reach, "via"), *channel = via ? via->ref : NULL;
    const char *name = mu_get_text(node, strcmp(kind, "person") == 0 ? "name" : "organisation"), *address = text_or(mu_get_text(reach, "address"), "");
    return (mu_contact){.who = mu_format(arena, "%s:%s", kind, node->key), .node = node, .reach = reach, .place = place, .name = text_or(name, node->key), .address = address,
                    .channel = via ? via->text : "", .by = carrier(text_or(mu_get_text(channel, "kind"), ""), address)};
}

static const mu_node *first_way(const mu_node *node)
{
    const mu_node *reach = mu_get(node, "reach");
    return reach && reach->kind == MU_LIST ? reach->first : NULL;
}

/* ---- who may be asked ---- */

static const mu_recipient *recipient(const mu_programme *p, const char *who)
{
    for (int i = 0; i < p->recipient_count; i++)
        if (p->recipients[i].is && strcmp(p->recipients[i].is, who) == 0)
            return &p->recipients[i];
    return NULL;
}

static const mu_node *leave(const mu_node *person, int64_t local)
{
    const mu_node *list = mu_get(person, "away");
    for (const mu_node *a = list && list->kind == MU_LIST ? list->first : NULL; a; a = a->next) {
        const mu_node *from = mu_get(a, "from"), *to = mu_get(a, "to");
        if (from && to && local >= from->value && local < to->value + MU_DAY_MS)
            return to;
    }
    return NULL;
}

static const char *not_asked(const mu_programme *p, const mu_contact *w, int64_t local, mu_arena *arena)
{
    const mu_recipient *r = recipient(p, w->who);
    const mu_node *back = leave(w->node, local);
    if (!r || local < r->opted_in)
        return "did not opt in";
    if (back)
        return mu_format(arena, "is on leave to %s", back->text);
    return w->by == MU_MAIL && (!p->smtp || !p->mail_from) ? "the programme does not say how mail is sent" : NULL;
}

/* ---- all ---- */

int mu_contacts(const mu_tree *plan, const mu_programme *p, int64_t local, mu_arena *arena, mu_contact **ways)
{
    size_t room = 0;
    int count = 0;
    for (int s = 0; s < SECTIONS; s++)
        for (const mu_node *n = mu_get(mu_tree_root(plan), sections[s].section) ? mu_get(mu_tree_root(plan), sections[s].section)->first : NULL; n; n = n->next)
            room += mu_get(n, "reach") ? (size_t)mu_get(n, "reach")->count : 0;
    mu_contact *out = mu_alloc(arena, (room + 1) * sizeof *out);
    for (int s = 0; s < SECTIONS; s++)
        for (const mu_node *n = mu_get(mu_tree_root(plan), sections[s].section) ? mu_get(mu_tree_root(plan), sections[s].section)->first : NULL; n; n = n->next) {
            int place = 1;
            for (const mu_node *reach = first_way(n); reach; reach = reach->next) {
                out[count] = way_of(n, sections[s].kind, reach, place++, arena);
                out[count].not_asked = not_asked(p, &out[count], local, arena);
                count++;
            }
        }
    *ways = out;
    return count;
}

bool mu_contact_of(const mu_tree *plan, const char *who, int place, mu_arena *arena, mu_contact *way)
{
    for (int s = 0; s < SECTIONS; s++) {
        size_t len = strlen(sections[s].kind);
        const mu_node *node = strncmp(who, sections[s].kind, len) == 0 && who[len] == ':' ? mu_get(mu_get(mu_tree_root(plan), sections[s].section), who + len + 1) : NULL;
        const mu_node *reach = node ? first_way(node) : NULL;
        for (int i = 1; reach && i < place; i++)
            reach = reach->next;
        if (reach)
            *way = way_of(node, sections[s].kind, reach, place, arena);
        if (node)
            return reach != NULL;
    }
    return false;
}
