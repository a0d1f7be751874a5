#!/usr/bin/env python3
"""What -o does when standard output is a terminal: tables are cut to its
width, nothing but text reaches it, and secrets stay masked."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
PROGRAM = os.path.join(BUILD, "acmtui")
SAMPLE = os.path.join(SOURCE, "data", "sample")

HOSTILE = ('{"eventVersion":"1.08","eventID":"1","eventName":"A",'
           '"eventTime":"2024-01-02T03:04:05Z","userAgent":"a\\u001b[2Jb'
           '\\u009b31m\\u202ec\x7f\u009b31m\u202e",'
           '"requestParameters":{"password":"hunter2"}}')


def run(columns, *arguments, locale="C.UTF-8", said=None):
    """The exit status and what a terminal of that width got; SAID: $COLUMNS."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns,
                                                       0, 0))
    env = dict(os.environ, LC_ALL=locale)
    env.pop("COLUMNS", None)
    if said:
        env["COLUMNS"] = said
    child = subprocess.Popen([PROGRAM, "--no-config", *arguments],
                             stdin=subprocess.DEVNULL, stdout=slave,
                             stderr=subprocess.PIPE,
                             env=env)
    os.close(slave)
    out = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        out += piece
    err = child.stderr.read().decode()
    os.close(master)
    return child.wait(), out.decode(), err


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line if not unicodedata.combining(c))


def test_tables_are_cut_to_the_width(folder):
    for columns in (20, 40, 79, 80, 100, 120, 200):
        status, out, _ = run(columns, "-o", "table", SAMPLE)
        lines = out.split("\r\n")[:-1]
        assert status == 0 and len(lines) > 400
        widest = max(map(width, lines))
        assert widest <= columns, (columns, widest)


def test_a_terminal_without_a_size_is_as_wide_as_is_said(folder):
    for columns, said, wide in ((0, "60", 60), (0, None, 80), (0, "0", 80),
                                (0, "10001", 80), (0, "wide", 80),
                                (100, "60", 100)):
        _, out, _ = run(columns, "-o", "table", SAMPLE, said=said)
        assert max(map(width, out.split("\r\n"))) == wide, (columns, said)


def test_columns_without_room_are_counted(folder):
    _, out, _ = run(40, "-o", "table", SAMPLE)
    header = out.split("\r\n")[0]
    assert header.endswith(" +3 \u203a"), header
    _, out, _ = run(40, "-o", "table", "--ascii", SAMPLE)
    header = out.split("\r\n")[0]
    assert header.endswith(" +3 >"), header


def test_wide_terminals_show_more_columns(folder):
    for columns, title, there in ((80, "REGION", False), (80, "TARGET", True),
                                  (120, "REGION", True),
                                  (120, "SOURCE", False),
                                  (160, "SOURCE", True)):
        _, out, _ = run(columns, "-o", "table", SAMPLE)
        assert (title in out.split("\r\n")[0]) == there, (columns, title)


def test_the_header_tells_zone_and_year(folder):
    _, out, _ = run(80, "-o", "table", SAMPLE)
    assert "TIME UTC 2026" in out.split("\r\n")[0], out[:80]
    _, out, _ = run(120, "-o", "table", SAMPLE)
    assert "TIME UTC  " in out.split("\r\n")[0], out[:80]


def test_nothing_but_text_reaches_the_terminal(folder):
    path = os.path.join(folder, "hostile.json")
    with open(path, "w", encoding="utf-8") as f:
        f.write(HOSTILE)
    for output in ("table", "tsv", "csv", "ndjson", "json",
                   "values:user-agent", "values:event,user-agent", "summary"):
        arguments = ["-o", output, path]
        if output in ("table", "tsv", "csv"):
            arguments = ["-c", "user-agent"] + arguments
        status, out, _ = run(80, *arguments, "-f", "user-agent~\u202e")
        bad = [c for c in out if c not in "\r\n\t" and
               unicodedata.category(c)[0] == "C"]
        assert status == 0 and not bad, (output, bad, out)
        assert output == "summary" or "u202e" in out, (output, out)


def test_secrets_are_not_written_in_clear(folder):
    path = os.path.join(folder, "hostile.json")
    for output in ("table", "tsv", "ndjson"):
        status, out, err = run(80, "-o", output, "--unmask", path)
        assert status == 2 and out == "", (status, out)
        assert "--unmask: refused: standard output is a terminal" in err, err


def test_ascii_locales_get_ascii(folder):
    path = os.path.join(folder, "hostile.json")
    for output in ("table", "tsv", "values:user-agent"):
        _, out, _ = run(80, "-o", output, path, locale="C")
        assert out.isascii(), out


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    with tempfile.TemporaryDirectory() as folder:
        for name, test in list(globals().items()):
            if name.startswith("test_"):
                test(folder)
                print("ok", name[5:].replace("_", " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
