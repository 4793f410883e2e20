#!/usr/bin/env python3
"""cover_drill.py MUSTER PLANS: for every set of one or two people or sites without whom a shipped plan breaks, a drill with them away, and
everybody who works at a lost site, shows the same failure, and the drill with nobody away does not. The plan gets a playbook that opens every action, and the scenario asks every
role, so that what the cover names is tried; everybody answers within a minute."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

muster, plans = sys.argv[1], pathlib.Path(sys.argv[2])
AT = "2026-07-10 12:00"
PLANS = {"meridian-pay": ("sev1", "ransom_demand"), "meridian-pay.clean": ("sev1", "ransom_demand"), "cloud-gov": ("high", None), "sourcegraph": ("s1", None),
         "govuk-paas": ("P1", None), "gitlab-sirt": ("high", None)}
QUICK = "{fast: 10s, usual: 20s, slow: 40s, never: 0}"
HABITS = ("acknowledge", "answer", "start", "work", "consult", "decide", "write")


def section(text, name):
    """ids of one section, in their order"""
    body = re.search(rf"^{name}:.*?\n(.*?)(?=^\w|\Z)", text, re.S | re.M)
    return re.findall(r"^  ([a-z0-9_-]+):", body.group(1), re.M) if body else []


def who_works_at(text, site):
    body = re.search(r"^people:.*?\n(.*?)(?=^\w|\Z)", text, re.S | re.M).group(1)
    return [who for who, row in re.findall(r"^  ([a-z0-9_-]+):(.*?)(?=^  \S|\Z)", body, re.S | re.M) if re.search(rf"\bsite:\s+{site}\b", row)]


def away_of(text, absent):
    people = []
    for element in absent:
        kind, _, name = element.partition(":")
        people += who_works_at(text, name) if kind == "site" else [name]
    return people


def everything(text):
    steps = "".join(f"      - {{id: s{n}, action: {action}}}\n" for n, action in enumerate(section(text, "raci")))
    book = f"  cover_all:\n    covers: [cover_all]\n    steps:\n{steps}"
    return re.sub(r"^playbooks:.*\n", lambda m: m.group(0) + book, text, count=1, flags=re.M) if "\nplaybooks:" in text else text + "\nplaybooks:\n" + book


def scenario(text, severity, fact):
    cards = [f'exercise {{ title = "Every role", kind = "cover_all", starts = "{AT}", lasts = "3h", severity = "{severity}" }}']
    for n, role in enumerate(section(text, "roles")):
        facts = f', facts = {{ "{fact}" }}' if fact and n == 0 else ""
        cards.append(f'inject "to {role}" {{ at = "0m", to = "{role}", says = "Are you there?"{facts} }}')
    if fact:
        cards.append('story "the lawyers hear" (function () aware "personal_data_exposure" end)')
    return "\n".join(cards)


def drill(folder, name, away):
    command = [muster, "run", folder / "plan.yaml", folder / "all.lua", "-o", folder / name, "--assume", folder / "quick.yaml", "--fail-on", "never"]
    run = subprocess.run(command + (["--away", ",".join(away)] if away else []), capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return [json.loads(line) for line in (folder / name / "journal.jsonl").read_text().splitlines()]


def of(events, *kinds):
    return [e for e in events if e["kind"] in kinds]


def blocked(events, action, nobody_decides):
    return any(e["action"] == f"action:{action}" and (e["reason"] == "nobody_decides") == nobody_decides for e in of(events, "task.blocked"))


def unfilled(events, role):
    return any(e["role"] == f"role:{role}" for e in of(events, "role.unfilled"))


def same_person(events, one, two):
    held = {}
    for e in of(events, "role.filled"):
        held.setdefault(e["role"], []).append(e["person"])
    return bool(set(held.get(f"role:{one}", [])) & set(held.get(f"role:{two}", [])))


def met(events, duty):
    return any(e["clock"] == "obligation" and e["subject"] == f"obligation:{duty}" for e in of(events, "clock.met"))


def shown(need, events, nobody, severity, fail_roles):
    """What of a drill shows that a requirement failed; None where this drill does not try it."""
    kind, _, name = need["id"].partition(":")
    if kind == "role":
        role, _, level = name.partition("@")
        short = any(e["role"] == f"role:{role}" for e in of(events, "role.short"))
        return unfilled(events, role) or short if level in ("", severity) else None
    if kind == "action":
        action, letter = name.split("/")
        if letter == "R":
            return blocked(events, action, False)
        if letter in ("A", "C") or letter.startswith("approve"):
            return blocked(events, action, True) or any(unfilled(events, r) for r in fail_roles)
        return None
    if kind == "apart":
        one, two = name.split("+")
        return unfilled(events, one) or unfilled(events, two) or same_person(events, one, two)
    if kind == "quorum":
        return not of(events, "quorum.met") if name == severity else None
    if kind == "call":
        return not of(events, "escalate.answered") if name.startswith(severity + "/") else None
    if kind == "audience":
        return any(e["needed_for"] == f"audience:{name}" for e in of(events, "role.unfilled")) if of(nobody, "incident.declared") else None
    if kind == "obligation":
        return not met(events, name) if met(nobody, name) else None
    return None


tried = held = sets = 0
for name, (severity, fact) in PLANS.items():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        text = everything((plans / f"{name}.yaml").read_text())
        (folder / "plan.yaml").write_text(text)
        (folder / "all.lua").write_text(scenario(text, severity, fact))
        (folder / "quick.yaml").write_text("muster_assumptions: 1\nat_once: yes\ndefaults:\n" + "".join(f"  {h}: {QUICK}\n" for h in HABITS))
        run = subprocess.run([muster, "cover", folder / "plan.yaml", "--with", "people,sites", "--at", AT, "--format", "json"], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        cover = json.loads(run.stdout)
        needs = {n["id"]: n for n in cover["requirements"]}
        nobody = drill(folder, "nobody", [])
        for number, s in enumerate(cover["sets"]):
            away = away_of(text, s["absent"])
            sets += 1
            failures = tried
            events = drill(folder, f"drill{number}", away)
            failed = [needs[i] for i in s["breaks"]]
            roles = [n["id"].partition(":")[2].partition("@")[0] for n in failed if n["id"].startswith("role:")]
            for need in failed:
                before, after = shown(need, nobody, nobody, severity, []), shown(need, events, nobody, severity, roles)
                if after is None:
                    continue
                tried += 1
                if after and not before:
                    held += 1
                else:
                    print(f"{name}: without {', '.join(away)}: {need['id']}: in the drill {after}, with nobody away {before}")
            assert tried > failures, (name, s)  # of each set something is tried
print(f"{sets} sets, {tried} failures tried, {held} shown")
sys.exit(held < tried or sets < 50)
