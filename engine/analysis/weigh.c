#include "analysis/weigh.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/index.h"
#include "base/rate.h"
#include "plan/same.h"

/* ---- duties that stand on what is wrong ---- */

/* Everything that duties stand on, each with how many and which; made once, since many findings ask. */
typedef struct standing {
    int n;
    const char *words; /* the first three */
} standing;

typedef struct footing {
    mu_set things;
    standing *list;
    size_t room;
} footing;

static void stands_on(mu_judge *j, footing *g, const mu_node *duty, const mu_node *thing)
{
    mu_put(&g->things, thing);
    if (g->things.count > g->room) {
        size_t room = g->room ? g->room * 2 : 64;
        standing *more = mu_alloc(j->arena, room * sizeof *more);
        if (g->room)
            memcpy(more, g->list, g->room * sizeof *more);
        g->list = more;
        g->room = room;
    }
    standing *s = &g->list[mu_place_in(&g->things, thing)];
    s->words = s->n == 0 ? duty->key : s->n < 3 ? MU_SAY(j, "%s, %s", s->words, duty->key) : s->words;
    s->n++;
}

static const mu_node *named_ref(const mu_node *n, const char *key)
{
    const mu_node *child = mu_get(n, key);
    return child ? child->ref : NULL;
}

/* Whoever does or answers for a row: who is named there, and who alone can hold a role that is. */
static void does_or_answers(const mu_judge *j, const mu_node *row, mu_set *who)
{
    static const char *const cells[] = {"R", "A", "R/A"};
    for (size_t i = 0; row && i < sizeof cells / sizeof *cells; i++) {
        const mu_node *cell = mu_get(row, cells[i]);
        for (const mu_node *n = mu_items(cell); n; n = cell->kind == MU_LIST ? n->next : NULL) {
            mu_set people = MU_SET(j);
            mu_meant(j, n, &people);
            mu_put(who, n->ref);
            if (people.count == 1)
                mu_put(who, people.list[0]);
        }
    }
}

static footing footing_of_duties(mu_judge *j)
{
    static const char *const keys[] = {"action", "decided_by", "route", "template"};
    footing g = {.things = MU_SET(j)};
    MU_EACH (duty, mu_get(j->root, "obligations")) {
        mu_set under = MU_SET(j);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            mu_put(&under, named_ref(duty, keys[i]));
        does_or_answers(j, named_ref(duty, "action"), &under);
        does_or_answers(j, named_ref(duty, "decided_by"), &under);
        for (size_t i = 0; i < under.count; i++)
            stands_on(j, &g, duty, under.list[i]);
    }
    return g;
}

static int duties(mu_judge *j, const footing *g, const mu_node *what, const char **words)
{
    *words = "";
    if (!mu_has(&g->things, what))
        return 0;
    const standing *s = &g->list[mu_place_in(&g->things, what)];
    *words = s->n > 3 ? MU_SAY(j, "%s and %d more", s->words, s->n - 3) : s->words;
    return s->n;
}

/* ---- what does the work of the thing that is wrong ---- */

static bool tested_lately(const mu_judge *j, const mu_node *n, const char *limit)
{
    const mu_node *date = mu_get(n, "tested");
    return date && !mu_older_than_limit(j, date, limit);
}

static bool touches(const mu_judge *j, const mu_node *channel, const mu_set *things)
{
    mu_set ground = MU_SET(j);
    mu_ground(channel, &ground);
    for (size_t i = 0; i < ground.count; i++)
        if (mu_has(things, ground.list[i]))
            return true;
    return false;
}

/* Channels out of band that were tested and share nothing with the primary ones. */
static void good_channels(const mu_judge *j, mu_set *good)
{
    mu_set under = MU_SET(j);
    MU_EACH (p, mu_get(j->root, "channels"))
        if (mu_is_primary(p))
            mu_ground(p, &under);
    MU_EACH (c, mu_get(j->root, "channels"))
        if (mu_is(c, "use", "out_of_band") && tested_lately(j, c, "out_of_band_tested") && !touches(j, c, &under))
            mu_put(good, c);
}

static void good_accounts(const mu_judge *j, mu_set *good)
{
    MU_EACH (b, mu_get(mu_get(j->root, "resources"), "break_glass"))
        if (tested_lately(j, b, "break_glass_tested"))
            mu_put(good, b);
}

/* What does the work of others of its kind; found once, since every finding about one of them asks. */
typedef struct substitutes {
    mu_set channels, accounts;
} substitutes;

static substitutes substitutes_of(mu_judge *j)
{
    substitutes s = {.channels = MU_SET(j), .accounts = MU_SET(j)};
    good_channels(j, &s.channels);
    good_accounts(j, &s.accounts);
    return s;
}

static const mu_node *relieved_by(const mu_judge *j, const substitutes *s, const mu_finding *f, const mu_node *what)
{
    bool channel = strcmp(f->gap->id, "COM-05") == 0 || strcmp(f->gap->id, "COM-06") == 0, account = strcmp(f->gap->id, "RES-07") == 0;
    bool fits = what && what->parent == (channel ? mu_get(j->root, "channels") : mu_get(mu_get(j->root, "resources"), "break_glass"));
    const mu_set *good = channel ? &s->channels : &s->accounts;
    for (size_t i = 0; fits && (channel || account) && i < good->count && i < 2; i++)
        if (good->list[i] != what)
            return good->list[i];
    return NULL;
}

/* ---- what had been closed before ---- */

/* The improvements that are called done, by the gap and the subject that they closed: "ROL-08 role:dpo". */
typedef struct closed {
    mu_index gaps;
    const mu_node **rows; /* the first of each */
} closed;

static closed closed_before(mu_judge *j)
{
    const mu_node *list = mu_get(j->root, "improvements");
    closed c = {.rows = mu_alloc(j->arena, (size_t)(list ? list->count + 1 : 1) * sizeof *c.rows)};
    MU_EACH (row, list) {
        const char *gap = mu_get_text(row, "gap"), *subject = mu_get_text(row, "subject");
        size_t before = c.gaps.count;
        if (gap && subject && mu_is(row, "state", "done") && mu_index_put(&c.gaps, MU_SAY(j, "%s %s", gap, subject)) == before)
            c.rows[before] = row;
    }
    return c;
}

static const mu_node *closed_by(const closed *c, const mu_finding *f)
{
    mu_buf key = {0};
    if (c->gaps.count == 0)
        return NULL;
    mu_buf_printf(&key, "%s %s", f->gap->id, f->subject);
    size_t i = mu_index_find(&c->gaps, key.text);
    mu_buf_free(&key);
    return i < c->gaps.count ? c->rows[i] : NULL;
}

static const char *why_more(mu_judge *j, int duties, const char *words, const mu_node *again)
{
    const char *stand = duties >= 2 ? MU_SAY(j, "%d duties stand on it: %s", duties, words) : "", *back = again ? MU_SAY(j, "the improvement \"%s\" had closed it", mu_get_text(again, "id")) : "";
    return MU_SAY(j, "one level more, since %s%s%s", stand, *stand && *back ? "; and " : "", back);
}

static void weigh(mu_judge *j, const footing *g, const substitutes *s, const closed *c, mu_finding *f)
{
    const mu_node *what = mu_named_in(j, f->subject), *instead = relieved_by(j, s, f, what), *again = closed_by(c, f);
    const char *words;
    int n = duties(j, g, what, &words);
    bool more = n >= 2 || again;
    f->relieved = instead != NULL;
    f->weight = f->gap->weight;
    f->reasons = NULL;
    if (more && f->weight > MU_CRITICAL && !instead) {
        f->weight = (mu_weight)(f->weight - 1);
        f->reasons = why_more(j, n, words, again);
    } else if (instead && !more && f->weight < MU_LOW) {
        f->weight = (mu_weight)(f->weight + 1);
        f->reasons = MU_SAY(j, "one level less, since %s does the same work and was tested", instead->key);
    }
}

/* ---- the name of a finding ---- */

/* The places that each person holds, by the ids of the roles: "cfo/2,ciso/1,"; of those who hold none the order in the file
 * among themselves. Made once: a finding about each person would else go through every role again. */
typedef struct places {
    mu_set people;
    mu_buf *list; /* of each of them */
} places;

static int by_key(const void *left, const void *right)
{
    const mu_node *const *a = left, *const *b = right;
    return strcmp((*a)->key, (*b)->key);
}

/* The entries of a section by their ids, so that it does not matter in which order they stand. */
static const mu_node **by_id(mu_judge *j, const mu_node *section, int *count)
{
    const mu_node **list = mu_alloc(j->arena, (size_t)(section ? section->count + 1 : 1) * sizeof *list);
    *count = 0;
    MU_EACH (n, section)
        list[(*count)++] = n;
    qsort(list, (size_t)*count, sizeof *list, by_key);
    return list;
}

/* A role that everybody may fill without an order of succession gives nobody a place: their order is that of the section. */
static bool in_order(const mu_node *role, const mu_set *holders, const mu_set *everybody)
{
    return holders->count < everybody->count || mu_get(role, "holders") || mu_get(role, "rotation");
}

static places places_of_people(mu_judge *j)
{
    const mu_node *section = mu_get(j->root, "people");
    places all = {.people = MU_SET(j)};
    int roles;
    const mu_node **role = by_id(j, mu_get(j->root, "roles"), &roles);
    size_t others = 0;
    MU_EACH (person, section)
        mu_put(&all.people, person);
    all.list = mu_alloc(j->arena, (all.people.count + 1) * sizeof *all.list);
    for (int r = 0; r < roles; r++) {
        mu_set holders = MU_SET(j);
        mu_holders(j, role[r], &holders);
        for (size_t i = 0; i < holders.count && in_order(role[r], &holders, &all.people); i++)
            mu_buf_printf(&all.list[mu_place_in(&all.people, holders.list[i])], "%s/%zu,", role[r]->key, i + 1);
    }
    for (size_t i = 0; i < all.people.count; i++)
        if (all.list[i].len == 0)
            mu_buf_printf(&all.list[i], "%zu", ++others);
    return all;
}

static void places_free(places *all)
{
    for (size_t i = 0; i < all->people.count; i++)
        mu_buf_free(&all->list[i]);
}

/* `twin`: which of those of this gap and subject it is, from 1; `b` is room for the words, whatever stands in it. */
static const char *id_of(mu_judge *j, const places *all, const mu_finding *f, int twin, mu_buf *b)
{
    char hex[MU_SHORT_HASH];
    size_t whole = strcspn(f->subject, "/"); /* "person:ana/hours" speaks of a person too */
    bool person = strncmp(f->subject, "person:", 7) == 0;
    size_t at = person ? mu_place_in(&all->people, mu_named_in(j, mu_copy(j->arena, f->subject, whole))) : all->people.count;
    b->len = 0;
    mu_buf_puts(b, f->gap->id);
    mu_buf_puts(b, " ");
    mu_buf_puts(b, at < all->people.count ? all->list[at].text : f->subject);
    if (at < all->people.count)
        mu_buf_puts(b, f->subject + whole);
    if (twin > 1)
        mu_buf_printf(b, " #%d", twin);
    mu_short_hash(b->text, b->len, hex);
    return mu_copy(j->arena, hex, sizeof hex - 1);
}

static int by_twins(const void *left, const void *right)
{
    const mu_finding *a = *(mu_finding *const *)left, *b = *(mu_finding *const *)right;
    int first = a->gap == b->gap ? 0 : strcmp(a->gap->id, b->gap->id);
    first = first ? first : strcmp(a->subject, b->subject);
    first = first || a->at.file == b->at.file ? first : strcmp(a->at.file, b->at.file);
    if (first)
        return first;
    if (a->at.line != b->at.line || a->at.column != b->at.column)
        return a->at.line != b->at.line ? a->at.line - b->at.line : a->at.column - b->at.column;
    return strcmp(a->text, b->text);
}

/* Several findings of one gap and one subject are told apart by their order in the file: when one of them is mended, as many
 * names are gone as findings. */
static void name_all(mu_judge *j, const places *all)
{
    mu_finding **order = mu_alloc(j->arena, (j->found.count + 1) * sizeof *order);
    for (size_t i = 0; i < j->found.count; i++)
        order[i] = &j->found.list[i];
    qsort(order, j->found.count, sizeof *order, by_twins);
    mu_buf words = {0};
    int twin = 1;
    for (size_t i = 0; i < j->found.count; i++) {
        bool same = i && order[i]->gap == order[i - 1]->gap && strcmp(order[i]->subject, order[i - 1]->subject) == 0;
        twin = same ? twin + 1 : 1;
        order[i]->id = id_of(j, all, order[i], twin, &words);
    }
    mu_buf_free(&words);
}

/* What is wrong with one thing has one cause: with a ladder, whichever of its steps it is; of a playbook each step is a thing of
 * its own. The plan as a whole, and a section that is there, are none: each of their gaps stands by itself. A section that is
 * missing is the cause of all that it lacks. */
static const char *cause_of(mu_judge *j, const mu_finding *f)
{
    const char *slash = strchr(f->subject, '/');
    bool section = strncmp(f->subject, "section:", 8) == 0;
    if (strcmp(f->subject, "plan") == 0 || (section && mu_get(j->root, f->subject + 8)))
        return MU_SAY(j, "%s/%s", f->subject, f->gap->id);
    return slash && strncmp(f->subject, "step:", 5) != 0 ? mu_copy(j->arena, f->subject, (size_t)(slash - f->subject)) : f->subject;
}

/* ---- what the plan accepts ---- */

static void read_suppressions(mu_judge *j)
{
    static const int64_t day = 86400000;
    const mu_node *list = mu_get(j->root, "suppressions");
    size_t n = 0;
    j->found.suppressions = mu_alloc(j->arena, (size_t)(list ? list->count + 1 : 1) * sizeof *j->found.suppressions);
    MU_EACH (s, list) {
        const mu_node *until = mu_get(s, "until");
        bool over = until->value + day <= j->now;
        j->found.suppressions[n++] = (mu_suppression){.gap = mu_get_text(s, "gap"), .subject = mu_get_text(s, "subject"), .reason = mu_get_text(s, "reason"),
                                                      .by = mu_get_text(s, "by"), .until = until->text, .at = mu_place(mu_get(s, "gap")),
                                                      .state = over ? MU_EXPIRED : MU_MATCHES_NOTHING};
    }
    j->found.suppression_count = n;
}

/* The first suppression in force of each "gap subject", or "gap" where it is for all of a type. */
typedef struct accepted {
    mu_index keys;
    mu_suppression **first;
} accepted;

static accepted accepted_by(mu_judge *j)
{
    accepted a = {.first = mu_alloc(j->arena, (j->found.suppression_count + 1) * sizeof(mu_suppression *))};
    for (size_t i = 0; i < j->found.suppression_count; i++) {
        mu_suppression *s = &j->found.suppressions[i];
        size_t before = a.keys.count;
        if (s->state != MU_EXPIRED && mu_index_put(&a.keys, s->subject ? MU_SAY(j, "%s %s", s->gap, s->subject) : s->gap) == before)
            a.first[before] = s;
    }
    return a;
}

static mu_suppression *first_of(const accepted *a, const char *key)
{
    size_t i = mu_index_find(&a->keys, key);
    return i < a->keys.count ? a->first[i] : NULL;
}

/* What stands first in the plan counts. */
static const mu_suppression *suppressed_by(const accepted *a, const mu_finding *f)
{
    if (a->keys.count == 0)
        return NULL;
    mu_suppression *all = first_of(a, f->gap->id), *one = NULL;
    mu_buf key = {0};
    mu_buf_printf(&key, "%s %s", f->gap->id, f->subject);
    one = first_of(a, key.text);
    mu_buf_free(&key);
    one = !one || (all && all < one) ? all : one;
    if (one)
        one->state = MU_IN_FORCE;
    return one;
}

void mu_weigh(mu_judge *j)
{
    read_suppressions(j);
    footing g = footing_of_duties(j);
    places all = places_of_people(j);
    accepted accepts = accepted_by(j);
    substitutes instead = substitutes_of(j);
    closed before = closed_before(j);
    for (size_t i = 0; i < j->found.count; i++) {
        mu_finding *f = &j->found.list[i];
        weigh(j, &g, &instead, &before, f);
        f->cause = f->cause ? f->cause : cause_of(j, f);
        f->suppressed = suppressed_by(&accepts, f);
    }
    name_all(j, &all);
    places_free(&all);
    mu_index_free(&accepts.keys);
    mu_index_free(&before.gaps);
    mu_findings_sort(&j->found);
}

/* ---- what was found before ---- */

/* The place among `earlier` of each finding, or SIZE_MAX. */
static size_t *places_among(const mu_findings *f, const mu_said *earlier, size_t count)
{
    mu_said *now = mu_grow(NULL, (f->count + 1) * sizeof *now);
    size_t *which = mu_grow(NULL, (f->count + 1) * sizeof *which);
    for (size_t i = 0; i < f->count; i++)
        now[i] = mu_finding_said(&f->list[i]);
    mu_same_gaps(now, f->count, earlier, count, which);
    free(now);
    return which;
}

void mu_findings_known(mu_findings *f, const mu_said *earlier, size_t count)
{
    mu_index ids = {0};
    size_t *which = places_among(f, earlier, count);
    f->has_baseline = true;
    for (size_t k = 0; k < count; k++)
        (void)mu_index_put(&ids, earlier[k].id);
    f->gone = ids.count;
    for (size_t i = 0; i < f->count; i++) {
        f->list[i].known = which[i] != SIZE_MAX;
        f->gone -= f->list[i].known;
    }
    mu_index_free(&ids);
    free(which);
}

static void raise_once(mu_finding *f, const char *since, mu_arena *arena)
{
    if (f->relieved) { /* one more and one less */
        f->weight = f->gap->weight;
        f->reasons = NULL;
    } else if (f->weight < f->gap->weight) {
        f->reasons = mu_format(arena, "%s; and %s", f->reasons, since);
    } else if (f->weight > MU_CRITICAL) {
        f->weight = (mu_weight)(f->weight - 1);
        f->reasons = mu_format(arena, "one level more, since %s", since);
    }
}

void mu_findings_recur(mu_findings *f, const mu_said *earlier, const char *const *since, size_t count, mu_arena *arena)
{
    size_t *which = places_among(f, earlier, count);
    for (size_t i = 0; i < f->count; i++)
        if (which[i] != SIZE_MAX)
            raise_once(&f->list[i], since[which[i]], arena);
    free(which);
    mu_findings_sort(f);
}

bool mu_findings_fail(const mu_findings *f, int fail_on)
{
    for (size_t i = 0; i < f->count; i++)
        if (!f->list[i].suppressed && !f->list[i].known && (int)f->list[i].weight <= fail_on)
            return true;
    return false;
}

/* ---- causes ---- */

int mu_causes(const mu_findings *f, mu_arena *arena, const mu_cause **causes)
{
    mu_cause *list = mu_alloc(arena, (f->count + 1) * sizeof *list);
    const mu_finding **members = mu_alloc(arena, (f->count + 1) * sizeof *members);
    size_t *which = mu_alloc(arena, (f->count + 1) * sizeof *which), *next = mu_alloc(arena, (f->count + 1) * sizeof *next), used = 0;
    mu_index subjects = {0};
    for (size_t i = 0; i < f->count; i++) {
        which[i] = mu_index_put(&subjects, f->list[i].cause);
        list[which[i]].count++;
    }
    for (size_t c = 0; c < subjects.count; c++) {
        list[c].subject = subjects.words[c];
        list[c].list = members + used;
        next[c] = used;
        used += (size_t)list[c].count;
    }
    for (size_t i = 0; i < f->count; i++)
        members[next[which[i]]++] = &f->list[i];
    int count = (int)subjects.count;
    mu_index_free(&subjects);
    *causes = list;
    return count;
}

const char *mu_confidence_words(const mu_finding *f, mu_arena *arena)
{
    if (f->runs == 0 || strcmp(f->confidence, "deterministic") == 0)
        return "deterministic: no behaviour of people changes it";
    mu_interval sure = mu_rate_percent(f->shown_in, f->runs);
    return mu_format(arena, "%s: seen in %d of %d drill%s (95%% interval %d to %d%%)", f->confidence, f->shown_in, f->runs, f->runs == 1 ? "" : "s", (int)sure.low, (int)sure.high);
}
