#include "cli/again.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGES, PROMPTS, TASKS, LADDERS, KINDS };
static const char *const kinds[KINDS] = {"message", "prompt", "task", "ladder"};

/* Something that the engine has counted, and by what it is known under any plan. */
typedef struct thing {
    const char *of, *to; /* a message: what it is about and to whom; else the card and the role, the action, the ladder */
    const char *known_by; /* NULL until it was asked for */
} thing;

typedef struct things { /* by their numbers; of "" where a number was not met */
    thing *list;
    int count, room;
} things;

typedef struct account {
    const mu_journal *journal;
    size_t read; /* so many events */
    things of[KINDS];
} account;

typedef struct playing {
    mu_drill *drill;
    const mu_journal *recorded;
    mu_arena *arena;
    account then, now;
    uint32_t *acts; /* by the number of a recorded act: its number now, 0 where it was left out */
} playing;

#define FORMAT(p, ...) mu_format((p)->arena, __VA_ARGS__)

/* ---- what the numbers mean ---- */

/* A number that no drill of so many events has counted to is none. */
static void put(const playing *p, account *x, int kind, int64_t number, const char *of, const char *to)
{
    things *t = &x->of[kind];
    if (number < 0 || (size_t)number >= mu_journal_count(x->journal) || number > INT32_MAX / 4)
        return;
    if (number >= t->room) {
        int room = (int)number * 2 + 64;
        thing *list = mu_alloc(p->arena, (size_t)room * sizeof *list);
        if (t->count)
            memcpy(list, t->list, (size_t)t->count * sizeof *list);
        t->list = list;
        t->room = room;
    }
    t->count = number >= t->count ? (int)number + 1 : t->count;
    if (!t->list[number].of) /* the first time says what it is */
        t->list[number] = (thing){of, to, NULL};
}

static void read_on(const playing *p, account *x)
{
    const mu_journal *j = x->journal;
    while (x->read < mu_journal_count(j)) {
        const mu_event *e = mu_journal_event(j, ++x->read);
        if (e->kind == EV_NOTIFY_ATTEMPT)
            put(p, x, MESSAGES, mu_journal_value(j, e, "message"), mu_journal_text(j, e, "about"), mu_journal_text(j, e, "person"));
        else if (e->kind == EV_PROMPT_OPEN)
            put(p, x, PROMPTS, mu_journal_value(j, e, "prompt"), mu_journal_text(j, e, "card"), mu_journal_text(j, e, "role"));
        else if (e->kind >= EV_TASK_ASSIGNED && e->kind <= EV_TASK_DONE)
            put(p, x, TASKS, mu_journal_value(j, e, "task"), mu_journal_text(j, e, "action"), "");
        else if (e->kind == EV_ESCALATE_TRIGGER)
            put(p, x, LADDERS, mu_journal_value(j, e, "climb"), mu_journal_text(j, e, "ladder"), "");
    }
}

/* "consult:4" as "consult action:triage"; what holds no number as it is. */
static const char *meaning(const playing *p, const account *x, const char *name)
{
    static const struct { const char *kind; int of; } numbered[] = {{"task", TASKS}, {"consult", TASKS}, {"decide", TASKS}, {"engage", TASKS}, {"prompt", PROMPTS}, {"ladder", LADDERS}};
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        const things *t = &x->of[numbered[i].of];
        int n = (int)mu_number_in(name, numbered[i].kind);
        if (n >= 0 && n < t->count && t->list[n].of)
            return FORMAT(p, "%s %s", numbered[i].kind, t->list[n].of);
    }
    return name;
}

static const char *known_by(const playing *p, account *x, int kind, int n)
{
    thing *t = &x->of[kind].list[n];
    if (t->of && !t->known_by)
        t->known_by = FORMAT(p, "%s %s", meaning(p, x, t->of), t->to);
    return t->of ? t->known_by : "";
}

/* The number that the thing has now, the same of its kind in the same place; -1 where it is not there. */
static int number_now(playing *p, int kind, int then)
{
    read_on(p, &p->then);
    read_on(p, &p->now);
    if (then >= p->then.of[kind].count)
        return -1;
    const char *wanted = known_by(p, &p->then, kind, then);
    int place = 0, now = 0;
    for (int n = 0; n <= then; n++)
        place += strcmp(known_by(p, &p->then, kind, n), wanted) == 0;
    for (; now < p->now.of[kind].count; now++) {
        place -= strcmp(known_by(p, &p->now, kind, now), wanted) == 0;
        if (place == 0)
            return now;
    }
    return -1;
}

/* ---- an act, on the same thing ---- */

static bool is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/* NULL where the thing is not there. */
static const char *same_thing(playing *p, const char *object)
{
    if (is_number(object)) {
        long n = strtol(object, NULL, 10);
        bool act = n > 0 && (size_t)n <= mu_journal_count(p->recorded) && p->acts[n];
        return act ? FORMAT(p, "%u", (unsigned)p->acts[n]) : NULL;
    }
    for (int kind = 0; kind < LADDERS; kind++) {
        int then = (int)mu_number_in(object, kinds[kind]), now = then < 0 ? -1 : number_now(p, kind, then);
        if (then >= 0)
            return now < 0 ? NULL : FORMAT(p, "%s:%d", kinds[kind], now);
    }
    return object;
}

static const char *field(const playing *p, const mu_event *e, const char *key)
{
    const char *text = mu_journal_text(p->recorded, e, key);
    return *text ? text : NULL;
}

static uint32_t last_act(const mu_journal *j)
{
    for (size_t n = mu_journal_count(j); n > 0; n--)
        if (mu_journal_event(j, n)->kind == EV_ACT)
            return (uint32_t)n;
    return 0;
}

/* NULL where it was done, else why not. */
static const char *act_again(playing *p, const mu_event *e)
{
    mu_act a = {.seat = field(p, e, "seat"), .role = field(p, e, "role"), .person = field(p, e, "person"), .verb = field(p, e, "verb"), .choice = field(p, e, "choice"),
                .via = field(p, e, "via"), .text = field(p, e, "text"), .sure = (int)mu_journal_value(p->recorded, e, "sure"), .id = field(p, e, "id")};
    const char *object = field(p, e, "object"), *why;
    a.object = object ? same_thing(p, object) : NULL;
    if (object && !a.object && (!a.verb || strcmp(a.verb, "note") != 0)) /* an observation stands without what it was of */
        return "what it was about did not come, or not by then";
    why = mu_run_post(p->drill->run, e->t, &a);
    if (!why)
        p->acts[e->n] = last_act(p->drill->journal);
    return why ? FORMAT(p, "%s", why) : NULL;
}

static void leave_out(mu_again *again, uint32_t event, const char *why)
{
    if (again->count % 64 == 0) {
        mu_left_out *list = mu_alloc(again->arena, ((size_t)again->count + 64) * sizeof *list);
        if (again->count)
            memcpy(list, again->list, (size_t)again->count * sizeof *list);
        again->list = list;
    }
    again->list[again->count++] = (mu_left_out){event, mu_format(again->arena, "%s", why)};
}

void mu_again_play(mu_drill *d, const mu_journal *recorded, mu_again *again)
{
    mu_arena *arena = mu_arena_new();
    playing p = {.drill = d, .recorded = recorded, .arena = arena, .then = {.journal = recorded}, .now = {.journal = d->journal},
                 .acts = mu_alloc(arena, (mu_journal_count(recorded) + 1) * sizeof(uint32_t))};
    for (size_t n = 1; n <= mu_journal_count(recorded); n++) {
        const mu_event *e = mu_journal_event(recorded, n);
        if (e->kind != EV_ACT || strcmp(mu_journal_text(recorded, e, "seat"), "stand-in") == 0)
            continue;
        mu_drill_until(d, e->t);
        const char *why = act_again(&p, e);
        bool counts = again && strcmp(mu_journal_text(recorded, e, "verb"), "open") != 0;
        if (counts)
            again->acts++;
        if (counts && why)
            leave_out(again, e->n, why);
    }
    mu_arena_free(arena);
}
