/* duties.h - what the rules of legal and contractual duties share, on paper and in runs. */
#ifndef MU_ANALYSIS_DUTIES_H
#define MU_ANALYSIS_DUTIES_H

#include "analysis/judge.h"
#include "plan/law.h"

#define MU_PERSONAL_DATA "personal_data sensitive_personal_data health_data biometric_data children_data"

/* True where the rule's clock starts with what somebody decides; the clock of an obligation, by its rule or by its own words. */
bool mu_starts_with_decision(const mu_clock_rule *rule);
bool mu_duty_starts_with_decision(const mu_node *obligation);
/* True where one of those whom an obligation tells (route, to) is one of these. */
bool mu_duty_goes_to(const mu_judge *j, const mu_node *obligation, bool (*fits)(const mu_judge *j, const mu_node *to));
/* Towards the organisations that we serve: a controller, a bank, a merchant, a customer by contract. */
bool mu_duty_to_served(const mu_judge *j, const mu_node *obligation);
/* Towards the people or clients who are hit. */
bool mu_duty_to_people(const mu_judge *j, const mu_node *obligation);
/* True where the plan shows that it serves other organisations; that it holds data of people. */
bool mu_serves_others(const mu_judge *j);
bool mu_holds_personal_data(const mu_judge *j);
/* The outcome by which a step decides to pay a ransom is called "pay". */
bool mu_decides_to_pay(const mu_node *step);
/* The step writes down when one came to know: laws call that moment awareness, or discovery. `step` may be NULL. */
bool mu_records_awareness(const mu_node *step);
/* Where the register stands, or would stand. */
mu_mark mu_register(const mu_judge *j);
/* Of the items that a notice must hold (mu_law_cell) those that no field names: "facts, effects"; "" for none. */
const char *mu_notice_lacks(mu_judge *j, const mu_node *fields, const char *items);
/* True where `words` holds `part`, whatever the case of the letters. */
bool mu_mentions(const char *words, const char *part, size_t len);
/* True where an obligation names a rule of the regime, or one written out mentions it. */
bool mu_regime_listed(const mu_judge *j, const char *regime);
/* Does `judge` for the first rule of each regime that is known to apply and that no obligation names. */
void mu_each_unlisted(mu_judge *j, void *self, void (*judge)(void *self, const mu_clock_rule *rule));

#endif
