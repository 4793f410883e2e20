/* muster report: the after-action report of a journal. */
#include "cli/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "cli/command.h"
#include "cli/patches.h"
#include "cli/recorded.h"
#include "plan/schema.h"

typedef void (*writer)(mu_buf *out, const mu_report *report);

static int failed(const char *path)
{
    fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    return 4;
}

/* "inputs/plan.yaml" or "inputs/plan", where the plan lies beside the journal; NULL where it does not. */
static const char *name_in_folder(const char *journal, mu_arena *arena)
{
    mu_inputs inputs;
    const char *name = mu_inputs_find(journal, &inputs) ? strrchr(inputs.plan, '/') : NULL;
    return name ? mu_format(arena, "inputs%s", name) : NULL;
}

/* Beside its place first, then renamed: a report is never half. */
static int write_file(const char *folder, const char *name, writer write, const mu_report *report)
{
    char part[4200], whole[4200];
    mu_buf out = {0};
    snprintf(part, sizeof part, "%s/.%s.part", folder, name);
    snprintf(whole, sizeof whole, "%s/%s", folder, name);
    write(&out, report);
    FILE *f = fopen(part, "wb");
    bool ok = f && fwrite(out.text, 1, out.len, f) == out.len && fflush(f) == 0 && fsync(fileno(f)) == 0;
    ok = (!f || fclose(f) == 0) && ok;
    mu_buf_free(&out);
    if (ok && rename(part, whole) == 0)
        return 0;
    int status = failed(whole);
    (void)unlink(part);
    return status;
}

static const struct { const char *name; writer write; const char *what; } files[] = {
    {"report.html", mu_write_html, "read it"},
    {"report.md", mu_write_markdown, "the same, as text"},
    {"report.json", mu_write_json, "the same, for machines"},
    {"findings.json", mu_write_findings, "the gaps, for machines"},
};

int mu_report_folder(const char *folder, const mu_tree *plan, mu_journal *journal, int64_t starts_local, const mu_gate *gate)
{
    mu_arena *arena = mu_arena_new();
    mu_findings findings = mu_judge_all(plan, journal, starts_local, arena);
    bool fails = false;
    int status = mu_gate_take(gate, &findings, arena, &fails) ? 0 : 3;
    mu_report *report = mu_report_make(plan, journal, &findings, arena);
    report->plan_name = name_in_folder(mu_format(arena, "%s/journal.jsonl", folder), arena);
    mu_patch_report(report, plan, &findings, starts_local);
    mu_buf out = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files && !status; i++)
        status = write_file(folder, files[i].name, files[i].write, report);
    if (!status) {
        mu_write_terminal(&out, report, mu_look_of(stdout));
        mu_buf_puts(&out, "\n");
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
            mu_buf_printf(&out, "  %s/%-16s %s\n", folder, files[i].name, files[i].what);
        mu_buf_printf(&out, "  %s/journal.jsonl    the truth; muster verify %s/journal.jsonl\n", folder, folder);
        status = !mu_put_out(out.text, out.len) ? 4 : fails ? 1 : 0;
    }
    mu_buf_free(&out);
    mu_arena_free(arena);
    return status;
}

/* ---- the command ---- */

static writer writer_of(const char *format)
{
    return strcmp(format, "html") == 0 ? mu_write_html : strcmp(format, "md") == 0 ? mu_write_markdown : strcmp(format, "json") == 0 ? mu_write_json : NULL;
}

static int put(const mu_buf *out, const char *path)
{
    if (!path)
        return mu_put_out(out->text, out->len) ? 0 : 4;
    FILE *f = fopen(path, "wbx");
    if (!f && errno == EEXIST) {
        fprintf(stderr, "muster: %s is there already, and nothing is written over; name another file\n", path);
        return 5;
    }
    bool ok = f && fwrite(out->text, 1, out->len, f) == out->len && fflush(f) == 0;
    if (f)
        ok = fclose(f) == 0 && ok;
    if (ok)
        return 0;
    int status = failed(path);
    if (f)
        (void)unlink(path); /* ours, and half */
    return status;
}

static int read_plan(const char *path, mu_diags *diags, mu_tree **plan)
{
    *plan = mu_tree_read(path, diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(*plan, diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        return 0;
    mu_buf out = {0};
    mu_diags_show(&out, diags, mu_look_of(stderr));
    fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
    return 3;
}

static mu_about about_of(const mu_report *r, const mu_tree *plan, int64_t at)
{
    return (mu_about){.title = r->plan_title, .version = r->plan_version, .hash = mu_tree_hash(plan), .mode = r->players ? "facilitated" : "model",
                      .zone = r->zone, .at = at};
}

static void write_as(mu_buf *out, const char *format, const mu_report *r, const mu_about *about, const mu_findings *f)
{
    mu_gap_writer gaps = mu_gap_writer_of(format);
    if (gaps)
        gaps(out, f, about, r->arena);
    else if (writer_of(format))
        writer_of(format)(out, r);
    else
        mu_write_terminal(out, r, mu_look_of(stdout));
}

static int report(const char *path, mu_journal *journal, const char *plan_path, const mu_args *args)
{
    mu_gate gate = {.baseline = mu_arg(args, "baseline")};
    MU_CHECK(mu_weight_read(mu_arg_or(args, "fail-on", "never"), &gate.fail_on));
    mu_diags *diags = mu_diags_new();
    mu_tree *plan = NULL;
    mu_recorded recorded;
    mu_arena *arena = mu_arena_new();
    mu_buf out = {0};
    int status = read_plan(plan_path, diags, &plan);
    if (!status && !mu_recorded_options(&recorded, journal)) {
        fprintf(stderr, "muster: %s: record 1 does not say when the drill began\n", path);
        status = 3;
    }
    bool other = !status && strcmp(mu_journal_text(journal, mu_journal_event(journal, 1), "plan"), mu_tree_hash(plan)) != 0;
    if (other)
        fprintf(stderr, "muster: warning: %s is not the plan of this drill; lines and gaps are those of the plan named\n", plan_path);
    if (!status) {
        mu_findings findings = mu_judge_all(plan, journal, recorded.options.starts_local, arena);
        mu_report *r = mu_report_make(plan, journal, &findings, arena);
        r->other_plan = other;
        r->plan_name = other ? NULL : name_in_folder(path, arena);
        mu_patch_report(r, plan, &findings, recorded.options.starts_local);
        mu_about about = about_of(r, plan, recorded.options.starts_local);
        bool fails;
        status = mu_gate_take(&gate, &findings, arena, &fails) ? 0 : 3;
        if (!status)
            write_as(&out, mu_arg_or(args, "format", "md"), r, &about, &findings);
        if (!status)
            status = put(&out, mu_arg(args, "out"));
        if (!status && fails)
            status = 1;
    }
    mu_buf_free(&out);
    mu_arena_free(arena);
    mu_tree_free(plan);
    mu_diags_free(diags);
    return status;
}

int mu_cmd_report(int argc, char **argv)
{
    mu_args args;
    mu_inputs inputs;
    mu_reading reading;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    const char *path = mu_arg_journal(&args), *plan = mu_arg(&args, "plan");
    mu_journal *journal = mu_journal_read(path, &reading);
    status = 0;
    if (reading.soundness == MU_CORRUPT || reading.soundness == MU_UNREADABLE || mu_journal_count(journal) == 0) {
        fprintf(stderr, "muster: %s: %s\n", path, *reading.why ? reading.why : "the journal is empty");
        status = 3;
    } else if (!plan && !mu_inputs_find(path, &inputs)) {
        status = mu_args_wrong(&args, "the plan is not beside the journal (inputs/); name it with --plan");
    }
    if (!status && reading.soundness == MU_TORN)
        fprintf(stderr, "muster: warning: %s: %s\n", path, reading.why);
    if (!status)
        status = report(path, journal, plan ? plan : inputs.plan, &args);
    mu_journal_free(journal);
    return status;
}
