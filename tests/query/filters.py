"""Filters that are made by chance: a tree, its text in one of its spellings, and
the test of an event that it stands for."""
import datetime
import json
import random
import re

from meaning import (AnyField, Column, Path, addresses, inside, has_word,
                     network, number)

IOCS = ["AccessDenied", "10.1.0.0/16", "evil.example", "2001:db8::/32",
        "value-7", "--", "a b", "Get", "192.0.2.44", "é"]
EPOCH = datetime.datetime(1970, 1, 1)

def quoted(text):
    return json.dumps(text, ensure_ascii=False)


PLAIN = re.compile(r"[A-Za-z0-9_./@#%+-][A-Za-z0-9_./:@#%+-]*\Z", re.A)


def written_value(r, text):
    if PLAIN.match(text) and not text.startswith(("/", "@")) and \
       r.random() < 0.8:
        return text
    return quoted(text)


class Leaf:
    """A test, its texts, and whether an event passes it."""

    def __init__(self, text, test, atom=True):
        self.text, self.test, self.atom = text, test, atom


def any_of(field, test, negated):
    return lambda e: any(map(test, field.texts(e))) != negated


def make_regex(r, pool):
    """(pattern, flags): what Perl and Python read alike."""
    kind = r.randrange(9)
    word = re.sub(r"[^A-Za-z0-9]", ".", r.choice(pool)[:12]) or "a"
    some = word[:r.randrange(1, len(word) + 1)]
    if kind == 0:
        p = some
    elif kind == 1:
        p = "^" + some
    elif kind == 2:
        p = word[-3:] + "$"
    elif kind == 3:
        p = "(%s|%s)" % (some, r.choice(["Get", "zz", "Delete"]))
    elif kind == 4:
        p = some[:1] + ".*" + word[-1:]
    elif kind == 5:
        p = "[%s-z]+%s" % (r.choice("ahq"), r.choice(["", "$", r"\d"]))
    elif kind == 6:
        p = r"\b\d{1,3}%s\d+" % r.choice([r"\.", "-", ":"])
    elif kind == 7:
        p = r"[^\w\s]%s?x*" % r.choice(["a", "[0-9]", "e"])
    else:
        p = r"%s\s" % some[-1:]
    return p, r.random() < 0.2


def regex_text(r, p, caseless):
    """A pattern as a filter has it."""
    if caseless and (r.random() < 0.5 or "/" in p):
        return "(?i)" + p
    if caseless or " " in p or r.random() < 0.2:
        return "/%s/%s" % (p, "i" if caseless else "")
    return p


def leaf_regex(r, g):
    p, caseless = make_regex(r, g.pool)
    test = re.compile(p, re.I if caseless else 0).search
    if r.random() < 0.4:
        text = regex_text(r, p, caseless)
        if network(text) or re.match(r"[(!=~?]", text) and \
           not text.startswith("(?"):
            text = "/%s/" % p if not caseless else text
        return Leaf(text, any_of(AnyField(), test, False))
    field = g.field(r)
    op, negated = r.choice([("~", False), ("=~", False), ("!~", True)])
    return Leaf(field.write(r) + op + regex_text(r, p, caseless),
                any_of(field, test, negated))


def leaf_contains(r, g):
    part = r.choice(g.pool)
    i = r.randrange(len(part) + 1)
    part = part[i:i + r.randrange(1, 8)]
    test = lambda t: part in t
    if r.random() < 0.5:
        return Leaf(quoted(part), any_of(AnyField(), test, False))
    field = g.field(r)
    negated = r.random() < 0.3
    return Leaf(field.write(r) + ("!~" if negated else "~") + quoted(part),
                any_of(field, test, negated))


def equal_test(value, networks):
    net = networks and network(value)
    return lambda t: t == value or bool(net) and inside(net, t)


def leaf_equals(r, g):
    field = AnyField() if r.random() < 0.1 else g.field(r)
    value = r.choice(IOCS) if field.addresses and r.random() < 0.5 \
        else r.choice(g.pool)
    text = written_value(r, value)
    op, negated = r.choice([("=", False), ("==", False), ("!=", True)])
    if field.addresses and text == value and r.random() < 0.5:
        value = text = r.choice(["10.1.2.3", "10.0.0.0/8", "192.0.2.0/25",
                                 "2001:db8::/32", "2001:db8:0::7"])
    return Leaf(field.write(r) + op + text,
                any_of(field, equal_test(value, field.addresses and
                                         text == value), negated))


def leaf_choice(r, g):
    field = AnyField() if r.random() < 0.2 else g.field(r)
    within = isinstance(field, AnyField)
    tests, items = [], []
    for _ in range(r.randrange(1, 5)):
        value = r.choice(IOCS) if r.random() < 0.3 else r.choice(g.pool)
        text = written_value(r, value)
        items.append(text)
        tests.append(indicator(value, within, text == value))
    negated = r.random() < 0.3
    test = lambda t: any(f(t) for f in tests)
    return Leaf("%s %s %s" % (field.write(r), "not in" if negated else
                              r.choice(["in", "IN"]),
                              "(" + r.choice([", ", ",", " , "]).join(items) +
                              ")"),
                any_of(field, test, negated))


def indicator(value, within, networks):
    net = network(value) if networks else None

    def test(t):
        if t == value or net and inside(net, t):
            return True
        return within and (bool(value) and has_word(t, value) or bool(net) and
                           any(a.version == net.version and a in net
                               for a in addresses(t)))
    return test


def leaf_iocs(r, g):
    field = AnyField() if r.random() < 0.6 else g.field(r)
    within = isinstance(field, AnyField)
    tests = [indicator(v, within, True) for v in IOCS]
    negated = r.random() < 0.2
    return Leaf("%s %sin @iocs" % (field.write(r), "not " if negated else ""),
                any_of(field, lambda t: any(f(t) for f in tests), negated))


def leaf_address(r, g):
    text = r.choice(["10.1.2.3", "10.1.0.0/16", "0.0.0.0/0", "192.0.2.44",
                     "2001:db8::7", "2001:db8::/32", "198.51.100.0/24",
                     "172.16.0.0/12", "::/0", "10.1.2.128/25"])
    net = network(text)
    test = lambda t: any(a.version == net.version and a in net
                         for a in addresses(t))
    return Leaf(text, any_of(AnyField(), test, False))


def leaf_presence(r, g):
    field = g.field(r)
    absent = r.random() < 0.4
    return Leaf(field.write(r) + ("!?" if absent else "?"),
                lambda e: field.present(e) != absent)


NUMBERS = ["0", "1", "10", "-1", "1e3", "999", "9007199254740992",
           "9007199254740993", "123456789012345678901234567890", "0.30",
           "1.5E-3", "-2.25", "1e9", "300", "007"]
ORDERS = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
          ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


def leaf_number(r, g):
    field = g.field(r) if r.random() < 0.3 else Path(*r.choice([
        ("requestParameters", "size"), ("**", "size"),
        ("requestParameters", "list", "[]"), ("additionalEventData", "*"),
        ("requestParameters",)]))
    if isinstance(field, Column) and field.way == ("time",):
        field = Path("**", "size")
    text, op = r.choice(NUMBERS), r.choice(sorted(ORDERS))
    n = number(text)

    def test(t):
        m = number(t)
        return m is not None and ORDERS[op](m, n)
    return Leaf(field.write(r) + op + text, any_of(field, test, False))


def milliseconds(text):
    m = re.match(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z\Z", text, re.A)
    try:
        at = datetime.datetime(*map(int, m.groups())) if m else None
    except ValueError:
        at = None
    return None if at is None else (at - EPOCH) // datetime.timedelta(
        milliseconds=1)


def time_range(r, times):
    """(text, from, to) of a partial time near those of the trail."""
    ms = r.choice(times)
    at = EPOCH + datetime.timedelta(milliseconds=ms)
    length = r.choice(["year", "month", "day", "hour", "minute", "second"])
    day = datetime.timedelta(days=1)
    if length == "year":
        a, text = at.replace(month=1, day=1, hour=0, minute=0, second=0), "%Y"
        b = a.replace(year=a.year + 1)
    elif length == "month":
        a, text = at.replace(day=1, hour=0, minute=0, second=0), "%Y-%m"
        b = (a + 32 * day).replace(day=1)
    elif length == "day":
        a, text = at.replace(hour=0, minute=0, second=0), "%Y-%m-%d"
        b = a + day
    elif length == "hour":
        a, text = at.replace(minute=0, second=0), "%Y-%m-%dT%H"
        b = a + day / 24
    elif length == "minute":
        a, text = at.replace(second=0), "%Y-%m-%dT%H:%M"
        b = a + day / 1440
    else:
        a, text = at, "%Y-%m-%dT%H:%M:%S"
        b = a + day / 86400
    text = a.strftime(text)
    shift = r.choice([None, None, 0, 1, -5])
    if shift is not None:
        text += "Z" if shift == 0 else "%+03d:00" % shift
        a, b = a - shift * day / 24, b - shift * day / 24
    one = datetime.timedelta(milliseconds=1)
    return text, (a - EPOCH) // one, (b - EPOCH) // one


def leaf_time(r, g):
    if r.random() < 0.2:
        name, base = r.choice([("first", min(g.times)), ("last",
                                                         max(g.times))])
        n, unit, ms = r.choice([(2, "h", 3600000), (1, "d", 86400000),
                                (90, "s", 1000), (3, "w", 7 * 86400000)])
        sign = r.choice("+-")
        a = base + n * ms * (1 if sign == "+" else -1)
        text, b = "%s%s%d%s" % (name, sign, n, unit), a + 1000
    else:
        text, a, b = time_range(r, g.times)
    op = r.choice(["=", "!=", "<", "<=", ">", ">="])
    tests = {"=": lambda t: a <= t < b, "<": lambda t: t < a,
             "<=": lambda t: t < b, ">": lambda t: t >= b,
             ">=": lambda t: t >= a}
    test = tests["=" if op == "!=" else op]

    def holds(e):
        t = e.time
        return (t is not None and test(t)) != (op == "!=")
    return Leaf("time" + op + text, holds)


def leaf_mark(r, g):
    def error(e):
        return bool(e.top("errorCode") or e.top("errorMessage"))
    return r.choice([Leaf(r.choice(["is:error", "IS:ERROR"]), error),
                     Leaf("has:secret", lambda e: e.secret)])


class Generator:
    """What filters over one trail are made of."""

    def __init__(self, trail, fields, kinds):
        self.fields, self.kinds = fields, kinds
        texts = sorted({v.text for e in trail for v in e.values
                        if len(v.text) < 60 and "\n" not in v.text})
        r = random.Random(7)
        self.pool = r.sample(texts, min(len(texts), 600)) + ["", "zz", "Get"]
        self.times = sorted({e.time for e in trail if e.time is not None})

    def field(self, r):
        return r.choice(self.fields)

    def leaf(self, r):
        while True:
            leaf = r.choice(self.kinds)(r, self)
            if "\n" not in leaf.text:
                return leaf


NOT, AND, OR = range(3)


def make(r, g, depth):
    """(text, level, test): level 2 a term, 1 an `and`, 0 an `or`."""
    kind = r.random()
    if depth == 0 or kind < 0.35:
        leaf = g.leaf(r)
        return leaf.text, 2, leaf.test
    if kind < 0.5:
        text, level, test = make(r, g, depth - 1)
        if level < 2 or r.random() < 0.2:
            text = "(" + text + ")"
        sign = r.choice(["!", "! ", "not ", "NOT ", "not  "])
        if sign == "!" and re.match("[=~?]", text):
            sign = "not "
        return sign + text, 2, lambda e: not test(e)
    parts = [make(r, g, depth - 1) for _ in range(r.choice([2, 2, 3]))]
    if kind < 0.78:
        words, level = [" ", " and ", " AND ", " && ", "  "], 1
        test = lambda e: all(p[2](e) for p in parts)
    else:
        words, level = [" or ", " OR ", " || ", " Or "], 0
        test = lambda e: any(p[2](e) for p in parts)
    texts = []
    for text, inner, _ in parts:
        if inner < level or r.random() < 0.15:
            text = "(" + r.choice(["", " "]) + text + ")"
        texts.append(text)
    out = texts[0]
    for text in texts[1:]:
        out += r.choice(words) + text
    return out, level, test
