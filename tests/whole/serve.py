#!/usr/bin/env python3
"""serve.py MUSTER PLAN SCENARIO: the command that serves: where it listens, what it refuses, and how it is taken up again."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse

import patience

patience.within(600)
muster, plan, scenario = sys.argv[1:4]


running = []  # ended with their test, whatever became of it


class Served:
    """A drill that is served; `more` are options."""

    def __init__(self, folder, *more):
        self.run = subprocess.Popen([muster, "serve", plan, scenario, "-o", folder, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines = []
        running.append(self.run)
        while not self.lines or not self.lines[-1].startswith("Ctrl-C"):
            line = self.run.stdout.readline()
            assert line, self.run.stderr.read()
            self.lines.append(line)
        self.link = next(line.strip() for line in self.lines if "/join#" in line)
        self.home, self.token = self.link.split("/join#")
        self.host = urllib.parse.urlparse(self.home).netloc
        self.cookie = ""

    def ask(self, method, path, form=None, **headers):
        open_to = http.client.HTTPSConnection if self.home.startswith("https") else http.client.HTTPConnection
        extra = {"context": ssl._create_unverified_context()} if self.home.startswith("https") else {}  # the certificate is of its own making
        link = open_to(self.host, timeout=120, **extra)
        body = None if form is None else urllib.parse.urlencode(form)
        heads = {"Cookie": self.cookie, **({"Origin": self.home, "Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}), **headers}
        link.request(method, path, body, heads)
        answer = link.getresponse()
        self.text = answer.read().decode()
        cookie = answer.getheader("Set-Cookie")
        self.cookie = cookie.split(";")[0] if cookie else self.cookie
        self.set = cookie or ""
        link.close()
        return answer.status

    def enter(self):
        assert self.ask("POST", "/join", {"token": self.token, "request": "r"}) == 303, self.text
        return self

    def end(self, how=signal.SIGTERM):
        self.run.send_signal(how)
        return self.run.wait(), self.run.stderr.read()


def port_of(served):
    """Where it listens, whatever it is called."""
    inodes = {os.readlink(f"/proc/{served.run.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{served.run.pid}/fd")}
    rows = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return next(str(int(row[1].split(":")[1], 16)) for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in inodes)


def wait_for(condition):
    while not condition():
        time.sleep(0.02)


def refused(*options):
    run = subprocess.run([muster, "serve", plan, scenario, *options], capture_output=True, text=True)
    return run.returncode, run.stderr


def it_goes_beyond_this_machine_with_tls_alone(top):
    status, said = refused("-o", f"{top}/x", "--listen", "0.0.0.0")
    assert status == 5 and "--insecure does without" in said and not pathlib.Path(top, "x").exists(), said
    served = Served(f"{top}/tls", "--port", "0", "--listen", "0.0.0.0", "--self-signed").enter()
    assert "Secure" in served.set and served.set.startswith("__Host-muster=") and "SameSite=Strict" in served.set and "HttpOnly" in served.set
    assert served.ask("GET", "/lead") == 200 and "Not begun" in served.text
    assert any(line.count(":") == 31 for line in served.lines), "its fingerprint"
    assert served.end()[0] == 143
    served = Served(f"{top}/plain", "--port", "0", "--listen", "0.0.0.0", "--insecure")
    assert "WITHOUT TLS" in served.lines[0]
    served.end()


def answers(address, port):
    try:
        socket.create_connection((address, port), timeout=5).close()
        return True
    except (ConnectionRefusedError, OSError):
        return False


def has_six():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        return True
    except OSError:
        return False


def it_listens_where_it_says_and_nowhere_else(top):
    served = Served(f"{top}/own", "--port", "0")
    port = int(served.host.split(":")[1])
    assert served.lines[0].endswith(", on this machine alone\n") and answers("127.0.0.1", port)
    assert not answers("127.0.0.2", port) and not answers("::1", port), "it is heard at addresses that it does not name"
    served.end()
    served = Served(f"{top}/second", "--port", "0", "--listen", "127.0.0.2")
    assert served.lines[0].endswith(", on this machine alone\n") and answers("127.0.0.2", int(served.host.split(":")[1])) and not answers("127.0.0.1", int(served.host.split(":")[1]))
    served.end()
    if has_six():
        served = Served(f"{top}/six", "--port", "0", "--listen", "::1")
        assert served.home.startswith("http://[::1]:") and served.enter().ask("GET", "/lead") == 200 and not answers("127.0.0.1", int(served.host.rsplit(":", 1)[1]))
        served.end()
    for address, word in (("192.0.2.77", "the address is not of this machine"), ("somewhere", "that is no address")):
        status, said = refused("-o", f"{top}/{address}", "--listen", address, "--insecure", "--port", "0")
        assert status == 4 and word in said, said


def links_lead_to_where_others_can_come(top):
    served = Served(f"{top}/all", "--port", "0", "--listen", "0.0.0.0", "--insecure")
    port = served.host.split(":")[1]
    addresses = [a for a in subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split() if ":" not in a]
    assert not addresses or served.host.split(":")[0] in addresses, (served.host, addresses)
    served.enter()
    for asked in (f"localhost:{port}", f"127.0.0.1:{port}"):  # whoever leads sits at the machine; the phones of the others do not
        assert served.ask("POST", "/lead/invite", {"part": "observer", "name": "Rui"}, Host=asked, Origin=f"http://{asked}") == 200
        assert f"{served.home}/join#" in served.text, served.text
    served.end()
    served = Served(f"{top}/behind", "--port", "0", "--origin", "https://drills.example.org")  # a server before it does TLS
    assert served.home == "https://drills.example.org", served.home
    served.home, served.host = "http://127.0.0.1:" + port_of(served), "127.0.0.1:" + port_of(served)
    heads = {"Host": "drills.example.org", "Origin": "https://drills.example.org"}
    assert served.ask("POST", "/join", {"token": served.token, "request": "r"}, **heads) == 303 and served.set.startswith("__Host-muster=") and "Secure" in served.set
    assert served.ask("POST", "/lead/invite", {"table": "yes"}, **heads) == 200 and "https://drills.example.org/join" in served.text
    assert served.ask("POST", "/lead/invite", {"table": "yes"}, Host="drills.example.org", Origin="https://evil.example") == 403
    served.end()
    for wrong in ("http://x.example", "https://x.example/path", "https://"):
        assert refused("-o", f"{top}/z", "--origin", wrong)[0] == 2, wrong


def the_link_of_whoever_leads_is_in_no_log(top):
    command = [muster, "serve", plan, scenario, "--port", "0", "-o"]
    with open(f"{top}/log", "w+", encoding="utf-8") as log:  # as systemd starts it: its log is named by device and inode
        is_at = os.fstat(log.fileno())
        run = subprocess.Popen([*command, f"{top}/x"], stdout=log, stderr=log, env={**os.environ, "JOURNAL_STREAM": f"{is_at.st_dev}:{is_at.st_ino}"})
        running.append(run)
        wait_for(lambda: "Ctrl-C" in pathlib.Path(log.name).read_text())
        link = pathlib.Path(top, "x/link")
        said = pathlib.Path(log.name).read_text()
        assert f"the link that stands in {link}, which only its owner can read" in said and "/join#" not in said, said
        assert link.stat().st_mode & 0o777 == 0o600 and re.fullmatch(r"http://127\.0\.0\.1:\d+/join#\w{26}\n", link.read_text()), link.read_text()
    asked = subprocess.Popen([*command, f"{top}/y", "--link", f"{top}/mine"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    running.append(asked)
    lines = [asked.stdout.readline() for _ in range(3)]
    assert lines[2].startswith("Ctrl-C") and f"{top}/mine" in lines[1] and "/join#" in pathlib.Path(top, "mine").read_text(), lines
    status, said = refused("-o", f"{top}/z", "--port", "0", "--link", f"{top}/nowhere/link")
    assert status == 4 and "the facilitator's link cannot be written to" in said, said


def only_its_own_names_are_asked_for(top):
    served = Served(f"{top}/x", "--port", "0").enter()
    port = served.host.split(":")[1]
    assert served.ask("GET", "/lead", None, Host=f"evil.example:{port}") == 421
    assert served.ask("GET", "/lead", None, Host=f"localhost:{port}") == 200
    for head in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert served.ask("POST", "/lead/start", {"anyway": "yes"}, **head) == 403, head
    assert served.ask("POST", "/lead/start", {"anyway": "yes"}, **{"Content-Type": "text/plain"}) == 415
    assert served.ask("GET", "/lead") == 200 and "Not begun" in served.text
    served.end()


def wrong_codes_are_taken_five_times_a_minute(top):
    served = Served(f"{top}/x", "--port", "0")
    answers = [served.ask("POST", "/join", {"token": f"WRONG{i}", "request": "r"}) for i in range(6)]
    assert answers == [403] * 5 + [429], answers
    served.end()


def a_seat_writes_twenty_times_in_ten_seconds(top):
    served, answers = Served(f"{top}/x", "--port", "0").enter(), []
    for _ in range(400):
        began = time.monotonic()
        answers.append((began, served.ask("POST", "/lead/invite", {"table": "yes"}), time.monotonic()))
        if answers[-1][1] != 200:
            break
    assert {status for _, status, _ in answers[:-1]} == {200} and answers[-1][1] == 429, answers
    at, before = answers[-1], answers[-21:-1]  # where it is refused twenty were taken, and may have been within ten seconds
    assert len(before) == 20 and at[2] > before[0][0] and at[0] - before[0][2] < 10, (at, before)
    earlier = [(a, b) for a, b in zip(answers, answers[20:-1])]  # and whoever was taken was not the twenty-first of ten seconds
    assert not [1 for a, b in earlier if b[2] - a[0] < 10], answers
    served.end()


def a_lobby_and_a_drill_are_taken_up_where_they_were(top):
    number = patience.port()
    served = Served(f"{top}/x", "--port", str(number)).enter()
    assert served.ask("POST", "/lead/invite", {"table": "yes"}) == 200
    assert refused("-o", f"{top}/x", "--port", "0", "--resume")[0] in (4, 5)  # while the first is at work
    served.end(signal.SIGKILL)
    again = Served(f"{top}/x", "--port", str(number), "--resume")
    again.cookie = served.cookie
    assert again.ask("GET", "/lead") == 200 and "Not begun" in again.text
    assert again.ask("POST", "/lead/start", {"anyway": "yes"}) == 303
    assert again.ask("POST", "/lead/do", {"verb": "pause", "request": "p"}) == 303
    status, said = again.end()
    assert status == 143 and "--resume" in said
    third = Served(f"{top}/x", "--port", "0", "--resume")
    third.cookie = served.cookie
    assert third.ask("GET", "/lead") == 200 and "Paused" in third.text
    for _ in range(3):  # a retry is the same act
        assert third.ask("POST", "/lead/do", {"verb": "end", "request": "e"}) == 303
    assert third.ask("GET", "/report") == 200 and third.ask("POST", "/lead/close", {"request": "c"}) == 200
    assert third.run.wait() in (0, 1)
    assert subprocess.run([muster, "replay", f"{top}/x/journal.jsonl"], capture_output=True).returncode == 0
    assert subprocess.run([muster, "verify", f"{top}/x/journal.jsonl"], capture_output=True).returncode == 0
    kept = "".join(p.read_text() for p in pathlib.Path(top, "x").rglob("*") if p.is_file())
    assert served.token not in kept and served.cookie.split("=")[1] not in kept, "a secret is on disk"


def a_certificate_that_is_given_is_served_with(top):
    Served(f"{top}/own", "--port", "0", "--self-signed").end()
    given = ["--certificate", f"{top}/own/certificate.pem", "--key", f"{top}/own/key.pem"]
    Served(f"{top}/other", "--port", "0", "--self-signed").end()
    served = Served(f"{top}/x", "--port", "0", "--listen", "0.0.0.0", *given)
    assert ssl.get_server_certificate(("127.0.0.1", int(served.host.split(":")[1]))).split() == pathlib.Path(given[1]).read_text().split()
    assert "Secure" in served.enter().set and served.ask("GET", "/lead") == 200
    served.end()
    pathlib.Path(top, "text").write_text("no such thing")
    for wrong, word in (({1: f"{top}/text"}, "there is no certificate in it"), ({3: f"{top}/text"}, "there is no private key in it"),
                        ({3: f"{top}/other/key.pem"}, "the key is not that of the certificate"), ({1: f"{top}/nowhere"}, "No such file")):
        status, said = refused("-o", f"{top}/y", *[wrong.get(i, text) for i, text in enumerate(given)])
        assert status == 4 and word in said and next(iter(wrong.values())) in said and not pathlib.Path(top, "y").exists(), said


def whoever_closes_the_terminal_may_want_it_to_go_on(top):
    """As nohup starts it; without that it ends."""
    was = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    served = Served(f"{top}/x", "--port", "0").enter()
    signal.signal(signal.SIGHUP, was)
    served.run.send_signal(signal.SIGHUP)
    assert [served.ask("GET", "/lead") for _ in range(3)] == [200] * 3
    assert served.end()[0] == 143
    assert Served(f"{top}/y", "--port", "0").end(signal.SIGHUP)[0] == 129


def links_end_with_the_exercise(top):
    served = Served(f"{top}/x", "--port", "0").enter()
    lead = served.cookie
    links = re.findall(r"/join#(\w+)", served.text) if served.ask("POST", "/lead/invite", {"all": "yes"}) == 200 else []
    assert len(links) > 4 and served.ask("POST", "/lead/invite", {"table": "yes"}) == 200
    code = re.search(r'class="code">(\w+)<', served.text)[1]
    assert served.ask("POST", "/join", {"token": links[0], "request": "1"}) == 303 and served.ask("GET", "/play") == 200
    assert served.text.count("by itself") == 1 and "does not change by itself" in served.text  # nothing else is said of a page that only a script keeps alive
    player = served.cookie
    assert served.ask("POST", "/join", {"token": links[2], "request": "4"}) == 303  # and the page that they are sent to is never asked for
    served.cookie = player
    assert served.ask("POST", "/play/ready", {"request": "5"}) == 303
    served.cookie = lead
    assert served.ask("GET", "/lead") == 200 and "the test was answered; reads without script" in served.text
    assert served.ask("POST", "/lead/start", {}) == 200 and served.text.count("came in and") == 1, served.text  # whoever has answered by forms alone is reached
    assert served.ask("POST", "/lead/start", {"anyway": "yes"}) == 303 and served.ask("GET", "/lead") == 200
    assert "reads without script" in served.text and "came in, no page open yet" in served.text and "lost: no page" not in served.text  # whoever came by forms alone is not lost
    served.cookie = player
    assert served.ask("GET", "/play") == 200 and served.text.count("by itself") == 1 and "reached you" in served.text, served.text
    served.cookie = lead
    assert served.ask("POST", "/lead/do", {"verb": "end", "request": "e"}) == 303
    served.cookie = ""
    assert served.ask("POST", "/join", {"token": links[1], "request": "2"}) == 403 and "ended with the exercise" in served.text
    assert served.ask("POST", "/join", {"token": code, "name": "Aoife Walsh", "request": "3"}) == 403
    served.cookie = player  # whoever is in stays, for the hot wash
    assert served.ask("GET", "/wash") == 200
    served.end(signal.SIGKILL)
    again = Served(f"{top}/x", "--port", "0", "--resume")
    assert again.ask("POST", "/join", {"token": links[2], "request": "4"}) == 403
    assert again.enter().ask("GET", "/lead") == 200  # a link that was made after the end
    again.ask("POST", "/lead/close", {"request": "c"})
    assert again.run.wait() in (0, 1)
    said = again.run.stderr.read() + "".join(p.read_text() for p in pathlib.Path(top, "x").rglob("*") if p.is_file())
    assert not [secret for secret in (*links, code, player.split("=")[1], lead.split("=")[1]) if secret in said], "a secret is in a file or was said"


def a_line_of_people_has_no_limit_of_its_own(top):
    people = "".join(f"  p{i}: {{name: Person {i}, hours: {'24x7' if i == 199 else 'mon-fri 09:00-17:00'}, reach: [{{via: phone, address: '{i}'}}]}}\n" for i in range(200))
    holders = ", ".join(f"p{i}" for i in range(200))
    pathlib.Path(top, "plan.yaml").write_text(f"""muster: 1
organisation: {{name: Many, timezone: Europe/Dublin}}
plan: {{title: Plan}}
people:
{people}roles:
  incident_commander: {{holders: [{holders}]}}
channels:
  phone: {{kind: telephone}}
severities:
  sev1: {{rank: 1}}
escalations:
  major:
    steps:
      - {{to: "role:incident_commander", via: [phone], within: 5m}}
""")
    pathlib.Path(top, "scenario.lua").write_text("exercise { title = 'Many', kind = 'x', starts = '2026-07-12 10:00', lasts = '1h', severity = 'sev1' }\n"  # a Sunday
                                                 "inject 'all' { at = '1m', from = 'x', to = 'team:all', via = 'phone', says = 'y' }\n"
                                                 "inject 'one' { at = '2m', from = 'x', to = 'incident_commander', via = 'phone', says = 'y' }\n")
    run = subprocess.run([muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "-o", f"{top}/x", "--fail-on", "never"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    events = [json.loads(line) for line in pathlib.Path(top, "x/journal.jsonl").read_text().splitlines()]
    told = {about: [e["person"] for e in events if e["kind"] == "notify.delivered" and e["about"] == f"card:{about}"] for about in ("all", "one")}
    assert len(set(told["all"])) == len(told["all"]) == 200 and told["one"] == ["person:p199"], (run.stderr, len(told["all"]), told["one"])


def all_who_knock_at_once_are_let_in(top):
    served = Served(f"{top}/x", "--port", "0")
    where = ("127.0.0.1", int(served.host.split(":")[1]))
    served.run.send_signal(signal.SIGSTOP)
    links = [socket.create_connection(where, 120) for _ in range(150)]  # more than are let in before the others are looked at
    for link in links:
        link.sendall(f"GET / HTTP/1.1\r\nHost: {served.host}\r\n\r\n".encode())
    served.run.send_signal(signal.SIGCONT)
    heard = [link.recv(12) for link in links]
    assert heard == [b"HTTP/1.1 200"] * len(links), heard
    assert served.enter().ask("GET", "/lead") == 200
    for link in links:
        link.close()


def what_cannot_be_is_said(top):
    served = Served(f"{top}/x", "--port", "0")
    status, said = refused("-o", f"{top}/y", "--port", served.host.split(":")[1])
    assert status == 4 and "the port is taken" in said, said
    assert Served(f"{top}/y", "--port", "0").end()[0] == 143  # nothing is in the way of another try
    status, said = refused("-o", f"{top}/x", "--port", "0")
    assert status != 0 and ("another muster is at work" in said or "a drill is there already" in said), said
    served.end()
    assert refused("-o", f"{top}/x", "--port", "0")[1].count("a drill is there already; take it up with --resume") == 1
    assert refused("-o", f"{top}/z", "--port", "70000")[0] == 2
    assert refused("-o", f"{top}/z", "--certificate", "x.pem")[0] == 2
    anew = Served(f"{top}/new", "--port", "0", "--resume")  # a service asks so from its first start
    assert "it begins anew" in anew.end()[1]


tests = [f for f in list(globals().values()) if callable(f) and getattr(f, "__module__", "") == "__main__" and not isinstance(f, type) and f not in (refused, answers, has_six, port_of, wait_for)]
failed = 0
for test in tests:
    with tempfile.TemporaryDirectory() as folder:
        try:
            test(folder)
        except Exception as wrong:  # pylint: disable=broad-except
            failed += 1
            print(f"FAILED {test.__name__}: {type(wrong).__name__} {wrong} (line {wrong.__traceback__.tb_next.tb_lineno})")
        finally:
            for run in running:
                run.kill()
                run.wait()
            running.clear()
print(f"{len(tests) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
