/* write.h - one writer a format over the model. Each has its own escaper: text of plan, scenario and people is a
 * stranger's everywhere. The same model gives the same bytes. */
#ifndef MU_REPORT_WRITE_H
#define MU_REPORT_WRITE_H

#include "base/diag.h"
#include "report/model.h"

void mu_write_html(mu_buf *out, const mu_report *report);
void mu_write_markdown(mu_buf *out, const mu_report *report);
void mu_write_json(mu_buf *out, const mu_report *report);
/* The findings document: {"schema": "muster.findings/1", ...}. */
void mu_write_findings(mu_buf *out, const mu_report *report);
/* What stands in the terminal after a run: targets, counts, the five worst, what it may be claimed as. */
void mu_write_terminal(mu_buf *out, const mu_report *report, mu_look look);

/* For the HTML page: the timeline by role as a picture; how long each role took to answer, as a picture and a table. */
void mu_write_lanes(mu_buf *out, const mu_report *report);
void mu_write_answers(mu_buf *out, const mu_report *report);

/* The parts of the Markdown report behind its summary: gaps, timeline, clocks, messages, actions, decisions, what was compared. */
void mu_markdown_gaps(mu_buf *out, const mu_report *report);
void mu_markdown_run(mu_buf *out, const mu_report *report);
void mu_markdown_happened(mu_buf *out, const mu_report *report); /* of these what an after-action report does not tell in its own tables */
void mu_markdown_asked(mu_buf *out, const mu_report *report);
void mu_markdown_compared(mu_buf *out, const mu_report *report);
/* Text in Markdown, on one line, in which nothing begins anything. */
void mu_markdown_text(mu_buf *out, const char *text);

/* Text inside an element or a quoted attribute; what is unsafe is shown as its number. */
void mu_html_text(mu_buf *out, const char *text);
/* The worst open findings, one a cause, and of one weight those of the plan before those of the exercise: their places in the list of findings. Returns how many, `most` at the most. */
int mu_worst(const mu_report *report, int *list, int most);
/* "ROL-08 of Data Protection Officer, ESC-08 of Legal Counsel": the other findings of the same cause; NULL where there is none. */
const char *mu_others_of_cause(const mu_report *report, const mu_finding *finding);
/* The same, and behind it what the cause is: "...: Lena Koch". */
const char *mu_same_cause(const mu_report *report, const mu_finding *finding);
/* "In this run it was needed 82 times": what the events of a finding show; NULL where it says nothing. */
const char *mu_proof_words(const mu_report *report, const mu_finding *finding);
/* "events 43, 104" or "on paper". */
const char *mu_evidence_words(const mu_report *report, const mu_finding *finding);
/* As many events of a proof are quoted; the rest are numbers. */
enum { MU_QUOTED = 6 };
/* False where an earlier finding is of the same type of gap, under which this one is told. */
bool mu_first_of_type(const mu_report *report, size_t finding);
/* Findings on paper that say the same of one thing and of another, with nothing of their own: four and more are told as one, at the
 * first of them. By their places in the list of findings: at which each is told (its own where it is told alone), and how many
 * more are told there. */
typedef struct mu_alike {
    size_t *with, *more;
} mu_alike;
mu_alike mu_alike_of(const mu_report *report);
/* Its sentence, and that the same holds of more. */
const char *mu_alike_text(const mu_report *report, const mu_alike *alike, size_t finding);
/* "Rosa Diaz (line 12)": what it is of, as one of several; with its file where that is another than the first one's. */
const char *mu_alike_name(const mu_report *report, const mu_alike *alike, size_t finding);
/* "inputs/plan.yaml" and "inputs/plan.yaml:42:7": places as documents name them. */
const char *mu_file_words(const mu_report *report, const char *file);
const char *mu_place_words(const mu_report *report, const mu_mark *at);
/* The lines that the patch of a finding takes out and puts in, each with its sign. */
const char *mu_patch_lines(const mu_report *report, const mu_finding *finding);
/* The line of the plan that a finding stands on, without its line break; NULL where it cannot be read. */
const char *mu_plan_line(const mu_report *report, const mu_mark *at);

#endif
