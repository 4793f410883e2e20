"""Gaps of duties: one edit that must show each, one near miss that must not."""
import pathlib
import re

from edits import ASSUME, edit, run

CLIENTS = '    action:        customer_statement\n    deputy:        person:ruth\n    route:         audience:customers\n    template:      customer_update\n    stated:        24h\n'
OPEN = '    action:        notify_people\n    deputy:        person:ruth\n    route:         external:cbi\n    template:      customer_update\n'
SEC = '''
  sec_8k:
    rule:          US-SEC-105
    action:        notify_us_regulators
    deputy:        person:hana
    route:         external:nydfs
    template:      ny_residents_letter
    decided_by:    action:declare
    decide_within: 1h
    stated:        %s
'''

PAPER = [
    edit('REG-02', 'obligation:dora_initial',
         ('    action:        notify_cbi\n'
              '    deputy:        person:hana\n'
              '    route:         external:cbi\n'
              '    template:      dora_initial_report\n'
              '    decided_by'),
         ('    action:        notify_cbi\n'
              '    route:         external:cbi\n'
              '    template:      dora_initial_report\n'
              '    decided_by'),
         ('    action:        notify_cbi\n'
              '    deputy:        role:ciso\n'
              '    route:         external:cbi\n'
              '    template:      dora_initial_report\n'
              '    decided_by')),
    edit('REG-05', 'obligation:gdpr_33',
         '    template:      gdpr_33_notice\n    stated:        72h',
         '    template:      gdpr_33_notice\n    stated:        {starts: detection, within: 72h}',
         '    template:      gdpr_33_notice\n    stated:        {starts: awareness, within: 72h}'),
    edit('REG-08', 'obligation:dora_initial',
         ('    decided_by:    action:classify_major\n'
              '    decide_within: 12h\n'),
         '    decided_by:    action:classify_major\n',
         ('    decided_by:    action:classify_major\n'
              '    decide_within: 11h\n')),
    edit('REG-09', 'obligation:gdpr_33',
         '    template:      gdpr_33_notice\n    stated:        72h',
         '    template:      gdpr_33_notice\n    stated:        73h',
         '    template:      gdpr_33_notice\n    stated:        3d'),
    edit('REG-09', 'obligation:sg_pdpa',
         '    stated:        3d\n',
         '    stated:        3 business days\n',
         '    stated:        72h\n'),
    edit('REG-01', 'rule:US-NCUA',
         '  sectors:       [payment_institution, money_transmitter]',
         '  sectors:       [payment_institution, money_transmitter, credit_union]',
         '  sectors:       [payment_institution, money_transmitter, retail]'),
    edit('REG-01', 'rule:BR-LGPD',
         '  jurisdictions: [IE, EU, US-NY, SG]',
         '  jurisdictions: [IE, EU, US-NY, SG, BR]',
         '  jurisdictions: [IE, EU, US-NY, SG, KR]', also=('COM-18',)),  # what the table says of Korea is not sure
    edit('REG-01', 'rule:US-FEDRAMP-1',  # a clock that is written out is for the law that its route names
         'federal reviewers, the first report',
         'federal reviewers, the first report',
         'the FedRAMP reviewers, the first report',
         base='plans/cloud-gov.yaml',
         first=[('  fedramp:\n    starts: plan_activated\n', '  reviewers:\n    reference: federal reviewers, the first report\n    starts: plan_activated\n'),
                ('  fedramp_reviewers:   ', '  reviewers:           '), ('Reviewers at FedRAMP and', 'Reviewers here and'),
                ('    to:     external:fedramp_reviewers\n', '    to:     external:reviewers\n'), ('    route:  external:fedramp_reviewers\n', '    route:  external:reviewers\n')],
         shown_by_base=True),
    edit('REG-05', 'playbook:insider',
         'action: triage, within: 30m, records: [awareness],\n         done_when: what left',
         'action: triage, within: 30m, records: [the hour],\n         done_when: what left',
         'action: triage, within: 30m, records: [the hour, awareness],\n         done_when: what left'),
    edit('REG-06', 'external:cbi',
         '{address: Central Bank portal, account_holders: [lena, hana]}',
         '{address: Central Bank portal}',
         '{address: Central Bank portal, account_holders: [hana]}'),
    edit('REG-06', 'external:mas',
         '    hours:        24x7\n    verified:     2026-04-20\n    portal:       {address: MAS incident form, account_holders: [jun, aoife, marco]}',
         '    hours:        working_hours\n    verified:     2026-04-20',
         '    hours:        24x7\n    verified:     2026-04-20'),
    edit('REG-06', 'obligation:sg_mas',
         '    route:         external:mas\n', '', '    to:            external:mas\n'),
    edit('REG-07', 'template:gdpr_33_notice',
         '             consequences, measures, reasons_if_late]',
         '             measures, reasons_if_late]',
         '             likely_consequences, measures, reasons_if_late]', line=1033),
    # where the law sets no number: the duty may, the step that gives the notice, or the audience to which it goes
    edit('REG-08', 'obligation:dora_clients', CLIENTS, OPEN, OPEN + '    stated:        {within: 12h}\n'),
    edit('REG-08', 'obligation:dora_clients', CLIENTS, OPEN, OPEN.replace('external:cbi', 'audience:customers')),
    edit('REG-08', 'obligation:dora_clients', CLIENTS, OPEN, OPEN.replace('notify_people', 'customer_statement')),
    edit('REG-08', 'obligation:merchants', *('    starts:        ' + x + '\n' for x in ('awareness', 'decision_to_tell', 'decision_to_tell\n    decided_by:    action:declare\n    decide_within: 1h'))),
    edit('REG-05', 'obligation:gdpr_33', *('    rule:          EU-GDPR-33\n' + x for x in ('', '    starts:        cause_known\n', '    starts:        discovery\n'))),
    # as many days of the calendar are never later than of business, and one more may be
    edit('REG-09', 'obligation:sec_8k', *(SEC % x for x in ('4 business days', '5d', '4d')), first=[('\n  merchants:     ', SEC % '4 business days' + '\n  merchants:     ')]),
    edit('REG-08', 'obligation:merchants',
         '    within:        24h\n    to:            audience:partners',
         '    within:        without undue delay\n    to:            audience:partners',
         '    within:        without undue delay\n    stated:        24h\n    to:            audience:partners'),
    edit('REG-10', 'obligation:gdpr_33',
         'action: notify_dpc, after: [isolate], within: 48h,',
         'action: notify_dpc, after: [isolate], within: 2 business days,',
         'action: notify_dpc, after: [isolate], within: 2d,'),
    edit('REG-10', 'obligation:visa_report',
         '  holidays:                                # Dublin', '  x-holidays:                              # Dublin', '  holidays:                                # in Dublin'),
    edit('REG-11', 'obligation:dora_initial',
         '    rule:          EU-DORA-FR\n',
         '    starts:        previous_submission\n    within:        30d\n    when:          the last report is out\n',
         '    rule:          EU-DORA-FR\n    stated:        28d\n'),
    edit('REG-12', 'section:obligations',
         "    to:            audience:partners\n    reference:     Merchant agreement, clause 14\n    when:          a merchant's customers or settlements are touched\n"
         '    action:        notify_merchants\n    deputy:        person:ruth\n    route:         audience:partners\n',
         "    to:            audience:suppliers\n    reference:     Merchant agreement, clause 14\n    when:          a merchant's customers or settlements are touched\n"
         '    action:        notify_merchants\n    deputy:        person:ruth\n    route:         audience:suppliers\n',
         "    to:            audience:suppliers\n    reference:     Merchant agreement, clause 14\n    when:          a merchant's customers or settlements are touched\n"
         '    action:        notify_merchants\n    deputy:        person:ruth\n    route:         external:banca_uno\n',
         first=[('    rule:          EU-DORA-CLIENT\n', '    rule:          US-BANK-36\n')]),
    edit('REG-13', 'section:obligations',
         '    rule:          EU-GDPR-34\n', '    rule:          UK-NIS\n', '    rule:          US-NY-GBL\n', base='starter/plan.yaml'),
    edit('REG-14', 'playbook:ransomware',
         '         gate: [sanctions_check, notify_insurer, counsel_opinion],\n', '', '         gate: [sanctions_check, counsel_opinion],\n'),
    edit('REG-14', 'action:ransom_decision',
         '    authority:      approve_ransom\n', '', '    authority:      approve_ransom   # in writing\n'),
    edit('REG-14', 'rule:US-NYDFS-24',
         '    rule:          US-NYDFS-24\n', '    rule:          US-NYDFS-72\n', '    rule:          US-NYDFS-24\n    stated:        12h\n', also=('REG-08', 'REG-11')),
    edit('REG-14', 'playbook:ransomware',
         '         decides: {pay: tell_payment, refuse: note_refusal},\n', '', '         decides: {pay: tell_payment, refuse: note_refusal, wait: go_on},\n'),
    edit('REG-15', 'obligation:ftc',
         '    kind:         law_enforcement\n', '    kind:         partner\n', '    kind:         law_enforcement   # by day and night\n',
         first=[('    template:      ny_residents_letter\n    pause:         {when: a law enforcement agency asks in writing, action: law_enforcement_hold, review_every: 14d}\n', '    template:      ny_residents_letter\n'),
                ('    template:      ftc_notice\n    pause:         {when: a law enforcement agency asks in writing, action: law_enforcement_hold, review_every: 14d}\n', '    template:      ftc_notice\n')]),
    edit('REG-17', 'external:atlas',
         '    route:         external:atlas\n', '    route:         audience:insurer\n', '    to:            external:atlas\n'),
    edit('REG-17', 'external:merchants_union',
         '  garda:\n',
         '  merchants_union:\n    organisation: Union of Merchants\n    kind:         partner\n    reach:        [{via: phone, address: "+39 02 5555 0199"}, {via: mail, address: union@merchants.example}]\n'
         '    hours:        24x7\n    verified:     2026-05-18\n    contract:     {id: MU-1, from: 2025-01-01, until: 2027-12-31}\n\n  garda:\n',
         '  merchants_union:\n    organisation: Union of Merchants\n    kind:         partner\n    reach:        [{via: phone, address: "+39 02 5555 0199"}, {via: mail, address: union@merchants.example}]\n'
         '    hours:        24x7\n    verified:     2026-05-18\n\n  garda:\n'),
    edit('REG-19', 'plan',
         '  sectors:       [federal_cloud]', '  sectors:       [federal_cloud]', '  sectors:       [cloud_provider]',
         base='plans/cloud-gov.yaml', shown_by_base=True,
         first=[('plan:\n  title: Cont', 'plan:\n  last_test: {date: 2026-06-01, kind: tabletop}\n  title: Cont')]),
    edit('REG-19', 'plan',
         'kind: tabletop, scenarios: [ransomware]}',
         'kind: tabletop, scenarios: [ransomware], participants: [role:incident_commander, role:legal_counsel, person:omar, role:app_owner_payments]}',
         'kind: tabletop, scenarios: [ransomware], participants: [team:all]}'),
    edit('REG-05', 'playbook:insider', "records: [awareness],\n         done_when: what left and by whom is known", "records: [detection],\n         done_when: what left and by whom is known",
         "records: [discovery],\n         done_when: what left and by whom is known"),
    edit('REG-14', 'playbook:ransomware', 'decides: {pay: tell_payment, refuse: note_refusal}', 'decides: {wait: tell_payment}', 'decides: {refuse: note_refusal}', also=('HYG-08',)),  # a plan may rule it out
    edit('REG-01', 'rule:EU-NIS2-EW', '  data:          [personal_data]\n', '  sectors:       [essential_entity]\n  data:          [personal_data]\n',  # for a bank DORA takes its place
         '  sectors:       [essential_entity, credit_institution]\n  data:          [personal_data]\n', base='starter/plan.yaml', also=('REG-01', 'COM-12', 'REG-11')),
    edit('REG-12', 'section:obligations', '\n  quay_legal:\n', '\n  till:\n    organisation: Till Company\n    kind:         partner\n    reach:        [{via: phone, address: "1"}, {via: mail, address: "t@t.example"}]\n'
         '    verified:     2026-07-10\n  quay_legal:\n', '\n  till:\n    organisation: Till Company\n    kind:         acquirer\n    reach:        [{via: phone, address: "1"}, {via: mail, address: "t@t.example"}]\n'
         '    verified:     2026-07-10\n  quay_legal:\n', base='starter/plan.yaml', also=('COM-12', 'REG-17')),
]


# The morning of the starter scenario, without what it tests.
STARTER = (pathlib.Path(__file__).parents[2] / "scenarios/starter/scenario.lua").read_text()
MORNING = re.sub(r"  tests +=.*\n", "", STARTER[STARTER.index('inject "odd sign-ins"'):])


def paces(*people, outcomes=""):
    """Everybody needs two minutes for everything, and nobody is silent; `people` are single values of single people."""
    own = "people:\n" + "".join(f"  {p}\n" for p in people) if people else ""
    return ASSUME + own + outcomes


def slow(person, habit, length):
    return f"{person}: {{{habit}: {{fast: {length}, usual: {length}, slow: {length}, never: 0, origin: asked}}}}"


def never(person, habit):
    return f"{person}: {{{habit}: {{never: 100, origin: asked}}}}"


def morning(plan, *people, lasts="3h", outcomes=""):
    return {"plan": plan, "script": MORNING, "lasts": lasts, "assume": paces(*people, outcomes=outcomes)}


def proposed(rule):
    return [('    rule:     EU-GDPR-33\n', f'    rule:     {rule}\n'), ('    template: gdpr_33_notice\n    stated:   72h', '    template: gdpr_33_notice\n    stated:   20h')]


def stated(template, length):
    return [(f'    template: {template}\n    stated:   72h', f'    template: {template}\n    stated:   {length}')]


def told_within(length):
    return [('    stated:        72h\n    pause:', f'    stated:        {length}\n    pause:')]


def filed_by(*holders):
    return [(a, b.replace('HOLDERS', ", ".join(holders))) for a, b in FILERS]


OWN_CLOCK = ('    rule:     EU-GDPR-33\n', '    starts:   awareness\n    within:   1h\n')
FILERS = [('  finn:\n    name:', '  gus:\n    name:     Gus Hale\n    hours:    mon-fri 18:00-20:00\n    reach:    [{via: pager, address: gus}, {via: phone, address: "+353 1 555 0207"}]\n'
           '    trained:  2026-07-10\n    verified: 2026-07-10\n  finn:\n    name:'),
          ('  hr_lead:\n    title:', '  filer:\n    title:     Filer\n    function:  legal\n    holders:   [HOLDERS]\n    authority: [approve_notice]\n  hr_lead:\n    title:'),
          ('    {R: [legal_lead], A: legal_lead, I: [director], authority: approve_notice}', '    {R: [filer], A: legal_lead, I: [director], authority: approve_notice}'),
          ('    deputy:   role:comms_lead\n    route:    external:dpc\n    template: gdpr_33_notice', '    deputy:   role:filer\n    route:    external:dpc\n    template: gdpr_33_notice'),
          ('    deputy:   role:comms_lead\n    route:    external:dpc', '    deputy:   role:filer\n    route:    external:dpc'),
          ('    rule:     EU-GDPR-33\n', '    rule:     SG-MAS\n'), ('    template: gdpr_33_notice\n    stated:   72h\n', '    template: gdpr_33_notice\n')]
INSURER = [('  garda:\n', '  mutual:\n    organisation: Harbour Mutual\n    kind:         insurer\n    reach:        [{via: phone, address: "+353 1 555 0219"}, {via: mail, address: claims@mutual.example}]\n'
            '    hours:        24x7\n    verified:     2026-07-10\n    policy:       {notice: immediately, panel: [northlight]}\n  garda:\n'),
           ('obligations:\n', 'obligations:\n  insurer:\n    rule:     CTR-INSURER\n    when:     anything that may become a claim\n    action:   tell_mutual\n    deputy:   role:legal_lead\n'
            '    route:    external:mutual\n    template: breach_register\n    stated:   12h\n'),
           ('  engage_forensics:\n    {phase', '  tell_mutual:\n    {R: [comms_lead], A: director, I: [commander]}\n  engage_forensics:\n    {phase')]
# A step of the starter plan that may decide to pay, and a clock that this starts.
PAID = [('action: tell_readers, after: [declare], within: 4h,', 'action: tell_readers, after: [declare], within: 4h, gate: [triage], decides: {pay: go_on, refuse: go_on},'),
        ('    rule:     EU-GDPR-33\n', '    starts:   payment_made\n    within:   1h\n')]

UPSTREAM = [('    rule:     EU-GDPR-33-5\n', '    rule:     EU-GDPR-33-2\n'), *stated('breach_register', '1h')]

EARLY = [('    rule:          EU-GDPR-34\n', '    rule:          EU-NIS2-EW\n'),
         ('    action:        tell_readers\n    deputy:        role:legal_lead\n', '    action:        notify_regulator\n    deputy:        role:legal_lead\n')]

RUNS = [
    run('REG-01', 'rule:BR-LGPD', morning([('  jurisdictions: [IE, EU]', '  jurisdictions: [IE, EU, BR]')]), morning([('  jurisdictions: [IE, EU]', '  jurisdictions: [IE, EU, KR]')])),
    run('REG-03', 'obligation:gdpr_33', morning([OWN_CLOCK], slow('eva', 'work', '90m')), morning([OWN_CLOCK], slow('eva', 'work', '20m'))),
    run('REG-03', 'obligation:gdpr_33',  # a bill that is not law yet is never missed
        morning(proposed('EU-NIS2-EW'), never('eva', 'start'), lasts="30h"), morning(proposed('UK-CSRB'), never('eva', 'start'), lasts="30h")),
    run('REG-04', 'obligation:gdpr_33', morning([OWN_CLOCK], slow('eva', 'work', '41m')), morning([OWN_CLOCK], slow('eva', 'work', '40m'))),
    run('REG-04', 'obligation:gdpr_33', morning(proposed('EU-NIS2-EW'), slow('eva', 'work', '22h'), lasts="30h"), morning(proposed('UK-CSRB'), slow('eva', 'work', '22h'), lasts="30h")),
    run('REG-05', 'obligation:gdpr_33',  # the incident is declared after you are aware, or before
        morning(stated('gdpr_33_notice', '{starts: declaration, within: 72h}'), slow('ana', 'work', '60m')), morning(stated('gdpr_33_notice', '{starts: declaration, within: 72h}'))),
    run('REG-05', 'playbook:account_takeover',
        morning([('within: 30m, records: [awareness],', 'within: 30m,'), ('forensics, readers, regulator], within: 5d,', 'forensics, readers, regulator], within: 5d, records: [awareness],')]),
        morning([('within: 30m, records: [awareness],', 'within: 30m,'), ('action: restore, after: [eradicate], within: 8h,', 'action: restore, after: [eradicate], within: 8h, records: [awareness],')])),
    run('REG-06', 'external:dpc', morning([('account_holders: [eva, finn]', 'account_holders: [ana]')]), morning([('account_holders: [eva, finn]', 'account_holders: [finn]')])),
    run('REG-08', 'obligation:gdpr_34', morning([('    decide_within: 48h\n', '')], slow('chiara', 'work', '20m')), morning([], slow('chiara', 'work', '20m'))),
    run('REG-10', 'obligation:gdpr_33', morning(filed_by('gus')), morning(filed_by('gus', 'finn'))),
    run('REG-11', 'obligation:gdpr_33', morning([('    rule:     EU-GDPR-33\n', '    rule:     EU-NIS2-IN\n')]),
        morning([('    rule:     EU-GDPR-33\n', '    rule:     EU-NIS2-IN\n'), ('    rule:     EU-GDPR-33-5\n', '    rule:     EU-NIS2-FR\n')])),
    # one act gives two notices: the report after them began with the one that is told of first
    run('REG-11', 'obligation:gdpr_34', morning(EARLY), morning([*EARLY, ('    rule:     EU-GDPR-33\n', '    rule:     EU-NIS2-IN\n'), ('    rule:     EU-GDPR-33-5\n', '    rule:     EU-NIS2-FR\n')])),
    run('REG-12', 'obligation:gdpr_record', morning(UPSTREAM, never('eva', 'start')), morning(UPSTREAM)),
    run('REG-12', 'section:obligations', morning([('  jurisdictions: [IE, EU]\n', '  jurisdictions: [IE, EU]\n  sectors:       [software_provider]\n')]),
        morning([('  jurisdictions: [IE, EU]\n', '  jurisdictions: [IE, EU]\n  sectors:       [retail]\n')])),
    run('REG-13', 'obligation:gdpr_34', morning(told_within('1h'), never('finn', 'start')), morning(told_within('1h'))),
    run('REG-13', 'section:obligations', morning([('    rule:          EU-GDPR-34\n', '    rule:          UK-NIS\n')]), morning([('    rule:          EU-GDPR-34\n', '    rule:          US-NY-GBL\n')])),
    run('REG-14', 'playbook:ransomware',
        {'plan': [('         gate: [sanctions_check, notify_insurer, counsel_opinion],\n', '')], 'assume': paces(outcomes="outcomes: {ransom: pay}\n")},
        {'plan': [('         gate: [sanctions_check, notify_insurer, counsel_opinion],\n', '')], 'assume': paces(outcomes="outcomes: {ransom: refuse}\n")},
        base="plans/meridian-pay.clean.yaml", scenario="ransomware-friday/scenario.lua"),
    run('REG-14', 'obligation:gdpr_33', morning(PAID, never('eva', 'start'), outcomes="outcomes: {readers: pay}\n"), morning(PAID, outcomes="outcomes: {readers: pay}\n")),
    run('REG-16', 'obligation:gdpr_34',  # it is missed in both, and only in one nobody began with it
        morning(told_within('1h'), slow('finn', 'start', '70m')), morning(told_within('1h'), slow('finn', 'work', '70m'))),
    run('REG-17', 'external:mutual', morning(INSURER), morning(INSURER, never('ben', 'start'))),
    run('REG-18', 'obligation:gdpr_record', morning(stated('breach_register', '1h'), never('eva', 'start')), morning(stated('breach_register', '1h'))),
]
