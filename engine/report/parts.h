/* parts.h - what the sources of the model share. */
#ifndef MU_REPORT_PARTS_H
#define MU_REPORT_PARTS_H

#include "report/model.h"

#define SAY(...) mu_format(r->arena, __VA_ARGS__)
#define EACH_EVENT(e, r) \
    for (size_t mu_n = 1; mu_n <= mu_journal_count((r)->journal); mu_n++) \
        for (const mu_event *e = mu_journal_event((r)->journal, mu_n); e; e = NULL)

const char *mu_field(const mu_report *r, const mu_event *e, const char *key);
int64_t mu_value(const mu_report *r, const mu_event *e, const char *key);
/* True where `text` begins with `word`. */
bool mu_begins(const char *text, const char *word);
/* The node of the plan that a name means ("role:ciso"), or NULL. */
const mu_node *mu_node_named(const mu_report *r, const char *name);
/* A person's name, a role's title; of another name of the plan its id in plain letters; free text as it is. */
const char *mu_called(const mu_report *r, const char *name);
/* "sev1 was declared", "sev1 was taken down to sev2". */
const char *mu_level_words(const mu_report *r, const mu_level_row *l);
/* The same in a sentence, with its kind where the name is only an id: "the ladder standard", "the duty gdpr 33", "Legal Counsel". */
const char *mu_thing(const mu_report *r, const char *name);
/* A part of the plan as the coverage counts it: "triage, R: Incident Commander", "major, step 4", "sev1: declare". */
const char *mu_part_called(const mu_report *r, const char *name);
/* A sentence of the rules for somebody who does not have the plan open: ids in plain letters, none behind a name. */
const char *mu_spoken(const mu_report *r, const char *text);
/* Words with names in them: "no answer from person:jun" is "no answer from Jun Tan". */
const char *mu_names_within(const mu_report *r, const char *text);
/* An id in plain letters. */
const char *mu_plain(const mu_report *r, const char *id);
/* What a message is about: "question \"cut off\"", "call, ladder \"major\"". */
const char *mu_about(const mu_report *r, const char *about);
/* What somebody was needed for: as a message about it, but an action or a level by its name. */
const char *mu_needed(const mu_report *r, const char *needed_for);
const mu_pinned *mu_person_of(const mu_report *r, const char *id);
/* The lane of what was addressed to `to` and reached `person`: a role of the plan where there is one. */
const char *mu_lane_of(const mu_report *r, const char *to, const char *person);

void mu_model_names(mu_report *r);   /* first: everything else speaks by them */
void mu_model_learn(mu_report *r);   /* the names in what was recorded since */
void mu_model_targets(mu_report *r);
void mu_model_asked(mu_report *r);   /* after the targets, whose limits it holds answers against */
void mu_model_tasks(mu_report *r);
void mu_model_moments(mu_report *r); /* after those asked */
void mu_model_figures(mu_report *r); /* last */

#endif
