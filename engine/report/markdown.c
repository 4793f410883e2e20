/* Markdown in which a stranger's text stays text: every character that could begin something is escaped. */
#include <string.h>

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
        else if (cp < 0x80 && strchr("\\`*_{}[]()#+-.!|~:\"'@/=$%^", (int)cp) && !strchr(".,-/:'()", (int)cp))
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

static void head(mu_buf *out, const char *const *cells, int count)
{
    row(out, cells, count);
    mu_buf_puts(out, "|");
    for (int i = 0; i < count; i++)
        mu_buf_puts(out, " --- |");
    mu_buf_puts(out, "\n");
}

#define ROW(...) row(out, (const char *const[]){__VA_ARGS__}, (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))
#define HEAD(...) head(out, (const char *const[]){__VA_ARGS__}, (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))
#define SAY(...) mu_format(r->arena, __VA_ARGS__)

static void top(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "**EXERCISE**\n\n# After-action report: ");
    cell(out, r->title);
    mu_buf_puts(out, "\n\n");
    cell(out, SAY("%s, %s %s. STARTEX %s, %s; ENDEX %s (%s).", r->organisation, r->plan_title, r->plan_version, r->starts, r->zone, mu_report_time(r, r->end), r->ended));
    mu_buf_puts(out, "\n\n");
    cell(out, mu_report_lead(r));
    mu_buf_puts(out, "\n\n## What this run is\n\n");
    cell(out, mu_report_claim(r));
    mu_buf_puts(out, " ");
    cell(out, mu_report_not(r));
    mu_buf_printf(out, " n = 1, seed %s, %d events.\n", r->seed, r->events);
}

static void targets(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## Targets\n\n");
    HEAD("What", "Of", "Had", "Took", "State", "Line", "Events");
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        ROW(t->what, t->who, t->window < 0 ? "no time set" : mu_report_length(r, t->window), mu_report_length(r, t->took), mu_state_word(t->state), SAY("%d", t->at.line),
            SAY("%u, %u", (unsigned)t->started, (unsigned)t->ended));
    }
}

static void actions(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## Actions of the plan\n\n");
    HEAD("Action", "Who", "Asked", "Began after", "Took", "At the end", "Events");
    for (int i = 0; i < r->task_count; i++) {
        const mu_task_row *t = &r->tasks[i];
        ROW(t->action, t->person, t->assigned < 0 ? "-" : mu_report_time(r, t->assigned), t->started < 0 || t->assigned < 0 ? "-" : mu_report_length(r, t->started - t->assigned),
            t->done < 0 || t->started < 0 ? "-" : mu_report_length(r, t->done - t->started), SAY("%s %s", t->state, t->why), SAY("%u, %u", (unsigned)t->first, (unsigned)t->last));
    }
}

static void decisions(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n## Decisions and answers\n\n");
    HEAD("Time", "What", "Who", "Choice", "Why", "Took", "Event");
    for (int i = 0; i < r->decision_count; i++) {
        const mu_decision_row *d = &r->decisions[i];
        ROW(mu_report_time(r, d->t), d->what, d->who, d->authority_ok ? d->choice : SAY("%s, without authority", d->choice), d->reason, mu_report_length(r, d->took), SAY("%u", (unsigned)d->event));
    }
}

static void messages(mu_buf *out, const mu_report *r)
{
    mu_buf_printf(out, "\n## Messages\n\n%d sent, %d acknowledged.\n\n", r->asked_count, r->answered_count);
    HEAD("Sent", "To", "As", "About", "By", "Acknowledged after", "Event");
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        ROW(mu_report_time(r, a->sent), a->person, a->role, a->about, a->via, a->took < 0 ? "never" : mu_report_length(r, a->took), SAY("%u", (unsigned)a->event));
    }
}

static void gap(mu_buf *out, const mu_report *r, const mu_finding *f)
{
    mu_buf_printf(out, "\n#### %s %s: ", mu_weight_word(f->weight), f->gap->id);
    cell(out, f->text);
    mu_buf_puts(out, "\n\n");
    cell(out, f->gap->meaning);
    if (f->proof)
        cell(out, SAY(" In the run: %s.", f->proof));
    mu_buf_puts(out, "\n\n- Plan: ");
    cell(out, SAY("%s:%d:%d", f->at.file, f->at.line, f->at.column));
    mu_buf_puts(out, "\n- Proof: ");
    cell(out, SAY("%s (%s)", mu_evidence_words(r, f), f->confidence));
    mu_buf_puts(out, "\n- Change: ");
    cell(out, f->gap->fix);
    mu_buf_puts(out, "\n- Maps to: ");
    cell(out, f->gap->clauses);
    mu_buf_puts(out, "\n");
}

static void gaps(mu_buf *out, const mu_report *r)
{
    mu_buf_printf(out, "\n## Gaps\n\n%zu gaps, found by %d rules: %d critical, %d high, %d medium, %d low.\n", r->findings->count, r->rules, r->counts[0], r->counts[1], r->counts[2],
                  r->counts[3]);
    for (const mu_group *g = mu_groups; g->prefix; g++) {
        bool any = false;
        for (size_t i = 0; i < r->findings->count; i++) {
            if (strncmp(r->findings->list[i].gap->id, g->prefix, 3) != 0)
                continue;
            if (!any)
                mu_buf_printf(out, "\n### %s\n", g->title);
            any = true;
            gap(out, r, &r->findings->list[i]);
        }
    }
}

void mu_write_markdown(mu_buf *out, const mu_report *r)
{
    top(out, r);
    targets(out, r);
    actions(out, r);
    decisions(out, r);
    messages(out, r);
    gaps(out, r);
    mu_buf_printf(out, "\n## Proof\n\nThe journal ends with `%s`. Plan `%s`, scenario `%s`. Made by Muster %s.\n", r->journal_head, r->plan_hash, r->scenario_hash, r->engine);
}
