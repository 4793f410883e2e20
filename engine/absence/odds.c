#include "absence/odds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "absence/diagram.h"
#include "absence/hours.h"
#include "base/check.h"

/* So many that 2.576 standard deviations of a share are at most 1e-4 wherever it lies. */
#define SAMPLES (UINT64_C(2592000) * 64)
#define DEVIATIONS 2.5758293035489004 /* of 99% */
enum { WIDTH = 45, FEW = 1 << 18 };   /* a width past which no diagram is tried; samples that say how many are wanted */

/* Needs as they stand in some share of the time. */
typedef struct picture {
    const char *text;
    const mu_needs *needs; /* its own, or the needs that were asked about */
    double share;
    int *which;            /* by need that was asked about: its number here; -1 where nothing is asked for then */
    mu_gate *gates;        /* by need, and behind them that one fails which is not left out */
    bool *inexact;
} picture;

typedef struct asked {
    const mu_needs *needs;
    const mu_odds_options *options;
    mu_arena *arena;
    picture *list;
    int count, room;
    mu_odds *odds;
    mu_chance_is *chances; /* by need, and the plan's behind them */
    double *spread;        /* the same: the variance of what was sampled */
    bool *left_out;
    int done;              /* thousandths of what is worked out now */
    uint64_t drawn, to_draw;
} asked;

static void tell(void *self)
{
    asked *a = self;
    if (a->options->watch)
        a->options->watch(a->options->self, a->done);
}

static void tell_drawn(void *self)
{
    asked *a = self;
    a->drawn += MU_SAMPLES_TOLD;
    a->done = (int)(a->drawn * 1000 / a->to_draw);
    tell(a);
}

static int need_of(const mu_needs *needs, const char *id, int near)
{
    for (int k = 0; k < needs->count; k++)
        if (strcmp(needs->list[(near + k) % needs->count].id, id) == 0)
            return (near + k) % needs->count;
    return -1;
}

static picture *add(asked *a, const mu_needs *needs, const char *text)
{
    int count = a->needs->count;
    if (a->count == a->room) {
        a->room = a->room ? a->room * 2 : 16;
        a->list = mu_grow(a->list, (size_t)a->room * sizeof *a->list);
    }
    picture *p = &a->list[a->count++];
    *p = (picture){.text = text, .needs = needs};
    p->which = mu_alloc(a->arena, (size_t)(count + 1) * sizeof *p->which);
    p->gates = mu_alloc(a->arena, (size_t)(count + 1) * sizeof *p->gates);
    p->inexact = mu_alloc(a->arena, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        p->which[i] = needs == a->needs ? i : need_of(needs, a->needs->list[i].id, i);
        p->gates[i] = p->which[i] < 0 ? MU_HOLDS : needs->list[p->which[i]].gate;
    }
    return p;
}

/* ---- what is left out ---- */

static void leave_out(asked *a)
{
    memset(a->left_out, true, (size_t)a->needs->count + 1);
    for (int k = 0; k < a->count; k++) {
        mu_what_if *state = mu_what_if_new(a->list[k].needs->structure);
        for (int i = 0; i < a->needs->count; i++)
            a->left_out[i] = a->left_out[i] && mu_what_if_fails(state, a->list[k].gates[i]);
        mu_what_if_free(state);
    }
}

static void anything(const asked *a, picture *p)
{
    mu_gate *in = mu_grow(NULL, ((size_t)a->needs->count + 1) * sizeof *in);
    int n = 0;
    for (int i = 0; i < a->needs->count; i++)
        if (!a->left_out[i])
            in[n++] = p->gates[i];
    p->gates[a->needs->count] = n ? mu_gate_any(p->needs->structure, in, n) : MU_HOLDS;
    free(in);
}

/* ---- a picture ---- */

/* One diagram for all: they share what they stand on. A need that is past its room does not spoil those before it. */
static int exactly(asked *a, picture *p)
{
    int missed = 0;
    mu_diagrams *d = mu_diagrams_new(p->needs->structure, a->options->most);
    mu_diagrams_watched(d, tell, a);
    for (int i = 0; i <= a->needs->count; i++) {
        double chance = mu_diagrams_chance(d, p->gates[i], a->options->absent);
        p->inexact[i] = chance < 0;
        a->chances[i].chance += chance < 0 ? 0 : p->share * chance;
        missed += chance < 0;
    }
    mu_diagrams_free(d);
    return missed;
}

static void sample(asked *a, const picture *p, uint64_t samples, uint64_t seed, mu_nodes_watch watch, uint64_t *failed)
{
    mu_sampling s = {p->needs->structure, p->gates, a->needs->count + 1, a->options->absent, samples, seed, watch, a};
    mu_sampled(&s, failed);
}

/* The largest variance of what is to be sampled: five deviations on the safe side of what a few samples of their own say. */
static double variance(asked *a, const picture *p, uint64_t *failed)
{
    double most = 0;
    sample(a, p, FEW, 2, NULL, failed);
    for (int i = 0; i <= a->needs->count; i++) {
        double share = (double)failed[i] / FEW, rare = share < .5 ? share : 1 - share, safe = rare + 5 * sqrt(rare / FEW) + 16.0 / FEW;
        double own = safe < .5 ? safe * (1 - safe) : .25;
        most = p->inexact[i] && own > most ? own : most;
    }
    return most;
}

/* As many as the share of the picture wants for the whole to be as narrow as it must. */
static void by_samples(asked *a, picture *p)
{
    int count = a->needs->count + 1;
    uint64_t *failed = mu_grow(NULL, (size_t)count * sizeof *failed);
    uint64_t samples = ((uint64_t)((double)SAMPLES * p->share * 4 * variance(a, p, failed)) / 64 + 1) * 64;
    a->drawn = 0;
    a->to_draw = samples;
    sample(a, p, samples, 1, tell_drawn, failed);
    for (int i = 0; i < count; i++) {
        if (!p->inexact[i])
            continue;
        double n = (double)samples + DEVIATIONS * DEVIATIONS, middle = ((double)failed[i] + DEVIATIONS * DEVIATIONS / 2) / n; /* Agresti and Coull 1998 */
        a->chances[i].chance += p->share * middle;
        a->spread[i] += p->share * p->share * middle * (1 - middle) / n;
    }
    a->odds->samples += samples;
    free(failed);
}

/* ---- all of them ---- */

static bool matched(const asked *a)
{
    for (int k = 0; k < a->count; k++)
        for (int i = 0; i < a->needs->count; i++)
            if (mu_stands_on_matching(a->list[k].needs->structure, a->list[k].gates[i]))
                return true;
    return false;
}

/* Known before anything is worked out; NULL where it may be exact. */
static const char *out_of_reach(const asked *a)
{
    int width = 0;
    for (int k = 0; k < a->count; k++) {
        int own = mu_tree_width(a->list[k].needs->structure);
        width = own > width ? own : width;
    }
    return width > WIDTH ? mu_format(a->arena, "an exact chance is out of reach: the tree-width of what stands with what is up to %d", width) : NULL;
}

static void draw(asked *a, const char *note)
{
    a->odds->note = note;
    a->done = 0;
    a->options->say(a->options->self, note);
    for (int k = 0; k < a->count; k++)
        by_samples(a, &a->list[k]);
    for (int i = 0; i <= a->needs->count; i++)
        a->chances[i].half = DEVIATIONS * sqrt(a->spread[i]);
}

static mu_odds *answer(asked *a)
{
    const char *note = out_of_reach(a);
    int missed = 0;
    leave_out(a);
    for (int k = 0; k < a->count; k++) {
        a->done = k * 1000 / a->count;
        tell(a);
        anything(a, &a->list[k]);
        if (note)
            memset(a->list[k].inexact, true, (size_t)a->needs->count + 1);
        else
            missed += exactly(a, &a->list[k]);
    }
    if (missed)
        note = matched(a) ? "an exact chance is out of reach where more than ten kinds of place must be filled by different people at once"
                          : mu_format(a->arena, "an exact chance is out of reach for some: it takes more than %zu nodes", a->options->most);
    if (note)
        draw(a, note);
    for (int i = 0; i <= a->needs->count; i++) /* shares of a time may add up to a hair more */
        a->chances[i].chance = a->chances[i].chance > 1 ? 1 : a->chances[i].chance;
    a->odds->exact = !note;
    a->odds->plan = a->chances[a->needs->count];
    return a->odds;
}

static void release(asked *a)
{
    for (int k = 0; k < a->count; k++)
        if (a->list[k].needs != a->needs)
            mu_structure_free(a->list[k].needs->structure);
    free(a->list);
}

static asked asked_of(const mu_needs *needs, const mu_odds_options *options)
{
    mu_arena *arena = needs->house->judge.arena;
    size_t count = (size_t)needs->count + 1;
    asked a = {.needs = needs, .options = options, .arena = arena, .odds = mu_alloc(arena, sizeof *a.odds)};
    a.chances = mu_alloc(arena, count * sizeof *a.chances);
    a.spread = mu_alloc(arena, count * sizeof *a.spread);
    a.left_out = mu_alloc(arena, count);
    *a.odds = (mu_odds){.needs = a.chances, .left_out = a.left_out, .absent = options->absent};
    return a;
}

mu_odds *mu_odds_of(const mu_needs *needs, const mu_odds_options *options)
{
    asked a = asked_of(needs, options);
    add(&a, needs, "")->share = 1;
    mu_odds *odds = answer(&a);
    release(&a);
    return odds;
}

/* ---- a stretch of time ---- */

static picture *met(asked *a, const char *text)
{
    for (int k = 0; k < a->count; k++)
        if (strcmp(a->list[k].text, text) == 0)
            return &a->list[k];
    return NULL;
}

static void away_for(const asked *a, double *away, int64_t utc, double share)
{
    for (int e = 0; e < a->needs->element_count; e++) {
        int person = mu_member_of(a->needs->house, a->needs->elements[e].node);
        if (person >= 0 && mu_member_missing(a->needs->house, person, utc, false))
            away[e] = away[e] + share > 1 ? 1 : away[e] + share;
    }
}

/* The pictures of a stretch, each with its share of it. */
static void walk(asked *a, mu_needs_options at, const char **why)
{
    mu_odds *o = a->odds;
    double *away = mu_alloc(a->arena, ((size_t)a->needs->element_count + 1) * sizeof *away);
    o->away = away;
    for (int64_t utc = o->from, next; utc < o->until; utc = next) {
        const char *text = mu_picture_of(a->needs->house, utc);
        picture *p = met(a, text);
        next = mu_house_changes(a->needs->house, utc, o->until);
        at.utc = utc;
        const mu_needs *then = p ? p->needs : mu_needs_of(a->needs->house, &at, why);
        if (!then)
            return;
        p = p ? p : add(a, then, text);
        double share = (double)(next - utc) / (double)(o->until - o->from);
        p->share += share;
        away_for(a, away, utc, share);
    }
}

mu_odds *mu_odds_over(const mu_needs *needs, const mu_needs_options *asked_for, int64_t from, int64_t until, const mu_odds_options *options, const char **why)
{
    asked a = asked_of(needs, options);
    mu_needs_options at = *asked_for;
    at.at_once = true;
    *why = NULL;
    a.odds->from = from;
    a.odds->until = until;
    walk(&a, at, why);
    mu_odds *odds = *why ? NULL : answer(&a);
    release(&a);
    return odds;
}
