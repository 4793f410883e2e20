#!/usr/bin/env python3
"""edits.py MUSTER SCENARIOS GROUP: for each type of gap of a group an edit of a clean plan (or of a scenario, or of the
assumptions) that must show exactly that gap at that subject, and a near miss that must not. The edits stand in
edits_GROUP.py beside this file:

  PAPER = [edit(gap, subject, old, new, near, ...)]   judged by `muster check`
  RUNS  = [run(gap, subject, must, near, ...)]        played by `muster run`, judged by findings.json

An old text stands once in the plan (or `times`). `also` names gaps that the same edit is bound to show as well."""
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

AT = "2026-07-10 12:00"


def edit(gap, subject, old, new, near, also=(), base="plans/meridian-pay.clean.yaml", first=(), scenario=None, script=(), at=AT, line=None, times=1, shown_by_base=False):
    """`first` are (old, new) of the plan on both sides; `script` likewise of the scenario `scenario` (then old may be "").
    `shown_by_base`: the gap stands before the edit already, and only the near miss closes it."""
    return dict(locals())


# Drills: nobody is silent and everybody is equally quick, unless a row says otherwise.
PACE = "{fast: 2m, usual: 2m, slow: 2m, never: 0, origin: asked}"
HABITS = ("acknowledge", "answer", "start", "work", "consult", "decide", "write")
ASSUME = "muster_assumptions: 1\ndefaults:\n" + "".join(f"  {habit}: {PACE}\n" for habit in HABITS)
HEAD = 'exercise {{ title = "T", kind = "{kind}", starts = "2026-07-10 10:00", lasts = "{lasts}" }}\n'
FIRST = 'inject "first" { at = "0m", from = "a log", to = "security_lead", via = "pager", says = "x", facts = { "account_taken_over" } }\n'


def silent(*people):
    """Assumptions in which these never answer."""
    never = "{never: 100, fast: 2m, usual: 2m, slow: 2m, origin: asked}"
    return ASSUME + "people:\n" + "".join(f"  {p}: {{" + ", ".join(f"{h}: {never}" for h in HABITS) + "}\n" for p in people)


def run(gap, subject, must, near, also=(), base="starter/plan.yaml", scenario=None, evidence=True, confidence=None, says=""):
    """`must` and `near` are lists of (old, new) of the plan, or dicts: plan (such a list), script (Lua behind the head; FIRST), kind, lasts,
    assume, args, lines (what is typed, with --play among args). `scenario` is a shipped one, of which dicts may give `scenario` pairs.
    The near miss may show the gap on paper, but no event may prove it. `confidence` is what the finding must be, `says` a part of its text."""
    return dict(locals())


def replaced(text, pairs, times=1):
    for old, new in pairs:
        assert text.count(old) == times, (old, text.count(old))
        text = text.replace(old, new)
    return text


def dated(path):
    """A file of the starter has places for the day it is taken; the drill's day is a Friday."""
    path = path / "scenario.lua" if path.is_dir() else path
    return path.read_text().replace("@TODAY@", AT[:10]).replace("@NEXT_YEAR@", "2027-07-10")


class Trial:
    def __init__(self, muster, scenarios):
        self.muster, self.scenarios = muster, pathlib.Path(scenarios)

    def check(self, e, old, new):
        text = replaced(dated(self.scenarios / e["base"]), e["first"])
        if old:
            text = replaced(text, [(old, new)], e["times"])
        with tempfile.TemporaryDirectory() as top:
            plan = pathlib.Path(top, "plan.yaml")
            plan.write_text(text)
            more = []
            if e["scenario"]:
                script = pathlib.Path(top, "scenario.lua")
                source = self.scenarios / e["scenario"]
                source = source / "scenario.lua" if source.is_dir() else source
                script.write_text(replaced(source.read_text().replace("@TODAY@", "2026-07-10"), new if not old else e["script"]))
                more = [str(script)]
            done = subprocess.run([self.muster, "check", str(plan), *more, "--at", e["at"], "--format", "json", "--fail-on", "never"], capture_output=True, text=True)
        return self.found(done)

    def play(self, r, changes):
        c = changes if isinstance(changes, dict) else {"plan": changes}
        plan = dated(self.scenarios / r["base"])
        if r["scenario"]:
            script = replaced(dated(self.scenarios / r["scenario"]), c.get("scenario", ()))
        else:
            script = HEAD.format(kind=c.get("kind", "account_takeover"), lasts=c.get("lasts", "4h")) + c.get("script", FIRST)
        with tempfile.TemporaryDirectory() as top:
            for name, text in (("plan.yaml", replaced(plan, c.get("plan", ()))), ("scenario.lua", script), ("assume.yaml", c.get("assume", ASSUME))):
                pathlib.Path(top, name).write_text(text)
            done = subprocess.run([self.muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "--assume", f"{top}/assume.yaml", "-o", f"{top}/out", "--seed", "1",
                                   "--fail-on", "never", *c.get("args", ())], input=c.get("lines", ""), capture_output=True, text=True)
            path = pathlib.Path(top, "out", "findings.json")
            if not path.exists():
                return {("refused", done.stderr.strip()[:300] or str(done.returncode)): {}}
            return {(x["gap"], x["subject"]): x for x in json.loads(path.read_text())["findings"]}

    @staticmethod
    def found(done):
        if not done.stdout.startswith("{"):
            return {("refused", (done.stderr.splitlines() or ["?"])[0]): {}}
        return {(x["gap"], x["subject"]): x for x in json.loads(done.stdout)["findings"]}


def paper(trial, e):
    base = trial.check(e, e["old"], e["old"]) if e["old"] else trial.check(e, "", e["script"])
    must, near = trial.check(e, e["old"], e["new"]), trial.check(e, e["old"], e["near"])
    key = (e["gap"], e["subject"])
    wrong = []
    if key not in must or (key in base and not e["shown_by_base"]):
        wrong.append("not shown")
    elif e["line"] and must[key]["at"]["line"] != e["line"]:
        wrong.append(f"on line {must[key]['at']['line']}")
    wrong += [f"also {x}" for x in must if x not in base and x[0] != e["gap"] and x[0] not in e["also"]]
    wrong += ["near miss shows it as well"] if e["shown_by_base"] and key in near else []
    wrong += [f"near miss shows {x}" for x in near if x not in base and (x == key or x[0] not in e["also"])]
    return wrong


def played(trial, r):
    must, near = trial.play(r, r["must"]), trial.play(r, r["near"])
    key = (r["gap"], r["subject"])
    wrong = []
    if key not in must:
        wrong.append(f"not shown; found {sorted(must)[:12]}")
    elif r["evidence"] and not must[key]["evidence"]:
        wrong.append("no event proves it")
    elif r["says"] not in must[key]["text"]:
        wrong.append(f"it says {must[key]['text']!r}")
    elif r["confidence"] not in (None, must[key]["confidence"]):
        wrong.append(f"{must[key]['confidence']}, not {r['confidence']}")
    if key in near and near[key]["evidence"]:
        wrong.append("near miss shows it")
    return wrong + [f"near miss: {x}" for x in near if x[0] == "refused"]


def main():
    muster, scenarios, group = sys.argv[1:4]
    sys.modules["edits"] = sys.modules["__main__"]
    path = pathlib.Path(__file__).with_name(f"edits_{group}.py")
    spec = importlib.util.spec_from_file_location(f"edits_{group}", path)
    rows = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rows)
    trial, failed, count = Trial(muster, scenarios), 0, 0
    for judge, list_of in ((paper, rows.PAPER), (played, rows.RUNS)):
        for e in list_of:
            count += 1
            wrong = judge(trial, e)
            if wrong:
                failed += 1
                print(f"{e['gap']} {e['subject']} ({judge.__name__}): {'; '.join(wrong)}")
    types = {(e["gap"], j) for j, l in (("S", rows.PAPER), ("R", rows.RUNS)) for e in l}
    print(f"{len({g for g, _ in types})} types of gap, {sum(j == 'S' for _, j in types)} on paper, {sum(j == 'R' for _, j in types)} in runs")
    print(f"{count - failed} passed, {failed} failed")
    sys.exit(1 if failed or not count else 0)


if __name__ == "__main__":
    main()
