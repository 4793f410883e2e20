#include <string.h>

#include "absence/build.h"
#include "base/check.h"

mu_span_of mu_now_of(const mu_build *b)
{
    return (mu_span_of){b->options.utc, b->options.utc + 1};
}

mu_span_of mu_for_of(const mu_build *b, int64_t length)
{
    return (mu_span_of){b->options.utc, b->options.utc + (length > 0 && !b->options.at_once ? length : 1)};
}

bool mu_in_section(const mu_build *b, const mu_node *n, const char *section)
{
    return n && n->parent == mu_get(b->h->judge.root, section);
}

/* ---- what is down, and who is reached ---- */

mu_gate mu_down(mu_build *b, const mu_node *thing)
{
    if (!thing)
        return MU_HOLDS;
    if (b->down_known[thing->number])
        return b->down_of[thing->number];
    b->down_known[thing->number] = true; /* a ring is an error of the plan, and would end here */
    const mu_node *under = mu_get(thing, "depends_on");
    mu_gate *in = mu_alloc(b->arena, ((size_t)(under ? under->count : 0) + 1) * sizeof *in);
    int n = 0;
    in[n++] = b->gate_of[thing->number];
    MU_EACH (d, under)
        in[n++] = mu_down(b, d->ref);
    return b->down_of[thing->number] = mu_gate_any(b->s, in, n);
}

/* Any one of the places where the addresses are kept will do. */
static mu_gate directory_down(mu_build *b, const mu_node *channel)
{
    const mu_node *places = mu_get(channel, "directory");
    mu_gate *in = mu_alloc(b->arena, ((size_t)(places ? places->count : 0) + 1) * sizeof *in);
    int n = 0;
    MU_EACH (d, places)
        in[n++] = mu_down(b, d->ref);
    return n ? mu_gate_all(b->s, in, n) : MU_HOLDS;
}

static bool enrolled(mu_build *b, const mu_node *channel, const mu_node *who)
{
    const mu_node *list = mu_get(channel, "enrolled");
    int person = mu_member_of(b->h, who);
    if (!list || person < 0)
        return true;
    MU_EACH (e, list) {
        mu_succession meant = mu_meant_of(b->h, e, b->options.utc, NULL);
        for (int i = 0; i < meant.count; i++)
            if (meant.people[i] == person)
                return true;
    }
    return false;
}

static mu_gate way_down(mu_build *b, const mu_node *who, const mu_node *reach)
{
    const mu_node *channel = mu_get(reach, "via")->ref;
    if (!channel || !enrolled(b, channel, who))
        return MU_FAILS;
    mu_gate in[] = {mu_down(b, channel), mu_down(b, reach), directory_down(b, channel)};
    return mu_gate_any(b->s, in, 3);
}

/* The first address of a channel is the one that is used. */
static bool used_before(const mu_node *reach)
{
    const mu_node *channel = mu_get(reach, "via")->ref;
    for (const mu_node *r = reach->parent->first; r != reach; r = r->next)
        if (mu_get(r, "via")->ref == channel)
            return true;
    return false;
}

/* Another channel that the plan has could be added to somebody's. */
static mu_gate other_ways(mu_build *b, const mu_node *who, mu_gate unreached)
{
    MU_EACH (channel, mu_get(b->h->judge.root, "channels")) {
        bool has = false;
        MU_EACH (r, mu_get(who, "reach"))
            has = has || mu_get(r, "via")->ref == channel;
        if (has || mu_is(channel, "use", "public") || unreached == MU_HOLDS || !enrolled(b, channel, who))
            continue;
        mu_gate in[] = {mu_down(b, channel), directory_down(b, channel), mu_unmade(b, MU_ADD_WAY, who, channel, NULL)};
        unreached = mu_gate_all(b->s, (mu_gate[]){unreached, mu_gate_any(b->s, in, 3)}, 2);
    }
    return unreached;
}

mu_gate mu_unreached(mu_build *b, const mu_node *who)
{
    const mu_node *reach = mu_get(who, "reach");
    mu_gate *in = mu_alloc(b->arena, ((size_t)(reach ? reach->count : 0) + 1) * sizeof *in);
    int n = 0;
    MU_EACH (r, reach)
        if (!used_before(r))
            in[n++] = way_down(b, who, r);
    mu_gate unreached = mu_gate_all(b->s, in, n);
    return mu_may_change(b) && mu_member_of(b->h, who) >= 0 ? other_ways(b, who, unreached) : unreached;
}

mu_gate mu_gone(mu_build *b, int person, mu_span_of when, bool on_call)
{
    const mu_node *n = b->h->people[person].node, *site = mu_get(n, "site");
    if (!mu_member_within(b->h, person, when.from, when.until, on_call))
        return MU_FAILS;
    return mu_gate_two(b->s, b->gate_of[n->number], site ? mu_down(b, site->ref) : MU_HOLDS);
}

/* ---- hands ---- */

/* Somebody who may serve in two ways is lost when both are: off hours in one role, and on call in another. */
static bool hand_again(mu_build *b, mu_hands *to, const mu_hand *hand)
{
    for (int i = 0; i < to->count; i++)
        if (to->list[i].node == hand->node) {
            mu_hand *known = &to->list[i];
            known->lost = mu_gate_all(b->s, (mu_gate[]){known->lost, hand->lost}, 2);
            known->missing = known->lost == MU_FAILS ? known->missing : NULL;
            return true;
        }
    return false;
}

void mu_hand_add(mu_build *b, mu_hands *to, mu_hand hand)
{
    if (hand_again(b, to, &hand))
        return;
    if (to->count == to->room) {
        to->room = to->room ? to->room * 2 : 8;
        mu_hand *list = mu_alloc(b->arena, (size_t)to->room * sizeof *list);
        if (to->count)
            memcpy(list, to->list, (size_t)to->count * sizeof *list);
        to->list = list;
    }
    to->list[to->count++] = hand;
}

static void hand_person(mu_build *b, mu_hands *to, int person, bool on_call, mu_span_of when, unsigned how)
{
    const mu_node *n = b->h->people[person].node;
    mu_hand hand = {.person = person, .node = n, .lost = mu_gone(b, person, when, on_call)};
    if (hand.lost == MU_FAILS)
        hand.missing = mu_member_missing(b->h, person, when.from, on_call);
    mu_gate deaf = how & MU_REACHED ? mu_unreached(b, n) : MU_HOLDS;
    if (deaf == MU_FAILS && !hand.missing)
        hand.missing = "cannot be reached";
    hand.lost = mu_gate_two(b->s, hand.lost, deaf);
    mu_hand_add(b, to, hand);
}

/* The contract of an outside party may not have begun, or be over. */
static const char *contract_fault(const mu_build *b, const mu_node *external)
{
    const mu_node *contract = mu_get(external, "contract"), *from = mu_get(contract, "from"), *until = mu_get(contract, "until");
    int64_t now = mu_zone_local(b->h->zone, b->options.utc);
    if (from && now < from->value)
        return "has no contract yet";
    return until && now >= until->value + MU_DAY_MS ? "has no contract any more" : NULL;
}

static void hand_outside(mu_build *b, mu_hands *to, const mu_node *external, unsigned how)
{
    mu_gate deaf = how & MU_REACHED ? mu_unreached(b, external) : MU_HOLDS;
    mu_hand hand = {.person = -1, .node = external, .missing = contract_fault(b, external)};
    if (!hand.missing && deaf == MU_FAILS)
        hand.missing = "cannot be reached";
    hand.lost = hand.missing ? MU_FAILS : mu_gate_two(b->s, b->gate_of[external->number], deaf);
    mu_hand_add(b, to, hand);
}

typedef struct calling { /* how hands are looked for */
    const mu_node *severity;
    mu_span_of when;
    unsigned how;
    bool on_call; /* below a rotation */
} calling;

/* Everybody else could follow, where a role has a line that can grow. */
static void could_follow(mu_build *b, mu_hands *to, const mu_node *role, const mu_succession *line, const calling *c)
{
    bool grows = mu_get(role, "holders") || mu_get(role, "rotation") || mu_get(role, "pool");
    for (int p = 0; p < b->h->person_count && grows; p++) {
        bool in = false;
        for (int i = 0; i < line->count; i++)
            in = in || line->people[i] == p;
        mu_gate unmade = in ? MU_FAILS : mu_unmade(b, MU_ADD_DEPUTY, role, b->h->people[p].node, NULL);
        if (unmade == MU_FAILS)
            continue;
        mu_hands one = {.count = 0};
        hand_person(b, &one, p, c->on_call || mu_get(role, "rotation"), c->when, c->how);
        one.list[0].lost = mu_gate_two(b->s, one.list[0].lost, unmade);
        mu_hand_add(b, to, one.list[0]);
    }
}

static void roles_in(mu_build *b, mu_hands *to, const mu_node *list, const calling *c, int depth);

const mu_node *mu_below_rotation(const mu_node *role)
{
    const mu_node *rotation = mu_get(role, "rotation"), *under = rotation ? mu_get(rotation->ref, "under") : NULL;
    for (int depth = 0; under && under->ref && under->ref->parent == rotation->ref->parent && depth < 8; depth++)
        under = mu_get(under->ref, "under");
    return under;
}

/* A role that is filled out of others grows as they do. */
static void could_grow(mu_build *b, mu_hands *to, const mu_node *role, const calling *c, int depth)
{
    const mu_node *cases = mu_get(role, "by_severity"), *now = cases ? c->severity ? mu_get(cases, c->severity->key) : cases->first : NULL;
    mu_succession line = mu_succession_of(b->h, role, c->when.from, c->severity);
    calling below = *c;
    below.on_call = true;
    could_follow(b, to, role, &line, c);
    roles_in(b, to, mu_below_rotation(role), &below, depth + 1);
    roles_in(b, to, mu_get(role, "pool"), c, depth + 1);
    roles_in(b, to, mu_get(role, "first_responder"), c, depth + 1);
    roles_in(b, to, now, c, depth + 1);
}

static void roles_in(mu_build *b, mu_hands *to, const mu_node *list, const calling *c, int depth)
{
    for (const mu_node *ref = mu_items(list); ref && depth <= 8; ref = list->kind == MU_LIST ? ref->next : NULL)
        if (mu_in_section(b, ref->ref, "roles") && !strchr(ref->text, '/'))
            could_grow(b, to, ref->ref, c, depth);
        else if (mu_in_section(b, ref->ref, "teams"))
            roles_in(b, to, mu_get(ref->ref, "members"), c, depth + 1);
}

void mu_hands_of_role(mu_build *b, mu_hands *to, const mu_node *role, const mu_node *severity, mu_span_of when, unsigned how)
{
    const mu_node *external = mu_get(role, "external");
    mu_succession line = mu_succession_of(b->h, role, when.from, severity);
    if (external && external->ref)
        hand_outside(b, to, external->ref, how);
    for (int i = 0; i < line.count; i++)
        hand_person(b, to, line.people[i], line.on_call[i], when, how);
    if (mu_may_change(b))
        could_grow(b, to, role, &(calling){severity, when, how, false}, 0);
}

void mu_hands_of(mu_build *b, mu_hands *to, const mu_node *ref, const mu_node *severity, mu_span_of when, unsigned how)
{
    if (mu_in_section(b, ref->ref, "externals")) {
        hand_outside(b, to, ref->ref, how);
    } else if (mu_in_section(b, ref->ref, "roles") && !strchr(ref->text, '/')) {
        mu_hands_of_role(b, to, ref->ref, severity, when, how);
    } else {
        mu_succession meant = mu_meant_of(b->h, ref, when.from, severity);
        for (int i = 0; i < meant.count; i++)
            hand_person(b, to, meant.people[i], meant.on_call[i], when, how);
        if (mu_may_change(b) && mu_in_section(b, ref->ref, "teams"))
            roles_in(b, to, mu_get(ref->ref, "members"), &(calling){severity, when, how, false}, 1);
    }
}

mu_gate mu_too_few(mu_build *b, const mu_hands *hands, int wanted)
{
    mu_gate *in = mu_alloc(b->arena, ((size_t)hands->count + 1) * sizeof *in);
    for (int i = 0; i < hands->count; i++)
        in[i] = hands->list[i].lost;
    return wanted > hands->count ? MU_FAILS : wanted < 1 ? MU_HOLDS : mu_gate_at_least(b->s, hands->count - wanted + 1, in, hands->count);
}

const char *mu_nobody_is(mu_build *b, const mu_node *what, const mu_hands *hands, int wanted)
{
    const char *called = what ? mu_called_of(b, what) : "there";
    const char *text = mu_in_section(b, what, "raci") ? MU_TELL(b, "nobody can do \"%s\"", called)
                                                     : wanted > 1 ? MU_TELL(b, "fewer than %d are %s", wanted, called) : MU_TELL(b, "nobody is %s", called);
    bool first = true;
    for (int i = 0; i < hands->count; i++)
        if (hands->list[i].missing) {
            text = MU_TELL(b, "%s%s %s %s", text, first ? ":" : ",", mu_hand_called(b->h, &hands->list[i]), hands->list[i].missing);
            first = false;
        }
    return text;
}

/* ---- needs ---- */

mu_need *mu_need_add(mu_build *b, const char *id, const char *group, mu_mark at, mu_gate gate, const mu_hands *hands, int wanted)
{
    mu_needs *all = b->needs;
    if ((size_t)all->count == b->need_room) {
        b->need_room = b->need_room ? b->need_room * 2 : 64;
        mu_need *list = mu_alloc(b->arena, b->need_room * sizeof *list);
        if (all->count)
            memcpy(list, all->list, (size_t)all->count * sizeof *list);
        all->list = list;
    }
    mu_need *need = &all->list[all->count++];
    *need = (mu_need){.id = id, .group = group, .at = at, .gate = gate, .wanted = wanted, .within = -1};
    if (hands) {
        need->hands = hands->list;
        need->hand_count = hands->count;
        need->why = hands->nobody;
    }
    return need;
}

void mu_need_says(mu_build *b, mu_need *need, const char *head, const char *item, const char *tail)
{
    need->head = head;
    need->item = item;
    need->tail = tail;
    need->lost = MU_TELL(b, "%s%s%s", head, item, tail);
}

const char *mu_words_of(const mu_build *b, const char *id)
{
    char *copy = mu_copy(b->arena, id, strlen(id));
    for (char *p = copy; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return copy;
}

const char *mu_called_of(const mu_build *b, const mu_node *n)
{
    static const char *const keys[] = {"title", "name", "organisation"};
    for (size_t i = 0; i < 3; i++)
        if (mu_get_text(n, keys[i]))
            return mu_get_text(n, keys[i]);
    return n->key ? mu_words_of(b, n->key) : n->text;
}

/* ---- elements ---- */

static bool is_site(const mu_build *b, const mu_node *dependency)
{
    if (mu_is(dependency, "kind", "site"))
        return true;
    MU_EACH (p, mu_get(b->h->judge.root, "people"))
        if (mu_get(p, "site") && mu_get(p, "site")->ref == dependency)
            return true;
    return false;
}

static void element(mu_build *b, mu_absentee *list, mu_element_kind kind, const char *word, const mu_node *n)
{
    if (!(b->options.kinds & kind))
        return;
    list[b->needs->element_count++] = (mu_absentee){kind, MU_TELL(b, "%s:%s", word, n->key), mu_called_of(b, n), n};
    b->gate_of[n->number] = mu_gate_element(b->s);
}

static void elements(mu_build *b)
{
    static const struct { const char *section, *word; mu_element_kind kind; } sections[] = {
        {"people", "person", MU_PEOPLE}, {"channels", "channel", MU_CHANNELS}, {"externals", "external", MU_EXTERNALS}};
    const mu_node *root = b->h->judge.root, *things = mu_get(root, "dependencies");
    size_t room = (size_t)(things ? things->count : 0);
    for (size_t i = 0; i < 3; i++)
        room += (size_t)(mu_get(root, sections[i].section) ? mu_get(root, sections[i].section)->count : 0);
    mu_absentee *list = mu_alloc(b->arena, (room + 1) * sizeof *list);
    for (size_t i = 0; i < 3; i++)
        MU_EACH (n, mu_get(root, sections[i].section))
            element(b, list, sections[i].kind, sections[i].word, n);
    MU_EACH (n, things)
        element(b, list, is_site(b, n) ? MU_SITES : MU_DEPENDENCIES, is_site(b, n) ? "site" : "dependency", n);
    b->needs->elements = list;
}

/* ---- why ---- */

/* What fails with nobody absent, and nobody who is missing explains it. */
static const char *too_few_words(const mu_build *b, const mu_need *need)
{
    int there = 0;
    for (int i = 0; i < need->hand_count; i++) {
        if (need->hands[i].missing)
            return NULL;
        there += need->hands[i].lost != MU_FAILS;
    }
    if (need->hand_count == 0)
        return "nobody is named for it";
    if (there < need->wanted)
        return MU_TELL(b, "%d can be had, and %d are wanted", there, need->wanted);
    return "there are too few different people for all of its places";
}

/* Only what fails with nobody absent has a reason, and all of that has one. */
static void explain(mu_build *b)
{
    mu_what_if *state = mu_what_if_new(b->s);
    for (int i = 0; i < b->needs->change_count; i++)
        mu_what_if_set(state, b->needs->changes[i].element, true);
    for (int i = 0; i < b->needs->count; i++) {
        mu_need *need = &b->needs->list[i];
        if (!mu_what_if_fails(state, need->gate))
            need->why = NULL;
        else if (!need->why)
            need->why = too_few_words(b, need);
    }
    mu_what_if_free(state);
}

static size_t nodes_of(const mu_node *n)
{
    size_t most = n->number;
    for (const mu_node *c = n->first; c; c = c->next) {
        size_t under = nodes_of(c);
        most = under > most ? under : most;
    }
    return most;
}

mu_needs *mu_needs_of(const mu_house *h, const mu_needs_options *options, const char **why)
{
    mu_arena *arena = h->judge.arena;
    size_t nodes = nodes_of(h->judge.root) + 1;
    mu_build b = {.arena = arena, .s = mu_structure_new(), .options = *options};
    b.h = options->made_count ? mu_house_with(&b, h) : h;
    b.needs = mu_alloc(arena, sizeof *b.needs);
    *b.needs = (mu_needs){.house = h, .structure = b.s, .utc = options->utc};
    b.gate_of = mu_alloc(arena, nodes * sizeof *b.gate_of);
    b.down_of = mu_alloc(arena, nodes * sizeof *b.down_of);
    b.down_known = mu_alloc(arena, nodes);
    elements(&b);
    mu_need_roles(&b);
    mu_need_quorums(&b);
    mu_need_apart(&b);
    mu_need_actions(&b);
    mu_need_ladders(&b);
    mu_need_reach(&b);
    mu_need_messages(&b);
    mu_need_duties(&b);
    *why = b.refused;
    if (!b.refused) {
        explain(&b);
        return b.needs;
    }
    mu_structure_free(b.s);
    return NULL;
}

const char *mu_hand_called(const mu_house *h, const mu_hand *hand)
{
    const char *name = mu_get_text(hand->node, "organisation");
    return hand->person >= 0 ? h->people[hand->person].called : name ? name : hand->node->key;
}

void mu_needs_free(mu_needs *needs)
{
    if (needs)
        mu_structure_free(needs->structure);
}
