"""One CloudTrail record, its members in CloudTrail's own order."""
from cast import digest, uuid

VERSIONS = {"kms": "1.11", "acm": "1.11", "sts": "1.08", "s3": "1.11",
            "iam": "1.10", "signin": "1.08", "ec2": "1.10",
            "elasticloadbalancing": "1.11", "route53": "1.11"}
API_VERSIONS = {"elasticloadbalancing": "2015-12-01",
                "route53": "2013-04-01", "cloudfront": "2020-05-31"}


def tls(source, region):
    host = {"iam": "iam.amazonaws.com", "route53": "route53.amazonaws.com",
            "cloudfront": "cloudfront.amazonaws.com"}.get(
                source, f"{source}.{region}.amazonaws.com")
    return {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256",
            "clientProvidedHostHeader": host}


def record(time, name, who, region, account, address, agent,
           request=None, response=None, error=None, extra=None,
           resources=None, read=None, shared=None, kind="AwsApiCall",
           console=False, salt=""):
    """NAME is SERVICE:CALL.  ERROR is (code, message).  ADDRESS that is a
    name means a service: then there is no TLS to tell of."""
    source, call = name.split(":")
    ids = (time, name, account, region, address, salt)
    r = {"eventVersion": VERSIONS.get(source, "1.09"), "userIdentity": who,
         "eventTime": time, "eventSource": f"{source}.amazonaws.com",
         "eventName": call, "awsRegion": region, "sourceIPAddress": address,
         "userAgent": agent}
    if error:
        r["errorCode"], r["errorMessage"] = error
    r["requestParameters"], r["responseElements"] = request, response
    if extra:
        r["additionalEventData"] = extra
    if kind == "AwsApiCall":
        r["requestID"] = uuid("request", *ids)
    r["eventID"] = uuid("event", *ids)
    r["readOnly"] = read if read is not None else call.startswith(
        ("Get", "List", "Describe", "Lookup", "Head", "Decrypt"))
    if resources:
        r["resources"] = resources
    r["eventType"] = kind
    if source in API_VERSIONS:
        r["apiVersion"] = API_VERSIONS[source]
    r["managementEvent"] = True
    r["recipientAccountId"] = account
    if shared:
        r["sharedEventID"] = shared
    r["eventCategory"] = "Management"
    if kind == "AwsApiCall" and not address.endswith(".amazonaws.com") \
            and address != "AWS Internal":
        r["tlsDetails"] = tls(source, region)
    if console:
        r["sessionCredentialFromConsole"] = "true"
    return r


def resource(arn, kind, account):
    return {"accountId": account, "type": kind, "ARN": arn}


class Chance:
    """Draws that depend on the words it was made with, and on nothing else."""

    def __init__(self, *words):
        self.words, self.drawn = words, 0

    def below(self, n):
        self.drawn += 1
        return int.from_bytes(digest("chance", *self.words, self.drawn)[:8],
                              "big") % n

    def of(self, choices):
        return choices[self.below(len(choices))]
