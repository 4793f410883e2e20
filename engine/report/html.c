/* One file: no script, no outside request; paper, screen, light and dark by its own style sheet. */
#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "report/page.h"

/* A letter that stands for itself everywhere. */
static bool is_plain(char c)
{
    return c >= ' ' && c < 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

void mu_html_text(mu_buf *out, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t run = i;
        while (run < len && is_plain(text[run]))
            run++;
        if (run > i) {
            mu_buf_add(out, text + i, run - i);
            i = run;
            continue;
        }
        int n = mu_utf8(text + i, len - i, &cp);
        if (n == 0)
            mu_buf_printf(out, "\\x%02x", (unsigned char)text[i]);
        else if (cp == '&' || cp == '<' || cp == '>' || cp == '"' || cp == '\'')
            mu_buf_printf(out, "&#%u;", (unsigned)cp);
        else if (mu_unsafe(cp))
            mu_buf_printf(out, "\\u{%x}", (unsigned)cp);
        else
            mu_buf_add(out, text + i, (size_t)n);
        i += n ? (size_t)n : 1;
    }
}

void mu_element(mu_buf *out, const char *tag, const char *attributes, const char *text)
{
    mu_buf_printf(out, "<%s%s%s>", tag, *attributes ? " " : "", attributes);
    mu_html_text(out, text);
    mu_buf_printf(out, "</%s>", tag);
}

void mu_section(mu_buf *out, const char *id, const char *title, const char *sub)
{
    mu_buf_printf(out, "<section aria-labelledby=\"%s\"><h2 id=\"%s\">", id, id);
    mu_html_text(out, title);
    mu_buf_puts(out, "</h2>\n");
    mu_element(out, "p", "class=\"sub\"", sub);
    mu_buf_puts(out, "\n");
}

void mu_state_mark(mu_buf *out, mu_state s, const char *by)
{
    static const char *const marks[MU_STATES][2] = {{"ok", "\xe2\x97\x8f"}, {"ok", "\xe2\x97\x8f"}, {"lt", "\xe2\x97\x90"}, {"bd", "\xe2\x96\xa0"}, {"op", "\xe2\x97\x8b"}, {"bd", "\xe2\x96\xa0"}};
    mu_buf_printf(out, "<span class=\"st %s\"><span aria-hidden=\"true\">%s</span> %s</span>", marks[s][0], marks[s][1], mu_state_word(s));
    if (*by) {
        mu_buf_puts(out, " <span class=\"by\">");
        mu_html_text(out, by);
        mu_buf_puts(out, "</span>");
    }
}

static bool in_timeline(const mu_report *r, uint32_t event)
{
    int low = 0, high = r->moment_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (r->moments[middle].event < event)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->moment_count && r->moments[low].event == event && !r->moments[low].again;
}

void mu_ref(mu_buf *out, const mu_report *r, uint32_t event)
{
    if (event && in_timeline(r, event))
        mu_buf_printf(out, "<a class=\"ev\" href=\"#e%u\">#%u</a> ", (unsigned)event, (unsigned)event);
    else if (event)
        mu_buf_printf(out, "<span class=\"ev\">#%u</span> ", (unsigned)event);
}

/* ---- tables ---- */

mu_page_sheet mu_page_sheet_begin(mu_buf *out, const char *caption, const char *const *heads)
{
    mu_buf_puts(out, "<table class=\"t\" style=\"");
    for (int i = 1; heads[i]; i++) /* said once, and not at every cell: a third of a long table were its heads */
        mu_buf_printf(out, "%s--h%d:'%s'", i > 1 ? ";" : "", i + 1, heads[i]);
    mu_buf_puts(out, "\">");
    mu_element(out, "caption", "", caption);
    mu_buf_puts(out, "<thead><tr>");
    for (const char *const *h = heads; *h; h++)
        mu_element(out, "th", "scope=\"col\"", *h);
    mu_buf_puts(out, "</tr></thead><tbody>");
    return (mu_page_sheet){out, heads, -1};
}

void mu_page_sheet_row(mu_page_sheet *s)
{
    mu_buf_puts(s->out, s->column < 0 ? "\n<tr>" : "</tr>\n<tr>");
    s->column = 0;
}

void mu_page_cell_begin(mu_page_sheet *s)
{
    mu_buf_puts(s->out, s->column == 0 ? "<th scope=\"row\">" : "<td>");
}

void mu_page_cell_end(mu_page_sheet *s)
{
    mu_buf_puts(s->out, s->column == 0 ? "</th>" : "</td>");
    s->column++;
}

void mu_page_cell_two(mu_page_sheet *s, const char *text, const char *small)
{
    mu_page_cell_begin(s);
    mu_html_text(s->out, text);
    if (*small)
        mu_element(s->out, "small", "", small);
    mu_page_cell_end(s);
}

void mu_page_cell(mu_page_sheet *s, const char *text)
{
    mu_page_cell_two(s, text, "");
}

void mu_page_sheet_band(mu_page_sheet *s, const char *text)
{
    int columns = 0;
    while (s->heads[columns])
        columns++;
    mu_buf_printf(s->out, "%s</tbody>\n<tbody><tr class=\"band\"><th scope=\"rowgroup\" colspan=\"%d\">", s->column < 0 ? "" : "</tr>", columns);
    mu_html_text(s->out, text);
    mu_buf_puts(s->out, "</th></tr>");
    s->column = -1;
}

void mu_page_sheet_end(mu_page_sheet *s)
{
    mu_buf_puts(s->out, s->column < 0 ? "</tbody></table>\n" : "</tr>\n</tbody></table>\n");
}

/* ---- the first page ---- */

static void top(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>EXERCISE: ");
    mu_html_text(out, r->title);
    mu_buf_puts(out, "</title><style>\n");
    mu_buf_puts(out, mu_styles[MU_STYLE_REPORT].bytes);
    mu_buf_puts(out, "</style></head><body>\n<a class=\"skip\" href=\"#main\">To the report</a>\n<header class=\"ex\"><span>EXERCISE. Nothing in this report happened.</span><span>");
    mu_html_text(out, r->organisation);
    mu_buf_puts(out, "</span></header>\n<main id=\"main\" class=\"page\">\n<div class=\"mast\">");
    mu_element(out, "h1", "", r->title);
    mu_element(out, "p", "", mu_format(r->arena, "After-action report. %s, %s %s. Played %s to %s, %s", r->organisation, r->plan_title, r->plan_version, r->starts, mu_report_time(r, r->end),
                                       r->zone));
    mu_buf_puts(out, "</div>\n");
    mu_element(out, "p", "class=\"lead\"", mu_report_lead(r));
}

static void worst(mu_buf *out, const mu_report *r)
{
    int n = r->open_gaps, list[5], shown = mu_worst(r, list, 5);
    mu_buf_printf(out, "\n<div class=\"first\"><section aria-labelledby=\"w\"><h2 id=\"w\">%s</h2><ol class=\"worst\">", shown == n ? "The gaps" : shown == 5 ? "The five worst gaps" : "The gaps, the worst of each cause");
    for (int i = 0; i < shown; i++) {
        const mu_finding *f = &r->findings->list[list[i]];
        const char *others = mu_same_cause(r, f);
        mu_buf_printf(out, "\n<li><div><a href=\"#gap-%d\">", list[i] + 1);
        mu_html_text(out, f->text);
        mu_buf_printf(out, ".</a><small>%s, %s. ", mu_weight_word(f->weight), f->gap->id);
        mu_html_text(out, mu_finding_basis(r, f));
        mu_buf_printf(out, ". <span class=\"mono\">line %d</span>", f->at.line);
        if (others)
            mu_html_text(out, mu_format(r->arena, ". One cause with %s", others));
        mu_buf_puts(out, "</small></div></li>");
    }
    mu_buf_puts(out, "</ol>");
    if (n == 0)
        mu_element(out, "p", "", mu_format(r->arena, "No gap found by %d rules.", r->rules));
    if (r->accepted)
        mu_element(out, "p", "", mu_format(r->arena, "%d more the plan accepts for now; each stands below with its reason and its end.", r->accepted));
    mu_buf_puts(out, "</section>\n<section aria-labelledby=\"c\"><h2 id=\"c\">In figures</h2>");
    for (int i = 0; i < r->figure_count; i++) {
        const mu_figure *f = &r->figures[i];
        mu_element(out, "p", i ? "class=\"fig\"" : "class=\"big\"", f->words);
        mu_buf_printf(out, "<p class=\"from\">%s, from %d event%s: <a href=\"#%s\">%s</a></p>", f->basis, f->event_count, f->event_count == 1 ? "" : "s", f->section,
                      strcmp(f->section, "gaps") == 0 ? "the gaps" : strcmp(f->section, "targets") == 0 ? "the clocks" : "who was asked");
    }
    mu_buf_puts(out, "</section></div>\n");
}

static void pair(mu_buf *out, const char *term, const char *text)
{
    mu_element(out, "dt", "", term);
    mu_element(out, "dd", "", text);
    mu_buf_puts(out, "\n");
}

static void what_it_is(mu_buf *out, const mu_report *r)
{
    bool defaults = strcmp(r->assumptions_hash, "defaults") == 0;
    mu_buf_puts(out, "<div class=\"run\"><section aria-labelledby=\"r\"><h2 id=\"r\">What this run is</h2><dl>\n");
    pair(out, "Kind", mu_report_kind(r));
    pair(out, "Runs", "n = 1");
    pair(out, "People", r->calltree ? mu_format(r->arena, "%d, who were asked to answer", r->players) : r->players ? mu_format(r->arena, "%d: %s", r->players, r->played_roles) : "none; stand-ins answered by the assumptions");
    pair(out, "Seed", r->players && !r->calltree ? mu_format(r->arena, "%s, for the stand-ins", r->seed) : r->seed);
    pair(out, "Assumptions", r->calltree ? "none" : defaults ? "the defaults: conventions, no evidence" : mu_format(r->arena, "a file, %.12s", r->assumptions_hash));
    pair(out, "Exercise", mu_format(r->arena, "%s of the %s planned; ended: \"%s\"", mu_report_length(r, r->end), mu_report_length(r, r->lasts), *r->ended ? r->ended : "not yet"));
    pair(out, "Pauses", mu_report_pauses(r));
    mu_buf_puts(out, "</dl></section><section aria-labelledby=\"m\"><h2 id=\"m\">What it may be claimed as</h2>");
    mu_element(out, "p", "", mu_report_claim(r));
    mu_element(out, "p", "", mu_report_not(r));
    mu_element(out, "p", "", mu_format(r->arena, "Figures are %s Deterministic ones need no people: nothing that anybody does could change them.", mu_report_made_of(r)));
    mu_buf_puts(out, "</section></div>\n<nav class=\"toc\" aria-label=\"Contents\"><ul><li><a href=\"#happened\">What happened</a></li><li><a href=\"#targets\">Clocks</a></li>"
                     "<li><a href=\"#asked\">Who was asked</a></li><li><a href=\"#actions\">Actions</a></li><li><a href=\"#decided\">Decisions</a></li><li><a href=\"#gaps\">Gaps</a></li>"
                     "<li><a href=\"#held\">What held</a></li><li><a href=\"#told\">Communication</a></li><li><a href=\"#climbed\">Ladders</a></li><li><a href=\"#covered\">What was exercised</a></li>"
                     "<li><a href=\"#proof\">Proof</a></li></ul></nav>\n");
}

static void proof(mu_buf *out, const mu_report *r)
{
    mu_section(out, "proof", "Proof", "Everything above is computed from the plan and the journal alone. muster verify checks the chain of hashes; muster replay plays the inputs again and compares every event.");
    mu_buf_puts(out, "<dl class=\"facts\">\n");
    pair(out, "Journal", mu_format(r->arena, "%d events, ends with %s", r->events, r->journal_head));
    pair(out, "Plan", r->plan_hash);
    pair(out, "Scenario", r->scenario_hash);
    pair(out, "Assumptions", r->assumptions_hash);
    pair(out, "Made by", mu_format(r->arena, "Muster %s; %d rules looked for gaps", r->engine, r->rules));
    mu_buf_puts(out, "</dl></section>\n</main>\n<footer class=\"foot\">EXERCISE. ");
    mu_html_text(out, mu_format(r->arena, "%s. %s, plan %s.", r->title, r->organisation, r->plan_version));
    mu_buf_puts(out, "</footer></body></html>\n");
}

void mu_write_html(mu_buf *out, const mu_report *r)
{
    top(out, r);
    worst(out, r);
    what_it_is(out, r);
    mu_page_run(out, r);
    mu_page_gaps(out, r);
    mu_page_compared(out, r);
    proof(out, r);
}
