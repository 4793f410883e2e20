/* What the plan says of roles and of the matrix in one place, written into another. */
#include "amend/ways.h"

#include <string.h>

#include "analysis/shared.h"

static const mu_node *row_of(const mu_mender *m, const mu_finding *f)
{
    const mu_node *row = mu_named_in(m->judge, f->subject);
    return row && mu_under(m->judge, row, "raci") ? row : NULL;
}

/* The phase of an action: its own word, or the phase that lists it. */
static const mu_node *phase_of(const mu_mender *m, const mu_node *row, const char *action)
{
    const mu_node *phases = mu_get(m->judge->root, "phases");
    const char *word = mu_get_text(row, "phase");
    if (word)
        return mu_get(phases, word);
    MU_EACH (phase, phases)
        MU_EACH (a, mu_get(phase, "actions"))
            if (strcmp(a->text, action) == 0)
                return phase;
    return NULL;
}

bool mu_lead_answers(mu_mender *m, const mu_finding *f)
{
    const mu_node *row = row_of(m, f), *phase = row ? phase_of(m, row, row->key) : NULL, *lead = mu_get(phase, "lead");
    if (!phase || !lead || lead->kind != MU_SCALAR || mu_cell_count(row, "A"))
        return false;
    MU_FROM(m, "the plan makes %s the lead of %s, in which the action stands", lead->text, phase->key);
    return mu_put_like(m, row, "A", mu_fresh_word(m, lead->text), mu_other_with(row->parent, row, "A"));
}

static bool has_authority(const mu_node *role, const char *word)
{
    MU_EACH (a, mu_get(role, "authority"))
        if (a->kind == MU_SCALAR && strcmp(a->text, word) == 0)
            return true;
    return false;
}

/* Of those who answer for a row the one who may; NULL where it is not exactly one. */
static const mu_node *who_may(const mu_node *cell, const char *authority)
{
    const mu_node *only = NULL;
    MU_EACH (a, cell)
        if (a->ref && authority && has_authority(a->ref, authority)) {
            if (only)
                return NULL;
            only = a;
        }
    return only;
}

bool mu_one_answers(mu_mender *m, const mu_finding *f)
{
    const mu_node *row = row_of(m, f), *cell = mu_get(row, "A");
    const char *authority = mu_get_text(row, "authority");
    const mu_node *may = who_may(cell, authority);
    if (!cell || !may)
        return false;
    MU_FROM(m, "of them %s alone has the authority %s, which the row asks for; the others hear of it", may->text, authority);
    bool done = mu_splice_set(m->splice, cell, mu_fresh_word(m, may->text));
    MU_EACH (a, cell)
        if (a != may)
            done = done && mu_put_item(m, row, "I", a->text, mu_other_with(row->parent, row, "I"));
    return done;
}

static bool in_cell(const mu_node *row, const char *key, const mu_node *who)
{
    const mu_node *cell = mu_get(row, key);
    for (const mu_node *n = mu_items(cell); n; n = cell->kind == MU_LIST ? n->next : NULL)
        if (n->ref == who->ref)
            return true;
    return false;
}

/* The A goes to the only role that may; whoever had it still hears of it. */
bool mu_authority_answers(mu_mender *m, const mu_finding *f)
{
    const mu_node *row = row_of(m, f), *cell = mu_get(row, "A"), *old = mu_items(cell), *only = NULL;
    const char *authority = mu_get_text(row, "authority");
    MU_EACH (role, authority && old && cell->kind == MU_SCALAR ? mu_get(m->judge->root, "roles") : NULL)
        if (has_authority(role, authority)) {
            if (only)
                return false;
            only = role;
        }
    if (!only)
        return false;
    MU_FROM(m, "%s is the only role with the authority %s (line %d)", only->key, authority, mu_at_key(only, "authority").line);
    bool told = in_cell(row, "R", old) || in_cell(row, "C", old) || in_cell(row, "I", old);
    return mu_splice_set(m->splice, cell, mu_fresh_word(m, only->key)) && (told || mu_put_item(m, row, "I", old->text, mu_other_with(row->parent, row, "I")));
}

/* The row is there under a name that is nearly the same; or the step that asks for an action without one says by whom, and its
 * phase who leads. */
bool mu_row_for_action(mu_mender *m, const mu_finding *f)
{
    if (mu_meant_name(m, f))
        return true;
    const mu_node *n = mu_node_at(m->judge->root, &f->at), *step = n ? n->parent : NULL, *by = mu_get(step, "by"), *raci = mu_get(m->judge->root, "raci");
    const char *word = mu_get_text(step, "phase");
    const mu_node *phase = n && word ? mu_get(mu_get(m->judge->root, "phases"), word) : NULL, *lead = mu_get(phase, "lead");
    mu_arena *arena = m->judge->arena;
    if (!raci || raci->kind != MU_MAP || !by || !phase || !lead || by->kind != MU_SCALAR || lead->kind != MU_SCALAR)
        return false;
    mu_fresh *row = mu_fresh_add(arena, mu_fresh_map(arena), "phase", mu_fresh_text(arena, word));
    mu_fresh_add(arena, row, "R", mu_fresh_add(arena, mu_fresh_list(arena), NULL, mu_fresh_of(arena, by)));
    mu_fresh_add(arena, row, "A", mu_fresh_of(arena, lead));
    MU_FROM(m, "its step says that %s does it, and %s leads %s", by->text, lead->text, phase->key);
    return mu_splice_put(m->splice, raci, n->text, row, NULL);
}

/* One time for all advice, where the plan has one. */
bool mu_time_for_advice(mu_mender *m, const mu_finding *f)
{
    const mu_node *row = row_of(m, f), *other = row ? mu_other_with(row->parent, row, "consult_within") : NULL, *own = mu_get(mu_get(row, "approve"), "if_silent_after");
    const mu_node *time = own ? own : mu_get(other, "consult_within");
    if (!row || mu_get(row, "consult_within") || !time || time->kind != MU_SCALAR)
        return false;
    MU_EACH (r, own ? NULL : row->parent) {
        const char *text = mu_get_text(r, "consult_within");
        if (mu_get(r, "consult_within") && (!text || strcmp(text, time->text) != 0))
            return false;
    }
    if (own)
        MU_FROM(m, "after as long a silence the row goes on without an approval");
    else
        MU_FROM(m, "every other row of the matrix that asks for advice waits as long");
    return mu_put_like(m, row, "consult_within", mu_fresh_of(m->judge->arena, time), other);
}

/* Of those who must hear of an action the only role there is; the sentence of the finding says of which function. */
bool mu_told(mu_mender *m, const mu_finding *f)
{
    static const struct { const char *said, *function, *or_function; } functions[] = {{"xecutive", "executive", NULL}, {"egal and privacy", "privacy", "legal"}};
    const mu_node *row = row_of(m, f), *role = NULL;
    for (size_t i = 0; row && i < sizeof functions / sizeof *functions && !role; i++)
        if (strstr(f->text, functions[i].said)) {
            role = mu_only_role(m, functions[i].function);
            role = role || !functions[i].or_function ? role : mu_only_role(m, functions[i].or_function);
        }
    if (!role)
        return false;
    MU_FROM(m, "%s is the only role of its function", role->key);
    return mu_put_item(m, row, "I", role->key, mu_other_with(row->parent, row, "I"));
}

bool mu_function_listed(mu_mender *m, const mu_finding *f)
{
    const mu_node *team = mu_get(m->judge->root, "team"), *functions = mu_get(team, "functions");
    const char *word = strchr(f->subject, ':');
    MU_EACH (role, word && functions && functions->kind == MU_LIST ? mu_get(m->judge->root, "roles") : NULL)
        if (mu_is(role, "function", word + 1)) {
            MU_FROM(m, "the role %s has this function", role->key);
            return mu_splice_put(m->splice, functions, NULL, mu_fresh_word(m, word + 1), NULL);
        }
    return false;
}

bool mu_matrix_rules(mu_mender *m, const mu_finding *f)
{
    const mu_node *by = mu_node_at(m->judge->root, &f->at);
    if (!by || !by->key || strcmp(by->key, "by") != 0)
        return false;
    MU_FROM(m, "the matrix says who does it, and a step without \"by\" goes by the matrix");
    return mu_splice_drop(m->splice, by);
}
