"""Gaps of communications: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

# aoife begins the tree of calls, and sara has a branch of it
CALLS = [('    languages: [en, ga]\n    reach:     [{via: pager, address: aoife}', '    languages: [en, ga]\n    calls:     [sara, dev]\n    reach:     [{via: pager, address: aoife}'),
         ('    access:    [siem, guardduty, cloudtrail, isolation_runbook, backup_console]\n', '    calls:     [noor, piotr]\n    access:    [siem, guardduty, cloudtrail, isolation_runbook, backup_console]\n')]

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
    edit('COM-12', 'audience:suppliers',  # a supplier makes the group matter
         '  suppliers:\n    owner:        ciso\n',
         '  others:\n    owner:        ciso\n',
         '  vendors:\n    owner:        ciso\n', also=('HYG-05',),
         first=[('    kind:         pr\n', '    kind:         supplier\n')]),
    edit('COM-17', 'external:garda',
         '    reach:        [{via: phone, address: "+353 1 555 0140"}, {via: mail, address: gnccb@garda.example}]\n',
         '    reach:        [{via: mail, address: desk@garda.example, shared: yes}, {via: mail, address: gnccb@garda.example, shared: yes}]\n',
         '    reach:        [{via: mail, address: desk@garda.example}, {via: mail, address: gnccb@garda.example, shared: yes}]\n'),
    edit('COM-18', 'jurisdiction:JP',
         '  jurisdictions: [IE, EU, US-NY, SG]\n',
         '  jurisdictions: [IE, EU, US-NY, SG, JP]\n',
         '  jurisdictions: [IE, EU, US-NY, SG, PL]\n', first=[('    languages: [en, ja]\n', '    languages: [en]\n')]),
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
]

RUNS = []
