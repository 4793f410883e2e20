#!/usr/bin/env python3
"""history.py MUSTER SCHEMAS PLAN SCENARIO...: the history is what the journals say, made again to the same bytes; what became of each gap is what the findings of the drills say;
a corrupt file is made again, a full disk is said; only like is set beside like; the page is whole."""
import html.parser
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

import jsonschema

muster, schemas, plan, scenarios = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), [pathlib.Path(p) for p in sys.argv[4:]]
top = tempfile.TemporaryDirectory()
top_path = pathlib.Path(top.name)
drills = top_path / "drills"
drills.mkdir()


def run(*args, status=0, **more):
    got = subprocess.run([muster, *map(str, args)], capture_output=True, text=True, timeout=120, **more)
    assert status is None or got.returncode == status, (args, got.returncode, got.stdout[-300:], got.stderr)
    return got


def drill(name, text, scenario, start, *more):
    (top_path / "plan.yaml").write_text(text, encoding="utf-8")
    run("run", top_path / "plan.yaml", scenario, "-o", drills / name, "--seed", "7", "--start", start, "--fail-on", "never", *more)


def found(name):
    return {f["id"]: f for f in json.loads((drills / name / "findings.json").read_text())["findings"]}


# Three months: the plan as it is, one that is mended, and the first again.
text = plan.read_text(encoding="utf-8")
assert not json.loads(run("history", "export", drills).stdout)["drills"], "no drills are a history as well"
a, b = scenarios[:2]
clean = (plan.parent / "meridian-pay.clean.yaml").read_text(encoding="utf-8")
drill("1", text, a, "2026-06-05 17:40")
drill("2", text, b, "2026-06-10 09:00")
drill("3", clean, a, "2026-07-03 17:40")
drill("4", text, a, "2026-08-07 17:40")

# ---- the states, as the findings say ----
export = json.loads(run("history", "export", drills).stdout)
jsonschema.validate(export, json.loads((schemas / "history.schema.json").read_text()))
titles = {d["folder"]: d["scenario"] for d in export["drills"]}
assert [d["folder"] for d in export["drills"]] == ["1", "2", "3", "4"] and titles["1"] != titles["2"]
by = {(g["id"], g["scenario"]): g for g in export["gaps"]}
ids = {name: found(name) for name in "1234"}
assert {g for g, _ in by} == set().union(*ids.values())
paper = {i for i, s in by if s is None}
for (i, scenario), g in by.items():
    looked = [n for n in "1234" if scenario is None or titles[n] == scenario]
    there = [i in ids[n] for n in looked]
    state = "closed" if not there[-1] else "still there" if len(there) > 1 and there[-2] else "back again" if any(there[:-1]) else "new"
    assert (g["state"], g["looked_for"], g["seen"]) == (state, len(looked), sum(there)), (i, scenario, g, there)
    assert g["first_seen"] == looked[there.index(True)] and g["last_seen"] == [n for n, t in zip(looked, there) if t][-1]
states = [g["state"] for g in export["gaps"]]
assert {"closed", "still there", "back again"} <= set(states), set(states)
only_two = [g for g in export["gaps"] if g["scenario"] == titles["2"]]
assert only_two and all(g["state"] == "new" for g in only_two), "a drill with another scenario closes nothing"
course = next(c for c in export["courses"] if c["scenario"] == titles["1"])
assert course["worse"] and course["by_gaps"] == "worse" and course["before"] == "3"
assert run("history", "trend", drills, "--fail-on-regression", status=1).stderr
trend = run("history", "trend", drills).stdout
assert "Worse than on 2026-07-03.\n" in trend and course["change"].startswith("The change of the plan (") and "made it worse. Gaps: " in course["change"] and "35 days lie between 2026-07-03 and 2026-08-07" in course["change"]
assert "The last change of the plan (now " in trend and "made it better in 0 of the 1 course of drills that saw it, worse in 1." in trend
assert next(c for c in export["courses"] if c["scenario"] == titles["2"])["change"] is None
parts = export["coverage"][0]["parts"]
assert any(p["last"] is None for p in parts) and any(p["lately"] for p in parts)
later = json.loads(run("history", "export", drills, "--now", "2027-06-20 00:00", "--months", "12").stdout)["coverage"][0]["parts"]
assert sum(p["lately"] for p in later) < sum(p["lately"] for p in parts) and [p["last"] for p in later] == [p["last"] for p in parts]

# ---- made again to the same bytes ----
file = drills / "history.db"
first = file.read_bytes()
for _ in range(2):
    run("history", "rebuild", drills)
    assert file.read_bytes() == first
file.unlink()
run("history", "show", drills)
assert file.read_bytes() == first, "made bit by bit it is the same as made at once"
shutil.copytree(drills / "3", top_path / "kept")
shutil.rmtree(drills / "3")
run("history", "show", drills)
shutil.copytree(top_path / "kept", drills / "3")
run("history", "show", drills)
assert file.read_bytes() == first
db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
assert db.execute("SELECT count(*) FROM drills").fetchone() == (4,) and db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
assert db.execute("SELECT count(*) FROM gaps WHERE drill = 1").fetchone()[0] == len(ids["1"])
assert db.execute("SELECT sum(exercised) FROM parts WHERE drill = 1").fetchone()[0] == export["drills"][0]["parts_exercised"]
db.close()

# ---- each closed gap is a check for ever ----
shutil.rmtree(drills / "4")
run("history", "rebuild", drills)
(top_path / "clean.yaml").write_text(clean)
got = run("check", top_path / "clean.yaml", "--at", "2026-07-07", "--history", file, "--fail-on", "never")
closed = [g for g in json.loads(run("history", "export", drills).stdout)["gaps"] if g["state"] == "closed"]
assert f"0 of {len(closed)} closed gaps are back." in got.stdout and {bool(g["scenario"]) for g in closed} == {True, False}
(top_path / "plan.yaml").write_text(text)
got = run("check", top_path / "plan.yaml", "--at", "2026-07-03", "--history", file, "--fail-on", "never", status=1)
assert " closed gaps are back:" in got.stdout, got.stderr
back = got.stdout[got.stdout.index(" closed gaps are back:"):]
drill("again", text, a, "2026-07-03 17:40")
there = set(found("again")), {f["id"] for f in json.loads(run("check", top_path / "plan.yaml", "--at", "2026-07-03", "--fail-on", "never", "--format", "json").stdout)["findings"]}
shutil.rmtree(drills / "again")
expected = [g for g in closed if g["id"] in there[g["scenario"] is None]]  # a few were gone by the day, not by the plan
assert back.count(", gone by 3 on 2026-07-03") == len(expected) >= len(closed) - 6 and "found by the drill 1 on 2026-06-05" in back and "found by the drill 2 on 2026-06-10" in back, (len(closed), back.count("gone by"))
one = next(line for line in back.splitlines() if "plan.yaml:" in line)
assert int(re.search(r"plan.yaml:(\d+):", one)[1]) > 1
assert "closed gaps are back" in run("check", top_path / "plan.yaml", "--at", "2026-07-03", "--history", file, "--fail-on", "never", "--format", "sarif", status=1).stderr
run("check", top_path / "plan.yaml", "--history", top_path / "none.db", "--fail-on", "never", status=3)
drill("4", text, a, "2026-08-07 17:40")
run("history", "rebuild", drills)
assert file.read_bytes() == first

# ---- what is back weighs one level more ----
levels = ["critical", "high", "medium", "low"]
was_back = {g["id"] for g in export["gaps"] if g["state"] == "back again"}
plainly, known = (json.loads(run("report", drills / "4/journal.jsonl", "--format", "json", *more).stdout)["findings"] for more in ([], ["--history", file]))
plainly = {f["id"]: f for f in plainly}
assert was_back and set(plainly) == {f["id"] for f in known} and [levels.index(f["severity"]) for f in known] == sorted(levels.index(f["severity"]) for f in known)
for f in known:
    before, base = plainly[f["id"]], levels.index(f["base_severity"])
    reason = f["severity_reasons"] or ""
    if f["id"] not in was_back or before["severity"] == "critical" == f["base_severity"]:
        assert (f["severity"], f["severity_reasons"]) == (before["severity"], before["severity_reasons"]), f
    elif levels.index(before["severity"]) > base:  # something tested does its work: one less, and one more
        assert f["severity"] == f["base_severity"] and not reason, f
    else:
        assert levels.index(f["severity"]) == base - 1 and "it is back: the drill " in reason and "and the drill 3 on 2026-07-03 no more" in reason, f
assert sum(f["severity"] != plainly[f["id"]]["severity"] for f in known) > 5
assert [f["severity_reasons"] for f in json.loads(run("report", drills / "1/journal.jsonl", "--format", "json", "--history", file).stdout)["findings"]] == \
    [f["severity_reasons"] for f in json.loads((drills / "1/report.json").read_text())["findings"]], "before the first drill nothing was closed"
raised = json.loads(run("check", top_path / "plan.yaml", "--at", "2026-09-01", "--history", file, "--fail-on", "never", "--format", "json", status=1).stdout)["findings"]
assert any("it came back: it had been gone, and the drill 4 on 2026-08-07 showed it again" in (f["severity_reasons"] or "") for f in raised)
assert "--history does not go with --lock" in run("report", drills / "4/journal.jsonl", "--lock", "-o", top_path / "x.html", "--format", "html", "--history", file, status=2).stderr
run("report", drills / "4/journal.jsonl", "--history", top_path / "none.db", status=3)

# ---- not what it was ----
for bytes_ in (b"", b"this is no database", first[:5000], first[:2000] + b"\xff" * 4000 + first[6000:], bytes(len(first))):
    file.write_bytes(bytes_)
    got = run("history", "show", drills)
    assert "made again from the journals" in got.stderr and file.read_bytes() == first, got.stderr
journal = drills / "2/journal.jsonl"
whole = journal.read_bytes()
journal.write_bytes(whole.replace(b'"kind":"exercise.start"', b'"kind":"exercise.stort"'))
got = run("history", "export", drills)
assert "left out of the history" in got.stderr and json.loads(got.stdout)["left_out"] == 1
journal.write_bytes(whole)
kept_plan = drills / "2/inputs/plan.yaml"
kept_plan.write_text(kept_plan.read_text() + "# more\n")
assert "is not the one that was played" in run("history", "rebuild", drills).stderr
kept_plan.write_text(kept_plan.read_text()[: -len("# more\n")])
run("history", "rebuild", drills)
assert file.read_bytes() == first
if shutil.which("prlimit"):  # the disk takes no more than 8 KiB
    file.unlink()
    got = subprocess.run(["prlimit", "--fsize=8192", muster, "history", "rebuild", str(drills)], capture_output=True, text=True, preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
    assert got.returncode == 4 and "cannot be written" in got.stderr and not file.exists() and not (drills / "history.db.part").exists(), (got.returncode, got.stderr)
    run("history", "rebuild", drills)
blocked = top_path / "blocked"
blocked.mkdir()
shutil.copytree(drills / "1", blocked / "1")
(blocked / "history.db.part").mkdir()
assert "cannot be written" in run("history", "show", blocked, status=4).stderr

# ---- the page, and the others ----
page = run("history", "trend", drills, "--format", "html").stdout


class Reader(html.parser.HTMLParser):
    void, open_, ids, links, text = {"meta", "path", "circle", "rect", "br"}, [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        assert tag not in ("script", "img", "iframe", "link") and not any(k.startswith("on") for k in attrs), tag
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if "href" in attrs else []
        if tag not in self.void:
            self.open_.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open_.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)


reader = Reader()
reader.feed(page)
assert not reader.open_ and len(reader.ids) == len(set(reader.ids)) and all(link[1:] in reader.ids for link in reader.links)
assert "http:" not in page.replace("http-equiv", "") and "https:" not in page and "@import" not in page and "url(" not in page.replace("url(#", "")
assert page.count("<svg") == 2 * 5 and page.count("<svg") == len(re.findall(r"<svg[^>]*role=\"img\"><title>", page)) and page.count("<table") >= 3
assert page == run("history", "trend", drills, "--format", "html").stdout
out = top_path / "h.html"
run("history", "trend", drills, "--format", "html", "-o", out)
assert out.read_text() == page and "nothing is written over" in run("history", "trend", drills, "-o", out, status=5).stderr
rows = run("history", "show", drills, "--format", "csv").stdout.splitlines()
assert len([r for r in rows if r]) == len(export["gaps"]) + 1
assert run("history", "shw", drills, status=2).stderr and run("history", "show", top_path / "none", status=3).stderr

# ---- the plan's own register: who has it, by when, and that its day is over ----
register = "\nimprovements:\n  - {id: ladder, gap: ESC-03, subject: \"escalation:standard/2\", action: end the ladder, owner: ciso, due: 2026-08-20, state: open}\n"
assert "\nimprovements:" not in text
drill("5", text + register, a, "2026-09-04 17:40")
got = run("history", "trend", drills).stdout
assert "overdue since 2026-08-20: ladder end the ladder (ciso)" in got, got[-600:]
assert "of the 1 course of drills that saw it" in got and "; 1 course has not seen it yet." in got, got[:600]
owned = [g for g in json.loads(run("history", "export", drills).stdout)["gaps"] if g["gap"] == "ESC-03" and g["subject"] == "escalation:standard/2"]
assert owned and all((g["owner"], g["due"], g["overdue"]) == ("ciso", "2026-08-20", True) for g in owned), owned
assert "OVERDUE" in run("history", "show", drills).stdout and "overdue" in run("history", "show", drills, "--format", "html").stdout
assert "overdue" not in run("history", "trend", drills, "--now", "2026-08-01 00:00").stdout
print(len(export["gaps"]), "gaps through 4 drills as their findings say;", len(first), "bytes made again", "the same")
