/* What was compared, covered and held, as members of the report's JSON. */
#include "base/json.h"
#include "report/compared.h"
#include "report/json_parts.h"
#include "report/parts.h"

static void flow(mu_buf *out, const mu_flow *f)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "from", f->from);
    mu_json_member(out, "to", f->to);
    mu_json_member(out, "about", f->about);
    mu_json_member(out, "wanted_via", f->wanted_via);
    mu_json_member(out, "via", f->via);
    mu_json_number(out, "due_ms", f->due);
    mu_json_number(out, "done_ms", f->done);
    mu_json_member(out, "state", mu_flow_word(f->state));
    mu_buf_printf(out, "\"line\": %d, ", f->at.line);
    mu_json_events(out, f->events, 3);
}

static void call(mu_buf *out, const mu_call *c)
{
    mu_buf_printf(out, "{\"climb\": %d, ", c->climb);
    mu_json_member(out, "ladder", c->ladder);
    mu_buf_printf(out, "\"step\": %d, \"try\": %d, \"round\": %d, ", c->step, c->try, c->round);
    mu_json_member(out, "to", c->to);
    mu_json_member(out, "person", c->person);
    mu_json_number(out, "planned_ms", c->planned);
    mu_json_number(out, "called_ms", c->called);
    mu_json_number(out, "answered_ms", c->answered);
    mu_json_number(out, "late_ms", mu_call_late(c) ? mu_call_late(c) : -1);
    mu_json_member(out, "state", mu_call_word(c->state));
    mu_buf_printf(out, "\"line\": %d, ", c->at.line);
    mu_json_events(out, &c->event, 1);
}

static void climb(mu_buf *out, const mu_climb_row *c)
{
    mu_buf_printf(out, "{\"climb\": %d, ", c->climb);
    mu_json_member(out, "ladder", c->ladder);
    mu_json_member(out, "because", c->because);
    mu_buf_printf(out, "\"looped\": %s, \"t_ms\": %lld, \"calls\": %d, ", c->looped ? "true" : "false", (long long)c->t, c->count);
    mu_json_events(out, &c->event, 1);
}

static void jump(mu_buf *out, const mu_jump *j)
{
    mu_buf_printf(out, "{\"climb\": %d, \"step\": %d, \"reached\": %d, ", j->climb, j->step, j->reached);
    mu_json_member(out, "by", j->by);
    mu_json_member(out, "to", j->to);
    mu_json_member(out, "person", j->person);
    mu_buf_printf(out, "\"t_ms\": %lld, \"line\": %d, ", (long long)j->t, j->at.line);
    mu_json_events(out, &j->event, 1);
}

static void level(mu_buf *out, const mu_level_row *l)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "from", l->from);
    mu_json_member(out, "to", l->to);
    mu_json_member(out, "person", l->person);
    mu_buf_printf(out, "\"down\": %s, \"authority_ok\": %s, \"t_ms\": %lld, ", l->down ? "true" : "false", l->authority_ok ? "true" : "false", (long long)l->t);
    mu_json_events(out, &l->event, 1);
}

static void covered(mu_buf *out, const mu_covered *c)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "kind", c->kind);
    mu_buf_printf(out, "\"count\": %d, \"exercised\": %d, \"parts\": [", c->count, c->exercised);
    for (int i = 0; i < c->count; i++) {
        mu_buf_puts(out, i ? ",\n   {" : "\n   {");
        mu_json_member(out, "name", c->list[i].name);
        mu_buf_printf(out, "\"line\": %d, \"event\": ", c->list[i].at.line);
        mu_buf_printf(out, c->list[i].event ? "%u}" : "null}", (unsigned)c->list[i].event);
    }
    mu_buf_puts(out, "]}");
}

static void strength(mu_buf *out, const mu_strength *s)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "group", s->group);
    mu_json_member(out, "subject", s->subject);
    mu_json_member(out, "text", s->text);
    mu_buf_printf(out, "\"line\": %d, ", s->at.line);
    mu_json_events(out, s->evidence, s->evidence_count);
}

void mu_compared_json(mu_buf *out, const mu_report *r)
{
    MU_JSON_LIST("communication", r->flows->flows, r->flows->flow_count, flow);
    MU_JSON_LIST("escalation", r->flows->calls, r->flows->call_count, call);
    MU_JSON_LIST("climbs", r->flows->climbs, r->flows->climb_count, climb);
    MU_JSON_LIST("jumped", r->flows->jumps, r->flows->jump_count, jump);
    MU_JSON_LIST("levels", r->flows->levels, r->flows->level_count, level);
    MU_JSON_LIST("coverage", r->coverage->kinds, MU_ELEMENT_KINDS, covered);
    MU_JSON_LIST("held", r->strengths.list, r->strengths.count, strength);
}
