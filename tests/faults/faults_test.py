#!/usr/bin/env python3
"""Whatever call fails, the program ends by itself, gives the terminal back, leaves
no half-written export, and says so: over scenarios without a screen and on it,
with the N-th allocation, open, stat, read, write, fsync, rename or reading of a
folder failing, for N over all there are (with ACMTUI_FAULTS=all; else for at
most some of each)."""
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "threats"))
import support          # pylint: disable=wrong-import-position

PROGRAM = os.path.join(support.BUILD, "tests", "faults", "acmtui")
MOST = (1 << 30 if os.environ.get("ACMTUI_FAULTS") == "all" else
        40 if os.environ.get("ACMTUI_LONG") else 2)
support.Terminal.PATIENCE = PATIENCE = 20   # s; only what hangs takes so long
TOLD = 99               # descriptor that counts are told to
KINDS = ("memory", "open", "stat", "read", "write", "sync", "rename", "list")

# Arguments, and what standard input says.
HEADLESS = [
    (["-o", "table", "t"], b""), (["-o", "tsv", "t"], b""),
    (["-o", "csv", "-s", "-time", "t"], b""), (["-o", "ndjson", "t"], b""),
    (["-o", "json", "t"], b""), (["-o", "count", "t"], b""),
    (["-o", "summary", "t"], b""), (["-o", "values:event,who", "t"], b""),
    (["-o", "count", "-f", "(?i)alice", "t"], b""),
    (["-o", "tsv", "-c", "id", "-f", "from in (192.0.2.0/24)", "t"], b""),
    (["-o", "table", "-F", "filter", "t"], b""),
    (["-o", "count", "--iocs=iocs", "-f", "any in @iocs", "t"], b""),
    (["-o", "count", "-f", "event in @names", "t"], b""),
    (["-o", "certificates", "t"], b""), (["-o", "sessions", "t"], b""),
    (["-o", "coverage", "t"], b""), (["-o", "findings:json", "t"], b""),
    (["-o", "lifeline:" + support.ARN, "t"], b""),
    (["-o", "profile:alice:json", "t"], b""),
    (["-o", "ndjson", "--unmask", "t"], b""),
    (["-o", "count", "--config=config.json", "t"], b""),
    (["-o", "count", "-j1", "-"], json.dumps(support.record(5)).encode()),
    (["-o", "count", "bad.json", "t"], b""), (["--strict", "bad.json"], b""),
    (["-o", "count", "--since=2026-01-02", "t"], b""),
    (["--list-keys"], b""), (["--help"], b""),
]

# Arguments and keys.
ON_SCREEN = [
    (["t"], ["\r", "9", "Q"]),
    (["t"], ["f", "event~^Get\r", "s", "Q"]),
    (["t"], [":w x.csv\r", "Q"]),
    (["--notes=notes", "t"], ["m", "a", "seen\r", "QQ"]),
    (["t", "bad.json"], ["!", "q", "C", "\x1b", "?", "q", "Q"]),
]


def trail(folder):
    logs = os.path.join(folder, "t")
    os.mkdir(logs)
    records = [support.record(i, requestParameters={
        "password": "p%d" % i, "certificateArn": support.ARN})
               for i in range(8)]
    support.save(logs, records[:4], "a.json")
    support.save(logs, gzip.compress(json.dumps(
        {"Records": records[4:]}).encode()), "b.json.gz")
    support.save(folder, '{"eventName":"A" "x":1}', "bad.json")
    support.save(folder, "event=GetCertificate", "filter")
    support.save(folder, "192.0.2.1\n# x\n198.51.100.0/24\n", "iocs")
    support.save(folder, "GetCertificate\n", "names")
    support.save(folder, "{}", "config.json")


def environment(folder, fault):
    return support.environment(folder, ACMTUI_FAULT=fault,
                               TERM="xterm-256color", ACMTUI_TEST_MARK="1")


def counts_of(fd):
    with os.fdopen(fd, "rb") as f:
        return {k: int(n) for k, n in
                (line.split() for line in f.read().decode().splitlines())}


class Headless:
    def __init__(self, arguments, stdin):
        self.arguments, self.stdin = arguments, stdin
        self.name = " ".join(arguments)

    def run(self, folder, fault, pass_fds=()):
        return subprocess.run([PROGRAM, *self.arguments], input=self.stdin,
                              cwd=folder, env=environment(folder, fault),
                              capture_output=True, check=False,
                              pass_fds=pass_fds, timeout=PATIENCE)

    def count(self, folder):
        """How many calls of each kind there are."""
        ours, theirs = os.pipe()
        os.dup2(theirs, TOLD)
        os.set_inheritable(TOLD, True)
        try:
            self.run(folder, "", (TOLD,))
        finally:
            os.close(TOLD)
            os.close(theirs)
        return counts_of(ours)

    def fault(self, folder, fault):
        """What is wrong with how it takes the fault; None: nothing."""
        try:
            done = self.run(folder, fault)
        except subprocess.TimeoutExpired:
            return "never ends"
        if done.returncode not in (0, 1, 2):
            return "ended with %d: %r" % (done.returncode, done.stderr[-300:])
        if done.returncode == 2 and not done.stderr:
            return "gives up and says nothing"
        if b"Sanitizer" in done.stderr:
            return done.stderr[-1500:].decode(errors="replace")
        return None


class OnScreen:
    def __init__(self, arguments, keys):
        self.arguments, self.keys = arguments, keys
        self.name = "screen: " + " ".join(arguments + keys)

    def session(self, folder, **env):
        """Status and stream; keys that it does not live to see are lost."""
        terminal = support.Terminal.__new__(support.Terminal)
        try:
            terminal.__init__(folder, *self.arguments, program=PROGRAM, **env)
            for keys in self.keys[:-1]:
                terminal.keys(keys)
            return terminal.end(self.keys[-1]), terminal.stream
        except (AssertionError, OSError) as why:
            hangs = "nothing comes" in str(why)
            os.kill(terminal.pid, signal.SIGTERM)
            _, status = os.waitpid(terminal.pid, 0)
            os.close(terminal.line)
            return (-signal.SIGALRM if hangs
                    else os.waitstatus_to_exitcode(status)), terminal.stream

    def count(self, folder):
        ours, theirs = os.pipe()
        os.dup2(theirs, TOLD)
        os.set_inheritable(TOLD, True)
        try:
            self.session(folder)
        finally:
            os.close(TOLD)
            os.close(theirs)
        self.clean(folder)
        return counts_of(ours)

    def clean(self, folder):
        for name in os.listdir(folder):
            if name in ("x.csv", "notes") or name.endswith(".part"):
                os.unlink(os.path.join(folder, name))

    def fault(self, folder, fault):
        status, stream = self.session(folder, ACMTUI_FAULT=fault)
        wrong = None
        if status not in (0, 1, 2):
            wrong = "ended with %d" % status
        # What failed to be written may be that itself.
        if b"\x1b[?1049h" in stream and b"\x1b[?1049l" not in stream and \
                not fault.startswith("write"):
            wrong = "the terminal is not given back"
        left = os.path.join(folder, "x.csv")
        if os.path.exists(left):
            with open(left, "rb") as f:
                text = f.read()
            # Of files that could not be read there are no rows.
            if not text.endswith(b"\r\n") or (
                    fault.startswith(("write", "sync", "rename")) and
                    text.count(b"\r\n") != 9):
                wrong = "a half-written export: %r" % text
        strays = [n for n in os.listdir(folder) if re.search("tmp|~|part", n)]
        # Who dies leaves what it was writing, under a name that says so.
        if strays and not (status == 2 and strays[0].endswith(".part")):
            wrong = "left behind: %s" % strays
        self.clean(folder)
        return wrong


def chosen(total):
    """The first and the last ones, and some between."""
    if total <= MOST:
        return range(1, total + 1)
    if support.INSTRUMENTED and MOST == 2:
        return (1, total)
    return sorted({1, 2, total} | {1 + i * (total - 1) // (MOST - 1)
                                      for i in range(MOST)})


def partly_listed(folder):
    """What is wrong with how a folder is taken that cannot be read to its end;
    None: its files are, and it is told."""
    scenario = Headless(["-o", "count", "t"], b"")
    last = scenario.count(folder)["list"]
    done = scenario.run(folder, "list:%d" % last)
    if done.stdout == b"8\n" and b"t: cannot list the folder" in done.stderr:
        return None
    return "%r %r" % (done.stdout, done.stderr[-300:])


def main():
    if not os.path.exists(PROGRAM):
        print("SKIP: the linker cannot wrap calls")
        return 77
    points, faults = 0, []
    scenarios = ([Headless(*row) for row in HEADLESS] +
                 [OnScreen(*row) for row in ON_SCREEN])
    with tempfile.TemporaryDirectory() as folder:
        trail(folder)
        for scenario in scenarios:
            total = scenario.count(folder)
            if not total:
                faults.append(scenario.name)
                print("%s: does not end by itself" % scenario.name)
            for kind in KINDS:
                for n in chosen(total.get(kind, 0)):
                    fault = "%s:%d" % (kind, n)
                    points += 1
                    wrong = scenario.fault(folder, fault)
                    if wrong:
                        faults.append("%s, %s of %d: %s" % (
                            scenario.name, fault, total[kind], wrong))
                        print(faults[-1], flush=True)
        points += 1
        wrong = partly_listed(folder)
        if wrong:
            faults.append("a folder listed in part: " + wrong)
            print(faults[-1])
    print("%d scenarios, %d faults" % (len(scenarios), points))
    print("%d passed, %d failed, 0 skipped" % (points - len(faults),
                                               len(faults)))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
