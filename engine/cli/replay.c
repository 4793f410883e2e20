/* muster replay: the inputs of a drill played again. Against the same plan every event must be the same; against another
 * plan it is a what-if. */
#include <stdio.h>
#include <string.h>

#include "analysis/run.h"
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
    const mu_event *pin = mu_journal_event(p->recorded, 1);
    const char *const pairs[][2] = {{"plan", mu_tree_hash(d->plan)}, {"scenario", d->msel->hash}, {"assumptions", mu_assumptions_hash(d->assumptions)}};
    for (int i = p->plan || p->scenario ? 2 : 0; i < 3; i++)
        if (strcmp(mu_journal_text(p->recorded, pin, pairs[i][0]), pairs[i][1]) != 0) {
            fprintf(stderr, "muster: record 1 pins another %s than the one beside the journal: it was changed since\n", pairs[i][0]);
            return 5;
        }
    return 0;
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

static bool has(const mu_findings *f, const mu_finding *x)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->list[i].gap->id, x->gap->id) == 0 && strcmp(f->list[i].subject, x->subject) == 0)
            return true;
    return false;
}

static size_t only_in(mu_buf *out, const mu_findings *a, const mu_findings *b, const char *word, bool json)
{
    size_t n = 0;
    for (size_t i = 0; i < a->count; i++) {
        const mu_finding *x = &a->list[i];
        if (has(b, x))
            continue;
        if (json) {
            mu_buf_printf(out, "%s{\"gap\": \"%s\", \"subject\": ", n ? ", " : "", x->gap->id);
            mu_json_text(out, x->subject);
            mu_buf_puts(out, "}");
        } else {
            mu_buf_printf(out, "  %s  %-8s  %s  ", word, mu_weight_word(x->weight), x->gap->id);
            mu_buf_safe(out, x->text, strlen(x->text), 200);
            mu_buf_puts(out, "\n");
        }
        n++;
    }
    return n;
}

static int say_difference(const replay *p, const mu_findings *before, const mu_findings *after)
{
    mu_buf closed = {0}, opened = {0}, out = {0};
    mu_buf_puts(&closed, "");
    mu_buf_puts(&opened, "");
    size_t c = only_in(&closed, before, after, "closed", p->json), o = only_in(&opened, after, before, "opened", p->json);
    if (p->json)
        mu_buf_printf(&out, "{\"schema\": \"muster.whatif/1\", \"before\": %zu, \"after\": %zu, \"closed\": [%s], \"opened\": [%s]}\n", before->count, after->count, closed.text, opened.text);
    else
        mu_buf_printf(&out, "What would have happened: %zu gaps close, %zu open, %zu stay.\n\n%s%s", c, o, after->count - o, closed.text, opened.text);
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
        status = say_difference(p, &before, &after);
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
    status = read_recorded(&p);
    if (!status)
        status = mu_drill_load(&d, p.plan ? p.plan : p.inputs.plan, p.scenario ? p.scenario : p.inputs.scenario, *p.inputs.assume ? p.inputs.assume : NULL);
    if (!status)
        status = pinned_input(&p, &d);
    if (!status)
        status = mu_recorded_play(&p.options, p.recorded, p.journal, &d, !p.plan && !p.scenario);
    if (!status)
        status = p.plan || p.scenario ? what_if(&p, &d) : say_same(&p, &d);
    mu_drill_free(&d);
    mu_journal_free(p.recorded);
    return status;
}
