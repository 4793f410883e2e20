"""Gaps of timing: one edit that must show each, one near miss that must not."""
from edits import ASSUME, FIRST, edit, run, silent  # noqa: F401

ISOLATE = '    C:              [app_owner_payments]\n    I:              [exec_sponsor]\n    authority:      isolate_production\n    consult_within: 10m\n'
MAS = '    R:              [ciso]\n    A:              exec_sponsor\n    I:              [legal_counsel, incident_commander]\n'
RESTORE = '    C:              [cloud_security_engineer]\n    I:              [incident_commander, comms_coordinator]\n    consult_within: 30m\n'
DECLARE = '    C:              [cloud_security_engineer]\n    I:              [exec_sponsor, legal_counsel, comms_coordinator]\n    authority:      declare\n    consult_within: 5m\n'
ROTATE = '    C:              [app_owner_payments]\n    I:              [incident_commander]\n    consult_within: 10m\n'
RECOVER = "action: restore, after: [eradicate], within: 4h,\n         done_when: payments clear again"

LATE = ('      respond_within: 2h\n', '      respond_within: 4h\n')

STARTER = 'starter/plan.yaml'

PAPER = [
    edit('TIM-08', 'severity:sev1', *(f'    declare_within:     {time}\n' for time in ('1h', '{otherwise: 1h}', '{working_hours: 1h, otherwise: 2h}')), base='starter/plan.yaml'),
    edit('TIM-07', 'severity:sev1', ISOLATE, ISOLATE.replace('owner_payments]', 'owner_payments, external:northbeam]').replace('    consult_within: 10m\n', ''),
         ISOLATE.replace('owner_payments]', 'owner_payments, external:northbeam]'), also=('ROL-14',), first=[LATE]),
    edit('TIM-07', 'step:ransomware/forensics', '      respond_within: 2h\n', '      respond_within: 5h\n', '      respond_within: 1h\n', also=('RES-02',)),
    edit('TIM-07', 'step:ransomware/forensics', '    engage_within:  2h\n', '    engage_within:  3h\n', '    engage_within:  120m\n'),
    edit('TIM-07', 'step:ransomware/forensics', '{id: forensics, phase: contain, action', '{id: forensics, phase: analyze, action', '{phase: contain, id: forensics, action', first=[LATE]),
    edit('TIM-07', 'step:cloud_credential/rotate', 'action: rotate_credentials, after: [declare], within: 45m', 'action: rotate_credentials, after: [declare], within: 25h',
         'action: rotate_credentials, after: [declare], within: 24h'),
    edit('TIM-07', 'asset:core_payments', RESTORE, RESTORE.replace('engineer]', 'engineer, external:northbeam]').replace('    consult_within: 30m\n', ''),
         RESTORE.replace('engineer]', 'engineer, external:northbeam]').replace('30m', '2h'), first=[LATE, ('    rto:         12h\n', '    rto:         3h\n')], also=('ROL-14',)),
    edit('TIM-07', 'obligation:sg_mas', MAS, MAS.replace('    I:', '    C:              [external:northbeam]\n    I:'), MAS.replace('    I:', '    C:              [external:northbeam]\n    consult_within: 30m\n    I:'), also=('ROL-14',)),
    edit('TIM-07', 'obligation:gdpr_33', '    rule:          EU-GDPR-33\n', '    rule:          EU-GDPR-33\n    decided_by:    action:assess_breach\n    decide_within: 73h\n',
         '    rule:          EU-GDPR-33\n    decided_by:    action:assess_breach\n    decide_within: 71h\n'),
    edit('TIM-07', 'severity:sev1', DECLARE, DECLARE.replace('engineer]', 'engineer, external:northbeam]').replace('    consult_within: 5m\n', ''), DECLARE.replace('engineer]', 'engineer, external:northbeam]'), also=('ROL-14',)),
    edit('TIM-07', 'severity:sev1', '    sev1: [incident_commander,', '    sev1: [analyst, incident_commander,', '    sev3: [analyst, incident_commander,', also=('ROL-06', 'ROL-08', 'ROL-22', 'ESC-08', 'HYG-05'),
         first=[('\nrotations:\n', '\n  analyst: {function: security, external: northbeam}\n\nrotations:\n')]),
    edit('TIM-07', 'playbook:cloud_credential', ROTATE, ROTATE.replace('payments]', 'payments, external:hale_quinn]').replace('    consult_within: 10m\n', ''), ROTATE.replace('payments]', 'payments, external:hale_quinn]'), also=('ROL-14',),
         first=[('{id: HQ-11, from: 2024-01-01,', '{id: HQ-11, respond_within: 25h, from: 2024-01-01,')]),
    edit('TIM-07', 'step:ransomware/restore', RECOVER, RECOVER.replace('4h', '25h'), RECOVER.replace('4h', '24h')),
    edit('TIM-07', 'step:insider/tell_dpc', 'action: notify_dpc, after: [isolate], within: 48h', 'action: notify_dpc, after: [isolate], within: 73h', 'action: notify_dpc, after: [isolate], within: 72h'),
    edit('TIM-07', 'step:cloud_credential/declare', 'action: declare, after: [triage], within: 15m,\n', 'action: declare, after: [triage], within: 5h,\n', 'action: declare, after: [triage], within: 4h,\n'),
    edit('TIM-07', 'step:insider/triage', '    done_when: every alarm has a severity or a reason why not\n', '    done_when: every alarm has a severity or a reason why not\n    within:    20m\n',
         '    done_when: every alarm has a severity or a reason why not\n    within:    30m\n'),
    edit('TIM-08', 'severity:sev3',
         '    contain_within:     24h\n',
         '',
         '    contain_within:     48h\n'),
    # what brings back no asset of the plan may take as long as it likes, where another playbook brings the asset back in time
    edit('TIM-07', 'step:account_takeover/restore', 'action: restore, after: [eradicate], within: 8h', 'action: restore, after: [eradicate], within: 25h', 'action: restore, after: [eradicate], within: 24h', base=STARTER),
    edit('TIM-07', 'step:account_takeover/restore', 'authority: restore, access: [backup_console]}', 'authority: restore, access: [loans_nightly]}', 'authority: restore, access: [backup_console] }', base=STARTER, also=('ROL-21',),
         first=[('action: restore, after: [eradicate], within: 8h', 'action: restore, after: [eradicate], within: 25h'),
                ('\nobligations:\n', '  quick:\n    steps:\n      - {id: restore, action: restore, within: 4h, done_when: it runs}\n\nobligations:\n')]),
    edit('TIM-07', 'severity:sev1', *(f'      respond_within: {time}\n' for time in ('2h', '121m', '120m')), also=('RES-02',),
         first=[(ISOLATE, ISOLATE.replace('owner_payments]', 'owner_payments, external:northbeam]').replace('    consult_within: 10m\n', ''))]),
]

def paced(who, habit, pace):
    """Everybody as quick as ever, but for one habit of some."""
    return ASSUME + "people:\n" + "".join(f"  {p}: {{{habit}: {pace}}}\n" for p in who)


def limits(text):
    return ("  distribution: [team:all]\n", f"  distribution: [team:all]\n  limits:       {{{text}}}\n")


ALL = ("ana", "ben", "chiara", "dilip", "eva", "finn")
NEVER = "{never: 100, fast: 2m, usual: 2m, slow: 2m, origin: asked}"
SLOW = "{fast: 50m, usual: 50m, slow: 50m, never: 0, origin: asked}"
NORTH = "    contract:     {id: NL-1, from: 2026-07-10, until: 2027-07-10, respond_within: 4h}\n"
OTHERS = "".join(f'inject "call{n}" {{ at = "{at}", from = "a log", to = "security_lead", via = "pager", says = "x" }}\n'
                 for n, at in enumerate(("20m", "40m", "60m", "8h", "9h", "10h")))
CUT = 'decision "cut" { at = "5m", to = "security_lead", asks = "x", within = "20m", answers = { "yes: cut it", "no: wait" }, expect = { "isolate" } }\n'
TELL = [("    {R: [legal_lead], A: legal_lead, I: [director], authority: approve_notice}\n", "    {R: [legal_lead], A: legal_lead, I: [director], authority: approve_notice, by: external:northlight}\n"),
        ("    rule:     EU-GDPR-33\n", "    starts:   awareness\n    within:   1h\n")]
ROWS = [("    holders:   [ben, eva]\n", "    holders:   [ben]\n"),
        ("    {R: [legal_lead], A: legal_lead, I: [director], authority: approve_notice}\n", "    {R: [director], A: director, I: [legal_lead]}\n"),
        ("    {R: [comms_lead], A: director, C: [legal_lead], consult_within: 20m, I: [hr_lead], authority: publish}\n", "    {R: [director], A: director, I: [hr_lead, legal_lead]}\n")]
LADDERS = [("    escalation:         standard\n    inform:             [role:director]\n", "    escalation:         [standard, one, two, three, four]\n    inform:             [role:director]\n"),
           ("    again: 1\n\nplaybooks", "    again: 1\n" + "".join(f"  {x}: {{steps: [{{to: team:all, via: [pager, phone], within: 30m}}]}}\n" for x in ("one", "two", "three", "four")) + "\nplaybooks")]
PLAY = ["--play", "commander", "--clock", "steps"]
SEATS = ["--play", "commander,security_lead,it_operator,comms_lead,legal_lead,hr_lead,director", "--clock", "steps"]
SILENCE = "p\nw 45m\n" * 60 + ":end\n:end\n"

RUNS = [
    run('TIM-01', 'role:security_lead', dict(plan=[("owner: security_lead, within: 10m}", "owner: security_lead, within: 1m}")]), dict()),
    # nobody answers: people at every seat, some of them only, none at all
    run('TIM-01', 'severity:sev2', dict(assume=silent(*ALL), args=SEATS, lines=SILENCE), dict(assume=silent("ana")), confidence="observed"),
    run('TIM-01', 'severity:sev2', dict(assume=silent(*ALL), args=PLAY, lines=SILENCE), dict(assume=silent("ana")), confidence="simulated"),
    run('TIM-01', 'severity:sev2', dict(assume=silent(*ALL)), dict(assume=silent("ana")), confidence="simulated"),
    run('TIM-02', 'severity:sev2', dict(assume=silent("chiara", "dilip")), dict()),
    run('TIM-03', 'action:isolate', dict(assume=paced(["chiara", "dilip"], "decide", SLOW)), dict()),
    run('TIM-03', 'obligation:gdpr_34', dict(plan=[("    decide_within: 48h\n", "    decide_within: 1h\n"), ("decided_by:    action:triage", "decided_by:    action:isolate"), ("    rule:          EU-GDPR-34\n", "    starts:        awareness\n")], assume=paced(["chiara", "dilip"], "decide", SLOW)),
        dict(plan=[("    decide_within: 48h\n", "    decide_within: 3h\n"), ("decided_by:    action:triage", "decided_by:    action:isolate"), ("    rule:          EU-GDPR-34\n", "    starts:        awareness\n")], assume=paced(["chiara", "dilip"], "decide", SLOW))),
    run('TIM-03', 'action:isolate', dict(script=FIRST + CUT, assume=paced(["chiara", "dilip"], "answer", NEVER)), dict(script=FIRST + CUT)),
    run('TIM-03', 'severity:sev2', [("    declare_within:     2h\n", "    declare_within:     5m\n")], [("    declare_within:     2h\n", "    declare_within:     14m\n")]),
    run('TIM-04', 'action:isolate', [limits("one_task: 55")], [limits("one_task: 56")]),
    run('TIM-05', 'person:chiara', dict(plan=[limits("off_hours: 1")], script=FIRST + OTHERS, lasts="12h"), dict(plan=[limits("off_hours: 2")], script=FIRST + OTHERS, lasts="12h")),
    run('TIM-06', 'role:director', dict(plan=ROWS, assume=paced(["ben"], "work", SLOW)), dict(plan=ROWS + [limits("queue: 3h")], assume=paced(["ben"], "work", SLOW))),
    run('TIM-07', 'obligation:gdpr_33', dict(plan=TELL, lasts="12h"), dict(plan=TELL + [(NORTH, NORTH.replace("4h", "50m"))], lasts="12h")),
    run('TIM-09', 'action:isolate', dict(args=PLAY, lines="a\nd isolate yes it burns\n:end\n"), dict(args=PLAY, lines="a\n:end\n"), confidence="observed"),
    run('TIM-10', 'role:it_operator', dict(plan=[limits("shift: 10m")], assume=paced(["dilip"], "work", SLOW)), dict(plan=[limits("shift: 2h")], assume=paced(["dilip"], "work", SLOW))),
    run('TIM-10', 'role:it_operator', dict(plan=[("    holders:   [dilip, ana]\n", "    holders:   [dilip]\n    longest_shift: 2h\n")]), dict(plan=[("    holders:   [dilip, ana]\n", "    holders:   [dilip, ana]\n    longest_shift: 2h\n")])),
    run('TIM-11', 'external:northlight', dict(plan=[(NORTH, NORTH.replace("4h", "5h"))], lasts="12h"), dict(lasts="12h")),
    run('TIM-11', 'external:northlight', dict(plan=[(NORTH, NORTH.replace(", respond_within: 4h", ""))], lasts="12h"), dict(plan=[(NORTH, NORTH.replace("4h", "1h"))], lasts="12h"), confidence="deterministic",
        says="it has promised no time at all"),
    run('TIM-11', 'external:northlight', dict(plan=[("by: external:northlight, engage_within: 4h}", "by: external:northlight}"), (NORTH, NORTH.replace("4h", "1h")), ("    organisation: Northlight Forensics\n    kind:         retainer\n", "    organisation: Northlight Forensics\n    kind:         retainer\n    timezone:     Asia/Tokyo\n"), ("    reach:        [{via: phone, address: \"+353 1 555 0210\"}, {via: mail, address: duty@northlight.example}]\n    hours:        24x7\n", "    reach:        [{via: phone, address: \"+353 1 555 0210\"}]\n    hours:        working_hours\n")]),
        dict(plan=[("by: external:northlight, engage_within: 4h}", "by: external:northlight}"), (NORTH, NORTH.replace("4h", "1h"))])),
    run('TIM-12', 'severity:sev2', dict(plan=LADDERS, assume=silent("finn")), dict(plan=LADDERS)),
]
