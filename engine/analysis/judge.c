#include "analysis/judge.h"

#include <string.h>

#include "plan/schema.h"

void mu_found(mu_judge *j, const char *gap, const char *subject, mu_mark at, const char *text)
{
    if (j->found.count == j->room) {
        size_t room = j->room ? j->room * 2 : 64;
        mu_finding *list = mu_alloc(j->arena, room * sizeof *list);
        if (j->found.count)
            memcpy(list, j->found.list, j->found.count * sizeof *list);
        j->found.list = list;
        j->room = room;
    }
    j->found.list[j->found.count++] = (mu_finding){.gap = mu_gap_of(gap), .subject = subject, .at = at, .text = text, .confidence = "deterministic"};
}

void mu_found_in(mu_judge *j, const char *gap, const char *kind, const mu_node *n, const mu_node *at, const char *text)
{
    mu_found(j, gap, MU_SAY(j, "%s:%s", kind, n->key), mu_place(at ? at : n), text);
}

bool mu_has(const mu_set *set, const mu_node *n)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->list[i] == n)
            return true;
    return false;
}

void mu_put(mu_set *set, const mu_node *n)
{
    if (n && set->count < MU_PEOPLE_MOST && !mu_has(set, n))
        set->list[set->count++] = n;
}

mu_mark mu_at_key(const mu_node *n, const char *key)
{
    const mu_node *child = mu_get(n, key);
    return mu_place(child ? child : n);
}

const mu_node *mu_items(const mu_node *n)
{
    return n && n->kind != MU_SCALAR ? n->first : n;
}

static void put_all(const mu_judge *j, mu_set *people)
{
    MU_EACH (p, mu_get(j->root, "people"))
        mu_put(people, p);
}

static bool in_section(const mu_judge *j, const mu_node *n, const char *section)
{
    return n->parent == mu_get(j->root, section);
}

static void holders(const mu_judge *j, const mu_node *role, mu_set *people, int depth);

static void meant(const mu_judge *j, const mu_node *ref, mu_set *people, int depth)
{
    if (strcmp(ref->text, "team:all") == 0) {
        put_all(j, people);
        return;
    }
    const mu_node *to = ref->ref;
    if (!to || depth > 8)
        return;
    if (in_section(j, to, "people")) {
        mu_put(people, to);
    } else if (in_section(j, to, "teams")) {
        MU_EACH (m, mu_get(to, "members"))
            meant(j, m, people, depth + 1);
    } else if (in_section(j, to, "roles")) {
        const char *slash = strchr(ref->text, '/');
        mu_set all = {.count = 0};
        holders(j, to, &all, depth + 1);
        size_t place = slash ? (size_t)(slash[1] - '0') : 0;
        for (size_t i = 0; i < all.count; i++)
            if (!place || i + 1 == place)
                mu_put(people, all.list[i]);
    }
}

static void holders(const mu_judge *j, const mu_node *role, mu_set *people, int depth)
{
    static const char *const ways[] = {"holders", "pool", "first_responder", "delegated_by", "by_severity"};
    const mu_node *rotation = mu_get(role, "rotation");
    MU_EACH (m, rotation && rotation->ref ? mu_get(rotation->ref, "members") : NULL)
        mu_put(people, m->ref);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        for (const mu_node *m = mu_items(mu_get(role, ways[i])); m; m = m->parent->kind == MU_MAP && !m->ref ? NULL : m->next) {
            meant(j, m, people, depth);
            if (m == mu_get(role, ways[i]))
                break;
        }
}

void mu_holders(const mu_judge *j, const mu_node *role, mu_set *people)
{
    holders(j, role, people, 0);
}

void mu_meant(const mu_judge *j, const mu_node *ref, mu_set *people)
{
    meant(j, ref, people, 0);
}

void mu_ground(const mu_node *thing, mu_set *set)
{
    if (!thing || mu_has(set, thing))
        return;
    mu_put(set, thing);
    MU_EACH (d, mu_get(thing, "depends_on"))
        mu_ground(d->ref, set);
}

bool mu_always_there(const mu_node *person)
{
    const char *hours = mu_get_text(person, "hours");
    return hours && strcmp(hours, "24x7") == 0;
}

const mu_node *mu_limit(const mu_judge *j, const char *key)
{
    return mu_get(mu_get(mu_get(j->root, "plan"), "limits"), key);
}

int64_t mu_limit_count(const mu_judge *j, const char *key, int64_t otherwise)
{
    const mu_node *limit = mu_limit(j, key);
    return limit ? limit->value : otherwise;
}

bool mu_older(const mu_judge *j, const mu_node *date, const mu_node *limit, const char *otherwise)
{
    mu_duration d;
    if (!mu_duration_read(limit ? limit->text : otherwise, &d))
        return false;
    return mu_time_add(date->value, d) < j->now;
}

const char *mu_weight_word(mu_weight weight)
{
    static const char *const words[] = {"critical", "high", "medium", "low"};
    return words[weight];
}

bool mu_weight_read(const char *word, int *weight)
{
    for (*weight = MU_LOW; *weight >= 0 && strcmp(mu_weight_word((mu_weight)*weight), word) != 0; --*weight)
        ;
    return *weight >= 0 || strcmp(word, "never") == 0;
}

static int before(const mu_finding *a, const mu_finding *b)
{
    if (a->gap->weight != b->gap->weight)
        return (int)a->gap->weight - (int)b->gap->weight;
    int file = strcmp(a->at.file, b->at.file);
    if (file || a->at.line != b->at.line)
        return file ? file : a->at.line - b->at.line;
    int gap = strcmp(a->gap->id, b->gap->id);
    return gap ? gap : strcmp(a->subject, b->subject);
}

void mu_findings_sort(mu_findings *f)
{
    for (size_t i = 1; i < f->count; i++) {
        mu_finding x = f->list[i];
        size_t k = i;
        for (; k > 0 && before(&f->list[k - 1], &x) > 0; k--)
            f->list[k] = f->list[k - 1];
        f->list[k] = x;
    }
}

const mu_rule *const mu_paper_rules[] = {mu_rules_roles, mu_rules_voice, mu_rules_rest, mu_rules_names, NULL};

mu_findings mu_judge_paper(const mu_tree *tree, int64_t now, mu_arena *arena)
{
    mu_judge j = {.root = mu_tree_root(tree), .now = now, .arena = arena};
    for (size_t t = 0; mu_paper_rules[t]; t++)
        for (const mu_rule *r = mu_paper_rules[t]; r->gap; r++)
            r->judge(&j);
    mu_findings_sort(&j.found);
    return j.found;
}
