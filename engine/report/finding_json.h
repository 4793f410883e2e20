/* finding_json.h - findings as JSON: the document that `muster check`, `muster run` and other tools share. */
#ifndef MU_REPORT_FINDING_JSON_H
#define MU_REPORT_FINDING_JSON_H

#include "report/formats.h"

/* How places are named and quoted; NULL functions: the file as it was read, no quote. */
typedef struct mu_places {
    const char *(*file)(const void *self, const char *file);
    const char *(*line)(const void *self, const mu_mark *at); /* may return NULL */
    const void *self;
} mu_places;

/* `"findings": [...], "causes": [...], "suppressions": [...]`: members of an object that the caller opens and closes. */
void mu_findings_json(mu_buf *out, const mu_findings *findings, const mu_places *places, mu_arena *arena);
/* `"judged": true, "as_of": "2026-07-10 17:40", "zone": "Europe/Dublin", "errors": [...]`: what came before the findings. */
void mu_input_json(mu_buf *out, const mu_about *about, mu_arena *arena);

#endif
