/* muster verify: the chain of hashes of a journal. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"
#include "journal/journal.h"

static int usage(const char *text)
{
    fprintf(stderr, "muster verify: %s\nusage: muster verify JOURNAL [--format text|json]\n", text);
    return 2;
}

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
    mu_buf_printf(out, "sound: %zu records, the last at %lld:%02d:%02d of the exercise%s\n", n, (long long)(s / 3600), (int)(s / 60 % 60), (int)(s % 60),
                  last->kind == EV_END ? ", which has ended" : ", which has not ended: --resume goes on");
    mu_buf_printf(out, "  head  %s  (whoever has it from before can tell that no record was made anew)\n", mu_journal_head(j));
}

static void say(mu_buf *out, const char *path, mu_journal *j, const mu_reading *r)
{
    mu_buf_safe(out, path, strlen(path), 4096);
    mu_buf_puts(out, ": ");
    if (r->soundness == MU_SOUND && mu_journal_count(j) == 0)
        mu_buf_puts(out, "empty: the drill never began\n");
    else if (r->soundness == MU_SOUND)
        say_sound(out, j);
    else if (r->soundness == MU_TORN)
        mu_buf_printf(out, "torn: %s; the %zu before it are sound, and --resume goes on after them\n", r->why, mu_journal_count(j));
    else
        mu_buf_printf(out, "%s: %s\n", word(r->soundness), r->why);
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
    static const struct option known[] = {{"format", required_argument, NULL, 'f'}, {NULL, 0, NULL, 0}};
    bool json = false;
    mu_reading reading;
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (c == '?' || (strcmp(optarg, "text") && strcmp(optarg, "json")))
            return usage("--format is text or json");
        json = strcmp(optarg, "json") == 0;
    }
    if (optind + 1 != argc)
        return usage("name one journal");
    mu_journal *j = mu_journal_read(argv[optind], &reading);
    mu_buf out = {0};
    if (json)
        say_json(&out, j, &reading);
    else
        say(&out, argv[optind], j, &reading);
    bool ok = mu_put_out(out.text, out.len);
    mu_buf_free(&out);
    mu_journal_free(j);
    return !ok || reading.soundness == MU_UNREADABLE ? 4 : reading.soundness == MU_SOUND ? 0 : 3;
}
