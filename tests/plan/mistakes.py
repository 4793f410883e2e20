#!/usr/bin/env python3
"""mistakes.py MUSTER FIELDS.C PLAN...: makes 200 single mistakes in the plans, each by a seed of its own, and counts how often the
first thing that `muster check` says stands on exactly the line of the mistake, and is all that it says; 198 must. Then plans with
thirty mistakes each, of every kind: all are told in one go, each on its line, and nothing else. What is missing is missed at the
id of what lacks it; of a bracket or quote that is never closed it is the opening one that is wrong. A mistake that leaves a
plan that can be read (a word of a free text) is none, and another one is made in its place. All figures are printed."""
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MISTAKES, EXACT, AT_ONCE, ROUNDS = 200, 198, 30, 4
muster, fields, plans = sys.argv[1], sys.argv[2], sys.argv[3:]
ROWS = re.findall(r'^    \{"(\w*)", "([\w/]+)",\s*([A-Z_ |]+), (T_\w+), (?:"([^"]*)"|NULL|STANDS_ON), (true|false)\}', open(fields).read(), re.M)
KEYS = {row[1] for row in ROWS}
BY_ID = {row[1] for row in ROWS if row[0] == "" and row[2].startswith("MAP")}
ENUMS = {row[1] for row in ROWS if row[3] == "T_ENUM"}
NEEDED = {row[1] for row in ROWS if row[5] == "true" and row[0]}
LISTS = {row[1] for row in ROWS if row[2] == "LIST"} - {row[1] for row in ROWS if "ONE" in row[2]}


class Line:
    """One line of block YAML: `   - key:   value   # comment`; columns from 0."""

    def __init__(self, number, text, path):
        self.number, self.text, self.path = number, text, path
        m = re.match(r"( *)(- +)?(?:([\w/-]+):(?= |$))?( *)(.*?)( +#.*)?$", text)
        self.indent, self.dash, self.key, self.value, self.comment = len(m[1]), m[2] or "", m[3] or "", m[5], m[6] or ""
        if self.value.startswith("#"):
            self.value, self.comment = "", m[4] + self.value
        self.key_at, self.at = len(m[1] + self.dash), m.start(5)
        self.is_id = len(path) == 1 and path[0] in BY_ID or len(path) == 2 and path[0] == "resources"

    def with_value(self, value):
        return self.text[:self.at] + value + self.comment


def read(path):
    """The lines that hold a key or an item, and all lines as they are."""
    texts, lines, stack, folded = open(path, encoding="utf-8").read().split("\n"), [], [], None
    for number, text in enumerate(texts):
        indent = len(text) - len(text.lstrip(" "))
        if folded is not None and (not text.strip() or indent > folded):
            continue
        folded = None
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        while stack and stack[-1][0] >= indent + text.lstrip().startswith("- "):
            stack.pop()
        line = Line(number, text, [key for _, key in stack])
        lines.append(line)
        if line.key:
            stack.append((line.key_at, line.key))
        if line.value.startswith((">", "|")):
            folded = line.indent
    return texts, lines


def garbled(word, r):
    """A letter dropped, doubled or swapped with the next; never the first."""
    letters = [i for i in range(1, len(word) - 1) if word[i] != word[i + 1]]
    if not letters:
        return None
    i = r.choice(letters)
    return r.choice([word[:i] + word[i + 1:], word[:i] + word[i + 1] + word[i] + word[i + 2:], word[:i] + word[i] + word[i:]])


def instead(r, lines, pattern, made, on=lambda line: True):
    """Puts `made(match)` in place of something in a value; the mistake stands where that began."""
    spots = [(line, m) for line in lines if on(line) for m in re.finditer(pattern, line.value)]
    line, m = r.choice(spots)
    new = made(m)
    return new and (line.number, line.at + m.start(), {line.number: line.with_value(line.value[:m.start()] + new + line.value[m.end():])})


def keyed(key):
    return lambda line: line.key in key if isinstance(key, set) else line.key == key


def known(line):
    return line.key in KEYS and not line.is_id


def key_garbled(r, lines, texts):
    line = r.choice([line for line in lines if known(line) and len(line.key) > 2])
    new = garbled(line.key, r)
    return new and (line.number, line.key_at, {line.number: line.text[:line.key_at] + new + line.text[line.key_at + len(line.key):]})


def key_in_brackets_garbled(r, lines, texts):
    return instead(r, lines, r"(?<=[{,] )(\w{3,})(?=:)|(?<=\{)(\w{3,})(?=:)", lambda m: m[0] in KEYS and garbled(m[0], r))


def reference_garbled(r, lines, texts):
    ids = {line.key for line in lines if line.is_id}
    return instead(r, lines, r"(?<![\w.-])[a-z]\w{3,}(?![\w.-]|: )", lambda m: m[0] in ids and garbled(m[0], r))


def reference_of_another_kind(r, lines, texts):
    return instead(r, lines, r"\b(role|person|external|asset|channel)(?=:\w)", lambda m: r.choice([k for k in ("severity", "template", "fact") if k != m[0]]))


def no_unit(r, lines, texts):
    return instead(r, lines, r"(?<![\w.:-])(\d+)(m|h|d| months)(?![\w:])", lambda m: m[1])


def wrong_unit(r, lines, texts):
    return instead(r, lines, r"(?<![\w.:-])(\d+)(m|h|d| months)(?![\w:])", lambda m: m[1] + r.choice(["min", "hrs", "H", " minutes", "q"]))


def bad_date(r, lines, texts):
    return instead(r, lines, r"(20\d\d)-(\d\d)-(\d\d)", lambda m: r.choice([f"{m[1]}-02-30", f"{m[1]}-13-{m[3]}", f"{m[3]}/{m[2]}/{m[1]}", f"{m[1]}-{m[2]}", f"{m[1]}-{int(m[2])}-{m[3]}", "soon"]))


def too_large(r, lines, texts):
    return instead(r, lines, r"^\d+$", lambda m: m[0] + "00000", on=known)


def number_in_words(r, lines, texts):
    return instead(r, lines, r"^\d+$", lambda m: r.choice(["two", "0" + m[0], "-" + m[0], m[0] + ".5", "about " + m[0], "1e3"]), on=known)


def no_such_word(r, lines, texts):
    return instead(r, lines, r"^\w+$", lambda m: garbled(m[0], r) or "other", on=keyed(ENUMS))


def no_such_zone(r, lines, texts):
    return instead(r, lines, r"^.+$", lambda m: r.choice([m[0].replace("/", " "), m[0] + "n", m[0].split("/")[-1] + "town", "GMT+13:00"]), on=keyed("timezone"))


def no_such_hours(r, lines, texts):
    return instead(r, lines, r"^.+$", lambda m: r.choice(["mon-fri 9-17", "mon-fri 09:00", "weekdays 09:00-17:30", "always", "mon-fri 09:00-25:30"]), on=keyed({"hours", "working_hours"}))


def neither_yes_nor_no(r, lines, texts):
    return instead(r, lines, r"\b(yes|no)\b", lambda m: r.choice(["y", "maybe", "1", "Yes please"]))


def list_for_one(r, lines, texts):
    return instead(r, lines, r"^[\w ]+$", lambda m: f"[{m[0]}]", on=lambda line: known(line) and line.key not in LISTS)


def map_for_one(r, lines, texts):
    return instead(r, lines, r"^[\w ]+$", lambda m: "{it: " + m[0] + "}", on=known)


def one_for_list(r, lines, texts):
    return instead(r, lines, r"^\[.*\]$", lambda m: m[0][1:-1].split(",")[0], on=lambda line: line.key in LISTS and "{" not in line.value)


def value_lost(r, lines, texts):
    line = r.choice([line for line in lines if known(line) and re.fullmatch(r"[^{}]+|\{.*\}", line.value)])
    return line.number, line.key_at, {line.number: line.text[:line.at].rstrip()}


def key_lost(r, lines, texts):
    """A required key is gone, and what lacks it stands on the line that held the id."""
    owners = [(a, b) for a, b in zip(lines, lines[1:]) if b.key in NEEDED and not b.dash and b.value and a.key and not a.value and b.indent > a.indent]
    a, b = r.choice(owners)
    return a.number, a.key_at, {b.number: None}


def key_twice(r, lines, texts):
    line = r.choice([line for line in lines if line.key and line.value and not line.dash and line.value[0] not in ">|"])
    return line.number + 1, line.key_at, {line.number: line.text + "\n" + line.text}


def key_of_another_place(r, lines, texts):
    line = r.choice([line for line in lines if known(line) and line.value and not line.dash and len(line.path) > 1 and line.value[0] not in ">|"])
    return line.number + 1, line.key_at, {line.number: line.text + "\n" + " " * line.key_at + r.choice(["organisation", "title_of_it", "phone", "email", "escalation_steps"]) + ": x"}


def colon_lost(r, lines, texts):
    line = r.choice([line for line in lines if line.key])
    end = line.key_at + len(line.key)
    return line.number, line.key_at, {line.number: line.text[:end] + line.text[end + 1:]}


def blank_behind_colon_lost(r, lines, texts):
    line = r.choice([line for line in lines if line.key and line.value and line.value[0] not in "[{>|"])
    return line.number, line.key_at, {line.number: line.text[:line.key_at] + line.key + ":" + line.value + line.comment}


def indented_too_far(r, lines, texts):
    line = r.choice([line for line in lines if line.key and not line.dash])
    more = r.choice([1, 1, 2, 3])
    return line.number, line.key_at + more, {line.number: " " * more + line.text}


def indented_too_little(r, lines, texts):
    line = r.choice([line for line in lines if line.key and line.indent and not line.dash])
    return line.number, line.key_at - 1, {line.number: line.text[1:]}


def item_moved(r, lines, texts):
    line = r.choice([line for line in lines if line.dash and line.indent > 1])
    return (line.number, line.indent - 1, {line.number: line.text[1:]}) if r.random() < 0.5 else (line.number, line.indent + 1, {line.number: " " + line.text})


def tab(r, lines, texts):
    line = r.choice([line for line in lines if line.indent >= 2])
    return line.number, 0, {line.number: "\t" + line.text.lstrip(" ")}


def dash_lost(r, lines, texts):
    line = r.choice([line for line in lines if line.dash and not line.key])
    return line.number, line.indent, {line.number: " " * line.indent + line.text[line.key_at:]}


def bracket_open(r, lines, texts):
    return instead(r, lines, r"[\[{][^\[\]{}]*[\]}]$", lambda m: m[0][:-1])


def bracket_too_many(r, lines, texts):
    line = r.choice([line for line in lines if line.value[-1:] in ("]", "}")])
    end = line.at + len(line.value)
    return line.number, end, {line.number: line.with_value(line.value + r.choice("]}"))}


def comma_lost(r, lines, texts):
    return instead(r, lines, r", (?=\w+:)", lambda m: " ")


def quote_open(r, lines, texts):
    return instead(r, lines, r'"[^"]*"', lambda m: m[0][:-1])


def colon_in_a_text(r, lines, texts):
    line = r.choice([line for line in lines if known(line) and re.fullmatch(r"[\w ]+", line.value)])
    return line.number, line.at + len(line.value) + 0, {line.number: line.with_value(line.value + ": that is")}


def sign_before_a_text(r, lines, texts):
    return instead(r, lines, r"^\w.*$", lambda m: r.choice("@*%`!|") + m[0], on=lambda line: line.key)


def sign_of_a_word_processor(r, lines, texts):
    line = r.choice([line for line in lines if line.key and line.key_at > 1])
    if r.random() < 0.5:
        return line.number, 0, {line.number: "\u00a0" * line.indent + line.text[line.indent:]}
    return line.number, line.key_at + 1, {line.number: line.text[:line.key_at + 1] + "\u200b" + line.text[line.key_at + 1:]}


KINDS = [kind for name, kind in list(globals().items()) if callable(kind) and getattr(kind, "__code__", None)
         and kind.__code__.co_varnames[:3] == ("r", "lines", "texts")]


def said(path):
    """Where things are wrong, as check tells it: (line, column) from 0; nothing where the plan can be read."""
    run = subprocess.run([muster, "check", path, "--fail-on", "never"], capture_output=True, text=True, timeout=60)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"muster check ended with {run.returncode}: {run.stderr[-500:]}")
    found = re.findall(r"^\S+?:(\d+):(\d+): error\[(MU\d+)\]: (.*)", run.stderr, re.M)
    if (run.returncode == 3) != bool(found):
        sys.exit(f"check ended with {run.returncode} and said {found}")
    return [(int(line) - 1, int(column) - 1, f"{code} {text}") for line, column, code, text in found]


def make(seed, texts, lines):
    """The kind, the place and the text of the mistake of this seed; None where the seed makes none."""
    r = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    try:
        made = kind(r, lines, texts)
    except IndexError:
        return None
    if not made:
        return None
    line, column, changed = made
    return kind.__name__, line, column, "\n".join(changed.get(i, text) for i, text in enumerate(texts) if changed.get(i, text) is not None)


def entry(texts, number):
    """The line of the nearest id above, or of the section: two mistakes in one entry are not independent."""
    while number > 0 and not re.match(r"(  )?[\w-]+:", texts[number]):
        number -= 1
    return number


def at_once(texts, lines, path, start):
    """How many of thirty mistakes that are told alone are told together, and how much else is."""
    together, taken, where, seed = list(texts), set(), set(), start
    while len(where) < AT_ONCE:
        seed += 1
        mistake = make(seed, texts, lines)
        changed = mistake and mistake[3].split("\n")
        if not mistake or len(changed) != len(texts) or entry(texts, mistake[1]) in taken:
            continue
        Path(path).write_text(mistake[3], encoding="utf-8", newline="")
        if [f[0] for f in said(path)] != [mistake[1]]:
            continue
        taken.add(entry(texts, mistake[1]))
        where.add(mistake[1])
        for i, text in enumerate(texts):
            together[i] = changed[i] if changed[i] != text else together[i]
    Path(path).write_text("\n".join(together), encoding="utf-8", newline="")
    found = [f[0] for f in said(path)]
    if set(found) != where or len(found) != AT_ONCE:
        print("at once, seed", start, "not told:", sorted(i + 1 for i in where - set(found)), "too much:", sorted(i + 1 for i in found if i not in where))
    return len(where & set(found)), len(found) - len(where & set(found))


def main():
    read_plans = [read(path) for path in plans]
    made = exact = anywhere = columns = alone = harmless = 0
    seed = -1
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "plan.yaml")
        while made < MISTAKES:
            seed += 1
            if seed > 20 * MISTAKES:
                sys.exit(f"only {made} mistakes came of {seed} seeds")
            mistake = make(seed, *read_plans[seed // len(KINDS) % len(plans)])
            if not mistake:
                continue
            kind, line, column, text = mistake
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)
            found = said(path)
            if not found:
                harmless += 1
                if "-v" in os.environ.get("MISTAKES", ""):
                    print(f"harmless {kind} seed {seed} line {line + 1}: {text.split(chr(10))[line]}")
                continue
            made += 1
            exact += found[0][0] == line
            anywhere += any(f[0] == line for f in found)
            alone += len(found) == 1
            if len(found) > 1 and "-m" in os.environ.get("MISTAKES", ""):
                print(kind, seed, line + 1, text.split("\n")[line], *found, sep="\n   ")
            columns += any(f[:2] == (line, column) for f in found)
            if found[0][0] != line or ("-c" in os.environ.get("MISTAKES", "") and found[0][1] != column):
                print(f"{kind}, seed {seed}, {os.path.basename(plans[seed // len(KINDS) % len(plans)])}: line {line + 1}, column {column + 1}; said is {found[0][0] + 1}:{found[0][1] + 1} {found[0][2]}")
                print("   ", text.split("\n")[line])
        rounds = [at_once(*read_plans[0], path, 10000 * n) for n in range(ROUNDS)]
    print(f"{made} mistakes of {len(KINDS)} kinds: the line exact in {exact} (in any of what is said: {anywhere}), the column in {columns}, nothing else said in {alone}; "
          f"{harmless} that left a plan were replaced")
    print(f"{AT_ONCE} mistakes at once, {ROUNDS} times: {sum(r[0] for r in rounds)} told, and {sum(r[1] for r in rounds)} that are none")
    sys.exit(0 if min(exact, alone) >= EXACT and all(r == (AT_ONCE, 0) for r in rounds) else 1)


main()
