#!/usr/bin/env python3
"""Writes what the tests have shown as the text of TESTING, from what they left
behind in the build folder and in a folder of logs of longer runs:

    coverage.txt   `make coverage`          mutants.txt   `make mutants`
    kills.txt      tests/faults/kill_test.py with ACMTUI_LONG=1
    faults.txt     tests/faults/faults_test.py with ACMTUI_FAULTS=all
    repeats.txt    tests/repeats.py     threads.txt   tests/interleave.py

and, of the sources, tests/fuzz/runs.txt, where `make fuzz` keeps count.  Only what
was measured is told, with its date; of the rest it says so.
"""
import collections
import glob
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(HERE)
BUILD = os.environ.get("ACMTUI_BUILD") or os.getcwd()
NOT = "not measured"


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read()
    except OSError:
        return ""


def date(path):
    return time.strftime("%Y-%m-%d", time.gmtime(os.path.getmtime(path)))


def last(path, pattern):
    """The last match in a file, and its date; None."""
    found = None
    for found in re.finditer(pattern, read(path), re.M):
        pass
    return (found, date(path)) if found else (None, "")


def passed(name):
    """Whether a test of the build passed, and nothing of it was skipped."""
    log = os.path.join(BUILD, "tests", name)
    return ":test-result: PASS" in read(log + ".trs") and \
        "SKIP" not in read(log + ".log")


def row(what, told, when=""):
    print(("%-26s %-42s %s" % (what, told, when)).rstrip())


def found_row(what, path, pattern, text):
    found, when = last(path, pattern)
    row(what, text.format(*found.groups()) if found else NOT, when)


def whole_check():
    told = subprocess.run(["sh", os.path.join(HERE, "count.sh"), BUILD],
                          stdout=subprocess.PIPE, check=False)
    sums = told.stdout.decode(errors="replace").strip().split("\n")[-1]
    results = glob.glob(os.path.join(BUILD, "tests", "**", "*.trs"),
                        recursive=True)
    row("make check", sums, date(max(results, key=os.path.getmtime)))
    row("", "in %d programs and scripts" % len(results))
    names = [name for _, _, names in os.walk(os.path.join(SOURCE, "tests"))
             for name in names]
    scenes = sum(name.endswith(".e2e") for name in names)
    screens = sum(name.endswith(".screen") for name in names)
    row("end-to-end scenarios", "%d: %d of their own, %d screen tests that" % (
        scenes + screens, scenes, screens))
    row("", "the model and the program have to answer alike")


def gzip_kinds():
    path = os.path.join(SOURCE, "tests/unit/gzip_kinds.h")
    table = read(path).split("kinds[] = {")[1]
    return len(re.findall(r"^\t\{\"", table, re.M))


def conformance():
    """The tests themselves insist on the numbers."""
    for what, test, told in (
            ("JSONTestSuite", "unit/json_scan_strict_test",
             "y 95 of 95, n 188 of 188, i 35 of 35 as pinned"),
            ("gzip", "unit/load_inflate_test",
             "%d kinds, every truncation, every bit flip" % gzip_kinds()),
            ("code points", "unit/text_show_test",
             "1,114,112 through the text door"),
            ("threats", "threats/complete_test.py", "47 of 47 have a test")):
        test = re.sub(r"\.py$", "", test)
        row(what, told if passed(test) else NOT)


def rooms_of(path):
    return re.findall(r"^(\S+) +([\d.]+) % of +(\d+) lines +([\d.]+) % of +"
                      r"(\d+) branches", read(path).split("\n\n")[-1], re.M)


def coverage(logs):
    path = os.path.join(logs, "coverage.txt")
    rooms = rooms_of(path)
    if not rooms:
        row("coverage", NOT)
    for i, (room, lines, count, branches, total) in enumerate(rooms):
        row("" if i else "coverage", "%-20s %5s %% of %5s lines, %5s %% of %5s "
            "branches" % (room, lines, count, branches, total),
            "" if i else date(path))


def fuzzed():
    """What `make fuzz` keeps count of, day by day: the last day, the sums."""
    done, day = collections.defaultdict(lambda: [0, 0.0, 0]), ""
    for line in read(os.path.join(SOURCE, "tests/fuzz/runs.txt")).splitlines():
        day, name, *figures = line.split()
        for i, figure in enumerate(figures):
            done[name][i] += float(figure)
    return day, done


def fuzzing():
    day, done = fuzzed()
    if not done:
        row("fuzzing", NOT)
        return
    total = [sum(column) for column in zip(*done.values())]
    form = "%s executions, %.2f hours of the processor, %d findings"
    row("fuzzing", form % (format(int(total[0]), ","), total[1] / 3600,
                           total[2]), day)
    for name, (count, seconds, findings) in sorted(done.items()):
        row("", ("%-7s %12s" + form[2:]) % (
            name, format(int(count), ","), seconds / 3600, findings))
    if all(passed("fuzz/%s_fuzz" % name) for name in done):
        row("", "all that was kept, and what was found, passes in make check")


def not_reached(logs):
    print("\nNot reached, and why:\n")
    done = fuzzed()[1]
    short = sum(seconds < 3600 for _, seconds, _ in done.values())
    if short:
        row("fuzzing", "%d of %d targets had less than an hour of the processor:"
            % (short, len(done)))
        row("", "it adds up with each `make fuzz`, the least fuzzed first")
    low = ["%s %s %%" % (room, lines) for room, lines, *_ in
           rooms_of(os.path.join(logs, "coverage.txt"))
           if re.match(r"json|text|trail/secret", room) and lines != "100.0"]
    if low:
        row("coverage", "%s of lines, not all:" % ", ".join(low))
        row("", "code for other processors")
    found, _ = last(os.path.join(logs, "mutants.txt"),
                    r"^(\d+) of (\d+) mutants.*; (\d+) did not compile")
    if found and int(found[1]) + int(found[3]) < int(found[2]):
        row("mutants", "%s of %s: those drawn by the seed in the time there was"
            % found.groups()[:2])


def main():
    logs = sys.argv[1]
    print("What the tests of acmtui have shown; written by `make scoreboard`\n"
          "from their logs.  A figure is from the day beside it.\n")
    whole_check()
    conformance()
    unit = os.path.join(BUILD, "tests")
    found_row("faults in make check", os.path.join(
        unit, "faults", "faults_test.log"), r"^(\d+) scenarios, (\d+) faults",
        "{1} points of {0} scenarios")
    for what, name, pattern, text in (
            ("faults, all of them", "faults.txt",
             r"^(\d+) scenarios, (\d+) faults\n(\d+) passed, (\d+) failed",
             "{1} points of {0} scenarios, {3} wrong"),
            ("kills", "kills.txt",
             r"^(\d+) signals, (\d+) kills, seed \d+\n(\d+) passed, (\d+) f",
             "{1}, by {0} signals, {3} wrong"),
            ("mutants", "mutants.txt",
             r"^(\d+) of (\d+) mutants \(seed \d+\): (\d+) killed, (\d+) "
             r"survived, (\d+)",
             "{2} of {0} killed, {3} live, {4} of them without a reason"),
            ("repeats", "repeats.txt",
             r"^(\d+) runs of \d+ scenarios, seed \d+, (\d+) flakes",
             "{0} of end-to-end scenarios under load, {1} flakes"),
            ("interleaved threads", "threads.txt",
             r"^(\d+) interleavings, (\d+) .*\n(\d+) passed, (\d+) failed",
             "{0}, {1} of them on a terminal, {3} wrong")):
        found_row(what, os.path.join(logs, name), pattern, text)
    coverage(logs)
    fuzzing()
    not_reached(logs)


if __name__ == "__main__":
    main()
