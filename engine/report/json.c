#include "base/json.h"

#include <string.h>

#include "report/compared.h"
#include "report/finding_json.h"
#include "report/json_parts.h"
#include "report/write.h"

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
    mu_json_member(out, "schema", schema);
    mu_buf_puts(out, "\"plan\": {");
    mu_json_member(out, "title", r->plan_title);
    mu_json_member(out, "version", r->plan_version);
    mu_buf_puts(out, "\"hash\": ");
    mu_json_text(out, r->plan_hash);
    mu_buf_puts(out, "}, ");
    mu_json_member(out, "mode", r->mode);
}

void mu_write_findings(mu_buf *out, const mu_report *r)
{
    head(out, r, "muster.findings/1");
    findings(out, r);
    mu_buf_puts(out, "\n}\n");
}

#define EVENTS(...) mu_json_events(out, (const uint32_t[]){__VA_ARGS__}, (int)(sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)))

static void figure(mu_buf *out, const mu_figure *f)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "name", f->name);
    mu_json_number(out, "value", f->value);
    mu_json_number(out, "of", f->of);
    mu_json_member(out, "made_of", f->basis);
    mu_json_member(out, "words", f->words);
    mu_json_events(out, f->events, f->event_count);
}

static void target(mu_buf *out, const mu_report *r, const mu_target_row *t)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "what", t->what);
    mu_json_member(out, "of", t->who);
    mu_json_member(out, "starts_with", t->starts_with);
    mu_json_flag(out, "law", t->law);
    mu_json_member(out, "state", mu_state_word(t->state));
    mu_json_member(out, "made_of", mu_basis_word(t->basis));
    mu_json_member(out, "due_local", t->due);
    mu_json_number(out, "began_ms", t->began);
    mu_json_number(out, "window_ms", t->window);
    mu_json_number(out, "took_ms", t->took);
    mu_json_number(out, "late_ms", t->late);
    mu_buf_puts(out, "\"at\": {\"file\": ");
    mu_json_text(out, mu_file_words(r, t->at.file));
    mu_buf_printf(out, ", \"line\": %d, \"column\": %d}, ", t->at.line, t->at.column);
    EVENTS(t->started, t->ended);
}

static void message(mu_buf *out, const mu_asked_row *a)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "person", a->person);
    mu_json_member(out, "as", a->role);
    mu_json_member(out, "about", a->about);
    mu_json_member(out, "via", a->via);
    mu_json_member(out, "state", mu_state_word(a->state));
    mu_json_member(out, "why", a->why);
    mu_json_member(out, "made_of", mu_basis_word(a->played ? MU_OBSERVED : MU_SIMULATED));
    mu_json_number(out, "delivered_ms", a->state == MU_NOBODY ? -1 : a->delivered);
    mu_json_number(out, "opened_ms", a->opened);
    mu_json_number(out, "acknowledged_ms", a->acked);
    mu_json_number(out, "acted_ms", a->acted);
    mu_json_member(out, "did", a->did);
    mu_json_number(out, "limit_ms", a->limit);
    mu_json_member(out, "limit_of", a->limit_of);
    mu_json_number(out, "late_ms", a->late);
    EVENTS(a->event, a->open_event, a->ack_event, a->act_event);
}

static void task(mu_buf *out, const mu_task_row *t)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "action", t->action);
    mu_json_member(out, "person", t->person);
    mu_json_member(out, "state", t->state);
    mu_json_member(out, "why", t->why);
    mu_json_member(out, "made_of", mu_basis_word(t->played ? MU_OBSERVED : MU_SIMULATED));
    mu_json_number(out, "asked_ms", t->assigned);
    mu_json_number(out, "began_ms", t->started);
    mu_json_number(out, "done_ms", t->done);
    EVENTS(t->first, t->last);
}

static void decision(mu_buf *out, const mu_decision_row *d)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "what", d->what);
    mu_json_member(out, "who", d->who);
    mu_json_member(out, "choice", d->choice);
    mu_json_member(out, "reason", d->reason);
    mu_json_flag(out, "authority_ok", d->authority_ok);
    mu_json_member(out, "made_of", mu_basis_word(d->played ? MU_OBSERVED : MU_SIMULATED));
    mu_json_number(out, "t_ms", d->t);
    mu_json_number(out, "took_ms", d->took);
    EVENTS(d->event);
}

static void moment(mu_buf *out, const mu_moment_row *m)
{
    mu_buf_puts(out, "{");
    mu_json_number(out, "t_ms", m->t);
    mu_json_member(out, "role", m->role);
    mu_json_member(out, "what", m->what);
    mu_json_member(out, "outcome", m->outcome);
    EVENTS(m->event, m->last);
}

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
    mu_json_member(out, "kind", mu_report_kind(r));
    mu_json_member(out, "claim", mu_report_claim(r));
    mu_json_member(out, "not", mu_report_not(r));
    mu_json_member(out, "figures", mu_report_made_of(r));
    mu_json_member(out, "starts", r->starts);
    mu_json_member(out, "zone", r->zone);
    mu_json_member(out, "ended", r->ended);
    mu_json_member(out, "seed", r->seed);
    mu_json_member(out, "scenario", r->scenario_hash);
    mu_json_member(out, "assumptions", r->assumptions_hash);
    mu_json_member(out, "engine", r->engine);
    mu_json_member(out, "journal", r->journal_head);
    mu_json_member(out, "played", r->played_roles);
    mu_json_flag(out, "measured", r->measured);
    mu_buf_printf(out, "\"n\": 1, \"people\": %d, \"events\": %d, \"rules\": %d, \"pauses\": %d, \"paused_wall_ms\": %lld, \"jumps\": %d, \"end_ms\": %lld},", r->players, r->events, r->rules,
                  r->pauses, (long long)r->paused, r->jumps, (long long)r->end);
}

void mu_write_json(mu_buf *out, const mu_report *r)
{
    head(out, r, "muster.report/1");
    mu_json_member(out, "title", r->title);
    mu_json_member(out, "organisation", r->organisation);
    mu_json_member(out, "lead", mu_report_lead(r));
    run(out, r);
    MU_JSON_LIST("figures", r->figures, r->figure_count, figure);
    MU_JSON_LIST("timeline", r->moments, r->moment_count, moment);
    targets(out, r);
    MU_JSON_LIST("messages", r->asked, r->asked_count, message);
    MU_JSON_LIST("actions", r->tasks, r->task_count, task);
    MU_JSON_LIST("decisions", r->decisions, r->decision_count, decision);
    mu_compared_json(out, r);
    findings(out, r);
    mu_buf_puts(out, "\n}\n");
}
