/* What a plan needs of its duties: that each can be decided and filed before its clock is over. */
#include <string.h>

#include "absence/build.h"
#include "analysis/duties.h"
#include "plan/calendars.h"
#include "plan/schema.h"

enum { NO_LIMIT_DAYS = 366 }; /* a duty without a number waits for whoever comes back */

/* What the plan itself says, in milliseconds; -1 where it says words or nothing. */
static int64_t stated(const mu_node *duty)
{
    const mu_node *own = mu_get(duty, "stated");
    const char *text = mu_get_text(duty, "within");
    mu_duration length;
    text = text ? text : own && own->kind == MU_MAP ? mu_get_text(own, "within") : mu_get_text(duty, "stated");
    return text && mu_duration_read(text, &length) ? mu_duration_ms(length) : -1;
}

/* Until when it must be decided: a clock that starts with the decision waits for it, as long as the plan lets it. */
static int64_t decided_until(const mu_build *b, const mu_node *duty)
{
    const mu_node *limit = mu_get(duty, "decide_within");
    const mu_clock_rule *rule = mu_law_of(duty);
    int64_t from = b->options.utc;
    if (limit && limit->value > 0)
        return from + limit->value;
    return rule && mu_starts_with_decision(rule) ? from + NO_LIMIT_DAYS * MU_DAY_MS : from;
}

mu_span_of mu_window_of(mu_build *b, const mu_node *duty)
{
    mu_period p;
    const mu_clock_rule *rule = mu_law_of(duty);
    if (b->options.at_once)
        return mu_now_of(b);
    int64_t from = b->options.utc, own = stated(duty), starts = rule && mu_starts_with_decision(rule) ? decided_until(b, duty) : from;
    if (mu_period_of(b->h->judge.root, rule, &p))
        return (mu_span_of){from, mu_period_end(b->h->holidays, b->h->zone, p, starts)};
    return (mu_span_of){from, starts + (own > 0 ? own : NO_LIMIT_DAYS * MU_DAY_MS)};
}

mu_span_of mu_time_of(mu_build *b, const mu_node *action)
{
    mu_span_of shortest = {b->options.utc, INT64_MAX};
    MU_EACH (o, mu_get(b->h->judge.root, "obligations")) {
        const mu_node *own = mu_get(o, "action"), *named = mu_get(action, "obligation");
        bool serves = (own && own->ref == action) || (named && named->ref == o);
        int64_t until = serves ? mu_window_of(b, o).until : INT64_MAX;
        shortest.until = until < shortest.until ? until : shortest.until;
    }
    return shortest.until == INT64_MAX ? mu_now_of(b) : shortest;
}

/* Whoever files needs an account where it is filed, as far as the plan says who has one. */
static void without_account(mu_build *b, const mu_node *external, mu_hands *hands)
{
    const mu_node *holders = mu_get(mu_get(external, "portal"), "account_holders");
    for (int i = 0; holders && holders->count && i < hands->count; i++) {
        bool has = false;
        MU_EACH (holder, holders) {
            mu_succession line = mu_meant_of(b->h, holder, b->options.utc, NULL);
            for (int k = 0; k < line.count; k++)
                has = has || line.people[k] == hands->list[i].person;
        }
        if (has)
            continue;
        mu_gate unmade = hands->list[i].person < 0 ? MU_FAILS : mu_unmade(b, MU_ADD_ACCOUNT, external, hands->list[i].node, NULL);
        hands->list[i].lost = mu_gate_two(b->s, hands->list[i].lost, unmade);
        if (unmade == MU_FAILS && !hands->list[i].missing)
            hands->list[i].missing = MU_TELL(b, "has no account at %s", mu_called_of(b, external));
    }
}

/* What an action needs is said by the duty that it serves. */
static void said_by(mu_build *b, const mu_node *action, int duty)
{
    const char *begins = MU_TELL(b, "action:%s/", action->key);
    for (int i = 0; i < b->needs->count; i++)
        if (strncmp(b->needs->list[i].id, begins, strlen(begins)) == 0 && b->needs->list[i].within < 0)
            b->needs->list[i].within = duty;
}

static mu_gate undecided(mu_build *b, const mu_node *duty, int at, const char **why)
{
    const mu_node *by = mu_get(duty, "decided_by");
    mu_hands hands = {.count = 0};
    mu_span_of window = mu_window_of(b, duty);
    int64_t until = decided_until(b, duty);
    const char *ignored;
    if (!by || !by->ref)
        return MU_HOLDS;
    window.until = until > window.from && until < window.until ? until : window.until;
    if (mu_in_section(b, by->ref, "raci")) {
        mu_gate doers = mu_doers(b, by->ref, window, &hands, &ignored);
        said_by(b, by->ref, at);
        *why = *why ? *why : doers == MU_FAILS ? MU_TELL(b, "nobody can do \"%s\", which decides it", mu_words_of(b, by->ref->key)) : NULL;
        return mu_gate_two(b->s, doers, mu_stuck(b, by->ref, window, why));
    }
    mu_hands_of_role(b, &hands, by->ref, NULL, window, 0);
    mu_gate nobody = mu_too_few(b, &hands, 1);
    *why = *why || nobody != MU_FAILS ? *why : MU_TELL(b, "%s; it decides", mu_nobody_is(b, by->ref, &hands, 1));
    return nobody;
}

static const char *in_time(mu_build *b, const mu_node *duty)
{
    mu_period p;
    const mu_clock_rule *rule = mu_law_of(duty);
    int64_t own = stated(duty);
    if (mu_period_of(b->h->judge.root, rule, &p)) {
        bool one = rule->value == 1;
        if (rule->value == 0)
            return "at once";
        const char *unit = mu_words_of(b, rule->unit);
        return MU_TELL(b, "within %d %.*s", rule->value, (int)strlen(unit) - one, unit); /* units are plural in the table */
    }
    return own > 0 ? MU_TELL(b, "within %s", mu_span(b->arena, own)) : "at all";
}

static void duty(mu_build *b, const mu_node *o)
{
    const mu_node *action = mu_get(o, "action"), *route = mu_get(o, "route"), *deputy = mu_get(o, "deputy");
    bool outside = route && mu_in_section(b, route->ref, "externals");
    mu_hands hands = {.count = 0};
    int at = b->needs->count;
    const char *why = NULL;
    mu_need *need = mu_need_add(b, MU_TELL(b, "obligation:%s", o->key), "Notices", mu_place(o), MU_HOLDS, NULL, 1);
    need->called = MU_TELL(b, "%s, %s", mu_words_of(b, o->key), in_time(b, o));
    mu_need_says(b, need, "", MU_TELL(b, "\"%s\"", mu_words_of(b, o->key)), " cannot be decided and filed in time");
    mu_span_of window = mu_window_of(b, o);
    mu_gate any[4] = {MU_HOLDS, MU_HOLDS, MU_HOLDS, MU_HOLDS};
    if (action && action->ref) {
        any[0] = mu_doers(b, action->ref, window, &hands, &why); /* with the tools that it needs */
        if (outside)
            without_account(b, route->ref, &hands);
        any[1] = mu_gate_two(b->s, mu_too_few(b, &hands, 1), mu_stuck(b, action->ref, window, &why));
        said_by(b, action->ref, at);
    } else if (deputy) {
        mu_hands_of(b, &hands, deputy, NULL, window, 0);
        any[0] = mu_too_few(b, &hands, 1);
    }
    any[2] = undecided(b, o, at, &why);
    any[3] = outside ? b->gate_of[route->ref->number] : MU_HOLDS;
    need = &b->needs->list[at];
    need->gate = mu_gate_any(b->s, any, 4);
    need->hands = hands.list;
    need->hand_count = hands.count;
    need->why = why;
}

void mu_need_duties(mu_build *b)
{
    MU_EACH (o, mu_get(b->h->judge.root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        if (!rule || mu_clock_rule_binds(rule))
            duty(b, o);
    }
}
