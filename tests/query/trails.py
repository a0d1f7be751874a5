"""Trails that are made by chance, in which fields repeat, lack, are null, empty
and escaped."""
import datetime
import json
import os

from filters import EPOCH

def generate(r, folder, count):
    """Files of events in which fields repeat, lack, are null and escaped."""
    words = ["value-%d" % i for i in range(12)] + [
        "Alice", "alice", "a b", "x\ty", "quote \" and \\", "é", "日本",
        "10.1.2.3", "see 10.1.2.3:443, or 10.1.2.30", "[2001:db8::7]",
        "2001:DB8:0:0::7", "x10.1.2.3", "10.1.2.3.4", "10.1.2.3.",
        "src:10.1.2.3:443", "443:10.1.2.3", "10.9.9.9:80:10.1.2.3:x",
        "a:10.1.2.3x:2001:db8::7", "db::10.1.2.3",
        "http://evil.example/path", "notevil.example", "sub.evil.example",
        "300", "1e3", "-5", "9007199254740993", "", "a--b", "AccessDenied",
        "192.0.2.44", "::ffff:10.1.9.9", "Getaway", "C:\\x\\y", "(a)", "a,b"]
    numbers = ["0", "1", "10", "999", "1000.0", "1e3", "-2.25",
               "9007199254740992", "9007199254740993",
               "123456789012345678901234567890", "0.3", "1.5e-3", "1E400"]

    def token(depth=0):
        kind = r.randrange(12)
        if kind < 6:
            text = json.dumps(r.choice(words), ensure_ascii=r.random() < 0.3)
            return text.replace("/", "\\/") if r.random() < 0.1 else text
        if kind < 9:
            return r.choice(numbers)
        return r.choice(["true", "false", "null", "{}", "[]"])

    def member(key, text):
        return "%s:%s%s" % (json.dumps(key), r.choice(["", " "]), text)

    def parameters():
        out = []
        if r.random() < 0.7:
            out.append(member("name", token()))
        if r.random() < 0.4:
            out.append(member("list", "[%s]" % ",".join(
                token() for _ in range(r.randrange(4)))))
        if r.random() < 0.4:
            items = ["{%s}" % ",".join(
                [member("id", token())] +
                ([member("tags", "[%s]" % token())] if r.random() < 0.5
                 else []) +
                ([member("name", token())] if r.random() < 0.3 else []))
                for _ in range(r.randrange(4))]
            out.append(member("items", "[%s]" % ", ".join(items)))
        if r.random() < 0.4:
            out.append(member("size", r.choice(numbers + [token()])))
        if r.random() < 0.2:
            out.append(member("deep", "{%s}" % member(
                "a b", "{%s}" % member("c", token()))))
        if r.random() < 0.2:
            out.append(member("aws:acm:arn", token()))
        if r.random() < 0.15:
            out.append(member("password", '"pw-%d"' % r.randrange(20)))
        if r.random() < 0.2:
            out.append(member("empty", r.choice(["{}", "[]", "\"\"",
                                                 "null"])))
        r.shuffle(out)
        return r.choice(["null", "{}"]) if r.random() < 0.1 \
            else "{%s}" % ",".join(out)

    def event(i):
        out = [member("eventVersion", '"1.08"'),
               member("eventName", json.dumps(r.choice(
                   ["GetObject", "PutObject", "DeleteBucket", "AssumeRole",
                    "ListCertificates"])))]
        if r.random() < 0.95:
            at = EPOCH + datetime.timedelta(
                seconds=1500000000 + r.randrange(40) * r.choice(
                    [1, 61, 3700, 90000, 3000000]))
            out.append(member("eventTime", json.dumps(
                at.strftime("%Y-%m-%dT%H:%M:%SZ")
                if r.random() < 0.95 else "no time")))
        if r.random() < 0.9:
            out.append(member("eventSource", json.dumps(r.choice(
                ["s3", "acm", "kms"]) + r.choice(
                    [".amazonaws.com", ".amazonaws.com.cn", ""]))))
        if r.random() < 0.9:
            out.append(member("eventID", json.dumps("id-%d" % i)))
        if r.random() < 0.9:
            out.append(member("sourceIPAddress", json.dumps(r.choice(
                ["10.1.2.3", "10.1.200.7", "192.0.2.44", "2001:db8::7",
                 "2001:DB8::8", "AWS Internal", "ec2.amazonaws.com",
                 "192.0.2.0/24", "::ffff:10.1.9.9"]))))
        for name, chance in (("userAgent", 0.7), ("awsRegion", 0.5),
                             ("errorMessage", 0.3),
                             ("additionalEventData", 0.2)):
            if r.random() < chance:
                out.append(member(name, token()))
        if r.random() < 0.3:
            out.append(member("errorCode", json.dumps(r.choice(
                ["AccessDenied", "NoSuchBucket", ""]))))
        if r.random() < 0.8:
            out.append(member("requestParameters", parameters()))
        if r.random() < 0.3:
            out.append(member("resources", "[%s]" % ",".join(
                "{%s}" % ",".join([member("ARN", token()),
                                   member("accountId", token())])
                for _ in range(r.randrange(4)))))
        if r.random() < 0.6:
            out.append(member("userIdentity", "{%s}" % ",".join([
                member("type", '"IAMUser"'),
                member("userName", json.dumps(r.choice(words))),
                member("arn", json.dumps(
                    "arn:aws:iam::111122223333:user/x"))])))
        head, rest = out[:2], out[2:]
        r.shuffle(rest)
        return "{%s}" % ",".join(head + rest)

    lines, paths = [], []
    for i in range(count):
        lines.append(lines[-1] if lines and r.random() < 0.03 else event(i))
    for n in range(4):
        part = lines[n::4]
        paths.append(os.path.join(folder, "part-%d.json" % n))
        with open(paths[-1], "w", encoding="utf-8") as f:
            if n % 2:
                f.write("\n".join(part) + "\n")
            else:
                f.write('{"Records":[%s]}' % ",\n".join(part))
    return paths
