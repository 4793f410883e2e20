#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/paper.h"
#include "base/check.h"
#include "base/calendar.h"
#include "base/index.h"
#include "base/json.h"
#include "base/zone.h"
#include "cli/check_scenario.h"
#include "cli/command.h"
#include "cli/gate.h"
#include "cli/moment.h"
#include "cli/patches.h"
#include "cli/programme.h"
#include "cli/recur.h"
#include "cli/regress.h"
#include "plan/codes.h"
#include "plan/questions.h"
#include "plan/schema.h"
#include "report/finding_json.h"

enum { OF_ONE_TYPE = 200 }; /* shown as text: as many as of errors */

typedef struct options {
    const char *plan; /* NULL: a scenario alone */
    char *const *scenarios;
    int scenario_count;
    int64_t at; /* with `timed` */
    bool timed;
    mu_gate gate;
    const char *format, *history;
} options;

static int plan_first(const mu_args *args, const char *plan)
{
    mu_buf text = {0};
    mu_buf_puts(&text, "the plan comes first, and then the scenarios: muster check ");
    mu_buf_safe(&text, plan, strlen(plan), 200);
    mu_buf_puts(&text, " ");
    mu_buf_safe(&text, args->operands[0], strlen(args->operands[0]), 200);
    int status = mu_args_wrong(args, text.text);
    mu_buf_free(&text);
    return status;
}

static int read_options(int argc, char **argv, options *o)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    *o = (options){.timed = mu_arg(&args, "at") != NULL, .format = mu_arg_or(&args, "format", "text"), .history = mu_arg(&args, "history"), .gate.baseline = mu_arg(&args, "baseline")};
    if (o->timed && !mu_moment_read(mu_arg(&args, "at"), &o->at))
        return mu_args_wrong(&args, "--at takes a day or a moment: 2026-07-10, or \"2026-07-10 17:40\"");
    MU_CHECK(mu_weight_read(mu_arg_or(&args, "fail-on", "critical"), &o->gate.fail_on));
    bool scenario = mu_is_scenario(args.operands[0]), plan = !scenario || mu_plan_in(args.operands[0]);
    bool both = plan && scenario && args.operand_count == 1; /* one folder with a plan and the scenario that is played with it */
    for (int i = 1; !plan && i < args.operand_count; i++)
        if (!mu_is_scenario(args.operands[i]) && access(args.operands[i], F_OK) == 0)
            return plan_first(&args, args.operands[i]);
    o->plan = plan ? args.operands[0] : NULL;
    o->scenarios = args.operands + (plan && !both);
    o->scenario_count = args.operand_count - (plan && !both);
    return MU_GO_ON;
}

static void show_json(mu_buf *out, const mu_findings *f, const mu_about *about, mu_arena *arena)
{
    mu_places places = {NULL, NULL, NULL};
    mu_buf_puts(out, "{\"schema\": \"muster.findings/1\", \"plan\": {\"title\": ");
    mu_json_text(out, about->title);
    mu_buf_puts(out, ", \"version\": ");
    mu_json_text(out, about->version);
    mu_buf_puts(out, ", \"hash\": ");
    mu_json_text(out, about->hash);
    mu_buf_puts(out, "}, \"mode\": \"paper\", ");
    mu_input_json(out, about, arena);
    mu_buf_puts(out, ",\n ");
    mu_findings_json(out, f, &places, arena);
    mu_buf_puts(out, "\n}\n");
}

static void note(mu_buf *out, const char *word, const char *text)
{
    if (!text)
        return;
    mu_buf_printf(out, "  = %s: ", word);
    mu_buf_safe(out, text, strlen(text), 400);
    mu_buf_puts(out, "\n");
}

static void show_one(mu_buf *out, mu_diags *diags, const mu_finding *f, mu_look look)
{
    mu_buf word = {0};
    mu_buf_printf(&word, "%s[%s]", f->suppressed ? "accepted" : mu_weight_word(f->weight), f->gap->id);
    mu_show_at(out, diags, &f->at, word.text, f->text, f->gap->fix, look);
    note(out, "weight", f->reasons);
    if (f->known)
        note(out, "known", "the baseline has it already");
    note(out, "rests on", f->limit);
    if (f->suppressed) {
        note(out, "accepted until", f->suppressed->until);
        note(out, "because", f->suppressed->reason);
    }
    mu_buf_puts(out, "\n");
    mu_buf_free(&word);
}

static void show_suppressions(mu_buf *out, const mu_findings *f)
{
    size_t idle = 0;
    for (size_t i = 0; i < f->suppression_count; i++) {
        const mu_suppression *s = &f->suppressions[i];
        if (s->state != MU_IN_FORCE && idle++ < OF_ONE_TYPE)
            mu_buf_printf(out, "%s:%d:%d: the suppression of %s %s%s\n", s->at.file, s->at.line, s->at.column, s->gap,
                          s->state == MU_EXPIRED ? "was over on " : "matches no gap", s->state == MU_EXPIRED ? s->until : "");
    }
    if (idle > OF_ONE_TYPE)
        mu_buf_printf(out, "... and %zu more suppressions that do nothing.\n", idle - OF_ONE_TYPE);
}

/* "ROL-01 ×13, ROL-03": each type of gap once, in the order in which they come. */
static void show_types(mu_buf *out, const mu_cause *cause, mu_arena *arena)
{
    const mu_gap **types = mu_alloc(arena, (size_t)cause->count * sizeof *types);
    int *times = mu_alloc(arena, (size_t)cause->count * sizeof *times), count = 0;
    for (int i = 0; i < cause->count; i++) {
        int t = 0;
        while (t < count && types[t] != cause->list[i]->gap)
            t++;
        count += t == count;
        types[t] = cause->list[i]->gap;
        times[t]++;
    }
    for (int t = 0; t < count; t++) {
        mu_buf_printf(out, "%s%s", t ? ", " : "", types[t]->id);
        if (times[t] > 1)
            mu_buf_printf(out, " \u00d7%d", times[t]);
    }
}

/* By its name where the plan gives it one. */
static const char *called(const mu_tree *tree, const char *subject, mu_arena *arena)
{
    mu_judge j = {.root = mu_tree_root(tree), .arena = arena};
    const mu_node *n = mu_named_in(&j, subject);
    const char *title = n ? mu_title(&j, n) : NULL;
    return title && title != n->key ? title : subject;
}

static void show_causes(mu_buf *out, const mu_tree *tree, const mu_findings *f, mu_arena *arena)
{
    const mu_cause *list;
    int count = mu_causes(f, arena, &list), shared = 0;
    for (int i = 0; i < count; i++) {
        if (list[i].count < 2 || shared++ >= OF_ONE_TYPE)
            continue;
        mu_buf_printf(out, "One cause, %d gaps: ", list[i].count);
        const char *name = called(tree, list[i].subject, arena);
        mu_buf_safe(out, name, strlen(name), 120);
        mu_buf_puts(out, " (");
        show_types(out, &list[i], arena);
        mu_buf_puts(out, ")\n");
    }
    if (shared > OF_ONE_TYPE)
        mu_buf_printf(out, "... and %d more causes of several gaps each.\n", shared - OF_ONE_TYPE);
}

/* All of them, but of one type no more than somebody would read, unless they are new; how many more there are is said. */
static void show_each(mu_buf *out, mu_diags *diags, const mu_findings *f, mu_look look, mu_arena *arena)
{
    size_t *count = mu_alloc(arena, (f->count + 1) * sizeof *count);
    mu_index types = {0};
    for (size_t i = 0; i < f->count; i++)
        if ((f->has_baseline && !f->list[i].known) || count[mu_index_put(&types, f->list[i].gap->id)]++ < OF_ONE_TYPE)
            show_one(out, diags, &f->list[i], look);
    for (size_t t = 0; t < types.count; t++)
        if (count[t] > OF_ONE_TYPE)
            mu_buf_printf(out, "... and %zu more of %s: --format json names all of them.\n", count[t] - OF_ONE_TYPE, types.words[t]);
    mu_index_free(&types);
}

static void show_text(mu_buf *out, const mu_tree *tree, mu_diags *diags, const mu_findings *f, const mu_about *about, mu_look look, mu_arena *arena)
{
    char moment[32];
    size_t counts[4] = {0}, accepted = 0, known = 0;
    show_each(out, diags, f, look, arena);
    for (size_t i = 0; i < f->count; i++) {
        known += f->list[i].known;
        accepted += f->list[i].suppressed != NULL;
        counts[f->list[i].weight] += f->list[i].suppressed == NULL;
    }
    show_causes(out, tree, f, arena);
    show_suppressions(out, f);
    mu_buf_printf(out, "%zu gap%s on paper: %zu critical, %zu high, %zu medium, %zu low", f->count - accepted, f->count - accepted == 1 ? "" : "s",
                  counts[MU_CRITICAL], counts[MU_HIGH], counts[MU_MEDIUM], counts[MU_LOW]);
    if (accepted)
        mu_buf_printf(out, "; %zu more the plan accepts for now", accepted);
    if (f->has_baseline)
        mu_buf_printf(out, "; %zu new since the baseline, %zu known, %zu of it gone", f->count - known, known, f->gone);
    mu_local_write(about->at, moment);
    mu_buf_printf(out, ".\nJudged as of %s, %s.\n", moment, about->zone);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Of a plan that was read only in part what is known of it. */
static mu_about about_of(const mu_tree *tree, const options *o, const mu_checked *checked)
{
    const mu_node *root = mu_tree_root(tree), *plan = mu_get(root, "plan");
    const char *zone = mu_get_text(mu_get(root, "organisation"), "timezone");
    return (mu_about){.title = or_empty(mu_get_text(plan, "title")), .version = or_empty(mu_get_text(plan, "version")), .hash = mu_tree_hash(tree),
                      .mode = "paper", .zone = zone ? zone : "UTC", .at = o->timed ? o->at : mu_moment_here(zone, checked->arena),
                      .wrong = checked->wrong, .wrong_count = checked->wrong_count};
}

/* What is back of the gaps that were closed: behind the gaps where a person reads, on stderr where a program does. */
static int regress(const mu_tree *tree, const mu_findings *f, const options *o, mu_arena *arena)
{
    mu_regressions sum;
    mu_buf back = {0}, out = {0};
    mu_buf_puts(&back, "");
    int status = mu_regress(o->history, o->plan, tree, f, arena, &back, &sum);
    if (status != 3)
        mu_buf_printf(&out, "\n%d of %d closed gaps %s back%s\n%s", sum.back, sum.closed, sum.back == 1 ? "is" : "are", sum.back ? ":" : ".", back.text);
    if (status != 3 && sum.unknown)
        mu_buf_printf(&out, "%d more could not be looked for: they were shown by a drill with people, or by one that is not there any more.\n", sum.unknown);
    mu_buf_free(&back);
    if (out.len && strcmp(o->format, "text") != 0)
        fwrite(out.text, 1, out.len, stderr);
    else if (out.len && !mu_put_out(out.text, out.len))
        status = 4;
    mu_buf_free(&out);
    return status;
}

static int put_findings(const mu_tree *tree, const mu_findings *f, const mu_about *about, mu_diags *diags, const char *format, mu_arena *arena)
{
    mu_gap_writer write = mu_gap_writer_of(format);
    mu_buf out = {.sink = mu_put_out};
    mu_buf_puts(&out, "");
    if (write)
        write(&out, f, about, arena);
    else if (strcmp(format, "json") == 0)
        show_json(&out, f, about, arena);
    else
        show_text(&out, tree, diags, f, about, mu_look_of(stdout), arena);
    bool written = !out.failed && mu_put_out(out.text, out.len);
    mu_buf_free(&out);
    return written ? 0 : 4;
}

static int judge(const mu_tree *tree, mu_diags *diags, const mu_scenes *scenes, const mu_about *about, const options *o, mu_arena *arena)
{
    mu_findings f = mu_judge_paper(tree, scenes, about->at, arena);
    bool fails;
    mu_recur back = {.history = o->history, .plan = tree};
    if (o->history && mu_recur_take(&back, &f, arena))
        return 3;
    if (!mu_gate_take(&o->gate, &f, arena, &fails))
        return 3;
    if (strcmp(o->format, "json") == 0)
        mu_patches(tree, &f, scenes->count ? NULL : &f, about->at, mu_diff_name, NULL, arena);
    int status = put_findings(tree, &f, about, diags, o->format, arena);
    status = status ? status : fails;
    int worse = status < 2 && o->history ? regress(tree, &f, o, arena) : 0;
    return worse ? worse : status;
}

/* Nothing was judged: a form that has a place for errors tells them, so that whoever reads it does not take silence for none. */
static int unjudged(mu_about *about, const char *format, mu_arena *arena)
{
    static const char *const tell[] = {"json", "sarif", "junit", "github"};
    static const mu_findings none = {.list = NULL};
    about->unjudged = true;
    for (size_t i = 0; i < sizeof tell / sizeof *tell; i++)
        if (strcmp(format, tell[i]) == 0)
            return put_findings(NULL, &none, about, NULL, format, arena);
    if (strcmp(format, "text") != 0)
        fprintf(stderr, "No %s was written: it has no place for errors, and nothing was judged.\n", format);
    return 0;
}

/* A name that nothing answers is a gap as well (HYG-05), an open question stands in a comment: the rest can be judged. With
 * anything else it cannot. */
static bool unreadable(const mu_diags *diags)
{
    return mu_diags_count(diags, MU_ERROR) > mu_diags_of_code(diags, MU_CODE_DANGLING) + mu_diags_of_code(diags, MU_CODE_QUESTION);
}

static void say_count(mu_buf *out, size_t count, const char *one, const char *many, const char *then)
{
    if (count)
        mu_buf_printf(out, "\n%zu %s%s", count, count == 1 ? one : many, then);
}

static void show_diags(const mu_tree *tree, mu_diags *diags)
{
    size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_buf out = {0};
    mu_diags_show(&out, diags, mu_look_of(stderr));
    if (errors && unreadable(diags))
        mu_buf_printf(&out, "\n%zu error%s. The plan was not judged: mend %s first.%s\n", errors, errors == 1 ? "" : "s", errors == 1 ? "this" : "these",
                      mu_tree_legible(tree) ? "" : " It was not read to its end, so there may be more.");
    else {
        say_count(&out, mu_diags_of_code(diags, MU_CODE_DANGLING), "error: a name", "errors: names", " that nothing answers. The rest of the plan was judged; no drill runs with it.\n");
        say_count(&out, mu_diags_of_code(diags, MU_CODE_QUESTION), "question is", "questions are", " open in the plan. It was judged, and this check fails until they are answered.\n");
        mu_buf_puts(&out, errors ? "\n" : "");
    }
    if (out.len)
        fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
}

static int check_plan(const options *o, mu_tree *tree, mu_diags *diags)
{
    mu_schema_read_legible(tree, diags);
    if (o->plan)
        mu_questions(tree, diags);
    show_diags(tree, diags);
    mu_arena *arena = mu_arena_new();
    mu_checked checked = {.arena = arena};
    mu_checked_add(&checked, diags);
    int status = unreadable(diags) ? 3 : 0;
    if (status == 0 && mu_check_scenarios(&checked, tree, o->scenarios, o->scenario_count, mu_look_of(stderr)) > 0)
        status = 3;
    if (!o->plan)
        fputs("No plan was named: names of roles, channels and actions were held against one that has none. muster check PLAN SCENARIO\n", stderr);
    mu_about about = about_of(tree, o, &checked);
    if (o->timed && status == 0)
        about.at = mu_moment_meant(about.zone, about.at, "the plan is judged as it is");
    int told = status == 0 && o->plan ? judge(tree, diags, &checked.scenes, &about, o, arena) : unjudged(&about, o->format, arena);
    status = told == 4 || status == 0 ? told : status;
    if (mu_diags_count(diags, MU_ERROR) && status != 4)
        status = 3;
    mu_checked_free(&checked);
    mu_arena_free(arena);
    return status;
}

int mu_cmd_check(int argc, char **argv)
{
    options o;
    int ended = read_options(argc, argv, &o);
    if (ended != MU_GO_ON)
        return ended;
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = o.plan ? mu_tree_read(o.plan, diags) : mu_plan_for_none(diags);
    int status = o.plan && mu_is_programme(tree) ? mu_check_programme(o.plan, tree, diags, o.timed ? &o.at : NULL) : check_plan(&o, tree, diags);
    mu_tree_free(tree);
    mu_diags_free(diags);
    return status;
}
