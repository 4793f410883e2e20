/* cover.h - a coverage under absences, written: in the terminal, as a document, as a page. The same cover gives the same
 * bytes; text of the plan is a stranger's everywhere. */
#ifndef MU_REPORT_COVER_H
#define MU_REPORT_COVER_H

#include "absence/cover.h"
#include "base/diag.h"

typedef struct mu_cover_page {
    const mu_cover *cover;
    const mu_tree *plan;
    const char *command;  /* as it would be typed */
    unsigned kinds;       /* of elements that may be absent, mu_element_kind */
} mu_cover_page;

void mu_write_cover_text(mu_buf *out, const mu_cover_page *page, mu_look look);
/* {"schema": "muster.cover/1", ...}: reports/schema/cover.schema.json. */
void mu_write_cover_json(mu_buf *out, const mu_cover_page *page);
void mu_write_cover_html(mu_buf *out, const mu_cover_page *page);

/* ---- what the writers share ---- */

/* "People and sites" */
const char *mu_cover_kinds(const mu_cover_page *page);
/* "absences of up to 2", "absences of any number" */
const char *mu_cover_orders(const mu_cover_page *page);
/* One sentence that says how it stands with the plan. */
const char *mu_cover_lead(const mu_cover_page *page);
/* "one", "two", ... "ten", else figures. */
const char *mu_count_word(mu_arena *arena, int n);

typedef enum mu_stand { MU_STAND_FOLLOWS, MU_STAND_ALONE, MU_STAND_NEEDED, MU_STAND_MISSING } mu_stand;
/* How a hand of a need stands: alone is whose absence breaks it; needed is one of several who are wanted at once. */
mu_stand mu_stand_of(const mu_cover *cover, int need, const mu_hand *hand);
/* The element of a person, or -1 where people are not among them. */
int mu_element_of(const mu_needs *needs, const mu_node *node);
/* True where so few absences as were looked for can break it, or it is broken. */
bool mu_need_shown(const mu_cover *cover, int need);
/* True where the absence of a person breaks it, who is none of its hands. */
bool mu_stands_behind(const mu_cover *cover, int need, int person);
/* "nobody", "one", "two", "more". */
const char *mu_stands_on(const mu_cover *cover, int need);

#endif
