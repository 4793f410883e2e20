"""Gaps of resources: one edit that must show each, one near miss that must not."""
from edits import ASSUME, FIRST, edit, run, silent  # noqa: F401

STARTER = 'starter/plan.yaml'
NORTHLIGHT = '    contract:     {id: NL-1, from: %s, until: 2027-07-10, respond_within: 4h}\n'
BEN = '    name:     Ben Okoro\n    hours:    %s\n'

PAPER = [
    edit('RES-01', 'external:northbeam',
         '      until:         2027-06-30',
         '      until:         2026-09-06',
         '      until:         2026-09-09'),
    edit('RES-02', 'external:northbeam', '      regions:       [EU, US, SG]', '      regions:       [EU, US]', '      regions:       [worldwide]'),
    edit('RES-02', 'external:northbeam', '      respond_within: 2h\n', '      respond_within: 3h\n', '      respond_within: 1h\n'),
    edit('RES-02', 'external:northbeam', '    engage_within:  2h\n', '    engage_within:  2h\n    skills:         [forensics]\n', '    engage_within:  2h\n    skills:         [malware]\n',
         first=[('    organisation: Northbeam DFIR\n', '    organisation: Northbeam DFIR\n    skills:       [malware]\n')]),
    edit('RES-03', 'external:hale_quinn', 'until: 2027-12-31}', 'until: 2026-07-09}', 'until: 2026-07-10}'),
    edit('RES-03', 'section:externals', '    kind:         pr\n', '    kind:         partner\n', '    kind:         pr # and partner\n', also=('REG-17',)),
    edit('RES-04', 'external:aws', 'incident_clause: yes}', 'incident_clause: no}', 'incident_clause: yes} # of 2024'),
    edit('RES-05', 'external:aws', '      tier:          enterprise\n', '      tier:          enterprise\n      respond_within: 2h\n', '      tier:          enterprise\n      respond_within: 1h\n'),
    edit('RES-06', 'tool:siem', '    siem:              {depends_on: [internet]}', '    siem:              {depends_on: [okta]}', '    siem:              {depends_on: [aws]}', scenario='comms-blackout'),
    edit('RES-06', 'tool:siem', '    siem:              {depends_on: [internet]}', '    siem:              {depends_on: [m365]}', '    config_store:      {depends_on: [m365]}\n    siem:              {depends_on: [internet]}', scenario='comms-blackout'),
    edit('RES-07', 'break_glass:break_glass_prod',
         'tested: 2026-03-30}',
         'tested: 2026-01-09}',
         'tested: 2026-01-11}'),
    edit('RES-07', 'break_glass:break_glass_prod', 'tested: 2026-03-30}', 'tested: 2026-07-12}', 'tested: 2026-07-11}'),
    edit('RES-11', 'asset:core_payments', 'restore_tested: 2026-01-22', 'restore_tested: 2026-07-12', 'restore_tested: 2026-07-11'),
    edit('RES-08', 'log:vpc_flow',
         'vpc_flow:   {enabled: yes, retention: 90d}',
         'vpc_flow:   {enabled: yes, retention: 89d}',
         'vpc_flow:   {enabled: yes, retention: 91d}'),
    edit('RES-10', 'action:customer_statement', '    skills:         [crisis_communications]', '    skills:         [negotiation]', '    skills:         [hr]'),
    edit('RES-08', 'log:sign_in_log', *(f'sign_in_log: {{enabled: yes{kept}}}' for kept in (', retention: 180d', '', ', retention: 13 weeks')), base=STARTER),
    edit('RES-11', 'asset:loan_system', *(f'{on}immutable: yes, restore_tested: 2026-07-10' for on in ('', 'depends_on: [tape], ', 'depends_on: [office_suite], ')), base=STARTER, first=[('\ndependencies:\n', '\ndependencies:\n  tape: {kind: store, depends_on: [asset:loan_system]}\n')]),
    edit('RES-11', 'asset:loan_system', 'criticality: critical, owner', 'criticality: Mission-critical, owner', 'criticality: mission-relevant, owner', base=STARTER, shown_by_base=True, first=[('immutable: yes, restore_tested: 2026-07-10', 'immutable: yes')]),
    edit('RES-11', 'asset:core_payments', '      immutable:      yes\n', '      immutable:      no\n', '      immutable:      yes # object lock\n'),
    edit('RES-11', 'asset:core_payments', 'restore_tested: 2026-01-22', 'restore_tested: 2025-07-09', 'restore_tested: 2025-07-11'),
    edit('RES-11', 'asset:merchant_portal', '    criticality: high\n', '    criticality: critical\n', '    criticality: medium\n'),
    edit('RES-12', 'external:hale_quinn', 'panel:                   [northbeam, hale_quinn, clearvoice]', 'panel:                   [northbeam, clearvoice]',
         'panel:                   [clearvoice, hale_quinn, northbeam]'),
    edit('RES-12', 'external:atlas', '      notice:                  immediately\n', '', '      notice:                  24h\n'),
    edit('RES-13', 'section:roles', 'activate_bcp, {spend: 100000 EUR}]', 'activate_bcp]', 'activate_bcp, {spend: 1 EUR}]', first=[('    authority:     [approve_ransom, {spend: 1000000 EUR}]', '    authority:     [approve_ransom]')]),
    edit('RES-13', 'section:roles', '    name:      Luca Moretti\n    timezone:  Europe/Lisbon\n    hours:     24x7\n', '    name:      Luca Moretti\n    timezone:  Europe/Lisbon\n    hours:     working_hours\n',
         '    name:      Luca Moretti # on call\n    timezone:  Europe/Lisbon\n    hours:     24x7\n', also=('ESC-08',),
         first=[('    authority:     [approve_ransom, {spend: 1000000 EUR}]', '    authority:     [approve_ransom]'), ('activate_bcp, {spend: 100000 EUR}]', 'activate_bcp]'),
                ('    authority:     [stop_payments]', '    authority:     [stop_payments, {spend: 1000 EUR}]')]),
    edit('RES-14', 'section:resources', '  rooms:\n', '  x-rooms:\n', '  rooms: # two\n', first=[('    kind:        bridge\n', '    kind:        chat\n')]),
    edit('RES-14', 'section:resources', '    kind:        bridge\n', '    kind:        chat\n', '    kind:        video conference\n', first=[('  rooms:\n', '  x-rooms:\n')]),
    edit('RES-15', 'section:resources', '    safe_dublin:  {depends_on: [dublin],             holds: [contacts, partners, templates, playbooks]}',
         '    safe_dublin:  {depends_on: [dublin],             holds: [contacts, templates, playbooks]}',
         '    safe_dublin:  {depends_on: [dublin],             holds: [playbooks, templates, partners, contacts]}',
         first=[('    wiki:         {depends_on: [okta, corp_network], holds: [contacts, partners, templates, playbooks]}', '    wiki:         {depends_on: [okta, corp_network], holds: [contacts, partners]}')]),
    edit('RES-12', 'external:northbeam', 'action: engage_forensics, after: [insurer]', 'action: engage_forensics, after: [declare]', 'action: engage_forensics, after: [declare, insurer]'),
    edit('RES-01', 'external:northlight', NORTHLIGHT % '2026-07-10', NORTHLIGHT % '2026-07-11', NORTHLIGHT % '2026-07-09', base=STARTER),
    edit('RES-01', 'external:northlight', NORTHLIGHT % '2026-07-10', '', '    contract:     {id: NL-1}\n', base=STARTER),
    edit('RES-11', 'asset:loan_system', 'criticality: critical, owner', 'criticality: Critical, owner', 'criticality: high, owner', base=STARTER, shown_by_base=True, first=[('immutable: yes, restore_tested: 2026-07-10', 'immutable: yes')]),
    edit('RES-13', 'section:roles', BEN % '24x7', BEN % 'mon-fri 09:30-17:30', BEN % 'mon-fri 09:30-18:00', base=STARTER, first=[('    name:     Eva Quinn\n    hours:    24x7\n', '    name:     Eva Quinn\n    hours:    mon-thu 09:00-17:00\n')], also=('ESC-08',)),
    edit('RES-02', 'external:northlight', *(f'    hours:        {hours}\n    verified:     2026-07-10\n    contract:     {{id: NL-1' for hours in ('24x7', 'working_hours', '[mon-fri 00:00-24:00, sat-sun 00:00-24:00]')), base=STARTER),
    edit('RES-01', 'external:northlight', *(f'until: {day}, respond_within: 4h' for day in ('2027-07-10', '2026-09-06', '2026-09-07')), base=STARTER, at='2026-07-10 00:00'),
]

DOWN = 'inject "down" { at = "0m", from = "a log", to = "hr_lead", via = "phone", says = "x", down = { %s } }\n'
NORTH = "    contract:     {id: NL-1, from: 2026-07-10, until: 2027-07-10, respond_within: 4h}\n"
ENGAGE = "by: external:northlight, engage_within: 4h}\n"
INSURER = """  shield:
    organisation: Shield Insurance
    kind:         insurer
    reach:        [{via: phone, address: "+353 1 555 0220"}]
    policy:       {notice: immediately, consent_before_engaging: %s}
"""
TOLD = "  insurer: {starts: declaration, within: 24h, action: lessons, route: external:shield}\n"
GLASS = "    emergency_admin: {holders: [ana, ben], tested: 2026-07-10}\n"
PLAY = ["--play", "commander", "--clock", "steps"]
STORED = ("    - {at: the wiki, depends_on: [office_suite]}\n    - {at: a binder at the front desk, verified: 2026-07-10}\n", "    - {at: the wiki, depends_on: [office_suite]}\n")
BINDER = "    binder:       {holds: [contacts, partners, templates, playbooks]}\n"
COUNSEL = [(ENGAGE, ENGAGE.replace("northlight", "quay_legal"))]
SUPPLIER = [("    kind:         retainer\n", "    kind:         supplier\n")]
ROOMS = ("    reading_room: {}\n", "    reading_room: {depends_on: [sign_in]}\n")
ISOLATE = "     authority: isolate, access: [admin_console]}\n"
BUSY = ASSUME.replace("  work: {fast: 2m, usual: 2m, slow: 2m", "  work: {fast: 30m, usual: 30m, slow: 30m")
CONSOLE = [("    backup_console: {}\n", "    backup_console: {depends_on: [office_suite]}\n")]

RUNS = [
    run('RES-01', 'external:northlight', [(NORTH, NORTH.replace("2027-07-10", "2026-07-09").replace("2026-07-10", "2025-07-10"))], []),
    run('RES-02', 'external:northlight', dict(plan=[(NORTH, NORTH.replace("4h", "5h"))], lasts="12h"), dict(plan=[(NORTH, NORTH.replace("4h", "3h"))], lasts="12h")),
    run('RES-02', 'external:northlight', dict(plan=[(NORTH, NORTH.replace("4h", "1h, hours: 2"))], lasts="12h"), dict(plan=[(NORTH, NORTH.replace("4h", "1h, hours: 20"))], lasts="12h")),
    run('RES-03', 'external:quay_legal', COUNSEL + [("    contract:     {id: QL-7, from: 2026-07-10, until: 2027-07-10}\n", "")], COUNSEL),
    run('RES-03', 'external:quay_legal', COUNSEL + [("    contract:     {id: QL-7, from: 2026-07-10, until: 2027-07-10}\n", "    contract:     {id: QL-7, until: 2026-07-09}\n")], COUNSEL),
    run('RES-05', 'external:northlight', dict(plan=SUPPLIER + [(NORTH, NORTH.replace("4h", "5h"))], lasts="12h"), dict(plan=SUPPLIER, lasts="12h")),
    run('RES-05', 'external:northlight', dict(plan=SUPPLIER + [(NORTH, NORTH.replace("4h", "1h") + "    support:      {respond_within: 2h}\n")], lasts="12h"),
        dict(plan=SUPPLIER + [(NORTH, NORTH.replace("4h", "1h") + "    support:      {respond_within: 1h}\n")], lasts="12h")),
    run('RES-06', 'tool:admin_console', dict(plan=[("    admin_console:  {}\n", "    admin_console:  {depends_on: [office_suite]}\n")], script=FIRST + DOWN % '"sign_in"'),
        dict(plan=[("    admin_console:  {}\n", "    admin_console:  {depends_on: [telephone]}\n")], script=FIRST + DOWN % '"sign_in"')),
    run('RES-07', 'section:resources', dict(plan=[(GLASS, ""), ("  break_glass:\n", "  break_glass: {}\n"), ("    admin_console:  {}\n", "    admin_console:  {depends_on: [sign_in]}\n")] + [("emergency_admin]\n    skills:   [command]\n    trained:  2026-07-10\n    verified: 2026-07-10\n  ben", "admin_console]\n    skills:   [command]\n    trained:  2026-07-10\n    verified: 2026-07-10\n  ben"), ("access:   [admin_console, emergency_admin]", "access:   [admin_console]")], script=FIRST + DOWN % '"sign_in"'),
        dict(plan=[("    admin_console:  {}\n", "    admin_console:  {depends_on: [sign_in]}\n")], script=FIRST + DOWN % '"sign_in"')),
    run('RES-07', 'break_glass:emergency_admin', dict(plan=[(ISOLATE, ISOLATE.replace("admin_console", "emergency_admin")), ("{holders: [ana, ben], tested", "{holders: [ana, ben, dilip], depends_on: [sign_in], tested")], script=FIRST + DOWN % '"sign_in"'),
        dict(plan=[(ISOLATE, ISOLATE.replace("admin_console", "emergency_admin")), ("{holders: [ana, ben], tested", "{holders: [ana, ben, dilip], tested")], script=FIRST + DOWN % '"sign_in"')),
    run('RES-08', 'log:sign_in_log', [("sign_in_log: {enabled: yes", "sign_in_log: {enabled: no")], [("sign_in_log: {enabled: yes, retention: 180d}", "sign_in_log: {enabled: yes, retention: 90d}")]),
    run('RES-09', 'role:it_operator', [("    holders:   [dilip, ana]\n", "    pool:      [dilip, ana]\n    at_least:  3\n")], [("    holders:   [dilip, ana]\n", "    pool:      [dilip, ana]\n    at_least:  2\n")]),
    run('RES-09', 'section:team', dict(args=[x for p in ("ben", "chiara", "finn") for x in ("--away", p)], assume=BUSY), dict(args=["--away", "ben"], assume=BUSY)),
    run('RES-10', 'action:isolate', [(ISOLATE, ISOLATE.replace("isolate,", "isolate, skills: [command, cloud],"))],
        [(ISOLATE, ISOLATE.replace("isolate,", "isolate, skills: [cloud],")), ("    name:     Dilip Rao\n", "    name:     Dilip Rao\n    skills:   [cloud]\n")]),
    run('RES-11', 'asset:loan_system', dict(plan=[("rto: 24h", "rto: 3h")], script=FIRST + DOWN % '"loan_system"'), dict(plan=[("rto: 24h", "rto: 5h")], script=FIRST + DOWN % '"loan_system"')),
    run('RES-11', 'action:restore', dict(plan=CONSOLE, lasts="12h", script=FIRST + DOWN % '"sign_in"'), dict(plan=CONSOLE, lasts="12h", script=FIRST + DOWN % '"telephone"')),
    run('RES-12', 'external:northlight', [("\naudiences:\n", "\n" + INSURER % "yes" + "\naudiences:\n"), ("\nassets:\n", "\n" + TOLD + "\nassets:\n")],
        [("\naudiences:\n", "\n" + INSURER % "yes" + "\naudiences:\n"), ("\nassets:\n", "\n" + TOLD.replace("lessons", "triage") + "\nassets:\n")]),
    run('RES-13', 'section:roles', [("    authority: [publish, {spend: 20000 EUR}]\n", "    authority: [publish]\n")], [("    authority: [publish, {spend: 20000 EUR}]\n", "    authority: [publish, {spend: 1 EUR}]\n")]),
    run('RES-13', 'role:director', dict(args=["--away", "ben", "--away", "eva"]), dict(args=["--away", "ben"])),
    run('RES-14', 'section:resources', dict(plan=[ROOMS], script=DOWN % '"sign_in"' + FIRST), dict(script=DOWN % '"sign_in"' + FIRST)),
    run('RES-15', 'section:resources', dict(plan=[STORED, (BINDER, "    binder:       {depends_on: [sign_in], holds: [contacts, partners, templates, playbooks]}\n")], script=DOWN % '"sign_in"' + FIRST, args=PLAY, lines="a\nl partners\n:end\n"),
        dict(plan=[STORED], script=DOWN % '"sign_in"' + FIRST, args=PLAY, lines="a\nl partners\n:end\n")),
]
