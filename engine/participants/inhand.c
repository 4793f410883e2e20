/* What those who are played have in hand, and what is said when little of its time is left. */
#include <string.h>

#include "participants/seen.h"

bool mu_term_in_hand(const mu_terminal *t, const mu_item *i)
{
    if (i->kind == ITEM_QUESTION)
        return !i->done;
    return mu_term_played(t, i->person) && mu_run_message_awaits(t->run, i->number) && !mu_run_call_taken(t->run, i->number);
}

int64_t mu_term_until(const mu_terminal *t, const mu_item *i)
{
    int64_t due = i->kind == ITEM_MESSAGE ? mu_run_message_due(t->run, i->number) : -1;
    return due >= 0 ? due : i->until;
}

bool mu_term_may_declare(const mu_terminal *t, int64_t person)
{
    const mu_world *w = mu_run_world(t->run);
    const char *why;
    for (int i = 0; person && i < w->role_count; i++) {
        int holder = mu_run_authority(t->run, i, "declare") ? mu_holder(w, i, mu_run_now(t->run), &why) : -1;
        if (holder >= 0 && w->people[holder].name == person)
            return true;
    }
    return false;
}

/* The first thing that reached somebody who is played and may declare, while it is not declared and its time runs. */
static const mu_item *to_declare(const mu_terminal *t, int64_t person)
{
    if (mu_run_declare_due(t->run) <= mu_run_now(t->run))
        return NULL;
    for (int i = 0; i < t->count; i++) {
        const mu_item *item = &t->items[i];
        bool heard = (item->shown || item->done) && (!person || item->person == person);
        if (heard && mu_term_played(t, item->person) && mu_term_may_declare(t, item->person))
            return item;
    }
    return NULL;
}

/* ---- the last fifth of a time ---- */

static int64_t last_fifth(int64_t from, int64_t until)
{
    return until - (until - from) / 5;
}

static int64_t warning(const mu_terminal *t, const mu_item *i)
{
    bool call = mu_symbol_number(i->about, MU_LADDER_N) >= 0; /* its time is short, and said once */
    int64_t until = mu_term_until(t, i);
    return until < 0 || i->warned || call || !(i->shown || i->done) || !mu_term_in_hand(t, i) ? MU_NEVER : last_fifth(i->t, until);
}

static int64_t warning_to_declare(const mu_terminal *t, int64_t person)
{
    const mu_item *first = to_declare(t, person);
    int64_t due = mu_run_declare_due(t->run);
    return !first || t->warned_to_declare == due ? MU_NEVER : last_fifth(first->t, due);
}

/* Little time is left, and it was not said. */
static bool presses(const mu_terminal *t, const mu_item *i)
{
    return warning(t, i) <= mu_run_now(t->run) && mu_term_until(t, i) > mu_run_now(t->run);
}

int64_t mu_terminal_warns(const mu_terminal *t)
{
    int64_t now = mu_run_now(t->run), next = MU_NEVER;
    if (t->asking != ASK_NOTHING)
        return MU_NEVER;
    for (int i = 0; i < t->count; i++) {
        int64_t at = warning(t, &t->items[i]);
        next = at > now && at < next ? at : next;
    }
    int64_t declare = warning_to_declare(t, 0);
    return declare > now && declare < next ? declare : next;
}

/* ---- what could not go on before ---- */

static bool news_of(const mu_terminal *t, const mu_item *i)
{
    return i->began && mu_term_in_hand(t, i);
}

void mu_term_began(mu_terminal *t, int64_t task, int64_t person, bool news)
{
    for (int i = 0; i < t->count; i++)
        if (t->items[i].person == person && mu_symbol_number(t->items[i].about, MU_TASK_N) == task)
            t->items[i].began = news;
}

bool mu_term_goes_on(const mu_terminal *t, int64_t person)
{
    for (int i = 0; i < t->count; i++)
        if (t->items[i].person == person && news_of(t, &t->items[i]))
            return true;
    return false;
}

void mu_term_under_way(mu_terminal *t, mu_buf *out)
{
    char now[32];
    for (int i = 0; i < t->count; i++) {
        mu_item *item = &t->items[i];
        if (item->person != t->player || !news_of(t, item))
            continue;
        item->began = false;
        mu_term_clock(t, mu_run_now(t->run), now);
        mu_buf_printf(out, "\n  %s  Nothing is in its way any more: it is under way.\n", now);
        mu_term_task(t, mu_symbol_number(item->about, MU_TASK_N), out);
    }
}

/* ---- whose turn it is ---- */

int64_t mu_term_calls(const mu_terminal *t, int64_t except)
{
    for (int i = 0; i < t->count; i++) {
        const mu_item *item = &t->items[i];
        if (item->person != except && ((!item->done && !item->shown) || presses(t, item) || news_of(t, item)))
            return item->person;
    }
    const mu_item *declare = warning_to_declare(t, 0) <= mu_run_now(t->run) ? to_declare(t, 0) : NULL;
    return declare && declare->person != except ? declare->person : 0;
}

int64_t mu_term_holds(const mu_terminal *t, int64_t except)
{
    for (int i = 0; i < t->count; i++)
        if (t->items[i].person != except && (!t->items[i].done || mu_term_in_hand(t, &t->items[i])))
            return t->items[i].person;
    const mu_item *declare = to_declare(t, 0);
    return declare && declare->person != except ? declare->person : 0;
}

bool mu_term_has_open(const mu_terminal *t, int64_t person)
{
    for (int i = 0; i < t->count; i++)
        if (t->items[i].person == person && (!t->items[i].done || mu_term_in_hand(t, &t->items[i])))
            return true;
    return to_declare(t, person) != NULL;
}

bool mu_terminal_waiting(const mu_terminal *t)
{
    return t->asking != ASK_NOTHING || mu_term_holds(t, 0);
}

bool mu_terminal_news(const mu_terminal *t)
{
    return mu_term_calls(t, 0) != 0;
}

/* ---- what is said ---- */

static void what_for(const mu_terminal *t, const mu_item *i, mu_buf *out)
{
    static const struct { mu_counted kind; const char *words; } rows[] = {{MU_TASK_N, "do"}, {MU_CONSULT_N, "advise on"}, {MU_DECIDE_N, "decide on"}};
    const char *about = mu_term_text(t, i->about);
    for (int k = 0; k < 3; k++) {
        int64_t task = mu_symbol_number(i->about, rows[k].kind);
        if (task >= 0) {
            mu_buf_printf(out, "%s %s", rows[k].words, mu_term_action(t, task));
            return;
        }
    }
    if (strncmp(about, "audience:", 9) == 0)
        mu_buf_printf(out, "tell %s", mu_term_name(t, i->about));
    else
        mu_buf_puts(out, i->kind == ITEM_QUESTION ? "answer the question" : "answer what came last");
}

static void left(const mu_terminal *t, int64_t until, mu_buf *out)
{
    char at[32], length[24];
    mu_term_clock(t, until, at);
    mu_term_length(until - mu_run_now(t->run), length);
    mu_buf_printf(out, "\n  %s%s left%s, until %s, to ", t->look.colour ? "\x1b[33m" : "", length, t->look.colour ? "\x1b[0m" : "", at);
}

void mu_term_remarks(mu_terminal *t, mu_buf *out)
{
    for (int i = 0; i < t->count; i++) {
        mu_item *item = &t->items[i];
        if (item->person != t->player || warning(t, item) > mu_run_now(t->run))
            continue;
        if (presses(t, item)) {
            left(t, mu_term_until(t, item), out);
            what_for(t, item, out);
            mu_buf_puts(out, ".\n");
        }
        item->warned = true;
    }
    if (warning_to_declare(t, t->player) > mu_run_now(t->run))
        return;
    t->warned_to_declare = mu_run_declare_due(t->run);
    left(t, t->warned_to_declare, out);
    mu_buf_puts(out, "declare the severity.\n");
}
