#include "server/rating.h"

#include <string.h>

static const char *text(mu_journal *j, const mu_event *e, const char *key)
{
    return mu_journal_text(j, e, key);
}

static bool says(const char *words, const char *part)
{
    return strstr(words, part) != NULL;
}

static void met(mu_journal *j, const mu_card *c, const mu_event *e, mu_task_rating *t)
{
    const char *outcome = text(j, e, "outcome");
    int64_t took = mu_journal_value(j, e, "took");
    bool slow = c->within > 0 && took * 5 > c->within * 4;
    t->rating = says(outcome, "late") || says(outcome, "prompt") ? 'U' : says(outcome, "somebody else") ? 'M' : slow ? 'S' : 'P';
    t->because = slow && t->rating == 'S' ? "it took more than four fifths of its window" : outcome;
    t->event = e->n;
}

static void expected(mu_journal *j, const mu_card *c, int64_t card, mu_task_rating *t)
{
    for (size_t n = 1; n <= mu_journal_count(j); n++) {
        const mu_event *e = mu_journal_event(j, n);
        bool its = (e->kind == EV_EXPECT_MET || e->kind == EV_EXPECT_MISSED) && e->arg[0] == card && strcmp(text(j, e, "action"), t->what) == 0;
        if (its && e->kind == EV_EXPECT_MET)
            met(j, c, e, t);
        if (its && e->kind == EV_EXPECT_MISSED)
            *t = (mu_task_rating){t->card, t->what, 'U', text(j, e, "outcome"), e->n};
    }
}

static void answered(mu_journal *j, const mu_card *c, int64_t card, mu_task_rating *t)
{
    for (size_t n = 1; n <= mu_journal_count(j); n++) {
        const mu_event *e = mu_journal_event(j, n);
        if (e->kind == EV_PROMPT_SILENT && e->arg[1] == card)
            *t = (mu_task_rating){t->card, t->what, 'U', "no answer in time", e->n};
        if (e->kind == EV_PROMPT_ANSWERED && e->arg[1] == card) {
            bool slow = c->within > 0 && mu_journal_value(j, e, "took") * 5 > c->within * 4, before = t->rating == 'U';
            t->rating = before || !mu_journal_value(j, e, "in_time") ? 'U' : slow ? 'S' : 'P';
            t->because = before ? "answered, but not by the first who was asked" : slow ? "it took more than four fifths of its window" : "answered";
            t->event = e->n;
        }
    }
}

/* A decision that was made without the authority for it was made against the plan. */
static void authority(mu_journal *j, int64_t subject, mu_task_rating *t)
{
    for (size_t n = 1; n <= mu_journal_count(j); n++) {
        const mu_event *e = mu_journal_event(j, n);
        bool its = e->kind == EV_DECISION_MADE && e->arg[1] == subject && !mu_journal_value(j, e, "authority_ok");
        if (its && t->rating && t->rating != 'U')
            *t = (mu_task_rating){t->card, t->what, 'M', "decided without the authority", e->n};
    }
}

static int worse(char a, char b)
{
    return (a == 'U') * 4 + (a == 'M') * 3 + (a == 'S') * 2 + (a == 'P') > (b == 'U') * 4 + (b == 'M') * 3 + (b == 'S') * 2 + (b == 'P');
}

static void one(mu_run *run, mu_journal *j, int card, const mu_name *what, mu_task_rating *t)
{
    const mu_card *c = &mu_run_msel(run)->cards[card];
    *t = (mu_task_rating){.card = card, .what = what ? what->text : "an answer", .because = ""};
    if (what)
        expected(j, c, mu_run_card_name(run, card), t);
    else
        answered(j, c, mu_run_card_name(run, card), t);
    authority(j, what ? mu_symbol(mu_journal_symbols(j), what->text) : mu_run_card_name(run, card), t);
}

int mu_rating_of(mu_run *run, mu_journal *j, const char *objective, mu_task_rating *tasks, char *worst, int *unobserved)
{
    const mu_msel *m = mu_run_msel(run);
    int count = 0;
    *worst = 0;
    *unobserved = 0;
    for (int i = 0; i < m->card_count; i++) {
        const mu_card *c = &m->cards[i];
        bool asks = c->kind != MU_INJECT;
        if (!c->tests || strcmp(c->tests, objective) != 0)
            continue;
        for (int k = 0; k < (asks ? 1 : c->expect.count) && count < MU_TASKS_RATED; k++)
            one(run, j, i, asks ? NULL : &c->expect.list[k], &tasks[count++]);
    }
    for (int i = 0; i < count; i++) {
        *unobserved += !tasks[i].rating;
        *worst = tasks[i].rating && worse(tasks[i].rating, *worst) ? tasks[i].rating : *worst;
    }
    return count;
}
