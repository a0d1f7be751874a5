#!/usr/bin/env python3
"""Writes the sample trail: make.py FOLDER

The same files every time: no clock, no chance but what hangs on words.  The
files stand as CloudTrail delivers them, and beside them what people keep:
notices of EventBridge and a note in a colleague's own hand."""
import sys

sys.dont_write_bytecode = True

import copy
import gzip
import json
import os
import re
import zlib

import incident
import noise
from cast import *
from record import record, resource

DAYS = (incident.TUESDAY, incident.WEDNESDAY, incident.THURSDAY)

# Written like documentation: a comment, names without quotes, commas too many.
NOTE = """\
{
  // pasted from the console by alice, 12 Nov, for the hand-over
  Records: [{
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: "%(principal)s",
      arn: "%(arn)s",
      accountId: "%(account)s",   // prod
      accessKeyId: "%(key)s",
    },
    eventTime: "2026-11-12T09:10:27Z",
    eventSource: "acm.amazonaws.com",
    eventName: "ListTagsForCertificate",
    awsRegion: "eu-central-1",
    sourceIPAddress: "203.0.113.10",
    userAgent: "%(agent)s",
    requestParameters: { certificateArn: "%(certificate)s" },
    responseElements: null,
    requestID: "%(request)s",
    eventID: "%(event)s",
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "%(account)s",
    eventCategory: "Management",
  }]
}
"""


def to_json(value, ascii_only=False):
    return json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":"))


def slot(time):
    """When an event is delivered: at the next full five minutes."""
    hour, minute = int(time[11:13]), int(time[14:16])
    late = hour * 60 + (minute // 5 + 1) * 5
    return f"{time[:10].replace('-', '')}T{late // 60:02}{late % 60:02}Z"


def place(account, region, delivered, copy_of=""):
    unique = digest("file", account, region, delivered, copy_of)
    name = re.sub("[^A-Za-z0-9]", "", base64.b64encode(unique).decode())[:16]
    day = f"{delivered[:4]}/{delivered[4:6]}/{delivered[6:8]}"
    return (f"AWSLogs/{account}/CloudTrail/{region}/{day}/"
            f"{account}_CloudTrail_{region}_{delivered}_{name}.json.gz")


def gathered(events):
    """The files that the events are delivered in.  Within a file they stand
    in no order."""
    files = {}
    for r in events:
        path = place(r["recipientAccountId"], r["awsRegion"],
                     slot(r["eventTime"]))
        files.setdefault(path, []).append(r)
    for records in files.values():
        records.sort(key=lambda r: digest("order", r["eventID"]))
    return files


def altered(stop):
    """The record of StopLogging as somebody would have liked it: the same
    eventID, but Alice did it."""
    r = copy.deepcopy(stop)
    r["userIdentity"] = ALICE.on(incident.WEDNESDAY)
    r["sourceIPAddress"] = ALICE.address
    r["userAgent"] = CLI + "cloudtrail.stop-logging"
    return r


def cut_short(records):
    """A download that broke off within the last record: no end of deflate,
    no check sum."""
    text = to_json({"Records": records}).encode()
    last = to_json(records[-1]).encode()
    text = text[:text.index(last) + len(last) // 2]
    engine = zlib.compressobj(6, zlib.DEFLATED, 31)
    return engine.compress(text) + engine.flush(zlib.Z_SYNC_FLUSH)


def notices():
    """What EventBridge said of certificates, one notice a line."""
    def notice(time, kind, certificate, detail):
        return {"version": "0", "id": uuid("notice", time), "detail-type":
                kind, "source": "aws.acm", "account": PROD, "time": time,
                "region": HOME, "resources": [certificate], "detail": detail}
    return [
        notice("2026-11-10T08:27:00Z", "ACM Certificate Available", SHOP,
               {"Action": "ISSUANCE", "CertificateType": "AMAZON_ISSUED",
                "CommonName": "shop.example.com", "DomainValidationMethod":
                "DNS", "CertificateCreatedDate": "2026-11-10T08:14:05Z",
                "CertificateExpirationDate": "2027-05-28T23:59:59Z",
                "InUse": False, "Exported": False}),
        notice("2026-11-10T23:59:59Z",
               "ACM Certificate Approaching Expiration", LEGACY,
               {"DaysToExpiry": 45, "CommonName": "legacy.example.org"})]


def note():
    who = ALICE.on(incident.THURSDAY)
    return NOTE % {"principal": who["principalId"], "arn": who["arn"],
                   "account": PROD, "key": who["accessKeyId"],
                   "agent": CLI + "acm.list-tags-for-certificate",
                   "certificate": SHOP_AGAIN,
                   "request": uuid("request", "note"),
                   "event": uuid("event", "note")}


def all_files():
    """Path and bytes of each file, gzip'ed where it is so delivered."""
    story = incident.events()
    files = gathered(story + noise.events(DAYS))
    stop = next(r for r in story if r["eventName"] == "StopLogging")
    export = next(r for r in story if r["eventName"] == "ExportCertificate")
    again = place(PROD, HOME, slot("2026-11-11T02:37:00Z"), "again")
    files[again] = [export]
    files[place(PROD, HOME, slot("2026-11-11T06:07:00Z"), "altered")] = [
        altered(stop)]
    broken = place(PROD, HOME, slot("2026-11-12T10:30:00Z"), "broken")
    files[broken] = [noise.bucket_acl(noise.Chance("broken", i),
                                      f"2026-11-12T10:{26 + i}:31Z", PROD,
                                      HOME) for i in range(4)]
    for path, records in files.items():
        if path == broken:
            yield path, cut_short(records)
            continue
        text = to_json({"Records": records}, f"/{WEST}/" in path)
        yield path, gzip.compress(text.encode(), 9, mtime=0)
    yield "EventBridge/acm-notices.json", "".join(
        to_json(n) + "\n" for n in notices()).encode()
    yield "handover/from-alice.json", note().encode()


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make.py FOLDER")
    for path, data in all_files():
        path = os.path.join(sys.argv[1], path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)


if __name__ == "__main__":
    main()
