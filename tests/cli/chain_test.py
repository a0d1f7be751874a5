#!/usr/bin/env python3
"""Credentials that responses issue, and the events made with them: acmtui's
count against one made here, with nothing of acmtui's, on the real trails.

Reads $ACMTUI_SHARED/trails; SKIP where it is not."""
import gzip
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
SHARED = os.environ.get("ACMTUI_SHARED") or os.path.join(SOURCE, "..", "shared")
TRAILS = os.path.join(SHARED, "trails")
SOURCES = (["invictus-aws-dataset"], ["stratus"],
           ["invictus-aws-dataset", "stratus"])


def records(value):
    """Records of a document that holds Records, an array or one."""
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            if isinstance(value.get("Records"), list):
                stack.extend(value["Records"])
            elif "eventName" in value:
                yield value


def read(folder):
    decoder = json.JSONDecoder()
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), "rb") as f:
                data = f.read()
            if data[:2] == b"\x1f\x8b":
                data = gzip.decompress(data)
            text = data.decode("utf-8", "replace").lstrip("\ufeff")
            at = 0
            while at < len(text):
                if text[at].isspace():
                    at += 1
                    continue
                try:
                    value, at = decoder.raw_decode(text, at)
                except ValueError:
                    break
                yield from records(value)


def expected(folders):
    """{issued key: events made with it}, each eventID once."""
    seen = {}
    for folder in folders:
        for record in read(folder):
            seen.setdefault(record.get("eventID", id(record)), record)
    used = {}
    for record in seen.values():
        key = (record.get("userIdentity") or {}).get("accessKeyId")
        used[key] = used.get(key, 0) + 1
    issued = {}
    for record in seen.values():
        response = record.get("responseElements")
        if isinstance(response, dict) and \
                isinstance(response.get("credentials"), dict):
            key = response["credentials"].get("accessKeyId")
            if key:
                issued[key] = used.get(key, 0)
    return issued


def told(folders):
    out = subprocess.run([os.path.join(BUILD, "acmtui"), "-o", "sessions:json"]
                         + folders, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=False).stdout
    return json.loads(out)


def main():
    if not os.path.isdir(TRAILS):
        print("SKIP: no %s" % TRAILS)
        return 77
    passed = failed = 0
    for names in SOURCES:
        folders = [os.path.join(TRAILS, n) for n in names]
        if not all(map(os.path.isdir, folders)):
            print("SKIP: no %s" % " and ".join(names))
            return 77
        issued, answer = expected(folders), told(folders)
        used = sum(1 for events in issued.values() if events)
        print("%s: %d of %d issued keys are used" %
              (" and ".join(names), used, len(issued)))
        rows = {r["key"]: r["events"] for r in answer["sessions"]}
        folded = sum(r["keys"] for r in answer["by_services"])
        good = answer["temporary_keys_issued"] == len(issued) and \
            answer["used_in_the_loaded_data"] == used and \
            all(rows[k] == n for k, n in issued.items() if k in rows) and \
            sum(1 for k in issued if k not in rows) <= folded
        passed += good
        failed += not good
        if not good:
            print("    acmtui says %d of %d" %
                  (answer["used_in_the_loaded_data"],
                   answer["temporary_keys_issued"]))
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
