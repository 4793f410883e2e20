/* Steps of the playbook: what is open, what a decision chose, what is done. */
#include <string.h>

#include "core/parts.h"

static int64_t book_name(mu_run *r)
{
    return mu_name_of(r, r->playbook);
}

static int64_t step_name(mu_run *r, int step)
{
    return mu_symf(r, "step:%s/%s", r->playbook->key, mu_get_text(r->steps[step].node, "id"));
}

static int step_of(const mu_run *r, const mu_node *node)
{
    for (int i = 0; i < r->step_count; i++)
        if (r->steps[i].node == node)
            return i;
    return -1;
}

static bool ready(const mu_run *r, int step)
{
    if (r->steps[step].branch && !r->steps[step].chosen)
        return false;
    EACH (a, mu_get(r->steps[step].node, "after")) {
        int before = step_of(r, a->ref);
        if (before >= 0 && r->steps[before].state != STEP_DONE && r->steps[before].state != STEP_SKIPPED)
            return false;
    }
    return true;
}

/* The phase of the plan that a step belongs to; NULL where it names none, or one that the plan does not describe. */
static const mu_node *phase_of(const mu_run *r, int step)
{
    const mu_node *own = mu_get(r->steps[step].node, "phase"), *action = mu_get(r->steps[step].node, "action");
    const char *name = own ? own->text : action && action->ref ? mu_get_text(action->ref, "phase") : NULL;
    return name ? mu_get(mu_get(r->root, "phases"), name) : NULL;
}

/* A phase with a target: its time runs from its first step to its last. */
static void phase_begins(mu_run *r, int step)
{
    const mu_node *phase = phase_of(r, step);
    int64_t within = mu_length(r, mu_get(phase, "within"));
    for (int i = 0; i < r->clocks.count; i++)
        if (phase && r->clocks.list[i].node == phase)
            return;
    if (within >= 0)
        (void)mu_clock_start(r, "phase", phase, step_name(r, step), r->now + within);
}

static void phase_check(mu_run *r, int step)
{
    const mu_node *phase = phase_of(r, step);
    for (int i = 0; phase && i < r->step_count; i++)
        if (phase_of(r, i) == phase && r->steps[i].state != STEP_DONE && r->steps[i].state != STEP_SKIPPED)
            return;
    if (phase)
        mu_clock_met_of(r, "phase", phase);
}

/* When a step's time began: where it says so at another event than its own opening. */
static int64_t counted_from(const mu_run *r, const mu_step *s)
{
    const char *from = mu_get_text(mu_get(s->node, "within"), "from");
    const struct { const char *event; int64_t t; } known[] = {
        {"declared", r->declared_at}, {"incident.declared", r->declared_at}, {"declaration", r->declared_at},
        {"indicated", r->indicated_at}, {"severity.indicated", r->indicated_at}, {"detected", r->detected_at}, {"detection", r->detected_at}};
    for (size_t i = 0; from && i < sizeof known / sizeof *known; i++)
        if (strcmp(from, known[i].event) == 0 && known[i].t >= 0)
            return known[i].t;
    return s->opened;
}

static void open_step(mu_run *r, int step)
{
    mu_step *s = &r->steps[step];
    const mu_node *action = mu_get(s->node, "action");
    s->state = STEP_OPEN;
    s->opened = r->now;
    EMIT(r, EV_STEP_OPEN, book_name(r), step_name(r, step), action ? mu_name_of(r, action->ref) : 0);
    phase_begins(r, step);
    if (!action || !action->ref)
        return;
    int done = -1;
    for (int i = 0; i < r->tasks.count; i++)
        if (r->tasks.list[i].action == action->ref && r->tasks.list[i].state == TASK_DONE)
            done = i;
    bool called = r->declared && mu_declares(action->ref) && mu_task_of(r, action->ref) < 0; /* by somebody, before its step came */
    if ((done >= 0 || called) && !mu_get(s->node, "decides"))
        mu_step_done(r, step, done >= 0 ? r->tasks.list[done].choice : 0);
    else
        (void)mu_task_open(r, action->ref, step, step_name(r, step));
}

static void open_ready(mu_run *r)
{
    for (int i = 0; i < r->step_count; i++)
        if (r->steps[i].state == STEP_CLOSED && ready(r, i))
            open_step(r, i);
}

void mu_playbook_start(mu_run *r)
{
    open_ready(r);
}

static void choose(mu_run *r, int step, int64_t choice)
{
    const mu_node *decides = mu_get(r->steps[step].node, "decides");
    const char *word = mu_symbol_text(r->symbols, choice);
    EACH (d, decides) {
        int target = step_of(r, d->ref);
        if (target < 0)
            continue;
        if (strcmp(d->key, word) == 0) {
            r->steps[target].chosen_by = r->steps[target].chosen ? r->steps[target].chosen_by : r->acting;
            r->steps[target].chosen = true;
        } else if (r->steps[target].state == STEP_CLOSED) {
            r->steps[target].state = STEP_SKIPPED;
            r->steps[target].by = r->acting;
            r->steps[target].event = EMIT(r, EV_STEP_SKIPPED, book_name(r), step_name(r, target), mu_symf(r, "%s was decided", word));
        }
    }
}

void mu_step_done(mu_run *r, int step, int64_t choice)
{
    mu_step *s = &r->steps[step];
    const mu_node *within = mu_get(s->node, "within");
    int64_t limit = within && within->kind == MU_MAP ? mu_length(r, mu_get(within, "within")) : mu_length(r, within), took = r->now - counted_from(r, s);
    if (s->state == STEP_DONE)
        return;
    s->state = STEP_DONE;
    s->by = r->acting;
    s->event = EMIT(r, EV_STEP_DONE, book_name(r), step_name(r, step), took, limit < 0 || took <= limit);
    EACH_OF (record, mu_get(s->node, "records")) {
        if (strcmp(record->text, "awareness") == 0)
            EMIT(r, EV_AWARE, LIT(r, "as the playbook records"), step_name(r, step));
        mu_legal_event(r, record->text, step_name(r, step));
    }
    choose(r, step, choice);
    mu_contain_check(r);
    phase_check(r, step);
    open_ready(r);
}

void mu_playbook_back(mu_run *r, const mu_node *action, uint32_t act)
{
    for (int i = 0; i < r->step_count; i++) {
        mu_step *s = &r->steps[i];
        const mu_node *own = mu_get(s->node, "action");
        bool done = s->state == STEP_DONE && own && own->ref == action, passed = s->state == STEP_SKIPPED;
        if (s->chosen_by == act && s->state == STEP_CLOSED)
            s->chosen = false;
        if (s->by != act || (!done && !passed))
            continue;
        s->state = done ? STEP_OPEN : STEP_CLOSED;
        EMIT(r, EV_STEP_BACK, book_name(r), step_name(r, i), s->event);
    }
}

static void declare(mu_run *r, const mu_task *t, int person)
{
    const mu_node *a = mu_first_of(mu_get(t->action, mu_get(t->action, "A") ? "A" : "R/A"));
    const char *authority = mu_get_text(t->action, "authority");
    int role = a ? mu_role_of(r->world, a->ref) : -1;
    const mu_node *severity = r->indicated ? r->indicated : r->msel->severity;
    if (severity && !r->declared) /* whoever has declared has said which level */
        mu_declare(r, severity, person, t->role, "as the plan's own tests read", !authority || mu_may_by(r, role, person, authority));
}

/* Everything that hangs on an action that was done. */
void mu_playbook_acted(mu_run *r, const mu_task *t, int person, uint32_t event)
{
    if (mu_declares(t->action))
        declare(r, t, person);
    mu_expect_happened(r, t->action, NULL, person, t->role, event);
    mu_duties_done(r, t->action, person);
    mu_duties_decided(r, t->action, mu_symbol_text(r->symbols, t->choice));
    if (t->step >= 0)
        mu_step_done(r, t->step, t->choice);
    for (int i = 0; i < r->step_count; i++) { /* a step opened for the same action while this one was under way */
        const mu_node *action = mu_get(r->steps[i].node, "action");
        if (r->steps[i].state == STEP_OPEN && action && action->ref == t->action)
            mu_step_done(r, i, t->choice);
    }
    mu_world_changed(r);
}
