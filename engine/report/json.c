#include "base/json.h"

#include <string.h>

#include "report/finding_json.h"
#include "report/write.h"

static void member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, "\"%s\": ", key);
    mu_json_text(out, text);
    mu_buf_puts(out, ", ");
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
    mu_buf_puts(out, "\n ");
    mu_findings_json(out, r->findings, r->arena);
    mu_buf_puts(out, "\n}\n");
}

static void target(mu_buf *out, const mu_target_row *t)
{
    mu_buf_puts(out, "{");
    member(out, "what", t->what);
    member(out, "of", t->who);
    member(out, "state", mu_state_word(t->state));
    mu_buf_printf(out, "\"window_ms\": %lld, \"took_ms\": %lld, \"events\": [%u, %u]}", (long long)t->window, (long long)t->took, (unsigned)t->started, (unsigned)t->ended);
}

static void message(mu_buf *out, const mu_asked_row *a)
{
    mu_buf_puts(out, "{");
    member(out, "person", a->person);
    member(out, "as", a->role);
    member(out, "about", a->about);
    member(out, "via", a->via);
    mu_buf_printf(out, "\"played\": %s, \"sent_ms\": %lld, \"took_ms\": %lld, \"events\": [%u, %u]}", a->played ? "true" : "false", (long long)a->sent, (long long)a->took, (unsigned)a->event,
                  (unsigned)a->answered);
}

static void task(mu_buf *out, const mu_task_row *t)
{
    mu_buf_puts(out, "{");
    member(out, "action", t->action);
    member(out, "person", t->person);
    member(out, "state", t->state);
    member(out, "why", t->why);
    mu_buf_printf(out, "\"asked_ms\": %lld, \"began_ms\": %lld, \"done_ms\": %lld, \"events\": [%u, %u]}", (long long)t->assigned, (long long)t->started, (long long)t->done, (unsigned)t->first,
                  (unsigned)t->last);
}

static void decision(mu_buf *out, const mu_decision_row *d)
{
    mu_buf_puts(out, "{");
    member(out, "what", d->what);
    member(out, "who", d->who);
    member(out, "choice", d->choice);
    member(out, "reason", d->reason);
    mu_buf_printf(out, "\"authority_ok\": %s, \"t_ms\": %lld, \"took_ms\": %lld, \"event\": %u}", d->authority_ok ? "true" : "false", (long long)d->t, (long long)d->took, (unsigned)d->event);
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

void mu_write_json(mu_buf *out, const mu_report *r)
{
    head(out, r, "muster.report/1");
    member(out, "title", r->title);
    member(out, "starts", r->starts);
    member(out, "zone", r->zone);
    member(out, "seed", r->seed);
    member(out, "claim", mu_report_claim(r));
    member(out, "not", mu_report_not(r));
    member(out, "journal", r->journal_head);
    mu_buf_printf(out, "\"events\": %d, \"end_ms\": %lld, \"n\": 1,", r->events, (long long)r->end);
    LIST("targets", r->targets, r->target_count, target);
    LIST("actions", r->tasks, r->task_count, task);
    LIST("decisions", r->decisions, r->decision_count, decision);
    LIST("messages", r->asked, r->asked_count, message);
    mu_buf_puts(out, "\n ");
    mu_findings_json(out, r->findings, r->arena);
    mu_buf_puts(out, "\n}\n");
}
