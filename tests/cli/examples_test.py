#!/usr/bin/env python3
"""The eleven example entries in data/examples: each is there under its call's
name, five are JSON and six have the defect that they were published with."""
import os
import re
import sys

SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(SOURCE, "tests"))
import oracle

EXAMPLES = os.path.join(SOURCE, "data", "examples")

# Call, where strict reading stops (line, column; None: it does not), and what
# stands there.
ENTRIES = (
    ("AddTagsToCertificate", (2, 3), "Records:"),
    ("DeleteCertificate", None, None),
    ("DescribeCertificate", None, None),
    ("ExportCertificate", (6, 7), '"detail-type"'),
    ("GetCertificate", (24, 39), "\n"),
    ("ImportCertificate", (20, 9), "byte"),
    ("ListCertificates", None, None),
    ("ListTagsForCertificate", (2, 3), "Records:"),
    ("RemoveTagsFromCertificate", (2, 3), "Records:"),
    ("RequestCertificate", None, None),
    ("ResendValidationEmail", None, None),
)


def read(call):
    with open(os.path.join(EXAMPLES, call + ".json"), encoding="ascii") as f:
        return f.read()


def test_folder_holds_the_eleven_entries_and_nothing_else():
    names = sorted(os.listdir(EXAMPLES))
    assert names == sorted(c + ".json" for c, _, _ in ENTRIES), names


def test_each_entry_records_the_call_of_its_name():
    for call, _, _ in ENTRIES:
        names = re.findall(r'"?eventName"?: "(\w+)"', read(call))
        assert names == [call], (call, names)


def test_strict_reading_stops_at_the_published_defect():
    for call, place, there in ENTRIES:
        file = oracle.File(os.path.join(EXAMPLES, call + ".json"))
        if place is None:
            assert not file.faults and len(file.of("event")) == 1, call
            continue
        assert not file.found and len(file.faults) == 1, call
        line, column = (int(n) for n in file.faults[0].split(":")[:2])
        assert (line, column) == place, (call, line, column)
        lines = read(call).splitlines(keepends=True)
        assert lines[line - 1][column - 1:].startswith(there), call


def test_export_keeps_its_four_defects():
    text = read("ExportCertificate")
    assert re.search(r'"id": "[0-9-]+"\n\s*"detail-type"', text)
    assert re.search(r'-----\\n"\n\s*-----BEGIN CERTIFICATE-----[^"\n]*",\n',
                     text)
    assert text.count("{") == text.count("}") + 1
    assert text.count("[") == text.count("]")
    hb = re.search(r'"hb": \[([^]]*)\]', text).group(1)
    assert hb.split() == ["42,"] * 9 + ["42"], hb


def test_import_keeps_its_bare_words():
    lists = re.findall(r'"hb": \[([^]]*)\]', read("ImportCertificate"))
    assert [x.split() for x in lists] == [["byte,"] * 3 + ["..."]] * 3, lists


def test_get_keeps_two_line_breaks_in_each_string():
    strings = re.findall(r'"(-----BEGIN[^"]*)"', read("GetCertificate"))
    assert [s.count("\n") for s in strings] == [2, 2], strings
    assert not any("\t" in s or "\r" in s for s in strings)


def test_only_names_lose_their_quotes():
    for call in ("AddTagsToCertificate", "ListTagsForCertificate",
                 "RemoveTagsFromCertificate"):
        text = read(call)
        assert not re.search(r'"\w+":', text), call
        quoted = re.sub(r"(?m)^(\s*)(\w+):", r'\1"\2":', text)
        found = list(oracle.unwrap(next(oracle.documents(quoted))))
        assert [k for k, _, _ in found] == ["event"], call


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print("ok", name[5:].replace("_", " "))
