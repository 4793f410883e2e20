#include "cli/recorded.h"

#include <stdio.h>
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

int mu_recorded_play(mu_recorded *options, const mu_journal *recorded, const char *path, mu_drill *d, bool same, mu_again *again)
{
    if (!mu_recorded_options(options, recorded)) {
        fprintf(stderr, "muster: %s: record 1 does not say when the drill began\n", path);
        return 3;
    }
    d->options = options->options;
    mu_drill_make(d, mu_journal_new());
    const char *unknown = mu_run_unknown(d->run);
    if (unknown) {
        fprintf(stderr, "muster: the plan has nothing named \"%s\", which the drill's options name\n", unknown);
        return 3;
    }
    if (same)
        mu_journal_expect(d->journal, recorded);
    if (!mu_drill_start(d))
        return 4;
    if (same)
        mu_drill_replay_acts(d, recorded, false);
    else
        mu_again_play(d, recorded, again);
    const mu_event *last = mu_journal_event(recorded, mu_journal_count(recorded));
    mu_drill_until(d, mu_journal_ended(recorded) ? MU_NEVER : last->t);
    return 0;
}

const char *mu_recorded_other(const mu_journal *recorded, const mu_drill *d, bool assumptions)
{
    const mu_event *pin = mu_journal_event(recorded, 1);
    const char *const pairs[][2] = {{"plan", mu_tree_hash(d->plan)}, {"scenario", d->msel->hash}, {"assumptions", mu_assumptions_hash(d->assumptions)}};
    for (int i = assumptions ? 2 : 0; i < 3; i++)
        if (strcmp(mu_journal_text(recorded, pin, pairs[i][0]), pairs[i][1]) != 0)
            return pairs[i][0];
    return NULL;
}
