#!/usr/bin/env python3
"""Forty secrets planted in every kind of place, and looked for afterwards in
all that the program writes: each output format, standard error, its home and
temporary folders, its environment and arguments, a core made by force.

One of them is a harmless user name elsewhere, and stays readable there.  The
trail is tests/screens/data/planted.json, in which the scenarios of tests/e2e
look for them too; `planted_test.py --write` makes it anew."""
import base64
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
TRAIL = os.path.join(SOURCE, "tests", "screens", "data", "planted.json")
PROGRAM = os.path.join(BUILD, "acmtui")
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-4234-8234-123456789012"
FORMATS = ["table", "tsv", "csv", "ndjson", "json", "count", "summary",
           "values:requestParameters.password",
           "values:requestParameters.**", "values:message,user-agent",
           "lifeline:" + ARN, "profile:alice", "certificates", "coverage",
           "sessions", "lifeline:" + ARN + ":json", "profile:alice:json",
           "certificates:json", "coverage:json", "sessions:json"]
COLUMNS = "time,event,who,message,user-agent,requestParameters.**,responseElements.**"


SHARED = "Kx7harmlessQz"


def canary(number):
    """Looks like nothing, and is found again; the first is a user's name."""
    return "Kx7canary%02dQz" % number if number else SHARED


class Planting:
    """Makes a secret each time it is called."""
    def __init__(self, make=canary):
        self.words, self.make = [], make

    def __call__(self):
        self.words.append(self.make(len(self.words)))
        return self.words[-1]


def key_bytes(text):
    return {"hb": list(text.encode()), "offset": 0, "isReadOnly": False,
            "bigEndian": True, "nativeByteOrder": False, "mark": -1,
            "position": 0, "limit": len(text), "capacity": len(text),
            "address": 0}


def events(plant):
    pem = "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
    request = [
        {"password": plant()},
        {"masterUserPassword": plant()},
        {"passphrase": key_bytes(plant())},
        {"privateKey": key_bytes(pem % plant())},
        {"someBytes": key_bytes(pem % plant())},
        {"note": pem % plant()},
        {"note": base64.b64encode((pem % plant()).encode()).decode()},
        {"secretString": json.dumps({"user": "app", "any": plant()})},
        {"policyDocument": json.dumps({"a": {"password": plant()}})},
        {"policyDocument": json.dumps({"a": json.dumps({"apiKey": plant()})})},
        {"policyDocument": urllib.parse.quote(json.dumps({"pwd": plant()}))},
        {"environment": {"variables": {"DB": plant()}}},
        {"containerDefinitions": [{"environment": [
            {"name": "A", "value": plant()}]}]},
        {"parameters": [{"parameterKey": "p", "parameterValue": plant()}]},
        {"userData": base64.b64encode(plant().encode()).decode()},
        {"script": "#!/bin/sh\nexport DB_PASSWORD='%s'\n" % plant()},
        {"command": "mysql --password %s -u root" % plant()},
        {"url": "https://b/k?X-Amz-Signature=%s&x=1" % plant()},
        {"url": "https://b/k?X-Amz-Security-Token=%s" % plant()},
        {"url": "postgres://app:%s@db/prod" % plant()},
        {"next": "https://s/?u=https%%3A%%2F%%2Fb%%3Fpassword%%3D%s" % plant()},
        {"headers": {"Authorization": "Bearer " + plant()}},
        {"headers": {"Cookie": ["session=" + plant()]}},
        {"raw": "GET / HTTP/1.1\nAuthorization: Basic %s\n" % plant()},
        {"tokenCode": plant()}, {"sAMLAssertion": plant()},
        {"accessToken": plant()}, {"clientSecret": plant()},
        {"tags": [{"key": "k", "value": "ghp_" + plant() + "a" * 30}]},
        {"tags": [{"key": "k", "value": "eyJhbGciOiJub25lIn0.eyJ%s.x" % plant()}]},
        {"tags": [{"key": "k", "value": "sk_live_" + plant() + "a" * 8}]},
        {"password": [list(plant()), {"deep": plant()}]},
        {"p\\u0061ssword".encode().decode("unicode_escape"): plant()},
    ]
    for i, parameters in enumerate(request):
        yield {"requestParameters": dict(parameters, certificateArn=ARN)}
    yield {"responseElements": {"credentials": {
        "accessKeyId": "ASIAIOSFODNN7EXAMPLE", "sessionToken": plant()}}}
    yield {"responseElements": {"macKey": plant()}}
    yield {"errorCode": "X", "errorMessage": "cannot read https://u:%s@h/" % plant()}
    yield {"userAgent": "curl/8 (token=%s)" % plant()}
    yield {"requestParameters": {"roleSessionName": "IQoJb3JpZ2lu" + plant()}}
    yield {"requestParameters": {"userName": SHARED}}


def record(number, members):
    base = {"eventVersion": "1.08", "eventID": "event-%d" % number,
            "eventTime": "2026-01-01T00:%02d:00Z" % (number % 60),
            "eventSource": "acm.amazonaws.com", "eventName": "Try",
            "awsRegion": "us-east-1", "recipientAccountId": "111122223333",
            "userIdentity": {"type": "IAMUser", "userName": "alice",
                             "arn": "arn:aws:iam::111122223333:user/alice"}}
    return dict(base, **members)


def trail_text(plant):
    return json.dumps({"Records": [record(i, e) for i, e in
                                   enumerate(events(plant))]}) + "\n"


def limits():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)


def run(folder, arguments):
    env = {"HOME": os.path.join(folder, "home"), "LC_ALL": "C.UTF-8",
           "TMPDIR": os.path.join(folder, "tmp"), "PATH": os.environ["PATH"]}
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env=env,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          check=False)


def files(folder, leave):
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            if full not in leave:
                with open(full, "rb") as f:
                    yield full, f.read()


def guises(word):
    """The word itself, in base64 at each place of three, and as numbers."""
    yield word.encode()
    for before in range(3):
        text = base64.b64encode(b"x" * before + word.encode())
        yield text[4 if before else 0:-4]
    yield ",".join(map(str, word.encode())).encode()


def found(words, data):
    return [w for w in words if any(g in data for g in guises(w))]


def core(folder, trail):
    """Killed by a signal that leaves a core, while its input is open."""
    process = subprocess.Popen(
        [PROGRAM, "-o", "count", "-"], cwd=folder, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limits)
    with open(trail, "rb") as f:
        process.stdin.write(f.read())
    process.stdin.flush()
    with open("/proc/%d/cmdline" % process.pid, "rb") as f:
        told = f.read()
    try:
        with open("/proc/%d/environ" % process.pid, "rb") as f:
            told += f.read()
    except PermissionError:
        pass
    process.send_signal(signal.SIGSEGV)
    out, err = process.communicate()
    return process.returncode == -signal.SIGSEGV, told + out + err


def main():
    faults, plant = [], Planting()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("home", "tmp"):
            os.mkdir(os.path.join(folder, name))
        trail = TRAIL
        broken = os.path.join(folder, "broken.json")
        with open(trail, encoding="utf-8") as f:
            if f.read() != trail_text(plant):
                faults.append("%s is not what --write makes" % trail)
        with open(broken, "w", encoding="utf-8") as f:
            f.write('{"eventVersion":"1.08","eventName":"A","eventTime":'
                    '"2026-01-01T00:00:00Z","password":"%s" "x":1}\n'
                    % plant())
            f.write('{"eventVersion":"1.08","eventName":"B",password:%s,'
                    '"sessionToken":"cut' % plant())
        shared = plant.words[0]
        rest = plant.words[1:]
        for output in FORMATS:
            arguments = ["-o", output, trail, broken]
            if output in ("table", "tsv", "csv"):
                arguments += ["-c", COLUMNS]
            done = run(folder, arguments)
            if done.returncode not in (0, 1, 2) or (
                    done.returncode == 2 and b"problem" not in done.stderr):
                faults.append("%s: exit status %d: %s" % (
                    output, done.returncode, done.stderr[:200]))
            for word in found(rest, done.stdout + done.stderr):
                faults.append("%s: %s" % (output, word))
            if output == "ndjson":
                text = done.stdout.decode()
                if text.count(shared) != 1 or '"userName":"%s"' % shared not in text:
                    faults.append("the user name that is also a password: %d times"
                                  % text.count(shared))
        for word in plant.words:
            done = run(folder, ["-o", "count", "-f", word, trail])
            expected = b"1\n" if word == shared else b"0\n"
            if done.stdout != expected:
                faults.append("a filter finds %s: %r" % (word, done.stdout))
        # That they are there to be found: but for those encoded twice.
        done = run(folder, ["-o", "ndjson", "--unmask", trail, broken])
        if len(found(plant.words, done.stdout)) < len(plant.words) - 2:
            faults.append("--unmask shows %d only"
                          % len(found(plant.words, done.stdout)))
        killed, told = core(folder, trail)
        if not killed:
            faults.append("the program outlived a signal")
        for word in found(plant.words, told):
            faults.append("environment or arguments: %s" % word)
        for path, data in files(folder, {trail, broken}):
            for word in found(plant.words, data):
                faults.append("%s: %s" % (path, word))
    for fault in faults:
        print(fault)
    print("%d secrets planted, %d formats: %d passed, %d failed, 0 skipped"
          % (len(plant.words), len(FORMATS), 0 if faults else 1,
             len(faults)))
    return bool(faults)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        with open(TRAIL, "w", encoding="utf-8") as target:
            target.write(trail_text(Planting()))
    else:
        sys.exit(main())
