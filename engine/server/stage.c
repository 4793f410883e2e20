#include "server/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "server/inside.h"

enum { NOT_LOOKED_UP = -2 };

int64_t mu_stage_now(const mu_stage *s)
{
    return mu_run_now(s->run);
}

static int person_of(const mu_stage *s, const mu_seat *n)
{
    const mu_node *node = n->part == PART_PLAYER ? mu_world_node(s->world, mu_symbol(s->symbols, n->who)) : NULL;
    return node && mu_is_person(s->world, node) ? (int)node->value : -1;
}

/* A seat stays what it is. */
int mu_stage_person(const mu_stage *s, int seat)
{
    if (seat < 0)
        return -1;
    if (s->sits[seat] == NOT_LOOKED_UP)
        s->sits[seat] = person_of(s, mu_seat_of(s->seats, seat));
    return s->sits[seat];
}

int64_t mu_stage_symbol(const mu_stage *s, int person)
{
    return person >= 0 ? s->world->people[person].name : 0;
}

int mu_stage_holder(mu_stage *s, int role)
{
    const char *why;
    for (int i = 0; s->holders_at != mu_stage_now(s) && i < s->world->role_count; i++)
        s->holders[i] = mu_holder(s->world, i, mu_stage_now(s), &why);
    s->holders_at = mu_stage_now(s);
    return s->holders[role];
}

void mu_stage_touch(mu_stage *s)
{
    s->everybody = s->anything = true;
}

void mu_stage_say(mu_stage *s, int seat, bool taken, const char *text)
{
    if (seat < 0)
        return;
    s->said[seat].len = 0;
    s->refused[seat] = !taken;
    mu_buf_puts(&s->said[seat], text);
}

bool mu_stage_plain(const mu_stage *s, int seat)
{
    return s->asked[seat] && !s->live[seat];
}

void mu_stage_hear(mu_stage *s, int seat)
{
    s->anything = s->anything || s->heard[seat] != mu_stage_now(s);
    s->heard[seat] = mu_stage_now(s);
}

/* ---- what is seen ---- */

static void touch(mu_stage *s, int64_t name)
{
    const mu_node *node = mu_world_node(s->world, name);
    if (mu_is_person(s->world, node))
        s->touched[node->value] = true;
}

static bool for_everybody(mu_kind_of_event k)
{
    return k == EV_PAUSE || k == EV_RESUME || k == EV_SPEED || k == EV_JUMP || k == EV_STOP || k == EV_END || k == EV_ROLE_FILLED || k == EV_ROLE_UNFILLED ||
           k == EV_WASH_SAID || k == EV_WASH_VOTE || k == EV_SHIFT_OVER;
}

/* An id begins with the number of the seat that made it. */
static void count_act(mu_stage *s, const mu_event *e)
{
    char *end;
    const char *id = mu_journal_text(s->journal, e, "id");
    long seat = strtol(id, &end, 10);
    if (*id && *end == '.' && seat >= 0 && seat < MU_SEATS_MOST)
        s->acted[seat]++;
}

static void saw(void *self, const mu_event *e)
{
    mu_stage *s = self;
    s->anything = true;
    s->holders_at = -1;
    s->everybody = s->everybody || for_everybody(e->kind);
    for (int i = 0; i < MU_FIELDS && mu_event_kinds[e->kind].fields[i].key; i++)
        if (mu_event_kinds[e->kind].fields[i].type == F_NAME)
            touch(s, e->arg[i]);
    int task = mu_event_field_of(e->kind, "task");
    if (task >= 0 && e->arg[task] >= 0 && e->arg[task] < mu_run_tasks(s->run))
        touch(s, mu_run_task_person(s->run, e->arg[task]));
    mu_tally_hear(s, e);
    if (e->kind == EV_ACT)
        count_act(s, e);
    if (e->kind == EV_STORY_FAILED)
        s->failure = e->n;
    if (e->kind == EV_STOP)
        s->stopped = e->n;
}

/* ---- time ---- */

static int64_t steady(const mu_stage *s)
{
    return s->calls.steady(s->calls.self);
}

static bool running(const mu_stage *s)
{
    return s->state == STATE_RUNNING || s->state == STATE_PAUSED;
}

static void begin_clock(mu_stage *s)
{
    s->paused_at = s->looked = steady(s);
    mu_clock_begin(&s->clock, steady(s), mu_stage_now(s), s->state == STATE_PAUSED ? 0 : s->rate);
}

/* What a record says of the clock, once it is written. */
static void turn_clock(mu_stage *s, const mu_act *act)
{
    int64_t w = steady(s);
    mu_clock_turn(&s->clock, w, act, mu_stage_now(s), &s->rate);
    bool stands = mu_clock_stands(&s->clock), stood = s->state == STATE_PAUSED;
    s->state = stands ? STATE_PAUSED : STATE_RUNNING;
    if (stands && !stood)
        s->paused_at = w;
    if (stands || !stood)
        return;
    s->failure = 0;
    s->standing = false;
    s->away = 0;
}

static void look_at_the_end(mu_stage *s)
{
    if (running(s) && mu_run_over(s->run)) {
        s->state = STATE_OVER;
        mu_seats_expire(s->seats);
        for (int i = 0; i < MU_SEATS_MOST; i++)
            s->said[i].len = 0; /* of the exercise; another page begins */
        mu_stage_touch(s);
    }
}

static void until(mu_stage *s, int64_t t)
{
    mu_run_wall(s->run, s->calls.wall(s->calls.self));
    s->calls.until(s->calls.self, t);
    look_at_the_end(s);
}

/* Whoever was not told how long the clock stood cannot write it down. */
static void paused_for(const mu_stage *s, mu_act *act, char text[32])
{
    if (strcmp(act->verb, "resume") != 0 || s->state != STATE_PAUSED)
        return;
    snprintf(text, 32, "%lld", (long long)(steady(s) - s->paused_at));
    act->choice = text;
}

const char *mu_stage_post(mu_stage *s, mu_act *act)
{
    char paused[32];
    if (s->full)
        return "the disk is full: nothing is taken until there is room";
    if (running(s))
        until(s, mu_clock_exercise(&s->clock, steady(s)));
    mu_run_wall(s->run, s->calls.wall(s->calls.self));
    paused_for(s, act, paused);
    const char *why = mu_run_post(s->run, mu_stage_now(s), act);
    if (!why && running(s))
        turn_clock(s, act);
    look_at_the_end(s);
    return why;
}

static void post(mu_stage *s, const char *verb, const char *choice, const char *text)
{
    mu_act act = {.seat = "facilitator", .verb = verb, .choice = choice, .text = text};
    (void)mu_stage_post(s, &act);
}

/* The program was away, or the machine slept. Nobody could answer meanwhile, so nobody's time has passed; the world's has:
 * the clock moves on, what came due meanwhile is held for the facilitator. After a long absence the facilitator decides. */
static void lapse(mu_stage *s, int64_t ms)
{
    char text[32];
    int64_t on = ms / 1000 * s->rate + ms % 1000 * s->rate / 1000, to = mu_stage_now(s) + on;
    bool stood = s->state == STATE_PAUSED;
    snprintf(text, sizeof text, "%lld", (long long)ms);
    s->away = ms;
    post(s, "return", text, NULL);
    s->standing = !stood && (ms > MU_LAPSE_MOST || to >= s->msel->lasts);
    if (s->standing)
        post(s, "pause", NULL, "the program was away for long");
    if (stood || s->standing)
        return;
    snprintf(text, sizeof text, "%lld", (long long)to);
    post(s, "jump", text, NULL);
}

/* A story that failed leaves the facilitator to say how it goes on. */
static void stand_where_a_story_failed(mu_stage *s)
{
    if (s->state == STATE_RUNNING && s->failure && s->failure >= s->held_from)
        post(s, "pause", NULL, "a story of the script has failed");
}

void mu_stage_pass(mu_stage *s)
{
    int64_t w = steady(s), gap = w - s->looked;
    if (s->full) /* it stands; what passes meanwhile is an absence */
        return;
    s->looked = w;
    if (!running(s))
        return;
    if (gap > MU_LAPSE) {
        mu_clock_jump(&s->clock, w, mu_clock_exercise(&s->clock, w - gap)); /* what has passed unseen has not passed */
        lapse(s, gap);
    }
    until(s, mu_clock_exercise(&s->clock, w));
    stand_where_a_story_failed(s);
}

/* ---- a turn ---- */

bool mu_stage_wakes(const mu_stage *s, int person)
{
    return s->everybody || (person < 0 ? s->anything : s->touched[person]);
}

void mu_stage_woken(mu_stage *s)
{
    s->everybody = s->anything = false;
    memset(s->touched, 0, (size_t)s->world->person_count);
}

static void wake(mu_stage *s)
{
    for (mu_viewer *v = s->viewers; v; v = v->next)
        if (mu_stage_wakes(s, v->person))
            mu_link_wake(v->link);
    mu_stage_woken(s);
}

/* What cannot be kept is not shown. A disk that is full may be made free: until then all who ask wait for their answer, and
 * are told so. */
static bool keep(mu_stage *s)
{
    mu_kept how = s->calls.keep(s->calls.self, mu_stage_now(s));
    bool was = s->full;
    s->full = how == MU_KEEP_LATER;
    s->failed = s->failed || how == MU_KEEP_FAILED;
    if (s->full && !was)
        mu_http_tell(s->http, "!the server’s disk is full: the exercise stands until there is room. Nothing that was shown is lost");
    return how == MU_KEPT && !s->failed;
}

static int64_t wait_for(mu_stage *s)
{
    int64_t next = s->state == STATE_RUNNING ? s->calls.next(s->calls.self) : MU_NEVER;
    if (next == MU_NEVER)
        return 1000;
    int64_t left = mu_clock_wall(&s->clock, next) - steady(s);
    return left < 0 ? 0 : left > 1000 ? 1000 : left;
}

bool mu_stage_turn(mu_stage *s)
{
    mu_stage_pass(s);
    if (keep(s)) {
        wake(s);
        mu_http_flush(s->http);
        mu_answer_turned(s);
    }
    if (s->failed || (s->state == STATE_CLOSED && steady(s) - s->closed_at >= MU_LINGERS))
        return false;
    if (s->closing && s->state != STATE_CLOSED) { /* the last answers go out, and every page says that it is closed */
        s->state = STATE_CLOSED;
        s->closed_at = steady(s);
        mu_stage_touch(s);
    }
    mu_http_turn(s->http, s->state == STATE_CLOSED ? MU_LINGERS / 20 : wait_for(s));
    return true;
}

bool mu_stage_failed(const mu_stage *s)
{
    return s->failed;
}

/* ---- beginning ---- */

/* How the clock was left: what the record says. */
static void read_clock(mu_stage *s)
{
    s->state = STATE_RUNNING;
    for (size_t n = 1; n <= mu_journal_count(s->journal); n++) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (e->kind == EV_PAUSE || e->kind == EV_RESUME)
            s->state = e->kind == EV_PAUSE ? STATE_PAUSED : STATE_RUNNING;
        if (e->kind == EV_SPEED)
            s->rate = mu_journal_value(s->journal, e, "thousandths");
    }
    s->state = mu_run_over(s->run) ? STATE_OVER : s->state;
    if (s->state == STATE_OVER)
        mu_seats_expire(s->seats);
}

mu_stage *mu_stage_new(const mu_stage_options *o, const mu_stage_calls *calls)
{
    mu_stage *s = mu_grow(NULL, sizeof *s);
    *s = (mu_stage){.run = o->run, .journal = o->journal, .symbols = mu_journal_symbols(o->journal), .world = mu_run_world(o->run), .msel = mu_run_msel(o->run),
                    .plan = o->plan, .seats = o->seats, .calls = *calls, .rate = o->rate, .tls = o->tls};
    s->said = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->said);
    memset(s->said, 0, MU_SEATS_MOST * sizeof *s->said);
    s->shown = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->shown);
    memset(s->shown, 0, MU_SEATS_MOST * sizeof *s->shown);
    s->acted = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->acted);
    memset(s->acted, 0, MU_SEATS_MOST * sizeof *s->acted);
    s->refused = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->refused);
    memset(s->refused, 0, MU_SEATS_MOST * sizeof *s->refused);
    s->pages = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->pages);
    memset(s->pages, 0, MU_SEATS_MOST * sizeof *s->pages);
    s->live = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->live);
    memset(s->live, 0, MU_SEATS_MOST * sizeof *s->live);
    s->asked = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->asked);
    memset(s->asked, 0, MU_SEATS_MOST * sizeof *s->asked);
    s->heard = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->heard);
    memset(s->heard, 0xff, MU_SEATS_MOST * sizeof *s->heard);
    s->sits = mu_grow(NULL, MU_SEATS_MOST * sizeof *s->sits);
    for (int i = 0; i < MU_SEATS_MOST; i++)
        s->sits[i] = NOT_LOOKED_UP;
    s->touched = mu_grow(NULL, (size_t)s->world->person_count + 1);
    memset(s->touched, 0, (size_t)s->world->person_count + 1);
    s->holders = mu_grow(NULL, ((size_t)s->world->role_count + 1) * sizeof *s->holders);
    s->holders_at = s->day_at = -1;
    s->seen = mu_terminal_new(o->run, o->journal, (mu_look){false});
    s->own = mu_own_new(s->world->person_count);
    s->tally = mu_tally_new(s->msel->card_count, s->world->person_count);
    mu_run_watch(o->run, (mu_watcher){saw, s, NULL});
    return s;
}

void mu_stage_open(mu_stage *s, mu_http *http)
{
    s->http = http;
}

/* After a recorded drill was played again into this stage. */
void mu_stage_again(mu_stage *s, int64_t away)
{
    s->held_from = (uint32_t)mu_journal_count(s->journal) + 1;
    read_clock(s);
    begin_clock(s);
    if (running(s))
        lapse(s, away);
}

/* Whoever has come in as a player is asked; everybody else is stood in for. */
static void name_players(mu_stage *s)
{
    int count = 0;
    for (int i = 0; i < mu_seats_count(s->seats); i++) {
        int person = mu_seat_of(s->seats, i)->joined ? mu_stage_person(s, i) : -1;
        if (person >= 0)
            s->players[count++] = s->world->people[person].node->key;
    }
    mu_run_players(s->run, (mu_names_list){s->players, count});
}

bool mu_stage_begin(mu_stage *s)
{
    name_players(s);
    mu_run_wall(s->run, s->calls.wall(s->calls.self));
    if (!s->calls.begin(s->calls.self))
        return false;
    s->held_from = 1;
    s->state = STATE_RUNNING;
    if (s->rate != 1000) {
        char rate[32];
        snprintf(rate, sizeof rate, "%lld", (long long)s->rate);
        begin_clock(s);
        post(s, "speed", rate, NULL);
    }
    begin_clock(s);
    mu_stage_touch(s);
    return true;
}

mu_http_calls mu_stage_http(mu_stage *s)
{
    return (mu_http_calls){s, mu_answer, mu_answer_joins, mu_answer_said, mu_answer_next, mu_answer_gone};
}

void mu_stage_free(mu_stage *s)
{
    if (!s)
        return;
    for (int i = 0; i < MU_SEATS_MOST; i++)
        mu_buf_free(&s->said[i]);
    free(s->said);
    mu_answer_forget(s);
    free(s->shown);
    free(s->acted);
    free(s->refused);
    free(s->heard);
    free(s->asked);
    free(s->pages);
    free(s->live);
    free(s->touched);
    free(s->sits);
    free(s->holders);
    mu_buf_free(&s->words);
    mu_buf_free(&s->line);
    mu_exercise_clock_free(&s->clock);
    mu_own_free(s->own);
    mu_tally_free(s->tally);
    mu_terminal_free(s->seen);
    free(s);
}
