"""Gaps of hygiene: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

PAPER = [
    edit('HYG-02', 'plan',
         '  reviewed:     2026-07-03\n  review_every: 12 months',
         '  reviewed:     2025-07-09\n  review_every: 12 months',
         '  reviewed:     2025-07-11\n  review_every: 12 months'),
    edit('HYG-07', 'playbook:insider',
         ('      - {id: eradicate, phase: eradicate, action: eradicate, after: [isolate, capture], within: 4h,\n'
              '         done_when: no key or rule of the person is left}\n'
              '      - {id: restore, phase: recover, action: restore, after: [eradicate], within: 4h,\n'
              '         done_when: what was changed is as it was}'),
         '      - {id: restore, phase: recover, action: restore, after: [isolate], within: 4h,\n         done_when: what was changed is as it was}',
         ('      - {id: eradicate, action: eradicate, after: [isolate, capture], within: 4h,\n'
              '         done_when: no key or rule of the person is left}\n'
              '      - {id: restore, phase: recover, action: restore, after: [eradicate], within: 4h,\n'
              '         done_when: what was changed is as it was}')),
    edit('HYG-05', 'role:hr_lead',
         ('    holders:       [ngozi, ruth]\n'
              '    depth:         2\n'),
         ('    holders:       [ngozi, ruth, nobody]\n'
              '    depth:         2\n'),
         ('    holders:       [ngozi, ruth, hana]\n'
              '    depth:         2\n'), also=('ROL-07',)),
    edit('HYG-01', 'section:phases',
         ('\n'
              'phases:\n'),
         ('\n'
              'x-phases:\n'),
         ('\n'
              'phases: # in order\n')),
]

RUNS = []
