/* gate.h - what makes a command fail on gaps, and in which form it tells them: shared by check, run and report. */
#ifndef MU_CLI_GATE_H
#define MU_CLI_GATE_H

#include "report/formats.h"

/* Writes findings for other programs; NULL where `format` is none of sarif, junit, github, oscal, csv. */
typedef void (*mu_gap_writer)(mu_buf *out, const mu_findings *findings, const mu_about *about, mu_arena *arena);
mu_gap_writer mu_gap_writer_of(const char *format);

/* An open finding of weight `fail_on` or worse fails (-1: none does), unless the baseline has it. */
typedef struct mu_gate {
    int fail_on;
    const char *baseline; /* an earlier findings document (findings.json, report.json, `muster check --format json`), or NULL */
} mu_gate;

/* Marks what the baseline has as known. False, after a message to stderr, where the baseline cannot be read. */
bool mu_gate_take(const mu_gate *gate, mu_findings *findings, mu_arena *arena, bool *fails);

#endif
