#!/usr/bin/env python3
"""SIGINT ends a run without a screen with 130: while it waits for input, and
while it waits for whoever reads its output.  Synchronised by what is opened
and what is read, never by time."""
import os
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
PROGRAM = os.path.join(BUILD, "acmtui")
SECONDS = 60

EVENT = ('{"eventVersion":"1.08","eventID":"%d","eventName":"A",'
         '"eventTime":"2024-01-02T03:04:05Z"}\n')


def start(folder, *arguments, **streams):
    # Whoever started the tests in the background had SIGINT ignored.
    return subprocess.Popen([PROGRAM, "--no-config", *arguments], cwd=folder,
                            stderr=subprocess.PIPE,
                            preexec_fn=lambda: signal.signal(
                                signal.SIGINT, signal.SIG_DFL),
                            **streams)


def test_waiting_for_input_can_be_interrupted(folder):
    fifo = os.path.join(folder, "fifo")
    os.mkfifo(fifo)
    child = start(folder, "-o", "count", "fifo", stdout=subprocess.PIPE)
    # Returns when the program has opened the other end.
    with open(fifo, "w") as f:
        f.write(EVENT % 1)
        f.flush()
        child.send_signal(signal.SIGINT)
        out, _ = child.communicate(timeout=SECONDS)
    assert child.returncode == 130, child.returncode
    assert out == b"", out


def test_waiting_for_standard_input_can_be_interrupted(folder):
    child = start(folder, "-o", "count", "fifo", "-", stdin=subprocess.PIPE,
                  stdout=subprocess.PIPE)
    with open(os.path.join(folder, "fifo"), "w"):
        child.send_signal(signal.SIGINT)
        # Not communicate(): that would end standard input.
        child.wait(timeout=SECONDS)
    assert child.returncode == 130, child.returncode


def test_waiting_for_a_reader_can_be_interrupted(folder):
    with open(os.path.join(folder, "many"), "w") as f:
        f.writelines(EVENT % i for i in range(20000))
    child = start(folder, "-o", "ndjson", "many", stdout=subprocess.PIPE)
    first = os.read(child.stdout.fileno(), 10)
    assert first == b'{"eventVer', first
    # More than a pipe holds is left, so it writes or waits to.
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=SECONDS)
    assert child.returncode == 130, child.returncode
    assert out.count(b"\n") < 20000
    for line in out.split(b"\n")[1:-1]:
        assert line.startswith(b'{"eventVersion"'), line


def test_who_is_started_to_ignore_it_does(folder):
    child = subprocess.Popen(
        ["sh", "-c", 'trap "" INT; kill -INT $$; exec "$0" --no-config '
         '-o count many', PROGRAM], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    out, err = child.communicate(timeout=SECONDS)
    assert (child.returncode, out) == (0, b"20000\n"), (out, err)


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
