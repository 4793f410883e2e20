#!/usr/bin/env python3
"""cover_known.py MUSTER PLANS: faults that the shipped plans are known to have and that are sets of absences. cloud.gov keeps the numbers of
its phone tree in the chat and in a roster, both behind one sign-in; Meridian Pay has four people who cannot be missing."""
import json
import pathlib
import subprocess
import sys

muster, plans = sys.argv[1], pathlib.Path(sys.argv[2])


def cover(plan, kinds):
    run = subprocess.run([muster, "cover", plans / f"{plan}.yaml", "--at", "2026-07-10 12:00", "--with", kinds, "--format", "json"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    document = json.loads(run.stdout)
    return {" ".join(sorted(e.partition(":")[2] for e in s["absent"])): s for s in document["sets"]}, {n["id"] for n in document["requirements"] if n["broken"]}


sets, _ = cover("cloud-gov", "dependencies,channels")
assert [s for s in sets if " " not in s] == ["gsa_sso"], sets.keys()
assert "google_workspace slack" in sets and "call:high/leads" in sets["google_workspace slack"]["breaks"]

sets, broken = cover("meridian-pay", "people")
assert [s for s in sets if " " not in s] == ["lena", "ruth", "tom", "ines"], sets.keys()
assert sorted(s for s in sets if " " in s) == ["aoife jun", "aoife marco", "dev ngozi", "dev sara", "marco sara", "noor piotr"], sets.keys()
assert broken == {"action:isolate_production/A", "action:engage_forensics/by"}, broken
assert sets["ruth"]["breaks"] == ["apart:exec_sponsor+cfo"]
assert "nobody may stop payments" in sets["ines"]["text"] and sets["ines"]["text"].startswith("Without Inês Costa nobody is Application Owner, Core Payments;")

sets, _ = cover("sourcegraph", "dependencies,channels")
assert "sign_in" in sets and "intake:1" in sets["sign_in"]["breaks"], sets.keys()
print("ok")
