"""What goes on in any account all day, most of it between services."""
from cast import *
from incident import Actor, at_console, at_shell, arn
from record import Chance, resource

KEY = "arn:aws:kms:{region}:{account}:key/" + uuid("kms", "data")


def by(name, account):
    return Actor(service(name), account, name, name)


def linked(role, name, account, day):
    """A service at work under its service-linked role."""
    identity = assumed_role(role, role.replace("AWSServiceRoleFor", ""),
                            account, None, f"{day}T00:00:00Z",
                            "/aws-service-role/" + name + "/",
                            invoked_by=name)
    return Actor(identity, account, name, name)


def assume_role(chance, time, account, region):
    name, role = chance.of((
        ("lambda.amazonaws.com", "order-worker"),
        ("ecs-tasks.amazonaws.com", "shop-frontend"),
        ("ec2.amazonaws.com", "batch-node"),
        ("scheduler.amazonaws.com", "nightly-report")))
    key = example_id("ASIA", role, account, time)
    session = hexadecimal(12, "session", time, role)
    hour = int(time[11:13])
    until = (f"Nov {int(time[8:10])}, 2026, {hour % 12 or 12}:{time[14:19]} "
             f"{'AM' if hour < 12 else 'PM'}")
    target = role_arn(role, account)
    return by(name, account).does(
        time, "sts:AssumeRole", region,
        {"roleArn": target, "roleSessionName": session},
        {"credentials": {"accessKeyId": key,
                         "sessionToken": session_token(key),
                         "expiration": until},
         "assumedRoleUser": {
             "assumedRoleId": f"{example_id('AROA', role, account)}:{session}",
             "arn": f"arn:aws:sts::{account}:assumed-role/{role}/{session}"}},
        resources=[resource(target, "AWS::IAM::Role", account)], read=True,
        shared=uuid("shared", time, role))


def data_key(chance, time, account, region):
    name, context = chance.of((
        ("cloudtrail.amazonaws.com",
         {"aws:cloudtrail:arn": TRAIL,
          "aws:s3:arn": "arn:aws:s3:::example-trail-bucket/AWSLogs/"
                        + account}),
        ("s3.amazonaws.com",
         {"aws:s3:arn": "arn:aws:s3:::example-orders"}),
        ("secretsmanager.amazonaws.com",
         {"SecretARN": f"arn:aws:secretsmanager:{region}:{account}:secret:"
                       "orders-AbCdEf"})))
    key = KEY.format(region=region, account=account)
    return by(name, account).does(
        time, "kms:GenerateDataKey", region,
        {"keyId": key, "encryptionContext": context, "keySpec": "AES_256"},
        resources=[resource(key, "AWS::KMS::Key", account)], read=True)


def bucket_acl(chance, time, account, region):
    return by("cloudtrail.amazonaws.com", account).does(
        time, "s3:GetBucketAcl", region,
        {"bucketName": "example-trail-bucket", "acl": "",
         "Host": f"example-trail-bucket.s3.{region}.amazonaws.com"},
        extra={"SignatureVersion": "SigV4", "bytesTransferredIn": 0,
               "bytesTransferredOut": 523 + chance.below(9),
               "x-amz-id-2": hexadecimal(48, "id-2", time)})


def config(chance, time, account, region):
    call = chance.of(("ec2:DescribeVolumes", "ec2:DescribeNetworkInterfaces",
                      "iam:ListPolicies", "acm:ListCertificates",
                      "acm:DescribeCertificate", "rds:DescribeDBInstances"))
    request = None
    if call.endswith("DescribeCertificate"):
        if account != PROD:
            call = "acm:ListCertificates"
        else:
            request = arn({HOME: API, GLOBAL: CDN, WEST: STATUS}[region])
    return linked("AWSServiceRoleForConfig", "config.amazonaws.com", account,
                  time[:10]).does(time, call, region, request)


def scaling(chance, time, account, region):
    call = "ec2:DescribeInstanceStatus"
    request = {"includeAllInstances": False, "filterSet": {},
               "instancesSet": {"items": [
                   {"instanceId": "i-" + hexadecimal(17, "node", i)}
                   for i in range(1 + chance.below(4))]}}
    if (account, region) == (PROD, HOME) and chance.below(2):
        call = "elasticloadbalancing:DescribeTargetHealth"
        request = {"targetGroupArn": BALANCER.replace("loadbalancer/app",
                                                      "targetgroup")}
    return linked("AWSServiceRoleForAutoScaling", "autoscaling.amazonaws.com",
                  account, time[:10]).does(time, call, region, request)


def instance(chance, time, account, region):
    node = "i-" + hexadecimal(17, "node", chance.below(4))
    identity = assumed_role("batch-node", node, account,
                            example_id("ASIA", node, time[:10]),
                            f"{time[:10]}T00:00:07Z", delivery="2.0")
    return Actor(identity, account, f"192.0.2.{40 + chance.below(4)}",
                 "aws-sdk-go/1.55.5 (go1.22.5; linux; amd64) "
                 "amazon-ssm-agent/").does(
        time, "ssm:UpdateInstanceInformation", region,
        {"instanceId": node, "agentVersion": "3.3.987.0",
         "agentStatus": "Active", "platformType": "Linux",
         "platformName": "Debian GNU/Linux", "platformVersion": "12",
         "iPAddress": f"10.0.1.{10 + chance.below(90)}",
         "computerName": "batch-node"}, read=False)


def task(chance, time, account, region):
    identity = assumed_role("shop-frontend", hexadecimal(32, "task",
                                                         time[:10]),
                            account, example_id("ASIA", "task", time[:10]),
                            f"{time[:10]}T00:00:02Z")
    actor = Actor(identity, account, f"192.0.2.{chance.below(8) + 8}",
                  "aws-sdk-java/2.29.6 md/io#sync md/http#Apache ua/2.1 "
                  "os/Linux#6.1 lang/java#21.0.5")
    if chance.below(2):
        return actor.does(time, "secretsmanager:GetSecretValue", region,
                          {"secretId": "orders"})
    return actor.does(time, "ecr:GetAuthorizationToken", region, None)


def rotation(chance, time, account, region):
    key = KEY.format(region=region, account=account)
    r = Actor({"accountId": account, "invokedBy": "AWS Internal"}, account,
              "AWS Internal", "AWS Internal").does(
        time, "kms:RotateKey", region, kind="AwsServiceEvent", read=False,
        resources=[resource(key, "AWS::KMS::Key", account)])
    r["serviceEventDetails"] = {"keyId": key, "rotationType": "AUTOMATIC"}
    return r


def alarm(chance, time, account, region):
    name = chance.of(("Überwachung Bestellungen", "注文エラー",
                      "Заказы: ошибки 5xx", "café 🛒 checkout"))
    who = ALICE if account == PROD else ERIN
    return at_console(who, time[:10]).does(
        time, "monitoring:PutMetricAlarm", region,
        {"alarmName": name, "threshold": 1.0 + chance.below(9),
         "evaluationPeriods": 3, "period": 60, "metricName": "5XXError",
         "comparisonOperator": "GreaterThanThreshold",
         "statistic": "Sum"}, console=True)


def people(chance, time, account, region):
    if account == TOOLS:
        return at_console(ERIN, time[:10]).does(
            time, "guardduty:ListFindings", region,
            {"detectorId": hexadecimal(32, "detector")}, console=True)
    call, request = chance.of((
        ("acm:ListCertificates", {"maxItems": 50}),
        ("acm:DescribeCertificate", arn(LEGACY)),
        ("acm:GetAccountConfiguration", None),
        ("ec2:DescribeVpcs", None),
        ("logs:DescribeLogGroups", {"limit": 50})))
    return at_shell(BOB, time[:10], call.replace(":", ".")).does(
        time, call, region, request)


# Each as often as it stands here; services outnumber people.
KINDS = (assume_role, assume_role, data_key, data_key, data_key, bucket_acl,
         bucket_acl, config, config, config, scaling, scaling, instance,
         instance, task, rotation, alarm, people)

# Account, region, hours between, events at a time
PLACES = ((PROD, HOME, 1, 3), (PROD, GLOBAL, 3, 2), (PROD, WEST, 6, 2),
          (TOOLS, GLOBAL, 3, 3), (TOOLS, HOME, 6, 2))


def silent(time, account):
    """While the trail of the one account is stopped it tells nothing."""
    return account == PROD and \
        "2026-11-11T03:04:11Z" < time < "2026-11-11T05:07:01Z"


def events(days):
    made = []
    for account, region, step, count in PLACES:
        for day in days:
            for hour in range(0, 24, step):
                chance = Chance("noise", account, region, day, hour)
                minute = 0 if hour in (3, 5) else 5 * chance.below(11)
                for i in range(count):
                    kind = chance.of(KINDS)
                    time = (f"{day}T{hour:02}:{minute + i:02}:"
                            f"{1 + chance.below(55):02}Z")
                    if not silent(time, account):
                        made.append(kind(chance, time, account, region))
    return made
