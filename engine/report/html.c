/* One file: no script, no outside request; paper, screen, light and dark by its own style sheet. */
#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "report/write.h"

void mu_html_text(mu_buf *out, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
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

/* <tag class>text</tag> */
static void element(mu_buf *out, const char *tag, const char *attributes, const char *text)
{
    mu_buf_printf(out, "<%s%s%s>", tag, *attributes ? " " : "", attributes);
    mu_html_text(out, text);
    mu_buf_printf(out, "</%s>", tag);
}

static void state(mu_buf *out, mu_state s)
{
    static const char *const marks[][2] = {{"ok", "\xe2\x97\x8f met"}, {"lt", "\xe2\x97\x90 late"}, {"bd", "\xe2\x96\xa0 missed"}, {"op", "\xe2\x97\x8b open"}};
    mu_buf_printf(out, "<span class=\"st %s\">%s</span>", marks[s][0], marks[s][1]);
}

static void top(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>EXERCISE: ");
    mu_html_text(out, r->title);
    mu_buf_puts(out, "</title><style>\n");
    mu_buf_puts(out, mu_styles[0].bytes);
    mu_buf_puts(out, "</style></head><body>\n<a class=\"skip\" href=\"#main\">To the report</a>\n<div class=\"ex\"><span>EXERCISE</span><span>");
    mu_html_text(out, r->title);
    mu_buf_puts(out, "</span></div>\n<div class=\"page\"><main id=\"main\">\n<div class=\"mast\">");
    element(out, "h1", "", "After-action report");
    mu_buf_puts(out, "<p>");
    mu_html_text(out, r->organisation);
    mu_buf_puts(out, ", ");
    mu_html_text(out, r->plan_title);
    mu_buf_puts(out, " ");
    mu_html_text(out, r->plan_version);
    mu_buf_puts(out, "</p></div>\n");
    element(out, "p", "class=\"lead\"", mu_report_lead(r));
}

static void worst(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<div class=\"first\"><section aria-labelledby=\"w\"><h2 id=\"w\">The worst five</h2><ol class=\"worst\">");
    for (size_t i = 0; i < r->findings->count && i < 5; i++) {
        const mu_finding *f = &r->findings->list[i];
        mu_buf_printf(out, "<li><div><a href=\"#gap-%zu\">", i + 1);
        mu_html_text(out, f->text);
        mu_buf_printf(out, "</a><small>%s %s, ", mu_weight_word(f->weight), f->gap->id);
        mu_html_text(out, mu_evidence_words(r, f));
        mu_buf_puts(out, "</small></div></li>");
    }
    mu_buf_puts(out, "</ol></section><section aria-labelledby=\"c\"><h2 id=\"c\">In figures</h2>");
    int met = 0;
    for (int i = 0; i < r->target_count; i++)
        met += r->targets[i].state == MU_MET;
    mu_buf_printf(out, "<p class=\"big\">%zu gaps: %d critical, %d high, %d medium, %d low.</p>", r->findings->count, r->counts[0], r->counts[1], r->counts[2], r->counts[3]);
    mu_buf_printf(out, "<p>%d of %d targets met. %d of %d messages acknowledged", met, r->target_count, r->answered_count, r->asked_count);
    if (r->median >= 0)
        mu_buf_printf(out, ", half of them within %s (n = %d)", mu_report_length(r, r->median), r->answered_count);
    mu_buf_printf(out, ". %d rules looked.</p></section></div>\n", r->rules);
}

static void pair(mu_buf *out, const char *term, const char *text)
{
    element(out, "dt", "", term);
    element(out, "dd", "", text);
}

static void what_it_is(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<section class=\"run\" aria-labelledby=\"r\"><div><h2 id=\"r\">What this run is</h2>");
    element(out, "p", "", mu_report_claim(r));
    element(out, "p", "", mu_report_not(r));
    mu_buf_printf(out, "<p>Every rate here is of n = 1 run%s.</p></div><dl>", r->players ? "" : "; people's pace comes from the assumptions");
    pair(out, "STARTEX", mu_format(r->arena, "%s, %s", r->starts, r->zone));
    pair(out, "ENDEX", mu_format(r->arena, "%s, %s", mu_report_time(r, r->end), r->ended));
    pair(out, "Seed", r->seed);
    pair(out, "Assumptions", strcmp(r->assumptions_hash, "defaults") == 0 ? "the defaults: conventions, no evidence" : r->assumptions_hash);
    pair(out, "Events", mu_format(r->arena, "%d", r->events));
    mu_buf_puts(out, "</dl></section>\n<nav class=\"toc\" aria-label=\"Contents\"><ul><li><a href=\"#happened\">What happened</a></li><li><a href=\"#targets\">Targets</a></li>"
                     "<li><a href=\"#asked\">Who was asked</a></li><li><a href=\"#decided\">Decisions</a></li><li><a href=\"#gaps\">Gaps</a></li>"
                     "<li><a href=\"#held\">What held</a></li><li><a href=\"#proof\">Proof</a></li></ul></nav>\n");
}

static const char *mark_word(mu_mark_kind kind)
{
    static const char *const words[] = {"reached", "acknowledged", "reached, never acknowledged", "asked", "answered", "never answered", "began", "done", "decided",
                                        "decided without authority"};
    return words[kind];
}

static void happened(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<section aria-labelledby=\"happened\"><h2 id=\"happened\">What happened</h2><p class=\"sub\">By person, from STARTEX to ENDEX. "
                     "Work is a bar, waiting for an answer a line; a cross was never answered.</p>");
    mu_write_lanes(out, r);
    mu_buf_puts(out, "<details><summary>The same as a table</summary><div class=\"sc\"><table class=\"plain\"><thead><tr><th>Time</th><th>Who</th><th>What</th><th>About</th>"
                     "<th>Event</th></tr></thead><tbody>");
    for (int i = 0; i < r->lane_count; i++)
        for (int k = 0; k < r->lanes[i].count; k++) {
            const mu_lane_mark *m = &r->lanes[i].marks[k];
            mu_buf_puts(out, "<tr>");
            element(out, "td", "", mu_report_time(r, m->t));
            element(out, "td", "", r->lanes[i].name);
            element(out, "td", "", mark_word(m->kind));
            element(out, "td", "", m->text);
            mu_buf_printf(out, "<td class=\"ev\">%u</td></tr>", (unsigned)m->event);
        }
    mu_buf_puts(out, "</tbody></table></div></details></section>\n");
}

static void targets(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<section aria-labelledby=\"targets\"><h2 id=\"targets\">Targets of the plan and the law</h2><p class=\"sub\">Each was fixed before the run. "
                     "Open: its time was not over at ENDEX.</p><div class=\"sc\"><table><thead><tr><th>What</th><th>Of</th><th>Had</th><th>Took</th><th></th><th>Plan</th><th>Events</th>"
                     "</tr></thead><tbody>");
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        mu_buf_puts(out, "<tr>");
        element(out, "th", "scope=\"row\"", t->what);
        element(out, "td", "", t->who);
        element(out, "td", "", t->window < 0 ? "no time set" : mu_report_length(r, t->window));
        element(out, "td", "", mu_report_length(r, t->took));
        mu_buf_puts(out, "<td>");
        state(out, t->state);
        mu_buf_printf(out, "</td><td class=\"loc mono\">line %d</td><td class=\"ev\">%u, %u</td></tr>", t->at.line, (unsigned)t->started, (unsigned)t->ended);
    }
    mu_buf_puts(out, "</tbody></table></div></section>\n");
}

static void asked(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<section aria-labelledby=\"asked\"><h2 id=\"asked\">Who was asked, and how long it took</h2><p class=\"sub\">From delivery to acknowledgement; no pause is "
                     "counted. Actions of the plan first, messages below.</p><div class=\"sc\"><table><thead><tr><th>Action</th><th>Who</th><th>Asked</th><th>Began after</th>"
                     "<th>Took</th><th>At the end</th><th>Events</th></tr></thead><tbody>");
    for (int i = 0; i < r->task_count; i++) {
        const mu_task_row *t = &r->tasks[i];
        mu_buf_puts(out, "<tr>");
        element(out, "th", "scope=\"row\"", t->action);
        element(out, "td", "", t->person);
        element(out, "td", "", t->assigned < 0 ? "-" : mu_report_time(r, t->assigned));
        element(out, "td", "", t->started < 0 || t->assigned < 0 ? "-" : mu_report_length(r, t->started - t->assigned));
        element(out, "td", "", t->done < 0 || t->started < 0 ? "-" : mu_report_length(r, t->done - t->started));
        element(out, "td", "", mu_format(r->arena, "%s %s", t->state, t->why));
        mu_buf_printf(out, "<td class=\"ev\">%u, %u</td></tr>", (unsigned)t->first, (unsigned)t->last);
    }
    mu_buf_printf(out, "</tbody></table></div><details><summary>All %d messages</summary><div class=\"sc\"><table class=\"plain\"><thead><tr><th>Sent</th><th>To</th><th>As</th>"
                       "<th>About</th><th>By</th><th>Acknowledged after</th><th>Event</th></tr></thead><tbody>", r->asked_count);
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        mu_buf_puts(out, "<tr>");
        element(out, "td", "", mu_report_time(r, a->sent));
        element(out, "td", "", a->person);
        element(out, "td", "", a->role);
        element(out, "td", "", a->about);
        element(out, "td", "", a->via);
        element(out, "td", "", a->took < 0 ? "never" : mu_report_length(r, a->took));
        mu_buf_printf(out, "<td class=\"ev\">%u</td></tr>", (unsigned)a->event);
    }
    mu_buf_puts(out, "</tbody></table></div></details></section>\n");
}

static void decided(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<section aria-labelledby=\"decided\"><h2 id=\"decided\">Decisions and answers</h2><div class=\"sc\"><table><thead><tr><th>Time</th><th>What</th><th>Who</th>"
                     "<th>Choice</th><th>Why</th><th>Took</th><th>Event</th></tr></thead><tbody>");
    for (int i = 0; i < r->decision_count; i++) {
        const mu_decision_row *d = &r->decisions[i];
        mu_buf_puts(out, "<tr>");
        element(out, "td", "", mu_report_time(r, d->t));
        element(out, "th", "scope=\"row\"", d->what);
        element(out, "td", "", d->who);
        mu_buf_puts(out, "<td>");
        mu_html_text(out, d->choice);
        mu_buf_puts(out, d->authority_ok ? "</td>" : " <span class=\"st bd\">\xe2\x96\xa0 without authority</span></td>");
        element(out, "td", "", d->reason);
        element(out, "td", "", mu_report_length(r, d->took));
        mu_buf_printf(out, "<td class=\"ev\">%u</td></tr>", (unsigned)d->event);
    }
    mu_buf_puts(out, "</tbody></table></div></section>\n");
}

static void gap(mu_buf *out, const mu_report *r, size_t i)
{
    const mu_finding *f = &r->findings->list[i];
    const char *line = mu_plan_line(r, &f->at), *weight = mu_weight_word(f->weight);
    mu_buf_printf(out, "<article class=\"gap\" id=\"gap-%zu\"><header><p class=\"sev s-%s\">%s</p><p class=\"gid\"><span>%s</span><span>", i + 1, weight, weight, f->gap->id);
    mu_html_text(out, f->gap->title);
    mu_buf_puts(out, "</span><span>");
    mu_html_text(out, f->confidence);
    mu_buf_puts(out, "</span></p></header>");
    element(out, "h4", "", f->text);
    mu_buf_puts(out, "<div class=\"gl\"><p class=\"why\">");
    mu_html_text(out, f->gap->meaning);
    mu_buf_puts(out, "</p>");
    if (f->proof)
        element(out, "p", "class=\"proof\"", mu_format(r->arena, "In the run: %s.", f->proof));
    mu_buf_puts(out, "</div><div class=\"gr\"><div class=\"quote\"><span class=\"loc mono\">");
    mu_html_text(out, mu_format(r->arena, "%s:%d:%d", f->at.file, f->at.line, f->at.column));
    mu_buf_puts(out, "</span>");
    if (line) {
        mu_buf_printf(out, "<pre tabindex=\"0\"><code><span class=\"qn\">%d</span>", f->at.line);
        mu_html_text(out, line);
        mu_buf_puts(out, "</code></pre>");
    }
    mu_buf_puts(out, "</div><dl><div><dt>Proof</dt><dd>");
    mu_html_text(out, mu_evidence_words(r, f));
    mu_buf_puts(out, "</dd></div><div><dt>Change</dt><dd>");
    mu_html_text(out, f->gap->fix);
    mu_buf_puts(out, "</dd></div><div><dt>Maps to</dt><dd>");
    mu_html_text(out, f->gap->clauses);
    mu_buf_puts(out, "</dd></div></dl></div></article>\n");
}

static void gaps(mu_buf *out, const mu_report *r)
{
    mu_buf_printf(out, "<section aria-labelledby=\"gaps\"><h2 id=\"gaps\">Gaps</h2><p class=\"sub\">%zu gaps, found by %d rules. Deterministic: no behaviour could change it. Simulated: it "
                       "happened in this run, n = 1. Observed: a person did it, n = 1.</p>", r->findings->count, r->rules);
    if (r->findings->count == 0)
        mu_buf_printf(out, "<p>No gap found by %d rules.</p>", r->rules);
    for (const mu_group *g = mu_groups; g->prefix; g++) {
        bool any = false;
        for (size_t i = 0; i < r->findings->count; i++) {
            if (strncmp(r->findings->list[i].gap->id, g->prefix, 3) != 0)
                continue;
            if (!any)
                element(out, "h3", "", g->title);
            any = true;
            gap(out, r, i);
        }
    }
    mu_buf_puts(out, "</section>\n");
}

static void held(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<section aria-labelledby=\"held\"><h2 id=\"held\">What held</h2><p class=\"sub\">Targets that were met, with their events.</p><ul class=\"held\">");
    int n = 0;
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        if (t->state != MU_MET)
            continue;
        n++;
        mu_buf_puts(out, "<li><b>");
        mu_html_text(out, mu_format(r->arena, "%s: %s", t->what, t->who));
        mu_buf_puts(out, "</b>");
        mu_html_text(out, t->window < 0 ? mu_format(r->arena, "after %s", mu_report_length(r, t->took))
                                        : mu_format(r->arena, "%s, %s to spare", mu_report_length(r, t->took), mu_report_length(r, t->window - t->took)));
        mu_buf_printf(out, " <span class=\"ev\">%u, %u</span></li>", (unsigned)t->started, (unsigned)t->ended);
    }
    mu_buf_puts(out, n ? "</ul></section>\n" : "</ul><p>No target was met in this run.</p></section>\n");
}

static void proof(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "<section aria-labelledby=\"proof\"><h2 id=\"proof\">Proof</h2><p class=\"sub\">Everything above is computed from the plan and the journal alone. muster verify checks the "
                     "chain of hashes, muster replay plays the inputs again and compares every event.</p><dl class=\"facts\">");
    pair(out, "Journal ends with", r->journal_head);
    pair(out, "Plan", r->plan_hash);
    pair(out, "Scenario", r->scenario_hash);
    pair(out, "Assumptions", r->assumptions_hash);
    pair(out, "Made by", mu_format(r->arena, "Muster %s", r->engine));
    mu_buf_puts(out, "</dl></section>\n</main><footer>EXERCISE. ");
    mu_html_text(out, r->title);
    mu_buf_puts(out, ". ");
    mu_html_text(out, r->organisation);
    mu_buf_puts(out, ".</footer></div></body></html>\n");
}

void mu_write_html(mu_buf *out, const mu_report *r)
{
    top(out, r);
    worst(out, r);
    what_it_is(out, r);
    happened(out, r);
    targets(out, r);
    asked(out, r);
    decided(out, r);
    gaps(out, r);
    held(out, r);
    proof(out, r);
}
