/* The gaps of the page, type by type: what it means and what would close it once, then each place with its line and its proof. */
#include <string.h>

#include "analysis/lore.h"
#include "report/page.h"
#include "report/parts.h"

static void events(mu_buf *out, const mu_report *r, const mu_finding *f)
{
    if (f->evidence_count == 0) {
        mu_buf_puts(out, "<p class=\"pf\">On paper: the line above shows it without a run.</p>");
        return;
    }
    mu_buf_puts(out, "<ul class=\"pf\">");
    for (int i = 0; i < f->evidence_count && i < MU_QUOTED; i++) {
        mu_buf_puts(out, "<li>");
        mu_ref(out, r, f->evidence[i]);
        mu_html_text(out, mu_format(r->arena, "%s %s", mu_report_time(r, mu_event_time(r, f->evidence[i])), mu_event_words(r, f->evidence[i])));
        mu_buf_puts(out, "</li>");
    }
    if (f->evidence_count > MU_QUOTED) {
        mu_buf_printf(out, "<li>and %d more: ", f->evidence_count - MU_QUOTED);
        for (int i = MU_QUOTED; i < f->evidence_count; i++)
            mu_ref(out, r, f->evidence[i]);
        mu_buf_puts(out, "</li>");
    }
    mu_buf_puts(out, "</ul>");
}

static void standing(mu_buf *out, const mu_report *r, const mu_finding *f)
{
    const char *lines[MU_STANDING];
    int count = mu_finding_standing(r, f, lines);
    for (int i = 0; i < count; i++)
        mu_element(out, "p", "class=\"basis\"", lines[i]);
}

/* The lines of the plan that would change; the whole patch stands in findings.json. */
static void can_write(mu_buf *out, const mu_report *r, const mu_finding *f)
{
    if (!f->patch)
        return;
    mu_element(out, "p", "class=\"basis\"", mu_format(r->arena, "Muster can write this change, which closes the gap on paper. Whether it holds in this drill says: muster amend PLAN --from DRILL --only %s", f->id));
    mu_buf_puts(out, "<div class=\"quote\"><pre tabindex=\"0\"><code>");
    mu_html_text(out, mu_patch_lines(r, f));
    mu_buf_puts(out, "</code></pre></div>");
}

static void the_same_of(mu_buf *out, const mu_report *r, const mu_alike *alike, size_t first)
{
    if (!alike->more[first])
        return;
    mu_buf_puts(out, "<p class=\"pf\">The same of: ");
    for (size_t i = first + 1, told = 0; i < r->findings->count; i++) {
        if (alike->with[i] != first)
            continue;
        mu_buf_printf(out, "%s<span id=\"gap-%zu\">", told++ ? "; " : "", i + 1);
        mu_html_text(out, mu_alike_name(r, alike, i));
        mu_buf_puts(out, "</span>");
    }
    mu_buf_puts(out, ".</p>");
}

static void place(mu_buf *out, const mu_report *r, const mu_alike *alike, size_t i)
{
    const mu_finding *f = &r->findings->list[i];
    const char *line = mu_plan_line(r, &f->at);
    mu_buf_printf(out, "\n<div class=\"place\" id=\"gap-%zu\">", i + 1);
    mu_element(out, "h5", "", mu_format(r->arena, "%s.", mu_alike_text(r, alike, i)));
    mu_element(out, "p", "class=\"basis\"", mu_finding_basis(r, f));
    standing(out, r, f);
    mu_buf_puts(out, "<div class=\"quote\">");
    mu_element(out, "p", "class=\"loc mono\"", mu_place_words(r, &f->at));
    if (line) {
        mu_buf_printf(out, "<pre tabindex=\"0\"><code><span class=\"qn\">%d</span>", f->at.line);
        mu_html_text(out, line);
        mu_buf_puts(out, "</code></pre>");
    }
    mu_buf_puts(out, "</div>");
    the_same_of(out, r, alike, i);
    if (f->proof)
        mu_element(out, "p", "class=\"proof\"", mu_format(r->arena, "%s.", mu_proof_words(r, f)));
    events(out, r, f);
    can_write(out, r, f);
    mu_buf_puts(out, "</div>");
}

static void type(mu_buf *out, const mu_report *r, const mu_alike *alike, size_t first)
{
    static const char *const shapes[] = {"\xe2\x96\xa0", "\xe2\x96\xb2", "\xe2\x97\x8f", "\xe2\x97\x8b"};
    const mu_gap *g = r->findings->list[first].gap;
    const char *weight = mu_weight_word(g->weight);
    mu_buf_printf(out, "\n<article class=\"gap\"><header><p class=\"sev s-%s\"><span aria-hidden=\"true\">%s</span> %s</p><h4>", weight, shapes[g->weight], weight);
    mu_html_text(out, g->title);
    mu_buf_printf(out, " <span class=\"gid\">%s</span></h4></header><div class=\"gl\">", g->id);
    mu_element(out, "p", "class=\"why\"", SAY("%s %s", g->meaning, mu_lore_of(g->id)->why));
    mu_buf_puts(out, "<dl><div><dt>Change</dt>");
    mu_element(out, "dd", "", g->fix);
    mu_buf_puts(out, "</div><div><dt>Bears on</dt>");
    mu_element(out, "dd", "", g->clauses);
    mu_buf_puts(out, "</div></dl></div><div class=\"gr\">");
    for (size_t i = first; i < r->findings->count; i++)
        if (r->findings->list[i].gap == g && alike->with[i] == i)
            place(out, r, alike, i);
    mu_buf_puts(out, "</div></article>\n");
}

static void group(mu_buf *out, const mu_report *r, const mu_alike *alike, const mu_group *g)
{
    int n = mu_group_count(r, g);
    if (n == 0)
        return;
    mu_element(out, "h3", "", mu_format(r->arena, "%s, %d", g->title, n));
    for (size_t i = 0; i < r->findings->count; i++)
        if (strncmp(r->findings->list[i].gap->id, g->prefix, strlen(g->prefix)) == 0 && mu_first_of_type(r, i))
            type(out, r, alike, i);
}

/* Groups without a finding, in a sentence: silence is said. */
static void silent(mu_buf *out, const mu_report *r)
{
    const char *list = "";
    for (const mu_group *g = mu_groups; g->prefix; g++)
        if (mu_group_count(r, g) == 0)
            list = mu_format(r->arena, "%s%s%s", list, *list ? ", " : "", g->title);
    if (*list)
        mu_element(out, "p", "class=\"sub none\"", mu_format(r->arena, "No gap found by these rules in: %s.", list));
}

static void held_of(mu_buf *out, const mu_report *r, const mu_group *g)
{
    int n = 0;
    for (int i = 0; i < r->strengths.count; i++) {
        const mu_strength *s = &r->strengths.list[i];
        if (strncmp(s->group, g->prefix, strlen(g->prefix)) != 0)
            continue;
        if (n++ == 0) {
            mu_element(out, "h3", "", g->title);
            mu_buf_puts(out, "<ul class=\"held\">");
        }
        mu_buf_puts(out, "\n<li>");
        mu_html_text(out, mu_format(r->arena, "%s. ", s->text));
        for (int k = 0; k < s->evidence_count && k < MU_QUOTED; k++)
            mu_ref(out, r, s->evidence[k]);
        mu_element(out, "span", "class=\"loc mono\"", s->at.line ? mu_place_words(r, &s->at) : "");
        mu_buf_puts(out, "</li>");
    }
    mu_buf_puts(out, n ? "</ul>\n" : "");
}

static void held(mu_buf *out, const mu_report *r)
{
    mu_section(out, "held", "What held", mu_format(r->arena, "Parts of the plan that this drill tried and that did their work, and parts that the paper shows to be sound where plans are commonly weak. %s, n = 1.",
                                                   r->players ? "Observed where a person moved it, else simulated" : "Simulated"));
    for (const mu_group *g = mu_groups; g->prefix; g++)
        held_of(out, r, g);
    mu_buf_puts(out, r->strengths.count ? "</section>\n" : "<p>Nothing that this drill tried held in a way that it can show.</p></section>\n");
}

static void idle(mu_buf *out, const mu_report *r)
{
    for (size_t i = 0; i < r->findings->suppression_count; i++) {
        const char *words = mu_suppression_idle(r, &r->findings->suppressions[i]);
        if (words)
            mu_element(out, "p", "class=\"basis\"", words);
    }
}

void mu_page_gaps(mu_buf *out, const mu_report *r)
{
    mu_alike alike = mu_alike_of(r);
    mu_section(out, "gaps", "Gaps", mu_format(r->arena, "%zu found by %d rules. A gap speaks of the plan, never of a person. Deterministic: nothing that anybody does could change it. Simulated: it happened "
                                              "in this run, n = 1. Observed: a person did it, n = 1.", r->findings->count, r->rules));
    idle(out, r);
    for (const mu_group *g = mu_groups; g->prefix; g++)
        group(out, r, &alike, g);
    silent(out, r);
    mu_buf_puts(out, "</section>\n");
    held(out, r);
}
