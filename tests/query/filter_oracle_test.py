#!/usr/bin/env python3
"""Generated filters against an independent evaluation.

A filter is made as a tree, written as text in one of its spellings, and
answered by tests/query/answer over a trail; the tree is evaluated here, over
what tests/oracle.py read.  The events must be the same.  1,500 filters, with
$ACMTUI_LONG 10,000, half over a generated trail and half over the sample and
the real ones ($ACMTUI_SHARED/trails).  The seed is $ACMTUI_SEED or 1.

The generated trail holds secrets, which a filter sees as their masks.  Of the
others events with secrets are left out of the comparison, and counted, as are
arrays of more than three numbers (one value as it stands in the log) and files
that cannot be read strictly.
"""
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
SHARED = os.environ.get("ACMTUI_SHARED") or os.path.join(SOURCE, "..",
                                                         "shared")
ANSWER = os.path.join(BUILD, "tests", "query", "answer")
sys.path[:0] = [os.path.join(SOURCE, "tests", "query"),
                os.path.join(SOURCE, "tests")]
import oracle
from filters import (Generator, IOCS, leaf_address, leaf_choice,
                     leaf_contains, leaf_equals, leaf_iocs, leaf_mark,
                     leaf_number, leaf_presence, leaf_regex, leaf_time, make,
                     milliseconds)
from meaning import GENERATED_COLUMNS, PATHS, SIMPLE_COLUMNS, Event, mask
from trails import generate

LONG = os.environ.get("ACMTUI_LONG")
FILTERS = 10000 if LONG else 1500
EVENTS = 600 if LONG else 200           # of each trail, at most


def has_numbers(e):
    """Whether an array of more than three numbers is in it."""
    work = [e.record]
    while work:
        v = work.pop()
        if isinstance(v, oracle.Object):
            work.extend(c for _, c in v)
        elif isinstance(v, list):
            if len(v) > 3 and all(isinstance(c, oracle.Number) for c in v):
                return True
            work.extend(v)
    return False


class Trail:
    """The events of some files, as the oracle and as acmtui have them."""

    def __init__(self, paths, fields, kinds, iocs, masked):
        read = oracle.Trail(paths)
        r = random.Random(3)
        good = [f.path for f in read.files if not f.faults and
                not f.skipped and not f.of("other") and
                len(f.found) == sum(k in ("event", "notice")
                                    for k, _, _ in f.found)]
        r.shuffle(good)
        while len(good) > 1 and sum(len(f.found) for f in read.files
                                    if f.path in good) > EVENTS:
            good.pop()
        self.process = subprocess.Popen(
            [ANSWER, "--iocs", iocs] + good, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, encoding="utf-8", errors="surrogatepass")
        places = []
        while True:
            line = self.process.stdout.readline()
            if line == "\n" or not line:
                break
            path, record = line.rstrip("\n").rsplit(" ", 1)
            places.append((path, int(record)))
        # Every event by its place: duplicates are acmtui's to drop.
        all_events = {}
        for f in oracle.Trail(good, keep_all=True).files:
            for n, (kind, value, containers) in enumerate(f.found):
                all_events[f.path, n] = oracle.Event(f, kind, value,
                                                     containers)
        assert all(p in all_events for p in places), "places differ"
        self.events = [Event(all_events[p]) for p in places]
        # Of some the time is told by other fields than eventTime.
        self.left = [has_numbers(all_events[p]) or
                     e.top("eventTime") is None and
                     all_events[p].kind == "notice"
                     for p, e in zip(places, self.events)]
        for e in self.events:
            text = e.top("eventTime")
            e.time = milliseconds(text) if text else None
        if masked:
            mask(self.events)
        secret = self.ask(["has:secret"])[0]
        self.left = [a or b and not e.secret for a, b, e in
                     zip(self.left, secret, self.events)]
        self.generator = Generator(self.events, fields, kinds)

    def ask(self, filters):
        """For each filter a list of booleans, or the error."""
        answers = []
        for text in filters:
            self.process.stdin.write(text + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline().rstrip("\n")
            if line.startswith("!") or not line and self.events:
                answers.append(line or "no answer")
            else:
                bits = [int(c, 16) >> k & 1 for c in line for k in range(4)]
                answers.append([bool(b) for b in bits[:len(self.events)]])
        return answers

    def check(self, r, count):
        """How many differed, and some figures."""
        differ = some = 0
        for _ in range(count):
            text, _, test = make(r, self.generator, r.randrange(4))
            answer = self.ask([text])[0]
            if isinstance(answer, str):
                differ += 1
                print("FAIL refused: %s\n     %s" % (text, answer))
                continue
            wanted = [test(e) for e in self.events]
            wrong = [i for i, left in enumerate(self.left)
                     if not left and wanted[i] != answer[i]]
            some += any(wanted) and not all(wanted)
            if wrong:
                differ += 1
                if differ <= 5:
                    i = wrong[0]
                    print("FAIL %s\n     %d events differ; here %s, there %s:"
                          % (text, len(wrong), wanted[i], answer[i]))
                    print("     %s" % [(v.way, v.text) for v in
                                       self.events[i].values][:40])
        return differ, some

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


COMMON = [leaf_regex, leaf_regex, leaf_contains, leaf_equals, leaf_equals,
          leaf_choice, leaf_iocs, leaf_address, leaf_presence, leaf_number]


def main():
    if not os.access(ANSWER, os.X_OK):
        print("SKIP: no tests/query/answer in %s" % BUILD)
        return 77
    seed = int(os.environ.get("ACMTUI_SEED", "1"))
    r = random.Random(seed)
    failed = 0
    trails = os.path.join(SHARED, "trails")
    with tempfile.TemporaryDirectory() as folder:
        iocs = os.path.join(folder, "iocs.txt")
        with open(iocs, "w", encoding="utf-8") as f:
            f.write("\n".join(["# indicators", ""] + IOCS) + "\n")
        generated = generate(r, folder, EVENTS)
        sets = [("generated", generated, GENERATED_COLUMNS + PATHS,
                 COMMON + [leaf_time, leaf_mark], FILTERS // 2),
                ("sample", [os.path.join(SOURCE, "data", "sample")],
                 SIMPLE_COLUMNS + PATHS, COMMON + [leaf_time], FILTERS // 4)]
        if os.path.isdir(trails):
            sets.append(("trails", [trails], SIMPLE_COLUMNS + PATHS, COMMON,
                         FILTERS // 4))
        else:
            print("SKIP: real trails: no $ACMTUI_SHARED/trails")
        for name, paths, fields, kinds, count in sets:
            trail = Trail(paths, fields, kinds, iocs, name == "generated")
            differ, some = trail.check(r, count)
            status = trail.close()
            failed += differ + (status != 0)
            print("%s: %d filters over %d events (%d left out): %d differ; "
                  "%d hold for some and not for others" %
                  (name, count, len(trail.events), sum(trail.left), differ,
                   some))
            if some < count / 5:
                failed += 1
                print("FAIL %s: most filters tell nothing apart" % name)
    print("seed %d: %d failed" % (seed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
