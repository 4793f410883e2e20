#!/usr/bin/env python3
"""names.py MUSTER PLAN...: the name of a finding (its id) is its own in a document, and stays: when lines move, when people and
roles stand in another order, when people get other names in the same order, and over random edits that change nothing that is said:
entries of every section in any order, the keys of each in any order, comments and empty lines between. Every plan is judged whole and,
so that there are findings about everything, with its dates ten years past."""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from mutations_plan import Plan


def names(muster, text, at):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([muster, "check", file.name, "--at", at, "--format", "json", "--fail-on", "never"], capture_output=True, text=True)
    assert done.stdout.startswith("{"), done.stderr
    return sorted((f["id"], f["gap"]) for f in json.loads(done.stdout)["findings"])


def moved(p):
    return "# one line\n\n" + p.text.replace("\n\n", "\n\n# between\n\n")


def reordered(p):
    """The entries of both sections from the last to the first, each with what stands behind it."""
    lines = list(p.lines)
    for section in ("people", "roles"):
        entries = p.entries(section)
        ends = [e.first - 1 for e in entries[1:]] + [p.section[section].last]
        blocks = [p.lines[e.first - 1:end] for e, end in zip(entries, ends)]
        lines[entries[0].first - 1:ends[-1]] = [line for block in reversed(blocks) for line in block]
    return "\n".join(lines)


def renamed(p):
    """Every person gets another id: where ids stand, which is nowhere inside of a text."""
    ids = {e.name for e in p.entries("people")} - {e.name for e in p.entries("roles")}

    def line(text):
        if re.match(r"\s*(- )?(name|title|text|reason|organisation|done_when|address|at|purpose|when|what):? ", text) or text.lstrip().startswith(("#", '"')):
            return text
        return re.sub(r"(?<![\w.@/-])(person:)?(%s)(?=[:,\]} ]|$)(?!/)" % "|".join(sorted(ids)), lambda m: (m[1] or "") + "zz_" + m[2], text)
    return "\n".join(map(line, p.lines))


ORDERED = {"improvements", "suppressions", "intake", "separation_of_duties", "plan", "organisation", "muster", "team", "evidence", "backup_communications", "facts", "resources"}


def entries_shuffled(p, section, rng):
    entries = p.entries(section)
    if len(entries) < 2:
        return p
    ends = [e.first - 1 for e in entries[1:]] + [p.section[section].last]
    blocks = [p.lines[e.first - 1:end] for e, end in zip(entries, ends)]
    rng.shuffle(blocks)
    return Plan("\n".join(p.lines[:entries[0].first - 1] + [line for block in blocks for line in block] + p.lines[ends[-1]:]))


def keys_shuffled(p, section, rng):
    lines = list(p.lines)
    for e in p.entries(section):
        keys = list(p.keys(e).values())
        if any(b.first != a.last + 1 for a, b in zip(keys, keys[1:])) or len(keys) < 2:
            continue
        blocks = [lines[k.first - 1:k.last] for k in keys]
        rng.shuffle(blocks)
        lines[keys[0].first - 1:keys[-1].last] = [line for block in blocks for line in block]
    return Plan("\n".join(lines))


def commented(p, rng):
    return Plan("\n".join(line for old in p.lines for line in ([rng.choice(["# a word", "", "# name: not this one"]), old] if re.match(r"\w", old) and rng.random() < 0.5 else [old])))


def at_random(p, seed):
    """Every section has its entries and their keys in another order, and comments stand in between."""
    rng, changed = random.Random(seed), 0
    for section in [s for s in p.section if s not in ORDERED]:
        before = p.text
        p = keys_shuffled(entries_shuffled(p, section, rng), section, rng)
        changed += p.text != before
    assert changed >= 5, changed
    return commented(p, rng).text


def main():
    muster, *paths = sys.argv[1:]
    failed = count = 0
    for path in map(pathlib.Path, paths):
        p = Plan(path.read_text(encoding="utf-8").replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10"))
        for at in ("2026-07-10 12:00", "2036-07-10 12:00"):
            base = names(muster, p.text, at)
            wrong = [] if len({i for i, _ in base}) == len(base) else ["two findings with one name"]
            for change in (moved, reordered, renamed):
                text = change(p)
                assert text != p.text, change
                new = names(muster, text, at)
                if new != base:
                    wrong.append(f"{change.__name__}: {sorted(set(base) ^ set(new))}")
            for seed in range(2):
                new = names(muster, at_random(p, seed), at)
                if new != base:
                    wrong.append(f"at random, seed {seed}: {sorted(set(base) ^ set(new))}")
            count += len(base)
            failed += len(wrong)
            for w in wrong:
                print(f"{path.name} at {at}: {w}")
    print(f"{count} findings, {failed} failed")
    return bool(failed or not count)


if __name__ == "__main__":
    sys.exit(main())
