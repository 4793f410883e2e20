#include "participants/assume.h"

#include <stdlib.h>
#include <string.h>

#include "plan/codes.h"
#include "plan/schema.h"

enum { MINUTE = 60000 };

typedef struct habit_row {
    const char *word;
    mu_pace pace;
} habit_row;

/* Conventions of ours, resting on no evidence; a report that used them says so. */
static const habit_row habits[MU_HABITS] = {
    [HABIT_ACKNOWLEDGE] = {"acknowledge", {1 * MINUTE, 4 * MINUTE, 15 * MINUTE, 5, "default"}},
    [HABIT_ANSWER] = {"answer", {2 * MINUTE, 6 * MINUTE, 20 * MINUTE, 3, "default"}},
    [HABIT_START] = {"start", {1 * MINUTE, 4 * MINUTE, 12 * MINUTE, 0, "default"}},
    [HABIT_WORK] = {"work", {8 * MINUTE, 20 * MINUTE, 60 * MINUTE, 0, "default"}},
    [HABIT_CONSULT] = {"consult", {2 * MINUTE, 6 * MINUTE, 20 * MINUTE, 3, "default"}},
    [HABIT_DECIDE] = {"decide", {2 * MINUTE, 6 * MINUTE, 20 * MINUTE, 0, "default"}},
    [HABIT_WRITE] = {"write", {8 * MINUTE, 20 * MINUTE, 60 * MINUTE, 0, "default"}},
};

struct mu_assumptions {
    mu_tree *tree;
    const mu_node *root;
    const char *hash;
};

const char *mu_habit_word(mu_habit habit)
{
    return habits[habit].word;
}

/* ---- reading ---- */

static void wrong(mu_diags *d, const mu_node *n, const char *text, const char *help)
{
    mu_diag_add(d, MU_ERROR, 60, mu_place(n), text, help);
}

/* What nine in ten stay under cannot be less than what half do. */
static void check_order(const mu_node *pace, mu_diags *d)
{
    static const char *const keys[] = {"fast", "usual", "slow"};
    for (int i = 1; i < 3; i++) {
        const mu_node *before = mu_get(pace, keys[i - 1]), *this = mu_get(pace, keys[i]);
        if (before && this && before->value > this->value)
            wrong(d, this, mu_format(mu_diags_arena(d), "%s is shorter than %s", keys[i], keys[i - 1]), "fast is what one in ten stays under, usual half, slow nine in ten");
    }
}

static void read_pace(const mu_node *pace, mu_diags *d)
{
    static const char *const keys[] = {"fast", "usual", "slow", "never", "origin", "n"};
    for (mu_node *c = pace->first; c; c = c->next) {
        mu_duration length;
        char *end;
        long n = strtol(c->text, &end, 10);
        bool number = *c->text && !*end && n >= 0;
        int i = 0;
        while (i < 6 && strcmp(keys[i], c->key) != 0)
            i++;
        if (i == 6)
            wrong(d, c, mu_format(mu_diags_arena(d), "unknown key \"%s\"", c->key), "fast, usual, slow, never, origin or n");
        else if (i < 3 && !mu_duration_read(c->text, &length))
            wrong(d, c, mu_format(mu_diags_arena(d), "\"%s\" is not a duration", c->text), "write 90s, 4m or 1h");
        else if (i == 3 && (!number || n > 100))
            wrong(d, c, "never is a percentage from 0 to 100", NULL);
        else if (i == 4 && strcmp(c->text, "default") && strcmp(c->text, "asked") && strcmp(c->text, "measured"))
            wrong(d, c, "an origin is default, asked or measured", NULL);
        else if (i < 3)
            c->value = mu_duration_ms(length);
        else if (number)
            c->value = n;
    }
    check_order(pace, d);
}

static void read_habits(const mu_node *of, mu_diags *d)
{
    for (const mu_node *c = of->first; c; c = c->next) {
        int i = 0;
        while (i < MU_HABITS && strcmp(habits[i].word, c->key) != 0)
            i++;
        if (i == MU_HABITS)
            wrong(d, c, mu_format(mu_diags_arena(d), "unknown habit \"%s\"", c->key), "acknowledge, answer, start, work, consult, decide or write");
        else if (c->kind != MU_MAP)
            wrong(d, c, "a habit is a map", "write {fast: 1m, usual: 4m, slow: 15m, never: 5, origin: asked}");
        else
            read_pace(c, d);
    }
}

static void read_people(const mu_node *people, const mu_tree *plan, mu_diags *d)
{
    for (const mu_node *c = people->first; c; c = c->next) {
        if (!mu_get(mu_get(mu_tree_root(plan), "people"), c->key) && !mu_tree_took(plan, c->key))
            wrong(d, c, mu_format(mu_diags_arena(d), "the plan has no person \"%s\"", c->key), NULL);
        if (c->kind == MU_MAP)
            read_habits(c, d);
    }
}

static void read_root(const mu_node *root, const mu_tree *plan, mu_diags *d)
{
    const char *version = mu_get_text(root, "muster_assumptions");
    if (!version || strcmp(version, "1") != 0) {
        wrong(d, root, "this is no assumptions file", "begin with \"muster_assumptions: 1\"");
        return; /* of a plan that was named here by mistake every line would be wrong */
    }
    for (const mu_node *c = root->first; c; c = c->next) {
        if (strcmp(c->key, "defaults") == 0 && c->kind == MU_MAP)
            read_habits(c, d);
        else if (strcmp(c->key, "people") == 0 && c->kind == MU_MAP)
            read_people(c, plan, d);
        else if (strcmp(c->key, "at_once") == 0 && (strcmp(c->text, "yes") == 0 || strcmp(c->text, "no") == 0))
            continue;
        else if (strcmp(c->key, "muster_assumptions") && strcmp(c->key, "answers") && strcmp(c->key, "outcomes"))
            wrong(d, c, mu_format(mu_diags_arena(d), "unknown key \"%s\", or no map", c->key), "defaults, people, answers, outcomes or at_once");
    }
}

mu_assumptions *mu_assumptions_read(const char *path, const mu_tree *plan, mu_diags *d)
{
    mu_assumptions *a = mu_grow(NULL, sizeof *a);
    *a = (mu_assumptions){.hash = "defaults"};
    if (!path)
        return a;
    size_t unread = mu_diags_of_code(d, MU_CODE_UNREAD);
    a->tree = mu_tree_read_loose(path, d);
    a->root = mu_tree_root(a->tree);
    a->hash = mu_tree_hash(a->tree);
    if (mu_tree_legible(a->tree) && mu_diags_of_code(d, MU_CODE_UNREAD) == unread)
        read_root(a->root, plan, d);
    return a;
}

void mu_assumptions_free(mu_assumptions *a)
{
    if (!a)
        return;
    mu_tree_free(a->tree);
    free(a);
}

const char *mu_assumptions_hash(const mu_assumptions *a)
{
    return a->hash;
}

/* ---- asking ---- */

static void overlay(mu_pace *pace, const mu_node *own)
{
    const mu_node *fast = mu_get(own, "fast"), *usual = mu_get(own, "usual"), *slow = mu_get(own, "slow"), *never = mu_get(own, "never");
    int64_t middle = pace->usual > 0 ? pace->usual : 1;
    if (usual && !fast) /* a middle alone keeps the shape */
        pace->fast = pace->fast * usual->value / middle;
    if (usual && !slow)
        pace->slow = pace->slow * usual->value / middle;
    pace->fast = fast ? fast->value : pace->fast;
    pace->usual = usual ? usual->value : pace->usual;
    pace->slow = slow ? slow->value : pace->slow;
    pace->never = never ? (int)never->value : pace->never;
    pace->origin = mu_get_text(own, "origin") ? mu_get_text(own, "origin") : pace->origin;
}

mu_pace mu_pace_of(const mu_assumptions *a, const char *person, mu_habit habit)
{
    mu_pace pace = habits[habit].pace;
    const char *id = strchr(person, ':') ? strchr(person, ':') + 1 : person;
    overlay(&pace, mu_get(mu_get(a->root, "defaults"), habits[habit].word));
    overlay(&pace, mu_get(mu_get(mu_get(a->root, "people"), id), habits[habit].word));
    return pace;
}

const char *mu_fixed_answer(const mu_assumptions *a, const char *card)
{
    return mu_get_text(mu_get(a->root, "answers"), card);
}

const char *mu_fixed_outcome(const mu_assumptions *a, const char *step)
{
    return mu_get_text(mu_get(a->root, "outcomes"), step);
}

bool mu_at_once(const mu_assumptions *a)
{
    const char *word = mu_get_text(a->root, "at_once");
    return word && strcmp(word, "yes") == 0;
}

static mu_assumed assumed(const mu_assumptions *a, const char *person, mu_habit habit)
{
    mu_pace pace = mu_pace_of(a, person ? person : "", habit);
    return (mu_assumed){mu_habit_word(habit), person, pace.origin, pace.usual, pace.never};
}

int mu_assumptions_list(const mu_assumptions *a, mu_arena *arena, const mu_assumed **list)
{
    const mu_node *people = mu_get(a->root, "people");
    int n = 0, room = MU_HABITS * (1 + (people ? people->count : 0));
    mu_assumed *out = mu_alloc(arena, (size_t)room * sizeof *out);
    for (int h = 0; h < MU_HABITS; h++)
        out[n++] = assumed(a, NULL, (mu_habit)h);
    for (const mu_node *p = people ? people->first : NULL; p; p = p->next)
        for (int h = 0; h < MU_HABITS; h++)
            if (mu_get(p, habits[h].word))
                out[n++] = assumed(a, mu_format(arena, "person:%s", p->key), (mu_habit)h);
    *list = out;
    return n;
}
