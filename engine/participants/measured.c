#include "participants/measured.h"

#include <string.h>

#include "base/json.h"

typedef struct writing {
    mu_buf *out;
    const mu_measured *list;
    int count;
} writing;

static void key(mu_buf *out, int depth, const char *text)
{
    mu_buf_printf(out, "%*s", depth * 2, "");
    mu_json_text(out, text);
    mu_buf_puts(out, ":");
}

/* Whatever it is, as flow: a JSON text is one of YAML as well. */
static void value(mu_buf *out, const mu_node *n)
{
    if (n->kind == MU_SCALAR) {
        mu_json_text(out, n->text);
        return;
    }
    mu_buf_puts(out, n->kind == MU_MAP ? "{" : "[");
    for (const mu_node *c = n->first; c; c = c->next) {
        if (n->kind == MU_MAP) {
            mu_json_text(out, c->key);
            mu_buf_puts(out, ": ");
        }
        value(out, c);
        mu_buf_puts(out, c->next ? ", " : "");
    }
    mu_buf_puts(out, n->kind == MU_MAP ? "}" : "]");
}

static void seconds(mu_buf *out, const char *name, int64_t ms)
{
    if (ms >= 0)
        mu_buf_printf(out, "%s: %llds, ", name, (long long)((ms + 500) / 1000));
}

static void measure(mu_buf *out, int depth, const mu_measured *m)
{
    key(out, depth, m->habit);
    mu_buf_puts(out, " {");
    seconds(out, "fast", m->fast);
    seconds(out, "usual", m->usual);
    seconds(out, "slow", m->slow);
    if (m->never >= 0)
        mu_buf_printf(out, "never: %d, ", m->never);
    mu_buf_printf(out, "origin: measured, n: %d}\n", m->n);
}

static bool of(const mu_measured *m, const char *person)
{
    return m->person && person ? strcmp(m->person, person) == 0 : !m->person && !person;
}

static bool measured(const writing *w, const char *person, const char *habit)
{
    for (int i = 0; i < w->count; i++)
        if (of(&w->list[i], person) && strcmp(w->list[i].habit, habit) == 0)
            return true;
    return false;
}

/* The habits of one person, or of everybody: those that were measured, then what the file has beside them. */
static void habits(const writing *w, int depth, const char *person, const mu_node *own)
{
    for (int i = 0; i < w->count; i++)
        if (of(&w->list[i], person))
            measure(w->out, depth, &w->list[i]);
    for (const mu_node *c = own && own->kind == MU_MAP ? own->first : NULL; c; c = c->next)
        if (!measured(w, person, c->key)) {
            key(w->out, depth, c->key);
            mu_buf_puts(w->out, " ");
            value(w->out, c);
            mu_buf_puts(w->out, "\n");
        }
}

static bool any(const writing *w, const char *person, bool somebody)
{
    for (int i = 0; i < w->count; i++)
        if (somebody ? w->list[i].person != NULL : of(&w->list[i], person))
            return true;
    return false;
}

static void people(const writing *w, const mu_node *own)
{
    if (!any(w, NULL, true) && !(own && own->first))
        return;
    mu_buf_puts(w->out, "people:\n");
    for (int i = 0; i < w->count; i++) {
        const char *person = w->list[i].person;
        if (!person || mu_get(own, person) || (i && of(&w->list[i - 1], person)))
            continue;
        key(w->out, 1, person);
        mu_buf_puts(w->out, "\n");
        habits(w, 2, person, NULL);
    }
    for (const mu_node *c = own ? own->first : NULL; c; c = c->next) {
        key(w->out, 1, c->key);
        mu_buf_puts(w->out, "\n");
        habits(w, 2, c->key, c);
    }
}

void mu_assumptions_write(mu_buf *out, const mu_tree *own, const mu_measured *list, int count)
{
    writing w = {out, list, count};
    const mu_node *root = own ? mu_tree_root(own) : NULL, *defaults = mu_get(root, "defaults");
    mu_buf_puts(out, "# Made by muster history measured: what drills with people have measured, put over what was assumed.\nmuster_assumptions: 1\n");
    if (any(&w, NULL, false) || (defaults && defaults->first)) {
        mu_buf_puts(out, "defaults:\n");
        habits(&w, 1, NULL, defaults);
    }
    people(&w, mu_get(root, "people"));
    for (const mu_node *c = root && root->kind == MU_MAP ? root->first : NULL; c; c = c->next)
        if (strcmp(c->key, "muster_assumptions") && strcmp(c->key, "defaults") && strcmp(c->key, "people")) {
            key(out, 0, c->key);
            mu_buf_puts(out, " ");
            value(out, c);
            mu_buf_puts(out, "\n");
        }
}
