#include "cli/made.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "cli/command.h"
#include "cli/convert.h"
#include "cli/drill.h"
#include "cli/patches.h"
#include "cli/recur.h"
#include "cli/recorded.h"
#include "plan/schema.h"
#include "report/items.h"
#include "report/redact.h"

typedef void (*writer)(mu_buf *out, const mu_report *report);

const char *mu_name_in_folder(const char *journal, mu_arena *arena)
{
    mu_inputs inputs;
    const char *name = mu_inputs_plan(journal, &inputs) ? strrchr(inputs.plan, '/') : NULL;
    return name ? mu_format(arena, "inputs%s", name) : NULL;
}

static int read_plan(const char *path, mu_tree **plan)
{
    mu_diags *diags = mu_diags_new();
    *plan = mu_tree_read(path, diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(*plan, diags);
    int status = mu_diags_count(diags, MU_ERROR) ? 3 : 0;
    if (status)
        mu_say_diags(diags);
    mu_diags_free(diags);
    return status;
}

static int read_journal(mu_made *m, const char *path)
{
    mu_reading reading;
    mu_recorded recorded;
    m->journal = mu_journal_read(path, &reading);
    if (reading.soundness == MU_CORRUPT || reading.soundness == MU_UNREADABLE || mu_journal_count(m->journal) == 0) {
        fprintf(stderr, "muster: %s: %s\n", path, *reading.why ? reading.why : "the journal is empty");
        return 3;
    }
    if (reading.soundness == MU_TORN)
        fprintf(stderr, "muster: warning: %s: %s\n", path, reading.why);
    if (!mu_recorded_options(&recorded, m->journal)) {
        fprintf(stderr, "muster: %s: record 1 does not say when the drill began\n", path);
        return 3;
    }
    m->starts_local = recorded.options.starts_local;
    return 0;
}

/* "4" of drills/4/journal.jsonl. */
static const char *drill_of(const char *journal, mu_arena *arena)
{
    char *path = mu_copy(arena, journal, strlen(journal)), *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    const char *name = slash ? strrchr(path, '/') : NULL;
    return !slash ? "" : name ? name + 1 : path;
}

/* Journal, plan, findings, and the model of the report. */
static int load(mu_made *m, const char *name, const mu_wanted *w)
{
    const char *named = w->plan;
    mu_inputs inputs;
    const char *path = mu_journal_in(name);
    *m = (mu_made){.arena = mu_arena_new()};
    int status = read_journal(m, path);
    if (!status && !named && !mu_inputs_plan(path, &inputs)) {
        fprintf(stderr, "muster: the plan is not beside %s (inputs/); name it with --plan\n", path);
        return 2;
    }
    const char *plan = named ? named : inputs.plan;
    if (!status)
        status = read_plan(plan, &m->plan);
    if (status)
        return status;
    bool other = strcmp(mu_journal_text(m->journal, mu_journal_event(m->journal, 1), "plan"), mu_tree_hash(m->plan)) != 0;
    if (other)
        fprintf(stderr, "muster: warning: %s is not the plan of this drill; lines and gaps are those of the plan named\n", plan);
    m->findings = mu_alloc(m->arena, sizeof *m->findings);
    *m->findings = mu_judge_all(m->plan, m->journal, m->starts_local, m->arena);
    mu_recur back = {w->history, m->plan, m->journal, m->starts_local, drill_of(path, m->arena)};
    if (w->history && mu_recur_take(&back, m->findings, m->arena))
        return 3;
    m->report = mu_report_make(m->plan, m->journal, m->findings, m->arena);
    m->report->other_plan = other;
    m->report->plan_name = other ? NULL : mu_name_in_folder(path, m->arena);
    mu_patch_report(m->report, m->plan, m->findings, m->starts_local);
    return 0;
}

void mu_made_free(mu_made *m)
{
    mu_buf_free(&m->bytes);
    mu_journal_free(m->journal);
    mu_tree_free(m->plan);
    mu_arena_free(m->arena);
    *m = (mu_made){0};
}

/* ---- writing ---- */

static writer writer_of(const char *format)
{
    return strcmp(format, "html") == 0 ? mu_write_html : strcmp(format, "md") == 0 ? mu_write_markdown : strcmp(format, "json") == 0 ? mu_write_json : NULL;
}

static void write_doc(mu_buf *out, const mu_doc *doc, const char *format)
{
    if (strcmp(format, "html") == 0)
        mu_doc_html(out, doc);
    else if (strcmp(format, "json") == 0)
        mu_doc_json(out, doc);
    else
        mu_doc_markdown(out, doc);
}

static void write_for(mu_buf *out, const mu_report *r, const char *reader, const char *format)
{
    const mu_aar *aar = mu_aar_make(r);
    int which = 0;
    while (strcmp(mu_reader_words[which], reader) != 0)
        which++;
    if (strcmp(format, "csv") == 0)
        mu_aar_csv(out, aar);
    else
        write_doc(out, mu_aar_doc(aar, (mu_reader)which), format);
}

static void write_as(mu_buf *out, const char *format, const mu_made *m)
{
    const mu_report *r = m->report;
    mu_gap_writer gaps = mu_gap_writer_of(format);
    mu_about about = {.title = r->plan_title, .version = r->plan_version, .hash = mu_tree_hash(m->plan), .mode = r->calltree ? r->mode : r->players ? "facilitated" : "model", .zone = r->zone, .at = m->starts_local};
    if (gaps)
        gaps(out, m->findings, &about, r->arena);
    else if (writer_of(format))
        writer_of(format)(out, r);
    else
        mu_write_terminal(out, r, mu_look_of(stdout));
}

static int redact(mu_buf *out, const char *format, const mu_report *r, const char *path)
{
    mu_buf secret = {0};
    int status = 0;
    if (!mu_buf_read(&secret, path, 4096)) {
        fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
        status = 4;
    } else if (secret.len < MU_SECRET_LEAST) {
        fprintf(stderr, "muster: %s: a secret has %d bytes or more, so that nobody can try it out; to make one: head -c 32 /dev/urandom > FILE\n", path, MU_SECRET_LEAST);
        status = 3;
    } else {
        mu_redact(out, format, r, secret.text, secret.len);
    }
    mu_buf_free(&secret);
    return status;
}

int mu_make(mu_made *m, const char *journal, const mu_wanted *w, const mu_gate *gate, bool *fails)
{
    const char *from = mu_converted_from(w->format), *format = from ? from : w->format;
    int status = load(m, journal, w);
    if (!status)
        status = mu_gate_take(gate, m->findings, m->arena, fails) ? 0 : 3;
    if (status)
        return status;
    if (w->reader)
        write_for(&m->bytes, m->report, w->reader, format);
    else
        write_as(&m->bytes, format, m);
    return w->redact ? redact(&m->bytes, format, m->report, w->redact) : 0;
}

/* ---- several journals ---- */

static int by_start(const void *a, const void *b)
{
    const mu_made *x = a, *y = b;
    return strcmp(x->report->starts, y->report->starts);
}

int mu_make_over_runs(mu_buf *out, char *const *journals, int count, const mu_wanted *w)
{
    mu_made *made = mu_grow(NULL, (size_t)count * sizeof *made);
    int status = 0, loaded = 0;
    while (loaded < count && !status)
        status = load(&made[loaded], journals[loaded], w), loaded++;
    if (!status) {
        qsort(made, (size_t)count, sizeof *made, by_start);
        const mu_report *last = made[count - 1].report;
        const mu_aar **runs = mu_alloc(last->arena, (size_t)count * sizeof *runs);
        for (int i = 0; i < count; i++)
            runs[i] = mu_aar_make(made[i].report);
        const mu_items_over *items = mu_items_over_runs(runs, count);
        if (strcmp(w->format, "csv") == 0)
            mu_items_csv(out, items);
        else
            write_doc(out, mu_items_doc(items), w->format);
        for (int i = 0; w->redact && i < count && !status; i++) /* each run has people and signatures of its own */
            status = redact(out, w->format, made[i].report, w->redact);
    }
    for (int i = 0; i < loaded; i++)
        mu_made_free(&made[i]);
    free(made);
    return status;
}
