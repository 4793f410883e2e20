#!/usr/bin/env python3
"""codes.py MUSTER ENGINE: every code that the program can say is explained, and none is explained that it cannot say."""
import pathlib
import re
import subprocess
import sys

muster, engine = sys.argv[1], pathlib.Path(sys.argv[2])
CALL = re.compile(r"\b(?:mu_diag_add|mu_wrong|wrong|refuse|mu_scenario_say|reader_say|reader_wrong|say|fail|warn|failed|complain)\s*\(((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*)", re.S)
NAMED = dict(re.findall(r"\b(MU_CODE_\w+) = (\d+)", (engine / "plan/codes.h").read_text(encoding="utf-8")))
said = set()
for room in ("plan", "scenario", "participants", "programme", "cli"):
    for file in (engine / room).glob("*.c"):
        text = re.sub(r"\bMU_CODE_\w+", lambda m: NAMED[m.group()], file.read_text(encoding="utf-8"))
        for call in CALL.finditer(text):
            arguments = re.sub(r"\"(?:[^\"\\]|\\.)*\"", '""', call.group(1))
            said |= {int(n) for n in re.findall(r"(?<![\w.])(\d{1,3})(?![\w.])", arguments) if 1 <= int(n) <= 299}

listed = subprocess.run([muster, "explain", "codes"], capture_output=True, text=True, check=True).stdout
codes = {int(n) for n in re.findall(r"MU(\d{3})", listed)}
gaps = re.findall(r"^  ([A-Z]{3}-\d{2})\b", listed, re.M)
assert len(gaps) == len(set(gaps)) == 134, len(gaps)
for name in [f"MU{c:03d}" for c in codes] + gaps:
    run = subprocess.run([muster, "explain", name], capture_output=True, text=True)
    assert run.returncode == 0 and ("To mend it: " in run.stdout or "To close it: " in run.stdout), name
    assert len(run.stdout.strip().splitlines()) >= 5, name
assert subprocess.run([muster, "explain", "MU999"], capture_output=True).returncode == 2
dead = sorted(codes - said)
assert not dead, f"explained, and never said: {dead}"
assert not said - codes, f"said, and never explained: {sorted(said - codes)}"
print(len(codes), "codes,", len(gaps), "gaps")
