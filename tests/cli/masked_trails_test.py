#!/usr/bin/env python3
"""What is masked in the real trails of $ACMTUI_SHARED, and what is not: each
place that loses anything is listed here, with the number of its values, so that
a change of the policy shows as a change of this list.

The masked output is compared with the one in clear, value by value."""
import collections
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
TRAILS = os.path.join(os.environ.get("ACMTUI_SHARED", ""), "trails")

# Place, what the mask says it is, values.  The sizes of the passphrase's buffer
# are masked because no rule looks at neighbours, where AWS's own mask tells the
# length.
MASKED = {
    ("requestParameters.passphrase.capacity", "passphrase"): 1,
    ("requestParameters.passphrase.limit", "passphrase"): 1,
    ("requestParameters.passphrase.position", "passphrase"): 1,
    ("responseElements.credentials.sessionToken", "session token"): 60,
}


def events(*options):
    done = subprocess.run(
        [os.path.join(BUILD, "acmtui"), "-o", "ndjson", *options, TRAILS],
        stdin=subprocess.DEVNULL, capture_output=True, check=False)
    for line in done.stdout.decode().splitlines():
        yield json.loads(line, object_pairs_hook=tuple)


def leaves(value, path=""):
    """Path and value of each leaf; an array of numbers is one."""
    work = [(path, value)]
    while work:
        path, value = work.pop()
        if isinstance(value, tuple):
            work.extend((path + "." + k if path else k, v) for k, v in value)
        elif isinstance(value, list) and not all(
                isinstance(v, (int, float)) for v in value):
            work.extend(("%s[%d]" % (path, i), v)
                        for i, v in enumerate(value))
        else:
            yield path, value


def kind_of(mask):
    """What a mask says that it stands for; None: it is no mask."""
    if not isinstance(mask, str) or "\u2039" not in mask:
        return None
    return mask[mask.index("\u2039") + 1:].split(",")[0]


def main():
    if not os.path.isdir(TRAILS):
        print("SKIP: no trails in $ACMTUI_SHARED")
        return 77
    masked, faults = collections.Counter(), []
    tokens = keys = certificates = count = 0
    for shown, clear in zip(events(), events("--unmask")):
        count += 1
        shown = dict(leaves(shown))
        for path, value in leaves(clear):
            last = path.rsplit(".", 1)[-1]
            same = shown.get(path) == value
            if last == "sessionToken" and isinstance(value, str):
                tokens += 1
                if same:
                    faults.append("%s: in clear" % path)
            elif last == "accessKeyId" and value:
                keys += 1
                if not same:
                    faults.append("%s: masked" % path)
            elif isinstance(value, str) and "BEGIN CERTIFICATE" in value:
                certificates += 1
                if not same:
                    faults.append("%s: masked" % path)
        for path, value in shown.items():
            if kind_of(value):
                masked[re.sub(r"\[\d+\]", "[]", path), kind_of(value)] += 1
    for place in sorted(masked):
        print("%d\t%s\t%s" % (masked[place], *place))
    if dict(masked) != MASKED:
        faults.append("the list above is not the expected one")
    for what, n in (("events", count), ("session tokens", tokens),
                    ("access keys", keys), ("certificates", certificates)):
        if n == 0:
            faults.append("no %s at all" % what)
    for fault in faults:
        print(fault)
    print("%d events, %d session tokens masked, %d access key ids and %d "
          "certificates in clear: %d passed, %d failed, 0 skipped"
          % (count, tokens, keys, certificates, not faults, len(faults)))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
