/* The page's account of the run: the timeline, the clocks, who was asked and how long it took, the actions, the decisions. */
#include <string.h>

#include "report/page.h"

#define SAY(...) mu_format(r->arena, __VA_ARGS__)

static const char *basis(const mu_report *r)
{
    return r->players ? SAY("Of people: observed, n = 1. Of stand-ins: simulated, n = 1, seed %s.", r->seed) : SAY("Simulated, n = 1, seed %s.", r->seed);
}

static void refs(mu_page_sheet *s, const mu_report *r, const uint32_t *events, int count)
{
    mu_page_cell_begin(s);
    mu_buf_puts(s->out, "<span>");
    for (int i = 0; i < count; i++)
        if (i == 0 || events[i] != events[i - 1])
            mu_ref(s->out, r, events[i]);
    mu_buf_puts(s->out, "</span>");
    mu_page_cell_end(s);
}
#define REFS(s, r, ...) refs(s, r, (const uint32_t[]){__VA_ARGS__}, (int)(sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)))

static void fold(mu_buf *out, const char *attributes, const char *summary)
{
    mu_buf_printf(out, "<details%s>", attributes);
    mu_element(out, "summary", "", summary);
}

/* ---- what happened ---- */

static void moment(mu_page_sheet *s, const mu_report *r, const mu_moment_row *m)
{
    mu_page_sheet_row(s);
    mu_buf_printf(s->out, "<th scope=\"row\" id=\"e%u\" class=\"ev\">#%u</th>", (unsigned)m->event, (unsigned)m->event);
    s->column++;
    mu_page_cell(s, mu_report_time(r, m->t));
    mu_page_cell(s, m->role);
    mu_page_cell(s, m->what);
    mu_page_cell_begin(s);
    mu_html_text(s->out, m->outcome);
    if (m->last)
        mu_buf_printf(s->out, " <span class=\"ev\">#%u</span>", (unsigned)m->last);
    mu_page_cell_end(s);
}

static void happened(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"Event", "At", "Role", "What", "Outcome", NULL};
    mu_buf_puts(out, "<div class=\"wide\">\n");
    mu_section(out, "happened", "What happened, by role", SAY("Times are those of %s. %s %s%s", r->zone, mu_report_pauses(r), basis(r), r->declared >= 0 ? " The dotted line is the declaration." : ""));
    mu_write_lanes(out, r);
    mu_buf_puts(out, "</section>\n");
    fold(out, "", SAY("The same as a table, from %d of %d events", r->moment_count, r->events));
    mu_page_sheet s = mu_page_sheet_begin(out, "Timeline", heads);
    for (int i = 0; i < r->moment_count; i++)
        if (!r->moments[i].again)
            moment(&s, r, &r->moments[i]);
    mu_page_sheet_end(&s);
    mu_buf_puts(out, "</details></div>\n");
}

/* ---- the clocks ---- */

/* A bar scaled to its own window; what runs past 158 % of it ends in an arrow. */
static void window_bar(mu_page_sheet *s, const mu_report *r, const mu_target_row *t)
{
    enum { WINDOW = 100, PAST = 58 };
    int64_t spent = t->took >= 0 ? t->took : r->end - t->began;
    mu_page_cell_begin(s);
    if (t->window <= 0) {
        mu_buf_puts(s->out, "no window</td>");
        s->column++;
        return;
    }
    int used = (int)(spent >= t->window ? WINDOW : spent * WINDOW / t->window), over = spent > t->window ? (int)((spent - t->window) * WINDOW / t->window) : 0;
    mu_buf_printf(s->out, "<svg class=\"bar\" width=\"%d\" height=\"14\" role=\"img\" aria-label=\"%d %% of the window used\"><rect class=\"win\" x=\"0\" y=\"2\" width=\"%d\" height=\"9\"/>"
                          "<rect class=\"act\" x=\"0\" y=\"4\" width=\"%d\" height=\"5\"/>", WINDOW + PAST + 4, used + over, WINDOW, used < 1 ? 1 : used);
    if (over > 0)
        mu_buf_printf(s->out, "<rect class=\"hx\" x=\"%d\" y=\"3\" width=\"%d\" height=\"7\"/>", WINDOW, over > PAST ? PAST : over);
    if (over > PAST)
        mu_buf_printf(s->out, "<path class=\"x\" d=\"M%d 2l4 4.5l-4 4.5\"/>", WINDOW + PAST - 2);
    mu_buf_printf(s->out, "<path class=\"tick\" d=\"M%d 0v13\"/></svg>", WINDOW);
    mu_page_cell_end(s);
}

static void target(mu_page_sheet *s, const mu_report *r, const mu_target_row *t)
{
    mu_page_sheet_row(s);
    mu_page_cell_begin(s);
    mu_html_text(s->out, SAY("%s: %s%s%s", t->what, t->who, t->window < 0 ? "" : ", ", t->window < 0 ? "" : mu_report_length(r, t->window)));
    mu_buf_printf(s->out, "<small class=\"mono\">line %d</small>", t->at.line);
    mu_page_cell_end(s);
    mu_page_cell_two(s, mu_report_time(r, t->began), mu_starts_words(r, t->starts_with));
    mu_page_cell(s, *t->due ? t->due : "not set");
    mu_page_cell_begin(s);
    mu_state_mark(s->out, t->state, r->players ? mu_basis_word(t->basis) : "");
    mu_page_cell_end(s);
    window_bar(s, r, t);
    mu_page_cell(s, t->took < 0 ? mu_target_margin(r, t) : SAY("took %s, %s", mu_report_length(r, t->took), mu_target_margin(r, t)));
    REFS(s, r, t->started, t->ended);
}

static void targets(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"Clock, and its line", "Began", "Due", "State", "Window used", "Margin", "Events", NULL}, *const bands[] = {"The plan's own times", "Law and contract"};
    mu_section(out, "targets", "Clocks of the plan and the law", SAY("Each was fixed before the run. The bar is the window, the tick the due time, hatching what ran past it. Open: its time was not over at ENDEX (%s). %s",
                                                                     mu_report_time(r, r->end), basis(r)));
    mu_page_sheet s = mu_page_sheet_begin(out, "Clocks", heads);
    for (int law = 0; law < 2; law++) {
        bool any = false;
        for (int i = 0; i < r->target_count; i++) {
            if (r->targets[i].law != law)
                continue;
            if (!any)
                mu_page_sheet_band(&s, bands[law]);
            any = true;
            target(&s, r, &r->targets[i]);
        }
    }
    mu_page_sheet_end(&s);
    mu_buf_puts(out, r->target_count ? "</section>\n" : "<p>No clock started in this run.</p></section>\n");
}

/* ---- who was asked ---- */

static const char *after(const mu_report *r, const mu_asked_row *a, int64_t t)
{
    return t < 0 ? "-" : SAY("%s", mu_report_length(r, t - a->delivered));
}

static void asked_row(mu_page_sheet *s, const mu_report *r, const mu_asked_row *a)
{
    bool there = a->state != MU_NOBODY;
    mu_page_sheet_row(s);
    mu_page_cell(s, mu_report_time(r, a->delivered));
    mu_page_cell_two(s, a->role, !there ? a->why : SAY("%s, %s", a->person, a->played ? "person" : "stand-in"));
    mu_page_cell_two(s, a->about, *a->via ? SAY("by %s", a->via) : a->again ? SAY("%d more time%s, until %s", a->again, a->again == 1 ? "" : "s", mu_report_time(r, a->again_until)) : "");
    mu_page_cell(s, there ? after(r, a, a->opened) : "-");
    mu_page_cell(s, there ? after(r, a, a->acked) : "-");
    mu_page_cell_two(s, after(r, a, a->acted), a->did);
    mu_page_cell_two(s, a->limit < 0 ? "none" : mu_report_length(r, a->limit), a->limit_of);
    mu_page_cell_begin(s);
    mu_state_mark(s->out, a->state, a->late < 0 ? "" : SAY(a->state == MU_LATE ? "by %s" : "%s over", mu_report_length(r, a->late)));
    mu_page_cell_end(s);
    REFS(s, r, a->event, a->open_event, a->ack_event, a->act_event);
}

static void asked(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"Delivered", "To", "About", "Opened after", "Acknowledged after", "Acted after", "Limit", "State", "Events", NULL};
    mu_section(out, "asked", "Who was asked, and how long it took", SAY("From delivery; %s Opened is known of people only. What asks for an act is judged by the act, a call by its acknowledgement. %s",
                                                                        r->pauses ? "no pause is counted." : "no pause was taken.", basis(r)));
    mu_write_answers(out, r);
    fold(out, "", SAY("Every message and every call, %d; the same that nobody was there for stands once", r->asked_count));
    mu_page_sheet s = mu_page_sheet_begin(out, "Every message and every call", heads);
    for (int i = 0; i < r->asked_count; i++)
        if (r->asked[i].again >= 0)
            asked_row(&s, r, &r->asked[i]);
    mu_page_sheet_end(&s);
    mu_buf_puts(out, "</details></section>\n");
}

/* ---- actions and decisions ---- */

static void actions(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"Action", "Who", "Asked at", "Began after", "Work took", "At the end", "Events", NULL};
    mu_section(out, "actions", "Actions of the plan", SAY("Began after: from being asked. What waits or is blocked says for what. %s", basis(r)));
    mu_page_sheet s = mu_page_sheet_begin(out, "Actions", heads);
    for (int i = 0; i < r->task_count; i++) {
        const mu_task_row *t = &r->tasks[i];
        mu_page_sheet_row(&s);
        mu_page_cell(&s, t->action);
        mu_page_cell(&s, *t->person ? t->person : "nobody");
        mu_page_cell(&s, t->assigned < 0 ? "-" : mu_report_time(r, t->assigned));
        mu_page_cell(&s, t->started < 0 || t->assigned < 0 ? "-" : mu_report_length(r, t->started - t->assigned));
        mu_page_cell(&s, t->done < 0 || t->started < 0 ? "-" : mu_report_length(r, t->done - t->started));
        mu_page_cell_two(&s, t->state, t->why);
        REFS(&s, r, t->first, t->last);
    }
    mu_page_sheet_end(&s);
    mu_buf_puts(out, r->task_count ? "</section>\n" : "<p>No action of the plan was called for.</p></section>\n");
}

static void decided(mu_buf *out, const mu_report *r)
{
    static const char *const heads[] = {"At", "What", "Who", "Choice", "Reason given", "Took", "Event", NULL};
    mu_section(out, "decided", "Decisions and answers", SAY("Took: from being asked. %s", basis(r)));
    mu_page_sheet s = mu_page_sheet_begin(out, "Decisions", heads);
    for (int i = 0; i < r->decision_count; i++) {
        const mu_decision_row *d = &r->decisions[i];
        mu_page_sheet_row(&s);
        mu_page_cell(&s, mu_report_time(r, d->t));
        mu_page_cell(&s, d->what);
        mu_page_cell_two(&s, d->who, d->played ? "person" : "stand-in");
        mu_page_cell_begin(&s);
        mu_html_text(out, *d->choice ? d->choice : "-");
        mu_buf_puts(out, d->authority_ok ? "" : " <span class=\"st bd\"><span aria-hidden=\"true\">\xe2\x96\xa0</span> without authority</span>");
        mu_page_cell_end(&s);
        mu_page_cell(&s, *d->reason ? d->reason : "none");
        mu_page_cell(&s, mu_report_length(r, d->took));
        REFS(&s, r, d->event);
    }
    mu_page_sheet_end(&s);
    mu_buf_puts(out, r->decision_count ? "</section>\n" : "<p>Nothing was decided or answered in this run.</p></section>\n");
}

void mu_page_happened(mu_buf *out, const mu_report *r)
{
    happened(out, r);
}

void mu_page_asked(mu_buf *out, const mu_report *r)
{
    asked(out, r);
    actions(out, r);
}

void mu_page_run(mu_buf *out, const mu_report *r)
{
    happened(out, r);
    targets(out, r);
    mu_page_asked(out, r);
    decided(out, r);
}
