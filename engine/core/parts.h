/* parts.h - the inside of a run, for the files of this room. Lists grow and are never reordered: an index is an id. */
#ifndef MU_CORE_PARTS_H
#define MU_CORE_PARTS_H

#include <assert.h>
#include <string.h>

#include "core/queue.h"
#include "core/run.h"

typedef enum mu_timer {
    T_CARD, T_STORY, T_TRY, T_PROMPT, T_EXPECT, T_CLOCK, T_CONSULT, T_APPROVAL, T_BLOCKED, T_ENGAGED, T_FACT, T_TURN, T_UPDATE, T_REMIND, T_TELL, T_TAKE_OVER, T_SHIFT, T_ADVICE, T_REPORT, T_REASSESS, T_COVER, T_DOUBT, T_LEAVE, T_END
} mu_timer;

#define MU_LIST_OF(type) struct { type *list; int count, room; }

/* What a message is for; `a` and `b` say which. */
typedef enum mu_purpose_of {
    FOR_CARD, FOR_PROMPT, FOR_LADDER, FOR_QUORUM, FOR_TASK, FOR_CONSULT, FOR_DECISION, FOR_INFORM, FOR_AUDIENCE, FOR_HANDOVER, FOR_NOTICE
} mu_purpose_of;

typedef struct mu_message {
    int64_t delivered, acked; /* moments, -1 not */
    int64_t opened;           /* when it was first seen, -1 nobody said so */
    int64_t about, to;        /* symbols */
    int person;               /* -1: an external */
    mu_purpose_of purpose;
    int a, b;
    int intake;               /* the clock of its being taken in, + 1 */
    bool answered, agreed;    /* advice was given, a decision was made; it was yes */
    uint32_t event;           /* of its delivery */
    uint32_t acked_by, ack_event; /* the act by which it was acknowledged, 0 none; what was written of it */
} mu_message;

typedef struct mu_prompt {
    int card, story, role, person, message, since; /* since: the number of the first message that may be its own */
    int64_t opened, until;
    bool open, late;
} mu_prompt;

typedef enum mu_task_state { TASK_ASSIGNED, TASK_WAITING, TASK_DECIDING, TASK_READY, TASK_STARTED, TASK_BLOCKED, TASK_DONE } mu_task_state;

typedef struct mu_task {
    const mu_node *action;
    int step;                 /* of the playbook, or -1 */
    int role, person, message;
    mu_task_state state;
    int64_t assigned, started, asked;
    bool consulted, decided, requested, engaged, engaging, wants_start;
    bool consented;           /* of the insurer, before the outside party was called */
    int waiting_for;          /* consultations without an answer */
    int64_t choice;           /* symbol */
    int blocked_because;      /* a code of task.c, so that the same block is told once */
    bool again;               /* it was given to somebody who did not answer */
    int64_t look_at;          /* blocked: when it is looked at again; what was set before that does nothing */
    uint32_t begun_by, began; /* the act by which it was begun, 0 none; the event of the work's beginning */
    uint32_t done_by, done;
} mu_task;

typedef struct mu_step {
    const mu_node *node;
    enum { STEP_CLOSED, STEP_OPEN, STEP_DONE, STEP_SKIPPED } state;
    bool branch, chosen;      /* a target of some decision; taken */
    int64_t opened;
    uint32_t by, event;       /* the act by which it was done or passed over, 0 none; the event of that */
    uint32_t chosen_by;
} mu_step;

typedef struct mu_climb {
    const mu_node *ladder;
    const mu_node *rung;
    int step, try, again;
    int64_t started, due;     /* due: of this try */
    uint32_t answer;          /* the event of it */
    int answered;             /* the message that was acknowledged */
    int64_t level;            /* that called by it, 0: none did */
    uint32_t event;           /* of its begin */
    bool on;
} mu_climb;

typedef struct mu_clock {
    int64_t name, subject, started, due; /* due MU_NEVER: no number */
    const mu_node *node;      /* severity, obligation, audience */
    uint32_t event;
    uint32_t by, met_by, met; /* acts in which it was started and met, 0 none; the event of the latter */
    uint32_t paused_by, paused; /* the same of its standing */
    uint32_t dropped_by, dropped; /* the act by which another took its place, 0 none; the event of that, or 0 */
    bool late;                /* it was met after it had been missed */
    enum { CLOCK_RUNS, CLOCK_MET, CLOCK_MISSED, CLOCK_PAUSED, CLOCK_DROPPED } state;
} mu_clock;

typedef struct mu_expect {
    int card;
    const mu_node *action;    /* or NULL: then `act` */
    const char *act;
    int64_t from, until;
    bool met, missed, prompted;
    uint32_t by_act;          /* the act that met it */
} mu_expect;

typedef struct mu_told {     /* an audience */
    const mu_node *node;
    int number;               /* of messages released */
    int clock;                /* running, or -1 */
    int message;              /* that asks the owner, or -1 */
    bool drafted;
} mu_told;

typedef struct mu_fact {
    int64_t name;
    int64_t since;
    int count;
} mu_fact;

typedef struct mu_legal {
    int64_t name;
    uint32_t by;              /* the act in which it happened first, 0 none */
} mu_legal;

typedef struct mu_declaration {
    const mu_node *from, *to; /* NULL: nothing was declared before; the same: it was confirmed */
    const mu_node *called;    /* the level in call before it */
    uint32_t act, event;
} mu_declaration;

typedef struct mu_story {
    enum { STORY_READY, STORY_WAITS, STORY_ASKS, STORY_AWAITS, STORY_OVER } state;
    int64_t until;
    int card;                 /* awaited, or of the prompt */
} mu_story;

typedef struct mu_card_state {
    enum { CARD_LAID, CARD_HELD, CARD_PLAYED, CARD_GONE } state;
    int64_t played, moved;    /* moved: its new time, 0 for none */
    bool heard;               /* somebody acknowledged it */
    bool reached;             /* it was delivered to somebody */
    bool awaited;             /* some story has waited for it */
} mu_card_state;

typedef struct mu_laid { /* of a card, what never changes: read for every question */
    int64_t name, to, whom;   /* symbols: "card:q1"; the first whom it names as it is written, and as it is written everywhere */
    const char *by;           /* the first whom it names */
    const mu_node *to_node, *via;
    int64_t within;
    int64_t decides;          /* what a decision decides on, a symbol; 0 of other cards */
    int role;                 /* whom it is for, or -1 */
    bool changes;             /* the world */
    bool plain;               /* it comes up whatever happens: not held, and stands for nothing else */
} mu_laid;

/* Symbols of what the first event says and every run of the scenario has in common. */
typedef struct mu_common {
    int64_t plan, scenario, title, kind, zone, starts, starts_local; /* starts: of the moment that starts_local is */
} mu_common;

struct mu_run {
    mu_arena *arena;
    const mu_tree *plan;
    const mu_node *root;
    const mu_msel *msel;
    mu_teller teller;
    mu_journal *journal;
    mu_symbols *symbols;
    struct { const char *text; int64_t symbol; } literals[256];
    mu_laid *laid;            /* by card */
    int64_t *story_names;
    mu_common common;
    int *card_of;             /* by the symbol of its name: the number of a card + 1 */
    int64_t card_symbols;     /* how many symbols that covers */
    MU_LIST_OF(mu_event) criteria; /* the events that say what it is judged by */
    const struct mu_move *moves; /* by the symbol of a verb */
    int64_t move_symbols;
    mu_world *world;
    mu_watcher watchers[4];
    uint8_t watched[EV_KINDS]; /* of each kind: a bit for each watcher that it is shown to */
    int watcher_count;
    const mu_node *playbook;
    struct mu_calendar *calendar; /* working days of the organisation */
    int step_count, told_count;
    /* from here on a run's own: clear() makes it as new */
    mu_run_options options;
    mu_queue queue;
    int64_t now, wall;
    bool started, over, paused, telling; /* telling: one word counts in two places, once each */
    uint32_t acting;          /* the act that is being done, 0 none */
    MU_LIST_OF(mu_message) messages;
    MU_LIST_OF(mu_prompt) prompts;
    MU_LIST_OF(mu_task) tasks;
    MU_LIST_OF(mu_climb) climbs;
    MU_LIST_OF(mu_clock) clocks;
    MU_LIST_OF(mu_expect) expects;
    MU_LIST_OF(mu_fact) facts;
    MU_LIST_OF(mu_declaration) declarations; /* that stand */
    MU_LIST_OF(uint8_t) ids;  /* by the symbol of an act's id: it was taken */
    MU_LIST_OF(mu_legal) legal; /* what happened that may start a clock of the law */
    mu_step *steps;
    mu_told *told;
    mu_story *stories;
    mu_card_state *cards;
    const mu_node *indicated, *declared; /* severities */
    const mu_node *called;    /* whose ladder and clocks run: what is indicated, or declared where that is worse */
    int64_t indicated_at, declared_at, detected_at;
    int64_t called_at;        /* when its call began */
    int declared_by;          /* person */
    uint8_t *present;         /* per role: acknowledged the call to assemble */
    bool assembled, quorum;
    uint32_t quorum_event;
    int64_t last_update;
    uint64_t drawn;           /* chances so far */
    bool played;              /* somebody is asked, not stood in for */
};

void mu_list_grow(void **list, int *room, size_t size);
/* A slot at the end of a list, zeroed. */
static inline void *mu_list_more(void **list, int *count, int *room, size_t size)
{
    if (*count == *room)
        mu_list_grow(list, room, size);
    return memset((char *)*list + (size_t)(*count)++ * size, 0, size);
}
#define MU_MORE(l) (mu_list_more((void **)&(l).list, &(l).count, &(l).room, sizeof *(l).list))

/* ---- run.c ---- */
/* Writes what happens now, with the first of its fields, the others are 0; the event's number. */
#define EMIT(r, what, ...) mu_emit(r, (what), (const int64_t[]){__VA_ARGS__}, (int)(sizeof(const int64_t[]){__VA_ARGS__} / sizeof(int64_t)))
/* The caller writes so many of the fields. */
mu_event *mu_emit_begin(mu_run *r, mu_kind_of_event kind, int given);
uint32_t mu_emit_end(mu_run *r, mu_event *e);
#define MU_FIELD(i) e->arg[n > (i) ? (i) : 0] = f[n > (i) ? (i) : 0]
static inline uint32_t mu_emit(mu_run *r, mu_kind_of_event kind, const int64_t *f, int n) /* in line: each field goes from where it is to where it stays */
{
    static_assert(MU_FIELDS == 11, "each field is named here");
    mu_event *e = mu_emit_begin(r, kind, n);
    MU_FIELD(10), MU_FIELD(9), MU_FIELD(8), MU_FIELD(7), MU_FIELD(6), MU_FIELD(5), MU_FIELD(4), MU_FIELD(3), MU_FIELD(2), MU_FIELD(1), MU_FIELD(0);
    return mu_emit_end(r, e);
}
int64_t mu_sym(mu_run *r, const char *text);
/* The same for a literal: looked up once a run, by its address. */
int64_t mu_lit(mu_run *r, const char *literal);
#define LIT(r, text) mu_lit(r, "" text)
int64_t mu_symf(mu_run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline int64_t mu_name_of(mu_run *r, const mu_node *node)
{
    return node ? mu_world_name(r->world, node, NULL) : 0;
}
void mu_at(mu_run *r, int64_t t, mu_timer timer, int a, int b);
const mu_node *mu_severity_now(const mu_run *r);
/* Moves the clock on: what people have to do moves with it; cards of the time between are held; stories go on at its end. */
void mu_jump(mu_run *r, int64_t to);
/* A duration of the plan that may depend on the severity or on the hours; -1 where there is none. */
int64_t mu_length(const mu_run *r, const mu_node *n);

#define EACH(child, node) for (const mu_node *child = (node) && (node)->kind != MU_SCALAR ? (node)->first : NULL; child; child = child->next)
/* A single value or a list. */
#define EACH_OF(item, node) \
    for (const mu_node *item = mu_first_of(node); item; item = (node) && (node)->kind == MU_LIST ? item->next : NULL)
const mu_node *mu_first_of(const mu_node *n);

/* ---- act.c ---- */
enum { ACT_SEAT, ACT_ROLE, ACT_PERSON, ACT_VERB, ACT_OBJECT, ACT_CHOICE, ACT_VIA, ACT_TEXT, ACT_TEXTS }; /* of mu_act, in their order */
static inline int64_t mu_act_symbol(mu_run *r, const mu_act *a, int which)
{
    const char *const texts[ACT_TEXTS] = {a->seat, a->role, a->person, a->verb, a->object, a->choice, a->via, a->text};
    return a->known[which] ? a->known[which] : texts[which] ? mu_sym(r, texts[which]) : 0;
}
/* What each verb does, by its symbol: once, before the first act. */
void mu_moves_number(mu_run *r);

/* ---- message.c ---- */
typedef struct mu_letter {
    int64_t to;             /* symbol of whom the plan or the card names */
    const mu_node *who;     /* person or external */
    const mu_node *via;     /* channels of a step or an audience (a name or a list), or NULL */
    const mu_node *channel; /* of a card, or NULL */
    int64_t about;
    mu_purpose_of purpose;
    int a, b;
} mu_letter;
/* Sends over the first way that stands: those named, then the person's own, then the backup. The message's number, or -1. */
int mu_send(mu_run *r, const mu_letter *letter);
/* Whether some way of theirs stands; nothing is sent. */
bool mu_can_reach(const mu_run *r, const mu_node *who);
/* To whoever holds a role now; -1 and role.unfilled where nobody does. */
int mu_send_to_role(mu_run *r, int role, mu_letter letter, int64_t needed_for);
/* Resolves, and writes role.filled or role.unfilled. */
int mu_hold(mu_run *r, int role, int64_t needed_for);
void mu_acknowledge(mu_run *r, int message);
/* As if it had not been: what ran out meanwhile runs out now. */
void mu_acknowledge_back(mu_run *r, int message);
/* How long a message waited before it was seen: the queue at a person, or at a keyboard that is passed round. */
int64_t mu_unseen(const mu_message *message);
/* Everybody in a list of references, for their information. */
void mu_inform(mu_run *r, const mu_node *refs, int64_t about);

/* ---- intake.c ---- */
/* A report has come in where the plan says how: its time to be taken in begins. The number of its clock, or -1. */
int mu_intake(mu_run *r, const mu_card *card, int person, int64_t via);

/* ---- inject.c, story.c ---- */
void mu_play_card(mu_run *r, int card, int64_t by);
void mu_card_due(mu_run *r, int card);
void mu_prompt_due(mu_run *r, int prompt);
void mu_prompt_answer(mu_run *r, int prompt, int person, const mu_act *act);
void mu_ask(mu_run *r, int card, int story);
void mu_story_go(mu_run *r, int story, const mu_outcome *in);
void mu_story_due(mu_run *r, int story);
void mu_stories_start(mu_run *r);
void mu_card_was_played(mu_run *r, int card);
/* By a story: what was cancelled is passed over, what is held stays held. */
void mu_card_deliver(mu_run *r, int card, int64_t by);
/* False where the card is off the list, held, or not needed: then *silence says whether the story learns that now. */
bool mu_card_may_ask(mu_run *r, int card, bool *silence);
void mu_card_release(mu_run *r, int card, int64_t by);
void mu_card_was_cancelled(mu_run *r, int card);

/* ---- facts.c ---- */
void mu_set_fact(mu_run *r, const char *fact, int64_t by);
bool mu_test(const mu_run *r, const mu_node *test);
void mu_set_down(mu_run *r, const mu_node *thing, bool down, int64_t by);
void mu_set_away(mu_run *r, const mu_node *person, bool away, int64_t by);
/* A leave of the plan begins or ends. */
void mu_leave_due(mu_run *r, int person);
void mu_judge_severity(mu_run *r);
void mu_doubt_due(mu_run *r);

/* ---- severity.c, ladder.c ---- */
void mu_indicate(mu_run *r, const mu_node *severity, int64_t because);
void mu_declare(mu_run *r, const mu_node *severity, int person, int role, const char *reason, bool authority_ok);
void mu_present_on_bridge(mu_run *r, int person);
/* They are not there after all, where nothing else that they acknowledged says so. */
void mu_absent_from_bridge(mu_run *r, int person);
/* True where the act declared what stands: it does not any more. */
bool mu_declare_back(mu_run *r, uint32_t act);
/* Who was not there, or could not be reached, when the team was called, and is now. */
void mu_call_again(mu_run *r);
void mu_contain_check(mu_run *r);
/* An incident is declared, and as grave as it is now. */
bool mu_declaration_stands(const mu_run *r);
void mu_climb_start(mu_run *r, const mu_node *ladder, int64_t because, int64_t level);
/* Calls on the way that a level has begun since an event end: what began them is taken back. */
void mu_climbs_stop(mu_run *r, int64_t level, uint32_t since);
/* True while it calls on by itself. */
bool mu_climbs_on(const mu_run *r, const mu_node *ladder);
void mu_climb_due(mu_run *r, int climb, int step_and_try);
void mu_climb_answered(mu_run *r, int climb, int person, int message);
void mu_climb_unanswered(mu_run *r, int message);
void mu_update_due(mu_run *r, int clock);
void mu_reassess_due(mu_run *r, int clock);
void mu_cover_begins(mu_run *r, int rank);

/* ---- clock.c ---- */
int mu_clock_start(mu_run *r, const char *name, const mu_node *node, int64_t starts_with, int64_t due);
void mu_clock_met(mu_run *r, int clock);
void mu_clock_met_of(mu_run *r, const char *name, const mu_node *node);
void mu_clock_due(mu_run *r, int clock);
/* The law's clocks do not move with a jump. */
bool mu_clock_is_legal(const mu_run *r, int clock);
/* Those that run of a level do so no more, of that name or, where it is NULL, of any; they do again where the act is taken back. */
void mu_clock_drop_of(mu_run *r, const char *name, const mu_node *node);
/* True where the end of one, met or not, is still to come: the next begins with it. */
bool mu_clock_ahead(mu_run *r, const char *name, const mu_node *node);
void mu_clocks_end(mu_run *r);
/* What an act started is void, what it met or paused runs again. */
void mu_clocks_back(mu_run *r, uint32_t act);
void mu_clock_again(mu_run *r, int clock);

/* ---- task.c, raci.c, playbook.c ---- */
int mu_task_open(mu_run *r, const mu_node *action, int step, int64_t because);
/* A blocked task is looked at again so many milliseconds from now, and not before. */
void mu_task_look_again(mu_run *r, int task, int64_t after);
const char *mu_task_begin(mu_run *r, int task, int person);
const char *mu_task_finish(mu_run *r, int task, int person, const char *choice);
void mu_task_go_on(mu_run *r, int task);
const char *mu_task_may_begin(const mu_run *r, int task, int person);
const char *mu_task_may_finish(const mu_run *r, int task, int person, const char *choice);
/* The message by which a person was asked for advice that they have not given; -1 where none. */
int mu_consult_asked(const mu_run *r, int task, int person);
void mu_task_consulted(mu_run *r, int task, int role, int person);
void mu_task_consult_due(mu_run *r, int task);
void mu_advice_due(mu_run *r, int message);
/* Somebody asks for the decision before the task comes to it. */
const char *mu_raci_may_request(const mu_run *r, int task);
void mu_raci_request(mu_run *r, int task);
/* Who decides is somebody else by now: they are asked. */
void mu_decision_passes(mu_run *r, int role, int message);
const char *mu_task_may_decide(const mu_run *r, int task);
void mu_task_decide(mu_run *r, int task, int person, int role, const mu_act *act);
void mu_task_approval_due(mu_run *r, int task);
void mu_task_blocked_due(mu_run *r, int task);
/* What an act began is to be begun again, as it was asked; what it finished is under way again, and its step open. True where there was any. */
bool mu_task_begin_back(mu_run *r, uint32_t act);
bool mu_task_finish_back(mu_run *r, uint32_t act);
/* What it is for has been done in another way: it is done. */
void mu_task_served(mu_run *r, int task, int person);
/* What somebody who has gone had in hand is given to whoever does it now. */
void mu_tasks_pass(mu_run *r, int person);
void mu_task_remind_due(mu_run *r, int task);
void mu_task_waits_again(mu_run *r, int task);
void mu_task_engaged(mu_run *r, int task);
void mu_world_changed(mu_run *r);
void mu_tasks_end(mu_run *r);
bool mu_action_done(const mu_run *r, const mu_node *action);
int mu_task_of(const mu_run *r, const mu_node *action); /* the latest open one, or -1 */
void mu_playbook_start(mu_run *r);
/* The steps of an action that an act had done are open again; what was passed over for it may still come. What has opened stays open. */
void mu_playbook_back(mu_run *r, const mu_node *action, uint32_t act);
void mu_playbook_acted(mu_run *r, const mu_task *task, int person, uint32_t event);
/* True where the stage is passed; otherwise it waits, or the task is blocked. */
bool mu_raci_consult(mu_run *r, int task);
bool mu_raci_decide(mu_run *r, int task);
bool mu_raci_engage(mu_run *r, int task);
void mu_step_done(mu_run *r, int step, int64_t choice);
bool mu_has_authority(const mu_run *r, int role, const char *authority);
/* The same of whoever acts in a role; of a person whom the plan names without one (-1), by a role that they hold. */
bool mu_may_by(const mu_run *r, int role, int person, const char *authority);
const mu_node *mu_cell(const mu_node *action, const char *letter); /* or "R/A" */
const mu_node *mu_outside(const mu_run *r, const mu_node *action); /* whoever does it outside the house, or NULL */
int mu_role_for(const mu_run *r, const mu_node *cell, int person); /* the role of a cell that the person holds now, or -1 */

/* ---- duty.c, audience.c ---- */
void mu_legal_event(mu_run *r, const char *event, int64_t by);
void mu_duties_done(mu_run *r, const mu_node *action, int person);
void mu_duties_decided(mu_run *r, const mu_node *action, const char *choice);
void mu_legal_event_back(mu_run *r, const char *event);
/* What an act brought about has not happened. */
void mu_legal_events_back(mu_run *r, uint32_t act);
void mu_duties_look_again(mu_run *r); /* a fact may have made something reportable */
void mu_report_due(mu_run *r, int clock);
bool mu_duty_proposed(const mu_node *obligation); /* its rule is no law yet */
void mu_audiences_start(mu_run *r);
void mu_audience_release(mu_run *r, const mu_node *audience, int person, const mu_node *via, bool draft);
/* Number -1 - n: the owner could not be asked for message n. */
void mu_audience_due(mu_run *r, int told, int number);
void mu_audience_clock_void(mu_run *r, int clock);
/* The notice of a duty has gone to whom an audience means: that audience has been told. */
void mu_audience_told(mu_run *r, const mu_node *obligation, int person);
/* An audience has been told in the words of a notice that runs: that notice has gone. */
void mu_duties_told(mu_run *r, const mu_node *audience, int person);
/* One telling serves both: the same party, in the same words. */
bool mu_told_as_one(const mu_run *r, const mu_node *obligation, const mu_node *audience);
void mu_lookup(mu_run *r, int person, const char *what);

/* ---- undo.c ---- */
bool mu_taken_back(const mu_run *r, uint32_t act);
/* Puts back what an act did, where that can be. */
void mu_undo(mu_run *r, uint32_t act, int64_t by);

/* ---- shift.c ---- */
/* A role passes to somebody, whatever the line says. */
void mu_role_pass(mu_run *r, int role, int to, const char *way);
void mu_hand_over(mu_run *r, int role, int from, int to);
void mu_handover_acknowledged(mu_run *r, int role, int from, int to);
/* A peer takes the role of somebody who does not answer; false where there is none. */
bool mu_take_over(mu_run *r, int role, int person);
void mu_take_over_due(mu_run *r, int role, int message);
void mu_shift_begins(mu_run *r, int role);
void mu_shift_due(mu_run *r, int role, bool said);

/* ---- expect.c ---- */
void mu_expect_open(mu_run *r, int card);
void mu_expect_happened(mu_run *r, const mu_node *action, const char *act, int person, int role, uint32_t event);
/* A card reached somebody: to acknowledge another one is not what it expects. */
void mu_expect_acknowledged(mu_run *r, int card, int person, uint32_t event);
void mu_expect_due(mu_run *r, int expect);
/* What an act met is not met any more: it was taken back. */
void mu_expect_unmet(mu_run *r, uint32_t act);
void mu_expects_end(mu_run *r);

#endif
