/* seen.h - the inside of the terminal: what reached the people who are played, in order. */
#ifndef MU_PARTICIPANTS_SEEN_H
#define MU_PARTICIPANTS_SEEN_H

#include "participants/terminal.h"

typedef enum mu_item_kind { ITEM_MESSAGE, ITEM_QUESTION } mu_item_kind;

typedef struct mu_item {
    mu_item_kind kind;
    int64_t number;     /* of the message, of the prompt */
    int64_t person, about, via, role; /* symbols */
    int64_t t, until;   /* until: of a question, -1 none */
    bool shown, opened, done; /* opened: written down as such */
    bool given, warned;       /* the advice or the decision was given; little time was said to be left */
    bool began;               /* of a task: what it waited for is there, and that was not said */
} mu_item;

typedef enum mu_asking { ASK_NOTHING, ASK_HAND_OVER, ASK_CLEAR, ASK_WHY, ASK_SURE } mu_asking;

struct mu_terminal {
    mu_run *run;
    mu_journal *journal;
    mu_symbols *symbols;
    mu_look look;
    mu_item *items;
    int count, room;
    int64_t player;     /* symbol of whoever has the keyboard, 0 nobody yet */
    mu_asking asking, asked_before; /* the latter: while a list for the facilitator's eyes is on the screen */
    size_t unsaid;      /* record of the first story that has failed and was not said, 0 none */
    mu_move half;       /* an answer whose reason is being asked for */
    int64_t warned_to_declare; /* the moment of which it was said that little time is left until then, -1 none */
    int64_t ladder_within; /* of the step whose calls are going out, -1 none */
    bool held;             /* cards wait for the facilitator, and that was not said yet */
    int late;              /* questions of the player whose time is over: not said yet */
    enum { KEEP, TO_NEWS, TO_ANYBODY } pass; /* whether the keyboard may leave somebody who has something open */
    bool wanted;           /* that somebody else is to have it was said */
    int64_t status_at;     /* the moment that was shown last */
    bool stands;           /* the clock, when it was shown last */
    int width;             /* columns */
    char texts[8][600]; /* of the move, until the next line */
    int text_count;
    int64_t as;         /* symbol of whoever signs what is written down; 0: the facilitator */
};

const char *mu_term_text(const mu_terminal *t, int64_t symbol);
bool mu_term_played(const mu_terminal *t, int64_t person);
/* The next move on it is theirs to whom it came; by when, -1 for no time. */
bool mu_term_in_hand(const mu_terminal *t, const mu_item *item);
int64_t mu_term_until(const mu_terminal *t, const mu_item *item);
bool mu_term_may_declare(const mu_terminal *t, int64_t person);
/* Somebody else than `except` for whom there is something new, or little time left; who has anything open. 0 nobody. */
int64_t mu_term_calls(const mu_terminal *t, int64_t except);
int64_t mu_term_holds(const mu_terminal *t, int64_t except);
bool mu_term_has_open(const mu_terminal *t, int64_t person);
/* A task began, or that was said. */
void mu_term_began(mu_terminal *t, int64_t task, int64_t person, bool news);
/* A task of theirs could go on, and that was not said; says it of whoever has the keyboard. */
bool mu_term_goes_on(const mu_terminal *t, int64_t person);
void mu_term_under_way(mu_terminal *t, mu_buf *out);
/* For what little time is left. */
void mu_term_remarks(mu_terminal *t, mu_buf *out);
mu_item *mu_term_question(const mu_terminal *t, int64_t person);
/* The card of a question, or of a message about a card; NULL where it is about something else. */
const mu_card *mu_term_card(const mu_terminal *t, const mu_item *item);
/* A copy that lives until the next line. */
const char *mu_term_keep(mu_terminal *t, const char *text);
/* "18:20"; of another day than today "2026-07-11 02:10". */
void mu_term_clock(const mu_terminal *t, int64_t at, char out[32]);
/* The half of a move, kept until its reason is said. */
void mu_term_keep_half(mu_terminal *t, const mu_move *move);
/* Empty lines between what one person has read and what the next may see. */
void mu_term_hide(mu_buf *out);
/* A person's name, a role's title, or the id as one would say it. */
const char *mu_term_name(const mu_terminal *t, int64_t symbol);
/* What a task is about, as one would say it. */
const char *mu_term_action(const mu_terminal *t, int64_t task);
/* What a task was given for, as an apposition: ", for the duty ftc"; nothing where the plan has no more to say. */
void mu_term_because(const mu_terminal *t, int64_t task, mu_buf *out);
/* "45 s", "3 min", "1 h 05", "30 days" */
void mu_term_length(int64_t ms, char out[24]);
/* Wrapped at the width of the screen behind an indentation. */
void mu_term_paragraph(const mu_terminal *t, mu_buf *out, const char *text, int indent);
/* What whoever has the keyboard finds in the plan. */
void mu_term_page(mu_terminal *t, const char *what, mu_buf *out);
/* What an act came to, of what its actor may know. */
void mu_term_outcome(mu_terminal *t, const mu_act *act, size_t event, mu_buf *out);
/* What a message says that is about no card, no task and no question: a call, the bridge, a word for information. */
void mu_term_words(const mu_terminal *t, const mu_item *item, mu_buf *out);
/* What there is to do, and how. */
void mu_term_task(mu_terminal *t, int64_t task, mu_buf *out);
void mu_term_item(mu_terminal *t, const mu_item *item, mu_buf *out);
/* What is open for whoever has the keyboard; false where nothing is. */
bool mu_term_also(mu_terminal *t, mu_buf *out);
void mu_term_moves(mu_terminal *t, mu_buf *out);
mu_move mu_term_parse(mu_terminal *t, const char *line, mu_buf *out);
/* The word of a move, with nothing behind it. */
bool mu_term_is_move(const char *line);
const char *mu_term_role(const mu_terminal *t, int64_t person);

#endif
