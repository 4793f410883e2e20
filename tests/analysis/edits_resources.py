"""Gaps of resources: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

PAPER = [
    edit('RES-01', 'external:northbeam',
         '      until:         2027-06-30',
         '      until:         2026-09-06',
         '      until:         2026-09-09'),
    edit('RES-07', 'break_glass:break_glass_prod',
         'tested: 2026-03-30}',
         'tested: 2026-01-09}',
         'tested: 2026-01-11}'),
    edit('RES-08', 'log:vpc_flow',
         'vpc_flow:   {enabled: yes, retention: 90d}',
         'vpc_flow:   {enabled: yes, retention: 89d}',
         'vpc_flow:   {enabled: yes, retention: 91d}'),
]

RUNS = []
