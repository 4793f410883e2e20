/* What the writers of a coverage say alike. */
#include <string.h>

#include "report/cover.h"

const char *mu_count_word(mu_arena *arena, int n)
{
    static const char *const words[] = {"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    return n >= 0 && n <= 10 ? words[n] : mu_format(arena, "%d", n);
}

const char *mu_capital(mu_arena *arena, const char *text)
{
    char *copy = mu_copy(arena, text, strlen(text));
    if (*copy >= 'a' && *copy <= 'z')
        *copy = (char)(*copy - 'a' + 'A');
    return copy;
}

mu_arena *mu_cover_arena(const mu_cover_page *p)
{
    return p->cover->needs->house->judge.arena;
}

const char *mu_cover_kinds(const mu_cover_page *p)
{
    static const char *const words[] = {"people", "sites", "channels", "outside parties", "other things"};
    const char *text = "";
    int said = 0, count = 0;
    if (p->kinds == MU_EVERY_ELEMENT)
        return "People, sites, channels, outside parties and what else things depend on";
    for (int i = 0; i < 5; i++)
        count += (p->kinds >> i & 1u) != 0;
    for (int i = 0; i < 5; i++)
        if (p->kinds >> i & 1) {
            text = mu_format(mu_cover_arena(p), "%s%s%s", text, said == 0 ? "" : said == count - 1 ? " and " : ", ", words[i]);
            said++;
        }
    return mu_capital(mu_cover_arena(p), text);
}

const char *mu_cover_orders(const mu_cover_page *p)
{
    unsigned order = p->cover->order;
    return order == MU_ALL_ORDERS ? "absences of any number" : order == 1 ? "single absences" : mu_format(mu_cover_arena(p), "absences of up to %u", order);
}

/* "no single absence and no pair breaks anything; 12 larger sets do" */
static const char *none_of_few(const mu_cover_page *p, int larger)
{
    const mu_cover *c = p->cover;
    const char *pairs = c->order < 2 ? "" : " and no pair", *more = c->broken_count ? " more" : "";
    const char *rest = larger ? mu_format(mu_cover_arena(p), "; %d larger set%s do%s", larger, larger == 1 ? "" : "s", larger == 1 ? "es" : "") : "";
    return mu_format(mu_cover_arena(p), "no single absence%s breaks anything%s%s", pairs, more, rest);
}

static const char *sets_said(const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    mu_arena *arena = mu_cover_arena(p);
    int one = c->by_order[1], two = c->by_order[2], larger = c->set_count - one - two;
    if (one + two == 0)
        return none_of_few(p, larger);
    const char *more = one || two == 0 ? " more" : two == 1 ? " does" : " do";
    const char *ones = one ? mu_format(arena, "%s single absence%s break%s something", mu_count_word(arena, one), one == 1 ? "" : "s", one == 1 ? "s" : "") : "no single absence breaks anything";
    const char *pairs = c->order < 2 ? "" : mu_format(arena, ", %s pair%s%s", two ? mu_count_word(arena, two) : "no", two == 1 ? "" : "s", more);
    return mu_format(arena, "%s%s%s", ones, pairs, larger ? mu_format(arena, ", %d larger set%s", larger, larger == 1 ? "" : "s") : "");
}

const char *mu_cover_lead(const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    mu_arena *arena = mu_cover_arena(p);
    if (c->needs->count == 0)
        return "Nothing was judged: the plan has no role, no action, no ladder and no notice, so there is nothing yet that an absence could break.";
    const char *broken = c->broken_count == 0 ? "" : mu_format(arena, "%s requirement%s of %d fail%s with nobody absent. ", mu_count_word(arena, c->broken_count), c->broken_count == 1 ? "" : "s",
                                                               c->needs->count, c->broken_count == 1 ? "s" : "");
    return mu_format(arena, "%s%s.", mu_capital(arena, broken), mu_capital(arena, sets_said(p)));
}

const char *mu_cover_next(const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    if (p->repair)
        return p->repair->count ? "This repair as a patch for git apply, proved by the cover of the patched plan:" : NULL;
    return c->broken_count || c->by_order[1] ? "The smallest change after which no single absence breaks anything that a change of the plan can mend, as a patch for git apply:" : NULL;
}

int mu_element_of(const mu_needs *needs, const mu_node *node)
{
    for (int i = 0; i < needs->element_count; i++)
        if (needs->elements[i].node == node)
            return i;
    return -1;
}

static bool breaks_alone(const mu_cover *c, int need, int element)
{
    const mu_need_cover *own = &c->own[need];
    for (int i = 0; i < own->set_count; i++)
        if (own->sets[i][0] == element && own->sets[i][1] < 0)
            return true;
    return false;
}

bool mu_stands_behind(const mu_cover *c, int need, int person)
{
    const mu_need *n = &c->needs->list[need];
    for (int i = 0; i < n->hand_count; i++)
        if (n->hands[i].person == person)
            return false;
    return breaks_alone(c, need, mu_element_of(c->needs, c->needs->house->people[person].node));
}

mu_stand mu_stand_of(const mu_cover *c, int need, const mu_hand *hand)
{
    if (hand->lost == MU_FAILS)
        return MU_STAND_MISSING;
    if (breaks_alone(c, need, mu_element_of(c->needs, hand->node)))
        return c->needs->list[need].wanted > 1 ? MU_STAND_NEEDED : MU_STAND_ALONE;
    return MU_STAND_FOLLOWS;
}

bool mu_need_shown(const mu_cover *c, int need)
{
    return c->own[need].broken || c->own[need].order > 0;
}

const char *mu_stands_on(const mu_cover *c, int need)
{
    static const char *const words[] = {"more", "one", "two", "three"};
    int order = c->own[need].order;
    return c->own[need].broken ? "nobody" : order < 4 ? words[order] : "more";
}

/* ---- hours ---- */

const char *mu_hour_words(const mu_house *h, int64_t utc)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t local = mu_zone_local(h->zone, utc);
    mu_date d = mu_date_of_day(mu_day_of(local));
    int minute = (int)(mu_time_of_day(local) / 60000);
    return mu_format(h->judge.arena, "%s %d %s %02d:%02d", days[mu_weekday(mu_day_of(local))], d.day, months[d.month - 1], minute / 60, minute % 60);
}

const char *mu_hours_long(mu_arena *arena, int64_t ms)
{
    long long hours = ms / 3600000;
    int minutes = (int)(ms / 60000 % 60);
    const char *whole = hours >= 1000 ? mu_format(arena, "%lld,%03lld", hours / 1000, hours % 1000) : mu_format(arena, "%lld", hours);
    return minutes ? mu_format(arena, "%s h %02d", whole, minutes) : mu_format(arena, "%s h", whole);
}

static bool told_by_another(const mu_cover_page *p, int i)
{
    int within = p->hours->list[i].need->within;
    return within >= 0 && within < p->hours->count && p->hours->list[within].length[0] >= p->hours->list[i].length[0];
}

int mu_hours_uncovered(const mu_cover_page *p, const mu_need_hours **list)
{
    int n = 0;
    for (int i = 0; i < p->hours->count; i++) {
        const mu_need_hours *row = &p->hours->list[i];
        if (row->length[0] == 0 || told_by_another(p, i))
            continue;
        int at = n++;
        for (; at > 0 && list[at - 1]->length[0] < row->length[0]; at--)
            list[at] = list[at - 1];
        list[at] = row;
    }
    return n;
}

static const mu_hours_span *next_uncovered(const mu_need_hours *row, int *at)
{
    while (*at < row->span_count && row->spans[*at].level != 0)
        ++*at;
    return *at < row->span_count ? &row->spans[(*at)++] : NULL;
}

/* Spans of one hour with another reason stand apart; what counts is when there is nobody. */
static bool next_times(const mu_need_hours *row, int *at, int64_t *from, int64_t *until)
{
    const mu_hours_span *s = next_uncovered(row, at);
    if (!s)
        return false;
    *from = s->from;
    *until = s->until;
    while (*at < row->span_count && row->spans[*at].level == 0)
        *until = row->spans[(*at)++].until;
    return true;
}

bool mu_hours_alike(const mu_need_hours *a, const mu_need_hours *b)
{
    int i = 0, k = 0;
    int64_t from[2] = {0, 0}, until[2] = {0, 0};
    for (;;) {
        bool more = next_times(a, &i, &from[0], &until[0]), too = next_times(b, &k, &from[1], &until[1]);
        if (!more || !too)
            return more == too;
        if (from[0] != from[1] || until[0] != until[1])
            return false;
    }
}

int mu_share(int64_t part, int64_t whole)
{
    return (int)((part * 200 + whole) / (whole * 2));
}

static const char *who_at(const mu_need_hours *row, int64_t utc)
{
    for (int i = 0; i < row->span_count; i++)
        if (row->spans[i].from <= utc && utc < row->spans[i].until)
            return row->spans[i].who;
    return NULL;
}

const char *mu_hours_why(mu_arena *arena, const mu_need_hours *const *rows, int count, int64_t utc, int most)
{
    const char *text = "";
    int told = 0;
    for (int i = 0; i < count; i++) {
        const char *who = who_at(rows[i], utc);
        bool said = !who || !*who;
        for (int k = 0; k < i && !said; k++)
            said = who_at(rows[k], utc) && strcmp(who_at(rows[k], utc), who) == 0;
        if (!said && told++ < most)
            text = mu_format(arena, "%s%s%s", text, *text ? "; " : "", who);
    }
    int more = told - most;
    return more > 0 ? mu_format(arena, "%s; and %s more reason%s", text, mu_count_word(arena, more), more == 1 ? "" : "s") : text;
}

const char *mu_clipped(mu_arena *arena, const char *text, size_t most)
{
    size_t len = strlen(text), at = 0;
    while (at < len) {
        uint32_t cp;
        int n = mu_utf8(text + at, len - at, &cp);
        if (n == 0 || at + (size_t)n > most)
            break;
        at += (size_t)n;
    }
    return mu_copy(arena, text, at);
}

const char *mu_need_why(const mu_cover_page *p, const mu_need *n)
{
    const char *text = "";
    if (n->why)
        return n->why;
    for (int i = 0; i < n->hand_count; i++)
        if (n->hands[i].missing)
            text = mu_format(mu_cover_arena(p), "%s%s%s %s", text, *text ? ", " : "", mu_hand_called(p->cover->needs->house, &n->hands[i]), n->hands[i].missing);
    return *text ? text : "what it stands on fails";
}

/* ---- chances ---- */

static const char *percent(mu_arena *arena, double chance)
{
    double p = chance * 100;
    return mu_format(arena, p >= 10 ? "%.2f%%" : p >= 0.01 ? "%.3f%%" : p > 0 ? "%.2e%%" : "%.0f%%", p);
}

const char *mu_odds_words(mu_arena *arena, const mu_chance_is *c)
{
    if (c->half == 0)
        return percent(arena, c->chance);
    double low = c->chance - c->half, high = c->chance + c->half;
    return mu_format(arena, "between %s and %s", percent(arena, low > 0 ? low : 0), percent(arena, high < 1 ? high : 1));
}

const char *mu_odds_lead(const mu_cover_page *p)
{
    const mu_odds *o = p->odds;
    const mu_house *h = p->cover->needs->house;
    mu_arena *arena = mu_cover_arena(p);
    bool given = false;
    for (int i = 0; i < p->cover->needs->element_count; i++)
        given = given || o->absent[i] > 0;
    const char *when = o->until ? mu_format(arena, "At a moment between %s and %s, any as likely as another: whoever is on leave, off hours or not in turn then is not there, even where there would be time to wait for them. ",
                                            mu_hour_words(h, o->from), mu_hour_words(h, o->until)) : "";
    const char *who = !given ? "" : o->until ? "Each besides is absent by the chance that was given, independent of the others. "
                                             : "Each that can be absent is so by the chance that was given, independent of the others. ";
    const char *how = o->exact ? "Exact, by a decision diagram." : mu_format(arena, "%s. What stands as \"between\" is an interval of 99%% from %llu samples, not exact.",
                                                                            mu_capital(arena, o->note), (unsigned long long)o->samples);
    return mu_format(arena, "%s%s%s", when, who, how);
}

const char *mu_odds_whole(const mu_cover_page *p)
{
    return p->odds->until ? "At least one requirement that holds at some time" : "At least one requirement that holds with nobody absent";
}

int mu_odds_likeliest(const mu_cover_page *p, int *list, int most)
{
    int n = 0;
    for (int i = 0; i < p->cover->needs->count; i++) {
        double chance = p->odds->needs[i].chance;
        const mu_need *need = &p->cover->needs->list[i];
        bool told = need->within >= 0 && p->odds->needs[need->within].chance >= chance;
        if (p->odds->left_out[i] || chance <= 0 || told)
            continue;
        int at = n < most ? n++ : most;
        for (; at > 0 && p->odds->needs[list[at - 1]].chance < chance; at--)
            if (at < most)
                list[at] = list[at - 1];
        if (at < most)
            list[at] = i;
    }
    return n;
}

/* ---- repairs ---- */

const char *mu_repair_words(const mu_cover_page *p)
{
    const mu_repair *r = p->repair;
    mu_arena *arena = mu_cover_arena(p);
    unsigned order = r->after->order;
    const char *what = order == 1 ? "no single absence breaks" : mu_format(arena, "no %u absences break", order);
    if (r->count == 0)
        return mu_format(arena, "No change is wanted: %s anything that a change of these kinds could mend.", what);
    const char *proof = r->smallest ? "Proved: nothing cheaper does it." : mu_format(arena, "Not proved to be the smallest: no choice that costs less than %d does it.", r->least);
    return mu_format(arena, "%s change%s, at a cost of %d, after which %s anything that changes of these kinds can mend. %s", mu_capital(arena, mu_count_word(arena, r->count)),
                     r->count == 1 ? "" : "s", r->cost, what, proof);
}
