/* terminal.h - one keyboard passed round: what reached the people who are played, and the moves they may make. It sees
 * only what was sent to them: ground truth, notes and other people's questions never come here. It neither reads nor
 * waits; its caller does (cli/play.c). */
#ifndef MU_PARTICIPANTS_TERMINAL_H
#define MU_PARTICIPANTS_TERMINAL_H

#include "base/diag.h"
#include "core/run.h"

typedef struct mu_terminal mu_terminal;

/* What a line that was typed came to. */
typedef enum mu_typed {
    TYPED_SHOWN,    /* it only showed something */
    TYPED_ACT,      /* `act` is to be posted */
    TYPED_WAIT,     /* time may pass: `ms`, or until something comes where it is -1 */
    TYPED_REFUSED,  /* not understood; said in the output */
    TYPED_LEAVE     /* the player leaves; the drill can be taken up again */
} mu_typed;

typedef struct mu_move {
    mu_typed typed;
    mu_act act;     /* its texts live until the next line */
    int64_t ms;
} mu_move;

mu_terminal *mu_terminal_new(mu_run *run, mu_journal *journal, mu_look look);
void mu_terminal_free(mu_terminal *terminal);
/* The columns of the screen; 80 until it is said. */
void mu_terminal_width(mu_terminal *terminal, int columns);
/* Breaks what is wider than the screen at a blank, and goes on under where the line began. */
void mu_terminal_fit(const mu_terminal *terminal, mu_buf *out);
/* The next moment at which little time is left for what somebody who is played has in hand, of which they are told; MU_NEVER. */
int64_t mu_terminal_warns(const mu_terminal *terminal);

/* True while something that reached a player has not been shown, or little of its time is left and that was not said. */
bool mu_terminal_news(const mu_terminal *terminal);
/* True while a player has anything in hand: to be seen, answered, begun, finished, decided, said. */
bool mu_terminal_waiting(const mu_terminal *terminal);
/* Shows what is new for whoever is next: the keyboard is handed over first where it is somebody else. */
void mu_terminal_show(mu_terminal *terminal, mu_buf *out);
/* The prompt of the next line: "> ", or the question that belongs to a half-typed move. */
const char *mu_terminal_asks(const mu_terminal *terminal);
/* One line that was typed, without its line break. */
mu_move mu_terminal_line(mu_terminal *terminal, const char *line, mu_buf *out);
/* Says what an act came to; `why` is NULL where it was taken. */
void mu_terminal_done(mu_terminal *terminal, const mu_move *move, const char *why, mu_buf *out);
/* Says which of the played roles nobody holds at this moment, and why: nobody will be asked as these. */
void mu_terminal_unheld(mu_terminal *terminal, mu_buf *out);
/* Says, in steps, that time stands because nothing but the end of the exercise comes any more. */
void mu_terminal_last(mu_terminal *terminal, mu_buf *out);
/* Says that the program was away for so long of the wall's time. */
void mu_terminal_away(mu_terminal *terminal, int64_t ms, mu_buf *out);
/* The line with the clock. */
void mu_terminal_status(mu_terminal *terminal, bool stands, mu_buf *out);

#endif
