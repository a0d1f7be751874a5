#!/usr/bin/env python3
"""T01 to T15: what an attacker writes into a log is seen, as what it is, and does
nothing else."""
import json
import sys
import unicodedata

from support import (ARN, Terminal, check_shown, count, drawn, main, record,
                     run, save, width)

# What terminals obey: sequences of each kind, and single controls.
PAYLOADS = ["\x1b[2J", "\x1b[31mred", "\x1b]0;title\x07", "\x1b]52;c;cXE=\x07",
            "\x1b]8;;http://x\x1b\\link", "\x1bP1$r\x1b\\", "\x1b_x\x1b\\",
            "\x1b^x\x1b\\", "\x1bXx\x1b\\", "\x9b31m", "\x9d0;x\x9c", "\x07",
            "\x08\x08", "\r", "\x7f", "\x0e\x0f", "\x1bc", "\x1b(0", "\x05",
            "\x1b[21t", "\x1b[6n", "\x1b]4;1;?\x07", "\x00", "\u202e", "\u200b"]
# Every column and the tree draw one of these.
PLACES = ["eventName", "eventSource", "awsRegion", "sourceIPAddress",
          "userAgent", "errorCode", "errorMessage", "eventID", "requestID",
          "eventTime", "eventType", "recipientAccountId", "eventVersion",
          "vpcEndpointId", "sharedEventID"]
EVERYWHERE = "time,event,who,from,result,target,region,account,source,user-agent,key,session,role,via,error,message,resources,id,request-id,type,category,version,vpce,file"


def hostile(payload, number):
    text = "a%sb" % payload
    members = {place: text for place in PLACES}
    members["eventID"] = "%s%d" % (text, number)
    return record(number, userIdentity={
        "type": text, "userName": text, "arn": text, "accessKeyId": text,
        "principalId": text, "sessionContext": {"sessionIssuer": {
            "userName": text}}},
        requestParameters={text: text, "list": [text], "certificateArn":
                           ARN + text}, resources=[{"ARN": text}], **members)


def hostile_trail(folder):
    return save(folder, [hostile(p, i) for i, p in enumerate(PAYLOADS)])


def t01_escapes_are_text_in_every_output_and_pane(folder):
    path = hostile_trail(folder)
    # tsv, csv and values are for programs, and carry what was logged.
    for output in ("table", "profile:alice", "certificates", "sessions",
                   "coverage", "findings", "lifeline:" + ARN):
        done = run(folder, "-o", output, path)
        check_bytes(done.out, b"\n")
        check_bytes(done.err, b"\n")
        check_shown(done.text)
    for output in ("json", "ndjson", "summary"):
        check_bytes(run(folder, "-o", output, path).out, b"\n")
    rows = drawn(folder, path, "columns %s\nkey Enter 9 Z\nscreen\n"
                 "key Tab\nscreen\nkey !\nscreen" % EVERYWHERE, 400, 60)
    check_shown("\n".join(rows))
    assert any("\\u001b[2J" in row for row in rows), rows


def check_bytes(data, allowed):
    bad = {b for b in data if (b < 32 or b == 127) and b not in allowed}
    assert not bad, (bad, data[:300])


def stream_of_everything(folder):
    path = hostile_trail(folder)
    bad = save(folder, '{"eventName":"%s" x}' % "".join(PAYLOADS), "bad.json")
    terminal = Terminal(folder, "-c", EVERYWHERE, path, bad, rows=50,
                        columns=200)
    terminal.keys("\r9GZZ\t")
    terminal.keys("llllllllllss")
    terminal.keys("/a\rnn")
    for keys in ("ye", "q", "!", "q", "?", "q"):
        terminal.keys(keys)
    assert terminal.end() == 0
    return terminal.sent()


def t02_the_clipboard_is_never_written(folder):
    assert b"\x1b]52" not in stream_of_everything(folder)


def t03_no_links_are_sent(folder):
    assert b"\x1b]8" not in stream_of_everything(folder)


def t04_no_title_is_set_and_nothing_is_asked(folder):
    sent = stream_of_everything(folder)
    for question in (b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1bX",
                     b"\x1b[21t", b"\x1b[6n", b"\x1b[c", b"\x05"):
        assert question not in sent, question


def t05_bidi_controls_are_escapes(folder):
    marks = ["\u061c", "\u200e", "\u200f", *map(chr, range(0x202a, 0x202f)),
             *map(chr, range(0x2066, 0x206a))]
    path = save(folder, [record(i, userAgent="a%sb" % mark)
                         for i, mark in enumerate(marks)])
    shown = run(folder, "-o", "table", "--no-header", "-c", "user-agent",
                path).text.split("\n")
    assert shown[:-1] == ["a\\u%04xb" % ord(m) for m in marks], shown
    rows = drawn(folder, path, "columns user-agent\nscreen")
    assert any("a\\u202eb" in row for row in rows)


def t06_what_has_no_width_or_no_meaning_is_an_escape(folder):
    """All of them in one record; tests/unit/text_show_test tries each alone."""
    odd = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) in
           ("Cc", "Cf", "Cn", "Co", "Zl", "Zp")]
    odd += ["\u115f", "\u1160", "\u3164", "\uffa0", "\ufe0f", "\u00a0"]
    path = save(folder, [record(1, userAgent="".join(odd[i::20]))
                         for i in range(20)])
    shown = run(folder, "-o", "table", "-c", "user-agent", path).text
    # Newer tables than Python's may know more letters.
    known = [c for line in shown.split("\n") for c in line
             if unicodedata.category(c) in ("Cc", "Cf", "Co", "Zl", "Zp")]
    assert not known, known[:5]
    for filler in "\u115f\u1160\u3164\uffa0":
        assert filler not in shown, hex(ord(filler))


def t07_marks_do_not_pile_up(folder):
    for marks in (1, 2, 3, 100, 10000):
        path = save(folder, record(1, userAgent="a" + "\u0301" * marks + "z"))
        shown = run(folder, "-o", "table", "--no-header", "-c", "user-agent",
                    path).text
        assert shown.count("\u0301") <= 2, (marks, shown[:80])
        assert shown.rstrip().endswith("z"), (marks, shown[-20:])


def t08_wide_characters_are_never_split(folder):
    path = save(folder, record(1, eventName="\u6f22\u5b57" * 9,
                               userAgent="a\u6f22" * 20))
    for columns in range(8, 60):
        for row in drawn(folder, path, "columns event,user-agent\nscreen",
                         columns, 12):
            assert width(row) == columns, (columns, width(row), row)


def t09_lookalikes_are_flagged_and_can_be_searched_for(folder):
    path = save(folder, [record(1, userIdentity={"type": "IAMUser",
                                                 "userName": "\u0430lice"}),
                         record(2)])
    assert count(folder, "-f", "who=alice", path) == 1
    assert count(folder, "-f", r"who~[^\x00-\x7f]", path) == 1
    assert count(folder, "-f", "finding=lookalike", path) == 1
    rows = drawn(folder, path, "screen", 80, 12)
    assert [row[2] for row in rows if "GetCertificate" in row][:2] == [
        "!", " "], rows
    shown = run(folder, "-o", "table", "--ascii", "--no-header", "-c", "who",
                path).text
    assert "\\u0430lice" in shown, shown


def t10_a_record_is_one_row(folder):
    texts = ["a\rb", "a\nb", "a\tb", "a\bb", "a\r\nb", "\n\n\n", "\u2028",
             "\u0085", "\x0b\x0c"]
    path = save(folder, [record(i, userAgent=t, eventName=t,
                                eventID=t + str(i))
                         for i, t in enumerate(texts)])
    for output in ("table", "tsv", "ndjson"):
        done = run(folder, "-o", output, *(
            [] if output == "ndjson" else ["--no-header"]), path)
        assert len(done.out.decode().split("\n")) == len(texts) + 1, output


def t11_each_bad_byte_is_an_escape(folder):
    text = b'{"eventVersion":"1","eventName":"A","eventTime":"t","userAgent":"%s"}'
    bad = [b"\xff", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xf8",
           b"\xf4\x90\x80\x80", b"\xc3", b"\x80\x80"]
    path = save(folder, b"\n".join(text % (b"a" + b + b"z") for b in bad))
    shown = run(folder, "-o", "table", "--no-header", "-c", "user-agent",
                path).out.split(b"\n")[:-1]
    # A surrogate in three bytes is one, as in JSON.
    assert shown == [b"a\\ud800z" if b == b"\xed\xa0\x80" else
                     b"a" + b"".join(b"\\x%02x" % c for c in b) + b"z"
                     for b in bad], shown
    assert count(folder, "-f", "user-agent~z$", path) == len(bad)


def t12_lone_surrogates_cost_no_record(folder):
    texts = ['"\\ud800"', '"\\udc00x"', '"\\ud800\\ud800"', '"a\\udfffb"']
    path = save(folder, "\n".join(
        '{"eventVersion":"1","eventName":"A","eventTime":"t","userAgent":%s}' % t
        for t in texts))
    done = run(folder, "-o", "table", "--no-header", "-c", "user-agent", path)
    assert done.text.split("\n")[:-1] == [t[1:-1] for t in texts], done.text
    assert "0 problems" in done.said, done.said


def t13_nul_neither_cuts_nor_hides(folder):
    path = save(folder, record(1, userAgent="safe\0;rm -rf", **{"a\0b": "x"}))
    assert run(folder, "-o", "table", "--no-header", "-c", "user-agent",
               path).text == "safe\\u0000;rm -rf\n"
    assert count(folder, "-f", "user-agent~rm -rf$", path) == 1
    assert count(folder, "-f", "user-agent=safe", path) == 0
    assert '"a\\u0000b":"x"' in run(folder, "-o", "ndjson", path).text.replace(
        " ", "")
    rows = drawn(folder, path, "key Enter 9\nscreen", 100, 40)
    assert any("a\\u0000b" in row for row in rows), rows


def t14_of_duplicate_keys_all_are_kept_and_the_last_counts(folder):
    path = save(folder, '{"eventVersion":"1","eventName":"Good","eventName":'
                '"Evil","eventTime":"t","awsRegion":"a","AwsRegion":"b"}')
    assert run(folder, "-o", "tsv", "--no-header", "-c", "event,region",
               path).text == "Evil\ta\n"
    line = run(folder, "-o", "ndjson", path).text
    assert "Good" in line and "Evil" in line and '"AwsRegion":"b"' in line
    assert json.loads(line)["eventName"] == "Evil"
    rows = drawn(folder, path, "key Enter 9\nscreen")
    assert any("Good" in row for row in rows)
    assert count(folder, "-f", "finding=repeated-key", path) == 1


def t15_numbers_are_shown_as_they_are_written(folder):
    numbers = ["9007199254740993", "9223372036854775807", "1e400", "3.0",
               "-0", "1E+2", "0.1000", "1" + "0" * 300]
    path = save(folder, "\n".join(
        '{"eventVersion":"1","eventName":"A","eventTime":"t",'
        '"requestParameters":{"n":%s}}' % n for n in numbers))
    for arguments in (["-o", "tsv", "--no-header", "-c",
                       "requestParameters.n"],):
        shown = run(folder, *arguments, path).text.split("\n")[:-1]
        assert shown == numbers, shown
    line = run(folder, "-o", "ndjson", path).text
    assert all('"n":%s}' % n in line for n in numbers)
    assert count(folder, "-f", "requestParameters.n=9007199254740993",
                 path) == 1
    assert count(folder, "-f", "requestParameters.n=9007199254740992",
                 path) == 0


if __name__ == "__main__":
    main(sys.modules[__name__])
