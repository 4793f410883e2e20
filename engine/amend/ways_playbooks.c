/* What one playbook says, written into another; and names that were likely meant. */
#include "amend/ways.h"

#include <string.h>

enum { NAMES = 4096 };

static size_t gather(const mu_mender *m, const char *kind, size_t len, const char **names)
{
    static const struct { const char *kind, *section; } kinds[] = {
        {"role", "roles"}, {"person", "people"}, {"team", "teams"}, {"channel", "channels"}, {"external", "externals"}, {"audience", "audiences"},
        {"action", "raci"}, {"obligation", "obligations"}, {"template", "templates"}, {"escalation", "escalations"}, {"rotation", "rotations"},
        {"dependency", "dependencies"}, {"asset", "assets"}, {"severity", "severities"}, {"playbook", "playbooks"}, {"fact", "facts"}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool meant = !len || (strlen(kinds[i].kind) == len && strncmp(kinds[i].kind, kind, len) == 0);
        const mu_node *section = meant ? mu_get(m->judge->root, kinds[i].section) : NULL;
        MU_EACH (n, section)
            if (count < NAMES && n->key)
                names[count++] = n->key;
    }
    return count;
}

/* A name that nothing answers and that is nearly another: that it is the one is shown by the plan being read with it. */
bool mu_meant_name(mu_mender *m, const mu_finding *f)
{
    const mu_node *n = mu_node_at(m->judge->root, &f->at);
    const char **names = mu_alloc(m->judge->arena, NAMES * sizeof *names), *colon = n ? strchr(n->text, ':') : NULL;
    if (!n || !n->dangling)
        return false;
    size_t kind = colon ? (size_t)(colon - n->text) : 0, count = gather(m, n->text, kind, names);
    const char *bare = colon ? colon + 1 : n->text, *slash = strchr(bare, '/');
    const char *meant = mu_nearest(slash ? mu_copy(m->judge->arena, bare, (size_t)(slash - bare)) : bare, names, count);
    if (!meant)
        return false;
    MU_FROM(m, "the plan has \"%s\" and nothing nearer to \"%s\"", meant, bare);
    return mu_splice_set(m->splice, n, mu_fresh_word(m, mu_format(m->judge->arena, "%.*s%s%s", (int)(kind + (colon != NULL)), n->text, meant, slash ? slash : "")));
}

static bool followed(const mu_node *steps, const mu_node *step)
{
    if (mu_get(step, "decides"))
        return true;
    MU_EACH (other, steps)
        MU_EACH (after, mu_get(other, "after"))
            if (after->ref == step)
                return true;
    return false;
}

/* A playbook ends in one step: the last that nothing follows waits for the others. */
bool mu_last_step_waits(mu_mender *m, const mu_finding *f)
{
    const mu_node *step = mu_node_at(m->judge->root, &f->at), *steps = step ? step->parent : NULL, *last = NULL;
    if (!steps || !steps->key || strcmp(steps->key, "steps") != 0 || followed(steps, step))
        return false;
    MU_EACH (s, steps)
        last = followed(steps, s) ? last : s;
    if (!last || last == step)
        return false;
    MU_FROM(m, "the playbook ends with \"%s\", which now waits for it", mu_get_text(last, "id"));
    return mu_put_item(m, last, "after", mu_get_text(step, "id"), mu_other_with(steps, last, "after"));
}

/* The same action has a time in another playbook; where two differ, nobody knows which is meant. */
bool mu_time_elsewhere(mu_mender *m, const mu_finding *f)
{
    const mu_node *step = mu_node_at(m->judge->root, &f->at), *action = mu_get(step, "action"), *found = NULL;
    if (!action || !action->ref || mu_get(step, "within") || !mu_get(step, "done_when"))
        return false;
    MU_EACH (book, mu_get(m->judge->root, "playbooks"))
        MU_EACH (s, mu_get(book, "steps")) {
            const mu_node *does = mu_get(s, "action"), *time = mu_get(s, "within");
            if (s == step || !does || does->ref != action->ref || !time || time->kind != MU_SCALAR)
                continue;
            if (found && strcmp(mu_get_text(found, "within"), time->text) != 0)
                return false;
            found = s;
        }
    if (!found)
        return false;
    MU_FROM(m, "\"%s\" has as long in the playbook %s", action->text, found->parent->parent->key);
    return mu_put_like(m, step, "within", mu_fresh_of(m->judge->arena, mu_get(found, "within")), found);
}
