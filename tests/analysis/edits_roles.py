"""Gaps of roles: one edit that must show each, one near miss that must not."""
from edits import edit, run as drill


QUICK = "muster_assumptions: 1\ndefaults:\n" + "".join(
    f"  {habit}: {{fast: 2m, usual: 2m, slow: 2m, never: 0, origin: asked}}\n" for habit in ("acknowledge", "answer", "start", "work", "consult", "decide", "write"))


def run(gap, subject, must, near, **more):
    """Played with the starter's own morning; nobody is silent and everybody is quick, unless the row says otherwise."""
    must, near = ({"assume": QUICK, **(c if isinstance(c, dict) else {"plan": c})} for c in (must, near))
    return drill(gap, subject, must, near, scenario="starter/scenario.lua", **more)


def silent(who, habit="acknowledge"):
    return QUICK + "people:\n" + "".join(f"  {p}: {{{habit}: {{never: 100}}}}\n" for p in who.split())


def away(*who):
    return [x for p in who for x in ("--away", p)]


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
              '    A:              exec_sponsor\n'), also=('ROL-22',)),
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
    edit('ROL-07', 'role:hr_lead',
         '    holders:       [ngozi, ruth]\n    depth:         2\n',
         '    holders:       [ngozi, rut]\n    depth:         2\n',
         '    holders:       [ruth, ngozi]\n    depth:         2\n', also=('HYG-05',)),
    edit('ROL-07', 'role:incident_commander',  # an override covers the turn of those who are away
         '    members:  [aoife, marco, jun]\n',
         '    members:  [omar]\n',
         '    members:  [noor]\n',
         also=('ROL-08', 'ROL-09', 'ROL-10', 'ROL-11', 'ROL-12', 'ROL-21', 'ESC-09', 'ESC-06', 'ESC-13'),
         first=[('    access:    [status_console]\n    skills:    [crisis_communications]\n', '    away:      [{from: 2026-07-01, to: 2026-07-20}]\n    access:    [status_console]\n    skills:    [crisis_communications]\n'),
                ('    second:   1                            # the next in turn rides as second\n', '')]),
    edit('ROL-10', 'person:hana',
         '    holders:       [ines, luca]\n',
         '    holders:       [ines, hana]\n',
         '    holders:       [ines, mei]\n', also=('ROL-21', 'ROL-13')),
    edit('ROL-21', 'action:stop_payments',  # the second of R, not only the first
         '    languages: [en, it, pt]\n    reach:     [{via: pager, address: luca}, {via: phone, address: "+351 21 555 0116"}]\n    access:    [payments_console]\n',
         '    languages: [en, it, pt]\n    reach:     [{via: pager, address: luca}, {via: phone, address: "+351 21 555 0116"}]\n',
         '    languages: [en, it, pt]\n    reach:     [{via: pager, address: luca}, {via: phone, address: "+351 21 555 0116"}]\n    access:    [payments_console, siem]\n'),
    edit('ROL-11', 'person:lena',
         '    tasks_each:           10\n',
         '    tasks_each:           6\n',
         '    tasks_each:           7\n'),
    edit('ROL-11', 'person:aoife',
         '    decisions_each:       8\n',
         '    decisions_each:       6\n',
         '    decisions_each:       7\n'),
    edit('ROL-12', 'role:exec_sponsor',
         '    holders:       [ruth, hugo]\n',
         '    holders:       [tom, hugo]\n',
         '    holders:       [hugo, tom]\n', also=('ROL-11', 'ROL-10')),
    edit('ROL-12', 'role:incident_commander',  # not_with alone
         '    holders:       [dev, ngozi]\n',
         '    holders:       [aoife, ngozi]\n',
         '    holders:       [ngozi, dev]\n', also=('ROL-11',)),
    edit('ROL-14', 'action:ransom_decision',
         '    authority:      approve_ransom\n    consult_within: 2h\n',
         '    authority:      approve_ransom\n',
         '    authority:      approve_ransom\n    consult_within: 4h\n'),
    edit('ROL-14', 'action:lessons',
         '    C:              [app_owner_payments, legal_counsel, comms_coordinator]\n',
         '    C:              [app_owner_payments, legal_counsel, comms_coordinator, hr_lead]\n',
         '    C:              [app_owner_payments, legal_counsel, hr_lead]\n'),
    edit('ROL-15', 'action:notify_people',  # no lawyer hears of a notice about personal data
         '    A:              dpo\n    C:              [legal_counsel]\n    I:              [exec_sponsor, hr_lead]\n',
         '    A:              ciso\n    C:              [cfo]\n    I:              [exec_sponsor, hr_lead]\n',
         '    A:              ciso\n    C:              [cfo]\n    I:              [exec_sponsor, hr_lead, dpo]\n', also=('ROL-11',)),
    edit('ROL-15', 'action:declare',
         '    I:              [exec_sponsor, legal_counsel, comms_coordinator]\n    authority:      declare\n',
         '    I:              [legal_counsel, comms_coordinator]\n    authority:      declare\n',
         '    I:              [person:tom, legal_counsel, comms_coordinator]\n    authority:      declare\n',
         also=('ESC-10',)),
    edit('ROL-15', 'action:declare',  # nor does the worst severity call them
         '    inform:             [role:director, role:legal_lead, audience:board]\n',
         '    inform:             [role:legal_lead, audience:board]\n',
         '    inform:             [person:ben, role:legal_lead]\n', base='starter/plan.yaml', also=('ESC-10', 'ESC-04'),
         first=[('    {phase: analyze, R: [commander], A: commander, I: [director, legal_lead], authority: declare}\n', '    {phase: analyze, R: [commander], A: commander, I: [legal_lead], authority: declare}\n'),
                ('      - {to: team:all,         via: [pager, phone], within: 5m}\n', '')]),
    edit('ROL-15', 'playbook:insider',
         '      - {id: hr, phase: analyze, action: insider_hr, after: [triage], within: 30m,',
         '      - {id: hr, phase: analyze, action: capture_evidence, after: [triage], within: 30m,',
         '      - {id: hr, phase: analyze, action: notify_people, after: [triage], within: 30m,', also=('HYG-08', 'COM-11', 'TIM-04', 'TIM-05')),
    edit('ROL-16', 'function:hr',
         '  functions: [command, security, cloud, it, legal, privacy, communications, hr, executive, application, finance]\n',
         '  functions: [command, security, cloud, it, legal, privacy, communications, executive, application, finance]\n',
         '  functions: [security, it, legal, communications, hr, executive, application]\n'),
    edit('ROL-16', 'function:communications',
         '    function:      communications\n',
         '    function:      public_affairs\n',
         '    function:      communications # as before\n'),
    edit('ROL-17', 'asset:merchant_portal',
         '    criticality: high\n    owner:       app_owner_payments\n',
         '    criticality: high\n',
         '    criticality: high\n    owner:       ciso\n'),
    edit('ROL-17', 'asset:merchant_portal',
         '    criticality: high\n    owner:       app_owner_payments\n    deputy:      it_operations\n',
         '    criticality: high\n    owner:       person:tom\n',
         '    criticality: high\n    owner:       person:tom\n    deputy:      it_operations\n',
         first=[('    trained:   2026-01-12\n    verified:  2026-05-05\n', '    trained:   2026-01-12\n    verified:  2026-05-05\n    away:      [{from: 2026-07-06, to: 2026-07-12}]\n')]),
    edit('ROL-18', 'section:team',
         ('  handover: >-\n'
              '    The leaving commander briefs in five lines (state, actions open, decisions due, clocks, risks); the new one says\n'
              '    "I have command" on the bridge; the scribe writes the minute down.\n'),
         '',
         '  handover: the new one says so on the bridge\n',
         first=[('    depth:         3\n    handover:      acknowledged\n', '    depth:         3\n')]),
    edit('ROL-19', 'person:tom',
         '    trained:   2026-01-12\n',
         '    trained:   2025-07-09\n',
         '    trained:   2025-07-11\n'),
    edit('ROL-19', 'person:tom',
         '    trained:   2026-01-12\n',
         '',
         '    trained:   2026-07-09\n'),
    edit('HYG-05', 'playbook:ransomware',  # whoever is missing there is no action without a row
         'action: isolate_endpoints, after: [declare], within: 30m,',
         'action: isolate_endpoints, by: nobody_here, after: [declare], within: 30m,',
         'action: isolate_endpoints, by: it_operations, after: [declare], within: 30m,'),
    edit('ROL-09', 'role:cloud_security_engineer',  # those who take turns are the depth of the role
         '    rotation:      security\n    depth:         2\n',
         '    rotation:      security\n    depth:         3\n',
         '    rotation:      security\n    depth:         1\n'),
    edit('ROL-20', 'playbook:ransomware/endpoints',
         '      - {id: endpoints, phase: contain, action: isolate_endpoints, after: [declare], within: 30m,',
         '      - {id: endpoints, phase: contain, action: isolate_endpoints, by: cloud_administrator, after: [declare], within: 30m,',
         '      - {id: endpoints, phase: contain, action: isolate_endpoints, by: [it_operations], after: [declare], within: 30m,'),
    edit('ROL-22', 'role:board_secretary',
         '    R:              [board_secretary]\n    A:              exec_sponsor\n    I:              [cfo]\n',
         '    R:              [exec_sponsor]\n    A:              exec_sponsor\n    I:              [cfo, board_secretary]\n',
         '    R:              [exec_sponsor, board_secretary]\n    A:              exec_sponsor\n    I:              [cfo]\n'),
]

TRIAGE = '    {phase: detect, R: [security_lead], A: commander, I: [director], access: [admin_console], logs: [sign_in_log]}\n'
EXPORT = '  facts  = { "personal_data_read" },\n'
AGAIN = ('ROL-06', 'ROL-10', 'ROL-07', 'ROL-08', 'ROL-13', 'ESC-04', 'TIM-01', 'TIM-02', 'TIM-03', 'TIM-04', 'COM-12', 'COM-13', 'COM-14', 'COM-15', 'REG-03', 'REG-04', 'HYG-09')

RUNS = [
    run('ROL-01', 'action:triage',
        [(TRIAGE, TRIAGE.replace(' A: commander,', ''))],
        [(TRIAGE, TRIAGE.replace(' A: commander,', ' A: director,'))]),
    run('ROL-02', 'action:triage',
        [(TRIAGE, TRIAGE.replace(' A: commander,', ' A: [commander, director],'))],
        [(TRIAGE, TRIAGE.replace(' A: commander,', ' A: [commander],'))]),
    run('ROL-03', 'action:triage',
        [(TRIAGE, TRIAGE.replace(' R: [security_lead],', ''))],
        [(TRIAGE, TRIAGE.replace(' R: [security_lead],', ' R: security_lead,'))], also=AGAIN),
    run('ROL-04', 'action:declare',
        [('    authority: [declare]\n', '    authority: [isolate]\n')],
        [('    authority: [declare]\n', '    authority: [isolate, declare]\n')], also=('ESC-13',)),
    run('ROL-05', 'playbook:account_takeover/triage',
        [('      - {id: triage, action: triage, within: 30m,', '      - {id: triage, phase: detect, within: 30m,')],
        [('      - {id: triage, action: triage, within: 30m,', '      - {id: triage, action: triage, phase: detect, within: 30m,')], also=AGAIN),
    run('ROL-06', 'role:security_lead',
        [('    holders:   [chiara, dilip]\n', '    holders:   []\n')],
        [('    holders:   [chiara, dilip]\n', '    holders:   [dilip, chiara]\n')], also=(*AGAIN, 'ESC-01', 'ROL-17')),
    run('ROL-07', 'role:security_lead',
        {'args': away('chiara', 'dilip')},
        {'args': away('chiara')}, also=AGAIN),
    run('ROL-08', 'role:security_lead',
        {'plan': [('    holders:   [chiara, dilip]\n', '    holders:   [chiara]\n')], 'args': away('chiara')},
        {'plan': [('    holders:   [chiara, dilip]\n', '    holders:   [chiara]\n')], 'args': away('dilip')}, also=AGAIN),
    run('ROL-09', 'role:comms_lead',
        {'plan': [('    holders:   [finn, ana]\n', '    holders:   [finn, ana]\n    depth:     3\n')], 'args': away('finn', 'ana')},
        {'plan': [('    holders:   [finn, ana]\n', '    holders:   [finn, ana]\n    depth:     3\n')], 'args': away('finn')}, also=AGAIN),
    run('ROL-10', 'role:security_lead',
        {'plan': [('    holders:   [dilip, ana]\n', '    holders:   [dilip, chiara]\n')], 'args': away('chiara')},
        {'plan': [('    holders:   [dilip, ana]\n', '    holders:   [dilip, chiara]\n')], 'args': away('eva')}, also=AGAIN),
    run('ROL-10', 'person:ben',
        {'plan': [('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [eva, ben]\n    authority: [approve_notice]\n')], 'args': away('ana', 'eva')},
        {'plan': [('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [eva, ben]\n    authority: [approve_notice]\n')], 'args': away('eva')}, also=AGAIN),
    run('ROL-11', 'person:finn',
        [('  risks:        [account_takeover]\n', '  risks:        [account_takeover]\n  limits:       {at_once: 1}\n'),
         ('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [finn, eva]\n    authority: [approve_notice]\n')],
        [('  risks:        [account_takeover]\n', '  risks:        [account_takeover]\n  limits:       {at_once: 2}\n'),
         ('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [finn, eva]\n    authority: [approve_notice]\n')], also=AGAIN),
    run('ROL-12', 'role:commander',
        {'plan': [('\nraci:\n', '\nseparation_of_duties:\n  - [role:commander, role:director]\n\nraci:\n')], 'args': away('ana')},
        {'plan': [('\nraci:\n', '\nseparation_of_duties:\n  - [role:commander, role:director]\n\nraci:\n')]}, also=AGAIN),
    run('ROL-13', 'person:eva',
        [('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [eva]\n    authority: [approve_notice]\n')],
        [('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [eva, ana]\n    authority: [approve_notice]\n')], also=('ROL-08',)),
    run('ROL-13', 'person:ana',  # at this severity nobody else leads
        [('    holders:   [ana, ben, chiara]\n', '    by_severity: {sev1: person:ana, sev2: role:security_lead}\n')],
        [('    holders:   [ana, ben, chiara]\n', '    by_severity: {sev1: role:security_lead, sev2: person:ana}\n')], also=(*AGAIN, 'ESC-13', 'ESC-06', 'ROL-21', 'ROL-09')),
    run('ROL-13', 'person:chiara',  # the other who may do it cannot get in
        [('    access:   [admin_console, backup_console]\n    trained:  2026-07-10\n    verified: 2026-07-10\n  eva:', '    access:   [backup_console]\n    trained:  2026-07-10\n    verified: 2026-07-10\n  eva:')],
        [('    access:   [admin_console, backup_console]\n    trained:  2026-07-10\n    verified: 2026-07-10\n  eva:', '    access:   [admin_console]\n    trained:  2026-07-10\n    verified: 2026-07-10\n  eva:')], also=('ROL-21',)),
    run('ROL-14', 'action:tell_readers',
        {'plan': [('C: [legal_lead], consult_within: 20m,', 'C: [legal_lead],')], 'assume': silent('eva finn', 'consult')},
        {'assume': silent('eva finn', 'consult')}, also=AGAIN),
    run('ROL-15', 'action:declare',
        {'args': away('ben', 'eva')},
        {'args': away('ben')}, also=AGAIN),
    run('ROL-15', 'action:tell_readers',
        {'args': away('eva', 'finn')},
        {'args': away('eva')}, also=AGAIN),
    run('ROL-17', 'asset:loan_system',
        {'scenario': [(EXPORT, EXPORT + '  down   = { "asset:loan_system" },\n')], 'args': away('ana', 'chiara', 'dilip')},
        {'scenario': [(EXPORT, EXPORT + '  down   = { "asset:loan_system" },\n')], 'args': away('ana', 'chiara')}, also=AGAIN),
    run('ROL-18', 'section:team',
        {'plan': [('  handover:     The leaving commander briefs, the new one says "I have command" on the bridge.\n', '')],
         'scenario': [(EXPORT, EXPORT + '  away   = { "ana" },\n')]},
        {'scenario': [(EXPORT, EXPORT + '  away   = { "ana" },\n')]}, also=AGAIN),
    run('ROL-20', 'playbook:account_takeover/triage',
        [('      - {id: triage, action: triage, within: 30m,', '      - {id: triage, action: triage, by: it_operator, within: 30m,')],
        [('      - {id: triage, action: triage, within: 30m,', '      - {id: triage, action: triage, by: security_lead, within: 30m,')]),
    run('ROL-21', 'action:triage',
        [('access: [admin_console], logs: [sign_in_log]', 'access: [emergency_admin], logs: [sign_in_log]')],
        [('access: [admin_console], logs: [sign_in_log]', 'access: [backup_console], logs: [sign_in_log]')], also=AGAIN),
    run('ROL-22', 'role:archivist',
        [('  desk_owner:\n    title:     Owner', '  archivist:\n    function:  application\n    holders:   [ana, ben]\n  desk_owner:\n    title:     Owner')],
        [('  desk_owner:\n    title:     Owner', '  archivist:\n    function:  application\n    holders:   [ana, ben]\n  desk_owner:\n    title:     Owner'),
         ('R: [commander, desk_owner], A: director', 'R: [commander, archivist], A: director')]),
]
