#!/usr/bin/env python3
"""Whichever signal ends the program, and wherever it is: the terminal is as it
was before, and an export is whole or has not got its name.  The moment is a place in what
the program sends, drawn at random (ACMTUI_SEED=N draws others), while it loads,
shows, filters and writes; once for each signal, and in `make check-long` a
hundred times.  A terminal that has stopped reading keeps it not alive."""
import fcntl
import os
import random
import re
import select
import signal
import struct
import sys
import tempfile
import termios

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "threats"))
import support          # pylint: disable=wrong-import-position

TIMES = 100 if os.environ.get("ACMTUI_LONG") else 1
SEED = int(os.environ.get("ACMTUI_SEED", "1"))
EVENTS = 3000
REDRAW = b"\x0c"                # Ctrl-L: more than a line has room for
FULL = 4000                     # bytes; it has that, and a little more
SIGNALS = ("HUP INT QUIT ILL TRAP ABRT BUS FPE USR1 SEGV USR2 ALRM TERM XCPU "
           "XFSZ VTALRM PROF SYS").split()
KEYS = ("\r", "9", "q", ":w a.csv\r", "fwho=alice\r", ":w b.csv\r", "jjj", "\r",
        "q", ":w c.ndjson\r")
# Private modes of a terminal, and what they are when nobody asked.
SET = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
USUAL = {b"25": b"h", b"7": b"h"}


class Reached(Exception):
    """The moment has come."""


def usual_settings():
    """Those of a terminal line that nobody has had.  The line of a session is no
    place to look for them: the program may have set it before we come to it."""
    ends = os.openpty()
    settings = termios.tcgetattr(ends[0])
    for end in ends:
        os.close(end)
    return settings


class Session(support.Terminal):
    """All keys, up to the moment when so many bytes were sent."""

    def __init__(self, folder, trail, moment):
        self.moment = moment
        try:
            super().__init__(folder, trail)
            for keys in KEYS:
                self.keys(keys)
            os.write(self.line, b"Q")
            while self.read():
                pass
        except Reached:
            pass

    def read(self):
        if len(self.stream) >= self.moment:
            raise Reached
        return super().read()

    def end(self):
        """Status, and the settings of the line."""
        self.moment = sys.maxsize
        while self.read():
            pass
        after = termios.tcgetattr(self.line)
        os.close(self.line)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), after


class Stopped(support.Terminal):
    """Has more to send than anybody reads."""

    def __init__(self, folder, trail):
        super().__init__(folder, trail, rows=200, columns=300)
        os.write(self.line, REDRAW * 20)
        while not self.waits():
            os.sched_yield()

    def waits(self):
        """The line is full, and it sleeps though there are keys to read."""
        told = fcntl.ioctl(self.line, termios.FIONREAD, bytes(4))
        with open("/proc/%d/stat" % self.pid, encoding="ascii") as f:
            state = f.read().rpartition(")")[2].split()[0]
        return struct.unpack("i", told)[0] >= FULL and state == "S"

    def outlives(self, number):
        """Whether it waits for the terminal rather than end."""
        os.kill(self.pid, number)
        over = select.select([os.pidfd_open(self.pid)], [], [], 10)[0]
        if not over:
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.line)
        return not over


def wrong_modes(stream):
    modes = {}
    for found in SET.finditer(stream):
        for mode in found[1].split(b";"):
            modes[mode] = found[2]
    return [mode.decode() for mode, state in modes.items()
            if state != USUAL.get(mode, b"l")]


def check(folder, name, trail, moment):
    """None, or what is wrong."""
    session = Session(folder, trail, moment)
    number = getattr(signal, "SIG" + name)
    os.kill(session.pid, number)
    status, after = session.end()
    # A sanitizer has the last word on what it takes for a fault.
    if status not in (-number, 0, 99 if support.INSTRUMENTED else 0):
        return "ended with %d" % status
    if after != usual_settings():
        return "the line is not as it was"
    if wrong_modes(session.stream):
        return "left on: %s" % wrong_modes(session.stream)
    for left in os.listdir(folder):
        path = os.path.join(folder, left)
        with open(path, "rb") as f:
            lines = f.read().count(b"\n")
        os.unlink(path)
        want = EVENTS if left.endswith("json") else EVENTS + 1
        if not left.endswith(".part") and lines != want:
            return "%s has %d lines" % (left, lines)
    return None


def length_of(folder, trail):
    """How much is sent in all."""
    session = Session(folder, trail, sys.maxsize)
    status, _ = session.end()
    left = sorted(os.listdir(folder))
    for name in left:
        os.unlink(os.path.join(folder, name))
    assert status == 0 and left == ["a.csv", "b.csv", "c.ndjson"], (
        status, left, session.stream[-300:])
    return len(session.stream)


def main():
    chance, faults, kills = random.Random(SEED), [], 0
    with tempfile.TemporaryDirectory() as home, \
            tempfile.TemporaryDirectory() as folder:
        trail = support.save(home, [support.record(i) for i in range(EVENTS)])
        length = length_of(folder, trail)
        for name in SIGNALS:
            kills += 1
            if Stopped(folder, trail).outlives(getattr(signal, "SIG" + name)):
                faults.append(name)
                print("SIG%s: it waits for a terminal that has stopped" % name)
            for _ in range(TIMES):
                moment = chance.randrange(1, length)
                kills += 1
                try:
                    wrong = check(folder, name, trail, moment)
                except AssertionError as why:
                    wrong = str(why)
                if wrong:
                    faults.append(name)
                    print("SIG%s after %d of %d bytes: %s" % (
                        name, moment, length, wrong))
    print("%d signals, %d kills, seed %d" % (len(SIGNALS), kills, SEED))
    print("%d passed, %d failed, 0 skipped" % (kills - len(faults),
                                               len(faults)))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
