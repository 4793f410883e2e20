"""Gaps of escalations: one edit that must show each, one near miss that must not."""
from edits import ASSUME, FIRST, edit, run, silent  # noqa: F401

CROWD = '\n  crowd:\n    holders: [sara, marco, jun, dev, noor, piotr, lena, omar, ruth, tom, ines, ngozi]\n\n  incident_commander:\n'
STARTER = 'starter/plan.yaml'
EVA = '    name:     Eva Quinn\n    hours:    24x7\n'
LAST = '{to: team:all,         via: [pager, phone], within: 5m}'
BOARD = '  trust:     {owner: director, via: [phone], first_within: 4h, every: 24h, template: board_note%s}\n'
MESH = ''.join(f'\n  l{n}: {{steps: [' + ', '.join(f'{{to: role:director, via: phone, within: 5m, otherwise: escalation:l{k}}}' for k in range(n + 1, 40))
               + '{to: role:director, via: phone, within: 5m, otherwise: %s}' * (n == 39) + ']}' for n in range(40)) + '\n'

SUN = ('\nteam:\n', '\nrotations:\n  east: {members: [ana, ben], turn: 1w, from: 2026-07-01 00:00, restrict: mon-sun 00:00-12:00}\n  west: {members: [chiara, eva], turn: 1w, from: 2026-07-01 00:00, restrict: mon-sun 12:00-24:00}\n'
       'teams:\n  watch: {members: [role:east, role:west]}\n\nteam:\n')
POSTS = ('  hr_lead:\n    title:     People\n', '  east:\n    title:     East\n    rotation:  east\n  west:\n    title:     West\n    rotation:  west\n  hr_lead:\n    title:     People\n')
BEN_AT = '    name:     Ben Okoro\n    hours:    mon-sun %s\n'


def watch(who):
    return '      - {to: team:all,         via: [pager, phone], within: 5m}\n', f'      - {{to: {who}, via: [pager, phone], within: 5m}}\n'


TESTED = '    when:               {any: [%s]}\n'

PAPER = [
    edit('ESC-06', 'escalation:major/2',  # the twelfth in line is not the first
         'role:incident_commander/2, via', 'role:crowd/1, via', 'role:crowd/12, via',
         first=[('\n  incident_commander:\n', CROWD), ('{to: role:incident_commander,   via', '{to: role:crowd,   via')]),
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
    edit('ESC-02', 'severity:sev4', '\nescalations:        ', '\n  sev4:\n    rank: 4\n    acknowledge_within: 8h\n\nescalations:        ',
         '\n  sev4:\n    rank: 4\n    acknowledge_within: 8h\n    escalation: standard\n\nescalations:        ', also=('TIM-08', 'COM-13')),
    # ladders that lead to all behind them: more ways than anybody can go, and a ring only where the last leads back
    edit('ESC-05', 'escalation:l0', '\n  standard:\n    steps:\n      - {to: role:commander,', MESH % 'escalation:l0' + '\n  standard:\n    steps:\n      - {to: role:commander,',
         MESH % 'next' + '\n  standard:\n    steps:\n      - {to: role:commander,', base=STARTER, also=('ESC-06',)),
    # whose turn it is on that day nobody knows before
    edit('ESC-06', 'escalation:standard/2', 'role:cloud_security_engineer/2, via', 'role:cloud_security_engineer/1, via', 'person:sara, via'),
    # a time that is another at night
    # one silent person must not use up the time to answer; a team is called at once
    edit('ESC-07', 'escalation:standard', '{to: role:commander,   via: [pager, phone], within: 5m}', '{to: role:commander,   via: [pager, phone], within: 16m}', '{to: role:commander,   via: [pager, phone], within: 15m}', base=STARTER),
    edit('ESC-07', 'escalation:standard', '{to: role:commander,   via: [pager, phone], within: 5m}', '{to: role:commander,   via: [pager, phone], within: 8m, tries: 2}', '{to: team:all,   via: [pager, phone], within: 16m}', base=STARTER, also=('ESC-06',)),
    # rotations that are called together share out the week, and people who are called together the day
    edit('ESC-09', 'rotation:east', 'mon-sun 00:00-12:00', 'mon-sun 00:00-11:00', 'mon-sun 00:00-13:00', base=STARTER, first=[SUN, POSTS, watch('team:watch')]),
    edit('ESC-09', 'rotation:west', 'to: team:watch,', 'to: role:west,', 'to: [role:east, role:west],', base=STARTER, first=[SUN, POSTS, watch('team:watch')], also=('ROL-22',)),
    edit('ESC-01', 'severity:sev2', TESTED % 'account_taken_over, loans_stopped', TESTED % 'personal_data_read, loans_stopped for 2h', TESTED % 'personal_data_read, loans_stopped for 1h', base=STARTER),
    # a time by the hour of the day that leaves some hours out
    edit('ESC-03', 'escalation:standard/3', LAST, LAST.replace('5m', '{working_hours: 5m}'), LAST.replace('5m', '{working_hours: 5m, otherwise: 5m}'), base=STARTER),
    edit('ESC-03', 'escalation:standard/3', LAST.replace('5m', '{working_hours: 5m}'), LAST.replace('5m', '{otherwise: 5m}'), LAST.replace('5m', '{working_hours: 5m, otherwise: 5m}'), base=STARTER,
         first=[(LAST, LAST.replace('5m', '{working_hours: 5m}')), ('    when:               {any: [personal_data_read, loans_stopped for 2h]}\n    cover:              24x7\n', '    when:               {any: [personal_data_read, loans_stopped for 2h]}\n    cover:              working_hours\n'),
                (TESTED % 'account_taken_over, loans_stopped' + '    cover:              24x7\n', TESTED % 'account_taken_over, loans_stopped' + '    cover:              working_hours\n')]),
    edit('ESC-08', 'external:garda', *(f'    kind:         law_enforcement\n{hours}' for hours in ('', '    hours:        mon-fri 08:00-20:00\n', '    hours:        24x7\n')), base=STARTER, first=[watch('external:garda')]),
    edit('ESC-08', 'person:ben', BEN_AT % '00:00-12:00', BEN_AT % '00:00-11:00', BEN_AT % '00:00-13:00', base=STARTER,
         first=[('    name:     Ben Okoro\n    hours:    24x7\n', BEN_AT % '00:00-12:00'), ('    name:     Eva Quinn\n    hours:    24x7\n', '    name:     Eva Quinn\n    hours:    mon-sun 11:59-24:00\n'), watch('[person:ben, person:eva]')], also=('RES-13', 'COM-18')),
    edit('ESC-07', 'escalation:standard', LAST, LAST.replace('5m', '{working_hours: 5m, otherwise: 36m}'), LAST.replace('5m', '{working_hours: 5m, otherwise: 35m}'), base=STARTER),
    edit('ESC-07', 'escalation:standard', '    assemble_within:    45m\n', '    assemble_within:    {working_hours: 14m, otherwise: 45m}\n', '    assemble_within:    {working_hours: 15m, otherwise: 45m}\n', base=STARTER),
    # two who take turns are there at every hour, and one who is called by name counts as well
    edit('ESC-08', 'role:legal_lead', EVA, EVA.replace('24x7', 'mon-sun 00:00-11:45'), EVA.replace('24x7', 'mon-sun 00:00-12:00'), base=STARTER,
         first=[('    name:     Finn Daly\n    hours:    24x7\n', '    name:     Finn Daly\n    hours:    mon-sun 12:00-24:00\n')]),
    edit('ESC-08', 'person:eva', 'role:commander/2, via', 'person:eva, via', 'person:finn, via', base=STARTER, first=[(EVA, EVA.replace('24x7', 'working_hours'))]),
    edit('ESC-08', 'team:day', 'team:all,         via', 'team:day, via', 'team:week, via', base=STARTER, first=[(EVA, EVA.replace('24x7', 'working_hours')), ('\nteam:\n', '\nteams: {day: {members: [person:eva]}, week: {members: [person:eva, person:finn]}}\n\nteam:\n')]),
    # a rotation of office hours is no hole where nothing is covered at night
    edit('ESC-09', 'rotation:desk', '    cover:              24x7\n', '    cover:              24x7 # always\n', '    cover:              working_hours\n', times=2, base=STARTER, shown_by_base=True,
         first=[('\nteam:\n', '\nrotations: {desk: {members: [ana, ben], turn: 7d, from: 2026-01-05 09:00, restrict: mon-fri 09:00-17:00}}\n\nteam:\n')]),
    edit('ESC-10', 'section:severities', BOARD % '', BOARD % ', kind: partners', BOARD % ', kind: board', base=STARTER, shown_by_base=True, also=('COM-12',),
         first=[('  board:     {owner: director, via: [phone], first_within: 4h, every: 24h, template: board_note}\n', BOARD % ''), ('    inform:             [role:director, role:legal_lead, audience:board]\n', '    inform:             [role:legal_lead]\n'),
                ('    inform:             [role:director]\n', '    inform:             [role:legal_lead]\n')]),
]

WORSE = FIRST + 'inject "second" { at = "60m", from = "a log", to = "security_lead", via = "pager", says = "y", facts = { "personal_data_read" } }\n'
ALL = ("ana", "ben", "chiara", "dilip", "eva", "finn")
PLAY = ["--play", "commander", "--clock", "steps"]

LADDER = "      - {to: role:commander,   via: [pager, phone], within: 5m}\n"
THIRD = "      - {to: team:all,         via: [pager, phone], within: 5m}\n"
OUTAGE = 'inject "outage" { at = "5m", from = "the desks", to = "it_operator", via = "pager", says = "x", down = { "loan_system" } }\n'
NOTICE = 'inject "notice" { at = "2m", from = "%s", to = "hr_lead", via = "pager", says = "we were breached" }\n'

RUNS = [
    run('ESC-01', 'section:severities', dict(args=["--play", "commander,director", "--clock", "steps"], lines="\na\ns sev1 it is large\nw\n\na\na\ns sev2 it is small\n:end\n", script=FIRST),
        dict(args=["--play", "commander", "--clock", "steps"], lines="a\ns sev2 it is small\n:end\n", script=FIRST)),
    run('ESC-02', 'severity:sev3', dict(plan=[("\nescalations:\n", "  sev3:\n    rank: 3\n    when: {any: [loans_stopped for 3h]}\n\nescalations:\n"), ("    when:               {any: [account_taken_over, loans_stopped]}\n", "    when:               {any: [account_cut_off]}\n"),
                                              ("    when: {any: [loans_stopped for 3h]}\n", "    when: {any: [account_taken_over]}\n")]),
        dict(plan=[("\nescalations:\n", "  sev3:\n    rank: 3\n    update_every: 1d\n    inform: [role:director]\n    when: {any: [account_taken_over]}\n\nescalations:\n"),
                   ("    when:               {any: [account_taken_over, loans_stopped]}\n", "    when:               {any: [account_cut_off]}\n")])),
    run('ESC-03', 'escalation:standard/1', dict(plan=[(LADDER, LADDER.replace(", within: 5m", ""))], assume=silent("ana")), dict(assume=silent("ana"))),
    run('ESC-04', 'escalation:standard', dict(assume=silent(*ALL)), dict(assume=silent("ana"))),
    run('ESC-05', 'escalation:standard', dict(plan=[(THIRD, THIRD.replace("within: 5m", "within: 5m, otherwise: escalation:other")),
                                                   ("    again: 1\n\nplaybooks", "    again: 1\n  other:\n    steps:\n      - {to: role:director, via: [phone], within: 5m, otherwise: escalation:standard}\n\nplaybooks")], assume=silent(*ALL)),
        dict(plan=[(THIRD, THIRD.replace("within: 5m", "within: 5m, otherwise: escalation:other")),
                   ("    again: 1\n\nplaybooks", "    again: 1\n  other:\n    steps:\n      - {to: role:director, via: [phone], within: 5m}\n\nplaybooks")], assume=silent(*ALL))),
    run('ESC-06', 'escalation:standard/2', dict(plan=[("role:commander/2, via", "person:ana, via")], assume=silent("ana")), dict(assume=silent("ana"))),
    run('ESC-07', 'escalation:standard', dict(plan=[("    assemble_within:    1h\n", "    assemble_within:    8m\n")], assume=silent("ana", "ben")),
        dict(plan=[("    assemble_within:    1h\n", "    assemble_within:    18m\n")], assume=silent("ana", "ben"))),
    run('ESC-09', 'rotation:duty', dict(plan=[("    holders:   [ana, ben, chiara]\n", "    rotation:  duty\n"),
                                             ("\nteam:\n", "\nrotations:\n  duty: {members: [ana, ben], turn: 7d, from: 2026-07-06 09:00, restrict: sat-sun 09:00-17:00}\n\nteam:\n")]),
        dict(plan=[("    holders:   [ana, ben, chiara]\n", "    rotation:  duty\n"), ("\nteam:\n", "\nrotations:\n  duty: {members: [ana, ben], turn: 7d, from: 2026-07-06 09:00}\n\nteam:\n")])),
    run('ESC-10', 'section:severities', dict(script=WORSE.replace("60m", "5m"), args=["--away", "ben", "--away", "eva"]), dict(script=WORSE.replace("60m", "5m"))),
    run('ESC-11', 'section:related_plans', dict(plan=[("\nrelated_plans:\n", "\nx-related_plans:\n"), ("rto: 24h", "rto: 1h")], script=FIRST + OUTAGE),
        dict(plan=[("\nrelated_plans:\n", "\nx-related_plans:\n"), ("rto: 24h", "rto: 5h")], script=FIRST + OUTAGE)),
    run('ESC-12', 'section:severities', dict(script=WORSE, assume=ASSUME + "people: {ana: {answer: {never: 100}}}\n"), dict(script=WORSE)),
    run('ESC-12', 'section:severities', *(dict(plan=[("reassess_every: 1h", f"reassess_every: {every}")], script=WORSE, assume=ASSUME + "people: {ana: {answer: {never: 100}}}\n") for every in ("2h", "12h"))),
    run('ESC-13', 'section:roles', dict(assume=silent("ana", "ben", "chiara")), dict(assume=silent("ana"))),
    run('ESC-14', 'external:northlight', dict(plan=[("    kind:         retainer\n", "    kind:         supplier\n")]), dict(plan=[("    kind:         retainer\n", "    kind:         retainer # as before\n")])),
    run('ESC-15', 'severity:sev2', dict(plan=[(LADDER, LADDER.replace("role:commander,  ", "team:all,"))]), dict()),
    run('ESC-15', 'severity:sev2', *(dict(plan=[(LADDER, LADDER.replace("role:commander,  ", "team:all,")), ("  distribution: [team:all]\n", "  distribution: [team:all]\n  limits:       {pages: %d}\n" % most)]) for most in (5, 6))),
    run('ESC-16', 'section:phases', dict(plan=[(f"done_when: {x}", f"x-done: {x}") for x in ("the alarm", "we can say", "nothing new", "no foothold", "the desks lend books", "every lesson has an owner and a date}\n\nchannels")]),
        dict(plan=[(f"done_when: {x}", f"x-done: {x}") for x in ("the alarm", "we can say", "nothing new", "no foothold", "the desks lend books")])),
    run('ESC-17', 'external:quay_legal', *(dict(script=NOTICE % "Quay Legal", lasts=lasts) for lasts in ("62m", "61m"))),
    run('ESC-17', 'external:quay_legal', dict(script=NOTICE % "Quay Legal"), dict(script=NOTICE % "a friend of Quay Legal")),
]
