/* A finished run in the terminal: every line fits in 80 columns, and a word carries what colour only repeats. */
#include <string.h>

#include "report/write.h"

typedef struct paint {
    const char *bold, *dim, *red, *yellow, *cyan, *green, *off;
} paint;

static paint paint_of(mu_look look)
{
    return look.colour ? (paint){"\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[32m", "\x1b[0m"} : (paint){"", "", "", "", "", "", ""};
}

static void text(mu_buf *out, const char *s, size_t most)
{
    mu_buf_safe(out, s, strlen(s), most);
}

static const char *colour_of(const paint *p, mu_state s)
{
    return s == MU_MET ? p->green : s == MU_LATE ? p->yellow : s == MU_MISSED ? p->red : p->dim;
}

/* The same was timed more than once: a report of each alarm, a level that is looked at again. */
static bool one_of_several(const mu_report *r, const mu_target_row *t)
{
    int same = 0;
    for (int i = 0; i < r->target_count; i++)
        same += strcmp(r->targets[i].what, t->what) == 0 && strcmp(r->targets[i].who, t->who) == 0;
    return same > 1;
}

static void target(mu_buf *out, const mu_report *r, const mu_target_row *t, const paint *p)
{
    mu_buf name = {0};
    const char *from = one_of_several(r, t) ? mu_format(r->arena, ", %s", mu_report_time(r, t->began)) : "";
    mu_buf_printf(&name, "%s: %s", t->what, t->who);
    mu_buf line = {0};
    text(&line, name.text, 42 - strlen(from));
    mu_buf_puts(&line, from);
    mu_buf_printf(out, "  %-44s %9s of %9s  %s%s%s\n", line.text, mu_report_length(r, t->took), t->window < 0 ? "-" : mu_report_length(r, t->window), colour_of(p, t->state),
                  mu_state_word(t->state), p->off);
    mu_buf_free(&line);
    mu_buf_free(&name);
}

/* What has not been decided by ENDEX says nothing yet: the open ones are counted, not listed. */
static void targets(mu_buf *out, const mu_report *r, const paint *p)
{
    int open = 0;
    for (int i = 0; i < r->target_count; i++) {
        if (r->targets[i].state == MU_OPEN)
            open++;
        else
            target(out, r, &r->targets[i], p);
    }
    if (open)
        mu_buf_printf(out, "  %s%d more were still running at ENDEX%s\n", p->dim, open, p->off);
}

/* Wraps at words, from the second column of a gap on. */
static void wrapped(mu_buf *out, const char *s, int indent, int width)
{
    mu_buf safe = {0};
    text(&safe, s, 1200);
    int column = indent;
    for (const char *p = safe.text; p && *p;) {
        size_t word = strcspn(p, " ");
        bool fits = column + (int)word + (column > indent) <= width;
        if (column > indent)
            mu_buf_printf(out, "%s%*s", fits ? " " : "\n", fits ? 0 : indent, "");
        column = fits ? column + (column > indent) : indent;
        mu_buf_add(out, p, word);
        column += (int)word;
        p += word + strspn(p + word, " ");
    }
    mu_buf_puts(out, "\n");
    mu_buf_free(&safe);
}

static void worst(mu_buf *out, const mu_report *r, const paint *p)
{
    int list[5], n = mu_worst(r, list, 5);
    mu_buf_printf(out, "\n%s%d gap%s%s: %d critical, %d high, %d medium, %d low.%s%s\n\n", p->bold, r->open_gaps, r->open_gaps == 1 ? "" : "s", p->off, r->counts[0],
                  r->counts[1], r->counts[2], r->counts[3], r->accepted ? mu_format(r->arena, " %d more the plan accepts for now.", r->accepted) : "",
                  n == r->open_gaps ? "" : n == 5 ? " The five worst:" : " The worst of each cause:");
    for (int i = 0; i < n; i++) {
        const mu_finding *f = &r->findings->list[list[i]];
        const char *others = mu_same_cause(r, f);
        mu_buf_printf(out, "  %s%-8s%s  %s  ", f->weight == MU_CRITICAL ? p->red : p->yellow, mu_weight_word(f->weight), p->off, f->gap->id);
        wrapped(out, f->text, 20, 80);
        mu_buf_printf(out, "%20s%s", "", p->cyan);
        text(out, f->at.file, 50);
        mu_buf_printf(out, ":%d%s\n%20s%s", f->at.line, p->off, "", p->dim);
        wrapped(out, mu_evidence_words(r, f), 20, 80);
        if (others) {
            mu_buf_printf(out, "%20s", "");
            wrapped(out, mu_format(r->arena, "one cause with %s", others), 20, 80);
        }
        mu_buf_puts(out, p->off);
    }
}

void mu_write_terminal(mu_buf *out, const mu_report *r, mu_look look)
{
    paint p = paint_of(look);
    mu_buf_printf(out, "%sEXERCISE%s  ", p.bold, p.off);
    text(out, mu_format(r->arena, "%s, %s %s", r->title, r->organisation, r->plan_version), 200);
    mu_buf_printf(out, "\n          %s%s; %s, %d events, seed ", p.dim, r->calltree ? "people were asked to answer" : r->players ? "people played, the rest were stood in for" : "nobody plays: stand-ins answer",
                  mu_report_length(r, r->end), r->events);
    text(out, r->seed, 40);
    mu_buf_printf(out, "%s\n\n", p.off);
    targets(out, r, &p);
    worst(out, r, &p);
    mu_buf_printf(out, "\n%s", p.dim);
    wrapped(out, mu_format(r->arena, "%s. %s %s Figures are %s", mu_report_kind(r), mu_report_claim(r), mu_report_not(r), mu_report_made_of(r)), 0, 80);
    mu_buf_puts(out, p.off);
}
