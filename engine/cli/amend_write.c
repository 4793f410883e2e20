/* A plan is written over only when it was asked for, whole, and as it was read. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/amend.h"

enum { FILES = 4096, PLAN_MOST = 16 << 20 };

typedef struct job {
    const char *name, *text;
    size_t len;
    char *real;      /* where a link leads to: the link stays */
    char part[4200]; /* "" until it is there */
} job;

static int failed(const char *path)
{
    fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    return 4;
}

static bool as_it_was_read(const mu_tree *plan, const job *j)
{
    size_t len;
    const char *bytes = mu_tree_source(plan, j->name, &len);
    mu_buf now = {0};
    bool same = mu_buf_read(&now, j->real, PLAN_MOST) && now.len == len && (!len || memcmp(now.text, bytes, len) == 0);
    mu_buf_free(&now);
    return same;
}

static int write_part(job *j)
{
    struct stat st;
    const char *slash = strrchr(j->real, '/');
    if (stat(j->real, &st) != 0)
        return failed(j->real);
    snprintf(j->part, sizeof j->part, "%.*s.%s.part-XXXXXX", (int)(slash + 1 - j->real), j->real, slash + 1);
    int fd = mkstemp(j->part);
    if (fd < 0) {
        int status = failed(j->part);
        *j->part = '\0';
        return status;
    }
    bool ok = fchmod(fd, st.st_mode & 07777) == 0;
    for (size_t at = 0; ok && at < j->len;) {
        ssize_t n = write(fd, j->text + at, j->len - at);
        ok = n > 0 || (n < 0 && errno == EINTR);
        at += n > 0 ? (size_t)n : 0;
    }
    ok = ok && fsync(fd) == 0;
    ok = close(fd) == 0 && ok;
    return ok ? 0 : failed(j->part);
}

/* All beside their places first; then each is put there at once. */
static int write_all(const mu_tree *plan, job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int status = write_part(&jobs[i]);
        if (status)
            return status;
    }
    for (size_t i = 0; i < count; i++)
        if (!as_it_was_read(plan, &jobs[i])) {
            fprintf(stderr, "muster: %s has changed since it was read, and nothing is written over; run muster amend again\n", jobs[i].name);
            return 5;
        }
    for (size_t i = 0; i < count; i++) {
        if (rename(jobs[i].part, jobs[i].real) != 0)
            return failed(jobs[i].real);
        *jobs[i].part = '\0';
        fprintf(stderr, "%s is written.\n", jobs[i].name);
    }
    return 0;
}

static int write_files(const mu_tree *plan, const mu_splice *splice)
{
    size_t count = 0;
    job *jobs = mu_grow(NULL, FILES * sizeof *jobs);
    const char *name;
    int status = 0;
    for (; !status && count < FILES && (name = mu_splice_file(splice, count)); count++) {
        jobs[count] = (job){.name = name, .real = realpath(name, NULL)};
        jobs[count].text = mu_splice_text(splice, name, &jobs[count].len);
        status = jobs[count].real ? 0 : failed(name);
    }
    if (!status && count == 0)
        fputs("Nothing is to be written.\n", stderr);
    if (!status)
        status = write_all(plan, jobs, count);
    for (size_t i = 0; i < count; i++) {
        if (*jobs[i].part)
            (void)unlink(jobs[i].part);
        free(jobs[i].real);
    }
    free(jobs);
    return status;
}

int mu_amend_end(const mu_tree *plan, const mu_splice *splice, const char *unproved, bool write)
{
    if (!unproved)
        return write ? write_files(plan, splice) : 0;
    fprintf(stderr, "muster: %sthe change is not proved: %s\n", write ? "nothing is written, since " : "", unproved);
    return 5;
}
