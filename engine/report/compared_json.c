/* What was compared, covered and held, as members of the report's JSON. */
#include "base/json.h"
#include "report/compared.h"
#include "report/parts.h"

static void member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, "\"%s\": ", key);
    mu_json_text(out, text);
    mu_buf_puts(out, ", ");
}

static void moment(mu_buf *out, const char *key, int64_t t)
{
    if (t < 0)
        mu_buf_printf(out, "\"%s\": null, ", key);
    else
        mu_buf_printf(out, "\"%s\": %lld, ", key, (long long)t);
}

static void events(mu_buf *out, const uint32_t *list, int count)
{
    int n = 0;
    mu_buf_puts(out, "\"events\": [");
    for (int i = 0; i < count; i++)
        if (list[i])
            mu_buf_printf(out, "%s%u", n++ ? ", " : "", (unsigned)list[i]);
    mu_buf_puts(out, "]");
}

static void flow(mu_buf *out, const mu_flow *f)
{
    mu_buf_puts(out, "{");
    member(out, "from", f->from);
    member(out, "to", f->to);
    member(out, "about", f->about);
    member(out, "wanted_via", f->wanted_via);
    member(out, "via", f->via);
    moment(out, "due_ms", f->due);
    moment(out, "done_ms", f->done);
    member(out, "state", mu_flow_word(f->state));
    mu_buf_printf(out, "\"line\": %d, ", f->at.line);
    events(out, f->events, 3);
    mu_buf_puts(out, "}");
}

static void call(mu_buf *out, const mu_call *c)
{
    mu_buf_printf(out, "{\"climb\": %d, ", c->climb);
    member(out, "ladder", c->ladder);
    mu_buf_printf(out, "\"step\": %d, \"try\": %d, ", c->step, c->try);
    member(out, "to", c->to);
    member(out, "person", c->person);
    moment(out, "planned_ms", c->planned);
    moment(out, "called_ms", c->called);
    moment(out, "answered_ms", c->answered);
    member(out, "state", mu_call_word(c->state));
    mu_buf_printf(out, "\"line\": %d, ", c->at.line);
    events(out, &c->event, 1);
    mu_buf_puts(out, "}");
}

static void lowering(mu_buf *out, const mu_lowering *l)
{
    mu_buf_puts(out, "{");
    member(out, "from", l->from);
    member(out, "to", l->to);
    member(out, "person", l->person);
    mu_buf_printf(out, "\"authority_ok\": %s, \"t_ms\": %lld, ", l->authority_ok ? "true" : "false", (long long)l->t);
    events(out, &l->event, 1);
    mu_buf_puts(out, "}");
}

static void covered(mu_buf *out, const mu_covered *c)
{
    mu_buf_puts(out, "{");
    member(out, "kind", c->kind);
    mu_buf_printf(out, "\"count\": %d, \"exercised\": %d, \"parts\": [", c->count, c->exercised);
    for (int i = 0; i < c->count; i++) {
        mu_buf_puts(out, i ? ",\n   {" : "\n   {");
        member(out, "name", c->list[i].name);
        mu_buf_printf(out, "\"line\": %d, \"event\": ", c->list[i].at.line);
        mu_buf_printf(out, c->list[i].event ? "%u}" : "null}", (unsigned)c->list[i].event);
    }
    mu_buf_puts(out, "]}");
}

static void strength(mu_buf *out, const mu_strength *s)
{
    mu_buf_puts(out, "{");
    member(out, "group", s->group);
    member(out, "subject", s->subject);
    member(out, "text", s->text);
    mu_buf_printf(out, "\"line\": %d, ", s->at.line);
    events(out, s->evidence, s->evidence_count);
    mu_buf_puts(out, "}");
}

#define LIST(name, list, count, one)                \
    do {                                            \
        mu_buf_puts(out, "\n \"" name "\": [");     \
        for (int i = 0; i < (count); i++) {         \
            mu_buf_puts(out, i ? ",\n  " : "\n  "); \
            one(out, &(list)[i]);                   \
        }                                           \
        mu_buf_puts(out, "\n ],");                  \
    } while (0)

void mu_compared_json(mu_buf *out, const mu_report *r)
{
    LIST("communication", r->flows->flows, r->flows->flow_count, flow);
    LIST("escalation", r->flows->calls, r->flows->call_count, call);
    LIST("lowered", r->flows->lowerings, r->flows->lowering_count, lowering);
    LIST("coverage", r->coverage->kinds, MU_ELEMENT_KINDS, covered);
    LIST("held", r->strengths.list, r->strengths.count, strength);
}
