#include "cli/serve_link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "8:12345": device and inode of the stream that systemd has made. A program that was started by a service and prints elsewhere has it too. */
static bool printed_into_log(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    char ours[48];
    struct stat is;
    if (!stream || fstat(STDOUT_FILENO, &is) != 0)
        return false;
    snprintf(ours, sizeof ours, "%llu:%llu", (unsigned long long)is.st_dev, (unsigned long long)is.st_ino);
    return strcmp(ours, stream) == 0;
}

bool mu_link_file(const char *asked, const char *folder, char file[4200])
{
    if (!asked && !printed_into_log())
        return false;
    snprintf(file, 4200, "%s%s", asked ? asked : folder, asked ? "" : "/link");
    return true;
}

bool mu_link_keep(const char *file, const char *link)
{
    char part[4210];
    snprintf(part, sizeof part, "%s.part", file);
    (void)unlink(part);
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok = fd >= 0 && dprintf(fd, "%s\n", link) > 0 && fsync(fd) == 0;
    ok = (fd < 0 || close(fd) == 0) && ok && rename(part, file) == 0;
    if (!ok)
        fprintf(stderr, "muster: the facilitator's link cannot be written to %s: %s\n", file, strerror(errno));
    return ok;
}
