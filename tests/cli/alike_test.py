#!/usr/bin/env python3
"""Nobody can tell two secrets apart: the planted trail and its twin, in which
every secret is another of the same length, look the same in every output, under
every filter, in every order, and on the screen while one searches, completes and
sorts."""
import os
import re
import subprocess
import sys
import tempfile

import planted_test as planted

DRIVE = os.path.join(planted.BUILD, "tests", "screens", "drive")
FIELDS = ["requestParameters.password", "requestParameters.masterUserPassword",
          "requestParameters.**", "requestParameters.url", "message",
          "requestParameters.policyDocument.a.password", "user-agent",
          "responseElements.credentials.sessionToken"]
# With the words of both trails, and with what cuts between them.
TERMS = ["~%s", "!~%s", "=%s", "!=%s", "~^%s", "~%s$", ">%s", "<=%s",
         " in (%s, x)", "~^[A-N]", "~^.{13}$", "~[0-4]", "?", "~(?<=z)Q"]
SCREEN = """size %s
key / "%s" Enter n n
screen
key Enter 9 / "%s" Enter n
screen
key Tab l l l l s f "requestParameters.password=%s" Tab Tab
screen
key Esc Esc Esc f Ctrl-U "%s" Enter
screen
"""


def twin(number):
    """As long as the secret, in another order."""
    return "zQ%02dyranac7xK" % ((number * 37 + 61) % 100)


def commands():
    for output in planted.FORMATS:
        if output in ("table", "tsv", "csv"):
            yield ["-o", output, "-c", planted.COLUMNS]
        else:
            yield ["-o", output]
    for field in FIELDS:
        yield ["-o", "values:" + field]
        for sort in (field, "-" + field):
            yield ["-o", "tsv", "-c", "id," + field, "-s", sort]
        for term in TERMS:
            for word in ((planted.canary(1), twin(1)) if "%s" in term
                         else ("",)):
                text = field + (term % word if word else term)
                yield ["-o", "tsv", "-c", "id", "-f", text]
    for word in (planted.canary(0), planted.canary(7), twin(0), twin(7)):
        yield ["-o", "tsv", "-c", "id", "-f", word]
        yield ["-o", "tsv", "-c", "id", "-f", "any in (%s)" % word]


def screens():
    for size in ("80x24", "200x50"):
        for word in (planted.canary(1), twin(1), planted.SHARED, "password"):
            yield SCREEN % (size, word, word, word, word)


def outcome(folder, arguments):
    done = subprocess.run([planted.PROGRAM, *arguments, "trail.json"],
                          cwd=folder, stdin=subprocess.DEVNULL,
                          capture_output=True, check=False)
    return (done.returncode, re.sub(rb'"timing": .*', b"", done.stdout),
            done.stderr)


def drawn(folder, script):
    path = os.path.join(folder, "x.screen")
    trail = os.path.relpath(os.path.join(folder, "trail.json"),
                            planted.SOURCE)
    with open(path, "w", encoding="utf-8") as f:
        f.write("load %s\n%s" % (trail, script))
    subprocess.run([DRIVE, path], check=True, capture_output=True,
                   env=dict(os.environ, ACMTUI_UPDATE="1",
                            ACMTUI_SOURCE=planted.SOURCE))
    with open(path, encoding="utf-8") as f:
        return f.read().split("\n", 1)[1]


def main():
    compared, faults = 0, []
    with tempfile.TemporaryDirectory() as top:
        folders = [os.path.join(top, name) for name in ("one", "two")]
        for folder, make in zip(folders, (planted.canary, twin)):
            os.mkdir(folder)
            with open(os.path.join(folder, "trail.json"), "w",
                      encoding="utf-8") as f:
                f.write(planted.trail_text(planted.Planting(make)))
        for arguments in commands():
            one, two = (outcome(folder, arguments) for folder in folders)
            compared += 1
            if one != two:
                faults.append("%s: %r, %r" % (arguments, one, two))
        for script in screens() if os.path.exists(DRIVE) else ():
            one, two = (drawn(folder, script) for folder in folders)
            compared += 1
            if one != two:
                faults.append("%s\n%s\n%s" % (script, one, two))
    for fault in faults:
        print(fault)
    print("%d outcomes compared: %d passed, %d failed, 0 skipped"
          % (compared, compared - len(faults), len(faults)))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
