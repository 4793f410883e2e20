/* Gaps of tools, logs, accounts, skills, backups and places that a plan's text shows. */
#include <string.h>
#include <strings.h>

#include "analysis/duties.h"
#include "analysis/shared.h"
#include "base/index.h"
#include "plan/schema.h"

static void missing_in(mu_judge *j, const char *gap, const mu_node *at, const char *text)
{
    const mu_node *resources = mu_get(j->root, "resources"), *n = at ? at : resources;
    mu_found(j, gap, "section:resources", n ? mu_place(n) : mu_top(j), text);
}

static void break_glass(mu_judge *j)
{
    const mu_node *glass = mu_get(mu_get(j->root, "resources"), "break_glass");
    if (!glass || glass->count == 0)
        missing_in(j, "RES-07", NULL, "No emergency account is on record");
    MU_EACH (b, glass) {
        const mu_node *tested = mu_get(b, "tested");
        if (!tested)
            mu_found_in(j, "RES-07", "break_glass", b, NULL, MU_SAY(j, "No test of the emergency account %s is on record", b->key));
        else if (mu_older_than_limit(j, tested, "break_glass_tested"))
            mu_too_old(j, mu_found_in(j, "RES-07", "break_glass", b, tested, MU_SAY(j, "The emergency account %s was last tested on %s", b->key, mu_dated(j, tested))),
                       tested, "break_glass_tested");
    }
}

/* What is wrong with a log that an action needs, or NULL. */
static const char *log_wrong(mu_judge *j, const mu_node *row, const mu_node *l, int64_t least)
{
    const mu_node *on = mu_get(l, "enabled"), *kept = mu_get(l, "retention");
    if (!on || !on->value)
        return MU_SAY(j, on ? "\"%s\" needs the log %s, which is not switched on" : "\"%s\" needs the log %s, and nothing says that it is switched on", row->key, l->key);
    if (!kept)
        return MU_SAY(j, "\"%s\" needs the log %s, and nothing says how long it is kept", row->key, l->key);
    return kept->value < least ? MU_SAY(j, "The log %s is kept for %s only", l->key, kept->text) : NULL;
}

static void logs(mu_judge *j)
{
    mu_set said = MU_SET(j);
    int64_t least = mu_limit_value(j, "log_retention");
    MU_EACH (row, mu_get(j->root, "raci"))
        MU_EACH (l, mu_get(row, "logs")) {
            const char *wrong = l->ref && !mu_has(&said, l->ref) ? log_wrong(j, row, l->ref, least) : NULL;
            const mu_node *on = wrong ? mu_get(l->ref, "enabled") : NULL, *kept = wrong ? mu_get(l->ref, "retention") : NULL;
            bool brief = on && on->value && kept;
            if (!wrong)
                continue;
            mu_put(&said, l->ref);
            mu_finding *f = mu_found_in(j, "RES-08", "log", l->ref, brief ? kept : on && !on->value ? on : NULL, wrong);
            if (brief)
                mu_rests_on(j, f, "log_retention");
        }
}

/* ---- tools that the incident takes along ---- */

/* What a scenario takes down of all that a tool stands on; NULL where nothing. */
static const mu_node *taken_down(const mu_judge *j, const mu_node *tool, const mu_scene **scene)
{
    mu_set ground = MU_SET(j);
    mu_ground(tool, &ground);
    for (int s = 0; s < j->scenes->count; s++)
        for (int c = 0; c < j->scenes->list[s].card_count; c++) {
            const mu_scene_names *down = &j->scenes->list[s].cards[c].down;
            for (int d = 0; d < down->count; d++)
                if (down->list[d].node && mu_has(&ground, down->list[d].node)) {
                    *scene = &j->scenes->list[s];
                    return down->list[d].node;
                }
        }
    return NULL;
}

static void tool_in_the_blast(mu_judge *j)
{
    mu_set said = MU_SET(j);
    const mu_node *tools = mu_get(mu_get(j->root, "resources"), "tools");
    MU_EACH (row, j->scenes->count ? mu_get(j->root, "raci") : NULL)
        MU_EACH (a, mu_get(row, "access")) {
            const mu_scene *scene = NULL;
            if (!a->ref || a->ref->parent != tools || mu_has(&said, a->ref))
                continue;
            mu_put(&said, a->ref);
            const mu_node *down = taken_down(j, a->ref, &scene);
            if (down)
                mu_caused_by(j, mu_found_in(j, "RES-06", "tool", a->ref, mu_get(a->ref, "depends_on"),
                             MU_SAY(j, "\"%s\" needs %s, which %s when \"%s\" takes %s down", row->key, a->ref->key, down == a->ref ? "is gone" : "does not stand", scene->title, down->key)), "dependency", down);
        }
}

/* ---- skills ---- */

static mu_index skills_of_all(const mu_judge *j)
{
    static const char *const sections[] = {"people", "externals"};
    mu_index had = {0};
    for (size_t i = 0; i < 2; i++)
        MU_EACH (n, mu_get(j->root, sections[i]))
            MU_EACH (s, mu_get(n, "skills"))
                mu_index_put(&had, s->text);
    return had;
}

static void skill_missing(mu_judge *j)
{
    enum { NAMED = 8 };
    mu_index had = skills_of_all(j);
    MU_EACH (row, mu_get(j->root, "raci")) {
        const char *missing = "";
        int count = 0;
        MU_EACH (s, mu_get(row, "skills"))
            if (mu_index_find(&had, s->text) == had.count && count++ < NAMED)
                missing = MU_SAY(j, "%s%s%s", missing, *missing ? " and " : "", s->text);
        if (count)
            mu_found_in(j, "RES-10", "action", row, mu_get(row, "skills"), MU_SAY(j, "\"%s\" takes %s, and nobody inside or outside has it", row->key, mu_and_more(j, missing, count, NAMED)));
    }
    mu_index_free(&had);
}

/* ---- backups ---- */

static bool stands_on(const mu_node *thing, const mu_node *what)
{
    mu_set ground = {.arena = mu_arena_new()};
    mu_ground(thing, &ground);
    bool stands = mu_has(&ground, what);
    mu_arena_free(ground.arena);
    return stands;
}

/* What is wrong with a backup, and where; NULL where nothing is. */
static const char *unproven(mu_judge *j, const mu_node *backup, const mu_node **at, bool *of_limit)
{
    const mu_node *owner = mu_get(backup, "owner"), *immutable = mu_get(backup, "immutable"), *tested = mu_get(backup, "restore_tested");
    *of_limit = false;
    *at = NULL;
    if (!owner)
        return "has no owner";
    if (!immutable || !immutable->value) {
        *at = immutable;
        return immutable ? "can be changed by whoever is in" : "is not said to be safe from whoever is in";
    }
    if (stands_on(backup, mu_get(backup, "of")->ref)) {
        *at = mu_get(backup, "depends_on");
        return "stands on it";
    }
    if (!tested)
        return "was never restored, as far as the plan knows";
    *at = tested;
    *of_limit = mu_older_than_limit(j, tested, "restore_tested");
    return *of_limit ? MU_SAY(j, "was last restored on %s", mu_dated(j, tested)) : NULL;
}

static void restore_of(mu_judge *j, const mu_node *asset)
{
    const mu_node *worst = NULL, *at = NULL;
    const char *what = NULL;
    bool of_limit = false;
    MU_EACH (b, mu_get(mu_get(j->root, "resources"), "backups")) {
        const mu_node *of = mu_get(b, "of");
        if (!of || of->ref != asset)
            continue;
        worst = b;
        what = unproven(j, b, &at, &of_limit);
        if (!what)
            return;
    }
    mu_finding *f = worst ? mu_found_in(j, "RES-11", "asset", asset, at ? at : worst, MU_SAY(j, "%s is critical, and its backup %s %s", asset->key, worst->key, what))
                          : mu_found_in(j, "RES-11", "asset", asset, NULL, MU_SAY(j, "%s is critical, and no backup of it is on record", asset->key));
    if (of_limit)
        mu_too_old(j, f, at, "restore_tested");
}

/* "critical", "Mission-critical", "business critical". */
static bool is_critical(const char *word)
{
    static const char *const words[] = {"critical", "mission critical", "mission-critical", "business critical", "business-critical"};
    for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
        if (strcasecmp(word, words[i]) == 0)
            return true;
    return false;
}

static void restore_unproven(mu_judge *j)
{
    MU_EACH (a, mu_get(j->root, "assets"))
        if (is_critical(mu_get_text(a, "criticality")))
            restore_of(j, a);
}

/* ---- places ---- */

bool mu_is_bridge(const mu_node *channel)
{
    static const char *const words[] = {"bridge", "video", "conference"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (mu_mentions(mu_get_text(channel, "kind"), words[i], strlen(words[i])))
            return true;
    return false;
}

static void no_room(mu_judge *j)
{
    const mu_node *rooms = mu_get(mu_get(j->root, "resources"), "rooms");
    MU_EACH (c, mu_get(j->root, "channels"))
        if (mu_is_bridge(c))
            return;
    if (!rooms || rooms->count == 0)
        missing_in(j, "RES-14", rooms, "No room and no bridge is on record in which the team meets");
}

static bool holds(const mu_node *place, const char *what)
{
    MU_EACH (h, mu_get(place, "holds"))
        if (strcmp(h->text, what) == 0)
            return true;
    return false;
}

static void no_repository(mu_judge *j)
{
    static const char *const parts[] = {"contacts", "partners", "templates", "playbooks"};
    const mu_node *repository = mu_get(mu_get(j->root, "resources"), "repository"), *best = NULL;
    const char *lacking = "contacts, partners, templates, playbooks";
    int fewest = 4;
    MU_EACH (place, repository) {
        const char *missing = "";
        int n = 0;
        for (size_t i = 0; i < 4; i++)
            if (!holds(place, parts[i])) {
                missing = MU_SAY(j, "%s%s%s", missing, n ? ", " : "", parts[i]);
                n++;
            }
        if (n == 0)
            return;
        if (n < fewest) {
            fewest = n;
            best = place;
            lacking = missing;
        }
    }
    missing_in(j, "RES-15", repository,
               best ? MU_SAY(j, "No place holds all that the team looks up; %s, the fullest, lacks %s", best->key, lacking) : "No place holds what the team looks up: contacts, partners, templates and playbooks");
}

const mu_rule mu_rules_resources[] = {
    {"RES-06", tool_in_the_blast,
     "a tool that an action needs stands on what the scenario takes down"},
    {"RES-07", break_glass,
     "no emergency account, or one whose last test is missing, older than break_glass_tested or still to come"},
    {"RES-08", logs,
     "a log that an action needs, and that is not said to be switched on, or to be kept as long as log_retention"},
    {"RES-10", skill_missing,
     "an action needs a skill that no person and no outside party has"},
    {"RES-11", restore_unproven,
     "a critical asset without a backup that is owned, immutable, does not stand on it and was restored within restore_tested, on a day that is over"},
    {"RES-14", no_room,
     "no room, and no channel that is a bridge, video or a conference"},
    {"RES-15", no_repository,
     "no place of the repository holds contacts, partners, templates and playbooks"},
    {NULL, NULL, NULL},
};
