#!/usr/bin/env python3
"""tests/bench/gen: what it writes is JSON, comes again with the same seed, and
is as varied as measurements need (300 shapes, 2.8 new values and 1,200 bytes
an event; what a million events have, `make bench` prints)."""
import glob
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

GEN = os.path.join(os.environ.get("ACMTUI_BUILD", "."), "tests/bench/gen")
NAME = re.compile(
    r"AWSLogs/(\d{12})/CloudTrail/([a-z0-9-]+)/(\d{4})/(\d\d)/(\d\d)/"
    r"\1_CloudTrail_\2_\3\4\5T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz\Z")


def generate(folder, *options):
    done = subprocess.run([GEN, *options, "--out", folder], check=True,
                          stdout=subprocess.PIPE)
    return dict(line.split() for line in done.stdout.decode().splitlines())


def read(folder):
    """Path and text of each file."""
    found = {}
    for path in glob.glob(folder + "/**/*.gz", recursive=True):
        with gzip.open(path, "rb") as f:
            found[os.path.relpath(path, folder)] = f.read()
    return found


def no_twins(pairs):
    assert len({k for k, _ in pairs}) == len(pairs), pairs
    return dict(pairs)


def parse(text):
    return json.loads(text, object_pairs_hook=no_twins)


def shape(value, leaves):
    """The value without its leaves, which are appended to LEAVES."""
    if isinstance(value, dict):
        return tuple((k, shape(v, leaves)) for k, v in value.items())
    if isinstance(value, list):
        if len(value) > 3 and all(isinstance(v, int) for v in value):
            leaves.append(str(value))
            return "numbers"
        return repr([shape(v, leaves) for v in value])
    leaves.append(value)
    return None


def test_files_are_cloudtrails_and_hold_what_was_asked(folder):
    told = generate(folder, "--seed", "7", "--events", "2000", "--files", "20")
    files = read(folder)
    assert len(files) == 20 == int(told["files"])
    assert sum(map(len, files.values())) == int(told["json"])
    sizes = []
    for path, text in files.items():
        account, region = NAME.match(path).group(1, 2)
        records = parse(text)["Records"]
        sizes.append(len(records))
        assert {r["recipientAccountId"] for r in records} == {account}
        assert {r["awsRegion"] for r in records} == {region}
    assert sum(sizes) == 2000
    assert min(sizes) >= 1 and min(sizes) * 3 < 100 < max(sizes) / 2, sizes


def test_a_seed_stands_for_its_bytes(folder):
    made = []
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        path = os.path.join(folder, name)
        generate(path, "--seed", seed, "--events", "200", "--files", "5")
        made.append(read(path))
    assert made[0] == made[1]
    assert not set(made[0]) & set(made[2])


def test_records_are_varied_as_in_life(folder):
    generate(folder, "--events", "20000", "--ndjson")
    lines = read(folder)["events.ndjson.gz"].splitlines()
    assert len(lines) == 20000
    shapes, values, ids, leaves = set(), set(), set(), []
    users, count = {}, 0
    for line in lines:
        record, leaves = parse(line), []
        shapes.add(repr(shape(record, leaves)))
        values.update(map(repr, leaves))
        count += len(leaves)
        ids |= {record["eventID"], record["requestID"]}
        user = record["userIdentity"].get("userName")
        users[user] = users.get(user, 0) + 1
    size = sum(map(len, lines)) / len(lines)
    assert len(ids) == 2 * len(lines)
    assert len(shapes) >= 300, len(shapes)
    assert len(values) >= 2.8 * len(lines), len(values)
    assert 1200 <= size <= 1350, size
    assert 26 <= count / len(lines) <= 32, count / len(lines)
    # The first user of an account does half of what is done in it.
    del users[None]
    assert 0.04 < max(users.values()) / sum(users.values()) < 0.12


def test_each_style_makes_a_trail_hard_in_its_way(folder):
    usual, shapes, escapes = (os.path.join(folder, n) for n in "use")
    for path, options in ((usual, ()), (shapes, ("--all-shapes",)),
                          (escapes, ("--escapes",))):
        generate(path, "--events", "2000", "--ndjson", *options)
    lines = read(shapes)["events.ndjson.gz"].splitlines()
    assert len({repr(shape(parse(line), [])) for line in lines}) == 2000
    strings = re.findall(rb'"((?:[^"\\]|\\.)*)"',
                         read(escapes)["events.ndjson.gz"])
    size = len(read(escapes)["events.ndjson.gz"])
    escaped = sum(len(s) for s in strings if b"\\" in s)
    foreign = sum(b > 127 for s in strings for b in s)
    assert 0.08 < escaped / size < 0.14, escaped / size
    assert 0.008 < foreign / size < 0.014, foreign / size


def test_every_kind_of_call_occurs(folder):
    path = os.path.join(os.environ.get("ACMTUI_SOURCE", "."),
                        "tests/bench/kinds.def")
    with open(path, encoding="utf-8") as f:
        kinds = re.findall(r'^KIND\(\d+, "(\w+)", "([^"]+)"', f.read(), re.M)
    generate(folder, "--events", "20000", "--ndjson")
    text = read(folder)["events.ndjson.gz"].decode()
    assert len(kinds) >= 40
    for service, calls in kinds:
        assert any(f'"{service}.amazonaws.com","eventName":"{c}"' in text
                   for c in calls.split("|")), (service, calls)


def test_wrong_options_are_refused(folder):
    for options in ((), ("--events", "0"), ("--events", "x"),
                    ("--events", "10", "--files", "11"),
                    ("--events", "20001", "--files", "1"), ("more",)):
        done = subprocess.run([GEN, *options, "--out", folder] if options
                              else [GEN], stderr=subprocess.PIPE)
        assert done.returncode == 2, options
        assert done.stderr.count(b"\n") == 1, done.stderr
    assert not os.path.exists(folder)


if __name__ == "__main__":
    if not os.path.exists(GEN):
        print("SKIP: tests/bench/gen is not built: no zlib")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as top:
        for name, test in list(globals().items()):
            if name.startswith("test_"):
                test(os.path.join(top, name))
                print("ok", name[5:].replace("_", " "))
