#!/usr/bin/env python3
"""input.py MUSTER SCHEMAS REPORTS: a folder with a plan and its scenario is taken by every command; what is wrong with a plan is told
in every form that has a place for it; a plan is judged by the organisation's clock; folders are made, and nothing half is left."""
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import jsonschema

muster, schemas, reports = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
BAD = ("muster: 1\norganisation: {name: X, timezone: America/New_York}\nplan: {title: T <&>}\npeople: {a: {name: A, hours: whenever}}\n"
       "roles: {r: {holders: [a]}}\nchannels: {c: {kind: phone}}\nx-note: a #b\nfoo: 1\n")
DANGLING = BAD.replace("hours: whenever", "hours: 24x7").replace("foo: 1\n", "").replace("[a]", "[a, b]")


def run(*arguments, code=0, **more):
    done = subprocess.run([muster, *map(str, arguments)], capture_output=True, text=True, **more)
    assert done.returncode == code, (arguments, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done


def folders(top):
    run("init", top / "a" / "b" / "plan")
    plan = top / "a" / "b" / "plan"
    shutil.copy(plan / "assumptions.yaml", plan / "slow-people.yaml")
    said = run("check", plan, "--fail-on", "low")
    assert said.stdout.startswith("0 gaps") and not said.stderr, said
    (plan / "scenario.lua").write_text((plan / "scenario.lua").read_text().replace('"pager"', '"pagr"'))
    assert "MU110" in run("check", plan, code=3).stderr, "the scenario beside the plan is checked with it"
    (plan / "scenario.lua").write_text((plan / "scenario.lua").read_text().replace('"pagr"', '"pager"'))
    for command in ("list", "explore"):
        assert run(command, plan, plan).stdout == run(command, plan / "plan.yaml", plan / "scenario.lua").stdout
    drill = top / "not" / "there" / "yet"
    run("run", plan, plan, "-o", drill, "--fail-on", "never")
    run("run", plan / "plan.yaml", plan / "scenario.lua", "-o", top / "file", "--fail-on", "never")
    assert (drill / "journal.jsonl").read_bytes() == (top / "file" / "journal.jsonl").read_bytes()
    run("replay", drill / "journal.jsonl")
    shutil.copy(plan / "plan.yaml", plan / "other.yaml")
    said = run("check", plan, code=3).stderr
    assert "two plans lie in this folder" in said and said.count("error[") == 1, said
    for name in ("plan.yaml", "other.yaml"):
        (plan / name).unlink()
    assert "no file of a plan" in run("list", plan, plan, code=3).stderr
    (top / "file-in-the-way").write_text("")
    assert "file-in-the-way" in run("init", top / "file-in-the-way" / "x", code=4).stderr


def errors_in_every_form(top):
    bad, wanted = top / "bad.yaml", [("MU014", "warning", 7), ("MU015", "error", 8), ("MU027", "error", 4)]
    bad.write_text(BAD)
    said = json.loads(run("check", bad, "--format", "json", code=3).stdout)
    jsonschema.validate(said, json.loads((reports / "schema" / "findings.schema.json").read_text()))
    assert sorted((e["code"], e["level"], e["at"]["line"]) for e in said["errors"]) == wanted and said["judged"] is False and said["findings"] == []
    said = json.loads(run("check", bad, "--format", "sarif", code=3).stdout)
    schema = (schemas / "sarif-2.1.0.json").read_text(encoding="utf-8-sig").replace("\\\\p{L}", "[A-Za-z]").replace("\\\\p{N}", "[0-9]")
    jsonschema.validate(said, json.loads(schema))
    rows = said["runs"][0]["results"]
    assert sorted((r["ruleId"], r["level"], r["locations"][0]["physicalLocation"]["region"]["startLine"]) for r in rows) == wanted
    assert not any(re.search(r"\. [a-z]", r["message"]["text"]) for r in rows), "a sentence begins small"
    assert said["runs"][0]["invocations"] == [{"executionSuccessful": False}]
    assert sorted(r["id"] for r in said["runs"][0]["tool"]["driver"]["rules"]) == [w[0] for w in wanted]
    text = run("check", bad, "--format", "junit", code=3).stdout
    (top / "junit.xml").write_text(text)
    subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schemas / "junit-10.xsd", top / "junit.xml"], check=True, capture_output=True)
    suite = xml.fromstring(text)[0]
    assert sorted(e.get("type") for e in suite.findall("testcase/error")) == ["MU015", "MU027"]
    assert (suite.get("errors"), suite.get("tests"), suite.get("failures")) == ("2", "2", "0")
    lines = run("check", bad, "--format", "github", code=3).stdout.splitlines()
    told = [re.fullmatch(r"::(error|warning) file=.*bad\.yaml,line=(\d+),col=\d+,title=(MU\d+)::.+", line) for line in lines]
    assert sorted((m[3], m[1], int(m[2])) for m in told) == wanted and not any(re.search(r"\. [a-z]", line.partition("::")[2].partition("::")[2]) for line in lines), lines
    for form in ("csv", "oscal"):
        said = run("check", bad, "--format", form, code=3)
        assert said.stdout == "" and f"No {form} was written" in said.stderr
    bad.write_text(DANGLING)  # judged all the same
    said = json.loads(run("check", bad, "--format", "json", code=3).stdout)
    assert said["judged"] and any(f["gap"] == "HYG-05" for f in said["findings"]) and any(e["code"] == "MU023" for e in said["errors"])
    (top / "bad.lua").write_text("exercise {")
    bad.write_text(DANGLING.replace(", b]", "]"))
    said = json.loads(run("check", bad, top / "bad.lua", "--format", "json", code=3).stdout)
    assert [e["at"]["file"].endswith("bad.lua") for e in said["errors"] if e["level"] == "error"] == [True] and not said["judged"]


def the_organisations_clock(top):
    plan = top / "zone.yaml"
    plan.write_text(DANGLING.replace("America/New_York", "Pacific/Auckland").replace(", b]", "]"))
    for zone in ("UTC", "America/Los_Angeles"):
        done = subprocess.run(["faketime", "2026-07-10 12:30:00", muster, "check", plan, "--format", "json", "--fail-on", "never"],
                              capture_output=True, text=True, env={"TZ": zone, "PATH": "/usr/bin:/bin", "ASAN_OPTIONS": "verify_asan_link_order=0"})
        said = json.loads(done.stdout)
        assert (said["as_of"], said["zone"]) == ({"UTC": "2026-07-11 00:30", "America/Los_Angeles": "2026-07-11 07:30"}[zone], "Pacific/Auckland"), said["as_of"]
    assert "Judged as of 2026-07-10 12:00, Pacific/Auckland." in run("check", plan, "--at", "2026-07-10 12:00", "--fail-on", "never").stdout


def full(limit):
    def set_limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return set_limit


def nothing_half(top):
    """A disk that is full when the first report is written: said, and no part of it left."""
    plan = top / "full"
    run("init", plan)
    drill = top / "full-drill"
    run("run", plan, plan, "-o", top / "whole", "--fail-on", "never")
    journal, html = ((top / "whole" / name).stat().st_size for name in ("journal.jsonl", "report.html"))
    assert journal < html
    limit = full((journal + html) // 2)
    said = run("run", plan, plan, "-o", drill, "--fail-on", "never", code=4, preexec_fn=limit, restore_signals=False).stderr
    assert "report.html" in said and sorted(p.name for p in drill.iterdir()) == ["inputs", "journal.jsonl"], (said, list(drill.iterdir()))
    run("report", drill / "journal.jsonl", "--format", "html", "-o", top / "half.html", code=4, preexec_fn=limit, restore_signals=False)
    assert not (top / "half.html").exists()
    run("report", drill / "journal.jsonl", "--format", "html", "-o", top / "half.html")


with tempfile.TemporaryDirectory() as folder:
    for test in (folders, errors_in_every_form, the_organisations_clock, nothing_half):
        (pathlib.Path(folder) / test.__name__).mkdir()
        test(pathlib.Path(folder) / test.__name__)
        print(test.__name__)
