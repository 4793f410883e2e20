#!/usr/bin/env python3
"""edits.py MUSTER CLEAN: one edit of a clean plan for each rule that must trigger exactly that gap there, and a near miss
that must not. An edit is (gap, subject, text in the plan, what replaces it, near miss); the text stands in the plan once."""
import json
import pathlib
import subprocess
import sys
import tempfile

muster, clean = sys.argv[1], pathlib.Path(sys.argv[2]).read_text()

EDITS = [
    ("ROL-01", "action:brief_board", "    R:              [board_secretary]\n    A:              exec_sponsor\n",
     "    R:              [board_secretary]\n", "    R/A:            [board_secretary]\n"),
    ("ROL-02", "action:brief_board", "    R:              [board_secretary]\n    A:              exec_sponsor\n",
     "    R:              [board_secretary]\n    A:              [exec_sponsor, cfo]\n",
     "    R:              [board_secretary]\n    A:              [exec_sponsor]\n"),
    ("ROL-03", "action:brief_board", "    R:              [board_secretary]\n    A:              exec_sponsor\n",
     "    A:              exec_sponsor\n", "    R:              [exec_sponsor]\n    A:              exec_sponsor\n"),
    ("ROL-04", "action:stop_payments", "authority:      stop_payments", "authority:      isolate_region",
     "authority:      stop_payments # as before"),
    ("ROL-06", "role:hr_lead", "    holders:       [ngozi, ruth]\n", "    holders:       []\n", "    holders:       [ruth, ngozi]\n"),
    ("ROL-08", "role:hr_lead", "    holders:       [ngozi, ruth]\n    depth:         2\n", "    holders:       [ngozi]\n",
     "    holders:       [ngozi, ruth]\n"),
    ("ROL-09", "role:hr_lead", "    holders:       [ngozi, ruth]\n    depth:         2\n",
     "    holders:       [ngozi, ruth]\n    depth:         3\n", "    holders:       [ngozi, ruth]\n    depth:         1\n"),
    ("ROL-10", "role:exec_sponsor", "    holders:       [dev, ngozi]\n", "    holders:       [dara, tom]\n", "    holders:       [dara, ngozi]\n"),
    ("ROL-21", "action:triage", "    access:         [siem]\n    logs:           [guardduty, cloudtrail]",
     "    access:         [status_console]\n    logs:           [guardduty, cloudtrail]",
     "    access:         [guardduty]\n    logs:           [guardduty, cloudtrail]"),
    ("COM-01", "external:garda", "{via: phone, address: \"+353 1 555 0140\"}, ", "", "{via: phone, address: \"+353 1 555 0141\"}, "),
    ("COM-02", "external:banca_uno", "address: fraud@bancauno.example}]\n    hours:        24x7\n    verified:     2026-05-18",
     "address: fraud@bancauno.example}]\n    hours:        24x7\n    verified:     2026-04-10",
     "address: fraud@bancauno.example}]\n    hours:        24x7\n    verified:     2026-04-12"),
    ("COM-05", "channel:signal_ir", "    depends_on:  [mobile_data]", "    depends_on:  [mobile_data, okta]", "    depends_on:  [mobile_data, pstn]"),
    ("COM-06", "channel:signal_ir", "    private:     yes\n    tested:      2026-06-16", "    private:     yes\n    tested:      2026-01-09",
     "    private:     yes\n    tested:      2026-01-11"),
    ("COM-06", "channel:signal_ir", "    enrolled:    [team:all]\n    acknowledge: yes\n    private:     yes",
     "    enrolled:    [aoife]\n    acknowledge: yes\n    private:     yes", "    enrolled:    [team:all, aoife]\n    acknowledge: yes\n    private:     yes"),
    ("COM-12", "audience:suppliers", "    owner:        ciso\n    via:          [mail, phone]\n    first_within: 24h\n",
     "    owner:        ciso\n    via:          [mail, phone]\n", "    owner:        ciso\n    via:          [mail]\n    first_within: 48h\n"),
    ("COM-16", "channel:phone", "    directory:   [wallet_cards]", "    directory:   [wiki]", "    directory:   [wiki, wallet_cards]"),
    ("ESC-06", "escalation:major/2", "role:incident_commander/2, via", "role:incident_commander/1, via", "role:incident_commander/3, via"),
    ("ESC-07", "escalation:major", "team:all,                  via: [pager, phone], within: 4m, tries: 1}",
     "team:all,                  via: [pager, phone], within: 25m, tries: 1}",
     "team:all,                  via: [pager, phone], within: 24m, tries: 1}"),
    ("ESC-03", "escalation:major/3", "via: [pager, phone], within: 4m, tries: 1}", "via: [pager, phone], tries: 1}",
     "via: [pager, phone], within: 4m}"),
    ("ESC-05", "escalation:major", "via: [pager, phone], within: 4m, tries: 1}", "via: [pager, phone], within: 4m, otherwise: escalation:major}",
     "via: [pager, phone], within: 4m, otherwise: escalation:standard}"),
    ("HYG-02", "plan", "  reviewed:     2026-07-03\n  review_every: 12 months", "  reviewed:     2025-07-09\n  review_every: 12 months",
     "  reviewed:     2025-07-11\n  review_every: 12 months"),
    ("REG-02", "obligation:dora_initial", "    action:        notify_cbi\n    deputy:        person:hana\n    route:         external:cbi\n    template:      dora_initial_report\n    decided_by",
     "    action:        notify_cbi\n    route:         external:cbi\n    template:      dora_initial_report\n    decided_by",
     "    action:        notify_cbi\n    deputy:        role:ciso\n    route:         external:cbi\n    template:      dora_initial_report\n    decided_by"),
    ("REG-05", "obligation:gdpr_33", "    template:      gdpr_33_notice\n    stated:        72h", "    template:      gdpr_33_notice\n    stated:        {starts: detection, within: 72h}",
     "    template:      gdpr_33_notice\n    stated:        {starts: awareness, within: 72h}"),
    ("REG-08", "obligation:dora_initial", "    decided_by:    action:classify_major\n    decide_within: 12h\n", "    decided_by:    action:classify_major\n",
     "    decided_by:    action:classify_major\n    decide_within: 11h\n"),
    ("REG-09", "obligation:gdpr_33", "    template:      gdpr_33_notice\n    stated:        72h", "    template:      gdpr_33_notice\n    stated:        73h",
     "    template:      gdpr_33_notice\n    stated:        3d"),
    ("REG-09", "obligation:sg_pdpa", "    stated:        3d\n", "    stated:        3 business days\n", "    stated:        72h\n"),
    ("TIM-08", "severity:sev3", "    contain_within:     24h\n", "", "    contain_within:     48h\n"),
    ("COM-13", "severity:sev3", "    update_every:       24h\n", "", "    update_every:       [24h, 48h]\n"),
    ("RES-01", "external:northbeam", "      until:         2027-06-30", "      until:         2026-09-06", "      until:         2026-09-09"),
    ("RES-07", "break_glass:break_glass_prod", "tested: 2026-03-30}", "tested: 2026-01-09}", "tested: 2026-01-11}"),
    ("RES-08", "log:vpc_flow", "vpc_flow:   {enabled: yes, retention: 90d}", "vpc_flow:   {enabled: yes, retention: 89d}",
     "vpc_flow:   {enabled: yes, retention: 91d}"),
    ("HYG-07", "playbook:insider", "      - {id: eradicate, phase: eradicate, action: eradicate, after: [isolate, capture], within: 4h,\n         done_when: no key or rule of the person is left}\n      - {id: restore, phase: recover, action: restore, after: [eradicate], within: 4h,\n         done_when: what was changed is as it was}",
     "      - {id: restore, phase: recover, action: restore, after: [isolate], within: 4h,\n         done_when: what was changed is as it was}",
     "      - {id: eradicate, action: eradicate, after: [isolate, capture], within: 4h,\n         done_when: no key or rule of the person is left}\n      - {id: restore, phase: recover, action: restore, after: [eradicate], within: 4h,\n         done_when: what was changed is as it was}"),
    ("COM-07", "channel:pager", "    depends_on:  [pager_cloud]\n    acknowledge: yes\n", "    depends_on:  [pager_cloud]\n    acknowledge: no\n",
     "    depends_on:  [pager_cloud]\n    acknowledge: true\n"),
    ("ROL-05", "action:triag", "      - {id: triage, phase: detect, action: triage, within: 30m,\n         done_when: severity is set and logged}",
     "      - {id: triage, phase: detect, action: triag, within: 30m,\n         done_when: severity is set and logged}",
     "      - {id: triage, action: triage, within: 30m,\n         done_when: severity is set and logged}"),
    ("HYG-05", "role:hr_lead", "    holders:       [ngozi, ruth]\n    depth:         2\n", "    holders:       [ngozi, ruth, nobody]\n    depth:         2\n",
     "    holders:       [ngozi, ruth, hana]\n    depth:         2\n"),
    ("ESC-01", "severity:sev3", "    rank: 3\n", "    rank: 2\n", "    rank: 4\n"),
    ("ESC-09", "rotation:security", "  security:\n    members:  [sara, dev]\n", "  security:\n    members:  [sara]\n", "  security:\n    members:  [dev, sara]\n"),
    ("ESC-09", "rotation:commander", "        to:     2026-06-29 09:00\n        person: jun\n",
     "        to:     2026-06-29 09:00\n        person: jun\n      - {from: 2026-08-03 09:00, to: 2026-08-10 09:00, person: marco}\n",
     "        to:     2026-06-29 09:00\n        person: jun\n      - {from: 2026-08-03 09:00, to: 2026-08-10 09:00, person: dev}\n"),
    ("COM-04", "section:channels", "    use:         out_of_band\n", "    use:         primary\n", "    use:         out_of_band # as before\n"),
    ("HYG-01", "section:phases", "\nphases:\n", "\nx-phases:\n", "\nphases: # in order\n"),
    ("ROL-07", "role:hr_lead", "    verified:  2026-05-05\n\n  hana:", "    verified:  2026-05-05\n    away:      [{from: 2026-07-01, to: 2026-07-10}]\n\n  hana:",
     "    verified:  2026-05-05\n    away:      [{from: 2026-07-01, to: 2026-07-09}]\n\n  hana:"),
]
ALSO = {("COM-13", "TIM-08"), ("ROL-05", "HYG-05"), ("ROL-07", "ROL-08")}  # a severity without a cadence lacks a time as well: both rules are about that key


def found(text):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as f:
        f.write(text)
        f.flush()
        run = subprocess.run([muster, "check", f.name, "--at", "2026-07-10 12:00", "--format", "json", "--fail-on", "never"],
                             capture_output=True, text=True)
    if not run.stdout.startswith("{"):
        return {("refused", run.stderr.splitlines()[0])}
    return {(x["gap"], x["subject"]) for x in json.loads(run.stdout)["findings"]}


failed = 0
for gap, subject, old, new, near in EDITS:
    base = clean.replace("    holders:       [ngozi, ruth]\n    depth:         2\n", "    holders:       [ngozi]\n    depth:         1\n") if gap == "ROL-07" else clean
    assert base.count(old) == (2 if gap == "COM-04" else 1), (gap, old, base.count(old))
    must, must_not = found(base.replace(old, new)), found(base.replace(old, near)) - {x for x in found(base) if base is not clean}
    wrong = {x for x in must if x[0] != gap and (gap, x[0]) not in ALSO}
    if (gap, subject) not in must or wrong or must_not:
        print(f"{gap} {subject}: found {sorted(must)}, near miss found {sorted(must_not)}")
        failed += 1
print(f"{len(EDITS) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
