#!/usr/bin/env python3
"""The real trails ($ACMTUI_SHARED/trails): of every source as many events,
duplicates counted, as an independent survey found (COUNTS.tsv).  Where the two
differ, the files are named here with what stands in them, and are counted one
by one."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
SHARED = os.environ.get("ACMTUI_SHARED") or os.path.join(SOURCE, "..",
                                                         "shared")
TRAILS = os.path.join(SHARED, "trails")

# File: events that acmtui finds, events that the survey counted, and why.
FILES = {
    "cloudgrep/tests/data/bad_cloudtrail.json":
        (1, 0, "cut off inside a record, which is kept up to there"),
    "extracted-awsdocs-acm/acm-supported-actions-in-cloudtrail__"
    "ExportCertificate.INVALID.json":
        (1, 1, "line breaks in strings, which the survey's parser allows"),
    "extracted-awsdocs-acm/acm-supported-actions-in-cloudtrail__"
    "GetCertificate.INVALID.json":
        (1, 1, "line breaks in strings, which the survey's parser allows"),
    "extracted-awsdocs-acm/supported-events__block.json":
        (1, 0, "a notice of EventBridge, no record of CloudTrail"),
    "extracted-awsdocs-iam/cloudtrail-integration__"
    "AssumeRoleWithSAML.INVALID.json":
        (1, 0, "a comma is missing: read relaxed"),
    "extracted-awsdocs-iam/cloudtrail-integration__"
    "AssumeRoleWithWebIdentity.INVALID.json":
        (1, 0, "a comma is missing: read relaxed"),
    "extracted-awsdocs-iam/cloudtrail-integration__ConsoleLogin.INVALID.json":
        (1, 0, "a bad escape: read relaxed"),
    "extracted-awsdocs-iam/logging-using-cloudtrail__"
    "CreateAnalyzer.INVALID.json":
        (1, 0, "a trailing comma: read relaxed"),
    "extracted-awsdocs-iam/id_credentials_temp_control-access_monitor__"
    "block.json":
        (0, 1, "eventVersion and userIdentity only: a piece of a record"),
    "extracted-awsdocs-kms/ct-decrypt-enclave__Decrypt.INVALID.json":
        (1, 0, "a trailing comma: read relaxed"),
    "extracted-awsdocs-kms/ct-replicate-key__ReplicateKey.INVALID.json":
        (1, 0, "a trailing comma: read relaxed"),
    "extracted-awsdocs-kms/services-cloudtrail__"
    "GenerateDataKey.INVALID-2.json":
        (1, 0, "text between members: read relaxed"),
    "extracted-awsdocs-kms/services-cloudtrail__GenerateDataKey.INVALID.json":
        (1, 0, "text between members: read relaxed"),
    "extracted-awsdocs-pca/CT-CreateCA__"
    "CreateCertificateAuthority.INVALID.json":
        (1, 0, "a bare word in an array: read relaxed"),
    "extracted-awsdocs-pca/CT-ImportCACertificate__"
    "ImportCertificateAuthorityCertificate.INVALID.json":
        (1, 0, "dots for what was left out: read relaxed"),
    "extracted-awsdocs-pca/CT-RevokeCertificate__"
    "RevokeCertificate.INVALID.json":
        (1, 0, "a string without its closing quote: read relaxed"),
    "extracted-awsdocs-pca/PutPolicy__PutPolicy.INVALID.json":
        (0, 1, "a brace too many ends it before it has a name"),
    "extracted-awsdocs-pca/CT-UpdateCA__"
    "UpdateCertificateAuthority.INVALID.json":
        (1, 0, "a bare word in an array: read relaxed"),
}


def found(path):
    """Events and duplicates of a file or folder."""
    run = subprocess.run([os.path.join(BUILD, "acmtui"), "--no-config",
                          "-o", "summary", path], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    assert run.returncode in (0, 1, 2), run.stderr.decode()[-500:]
    summary = json.loads(run.stdout)
    return summary["events"] + summary["duplicates"]


def main():
    if not os.access(os.path.join(BUILD, "acmtui"), os.X_OK):
        print("SKIP: no acmtui in %s" % BUILD)
        return 77
    if not os.path.isdir(TRAILS):
        print("SKIP: no $ACMTUI_SHARED/trails")
        return 77
    passed = failed = 0
    with open(os.path.join(TRAILS, "COUNTS.tsv")) as f:
        rows = [line.split("\t") for line in f.read().splitlines()[1:]]
    for source, _, counted in rows:
        more = sum(ours - theirs for name, (ours, theirs, _) in FILES.items()
                   if name.startswith(source + "/"))
        ours = found(os.path.join(TRAILS, source))
        good = ours == int(counted) + more
        passed += good
        failed += not good
        if not good:
            print("%s: %d events, the survey counted %s, explained are %+d"
                  % (source, ours, counted, more))
    for name, (wanted, _, why) in FILES.items():
        ours = found(os.path.join(TRAILS, name))
        passed += ours == wanted
        failed += ours != wanted
        if ours != wanted:
            print("%s: %d events, not %d: %s" % (name, ours, wanted, why))
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
