#!/usr/bin/env python3
"""T16 to T29: what is large, deep, broken or only looks like a log costs neither
the program nor the events beside it."""
import gzip
import json
import os
import sys
import zlib

from support import (INSTRUMENTED, SLOWER, Terminal, count, drawn, main,
                     peak, record, run, save, spent, summary)

NEIGHBOURS = [record(1), record(2)]


def lines(*records):
    return "\n".join(r if isinstance(r, str) else json.dumps(r)
                     for r in records) + "\n"


def t16_depth_costs_no_record(folder):
    for depth in (1, 511, 512, 513, 1000, 100000, 1000000):
        deep = '{"eventVersion":"1","eventName":"Deep","eventTime":"t","x":%s%s}'
        path = save(folder, lines(record(1), deep % ("[" * depth, "]" * depth),
                                  record(2)))
        done = run(folder, "-o", "tsv", "--no-header", "-c", "event", path)
        names = done.text.split()
        assert names.count("GetCertificate") == 2, (depth, names)
        assert "Deep" in names, (depth, names, done.said[:300])


def t17_huge_values_and_many_keys_stay_usable(folder):
    big = record(3, userAgent="x" * (100 << 20))
    many = record(4, requestParameters={
        "k%d" % i: i for i in range(20000 if INSTRUMENTED else 100000)})
    path = save(folder, lines(record(1), big, many, record(2)))
    done = run(folder, "-o", "summary", path)
    assert done.summary()["events"] == 4 and done.summary()["problems"] == []
    if not INSTRUMENTED:
        assert done.memory < 400, done.memory
    path = save(folder, lines(many, record(3, userAgent="x" * (20 << 20))))
    rows = drawn(folder, path, "key j Enter 9 G\nscreen", 80, 24)
    assert any("from 98304 on 1696 more" in row for row in rows) or \
        INSTRUMENTED, rows
    # Drawn in many lines it costs no more than the lines that are seen.
    terminal = Terminal(folder, path)
    terminal.keys("\r9Gw")
    before = spent(terminal.pid)
    for _ in range(10):
        terminal.keys("\x0c")
    took = spent(terminal.pid) - before
    assert b"x" * 60 in terminal.sent() and took < 1 * SLOWER, took
    assert terminal.end("QQ") == 0


def t18_memory_stays_near_the_text(folder):
    text = '{"eventVersion":"1","eventName":"A","eventTime":"t","x":[%s]}'
    path = save(folder, text % ",".join(["[]"] * (8 << 20)))
    done = run(folder, "-o", "count", path)
    size = os.path.getsize(path) / 1e6
    assert done.text == "1\n"
    if INSTRUMENTED:
        return
    assert done.memory < 20 + 4 * size, (done.memory, size)
    # The tree of it is cut, and says so.
    terminal = Terminal(folder, path)
    terminal.keys("\r9ZG")
    assert b"left out: too many for a tree" in terminal.sent()
    most = peak(terminal.pid)
    assert most < 20 + 10 * size, (most, size)
    assert terminal.end("QQ") == 0


def bomb(size):
    """A gzip member: a log that begins, and SIZE bytes of white space."""
    block = 1 << 24
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(b'{"Records":[') + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(b" " * block) + packer.flush(zlib.Z_FULL_FLUSH)
    return (b"\x1f\x8b\x08" + bytes(7) + head + body * (size // block) +
            b"\x03\x00" + bytes(8))


def t19_a_bomb_ends_soon_and_costs_no_other_file(folder):
    trail = os.path.join(folder, "t")
    os.mkdir(trail)
    save(trail, gzip.compress(lines(record(1)).encode()), "a.json.gz")
    save(trail, bomb(10 << 30), "b.json.gz")
    save(trail, gzip.compress(lines(record(2)).encode()), "c.json.gz")
    save(trail, gzip.compress(lines(record(3)).encode()) + bomb(1 << 30),
         "d.json.gz")
    done = run(folder, "-o", "summary", trail)
    told = done.summary()
    assert told["events"] == 3, told
    for name in ("b.json.gz", "d.json.gz"):
        assert any(name in p["file"] and "stopped" in p["message"]
                   for p in told["problems"]), (name, told)
    if not INSTRUMENTED:
        assert done.memory < 250, done.memory
        assert done.cpu < 1, done.cpu


def t20_of_a_file_cut_anywhere_every_whole_record_is_kept(folder):
    records = [json.dumps(record(i)) for i in range(3)]
    text = '{"Records":[' + ",".join(records) + "]}"
    whole = gzip.compress(text.encode(), 6)
    ends = []
    at = len('{"Records":[')
    for r in records:
        ends.append(at + len(r))
        at += len(r) + 1
    trail = os.path.join(folder, "t")
    os.mkdir(trail)
    for n in range(1, len(whole)):
        save(trail, whole[:n], "%04d.json.gz" % n)
    # As one folder, in which they are duplicates and conflicts of each other;
    # what is equal to a whole record stays under the smallest identity.
    assert count(folder, "-f", "id in (id-0, id-1, id-2)", trail) >= 3
    for n in range(1, len(whole), 7):
        partial = zlib.decompressobj(31)
        there = len(partial.decompress(whole[:n]))
        expected = sum(end <= there for end in ends)
        got = summary(folder, os.path.join(trail, "%04d.json.gz" % n))
        assert got["events"] - got["damaged"] >= expected, (n, expected, got)
        assert got["problems"] or got["skipped"], n


    check_flips(folder)


def check_flips(folder):
    """Of a file with one bit flipped nothing altered is without its mark."""
    text = json.dumps(record(1)).encode()
    whole = gzip.compress(text, 9, mtime=0)
    trail = os.path.join(folder, "flipped")
    os.mkdir(trail)
    for bit in range(len(whole) * 8):
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        save(trail, bytes(data), "%05d.json.gz" % bit)
    verified = run(folder, "-o", "ndjson", "-f", "!is:unverified", trail)
    assert [json.loads(line) for line in verified.text.splitlines()] == [
        record(1)], verified.text[:300]
    told = summary(folder, trail)
    # Those that were dropped, as others were equal, are not counted.
    assert told["duplicates"] > 0 and told["unverified"] == count(
        folder, "-f", "is:unverified", trail) > 0, told["unverified"]


def t21_what_follows_a_member_is_judged_by_itself(folder):
    good = gzip.compress(lines(record(1)).encode())
    more = gzip.compress(lines(record(2)).encode())
    flipped = bytearray(more)
    flipped[-6] ^= 1
    for tail, events, problems in ((b"", 1, 0), (bytes(100), 1, 0),
                                   (b"garbage", 1, 1), (more, 2, 0),
                                   (more[:-4], 2, 1), (bytes(flipped), 2, 1),
                                   (b"\x1f\x8b", 1, 1)):
        got = summary(folder, save(folder, good + tail, "x.json.gz"))
        assert (got["events"], bool(got["problems"])) == (
            events, bool(problems)), (tail[:8], got)


def t22_files_are_judged_by_their_bytes(folder):
    text = lines(record(1)).encode()
    assert count(folder, save(folder, text, "plain.json.gz")) == 1
    assert count(folder, save(folder, gzip.compress(text), "zipped.json")) == 1
    twice = save(folder, gzip.compress(gzip.compress(text)), "twice.gz")
    assert count(folder, twice) == 1
    for name, data in (("zip", b"PK\3\4" + bytes(60)),
                       ("zstd", b"\x28\xb5\x2f\xfd" + bytes(60)),
                       ("bzip2", b"BZh91AY&SY" + bytes(60)),
                       ("xz", b"\xfd7zXZ\0" + bytes(60))):
        told = summary(folder, save(folder, data, "a.json.gz"))
        assert told["events"] == 0
        assert name in told["skipped"][0]["why"], (name, told)


def t23_encodings_are_read_or_named(folder):
    text = lines(record(1))
    assert count(folder, save(folder, b"\xef\xbb\xbf" + text.encode())) == 1
    assert count(folder, save(folder, text.replace(" ", "\r\n").encode())) == 1
    for encoding in ("utf-16", "utf-16-be", "utf-32"):
        told = summary(folder, save(folder, text.encode(encoding)))
        assert told["events"] == 0
        assert encoding[:6].upper() in told["skipped"][0]["why"], \
            (encoding, told)


def t24_what_is_no_file_is_passed_over(folder):
    trail = os.path.join(folder, "t")
    os.mkdir(trail)
    save(trail, lines(record(1)))
    os.mkfifo(os.path.join(trail, "fifo"))
    os.symlink(".", os.path.join(trail, "loop"))
    os.symlink("/dev/zero", os.path.join(trail, "zero"))
    os.symlink("nowhere", os.path.join(trail, "dangling"))
    done = run(folder, "-o", "count", trail)
    assert done.text == "1\n" and done.wall < 5 * SLOWER, (done.text, done.wall)
    for path in ("/dev/zero", "/dev/null", os.path.join(trail, "nothing")):
        done = run(folder, "-o", "count", path, os.path.join(trail,
                                                             "trail.json"))
        assert done.text == "1\n", (path, done.text)
        assert done.wall < 5 * SLOWER


def t25_a_file_that_changes_is_no_danger(folder):
    path = save(folder, lines(*[record(i) for i in range(20000)]))
    terminal = Terminal(folder, path)
    save(folder, lines(record(1)))
    terminal.keys("G")
    terminal.keys("\r")
    os.unlink(path)
    # Drawn anew: a count that was seen while loading shares digits with this.
    terminal.keys("kkg\x0c")
    assert b"20,000 events" in terminal.sent()
    assert terminal.end() == 0


def t26_one_bad_file_of_many_is_told_and_the_rest_is_there(folder):
    trail = os.path.join(folder, "t")
    os.mkdir(trail)
    for i in range(5):
        save(trail, lines(record(i)), "%d.json" % i)
    save(trail, '{"Records":[{"eventName":"x', "bad.json")
    done = run(folder, "-o", "count", trail, os.path.join(folder, "missing"))
    assert int(done.text) >= 5 and "missing" in done.said, done.said
    assert "bad.json:1:" in done.said, done.said
    assert run(folder, "-o", "count", "missing").status == 2


def t27_names_of_files_are_text_too(folder):
    names = [b"\x1b[2J\x1b]0;x\x07.json", b"a\nb.json", b"-x.json",
             b"\xff\xfe.json", b"n" * 250 + b".json",
             "\u202egnp.json".encode(), b"a'b\"c$(id)`id`.json"]
    trail = os.path.join(folder, "t")
    os.mkdir(trail)
    for i, name in enumerate(names):
        save(os.fsencode(trail), '{"eventName":"x%d' % i, name)
    done = run(folder, "-o", "table", "-c", "file,event", trail)
    for data in (done.out, done.err):
        assert not {b for b in data if b < 32 and b != 10}, data
    assert "\\u202egnp" in done.said and "\\xff\\xfe" in done.said, done.said
    assert "-x.json:1:" in run(trail, "-o", "count", "--", "-x.json").said


def t28_no_pattern_takes_for_ever(folder):
    path = save(folder, lines(*[record(i, userAgent="a" * 65536 + str(i))
                                for i in range(4)], record(9)))
    for pattern in ("(a+)+$", "(a|a)*b", "(?s)[a-c](?=[abcx]*+z)", "(.*)*x",
                    "^(([a-z])+.)+[A-Z]([a-z])+$", "(a*)*b", "a*a*a*a*a*a*b",
                    "(?:a?){60}a{60}", "(x+x+)+y", "([a-zA-Z]+)*1b"):
        done = run(folder, "-o", "count", "-f", pattern, path)
        assert done.cpu < 3 * SLOWER, (pattern, done.cpu)
        if done.text == "0\n" and done.status == 1:
            assert " 0 undecided" in done.said, (pattern, done.said)


def t29_patterns_that_explode_when_compiled_are_refused(folder):
    path = save(folder, lines(record(1)))
    for pattern in ("(((a{0,50}){0,50}){0,50}){0,50}", "(" * 300 + ")" * 300,
                    "[", "(?<n", "a{99999999}", "(?1)", "x" * 100000, "\\C",
                    "(?:a{1,1000}){1,1000}", "\\", "(?R)",
                    "(*LIMIT_MATCH=1)a"):
        done = run(folder, "-o", "count", "-f", "event~/%s/" % pattern, path)
        assert done.cpu < 2 * SLOWER, (pattern[:40], done.cpu)
        # The last four are patterns, if odd ones.
        if pattern not in ("(?:a{1,1000}){1,1000}", "\\", "(?R)",
                           "(*LIMIT_MATCH=1)a"):
            assert done.status == 2 and done.out == b"", pattern[:40]
            assert done.said.startswith("--filter:1:"), done.said[:80]
            assert done.said.count("^\n") == 1, done.said[:200]


if __name__ == "__main__":
    main(sys.modules[__name__])
