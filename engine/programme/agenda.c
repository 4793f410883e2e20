#include "programme/agenda.h"

#include <stdlib.h>
#include <string.h>

/* ---- the times of the drills ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static mu_standing standing(const mu_programme *p, const mu_ledger *l, const mu_occasion *o, bool over, int64_t now)
{
    if (mu_ledger_is(l, o->key, "ran") || mu_ledger_is(l, o->key, "held"))
        return MU_DONE;
    if (mu_ledger_is(l, o->key, "began") || (over && mu_ledger_is(l, o->key, "failed"))) /* over, but not to its last report */
        return MU_TO_FINISH;
    if (over)
        return MU_DONE;
    return o->at > now ? MU_COMING : now - o->at > p->late_by ? MU_MISSED : MU_DUE;
}

/* What a later one of the same drill has overtaken is not run any more. One that is still to come overtakes nothing: a clock that was ahead may have run it. */
static void only_the_latest(mu_item *items, int count, int64_t now)
{
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count && items[i].standing == MU_DUE && items[k].occasion->at <= now; k++)
            if (items[k].standing < MU_MISSED && items[k].occasion->series == items[i].occasion->series)
                items[i].standing = MU_MISSED;
}

int mu_agenda(const mu_programme *p, const mu_ledger *l, const char *const *over, int over_count, int64_t now, int64_t ahead, mu_arena *arena, const mu_item **items)
{
    const mu_occasion *list;
    int64_t from = mu_zone_utc(p->zone, p->from) - MU_DAY_MS;
    int count = mu_occasions(p, from, now + ahead + 1, INT32_MAX, arena, &list);
    mu_item *out = mu_alloc(arena, (size_t)(count + 1) * sizeof *out);
    for (int i = 0; i < count; i++) {
        bool is_over = over_count && bsearch(&list[i].key, over, (size_t)over_count, sizeof *over, by_name) != NULL;
        out[i] = (mu_item){&list[i], standing(p, l, &list[i], is_over, now)};
    }
    only_the_latest(out, count, now);
    *items = out;
    return count;
}

/* ---- messages ---- */

static const char *const ways[MU_CARRIERS] = {"mail", "webhook", "slack"};

typedef struct posts {
    const mu_programme *p;
    const mu_ledger *l;
    int64_t now;
    mu_arena *arena;
    mu_message *list;
    int count, room;
} posts;

const char *mu_carrier_word(mu_carrier way)
{
    return ways[way];
}

/* "7d", "90m": the length as it was said, as far as a length can be. */
static const char *length(mu_arena *arena, int64_t ms)
{
    int64_t minutes = ms / 60000;
    return minutes % 1440 == 0 && minutes ? mu_format(arena, "%dd", (int)(minutes / 1440)) : minutes % 60 == 0 ? mu_format(arena, "%dh", (int)(minutes / 60)) : mu_format(arena, "%dm", (int)minutes);
}

static void add(posts *s, mu_message m)
{
    if (s->count == s->room) {
        mu_message *more = mu_alloc(s->arena, (size_t)(2 * s->room + 64) * sizeof *more);
        if (s->count)
            memcpy(more, s->list, (size_t)s->count * sizeof *more);
        s->list = more;
        s->room = 2 * s->room + 64;
    }
    s->list[s->count++] = m;
}

static bool is_quiet(const posts *s)
{
    int64_t local = mu_programme_local(s->p, s->now);
    return mu_quiet_end(s->p, local) != local;
}

/* Over one way to one recipient. What was sent or given up is not looked at again. */
static void one_way(posts *s, mu_message m, mu_carrier way, const char *address)
{
    const char *what = m.missed ? "missed" : m.before < 0 ? "result" : mu_format(s->arena, "before-%s", length(s->arena, m.before));
    if (!address)
        return;
    m.way = way;
    m.address = address;
    m.key = mu_format(s->arena, "%s/%s/%s/%s", m.occasion->key, m.told->who->id, ways[way], what);
    if (mu_ledger_is(s->l, m.key, "sent") || mu_ledger_was(s->l, m.key, "gaveup", s->now))
        return;
    m.state = mu_ledger_is(s->l, m.key, "sending") ? MU_UNCLEAR : s->now >= m.until ? MU_TOO_LATE_TO_SEND : mu_programme_local(s->p, s->now) < m.told->who->opted_in ? MU_NOT_OPTED_IN : is_quiet(s) ? MU_QUIET : MU_TO_SEND;
    if (m.state != MU_TOO_LATE_TO_SEND || mu_ledger_last(s->l, m.key)) /* that its hour passed unseen is no news */
        add(s, m);
}

static void every_way(posts *s, mu_message m)
{
    const mu_recipient *who = m.told->who;
    one_way(s, m, MU_MAIL, who->mail);
    one_way(s, m, MU_WEBHOOK, who->webhook);
    one_way(s, m, MU_SLACK, who->slack);
}

/* Before the drill the last that is due; those that another overtook are looked at only where something is unclear. */
static void before(posts *s, const mu_item *item, const mu_told *told)
{
    int last = -1;
    for (int i = 0; i < told->before_count; i++)
        if (s->now >= item->occasion->at - told->before[i])
            last = i;
    for (int i = 0; i <= last; i++)
        every_way(s, (mu_message){.occasion = item->occasion, .told = told, .before = told->before[i], .until = i == last ? item->occasion->at : 0});
}

static void result(posts *s, const mu_item *item, const mu_told *told, bool missed)
{
    const mu_entry *e = mu_ledger_last(s->l, item->occasion->key);
    if (told->result && (missed || item->standing == MU_DONE) && e && e->at + s->p->give_up_after + 30 * MU_DAY_MS > s->now)
        every_way(s, (mu_message){.occasion = item->occasion, .told = told, .before = -1, .missed = missed, .until = e->at + s->p->give_up_after});
}

/* After a pause one message says it, as one line does. */
static bool is_last_missed(const posts *s, const mu_item *items, int count, int i)
{
    bool last = items[i].standing == MU_MISSED && mu_ledger_was(s->l, items[i].occasion->key, "missed", s->now);
    for (int k = i + 1; k < count && last; k++)
        last = items[k].standing != MU_MISSED || items[k].occasion->series != items[i].occasion->series;
    return last;
}

int mu_messages(const mu_programme *p, const mu_ledger *l, const mu_item *items, int count, int64_t now, mu_arena *arena, const mu_message **messages)
{
    posts s = {.p = p, .l = l, .now = now, .arena = arena};
    for (int i = 0; i < count; i++) {
        bool missed = is_last_missed(&s, items, count, i);
        for (int k = 0; k < items[i].occasion->series->told_count; k++) {
            const mu_told *told = &items[i].occasion->series->told[k];
            if (items[i].occasion->at + 30 * MU_DAY_MS > now)
                before(&s, &items[i], told);
            result(&s, &items[i], told, missed);
        }
    }
    *messages = s.list;
    return s.count;
}
