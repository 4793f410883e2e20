"""Gaps of hygiene: one edit that must show each, one near miss that must not."""
from edits import ASSUME, FIRST, edit, run, silent  # noqa: F401

STARTER = 'starter/plan.yaml'
SHIFT = '    longest_shift: %s\n    rest:          11h\n    authority:     [declare,'

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
              '         done_when: what was changed is as it was}'), also=('HYG-08',)),
    edit('HYG-05', 'role:hr_lead',
         ('    holders:       [ngozi, ruth]\n'
              '    depth:         2\n'),
         ('    holders:       [ngozi, ruth, nobody]\n'
              '    depth:         2\n'),
         ('    holders:       [ngozi, ruth, hana]\n'
              '    depth:         2\n'), also=('ROL-07',)),
    edit('HYG-05', 'escalation:standard', '{to: role:commander/2, via', '{to: role:director/3, via', '{to: role:director/2, via', base='starter/plan.yaml', also=('ESC-06', 'ESC-08')),  # two are in line, and two are enough
    edit('HYG-01', 'section:phases',
         ('\n'
              'phases:\n'),
         ('\n'
              'x-phases:\n'),
         ('\n'
              'phases: # in order\n'), also=('ESC-16',)),
    edit('HYG-19', 'external:quay_legal/organisation', 'organisation: Quay Legal', 'organisation: to be appointed', 'organisation: The firm to be appointed by the board', base='starter/plan.yaml', also=('HYG-05', 'COM-12')),
    edit('HYG-02', 'plan', '  reviewed:     2026-07-03\n', '', '  reviewed:     2026-07-04\n'),
    edit('HYG-02', 'plan', '  reviewed:     2026-07-03\n', '  reviewed:     2026-07-12\n', '  reviewed:     2026-07-11\n'),
    edit('HYG-03', 'plan', '{by: Management Board, date: 2026-07-03}', '{by: Management Board, date: 2026-07-12}', '{by: Management Board, date: 2026-07-02}', also=('HYG-04',)),
    edit('HYG-04', 'copy:a stick in the safe, Dublin office', '      verified:   2026-07-06\n', '      verified:   2026-07-12\n', '      verified:   2026-07-11\n'),
    edit('HYG-13', 'plan', '{date: 2026-06-16, kind: tabletop, scenarios: [ransomware]}', '{date: 2026-07-12, kind: tabletop, scenarios: [ransomware]}', '{date: 2026-07-11, kind: tabletop, scenarios: [ransomware]}', also=('EXR-03', 'REG-19')),
    edit('HYG-03', 'plan', '  approved:     {by: Management Board, date: 2026-07-03}\n', '', '  approved:     {by: The board, date: 2026-07-02}\n'),
    edit('HYG-03', 'plan', '  approved:     {by: Management Board, date: 2026-07-03}\n', '  approved:     {by: Management Board}\n', '  approved:     {by: The board, date: 2026-07-02}\n'),
    edit('HYG-04', 'plan', '  distribution: [team:all, role:board_secretary]\n', '', '  distribution: [team:all]\n'),
    edit('HYG-04', 'copy:a stick in the safe, Dublin office', '      verified:   2026-07-06\n', '      verified:   2026-07-02\n', '      verified:   2026-07-03\n'),
    edit('HYG-06', 'scenario:ddos', '  risks:        [ransomware, cloud_credential_compromise, insider_exfiltration]', '  risks:        [ransomware, ddos, cloud_credential_compromise, insider_exfiltration]',
         '  risks:        [ransomware, insider_exfiltration]'),
    edit('HYG-06', 'scenario:comms_loss', '    covers: [insider_exfiltration]\n', '    covers: [insider_exfiltration] # and no more\n', '    covers: [insider_exfiltration, comms_loss]\n', scenario='comms-blackout', shown_by_base=True),
    edit('HYG-08', 'step:insider/tell_dpc', 'after: [restore, tell_dpc], within: 5d', 'after: [restore], within: 5d', 'after: [tell_dpc, restore], within: 5d'),
    edit('HYG-08', 'step:insider/restore', 'action: restore, after: [eradicate], within: 4h,\n         done_when: what was changed is as it was', 'action: restore, after: [eradicate, lessons], within: 4h,\n         done_when: what was changed is as it was',
         'action: restore, after: [eradicate, hr], within: 4h,\n         done_when: what was changed is as it was'),
    edit('HYG-10', 'step:insider/hr', 'action: insider_hr, after: [triage], within: 30m,\n         done_when: HR and counsel agree on the next hour}', 'action: insider_hr, after: [triage], within: 30m}',
         'action: insider_hr, after: [triage], within: 31m,\n         done_when: HR and counsel agree}'),
    edit('HYG-11', 'role:incident_commander/longest_shift', '    longest_shift: 12h\n    rest:          11h\n    authority:     [declare,', '    longest_shift: [12h, 6h]\n    rest:          11h\n    authority:     [declare,',
         '    longest_shift: [12h]\n    rest:          11h\n    authority:     [declare,'),
    edit('HYG-11', 'related_plan:bcp/core_payments', '    activate_when: core payments cannot be restored within four hours\n',
         '    activate_when: core payments cannot be restored within four hours\n    states:        [{asset: core_payments, rto: 4h}]\n',
         '    activate_when: core payments cannot be restored within four hours\n    states:        [{asset: core_payments, rto: 12h}]\n'),
    edit('HYG-13', 'plan', '{date: 2026-06-16, kind: tabletop, scenarios: [ransomware]}', '{date: 2025-07-09, kind: tabletop, scenarios: [ransomware]}', '{date: 2025-07-11, kind: tabletop, scenarios: [ransomware]}', also=('EXR-03', 'REG-19')),
    edit('HYG-14', 'obligation:merchants', "    when:          a merchant's customers or settlements are touched\n", '', "    when:          a merchant is touched\n"),
    edit('HYG-15', 'plan', '  metrics:\n', '  x-metrics:\n', '  metrics: # four of them\n'),
    edit('HYG-16', 'section:evidence', '\nevidence:\n', '\nx-evidence:\n', '\nevidence: # as the police want it\n'),
    edit('HYG-17', 'escalation:standard/pager', '    acknowledge: yes\n    tested:      2026-06-01\n\n  teams_bridge', '    enrolled:    [person:jun]\n    acknowledge: yes\n    tested:      2026-06-01\n\n  teams_bridge',
         '    enrolled:    [person:sara]\n    acknowledge: yes\n    tested:      2026-06-01\n\n  teams_bridge', first=[('\n  standard:\n    steps:\n', '\n  standard:\n    without: [person:jun]\n    steps:\n')]),
    edit('HYG-17', 'copy:the wiki', '      depends_on: [okta, corp_network]\n    - at', '      depends_on: [okta, corp_network]\n      readers:    [team:all]\n    - at', '      depends_on: [okta, corp_network]\n      readers:    [role:ciso]\n    - at',
         first=[('\n  standard:\n    steps:\n', '\n  standard:\n    without: [person:jun]\n    steps:\n')]),
    edit('HYG-18', 'action:open_aws_case', '    A:              cloud_security_engineer\n    I:              [incident_commander]\n    by:             external:aws\n',
         '    I:              [incident_commander]\n    by:             external:aws\n', '    A:              cloud_security_engineer\n    by:             external:aws\n', also=('ROL-01',)),
    edit('HYG-19', 'channel:pager/kind', '  pager:\n    kind:        ', '  pager:\n    kind:        TBD ', '  pager:\n    kind:        todos '),
    edit('HYG-05', 'escalation:major', 'role:incident_commander/2, via', 'role:incident_commander/4, via', 'role:incident_commander/3, via'),  # three are in line
    edit('HYG-08', 'step:ransomware/insurer',  # a gate waits for it
         'gate: [sanctions_check, notify_insurer, counsel_opinion]', 'gate: [sanctions_check, counsel_opinion]', 'gate: [notify_insurer, sanctions_check, counsel_opinion]', also=('RES-12', 'REG-14'),
         first=[('action: engage_forensics, after: [insurer]', 'action: engage_forensics, after: [declare]'), ('      consent_before_engaging: yes\n', '      consent_before_engaging: no\n')]),
    edit('HYG-16', 'action:eradicate',  # its own playbook does not wait for the capture
         'after: [isolate, endpoints, capture], within: 4h', 'after: [isolate, endpoints], within: 4h', 'after: [capture, isolate, endpoints], within: 4h',
         first=[('  capture_before: [eradicate, restore]\n', '  capture: capture_evidence\n  capture_before: [eradicate, restore]\n')]),
    edit('HYG-10', 'step:account_takeover/lessons', '{id: lessons, action: lessons,', '{id: lessons, phase: post,', '{id: lessons, phase: post, by: role:commander,', base=STARTER),
    edit('HYG-11', 'role:incident_commander/longest_shift', SHIFT % '12h', SHIFT % '[12h, 720m, 6h]', SHIFT % '[12h, 720m]'),
    edit('HYG-18', 'action:engage_forensics', 'R: [director], A: director, I: [commander], by: external:northlight', 'R: external:northlight, I: [commander]', 'R: external:northlight, A: director, I: [commander]', base=STARTER, also=('ROL-01',)),
    *(edit('HYG-19', 'plan/custody_form', 'custody_form:   one page, two signatures', f'custody_form:   "{blank}"', 'custody_form:   todo lo demás: on one page .... by two', base=STARTER)
      for blank in ('TBC', 'tbd', 'To be confirmed by Ana', '[Name of the form]', '<Insert form>', 'form ???', 'Lorem ipsum dolor')),
]

DECLARED = FIRST + 'inject "flood" { at = "1m", from = "a log", to = "commander", via = "pager", says = "x", expect = { "declare", within = "30m" } }\n'
PLAY = ["--play", "commander", "--clock", "steps"]
ERADICATE = "      - {id: eradicate, action: eradicate, after: [isolate], within: 8h, done_when: no rule or key of the intruder is left}\n"

RUNS = [
    run('HYG-05', 'plan/partners', dict(plan=[("    - {at: the wiki, depends_on: [office_suite]}\n    - {at: a binder at the front desk, verified: 2026-07-10}\n", "    []\n"), ("  stored:\n    []", "  stored: []"),
                                             ("    binder:       {holds: [contacts, partners, templates, playbooks]}\n", "    binder:       {holds: [contacts, templates, playbooks]}\n")],
                                       args=PLAY, lines="a\nl partners\n:end\n"),
        dict(plan=[], args=PLAY, lines="a\nl partners\n:end\n")),
    run('HYG-06', 'scenario:ddos', dict(kind="ddos", script=DECLARED), dict(script=DECLARED)),
    run('HYG-06', 'scenario:account_takeover', dict(args=PLAY, lines="a\ni called the bank\ni drew a map\n:end\n"), dict(args=PLAY, lines="a\nw 3h\n:end\n")),
    run('HYG-07', 'playbook:account_takeover', dict(plan=[(ERADICATE, ""), ("after: [eradicate], within: 8h", "after: [isolate], within: 8h")]), dict()),
    run('HYG-08', 'step:account_takeover/forensics', dict(plan=[("after: [restore, forensics, readers, regulator]", "after: [restore, readers, regulator]")], lasts="12h"), dict(lasts="12h")),
    run('HYG-09', 'scenario:account_takeover', dict(args=PLAY, lines="a\ni called the bank\n:end\n"), dict(args=PLAY, lines="a\n:note called the bank\n:end\n")),
    # what the facilitator writes down stands as observed, and an act that is taken back is gone
    run('ROL-05', 'role:director', dict(args=PLAY, lines="a\n:gap ROL-05 director Nobody could say what a director does.\n:end\n"),
        dict(args=PLAY, lines="a\n:gap ROL-55 director No such type.\n:gap ROL-05 nobody Nowhere.\n:gap ROL-05 director\n:end\n")),
    run('HYG-10', 'action:declare', dict(args=PLAY, lines="a\nb declare it is not said how\n:end\n"), dict(args=PLAY, lines="a\n:end\n")),
    run('HYG-11', 'action:isolate', dict(args=PLAY, lines="\nd isolate no not yet\n" + "w 10m\n" * 12 + ":end\n:end\n"), dict(args=PLAY, lines="\nd isolate yes it spreads\n" + "w 10m\n" * 12 + ":end\n:end\n")),
    run('HYG-16', 'action:eradicate', dict(plan=[("  capture_before: [eradicate, restore]\n", "  capture: lessons\n  capture_before: [eradicate]\n")], lasts="12h"),
        dict(plan=[("  capture_before: [eradicate, restore]\n", "  capture: triage\n  capture_before: [eradicate]\n")], lasts="12h")),
    run('HYG-17', 'escalation:standard/pager', dict(plan=[("  standard:\n    steps:\n", "  standard:\n    without: [role:security_lead]\n    steps:\n")]), dict(plan=[("  standard:\n    steps:\n", "  standard:\n    without: [role:hr_lead]\n    steps:\n")], lasts="5m")),
    run('HYG-18', 'action:engage_forensics', dict(plan=[("    {phase: contain, R: [director], A: director, I: [commander], by: external:northlight", "    {phase: contain, R: [director], I: [commander], by: external:northlight")], assume=silent("ben", "eva")),
        dict(assume=silent("ben", "eva"))),
]
