#!/usr/bin/env python3
"""mistakes.py MUSTER PLAN: mistakes that people make, one at a time in a plan that has none. Each is told with its code, on its
line, with the caret under it whatever is wide before it, and with what would be right; and all of them at once, in one go."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

muster, clean = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")

# what is replaced, by what (| stands before what the caret must underline), the code, what the help must say
MISTAKES = [
    ("holders:       [ngozi, ruth]", "holders:       [|ngozy, ruth]", 23, 'did you mean "ngozi"?'),
    ("holders:       [ngozi, ruth]", "holders:       |ngozi", 17, "write [ngozi]"),
    ("holders:       [ngozi, ruth]", "holders:       [|role:ciso]", 24, "one of these may: person"),
    ("holders:       [ngozi, ruth]", "holders:       [|漢字, ruth]", 23, "there are: aoife"),
    ("holders:       [ngozi, ruth]", "holders:       [ngozi, ruth]\n    |rotation:      commander", 30, "keep exactly one"),
    ("    longest_shift: 12h", "    longest_shift: |12", 21, "12m, 12h or 12d"),
    ("    longest_shift: 12h", "    longest_shift: |12 hours", 21, 'did you mean "12h"?'),
    ("    longest_shift: 12h", "    longest_shift: |PT12H", 21, 'did you mean "12h"?'),
    ("    longest_shift: 12h", "    |longest_shft: 12h", 15, 'did you mean "longest_shift"?'),
    ("    depth:         3", "    depth:         |03", 20, "without a leading zero"),
    ("    depth:         3", "    depth:         |three", 20, "digits only"),
    ("    depth:         3", "    depth:         |300", 20, None),
    ("{spend: 100000 EUR}", "|{spend: 100.000 EUR}", 17, "{spend: 100000 EUR}"),
    ("timezone:      Europe/Dublin", "timezone:      |Dublin", 26, 'did you mean "Europe/Dublin"?'),
    ("timezone:      Europe/Dublin", "timezone:      |europe/dublin", 26, 'did you mean "Europe/Dublin"?'),
    ("timezone:      Europe/Dublin", "timezone:      |GMT+1", 26, "UTC"),
    ("timezone:      Europe/Dublin", "timezone:      |localtime", 26, "UTC"),
    ("timezone:      Europe/Dublin", "timezone:      |leapseconds", 26, "UTC"),
    ("working_hours: mon-fri 09:00-17:30", "working_hours: |9 to 5", 27, "mon-fri 09:00-17:30"),
    ("  reviewed:     2026-07-03", "  reviewed:     |2026-7-3", 25, 'did you mean "2026-07-03"?'),
    ("  reviewed:     2026-07-03", "  reviewed:     |2026/07/03", 25, 'did you mean "2026-07-03"?'),
    ("  reviewed:     2026-07-03", "  reviewed:     |03.07.2026", 25, "year-month-day"),
    ("  reviewed:     2026-07-03", "  reviewed:     |2026-02-30", 25, "year-month-day"),
    ("{by: Management Board, date: 2026-07-03}", '{by: "漢字 e\u0301 \U0001f6a8", date: |2026-7-3}', 25, "2026-07-03"),
    ("{by: Management Board, date: 2026-07-03}", "{by: Management\tBoard, date: |2026-7-3}", 25, "2026-07-03"),
    ("  owner:        ciso", "  |owner:", 17, "leave the key out"),
    ("  owner:        ciso", "  |Owner:        ciso", 15, 'did you mean "owner"?'),
    ("  version:      4.3", "  version:      4.3\n  |version:      4.4", 10, "keep one of the two"),
    ("  owner:        ciso", "  |owner         ciso", 13, "key: value"),
    ("  owner:        ciso", "  |owner:ciso", 13, "key: value"),
    ("  owner:        ciso", "  |owner:\u00a0ciso", 13, "key: value"),
    ("  owner:        ciso", "   |owner:        ciso", 13, "in the column"),
    ("  owner:        ciso", "|\towner:        ciso", 5, "use blanks"),
    ("  owner:        ciso", "  owner:        |*ciso", 9, "begins with *"),
    ("  owner:        ciso", "  owner:        |%ciso", 13, "quote a text that begins with it"),
    ("  owner:        ciso", "  owner:        |!!str ciso", 9, "begins with !"),
    ("  owner:        ciso", "  |<<:           {owner: ciso}", 9, "write the keys out"),
    ("  title:        Incident Response Plan", "  title:        Incident|: Response Plan", 13, "holds a colon"),
    ("  title:        Incident Response Plan", '  title:        |"Incident Response Plan', 13, "close it"),
    ("  title:        Incident Response Plan", "  title:        Incident |\u202eResponse Plan", 4, "delete"),
    ("insider_exfiltration]", "insider_exfiltration", 13, "a list ends with ]"),
    ("use:         out_of_band", "use:         |outofband", 29, 'did you mean "out_of_band"?'),
    ("acknowledge: yes", "acknowledge: |y", 22, "yes or no"),
    ("after: [triage]", "after: [|triag]", 23, 'did you mean "triage"?'),
    ("after: [triage]", "after: [|xyz]", 23, "its steps are: triage"),
    ("in_doubt:       higher", "in_doubt:       |hihger", 23, "write higher"),
    ("muster: 1", "muster: |2", 20, 'write "muster: 1"'),
    ("\nchannels:", "\n|chanels:", 15, 'did you mean "channels"?'),
    ("    title:         Incident Commander", "    |TITLE:         Incident Commander", 15, 'did you mean "title"?'),
    ("    name:      Aoife Byrne", "    |NAME:      Aoife Byrne", 15, 'did you mean "name"?'),
    ("    timezone:  Europe/Lisbon", "|\u00a0   timezone:  Europe/Lisbon", 11, "plain blanks"),
    ("    languages: [en, ga]", "    |languages:\u00a0[en, ga]", 13, "plain blanks"),
    ("    - protect customers and their funds", "    |* protect customers and their funds", 13, "write - instead of *"),
    ("    - at:         the wiki", "    |\u2013 at:         the wiki", 11, "write - and a blank"),
    ("    - at:         the wiki", "    |-at:         the wiki", 13, "- key: value"),
    ("    site:      lisbon", "    site:      {|{ lisbon }}", 11, "quote a text that begins with {"),
    ("  okta:         {kind: identity_provider}", "  okta:         |kind: identity_provider}", 13, "a map with {"),
    ("  jun:\n", "  |jun: Jun Tan\n", 13, "delete one of the two"),
    ("functions: [command, security", "functions: [command,|, security", 13, "delete the comma"),
    ("\nroles:  ", "\n|...\nroles:  ", 13, "delete the line"),
    ("\n  status:       approved", "\n|<<<<<<< ours\n  status:       approved\n=======\n  status:       draft\n>>>>>>> theirs", 13, "keep one side"),
    ("\nmuster: 1", "\n |muster: 1", 13, "in the column"),
    ("    trained:   2026-01-12", "    trained:   |20\u200d26-01-12", 25, "year-month-day"),
]


def columns(text):
    """The columns that a terminal gives to a text."""
    return sum(4 if c == "\t" else 8 if c == "\u202e" else 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def check(text):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "plan.yaml").write_text(text, encoding="utf-8")
        run = subprocess.run([muster, "check", "plan.yaml", "--at", "2026-07-10"], cwd=folder, capture_output=True, text=True)
    return run.returncode, run.stderr.splitlines()


wrong = 0
for old, new, code, help_ in MISTAKES:
    assert clean.count(old) >= 1, old
    text = clean.replace(old, new, 1)
    at = text.index(new)
    place = at + new.index("|") if "|" in new else at
    text = text[:place] + text[place + 1:] if "|" in new else text
    line, column = text.count("\n", 0, place) + 1, place - (text.rfind("\n", 0, place) + 1) + 1
    status, said = check(text)
    prefix = text.splitlines()[line - 1][:column - 1]
    n = next((i for i, s in enumerate(said) if s.startswith(f"plan.yaml:{line}:") and f"error[MU{code:03d}]" in s), None)
    why = None
    if status != 3:
        why = f"exit {status}"
    elif n is None:
        why = "not told on its line"
    elif "|" in new and f":{line}:{column}:" not in said[n]:
        why = f"another column than {column}"
    elif "|" in new and said[n + 2].split("| ", 1)[1].index("^") != columns(prefix):
        why = "the caret stands elsewhere"
    elif help_ and not (said[n + 3].startswith("  = help: ") and help_ in said[n + 3]):
        why = "the help does not say: " + help_
    if why:
        wrong += 1
        print(f"{new!r}: {why}", *said[:6], sep="\n  ")

# All of them in one file, and also those that keep YAML from being read: every one is told, and nothing else.
together, expected, taken = clean, [], set()
for old, new, code, _ in MISTAKES:
    if old in taken or (code != 10 and "\n" in new and "=" not in new):
        continue
    taken.add(old)
    together = together.replace(old, new.replace("|", ""), 1)
    expected.append(code)
status, said = check(together)
found = [int(m.group(1)) for s in said if (m := re.search(r": error\[MU(\d+)\]", s))]
if sorted(found) != sorted(expected):
    wrong += 1
    print("together:", sorted(expected), "told:", sorted(found), *said, sep="\n")
# To read a file again costs memory as well: of many values, few times.
with tempfile.TemporaryDirectory() as folder:
    def memory(text):
        (pathlib.Path(folder) / "plan.yaml").write_text(text)
        done = subprocess.Popen([muster, "check", "plan.yaml"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return os.wait4(done.pid, 0)[2].ru_maxrss

    values = "muster: 1\nx-values:\n" + ("  - [" + "1," * 999 + "1]\n") * 190
    sanitized = memory("muster: 1\n") > 16 << 10  # what is given back is kept for a while
    if not sanitized and memory(values + "bad\n  - [1\nworse\n" * 3) > memory(values) * 1.5:
        wrong += 1
        print("to read a file again took much more memory than to read it")
# A folder is one plan: each file's mistakes have its name.
with tempfile.TemporaryDirectory() as folder:
    people, roles = clean.index("\npeople:"), clean.index("\nroles:")
    (pathlib.Path(folder) / "a.yaml").write_text((clean[:people] + clean[roles:]).replace("[ngozi, ruth]", "[ngozy, ruth]", 1), encoding="utf-8")
    (pathlib.Path(folder) / "b.yaml").write_text(clean[people:roles].replace("24x7", "24/7", 1) + "\nraci: {}\n", encoding="utf-8")
    run = subprocess.run([muster, "check", folder, "--at", "2026-07-10"], capture_output=True, text=True)
    places = [m.groups() for s in run.stderr.splitlines() if (m := re.match(r".*/(a|b)\.yaml:\d+:\d+: error\[MU(\d+)\]", s))]
    if places != [("a", "023"), ("b", "027"), ("b", "010")] or "stands in " not in run.stderr:
        wrong += 1
        print("a folder:", places, run.stderr)
print(f"{len(MISTAKES)} mistakes one by one, {len(expected)} in one go, {wrong} not told as they should be")
sys.exit(wrong > 0)
