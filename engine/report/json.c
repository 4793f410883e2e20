#include "base/json.h"

#include <string.h>

#include "report/compared.h"
#include "report/finding_json.h"
#include "report/write.h"

static void member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, "\"%s\": ", key);
    mu_json_text(out, text);
    mu_buf_puts(out, ", ");
}

static const char *file_words(const void *self, const char *file)
{
    return mu_file_words(self, file);
}

static const char *plan_line(const void *self, const mu_mark *at)
{
    const char *line = mu_plan_line(self, at);
    return line ? line : "";
}

static void findings(mu_buf *out, const mu_report *r)
{
    mu_places places = {file_words, plan_line, r};
    mu_buf_puts(out, "\n ");
    mu_findings_json(out, r->findings, &places, r->arena);
}

static void head(mu_buf *out, const mu_report *r, const char *schema)
{
    mu_buf_puts(out, "{");
    member(out, "schema", schema);
    mu_buf_puts(out, "\"plan\": {");
    member(out, "title", r->plan_title);
    member(out, "version", r->plan_version);
    mu_buf_puts(out, "\"hash\": ");
    mu_json_text(out, r->plan_hash);
    mu_buf_puts(out, "}, ");
    member(out, "mode", r->mode);
}

void mu_write_findings(mu_buf *out, const mu_report *r)
{
    head(out, r, "muster.findings/1");
    findings(out, r);
    mu_buf_puts(out, "\n}\n");
}

/* "name_ms": 12, or null where it never came. */
static void number(mu_buf *out, const char *key, int64_t value)
{
    mu_buf_printf(out, "\"%s\": ", key);
    if (value < 0)
        mu_buf_puts(out, "null, ");
    else
        mu_buf_printf(out, "%lld, ", (long long)value);
}

static void flag(mu_buf *out, const char *key, bool yes)
{
    mu_buf_printf(out, "\"%s\": %s, ", key, yes ? "true" : "false");
}

/* The last member of a row: its events, each once. */
static void events(mu_buf *out, const uint32_t *list, int count)
{
    int n = 0;
    mu_buf_puts(out, "\"events\": [");
    for (int i = 0; i < count; i++)
        if (list[i] && (i == 0 || list[i] != list[i - 1]))
            mu_buf_printf(out, "%s%u", n++ ? ", " : "", (unsigned)list[i]);
    mu_buf_puts(out, "]}");
}
#define EVENTS(...) events(out, (const uint32_t[]){__VA_ARGS__}, (int)(sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)))

static void figure(mu_buf *out, const mu_figure *f)
{
    mu_buf_puts(out, "{");
    member(out, "name", f->name);
    number(out, "value", f->value);
    number(out, "of", f->of);
    member(out, "made_of", f->basis);
    member(out, "words", f->words);
    events(out, f->events, f->event_count);
}

static void target(mu_buf *out, const mu_report *r, const mu_target_row *t)
{
    mu_buf_puts(out, "{");
    member(out, "what", t->what);
    member(out, "of", t->who);
    member(out, "starts_with", t->starts_with);
    flag(out, "law", t->law);
    member(out, "state", mu_state_word(t->state));
    member(out, "made_of", mu_basis_word(t->basis));
    member(out, "due_local", t->due);
    number(out, "began_ms", t->began);
    number(out, "window_ms", t->window);
    number(out, "took_ms", t->took);
    number(out, "late_ms", t->late);
    mu_buf_puts(out, "\"at\": {\"file\": ");
    mu_json_text(out, mu_file_words(r, t->at.file));
    mu_buf_printf(out, ", \"line\": %d, \"column\": %d}, ", t->at.line, t->at.column);
    EVENTS(t->started, t->ended);
}

static void message(mu_buf *out, const mu_asked_row *a)
{
    mu_buf_puts(out, "{");
    member(out, "person", a->person);
    member(out, "as", a->role);
    member(out, "about", a->about);
    member(out, "via", a->via);
    member(out, "state", mu_state_word(a->state));
    member(out, "why", a->why);
    member(out, "made_of", mu_basis_word(a->played ? MU_OBSERVED : MU_SIMULATED));
    number(out, "delivered_ms", a->state == MU_NOBODY ? -1 : a->delivered);
    number(out, "opened_ms", a->opened);
    number(out, "acknowledged_ms", a->acked);
    number(out, "acted_ms", a->acted);
    member(out, "did", a->did);
    number(out, "limit_ms", a->limit);
    member(out, "limit_of", a->limit_of);
    number(out, "late_ms", a->late);
    EVENTS(a->event, a->open_event, a->ack_event, a->act_event);
}

static void task(mu_buf *out, const mu_task_row *t)
{
    mu_buf_puts(out, "{");
    member(out, "action", t->action);
    member(out, "person", t->person);
    member(out, "state", t->state);
    member(out, "why", t->why);
    member(out, "made_of", mu_basis_word(t->played ? MU_OBSERVED : MU_SIMULATED));
    number(out, "asked_ms", t->assigned);
    number(out, "began_ms", t->started);
    number(out, "done_ms", t->done);
    EVENTS(t->first, t->last);
}

static void decision(mu_buf *out, const mu_decision_row *d)
{
    mu_buf_puts(out, "{");
    member(out, "what", d->what);
    member(out, "who", d->who);
    member(out, "choice", d->choice);
    member(out, "reason", d->reason);
    flag(out, "authority_ok", d->authority_ok);
    member(out, "made_of", mu_basis_word(d->played ? MU_OBSERVED : MU_SIMULATED));
    number(out, "t_ms", d->t);
    number(out, "took_ms", d->took);
    EVENTS(d->event);
}

static void moment(mu_buf *out, const mu_moment_row *m)
{
    mu_buf_puts(out, "{");
    number(out, "t_ms", m->t);
    member(out, "role", m->role);
    member(out, "what", m->what);
    member(out, "outcome", m->outcome);
    EVENTS(m->event, m->last);
}

#define LIST(name, list, count, one)                         \
    do {                                                     \
        mu_buf_puts(out, "\n \"" name "\": [");              \
        for (int i = 0; i < (count); i++) {                  \
            mu_buf_puts(out, i ? ",\n  " : "\n  ");          \
            one(out, &(list)[i]);                            \
        }                                                    \
        mu_buf_puts(out, "\n ],");                           \
    } while (0)

static void targets(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n \"targets\": [");
    for (int i = 0; i < r->target_count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        target(out, r, &r->targets[i]);
    }
    mu_buf_puts(out, "\n ],");
}

/* What the run is made of, and what may be said of it. */
static void run(mu_buf *out, const mu_report *r)
{
    mu_buf_puts(out, "\n \"run\": {");
    member(out, "kind", mu_report_kind(r));
    member(out, "claim", mu_report_claim(r));
    member(out, "not", mu_report_not(r));
    member(out, "figures", mu_report_made_of(r));
    member(out, "starts", r->starts);
    member(out, "zone", r->zone);
    member(out, "ended", r->ended);
    member(out, "seed", r->seed);
    member(out, "scenario", r->scenario_hash);
    member(out, "assumptions", r->assumptions_hash);
    member(out, "engine", r->engine);
    member(out, "journal", r->journal_head);
    member(out, "played", r->played_roles);
    flag(out, "measured", r->measured);
    mu_buf_printf(out, "\"n\": 1, \"people\": %d, \"events\": %d, \"rules\": %d, \"pauses\": %d, \"paused_wall_ms\": %lld, \"jumps\": %d, \"end_ms\": %lld},", r->players, r->events, r->rules,
                  r->pauses, (long long)r->paused, r->jumps, (long long)r->end);
}

void mu_write_json(mu_buf *out, const mu_report *r)
{
    head(out, r, "muster.report/1");
    member(out, "title", r->title);
    member(out, "organisation", r->organisation);
    member(out, "lead", mu_report_lead(r));
    run(out, r);
    LIST("figures", r->figures, r->figure_count, figure);
    LIST("timeline", r->moments, r->moment_count, moment);
    targets(out, r);
    LIST("messages", r->asked, r->asked_count, message);
    LIST("actions", r->tasks, r->task_count, task);
    LIST("decisions", r->decisions, r->decision_count, decision);
    mu_compared_json(out, r);
    findings(out, r);
    mu_buf_puts(out, "\n}\n");
}
