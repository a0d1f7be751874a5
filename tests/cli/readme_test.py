#!/usr/bin/env python3
"""Every acmtui command of the README runs as it stands there and finds
something in the sample trail; its picture is the one that a screen test makes,
and each of its tasks has a scenario that does it."""
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")


def commands():
    with open(os.path.join(SOURCE, "README"), encoding="utf-8") as f:
        return re.findall(r"^    (acmtui .*)$", f.read(), re.M)


def tasks_are_done():
    with open(os.path.join(SOURCE, "README"), encoding="utf-8") as f:
        tasks = re.findall(r"^(\d)\. ", f.read(), re.M)
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
    with open(os.path.join(SOURCE, "tests", "screens", "readme.screen"),
              encoding="utf-8") as f:
        rows = [line[1:-2].rstrip() for line in f if line.startswith("|")]
    with open(os.path.join(SOURCE, "README"), encoding="utf-8") as f:
        readme = f.read()
    block = "\n".join(("    " + row).rstrip() for row in rows)
    if len(rows) < 10 or block not in readme:
        print("the picture in README is not tests/screens/readme.screen")
        return False
    return True


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    env = dict(os.environ, LC_ALL="C.UTF-8", HOME="/nonexistent",
               XDG_CONFIG_HOME="/nonexistent",
               PATH=BUILD + os.pathsep + os.environ["PATH"])
    results = [picture_is_true(), tasks_are_done()]
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
