/* What a plan needs of its duties: that each can be decided and filed before its clock is over. */
#include <string.h>

#include "absence/build.h"
#include "plan/law.h"
#include "plan/schema.h"

enum { NO_LIMIT_DAYS = 366 }; /* a duty without a number waits for whoever comes back */

static const mu_clock_rule *rule_of(const mu_node *duty)
{
    const char *rule = mu_get_text(duty, "rule");
    return rule ? mu_clock_rule_of(rule) : NULL;
}

static bool period_of_rule(const mu_clock_rule *rule, mu_period *p)
{
    static const struct { const char *word; mu_period_unit unit; } units[] = {
        {"hours", MU_PERIOD_HOURS}, {"calendar_days", MU_PERIOD_DAYS}, {"business_days", MU_PERIOD_WORKING_DAYS}, {"months", MU_PERIOD_MONTHS}};
    for (size_t i = 0; i < 4; i++)
        if (rule && rule->value >= 0 && strcmp(rule->unit, units[i].word) == 0) {
            *p = (mu_period){.unit = units[i].unit, .count = rule->value, .rules = rule->counts & ~(unsigned)MU_NOT_FOR_SYSTEMIC};
            return true;
        }
    return false;
}

/* What the plan itself says, in milliseconds; -1 where it says words or nothing. */
static int64_t stated(const mu_node *duty)
{
    const mu_node *own = mu_get(duty, "stated");
    const char *text = mu_get_text(duty, "within");
    mu_duration length;
    text = text ? text : own && own->kind == MU_MAP ? mu_get_text(own, "within") : mu_get_text(duty, "stated");
    return text && mu_duration_read(text, &length) ? mu_duration_ms(length) : -1;
}

mu_span_of mu_window_of(mu_build *b, const mu_node *duty)
{
    mu_period p;
    int64_t from = b->options.utc, own = stated(duty);
    if (period_of_rule(rule_of(duty), &p))
        return (mu_span_of){from, mu_period_end(b->h->holidays, b->h->zone, p, from)};
    return (mu_span_of){from, own > 0 ? from + own : from + NO_LIMIT_DAYS * MU_DAY_MS};
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
        hands->list[i].missing = hands->list[i].missing ? hands->list[i].missing : MU_TELL(b, "no account at %s", mu_called_of(b, external));
        hands->list[i].lost = MU_FAILS;
    }
}

static mu_gate gate_of_need(const mu_build *b, const char *id, int *at)
{
    for (*at = 0; *at < b->needs->count; ++*at)
        if (strcmp(b->needs->list[*at].id, id) == 0)
            return b->needs->list[*at].gate;
    *at = -1;
    return MU_HOLDS;
}

/* The needs of an action that it decides by are said by the duty. */
static mu_gate decision(mu_build *b, const mu_node *action, int within)
{
    static const char *const letters[] = {"R", "A", "C", "by", "approve"};
    mu_gate any = MU_HOLDS;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        int at;
        if (*letters[i] == 'A' && !mu_get(action, "authority")) /* whoever answers for it is not asked, and it is filed */
            continue;
        mu_gate gate = gate_of_need(b, MU_TELL(b, "action:%s/%s", action->key, letters[i]), &at);
        any = mu_gate_two(b->s, any, gate);
        if (at >= 0 && b->needs->list[at].within < 0)
            b->needs->list[at].within = within;
    }
    return any;
}

static mu_gate undecided(mu_build *b, const mu_node *duty, int within)
{
    const mu_node *by = mu_get(duty, "decided_by"), *limit = mu_get(duty, "decide_within");
    mu_hands hands = {.count = 0};
    if (!by || !by->ref)
        return MU_HOLDS;
    if (mu_in_section(b, by->ref, "raci"))
        return decision(b, by->ref, within);
    int64_t from = b->options.utc;
    mu_hands_of_role(b, &hands, by->ref, NULL, (mu_span_of){from, from + (limit && limit->value > 0 ? limit->value : 1)}, 0);
    return mu_too_few(b, &hands, 1);
}

static const char *in_time(mu_build *b, const mu_node *duty)
{
    mu_period p;
    const mu_clock_rule *rule = rule_of(duty);
    int64_t own = stated(duty);
    if (period_of_rule(rule, &p)) {
        bool one = rule->value == 1;
        return p.unit == MU_PERIOD_HOURS ? MU_TELL(b, "within %d hour%s", rule->value, one ? "" : "s")
                                         : MU_TELL(b, "within %d %s", rule->value, mu_words_of(b, rule->unit));
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
    need->lost = MU_TELL(b, "\"%s\" cannot be decided and filed %s", mu_words_of(b, o->key), in_time(b, o));
    mu_span_of window = mu_window_of(b, o);
    mu_gate any[4] = {MU_HOLDS, MU_HOLDS, MU_HOLDS, MU_HOLDS};
    if (action && action->ref) {
        (void)mu_doers(b, action->ref, window, &hands, &why);
        if (outside)
            without_account(b, route->ref, &hands);
        any[0] = mu_gate_two(b->s, mu_too_few(b, &hands, 1), decision(b, action->ref, at));
    } else if (deputy) {
        mu_hands_of(b, &hands, deputy, NULL, window, 0);
        any[0] = mu_too_few(b, &hands, 1);
    }
    any[1] = undecided(b, o, at);
    any[2] = outside ? b->gate_of[route->ref->number] : MU_HOLDS;
    need = &b->needs->list[at];
    need->gate = mu_gate_any(b->s, any, 3);
    need->hands = hands.list;
    need->hand_count = hands.count;
    need->why = why;
}

void mu_need_duties(mu_build *b)
{
    MU_EACH (o, mu_get(b->h->judge.root, "obligations")) {
        const mu_clock_rule *rule = rule_of(o);
        if (!rule || mu_clock_rule_binds(rule))
            duty(b, o);
    }
}
