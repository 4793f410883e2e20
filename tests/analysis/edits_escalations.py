"""Gaps of escalations: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

PAPER = [
    edit('ESC-06', 'escalation:major/2',
         'role:incident_commander/2, via',
         'role:incident_commander/1, via',
         'role:incident_commander/3, via'),
    edit('ESC-07', 'escalation:major',
         'team:all,                  via: [pager, phone], within: 4m, tries: 1}',
         'team:all,                  via: [pager, phone], within: 25m, tries: 1}',
         'team:all,                  via: [pager, phone], within: 24m, tries: 1}'),
    edit('ESC-03', 'escalation:major/3',
         'via: [pager, phone], within: 4m, tries: 1}',
         'via: [pager, phone], tries: 1}',
         'via: [pager, phone], within: 4m}'),
    edit('ESC-05', 'escalation:major',
         'via: [pager, phone], within: 4m, tries: 1}',
         'via: [pager, phone], within: 4m, otherwise: escalation:major}',
         'via: [pager, phone], within: 4m, otherwise: escalation:standard}'),
    edit('ESC-01', 'severity:sev3',
         '    rank: 3\n',
         '    rank: 2\n',
         '    rank: 4\n'),
    edit('ESC-09', 'rotation:security',
         ('  security:\n'
              '    members:  [sara, dev]\n'),
         ('  security:\n'
              '    members:  [sara]\n'),
         ('  security:\n'
              '    members:  [dev, sara]\n')),
    edit('ESC-09', 'rotation:commander',
         ('        to:     2026-06-29 09:00\n'
              '        person: jun\n'),
         ('        to:     2026-06-29 09:00\n'
              '        person: jun\n'
              '      - {from: 2026-08-03 09:00, to: 2026-08-10 09:00, person: marco}\n'),
         ('        to:     2026-06-29 09:00\n'
              '        person: jun\n'
              '      - {from: 2026-08-03 09:00, to: 2026-08-10 09:00, person: dev}\n')),
]

RUNS = []
