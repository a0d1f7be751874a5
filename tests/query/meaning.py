"""What filters mean, told once more: values of a record by their way, columns,
numbers, addresses and words, for filter_oracle_test.py."""
import fractions
import ipaddress
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                ".."))
import oracle

class Value:
    """A leaf: its way from the top, and the text that filters see."""

    def __init__(self, way, leaf):
        self.way = way
        self.text = oracle.matchable(leaf)
        self.null = leaf is None


def leaves(record):
    """(way, leaf) of each leaf; {} and [] are none, but are places."""
    work = [((), record)]
    while work:
        way, v = work.pop()
        if isinstance(v, oracle.Object):
            yield way, None
            work.extend((way + (k,), c) for k, c in reversed(v))
        elif isinstance(v, list):
            yield way, None
            work.extend((way + (i,), v[i]) for i in range(len(v) - 1, -1, -1))
        else:
            yield way, Value(way, v)


class Event:
    def __init__(self, event):
        self.places, self.values = [], []
        for way, value in leaves(event.record):
            self.places.append(way)
            if value:
                self.values.append(value)

        self.known = {}
        self.secret = False

    def texts(self, steps):
        """The texts of all leaves at or below the places of a path."""
        if steps not in self.known:
            self.known[steps] = [
                v.text for v in self.values
                if any(match(steps, v.way[:n]) for n in
                       range(len(v.way), -1, -1))]
        return self.known[steps]

    def present(self, steps):
        key = ("present",) + steps
        if key not in self.known:
            self.known[key] = any(match(steps, way) for way in
                                  self.places) or \
                any(match(steps, v.way) for v in self.values)
        return self.known[key]

    def top(self, *names):
        """The text of the last member of that name, null is none."""
        key = ("top",) + names
        if key not in self.known:
            found = [v for v in self.values if v.way == names]
            self.known[key] = found[-1].text if found and \
                not found[-1].null else None
        return self.known[key]


def mask(events):
    """Passwords are seen as their masks, numbered in order of the log."""
    numbers = {}
    for e in events:
        for v in e.values:
            if v.way[-1:] == ("password",):
                n = numbers.setdefault(v.text, len(numbers) + 1)
                v.text, e.secret = "[password, #k%d]" % n, True


def match(steps, way):
    """Whether a path's steps name that way."""
    if not steps:
        return not way
    head, rest = steps[0], steps[1:]
    if head == "**":
        return any(match(rest, way[n:]) for n in range(len(way) + 1))
    if not way:
        return False
    step = way[0]
    if head == "*":
        good = isinstance(step, str)
    elif head == "[]":
        good = isinstance(step, int)
    else:
        good = step == head and type(step) is type(head)
    return good and match(rest, way[1:])


NUMBER = re.compile(r"([-+]?)(?=\.?\d)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?\Z",
                    re.A)


def number(text):
    m = NUMBER.match(text)
    if not m:
        return None
    sign, whole, part, power = m.groups()
    n = fractions.Fraction(int((whole + part) or 0), 10 ** len(part))
    n *= fractions.Fraction(10) ** int(power or 0)
    return -n if sign == "-" else n


FOUR = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!\Z)|\Z)){4}\Z",
                  re.A)


def address(text):
    try:
        if ":" not in text:
            return ipaddress.IPv4Address(text) if FOUR.match(text) else None
        a = ipaddress.IPv6Address(text)
        return "." in text and a.ipv4_mapped or a
    except ValueError:
        return None


def network(text):
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


RUN = re.compile(r"([G-Zg-z_][A-Za-z0-9_]*)|([0-9A-Fa-f.:]+)([A-Za-z0-9_]*)")


def addresses(text):
    """The addresses that stand in a text as whole words."""
    at = 0
    while True:
        m = RUN.search(text, at)
        if not m:
            return
        at = m.end()
        run = m.group(2)
        if not run or not re.search(r"[.:]", run):
            continue
        bare = run.strip(".")
        forms = [bare]
        if bare.endswith(":"):
            forms.append(bare[:-1])
        if bare.startswith(":"):
            forms.append(bare[1:])
        found = next((a for a in map(address, forms) if a), None)
        if found and not m.group(3):
            yield found
            continue
        at_piece = m.start(2)
        for piece in (run + m.group(3)).split(":"):
            found = address(piece.strip("."))
            at_piece += len(piece)
            if found:
                yield found
                at = at_piece
                break
            at_piece += 1


def inside(net, text):
    a = address(text)
    return a is not None and a.version == net.version and a in net


def word_char(c):
    return c == "_" or c.isascii() and c.isalnum() or ord(c) >= 0x80


def has_word(text, word):
    at = text.find(word)
    while at >= 0:
        before, behind = text[at - 1:at], text[at + len(word):][:1]
        if not (before and word_char(before) and word_char(word[0])) and \
           not (behind and word_char(behind) and word_char(word[-1])):
            return True
        at = text.find(word, at + 1)
    return False


# Fields: how they are written, and the texts of an event


class Path:
    def __init__(self, *steps):
        self.steps = steps

    def write(self, r):
        out = ""
        for s in self.steps:
            if s == "[]":
                out += "[]"
            elif isinstance(s, int):
                out += "[%d]" % s
            else:
                plain = s in ("*", "**") or re.match(r"[A-Za-z_]\w*\Z", s,
                                                     re.A)
                quoted = not plain or r.random() < 0.1 and \
                    s not in ("*", "**")
                out += ("." if out else "") + (json.dumps(s) if quoted else s)
        if len(self.steps) == 1 and r.random() < 0.2:
            out = out.upper() if out in TOP else out
        return out

    def texts(self, e):
        return e.texts(self.steps)

    def present(self, e):
        return e.present(self.steps)

    addresses = False


TOP = ("eventName", "eventSource", "awsRegion", "sourceIPAddress",
       "userAgent", "errorCode", "errorMessage", "requestParameters",
       "responseElements", "resources", "userIdentity", "readOnly",
       "eventTime", "eventID", "additionalEventData")


class Column:
    """A column that is one field of the record."""

    def __init__(self, names, way, addresses=False, more=None):
        self.names, self.way, self.addresses = names, way, addresses
        self.more = more

    def write(self, r):
        name = r.choice(self.names)
        return name.title() if r.random() < 0.1 else name

    def texts(self, e):
        text = e.top(*self.way)
        if text is None:
            return []
        return [text] + (self.more(text) if self.more else [])

    def present(self, e):
        return e.top(*self.way) is not None


def short_source(text):
    for tail in (".amazonaws.com", ".amazonaws.com.cn"):
        if text.endswith(tail):
            return [text[:-len(tail)]]
    return []


SIMPLE_COLUMNS = [
    Column(["region"], ("awsRegion",)),
    Column(["user-agent", "user_agent", "agent"], ("userAgent",)),
    Column(["error", "error-code"], ("errorCode",)),
    Column(["message"], ("errorMessage",)),
    Column(["from", "ip"], ("sourceIPAddress",), True),
    Column(["read-only"], ("readOnly",)),
    Column(["key"], ("userIdentity", "accessKeyId")),
]
GENERATED_COLUMNS = SIMPLE_COLUMNS + [
    Column(["event", "call"], ("eventName",)),
    Column(["source", "service"], ("eventSource",), more=short_source),
    Column(["id"], ("eventID",)),
]
SOURCE_ADDRESS = Path("sourceIPAddress")
SOURCE_ADDRESS.addresses = True
PATHS = [
    Path("eventName"), Path("eventSource"), SOURCE_ADDRESS,
    Path("requestParameters"), Path("requestParameters", "name"),
    Path("requestParameters", "*"), Path("requestParameters", "**", "name"),
    Path("requestParameters", "list", "[]"),
    Path("requestParameters", "list", 0), Path("requestParameters", "list"),
    Path("requestParameters", "items", "[]", "id"),
    Path("requestParameters", "items", 1, "id"),
    Path("requestParameters", "items", "[]", "tags", "[]"),
    Path("requestParameters", "aws:acm:arn"),
    Path("requestParameters", "deep", "a b", "c"),
    Path("requestParameters", "size"), Path("requestParameters", "empty"),
    Path("requestParameters", "password"), Path("**", "password"),
    Path("**", "id"), Path("**", "size"), Path("*", "name"),
    Path("resources", "[]", "ARN"), Path("resources", "[]", "accountId"),
    Path("resources", 0, "ARN"), Path("userIdentity", "type"),
    Path("userIdentity", "**", "arn"), Path("userIdentity", "userName"),
    Path("responseElements"), Path("additionalEventData"),
    Path("additionalEventData", "*"), Path("errorMessage"),
    Path("userIdentity", "sessionContext", "attributes", "*"),
]


class AnyField:
    addresses = False

    def write(self, r):
        return r.choice(["any", "any", "Any"])

    def texts(self, e):
        return [v.text for v in e.values]
