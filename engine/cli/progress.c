#include "cli/progress.h"

#include <time.h>
#include <unistd.h>

enum { PATIENCE = 1000, BETWEEN = 200 };

int64_t mu_progress_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void mu_progress_begin(mu_progress *p, FILE *to, int64_t now)
{
    *p = (mu_progress){.to = to, .on = isatty(fileno(to)) == 1, .next = now + PATIENCE};
}

bool mu_progress_due(mu_progress *p, int64_t now)
{
    if (!p->on || now < p->next)
        return false;
    p->next = now + BETWEEN;
    return true;
}

void mu_progress_show(mu_progress *p, const char *text)
{
    p->shown = true;
    fprintf(p->to, "\r%s\x1b[K", text);
    fflush(p->to);
}

void mu_progress_bar(mu_progress *p, const char *what, int done)
{
    static const char full[] = "####################", none[] = "....................";
    enum { WIDE = sizeof full - 1 };
    char text[120];
    int at = done < 0 ? 0 : done > 1000 ? WIDE : done * WIDE / 1000;
    if (!mu_progress_due(p, mu_progress_clock()))
        return;
    snprintf(text, sizeof text, "%s [%.*s%.*s] %d of 100", what, at, full, WIDE - at, none, done > 1000 ? 100 : done / 10);
    mu_progress_show(p, text);
}

void mu_progress_end(mu_progress *p)
{
    if (p->shown)
        fputs("\r\x1b[K", p->to);
    p->shown = false;
}
