#include "report/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "plan/schema.h"

const mu_group mu_groups[] = {
    {"ROL", "Roles"},   {"COM", "Communications"}, {"ESC", "Escalations"}, {"HYG", "The plan itself"},
    {"REG", "Law and contract"}, {"TIM", "Time"},  {"RES", "Resources"},   {"EVD", "Evidence"},
    {NULL, NULL},
};

#define SAY(...) mu_format(r->arena, __VA_ARGS__)
#define EACH_EVENT(e, r) \
    for (size_t mu_n = 1; mu_n <= mu_journal_count((r)->journal); mu_n++) \
        for (const mu_event *e = mu_journal_event((r)->journal, mu_n); e; e = NULL)

/* ---- words ---- */

const char *mu_report_time(const mu_report *r, int64_t t)
{
    int64_t minute = (r->local0 + t) / 60000 % 1440;
    bool next_day = (r->local0 + t) / 86400000 != r->local0 / 86400000;
    return SAY("%02d:%02d%s", (int)(minute / 60), (int)(minute % 60), next_day ? " next day" : "");
}

const char *mu_report_length(const mu_report *r, int64_t ms)
{
    int minutes = (int)((ms + 30000) / 60000);
    if (ms < 0)
        return "-";
    if (ms > 0 && ms < 60000)
        return SAY("%d s", (int)(ms / 1000));
    if (minutes < 90)
        return SAY("%d min", minutes);
    return minutes < 2880 ? SAY("%d h %02d", minutes / 60, minutes % 60) : SAY("%d days", minutes / 1440);
}

const char *mu_state_word(mu_state state)
{
    static const char *const words[] = {"met", "late", "missed", "open"};
    return words[state];
}

static const char *text(const mu_report *r, const mu_event *e, const char *key)
{
    return mu_journal_text(r->journal, e, key);
}

static const char *plain(const mu_report *r, const char *name)
{
    const char *colon = strchr(name, ':');
    char *copy = mu_copy(r->arena, colon ? colon + 1 : name, strlen(colon ? colon + 1 : name));
    for (char *p = copy; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return copy;
}

static const mu_node *node_of(const mu_report *r, const char *name)
{
    static const char *const sections[][2] = {{"person", "people"}, {"role", "roles"}, {"severity", "severities"}, {"obligation", "obligations"},
                                              {"audience", "audiences"}, {"action", "raci"}, {"external", "externals"}, {"channel", "channels"}};
    const char *colon = strchr(name, ':');
    for (size_t i = 0; colon && i < sizeof sections / sizeof *sections; i++)
        if (strncmp(name, sections[i][0], (size_t)(colon - name)) == 0 && strlen(sections[i][0]) == (size_t)(colon - name))
            return mu_get(mu_get(mu_tree_root(r->plan), sections[i][1]), colon + 1);
    return NULL;
}

/* A person's name, a role's title; else the id in plain letters. */
static const char *shown(const mu_report *r, const char *name)
{
    const mu_node *n = *name ? node_of(r, name) : NULL;
    const char *own = mu_get_text(n, strncmp(name, "person", 6) == 0 ? "name" : "title");
    return own ? own : plain(r, name);
}

static const char *about_words(const mu_report *r, const char *about)
{
    if (strncmp(about, "card:", 5) == 0 || strncmp(about, "note:", 5) == 0)
        return about + 5;
    if (strncmp(about, "prompt", 6) == 0)
        return "a question";
    if (strncmp(about, "ladder", 6) == 0)
        return "the call of the ladder";
    if (strncmp(about, "assemble", 8) == 0)
        return "the call to assemble";
    if (strncmp(about, "consult", 7) == 0)
        return "asked for advice";
    if (strncmp(about, "decide", 6) == 0)
        return "asked for a decision";
    if (strncmp(about, "audience", 8) == 0)
        return SAY("to tell %s", plain(r, about));
    return plain(r, about);
}

/* ---- the head ---- */

static void head(mu_report *r)
{
    const mu_event *pin = mu_journal_count(r->journal) ? mu_journal_event(r->journal, 1) : NULL;
    const mu_node *root = mu_tree_root(r->plan);
    MU_CHECK(pin && pin->kind == EV_PINNED);
    r->title = text(r, pin, "title");
    r->starts = text(r, pin, "starts");
    r->zone = text(r, pin, "zone");
    r->seed = text(r, pin, "seed");
    r->mode = text(r, pin, "mode");
    r->engine = text(r, pin, "engine");
    r->plan_hash = text(r, pin, "plan");
    r->scenario_hash = text(r, pin, "scenario");
    r->assumptions_hash = text(r, pin, "assumptions");
    r->journal_head = mu_journal_head(r->journal);
    r->lasts = mu_journal_value(r->journal, pin, "lasts");
    r->organisation = mu_get_text(mu_get(root, "organisation"), "name");
    r->plan_title = mu_get_text(mu_get(root, "plan"), "title");
    r->plan_version = mu_get_text(mu_get(root, "plan"), "version");
    r->plan_version = r->plan_version ? r->plan_version : "";
    r->events = (int)mu_journal_count(r->journal);
    r->ended = "";
    (void)mu_time_read(r->starts, &r->local0);
    EACH_EVENT (e, r) {
        r->end = e->t;
        if (e->kind == EV_END)
            r->ended = text(r, e, "why");
        if (e->kind == EV_PERSON_PINNED && strcmp(text(r, e, "seat"), "player") == 0)
            r->players++;
    }
}

static bool is_player(const mu_report *r, const char *person)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_PERSON_PINNED && strcmp(text(r, e, "person"), person) == 0)
            return strcmp(text(r, e, "seat"), "player") == 0;
    return false;
}

/* ---- clocks ---- */

static const char *clock_words(const mu_report *r, const mu_event *e)
{
    static const char *const words[][2] = {{"acknowledge", "Call answered"}, {"assemble", "Quorum there"}, {"declare", "Declared"},
                                           {"contain", "Contained"}, {"update", "News given"}, {"audience", "Told"}, {"obligation", "Notified"},
                                           {"decide", "Decided"}, {"engage", "Engaged"}, {"phase", "Phase over"}, {"reassess", "Level looked at again"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text(r, e, "clock"), words[i][0]) == 0)
            return words[i][1];
    return plain(r, text(r, e, "clock"));
}

/* Only the first of a cadence is a target of the plan's own; the rest are its repetition. */
static bool shown_clock(const mu_report *r, const mu_event *e)
{
    const char *starts = text(r, e, "starts_with");
    return e->kind == EV_CLOCK_START && strcmp(starts, "update") != 0 && strcmp(starts, "message.released") != 0 && strcmp(starts, "reassess") != 0;
}

static bool settle(const mu_report *r, mu_target_row *row)
{
    EACH_EVENT (e, r) {
        bool end = e->kind == EV_CLOCK_MET || e->kind == EV_CLOCK_MISSED || e->kind == EV_CLOCK_OPEN;
        if (!end || mu_journal_value(r->journal, e, "started") != row->started)
            continue;
        row->ended = e->n;
        if (e->kind == EV_CLOCK_OPEN)
            row->state = MU_OPEN;
        else if (e->kind == EV_CLOCK_MISSED)
            row->state = MU_MISSED;
        else {
            row->took = mu_journal_value(r->journal, e, "took");
            row->state = row->window >= 0 && row->took > row->window ? MU_LATE : MU_MET;
        }
    }
    return row->ended != 0; /* a clock that a worse level replaced has no end and is no target */
}

static void targets(mu_report *r)
{
    r->targets = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->targets);
    EACH_EVENT (e, r) {
        const mu_node *n = shown_clock(r, e) ? node_of(r, text(r, e, "subject")) : NULL;
        if (!n)
            continue;
        mu_target_row row = {.what = clock_words(r, e), .who = shown(r, text(r, e, "subject")), .state = MU_OPEN, .took = -1,
                             .window = mu_journal_value(r->journal, e, "window"), .started = e->n, .at = mu_place(n)};
        if (settle(r, &row))
            r->targets[r->target_count++] = row;
    }
}

/* ---- messages ---- */

static void answered(mu_report *r, mu_asked_row *row, int64_t message)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_NOTIFY_ACK && e->arg[0] == message) {
            row->took = mu_journal_value(r->journal, e, "took");
            row->answered = e->n;
            r->answered_count++;
            return;
        }
}

static const char *addressed(const mu_report *r, int64_t message)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_NOTIFY_ATTEMPT && e->arg[0] == message)
            return text(r, e, "to");
    return "";
}

static int by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The median needs six to say anything: below, it is left out. */
static void median(mu_report *r)
{
    int64_t *took = mu_alloc(r->arena, (size_t)(r->asked_count + 1) * sizeof *took);
    int n = 0;
    for (int i = 0; i < r->asked_count; i++)
        if (r->asked[i].took >= 0)
            took[n++] = r->asked[i].took;
    qsort(took, (size_t)n, sizeof *took, by_length);
    r->median = n >= 6 ? took[n / 2] : -1;
}

static void asked(mu_report *r)
{
    r->asked = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->asked);
    EACH_EVENT (e, r) {
        if (e->kind != EV_NOTIFY_DELIVERED || strncmp(text(r, e, "person"), "person:", 7) != 0)
            continue;
        mu_asked_row row = {.person = shown(r, text(r, e, "person")), .role = shown(r, addressed(r, e->arg[0])), .about = about_words(r, text(r, e, "about")),
                            .via = plain(r, text(r, e, "via")), .sent = e->t, .took = -1, .event = e->n, .played = is_player(r, text(r, e, "person"))};
        answered(r, &row, e->arg[0]);
        r->asked[r->asked_count++] = row;
    }
    median(r);
}

/* ---- actions and decisions ---- */

static mu_task_row *task_row(mu_report *r, const mu_event *e)
{
    int64_t number = e->arg[0];
    while (r->task_count <= number) {
        r->tasks[r->task_count] = (mu_task_row){.action = "", .person = "", .state = "open", .why = "", .assigned = -1, .started = -1, .done = -1};
        r->task_count++;
    }
    mu_task_row *row = &r->tasks[number];
    row->action = plain(r, text(r, e, "action"));
    row->first = row->first ? row->first : e->n;
    row->last = e->n;
    return row;
}

static void one_task(mu_report *r, const mu_event *e)
{
    mu_task_row *row = task_row(r, e);
    if (e->kind == EV_TASK_ASSIGNED) {
        row->assigned = row->assigned < 0 ? e->t : row->assigned;
        row->person = shown(r, text(r, e, "person"));
        row->state = "asked";
    } else if (e->kind == EV_TASK_START) {
        row->started = e->t;
        row->state = "under way";
        row->why = "";
    } else if (e->kind == EV_TASK_WAIT) {
        row->state = "waiting";
        row->why = SAY("for %s", plain(r, text(r, e, "on")));
    } else if (e->kind == EV_TASK_BLOCKED) {
        row->state = "blocked";
        row->why = SAY("%s: %s", plain(r, text(r, e, "reason")), shown(r, text(r, e, "thing")));
    } else if (e->kind == EV_TASK_DONE) {
        row->done = e->t;
        row->state = "done";
        row->why = text(r, e, "choice");
    }
}

static void tasks(mu_report *r)
{
    r->tasks = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->tasks);
    r->decisions = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->decisions);
    EACH_EVENT (e, r) {
        if (e->kind >= EV_TASK_ASSIGNED && e->kind <= EV_TASK_DONE && e->kind != EV_TASK_CONSULTED)
            one_task(r, e);
        bool answer = e->kind == EV_PROMPT_ANSWERED;
        if (e->kind != EV_DECISION_MADE && !answer)
            continue;
        r->decisions[r->decision_count++] = (mu_decision_row){
            .what = answer ? text(r, e, "card") + strlen("card:") : plain(r, text(r, e, "action")),
            .who = *text(r, e, "person") ? shown(r, text(r, e, "person")) : "nobody",
            .choice = plain(r, text(r, e, answer ? "answer" : "choice")),
            .reason = text(r, e, "reason"),
            .authority_ok = answer || mu_journal_value(r->journal, e, "authority_ok"),
            .t = e->t,
            .took = mu_journal_value(r->journal, e, "took"),
            .event = e->n,
        };
    }
}

/* ---- lanes ---- */

static void put(mu_lane *lane, mu_mark_kind kind, int64_t t, int64_t until, const char *words, uint32_t event)
{
    lane->marks[lane->count++] = (mu_lane_mark){kind, t, until, words, event};
}

static bool acked(const mu_report *r, int64_t message)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_NOTIFY_ACK && e->arg[0] == message)
            return true;
    return false;
}

static int64_t task_end(const mu_report *r, int64_t task)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_TASK_DONE && e->arg[0] == task)
            return e->t;
    return r->end;
}

static void lane_event(mu_report *r, mu_lane *lane, const mu_event *e)
{
    switch (e->kind) {
    case EV_NOTIFY_DELIVERED:
        put(lane, acked(r, e->arg[0]) ? MARK_HEARD : MARK_NEVER, e->t, -1, about_words(r, text(r, e, "about")), e->n);
        break;
    case EV_NOTIFY_ACK: put(lane, MARK_ACKED, e->t, -1, about_words(r, text(r, e, "about")), e->n); break;
    case EV_PROMPT_OPEN: put(lane, MARK_ASKED, e->t, -1, text(r, e, "card") + 5, e->n); break;
    case EV_PROMPT_ANSWERED: put(lane, MARK_ANSWERED, e->t, -1, SAY("%s: %s", text(r, e, "card") + 5, plain(r, text(r, e, "answer"))), e->n); break;
    case EV_PROMPT_SILENT: put(lane, MARK_SILENT, e->t, -1, text(r, e, "card") + 5, e->n); break;
    case EV_TASK_START: put(lane, MARK_WORK, e->t, task_end(r, e->arg[0]), plain(r, text(r, e, "action")), e->n); break;
    case EV_TASK_DONE: put(lane, MARK_DONE, e->t, -1, plain(r, text(r, e, "action")), e->n); break;
    case EV_DECISION_MADE:
        put(lane, mu_journal_value(r->journal, e, "authority_ok") ? MARK_DECIDED : MARK_REFUSED, e->t, -1, plain(r, text(r, e, "action")), e->n);
        break;
    default: break;
    }
}

static const char *roles_of(const mu_report *r, const char *person)
{
    const char *list = "";
    EACH_EVENT (e, r)
        if (e->kind == EV_ROLE_FILLED && strcmp(text(r, e, "person"), person) == 0 && !strstr(list, shown(r, text(r, e, "role"))))
            list = SAY("%s%s%s", list, *list ? ", " : "", shown(r, text(r, e, "role")));
    return list;
}

static void lanes(mu_report *r)
{
    r->lanes = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *r->lanes);
    EACH_EVENT (pin, r) {
        if (pin->kind != EV_PERSON_PINNED)
            continue;
        const char *person = text(r, pin, "person");
        mu_lane *lane = &r->lanes[r->lane_count];
        *lane = (mu_lane){.name = text(r, pin, "name"), .roles = roles_of(r, person), .played = strcmp(text(r, pin, "seat"), "player") == 0,
                          .marks = mu_alloc(r->arena, (size_t)(r->events + 1) * sizeof *lane->marks)};
        for (size_t n = 1; n <= mu_journal_count(r->journal); n++) {
            const mu_event *e = mu_journal_event(r->journal, n);
            if (e->kind != EV_ACT && strcmp(text(r, e, "person"), person) == 0)
                lane_event(r, lane, e);
        }
        r->lane_count++;
    }
}

/* ---- what it may be claimed as ---- */

const char *mu_report_claim(const mu_report *r)
{
    if (r->players == 0)
        return "A model run: nobody was asked. It may be claimed as analysis of the plan, and as input to the design of an exercise.";
    return SAY("A facilitated drill: %d %s held by people, all others were stood in for. It may be claimed as a discussion-based exercise for the "
               "roles that were played.", r->players, r->players == 1 ? "seat was" : "seats were");
}

/* What a story that failed would still have told, nobody was asked; so much the less may be claimed. */
static const char *stories_failed(const mu_report *r)
{
    const char *events = "";
    int count = 0;
    EACH_EVENT(e, r)
        if (e->kind == EV_STORY_FAILED)
            events = count++ ? SAY("%s, %u", events, (unsigned)e->n) : SAY("event %u", (unsigned)e->n);
    return count ? SAY(" %d %s of the script failed (%s): what was still to be told is missing here.", count, count == 1 ? "story" : "stories", events) : "";
}

const char *mu_report_not(const mu_report *r)
{
    return SAY("%s%s",
               r->players == 0 ? "Not a tabletop, not a functional test, and no evidence that people can perform."
                               : "Not a functional test: no system was touched. Roles that were stood in for are no evidence of people.",
               stories_failed(r));
}

const char *mu_report_lead(const mu_report *r)
{
    int worst = r->counts[MU_CRITICAL], late = 0;
    for (int i = 0; i < r->target_count; i++)
        late += r->targets[i].state == MU_LATE || r->targets[i].state == MU_MISSED;
    if (r->findings->count == 0)
        return SAY("No gap found by %d rules.", r->rules);
    const mu_finding *f = &r->findings->list[0];
    return worst ? SAY("%s. It is one of %d critical gaps; %d of %d targets were late or missed.", f->text, worst, late, r->target_count)
                 : SAY("No gap is critical. The first of %d: %s.", (int)r->findings->count, f->text);
}

mu_report *mu_report_make(const mu_tree *plan, mu_journal *journal, const mu_findings *findings, mu_arena *arena)
{
    mu_report *r = mu_alloc(arena, sizeof *r);
    r->arena = arena;
    r->plan = plan;
    r->journal = journal;
    r->findings = findings;
    r->rules = mu_rule_count();
    for (size_t i = 0; i < findings->count; i++)
        r->counts[findings->list[i].weight]++;
    head(r);
    targets(r);
    asked(r);
    tasks(r);
    lanes(r);
    return r;
}
