/* What one item looks like to whoever it reached. */
#include <stdio.h>
#include <string.h>

#include "participants/seen.h"

static void safe(mu_buf *out, const char *text)
{
    mu_buf_safe(out, text ? text : "", text ? strlen(text) : 0, 2000);
}

/* Wrapped at 72 columns behind an indentation. */
static void paragraph(mu_buf *out, const char *text, int indent)
{
    mu_buf all = {0};
    mu_buf_safe(&all, text, strlen(text), 4000);
    int column = 0;
    for (const char *p = all.text; p && *p;) {
        size_t word = strcspn(p, " ");
        bool fits = column > 0 && column + 1 + (int)word <= 72;
        if (!fits)
            mu_buf_printf(out, "%s%*s", column > 0 ? "\n" : "", indent, "");
        mu_buf_printf(out, "%s%.*s", fits ? " " : "", (int)word, p);
        column = fits ? column + 1 + (int)word : (int)word;
        p += word + strspn(p + word, " ");
    }
    mu_buf_puts(out, "\n");
    mu_buf_free(&all);
}

/* A text of several lines as it came, each line made safe. */
static void verbatim(mu_buf *out, const char *text)
{
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        mu_buf_puts(out, "      | ");
        mu_buf_safe(out, p, n, 200);
        mu_buf_puts(out, "\n");
        p += n + (p[n] == '\n');
    }
}

static const char *after_colon(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const mu_card *mu_term_card(const mu_terminal *t, const mu_item *item)
{
    const mu_msel *m = mu_run_msel(t->run);
    const char *name = mu_term_text(t, item->about);
    for (int i = 0; strncmp(name, "card:", 5) == 0 && i < m->card_count; i++)
        if (strcmp(m->cards[i].name, name + 5) == 0)
            return &m->cards[i];
    return NULL;
}

static void card(mu_terminal *t, const mu_item *item, const mu_card *c, mu_buf *out)
{
    if (c->from) {
        mu_buf_puts(out, "  From ");
        safe(out, c->from);
        mu_buf_puts(out, ":\n\n");
    }
    paragraph(out, c->says ? c->says : "", 6);
    for (int i = 0; i < c->show_count; i++) {
        const mu_artefact *a = &mu_run_msel(t->run)->artefacts[c->shows[i]];
        mu_buf_puts(out, "\n");
        verbatim(out, a->body ? a->body : "");
    }
    (void)item;
}

static void question(mu_terminal *t, const mu_item *item, const mu_card *c, mu_buf *out)
{
    char until[16];
    mu_buf_puts(out, "  the exercise asks you:\n\n");
    paragraph(out, c->says ? c->says : "", 6);
    mu_buf_puts(out, "\n");
    for (int i = 0; i < c->answer_count; i++) {
        mu_buf_printf(out, "        %d  ", i + 1);
        safe(out, c->answers[i].text);
        mu_buf_puts(out, "\n");
    }
    if (item->until < 0)
        return;
    mu_term_clock(t, item->until, until);
    mu_buf_printf(out, "\n  %s%d min left%s, until %s.\n", t->look.colour ? "\x1b[1m" : "", (int)((item->until - mu_run_now(t->run) + 59999) / 60000), t->look.colour ? "\x1b[0m" : "", until);
}

static void task_words(mu_terminal *t, const char *format, int64_t task, mu_buf *out)
{
    const mu_node *action = mu_run_task_action(t->run, task), *outcomes = mu_run_task_outcomes(t->run, task);
    const char *authority = mu_get_text(action, "authority");
    mu_buf line = {0};
    mu_buf_printf(&line, format, action ? action->key : "something");
    paragraph(out, line.text, 6);
    if (authority && strstr(format, "decision"))
        mu_buf_printf(out, "      It takes the authority \"%s\".\n", authority);
    for (const mu_node *o = outcomes && strstr(format, "asked to do") ? outcomes->first : NULL; o; o = o->next)
        mu_buf_printf(out, "      It decides between: %s\n", o->key);
    mu_buf_free(&line);
}

static void message(mu_terminal *t, const mu_item *item, mu_buf *out)
{
    const char *about = mu_term_text(t, item->about);
    const mu_card *c = mu_term_card(t, item);
    int64_t task = mu_symbol_number(item->about, MU_TASK_N), consult = mu_symbol_number(item->about, MU_CONSULT_N), decide = mu_symbol_number(item->about, MU_DECIDE_N);
    if (c)
        card(t, item, c, out);
    else if (task >= 0)
        task_words(t, "You are asked to do: %s. (start, then done)", task, out);
    else if (consult >= 0)
        task_words(t, "Your advice is asked on: %s. (c gives it)", consult, out);
    else if (decide >= 0)
        task_words(t, "A decision is asked of you: may %s go ahead? (d yes or d no)", decide, out);
    else if (mu_symbol_number(item->about, MU_LADDER_N) >= 0)
        mu_buf_puts(out, "      You are called: an incident. (a takes the call)\n");
    else if (strncmp(about, "assemble:", 9) == 0)
        mu_buf_puts(out, "      You are called to the bridge. (a says that you are there)\n");
    else if (strncmp(about, "audience:", 9) == 0)
        mu_buf_printf(out, "      It is yours to tell: %s. (m %s sends the message)\n", after_colon(about), after_colon(about));
    else if (strncmp(about, "note:", 5) == 0)
        paragraph(out, about + 5, 6);
    else
        mu_buf_printf(out, "      For your information: %s.\n", after_colon(about));
}

void mu_term_item(mu_terminal *t, const mu_item *item, mu_buf *out)
{
    char at[16];
    const mu_card *c = mu_term_card(t, item);
    mu_term_clock(t, item->t, at);
    mu_buf_printf(out, "\n  %s", at);
    if (item->via) {
        mu_buf_puts(out, "  by ");
        safe(out, after_colon(mu_term_text(t, item->via)));
    }
    if (item->kind == ITEM_MESSAGE)
        mu_buf_printf(out, "  (message %d)", (int)item->number);
    mu_buf_puts(out, "\n");
    if (item->kind == ITEM_QUESTION && c)
        question(t, item, c, out);
    else
        message(t, item, out);
}

void mu_term_moves(mu_terminal *t, mu_buf *out)
{
    mu_buf_printf(out, "\n  %s1-9 answer   a acknowledge   start X   done X   d decide   c advise   n notify%s\n", t->look.colour ? "\x1b[2m" : "", "");
    mu_buf_printf(out, "  s severity   e escalate   h hand over   m message   l look up   i improvise\n  b blocked   t my tasks   w wait   ? all moves   q leave   ! stop: this is real%s\n\n",
                  t->look.colour ? "\x1b[0m" : "");
}

/* Tasks that were given to whoever has the keyboard and are not done. */
void mu_term_tasks(mu_terminal *t, mu_buf *out)
{
    int n = 0;
    for (size_t i = 1; i <= mu_journal_count(t->journal); i++) {
        const mu_event *e = mu_journal_event(t->journal, i);
        bool done = false;
        if (e->kind != EV_TASK_ASSIGNED || e->arg[3] != t->player)
            continue;
        for (size_t k = i + 1; k <= mu_journal_count(t->journal); k++) {
            const mu_event *later = mu_journal_event(t->journal, k);
            done = done || ((later->kind == EV_TASK_DONE || later->kind == EV_TASK_ASSIGNED) && later->arg[0] == e->arg[0]);
        }
        if (done)
            continue;
        mu_buf_printf(out, "  %s\n", after_colon(mu_term_text(t, e->arg[1])));
        n++;
    }
    if (n == 0)
        mu_buf_puts(out, "  No task of the plan is open for you.\n");
}
