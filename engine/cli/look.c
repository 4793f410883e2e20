#include <stdlib.h>
#include <unistd.h>

#include "cli/command.h"

mu_look mu_look_of(FILE *to)
{
    const char *no = getenv("NO_COLOR");
    return (mu_look){isatty(fileno(to)) && !(no && *no)};
}
