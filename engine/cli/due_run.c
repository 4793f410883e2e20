/* A drill that is due, played in a process of its own: what happens to it does not happen to the ledger. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "calltree/ways.h"
#include "cli/calltree.h"
#include "cli/drill.h"
#include "cli/due.h"
#include "cli/live.h"
#include "cli/measured.h"
#include "plan/schema.h"
#include "store/history.h"

enum { LOOK_MOST = 60000, NAP_US = 100000, WORDS_MOST = 24, FINDINGS_MOST = (64 << 20) - 1 };

typedef struct line {
    char *words[WORDS_MOST];
    int count;
} line;

static void word(line *l, const char *text, mu_arena *arena)
{
    l->words[l->count++] = mu_copy(arena, text, strlen(text));
    l->words[l->count] = NULL;
}

static bool there(const char *path)
{
    return access(path, R_OK) == 0;
}

static bool any_with_people(const mu_due *d)
{
    for (int i = 0; i < d->item_count; i++)
        if (d->items[i].occasion->series->mode != MU_MODEL && d->items[i].standing == MU_DONE)
            return true;
    return false;
}

int mu_due_starts(const char *plan, const char *scenario, const char *assume, int64_t local, const char **text, mu_arena *arena)
{
    mu_drill d = {0};
    int status = mu_drill_load(&d, plan, scenario, assume);
    if (!status) {
        int64_t day = mu_day_of(local), wanted = mu_weekday(mu_day_of(d.msel->starts));
        day += (wanted - mu_weekday(day) + 7) % 7;
        *text = mu_moment_text(arena, day * MU_DAY_MS + mu_time_of_day(d.msel->starts));
    }
    mu_drill_free(&d);
    return status;
}

/* Where drills with people have measured something, that goes before what was assumed; the file that says so stands beside the ledger, and a copy in the drill's inputs. False after words on stderr. */
static bool with_measures(const mu_due *d, const char **assume)
{
    int left_out;
    mu_history_state state;
    const char *why, *path = mu_format(d->arena, "%s/measured.yaml", d->programme->folder), *part = mu_format(d->arena, "%s.part", path);
    const mu_past *known = mu_history_read(mu_format(d->arena, "%s/history.db", d->programme->folder), d->arena, &state, &why);
    const mu_past *past = any_with_people(d) ? mu_past_gather(d->programme->folder, known, d->arena, &left_out) : NULL;
    mu_buf out = {0};
    int n = past ? mu_measured_file(past, *assume, d->arena, &out) : 0;
    if (n <= 0)
        return n == 0;
    FILE *f = fopen(part, "wb");
    bool ok = f && fwrite(out.text, 1, out.len, f) == out.len && fflush(f) == 0 && fsync(fileno(f)) == 0;
    ok = (!f || fclose(f) == 0) && ok && rename(part, path) == 0;
    mu_buf_free(&out);
    if (!ok)
        fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    *assume = path;
    return ok;
}

static int new_drill(line *l, const mu_due *d, const mu_occasion *o, const char *folder)
{
    const mu_series *s = o->series;
    const char *plan = mu_beside(d->programme, s->plan, d->arena), *scenario = mu_beside(d->programme, o->scenario, d->arena), *text = "";
    const char *assume = s->assumptions ? mu_beside(d->programme, s->assumptions, d->arena) : NULL;
    if (!with_measures(d, &assume))
        return 4;
    int status = mu_due_starts(plan, scenario, assume, o->local, &text, d->arena);
    if (mu_inputs_begun(folder))
        word(l, "--resume", d->arena);
    word(l, mu_format(d->arena, "--seed=%llu", (unsigned long long)s->seed), d->arena);
    word(l, mu_format(d->arena, "--start=%s", text), d->arena);
    if (assume)
        word(l, mu_format(d->arena, "--assume=%s", assume), d->arena);
    word(l, "--", d->arena);
    word(l, plan, d->arena);
    word(l, scenario, d->arena);
    return status;
}

/* With what it was begun with, whatever became of plan and scenario since. */
static int old_drill(line *l, const mu_due *d, const mu_inputs *in)
{
    word(l, "--resume", d->arena);
    if (*in->assume)
        word(l, mu_format(d->arena, "--assume=%s", in->assume), d->arena);
    word(l, "--", d->arena);
    word(l, in->plan, d->arena);
    word(l, in->scenario, d->arena);
    return 0;
}

static int in_child(const mu_due *d, const mu_occasion *o, const char *before)
{
    line l = {.count = 0};
    mu_inputs in;
    const char *folder = mu_format(d->arena, "%s/%s", d->programme->folder, o->key), *journal = mu_format(d->arena, "%s/journal.jsonl", folder);
    const char *known = before ? mu_format(d->arena, "%s/findings.json", before) : NULL;
    bool regression = o->series->regression && known && there(known), never = strcmp(o->series->fail_on, "never") == 0;
    word(&l, "run", d->arena);
    word(&l, mu_format(d->arena, "--out=%s", folder), d->arena);
    word(&l, mu_format(d->arena, "--fail-on=%s", regression && never ? "low" : o->series->fail_on), d->arena);
    if (regression)
        word(&l, mu_format(d->arena, "--baseline=%s", known), d->arena);
    int status = there(journal) && mu_inputs_find(journal, &in) ? old_drill(&l, d, &in) : new_drill(&l, d, o, folder);
    return status ? status : mu_cmd_run(l.count, l.words);
}

/* A call tree, from the programme: what was begun is known by its folder. */
static int calls_in_child(const mu_due *d, const mu_occasion *o, const char *before)
{
    line l = {.count = 0};
    const char *folder = mu_format(d->arena, "%s/%s", d->programme->folder, o->key);
    const char *known = before ? mu_format(d->arena, "%s/findings.json", before) : NULL;
    bool regression = o->series->regression && known && there(known), never = strcmp(o->series->fail_on, "never") == 0;
    word(&l, "calltree", d->arena);
    word(&l, mu_format(d->arena, "--out=%s", folder), d->arena);
    word(&l, "--resume", d->arena);
    if (d->told)
        word(&l, mu_format(d->arena, "--now=%sZ", mu_moment_text(d->arena, d->now)), d->arena);
    word(&l, mu_format(d->arena, "--fail-on=%s", regression && never ? "low" : o->series->fail_on), d->arena);
    if (regression)
        word(&l, mu_format(d->arena, "--baseline=%s", known), d->arena);
    word(&l, "--", d->arena);
    word(&l, d->programme->path, d->arena);
    word(&l, o->series->id, d->arena);
    return mu_cmd_calltree(l.count, l.words);
}

static int exit_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 4;
    return exit_of(status);
}

/* A call tree takes its time: ten times in it, but each minute at the least, everything else that is due is done. */
static int wait_beside(mu_due *d, pid_t child, int64_t lasts)
{
    int status = 0;
    int64_t every = lasts / 10 > LOOK_MOST ? LOOK_MOST : lasts / 10, looked = mu_clock_of(CLOCK_BOOTTIME);
    for (pid_t over; (over = waitpid(child, &status, WNOHANG)) != child; (void)usleep(NAP_US)) {
        if (over < 0 && errno != EINTR)
            return 4;
        if (mu_clock_of(CLOCK_BOOTTIME) - looked < every)
            continue;
        mu_due_aside(d);
        looked = mu_clock_of(CLOCK_BOOTTIME);
    }
    return exit_of(status);
}

const char *mu_due_result(mu_due *d, const char *key)
{
    static const char *const weights[] = {"critical", "high", "medium", "low"};
    const char *path = mu_format(d->arena, "%s/%s/findings.json", d->programme->folder, key), *why, *const *texts = NULL;
    int counts[4] = {0}, n = -1;
    mu_buf bytes = {0};
    mu_buf_puts(&bytes, "");
    if (mu_buf_read(&bytes, path, FINDINGS_MOST))
        n = mu_json_column(d->arena, bytes.text, bytes.len, "findings", "severity", &texts, &why);
    mu_buf_free(&bytes);
    for (int i = 0; i < n; i++)
        for (int w = 0; w < 4; w++)
            counts[w] += strcmp(texts[i], weights[w]) == 0;
    return n < 0 ? "its findings cannot be read" : mu_format(d->arena, "%d critical, %d high, %d medium, %d low gaps", counts[0], counts[1], counts[2], counts[3]);
}

/* The drill's own summary stands in its folder; what it has to say on its way comes out. The process, or -1. */
static pid_t apart(const mu_due *d, const mu_occasion *o, const char *before, int (*run)(const mu_due *d, const mu_occasion *o, const char *before))
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (null < 0 || dup2(null, STDOUT_FILENO) < 0)
            _exit(4);
        int status = run(d, o, before);
        fflush(stderr);
        _exit(status);
    }
    return child;
}

int mu_due_call(mu_due *d, const mu_occasion *o, const char *before, const char **words)
{
    pid_t child = apart(d, o, before, calls_in_child);
    int status = child < 0 ? 4 : wait_beside(d, child, o->series->lasts);
    const char *said = mu_calltree_said(mu_format(d->arena, "%s/%s", d->programme->folder, o->key), d->arena);
    *words = status > 1 ? mu_format(d->arena, "muster calltree ended with status %d; it is tried again while the drill is due", status)
             : mu_format(d->arena, "%s %s%s", said ? said : "", mu_due_result(d, o->key), status == 1 ? "; the gate failed" : "");
    return status;
}

void mu_due_would_call(mu_due *d, const mu_occasion *o)
{
    mu_contact *list;
    mu_diags *diags = mu_diags_new();
    mu_tree *plan = mu_tree_read(mu_beside(d->programme, o->series->plan, d->arena), diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(plan, diags);
    int count = mu_diags_count(diags, MU_ERROR) ? 0 : mu_contacts(plan, d->programme, mu_zone_local(o->series->zone, d->now), d->arena, &list);
    for (int i = 0; i < count; i++)
        mu_due_say(d, list[i].not_asked ? "not asked" : "would ask", o->key, mu_format(d->arena, "%s over %s %s%s%s", list[i].name, list[i].channel, list[i].address,
                   list[i].not_asked ? ": " : list[i].by == MU_BY_HAND ? ", called by hand" : ", by ", list[i].not_asked ? list[i].not_asked : list[i].by == MU_BY_HAND ? "" : mu_by_word(list[i].by)));
    if (mu_diags_count(diags, MU_ERROR))
        mu_due_say(d, "failed", o->key, mu_format(d->arena, "%s cannot be read: muster check says why", o->series->plan));
    mu_tree_free(plan);
    mu_diags_free(diags);
}

int mu_due_run(mu_due *d, const mu_occasion *o, const char *before, const char **words)
{
    pid_t child = apart(d, o, before, in_child);
    int status = child < 0 ? 4 : wait_for(child);
    bool regression = o->series->regression && before, never = strcmp(o->series->fail_on, "never") == 0;
    const char *result = mu_due_result(d, o->key), *gate = mu_format(d->arena, "a gap%s%s%s", regression ? " that the drill before did not have" : "", never ? "" : ", at or above ", never ? "" : o->series->fail_on);
    *words = status == 0 ? result : status == 1 ? mu_format(d->arena, "%s; the gate failed: %s", result, gate)
             : mu_format(d->arena, "muster run ended with status %d; it is tried again while the drill is due", status);
    return status;
}
