#include "programme/due_by.h"

#include <string.h>

static const char *day_text(mu_arena *arena, int64_t local)
{
    mu_date d = mu_date_of_day(mu_day_of(local));
    return mu_format(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static const mu_held *last_that_counts(const mu_frequency *f, const mu_held *held, int count)
{
    const mu_held *last = NULL;
    for (int i = 0; i < count; i++)
        if (held[i].mode & f->counts && (!last || held[i].local > last->local))
            last = &held[i];
    return last;
}

static void judge(const mu_programme *p, mu_due_by *d, const mu_occasion *list, int count)
{
    const mu_frequency *f = d->rule;
    d->from = d->last ? d->last->local : p->from;
    d->by = f->months ? mu_months_add(d->from, f->months) : -1;
    for (int i = 0; i < count && !d->planned; i++)
        d->planned = list[i].series->mode & f->counts ? &list[i] : NULL;
    d->state = !f->counts ? MU_CANNOT_COUNT : !f->months ? MU_NO_NUMBER : !d->planned ? MU_NOT_PLANNED
               : mu_day_of(d->planned->local) > mu_day_of(d->by) ? MU_TOO_LATE : MU_IN_TIME;
}

int mu_due_by_rules(const mu_programme *p, const mu_held *held, int held_count, const mu_occasion *list, int count, mu_arena *arena, const mu_due_by **due)
{
    mu_due_by *out = mu_alloc(arena, ((size_t)p->rule_count + 1) * sizeof *out), *strictest = NULL;
    for (int i = 0; i < p->rule_count; i++) {
        out[i] = (mu_due_by){.rule = p->rules[i], .last = last_that_counts(p->rules[i], held, held_count)};
        judge(p, &out[i], list, count);
        if (out[i].by >= 0 && out[i].rule->counts && (!strictest || out[i].by < strictest->by))
            strictest = &out[i];
    }
    if (strictest)
        strictest->strictest = true;
    *due = out;
    return p->rule_count;
}

const char *mu_due_by_words(const mu_due_by *d, mu_arena *arena)
{
    const char *none = d->by < 0 ? "none that counts was held" : mu_format(arena, "none that counts was held, so that it is counted from %s, the programme's first day", day_text(arena, d->from));
    const char *last = d->last ? mu_format(arena, "last held on %s", day_text(arena, d->last->local)) : none;
    const char *planned = d->planned ? mu_format(arena, "%s on %s", d->planned->series->id, d->planned->series->unannounced ? mu_format(arena, "a day up to %s", day_text(arena, d->planned->to * MU_DAY_MS)) : day_text(arena, d->planned->local)) : "";
    switch (d->state) {
    case MU_CANNOT_COUNT: return mu_format(arena, "no drill of this program counts for it: %s", d->rule->asks);
    case MU_NO_NUMBER: return mu_format(arena, "%s; the text gives no interval; %s%s", last, d->planned ? "next: " : "none is planned", planned);
    case MU_NOT_PLANNED: return mu_format(arena, "%s; due by %s, and none that counts is planned", last, day_text(arena, d->by));
    case MU_TOO_LATE: return mu_format(arena, "%s; due by %s, and the next is too late: %s", last, day_text(arena, d->by), planned);
    default: return mu_format(arena, "%s; due by %s; next: %s", last, day_text(arena, d->by), planned);
    }
}

const char *mu_counts_for(const mu_programme *p, mu_mode mode, mu_arena *arena)
{
    const char *words = "";
    for (int i = 0; i < p->rule_count; i++)
        if (p->rules[i]->counts & (unsigned)mode)
            words = mu_format(arena, "%s%s%s", words, *words ? ", " : "", p->rules[i]->id);
    return words;
}
