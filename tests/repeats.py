#!/usr/bin/env python3
"""Runs all end-to-end scenarios again and again, in an order drawn by a seed, by
more runners than there are processors: each has to pass each time.  Part of
`make check-long`; repeats.py [TIMES [SEED]]."""
import glob
import multiprocessing.pool
import os
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("ACMTUI_BUILD") or os.getcwd()
RUN = os.path.join(BUILD, "tests", "e2e", "run")
RUNNERS = 3             # for each processor


def once(path):
    """The scenario, and what it says where it fails."""
    done = subprocess.run([RUN, path], stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    return path, done.returncode and done.stdout.decode(errors="replace")


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    if not os.path.exists(RUN):
        print("SKIP: needs libvterm")
        return 77
    scenarios = sorted(glob.glob(os.path.join(HERE, "e2e", "*.e2e")) +
                       glob.glob(os.path.join(HERE, "screens", "*.screen")))
    rounds = -(-times // len(scenarios))
    runs, flakes = scenarios * rounds, 0
    random.Random(seed).shuffle(runs)
    with multiprocessing.pool.ThreadPool(RUNNERS * os.cpu_count()) as pool:
        for path, said in pool.imap_unordered(once, runs):
            if said:
                flakes += 1
                print("%s: %s" % (os.path.basename(path), said), flush=True)
    print("%d runs of %d scenarios, seed %d, %d flakes" % (
        len(runs), len(scenarios), seed, flakes))
    print("%d passed, %d failed, 0 skipped" % (len(runs) - flakes, flakes))
    return flakes > 0


if __name__ == "__main__":
    sys.exit(main())
