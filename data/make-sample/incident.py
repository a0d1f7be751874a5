"""The story: how shop.example.com got its certificate, who stole the key, and
what was done about it.  data/sample/README tells it in prose."""
import json

from cast import *
from record import Chance, record, resource

TUESDAY, WEDNESDAY, THURSDAY = "2026-11-10", "2026-11-11", "2026-11-12"
DENIED = "AccessDenied"


class Actor:
    """An identity at an address with a program."""

    def __init__(self, identity, account, address, agent):
        self.identity, self.account = identity, account
        self.address, self.agent = address, agent

    def does(self, time, name, region=HOME, request=None, response=None,
             **more):
        return record(time, name, self.identity, region, self.account,
                      self.address, self.agent, request, response, **more)

    def denied(self, time, name, region, needs, on="*", request=None):
        message = (f"User: {self.identity['arn']} is not authorized to "
                   f"perform: {needs} on resource: {on} because no "
                   f"identity-based policy allows the {needs} action")
        return self.does(time, name, region, request,
                         error=(DENIED, message))


def at_console(person, day):
    return Actor(person.on(day), person.account, person.address, BROWSER)


def at_shell(person, day, command):
    return Actor(person.on(day), person.account, person.address,
                 CLI + command)


def validation_record(domain, action="UPSERT"):
    name = f"_{hexadecimal(32, 'cname', domain)}.{domain}."
    value = f"_{hexadecimal(32, 'value', domain)}.acm-validations.aws."
    return {"hostedZoneId": "Z0123456789EXAMPLE", "changeBatch": {"changes": [
        {"action": action, "resourceRecordSet": {
            "name": name, "type": "CNAME", "tTL": 300,
            "resourceRecords": [{"value": value}]}}]}}


def change_pending(time):
    return {"changeInfo": {"id": "/change/C0123456789EXAMPLE",
                           "status": "PENDING", "submittedAt": time}}


def request_for(domain, names=(), method="DNS", export=False):
    request = {"domainName": domain, "validationMethod": method,
               "idempotencyToken": hexadecimal(18, "idempotency", domain)}
    if names:
        request["subjectAlternativeNames"] = list(names)
    request["options"] = {
        "certificateTransparencyLoggingPreference": "ENABLED",
        "export": "ENABLED" if export else "DISABLED"}
    return request


def arn(a):
    return {"certificateArn": a}


def key_for_balancer(time, certificate, salt):
    """ACM hands the private key to a load balancer: a grant, then a use."""
    key = f"arn:aws:kms:{HOME}:{PROD}:key/{uuid('kms', 'aws/acm')}"
    context = {"aws:elasticloadbalancing:arn": BALANCER,
               "aws:acm:arn": certificate}
    used = [resource(key, "AWS::KMS::Key", PROD)]
    acm = Actor(service("acm.amazonaws.com"), PROD, "acm.amazonaws.com",
                "acm.amazonaws.com")
    balancer = Actor(
        assumed_role("DecryptACMCertificate", "aws-elasticloadbalancing",
                     PROD, example_id("ASIA", "elb", salt), time,
                     invoked_by="elasticloadbalancing.amazonaws.com"),
        PROD, "elasticloadbalancing.amazonaws.com",
        "elasticloadbalancing.amazonaws.com")
    return [
        acm.does(time, "kms:CreateGrant", HOME,
                 {"keyId": key, "operations": ["Decrypt"],
                  "granteePrincipal": role_arn("DecryptACMCertificate", PROD),
                  "constraints": {"encryptionContextSubset": context}},
                 {"grantId": hexadecimal(64, "grant", salt), "keyId": key},
                 resources=used, read=False),
        balancer.does(time[:-3] + "48Z", "kms:Decrypt", HOME,
                      {"encryptionAlgorithm": "SYMMETRIC_DEFAULT",
                       "encryptionContext": context},
                      resources=used)]


def requested_and_attached():
    """Tuesday: the certificate's ordinary beginning."""
    day = TUESDAY
    alice = at_console(ALICE, day)
    tags = {"tags": [{"key": "owner", "value": "Zoë Müller"},
                     {"key": "team", "value": "店舗 (shop)"}], **arn(SHOP)}
    return [
        alice.does(f"{day}T08:14:05Z", "acm:RequestCertificate", HOME,
                   request_for("shop.example.com", ["www.shop.example.com"],
                               export=True), arn(SHOP), console=True),
        alice.does(f"{day}T08:14:31Z", "acm:DescribeCertificate", HOME,
                   arn(SHOP), console=True),
        alice.does(f"{day}T08:17:02Z", "route53:ChangeResourceRecordSets",
                   GLOBAL, validation_record("shop.example.com"),
                   change_pending("Nov 10, 2026, 8:17:02 AM"), console=True),
        alice.does(f"{day}T08:17:40Z", "route53:ChangeResourceRecordSets",
                   GLOBAL, validation_record("www.shop.example.com"),
                   change_pending("Nov 10, 2026, 8:17:40 AM"), console=True),
        alice.does(f"{day}T08:19:26Z", "acm:AddTagsToCertificate", HOME, tags,
                   console=True),
        alice.does(f"{day}T08:33:10Z", "elasticloadbalancing:CreateListener",
                   HOME,
                   {"loadBalancerArn": BALANCER, "protocol": "HTTPS",
                    "port": 443, "certificates": [arn(SHOP)],
                    "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                    "defaultActions": [{"type": "forward", "targetGroupArn":
                                        BALANCER.replace("loadbalancer/app",
                                                         "targetgroup")}]},
                   {"listeners": [{"listenerArn": LISTENER, "port": 443,
                                   "loadBalancerArn": BALANCER,
                                   "protocol": "HTTPS",
                                   "certificates": [arn(SHOP)]}]},
                   console=True),
        *key_for_balancer(f"{day}T08:33:41Z", SHOP, "attached"),
    ]


def healthy_neighbours():
    """Certificates to which nothing bad happens, and the calls of daily
    life."""
    day = TUESDAY
    bob = at_shell(BOB, day, "acm.import-certificate")
    console = at_console(BOB, day)
    rotation = Actor(
        assumed_role("certificate-rotation", "rotate-internal", PROD,
                     example_id("ASIA", "rotation"), f"{day}T12:00:01Z"),
        PROD, "192.0.2.61", BOTO)
    return [
        console.does(f"{day}T09:30:12Z", "acm:RequestCertificate", HOME,
                     {**request_for("mail.example.org", method="EMAIL"),
                      "domainValidationOptions": [
                          {"domainName": "mail.example.org",
                           "validationDomain": "example.org"}]},
                     arn(MAIL), console=True),
        console.does(f"{day}T09:45:50Z", "acm:ResendValidationEmail", HOME,
                     {"domain": "mail.example.org", **arn(MAIL),
                      "validationDomain": "example.org"}, console=True),
        bob.does(f"{day}T10:10:33Z", "acm:ImportCertificate", HOME,
                 {"certificate": byte_buffer(pem("legacy").encode()),
                  "privateKey": masked_buffer(1704),
                  "certificateChain": byte_buffer(pem("issuer").encode())},
                 arn(LEGACY)),
        console.does(f"{day}T11:02:08Z", "acm:ListTagsForCertificate", HOME,
                     arn(LEGACY), console=True),
        console.does(f"{day}T11:02:55Z", "acm:RemoveTagsFromCertificate",
                     HOME, {"tags": [{"key": "temporary"}], **arn(LEGACY)},
                     console=True),
        rotation.does(f"{day}T12:00:04Z", "acm:RenewCertificate", HOME,
                      arn(INTERNAL)),
        console.does(f"{day}T13:05:44Z", "acm:RequestCertificate", GLOBAL,
                     request_for("cdn.example.com"), arn(CDN), console=True),
        console.does(f"{day}T13:06:30Z", "route53:ChangeResourceRecordSets",
                     GLOBAL, validation_record("cdn.example.com"),
                     change_pending("Nov 10, 2026, 1:06:30 PM"),
                     console=True),
        console.does(f"{day}T13:31:19Z", "cloudfront:UpdateDistribution",
                     GLOBAL,
                     {"id": "EDFDVBD6EXAMPLE", "ifMatch": "E2QWRUHEXAMPLE",
                      "distributionConfig": {
                          "aliases": {"quantity": 1,
                                      "items": ["cdn.example.com"]},
                          "enabled": True, "viewerCertificate": {
                              "aCMCertificateArn": CDN,
                              "sSLSupportMethod": "sni-only",
                              "minimumProtocolVersion": "TLSv1.2_2021"}}},
                     {"eTag": "E3QWRUHEXAMPLE"}, console=True),
        console.does(f"{day}T14:20:07Z", "acm:RequestCertificate", HOME,
                     request_for("api.example.com", export=True), arn(API),
                     console=True),
        console.does(f"{day}T14:41:52Z", "apigateway:CreateDomainName", HOME,
                     {"createDomainNameInput": {
                         "domainName": "api.example.com",
                         "regionalCertificateArn": API}}, console=True),
        console.does(f"{day}T15:09:13Z", "acm:RequestCertificate", WEST,
                     request_for("status.example.net"), arn(STATUS),
                     console=True),
    ]


def password_only():
    """Wednesday night: dora's password is guessed; nobody asks for MFA."""
    day = WEDNESDAY
    web = Actor(user("dora", TOOLS), TOOLS, INTRUDER, BROWSER)

    def sign_in(time, outcome, **more):
        return web.does(
            time, "signin:ConsoleLogin", GLOBAL, None,
            {"ConsoleLogin": outcome}, kind="AwsConsoleSignIn", read=False,
            extra={"LoginTo": "https://console.aws.amazon.com/console/home",
                   "MobileVersion": "No", "MFAUsed": "No"}, **more)
    failed = []
    for second in (12, 27, 44):
        r = sign_in(f"{day}T01:47:{second}Z", "Failure")
        r["errorMessage"] = "Failed authentication"
        failed.append(r)
    return failed + [
        sign_in(f"{day}T01:52:09Z", "Success"),
        Actor(user("dora", TOOLS, example_id("ASIA", "dora", "console")),
              TOOLS, INTRUDER, BROWSER).does(
                  f"{day}T01:55:31Z", "iam:CreateAccessKey", GLOBAL,
                  {"userName": "dora"},
                  {"accessKey": {"userName": "dora", "status": "Active",
                                 "accessKeyId": DORA_KEY,
                                 "createDate": "Nov 11, 2026, 1:55:31 AM"}},
                  console=True)]


GUESSES = (
    "iam:ListUsers", "iam:ListRoles", "iam:GetAccountAuthorizationDetails",
    "iam:ListPolicies", "iam:GetAccountSummary", "s3:ListBuckets",
    "ec2:DescribeInstances", "ec2:DescribeSecurityGroups",
    "ec2:DescribeSnapshots", "secretsmanager:ListSecrets",
    "ssm:DescribeParameters", "kms:ListKeys", "lambda:ListFunctions20150331",
    "rds:DescribeDBInstances", "acm:ListCertificates",
    "organizations:ListAccounts", "cloudtrail:DescribeTrails",
    "guardduty:ListDetectors", "route53:ListHostedZones",
    "cloudformation:ListStacks")


def storm():
    """The new key is tried on everything: 60 refusals in four minutes."""
    chance = Chance("storm")
    agents = (BOTO, BOTO, BOTO, AGENT_ESCAPES)
    first = Actor(user("dora", TOOLS, DORA_KEY), TOOLS, INTRUDER, BOTO)
    events = [first.does(f"{WEDNESDAY}T01:58:20Z", "sts:GetCallerIdentity",
                         GLOBAL, None, None, read=True)]
    second = 0
    for turn, region in enumerate((GLOBAL, HOME, WEST)):
        for i, name in enumerate(GUESSES):
            second += 3 + chance.below(2)
            # Only the last try of each round says who it is, in colour.
            agent = agents[-1] if i == len(GUESSES) - 1 else BOTO
            dora = Actor(user("dora", TOOLS, DORA_KEY), TOOLS,
                         (INTRUDER, INTRUDER_TOO)[turn % 2], agent)
            call = name.replace("20150331", "")
            events.append(dora.denied(
                f"{WEDNESDAY}T02:{1 + second // 60:02}:{second % 60:02}Z",
                name, region, call))
    return events


def credentials(key, time, *words):
    return {"accessKeyId": key, "sessionToken": session_token(*words),
            "expiration": time}


def assumed(role, session, account):
    return {"assumedRoleId": f"{example_id('AROA', role, account)}:{session}",
            "arn": f"arn:aws:sts::{account}:assumed-role/{role}/{session}"}


def stolen_session(key, since, address, agent):
    return Actor(assumed_role("certificate-maintenance", "maintenance", PROD,
                              key, since), PROD, address, agent)


def into_prod(time, key, expires, address, number, logged=True):
    """AssumeRole from the one account into the other: each gets a copy, with
    an eventID of its own and the same sharedEventID."""
    shared = uuid("shared", number)
    deploy = assumed_role("ci-deploy", "build-417", TOOLS, DEPLOY_KEY,
                          f"{WEDNESDAY}T02:10:05Z")
    role = role_arn("certificate-maintenance", PROD)
    request = {"roleArn": role, "roleSessionName": "maintenance",
               "durationSeconds": 14400}
    response = {"credentials": credentials(key, expires, "prod", number),
                "assumedRoleUser": assumed("certificate-maintenance",
                                           "maintenance", PROD)}
    touched = [resource(role, "AWS::IAM::Role", PROD)]
    copies = [record(time, "sts:AssumeRole", deploy, HOME, TOOLS, address,
                     BOTO, request, response, resources=touched, read=True,
                     shared=shared)]
    if logged:
        guest = {"type": "AWSAccount", "accountId": TOOLS,
                 "principalId": deploy["principalId"]}
        copies.append(record(time, "sts:AssumeRole", guest, HOME, PROD,
                             address, BOTO, request, response,
                             resources=touched, read=True, shared=shared))
    return copies


def chain():
    """The key opens ci-deploy; ci-deploy opens a role of the other account,
    which nobody had meant for it; a third account says no."""
    day = WEDNESDAY
    dora = Actor(user("dora", TOOLS, DORA_KEY), TOOLS, INTRUDER, BOTO)
    role = role_arn("ci-deploy", TOOLS)
    strange = role_arn("OrganizationAccountAccessRole", OTHER)
    return [
        dora.denied(f"{day}T02:08:47Z", "sts:AssumeRole", GLOBAL,
                    "sts:AssumeRole", strange,
                    {"roleArn": strange, "roleSessionName": "build-417"}),
        dora.does(f"{day}T02:10:05Z", "sts:AssumeRole", GLOBAL,
                  {"roleArn": role, "roleSessionName": "build-417"},
                  {"credentials": credentials(DEPLOY_KEY,
                                              "Nov 11, 2026, 6:10:05 AM",
                                              "ci-deploy"),
                   "assumedRoleUser": assumed("ci-deploy", "build-417",
                                              TOOLS)},
                  resources=[resource(role, "AWS::IAM::Role", TOOLS)],
                  read=True),
        *into_prod(f"{day}T02:12:38Z", STOLEN_KEY, "Nov 11, 2026, 6:12:38 AM",
                   INTRUDER, 1)]


def exported():
    """The stolen session looks round, takes two private keys, makes the
    account quieter, and switches the log off."""
    day = WEDNESDAY
    thief = stolen_session(STOLEN_KEY, f"{day}T02:12:38Z", INTRUDER, BOTO)
    look = [thief.does(f"{day}T02:15:{10 + 7 * i}Z", "acm:DescribeCertificate",
                       HOME, arn(a))
            for i, a in enumerate((SHOP, API, MAIL, LEGACY, INTERNAL))]

    def export(time, a, name):
        return thief.does(time, "acm:ExportCertificate", HOME,
                          {"passphrase": masked_buffer(24), **arn(a)},
                          {"certificate": pem(name),
                           "certificateChain": pem("issuer"),
                           "privateKey": "**********"}, read=False)
    refused = thief.denied(f"{day}T02:34:40Z", "acm:ExportCertificate", HOME,
                           "acm:ExportCertificate", INTERNAL,
                           {"passphrase": masked_buffer(24), **arn(INTERNAL)})
    return [
        thief.does(f"{day}T02:14:02Z", "sts:GetCallerIdentity", HOME,
                   read=True),
        thief.does(f"{day}T02:14:55Z", "acm:ListCertificates", HOME,
                   {"maxItems": 1000, "certificateStatuses": ["ISSUED"]}),
        *look,
        thief.does(f"{day}T02:21:12Z", "acm:GetCertificate", HOME, arn(SHOP)),
        export(f"{day}T02:31:18Z", SHOP, "shop"),
        export(f"{day}T02:33:02Z", API, "api"),
        refused,
        thief.does(f"{day}T02:40:09Z", "acm:PutAccountConfiguration", HOME,
                   {"expiryEvents": {"daysBeforeExpiry": 1},
                    "idempotencyToken": "quiet"}),
        thief.does(f"{day}T02:44:37Z", "acm:UpdateCertificateOptions", HOME,
                   {**arn(SHOP), "options": {
                       "certificateTransparencyLoggingPreference":
                       "DISABLED"}}),
        thief.does(f"{day}T02:58:26Z", "cloudtrail:DescribeTrails", HOME),
        thief.does(f"{day}T03:04:11Z", "cloudtrail:StopLogging", HOME,
                   {"name": TRAIL}),
    ]


def in_the_dark():
    """While the log of the one account is off, the other still tells that a
    second session was opened."""
    return into_prod(f"{WEDNESDAY}T04:22:50Z", STOLEN_KEY_TOO,
                     "Nov 11, 2026, 8:22:50 AM", INTRUDER_TOO, 2,
                     logged=False)


def swapped():
    """A watchdog starts the log again.  The session imports over the
    certificate, moves the listener to one of its own, and deletes."""
    day = WEDNESDAY
    guard = Actor(assumed_role("trail-guard", "trail-guard", PROD,
                               example_id("ASIA", "guard"),
                               f"{day}T05:06:58Z"), PROD, "192.0.2.70", BOTO)
    thief = stolen_session(STOLEN_KEY_TOO, f"{day}T04:22:50Z", INTRUDER_TOO,
                           AGENT_BIDI)
    forged = {"certificate": byte_buffer(pem("shop-replaced").encode()),
              "privateKey": masked_buffer(1704),
              "certificateChain": byte_buffer(
                  pem("discount-issuer").encode())}
    in_use = ("ResourceInUseException",
              f"Certificate {SHOP} is in use.")
    policy = json.dumps({
        "Version": "2012-10-17",
        "Statement": [{"Sid": "Sync", "Effect": "Allow",
                       "Action": ["acm:*", "iam:PassRole"],
                       "Resource": "*"}]})
    return [
        guard.does(f"{day}T05:07:01Z", "cloudtrail:StartLogging", HOME,
                   {"name": TRAIL}),
        thief.does(f"{day}T05:21:34Z", "acm:ImportCertificate", HOME,
                   {**forged, **arn(SHOP)}, arn(SHOP)),
        thief.does(f"{day}T05:26:03Z",
                   "elasticloadbalancing:DescribeListeners", HOME,
                   {"loadBalancerArn": BALANCER}),
        thief.does(f"{day}T05:31:47Z", "acm:ImportCertificate", HOME, forged,
                   arn(SHOP_FOREIGN)),
        thief.does(f"{day}T05:33:20Z", "acm:DeleteCertificate", HOME,
                   arn(SHOP), error=in_use),
        thief.does(f"{day}T05:35:05Z", "elasticloadbalancing:ModifyListener",
                   HOME, {"listenerArn": LISTENER,
                          "certificates": [arn(SHOP_FOREIGN)]},
                   {"listeners": [{"listenerArn": LISTENER, "port": 443,
                                   "loadBalancerArn": BALANCER,
                                   "protocol": "HTTPS",
                                   "certificates": [arn(SHOP_FOREIGN)]}]}),
        *key_for_balancer(f"{day}T05:35:20Z", SHOP_FOREIGN, "swapped"),
        thief.does(f"{day}T05:44:58Z", "acm:DeleteCertificate", HOME,
                   arn(SHOP)),
        thief.denied(f"{day}T05:50:15Z", "iam:CreateUser", GLOBAL,
                     "iam:CreateUser",
                     f"arn:aws:iam::{PROD}:user/certificate-sync",
                     {"userName": "certificate-sync"}),
        thief.does(f"{day}T05:52:42Z", "iam:PutRolePolicy", GLOBAL,
                   {"roleName": "certificate-maintenance",
                    "policyName": "certificate-sync",
                    "policyDocument": policy}),
    ]


def found():
    """Thursday: the shop's visitors complain, Alice and Erin look."""
    day = THURSDAY
    alice = at_shell(ALICE, day, "acm.describe-certificate")
    erin = at_console(ERIN, day)
    gone = ("ResourceNotFoundException", f"Could not find certificate {SHOP}.")
    revoke = json.dumps({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Action": ["*"], "Resource": ["*"],
                       "Condition": {"DateLessThan": {
                           "aws:TokenIssueTime":
                           "2026-11-12T07:45:00.000Z"}}}]})
    late = stolen_session(STOLEN_KEY_TOO, f"{WEDNESDAY}T04:22:50Z",
                          INTRUDER_TOO, AGENT_BIDI)
    return [
        at_console(ALICE, day).does(
            f"{day}T07:02:30Z", "signin:ConsoleLogin", GLOBAL, None,
            {"ConsoleLogin": "Success"}, kind="AwsConsoleSignIn", read=False,
            extra={"MobileVersion": "No", "MFAUsed": "Yes"}),
        alice.does(f"{day}T07:31:12Z", "acm:DescribeCertificate", HOME,
                   arn(SHOP), error=gone),
        alice.does(f"{day}T07:33:48Z", "cloudtrail:LookupEvents", HOME,
                   {"lookupAttributes": [{"attributeKey": "ResourceName",
                                          "attributeValue": SHOP}]}),
        erin.does(f"{day}T07:40:20Z", "iam:UpdateAccessKey", GLOBAL,
                  {"userName": "dora", "status": "Inactive",
                   "accessKeyId": DORA_KEY}, console=True),
        erin.does(f"{day}T07:41:02Z", "iam:DeleteLoginProfile", GLOBAL,
                  {"userName": "dora"}, console=True),
        alice.does(f"{day}T07:45:09Z", "iam:PutRolePolicy", GLOBAL,
                   {"roleName": "certificate-maintenance",
                    "policyName": "AWSRevokeOlderSessions",
                    "policyDocument": revoke}),
        late.does(f"{day}T07:50:33Z", "acm:ListCertificates", HOME,
                  error=("ExpiredTokenException",
                         "The security token included in the request is "
                         "expired")),
    ]


def mended():
    """A new certificate, the listener back, and what was stolen revoked."""
    day = THURSDAY
    alice = at_shell(ALICE, day, "acm.request-certificate")
    return [
        alice.does(f"{day}T08:02:41Z", "acm:RequestCertificate", HOME,
                   request_for("shop.example.com", ["www.shop.example.com"]),
                   arn(SHOP_AGAIN)),
        alice.does(f"{day}T08:05:17Z", "route53:ChangeResourceRecordSets",
                   GLOBAL, validation_record("shop.example.com"),
                   change_pending("Nov 12, 2026, 8:05:17 AM")),
        alice.does(f"{day}T08:29:30Z", "elasticloadbalancing:ModifyListener",
                   HOME, {"listenerArn": LISTENER,
                          "certificates": [arn(SHOP_AGAIN)]},
                   {"listeners": [{"listenerArn": LISTENER, "port": 443,
                                   "loadBalancerArn": BALANCER,
                                   "protocol": "HTTPS",
                                   "certificates": [arn(SHOP_AGAIN)]}]}),
        *key_for_balancer(f"{day}T08:29:44Z", SHOP_AGAIN, "mended"),
        alice.does(f"{day}T08:36:02Z", "acm:DeleteCertificate", HOME,
                   arn(SHOP_FOREIGN)),
        alice.does(f"{day}T08:41:25Z", "acm:RevokeCertificate", HOME,
                   {**arn(API), "revocationReason": "KEY_COMPROMISE"},
                   arn(API)),
        alice.does(f"{day}T08:45:00Z", "acm:PutAccountConfiguration", HOME,
                   {"expiryEvents": {"daysBeforeExpiry": 45},
                    "idempotencyToken": "expiry-45"}),
        alice.does(f"{day}T08:52:36Z", "acm:AddTagsToCertificate", HOME,
                   {"tags": [{"key": "owner", "value": "Zoë Müller"},
                             {"key": "замена", "value": "nach Vorfall №1"}],
                    **arn(SHOP_AGAIN)}),
    ]


def events():
    return [r for part in (requested_and_attached, healthy_neighbours,
                           password_only, storm, chain, exported, in_the_dark,
                           swapped, found, mended) for r in part()]
