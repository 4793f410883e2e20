#include "participants/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "participants/seen.h"

enum { AWAY_LINES = 40 }; /* so many empty lines hide what the last player read */

const char *mu_term_text(const mu_terminal *t, int64_t symbol)
{
    return mu_symbol_text(t->symbols, symbol);
}

const char *mu_term_keep(mu_terminal *t, const char *text)
{
    char *place = t->texts[t->text_count++ % 8];
    snprintf(place, sizeof t->texts[0], "%s", text);
    return place;
}

void mu_term_keep_half(mu_terminal *t, const mu_move *m)
{
    const char **texts[] = {&t->half.act.seat, &t->half.act.role, &t->half.act.person, &t->half.act.verb, &t->half.act.object, &t->half.act.choice};
    t->half = *m;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i])
            *texts[i] = mu_term_text(t, mu_symbol(t->symbols, *texts[i]));
}

void mu_terminal_width(mu_terminal *t, int columns)
{
    t->width = columns < 40 ? 40 : columns > 80 ? 80 : columns;
}

/* ---- what is seen ---- */

static int person_of(const mu_terminal *t, int64_t name)
{
    const mu_world *w = mu_run_world(t->run);
    const mu_node *node = mu_world_node(w, name);
    return mu_is_person(w, node) ? (int)node->value : -1;
}

static void add(mu_terminal *t, mu_item item)
{
    if (t->count == t->room) {
        t->room = t->room ? t->room * 2 : 64;
        t->items = mu_grow(t->items, (size_t)t->room * sizeof *t->items);
    }
    t->items[t->count++] = item;
}

bool mu_term_played(const mu_terminal *t, int64_t name)
{
    int person = person_of(t, name);
    return person >= 0 && mu_run_played(t->run, person);
}

static void settle(mu_terminal *t, mu_item_kind kind, int64_t number)
{
    for (int i = 0; i < t->count; i++)
        if (t->items[i].kind == kind && t->items[i].number == number)
            t->items[i].done = true;
}

/* By when a call of a ladder has to be answered. */
static int64_t call_until(const mu_terminal *t, const mu_event *e)
{
    return mu_symbol_number(e->arg[3], MU_LADDER_N) >= 0 && t->ladder_within >= 0 ? e->t + t->ladder_within : -1;
}

static void saw_message(mu_terminal *t, const mu_event *e)
{
    if (mu_symbol_number(e->arg[3], MU_PROMPT_N) < 0 && mu_term_played(t, e->arg[1]))
        add(t, (mu_item){.kind = ITEM_MESSAGE, .number = e->arg[0], .person = e->arg[1], .via = e->arg[2], .about = e->arg[3], .t = e->t, .until = call_until(t, e)});
}

/* The channel of the message by which something was delivered. */
static int64_t way_of(const mu_terminal *t, int64_t delivered)
{
    const mu_event *e = delivered > 0 ? mu_journal_event(t->journal, (size_t)delivered) : NULL;
    return e && e->kind == EV_NOTIFY_DELIVERED ? e->arg[2] : 0;
}

static void saw_given(mu_terminal *t, mu_counted what, int64_t task, int64_t person)
{
    for (int i = 0; i < t->count; i++)
        if (mu_symbol_number(t->items[i].about, what) == task && t->items[i].person == person)
            t->items[i].given = true;
}

static void saw_silence(mu_terminal *t, const mu_event *e)
{
    for (int i = 0; i < t->count; i++)
        t->late += t->items[i].kind == ITEM_QUESTION && t->items[i].number == e->arg[0] && t->items[i].shown && !t->items[i].done && t->items[i].person == t->player;
    settle(t, ITEM_QUESTION, e->arg[0]);
}

/* People's time moves with a jump of the clock, and what is said of it too. */
static void saw_jump(mu_terminal *t, int64_t by)
{
    for (int i = 0; i < t->count; i++)
        if (!t->items[i].done && t->items[i].until >= 0)
            t->items[i].until += by;
}

/* What is open for somebody who is given a screen reaches them there; what a stand-in takes over is no more on any. */
static void saw_seat(mu_terminal *t, const mu_event *e)
{
    bool player = mu_term_played(t, e->arg[0]);
    for (int i = 0; i < t->count; i++)
        t->items[i].done = t->items[i].done || (!player && t->items[i].person == e->arg[0]);
    for (int64_t m = 0; player && m < mu_run_messages(t->run); m++)
        if (mu_run_message_open(t->run, m) && mu_run_message_person(t->run, m) == e->arg[0])
            saw_message(t, &(mu_event){.t = mu_run_message_delivered(t->run, m), .arg = {m, e->arg[0], 0, mu_run_message_about(t->run, m)}});
    for (int64_t p = 0; player && p < mu_run_prompts(t->run); p++)
        if (mu_run_prompt_person(t->run, p) == e->arg[0])
            add(t, (mu_item){.kind = ITEM_QUESTION, .number = p, .about = mu_run_card_name(t->run, mu_run_prompt_card(t->run, p)), .person = e->arg[0],
                             .until = mu_run_prompt_until(t->run, p), .t = e->t});
}

static void saw_extended(mu_terminal *t, const mu_event *e)
{
    for (int i = 0; i < t->count; i++)
        if (t->items[i].kind == ITEM_QUESTION && mu_symbol_counted(MU_PROMPT_N, t->items[i].number) == e->arg[0])
            t->items[i].until = e->arg[2];
}

static void saw_open(mu_terminal *t, const mu_event *e)
{
    const char *object = mu_journal_text(t->journal, e, "object");
    for (int i = 0; strcmp(mu_journal_text(t->journal, e, "verb"), "open") == 0 && i < t->count; i++) {
        mu_counted kind = t->items[i].kind == ITEM_MESSAGE ? MU_MESSAGE_N : MU_PROMPT_N;
        t->items[i].opened = t->items[i].opened || strcmp(mu_term_text(t, mu_symbol_counted(kind, t->items[i].number)), object) == 0;
    }
}

/* What was acknowledged is not: it is shown anew. */
static void waits_again(mu_terminal *t, int64_t message)
{
    for (int i = 0; i < t->count; i++)
        if (t->items[i].kind == ITEM_MESSAGE && t->items[i].number == message)
            t->items[i].done = t->items[i].shown = t->items[i].warned = false;
}

/* Called twice, and taken once: the other call asks for nothing any more. */
static void saw_ack(mu_terminal *t, const mu_event *e)
{
    settle(t, ITEM_MESSAGE, e->arg[0]);
    int64_t about = mu_run_message_about(t->run, e->arg[0]);
    for (int i = 0; mu_symbol_number(about, MU_LADDER_N) >= 0 && i < t->count; i++)
        if (t->items[i].about == about && t->items[i].person == e->arg[1])
            t->items[i].done = true;
}

static void saw(void *self, const mu_event *e)
{
    mu_terminal *t = self;
    switch (e->kind) {
    case EV_ESCALATE_STEP: t->ladder_within = e->arg[6]; break;
    case EV_NOTIFY_DELIVERED: saw_message(t, e); break;
    case EV_PROMPT_OPEN:
        if (mu_term_played(t, e->arg[3]))
            add(t, (mu_item){.kind = ITEM_QUESTION, .number = e->arg[0], .about = e->arg[1], .role = e->arg[2], .person = e->arg[3], .until = e->arg[4], .t = e->t, .via = way_of(t, e->arg[5])});
        break;
    case EV_SEAT: saw_seat(t, e); break;
    case EV_EXTENDED: saw_extended(t, e); break;
    case EV_ACT: saw_open(t, e); break;
    case EV_NOTIFY_ACK: saw_ack(t, e); break;
    case EV_NOTIFY_WAITS: waits_again(t, e->arg[0]); break;
    case EV_PROMPT_ANSWERED: settle(t, ITEM_QUESTION, e->arg[0]); break;
    case EV_PROMPT_SILENT: saw_silence(t, e); break;
    case EV_TASK_START: mu_term_began(t, e->arg[0], e->arg[3], true); break;
    case EV_TASK_CONSULTED: saw_given(t, MU_CONSULT_N, e->arg[0], e->arg[3]); break;
    case EV_DECISION_MADE: saw_given(t, MU_DECIDE_N, e->arg[0], e->arg[3]); break;
    case EV_JUMP: saw_jump(t, e->arg[1] - e->t); break;
    case EV_INJECT_HELD: t->held = true; break;
    case EV_STORY_FAILED: t->unsaid = t->unsaid ? t->unsaid : mu_journal_count(t->journal); break;
    default: break;
    }
}

mu_terminal *mu_terminal_new(mu_run *run, mu_journal *journal, mu_look look)
{
    mu_terminal *t = mu_grow(NULL, sizeof *t);
    memset(t, 0, sizeof *t);
    t->run = run;
    t->journal = journal;
    t->symbols = mu_journal_symbols(journal);
    t->look = look;
    t->width = 80;
    t->ladder_within = t->status_at = t->warned_to_declare = -1;
    mu_run_watch(run, (mu_watcher){saw, t, NULL});
    return t;
}

void mu_terminal_free(mu_terminal *t)
{
    if (!t)
        return;
    free(t->items);
    free(t);
}

/* The oldest of a person that was not shown. */
static mu_item *unshown(const mu_terminal *t, int64_t person)
{
    for (int i = 0; i < t->count; i++)
        if (!t->items[i].done && !t->items[i].shown && t->items[i].person == person)
            return &t->items[i];
    return NULL;
}

mu_item *mu_term_question(const mu_terminal *t, int64_t person)
{
    for (int i = 0; i < t->count; i++)
        if (!t->items[i].done && t->items[i].shown && t->items[i].kind == ITEM_QUESTION && t->items[i].person == person)
            return &t->items[i];
    return NULL;
}

const char *mu_terminal_asks(const mu_terminal *t)
{
    static const char *const asks[] = {"> ", "", "", "  Why, in a line?  ", "  How sure?  1 unsure  2 fairly  3 certain > "};
    return asks[t->asking];
}

/* ---- showing ---- */

void mu_term_clock(const mu_terminal *t, int64_t at, char out[32])
{
    int64_t local = mu_world_local(mu_run_world(t->run), NULL, at), now = mu_world_local(mu_run_world(t->run), NULL, mu_run_now(t->run));
    mu_local_write(local, out);
    if (mu_day_of(local) == mu_day_of(now))
        memmove(out, out + strlen("2026-07-10 "), sizeof "17:40");
}

void mu_term_length(int64_t ms, char out[24])
{
    int64_t minutes = (ms + 30000) / 60000;
    if (ms < 60000)
        snprintf(out, 24, "%d s", (int)((ms + 500) / 1000));
    else if (minutes < 100)
        snprintf(out, 24, "%d min", (int)minutes);
    else if (minutes >= 72 * 60)
        snprintf(out, 24, "%d days", (int)(minutes / 1440));
    else
        snprintf(out, 24, "%d h %02d", (int)(minutes / 60), (int)(minutes % 60));
}

/* An id as one would say it: "notify us regulators". */
static const char *spoken(const mu_terminal *t, const char *id)
{
    char plain[300];
    snprintf(plain, sizeof plain, "%s", id);
    for (char *p = plain; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return mu_term_text(t, mu_symbol(t->symbols, plain));
}

const char *mu_term_name(const mu_terminal *t, int64_t symbol)
{
    const mu_node *n = mu_world_node(mu_run_world(t->run), symbol);
    const char *name = mu_get_text(n, "name"), *text = mu_term_text(t, symbol), *colon = strchr(text, ':');
    name = name ? name : mu_get_text(n, "title");
    name = name ? name : mu_get_text(n, "organisation");
    return name ? name : spoken(t, colon ? colon + 1 : text);
}

const char *mu_term_action(const mu_terminal *t, int64_t task)
{
    const mu_node *action = mu_run_task_action(t->run, task);
    return action ? spoken(t, action->key) : "something";
}

/* The played role that a person holds now, by its title; "" for somebody who is played by name. */
const char *mu_term_role(const mu_terminal *t, int64_t person)
{
    const mu_world *w = mu_run_world(t->run);
    const char *why;
    for (int i = 0; i < w->role_count; i++) {
        if (!w->roles[i].played || mu_holder(w, i, mu_run_now(t->run), &why) != person_of(t, person))
            continue;
        const char *title = mu_get_text(w->roles[i].node, "title");
        return title ? title : w->roles[i].node->key;
    }
    return "";
}

/* One line, filled with dashes to the width of the screen. */
void mu_terminal_status(mu_terminal *t, bool stands, mu_buf *out)
{
    char now[32], line[128], played[24], left[24];
    int64_t at = mu_run_now(t->run);
    mu_term_clock(t, at, now);
    mu_term_length(at, played);
    mu_term_length(mu_run_msel(t->run)->lasts - at, left);
    t->status_at = at;
    t->stands = stands;
    if (mu_run_over(t->run))
        snprintf(line, sizeof line, "-- EXERCISE -- %s -- ENDEX -- %s played ", now, played);
    else if (stands && t->width < 78)
        snprintf(line, sizeof line, "-- EXERCISE -- %s -- PAUSED -- :resume to go on ", now);
    else if (stands)
        snprintf(line, sizeof line, "-- EXERCISE -- %s -- PAUSED -- nobody's time counts -- :resume to go on ", now);
    else if (t->width < 78)
        snprintf(line, sizeof line, "-- EXERCISE -- %s -- running -- %s left ", now, left);
    else
        snprintf(line, sizeof line, "-- EXERCISE -- %s -- running -- %s played, %s left ", now, played, left);
    const char *on = !t->look.colour ? "" : stands ? "\x1b[7m" : "\x1b[2m", *off = t->look.colour ? "\x1b[0m" : "";
    mu_buf_printf(out, "%s%s", on, line);
    for (int i = (int)strlen(line); i < t->width; i++)
        mu_buf_puts(out, "-");
    mu_buf_printf(out, "%s\n", off);
}

void mu_terminal_unheld(mu_terminal *t, mu_buf *out)
{
    const mu_world *w = mu_run_world(t->run);
    for (int i = 0; i < w->role_count; i++) {
        const char *why, *title = mu_get_text(w->roles[i].node, "title");
        if (!w->roles[i].played || mu_holder(w, i, mu_run_now(t->run), &why) >= 0)
            continue;
        mu_buf line = {0};
        mu_buf_printf(&line, "%s is played, and by the plan nobody holds it now (%s): its player is asked nothing until somebody does.", title ? title : w->roles[i].node->key, why);
        mu_term_paragraph(t, out, line.text, 2);
        mu_buf_free(&line);
    }
}

void mu_terminal_away(mu_terminal *t, int64_t ms, mu_buf *out)
{
    char length[24];
    mu_buf line = {0};
    mu_term_length(ms, length);
    mu_buf_printf(&line, "The program was away for %s. The exercise stood meanwhile, and nobody's time has passed.", ms < 1000 ? "less than a second" : length);
    mu_buf_puts(out, "\n");
    mu_term_paragraph(t, out, line.text, 2);
    mu_buf_free(&line);
}

void mu_terminal_last(mu_terminal *t, mu_buf *out)
{
    int64_t lasts = mu_run_msel(t->run)->lasts;
    char end[32], length[24];
    mu_buf line = {0};
    mu_term_clock(t, lasts, end);
    mu_term_length(lasts - mu_run_now(t->run), length);
    mu_buf_printf(&line, "Nothing more comes to anybody who is played before ENDEX at %s, in %s. What is done now still counts; w once more ends the exercise.", end, length);
    mu_buf_puts(out, "\n");
    mu_term_paragraph(t, out, line.text, 2);
    mu_buf_free(&line);
}

void mu_term_hide(mu_buf *out)
{
    for (int i = 0; i < AWAY_LINES; i++)
        mu_buf_puts(out, "\n");
}

static void call_for(mu_terminal *t, mu_buf *out)
{
    const char *role = mu_term_role(t, t->player), *name = mu_term_name(t, t->player);
    mu_buf_printf(out, "\n%s", t->look.colour ? "\x1b[1m" : "");
    mu_buf_safe(out, role, strlen(role), 60);
    mu_buf_puts(out, *role ? ", " : "");
    mu_buf_safe(out, name, strlen(name), 60);
    mu_buf_printf(out, ".%s%sPlease take the keyboard; Enter when you have it.\n", t->look.colour ? "\x1b[0m" : "", strlen(role) + strlen(name) + 54 > (size_t)t->width ? "\n" : "  ");
}

static void hand_over(mu_terminal *t, int64_t person, mu_buf *out)
{
    if (t->player)
        mu_term_hide(out);
    if (t->player || t->status_at / 60000 != mu_run_now(t->run) / 60000)
        mu_terminal_status(t, t->stands, out);
    t->player = person;
    call_for(t, out);
    t->late = 0;
    t->asking = ASK_HAND_OVER;
}

static void show_all(mu_terminal *t, mu_buf *out)
{
    for (mu_item *item; (item = unshown(t, t->player));) {
        item->shown = true;
        mu_term_item(t, item, out);
        mu_counted kind = item->kind == ITEM_MESSAGE ? MU_MESSAGE_N : MU_PROMPT_N;
        mu_act opened = {.seat = "terminal", .person = mu_term_text(t, item->person), .verb = "open", .object = mu_term_text(t, mu_symbol_counted(kind, item->number))};
        if (!item->opened)
            (void)mu_run_post(t->run, mu_run_now(t->run), &opened);
    }
    mu_term_under_way(t, out);
}

static void say_failures(mu_terminal *t, mu_buf *out)
{
    for (size_t n = t->unsaid; n && n <= mu_journal_count(t->journal); n++) {
        const mu_event *e = mu_journal_event(t->journal, n);
        if (e->kind != EV_STORY_FAILED)
            continue;
        const char *story = mu_journal_text(t->journal, e, "story"), *why = mu_journal_text(t->journal, e, "why");
        mu_buf_puts(out, n == t->unsaid ? "\n" : "");
        mu_buf_puts(out, "  For the facilitator: the story \"");
        mu_buf_safe(out, story + strlen("story:"), strlen(story + strlen("story:")), 80);
        mu_buf_puts(out, "\" has failed: ");
        mu_buf_safe(out, why, strlen(why), 300);
        mu_buf_puts(out, ".\n");
    }
    if (t->unsaid)
        mu_buf_puts(out, "  Cards with a time of their own still come; :list shows all of them, :play plays one.\n");
    t->unsaid = 0;
}

/* Those that are still held: some may have been played since, before a drill was taken up again. */
static void say_held(const mu_terminal *t, mu_buf *out)
{
    int held = 0;
    for (int i = 0; i < mu_run_msel(t->run)->card_count; i++)
        held += strcmp(mu_run_card_state(t->run, i), "held") == 0;
    if (held)
        mu_buf_printf(out, "\n  For the facilitator: %d %s; :list shows which.\n", held, held == 1 ? "card is held" : "cards are held");
}

/* What somebody at the keyboard has to know although nothing new has reached them. */
static void remarks(mu_terminal *t, mu_buf *out)
{
    mu_term_remarks(t, out);
    if (t->late)
        mu_buf_printf(out, "\n  %sThe time to answer is over.%s The next in line is asked.\n", t->look.colour ? "\x1b[33m" : "", t->look.colour ? "\x1b[0m" : "");
    if (t->held)
        say_held(t, out);
    t->held = false;
    t->late = 0;
}

void mu_terminal_show(mu_terminal *t, mu_buf *out)
{
    if (t->asking != ASK_NOTHING)
        return;
    say_failures(t, out);
    remarks(t, out);
    bool fresh = unshown(t, t->player) || mu_term_goes_on(t, t->player);
    int64_t wants = mu_term_calls(t, t->player), next = fresh ? t->player : 0;
    wants = wants || t->pass != TO_ANYBODY ? wants : mu_term_holds(t, t->player);
    bool keeps = !fresh && t->player && mu_term_has_open(t, t->player) && (t->pass == KEEP || !wants);
    if (!keeps && (t->pass != KEEP || !fresh))
        next = wants ? wants : fresh ? t->player : mu_term_holds(t, 0);
    t->pass = KEEP;
    if (keeps && wants && !t->wanted)
        mu_buf_printf(out, "\n  Somebody else is to have the keyboard: %s. p passes it on.\n", *mu_term_role(t, wants) ? mu_term_role(t, wants) : mu_term_name(t, wants));
    t->wanted = keeps && wants;
    if (keeps || !next)
        return;
    if (next != t->player)
        hand_over(t, next, out);
    else
        show_all(t, out);
}

/* ---- lines ---- */

/* A move of the facilitator, the real stop and leaving do not wait for a reason, and are none. */
static bool presses(const char *line)
{
    const char *first = line + strspn(line, " ");
    return *first == ':' || *first == '!' || strcmp(first, "q") == 0 || strcmp(first, "Q") == 0;
}

static mu_move answer_part(mu_terminal *t, const char *line, mu_buf *out)
{
    static const mu_move shown = {.typed = TYPED_SHOWN};
    if (presses(line)) /* and what was asked is asked again */
        return mu_term_parse(t, line + strspn(line, " "), out);
    if (mu_run_over(t->run)) {
        mu_buf_puts(out, "  The exercise has ended meanwhile: what was half said is not in it.\n");
        t->asking = ASK_NOTHING;
        return shown;
    }
    if (t->asking == ASK_WHY && mu_term_is_move(line)) {
        mu_buf_puts(out, "  That is a move, and no reason; moves are taken when this is said. Enter alone gives no reason.\n");
        return shown;
    }
    if (t->asking == ASK_WHY) {
        bool sure = strcmp(t->half.act.verb, "answer") == 0;
        t->half.act.text = *line ? mu_term_text(t, mu_symbol(t->symbols, line)) : NULL;
        t->asking = sure ? ASK_SURE : ASK_NOTHING;
        return sure ? shown : t->half;
    }
    bool said = *line >= '1' && *line <= '3' && !line[1];
    if (*line && !said) {
        mu_buf_puts(out, "  1, 2 or 3; Enter alone leaves it unsaid. Until then your answer is not given, and no move is taken.\n");
        return shown;
    }
    t->asking = ASK_NOTHING;
    t->half.act.sure = said ? *line - '0' : 0;
    return t->half;
}

/* It asks for nothing any more, whether it was acknowledged or not: the task is done, or is another's; the advice is given. */
static bool settled(const mu_terminal *t, const mu_item *item)
{
    int64_t task = mu_symbol_number(item->about, MU_TASK_N);
    return item->done || item->given || (task >= 0 && mu_run_task_person(t->run, task) != item->person);
}

/* What is open is shown again to whoever comes back to it. */
static void sit_down(mu_terminal *t, mu_buf *out)
{
    if (mu_run_over(t->run))
        return;
    for (int i = 0; i < t->count; i++)
        if (t->items[i].person == t->player && !settled(t, &t->items[i]) && t->items[i].shown)
            mu_term_item(t, &t->items[i], out);
    show_all(t, out);
    (void)mu_term_also(t, out);
    mu_term_moves(t, out);
}

/* The keyboard is taken by Enter; a move typed before that was typed without having seen what it is about. */
static mu_move taken(mu_terminal *t, const char *line, mu_buf *out)
{
    const char *first = line + strspn(line, " ");
    if (presses(line))
        return mu_term_parse(t, first, out);
    if (*first)
        mu_buf_puts(out, "  Enter was meant to come first: what was typed is not done.\n");
    t->asking = ASK_NOTHING;
    sit_down(t, out);
    return (mu_move){.typed = TYPED_SHOWN};
}

/* The facilitator has seen enough: whoever had the keyboard has it again, or is still to take it. */
static mu_move cleared(mu_terminal *t, const char *line, mu_buf *out)
{
    mu_term_hide(out);
    t->asking = t->asked_before;
    if (t->asking == ASK_HAND_OVER)
        call_for(t, out);
    else if (t->player)
        sit_down(t, out);
    if (!line[strspn(line, " ")])
        return (mu_move){.typed = TYPED_SHOWN};
    return mu_terminal_line(t, line, out);
}

mu_move mu_terminal_line(mu_terminal *t, const char *line, mu_buf *out)
{
    switch (t->asking) {
    case ASK_WHY:
    case ASK_SURE: return answer_part(t, line, out);
    case ASK_HAND_OVER: return taken(t, line, out);
    case ASK_CLEAR: return cleared(t, line, out);
    default: return mu_term_parse(t, line, out);
    }
}

void mu_terminal_done(mu_terminal *t, const mu_move *m, const char *why, mu_buf *out)
{
    char now[32];
    mu_term_clock(t, mu_run_now(t->run), now);
    if (why) {
        mu_buf_puts(out, "  Not done: ");
        mu_buf_safe(out, why, strlen(why), 200);
        mu_buf_puts(out, ".\n");
        return;
    }
    size_t n = mu_journal_count(t->journal);
    while (n > 1 && mu_journal_event(t->journal, n)->kind != EV_ACT)
        n--;
    mu_buf_printf(out, "  %s  %sWritten%s (#%zu): ", now, t->look.colour ? "\x1b[32m" : "", t->look.colour ? "\x1b[0m" : "", n);
    mu_term_outcome(t, &m->act, n, out);
    if (mu_run_over(t->run))
        t->asking = ASK_NOTHING;
    for (size_t i = n; i <= mu_journal_count(t->journal); i++) { /* what it set going was said just now */
        const mu_event *e = mu_journal_event(t->journal, i);
        if (e->kind == EV_TASK_START && e->arg[3] == t->player)
            mu_term_began(t, e->arg[0], t->player, false);
    }
}
