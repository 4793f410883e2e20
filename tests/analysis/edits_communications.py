"""Gaps of communications: one edit that must show each, one near miss that must not."""
from edits import edit
from mornings import away, run, silent

# aoife begins the tree of calls, and sara has a branch of it
CALLS = [('    languages: [en, ga]\n    reach:     [{via: pager, address: aoife}', '    languages: [en, ga]\n    calls:     [sara, dev]\n    reach:     [{via: pager, address: aoife}'),
         ('    access:    [siem, guardduty, cloudtrail, isolation_runbook, backup_console]\n', '    calls:     [noor, piotr]\n    access:    [siem, guardduty, cloudtrail, isolation_runbook, backup_console]\n')]

STARTER = 'starter/plan.yaml'
FINN = '    reach:    [{via: %s, address: finn}, {via: phone, address: "+353 1 555 0206"}]\n'
APPROVED = 'A: director, C: [legal_lead], consult_within: {sev1: 20m, sev2: %s}, approve: {any_of: [role:director], if_silent_after: 30m},'

PAPER = [
    edit('COM-01', 'external:garda',
         '{via: phone, address: "+353 1 555 0140"}, ',
         '',
         '{via: phone, address: "+353 1 555 0141"}, '),
    edit('COM-02', 'external:banca_uno',
         ('address: fraud@bancauno.example}]\n'
              '    hours:        24x7\n'
              '    verified:     2026-05-18'),
         ('address: fraud@bancauno.example}]\n'
              '    hours:        24x7\n'
              '    verified:     2026-04-10'),
         ('address: fraud@bancauno.example}]\n'
              '    hours:        24x7\n'
              '    verified:     2026-04-12')),
    edit('COM-02', 'external:banca_uno', 'fraud@bancauno.example}]\n    hours:        24x7\n    verified:     2026-05-18', 'fraud@bancauno.example}]\n    hours:        24x7\n    verified:     2026-07-12',
         'fraud@bancauno.example}]\n    hours:        24x7\n    verified:     2026-07-11'),  # what is still to come was not done
    edit('COM-06', 'channel:signal_ir', '    private:     yes\n    tested:      2026-06-16', '    private:     yes\n    tested:      2026-07-12', '    private:     yes\n    tested:      2026-07-11'),
    edit('COM-05', 'channel:signal_ir',
         '    depends_on:  [mobile_data]',
         '    depends_on:  [mobile_data, okta]',
         '    depends_on:  [mobile_data, pstn]'),
    edit('COM-06', 'channel:signal_ir',
         '    private:     yes\n    tested:      2026-06-16',
         '    private:     yes\n    tested:      2026-01-09',
         '    private:     yes\n    tested:      2026-01-11'),
    edit('COM-06', 'channel:signal_ir',
         ('    enrolled:    [team:all]\n'
              '    acknowledge: yes\n'
              '    private:     yes'),
         ('    enrolled:    [aoife]\n'
              '    acknowledge: yes\n'
              '    private:     yes'),
         ('    enrolled:    [team:all, aoife]\n'
              '    acknowledge: yes\n'
              '    private:     yes')),
    edit('COM-12', 'audience:suppliers',
         ('    owner:        ciso\n'
              '    via:          [mail, phone]\n'
              '    first_within: 24h\n'),
         ('    owner:        ciso\n'
              '    via:          [mail, phone]\n'),
         ('    owner:        ciso\n'
              '    via:          [mail]\n'
              '    first_within: 48h\n')),
    edit('COM-16', 'channel:phone',
         '    directory:   [wallet_cards]',
         '    directory:   [wiki]',
         '    directory:   [wiki, wallet_cards]'),
    edit('COM-16', 'section:stored',
         '      depends_on: [dublin]\n',
         '      depends_on: [okta]\n',
         '      depends_on: [lisbon]\n'),
    edit('COM-16', 'plan',
         '    wallet_cards: {holds: [contacts]}\n',
         '    wallet_cards: {depends_on: [okta], holds: [contacts]}\n',
         '    wallet_cards: {depends_on: [lisbon], holds: [contacts]}\n',
         first=[('    safe_dublin:  {depends_on: [dublin],             holds: [contacts, partners, templates, playbooks]}\n', '    safe_dublin:  {depends_on: [okta], holds: [contacts]}\n'),
                ('    directory:   [wallet_cards]\n', '    directory:   [dublin]\n')]),
    edit('COM-13', 'severity:sev3',
         '    update_every:       24h\n',
         '',
         '    update_every:       [24h, 48h]\n', also=('TIM-08',)),
    edit('COM-07', 'channel:pager',
         ('    depends_on:  [pager_cloud]\n'
              '    acknowledge: yes\n'),
         ('    depends_on:  [pager_cloud]\n'
              '    acknowledge: no\n'),
         ('    depends_on:  [pager_cloud]\n'
              '    acknowledge: true\n')),
    edit('COM-04', 'section:channels',
         '    use:         out_of_band\n',
         '    use:         primary\n',
         '    use:         out_of_band # as before\n', times=2),
    edit('COM-08', 'person:sara',
         '    calls:     [piotr, noor]\n',
         '    calls:     [noor]\n',
         '    calls:     [noor, piotr]\n',
         first=[*CALLS, ('    site:      new_york\n    languages: [en, gu]\n', '    site:      new_york\n    calls:     [piotr, noor]\n    languages: [en, gu]\n')]),
    edit('COM-08', 'person:sara',
         '  if_not_reached:  go on with the calls of whoever is silent\n',
         '',
         '  if_not_reached:  tell the desk, which makes the calls of whoever is silent\n',
         first=[*CALLS, ('  order:           [phone, signal_ir]\n', '  order:           [phone, signal_ir]\n  if_not_reached:  go on with the calls of whoever is silent\n')]),
    edit('COM-09', 'section:team',
         '  spokesperson: comms_coordinator\n',
         '',
         '  spokesperson: exec_sponsor\n'),
    edit('COM-09', 'section:team',
         '  spokesperson: comms_coordinator\n',
         '  spokesperson: person:omar\n',
         '  spokesperson: role:comms_coordinator\n'),
    edit('COM-10', 'audience:suppliers',
         '    template:     supplier_note\n',
         '',
         '    template:     partner_notice\n'),
    edit('COM-10', 'obligation:sg_mas',
         '    template:      mas_notice\n',
         '',
         '    template:      pdpc_notice\n'),
    edit('COM-11', 'action:customer_statement',
         '      if_silent_after: 30m                 # then the holding statement goes out as it is\n',
         '      if_silent_after: 2h\n',
         '      if_silent_after: 100m\n'),
    edit('COM-12', 'audience:media',
         '  media:\n    owner:        comms_coordinator\n',
         '  newsletter:\n    owner:        comms_coordinator\n',
         '  newsletter:\n    kind:         media\n    owner:        comms_coordinator\n', also=('HYG-05',)),
    edit('COM-12', 'audience:media',
         '  media:\n    owner:        comms_coordinator\n',
         '  papers:\n    owner:        comms_coordinator\n',
         '  press:\n    owner:        comms_coordinator\n', also=('HYG-05',)),
    edit('COM-12', 'audience:board', 'by: The trustees,', 'by: The trustees of the house,', 'by: The owner,', base=STARTER, shown_by_base=True,  # not every house has one
         first=[('  board:     {owner: director, via: [phone], first_within: 4h, every: 24h, template: board_note}\n', ''), ('{for: audience:board, ', '{for: audience:staff, '),
                ('role:legal_lead, audience:board]', 'role:legal_lead]')]),
    edit('COM-12', 'audience:board', '  jurisdictions: [IE, EU]\n', '  jurisdictions: [IE, EU]\n  sectors:       [credit_union]\n', '  jurisdictions: [IE, EU]\n  sectors:       [software_provider]\n', base=STARTER, also=('REG-01', 'REG-11', 'REG-12', 'HYG-13', 'REG-19'),
         first=[('  board:     {owner: director, via: [phone], first_within: 4h, every: 24h, template: board_note}\n', ''), ('{for: audience:board, ', '{for: audience:staff, '),
                ('role:legal_lead, audience:board]', 'role:legal_lead]'), ('by: The trustees,', 'by: The owner,')]),
    edit('COM-12', 'audience:suppliers',  # a supplier makes the group matter
         '  suppliers:\n    owner:        ciso\n',
         '  others:\n    owner:        ciso\n',
         '  vendors:\n    owner:        ciso\n', also=('HYG-05',),
         first=[('    kind:         pr\n', '    kind:         supplier\n')]),
    edit('COM-17', 'external:garda',
         '    reach:        [{via: phone, address: "+353 1 555 0140"}, {via: mail, address: gnccb@garda.example}]\n',
         '    reach:        [{via: mail, address: desk@garda.example, shared: yes}, {via: mail, address: gnccb@garda.example, shared: yes}]\n',
         '    reach:        [{via: mail, address: desk@garda.example}, {via: mail, address: gnccb@garda.example, shared: yes}]\n', also=('COM-01',)),
    edit('COM-18', 'jurisdiction:JP',
         '  jurisdictions: [IE, EU, US-NY, SG]\n',
         '  jurisdictions: [IE, EU, US-NY, SG, JP]\n',
         '  jurisdictions: [IE, EU, US-NY, SG, PL]\n', also=('REG-01',), first=[('    languages: [en, ja]\n', '    languages: [en]\n')]),
    edit('COM-18', 'jurisdiction:PL',
         '  jurisdictions: [IE, EU, US-NY, SG]\n',
         '  jurisdictions: [IE, EU, US-NY, SG, PL]\n',
         '  jurisdictions: [IE, EU, US-NY, SG, DE]\n',
         first=[('    timezone:  Europe/Warsaw\n    hours:     24x7\n    languages: [en, pl]\n    reach:     [{via: pager, address: sara}', '    timezone:  Europe/Warsaw\n    hours:     mon-fri 11:00-19:00\n    languages: [en, pl]\n    reach:     [{via: pager, address: sara}'),
                ('    timezone:  Europe/Warsaw\n    hours:     24x7\n    languages: [en, pl]\n    reach:     [{via: pager, address: piotr}', '    timezone:  Europe/Warsaw\n    hours:     mon-fri 12:00-20:00\n    languages: [en, pl]\n    reach:     [{via: pager, address: piotr}')]),
    edit('COM-19', 'section:intake',
         ('intake:\n'
          '  - {from: staff,                via: phone, owner: it_operations,           within: 15m}\n'
          '  - {from: customers,            via: mail,  owner: comms_coordinator,       within: 1h}\n'
          '  - {from: suppliers,            via: mail,  owner: ciso,                    within: 1h}\n'
          '  - {from: security researchers, via: mail,  owner: cloud_security_engineer, within: 24h}\n'
          '  - {from: monitoring,           via: pager, owner: cloud_security_engineer, within: 10m}\n'),
         '',
         'intake:\n  - {from: everybody, via: phone}\n', also=('HYG-01',)),
    # two ways over one channel are one; a channel without a use is for every day; a single value is a list of one
    edit('COM-01', 'person:finn', FINN % 'pager', FINN % 'phone', FINN % 'mail', base=STARTER),
    edit('COM-05', 'channel:phone', 'depends_on: [telephone], directory', 'depends_on: [sign_in], directory', 'depends_on: [telephone, wires], directory', base=STARTER, also=('COM-16',),
         first=[('{kind: push, use: primary, ', '{kind: push, '), ('{kind: bridge, use: primary, ', '{kind: bridge, '), ('{kind: mail, use: primary, ', '{kind: mail, '), ('  telephone:    ', '  wires:        {kind: wires}\n  telephone:    ')]),
    edit('COM-07', 'channel:mail', '{to: role:commander,   via: [pager, phone], within', '{to: role:commander,   via: mail, within', '{to: role:commander,   via: pager, within', base=STARTER),
    # the time of one severity is held against that of the same
    edit('COM-11', 'action:tell_readers', 'A: director, C: [legal_lead], consult_within: 20m,', APPROVED % '211m', APPROVED % '210m', base=STARTER,
         first=[('via: [notice_page, mail], first_within: 4h', 'via: [notice_page, mail], first_within: {sev1: 1h, sev2: 4h}')]),
    edit('COM-18', 'jurisdiction:JP', '    languages: [en, ja]\n', '    languages: [en]\n', '    languages: [en, ja-JP]\n', first=[('  jurisdictions: [IE, EU, US-NY, SG]\n', '  jurisdictions: [IE, EU, US-NY, SG, JP]\n')]),
    edit('COM-18', 'jurisdiction:JP', '    languages: [en, ja]\n', '    languages: [en]\n', '    languages: [English, Japanese]\n', first=[('  jurisdictions: [IE, EU, US-NY, SG]\n', '  jurisdictions: [IE, EU, US-NY, SG, JP]\n')]),
    edit('COM-02', 'person:finn', *(f'    verified: {day}\n\nroles:' for day in ('2026-07-10', '2026-04-11', '2026-04-12')), base=STARTER, at='2026-07-11 00:00'),
]

ODD = '  facts  = { "account_taken_over" },\n'
MANY = ('ROL-06', 'ROL-10', 'ROL-07', 'ROL-08', 'ROL-13', 'ROL-15', 'ROL-17', 'ESC-04', 'TIM-01', 'TIM-02', 'TIM-03', 'TIM-04', 'COM-12', 'COM-13', 'COM-14', 'COM-15', 'REG-03',
        'REG-04', 'HYG-09')
MEDIA = 'first_within: 8h, every: 24h, template: media_note, after: [audience:staff]}'
TELL = 'I: [hr_lead], authority: publish}\n'
REACH = '    reach:    [{via: pager, address: finn}, {via: phone, address: "+353 1 555 0206"}]\n'
NORTH = '[{via: phone, address: "+353 1 555 0210"}, {via: mail, address: duty@northlight.example}]'
CALLING = [('    reach:    [{via: pager, address: ana}', '    calls:    [ben, finn]\n    reach:    [{via: pager, address: ana}'),
           ('    reach:    [{via: pager, address: ben}', '    calls:    [eva]\n    reach:    [{via: pager, address: ben}')]
HOUR = ('      - {id: readers, action: tell_readers, after: [declare], within: 4h,', '      - {id: readers, action: tell_readers, after: [declare], within: 60m,')
AT_NIGHT = [('starts   = "2026-07-10 10:00"', 'starts   = "2026-07-10 20:00"')]
IRISH = [(f'    name:     {name}\n    hours:    24x7\n', f'    name:     {name}\n    hours:    {hours}\n    languages: [{word}]\n') for name, hours, word in (
    ('Ana Weir', '24x7', 'ga'), ('Ben Okoro', '24x7', 'ga'), ('Chiara Lind', '24x7', 'ga'), ('Dilip Rao', '24x7', 'ga'), ('Eva Quinn', 'working_hours', 'en'), ('Finn Daly', 'working_hours', 'en'))]
NEW_YORK = ('\nassets:\n', '  ny_residents:\n    rule:     US-NY-GBL\n    when:     a resident of New York is among the readers\n    action:   notify_regulator\n'
            '    deputy:   role:comms_lead\n    route:    external:dpc\n    template: gdpr_33_notice\n\nassets:\n')

RUNS = [
    run('COM-01', 'person:finn',
        {'plan': [(REACH, '    reach:    [{via: pager, address: finn}]\n')], 'scenario': [(ODD, ODD + '  down   = { "channel:pager" },\n')]},
        {'scenario': [(ODD, ODD + '  down   = { "channel:pager" },\n')]}, also=MANY),
    run('COM-02', 'person:eva',
        {'plan': [('    trained:  2026-07-10\n    verified: 2026-07-10\n  finn:', '    trained:  2026-07-10\n    verified: 2026-03-01\n  finn:')], 'assume': silent('eva')},
        {'assume': silent('eva')}, also=MANY),
    run('COM-03', 'person:finn',
        {'scenario': [(ODD, ODD + '  wrong  = { "finn" },\n')]},
        {'scenario': [(ODD, ODD + '  wrong  = { "external:garda" },\n')]}, also=MANY),
    run('COM-04', 'section:channels',
        {'plan': [('kind: telephone, use: out_of_band,', 'kind: telephone, use: primary,')], 'scenario': [(ODD, ODD + '  down   = { "pager_cloud", "telephone" },\n')]},
        {'plan': [('kind: telephone, use: out_of_band,', 'kind: telephone, use: primary,')], 'scenario': [(ODD, ODD + '  down   = { "pager_cloud" },\n')]},
        also=(*MANY, 'HYG-01')),
    run('COM-05', 'channel:phone',
        {'plan': [('use: out_of_band, depends_on: [telephone]', 'use: out_of_band, depends_on: [pager_cloud]')], 'scenario': [(ODD, ODD + '  down   = { "pager_cloud" },\n')]},
        {'scenario': [(ODD, ODD + '  down   = { "pager_cloud" },\n')]}, also=(*MANY, 'COM-16')),
    run('COM-06', 'channel:phone',
        {'plan': [('enrolled: [team:all],', 'enrolled: [ana, ben],')], 'scenario': [(ODD, ODD + '  down   = { "pager_cloud" },\n')]},
        {'scenario': [(ODD, ODD + '  down   = { "pager_cloud" },\n')]}, also=MANY),
    run('COM-07', 'channel:pager',
        {'plan': [('depends_on: [pager_cloud], acknowledge: yes', 'depends_on: [pager_cloud], acknowledge: no')], 'assume': silent('ana')},
        {'assume': silent('ana')}, also=MANY),
    run('COM-08', 'person:ben',
        {'plan': CALLING, 'args': away('ben')},
        {'plan': [*CALLING, ('  order:           [phone]\n', '  order:           [phone]\n  if_not_reached:  go on with the calls of whoever is silent\n')], 'args': away('ben')}, also=MANY),
    run('COM-09', 'section:team',
        [('  media:     {owner: comms_lead,', '  media:     {owner: director,')],
        [('  media:     {owner: comms_lead,', '  media:     {owner: person:finn,')], also=('COM-14',)),
    run('COM-10', 'audience:customers',
        [(', every: 12h, template: readers_note}', ', every: 12h}')],
        [(', every: 12h, template: readers_note}', ', every: 12h, template: staff_note}')]),
    run('COM-10', 'obligation:gdpr_33',
        [('    template: gdpr_33_notice\n    stated:   72h\n', '    stated:   72h\n')],
        [('    template: gdpr_33_notice\n    stated:   72h\n', '    template: breach_register\n    stated:   72h\n')], also=('REG-07',)),
    run('COM-11', 'action:tell_readers',
        {'plan': [HOUR, (TELL, TELL.replace('}', ', approve: {all_of: [role:director, role:legal_lead]}}'))], 'assume': silent('ben eva finn', 'decide')},
        {'plan': [HOUR, (TELL, TELL.replace('}', ', approve: {all_of: [role:director, role:legal_lead], if_silent_after: 5m}}'))], 'assume': silent('ben eva finn', 'decide')}, also=MANY),
    run('COM-12', 'audience:customers',
        {'assume': silent('finn ana', 'write'), 'scenario': [('lasts    = "3h"', 'lasts    = "9h"')]},
        {'assume': silent('finn ana', 'answer'), 'scenario': [('lasts    = "3h"', 'lasts    = "9h"')]}, also=MANY),
    run('COM-13', 'severity:sev2',
        {'plan': [('    update_every:       8h\n', '    update_every:       5m\n')], 'assume': silent('ana', 'answer')},
        {'plan': [('    update_every:       8h\n', '    update_every:       24h\n')], 'assume': silent('ana', 'answer')}, also=MANY),
    run('COM-14', 'audience:media',
        [(MEDIA, 'first_within: 1h, every: 24h, template: media_note, after: [action:lessons]}')],
        [(MEDIA, 'first_within: 8h, every: 24h, template: media_note, after: [action:lessons]}')]),
    run('COM-15', 'role:legal_lead',
        {'plan': [('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [eva, dilip]\n    authority: [approve_notice]\n')], 'assume': silent('eva dilip')},
        {'plan': [('    holders:   [eva, finn]\n    authority: [approve_notice]\n', '    holders:   [eva, dilip]\n    authority: [approve_notice]\n')]}, also=MANY),
    run('COM-16', 'section:stored',
        {'plan': [('    - {at: a binder at the front desk, verified: 2026-07-10}\n', ''), ('    binder:       {holds: [contacts, partners, templates, playbooks]}\n', '')],
         'scenario': [(ODD, ODD + '  down   = { "office_suite" },\n')]},
        {'scenario': [(ODD, ODD + '  down   = { "office_suite" },\n')]}, also=(*MANY, 'RES-15')),
    run('COM-16', 'channel:phone',
        {'plan': [('directory: [wallet_cards]', 'directory: [office_suite]')], 'scenario': [(ODD, ODD + '  down   = { "office_suite", "pager_cloud" },\n')]},
        {'scenario': [(ODD, ODD + '  down   = { "office_suite", "pager_cloud" },\n')]}, also=MANY),
    run('COM-17', 'external:northlight',
        [(NORTH, '[{via: mail, address: desk@northlight.example, shared: yes}, {via: mail, address: duty@northlight.example, shared: yes}]')],
        [(NORTH, '[{via: mail, address: desk@northlight.example, shared: yes}, {via: mail, address: duty@northlight.example}]')]),
    run('COM-18', 'jurisdiction:US-NY',
        {'plan': [*IRISH, NEW_YORK, ('  jurisdictions: [IE, EU]\n', '  jurisdictions: [IE, EU, US-NY]\n')], 'scenario': AT_NIGHT},
        {'plan': [*IRISH, NEW_YORK], 'scenario': AT_NIGHT}, also=(*MANY, 'ESC-08', 'REG-01', 'ROL-09', 'REG-11')),
    run('COM-19', 'section:intake',
        {'plan': [('intake:\n  - {from: staff and readers, via: phone, owner: security_lead, within: 15m}\n  - {from: monitoring, via: pager, owner: security_lead, within: 10m}\n', '')],
         'args': away('dilip', 'ana')},
        {'args': away('dilip', 'ana')}, also=(*MANY, 'HYG-01')),
    run('COM-20', 'channel:pager',
        {'scenario': [(ODD, ODD + '  compromised = { "dependency:pager_cloud" },\n')]},
        {'scenario': [(ODD, ODD + '  compromised = { "mail" },\n')]}),
]
