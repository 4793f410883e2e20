/* fuzz/journal: any bytes as a journal, read and reported with a small plan. Once as they came, and once with
 * numbers and hashes put right, as whoever changes a journal can do: the chain keeps no stranger out. */
#define _GNU_SOURCE
#include "fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/check.h"
#include "journal/parts.h"
#include "plan/schema.h"
#include "report/write.h"

static const int64_t starts = 1772818800000; /* 2026-03-06 17:40 */

static const mu_tree *plan(void)
{
    static mu_tree *tree;
    if (!tree) {
        mu_diags *diags = mu_diags_new();
        tree = mu_tree_read(PLAN, diags);
        mu_schema_read(tree, diags);
        MU_CHECK(mu_diags_count(diags, MU_ERROR) == 0);
        mu_diags_free(diags);
    }
    return tree;
}

static void report(mu_journal *journal)
{
    static void (*const writers[])(mu_buf *, const mu_report *) = {mu_write_html, mu_write_markdown, mu_write_json, mu_write_findings};
    mu_arena *arena = mu_arena_new();
    mu_findings findings = mu_judge_all(plan(), journal, starts, arena);
    mu_report *r = mu_report_make(plan(), journal, &findings, arena);
    mu_buf out = {0};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        writers[i](&out, r);
    mu_write_terminal(&out, r, (mu_look){false});
    mu_buf_free(&out);
    mu_arena_free(arena);
}

static mu_soundness read_back(const char *bytes, size_t len)
{
    static int fd = -1;
    char path[64];
    if (fd < 0)
        MU_CHECK((fd = memfd_create("journal", 0)) >= 0);
    MU_CHECK(ftruncate(fd, 0) == 0 && pwrite(fd, bytes, len, 0) == (ssize_t)len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    mu_reading reading;
    mu_journal *journal = mu_journal_read(path, &reading);
    mu_buf out = {0};
    for (size_t i = 1; i <= mu_journal_count(journal); i++)
        mu_event_json(&out, mu_journal_symbols(journal), mu_journal_event(journal, i));
    mu_buf_free(&out);
    if (mu_journal_count(journal) && reading.soundness != MU_CORRUPT)
        report(journal);
    mu_journal_free(journal);
    return reading.soundness;
}

/* What stands between the number and the hashes of a line, with the right ones round it. */
static void seal(mu_buf *out, const char *line, size_t len, int number, char hash[MU_HASH + 1])
{
    const char *body = memmem(line, len, ",\"t\":", 5), *end = line + len;
    const char *stop = body ? memmem(body, (size_t)(end - body), ",\"prev\":", 8) : NULL;
    size_t start = out->len;
    mu_buf_printf(out, "{\"n\":%d", number);
    if (body)
        mu_buf_add(out, body, (size_t)((stop ? stop : end) - body));
    mu_buf_printf(out, ",\"prev\":\"%s\"", hash);
    mu_line_hash(out->text + start, out->len - start, hash);
    mu_buf_printf(out, ",\"hash\":\"%s\"}\n", hash);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const char *at = (const char *)bytes, *end = at + len;
    char hash[MU_HASH + 1] = "";
    mu_buf sealed = {0};
    (void)read_back(at, len);
    for (int number = 1; at < end; number++) {
        const char *line = at, *stop = memchr(at, '\n', (size_t)(end - at));
        at = stop ? stop + 1 : end;
        seal(&sealed, line, (size_t)((stop ? stop : end) - line), number, hash);
    }
    if (sealed.len)
        (void)read_back(sealed.text, sealed.len);
    mu_buf_free(&sealed);
    return 0;
}
