"""Gaps of duties: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

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
         '  jurisdictions: [IE, EU, US-NY, SG, KR]'),  # what the table says of Korea is not sure
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
         '    hours:        24x7\n    verified:     2026-04-20\n    portal:       {address: MAS incident form, account_holders: [jun, aoife]}',
         '    hours:        working_hours\n    verified:     2026-04-20',
         '    hours:        24x7\n    verified:     2026-04-20'),
    edit('REG-06', 'obligation:sg_mas',
         '    route:         external:mas\n', '', '    to:            external:mas\n'),
    edit('REG-07', 'template:gdpr_33_notice',
         '             consequences, measures, reasons_if_late]',
         '             measures, reasons_if_late]',
         '             likely_consequences, measures, reasons_if_late]', line=1033),
    edit('REG-08', 'obligation:dora_clients',
         '    template:      customer_update\n    stated:        24h\n',
         '    template:      customer_update\n',
         '    template:      customer_update\n    stated:        {within: 12h}\n'),
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
]

def paces(*people, outcomes=""):
    """Everybody needs two minutes for everything, and nobody is silent; `people` are single values of single people."""
    habits = "".join(f"  {h}: {{fast: 2m, usual: 2m, slow: 2m, never: 0, origin: asked}}\n" for h in ("acknowledge", "answer", "start", "work", "consult", "decide", "write"))
    own = "people:\n" + "".join(f"  {p}\n" for p in people) if people else ""
    return "muster_assumptions: 1\ndefaults:\n" + habits + own + outcomes


def slow(person, habit, length):
    return f"{person}: {{{habit}: {{fast: {length}, usual: {length}, slow: {length}, never: 0, origin: asked}}}}"


def silent(person, habit):
    return f"{person}: {{{habit}: {{never: 100, origin: asked}}}}"


def proposed(rule):
    return [('    rule:     EU-GDPR-33\n', f'    rule:     {rule}\n'), ('    template: gdpr_33_notice\n    stated:   72h', '    template: gdpr_33_notice\n    stated:   20h')]


EVEN = paces()
OWN_CLOCK = ('    rule:     EU-GDPR-33\n', '    starts:   awareness\n    within:   1h\n')
FILERS = [('  finn:\n    name:', '  gus:\n    name:     Gus Hale\n    hours:    mon-fri 18:00-20:00\n    reach:    [{via: pager, address: gus}, {via: phone, address: "+353 1 555 0207"}]\n'
           '    trained:  2026-07-10\n    verified: 2026-07-10\n  finn:\n    name:'),
          ('  hr_lead:\n    title:', '  filer:\n    title:     Filer\n    function:  legal\n    holders:   [gus, GIL]\n    authority: [approve_notice]\n  hr_lead:\n    title:'),
          ('    {R: [legal_lead], A: legal_lead, I: [director], authority: approve_notice}', '    {R: [filer], A: legal_lead, I: [director], authority: approve_notice}'),
          ('    rule:     EU-GDPR-33\n', '    rule:     SG-MAS\n'), ('    template: gdpr_33_notice\n    stated:   72h\n', '    template: gdpr_33_notice\n')]
LATE = ("REG-03", "EXR-08")  # a clock that ran out is shown by its own rule as well, and rests on how people behave
INSURER = [('  garda:\n', '  mutual:\n    organisation: Harbour Mutual\n    kind:         insurer\n    reach:        [{via: phone, address: "+353 1 555 0219"}, {via: mail, address: claims@mutual.example}]\n'
            '    hours:        24x7\n    verified:     2026-07-10\n    policy:       {notice: immediately, panel: [northlight]}\n  garda:\n'),
           ('obligations:\n', 'obligations:\n  insurer:\n    rule:     CTR-INSURER\n    when:     anything that may become a claim\n    action:   tell_mutual\n    deputy:   role:legal_lead\n'
            '    route:    external:mutual\n    template: breach_register\n    stated:   12h\n'),
           ('  engage_forensics:\n    {phase', '  tell_mutual:\n    {R: [comms_lead], A: director, I: [commander]}\n  engage_forensics:\n    {phase')]
# A step of the starter plan that may decide to pay, and a clock that this starts.
PAID = [('action: tell_readers, after: [declare], within: 4h,', 'action: tell_readers, after: [declare], within: 4h, gate: [triage], decides: {pay: go_on, refuse: go_on},'),
        ('    rule:     EU-GDPR-33\n', '    starts:   payment_made\n    within:   1h\n')]

RUNS = [
    run('REG-01', 'rule:BR-LGPD',
        [('  jurisdictions: [IE, EU]', '  jurisdictions: [IE, EU, BR]')],
        [('  jurisdictions: [IE, EU]', '  jurisdictions: [IE, EU, KR]')], assume=EVEN),
    run('REG-03', 'obligation:gdpr_33',
        {'plan': [OWN_CLOCK], 'assume': paces(slow('eva', 'work', '90m'))}, {'plan': [OWN_CLOCK], 'assume': paces(slow('eva', 'work', '20m'))}, assume=EVEN, also=("EXR-08",)),
    run('REG-03', 'obligation:gdpr_33',  # a bill that is not law yet is never missed
        {'plan': proposed('EU-NIS2-EW'), 'scenario': [('  lasts    = "3h",', '  lasts    = "30h",')], 'assume': paces(silent('eva', 'start'))},
        {'plan': proposed('UK-CSRB'), 'scenario': [('  lasts    = "3h",', '  lasts    = "30h",')], 'assume': paces(silent('eva', 'start'))}, assume=EVEN, also=("EXR-08", "REG-07", "REG-11", "REG-16")),
    run('REG-04', 'obligation:gdpr_33',
        {'plan': [OWN_CLOCK], 'assume': paces(slow('eva', 'work', '50m'))}, {'plan': [OWN_CLOCK], 'assume': paces(slow('eva', 'work', '20m'))}, assume=EVEN, also=("EXR-08",)),
    run('REG-05', 'obligation:gdpr_33',
        {'plan': [('    template: gdpr_33_notice\n    stated:   72h', '    template: gdpr_33_notice\n    stated:   {starts: declaration, within: 72h}')], 'assume': paces(slow('ana', 'work', '60m'))},
        [('    template: gdpr_33_notice\n    stated:   72h', '    template: gdpr_33_notice\n    stated:   {starts: declaration, within: 72h}')], assume=EVEN, also=("EXR-08",)),
    run('REG-05', 'playbook:account_takeover',
        [('within: 30m, records: [awareness],', 'within: 30m,'), ('forensics, readers, regulator], within: 5d,', 'forensics, readers, regulator], within: 5d, records: [awareness],')],
        [('within: 30m, records: [awareness],', 'within: 30m,'), ('action: restore, after: [eradicate], within: 8h,', 'action: restore, after: [eradicate], within: 8h, records: [awareness],')],
        assume=EVEN, also=("EXR-08",)),
    run('REG-06', 'external:dpc',
        [('account_holders: [eva, finn]', 'account_holders: [ana]')], [('account_holders: [eva, finn]', 'account_holders: [finn]')], assume=EVEN),
    run('REG-08', 'obligation:gdpr_34',
        {'plan': [('    decide_within: 48h\n', '    decide_within: 15m\n')], 'assume': paces(slow('chiara', 'work', '20m'))}, [('    decide_within: 48h\n', '    decide_within: 15m\n')],
        assume=EVEN, also=("EXR-08",)),
    run('REG-10', 'obligation:gdpr_33',
        [(a, b.replace('GIL', 'gus') if 'holders' in b else b) for a, b in FILERS], [(a, b.replace('GIL', 'finn') if 'holders' in b else b) for a, b in FILERS],
        assume=EVEN, also=LATE + ("ROL-08", "ROL-13", "REG-16")),
    run('REG-11', 'obligation:gdpr_33',
        [('    rule:     EU-GDPR-33\n', '    rule:     EU-NIS2-IN\n')],
        [('    rule:     EU-GDPR-33\n', '    rule:     EU-NIS2-IN\n'),
         ('    rule:     EU-GDPR-33-5\n', '    rule:     EU-NIS2-FR\n')], assume=EVEN, also=("REG-07",)),
    run('REG-12', 'obligation:gdpr_record',
        {'plan': [('    rule:     EU-GDPR-33-5\n', '    rule:     EU-GDPR-33-2\n'), ('    template: breach_register\n    stated:   72h', '    template: breach_register\n    stated:   1h')],
         'assume': paces(silent('eva', 'start'))},
        [('    rule:     EU-GDPR-33-5\n', '    rule:     EU-GDPR-33-2\n'), ('    template: breach_register\n    stated:   72h', '    template: breach_register\n    stated:   1h')], assume=EVEN, also=LATE + ("REG-16",)),
    run('REG-12', 'section:obligations',
        [('  jurisdictions: [IE, EU]\n', '  jurisdictions: [IE, EU]\n  sectors:       [software_provider]\n')], [('  jurisdictions: [IE, EU]\n', '  jurisdictions: [IE, EU]\n  sectors:       [retail]\n')], assume=EVEN),
    run('REG-13', 'obligation:gdpr_34',
        {'plan': [('    stated:        72h\n    pause:', '    stated:        1h\n    pause:')], 'assume': paces(silent('finn', 'start'))}, [('    stated:        72h\n    pause:', '    stated:        1h\n    pause:')],
        assume=EVEN, also=LATE + ("REG-16",)),
    run('REG-13', 'section:obligations',
        [('    rule:          EU-GDPR-34\n', '    rule:          UK-NIS\n')], [('    rule:          EU-GDPR-34\n', '    rule:          US-NY-GBL\n')], assume=EVEN),
    run('REG-14', 'playbook:ransomware',
        [('         gate: [sanctions_check, notify_insurer, counsel_opinion],\n', '')],
        {'plan': [('         gate: [sanctions_check, notify_insurer, counsel_opinion],\n', '')], 'assume': paces(outcomes="outcomes: {ransom: refuse}\n")},
        base="plans/meridian-pay.clean.yaml", scenario="ransomware-friday/scenario.lua", assume=paces(outcomes="outcomes: {ransom: pay}\n"), also=("EXR-08",)),
    run('REG-14', 'obligation:gdpr_33',
        {'plan': PAID, 'assume': paces(silent('eva', 'start'), outcomes="outcomes: {readers: pay}\n")}, {'plan': PAID, 'assume': paces(outcomes="outcomes: {readers: pay}\n")},
        assume=EVEN, also=LATE + ("REG-16",)),
    run('REG-16', 'obligation:gdpr_34',  # it is missed in both, and only in one nobody began with it
        {'plan': [('    stated:        72h\n    pause:', '    stated:        1h\n    pause:')], 'assume': paces(slow('finn', 'start', '70m'))},
        {'plan': [('    stated:        72h\n    pause:', '    stated:        1h\n    pause:')], 'assume': paces(slow('finn', 'work', '70m'))}, assume=EVEN, also=LATE),
    run('REG-17', 'external:mutual', INSURER, {'plan': INSURER, 'assume': paces(silent('ben', 'start'))}, assume=EVEN, also=("EXR-08",)),
    run('REG-18', 'obligation:gdpr_record',
        {'plan': [('    template: breach_register\n    stated:   72h', '    template: breach_register\n    stated:   1h')], 'assume': paces(silent('eva', 'start'))},
        [('    template: breach_register\n    stated:   72h', '    template: breach_register\n    stated:   1h')], assume=EVEN, also=LATE + ("REG-16",)),
]
