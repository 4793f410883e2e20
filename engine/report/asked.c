/* Who was asked, told or called; when it was delivered, opened, acknowledged and acted upon; and by which limit that is
 * judged. One pass over the journal: each later event finds its row by the number of the message, question or task. */
#include <string.h>

#include "base/index.h"
#include "report/parts.h"

typedef struct desk {
    mu_report *r;
    int *of_message, *of_event, *of_prompt; /* row + 1, 0 none */
    int64_t *within;                        /* by climb: the last step's time, -1 none */
    const char **step;                      /* by climb: what that step is called */
} desk;

static bool counts(const desk *d, int64_t n)
{
    return n >= 0 && n <= d->r->events;
}

static mu_asked_row *row_in(const desk *d, const int *table, int64_t n)
{
    return counts(d, n) && table[n] ? &d->r->asked[table[n] - 1] : NULL;
}

/* The clock of the plan that a message is held against: when it runs out, or -1. */
static int64_t due_of(const mu_report *r, const mu_event *delivered, const char *clock, const char *subject)
{
    int64_t due = -1;
    for (uint32_t n = 1; n <= mu_journal_count(r->journal); n++) {
        const mu_event *e = mu_journal_event(r->journal, n);
        if (e->t > delivered->t)
            break;
        if (e->kind == EV_CLOCK_START && strcmp(mu_field(r, e, "clock"), clock) == 0 && strcmp(mu_field(r, e, "subject"), subject) == 0)
            due = mu_value(r, e, "due");
    }
    return due > delivered->t ? due : -1;
}

static void clock_limit(const mu_report *r, mu_asked_row *row, const mu_event *e, const char *clock, const char *subject, const char *words)
{
    int64_t due = due_of(r, e, clock, subject);
    row->limit = due < 0 ? -1 : due - e->t;
    row->limit_of = due < 0 ? "" : words;
}

/* The limits that are known when a message goes out: of a ladder's step, of assembling, of an audience. */
static void known_limit(const desk *d, mu_asked_row *row, const mu_event *e, const char *about)
{
    int64_t climb = mu_number_in(about, "ladder");
    if (counts(d, climb) && d->within[climb] >= 0) {
        row->limit = d->within[climb];
        row->limit_of = d->step[climb];
    } else if (mu_begins(about, "assemble:")) {
        clock_limit(d->r, row, e, "assemble", mu_format(d->r->arena, "severity:%s", about + strlen("assemble:")), "the time to assemble");
    } else if (mu_begins(about, "audience:")) {
        clock_limit(d->r, row, e, "audience", about, "the audience's first message");
    }
}

static mu_asked_row *new_row(const desk *d, const mu_event *e, const char *to, const char *about)
{
    mu_report *r = d->r;
    const char *person = e->kind == EV_NOTIFY_DELIVERED ? mu_field(r, e, "person") : "";
    const mu_pinned *p = mu_person_of(r, person);
    mu_asked_row *row = &r->asked[r->asked_count++];
    *row = (mu_asked_row){.person = p ? p->name : "", .role = mu_called(r, to), .lane = mu_lane_of(r, to, person), .about = mu_about(r, about), .via = "", .why = "", .did = "",
                          .limit_of = "", .delivered = e->t, .opened = -1, .acked = -1, .acted = -1, .limit = -1, .late = -1, .state = MU_OPEN, .event = e->n,
                          .message = -1, .played = p && p->played};
    return row;
}

static void delivered(const desk *d, const mu_event *e, const char *const *addressed)
{
    mu_report *r = d->r;
    const char *about = mu_field(r, e, "about"), *to = counts(d, e->arg[0]) && addressed[e->arg[0]] ? addressed[e->arg[0]] : "";
    if (!mu_begins(mu_field(r, e, "person"), "person:") || !counts(d, e->arg[0]))
        return;
    mu_asked_row *row = new_row(d, e, to, about);
    row->via = mu_called(r, mu_field(r, e, "via"));
    row->message = e->arg[0];
    d->of_message[e->arg[0]] = d->of_event[e->n] = r->asked_count;
    known_limit(d, row, e, about);
}

/* Nobody holds the role, or no way to them stands: told as a row of its own. */
static void nobody(const desk *d, const mu_event *e, const char *to, const char *about, const char *why)
{
    if (!*about || (e->kind == EV_NOTIFY_FAIL && strcmp(mu_field(d->r, e, "reason"), "no_way") != 0))
        return;
    mu_asked_row *row = new_row(d, e, to, about);
    row->state = MU_NOBODY;
    row->about = mu_needed(d->r, about);
    row->why = mu_plain(d->r, why);
}

static void seen(const desk *d, const mu_event *e)
{
    mu_asked_row *row = row_in(d, d->of_message, e->arg[0]);
    if (!row)
        return;
    if (e->kind == EV_NOTIFY_OPENED && row->opened < 0) {
        row->opened = e->t;
        row->open_event = e->n;
    } else if (e->kind == EV_NOTIFY_ACK && row->acked < 0) {
        row->acked = e->t;
        row->ack_event = e->n;
    }
}

/* The acknowledgement was taken back. */
static void unseen(const desk *d, const mu_event *e)
{
    mu_asked_row *row = row_in(d, d->of_message, e->arg[0]);
    if (row)
        row->acked = -1;
    if (row)
        row->ack_event = 0;
}

static void act(mu_asked_row *row, const mu_event *e, const char *did)
{
    if (!row || row->acted >= 0)
        return;
    row->acted = e->t;
    row->act_event = e->n;
    row->did = did;
}

/* The last message about `about` that reached `person` (anybody, where that is ""). */
static mu_asked_row *last_about(const desk *d, const char *about, const char *person)
{
    const mu_pinned *p = mu_person_of(d->r, person);
    const char *words = mu_about(d->r, about);
    for (int i = d->r->asked_count - 1; i >= 0; i--) {
        mu_asked_row *row = &d->r->asked[i];
        if (row->state != MU_NOBODY && strcmp(row->about, words) == 0 && (!p || strcmp(row->person, p->name) == 0))
            return row;
    }
    return NULL;
}

static void limit(mu_asked_row *row, int64_t length, const char *words)
{
    if (row && row->limit < 0) {
        row->limit = length;
        row->limit_of = words;
    }
}

static void prompts(const desk *d, const mu_event *e)
{
    mu_asked_row *row = e->kind == EV_PROMPT_OPEN ? row_in(d, d->of_event, mu_value(d->r, e, "message")) : row_in(d, d->of_prompt, e->arg[0]);
    if (!row)
        return;
    if (e->kind == EV_PROMPT_OPEN && counts(d, e->arg[0])) {
        d->of_prompt[e->arg[0]] = (int)(row - d->r->asked) + 1;
        row->own_limit = row->limit < 0;
        limit(row, mu_value(d->r, e, "until") - row->delivered, "the question's own time");
    } else if (e->kind == EV_PROMPT_ANSWERED) {
        act(row, e, "answered");
    }
}

/* An expectation of a card: kept by the plan's own act, whoever did it. */
static void expectations(const desk *d, const mu_event *e)
{
    mu_asked_row *row = last_about(d, mu_field(d->r, e, "card"), "");
    if (e->kind == EV_EXPECT_MISSED)
        limit(row, mu_value(d->r, e, "window"), "what the card expects");
    else if (row)
        act(row, e, mu_format(d->r->arena, "%s done", mu_called(d->r, mu_field(d->r, e, "action"))));
}

static void tasks(const desk *d, const mu_event *e)
{
    const char *kind = e->kind == EV_TASK_CONSULTED ? "consult" : e->kind == EV_DECISION_MADE ? "decide" : "task", *did[] = {"advised", "decided", "began"};
    const char *about = mu_format(d->r->arena, "%s:%lld", kind, (long long)e->arg[0]);
    if (e->kind == EV_TASK_CONSULTED && !mu_value(d->r, e, "answered"))
        limit(last_about(d, about, mu_field(d->r, e, "person")), mu_value(d->r, e, "took"), "the time for advice");
    else
        act(last_about(d, about, mu_field(d->r, e, "person")), e, did[*kind == 'c' ? 0 : *kind == 'd' ? 1 : 2]);
}

static void climb(const desk *d, const mu_event *e)
{
    mu_report *r = d->r;
    if (!counts(d, e->arg[0]))
        return;
    d->within[e->arg[0]] = mu_value(r, e, "within");
    d->step[e->arg[0]] = mu_format(r->arena, "step %lld of the ladder", (long long)mu_value(r, e, "step"));
}

/* Whoever else was called by the step is not late any more: the ladder had its answer. */
static void answered(const desk *d, const mu_event *e)
{
    const char *words = mu_about(d->r, mu_format(d->r->arena, "ladder:%lld", (long long)e->arg[0]));
    for (int i = 0; i < d->r->asked_count; i++) {
        mu_asked_row *row = &d->r->asked[i];
        if (row->acked >= 0 || row->limit < 0 || strcmp(row->about, words) != 0 || e->t > row->delivered + row->limit)
            continue;
        row->limit = -1;
        row->limit_of = "";
    }
}

static void one_event(const desk *d, const mu_event *e, const char **addressed)
{
    mu_report *r = d->r;
    switch (e->kind) {
    case EV_NOTIFY_ATTEMPT:
        if (counts(d, e->arg[0]))
            addressed[e->arg[0]] = mu_field(r, e, "to");
        break;
    case EV_NOTIFY_DELIVERED: delivered(d, e, addressed); break;
    case EV_NOTIFY_FAIL: nobody(d, e, mu_field(r, e, "to"), mu_field(r, e, "about"), "no way to them stands"); break;
    case EV_ROLE_UNFILLED: nobody(d, e, mu_field(r, e, "role"), mu_field(r, e, "needed_for"), mu_field(r, e, "why")); break;
    case EV_NOTIFY_OPENED:
    case EV_NOTIFY_ACK: seen(d, e); break;
    case EV_NOTIFY_WAITS: unseen(d, e); break;
    case EV_PROMPT_OPEN:
    case EV_PROMPT_ANSWERED: prompts(d, e); break;
    case EV_EXPECT_MET:
    case EV_EXPECT_MISSED: expectations(d, e); break;
    case EV_TASK_CONSULTED:
    case EV_TASK_START:
    case EV_DECISION_MADE: tasks(d, e); break;
    case EV_MESSAGE_RELEASED: act(last_about(d, mu_field(r, e, "audience"), mu_field(r, e, "person")), e, "sent"); break;
    case EV_ESCALATE_STEP: climb(d, e); break;
    case EV_ESCALATE_ANSWERED: answered(d, e); break;
    default: break;
    }
}

/* What asks for an act is judged by the act, what asks to be heard by the acknowledgement. */
static void judge(const mu_report *r, mu_asked_row *row)
{
    bool heard = mu_begins(row->limit_of, "step ") || mu_begins(row->limit_of, "the time to assemble");
    int64_t answer = heard || row->acted < 0 ? row->acked : row->acted;
    bool need_act = *row->limit_of && !heard;
    if (row->state == MU_NOBODY)
        return;
    if (need_act && row->acted < 0)
        answer = -1;
    row->settled = answer;
    int64_t until = (answer < 0 ? r->end : answer) - row->delivered;
    bool over = row->limit >= 0 && until > row->limit;
    row->late = over ? until - row->limit : -1;
    row->state = answer < 0 ? row->limit >= 0 && until >= row->limit ? MU_MISSED : MU_OPEN : row->limit < 0 ? MU_ANSWERED : over ? MU_LATE : MU_MET;
}

/* That nobody could be asked for the same is told once: somebody who tries again every minute would fill pages. */
static void repeated(mu_report *r)
{
    mu_index seen = {0};
    int *first = mu_alloc(r->arena, ((size_t)r->asked_count + 1) * sizeof *first);
    for (int i = 0; i < r->asked_count; i++) {
        mu_asked_row *row = &r->asked[i];
        if (row->state != MU_NOBODY)
            continue;
        size_t before = seen.count, n = mu_index_put(&seen, SAY("%s\n%s\n%s", row->lane, row->about, row->why));
        if (n == before) {
            first[n] = i;
            continue;
        }
        row->again = -1;
        r->asked[first[n]].again++;
        r->asked[first[n]].again_until = row->delivered;
    }
    mu_index_free(&seen);
}

void mu_model_asked(mu_report *r)
{
    size_t room = (size_t)r->events + 2;
    const char **addressed = mu_alloc(r->arena, room * sizeof *addressed);
    desk d = {r, mu_alloc(r->arena, room * sizeof(int)), mu_alloc(r->arena, room * sizeof(int)), mu_alloc(r->arena, room * sizeof(int)),
              mu_alloc(r->arena, room * sizeof(int64_t)), mu_alloc(r->arena, room * sizeof(char *))};
    for (size_t i = 0; i < room; i++)
        d.within[i] = -1;
    r->asked = mu_alloc(r->arena, room * sizeof *r->asked);
    EACH_EVENT (e, r)
        one_event(&d, e, addressed);
    for (int i = 0; i < r->asked_count; i++)
        judge(r, &r->asked[i]);
    repeated(r);
}
