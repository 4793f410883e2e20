/* A repair of what absences break, as a page: the changes, what is refused, the proof, the patch. */
#include <string.h>

#include "cli/amend.h"
#include "cli/patches.h"
#include "report/cover_page.h"

typedef struct page {
    mu_buf *out;
    const mu_repairs *r;
    mu_arena *arena;
} page;

static void change(const page *p, const mu_repaired *one)
{
    mu_buf_puts(p->out, "<li><p><b>");
    mu_html_text(p->out, one->change.text);
    mu_buf_puts(p->out, "</b>");
    const char *more = one->why ? one->why : one->question;
    if (more)
        mu_element(p->out, "small", "", mu_format(p->arena, "%s%s", one->why ? "" : "Asked in a comment, on which muster check fails until it is answered: ", more));
    mu_buf_puts(p->out, "</p><pre><code>");
    mu_cover_line(p->out, p->r->plan, &one->change.at, p->arena);
    mu_buf_puts(p->out, "</code></pre></li>\n");
}

static void changes(const page *p, bool written, const char *id, const char *title, const char *sub)
{
    if (!(written ? p->r->written : p->r->refused))
        return;
    mu_section(p->out, id, title, sub);
    mu_buf_puts(p->out, "<ul class=\"plain\">");
    for (int i = 0; i < p->r->count; i++)
        if (!p->r->list[i].why == written)
            change(p, &p->r->list[i]);
    mu_buf_puts(p->out, "</ul></section>\n");
}

static void counted(const page *p, mu_page_sheet *s, const char *what, size_t before, size_t after)
{
    mu_page_sheet_row(s);
    mu_page_cell(s, what);
    mu_page_cell(s, mu_format(p->arena, "%zu", before));
    mu_page_cell(s, mu_format(p->arena, "%zu", after));
}

static void left(const page *p)
{
    const mu_cover *after = p->r->after;
    if (!after->broken_count && !after->set_count)
        return;
    mu_element(p->out, "h3", "", "What is left, since no such change mends it");
    mu_buf_puts(p->out, "<ul class=\"plainlist\">");
    for (int i = 0; i < after->needs->count; i++) {
        const mu_need *n = &after->needs->list[i];
        if (after->own[i].broken && (n->within < 0 || !after->own[n->within].broken))
            mu_element(p->out, "li", "", mu_format(p->arena, "%s, with nobody absent (line %d)", n->called, n->at.line));
    }
    for (int i = 0; i < after->set_count; i++)
        mu_element(p->out, "li", "", after->sets[i].text);
    mu_buf_puts(p->out, "</ul>\n");
}

static void proof(const page *p, const char *as_of)
{
    static const char *const heads[] = {"The plan as it is and as it is patched", "Before", "After", NULL};
    const mu_repairs *r = p->r;
    mu_section(p->out, "proof", r->unproved ? "Not proved" : "Proof", r->unproved ? r->unproved : mu_format(p->arena, "The cover of the patched plan, as of %s.", as_of));
    if (r->after) {
        mu_page_sheet s = mu_page_sheet_begin(p->out, "The plan as it is and as it is patched", heads);
        counted(p, &s, r->after->order == 1 ? "single absences that break something" : mu_format(p->arena, "sets of up to %u absent that break something", r->after->order), (size_t)r->repair->before->set_count, (size_t)r->after->set_count);
        counted(p, &s, "requirements that fail with nobody absent", (size_t)r->repair->before->broken_count, (size_t)r->after->broken_count);
        counted(p, &s, "gaps on paper", r->before.count, r->before.count - r->closed_count + r->opened_count);
        mu_page_sheet_end(&s);
        left(p);
    }
    mu_buf_puts(p->out, "</section>\n");
}

/* Lines that come and go have a class of their own. */
static void patch(const page *p)
{
    mu_buf diff = {0};
    mu_repairs_hunks(&diff, p->r, mu_diff_name, NULL, p->arena);
    if (diff.len) {
        mu_section(p->out, "patch", "The patch", "For git apply or patch -p1. Comments and every other line stay as they are.");
        mu_buf_puts(p->out, "<pre class=\"diff\"><code>");
        for (const char *line = diff.text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
            const char *class = *line == '+' ? "ins" : *line == '-' ? "del" : *line == '@' ? "hunk" : "same";
            mu_buf_printf(p->out, "<span class=\"%s\">", class);
            mu_html_text(p->out, mu_copy(p->arena, line, strcspn(line, "\n")));
            mu_buf_puts(p->out, "</span>");
        }
        mu_buf_puts(p->out, "</code></pre></section>\n");
    }
    mu_buf_free(&diff);
}

void mu_amend_cover_html(mu_buf *out, const mu_repairs *r, const mu_house *h, const char *as_of, const char *command)
{
    page p = {out, r, h->judge.arena};
    const mu_node *root = mu_tree_root(r->plan);
    unsigned order = r->repair->after->order;
    mu_cover_begin(out, p.arena, "Repair of the coverage", mu_get_text(mu_get(root, "organisation"), "name"), "The smallest change after which absences break nothing more");
    mu_html_text(out, mu_format(p.arena, "%s. As on %s (%s).", order == 1 ? "Single absences" : mu_format(p.arena, "Up to %u absent", order), mu_house_when(h, r->repair->before->needs->utc), mu_zone_name(h->zone)));
    mu_buf_puts(out, "</p></div>\n");
    mu_element(out, "p", "class=\"lead\"", mu_repairs_lead(r, p.arena));
    mu_element(out, "p", "class=\"cmd mono\"", command);
    changes(&p, true, "changes", "The changes", "Whether somebody is able to, and agrees, is for you to say: the plan knows only who is there.");
    changes(&p, false, "refused", "Refused", "The smallest repair was looked for without them.");
    proof(&p, as_of);
    patch(&p);
    mu_cover_end(out, mu_format(p.arena, "Deterministic. Plan %s.", mu_tree_hash(r->plan)));
}
