#!/usr/bin/env python3
"""amend_cover.py MUSTER PLANS SCHEMA: the patch of --cover is taken by git, keeps every comment and changes only lists that grow; the cover
of the patched plan finds what the patch said that it leaves, and no other set; --write writes the same; a way without an address is a
question, and a ladder that comes too late is shortened."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

muster, plans = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
schema = json.loads(pathlib.Path(sys.argv[3]).read_text())
AT = ("--at", "2026-07-10 12:00")


def run(folder, *args, status=0):
    done = subprocess.run([muster, *args], capture_output=True, text=True, cwd=folder)
    assert done.returncode == status, (args, done.returncode, done.stderr)
    return done.stdout


def cover(folder, order, *options):
    document = json.loads(run(folder, "cover", "plan.yaml", "--absent", order, "--format", "json", *options, *AT))
    return {frozenset(s["absent"]) for s in document["sets"]}, {r["id"] for r in document["requirements"] if r["broken"]}


def comments(text):
    return [line.split("#", 1)[1] for line in text.splitlines() if re.search(r"(^|\s)#", line)]


def gaps(folder):
    document = json.loads(run(folder, "check", "plan.yaml", *AT, "--format", "json", "--fail-on", "never"))
    return {f["id"] for f in document["findings"]}


def mended(folder, text, order, *options):
    """The plan patched by git, looked at again; the document of the patch, and the patched text."""
    plan = folder / "plan.yaml"
    plan.write_text(text)
    ask = ("amend", "plan.yaml", "--cover", order, *options, *AT)
    document = json.loads(run(folder, *ask, "--format", "json"))
    jsonschema.validate(document, schema)
    before, gaps_before = cover(folder, order, *options), gaps(folder)
    patch = run(folder, *ask)
    assert document["diff"] and patch.endswith(document["diff"]) and plan.read_text() == text
    (folder / "patch").write_text(patch)
    subprocess.run(["git", "apply", "patch"], cwd=folder, check=True)
    new = plan.read_text()
    proof = document["proof"]
    after = cover(folder, order, *options)
    assert proof["not_proved"] is None and document["smallest"] and document["cost"] >= document["at_least"] > 0
    assert after[0] == {frozenset(s["absent"]) for s in proof["left"]} and after[0] < before[0], (options, after)
    assert (len(after[1]), len(before[1])) == (proof["after"]["broken"], proof["before"]["broken"]) and after[1] <= before[1]
    for change in document["changes"]:
        assert change["written"] == (change["not_proposed"] is None)
        assert not change["written"] or change["text"].split(" ")[0] in document["diff"]
    questions = sum(c["question"] is not None and c["written"] for c in document["changes"])
    assert [c for c in comments(new) if "TODO(muster)" not in c] == comments(text) and new.count("TODO(muster)") == questions
    if not questions:  # muster check fails on a question until it is answered
        assert not gaps(folder) - gaps_before and gaps_before - gaps(folder) == set(proof["closed"])
    plan.write_text(text)
    run(folder, *ask, "--write")
    assert plan.read_text() == new
    return document, new


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for plan in ("meridian-pay", "cloud-gov", "sourcegraph"):
        text = (plans / f"{plan}.yaml").read_text()
        document, new = mended(folder, text, "1", "--with", "people")
        assert not document["proof"]["left"], plan
        if plan == "meridian-pay":
            refused = [c for c in document["changes"] if not c["written"]]
            assert refused and all("it would open" in c["not_proposed"] for c in refused)
            kinds = {c["kind"] for c in document["changes"] if c["written"]}
            assert kinds == {"deputy", "access", "account", "authority"}, kinds
            removed = [line[1:] for line in document["diff"].splitlines() if re.match("-[^-]", line)]
            assert len(removed) == document["cost"] and all(line.strip().endswith(("]", "}")) for line in removed)
            dear = mended(folder, text, "1", "--with", "people", "--cost", "deputy=3")[0]
            assert dear["cost"] > document["cost"]
    mended(folder, (plans / "sourcegraph.yaml").read_text(), "2")
    text = (plans / "gitlab-sirt.yaml").read_text()
    new = mended(folder, text, "1", "--with", "people")[1]  # a line that is on call grows in its rotation, where no turn shifts
    assert "members:  [manager1, " in new and new.count("under:") == text.count("under:") + 1 and "holders" not in new
    plan = (plans / "meridian-pay.yaml").read_text()
    (folder / "plan.yaml").write_text(plan)
    friday = str((plans.parent / "ransomware-friday").resolve())
    story = json.loads(run(folder, "amend", "plan.yaml", friday, "--cover", "1", "--with", "people", "--format", "json"))
    assert story["proof"]["as_of"] == "2026-07-10 17:40" and story["proof"]["not_proved"] is None and story["changes"]
    page = run(folder, "amend", "plan.yaml", friday, "--cover", "1", "--with", "people", "--format", "html")
    assert "<script" not in page and page.count("<section") == page.count("</section>") == 4 and all(c["text"] in page for c in story["changes"] if "'" not in c["text"])
    run(folder, "amend", "plan.yaml", friday, status=2)
    run(folder, "amend", "plan.yaml", "--format", "html", status=2)
    starter = (plans.parent / "starter/plan.yaml").read_text()
    text = (plans / "cloud-gov.yaml").read_text()
    document, new = mended(folder, text, "1")
    assert any(c["kind"] == "way" and c["question"] for c in document["changes"]) and "{via: email}]" in new
    again = run(folder, "amend", "plan.yaml", "--cover", "1", *AT)
    assert "No change is wanted" in again and "@@" not in again
    late = "{to: person:ana, via: [pager, phone], within: 20m}  # long"
    for old, new in (("@TODAY@", "2026-07-10"), ("@NEXT_YEAR@", "2027-07-10"), ("{to: role:commander,   via: [pager, phone], within: 5m}", late)):
        assert old in starter or old == "@NEXT_YEAR@"
        starter = starter.replace(old, new)
    document, new = mended(folder, starter, "1", "--with", "people")
    assert [c["kind"] for c in document["changes"]] == ["sooner"] and "{to: person:ana, via: [pager, phone], within: 14m}  # long" in new
    nobody = (plans.parent / "starter/plan.yaml").read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
    nobody = nobody.replace("function:  legal\n    holders:   [eva, finn]", "function:  legal\n    rotation:  counsel").replace("escalations:\n", "rotations:\n  counsel:\n    members: []  # who?\n\nescalations:\n", 1)
    (folder / "plan.yaml").write_text(nobody)
    was = gaps(folder)
    document = json.loads(run(folder, "amend", "plan.yaml", "--cover", "1", "--with", "people", *AT, "--format", "json"))  # one member alone would open a gap: two hold together
    assert [c["written"] for c in document["changes"]] == [True, True] and document["proof"]["not_proved"] is None, document["changes"]
    (folder / "patch").write_text(run(folder, "amend", "plan.yaml", "--cover", "1", "--with", "people", *AT))
    subprocess.run(["git", "apply", "patch"], cwd=folder, check=True)
    assert re.search(r"members: \[\w+, \w+\]  # who\?", (folder / "plan.yaml").read_text()) and gaps(folder) < was
    for wrong in (["--cover", "0"], ["--cover", "1", "--only", "ROL-08"], ["--with", "people"], ["--cover", "1", "--with", "cats"], ["--cover", "1", "--cost", "way"]):
        run(folder, "amend", "plan.yaml", *wrong, status=2)
print("whole")
