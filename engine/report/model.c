#include "base/index.h"
#include "report/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "plan/schema.h"

const mu_group mu_groups[] = {
    {"ROL", "Roles"},   {"COM", "Communications"}, {"ESC", "Escalations"}, {"HYG", "The plan itself"},
    {"REG", "Law and contract"}, {"TIM", "Time"},  {"RES", "Resources"},   {"EXR", "Evidence"},
    {NULL, NULL},
};

int mu_group_count(const mu_report *r, const mu_group *group)
{
    int n = 0;
    for (size_t i = 0; i < r->findings->count; i++)
        n += mu_begins(r->findings->list[i].gap->id, group->prefix);
    return n;
}

/* ---- words ---- */

const char *mu_report_time(const mu_report *r, int64_t t)
{
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; /* 1970-01-01 was a Thursday */
    int64_t local = r->local0 + t, minute = local / 60000 % 1440, day = local / 86400000;
    bool other = day != r->local0 / 86400000;
    return SAY("%s%s%02d:%02d", other ? days[day % 7] : "", other ? " " : "", (int)(minute / 60), (int)(minute % 60));
}

const char *mu_report_length(const mu_report *r, int64_t ms)
{
    return ms < 0 ? "-" : mu_span(r->arena, ms);
}

const char *mu_state_word(mu_state state)
{
    static const char *const words[] = {"met", "answered", "late", "missed", "open", "nobody there"};
    return words[state];
}

const char *mu_basis_word(mu_basis basis)
{
    static const char *const words[] = {"simulated", "observed", "simulated and observed"};
    return words[basis];
}

/* ---- the head ---- */

static void pinned(mu_report *r)
{
    const mu_event *pin = mu_journal_count(r->journal) ? mu_journal_event(r->journal, 1) : NULL;
    MU_CHECK(pin && pin->kind == EV_PINNED);
    r->title = mu_field(r, pin, "title");
    r->starts = mu_field(r, pin, "starts");
    r->zone = mu_field(r, pin, "zone");
    r->seed = mu_field(r, pin, "seed");
    r->mode = mu_field(r, pin, "mode");
    r->calltree = strcmp(r->mode, "calltree") == 0;
    r->engine = mu_field(r, pin, "engine");
    r->plan_hash = mu_field(r, pin, "plan");
    r->scenario_hash = mu_field(r, pin, "scenario");
    r->assumptions_hash = mu_field(r, pin, "assumptions");
    r->lasts = mu_value(r, pin, "lasts");
    (void)mu_time_read(r->starts, &r->local0);
}

static void head(mu_report *r)
{
    const mu_node *root = mu_tree_root(r->plan);
    const char *version = mu_get_text(mu_get(root, "plan"), "version");
    r->journal_head = mu_journal_head(r->journal);
    r->organisation = mu_get_text(mu_get(root, "organisation"), "name");
    r->plan_title = mu_get_text(mu_get(root, "plan"), "title");
    r->plan_version = version ? version : "";
    r->roles = mu_get(root, "roles") ? mu_get(root, "roles")->count : 0;
    r->events = (int)mu_journal_count(r->journal);
    r->ended = "";
    r->declared = -1;
    pinned(r);
    EACH_EVENT (e, r) {
        r->end = e->t > r->end ? e->t : r->end;
        r->measured = r->measured || e->wall >= 0;
        r->pauses += e->kind == EV_PAUSE;
        r->jumps += e->kind == EV_JUMP;
        r->paused += e->kind == EV_RESUME ? mu_value(r, e, "wall_paused") : 0;
        if (e->kind == EV_END)
            r->ended = mu_field(r, e, "why");
        if (e->kind == EV_DECLARED && r->declared < 0)
            r->declared = e->t;
        if (e->kind == EV_SEVERITY_BACK && !*mu_field(r, e, "to"))
            r->declared = -1;
    }
}

/* The roles in which somebody at the keyboard did something; what was only held, or asked to be played, is no part of a claim. */
static void played(mu_report *r)
{
    mu_buf seen = {0};
    mu_buf_puts(&seen, " ");
    r->played_roles = "";
    EACH_EVENT (e, r) {
        const char *role = mu_field(r, e, "role"), *one;
        if (e->kind != EV_ACT || !*role || strcmp(mu_field(r, e, "seat"), "stand-in") == 0)
            continue;
        one = SAY(" %s ", role);
        if (strstr(seen.text, one))
            continue;
        mu_buf_puts(&seen, one + 1);
        r->played_roles = SAY("%s%s%s", r->played_roles, *r->played_roles ? ", " : "", mu_called(r, role));
    }
    mu_buf_free(&seen);
}

/* ---- clocks ---- */

const char *mu_clock_words(const mu_report *r, const char *clock)
{
    static const char *const words[][2] = {{"acknowledge", "Call answered"}, {"assemble", "Quorum there"}, {"declare", "Declared"},
                                           {"contain", "Contained"}, {"update", "News given"}, {"audience", "Told"}, {"obligation", "Notified"},
                                           {"decide", "Decided on notice"}, {"reassess", "Level reassessed"},
                                           {"intake", "Report taken in"}, {"engage", "Engaged"}, {"phase", "Phase over"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(clock, words[i][0]) == 0)
            return words[i][1];
    return mu_plain(r, clock);
}

/* Only the first of a cadence is a target of the plan's own; the rest are its repetition. */
static bool shown_clock(const mu_report *r, const mu_event *e)
{
    const char *starts = mu_field(r, e, "starts_with");
    return e->kind == EV_CLOCK_START && strcmp(starts, "update") != 0 && strcmp(starts, "message.released") != 0;
}

/* Who moved a clock: the last act before its event, at the same moment. Nobody did where it ran out by itself. */
static mu_basis moved_by(const mu_report *r, uint32_t n)
{
    int64_t t = mu_event_time(r, n);
    for (; n > 1 && mu_event_time(r, n) == t; n--) {
        const mu_event *e = mu_journal_event(r->journal, n);
        if (e->kind == EV_ACT)
            return strcmp(mu_field(r, e, "seat"), "stand-in") == 0 ? MU_SIMULATED : MU_OBSERVED;
    }
    return r->players ? MU_BOTH : MU_SIMULATED;
}

static void settle(const mu_report *r, mu_target_row *row, const mu_event *e)
{
    row->ended = e->n;
    row->basis = moved_by(r, e->n);
    if (e->kind == EV_CLOCK_OPEN) {
        row->state = MU_OPEN;
    } else if (e->kind == EV_CLOCK_MISSED) {
        row->state = MU_MISSED;
        row->late = row->window < 0 ? -1 : r->end - row->began - row->window;
    } else {
        row->took = mu_value(r, e, "took");
        row->late = row->window >= 0 && row->took > row->window ? row->took - row->window : -1;
        row->state = row->window < 0 ? MU_ANSWERED : row->late >= 0 ? MU_LATE : MU_MET;
    }
}

/* What met it was taken back: it is as it was before. */
static void unsettle(const mu_report *r, mu_target_row *row, const mu_event *e)
{
    bool late = row->state == MU_LATE;
    row->state = late ? MU_MISSED : MU_OPEN;
    row->ended = late ? e->n : 0;
    row->late = late ? r->end - row->began - row->window : -1;
    row->took = -1;
}

static mu_target_row target(const mu_report *r, const mu_event *e, const mu_node *n)
{
    return (mu_target_row){.what = mu_clock_words(r, mu_field(r, e, "clock")), .who = mu_called(r, mu_field(r, e, "subject")), .starts_with = mu_field(r, e, "starts_with"),
                           .law = strcmp(mu_field(r, e, "clock"), "obligation") == 0, .state = MU_OPEN, .began = e->t, .window = mu_value(r, e, "window"),
                           .took = -1, .late = -1, .started = e->n, .due = mu_field(r, e, "due_local"), .at = mu_place(n)};
}

/* A clock that a worse level replaced has no end and is no target. */
static void keep_ended(mu_report *r)
{
    int kept = 0;
    for (int i = 0; i < r->target_count; i++)
        if (r->targets[i].ended)
            r->targets[kept++] = r->targets[i];
    r->target_count = kept;
}

void mu_model_targets(mu_report *r)
{
    int *row_of = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *row_of);
    r->targets = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->targets);
    EACH_EVENT (e, r) {
        const mu_node *n = shown_clock(r, e) ? mu_node_named(r, mu_field(r, e, "subject")) : NULL;
        bool end = e->kind == EV_CLOCK_MET || e->kind == EV_CLOCK_MISSED || e->kind == EV_CLOCK_OPEN || e->kind == EV_CLOCK_RESUMED;
        int64_t started = end ? mu_value(r, e, "started") : 0;
        if (n) {
            r->targets[r->target_count] = target(r, e, n);
            row_of[e->n] = ++r->target_count;
        } else if (started > 0 && started <= r->events && row_of[started]) {
            (e->kind == EV_CLOCK_RESUMED ? unsettle : settle)(r, &r->targets[row_of[started] - 1], e);
        }
    }
    keep_ended(r);
}

const char *mu_starts_words(const mu_report *r, const char *starts)
{
    static const char *const words[][2] = {{"severity.indicated", "its level was indicated"}, {"severity.set", "the level was set"}, {"incident.declared", "declaration"},
                                           {"message.released", "the message before"},       {"task.assigned", "the action was given out"},
                                           {"reassess", "the level was looked at before"},  {"update", "the news before"}, {"repeat", "the report before"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(starts, words[i][0]) == 0)
            return words[i][1];
    return mu_plain(r, starts);
}

const char *mu_target_margin(const mu_report *r, const mu_target_row *t)
{
    if (t->window < 0)
        return "no time set";
    if (t->state == MU_LATE)
        return SAY("%s late", mu_report_length(r, t->late));
    if (t->state == MU_MISSED)
        return SAY("%s over at ENDEX", mu_report_length(r, t->late));
    if (t->state == MU_OPEN)
        return SAY("%s left at ENDEX", mu_report_length(r, t->began + t->window - r->end));
    return SAY("%s to spare", mu_report_length(r, t->window - t->took));
}

/* ---- actions and decisions ---- */

static mu_task_row *task_row(mu_report *r, const mu_event *e)
{
    int64_t number = e->arg[0] >= 0 && e->arg[0] < r->events ? e->arg[0] : 0;
    while (r->task_count <= number) {
        r->tasks[r->task_count] = (mu_task_row){.action = "", .person = "", .state = "open", .why = "", .lane = "", .assigned = -1, .waited = -1, .started = -1, .done = -1};
        r->task_count++;
    }
    mu_task_row *row = &r->tasks[number];
    row->action = mu_called(r, mu_field(r, e, "action"));
    row->first = row->first ? row->first : e->n;
    row->last = e->n;
    return row;
}

static void taken(const mu_report *r, mu_task_row *row, const mu_event *e)
{
    const char *person = mu_field(r, e, "person");
    const mu_pinned *p = mu_person_of(r, person);
    row->lane = *mu_field(r, e, "role") || *person ? mu_lane_of(r, mu_field(r, e, "role"), person) : row->lane;
    row->person = *person ? mu_called(r, person) : row->person;
    row->played = p ? p->played : row->played;
}

static void one_task(mu_report *r, const mu_event *e)
{
    mu_task_row *row = task_row(r, e);
    if (e->kind == EV_TASK_ASSIGNED) {
        row->assigned = row->assigned < 0 ? e->t : row->assigned;
        taken(r, row, e);
        row->state = "asked";
    } else if (e->kind == EV_TASK_START) {
        row->started = e->t;
        taken(r, row, e);
        row->state = "under way";
        row->why = "";
    } else if (e->kind == EV_TASK_WAIT) {
        row->waited = row->waited < 0 ? e->t : row->waited;
        row->state = "waiting";
        row->why = SAY("for %s", mu_called(r, mu_field(r, e, "on")));
    } else if (e->kind == EV_TASK_BLOCKED) {
        row->state = "blocked";
        row->lane = *row->lane ? row->lane : mu_lane_of(r, mu_field(r, e, "thing"), mu_field(r, e, "person"));
        row->why = SAY("%s: %s", mu_plain(r, mu_field(r, e, "reason")), mu_called(r, mu_field(r, e, "thing")));
    } else if (e->kind == EV_TASK_BACK) {
        bool works = strcmp(mu_field(r, e, "state"), "under way") == 0;
        row->done = -1;
        row->started = works ? row->started : -1;
        row->state = works ? "under way" : "asked";
        row->why = "";
    } else if (e->kind == EV_TASK_DONE) {
        row->done = e->t;
        row->state = "done";
        row->why = mu_field(r, e, "choice");
    }
}

static void decision(mu_report *r, const mu_event *e)
{
    bool answer = e->kind == EV_PROMPT_ANSWERED;
    const mu_pinned *p = mu_person_of(r, mu_field(r, e, "person"));
    r->decisions[r->decision_count++] = (mu_decision_row){
        .what = mu_called(r, mu_field(r, e, answer ? "card" : "action")),
        .who = p ? p->name : "nobody",
        .lane = mu_lane_of(r, mu_field(r, e, "role"), mu_field(r, e, "person")),
        .choice = mu_field(r, e, answer ? "answer" : "choice"),
        .reason = mu_field(r, e, "reason"),
        .authority_ok = answer || mu_value(r, e, "authority_ok"),
        .played = p && p->played,
        .t = e->t,
        .took = mu_value(r, e, "took"),
        .event = e->n,
    };
}

void mu_model_tasks(mu_report *r)
{
    r->tasks = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->tasks);
    r->decisions = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->decisions);
    EACH_EVENT (e, r) {
        if (e->kind >= EV_TASK_ASSIGNED && e->kind <= EV_TASK_DONE && e->kind != EV_TASK_CONSULTED)
            one_task(r, e);
        if (e->kind == EV_DECISION_MADE || e->kind == EV_PROMPT_ANSWERED)
            decision(r, e);
    }
}

static void count_gaps(mu_report *r)
{
    for (size_t i = 0; i < r->findings->count; i++) {
        bool accepted = r->findings->list[i].suppressed != NULL;
        r->accepted += accepted;
        r->open_gaps += !accepted;
        r->counts[r->findings->list[i].weight] += !accepted;
    }
}

static void chain_causes(mu_report *r)
{
    size_t count = r->findings->count;
    uint32_t *first = mu_alloc(r->arena, (count + 1) * sizeof *first), *next = mu_alloc(r->arena, (count + 1) * sizeof *next);
    uint32_t *begins = mu_alloc(r->arena, (count + 1) * sizeof *begins), *last = mu_alloc(r->arena, (count + 1) * sizeof *last);
    mu_index causes = {0};
    for (size_t i = 0; i < count; i++) {
        size_t cause = mu_index_put(&causes, r->findings->list[i].cause);
        if (last[cause])
            next[last[cause] - 1] = (uint32_t)i + 1;
        else
            begins[cause] = (uint32_t)i + 1;
        last[cause] = (uint32_t)i + 1;
        first[i] = begins[cause];
    }
    mu_index_free(&causes);
    r->cause_first = first;
    r->cause_next = next;
}

mu_report *mu_report_make(const mu_tree *plan, mu_journal *journal, const mu_findings *findings, mu_arena *arena)
{
    mu_report *r = mu_alloc(arena, sizeof *r);
    r->arena = arena;
    r->plan = plan;
    r->journal = journal;
    r->findings = findings;
    head(r); /* what follows is judged as of its STARTEX, and by its mode */
    r->flows = mu_flows_of(plan, journal, r->local0, arena);
    r->coverage = mu_coverage_of(plan, journal, arena);
    r->strengths = mu_strengths_of(plan, journal, r->local0, arena);
    r->rules = mu_rule_count(r->calltree);
    r->seen = mu_alloc(arena, sizeof *r->seen);
    count_gaps(r);
    chain_causes(r);
    mu_model_names(r);
    played(r);
    mu_model_targets(r);
    mu_model_asked(r);
    mu_model_tasks(r);
    mu_model_moments(r);
    mu_model_figures(r);
    return r;
}

mu_report *mu_report_words(const mu_tree *plan, mu_journal *journal, mu_arena *arena)
{
    mu_report *r = mu_alloc(arena, sizeof *r);
    r->arena = arena;
    r->plan = plan;
    r->journal = journal;
    head(r);
    mu_model_names(r);
    return r;
}

const mu_report *mu_report_words_now(mu_report *kept, mu_arena *arena)
{
    mu_report *r = mu_alloc(arena, sizeof *r);
    mu_model_learn(kept);
    *r = *kept;
    r->arena = arena;
    return r;
}
