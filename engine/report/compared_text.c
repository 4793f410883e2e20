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
        t->line(t->self, 2, SAY("%s: %s to %s, %s%s%s%s", mu_flow_word(f->state), *f->from ? mu_called(r, f->from) : "nobody named", *f->to ? mu_called(r, f->to) : "nobody named", mu_spoken(r, mu_about(r, f->about)),
                                f->due >= 0 ? SAY(", by %s", mu_report_time(r, f->due)) : "", f->done >= 0 ? SAY(", done at %s", mu_report_time(r, f->done)) : "", events_of(r, f->events, 3)));
    }
}

static void one_call(const teller *t, const mu_call *c)
{
    const mu_report *r = t->r;
    int64_t late = mu_call_late(c);
    t->line(t->self, 2, SAY("%s, step %d, try %d%s: %s%s%s, %s%s", mu_called(r, c->ladder), c->step, c->try, c->round > 1 ? SAY(", round %d", c->round) : "",
                            mu_called(r, *c->person ? c->person : c->to), c->called >= 0 ? SAY(" at %s", mu_report_time(r, c->called)) : "",
                            late ? SAY(", %s late", mu_report_length(r, late)) : "", mu_call_word(c->state), events_of(r, &c->event, 1)));
}

static void levels(const teller *t)
{
    const mu_report *r = t->r;
    for (int i = 0; i < r->flows->level_count; i++) {
        const mu_level_row *l = &r->flows->levels[i];
        if (l->down || !l->authority_ok)
            t->line(t->self, 2, SAY("%s by %s%s%s", mu_level_words(r, l), mu_called(r, l->person), l->authority_ok ? "" : ", without the authority to", events_of(r, &l->event, 1)));
    }
}

static void escalation(const teller *t)
{
    const mu_report *r = t->r;
    t->line(t->self, 0, "Ladders, planned and climbed");
    for (int i = 0; i < r->flows->climb_count; i++) {
        const mu_climb_row *climb = &r->flows->climbs[i];
        for (int k = climb->first; k < climb->first + climb->count; k++)
            one_call(t, &r->flows->calls[k]);
        if (climb->looped)
            t->line(t->self, 2, SAY("%s was started again by %s: a loop%s", mu_called(r, climb->ladder), mu_called(r, climb->because), events_of(r, &climb->event, 1)));
    }
    for (int i = 0; i < r->flows->jump_count; i++) {
        const mu_jump *j = &r->flows->jumps[i];
        t->line(t->self, 2, SAY("jumped: %s called %s of step %d at %s, when the ladder had come to step %d%s", mu_called(r, j->by), mu_called(r, *j->person ? j->person : j->to), j->step,
                                mu_report_time(r, j->t), j->reached, events_of(r, &j->event, 1)));
    }
    if (r->flows->climb_count == 0)
        t->line(t->self, 1, "No ladder was climbed in this run.");
    levels(t);
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
