/* inside.h - the inside of a stage, for the files of this room: who looks, what they see, what they do. */
#ifndef MU_SERVER_INSIDE_H
#define MU_SERVER_INSIDE_H

#include "participants/clock.h"
#include "participants/seen.h"
#include "server/may.h"
#include "server/push.h"
#include "server/stage.h"
#include "server/tag.h"

enum { MU_LINGERS = 1000 }; /* wall ms: so long every open page is told that it is closed */
enum { MU_LAPSE = 5000, MU_LAPSE_MOST = 3600000 }; /* wall ms: longer than a turn ever takes; longer than is made up for */

/* Somebody's open page, behind a WebSocket. */
typedef struct mu_viewer {
    mu_link *link;
    int seat, person; /* person: of the plan, or -1 */
    mu_route page;
    mu_version *has; /* what was sent last */
    struct mu_viewer *next;
} mu_viewer;

/* What a seat's page shows: it is written once in a turn, and coded once, for all tabs that have the same. */
typedef struct mu_shown {
    mu_version *is;  /* the newest; its tabs hold it */
    bool made;       /* in this turn */
    mu_version *was; /* what the push of this turn is made from */
    mu_buf push;
} mu_shown;

typedef struct mu_own mu_own;
typedef struct mu_tally mu_tally;

struct mu_stage {
    mu_run *run;
    mu_journal *journal;
    mu_symbols *symbols;
    mu_world *world;
    const mu_msel *msel;
    const mu_tree *plan;
    mu_terminal *seen;    /* what reached the people who are played */
    mu_own *own;          /* the same by person */
    mu_tally *tally;      /* what the record comes to, for those who see all */
    mu_seats *seats;
    mu_http *http;
    mu_stage_calls calls;
    mu_exercise_clock clock;
    int64_t rate, paused_at, looked; /* looked: steady time of the last turn */
    mu_stage_state state;
    bool tls, failed, full, closing;
    bool reading;         /* a whole page is being written, not a push: then it says what time it is */
    mu_viewer *viewers;
    mu_buf *said;         /* per seat: what came of what they did last */
    mu_shown *shown;      /* per seat, of a player */
    mu_pen *pen, *kept;   /* the pen is held while a page is written for a push; between them it is kept */
    mu_buf page;          /* what of it is written */
    int *acted;           /* per seat: how many acts of theirs were taken */
    bool *refused;        /* per seat: the last was not */
    int *pages;           /* per seat: how many pages of theirs are open */
    bool *live;           /* per seat: one of theirs was, since the program began */
    bool *asked;          /* per seat: something was asked in their name, since the program began; else they have only come in */
    int64_t *heard;       /* per seat: exercise time at which something came of them last; -1: not since the program began */
    int *sits;            /* per seat: which person, once somebody has asked */
    bool *touched;        /* per person: something of theirs has changed */
    bool everybody, anything; /* all of them; something was written */
    int64_t closed_at;    /* steady time */
    int64_t away;         /* wall ms of the last absence of the program; 0 none */
    bool standing;        /* it was so long that the facilitator decides */
    uint32_t about;       /* event of which a page that is being written asks for a note; 0 none */
    uint32_t failure;     /* event of the last story that failed and paused the drill */
    uint32_t stopped;     /* event by which something real has ended it; 0 none */
    int *holders;         /* of each role, at that moment; -1: nobody */
    int64_t holders_at;   /* -1: not known */
    int64_t words_of;     /* what these words say, as a page has them; 0 nothing */
    mu_buf words;
    int64_t line_of[5];   /* what this line is made of: when, from whom and by what something came, seen on what day */
    mu_buf line;
    int64_t day, day_at;  /* the day that it is at that moment; -1: not known */
    const char *players[MU_SEATS_MOST]; /* ids, as the run was begun */
    uint32_t held_from;   /* events from here on are of this run of the program */
};

/* A request while it is being answered. */
typedef struct mu_errand {
    mu_stage *stage;
    mu_link *link;
    const mu_request *request;
    const mu_route_row *row;
    const char *rest, *session;
    int seat;
    mu_kind_of_seat part;
    mu_form form;
    mu_reply *reply;
    mu_arena *arena;
} mu_errand;

/* ---- stage.c ---- */
int64_t mu_stage_now(const mu_stage *stage);
/* An act of a seat at this moment; NULL where it was taken, else why not. The clock follows what the act says of it. */
const char *mu_stage_post(mu_stage *stage, mu_act *act);
/* The number of the person who sits there, or -1. */
int mu_stage_person(const mu_stage *stage, int seat);
/* Whoever looks at something is shown it anew. */
void mu_stage_touch(mu_stage *stage);
/* Lets the time pass that has passed; a machine that slept is found here. */
void mu_stage_pass(mu_stage *stage);
/* True where something of what a person sees may have changed since mu_stage_woken; -1: somebody who sees all. */
bool mu_stage_wakes(const mu_stage *stage, int person);
void mu_stage_woken(mu_stage *stage);
/* Something has come of a seat: a page, a request, the end of a line. */
void mu_stage_hear(mu_stage *stage, int seat);
/* What came of what a seat did; `taken`: it was done. */
void mu_stage_say(mu_stage *stage, int seat, bool taken, const char *text);
/* They were heard of, and never by a page that stays open: they read without script. */
bool mu_stage_plain(const mu_stage *stage, int seat);
int64_t mu_stage_symbol(const mu_stage *stage, int person);
/* The number of the person who holds a role at this moment, or -1. */
int mu_stage_holder(mu_stage *stage, int role);

/* ---- own.c: what came to each person, in its order; a person is named by a symbol ---- */
mu_own *mu_own_new(int people);
void mu_own_free(mu_own *own);
int mu_own_count(const mu_stage *stage, int64_t person);
/* Where all of them stand among the items that were seen; until another comes. */
const int *mu_own_list(const mu_stage *stage, int64_t person, int *count);
/* From 0; NULL where there is none. */
mu_item *mu_own_item(const mu_stage *stage, int64_t person, long number);
int mu_own_number(const mu_stage *stage, const mu_item *item);

/* ---- tally.c: what the record comes to, kept as it grows ---- */
typedef struct mu_standing { /* of a card */
    const char *met;          /* outcome of the last expectation that was met, or NULL */
    int64_t took;             /* of it, -1 none */
    int missed;               /* expectations whose time is over, without those that were met late */
    bool unheard, silent, answered, in_time;
} mu_standing;
typedef struct mu_ask { uint32_t asked, told; } mu_ask; /* events: of what somebody asked, of what they were told then; told 0: not yet */
typedef struct mu_waits { int count; int64_t since; } mu_waits; /* open for somebody; exercise time of the oldest message, -1 none */
mu_tally *mu_tally_new(int cards, int people);
void mu_tally_free(mu_tally *tally);
void mu_tally_hear(const mu_stage *stage, const mu_event *event);
const mu_standing *mu_tally_card(const mu_stage *stage, int card);
/* Of every person, in the order of the plan. */
void mu_tally_open(const mu_stage *stage, mu_waits *of);
/* From 0, the oldest first. */
int mu_tally_asks(const mu_stage *stage);
const mu_ask *mu_tally_ask(const mu_stage *stage, int number);
/* How many of the last events there are to tell, `most` at the most, which is 64 at the most; then each, 0 the last. */
int mu_tally_told(const mu_stage *stage, int most);
uint32_t mu_tally_event(const mu_stage *stage, int back, const char **words);
/* By which mu_event_words says what events say; the words live in the arena. A drill has begun. */
const struct mu_report *mu_tally_words(const mu_stage *stage, mu_arena *arena);
/* An act, told by what followed from it: that is what is read of it elsewhere. */
const char *mu_tally_act(const mu_stage *stage, const struct mu_report *words, uint32_t event);
/* Events, the oldest first: what evaluators saw (observations and gaps), and every rating that was given. */
const uint32_t *mu_tally_notes(const mu_stage *stage, int *count);
const uint32_t *mu_tally_ratings(const mu_stage *stage, int *count);
/* The evaluation guide as the record stands: judged once for all who look at it, and again when what it is judged by has changed. */
const struct mu_aar *mu_tally_guide(const mu_stage *stage);
/* Another number once something has happened by which the evaluation guide may be another. */
int64_t mu_tally_judged(const mu_stage *stage);
/* The player's seat of a person, or -1. */
int mu_tally_seat(const mu_stage *stage, int person);

/* ---- answer.c ---- */
void mu_answer(void *stage, mu_link *link, const mu_request *request, mu_reply *reply);
bool mu_answer_joins(void *stage, mu_link *link, const mu_request *request);
void mu_answer_said(void *stage, mu_link *link, const char *text, size_t len);
bool mu_answer_next(void *stage, mu_link *link, mu_buf *text);
/* Adds to `text` what is new of a seat's page to whoever has *has of it, which becomes what they have; false where nothing is. */
bool mu_answer_news(mu_stage *stage, mu_route page, int seat, mu_version **has, mu_buf *text);
/* A turn is over: what was shown in it may have changed. */
void mu_answer_turned(mu_stage *stage);
void mu_answer_forget(mu_stage *stage);
void mu_answer_gone(void *stage, mu_link *link);
void mu_see_other(mu_errand *errand, const char *path);
void mu_page_refused(mu_errand *errand, int status, const char *why);
/* The page that a part has, at this moment. */
const char *mu_own_page(const mu_errand *errand);
/* The cookie's name and what goes with it. */
void mu_cookie(const mu_stage *stage, const char *token, mu_arena *arena, mu_reply *reply);
const char *mu_cookie_name(const mu_stage *stage);

/* ---- page.c ---- */
/* A whole page around what is alive of it. */
void mu_page(mu_errand *errand, const char *title, mu_route page);
void mu_page_plain(mu_errand *errand, const char *title, const mu_buf *body);
/* What is alive of a page; `looker` is the seat that looks. */
void mu_page_live(mu_stage *stage, mu_route page, int looker, mu_buf *out);
/* "18:20", and in the browser the minutes that are left until then. */
void mu_page_until(const mu_stage *stage, int64_t until, mu_buf *out);
void mu_page_time(const mu_stage *stage, int64_t t, mu_buf *out);
/* The bar with the clock: running or standing, which nothing else looks like; of whoever leads, with what stops and starts it.
 * Under it the ways to the other pages that this seat has now. `looker` -1: somebody looks over the shoulder. */
void mu_page_bar(const mu_stage *stage, mu_route page, int looker, const char *who, mu_buf *out);
/* What came of what this seat did last; nothing where it did nothing. */
void mu_page_said(const mu_stage *stage, int looker, mu_buf *out);
/* That something real has ended the exercise; nothing where that is not so. */
void mu_page_stopped(const mu_stage *stage, mu_buf *out);
/* Hidden fields of a form: what it is about, and the request's own id. */
void mu_page_hidden(const mu_stage *stage, int seat, const char *key, mu_buf *out);
const char *mu_page_name(const mu_stage *stage, int64_t symbol);
/* The same of "role:ciso", "team:all", "action:triage" as the scenario writes them. */
const char *mu_page_called(const mu_stage *stage, const char *name);
/* Who a seat is, as the record says it behind "by": a person by name, anybody else by function and name. */
const char *mu_page_speaker(const mu_stage *stage, int seat, mu_arena *arena);

/* ---- moves.c: what a player may do ---- */
/* The form of a move; `object` where it is known already. */
void mu_moves_menu(mu_stage *stage, int seat, mu_buf *out);
void mu_moves_do(mu_errand *errand);
/* An id of the caller's own for an act: the same request twice is the same act. */
const char *mu_moves_id(const mu_errand *errand);

/* ---- choices.c: lists to choose from ---- */
typedef enum mu_choices { CHOOSE_NOTHING, CHOOSE_WHOM, CHOOSE_CHANNEL, CHOOSE_ACTION, CHOOSE_PERSON, CHOOSE_SEVERITY, CHOOSE_LADDER, CHOOSE_AUDIENCE,
                          CHOOSE_OWN_ROLE, CHOOSE_CARD, CHOOSE_THING, CHOOSE_PROMPT, CHOOSE_TEXT, CHOOSE_LINE, CHOOSE_LENGTH, CHOOSE_PAGE, CHOOSE_OBJECTIVE,
                          CHOOSE_ACT, CHOOSE_OWNER, CHOOSE_GAP, CHOOSE_SUBJECT, CHOOSE_SURE } mu_choices;
void mu_choices_write(mu_stage *stage, mu_choices choices, int person, mu_buf *out);

/* ---- the pages ---- */
void mu_player_live(mu_stage *stage, int person, int seat, mu_buf *out); /* seat -1: somebody looks over the shoulder */
void mu_player_still(mu_stage *stage, int seat, mu_buf *out);
/* The engine counts what it sends; a player counts what came to them, so that no number tells of others. "item:3" as "message:12"; NULL
 * where it is none of theirs. Other names stay. */
const char *mu_player_object(mu_stage *stage, int person, const char *object);
void mu_player_opened(mu_stage *stage, int person);
void mu_lobby_player(mu_stage *stage, int seat, mu_buf *out);
void mu_lobby_lead(mu_stage *stage, int seat, mu_buf *out);
/* Who leads, evaluates and observes, and links for more of them. */
void mu_lobby_staff(mu_stage *stage, int own, mu_buf *out);
/* Who would be asked and reached by nothing, as a list; false where there is nobody of that kind. */
bool mu_lobby_reaches_nobody(mu_stage *stage, mu_buf *out);
/* "Inês Costa is off hours; nobody stands in": why nobody of a role's line is there at a moment. */
void mu_lobby_missing(const mu_stage *stage, int role, int64_t t, mu_buf *out);
void mu_lead_live(mu_stage *stage, int seat, mu_buf *out);
void mu_lead_people(mu_stage *stage, int seat, mu_buf *out);
void mu_lead_moves(mu_stage *stage, int seat, mu_buf *out);
void mu_cards(mu_stage *stage, int seat, mu_buf *out);
/* The last events in words; `noted`: the number of each leads to a note about it. */
void mu_lead_stream(mu_stage *stage, int most, bool noted, mu_buf *out);
/* An act of the facilitator out of a form; its texts live in the arena. NULL with *why. */
mu_act *mu_lead_act(mu_errand *errand, const char *verb, const char **why);
void mu_lead_show(mu_errand *errand);
void mu_lead_do(mu_errand *errand);
/* What an act would change, in lines. */
void mu_foresee(mu_stage *stage, const mu_act *act, mu_buf *out);
void mu_rate_live(mu_stage *stage, int seat, mu_buf *out);
void mu_rate_do(mu_errand *errand);
void mu_watch_live(mu_stage *stage, int seat, mu_buf *out);
void mu_wash_live(mu_stage *stage, int seat, mu_buf *out);
void mu_wash_do(mu_errand *errand);
void mu_improve_page(mu_errand *errand);
void mu_improve_do(mu_errand *errand);
void mu_join_page(mu_errand *errand, const char *why);
/* Why somebody who was in is not any more; NULL of a stranger. */
const char *mu_join_lost(const mu_errand *errand);
void mu_join_enter(mu_errand *errand);
void mu_join_invite(mu_errand *errand);
void mu_join_revoke(mu_errand *errand);

/* ---- qr.c ---- */
/* A text as a QR code in SVG; nothing where it is too long. */
void mu_qr(const char *text, mu_buf *svg);

#endif
