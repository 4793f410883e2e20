/* muster verify: the chain of hashes of a journal. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"
#include "journal/journal.h"

static const char *word(mu_soundness s)
{
    static const char *const words[] = {"sound", "torn", "corrupt", "unreadable"};
    return words[s];
}

static void say(const char *path, mu_journal *j, const mu_reading *r)
{
    size_t n = mu_journal_count(j);
    if (r->soundness == MU_SOUND && n == 0)
        printf("%s: empty: the drill never began\n", path);
    else if (r->soundness == MU_SOUND)
        printf("%s: sound: %zu records, the last %d:%02d:%02d after STARTEX (%s)\n  head %s\n", path, n, (int)(mu_journal_event(j, n)->t / 3600000),
               (int)(mu_journal_event(j, n)->t / 60000 % 60), (int)(mu_journal_event(j, n)->t / 1000 % 60),
               mu_event_kinds[mu_journal_event(j, n)->kind].name, mu_journal_head(j));
    else if (r->soundness == MU_TORN)
        printf("%s: torn: %s; the %zu before it are sound, and --resume goes on after them\n", path, r->why, n);
    else
        printf("%s: %s: %s\n", path, word(r->soundness), r->why);
}

static void say_json(mu_journal *j, const mu_reading *r)
{
    mu_buf out = {0};
    mu_buf_printf(&out, "{\"schema\": \"muster.verify/1\", \"state\": \"%s\", \"records\": %zu, \"at_record\": %zu, \"head\": \"%s\", \"why\": ", word(r->soundness), mu_journal_count(j), r->record,
                  mu_journal_head(j));
    mu_json_text(&out, r->why);
    mu_buf_puts(&out, "}\n");
    fwrite(out.text, 1, out.len, stdout);
    mu_buf_free(&out);
}

int mu_cmd_verify(int argc, char **argv)
{
    mu_args args;
    mu_reading reading;
    int ended = mu_args_read(&args, argc, argv);
    if (ended != MU_GO_ON)
        return ended;
    bool json = *mu_arg_or(&args, "format", "text") == 'j';
    mu_journal *j = mu_journal_read(args.operands[0], &reading);
    if (json)
        say_json(j, &reading);
    else
        say(args.operands[0], j, &reading);
    mu_journal_free(j);
    return reading.soundness == MU_SOUND && fflush(stdout) == 0 ? 0 : reading.soundness == MU_UNREADABLE ? 4 : 3;
}
