#!/usr/bin/env python3
"""cover_repair.py MUSTER PLANS SCHEMA: the changes of --repair are written into the text of the plan, and its cover is looked at again:
what still breaks is what the repair said that it leaves, and no choice with one of its changes left out does it; so too of made-up plans."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "absence"))
import random_plans

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


def follows(plan, role, person):
    """False where the plan has no room for it: the rotation stands on somebody already, and another member would shift its turns"""
    row = plan["roles"][role]
    if "holders" in row:
        row["holders"].append(person)
    elif "pool" in row:
        row["pool"].append("person:" + person)
    else:
        row = plan["rotations"][row["rotation"]]
        if "under" in row and ("turn" in row or "restrict" in row):
            return False
        row.update({"under": "person:" + person} if "turn" in row or "restrict" in row else {"members": row["members"] + [person]})
    return True


def write_change(plan, kind, to, adds):
    ways = {"access": lambda: plan["people"][to]["access"].append(adds), "authority": lambda: plan["roles"][to]["authority"].append(adds),
            "account": lambda: plan["externals"][to]["portal"]["account_holders"].append("person:" + adds),
            "way": lambda: plan["people"][to].setdefault("reach", []).append({"via": adds, "address": "y"})}
    return follows(plan, to, adds) if kind == "deputy" else kind in ways and ways[kind]() is None


def made_up(path, seeds):
    """how many plans were judged again, of these how many have a ladder that leaves somebody out"""
    judged = leaves_out = 0
    for seed in seeds:
        plan = random_plans.Maker(seed).plan()
        path.write_text(random_plans.yaml(plan))
        repair = cover(path, "--repair", "1")["repair"]
        if not all(write_change(plan, c["kind"], c["to"], c["adds"]) for c in repair["changes"]):
            continue
        path.write_text(random_plans.yaml(plan))
        after = cover(path)
        assert left(after) == {frozenset(s["absent"]) for s in repair["left"]}, (seed, left(after), repair)
        assert sum(r["broken"] for r in after["requirements"]) == repair["after"]["broken"], (seed, repair)
        judged += 1
        leaves_out += any("without" in ladder for ladder in plan["escalations"].values())
    return judged, leaves_out


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
    # whoever follows in a role that a ladder leaves out is called by it no more: another follows
    plan.write_text("""muster: 1
organisation: {name: T, timezone: UTC}
plan: {title: T}
people: {p: {name: P, hours: 24x7, reach: [{via: c, address: y}]}, q: {name: Q, hours: 24x7, reach: [{via: c, address: y}]}, r: {name: R, hours: 24x7}, s: {name: S, hours: 24x7}}
roles: {suspect: {holders: [p]}, duty: {holders: [q, r]}}
channels: {c: {kind: phone}}
severities: {sev1: {rank: 1, escalation: l, acknowledge_within: 15m}}
escalations: {l: {steps: [{to: [role:duty], within: 5m}], without: [role:suspect]}}
""")
    repair = cover(plan, "--repair", "1")["repair"]
    assert sorted(c["id"] for c in repair["changes"]) == ["deputy:suspect+s", "way:r+c", "way:s+c"] and repair["smallest"] and not repair["left"], repair
    # a rotation that stands on a role grows as the role does
    plan.write_text("""muster: 1
organisation: {name: T, timezone: UTC}
plan: {title: T}
people: {p: {name: P, hours: 24x7, reach: [{via: c, address: y}]}, q: {name: Q, hours: 24x7, reach: [{via: c, address: y}]}}
rotations: {turns: {members: [p], turn: 7d, from: 2026-07-06 09:00, under: role:lead}}
roles: {lead: {holders: [p]}, oncall: {rotation: turns}}
channels: {c: {kind: phone}}
severities: {sev1: {rank: 1}}
""")
    repair = cover(plan, "--repair", "1")["repair"]
    assert [c["id"] for c in repair["changes"]] == ["deputy:lead+q"] and repair["smallest"] and not repair["left"], repair
    judged, leaves_out = made_up(plan, range(1, 46))
    assert judged > 30 and leaves_out > 8, (judged, leaves_out)
    tried += judged + 2
print(f"{tried} plans judged again")
