"""Gaps of communications: one edit that must show each, one near miss that must not."""
from edits import edit, run  # noqa: F401

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
]

RUNS = []
