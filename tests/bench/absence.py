#!/usr/bin/env python3
"""absence.py BUILD [--smoke | --long]: least sets of absences and the exact chance that the plan fails, beside SCRAM (Debian's scram: MOCUS,
and its decision diagram) in the same run, and one job a person, beside incremental brute force. Processor seconds; our figure has every
set tried and written out, the median of five runs; SCRAM's has its report. The sets must be equal, one by one, and the chances to the six
digits that SCRAM prints. --smoke: small plans, and nothing is judged by time; --long: all sets of the largest plan with SCRAM as well, for at
most half an hour of the processor, and the chances of large plans, each for at most two minutes; 8 GB each. That takes a quarter of an hour
of a free processor; a row is printed as soon as it is known."""
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
CHANCES = [(12, 20, False, 0.15), (30, 60, True, 0.15), (100, 200, False, 0.05), (100, 200, False, 0), (100, 200, True, 0), (300, 500, False, 0), (300, 500, True, 0), (300, 500, False, 0.05)]
SETS_SECONDS, CHANCE_SECONDS, BYTES, RUNS = 1800, 120, 8 << 30, 1 if smoke else 5
STAFFS = [(12, 20, 4), (30, 60, 4), (100, 200, 3), (300, 500, 3)]
scram, wrong = shutil.which("scram"), 0


def used():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def limited(seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def run_scram(folder, limit, *options):
    """its processor seconds; whether it ended"""
    before = used()
    run = subprocess.run([scram, *options, "--no-indent", "-o", folder / "scram.xml", folder / "plan.xml"], capture_output=True, text=True, preexec_fn=lambda: limited(limit))
    return used() - before, run.returncode == 0


def by_scram(folder, order):
    seconds, ended = run_scram(folder, SETS_SECONDS, "--mocus", "-l", str(order))
    if not ended:
        return None, seconds
    products = re.findall(r"<product[ >].*?</product>", (folder / "scram.xml").read_text(), re.S)
    return {frozenset(re.findall(r'basic-event name="([^"]+)"', p)) for p in products}, seconds


def by_us(folder, order):
    run = subprocess.run([build / "bench-absence", folder / "plan.txt", str(order), folder / "sets"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def median(make):
    return sorted((make() for _ in range(RUNS)), key=lambda f: f["seconds"])[RUNS // 2]


def write(folder, plan):
    made = absence_plan.Plan(*plan, 1)
    (folder / "plan.txt").write_text(made.text())
    (folder / "plan.xml").write_text(made.tree())
    return f"{'nested' if plan[2] else 'flat':>6} {plan[0]:>3}/{plan[1]:<3}"


def chance(folder, plan, against):
    """the whole diagram, and of SCRAM as few sets as it can be asked for"""
    global wrong
    name = write(folder, plan)
    f = median(lambda: by_us(folder, "chance"))
    text = f"{name} CROSS {plan[3] * 100:.0f}%: fails with a chance of {f['chance']:.9f}, {f['seconds']:.4f} s, {f['mb']:.0f} MB"
    if against:
        seconds, ended = run_scram(folder, CHANCE_SECONDS, "--bdd", "-l", "1", "--probability", "true")
        told = float(re.search(r'<sum-of-products[^>]* probability="([^"]+)"', (folder / "scram.xml").read_text()).group(1)) if ended else None
        equal = ended and abs(told - f["chance"]) <= 1e-6 * max(1, told)
        wrong += ended and not equal
        text += f"; SCRAM's diagram {seconds:.2f} s, 1/{seconds / f['seconds']:.0f}; the chances are {'equal' if equal else 'DIFFERENT'}" if ended else f"; SCRAM's diagram did not end within {seconds:.0f} s or 8 GB"
    print(text, flush=True)


def row(folder, plan, order, against):
    global wrong
    name = write(folder, plan)
    figures = median(lambda: by_us(folder, order))
    own = {frozenset(line.split()) for line in (folder / "sets").read_text().splitlines()}
    text = f"{name} order {order:>3}: {len(own):>6} sets, {figures['seconds']:.4f} s, {figures['mb']:.0f} MB"
    if against:
        other, seconds = by_scram(folder, 100 if order == "all" else order)
        wrong += other is not None and own != other
        ratio = f"1/{seconds / figures['seconds']:.0f}"
        text += f"; SCRAM {seconds:.2f} s, {ratio}; the sets are {'equal' if own == other else 'DIFFERENT'}" if other is not None else f"; SCRAM did not end within {seconds:.0f} s: less than {ratio}"
    print(text, flush=True)


def staffing(people, tasks, order):
    global wrong
    run = subprocess.run([build / "bench-staffing", str(people), str(tasks), str(order)], capture_output=True, text=True, check=True)
    f = json.loads(run.stdout)
    wrong += not f["equal"]
    print(f"one job a person {people:>3}/{tasks:<3} order {order}: {sum(f['sets'])} sets, {f['engine']:.4f} s; brute force {f['brute']:.2f} s, 1/{f['brute'] / f['engine']:.0f}; "
          f"the sets are {'equal' if f['equal'] else 'DIFFERENT'}", flush=True)


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    if not scram:
        print("SCRAM is not installed (apt-get install scram): our figures alone")
    for plan in PLANS[: 2 if smoke else None]:
        row(folder, plan, 4, scram)
        if plan[0] < 300:
            row(folder, plan, "all", scram and (plan[0] < 100 or long))
    for some in STAFFS[: 2 if smoke else None]:
        staffing(*some)
    for plan in CHANCES[: 2 if smoke else None]:
        if plan[0] < 300:
            chance(folder, plan, scram and (plan[0] < 100 or long))
    if not smoke:
        row(folder, PLANS[-1], "all", scram and long)
        for plan in CHANCES:
            if plan[0] == 300:
                chance(folder, plan, scram and long)
sys.exit(wrong > 0)
