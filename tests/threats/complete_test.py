#!/usr/bin/env python3
"""Each threat of the list, T01 to T47, has a test of its name, and none twice."""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
THREATS = 47


def main():
    found = {}
    for name in sorted(os.listdir(HERE)):
        if name.endswith("_test.py"):
            with open(os.path.join(HERE, name), encoding="utf-8") as f:
                for number in re.findall(r"^def t(\d\d)_\w+\(", f.read(), re.M):
                    found.setdefault(int(number), []).append(name)
    wrong = ["T%02d: %s" % (n, ", ".join(found.get(n, ["no test"])))
             for n in range(1, max(found, default=0) + 1)
             if len(found.get(n, [])) != 1]
    if len(found) != THREATS:
        wrong.append("%d threats have a test, not %d" % (len(found), THREATS))
    for line in wrong:
        print(line)
    print("%d passed, %d failed, 0 skipped" % (len(found), len(wrong)))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
