/* What a plan needs of its ladders and messages: that a call reaches somebody before the target of its level is over, that
 * audiences can be told, that a report can come in, that whoever may switch or open is there. */
#include <string.h>

#include "absence/build.h"
#include "plan/schema.h"

#define EACH_OF(ref, list) for (const mu_node *ref = mu_items(list); ref; ref = (list)->kind == MU_LIST ? ref->next : NULL)

/* Of a length that depends on the hours the one that holds at that moment; -1 where there is none. */
static int64_t length_at(const mu_build *b, const mu_node *n, int64_t utc)
{
    const mu_node *item = n && n->kind == MU_MAP ? mu_get(n, mu_house_open(b->h, utc) ? "working_hours" : "otherwise") : mu_items(n);
    mu_duration length;
    return item && item->kind == MU_SCALAR && mu_duration_read(item->text, &length) ? mu_duration_ms(length) : -1;
}

typedef struct climb {
    mu_build *b;
    const mu_node *ladder; /* whose `without` holds */
    int64_t begins, until; /* until: the target is over; INT64_MAX without one */
    mu_hands hands;
    int ladders;
} climb;

static void leave_out(const climb *c, mu_hand *hand)
{
    const mu_needs_options *o = &c->b->options;
    if (o->offer && mu_is_one_of(MU_TELL(c->b, "%s+%s", c->ladder->key, hand->node->key), o->spared, o->spared_count))
        hand->lost = MU_FAILS;
    MU_EACH (w, mu_get(c->ladder, "without")) {
        mu_succession out = mu_meant_of(c->b->h, w, c->begins, NULL);
        for (int k = 0; k < out.count; k++)
            if (out.people[k] == hand->person) {
                hand->lost = MU_FAILS;
                hand->missing = "is left out by the ladder";
            }
    }
}

/* Whom a step calls, once it comes in time. */
static void call_step(climb *c, const mu_node *rung, int64_t at, mu_gate late)
{
    mu_hands called = {.count = 0};
    EACH_OF (to, mu_get(rung, "to"))
        mu_hands_of(c->b, &called, to, NULL, c->b->options.at_once ? mu_now_of(c->b) : (mu_span_of){at, at + 1}, MU_REACHED);
    for (int i = 0; i < called.count; i++) {
        mu_hand hand = called.list[i];
        hand.lost = mu_gate_two(c->b->s, hand.lost, late);
        leave_out(c, &hand);
        mu_hand_add(c->b, &c->hands, hand);
    }
}

static void climb_ladder(climb *c, const mu_node *ladder, int64_t at);

static int64_t step_length(climb *c, const mu_node *rung, int64_t at)
{
    int64_t within = length_at(c->b, mu_get(rung, "within"), at);
    const mu_node *tries = mu_get(rung, "tries");
    return within < 0 ? -1 : within * (tries && tries->value > 1 ? tries->value : 1);
}

/* From the step that begins at that moment; a call counts that is made before the target is over. */
static void climb_ladder(climb *c, const mu_node *ladder, int64_t at)
{
    if (c->ladders++ > 8)
        return;
    MU_EACH (rung, mu_get(ladder, "steps")) {
        const mu_node *otherwise = mu_get(rung, "otherwise");
        int64_t length = step_length(c, rung, at);
        mu_gate late = at < c->until ? MU_HOLDS : mu_unmade(c->b, MU_SHORTEN, ladder, rung, NULL);
        if (late == MU_FAILS)
            return;
        call_step(c, rung, at, late);
        if (length < 0)
            return;
        at += length;
        if (otherwise && otherwise->ref)
            climb_ladder(c, otherwise->ref, at);
        if (otherwise && strcmp(otherwise->text, "next") != 0)
            return;
    }
}

static const char *span_words(const mu_build *b, int64_t ms)
{
    return mu_span(b->arena, ms);
}

/* Outside its hours a level that is covered in working hours is called when they begin, and counted from there. */
static void called(mu_build *b, const mu_node *severity, const mu_node *ladder)
{
    bool waits = mu_is(severity, "cover", "working_hours");
    int64_t begins = waits ? mu_house_opens(b->h, b->options.utc) : b->options.utc;
    int64_t target = length_at(b, mu_get(severity, "acknowledge_within"), begins);
    climb c = {.b = b, .ladder = ladder, .begins = begins, .until = target >= 0 ? begins + target : INT64_MAX};
    climb_ladder(&c, ladder, begins);
    if (c.hands.count == 0)
        c.hands.nobody = "no step of it calls anybody in that time";
    const char *in_time = target >= 0 ? MU_TELL(b, " within %s", span_words(b, target)) : "";
    const char *id = severity ? MU_TELL(b, "call:%s/%s", severity->key, ladder->key) : MU_TELL(b, "call:%s", ladder->key);
    bool asleep = b->options.at_once && waits && !mu_house_open(b->h, b->options.utc);
    mu_need *need = mu_need_add(b, id, "Calls", mu_place(ladder), asleep ? MU_HOLDS : mu_too_few(b, &c.hands, 1), &c.hands, 1);
    need->called = severity ? MU_TELL(b, "Call at %s, ladder %s%s", severity->key, mu_words_of(b, ladder->key), in_time) : MU_TELL(b, "Ladder %s", mu_words_of(b, ladder->key));
    mu_need_says(b, need, severity ? "the call at " : "the ladder ", severity ? severity->key : mu_words_of(b, ladder->key), MU_TELL(b, " reaches nobody%s", in_time));
}

static bool has_level(const mu_build *b, const mu_node *ladder)
{
    MU_EACH (s, mu_get(b->h->judge.root, "severities"))
        EACH_OF (l, mu_get(s, "escalation"))
            if (l->ref == ladder)
                return true;
    return false;
}

void mu_need_ladders(mu_build *b)
{
    MU_EACH (s, mu_get(b->h->judge.root, "severities"))
        EACH_OF (l, mu_get(s, "escalation"))
            if (mu_is_level(s) && l->ref)
                called(b, s, l->ref);
    MU_EACH (ladder, mu_get(b->h->judge.root, "escalations"))
        if (!has_level(b, ladder))
            called(b, NULL, ladder);
}

/* ---- messages ---- */

static mu_gate all_down(mu_build *b, const mu_node *channels)
{
    if (!channels)
        return MU_HOLDS;
    mu_gate *in = mu_alloc(b->arena, ((size_t)(channels->kind == MU_LIST ? channels->count : 1) + 1) * sizeof *in);
    int n = 0;
    EACH_OF (v, channels)
        in[n++] = mu_down(b, v->ref);
    return n ? mu_gate_all(b->s, in, n) : MU_HOLDS;
}

/* The owner writes in a while, and any of the channels will do. */
static void told(mu_build *b, const mu_node *audience)
{
    const mu_node *owner = mu_get(audience, "owner"), *first = mu_get(audience, "first_within");
    int64_t within = length_at(b, first && first->kind == MU_MAP ? first->first : first, b->options.utc);
    mu_hands hands = {.count = 0};
    if (!owner)
        return;
    mu_hands_of(b, &hands, owner, NULL, mu_for_of(b, within), MU_REACHED);
    mu_gate gate = mu_gate_two(b->s, mu_too_few(b, &hands, 1), all_down(b, mu_get(audience, "via")));
    mu_need *need = mu_need_add(b, MU_TELL(b, "audience:%s", audience->key), "Messages", mu_place(audience), gate, &hands, 1);
    need->called = MU_TELL(b, "Speak to %s%s", mu_words_of(b, audience->key), within > 0 ? MU_TELL(b, " within %s", span_words(b, within)) : "");
    mu_need_says(b, need, "nobody can speak to ", mu_words_of(b, audience->key), "");
}

/* Somebody of a list who is there. */
static mu_need *some_of(mu_build *b, const mu_node *list, const mu_node *at, mu_gate also, const char *id)
{
    mu_hands hands = {.count = 0};
    EACH_OF (ref, list)
        mu_hands_of(b, &hands, ref, NULL, mu_now_of(b), 0);
    return mu_need_add(b, id, "Messages", mu_place(at), mu_gate_two(b->s, also, mu_too_few(b, &hands, 1)), &hands, 1);
}

static void reports(mu_build *b)
{
    int n = 0;
    MU_EACH (i, mu_get(b->h->judge.root, "intake")) {
        const mu_node *owner = mu_get(i, "owner"), *from = mu_get(i, "from");
        int64_t within = length_at(b, mu_get(i, "within"), b->options.utc);
        mu_hands hands = {.count = 0};
        n++;
        if (!owner)
            continue;
        mu_hands_of(b, &hands, owner, NULL, mu_for_of(b, within), 0);
        mu_gate gate = mu_gate_two(b->s, mu_too_few(b, &hands, 1), all_down(b, mu_get(i, "via")));
        mu_need *need = mu_need_add(b, MU_TELL(b, "intake:%d", n), "Messages", mu_place(i), gate, &hands, 1);
        need->called = MU_TELL(b, "Take in reports from %s%s", from->text, within > 0 ? MU_TELL(b, " within %s", span_words(b, within)) : "");
        mu_need_says(b, need, "nobody takes in reports from ", from->text, "");
    }
}

void mu_need_messages(mu_build *b)
{
    const mu_node *root = b->h->judge.root, *backup = mu_get(root, "backup_communications");
    MU_EACH (audience, mu_get(root, "audiences"))
        told(b, audience);
    reports(b);
    if (mu_get(backup, "who_may_switch")) {
        mu_need *need = some_of(b, mu_get(backup, "who_may_switch"), mu_get(backup, "who_may_switch"), MU_HOLDS, "switch");
        need->called = "Switch to the backup channels";
        mu_need_says(b, need, "nobody may switch to ", "the backup channels", "");
    }
    MU_EACH (glass, mu_get(mu_get(root, "resources"), "break_glass")) {
        mu_need *need = some_of(b, mu_get(glass, "holders"), glass, mu_down(b, glass), MU_TELL(b, "break_glass:%s", glass->key));
        need->called = MU_TELL(b, "Open %s", mu_words_of(b, glass->key));
        mu_need_says(b, need, "nobody can open ", mu_words_of(b, glass->key), "");
    }
    MU_EACH (plan, mu_get(root, "related_plans")) {
        if (!mu_get(plan, "who_may"))
            continue;
        mu_need *need = some_of(b, mu_get(plan, "who_may"), plan, MU_HOLDS, MU_TELL(b, "related_plan:%s", plan->key));
        need->called = MU_TELL(b, "Activate %s", mu_words_of(b, plan->key));
        mu_need_says(b, need, "nobody may activate ", mu_words_of(b, plan->key), "");
    }
}
