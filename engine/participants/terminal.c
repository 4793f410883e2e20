#include "participants/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- what is seen ---- */

static int person_of(const mu_terminal *t, int64_t name)
{
    const mu_world *w = mu_run_world(t->run);
    for (int i = 0; i < w->person_count; i++)
        if (w->people[i].name == name)
            return i;
    return -1;
}

static void add(mu_terminal *t, mu_item item)
{
    if (t->count == t->room) {
        t->room = t->room ? t->room * 2 : 64;
        t->items = mu_grow(t->items, (size_t)t->room * sizeof *t->items);
    }
    t->items[t->count++] = item;
}

static bool played(const mu_terminal *t, int64_t name)
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

static void saw(void *self, const mu_event *e)
{
    mu_terminal *t = self;
    if (e->kind == EV_NOTIFY_DELIVERED && mu_symbol_number(e->arg[3], MU_PROMPT_N) < 0 && played(t, e->arg[1]))
        add(t, (mu_item){.kind = ITEM_MESSAGE, .number = e->arg[0], .person = e->arg[1], .via = e->arg[2], .about = e->arg[3], .t = e->t, .until = -1});
    if (e->kind == EV_PROMPT_OPEN && played(t, e->arg[3]))
        add(t, (mu_item){.kind = ITEM_QUESTION, .number = e->arg[0], .about = e->arg[1], .role = e->arg[2], .person = e->arg[3], .until = e->arg[4], .t = e->t});
    for (int i = 0; e->kind == EV_NOTIFY_OPENED && i < t->count; i++)
        t->items[i].opened = t->items[i].opened || (t->items[i].kind == ITEM_MESSAGE && t->items[i].number == e->arg[0]);
    if (e->kind == EV_NOTIFY_ACK)
        settle(t, ITEM_MESSAGE, e->arg[0]);
    if (e->kind == EV_STORY_FAILED && !t->unsaid)
        t->unsaid = mu_journal_count(t->journal);
    if (e->kind == EV_PROMPT_ANSWERED || e->kind == EV_PROMPT_SILENT)
        settle(t, ITEM_QUESTION, e->arg[0]);
}

mu_terminal *mu_terminal_new(mu_run *run, mu_journal *journal, mu_look look)
{
    mu_terminal *t = mu_grow(NULL, sizeof *t);
    memset(t, 0, sizeof *t);
    t->run = run;
    t->journal = journal;
    t->symbols = mu_journal_symbols(journal);
    t->look = look;
    mu_run_watch(run, (mu_watcher){saw, t});
    return t;
}

void mu_terminal_free(mu_terminal *t)
{
    if (!t)
        return;
    free(t->items);
    free(t);
}

mu_item *mu_term_open(const mu_terminal *t, int64_t person, bool unshown_only)
{
    for (int i = 0; i < t->count; i++)
        if (!t->items[i].done && (!person || t->items[i].person == person) && !(unshown_only && t->items[i].shown))
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

bool mu_terminal_waiting(const mu_terminal *t)
{
    return t->asking != ASK_NOTHING || mu_term_open(t, 0, false) != NULL;
}

bool mu_terminal_news(const mu_terminal *t)
{
    return mu_term_open(t, 0, true) != NULL;
}

bool mu_terminal_handing_over(const mu_terminal *t)
{
    return t->asking == ASK_HAND_OVER;
}

const char *mu_terminal_asks(const mu_terminal *t)
{
    static const char *const asks[] = {"> ", "", "  Why, in a line?  ", "  How sure?  1 unsure  2 fairly  3 certain > "};
    return asks[t->asking];
}

/* ---- showing ---- */

void mu_term_clock(const mu_terminal *t, int64_t at, char out[16])
{
    int64_t minute = mu_world_local(mu_run_world(t->run), NULL, at) / 60000 % 1440;
    snprintf(out, 16, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

static const char *name_of(const mu_terminal *t, int64_t person)
{
    int i = person_of(t, person);
    const char *name = i >= 0 ? mu_get_text(mu_run_world(t->run)->people[i].node, "name") : NULL;
    return name ? name : mu_term_text(t, person);
}

/* The played role that a person holds now, by its title. */
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

void mu_terminal_status(mu_terminal *t, bool stands, mu_buf *out)
{
    char now[16];
    int64_t at = mu_run_now(t->run), left = mu_run_msel(t->run)->lasts - at;
    mu_term_clock(t, at, now);
    const char *dim = t->look.colour ? "\x1b[2m" : "", *reverse = t->look.colour ? "\x1b[7m" : "", *off = t->look.colour ? "\x1b[0m" : "";
    if (stands)
        mu_buf_printf(out, "%s-- EXERCISE -- %s -- PAUSED -- nobody's time counts -------- :resume to go on ----%s\n", reverse, now, off);
    else
        mu_buf_printf(out, "%s-- EXERCISE -- %s -- running -- %d min played, %d h %02d left ----------------------%s\n", dim, now, (int)(at / 60000), (int)(left / 3600000),
                      (int)(left / 60000 % 60), off);
}

static void hand_over(mu_terminal *t, int64_t person, mu_buf *out)
{
    if (t->player)
        for (int i = 0; i < AWAY_LINES; i++)
            mu_buf_puts(out, "\n");
    mu_terminal_status(t, false, out);
    mu_buf_printf(out, "\n%s", t->look.colour ? "\x1b[1m" : "");
    mu_buf_safe(out, mu_term_role(t, person), strlen(mu_term_role(t, person)), 60);
    mu_buf_puts(out, ", ");
    mu_buf_safe(out, name_of(t, person), strlen(name_of(t, person)), 60);
    mu_buf_printf(out, ".%s  Please take the keyboard; Enter when you have it.\n", t->look.colour ? "\x1b[0m" : "");
    t->player = person;
    t->asking = ASK_HAND_OVER;
}

static void show_all(mu_terminal *t, mu_buf *out)
{
    for (mu_item *item; (item = mu_term_open(t, t->player, true));) {
        item->shown = true;
        mu_term_item(t, item, out);
        mu_act opened = {.seat = "terminal", .person = mu_term_text(t, item->person), .verb = "open", .object = mu_term_text(t, mu_symbol_counted(MU_MESSAGE_N, item->number))};
        if (item->kind == ITEM_MESSAGE && !item->opened)
            (void)mu_run_post(t->run, mu_run_now(t->run), &opened);
    }
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

void mu_terminal_show(mu_terminal *t, mu_buf *out)
{
    mu_item *item = mu_term_open(t, t->player, true);
    if (t->asking != ASK_NOTHING)
        return;
    say_failures(t, out);
    if (!item && mu_term_open(t, t->player, false) && t->player)
        return; /* whoever has the keyboard has something open still */
    item = item ? item : mu_term_open(t, 0, true);
    item = item ? item : mu_term_open(t, 0, false);
    if (!item)
        return;
    if (item->person != t->player)
        hand_over(t, item->person, out);
    else
        show_all(t, out);
}

/* ---- lines ---- */

static mu_move answer_part(mu_terminal *t, const char *line, mu_buf *out)
{
    if (t->asking == ASK_WHY) {
        t->half.act.text = *line ? mu_term_keep(t, line) : NULL;
        t->asking = ASK_SURE;
        return (mu_move){.typed = TYPED_SHOWN};
    }
    t->asking = ASK_NOTHING;
    t->half.act.sure = *line >= '1' && *line <= '3' && !line[1] ? *line - '0' : 0;
    (void)out;
    return t->half;
}

mu_move mu_terminal_line(mu_terminal *t, const char *line, mu_buf *out)
{
    if (t->asking == ASK_WHY || t->asking == ASK_SURE)
        return answer_part(t, line, out);
    if (t->asking == ASK_HAND_OVER) {
        t->asking = ASK_NOTHING;
        for (int i = 0; i < t->count; i++) /* what is open is shown again to whoever comes back to it */
            if (t->items[i].person == t->player && !t->items[i].done && t->items[i].shown)
                mu_term_item(t, &t->items[i], out);
        show_all(t, out);
        mu_term_moves(t, out);
        return (mu_move){.typed = TYPED_SHOWN};
    }
    return mu_term_parse(t, line, out);
}

void mu_terminal_done(mu_terminal *t, const mu_move *m, const char *why, mu_buf *out)
{
    char now[16];
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
    mu_buf_printf(out, "  %s  %sWritten%s (#%zu): %s", now, t->look.colour ? "\x1b[32m" : "", t->look.colour ? "\x1b[0m" : "", n, m->act.verb);
    if (m->act.object) {
        mu_buf_puts(out, " ");
        mu_buf_safe(out, m->act.object, strlen(m->act.object), 60);
    }
    mu_buf_puts(out, ".\n");
}
