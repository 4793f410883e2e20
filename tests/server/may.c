/* may MATRIX: every route for every kind of seat in every state, against the file beside it: one line a route. Rows that are
 * taken out or widened differ from it. `may MATRIX write` writes it anew, to be read before it is kept. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "server/may.h"

static void line(mu_buf *out, const mu_route_row *r)
{
    static const char *const states[] = {"lobby", "running", "paused", "over", "closed"};
    mu_buf_printf(out, "%-4s %-14s", r->post ? "POST" : "GET", r->path);
    for (int p = 0; p < MU_SEAT_KINDS; p++) {
        mu_buf_printf(out, " | %s:", mu_seat_word((mu_kind_of_seat)p));
        for (int s = 0; s < MU_STAGE_STATES; s++)
            if (mu_may((mu_kind_of_seat)p, r, (mu_stage_state)s))
                mu_buf_printf(out, " %s", states[s]);
            else
                mu_buf_printf(out, " %d", mu_may_not((mu_kind_of_seat)p, r));
    }
    mu_buf_puts(out, "\n");
}

/* What is in no row may nobody, in no state. */
static int strangers(void)
{
    static const char *const paths[] = {"/admin", "/play/", "/play/a/b", "/lead/x/y", "", "/Play", "/live/", "/join/x", "//", "/style.css/"};
    const char *rest;
    bool known;
    int wrong = 0;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        for (int post = 0; post < 2; post++) {
            const mu_route_row *r = mu_route_find(paths[i], post != 0, &rest, &known);
            wrong += r != NULL;
            if (r)
                fprintf(stderr, "%s is %s\n", paths[i], r->path);
        }
    wrong += mu_may(PART_LEAD, NULL, STATE_RUNNING);
    return wrong;
}

/* Another method of a path that is there is known as such, and still may nobody. */
static int methods(void)
{
    const char *rest;
    bool known;
    int wrong = mu_route_find("/play", true, &rest, &known) != NULL || !known;
    return wrong + (mu_route_find("/lead/do", false, &rest, &known) != NULL || !known);
}

int main(int argc, char **argv)
{
    mu_buf out = {0}, golden = {0};
    for (const mu_route_row *r = mu_routes; r->path; r++)
        line(&out, r);
    if (argc > 2) {
        FILE *f = fopen(argv[1], "w");
        return !f || fputs(out.text, f) < 0 || fclose(f) != 0;
    }
    bool same = argc > 1 && mu_buf_read(&golden, argv[1], 1 << 16) && strcmp(golden.text, out.text) == 0;
    if (!same)
        fprintf(stderr, "the table is not the matrix:\n%s", out.text);
    int wrong = strangers() + methods();
    mu_buf_free(&out);
    mu_buf_free(&golden);
    return !same || wrong;
}
