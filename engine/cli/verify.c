/* muster verify: the chain of hashes of a journal. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"
#include "cli/lock.h"
#include "journal/journal.h"

static const char *word(mu_soundness s)
{
    static const char *const words[] = {"sound", "torn", "corrupt", "unreadable"};
    return words[s];
}

static void say_sound(mu_buf *out, mu_journal *j)
{
    size_t n = mu_journal_count(j);
    const mu_event *last = mu_journal_event(j, n);
    int64_t s = last->t / 1000;
    mu_buf_printf(out, "sound: %zu record%s, the last at %lld:%02d:%02d of the exercise%s\n", n, n == 1 ? "" : "s", (long long)(s / 3600), (int)(s / 60 % 60), (int)(s % 60),
                  mu_journal_ended(j) ? ", which has ended" : ", which has not ended: --resume goes on");
    mu_buf_printf(out, "  head  %s  (whoever has it from before can tell that no record was made anew)\n", mu_journal_head(j));
}

static void say_before(mu_buf *out, size_t n)
{
    if (n == 0)
        mu_buf_puts(out, "none stands before it");
    else if (n == 1)
        mu_buf_puts(out, "the one before it is sound");
    else
        mu_buf_printf(out, "the %zu before it are sound", n);
}

static void say(mu_buf *out, const char *path, mu_journal *j, const mu_reading *r)
{
    mu_buf_safe(out, path, strlen(path), 4096);
    mu_buf_puts(out, ": ");
    if (r->soundness == MU_SOUND && mu_journal_count(j) == 0)
        mu_buf_puts(out, "empty: the drill never began\n");
    else if (r->soundness == MU_SOUND)
        say_sound(out, j);
    else
        mu_buf_printf(out, "%s: %s", word(r->soundness), r->why);
    if (r->soundness != MU_TORN && r->soundness != MU_CORRUPT) {
        mu_buf_puts(out, r->soundness == MU_UNREADABLE ? "\n" : "");
        return;
    }
    mu_buf_puts(out, "; ");
    say_before(out, mu_journal_count(j));
    mu_buf_puts(out, r->soundness == MU_TORN ? ", and --resume goes on after that\n"
                     : "\n  Nothing is reported or taken up from a record that was changed: put a copy from before in its place.\n");
}

static void say_json(mu_buf *out, mu_journal *j, const mu_reading *r)
{
    mu_buf_printf(out, "{\"schema\": \"muster.verify/1\", \"state\": \"%s\", \"records\": %zu, \"at_record\": %zu, \"head\": \"%s\", \"why\": ", word(r->soundness),
                  mu_journal_count(j), r->soundness == MU_SOUND ? 0 : r->record, mu_journal_head(j));
    mu_json_text(out, r->why);
    mu_buf_puts(out, "}\n");
}

int mu_cmd_verify(int argc, char **argv)
{
    mu_args args;
    mu_reading reading;
    int ended = mu_args_read(&args, argc, argv);
    if (ended != MU_GO_ON)
        return ended;
    if (args.operand_count == 2)
        return mu_check_report(args.operands[0], args.operands[1], mu_arg(&args, "plan"), mu_arg(&args, "redact"), mu_arg(&args, "key"), *mu_arg_or(&args, "format", "text") == 'j');
    if (mu_arg(&args, "plan") || mu_arg(&args, "redact") || mu_arg(&args, "key"))
        return mu_args_wrong(&args, "--plan, --redact and --key go with a report: muster verify REPORT JOURNAL");
    const char *path = mu_journal_in(args.operands[0]);
    mu_journal *j = mu_journal_read(path, &reading);
    mu_buf out = {0};
    if (*mu_arg_or(&args, "format", "text") == 'j')
        say_json(&out, j, &reading);
    else
        say(&out, path, j, &reading);
    bool ok = mu_put_out(out.text, out.len), empty = mu_journal_count(j) == 0; /* what was emptied is not sound either */
    mu_buf_free(&out);
    mu_journal_free(j);
    bool unread = reading.soundness == MU_UNREADABLE && reading.record == 0;
    return !ok || unread ? 4 : reading.soundness == MU_SOUND && !empty ? 0 : 3;
}
