#!/usr/bin/env python3
"""Runs the program, built with the thread sanitizer, a thousand times or as often
as is said, each time with its threads interleaved in another way: four of five
print what they load, sort, filter and count, and are interrupted anywhere; the
fifth is typed to while it loads, without waiting for answers, and quits in the
midst of it.  Run by tests/threads.sh: interleave.py [TIMES [SEED]]."""
import glob
import os
import random
import select
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "threats"))
import support          # pylint: disable=wrong-import-position

EVENTS = 3000
PRINTED = [["-o", "values:who", "-f", "event~^List or 198.51"],
           ["-o", "csv", "-s", "-who,time"], ["-o", "findings"],
           ["-o", "count", "-f", "any~ali.e"], ["-o", "sessions"],
           ["-o", "ndjson", "-s", "event", "-f", "is:error or from?"]]
KEYS = ["fwho=alice\r", "fevent~^Get\r", "f\x15\r", "f198.51", "ls", "hs", "S", "p",
        "c", "\x03", "G", "1\r", "9", "J", "u", "F", "x", "\x1b[15~", "\x1b[17~",
        "\x1b[18~", ":findings\r", ":sessions\r", "v", "/alice\r", "n", "\t"]
LONGEST_PAUSE = 0.03    # s between keys
ENDINGS = 20            # times that it is asked to quit, whatever is open


class Session(support.Terminal):
    """Keys for which nobody waits."""

    def settle(self):
        pass

    def look(self, seconds):
        """Reads until nothing comes for so long; false at the end."""
        while select.select([self.line], [], [], seconds)[0]:
            if not self.read():
                return False
        return True

    def type(self, text):
        try:
            os.write(self.line, text.encode())
        except OSError:
            pass


def on_screen(chance, folder, env):
    """None, or what is wrong."""
    session = Session(folder, "-j%d" % chance.randint(1, 5), "trail.json",
                      support.SAMPLE, **env)
    for _ in range(chance.randrange(30)):
        session.type(chance.choice(KEYS))
        if not session.look(chance.uniform(0, LONGEST_PAUSE)):
            break
    for _ in range(ENDINGS):
        session.type("\x1b")
        if not session.look(2 * LONGEST_PAUSE):
            break
        session.type("QQ")      # it asks where a note is in no file
        if not session.look(2 * LONGEST_PAUSE):
            break
    else:
        os.kill(session.pid, signal.SIGKILL)
    os.close(session.line)
    status = os.waitstatus_to_exitcode(os.waitpid(session.pid, 0)[1])
    # Before the line is the program's own, Ctrl-C is a signal that ends it.
    if status == -signal.SIGINT and b"\x1b[?1049h" not in session.stream:
        status = 0
    return None if status == 0 else "ended with %d" % status


def printed(chance, folder, env):
    run = subprocess.Popen(
        [support.PROGRAM, "-j%d" % chance.randint(1, 5),
         *chance.choice(PRINTED), "trail.json", support.SAMPLE], cwd=folder,
        env=support.environment(folder, **env), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        status = run.wait(chance.uniform(0.01, 0.4))
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGINT)
        status = run.wait(support.Terminal.PATIENCE)
    return None if status in (0, 1, 130, -signal.SIGINT) else "ended with %d" % status


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance, faults, screens = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        support.save(folder, [support.record(i) for i in range(EVENTS)])
        logs = os.path.join(folder, "race")
        env = {"TSAN_OPTIONS": "exitcode=99:log_path=" + logs}
        for i in range(times):
            screens += i % 5 == 0
            wrong = (printed if i % 5 else on_screen)(chance, folder, env)
            for path in glob.glob(logs + "*"):
                with open(path, encoding="utf-8") as f:
                    wrong = f.read()
                os.unlink(path)
            if wrong:
                faults += 1
                print("interleaving %d: %s" % (i, wrong), flush=True)
    print("%d interleavings, %d of them on a terminal, seed %d" % (
        times, screens, seed))
    print("%d passed, %d failed, 0 skipped" % (times - faults, faults))
    return faults > 0


if __name__ == "__main__":
    sys.exit(main())
