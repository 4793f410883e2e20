/* muster report: the after-action report of a journal. */
#include "cli/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "cli/command.h"
#include "cli/convert.h"
#include "cli/lock.h"
#include "cli/made.h"
#include "cli/patches.h"

typedef void (*writer)(mu_buf *out, const mu_report *report);

static int failed(const char *path)
{
    fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    return 4;
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

static int show(const char *folder, const mu_report *report)
{
    mu_buf out = {0};
    mu_write_terminal(&out, report, mu_look_of(stdout));
    mu_buf_puts(&out, "\n");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        mu_buf_puts(&out, "  ");
        mu_shell_word(&out, path);
        mu_buf_printf(&out, "%*s %s\n", (int)(16 - strlen(files[i].name)), "", files[i].what);
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/journal.jsonl", folder);
    mu_buf_puts(&out, "  ");
    mu_shell_word(&out, path);
    mu_buf_puts(&out, "    the truth; muster verify ");
    mu_shell_word(&out, path);
    mu_buf_puts(&out, "\n");
    return mu_put_all(&out);
}

int mu_report_files(const char *folder, const mu_tree *plan, mu_journal *journal, int64_t starts_local, const mu_gate *gate, bool shown)
{
    mu_arena *arena = mu_arena_new();
    mu_findings findings = mu_judge_all(plan, journal, starts_local, arena);
    bool fails = false;
    int status = mu_gate_take(gate, &findings, arena, &fails) ? 0 : 3;
    mu_report *report = mu_report_make(plan, journal, &findings, arena);
    report->plan_name = mu_name_in_folder(mu_format(arena, "%s/journal.jsonl", folder), arena);
    mu_patch_report(report, plan, &findings, starts_local);
    for (size_t i = 0; i < sizeof files / sizeof *files && !status; i++)
        status = write_file(folder, files[i].name, files[i].write, report);
    if (status == 4)
        fprintf(stderr, "muster: the drill is whole in %s/journal.jsonl; --resume writes its reports once they can be written\n", folder);
    if (!status && shown)
        status = show(folder, report);
    mu_arena_free(arena);
    return status ? status : fails ? 1 : 0;
}

int mu_report_folder(const char *folder, const mu_tree *plan, mu_journal *journal, int64_t starts_local, const mu_gate *gate)
{
    return mu_report_files(folder, plan, journal, starts_local, gate, true);
}

/* ---- the command ---- */

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

/* A word or a page as other programs make them, into the file that is named. */
static int put_made(mu_made *made, const mu_wanted *wanted, const char *path)
{
    const char *into = mu_converted_from(wanted->format) ? wanted->format : NULL;
    if (!into)
        return put(&made->bytes, path);
    mu_buf whole = {0};
    int status = mu_convert(made, into, &whole);
    if (!status)
        status = put(&whole, path);
    mu_buf_free(&whole);
    return status;
}

static const char *refused(const mu_args *args, const mu_wanted *w)
{
    static const char *const for_readers[] = {"html", "md", "json", "csv", "docx", "pdf"};
    bool fits = false;
    for (size_t i = 0; i < sizeof for_readers / sizeof *for_readers; i++)
        fits = fits || strcmp(for_readers[i], w->format) == 0;
    if (w->reader && !fits)
        return "--for goes with --format html, md, json, csv, docx or pdf; the other formats hold the gaps alone";
    if (mu_converted_from(w->format) && !mu_arg(args, "out"))
        return "a file of this format goes to a file: name it with -o FILE";
    if (mu_arg(args, "lock") && !mu_arg(args, "out"))
        return "--lock locks a file: name it with -o FILE";
    if (mu_arg(args, "lock") && w->history)
        return "a locked report is made again from the journal and its plan alone, so --history does not go with --lock";
    if (mu_arg(args, "key") && !mu_arg(args, "lock"))
        return "--key signs what --lock writes";
    if (args->operand_count > 1 && (w->reader || !fits || mu_converted_from(w->format) || mu_arg(args, "lock") || mu_arg(args, "fail-on") || mu_arg(args, "baseline") || w->history))
        return "several journals give one list of improvement items, as md, html, json or csv";
    return NULL;
}

static int one(const mu_args *args, const mu_wanted *wanted, const mu_gate *gate)
{
    mu_made made;
    bool fails = false;
    int status = mu_arg(args, "lock") ? mu_lock_ready(mu_arg(args, "out"), mu_arg(args, "key")) : 0;
    if (status)
        return status;
    status = mu_make(&made, args->operands[0], wanted, gate, &fails);
    if (!status)
        status = put_made(&made, wanted, mu_arg(args, "out"));
    if (!status && mu_arg(args, "lock"))
        status = mu_lock(&made, wanted, mu_arg(args, "out"), mu_arg(args, "key"));
    mu_made_free(&made);
    return status ? status : fails ? 1 : 0;
}

int mu_cmd_report(int argc, char **argv)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    mu_wanted wanted = {.format = mu_arg_or(&args, "format", "md"), .reader = mu_arg(&args, "for"), .plan = mu_arg(&args, "plan"), .redact = mu_arg(&args, "redact"), .history = mu_arg(&args, "history")};
    mu_gate gate = {.baseline = mu_arg(&args, "baseline")};
    MU_CHECK(mu_weight_read(mu_arg_or(&args, "fail-on", "never"), &gate.fail_on));
    const char *why = refused(&args, &wanted);
    if (why)
        return mu_args_wrong(&args, why);
    if (args.operand_count == 1)
        return one(&args, &wanted, &gate);
    mu_buf out = {0};
    status = mu_make_over_runs(&out, args.operands, args.operand_count, &wanted);
    if (!status)
        status = put(&out, mu_arg(&args, "out"));
    mu_buf_free(&out);
    return status;
}
