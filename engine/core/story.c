/* Stories: what they wish for, and when they go on. */
#include <stdio.h>
#include <string.h>

#include "base/draw.h"
#include "core/parts.h"

enum { AT_ONCE = 1000 }; /* wishes of one story at one moment: more is a story that stands still */

static int64_t story_name(mu_run *r, int story)
{
    return r->story_names[story];
}

static void failed(mu_run *r, int story, const char *why)
{
    r->stories[story].state = STORY_OVER;
    EMIT(r, EV_STORY_FAILED, story_name(r, story), mu_sym(r, why));
}

/* Draws of one story follow each other; another story's draws do not move them. */
static int64_t draw(mu_run *r, int story, int64_t below)
{
    int64_t index = 0, name = story_name(r, story);
    for (size_t n = 1; n <= mu_journal_count(r->journal); n++) {
        const mu_event *e = mu_journal_event(r->journal, n);
        index += e->kind == EV_CHANCE && e->arg[0] == name;
    }
    uint64_t purpose = mu_purpose("story", r->msel->stories[story]);
    return (int64_t)mu_draw_below(r->options.seed, purpose, (uint64_t)index, (uint32_t)(below < 1 ? 1 : below));
}

static void phase(mu_run *r, const char *name, int64_t by)
{
    const mu_node *node = mu_get(mu_get(r->root, "phases"), name);
    EMIT(r, EV_PHASE, node ? mu_name_of(r, node) : mu_symf(r, "phase:%s", name), by);
}

/* Does what a wish asks. True where the story goes on at once; then `out` is what it learns. */
static bool grant(mu_run *r, int story, const mu_wish *w, mu_outcome *out)
{
    mu_story *s = &r->stories[story];
    int64_t by = story_name(r, story);
    *out = (mu_outcome){0};
    switch (w->verb) {
    case MU_SAYS_WAIT:
        s->state = STORY_WAITS;
        s->until = r->now + w->ms;
        mu_at(r, s->until, T_STORY, story, 0);
        return false;
    case MU_SAYS_DELIVER: mu_card_deliver(r, w->card, by); return true;
    case MU_SAYS_ASK:
        s->state = STORY_ASKS;
        s->card = w->card;
        if (mu_card_may_ask(r, w->card, &out->silence))
            mu_ask(r, w->card, story);
        return out->silence;
    case MU_SAYS_AWAIT:
        if (r->cards[w->card].state == CARD_PLAYED || r->cards[w->card].state == CARD_GONE)
            return true;
        s->state = STORY_AWAITS;
        s->card = w->card;
        r->cards[w->card].awaited = true;
        return false;
    case MU_SAYS_PHASE: phase(r, w->text, by); return true;
    case MU_SAYS_FACT: mu_set_fact(r, w->text, by); return true;
    case MU_SAYS_AWARE:
        EMIT(r, EV_AWARE, mu_sym(r, w->text), by);
        mu_legal_event(r, "awareness", mu_sym(r, w->text));
        return true;
    case MU_SAYS_NOTE: EMIT(r, EV_NOTE, mu_sym(r, w->text), by); return true;
    case MU_SAYS_CHANCE: out->number = draw(r, story, 100) < w->number; break;
    case MU_SAYS_PICK: out->number = draw(r, story, w->number) + 1; break;
    case MU_SAYS_FINISH: mu_run_end(r, r->now, w->text); return false;
    case MU_SAYS_END:
        s->state = STORY_OVER;
        EMIT(r, EV_STORY_ENDED, by);
        return false;
    case MU_SAYS_FAILED:
        failed(r, story, strcmp(w->text, MU_TELLER_LOST) == 0 || w->at.line < 1 ? w->text : mu_symbol_text(r->symbols, mu_symf(r, "line %d: %s", w->at.line, w->text)));
        return false;
    }
    EMIT(r, EV_CHANCE, by, w->number, out->number);
    return true;
}

static bool was_lost(mu_run *r, int story)
{
    const mu_journal *recorded;
    const mu_event *next = mu_journal_next(r->journal, &recorded);
    return next && next->kind == EV_STORY_FAILED && next->t == r->now && strcmp(mu_journal_text(recorded, next, "why"), MU_TELLER_LOST) == 0 &&
           strcmp(mu_journal_text(recorded, next, "story"), mu_symbol_text(r->symbols, r->story_names[story])) == 0;
}

void mu_story_go(mu_run *r, int story, const mu_outcome *in)
{
    mu_outcome out;
    mu_wish wish;
    r->stories[story].state = STORY_READY;
    for (int i = 0; !r->over; i++) {
        if (i == AT_ONCE) {
            failed(r, story, "it asked for a thousand things at one moment");
            return;
        }
        if (was_lost(r, story)) {
            failed(r, story, MU_TELLER_LOST);
            return;
        }
        r->teller.step(r->teller.self, story, in, &wish);
        if (!grant(r, story, &wish, &out))
            return;
        in = &out;
    }
}

void mu_story_due(mu_run *r, int story)
{
    mu_outcome none = {0};
    if (r->stories[story].state == STORY_WAITS && r->stories[story].until <= r->now)
        mu_story_go(r, story, &none);
}

void mu_card_was_played(mu_run *r, int card)
{
    if (!r->cards[card].awaited)
        return;
    mu_outcome none = {0};
    for (int i = 0; i < r->msel->story_count; i++)
        if (r->stories[i].state == STORY_AWAITS && r->stories[i].card == card)
            mu_story_go(r, i, &none);
}

void mu_stories_start(mu_run *r)
{
    for (int i = 0; i < r->msel->story_count && !r->over; i++) {
        EMIT(r, EV_STORY_STARTED, story_name(r, i));
        mu_story_go(r, i, NULL);
    }
}
