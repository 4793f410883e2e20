/* muster explore: the scenario played until every pair of consecutive outcomes was seen, with everybody there; then all
 * silent, and all late. What no outcome reaches would be found on the evening otherwise. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"
#include "cli/drill.h"
#include "cli/progress.h"

enum { RUNS = 2000, BARREN = 40, ANSWERS = 128 }; /* a limit of runs; so many without a new pair end the search; more than a card has answers */
/* Fuel, the same on every machine: verbs in one run; in all runs; a run with so many in which a story failed has come to a limit, and so
 * many of those are enough. */
enum { RUN_FUEL = 5000, FUEL = 200000, LIMITED = 1000, ENOUGH = 5 };

typedef enum way { COVER, ALL_SILENT, ALL_LATE } way;

typedef struct explorer {
    mu_drill *drill;
    way way;
    int64_t *pairs; /* (outcome before, outcome) that were seen; an outcome is a card and its choice */
    int pair_count, pair_room;
    int64_t before;
    int new_pairs, prompts, turn;
    const char *last_card;
    bool *played, *ended;
    mu_buf failures, failures_json;
    int failure_count, runs;
    mu_teller teller; /* the worker's */
    int verbs, all_verbs, limited; /* of this run; of all; runs that came to a limit */
    bool stopped;     /* in this run, by the worker's limits */
} explorer;

/* The pairs are a table of hashes: half of it is free, and 0 is no pair. */
static size_t slot_of(const explorer *x, int64_t pair)
{
    size_t mask = (size_t)x->pair_room - 1, i = (size_t)((uint64_t)pair * UINT64_C(0x9e3779b97f4a7c15) >> 20) & mask;
    while (x->pairs[i] && x->pairs[i] != pair)
        i = (i + 1) & mask;
    return i;
}

static void make_room(explorer *x)
{
    int64_t *old = x->pairs;
    int room = x->pair_room;
    if (x->pair_count * 2 < room)
        return;
    x->pair_room = room ? room * 2 : 256;
    x->pairs = mu_grow(NULL, (size_t)x->pair_room * sizeof *x->pairs);
    memset(x->pairs, 0, (size_t)x->pair_room * sizeof *x->pairs);
    for (int i = 0; i < room; i++)
        if (old[i])
            x->pairs[slot_of(x, old[i])] = old[i];
    free(old);
}

static int64_t outcome_of(int64_t card, int choice)
{
    return card * ANSWERS + choice;
}

static int64_t pair_of(const explorer *x, int64_t card, int choice)
{
    return x->before << 32 | outcome_of(card, choice);
}

static int card_index(const explorer *x, const char *card)
{
    int i = 0;
    while (i < x->drill->msel->card_count && strcmp(x->drill->msel->cards[i].name, card) != 0)
        i++;
    return i;
}

/* The first outcome that makes a new pair with the one before; where all are old, the next in turn, so that the run goes
 * another way than the last. */
static int cover(explorer *x, int64_t card, int count)
{
    int choice = -1;
    make_room(x);
    for (int k = 0; k <= count && choice < 0; k++)
        if (!x->pairs[slot_of(x, pair_of(x, card, k))])
            choice = k;
    if (choice < 0)
        return (x->turn++ + x->runs) % (count + 1);
    x->pairs[slot_of(x, pair_of(x, card, choice))] = pair_of(x, card, choice);
    x->pair_count++;
    x->new_pairs++;
    return choice;
}

/* The second person asked the same question is how an answer comes late. */
static int choose(void *self, const char *card, int count)
{
    explorer *x = self;
    bool again = x->last_card && strcmp(x->last_card, card) == 0;
    int64_t index = card_index(x, card) + 1;
    x->last_card = card;
    x->prompts++;
    if (x->way == ALL_SILENT)
        return count;
    if (x->way == ALL_LATE)
        return again ? 0 : count;
    int choice = cover(x, index, count);
    x->before = outcome_of(index, choice);
    return choice;
}

/* Each failure once, however many runs come to it. */
static void failed(explorer *x, const char *story, const char *why)
{
    mu_buf line = {0};
    mu_buf_puts(&line, "fails: the story \"");
    mu_buf_safe(&line, story, strlen(story), 100);
    mu_buf_puts(&line, "\": ");
    mu_buf_safe(&line, why, strlen(why), 400);
    mu_buf_puts(&line, "\n");
    if (!x->failures.len || !strstr(x->failures.text, line.text)) {
        mu_buf_puts(&x->failures, line.text);
        mu_buf_puts(&x->failures_json, x->failure_count++ ? ", {\"story\": " : "{\"story\": ");
        mu_json_text(&x->failures_json, story);
        mu_buf_puts(&x->failures_json, ", \"why\": ");
        mu_json_text(&x->failures_json, why);
        mu_buf_puts(&x->failures_json, "}");
    }
    mu_buf_free(&line);
}

static void look(explorer *x, const mu_journal *j)
{
    const mu_msel *m = x->drill->msel;
    for (size_t n = 1; n <= mu_journal_count(j); n++) {
        const mu_event *e = mu_journal_event(j, n);
        const char *card = e->kind == EV_INJECT_DELIVERED || e->kind == EV_INJECT_UNHEARD || e->kind == EV_PROMPT_OPEN || e->kind == EV_PROMPT_SILENT
                               ? mu_journal_text(j, e, "card") : "";
        for (int i = 0; *card && i < m->card_count; i++)
            x->played[i] = x->played[i] || strcmp(card + strlen("card:"), m->cards[i].name) == 0;
        for (int i = 0; e->kind == EV_STORY_ENDED && i < m->story_count; i++)
            x->ended[i] = x->ended[i] || strcmp(mu_journal_text(j, e, "story") + strlen("story:"), m->stories[i]) == 0;
        if (e->kind == EV_END && strcmp(mu_journal_text(j, e, "why"), "the time is over") != 0)
            for (int i = 0; i < m->story_count; i++)
                x->ended[i] = true; /* a story ended the exercise itself */
        if (e->kind == EV_STORY_FAILED)
            failed(x, mu_journal_text(j, e, "story") + strlen("story:"), mu_journal_text(j, e, "why"));
    }
}

/* ---- fuel ---- */

static bool restart(void *self)
{
    explorer *x = self;
    return x->teller.restart(x->teller.self);
}

static void step(void *self, int story, const mu_outcome *in, mu_wish *out)
{
    explorer *x = self;
    x->teller.step(x->teller.self, story, in, out);
    x->verbs++;
    x->stopped = x->stopped || (out->verb == MU_SAYS_FAILED && strstr(out->text, "stopped"));
    if (x->verbs > RUN_FUEL && out->verb != MU_SAYS_FAILED)
        *out = (mu_wish){.verb = MU_SAYS_FAILED, .card = -1, .text = "stopped: more than 5000 verbs in one run of an exploration"};
}

static bool a_story_failed(const mu_journal *j)
{
    for (size_t n = 1; n <= mu_journal_count(j); n++)
        if (mu_journal_event(j, n)->kind == EV_STORY_FAILED)
            return true;
    return false;
}

static void burn(explorer *x)
{
    x->limited += x->stopped || (x->verbs >= LIMITED && a_story_failed(x->drill->journal));
    x->all_verbs += x->verbs;
}

static bool burnt_out(const explorer *x)
{
    return x->limited >= ENOUGH || x->all_verbs >= FUEL;
}

static bool once(explorer *x, way how)
{
    mu_drill *d = x->drill;
    x->way = how;
    x->before = 0;
    x->new_pairs = 0;
    x->last_card = NULL;
    x->verbs = 0;
    x->stopped = false;
    d->options = (mu_run_options){.seed = (uint64_t)x->runs + 1, .starts_local = d->msel->starts, .mode = "model"};
    mu_drill_make(d, mu_journal_new());
    mu_run_world(d->run)->everybody = true;
    mu_standin_choose(d->standin, choose, x);
    bool ok = mu_drill_start(d);
    mu_drill_until(d, MU_NEVER);
    look(x, d->journal);
    burn(x);
    mu_drill_unmake(d);
    x->runs++;
    return ok;
}

static void say_how_far(mu_progress *p, const explorer *x)
{
    char text[100];
    snprintf(text, sizeof text, "%d runs, %d pairs of consecutive outcomes", x->runs, x->pair_count);
    mu_progress_show(p, text);
}

static bool explore_all(explorer *x, mu_progress *progress)
{
    int barren = 0;
    while (x->runs < RUNS && barren < BARREN && !burnt_out(x)) {
        if (!once(x, COVER))
            return false;
        barren = x->new_pairs ? 0 : barren + 1;
        if (mu_progress_due(progress, mu_progress_clock()))
            say_how_far(progress, x);
    }
    return once(x, ALL_SILENT) && once(x, ALL_LATE);
}

static bool explore(explorer *x)
{
    mu_progress progress;
    mu_progress_begin(&progress, stderr, mu_progress_clock());
    bool ok = explore_all(x, &progress);
    mu_progress_end(&progress);
    return ok;
}

static int missing(const explorer *x, mu_buf *out, bool json)
{
    const mu_msel *m = x->drill->msel;
    int n = 0;
    for (int i = 0; i < m->card_count; i++) {
        if (x->played[i])
            continue;
        const mu_card *c = &m->cards[i];
        if (json) {
            mu_buf_puts(out, n ? ", {\"card\": " : "{\"card\": ");
            mu_json_text(out, c->name);
            mu_buf_puts(out, ", \"file\": ");
            mu_json_text(out, c->declared.file);
            mu_buf_printf(out, ", \"line\": %d, \"column\": %d}", c->declared.line, c->declared.column);
        } else {
            mu_buf_printf(out, "%s:%d:%d: never reached: \"%s\"\n", c->declared.file, c->declared.line, c->declared.column, c->name);
        }
        n++;
    }
    return n;
}

static int endless(const explorer *x, mu_buf *out, bool json)
{
    int n = 0;
    for (int i = 0; i < x->drill->msel->story_count; i++) {
        if (x->ended[i])
            continue;
        if (json) {
            mu_buf_puts(out, n ? ", " : "");
            mu_json_text(out, x->drill->msel->stories[i]);
        } else {
            mu_buf_printf(out, "never ends: the story \"%s\"\n", x->drill->msel->stories[i]);
        }
        n++;
    }
    return n;
}

static const char *plural(int n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

static const char *why_early(const explorer *x)
{
    if (x->limited >= ENOUGH)
        return "not all was tried: a story came to a limit in five runs, so it was left at that; mend it first, then explore again\n";
    return x->all_verbs >= FUEL ? "not all was tried: after 200,000 verbs of the stories it was left at that; a card or a story that is not named here may not have been played\n" : "";
}

/* 0 where everything is reached and ends, 1 where something is not, 4 where that cannot be written. */
static int report(const explorer *x, bool json)
{
    mu_buf cards = {0}, stories = {0}, out = {0};
    mu_buf_puts(&cards, "");
    mu_buf_puts(&stories, "");
    int unreached = missing(x, &cards, json), unended = endless(x, &stories, json);
    const char *early = json ? burnt_out(x) ? "true" : "false" : why_early(x), *failures = json ? x->failures_json.text : x->failures.text;
    if (json)
        mu_buf_printf(&out, "{\"schema\": \"muster.explore/1\", \"runs\": %d, \"pairs\": %d, \"never_reached\": [%s], \"never_end\": [%s], \"failures\": [%s], \"ended_early\": %s}\n",
                      x->runs, x->pair_count, cards.text, stories.text, failures ? failures : "", early);
    else
        mu_buf_printf(&out, "%s%s%s%s%d runs: %d pairs of consecutive outcomes, then all silent, then all late. %d card%s never reached, %d stor%s never end%s, %d failure%s.\n",
                      cards.text, stories.text, failures ? failures : "", early, x->runs, x->pair_count, unreached, plural(unreached, "", "s"),
                      unended, plural(unended, "y", "ies"), plural(unended, "s", ""), x->failure_count, plural(x->failure_count, "", "s"));
    mu_buf_free(&cards);
    mu_buf_free(&stories);
    if (mu_put_all(&out) != 0)
        return 4;
    return unreached || unended || x->failure_count ? 1 : 0;
}

int mu_cmd_explore(int argc, char **argv)
{
    mu_args args;
    mu_drill d = {0};
    int ended = mu_args_read(&args, argc, argv);
    if (ended != MU_GO_ON)
        return ended;
    bool json = *mu_arg_or(&args, "format", "text") == 'j';
    int status = mu_drill_load(&d, args.operands[0], args.operands[1], NULL);
    if (!status) {
        explorer x = {.drill = &d, .played = mu_grow(NULL, (size_t)d.msel->card_count + 1), .ended = mu_grow(NULL, (size_t)d.msel->story_count + 1)};
        memset(x.played, 0, (size_t)d.msel->card_count + 1);
        memset(x.ended, 0, (size_t)d.msel->story_count + 1);
        d.worker = mu_worker_open(d.scenario);
        x.teller = mu_worker_teller(d.worker);
        d.teller = (mu_teller){&x, restart, step};
        status = explore(&x) ? report(&x, json) : 4;
        free(x.pairs);
        free(x.played);
        free(x.ended);
        mu_buf_free(&x.failures);
        mu_buf_free(&x.failures_json);
    }
    mu_drill_free(&d);
    return status;
}
