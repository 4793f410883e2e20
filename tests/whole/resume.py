#!/usr/bin/env python3
"""resume.py MUSTER PLAN SCENARIO [STEP]: a drill is cut off after every k-th event, and after every fourth of these in the middle
of the line behind it; taken up with --resume its journal has the same bytes as the one that was never cut."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

muster, plan, scenario = sys.argv[1:4]
step = int(sys.argv[4]) if len(sys.argv) > 4 else 1


def run(folder, *more):
    return subprocess.run([muster, "run", plan, scenario, "-o", folder, "--seed", "7", "--fail-on", "never", *more], capture_output=True, text=True)


with tempfile.TemporaryDirectory() as top:
    whole = os.path.join(top, "whole")
    first = run(whole)
    assert first.returncode == 0, first.stderr
    journal = pathlib.Path(whole, "journal.jsonl").read_bytes()
    lines = journal.splitlines(keepends=True)
    points = failed = 0
    for k in range(1, len(lines) + 1, step):
        for torn in (0, 1):
            if torn and (k == len(lines) or k // step % 4):
                continue
            cut = os.path.join(top, "cut")
            os.mkdir(cut)
            shutil.copytree(os.path.join(whole, "inputs"), os.path.join(cut, "inputs"))
            part = b"".join(lines[:k]) + (lines[k][: len(lines[k]) // 2] if torn else b"")
            pathlib.Path(cut, "journal.jsonl").write_bytes(part)
            again = run(cut, "--resume")
            points += 1
            if again.returncode or pathlib.Path(cut, "journal.jsonl").read_bytes() != journal:
                failed += 1
                print(f"cut after {k}{' and a half' if torn else ''}: {again.stderr.strip()[:300] or 'other bytes'}")
            if torn and "cut off" not in again.stderr:
                failed += 1
                print(f"cut after {k} and a half: nothing was said of the torn line")
            shutil.rmtree(cut)
    print(f"{points - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
