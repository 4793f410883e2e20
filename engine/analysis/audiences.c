/* Gaps of communication that a plan's text shows: who is told, who speaks, in what time, in whose language. */
#include <string.h>

#include "analysis/jurisdictions.h"
#include "analysis/paths.h"
#include "analysis/shared.h"
#include "plan/law.h"
#include "plan/schema.h"

/* ---- the tree of calls ---- */

/* Who begins the tree is not called by anybody, and whoever is called by two is not lost with one. */
static bool only_from(const mu_node *call, const mu_set *twice)
{
    return call->ref && !mu_has(twice, call->ref);
}

static void called(const mu_judge *j, mu_set *once, mu_set *twice)
{
    MU_EACH (p, mu_get(j->root, "people"))
        MU_EACH (c, mu_get(p, "calls"))
            mu_put(mu_has(once, c->ref) ? twice : once, c->ref);
}

void mu_weak_branches(mu_judge *j, mu_set *people)
{
    mu_set once = MU_SET(j), twice = MU_SET(j);
    if (mu_get(mu_get(j->root, "backup_communications"), "if_not_reached"))
        return;
    called(j, &once, &twice);
    MU_EACH (p, mu_get(j->root, "people"))
        MU_EACH (c, mu_get(p, "calls"))
            if (mu_has(&once, p) && only_from(c, &twice))
                mu_put(people, p);
}

static void branch_fails(mu_judge *j)
{
    mu_set once = MU_SET(j), twice = MU_SET(j), people = MU_SET(j);
    called(j, &once, &twice);
    mu_weak_branches(j, &people);
    for (size_t i = 0; i < people.count; i++) {
        const char *lost = "";
        int n = 0;
        MU_EACH (c, mu_get(people.list[i], "calls"))
            if (only_from(c, &twice) && n++ < 3)
                lost = MU_SAY(j, "%s%s%s", lost, *lost ? ", " : "", mu_title(j, c->ref));
        mu_found_in(j, "COM-08", "person", people.list[i], mu_get(people.list[i], "calls"),
                    MU_SAY(j, "If %s cannot be reached nobody calls %s%s", mu_title(j, people.list[i]), lost, n > 3 ? " and others" : ""));
    }
}

/* ---- who speaks, and with which words ---- */

static void no_spokesperson(mu_judge *j)
{
    const mu_node *team = mu_get(j->root, "team"), *speaks = mu_get(team, "spokesperson");
    mu_set people = MU_SET(j);
    if (speaks)
        mu_meant(j, speaks, &people);
    if (!speaks)
        mu_found(j, "COM-09", "section:team", team ? mu_place(team) : mu_top(j), "Nobody is named who speaks to the public and the press");
    else if (speaks->ref && people.count < 2)
        mu_found(j, "COM-09", "section:team", mu_place(speaks),
                 people.count ? MU_SAY(j, "%s alone speaks to the public and the press, and nobody stands in", mu_title(j, people.list[0]))
                              : MU_SAY(j, "%s is to speak to the public and the press, and nobody holds it", mu_title(j, speaks->ref)));
}

mu_wordings mu_wordings_of(const mu_judge *j)
{
    mu_wordings w = {.things = MU_SET(j)};
    MU_EACH (template, mu_get(j->root, "templates")) {
        const mu_node *list = mu_get(template, "for");
        for (const mu_node *n = mu_items(list); n; n = list->kind == MU_LIST ? n->next : NULL)
            mu_put(&w.things, n->ref);
    }
    w.templates = mu_alloc(j->arena, (w.things.count + 1) * sizeof *w.templates);
    MU_EACH (template, mu_get(j->root, "templates")) {
        const mu_node *list = mu_get(template, "for");
        for (const mu_node *n = mu_items(list); n; n = list->kind == MU_LIST ? n->next : NULL)
            if (n->ref)
                w.templates[mu_place_in(&w.things, n->ref)] = template;
    }
    return w;
}

const char *mu_no_words(mu_judge *j, const mu_wordings *w, const mu_node *thing)
{
    size_t at = mu_place_in(&w->things, thing);
    return at < w->things.count ? MU_SAY(j, "%s names no template, so that nobody finds the words of %s, which is for it", thing->key, w->templates[at]->key)
                                : MU_SAY(j, "No words are ready for %s: there is no template", thing->key);
}

static void no_template(mu_judge *j)
{
    static const char *const sections[][2] = {{"audiences", "audience"}, {"obligations", "obligation"}};
    mu_wordings words = mu_wordings_of(j);
    for (int s = 0; s < 2; s++)
        MU_EACH (n, mu_get(j->root, sections[s][0]))
            if (!mu_get(n, "template")) {
                mu_finding *f = mu_found_in(j, "COM-10", sections[s][1], n, NULL, mu_no_words(j, &words, n));
                if (!mu_get(j->root, "templates"))
                    f->cause = "section:templates";
            }
}

/* ---- approvals and the time there is ---- */

/* A duration that may depend on the severity, or on the hour; of two that stand for one thing the first. -1 where there is none. */
static int64_t at_level(const mu_node *n, const char *level)
{
    mu_duration d;
    if (n && n->kind == MU_MAP)
        n = mu_get(n, level) ? mu_get(n, level) : mu_get(n, "otherwise");
    if (n && n->kind == MU_LIST)
        n = n->first;
    return n && n->kind == MU_SCALAR && mu_duration_read(n->text, &d) ? mu_duration_ms(d) : -1;
}

static int64_t shorter(int64_t a, int64_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* The shortest time that somebody's silence, and the advice before it, has too long a share of, of each row. */
typedef struct waits {
    mu_judge *j;
    mu_set rows;
    struct wait {
        const mu_node *of; /* the duty or the step whose time it is */
        const char *level; /* the severity in which it is so; "" in all */
        int64_t takes, has;
    } *list;
} waits;

static int64_t silent_at(const mu_node *approve, const char *level)
{
    const mu_node *own = mu_get(approve, "if_silent_after");
    return at_level(own ? own : mu_get(mu_get(approve, level), "if_silent_after"), level);
}

static void wait_at(waits *w, const mu_node *row, const mu_node *of, int64_t has, const mu_node *by_level, const char *level)
{
    int64_t advice = at_level(mu_get(row, "consult_within"), level), silent = silent_at(mu_get(row, "approve"), level);
    int64_t takes = silent + (advice > 0 ? advice : 0), time = shorter(has, at_level(by_level, level));
    bool known = mu_has(&w->rows, row);
    if (silent < 0 || time < 0 || takes <= time || (known && w->list[mu_place_in(&w->rows, row)].has <= time))
        return;
    mu_put(&w->rows, row);
    w->list[mu_place_in(&w->rows, row)] = (struct wait){of, level, takes, time};
}

/* Holds what approving a row may take against a time, in each severity that makes a difference to one of them. */
static void wait_of(waits *w, const mu_node *action, const mu_node *of, int64_t has, const mu_node *by_level)
{
    const mu_node *row = action ? action->ref : NULL, *approve = mu_get(row, "approve");
    const mu_node *maps[] = {mu_get(row, "consult_within"), mu_get(approve, "if_silent_after") ? NULL : approve, by_level};
    bool differs = false;
    for (size_t i = 0; approve && i < sizeof maps / sizeof *maps; i++)
        for (const mu_node *level = maps[i] && maps[i]->kind == MU_MAP ? maps[i]->first : NULL; level; level = level->next) {
            differs = true;
            wait_at(w, row, of, has, by_level, level->key);
        }
    if (approve && !differs)
        wait_at(w, row, of, has, by_level, "");
}

static void collect_waits(waits *w)
{
    const mu_node *root = w->j->root;
    MU_EACH (duty, mu_get(root, "obligations")) {
        const mu_node *route = mu_get(duty, "route"), *stated = mu_get(duty, "stated");
        const mu_node *audience = route && route->ref && route->ref->parent == mu_get(root, "audiences") ? route->ref : NULL;
        const mu_clock_rule *rule = mu_law_of(duty);
        int64_t ms = shorter(rule ? mu_clock_rule_ms(rule) : -1, at_level(mu_get(duty, "within"), ""));
        ms = shorter(ms, at_level(stated && stated->kind == MU_MAP ? mu_get(stated, "within") : stated, ""));
        wait_of(w, mu_get(duty, "action"), duty, ms, mu_get(audience, "first_within"));
    }
    MU_EACH (book, mu_get(root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps")) {
            const mu_node *within = mu_get(step, "within");
            wait_of(w, mu_get(step, "action"), step, at_level(within && within->kind == MU_MAP ? mu_get(within, "within") : within, ""), NULL);
        }
}

static void approved_too_late(mu_judge *j)
{
    const mu_node *raci = mu_get(j->root, "raci");
    waits w = {.j = j, .rows = MU_SET(j), .list = mu_alloc(j->arena, (size_t)(raci ? raci->count + 1 : 1) * sizeof *w.list)};
    collect_waits(&w);
    for (size_t i = 0; i < w.rows.count; i++) {
        const mu_node *row = w.rows.list[i], *approve = mu_get(row, "approve"), *own = mu_get(approve, "if_silent_after");
        const struct wait *one = &w.list[i];
        mu_found_in(j, "COM-11", "action", row, own ? own : approve,
                    MU_SAY(j, "Advice and approval of \"%s\" may take %s%s%s, and %s leaves %s", row->key, mu_long(j, one->takes), *one->level ? " in " : "", one->level,
                           one->of->key ? MU_SAY(j, "the duty %s", one->of->key) : MU_SAY(j, "the step \"%s\"", mu_get_text(one->of, "id")), mu_long(j, one->has)));
    }
}

/* ---- groups that somebody must think of ---- */

typedef struct group {
    const char *kind, *other; /* the word of `kind`, and names under which the group is often kept */
    const char *externals;    /* it matters where the plan has outsiders of these kinds whom no duty and no action reaches */
    const char *sectors;      /* it matters to whoever is of one of these too; " " of any that is regulated */
    const char *spoken_of;    /* it matters where the plan speaks of it in one of these words; not every organisation has one */
} group;

static const group groups[] = {
    {"customers", " clients users consumers members readers patients guests merchants students ", NULL, " ", NULL},
    {"staff", " employees colleagues workforce everybody ", NULL, NULL, NULL},
    {"media", " press public ", NULL, NULL, NULL},
    {"board", " directors trustees governors owners partnership leadership executives management ", NULL,
     " credit_institution credit_union payment_institution e_money_institution investment_firm trading_venue central_counterparty central_securities_depository insurer"
     " pension_fund listed_company ", " board directors trustees governors "},
    {"partners", " merchants acquirer ", " partner acquirer ", NULL, NULL},
    {"insurer", " insurance ", " insurer ", NULL, NULL},
    {"suppliers", " vendors providers ", " supplier ", NULL, NULL},
};

static bool word_in(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words ? strstr(words, word) : NULL; at; at = strstr(at + 1, word))
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

bool mu_is_group(const mu_node *audience, const char *kind)
{
    const group *g = groups;
    while (strcmp(g->kind, kind) != 0)
        g++;
    if (mu_get(audience, "kind"))
        return mu_is(audience, "kind", kind);
    return strcmp(audience->key, kind) == 0 || word_in(g->other, audience->key);
}

static bool mapped(const mu_judge *j, const group *g)
{
    MU_EACH (a, mu_get(j->root, "audiences"))
        if (mu_is_group(a, g->kind))
            return true;
    return false;
}

static bool holds_data(const mu_judge *j)
{
    const mu_node *data = mu_get(mu_get(j->root, "organisation"), "data");
    bool any = data && data->count;
    MU_EACH (asset, mu_get(j->root, "assets"))
        any = any || (mu_get(asset, "data") && mu_get(asset, "data")->count);
    return any;
}

/* "Board Secretary" and board_secretary speak of a board; a dashboard does not. */
static bool speaks_of(const char *text, const char *words)
{
    for (const char *p = text ? text : ""; *p;) {
        size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
        char word[24];
        for (size_t i = 0; i < n && n < sizeof word; i++)
            word[i] = (char)(p[i] | 32);
        if (n && n < sizeof word && (word[n] = '\0', word_in(words, word)))
            return true;
        p += n ? n : 1;
    }
    return false;
}

/* Where the plan has the group: whoever approved it, a role, an outsider. */
static const char *where_spoken_of(const mu_judge *j, const char *words)
{
    static const char *const sections[][2] = {{"roles", "title"}, {"externals", "organisation"}};
    const char *by = mu_get_text(mu_get(mu_get(j->root, "plan"), "approved"), "by");
    for (size_t s = 0; s < 2; s++)
        MU_EACH (n, mu_get(j->root, sections[s][0]))
            if (speaks_of(n->key, words) || speaks_of(mu_get_text(n, sections[s][1]), words))
                return mu_title(j, n);
    return speaks_of(by, words) ? by : NULL;
}

static const char *of_sector(const mu_judge *j, const char *words)
{
    MU_EACH (sector, mu_get(mu_get(j->root, "organisation"), "sectors"))
        if (strcmp(words, " ") == 0 || word_in(words, sector->text))
            return sector->text;
    return NULL;
}

/* An outsider, or one that a role stands for. */
static void put_outsider(const mu_judge *j, const mu_node *ref, mu_set *told)
{
    const mu_node *to = ref->ref, *behind = mu_get(to, "external");
    if (to && to->parent == mu_get(j->root, "externals"))
        mu_put(told, to);
    else if (behind)
        mu_put(told, behind->ref);
}

static void put_outsiders(const mu_judge *j, const mu_node *of, const char *const *keys, mu_set *told)
{
    for (; *keys; keys++) {
        const mu_node *cell = mu_get(of, *keys);
        for (const mu_node *n = mu_items(cell); n; n = cell->kind == MU_LIST ? n->next : NULL)
            put_outsider(j, n, told);
    }
}

/* Outsiders whom a row of the matrix, a level or a ladder names: somebody is to tell them, at a moment. */
static void told_by_work(const mu_judge *j, mu_set *told)
{
    static const char *const cells[] = {"R", "A", "R/A", "C", "I", "by", NULL}, *const inform[] = {"inform", NULL}, *const to[] = {"to", NULL};
    MU_EACH (row, mu_get(j->root, "raci"))
        put_outsiders(j, row, cells, told);
    MU_EACH (level, mu_get(j->root, "severities"))
        put_outsiders(j, level, inform, told);
    MU_EACH (ladder, mu_get(j->root, "escalations"))
        MU_EACH (rung, mu_get(ladder, "steps"))
            put_outsiders(j, rung, to, told);
}

/* Why the group matters to this organisation, or NULL. */
static const char *matters(mu_judge *j, const group *g)
{
    mu_set told = MU_SET(j);
    const char *sector = g->sectors ? of_sector(j, g->sectors) : NULL, *spoken = g->spoken_of ? where_spoken_of(j, g->spoken_of) : NULL;
    if (!g->externals && !g->spoken_of && holds_data(j))
        return "the organisation holds data of others";
    if (sector)
        return MU_SAY(j, "the organisation is of the sector %s", sector);
    if (spoken)
        return MU_SAY(j, "the plan speaks of one (%s)", spoken);
    mu_told_by_duties(j, &told);
    told_by_work(j, &told);
    MU_EACH (e, g->externals ? mu_get(j->root, "externals") : NULL)
        if (word_in(g->externals, mu_get_text(e, "kind")) && !mu_has(&told, e))
            return MU_SAY(j, "there is %s", mu_title(j, e));
    return NULL;
}

static void group_unmapped(mu_judge *j)
{
    const mu_node *audiences = mu_get(j->root, "audiences");
    for (size_t i = 0; audiences && i < sizeof groups / sizeof *groups; i++) {
        const char *why = mapped(j, &groups[i]) ? NULL : matters(j, &groups[i]);
        if (why)
            mu_found(j, "COM-12", MU_SAY(j, "audience:%s", groups[i].kind), mu_place(audiences), MU_SAY(j, "Nobody is to tell the %s: no audience is of this kind, and %s", groups[i].kind, why));
    }
}

/* ---- ways in and out ---- */

static bool by_voice(const mu_node *channel)
{
    static const char *const kinds[] = {"telephone", "phone", "voice", "mobile", "radio", "satellite"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (mu_is(channel, "kind", kinds[i]))
            return true;
    return false;
}

bool mu_only_mailbox(const mu_node *who)
{
    const mu_node *reach = mu_get(who, "reach");
    bool other = !reach || reach->count == 0;
    MU_EACH (way, reach)
        other = other || !mu_get(way, "shared") || !mu_get(way, "shared")->value || by_voice(mu_get(way, "via")->ref);
    return !other;
}

static void only_a_mailbox(mu_judge *j)
{
    static const char *const sections[][2] = {{"people", "person"}, {"externals", "external"}};
    for (int s = 0; s < 2; s++)
        MU_EACH (who, mu_get(j->root, sections[s][0]))
            if (mu_only_mailbox(who))
                mu_found_in(j, "COM-17", sections[s][1], who, mu_get(who, "reach"),
                            MU_SAY(j, "%s is reached through a shared mailbox only, behind which nobody in particular sits", mu_title(j, who)));
}

bool mu_has_intake(const mu_judge *j)
{
    MU_EACH (in, mu_get(j->root, "intake"))
        if (mu_get(in, "via"))
            return true;
    return false;
}

static void no_way_in(mu_judge *j)
{
    const mu_node *intake = mu_get(j->root, "intake");
    if (!mu_has_intake(j))
        mu_found(j, "COM-19", "section:intake", intake ? mu_place(intake) : mu_top(j), "Nothing says how somebody who sees an incident tells us");
}

static void place_uncovered(mu_judge *j)
{
    MU_EACH (code, mu_get(mu_get(j->root, "organisation"), "jurisdictions")) {
        const char *lacking = mu_uncovered(j, code->text);
        if (lacking)
            mu_found(j, "COM-18", MU_SAY(j, "jurisdiction:%s", code->text), mu_place(code), MU_SAY(j, "In %s nobody can be reached %s", code->text, lacking));
    }
}

const mu_rule mu_rules_audiences[] = {
    {"COM-08", branch_fails,
     "somebody on the tree of calls (people: calls) who is called, and whose own calls nobody else makes, without a rule in if_not_reached"},
    {"COM-09", no_spokesperson,
     "no spokesperson, or one behind whom nobody stands"},
    {"COM-10", no_template,
     "an audience or a duty that names no template"},
    {"COM-11", approved_too_late,
     "consult_within and if_silent_after together are longer than the shortest time of the action's duty, audience or step"},
    {"COM-12", group_unmapped,
     "a group that matters by the data held, the sector, an outsider of its kind, or since the plan speaks of a board, and that is no audience"},
    {"COM-17", only_a_mailbox,
     "somebody all of whose ways are shared and none of them a telephone"},
    {"COM-18", place_uncovered,
     "a jurisdiction in whose language, or in some hour of whose working day, no person can be reached"},
    {"COM-19", no_way_in,
     "no intake with a channel"},
    {NULL, NULL, NULL},
};
