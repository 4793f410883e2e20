"""Gaps of roles: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

PAPER = [
    edit('ROL-01', 'action:brief_board',
         ('    R:              [board_secretary]\n'
              '    A:              exec_sponsor\n'),
         '    R:              [board_secretary]\n',
         '    R/A:            [board_secretary]\n'),
    edit('ROL-02', 'action:brief_board',
         ('    R:              [board_secretary]\n'
              '    A:              exec_sponsor\n'),
         ('    R:              [board_secretary]\n'
              '    A:              [exec_sponsor, cfo]\n'),
         ('    R:              [board_secretary]\n'
              '    A:              [exec_sponsor]\n')),
    edit('ROL-03', 'action:brief_board',
         ('    R:              [board_secretary]\n'
              '    A:              exec_sponsor\n'),
         '    A:              exec_sponsor\n',
         ('    R:              [exec_sponsor]\n'
              '    A:              exec_sponsor\n')),
    edit('ROL-04', 'action:stop_payments',
         'authority:      stop_payments',
         'authority:      isolate_region',
         'authority:      stop_payments # as before'),
    edit('ROL-06', 'role:hr_lead',
         '    holders:       [ngozi, ruth]\n',
         '    holders:       []\n',
         '    holders:       [ruth, ngozi]\n'),
    edit('ROL-08', 'role:hr_lead',
         ('    holders:       [ngozi, ruth]\n'
              '    depth:         2\n'),
         '    holders:       [ngozi]\n',
         '    holders:       [ngozi, ruth]\n'),
    edit('ROL-09', 'role:hr_lead',
         ('    holders:       [ngozi, ruth]\n'
              '    depth:         2\n'),
         ('    holders:       [ngozi, ruth]\n'
              '    depth:         3\n'),
         ('    holders:       [ngozi, ruth]\n'
              '    depth:         1\n')),
    edit('ROL-10', 'role:exec_sponsor',
         '    holders:       [dev, ngozi]\n',
         '    holders:       [dara, tom]\n',
         '    holders:       [dara, ngozi]\n'),
    edit('ROL-21', 'action:triage',
         '    access:         [siem]\n    logs:           [guardduty, cloudtrail]',
         '    access:         [status_console]\n    logs:           [guardduty, cloudtrail]',
         '    access:         [guardduty]\n    logs:           [guardduty, cloudtrail]'),
    edit('ROL-05', 'action:triag',
         '      - {id: triage, phase: detect, action: triage, within: 30m,\n         done_when: severity is set and logged}',
         '      - {id: triage, phase: detect, action: triag, within: 30m,\n         done_when: severity is set and logged}',
         '      - {id: triage, action: triage, within: 30m,\n         done_when: severity is set and logged}', also=('HYG-05',)),
    edit('ROL-07', 'role:hr_lead',
         ('    verified:  2026-05-05\n'
              '\n'
              '  hana:'),
         ('    verified:  2026-05-05\n'
              '    away:      [{from: 2026-07-01, to: 2026-07-10}]\n'
              '\n'
              '  hana:'),
         ('    verified:  2026-05-05\n'
              '    away:      [{from: 2026-07-01, to: 2026-07-09}]\n'
              '\n'
              '  hana:'), also=('ROL-08',), first=[('    holders:       [ngozi, ruth]\n    depth:         2\n', '    holders:       [ngozi]\n    depth:         1\n')]),
]

RUNS = []
