"""Gaps of timing: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

PAPER = [
    edit('TIM-08', 'severity:sev3',
         '    contain_within:     24h\n',
         '',
         '    contain_within:     48h\n'),
]

RUNS = []
