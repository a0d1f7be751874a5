#!/usr/bin/env python3
"""-o report: its command lines show the same events, its SHA-256 are those of
the files, and nothing in a log or a note gets out of its place in Markdown."""
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
ENV = dict(os.environ, LC_ALL="C.UTF-8",
           PATH=BUILD + os.pathsep + os.environ["PATH"])

# As a log or a colleague may have it.
HOSTILE = [
    "`code` ``` end", "](https://evil.example) <script>alert(1)</script>",
    "a\n\n# Heading\n\n- item", "| a | b |", "**bold** _it_ &lt; \\",
    "https://evil.example www.evil.example", "``", "` `", "\u001b[2J\u202e",
    "![x](y)", "$(touch /tmp/x)", "' ; touch x '", "---", "1. one",
]


def run(command, folder=SOURCE):
    return subprocess.run(command, shell=True, cwd=folder, env=ENV,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


def ids(command, folder=SOURCE):
    """The events that a command line shows, in order."""
    assert command.startswith("acmtui "), command
    done = run(command.replace("acmtui ", "acmtui -o ndjson ", 1), folder)
    assert done.returncode == 0, done
    return [json.loads(line)["eventID"] for line in done.stdout.splitlines()]


def report(arguments, folder=SOURCE):
    done = run("acmtui --no-config -o report " + arguments, folder)
    assert done.returncode == 0, done
    return done.stdout.decode("utf-8")


def commands(text):
    return re.findall(r"^    (acmtui .*)$", text, re.M)


def notes(folder, events, texts=()):
    path = os.path.join(folder, "case.notes")
    with open(path, "w", encoding="utf-8") as f:
        for n, event in enumerate(events):
            f.write("2026-11-13T09:00:%02d.000Z\t%s\tmark\t\n" % (n, event))
        for event, text in texts:
            text = text.replace("\\", "\\\\").replace("\n", "\\n")
            f.write("2026-11-13T10:00:00.000Z\t%s\tnote\t%s\n" % (event, text))
    return path


def test_its_command_lines_show_the_same_events(folder):
    wanted = ids("acmtui --no-config -f event=ExportCertificate data/sample")
    path = notes(folder, reversed(wanted), [(wanted[0], "the first")])
    text = report("--notes=%s -f 'from=198.51.100.23 event~Certif' data/sample"
                  % path)
    shown, marked = commands(text)
    assert ids(marked) == wanted, marked
    assert ids(shown) == ids("acmtui --no-config -f 'from=198.51.100.23 "
                             "event~Certif' data/sample")
    told = re.findall(r"^- eventID: `([^`]*)`$", text, re.M)
    assert told == wanted, told
    assert "- note: the first\n" in text
    assert "- `from=198.51.100.23`: 65 events\n" in text


def marked_conflict(folder):
    """The report on what stands twice under one eventID, and on an export."""
    wanted = ids("acmtui --no-config -f 'is:conflict or event=StopLogging or "
                 "(event=ExportCertificate from=198.51.100.23)' data/sample")
    path = notes(folder, wanted)
    return wanted, report("--notes=%s -f 'is:marked is:write' data/sample"
                          % path)


def test_what_is_marked_is_shown_again_without_the_notes(folder):
    wanted, text = marked_conflict(folder)
    shown, marked = commands(text)
    assert ids(marked) == wanted, marked
    assert "--notes" not in text and "is:marked" not in shown, shown
    assert ids(shown) == ids(marked), shown
    assert len(set(wanted)) < len(wanted)
    for event in wanted:
        assert marked.count(event) == 1, marked


def test_a_conflict_is_told_at_both_events(folder):
    wanted, text = marked_conflict(folder)
    told = re.findall(r"^- conflict: same eventID as (\d+), ", text, re.M)
    twice = [n + 1 for n, event in enumerate(wanted)
             if wanted.count(event) > 1]
    assert [int(n) for n in told] == twice[::-1], (told, twice)


def test_what_was_not_read_whole_is_counted(folder):
    record = ('{"eventVersion":"1.08","eventID":"1","eventName":"A",'
              '"eventTime":"2024-01-02T03:04:05Z"}\n')
    with open(os.path.join(folder, "whole.json"), "w") as f:
        f.write(record)
    assert "None: every file was read whole." in report("whole.json", folder)
    with open(os.path.join(folder, "cut.json.gz"), "wb") as f:
        f.write(gzip.compress(record.encode() * 100)[:-20])
    done = run("acmtui --no-config -o report .", folder)
    text = done.stdout.decode("utf-8")
    assert "- files: 2\n- files not read whole: 1\n" in text, text
    assert "every file" not in text, text


def test_an_event_tells_all_that_a_ticket_asks_for(folder):
    _, text = marked_conflict(folder)
    first = text[text.index("### 1. "):text.index("### 2. ")]
    told = re.findall(r"^- ([a-z-]+): ", first, re.M)
    for name in ("who", "key", "issued", "mfa", "from", "user-agent",
                 "domain", "finding"):
        assert name in told, (name, told)
    assert "- message: `User: arn:aws:sts::" in text
    arns = re.findall(r"certificate/[0-9a-f-]{36}", first)
    assert len(arns) == 1, arns


def test_the_certificates_of_marked_events_have_their_life_lines(folder):
    _, text = marked_conflict(folder)
    events = text[text.index("## Marked"):text.index("## Life")]
    wanted = re.findall(r"^- target: `(arn:aws:acm:[^`]*)`", events, re.M)
    told = re.findall(r"^- certificate: `([^`]*)`", text, re.M)
    assert len(wanted) > 1 and told == wanted, (told, wanted)


def test_files_of_marked_events_stand_before_the_others(folder):
    _, text = marked_conflict(folder)
    head, rest = text[text.index("## Files"):].split("<details>")
    wanted = set(re.findall(r"^- file: `([^`]*)`", text, re.M))
    assert set(re.findall(r"^- `([^`]*)`", head, re.M)) == wanted
    assert re.search(r"<summary>(\d+) ", rest).group(1) == str(
        len(re.findall(r"^- `", rest, re.M))), rest[:100]
    assert rest.endswith("\n\n</details>\n"), rest[-40:]


def test_it_says_when_where_and_by_what_it_was_written(folder):
    text = report("data/sample")
    assert re.search(r"^Written 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC by "
                     r"acmtui [\d.]+; paths are those of `%s`\.$"
                     % re.escape(os.path.realpath(SOURCE)), text, re.M), \
        text[:200]


def test_its_words_are_quoted_for_the_shell(folder):
    name = "it's a $(folder) with `ticks` & more"
    os.mkdir(os.path.join(folder, name))
    with open(os.path.join(folder, name, "-x;y.json"), "w") as f:
        f.write('{"eventVersion":"1","eventID":"e 1, (two)","eventName":"A",'
                '"eventTime":"2026-01-01T00:00:00Z"}')
    path = notes(folder, ["e 1, (two)"])
    text = report("--notes=%s -f 'event=\"A\" !who=\"it'\\''s\"' \"$(ls | "
                  "grep folder)\"" % path, folder)
    assert [ids(c, folder) for c in commands(text)] == [["e 1, (two)"]] * 2
    assert os.listdir(folder) in ([name, "case.notes"], ["case.notes", name])


def test_its_digests_are_those_of_the_files(folder):
    text = report("data/sample")
    told = re.findall(r"^- `([^`]*)`: (\d+) events?, SHA-256 `(\w+)`", text,
                      re.M)
    assert len(told) > 190, len(told)
    for name, _, digest in told:
        with open(os.path.join(SOURCE, name), "rb") as f:
            assert hashlib.sha256(f.read()).hexdigest() == digest, name
    assert sum(int(n) for _, n, _ in told) == 520, told
    assert "changed since" not in text


def test_standard_input_has_no_digest(folder):
    done = run("cat tests/screens/data/few.json | acmtui --no-config -o report"
               " -")
    assert re.search(r"^- `.*`: 10 events, no SHA-256: `.*`$",
                     done.stdout.decode(), re.M), done.stdout[-300:]


def outside(text):
    """What stands outside of code: code spans by CommonMark's rule."""
    lines = [line for line in text.split("\n")
             if not line.startswith("    ")]
    return re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "CODE",
                  "\n".join(lines))


def test_what_comes_from_outside_stays_text(folder):
    for n, text in enumerate(HOSTILE):
        with open(os.path.join(folder, "log.json"), "w") as f:
            json.dump({"Records": [{
                "eventVersion": "1.08", "eventID": "id-%d" % n,
                "eventName": text, "eventTime": "2026-01-01T00:00:00Z",
                "sourceIPAddress": text, "errorCode": text,
                "userIdentity": {"type": "IAMUser", "userName": text},
                "requestParameters": {"password": "hunter2"},
            }]}, f)
        path = notes(folder, [], [("id-%d" % n, text)])
        said = report("--notes=%s -f %s log.json" % (
            path, "'error?'"), folder)
        left = outside(said)
        assert "hunter2" not in said
        assert "\x1b" not in said and "\u202e" not in said
        headings = re.findall(r"^#+ .*$", left, re.M)
        assert len(headings) == 8, (text, headings)
        assert "<script" not in re.sub(r"\\.", "", left), left
        for line in left.split("\n"):
            if line.startswith("- note: "):
                bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", line[8:])
                assert not re.search(r"[`*_\[\]<>|#!$&]|://|www\.", bare), line
            else:
                assert "evil" not in line, (text, line)


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    passed = failed = 0
    for name, test in sorted(globals().items()):
        if not name.startswith("test_"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                passed += 1
            except AssertionError as error:
                failed += 1
                print(name, error)
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
