#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "core/parts.h"
#include "plan/schema.h"

void mu_list_grow(void **list, int *room, size_t size)
{
    *room = *room ? *room * 2 : 32;
    *list = mu_grow(*list, (size_t)*room * size);
}

mu_event *mu_emit_begin(mu_run *r, mu_kind_of_event kind, int given)
{
    return mu_journal_begin(r->journal, kind, given, r->now, r->wall);
}

__attribute__((noinline)) static void show(mu_run *r, const mu_event *e)
{
    for (unsigned left = r->watched[e->kind]; left; left &= left - 1) {
        const mu_watcher *w = &r->watchers[__builtin_ctz(left)];
        w->saw(w->self, e);
    }
}

uint32_t mu_emit_end(mu_run *r, mu_event *e)
{
    uint32_t n = e->n;
    mu_journal_enter(r->journal, e);
    if (r->watched[e->kind])
        show(r, e);
    return n;
}

int64_t mu_sym(mu_run *r, const char *text)
{
    return mu_symbol(r->symbols, text);
}

int64_t mu_lit(mu_run *r, const char *literal)
{
    size_t i = ((uintptr_t)literal >> 1 ^ (uintptr_t)literal >> 9) & 255;
    while (r->literals[i].text && r->literals[i].text != literal)
        i = (i + 1) & 255;
    if (!r->literals[i].text) {
        r->literals[i].text = literal;
        r->literals[i].symbol = mu_symbol(r->symbols, literal);
    }
    return r->literals[i].symbol;
}

int64_t mu_symf(mu_run *r, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return mu_symbol(r->symbols, text);
}

void mu_at(mu_run *r, int64_t t, mu_timer timer, int a, int b)
{
    if (t != MU_NEVER)
        mu_queue_put(&r->queue, t < r->now ? r->now : t, (int)timer, a, b);
}

const mu_node *mu_first_of(const mu_node *n)
{
    return n && n->kind == MU_LIST ? n->first : n;
}

const mu_node *mu_severity_now(const mu_run *r)
{
    return r->declared ? r->declared : r->indicated;
}

int64_t mu_length(const mu_run *r, const mu_node *n)
{
    if (!n)
        return -1;
    if (n->kind == MU_LIST) /* two lengths in one plan: the shorter binds */
        return mu_length(r, n->first);
    if (n->kind == MU_SCALAR)
        return n->value;
    const mu_node *severity = mu_severity_now(r);
    const mu_node *own = severity ? mu_get(n, severity->key) : NULL;
    return mu_length(r, own ? own : mu_get(n, mu_office_hours(r->world, r->now) ? "working_hours" : "otherwise"));
}

/* ---- making ---- */

static void choose_playbook(mu_run *r)
{
    EACH (book, mu_get(r->root, "playbooks"))
        EACH (c, mu_get(book, "covers"))
            if (!r->playbook && r->msel->kind && strcmp(c->text, r->msel->kind) == 0)
                r->playbook = book;
    const mu_node *steps = mu_get(r->playbook, "steps");
    r->steps = mu_alloc(r->arena, (size_t)(steps ? steps->count + 1 : 1) * sizeof *r->steps);
    EACH (s, steps)
        r->steps[r->step_count++].node = s;
    for (int i = 0; i < r->step_count; i++)
        EACH (d, mu_get(r->steps[i].node, "decides"))
            for (int k = 0; k < r->step_count; k++)
                r->steps[k].branch = r->steps[k].branch || r->steps[k].node == d->ref;
}

static mu_laid laid(mu_run *r, const mu_card *c)
{
    mu_laid l = {.name = mu_symf(r, "card:%s", c->name), .via = c->via.node, .within = c->within, .role = -1,
                 .changes = c->down.count + c->up.count + c->away.count + c->back.count + c->compromised.count + c->wrong.count + c->fact_count > 0};
    const mu_node *action = c->expect.count ? c->expect.list[0].node : NULL;
    l.decides = c->kind != MU_DECISION ? 0 : action ? mu_name_of(r, action) : l.name;
    l.plain = !c->hold && !c->unless.count;
    if (c->to.count) {
        l.by = c->to.list[0].text;
        l.to = mu_sym(r, c->to.list[0].text);
        l.to_node = c->to.list[0].node;
        l.whom = mu_world_name(r->world, l.to_node, c->to.list[0].text);
        l.role = mu_role_of(r->world, l.to_node);
    }
    return l;
}

static void name_cards(mu_run *r)
{
    r->laid = mu_alloc(r->arena, ((size_t)r->msel->card_count + 1) * sizeof *r->laid);
    r->story_names = mu_alloc(r->arena, ((size_t)r->msel->story_count + 1) * sizeof *r->story_names);
    for (int i = 0; i < r->msel->card_count; i++)
        r->laid[i] = laid(r, &r->msel->cards[i]);
    r->card_symbols = (int64_t)mu_symbol_count(r->symbols);
    r->card_of = mu_alloc(r->arena, (size_t)r->card_symbols * sizeof *r->card_of);
    for (int i = r->msel->card_count - 1; i >= 0; i--)
        r->card_of[r->laid[i].name] = i + 1;
    for (int i = 0; i < r->msel->story_count; i++)
        r->story_names[i] = mu_symf(r, "story:%s", r->msel->stories[i]);
}

static void clear(mu_run *r, const mu_run_options *o)
{
    int *counts[] = {&r->messages.count, &r->prompts.count, &r->tasks.count, &r->climbs.count, &r->clocks.count, &r->expects.count, &r->facts.count, &r->declarations.count, &r->ids.count, &r->legal.count};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        *counts[i] = 0;
    for (int i = 0; i < r->step_count; i++)
        r->steps[i] = (mu_step){.node = r->steps[i].node, .branch = r->steps[i].branch};
    for (int i = 0; i < r->told_count; i++)
        r->told[i] = (mu_told){.node = r->told[i].node, .clock = -1, .message = -1};
    memset(r->stories, 0, (size_t)r->msel->story_count * sizeof *r->stories);
    memset(r->cards, 0, (size_t)r->msel->card_count * sizeof *r->cards);
    memset(r->present, 0, (size_t)r->world->role_count);
    r->options = *o;
    mu_queue_clear(&r->queue);
    r->now = r->last_update = 0;
    r->acting = 0;
    r->wall = r->detected_at = r->indicated_at = r->declared_at = r->called_at = -1;
    r->declared_by = -1;
    r->indicated = r->declared = r->called = NULL;
    r->started = r->over = r->paused = r->telling = r->assembled = r->quorum = r->played = false;
    r->drawn = 0;
}

mu_run *mu_run_new(const mu_tree *plan, const mu_msel *msel, mu_teller teller, mu_journal *journal, const mu_run_options *o)
{
    mu_arena *arena = mu_arena_new();
    mu_run *r = mu_alloc(arena, sizeof *r);
    *r = (mu_run){.arena = arena, .plan = plan, .root = mu_tree_root(plan), .msel = msel, .teller = teller, .journal = journal,
                  .symbols = mu_journal_symbols(journal)};
    r->world = mu_world_new(plan, o->starts_local, r->symbols, arena);
    r->present = mu_alloc(arena, (size_t)r->world->role_count + 1);
    r->cards = mu_alloc(arena, (size_t)(msel->card_count + 1) * sizeof *r->cards);
    r->stories = mu_alloc(arena, (size_t)(msel->story_count + 1) * sizeof *r->stories);
    const mu_node *audiences = mu_get(r->root, "audiences");
    r->told = mu_alloc(arena, (size_t)(audiences ? audiences->count + 1 : 1) * sizeof *r->told);
    EACH (a, audiences)
        r->told[r->told_count++].node = a;
    choose_playbook(r);
    name_cards(r);
    mu_moves_number(r);
    clear(r, o);
    return r;
}

void mu_run_again(mu_run *r, const mu_run_options *o)
{
    mu_world_reset(r->world, o->starts_local);
    clear(r, o);
}

void mu_run_watch(mu_run *r, mu_watcher watcher)
{
    MU_CHECK(r->watcher_count < 4);
    for (int kind = 0; kind < EV_KINDS; kind++)
        if (!watcher.kinds || watcher.kinds[kind])
            r->watched[kind] |= (uint8_t)(1u << r->watcher_count);
    r->watchers[r->watcher_count++] = watcher;
}

void mu_run_free(mu_run *r)
{
    if (!r)
        return;
    void *lists[] = {r->messages.list, r->prompts.list, r->tasks.list, r->climbs.list, r->clocks.list, r->expects.list, r->facts.list, r->declarations.list, r->ids.list, r->legal.list, r->criteria.list};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]);
    mu_queue_free(&r->queue);
    mu_arena_free(r->arena);
}

/* ---- time ---- */

static void turn(mu_run *r, int role)
{
    if (r->world->roles[role].held_by < -1)
        return;
    int before = r->world->roles[role].held_by, now = mu_hold(r, role, 0);
    const char *manner = mu_get_text(r->world->roles[role].node, "handover");
    if (now >= 0 && before >= 0 && now != before)
        EMIT(r, EV_HANDOVER, r->world->roles[role].name, r->world->people[before].name, r->world->people[now].name,
             mu_sym(r, manner ? manner : "turn"));
}

/* A turn ends what was handed over in the one before. */
static void rotation_due(mu_run *r, int number)
{
    const mu_node *rotation = mu_get(r->root, "rotations")->first;
    for (int i = number; i > 0; i--)
        rotation = rotation->next;
    for (int i = 0; i < r->world->role_count; i++) {
        mu_role *role = &r->world->roles[i];
        if (!mu_role_rotates(r->world, i, rotation))
            continue;
        if (role->rotation && role->rotation->ref == rotation && mu_rotation_turned(r->world, rotation, r->now))
            role->taken_over = -1;
        turn(r, i);
    }
    mu_at(r, mu_rotation_changes(r->world, rotation, r->now), T_TURN, number, 0);
}

static void fire(mu_run *r, const mu_due *d)
{
    switch ((mu_timer)d->what) {
    case T_CARD: mu_card_due(r, d->a); break;
    case T_STORY: mu_story_due(r, d->a); break;
    case T_TRY: mu_climb_due(r, d->a, d->b); break;
    case T_PROMPT: mu_prompt_due(r, d->a); break;
    case T_EXPECT: mu_expect_due(r, d->a); break;
    case T_CLOCK: mu_clock_due(r, d->a); break;
    case T_CONSULT: mu_task_consult_due(r, d->a); break;
    case T_APPROVAL: mu_task_approval_due(r, d->a); break;
    case T_BLOCKED: mu_task_blocked_due(r, d->a); break;
    case T_ENGAGED: mu_task_engaged(r, d->a); break;
    case T_FACT: mu_judge_severity(r); break;
    case T_TURN: rotation_due(r, d->a); break;
    case T_UPDATE: mu_update_due(r, d->a); break;
    case T_REMIND: mu_task_remind_due(r, d->a); break;
    case T_TELL: mu_audience_due(r, d->a, d->b); break;
    case T_TAKE_OVER: mu_take_over_due(r, d->a, d->b); break;
    case T_SHIFT: mu_shift_due(r, d->a, d->b); break;
    case T_ADVICE: mu_advice_due(r, d->a); break;
    case T_REPORT: mu_report_due(r, d->a); break;
    case T_REASSESS: mu_reassess_due(r, d->a); break;
    case T_COVER: mu_cover_begins(r, d->a); break;
    case T_DOUBT: mu_doubt_due(r); break;
    case T_LEAVE: mu_leave_due(r, d->a); break;
    case T_END: mu_run_end(r, r->now, "the time is over"); break;
    }
}

__attribute__((noinline)) static int64_t go_on(mu_run *r, int64_t now)
{
    while (!r->over && mu_queue_any(&r->queue) && mu_queue_soonest(&r->queue) <= now) {
        mu_due due = mu_queue_take(&r->queue);
        r->now = due.t;
        fire(r, &due);
    }
    if (r->over)
        return MU_NEVER;
    if (now != MU_NEVER && now > r->now)
        r->now = now;
    return mu_queue_soonest(&r->queue);
}

int64_t mu_run_advance(mu_run *r, int64_t now)
{
    int64_t soonest = mu_queue_soonest(&r->queue);
    if (r->over || soonest <= now || now > r->now)
        return go_on(r, now);
    return soonest; /* it is asked more often than something is due */
}

void mu_run_end(mu_run *r, int64_t now, const char *why)
{
    if (r->over)
        return;
    if (now > r->now)
        (void)mu_run_advance(r, now);
    if (r->over)
        return;
    mu_expects_end(r);
    mu_tasks_end(r);
    mu_clocks_end(r);
    EMIT(r, EV_END, mu_sym(r, why));
    r->over = true;
}

bool mu_run_over(const mu_run *r)
{
    return r->over;
}

int64_t mu_run_now(const mu_run *r)
{
    return r->now;
}

void mu_run_wall(mu_run *r, int64_t unix_ms)
{
    r->wall = unix_ms;
}

/* What waits for people: it moves with a jump. The law's clocks, the turns of rotations and the list do not. */
static bool waits_for_people(void *self, const mu_due *due)
{
    const mu_run *r = self;
    switch ((mu_timer)due->what) {
    case T_TRY: case T_PROMPT: case T_EXPECT: case T_CONSULT: case T_APPROVAL: case T_ENGAGED: case T_UPDATE: case T_REMIND:
    case T_TELL: case T_TAKE_OVER: case T_ADVICE: case T_REPORT: case T_REASSESS: return true;
    case T_CLOCK: return !mu_clock_is_legal(r, due->a);
    default: return false;
    }
}

/* A question that was acknowledged, and not answered yet. */
static bool still_asks(const mu_run *r, const mu_message *m)
{
    return m->purpose == FOR_PROMPT && r->prompts.list[m->a].open && r->prompts.list[m->a].person == m->person;
}

static void moved(mu_message *m, int64_t by)
{
    m->delivered += by;
    m->opened += m->opened >= 0 ? by : 0;
}

static void move_windows(mu_run *r, int64_t by)
{
    for (int i = 0; i < r->messages.count; i++)
        if (r->messages.list[i].delivered >= 0 && (r->messages.list[i].acked < 0 || still_asks(r, &r->messages.list[i])))
            moved(&r->messages.list[i], by);
    for (int i = 0; i < r->prompts.count; i++)
        if (r->prompts.list[i].open) {
            r->prompts.list[i].opened += by;
            r->prompts.list[i].until += r->prompts.list[i].until == MU_NEVER ? 0 : by;
        }
    for (int i = 0; i < r->expects.count; i++)
        if (!r->expects.list[i].met && !r->expects.list[i].missed) {
            r->expects.list[i].from += by;
            r->expects.list[i].until += r->expects.list[i].until == MU_NEVER ? 0 : by;
        }
    for (int i = 0; i < r->clocks.count; i++)
        if (r->clocks.list[i].state == CLOCK_RUNS && !mu_clock_is_legal(r, i)) {
            r->clocks.list[i].started += by;
            r->clocks.list[i].due += r->clocks.list[i].due == MU_NEVER ? 0 : by;
        }
}

static void move_work(mu_run *r, int64_t by)
{
    for (int i = 0; i < r->tasks.count; i++) {
        mu_task *t = &r->tasks.list[i];
        if (t->state == TASK_DONE)
            continue;
        t->assigned += by;
        t->asked += by;
        t->started += t->started >= 0 ? by : 0;
    }
    for (int i = 0; i < r->climbs.count; i++) {
        r->climbs.list[i].started += r->climbs.list[i].on ? by : 0;
        r->climbs.list[i].due += r->climbs.list[i].due != MU_NEVER ? by : 0;
    }
    for (int i = 0; i < r->step_count; i++)
        r->steps[i].opened += r->steps[i].state == STEP_OPEN ? by : 0;
}

void mu_jump(mu_run *r, int64_t to)
{
    int64_t from = r->now;
    for (int i = 0; i < r->msel->card_count; i++) {
        int64_t at = r->cards[i].moved ? r->cards[i].moved : r->msel->cards[i].at;
        if (r->cards[i].state == CARD_LAID && at > from && at < to) {
            r->cards[i].state = CARD_HELD;
            EMIT(r, EV_INJECT_HELD, r->laid[i].name, LIT(r, "jumped over"));
        }
    }
    for (int i = 0; i < r->msel->story_count; i++)
        if (r->stories[i].state == STORY_WAITS && r->stories[i].until < to)
            mu_at(r, r->stories[i].until = to, T_STORY, i, 0);
    mu_queue_move(&r->queue, waits_for_people, r, to - from);
    move_windows(r, to - from);
    move_work(r, to - from);
    (void)mu_run_advance(r, to);
}

/* ---- looking ---- */

mu_world *mu_run_world(mu_run *r)
{
    return r->world;
}

const mu_msel *mu_run_msel(const mu_run *r)
{
    return r->msel;
}

int mu_run_card(const mu_run *r, int64_t symbol)
{
    return symbol > 0 && symbol < r->card_symbols ? r->card_of[symbol] - 1 : -1;
}

static bool holds_played(mu_run *r, int64_t person)
{
    const char *why;
    for (int i = 0; i < r->world->role_count; i++)
        if (r->world->roles[i].played && mu_holder(r->world, i, r->now, &why) == person)
            return true;
    return false;
}

bool mu_run_played(mu_run *r, int64_t person)
{
    if (!r->played) /* nobody is */
        return false;
    bool at_a_screen = person >= 0 && person < r->world->person_count && r->world->people[person].played;
    return at_a_screen || holds_played(r, person);
}

int64_t mu_run_level(mu_run *r)
{
    return mu_name_of(r, mu_declaration_stands(r) ? r->declared : r->indicated);
}

const mu_node *mu_run_task_action(const mu_run *r, int64_t task)
{
    return task >= 0 && task < r->tasks.count ? r->tasks.list[task].action : NULL;
}

const mu_node *mu_run_called_by(const mu_run *r, int64_t climb)
{
    return climb >= 0 && climb < r->climbs.count ? r->climbs.list[climb].ladder : NULL;
}

const mu_node *mu_run_task_outcomes(const mu_run *r, int64_t task)
{
    bool has = task >= 0 && task < r->tasks.count && r->tasks.list[task].step >= 0;
    return has ? mu_get(r->steps[r->tasks.list[task].step].node, "decides") : NULL;
}

bool mu_run_message_open(const mu_run *r, int64_t m)
{
    return m >= 0 && m < r->messages.count && r->messages.list[m].delivered >= 0 && r->messages.list[m].acked < 0;
}

const char *mu_run_message_to(const mu_run *r, int64_t m)
{
    return m >= 0 && m < r->messages.count ? mu_symbol_text(r->symbols, r->messages.list[m].to) : "";
}

int64_t mu_run_message_about(const mu_run *r, int64_t m)
{
    return m >= 0 && m < r->messages.count ? r->messages.list[m].about : 0;
}

bool mu_run_prompt_open(const mu_run *r, int64_t p)
{
    return p >= 0 && p < r->prompts.count && r->prompts.list[p].open;
}
