/* muster diff: which gaps are closed, opened, still there, by the names under which gaps are known again. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/moment.h"
#include "cli/sides.h"
#include "report/json_parts.h"

typedef struct diff {
    mu_gaps_of a, b;
    int64_t at;
    bool timed;
    int fail_on;
    bool json;
} diff;

static int read_options(mu_args *args, diff *d, int argc, char **argv)
{
    int status = mu_args_read(args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    d->json = *mu_arg_or(args, "format", "text") == 'j';
    d->timed = mu_arg(args, "at") != NULL;
    MU_CHECK(mu_weight_read(mu_arg_or(args, "fail-on", "critical"), &d->fail_on));
    if (d->timed && !mu_moment_read(mu_arg(args, "at"), &d->at))
        return mu_args_wrong(args, "--at takes a day or a moment: 2026-07-10, or \"2026-07-10 17:40\"");
    return MU_GO_ON;
}

static mu_said *said_of(const mu_gaps_of *side, mu_arena *arena)
{
    mu_said *list = mu_alloc(arena, (side->count + 1) * sizeof *list);
    for (size_t i = 0; i < side->count; i++)
        list[i] = (mu_said){side->list[i].id, side->list[i].gap, side->list[i].subject, side->list[i].text};
    return list;
}

/* Of each gap of one side, what the other has of it, or NULL. */
static void pair(mu_gaps_of *own, const mu_gaps_of *other, mu_arena *arena)
{
    size_t *which = mu_alloc(arena, (own->count + 1) * sizeof *which);
    mu_same_gaps(said_of(own, arena), own->count, said_of(other, arena), other->count, which);
    for (size_t i = 0; i < own->count; i++)
        own->list[i].same = which[i] == SIZE_MAX ? NULL : &other->list[which[i]];
}

/* Of `side` those that the other lacks, or has as well. */
typedef void (*teller)(mu_buf *out, const mu_side_gap *gap, const mu_side_gap *other, const char *word, bool first);

static size_t each(mu_buf *out, const mu_gaps_of *side, bool both, const char *word, teller tell)
{
    size_t n = 0;
    for (size_t i = 0; i < side->count; i++)
        if ((side->list[i].same != NULL) == both)
            tell(out, &side->list[i], side->list[i].same, word, n++ == 0);
    return n;
}

/* ---- text ---- */

static void line(mu_buf *out, const mu_side_gap *g, const mu_side_gap *other, const char *word, bool first)
{
    mu_buf_printf(out, "%s  %-6s  %-8s  %s  ", first ? "\n" : "", word, mu_weight_word((mu_weight)g->weight), g->gap);
    mu_buf_safe(out, g->text, strlen(g->text), 200);
    if (other && other->weight != g->weight)
        mu_buf_printf(out, " (was %s)", mu_weight_word((mu_weight)other->weight));
    mu_buf_puts(out, g->accepted ? " (accepted by the plan)\n" : "\n");
}

static void say_side(mu_buf *out, const char *name, const mu_gaps_of *side)
{
    mu_buf_printf(out, "%s  %s, %zu gap%s: ", name, side->kind, side->count, side->count == 1 ? "" : "s");
    mu_buf_safe(out, side->path, strlen(side->path), 200);
    mu_buf_puts(out, "\n");
}

static void say_text(mu_buf *out, const diff *d)
{
    mu_buf lines = {0};
    mu_buf_puts(&lines, "");
    size_t closed = each(&lines, &d->a, false, "closed", line), opened = each(&lines, &d->b, false, "opened", line);
    size_t still = each(&lines, &d->b, true, "still", line);
    say_side(out, "A", &d->a);
    say_side(out, "B", &d->b);
    mu_buf_printf(out, "\n%zu closed, %zu opened, %zu still there.\n%s", closed, opened, still, lines.text);
    mu_buf_free(&lines);
}

/* ---- JSON ---- */

static void row(mu_buf *out, const mu_side_gap *g, const mu_side_gap *other, const char *word, bool first)
{
    (void)word;
    mu_buf_puts(out, first ? "\n  {" : ",\n  {");
    mu_json_member(out, "id", g->id);
    mu_json_member(out, "gap", g->gap);
    mu_json_member(out, "subject", g->subject);
    mu_json_member(out, "severity", mu_weight_word((mu_weight)g->weight));
    mu_json_member(out, "was", other ? mu_weight_word((mu_weight)other->weight) : NULL);
    mu_json_flag(out, "accepted", g->accepted);
    mu_buf_puts(out, "\"text\": ");
    mu_json_text(out, g->text);
    mu_buf_puts(out, "}");
}

static void side_json(mu_buf *out, const char *key, const mu_gaps_of *side)
{
    mu_buf_printf(out, "\"%s\": {", key);
    mu_json_member(out, "path", side->path);
    mu_json_member(out, "kind", side->kind);
    mu_buf_printf(out, "\"gaps\": %zu}, ", side->count);
}

static void list(mu_buf *out, const char *key, const mu_gaps_of *side, bool both)
{
    mu_buf_printf(out, "\n \"%s\": [", key);
    mu_buf_puts(out, each(out, side, both, NULL, row) ? "\n ]" : "]");
}

static void say_json(mu_buf *out, const diff *d)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "schema", "muster.diff/1");
    side_json(out, "a", &d->a);
    side_json(out, "b", &d->b);
    list(out, "closed", &d->a, false);
    mu_buf_puts(out, ",");
    list(out, "opened", &d->b, false);
    mu_buf_puts(out, ",");
    list(out, "still", &d->b, true);
    mu_buf_puts(out, "\n}\n");
}

/* ---- the command ---- */

static bool fails(const diff *d)
{
    for (size_t i = 0; i < d->b.count; i++) {
        const mu_side_gap *g = &d->b.list[i];
        if (g->weight <= d->fail_on && !g->accepted && !g->same)
            return true;
    }
    return false;
}

static int compare(const mu_args *args, diff *d, mu_arena *arena)
{
    int status = mu_gaps_read(&d->a, args->operands[0], d->timed ? &d->at : NULL, arena);
    if (!status)
        status = mu_gaps_read(&d->b, args->operands[1], d->timed ? &d->at : NULL, arena);
    if (status)
        return status;
    if (d->a.paper != d->b.paper)
        return mu_args_wrong(args, "one of the two was judged on paper and the other by a drill; what only a drill shows would look closed, or opened");
    pair(&d->a, &d->b, arena);
    pair(&d->b, &d->a, arena);
    mu_buf out = {0};
    (d->json ? say_json : say_text)(&out, d);
    status = mu_put_all(&out);
    return status ? status : fails(d) ? 1 : 0;
}

int mu_cmd_diff(int argc, char **argv)
{
    mu_args args;
    diff d = {.json = false};
    int status = read_options(&args, &d, argc, argv);
    if (status != MU_GO_ON)
        return status;
    mu_arena *arena = mu_arena_new();
    status = compare(&args, &d, arena);
    mu_arena_free(arena);
    return status;
}
