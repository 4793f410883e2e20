#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "scenario/wire.h"
#include "scenario/worker.h"
#include "table.h"

static int says_what_it_is_given(void *arg, int fd)
{
    return write(fd, arg, strlen(arg)) > 0 ? 7 : 1;
}

static void a_job_says_its_words_and_its_status(void **state)
{
    (void)state;
    mu_buf out = {0};
    int status = 0;
    mu_buf_puts(&out, "before ");
    assert_int_equal(mu_worker_run(says_what_it_is_given, "hello", 0, &out, &status), MU_WORKER_DONE);
    assert_string_equal(out.text, "before hello");
    assert_int_equal(status, 7);
    mu_buf_free(&out);
}

static int loops(void *arg, int fd)
{
    (void)arg;
    (void)fd;
    for (volatile bool on = true; on;)
        ;
    return 0;
}

static int talks_without_end(void *arg, int fd)
{
    static const char words[65536];
    (void)arg;
    while (write(fd, words, sizeof words) > 0)
        ;
    return 0;
}

static int falls(void *arg, int fd)
{
    (void)arg;
    (void)fd;
    raise(SIGKILL);
    return 0;
}

static void a_job_that_does_not_end_well_is_ended(void **state)
{
    (void)state;
    mu_buf out = {0};
    int status;
    assert_int_equal(mu_worker_run(loops, NULL, 200, &out, &status), MU_WORKER_STOPPED);
    int64_t from = mu_wire_now();
    assert_int_equal(mu_worker_run(talks_without_end, NULL, 60000, &out, &status), MU_WORKER_STOPPED);
    assert_in_range(out.len, 64 << 20, (64 << 20) + 65536); /* by what it says, long before its time is over */
    assert_in_range(mu_wire_now() - from, 0, 30000);
    assert_int_equal(mu_worker_run(falls, NULL, 0, &out, &status), MU_WORKER_STOPPED);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* none is left behind */
    mu_buf_free(&out);
}

/* This process is held up while it waits, until the job has ended and its time would be over: what was said meanwhile is taken. */
enum { PATIENCE_MS = 300 };
static volatile sig_atomic_t *held_up;

static void holds_up(int signal)
{
    struct timespec moment = {0, 10000000};
    siginfo_t ended = {0};
    if (waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT | WNOHANG) != 0) { /* there is no job yet */
        struct itimerval soon = {{0, 0}, {0, 10000}};
        setitimer(ITIMER_REAL, &soon, NULL);
        return;
    }
    *held_up = signal;
    (void)waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
    for (int64_t from = mu_wire_now(); mu_wire_now() - from <= PATIENCE_MS;)
        nanosleep(&moment, NULL);
}

static int speaks_once_it_is_held_up(void *arg, int fd)
{
    (void)arg;
    while (!*held_up)
        ;
    return write(fd, "done", 4) == 4 ? 0 : 1;
}

static void no_job_is_late_while_the_program_stands_still(void **state)
{
    (void)state;
    mu_buf out = {0};
    int status = 0;
    struct sigaction act = {.sa_handler = holds_up}, was;
    struct itimerval soon = {{0, 0}, {0, 50000}};
    held_up = mmap(NULL, sizeof *held_up, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(held_up != MAP_FAILED);
    sigaction(SIGALRM, &act, &was);
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_int_equal(mu_worker_run(speaks_once_it_is_held_up, NULL, PATIENCE_MS, &out, &status), MU_WORKER_DONE);
    sigaction(SIGALRM, &was, NULL);
    assert_int_equal(*held_up, SIGALRM);
    assert_string_equal(out.text, "done");
    munmap((void *)(uintptr_t)held_up, sizeof *held_up);
    mu_buf_free(&out);
}

#ifndef SANITIZED
static int eats_memory(void *arg, int fd)
{
    (void)arg;
    (void)fd;
    size_t got = 0;
    for (volatile char *p; (p = malloc(1 << 20)) && got < 2048; got++)
        *p = 1;
    return got < 1024 ? 5 : 0;
}

static void memory_is_limited(void **state)
{
    (void)state;
    mu_buf out = {0};
    int status;
    assert_int_equal(mu_worker_run(eats_memory, NULL, 0, &out, &status), MU_WORKER_DONE);
    assert_int_equal(status, 5);
    mu_buf_free(&out);
}

static int opens_a_file(void *arg, int fd)
{
    (void)fd;
    return open(arg, O_RDONLY) >= 0 ? 1 : 0;
}

static int forks(void *arg, int fd)
{
    (void)arg;
    (void)fd;
    return fork() >= 0;
}

static int opens_a_socket(void *arg, int fd)
{
    (void)arg;
    (void)fd;
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int signals_its_parent(void *arg, int fd)
{
    (void)arg;
    (void)fd;
    return kill(getppid(), 0) == 0;
}

static int uses_another_descriptor(void *arg, int fd)
{
    (void)fd;
    return write(*(int *)arg, "x", 1) == 1;
}

static void what_was_open_before_is_closed_in_a_worker(void **state)
{
    (void)state;
    int line[2], status;
    mu_buf out = {0};
    assert_int_equal(pipe(line), 0);
    assert_int_equal(mu_worker_run(uses_another_descriptor, &line[1], 0, &out, &status), MU_WORKER_DONE);
    assert_int_equal(status, 0);
    close(line[0]);
    close(line[1]);
    mu_buf_free(&out);
}

/* Each is either ended by the kernel or refused; none gets what it wants. */
static void a_worker_has_nothing_but_its_line(void **state)
{
    (void)state;
    int (*const jobs[])(void *, int) = {opens_a_file, forks, opens_a_socket, signals_its_parent};
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        mu_buf out = {0};
        int status;
        mu_worker_end end = mu_worker_run(jobs[i], "/etc/passwd", 0, &out, &status);
        assert_true(end == MU_WORKER_STOPPED || status == 0);
        mu_buf_free(&out);
    }
}
#endif

/* ---- a script is judged in a worker ---- */

static void a_worker_says_what_is_wrong_as_the_script_itself_would(void **state)
{
    (void)state;
    static const char source[] =
        HEAD "inject 'i' { at = '0m', to = 'comander', says = 'x' }\ninject 'j' { to = 'commander', says = 1 }";
    table here = table_lay(source), there = table_lay("");
    mu_diags *diags = mu_diags_new();
    mu_script *script = mu_script_read_bytes("s.lua", source, strlen(source), diags);
    const mu_diag *a, *b;
    assert_false(mu_worker_check(script, there.plan, diags));
    size_t count = mu_diags_list(here.diags, &a);
    assert_int_equal(mu_diags_list(diags, &b), count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(a[i].text, b[i].text);
        assert_int_equal(a[i].at.line, b[i].at.line);
        assert_int_equal(a[i].at.column, b[i].at.column);
        assert_int_equal(a[i].code, b[i].code);
    }
    mu_script_free(script);
    mu_diags_free(diags);
    table_clear(&here);
    table_clear(&there);
}

/* ---- a teller behind a line ---- */

#define TALE                                                                                                           \
    HEAD QUESTION INJECT                                                                                               \
        "local n = 0 story 's' (function () for i = 1, 5 do n = n + 1 note('n' .. n) local o = ask 'q' "               \
        "if o.yes and o.late then note(o.by .. o.took) end if chance(50) then wait '1m' end end end) story 't' "       \
        "(function () wait '2m' end)"

static void put(mu_buf *log, const mu_wish *w)
{
    mu_buf_printf(log, "%d %d %lld %lld %s %s:%d:%d\n", (int)w->verb, w->card, (long long)w->ms, (long long)w->number,
                  w->text ? w->text : "-", w->at.file, w->at.line, w->at.column);
}

static void play(mu_teller t, mu_buf *log)
{
    mu_wish w = {0};
    assert_true(t.restart(t.self));
    for (int i = 0; i < 2; i++) {
        mu_outcome in = {.answer = "yes", .by = "person:bo", .late = i == 0, .took = 61, .number = 1};
        w.verb = MU_SAYS_WAIT;
        for (const mu_outcome *p = NULL; w.verb < MU_SAYS_FINISH; p = &in) {
            t.step(t.self, i, p, &w);
            put(log, &w);
        }
    }
}

static void a_worker_tells_what_the_story_tells_here(void **state)
{
    (void)state;
    table t = table_lay(TALE);
    mu_worker *w = mu_worker_open(t.scenario);
    mu_buf here = {0}, there = {0};
    play(mu_worker_teller(w), &there);
    play(mu_worker_teller(w), &there);
    play(mu_scenario_teller(t.scenario), &here);
    play(mu_scenario_teller(t.scenario), &here);
    assert_string_equal(here.text, there.text);
    mu_worker_close(w);
    mu_buf_free(&here);
    mu_buf_free(&there);
    table_clear(&t);
}

/* Killed before each of its steps: the drill goes on, hears of it, and can begin anew. */
static void a_worker_that_is_lost_takes_nothing_with_it(void **state)
{
    (void)state;
    table t = table_lay(TALE);
    mu_worker *w = mu_worker_open(t.scenario);
    mu_teller teller = mu_worker_teller(w);
    for (int at = 0; at < 20; at++) {
        mu_wish wish = {0};
        mu_outcome in = {.number = 1};
        assert_true(teller.restart(teller.self));
        for (int i = 0; i < at && wish.verb < MU_SAYS_FINISH; i++)
            teller.step(teller.self, 0, i ? &in : NULL, &wish);
        assert_int_not_equal(wish.verb, MU_SAYS_FAILED);
        kill(mu_worker_pid(w), SIGKILL);
        for (int again = 0; again < 3; again++) {
            teller.step(teller.self, again % 2, &in, &wish);
            assert_int_equal(wish.verb, MU_SAYS_FAILED);
            assert_string_equal(wish.text, "the script worker was stopped");
        }
        assert_int_equal(mu_worker_pid(w), -1);
    }
    mu_worker_close(w);
    table_clear(&t);
}

/* A terminal that is closed, or a service that is stopped, tells all processes: what becomes of the drill is the drill's. */
static void a_worker_leaves_the_end_to_the_drill(void **state)
{
    (void)state;
    table t = table_lay(TALE);
    static const int for_the_drill[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    mu_worker *w = mu_worker_open(t.scenario);
    mu_teller teller = mu_worker_teller(w);
    mu_wish wish = {0};
    assert_true(teller.restart(teller.self));
    for (size_t i = 0; i < sizeof for_the_drill / sizeof *for_the_drill; i++) {
        assert_int_equal(kill(mu_worker_pid(w), for_the_drill[i]), 0);
        teller.step(teller.self, 1, NULL, &wish);
        assert_int_not_equal(wish.verb, MU_SAYS_FAILED);
    }
    mu_worker_close(w);
    table_clear(&t);
}

/* A worker that was taken over may say anything; what goes on is only what a story could have said. */
static void no_wish_is_taken_that_no_story_could_have(void **state)
{
    (void)state;
    table t = table_lay(TALE);
    const int64_t good[] = {MU_SAYS_ASK, 0, 0, 0, 0, 2, 1, 3};
    static const struct {
        int at;
        int64_t value;
    } bad[] = {{0, -1},
               {0, MU_SAYS_FAILED + 1},
               {0, MU_SAYS_NOTE},
               {0, MU_SAYS_WAIT},
               {1, -1},
               {1, 2},
               {1, INT64_MAX},
               {2, -1},
               {2, INT64_MAX},
               {3, -1},
               {3, 10001},
               {4, -1},
               {4, 1},
               {5, 0},
               {6, 0},
               {7, 0}};
    for (int i = -1; i < (int)(sizeof bad / sizeof *bad); i++) {
        mu_buf frame = {0};
        mu_wish wish;
        for (int n = 0; n < 8; n++)
            mu_wire_number(&frame, i >= 0 && bad[i].at == n ? bad[i].value : good[n]);
        mu_wire_text(&frame, NULL);
        if (mu_wish_read(t.scenario, &frame, &wish) != (i < 0))
            fail_msg("field %d, value %lld", bad[i].at, (long long)bad[i].value);
        frame.len = frame.len > 8 ? frame.len - 8 : 0;
        assert_false(mu_wish_read(t.scenario, &frame, &wish));
        mu_buf_free(&frame);
    }
    table_clear(&t);
}

static void a_frame_that_is_not_what_was_written_is_refused(void **state)
{
    (void)state;
    mu_buf out = {0};
    mu_wire_number(&out, 5);
    mu_wire_text(&out, "hello");
    mu_wire_text(&out, NULL);
    mu_wire in = {out.text, out.text + out.len, false};
    assert_int_equal(mu_wire_take(&in, 0, 9), 5);
    assert_string_equal(mu_wire_take_text(&in), "hello");
    assert_null(mu_wire_take_text(&in));
    assert_false(in.broken);
    assert_int_equal(mu_wire_take(&in, 0, 9), 0);
    assert_true(in.broken);
    for (size_t cut = 0; cut < out.len; cut++) { /* cut off anywhere */
        in = (mu_wire){out.text, out.text + cut, false};
        (void)mu_wire_take(&in, 0, 9);
        (void)mu_wire_take_text(&in);
        (void)mu_wire_take_text(&in);
        assert_true(in.broken);
    }
    in = (mu_wire){out.text, out.text + out.len, false};
    assert_int_equal(mu_wire_take(&in, 6, 9), 0);
    assert_true(in.broken);
    out.text[out.len - 9] = 'x'; /* a text without its end */
    in = (mu_wire){out.text, out.text + out.len, false};
    (void)mu_wire_take(&in, 0, 9);
    assert_null(mu_wire_take_text(&in));
    assert_true(in.broken);
    mu_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_says_its_words_and_its_status),
        cmocka_unit_test(a_job_that_does_not_end_well_is_ended),
        cmocka_unit_test(no_job_is_late_while_the_program_stands_still),
#ifndef SANITIZED
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(a_worker_has_nothing_but_its_line),
        cmocka_unit_test(what_was_open_before_is_closed_in_a_worker),
#endif
        cmocka_unit_test(a_worker_says_what_is_wrong_as_the_script_itself_would),
        cmocka_unit_test(a_worker_tells_what_the_story_tells_here),
        cmocka_unit_test(a_worker_that_is_lost_takes_nothing_with_it),
        cmocka_unit_test(a_worker_leaves_the_end_to_the_drill),
        cmocka_unit_test(no_wish_is_taken_that_no_story_could_have),
        cmocka_unit_test(a_frame_that_is_not_what_was_written_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
