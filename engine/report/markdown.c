/* Markdown in which a stranger's text stays text: every character that could begin something is escaped. */
#include <string.h>

#include "analysis/lore.h"
#include "report/compared.h"
#include "report/write.h"

static void text(mu_buf *out, const char *s)
{
    size_t len = strlen(s);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        int n = mu_utf8(s + i, len - i, &cp);
        if (n == 0)
            mu_buf_printf(out, "\\\\x%02x", (unsigned char)s[i]);
        else if (cp == '<' || cp == '&' || cp == '>')
            mu_buf_printf(out, "&#%u;", (unsigned)cp);
        else if (cp == '\n' || cp == '\t')
            mu_buf_puts(out, " ");
        else if (mu_unsafe(cp))
            mu_buf_printf(out, "\\\\u{%x}", (unsigned)cp);
        else if (cp < 0x80 && strchr("\\`*_{}[]#|~$^", (int)cp))
            mu_buf_printf(out, "\\%c", (char)cp);
        else
            mu_buf_add(out, s + i, (size_t)n);
        i += n ? (size_t)n : 1;
    }
}

/* A bare address must not become a link either. */
static void cell(mu_buf *out, const char *s)
{
    mu_buf safe = {0};
    text(&safe, s);
    for (const char *p = safe.text ? safe.text : ""; *p; p++) {
        if (strncmp(p, "://", 3) == 0)
            mu_buf_puts(out, "&#58;");
        else if (strncmp(p, "www.", 4) == 0)
            mu_buf_puts(out, "&#119;");
        else
            mu_buf_add(out, p, 1);
    }
    mu_buf_free(&safe);
}

void mu_markdown_text(mu_buf *out, const char *s)
{
    cell(out, s);
}

static void row(mu_buf *out, const char *const *cells, int count)
{
    mu_buf_puts(out, "|");
    for (int i = 0; i < count; i++) {
        mu_buf_puts(out, " ");
        cell(out, cells[i]);
        mu_buf_puts(out, " |");
    }
    mu_buf_puts(out, "\n");
}

/* Hyphens below a head: a word document takes the width of the column from them. */
static int breadth(const char *head)
{
    static const struct { const char *head; int broad; } rows[] = {
        {"What", 60}, {"Outcome", 32}, {"Events", 16}, {"To", 24}, {"From", 24}, {"Role", 24}, {"Person", 24}, {"Who", 24}, {"About", 24}, {"Action", 24}, {"At the end", 32}, {"State", 20}, {"Limit", 20}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].head, head) == 0)
            return rows[i].broad;
    return 12;
}

static void head(mu_buf *out, const char *const *cells, int count)
{
    row(out, cells, count);
    mu_buf_puts(out, "|");
    for (int i = 0; i < count; i++)
        mu_buf_printf(out, " %.*s |", breadth(cells[i]), "------------------------------------------------------------");
    mu_buf_puts(out, "\n");
}

#define ROW(...) row(out, (const char *const[]){__VA_ARGS__}, (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))
#define HEAD(...) head(out, (const char *const[]){__VA_ARGS__}, (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))
#define SAY(...) mu_format(r->arena, __VA_ARGS__)

static const char *known(const mu_report *r, int64_t t, int64_t from)
{
    return t < 0 || from < 0 ? "-" : mu_report_length(r, t - from);
}

static const char *numbers(const mu_report *r, const uint32_t *events, int count)
{
    const char *list = "";
    for (int i = 0; i < count; i++)
        if (events[i] && (i == 0 || events[i] != events[i - 1]))
            list = SAY("%s%s%u", list, *list ? ", " : "", (unsigned)events[i]);
    return list;
}
#define EVENTS(...) numbers(r, (const uint32_t[]){__VA_ARGS__}, (int)(sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)))

static void line(mu_buf *out, const char *s)
{
    cell(out, s);
    mu_buf_puts(out, "\n\n");
}

static void item(mu_buf *out, const char *name, const char *s)
{
    mu_buf_printf(out, "- %s: ", name);
    cell(out, s);
    mu_buf_puts(out, "\n");
}

static void top(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "**EXERCISE. Nothing in this report happened.**\n\n# ");
    line(out, r->title);
    line(out, SAY("After-action report. %s, %s %s. Played %s to %s, %s.", r->organisation, r->plan_title, r->plan_version, r->starts, mu_report_time(r, r->end), r->zone));
    line(out, mu_report_lead(r));
    mu_buf_puts(out, "## In figures\n\n");
    for (int i = 0; i < r->figure_count; i++) {
        const mu_figure *f = &r->figures[i];
        mu_buf_puts(out, "- ");
        cell(out, SAY("%s (%s, from %d event%s)", f->words, f->basis, f->event_count, f->event_count == 1 ? "" : "s"));
        mu_buf_puts(out, "\n");
    }
    mu_buf_puts(out, "\n## What this run is\n\n");
    item(out, "Kind", mu_report_kind(r));
    item(out, "Claim", mu_report_claim(r));
    item(out, "Not", mu_report_not(r));
    item(out, "Figures", mu_report_made_of(r));
    item(out, "Time", SAY("%s of the %s planned; ended: \"%s\". %s", mu_report_length(r, r->end), mu_report_length(r, r->lasts), *r->ended ? r->ended : "not yet", mu_report_pauses(r)));
}

static void targets(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## Clocks of the plan and the law\n\n");
    HEAD("Clock", "Of", "Began", "Due", "Took", "State", "Margin", "Line", "Events");
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        ROW(t->what, t->who, SAY("%s, %s", mu_report_time(r, t->began), mu_starts_words(r, t->starts_with)), *t->due ? t->due : "not set", mu_report_length(r, t->took), mu_state_word(t->state),
            SAY("%s; %s", mu_target_margin(r, t), mu_basis_word(t->basis)), SAY("%d", t->at.line), EVENTS(t->started, t->ended));
    }
}

static void messages(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## Who was asked, and how long it took\n\nLengths are from delivery. ");
    line(out, mu_report_pauses(r));
    HEAD("Delivered", "To", "Person", "About", "By", "Opened", "Acknowledged", "Acted", "Limit", "State", "Events");
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        if (a->again < 0)
            continue;
        const char *more = a->again ? SAY("; %d more time%s, until %s", a->again, a->again == 1 ? "" : "s", mu_report_time(r, a->again_until)) : "";
        const char *state = a->late < 0 ? mu_state_word(a->state) : SAY("%s, %s over", mu_state_word(a->state), mu_report_length(r, a->late));
        ROW(mu_report_time(r, a->delivered), a->role, a->state == MU_NOBODY ? "nobody" : SAY("%s, %s", a->person, a->played ? "person" : "stand-in"), a->about, a->via,
            known(r, a->opened, a->delivered), known(r, a->acked, a->delivered), a->acted < 0 ? "-" : SAY("%s, %s", mu_report_length(r, a->acted - a->delivered), a->did),
            a->limit < 0 ? "none" : SAY("%s, %s", mu_report_length(r, a->limit), a->limit_of), a->state == MU_NOBODY ? SAY("%s: %s%s", state, a->why, more) : state,
            EVENTS(a->event, a->open_event, a->ack_event, a->act_event));
    }
}

static void actions(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## Actions of the plan\n\n");
    HEAD("Action", "Who", "Asked at", "Began after", "Work took", "At the end", "Events");
    for (int i = 0; i < r->task_count; i++) {
        const mu_task_row *t = &r->tasks[i];
        ROW(t->action, *t->person ? t->person : "nobody", t->assigned < 0 ? "-" : mu_report_time(r, t->assigned), known(r, t->started, t->assigned), t->done < 0 ? "-" : known(r, t->done, t->started),
            SAY("%s%s%s", t->state, *t->why ? ", " : "", t->why), EVENTS(t->first, t->last));
    }
}

static void decisions(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## Decisions and answers\n\n");
    HEAD("At", "What", "Who", "Choice", "Reason given", "Took", "Event");
    for (int i = 0; i < r->decision_count; i++) {
        const mu_decision_row *d = &r->decisions[i];
        ROW(mu_report_time(r, d->t), d->what, SAY("%s, %s", d->who, d->played ? "person" : "stand-in"), d->authority_ok ? d->choice : SAY("%s, without authority", d->choice), d->reason,
            mu_report_length(r, d->took), EVENTS(d->event));
    }
}

static void the_same_of(mu_buf *out, const mu_report *r, const mu_alike *alike, size_t first)
{
    const char *before = "\n  - The same of: ";
    for (size_t i = first + 1; alike->more[first] && i < r->findings->count; i++) {
        if (alike->with[i] != first)
            continue;
        mu_buf_puts(out, before);
        cell(out, mu_alike_name(r, alike, i));
        before = "; ";
    }
}

static void place(mu_buf *out, const mu_report *r, const mu_alike *alike, size_t of)
{
    const mu_finding *f = &r->findings->list[of];
    const char *quoted = mu_plan_line(r, &f->at);
    mu_buf_puts(out, "\n- **");
    cell(out, mu_alike_text(r, alike, of));
    mu_buf_puts(out, ".** ");
    cell(out, mu_finding_basis(r, f));
    const char *lines[MU_STANDING];
    int count = mu_finding_standing(r, f, lines);
    for (int i = 0; i < count; i++) {
        mu_buf_puts(out, "\n  - ");
        cell(out, lines[i]);
    }
    mu_buf_puts(out, "\n  - Line: ");
    cell(out, mu_place_words(r, &f->at));
    if (quoted) {
        mu_buf_puts(out, ", ");
        cell(out, SAY("\"%s\"", quoted + strspn(quoted, " \t")));
    }
    the_same_of(out, r, alike, of);
    mu_buf_puts(out, "\n  - Proof: ");
    cell(out, f->proof ? mu_proof_words(r, f) : f->evidence_count ? "in this run" : "on paper");
    mu_buf_puts(out, "\n");
    for (int i = 0; i < f->evidence_count && i < MU_QUOTED; i++) {
        mu_buf_printf(out, "    - %u, ", (unsigned)f->evidence[i]);
        cell(out, SAY("%s: %s", mu_report_time(r, mu_event_time(r, f->evidence[i])), mu_event_words(r, f->evidence[i])));
        mu_buf_puts(out, "\n");
    }
    for (int i = MU_QUOTED; i < f->evidence_count; i++) {
        if (i == MU_QUOTED)
            mu_buf_printf(out, "    - and %d more:", f->evidence_count - MU_QUOTED);
        mu_buf_printf(out, "%s %u%s", i == MU_QUOTED ? "" : ",", (unsigned)f->evidence[i], i + 1 == f->evidence_count ? "\n" : "");
    }
    if (f->patch) {
        mu_buf_puts(out, "  - ");
        cell(out, SAY("Muster can write this change, which closes the gap on paper. Whether it holds in this drill says: muster amend PLAN --from DRILL --only %s", f->id));
        mu_buf_puts(out, "\n");
    }
}

static void type(mu_buf *out, const mu_report *r, const mu_alike *alike, size_t first)
{
    const mu_gap *g = r->findings->list[first].gap;
    mu_buf_puts(out, "\n#### ");
    cell(out, SAY("%s (%s, %s)", g->title, mu_weight_word(g->weight), g->id));
    mu_buf_puts(out, "\n\n");
    line(out, SAY("%s %s", g->meaning, mu_lore_of(g->id)->why));
    item(out, "Change", g->fix);
    item(out, "Bears on", g->clauses);
    for (size_t i = first; i < r->findings->count; i++)
        if (r->findings->list[i].gap == g && alike->with[i] == i)
            place(out, r, alike, i);
}

void mu_markdown_gaps(mu_buf *out, const mu_report *r)
{
    mu_alike alike = mu_alike_of(r);
    mu_buf_puts(out, "\n## Gaps\n\n");
    cell(out, SAY("%zu found by %d rules.", r->findings->count, r->rules));
    mu_buf_puts(out, "\n");
    for (size_t i = 0; i < r->findings->suppression_count; i++) {
        const char *idle = mu_suppression_idle(r, &r->findings->suppressions[i]);
        if (idle) {
            mu_buf_puts(out, "\n");
            cell(out, idle);
            mu_buf_puts(out, "\n");
        }
    }
    for (const mu_group *g = mu_groups; g->prefix; g++) {
        int n = mu_group_count(r, g);
        if (n)
            mu_buf_printf(out, "\n### %s, %d\n", g->title, n);
        for (size_t i = 0; n && i < r->findings->count; i++)
            if (strncmp(r->findings->list[i].gap->id, g->prefix, 3) == 0 && mu_first_of_type(r, i))
                type(out, r, &alike, i);
    }
}

static void timeline(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## What happened, by role\n\n");
    HEAD("Event", "At", "Role", "What", "Outcome");
    for (int i = 0; i < r->moment_count; i++) {
        const mu_moment_row *m = &r->moments[i];
        if (m->again)
            continue;
        ROW(SAY("%u", (unsigned)m->event), mu_report_time(r, m->t), m->role, m->what, m->last ? SAY("%s (%u)", m->outcome, (unsigned)m->last) : m->outcome);
    }
}

static void compared_line(void *self, int level, const char *words)
{
    mu_buf *out = self;
    mu_buf_puts(out, level == 0 ? "\n## " : level == 1 ? "" : "- ");
    cell(out, words);
    mu_buf_puts(out, level == 2 ? "\n" : "\n\n");
}

void mu_markdown_happened(mu_buf *out, const mu_report *r)
{
    timeline(out, r);
}

void mu_markdown_asked(mu_buf *out, const mu_report *r)
{
    messages(out, r);
    actions(out, r);
}

void mu_markdown_run(mu_buf *out, const mu_report *r)
{
    timeline(out, r);
    targets(out, r);
    mu_markdown_asked(out, r);
    decisions(out, r);
}

void mu_markdown_compared(mu_buf *out, const mu_report *r)
{
    mu_compared_text(r, compared_line, out);
}

void mu_write_markdown(mu_buf *out, const mu_report *r)
{
    top(out, r);
    mu_markdown_gaps(out, r);
    mu_markdown_run(out, r);
    mu_markdown_compared(out, r);
    mu_buf_puts(out, "\n## Proof\n\n");
    cell(out, SAY("The journal has %d events and ends with %s. Plan %s, scenario %s, assumptions %s. Made by Muster %s.", r->events, r->journal_head, r->plan_hash, r->scenario_hash,
                  r->assumptions_hash, r->engine));
    mu_buf_puts(out, "\n");
}
