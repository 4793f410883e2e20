/* muster serve: a drill in the browser. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/check.h"
#include "base/loopback.h"
#include "cli/live.h"
#include "cli/opening.h"
#include "cli/report.h"
#include "cli/serve_link.h"
#include "server/certificate.h"
#include "server/hosts.h"
#include "server/stage.h"

enum { PORT = 8080, FILES = 2 * MU_LINKS_MOST + 128, FEW = 64 };

typedef struct serving {
    mu_opening opening;
    mu_http_options http;
    const char *link; /* the file that the facilitator's link goes to, or NULL */
    bool self_signed, insecure;
    mu_gate gate;
    mu_drill drill;
    mu_journal *recorded;
    mu_reading reading;
    mu_recorded was;
    mu_seats *seats;
    mu_stage *stage;
    mu_http *net;
    char certificate[4200], key[4200];
    int low;            /* numbers of files below this one the network's library may have closed and use all the same */
    int clock;          /* file with the moment at which it was last alive */
    int64_t clock_at;   /* when that was written */
    bool full;          /* that the disk is full was said */
} serving;

/* ---- options ---- */

static bool read_port(const char *text, int *port)
{
    char *end;
    long n = strtol(text, &end, 10);
    *port = (int)n;
    return *text && !*end && n >= 0 && n <= 65535;
}

static bool is_origin(const char *text)
{
    return strncmp(text, "https://", 8) == 0 && text[8] && !strpbrk(text + 8, "/?#@ ") && strlen(text) < MU_HOST_NAME;
}

static int read_options(int argc, char **argv, serving *s)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    MU_CHECK(mu_weight_read(mu_arg_or(&args, "fail-on", "critical"), &s->gate.fail_on));
    s->gate.baseline = mu_arg(&args, "baseline");
    s->http = (mu_http_options){.address = mu_arg_or(&args, "listen", "127.0.0.1"), .port = PORT, .certificate = mu_arg(&args, "certificate"), .key = mu_arg(&args, "key"),
                                .origin = mu_arg(&args, "origin")};
    s->self_signed = mu_arg(&args, "self-signed") != NULL;
    s->link = mu_arg(&args, "link");
    s->insecure = mu_arg(&args, "insecure") != NULL;
    const char *port = mu_arg(&args, "port"), *wrong = mu_opening_options(&args, &s->opening);
    if (!wrong && port && !read_port(port, &s->http.port))
        wrong = "--port takes a number from 0 to 65535";
    if (!wrong && s->http.origin && !is_origin(s->http.origin))
        wrong = "--origin takes https:// and a name, without a path: https://drills.example.org";
    if (!wrong && !s->http.certificate != !s->http.key)
        wrong = "--certificate and --key belong together";
    if (!wrong && s->self_signed && s->http.certificate)
        wrong = "there is a certificate: --self-signed would make another";
    return wrong ? mu_args_wrong(&args, wrong) : MU_GO_ON;
}

/* ---- what the stage asks of the drill ---- */

/* The library signals to itself, and goes on to where its signal has failed and was closed: the next file that is opened must not have
 * that number. What stands at it from now on takes the signals, and nobody reads them. */
static void keep_off(const serving *s)
{
    int at = 0;
    while (at >= 0 && at < s->low)
        at = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (at >= 0)
        close(at);
}

/* A program that was killed as it began has left a journal in which no record is whole. */
static bool begin(void *self)
{
    serving *s = self;
    keep_off(s);
    int status = s->recorded ? mu_opening_go_on(&s->drill, &s->opening, s->recorded, &s->reading) : mu_opening_begin(&s->drill, &s->opening);
    return status == 0 && mu_drill_start(&s->drill);
}

static void until(void *self, int64_t t)
{
    serving *s = self;
    mu_drill_until(&s->drill, t);
}

static int64_t next(void *self)
{
    serving *s = self;
    return mu_drill_next(&s->drill);
}

/* The moment at which the program was alive, each second: after a crash it says how long nobody was served. */
static void note_alive(serving *s, int64_t t)
{
    char line[64];
    int64_t now = mu_clock_of(CLOCK_REALTIME);
    if (now - s->clock_at < 1000)
        return;
    s->clock_at = now;
    int n = snprintf(line, sizeof line, "%20lld %20lld\n", (long long)t, (long long)now);
    if (pwrite(s->clock, line, (size_t)n, 0) != n)
        s->clock_at = 0; /* the next turn tries again; the journal's own last moment stands in for it */
}

static const char *failure(const serving *s)
{
    const char *of_journal = mu_journal_failure(s->drill.journal);
    return *of_journal ? of_journal : mu_seats_failure(s->seats);
}

static mu_kept keep(void *self, int64_t t)
{
    serving *s = self;
    mu_written journal = mu_journal_flush(s->drill.journal, true);
    mu_seats_written seats = journal == MU_DISK_ERROR ? MU_SEATS_FAILED : mu_seats_flush(s->seats);
    bool full = journal == MU_DISK_FULL || seats == MU_SEATS_FULL;
    if (journal == MU_DISK_ERROR || seats == MU_SEATS_FAILED)
        return MU_KEEP_FAILED;
    if (full && !s->full)
        fprintf(stderr, "muster: the disk is full (%s). The exercise stands; nothing that was shown is lost; whoever asks waits. Make room, and it goes on by itself.\n", failure(s));
    else if (s->full && !full)
        fprintf(stderr, "muster: there is room on the disk again: the exercise goes on.\n");
    s->full = full;
    if (!full && mu_journal_count(s->drill.journal))
        note_alive(s, t);
    return full ? MU_KEEP_LATER : MU_KEPT;
}

static mu_report *judged(void *self, mu_arena *arena)
{
    serving *s = self;
    mu_findings *findings = mu_alloc(arena, sizeof *findings);
    *findings = mu_judge_all(s->drill.plan, s->drill.journal, s->drill.options.starts_local, arena);
    return mu_report_make(s->drill.plan, s->drill.journal, findings, arena);
}

static void report(void *self, mu_buf *html)
{
    mu_arena *arena = mu_arena_new();
    mu_write_html(html, judged(self, arena));
    mu_arena_free(arena);
}

static int64_t wall(void *self)
{
    (void)self;
    return mu_clock_of(CLOCK_REALTIME);
}

static int64_t steady(void *self)
{
    (void)self;
    return mu_clock_of(CLOCK_BOOTTIME);
}

/* ---- opening ---- */

static int refused(const char *text)
{
    fprintf(stderr, "muster: %s\n", text);
    return 5;
}

/* Before anything is begun with them. */
static int look_at_certificate(const serving *s)
{
    const char *file, *why;
    mu_arena *arena = mu_arena_new();
    bool good = !s->http.certificate || mu_certificate_good(s->http.certificate, s->http.key, mu_clock_of(CLOCK_REALTIME) / 1000, arena, &file, &why);
    if (!good)
        fprintf(stderr, "muster: %s: %s\n", file, why);
    mu_arena_free(arena);
    return good ? 0 : 4;
}

static int choose_tls(serving *s)
{
    const char *why;
    char print[96];
    if (s->self_signed) {
        snprintf(s->certificate, sizeof s->certificate, "%s/certificate.pem", s->opening.out);
        snprintf(s->key, sizeof s->key, "%s/key.pem", s->opening.out);
        mu_hosts names = {.tls = true, .port = 443};
        mu_hosts_name(&names, s->http.address);
        if (!mu_certificate_make(s->certificate, s->key, *names.away && !strchr(names.away, ':') ? names.away : s->http.address, &why)) {
            fprintf(stderr, "muster: %s: %s\n", s->certificate, why);
            return 4;
        }
        mu_certificate_print(s->certificate, print);
        printf("Its certificate is of our own making. Before you trust it, compare (SHA-256):\n  %s\n", print);
        s->http.certificate = s->certificate;
        s->http.key = s->key;
    }
    return 0;
}

static bool has(const serving *s, const char *name)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", s->opening.out, name);
    return access(path, F_OK) == 0;
}

static int open_seats(serving *s)
{
    char path[4200];
    const char *why = "";
    snprintf(path, sizeof path, "%s/seats", s->opening.out);
    s->seats = s->opening.resume && has(s, "seats") ? mu_seats_resume(path, &why) : mu_seats_new(path, &why);
    if (s->seats)
        return 0;
    fprintf(stderr, "muster: %s: %s\n", path, why);
    return errno == EEXIST ? 5 : 4;
}

static int open_clock(serving *s)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/clock", s->opening.out);
    s->clock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (s->clock >= 0)
        return 0;
    fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    return 4;
}

/* A service that is started again and again asks to go on from its first start. */
static void never_begun(serving *s)
{
    if (!s->opening.resume || has(s, "seats") || has(s, "journal.jsonl"))
        return;
    fprintf(stderr, "muster: there is no drill in %s to go on with: it begins anew\n", s->opening.out);
    s->opening.resume = false;
}

static int prepare(serving *s)
{
    never_begun(s);
    int status = mu_drill_load(&s->drill, s->opening.plan, s->opening.scenario, s->opening.assume);
    if (!status && s->opening.resume && has(s, "journal.jsonl"))
        status = mu_opening_read(&s->opening, &s->recorded, &s->reading);
    if (status)
        return status;
    mu_opening_set(&s->drill, &s->opening, s->recorded, &s->was);
    if (s->opening.functional)
        s->drill.options.mode = "functional";
    status = mu_opening_make(&s->drill);
    if (!status && !s->opening.resume)
        status = mu_opening_keep(&s->drill, &s->opening);
    if (!status)
        status = choose_tls(s);
    if (!status)
        status = open_seats(s);
    return status ? status : open_clock(s);
}

static void raise_limits(void)
{
    struct rlimit most;
    if (getrlimit(RLIMIT_NOFILE, &most) == 0 && most.rlim_cur < FILES) {
        most.rlim_cur = most.rlim_max < FILES ? most.rlim_max : FILES;
        (void)setrlimit(RLIMIT_NOFILE, &most);
    }
}

static int open_net(serving *s)
{
    const char *why;
    mu_http_calls calls = mu_stage_http(s->stage);
    raise_limits();
    s->net = mu_http_new(&s->http, &calls, &why);
    if (!s->net) {
        fprintf(stderr, "muster: it cannot be served at %s, port %d: %s\n", s->http.address, s->http.port, why);
        return 4;
    }
    mu_stage_open(s->stage, s->net);
    for (int fd = 0; fd < FEW; fd++)
        s->low = fcntl(fd, F_GETFD) >= 0 ? fd + 1 : s->low;
    return 0;
}

/* ---- taking up ---- */

/* Exercise and wall time at which it was last alive; of the record where nothing better is known. */
static void last_alive(const serving *s, int64_t *t, int64_t *at)
{
    char line[64] = "", *end = line;
    const mu_event *last = mu_journal_event(s->recorded, mu_journal_count(s->recorded));
    *t = last->t;
    *at = last->wall;
    if (pread(s->clock, line, sizeof line - 1, 0) <= 0)
        return;
    int64_t a = strtoll(line, &end, 10), b = strtoll(end, &end, 10);
    if (*end == '\n' && a >= last->t && b >= last->wall) {
        *t = a;
        *at = b;
    }
}

static int take_up(serving *s)
{
    int64_t t, at;
    if (!s->recorded || mu_journal_count(s->recorded) == 0)
        return 0;
    keep_off(s);
    int status = mu_opening_go_on(&s->drill, &s->opening, s->recorded, &s->reading);
    if (status)
        return status;
    last_alive(s, &t, &at);
    if (!mu_drill_start(&s->drill))
        return 4;
    mu_drill_replay_acts(&s->drill, s->recorded, false);
    mu_drill_until(&s->drill, mu_journal_event(s->recorded, mu_journal_count(s->recorded))->t);
    if (mu_drill_differs(&s->drill))
        return 5;
    mu_drill_until(&s->drill, t);
    int64_t away = at >= 0 ? mu_clock_of(CLOCK_REALTIME) - at : 0;
    mu_stage_again(s->stage, away < 0 ? 0 : away);
    return 0;
}

/* ---- serving ---- */

/* False where the link cannot be written down: then it would open nothing. */
static bool invite_lead(serving *s, char token[MU_TOKEN])
{
    int lead = mu_seats_find(s->seats, PART_LEAD, "the facilitator");
    lead = lead >= 0 ? lead : mu_seats_add(s->seats, PART_LEAD, "the facilitator");
    mu_seats_invite(s->seats, lead, token);
    if (mu_seats_flush(s->seats) == MU_SEATS_WRITTEN)
        return true;
    fprintf(stderr, "muster: %s/seats: %s\n", s->opening.out, failure(s));
    return false;
}

static bool say_where(serving *s)
{
    char token[MU_TOKEN], home[MU_HOME], link[MU_HOME + MU_TOKEN + 8], file[4200];
    if (!invite_lead(s, token))
        return false;
    mu_http_home(s->net, NULL, home);
    snprintf(link, sizeof link, "%s/join#%s", home, token);
    printf("Served at %s/%s\n", home, mu_loopback(s->http.address) ? ", on this machine alone" : s->http.certificate ? "" : ", WITHOUT TLS: whoever is on the network can read along");
    if (!mu_link_file(s->link, s->opening.out, file))
        printf("The facilitator comes in once by this link:\n  %s\nCtrl-C leaves; --resume goes on.\n", link);
    else if (mu_link_keep(file, link))
        printf("The facilitator comes in once by the link that stands in %s, which only its owner can read.\nCtrl-C leaves; --resume goes on.\n", file);
    else
        return false;
    if (fflush(stdout) == 0)
        return true;
    fprintf(stderr, "muster: the facilitator's link cannot be shown: %s\n", strerror(errno));
    return false;
}

static void listen_for_signals(void)
{
    mu_catch();
}

static int serve(serving *s)
{
    mu_stage_options o = {.run = s->drill.run, .journal = s->drill.journal, .plan = s->drill.plan, .seats = s->seats, .rate = s->opening.rate, .tls = s->http.certificate || s->http.origin};
    mu_stage_calls calls = {s, begin, until, next, keep, report, wall, steady, judged};
    s->stage = mu_stage_new(&o, &calls);
    int status = open_net(s);
    if (!status)
        status = take_up(s);
    if (status)
        return status;
    listen_for_signals();
    if (!say_where(s))
        return 4;
    while (!mu_caught && mu_stage_turn(s->stage))
        ;
    if (mu_stage_failed(s->stage)) {
        fprintf(stderr, "muster: what was done cannot be written: %s. What was shown is on disk; --resume goes on from there.\n", failure(s));
        return 4;
    }
    return mu_caught ? 128 + (int)mu_caught : 0;
}

static void close_all(serving *s)
{
    mu_http_free(s->net);
    mu_stage_free(s->stage);
    mu_seats_free(s->seats);
    if (s->clock >= 0)
        close(s->clock);
    mu_drill_free(&s->drill);
    mu_journal_free(s->recorded);
}

int mu_cmd_serve(int argc, char **argv)
{
    static serving s;
    s = (serving){.clock = -1, .reading = {.soundness = MU_SOUND}};
    int status = read_options(argc, argv, &s);
    if (status != MU_GO_ON)
        return status;
    if (!mu_loopback(s.http.address) && !s.http.certificate && !s.self_signed && !s.insecure)
        return refused("beyond this machine it is served with TLS only: --certificate FILE --key FILE, or --self-signed; --insecure does without");
    status = look_at_certificate(&s);
    if (!status)
        status = prepare(&s);
    if (!status)
        status = serve(&s);
    if (status > 128)
        mu_opening_say_resume(&s.opening, "serve");
    if (!status)
        status = mu_report_folder(s.opening.out, s.drill.plan, s.drill.journal, s.drill.options.starts_local, &s.gate);
    close_all(&s);
    return status;
}
