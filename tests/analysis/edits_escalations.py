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
    edit('ESC-01', 'scenario:comms_loss',
         '  in_doubt:       higher                   # take the higher one and argue later\n', '', '  in_doubt:       lower\n',
         scenario='comms-blackout', also=('HYG-06',),
         first=[('        - critical_service_down_over_2h\n', '        - something_else\n'), ('        - personal_data_exposure_suspected\n', ''),
                ('        - critical_service_degraded\n        - production_account_compromised\n', '        - something_worse\n'),
                ('\nfacts:\n', '\nfacts:\n  critical_service_degraded: the service is slow\n  critical_service_down_over_2h: the service is gone\n  production_account_compromised: keys are out\n')]),
    edit('ESC-02', 'severity:sev4', '\nescalations:        ', '\n  sev4:\n    rank: 4\n\nescalations:        ', '\n  sev4:\n    rank: 4\n    inform: [role:ciso]\n\nescalations:        ',
         also=('TIM-08', 'COM-13')),
    edit('ESC-10', 'section:severities', '    inform:             [role:exec_sponsor]\n', '', '    inform:             [role:exec_sponsor, role:ciso]\n', also=('COM-12', 'HYG-05', 'COM-10'),
         first=[('    inform:             [role:exec_sponsor, role:legal_counsel, role:comms_coordinator, audience:board]\n',
                 '    inform:             [role:legal_counsel, role:comms_coordinator]\n'),
                ('  board:\n', '  the_lenders:\n'), ('{for: audience:board,', '{for: audience:the_lenders,'),
                ('      - {to: team:all,                  via: [pager, phone], within: 4m, tries: 1}', '      - {to: role:ciso, via: [pager, phone], within: 4m, tries: 1}'),
                ('      - {to: team:all,                       via: [pager, phone], within: 5m, tries: 1}', '      - {to: role:ciso, via: [pager, phone], within: 5m, tries: 1}')]),
    edit('ESC-11', 'section:related_plans', '\nrelated_plans:\n', '\nx-related_plans:\n', '\nrelated_plans: # two of them\n'),
    edit('ESC-11', 'related_plan:bcp', '    activate_when: core payments cannot be restored within four hours\n', '', '    activate_when: core payments are gone\n'),
    edit('ESC-12', 'section:severities', '  reassess_every: 1h                       # and whenever a new fact comes in\n', '', '  reassess_every: 2h\n'),
    edit('ESC-13', 'section:roles', '    authority:     [declare, isolate_production, activate_bcp, {spend: 100000 EUR}]', '    authority:     [isolate_production, activate_bcp, {spend: 100000 EUR}]',
         '    authority:     [declare, isolate_production, activate_bcp]',
         first=[('  declare:\n', '  proclaim:\n'), ('    authority:      declare\n', ''), ('    actions:   [declare, capture_evidence', '    actions:   [proclaim, capture_evidence'),
                ('      - {id: declare, phase: analyze, action: declare, after: [triage], within: 15m, records', '      - {id: declare, phase: analyze, action: proclaim, after: [triage], within: 15m, records'),
                ('      - {id: declare, phase: analyze, action: declare, after: [triage], within: 15m,\n', '      - {id: declare, phase: analyze, action: proclaim, after: [triage], within: 15m,\n'),
                ('    decided_by:    action:declare\n', '    decided_by:    action:proclaim\n')], also=('RES-13',)),
    edit('ESC-14', 'external:aws', '      manager:       Rowan Blake, technical account manager\n', '', '      manager:       Rowan Blake\n'),
    edit('ESC-16', 'section:phases', '    done_when: the commander stands the team down and every lesson has an owner and a date\n', '',
         '    done_when: the commander stands the team down\n',
         first=[('    done_when: every alarm has a severity or a reason why not\n', ''), ('    done_when: we can say what is affected, since when, and whom we must tell\n', ''),
                ('    done_when: nothing new has been touched for four hours\n', ''), ('    done_when: every foothold found is gone, and a hunt found no other\n', ''),
                ('    done_when: payments clear at the usual rate for one settlement cycle\n', '')]),
]

RUNS = []
