#!/usr/bin/env python3
"""run-hostile-http.py DIR MUSTER PLAN SCENARIO: sends each hostile request of DIR to a drill that is served, each on a connection of its
own, and judges the answer by MANIFEST.tsv: a status of the list, or the connection closed without one where 400 is allowed. After each the
server must still answer a page. Cookies that say VALID are given the facilitator's session. "N passed, N failed" closes the run."""
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "whole"))
import patience  # noqa: E402

patience.within(600)
DIR, muster, plan, scenario = sys.argv[1:5]
MOST = 64  # MU_STRANGERS_MOST


def served(top):
    run = subprocess.Popen([muster, "serve", plan, scenario, "-o", f"{top}/drill", "--port", "0"], stdout=subprocess.PIPE, text=True)
    lines = [run.stdout.readline() for _ in range(4)]
    link = lines[2].strip()
    return run, int(link.split("/")[2].split(":")[1]), link.split("#")[1]


def talk(port, data, seconds=60.0):
    """What comes back until the server closes, or until it has said all and waits."""
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.settimeout(seconds)
        answer = b""
        try:
            s.sendall(data)
            while block := s.recv(65536):
                answer += block
                if whole(answer):
                    break
        except (ConnectionError, socket.timeout):
            pass
        return answer


def whole(answer):
    head, end, body = answer.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return bool(end) and len(body) >= int(line.split(b":")[1])
    return False


def status_of(answer):
    return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def enter(port, token):
    body = f"token={token}&request=corpus".encode()
    answer = talk(port, b"POST /join HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        b"Content-Length: %d\r\n\r\n%s" % (port, port, len(body), body))
    return answer.split(b"muster=")[1].split(b";")[0]


def judge(name, answer, allowed, port, cookie):
    status = status_of(answer)
    if status not in allowed and not (status == 0 and not answer and 400 in allowed and name in ("037-tls-hello", "038-binary")):
        return f"status {status}, allowed {sorted(allowed)}"
    head = answer.partition(b"\r\n\r\n")[0]
    if head.lower().count(b"set-cookie: session=evil"):
        return "a header carries what was sent"
    if status_of(talk(port, b"GET /lead HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: muster=%s\r\n\r\n" % (port, cookie))) != 200:
        return "the facilitator has no page any more"
    return None


def crowd(port):
    """Beyond what one address may have of clients that are nobody's, those that came first are ended though nobody comes for their place, and long before
    their time is over, at which they would be told so."""
    slow = []
    for _ in range(MOST + 16):
        slow.append(socket.create_connection(("127.0.0.1", port)))
        slow[-1].sendall(b"GET /play HTTP/1.1\r\nHost: x")
    ended = [s.recv(100) for s in slow[:16]]
    return None if ended == [b""] * 16 else f"they were told {ended}"


passed, failed = 0, 0
with tempfile.TemporaryDirectory() as top:
    run, port, token = served(top)
    try:
        cookie = enter(port, token)
        for row in (pathlib.Path(DIR) / "MANIFEST.tsv").read_text().splitlines()[1:]:
            file, allowed, _ = row.split("\t")
            data = (pathlib.Path(DIR) / file).read_bytes().replace(b"127.0.0.1:8080", b"127.0.0.1:%d" % port).replace(b"session=VALID", b"muster=" + cookie)
            began = time.monotonic()
            why = judge(file[:-4], talk(port, data), {int(a) for a in allowed.split()}, port, cookie)
            took = time.monotonic() - began
            passed, failed = passed + (why is None), failed + (why is not None)
            print(f"{'ok  ' if why is None else 'FAIL'} {file:32} {took:5.2f} s {why or ''}")
        why = crowd(port)
        passed, failed = passed + (why is None), failed + (why is not None)
        print(f"{'ok  ' if why is None else 'FAIL'} many that never finish {why or ''}")
    finally:
        run.terminate()
        run.wait()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
