#!/usr/bin/env python3
"""What the program prints of itself is what its tables hold, word for word:
--help, --list-keys, --list-columns, --print-config and the names that `-o` and
the configuration take.  Manual and completions have tests of their own."""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")


def table(name, macro):
    """The rows of a table, a list of cells each; adjacent strings are one."""
    with open(os.path.join(SOURCE, "src", name), encoding="utf-8") as f:
        text = re.sub(r'"\s*\n\s*"', "", f.read())
    rows = re.findall(r"^%s\((.*?)\)$" % macro, text, re.M | re.S)
    return [[cell.strip('"') for cell in
             re.findall(r'"[^"]*"|\'.\'|[^\s,][^,]*', row)] for row in rows]


def printed(*arguments):
    return subprocess.run(
        [os.path.join(BUILD, "acmtui"), "--no-config"] + list(arguments),
        check=True, stdout=subprocess.PIPE).stdout.decode()


def words(text):
    return " ".join(text.split())


def difference(what, told, wanted):
    """Prints what is told only on one side."""
    for item in [i for i in told if i not in wanted]:
        print("%s tells what is in no table: %r" % (what, item))
    for item in [i for i in wanted if i not in told]:
        print("%s does not tell: %r" % (what, item))
    return told == wanted and len(told) > 0


def help_is_the_options():
    wanted = []
    for _, name, letter, argument, text in table("options.def", "OPTION"):
        wanted.append(words("%s--%s%s %s" % (
            "" if letter == "0" else "-%s, " % letter.strip("'"), name,
            "" if argument == "NULL" else "=" + argument, text)))
    entries = re.split(r"\n(?=  -|      --)", printed("--help").split("\n\n")[1])
    return difference("--help", [words(e) for e in entries], wanted)


def columns_are_listed():
    wanted = [(name, text) for _, name, text in
              [(r[0], r[1], r[-1]) for r in table("trail/columns.def",
                                                   "COLUMN")]]
    told = [tuple(line.split(None, 1))
            for line in printed("--list-columns").splitlines()]
    return difference("--list-columns", [n for n, _ in told],
                      [n for n, _ in wanted])


def actions():
    return [(row[1], row[-2], row[2], row[-1])
            for row in table("view/actions.def", "ACTION")]


def keys_are_listed():
    told, group = [], None
    for line in printed("--list-keys").splitlines():
        if line and not line.startswith(" "):
            group = line
        elif line:
            told.append((group, words(line)))
    rows = actions()
    order = list(dict.fromkeys(row[0] for row in rows))
    wanted = [(group, words("%s %s %s" % (keys, name, text)))
              for group, keys, name, text in
              sorted(rows, key=lambda row: order.index(row[0]))]
    return difference("--list-keys", told, wanted)


def configuration_is_printed():
    told = json.loads(printed("--print-config"))
    good = difference("--print-config", list(told),
                      [row[1] for row in table("config.def", "CONFIG")])
    return difference("keys of --print-config", sorted(told["keys"].items()),
                      sorted((name, keys) for _, keys, name, _ in actions())
                      ) and good


def overviews_are_told():
    """Each that has a name is a format of -o and, by that name, an action."""
    with open(os.path.join(SOURCE, "src", "triage", "overview.c"),
              encoding="utf-8") as f:
        names = re.findall(r'\[OVERVIEW_\w+\] = \{\s*"(\w+)"', f.read())
    text = words(printed("--help"))
    known = [name for _, _, name, _ in actions()]
    return difference("--help and --list-keys",
                      [n for n in names if n in text and n in known], names)


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    results = [check() for check in (
        help_is_the_options, columns_are_listed, keys_are_listed,
        configuration_is_printed, overviews_are_told)]
    print("%d passed, %d failed" % (results.count(True),
                                    results.count(False)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
