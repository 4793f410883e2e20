#include "report/tried.h"

#include <string.h>

#include "report/parts.h"

/* ---- conditions ---- */

typedef enum condition {
    C_PART, C_TEXT, C_AWAY, C_USED, C_BACKUP, C_DOWN, C_REACHED, C_UNANSWERED, C_ENDED, C_STARTED, C_DECIDED, C_ADVISED, C_GIVEN, C_RELEASED, C_LEVEL, C_MOVED, C_DECLARED, C_ENGAGED, C_LOOKED, C_HANDED,
    C_PLAYED, C_SHIFT, C_STOLEN, C_REPORTED
} condition;

static const char *const words[] = {
    [C_PART] = "the part of the plan that has it was exercised",
    [C_TEXT] = "the plan that was played does not have it: it is a gap of the text alone, which every run reads",
    [C_AWAY] = "the role (of a person: one that he or she stands first in; of a duty: one that its action takes) was needed while whoever stands first in it was not there",
    [C_USED] = "somebody was called or written to there, or over it",
    [C_BACKUP] = "something went out over it while another channel was down",
    [C_DOWN] = "it was used while something was down",
    [C_REACHED] = "the step was called; of a whole ladder: it was climbed",
    [C_UNANSWERED] = "a call of the ladder had no answer and the next was made",
    [C_ENDED] = "its clock ran to its end: it was met, or missed",
    [C_STARTED] = "its clock ran",
    [C_DECIDED] = "the decision was asked for (of a level: it was declared)",
    [C_ADVISED] = "the advice was asked for, and the action waited for it",
    [C_GIVEN] = "the action was given to somebody, or nobody was there to take it",
    [C_RELEASED] = "a message to that audience went out (of no audience: any message)",
    [C_LEVEL] = "the level was indicated or declared (of no level: any)",
    [C_MOVED] = "the facts moved to another level",
    [C_DECLARED] = "the incident was declared",
    [C_ENGAGED] = "the outside party was asked for (of none: any)",
    [C_LOOKED] = "the plan or a contact was looked up",
    [C_HANDED] = "command or another role was handed over",
    [C_PLAYED] = "people took part",
    [C_SHIFT] = "a shift was over",
    [C_STOLEN] = "the channel was in the hands of the attacker",
    [C_REPORTED] = "somebody reported something",
};

/* What is not here is a gap of a part of the plan. */
static const struct { const char *gap; condition is; } rows[] = {
    {"ROL-01", C_GIVEN}, {"ROL-02", C_GIVEN}, {"ROL-03", C_GIVEN}, {"ROL-04", C_DECIDED}, {"ROL-05", C_GIVEN}, {"ROL-08", C_AWAY}, {"ROL-09", C_AWAY}, {"ROL-10", C_AWAY}, {"ROL-13", C_AWAY},
    {"ROL-14", C_ADVISED}, {"ROL-15", C_GIVEN}, {"ROL-16", C_TEXT}, {"ROL-18", C_HANDED}, {"ROL-19", C_TEXT}, {"ROL-21", C_GIVEN}, {"COM-01", C_USED}, {"COM-02", C_USED}, {"COM-03", C_USED},
    {"COM-04", C_DOWN}, {"COM-05", C_BACKUP}, {"COM-06", C_USED}, {"COM-07", C_USED}, {"COM-08", C_USED}, {"COM-09", C_RELEASED}, {"COM-10", C_RELEASED}, {"COM-11", C_GIVEN}, {"COM-12", C_RELEASED},
    {"COM-13", C_LEVEL}, {"COM-14", C_RELEASED}, {"COM-15", C_RELEASED}, {"COM-16", C_LOOKED}, {"COM-17", C_USED}, {"COM-18", C_TEXT}, {"COM-19", C_REPORTED}, {"COM-20", C_STOLEN}, {"ESC-01", C_LEVEL},
    {"ESC-02", C_LEVEL}, {"ESC-03", C_REACHED}, {"ESC-04", C_UNANSWERED}, {"ESC-05", C_UNANSWERED}, {"ESC-06", C_REACHED}, {"ESC-07", C_REACHED}, {"ESC-08", C_AWAY}, {"ESC-10", C_LEVEL}, {"ESC-11", C_TEXT},
    {"ESC-12", C_MOVED}, {"ESC-13", C_DECLARED}, {"ESC-14", C_ENGAGED}, {"ESC-15", C_LEVEL}, {"ESC-16", C_TEXT}, {"HYG-01", C_TEXT}, {"HYG-02", C_TEXT}, {"HYG-03", C_TEXT}, {"HYG-04", C_TEXT},
    {"HYG-05", C_TEXT}, {"HYG-06", C_TEXT}, {"HYG-11", C_TEXT}, {"HYG-12", C_TEXT}, {"HYG-13", C_TEXT}, {"HYG-14", C_TEXT}, {"HYG-15", C_TEXT}, {"HYG-16", C_TEXT}, {"HYG-17", C_TEXT}, {"HYG-18", C_GIVEN},
    {"HYG-19", C_TEXT}, {"HYG-20", C_TEXT}, {"REG-01", C_TEXT}, {"REG-02", C_AWAY}, {"REG-03", C_ENDED}, {"REG-04", C_ENDED}, {"REG-05", C_STARTED}, {"REG-06", C_USED}, {"REG-08", C_STARTED}, {"REG-09", C_STARTED},
    {"REG-10", C_STARTED}, {"REG-11", C_STARTED}, {"REG-12", C_TEXT}, {"REG-13", C_TEXT}, {"REG-15", C_STARTED}, {"REG-16", C_STARTED}, {"REG-19", C_TEXT}, {"TIM-01", C_ENDED}, {"TIM-02", C_ENDED}, {"TIM-03", C_DECIDED},
    {"TIM-07", C_TEXT}, {"TIM-08", C_LEVEL}, {"TIM-09", C_TEXT}, {"TIM-10", C_SHIFT}, {"TIM-11", C_ENGAGED}, {"RES-01", C_ENGAGED}, {"RES-02", C_ENGAGED}, {"RES-03", C_ENGAGED}, {"RES-04", C_ENGAGED}, {"RES-05", C_ENGAGED},
    {"RES-06", C_DOWN}, {"RES-10", C_GIVEN}, {"RES-12", C_ENGAGED}, {"RES-13", C_ENGAGED}, {"RES-14", C_TEXT}, {"RES-15", C_LOOKED}, {"EXR-01", C_TEXT}, {"EXR-02", C_PLAYED}, {"EXR-03", C_TEXT}, {"EXR-04", C_TEXT},
    {"EXR-05", C_TEXT}, {"EXR-06", C_TEXT}, {"EXR-07", C_TEXT}, {"EXR-08", C_TEXT}, {"EXR-09", C_TEXT},
};

static condition condition_of(const char *gap)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].gap, gap) == 0)
            return rows[i].is;
    return C_PART;
}

const char *mu_tried_words(const char *gap)
{
    return words[condition_of(gap)];
}

/* ---- what an event says ---- */

static bool says(const mu_report *r, const mu_event *e, const char *key, const char *name)
{
    return mu_event_field_of(e->kind, key) >= 0 && strcmp(mu_field(r, e, key), name) == 0;
}

static bool of_kind(const char *subject, const char *kind)
{
    size_t n = strlen(kind);
    return strncmp(subject, kind, n) == 0 && subject[n] == ':';
}

/* A subject or a part of it: "playbook:x" of "playbook:x/step". */
static bool within(const char *text, const char *subject)
{
    size_t n = strlen(subject);
    return strncmp(text, subject, n) == 0 && (!text[n] || text[n] == '/' || text[n] == ' ');
}

/* ---- parts ---- */

static uint32_t covered(const mu_report *r, const char *subject)
{
    const char *steps = mu_begins(subject, "playbook:") ? SAY("step:%s", subject + strlen("playbook:")) : subject;
    for (int k = 0; k < MU_ELEMENT_KINDS; k++)
        for (int i = 0; i < r->coverage->kinds[k].count; i++) {
            const mu_part *p = &r->coverage->kinds[k].list[i];
            if (p->event && (within(p->name, subject) || within(p->name, steps)))
                return p->event;
        }
    return 0;
}

/* The first event behind STARTEX that names it: for what the coverage does not count. */
static uint32_t named(const mu_report *r, const char *subject)
{
    bool started = false;
    EACH_EVENT (e, r) {
        const mu_event_field *f = mu_event_kinds[e->kind].fields;
        started = started || e->kind == EV_START;
        if (!started || e->kind >= EV_OBSERVATION)
            continue;
        for (int i = 0; i < MU_FIELDS && f[i].key; i++)
            if (f[i].type == F_NAME && within(mu_field(r, e, f[i].key), subject))
                return e->n;
    }
    return 0;
}

static uint32_t part(const mu_report *r, const char *subject)
{
    uint32_t n = covered(r, subject);
    return n || !strchr(subject, ':') || mu_begins(subject, "section:") ? n : named(r, subject);
}

/* ---- whoever stands first is not there ---- */

static bool stands_first(const mu_report *r, const char *role, const char *person)
{
    const mu_node *holders = mu_get(mu_node_named(r, role), "holders"), *first = holders && holders->kind == MU_LIST ? holders->first : holders;
    return first && strcmp(mu_begins(first->text, "person:") ? first->text + 7 : first->text, person + strlen("person:")) == 0;
}

/* True where an action of the plan takes the role, in whatever letter does or answers. */
static bool takes(const mu_report *r, const char *action, const char *role)
{
    static const char *const letters[] = {"R", "A", "R/A"};
    const mu_node *row = mu_get(mu_get(mu_tree_root(r->plan), "raci"), action);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        const mu_node *cell = mu_get(row, letters[i]);
        for (const mu_node *who = cell && cell->kind == MU_LIST ? cell->first : cell; who; who = cell->kind == MU_LIST ? who->next : NULL)
            if (who->kind == MU_SCALAR && strcmp(strchr(who->text, ':') ? who->text : SAY("role:%s", who->text), role) == 0)
                return true;
    }
    return false;
}

static bool concerns(const mu_report *r, const char *role, const char *subject)
{
    const char *action = of_kind(subject, "obligation") ? mu_get_text(mu_node_named(r, subject), "action") : NULL;
    return within(role, subject) || (of_kind(subject, "person") && stands_first(r, role, subject)) || (action && takes(r, action, role));
}

static bool needs(const mu_report *r, const mu_event *e, const char *role)
{
    switch (e->kind) {
    case EV_TASK_ASSIGNED: case EV_DECISION_REQUESTED: case EV_PROMPT_OPEN: case EV_DECLARED: return says(r, e, "role", role);
    case EV_NOTIFY_ATTEMPT: return says(r, e, "to", role);
    default: return false;
    }
}

/* From the event in which another took the role on, to the next that needs it. */
static uint32_t needed_without(const mu_report *r, const mu_event *since, const char *role)
{
    bool started = false;
    EACH_EVENT (e, r) {
        started = started || e->kind == EV_START;
        if (e->n <= since->n)
            continue;
        if (e->kind == EV_ROLE_FILLED && says(r, e, "role", role))
            return 0;
        if (started && needs(r, e, role))
            return e->n;
    }
    return 0;
}

static uint32_t away(const mu_report *r, const char *subject)
{
    EACH_EVENT (e, r) {
        if ((e->kind != EV_ROLE_UNFILLED && e->kind != EV_ROLE_FILLED) || !concerns(r, mu_field(r, e, "role"), subject))
            continue;
        if (e->kind == EV_ROLE_UNFILLED && *mu_field(r, e, "needed_for"))
            return e->n;
        uint32_t n = e->kind == EV_ROLE_FILLED && says(r, e, "way", "in succession") ? needed_without(r, e, mu_field(r, e, "role")) : 0;
        if (n)
            return n;
    }
    return 0;
}

/* ---- things that are down ---- */

static bool uses(const mu_report *r, const mu_event *e, const char *subject)
{
    bool sent = e->kind == EV_NOTIFY_ATTEMPT || e->kind == EV_NOTIFY_DELIVERED || e->kind == EV_MESSAGE_RELEASED;
    bool reaches = sent && (says(r, e, "via", subject) || says(r, e, "person", subject) || says(r, e, "to", subject));
    return reaches || (e->kind == EV_ENGAGE_START && says(r, e, "external", subject)) || (e->kind == EV_TASK_START && of_kind(subject, "tool")) || (sent && !strchr(subject, ':')) ||
           (sent && of_kind(subject, "section"));
}

/* Of a channel: another one; of anything else: anything. */
static uint32_t used_while_down(const mu_report *r, const char *subject, bool another)
{
    int down = 0;
    EACH_EVENT (e, r) {
        bool falls = e->kind == EV_CHANNEL_DOWN || (!another && e->kind == EV_DOWN), stands = e->kind == EV_CHANNEL_UP || (!another && e->kind == EV_UP);
        if ((falls || stands) && !(another && says(r, e, "channel", subject)))
            down += falls ? 1 : down > 0 ? -1 : 0;
        if (down && uses(r, e, subject))
            return e->n;
    }
    return 0;
}

/* ---- the rest: one event each ---- */

static bool step_of(const mu_report *r, const mu_event *e, const char *subject)
{
    const char *slash = strchr(subject, '/');
    const char *ladder = slash ? mu_copy(r->arena, subject, (size_t)(slash - subject)) : subject;
    return says(r, e, "ladder", ladder) && (!slash || strcmp(slash + 1, SAY("%lld", (long long)mu_value(r, e, "step"))) == 0);
}

static bool of_clock(const mu_report *r, const mu_event *e, const char *subject)
{
    return of_kind(subject, "section") || within(mu_field(r, e, "subject"), subject);
}

static bool of_action(const mu_report *r, const mu_event *e, const char *subject)
{
    bool starts = e->kind == EV_CLOCK_START && strcmp(mu_field(r, e, "clock"), "decide") == 0 && says(r, e, "subject", subject);
    return starts || says(r, e, "action", subject);
}

/* The time that a level gives to declare was met, in time or late. */
static bool declared_at(const mu_report *r, const mu_event *e, const char *subject)
{
    return e->kind == EV_CLOCK_MET && strcmp(mu_field(r, e, "clock"), "declare") == 0 && says(r, e, "subject", subject);
}

static bool any_or(const mu_report *r, const mu_event *e, const char *key, const char *subject, const char *kind)
{
    return !of_kind(subject, kind) || says(r, e, key, subject);
}

static bool meets(const mu_report *r, const mu_event *e, condition c, const char *subject)
{
    switch (c) {
    case C_USED: return uses(r, e, subject) || (e->kind == EV_CLOCK_MET && says(r, e, "subject", subject));
    case C_REACHED: return e->kind == EV_ESCALATE_STEP && step_of(r, e, subject);
    case C_UNANSWERED: return e->kind == EV_ESCALATE_STEP && step_of(r, e, subject) && (mu_value(r, e, "step") > 1 || mu_value(r, e, "try") > 1);
    case C_ENDED: return (e->kind == EV_CLOCK_MET || e->kind == EV_CLOCK_MISSED) && of_clock(r, e, subject);
    case C_STARTED: return e->kind == EV_CLOCK_START && of_clock(r, e, subject);
    case C_DECIDED: return ((e->kind == EV_DECISION_REQUESTED || e->kind == EV_DECISION_MADE || e->kind == EV_CLOCK_START) && of_action(r, e, subject)) || declared_at(r, e, subject);
    case C_ADVISED: return (e->kind == EV_TASK_CONSULTED || e->kind == EV_TASK_WAIT) && says(r, e, "action", subject);
    case C_GIVEN: return (e->kind == EV_TASK_ASSIGNED || e->kind == EV_TASK_BLOCKED) && says(r, e, "action", subject);
    case C_RELEASED: return (e->kind == EV_MESSAGE_RELEASED && any_or(r, e, "audience", subject, "audience") && !of_kind(subject, "obligation")) || (e->kind == EV_CLOCK_MET && says(r, e, "subject", subject));
    case C_LEVEL: return (e->kind == EV_SEVERITY_INDICATED || e->kind == EV_DECLARED) && any_or(r, e, "severity", subject, "severity");
    case C_DECLARED: return e->kind == EV_DECLARED;
    case C_ENGAGED: return e->kind == EV_ENGAGE_START && any_or(r, e, "external", subject, "external");
    case C_LOOKED: return e->kind == EV_LOOKUP_HIT || e->kind == EV_LOOKUP_MISS;
    case C_HANDED: return e->kind == EV_HANDOVER;
    case C_PLAYED: return e->kind == EV_ACT && !says(r, e, "person", "") && says(r, e, "seat", "player");
    case C_SHIFT: return e->kind == EV_SHIFT_OVER;
    case C_STOLEN: return e->kind == EV_COMPROMISED && any_or(r, e, "thing", subject, "channel");
    case C_REPORTED: return e->kind == EV_INJECT_DELIVERED;
    default: return false;
    }
}

/* The second of them: the facts were at one level, and then at another. */
static uint32_t moved(const mu_report *r)
{
    bool before = false;
    EACH_EVENT (e, r) {
        if (e->kind == EV_SEVERITY_CHANGED || (before && e->kind == EV_SEVERITY_INDICATED))
            return e->n;
        before = before || e->kind == EV_SEVERITY_INDICATED;
    }
    return 0;
}

/* A condition that is of one kind of thing; of another it is that the part was exercised. */
static condition fitting(condition c, const char *subject)
{
    bool duty = of_kind(subject, "obligation"), action = of_kind(subject, "action");
    if (c == C_AWAY)
        return duty || of_kind(subject, "role") || of_kind(subject, "person") ? c : C_PART;
    if (c == C_GIVEN || c == C_ADVISED || c == C_DECIDED)
        return action || ((duty || of_kind(subject, "severity")) && c == C_DECIDED) ? c : C_PART;
    return c == C_STARTED && !duty && !of_kind(subject, "section") ? C_PART : c;
}

uint32_t mu_tried(const mu_report *r, const char *gap, const char *subject)
{
    condition c = fitting(condition_of(gap), subject);
    bool started = false;
    switch (c) {
    case C_PART: return part(r, subject);
    case C_TEXT: return 1;
    case C_AWAY: return away(r, subject);
    case C_BACKUP: return used_while_down(r, subject, true);
    case C_DOWN: return used_while_down(r, subject, false);
    case C_MOVED: return moved(r);
    default: break;
    }
    EACH_EVENT (e, r) {
        started = started || e->kind == EV_START;
        if (started && meets(r, e, c, subject))
            return e->n;
    }
    return 0;
}
