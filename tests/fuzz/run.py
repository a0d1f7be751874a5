#!/usr/bin/env python3
"""Looks for inputs that break the fuzz targets, the least fuzzed first, each for
so many seconds, and adds what was done to tests/fuzz/runs.txt: one line a day and
target, `DATE TARGET EXECUTIONS SECONDS FINDINGS`, seconds of the processor.
Run by `make fuzz` in a build with --enable-fuzz; an input that breaks one is left
beside it, as TARGET-crash-….
"""
import fcntl
import os
import re
import resource
import signal
import subprocess
import sys
import time

SOURCE = os.environ["ACMTUI_SOURCE"]
FOLDER = os.path.join(SOURCE, "tests", "fuzz")
LONGEST = 4096          # bytes of an input
SLOWEST = 60            # seconds, for one input
INTERRUPTED = 72        # libFuzzer's status
WORDS = {"load": "json", "scan": "json", "secret": "json"}


def read_runs(path):
    """What was done, by day and target."""
    runs = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                day, name, *figures = line.split()
                runs[day, name] = [int(figures[0]), float(figures[1]),
                                   int(figures[2])]
    return runs


def add(path, name, figures):
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)  # others may be adding theirs
    runs = read_runs(path)
    kept = runs.setdefault((time.strftime("%Y-%m-%d", time.gmtime()), name),
                           [0, 0.0, 0])
    for i, figure in enumerate(figures):
        kept[i] += figure
    with open(path + ".new", "w", encoding="utf-8") as f:
        for key, (count, seconds, findings) in sorted(runs.items()):
            f.write("%s %-7s %10d %8.1f %d\n" % (*key, count, seconds, findings))
    os.rename(path + ".new", path)
    os.close(folder)


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fuzz(program, name, seconds):
    """Executions, seconds of the processor, findings; whether to go on."""
    found = os.path.join("tests", "fuzz", "found", name)
    os.makedirs(found, exist_ok=True)
    before, log = processor(), found + ".log"
    with open(log, "wb") as f, subprocess.Popen(
            [program, "-max_total_time=%d" % seconds, "-print_final_stats=1",
             "-max_len=%d" % LONGEST, "-timeout=%d" % SLOWEST,
             "-dict=%s/%s.dict" % (FOLDER, WORDS.get(name, "filter")),
             "-artifact_prefix=tests/fuzz/%s-" % name,
             found, os.path.join(FOLDER, "corpus", name)], stderr=f) as run:
        signal.signal(signal.SIGTERM, lambda *_: run.terminate())
        status = run.wait()
    with open(log, encoding="utf-8", errors="replace") as f:
        text = f.read()
    count = re.search(r"^stat::number_of_executed_units: +(\d+)", text, re.M)
    broken = status not in (0, INTERRUPTED)
    print("fuzz: %-7s %10s executions%s" % (
        name, count[1] if count else 0,
        ", FOUND SOMETHING: see " + log if broken else ""), flush=True)
    return (int(count[1]) if count else 0, processor() - before,
            int(broken)), status != INTERRUPTED


def main():
    path, seconds, programs = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    names = {re.sub(r"_fuzz$", "", os.path.basename(p)): p for p in programs}
    spent = dict.fromkeys(names, 0.0)
    for (_, name), figures in read_runs(path).items():
        spent[name] = spent.get(name, 0.0) + figures[1]
    findings = 0
    for name in sorted(names, key=lambda name: spent[name]):
        figures, go_on = fuzz(names[name], name, seconds)
        add(path, name, figures)
        findings += figures[2]
        if not go_on:
            break
    return findings > 0


if __name__ == "__main__":
    sys.exit(main())
