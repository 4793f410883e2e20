/* law.h - the legal and contractual clocks that an obligation of a plan may name by `rule`. Facts with their source and
 * the day they were last checked; not legal advice.
 *
 * Rows were taken from a table made for this program (law_eu.c, law_us.c, law_world.c); `seen` says how the text
 * behind a row is known: V it was read itself, S secondary sources were, M neither. What a rule applies to is
 * said in the words of the closed lists (words.h). A cell names where that stands: a column of its row, or an article, which
 * was then filled in by knowledge of it and not by reading it. A cell that is empty is unknown, and an unknown never makes
 * a gap. */
#ifndef MU_PLAN_LAW_H
#define MU_PLAN_LAW_H

#include "plan/tree.h"

/* Beside the bits of base/calendar.h: the noon of art 5(4) is not for early reports of credit institutions, central
 * counterparties, trading venues, and essential or important entities. */
enum { MU_NOT_FOR_SYSTEMIC = 1 << 8 };

typedef struct mu_law_cell {
    const char *words, *source; /* words with blanks between; "*" for all there are; NULL where it is not known */
} mu_law_cell;

typedef struct mu_clock_rule {
    const char *id, *regime, *law; /* "EU-DORA-IM", "DORA", the law's own name */
    const char *jurisdiction, *scope, *stage, *trigger;
    const char *chain;             /* the stages of one duty, first to last, have one chain; NULL where there is one stage */
    const char *starts;            /* the event that starts the clock */
    int value;                     /* of `unit`; -1 where the rule has no number */
    const char *unit, *recipient, *reference;
    const char *status;            /* in_force, in_force_national, phased, proposed, contract */
    const char *confidence;        /* high, medium, low */
    const char *seen;
    const char *checked;           /* the day */
    unsigned counts;               /* how its time is counted, bits of base/calendar.h and the one above */
    mu_law_cell where, sector, data;   /* to whom it applies */
    mu_law_cell instead;               /* sectors for which another law takes its place; they make no gap of it */
    mu_law_cell fields;                /* what a notice must hold: one item a word, its other names behind bars */
    const char *delay;             /* where the law knows a delay that law enforcement asks for; NULL where not known */
    const char *note;
} mu_clock_rule;

/* Each ends with id == NULL. */
extern const mu_clock_rule mu_clock_rules_eu[], mu_clock_rules_us[], mu_clock_rules_world[];

/* The rows of all tables from 0 on; NULL behind the last. */
const mu_clock_rule *mu_clock_rule_at(size_t i);
/* NULL where there is none. */
const mu_clock_rule *mu_clock_rule_of(const char *id);
/* Its place in the tables by its id, from 1; 0 where there is none such. */
size_t mu_clock_rule_place(const char *id);
/* The rule that an obligation names, of a plan that was read by the table of the format: then each knows its rule's place, and no
 * tables are searched. NULL where it names none, or one of its own. */
const mu_clock_rule *mu_law_of(const mu_node *obligation);
/* The time that it gives, in milliseconds: days of the calendar, months of thirty. -1 where it has no number. */
int64_t mu_clock_rule_ms(const mu_clock_rule *rule);
/* Its unit in words: "calendar days". */
const char *mu_clock_unit(const mu_clock_rule *rule);

/* True where it is law, or a contract, today: what is only proposed is never missed. */
bool mu_clock_rule_binds(const mu_clock_rule *rule);
/* True where a place, or the union or the state that it lies in, is among `words`. */
bool mu_lies_in(const char *words, const char *place);
/* True where one of the words of a list is among `words`, or lies in one of them. */
bool mu_cell_holds(const char *words, const mu_node *list);
/* True where it is known to apply to an organisation of a plan: all three cells are known and hold. */
bool mu_clock_rule_applies(const mu_clock_rule *rule, const mu_node *organisation);

/* What a test of the plan must be, by regime. */
typedef struct mu_test_rule {
    const char *regime;
    const char *not_kinds;    /* kinds of test that do not satisfy it; NULL where the kind does not matter */
    bool all_who_are_needed;  /* everybody critical to the response takes part */
    const char *reference;
} mu_test_rule;

extern const mu_test_rule mu_test_rules[]; /* ends with regime == NULL */

#endif
