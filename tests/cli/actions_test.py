#!/usr/bin/env python3
"""Every action is done by a key or by its name in at least one screen test or
scenario, and every option of the command line stands in a test."""
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")

# What no screen test can do, and where it is tested.
ELSEWHERE = {"reload": "tests/e2e/app_reload.e2e"}


def read(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def actions():
    return re.findall(r'^ACTION\(\w+, "[^"]*", "([^"]+)"',
                      read(os.path.join(SOURCE, "src/view/actions.def")),
                      re.M)


def done_by_keys(screens):
    """The drive says which; what a test compares is judged elsewhere."""
    done = set()
    environment = dict(os.environ, ACMTUI_TELL_ACTIONS="1",
                       ACMTUI_SOURCE=SOURCE)
    for screen in screens:
        out = subprocess.run(
            [os.path.join(BUILD, "tests/screens/drive"), screen],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment, check=False).stdout.decode()
        done.update(out.split("\n"))
    return done


def done_by_name(files):
    """`keys : "theme light" Enter`."""
    done = set()
    for path in files:
        for line in read(path).split("\n"):
            if re.match(r"keys? ", line):
                done.update(re.findall(r': "([a-z-]+)[ "]', line))
    return done


def options():
    return re.findall(r'^OPTION\(\w+, "([^"]+)", (?:\'(.)\'|0)',
                      read(os.path.join(SOURCE, "src/options.def")), re.M)


def main():
    screens = sorted(glob.glob(os.path.join(SOURCE, "tests/screens/*.screen")))
    scenes = sorted(glob.glob(os.path.join(SOURCE, "tests/e2e/*.e2e")))
    done = done_by_keys(screens) | done_by_name(screens + scenes)
    texts = "".join(read(path) for folder in ("cli", "e2e", "unit")
                    for path in glob.glob(os.path.join(
                        SOURCE, "tests", folder, "*"))
                    if os.path.isfile(path) and
                    os.path.basename(path) != "options.txt")
    texts += read(os.path.join(SOURCE, "tests/cli_test.py"))
    failed = 0
    names = actions()
    for name in names:
        if name not in done and name not in ELSEWHERE:
            print("no screen test does: %s" % name)
            failed += 1
    for name in ELSEWHERE:
        if name not in names or name in done:
            print("needs no exception: %s" % name)
            failed += 1
    for name, letter in options():
        if not re.search(r"--%s\b" % re.escape(name), texts):
            print("in no test: --%s" % name)
            failed += 1
    print("%d actions, %d options, %d faults" % (len(names), len(options()),
                                                 failed))
    return 1 if failed else 0


sys.exit(main())
