#!/usr/bin/env python3
"""careful.py MUSTER: nothing of anybody's is written over; a drill that never came to its journal begins anew; what is not over, or was
not done by anybody, is claimed as nothing more; a drill keeps its kind of clock."""
import json
import pathlib
import subprocess
import sys
import tempfile

muster = sys.argv[1]
failed = 0


def expect(what, holds):
    global failed
    if not holds:
        failed += 1
        print("FAILED", what)


def run(*arguments, code=0, lines=""):
    done = subprocess.run([muster, *map(str, arguments)], capture_output=True, text=True, input=lines)
    expect(f"{' '.join(map(str, arguments))}: ends with {done.returncode}: {done.stderr[:300]}", done.returncode == code)
    return done.stdout + done.stderr


def over(top, drill):
    run("run", *drill, "-o", top / "o")
    journal = top / "o" / "journal.jsonl"
    before = journal.read_bytes()
    for path in (journal, top / "d" / "plan.yaml"):
        kept = path.read_bytes()
        expect(f"{path.name} is not written over", "written over" in run("report", journal, "-o", path, code=5) and path.read_bytes() == kept)
    run("report", journal, "--format", "html", "-o", top / "new.html")
    expect("the journal is as it was", journal.read_bytes() == before and (top / "new.html").stat().st_size > 10000)
    for name in ("inputs/notes.txt", "report.md"):
        folder = top / name.replace("/", "-")
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("mine")
        expect(f"{name} is no drill's", "of no drill" in run("run", *drill, "-o", folder, code=5) and (folder / name).read_text() == "mine")


def cut(top, drill):
    (top / "early" / "inputs.part").mkdir(parents=True)
    expect("one that never began begins anew", "begins anew" in run("run", *drill, "-o", top / "early", "--resume"))
    expect("and comes to the same journal", (top / "early" / "journal.jsonl").read_bytes() == (top / "o" / "journal.jsonl").read_bytes())
    part = top / "part.jsonl"
    lines = (top / "o" / "journal.jsonl").read_bytes().splitlines(keepends=True)
    part.write_bytes(b"".join(lines[:len(lines) // 2]) + lines[-1][:20])
    for form in ("md", "html", "text"):
        said = run("report", part, "--plan", drill[0], "--format", form)
        expect(f"{form}: it is said that it is not over, and cut off", ("is not over" in said or form == "text") and "warning" in said and "Nothing may be claimed" in said.replace("\n", " "))
    (top / "empty.jsonl").write_bytes(b"")
    expect("an emptied journal is not sound", "empty" in run("verify", top / "empty.jsonl", code=3))
    other = top / "other.yaml"
    other.write_text(drill[0].read_text().replace("version:", "x-version: 1\n  version:", 1))
    expect("another plan is named in the report", "another plan than the one that was played" in run("report", top / "o" / "journal.jsonl", "--plan", other))


def in_one_go(top, drill):
    """What the reader refuses does not hide what the format would."""
    bad = top / "bad.yaml"
    text = drill[0].read_text()
    for old, new in (("Europe/Dublin", "Europe/Dubln"), ("  working_hours:", "  w\u00f6rk: 1\n  data: [personal_data]\n  working_hours:")):
        assert old in text
        text = text.replace(old, new, 1)
    bad.write_text(text + "\nfoo: 1\n")
    said = run("check", bad, code=3)
    expect(f"four mistakes, said at once: {said}", all(code in said for code in ("MU010", "MU011", "MU015", "MU026")) and "4 errors" in said)


def played(top, drill):
    def claim(name, lines):
        run("run", *drill, "-o", top / name, "--play", "commander,director", "--clock", "steps", "--fail-on", "never", lines=lines)
        return json.loads((top / name / "report.json").read_text())["run"]["claim"]
    idle, one = claim("idle", "\n:end\n:end\n"), claim("one", "\na\nl nonsuch\nw\n:end\n:end\n")
    expect(f"who did nothing claims nothing: {idle}", "no exercise" in idle)
    expect(f"only who acted is named: {one}", "Incident Commander" in one and "Director" not in one)
    said = run("run", *drill, "-o", top / "undo", "--play", "commander", "--clock", "steps", "--fail-on", "never", lines="\na\ns sev1 wrong\n:undo 73 mistyped\n:end\n")
    expect("what cannot be undone is said", "taken back: event 73" in said and "cannot be unsaid" in said)
    events = [json.loads(line) for line in (top / "one" / "journal.jsonl").open()]
    expect("the kind of clock is pinned", [e["value"] for e in events if e["kind"] == "run.option" and e["option"] == "clock"] == ["steps"])
    expect("what the plan has not cannot be found in it", [e["because"] for e in events if e["kind"] == "plan.lookup.miss"] == ["no page of that name"])
    said = json.loads((top / "one" / "report.json").read_text())
    roles = next(c for c in said["coverage"] if c["kind"] == "roles")
    expect(f"to hold a role is not to be exercised in it: {roles['exercised']} of {roles['count']}", roles["exercised"] < roles["count"])


with tempfile.TemporaryDirectory() as folder:
    top = pathlib.Path(folder)
    run("init", top / "d")
    drill = [top / "d" / "plan.yaml", top / "d" / "scenario.lua"]
    for test in (over, cut, in_one_go, played):
        test(top, drill)
print(f"{failed} failed")
sys.exit(1 if failed else 0)
