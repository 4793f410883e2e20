#include "cli/convert.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/zone.h"
#include "cli/archive.h"
#include "report/paper.h"

#define LOOKS "--reference-doc=/dev/fd/%d"

static const struct {
    const char *format, *from, *program;
    const char *const arguments[8]; /* LOOKS: the descriptor of the file that says how it looks */
} converters[] = {
    {"docx", "md", "pandoc", {"pandoc", "--from=markdown_strict+pipe_tables+all_symbols_escapable", "--to=docx", LOOKS, "--output=-", "-", NULL}},
    {"pdf", "html", "weasyprint", {"weasyprint", "--quiet", "-", "-", NULL}},
};

static int row_of(const char *format)
{
    for (int i = 0; i < (int)(sizeof converters / sizeof *converters); i++)
        if (strcmp(converters[i].format, format) == 0)
            return i;
    return -1;
}

const char *mu_converted_from(const char *format)
{
    int i = row_of(format);
    return i < 0 ? NULL : converters[i].from;
}

/* In the child: its own ends of the pipes, a date that is the drill's, and nothing of the user's locale. */
static void become(int converter, int in, int out, int looks, int64_t seconds)
{
    char epoch[32], look[64];
    snprintf(epoch, sizeof epoch, "%lld", (long long)seconds);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    setenv("SOURCE_DATE_EPOCH", epoch, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    char *arguments[8];
    snprintf(look, sizeof look, LOOKS, looks);
    for (int i = 0; i < 8; i++) {
        const char *one = converters[converter].arguments[i];
        arguments[i] = one ? strdup(strcmp(one, LOOKS) == 0 ? look : one) : NULL;
    }
    execvp(converters[converter].program, arguments);
    _exit(errno == ENOENT ? 127 : 126);
}

/* Gives all of `bytes` and takes all that comes, both at once: neither side waits for the other. */
static void exchange(int to, int from, const mu_buf *bytes, mu_buf *out)
{
    size_t given = 0;
    char part[65536];
    (void)fcntl(to, F_SETFL, O_NONBLOCK);
    for (bool more = true; more;) {
        struct pollfd ends[2] = {{.fd = given < bytes->len ? to : -1, .events = POLLOUT}, {.fd = from, .events = POLLIN}};
        if (poll(ends, 2, -1) < 0 && errno != EINTR)
            break;
        if (ends[0].revents) {
            ssize_t n = write(to, bytes->text + given, bytes->len - given);
            given = n > 0 ? given + (size_t)n : n < 0 && errno != EAGAIN && errno != EINTR ? bytes->len : given;
            if (given == bytes->len)
                close(to);
        }
        if (ends[1].revents) {
            ssize_t n = read(from, part, sizeof part);
            if (n > 0)
                mu_buf_add(out, part, (size_t)n);
            more = n > 0 || (n < 0 && errno == EINTR);
        }
    }
}

static int said(int converter, int status)
{
    bool missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
    if (missing)
        fprintf(stderr, "muster: %s is made by %s, which is not installed (apt-get install %s); --format %s needs nothing\n", converters[converter].format, converters[converter].program,
                converters[converter].program, converters[converter].from);
    else
        fprintf(stderr, "muster: %s could not make the %s; --format %s needs nothing\n", converters[converter].program, converters[converter].format, converters[converter].from);
    return 4;
}

/* STARTEX in seconds of UTC. */
static int64_t seconds_of(const mu_made *m)
{
    mu_zone *zone = mu_zone_load(m->arena, m->report->zone);
    return (zone ? mu_zone_utc(zone, m->starts_local) : m->starts_local) / 1000;
}

/* Ends that the other program does not keep: it must see the end of what it is given. */
static bool closing_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

static int convert(mu_made *m, const char *format, FILE *looks, mu_buf *out)
{
    int in[2], back[2], converter = row_of(format), status = 0;
    if (!closing_pipe(in))
        return said(converter, -1);
    if (!closing_pipe(back)) {
        close(in[0]);
        close(in[1]);
        return said(converter, -1);
    }
    if (strcmp(converters[converter].from, "html") == 0)
        mu_page_for_paper(&m->bytes);
    int64_t seconds = seconds_of(m);
    void (*was)(int) = signal(SIGPIPE, SIG_IGN);
    pid_t child = fork();
    if (child == 0)
        become(converter, in[0], back[1], fileno(looks), seconds);
    close(in[0]);
    close(back[1]);
    if (child > 0)
        exchange(in[1], back[0], &m->bytes, out);
    else
        close(in[1]);
    close(back[0]);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    signal(SIGPIPE, was);
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && out->len ? 0 : said(converter, child > 0 ? status : -1);
}

/* How a word document looks, in a file that has no name: pandoc takes it from a document only. */
static FILE *looks_of(const char *format)
{
    mu_buf document = {0};
    FILE *f = tmpfile();
    mu_archive(&document, mu_words, "word/");
    bool ok = f && fwrite(document.text, 1, document.len, f) == document.len && fflush(f) == 0;
    mu_buf_free(&document);
    if (!ok)
        fprintf(stderr, "muster: no room for a passing file that the %s is made with: %s\n", format, strerror(errno));
    if (f && !ok)
        (void)fclose(f);
    return ok ? f : NULL;
}

int mu_convert(mu_made *m, const char *format, mu_buf *out)
{
    FILE *looks = looks_of(format);
    int status = looks ? convert(m, format, looks, out) : 4;
    if (looks)
        (void)fclose(looks);
    return status;
}
