#!/usr/bin/env python3
"""serve.py MUSTER [SHIM] kill|errors|short|words [EVERY]: a served drill with a facilitator and two players who answer.

kill: it is killed at a system call; errors: a call fails (EIO, ENOSPC, EINTR, EMFILE; once, and from then on); short: writes take a part of what
they are given (SHIM, a library that is loaded before). At every EVERY-th point: it is taken up again with --resume on the same port, whoever
had no answer asks again by the same number, and at the end every act is in the journal once, each that was answered was there before the
program was taken up, the journal is sound and plays again to the same events. A program that ends says why.
words: what is said where a script fails, the disk is full for a while, and a sync fails."""
import base64
import hashlib
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "whole"))
import patience  # noqa: E402

muster, shim, mode = sys.argv[1:4]
every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
if every > 1 or mode in ("short", "words"):
    patience.within(840)
PLAN = """muster: 1
organisation: {name: Small, timezone: Europe/Dublin}
plan: {title: Plan}
people:
  ana: {name: Ana, hours: 24x7, reach: [{via: phone, address: "1"}]}
  ben: {name: Ben, hours: 24x7, reach: [{via: phone, address: "2"}]}
roles:
  incident_commander: {holders: [ana]}
  comms: {holders: [ben]}
channels:
  phone: {kind: telephone}
severities:
  sev1: {rank: 1}
escalations:
  major:
    steps:
      - {to: "role:incident_commander", via: [phone], within: 5m}
"""
SCENARIO = """exercise { title = 'Faults', kind = 'x', starts = '2026-07-10 10:00', lasts = '10h', severity = 'sev1' }
question 'q' { to = 'incident_commander', asks = 'Well?', answers = { 'yes: Yes', 'no: No' }, within = '10m' }
story 'first' (function () ask 'q'; note 'asked' end)
inject 'last' { at = '9h', from = 'x', to = 'person:ben', via = 'phone', says = 'y' }
"""
FAILS = "story 'second' (function () wait '1s'; local nothing; nothing.at = 1 end)\n"
ERRORS = {"EIO": ("write", "fdatasync", "fsync", "openat", "pwrite64", "close", "read", "recvfrom", "sendto"), "ENOSPC": ("write", "fdatasync", "openat", "pwrite64", "mkdir"),
          "EINTR": ("write", "read", "fdatasync", "poll", "openat", "recvfrom", "sendto"), "EMFILE": ("accept", "accept4", "openat"), "ENOMEM": ("sendto", "recvfrom", "poll")}
# who, where to, what, and the number of the request
ACTS = [("ana", "/play/answer", {"object": "item:0", "choice": "yes", "text": "it is time"}, "a0")]
for n in range(4):
    ACTS += [("ana", "/play/improvise", {"text": f"ana does {n}"}, f"i{n}"), ("ben", "/play/improvise", {"text": f"ben does {n}"}, f"b{n}"),
             ("lead", "/lead/do", {"verb": "note", "text": f"seen {n}"}, f"n{n}"), ("lead", "/lead/do", {"verb": "send", "object": "person:ben", "text": f"word {n}"}, f"s{n}")]
    ACTS += [("lead", "/lead/do", {"verb": "pause" if n % 2 == 0 else "resume"}, f"p{n}"), ("ben", "/play/acknowledge", {"object": f"item:{n}"}, f"k{n}")]
ACTS.append(("lead", "/lead/do", {"verb": "end"}, "end"))
GONE = (OSError, http.client.HTTPException)


def ids(events):
    """What acts are known by, without the seat: a hash of the form."""
    return [e["id"].split(".")[-1] for e in events if e["kind"] == "act" and e.get("id")]


def id_of(form):
    return hashlib.blake2b("".join(f"{key}={value}\n" for key, value in form.items()).encode(), digest_size=16).hexdigest()[:16]


class Table:
    """The program, and everybody who sits at it."""

    def __init__(self, folder, scenario="scenario.lua"):
        self.folder, self.scenario, self.port, self.cookies, self.said, self.faulty = folder, scenario, patience.port(), {}, "", False
        self.run = self.link = None
        self.acked, self.wrong = {}, []

    def start(self, prefix=(), resume=False, env=None):
        self.run = subprocess.Popen([*prefix, muster, "serve", f"{top}/plan.yaml", f"{top}/{self.scenario}", "-o", self.folder, "--port", str(self.port), *(["--resume"] if resume else [])],
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True)
        self.faulty = bool(prefix)
        for line in self.run.stdout:
            self.link = line.strip() if "/join#" in line else self.link
            if line.startswith("Ctrl-C"):
                return True
        return False

    def ask(self, who, path, form, method="POST", most=120):
        home = f"http://127.0.0.1:{self.port}"
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=most)
        link.request(method, path, urllib.parse.urlencode(form) if method == "POST" else None,
                     {"Cookie": self.cookies.get(who, ""), **({"Origin": home, "Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {})})
        answer = link.getresponse()
        text = answer.read().decode()
        cookie = answer.getheader("Set-Cookie")
        if cookie and answer.status == 303:
            self.cookies[who] = cookie.split(";")[0]
        link.close()
        return answer.status, text

    def stop(self):
        """Ends the program, if it has not ended by itself; what it said."""
        alive = self.run.poll() is None
        if alive:
            os.killpg(self.run.pid, signal.SIGKILL)
        self.said = self.run.stderr.read()
        self.run.stdout.close()
        self.run.wait()
        return alive

    def take_up(self):
        """After a fault: what had been answered is on disk; then the program goes on without faults."""
        alive = self.stop()
        ended = self.run.returncode
        if not alive and self.faulty and ended not in (-9, 137) and (ended == 0 or (not self.said.strip() and not self.mute)):
            self.wrong.append(f"it ended with {ended} and said: {self.said.strip()[:200]}")
        found = ids(self.events())
        lost = [number for id_, number in self.due().items() if id_ not in found]
        if lost:
            self.wrong.append(f"lost: {lost}")
        if not self.start(resume=True):
            raise AssertionError(f"it cannot be taken up: {self.run.stderr.read().strip()[:300]}")

    def due(self):
        """The acts that were answered. A call that fails in the script's worker ends its stories, and the drill stands: then to stop it is refused,
        and to answer what no story asked; the page says so."""
        failed, refused = [e["n"] for e in self.events() if e["kind"] == "story.failed"], {"p0", "p1", "p2", "p3"}
        if failed and not any(e["kind"] == "prompt.open" for e in self.events()):
            refused.add("a0")
        if failed and not any(e["kind"] == "pause" and e["n"] > failed[0] for e in self.events()):
            self.wrong.append("a story failed, and the clock went on")
        return {id_: number for id_, number in self.acked.items() if not failed or number not in refused}

    def events(self):
        path = pathlib.Path(self.folder, "journal.jsonl")
        whole = [line for line in path.read_bytes().split(b"\n")[:-1] if line] if path.exists() else []
        return [json.loads(line) for line in whole]

    def insist(self, who, path, form, good=(303,), refresh=None):
        """Asks until there is an answer: by the same number, as a browser does."""
        for _ in range(8):
            try:
                status, text = self.ask(who, path, refresh() if refresh else form, most=4 if self.faulty else 120)  # a fault may leave it without an answer
                if status in good:
                    return text
                if not self.faulty:
                    raise AssertionError(f"{path} {form}: {status} {text[-300:]}")
            except GONE:
                pass
            self.take_up()
        raise AssertionError(f"{path}: no answer")

    mute = False

    def play(self):
        self.insist("lead", "/join", {}, refresh=lambda: {"token": self.link.split("#")[1], "request": "lead"})
        code = re.search(r'class="code">(\w+)<', self.insist("lead", "/lead/invite", {"table": "yes"}, good=(200,)))[1]
        for who in ("ana", "ben"):
            self.insist(who, "/join", {"token": code, "name": who, "request": who})
        self.insist("lead", "/lead/start", {"anyway": "yes", "request": "start"})
        for who, path, form, number in ACTS:
            self.insist(who, path, {**form, "request": number})
            self.acked[id_of({**form, "request": number})] = number

    def judge(self):
        if self.faulty:
            self.take_up()
        self.stop()
        found = self.events()
        for id_, number in self.due().items():
            if ids(found).count(id_) != 1:
                self.wrong.append(f"{number} is in the journal {ids(found).count(id_)} times")
        asked = [(e["prompt"], e["person"]) for e in found if e["kind"] == "prompt.open"]
        if len(asked) != len(set(asked)) or len(self.acked) != len(ACTS):
            self.wrong.append(f"asked: {asked}; {len(self.acked)} acts")
        for check in ("verify", "replay"):
            run = subprocess.run([muster, check, f"{self.folder}/journal.jsonl"], capture_output=True, text=True)
            if run.returncode:
                self.wrong.append(f"{check}: {(run.stdout + run.stderr).strip()[:200]}")
        return "; ".join(self.wrong)


def point(name, prefix=(), env=None, mute=False):
    """One drill with a fault in it; what is wrong, "" for nothing."""
    table = Table(f"{top}/{name}")
    table.mute = mute
    try:
        if not table.start(prefix=prefix, env=env):
            table.take_up()
        table.play()
        return table.judge()
    except (AssertionError, TypeError, ValueError, subprocess.TimeoutExpired) as wrong:
        return "; ".join([str(wrong), *table.wrong])
    finally:
        table.stop()
        shutil.rmtree(f"{top}/{name}", ignore_errors=True)


def faults():
    """All points of a drill, in an order of chance that is the same each time: a part of them is of all kinds."""
    trace = f"{top}/trace"
    wrong = point("counted", prefix=("strace", "-f", "-qq", "-o", trace))
    assert not wrong, wrong
    counts = {}
    for line in pathlib.Path(trace).read_text(errors="replace").splitlines():
        name = re.match(r"\d+ +(\w+)\(", line)
        if name:
            counts[name[1]] = counts.get(name[1], 0) + 1
    if mode == "kill":
        rows = [(name, f"signal=KILL:when={k}") for name in sorted(counts) for k in range(1, counts[name] + 1)]
    else:
        rows = [(name, f"error={error}:when={k}{again}") for error, names in ERRORS.items() for name in names for k in range(1, counts.get(name, 0) + 1)
                for again in ("", "+") if not (error == "EINTR" and again)]
    random.Random(29).shuffle(rows)
    return rows, sum(counts.values())


def sweep():
    rows, calls = faults()
    failed = 0
    for name, fault in rows[::every]:
        wrong = point("cut", prefix=("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={name}:{fault}"), mute=name == "write" and fault.endswith("+"))
        if wrong:
            failed += 1
            print(f"{name} {fault}: {wrong}")
    tried = len(rows[::every])
    print(f"{mode} at {tried} of {len(rows)} points of {calls} system calls, {len(ACTS)} acts in each drill: {failed} wrong")
    return tried, failed


def short():
    wrong = point("short", env={**os.environ, "LD_PRELOAD": shim})
    print(wrong or f"every write took a part: {len(ACTS)} acts, each there once")
    return 1, bool(wrong)


# ---- words ----

class Page:
    """An open page: what it is pushed."""

    def __init__(self, table, who, path):
        self.link = socket.create_connection(("127.0.0.1", table.port), timeout=120)
        key = base64.b64encode(bytes(16)).decode()
        self.link.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{table.port}\r\nOrigin: http://127.0.0.1:{table.port}\r\nCookie: {table.cookies[who]}\r\nUpgrade: websocket\r\n"
                          f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
        self.text = b""

    def until(self, words):
        while words.encode() not in self.text:
            more = self.link.recv(65536)
            assert more, f"the page was shut before it said {words}"
            self.text += more

    def shut(self):
        self.link.close()


def begun(name, prefix=(), scenario="scenario.lua"):
    table = Table(f"{top}/{name}", scenario)
    assert table.start(prefix=prefix)
    table.insist("lead", "/join", {"token": table.link.split("#")[1], "request": "lead"})
    code = re.search(r'class="code">(\w+)<', table.insist("lead", "/lead/invite", {"table": "yes"}, good=(200,)))[1]
    table.insist("ana", "/join", {"token": code, "name": "ana", "request": "ana"})
    table.insist("lead", "/lead/start", {"anyway": "yes", "request": "start"})
    return table


def a_story_that_fails_pauses_the_drill_and_says_so():
    table = begun("story", scenario="fails.lua")
    page = Page(table, "lead", "/live/lead")
    page.until("A story of the script has failed")
    page.until("attempt to index a nil value")
    page.shut()
    kinds = [e["kind"] for e in table.events()]
    assert kinds.index("story.failed") < kinds.index("pause") and kinds.count("pause") == 1, kinds
    assert "Paused" in table.ask("ana", "/play", {}, "GET")[1]
    assert table.ask("lead", "/lead/do", {"verb": "resume", "request": "r"})[0] == 303
    assert "Running" in table.ask("ana", "/play", {}, "GET")[1]
    table.stop()


def journal_fault(name, fault):
    return ("strace", "-qq", "-o", f"{top}/{name}.trace", "-P", f"{top}/{name}/journal.jsonl", "-e", f"inject={fault}")


def a_full_disk_stops_the_drill_says_so_and_lets_it_go_on():
    table = begun("full", prefix=journal_fault("full", "write:error=ENOSPC:when=2..3"))
    pages = [Page(table, "ana", "/live/play"), Page(table, "lead", "/live/lead")]
    for page in pages:
        page.until("data-wall")  # it is there, and shows what is
    status, _ = table.ask("ana", "/play/improvise", {"text": "while it was full", "request": "f"})
    assert status == 303
    for page in pages:
        page.until("!the server\u2019s disk is full: the exercise stands until there is room")
        page.shut()
    assert [e["text"] for e in table.events() if e["kind"] == "improvise"] == ["while it was full"]
    os.kill(int(subprocess.run(["pgrep", "-P", str(table.run.pid)], capture_output=True, text=True).stdout), signal.SIGTERM)
    said = table.run.stderr.read()
    assert said.count("the disk is full (No space left on device)") == 1 and said.count("there is room on the disk again") == 1, said


def a_sync_that_fails_is_final():
    table = begun("sync", prefix=journal_fault("sync", "fdatasync:error=EIO:when=2"))
    try:
        status = table.ask("ana", "/play/improvise", {"text": "not on disk", "request": "f"})[0]
    except GONE:
        status = 0
    assert status == 0, "it was answered, and is not on disk"
    said = table.run.stderr.read()
    assert table.run.wait() == 4 and "what was done cannot be written: Input/output error" in said, said
    trace = pathlib.Path(f"{top}/sync.trace").read_text()
    assert trace.count("fdatasync(") == 2 and trace.count("write(") == 2, "it was tried again"
    table.take_up()
    table.insist("ana", "/play/improvise", {"text": "not on disk", "request": "f"})
    assert [e["text"] for e in table.events() if e["kind"] == "improvise"] == ["not on disk"]
    table.stop()


def a_signal_of_the_network_that_fails_is_written_into_no_record():
    """The library reads eight bytes that it has sent to itself; where that fails it closes the line, and sends on to whatever has its number."""
    trace = f"{top}/signal.trace"
    assert not point("seen", prefix=("strace", "-qq", "-e", "trace=read", "-o", trace))
    reads = [row for row in pathlib.Path(trace).read_text().splitlines() if row.startswith("read(")]
    signals = [i + 1 for i, row in enumerate(reads) if '"\\1\\0\\0\\0\\0\\0\\0\\0", 8' in row]
    wrong = [point("signal", prefix=("strace", "-qq", "-o", "/dev/null", "-e", f"inject=read:error=EIO:when={i}")) for i in signals[3:7]]  # as it begins
    assert len(wrong) == 4 and not any(wrong), wrong


def words():
    tests = [a_signal_of_the_network_that_fails_is_written_into_no_record, a_story_that_fails_pauses_the_drill_and_says_so, a_full_disk_stops_the_drill_says_so_and_lets_it_go_on, a_sync_that_fails_is_final]
    failed = 0
    for test in tests:
        try:
            test()
        except (AssertionError, ValueError, *GONE) as wrong:
            failed += 1
            print(f"FAILED {test.__name__}: {type(wrong).__name__} {wrong} (line {wrong.__traceback__.tb_next.tb_lineno})")
    return len(tests), failed


with tempfile.TemporaryDirectory() as top:
    pathlib.Path(top, "plan.yaml").write_text(PLAN)
    pathlib.Path(top, "scenario.lua").write_text(SCENARIO)
    pathlib.Path(top, "fails.lua").write_text(SCENARIO + FAILS)
    began = time.monotonic()
    count, bad = {"kill": sweep, "errors": sweep, "short": short, "words": words}[mode]()
    print(f"{count - bad} passed, {bad} failed, {time.monotonic() - began:.0f} s")
    sys.exit(1 if bad or not count else 0)
