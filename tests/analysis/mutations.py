#!/usr/bin/env python3
"""mutations.py [-v] MUSTER PLAN...: plants each fault at every place of each plan where it can stand, and counts what `muster check`
finds. A place is skipped where the plan has that gap at that subject already. Found: the type at the subject, not there before.
On the line: at the line that was changed, or at the key that lost something. False alarm: a new finding of another type, beyond those
that the operator names because the fault truly causes them too. Fails where a fault is missed or an alarm is false."""
import collections
import concurrent.futures
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from mutations_operators import OPERATORS
from mutations_plan import Plan


def check(muster, text):
    with tempfile.TemporaryDirectory() as top:
        file = pathlib.Path(top, "plan.yaml")
        file.write_text(text, encoding="utf-8")
        pathlib.Path(top, "roster.csv").write_text("name\nNobody Here\n")
        done = subprocess.run([muster, "check", str(file), "--at", "2026-07-10", "--format", "json", "--fail-on", "never"],
                              capture_output=True, text=True, close_fds=False)
    found = collections.defaultdict(set)
    if not done.stdout:
        return {("unread:", done.stderr.partition(" ")[2].split("\n")[0]): set()}
    findings = json.loads(done.stdout)["findings"]
    for f in findings:
        found[f["gap"], f["subject"]].add(f["at"]["line"])
    if len({f["id"] for f in findings}) < len(findings):
        found["two findings with one name:", ""] = set()
    return found


def judged(muster, name, base, op, fault):
    after = check(muster, fault.text)
    new = {key: lines for key, lines in after.items() if key not in base}
    hit = new.get((op.gap, fault.subject), set())
    false = sorted(f"{g} {s}" for g, s in new if g != op.gap and g not in op.also)
    return op.gap, name, fault, bool(hit), bool(hit & fault.lines), false, sorted(hit)


def main():
    loud = "-v" in sys.argv[1:]
    muster, *paths = (a for a in sys.argv[1:] if a != "-v")
    work = []
    for path in map(pathlib.Path, paths):
        plan = Plan(path.read_text(encoding="utf-8"))
        base = check(muster, plan.text)
        work += [(muster, path.name, base, op, fault) for op in OPERATORS for fault in op.faults(plan)
                 if fault.text != plan.text and (op.gap, fault.subject) not in base]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda w: judged(*w), work))
    total = [0, 0, 0, 0]
    for gap, rows in itertools.groupby(sorted(results, key=lambda r: r[0]), key=lambda r: r[0]):
        rows = list(rows)
        counts = [len(rows), sum(r[3] for r in rows), sum(r[4] for r in rows), sum(len(r[5]) for r in rows)]
        total = [a + b for a, b in zip(total, counts)]
        print(f"{gap}  planted {counts[0]}, found {counts[1]}, on the line {counts[2]}, false alarms {counts[3]}")
        for _, name, fault, found, placed, false, at in rows:
            if not found or false or loud and not placed:
                wrong = ["missed"] * (not found) + [f"at line {at}, not {sorted(fault.lines)}"] * (found and not placed) + false
                print(f"       {name}: {fault.what}: {'; '.join(wrong)}")
    print("planted {}, found {}, on the line {}, false alarms {}".format(*total), f"({len({r[0] for r in results})} types, {len(paths)} plans)")
    return total[1] < total[0] or total[3] > 0


if __name__ == "__main__":
    sys.exit(main())
