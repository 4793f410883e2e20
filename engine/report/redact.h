/* redact.h - a report that may leave the house: people by pseudonyms, no number and no address.
 *
 * A pseudonym is made of the person's id with a secret that the organisation keeps, so that it is the same in every drill and every
 * version of the plan, and nobody without the secret can try names out. What is put in its place: names of people of the plan, whole
 * and in part, in capitals and without their accents, and their ids; a part of a name in small letters where somebody wrote it so; names
 * that signed what was written down; every address of the plan, and its numbers however they are written; whatever else looks like a mail
 * address, an international telephone number, or one of North America. Roles, suppliers and the organisation stay: a reader needs them.
 * Who is not in the plan and signed nothing is not known, and stays. */
#ifndef MU_REPORT_REDACT_H
#define MU_REPORT_REDACT_H

#include "report/model.h"

enum { MU_SECRET_LEAST = 16 }; /* bytes of the secret */

/* Rewrites a whole document: how its format escapes a text is known by its name: "html", "md", "json", "csv" and the rest. */
void mu_redact(mu_buf *document, const char *format, const mu_report *report, const char *secret, size_t len);

#endif
