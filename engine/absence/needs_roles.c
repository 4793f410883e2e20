/* What a plan needs of its roles: that somebody holds them, that command is as deep as it says, that a quorum stands, and
 * that what is kept apart is done by different people. */
#include <string.h>

#include "absence/build.h"
#include "analysis/shared.h"

/* The line that says who fills a role. */
static const mu_node *filled_by(const mu_node *role)
{
    static const char *const keys[] = {"holders", "rotation", "pool", "first_responder", "delegated_by", "by_severity", "external"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (mu_get(role, keys[i]))
            return mu_get(role, keys[i]);
    return role;
}

static int wanted_of(const mu_node *role)
{
    const mu_node *least = mu_get(role, "at_least");
    return least && least->value > 1 ? (int)least->value : 1;
}

static void held(mu_build *b, const mu_node *role, const mu_node *severity)
{
    const char *at = severity ? MU_TELL(b, " at %s", severity->key) : "";
    int wanted = wanted_of(role);
    mu_hands hands = {.count = 0};
    mu_hands_of_role(b, &hands, role, severity, mu_now_of(b), 0);
    if (hands.count == 0)
        hands.nobody = mu_get(role, "rotation") ? "nobody is on call" : "nobody is named";
    const char *id = severity ? MU_TELL(b, "role:%s@%s", role->key, severity->key) : MU_TELL(b, "role:%s", role->key);
    mu_need *need = mu_need_add(b, id, "Roles", mu_place(filled_by(role)), mu_too_few(b, &hands, wanted), &hands, wanted);
    need->called = MU_TELL(b, "%s%s", mu_called_of(b, role), at);
    mu_need_says(b, need, wanted > 1 ? MU_TELL(b, "fewer than %d are ", wanted) : "nobody is ", mu_called_of(b, role), at);
}

/* A message over any channel that stands; where that comes to the same as being there, nothing is added. */
static void reached(mu_build *b, const mu_node *role)
{
    mu_hands hands = {.count = 0};
    bool more = wanted_of(role) > 1;
    mu_hands_of_role(b, &hands, role, NULL, mu_now_of(b), MU_REACHED);
    for (int i = 0; i < hands.count; i++)
        more = more || mu_unreached(b, hands.list[i].node) != MU_HOLDS;
    if (!more)
        return;
    const char *id = MU_TELL(b, "role:%s", role->key);
    int same = b->needs->count - 1;
    while (same >= 0 && strcmp(b->needs->list[same].id, id) != 0)
        same--;
    mu_need *need = mu_need_add(b, MU_TELL(b, "reach:%s", role->key), "Messages", mu_place(filled_by(role)), mu_too_few(b, &hands, 1), &hands, 1);
    need->called = MU_TELL(b, "Reach %s", mu_called_of(b, role));
    mu_need_says(b, need, "no message reaches ", mu_called_of(b, role), "");
    need->within = same;
}

static mu_gate not_following(mu_build *b, const mu_node *role, int person, int depth);

static mu_gate not_following_in(mu_build *b, const mu_node *list, int person, int depth)
{
    mu_gate gate = MU_FAILS;
    for (const mu_node *ref = mu_items(list); ref && depth <= 8; ref = list->kind == MU_LIST ? ref->next : NULL)
        if (mu_in_section(b, ref->ref, "roles") && !strchr(ref->text, '/'))
            gate = mu_gate_all(b->s, (mu_gate[]){gate, not_following(b, ref->ref, person, depth)}, 2);
        else if (mu_in_section(b, ref->ref, "teams"))
            gate = mu_gate_all(b->s, (mu_gate[]){gate, not_following_in(b, mu_get(ref->ref, "members"), person, depth + 1)}, 2);
    return gate;
}

/* Until they follow in this role, or in one out of which it is filled. */
static mu_gate not_following(mu_build *b, const mu_node *role, int person, int depth)
{
    bool grows = mu_get(role, "holders") || mu_get(role, "rotation") || mu_get(role, "pool");
    mu_span_of day = mu_for_of(b, MU_DAY_MS);
    bool there = mu_member_within(b->h, person, day.from, day.until, mu_get(role, "rotation"));
    const mu_node *cases = mu_get(role, "by_severity"), *lists[] = {mu_get(role, "pool"), mu_get(role, "first_responder"), cases ? cases->first : NULL, mu_below_rotation(role)};
    mu_gate gate = grows && there ? mu_unmade(b, MU_ADD_DEPUTY, role, b->h->people[person].node, NULL) : MU_FAILS;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        gate = mu_gate_all(b->s, (mu_gate[]){gate, not_following_in(b, lists[i], person, depth + 1)}, 2);
    return gate;
}

/* Of one person: there within a day, whatever absences there are; somebody who is not in the line yet once they are. */
static mu_gate not_in_line(mu_build *b, const mu_node *role, const mu_succession *line, int person)
{
    mu_span_of day = mu_for_of(b, MU_DAY_MS);
    for (int i = 0; i < line->count; i++)
        if (line->people[i] == person)
            return mu_member_within(b->h, person, day.from, day.until, line->on_call[i]) ? MU_HOLDS : MU_FAILS;
    return mu_may_change(b) ? not_following(b, role, person, 0) : MU_FAILS;
}

/* As deep as the plan wants it with nobody absent; what absences do to it is the matter of who holds it. */
static void deep(mu_build *b, const mu_node *role)
{
    bool own;
    int depth = (int)mu_depth_wanted(&b->h->judge, role, &own), there = 0, people = b->h->person_count;
    mu_hands hands = {.count = 0};
    if (depth < 2 || mu_get(role, "external"))
        return;
    mu_succession line = mu_succession_of(b->h, role, b->options.utc, NULL);
    mu_gate *in = mu_alloc(b->arena, ((size_t)people + 1) * sizeof *in);
    for (int p = 0; p < people; p++) {
        in[p] = not_in_line(b, role, &line, p);
        there += in[p] == MU_HOLDS;
    }
    mu_gate gate = depth > people ? MU_FAILS : mu_gate_at_least(b->s, people - depth + 1, in, people);
    mu_hands_of_role(b, &hands, role, NULL, mu_for_of(b, MU_DAY_MS), 0);
    const char *when = b->options.at_once ? "can be had then" : "can be had within a day";
    hands.nobody = gate == MU_FAILS ? MU_TELL(b, "%d %s, and %d are wanted%s", there, when, depth, own ? "" : " by the limit for command") : NULL;
    mu_need *need = mu_need_add(b, MU_TELL(b, "depth:%s", role->key), "Roles", mu_at_key(role, mu_get(role, "depth") ? "depth" : "function"), gate, &hands, 1);
    need->called = MU_TELL(b, "%s, %d deep", mu_called_of(b, role), depth);
    mu_need_says(b, need, "", mu_called_of(b, role), MU_TELL(b, " is not %d deep", depth));
}

void mu_need_roles(mu_build *b)
{
    MU_EACH (role, mu_get(b->h->judge.root, "roles")) {
        const mu_node *cases = mu_get(role, "by_severity");
        MU_EACH (c, cases)
            held(b, role, c);
        if (!cases)
            held(b, role, NULL);
        deep(b, role);
    }
}

void mu_need_reach(mu_build *b)
{
    MU_EACH (role, mu_get(b->h->judge.root, "roles"))
        reached(b, role);
}

/* ---- apart ---- */

static bool lists(const mu_node *list, const mu_node *what)
{
    MU_EACH (n, list)
        if (n->ref == what)
            return true;
    return false;
}

bool mu_kept_apart(const mu_build *b, const mu_node *a, const mu_node *c)
{
    if (lists(mu_get(a, "not_with"), c) || lists(mu_get(c, "not_with"), a))
        return true;
    MU_EACH (pair, mu_get(b->h->judge.root, "separation_of_duties"))
        if (a != c && lists(pair, a) && lists(pair, c))
            return true;
    return false;
}

static void seat_of(mu_build *b, mu_seat *seat, const mu_node *what, const mu_node *severity, unsigned how)
{
    const char *ignored;
    *seat = (mu_seat){.what = what, .wanted = wanted_of(what)};
    if (mu_in_section(b, what, "roles"))
        mu_hands_of_role(b, &seat->hands, what, severity, mu_now_of(b), how);
    else
        (void)mu_doers(b, what, mu_time_of(b, what), &seat->hands, &ignored);
}

static void apart(mu_build *b, const mu_node *a, const mu_node *c, mu_mark at)
{
    mu_seat seats[2];
    bool actions = mu_in_section(b, a, "raci") || mu_in_section(b, c, "raci");
    if (!a || !c || a == c)
        return;
    for (int i = 0; i < b->needs->count; i++)
        if (strcmp(b->needs->list[i].id, MU_TELL(b, "apart:%s+%s", c->key, a->key)) == 0 || strcmp(b->needs->list[i].id, MU_TELL(b, "apart:%s+%s", a->key, c->key)) == 0)
            return;
    seat_of(b, &seats[0], a, NULL, 0);
    seat_of(b, &seats[1], c, NULL, 0);
    mu_hands both = seats[0].hands;
    both.list = mu_alloc(b->arena, (size_t)(seats[0].hands.count + seats[1].hands.count + 1) * sizeof *both.list);
    both.count = 0;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < seats[k].hands.count; i++) {
            bool twice = false;
            for (int n = 0; n < both.count; n++)
                twice = twice || both.list[n].node == seats[k].hands.list[i].node;
            if (!twice)
                both.list[both.count++] = seats[k].hands.list[i];
        }
    both.nobody = mu_seats_empty(b, seats, 2);
    mu_need *need = mu_need_add(b, MU_TELL(b, "apart:%s+%s", a->key, c->key), "Kept apart", at, mu_seats_unfilled(b, seats, 2), &both, 2);
    need->called = MU_TELL(b, "%s and %s, two people", mu_called_of(b, a), mu_called_of(b, c));
    mu_need_says(b, need, actions ? "no two people can do " : "no two people are ", MU_TELL(b, "%s and %s", mu_called_of(b, a), mu_called_of(b, c)), " (kept apart)");
}

void mu_need_apart(mu_build *b)
{
    const mu_node *root = b->h->judge.root;
    MU_EACH (pair, mu_get(root, "separation_of_duties"))
        if (pair->first && pair->first->next)
            apart(b, pair->first->ref, pair->first->next->ref, mu_place(pair));
    MU_EACH (role, mu_get(root, "roles"))
        MU_EACH (other, mu_get(role, "not_with"))
            apart(b, role, other->ref, mu_place(mu_get(role, "not_with")));
}

/* ---- quorums ---- */

static bool has_seat(const mu_seat *seats, int count, const mu_node *role)
{
    for (int i = 0; i < count; i++)
        if (seats[i].what == role)
            return true;
    return false;
}

static void quorum(mu_build *b, const mu_node *list)
{
    const mu_node *severity = mu_get(mu_get(b->h->judge.root, "severities"), list->key);
    mu_seat *seats = mu_alloc(b->arena, ((size_t)list->count + 1) * sizeof *seats);
    mu_hands all = {.count = 0};
    int count = 0, wanted = 0;
    for (const mu_node *role = list->first; role; role = role->next)
        if (role->ref && !has_seat(seats, count, role->ref)) {
            seat_of(b, &seats[count], role->ref, severity, MU_REACHED);
            wanted += seats[count++].wanted;
        }
    for (int i = 0; i < count; i++)
        mu_hands_of_role(b, &all, seats[i].what, severity, mu_now_of(b), MU_REACHED);
    all.nobody = mu_seats_empty(b, seats, count);
    mu_need *need = mu_need_add(b, MU_TELL(b, "quorum:%s", list->key), "Quorum", mu_place(list), mu_seats_unfilled(b, seats, count), &all, wanted);
    need->called = MU_TELL(b, "Quorum of %s", list->key);
    mu_need_says(b, need, "the quorum of ", list->key, " does not stand");
}

void mu_need_quorums(mu_build *b)
{
    MU_EACH (list, mu_get(mu_get(b->h->judge.root, "team"), "quorum"))
        quorum(b, list);
}
