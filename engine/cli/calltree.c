/* muster calltree: everybody whom the plan names is asked over each of their ways, and answers are taken until all have come or the time is over. */
#include "cli/calltree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/check.h"
#include "cli/calltree_post.h"
#include "cli/command.h"
#include "cli/drill.h"
#include "cli/live.h"
#include "cli/programme.h"
#include "plan/schema.h"
#include "server/answers.h"

enum { LINGER_MS = 600, BUSY_MS = 20, IDLE_MS = 500 };

typedef struct calling {
    mu_loaded loaded;
    const mu_series *series;
    const char *out, *journal_path;
    bool resume, json;
    mu_gate gate;
    int64_t shift;          /* of --now: what the wall clock is told to be later than it is */
    mu_diags *diags;
    mu_tree *plan;
    mu_inputs kept;
    mu_journal *journal, *recorded;
    mu_calls *check;
    mu_asking asking;
    mu_answers answers;
    mu_poster *poster;
    int busy;               /* the way that is being sent, or -1 */
    mu_http *net;
    int64_t steady, base;   /* a steady moment, and the exercise time it was */
    int64_t starts;         /* local */
    bool full;
} calling;

static int64_t wall(const calling *c)
{
    return mu_clock_of(CLOCK_REALTIME) + c->shift;
}

static int64_t now(const calling *c)
{
    return c->base + mu_clock_of(CLOCK_BOOTTIME) - c->steady;
}

static int64_t now_of(void *self, int64_t *at)
{
    const calling *c = self;
    *at = wall(c);
    return now(c);
}

static int say(int status, const char *path, const char *why)
{
    fprintf(stderr, "muster: %s%s%s\n", path, *path ? ": " : "", why);
    return status;
}

/* ---- what it is made of ---- */

static int find_series(calling *c, const char *id)
{
    const mu_programme *p = c->loaded.programme;
    const char *ids[256];
    size_t count = 0;
    for (int i = 0; i < p->series_count; i++) {
        if (strcmp(p->series[i].id, id) == 0)
            c->series = &p->series[i];
        if (p->series[i].mode == MU_CALLTREE && count < 256)
            ids[count++] = p->series[i].id;
    }
    if (c->series && c->series->mode == MU_CALLTREE)
        return 0;
    const char *near = mu_nearest(id, ids, count);
    fprintf(stderr, "muster: %s has no call tree \"%.100s\"%s%s%s\n", p->path, id, near ? "; did you mean \"" : count ? "" : ": no drill in it has the mode calltree", near ? near : "", near ? "\"?" : "");
    return 2;
}

static int read_plan(calling *c, const char *path)
{
    c->diags = mu_diags_new();
    c->plan = mu_tree_read(path, c->diags);
    if (mu_diags_count(c->diags, MU_ERROR) == 0)
        mu_schema_read(c->plan, c->diags);
    if (mu_diags_count(c->diags, MU_ERROR) == 0) /* warnings are for muster check */
        return 0;
    mu_say_diags(c->diags);
    return 3;
}

static const char *plan_path(const calling *c)
{
    return mu_beside(c->loaded.programme, c->series->plan, c->loaded.arena);
}

static const char *until(const calling *c, int64_t began, int64_t lasts)
{
    return mu_format(c->loaded.arena, "%s %s", mu_moment_text(c->loaded.arena, mu_zone_local(c->series->zone, began + lasts)), mu_zone_name(c->series->zone));
}

static void set_asking(calling *c, int64_t began)
{
    const char *name = mu_get_text(mu_get(mu_tree_root(c->plan), "organisation"), "name");
    c->asking = (mu_asking){c->loaded.programme, c->series, c->check, name ? name : "", until(c, began, c->check->lasts)};
    c->answers = (mu_answers){.check = c->check, .organisation = c->asking.organisation, .until = c->asking.until, .zone = c->series->zone, .began = began, .now = now_of, .self = c};
}

static const mu_contact *all_ways(const calling *c, int64_t at, int *count)
{
    mu_contact *ways;
    *count = mu_contacts(c->plan, c->loaded.programme, mu_zone_local(c->series->zone, at), c->loaded.arena, &ways);
    return ways;
}

static void start(calling *c, int64_t began)
{
    int count;
    const mu_contact *ways = all_ways(c, began, &count);
    mu_calls_begin b = {.engine = MU_VERSION, .title = c->series->title, .starts = mu_moment_text(c->loaded.arena, mu_zone_local(c->series->zone, began)), .zone = mu_zone_name(c->series->zone),
                        .lasts = c->series->lasts, .within = c->series->answer_within, .ways = ways, .way_count = count};
    mu_calls_start(c->check, &b, began);
}

/* ---- what would be ---- */

static void show_text(mu_buf *out, const char *text)
{
    for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n')
        mu_buf_printf(out, "  | %.*s\n", (int)strcspn(p, "\n"), p);
}

static int dry_run(calling *c)
{
    mu_buf out = {0};
    c->journal = mu_journal_new();
    c->check = mu_calls_new(c->plan, c->journal, c->loaded.arena);
    mu_calls_draw(c->check);
    start(c, wall(c));
    set_asking(c, wall(c));
    for (int i = 0; i < c->check->count; i++) {
        const mu_contact *w = &c->check->list[i].way;
        if (w->by == MU_BY_HAND)
            continue;
        mu_buf_printf(&out, "would ask %s, %s: ", w->who, mu_by_word(w->by));
        mu_buf_safe(&out, w->address, strlen(w->address), 300);
        mu_buf_puts(&out, "\n");
        show_text(&out, mu_asking_text(&c->asking, i, c->loaded.arena));
    }
    mu_asking_by_hand(&out, &c->asking);
    for (int i = 0; i < c->check->left_count; i++)
        mu_buf_printf(&out, "not asked: %s/%d %s\n", c->check->left[i].who, c->check->left[i].place, c->check->left[i].why);
    mu_buf_printf(&out, "Nothing was sent. %d ways would be asked, %d not; codes are drawn anew each time.\n", c->check->count, c->check->left_count);
    return mu_put_all(&out);
}

/* ---- its folder ---- */

/* Whoever has it can answer for everybody; it is gone once the check is over. */
static int keep_secret(calling *c)
{
    const char *path = mu_format(c->loaded.arena, "%s/secret", c->out);
    (void)unlink(path);
    mu_calls_draw(c->check);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok = fd >= 0 && write(fd, c->check->secret, sizeof c->check->secret) == (ssize_t)sizeof c->check->secret && fsync(fd) == 0;
    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    return ok ? 0 : say(4, path, strerror(errno));
}

static int find_secret(calling *c)
{
    const char *path = mu_format(c->loaded.arena, "%s/secret", c->out);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool ok = fd >= 0 && read(fd, c->check->secret, sizeof c->check->secret) == (ssize_t)sizeof c->check->secret;
    if (fd >= 0)
        close(fd);
    return ok ? 0 : say(4, path, "it is gone, and with it the codes of what was sent: the check cannot go on. Begin another in a new folder");
}

static bool has_started(const mu_journal *j)
{
    for (size_t n = 1; n <= mu_journal_count(j); n++)
        if (mu_journal_event(j, n)->kind == EV_START)
            return true;
    return false;
}

/* A journal that never came to its start: nothing was sent, and nobody was shown anything. */
static int sweep(const calling *c)
{
    int fd = open(c->journal_path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    bool ours = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
    int status = fd < 0 ? 0 : !ours ? say(5, c->journal_path, "another muster is at work on this check") : unlink(c->journal_path) != 0 ? say(4, c->journal_path, strerror(errno)) : 0;
    if (fd >= 0)
        close(fd);
    return status;
}

static int begin_poster(calling *c)
{
    const char *slash = strrchr(c->out, '/');
    c->poster = mu_poster_new(&c->asking, slash && slash[1] ? slash + 1 : c->out);
    return c->poster ? 0 : say(4, "", "there can be no further process, and one is needed to send");
}

/* In memory first, so that the process that sends knows all and holds no file. */
static int begin_anew(calling *c)
{
    const char *why = "";
    int64_t began = wall(c);
    mu_journal *trial = mu_journal_new();
    if (!mu_inputs_keep(c->out, plan_path(c), c->plan, NULL, NULL))
        return 4;
    if (!mu_inputs_plan(c->journal_path, &c->kept))
        return say(4, c->out, "what was kept in it cannot be found again");
    c->check = mu_calls_new(c->plan, trial, c->loaded.arena);
    int status = keep_secret(c);
    if (!status)
        start(c, began);
    if (!status)
        set_asking(c, began);
    if (!status)
        status = begin_poster(c);
    c->journal = mu_journal_new();
    if (!status && !mu_journal_create(c->journal, c->journal_path, &why))
        status = say(5, c->journal_path, why);
    mu_calls *check = mu_calls_new(c->plan, c->journal, c->loaded.arena);
    memcpy(check->secret, c->check->secret, sizeof check->secret);
    c->check = check;
    if (!status)
        (void)mu_calls_again(check, trial, &why);
    set_asking(c, began);
    mu_journal_free(trial);
    c->steady = mu_clock_of(CLOCK_BOOTTIME);
    return status;
}

static int take_up(calling *c, const mu_reading *reading)
{
    const char *why = "";
    const mu_event *first = mu_journal_event(c->recorded, 1), *last = mu_journal_event(c->recorded, mu_journal_count(c->recorded));
    mu_journal *trial = mu_journal_new();
    c->check = mu_calls_new(c->plan, trial, c->loaded.arena);
    int status = mu_calls_again(c->check, c->recorded, &why) ? 0 : say(3, c->journal_path, why);
    bool over = !status && *c->check->ended;
    if (!status && !over)
        status = find_secret(c);
    if (!status)
        set_asking(c, first->wall);
    if (!status && !over)
        status = begin_poster(c);
    c->journal = mu_journal_new();
    if (!status && !mu_journal_resume(c->journal, c->journal_path, c->recorded, reading, &why))
        status = say(5, c->journal_path, why);
    mu_calls *check = mu_calls_new(c->plan, c->journal, c->loaded.arena);
    memcpy(check->secret, c->check->secret, sizeof check->secret);
    c->check = check;
    if (!status)
        (void)mu_calls_again(check, c->recorded, &why);
    set_asking(c, first->wall);
    mu_journal_free(trial);
    int64_t away = wall(c) > last->wall ? wall(c) - last->wall : 0;
    c->steady = mu_clock_of(CLOCK_BOOTTIME);
    c->base = last->t + away;
    if (!status && !over)
        mu_calls_was_away(check, away, c->base, wall(c));
    return status;
}

static int open_folder(calling *c)
{
    mu_reading reading;
    c->journal_path = mu_format(c->loaded.arena, "%s/journal.jsonl", c->out);
    bool there = access(c->journal_path, F_OK) == 0;
    if (there && !c->resume)
        return say(5, c->journal_path, "a drill is there already; take it up with --resume, or name another folder");
    if (there) {
        c->recorded = mu_journal_read(c->journal_path, &reading);
        if (reading.soundness == MU_CORRUPT || reading.soundness == MU_UNREADABLE)
            return say(3, c->journal_path, reading.why);
    }
    bool begun = there && has_started(c->recorded);
    if (there && !begun) {
        int status = sweep(c);
        if (status)
            return status;
    }
    if (begun && !mu_inputs_plan(c->journal_path, &c->kept))
        return say(3, c->journal_path, "the plan is not beside it (inputs/)");
    int status = read_plan(c, begun ? c->kept.plan : plan_path(c));
    if (!status && begun && strcmp(mu_journal_text(c->recorded, mu_journal_event(c->recorded, 1), "plan"), mu_tree_hash(c->plan)) != 0)
        status = say(3, c->journal_path, "the plan beside it is not the one that the check was begun with");
    return status ? status : begun ? take_up(c, &reading) : begin_anew(c);
}

/* ---- taking answers ---- */

static int open_net(calling *c)
{
    const char *why;
    const mu_programme *p = c->loaded.programme;
    const mu_answers_at *a = &p->answers;
    mu_http_options o = {.address = a->listen, .port = a->port, .certificate = a->certificate ? mu_beside(p, a->certificate, p->arena) : NULL,
                         .key = a->key ? mu_beside(p, a->key, p->arena) : NULL, .origin = a->at};
    mu_http_calls calls = mu_answers_http(&c->answers);
    c->net = mu_http_new(&o, &calls, &why);
    if (c->net)
        return 0;
    fprintf(stderr, "muster: answers cannot be taken at %s, port %d: %s\n", o.address, o.port, why);
    return 4;
}

static void say_where(calling *c)
{
    char key[MU_CALL_CODE];
    mu_buf out = {0};
    mu_calls_lead(c->check, key);
    mu_buf_printf(&out, "EXERCISE EXERCISE EXERCISE. %d ways are asked; answers are taken at %s/ (here: %s, port %d) until %s.\nWhoever leads opens %s/lead#%s\n", c->check->count,
                  c->loaded.programme->answers.at, c->loaded.programme->answers.listen, mu_http_port(c->net), c->asking.until, c->loaded.programme->answers.at, key);
    mu_asking_by_hand(&out, &c->asking);
    mu_buf_puts(&out, "Ctrl-C leaves; --resume goes on.\n");
    fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
}

/* True once all that happened is on disk; then it may be shown. */
static mu_written keep(calling *c)
{
    mu_written how = mu_journal_flush(c->journal, true);
    if (how == MU_DISK_FULL && !c->full)
        fprintf(stderr, "muster: the disk is full (%s). Nothing that was shown is lost; whoever answers waits. Make room, and it goes on by itself.\n", mu_journal_failure(c->journal));
    c->full = how == MU_DISK_FULL;
    return how;
}

static void take_news(calling *c, mu_posted posted, const char *words)
{
    static const mu_way_state states[] = {[MU_NOT_POSTED] = MU_WAY_UNSENT, [MU_NOT_THEIRS] = MU_WAY_WRONG, [MU_MAYBE_POSTED] = MU_WAY_UNCLEAR};
    int i = c->busy;
    c->busy = -1;
    if (posted == MU_POSTED)
        mu_calls_sent(c->check, i, now(c), wall(c));
    else if (c->check->list[i].state != MU_WAY_ANSWERED)
        mu_calls_failed(c->check, i, states[posted], words, now(c), wall(c));
}

/* False where nothing can be sent any more. */
static bool hear(calling *c)
{
    mu_posted posted;
    const char *words;
    mu_post_news news = mu_poster_hear(c->poster, &posted, &words);
    if (news == MU_LEAVES) {
        mu_calls_leaves(c->check, c->busy, now(c), wall(c));
        mu_poster_may(c->poster, keep(c) == MU_WRITTEN);
    } else if (news == MU_POST_OVER) {
        take_news(c, posted, words);
    }
    return news != MU_POSTER_LOST;
}

static void send_next(calling *c, int64_t *at)
{
    int i = c->busy < 0 && !c->full && now(c) < c->check->lasts ? mu_calls_next(c->check, now(c), at) : -1;
    if (i >= 0 && mu_poster_send(c->poster, i, wall(c)))
        c->busy = i;
}

/* One turn. 0, or the status with which it ends; -1 once it is over. */
static int turn(calling *c)
{
    int64_t at = c->check->lasts;
    send_next(c, &at);
    int64_t left = at - now(c), ms = c->busy >= 0 ? BUSY_MS : left < IDLE_MS ? left : IDLE_MS;
    mu_http_turn(c->net, ms < 1 ? 1 : ms);
    if (!hear(c))
        return say(4, "", "the process that sends has ended. What was done is on disk; --resume goes on from there");
    bool settled = c->busy < 0 && mu_calls_settled(c->check), late = now(c) >= c->check->lasts;
    if (settled || late)
        mu_calls_end(c->check, settled ? "every way has come to its end" : "its time was over", now(c), wall(c));
    mu_written how = keep(c);
    if (how == MU_DISK_ERROR)
        return say(4, "what was done cannot be written", mu_journal_failure(c->journal));
    if (how == MU_WRITTEN)
        mu_http_flush(c->net);
    return *c->check->ended && how == MU_WRITTEN ? -1 : 0;
}

/* Whoever answered last still gets their page. */
static void linger(calling *c)
{
    for (int64_t from = mu_clock_of(CLOCK_BOOTTIME); mu_http_links(c->net) && mu_clock_of(CLOCK_BOOTTIME) - from < LINGER_MS;) {
        mu_http_turn(c->net, BUSY_MS);
        mu_http_flush(c->net);
    }
}

static void listen_for_signals(void)
{
    mu_catch();
}

static int ask(calling *c)
{
    int status = open_net(c);
    if (!status && keep(c) != MU_WRITTEN)
        status = say(4, c->journal_path, mu_journal_failure(c->journal));
    if (status)
        return status;
    listen_for_signals();
    say_where(c);
    while (!mu_caught && (status = turn(c)) == 0)
        ;
    if (mu_caught) {
        fprintf(stderr, "\nThe check is whole on disk. To go on: muster calltree %s %s -o %s --resume\n", c->loaded.programme->path, c->series->id, c->out);
        return 128 + (int)mu_caught;
    }
    if (status < 0)
        linger(c);
    return status < 0 ? 0 : status;
}

/* ---- the command ---- */

static int call(calling *c)
{
    int64_t at = mu_programme_local(c->loaded.programme, wall(c));
    if (!c->loaded.programme->answers.at)
        return say(3, c->loaded.programme->path, "a call tree needs a place for its answers; write sending: {answers: {at: https://drills.example.org}}");
    if (!c->resume && mu_quiet_end(c->loaded.programme, at) != at)
        return say(5, "", "these are quiet hours of the programme: nobody is asked before they end");
    int status = open_folder(c);
    if (!status && !*c->check->ended)
        status = ask(c);
    if (status)
        return status;
    MU_CHECK(mu_time_read(c->check->starts, &c->starts));
    status = mu_calltree_close(c->check, c->out, plan_path(c), c->kept.plan, c->starts, &c->gate, c->json);
    if (status < 2)
        (void)unlink(mu_format(c->loaded.arena, "%s/secret", c->out));
    return status;
}

static void close_all(calling *c)
{
    mu_poster_free(c->poster);
    mu_http_free(c->net);
    mu_journal_free(c->journal);
    mu_journal_free(c->recorded);
    mu_tree_free(c->plan);
    mu_diags_free(c->diags);
    if (c->loaded.arena)
        mu_loaded_free(&c->loaded);
}

static int read_options(const mu_args *args, calling *c)
{
    int64_t at;
    const char *given = mu_arg(args, "now");
    MU_CHECK(mu_weight_read(mu_arg_or(args, "fail-on", "critical"), &c->gate.fail_on));
    c->gate.baseline = mu_arg(args, "baseline");
    c->out = mu_arg(args, "out");
    c->resume = mu_arg(args, "resume") != NULL;
    c->json = strcmp(mu_arg_or(args, "format", "text"), "json") == 0;
    if (!c->out == !mu_arg(args, "dry-run"))
        return mu_args_wrong(args, c->out ? "--out and --dry-run exclude each other" : "name the folder that keeps the check: -o DIR; or look first with --dry-run");
    if (!mu_now_read(given, c->loaded.programme, &at))
        return mu_args_wrong(args, "--now takes a moment: \"2026-07-10 17:40\", or \"2026-07-10 15:40Z\"");
    c->shift = given ? at - mu_clock_of(CLOCK_REALTIME) : 0;
    return 0;
}

int mu_cmd_calltree(int argc, char **argv)
{
    static calling c;
    mu_args args;
    c = (calling){.busy = -1};
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    status = mu_load(&c.loaded, args.operands[0]);
    if (!status)
        status = read_options(&args, &c);
    if (!status)
        status = find_series(&c, args.operands[1]);
    if (!status && mu_arg(&args, "dry-run"))
        status = read_plan(&c, plan_path(&c));
    if (!status)
        status = mu_arg(&args, "dry-run") ? dry_run(&c) : call(&c);
    close_all(&c);
    return status;
}
