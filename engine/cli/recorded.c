#include "cli/recorded.h"

#include <stdlib.h>
#include <string.h>

#include "plan/schema.h"

bool mu_recorded_options(mu_recorded *r, const mu_journal *j)
{
    mu_run_options *o = &r->options;
    *o = (mu_run_options){.away = {r->away, 0}, .down = {r->down, 0}, .play = {r->play, 0}, .players = {r->players, 0}};
    const struct { const char *word; const char **list; mu_names_list *names; } lists[] = {
        {"away", r->away, &o->away}, {"down", r->down, &o->down}, {"play", r->play, &o->play}, {"player", r->players, &o->players}};
    const mu_event *pin = mu_journal_count(j) ? mu_journal_event(j, 1) : NULL;
    if (!pin || pin->kind != EV_PINNED)
        return false;
    o->seed = strtoull(mu_journal_text(j, pin, "seed"), NULL, 10);
    o->mode = mu_journal_text(j, pin, "mode");
    o->facilitator = strcmp(o->mode, "model") != 0;
    for (size_t n = 2; n <= mu_journal_count(j); n++) {
        const mu_event *e = mu_journal_event(j, n);
        if (e->kind == EV_OPTION && strcmp(mu_journal_text(j, e, "option"), "clock") == 0)
            o->clock = mu_journal_text(j, e, "value");
        for (int k = 0; e->kind == EV_OPTION && k < 4; k++)
            if (strcmp(mu_journal_text(j, e, "option"), lists[k].word) == 0 && lists[k].names->count < MU_NAMES)
                lists[k].list[lists[k].names->count++] = mu_journal_text(j, e, "value");
    }
    return mu_time_read(mu_journal_text(j, pin, "starts"), &o->starts_local);
}
