/* A repair in words: as a diff, and as the lines above it. */
#include <string.h>

#include "amend/repairs.h"

enum { TEXT = 400 };

void mu_repairs_hunks(mu_buf *out, const mu_repairs *r, mu_file_name *name, const void *self, mu_arena *arena)
{
    mu_reason *reasons = mu_alloc(arena, (size_t)(r->count + 1) * sizeof *reasons);
    size_t n = 0;
    for (int i = 0; i < r->count; i++)
        if (!r->list[i].why)
            reasons[n++] = (mu_reason){r->list[i].change.text, r->list[i].asks, r->list[i].asks_end};
    mu_reasoned_hunks(out, r->plan, r->splice, reasons, n, name, self, arena);
}

static void say(mu_buf *out, const char *text)
{
    mu_buf_puts(out, "# ");
    mu_buf_safe(out, text, strlen(text), TEXT);
    mu_buf_puts(out, "\n");
}

static const char *many(int n, const char *what, mu_arena *arena)
{
    return mu_format(arena, "%d %s%s", n, what, n == 1 ? "" : "s");
}

static const char *smallest(const mu_repairs *r, mu_arena *arena)
{
    const char *but = r->refused ? " without what is refused below" : "";
    if (r->written < r->repair->count)
        return "It is not whole: some of it is refused below.";
    if (r->repair->smallest)
        return mu_format(arena, "Proved: nothing cheaper does it%s.", but);
    return mu_format(arena, "Not proved to be the smallest: no choice that costs less than %d does it%s.", r->repair->least, but);
}

const char *mu_repairs_lead(const mu_repairs *r, mu_arena *arena)
{
    unsigned order = r->repair->after->order;
    const char *what = order == 1 ? "no single absence breaks" : mu_format(arena, "no %u absences break", order);
    if (r->repair->count == 0)
        return mu_format(arena, "No change is wanted: %s anything that such a change could mend.", what);
    return mu_format(arena, "%s, at a cost of %d, after which %s anything that such changes can mend. %s", many(r->repair->count, "change", arena), r->repair->cost, what,
                     smallest(r, arena));
}

static void changes(mu_buf *out, const mu_repairs *r, bool written, const char *head, mu_arena *arena)
{
    if (!(written ? r->written : r->refused))
        return;
    mu_buf_puts(out, "#\n");
    say(out, head);
    for (int i = 0; i < r->count; i++) {
        const mu_repaired *one = &r->list[i];
        if (!one->why != written)
            continue;
        say(out, mu_format(arena, "    %s%s%s", one->change.text, one->why ? ": " : "", one->why ? one->why : ""));
        if (one->question)
            say(out, mu_format(arena, "        asked in a comment, on which muster check fails until it is answered: %s", one->question));
    }
}

static void left(mu_buf *out, const mu_repairs *r, mu_arena *arena)
{
    const mu_cover *after = r->after;
    if (!after->broken_count && !after->set_count)
        return;
    const char *since = r->unproved ? "" : r->refused ? ", since no such change mends it, or only one that is refused" : ", since no such change mends it";
    say(out, mu_format(arena, "What is left%s:", since));
    for (int i = 0; i < after->needs->count; i++) {
        const mu_need *n = &after->needs->list[i];
        if (after->own[i].broken && (n->within < 0 || !after->own[n->within].broken))
            say(out, mu_format(arena, "    %s, with nobody absent (line %d)", n->called, n->at.line));
    }
    for (int i = 0; i < after->set_count; i++)
        say(out, mu_format(arena, "    %s", after->sets[i].text));
}

const char *mu_repairs_proof(const mu_repairs *r, const char *as_of, mu_arena *arena)
{
    const mu_cover *before = r->repair->before, *after = r->after;
    if (!after)
        return NULL;
    const char *sets = mu_format(arena, "%s of up to %u absent before, %d after", many(before->set_count, "set", arena), before->order, after->set_count);
    const char *broken = mu_format(arena, "%s failing with nobody absent before, %d after", many(before->broken_count, "requirement", arena), after->broken_count);
    return mu_format(arena, "%s, cover of the patched plan as of %s: %s; %s. Gaps on paper: %zu close, %zu open.", r->unproved ? "Found" : "Proof", as_of, sets, broken,
                     r->closed_count, r->opened_count);
}

static void proof(mu_buf *out, const mu_repairs *r, const char *as_of, mu_arena *arena)
{
    mu_buf_puts(out, "#\n");
    if (r->unproved)
        say(out, mu_format(arena, "Not proved: %s", r->unproved));
    if (!r->after)
        return;
    say(out, mu_repairs_proof(r, as_of, arena));
    left(out, r, arena);
}

void mu_repairs_words(mu_buf *out, const mu_repairs *r, const char *as_of, mu_arena *arena)
{
    say(out, mu_format(arena, "muster amend --cover %u: %s", r->repair->after->order, mu_repairs_lead(r, arena)));
    changes(out, r, true, "Written. Whether somebody is able to, and agrees, is for you to say: the plan knows only who is there.", arena);
    changes(out, r, false, "Refused, and the smallest repair was looked for without them:", arena);
    proof(out, r, as_of, arena);
}
