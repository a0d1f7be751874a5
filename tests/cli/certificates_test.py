#!/usr/bin/env python3
"""Certificates made anew by openssl, in byte buffers and strings, as PEM and as
DER: the tree says of them what `openssl x509` says."""
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
DRIVE = os.path.join(BUILD, "tests", "screens", "drive")

# How the key is made, what it is called, subject, names, serial, days.
KINDS = [
    (["rsa:2048"], "RSA, 2048 bits", "/O=M\u00fcller \\+ S\u00f6hne/CN=www.example.com",
     "DNS:www.example.com,DNS:*.example.com,IP:192.0.2.1", "0x01", 30),
    (["rsa:3072"], "RSA, 3072 bits", "/C=DE/CN=a\\, b=c",
     "email:a@example.com,URI:https://example.com/x", "0x7f00112233445566", 400),
    (["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], "EC, 384 bits",
     "/CN=\u4f8b\u3048.example", "DNS:xn--r8jz45g.example",
     "0xffeeddccbbaa99887766554433221100", 1),
    (["ed25519"], "ED25519, 256 bits", "/CN=plain", "DNS:plain", "0x80", 3650),
]
EVENT = "2030-01-01T00:00:00Z"


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True,
                          capture_output=True).stdout.decode()


def make(folder, i, kind):
    key, _, subject, names, serial, days = kind
    path = os.path.join(folder, "%d.pem" % i)
    openssl("req", "-x509", "-nodes", "-newkey", *key, "-keyout",
            os.path.join(folder, "%d.key" % i), "-out", path, "-utf8", "-subj",
            subject, "-addext", "subjectAltName=" + names, "-set_serial",
            serial, "-days", str(days), "-config", os.devnull)
    return path


def told_by_openssl(path, kind):
    """What the tree has to say, by its names for it."""
    def x509(*what):
        return openssl("x509", "-in", path, "-noout", *what).rstrip("\n")

    name = ["-nameopt", "RFC2253,-esc_msb"]
    dates = dict(line.rstrip("Z").split("=") for line in
                 x509("-dates", "-dateopt", "iso_8601").splitlines())
    text = x509("-text", "-certopt", "no_pubkey,no_extensions,no_sigdump")
    return {
        "subject": x509("-subject", *name).split("=", 1)[1],
        "issuer": x509("-issuer", *name).split("=", 1)[1],
        "names": [n.strip() for n in x509("-ext", "subjectAltName")
                  .splitlines()[1].split(",")],
        "serial": x509("-serial").split("=")[1],
        "not before": dates["notBefore"] + " UTC",
        "not after": dates["notAfter"] + " UTC",
        "at the event's time":
            "expired" if dates["notAfter"] < EVENT.replace("T", " ")
            else "valid",
        "key": kind[1],
        "signature": re.search("Signature Algorithm: (.*)", text).group(1),
        "SHA-256 fingerprint": x509("-fingerprint", "-sha256").split("=")[1],
    }


def guises(path):
    """Ways in which a record may hold the certificate."""
    with open(path, "rb") as f:
        pem = f.read()
    der = subprocess.run(["openssl", "x509", "-outform", "der"], input=pem,
                         check=True, capture_output=True).stdout
    return [buffer_of(pem), buffer_of(der), pem.decode(),
            base64.b64encode(der).decode()]


def buffer_of(data):
    return {"hb": [b - 256 if b > 127 else b for b in data], "offset": 0,
            "isReadOnly": False, "bigEndian": True, "nativeByteOrder": False,
            "mark": -1, "position": len(data), "limit": len(data),
            "capacity": len(data), "address": 0}


def tree_of(folder, certificate):
    """The rows of the tree with the certificate unfolded."""
    trail = os.path.join(folder, "trail.json")
    script = os.path.join(folder, "x.screen")
    with open(trail, "w", encoding="utf-8") as f:
        json.dump({"eventVersion": "1.08", "eventTime": EVENT,
                   "eventSource": "acm.amazonaws.com",
                   "eventName": "ImportCertificate", "eventID": "1",
                   "requestParameters": {"certificate": certificate}}, f)
    with open(script, "w", encoding="utf-8") as f:
        f.write("load %s\nsize 200x50\nkey Enter Z E j j j j j j e E\nscreen\n"
                % os.path.relpath(trail, SOURCE))
    subprocess.run([DRIVE, script], check=True, cwd=SOURCE,
                   capture_output=True, env=dict(
        os.environ, ACMTUI_UPDATE="1", ACMTUI_SOURCE=SOURCE))
    with open(script, encoding="utf-8") as f:
        rows = [line.strip().strip("|").rstrip() for line in f
                if line.startswith("|")]
    return rows


def read_tree(rows):
    told, names = {}, None
    for row in rows:
        member = re.match(r'^[ \u258c\u25be\u25b8]*([\w\' -]+): "(.*)"$', row)
        element = re.match(r'^[ \u258c]*\[?\d*\]?:? ?"([^"]*)"$', row)
        if re.match(r"^[ \u258c\u25be\u25b8]*names\b", row):
            names = told.setdefault("names", [])
        elif member and member.group(1).strip() in FIELDS:
            told[member.group(1).strip()] = json.loads('"%s"' % member.group(2))
        elif element and names is not None:
            names.append(element.group(1))
    return told


FIELDS = ("subject", "issuer", "serial", "not before", "not after",
          "at the event's time", "key", "signature", "SHA-256 fingerprint")


def main():
    if not shutil.which("openssl") or not os.path.exists(DRIVE):
        print("SKIP: needs openssl and tests/screens/drive")
        return 77
    failed = passed = 0
    with tempfile.TemporaryDirectory() as folder:
        for i, kind in enumerate(KINDS):
            path = make(folder, i, kind)
            expected = told_by_openssl(path, kind)
            for certificate in guises(path):
                rows = tree_of(folder, certificate)
                told = read_tree(rows)
                same = told == expected
                passed += same
                failed += not same
                if not same:
                    print(told, expected, *rows, sep="\n")
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
