/* Clocks that the plan or the law starts: one row a clock, met, missed, or still running at the end. */
#include <string.h>

#include "core/parts.h"
#include "plan/schema.h"

int mu_clock_start(mu_run *r, const char *name, const mu_node *node, int64_t starts_with, int64_t due)
{
    int clock = r->clocks.count;
    char local[32] = "";
    mu_clock *c = MU_MORE(r->clocks);
    *c = (mu_clock){.name = mu_sym(r, name), .subject = mu_name_of(r, node), .started = r->now, .due = due, .node = node, .by = r->acting};
    if (due != MU_NEVER)
        mu_local_write(mu_world_local(r->world, NULL, due), local);
    uint32_t event = EMIT(r, EV_CLOCK_START, c->name, c->subject, starts_with, due == MU_NEVER ? -1 : due - r->now, due == MU_NEVER ? -1 : due, mu_sym(r, local));
    r->clocks.list[clock].event = event;
    mu_at(r, due, T_CLOCK, clock, 0);
    return clock;
}

void mu_clock_met(mu_run *r, int clock)
{
    mu_clock *c = clock >= 0 ? &r->clocks.list[clock] : NULL;
    if (!c || (c->state != CLOCK_RUNS && c->state != CLOCK_MISSED))
        return;
    c->late = c->state == CLOCK_MISSED;
    c->state = CLOCK_MET;
    c->met_by = r->acting;
    uint32_t event = EMIT(r, EV_CLOCK_MET, c->name, c->subject, r->now - c->started, c->due == MU_NEVER ? 0 : c->due - r->now, c->event);
    r->clocks.list[clock].met = event;
}

void mu_clock_met_of(mu_run *r, const char *name, const mu_node *node)
{
    int64_t symbol = mu_sym(r, name);
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].name == symbol && (!node || r->clocks.list[i].node == node))
            mu_clock_met(r, i);
}

/* Why a quorum stands not: the roles that were not heard. */
static int64_t lacking(mu_run *r, const mu_clock *c)
{
    if (strcmp(mu_symbol_text(r->symbols, c->name), "assemble") != 0)
        return 0;
    char text[600] = "";
    EACH (role, mu_get(mu_get(mu_get(r->root, "team"), "quorum"), c->node->key)) {
        int i = mu_role_of(r->world, role->ref);
        if (i >= 0 && !r->present[i] && strlen(text) + strlen(role->text) + 3 < sizeof text) {
            strcat(text, *text ? ", " : "");
            strcat(text, role->text);
        }
    }
    return mu_sym(r, text);
}

/* What is no law yet is shown as a what-if, never as missed. */
static void missed(mu_run *r, mu_clock *c)
{
    if (mu_duty_proposed(c->node)) {
        c->state = CLOCK_DROPPED;
        EMIT(r, EV_CLOCK_OPEN, c->name, c->subject, c->due - r->now, c->event);
        return;
    }
    c->state = CLOCK_MISSED;
    EMIT(r, EV_CLOCK_MISSED, c->name, c->subject, c->due - c->started, lacking(r, c), c->event);
}

void mu_clock_due(mu_run *r, int clock)
{
    mu_clock *c = &r->clocks.list[clock];
    if (c->state == CLOCK_RUNS && c->due <= r->now)
        missed(r, c);
}

bool mu_clock_is_legal(const mu_run *r, int clock)
{
    return r->clocks.list[clock].node && r->clocks.list[clock].node->parent == mu_get(r->root, "obligations");
}

bool mu_clock_ahead(mu_run *r, const char *name, const mu_node *node)
{
    int64_t symbol = mu_sym(r, name);
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].node == node && r->clocks.list[i].name == symbol && r->clocks.list[i].state != CLOCK_DROPPED && r->clocks.list[i].due > r->now)
            return true;
    return false;
}

void mu_clock_drop_of(mu_run *r, const char *name, const mu_node *node)
{
    int64_t symbol = mu_sym(r, name);
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].node == node && (!name || r->clocks.list[i].name == symbol) && r->clocks.list[i].state == CLOCK_RUNS) {
            r->clocks.list[i].state = CLOCK_DROPPED;
            r->clocks.list[i].dropped_by = r->acting;
        }
}

void mu_clock_again(mu_run *r, int clock)
{
    mu_clock *c = &r->clocks.list[clock];
    if (c->state != CLOCK_MET)
        return;
    c->state = c->late ? CLOCK_MISSED : CLOCK_RUNS;
    EMIT(r, EV_CLOCK_RESUMED, c->name, c->subject, c->due == MU_NEVER ? -1 : c->due - r->now, c->event, c->met);
    mu_clock_due(r, clock);
}

/* The clocks of steps and actions go on with those: what has opened stays open. */
static bool goes_back(const mu_run *r, const mu_clock *c)
{
    static const char *const names[] = {"update", "reassess", "audience", "obligation", "decide", "acknowledge", "assemble", "contain"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(mu_symbol_text(r->symbols, c->name), names[i]) == 0)
            return c->state == CLOCK_RUNS || c->state == CLOCK_PAUSED;
    return false;
}

/* A level that another has replaced has no clocks any more. */
static bool of_another_level(const mu_run *r, const mu_clock *c)
{
    return c->node && c->node->parent == mu_get(r->root, "severities") && c->node != r->indicated && c->node != r->called && c->node != r->declared;
}

void mu_clocks_back(mu_run *r, uint32_t act)
{
    int count = r->clocks.count;
    for (int i = 0; i < count; i++) {
        mu_clock *c = &r->clocks.list[i];
        if (c->by == act && goes_back(r, c)) {
            c->state = CLOCK_DROPPED;
            EMIT(r, EV_CLOCK_VOID, c->name, c->subject, c->event);
            mu_audience_clock_void(r, i);
        } else if (c->state == CLOCK_DROPPED && c->dropped_by == act && !of_another_level(r, c)) {
            c->state = CLOCK_RUNS;
            EMIT(r, EV_CLOCK_RESUMED, c->name, c->subject, c->due == MU_NEVER ? -1 : c->due - r->now, c->event, c->dropped ? c->dropped : act);
            mu_clock_due(r, i);
        } else if (c->met_by == act && !of_another_level(r, c)) {
            mu_clock_again(r, i);
        } else if (c->paused_by == act && c->state == CLOCK_PAUSED) {
            c->state = CLOCK_RUNS;
            EMIT(r, EV_CLOCK_RESUMED, c->name, c->subject, c->due == MU_NEVER ? -1 : c->due - r->now, c->event, c->paused);
            mu_clock_due(r, i);
        }
    }
}

void mu_clocks_end(mu_run *r)
{
    for (int i = 0; i < r->clocks.count; i++) {
        mu_clock *c = &r->clocks.list[i];
        if (c->state != CLOCK_RUNS)
            continue;
        if (c->due <= r->now)
            missed(r, c);
        else
            EMIT(r, EV_CLOCK_OPEN, c->name, c->subject, c->due == MU_NEVER ? -1 : c->due - r->now, c->event);
    }
}
