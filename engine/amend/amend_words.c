/* A patch in words: as a diff, and as the lines above it. */
#include <string.h>

#include "amend/amend.h"
#include "amend/diff.h"

enum { TEXT = 400 };

const char *mu_fate_word(mu_fate fate)
{
    static const char *const words[] = {"written", "closed along", "asked", "asked before", "for people", "accepted", "not chosen"};
    return words[fate];
}

/* ---- hunks ---- */

static const char *reason(const mu_amended *a, mu_arena *arena)
{
    return a->fate == MU_FATE_WRITTEN ? mu_format(arena, "%s: %s", a->finding->gap->id, a->from) : mu_format(arena, "%s asks", a->finding->gap->id);
}

/* The reasons for what changes in one file. */
static size_t whys_of(const mu_splice *splice, const mu_reason *reasons, size_t count, const char *file, mu_why *whys)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = reasons[i].asks; k < reasons[i].asks_end; k++) {
            const char *in;
            int line;
            if (mu_splice_line(splice, k, &in, &line) && strcmp(in, file) == 0)
                whys[n++] = (mu_why){line, reasons[i].words};
        }
    return n;
}

void mu_reasoned_hunks(mu_buf *out, const mu_tree *plan, const mu_splice *splice, const mu_reason *reasons, size_t count, mu_file_name *name, const void *self, mu_arena *arena)
{
    const char *file;
    for (size_t i = 0; (file = mu_splice_file(splice, i)); i++) {
        mu_side old, made;
        old.text = mu_tree_source(plan, file, &old.len);
        made.text = mu_splice_text(splice, file, &made.len);
        mu_why *whys = mu_alloc(arena, (mu_splice_mark(splice) + 1) * sizeof *whys);
        size_t why_count = whys_of(splice, reasons, count, file, whys);
        mu_diff(out, name(self, file), old, made, whys, why_count);
    }
}

void mu_amend_hunks(mu_buf *out, const mu_amendment *a, mu_file_name *name, const void *self, mu_arena *arena)
{
    mu_reason *reasons = mu_alloc(arena, (a->count + 1) * sizeof *reasons);
    size_t n = 0;
    for (size_t i = 0; i < a->count; i++)
        if (a->list[i].asks < a->list[i].asks_end)
            reasons[n++] = (mu_reason){reason(&a->list[i], arena), a->list[i].asks, a->list[i].asks_end};
    mu_reasoned_hunks(out, a->plan, a->splice, reasons, n, name, self, arena);
}

/* ---- the lines above ---- */

static void say(mu_buf *out, const char *text)
{
    mu_buf_puts(out, "# ");
    mu_buf_safe(out, text, strlen(text), TEXT);
    mu_buf_puts(out, "\n");
}

static void say_gap(mu_buf *out, const mu_finding *f, mu_arena *arena)
{
    say(out, mu_format(arena, "%s %s %s: %s", f->gap->id, mu_weight_word(f->weight), f->subject, f->text));
}

static void section(mu_buf *out, const mu_amendment *a, mu_fate fate, const char *head, mu_arena *arena)
{
    if (!a->fates[fate])
        return;
    mu_buf_puts(out, "#\n");
    say(out, head);
    for (size_t i = 0; i < a->count; i++) {
        const mu_amended *one = &a->list[i];
        if (one->fate != fate)
            continue;
        say_gap(out, one->finding, arena);
        if (one->from)
            say(out, mu_format(arena, "    %s", one->from));
        if (one->why)
            say(out, mu_format(arena, "    A change was tried and is not proposed: %s", one->why));
    }
}

static const char *many(size_t n, mu_arena *arena)
{
    return mu_format(arena, "%zu gap%s", n, n == 1 ? "" : "s");
}

static void proof_words(mu_buf *out, const mu_amendment *a, const char *proof, mu_arena *arena)
{
    mu_buf_puts(out, "#\n");
    if (a->unproved) {
        say(out, mu_format(arena, "Not proved: %s", a->unproved));
        return;
    }
    size_t stay = a->after.count - a->opened_count;
    say(out, mu_format(arena, "Proof, %s: %s before, %zu after. %zu close, %zu stay, %zu open.", proof, many(a->before.count, arena), a->after.count, a->before.count - stay, stay,
                       a->opened_count));
    for (size_t i = 0; i < a->opened_count; i++)
        say(out, mu_format(arena, "    opened: %s %s: %s", a->opened[i].gap->id, a->opened[i].subject, a->opened[i].text));
}

void mu_amend_words(mu_buf *out, const mu_amendment *a, const char *proof, mu_arena *arena)
{
    const size_t *n = a->fates;
    const char *rest = n[MU_FATE_UNCHOSEN] ? mu_format(arena, ", %zu were not chosen", n[MU_FATE_UNCHOSEN]) : "";
    say(out, mu_format(arena, "muster amend: %zu of %s can be written, %zu are asked, %zu are for people to close%s.", n[MU_FATE_WRITTEN] + n[MU_FATE_ALONG], many(a->count, arena),
                       n[MU_FATE_ASKED] + n[MU_FATE_OPEN], n[MU_FATE_PEOPLE], rest));
    section(out, a, MU_FATE_WRITTEN, "Written, each out of the plan itself or the law:", arena);
    section(out, a, MU_FATE_ALONG, "Closed by the changes above:", arena);
    section(out, a, MU_FATE_ASKED, "Asked, since only people know (a comment TODO(muster) at the place; muster check fails until it is answered):", arena);
    section(out, a, MU_FATE_OPEN, "Asked before, and the question still stands in the plan:", arena);
    section(out, a, MU_FATE_PEOPLE, "Left, since no line of the plan closes it: something has to be done first (muster explain GAP):", arena);
    section(out, a, MU_FATE_ACCEPTED, "Left, since the plan accepts it for now:", arena);
    proof_words(out, a, proof, arena);
}
