#!/usr/bin/env python3
"""absence.py BUILD [--smoke | --long]: least sets of absences, beside SCRAM (Debian's scram, MOCUS) in the same run, and one job a
person, beside incremental brute force. Processor seconds; our figure has every set tried and written out, SCRAM's its report. The sets
must be equal, one by one. --smoke: small plans, and nothing is judged by time; --long: all sets of the largest plan with SCRAM as well."""
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

import absence_plan

build, smoke, long = pathlib.Path(sys.argv[1]) / "tests", "--smoke" in sys.argv, "--long" in sys.argv
PLANS = [(12, 20, False, 0.15), (30, 60, True, 0.15), (100, 200, True, 0.15), (300, 500, True, 0.15)]
STAFFS = [(12, 20, 4), (30, 60, 4), (100, 200, 3), (300, 500, 3)]
scram, wrong = shutil.which("scram"), 0


def used():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def by_scram(folder, order):
    before = used()
    run = subprocess.run([scram, "--mocus", "-l", str(order), "--no-indent", "-o", folder / "scram.xml", folder / "plan.xml"], capture_output=True, text=True)
    seconds = used() - before
    assert run.returncode == 0, run.stderr
    products = re.findall(r"<product[ >].*?</product>", (folder / "scram.xml").read_text(), re.S)
    return {frozenset(re.findall(r'basic-event name="([^"]+)"', p)) for p in products}, seconds


def by_us(folder, order):
    run = subprocess.run([build / "bench-absence", folder / "plan.txt", str(order), folder / "sets"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return {frozenset(line.split()) for line in (folder / "sets").read_text().splitlines()}, json.loads(run.stdout)


def row(folder, plan, order, against):
    global wrong
    made = absence_plan.Plan(*plan, 1)
    (folder / "plan.txt").write_text(made.text())
    (folder / "plan.xml").write_text(made.tree())
    own, figures = by_us(folder, order)
    text = f"{'nested' if plan[2] else 'flat':>6} {plan[0]:>3}/{plan[1]:<3} order {order:>3}: {len(own):>6} sets, {figures['seconds']:.4f} s, {figures['mb']:.0f} MB"
    if against:
        other, seconds = by_scram(folder, 100 if order == "all" else order)
        wrong += own != other
        text += f"; SCRAM {seconds:.2f} s, 1/{seconds / figures['seconds']:.0f}; the sets are {'equal' if own == other else 'DIFFERENT'}"
    print(text, flush=True)


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    if not scram:
        print("SCRAM is not installed (apt-get install scram): our figures alone")
    for plan in PLANS[: 2 if smoke else None]:
        row(folder, plan, 4, scram)
        if plan[0] < 300:
            row(folder, plan, "all", scram and plan[0] < 100)
    if not smoke:
        row(folder, PLANS[-1], "all", scram and long)
for people, tasks, order in STAFFS[: 2 if smoke else None]:
    run = subprocess.run([build / "bench-staffing", str(people), str(tasks), str(order)], capture_output=True, text=True, check=True)
    f = json.loads(run.stdout)
    wrong += not f["equal"]
    print(f"one job a person {people:>3}/{tasks:<3} order {order}: {sum(f['sets'])} sets, {f['engine']:.4f} s; brute force {f['brute']:.2f} s, 1/{f['brute'] / f['engine']:.0f}; "
          f"the sets are {'equal' if f['equal'] else 'DIFFERENT'}", flush=True)
sys.exit(wrong > 0)
