#!/usr/bin/env python3
"""measured.py MUSTER: what people took in drills becomes `measured` values with their n, put over what was assumed; too few are none, and neither are those of a drill that was
played faster, or across a jump of its clock; the model runs of the programme go by them, and the report says how many there are."""
import datetime
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

muster = str(pathlib.Path(sys.argv[1]).resolve())
top = tempfile.TemporaryDirectory()
folder = pathlib.Path(top.name) / "new"
subprocess.run([muster, "init", folder], check=True, capture_output=True)
day = re.search(r"from: +(\S+)", (folder / "programme.yaml").read_text())[1]
PLAYERS = "commander,security_lead,it_operator,comms_lead,legal_lead,director"


def hold(name, *more, jump=":jump 30m"):
    """A drill with people, who answer at once."""
    lines = ("a\n" * 8 + f"{jump}\n") * 9 + ":end\n"
    got = subprocess.run([muster, "run", folder / "plan.yaml", folder / "scenario.lua", "-o", folder / "drills" / name, "--play", PLAYERS, "--fail-on", "never", *more], input=lines,
                         capture_output=True, text=True, timeout=60)
    assert got.returncode == 0, (got.returncode, got.stdout[-500:], got.stderr)


def measured(*more, status=0):
    got = subprocess.run([muster, "history", "measured", folder / "programme.yaml", *more], capture_output=True, text=True)
    assert got.returncode == status, (got.returncode, got.stdout, got.stderr)
    return got.stdout


(folder / "drills").mkdir()
programme = folder / "programme.yaml"
text = programme.read_text()
text = text.replace(f"first:       {day} 10:00", f"first:       {day} 10:00\n    lasts:       3h", 1)
programme.write_text(text)
hold(f"tabletop-{day}-1000")
assert not measured(status=1), "one drill of a few is too few"
for n in range(3):
    hold(f"extra-{n}")
found = json.loads(subprocess.run([muster, "history", "export", programme], capture_output=True, text=True, check=True).stdout)
assert len(found["drills"]) == 4 and all(d["players"] for d in found["drills"])
made = measured("--assume", folder / "assumptions.yaml")
one = re.search(r'"acknowledge": \{usual: (\d+)s, origin: measured, n: (\d+)\}', made)
assert one and int(one[2]) >= 6 and "slow" not in one[0], made
assert '"work": {"fast": "8m", "usual": "20m", "slow": "60m", "never": "0", "origin": "default"}' in made
n = int(one[2])
hold("fast", "--speed", "1000")
assert re.search(r"n: (\d+)\}", measured())[1] == str(n), "a drill at another pace measures nothing"
(folder / "own.yaml").write_text('muster_assumptions: 1\ndefaults: {work: {usual: 9m, origin: asked}}\npeople: {ana: {acknowledge: {usual: 2m, origin: asked}}}\nanswers: {cut it off: "now"}\nat_once: no\n')
made = measured("--assume", folder / "own.yaml")
assert '"answers": {"cut it off": "now"}' in made and '"usual": "2m", "origin": "asked"' in made and '"at_once": "no"' in made
(folder / "made.yaml").write_text(made)
(folder / "bad.yaml").write_text("muster_assumptions: [")
measured("--assume", folder / "bad.yaml", status=3)

# the next model run goes by it, and says so
got = subprocess.run([muster, "due", programme, "--run", "--now", f"{day} 11:00"], capture_output=True, text=True)
assert got.returncode == 0 and "held      tabletop" in got.stdout and "ran       model" in got.stdout, got.stdout + got.stderr
drill = next((folder / "drills").glob("model-*"))
assumed = [e for e in map(json.loads, (drill / "journal.jsonl").read_text().splitlines()) if e["kind"] == "assumed"]
assert [e["origin"] for e in assumed if e["habit"] == "acknowledge" and e["person"] is None] == ["measured"], assumed
counts = {o: sum(e["origin"] == o for e in assumed) for o in ("measured", "asked", "default")}
assert f"({counts['measured']} measured, {counts['asked']} asked, {counts['default']} default)" in (drill / "report.md").read_text().replace("\n", " ")
assert (drill / "inputs/assumptions.yaml").read_bytes() == (folder / "drills/measured.yaml").read_bytes()
assert (folder / "assumptions.yaml").read_text().startswith("# How people behave"), "what a person wrote is left alone"
# ---- what a drill with people counts as is what its journal shows, and not what it was begun as ----
rules = pathlib.Path(top.name) / "rules.yaml"


def counted(name, lines, *more):
    """The rules, of one that wants a functional test and one that a tabletop is enough for, which have it as last held."""
    rules.write_text(f"muster_programme: 1\nprogramme: {{title: T, timezone: Europe/Dublin, from: {day}, folder: {name}, rules: [FEDRAMP-MODERATE, PCI]}}\n"
                     f"drills: {{d: {{plan: new/plan.yaml, scenario: new/scenario.lua, mode: functional, players: [security_lead], first: {day} 10:00, recurrence: FREQ=MONTHLY}}}}\n")
    got = subprocess.run([muster, "run", folder / "plan.yaml", folder / "scenario.lua", "-o", rules.parent / name / "one", "--play", "security_lead", "--fail-on", "never", *more], input=lines,
                         capture_output=True, text=True, timeout=60)
    assert got.returncode == 0, got.stderr
    said = json.loads(subprocess.run([muster, "schedule", "next", rules, "--now", f"{day} 09:00", "--format", "json"], capture_output=True, text=True, check=True).stdout)
    assert {r["last"] for r in said["rules"] if r["last"]} <= {day, str(datetime.date.fromisoformat(day) + datetime.timedelta(days=1))}, "the day on which people did it, whatever day it plays on"
    return {r["rule"] for r in said["rules"] if r["last"]}, got.stdout.replace("\n", " ")


counts, said = counted("functional", "a\ni we pull the cable\n:end done\n", "--functional", "--start", "2031-06-06 10:00")
assert counts == {"FEDRAMP-MODERATE", "PCI"} and "operations-based functional exercise" in said, (counts, said)
counts, said = counted("moved", "a\ni we pull the cable\n:jump 10m\n:end done\n", "--functional")
assert counts == {"PCI"} and "its clock was moved, so that it is none" in said, (counts, said)
counts, said = counted("tabletop", "a\ni we pull the cable\n:end done\n:wash held We knew whom to call.\n")
assert counts == {"PCI"} and "a tabletop" in said, (counts, said)
counts, said = counted("broken", "a\ni we pull the cable\n!the hall is on fire\n", "--functional")
assert counts == set() and "It was broken off after" in said and "It counts towards nothing." in said, (counts, said)
counts, said = counted("nobody", ":end done\n", "--functional")
assert counts == set() and "as no exercise of anybody" in said, (counts, said)
for name, evidence in (("functional", "an operations-based functional exercise"), ("tabletop", "a discussion-based exercise"), ("broken", "no test: broken off"), ("nobody", "no test: nobody")):
    document = subprocess.run([muster, "report", rules.parent / name / "one/journal.jsonl", "--for", "auditor", "--format", "json"], capture_output=True, text=True, check=True).stdout
    row = next(r for s in json.loads(document)["sections"] for b in s["blocks"] for r in b.get("rows", []) if r.get("clause") == "IR-3")
    assert row["what_this_run_shows"].startswith(evidence), (name, row)
for more in (("--functional",), ("--functional", "--play", "security_lead", "--speed", "2"), ("--functional", "--play", "security_lead", "--clock", "steps")):
    assert subprocess.run([muster, "run", folder / "plan.yaml", folder / "scenario.lua", "-o", folder / "no", *more], capture_output=True).returncode == 2
# the command that is said begins it on the programme's day and with its seed, not on the scenario's
rules.write_text(rules.read_text().replace("mode: functional,", "mode: functional, seed: 5, assumptions: new/own.yaml,").replace(f"first: {day}", "first: 2031-06-26"))
words = subprocess.run([muster, "due", rules, "--now", "2031-06-26 23:00"], capture_output=True, text=True).stdout
command = shlex.split(re.search(r"it wants people: (muster run .*--play security_lead --functional)\n", words)[1])
assert subprocess.run([muster, *command[1:], "--fail-on", "never"], input="a\n:end done\n", capture_output=True, text=True, timeout=60).returncode == 0, words
pin = json.loads((rules.parent / command[command.index("-o") + 1] / "journal.jsonl").read_text().splitlines()[0])
assert "2031-06-26" <= pin["starts"] <= "2031-07-04" and pin["seed"] == "5" and pin["assumptions"] != "defaults", pin
# at a table no wall clock takes part: it was held by the time at which it was seen to be over
rules.write_text(rules.read_text().replace("mode: functional", "mode: facilitated").replace("folder: nobody", "folder: table"))
command = shlex.split(re.search(r"it wants people: (muster run .*--play security_lead)\n", subprocess.run([muster, "due", rules, "--now", "2031-06-26 23:00"], capture_output=True, text=True).stdout)[1])
command[command.index("--start") + 1] = "2031-07-02 10:00"
command += ["--fail-on", "never", "--clock", "steps"]
subprocess.run([muster, *command[1:]], input="\na\n", capture_output=True, text=True, timeout=60)
assert "it was begun in " in subprocess.run([muster, "due", rules, "--now", "2031-06-26 23:10"], capture_output=True, text=True).stdout
subprocess.run([muster, *command[1:], "--resume"], input="\n:end done\n", capture_output=True, text=True, timeout=60, check=True)
assert "held " in subprocess.run([muster, "due", rules, "--run", "--now", "2031-06-26 23:30"], capture_output=True, text=True).stdout
said = json.loads(subprocess.run([muster, "schedule", "next", rules, "--now", "2031-06-27 09:00", "--format", "json"], capture_output=True, text=True, check=True).stdout)
assert {r["last"] for r in said["rules"] if r["rule"] == "PCI"} == {"2031-06-26"}, said["rules"]
print(n, "times measured in four drills with people; the model run went by them")
