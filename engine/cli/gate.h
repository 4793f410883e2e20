/* gate.h - what makes a command fail on gaps, and in which form it tells them: shared by check, run and report. */
#ifndef MU_CLI_GATE_H
#define MU_CLI_GATE_H

#include "report/formats.h"

/* Writes findings for other programs; NULL where `format` is none of sarif, junit, github, oscal, csv. */
typedef void (*mu_gap_writer)(mu_buf *out, const mu_findings *findings, const mu_about *about, mu_arena *arena);
mu_gap_writer mu_gap_writer_of(const char *format);

/* Reads an earlier findings document (findings.json, report.json, `muster check --format json`) and marks what it has as
 * known. False after a message to stderr. */
bool mu_take_baseline(const char *path, mu_findings *findings, mu_arena *arena);

#endif
