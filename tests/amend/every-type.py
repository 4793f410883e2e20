#!/usr/bin/env python3
"""every-type.py MUSTER SCENARIOS: each edit of tests/analysis that makes a gap is amended by `muster amend`. What is written closes
the gap by another judgement and opens none, and `git apply` takes it; what is asked stands in the plan as a question on which the
check fails, and changes nothing else; and every type of gap for which there is a way is mended at least once."""
import importlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "analysis"))
sys.dont_write_bytecode = True
import edits  # noqa: E402

muster, scenarios = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
trial = edits.Trial(muster, scenarios)
GROUPS = "roles communications escalations hygiene duties timing resources evidence".split()
failures, tried, fates = [], 0, {}


def says(*args, cwd):
    return subprocess.run([muster, *args], capture_output=True, text=True, cwd=cwd)


def ids(done):
    return {f["id"] for f in json.loads(done.stdout)["findings"]} if done.stdout.startswith("{") else set()


def expect(name, true):
    if not true:
        failures.append(name)


def amended(name, folder, gap, subject, at, source=()):
    """Fate of the gap, and all that must be true of the patch."""
    args = ["amend", "plan.yaml", "--only", gap, *source] + ([] if source else ["--at", at])
    document = says(*args, "--format", "json", cwd=folder)
    if document.returncode:
        failures.append(f"{name}: {document.stderr[:300]}")
        return None
    said = json.loads(document.stdout)
    mine = [g for g in said["gaps"] if g["gap"] == gap and g["subject"] == subject]
    if not mine:
        return None
    old = (folder / "plan.yaml").read_bytes()
    before = says("check", "plan.yaml", "--at", at, "--format", "json", "--fail-on", "never", cwd=folder)
    patch = says(*args, cwd=folder).stdout
    if said["diff"]:
        subprocess.run(["git", "apply"], input=patch.encode(), cwd=folder, capture_output=True)
        expect(f"{name}: git apply", (folder / "plan.yaml").read_bytes() != old)
    after = says("check", "plan.yaml", "--at", at, "--format", "json", "--fail-on", "never", cwd=folder)
    expect(f"{name}: nothing is opened", not said["proof"]["opened"] and (ids(after) <= ids(before) or source))
    for g in mine:
        if g["fate"] == "written":
            expect(f"{name}: closed", g["id"] not in ids(after) and g["id"] in said["proof"]["closed"])
        else:
            expect(f"{name}: still there", g["fate"] == "closed along" or g["id"] in said["proof"]["stay"])
    expect(f"{name}: an amended plan has nothing more to be written", not any(g["fate"] in ("written", "asked") for g in json.loads(says(*args, "--format", "json", cwd=folder).stdout)["gaps"]))
    asked = sum(g["fate"] == "asked" for g in said["gaps"])
    expect(f"{name}: questions fail the check", after.stderr.count("error[MU035]") == asked and (not asked or after.returncode == 3))
    if asked and not any(g["fate"] == "written" for g in said["gaps"]):
        kept = "".join(line for line in (folder / "plan.yaml").read_text().splitlines(True) if not re.match(r" *#( TODO\(muster\):|   )", line))
        was = "".join(line for line in old.decode().splitlines(True) if not re.match(r" *#   ", line))
        expect(f"{name}: a question changes nothing", kept == was)
    return {g["fate"] for g in mine}


def on_paper(e):
    text = edits.replaced(edits.dated(scenarios / e["base"]), e["first"])
    text = edits.replaced(text, [(e["old"], e["new"])], e["times"])
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        (folder / "plan.yaml").write_text(text)
        return amended(f"{e['gap']} {e['subject']}", folder, e["gap"], e["subject"], e["at"])


def in_a_drill(r):
    c = r["must"] if isinstance(r["must"], dict) else {"plan": r["must"]}
    script = edits.replaced(edits.dated(scenarios / r["scenario"]), c.get("scenario", ())) if r["scenario"] else \
        edits.HEAD.format(kind=c.get("kind", "account_takeover"), lasts=c.get("lasts", "4h")) + c.get("script", edits.FIRST)
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        for name, text in (("plan.yaml", edits.replaced(edits.dated(scenarios / r["base"]), c.get("plan", ()))), ("scenario.lua", script), ("assume.yaml", c.get("assume", edits.ASSUME))):
            (folder / name).write_text(text)
        done = subprocess.run([muster, "run", "plan.yaml", "scenario.lua", "--assume", "assume.yaml", "-o", "out", "--seed", "1", "--fail-on", "never", *c.get("args", ())],
                              input=c.get("lines", ""), capture_output=True, text=True, cwd=folder)
        if done.returncode:
            return None
        return amended(f"{r['gap']} {r['subject']}, drill", folder, r["gap"], r["subject"], edits.AT, ("--from", "out"))


# What the edits of tests/analysis do not come to: the plan says what is needed.
TEAM = "      - {to: team:all,         via: [pager, phone], within: 5m}\n"
CLEAN = "plans/meridian-pay.clean.yaml"
ISOLATE = "  isolate_production:\n    phase:          contain\n    R:              [cloud_administrator]\n    A:              "


def paid_report():
    """The whole obligation nydfs_payment_report, with the empty line behind it."""
    text = edits.dated(scenarios / CLEAN)
    at = text.index("  nydfs_payment_report:")
    return text[at:text.index("\n\n", at) + 2]


MORE = [
    ("HYG-05", "role:hr_lead", [("[ngozi, ruth]", "[ngozi, rut]")]),
    ("ROL-02", "action:isolate_production", [(ISOLATE + "cloud_security_engineer\n", ISOLATE + "[cloud_security_engineer, cloud_administrator]\n")]),
    ("ROL-04", "action:isolate_production", [(ISOLATE + "cloud_security_engineer\n", ISOLATE + "cloud_administrator\n"),
                                            ("    authority:     [isolate_host, isolate_production]\n", "    authority:     [isolate_host]\n")]),
    ("ROL-05", "action:triag", [("      - {id: triage, phase: detect, action: triage, within: 30m,\n         done_when: severity is set and logged}",
                                 "      - {id: triage, phase: detect, action: triag, within: 30m,\n         done_when: severity is set and logged}")]),
    ("ROL-05", "action:cry_wolf", [("      - {id: endpoints, phase: contain, action: isolate_endpoints, after: [declare], within: 30m,",
                                    "      - {id: wolves, phase: contain, action: cry_wolf, by: it_operations, after: [declare], within: 30m, done_when: heard}\n"
                                    "      - {id: endpoints, phase: contain, action: isolate_endpoints, after: [declare, wolves], within: 30m,")]),
    ("HYG-10", "step:insider/eradicate", [("action: eradicate, after: [isolate, capture], within: 4h,\n         done_when: no key or rule", "action: eradicate, after: [isolate, capture],\n         done_when: no key or rule")]),
    ("REG-11", "obligation:nydfs_payment", [(paid_report(), "")]),
    ("ESC-10", "section:severities", [
        ("    inform:             [role:exec_sponsor, role:legal_counsel, role:comms_coordinator, audience:board]\n", "    inform:             [role:legal_counsel, role:comms_coordinator]\n"),
        ("    inform:             [role:exec_sponsor]\n", ""), ("  board:\n", "  the_lenders:\n"), ("{for: audience:board,", "{for: audience:the_lenders,"),
        ("      - {to: team:all,                  via: [pager, phone], within: 4m, tries: 1}", "      - {to: role:ciso, via: [pager, phone], within: 4m, tries: 1}"),
        ("      - {to: team:all,                       via: [pager, phone], within: 5m, tries: 1}", "      - {to: role:ciso, via: [pager, phone], within: 5m, tries: 1}"),
        ("    title:         Board Secretary\n    function:      executive\n", "    title:         Board Secretary\n    function:      finance\n")]),
]
MORE_RUNS = [edits.run("ESC-04", "escalation:standard", dict(plan=[(TEAM, ""), ("    again: 1\n\nplaybooks", "\nplaybooks")], script=edits.FIRST.replace("account_taken_over", "personal_data_read"),
                                                             assume=edits.silent("ana", "ben")), {})]


def all_edits():
    """Those whose type has a way, and one in eight of the rest: a question is asked alike of all."""
    for group in GROUPS:
        module = importlib.import_module(f"edits_{group}")
        for number, e in enumerate(e for e in module.PAPER if e["old"] and not e["scenario"]):
            if e["gap"] in ways or number % 8 == 0:
                yield on_paper, e
        for number, r in enumerate(module.RUNS):
            if r["gap"] in ways or number % 8 == 0:
                yield in_a_drill, r
    for gap, subject, pairs in MORE:
        (old, new), *first = pairs
        yield on_paper, edits.edit(gap, subject, old, new, "", first=first)
    for r in MORE_RUNS:
        yield in_a_drill, r


gaps = subprocess.run([muster, "explain", "gaps", "--format", "md"], capture_output=True, text=True).stdout
ways = set(re.findall(r"### (\S+) (?:(?!###).)*?Can Muster write that: yes", gaps, re.S))
for amend, made in all_edits():
    tried += 1
    for fate in amend(made) or ():
        fates.setdefault(fate, []).append(made["gap"])
written = set(fates.get("written", []))
expect(f"every way mends something; these never: {sorted(ways - written)}", ways <= written)
expect(f"only by a way: {sorted(written - ways)}", written <= ways)
for failure in failures:
    print("FAIL", failure)
print(f"{tried} gaps made: " + ", ".join(f"{len(v)} {k}" for k, v in sorted(fates.items())) + f"; {len(written)} of {len(ways)} ways mended one")
sys.exit(1 if failures or tried < 60 else 0)
