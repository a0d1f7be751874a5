#!/usr/bin/env python3
"""Runs the sessions in tests/cli/*.txt: shell commands and what they print.

  $ command          run by sh, in a folder of its own that a file shares
  > command          goes on with the line before
  text               a line of standard output
  ! text             a line of standard error
  [2]                the exit status; none: 0
  # text             says what is promised
  text (re)          a whole line as a regular expression
  text (no eol)      the last line lacks its line break

ESC and other control characters are written \\x1b, and such a line ends in
(esc).  `cli_test.py --update [FILE...]` writes what the commands print into the
files: the diff is the review.  $EXAMPLES and $SAMPLE are data/examples and
data/sample; `oracle` is tests/oracle.py.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(HERE)
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
SECONDS = 60


def environment(folder):
    """Nothing of whoever runs the tests but where programs are."""
    path = os.environ.get("PATH", "/usr/bin:/bin")
    env = {
        "PATH": BUILD + os.pathsep + path,
        "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8", "TZ": "UTC",
        "EXAMPLES": os.path.join(SOURCE, "data", "examples"),
        "SAMPLE": os.path.join(SOURCE, "data", "sample"),
        "ACMTUI_DATA": os.path.join(SOURCE, "data"),
        "ORACLE": os.path.join(SOURCE, "tests", "oracle.py"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
                 "TSAN_OPTIONS", "ACMTUI_SHARED"):
        if name in os.environ:
            env[name] = os.environ[name]
    return env


class Step:
    """A command, the line it stands in and what is expected of it."""

    def __init__(self, number, command):
        self.number, self.command, self.expected = number, [command], []


def parse(lines):
    """Steps, and for each line outside of them itself."""
    parts = []
    for number, line in enumerate(lines, 1):
        if line.startswith("$ "):
            parts.append(Step(number, line[2:]))
        elif line.startswith("> ") and parts and \
                isinstance(parts[-1], Step) and not parts[-1].expected:
            parts[-1].command.append(line[2:])
        elif line.startswith("#") or not parts or \
                not isinstance(parts[-1], Step) or line == "":
            parts.append(line)
        else:
            parts[-1].expected.append(line)
    return parts


def visible(text):
    """A line as the file has it."""
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]|[\udc80-\udcff]", text):
        out = []
        for c in text:
            code = ord(c)
            if 0xdc80 <= code <= 0xdcff:
                out.append("\\x%02x" % (code - 0xdc00))
            elif c == "\\":
                out.append("\\\\")
            elif code < 0x20 and c != "\t" or 0x7f <= code < 0xa0:
                out.append("\\x%02x" % code)
            else:
                out.append(c)
        return "".join(out) + " (esc)"
    return text


def as_lines(data, mark=""):
    text = data.decode("utf-8", "surrogateescape")
    if not text:
        return []
    ended = text.endswith("\n")
    lines = (text[:-1] if ended else text).split("\n")
    lines = [visible(line) for line in lines]
    if not ended:
        lines[-1] += " (no eol)"
    # What would be read as something else when it stands in the file.
    if not mark:
        lines = [line + " (esc)" if line == "" or
                 re.match(r"[$>!#] |#|\[\d+\]$", line) and
                 not line.endswith(" (esc)") else line for line in lines]
    return [mark + line for line in lines]


def run(step, folder):
    try:
        process = subprocess.run(["sh", "-c", "\n".join(step.command)],
                                 cwd=folder, env=environment(folder),
                                 stdin=subprocess.DEVNULL, timeout=SECONDS,
                                 stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
    except subprocess.TimeoutExpired:
        return ["[not over after %d s]" % SECONDS]
    lines = as_lines(process.stdout) + as_lines(process.stderr, "! ")
    if process.returncode:
        lines.append("[%d]" % process.returncode)
    return lines


def equal(expected, got):
    if expected == got:
        return True
    if expected.endswith(" (re)"):
        return re.fullmatch(expected[:-len(" (re)")], got) is not None
    return False


def same(expected, got):
    return len(expected) == len(got) and all(map(equal, expected, got))


def keep_patterns(expected, got):
    """What --update writes: patterns that still hold stay."""
    patterns = [e for e in expected if e.endswith(" (re)")]
    return [next((p for p in patterns if equal(p, line)), line)
            for line in got]


def play(path, update):
    """Plays one file; how many steps passed and failed."""
    with open(path, encoding="utf-8") as f:
        parts = parse(f.read().split("\n"))
    passed = failed = 0
    written = []
    name = os.path.basename(path)
    with tempfile.TemporaryDirectory() as folder:
        for part in parts:
            if not isinstance(part, Step):
                written.append(part)
                continue
            got = run(part, folder)
            written.append("$ " + "\n> ".join(part.command))
            written.extend(keep_patterns(part.expected, got))
            if same(part.expected, got):
                passed += 1
                continue
            failed += 1
            if update:
                continue
            print("%s:%d: %s" % (name, part.number, part.command[0]))
            shown = [e if not any(equal(e, g) for g in got) else
                     next(g for g in got if equal(e, g))
                     for e in part.expected]
            for line in difflib.unified_diff(shown, got, "expected", "printed",
                                             lineterm="", n=2):
                print("    " + line)
    if update and failed:
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(written))
    return passed, failed


def main(argv):
    update = "--update" in argv
    paths = [a for a in argv if a != "--update"]
    folder = os.path.join(SOURCE, "tests", "cli")
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    if not paths:
        paths = sorted(os.path.join(folder, n) for n in os.listdir(folder)
                       if n.endswith(".txt"))
    passed = failed = 0
    for path in paths:
        p, f = play(path, update)
        passed += p
        failed += f
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed and not update else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
