/* Gaps of time that a plan's text shows. */
#include <stdlib.h>
#include <string.h>

#include "analysis/duties.h"
#include "analysis/paths.h"
#include "analysis/shared.h"
#include "plan/law.h"
#include "plan/schema.h"

static void no_targets(mu_judge *j)
{
    static const char *const keys[] = {"acknowledge_within", "assemble_within", "declare_within", "contain_within", "update_every"};
    static const char *const words[] = {"to acknowledge", "to assemble", "to declare", "to contain", "to update"};
    MU_EACH (s, mu_get(j->root, "severities")) {
        const char *missing = "";
        for (size_t i = 0; i < 5 && s->kind == MU_MAP; i++) {
            const mu_node *time = mu_get(s, keys[i]);
            const char *when = mu_hours_without(time);
            bool by_day_only = mu_is(s, "cover", "working_hours") && when && *when == 'o';
            if (!time || (when && !by_day_only))
                missing = MU_SAY(j, "%s%s%s%s%s", missing, *missing ? ", " : "", words[i], when ? " " : "", when ? when : "");
        }
        if (*missing)
            mu_found_in(j, "TIM-08", "severity", s, NULL, MU_SAY(j, "%s sets no time %s", s->key, missing));
    }
}

/* ---- targets that cannot be met ---- */

static bool declares(const mu_judge *j, const mu_node *step)
{
    const mu_node *action = mu_get(step, "action");
    (void)j;
    return action && action->ref && mu_declares(action->ref);
}

static bool recovers(const mu_judge *j, const mu_node *step)
{
    (void)j;
    return mu_step_in(step, "recover");
}

/* What a playbook comes to, and the steps that do it. */
enum { CONTAINED, DECLARED, RECOVERED, GOALS };
static bool (*const does_goal[GOALS])(const mu_judge *j, const mu_node *step) = {mu_contains, declares, recovers};

/* The least time until the last such step is done; -1 where there is none. */
typedef struct pace {
    int64_t of[GOALS];
} pace;

static pace pace_of(const mu_judge *j, const mu_node *book)
{
    mu_path path = mu_path_of(j, book);
    pace l = {{-1, -1, -1}};
    for (int i = 0; i < path.count; i++)
        for (int goal = 0; goal < GOALS; goal++)
            if (path.done[i] > l.of[goal] && does_goal[goal](j, path.steps[i]))
                l.of[goal] = path.done[i];
    return l;
}

/* Of each playbook in their order, and of all together the quickest; asked for only where something is to be done in time. */
typedef struct paces {
    pace quickest, *books;
} paces;

static paces paces_of(const mu_judge *j)
{
    const mu_node *books = mu_get(j->root, "playbooks");
    paces p = {.quickest = {{-1, -1, -1}}, .books = mu_alloc(j->arena, ((size_t)(books ? books->count : 0) + 1) * sizeof *p.books)};
    int n = 0;
    if (!mu_get(j->root, "severities") && !mu_get(j->root, "assets"))
        return p;
    MU_EACH (book, books) {
        const pace *one = &p.books[n];
        p.books[n++] = pace_of(j, book);
        for (int goal = 0; goal < GOALS; goal++)
            if (one->of[goal] >= 0 && (p.quickest.of[goal] < 0 || one->of[goal] < p.quickest.of[goal]))
                p.quickest.of[goal] = one->of[goal];
    }
    return p;
}

static void level_too_short(mu_judge *j, const mu_node *level, const char *key, int64_t least, const char *what)
{
    const mu_node *target = mu_get(level, key);
    int64_t most = mu_longest(target);
    if (most >= 0 && least > most)
        mu_found_in(j, "TIM-07", "severity", level, target,
                    MU_SAY(j, "%s gives %s %s, and by every playbook waiting for outside parties alone takes %s", level->key, mu_long(j, most), what, mu_long(j, least)));
}

/* A role of the quorum that an outside party holds comes when its contract says. */
static void quorum_from_outside(mu_judge *j, const mu_node *level)
{
    const mu_node *target = mu_get(level, "assemble_within");
    MU_EACH (r, mu_get(mu_get(mu_get(j->root, "team"), "quorum"), level->key)) {
        const mu_node *outside = mu_get(r->ref, "external");
        int64_t responds = outside && outside->ref && !mu_get(r->ref, "holders") && !mu_get(r->ref, "rotation") ? mu_responds(outside->ref) : -1;
        if (target && outside && outside->ref && responds > mu_longest(target))
            mu_caused_by(j, mu_found_in(j, "TIM-07", "severity", level, target, MU_SAY(j, "%s wants %s within %s, and %s, who holds it, has %s to respond", level->key, mu_title(j, r->ref),
                         mu_long(j, mu_longest(target)), mu_title(j, outside->ref), mu_long(j, responds))), "external", outside->ref);
    }
}

static void levels_infeasible(mu_judge *j, const paces *p)
{
    MU_EACH (s, mu_get(j->root, "severities")) {
        if (!mu_is_level(s))
            continue;
        level_too_short(j, s, "contain_within", p->quickest.of[CONTAINED], "to contain");
        level_too_short(j, s, "declare_within", p->quickest.of[DECLARED], "to declare");
        quorum_from_outside(j, s);
    }
}

static void assets_infeasible(mu_judge *j, const paces *p)
{
    int64_t least = p->quickest.of[RECOVERED];
    MU_EACH (a, mu_get(j->root, "assets")) {
        const mu_node *rto = mu_get(a, "rto");
        if (rto && rto->kind == MU_SCALAR && rto->value > 0 && least > rto->value)
            mu_found_in(j, "TIM-07", "asset", a, rto, MU_SAY(j, "%s is to be back within %s, and by every playbook waiting for outside parties alone takes %s", a->key, rto->text, mu_long(j, least)));
    }
}

/* Where no playbook at all is quick enough, the levels say so. */
static void book_infeasible(mu_judge *j, const mu_node *book, int64_t least, int64_t most, int64_t others)
{
    if (most >= 0 && least > most && others <= most)
        mu_found_in(j, "TIM-07", "playbook", book, NULL, MU_SAY(j, "By the playbook \"%s\" waiting for outside parties alone takes %s, and no level gives more than %s to contain", book->key, mu_long(j, least), mu_long(j, most)));
}

/* ---- a step that may take longer than what it serves ---- */

/* The time of a step; -1 where it has none, or one that counts from elsewhere. */
static int64_t given(const mu_node *step)
{
    const mu_node *within = mu_get(step, "within");
    return within && within->kind == MU_SCALAR && within->value > 0 ? within->value : -1;
}

static const mu_node *phase_of(const mu_judge *j, const mu_node *step)
{
    MU_EACH (p, mu_get(j->root, "phases"))
        if (mu_step_in(step, p->key))
            return p;
    return NULL;
}

/* The longest that a section gives anywhere under `key`; -1 where it gives none. */
static int64_t longest_in(const mu_judge *j, const char *section, const char *key)
{
    int64_t most = -1;
    MU_EACH (n, mu_get(j->root, section)) {
        int64_t one = mu_longest(mu_get(n, key));
        most = one > most ? one : most;
    }
    return most;
}

static void step_too_long(mu_judge *j, const mu_node *book, const mu_node *step, int64_t most, const char *what)
{
    if (most > 0 && given(step) > most)
        mu_found(j, "TIM-07", MU_SAY(j, "step:%s/%s", book->key, mu_get_text(step, "id")), mu_place(mu_get(step, "within")),
                 MU_SAY(j, "The step \"%s\" may take %s, and %s within %s", mu_get_text(step, "id"), mu_get(step, "within")->text, what, mu_long(j, most)));
}

/* ---- what brings an asset back ---- */

/* Everything that assets stand on, and the backups of them, each with the asset of those that may be away longest. */
typedef struct grounds {
    mu_set things;
    const mu_node **asset;
    size_t room;
} grounds;

static int by_rto(const void *left, const void *right)
{
    const mu_node *a = *(const mu_node *const *)left, *b = *(const mu_node *const *)right;
    int64_t x = mu_longest(mu_get(a, "rto")), y = mu_longest(mu_get(b, "rto"));
    return x != y ? x > y ? -1 : 1 : a->number < b->number ? -1 : 1;
}

static void stands_under(const mu_judge *j, grounds *g, const mu_node *thing, const mu_node *asset)
{
    if (!thing || mu_has(&g->things, thing))
        return;
    mu_put(&g->things, thing);
    if (g->things.count > g->room) {
        size_t room = g->room * 2 + 16;
        const mu_node **more = mu_alloc(j->arena, room * sizeof *more);
        if (g->room)
            memcpy(more, g->asset, g->room * sizeof *more);
        g->asset = more;
        g->room = room;
    }
    g->asset[g->things.count - 1] = asset;
    MU_EACH (d, mu_get(thing, "depends_on"))
        stands_under(j, g, d->ref, asset);
}

static grounds grounds_of(const mu_judge *j)
{
    const mu_node *assets = mu_get(j->root, "assets");
    const mu_node **list = mu_alloc(j->arena, (size_t)(assets ? assets->count + 1 : 1) * sizeof *list);
    grounds g = {.things = MU_SET(j)};
    size_t n = 0;
    MU_EACH (a, assets)
        if (mu_longest(mu_get(a, "rto")) > 0)
            list[n++] = a;
    qsort(list, n, sizeof *list, by_rto);
    for (size_t i = 0; i < n; i++)
        stands_under(j, &g, list[i], list[i]);
    MU_EACH (b, mu_get(mu_get(j->root, "resources"), "backups")) {
        const mu_node *of = mu_get(b, "of");
        if (of && of->ref && mu_has(&g.things, of->ref))
            stands_under(j, &g, b, of->ref);
    }
    return g;
}

/* The asset that a step works on: what its action needs is a backup of it, or stands on what it stands on. Of several the one that may
 * be away longest; NULL where there is none. */
static const mu_node *works_on(const mu_judge *j, const grounds *g, const mu_node *step)
{
    const mu_node *action = mu_get(step, "action"), *found = NULL;
    mu_set needs = MU_SET(j);
    MU_EACH (access, action && action->ref ? mu_get(action->ref, "access") : NULL)
        mu_ground(access->ref, &needs);
    for (size_t i = 0; i < needs.count; i++) {
        size_t at = mu_place_in(&g->things, needs.list[i]);
        const mu_node *one = at < g->things.count ? g->asset[at] : NULL;
        if (one && (!found || mu_longest(mu_get(one, "rto")) > mu_longest(mu_get(found, "rto"))))
            found = one;
    }
    return found;
}

static bool no_book_recovers_in(const mu_judge *j, int64_t rto)
{
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        int64_t longest = -1;
        MU_EACH (step, mu_get(book, "steps"))
            longest = given(step) > longest && recovers(j, step) ? given(step) : longest;
        if (longest >= 0 && longest <= rto)
            return false;
    }
    return true;
}

/* A playbook may bring back what is no asset of the plan: a lost laptop. Its steps are held against the assets that they work on; one
 * that works on none, against all of them, and only where no playbook at all is quick enough. */
static void recovers_late(mu_judge *j, const grounds *g, const mu_node *book, const mu_node *step, int64_t all, bool none_in_time)
{
    const mu_node *asset = works_on(j, g, step);
    if (asset)
        step_too_long(j, book, step, mu_longest(mu_get(asset, "rto")), MU_SAY(j, "%s, on which it works, is to be back", asset->key));
    else if (none_in_time)
        step_too_long(j, book, step, all, "every asset is to be back");
}

/* A contract says by when a party comes at the latest. Of what is to contain, that counts where it is later than every level
 * that is covered at every hour waits; a shorter time of the step alone is the party's to beat. */
static void step_waits(mu_judge *j, const mu_node *book, const mu_node *step)
{
    const mu_node *action = mu_get(step, "action"), *outside = action && action->ref ? mu_done_outside(j, action->ref) : NULL;
    int64_t responds = outside ? mu_responds(outside) : -1, lax = mu_step_in(step, "contain") ? mu_laxest_contain(j, true) : -1, most = given(step);
    int64_t engage = outside ? mu_shortest(mu_get(action->ref, "engage_within")) : -1;
    if (most >= 0 && engage > most)
        mu_found(j, "TIM-07", MU_SAY(j, "step:%s/%s", book->key, mu_get_text(step, "id")), mu_place(mu_get(step, "within")),
                 MU_SAY(j, "The step \"%s\" has %s, and to engage %s for it the matrix gives %s", mu_get_text(step, "id"), mu_get(step, "within")->text,
                        mu_title(j, outside), mu_long(j, engage)));
    if (most < 0 || engage > most || responds <= most || responds <= lax)
        return;
    mu_caused_by(j, mu_found(j, "TIM-07", MU_SAY(j, "step:%s/%s", book->key, mu_get_text(step, "id")), mu_place(mu_get(step, "within")),
                             MU_SAY(j, "The step \"%s\" has %s, and %s, who does it, has %s to respond", mu_get_text(step, "id"), mu_get(step, "within")->text, mu_title(j, outside), mu_long(j, responds))),
                 "external", outside);
}

/* The shorter of what the law gives and what the plan says; -1 where neither is a number. */
static int64_t window_of(const mu_node *duty)
{
    static const char *const keys[] = {"within", "stated"};
    const mu_clock_rule *rule = mu_law_of(duty);
    int64_t least = rule ? mu_clock_rule_ms(rule) : -1;
    mu_duration d;
    for (size_t i = 0; i < 2; i++) {
        const char *text = mu_get_text(duty, keys[i]);
        int64_t one = text && mu_duration_read(text, &d) ? mu_duration_ms(d) : -1;
        least = one > 0 && (least < 0 || one < least) ? one : least;
    }
    return least;
}

/* Of each action that notices are given by, the longest time of those; -1 where one of them has no number. */
typedef struct windows {
    mu_set actions;
    int64_t *longest;
} windows;

static windows windows_of(mu_judge *j)
{
    const mu_node *duties = mu_get(j->root, "obligations");
    windows w = {.actions = MU_SET(j), .longest = mu_alloc(j->arena, ((size_t)(duties ? duties->count : 0) + 1) * sizeof *w.longest)};
    MU_EACH (o, duties) {
        const mu_node *action = mu_get(o, "action");
        if (!action || !action->ref)
            continue;
        int64_t one = window_of(o);
        size_t at = mu_place_in(&w.actions, action->ref);
        bool first = at == w.actions.count;
        mu_put(&w.actions, action->ref);
        w.longest[at] = one < 0 || (!first && w.longest[at] < 0) ? -1 : first || one > w.longest[at] ? one : w.longest[at];
    }
    return w;
}

/* -1 as well where a step serves no duty. */
static int64_t longest_window(const windows *w, const mu_node *step)
{
    const mu_node *does = mu_get(step, "action");
    size_t at = does && does->ref ? mu_place_in(&w->actions, does->ref) : w->actions.count;
    return at < w->actions.count ? w->longest[at] : -1;
}

static void playbooks_infeasible(mu_judge *j, const paces *p)
{
    int64_t most = mu_laxest_contain(j, false);
    int64_t rto = longest_in(j, "assets", "rto"), declaring = longest_in(j, "severities", "declare_within");
    windows notices = windows_of(j);
    bool none_in_time = no_book_recovers_in(j, rto);
    grounds g = grounds_of(j);
    const pace *own = p->books;
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        book_infeasible(j, book, (own++)->of[CONTAINED], most, p->quickest.of[CONTAINED]);
        MU_EACH (step, mu_get(book, "steps")) {
            if (given(step) < 0)
                continue;
            const mu_node *phase = phase_of(j, step);
            int64_t of_phase = mu_longest(mu_get(phase, "within")), of_duty = longest_window(&notices, step);
            if (of_phase > 0 && given(step) > of_phase)
                step_too_long(j, book, step, of_phase, MU_SAY(j, "its phase \"%s\" is to end", phase->key));
            else if (of_duty > 0 && given(step) > of_duty)
                step_too_long(j, book, step, of_duty, "every notice that it gives is due");
            else if (recovers(j, step))
                recovers_late(j, &g, book, step, rto, none_in_time);
            else if (declares(j, step))
                step_too_long(j, book, step, declaring, "every level is to be declared");
            else if (mu_contains(j, step))
                step_too_long(j, book, step, most, "every level is to be contained");
            step_waits(j, book, step);
        }
    }
}

/* ---- notices ---- */

/* Where a clock starts with the decision, the time to decide is not within its window. */
static void notices_infeasible(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_node *action = mu_get(o, "action"), *by = mu_get(o, "decided_by"), *within = mu_get(o, "decide_within");
        int64_t window = window_of(o), least = action && action->ref ? mu_least_of(j, action->ref) : 0, deciding = mu_duty_starts_with_decision(o) ? -1 : mu_longest(within);
        if (by && by->ref && mu_under(j, by->ref, "raci") && !mu_duty_starts_with_decision(o))
            least += mu_least_of(j, by->ref);
        if (window < 0)
            continue;
        if (least > window)
            mu_found_in(j, "TIM-07", "obligation", o, NULL, MU_SAY(j, "%s is due within %s, and waiting for outside parties alone takes %s", o->key, mu_long(j, window), mu_long(j, least)));
        else if (deciding > window)
            mu_found_in(j, "TIM-07", "obligation", o, within, MU_SAY(j, "Whether to notify under %s may take %s to decide, and the notice is due within %s of the same moment", o->key, within->text, mu_long(j, window)));
    }
}

static void infeasible(mu_judge *j)
{
    paces p = paces_of(j);
    levels_infeasible(j, &p);
    playbooks_infeasible(j, &p);
    assets_infeasible(j, &p);
    notices_infeasible(j);
}

const mu_rule mu_rules_timing[] = {
    {"TIM-07", infeasible,
     "with everybody answering at once, what cannot be skipped takes longer than a level, a phase, a recovery time or a duty gives; or a step may take longer than what it serves (a step of recovery: than an asset that it works on; than every asset, where no playbook is quick enough)"},
    {"TIM-08", no_targets,
     "a severity without a time to acknowledge, assemble, declare, contain or update"},
    {NULL, NULL, NULL},
};
