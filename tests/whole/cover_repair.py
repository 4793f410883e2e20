#!/usr/bin/env python3
"""cover_repair.py MUSTER PLANS SCHEMA: the changes of --repair are written into the text of the plan, and its cover is looked at again:
what still breaks is what the repair said that it leaves, and no choice with one of its changes left out does it."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

muster, plans = sys.argv[1], pathlib.Path(sys.argv[2])
schema = json.loads(pathlib.Path(sys.argv[3]).read_text())
AT = "2026-07-10 12:00"


def cover(plan, *options):
    run = subprocess.run([muster, "cover", plan, "--with", "people", "--at", AT, "--absent", "1", "--format", "json", *options], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def into_list(text, section, id, key, item):
    """item at the end of a list in brackets; the list is made where there is none"""
    head = re.search(rf"^{section}:.*?^  {re.escape(id)}:[^\n]*\n", text, re.S | re.M)
    end = re.search(r"^(?:  \S|\S)", text[head.end():], re.M)
    body = text[head.end(): head.end() + end.start()]
    found = re.search(rf"^    {key}:\s*\[([^]]*)\]", body, re.M)
    if found:
        body = body[: found.start(1)] + (found.group(1) + ", " if found.group(1).strip() else "") + item + body[found.end(1):]
    else:
        body = f"    {key}: [{item}]\n" + body
    return text[: head.end()] + body + text[head.end() + end.start():]


def changed(text, change):
    kind, to, adds = change["kind"], change["to"], change["adds"]
    if kind == "deputy":
        key = re.search(rf"^  {re.escape(to)}:.*?^    (holders|pool|rotation):", text[text.index("\nroles:"):], re.S | re.M).group(1)
        return into_list(text, "roles", to, key, adds if key == "holders" else f"person:{adds}") if key != "rotation" else None
    if kind == "access":
        return into_list(text, "people", to, "access", adds)
    if kind == "authority":
        return into_list(text, "roles", to, "authority", adds)
    if kind == "account":
        head = re.search(rf"^  {re.escape(to)}:.*?account_holders: \[([^]]*)", text[text.index("\nexternals:"):], re.S | re.M)
        at = text.index("\nexternals:") + head.end(1)
        return text[:at] + ", " + adds + text[at:]
    return None


def left(document):
    return {frozenset(s["absent"]) for s in document["sets"]}


tried = 0
with tempfile.TemporaryDirectory() as folder:
    plan = pathlib.Path(folder) / "plan.yaml"
    for name in ("meridian-pay", "cloud-gov", "sourcegraph"):
        text = (plans / f"{name}.yaml").read_text()
        plan.write_text(text)
        before = cover(plan, "--repair", "1")
        jsonschema.validate(before, schema)
        repair = before["repair"]
        assert repair["smallest"] and repair["cost"] == repair["at_least"] == len(repair["changes"]) > 0, name
        wanted = {frozenset(s["absent"]) for s in repair["left"]}
        assert wanted < left(before), name
        for leave_out in [None, *range(len(repair["changes"]))]:
            new = text
            for number, change in enumerate(repair["changes"]):
                if number != leave_out:
                    new = changed(new, change)
                    assert new, change
            plan.write_text(new)
            after = cover(plan)
            same = left(after) == wanted and sum(n["broken"] for n in after["requirements"]) == repair["after"]["broken"]
            assert same == (leave_out is None), (name, leave_out, left(after), wanted)
            tried += 1
        plan.write_text(text)
        dear = cover(plan, "--repair", "1", "--cost", "deputy=3,account=2")["repair"]
        assert dear["cost"] >= repair["cost"] + 2 * sum(c["kind"] == "deputy" for c in dear["changes"]) - len(repair["changes"]) and dear["smallest"], name
    # who follows in a role follows in all that are filled out of it; an outside party is given no access, since a plan cannot say so
    plan.write_text("""muster: 1
organisation: {name: T, timezone: UTC}
plan: {title: T}
people: {p: {name: P, hours: 24x7, reach: [{via: c, address: y}]}, q: {name: Q, hours: 24x7, reach: [{via: c, address: y}]}}
roles: {a: {holders: [p]}, b: {depth: 2, by_severity: {sev1: a}}, outside: {external: x}}
raci: {act: {phase: contain, R: outside, A: a, access: [tool]}}
channels: {c: {kind: phone}}
severities: {sev1: {rank: 1}}
externals: {x: {organisation: X, kind: retainer, reach: [{via: c, address: y}]}}
resources: {tools: {tool: {}}}
""")
    repair = cover(plan, "--repair", "1")["repair"]
    assert [c["id"] for c in repair["changes"]] == ["deputy:a+q"] and repair["after"]["broken"] == 1, repair
    tried += 1
print(f"{tried} plans judged again")
