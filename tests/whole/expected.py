#!/usr/bin/env python3
"""expected.py MUSTER RULES EXPECTED PLAN: `muster check` of a shipped plan finds, for the rules that it has, exactly what
the expected file lists, each on its line. RULES is a file with one gap id a line. What the file leaves open may be found or not."""
import json
import subprocess
import sys

muster, rules, expected, plan = sys.argv[1:]
rules = set(open(rules).read().split())
expected = json.load(open(expected))
want = {(f["gap"], f["subject"], f["line"]) for f in expected["findings"] if f["gap"] in rules}
run = subprocess.run([muster, "check", plan, "--at", "2026-07-10 12:00", "--format", "json", "--fail-on", "never"],
                     capture_output=True, text=True)
got = {(f["gap"], f["subject"], f["at"]["line"]) for f in json.loads(run.stdout)["findings"]}
left_open = {f["gap"] for f in expected["open"] + expected["beyond_check"]}
got = {f for f in got if f in want or f[0] not in left_open}
for f in sorted(want - got):
    print("missing  ", *f)
for f in sorted(got - want):
    print("surplus  ", *f)
print(f"{len(want & got)} of {len(want)} found, {len(got - want)} surplus")
sys.exit(0 if want == got else 1)
