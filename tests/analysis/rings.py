#!/usr/bin/env python3
"""rings.py MUSTER PLAN: many roles, each filled by one place of every role, and a team of the same places, are judged like any
plan, and mean whom they say."""
import json
import pathlib
import subprocess
import sys
import tempfile

ROLES = 40


def main():
    muster, path = sys.argv[1:]
    text = pathlib.Path(path).read_text(encoding="utf-8")
    places = ", ".join(f"role:round{n}/1" for n in range(ROLES))
    ring = "".join(f"  round{n}:\n    title: Round {n}\n    pool: [{places}]\n" for n in range(ROLES))
    ring += f"  nobody:\n    pool: [{places}]\n  somebody:\n    pool: [{places}, role:ciso/2]\n"
    first = "\n  incident_commander:\n"
    assert text.count(first) == 1
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(text.replace(first, "\n" + ring + first))
        file.flush()
        done = subprocess.run([muster, "check", file.name, "--at", "2026-07-10", "--format", "json", "--fail-on", "never"], capture_output=True, text=True, timeout=240)
    vacant = {f["subject"] for f in json.loads(done.stdout)["findings"] if f["gap"] == "ROL-06"}
    want = {"role:nobody"} | {f"role:round{n}" for n in range(ROLES)}
    print(f"{len(vacant & want)} of {len(want)} roles of the ring are vacant; 'somebody' is {'vacant' if 'role:somebody' in vacant else 'held'}")
    return vacant != want


if __name__ == "__main__":
    sys.exit(main())
