"""Who and what occurs in the sample trail: accounts, people, roles, machines,
certificates.  Accounts, addresses, domains and access keys are those that are
reserved for examples."""
import base64
import hashlib
import os

PROD, TOOLS, OTHER = "111122223333", "444455556666", "123456789012"
HOME, GLOBAL, WEST = "eu-central-1", "us-east-1", "us-west-2"

CERTIFICATES = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                            "certificates")


def digest(*words):
    """Bytes that depend on the words alone: all chance in the sample."""
    return hashlib.sha512("/".join(map(str, words)).encode()).digest()


def uuid(*words):
    h = digest("uuid", *words).hex()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:32]}"


def hexadecimal(length, *words):
    return digest("hex", *words).hex()[:length]


def example_id(prefix, *words):
    """An IAM identifier: 21 characters for AIDA and AROA, 20 for a key."""
    length = 20 if prefix in ("AKIA", "ASIA") else 21
    text = base64.b32encode(digest("id", prefix, *words)).decode()
    return prefix + text[:length - len(prefix) - 7] + "EXAMPLE"


def session_token(*words):
    """What begins like a session token and is nothing."""
    noise = b"".join(digest("token", *words, i) for i in range(9))
    return "IQoJb3JpZ2luX2Vj" + base64.b64encode(noise).decode()


def pem(name):
    with open(os.path.join(CERTIFICATES, name + ".pem")) as f:
        return f.read()


def byte_buffer(content):
    """A Java ByteBuffer as CloudTrail logs it."""
    return {"hb": list(content), "offset": 0, "isReadOnly": False,
            "bigEndian": True, "nativeByteOrder": False, "mark": -1,
            "position": 0, "limit": len(content), "capacity": len(content),
            "address": 0}


def masked_buffer(length):
    """The same with AWS's mask: every byte is 42, an asterisk."""
    return byte_buffer(b"*" * length)


def certificate_arn(name, region=HOME):
    return (f"arn:aws:acm:{region}:{PROD}:certificate/"
            f"{uuid('certificate', name)}")


SHOP = certificate_arn("shop.example.com")           # the one with the story
SHOP_FOREIGN = certificate_arn("shop.example.com, imported by the intruder")
SHOP_AGAIN = certificate_arn("shop.example.com, requested after the incident")
API = certificate_arn("api.example.com")             # exported too, revoked
MAIL = certificate_arn("mail.example.org")           # validated by mail
LEGACY = certificate_arn("legacy.example.org")       # imported, expires soon
INTERNAL = certificate_arn("internal.example.net")   # private, renewed
CDN = certificate_arn("cdn.example.com", GLOBAL)     # behind CloudFront
STATUS = certificate_arn("status.example.net", WEST)

BALANCER = (f"arn:aws:elasticloadbalancing:{HOME}:{PROD}:loadbalancer/app/"
            "shop/50dc6c495c0c9188")
LISTENER = (f"arn:aws:elasticloadbalancing:{HOME}:{PROD}:listener/app/shop/"
            "50dc6c495c0c9188/f2f7dc8efc522ab2")
TRAIL = f"arn:aws:cloudtrail:{HOME}:{PROD}:trail/example-trail"

BROWSER = ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 "
           "Firefox/132.0")
CLI = ("aws-cli/2.19.1 md/awscrt#0.22.0 ua/2.0 os/linux#6.1.0 md/arch#x86_64 "
       "lang/python#3.12.6 cfg/retry-mode#standard md/installer#exe "
       "md/command#")
BOTO = ("Boto3/1.35.54 md/Botocore#1.35.54 ua/2.0 os/linux#6.8.0 "
        "md/arch#x86_64 lang/python#3.11.9 Botocore/1.35.54")
# Escapes of the terminal: clear the screen, colours, a new window title.
AGENT_ESCAPES = "aws-cli/2.19.1\x1b[2J\x1b[1;32m 0 events \x1b[0m\x1b]0;ok\x07"
# A right-to-left override: drawn as it stands, the rest runs backwards.
AGENT_BIDI = "aws-cli/2.19.1 (\u202etpircs ecnanetniam\u202c)"


def user(name, account, key=None):
    identity = {"type": "IAMUser", "principalId": example_id("AIDA", name),
                "arn": f"arn:aws:iam::{account}:user/{name}",
                "accountId": account, "userName": name}
    if key:
        identity["accessKeyId"] = key
        identity["userName"] = identity.pop("userName")
    return identity


def role_arn(name, account, path="/"):
    return f"arn:aws:iam::{account}:role{path}{name}"


def assumed_role(name, session, account, key, since, path="/", mfa=False,
                 invoked_by=None, delivery=None):
    role_id = example_id("AROA", name, account)
    context = {
        "sessionIssuer": {"type": "Role", "principalId": role_id,
                          "arn": role_arn(name, account, path),
                          "accountId": account, "userName": name},
        "attributes": {"creationDate": since,
                       "mfaAuthenticated": "true" if mfa else "false"}}
    if delivery:
        context["ec2RoleDelivery"] = delivery
    identity = {"type": "AssumedRole", "principalId": f"{role_id}:{session}",
                "arn": f"arn:aws:sts::{account}:assumed-role/{name}/{session}",
                "accountId": account}
    if key:
        identity["accessKeyId"] = key
    identity["sessionContext"] = context
    if invoked_by:
        identity["invokedBy"] = invoked_by
    return identity


SSO_PATH = "/aws-reserved/sso.amazonaws.com/eu-central-1/"
SSO_ADMIN = "AWSReservedSSO_AdministratorAccess_0123456789abcdef"
SSO_OPERATOR = "AWSReservedSSO_Operator_fedcba9876543210"
SSO_SECURITY = "AWSReservedSSO_Security_00112233445566ff"


class Person:
    """Someone who works here: a session a day, one address, two agents."""

    def __init__(self, name, role, account, address):
        self.name, self.role, self.account = name, role, account
        self.address = address

    def on(self, day):
        return assumed_role(
            self.role, f"{self.name}@example.com", self.account,
            example_id("ASIA", self.name, day), f"{day}T07:02:11Z", SSO_PATH)


ALICE = Person("alice", SSO_ADMIN, PROD, "203.0.113.10")
BOB = Person("bob", SSO_OPERATOR, PROD, "203.0.113.11")
ERIN = Person("erin", SSO_SECURITY, TOOLS, "2001:db8:203:113::42")

# The way of the intruder, key by key
INTRUDER, INTRUDER_TOO = "198.51.100.23", "198.51.100.24"
DORA_KEY = "AKIAI44QH8DHBEXAMPLE"
DEPLOY_KEY = example_id("ASIA", "ci-deploy", 1)
STOLEN_KEY = example_id("ASIA", "certificate-maintenance", 1)
STOLEN_KEY_TOO = example_id("ASIA", "certificate-maintenance", 2)


def service(name):
    return {"type": "AWSService", "invokedBy": name}
