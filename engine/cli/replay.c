/* muster replay: the inputs of a drill played again. Against the same plan every event must be the same; against another
 * plan it is a what-if. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "analysis/run.h"
#include "analysis/weigh.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/drill.h"
#include "cli/recorded.h"

typedef struct replay {
    const char *journal, *plan, *scenario;
    bool json;
    mu_journal *recorded;
    mu_inputs inputs;
    mu_recorded options;
    mu_again again; /* what people did that has no place in a what-if */
} replay;

static int read_options(int argc, char **argv, replay *p)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    p->plan = mu_arg(&args, "plan");
    p->scenario = mu_arg(&args, "scenario");
    p->json = *mu_arg_or(&args, "format", "text") == 'j';
    p->journal = mu_journal_in(args.operands[0]);
    return MU_GO_ON;
}

static int read_recorded(replay *p)
{
    mu_reading reading;
    p->recorded = mu_journal_read(p->journal, &reading);
    if (reading.soundness == MU_CORRUPT || reading.soundness == MU_UNREADABLE || mu_journal_count(p->recorded) == 0) {
        fprintf(stderr, "muster: %s: %s\n", p->journal, *reading.why ? reading.why : "the journal is empty");
        return 3;
    }
    if (strcmp(mu_journal_text(p->recorded, mu_journal_event(p->recorded, 1), "mode"), "calltree") == 0) {
        fprintf(stderr, "muster: %s is of a call tree, which cannot be played again: what people answered stands in its journal alone (muster verify)\n", p->journal);
        return 3;
    }
    if (!mu_inputs_find(p->journal, &p->inputs)) {
        fprintf(stderr, "muster: the plan and the scenario of this drill are not beside its journal (inputs/)\n");
        return 3;
    }
    return 0;
}

static int pinned_input(const replay *p, const mu_drill *d)
{
    const char *other = mu_recorded_other(p->recorded, d, p->plan || p->scenario);
    if (other)
        fprintf(stderr, "muster: record 1 pins another %s than the one beside the journal: it was changed since\n", other);
    return other ? 5 : 0;
}

static int say_same(const replay *p, const mu_drill *d)
{
    const char *what = "";
    size_t n = mu_journal_differs(d->journal, &what), recorded = mu_journal_count(p->recorded), now = mu_journal_count(d->journal);
    bool ended = mu_journal_ended(p->recorded);
    if (!n && (now < recorded || (ended && now > recorded)))
        n = (now < recorded ? now : recorded) + 1;
    mu_buf out = {0};
    if (p->json)
        mu_buf_printf(&out, "{\"schema\": \"muster.replay/1\", \"records\": %zu, \"same\": %s, \"differs_at\": %zu}\n", recorded, n ? "false" : "true", n);
    else if (n)
        mu_buf_printf(&out, "The replay differs at record %zu%s%s\n", n, *what ? " " : "", *what ? what : ": one of the two ends there.");
    else
        mu_buf_printf(&out, "%zu of %zu events are the same.%s\n", recorded, recorded, ended ? "" : " The drill was not played to its end.");
    int written = mu_put_all(&out);
    return written ? written : n ? 1 : 0;
}

/* ---- what if ---- */

static mu_said *said_of(const mu_findings *f, mu_arena *arena)
{
    mu_said *list = mu_alloc(arena, (f->count + 1) * sizeof *list);
    for (size_t i = 0; i < f->count; i++)
        list[i] = mu_finding_said(&f->list[i]);
    return list;
}

static void one_json(mu_buf *out, const mu_finding *x, bool first)
{
    mu_buf_printf(out, "%s{\"id\": \"%s\", \"gap\": \"%s\", \"severity\": \"%s\", \"subject\": ", first ? "" : ", ", x->id, x->gap->id, mu_weight_word(x->weight));
    mu_json_text(out, x->subject);
    mu_buf_puts(out, ", \"text\": ");
    mu_json_text(out, x->text);
    mu_buf_puts(out, "}");
}

/* Of `a` those that `b` has not: known again as `muster diff` knows them. */
static size_t only_in(mu_buf *out, const mu_findings *a, const mu_findings *b, const char *word, bool json, mu_arena *arena)
{
    size_t n = 0, *which = mu_alloc(arena, (a->count + 1) * sizeof *which);
    mu_same_gaps(said_of(a, arena), a->count, said_of(b, arena), b->count, which);
    for (size_t i = 0; i < a->count; i++) {
        const mu_finding *x = &a->list[i];
        if (which[i] != SIZE_MAX)
            continue;
        if (json)
            one_json(out, x, n == 0);
        else {
            mu_buf_printf(out, "  %s  %-8s  %s  ", word, mu_weight_word(x->weight), x->gap->id);
            mu_buf_safe(out, x->text, strlen(x->text), 200);
            mu_buf_puts(out, "\n");
        }
        n++;
    }
    return n;
}

/* What people did that could not be done again: a what-if says how much of them it leaves out. */
static void say_left_out(mu_buf *out, const replay *p)
{
    enum { SHOWN = 10 };
    const mu_again *a = &p->again;
    if (a->count)
        mu_buf_printf(out, "\nOf %d act%s of people %d could not be done again:\n", a->acts, a->acts == 1 ? "" : "s", a->count);
    for (int i = 0; i < a->count && i < SHOWN; i++) {
        const mu_event *e = mu_journal_event(p->recorded, a->list[i].event);
        const char *words[] = {mu_journal_text(p->recorded, e, "person"), " ", mu_journal_text(p->recorded, e, "verb"), " ", mu_journal_text(p->recorded, e, "object"), ": ", a->list[i].why};
        mu_buf_printf(out, "  #%u  ", (unsigned)e->n);
        for (size_t k = *words[0] ? 0 : 2; k < sizeof words / sizeof *words; k++)
            if (!(k == 3 && !*words[4]))
                mu_buf_safe(out, words[k], strlen(words[k]), 160);
        mu_buf_puts(out, "\n");
    }
    if (a->count > SHOWN)
        mu_buf_printf(out, "  and %d more: --format json has all of them\n", a->count - SHOWN);
}

static void left_out_json(mu_buf *out, const mu_again *a)
{
    mu_buf_printf(out, ", \"acts\": %d, \"left_out\": [", a->acts);
    for (int i = 0; i < a->count; i++) {
        mu_buf_printf(out, "%s{\"event\": %u, \"why\": ", i ? ", " : "", (unsigned)a->list[i].event);
        mu_json_text(out, a->list[i].why);
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, "]");
}

static int say_difference(const replay *p, const mu_findings *before, const mu_findings *after, mu_arena *arena)
{
    mu_buf closed = {0}, opened = {0}, out = {0};
    mu_buf_puts(&closed, "");
    mu_buf_puts(&opened, "");
    size_t c = only_in(&closed, before, after, "closed", p->json, arena), o = only_in(&opened, after, before, "opened", p->json, arena);
    if (p->json) {
        mu_buf_printf(&out, "{\"schema\": \"muster.whatif/1\", \"before\": %zu, \"after\": %zu, \"closed\": [%s], \"opened\": [%s]", before->count, after->count, closed.text, opened.text);
        left_out_json(&out, &p->again);
        mu_buf_puts(&out, "}\n");
    } else {
        mu_buf_printf(&out, "What would have happened: %zu gap%s, %zu open%s, %zu stay%s.\n%s%s%s", c, c == 1 ? " closes" : "s close", o, o == 1 ? "s" : "", after->count - o, after->count - o == 1 ? "s" : "",
               c + o ? "\n" : "", closed.text, opened.text);
        say_left_out(&out, p);
    }
    mu_buf_free(&closed);
    mu_buf_free(&opened);
    return mu_put_all(&out);
}

static int what_if(replay *p, mu_drill *d)
{
    mu_arena *arena = mu_arena_new();
    mu_drill was = {0};
    int status = mu_drill_load(&was, p->inputs.plan, p->inputs.scenario, *p->inputs.assume ? p->inputs.assume : NULL);
    if (!status) {
        mu_drill_failures(d);
        mu_findings before = mu_judge_all(was.plan, p->recorded, p->options.options.starts_local, arena);
        mu_findings after = mu_judge_all(d->plan, d->journal, p->options.options.starts_local, arena);
        status = say_difference(p, &before, &after, arena);
    }
    mu_drill_free(&was);
    mu_arena_free(arena);
    return status;
}

int mu_cmd_replay(int argc, char **argv)
{
    replay p = {0};
    mu_drill d = {0};
    int status = read_options(argc, argv, &p);
    if (status != MU_GO_ON)
        return status;
    p.again.arena = mu_arena_new();
    status = read_recorded(&p);
    if (!status)
        status = mu_drill_load(&d, p.plan ? p.plan : p.inputs.plan, p.scenario ? p.scenario : p.inputs.scenario, *p.inputs.assume ? p.inputs.assume : NULL);
    if (!status)
        status = pinned_input(&p, &d);
    if (!status)
        status = mu_recorded_play(&p.options, p.recorded, p.journal, &d, !p.plan && !p.scenario, &p.again);
    if (!status)
        status = p.plan || p.scenario ? what_if(&p, &d) : say_same(&p, &d);
    mu_drill_free(&d);
    mu_journal_free(p.recorded);
    mu_arena_free(p.again.arena);
    return status;
}
