#!/usr/bin/env python3
"""keyboard.py MUSTER PLAN SCENARIO: a drill at a terminal. What is being typed stays whole when something is shown meanwhile, keys that correct
do, and the terminal is as it was when the program has ended, was stopped, or was closed."""
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

import patience

muster, plan, scenario = sys.argv[1:4]
failed = 0
patience.within(300)


def expect(what, holds):
    global failed
    if not holds:
        failed += 1
        print("FAILED", what)


class Screen:
    def __init__(self, folder, columns, *more, term="xterm", shell=None):
        self.folder = folder
        command = [muster, "run", plan, scenario, "-o", folder, "--play", "legal-counsel", *more]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM=term, NO_COLOR="1")
            os.execvp("bash" if shell else muster, ["bash", "-c", shell, *command] if shell else command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.seen = ""

    def until(self, word):
        """All that came up to a word, which is taken away."""
        while word not in self.seen:
            try:
                came = os.read(self.fd, 4096) if select.select([self.fd], [], [], 60)[0] else b""
            except OSError:
                came = b""
            if not came:
                raise AssertionError(f"{word!r} never came: {self.seen[-800:]}")
            self.seen += came.decode(errors="replace")
        before, _, self.seen = self.seen.partition(word)
        return before

    def type(self, text):
        os.write(self.fd, text.encode())

    def player(self):
        return int(pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()[0])

    def fills(self, pid):
        """Until no more is written, as nothing is read: it sleeps, and not for want of a processor."""
        before, now = -1, 0
        while before != now or pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "S":
            time.sleep(0.3)
            before, now = now, written(pid)

    def unread(self):
        """How it ends while nobody reads what it shows."""
        end = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        return end.si_status, self.modes()

    def modes(self):
        return termios.tcgetattr(self.fd)[3] & (termios.ICANON | termios.ECHO)

    def ended(self):
        try:
            while os.read(self.fd, 4096):
                pass
        except OSError:
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def events(folder):
    return [json.loads(line) for line in pathlib.Path(folder, "journal.jsonl").read_text().splitlines()]


def texts(folder):
    return [e["text"] for e in events(folder) if e["kind"] == "act" and e["verb"] == "improvise"]


def lies_still(pid):
    """Nothing wakes it: once it has lain down, and that takes as long as it takes."""
    for _ in range(10):
        before, _, after = sleeps(pid), time.sleep(1.2), sleeps(pid)
        if before == after:
            return True
    return False


def typed_while_something_comes(top):
    s = Screen(f"{top}/a", 70, "--speed", "300")
    s.until("Enter when you have it")
    s.type("\n")
    s.until("> ")
    s.type("i half of a line that is longer than the screen is wide, as the evening is long and ")
    s.until("evening is long and ")
    s.until("by phone")  # something comes in the middle of it
    around = s.until("evening is long and ")
    expect(f"what is typed is shown again behind what came: {around!r}", "> i half of a line" in around)
    s.type("the othxx\x7f\x7f\x1b[D\u00e9\x7fer\n:pause\n")
    s.until("PAUSED")
    s.type("i wrong\x15i one two \x17three\n")
    s.until("Written (#")
    s.type("i lost\x04\x15\x04")  # the end of input is one only where nothing was typed
    expect("the end of input leaves the drill", s.ended() == 130)
    expect(f"each line is whole: {texts(f'{top}/a')}", texts(f"{top}/a") == ["half of a line that is longer than the screen is wide, as the evening is long and the other", "one three"])


def written(pid):
    return int(re.search(r"^wchar: (\d+)", pathlib.Path(f"/proc/{pid}/io").read_text(), re.M)[1])


def sleeps(pid):
    return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M)[1])


def as_it_was(top):
    shows = "stty -a | grep -o '[- ]icanon\\|[- ]echo ' | tr '\\n' .; echo shown"
    s = Screen(f"{top}/b", 80, "--clock", "steps", shell=f'set -m; "$0" "$@"; {shows}; fg; code=$?; {shows}; exit $code')
    s.until("Enter when you have it")
    expect("keys come one by one", s.modes() == 0)
    s.type("\ni half")
    s.until("i half")
    s.type("\x1a")
    expect("stopped, the terminal is as it was", s.until("shown").endswith(" icanon. echo ."))
    s.until("> i half")
    expect("and goes on where it was", s.modes() == 0)
    player = s.player()
    expect("nothing wakes it while nothing happens", lies_still(player))
    worker = pathlib.Path(f"/proc/{player}/task/{player}/children").read_text().split()
    masks = [line for w in [*worker, str(player)] for line in pathlib.Path(f"/proc/{w}/status").read_text().splitlines() if line.startswith("SigBlk")]
    expect(f"the scenario's process holds no signal back: {masks}", len(worker) == 1 and int(masks[0].split()[1], 16) == 0)
    s.type(" a line\n")
    s.until("Written (#")
    s.type("\x03")
    expect("ended by a signal, the terminal is as it was", s.until("shown").endswith(" icanon. echo ."))
    expect("and the line is whole", s.ended() == 130 and texts(f"{top}/b") == ["half a line"])


def stands_under_where_it_began(top):
    s = Screen(f"{top}/d", 44, "--clock", "steps")
    s.until("keyboard;")
    s.type("\ni half of it\nh legal_counsel to marco\n")
    s.until("Written (#")
    s.until("Written (#")
    expect("what goes on stands behind the clock", "\r\n         Counsel." in s.until("> ").replace("\r\r", "\r"))
    s.type("q\n")
    s.ended()


def stands_while_it_is_stopped(top, busy=False, term="xterm"):
    folder = f"{top}/{'busy' if busy else 'waits'}-{term}"
    s = Screen(folder, 80, "--speed", "300", term=term, shell=f'set -m; "$0" "$@"; sleep {0.3 if busy else 1.2}; fg; exit $?')
    s.until("Enter when you have it")
    s.type("\ni am here\n")
    s.until("Written (#")
    s.until("> ")
    if busy:
        s.type("?\n" * 100)  # more than the terminal holds while nobody reads it: it is stopped in the midst of showing
        s.fills(s.player())
        os.kill(s.player(), signal.SIGTSTP)
    keys = term != "dumb"  # else the line is the terminal's, and a stop takes it away
    half = "i half" if keys else ""
    s.type(half)
    if not busy:
        if half:
            s.until(half)
        s.type("\x1a")
    s.until("The program was away for ")
    told = s.until(". The")
    s.until(f"> {half}")
    s.type(f"{'' if half else 'i half'} a line\nq\n")
    expect("a drill that was stopped is left", s.ended() == 130)
    found = events(folder)
    here = next(e for e in found if e["kind"] == "act" and e["text"] == "am here")
    away = [e for e in found if e["kind"] == "downtime"]
    expect(f"the record has how long it was stopped: {away}", sum(e["wall_away"] for e in away) > (200 if busy else 1000))
    expect(f"and so it is told: {told}", (told == "less than a second") == (away[0]["wall_away"] < 1000))
    passed, ran = away[-1]["t"] - here["t"], away[-1]["wall"] - here["wall"] - sum(e["wall_away"] for e in away)
    expect(f"and no time of the exercise passed meanwhile: {passed} ms in {ran}", passed <= (ran + 5) * 300)
    expect("what was typed is there", texts(folder)[-1] == "half a line")


def stands_while_it_is_stopped_at_work(top):
    stands_while_it_is_stopped(top, busy=True)


def stands_while_it_is_stopped_where_lines_are_the_terminals(top):
    stands_while_it_is_stopped(top, term="dumb")


def ends_though_nobody_reads(top):
    """The screen was held, or whoever reads it hangs: a signal ends it all the same."""
    for wants_end in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        s = Screen(f"{top}/unread-{wants_end}", 80, "--clock", "steps")
        s.until("Enter when you have it")
        s.type("\ni am here\n")
        s.until("Written (#")
        s.type("?\n" * 100)
        s.fills(s.pid)
        os.kill(s.pid, wants_end)
        expect(f"signal {wants_end} ends it, and the terminal is as it was", s.unread() == (128 + wants_end, termios.ICANON | termios.ECHO))
        s.ended()
        expect("what was said to be written is there", texts(s.folder) == ["am here"])


def gives_back_for_good(top):
    """Stopped once the terminal was given back, as the reports are made, it does not take it again."""
    fifo, shows = f"{top}/known.json", "stty -a | grep -o '[- ]icanon\\|[- ]echo ' | tr '\\n' .; echo shown"
    os.mkfifo(fifo)
    s = Screen(f"{top}/back", 80, "--clock", "steps", "--baseline", fifo, shell=f'set -m; "$0" "$@"; {shows}; fg; exit 0')
    s.until("Enter when you have it")
    s.type("\n:end\n")
    s.until("q closes the record")
    s.type("q\n")
    while s.modes() == 0:
        time.sleep(0.02)
    s.type("\x1a")
    expect("stopped, the terminal is as it was", s.until("shown").endswith(" icanon. echo ."))
    with open(fifo, "w", encoding="utf-8") as known:  # waits until it is read, and so until the program has gone on
        expect("gone on, it still is", s.modes() == termios.ICANON | termios.ECHO)
        known.write("{}")
    expect("the shell ends", s.ended() == 0)


def nothing_can_be_shown_again(top):
    s = Screen(f"{top}/c", 80, "--clock", "steps", term="dumb")
    s.until("Enter when you have it")
    expect("a screen that can show nothing again is left as it is", s.modes() == termios.ICANON | termios.ECHO)
    s.type("\nq\n")
    expect("and is played at all the same", s.ended() == 130)


with tempfile.TemporaryDirectory() as folder:
    for test in (typed_while_something_comes, as_it_was, stands_under_where_it_began, stands_while_it_is_stopped, stands_while_it_is_stopped_at_work, stands_while_it_is_stopped_where_lines_are_the_terminals,
                 ends_though_nobody_reads, gives_back_for_good, nothing_can_be_shown_again):
        test(folder)
print(f"{failed} failed")
sys.exit(1 if failed else 0)
