#!/usr/bin/env python3
"""data/examples against the published document: the same text but for the
layout."""
import os
import re
import sys

SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")
DOCUMENT = os.path.join(os.environ.get("ACMTUI_SHARED", ""),
                        "acm-cloudtrail.md")


def call_of(text):
    return re.search(r'"?eventName"?: "(\w+)"', text).group(1)


def main():
    if not os.path.exists(DOCUMENT):
        print("SKIP: no acm-cloudtrail.md in $ACMTUI_SHARED")
        sys.exit(77)
    with open(DOCUMENT, encoding="utf-8") as f:
        blocks = re.findall(r"^```\n(.*?)^```", f.read(), re.S | re.M)
    assert len(blocks) == 11, len(blocks)
    for block in blocks:
        call = call_of(block)
        path = os.path.join(SOURCE, "data", "examples", call + ".json")
        with open(path, encoding="utf-8") as f:
            ours = f.read()
        assert "".join(ours.split()) == "".join(block.split()), call
        print("ok", call)


if __name__ == "__main__":
    main()
