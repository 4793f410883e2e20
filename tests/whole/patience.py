"""patience.py: what tests share that run a program for a while. A test that waits for what never comes fails, and says where it waited; it does not hang. How long is no matter of what is tested: a
machine may be slow, and the limit is many times what a slow one takes."""
import random
import signal
import socket


def port():
    """One that is free, and none that the kernel gives to whoever asks for any: a program that is taken up finds it free again."""
    while True:
        number = random.randrange(20000, 32000)
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", number))
                return number
            except OSError:
                pass


def over(*_):
    raise TimeoutError("what this test waits for never came")


def within(seconds):
    """From now on; again every few seconds, as what cleans up may wait as well."""
    signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, 5)
    for wants_end in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP):  # whoever starts the tests may ignore them: what is started by the tests must not
        if signal.getsignal(wants_end) == signal.SIG_IGN:
            signal.signal(wants_end, signal.SIG_DFL)
