#!/usr/bin/env python3
"""beside_oracle.py MUSTER [PLANS [FIRST]]: what muster cover says of made-up plans is what trying every set by the words of docs/cover.md
says (oracle.py): what fails with nobody absent, with a reason each; every least set, by requirement and of the whole; in each half hour
of two days what nobody covers; and how likely each requirement fails, to nine digits."""
import datetime
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import zoneinfo

import oracle
import random_plans

muster, plans, first = sys.argv[1], int((sys.argv[2:] or ["40"])[0]), int((sys.argv[3:] or ["1"])[0])
ORDER, HALF_HOUR = 2, datetime.timedelta(minutes=30)


def cover(path, *options):
    run = subprocess.run([muster, "cover", path, "--absent", str(ORDER), "--format", "json", *options], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)


def utc_of(plan, text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(plan["organisation"]["timezone"])).astimezone(datetime.timezone.utc)


def told(sets):
    return {frozenset(s) for s in sets}


def sets_differ(document, broken, sets, whole):
    rows = {r["id"]: r for r in document["requirements"]}
    out = [f"{n} is asked for by nobody" for n in rows if n not in sets and n not in broken]
    for name in sorted([*sets, *broken]):
        row = rows.get(name)
        if row is None:  # whoever is there is reached, in any case
            role = "role:" + name.partition(":")[2]
            spare = name.startswith("reach:") and (role in broken or (name in sets and all(any(r <= s for r in sets.get(role, [])) for s in sets[name])))
            out += [] if spare or role not in rows else [f"{name} is not told"]
        elif row["broken"] != (name in broken):
            out.append(f"{name} fails with nobody absent: {name in broken}, and {row['broken']} was told")
        elif row["broken"]:
            out += [] if row["why"] or any(h["missing"] for h in row["hands"]) else [f"{name} fails, and no word says why"]
        elif told(row["sets"]) != set(sets[name]):
            out.append(f"{name}: only told {sorted(map(sorted, told(row['sets']) - set(sets[name])))}, only tried {sorted(map(sorted, set(sets[name]) - told(row['sets'])))}")
    return out or ([] if told(s["absent"] for s in document["sets"]) == set(whole) else ["the least sets of the whole differ"])


def hours_differ(plan, document, begins):
    spans = {row["id"]: [(utc_of(plan, s["from"]), utc_of(plan, s["until"])) for s in row["uncovered"]] for row in document["hours"]["requirements"]}
    for k in range(96):
        now = begins + k * HALF_HOUR
        world = oracle.World(plan, now, at_once=True)
        for name, fails in world.needs().items():
            open_now = any(a <= now < b for a, b in spans.get(name, []))
            if open_now != fails() and not name.startswith("reach:"):
                return [f"{name} at {now}: nobody by the words {fails()}, told {open_now}"]
    return []


def chances_differ(plan, document, utc, chance):
    world, people = oracle.World(plan, utc), [f"person:{p}" for p in plan["people"]]
    needs, out = world.needs(), []
    world.absent(())
    fails = {n: 0.0 for n, f in needs.items() if not f()}
    whole = 0.0
    for here in itertools.product((False, True), repeat=len(people)):
        gone = [p for p, h in zip(people, here) if not h]
        share = chance ** len(gone) * (1 - chance) ** (len(people) - len(gone))
        world.absent(gone)
        failing = [n for n in fails if needs[n]()]
        for n in failing:
            fails[n] += share
        whole += share if failing else 0
    for row in document["probability"]["requirements"]:
        if row["id"] in fails and abs(row["chance"] - fails[row["id"]]) > 1e-9:
            out.append(f"{row['id']} fails with a chance of {fails[row['id']]}, and {row['chance']} was told")
    return out + ([] if abs(document["probability"]["plan"]["chance"] - whole) <= 1e-9 else ["the chance of the whole differs"])


def differ(seed, path):
    maker = random_plans.Maker(seed)
    plan = maker.plan()
    at = (datetime.datetime(2026, 7, 9) + maker.chance.randint(0, 48 * 6) * HALF_HOUR).strftime("%Y-%m-%d %H:%M")
    path.write_text(random_plans.yaml(plan))
    utc = utc_of(plan, at)
    out = sets_differ(cover(path, "--at", at), *oracle.World(plan, utc).least(ORDER))
    if seed % 8 == 0:
        ends = (datetime.datetime.fromisoformat(at) + 96 * HALF_HOUR).strftime("%Y-%m-%d %H:%M")
        out += hours_differ(plan, cover(path, "--at", at, "--between", at, ends, "--with", "people"), utc)
    if seed % 4 == 0:
        out += chances_differ(plan, cover(path, "--at", at, "--with", "people", "--chance", "10%"), utc, 0.1)
    return [f"plan {seed} at {at}: {line}" for line in out]


with tempfile.TemporaryDirectory() as folder:
    wrong = [line for seed in range(first, first + plans) for line in differ(seed, pathlib.Path(folder) / "plan.yaml")]
print("\n".join(wrong + [f"{plans} plans, {len(wrong)} differences"]))
sys.exit(bool(wrong))
