/* What can only be judged when the whole file was read: names of artefacts and objectives, cards against each other,
 * and what stands literally behind the verbs. */
#include <string.h>

#include "scenario/inside.h"

static void wrong(mu_scenario *s, mu_level level, int code, mu_mark at, const char *text, const char *help)
{
    mu_scenario_say(s, level, code, at, text, help);
}

/* ---- names that were kept for later ---- */

static int artefact(const mu_scenario *s, const char *name)
{
    for (int i = 0; i < s->msel.artefact_count; i++)
        if (strcmp(s->artefacts[i].name, name) == 0)
            return i;
    return -1;
}

static bool objective(const mu_scenario *s, const char *id)
{
    for (int i = 0; i < s->msel.objective_count; i++)
        if (strcmp(s->msel.objectives[i].id, id) == 0)
            return true;
    return false;
}

static const char *help_for(mu_scenario *s, const later *l)
{
    mu_list names = {0};
    for (int i = 0; l->slot && i < s->msel.artefact_count; i++)
        mu_list_add(&names, s->artefacts[i].name);
    for (int i = 0; !l->slot && i < s->msel.objective_count; i++)
        mu_list_add(&names, s->msel.objectives[i].id);
    const char *help = mu_names_help(l->text, names.words, (size_t)names.count, s->arena);
    mu_list_free(&names);
    return help;
}

static void look_up(mu_scenario *s)
{
    for (int i = 0; i < s->later_count && !mu_scenario_full(s); i++) {
        later *l = &s->laters[i];
        int found = l->slot ? artefact(s, l->text) : objective(s, l->text) - 1;
        if (found < 0)
            wrong(s, MU_ERROR, 110, l->at,
                  SAID(s, "there is no %s \"%s\"", l->slot ? "artefact" : "objective", l->text), help_for(s, l));
        else if (l->slot)
            *l->slot = found;
    }
}

/* ---- cards ---- */

/* A decision is one of the plan: an action of the matrix stands in `expect`, or is one of the answers. */
static bool decides(mu_scenario *s, const mu_card *c)
{
    const char *why, *help;
    mu_name name;
    for (int i = 0; i < c->expect.count; i++)
        if (c->expect.list[i].node)
            return true;
    for (int i = 0; i < c->answer_count; i++)
        if (mu_act_find(&s->known, c->answers[i].id, s->arena, &name, &why, &help) && name.node)
            return true;
    return false;
}

/* While a name is unknown, a card may only seem to lack what it names. */
static bool names_are_known(const mu_scenario *s)
{
    return !s->diags || mu_diags_of_code(s->diags, 110) == 0;
}

static void judge_card(mu_scenario *s, mu_card *c)
{
    bool known = names_are_known(s);
    if (c->unless.count && c->class == MU_CLASS_CONTEXTUAL)
        wrong(s, MU_ERROR, 111, c->declared, SAID(s, "\"%s\" is contextual, and unless is for contingencies", c->name),
              "write class = \"contingency\"");
    else if (c->unless.count)
        c->class = MU_CLASS_CONTINGENCY;
    if (c->class == MU_CLASS_CONTINGENCY && !c->unless.count && known)
        wrong(s, MU_ERROR, 111, c->declared, SAID(s, "\"%s\" is a contingency without unless", c->name),
              "write which action makes it needless: unless = \"...\"");
    if (c->hold && c->at < 0)
        wrong(s, MU_ERROR, 111, c->declared, SAID(s, "\"%s\" is held, but has no time", c->name),
              "write at: without a facilitator it is released then");
    if (c->kind == MU_INJECT && c->within >= 0 && !c->expect.count && known)
        wrong(s, MU_WARNING, 113, c->declared, SAID(s, "\"%s\" has a time within which nothing is expected", c->name),
              "write what is expected: expect = { \"...\" }");
    if (c->kind == MU_DECISION && !decides(s, c) && known)
        wrong(s, MU_ERROR, 111, c->declared, SAID(s, "\"%s\" decides nothing that the plan knows", c->name),
              "name the action of the matrix in expect, or as an answer; else it is a question");
    if (s->msel.lasts > 0 && c->at > s->msel.lasts)
        wrong(s, MU_WARNING, 113, c->declared, SAID(s, "\"%s\" comes after the end of the exercise", c->name), NULL);
}

static void judge_group(mu_scenario *s, const mu_card *c)
{
    int members = 0;
    for (int i = 0; i < s->msel.card_count; i++)
        members += s->cards[i].one_of && strcmp(s->cards[i].one_of, c->one_of) == 0;
    if (members == 1)
        wrong(s, MU_WARNING, 113, c->declared, SAID(s, "\"%s\" is alone in the group \"%s\"", c->name, c->one_of),
              "one_of needs two cards or more");
}

/* Marks the cards that a verb names; true where a verb takes a computed name, which could be any. */
static bool mark_named(const mu_scenario *s, bool *named)
{
    bool computed = false;
    for (int i = 0; i < s->script->count; i++)
        for (int j = 0; j < s->script->files[i].verb_count; j++) {
            const mu_verb_place *v = &s->script->files[i].verbs[j];
            mu_takes takes = mu_verb_find(v->verb, strlen(v->verb))->takes;
            int card = v->text ? mu_scenario_card(s, v->text) : -1;
            if (takes != MU_TAKES_INJECT && takes != MU_TAKES_QUESTION)
                continue;
            computed = computed || !v->text;
            if (card >= 0)
                named[card] = true;
        }
    return computed;
}

static void judge_played(mu_scenario *s)
{
    bool *named = mu_alloc(s->arena, (size_t)s->msel.card_count + 1);
    if (mu_diags_count(s->diags, MU_ERROR) > 0 || mark_named(s, named)) /* a wrong `at` is one mistake already */
        return;
    for (int i = 0; i < s->msel.card_count && !mu_scenario_full(s); i++) {
        const mu_card *c = &s->cards[i];
        if (c->at < 0 && !c->one_of && !named[i])
            wrong(s, MU_WARNING, 113, c->declared, SAID(s, "nothing plays \"%s\"", c->name),
                  c->kind == MU_INJECT ? "give it a time (at), or deliver it in a story"
                                       : "give it a time (at), or ask it in a story");
    }
}

void mu_scenario_finish(mu_scenario *s)
{
    if (s->exercises == 0)
        wrong(s, MU_ERROR, 105, (mu_mark){s->script->files[0].name, 1, 1, 1}, "the scenario has no exercise",
              mu_noun_words[0].example);
    for (int i = 0; i < s->open_count && !mu_scenario_full(s); i++)
        if (s->open_names[i])
            wrong(s, MU_ERROR, 105, s->open[i], SAID(s, "nothing stands behind %s", s->open_names[i]),
                  "a card follows in braces, a story in brackets");
    look_up(s);
    for (int i = 0; i < s->msel.card_count && !mu_scenario_full(s); i++) {
        judge_card(s, &s->cards[i]);
        if (s->cards[i].one_of)
            judge_group(s, &s->cards[i]);
    }
    judge_played(s);
}

/* ---- what stands literally behind the verbs ---- */

static void judge_known(mu_scenario *s, const mu_verb_place *v, const mu_list *known, const char *what)
{
    if (known->count && !mu_list_has(known, v->text))
        wrong(s, MU_ERROR, 110, v->text_at, SAID(s, "%s: unknown %s \"%s\"", v->verb, what, v->text),
              mu_names_help(v->text, known->words, (size_t)known->count, s->arena));
}

static void judge_verb_card(mu_scenario *s, const mu_verb_place *v, mu_takes takes)
{
    int card = mu_scenario_card(s, v->text);
    mu_list names = {0};
    bool inject = card >= 0 && s->cards[card].kind == MU_INJECT;
    if (card >= 0 && (takes == MU_TAKES_CARD || (takes == MU_TAKES_INJECT) == inject))
        return;
    if (card >= 0) {
        wrong(s, MU_ERROR, 110, v->text_at,
              SAID(s, "%s: \"%s\" is %s", v->verb, v->text, inject ? "an inject" : "a question"),
              inject ? "an inject is delivered" : "a question is asked");
        return;
    }
    for (int i = 0; i < s->msel.card_count; i++)
        if (takes == MU_TAKES_CARD || (takes == MU_TAKES_INJECT) == (s->cards[i].kind == MU_INJECT))
            mu_list_add(&names, s->cards[i].name);
    wrong(s, MU_ERROR, 110, v->text_at, SAID(s, "%s: no card is called \"%s\"", v->verb, v->text),
          mu_names_help(v->text, names.words, (size_t)names.count, s->arena));
    mu_list_free(&names);
}

static void judge_verb(mu_scenario *s, const mu_verb_place *v)
{
    int64_t ms;
    switch (mu_verb_find(v->verb, strlen(v->verb))->takes) {
    case MU_TAKES_DURATION:
        if (!mu_length_read(v->text, &ms))
            wrong(s, MU_ERROR, 108, v->text_at,
                  SAID(s, "%s: \"%s\" is not a duration of a fixed length", v->verb, v->text),
                  "90s, 15m, 4h and 3d are; the longest is 366d");
        break;
    case MU_TAKES_INJECT: judge_verb_card(s, v, MU_TAKES_INJECT); break;
    case MU_TAKES_QUESTION: judge_verb_card(s, v, MU_TAKES_QUESTION); break;
    case MU_TAKES_CARD: judge_verb_card(s, v, MU_TAKES_CARD); break;
    case MU_TAKES_PHASE: judge_known(s, v, &s->known.phases, "phase"); break;
    case MU_TAKES_FACT: judge_known(s, v, &s->known.facts, "fact"); break;
    default: break;
    }
}

void mu_scenario_check_verbs(mu_scenario *s)
{
    for (int i = 0; i < s->script->count; i++)
        for (int j = 0; j < s->script->files[i].verb_count && !mu_scenario_full(s); j++)
            if (s->script->files[i].verbs[j].text)
                judge_verb(s, &s->script->files[i].verbs[j]);
}
