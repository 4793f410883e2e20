#!/usr/bin/env python3
"""repository.py MUSTER SCRIPTS: the workflow for a plan's repository does what it says: its steps are run here as a runner would, on a repository made for it, with a remote beside
it; the timer catches up after a time that the machine was off. What needs a tool that is not here is said."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap

muster, scripts = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
workflow = (scripts / "repository/plan.yml").read_text(encoding="utf-8")
timer, service = ((scripts / f"repository/muster-due.{kind}").read_text() for kind in ("timer", "service"))
assert "Persistent=true" in timer and "muster due programme.yaml --run --notify" in service
lacking = [tool for tool in ("git", "jq", "bash") if not shutil.which(tool)]
if lacking:
    print("not here:", *lacking)
    sys.exit(0)


def steps(job):
    """The scripts of a job's steps that are the plan's own: what installs is left out."""
    body = re.split(r"^  (\w+):\n", workflow[workflow.index("\njobs:"):], flags=re.M)
    part = body[body.index(job) + 1]
    found = []
    for m in re.finditer(r"^( +)(?:- )?run: (\|\n((?:\1  .*\n|\n)+)|.*\n)", part.replace("      - run:", "        run:"), re.M):
        text = textwrap.dedent(m[3]) if m[3] else m[2].strip().strip("'")
        if "apt-get" not in text and "git clone" not in text:
            found.append(text)
    return found


top = pathlib.Path(tempfile.mkdtemp())
try:
    tools, tmp, work, remote = top / "bin", top / "tmp", top / "work", top / "remote.git"
    tools.mkdir()
    (tools / "muster").symlink_to(muster)
    (tools / "gh").write_text(f"#!/bin/sh\ncat \"$5\" > {top}/comment\n")
    (tools / "gh").chmod(0o755)
    env = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(top), "GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(top / "summary"), "GIT_CONFIG_NOSYSTEM": "1"}

    def sh(text, at=work, status=0):
        text = re.sub(r"/tmp/(?=kept|was|now|base|known\.json|history\.html|drills\.ics)", f"{tmp}/", re.sub(r"\$\{\{.*?\}\}", "1", text))
        got = subprocess.run(["sh", "-e", "-c", text], cwd=at, env=env, capture_output=True, text=True, timeout=300)
        assert status is None or got.returncode == status, (text, got.returncode, got.stdout[-900:], got.stderr[-900:])
        return got

    sh(f"git init -q --bare -b main {remote}; git init -q -b main {work}; muster init {work} > /dev/null", top)
    programme = (work / "programme.yaml").read_text()
    day = re.search(r"from: +(\S+)", programme)[1]
    (work / "programme.yaml").write_text(programme.replace(f"first:       {day} 06:00", f"first:       {day} 00:00").replace("fail_on: critical", "fail_on: critical, regression: yes"))
    sh(f"git config --global user.name t; git config --global user.email t@localhost; git add -A; git commit -qm one; git remote add origin {remote}; git push -q origin main")

    # the scheduled job, twice on one day: the drill is run once, and all of it is kept on its branch
    for n in range(2):
        run = top / f"due{n}"
        tmp.mkdir()
        sh(f"git clone -q {remote} {run}", top)
        for step in steps("due"):
            sh(step, run)
        kept = sh("git ls-tree -r --name-only drills", remote).stdout.split()
        assert sum(name.endswith("journal.jsonl") for name in kept) == 1 and "drills/ledger.jsonl" in kept and {"history.html", "drills.ics"} <= set(kept), kept
        shutil.rmtree(tmp)
    assert "1 drill" in sh("git show drills:history.html", remote).stdout

    # a change that opens a gap: checked, played against the plan it would replace, said under the pull request, and failed
    for name, change, status in (("better", ("version:      1.0", "version:      1.1"), 0), ("worse", ("holders:   [eva, finn]\n    authority: [approve_notice]", "holders:   [eva]\n    authority: [approve_notice]"), 1),
                                 ("next", ("version:      1.0", "version:      1.2"), 0)):
        run = top / name
        tmp.mkdir()
        sh(f"git clone -q {remote} {run}", top)
        plan = (run / "plan.yaml").read_text()
        assert plan.count(change[0]) == 1, name
        (run / "plan.yaml").write_text(plan.replace(*change))
        *most, last = steps("check")
        for step in most:
            sh(step, run)
        comment = (top / "comment").read_text()
        assert comment.startswith("EXERCISE: ") and "scenario.lua" in comment and "0 of" in comment and comment.count(" closed, ") == 2 and ("  opened  critical  ROL-08  Legal and Privacy" in comment) == (name == "worse"), comment
        assert sh(last, run, None).returncode == status, (name, comment)
        assert comment in (top / "summary").read_text()
        shutil.rmtree(tmp)
        if name == "worse":  # merged all the same: a critical gap that was there before is no reason to refuse another change
            sh("git commit -qam worse && git push -q origin main", run)
    print("the workflow's", len(steps("due")) + len(steps("check")), "steps, run on a repository of a plan")
finally:
    shutil.rmtree(top)
