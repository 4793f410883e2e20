/* muster amend: a patch to the plan that closes what can be closed by writing, and asks what only people know. */
#include "cli/amend.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/calendar.h"
#include "cli/absent.h"
#include "cli/command.h"
#include "cli/moment.h"
#include "cli/patches.h"
#include "plan/codes.h"
#include "plan/schema.h"

enum { NAMES = 256 };

typedef struct amend {
    mu_args args;
    mu_arena *arena;
    const char *plan_path;
    int64_t at;
    bool json, write;
    const char *only[NAMES]; /* types of gap, or ids of findings */
    bool found[NAMES];
    int only_count;
    mu_amend_cover cover; /* order 0: by gaps */
    mu_amend_source source;
    mu_tree *plan;
    mu_diags *diags;
} amend;

/* ---- the command line ---- */

/* "ESC-03,4f1c..." and the option again: each is a type of gap or the id of a finding. */
static int read_only(amend *a)
{
    const mu_args *args = &a->args;
    int at = 0;
    for (char *list; (list = mu_arg_next(args, "only", &at));)
        for (char *word = list; *word && a->only_count < NAMES; word += strcspn(word, ","), word += *word == ',') {
            const char *one = mu_copy(a->arena, word, strcspn(word, ","));
            bool known = strlen(one) == 16 && strspn(one, "0123456789abcdef") == 16;
            for (const mu_gap *g = mu_gaps; g->id && !known; g++)
                known = strcasecmp(g->id, one) == 0;
            if (!known)
                return mu_args_wrong(args, mu_format(a->arena, "--only: \"%s\" is no type of gap (muster explain gaps) and no id of a finding", one));
            a->only[a->only_count++] = one;
        }
    return MU_GO_ON;
}

/* NULL, or what is wrong. */
static const char *read_cover(amend *a)
{
    const mu_args *args = &a->args;
    const char *order = mu_arg(args, "cover");
    int with = 0, cost = 0;
    bool page = strcmp(mu_arg_or(args, "format", "diff"), "html") == 0;
    if (!order && (page || args->operand_count > 1))
        return page ? "--format html goes with --cover" : "a scenario goes with --cover; for the gaps of a drill there is --from";
    if (!order)
        return mu_arg(args, "with") || mu_arg(args, "cost") ? "--with and --cost go with --cover" : NULL;
    if (mu_arg(args, "from") || mu_arg(args, "only"))
        return "--cover goes with neither --from nor --only: it mends what absences break, not gaps";
    if (!mu_absent_order(order, &a->cover.order))
        return "--cover takes how many absences are to break nothing: 1 to 64";
    for (char *value; (value = mu_arg_next(args, "with", &with));)
        if (!mu_absent_kinds(value, &a->cover.kinds))
            return MU_ABSENT_KINDS;
    a->cover.kinds = a->cover.kinds ? a->cover.kinds : MU_EVERY_ELEMENT;
    for (int k = 0; k < MU_CHANGE_KINDS; k++)
        a->cover.costs[k] = 1;
    for (char *value; (value = mu_arg_next(args, "cost", &cost));)
        if (!mu_absent_costs(value, a->cover.costs))
            return MU_ABSENT_COSTS;
    a->cover.timed = mu_arg(args, "at") != NULL;
    a->cover.at = a->at;
    a->cover.scenario = args->operand_count > 1 ? args->operands[1] : NULL;
    a->cover.format = mu_arg_or(args, "format", "diff");
    a->cover.write = a->write;
    return NULL;
}

static int read_options(amend *a, int argc, char **argv)
{
    mu_args *args = &a->args;
    int status = mu_args_read(args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    a->plan_path = args->operands[0];
    a->json = *mu_arg_or(args, "format", "diff") == 'j';
    a->write = mu_arg(args, "write") != NULL;
    if (mu_arg(args, "at") && !mu_moment_read(mu_arg(args, "at"), &a->at))
        return mu_args_wrong(args, "--at takes a day or a moment: 2026-07-10, or \"2026-07-10 17:40\"");
    const char *wrong = read_cover(a);
    status = wrong ? mu_args_wrong(args, wrong) : read_only(a);
    if (status != MU_GO_ON || !mu_arg(args, "from"))
        return status;
    status = mu_amend_source_read(&a->source, mu_arg(args, "from"), a->arena);
    if (!status && a->source.journal && mu_arg(args, "at"))
        return mu_args_wrong(args, "--at does not go with a drill, which has its own moment");
    a->at = a->source.journal ? a->source.starts : a->at;
    return status ? status : MU_GO_ON;
}

/* ---- the plan, and what is chosen of its gaps ---- */

static int read_plan(amend *a)
{
    a->diags = mu_diags_new();
    a->plan = mu_tree_read(a->plan_path, a->diags);
    mu_schema_read_legible(a->plan, a->diags);
    size_t names = a->source.journal || a->cover.order ? 0 : mu_diags_of_code(a->diags, MU_CODE_DANGLING); /* no drill runs with a name that nothing answers */
    if (mu_diags_count(a->diags, MU_ERROR) == names) {
        const char *zone = mu_get_text(mu_get(mu_tree_root(a->plan), "organisation"), "timezone");
        if (!a->source.journal)
            a->at = a->cover.at = mu_arg(&a->args, "at") ? mu_moment_meant(zone, a->at, "the plan is judged as it is") : mu_moment_here(zone, a->arena);
        return 0;
    }
    mu_say_diags(a->diags);
    fputs("\nThe plan is not amended: mend this first.\n", stderr);
    return 3;
}

static bool in_document(const amend *a, const mu_finding *f)
{
    for (int i = 0; i < a->source.id_count; i++)
        if (strcmp(a->source.ids[i], f->id) == 0)
            return true;
    return !a->source.path;
}

static bool is_chosen(amend *a, const mu_finding *f)
{
    bool chosen = a->only_count == 0;
    for (int i = 0; i < a->only_count; i++)
        if (strcasecmp(a->only[i], f->gap->id) == 0 || strcmp(a->only[i], f->id) == 0)
            chosen = a->found[i] = true;
    return chosen && in_document(a, f);
}

static const bool *choose(amend *a, const mu_findings *f)
{
    bool *chosen = mu_alloc(a->arena, f->count + 1);
    int there = 0;
    for (size_t i = 0; i < f->count; i++) {
        chosen[i] = is_chosen(a, &f->list[i]);
        there += a->source.path && in_document(a, &f->list[i]);
    }
    for (int i = 0; i < a->only_count; i++)
        if (!a->found[i])
            fprintf(stderr, "muster: the plan has no gap %s\n", a->only[i]);
    if (there < a->source.id_count)
        fprintf(stderr, "muster: %d of the %d gaps in %s are not found in this plan any more\n", a->source.id_count - there, a->source.id_count, a->source.path);
    return chosen;
}

/* ---- doing it ---- */

static const char *proof_words(const amend *a)
{
    mu_date day = mu_date_of_day(mu_day_of(a->at));
    if (a->source.journal)
        return mu_format(a->arena, a->source.calltree ? "what the call tree of %s heard, held against the amended plan" : "the drill of %s played again with the amended plan", a->source.journal);
    return mu_format(a->arena, "judged again on paper as of %04d-%02d-%02d", day.year, day.month, day.day);
}

static int put(amend *a, const mu_amendment *done)
{
    mu_buf out = {0};
    if (a->json) {
        mu_amend_json(&out, done, &a->source, proof_words(a), a->arena);
    } else {
        mu_amend_words(&out, done, proof_words(a), a->arena);
        mu_amend_hunks(&out, done, mu_diff_name, NULL, a->arena);
    }
    return mu_put_all(&out);
}

/* The document speaks of another text than the one that would be written over. */
static bool plan_changed(const amend *a)
{
    const char *hash = a->source.plan_hash;
    bool changed = hash && strcmp(hash, mu_tree_hash(a->plan)) != 0;
    if (changed)
        fprintf(stderr, "muster: %s%s is not the plan that %s was made of: it was changed since\n", a->write ? "" : "warning: ", a->plan_path, a->source.path);
    return changed;
}

static int amend_plan(amend *a)
{
    mu_prover prover = {mu_prove_on_paper, &a->at};
    if (a->source.journal)
        prover = (mu_prover){mu_prove_by_drill, &a->source};
    mu_findings before;
    const char *why = "";
    if (plan_changed(a) && a->write)
        return 5;
    if (!prover.judge(prover.self, a->plan, a->arena, &before, &why)) {
        fprintf(stderr, "muster: %s: %s\n", a->plan_path, why);
        return 3;
    }
    mu_amendment done = mu_amend(a->plan, &before, choose(a, &before), a->at, &prover, a->arena);
    int status = put(a, &done);
    const char *untried = a->source.unplayed ? "the drill could not be played again with every change that was to be tried" : NULL;
    return status ? status : mu_amend_end(done.plan, done.splice, done.unproved ? done.unproved : untried, a->write);
}

int mu_cmd_amend(int argc, char **argv)
{
    amend a = {.arena = mu_arena_new()};
    int status = read_options(&a, argc, argv);
    if (status == MU_GO_ON)
        status = read_plan(&a);
    if (status == 0 && a.plan)
        status = a.cover.order ? mu_amend_by_cover(&a.cover, a.plan, a.arena) : amend_plan(&a);
    mu_amend_source_free(&a.source);
    mu_tree_free(a.plan);
    mu_diags_free(a.diags);
    mu_arena_free(a.arena);
    return status;
}
