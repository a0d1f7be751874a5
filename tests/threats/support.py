"""What the tests of the threats share: trails, the program without a screen and
on a terminal, and the grid that a terminal would show.

Each test is a function `tNN_what_holds(folder)`; FOLDER is empty and its own."""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
PROGRAM = os.path.join(BUILD, "acmtui")
DRIVE = os.path.join(BUILD, "tests", "screens", "drive")
INSTRUMENTED = bool(os.environ.get("ACMTUI_INSTRUMENTED"))
# Sanitizers keep shadows of all memory and slow all down.
SLOWER = 20 if INSTRUMENTED else 1
SAMPLE = os.path.join(SOURCE, "data", "sample")
ARN = ("arn:aws:acm:us-east-1:111122223333:certificate/"
       "12345678-1234-4234-8234-123456789012")


class Skip(Exception):
    """The test cannot run here; why."""


def record(number=1, **members):
    base = {"eventVersion": "1.08", "eventID": "id-%d" % number,
            "eventTime": "2026-01-02T03:%02d:%02dZ" % (number // 60 % 60,
                                                       number % 60),
            "eventSource": "acm.amazonaws.com", "eventName": "GetCertificate",
            "awsRegion": "us-east-1", "sourceIPAddress": "192.0.2.1",
            "recipientAccountId": "111122223333",
            "userIdentity": {"type": "IAMUser", "userName": "alice"}}
    return dict(base, **members)


def save(folder, data, name="trail.json"):
    """DATA: bytes, text, a record or a list of them."""
    if isinstance(data, list):
        data = {"Records": data}
    if isinstance(data, dict):
        data = json.dumps(data)
    if isinstance(data, str):
        data = data.encode()
    path = os.path.join(folder if isinstance(folder, bytes)
                        or isinstance(name, str) else os.fsencode(folder),
                        name)
    with open(path, "wb") as f:
        f.write(data)
    return path


class Done:
    """What a run left behind: exit status, both outputs, the most memory (MB)
    and the processor's time and the clock's (s)."""
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err
        self.memory = self.cpu = self.wall = 0.0

    @property
    def text(self):
        return self.out.decode()

    @property
    def said(self):
        return self.err.decode()

    def summary(self):
        return json.loads(self.out)


def environment(folder, **more):
    return dict({"PATH": os.environ.get("PATH", "/usr/bin:/bin"),
                 "HOME": str(folder), "LC_ALL": "C.UTF-8",
                 "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}, **more)


def peak(pid):
    try:
        with open("/proc/%d/status" % pid, encoding="ascii") as f:
            found = re.search(r"VmHWM:\s+(\d+) kB", f.read())
    except OSError:
        found = None
    return int(found[1]) / 1024 if found else 0.0


def spent(pid):
    """The processor's time of a process, s."""
    with open("/proc/%d/stat" % pid, encoding="ascii") as f:
        told = f.read().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def run(folder, *arguments, stdin=b"", env=None, before=None):
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
    start = time.monotonic()
    child = subprocess.Popen([PROGRAM, *arguments], cwd=folder, stdout=out,
                             stderr=err, stdin=subprocess.PIPE,
                             env=env or environment(folder),
                             preexec_fn=before)
    try:
        child.stdin.write(stdin)
        child.stdin.close()
    except BrokenPipeError:
        pass
    memory, ending = 0.0, os.pidfd_open(child.pid)
    # Not ru_maxrss, in which the memory of this process counts.
    while True:
        memory = peak(child.pid) or memory
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        select.select([ending], [], [], 0.001)
    os.close(ending)
    child.returncode = os.waitstatus_to_exitcode(status)
    out.seek(0)
    err.seek(0)
    done = Done(child.returncode, out.read(), err.read())
    done.memory, done.cpu = memory, usage.ru_utime
    done.wall = time.monotonic() - start
    out.close()
    err.close()
    assert done.status in (0, 1, 2), (arguments, done.status, done.err[-2000:])
    return done


def count(folder, *arguments):
    return int(run(folder, "-o", "count", *arguments).text)


def summary(folder, *arguments):
    return run(folder, "-o", "summary", *arguments).summary()


class Terminal:
    """The program on a terminal line of its own; all that it sends."""
    PATIENCE = 30               # s; only what hangs takes so long
    MARK = re.compile(rb"\x1b\]7770;(\d+);(\d+);(\d+);(\d+);(\w+)\x07")

    def __init__(self, folder, *arguments, rows=24, columns=80,
                 program=PROGRAM, **env):
        self.stream, self.typed, self.seen = b"", 0, 0
        self.rows, self.columns = rows, columns
        env = environment(folder, TERM="xterm-256color", ACMTUI_TEST_MARK="1",
                          **env)
        self.pid, self.line = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ,
                        struct.pack("HHHH", rows, columns, 0, 0))
            # Some are ignored by Python, or by whoever runs the tests.
            for number in range(1, signal.SIGSYS + 1):
                if number not in (signal.SIGKILL, signal.SIGSTOP):
                    signal.signal(number, signal.SIG_DFL)
            os.chdir(folder)
            os.execve(program, [program, *arguments], env)
        self.settle()

    def read(self):
        """False at the end."""
        if not select.select([self.line], [], [], self.PATIENCE)[0]:
            os.kill(self.pid, signal.SIGTERM)
            raise AssertionError("nothing comes: %r" % self.stream[-300:])
        try:
            piece = os.read(self.line, 65536)
        except OSError:
            piece = b""
        self.stream += piece
        return piece != b""

    def settle(self):
        while True:
            mark = None
            for mark in self.MARK.finditer(self.stream, self.seen):
                pass
            if mark and int(mark[1]) >= self.typed and mark[5] == b"idle":
                self.seen = mark.start()
                return
            if not self.read():
                raise AssertionError("it ended: %r" % self.stream[-500:])

    def keys(self, text):
        data = text.encode() if isinstance(text, str) else text
        self.typed += len(data)
        os.write(self.line, data)
        self.settle()

    def end(self, text="Q"):
        os.write(self.line, text.encode())
        while self.read():
            pass
        os.close(self.line)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def sent(self):
        """All but the marks."""
        return self.MARK.sub(b"", self.stream)


def drawn(folder, path, script, columns=160, rows=40):
    """The rows that the screen test's driver shows at each `screen` of SCRIPT."""
    test = os.path.join(folder, "drawn.screen")
    if not os.path.exists(DRIVE):
        raise Skip("tests/screens/drive was not built")
    with open(test, "w", encoding="utf-8") as f:
        f.write("load %s\nsize %dx%d\n%s\n" % (
            os.path.relpath(path, SOURCE), columns, rows, script))
    subprocess.run([DRIVE, test], check=True, capture_output=True,
                   env=dict(os.environ, ACMTUI_UPDATE="1",
                            ACMTUI_SOURCE=SOURCE))
    with open(test, encoding="utf-8") as f:
        return [line[1:-2] for line in f if line.startswith("|")]


def harmless(character):
    """Whether a terminal shows it as itself, in a place of its own."""
    return character == " " or (
        unicodedata.category(character)[0] in "LNPS" or
        unicodedata.category(character) in ("Mn", "Mc", "Me"))


def check_shown(text):
    """That TEXT, lines and all, has nothing but what is harmless."""
    for line in text.split("\n"):
        bad = [c for c in line if not harmless(c)]
        assert not bad, (bad, line)


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text if not unicodedata.combining(c))


def main(module):
    """Runs the tests of a module; the sum is the last line."""
    tests = sorted(name for name in vars(module)
                   if re.fullmatch(r"t\d\d_\w+", name))
    passed = failed = skipped = 0
    for name in tests:
        with tempfile.TemporaryDirectory() as folder:
            try:
                getattr(module, name)(folder)
                passed += 1
            except Skip as why:
                print("SKIP: %s: %s" % (name, why))
                skipped += 1
            except Exception as fault:        # told, and the next one runs
                print("FAIL %s: %s: %s" % (name, type(fault).__name__,
                                           str(fault)[:2000]))
                failed += 1
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    sys.exit(failed > 0)
