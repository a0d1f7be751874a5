#!/usr/bin/env python3
"""A second opinion on CloudTrail files, for the tests.

It shares no code with acmtui and keeps to Python's standard library: `json`
says what is strict JSON, `gzip`'s own format is taken apart with `zlib`.
Numbers stay the text they were logged as, members of an object stay a list,
so that duplicate keys survive.  It reads strictly only: of a file that is not
JSON it keeps the whole documents before the fault, and says where that is.

  oracle.py count PATH...             one JSON object with the sums
  oracle.py files PATH...             one line a file: what was found in it
  oracle.py events PATH...            one line an event: eventID, eventTime,
                                      eventName, then path=token for each leaf
  oracle.py values FIELD PATH...      COUNT<TAB>VALUE, as `-o values:FIELD`
  oracle.py filter TERM... -- PATH... the number of events that hold for all
                                      terms: FIELD~RE FIELD!~RE FIELD=TEXT
                                      FIELD!=TEXT FIELD? FIELD!? or a bare RE
                                      (Python's `re`; any field)
  oracle.py anywhere PATH...          events at any depth, with their way in;
                                      finds wrappers that the table lacks

Duplicates (same eventID, same paths and decoded values) are dropped, and the
first stays, unless --all is given.  FIELD is a path of plain keys such as
userIdentity.type or resources[].ARN.
"""
import json
import os
import re
import sys
import zlib

sys.setrecursionlimit(20000)
DEPTH = 512


class Number(str):
    """A number as it stands in the log."""


class Object(list):
    """Members of an object, in order, duplicates kept."""

    def get(self, key):
        for name, value in self:
            if name == key:
                return value
        return None

    def has(self, key):
        return any(name == key for name, _ in self)

    def keys(self):
        return [name for name, _ in self]


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


DECODER = json.JSONDecoder(object_pairs_hook=Object, parse_int=Number,
                           parse_float=Number, parse_constant=no_constant)


def depth(value):
    """How deep a value nests."""
    deepest, work = 0, [(value, 1)]
    while work:
        value, level = work.pop()
        if isinstance(value, Object):
            children = [v for _, v in value]
        elif isinstance(value, list):
            children = value
        else:
            continue
        deepest = max(deepest, level)
        work.extend((child, level + 1) for child in children)
    return deepest


class Fault(Exception):
    pass


def documents(text):
    """Each JSON document of a text that holds one after another, strictly.
    Raises Fault at the first thing that is not one."""
    at = 0
    while True:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if at == len(text):
            return
        try:
            value, after = DECODER.raw_decode(text, at)
        except json.JSONDecodeError as e:
            raise Fault(f"{e.lineno}:{e.colno}: {e.msg}")
        except ValueError as e:
            raise Fault(str(e))
        if depth(value) > DEPTH:
            raise Fault("nests too deep")
        yield value
        at = after


def inflate(data):
    """All gzip members, and what was wrong with them (or None)."""
    out, fault = [], None
    while data:
        if data[:2] != b"\x1f\x8b":
            if data.strip(b"\0"):
                fault = "garbage after gzip"
            break
        engine = zlib.decompressobj(31)
        try:
            # In pieces: what comes before a corrupt place is kept.
            for i in range(0, len(data), 512):
                out.append(engine.decompress(data[i:i + 512]))
                if engine.eof:
                    break
        except zlib.error as e:
            fault = f"gzip: {e}"
            break
        if not engine.eof:
            fault = "gzip: truncated"
            break
        data = engine.unused_data + data[i + 512:]
    return b"".join(out), fault


MAGIC = ((b"PK\x03\x04", "zip"), (b"\x28\xb5\x2f\xfd", "zstd"),
         (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"),
         (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def is_event(o):
    """A record of CloudTrail, by the names only such records carry."""
    if not isinstance(o, Object):
        return False
    keys = set(o.keys())
    if "eventName" in keys:
        return bool(keys & {"eventTime", "eventVersion", "eventSource"})
    return "eventVersion" in keys and bool(
        keys & {"insightDetails", "eventID", "eventId", "eventTime"})


def is_digest(o):
    return isinstance(o, Object) and o.has("digestStartTime") \
        and o.has("logFiles")


def is_notice(o):
    return isinstance(o, Object) and o.get("source") == "aws.acm" \
        and o.has("detail-type") and not is_event(o.get("detail"))


# Where records are in a document: (name of the container, way to them).  "[]"
# is each element, "$" text that is JSON itself.
WAYS = (
    ("Records", ("Records", "[]")),
    ("lookup-events", ("Events", "[]")),
    ("lookup-events", ("CloudTrailEvent", "$")),
    ("EventBridge", ("detail",)),
    ("CloudWatch Logs", ("logEvents", "[]")),
    ("CloudWatch Logs", ("events", "[]")),
    ("_raw", ("_raw",)),
    ("message", ("message",)),
    ("input.message", ("input", "message")),
    ("_source", ("_source",)),
    ("data", ("data",)),
    ("aws.cloudtrail", ("aws", "cloudtrail")),
    ("aws.cloudtrail", ("aws.cloudtrail",)),
)


def walk_way(value, way):
    """The values at the end of a way."""
    values = [value]
    for step in way:
        nexts = []
        for v in values:
            if step == "[]":
                if isinstance(v, list) and not isinstance(v, Object):
                    nexts.extend(v)
            elif step == "$":
                nexts.append(v)
            elif isinstance(v, Object) and v.has(step):
                nexts.append(v.get(step))
        values = nexts
    return values


def unwrap(value, containers=()):
    """(kind, value, containers) of everything in a document: `event`,
    `notice`, `digest`, or `other` for what is none of them."""
    if isinstance(value, str) and not isinstance(value, Number):
        if value.lstrip(" \t\r\n")[:1] not in ("{", "["):
            yield "other", value, containers
            return
        try:
            inner = list(documents(value))
        except Fault:
            yield "other", value, containers
            return
        for v in inner:
            yield from unwrap(v, containers + ("string",))
        return
    if isinstance(value, list) and not isinstance(value, Object):
        for v in value:
            yield from unwrap(v, containers + ("array",))
        return
    if is_event(value):
        yield "event", value, containers
    elif is_notice(value):
        yield "notice", value, containers
    elif is_digest(value):
        yield "digest", value, containers
    elif isinstance(value, Object):
        known = False
        for name, way in WAYS:
            if walk_way(value, way[:1]):
                found = [t for v in walk_way(value, way)
                         for t in unwrap(v, containers + (name,))]
                if name == "Records" or any(t[0] != "other" for t in found):
                    known = True
                    yield from found
                    break
        if not known:
            yield "other", value, containers
    else:
        yield "other", value, containers


def inputs(paths):
    """Regular files, folders to their bottom with names sorted."""
    for path in paths:
        if os.path.isdir(path):
            for name in sorted(os.listdir(path), key=os.fsencode):
                yield from inputs([os.path.join(path, name)])
        elif os.path.isfile(path):
            yield path


class File:
    """One file: what stood in it (FOUND: kind, value, containers) and what
    was wrong with it."""

    def __init__(self, path):
        self.path, self.found, self.faults, self.skipped = path, [], [], None
        with open(path, "rb") as f:
            data = f.read()
        for _ in range(2):
            if data[:2] == b"\x1f\x8b":
                data, fault = inflate(data)
                if fault:
                    self.faults.append(fault)
        self.bytes = len(data)
        for magic, name in MAGIC:
            if data.startswith(magic):
                self.skipped = name
                return
        if data.startswith(b"\xef\xbb\xbf"):
            data = data[3:]
        if data.lstrip(b" \t\r\n")[:1] not in (b"{", b"["):
            self.skipped = "not JSON"
            return
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as e:
            self.faults.append(f"UTF-8: byte {e.start}")
            text = data[:e.start].decode("utf-8")
        try:
            for document in documents(text):
                self.found.extend(unwrap(document))
        except Fault as e:
            self.faults.append(str(e))

    def of(self, kind):
        return [v for k, v, _ in self.found if k == kind]


PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


def leaves(value):
    """(path, leaf) of a record, in the order of the log.  Empty objects and
    arrays are leaves too."""
    work = [("", value)]
    while work:
        path, v = work.pop()
        if isinstance(v, Object) and v:
            inner = []
            for key, child in v:
                name = key if PLAIN.match(key) else json.dumps(key)
                inner.append((f"{path}.{name}" if path else name, child))
            work.extend(reversed(inner))
        elif isinstance(v, list) and v:
            work.extend((f"{path}[{i}]", v[i])
                        for i in range(len(v) - 1, -1, -1))
        else:
            yield path, v


def token(leaf):
    """A leaf as JSON in ASCII; numbers as logged."""
    if isinstance(leaf, Number):
        return str(leaf)
    if isinstance(leaf, Object):
        return "{}"
    return json.dumps(leaf)


def matchable(leaf):
    """The text that filters and counts see, or None for {} and []."""
    if isinstance(leaf, list):
        return None
    if isinstance(leaf, str):
        return str(leaf)
    return json.dumps(leaf)


class Event:
    def __init__(self, file, kind, record, containers):
        self.file, self.kind, self.containers = file, kind, containers
        self.record = record
        self.leaves = list(leaves(record))
        self.id = record.get("eventID")

    def content(self):
        return tuple(sorted((p, token(v)) for p, v in self.leaves))

    def values(self, field):
        """The texts at a path of plain keys, where [] or [N] may follow."""
        want = re.sub(r"\\\[\\\]", r"\\[[0-9]+\\]", re.escape(field))
        pattern = re.compile(want + r"\Z")
        texts = [matchable(v) for p, v in self.leaves if pattern.match(p)]
        return [t for t in texts if t is not None]

    def present(self, field):
        want = re.sub(r"\\\[\\\]", r"\\[[0-9]+\\]", re.escape(field))
        pattern = re.compile(want + r"(\Z|[.\[])")
        return any(pattern.match(p) for p, _ in self.leaves)


class Trail:
    """All files of some paths, and their events as one list."""

    def __init__(self, paths, keep_all=False):
        self.files = [File(p) for p in inputs(paths)]
        self.events, self.duplicates, self.conflicts = [], 0, set()
        seen = {}
        for f in self.files:
            for kind, value, containers in f.found:
                if kind not in ("event", "notice"):
                    continue
                event = Event(f, kind, value, containers)
                if event.id is not None and not keep_all:
                    content = event.content()
                    known = seen.setdefault(event.id, set())
                    if content in known:
                        self.duplicates += 1
                        continue
                    if known:
                        self.conflicts.add(event.id)
                    known.add(content)
                self.events.append(event)


def term(text):
    """A predicate over events."""
    match = re.match(r"([A-Za-z][\w.\-\[\]]*)(!~|~|!=|=)(.*)\Z", text, re.S)
    if match:
        field, op, arg = match.groups()
        if op in ("~", "!~"):
            test = re.compile(arg).search
        else:
            test = arg.__eq__
        hit = lambda e: any(test(v) for v in e.values(field))
        return (lambda e: not hit(e)) if op[0] == "!" else hit
    match = re.match(r"([A-Za-z][\w.\-\[\]]*)(!?)\?\Z", text)
    if match:
        field, absent = match.groups()
        return lambda e: e.present(field) != bool(absent)
    search = re.compile(text).search
    return lambda e: any(search(matchable(v)) for _, v in e.leaves
                         if matchable(v) is not None)


def command_count(trail):
    kinds = {k: sum(len(f.of(k)) for f in trail.files)
             for k in ("event", "notice", "digest", "other")}
    print(json.dumps({
        "files": len(trail.files),
        "skipped": sum(1 for f in trail.files if f.skipped),
        "events": sum(1 for e in trail.events if e.kind == "event"),
        "notices": kinds["notice"],
        "duplicates": trail.duplicates,
        "conflicts": len(trail.conflicts),
        "digests": kinds["digest"],
        "other": kinds["other"],
        "faulty": sum(1 for f in trail.files if f.faults),
        "bytes": sum(f.bytes for f in trail.files),
    }))


def command_files(trail):
    for f in trail.files:
        ways = sorted({"/".join(c) or "bare" for k, _, c in f.found
                       if k != "other"})
        print(f.path, *(f"{k}={len(f.of(k))}" for k in
                        ("event", "notice", "digest", "other")),
              ",".join(ways) or "-",
              "; ".join(f.faults) or f.skipped or "-", sep="\t")


def command_events(trail):
    for e in trail.events:
        head = [token(e.record.get(k)) for k in
                ("eventID", "eventTime", "eventName")]
        print(*head, *(f"{p}={token(v)}" for p, v in e.leaves), sep="\t")


def command_values(trail, field):
    counts = {}
    for e in trail.events:
        for v in set(e.values(field)):
            counts[v] = counts.get(v, 0) + 1
    for v, n in sorted(counts.items(),
                       key=lambda c: (-c[1], c[0].encode("utf-8",
                                                         "surrogatepass"))):
        print(n, json.dumps(v)[1:-1], sep="\t")


def anywhere(value, way=()):
    """Every record at any depth, in text too, with the way to it."""
    work = [(value, way)]
    while work:
        v, way = work.pop()
        if is_event(v):
            yield v, way
        elif isinstance(v, Object):
            work.extend((child, way + (key,)) for key, child in v)
        elif isinstance(v, list):
            work.extend((child, way + ("[]",)) for child in v)
        elif isinstance(v, str) and v.lstrip()[:1] in ("{", "["):
            try:
                work.extend((d, way + ("$",)) for d in documents(v))
            except Fault:
                pass


def command_anywhere(trail):
    for f in trail.files:
        ways = {}
        for kind, value, containers in f.found:
            for _, way in anywhere(value, containers):
                ways[way] = ways.get(way, 0) + 1
        for way, n in sorted(ways.items()):
            print(f.path, n, "/".join(way) or "bare", sep="\t")


def main(argv):
    keep_all = "--all" in argv
    argv = [a for a in argv if a != "--all"]
    if len(argv) < 2:
        sys.exit(__doc__)
    command, rest = argv[0], argv[1:]
    sys.stdout.reconfigure(errors="backslashreplace")
    if command == "filter":
        cut = rest.index("--")
        terms = [term(t) for t in rest[:cut]]
        trail = Trail(rest[cut + 1:], keep_all)
        print(sum(all(t(e) for t in terms) for e in trail.events))
    elif command == "values":
        command_values(Trail(rest[1:], keep_all), rest[0])
    elif command in ("count", "files", "events", "anywhere"):
        globals()["command_" + command](Trail(rest, keep_all))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
