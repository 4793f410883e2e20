#!/usr/bin/env python3
"""careful.py MUSTER: nothing of anybody's is written over; a drill that never came to its journal begins anew; what is not over, or was
not done by anybody, is claimed as nothing more; a drill keeps its kind of clock."""
import json
import pathlib
import re
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
    done = subprocess.run([muster, *map(str, arguments)], capture_output=True, text=True, input=lines, timeout=120)
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


def begun_with_something_else(top, drill):
    said = run("run", *drill, "-o", top / "o", "--resume", "--seed", "9", code=5)
    expect(f"what differs is named, and what to do: {said}", "at record 1 in seed" in said and "leave the other options out" in said)
    expect("a list of nobody is no list", "--play names nobody" in run("run", *drill, "-o", top / "nobody", "--play", "", code=2) and not (top / "nobody").exists())


def names_of_files(top, drill):
    """A file that is not there is told as such, not as a document of the wrong kind."""
    for command in (("check", drill[0], "--baseline", "/nonexist"), ("amend", drill[0], "--from", "/nonexist")):
        said = run(*command, code=3)
        expect(f"{command[0]}: {said}", "/nonexist: No such file" in said and "findings document" not in said)


    (top / "empty.yaml").write_text("")
    said = run("run", *drill, "-o", top / "none", "--assume", top / "empty.yaml", code=3)
    expect(f"an empty file of assumptions is no empty plan: {said}", "the file is empty" in said and "muster_assumptions: 1" in said and "holds no plan" not in said)


def played(top, drill):
    def claim(name, lines):
        run("run", *drill, "-o", top / name, "--play", "commander,director", "--clock", "steps", "--fail-on", "never", lines=lines)
        return json.loads((top / name / "report.json").read_text())["run"]["claim"]
    idle, one = claim("idle", "\n:end\n:end\n"), claim("one", "\na\nl nonsuch\nw\n:end\n:end\n")
    expect(f"who did nothing claims nothing: {idle}", "no exercise" in idle)
    expect(f"only who acted is named: {one}", "Incident Commander" in one and "Director" not in one)
    def undone(name, line, more):
        def go(folder, lines):
            return run("run", *drill, "-o", top / folder, "--play", "commander", "--clock", "steps", "--fail-on", "never", lines=lines)
        go(name, f"\na\n{line}\n:end\n:end\n")
        act = next(e["n"] for e in map(json.loads, (top / name / "journal.jsonl").open()) if e["kind"] == "act" and e["verb"] not in ("open", "acknowledge") and e["seat"] == "terminal")
        said = go(name + "-back", f"\na\n{line}\n:undo {act} mistyped\n:end\n:end\n")
        expect(f"{name}: {more}", f"taken back: event {act}" in said and more in said)
    undone("told", "n director Come.", "cannot be unsaid")
    undone("declared", "s sev1 wrong", "What was sent stays sent")
    for folder, declared in (("declared", "met"), ("declared-back", "open")):
        rows = [t["state"] for t in json.loads((top / folder / "report.json").read_text())["targets"] if t["what"] == "Declared"]
        expect(f"{folder}: {rows}", declared in rows)
    expect("the report says that it was taken back", "is taken back" in (top / "declared-back" / "report.md").read_text())
    events = [json.loads(line) for line in (top / "one" / "journal.jsonl").open()]
    expect("the kind of clock is pinned", [e["value"] for e in events if e["kind"] == "run.option" and e["option"] == "clock"] == ["steps"])
    expect("what the plan has not cannot be found in it", [e["because"] for e in events if e["kind"] == "plan.lookup.miss"] == ["no page of that name"])
    said = json.loads((top / "one" / "report.json").read_text())
    roles = next(c for c in said["coverage"] if c["kind"] == "roles")
    expect(f"to hold a role is not to be exercised in it: {roles['exercised']} of {roles['count']}", roles["exercised"] < roles["count"])


def typed(top, drill):
    """What is typed is judged before more is asked, done where it is typed, and told in the words in which it was typed."""
    def screen(name, lines, play="commander", code=0):
        return run("run", *drill, "-o", top / name, "--play", play, "--clock", "steps", "--fail-on", "never", lines="".join(line + "\n" for line in lines), code=code)
    said = screen("words", ["", "a", "s sev9", "d nothing yes", ":speed 10", ":speed 1.5", ":end", ":end"])
    expect("an unknown level is said at once", 'no level "sev9": it has sev1, sev2' in " ".join(said.split()) and said.count("Why, in a line?") == 0)
    expect("an unknown action too", 'no action "nothing"' in said)
    expect("a rate is told as it was typed", "10 times as fast as the wall's" in said and "1.5 times" in said and "thousandths" not in said)
    said = screen("list", ["", ":list", "n director Come.", ":end"])
    expect("a move behind a list is done", "you tell Director" in said)
    said = screen("over", [":note early", ":list", "a", "", "a", ":end"])
    expect("the facilitator's moves need no keyboard handed over", "noted" in said and said.index("noted") < said.index("Open for you"))
    expect("a move that was typed before Enter is said not to be done", "Enter was meant to come first" in said and said.count("you have message") == 1)
    behind = screen("behind", [":play a reader calls", "ask x", "w", "s sev1 to", "w", "w", "q"], play="comms_lead")
    expect("a time that would be over behind ENDEX is not waited for", "-- ENDEX --" in behind)
    expect("the list hands nothing over", said.count("Please take the keyboard") == 2)
    expect("the first word of a role is enough", "comms_lead" not in screen("short", [":end", ":end"], play="security"))
    said = " ".join(screen("named", ["", "a 99", "n it operatr Come.", "n It Operator Come.", ":waive rol-22 role:comander 2027-01-01 x", ":away Bob", "w soon", "b Isolate: no way", "!", ":end"]).split())
    expect("what is named as the screen says it is found, what is near is said", all(words in said for words in (
        "no message of yours which is open. Open: 2", 'nobody "it"', "you tell IT Operator", 'nothing "comander": it has commander', 'no person "Bob"', "Say w alone")))
    said = screen("why", ["", "a", "s sev2", ":note seen", "", "!it burns", "t", "q"])
    expect("at a reason the facilitator's moves are moves, and the real stop stops", said.count("Why, in a line?") == 2 and "noted" in said and "stopped: something real" in said and "nothing is open any more" in said)
    said = screen("long", ["", "i " + "x" * 1500 + "END", "i " + "y" * 5000 + " n director Come.", ":end", "q"])
    expect("a text is kept whole, and of a line without room nothing is done", "xEND" in (top / "long" / "journal.jsonl").read_text() and "is not taken" in said and "you tell" not in said)
    said = screen("declare", ["", "a", "start declare", "s sev1 it is", "t", ":end", "q"])
    tasks = [e["kind"] for e in map(json.loads, (top / "declare" / "journal.jsonl").open()) if e.get("action") == "action:declare" and e["kind"].startswith("task.")]
    expect(f"who has declared has done it, whatever it waited for: {tasks}", "task.done" in tasks and "declare, " not in said.rpartition("Open for you")[2])
    for word, near in (("direktor", "director"), ("securty", "security_lead"), ("it", "")):
        expect(f"{word}: {near}", ("did you mean" not in (said := screen("x" + word, [], play=word, code=2 if near else 130))) if not near else f'did you mean "{near}"' in (said := screen("y" + word, [], play=word, code=2)))


def said_plainly(top, drill):
    """Who will not be asked is said at the start, a call says as whom and by which ladder, the plan's pages show what stands in them."""
    def screen(name, lines, *more):
        return run("run", more[0] if more else drill[0], drill[1], "-o", top / name, "--play", "commander", "--clock", "steps", "--fail-on", "never", lines="".join(line + "\n" for line in lines))
    said = screen("plain", ["", "l severities", "l sev1", ":end", "w", "q"])
    expect("what makes a level stands on its page", "sev1: any (personal_data_read, loans_stopped for 2h)" in " ".join(said.split()))
    expect("after the end nothing runs", "The exercise is over" in said and "ENDEX" in said and "is played, and by the plan nobody" not in said)
    gone = top / "gone.yaml"
    gone.write_text(re.sub(r"(holders: +\[)ana, ben, chiara(\]\n    authority: \[declare\])", r"\1ana\2", drill[0].read_text()).replace(
        "    name:     Ana Weir\n    hours:    24x7", "    name:     Ana Weir\n    hours:    mon-fri 03:00-03:30"))
    expect("nobody holds it", "Incident Commander is played, and by the plan nobody holds it now (off hours)" in " ".join(screen("gone", [":end", ":end"], gone).split()))
    scene = (drill[1].read_text() + 'question "sure" { at = "1m", to = "commander", asks = "?", answers = { "a: A", "b: B" }, within = "3h" }\n')
    (top / "sure.lua").write_text(scene)
    said = run("run", drill[0], top / "sure.lua", "-o", top / "sure", "--play", "commander", "--clock", "steps", "--fail-on", "never", lines="\na\nw 2m\nw 2m\n1\nbecause\nvery\n2\n:end\n:end\n")
    expect("how sure is a number", "1, 2 or 3" in said and "answers" in said)


def in_vain(top, drill):
    """A story that failed: all is written, and the drill is not said to have gone well."""
    scene = top / "vain.lua"
    scene.write_text(drill[1].read_text() + '\nstory "fails" (function () wait "1m" local nothing note(nothing.at_all) end)\n')
    said = run("run", drill[0], scene, "-o", top / "vain", "--fail-on", "never", code=3)
    expect("it is said which, why, and what to do", 'the story "fails" has failed' in said and "did not try all that its scenario meant to" in said)
    expect("journal and report are written", (top / "vain" / "report.html").exists() and "ended" in run("verify", top / "vain" / "journal.jsonl"))


def to_the_second(top, drill):
    """A time that was missed by less than a minute is told in seconds."""
    slow = top / "slow.yaml"
    slow.write_text("muster_assumptions: 1\ndefaults:\n  acknowledge: {fast: 622s, usual: 622s, slow: 622s, never: 0, origin: asked}\n")
    scene = top / "second.lua"
    scene.write_text('exercise { title = "T", kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "4h", severity = "sev1" }\n'
                     'inject "first" { at = "0m", from = "a log", to = "security_lead", via = "pager", says = "x", facts = { "account_taken_over" } }\n')
    run("run", drill[0], scene, "--assume", slow, "-o", top / "second", "--fail-on", "never")
    texts = [f["text"] for f in json.loads((top / "second" / "findings.json").read_text())["findings"] if f["gap"] == "TIM-01"]
    expect(f"in seconds: {texts}", any("had 10 min 00 s and took 10 min 22 s" in t for t in texts))


with tempfile.TemporaryDirectory() as folder:
    top = pathlib.Path(folder)
    run("init", top / "d")
    drill = [top / "d" / "plan.yaml", top / "d" / "scenario.lua"]
    for test in (over, cut, in_one_go, begun_with_something_else, names_of_files, played, typed, said_plainly, in_vain, to_the_second):
        test(top, drill)
print(f"{failed} failed")
sys.exit(1 if failed else 0)
