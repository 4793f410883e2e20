/* aar.h - the after-action report and improvement plan in the manner of HSEEP (2020 doctrine): what the exercise was judged by, how
 * each objective came out, what is to be done. Computed from the report's model, so from plan and journal alone.
 *
 * A rating is proposed by one rule (doctrine 2.5) and stands beside the evaluator's, where one was given; neither hides the other.
 * What was not observed is not rated. */
#ifndef MU_REPORT_AAR_H
#define MU_REPORT_AAR_H

#include "report/capability.h"
#include "report/doc.h"

typedef struct mu_aar_task {   /* something that a card expected, or a question: a critical task of its objective */
    const char *card, *what, *outcome;
    mu_capability capability;
    char rating;               /* P S M U, or 0: not observed */
    const char *why;           /* which line of the rule */
    uint32_t events[3];
} mu_aar_task;

typedef struct mu_aar_said {   /* words of a person, not taken back */
    const char *by, *text, *holds; /* holds: "strength", "area", "" */
    uint32_t event, about;     /* about: the event observed, 0 none */
} mu_aar_said;

typedef struct mu_aar_objective {
    const char *id, *text;
    mu_aar_task *tasks;
    int task_count, unobserved;
    char proposed, given;      /* 0: not rated */
    const char *given_by, *given_why;
    uint32_t given_event;
    mu_aar_said *said;
    int said_count;
} mu_aar_objective;

typedef struct mu_aar_card {   /* a line of the MSEL, planned against played */
    const char *card, *class, *to, *expect, *objective, *controller, *from, *says;
    int64_t planned, played;   /* moments; -1: a story plays it, never */
    int64_t within;
    const char *outcome;       /* "played", "never played", "held: ...", "reached nobody" */
    bool reached;
    uint32_t pinned, event;
} mu_aar_card;

typedef struct mu_aar_item {   /* a line of the improvement plan */
    const mu_finding *finding;
    const char *capability, *element, *action, *organisation, *contact, *start, *due;
    const char *state;         /* "proposed", "agreed", "open", "done", "accepted until ..." */
    uint32_t agreed;           /* event, 0 none */
} mu_aar_item;

typedef struct mu_aar {
    const mu_report *r;
    mu_aar_objective *objectives;
    int objective_count;
    mu_aar_card *cards;
    int card_count;
    mu_aar_item *items;        /* in the order of the findings that are open */
    int item_count;
    char criteria[33];         /* the chain's hash at STARTEX: it covers what the exercise is judged by */
    uint32_t startex;
} mu_aar;

mu_aar *mu_aar_make(const mu_report *report);
/* Of a drill that is under way: how each objective stands by the same rule. No improvement plan: `items` is empty. The report may be
 * one of mu_report_words. */
mu_aar *mu_aar_so_far(const mu_report *report);

/* True where what was said of a place is said of a finding's: of the place itself, or of the whole that it is a step of ("escalation:standard" of
 * "escalation:standard/2"). */
bool mu_place_covers(const char *said, const char *subject);
/* True where the act that wrote an event was taken back. */
bool mu_withdrawn(const mu_report *report, uint32_t event);
/* "performed without challenges" and so on; "not rated" of 0. The definition in HSEEP's long wording. */
const char *mu_rating_word(char rating);
const char *mu_rating_definition(char rating);
/* "P, confirmed by Dana", "proposed P; Dana: M, because ...". */
const char *mu_rating_stand(const mu_report *report, const mu_aar_objective *objective);
/* A cell with the rating's own mark. */
const char *mu_rating_cell(const mu_report *report, char rating);

/* The three documents. */
mu_doc *mu_aar_doc(const mu_aar *aar, mu_reader reader);
/* The improvement plan: HSEEP's eight columns, then what this program adds, for a spreadsheet. */
void mu_aar_csv(mu_buf *out, const mu_aar *aar);

/* Fills the improvement plan. */
void mu_aar_items(mu_aar *aar);

/* ---- sections, for the files of the documents ---- */

void mu_aar_overview(mu_doc *doc, const mu_aar *aar);
void mu_aar_ratings(mu_doc *doc, const mu_aar *aar);
void mu_aar_areas(mu_doc *doc, const mu_aar *aar);
void mu_aar_improvement(mu_doc *doc, const mu_aar *aar);
void mu_aar_participants(mu_doc *doc, const mu_aar *aar);
void mu_aar_msel(mu_doc *doc, const mu_aar *aar);
void mu_aar_decisions(mu_doc *doc, const mu_aar *aar);
void mu_aar_law(mu_doc *doc, const mu_aar *aar);
void mu_aar_times(mu_doc *doc, const mu_aar *aar);
void mu_aar_wash(mu_doc *doc, const mu_aar *aar);
void mu_aar_claim(mu_doc *doc, const mu_aar *aar);
void mu_aar_check(mu_doc *doc, const mu_aar *aar);
void mu_aar_matrix(mu_doc *doc, const mu_aar *aar);

/* Pictures, each with its table beside it in the document. */
void mu_draw_clocks(mu_buf *out, const mu_report *report);
void mu_draw_limits(mu_buf *out, const mu_report *report);
void mu_draw_matrix(mu_buf *out, const mu_report *report);

#endif
