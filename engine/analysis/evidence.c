/* Gaps of what an exercise is evidence of: scenarios against what they test, claims against what stands behind them, and
 * the register of improvements. */
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "base/index.h"

/* ---- what a scenario tests ---- */

static const mu_scene_card *tester(const mu_scene *s, const char *objective, bool with_action)
{
    for (int i = 0; i < s->card_count; i++) {
        const mu_scene_card *c = &s->cards[i];
        if (c->tests && strcmp(c->tests, objective) == 0 && (!with_action || c->expect.count || c->kind != MU_SCENE_INJECT))
            return c;
    }
    return NULL;
}

static void objective_untraced(mu_judge *j)
{
    for (int i = 0; i < j->scenes->count; i++) {
        const mu_scene *s = &j->scenes->list[i];
        for (int k = 0; k < s->objective_count; k++) {
            const mu_scene_card *card = tester(s, s->objectives[k].id, false);
            if (!tester(s, s->objectives[k].id, true))
                mu_found(j, "EXR-01", MU_SAY(j, "objective:%s", s->objectives[k].id), card ? card->at : s->at,
                         card ? MU_SAY(j, "The objective \"%s\" is tested only by cards that expect nothing", s->objectives[k].id)
                              : MU_SAY(j, "No card tests the objective \"%s\"", s->objectives[k].id));
        }
    }
}

static void nothing_expected(mu_judge *j)
{
    for (int i = 0; i < j->scenes->count; i++) {
        const mu_scene *s = &j->scenes->list[i];
        for (int k = 0; k < s->card_count; k++)
            if (s->cards[k].kind == MU_SCENE_INJECT && s->cards[k].class != MU_SCENE_CONTEXTUAL && !s->cards[k].expect.count)
                mu_found(j, "EXR-05", MU_SAY(j, "card:%s", s->cards[k].name), s->cards[k].at,
                         MU_SAY(j, "Nothing says what a good player does after \"%s\"", s->cards[k].name));
    }
}

/* ---- who evaluates ---- */

static void put_who(const mu_judge *j, const mu_node *who, mu_set *people)
{
    if (!who)
        return;
    if (who->parent == mu_get(j->root, "people"))
        mu_put(people, who);
    else if (who->parent == mu_get(j->root, "roles"))
        mu_holders(j, who, people);
    const mu_node *members = who->parent == mu_get(j->root, "teams") ? mu_get(who, "members") : NULL;
    MU_EACH (m, members)
        mu_meant(j, m, people);
}

/* Whoever a card goes to may have to play; a word to the whole team asks nobody in particular. */
static void put_players(const mu_judge *j, const mu_scene *s, mu_set *people)
{
    for (int i = 0; i < s->card_count; i++)
        for (int k = 0; s->cards[i].class != MU_SCENE_CONTEXTUAL && k < s->cards[i].to.count; k++)
            put_who(j, s->cards[i].to.list[k].node, people);
}

/* Those who answer for the actions that the scenario rates. */
static void put_answerable(const mu_judge *j, const mu_scene *s, mu_set *people)
{
    for (int i = 0; i < s->card_count; i++)
        for (int k = 0; k < s->cards[i].expect.count; k++) {
            const mu_node *row = s->cards[i].expect.list[k].node, *a = mu_get(row, mu_get(row, "A") ? "A" : "R/A");
            for (const mu_node *n = mu_items(a); n; n = a->kind == MU_LIST ? n->next : NULL)
                mu_meant(j, n, people);
        }
}

static void judge_people(mu_judge *j, const mu_scene *s, const mu_scene_names *names, const char *what, const mu_set *of, const char *why)
{
    for (int i = 0; i < names->count; i++) {
        mu_set people = MU_SET(j);
        put_who(j, names->list[i].node, &people);
        for (size_t k = 0; k < people.count; k++)
            if (mu_has(of, people.list[k]))
                mu_found(j, "EXR-04", MU_SAY(j, "person:%s", people.list[k]->key), s->at, MU_SAY(j, "%s %s %s", mu_title(j, people.list[k]), what, why));
    }
}

static void not_independent(mu_judge *j)
{
    for (int i = 0; i < j->scenes->count; i++) {
        const mu_scene *s = &j->scenes->list[i];
        mu_set players = MU_SET(j), owners = MU_SET(j), answerable = MU_SET(j);
        const mu_node *owner = mu_get(mu_get(j->root, "plan"), "owner");
        put_players(j, s, &players);
        put_answerable(j, s, &answerable);
        if (owner)
            mu_meant(j, owner, &owners);
        judge_people(j, s, &s->director, "directs the exercise", &players, "and may have to play in it");
        judge_people(j, s, &s->evaluators, "evaluates the exercise", &players, "and may have to play in it");
        judge_people(j, s, &s->evaluators, "evaluates the exercise", &owners, "and owns the plan");
        judge_people(j, s, &s->evaluators, "evaluates the exercise", &answerable, "and answers for what is rated");
    }
}

/* ---- what is claimed ---- */

static bool tested(const mu_node *test, const mu_node *book)
{
    MU_EACH (kind, mu_get(test, "scenarios"))
        MU_EACH (c, mu_get(book, "covers"))
            if (strcmp(kind->text, c->text) == 0)
                return true;
    return false;
}

static void not_exercised(mu_judge *j)
{
    const mu_node *test = mu_get(mu_get(j->root, "plan"), "last_test");
    MU_EACH (claim, mu_get(test, "exercised"))
        if (claim->ref && !tested(test, claim->ref))
            mu_found(j, "EXR-03", MU_SAY(j, "playbook:%s", claim->ref->key), claim->at,
                     MU_SAY(j, "The last test is said to have exercised the playbook \"%s\", and none of its scenarios is what that covers", claim->ref->key));
}

/* The fewest observations for a statement that assumes no distribution: a two-sided interval of a median at 95 % that is
 * finite; for the others that the largest value bounds them, one-sided at 95 % (1 - q^n >= 0.95). */
static int64_t fewest(const char *measure)
{
    static const struct { const char *measure; int n; } rows[] = {{"median", 6}, {"p90", 29}, {"p95", 59}, {"p99", 299}, {"rate", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].measure, measure) == 0)
            return rows[i].n;
    return 1;
}

/* "95 %" of three observations: of 0, 1, 2 and 3 none comes to it, rounded as it is written. */
static bool no_such_share(const char *value, int64_t n)
{
    char *end = NULL;
    double share = value ? strtod(value, &end) : -1;
    const char *point = value ? strchr(value, '.') : NULL;
    double half = 0.5;
    for (const char *p = point && point < end ? point + 1 : end; p < end; p++)
        half /= 10;
    if (!value || end == value || !strchr(end, '%') || share < 0 || share > 100 || n < 1)
        return false;
    double near = share * (double)n / 100;
    int64_t k = (int64_t)(near + 0.5);
    double off = share - 100.0 * (double)k / (double)n;
    return off > half || -off > half;
}

static void claim_too_large(mu_judge *j)
{
    MU_EACH (claim, mu_get(mu_get(j->root, "plan"), "claims")) {
        const char *measure = mu_get_text(claim, "measure");
        const mu_node *n = mu_get(claim, "n");
        if (!n)
            mu_found_in(j, "EXR-07", "claim", claim, NULL, MU_SAY(j, "The plan claims %s (%s) and does not say of how many", claim->key, measure));
        else if (n->value < fewest(measure))
            mu_found_in(j, "EXR-07", "claim", claim, n,
                        MU_SAY(j, "The plan claims %s (%s) of %s, and that takes %d at least", claim->key, measure, n->text, (int)fewest(measure)));
        else if (strcmp(measure, "rate") == 0 && no_such_share(mu_get_text(claim, "value"), n->value))
            mu_found_in(j, "EXR-07", "claim", claim, n,
                        MU_SAY(j, "The plan claims %s (%s) of %s, and no number of %s is a share of %s", claim->key, measure, n->text, n->text, mu_get_text(claim, "value")));
    }
}

/* What the plan counts on and nobody has confirmed: a number taken over from elsewhere. */
static void never_confirmed(mu_judge *j)
{
    MU_EACH (claim, mu_get(mu_get(j->root, "plan"), "claims"))
        if (mu_is(claim, "origin", "default"))
            mu_found_in(j, "EXR-08", "claim", claim, mu_get(claim, "origin"),
                        MU_SAY(j, "The plan counts on %s (%s), which was taken over as it came and which nobody here has confirmed", claim->key,
                               mu_get_text(claim, mu_get(claim, "value") ? "value" : "measure")));
}

/* ---- the register of improvements ---- */

static const char *name_of(mu_judge *j, const mu_node *row)
{
    return MU_SAY(j, "improvement:%s", mu_get_text(row, "id"));
}

static void improvement_unfinished(mu_judge *j)
{
    enum { KEYS = 5 };
    static const char *const keys[KEYS] = {"action", "element", "owner", "start", "due"};
    static const char *const words[KEYS] = {"action", "element (planning, organisation, ...)", "owner", "start", "due date"};
    const char *said[1 << KEYS] = {NULL}; /* many lack the same */
    MU_EACH (row, mu_get(j->root, "improvements")) {
        unsigned missing = 0;
        for (unsigned i = 0; i < KEYS; i++)
            missing |= (unsigned)!mu_get(row, keys[i]) << i;
        if (!missing || mu_is(row, "state", "waived"))
            continue;
        said[missing] = said[missing] ? said[missing] : mu_words_by_bits(j, words, KEYS, missing, ", no ");
        mu_found(j, "EXR-06", name_of(j, row), mu_place(mu_get(row, "id")), MU_SAY(j, "The improvement \"%s\" has no %s", mu_get_text(row, "id"), said[missing]));
    }
}

static void not_retested(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "improvements")) {
        const mu_node *retest = mu_get(row, "retest"), *closed = mu_get(row, "closed"), *date = mu_get(retest, "date");
        const char *why = !retest ? "nobody tested it again" : !mu_is(retest, "result", "passed") ? "the test after it failed" : date && mu_to_come(j, date) ? "the test that passed is still to come" : NULL;
        if (!why && closed && date && date->value < closed->value)
            why = "the test that passed came before it";
        if (mu_is(row, "state", "done") && why)
            mu_found(j, "EXR-09", name_of(j, row), mu_place(retest ? retest : mu_get(row, "state")),
                     MU_SAY(j, "The improvement \"%s\" is called done, and %s", mu_get_text(row, "id"), why));
    }
}

/* Gaps by type and subject: those of rows that were done, with the first row of each, and those that were found. */
typedef struct gaps {
    mu_index done, found;
    const mu_node **rows;
    size_t taken; /* so many findings stand in `found` */
} gaps;

static const char *gap_of(const mu_judge *j, const char *gap, const char *subject)
{
    return gap && subject ? mu_format(j->scratch ? j->scratch : j->arena, "%zu %s %s", strlen(gap), gap, subject) : NULL;
}

static const char *gap_of_row(const mu_judge *j, const mu_node *row)
{
    return gap_of(j, mu_get_text(row, "gap"), mu_get_text(row, "subject"));
}

static const mu_node *done_before(const mu_judge *j, const gaps *g, const mu_node *row)
{
    const char *gap = gap_of_row(j, row);
    size_t at = gap ? mu_index_find(&g->done, gap) : g->done.count;
    return at < g->done.count ? g->rows[at] : NULL;
}

static void put_done(const mu_judge *j, gaps *g, const mu_node *row)
{
    const char *gap = mu_is(row, "state", "done") ? gap_of_row(j, row) : NULL;
    size_t count = g->done.count, at = gap ? mu_index_put(&g->done, gap) : 0;
    if (gap && at == count)
        g->rows[at] = row;
}

static bool found_again(const mu_judge *j, gaps *g, const mu_node *row)
{
    const char *gap = gap_of_row(j, row);
    for (; g->taken < j->found.count; g->taken++)
        mu_index_put(&g->found, gap_of(j, j->found.list[g->taken].gap->id, j->found.list[g->taken].subject));
    return gap && mu_index_find(&g->found, gap) < g->found.count;
}

/* Stands behind all other rules of the paper: what they found may have been called done before. */
static void overdue_or_again(mu_judge *j)
{
    static const int64_t day = 86400000;
    const mu_node *rows = mu_get(j->root, "improvements");
    gaps g = {.rows = mu_alloc(j->arena, (size_t)(rows ? rows->count + 1 : 1) * sizeof *g.rows)};
    MU_EACH (row, rows) {
        const mu_node *due = mu_get(row, "due"), *before = mu_is(row, "state", "open") ? done_before(j, &g, row) : NULL;
        const char *id = mu_get_text(row, "id");
        put_done(j, &g, row);
        if (mu_is(row, "state", "open") && due && due->value + day <= j->now)
            mu_found(j, "HYG-12", name_of(j, row), mu_place(due), MU_SAY(j, "The improvement \"%s\" was due on %s and is open", id, due->text));
        else if (before)
            mu_found(j, "HYG-12", name_of(j, row), mu_place(mu_get(row, "id")),
                     MU_SAY(j, "The improvement \"%s\" is for the gap that \"%s\" had closed", id, mu_get_text(before, "id")));
        else if (mu_is(row, "state", "done") && found_again(j, &g, row))
            mu_found(j, "HYG-12", name_of(j, row), mu_place(mu_get(row, "state")),
                     MU_SAY(j, "The improvement \"%s\" is called done, and its gap is there (%s, %s)", id, mu_get_text(row, "gap"),
                            mu_get_text(row, "subject")));
    }
    mu_index_free(&g.done);
    mu_index_free(&g.found);
}

const mu_rule mu_rules_evidence[] = {
    {"EXR-01", objective_untraced,
     "an objective of a scenario that no card tests, or only cards that expect nothing"},
    {"EXR-03", not_exercised,
     "a playbook that last_test claims to have exercised, and that covers none of its scenarios"},
    {"EXR-04", not_independent,
     "an evaluator of a scenario who may play in it, owns the plan or answers for what is rated; a director who may play"},
    {"EXR-05", nothing_expected,
     "an inject that is not contextual and expects nothing"},
    {"EXR-06", improvement_unfinished,
     "an improvement without action, element, owner, start or due date"},
    {"EXR-07", claim_too_large,
     "a claim of the plan without n, with fewer observations than its measure takes, or with a rate that no number of them comes to"},
    {"EXR-08", never_confirmed,
     "a claim of the plan whose origin is default: a value that nobody said or measured here"},
    {"EXR-09", not_retested,
     "an improvement that is called done without a test after it that passed"},
    {"HYG-12", overdue_or_again,
     "an improvement past its date, or a gap that is there again after it was called done"},
    {NULL, NULL, NULL},
};
