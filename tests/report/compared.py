#!/usr/bin/env python3
"""compared.py MUSTER SCENARIOS SCHEMAS: two drills in which all goes wrong that the comparison of plan and drill knows: messages
that were missing, late, over the wrong channel, in the wrong order, surplus; ladders that were skipped, jumped, late, that called
nobody, looped; a level taken down without authority. Each stands in the picture, in the table, in the text and in the JSON."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

muster, scenarios, schemas = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
failures = []
LADDERS = '''      - {to: role:commander,  via: [pager, phone], within: 5m}
      - {to: person:dilip,    via: [pager, phone], within: 5m}
      - {to: role:legal_lead, via: [pager, phone], within: 5m}
      - {to: role:director,   via: [pager, phone], within: 5m, otherwise: escalation:duty}
    without: [person:dilip]
  duty:
    steps:
      - {to: role:commander, via: [pager, phone], within: 5m, otherwise: escalation:standard}
'''
SCENARIO = '''exercise { title = "All wrong", kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "3h", severity = "sev1" }
inject "odd sign-ins" { at = "0m", from = "a log", to = "security_lead", via = "pager", says = "x", facts = { "account_taken_over" }, away = { "eva", "finn" } }
'''
SILENT = ("ben", "chiara", "finn", "eva")
HABITS = ("acknowledge", "answer", "start", "work", "consult", "decide", "write")


def expect(what, holds):
    if not holds:
        failures.append(what)


def files(top):
    plan = (scenarios / "starter/plan.yaml").read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
    plan, n = re.subn(r"(?m)(^  standard:\n    steps:\n)(?:      - .*\n)+    again: 1\n", lambda m: m[1] + LADDERS, plan)
    plan, k = re.subn(r"(board: +\{owner: director, via: \[phone\], first_within: )4h", r"\g<1>30m", plan)
    assert n == k == 1
    never = "{never: 100, fast: 2m, usual: 2m, slow: 2m, origin: asked}"
    pathlib.Path(top, "plan.yaml").write_text(plan)
    pathlib.Path(top, "scenario.lua").write_text(SCENARIO)
    pathlib.Path(top, "assume.yaml").write_text("muster_assumptions: 1\npeople:\n" + "".join(f"  {p}: {{" + ", ".join(f"{h}: {never}" for h in HABITS) + "}\n" for p in SILENT))


def play(top, name, roles, lines):
    out = pathlib.Path(top, name)
    done = subprocess.run([muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "-o", str(out), "--play", roles, "--clock", "steps", "--assume", f"{top}/assume.yaml",
                           "--seed", "1", "--fail-on", "never"], input="".join(line + "\n" for line in lines), capture_output=True, text=True)
    expect(f"{name}: it ends with {done.returncode}: {done.stderr[-300:]}", done.returncode == 0)
    report = json.loads((out / "report.json").read_text())
    for error in list(jsonschema.Draft202012Validator(json.loads((schemas / "report.schema.json").read_text())).iter_errors(report))[:3]:
        failures.append(f"{name}, report.json: {error.json_path}: {error.message[:200]}")
    return report, (out / "report.html").read_text(), (out / "report.md").read_text(), done.stdout


def section(page, name):
    at = page.index(f'id="{name}"')
    return page[page.rindex("<section", 0, at):page.index("</section>", at)]


def pictured(page, name):
    """The words of the pictures, and those of the tables."""
    part = section(page, name)
    pictures = " ".join(re.findall(r"<svg.*?</svg>", part, re.S))
    return [" ".join(re.sub(r"<[^>]*>", " ", text).split()) for text in (pictures, " ".join(re.findall(r"<table.*?</table>", part, re.S)))]


def messages(top):
    first = ["", "w 2m", "a", "s sev1 readers' data was read", "n media by mail Nothing to see.", "n staff by pager We have an incident.", "n garda by phone We would like to report."]
    report, page, text, said = play(top, "messages", "commander,it_operator", [*first, "w 20m", "", "s sev2 it is not so bad", *["w 20m", ""] * 5, "m board", ":end"])
    states = {(f["to"], f["about"]): f["state"] for f in reversed(report["communication"])}
    for to, about, state in (("role:legal_lead", "severity:sev1", "missing"), ("audience:board", "news", "late"), ("audience:staff", "news", "wrong channel"),
                             ("audience:media", "news", "wrong order"), ("external:garda", "note:We would like to report.", "surplus"), ("role:director", "severity:sev1", "met"),
                             ("audience:customers", "news", "open"), ("audience:board", "severity:sev1", "met")):
        expect(f"{to} about {about} is {states.get((to, about))}, not {state}", states.get((to, about)) == state)
    picture, table = pictured(page, "told")
    for shape, state in (("●", "met"), ("◐", "late"), ("■", "missing"), ("▲", "wrong channel"), ("◆", "wrong order"), ("+", "surplus"), ("○", "open")):
        expect(f"{state} is not in the picture", f"the worst {state}" in picture and shape in picture)
        expect(f"{state} is not in the table", f"{shape} {state}" in table)
        expect(f"{state} is not in the text", state in ("met", "open") or f"- {state}: " in text)
    down = [(x["from"], x["to"], x["down"], x["authority_ok"]) for x in report["levels"]]
    expect(f"levels: {down}", down == [("", "severity:sev1", False, True), ("severity:sev1", "severity:sev2", True, False)])
    picture, table = pictured(page, "climbed")
    expect("who took it down is not in the picture", "Dilip Rao: no authority" in picture and "sev1 was taken down to sev2" in table and "without the authority to" in table)
    expect("who took it down is not in the text", "sev1 was taken down to sev2 by Dilip Rao, without the authority to" in text)
    found = {(f["gap"], f["subject"]) for f in report["findings"]}
    expect("an audience that heard too late is no gap", ("COM-12", "audience:board") in found)


def news(top):
    """Whom a level informs, and every so often anew, is told what it asks for, and not of anybody's own accord."""
    scenario = pathlib.Path(top, "news.lua")
    scenario.write_text(SCENARIO.replace('{ "account_taken_over" }, away = { "eva", "finn" }', '{ "account_taken_over", "personal_data_read" }').replace('"3h"', '"5h"'))
    plan = pathlib.Path(top, "plan.yaml").read_text()
    once = re.sub(r"(?m)^    update_every: +2h\n", "", plan)
    assert once != plan
    for name, text, wanted in (("often", plan, {"met"}), ("once", once, set())):
        pathlib.Path(top, f"{name}.yaml").write_text(text)
        done = subprocess.run([muster, "run", f"{top}/{name}.yaml", scenario, "-o", f"{top}/news-{name}", "--fail-on", "never"], capture_output=True, text=True)
        told = [f for f in json.loads(pathlib.Path(top, f"news-{name}", "report.json").read_text())["communication"] if f["about"] == "news" and f["to"].startswith("role:")]
        expect(f"{name}: {done.stderr} {told}", {f["state"] for f in told} == wanted and all("inform:" in text.splitlines()[f["line"] - 1] for f in told))


def ladders(top):
    first = ["", "w 2m", "n director by phone Please come at once.", "a"]
    *_, said = play(top, "once", "commander", [*first, ":end"])
    number = re.search(r"Written \(#(\d+)\): you have message", said)[1]
    report, page, text, _ = play(top, "ladders", "commander", [*first, "w 18m", f":undo {number} slip", "w 1m", "w 40m", "w 40m", ":end"])
    calls = [(c["climb"], c["step"], c["person"], c["planned_ms"], c["called_ms"], c["late_ms"], c["state"]) for c in report["escalation"]][:5]
    minute = 60000
    expect(f"calls: {calls}", calls == [
        (0, 1, "person:ana", 0, 0, None, "no answer"), (0, 2, "", 5 * minute, None, None, "skipped"),
        (0, 3, "", 10 * minute, 25 * minute, 15 * minute, "nobody was there to be called"), (0, 4, "person:ben", 15 * minute, 30 * minute, 15 * minute, "no answer"),
        (1, 1, "person:ana", 35 * minute, 35 * minute, None, "no answer")])
    expect(f"climbs: {report['climbs']}", [c["looped"] for c in report["climbs"]][:3] == [False, False, True])
    expect(f"jumped: {report['jumped']}", [(j["by"], j["to"], j["step"], j["reached"]) for j in report["jumped"]] == [("person:ana", "role:director", 4, 1)])
    picture, table = pictured(page, "climbed")
    for words in ("skipped", "nobody was there to be called, 15 min late", "no answer, 15 min late", "jumped: the ladder was at step 1"):
        expect(f"{words!r} is not in picture and table", words in picture and words in table)
    expect("the loop is not said", "a loop: the ladders that led here had come by this one already" in section(page, "climbed"))
    for words in ("skipped", "15 min late, nobody was there to be called", "standard was started again by duty: a loop", "jumped: Ana Weir called Ben Okoro of step 4"):
        expect(f"{words!r} is not in the text", words in text)
    untouched = text[text.index("## What of the plan was exercised"):]
    expect("a part of the plan is called by its id", not re.search(r"\b(role|action|step|escalation|external|severity):", untouched.split("\n## ")[0]))


with tempfile.TemporaryDirectory() as top:
    files(top)
    messages(top)
    news(top)
    ladders(top)
for failure in failures[:20]:
    print("FAILED", failure)
print(f"four drills: {len(failures)} failures")
sys.exit(1 if failures else 0)
