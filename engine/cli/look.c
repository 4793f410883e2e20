#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

mu_look mu_look_of(FILE *to)
{
    const char *no = getenv("NO_COLOR");
    return (mu_look){isatty(fileno(to)) && !(no && *no)};
}

bool mu_put_out(const char *bytes, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = write(STDOUT_FILENO, bytes + done, len - done);
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR) {
            fprintf(stderr, "muster: the screen cannot be written: %s\n", strerror(errno));
            return false;
        }
    }
    return true;
}
