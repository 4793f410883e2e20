#include "cli/gate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "report/sarif.h"

static void sarif(mu_buf *out, const mu_findings *f, const mu_about *about, mu_arena *arena)
{
    (void)arena;
    mu_write_sarif(out, f, about);
}

mu_gap_writer mu_gap_writer_of(const char *format)
{
    static const struct { const char *word; mu_gap_writer write; } formats[] = {
        {"sarif", sarif}, {"junit", mu_write_junit}, {"github", mu_write_github}, {"oscal", mu_write_oscal}, {"csv", mu_write_gaps_csv},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].word, format) == 0)
            return formats[i].write;
    return NULL;
}

enum { BASELINE_MOST = (64 << 20) - 1 };

static bool take_baseline(const char *path, mu_findings *findings, mu_arena *arena)
{
    mu_buf bytes = {0};
    static const char *const columns[] = {"gap", "subject", "text"};
    const char *const *ids = NULL, *const *words[3] = {NULL};
    const char *why = NULL;
    mu_buf_puts(&bytes, "");
    int count = -1;
    bool read = mu_buf_read(&bytes, path, BASELINE_MOST);
    if (!read)
        why = strerror(errno);
    else
        count = mu_json_column(arena, bytes.text, bytes.len, "findings", "id", &ids, &why);
    for (int i = 0; count > 0 && i < 3; i++)
        if (mu_json_column(arena, bytes.text, bytes.len, "findings", columns[i], &words[i], &why) != count)
            words[0] = NULL; /* they are known by their ids alone */
    mu_buf_free(&bytes);
    if (count < 0) {
        fprintf(stderr, "muster: %s: %s%s\n", path, read ? "this is no findings document (muster check --format json): " : "", why);
        return false;
    }
    mu_said *earlier = mu_alloc(arena, ((size_t)count + 1) * sizeof *earlier);
    for (int i = 0; i < count; i++)
        earlier[i] = words[0] ? (mu_said){ids[i], words[0][i], words[1][i], words[2][i]} : (mu_said){.id = ids[i]};
    mu_findings_known(findings, earlier, (size_t)count);
    return true;
}

bool mu_gate_take(const mu_gate *gate, mu_findings *findings, mu_arena *arena, bool *fails)
{
    bool taken = !gate->baseline || take_baseline(gate->baseline, findings, arena);
    *fails = mu_findings_fail(findings, gate->fail_on);
    return taken;
}
