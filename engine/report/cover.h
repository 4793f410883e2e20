/* cover.h - a coverage under absences, written: in the terminal, as a document, as a page. The same cover gives the same
 * bytes; text of the plan is a stranger's everywhere. */
#ifndef MU_REPORT_COVER_H
#define MU_REPORT_COVER_H

#include "absence/cover.h"
#include "absence/hours.h"
#include "absence/odds.h"
#include "absence/repair.h"
#include "base/diag.h"

typedef struct mu_cover_page {
    const mu_cover *cover;
    const mu_tree *plan;
    const char *command;  /* as it would be typed */
    const char *mend;     /* the command that writes the smallest change as a patch */
    unsigned kinds;       /* of elements that may be absent, mu_element_kind */
    const mu_hours *hours; /* or NULL */
    const mu_odds *odds;   /* or NULL */
    const mu_repair *repair; /* or NULL */
} mu_cover_page;

void mu_write_cover_text(mu_buf *out, const mu_cover_page *page, mu_look look);
/* {"schema": "muster.cover/1", ...}: reports/schema/cover.schema.json. */
void mu_write_cover_json(mu_buf *out, const mu_cover_page *page);
void mu_write_cover_html(mu_buf *out, const mu_cover_page *page);

/* ---- what the writers share ---- */

mu_arena *mu_cover_arena(const mu_cover_page *page);
/* The text, cut at a character after so many bytes at most. */
const char *mu_clipped(mu_arena *arena, const char *text, size_t most);
/* What breaks a need that fails with nobody absent. */
const char *mu_need_why(const mu_cover_page *page, const mu_need *need);
/* "People and sites" */
const char *mu_cover_kinds(const mu_cover_page *page);
/* "absences of up to 2", "absences of any number" */
const char *mu_cover_orders(const mu_cover_page *page);
/* What the reader can do next, in front of the command `mend`; NULL where nothing is to be mended. */
const char *mu_cover_next(const mu_cover_page *page);
/* One sentence that says how it stands with the plan. */
const char *mu_cover_lead(const mu_cover_page *page);
/* "one", "two", ... "ten", else figures. */
const char *mu_count_word(mu_arena *arena, int n);
/* With a capital letter in front. */
const char *mu_capital(mu_arena *arena, const char *text);

/* "Fri 10 Jul 17:30" of the organisation. */
const char *mu_hour_words(const mu_house *house, int64_t utc);
/* "1,640 h", "12 h 30" */
const char *mu_hours_long(mu_arena *arena, int64_t ms);
/* Needs that are uncovered at some time, the longest first; among them none that another says as well. Returns how many. */
int mu_hours_uncovered(const mu_cover_page *page, const mu_need_hours **list);

/* True where two needs are uncovered at the same times. */
bool mu_hours_alike(const mu_need_hours *a, const mu_need_hours *b);
/* Why these are uncovered at a moment, each reason once and so many at most; "" where they are not. */
const char *mu_hours_why(mu_arena *arena, const mu_need_hours *const *rows, int count, int64_t utc, int most);
/* Percent, to the nearest. */
int mu_share(int64_t part, int64_t whole);

/* One sentence: how many changes, what they come to, and whether they are the fewest. */
const char *mu_repair_words(const mu_cover_page *page);
/* "12.4%", "0.031%", "between 12.39% and 12.41%" */
const char *mu_odds_words(mu_arena *arena, const mu_chance_is *chance);
/* What the chances are of, and whether they are exact; one or more sentences. */
const char *mu_odds_lead(const mu_cover_page *page);
/* What the chance of the whole plan is of. */
const char *mu_odds_whole(const mu_cover_page *page);
/* Needs that are not left out and may fail, the likeliest first, at most `most`. Returns how many. */
int mu_odds_likeliest(const mu_cover_page *page, int *list, int most);

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
