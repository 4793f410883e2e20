#include "amend/repairs.h"

#include <string.h>

#include "amend/ways.h"
#include "plan/questions.h"
#include "plan/schema.h"

enum { ROUNDS = 100, MINUTE = 60000 };

typedef struct work {
    mu_repairs *r;
    const mu_house *house;
    mu_mender mender;
    mu_judge judge;
    mu_prover prover;
    mu_arena *arena;
    const char **open; /* ids of the gaps that may be there, sorted */
    size_t open_count;
    int room;
} work;

/* ---- one change as text ---- */

/* A bare id of a person may be a role's or a team's as well. */
static const char *person_word(const work *w, const mu_node *person)
{
    const mu_node *root = w->judge.root;
    bool shared = mu_get(mu_get(root, "roles"), person->key) || mu_get(mu_get(root, "teams"), person->key);
    return shared ? mu_format(w->arena, "person:%s", person->key) : person->key;
}

static bool write_follower(work *w, const mu_node *role, const mu_node *person);

/* Turns go by the number of members, and a member is on call in the hours of the rotation alone: so where it has either, whoever
 * follows stands under it. */
static bool write_on_call(work *w, const mu_node *rotation, const mu_node *person)
{
    const mu_node *under = mu_get(rotation, "under");
    const char *word = mu_format(w->arena, "person:%s", person->key);
    if (!mu_get(rotation, "turn") && !mu_get(rotation, "restrict"))
        return mu_put_item(&w->mender, rotation, "members", person->key, NULL);
    if (!under)
        return mu_splice_put(w->mender.splice, rotation, "under", mu_fresh_word(&w->mender, word), NULL);
    if (under->ref && under->ref->parent == rotation->parent)
        return write_on_call(w, under->ref, person);
    return under->ref && under->ref->parent == mu_get(w->judge.root, "roles") && write_follower(w, under->ref, person);
}

/* Behind the others of the line. */
static bool write_follower(work *w, const mu_node *role, const mu_node *person)
{
    const mu_node *rotation = mu_get(role, "rotation");
    bool pool = !mu_get(role, "holders") && mu_get(role, "pool");
    const char *word = pool ? person_word(w, person) : person->key;
    if (rotation && !mu_get(role, "holders"))
        return rotation->ref && write_on_call(w, rotation->ref, person);
    return mu_put_item(&w->mender, role, pool ? "pool" : "holders", word, mu_other_with(role->parent, role, "holders"));
}

static const char *called(const mu_node *person)
{
    return mu_get_text(person, "name") ? mu_get_text(person, "name") : person->key;
}

static bool write_way(work *w, const mu_change *c, mu_repaired *one)
{
    const mu_node *reach = mu_get(c->to, "reach");
    mu_fresh *way = mu_fresh_add(w->arena, mu_fresh_map(w->arena), "via", mu_fresh_text(w->arena, c->what->key));
    one->question = mu_format(w->arena, "What is the address of %s on %s?", called(c->to), c->what->key);
    const char *note = mu_format(w->arena, MU_QUESTION " %s Write it behind via, once it was tried.", one->question);
    bool there = reach && reach->kind == MU_LIST;
    const mu_fresh *value = there ? way : mu_fresh_add(w->arena, mu_fresh_list(w->arena), NULL, way);
    bool put = there ? mu_splice_put(w->mender.splice, reach, NULL, value, NULL) : !reach && mu_splice_put(w->mender.splice, c->to, "reach", value, NULL);
    return put && mu_splice_note(w->mender.splice, there ? reach : c->to, note);
}

static int64_t fixed(const mu_node *length)
{
    mu_duration d;
    return length && length->kind == MU_SCALAR && mu_duration_read(length->text, &d) && d.unit == MU_MS ? d.count : -1;
}

static int64_t tries_of(const mu_node *step)
{
    const mu_node *tries = mu_get(step, "tries");
    return tries && tries->value > 1 ? tries->value : 1;
}

/* The shortest time to acknowledge of the levels that use the ladder. */
static int64_t target_of(const mu_node *ladder)
{
    const mu_node *root = ladder->parent->parent;
    int64_t target = -1;
    MU_EACH (level, mu_get(root, "severities"))
        MU_EACH (key, level) {
            int64_t own = key->ref == ladder ? fixed(mu_get(level, "acknowledge_within")) : -1;
            target = own >= 0 && (target < 0 || own < target) ? own : target;
        }
    return target;
}

/* What the step before a late one must be shortened to: whole minutes; 0 where that cannot be said. */
static int64_t shorter_step(const mu_node *ladder, const mu_node *late, const mu_node **shorter)
{
    int64_t begins = 0, target = target_of(ladder);
    MU_EACH (step, mu_get(ladder, "steps")) {
        int64_t within = fixed(mu_get(step, "within"));
        if (step == late || within < 0)
            return 0;
        if (step->next == late) {
            int64_t minutes = (target - begins - 1) / tries_of(step) / MINUTE;
            *shorter = step;
            return target > begins && minutes * MINUTE < within ? minutes : 0;
        }
        begins += within * tries_of(step);
    }
    return 0;
}

static bool write_sooner(work *w, const mu_change *c)
{
    const mu_node *shorter = NULL;
    int64_t minutes = shorter_step(c->to, c->what, &shorter);
    return minutes > 0 && mu_splice_set(w->mender.splice, mu_get(shorter, "within"), mu_fresh_word(&w->mender, mu_format(w->arena, "%dm", (int)minutes)));
}

static bool write_change(work *w, const mu_change *c, mu_repaired *one)
{
    const mu_node *like = mu_other_with(c->to->parent, c->to, c->kind == MU_ADD_ACCESS ? "access" : "authority");
    switch (c->kind) {
    case MU_ADD_DEPUTY: return write_follower(w, c->to, c->what);
    case MU_ADD_ACCESS: return mu_put_item(&w->mender, c->to, "access", c->what->key, like);
    case MU_ADD_ACCOUNT: return mu_put_item(&w->mender, mu_get(c->to, "portal"), "account_holders", person_word(w, c->what), NULL);
    case MU_ADD_AUTHORITY: return mu_put_item(&w->mender, c->to, "authority", c->word, like);
    case MU_ADD_WAY: return write_way(w, c, one);
    default: return write_sooner(w, c);
    }
}

/* ---- trying ---- */

static bool opens_none(work *w, mu_repaired *one)
{
    mu_tried t = {.arena = mu_arena_new()};
    bool ok = mu_try(w->r->plan, w->r->splice, &w->prover, &t, &one->why, w->arena);
    if (ok) {
        size_t count;
        const mu_finding *opens = mu_not_among(&t.found, w->open, w->open_count, &count, w->arena);
        const char *more = count > 1 ? mu_format(w->arena, " (and %zu more)", count - 1) : "";
        if (count)
            one->why = mu_format(w->arena, "it would open %s: %s%s", opens[0].gap->id, opens[0].text, more);
        ok = count == 0;
    }
    mu_tried_free(&t);
    return ok;
}

static bool try_change(work *w, mu_repaired *one)
{
    mu_splice *s = w->r->splice;
    one->why = NULL;
    one->asks = mu_splice_mark(s);
    mu_splice_back(s, one->asks); /* and no reason of an earlier refusal */
    bool some = write_change(w, &one->change, one), ok = some && opens_none(w, one);
    if (!some)
        one->why = mu_splice_why(s) ? mu_splice_why(s) : one->change.kind == MU_ADD_DEPUTY ? "the rotation stands on somebody already, and another member would shift its turns"
                                                                                         : "the plan does not say which time, and by how much";
    if (!ok)
        mu_splice_back(s, one->asks);
    one->asks_end = mu_splice_mark(s);
    return ok;
}

static void put(work *w, const mu_repaired *one)
{
    mu_repairs *r = w->r;
    if (r->count == w->room) {
        w->room = w->room ? w->room * 2 : 64;
        mu_repaired *list = mu_alloc(w->arena, (size_t)w->room * sizeof *list);
        if (r->count)
            memcpy(list, r->list, (size_t)r->count * sizeof *list);
        r->list = list;
    }
    r->list[r->count++] = *one;
}

/* Some changes only hold together: the first of two members of an empty rotation alone would hold a role alone. Those of the same thing as the first
 * that is left, written one after another and then judged; returns how many are left behind it. */
static int try_together(work *w, mu_repaired *todo, int left)
{
    mu_splice *s = w->r->splice;
    const mu_node *to = todo[0].change.to;
    size_t mark = mu_splice_mark(s);
    int some = 0, kept = 0;
    mu_repaired *all = mu_alloc(w->arena, (size_t)left * sizeof *all), last = {.why = NULL};
    for (int i = 0; i < left; i++) {
        mu_repaired one = todo[i];
        one.asks = mu_splice_mark(s);
        if (one.change.to != to || !write_change(w, &one.change, &one)) {
            mu_splice_back(s, one.asks);
            continue;
        }
        one.asks_end = mu_splice_mark(s);
        one.why = NULL;
        all[some++] = one;
    }
    if (some < 2 || !opens_none(w, &last)) {
        mu_splice_back(s, mark);
        return left;
    }
    for (int i = 0; i < some; i++)
        put(w, &all[i]);
    for (int i = 0; i < left; i++) {
        bool written = false;
        for (int k = 0; k < some; k++)
            written = written || strcmp(all[k].change.id, todo[i].change.id) == 0;
        if (!written)
            todo[kept++] = todo[i];
    }
    w->r->written += some;
    return kept;
}

/* Each thing for which two or more changes are left, in its turn. */
static int sets_of_changes(work *w, mu_repaired *todo, int left)
{
    for (int i = 0; i + 1 < left;) {
        int now = i + try_together(w, todo + i, left - i);
        i += now == left;
        left = now;
    }
    return left;
}

/* Of one repair. What is refused is tried again behind the others, which may have mended what it would open. */
static void try_all(work *w)
{
    const mu_repair *repair = w->r->repair;
    mu_repaired *todo = mu_alloc(w->arena, (size_t)(repair->count + 1) * sizeof *todo);
    int left = repair->count;
    for (int i = 0; i < left; i++)
        todo[i].change = repair->changes[i];
    w->r->written = 0;
    for (int before = left + 1; left < before;) {
        before = left;
        left = 0;
        for (int i = 0; i < before; i++) {
            mu_repaired one = todo[i];
            bool ok = try_change(w, &one);
            w->r->written += ok;
            if (ok)
                put(w, &one);
            else
                todo[left++] = one;
        }
    }
    left = sets_of_changes(w, todo, left);
    for (int i = 0; i < left; i++)
        put(w, &todo[i]);
}

static void drop_written(mu_repairs *r)
{
    int kept = 0;
    for (int i = 0; i < r->count; i++)
        if (r->list[i].why)
            r->list[kept++] = r->list[i];
    r->count = kept;
    mu_splice_back(r->splice, 0);
}

/* Again without what was refused, until nothing is. */
static bool search(work *w, mu_repair_options options, mu_cuts_watch watch, void *self, const char **why)
{
    mu_repairs *r = w->r;
    for (int round = 0; round < ROUNDS; round++) {
        drop_written(r);
        const char **barred = mu_alloc(w->arena, (size_t)(r->count + 1) * sizeof *barred);
        for (int i = 0; i < r->count; i++)
            barred[i] = r->list[i].change.id;
        int before = options.needs.barred_count = r->count;
        options.needs.barred = barred;
        r->repair = mu_repair_of(w->house, &options, watch, self, why);
        if (!r->repair)
            return false;
        try_all(w);
        r->refused = r->count - r->written;
        if (r->refused == before)
            break;
    }
    return true;
}

/* ---- the proof ---- */

static bool same_set(const mu_cover *a, const mu_cut *one, const mu_cover *b, const mu_cut *other)
{
    bool same = one->count == other->count;
    for (int i = 0; same && i < one->count; i++)
        same = strcmp(a->needs->elements[one->elements[i]].name, b->needs->elements[other->elements[i]].name) == 0;
    return same;
}

static bool has_set(const mu_cover *c, const mu_cover *of, const mu_cut *one)
{
    for (int i = 0; i < c->set_count; i++)
        if (same_set(of, one, c, &c->sets[i]))
            return true;
    return false;
}

static bool is_broken(const mu_cover *c, const char *need)
{
    for (int i = 0; i < c->needs->count; i++)
        if (c->own[i].broken && strcmp(c->needs->list[i].id, need) == 0)
            return true;
    return false;
}

/* Nothing breaks that does not with the repair. Less may: a line that grows is deeper as well. */
static bool as_foreseen(const mu_cover *made, const mu_cover *foreseen)
{
    for (int i = 0; i < made->set_count; i++)
        if (!has_set(foreseen, made, &made->sets[i]))
            return false;
    for (int i = 0; i < made->needs->count; i++)
        if (made->own[i].broken && !is_broken(foreseen, made->needs->list[i].id))
            return false;
    return true;
}

static void compare_gaps(work *w)
{
    mu_repairs *r = w->r;
    const char **after = mu_ids_of(&r->whole.found, w->arena);
    r->opened = mu_not_among(&r->whole.found, w->open, w->open_count, &r->opened_count, w->arena);
    r->closed = mu_not_among(&r->before, after, r->whole.found.count, &r->closed_count, w->arena);
}

static void prove(work *w, const mu_repair_options *options)
{
    mu_repairs *r = w->r;
    r->whole.arena = mu_arena_new();
    if (!mu_try(r->plan, r->splice, &w->prover, &r->whole, &r->unproved, w->arena))
        return;
    compare_gaps(w);
    mu_needs *needs = mu_needs_of(mu_house_of(r->whole.tree, w->arena), &options->needs, &r->unproved);
    r->after = needs ? mu_cover_of(needs, options->order, options->most, NULL, NULL, &r->unproved) : NULL;
    if (needs)
        mu_needs_free(needs);
    if (r->after)
        r->unproved = as_foreseen(r->after, r->repair->after) ? NULL : "the changed plan still breaks where the repair says that it does not";
}

mu_repairs *mu_repairs_of(const mu_tree *plan, const mu_house *house, const mu_repair_options *options, int64_t now, mu_cuts_watch watch, void *self, const char **why)
{
    static const mu_scenes none = {NULL, 0};
    mu_arena *arena = house->judge.arena;
    mu_repairs *r = mu_alloc(arena, sizeof *r);
    work w = {.r = r, .house = house, .prover = {mu_prove_on_paper, &now}, .arena = arena};
    w.judge = (mu_judge){.root = mu_tree_root(plan), .scenes = &none, .now = now, .arena = arena, .orders = mu_orders_new(arena)};
    r->plan = plan;
    r->splice = mu_splice_new(plan, arena);
    r->before = mu_judge_paper(plan, &none, now, arena);
    w.mender = (mu_mender){.judge = &w.judge, .splice = r->splice};
    w.open = mu_ids_of(&r->before, arena);
    w.open_count = r->before.count;
    if (!search(&w, *options, watch, self, why))
        return NULL;
    prove(&w, options);
    return r;
}

void mu_repairs_free(mu_repairs *r)
{
    if (r)
        mu_tried_free(&r->whole);
}
