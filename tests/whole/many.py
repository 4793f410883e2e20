#!/usr/bin/env python3
"""many.py MUSTER SCENARIOS: many of one thing are told as one, or refused with the place; the twelfth in an order is the twelfth; what
was late did not hold."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

muster, scenarios = sys.argv[1], pathlib.Path(sys.argv[2])
HEAD = "muster: 1\norganisation: {name: X, timezone: UTC}\nplan: {title: T}\nchannels: {phone: {kind: phone}}\n"
SCENARIO = """exercise { title = 'T', starts = '2026-07-10 08:00', lasts = '1h' }
question 'a' { to = 'team:last', asks = '?', answers = { 'yes: Yes', 'no: No' }, within = '10m' }
story 's' (function () ask 'a' end)
"""


def people(count):
    return "people:\n" + "".join(f"  p{n}: {{name: Person {n}, hours: 24x7, reach: [{{via: phone, address: a{n}}}]}}\n" for n in range(1, count + 1))


def check(folder, text, *more, code=(0, 1), head=HEAD):
    (folder / "plan.yaml").write_text(head + text)
    done = subprocess.run([muster, "check", folder / "plan.yaml", "--at", "2026-07-10", *more], capture_output=True, text=True)
    assert done.returncode in code, (done.returncode, done.stderr[-2000:])
    return done


def findings(folder, text, head=HEAD):
    return json.loads(check(folder, text, "--format", "json", head=head).stdout)["findings"]


def the_twelfth_is_asked(folder):
    holders = ", ".join(f"p{n}" for n in range(1, 13))
    (folder / "plan.yaml").write_text(HEAD + people(12) + f"roles:\n  r: {{holders: [{holders}]}}\nteams: {{last: {{members: [role:r/12]}}}}\n")
    (folder / "scenario.lua").write_text(SCENARIO)
    subprocess.run([muster, "run", folder / "plan.yaml", folder / "scenario.lua", "-o", folder / "drill", "--fail-on", "never"], check=True, capture_output=True)
    events = [json.loads(line) for line in (folder / "drill" / "journal.jsonl").read_text().splitlines()]
    assert [e["person"] for e in events if e["kind"] == "prompt.open"] == ["person:p12"]


def one_gap_for_each_level(folder):
    text = people(2) + "roles: {r: {holders: [p1, p2]}}\nseverities:\n" + "".join(f"  s{i}: {{rank: {1 + i % 2}, inform: [r]}}\n" for i in range(8))
    got = [(f["subject"], f["text"]) for f in findings(folder, text) if f["gap"] == "ESC-01"]
    assert len(got) == 6 and ("severity:s5", "s3 and s5 have the same rank, so neither is the worse") in got, got


def one_cause_has_a_name(folder):
    text = people(1).replace("Person 1", "Rosa Diaz").replace("p1:", "rosa:") + "roles: {r: {holders: [rosa]}}\nteams: {t: {members: [rosa]}}\n"
    causes = [line for line in check(folder, text).stdout.splitlines() if line.startswith("One cause")]
    assert any(": Rosa Diaz (" in line for line in causes) and not any("person:" in line for line in causes), causes


def the_same_of_many_is_one_entry(folder):
    """Forty people who all lack the same: told once, with each name and its line; what one of them has of their own stands alone."""
    text = people(40) + "roles: {r: {title: Lead, holders: [p1, p2]}}\n"
    (folder / "plan.yaml").write_text(HEAD + text)
    (folder / "scenario.lua").write_text(SCENARIO.replace("team:last", "r"))
    subprocess.run([muster, "run", folder / "plan.yaml", folder / "scenario.lua", "-o", folder / "drill", "--fail-on", "never"], check=True, capture_output=True)
    found = [f for f in json.loads((folder / "drill" / "findings.json").read_text())["findings"] if f["gap"] == "COM-02"]
    assert len(found) == 40 and len({f["id"] for f in found}) == 40, len(found)
    for form in ("md", "html"):
        said = (folder / "drill" / f"report.{form}").read_text().partition("Contact not verified recently")[2].partition("#### " if form == "md" else "<article")[0]
        assert said.count("No date on record shows that") == 3 and said.count("; and the same of 37 more") == 1, (form, said.count("No date on record shows that"))
        assert all(f"Person {n} (line {n + 5})" in said for n in range(4, 41)), form
        assert form == "md" or len(set(re.findall(r'id="(gap-\d+)"', said))) == 40


def a_long_ring_is_counted(folder):
    text = people(2) + "roles:\n" + "".join(f"  r{i:03}: {{title: R{i:03}, holders: [p{1 + i % 2}, p{2 - i % 2}]}}\n" for i in range(100))
    got = [f["text"] for f in findings(folder, text) if f["gap"] == "ROL-10"]
    assert len(got) == 1 and "R007 and 91 more: one absence puts all of them" in got[0] and "R008" not in got[0], got


def crowds_are_refused(folder):
    text = people(1000) + "teams: {t: {members: [team:all]}}\nroles:\n" + "".join(f"  r{i}: {{pool: [team:t]}}\n" for i in range(200))
    said = check(folder, text, code=(3,)).stderr
    assert said.count("error[MU008]") == 1 and 'with "team:t" the teams and roles of this plan come to more than 150,000 names' in said, said
    assert "plan.yaml:1157:" in said, said  # r149: those before it come to 149,000, and the team itself to 999
    assert check(folder, text[:text.index("  r140")]).stderr == ""
    ring = "teams:\n" + "".join(f"  t{i}: {{members: [{', '.join(f'team:t{k}' for k in range(5))}, p1]}}\n" for i in range(5))
    assert check(folder, people(2) + ring + "roles: {r: {pool: [team:t0]}}\n").stderr == "", "teams that name each other are no crowd"


def what_things_stand_on_is_bounded(folder):
    """Each of 900 stands on the one before it, and 400 tools on the last: written out, 405,000 things and 360,000."""
    chain = "dependencies:\n  d0: {kind: network}\n" + "".join(f"  d{i}: {{depends_on: [d{i - 1}]}}\n" for i in range(1, 1200))
    tools = "resources:\n  tools:\n" + "".join(f"    t{i}: {{depends_on: [d{{}}]}}\n" for i in range(400))
    text = people(2) + "roles: {r: {holders: [p1, p2]}}\n" + chain.replace("d900]", "d0]")
    said = check(folder, text + tools.replace("{}", "899"), code=(3,)).stderr
    assert said.count("error[MU008]") == 1 and 'with "d899" what the things of this plan stand on comes to more than half a million things' in said, said
    assert check(folder, text + tools.replace("{}", "5")).stderr == ""


def alike_beyond_ten_thousand_are_one(folder):
    """Those that are not listed stand as one gap of the plan, where the first of them is."""
    head = HEAD.replace("title: T", "title: T, risks: [" + ", ".join(f"k{i}" for i in range(10400)) + "]")
    got = [f for f in findings(folder, people(2) + "roles: {r: {holders: [p1, p2]}}\n", head) if f["gap"] == "HYG-06"]
    more = [f for f in got if f["subject"] == "plan"]
    assert len(got) == 10001 and len(more) == 1 and more[0]["text"].startswith("10000 gaps of this type are listed one by one"), (len(got), more)
    assert {f["subject"] for f in got} >= {"scenario:k0", "scenario:k9999"} and "scenario:k10000" not in {f["subject"] for f in got}


def of_a_cause_each_type_is_counted(folder):
    text = people(2) + "roles: {r: {holders: [p1, p2]}}\nraci:\n" + "".join(f"  a{i}: {{R: [r]}}\n" for i in range(5))
    assert "section:raci (ROL-01 ×5" in check(folder, text).stdout


def more_than_is_read_is_counted(folder):
    """As text; a document has all of them, and of what is new since a baseline none is left out."""
    text = people(250) + "roles: {r: {holders: [p1, p2]}}\n"
    said, every = check(folder, text).stdout, findings(folder, text)
    total = sum(f["gap"] == "COM-01" for f in every)
    assert total > 200 and said.count("[COM-01]") == 200 and f"... and {total - 200} more of COM-01: --format json" in said, (total, said.count("[COM-01]"))
    (folder / "known.json").write_text(check(folder, people(2) + "roles: {r: {holders: [p1, p2]}}\n", "--format", "json").stdout)
    assert check(folder, text, "--baseline", folder / "known.json").stdout.count("[COM-01]") == total


def gaps_of_one_line_stand_by_column(folder):
    text = "people: {p1: {name: A, verified: 2020-01-01, trained: 2020-01-01}, p2: {name: B, verified: 2020-01-01, trained: 2020-01-01}}\nroles: {r: {holders: [p1, p2]}}\n"
    got = [(f["severity"], f["at"]["line"], f["at"]["column"], f["gap"]) for f in findings(folder, text)]
    order = ["critical", "high", "medium", "low"]
    assert got == sorted(got, key=lambda f: (order.index(f[0]), *f[1:])) and len({f[2] for f in got if f[1] == 5}) > 2, got


def what_was_late_did_not_hold(folder):
    """The insurer is told by one call, which is the notice of the policy and the message to the audience."""
    late = 0
    for seed in "123":
        drill = folder / seed
        subprocess.run([muster, "run", scenarios / "plans" / "meridian-pay.clean.yaml", scenarios / "ransomware-friday", "--seed", seed, "-o", drill, "--fail-on", "never"],
                       check=True, capture_output=True)
        report = json.loads((drill / "report.json").read_text())
        told_late = any(f["gap"] == "REG-03" and f["subject"] == "obligation:insurer" for f in report["findings"])
        late += told_late
        for f in report["findings"]:
            margins = [t["late_ms"] for t in report["targets"] if f["gap"] == "REG-03" and " late" in f["text"] and t["events"][-1] in f["evidence"]]
            assert all(f"told {round(m / 60000)} min late" in f["text"] for m in margins if m and m < 89 * 60000), (f["text"], margins)
        assert not told_late or not any(h["subject"] == "audience:insurer" for h in report["held"]), seed
    assert late, "no seed shows it any more"


with tempfile.TemporaryDirectory() as top:
    for number, claim in enumerate((the_twelfth_is_asked, one_gap_for_each_level, one_cause_has_a_name, the_same_of_many_is_one_entry, a_long_ring_is_counted, crowds_are_refused, what_things_stand_on_is_bounded, alike_beyond_ten_thousand_are_one, of_a_cause_each_type_is_counted, more_than_is_read_is_counted,
                                    gaps_of_one_line_stand_by_column, what_was_late_did_not_hold)):
        folder = pathlib.Path(top, str(number))
        folder.mkdir()
        claim(folder)
