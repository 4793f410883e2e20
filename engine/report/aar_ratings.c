/* Objectives and capabilities: how each came out, what the rule proposes, what the evaluator says. */
#include <string.h>

#include "report/aar.h"
#include "report/parts.h"

static int badness(char rating)
{
    const char *order = "PSMU", *at = rating ? strchr(order, rating) : NULL;
    return at ? (int)(at - order) : -1;
}

/* The worst of an objective's tasks in one capability; false where it has none there. */
static bool within(const mu_aar_objective *o, mu_capability c, char *rating, int *tasks, int *unobserved)
{
    *rating = 0;
    *tasks = *unobserved = 0;
    for (int i = 0; i < o->task_count; i++) {
        const mu_aar_task *t = &o->tasks[i];
        if (t->capability != c)
            continue;
        (*tasks)++;
        *unobserved += !t->rating;
        *rating = badness(t->rating) > badness(*rating) ? t->rating : *rating;
    }
    return *tasks > 0;
}

static void summary(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Objective", "Capability", "Proposed by the rule", "Tasks observed", "Evaluator", "What the evaluator says", NULL};
    const mu_report *r = a->r;
    mu_doc_table(d, "Summary of performance", heads, false);
    for (int i = 0; i < a->objective_count; i++) {
        const mu_aar_objective *o = &a->objectives[i];
        bool any = false;
        for (int c = 0; c < MU_CAPABILITIES; c++) {
            char rating;
            int tasks, unobserved;
            if (!within(o, (mu_capability)c, &rating, &tasks, &unobserved))
                continue;
            MU_ROW(d, MU_REFS(o->given_event), any ? SAY("%s, also", o->id) : SAY("%s: %s", o->id, o->text), mu_capability_word((mu_capability)c), mu_rating_cell(r, rating),
                   SAY("%d of %d", tasks - unobserved, tasks), o->given ? mu_rating_cell(r, o->given) : "-", mu_rating_stand(r, o));
            any = true;
        }
        if (!any)
            MU_ROW(d, MU_REFS(o->given_event), SAY("%s: %s", o->id, o->text), "no card tests it", mu_rating_cell(r, 0), "0 of 0", o->given ? mu_rating_cell(r, o->given) : "-", mu_rating_stand(r, o));
    }
    mu_doc_table_end(d, "The scenario names no objective, so nothing is rated.");
}

/* No card need ask for them: an incident that was never contained is no small thing where every card was answered. */
static void not_kept(mu_doc *d, const mu_report *r)
{
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        if (!t->law && (t->state == MU_MISSED || t->state == MU_LATE))
            mu_doc_term(d, "The plan's own time, not kept", SAY("%s, %s: %s%s", t->what, t->who, t->state == MU_MISSED ? "not done, " : "", mu_target_margin(r, t)), MU_REFS(t->started, t->ended));
    }
}

static void strengths(mu_doc *d, const mu_aar_objective *o, const mu_report *r)
{
    for (int i = 0; i < o->said_count; i++) {
        const mu_aar_said *s = &o->said[i];
        mu_doc_term(d, strcmp(s->holds, "strength") == 0 ? "Strength" : "Area for improvement", SAY("%s (%s)", s->text, s->by), MU_REFS(s->event, s->about));
    }
    for (int i = 0; i < o->task_count; i++)
        if (o->tasks[i].rating == 'P')
            mu_doc_term(d, "Strength", SAY("%s, upon \"%s\": %s", o->tasks[i].what, o->tasks[i].card, o->tasks[i].why), MU_REFS(o->tasks[i].events[0], o->tasks[i].events[1], o->tasks[i].events[2]));
}

static void one(mu_doc *d, const mu_aar *a, const mu_aar_objective *o)
{
    static const char *const heads[] = {"Critical task", "Card", "Capability", "Outcome", "Proposed", "By which line of the rule", NULL};
    const mu_report *r = a->r;
    const char *shown = o->task_count - o->unobserved == 0 ? "none of it was observed" : SAY("%d of %d tasks observed", o->task_count - o->unobserved, o->task_count);
    mu_doc_subhead(d, SAY("%s: %s", o->id, o->text));
    mu_doc_text(d, SAY("Proposed by the rule: %s; %s. Evaluator: %s", mu_rating_word(o->proposed), shown, o->given ? SAY("%s, %s", mu_rating_word(o->given), mu_rating_stand(r, o)) : mu_rating_stand(r, o)),
                MU_REFS(o->given_event));
    mu_doc_table(d, SAY("Critical tasks of %s", o->id), heads, false);
    for (int i = 0; i < o->task_count; i++) {
        const mu_aar_task *t = &o->tasks[i];
        MU_ROW(d, MU_REFS(t->events[0], t->events[1], t->events[2]), t->what, t->card, mu_capability_word(t->capability), t->outcome, mu_rating_cell(r, t->rating), t->why);
    }
    mu_doc_table_end(d, "No card of the scenario tests it: it is not rated.");
    strengths(d, o, r);
}

static void key(mu_doc *d)
{
    static const char order[] = {'P', 'S', 'M', 'U'};
    mu_doc_subhead(d, "What the ratings mean, and the rule that proposes them");
    for (size_t i = 0; i < sizeof order; i++)
        mu_doc_term(d, mu_rating_word(order[i]), mu_rating_definition(order[i]), MU_NO_REFS);
    mu_doc_text(d, "The rule: U where a task was not done, was done after the time that was its target, or only after a contingency card supplied it; M where it was achieved without the authority, out of order "
                   "or by somebody whom the plan does not name; S where it was achieved with an improvisation, when asked again, or with more than 80 % of its time; P otherwise. An objective is rated as its worst "
                   "task. What was not observed is not rated, and counts neither way. The evaluator's rating stands beside it; where they differ, the reason is the evaluator's.", MU_NO_REFS);
}

void mu_aar_ratings(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    mu_doc_section(d, "ratings", "Analysis by objective and capability",
                   r->players ? "What people did is observed; what stand-ins did is simulated, and says nothing about anybody." : "Stand-ins did all of it: the ratings are of the plan under the assumptions, and of nobody's performance.");
    summary(d, a);
    not_kept(d, r);
    for (int i = 0; i < a->objective_count; i++)
        one(d, a, &a->objectives[i]);
    key(d);
}
