#!/usr/bin/env python3
"""cover_laws.py MUSTER PLANS SCHEMA: what must hold whatever a plan says. An added deputy never adds a set; the order of the file does not
matter; what things are called does not matter; the same question gets the same bytes; more absences never lose a set."""
import json
import pathlib
import random
import re
import shlex
import subprocess
import sys
import tempfile

import jsonschema

muster, plans = sys.argv[1], pathlib.Path(sys.argv[2])
SCHEMA = jsonschema.Draft202012Validator(json.loads(pathlib.Path(sys.argv[3]).read_text()))
AT = "2026-07-10 18:30"


def cover(folder, text, *options, form="json"):
    (folder / "plan.yaml").write_text(text)
    run = subprocess.run([muster, "cover", folder / "plan.yaml", "--at", AT, "--format", form, *options], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout) if form == "json" else run.stdout


def sets(document, name=lambda e: e):
    return {frozenset(map(name, s["absent"])) for s in document["sets"]}


def broken(document):
    return {n["id"] for n in document["requirements"] if n["broken"]}


def chances(document):
    odds = document["probability"]
    assert odds["exact"] and odds["calendar"]
    return {n["id"]: n["chance"] for n in odds["requirements"]}


def parts(text):
    """the top and its sections, each with the comments above it"""
    heads = [m.start() for m in re.finditer(r"^[a-z_]+:", text, re.M)]
    return text[: heads[0]], [text[a:b] if text[a:b].endswith("\n") else text[a:b] + "\n" for a, b in zip(heads, heads[1:] + [len(text)])]


def shuffled(text, chance):
    top, sections = parts(text)
    chance.shuffle(sections)
    for n, part in enumerate(sections):
        if re.match(r"(people|channels|externals|dependencies):", part):
            head, entries = part.split("\n", 1)[0], re.split(r"^(?=  [a-z0-9_-]+:)", part.split("\n", 1)[1], flags=re.M)
            lead, entries = ("", entries) if re.match(r"  [a-z0-9_-]+:", entries[0]) else (entries[0], entries[1:])
            entries = [e if e.endswith("\n") else e + "\n" for e in entries]
            chance.shuffle(entries)
            sections[n] = head + "\n" + lead + "".join(entries)
    return top + "".join(sections)


def renamed(text, ids):
    pattern = re.compile(r"(?<![\w@.-])(" + "|".join(map(re.escape, ids)) + r")(?![\w@.-])")
    return "\n".join(pattern.sub(lambda m: "z" + m.group(1) + "9", line.split(" #")[0]) if not re.match(r"\s+(name|title|says|organisation|address|kind|id):", line) else line
                     for line in text.split("\n"))


laws = 0
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for name in ("meridian-pay", "meridian-pay.clean", "cloud-gov", "sourcegraph", "govuk-paas", "gitlab-sirt"):
        chance = random.Random(20260710)
        text = (plans / f"{name}.yaml").read_text()
        whole = cover(folder, text)
        SCHEMA.validate(whole)
        assert whole["sets"] and whole == cover(folder, text)
        people = re.findall(r"^  ([a-z0-9_-]+):", next(p for p in parts(text)[1] if p.startswith("people:")), re.M)
        for _ in range(3):
            other = cover(folder, shuffled(text, chance))
            assert sets(other) == sets(whole) and broken(other) == broken(whole), name
            laws += 1
        other = cover(folder, renamed(text, people))
        back = {f"person:z{p}9": f"person:{p}" for p in people}
        assert sets(other, lambda e: back.get(e, e)) == sets(whole), name
        lists = list(re.finditer(r"^    holders: +\[([^]]*)\]", text, re.M))
        for m in chance.sample(lists, min(12, len(lists))):
            held = [p.strip() for p in m.group(1).split(",") if p.strip()]
            new = chance.choice([p for p in people if p not in held])
            other = cover(folder, text[: m.start(1)] + ", ".join(held + [new]) + text[m.end(1):])
            for s in other["sets"]:  # what failed with nobody there before may now stand on the one who was added
                known = set(s["breaks"]) <= broken(whole) or any(old <= frozenset(s["absent"]) for old in sets(whole))
                assert known, (name, held, new, s["absent"])
            assert broken(other) <= broken(whole), (name, held, new)
            laws += 1
        less, more = sets(cover(folder, text, "--absent", "1")), sets(cover(folder, text, "--absent", "3"))
        assert less == {s for s in more if len(s) == 1} and sets(whole) == {s for s in more if len(s) <= 2}, name
        alone = sets(cover(folder, text, "--with", "people"))
        assert alone == {s for s in sets(whole) if all(e.startswith("person:") for e in s)}, name
        page = cover(folder, text, "--between", "2026-07-10", "2026-07-24", form="html")
        assert "<script" not in page and "http" not in page.replace("http-equiv", "") and page.count("<section") == page.count("</section>"), name
        assert all(s["text"].split(" ")[0] == "Without" for s in whole["sets"])
        timed = cover(folder, text, "--between", "2026-07-10", "2026-07-24", "--chance", "calendar")
        SCHEMA.validate(timed)
        hours = timed["hours"]
        for row in hours["requirements"]:
            assert sum(row["minutes"].values()) == 14 * 1440, (name, row["id"])
            assert abs(chances(timed)[row["id"]] - row["minutes"]["nobody"] / (14 * 1440)) < 1e-12, (name, row["id"])
        if name in ("meridian-pay", "gitlab-sirt"):  # a stretch is its parts, each by its length
            days = ["2026-07-10", "2026-07-13", "2026-07-15"]
            a, b, c = (chances(cover(folder, text, "--absent", "1", "--between", x, y, "--chance", "calendar,5%")) for x, y in (days[:2], days[1:], days[::2]))
            assert a.keys() == b.keys() == c.keys() and all(abs(3 * a[n] + 2 * b[n] - 5 * c[n]) < 1e-12 for n in c), name
            assert any(c[n] - chances(timed)[n] > 0.01 for n in c)
            laws += 1
        gate = [subprocess.run([muster, "cover", folder / "plan.yaml", "--at", AT, "--fail-on-order", n], capture_output=True).returncode for n in "12"]
        smallest = 0 if broken(whole) else min(map(len, sets(whole)))
        assert gate == [smallest <= 1, smallest <= 2], (name, gate)
        laws += 6

# what is asked of the smallest and of the widest plan
HEAD = "muster: 1\norganisation: {name: T, timezone: UTC}\nplan: {title: T}\n"
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    assert "Nothing was judged" in cover(folder, HEAD + "channels: {c: {kind: phone}}\npeople: {}\nroles: {}\n", form="text")
    crowd = [f"p{i}" for i in range(100)]
    people = "people: {" + ", ".join(f"{p}: {{name: P, hours: 24x7, reach: [{{via: c, address: y}}]}}" for p in crowd) + "}\n"
    text = cover(folder, HEAD + "channels: {c: {kind: phone}}\n" + people + f"roles: {{r: {{pool: [{', '.join(crowd)}], at_least: 90}}}}\n", form="text")
    assert "11 P and 89 more" in text, text
    run = subprocess.run([muster, "cover", folder / "plan.yaml", "--absent", "64"], capture_output=True, text=True)
    assert run.returncode == 5 and not run.stdout and run.stderr.startswith("muster: 141629804643600 least sets"), run.stderr
    mend = re.search(r"^    muster (amend .*) > cover.patch$", text, re.M).group(1)
    assert subprocess.run([muster, *shlex.split(mend)], capture_output=True).returncode == 0, mend
    # what stands on two things that stand on two things, forty times: each thing is looked at once
    wide = "".join(f"  {x}{i}: {{kind: network{f', depends_on: [a{i - 1}, b{i - 1}]' if i else ''}}}\n" for i in range(40) for x in "ab")
    other = cover(folder, HEAD + "channels: {c: {kind: phone, depends_on: [a39, b39]}}\n" + people + f"roles: {{r: {{holders: [p1, p2]}}}}\ndependencies:\n{wide}", "--absent", "all")
    assert len(other["sets"]) == 82 and [len(s["absent"]) for s in other["sets"]] == [1] * 81 + [2], other["sets"]
    few = cover(folder, HEAD + "channels: {c: {kind: phone}}\n" + people + "roles: {r: {pool: [p1, p2, p3, p4], at_least: 2}}\n", "--with", "people", "--absent", "3", form="text")
    assert "No single absence and no pair breaks anything; 4 larger sets do." in few, few
    laws += 4
print(f"{laws} laws hold")
