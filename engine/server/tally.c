/* What the pages of those who see all say of the whole record: it is kept as the record grows, and no page reads the record again. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/aar.h"
#include "server/inside.h"

enum { TOLD = 64 }; /* more than any page shows */

/* Numbers of what waits for somebody; what waits no more is dropped when somebody looks. */
typedef struct waiting {
    int64_t *list;
    size_t count, room;
    bool *in;
    int64_t known; /* so many have a place in `in` */
} waiting;

typedef struct told {
    uint32_t n;
    mu_buf words; /* once somebody has looked */
} told;

typedef struct events {
    uint32_t *list;
    int count, room;
} events;

struct mu_tally {
    mu_standing *cards;
    waiting messages, prompts;
    mu_ask *asks;
    int ask_count, ask_room;
    told last[TOLD]; /* at its number among those that are told */
    int64_t told_count, judged;
    events notes, ratings;
    mu_arena *guided; /* in which the guide lives; or NULL */
    const mu_aar *guide;
    int64_t guide_judged; /* of what it is made */
    mu_stage_state guide_state;
    int *seats, seats_known; /* of each person, -1 none */
    mu_arena *names; /* what events are put into words by; or NULL */
    mu_report *kept;
};

mu_tally *mu_tally_new(int cards, int people)
{
    mu_tally *t = mu_grow(NULL, sizeof *t);
    *t = (mu_tally){.cards = mu_grow(NULL, ((size_t)cards + 1) * sizeof *t->cards), .seats = mu_grow(NULL, ((size_t)people + 1) * sizeof *t->seats)};
    memset(t->cards, 0, ((size_t)cards + 1) * sizeof *t->cards);
    memset(t->seats, 0xff, ((size_t)people + 1) * sizeof *t->seats);
    return t;
}

void mu_tally_free(mu_tally *t)
{
    for (int i = 0; i < TOLD; i++)
        mu_buf_free(&t->last[i].words);
    if (t->guided)
        mu_arena_free(t->guided);
    free(t->notes.list);
    free(t->ratings.list);
    free(t->messages.list);
    free(t->messages.in);
    free(t->prompts.list);
    free(t->prompts.in);
    free(t->cards);
    if (t->names)
        mu_arena_free(t->names);
    free(t->asks);
    free(t->seats);
    free(t);
}

/* ---- cards ---- */

static void hear_card(const mu_stage *s, const mu_event *e, mu_standing *c)
{
    if (e->kind == EV_EXPECT_MET) {
        c->met = mu_journal_text(s->journal, e, "outcome");
        c->took = mu_journal_value(s->journal, e, "took");
        c->missed -= c->missed && strstr(c->met, "late");
    }
    c->missed += e->kind == EV_EXPECT_MISSED;
    c->unheard = c->unheard || e->kind == EV_INJECT_UNHEARD;
    c->silent = c->silent || e->kind == EV_PROMPT_SILENT;
    if (e->kind == EV_PROMPT_ANSWERED) {
        c->answered = true;
        c->in_time = mu_journal_value(s->journal, e, "in_time");
    }
}

const mu_standing *mu_tally_card(const mu_stage *s, int card)
{
    return &s->tally->cards[card];
}

/* ---- what waits ---- */

static void know(waiting *w, int64_t count)
{
    if (count <= w->known)
        return;
    int64_t room = count * 2;
    w->in = mu_grow(w->in, (size_t)room * sizeof *w->in);
    memset(w->in + w->known, 0, (size_t)(room - w->known) * sizeof *w->in);
    w->known = room;
}

static void wait_for(waiting *w, int64_t number, int64_t count)
{
    know(w, count > number ? count : number + 1);
    if (number < 0 || w->in[number])
        return;
    if (w->count == w->room)
        w->list = mu_grow(w->list, (w->room = w->room ? w->room * 2 : 32) * sizeof *w->list);
    w->in[number] = true;
    w->list[w->count++] = number;
}

static void hear_waiting(const mu_stage *s, const mu_event *e, mu_tally *t)
{
    if (e->kind == EV_NOTIFY_DELIVERED || e->kind == EV_NOTIFY_WAITS)
        wait_for(&t->messages, e->arg[0], mu_run_messages(s->run));
    else if (e->kind == EV_PROMPT_OPEN)
        wait_for(&t->prompts, e->arg[0], mu_run_prompts(s->run));
}

static void drop_what_is_over(const mu_stage *s, waiting *w, bool (*open)(const mu_run *, int64_t))
{
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++) {
        w->in[w->list[i]] = open(s->run, w->list[i]);
        if (w->in[w->list[i]])
            w->list[kept++] = w->list[i];
    }
    w->count = kept;
}

void mu_tally_open(const mu_stage *s, mu_waits *of)
{
    mu_tally *t = s->tally;
    drop_what_is_over(s, &t->messages, mu_run_message_open);
    drop_what_is_over(s, &t->prompts, mu_run_prompt_open);
    for (int i = 0; i < s->world->person_count; i++)
        of[i] = (mu_waits){0, -1};
    for (size_t i = 0; i < t->prompts.count; i++) {
        const mu_node *node = mu_world_node(s->world, mu_run_prompt_person(s->run, t->prompts.list[i]));
        if (mu_is_person(s->world, node))
            of[node->value].count++;
    }
    for (size_t i = 0; i < t->messages.count; i++) {
        int64_t m = t->messages.list[i], since = mu_run_message_delivered(s->run, m);
        const mu_node *node = mu_world_node(s->world, mu_run_message_person(s->run, m));
        mu_waits *w = mu_is_person(s->world, node) ? &of[node->value] : NULL;
        if (!w)
            continue;
        w->count += mu_symbol_number(mu_run_message_about(s->run, m), MU_PROMPT_N) < 0;
        w->since = w->since < 0 || since < w->since ? since : w->since;
    }
}

/* ---- what is asked of the facilitator ---- */

static void hear_asked(const mu_stage *s, const mu_event *e, mu_tally *t)
{
    if (e->kind == EV_ASKED) {
        if (t->ask_count == t->ask_room)
            t->asks = mu_grow(t->asks, (size_t)(t->ask_room = t->ask_room ? t->ask_room * 2 : 16) * sizeof *t->asks);
        t->asks[t->ask_count++] = (mu_ask){.asked = e->n};
    }
    bool sent = e->kind == EV_ACT && t->ask_count && strcmp(mu_journal_text(s->journal, e, "verb"), "send") == 0;
    for (int i = 0; sent && i < t->ask_count; i++)
        if (!t->asks[i].told && strcmp(mu_journal_text(s->journal, e, "object"), mu_journal_text(s->journal, mu_journal_event(s->journal, t->asks[i].asked), "person")) == 0)
            t->asks[i].told = e->n;
}

int mu_tally_asks(const mu_stage *s)
{
    return s->tally->ask_count;
}

const mu_ask *mu_tally_ask(const mu_stage *s, int number)
{
    return &s->tally->asks[number];
}

/* ---- what happened ---- */

static bool is_told(mu_kind_of_event k)
{
    return k != EV_NOTIFY_ATTEMPT && k != EV_NOTIFY_OPENED && k != EV_ACT && k != EV_PERSON_PINNED && k != EV_OPTION && k != EV_ASSUMED && k != EV_PINNED && k != EV_ROLE_FILLED;
}

static void hear_told(const mu_event *e, mu_tally *t)
{
    told *place = &t->last[t->told_count % TOLD];
    if (!is_told(e->kind))
        return;
    place->n = e->n;
    place->words.len = 0;
    t->told_count++;
}

/* The names in them are gathered from the whole record, once, and then from what is new of it. */
const mu_report *mu_tally_words(const mu_stage *s, mu_arena *arena)
{
    mu_tally *t = s->tally;
    if (!t->names) {
        t->names = mu_arena_new();
        t->kept = mu_report_words(s->plan, s->journal, t->names);
    }
    return mu_report_words_now(t->kept, arena);
}

const char *mu_tally_act(const mu_stage *s, const mu_report *words, uint32_t n)
{
    bool followed = n < mu_journal_count(s->journal) && mu_journal_event(s->journal, n + 1)->kind != EV_ACT;
    return mu_event_words(words, followed ? n + 1 : n);
}

/* Words of an event are made once. */
static void put_into_words(const mu_stage *s, int most)
{
    mu_tally *t = s->tally;
    mu_arena *arena = mu_arena_new();
    const mu_report *words = mu_tally_words(s, arena);
    for (int i = 0; i < most; i++) {
        told *place = &t->last[(t->told_count - 1 - i) % TOLD];
        if (!place->words.len)
            mu_buf_puts(&place->words, mu_event_words(words, place->n));
    }
    mu_arena_free(arena);
}

int mu_tally_told(const mu_stage *s, int most)
{
    const mu_tally *t = s->tally;
    most = t->told_count < most ? (int)t->told_count : most;
    for (int i = 0; i < most; i++)
        if (!t->last[(t->told_count - 1 - i) % TOLD].words.len) {
            put_into_words(s, most);
            break;
        }
    return most;
}

uint32_t mu_tally_event(const mu_stage *s, int back, const char **words)
{
    const told *place = &s->tally->last[(s->tally->told_count - 1 - back) % TOLD];
    *words = place->words.text;
    return place->n;
}

/* ---- what the evaluation guide is made of ---- */

/* The kinds by which the rule of the report judges (report/aar.c), beside all that say a card. */
static bool is_judged(mu_kind_of_event k)
{
    return k == EV_OBJECTIVE_PINNED || k == EV_PERSON_PINNED || k == EV_START || k == EV_DECISION_MADE || k == EV_DECLARED || k == EV_MESSAGE_RELEASED || k == EV_IMPROVISE || k == EV_OBSERVATION ||
           k == EV_RATING || k == EV_TAKEN_BACK || mu_event_field_of(k, "card") >= 0;
}

const mu_aar *mu_tally_guide(const mu_stage *s)
{
    mu_tally *t = s->tally;
    if (t->guide && t->guide_judged == t->judged && t->guide_state == s->state)
        return t->guide;
    if (t->guided)
        mu_arena_free(t->guided);
    t->guided = mu_arena_new();
    t->guide = mu_aar_so_far(mu_tally_words(s, t->guided));
    t->guide_judged = t->judged;
    t->guide_state = s->state;
    return t->guide;
}

static void keep_event(events *of, uint32_t n)
{
    if (of->count == of->room)
        of->list = mu_grow(of->list, (size_t)(of->room = of->room ? of->room * 2 : 16) * sizeof *of->list);
    of->list[of->count++] = n;
}

const uint32_t *mu_tally_notes(const mu_stage *s, int *count)
{
    *count = s->tally->notes.count;
    return s->tally->notes.list;
}

const uint32_t *mu_tally_ratings(const mu_stage *s, int *count)
{
    *count = s->tally->ratings.count;
    return s->tally->ratings.list;
}

int64_t mu_tally_judged(const mu_stage *s)
{
    return s->tally->judged;
}

/* ---- all of it ---- */

void mu_tally_hear(const mu_stage *s, const mu_event *e)
{
    mu_tally *t = s->tally;
    int field = mu_event_field_of(e->kind, "card"), card = field >= 0 ? mu_run_card(s->run, e->arg[field]) : -1;
    if (card >= 0)
        hear_card(s, e, &t->cards[card]);
    hear_waiting(s, e, t);
    hear_asked(s, e, t);
    hear_told(e, t);
    t->judged += is_judged(e->kind);
    if (e->kind == EV_OBSERVATION || e->kind == EV_GAP_NOTED)
        keep_event(&t->notes, e->n);
    else if (e->kind == EV_RATING)
        keep_event(&t->ratings, e->n);
}

int mu_tally_seat(const mu_stage *s, int person)
{
    mu_tally *t = s->tally;
    for (; t->seats_known < mu_seats_count(s->seats); t->seats_known++) {
        int who = mu_stage_person(s, t->seats_known);
        if (who >= 0)
            t->seats[who] = t->seats_known;
    }
    return t->seats[person];
}
