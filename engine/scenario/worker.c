/* The worker as a process: made, watched, ended. */
#include "scenario/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenario/jail.h"
#include "scenario/limits.h"
#include "scenario/wire.h"

/* ---- a child and the one line to it ---- */

typedef struct child {
    pid_t pid;
    int fd;
} child;

/* Forks; the child runs `serve` and leaves by _exit, so that nothing of the parent's is flushed or freed twice. */
static bool spawn(child *c, int (*serve)(void *arg, int fd), void *arg)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    pid_t pid = fork();
    if (pid == 0) {
        mu_jail(pair[1]);
        _exit(serve(arg, pair[1]) & 0x7f);
    }
    close(pair[1]);
    *c = (child){pid, pair[0]};
    if (pid < 0)
        close(pair[0]);
    return pid > 0;
}

/* Ends it if it has not ended; returns its exit status, or -1 where a signal ended it. */
static int reap(child *c, bool force)
{
    int status = 0;
    if (c->pid <= 0)
        return -1;
    close(c->fd);
    if (force)
        kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    c->pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Reads until the child closes its end. False where it took too long or said too much. */
static bool gather(int fd, int64_t wall_ms, mu_buf *out)
{
    char piece[16384];
    size_t before = out->len;
    mu_patience most = mu_wire_patience(wall_ms);
    while (mu_wire_ready(fd, &most)) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n == 0 || (n < 0 && errno == ECONNRESET))
            return true;
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            mu_buf_add(out, piece, (size_t)n);
        if ((int64_t)(out->len - before) > mu_limits[MU_LIMIT_WORKER_OUTPUT].most)
            return false;
    }
    return false;
}

mu_worker_end mu_worker_run(int (*job)(void *arg, int out_fd), void *arg, int64_t wall_ms, mu_buf *out, int *status)
{
    child c;
    *status = -1;
    if (!spawn(&c, job, arg))
        return MU_WORKER_UNBORN;
    bool whole = gather(c.fd, wall_ms ? wall_ms : mu_limits[MU_LIMIT_WORKER_WALL].most, out);
    *status = reap(&c, !whole);
    return whole && *status >= 0 && *status < 126 ? MU_WORKER_DONE : MU_WORKER_STOPPED;
}

/* ---- the top of a script, judged in a worker ---- */

typedef struct checking {
    const mu_script *script;
    const mu_tree *plan;
} checking;

static int file_index(const mu_script *script, const char *name)
{
    for (int i = 0; i < script->count; i++)
        if (strcmp(script->files[i].name, name) == 0)
            return i;
    return 0;
}

/* The script goes with its scenario, so the names of its files are kept before it runs. */
static int check_job(void *arg, int out_fd)
{
    checking *c = arg;
    mu_diags *diags = mu_diags_new();
    mu_buf frame = {0};
    const mu_diag *list;
    mu_script names = {.files = mu_alloc(mu_diags_arena(diags), (size_t)c->script->count * sizeof *names.files),
                       .count = c->script->count};
    for (int i = 0; i < names.count; i++)
        names.files[i].name =
            mu_copy(mu_diags_arena(diags), c->script->files[i].name, strlen(c->script->files[i].name));
    (void)mu_scenario_run_script((mu_script *)(uintptr_t)c->script, c->plan, diags);
    size_t count = mu_diags_list(diags, &list);
    size_t all = mu_diags_count(diags, MU_ERROR) + mu_diags_count(diags, MU_WARNING);
    mu_wire_number(&frame, (int64_t)count);
    mu_wire_number(&frame, (int64_t)(all - count));
    for (size_t i = 0; i < count; i++) {
        const mu_diag *d = &list[i];
        const int64_t numbers[] = {d->level,   d->code,      file_index(&names, d->at.file),
                                   d->at.line, d->at.column, d->at.width};
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
            mu_wire_number(&frame, numbers[n]);
        mu_wire_text(&frame, d->text);
        mu_wire_text(&frame, d->help);
    }
    return mu_wire_send(out_fd, &frame) ? 0 : 1;
}

static bool take_diag(const mu_script *script, mu_wire *in, mu_diags *diags)
{
    enum { LINES = 1 << 30 };
    mu_level level = (mu_level)mu_wire_take(in, MU_WARNING, MU_ERROR);
    int code = (int)mu_wire_take(in, 1, 999), file = (int)mu_wire_take(in, 0, script->count - 1);
    mu_mark at = {script->files[file].name, (int)mu_wire_take(in, 1, LINES), (int)mu_wire_take(in, 1, LINES),
                  (int)mu_wire_take(in, 1, LINES)};
    const char *text = mu_wire_take_text(in), *help = mu_wire_take_text(in);
    if (in->broken || !text)
        return false;
    at.file = mu_copy(mu_diags_arena(diags), at.file, strlen(at.file));
    mu_diag_add(diags, level, code, at, text, help);
    return true;
}

static bool stopped(const mu_script *script, mu_diags *diags, mu_worker_end end)
{
    const char *name = mu_copy(mu_diags_arena(diags), script->files[0].name, strlen(script->files[0].name));
    mu_diag_add(diags, MU_ERROR, 116, (mu_mark){name, 1, 1, 1},
                end == MU_WORKER_UNBORN ? "no process for the script could be made" : MU_TELLER_LOST,
                end == MU_WORKER_UNBORN ? strerror(errno)
                                        : "it took too long, too much memory, or did what no scenario does");
    return false;
}

bool mu_worker_check(const mu_script *script, const mu_tree *plan, mu_diags *diags)
{
    checking c = {script, plan};
    mu_buf out = {0};
    int status;
    size_t before = mu_diags_count(diags, MU_ERROR);
    if (script->refused)
        return false;
    mu_worker_end end = mu_worker_run(check_job, &c, 0, &out, &status);
    mu_wire in = {out.text, out.text + out.len, end != MU_WORKER_DONE || status != 0};
    (void)mu_wire_take(&in, 0, INT64_MAX); /* the frame's own length: the whole output is the frame */
    int64_t count = mu_wire_take(&in, 0, 1000);
    (void)mu_wire_take(&in, 0, INT64_MAX);
    while (count > 0 && !in.broken && take_diag(script, &in, diags))
        count--;
    if (in.broken || count > 0)
        (void)stopped(script, diags, end);
    mu_buf_free(&out);
    return mu_diags_count(diags, MU_ERROR) == before;
}

mu_scenario *mu_worker_load(const char *path, const mu_tree *plan, mu_diags *diags)
{
    mu_script *script = mu_script_read(path, diags);
    if (!script)
        return NULL;
    if (!mu_worker_check(script, plan, diags)) {
        mu_script_free(script);
        return NULL;
    }
    mu_diags *again = mu_diags_new(); /* it was all said once */
    mu_scenario *scenario = mu_scenario_run_script(script, plan, again);
    mu_diags_free(again);
    return scenario;
}

/* ---- a teller behind the line ---- */

enum { ASK_RESTART = 'R', ASK_STEP = 'S' };

struct mu_worker {
    mu_scenario *scenario;
    const mu_script *script;
    child child;
    mu_buf frame; /* the last answer; texts of wishes live in it until the next */
};

static int serve(void *arg, int fd)
{
    mu_worker *w = arg;
    mu_teller teller = mu_scenario_teller(w->scenario);
    mu_buf in = {0}, out = {0};
    while (mu_wire_receive(fd, &in, 0)) {
        mu_wire wire = {in.text, in.text + in.len, false};
        int64_t what = mu_wire_take(&wire, 0, 255);
        out.len = 0;
        if (what == ASK_RESTART) {
            mu_wire_number(&out, teller.restart(teller.self));
        } else {
            mu_wish wish;
            int story = (int)mu_wire_take(&wire, 0, INT32_MAX);
            bool some = mu_wire_take(&wire, 0, 1) != 0;
            mu_outcome o = {.answer = mu_wire_take_text(&wire), .by = mu_wire_take_text(&wire)};
            o.late = mu_wire_take(&wire, 0, 1) != 0;
            o.silence = mu_wire_take(&wire, 0, 1) != 0;
            o.took = mu_wire_take(&wire, INT64_MIN, INT64_MAX);
            o.number = mu_wire_take(&wire, INT64_MIN, INT64_MAX);
            teller.step(teller.self, story, some ? &o : NULL, &wish);
            const int64_t numbers[] = {
                wish.verb,    wish.card,      wish.ms,      wish.number, file_index(w->script, wish.at.file),
                wish.at.line, wish.at.column, wish.at.width};
            for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
                mu_wire_number(&out, numbers[i]);
            mu_wire_text(&out, wish.text);
        }
        if (wire.broken || !mu_wire_send(fd, &out))
            return 1;
    }
    return 0;
}

/* One question and its answer. What cannot be had, or is late, costs the worker its life. */
static bool exchange(mu_worker *w, const mu_buf *question)
{
    if (w->child.pid <= 0)
        return false;
    if (mu_wire_send(w->child.fd, question) &&
        mu_wire_receive(w->child.fd, &w->frame, mu_limits[MU_LIMIT_WORKER_WALL].most))
        return true;
    (void)reap(&w->child, true);
    return false;
}

/* Its processor time is limited for its whole life, and an exploration begins the stories anew a thousand times. */
static bool worn(const child *c)
{
    return c->pid > 0 && mu_wire_used(c->pid) > mu_limits[MU_LIMIT_WORKER_CPU].most * 1000 / 4;
}

static bool restart(void *self)
{
    mu_worker *w = self;
    mu_buf question = {0};
    if (worn(&w->child))
        (void)reap(&w->child, true);
    if (w->child.pid <= 0 && !spawn(&w->child, serve, w))
        return false;
    mu_wire_number(&question, ASK_RESTART);
    bool ok = exchange(w, &question);
    mu_buf_free(&question);
    mu_wire in = {w->frame.text, w->frame.text + w->frame.len, !ok};
    return mu_wire_take(&in, 0, 1) == 1;
}

bool mu_wish_read(const mu_scenario *scenario, const mu_buf *frame, mu_wish *out)
{
    const mu_msel *m = mu_scenario_msel(scenario);
    const mu_script *script = mu_scenario_script(scenario);
    mu_wire in = {frame->text, frame->text + frame->len, false};
    out->verb = (mu_verb)mu_wire_take(&in, MU_SAYS_WAIT, MU_SAYS_FAILED);
    bool card = out->verb == MU_SAYS_DELIVER || out->verb == MU_SAYS_ASK || out->verb == MU_SAYS_AWAIT;
    bool text = out->verb == MU_SAYS_PHASE || out->verb == MU_SAYS_FACT || out->verb == MU_SAYS_AWARE ||
                out->verb == MU_SAYS_NOTE || out->verb == MU_SAYS_FINISH || out->verb == MU_SAYS_FAILED;
    out->card = (int)mu_wire_take(&in, card ? 0 : -1, card ? m->card_count - 1 : -1);
    out->ms = mu_wire_take(&in, 0, mu_limits[MU_LIMIT_LENGTH].most);
    out->number = mu_wire_take(&in, 0, 10000);
    int file = (int)mu_wire_take(&in, 0, script->count - 1);
    out->at = (mu_mark){script->files[file].name, 1, 1, 1};
    out->at.line = (int)mu_wire_take(&in, 1, INT32_MAX);
    out->at.column = (int)mu_wire_take(&in, 1, INT32_MAX);
    out->at.width = (int)mu_wire_take(&in, 1, INT32_MAX);
    out->text = mu_wire_take_text(&in);
    return !in.broken && (!text || out->text);
}

static void step(void *self, int story, const mu_outcome *in, mu_wish *out)
{
    mu_worker *w = self;
    mu_buf question = {0};
    const mu_outcome nothing = {0}, *o = in ? in : &nothing;
    mu_wire_number(&question, ASK_STEP);
    mu_wire_number(&question, story);
    mu_wire_number(&question, in != NULL);
    mu_wire_text(&question, o->answer);
    mu_wire_text(&question, o->by);
    mu_wire_number(&question, o->late);
    mu_wire_number(&question, o->silence);
    mu_wire_number(&question, o->took);
    mu_wire_number(&question, o->number);
    bool ok = exchange(w, &question);
    mu_buf_free(&question);
    if (ok && mu_wish_read(w->scenario, &w->frame, out))
        return;
    if (ok)
        (void)reap(&w->child, true);
    *out = (mu_wish){.verb = MU_SAYS_FAILED,
                     .card = -1,
                     .text = MU_TELLER_LOST,
                     .at = {w->script->files[0].name, 1, 1, 1}};
}

mu_worker *mu_worker_open(mu_scenario *scenario)
{
    mu_worker *w = mu_grow(NULL, sizeof *w);
    *w = (mu_worker){.scenario = scenario, .script = mu_scenario_script(scenario), .child = {-1, -1}};
    return w;
}

mu_teller mu_worker_teller(mu_worker *w)
{
    return (mu_teller){w, restart, step};
}

int mu_worker_pid(const mu_worker *w)
{
    return (int)w->child.pid;
}

void mu_worker_close(mu_worker *w)
{
    if (!w)
        return;
    (void)reap(&w->child, true);
    mu_buf_free(&w->frame);
    free(w);
}
