#include "analysis/strengths.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/run_rules.h"

typedef struct praise {
    mu_trial trial; /* its judge holds plan, time and arena */
    mu_strength *list;
    int count, room;
} praise;

typedef struct merit {
    const char *group;
    void (*look)(praise *p);
} merit;

#define TELL(...) MU_SAY(&p->trial.judge, __VA_ARGS__)
#define ROOT(p) ((p)->trial.judge.root)

static void held(praise *p, const char *group, const char *subject, mu_mark at, const char *text, const mu_proof *proof)
{
    if (p->count == p->room) {
        int room = p->room ? p->room * 2 : 16;
        mu_strength *list = mu_alloc(p->trial.judge.arena, (size_t)room * sizeof *list);
        if (p->count)
            memcpy(list, p->list, (size_t)p->count * sizeof *list);
        p->list = list;
        p->room = room;
    }
    uint32_t *events = mu_alloc(p->trial.judge.arena, (size_t)(proof ? proof->kept + 1 : 1) * sizeof *events);
    if (proof && proof->count)
        memcpy(events, proof->list, (size_t)proof->kept * sizeof *events);
    p->list[p->count++] = (mu_strength){group, subject, at, text, events, proof ? proof->kept : 0};
}

/* The plan's own name for a thing, else its id in words. */
static const char *called(const praise *p, const mu_node *n)
{
    const char *name = mu_get_text(n, "name"), *title = mu_get_text(n, "title"); /* of a role */
    name = name ? name : title;
    char *words = name ? NULL : TELL("%s", n->key);
    for (char *c = words; c && *c; c++)
        if (*c == '_')
            *c = ' ';
    return name ? name : words;
}

static const char *who_is(const praise *p, const char *name)
{
    const mu_node *n = mu_named(&p->trial, name);
    return n ? called(p, n) : mu_id_of(name);
}

#define SPAN(e, key) mu_span(p->trial.judge.arena, mu_journal_value(p->trial.journal, e, key))

/* ---- roles ---- */

/* Somebody who follows held a role while the one before could not. */
static void succession(praise *p)
{
    const mu_trial *t = &p->trial;
    mu_set said = MU_SET(&t->judge);
    MU_EVENTS (e, t, EV_ROLE_FILLED) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role")), *who = mu_named(t, mu_word(t, e, "person")), *holders = mu_get(role, "holders");
        const mu_node *first = mu_items(holders);
        mu_proof proof = {.count = 0};
        if (!role || !who || !first || !first->ref || first->ref == who || mu_has(&said, role))
            continue;
        mu_put(&said, role);
        mu_prove(&proof, e);
        held(p, "ROL", mu_word(t, e, "role"), mu_place(holders), TELL("%s could not be had, and %s held %s in the order of succession", called(p, first->ref), called(p, who), called(p, role)), &proof);
    }
}

static bool declared_with_authority(const mu_trial *t)
{
    static const mu_kind_of_event kinds[] = {EV_DECLARED, EV_SEVERITY_CHANGED};
    for (int i = 0; i < 2; i++)
        MU_EVENTS (e, t, kinds[i])
            if (!mu_journal_value(t->journal, e, "authority_ok"))
                return false;
    return true;
}

static void authority_kept(praise *p)
{
    const mu_trial *t = &p->trial;
    mu_proof proof = {.count = 0};
    int n = 0;
    MU_EVENTS (e, t, EV_DECISION_MADE) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        if (!mu_journal_value(t->journal, e, "authority_ok"))
            return;
        if (mu_get(action, "authority")) {
            mu_prove(&proof, e);
            n++;
        }
    }
    if (n && declared_with_authority(t))
        held(p, "ROL", "section:raci", mu_place(mu_get(ROOT(p), "raci")), TELL("All %d decision%s that need an authority were made by somebody who has it", n, n == 1 ? "" : "s"), &proof);
}

/* ---- communication ---- */

static void another_way(praise *p)
{
    const mu_trial *t = &p->trial;
    mu_set said = MU_SET(&t->judge);
    MU_EVENTS (e, t, EV_CHANNEL_SWITCHED) {
        const mu_node *to = mu_named(t, mu_word(t, e, "to"));
        mu_proof proof = {.count = 0};
        if (!to || mu_has(&said, to))
            continue;
        mu_put(&said, to);
        MU_EVENTS (other, t, EV_CHANNEL_SWITCHED)
            if (mu_says(t, other, "to", mu_word(t, e, "to")))
                mu_prove(&proof, other);
        held(p, "COM", mu_word(t, e, "to"), mu_place(to), TELL("When %s could not be used, messages went over %s", who_is(p, mu_word(t, e, "from")), called(p, to)), &proof);
    }
}

/* One telling serves an audience and a duty to the same party in the same words (core/audience.c): for the duty it was late. */
static bool late_for_a_duty(const mu_trial *t, const mu_event *released, const mu_node *audience)
{
    const mu_node *words = mu_get(audience, "template");
    MU_EVENTS (e, t, EV_CLOCK_MET) {
        const mu_node *duty = e->t == released->t ? mu_named(t, mu_word(t, e, "subject")) : NULL, *own = mu_get(duty, "template");
        bool same = own && words ? own->ref == words->ref : !own && !words;
        if (duty && same && strcmp(mu_word(t, e, "clock"), "obligation") == 0 && mu_journal_value(t->journal, e, "margin") < 0)
            return true;
    }
    return false;
}

static bool released_in_order(const mu_trial *t, const mu_node *audience, mu_proof *proof)
{
    bool any = false;
    MU_EVENTS (e, t, EV_MESSAGE_RELEASED) {
        if (mu_named(t, mu_word(t, e, "audience")) != audience)
            continue;
        if (!mu_journal_value(t->journal, e, "order_ok") || late_for_a_duty(t, e, audience))
            return false;
        mu_prove(proof, e);
        any = true;
    }
    MU_EVENTS (e, t, EV_CLOCK_MISSED)
        if (mu_named(t, mu_word(t, e, "subject")) == audience)
            return false;
    return any;
}

static void told_in_time(praise *p)
{
    MU_EACH (audience, mu_get(ROOT(p), "audiences")) {
        mu_proof proof = {.count = 0};
        if (mu_get(audience, "first_within") && released_in_order(&p->trial, audience, &proof))
            held(p, "COM", TELL("audience:%s", audience->key), mu_place(audience), TELL("%s heard in time and in the order that the plan wants", called(p, audience)), &proof);
    }
}

static void plan_at_hand(praise *p)
{
    const mu_trial *t = &p->trial;
    mu_proof proof = {.count = 0};
    bool something_down = t->first[EV_DOWN] != 0, missed = false;
    MU_EVENTS (e, t, EV_LOOKUP_MISS)
        missed = missed || !mu_says(t, e, "because", "no page of that name");
    MU_EVENTS (e, t, EV_LOOKUP_HIT)
        mu_prove(&proof, e);
    if (proof.count && something_down && !missed)
        held(p, "COM", "plan", mu_at_key(mu_get(ROOT(p), "plan"), "stored"), "The plan could be read while things were down", &proof);
}

static bool apart(const mu_judge *j, const mu_node *channel)
{
    mu_set ground = MU_SET(j);
    mu_ground(channel, &ground);
    MU_EACH (c, mu_get(j->root, "channels")) {
        mu_set other = MU_SET(j);
        if (c == channel || !mu_is_primary(c))
            continue;
        mu_ground(c, &other);
        for (size_t i = 0; i < other.count; i++)
            if (mu_has(&ground, other.list[i]))
                return false;
    }
    return true;
}

/* By the day of the drill: a test that came after it is no merit of that day. */
static bool lately(const mu_judge *j, const mu_node *tested, const char *limit)
{
    return tested->value <= j->now && !mu_older_than_limit(j, tested, limit);
}

static void out_of_band(praise *p)
{
    const mu_judge *j = &p->trial.judge;
    MU_EACH (c, mu_get(j->root, "channels")) {
        const mu_node *tested = mu_get(c, "tested");
        if (mu_is(c, "use", "out_of_band") && tested && lately(j, tested, "out_of_band_tested") && apart(j, c))
            held(p, "COM", TELL("channel:%s", c->key), mu_place(c), TELL("%s stands on nothing that a primary channel stands on, and was tested on %s", called(p, c), tested->text), NULL);
    }
}

/* ---- ladders, clocks ---- */

/* A ladder that was answered before its end, with more than one voice called. */
static void climbed(praise *p)
{
    const mu_trial *t = &p->trial;
    MU_EVENTS (e, t, EV_ESCALATE_ANSWERED) {
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder"));
        mu_proof proof = {.count = 0};
        MU_EVENTS (step, t, EV_ESCALATE_STEP)
            if (step->n < e->n && mu_journal_value(t->journal, step, "climb") == mu_journal_value(t->journal, e, "climb"))
                mu_prove(&proof, step);
        int calls = proof.count;
        mu_prove(&proof, e);
        if (ladder && calls > 1)
            held(p, "ESC", mu_word(t, e, "ladder"), mu_place(ladder),
                 TELL("The first call of the ladder \"%s\" was not answered; it went on by itself and %s answered after %s", ladder->key, who_is(p, mu_word(t, e, "person")), SPAN(e, "took")), &proof);
    }
}

static const char *group_of(const char *clock)
{
    return strcmp(clock, "obligation") == 0 ? "REG" : "TIM";
}

static const char *kept_word(const char *clock)
{
    static const char *const words[][2] = {{"acknowledge", "the call was answered"}, {"assemble", "the quorum was there"}, {"declare", "declared"},
                                           {"contain", "contained"}, {"update", "the first news was given"}, {"obligation", "notified"},
                                           {"decide", "decided whether to notify"}, {"reassess", "the level was looked at again"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(clock, words[i][0]) == 0)
            return words[i][1];
    return clock;
}

static bool missed(const mu_trial *t, const mu_event *met)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED)
        if (mu_says(t, e, "clock", mu_word(t, met, "clock")) && mu_says(t, e, "subject", mu_word(t, met, "subject")))
            return true;
    return false;
}

static void in_time(praise *p)
{
    const mu_trial *t = &p->trial;
    mu_set said = MU_SET(&t->judge);
    MU_EVENTS (e, t, EV_CLOCK_MET) {
        const char *clock = mu_word(t, e, "clock");
        const mu_node *node = mu_named(t, mu_word(t, e, "subject"));
        const mu_event *start = mu_numbered(t, mu_journal_value(t->journal, e, "started"));
        mu_proof proof = {.count = 0};
        bool told = strcmp(clock, "audience") == 0; /* told_in_time speaks of these */
        if (!node || told || missed(t, e) || (strcmp(clock, "update") == 0 && mu_has(&said, node)))
            continue;
        if (strcmp(clock, "update") == 0)
            mu_put(&said, node);
        if (start)
            mu_prove(&proof, start);
        mu_prove(&proof, e);
        held(p, group_of(clock), mu_word(t, e, "subject"), mu_place(node), TELL("%s: %s, after %s, with %s to spare", called(p, node), kept_word(clock), SPAN(e, "took"), SPAN(e, "margin")), &proof);
    }
}

static void engaged(praise *p)
{
    const mu_trial *t = &p->trial;
    MU_EVENTS (e, t, EV_ENGAGE_DONE) {
        const mu_node *external = mu_named(t, mu_word(t, e, "external"));
        mu_proof proof = {.count = 0};
        mu_prove(&proof, e);
        if (external)
            held(p, "RES", mu_word(t, e, "external"), mu_place(external), TELL("%s could be engaged, %s after it was called", called(p, external), SPAN(e, "took")), &proof);
    }
}

static void restorable(praise *p)
{
    const mu_judge *j = &p->trial.judge;
    MU_EACH (b, mu_get(mu_get(j->root, "resources"), "backups")) {
        const mu_node *tested = mu_get(b, "restore_tested"), *immutable = mu_get(b, "immutable");
        if (tested && immutable && immutable->value && mu_get(b, "owner") && lately(j, tested, "restore_tested"))
            held(p, "RES", TELL("backup:%s", b->key), mu_place(b), TELL("The backup %s cannot be changed, has an owner, and was restored on %s", called(p, b), tested->text), NULL);
    }
}

static const merit merits[] = {
    {"ROL", succession}, {"ROL", authority_kept}, {"COM", another_way}, {"COM", told_in_time}, {"COM", plan_at_hand}, {"COM", out_of_band},
    {"ESC", climbed},    {"TIM", in_time},        {"RES", engaged},     {"RES", restorable},   {NULL, NULL},
};

mu_strengths mu_strengths_of(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena)
{
    static const mu_scenes none = {NULL, 0};
    praise p = {.trial = {.judge = {.root = mu_tree_root(plan), .scenes = &none, .now = starts_local, .arena = arena, .orders = mu_orders_new(arena)}, .journal = journal}};
    if (journal)
        mu_trial_begin(&p.trial);
    for (const merit *m = merits; m->group; m++)
        m->look(&p);
    return (mu_strengths){p.list, p.count};
}
