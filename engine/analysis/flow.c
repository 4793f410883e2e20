#include "analysis/flow.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/flow_parts.h"

typedef struct comparing {
    mu_trial trial;
    mu_flows *out;
    mu_flow *flows;
    int room;
    bool *used; /* attempts that some edge of the plan asked for, by the number of the event */
} comparing;

#define T (&c->trial)
#define ARENA (c->trial.judge.arena)

static const char *value_word(const comparing *c, const mu_event *e, const char *key)
{
    return mu_word(T, e, key);
}

static mu_flow *add(comparing *c)
{
    if (c->out->flow_count == c->room) {
        int room = c->room ? c->room * 2 : 64;
        mu_flow *list = mu_alloc(ARENA, (size_t)room * sizeof *list);
        if (c->out->flow_count)
            memcpy(list, c->flows, (size_t)c->out->flow_count * sizeof *list);
        c->flows = list;
        c->room = room;
    }
    mu_flow *f = &c->flows[c->out->flow_count++];
    *f = (mu_flow){.from = "", .to = "", .about = "", .wanted_via = "", .via = "", .due = -1, .done = -1, .state = MU_FLOW_MISSING};
    return f;
}

/* "pager, phone" of a channel or a list of them. */
static const char *channels(const comparing *c, const mu_node *via)
{
    const char *words = "";
    for (const mu_node *v = mu_items(via); v; v = via->kind == MU_LIST ? v->next : NULL)
        words = mu_format(ARENA, "%s%s%s", words, *words ? ", " : "", v->text);
    return words;
}

static bool over_one_of(const mu_node *via, const char *channel)
{
    for (const mu_node *v = mu_items(via); v; v = via->kind == MU_LIST ? v->next : NULL)
        if (strcmp(v->text, mu_id_of(channel)) == 0)
            return true;
    return via == NULL;
}

/* ---- audiences, notices: they have a clock ---- */

static const mu_event *closing(const comparing *c, const mu_event *start, mu_kind_of_event kind)
{
    MU_EVENTS (e, T, kind)
        if (e->n > start->n && mu_journal_value(T->journal, e, "started") == start->n)
            return e;
    return NULL;
}

static const mu_event *release_at(const comparing *c, const char *audience, const mu_event *met)
{
    const mu_event *found = NULL;
    MU_EVENTS (e, T, EV_MESSAGE_RELEASED)
        if (mu_says(T, e, "audience", audience) && e->t <= met->t)
            found = e;
    return found;
}

static void owner_of(const comparing *c, const mu_node *owner, mu_flow *f)
{
    if (owner)
        f->from = strchr(owner->text, ':') ? owner->text : mu_format(ARENA, "role:%s", owner->text);
}

static void with_clock(comparing *c, const mu_event *start, mu_flow *f)
{
    const mu_event *met = closing(c, start, EV_CLOCK_MET), *missed = closing(c, start, EV_CLOCK_MISSED);
    int64_t window = mu_journal_value(T->journal, start, "window");
    f->due = window >= 0 && window < INT64_MAX / 4 ? start->t + window : -1;
    f->events[0] = start->n;
    if (missed)
        f->events[2] = missed->n;
    if (met) {
        f->done = met->t;
        f->events[1] = met->n;
    }
    f->state = met ? missed ? MU_FLOW_LATE : MU_FLOW_MET : missed ? MU_FLOW_MISSING : MU_FLOW_OPEN;
}

static void audience(comparing *c, const mu_event *start, const mu_node *node)
{
    mu_flow *f = add(c);
    const mu_node *via = mu_get(node, "via");
    with_clock(c, start, f);
    owner_of(c, mu_get(node, "owner"), f);
    f->to = f->about = value_word(c, start, "subject");
    f->about = "news";
    f->wanted_via = channels(c, via);
    f->at = mu_place(node);
    const mu_event *sent = f->done >= 0 ? release_at(c, f->to, mu_numbered(T, f->events[1])) : NULL;
    if (!sent)
        return;
    f->events[1] = sent->n;
    f->via = value_word(c, sent, "via");
    if (!mu_journal_value(T->journal, sent, "order_ok"))
        f->state = MU_FLOW_WRONG_ORDER;
    else if (f->state == MU_FLOW_MET && !over_one_of(via, f->via))
        f->state = MU_FLOW_WRONG_CHANNEL;
}

static void notice(comparing *c, const mu_event *start, const mu_node *node)
{
    mu_flow *f = add(c);
    const mu_node *action = mu_get(node, "action"), *row = action ? action->ref : NULL, *route = mu_get(node, "route");
    const mu_node *who = mu_items(mu_get(row, mu_get(row, "R") ? "R" : "R/A"));
    with_clock(c, start, f);
    owner_of(c, who, f);
    f->to = route ? strchr(route->text, ':') ? route->text : mu_format(ARENA, "external:%s", route->text) : "";
    f->about = value_word(c, start, "subject");
    f->at = mu_place(node);
}

static void clocks(comparing *c)
{
    MU_EVENTS (e, T, EV_CLOCK_START) {
        const mu_node *node = mu_named(T, value_word(c, e, "subject"));
        if (node && mu_says(T, e, "clock", "audience"))
            audience(c, e, node);
        else if (node && mu_says(T, e, "clock", "obligation"))
            notice(c, e, node);
    }
}

/* ---- those who are to be told, those who are to be asked ---- */

static const mu_event *delivery(const comparing *c, const mu_event *attempt)
{
    int64_t message = mu_journal_value(T->journal, attempt, "message");
    for (const mu_event *e = attempt; e && e->n < attempt->n + 6; e = mu_numbered(T, e->n + 1))
        if (e->kind == EV_NOTIFY_DELIVERED && mu_journal_value(T->journal, e, "message") == message)
            return e;
    return NULL;
}

/* The first message about this to them at or after an event; those of the same message that failed are passed over. */
static const mu_event *attempt_to(const comparing *c, const mu_event *since, const char *about, const char *to)
{
    const mu_event *failed = NULL;
    MU_EVENTS (e, T, EV_NOTIFY_ATTEMPT) {
        if (e->t < since->t || !mu_says(T, e, "about", about) || !mu_says(T, e, "to", to))
            continue;
        c->used[e->n] = true;
        if (delivery(c, e))
            return e;
        failed = failed ? failed : e;
    }
    return failed;
}

static const char *ref_name(const comparing *c, const mu_node *who)
{
    return strchr(who->text, ':') ? who->text : mu_format(ARENA, "role:%s", who->text);
}

/* The first word to an audience at or after an event. */
static const mu_event *released_since(const comparing *c, const mu_event *since, const char *audience)
{
    MU_EVENTS (e, T, EV_MESSAGE_RELEASED)
        if (e->t >= since->t && mu_says(T, e, "audience", audience))
            return e;
    return NULL;
}

static void told(comparing *c, const mu_event *because, const char *about, const char *from, const mu_node *who)
{
    mu_flow *f = add(c);
    const char *to = ref_name(c, who);
    bool group = who->ref && who->ref->parent == mu_get(T->judge.root, "audiences");
    const mu_event *attempt = group ? NULL : attempt_to(c, because, about, to), *arrived = group ? released_since(c, because, to) : attempt ? delivery(c, attempt) : NULL;
    f->from = from;
    f->to = to;
    f->about = about;
    f->at = who->at;
    f->events[0] = because->n;
    if (arrived) {
        f->state = MU_FLOW_MET;
        f->done = arrived->t;
        f->via = value_word(c, arrived, "via");
        f->events[1] = arrived->n;
    } else if (attempt) {
        f->events[2] = attempt->n;
    }
}

/* As what somebody set a level: the role of their act, or they themselves. */
static const char *setter(const comparing *c, const mu_event *set)
{
    const mu_event *e = set;
    while (e && e->t == set->t && e->kind != EV_ACT)
        e = mu_numbered(T, e->n - 1);
    bool own = e && e->t == set->t && mu_says(T, e, "person", value_word(c, set, "person")) && *value_word(c, e, "role");
    return own ? value_word(c, e, "role") : value_word(c, set, "person");
}

static void informed(comparing *c)
{
    MU_EVENTS (e, T, EV_TASK_DONE) {
        const mu_node *row = mu_named(T, value_word(c, e, "action")), *cell = mu_get(row, "I");
        for (const mu_node *who = mu_items(cell); who; who = cell->kind == MU_LIST ? who->next : NULL)
            told(c, e, value_word(c, e, "action"), value_word(c, e, "role"), who);
    }
    MU_EVENTS (e, T, EV_SEVERITY_SET) {
        const mu_node *level = mu_named(T, value_word(c, e, "severity"));
        MU_EACH (who, mu_get(level, "inform"))
            told(c, e, value_word(c, e, "severity"), setter(c, e), who);
    }
}

/* The role that had the task when its advice was asked for, or whoever had it in none: the one that asks. */
static const char *asker(comparing *c, int64_t task, uint32_t before)
{
    const char *role = "";
    MU_EVENTS (e, T, EV_TASK_ASSIGNED)
        if (e->n < before && mu_journal_value(T->journal, e, "task") == task)
            role = *value_word(c, e, "role") ? value_word(c, e, "role") : value_word(c, e, "person");
    return role;
}

/* The answer of a role to what it was asked on a task, or that its time was over without one. */
static const mu_event *advice(const comparing *c, const mu_event *asked, int64_t task, bool given)
{
    MU_EVENTS (x, T, EV_TASK_CONSULTED) {
        bool answered = mu_journal_value(T->journal, x, "answered");
        if (x->n > asked->n && answered == given && mu_journal_value(T->journal, x, "task") == task && (!given || mu_says(T, x, "role", value_word(c, asked, "to"))))
            return x;
    }
    return NULL;
}

static void one_advice(comparing *c, const mu_event *e, int64_t task)
{
    const mu_event *given = advice(c, e, task, true), *over = advice(c, e, task, false), *last = given ? given : over, *arrived = delivery(c, e);
    const char *action = last ? value_word(c, last, "action") : "", *colon = strchr(action, ':');
    bool late = given && over && over->n < given->n;
    mu_flow *f = add(c);
    f->from = asker(c, task, e->n);
    f->to = value_word(c, e, "to");
    f->about = last ? mu_format(ARENA, "advice on %s", colon ? colon + 1 : action) : "advice";
    f->via = arrived ? value_word(c, e, "via") : "";
    f->events[0] = e->n;
    f->events[1] = last ? last->n : 0;
    f->events[2] = late ? over->n : 0;
    f->due = over && (late || !given) ? over->t : -1;
    f->done = given ? given->t : -1;
    f->at = mu_named(T, action) ? mu_at_key(mu_named(T, action), "C") : (mu_mark){"", 0, 0, 0};
    f->state = late ? MU_FLOW_LATE : given ? MU_FLOW_MET : over ? MU_FLOW_MISSING : MU_FLOW_OPEN;
}

static void consulted(comparing *c)
{
    MU_EVENTS (e, T, EV_NOTIFY_ATTEMPT) {
        int64_t task = strncmp(value_word(c, e, "about"), "consult:", 8) == 0 ? strtoll(value_word(c, e, "about") + 8, NULL, 10) : -1;
        if (task < 0 || c->used[e->n])
            continue;
        c->used[e->n] = true;
        one_advice(c, e, task);
    }
}

/* What set the level that stood before an event; NULL where none was declared. */
static const mu_event *level_before(const comparing *c, const mu_event *e)
{
    static const mu_kind_of_event kinds[] = {EV_SEVERITY_SET, EV_SEVERITY_CHANGED};
    const mu_event *set = NULL;
    for (size_t k = 0; k < 2; k++)
        MU_EVENTS (x, T, kinds[k])
            set = x->n < e->n && (!set || x->n > set->n) ? x : set;
    return set;
}

/* News to somebody whom the level informs, and which it wants again and again, is no surplus: the line of the level asks for it. */
static void of_level(const comparing *c, mu_flow *f, const mu_event *attempt)
{
    const mu_event *set = strcmp(f->about, "news") == 0 ? level_before(c, attempt) : NULL;
    if (!set)
        return;
    const mu_node *level = mu_named(T, value_word(c, set, set->kind == EV_SEVERITY_SET ? "severity" : "to"));
    const mu_node *inform = mu_get(level, "update_every") ? mu_get(level, "inform") : NULL;
    MU_EACH (who, inform)
        if (strcmp(ref_name(c, who), f->to) == 0) {
            f->state = MU_FLOW_MET;
            f->at = who->at;
            f->events[0] = set->n;
        }
}

/* What a person said of their own accord to somebody whom no line of the plan asks to be told. */
static void surplus(comparing *c)
{
    MU_EVENTS (e, T, EV_ACT) {
        const mu_event *attempt = NULL;
        if (!mu_says(T, e, "verb", "notify"))
            continue;
        for (const mu_event *x = mu_numbered(T, e->n + 1); x && x->n < e->n + 6 && !attempt; x = mu_numbered(T, x->n + 1))
            attempt = x->kind == EV_NOTIFY_ATTEMPT && !c->used[x->n] ? x : NULL;
        if (!attempt)
            continue;
        mu_flow *f = add(c);
        c->used[attempt->n] = true;
        f->from = value_word(c, e, "person");
        f->to = value_word(c, attempt, "to");
        f->about = value_word(c, attempt, "about");
        f->via = value_word(c, attempt, "via");
        f->done = attempt->t;
        f->events[1] = attempt->n;
        f->at = (mu_mark){"", 0, 0, 0};
        f->state = MU_FLOW_SURPLUS;
        of_level(c, f, attempt);
    }
}

const char *mu_flow_word(mu_flow_state state)
{
    static const char *const words[MU_FLOW_STATES] = {"met", "late", "missing", "wrong channel", "wrong order", "surplus", "open"};
    return words[state];
}

mu_flows *mu_flows_of(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena)
{
    static const mu_scenes none = {NULL, 0};
    comparing compare = {.trial = {.judge = {.root = mu_tree_root(plan), .scenes = &none, .now = starts_local, .arena = arena, .orders = mu_orders_new(arena)}, .journal = journal}}, *c = &compare;
    mu_trial_begin(T);
    c->out = mu_alloc(arena, sizeof *c->out);
    c->used = mu_alloc(arena, T->count + 2);
    clocks(c);
    informed(c);
    consulted(c);
    surplus(c);
    c->out->flows = c->flows;
    for (int i = 0; i < c->out->flow_count; i++)
        c->out->counts[c->flows[i].state]++;
    mu_climbs_of(T, c->out);
    return c->out;
}
