#!/usr/bin/env python3
"""options.py MUSTER ENGINE: every option that a help names is asked for by its command, --help says it all on stdout, colour
goes where somebody looks and nowhere else, and the exit status says what was wrong."""
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile

muster, cli = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]) / "cli"


def run(*args, env=None):
    return subprocess.run([muster, *map(str, args)], capture_output=True, text=True, stdin=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", **(env or {})})


def on_terminal(*args, **env):
    """What is said on stderr while that is a terminal."""
    keys = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    master, slave = pty.openpty()
    subprocess.run([muster, *map(str, args)], stdout=subprocess.DEVNULL, stderr=slave, env={**keys, "TERM": "xterm", **env}, check=False)
    os.close(slave)
    said = b""
    try:
        while block := os.read(master, 4096):
            said += block
    except OSError:  # the other end is closed, and all was read
        pass
    os.close(master)
    return said.decode()


commands = re.findall(r"^  ([a-z]+)(?: |$)", run("--help").stdout, re.M)
assert len(commands) >= 12 and "check" in commands, commands
shared = {"color", "help"}
options = 0
for command in commands:
    help_ = run(command, "--help")
    assert help_.returncode == 0 and not help_.stderr and help_.stdout.startswith(f"usage: muster {command}"), command
    assert run("help", command).stdout == help_.stdout, command
    assert not re.search(r" +$", help_.stdout, re.M), command
    own = next(p.read_text() for p in cli.glob("*.c") if f"int mu_cmd_{command}(" in p.read_text())
    beside = [cli / f"{name}.c" for name in re.findall(r'#include "cli/(\w+)\.h"', own)]
    sources = own + "".join(p.read_text() for p in beside if p.exists())
    for option in set(re.findall(r"--([a-z-]+)", help_.stdout.split("\n\n", 2)[2])) - shared:
        if re.search(rf"^  (?:-\w, |    )--{option}\b", help_.stdout, re.M):
            options += 1
            assert re.search(rf'mu_arg(?:_or|_next)?\(&?(?:\w+->)?args, "{option}"|mu_opening_names\(&?args, "{option}"', sources), f"{command} never asks for --{option}"
assert options >= 20, options

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    assert run("init", folder / "new").returncode == 0
    plan, scenario = folder / "new/plan.yaml", folder / "new/scenario.lua"
    wrong = folder / "wrong.yaml"
    wrong.write_text("muster: 1\n")
    esc = "\x1b["
    assert esc in on_terminal("check", wrong)
    assert esc not in on_terminal("check", wrong, NO_COLOR="1")
    assert esc in on_terminal("check", wrong, NO_COLOR="")
    assert esc not in on_terminal("check", wrong, TERM="dumb")
    assert esc not in on_terminal("check", wrong, "--color", "never")
    assert esc not in run("check", wrong).stderr
    assert esc in run("check", wrong, "--color", "always", env={"NO_COLOR": "1"}).stderr
    drill = folder / "drill"
    for status, args in [(0, ["check", plan]), (3, ["check", wrong]), (3, ["check", folder / "none.yaml"]), (2, ["check"]), (2, ["chek", plan]), (2, []),
                         (2, ["check", plan, "--at", "soon"]), (2, ["run", plan, scenario]), (2, ["run", plan, scenario, "-o", drill, "--away", "nobody"]),
                         (0, ["run", plan, scenario, "-o", drill, "--fail-on", "never"]), (5, ["run", plan, scenario, "-o", drill]),
                         (0, ["verify", drill / "journal.jsonl"]), (0, ["replay", drill / "journal.jsonl"]), (3, ["replay", plan]), (3, ["list", plan, plan]),
                         (5, ["init", folder / "new"]), (0, ["--version"]), (0, ["--help"]), (2, ["explain", "MU999"]), (2, ["completion", "tcsh"])]:
        got = run(*args)
        assert got.returncode == status, (args, got.returncode, got.stderr)
        assert status == 0 or got.stderr, args
    # What does nothing is told; a drill that is taken up is as it was begun.
    people, never = ["--play", "commander", "--clock", "steps"], ["--fail-on", "never"]
    table = ["run", plan, scenario, "-o", folder / "table"]
    assert run(*table, *people).returncode == 130 and run(*table, "--resume", "--clock", "steps").returncode == 130
    for number, (says, status, args) in enumerate([
            ("--speed does nothing here: it is for a drill with people", 0, [*never, "--speed", "10"]), ("--clock does nothing here", 0, [*never, "--clock", "steps"]),
            ("--speed does nothing here: in steps", 130, [*people, "--speed", "10"]), ("--speed does nothing here: it is for", 0, [*never, "-o", drill, "--resume", "--speed", "10"]),
            ("--clock wall does nothing here", 130, ["-o", folder / "table", "--resume", "--clock", "wall"]),
            ("--speed does nothing here: in steps", 130, ["-o", folder / "table", "--resume", "--speed", "10"])]):
        got = run("run", plan, scenario, *(args if "-o" in args else ["-o", folder / f"idle{number}", *args]))
        assert got.returncode == status and says in got.stderr, (args, got.returncode, got.stderr)
    assert "does nothing" not in run("run", plan, scenario, "-o", folder / "plain", *never).stderr
    words = run("chek").stderr
    assert 'did you mean check?' in words, words
print(len(commands), "commands,", options, "options")
