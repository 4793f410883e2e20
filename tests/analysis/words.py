#!/usr/bin/env python3
"""words.py MUSTER SCENARIOS: what findings say, on paper of every shipped plan and in drills. People, roles and outside parties
stand in the sentences by their names; what is called one cause is one thing that is wrong; the events that prove a gap stand in
the order of the record, each once, and what never came is proved by the end."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from mutations_plan import Plan

AT = "2026-07-10 12:00"


def with_names(path):
    """Ids that no sentence says by themselves: the plan has a name for whom they mean, and nothing else has the id."""
    p = Plan(path.read_text(encoding="utf-8"))
    named = {e.name for section, key in (("people", "name"), ("roles", "title"), ("externals", "organisation")) for e in p.entries(section) if key in p.keys(e)}
    others = {e.name for section in p.section for e in p.entries(section) if section not in ("people", "roles", "externals") or not {"name", "title", "organisation"} & set(p.keys(e))}
    return named - others - {"dev", "legal", "privacy", "security", "counsel"}  # words of any language


def bare(findings, ids):
    for f in findings:
        for key in ("text", "proof"):
            text = re.sub(r"\([^()]*\)|\"[^\"]*\"", "", f[key] or "")
            for word in re.findall(r"[a-z0-9_]+", text):
                if word in ids:
                    yield f"{f['gap']} {f['subject']}: \"{word}\" in: {f[key]}"


def causes(document, plan):
    of = {f["id"]: f for f in document["findings"]}
    for cause in document["causes"]:
        section = cause["subject"].partition("section:")[2]
        if cause["subject"] == "plan" or (section and section in plan.section and section != "raci"):
            yield f"{cause['subject']} is called one cause of {[of[i]['gap'] for i in cause['findings']]}"


def evidence(document, last):
    for f in document["findings"]:
        if f["evidence"] != sorted(set(f["evidence"])) or any(n < 1 or n > last for n in f["evidence"]):
            yield f"{f['gap']} {f['subject']}: events {f['evidence']}"
        if bool(f["evidence"]) != bool(f["proof"]):
            yield f"{f['gap']} {f['subject']}: events {f['evidence']} and the words {f['proof']}"
        if re.search("never (told|did|happened)|no lawyer ever|still not decided", f"{f['text']} {f['proof']}") and f["evidence"] and f["evidence"][-1] != last:
            yield f"{f['gap']} {f['subject']}: it never came, and the end is no proof"


def grouped(document, subject):
    of = {f["id"]: f for f in document["findings"]}
    return {(of[i]["gap"], of[i]["subject"]) for c in document["causes"] if c["subject"] == subject for i in c["findings"]}


def of_types(muster):
    """What a type of gap is and what closes it, for somebody who knows incidents and neither statistics nor the inside of the program."""
    text = subprocess.run([muster, "explain", "gaps", "--format", "md"], capture_output=True, text=True).stdout
    types = re.findall(r"(?m)^### (\S+) .*\n\n(.*)\n(?:.*\n)*?- To close it: (.*)$", text)
    for gap, what, fix in types:
        for words, strange in ((what, r"\w[_.]\w"), (f"{what} {fix}", r"\bP\(|\bP\d\d\b|\bt0\b|\bSLA\b|\bTAM\b|\bSME\b|blast radius|predicate|->| = |business-hours-only")):
            if found := re.search(strange, words):
                yield f"{gap}: \"{found[0]}\" in: {words}"
        if not what.endswith(".") or not fix.endswith(".") or f"{what} {fix}".count(".."):
            yield f"{gap}: no whole sentence: {what} {fix}"
    if len(types) < 100:
        yield f"only {len(types)} types are explained"


def friday(document):
    """What a person would call one cause: the lawyer who stands alone, and the one who knows the payments."""
    lena = {("ROL-13", "person:lena"), ("ROL-08", "role:legal_counsel"), ("ROL-08", "role:dpo"), ("ESC-08", "role:legal_counsel"), ("TIM-02", "severity:sev1"),
            ("COM-15", "role:legal_counsel")}
    if missing := lena - grouped(document, "person:lena"):
        yield f"not of the cause person:lena: {missing}"
    if missing := {("ROL-08", "role:app_owner_payments"), ("ESC-08", "role:app_owner_payments")} - grouped(document, "person:ines"):
        yield f"not of the cause person:ines: {missing}"
    texts = {f["text"] for f in document["findings"]}
    if not {"Legal Counsel is held by Lena Koch alone", "Data Protection Officer (dpo) is held by Lena Koch alone"} <= texts:
        yield "who holds what is not said by name"


STARTER = [  # an edit of the starter's plan, the gap, what its sentence says, and the limit that it rests on
    ([("  reviewed:     2026-07-10\n  review_every: 12 months\n", "  reviewed:     2025-07-09\n")], "HYG-02", "The plan was last reviewed on 2025-07-09", "review_every: 12 months, a default of Muster, since the plan sets none"),
    ([("risks:        [account_takeover]", "risks:        [Account takeover]")], "HYG-06", 'no playbook covers it as it is written ("account_takeover" covers account_takeover)', None),
    ([("first_within: 8h, every: 24h, template: media_note,", "first_within: 8h, every: 24h,")], "COM-10", "media names no template, so that nobody finds the words of media_note, which is for it", None),
    ([("    function:  hr\n", "    function:  HR\n")], "ROL-16", "no role has the function hr, and that of People (hr_lead) is written HR", None),
    ([("{id: triage, action: triage, within", "{id: triage, action: triage, after: [isolate], within")], "HYG-08", "waits for itself, and 6 more wait behind it", None),
    ([("  capture_before: [eradicate, restore]\n", "  capture: desk_image\n  capture_before: [eradicate, restore]\n"), ("  lessons:\n    {phase: post,", "  desk_image:\n    {phase: analyze, R: [it_operator], A: commander}\n  lessons:\n    {phase: post,")], "HYG-16",
     'the step "eradicate" begins and no step does "desk_image"', None),
    ([("    authority: [declare]\n", "    authority: [lead]\n"), ("  declare:\n    {phase: analyze,", "  call_it:\n    {phase: analyze,"), (", authority: declare}", "}"), ("action: declare, after", "action: call_it, after")], "ESC-13",
     "no role has the authority declare, and no row of the matrix asks for it", None),
]


def of_starter(muster, scenarios):
    for pairs, gap, words, limit in STARTER:
        text = (scenarios / "starter/plan.yaml").read_text().replace("@TODAY@", AT[:10]).replace("@NEXT_YEAR@", "2027-07-10")
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        with tempfile.TemporaryDirectory() as top:
            path = pathlib.Path(top, "plan.yaml")
            path.write_text(text)
            done = subprocess.run([muster, "check", str(path), "--at", AT, "--format", "json", "--fail-on", "never"], capture_output=True, text=True)
        document = json.loads(done.stdout)
        found = [f for f in document["findings"] if f["gap"] == gap]
        if not any(words in f["text"] for f in found) or any(f["rests_on"] != limit for f in found):
            yield f"{gap} says {[(f['text'], f['rests_on']) for f in found]}, not {words} ({limit})"
        if len({f["cause"] for f in found}) > 1:
            yield f"{gap} has more than one cause: {[f['cause'] for f in found]}"


def main():
    muster, scenarios = sys.argv[1], pathlib.Path(sys.argv[2])
    plans, wrong, count = sorted((scenarios / "plans").glob("*.yaml")), [], 0
    for path in plans:
        done = subprocess.run([muster, "check", str(path), "--at", AT, "--format", "json", "--fail-on", "never"], capture_output=True, text=True)
        document = json.loads(done.stdout)
        count += len(document["findings"])
        wrong += [f"{path.name}: {w}" for w in (*bare(document["findings"], with_names(path)), *causes(document, Plan(path.read_text())))]
    for plan in ("meridian-pay", "meridian-pay.clean"):
        for scenario in ("ransomware-friday", "credential-leak", "comms-blackout"):
            with tempfile.TemporaryDirectory() as top:
                path, out = scenarios / "plans" / f"{plan}.yaml", pathlib.Path(top, "out")
                subprocess.run([muster, "run", str(path), str(scenarios / scenario), "-o", str(out), "--seed", "1", "--fail-on", "never"], capture_output=True)
                document = json.loads((out / "findings.json").read_text())
                last = sum(1 for _ in (out / "journal.jsonl").open())
            count += len(document["findings"])
            found = (*bare(document["findings"], with_names(path)), *causes(document, Plan(path.read_text())), *evidence(document, last))
            wrong += [f"{plan} {scenario}: {w}" for w in (*found, *(friday(document) if (plan, scenario) == ("meridian-pay", "ransomware-friday") else ()))]
    with tempfile.TemporaryDirectory() as top:  # with a person who plays one role of a quorum
        path, out = scenarios / "plans" / "meridian-pay.yaml", pathlib.Path(top, "out")
        subprocess.run([muster, "run", str(path), str(scenarios / "ransomware-friday"), "-o", str(out), "--seed", "1", "--fail-on", "never", "--play", "incident_commander", "--clock", "steps"],
                       input="\na\ns sev1 it is\nw 30m\nw 30m\n:end\n", text=True, capture_output=True)
        document = json.loads((out / "findings.json").read_text())
        count += len(document["findings"])
        wrong += [f"played: {w}" for w in bare(document["findings"], with_names(path))]
        wrong += [] if any(f["gap"] == "EXR-02" for f in document["findings"]) else ["played: whom nobody played is not said"]
    wrong += of_starter(muster, scenarios)
    wrong += of_types(muster)
    print(*wrong, sep="\n")
    print(f"{count} findings, {len(wrong)} wrong")
    return bool(wrong or not count)


if __name__ == "__main__":
    sys.exit(main())
