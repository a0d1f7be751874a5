#!/usr/bin/env python3
"""data/sample against its generator and against each thing that its story
promises, by Python's json and gzip alone."""
import ipaddress
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import zlib

SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.abspath(os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SAMPLE = os.path.join(SOURCE, "data", "sample")
MAKE = os.path.join(SOURCE, "data", "make-sample", "make.py")
PROD, TOOLS = "111122223333", "444455556666"
NAME = re.compile(
    r"AWSLogs/(\d{12})/CloudTrail/([a-z0-9-]+)/(\d{4})/(\d\d)/(\d\d)/"
    r"\1_CloudTrail_\2_\3\4\5T(\d\d)(\d\d)Z_[A-Za-z0-9]{16}\.json\.gz\Z")
ELEVEN = """AddTagsToCertificate DeleteCertificate DescribeCertificate
    ExportCertificate GetCertificate ImportCertificate ListCertificates
    ListTagsForCertificate RemoveTagsFromCertificate RequestCertificate
    ResendValidationEmail""".split()


def paths(folder):
    found = []
    for base, _, names in os.walk(folder):
        found += [os.path.relpath(os.path.join(base, n), folder)
                  for n in names]
    return sorted(set(found) - {"README"})


def content(folder, path):
    """The uncompressed bytes, and whether a gzip file is whole."""
    with open(os.path.join(folder, path), "rb") as f:
        data = f.read()
    if not path.endswith(".gz"):
        return data, True
    engine = zlib.decompressobj(31)
    return engine.decompress(data), engine.eof and not engine.unused_data


class Sample:
    def __init__(self):
        self.paths = paths(SAMPLE)
        self.logs = [p for p in self.paths if p.startswith("AWSLogs/")]
        self.text, self.broken, self.records = {}, [], []
        for p in self.logs:
            data, whole = content(SAMPLE, p)
            self.text[p] = data
            if not whole:
                self.broken.append(p)
                continue
            self.records += [(p, r) for r in json.loads(data)["Records"]]
        self.events, seen = [], set()
        for _, r in self.records:
            body = json.dumps(r, sort_keys=True)
            if body not in seen:
                seen.add(body)
                self.events.append(r)
        self.events.sort(key=lambda r: r["eventTime"])

    def named(self, name, **fields):
        return [r for r in self.events if r["eventName"] == name and
                all(r.get(k) == v for k, v in fields.items())]


def test_generator_writes_what_is_committed(s):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, MAKE, folder], check=True)
        assert paths(folder) == s.paths
        for p in s.paths:
            assert content(folder, p) == content(SAMPLE, p), p


def test_layout_is_cloudtrails_own(s):
    for p in s.logs:
        assert NAME.match(p), p
    for p, r in s.records:
        account, region, *_ = NAME.match(p).groups()
        assert (r["recipientAccountId"], r["awsRegion"]) == (account, region)
    rest = [p for p in s.paths if p not in s.logs]
    assert rest == ["EventBridge/acm-notices.json",
                    "handover/from-alice.json"], rest


def test_two_accounts_three_regions_three_days_400_to_600_events(s):
    assert {r["recipientAccountId"] for r in s.events} == {PROD, TOOLS}
    assert len({r["awsRegion"] for r in s.events}) == 3
    assert len({r["eventTime"][:10] for r in s.events}) == 3
    assert 400 <= len(s.events) <= 600


def test_counts_are_those_of_its_readme(s):
    with open(os.path.join(SAMPLE, "README"), encoding="utf-8") as f:
        text = " ".join(f.read().split())
    assert text[0] not in "{["
    in_broken = s.text[s.broken[0]].count(b'"eventVersion"')
    assert f"{len(s.events) + in_broken + 1} events" in text
    assert f"of {len(s.paths) + 1} files" in text
    assert f"{len(s.events)} whole records" in text
    assert f"{in_broken - 1} whole and 1 cut record" in text


def test_most_noise_is_by_services(s):
    by_service = [r for r in s.events
                  if r["userIdentity"].get("type") == "AWSService"
                  or "invokedBy" in r["userIdentity"]]
    assert len(by_service) > len(s.events) / 2, len(by_service)


def test_all_acm_calls_occur(s):
    names = {r["eventName"] for r in s.events
             if r["eventSource"] == "acm.amazonaws.com"}
    assert names >= {*ELEVEN, "RenewCertificate", "RevokeCertificate",
                     "UpdateCertificateOptions", "PutAccountConfiguration"}


def touching(s, arn):
    return [r for r in s.events if arn in json.dumps(r)]


def shop(s):
    for r in s.named("RequestCertificate"):
        if r["requestParameters"]["domainName"] == "shop.example.com":
            return r["responseElements"]["certificateArn"]


def test_one_certificate_has_a_whole_life(s):
    want = [("RequestCertificate", None), ("CreateListener", None),
            ("CreateGrant", None), ("Decrypt", None),
            ("ExportCertificate", None), ("StopLogging", None),
            ("ImportCertificate", None),
            ("DeleteCertificate", "ResourceInUseException"),
            ("ModifyListener", None), ("DeleteCertificate", None)]
    arn = shop(s)
    life = [(r["eventName"], r.get("errorCode")) for r in s.events
            if arn in json.dumps(r)
            or r["eventName"] in ("StopLogging", "ModifyListener")]
    at = -1
    for step in want:
        assert step in life[at + 1:], (step, life)
        at = life.index(step, at + 1)


def test_it_was_validated_through_route_53(s):
    change = s.named("ChangeResourceRecordSets")[0]["requestParameters"]
    change = change["changeBatch"]["changes"][0]["resourceRecordSet"]
    assert change["type"] == "CNAME"
    assert re.match(r"_[0-9a-f]{32}\.shop\.example\.com\.\Z", change["name"])
    value = change["resourceRecords"][0]["value"]
    assert value.endswith(".acm-validations.aws."), value


def test_its_key_was_used_through_kms(s):
    contexts = [r["requestParameters"]["encryptionContext"]
                for r in s.named("Decrypt")]
    assert shop(s) in [c["aws:acm:arn"] for c in contexts]
    assert all("loadbalancer/app/shop" in
               c["aws:elasticloadbalancing:arn"] for c in contexts)


def test_a_stolen_role_session_exported_it(s):
    export = [r for r in s.named("ExportCertificate", errorCode=None)
              if r["requestParameters"]["certificateArn"] == shop(s)]
    assert len(export) == 1
    who = export[0]["userIdentity"]
    assert who["type"] == "AssumedRole"
    issued = [r for r in s.named("AssumeRole", errorCode=None)
              if r["responseElements"]["credentials"]["accessKeyId"]
              == who["accessKeyId"]]
    assert {r["recipientAccountId"] for r in issued} == {PROD, TOOLS}


def test_it_was_imported_over_itself_by_another_issuer(s):
    imports = [r for r in s.named("ImportCertificate")
               if r["requestParameters"].get("certificateArn")]
    assert len(imports) == 1
    r = imports[0]
    assert r["requestParameters"]["certificateArn"] == shop(s)
    assert r["responseElements"]["certificateArn"] == shop(s)
    text = bytes(r["requestParameters"]["certificate"]["hb"]).decode()
    exported = s.named("ExportCertificate")[0]["responseElements"]
    assert text.startswith("-----BEGIN CERTIFICATE-----\n")
    assert text != exported["certificate"]


def test_the_listener_was_swapped(s):
    swap = s.named("ModifyListener")[0]["requestParameters"]
    listener = s.named("CreateListener")[0]["responseElements"]["listeners"]
    assert swap["listenerArn"] == listener[0]["listenerArn"]
    assert swap["certificates"][0]["certificateArn"] != shop(s)


def test_healthy_certificates_stand_beside(s):
    requested = {r["responseElements"]["certificateArn"]
                 for r in s.named("RequestCertificate")}
    ended = {r["requestParameters"]["certificateArn"]
             for n in ("DeleteCertificate", "RevokeCertificate")
             for r in s.named(n)}
    assert len(requested - ended) >= 4, requested - ended


def test_roles_were_chained_across_accounts(s):
    keys, chain = "AKIAI44QH8DHBEXAMPLE", []
    while True:
        step = [r for r in s.named("AssumeRole", errorCode=None)
                if r["userIdentity"].get("accessKeyId") == keys]
        if not step:
            break
        chain.append(step[0]["responseElements"])
        keys = chain[-1]["credentials"]["accessKeyId"]
    roles = [c["assumedRoleUser"]["arn"].split(":", 4)[4] for c in chain]
    assert roles == [TOOLS + ":assumed-role/ci-deploy/build-417",
                     PROD + ":assumed-role/certificate-maintenance/"
                     "maintenance"], roles


def test_both_accounts_have_a_copy_of_the_cross_account_call(s):
    shared = {}
    for r in s.named("AssumeRole"):
        if "sharedEventID" in r:
            shared.setdefault(r["sharedEventID"], []).append(r)
    pairs = [p for p in shared.values() if len(p) > 1]
    assert len(pairs) == 1 and len(pairs[0]) == 2
    assert {r["recipientAccountId"] for r in pairs[0]} == {PROD, TOOLS}
    assert len({r["eventID"] for r in pairs[0]}) == 2


def test_a_storm_of_refusals(s):
    storm = [
        r for r in s.events if r.get("errorCode") == "AccessDenied" and
        "2026-11-11T02:01" <= r["eventTime"] < "2026-11-11T02:06"]
    assert len(storm) == 60
    assert {r["userIdentity"]["accessKeyId"] for r in storm} == {
        "AKIAI44QH8DHBEXAMPLE"}
    assert all("is not authorized to perform: " in r["errorMessage"]
               for r in storm)


def test_one_console_login_without_mfa(s):
    logins = [r for r in s.named("ConsoleLogin")
              if r["responseElements"]["ConsoleLogin"] == "Success"
              and r["additionalEventData"]["MFAUsed"] == "No"]
    assert len(logins) == 1
    assert logins[0]["userIdentity"]["type"] == "IAMUser"


def test_logging_stopped_and_an_hour_has_no_file(s):
    stop = s.named("StopLogging")[0]["eventTime"]
    start = s.named("StartLogging")[0]["eventTime"]
    hours = {}
    for p in s.logs:
        account, region, y, m, d, hour, _ = NAME.match(p).groups()
        hours.setdefault((account, region), set()).add(d + hour)
    every = {f"{d}{h:02}" for d in (10, 11, 12) for h in range(24)}
    assert every - hours[PROD, "eu-central-1"] == {"1104"}
    assert not any("1104" in h for (a, _), h in hours.items() if a == PROD)
    assert stop < "2026-11-11T04" and start > "2026-11-11T05"
    assert not [r for r in s.events if r["recipientAccountId"] == PROD
                and stop < r["eventTime"] < start]
    assert [r for r in s.events if r["recipientAccountId"] == TOOLS
            and stop < r["eventTime"] < start]


def buffers(value, path=""):
    if isinstance(value, dict):
        if "hb" in value:
            yield path, value
        for k, v in value.items():
            yield from buffers(v, f"{path}.{k}")
    elif isinstance(value, list):
        for v in value:
            yield from buffers(v, path)


def test_byte_buffers_hold_certificates_or_the_mask(s):
    kinds = set()
    for r in s.events:
        for path, b in buffers(r):
            data = bytes(b["hb"])
            assert b["limit"] == b["capacity"] == len(data), path
            name = path.rsplit(".", 1)[1]
            if name in ("privateKey", "passphrase"):
                assert set(data) == {42}, path
            else:
                check_certificate(data)
            kinds.add(name)
    assert kinds == {"privateKey", "passphrase", "certificate",
                     "certificateChain"}, kinds


def check_certificate(pem):
    """PEM around one DER sequence that takes all of it."""
    der = ssl.PEM_cert_to_DER_cert(pem.decode("ascii"))
    assert der[0] == 0x30 and der[1] == 0x82
    assert int.from_bytes(der[2:4], "big") + 4 == len(der)


def test_policies_are_json_in_strings(s):
    for r in s.named("PutRolePolicy"):
        policy = json.loads(r["requestParameters"]["policyDocument"])
        assert policy["Version"] == "2012-10-17" and policy["Statement"]
    assert len(s.named("PutRolePolicy")) == 2


def test_session_tokens_look_real_and_differ(s):
    tokens = [r["responseElements"]["credentials"]["sessionToken"]
              for r in s.named("AssumeRole", errorCode=None)]
    for t in tokens:
        assert re.fullmatch(r"IQoJb3JpZ2luX2Vj[A-Za-z0-9+/=]{700,}", t)
    # The two copies of one call show the same token.
    assert len(set(tokens)) == len(tokens) - 1


def test_names_beyond_ascii_raw_and_escaped(s):
    raw = {p for p in s.logs if max(s.text[p]) > 127}
    escaped = {p for p in s.logs
               if re.search(rb"\\u[0-9a-f]{4}", s.text[p]) and p not in raw}
    assert raw and escaped
    values = " ".join(json.dumps(r, ensure_ascii=False) for r in s.events)
    for letter in "ë店Ü🛒№":
        assert letter in values, letter


def test_hostile_user_agents(s):
    agents = {r["userAgent"] for r in s.events}
    assert [a for a in agents if "\x1b[" in a] == [
        "aws-cli/2.19.1\x1b[2J\x1b[1;32m 0 events \x1b[0m\x1b]0;ok\x07"]
    assert len([a for a in agents if "\u202e" in a]) == 1
    assert not any(b"\x1b" in t for t in s.text.values())


def test_one_duplicate_and_one_conflict(s):
    assert len(s.records) - len(s.events) == 1
    ids = {}
    for r in s.events:
        ids.setdefault(r["eventID"], []).append(r)
    twice = [v for v in ids.values() if len(v) > 1]
    assert [[r["eventName"] for r in v] for v in twice] == [
        ["StopLogging"] * 2]
    assert len({r["userIdentity"]["arn"] for r in twice[0]}) == 2


def test_one_file_is_truncated_inside_a_record(s):
    assert len(s.broken) == 1
    text = s.text[s.broken[0]].decode()
    decoder, at, whole = json.JSONDecoder(), len('{"Records":['), 0
    assert text.startswith('{"Records":[')
    while True:
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:
            break
        whole, at = whole + 1, at + 1
    assert whole == 3 and '"eventName"' in text[at:]


def test_one_file_is_written_like_documentation(s):
    text = content(SAMPLE, "handover/from-alice.json")[0].decode()
    assert text.startswith("{") and "//" in text
    try:
        json.loads(text)
        raise AssertionError("it is JSON")
    except ValueError:
        pass
    text = re.sub(r"(?m)(^|\s)//.*", "", text)
    text = re.sub(r"(?m)([\s{])(\w+):", r'\1"\2":', text)
    text = re.sub(r",(\s*[}\]])", r"\1", text)
    record = json.loads(text)["Records"][0]
    assert record["eventName"] == "ListTagsForCertificate"


def test_a_notice_of_expiry(s):
    lines = content(SAMPLE, "EventBridge/acm-notices.json")[0].splitlines()
    kinds = {json.loads(n)["detail-type"]: json.loads(n) for n in lines}
    expiry = kinds["ACM Certificate Approaching Expiration"]
    assert expiry["source"] == "aws.acm"
    assert expiry["detail"]["DaysToExpiry"] == 45
    assert touching(s, expiry["resources"][0])


def test_records_are_of_today(s):
    assert {r["eventVersion"] for r in s.events} <= {
        "1.08", "1.09", "1.10", "1.11"}
    assert sum("tlsDetails" in r for r in s.events) > 100
    assert len({r["eventID"] for r in s.events}) == len(s.events) - 1
    for r in s.events:
        keys = list(r)
        assert keys[:2] == ["eventVersion", "userIdentity"]
        assert keys.index("eventTime") < keys.index("eventSource")


def test_identifiers_are_those_reserved_for_examples(s):
    reserved = [ipaddress.ip_network(n) for n in (
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",
        "2001:db8::/32", "10.0.0.0/8")]
    text = "\n".join(json.dumps(r) for r in s.events)
    for n in re.findall(r"(?<![0-9A-Za-z-])\d{12}(?![0-9A-Za-z-])", text):
        assert n in (PROD, TOOLS, "123456789012"), n
    for key in re.findall(r"\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]+", text):
        assert key.endswith("EXAMPLE") and len(key) in (20, 21), key
    for r in s.events:
        source = r["sourceIPAddress"]
        if re.match(r"[0-9a-f.:]+\Z", source):
            address = ipaddress.ip_address(source)
            assert any(address in n for n in reserved
                       if n.version == address.version), source
        else:
            assert source.endswith(".amazonaws.com") or \
                source == "AWS Internal", source
    for domain in re.findall(r"[\w-]+\.(?:com|net|org)\b", text):
        assert domain in ("example.com", "example.net", "example.org",
                          "amazonaws.com", "amazon.com"), domain


def test_no_private_key_lies_in_the_tree(s):
    for folder in ("data/sample", "data/make-sample"):
        for p in paths(os.path.join(SOURCE, folder)):
            text = content(os.path.join(SOURCE, folder), p)[0]
            assert b"PRIVATE KEY" not in text, p


if __name__ == "__main__":
    sample = Sample()
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test(sample)
            print("ok", name[5:].replace("_", " "))
