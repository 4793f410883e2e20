#!/usr/bin/env python3
"""formats.py MUSTER SCHEMAS PLAN...: what check says for other programs is valid by the schema of each format and tells the
same gaps on the same lines; a baseline leaves only what is new; what the plan accepts for a time is told and fails nothing."""
import csv
import html
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import jsonschema

muster, schemas, plans = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
AT = "2026-07-10 12:00"


def check(plan, form, *more, code=0):
    run = subprocess.run([muster, "check", plan, "--at", AT, "--format", form, *(more or ("--fail-on", "never"))], capture_output=True, text=True)
    assert run.returncode == code, (plan, form, more, run.returncode, run.stderr)
    return run.stdout


def schema(name):
    text = (schemas / name).read_text(encoding="utf-8-sig").replace("\\\\p{L}", "[A-Za-z]").replace("\\\\p{N}", "[0-9]")
    return json.loads(text)


def sarif(plan, gaps):
    said = json.loads(check(plan, "sarif"))
    jsonschema.validate(said, schema("sarif-2.1.0.json"))
    rows = [(r["ruleId"], r["locations"][0]["physicalLocation"]["region"]["startLine"]) for r in said["runs"][0]["results"]]
    assert rows == [(f["gap"], f["at"]["line"]) for f in gaps], plan


def oscal(plan, gaps):
    said = json.loads(check(plan, "oscal"))
    jsonschema.validate(said, schema("oscal-poam-1.1.2.json"))
    items = said["plan-of-action-and-milestones"]["poam-items"]
    assert [i["title"].split()[0] for i in items] == [f["gap"] for f in gaps], plan
    ids = re.findall(r'"uuid": "([^"]+)"', json.dumps(said))
    assert len(ids) == len(set(ids)), "two things have one identifier"


def junit(plan, gaps):
    text = check(plan, "junit")
    with tempfile.NamedTemporaryFile("w", suffix=".xml") as f:
        f.write(text)
        f.flush()
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(schemas / "junit-10.xsd"), f.name], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    suite = xml.fromstring(text)[0]
    assert len(suite.findall("testcase/failure")) == len(gaps), plan
    assert int(suite.get("tests")) == len(suite.findall("testcase")) and int(suite.get("failures")) == len({f["gap"] for f in gaps})


def table(plan, gaps):
    rows = list(csv.DictReader(io.StringIO(check(plan, "csv"))))
    assert [(r["gap"], r["line"], r["finding"]) for r in rows] == [(f["gap"], str(f["at"]["line"]), f["text"]) for f in gaps], plan


def github(plan, gaps):
    lines = check(plan, "github").splitlines()
    found = [re.fullmatch(r"::(error|warning|notice) file=([^,]+),line=(\d+),col=(\d+),title=(\S+) .*?::(.+)", line) for line in lines]
    assert all(found) and [(m[5], int(m[3])) for m in found] == [(f["gap"], f["at"]["line"]) for f in gaps], plan


def baseline(plan, gaps):
    with tempfile.TemporaryDirectory() as top:
        old = pathlib.Path(top, "old.json")
        old.write_text(check(plan, "json"))
        check(plan, "text", "--fail-on", "low", "--baseline", str(old))
        document = json.loads(old.read_text())
        lost = document["findings"].pop(0)
        old.write_text(json.dumps(document))
        said = json.loads(check(plan, "json", "--fail-on", "low", "--baseline", str(old), code=1))
        assert [f["id"] for f in said["findings"] if not f["known"]] == [lost["id"]], plan
        document["findings"].append({**lost, "id": "feedfeedfeedfeed", "text": "Said otherwise."})
        old.write_text(json.dumps(document))
        assert f"; 1 new since the baseline, {len(gaps) - 1} known, 1 of it gone." in check(plan, "text", "--baseline", str(old), "--fail-on", "never")
        old.write_text("[1, 2]")
        check(plan, "json", "--baseline", str(old), code=3)


def accepted(plan, gaps):
    """The worst gap is accepted until a day; the day after it counts again."""
    worst = gaps[0]
    text = pathlib.Path(plan).read_text()
    for until, accepted_then in (("2026-07-10", True), ("2026-07-09", False)):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as f:
            f.write(text + f'\nsuppressions:\n  - {{gap: {worst["gap"]}, subject: "{worst["subject"]}", reason: "being mended", until: {until}}}\n')
            f.flush()
            said = json.loads(check(f.name, "json"))
            told = check(f.name, "text")
        assert [bool(x["suppressed"]) for x in said["findings"] if x["id"] == worst["id"]] == [accepted_then], (plan, until)
        assert [s["state"] for s in said["suppressions"]] == ["in force" if accepted_then else "expired"]
        assert ("being mended" in told) == accepted_then and ("was over on" in told) != accepted_then
    for reason, code in (("", 17), ("   ", 17), (None, 16)):  # accepted by nobody for nothing
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as f:
            f.write(text + f'\nsuppressions:\n  - {{gap: {worst["gap"]}, {"" if reason is None else f"reason: {json.dumps(reason)}, "}until: 2026-07-10}}\n')
            f.flush()
            assert [e["code"] for e in json.loads(check(f.name, "json", code=3))["errors"] if e["level"] == "error"] == [f"MU0{code}"], (plan, reason)


def drill(plan, scenario):
    """What a drill found, by the same formats and the same gate."""
    def muster_says(*args, code=0):
        run = subprocess.run([muster, *args], capture_output=True, text=True)
        assert run.returncode == code, (args, run.returncode, run.stderr)
        return run.stdout

    with tempfile.TemporaryDirectory() as top:
        out, again, journal = f"{top}/one", f"{top}/two", f"{top}/one/journal.jsonl"
        muster_says("run", plan, scenario, "-o", out, code=1)
        gaps = json.loads(pathlib.Path(out, "findings.json").read_text())["findings"]
        muster_says("run", plan, scenario, "-o", again, "--fail-on", "low", "--baseline", f"{out}/findings.json")
        said = json.loads(muster_says("report", journal, "--format", "sarif"))
        jsonschema.validate(said, schema("sarif-2.1.0.json"))
        assert len(said["runs"][0]["results"]) == len(gaps)
        jsonschema.validate(json.loads(muster_says("report", journal, "--format", "oscal")), schema("oscal-poam-1.1.2.json"))
        assert len(list(csv.DictReader(io.StringIO(muster_says("report", journal, "--format", "csv"))))) == len(gaps)
        assert muster_says("report", journal, "--format", "github").count("::") == 2 * len(gaps)
        muster_says("report", journal, "--fail-on", "critical", code=1)
        muster_says("report", journal, "--fail-on", "low", "--baseline", f"{out}/report.json")
        wide = [line for line in muster_says("report", journal, "--format", "text").splitlines() if len(line) > 80]
        assert not wide, wide
        accepting = pathlib.Path(top, "plan.yaml")
        accepting.write_text(pathlib.Path(plan).read_text() + "\nsuppressions:\n" + "".join(
            f'  - {{gap: {f["gap"]}, subject: "{f["subject"]}", reason: "being mended", until: 2099-01-01}}\n' for f in gaps[1:]))
        text = muster_says("run", str(accepting), scenario, "-o", f"{top}/three", code=1)
        assert f"1 gap: 1 critical, 0 high, 0 medium, 0 low. {len(gaps) - 1} more the plan accepts" in text, text
        accepting.write_text(pathlib.Path(plan).read_text() + "\nsuppressions:\n" + "".join(f"  - {{gap: {gap}, reason: {reason}, until: {until}}}\n" for gap, reason, until in (
            (gaps[0]["gap"], "It is in hand.", "2001-01-01"), ("EXR-02", "Nobody knows?", "2099-01-01"), (gaps[1]["gap"], "It is known.", "2099-01-01"))))
        muster_says("run", str(accepting), scenario, "-o", f"{top}/four", "--fail-on", "never")
        for form in ("html", "md"):
            told = html.unescape(pathlib.Path(top, "four", f"report.{form}").read_text())
            assert f"The plan accepted {gaps[0]['gap']} until 2001-01-01, and that is over: line " in told, form
            assert "The plan accepts EXR-02 until 2099-01-01, and no such gap was found: line " in told and "It is known." in told and "It is known.." not in told, form


def closed_before(plan, gaps):
    """A gap that had been closed and is there again weighs one level more, and says why."""
    levels = ["critical", "high", "medium", "low"]
    one = next(f for f in gaps if f["severity"] not in ("critical",) and not f["severity_reasons"] and f["gap"] != "HYG-12")
    row = f'  - {{id: back, gap: {one["gap"]}, subject: "{one["subject"]}", action: x, element: planning, owner: {{}}, start: 2026-01-01, due: 2026-02-01, state: STATE, closed: 2026-02-01}}'
    text = pathlib.Path(plan).read_text()
    role = re.search(r"(?m)^roles:.*\n(?:\s*(?:#.*)?\n)*  ([\w-]+):", text)[1]
    for state, more in (("done", 1), ("waived", 0)):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as f:
            f.write(text + "\nimprovements:\n" + row.replace("owner: {}", f"owner: {role}").replace("STATE", state) + "\n")
            f.flush()
            said = next(x for x in json.loads(check(f.name, "json"))["findings"] if x["id"] == one["id"])
        assert levels.index(one["severity"]) - levels.index(said["severity"]) == more, (plan, said)
        assert bool(more) == ("the improvement \"back\" had closed it" in (said["severity_reasons"] or "")), said


def odd_words(plan):
    """Words with line ends and blanks of other alphabets where a schema wants one line."""
    text, n = re.subn(r"(?m)^(  version: +).*$", r'\1"\\t=1\\n2\\u00a0"', pathlib.Path(plan).read_text())
    text, m = re.subn(r"(?m)^(    - at: +)(the wiki)$", r'\1"\\u3000\2\\n\\n- x \\u00a0"', text)
    assert n and m
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as f:
        f.write(text)
        f.flush()
        said = json.loads(check(f.name, "oscal"))
        jsonschema.validate(said, schema("oscal-poam-1.1.2.json"))
        assert said["plan-of-action-and-milestones"]["metadata"]["version"] == "=1 2"
        jsonschema.validate(json.loads(check(f.name, "sarif")), schema("sarif-2.1.0.json"))


for plan in plans:
    gaps = json.loads(check(plan, "json"))["findings"]
    for judge in (sarif, oscal, junit, table, github, baseline, accepted, closed_before):
        judge(plan, gaps)
    print(plan, len(gaps), "findings in every format")
odd_words(plans[0])
drill(plans[0], str(pathlib.Path(plans[0]).parents[1] / "ransomware-friday"))
print("and of a drill")
