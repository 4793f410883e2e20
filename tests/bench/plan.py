#!/usr/bin/env python3
"""plan.py PLAN BYTES: a plan of the shape of PLAN, as large as asked for: its people, roles and actions stand in it again and
again under new ids, and everything that they name is still there."""
import re
import sys

SECTIONS = ("people", "roles", "raci")


def sections(text):
    """The top-level sections in their order: (key, lines)."""
    out = []
    for line in text.splitlines():
        top = re.match(r"([a-z_]+):", line)
        if top or not out:
            out.append((top.group(1) if top else "", []))
        out[-1][1].append(line)
    return out


def entries(lines):
    """The entries of a section of ids: each the line of its id and what is indented below it."""
    out = []
    for line in lines[1:]:
        if re.match(r"  [a-z_0-9]+:", line):
            out.append([])
        if out and (line.startswith("  ") and not line.lstrip().startswith("#")):
            out[-1].append(line)
    return out


def again(entry, number):
    return [re.sub(r"^  ([a-z_0-9]+):", rf"  \1_{number}:", entry[0])] + entry[1:]


text, wanted = open(sys.argv[1], encoding="utf-8").read(), int(sys.argv[2])
parts = sections(text)
size = len(text.encode())
number = 1
more = {key: [] for key in SECTIONS}
while size < wanted:
    for key, lines in parts:
        for entry in entries(lines) if key in SECTIONS else []:
            copy = again(entry, number)
            if size < wanted:
                size += len("\n".join(copy).encode()) + 1
                more[key] += copy
    number += 1
for key, lines in parts:
    print("\n".join(lines + more.get(key, [])))
