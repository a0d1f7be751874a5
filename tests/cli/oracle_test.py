#!/usr/bin/env python3
"""The program against tests/oracle.py: the same number of events, the same
counts of values, the same answers to filters, on the sample trail and on the
real ones ($ACMTUI_SHARED/trails).

The oracle reads strictly, so of each collection those files are taken that it
reads without a fault and knows everything in; the rest is counted and must
not be much.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
SHARED = os.environ.get("ACMTUI_SHARED") or os.path.join(SOURCE, "..",
                                                         "shared")
sys.path.insert(0, os.path.join(SOURCE, "tests"))
import oracle

FIELDS = (
    "eventName", "eventSource", "awsRegion", "eventTime", "eventID",
    "sourceIPAddress", "userAgent", "errorCode", "errorMessage", "readOnly",
    "eventVersion", "eventType", "userIdentity.type", "userIdentity.arn",
    "userIdentity.accessKeyId", "resources[].ARN",
    "requestParameters.certificateArn", "tlsDetails.tlsVersion",
    "userIdentity.sessionContext.attributes.mfaAuthenticated",
)

FILTERS = (
    ["eventName~^(Export|Import)Certificate$"],
    ["eventName=AssumeRole"],
    ["errorCode?"],
    ["errorCode!?", "eventSource~^(kms|acm|sts)"],
    ["errorCode!~Denied"],
    ["sourceIPAddress~\\.amazonaws\\.com$"],
    ["userIdentity.type=AssumedRole", "eventName~^Describe"],
    ["requestParameters.certificateArn?"],
    ["resources[].ARN~:certificate/"],
    ["AccessDenied"],
    ["(?i)administrator"],
    ["awsRegion=us-east-1", "eventName!=AssumeRole", "readOnly=true"],
    ["userIdentity.sessionContext.attributes.mfaAuthenticated~(?i)^FALSE$"],
    ["eventTime~^20(1[0-9]|2[0-3])-"],
    ["userAgent~^\\[|Mozilla"],
    ["arn:aws:iam::[0-9]+:role/"],
)


def acmtui(*arguments, paths):
    """Standard output as bytes."""
    run = subprocess.run([os.path.join(BUILD, "acmtui"), "--no-config",
                          "--no-sandbox", *arguments, "--", *paths],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.returncode in (0, 1), (arguments, run.returncode,
                                      run.stderr.decode()[-2000:])
    return run.stdout


def escaped(text):
    """As tsv has it."""
    text = text.replace("\\", "\\\\").replace("\t", "\\t")
    return text.replace("\n", "\\n").encode("utf-8", "surrogatepass")


class Collection:
    def __init__(self, name, folder):
        self.name = name
        trail = oracle.Trail([folder])
        good = [f.path for f in trail.files
                if not f.faults and not f.skipped and not f.of("other")]
        print("%s: %d of %d files" % (name, len(good), len(trail.files)))
        assert len(good) > len(trail.files) * 0.8
        self.trail = oracle.Trail(good)
        self.paths = good


def check_events(c):
    """Which events there are, and in how many files of which kinds."""
    wanted = sorted(e.id or "" for e in c.trail.events)
    tsv = acmtui("-o", "tsv", "-c", "eventID", "--no-header", paths=c.paths)
    got = sorted(tsv.decode().split("\n")[:-1])
    missing = sorted(set(wanted) - set(got))
    more = sorted(set(got) - set(wanted))
    assert got == wanted, (len(wanted), len(got), missing[:5], more[:5])
    assert acmtui("-o", "count", paths=c.paths) == b"%d\n" % len(wanted)
    summary = json.loads(acmtui("-o", "summary", paths=c.paths))
    assert summary["events"] == len(wanted)
    assert summary["duplicates"] == c.trail.duplicates, (
        summary["duplicates"], c.trail.duplicates)
    assert summary["files"] == len(c.paths)
    return 4


def check_values(c):
    for field in FIELDS:
        counts = {}
        for e in c.trail.events:
            for v in set(e.values(field)):
                counts[v] = counts.get(v, 0) + 1
        rows = sorted(((-n, v.encode("utf-8", "surrogatepass"), v)
                       for v, n in counts.items()))
        wanted = b"".join(b"%d\t%s\n" % (-n, escaped(v)) for n, _, v in rows)
        got = acmtui("-o", "values:" + field, paths=c.paths)
        assert got == wanted, (field, [
            (a, b) for a, b in zip(wanted.split(b"\n"), got.split(b"\n"))
            if a != b][:3])
    return len(FIELDS)


def check_filters(c):
    some = 0
    for terms in FILTERS:
        tests = [oracle.term(t) for t in terms]
        wanted = sum(all(t(e) for t in tests) for e in c.trail.events)
        arguments = [a for t in terms for a in ("-f", t)]
        got = int(acmtui("-o", "count", *arguments, paths=c.paths))
        assert got == wanted, (terms, wanted, got)
        one = int(acmtui("-o", "count", "-f", " ".join(terms),
                         paths=c.paths))
        assert one == wanted, (terms, wanted, one)
        some += wanted > 0
    assert some > len(FILTERS) / 2, some
    return len(FILTERS)


def check_records(c):
    """What is written as JSON is what was read: every leaf, as logged."""
    written = acmtui("-o", "json", "--unmask", paths=c.paths)
    lines = acmtui("-o", "ndjson", "--unmask", paths=c.paths)
    contents = sorted(e.content() for e in c.trail.events)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("json", written), ("ndjson", lines)):
            path = os.path.join(folder, name)
            with open(path, "wb") as f:
                f.write(data)
            again = oracle.Trail([path], keep_all=True)
            assert not again.files[0].faults, again.files[0].faults
            got = sorted(e.content() for e in again.events)
            assert got == contents, (name, len(got), len(contents), [
                (a, b) for a, b in zip(contents, got) if a != b][:1])
    return 2


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    collections = [("sample", os.path.join(SOURCE, "data", "sample"))]
    trails = os.path.join(SHARED, "trails")
    if os.path.isdir(trails):
        collections.append(("trails", trails))
    else:
        print("SKIP: real trails: no $ACMTUI_SHARED/trails")
    passed = failed = 0
    checks = check_events, check_values, check_filters, check_records
    for name, folder in collections:
        c = Collection(name, folder)
        for check in checks:
            try:
                passed += check(c)
            except AssertionError as e:
                failed += 1
                print("FAIL %s: %s: %s" % (name, check.__name__, str(e)[:1500]))
    print("%d passed, %d failed, %d skipped"
          % (passed, failed, not os.path.isdir(trails)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
