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
]

RUNS = []
