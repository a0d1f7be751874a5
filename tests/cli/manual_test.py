#!/usr/bin/env python3
"""The manual page holds what the program's tables hold, word for word; every
command in it runs and finds something in the sample trail, every filter and
every form of a record is read, and every message is one of the program's.
`manual_test.py --update` writes the lists into man/acmtui.1."""
import json
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
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
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
    with open(os.path.join(SOURCE, "src", name)) as f:
        return re.findall(pattern, f.read(), re.M)


def verbatim(text):
    """One argument of a macro, whatever it is."""
    for char, name in (("\\", "\\e"), ("-", "\\-"), ("~", "\\(ti"),
                       ("^", "\\(ha"), ("`", "\\(ga"), ('"', "\\(dq")):
        text = text.replace(char, name)
    return "\\&" + text


def keys():
    """A list for each group, in the order of their first actions."""
    groups = {}
    for group, name, names, text in table(
            "view/actions.def",
            r'^ACTION\(\w+, "(\w+)", "([\w-]+)", [^"]*"(.*?)", "(.*)"\)$'):
        groups.setdefault(group, []).append((name, names.split(), text))
    out = []
    for group, actions in groups.items():
        out += [".Ss %s" % group, ".Bl -tag -width Ctrl-Left -compact"]
        for name, names, text in actions:
            out.append(".It Ic " + " ".join(map(verbatim,
                                                names or [":" + name])))
            out.append(escaped(text + (" (%s)" % name if names else "")))
        out.append(".El")
    return "\n".join(out)


def pivots():
    out = [".Bl -tag -width Ds -compact"]
    for letter, text in table("triage/pivots.def",
                              r"^PIVOT\('(\w)', \w+, \"(.*)\"\)$"):
        out += [".It Ic %s" % letter, escaped(text)]
    return "\n".join(out + [".El"])


def findings():
    out = [".Bl -tag -width Ds"]
    for name, weight, rule, source in table(
            "triage/findings.def",
            r'^FINDING\(\w+, "([\w-]+)", (\d), "(.*)", "(.*)"\)$'):
        out.append(".It Li %s Pq weight %s" % (verbatim(name), weight))
        out.append(escaped("%s (%s)." % (rule, source)))
    return "\n".join(out + [".El"])


def secrets():
    """Kinds by name, with the keys and the beginnings that tell them."""
    out = [".Bl -tag -width authorization -compact"]
    where = table("trail/secrets.def",
                  r'^(?:KEY|WORD)\((\w+), "(.*)", "(.*)", ".*"\)$')
    begins = table("trail/secrets.def",
                   r'^PREFIX\((\w+), "(.*)", \d+, \d+\)$')
    for rule, name in table("trail/secrets.def",
                            r'^RULE\((\w+), "[\w-]+", "(.*)", .*\)$'):
        of = ["%s.%s" % (above, key) if above else key
              for kind, above, key in where if kind == rule]
        begins_with = [text for kind, text in begins if kind == rule]
        text = " ".join(of) + ("; begins with " + " ".join(begins_with)
                               if begins_with else "")
        if of:
            out += [".It %s" % name, escaped(text)]
    return "\n".join(out + [".El"])


def marks():
    """is:NAME and has:NAME."""
    out = [".Bl -tag -width is:crossaccount"]
    for group, name, text in table(
            "query/marks.def", r'^MARK\(\w+, (\w+), "([\w-]+)", "(.*)"\)$'):
        out.append(".It Li %s:%s" % (group.lower(), name.replace("-", "\\-")))
        out.append(escaped(text) + ".")
    return "\n".join(out + [".El"])


def presets():
    out = [".Bl -tag -width saved:certificate-writes"]
    for name, _, text in table(
            "query/presets.def", r'^PRESET\("([\w-]+)", "(.*)", "(.*)"\)$'):
        out.append(".It Li saved:%s" % name.replace("-", "\\-"))
        out.append(escaped(text) + ".")
    return "\n".join(out + [".El"])


LISTS = {"options": options, "columns": columns, "marks": marks,
         "presets": presets, "configuration": configuration, "keys": keys,
         "pivots": pivots, "findings": findings, "secrets": secrets}

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


def plain(text):
    """What mdoc's escapes stand for."""
    names = {"e": "\\", "(ti": "~", "(ha": "^", "(aq": "'", "(dq": '"',
             "-": "-", "&": ""}
    return re.sub(r"\\(\(..|.)", lambda m: names[m.group(1)], text)


def section(page, name):
    return page.split(".Sh %s\n" % name)[1].split("\n.Sh ")[0]


def commands(page):
    """Lines of examples, as the shell gets them."""
    return [plain(line)
            for line in re.findall(r"^\.Dl (acmtui .*)$", page, re.M)]


def heads(text):
    """The examples that a list has for its items: `.It Li TEXT`."""
    return [plain(a or b) for a, b in
            re.findall(r'^\.It Li (?:"(.*)"|(\S+))$', text, re.M)]


def check_filters(page, env):
    """Every example is read, and holds for some event of the sample."""
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("names.txt", "# calls\nDecrypt\n\nAssumeRole\n"),
                           ("iocs.txt", "198.51.100[.]0/24\r\n")):
            with open(os.path.join(folder, name), "w") as f:
                f.write(text)
        for text in heads(section(page, "FILTER LANGUAGE")):
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


def check_forms(page, env):
    """Each form of a record is read, as the container that it stands below."""
    event = json.dumps({"eventVersion": "1.08", "eventName": "GetCertificate",
                        "eventTime": "2026-01-01T00:00:00Z", "eventID": "1"})
    wanted, passed, failed = None, 0, 0
    for name, form in re.findall(r"^\.(?:It Cm (.+)|Dl (.+))$",
                                 section(page, "WHAT IT OPENS"), re.M):
        wanted = plain(name) or wanted
        if not form:
            continue
        text = plain(form).replace("EVENT", event) \
            .replace("STRING", json.dumps(event))
        run = subprocess.run(
            ["acmtui", "-o", "tsv", "--no-header", "-c", "container", "-"],
            input=text.encode(), env=env, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        good = run.stdout.decode() == wanted + "\n"
        passed += good
        failed += not good
        if not good:
            print(text, run.stdout, run.stderr.decode()[-300:])
    return passed, failed


def check_configuration(page, env):
    """The example is accepted, and its filter is one."""
    text = page.split(".Bd -literal -offset indent\n")[1].split(".Ed\n")[0]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
        f.write(plain(text))
        f.flush()
        run = subprocess.run(
            ["acmtui", "--config=" + f.name, "-o", "count", "-f",
             "saved:mine", os.path.join(SOURCE, "data", "sample")],
            env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
    good = run.returncode == 0 and json.loads(plain(text))
    if not good:
        print(text, run.stdout, run.stderr.decode()[-300:])
    return int(bool(good)), int(not good)


def check_messages(page):
    """Each message that is explained stands in the source, maybe in parts."""
    source = ""
    for folder, _, names in os.walk(os.path.join(SOURCE, "src")):
        for name in names:
            if name.endswith(".c"):
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    source += f.read()
    source = re.sub(r'"\s*"', "", source)
    lost = [text for text in heads(section(page, "DIAGNOSTICS"))
            if text not in source]
    for text in lost:
        print("no such message: %s" % text)
    return len(heads(section(page, "DIAGNOSTICS"))) - len(lost), len(lost)


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
    for more in (check_filters(page, env), check_forms(page, env),
                 check_configuration(page, env), check_messages(page)):
        passed, failed = passed + more[0], failed + more[1]
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed or passed < 120 else 0


if __name__ == "__main__":
    sys.exit(main())
