#include "programme/occasions.h"

#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "programme/recur.h"

enum { STEPS_MOST = 250000, SLOT = 5 * 60000, SLOTS = 288, MOVES = 400 };

typedef struct walk {
    const mu_programme *p;
    const mu_series *s;
    mu_arena *arena;
    int64_t from, until;
    int most, found;
    mu_occasion *list;
    int count, room;
    bool open[7][SLOTS]; /* of an unannounced drill: the moments of a weekday that it may come at */
} walk;

const char *mu_moment_text(mu_arena *arena, int64_t local)
{
    mu_date d = mu_date_of_day(mu_day_of(local));
    int minute = (int)(mu_time_of_day(local) / 60000);
    return mu_format(arena, "%04d-%02d-%02d %02d:%02d", d.year, d.month, d.day, minute / 60, minute % 60);
}

/* ---- quiet hours ---- */

static bool inside(const mu_hours_set *set, int64_t local)
{
    int ranges[MU_RANGES][2];
    memcpy(ranges, set->ranges, sizeof ranges);
    return set->count && mu_hours_inside(ranges, set->count, NULL, local);
}

int64_t mu_quiet_end(const mu_programme *p, int64_t local)
{
    const int64_t minute = 60000;
    for (int i = 0; i <= 7 * 1440; i++, local = local / minute * minute + minute)
        if (!inside(&p->quiet, local))
            return local;
    return -1;
}

/* ---- one occasion ---- */

static void keep(walk *w, mu_occasion o)
{
    mu_date d = mu_date_of_day(mu_day_of(o.nominal));
    int minute = (int)(mu_time_of_day(o.nominal) / 60000);
    o.key = mu_format(w->arena, "%s-%04d-%02d-%02d-%02d%02d", w->s->id, d.year, d.month, d.day, minute / 60, minute % 60);
    if (w->count == w->room) {
        mu_occasion *more = mu_alloc(w->arena, (size_t)(2 * w->room + 64) * sizeof *more);
        if (w->count)
            memcpy(more, w->list, (size_t)w->count * sizeof *more);
        w->list = more;
        w->room = 2 * w->room + 64;
    }
    w->list[w->count++] = o;
    w->found++;
}

static bool left_out(const mu_series *s, int64_t nominal)
{
    const mu_node *n = s->except;
    for (const mu_node *c = !n ? NULL : n->kind == MU_LIST ? n->first : n; c; c = n->kind == MU_LIST ? c->next : NULL)
        if (mu_day_of(c->value) == mu_day_of(nominal))
            return true;
    return false;
}

/* Off holidays and closed days, and out of quiet hours, which may lead to a holiday again. False where it is left out. */
static bool place(const walk *w, mu_occasion *o)
{
    const mu_series *s = w->s;
    for (int i = 0; i < MOVES; i++) {
        int64_t day = mu_day_of(o->local), awake;
        if (s->on_holiday != MU_KEEP && mu_calendar_holiday(w->p->holidays, day)) {
            if (s->on_holiday == MU_SKIP)
                return false;
            o->local = mu_working_add(w->p->holidays, day, 1) * MU_DAY_MS + mu_time_of_day(o->local);
            o->moved = "a holiday or a closed day: the next working day";
        } else if (s->mode != MU_MODEL && (awake = mu_quiet_end(w->p, o->local)) != o->local) {
            o->local = awake;
            o->moved = "quiet hours: when they end";
        } else {
            return true;
        }
    }
    return false;
}

/* ---- unannounced ---- */

static void open_slots(walk *w)
{
    const int64_t monday = 4 * MU_DAY_MS; /* 1970-01-05 */
    for (int day = 0; day < 7; day++)
        for (int i = 0; i < SLOTS; i++) {
            int64_t local = monday + day * MU_DAY_MS + (int64_t)i * SLOT;
            w->open[day][i] = inside(&w->s->between, local) && (w->s->mode == MU_MODEL || !inside(&w->p->quiet, local));
        }
}

static int64_t first_of_month(int year, int month)
{
    return mu_day_of_date((mu_date){year, month, 1});
}

static void stretch(mu_within within, int64_t day, int64_t *from, int64_t *to)
{
    mu_date d = mu_date_of_day(day);
    int month = within == MU_YEAR ? 1 : within == MU_QUARTER ? (d.month - 1) / 3 * 3 + 1 : d.month;
    int months = within == MU_YEAR ? 12 : within == MU_QUARTER ? 3 : 1;
    *from = within == MU_WEEK ? day - mu_weekday(day) : first_of_month(d.year, month);
    *to = within == MU_WEEK ? *from + 6 : mu_day_of(mu_months_add(*from * MU_DAY_MS, months)) - 1;
}

static int slots_of(const walk *w, int64_t day)
{
    int n = 0;
    bool free = mu_calendar_working(w->p->holidays, day) && !left_out(w->s, day * MU_DAY_MS);
    for (int i = 0; free && i < SLOTS; i++)
        n += w->open[mu_weekday(day)][i];
    return n;
}

static int64_t slot(const walk *w, int64_t day, uint32_t n)
{
    int i = 0;
    for (;; i++)
        if (w->open[mu_weekday(day)][i] && n-- == 0)
            return day * MU_DAY_MS + (int64_t)i * SLOT;
}

/* A working day of the stretch, each as likely as another, then a moment of its hours. The draw is for the first day of the
 * stretch, so that it stays whenever it is asked for; a rule that names several days of one stretch comes once in it. */
static bool draw(const walk *w, mu_occasion *o)
{
    uint64_t purpose = mu_purpose("unannounced", w->s->id);
    int64_t begins = mu_day_of(w->s->first), days = 0;
    stretch(w->s->unannounced, mu_day_of(o->nominal), &o->from, &o->to);
    o->nominal = o->from * MU_DAY_MS;
    o->from = o->from < begins ? begins : o->from;
    for (int64_t day = o->from; day <= o->to; day++)
        days += slots_of(w, day) > 0;
    if (!days)
        return false;
    uint32_t n = mu_draw_below(w->s->seed, purpose, (uint64_t)o->nominal, (uint32_t)days);
    for (int64_t day = o->from;; day++)
        if (slots_of(w, day) > 0 && n-- == 0) {
            o->local = slot(w, day, mu_draw_below(w->s->seed, purpose, (uint64_t)o->nominal + 1, (uint32_t)slots_of(w, day)));
            return true;
        }
}

/* ---- a drill ---- */

static const char *scenario_of(const mu_series *s, int64_t nominal, int number)
{
    uint32_t count = (uint32_t)s->scenario_count;
    if (count < 2)
        return count ? s->scenarios[0] : "";
    return s->scenarios[s->drawn ? mu_draw_below(s->seed, mu_purpose("rotation", s->id), (uint64_t)mu_day_of(nominal), count) : (uint32_t)number % count];
}

/* Local time as a moment; where the clock is changed over it, that is said. */
static void by_clock(const mu_zone *zone, mu_occasion *o)
{
    o->at = mu_zone_utc(zone, o->local);
    int64_t shown = mu_zone_local(zone, o->at);
    mu_zone_span now = mu_zone_at(zone, o->at), next = mu_zone_at(zone, now.until_ms);
    if (shown != o->local)
        o->moved = "the clock is set forward over it: as much later";
    else if (next.offset_ms < now.offset_ms && o->at + (now.offset_ms - next.offset_ms) >= now.until_ms)
        o->moved = "the clock is set back over it: it shows this time twice, and the first counts";
    o->local = shown;
}

static void come(walk *w, int64_t nominal, int number)
{
    mu_occasion o = {.series = w->s, .nominal = nominal, .local = nominal, .scenario = scenario_of(w->s, nominal, number)};
    if (left_out(w->s, nominal) || (w->s->unannounced ? !draw(w, &o) : !place(w, &o)))
        return;
    by_clock(w->s->zone, &o);
    if (o.at >= w->from && o.at < w->until)
        keep(w, o);
}

/* A draw may lie up to a year before the day of its rule, and a move as much behind. */
static void walk_rule(walk *w)
{
    const char *why;
    mu_recur *rule = w->s->recurrence ? mu_recur_open(w->arena, w->s->recurrence, w->s->first, &why) : NULL;
    int64_t nominal = w->s->first, far = w->until < MU_MOMENT_LAST - 400 * MU_DAY_MS ? w->until + 400 * MU_DAY_MS : MU_MOMENT_LAST;
    if (!w->s->recurrence)
        come(w, nominal, 0);
    for (int n = 0; rule && n < STEPS_MOST && w->found < w->most && mu_recur_next(rule, &nominal) && nominal < far; n++)
        if (nominal + 800 * MU_DAY_MS > w->from)
            come(w, nominal, n);
    if (rule)
        mu_recur_close(rule);
}

static int by_time(const void *a, const void *b)
{
    const mu_occasion *x = a, *y = b;
    return x->at != y->at ? (x->at < y->at ? -1 : 1) : strcmp(x->key, y->key);
}

int mu_occasions(const mu_programme *p, int64_t from, int64_t until, int most, mu_arena *arena, const mu_occasion **list)
{
    walk w = {.p = p, .arena = arena, .from = from, .until = until, .most = most};
    for (int i = 0; i < p->series_count; i++) {
        int number = 0;
        w.s = &p->series[i];
        w.found = 0;
        if (w.s->unannounced)
            open_slots(&w);
        walk_rule(&w);
        const mu_node *n = w.s->also;
        for (const mu_node *c = !n ? NULL : n->kind == MU_LIST ? n->first : n; c; c = n->kind == MU_LIST ? c->next : NULL)
            come(&w, c->value, number++);
    }
    if (w.count)
        qsort(w.list, (size_t)w.count, sizeof *w.list, by_time);
    int kept = 0;
    for (int i = 0; i < w.count; i++) /* a date that is named beside the rule that names it as well */
        if (!kept || strcmp(w.list[kept - 1].key, w.list[i].key) != 0)
            w.list[kept++] = w.list[i];
    *list = w.list;
    return kept;
}

/* ---- conflicts ---- */

static const char *shared_player(const mu_series *a, const mu_series *b)
{
    for (int i = 0; i < a->player_count; i++)
        for (int k = 0; k < b->player_count; k++)
            if (strcmp(a->players[i], b->players[k]) == 0)
                return a->players[i];
    return NULL;
}

static const char *in_the_way(const mu_occasion *a, const mu_occasion *b, mu_arena *arena)
{
    bool people = a->series->mode != MU_MODEL && b->series->mode != MU_MODEL, overlap = b->at < a->at + a->series->lasts;
    const char *player = shared_player(a->series, b->series);
    if (!people)
        return NULL;
    if (overlap && player)
        return mu_format(arena, "they overlap, and %s plays in both", player);
    if (overlap)
        return "they overlap";
    if (mu_day_of(a->local) == mu_day_of(b->local))
        return player ? mu_format(arena, "%s plays in two drills on one day", player) : "two drills with people on one day";
    return a->series == b->series && b->nominal < a->nominal ? "the later one was moved before the earlier" : NULL;
}

int mu_conflicts(const mu_occasion *list, int count, mu_arena *arena, const mu_conflict **conflicts)
{
    int n = 0, room = 64;
    mu_conflict *out = mu_alloc(arena, (size_t)room * sizeof *out);
    for (int i = 0; i < count; i++)
        for (int k = i; k < count && (k == i || list[k].at < list[i].at + list[i].series->lasts + MU_DAY_MS); k++) {
            const char *why = k == i ? list[i].moved : in_the_way(&list[i], &list[k], arena);
            if (!why)
                continue;
            if (n == room) {
                mu_conflict *more = mu_alloc(arena, (size_t)room * 2 * sizeof *more);
                memcpy(more, out, (size_t)n * sizeof *out);
                out = more;
                room *= 2;
            }
            out[n++] = (mu_conflict){&list[i], k == i ? NULL : &list[k], why};
        }
    *conflicts = out;
    return n;
}
