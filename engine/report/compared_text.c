#include "report/compared.h"

#include <string.h>

#include "report/parts.h"

typedef struct teller {
    const mu_report *r;
    void (*line)(void *self, int level, const char *text);
    void *self;
} teller;

static const char *events_of(const mu_report *r, const uint32_t *list, int count)
{
    const char *words = "";
    int n = 0;
    for (int i = 0; i < count && n < 6; i++)
        if (list[i])
            words = SAY("%s%s%u", words, n++ ? ", " : "", (unsigned)list[i]);
    return n ? SAY(" (event%s %s)", n == 1 ? "" : "s", words) : "";
}

static void held(const teller *t)
{
    const mu_report *r = t->r;
    t->line(t->self, 0, "What held");
    for (const mu_group *g = mu_groups; g->prefix; g++)
        for (int i = 0; i < r->strengths.count; i++) {
            const mu_strength *s = &r->strengths.list[i];
            if (strncmp(s->group, g->prefix, strlen(g->prefix)) == 0)
                t->line(t->self, 2, SAY("%s: %s%s", g->title, s->text, events_of(r, s->evidence, s->evidence_count)));
        }
    if (r->strengths.count == 0)
        t->line(t->self, 1, "Nothing that this drill tried held in a way that it can show.");
}

static void communication(const teller *t)
{
    const mu_report *r = t->r;
    t->line(t->self, 0, "Communication, planned and done");
    const char *counts = "";
    for (int s = 0; s < MU_FLOW_STATES; s++)
        counts = SAY("%s%s%d %s", counts, s ? ", " : "", r->flows->counts[s], mu_flow_word((mu_flow_state)s));
    t->line(t->self, 1, SAY("%d messages that the plan wanted, or that were sent without it: %s.", r->flows->flow_count, counts));
    for (int i = 0; i < r->flows->flow_count; i++) {
        const mu_flow *f = &r->flows->flows[i];
        if (f->state == MU_FLOW_MET || f->state == MU_FLOW_OPEN)
            continue;
        t->line(t->self, 2, SAY("%s: %s to %s, %s%s%s%s", mu_flow_word(f->state), *f->from ? mu_called(r, f->from) : "nobody named", *f->to ? mu_called(r, f->to) : "nobody named", mu_about(r, f->about),
                                f->due >= 0 ? SAY(", by %s", mu_report_time(r, f->due)) : "", f->done >= 0 ? SAY(", done at %s", mu_report_time(r, f->done)) : "", events_of(r, f->events, 3)));
    }
}

static void escalation(const teller *t)
{
    const mu_report *r = t->r;
    t->line(t->self, 0, "Ladders, planned and climbed");
    for (int i = 0; i < r->flows->call_count; i++) {
        const mu_call *c = &r->flows->calls[i];
        const char *late = c->planned >= 0 && c->called > c->planned ? SAY(", %s late", mu_report_length(r, c->called - c->planned)) : "";
        t->line(t->self, 2, SAY("%s, step %d, try %d: %s%s%s, %s%s", mu_called(r, c->ladder), c->step, c->try, mu_called(r, *c->person ? c->person : c->to),
                                c->called >= 0 ? SAY(" at %s", mu_report_time(r, c->called)) : "", late, mu_call_word(c->state), events_of(r, &c->event, 1)));
    }
    for (int i = 0; i < r->flows->lowering_count; i++) {
        const mu_lowering *l = &r->flows->lowerings[i];
        t->line(t->self, 2, SAY("%s was taken down to %s by %s%s%s", mu_called(r, l->from), mu_called(r, l->to), mu_called(r, l->person), l->authority_ok ? "" : ", without the authority to",
                                events_of(r, &l->event, 1)));
    }
    if (r->flows->call_count == 0)
        t->line(t->self, 1, "No ladder was climbed in this run.");
}

static void coverage(const teller *t)
{
    const mu_report *r = t->r;
    t->line(t->self, 0, "What of the plan was exercised");
    t->line(t->self, 1, "A part counts when the drill came to it, whether it then held or not. Nothing is claimed of the rest.");
    for (int k = 0; k < MU_ELEMENT_KINDS; k++) {
        const mu_covered *c = &r->coverage->kinds[k];
        const char *rest = "";
        int n = 0;
        for (int i = 0; i < c->count; i++)
            if (!c->list[i].event && n++ < 12)
                rest = SAY("%s%s%s", rest, *rest ? "; " : "", mu_part_called(r, c->list[i].name));
        t->line(t->self, 2, SAY("%s: %d of %d%s%s%s", c->kind, c->exercised, c->count, n ? ". Not: " : "", rest, n > 12 ? SAY("; and %d more", n - 12) : ""));
    }
}

void mu_compared_text(const mu_report *r, void (*line)(void *self, int level, const char *text), void *self)
{
    teller t = {r, line, self};
    held(&t);
    communication(&t);
    escalation(&t);
    coverage(&t);
}
