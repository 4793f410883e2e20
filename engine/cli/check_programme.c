/* muster check programme.yaml: the programme, its plans and scenarios, and whether it drills as often as its rules want. */
#include <stdio.h>
#include <string.h>

#include "calltree/ways.h"
#include "cli/drill.h"
#include "cli/moment.h"
#include "cli/programme.h"
#include "plan/schema.h"

/* Players are roles of the plan: whoever misspells one would find out on the day. */
static void check_players(const mu_series *s, const mu_tree *plan, mu_diags *diags)
{
    const mu_node *roles = mu_get(mu_tree_root(plan), "roles"), *n = mu_get(s->node, "players");
    const char *ids[512];
    size_t count = 0;
    for (const mu_node *c = roles && roles->kind == MU_MAP ? roles->first : NULL; c && count < 512; c = c->next)
        ids[count++] = c->key;
    for (const mu_node *c = !n ? NULL : n->kind == MU_LIST ? n->first : n; c; c = n->kind == MU_LIST ? c->next : NULL) {
        const char *near = mu_get(roles, c->text) ? NULL : mu_nearest(c->text, ids, count);
        if (!mu_get(roles, c->text))
            mu_diag_add(diags, MU_ERROR, 205, c->at, mu_format(mu_diags_arena(diags), "the plan has no role \"%s\"", c->text),
                        near ? mu_format(mu_diags_arena(diags), "did you mean \"%s\"?", near) : NULL);
    }
}

/* ---- call trees ---- */

static mu_tree *read_plan(const char *path)
{
    mu_diags *diags = mu_diags_new();
    mu_tree *plan = mu_tree_read(path, diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(plan, diags);
    bool wrong = mu_diags_count(diags, MU_ERROR) > 0;
    mu_say_diags(diags);
    mu_diags_free(diags);
    if (wrong)
        mu_tree_free(plan);
    return wrong ? NULL : plan;
}

/* Which recipients the plan of a call tree has. */
static void mark_known(const mu_programme *p, const mu_tree *plan, bool *known)
{
    mu_contact contact;
    for (int i = 0; i < p->recipient_count; i++)
        known[i] = known[i] || (p->recipients[i].is && mu_contact_of(plan, p->recipients[i].is, 1, p->arena, &contact));
}

/* Whoever is misspelled would not be asked, and nobody would see it. */
static void check_known(const mu_programme *p, const bool *known, mu_diags *diags)
{
    for (int i = 0; i < p->recipient_count; i++) {
        const mu_node *n = mu_get(mu_get(mu_get(p->root, "recipients"), p->recipients[i].id), "is");
        if (n && !known[i])
            mu_diag_add(diags, MU_ERROR, 213, n->at, mu_format(mu_diags_arena(diags), "no plan of a call tree here says how to reach \"%s\"", n->text), "write person:ID or external:ID, as the plan has it, with its reach");
    }
}

static void check_calls(const mu_programme *p, mu_diags *diags)
{
    bool *known = mu_alloc(p->arena, (size_t)p->recipient_count + 1);
    for (int i = 0; i < p->series_count; i++) {
        const mu_series *s = &p->series[i];
        mu_tree *plan = s->mode == MU_CALLTREE ? read_plan(mu_beside(p, s->plan, p->arena)) : NULL;
        if (plan)
            mark_known(p, plan, known);
        else if (s->mode == MU_CALLTREE)
            mu_diag_add(diags, MU_ERROR, 200, mu_place(s->node), mu_format(mu_diags_arena(diags), "%s cannot be held: %s has the mistakes above", s->id, s->plan), NULL);
        mu_tree_free(plan);
    }
    check_known(p, known, diags);
}

/* Reads plan, scenarios and assumptions as the drill will; what is wrong in them is shown by their reader. */
static int check_inputs(const mu_programme *p, const mu_series *s, mu_diags *diags)
{
    int status = 0;
    for (int i = 0; i < s->scenario_count; i++) {
        mu_drill d = {0};
        const char *plan = mu_beside(p, s->plan, p->arena), *assume = s->assumptions ? mu_beside(p, s->assumptions, p->arena) : NULL;
        int one = mu_drill_load(&d, plan, mu_beside(p, s->scenarios[i], p->arena), assume);
        if (!one && i == 0)
            check_players(s, d.plan, diags);
        if (one)
            mu_diag_add(diags, MU_ERROR, 200, mu_place(s->node), mu_format(mu_diags_arena(diags), "%s cannot be played: %s with %s has the mistakes above", s->id, s->scenarios[i], s->plan), NULL);
        status = one ? one : status;
        mu_drill_free(&d);
    }
    return status;
}

static void check_rules(const mu_programme *p, int64_t at, mu_diags *diags)
{
    const mu_held *held;
    const mu_occasion *list;
    const mu_due_by *due;
    int held_count = mu_drills_held(p, p->arena, &held), count = mu_occasions(p, at, at + 800 * MU_DAY_MS, 1000, p->arena, &list);
    int rules = mu_due_by_rules(p, held, held_count, list, count, p->arena, &due);
    const mu_node *n = mu_get(mu_get(p->root, "programme"), "rules"), *c = n && n->kind == MU_LIST ? n->first : n;
    for (int i = 0; i < rules && c; i++, c = c->next)
        if (due[i].state != MU_IN_TIME && due[i].state != MU_NO_NUMBER)
            mu_diag_add(diags, MU_WARNING, 209, c->at, mu_format(mu_diags_arena(diags), "%s: %s", due[i].rule->id, mu_due_by_words(&due[i], p->arena)), "muster schedule next says what is due by when");
}

static int say(const mu_programme *p, int64_t at)
{
    const mu_occasion *list;
    int year = mu_occasions(p, at, at + 366 * MU_DAY_MS, 1000, p->arena, &list);
    mu_buf out = {0};
    mu_buf_printf(&out, "The programme can be read: %d drill%s, %d time%s in the next 366 days. muster schedule simulate %s shows them.\n", p->series_count,
                  p->series_count == 1 ? "" : "s", year, year == 1 ? "" : "s", p->path);
    return mu_put_all(&out);
}

/* Of a programme that cannot be read there is no zone, and nothing is said of the moment. */
static int64_t moment_of(const mu_programme *p, const int64_t *local)
{
    return local ? mu_zone_utc(p->zone, mu_moment_meant(mu_zone_name(p->zone), *local, "the programme is judged as it is")) : mu_moment_now();
}

int mu_check_programme(const char *path, mu_tree *tree, mu_diags *diags, const int64_t *local)
{
    mu_arena *arena = mu_arena_new();
    mu_programme *p = mu_programme_read(path, tree, diags, arena);
    int64_t at = mu_diags_count(diags, MU_ERROR) == 0 ? moment_of(p, local) : 0;
    bool sound = mu_tree_whole(tree) && mu_diags_count(diags, MU_ERROR) == 0;
    for (int i = 0; sound && i < p->series_count; i++)
        (void)check_inputs(p, &p->series[i], diags);
    if (sound)
        check_calls(p, diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        check_rules(p, at, diags);
    mu_say_diags(diags);
    size_t errors = mu_diags_count(diags, MU_ERROR);
    if (errors)
        fprintf(stderr, "\n%zu error%s. No drill of this programme runs before %s mended.\n", errors, errors == 1 ? "" : "s", errors == 1 ? "it is" : "they are");
    int status = errors ? 3 : say(p, at);
    mu_arena_free(arena);
    return status;
}
