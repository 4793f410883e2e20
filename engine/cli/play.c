#include "cli/play.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/keyboard.h"
#include "cli/live.h"
#include "participants/clock.h"
#include "participants/edit.h"
#include "participants/terminal.h"

enum { LINE = 4096 };

typedef struct table {
    mu_drill *drill;
    mu_terminal *terminal;
    const mu_play_options *options;
    mu_exercise_clock clock;
    int64_t rate;          /* to go back to after a pause */
    bool told_why;         /* that time stands for what is open, in steps */
    bool at_end, told_end; /* in steps: nothing more comes before ENDEX; it was said */
    bool paused, ended;    /* ended: no line comes any more */
    int64_t paused_at;     /* wall, of the pause */
    int64_t away;          /* wall, of absences that were not told yet */
    int64_t seen, waits;   /* when the wall clock was last looked at, and how long a wait since then was to take */
    bool back;             /* the program was stopped and goes on: what is being typed is to be shown again */
    char line[LINE];
    size_t used;
    bool skips;            /* what comes up to the next line break: a line that has no room is no move, nor is its rest */
    bool keys;             /* they come one by one, and `edit` makes lines of them */
    char ahead[256];       /* keys that were read, and those from `next` on not taken */
    size_t ahead_count, next;
    mu_edit edit;
    int columns;           /* of the screen, however wide */
    int status;
} table;

/* ---- the wall clock ---- */

static void until(table *t, int64_t moment)
{
    if (!t->options->steps)
        mu_run_wall(t->drill->run, mu_clock_of(CLOCK_REALTIME));
    mu_drill_until(t->drill, moment);
}

/* The program was stopped, the machine slept, or the drill was left: nobody could answer meanwhile, and the exercise stood. */
static void was_away(table *t, int64_t ms)
{
    char away[32];
    snprintf(away, sizeof away, "%lld", (long long)ms);
    mu_act act = {.seat = "facilitator", .verb = "return", .choice = away};
    mu_run_wall(t->drill->run, mu_clock_of(CLOCK_REALTIME));
    (void)mu_run_post(t->drill->run, mu_run_now(t->drill->run), &act);
    t->away += ms;
}

/* A wait that came to its end, a key, or work is no absence. */
enum { LAPSE_MS = 5000 };

/* The wall clock, wherever it is looked at: what has passed unseen since the last look has not passed. The program may be stopped at
 * any moment, in a wait or out of it. */
static int64_t wall(table *t)
{
    int64_t from = t->seen, most = t->waits + LAPSE_MS;
    bool stopped = mu_keyboard_came_back();
    do
        t->seen = mu_clock_of(CLOCK_BOOTTIME);
    while (mu_keyboard_came_back() && (stopped = true)); /* a stop is before the look or behind it */
    t->waits = 0;
    t->back = t->back || stopped;
    if (t->options->steps || mu_clock_stands(&t->clock) || mu_run_over(t->drill->run) || (!stopped && t->seen - from <= most))
        return t->seen;
    until(t, mu_clock_exercise(&t->clock, from));
    mu_clock_jump(&t->clock, t->seen, mu_run_now(t->drill->run));
    if (!mu_run_over(t->drill->run))
        was_away(t, t->seen - from);
    return t->seen;
}

/* ---- the disk comes before the eye ---- */

/* One line, whatever is in it. False where no more comes. */
static bool enter(void)
{
    char c = '\0';
    ssize_t n = 0;
    while (c != '\n' && !mu_caught && ((n = read(STDIN_FILENO, &c, 1)) > 0 || (n < 0 && errno == EINTR)))
        ;
    return n > 0;
}

static void turn_clock(table *t, const mu_act *act)
{
    int64_t w = wall(t);
    mu_clock_turn(&t->clock, w, act, mu_run_now(t->drill->run), &t->rate);
    if (mu_clock_stands(&t->clock) && !t->paused)
        t->paused_at = w;
    t->paused = mu_clock_stands(&t->clock);
}

/* Time stands while the disk is full, and the record says so once there is room. */
static bool turned(table *t, const char *verb, const char *choice)
{
    mu_act act = {.seat = "facilitator", .verb = verb, .choice = choice, .text = "the disk is full"};
    bool stands = t->options->steps || mu_run_over(t->drill->run) || mu_run_post(t->drill->run, mu_run_now(t->drill->run), &act);
    if (!stands)
        turn_clock(t, &act);
    return !stands;
}

static mu_written wait_for_room(table *t)
{
    int64_t from = mu_clock_of(CLOCK_BOOTTIME);
    bool paused = turned(t, "pause", NULL);
    mu_written how = MU_DISK_FULL;
    while (how == MU_DISK_FULL && !mu_caught && !t->ended) {
        fprintf(stderr, "muster: the disk is full (%s). The drill is paused; nothing that was said is lost. Make room, then Enter.\n", mu_journal_failure(t->drill->journal));
        t->ended = !enter();
        how = mu_journal_flush(t->drill->journal, true);
    }
    char stood[32];
    snprintf(stood, sizeof stood, "%lld", (long long)(mu_clock_of(CLOCK_BOOTTIME) - from));
    if (paused)
        (void)turned(t, "resume", stood);
    return how;
}

static bool kept(table *t)
{
    mu_written how = mu_journal_flush(t->drill->journal, true);
    if (how == MU_DISK_FULL)
        how = wait_for_room(t);
    if (how == MU_WRITTEN)
        return true;
    fprintf(stderr, "muster: the journal cannot be written: %s. What was shown before is on disk; what was typed last may not be. --resume goes on from there.\n", mu_journal_failure(t->drill->journal));
    t->status = 4;
    return false;
}

/* A screen may have been made wider or narrower since. */
static void look_at_screen(table *t)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return;
    t->columns = size.ws_col;
    mu_terminal_width(t->terminal, size.ws_col);
}

/* What is being typed stays below what comes. */
static bool put_around(table *t, const mu_buf *out)
{
    mu_buf screen = {0};
    mu_edit_around(&t->edit, out->text, out->len, t->columns, &screen);
    bool ok = mu_put_out(screen.text, screen.len);
    mu_buf_free(&screen);
    return ok;
}

static bool show(table *t, mu_buf *out)
{
    bool ok = kept(t);
    mu_terminal_fit(t->terminal, out);
    if (ok && out->len)
        ok = t->keys ? put_around(t, out) : mu_put_out(out->text, out->len);
    if (!ok && !t->status && !mu_caught)
        t->status = 4;
    out->len = 0;
    return ok;
}

/* ---- time ---- */

static int64_t now(table *t)
{
    if (t->options->steps)
        return mu_run_now(t->drill->run);
    int64_t w = wall(t); /* before the clock is asked, which it may turn */
    return mu_clock_exercise(&t->clock, w);
}

static bool stops_here(const table *t)
{
    return mu_caught || mu_run_over(t->drill->run) || mu_terminal_news(t->terminal);
}

/* In steps: on to the next thing that happens, until somebody who is played is reached, or has little time left for what
 * they have in hand. Before ENDEX it stops once: what was meant to be done still can be. */
static void go_on(table *t, int64_t most)
{
    int64_t end = most < 0 ? MU_NEVER : mu_run_now(t->drill->run) + most, before = t->at_end ? MU_NEVER : mu_run_msel(t->drill->run)->lasts, next;
    t->at_end = false;
    do {
        int64_t comes = mu_drill_next(t->drill), warns = mu_terminal_warns(t->terminal); /* what is due now may reach somebody */
        next = comes < warns ? comes : warns;
        next = next < end ? next : end;
        t->at_end = next != MU_NEVER && next >= before && !stops_here(t);
        if (next == MU_NEVER || t->at_end || stops_here(t)) /* a time that is over behind ENDEX never comes */
            return;
        mu_drill_until(t->drill, next);
    } while (next < end);
}

/* The moment is written down: a drill that is taken up again goes on from it. */
static void pass(table *t, int64_t most)
{
    mu_journal *j = t->drill->journal;
    mu_act act = {.seat = "facilitator", .verb = "pass"};
    go_on(t, most);
    if (mu_journal_event(j, mu_journal_count(j))->t < mu_run_now(t->drill->run))
        (void)mu_run_post(t->drill->run, mu_run_now(t->drill->run), &act);
}

/* In steps time passes by itself while nobody who is played has anything to do. */
static void flow(table *t)
{
    if (!t->options->steps)
        until(t, now(t));
    else if (!t->paused && !t->ended && !t->at_end && !mu_terminal_waiting(t->terminal) && !mu_run_over(t->drill->run))
        pass(t, -1);
}

/* Said whenever it is so anew. */
static void says_end(table *t, mu_buf *out)
{
    if (t->at_end && !t->told_end)
        mu_terminal_last(t->terminal, out);
    t->told_end = t->at_end;
}

/* ---- lines ---- */

/* How long the clock has stood, for the record; in steps no wall clock takes part. */
static void paused_for(const table *t, mu_act *act, char text[32])
{
    if (strcmp(act->verb, "resume") != 0 || t->options->steps || !t->paused)
        return;
    snprintf(text, 32, "%lld", (long long)(mu_clock_of(CLOCK_BOOTTIME) - t->paused_at));
    act->choice = text;
}

/* Said once: why nothing comes after a move that was done. */
static void stands_for(table *t, const char *why, mu_buf *out)
{
    if (why || !t->options->steps || t->told_why || t->paused || mu_terminal_news(t->terminal) || !mu_terminal_waiting(t->terminal) || mu_run_over(t->drill->run))
        return;
    t->told_why = true;
    mu_buf_puts(out, "  Time stands while anybody who is played has something open: t shows what, w lets time pass.\n");
}

static void typed(table *t, const char *line, mu_buf *out)
{
    char paused[32];
    mu_move m = mu_terminal_line(t->terminal, line, out);
    if (m.typed == TYPED_ACT) {
        paused_for(t, &m.act, paused);
        until(t, now(t));
        const char *why = mu_run_post(t->drill->run, now(t), &m.act);
        t->at_end = t->at_end && why; /* what was done may set something going */
        if (!why)
            turn_clock(t, &m.act);
        mu_terminal_done(t->terminal, &m, why, out);
        if (!why && (strcmp(m.act.verb, "pause") == 0 || strcmp(m.act.verb, "resume") == 0))
            mu_terminal_status(t->terminal, t->paused, out);
        stands_for(t, why, out);
    } else if (m.typed == TYPED_WAIT && mu_run_over(t->drill->run)) {
        mu_buf_puts(out, "  The exercise is over, and nothing comes any more; q closes the record.\n");
    } else if (m.typed == TYPED_WAIT && t->paused) {
        mu_buf_puts(out, "  The clock stands; :resume starts it.\n");
    } else if (m.typed == TYPED_WAIT && t->options->steps) {
        pass(t, m.ms);
        mu_terminal_status(t->terminal, false, out);
    } else if (m.typed == TYPED_WAIT) {
        mu_terminal_status(t->terminal, false, out);
        mu_buf_puts(out, "  The clock runs by itself; what comes is shown here.\n");
    } else if (m.typed == TYPED_LEAVE) {
        t->ended = true;
    }
}

/* Takes whole lines out of what was read. */
static void take_lines(table *t, mu_buf *out)
{
    char *end;
    bool was_over = mu_run_over(t->drill->run);
    while (!t->ended && !t->status && !mu_caught && (end = memchr(t->line, '\n', t->used))) {
        size_t n = (size_t)(end - t->line);
        t->line[n && t->line[n - 1] == '\r' ? n - 1 : n] = '\0';
        if (t->skips)
            mu_buf_printf(out, "  That line is longer than %d bytes: it is not taken.\n", LINE - 1);
        else
            typed(t, t->line, out);
        t->skips = false;
        memmove(t->line, end + 1, t->used - n - 1);
        t->used -= n + 1;
        flow(t);
        bool over = mu_run_over(t->drill->run);
        if (!over && !t->ended)
            mu_terminal_show(t->terminal, out);
        says_end(t, out);
        if (over == was_over && !t->ended)
            mu_buf_puts(out, mu_terminal_asks(t->terminal));
        if (!show(t, out) || over != was_over)
            return;
    }
}

static void put_screen(table *t, mu_buf *screen)
{
    if (screen->len && !mu_put_out(screen->text, screen->len) && !mu_caught)
        t->status = 4;
    screen->len = 0;
}

/* Keys that have come, up to the end of the exercise: what is behind that is taken afterwards. */
static void take_keys(table *t, mu_buf *out)
{
    bool was_over = mu_run_over(t->drill->run);
    mu_buf screen = {0};
    while (t->next < t->ahead_count && !t->ended && !t->status && !mu_caught && mu_run_over(t->drill->run) == was_over) {
        mu_edited how = mu_edit_byte(&t->edit, t->ahead[t->next++], t->columns, &screen);
        if (how == MU_EDIT_MORE)
            continue;
        put_screen(t, &screen);
        t->ended = how == MU_EDIT_END;
        if (t->ended)
            break;
        memcpy(t->line, t->edit.line, t->edit.len);
        t->line[t->edit.len] = '\n';
        t->used = t->edit.len + 1;
        take_lines(t, out);
    }
    put_screen(t, &screen);
    mu_buf_free(&screen);
}

static void take(table *t, mu_buf *out)
{
    if (t->keys)
        take_keys(t, out);
    else
        take_lines(t, out);
}

static void read_some(table *t, mu_buf *out)
{
    t->skips = t->skips || t->used == LINE - 1;
    t->used = t->used == LINE - 1 ? 0 : t->used;
    char *to = t->keys ? t->ahead : t->line + t->used;
    ssize_t n = read(STDIN_FILENO, to, t->keys ? sizeof t->ahead : LINE - 1 - t->used);
    if (n > 0 && t->keys) {
        t->ahead_count = (size_t)n;
        t->next = 0;
    } else if (n > 0) {
        t->used += (size_t)n;
    } else if (n == 0) {
        t->ended = true;
    } else if (errno != EINTR) {
        fprintf(stderr, "muster: the keyboard cannot be read: %s. What was said to be written is on disk.\n", strerror(errno));
        t->status = 4;
    }
    take(t, out);
}

static void says_away(table *t, mu_buf *out)
{
    if (t->away)
        mu_terminal_away(t->terminal, t->away, out);
    t->away = 0;
}

/* Waits for what is typed, at most so long, or for a signal: none is slept over, and nothing wakes to look. After the program was
 * stopped the line that was being typed is shown again. */
static void listen_for(table *t, int ms, mu_buf *out)
{
    const struct timespec most = {ms / 1000, (long)(ms % 1000) * 1000000};
    sigset_t before;
    fd_set in;
    FD_ZERO(&in);
    FD_SET(STDIN_FILENO, &in);
    mu_catch_later(&before); /* up to the wait, which lets them through; what is forked elsewhere is forked as the program began */
    (void)wall(t);
    t->waits = ms;
    int n = t->back || t->away || mu_caught ? 0 : pselect(STDIN_FILENO + 1, &in, NULL, NULL, ms < 0 ? NULL : &most, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    look_at_screen(t);
    (void)wall(t);
    if (t->back || t->away) {
        t->back = false;
        says_away(t, out);
        mu_buf_puts(out, t->keys ? t->edit.prompt : mu_terminal_asks(t->terminal));
        (void)show(t, out);
    }
    if (n > 0)
        read_some(t, out);
}

/* A machine that slept wakes to a moment that has passed, and the wait does not count its sleep. */
enum { MOST_MS = 5000 };

static int wait_ms(table *t)
{
    int64_t next = mu_drill_next(t->drill), warns = mu_terminal_warns(t->terminal);
    next = warns < next ? warns : next;
    if (t->options->steps || next == MU_NEVER || mu_clock_stands(&t->clock))
        return t->options->steps || mu_clock_stands(&t->clock) ? -1 : 0;
    int64_t left = mu_clock_wall(&t->clock, next) - wall(t);
    return left < 0 ? 0 : left > MOST_MS ? MOST_MS : (int)left;
}

/* The hot wash: after ENDEX nothing is taken but what is written down. */
static void afterwards(table *t)
{
    static const char *const words = "\n  ENDEX. What is said now goes into the record; nothing else moves any more.\n"
                                     "  :wash held|failed|change TEXT   :observe OBJECTIVE +|- TEXT\n"
                                     "  :rate OBJECTIVE P|S|M|U WHY   :item   :waive   :as\n"
                                     "  :list shows the objectives. q closes the record; --resume opens it again.\n> ";
    mu_buf out = {0};
    mu_buf_puts(&out, words);
    if (show(t, &out))
        take(t, &out); /* what was typed ahead */
    while (!t->ended && !t->status && !mu_caught)
        listen_for(t, -1, &out);
    if (!t->status)
        (void)kept(t);
    mu_buf_free(&out);
}

static void sit(table *t)
{
    mu_buf out = {0};
    mu_terminal_status(t->terminal, t->paused, &out);
    says_away(t, &out);
    mu_terminal_unheld(t->terminal, &out);
    (void)show(t, &out); /* where nobody is there the drill is over before anything is asked */
    while (!mu_run_over(t->drill->run) && !t->ended && !t->status && !mu_caught) {
        look_at_screen(t);
        flow(t);
        if (mu_run_over(t->drill->run))
            break;
        size_t before = out.len;
        mu_terminal_show(t->terminal, &out);
        says_end(t, &out);
        if (out.len != before)
            mu_buf_puts(&out, mu_terminal_asks(t->terminal));
        if (!show(t, &out))
            break;
        listen_for(t, wait_ms(t), &out);
    }
    if (!t->status)
        (void)kept(t);
    mu_buf_free(&out);
}

/* ---- beginning ---- */

/* What was played before is played again without a word; then the time that the program was away is written down. */
static int take_up(table *t, const mu_journal *recorded)
{
    mu_drill *d = t->drill;
    if (!recorded || mu_journal_count(recorded) == 0)
        return 0;
    const mu_event *last = mu_journal_event(recorded, mu_journal_count(recorded));
    mu_drill_replay_acts(d, recorded, false);
    mu_drill_until(d, last->t);
    if (mu_drill_differs(d))
        return 5;
    for (size_t n = 1; n <= mu_journal_count(recorded); n++) {
        mu_kind_of_event k = mu_journal_event(recorded, n)->kind;
        t->paused = k == EV_PAUSE ? true : k == EV_RESUME ? false : t->paused;
    }
    t->paused_at = mu_clock_of(CLOCK_BOOTTIME);
    if (t->options->steps || mu_run_over(d->run))
        return 0;
    int64_t away = last->wall >= 0 ? mu_clock_of(CLOCK_REALTIME) - last->wall : 0;
    was_away(t, away > 0 ? away : 0);
    return 0;
}

/* The rate is in the record: a drill that is taken up runs as fast as it was left, unless another rate is asked for. */
static void set_rate(table *t, const mu_journal *recorded)
{
    int64_t was = 1000;
    char rate[32];
    for (size_t n = 1; recorded && n <= mu_journal_count(recorded); n++)
        if (mu_journal_event(recorded, n)->kind == EV_SPEED)
            was = mu_journal_value(recorded, mu_journal_event(recorded, n), "thousandths");
    t->rate = t->options->rate != 1000 ? t->options->rate : was;
    if (t->rate == was || t->options->steps || mu_run_over(t->drill->run))
        return;
    snprintf(rate, sizeof rate, "%lld", (long long)t->rate);
    mu_act act = {.seat = "facilitator", .verb = "speed", .choice = rate};
    (void)mu_run_post(t->drill->run, mu_run_now(t->drill->run), &act);
}

static void listen(void)
{
    struct sigaction act = {.sa_handler = SIG_IGN};
    mu_catch();
    sigaction(SIGPIPE, &act, NULL);
}

int mu_play(mu_drill *d, const mu_journal *recorded, const mu_play_options *o, bool *left)
{
    table t = {.drill = d, .options = o, .terminal = mu_terminal_new(d->run, d->journal, mu_look_of(stdout)), .columns = 80};
    listen();
    look_at_screen(&t);
    if (!mu_drill_start(d))
        t.status = 4;
    if (!t.status)
        t.status = take_up(&t, recorded);
    if (!t.status)
        set_rate(&t, recorded);
    t.seen = mu_clock_of(CLOCK_BOOTTIME);
    mu_clock_begin(&t.clock, t.seen, mu_run_now(d->run), t.paused ? 0 : t.rate);
    t.keys = mu_keyboard_take();
    if (!t.status && kept(&t))
        sit(&t);
    if (!t.status && !t.ended && !mu_caught && mu_run_over(d->run))
        afterwards(&t);
    mu_keyboard_give_back();
    *left = !t.status && !mu_run_over(d->run);
    mu_exercise_clock_free(&t.clock);
    mu_terminal_free(t.terminal);
    return t.status ? t.status : *left ? 128 + (mu_caught ? (int)mu_caught : SIGINT) : 0;
}
