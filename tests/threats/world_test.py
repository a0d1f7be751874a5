#!/usr/bin/env python3
"""T30 to T47: no log leads out of the program, no secret leaks from it, and
what surrounds it cannot turn it."""
import csv
import io
import json
import os
import re
import resource
import stat
import subprocess
import sys

from support import (INSTRUMENTED, PROGRAM, SAMPLE, SLOWER, SOURCE, Skip,
                     Terminal, count, drawn, environment, main, record, run,
                     save, spent, summary)

sys.path.insert(0, os.path.join(SOURCE, "tests", "cli"))
import planted_test as planted      # pylint: disable=wrong-import-position

PLANTED = planted.TRAIL
CANARY = b"Kx7canary"


def t30_there_is_no_way_to_another_program(folder):
    """Neither a call that could start one, nor the right to."""
    done = subprocess.run(["nm", "-D", "--undefined-only", PROGRAM],
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise Skip("nm is not installed")
    names = {line.split()[-1].split("@")[0]
             for line in done.stdout.decode().splitlines()}
    if not INSTRUMENTED:
        found = [n for n in names if re.match(
            r"exec|fork|vfork|system$|popen|posix_spawn|dlopen|socket$|connect$",
            n)]
        assert not found, found
    terminal = Terminal(folder, SAMPLE)
    with open("/proc/%d/status" % terminal.pid, encoding="ascii") as f:
        told = dict(line.split(":", 1) for line in f)
    assert INSTRUMENTED or told["NoNewPrivs"].strip() == "1", told
    assert INSTRUMENTED or "seccomp" not in run(
        folder, "--version").text or told["Seccomp"].strip() == "2", told
    assert terminal.end() == 0


def t31_no_cell_is_a_formula(folder):
    texts = ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1",
             "a\"b,c\nd", "plain"]
    path = save(folder, [record(i, userAgent=t) for i, t in enumerate(texts)])
    shown = run(folder, "-o", "csv", "--no-header", "-c", "user-agent", path)
    cells = [row[0] for row in csv.reader(io.StringIO(shown.text, newline=""))]
    assert cells == [("'" + t if t[0] in "=+-@\t\r" else t) for t in texts], \
        cells
    raw = run(folder, "-o", "csv", "--csv-raw", "--no-header", "-c",
              "user-agent", path).text
    assert raw.startswith("=cmd"), raw
    lines = run(folder, "-o", "ndjson", path).text.splitlines()
    assert [json.loads(x)["userAgent"] for x in lines] == texts


def written(folder, name, *options):
    """What `:w NAME` makes of the sample, with a mask that would let all read."""
    old = os.umask(0)
    try:
        terminal = Terminal(folder, *options, SAMPLE)
        terminal.keys(":w %s\r" % name)
        terminal.end()
    finally:
        os.umask(old)
    return os.path.join(folder, name)


def t32_exports_are_new_files_for_their_owner(folder):
    path = written(folder, "x.csv")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    with open(path, "rb") as f:
        before = f.read()
    # It is never written over, nor through a link.
    target = os.path.join(folder, "target")
    os.symlink(target, os.path.join(folder, "y.csv"))
    written(folder, "x.csv")
    written(folder, "y.csv")
    with open(path, "rb") as f:
        assert f.read() == before
    assert not os.path.exists(target)


def t33_no_name_of_a_file_comes_from_a_log(folder):
    name = "../../../../tmp/evil"
    path = save(folder, [record(1, eventName=name, eventID=name,
                                userAgent=name, recipientAccountId=name)])
    before = set(os.listdir(folder))
    terminal = Terminal(folder, path)
    terminal.keys("\r9yeq")
    for command in (":w", ":w ../x.csv", ":w /tmp/evil.csv"):
        terminal.keys(command + "\r")
        terminal.keys("\x1b\x1b")
    terminal.end()
    after = set(os.listdir(folder))
    assert after == before, after - before
    assert not os.path.exists(os.path.join(folder, "..", "x.csv"))
    assert not os.path.exists("/tmp/evil.csv")
    assert not os.path.exists("/tmp/evil")


def planted_session(folder):
    terminal = Terminal(folder, "-c", planted.COLUMNS, PLANTED, rows=60,
                        columns=200)
    for keys in ("\r9", "yy", "q", "yv", "q", "ye", "q", "yr", "q", "\x0e\x0e",
                 "ye", "q", "r", "yy", "q"):
        terminal.keys(keys)
    return terminal


def t34_copies_carry_masks(folder):
    terminal = planted_session(folder)
    assert terminal.end("qqQ") == 0
    assert CANARY not in terminal.sent()
    assert b"\x1b]52" not in terminal.sent()


def t35_secrets_are_in_no_core(folder):
    """Neither does a core come, nor could one read its memory; what a core made
    by force would hold is looked at by tests/e2e/app_forgotten.e2e."""
    def unlimited():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)

    terminal = Terminal(folder, PLANTED)
    with open("/proc/%d/limits" % terminal.pid, encoding="ascii") as f:
        limits = f.read()
    assert re.search(r"Max core file size\s+0\s+%s" % (
        r"\w+" if INSTRUMENTED else "0"), limits), limits
    owner = os.stat("/proc/%d/environ" % terminal.pid).st_uid
    assert INSTRUMENTED or os.getuid() == 0 or owner == 0, owner
    os.kill(terminal.pid, 11)
    while terminal.read():
        pass
    os.waitpid(terminal.pid, 0)
    run(folder, "-o", "count", PLANTED, before=unlimited)
    assert not [n for n in os.listdir(folder) if "core" in n]


def t36_nothing_stays_on_the_terminal(folder):
    terminal = planted_session(folder)
    assert terminal.end("qqQ") == 0
    sent = terminal.sent()
    assert CANARY not in sent
    after = sent[sent.rindex(b"\x1b[?1049l"):]
    assert not re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]|[\r\n]", b"", after), after


def t37_nothing_is_written_to_the_home(folder):
    terminal = planted_session(folder)
    terminal.keys("f")
    terminal.keys("alice\r")
    assert terminal.end() == 0
    run(folder, "-o", "table", PLANTED)
    assert os.listdir(folder) == [], os.listdir(folder)


def t38_a_filter_need_not_be_in_the_arguments(folder):
    with open(os.path.join(folder, "filter"), "w", encoding="ascii") as f:
        f.write("event=GetCertificate\n")
    path = save(folder, [record(1), record(2, eventName="Other")])
    assert count(folder, "-F", "filter", path) == 1
    done = run(folder, "-o", "count", "-F", "-", path,
               stdin=b"event=GetCertificate")
    assert done.text == "1\n"
    with open(os.path.join(SOURCE, "man", "acmtui.1"), encoding="utf-8") as f:
        assert "Fl F" in f.read()


def t39_the_folder_one_stands_in_configures_nothing(folder):
    config = json.dumps({"allow": "**", "mask": "**"})
    for name in (".acmtuirc", "acmtui.json", "config.json", ".acmtui"):
        save(folder, config, name)
    path = save(folder, [record(1, requestParameters={"password": "x1y2"})])
    hostile = environment(folder, LESSOPEN="|touch evil", PAGER="touch evil",
                          EDITOR="touch evil", LD_LIBRARY_PATH=folder,
                          OPENSSL_CONF=os.path.join(folder, "config.json"),
                          HOME="/nonexistent")
    done = run(folder, "-o", "ndjson", path, env=hostile)
    assert "\u2039password" in done.text and "x1y2" not in done.text, done.text
    assert "evil" not in os.listdir(folder)


def t40_locales_change_nothing_but_letters(folder):
    have = subprocess.run(["locale", "-a"], capture_output=True,
                          check=False).stdout.decode().split()
    path = save(folder, [record(1, requestParameters={"ratio": 1.5, "n": 7},
                                userAgent="I\u0131i\u0130")])
    outputs = set()
    for locale in ["C", "C.UTF-8"] + [n for n in ("tr_TR.utf8", "de_DE.utf8")
                                      if n in have]:
        env = environment(folder, LC_ALL=locale)
        outputs.add((run(folder, "-o", "ndjson", path, env=env).out,
                     run(folder, "-o", "count", "-f",
                         "requestParameters.ratio>1.25 eventname=GetCertificate"
                         " (?i)getCERTIFICATE", path, env=env).out))
    assert len(outputs) == 1 and outputs.pop()[1] == b"1\n"


def djb2_twins(n):
    """N texts with one djb2 hash: `Ez` and `FY` have the same."""
    pairs = ("Ez", "FY")
    return ["".join(pairs[i >> b & 1] for b in range(17)) for i in range(n)]


def t41_no_table_can_be_flooded(folder):
    """Tables are seeded; the same hash on another table is no hash here."""
    times = []
    for texts in (djb2_twins(100000),
                  ["%034d" % (i * 7919) for i in range(100000)]):
        path = save(folder, "\n".join(
            '{"eventVersion":"1","eventName":"A","eventTime":"t","userAgent":'
            '"%s","requestParameters":{"%s":1}}' % (t, t[:12]) for t in texts))
        done = run(folder, "-o", "values:userAgent", path)
        assert done.text.count("\n") == 100000
        times.append(done.cpu)
    assert times[0] < 3 * times[1] + 1, times


def t42_twice_the_log_takes_twice_the_time(folder):
    times = []
    for n in (20000, 40000):
        path = save(folder, [record(1, requestParameters={
            "k%d" % i: "v%d" % i for i in range(n)})])
        times.append(min(run(folder, "-o", "count", "-f",
                             "requestParameters.k%d=v%d" % (n - 1, n - 1),
                             path).cpu for _ in range(3)))
    assert times[1] < 3 * times[0] + 0.2, times


def t43_sizes_do_not_wrap(folder):
    """Numbers that do not fit, wherever a log or an option states a size."""
    for n in ("2147483647", "4294967295", "4294967296", "9223372036854775807",
              "18446744073709551615", "18446744073709551616", "1" + "0" * 400):
        path = save(folder, '{"eventVersion":"1","eventName":"A","eventTime":'
                    '"t","requestParameters":{"x":{"hb":[1,2,3,4],"offset":%s,'
                    '"limit":%s,"capacity":%s,"position":%s}},"originalSize":'
                    '%s}' % ((n,) * 5))
        assert count(folder, path) == 1
        drawn(folder, path, "key Enter 9\nscreen", 80, 24)
        for option in ("--max-inflate=", "--max-memory=", "--jobs="):
            assert run(folder, option + n, "-o", "count",
                       path).status in (0, 2)


def t44_times_that_are_none_stay_as_they_are(folder):
    times = ["9999-99-99T99:99:99Z", "2016-12-31T23:59:60Z", "", "soon",
             "1" * 100000, "2016-02-30T00:00:00Z", "-1", "0000-00-00T00:00:00Z",
             "2016-01-01T00:00:00+99:99", "\u0662\u0660\u0661\u0666"]
    path = save(folder, [record(i, eventTime=t, eventID=str(i))
                         for i, t in enumerate(times)] + [record(99)])
    done = run(folder, "-o", "tsv", "--no-header", "-c", "time", path)
    assert sorted(done.text.split("\n")[:-1]) == sorted(
        times + [record(99)["eventTime"]]), done.text[:300]
    # The leap second is a time; what is none comes last, either way round.
    for sort, first in (("time", ["1", "id-99"]), ("-time", ["id-99", "1"])):
        ids = run(folder, "-o", "tsv", "--no-header", "-c", "id", "-s", sort,
                  path).text.split()
        assert ids[:2] == first and len(ids) == len(times) + 1, ids
    assert count(folder, "-f", "time<9999", path) == 2


def t45_what_is_pasted_or_answered_runs_no_command(folder):
    terminal = Terminal(folder, SAMPLE)
    terminal.keys(b"\x1b[200~Q:q\rQ\x1b[201~")
    terminal.keys(b"f\x1b[200~" + b"Q\n\x03\x1a\x1b[A" * 200000 + b"\x1b[201~")
    terminal.keys(b"\x1b\x1b")
    # A terminal that does not tell of pastes: more than anybody types.
    before = spent(terminal.pid)
    terminal.keys(b"f" + b"abc " * 800)
    took = spent(terminal.pid) - before
    assert took < 10 * SLOWER, took
    terminal.keys(b"\x1b\x1b")
    for answer in (b"\x1b]11;rgb:00/00/00\x1b\\", b"\x1b[?62;4;22c",
                   b"\x1bP1+r544e=Q\x1b\\", b"\x1b[<0;1;1M", b"\x1b[M !!",
                   b"\x1b[24;80R", b"\x1b_GQ\x1b\\"):
        terminal.keys(answer)
    terminal.keys("?")
    assert terminal.end("QQQ") == 0


def t46_what_is_no_trail_is_named(folder):
    digest = {"awsAccountId": "1", "digestStartTime": "t", "digestEndTime": "t",
              "digestS3Bucket": "b", "digestS3Object": "o", "logFiles": []}
    none = "JSON without CloudTrail events"
    for data, why in ((digest, "a CloudTrail digest file"), ({"a": 1}, none),
                      ("", "an empty file"), ("[1,2,3]", none),
                      ('"text"', "text that is not JSON"),
                      ("null", "text that is not JSON"),
                      ({"Records": {"a": 1}}, none)):
        told = summary(folder, save(folder, data))
        assert told["events"] == 0 and [s["why"] for s in told["skipped"]] == [
            why], (data, told)
    for data in ({"Records": []}, "[]"):
        told = summary(folder, save(folder, data))
        assert told["events"] == 0 and not told["skipped"], told
    inner = json.dumps(record(1))
    for data in ({"detail-type": "AWS API Call via CloudTrail",
                  "source": "aws.acm", "detail": record(1)},
                 {"Events": [{"CloudTrailEvent": inner}]},
                 {"logEvents": [{"message": inner}]}, [record(1)],
                 inner + "\n" + json.dumps(record(2)), {"message": inner}):
        assert summary(folder, save(folder, data))["events"] >= 1, data


def t47_no_secret_is_missed(folder):
    """Forty, everywhere; tests/cli/planted_test.py tries every format."""
    done = run(folder, "-o", "ndjson", PLANTED)
    assert not planted.found(["Kx7canary"], done.out + done.err)
    rows = drawn(folder, PLANTED, "key Enter 9 Z\nscreen\n" +
                 "key Ctrl-N\nscreen\n" * 40, 200, 60)
    assert not [row for row in rows if "Kx7canary" in row]
    assert count(folder, "-f", "Kx7canary", PLANTED) == 0
    assert count(folder, "-f", "Kx7harmless", PLANTED) == 1


if __name__ == "__main__":
    main(sys.modules[__name__])
