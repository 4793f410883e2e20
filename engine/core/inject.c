/* Cards and questions: what reaches whom, what it changes in the world, who answers. */
#include <string.h>

#include "core/parts.h"

static const mu_card *card_of(const mu_run *r, int card)
{
    return &r->msel->cards[card];
}

static int64_t card_name(mu_run *r, int card)
{
    return r->laid[card].name;
}

/* ---- playing a card ---- */

static void mark_wrong(mu_run *r, const mu_node *who, int64_t by)
{
    if (r->world->wrong[who->number])
        return;
    r->world->wrong[who->number] = true;
    EMIT(r, EV_WRONG_CONTACT, mu_name_of(r, who), by);
}

static void change_world(mu_run *r, int card)
{
    const mu_card *c = card_of(r, card);
    int64_t by = card_name(r, card);
    if (!r->laid[card].changes)
        return;
    for (int i = 0; i < c->up.count; i++) /* first who comes, then who goes: between the two nobody is missing */
        mu_set_down(r, c->up.list[i].node, false, by);
    for (int i = 0; i < c->down.count; i++)
        mu_set_down(r, c->down.list[i].node, true, by);
    for (int i = 0; i < c->back.count; i++)
        mu_set_away(r, c->back.list[i].node, false, by);
    for (int i = 0; i < c->away.count; i++)
        mu_set_away(r, c->away.list[i].node, true, by);
    for (int i = 0; i < c->compromised.count; i++)
        EMIT(r, EV_COMPROMISED, mu_name_of(r, c->compromised.list[i].node), by);
    for (int i = 0; i < c->wrong.count; i++)
        mark_wrong(r, c->wrong.list[i].node, by);
}

/* An outside party of the plan where the card names one, by its id or by the organisation's name; else the card's words. */
static int64_t sender(mu_run *r, const mu_card *c)
{
    EACH (e, mu_get(r->root, "externals")) {
        const char *organisation = mu_get_text(e, "organisation");
        bool id = c->from && strncmp(c->from, "external:", 9) == 0 && strcmp(c->from + 9, e->key) == 0;
        if (id || (c->from && organisation && strcmp(c->from, organisation) == 0))
            return mu_name_of(r, e);
    }
    return c->from ? mu_sym(r, c->from) : 0;
}

static void reached(mu_run *r, int card, const mu_letter *l, int message, int64_t by)
{
    if (message < 0) {
        EMIT(r, EV_INJECT_UNHEARD, card_name(r, card), l->to, LIT(r, "no way stands"));
        return;
    }
    r->cards[card].reached = true;
    uint32_t event = r->messages.list[message].event;
    int64_t via = mu_journal_event(r->journal, event)->arg[mu_event_field_of(EV_NOTIFY_DELIVERED, "via")]; /* the way that carried it, whichever was wished for */
    EMIT(r, EV_INJECT_DELIVERED, card_name(r, card), l->to, mu_name_of(r, l->who), via, event, by, sender(r, card_of(r, card)));
    r->messages.list[message].intake = mu_intake(r, card_of(r, card), r->messages.list[message].person, via) + 1;
}

static void hand_out(mu_run *r, int card, const mu_name *to, int64_t by)
{
    const mu_card *c = card_of(r, card);
    mu_letter l = {.to = mu_world_name(r->world, to->node, to->text), .channel = c->via.node, .about = card_name(r, card), .purpose = FOR_CARD, .a = card};
    int role = mu_role_of(r->world, to->node);
    bool external = to->node && mu_get(to->node, "organisation");
    if (role >= 0) {
        int person = mu_hold(r, role, l.about);
        if (person < 0) {
            EMIT(r, EV_INJECT_UNHEARD, l.about, l.to, LIT(r, "nobody holds the role"));
            return;
        }
        l.who = r->world->people[person].node;
        reached(r, card, &l, mu_send(r, &l), by);
        return;
    }
    mu_line them = external ? mu_one(r->world, -1) : mu_meant_now(r->world, to->node, to->text, r->now);
    bool anybody = external;
    for (int i = 0; i < them.count; i++) {
        if (!mu_present(r->world, them.people[i], r->now, true))
            continue;
        anybody = true;
        l.who = r->world->people[them.people[i]].node;
        reached(r, card, &l, mu_send(r, &l), by);
    }
    if (!anybody)
        EMIT(r, EV_INJECT_UNHEARD, l.about, l.to, LIT(r, "nobody is there"));
    if (external) {
        l.who = to->node;
        reached(r, card, &l, mu_send(r, &l), by);
    }
}

void mu_play_card(mu_run *r, int card, int64_t by)
{
    const mu_card *c = card_of(r, card);
    if (r->cards[card].state == CARD_PLAYED)
        return;
    r->cards[card].state = CARD_PLAYED;
    r->cards[card].played = r->now;
    change_world(r, card);
    for (int i = 0; i < c->to.count; i++)
        hand_out(r, card, &c->to.list[i], by);
    if (r->detected_at < 0 && c->class != MU_CLASS_CONTEXTUAL && r->cards[card].reached) {
        r->detected_at = r->now;
        mu_legal_event(r, "detection", card_name(r, card));
    }
    for (int i = 0; i < c->fact_count; i++)
        mu_set_fact(r, c->facts[i], card_name(r, card));
    mu_judge_severity(r);
    mu_expect_open(r, card);
    mu_card_was_played(r, card);
}

/* An incident is declared, and its level changed, by a word or by an action of the plan. */
static bool was_declared(const mu_run *r, const char *act)
{
    bool change = strcmp(act, "change_severity") == 0;
    for (int i = 0; i < r->declarations.count; i++)
        if (strcmp(act, "declare") == 0 || (change && r->declarations.list[i].from && r->declarations.list[i].from != r->declarations.list[i].to))
            return true;
    return false;
}

static bool happened(const mu_run *r, const mu_name *name)
{
    const char *act = strchr(name->text, ':') ? strchr(name->text, ':') + 1 : name->text;
    if (name->node)
        return mu_action_done(r, name->node) || (mu_declares(name->node) && r->declared);
    if (was_declared(r, act))
        return true;
    for (size_t n = 1; n <= mu_journal_count(r->journal); n++) { /* an act of a person, by its word */
        const mu_event *e = mu_journal_event(r->journal, n);
        const char *verb = e->kind == EV_ACT ? mu_journal_text(r->journal, e, "verb") : "";
        if (strcmp(verb, act) == 0 && !mu_taken_back(r, (uint32_t)n))
            return true;
    }
    return false;
}

/* A contingency card is played only where what it stands for has not happened. */
static bool still_needed(mu_run *r, int card)
{
    const mu_card *c = card_of(r, card);
    for (int i = 0; i < c->unless.count; i++)
        if (happened(r, &c->unless.list[i])) {
            r->cards[card].state = CARD_GONE;
            EMIT(r, EV_INJECT_SKIPPED, card_name(r, card), mu_symf(r, "%s has happened", c->unless.list[i].text));
            return false;
        }
    if (c->unless.count)
        EMIT(r, EV_CONTINGENCY, card_name(r, card), mu_symf(r, "%s has not happened", c->unless.list[0].text));
    return true;
}

/* True where the card may be played now. What is off the list is said to be skipped; what is to be held is held. */
static bool comes_up(mu_run *r, int card)
{
    if (r->cards[card].state == CARD_LAID && r->laid[card].plain)
        return true;
    const mu_card *c = card_of(r, card);
    if (r->cards[card].state == CARD_GONE)
        EMIT(r, EV_INJECT_SKIPPED, card_name(r, card), c->one_of ? mu_symf(r, "another of %s was drawn", c->one_of) : LIT(r, "taken off the list"));
    if (r->cards[card].state != CARD_LAID || !still_needed(r, card))
        return false;
    if (c->hold) {
        EMIT(r, EV_INJECT_HELD, card_name(r, card), mu_sym(r, r->options.facilitator ? "for the facilitator" : "released at its time: there is no facilitator"));
        r->cards[card].state = r->options.facilitator ? CARD_HELD : CARD_LAID;
    }
    return r->cards[card].state == CARD_LAID;
}

static void play(mu_run *r, int card, int story, int64_t by)
{
    r->cards[card].state = CARD_LAID;
    if (card_of(r, card)->kind == MU_INJECT)
        mu_play_card(r, card, by);
    else
        mu_ask(r, card, story);
}

void mu_card_due(mu_run *r, int card)
{
    if (r->cards[card].moved && r->cards[card].moved != r->now)
        return; /* the facilitator moved it: this was its old time */
    if (comes_up(r, card))
        play(r, card, -1, LIT(r, "the list"));
}

void mu_card_deliver(mu_run *r, int card, int64_t by)
{
    if (r->cards[card].state != CARD_PLAYED && comes_up(r, card))
        mu_play_card(r, card, by);
}

bool mu_card_may_ask(mu_run *r, int card, bool *silence)
{
    bool ask = r->cards[card].state == CARD_PLAYED || comes_up(r, card);
    *silence = !ask && r->cards[card].state != CARD_HELD;
    return ask;
}

/* A story that asks and whose question is held waits for it. */
static int asking(const mu_run *r, int card)
{
    for (int i = 0; i < r->msel->story_count; i++)
        if (r->stories[i].state == STORY_ASKS && r->stories[i].card == card)
            return i;
    return -1;
}

void mu_card_release(mu_run *r, int card, int64_t by)
{
    play(r, card, asking(r, card), by);
}

void mu_card_was_cancelled(mu_run *r, int card)
{
    int story = asking(r, card);
    mu_outcome silence = {.silence = true};
    if (story >= 0)
        mu_story_go(r, story, &silence);
    mu_card_was_played(r, card); /* a story that waits for it goes on */
}

/* ---- questions ---- */

static void answered(mu_run *r, const mu_prompt *p, const mu_outcome *out)
{
    if (p->story >= 0)
        mu_story_go(r, p->story, out);
}

static void nobody_left(mu_run *r, int prompt)
{
    mu_prompt *p = &r->prompts.list[prompt];
    p->open = false;
    EMIT(r, EV_PROMPT_SILENT, prompt, card_name(r, p->card), r->laid[p->card].whom, 0);
    mu_outcome out = {.silence = true, .late = p->late, .took = r->now - p->opened};
    mu_prompt copy = *p;
    answered(r, &copy, &out);
}

static bool was_asked(const mu_run *r, int prompt, int person)
{
    for (int i = r->prompts.list[prompt].since; i < r->messages.count; i++) {
        const mu_message *m = &r->messages.list[i];
        if (m->purpose == FOR_PROMPT && m->a == prompt && m->person == person)
            return true;
    }
    return false;
}

/* The next of the line who is there, was not asked, and can be reached. */
static bool ask_next(mu_run *r, int prompt)
{
    mu_prompt *p = &r->prompts.list[prompt];
    const mu_laid *c = &r->laid[p->card];
    mu_line line;
    if (p->role >= 0)
        mu_line_of(r->world, p->role, r->now, &line);
    else
        line = mu_meant_now(r->world, c->to_node, c->by, r->now);
    for (int i = 0; i < line.count; i++) {
        bool there = p->role < 0 ? mu_present(r->world, line.people[i], r->now, true) : mu_line_present(r->world, &line, i, r->now);
        if (!there || was_asked(r, prompt, line.people[i]))
            continue;
        mu_letter l = {.to = c->whom, .who = r->world->people[line.people[i]].node, .channel = c->via, .about = mu_symbol_counted(MU_PROMPT_N, prompt), .purpose = FOR_PROMPT, .a = prompt};
        int message = mu_send(r, &l);
        p = &r->prompts.list[prompt];
        if (message < 0)
            continue;
        p->person = line.people[i];
        p->message = message;
        p->open = true;
        r->cards[p->card].reached = true;
        p->until = c->within >= 0 ? r->now + c->within : MU_NEVER;
        EMIT(r, EV_PROMPT_OPEN, prompt, c->name, l.to, r->world->people[p->person].name,
             p->until == MU_NEVER ? -1 : p->until, r->messages.list[message].event, c->decides);
        mu_at(r, p->until, T_PROMPT, prompt, 0);
        return true;
    }
    return false;
}

void mu_ask(mu_run *r, int card, int story)
{
    int prompt = r->prompts.count;
    mu_prompt *p = MU_MORE(r->prompts);
    *p = (mu_prompt){.card = card, .story = story, .role = r->laid[card].role, .person = -1, .message = -1, .since = r->messages.count, .opened = r->now};
    r->cards[card].state = CARD_PLAYED;
    r->cards[card].played = r->now;
    if (p->role >= 0)
        (void)mu_hold(r, p->role, card_name(r, card));
    change_world(r, card);
    for (int i = 0; r->laid[card].changes && i < card_of(r, card)->fact_count; i++)
        mu_set_fact(r, card_of(r, card)->facts[i], card_name(r, card));
    mu_expect_open(r, card);
    if (!ask_next(r, prompt))
        nobody_left(r, prompt);
    mu_card_was_played(r, card);
}

void mu_prompt_due(mu_run *r, int prompt)
{
    mu_prompt *p = &r->prompts.list[prompt];
    if (!p->open || p->until > r->now)
        return;
    p->open = false;
    p->late = true;
    EMIT(r, EV_PROMPT_SILENT, prompt, card_name(r, p->card), r->laid[p->card].to, r->world->people[p->person].name);
    if (!ask_next(r, prompt))
        nobody_left(r, prompt);
}

/* A decision card is a decision of the plan: the action that it expects says which authority it takes. */
static void decision_of_card(mu_run *r, const mu_prompt *p, const mu_card *c, const mu_act *act)
{
    const mu_node *action = c->expect.count ? c->expect.list[0].node : NULL;
    const char *authority = mu_get_text(action, "authority");
    bool ok = !authority || (p->role >= 0 && mu_has_authority(r, p->role, authority));
    EMIT(r, EV_DECISION_MADE, -1, r->laid[p->card].decides, r->laid[p->card].to, r->world->people[p->person].name,
         ok, mu_act_symbol(r, act, ACT_TEXT), r->now - r->messages.list[p->message].delivered, mu_act_symbol(r, act, ACT_CHOICE));
}

void mu_prompt_answer(mu_run *r, int prompt, int person, const mu_act *act)
{
    mu_prompt p = r->prompts.list[prompt];
    int64_t took = r->now - r->messages.list[p.message].delivered, unseen = mu_unseen(&r->messages.list[p.message]);
    r->prompts.list[prompt].open = false;
    mu_acknowledge(r, p.message);
    EMIT(r, EV_PROMPT_ANSWERED, prompt, card_name(r, p.card), r->laid[p.card].whom, r->world->people[person].name,
         mu_act_symbol(r, act, ACT_CHOICE), took, mu_act_symbol(r, act, ACT_TEXT), act->sure, p.until >= r->now, unseen);
    if (r->laid[p.card].decides)
        decision_of_card(r, &p, card_of(r, p.card), act);
    mu_outcome out = {.answer = act->choice, .by = r->laid[p.card].by, .late = p.late, .took = r->now - p.opened};
    answered(r, &p, &out);
}
