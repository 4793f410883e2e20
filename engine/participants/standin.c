#include "participants/standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "core/queue.h"

enum { SILENT = -1, LOOKS_AGAIN = 5 * 60000 };

/* What a stand-in does. */
typedef enum deed { DO_ACKNOWLEDGE, DO_ANSWER, DO_START, DO_FINISH, DO_CONSULT, DO_DECIDE, DO_RELEASE, DO_NOTIFY, DO_DECLARE, DO_LOOK_UP, DEEDS } deed;

static const char *const deeds[DEEDS] = {"acknowledge", "answer", "start", "finish", "consult", "decide", "release", "notify", "declare", "look_up"};

typedef struct intent {
    deed deed;
    int after;                            /* of a place that is free: the next such place + 1 */
    int64_t object, choice, role, person; /* symbols; 0 for none */
    int64_t message;                      /* that asks for it, of what has no number of its own */
    const char *answer;                   /* a card's own text of the choice, or NULL */
    bool again;                           /* words to an audience whose channels were down */
} intent;

typedef struct drawn {
    uint64_t purpose, count;
} drawn;

/* How one person does one thing. Kept, as it is asked for again and again. */
typedef struct manner {
    int64_t person, about; /* symbols; person 0: a free place */
    mu_habit habit;
    int draw, pace;        /* the number of its draws, and of its pace among all */
} manner;

typedef struct said {
    int64_t answer; /* symbol */
    const char *id; /* the card's own text of it */
} said;

/* What a stand-in knows of a question. */
typedef struct question {
    int64_t name, fixed; /* symbols: without its kind; what is always answered, 0 for nothing */
    said *answers;       /* NULL as long as it was not asked */
    int count, draw;
} question;

struct mu_standin {
    mu_run *run;
    const mu_world *world;
    mu_journal *journal;
    mu_symbols *symbols;
    const mu_assumptions *assumptions;
    mu_arena *arena;
    int64_t seat, verbs[DEEDS]; /* symbols */
    manner *manners;
    size_t manner_count, manner_size;
    mu_pace *paces;
    int pace_count, pace_room;
    question *questions; /* by card */
    bool follows[EV_KINDS];
    bool at_once;
    mu_chooser choose;
    void *chooser;
    /* from here on a run's own */
    uint64_t seed;
    mu_queue queue;
    intent *intents; /* by number; few are open at a time, and the place of one that was done is taken again */
    int count, room;
    int free;        /* the last place that is free + 1, 0 none */
    drawn *draws;
    int draw_count, draw_room;
    int64_t *busy; /* per person, until when */
    int64_t declared_by, declared_as;
};

static int64_t keep(mu_standin *s, const char *text)
{
    return mu_symbol(s->symbols, text);
}

/* ---- chance ---- */

/* The number of the draws for a purpose. */
static int draws_for(mu_standin *s, uint64_t purpose)
{
    for (int i = 0; i < s->draw_count; i++)
        if (s->draws[i].purpose == purpose)
            return i;
    if (s->draw_count == s->draw_room) {
        s->draw_room = s->draw_room ? s->draw_room * 2 : 128;
        s->draws = mu_grow(s->draws, (size_t)s->draw_room * sizeof *s->draws);
    }
    s->draws[s->draw_count] = (drawn){purpose, 0};
    return s->draw_count++;
}

static int64_t between(int64_t a, int64_t b, uint32_t part, uint32_t whole)
{
    return a + (b - a) * (int64_t)part / (int64_t)whole;
}

/* The inverse of a distribution by its tenth, half and nine tenths, straight lines between, in whole numbers: the same
 * on every machine. Below the tenth it goes down to half of it, above to twice the slow one. */
static int64_t length_of(const mu_pace *p, uint32_t u)
{
    if (u < 1000)
        return between(p->fast / 2, p->fast, u, 1000);
    if (u < 5000)
        return between(p->fast, p->usual, u - 1000, 4000);
    if (u < 9000)
        return between(p->usual, p->slow, u - 5000, 4000);
    return between(p->slow, 2 * p->slow, u - 9000, 1000);
}

static manner *place_of(const mu_standin *s, int64_t person, mu_habit habit, int64_t about)
{
    uint64_t h = ((uint64_t)person * 31 + (uint64_t)about * 16 + (uint64_t)habit) * 0x9e3779b97f4a7c15u;
    size_t i = (size_t)(h >> 32) & (s->manner_size - 1);
    while (s->manners[i].person && (s->manners[i].person != person || s->manners[i].about != about || s->manners[i].habit != habit))
        i = (i + 1) & (s->manner_size - 1);
    return &s->manners[i];
}

static void more_manners(mu_standin *s)
{
    manner *old = s->manners;
    size_t size = s->manner_size;
    s->manner_size = size ? size * 2 : 256;
    s->manners = mu_grow(NULL, s->manner_size * sizeof *s->manners);
    memset(s->manners, 0, s->manner_size * sizeof *s->manners);
    for (size_t i = 0; i < size; i++)
        if (old[i].person)
            *place_of(s, old[i].person, old[i].habit, old[i].about) = old[i];
    free(old);
}

/* The number of a pace. There are few, however many people and things. */
static int keep_pace(mu_standin *s, mu_pace pace)
{
    for (int i = 0; i < s->pace_count; i++)
        if (s->paces[i].fast == pace.fast && s->paces[i].usual == pace.usual && s->paces[i].slow == pace.slow && s->paces[i].never == pace.never)
            return i;
    if (s->pace_count == s->pace_room) {
        s->pace_room = s->pace_room * 2 + 8;
        s->paces = mu_grow(s->paces, (size_t)s->pace_room * sizeof *s->paces);
    }
    s->paces[s->pace_count] = pace;
    return s->pace_count++;
}

static manner *manner_of(mu_standin *s, int64_t person, mu_habit habit, int64_t about)
{
    if (s->manner_count * 2 >= s->manner_size)
        more_manners(s);
    manner *m = place_of(s, person, habit, about);
    if (m->person)
        return m;
    const char *who = mu_symbol_text(s->symbols, person);
    char what[400];
    snprintf(what, sizeof what, "%s %s", mu_habit_word(habit), mu_symbol_text(s->symbols, about));
    *m = (manner){person, about, habit, draws_for(s, mu_purpose(what, who)), keep_pace(s, mu_pace_of(s->assumptions, who, habit))};
    s->manner_count++;
    return m;
}

/* How long it takes, or SILENT. */
static int64_t takes(mu_standin *s, int64_t person, mu_habit habit, int64_t about)
{
    const manner *m = manner_of(s, person, habit, about);
    const mu_pace *pace = &s->paces[m->pace];
    drawn *d = &s->draws[m->draw];
    uint64_t index = d->count++;
    if (pace->never && (int)mu_draw_below(s->seed, d->purpose, index * 2, 100) < pace->never)
        return SILENT;
    return length_of(pace, mu_draw_below(s->seed, d->purpose, index * 2 + 1, 10000));
}

/* ---- intents ---- */

static int new_place(mu_standin *s)
{
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 128;
        s->intents = mu_grow(s->intents, (size_t)s->room * sizeof *s->intents);
    }
    return s->count++;
}

static void intend(mu_standin *s, int64_t at, const intent *what)
{
    int i = s->free ? s->free - 1 : new_place(s);
    if (s->free)
        s->free = s->intents[i].after;
    s->intents[i] = *what;
    mu_queue_put(&s->queue, at, 0, i, 0);
}

/* What is to be done now; its place is free. */
static intent taken(mu_standin *s, int i)
{
    intent what = s->intents[i];
    s->intents[i].after = s->free;
    s->free = i + 1;
    return what;
}

static int person_of(const mu_standin *s, int64_t person)
{
    return mu_world_person(s->world, person);
}

/* What takes a person's hands waits until they are free. */
static void intend_busy(mu_standin *s, mu_habit habit, int64_t about, const intent *what)
{
    int64_t length = takes(s, what->person, habit, about), now = mu_run_now(s->run);
    int i = person_of(s, what->person);
    if (length == SILENT || i < 0)
        return;
    int64_t from = s->busy[i] > now && !s->at_once ? s->busy[i] : now;
    s->busy[i] = from + length;
    intend(s, from + length, what);
}

static bool starts(const char *text, const char *kind)
{
    size_t n = strlen(kind);
    return strncmp(text, kind, n) == 0 && text[n] == ':';
}

/* ---- what follows an acknowledgement ---- */

static void follow_card(mu_standin *s, int64_t person, int64_t role, int card)
{
    const mu_card *c = &mu_run_msel(s->run)->cards[card];
    for (int k = 0; c->kind != MU_DECISION && k < c->expect.count; k++) {
        const mu_name *e = &c->expect.list[k];
        const char *act = strchr(e->text, ':') ? strchr(e->text, ':') + 1 : e->text;
        int64_t about = keep(s, e->text);
        intent what = {.deed = e->node ? DO_START : DO_LOOK_UP, .object = e->node ? about : 0, .role = role, .person = person};
        if (e->node || strcmp(act, "look_up") == 0)
            intend_busy(s, HABIT_START, about, &what);
    }
}

static void follow(mu_standin *s, int64_t person, int64_t message, int64_t about)
{
    const char *to = mu_run_message_to(s->run, message);
    int card = mu_run_card(s->run, about);
    intent what = {.object = about, .role = starts(to, "role") ? keep(s, to) : 0, .person = person, .message = message};
    int64_t consult = mu_symbol_number(about, MU_CONSULT_N), decide = mu_symbol_number(about, MU_DECIDE_N);
    if (card >= 0) {
        follow_card(s, person, what.role, card);
    } else if (mu_symbol_number(about, MU_TASK_N) >= 0) {
        what.deed = DO_START;
        intend_busy(s, HABIT_START, about, &what);
    } else if (consult >= 0) {
        what.deed = DO_CONSULT;
        what.object = mu_symbol_counted(MU_TASK_N, consult);
        intend_busy(s, HABIT_CONSULT, about, &what);
    } else if (decide >= 0) {
        what.deed = DO_DECIDE;
        what.choice = keep(s, "yes");
        what.object = mu_symbol_counted(MU_TASK_N, decide);
        intend_busy(s, HABIT_DECIDE, about, &what);
    } else if (starts(mu_symbol_text(s->symbols, about), "audience")) {
        what.deed = DO_RELEASE;
        intend_busy(s, HABIT_WRITE, about, &what);
    }
}

/* ---- what is seen ---- */

static void saw_message(mu_standin *s, const mu_event *e)
{
    if (mu_symbol_number(e->arg[3], MU_PROMPT_N) >= 0) /* answered as a question */
        return;
    int64_t length = takes(s, e->arg[1], HABIT_ACKNOWLEDGE, e->arg[3]);
    if (length != SILENT)
        intend(s, e->t + length, &(intent){.deed = DO_ACKNOWLEDGE, .object = mu_symbol_counted(MU_MESSAGE_N, e->arg[0]), .person = e->arg[1]});
}

/* The name is for whoever explores. */
static int pick(mu_standin *s, int draw, const char *name, int count)
{
    if (s->choose)
        return s->choose(s->chooser, name, count);
    drawn *d = &s->draws[draw];
    return (int)mu_draw_below(s->seed, d->purpose, d->count++, (uint32_t)count);
}

static const question *question_of(mu_standin *s, int card)
{
    question *q = &s->questions[card];
    if (q->answers)
        return q;
    const mu_card *c = &mu_run_msel(s->run)->cards[card];
    *q = (question){.name = keep(s, c->name), .fixed = keep(s, mu_fixed_answer(s->assumptions, c->name)), .count = c->answer_count,
                    .draw = draws_for(s, mu_purpose("answer", c->name))};
    q->answers = mu_alloc(s->arena, ((size_t)c->answer_count + 1) * sizeof *q->answers);
    for (int i = 0; i < c->answer_count; i++)
        q->answers[i] = (said){keep(s, c->answers[i].id), c->answers[i].id};
    return q;
}

static void saw_prompt(mu_standin *s, const mu_event *e)
{
    int card = mu_run_card(s->run, e->arg[1]);
    const question *q = card >= 0 ? question_of(s, card) : NULL;
    if (!q || q->count == 0)
        return;
    const char *name = s->choose ? mu_run_msel(s->run)->cards[card].name : NULL;
    int k = q->fixed ? 0 : pick(s, q->draw, name, q->count);
    if (k >= q->count) /* explored silence */
        return;
    intent what = {.deed = DO_ANSWER, .object = mu_symbol_counted(MU_PROMPT_N, e->arg[0]), .choice = q->fixed ? q->fixed : q->answers[k].answer,
                   .role = e->arg[2], .person = e->arg[3], .answer = q->fixed ? NULL : q->answers[k].id};
    if (s->choose)
        intend(s, e->t + 60000, &what);
    else
        intend_busy(s, HABIT_ANSWER, q->name, &what);
}

static int64_t outcome(mu_standin *s, int64_t task)
{
    const mu_node *decides = mu_run_task_outcomes(s->run, task);
    if (!decides || !decides->count)
        return 0;
    const char *step = mu_get_text(decides->parent, "id"), *fixed = mu_fixed_outcome(s->assumptions, step);
    if (fixed && mu_get(decides, fixed))
        return keep(s, fixed);
    const mu_node *n = decides->first;
    for (int k = pick(s, draws_for(s, mu_purpose("outcome", step)), step, decides->count) % decides->count; k > 0; k--)
        n = n->next;
    return keep(s, n->key);
}

static void saw_start(mu_standin *s, const mu_event *e)
{
    intent what = {.deed = DO_FINISH, .object = mu_symbol_counted(MU_TASK_N, e->arg[0]), .choice = outcome(s, e->arg[0]), .role = e->arg[2], .person = e->arg[3]};
    intend_busy(s, HABIT_WORK, e->arg[1], &what);
}

/* Work that was taken back is begun, or finished, again. */
static void saw_task_back(mu_standin *s, const mu_event *e)
{
    int64_t task = mu_symbol_counted(MU_TASK_N, e->arg[0]);
    if (strcmp(mu_symbol_text(s->symbols, e->arg[4]), "under way") == 0)
        saw_start(s, e);
    else
        intend_busy(s, HABIT_START, task, &(intent){.deed = DO_START, .object = task, .role = e->arg[2], .person = e->arg[3]});
}

/* Whoever declared keeps the informed informed and looks at the level again: at four fifths of each window. */
static void saw_update(mu_standin *s, const mu_event *e)
{
    const mu_node *severity = s->world->severity, *inform = severity ? mu_get(severity, "inform") : NULL;
    const char *clock = mu_journal_text(s->journal, e, "clock");
    bool again = strcmp(clock, "reassess") == 0, news = strcmp(clock, "update") == 0 && inform && inform->first;
    if ((!news && !again) || !s->declared_by)
        return;
    if (mu_run_played(s->run, person_of(s, s->declared_by)) || takes(s, s->declared_by, HABIT_ANSWER, keep(s, clock)) == SILENT)
        return;
    intent what = again ? (intent){.deed = DO_DECLARE, .role = s->declared_as} : (intent){.deed = DO_NOTIFY, .object = keep(s, inform->first->text)};
    what.person = s->declared_by;
    intend(s, e->t + e->arg[3] * 4 / 5, &what);
}

static bool all(void *self, const mu_due *due)
{
    (void)self;
    (void)due;
    return true;
}

/* What somebody is about to do moves with a jump, as what they have to do does. */
static void saw_jump(mu_standin *s, const mu_event *e)
{
    int64_t by = e->arg[1] - e->t;
    mu_queue_move(&s->queue, all, NULL, by);
    for (int i = 0; i < s->world->person_count; i++)
        s->busy[i] += s->busy[i] ? by : 0;
}

static bool stood_in_for(const mu_standin *s, int64_t name)
{
    int person = person_of(s, name);
    return person >= 0 && !mu_run_played(s->run, person);
}

/* Somebody who was at a screen is stood in for from now on: what is open for them is taken up as if it had come now. */
static void saw_seat(mu_standin *s, const mu_event *e)
{
    mu_run *r = s->run;
    if (!stood_in_for(s, e->arg[0]))
        return;
    for (int64_t m = 0; m < mu_run_messages(r); m++) {
        int64_t about = mu_run_message_about(r, m), task = mu_symbol_number(about, MU_TASK_N);
        bool asks = mu_symbol_number(about, MU_CONSULT_N) >= 0 || mu_symbol_number(about, MU_DECIDE_N) >= 0;
        bool waits = task >= 0 && mu_run_task_person(r, task) == e->arg[0] && strcmp(mu_run_task_state(r, task), "to be started") == 0;
        if (mu_run_message_person(r, m) != e->arg[0] || mu_run_message_delivered(r, m) < 0)
            continue;
        if (mu_run_message_open(r, m))
            saw_message(s, &(mu_event){.t = e->t, .arg = {m, e->arg[0], 0, about}});
        else if (waits || (asks && !mu_run_message_answered(r, m)))
            follow(s, e->arg[0], m, about);
    }
    for (int64_t p = 0; p < mu_run_prompts(r); p++)
        if (mu_run_prompt_person(r, p) == e->arg[0])
            saw_prompt(s, &(mu_event){.t = e->t, .arg = {p, mu_run_card_name(r, mu_run_prompt_card(r, p)), 0, e->arg[0]}});
    for (int64_t t = 0; t < mu_run_tasks(r); t++)
        if (mu_run_task_person(r, t) == e->arg[0] && strcmp(mu_run_task_state(r, t), "under way") == 0)
            saw_start(s, &(mu_event){.t = e->t, .arg = {t, mu_world_name(mu_run_world(r), mu_run_task_action(r, t), NULL), 0, e->arg[0]}});
}

static void saw_declared(mu_standin *s, const mu_event *e)
{
    s->declared_by = e->arg[1];
    s->declared_as = e->arg[2];
}

static void saw_severity_back(mu_standin *s, const mu_event *e)
{
    s->declared_by = e->arg[1] ? s->declared_by : 0;
}

/* What is followed; of some only where it is for somebody who is stood in for: the field that says who. */
static const struct { void (*saw)(mu_standin *s, const mu_event *e); int who; } followed[EV_KINDS] = {
    [EV_SEAT] = {saw_seat, -1},
    [EV_DECLARED] = {saw_declared, -1},
    [EV_SEVERITY_BACK] = {saw_severity_back, -1},
    [EV_CLOCK_START] = {saw_update, -1},
    [EV_JUMP] = {saw_jump, -1},
    [EV_NOTIFY_DELIVERED] = {saw_message, 1},
    [EV_PROMPT_OPEN] = {saw_prompt, 3},
    [EV_TASK_START] = {saw_start, 3},
    [EV_TASK_BACK] = {saw_task_back, 3},
};

static void saw(void *self, const mu_event *e)
{
    if (followed[e->kind].who < 0 || stood_in_for(self, e->arg[followed[e->kind].who]))
        followed[e->kind].saw(self, e);
}

/* ---- */

mu_standin *mu_standin_new(mu_run *run, mu_journal *journal, const mu_assumptions *assumptions, uint64_t seed)
{
    mu_arena *arena = mu_arena_new();
    mu_standin *s = mu_alloc(arena, sizeof *s);
    *s = (mu_standin){.run = run, .world = mu_run_world(run), .journal = journal, .symbols = mu_journal_symbols(journal), .assumptions = assumptions, .arena = arena,
                      .seed = seed, .at_once = mu_at_once(assumptions)};
    s->busy = mu_alloc(arena, ((size_t)mu_run_world(run)->person_count + 1) * sizeof *s->busy);
    s->questions = mu_alloc(arena, ((size_t)mu_run_msel(run)->card_count + 1) * sizeof *s->questions);
    s->seat = keep(s, "stand-in");
    for (int i = 0; i < DEEDS; i++)
        s->verbs[i] = keep(s, deeds[i]);
    for (int kind = 0; kind < EV_KINDS; kind++)
        s->follows[kind] = followed[kind].saw != NULL;
    mu_run_watch(run, (mu_watcher){saw, s, s->follows});
    return s;
}

void mu_standin_again(mu_standin *s, uint64_t seed)
{
    s->seed = seed;
    mu_queue_clear(&s->queue);
    s->count = s->free = 0;
    for (int i = 0; i < s->draw_count; i++)
        s->draws[i].count = 0;
    memset(s->busy, 0, (size_t)s->world->person_count * sizeof *s->busy);
    s->declared_by = 0;
}

void mu_standin_free(mu_standin *s)
{
    if (!s)
        return;
    mu_queue_free(&s->queue);
    free(s->intents);
    free(s->draws);
    free(s->manners);
    free(s->paces);
    mu_arena_free(s->arena);
}

void mu_standin_choose(mu_standin *s, mu_chooser choose, void *self)
{
    s->choose = choose;
    s->chooser = self;
}

int64_t mu_standin_next(const mu_standin *s)
{
    return mu_queue_soonest(&s->queue);
}

/* A counted thing is known by its symbol alone. */
static const char *text_of(const mu_standin *s, int64_t symbol)
{
    return symbol > 0 ? mu_symbol_text(s->symbols, symbol) : NULL;
}

/* The time to answer is over; what a card wished for has been done meanwhile; an audience has been told in another way; the declaration was taken back. */
static bool needless(const mu_standin *s, const intent *what)
{
    if (what->deed == DO_ANSWER)
        return !mu_run_prompt_open(s->run, mu_symbol_number(what->object, MU_PROMPT_N));
    const mu_node *action = what->deed == DO_START ? mu_world_node(s->world, what->object) : NULL;
    if (what->deed == DO_RELEASE)
        return !mu_run_message_awaits(s->run, what->message);
    return action ? !mu_run_expected(s->run, action) : what->deed == DO_DECLARE && !s->declared_by;
}

/* Whom the plan puts first is waited for, as long as more than a fifth of the time for one's own words is left. */
static bool not_its_turn(mu_standin *s, int64_t now, const intent *what)
{
    if (what->deed != DO_RELEASE || !mu_run_message_before(s->run, what->message))
        return false;
    int64_t came = mu_run_message_delivered(s->run, what->message), due = mu_run_message_due(s->run, what->message);
    return now + LOOKS_AGAIN <= came + (due - came) * 4 / 5;
}

/* Words that are ready go out when a channel of their audience stands again. */
static bool still_down(const mu_standin *s, const intent *what)
{
    const mu_node *via = what->again ? mu_get(mu_world_node(s->world, what->object), "via") : NULL;
    for (const mu_node *v = via && via->kind == MU_LIST ? via->first : via; v; v = via->kind == MU_LIST ? v->next : NULL)
        if (v->ref && mu_stands(s->world, v->ref, NULL))
            return false;
    return what->again;
}

/* Whoever has gone meanwhile does nothing; whoever is played by now is asked, not stood in for. */
static void act(mu_standin *s, int64_t now, const intent *what)
{
    int person = person_of(s, what->person);
    if (person < 0 || strcmp(mu_absence(s->world, person, now, true), "away") == 0 || mu_run_played(s->run, person))
        return;
    if (needless(s, what))
        return;
    if (not_its_turn(s, now, what) || still_down(s, what)) {
        intend(s, now + LOOKS_AGAIN, what);
        return;
    }
    int64_t object = what->deed == DO_DECLARE ? mu_run_level(s->run) : what->object; /* as it reads now */
    mu_act a = {.seat = "stand-in", .role = text_of(s, what->role), .person = text_of(s, what->person), .verb = deeds[what->deed], .object = text_of(s, object),
                .choice = what->answer ? what->answer : text_of(s, what->choice), .via = NULL, .text = NULL, .sure = 0, .id = NULL,
                .known = {s->seat, what->role, what->person, s->verbs[what->deed], object, what->choice, 0, 0}};
    int64_t message = mu_symbol_number(what->object, MU_MESSAGE_N);
    bool was_open = message >= 0 && mu_run_message_open(s->run, message);
    bool taken = !mu_run_post(s->run, now, &a);
    if (taken && was_open)
        follow(s, what->person, message, mu_run_message_about(s->run, message));
    if (taken && what->deed == DO_RELEASE && mu_run_message_awaits(s->run, what->message)) {
        intent again = *what;
        again.again = true;
        intend(s, now + LOOKS_AGAIN, &again);
    }
    if (taken && what->deed == DO_ANSWER)
        follow_card(s, what->person, what->role, mu_run_prompt_card(s->run, mu_symbol_number(what->object, MU_PROMPT_N)));
}

void mu_standin_act(mu_standin *s, int64_t now)
{
    while (mu_queue_any(&s->queue) && mu_queue_soonest(&s->queue) <= now && !mu_run_over(s->run)) {
        mu_due d = mu_queue_take(&s->queue);
        intent what = taken(s, d.a);
        act(s, d.t, &what);
    }
}
