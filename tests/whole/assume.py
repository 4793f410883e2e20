#!/usr/bin/env python3
"""assume.py MUSTER: a card is named as it is called, blanks and all; a habit of no length is no reason to fall over; three numbers
out of order are told. A line that cannot be read hides no other mistake, neither here nor in a programme."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

muster = sys.argv[1]
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    subprocess.run([muster, "init", folder / "new"], check=True, capture_output=True)

    def drill(name, text):
        (folder / name).write_text("muster_assumptions: 1\n" + text)
        run = subprocess.run([muster, "run", folder / "new/plan.yaml", folder / "new/scenario.lua", "--assume", folder / name, "-o", folder / f"drill-{name}",
                              "--fail-on", "never"], capture_output=True, text=True)
        journal = folder / f"drill-{name}/journal.jsonl"
        events = [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []
        return run, [e["answer"] for e in events if e["kind"] == "prompt.answered"]

    for answer in ("now", "watch"):
        run, answers = drill(answer, f"answers: {{cut it off: {answer}}}\n")
        assert run.returncode == 0 and answers == [answer], (run.stderr, answers)
    run, _ = drill("zero", "defaults: {acknowledge: {usual: 0s}}\npeople: {ana: {acknowledge: {usual: 2m}}}\n")
    assert run.returncode == 0, run.returncode
    run, _ = drill("order", "defaults: {acknowledge: {fast: 1h, usual: 4m}}\n")
    assert run.returncode == 3 and "order:2:36: error[MU060]: usual is shorter than fast" in run.stderr, run.stderr
    run, _ = drill("tab", "defaults:\n\tacknowledge: {usual: 4m}\n  answer: {usual: 4}\npeople:\n  anna: {answer: {usual: 3m}}\n")
    told = re.findall(r"tab:(\d+):\d+: error\[(MU\d+)\]", run.stderr)
    assert run.returncode == 3 and told == [("3", "MU005"), ("4", "MU060"), ("6", "MU060")], run.stderr
    programme = (folder / "new/programme.yaml").read_text()
    programme = programme.replace("  title:", "\ttitle:", 1).replace("    players:", "    players", 1)
    programme = re.sub(r"first:       \d{4}-\d\d", "first:       2026-13", programme, count=1)
    (folder / "new/programme.yaml").write_text(programme)
    for command in (["check"], ["schedule", "list"]):
        run = subprocess.run([muster, *command, folder / "new/programme.yaml"], capture_output=True, text=True)
        assert run.returncode == 3 and re.findall(r"error\[(MU\d+)\]", run.stderr) == ["MU005", "MU025", "MU013"], run.stderr
    named = subprocess.run([muster, "run", folder / "new/plan.yaml", folder / "new/scenario.lua", "--assume", folder / "new/plan.yaml", "-o", folder / "none"],
                           capture_output=True, text=True)
    assert named.returncode == 3 and named.stderr.count("error[MU060]") == 1, named.stderr
print("ok")
