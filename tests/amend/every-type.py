#!/usr/bin/env python3
"""every-type.py MUSTER SCENARIOS: each edit of tests/analysis that makes a gap is amended by `muster amend`. What is written closes
the gap by another judgement and opens none, and `git apply` takes it; what is asked stands in the plan as a question on which the
check fails, and changes nothing else; and every type of gap for which there is a way is mended at least once."""
import importlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "analysis"))
sys.dont_write_bytecode = True
import edits  # noqa: E402

muster, scenarios = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
trial = edits.Trial(muster, scenarios)
GROUPS = "roles communications escalations hygiene duties timing resources evidence".split()
failures, tried, fates = [], 0, {}


def says(*args, at, cwd):
    return subprocess.run([muster, *args], capture_output=True, text=True, cwd=cwd)


def ids(done):
    return {f["id"] for f in json.loads(done.stdout)["findings"]} if done.stdout.startswith("{") else set()


def expect(name, true):
    if not true:
        failures.append(name)


def amended(name, folder, gap, subject, at, source=()):
    """Fate of the gap, and all that must be true of the patch."""
    args = ["amend", "plan.yaml", "--only", gap, *source] + ([] if source else ["--at", at])
    document = says(*args, "--format", "json", at=at, cwd=folder)
    if document.returncode:
        failures.append(f"{name}: {document.stderr[:300]}")
        return None
    said = json.loads(document.stdout)
    mine = [g for g in said["gaps"] if g["gap"] == gap and g["subject"] == subject]
    if not mine:
        return None
    old = (folder / "plan.yaml").read_bytes()
    before = says("check", "plan.yaml", "--at", at, "--format", "json", "--fail-on", "never", at=at, cwd=folder)
    patch = says(*args, at=at, cwd=folder).stdout
    if said["diff"]:
        subprocess.run(["git", "apply"], input=patch.encode(), cwd=folder, capture_output=True)
        expect(f"{name}: git apply", (folder / "plan.yaml").read_bytes() != old)
    after = says("check", "plan.yaml", "--at", at, "--format", "json", "--fail-on", "never", at=at, cwd=folder)
    expect(f"{name}: nothing is opened", not said["proof"]["opened"] and (ids(after) <= ids(before) or source))
    for g in mine:
        if g["fate"] == "written":
            expect(f"{name}: closed", g["id"] not in ids(after) and g["id"] in said["proof"]["closed"])
        else:
            expect(f"{name}: still there", g["fate"] == "closed along" or g["id"] in said["proof"]["stay"])
    asked = sum(g["fate"] == "asked" for g in said["gaps"])
    expect(f"{name}: questions fail the check", after.stderr.count("error[MU035]") == asked and (not asked or after.returncode == 3))
    if asked and not any(g["fate"] == "written" for g in said["gaps"]):
        kept = "".join(line for line in (folder / "plan.yaml").read_text().splitlines(True) if not re.match(r" *#( TODO\(muster\):|   )", line))
        was = "".join(line for line in old.decode().splitlines(True) if not re.match(r" *#   ", line))
        expect(f"{name}: a question changes nothing", kept == was)
    return {g["fate"] for g in mine}


def on_paper(e):
    text = edits.replaced(edits.dated(scenarios / e["base"]), e["first"])
    text = edits.replaced(text, [(e["old"], e["new"])], e["times"])
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        (folder / "plan.yaml").write_text(text)
        return amended(f"{e['gap']} {e['subject']}", folder, e["gap"], e["subject"], e["at"])


def in_a_drill(r):
    c = r["must"] if isinstance(r["must"], dict) else {"plan": r["must"]}
    script = edits.replaced(edits.dated(scenarios / r["scenario"]), c.get("scenario", ())) if r["scenario"] else \
        edits.HEAD.format(kind=c.get("kind", "account_takeover"), lasts=c.get("lasts", "4h")) + c.get("script", edits.FIRST)
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        for name, text in (("plan.yaml", edits.replaced(edits.dated(scenarios / r["base"]), c.get("plan", ()))), ("scenario.lua", script), ("assume.yaml", c.get("assume", edits.ASSUME))):
            (folder / name).write_text(text)
        done = subprocess.run([muster, "run", "plan.yaml", "scenario.lua", "--assume", "assume.yaml", "-o", "out", "--seed", "1", "--fail-on", "never", *c.get("args", ())],
                              input=c.get("lines", ""), capture_output=True, text=True, cwd=folder)
        if done.returncode:
            return None
        return amended(f"{r['gap']} {r['subject']}, drill", folder, r["gap"], r["subject"], edits.AT, ("--from", "out"))


for group in GROUPS:
    module = importlib.import_module(f"edits_{group}")
    for e in getattr(module, "PAPER", []):
        if e["old"] and not e["scenario"]:
            tried += 1
            for fate in on_paper(e) or ():
                fates.setdefault(fate, []).append(e["gap"])
    for r in getattr(module, "RUNS", []):
        tried += 1
        for fate in in_a_drill(r) or ():
            fates.setdefault(fate, []).append(r["gap"])

written = set(fates.get("written", []))
ways = set(re.findall(r"### (\S+) (?:(?!###).)*?Can Muster write that: yes", subprocess.run([muster, "explain", "gaps", "--format", "md"], capture_output=True, text=True).stdout, re.S))
expect(f"every way mends something; these never: {sorted(ways - written)}", ways <= written)
expect(f"only by a way: {sorted(written - ways)}", written <= ways)
for failure in failures:
    print("FAIL", failure)
print(f"{tried} gaps made: " + ", ".join(f"{len(v)} {k}" for k, v in sorted(fates.items())) + f"; {len(written)} of {len(ways)} ways mended one")
sys.exit(1 if failures or tried < 100 else 0)
