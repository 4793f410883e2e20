/* Severity: what the plan's tests show, who must be reached by when, what the declaration sets going. */
#include <string.h>

#include "core/parts.h"

static bool by_day_only(const mu_node *severity)
{
    const char *cover = mu_get_text(severity, "cover");
    return cover && strcmp(cover, "working_hours") == 0;
}

/* How long a time of a level is: of one that is covered in working hours what it is in those, whatever the hour. */
static int64_t window_of(const mu_run *r, const mu_node *severity, const mu_node *length)
{
    const mu_node *by_day = by_day_only(severity) && length && length->kind == MU_MAP ? mu_get(length, "working_hours") : NULL;
    return mu_length(r, by_day ? by_day : length);
}

/* A window of a level that is covered in working hours begins and ends in them: at night nobody is late. */
static int64_t ends_at(const mu_run *r, const mu_node *severity, int64_t window)
{
    if (!by_day_only(severity))
        return r->now + window;
    int64_t end = mu_office_opens(r->world, r->now) + window;
    return mu_office_hours(r->world, end - 1) ? end : mu_office_opens(r->world, end);
}

static void start_clock(mu_run *r, const mu_node *severity, const char *key, const char *name, int64_t starts_with)
{
    int64_t window = window_of(r, severity, mu_get(severity, key));
    if (window >= 0)
        (void)mu_clock_start(r, name, severity, starts_with, ends_at(r, severity, window));
}

/* A ladder that still calls, for the level before, calls on: nobody is called twice for one thing. */
static void call(mu_run *r, const mu_node *severity)
{
    int64_t name = mu_name_of(r, severity);
    EACH_OF (ladder, mu_get(severity, "escalation"))
        if (ladder->ref && !mu_climbs_on(r, ladder->ref))
            mu_climb_start(r, ladder->ref, name, name);
}

bool mu_declaration_stands(const mu_run *r)
{
    return r->declared && (!r->indicated || mu_get(r->declared, "rank")->value <= mu_get(r->indicated, "rank")->value);
}

static const mu_node *quorum_of(const mu_run *r)
{
    return r->called ? mu_get(mu_get(mu_get(r->root, "team"), "quorum"), r->called->key) : NULL;
}

/* Nobody declares twice, and where the plan names no quorum nobody is waited for. */
static bool has_clock(const mu_run *r, const char *name)
{
    return strcmp(name, "declare") == 0 ? !r->declared : strcmp(name, "assemble") != 0 || quorum_of(r);
}

static bool worse(const mu_node *severity, const mu_node *than)
{
    return !than || mu_get(severity, "rank")->value < mu_get(than, "rank")->value;
}

/* A worse level takes the place of the one before: its ladder climbs, its clocks run. */
static void begin_level(mu_run *r, const mu_node *severity, int64_t starts_with)
{
    static const char *const clocks[][2] = {
        {"acknowledge_within", "acknowledge"}, {"assemble_within", "assemble"}, {"declare_within", "declare"}, {"contain_within", "contain"}};
    const mu_node *before = r->called;
    r->called_at = r->now;
    r->called = severity;
    for (int i = 0; i < 4 && before; i++)
        mu_clock_drop_of(r, clocks[i][1], before); /* news of what is declared, and looking at it again, go on */
    for (int i = 0; i < 4; i++)
        if (has_clock(r, clocks[i][1]))
            start_clock(r, severity, clocks[i][0], clocks[i][1], starts_with);
    mu_contain_check(r); /* what was contained at the level before is */
    r->assembled = r->quorum = false;
    memset(r->present, 0, (size_t)r->world->role_count);
    if (!before) {
        r->indicated_at = r->now;
        mu_legal_event(r, "event", mu_name_of(r, severity));
        mu_playbook_start(r);
    }
    bool waits = by_day_only(severity) && !mu_office_hours(r->world, r->now);
    mu_at(r, waits ? mu_office_opens(r->world, r->now) : MU_NEVER, T_COVER, (int)mu_get(severity, "rank")->value, 0);
    if (!waits)
        call(r, severity);
}

void mu_indicate(mu_run *r, const mu_node *severity, int64_t because)
{
    r->indicated = severity;
    if (!r->declared)
        r->world->severity = severity;
    EMIT(r, EV_SEVERITY_INDICATED, mu_name_of(r, severity), because);
    if (worse(severity, r->called)) /* else somebody has called it so already */
        begin_level(r, severity, LIT(r, "severity.indicated"));
}

/* What is covered in working hours only is called when they begin, unless it has become something else. */
void mu_cover_begins(mu_run *r, int rank)
{
    if (r->called && mu_get(r->called, "rank")->value == rank)
        call(r, r->called);
}

/* ---- the quorum ---- */

static void check_quorum(mu_run *r)
{
    const mu_node *quorum = quorum_of(r);
    if (r->quorum || !quorum)
        return;
    EACH (role, quorum) {
        int i = mu_role_of(r->world, role->ref);
        if (i >= 0 && !r->present[i])
            return;
    }
    r->quorum = true;
    r->quorum_event = EMIT(r, EV_QUORUM_MET, mu_name_of(r, r->called), r->now - r->called_at);
    mu_clock_met_of(r, "assemble", r->called);
}

static void call_team(mu_run *r)
{
    int64_t about = mu_symf(r, "assemble:%s", r->called->key);
    EACH (role, quorum_of(r)) {
        int i = mu_role_of(r->world, role->ref);
        mu_letter l = {.about = about, .purpose = FOR_QUORUM, .a = i};
        if (i >= 0 && !r->present[i])
            (void)mu_send_to_role(r, i, l, about);
    }
}

static bool was_called(const mu_run *r, int role, int person)
{
    for (int i = 0; i < r->messages.count; i++) {
        const mu_message *m = &r->messages.list[i];
        if (m->purpose == FOR_QUORUM && m->a == role && m->person == person && m->delivered >= r->called_at)
            return true;
    }
    return false;
}

void mu_call_again(mu_run *r)
{
    if (!r->called || !r->assembled || r->quorum)
        return;
    int64_t about = mu_symf(r, "assemble:%s", r->called->key);
    EACH (role, quorum_of(r)) {
        const char *why;
        int i = mu_role_of(r->world, role->ref), person = i >= 0 && !r->present[i] ? mu_holder(r->world, i, r->now, &why) : -1;
        mu_letter l = {.about = about, .purpose = FOR_QUORUM, .a = i};
        if (person >= 0 && !was_called(r, i, person) && mu_can_reach(r, r->world->people[person].node))
            (void)mu_send_to_role(r, i, l, about);
    }
}

/* Somebody answered the call: every role of the quorum that they hold now is there. */
void mu_present_on_bridge(mu_run *r, int person)
{
    if (!r->called || person < 0)
        return;
    EACH (role, quorum_of(r)) {
        int i = mu_role_of(r->world, role->ref);
        if (i >= 0 && !r->present[i] && mu_hold(r, i, 0) == person)
            r->present[i] = 1;
    }
    if (!r->assembled) {
        r->assembled = true;
        call_team(r);
    }
    check_quorum(r);
}

static bool answered_a_call(const mu_run *r, int person)
{
    for (int i = 0; i < r->messages.count; i++) {
        const mu_message *m = &r->messages.list[i];
        if ((m->purpose == FOR_LADDER || m->purpose == FOR_QUORUM) && m->person == person && m->acked >= r->called_at)
            return true;
    }
    return false;
}

void mu_absent_from_bridge(mu_run *r, int person)
{
    bool lost = false;
    if (!r->called || answered_a_call(r, person))
        return;
    EACH (role, quorum_of(r)) {
        int i = mu_role_of(r->world, role->ref);
        if (i >= 0 && r->present[i] && mu_hold(r, i, 0) == person) {
            r->present[i] = 0;
            lost = true;
        }
    }
    if (!lost || !r->quorum)
        return;
    r->quorum = false;
    EMIT(r, EV_QUORUM_LOST, mu_name_of(r, r->called), r->world->people[person].name, r->quorum_event);
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].node == r->called && r->clocks.list[i].name == LIT(r, "assemble"))
            mu_clock_again(r, i);
}

/* ---- the declaration ---- */

static void next_update(mu_run *r, const mu_node *severity, int64_t because)
{
    int64_t every = window_of(r, severity, mu_get(severity, "update_every"));
    if (every <= 0)
        return;
    int64_t due = ends_at(r, severity, every);
    mu_at(r, due, T_UPDATE, mu_clock_start(r, "update", severity, because, due), 0);
}

static void first_update(mu_run *r, const mu_node *severity)
{
    r->last_update = r->now;
    next_update(r, severity, LIT(r, "incident.declared"));
}

/* At the end of each window: was anything said in it? The next one begins either way. */
void mu_update_due(mu_run *r, int clock)
{
    mu_clock c = r->clocks.list[clock];
    if (c.node == r->declared && c.state != CLOCK_DROPPED)
        next_update(r, c.node, LIT(r, "update"));
}

/* The level is looked at again within this time, and said again or changed. */
static void reassess(mu_run *r, int64_t because)
{
    const mu_node *every = mu_get(mu_get(r->root, "severities"), "reassess_every");
    int64_t window = window_of(r, r->declared, every);
    if (window <= 0)
        return;
    int64_t due = ends_at(r, r->declared, window);
    mu_at(r, due, T_REASSESS, mu_clock_start(r, "reassess", r->declared, because, due), 0);
}

void mu_reassess_due(mu_run *r, int clock)
{
    const mu_clock *c = &r->clocks.list[clock];
    if (c->state == CLOCK_MISSED && c->node == r->declared)
        reassess(r, LIT(r, "reassess"));
}

static void look_up_playbook(mu_run *r, int person)
{
    mu_lookup(r, person, "playbooks");
    if (!r->playbook && r->msel->kind)
        EMIT(r, EV_IMPROVISE, 0, r->world->people[person].name, mu_symf(r, "no playbook covers %s", r->msel->kind));
}

static void declared(mu_run *r, const mu_node *from, const mu_node *to, uint32_t event)
{
    *(mu_declaration *)MU_MORE(r->declarations) = (mu_declaration){.from = from, .to = to, .called = r->called, .act = r->acting, .event = event};
}

void mu_declare(mu_run *r, const mu_node *severity, int person, int role, const char *reason, bool authority_ok)
{
    const mu_node *before = r->declared;
    int64_t who = r->world->people[person].name, name = mu_name_of(r, severity);
    if (before == severity) {
        declared(r, before, severity, EMIT(r, EV_SEVERITY_CONFIRMED, name, who, mu_sym(r, reason)));
        mu_clock_met_of(r, "reassess", severity);
        reassess(r, LIT(r, "reassess"));
        return;
    }
    r->declared = severity;
    r->world->severity = severity;
    if (!before) {
        r->declared_at = r->now;
        r->declared_by = person;
        uint32_t event = EMIT(r, EV_DECLARED, name, who, role >= 0 ? r->world->roles[role].name : 0, authority_ok);
        declared(r, NULL, severity, event);
        EMIT(r, EV_SEVERITY_SET, name, who, mu_sym(r, reason));
        mu_clock_met_of(r, "declare", NULL);
        mu_expect_happened(r, NULL, "declare", person, role, event);
        mu_legal_event(r, "declaration", name);
        look_up_playbook(r, person);
        mu_audiences_start(r);
    } else {
        uint32_t event = EMIT(r, EV_SEVERITY_CHANGED, mu_name_of(r, before), name, who, mu_sym(r, reason), authority_ok);
        declared(r, before, severity, event);
        mu_expect_happened(r, NULL, "change_severity", person, role, event);
        mu_clock_drop_of(r, NULL, before);
        r->called = worse(r->called, severity) ? severity : r->called; /* taken down, so that what is worse is called again */
    }
    if (worse(severity, r->called)) /* before the plan's tests read it */
        begin_level(r, severity, LIT(r, "severity.set"));
    mu_inform(r, mu_get(severity, "inform"), name);
    first_update(r, severity);
    reassess(r, LIT(r, "severity.set"));
    mu_world_changed(r); /* what a level unlocks may go on */
}

static void nothing_declared(mu_run *r)
{
    r->declared = NULL;
    r->world->severity = r->indicated;
    r->declared_at = -1;
    r->declared_by = -1;
    mu_legal_event_back(r, "declaration");
}

/* The level before, with its times as they would be; what was over meanwhile is missed, and begins anew. */
static void stands_again(mu_run *r, const mu_declaration *d)
{
    r->declared = r->world->severity = d->from;
    mu_clocks_back(r, d->act);
    mu_clock_drop_of(r, "update", d->to);
    mu_clock_drop_of(r, "reassess", d->to);
    if (!mu_clock_ahead(r, "update", d->from))
        first_update(r, d->from);
    if (!mu_clock_ahead(r, "reassess", d->from))
        reassess(r, LIT(r, "severity.back"));
}

bool mu_declare_back(mu_run *r, uint32_t act)
{
    const mu_declaration *last = r->declarations.count ? &r->declarations.list[r->declarations.count - 1] : NULL;
    if (!last || last->act != act)
        return false;
    mu_declaration d = *last;
    r->declarations.count--;
    if (d.from == d.to)
        return true;
    EMIT(r, EV_SEVERITY_BACK, mu_name_of(r, d.to), mu_name_of(r, d.from), d.event);
    if (r->called == d.to && d.called != d.to)
        mu_climbs_stop(r, mu_name_of(r, d.to), d.event);
    r->called = d.called;
    if (!d.from) {
        nothing_declared(r);
        return true;
    }
    stands_again(r, &d);
    return true;
}

/* ---- containment ---- */

static bool technical(const mu_node *action)
{
    static const char *const functions[] = {"security", "cloud", "it", "application"};
    EACH_OF (role, mu_cell(action, "R")) {
        const char *function = mu_get_text(role->ref, "function");
        for (size_t i = 0; function && i < 4; i++)
            if (strcmp(function, functions[i]) == 0)
                return true;
    }
    return false;
}

/* A step of the phase "contain" that is done in the house. */
static const mu_node *containing(const mu_run *r, const mu_step *s)
{
    const mu_node *action = mu_get(s->node, "action"), *phase = mu_get(s->node, "phase");
    const char *name = phase ? phase->text : action && action->ref ? mu_get_text(action->ref, "phase") : NULL;
    return name && strcmp(name, "contain") == 0 && action && action->ref && !mu_outside(r, action->ref) ? action->ref : NULL;
}

/* True where there is such a step, and none of them is to be done. */
static bool all_contained(const mu_run *r, bool by_function)
{
    bool any = false, open = false;
    for (int i = 0; i < r->step_count; i++) {
        const mu_node *action = containing(r, &r->steps[i]);
        if (!action || (by_function && !technical(action)))
            continue;
        any = true;
        open = open || (r->steps[i].state != STEP_DONE && r->steps[i].state != STEP_SKIPPED);
    }
    return any ? !open : by_function && all_contained(r, false);
}

/* Contained: every step of the phase "contain" that security, cloud, IT or the application does itself is done; where the plan says of no
 * step that one of those does it, every step of the phase. */
void mu_contain_check(mu_run *r)
{
    if (all_contained(r, true))
        mu_clock_met_of(r, "contain", NULL);
}
