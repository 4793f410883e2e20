#!/usr/bin/env python3
"""chain.py MUSTER SCENARIOS SCHEMAS PLAN SCENARIO...: plan, drill, report, patch, drill. The patch of the first drill's gaps is one that
`git apply` takes; the second drill, with the plan it gives, shows each gap closed that the patch has promised and none opened, and
`muster diff` and `muster replay --plan` say so."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

muster, scenarios, schemas, plan_name = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), sys.argv[4]
muster = str(pathlib.Path(muster).resolve())
scenarios, failures, closed_in_all = scenarios.resolve(), [], 0


def expect(name, true):
    if not true:
        failures.append(name)


def says(folder, *args, status=0):
    done = subprocess.run([muster, *args], capture_output=True, text=True, cwd=folder)
    expect(f"{args[0]}: status {done.returncode}: {done.stderr[:200]}", done.returncode == status)
    return done.stdout


def document(folder, kind, *args, status=0):
    said = json.loads(says(folder, *args, "--format", "json", status=status))
    for error in list(jsonschema.Draft202012Validator(json.loads((schemas / f"{kind}.schema.json").read_text())).iter_errors(said))[:3]:
        failures.append(f"muster.{kind}/1: {error.json_path}: {error.message[:200]}")
    return said


def git(folder, *args, text=None):
    done = subprocess.run(["git", *args], input=text, capture_output=True, text=True, cwd=folder)
    expect(f"git {args[0]}: {done.stderr[:200]}", done.returncode == 0)
    return done.stdout


def findings(folder):
    return {f["id"]: f for f in json.loads((folder / "findings.json").read_text())["findings"]}


def drill(folder, scenario, name):
    says(folder, "run", "plan.yaml", str(scenarios / scenario), "-o", name, "--fail-on", "never")
    return findings(folder / name)


def chain(folder, scenario):
    global closed_in_all
    git(folder, "init", "-q", ".")
    (folder / "plan.yaml").write_bytes((scenarios / "plans" / f"{plan_name}.yaml").read_bytes())
    git(folder, "add", "plan.yaml")
    first = drill(folder, scenario, "one")
    expect("the report shows what can be written", "Muster can write this change" in (folder / "one" / "report.html").read_text())
    said, patch = document(folder, "amend", "amend", "plan.yaml", "--from", "one"), says(folder, "amend", "plan.yaml", "--from", "one")
    promised = set(said["proof"]["closed"])
    expect("the patch closes something", promised)
    expect("the patch opens nothing", not said["proof"]["opened"])
    expect("all gaps of the drill are looked at", {g["id"] for g in said["gaps"]} == set(first))
    expect("no line of the words is one of a patch", not any(line.startswith(("---", "+++", "@@")) for line in patch.split("\n--- ", 1)[0].splitlines()))
    git(folder, "apply", "--check", text=patch)
    git(folder, "apply", text=patch)
    asked = sum(g["fate"] == "asked" for g in said["gaps"])
    done = subprocess.run([muster, "check", "plan.yaml", "--fail-on", "never"], capture_output=True, text=True, cwd=folder)
    expect("the check fails on every question", done.returncode == (3 if asked else 0) and done.stderr.count("error[MU035]") == asked)
    second = drill(folder, scenario, "two")
    compared = document(folder, "diff", "diff", "one", "two")
    expect("the second drill shows them closed", promised == set(first) - set(second))
    expect("muster diff says so", {g["id"] for g in compared["closed"]} == promised and not compared["opened"] and {g["id"] for g in compared["still"]} == set(second))
    expect("of the findings documents as well", [g["id"] for g in document(folder, "diff", "diff", "one/findings.json", "two/findings.json")["closed"]] == [g["id"] for g in compared["closed"]])
    back = document(folder, "diff", "diff", "two", "one", "--fail-on", "low", status=1)
    expect("and the way back opens them", {g["id"] for g in back["opened"]} == promised)
    what_if = json.loads(says(folder, "replay", "one/journal.jsonl", "--plan", "plan.yaml", "--format", "json"))
    expect("a replay closes as many", len(what_if["closed"]) == len(promised) and not what_if["opened"])
    again = document(folder, "amend", "amend", "plan.yaml", "--from", "two")
    expect("amended again, nothing is left to write", again["diff"] == "" and not any(g["fate"] in ("written", "asked") for g in again["gaps"]))
    git(folder, "apply", "-R", text=patch)
    expect("taken back, the plan is as it was", (folder / "plan.yaml").read_bytes() == (scenarios / "plans" / f"{plan_name}.yaml").read_bytes())
    alone = next(g for g in said["gaps"] if g["fate"] == "written")
    git(folder, "apply", text=says(folder, "amend", "plan.yaml", "--from", "one", "--only", alone["id"]))
    expect("one alone changes little", len(re.findall(r"^[-+][^-+]", git(folder, "diff", "-U0"), re.M)) <= 4)
    closed_in_all += len(promised)


for scenario in sys.argv[5:]:
    with tempfile.TemporaryDirectory() as top:
        before = len(failures)
        chain(pathlib.Path(top), scenario)
        failures[before:] = [f"{scenario}: {f}" for f in failures[before:]]
for failure in failures:
    print("FAIL", failure)
print(f"{len(sys.argv) - 5} chains, {closed_in_all} gaps closed, {len(failures)} failures")
sys.exit(1 if failures or not closed_in_all else 0)
