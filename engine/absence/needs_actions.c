/* What a plan needs of its matrix: somebody who does an action and can, somebody who may decide it, advice that it waits for,
 * and the outside party that it takes. */
#include <string.h>

#include "absence/build.h"
#include "analysis/paths.h"

static const mu_node *cell(const mu_node *action, const char *letter)
{
    const mu_node *own = mu_get(action, letter);
    return own ? own : mu_get(action, "R/A");
}

#define EACH_OF(ref, list) for (const mu_node *ref = mu_items(list); ref; ref = (list)->kind == MU_LIST ? ref->next : NULL)

/* ---- R ---- */

static bool breaks_glass(mu_build *b, const mu_node *person, const mu_node *resource)
{
    int who = mu_member_of(b->h, person);
    if (resource->parent != mu_get(mu_get(b->h->judge.root, "resources"), "break_glass"))
        return false;
    MU_EACH (holder, mu_get(resource, "holders")) {
        mu_succession line = mu_meant_of(b->h, holder, b->options.utc, NULL);
        for (int i = 0; i < line.count; i++)
            if (line.people[i] == who)
                return true;
    }
    return false;
}

static bool has_access(mu_build *b, const mu_node *resource, const mu_node *person)
{
    MU_EACH (a, mu_get(person, "access"))
        if (a->ref == resource)
            return true;
    return breaks_glass(b, person, resource);
}

static const char *lacks_access(mu_build *b, const mu_node *action, const mu_node *person)
{
    MU_EACH (wanted, mu_get(action, "access")) {
        if (wanted->ref && !has_access(b, wanted->ref, person))
            return MU_TELL(b, "has no access to %s", mu_words_of(b, wanted->ref->key));
    }
    return NULL;
}

static const char *lacks_skill(mu_build *b, const mu_node *action, const mu_node *person)
{
    MU_EACH (wanted, mu_get(action, "skills")) {
        bool has = false;
        MU_EACH (s, mu_get(person, "skills"))
            has = has || strcmp(s->text, wanted->text) == 0;
        if (!has)
            return MU_TELL(b, "lacks the skill %s", mu_words_of(b, wanted->text));
    }
    return NULL;
}

/* Each access that is lacking stands in the way until it is given. A plan gives none to an outside party. */
static mu_gate locked_out(mu_build *b, const mu_node *action, const mu_hand *hand)
{
    mu_gate any = MU_HOLDS;
    MU_EACH (wanted, mu_get(action, "access"))
        if (wanted->ref && !has_access(b, wanted->ref, hand->node))
            any = mu_gate_two(b->s, any, hand->person < 0 ? MU_FAILS : mu_unmade(b, MU_ADD_ACCESS, hand->node, wanted->ref, NULL));
    return any;
}

static void unfit(mu_build *b, const mu_node *action, mu_hands *hands)
{
    for (int i = 0; i < hands->count; i++) {
        mu_hand *hand = &hands->list[i];
        const char *skill = lacks_skill(b, action, hand->node), *access = lacks_access(b, action, hand->node);
        if (!skill && !access)
            continue;
        hand->lost = skill ? MU_FAILS : mu_gate_two(b->s, hand->lost, locked_out(b, action, hand));
        if (hand->lost == MU_FAILS && !hand->missing)
            hand->missing = access ? access : skill;
    }
}

static void deputies(mu_build *b, const mu_node *action, mu_span_of when, mu_hands *hands)
{
    MU_EACH (o, mu_get(b->h->judge.root, "obligations")) {
        const mu_node *own = mu_get(o, "action"), *deputy = mu_get(o, "deputy");
        if (own && own->ref == action && deputy)
            mu_hands_of(b, hands, deputy, NULL, when, MU_REACHED);
    }
}

/* Tools that an action needs, and logs, which may be switched off. */
static mu_gate tools_down(mu_build *b, const mu_node *action, const char **why)
{
    mu_gate any = MU_HOLDS;
    MU_EACH (a, mu_get(action, "access"))
        any = mu_gate_two(b->s, any, mu_down(b, a->ref));
    MU_EACH (l, mu_get(action, "logs")) {
        const mu_node *enabled = mu_get(l->ref, "enabled");
        if (enabled && !enabled->value)
            *why = MU_TELL(b, "the log %s is switched off", l->ref->key);
        any = mu_gate_two(b->s, any, enabled && !enabled->value ? MU_FAILS : mu_down(b, l->ref));
    }
    return any;
}

/* What is done outside is seen to by whoever answers for it. */
mu_gate mu_doers(mu_build *b, const mu_node *action, mu_span_of when, mu_hands *hands, const char **why)
{
    const mu_node *r = cell(action, "R"), *a = cell(action, "A");
    *why = NULL;
    EACH_OF (ref, r)
        if (!mu_in_section(b, ref->ref, "externals"))
            mu_hands_of(b, hands, ref, NULL, when, MU_REACHED);
    if (mu_done_outside(&b->h->judge, action))
        EACH_OF (ref, a)
            if (!mu_in_section(b, ref->ref, "externals"))
                mu_hands_of(b, hands, ref, NULL, when, MU_REACHED);
    deputies(b, action, when, hands);
    unfit(b, action, hands);
    if (hands->count == 0)
        *why = r ? "nobody is named" : "the row has no R";
    return mu_gate_two(b->s, mu_too_few(b, hands, 1), tools_down(b, action, why));
}

static const char *quoted(const mu_build *b, const mu_node *action)
{
    return MU_TELL(b, "\"%s\"", mu_words_of(b, action->key));
}

static const char *action_words(const mu_build *b, const mu_node *action, const char *what)
{
    char *words = mu_copy(b->arena, mu_words_of(b, action->key), strlen(action->key));
    if (*words >= 'a' && *words <= 'z')
        *words = (char)(*words - 'a' + 'A');
    return MU_TELL(b, "%s: %s", words, what);
}

static mu_need *of_cell(mu_build *b, const mu_node *action, const char *letter, const mu_node *at, mu_gate gate, const mu_hands *hands, const char *what)
{
    mu_need *need = mu_need_add(b, MU_TELL(b, "action:%s/%s", action->key, letter), "Actions", mu_place(at ? at : action), gate, hands, 1);
    need->called = action_words(b, action, what);
    return need;
}

static void done(mu_build *b, const mu_node *action)
{
    mu_hands hands = {.count = 0};
    mu_gate gate = mu_doers(b, action, mu_time_of(b, action), &hands, &hands.nobody);
    mu_need *need = of_cell(b, action, "R", cell(action, "R"), gate, &hands, "do it");
    mu_need_says(b, need, "nobody can do ", quoted(b, action), "");
}

/* ---- A ---- */

static bool has_authority(const mu_node *role, const char *word)
{
    MU_EACH (a, mu_get(role, "authority"))
        if (a->kind == MU_SCALAR && strcmp(a->text, word) == 0)
            return true;
    return false;
}

/* A person has what a role of theirs has. */
static bool may(mu_build *b, const mu_node *who, const char *word)
{
    if (mu_in_section(b, who, "roles"))
        return has_authority(who, word);
    MU_EACH (role, mu_get(b->h->judge.root, "roles")) {
        mu_succession line = mu_succession_of(b->h, role, b->options.utc, NULL);
        for (int i = 0; has_authority(role, word) && i < line.count; i++)
            if (b->h->people[line.people[i]].node == who)
                return true;
    }
    return false;
}

static mu_gate all_meant(mu_build *b, const mu_node *list, mu_span_of when, mu_hands *hands, int wanted)
{
    mu_hands own = {.count = 0};
    MU_EACH (ref, list) {
        mu_hands_of(b, &own, ref, NULL, when, MU_REACHED);
        mu_hands_of(b, hands, ref, NULL, when, MU_REACHED);
    }
    return mu_too_few(b, &own, wanted);
}

/* True where somebody of these is there for another reference: they explain nothing then. */
static bool one_serves(const mu_hands *hands, const mu_hands *of)
{
    for (int i = 0; i < of->count; i++)
        for (int k = 0; k < hands->count; k++)
            if (hands->list[k].node == of->list[i].node && !hands->list[k].missing)
                return true;
    return false;
}

/* Of one reference, each of which is wanted; all that may serve are in `hands` as well. */
static mu_gate nobody_of(mu_build *b, const mu_node *ref, mu_span_of when, mu_hands *hands)
{
    mu_hands own = {.count = 0};
    mu_hands_of(b, &own, ref, NULL, when, MU_REACHED);
    mu_hands_of(b, hands, ref, NULL, when, MU_REACHED);
    mu_gate gate = mu_too_few(b, &own, 1);
    if (gate == MU_FAILS && !hands->nobody && (own.count == 0 || one_serves(hands, &own)))
        hands->nobody = mu_nobody_is(b, ref->ref, &own, 1);
    return gate;
}

static mu_gate each_meant(mu_build *b, const mu_node *list, mu_span_of when, mu_hands *hands)
{
    mu_gate any = MU_HOLDS;
    MU_EACH (ref, list)
        any = mu_gate_two(b->s, any, nobody_of(b, ref, when, hands));
    return any;
}

/* Of several keys one is enough; silence goes ahead where the plan says so. */
static mu_gate unapproved(mu_build *b, const mu_node *approve, mu_span_of when, mu_hands *hands, int *wanted)
{
    mu_gate in[3];
    int n = 0;
    if (mu_get(approve, "any_of"))
        in[n++] = all_meant(b, mu_get(approve, "any_of"), when, hands, 1);
    if (mu_get(approve, "all_of"))
        in[n++] = each_meant(b, mu_get(approve, "all_of"), when, hands);
    if (mu_get(approve, "two_of"))
        in[n++] = all_meant(b, mu_get(approve, "two_of"), when, hands, 2);
    *wanted = n == 1 && mu_get(approve, "two_of") ? 2 : n == 1 && mu_get(approve, "all_of") ? mu_get(approve, "all_of")->count : 1;
    return n == 0 || mu_get(approve, "if_silent_after") ? MU_HOLDS : mu_gate_all(b->s, in, n);
}

static void approved(mu_build *b, const mu_node *action, const mu_node *approve, const char *level)
{
    mu_hands hands = {.count = 0};
    int wanted;
    mu_gate gate = unapproved(b, approve, mu_time_of(b, action), &hands, &wanted);
    const char *at = level ? MU_TELL(b, " at %s", level) : "";
    mu_need *need = of_cell(b, action, level ? MU_TELL(b, "approve@%s", level) : "approve", approve, gate, &hands, MU_TELL(b, "approve it%s", at));
    need->wanted = wanted;
    mu_need_says(b, need, wanted > 1 ? MU_TELL(b, "there are not the %d who must approve ", wanted) : "nobody may approve ", quoted(b, action), at);
}

/* The first of A decides, and must have the authority that the row names. */
static mu_gate unanswered(mu_build *b, const mu_node *action, mu_span_of when, mu_hands *hands)
{
    const char *authority = mu_get_text(action, "authority");
    const mu_node *first = mu_items(cell(action, "A"));
    const mu_node *who = first ? first->ref : NULL;
    if (first)
        (void)nobody_of(b, first, when, hands);
    bool powerless = authority && who && !may(b, who, authority);
    mu_gate unmade = powerless && mu_in_section(b, who, "roles") ? mu_unmade(b, MU_ADD_AUTHORITY, who, NULL, authority) : powerless ? MU_FAILS : MU_HOLDS;
    if (!first || unmade == MU_FAILS)
        hands->nobody = powerless ? MU_TELL(b, "%s does not have the authority %s", mu_called_of(b, who), authority) : "the row has no A";
    return mu_gate_two(b->s, unmade, mu_too_few(b, hands, 1));
}

static void answered(mu_build *b, const mu_node *action)
{
    const char *authority = mu_get_text(action, "authority");
    mu_hands hands = {.count = 0};
    mu_gate gate = unanswered(b, action, mu_time_of(b, action), &hands);
    mu_need *need = of_cell(b, action, "A", cell(action, "A"), gate, &hands, "answer for it");
    mu_need_says(b, need, authority ? "nobody may " : "nobody answers for ", authority ? mu_words_of(b, authority) : quoted(b, action), "");
}

static bool keyed(const mu_node *approve)
{
    return mu_get(approve, "any_of") || mu_get(approve, "all_of") || mu_get(approve, "two_of");
}

/* An approval stands in for A, of one level or of all. */
static void decided(mu_build *b, const mu_node *action)
{
    const mu_node *approve = mu_get(action, "approve");
    if (approve && keyed(approve)) {
        approved(b, action, approve, NULL);
    } else {
        MU_EACH (level, approve)
            approved(b, action, level, level->key);
        answered(b, action);
    }
}

/* ---- C, and outside ---- */

/* Without a time after which it goes on, an action waits for its advice without end. */
static bool waits_for_advice(const mu_node *action)
{
    return mu_get(action, "C") && !mu_get(action, "consult_within");
}

static mu_gate unadvised(mu_build *b, const mu_node *action, mu_span_of when, mu_hands *hands)
{
    const mu_node *c = mu_get(action, "C");
    mu_gate any = MU_HOLDS;
    if (!waits_for_advice(action))
        return MU_HOLDS;
    EACH_OF (ref, c) {
        bool audience = mu_in_section(b, ref->ref, "audiences");
        const mu_node *owner = audience ? mu_get(ref->ref, "owner") : ref;
        if (!owner)
            hands->nobody = MU_TELL(b, "nobody owns the audience %s", mu_called_of(b, ref->ref));
        any = mu_gate_two(b->s, any, owner ? nobody_of(b, owner, when, hands) : MU_FAILS);
    }
    return any;
}

static void advised(mu_build *b, const mu_node *action)
{
    const mu_node *c = mu_get(action, "C");
    mu_hands hands = {.count = 0};
    if (!waits_for_advice(action))
        return;
    mu_gate gate = unadvised(b, action, mu_time_of(b, action), &hands);
    mu_need *need = of_cell(b, action, "C", c, gate, &hands, "advise on it");
    need->wanted = c->kind == MU_LIST ? c->count : 1;
    mu_need_says(b, need, "there is no advice, which is waited for without end, on ", quoted(b, action), "");
}

static mu_gate unengaged(mu_build *b, const mu_node *action, mu_span_of when, mu_hands *hands)
{
    const mu_node *external = mu_done_outside(&b->h->judge, action);
    mu_node ref = {.ref = (mu_node *)external, .text = ""};
    if (!external)
        return MU_HOLDS;
    mu_hands_of(b, hands, &ref, NULL, when, MU_REACHED);
    hands->nobody = hands->list[0].missing ? MU_TELL(b, "%s %s", mu_called_of(b, external), hands->list[0].missing) : NULL;
    return hands->list[0].lost;
}

static void outside(mu_build *b, const mu_node *action)
{
    const mu_node *by = mu_get(action, "by");
    mu_hands hands = {.count = 0};
    mu_gate gate = unengaged(b, action, mu_time_of(b, action), &hands);
    if (hands.count == 0)
        return;
    mu_need *need = of_cell(b, action, "by", by ? by : cell(action, "R"), gate, &hands, "engage");
    need->called = action_words(b, action, mu_called_of(b, hands.list[0].node));
    mu_need_says(b, need, "nobody outside can be engaged for ", quoted(b, action), "");
}

/* ---- what else stops an action ---- */

static mu_gate nobody_decides(mu_build *b, const mu_node *action, mu_span_of when)
{
    const mu_node *approve = mu_get(action, "approve");
    mu_hands hands = {.count = 0};
    int ignored;
    mu_gate any = MU_HOLDS;
    if (approve && keyed(approve))
        return unapproved(b, approve, when, &hands, &ignored);
    MU_EACH (level, approve)
        any = mu_gate_two(b->s, any, unapproved(b, level, when, &hands, &ignored));
    hands.count = 0;
    return mu_get(action, "authority") ? mu_gate_two(b->s, any, unanswered(b, action, when, &hands)) : any;
}

mu_gate mu_stuck(mu_build *b, const mu_node *action, mu_span_of when, const char **why)
{
    mu_hands advice = {.count = 0}, party = {.count = 0};
    const char *name = mu_words_of(b, action->key);
    mu_gate in[] = {nobody_decides(b, action, when), unadvised(b, action, when, &advice), unengaged(b, action, when, &party)};
    static const char *const words[] = {"nobody may decide", "nobody advises on", "nobody outside can be engaged for"};
    for (size_t i = 0; i < 3 && !*why; i++)
        *why = in[i] == MU_FAILS ? MU_TELL(b, "%s \"%s\"", words[i], name) : NULL;
    return mu_gate_any(b->s, in, 3);
}

/* ---- which of them ---- */

static bool covers(const mu_node *book, const char *incident)
{
    MU_EACH (c, mu_get(book, "covers"))
        if (strcmp(c->text, incident) == 0)
            return true;
    return false;
}

static bool serves(const mu_build *b, const mu_node *action)
{
    MU_EACH (o, mu_get(b->h->judge.root, "obligations")) {
        const mu_node *own = mu_get(o, "action"), *by = mu_get(o, "decided_by");
        if ((own && own->ref == action) || (by && by->ref == action))
            return true;
    }
    return mu_get(action, "obligation") != NULL;
}

/* Of one kind of incident: what its playbooks name, with their gates, and what the law asks for. */
static bool called_for(const mu_build *b, const mu_node *action)
{
    if (!b->options.incident || serves(b, action))
        return true;
    MU_EACH (book, mu_get(b->h->judge.root, "playbooks"))
        if (covers(book, b->options.incident))
            MU_EACH (step, mu_get(book, "steps")) {
                const mu_node *own = mu_get(step, "action");
                bool named = own && own->ref == action;
                MU_EACH (gate, mu_get(step, "gate"))
                    named = named || gate->ref == action;
                if (named)
                    return true;
            }
    return false;
}

void mu_need_actions(mu_build *b)
{
    MU_EACH (action, mu_get(b->h->judge.root, "raci"))
        if (called_for(b, action)) {
            done(b, action);
            decided(b, action);
            advised(b, action);
            outside(b, action);
        }
}
