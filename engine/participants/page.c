/* What is found in the plan by whoever looks something up: the page, in the plan's own words. */
#include <string.h>

#include "core/page.h"
#include "participants/seen.h"

enum { LINES = 40, HOLDERS = 2 };

typedef struct page {
    const mu_terminal *t;
    mu_buf *out;
    int lines;
} page;

#define EACH(child, node) for (const mu_node *child = (node) && (node)->kind != MU_SCALAR ? (node)->first : NULL; child; child = child->next)

static const mu_node *section(const page *p, const char *key)
{
    return mu_get(mu_run_world(p->t->run)->root, key);
}

static void write(page *p, mu_buf *line)
{
    if (p->lines++ < LINES)
        mu_term_paragraph(p->t, p->out, line->text ? line->text : "", 9);
    mu_buf_free(line);
}

/* What stands there, in a line: what is within something is named by its key, and of what is deep in it there are brackets. */
static void within(mu_buf *line, const mu_node *n)
{
    if (n->kind == MU_SCALAR)
        mu_buf_puts(line, n->text);
    EACH (c, n) {
        bool deep = c->kind != MU_SCALAR;
        mu_buf_printf(line, "%s%s%s%s", c == n->first ? "" : ", ", n->kind == MU_MAP ? c->key : "", n->kind == MU_MAP ? " " : "", deep ? "(" : "");
        within(line, c);
        mu_buf_puts(line, deep ? ")" : "");
    }
}

static void list(mu_buf *line, const char *before, const mu_node *n)
{
    if (!n)
        return;
    mu_buf_puts(line, before);
    within(line, n);
}

static void reach(mu_buf *line, const mu_node *who)
{
    EACH (r, mu_get(who, "reach")) {
        const char *via = mu_get_text(r, "via"), *address = mu_get_text(r, "address");
        mu_buf_printf(line, "; %s %s", via ? via : "", address ? address : "");
    }
}

static void contacts(page *p)
{
    const mu_world *w = mu_run_world(p->t->run);
    for (int i = 0; i < w->role_count; i++) {
        mu_line of; /* as the plan lists them: who is there now is not written in it */
        mu_line_of(w, i, mu_run_now(p->t->run), &of);
        for (int k = 0; k < of.count && k < HOLDERS; k++) {
            mu_buf line = {0};
            mu_buf_printf(&line, "%s: %s", w->roles[i].node->key, mu_get_text(w->people[of.people[k]].node, "name"));
            reach(&line, w->people[of.people[k]].node);
            write(p, &line);
        }
    }
}

static void partners(page *p)
{
    EACH (e, section(p, "externals")) {
        mu_buf line = {0};
        mu_buf_printf(&line, "%s: %s, %s", e->key, mu_get_text(e, "organisation"), mu_get_text(e, "kind"));
        reach(&line, e);
        write(p, &line);
    }
}

static void steps(page *p, const mu_node *book)
{
    EACH (s, mu_get(book, "steps")) {
        mu_buf line = {0};
        list(&line, "", mu_get(s, "id"));
        list(&line, ": ", mu_get(s, "action"));
        list(&line, ", after ", mu_get(s, "after"));
        list(&line, ", within ", mu_get(s, "within"));
        list(&line, ", done when ", mu_get(s, "done_when"));
        write(p, &line);
    }
}

static void names(page *p, const mu_page_list *of)
{
    EACH (n, section(p, of->section)) {
        mu_buf line = {0};
        mu_buf_puts(&line, n->key);
        list(&line, ": ", n->kind == MU_MAP ? mu_get(n, of->key) : n);
        write(p, &line);
    }
}

/* A row of the plan, with what is said of it. */
static void row(page *p, const mu_node *n)
{
    EACH (field, n) {
        mu_buf line = {0};
        mu_buf_printf(&line, "%s: ", field->key);
        list(&line, "", field);
        write(p, &line);
    }
    EACH (s, mu_get(n, "steps")) {
        mu_buf line = {0};
        list(&line, "to ", mu_get(s, "to"));
        list(&line, " by ", mu_get(s, "via"));
        list(&line, " within ", mu_get(s, "within"));
        write(p, &line);
    }
}

static void entry(page *p, const mu_node *n)
{
    if (n->parent == section(p, "playbooks"))
        steps(p, n);
    else
        row(p, n);
}

static void no_page(const page *p, const char *what)
{
    const char *near = mu_page_near(mu_run_world(p->t->run)->root, what);
    mu_buf line = {0};
    mu_buf_puts(&line, "The plan has no page of that name");
    if (near)
        mu_buf_printf(&line, "; did you mean %s?", near);
    else
        mu_buf_puts(&line, ": contacts, partners, playbooks, templates, severities, actions, plans, or whatever stands on one of them: a person, a role, a playbook, an action.");
    mu_term_paragraph(p->t, p->out, line.text, 9);
    mu_buf_free(&line);
}

void mu_term_page(mu_terminal *t, const char *what, mu_buf *out)
{
    page p = {t, out, 0};
    const mu_page_list *all = mu_page_list_of(what);
    const mu_node *one = mu_page_entry(mu_run_world(t->run)->root, what);
    if (all && all->key)
        names(&p, all);
    else if (all && strcmp(all->section, "roles") == 0)
        contacts(&p);
    else if (all)
        partners(&p);
    else if (one)
        entry(&p, one);
    else
        no_page(&p, what);
    if (p.lines > LINES)
        mu_buf_printf(out, "         ... and %d more\n", p.lines - LINES);
}
