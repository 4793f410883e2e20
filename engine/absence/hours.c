#include "absence/hours.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "plan/schema.h"

/* What one constellation of people comes to; the same comes again and again. */
typedef struct picture {
    const char *signature;
    const int *levels;       /* by need */
    const char *const *who;
} picture;

typedef struct stretch {
    const mu_house *h;
    const char *incident;
    const mu_needs *first;   /* the needs as at the beginning */
    picture *pictures;
    int count, room;
    struct row {
        mu_hours_span *spans;
        int count, room;
    } *rows;
} stretch;

/* ---- constellations ---- */

const char *mu_picture_of(const mu_house *h, int64_t utc)
{
    mu_buf out = {0};
    mu_buf_puts(&out, mu_house_open(h, utc) ? "+" : "-");
    for (int i = 0; i < h->person_count; i++)
        mu_buf_puts(&out, !mu_member_missing(h, i, utc, false) ? "h" : !mu_member_missing(h, i, utc, true) ? "c" : "-");
    MU_EACH (role, mu_get(h->judge.root, "roles")) {
        mu_succession line = mu_succession_of(h, role, utc, NULL);
        for (int i = 0; i < line.count; i++)
            mu_buf_printf(&out, line.on_call[i] ? "!%d" : ".%d", line.people[i]);
        mu_buf_puts(&out, "/");
    }
    return mu_buf_into(&out, h->judge.arena);
}

static const char *who_lacks(const mu_house *h, const mu_need *n)
{
    const char *text = "";
    if (n->why)
        return n->why;
    for (int i = 0; i < n->hand_count; i++)
        if (n->hands[i].missing)
            text = mu_format(h->judge.arena, "%s%s%s %s", text, *text ? ", " : "", mu_hand_called(h, &n->hands[i]), n->hands[i].missing);
    return text;
}

static int level_of(mu_cuts *cuts, mu_family f)
{
    uint64_t counts[3];
    if (f == MU_EMPTY_SET)
        return 0;
    mu_family_count(mu_cuts_families(cuts), f, 2, counts);
    return counts[1] ? 1 : counts[2] ? 2 : 3;
}

static const mu_need *by_id(const mu_needs *needs, const char *id, int near)
{
    for (int k = 0; k < needs->count; k++) {
        const mu_need *n = &needs->list[(near + k) % needs->count];
        if (strcmp(n->id, id) == 0)
            return n;
    }
    return NULL;
}

static picture judge(stretch *s, int64_t utc, const char *signed_as, const char **why)
{
    mu_arena *arena = s->h->judge.arena;
    mu_needs_options options = {.utc = utc, .kinds = MU_PEOPLE, .incident = s->incident, .at_once = true};
    mu_needs *needs = mu_needs_of(s->h, &options, why);
    int *levels = mu_alloc(arena, (size_t)(s->first->count + 1) * sizeof *levels);
    const char **who = mu_alloc(arena, (size_t)(s->first->count + 1) * sizeof *who);
    if (!needs)
        return (picture){signed_as, levels, who};
    mu_cuts *cuts = mu_cuts_new(needs->structure, 2, 1 << 22);
    for (int i = 0; i < s->first->count; i++) {
        const mu_need *n = by_id(needs, s->first->list[i].id, i);
        levels[i] = n ? level_of(cuts, mu_cuts_of(cuts, n->gate)) : 3;
        who[i] = levels[i] == 0 ? who_lacks(s->h, n) : NULL;
    }
    mu_cuts_free(cuts);
    mu_needs_free(needs);
    return (picture){signed_as, levels, who};
}

static const picture *picture_at(stretch *s, int64_t utc, const char **why)
{
    const char *signed_as = mu_picture_of(s->h, utc);
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->pictures[i].signature, signed_as) == 0)
            return &s->pictures[i];
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 64;
        s->pictures = mu_grow(s->pictures, (size_t)s->room * sizeof *s->pictures);
    }
    s->pictures[s->count] = judge(s, utc, signed_as, why);
    return &s->pictures[s->count++];
}

/* ---- the stretch ---- */

static bool goes_on(const mu_hours_span *last, int level, const char *who)
{
    return last->level == level && (level || strcmp(last->who, who) == 0);
}

static void add(stretch *s, int need, int64_t from, int64_t until, int level, const char *who)
{
    struct row *row = &s->rows[need];
    if (row->count && goes_on(&row->spans[row->count - 1], level, who)) {
        row->spans[row->count - 1].until = until;
        return;
    }
    if (row->count == row->room) {
        row->room = row->room ? row->room * 2 : 16;
        mu_hours_span *spans = mu_alloc(s->h->judge.arena, (size_t)row->room * sizeof *spans);
        if (row->count)
            memcpy(spans, row->spans, (size_t)row->count * sizeof *spans);
        row->spans = spans;
    }
    row->spans[row->count++] = (mu_hours_span){from, until, level, who};
}

static void walk(stretch *s, int64_t from, int64_t until, mu_cuts_watch watch, void *self, const char **why)
{
    for (int64_t utc = from; utc < until && !*why;) {
        int64_t next = mu_house_changes(s->h, utc, until);
        const picture *p = picture_at(s, utc, why);
        for (int i = 0; i < s->first->count; i++)
            add(s, i, utc, next, p->levels[i], p->who[i]);
        utc = next;
        if (watch)
            watch(self, (int)((utc - from) * 1000 / (until - from)));
    }
}

static mu_hours *kept(const stretch *s, int64_t from, int64_t until)
{
    mu_arena *arena = s->h->judge.arena;
    mu_hours *hours = mu_alloc(arena, sizeof *hours);
    mu_need_hours *list = mu_alloc(arena, (size_t)(s->first->count + 1) * sizeof *list);
    for (int i = 0; i < s->first->count; i++) {
        list[i] = (mu_need_hours){.need = &s->first->list[i], .spans = s->rows[i].spans, .span_count = s->rows[i].count};
        for (int k = 0; k < s->rows[i].count; k++)
            list[i].length[s->rows[i].spans[k].level] += s->rows[i].spans[k].until - s->rows[i].spans[k].from;
    }
    *hours = (mu_hours){from, until, list, s->first->count, s->count};
    return hours;
}

mu_hours *mu_hours_of(const mu_house *h, const char *incident, int64_t from, int64_t until, mu_cuts_watch watch, void *self, const char **why)
{
    mu_needs_options options = {.utc = from, .kinds = MU_PEOPLE, .incident = incident, .at_once = true};
    mu_needs *first = mu_needs_of(h, &options, why);
    if (!first)
        return NULL;
    stretch s = {.h = h, .incident = incident, .first = first};
    s.rows = mu_alloc(h->judge.arena, (size_t)(first->count + 1) * sizeof *s.rows);
    walk(&s, from, until, watch, self, why);
    mu_hours *hours = *why ? NULL : kept(&s, from, until);
    free(s.pictures);
    mu_needs_free(first);
    return hours;
}
