#!/usr/bin/env python3
"""assume.py MUSTER: a card is named as it is called, blanks and all; a habit of no length is no reason to fall over; three numbers
out of order are told."""
import json
import pathlib
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
    named = subprocess.run([muster, "run", folder / "new/plan.yaml", folder / "new/scenario.lua", "--assume", folder / "new/plan.yaml", "-o", folder / "none"],
                           capture_output=True, text=True)
    assert named.returncode == 3 and named.stderr.count("error[MU060]") == 1, named.stderr
print("ok")
