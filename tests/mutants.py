#!/usr/bin/env python3
"""Whether the unit tests would notice: changes one operator, constant, condition
or call of the rooms that judge hostile bytes and secrets, links the room's tests
with the changed object, and runs them, for as many changes, drawn by a seed, as
there is time for.  A change that no test notices has to be listed with its reason
in tests/mutants.txt.  Run by `make mutants`, best in a build with sanitizers,
which notice what reads too far; the sources stay as they are.

The list is blocks of `FILE: why no test can notice`, and below it, indented, the
lines as they are, each followed by itself as it is changed.
"""
import multiprocessing.pool
import os
import random
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(HERE)
BUILD = os.environ.get("ACMTUI_BUILD") or os.getcwd()
COMPILE = shlex.split(os.environ["ACMTUI_COMPILE"])
LINK = shlex.split(os.environ["ACMTUI_LINK"])
LIBRARIES = shlex.split(os.environ["ACMTUI_LIBRARIES"])
MEMORY = 8 << 30        # bytes of addresses a changed program may have
PATIENCE = 3            # times as long as unchanged it may take
SLEEPING = 300          # seconds until one that does nothing is given up

# Files, and the tests that have to notice.
ROOMS = [(r"json/\w+\.c|json/lexeme\.h", "json_"), (r"text/\w+\.c", "text_"),
         (r"trail/secret\w*\.c", "trail_secret")]

# What stands in the code, and what it is changed to.
CHANGES = [(re.compile(pattern), new) for pattern, new in (
    (r"(?<= )<(?= )", "<="), (r"(?<= )<=(?= )", "<"),
    (r"(?<= )>(?= )", ">="), (r"(?<= )>=(?= )", ">"),
    (r"==", "!="), (r"!=", "=="), (r"&&", "||"), (r"\|\|", "&&"),
    (r"(?<= )\+(?= )", "-"), (r"(?<= )-(?= )", "+"),
    (r"\+=", "-="), (r"-=", "+="), (r"\+\+", "--"), (r"--", "++"),
    (r"(?<= )&(?= )", "|"), (r"(?<= )\|(?= )", "&"),
    (r"(?<= )<<(?= )", ">>"), (r"(?<= )>>(?= )", "<<"),
    (r"!(?=[\w(*])", ""), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"\bbreak;", "continue;"), (r"\bcontinue;", "break;"),
    (r"(?<![\w.'])0(?![\w.'])", "1"), (r"(?<![\w.'])1(?![\w.'])", "0"),
    (r"(?<![\w.'])([2-9]|\d\d+)(?![\w.'])", r"(\1 + 1)"),
    (r"(?<=return )(?!NULL|\w+_NONE;|false;|0;)[^;]+(?=;)", "0"),
    # Memory that is not given back is the sanitizers' affair.
    (r"(?<=^\t)(?!\w*(?:free|wipe)\()\w+\([^;]*\);$", ";"),
    (r"(?<=^\t\t)(?!\w*(?:free|wipe)\()\w+\([^;]*\);$", ";"),
)]


def code_only(text):
    """TEXT with the same length and lines, without comments, strings,
    characters, directives and tables."""
    def blank(found):
        return re.sub(r"[^\n]", "'", found[0])
    return re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|'
                  r"^#(?:[^\n]*\\\n)*[^\n]*|= \{0\}|^(?:static )?const [^;(]*= \{.*?^\};",
                  blank, text, flags=re.S | re.M)


class Mutant:
    def __init__(self, path, text, at, to, new):
        self.path = path
        self.text = text[:at] + new + text[to:]
        self.line = text.count("\n", 0, at) + 1
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        self.before = text[begin:end].strip()
        self.after = (text[begin:at] + new + text[to:end]).strip()

    def key(self):
        return self.path, self.before, self.after


def mutants_of(path):
    with open(os.path.join(SOURCE, "src", path), encoding="utf-8") as f:
        text = f.read()
    code = code_only(text)
    for pattern, new in CHANGES:
        for line in re.finditer(r"^.*$", code, re.M):
            for found in pattern.finditer(line[0]):
                at = line.start() + found.start()
                to = line.start() + found.end()
                yield Mutant(path, text, at, to, found.expand(new))


def unchanged(path):
    with open(os.path.join(SOURCE, "src", path), encoding="utf-8") as f:
        return Mutant(path, f.read(), 0, 0, "")


def listed():
    with open(os.path.join(HERE, "mutants.txt"), encoding="utf-8") as f:
        lines = [line for line in f.read().split("\n")
                 if line and not line.startswith("#")]
    known, path = set(), None
    while lines:
        line = lines.pop(0)
        if line.startswith("\t"):
            known.add((path, line.strip(), lines.pop(0).strip()))
        else:
            path = line.partition(":")[0]
    return known


def run(arguments, seconds, **options):
    """Whether it passed, in time; None: it did not."""
    try:
        return subprocess.run(arguments, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=seconds,
                              check=False, **options).returncode == 0
    except subprocess.TimeoutExpired:
        return None


def passes(program, seconds, folder):
    """Whether a test passes in so many seconds of the processor, and skips
    nothing but for want of what is shared."""
    def limited():
        if not os.environ.get("ACMTUI_INSTRUMENTED"):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        done = subprocess.run([program], timeout=SLEEPING, cwd=folder,
                              check=False, preexec_fn=limited,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and (b"[  SKIPPED ]" not in done.stdout or
                                     b"shared" in done.stdout)


def symbols(*arguments):
    """The names that nm of binutils lists."""
    listed_there = subprocess.run(["nm", "-P", *arguments], check=True, text=True,
                                  stdout=subprocess.PIPE).stdout
    return {line.split()[0] for line in listed_there.splitlines() if line}


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Room:
    """The tests of a room, the likeliest first for a file."""

    def __init__(self, prefix):
        self.objects, self.seconds, self.contents = {}, {}, {}
        folder = os.path.join(BUILD, "tests", "unit")
        for name in sorted(os.listdir(folder)):
            if re.fullmatch(prefix + r"\w*_test\.o", name):
                self.add(name[:-2], os.path.join(folder, name))

    def add(self, name, path):
        """A test, and how long it may take: some times as long as it does."""
        used = processor()
        subprocess.run([path[:-2]], check=False, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        self.objects[name] = path
        self.seconds[name] = 2 + int(PATIENCE * (processor() - used))
        self.contents[name] = symbols(path[:-2])

    def for_file(self, path):
        """The tests that have something of PATH in them."""
        own = re.sub(r"\W", "_", os.path.splitext(path)[0])
        its = symbols("-g", "--defined-only", *(
            os.path.join(BUILD, "src", re.sub(r"\.c$", ".o", unit))
            for unit in units_of(path)))
        return sorted((name for name in self.objects
                       if its & self.contents[name]),
                      key=lambda name: (
                          -len(os.path.commonprefix([name, own])), name))


def units_of(path):
    """What is compiled again when PATH changes."""
    if path.endswith(".c"):
        return [path]
    folder = os.path.dirname(path)
    found = []
    for name in sorted(os.listdir(os.path.join(SOURCE, "src", folder))):
        with open(os.path.join(SOURCE, "src", folder, name),
                  encoding="utf-8") as f:
            if name.endswith(".c") and '#include "%s"' % path in f.read():
                found.append(os.path.join(folder, name))
    return found


def compiler(folder):
    """What compiles, with the headers in FOLDER before all others."""
    first = [x.startswith("-I") for x in COMPILE].index(True)
    return (COMPILE[:first] + ["-I" + folder] +
            [x for x in COMPILE[first:] if x != "-Werror"] +
            ["-w", "-O1", "-c"])


def verdict(room, mutant, folder):
    """`killed`, `survived`, or `refused` by the compiler."""
    changed = os.path.join(folder, "src", mutant.path)
    os.makedirs(os.path.dirname(changed), exist_ok=True)
    with open(changed, "w", encoding="utf-8") as f:
        f.write(mutant.text)
    objects = []
    for unit in units_of(mutant.path):
        source = changed if unit == mutant.path else os.path.join(
            SOURCE, "src", unit)
        objects.append(os.path.join(folder, os.path.basename(unit) + ".o"))
        if not run(compiler(os.path.join(folder, "src")) +
                   [source, "-o", objects[-1]], 120, cwd=BUILD):
            return "refused"
    program = os.path.join(folder, "test")
    try:
        for name in room.for_file(mutant.path):
            if not run(LINK + ["-o", program, room.objects[name]] + objects +
                       LIBRARIES, 120, cwd=BUILD):
                return "refused"
            if not passes(program, room.seconds[name], folder):
                return "killed"
        return "survived"
    finally:
        os.unlink(changed)


def chosen_files():
    """Each with the tests of its room."""
    for pattern, prefix in ROOMS:
        room = Room(prefix)
        for folder in ("json", "text", "trail"):
            for name in sorted(os.listdir(os.path.join(SOURCE, "src", folder))):
                if re.fullmatch(pattern, folder + "/" + name):
                    yield folder + "/" + name, room


def try_all(mutants, rooms, seconds):
    """Mutants and what became of them, until the time is over."""
    start = time.monotonic()

    def one(mutant):
        if time.monotonic() - start > seconds:
            return mutant, "left"
        with tempfile.TemporaryDirectory() as folder:
            return mutant, verdict(rooms[mutant.path], mutant, folder)

    with multiprocessing.pool.ThreadPool(os.cpu_count()) as pool:
        yield from pool.imap_unordered(one, mutants)


def gone(known, mutants, only):
    """Whether the list has a change that cannot be made any more."""
    stale = sorted({key for key in known if only in key[0]} -
                   {mutant.key() for mutant in mutants})
    for path, before, after in stale:
        print("FAIL: tests/mutants.txt: %s has no `%s` that becomes `%s`" % (
            path, before, after))
    return bool(stale)


def main():
    seconds, seed = float(sys.argv[1]), int(sys.argv[2])
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    rooms = {path: room for path, room in chosen_files() if only in path}
    mutants = [m for path in rooms for m in mutants_of(path)]
    total, known = len(mutants), listed()
    if gone(known, mutants, only):
        return 1
    random.Random(seed).shuffle(mutants)
    os.environ["CCACHE_DISABLE"] = "1"
    whole = {room: unchanged(path) for path, room in rooms.items()}
    for mutant, got in try_all(whole.values(), rooms, seconds):
        if got != "survived":
            print("FAIL: %s: %s without a change" % (mutant.path, got))
            return 1
    counts = {"killed": 0, "survived": 0, "refused": 0, "left": 0}
    unlisted = 0
    for mutant, got in try_all(mutants, rooms, seconds):
        counts[got] += 1
        if got == "survived" and mutant.key() not in known:
            unlisted += 1
            print("%s:%d\n\t%s\n\t%s\n" % (mutant.path, mutant.line,
                                          mutant.before, mutant.after),
                  flush=True)
    tried = counts["killed"] + counts["survived"]
    print("%d of %d mutants (seed %d): %d killed, %d survived, %d of them "
          "without a reason in tests/mutants.txt; %d did not compile" % (
              tried, total, seed, counts["killed"], counts["survived"],
              unlisted, counts["refused"]))
    return unlisted > 0


if __name__ == "__main__":
    sys.exit(main())
