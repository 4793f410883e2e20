#!/usr/bin/env python3
"""noted.py MUSTER STARTER: each type of gap that people may see is written down in a drill by whoever watches it, of a thing of the plan, of
a section that is there or not, of the plan; it stands in the journal, and in the report as observed, at its place, by its name. What is no
type and no part of the plan is refused."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

muster, starter = sys.argv[1], pathlib.Path(sys.argv[2])
SUBJECTS = ["section:team", "section:rotations", "person:ben", "role:director", "action:isolate", "obligation:gdpr_33", "template:gdpr_33_notice", "external:northlight",
            "severity:sev1", "escalation:standard", "audience:board", "playbook:account_takeover", "plan"]
failures = []


def expect(what, holds):
    if not holds:
        failures.append(what)


def seen_by_people():
    done = subprocess.run([muster, "explain", "gaps", "--format", "md"], capture_output=True, text=True)
    return [part[:6] for part in done.stdout.split("\n### ")[1:] if "\n- By a person: " in part]


with tempfile.TemporaryDirectory() as top:
    plan = (starter / "plan.yaml").read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
    pathlib.Path(top, "plan.yaml").write_text(plan)
    pathlib.Path(top, "scenario.lua").write_text((starter / "scenario.lua").read_text().replace("@TODAY@", "2026-07-10"))
    types = seen_by_people()
    noted = [(gap, SUBJECTS[n % len(SUBJECTS)], f"what was seen, number {n}.") for n, gap in enumerate(types)]
    lines = ["", "a", ":as Grace Hale, Evaluator", *(f":gap {gap} {subject} {words}" for gap, subject, words in noted), ":gap ROL-01 action:nothing x", ":gap ROX-01 plan x", ":gap ROL-01",
             ":gap ROL-01 section:nothing x", ":end", ":gap ESC-16 plan said after the end", "q"]
    done = subprocess.run([muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "-o", f"{top}/out", "--play", "commander", "--clock", "steps", "--fail-on", "never", "--seed", "1"],
                          input="\n".join(lines) + "\n", capture_output=True, text=True)
    expect(f"the drill ends with {done.returncode}: {done.stderr}", done.returncode == 0)
    refused = ["there is no such type of gap", 'The plan has nothing "nothing"', "Say which: :gap", "Not done: the plan has nothing of that name"]
    expect("what is no type, or of nothing, is written down", all(done.stdout.count(words) == 1 for words in refused))
    journal = [json.loads(line) for line in pathlib.Path(top, "out/journal.jsonl").read_text().splitlines()]
    found = {(f["gap"], f["subject"]): f for f in json.loads(pathlib.Path(top, "out/findings.json").read_text())["findings"]}
    page = pathlib.Path(top, "out/report.html").read_text()
    for gap, subject, words in [*noted, ("ESC-16", "plan", "said after the end")]:
        event = [e["n"] for e in journal if e["kind"] == "gap.noted" and (e["gap"], e["subject"], e["text"]) == (gap, subject, words)]
        f = found.get((gap, subject), {"confidence": "", "text": "", "evidence": [], "at": {"quote": ""}})
        expect(f"{gap} of {subject} does not stand in the journal", len(event) == 1)
        expect(f"{gap} of {subject} is not observed: {f}", f["confidence"] == "observed" and f["evidence"] == event)
        expect(f"{gap} of {subject} is not said by whoever saw it: {f['text']}", f["text"] == f"Grace Hale, Evaluator saw: {words.rstrip('.')}")
        expect(f"{gap} of {subject} is not in the page", words.rstrip(".") in page)
        key = "muster" if subject in ("plan", "section:rotations") else subject.partition(":")[2]
        expect(f"{gap} of {subject} is at {f['at']['quote']!r}", re.match(rf"\s*{key}:", f["at"]["quote"]))
    report = subprocess.run([muster, "report", f"{top}/out/journal.jsonl", "--format", "md"], capture_output=True, text=True).stdout
    expect("a sentence ends with two full stops", "number 2" in report and ".." not in report)
    expect("too few types", len(types) == 18 and len(types) >= len(SUBJECTS))
for failure in failures[:20]:
    print("FAILED", failure)
print(f"{len(types)} types of {len(SUBJECTS)} kinds of things: {len(failures)} failures")
sys.exit(1 if failures else 0)
