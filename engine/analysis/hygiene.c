/* Gaps of hygiene that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"
#include "plan/schema.h"

static void sections_missing(mu_judge *j)
{
    static const char *const sections[] = {"team", "raci", "audiences", "backup_communications", "phases", "severities", "escalations"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const mu_node *s = mu_get(j->root, sections[i]);
        if (!s || s->count == 0)
            mu_found(j, "HYG-01", MU_SAY(j, "section:%s", sections[i]), s ? mu_place(s) : mu_top(j), MU_SAY(j, "The plan has no %s", sections[i]));
    }
}

static void not_reviewed(mu_judge *j)
{
    const mu_node *plan = mu_get(j->root, "plan"), *date = mu_get(plan, "reviewed");
    if (date && mu_older(j, date, mu_get(plan, "review_every") ? mu_get_text(plan, "review_every") : "12 months"))
        mu_found(j, "HYG-02", "plan", mu_place(date), MU_SAY(j, "The plan was last reviewed on %s", date->text));
}

static bool has_phase(const mu_node *book, const char *phase)
{
    MU_EACH (step, mu_get(book, "steps")) {
        const mu_node *action = mu_get(step, "action");
        const char *own = mu_get_text(step, "phase"), *theirs = action && action->ref ? mu_get_text(action->ref, "phase") : NULL;
        if ((own && strcmp(own, phase) == 0) || (!own && theirs && strcmp(theirs, phase) == 0))
            return true;
    }
    return false;
}

static void phases_missing(mu_judge *j)
{
    static const char *const phases[] = {"detect", "analyze", "contain", "eradicate", "recover", "post"};
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        const char *missing = "";
        for (size_t i = 0; i < 6; i++)
            if (!has_phase(book, phases[i]))
                missing = MU_SAY(j, "%s%s%s", missing, *missing ? ", " : "", phases[i]);
        if (*missing)
            mu_found_in(j, "HYG-07", "playbook", book, NULL, MU_SAY(j, "The playbook \"%s\" has no step in %s", book->key, missing));
    }
}

static void nothing_answers(mu_judge *j, const mu_node *n)
{
    if (n->dangling)
        mu_found(j, "HYG-05", mu_subject_of(j, n), n->at, MU_SAY(j, "%s names \"%s\", and the plan has none", mu_subject_of(j, n), n->text));
    for (const mu_node *c = n->first; c; c = c->next)
        nothing_answers(j, c);
}

static void dangling(mu_judge *j)
{
    nothing_answers(j, j->root);
}

const mu_rule mu_rules_hygiene[] = {
    {"HYG-01", sections_missing,
     "a section that every plan needs is missing or empty"},
    {"HYG-02", not_reviewed,
     "a review older than review_every"},
    {"HYG-05", dangling,
     "a name that nothing in the plan answers"},
    {"HYG-07", phases_missing,
     "a playbook without a step in one of the six phases"},
    {NULL, NULL, NULL},
};
