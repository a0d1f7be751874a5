#!/usr/bin/env python3
"""The pane of values against an independent count: what values_order.screen
shows of the last day against all three is counted here from the events."""
import json
import os
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
SCREEN = os.path.join(SOURCE, "tests", "screens", "values_order.screen")
SAMPLE = os.path.join(SOURCE, "data", "sample")
ROW = re.compile(r"\|[▌ ]+([\d,]+) +([\d,]+) +(new|<1%|>99%|\d+%) +(<1%|>99%|\d+%) +\S+ +"
                 r"\d\d-\d\d \d\d:\d\d:\d\d  (\S.*?) *\|$")



def counts():
    """Events by source address: of the last day, and of all."""
    run = subprocess.run([os.path.join(BUILD, "acmtui"), "--no-config", "-o",
                          "ndjson", SAMPLE], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=True)
    shown, every = Counter(), Counter()
    for line in run.stdout.decode("utf-8", "replace").splitlines():
        event = json.loads(line)
        if "sourceIPAddress" in event:
            every[event["sourceIPAddress"]] += 1
            shown[event["sourceIPAddress"]] += \
                event["eventTime"] >= "2026-11-12"
    return shown, every


def percent(part, whole):
    """Rounded, but for what is not quite none, or all."""
    n = (part * 200 + whole) // (whole * 2)
    if n == 0 and part:
        return "<1%"
    return ">99%" if n == 100 and part < whole else "%d%%" % n


def cut(text, shown):
    """Whether SHOWN is TEXT, or TEXT cut in its middle."""
    head, _, tail = shown.partition("…")
    return text == shown or ("…" in shown and text.startswith(head) and
                             text.endswith(tail))


def pages():
    """The rows of each screen in the file."""
    page = []
    with open(SCREEN, encoding="utf-8") as f:
        for line in f:
            match = ROW.match(line.rstrip("\n"))
            if match:
                page.append(match.groups())
            elif page and not line.startswith("|"):
                yield page
                page = []


def check(page, order, shown, every):
    """The rows say what was counted, in the order that was counted."""
    names = sorted((n for n in every if shown[n]), key=order)
    total = sum(shown.values())
    for name, row in zip(names, page):
        share = percent(shown[name], every[name])
        wanted = (shown[name], every[name],
                  "new" if shown[name] == every[name] else share,
                  percent(shown[name], total))
        told = (int(row[0].replace(",", "")), int(row[1].replace(",", "")),
                row[2], row[3])
        if told != wanted or not cut(name, row[4]):
            print(name, "is", wanted, "and not", row)
            return False
    return len(page) > 10


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    shown, every = counts()
    orders = [
        lambda n: (-shown[n], -every[n], n),
        lambda n: (shown[n], every[n], n),
        lambda n: (-Fraction(shown[n], every[n]), -shown[n], -every[n], n),
    ]
    good = [check(page, order, shown, every)
            for page, order in zip(pages(), orders)]
    print("%d passed, %d failed, 0 skipped" % (sum(good), 3 - sum(good)))
    return 0 if good == [True] * 3 else 1


if __name__ == "__main__":
    sys.exit(main())
