#!/usr/bin/env python3
"""--notes: what was noted on a screen stands in the file before the next key,
so that killing the program loses nothing but what is being typed; the file can
be merged by cat and sort, and is:marked finds in it what was marked."""
import fcntl
import os
import pty
import re
import select
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import termios

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
PROGRAM = os.path.join(BUILD, "acmtui")
SAMPLE = os.path.join(SOURCE, "data", "sample")
FEW = os.path.join(SOURCE, "tests", "screens", "data", "few.json")
FIRST, SECOND = ("0000000%d-0000-4000-8000-000000000000" % n for n in (1, 2))


class Screen:
    """The program on a terminal of its own."""

    def __init__(self, *arguments):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, 80, 0, 0))
        env = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8",
                   TZ="UTC", ACMTUI_TEST_MARK="1")
        self.child = subprocess.Popen(
            [PROGRAM, "--no-config", *arguments], stdin=slave, stdout=slave,
            stderr=subprocess.DEVNULL, env=env, start_new_session=True)
        os.close(slave)
        self.sent = 0
        self.keys("")

    def keys(self, text):
        """Types it, and waits until it was read and what it led to shown."""
        seen = b""
        os.write(self.master, text.encode())
        self.sent += len(text.encode())
        mark = re.compile(br"\x1b\]7770;%d;24;80;\d+;idle\a" % self.sent)
        while not mark.search(seen):
            ready, _, _ = select.select([self.master], [], [], 20)
            assert ready, (text, seen[-2000:])
            seen += os.read(self.master, 65536)
        self.shown = seen

    def end(self, number=None):
        if number:
            os.killpg(self.child.pid, number)
        while True:
            try:
                if not os.read(self.master, 65536):
                    break
            except OSError:
                break
        os.close(self.master)
        return self.child.wait()


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f]


def count(expression, *paths):
    """How many events of FEW pass, with these notes, one after another."""
    with tempfile.NamedTemporaryFile(suffix=".notes") as merged:
        for path in paths:
            with open(path, "rb") as f:
                merged.write(f.read())
        merged.flush()
        run = subprocess.run([PROGRAM, "--no-config", "--notes", merged.name,
                              "-o", "count", "-f", expression, FEW],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return int(run.stdout)


def test_killed_while_a_note_is_typed(folder):
    path = os.path.join(folder, "killed.notes")
    screen = Screen("--notes", path, FEW)
    screen.keys("mja" + "seen before" + "\r")
    screen.keys("a and never finished")
    status = screen.end(signal.SIGKILL)
    assert status == -signal.SIGKILL, status
    rows = lines(path)
    assert [row[1:3] for row in rows] == [
        [FIRST, "mark"], [SECOND, "mark"], [SECOND, "note"]], rows
    assert rows[2][3] == "seen before", rows
    assert "ListCertificates  alice  192.0.2.10" in rows[0][3], rows
    assert rows[0][3].startswith("2026-03-01 09:00:00  "), rows
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_killed_again_and_again(folder):
    """However many notes were written before."""
    path = os.path.join(folder, "often.notes")
    for n in range(20):
        screen = Screen("--notes", path, FEW)
        screen.keys("a\x15note %d.\r" % n)
        screen.keys("a half")
        screen.end(signal.SIGKILL)
        texts = [row[3] for row in lines(path) if row[2] == "note"]
        assert texts == ["note %d." % i for i in range(n + 1)], texts


def test_what_is_in_the_file_is_there_again(folder):
    path = os.path.join(folder, "again.notes")
    screen = Screen("--notes", path, FEW)
    screen.keys("ain the ticket\rjm")
    os.write(screen.master, b"q")
    assert screen.end() == 0
    screen = Screen("--notes", path, FEW)
    assert b"in the ticket" in screen.shown
    os.write(screen.master, b"q")
    assert screen.end() == 0
    assert count("is:marked", path) == 2
    assert count("is:marked event=ListCertificates", path) == 1
    assert count("!is:marked", path) == 8


def test_files_are_merged_by_cat_and_sort(folder):
    mine, yours = (os.path.join(folder, n) for n in ("mine", "yours"))
    with open(mine, "w") as f:
        f.write("2026-03-02T10:00:00.000Z\t%s\tmark\tList\n" % FIRST)
        f.write("2026-03-02T12:00:00.000Z\t%s\tunmark\tList\n" % FIRST)
    with open(yours, "w") as f:
        f.write("# by a colleague\n")
        f.write("2026-03-02T11:00:00.000Z\t%s\tmark\tList\n" % FIRST)
        f.write("2026-03-02T11:00:00.000Z\t%s\tnote\tlook\n" % SECOND)
    assert count("is:marked", mine) == 0
    assert count("is:marked", yours) == 2
    # The latest line holds, whichever file comes first.
    assert count("is:marked", mine, yours) == 1
    assert count("is:marked", yours, mine) == 1
    both = os.path.join(folder, "both")
    subprocess.run(["sort", "-u", "-o", both, mine, yours], check=True)
    assert count("is:marked", both) == 1


def test_the_screen_writes_the_same_report(folder):
    path = os.path.join(folder, "case.notes")
    screen = Screen("--notes", path, "--export-dir", folder, "-f",
                    "event=ExportCertificate", SAMPLE)
    screen.keys("mjm")
    screen.keys(":w case.md\r")
    assert b"the report is written" in screen.shown, screen.shown
    os.write(screen.master, b"q")
    assert screen.end() == 0
    with open(os.path.join(folder, "case.md"), encoding="utf-8") as file:
        shown = file.read()
    run = subprocess.run([PROGRAM, "--no-config", "--notes", path, "-f",
                          "event=ExportCertificate", "-o", "report", SAMPLE],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    # But for the time at which it was written.
    told = [re.sub("^Written .* UTC", "", text, flags=re.M)
            for text in (shown, run.stdout.decode())]
    assert told[0] == told[1], told[0]
    assert told[0].count("## Life line of a certificate") == 2, told[0]


def test_refusals(folder):
    link = os.path.join(folder, "link")
    os.symlink(os.path.join(folder, "target"), link)
    missing = os.path.join(folder, "none")
    odd = os.path.join(folder, "odd")
    with open(odd, "w") as f:
        f.write("no such line\n")
    for path, status, text in (
            (link, 2, "a symbolic link"),
            (missing, 2, "No such file"),
            (folder, 2, "not a regular file"),
            (odd, 0, "1 line not understood, and left as they are")):
        run = subprocess.run([PROGRAM, "--no-config", "--notes", path, "-o",
                              "count", FEW], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        assert run.returncode == status, (path, run)
        assert text in run.stderr.decode(), (path, run)
    assert not os.path.exists(os.path.join(folder, "target"))
    assert not os.path.exists(missing)


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    passed = failed = 0
    for name, test in sorted(globals().items()):
        if not name.startswith("test_"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                passed += 1
            except AssertionError as error:
                failed += 1
                print(name, error)
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
