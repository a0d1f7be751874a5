#!/usr/bin/env python3
"""The manual page holds the options of --help, the keys of the configuration
and the columns of --list-columns, word for word; every command in it runs.
`manual_test.py --update` writes the three lists into man/acmtui.1."""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
PAGE = os.path.join(SOURCE, "man", "acmtui.1")


def printed(argument):
    return subprocess.run([os.path.join(BUILD, "acmtui"), argument],
                          check=True, stdout=subprocess.PIPE
                          ).stdout.decode()


def escaped(text):
    """Running text as mdoc takes it: a sentence a line is not asked for."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    words, lines = text.split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > 76:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join("\\&" + line if line[:1] in ".'" else line
                     for line in lines)


def options():
    """--help as a list."""
    out = [".Bl -tag -width Ds"]
    text = printed("--help").split("\n\n")[1]
    entries = re.split(r"\n(?=  -|      --)", text)
    for entry in entries:
        match = re.match(r"\s+(?:-(\w), )?--([\w-]+)(?:=(\S+))?\s+(.*)",
                         entry, re.S)
        letter, name, argument, text = match.groups()
        heads = []
        argument = argument and argument.replace("-", "\\-")
        if letter:
            heads.append("Fl %s" % letter +
                         (" Ar %s" % argument if argument else ""))
        heads.append("Fl \\-%s" % name.replace("-", "\\-") +
                     (" Ns = Ns Ar %s" % argument if argument else ""))
        out.append(".It " + " , ".join(heads))
        out.append(escaped(" ".join(text.split())) + ".")
    return "\n".join(out + [".El"])


def columns():
    out = [".Bl -tag -width certificate"]
    for line in printed("--list-columns").splitlines():
        name, text = line.split(None, 1)
        out.append(".It %s" % name.replace("-", "\\-"))
        out.append(escaped(text) + ".")
    return "\n".join(out + [".El"])


def configuration():
    out = [".Bl -tag -width columns"]
    with open(os.path.join(SOURCE, "src", "config.def")) as f:
        rows = re.findall(r'^CONFIG\(\w+, "([\w-]+)", (\w+), "\w*", "(.*)"\)$',
                          f.read(), re.M)
    for name, kind, text in rows:
        out.append(".It %s" % name)
        out.append(escaped("%s: %s" % (
            {"TEXT": "a text", "SWITCH": "true or false",
             "TABLE": "an object of texts"}[kind], text)) + ".")
    return "\n".join(out + [".El"])


def table(name, pattern):
    with open(os.path.join(SOURCE, "src", "query", name)) as f:
        return re.findall(pattern, f.read(), re.M)


def marks():
    """is:NAME and has:NAME."""
    out = [".Bl -tag -width is:crossaccount"]
    for group, name, text in table(
            "marks.def", r'^MARK\(\w+, (\w+), "([\w-]+)", "(.*)"\)$'):
        out.append(".It Li %s:%s" % (group.lower(), name.replace("-", "\\-")))
        out.append(escaped(text) + ".")
    return "\n".join(out + [".El"])


def presets():
    out = [".Bl -tag -width saved:certificate-writes"]
    for name, _, text in table(
            "presets.def", r'^PRESET\("([\w-]+)", "(.*)", "(.*)"\)$'):
        out.append(".It Li saved:%s" % name.replace("-", "\\-"))
        out.append(escaped(text) + ".")
    return "\n".join(out + [".El"])


LISTS = {"options": options, "columns": columns, "marks": marks,
         "presets": presets, "configuration": configuration}

# Examples of filters that hold for nothing in the sample trail, and why.
NOTHING = {
    "is:omitted": "no field of it was too large for CloudTrail",
    "is:marked": "nothing is noted of any",
    "is:undecided": "no match gave up",
}


def with_lists(page):
    for name, make in LISTS.items():
        start = '.\\" The %s, from the program.\n' % name
        end = '.\\" End of the %s.\n' % name
        assert page.count(start) == page.count(end) == 1, name
        before, rest = page.split(start)
        page = before + start + make() + "\n" + end + rest.split(end)[1]
    return page


def commands(page):
    """Lines of examples, as the shell gets them."""
    lines = re.findall(r"^\.Dl (acmtui .*)$", page, re.M)
    return [line.replace("\\-", "-").replace("\\(ti", "~")
            .replace("\\(ha", "^").replace("\\(aq", "'")
            .replace("\\e", "\\") for line in lines]


def filters(page):
    """The examples of the language: `.It Li FILTER` of its section."""
    section = page.split(".Ss Filters\n")[1].split("\n.Sh ")[0]
    found = re.findall(r'^\.It Li (?:"(.*)"|(\S+))$', section, re.M)
    names = {"e": "\\", "(ti": "~", "(ha": "^", "(aq": "'", "(dq": '"',
             "-": "-", "&": ""}
    return [re.sub(r"\\(\(..|.)", lambda m: names[m.group(1)], a or b)
            for a, b in found]


def check_filters(page, env):
    """Every example is read, and holds for some event of the sample."""
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("names.txt", "# calls\nDecrypt\n\nAssumeRole\n"),
                           ("iocs.txt", "198.51.100[.]0/24\r\n")):
            with open(os.path.join(folder, name), "w") as f:
                f.write(text)
        for text in filters(page):
            run = subprocess.run(
                ["acmtui", "--iocs=iocs.txt", "-o", "count", "-f", text,
                 os.path.join(SOURCE, "data", "sample"),
                 os.path.join(SOURCE, "data", "examples")],
                cwd=folder, env=env, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            good = run.stdout.strip().isdigit() and \
                (run.stdout != b"0\n" or text in NOTHING)
            passed += good
            failed += not good
            if not good:
                print(text, run.stdout, run.stderr.decode()[-300:])
    return passed, failed


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    with open(PAGE, encoding="ascii") as f:
        page = f.read()
    wanted = with_lists(page)
    if "--update" in sys.argv:
        with open(PAGE, "w", encoding="ascii") as f:
            f.write(wanted)
        return 0
    passed, failed = int(page == wanted), int(page != wanted)
    if failed:
        print("man/acmtui.1 differs from the tables: manual_test.py --update")
    env = dict(os.environ, LC_ALL="C.UTF-8", HOME="/nonexistent",
               XDG_CONFIG_HOME="/nonexistent",
               ACMTUI_DATA=os.path.join(SOURCE, "data"),
               PATH=BUILD + os.pathsep + os.environ["PATH"])
    examples = commands(page)
    for command in examples:
        run = subprocess.run(["sh", "-c", command], cwd=SOURCE, env=env,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        good = run.returncode == 0 and run.stdout.strip() not in (b"", b"0")
        passed += good
        failed += not good
        if not good:
            print(command, run.returncode, run.stderr.decode()[-500:])
    more = check_filters(page, env)
    passed, failed = passed + more[0], failed + more[1]
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed or not examples or more[0] < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
