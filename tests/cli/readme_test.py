#!/usr/bin/env python3
"""Every acmtui command of the README runs as it stands there and finds
something in the sample trail; its picture is the one that a screen test makes,
and each of its tasks has a scenario that does it; its measured table has the
figures of tests/bench/RESULTS.  The version is the same wherever it stands."""
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")


def read(*path):
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as f:
        return f.read()


def commands():
    return re.findall(r"^    (acmtui .*)$", read("README"), re.M)


def tasks_are_done():
    tasks = re.findall(r"^(\d)\. ", read("README"), re.M)
    done = []
    for name in glob.glob(os.path.join(SOURCE, "tests", "e2e",
                                       "app_readme_*.e2e")):
        with open(name, encoding="utf-8") as f:
            done += re.findall(r"^# README, task (\d):", f.readline())
    if sorted(done) != tasks or len(tasks) < 5:
        print("tasks of README: %s; done: %s" % (tasks, sorted(done)))
        return False
    return True


def picture_is_true():
    rows = [line[1:-1].rstrip()
            for line in read("tests", "screens", "readme.screen").splitlines()
            if line.startswith("|")]
    block = "\n".join(("    " + row).rstrip() for row in rows)
    if len(rows) < 10 or block not in read("README"):
        print("the picture in README is not tests/screens/readme.screen")
        return False
    return True


def measured():
    """The rows of README's table, as tests/bench/RESULTS has their figures."""
    text = read("tests", "bench", "RESULTS")
    peers = [re.search(r"^    %s +([\d.]+) s +([\d.]+) s +(\d+) MiB" % name,
                       text, re.M).groups()
             for name in ("acmtui", "jq select", "rg -z", "lnav -n", "DuckDB")]
    asked = re.search(r"^    AccessDenied .* (\d+) ms +\d+ ms$", text, re.M)
    first = re.search(r"^    1 M, 2 threads .* (\d+) ms$", text, re.M)
    return {"CPU": ["%.1f" % float(p[0]) for p in peers],
            "wall": ["%.1f" % float(p[1]) for p in peers],
            "memory": [p[2] for p in peers],
            "the next question": [asked.group(1)],
            "the first row on the screen": [first.group(1)]}


def figures_are_measured():
    readme, right = read("README"), True
    for name, figures in measured().items():
        row = re.search("^    %s  +(.*)$" % name, readme, re.M)
        there = re.findall(r"[\d.]+", row.group(1)) if row else []
        if there != figures:
            print("%s: README %s, RESULTS %s" % (name, there, figures))
            right = False
    return right


def versions_agree():
    version = re.search(r"^AC_INIT\(\[acmtui\], \[(.*)\]\)$",
                        read("configure.ac"), re.M).group(1)
    others = [re.search(r"^acmtui \((.*)-\d+\)",
                        read("packaging", "debian", "changelog")).group(1),
              re.search(r"^(\d\S*) ", read("NEWS"), re.M).group(1)]
    if others != [version, version]:
        print("configure.ac %s, changelog and NEWS %s" % (version, others))
    return others == [version, version]


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    env = dict(os.environ, LC_ALL="C.UTF-8", HOME="/nonexistent",
               XDG_CONFIG_HOME="/nonexistent",
               PATH=BUILD + os.pathsep + os.environ["PATH"])
    results = [picture_is_true(), tasks_are_done(),
               figures_are_measured(), versions_agree()]
    passed, failed = results.count(True), results.count(False)
    for command in commands():
        run = subprocess.run(["sh", "-c", command], cwd=SOURCE, env=env,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        good = run.returncode == 0 and run.stdout.count(b"\n") > 0 \
            and run.stdout != b"0\n"
        passed += good
        failed += not good
        if not good:
            print(command, run.returncode, run.stderr.decode()[-500:])
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed or passed < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
