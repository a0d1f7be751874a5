/* The overviews: what they tell of trails made for one question each. */
#include "triage_support.h"

#define CERT "arn:aws:acm:eu-west-1:111122223333:certificate/"
#define ONE CERT "11111111-1111-1111-1111-111111111111"
#define TWO CERT "22222222-2222-2222-2222-222222222222"
#define CA "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/c1"

/* One record of ACM: id's digit, time, call, what follows. */
#define RECORD(id, time, source, event, who, rest) \
	"{\"eventVersion\":\"1.08\",\"eventID\":\"" id "\",\"eventTime\":\"" \
	"2024-01-" time "Z\",\"eventSource\":\"" source ".amazonaws.com\"," \
	"\"eventName\":\"" event "\",\"awsRegion\":\"eu-west-1\"," \
	"\"recipientAccountId\":\"111122223333\",\"sourceIPAddress\":" \
	"\"192.0.2.1\",\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"" \
	who "\",\"arn\":\"arn:aws:iam::111122223333:user/" who "\"}," rest "}\n"

#define ACM(id, time, event, who, rest) \
	RECORD(id, time, "acm", event, who, rest)
#define NAMES(arn) "\"requestParameters\":{\"certificateArn\":\"" arn "\"}"
#define GIVES(arn) "\"responseElements\":{\"certificateArn\":\"" arn "\"}"
#define REQUESTED(id, time, arn) \
	ACM(id, time, "RequestCertificate", "alice", \
	    "\"requestParameters\":{\"domainName\":\"a.example\"}," GIVES(arn))
#define UNTIMED(id, source, event, who, rest) \
	"{\"eventVersion\":\"1.08\",\"eventID\":\"" id "\",\"eventSource\":" \
	"\"" source ".amazonaws.com\",\"eventName\":\"" event "\"," \
	"\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"" who "\"}," \
	rest "}\n"
#define LISTENER(id, time, event, arn, more) \
	RECORD(id, time, "elasticloadbalancing", event, "alice", \
	       "\"requestParameters\":{\"listenerArn\":\"arn:aws:" \
	       "elasticloadbalancing:eu-west-1:111122223333:listener/app/x/1/2" \
	       "\",\"certificates\":[{\"certificateArn\":\"" arn "\"}]}" more)
/* Of an account and a region, by a name that is no ARN. */
#define CALL(id, time, region, account, source, event, rest) \
	"{\"eventVersion\":\"1.08\",\"eventID\":\"" id "\",\"eventTime\":\"" \
	"2024-01-" time "Z\",\"eventSource\":\"" source ".amazonaws.com\"," \
	"\"eventName\":\"" event "\",\"awsRegion\":\"" region "\"," \
	"\"recipientAccountId\":\"" account "\",\"userIdentity\":{" \
	"\"type\":\"IAMUser\",\"userName\":\"alice\"}," \
	"\"requestParameters\":{" rest "}}\n"
#define API(id, time, region, account, event, arn) \
	CALL(id, time, region, account, "apigateway", event, \
	     "\"domainName\":\"api.example.com\",\"certificateArn\":\"" arn \
	     "\"")
#define PORT(id, time, port, arn) \
	CALL(id, time, "eu-west-1", "111122223333", "elasticloadbalancing", \
	     "SetLoadBalancerListenerSSLCertificate", \
	     "\"loadBalancerName\":\"lb\",\"loadBalancerPort\":" port "," \
	     "\"sSLCertificateId\":\"" arn "\"")
#define BALANCER(id, time, name) \
	RECORD(id, time, "elasticloadbalancing", "DeleteLoadBalancer", "bob", \
	       "\"requestParameters\":{\"loadBalancerArn\":\"arn:aws:" \
	       "elasticloadbalancing:eu-west-1:111122223333:loadbalancer/" \
	       name "\"}")
/* A policy of the CA that lets PRINCIPAL (JSON in a string) in. */
#define OPEN(id, principal, more) \
	RECORD(id, "01T00:00:00", "acm-pca", "PutPolicy", "eve", \
	       "\"requestParameters\":{\"resourceArn\":\"" CA "\"," \
	       "\"policy\":\"{\\\"Statement\\\":[{\\\"Effect\\\":" \
	       "\\\"Allow\\\",\\\"Principal\\\":" principal "}]}\"}" more)
/* By a user of the account that IDENTITY tells. */
#define EXPORT(id, time, identity, arn) \
	"{\"eventVersion\":\"1.08\",\"eventID\":\"" id "\",\"eventTime\":\"" \
	"2024-01-" time "Z\",\"eventSource\":\"acm.amazonaws.com\"," \
	"\"eventName\":\"ExportCertificate\",\"userIdentity\":{" \
	"\"type\":\"IAMUser\",\"userName\":\"eve\"," identity "}," \
	NAMES(arn) "}\n"
#define DECRYPT(id, time, user, arn) \
	RECORD(id, time, "kms", "Decrypt", "svc", \
	       "\"requestParameters\":{\"encryptionContext\":{" \
	       "\"aws:acm:arn\":\"" arn "\",\"user\":\"" user "\"}}")
#define DNS(id, time, action, name, type, value) \
	RECORD(id, time, "route53", "ChangeResourceRecordSets", "alice", \
	       "\"requestParameters\":{\"changeBatch\":{\"changes\":[{" \
	       "\"action\":\"" action "\",\"resourceRecordSet\":{\"name\":\"" \
	       name "\",\"type\":\"" type "\",\"resourceRecords\":[{" \
	       "\"value\":\"" value "\"}]}}]}}")
#define NOTICE(id, type, detail) \
	"{\"version\":\"0\",\"id\":\"" id "\",\"detail-type\":\"" type "\"," \
	"\"source\":\"aws.acm\",\"account\":\"111122223333\",\"time\":" \
	"\"2024-01-09T00:00:00Z\",\"region\":\"eu-west-1\",\"resources\":[\"" \
	ONE "\"],\"detail\":{" detail "}}\n"

struct row {
	const char *trail;
	enum overview_kind kind;
	const char *subject;
	const char *want[6];    /* `!`: must not be there */
};

static const struct row lifelines[] = {
	/* Each step by its call and by where the ARN stands. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 ACM("2", "01T00:01:00", "DescribeCertificate", "bob", NAMES(ONE))
	 ACM("3", "01T00:02:00", "ListCertificates", "bob", "\"x\":1")
	 RECORD("4", "01T00:03:00", "acm-pca", "ListCertificates", "bob",
		"\"x\":1"),
	 OVERVIEW_LIFELINE, ONE,
	 {"requested RequestCertificate alice", "domains a.example",
	  "LOOKED AT (1)", "DescribeCertificate bob 1", "listed 1\n",
	  "? attached: nothing in the loaded data"}},
	/* Services have other names in China. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 "{\"eventTime\":\"2024-01-01T00:02:00Z\",\"eventSource\":"
	 "\"acm.amazonaws.com.cn\",\"eventName\":\"ListCertificates\","
	 "\"awsRegion\":\"eu-west-1\",\"recipientAccountId\":"
	 "\"111122223333\"}\n",
	 OVERVIEW_LIFELINE, ONE, {"listed 1\n"}},
	{ACM("1", "01T00:00:00", "ImportCertificate", "alice", GIVES(ONE))
	 ACM("2", "01T00:01:00", "ImportCertificate", "bob",
	     NAMES(ONE) "," GIVES(ONE)),
	 OVERVIEW_LIFELINE, ONE,
	 {"imported ImportCertificate alice",
	  "imported over itself ImportCertificate bob",
	  "import-over"}},
	/* An ARN in a message, or as a key of an encryption context. */
	{ACM("1", "01T00:00:00", "ExportCertificate", "bob",
	     "\"errorCode\":\"AccessDenied\",\"errorMessage\":\"no " ONE
	     " for you\"")
	 RECORD("2", "01T00:01:00", "kms", "Encrypt", "svc",
		"\"requestParameters\":{\"encryptionContext\":{\"" ONE
		"\":\"x\"}}"),
	 OVERVIEW_LIFELINE, ONE,
	 {"not named in an error ExportCertificate bob",
	  "key encrypted Encrypt svc", "exports 0"}},
	/* What took its place, and what it replaced. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 LISTENER("2", "01T01:00:00", "CreateListener", ONE, "")
	 LISTENER("3", "05T00:00:00", "ModifyListener", TWO, ""),
	 OVERVIEW_LIFELINE, ONE,
	 {"attached CreateListener alice 192.0.2.1 app/x/1/2",
	  "replaced ModifyListener alice 192.0.2.1 app/x/1/2, by "
	  "22222222-2222-2222-2222-222222222222",
	  "!attached to", "tied to " TWO}},
	{REQUESTED("1", "01T00:00:00", ONE)
	 LISTENER("2", "01T01:00:00", "CreateListener", ONE, "")
	 LISTENER("3", "05T00:00:00", "ModifyListener", TWO, ""),
	 OVERVIEW_LIFELINE, TWO,
	 {"attached ModifyListener alice 192.0.2.1 app/x/1/2, "
	  "in place of 11111111-1111-1111-1111-111111111111", "attach-new",
	  "attached to arn:aws:elastic"}},
	/* Adding replaces nothing, a refused call changes nothing. */
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 LISTENER("2", "01T02:00:00", "AddListenerCertificates", TWO, "")
	 LISTENER("3", "01T03:00:00", "ModifyListener", TWO,
		  ",\"errorCode\":\"AccessDenied\""),
	 OVERVIEW_LIFELINE, ONE, {"!replaced", "attached to arn:aws:elastic"}},
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 LISTENER("2", "01T02:00:00", "RemoveListenerCertificates", ONE, ""),
	 OVERVIEW_LIFELINE, ONE, {"detached Remove", "!attached to"}},
	/* Only the default certificate gives way to another one. */
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 LISTENER("2", "01T02:00:00", "AddListenerCertificates", TWO, "")
	 LISTENER("3", "01T03:00:00", "ModifyListener", CERT "3", ""),
	 OVERVIEW_LIFELINE, ONE, {"replaced ModifyListener", "!attached to"}},
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 LISTENER("2", "01T02:00:00", "AddListenerCertificates", TWO, "")
	 LISTENER("3", "01T03:00:00", "ModifyListener", CERT "3", ""),
	 OVERVIEW_LIFELINE, TWO, {"!replaced", "attached to arn:aws:elastic"}},
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 LISTENER("2", "01T02:00:00", "AddListenerCertificates", TWO, "")
	 LISTENER("3", "01T03:00:00", "ModifyListener", TWO, ""),
	 OVERVIEW_LIFELINE, TWO,
	 {"in place of 11111111", "attached to arn:aws:elastic"}},
	/* A name means another thing in another region, account or service. */
	{API("1", "01T01:00:00", "eu-west-1", "111122223333",
	     "CreateDomainName", ONE)
	 API("2", "01T02:00:00", "us-east-1", "111122223333",
	     "CreateDomainName", TWO)
	 API("3", "01T03:00:00", "eu-west-1", "444455556666",
	     "CreateDomainName", CERT "3")
	 CALL("4", "01T04:00:00", "eu-west-1", "111122223333", "appsync",
	      "CreateDomainName", "\"domainName\":\"api.example.com\","
	      "\"certificateArn\":\"" CERT "4\""),
	 OVERVIEW_LIFELINE, ONE, {"!replaced", "attached to api.example.com\n"}},
	{API("1", "01T01:00:00", "eu-west-1", "111122223333",
	     "CreateDomainName", ONE)
	 API("2", "01T02:00:00", "eu-west-1", "111122223333",
	     "UpdateDomainName", TWO),
	 OVERVIEW_LIFELINE, ONE, {"replaced UpdateDomainName", "!attached to"}},
	{API("1", "01T01:00:00", "eu-west-1", "111122223333",
	     "CreateDomainName", ONE)
	 CALL("2", "01T02:00:00", "us-east-1", "111122223333", "apigateway",
	      "DeleteDomainName", "\"domainName\":\"api.example.com\""),
	 OVERVIEW_LIFELINE, ONE, {"!detached", "attached to api.example.com"}},
	{API("1", "01T01:00:00", "eu-west-1", "111122223333",
	     "CreateDomainName", ONE)
	 CALL("2", "01T02:00:00", "eu-west-1", "111122223333", "apigateway",
	      "DeleteDomainName", "\"domainName\":\"api.example.com\""),
	 OVERVIEW_LIFELINE, ONE, {"detached DeleteDomainName", "!attached to"}},
	/* Of a classic load balancer each port has its own. */
	{PORT("1", "01T01:00:00", "443", ONE)
	 PORT("2", "01T02:00:00", "8443", TWO)
	 PORT("3", "01T03:00:00", "8443", ONE),
	 OVERVIEW_LIFELINE, ONE, {"!replaced", "attached to lb\n"}},
	{CALL("1", "01T01:00:00", "eu-west-1", "111122223333",
	      "elasticloadbalancing", "CreateLoadBalancer",
	      "\"loadBalancerName\":\"lb\",\"listeners\":["
	      "{\"loadBalancerPort\":80},"
	      "{\"sSLCertificateId\":\"" TWO "\",\"loadBalancerPort\":8443},"
	      "{\"loadBalancerPort\":443,\"sSLCertificateId\":\"" ONE "\"},"
	      "{\"loadBalancerPort\":81}]")
	 PORT("2", "01T02:00:00", "8443", CERT "3"),
	 OVERVIEW_LIFELINE, ONE, {"!replaced", "attached to lb"}},
	{CALL("1", "01T01:00:00", "eu-west-1", "111122223333",
	      "elasticloadbalancing", "CreateLoadBalancer",
	      "\"loadBalancerName\":\"lb\",\"listeners\":["
	      "{\"loadBalancerPort\":80},"
	      "{\"sSLCertificateId\":\"" TWO "\",\"loadBalancerPort\":8443},"
	      "{\"loadBalancerPort\":443,\"sSLCertificateId\":\"" ONE "\"},"
	      "{\"loadBalancerPort\":81}]")
	 PORT("2", "01T02:00:00", "8443", CERT "3"),
	 OVERVIEW_LIFELINE, TWO, {"replaced SetLoad", "!attached to"}},
	{PORT("1", "01T01:00:00", "443", ONE)
	 PORT("2", "01T02:00:00", "8443", ONE)
	 CALL("3", "01T03:00:00", "eu-west-1", "111122223333",
	      "elasticloadbalancing", "DeleteLoadBalancer",
	      "\"loadBalancerName\":\"lb\""),
	 OVERVIEW_LIFELINE, ONE, {"detached DeleteLoad", "!attached to"}},
	/* With the listener its certificate goes; a call that was refused, or
	 * that is about another one, takes nothing away. */
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 RECORD("2", "01T02:00:00", "elasticloadbalancing", "DeleteListener",
		"bob", "\"requestParameters\":{\"listenerArn\":\"arn:aws:"
		"elasticloadbalancing:eu-west-1:111122223333:listener/app/x/1/2"
		"\"}"),
	 OVERVIEW_LIFELINE, ONE,
	 {"detached DeleteListener bob 192.0.2.1 app/x/1/2", "!attached to"}},
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 RECORD("2", "01T02:00:00", "elasticloadbalancing", "DeleteListener",
		"bob", "\"errorCode\":\"AccessDenied\",\"requestParameters\":"
		"{\"listenerArn\":\"arn:aws:elasticloadbalancing:eu-west-1:"
		"111122223333:listener/app/x/1/2\"}")
	 RECORD("3", "01T02:00:00", "elasticloadbalancing", "DeleteListener",
		"bob", "\"requestParameters\":{\"listenerArn\":\"other\"}"),
	 OVERVIEW_LIFELINE, ONE, {"!detached", "attached to arn:aws:elastic"}},
	/* So it does with the load balancer of the listener, not with one whose
	 * name only begins the same. */
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 BALANCER("2", "01T02:00:00", "app/x/1"),
	 OVERVIEW_LIFELINE, ONE,
	 {"detached DeleteLoadBalancer bob 192.0.2.1 app/x/1/2",
	  "!attached to"}},
	{LISTENER("1", "01T01:00:00", "CreateListener", ONE, "")
	 BALANCER("2", "01T02:00:00", "app/x/11")
	 BALANCER("3", "01T03:00:00", "app/x"),
	 OVERVIEW_LIFELINE, ONE, {"attached to arn:aws:elastic"}},
	/* Other partitions, and equal names of calls of other services. */
	{ACM("1", "01T00:00:00", "ExportCertificate", "bob",
	     NAMES("arn:aws-cn:acm:cn-north-1:111122223333:certificate/c-1"))
	 RECORD("2", "01T00:01:00", "acm-pca", "GetCertificate", "bob",
		NAMES("arn:aws-cn:acm:cn-north-1:111122223333:certificate/c-1"))
	 RECORD("3", "01T00:02:00", "other", "DeleteCertificate", "bob",
		NAMES("arn:aws-cn:acm:cn-north-1:111122223333:certificate/"
		      "c-1")),
	 OVERVIEW_LIFELINE, "c-1",
	 {"certificate arn:aws-cn:acm:cn-north-1", "exported ExportCertificate",
	  "!deleted DeleteCertificate", "region cn-north-1"}},
	{ACM("1", "01T00:00:00", "DeleteCertificate", "bob",
	     NAMES("arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/"
		   "g-1")),
	 OVERVIEW_LIFELINE,
	 "arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/g-1",
	 {"deleted DeleteCertificate"}},
	{RECORD("1", "01T00:00:00", "acm-acme", "RevokeAcmeAccount", "bob",
		"\"requestParameters\":{\"x\":\"arn:aws-us-gov:acm:"
		"us-gov-west-1:111122223333:acme-endpoint/e-1\"}"),
	 OVERVIEW_LIFELINE,
	 "arn:aws-us-gov:acm:us-gov-west-1:111122223333:acme-endpoint/e-1",
	 {"RevokeAcmeAccount bob"}},
	{RECORD("1", "01T00:00:00", "acm-pca", "RevokeCertificate", "bob",
		"\"requestParameters\":{\"certificateAuthorityArn\":"
		"\"arn:aws-cn:acm-pca:cn-north-1:111122223333:"
		"certificate-authority/p-1\"}"),
	 OVERVIEW_LIFELINE, "arn:aws-cn:acm-pca:cn-north-1:111122223333:"
	 "certificate-authority/p-1", {"RevokeCertificate bob"}},
	/* Records of DNS are joined by the certificate's names. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 DNS("2", "01T00:01:00", "UPSERT", "_t.A.example.", "CNAME",
	     "_v.acm-validations.aws.")
	 DNS("3", "01T00:02:00", "UPSERT", "a.example", "CAA", "0 issue x")
	 DNS("4", "01T00:03:00", "UPSERT", "_t.b.a.example.", "CNAME",
	     "_v.acm-validations.aws.")
	 DNS("5", "01T00:04:00", "UPSERT", "www.a.example.", "CNAME", "x")
	 DNS("6", "01T00:05:00", "DELETE", "_t.a.example.", "CNAME",
	     "_v.acm-validations.aws."),
	 OVERVIEW_LIFELINE, ONE,
	 {"UPSERT, _t.A.example.", "UPSERT, a.example", "!_t.b.a.example",
	  "!www.a.example", "validation record deleted",
	  "validation-deleted"}},
	/* Before a certificate was requested nothing is about it. */
	{DNS("1", "01T00:00:00", "UPSERT", "_t.a.example.", "CNAME",
	     "_v.acm-validations.aws.")
	 REQUESTED("2", "02T00:00:00", ONE),
	 OVERVIEW_LIFELINE, ONE, {"!validation record", "STEPS (1)"}},
	/* Notices, and what they tell. */
	{NOTICE("1", "ACM Certificate Approaching Expiration",
		"\"DaysToExpiry\":31,\"CommonName\":\"c.example\"")
	 NOTICE("2", "ACM Certificate Rotated",
		"\"CertificateExpirationDate\":\"2025-01-01T00:00:00Z\""),
	 OVERVIEW_LIFELINE, ONE,
	 {"notice ACM Certificate Approaching", "days to expiry 31",
	  "renewed ACM Certificate Rotated", "not after 2025-01-01T00:00:00Z",
	  "domains c.example", "09 00:00:00~"}},
	/* A redacted ARN joins by its id; one that fits two does not. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 ACM("2", "01T00:01:00", "DeleteCertificate", "bob",
	     NAMES("arn:aws:acm:eu-west-1:************:certificate/"
		   "11111111-1111-1111-1111-111111111111")),
	 OVERVIEW_LIFELINE, ONE,
	 {"deleted DeleteCertificate bob", "also written arn:aws:acm:eu-west-1:"
	  "************"}},
	{REQUESTED("1", "01T00:00:00", ONE), OVERVIEW_LIFELINE,
	 "arn:aws:acm:eu-west-1:111122223333:certificate/1111****11111111",
	 {"certificate " ONE}},
	{REQUESTED("1", "01T00:00:00", ONE), OVERVIEW_LIFELINE, "a.example",
	 {"certificate " ONE}},
	{REQUESTED("1", "01T00:00:00", ONE), OVERVIEW_LIFELINE, TWO,
	 {"asked for " TWO, "? nothing in the loaded data names this"}},
	{REQUESTED("1", "01T00:00:00", ONE) REQUESTED("2", "02T00:00:00", TWO),
	 OVERVIEW_LIFELINE, "a.example",
	 {"CANDIDATES (2)", "? several certificates have this name"}},
	/* The beginning of an id, when only one has it. */
	{REQUESTED("1", "01T00:00:00", ONE) REQUESTED("2", "02T00:00:00", TWO),
	 OVERVIEW_LIFELINE, "1111", {"certificate " ONE}},
	{REQUESTED("1", "01T00:00:00", ONE) REQUESTED("2", "02T00:00:00",
		CERT "11112222-1111-1111-1111-111111111111"),
	 OVERVIEW_LIFELINE, "1111",
	 {"CANDIDATES (2)", "? several certificates have this name"}},
	/* Private CAs, server certificates of IAM, ACME. */
	{RECORD("1", "01T00:00:00", "acm-pca", "IssueCertificate", "alice",
		"\"requestParameters\":{\"certificateAuthorityArn\":\"" CA
		"\"}")
	 RECORD("2", "02T00:00:00", "acm-pca", "GetCertificate", "bob",
		"\"requestParameters\":{\"certificateAuthorityArn\":\"" CA
		"\"}"),
	 OVERVIEW_LIFELINE, CA,
	 {"issued IssueCertificate alice", "GetCertificate bob 1"}},
	/* What is requested from a CA is another certificate. */
	{RECORD("1", "01T00:00:00", "acm-pca", "CreateCertificateAuthority",
		"alice", "\"responseElements\":{\"certificateAuthorityArn\":\""
		CA "\"}")
	 ACM("2", "02T00:00:00", "RequestCertificate", "bob",
	     "\"requestParameters\":{\"domainName\":\"a.example\","
	     "\"certificateAuthorityArn\":\"" CA "\"}," GIVES(ONE)),
	 OVERVIEW_LIFELINE, CA,
	 {"requested CreateCertificateAuthority alice",
	  "named RequestCertificate bob", "!requested RequestCertificate"}},
	{ACM("1", "02T00:00:00", "RequestCertificate", "bob",
	     "\"requestParameters\":{\"domainName\":\"a.example\","
	     "\"certificateAuthorityArn\":\"" CA "\"}," GIVES(ONE)),
	 OVERVIEW_LIFELINE, ONE, {"requested RequestCertificate bob"}},
	{RECORD("1", "01T00:00:00", "iam", "UploadServerCertificate", "alice",
		"\"responseElements\":{\"serverCertificateMetadata\":{\"arn\":"
		"\"arn:aws:iam::111122223333:server-certificate/web\"}}")
	 RECORD("2", "02T00:00:00", "elasticloadbalancing",
		"SetLoadBalancerListenerSSLCertificate", "bob",
		"\"requestParameters\":{\"loadBalancerName\":\"lb\","
		"\"sSLCertificateId\":\"arn:aws:iam::111122223333:"
		"server-certificate/web\"}"),
	 OVERVIEW_LIFELINE, "arn:aws:iam::111122223333:server-certificate/web",
	 {"imported UploadServerCertificate", "attached SetLoadBalancer",
	  "attached to lb"}},
	{ACM("1", "01T00:00:00", "GetAcmeExternalAccountBindingCredentials",
	     "eve", "\"requestParameters\":{\"arn\":\"arn:aws:acm:eu-west-1:"
	     "111122223333:acme-endpoint/e1/acme-external-account-binding/b"
	     "\"}"),
	 OVERVIEW_LIFELINE, "arn:aws:acm:eu-west-1:111122223333:acme-endpoint/"
	 "e1/acme-external-account-binding/b",
	 {"credentials read GetAcme", "acme-credentials"}},
	/* What has no time says nothing about when something was seen last. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 ACM("2", "01T00:01:00", "DescribeCertificate", "bob", NAMES(ONE))
	 UNTIMED("3", "acm", "DescribeCertificate", "bob", NAMES(ONE))
	 UNTIMED("4", "acm", "DescribeCertificate", "eve", NAMES(ONE)),
	 OVERVIEW_LIFELINE, ONE,
	 {"last seen 2024-01-01 00:01:00",
	  "DescribeCertificate bob 2 2024-01-01 00:01:00 2024-01-01 00:01:00"}},
	{REQUESTED("1", "01T00:00:00", ONE) REQUESTED("2", "02T00:00:00", TWO)
	 UNTIMED("3", "acm", "DescribeCertificate", "bob", NAMES(ONE)),
	 OVERVIEW_LIFELINE, "a.example",
	 {ONE " 2024-01-01 00:00:00 2024-01-01 00:00:00"}},
	{REQUESTED("1", "01T00:00:00", ONE)
	 DECRYPT("2", "01T01:00:00", "x", ONE)
	 UNTIMED("3", "kms", "Decrypt", "svc",
		 "\"requestParameters\":{\"encryptionContext\":{"
		 "\"aws:acm:arn\":\"" ONE "\"}}"),
	 OVERVIEW_CERTIFICATES, "",
	 {"2024-01-01 00:00:00 2024-01-01 01:00:00 key used "
	  "2024-01-01 01:00:00 0"}},
	/* In a document within a string. */
	{RECORD("1", "01T00:00:00", "iam", "PutRolePolicy", "alice",
		"\"requestParameters\":{\"policyDocument\":\"{\\\"Resource\\\":"
		"\\\"" CA "\\\"}\"}"),
	 OVERVIEW_LIFELINE, CA, {"named PutRolePolicy alice"}},
};

static const struct row findings[] = {
	{ACM("1", "01T00:00:00", "DescribeCertificate", "alice", NAMES(ONE))
	 ACM("2", "05T00:00:00", "ExportCertificate", "alice", NAMES(ONE)),
	 OVERVIEW_FINDINGS, "", {"!export-new Export", "export-new 3 0"}},
	{ACM("1", "01T00:00:00", "DescribeCertificate", "alice", NAMES(ONE))
	 ACM("2", "05T00:00:00", "ExportCertificate", "eve", NAMES(ONE)),
	 OVERVIEW_FINDINGS, "", {"3 export-new ExportCertificate eve"}},
	{ACM("1", "05T00:00:00", "UpdateCertificateOptions", "eve", NAMES(ONE))
	 ACM("2", "05T01:00:00", "ExportCertificate", "eve", NAMES(ONE)),
	 OVERVIEW_FINDINGS, "",
	 {"3 export-after-options ExportCertificate eve",
	  "11111111-1111-1111-1111-111111111111 2024-01-05 00:00:00"}},
	{ACM("1", "01T00:00:00", "ExportCertificate", "eve", NAMES(ONE))
	 ACM("2", "01T00:09:00", "ExportCertificate", "eve", NAMES(TWO))
	 ACM("3", "01T05:09:00", "ExportCertificate", "eve", NAMES(TWO)),
	 OVERVIEW_FINDINGS, "", {"export-burst 3 2"}},
	/* A burst is of several certificates, and by one principal: users of
	 * two accounts may have the same name. */
	{ACM("1", "01T00:00:00", "ExportCertificate", "eve", NAMES(ONE))
	 ACM("2", "01T00:01:00", "ExportCertificate", "eve", NAMES(ONE)),
	 OVERVIEW_FINDINGS, "", {"export-burst 3 0"}},
	{ACM("1", "01T00:00:00", "ExportCertificate", "eve", NAMES(ONE))
	 ACM("2", "01T00:06:00", "ExportCertificate", "eve", NAMES(ONE))
	 ACM("3", "01T00:12:00", "ExportCertificate", "eve", NAMES(TWO))
	 ACM("4", "01T00:18:00", "ExportCertificate", "eve", NAMES(TWO)),
	 OVERVIEW_FINDINGS, "", {"export-burst 3 2"}},
	{EXPORT("1", "01T00:00:00", "\"accountId\":\"111122223333\"", ONE)
	 EXPORT("2", "01T00:01:00", "\"accountId\":\"444455556666\"", TWO),
	 OVERVIEW_FINDINGS, "", {"export-burst 3 0"}},
	{EXPORT("1", "01T00:00:00",
		"\"arn\":\"arn:aws:iam::111122223333:user/eve\"", ONE)
	 EXPORT("2", "01T00:01:00",
		"\"arn\":\"arn:aws:iam::444455556666:user/eve\"", TWO),
	 OVERVIEW_FINDINGS, "", {"export-burst 3 0"}},
	{EXPORT("1", "01T00:00:00", "\"accountId\":\"111122223333\"", ONE)
	 EXPORT("2", "01T00:01:00", "\"accountId\":\"111122223333\"", TWO),
	 OVERVIEW_FINDINGS, "", {"export-burst 3 2"}},
	/* A key is loaded by a service that the certificate is not on. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 DECRYPT("2", "01T01:00:00", "arn:aws:elasticloadbalancing:eu-west-1:"
		 "111122223333:loadbalancer/x", ONE),
	 OVERVIEW_FINDINGS, "", {"3 key-use Decrypt svc"}},
	{LISTENER("1", "01T00:00:00", "CreateListener", ONE, "")
	 DECRYPT("2", "01T01:00:00", "arn:aws:elasticloadbalancing:eu-west-1:"
		 "111122223333:loadbalancer/x", ONE),
	 OVERVIEW_FINDINGS, "", {"key-use 3 0"}},
	/* A call that was refused attaches it to nothing. */
	{REQUESTED("1", "01T00:00:00", ONE)
	 LISTENER("2", "01T00:30:00", "CreateListener", ONE,
		  ",\"errorCode\":\"AccessDenied\"")
	 DECRYPT("3", "01T01:00:00", "arn:aws:elasticloadbalancing:eu-west-1:"
		 "111122223333:loadbalancer/x", ONE),
	 OVERVIEW_FINDINGS, "", {"3 key-use Decrypt svc"}},
	{DECRYPT("1", "01T01:00:00", "x", ONE), OVERVIEW_FINDINGS, "",
	 {"key-use 3 0"}},
	{LISTENER("1", "01T00:00:00", "CreateListener",
		  "arn:aws:acm:eu-west-1:444455556666:certificate/x-1", ""),
	 OVERVIEW_FINDINGS, "", {"2 attach-foreign CreateListener"}},
	{RECORD("1", "01T00:00:00", "ec2",
		"AssociateEnclaveCertificateIamRole", "eve", NAMES(ONE)),
	 OVERVIEW_FINDINGS, "", {"3 enclave-role Associate"}},
	{RECORD("1", "01T00:00:00", "acm-pca", "CreatePermission", "eve",
		"\"requestParameters\":{\"certificateAuthorityArn\":\"" CA
		"\",\"sourceAccount\":\"444455556666\"}")
	 RECORD("2", "01T00:00:00", "acm-pca", "CreatePermission", "eve",
		"\"requestParameters\":{\"certificateAuthorityArn\":\"" CA
		"\",\"sourceAccount\":\"111122223333\"}"),
	 OVERVIEW_FINDINGS, "", {"ca-foreign 3 1"}},
	{OPEN("1", "{\\\"AWS\\\":\\\"arn:aws:iam::111122223333:root\\\"}", "")
	 OPEN("2", "\\\"*\\\"", "")
	 OPEN("3", "\\\"*\\\"", ",\"errorCode\":\"AccessDenied\""),
	 OVERVIEW_FINDINGS, "", {"ca-foreign 3 1", "3 ca-foreign PutPolicy"}},
	/* The CA itself may be another account's, in any partition. */
	{RECORD("1", "01T00:00:00", "acm-pca", "CreatePermission", "eve",
		"\"requestParameters\":{\"certificateAuthorityArn\":"
		"\"arn:aws-cn:acm-pca:cn-north-1:444455556666:"
		"certificate-authority/p-1\",\"resourceArn\":\"arn:aws-cn:"
		"acm-pca:cn-north-1:777788889999:certificate-authority/p-2\","
		"\"sourceAccount\":\"x\"}"),
	 OVERVIEW_FINDINGS, "", {"ca-foreign 3 0"}},
	{RECORD("1", "01T00:00:00", "ec2", "DeleteFlowLogs", "eve", "\"x\":1")
	 RECORD("2", "01T00:00:00", "cloudtrail", "StopLogging", "eve",
		"\"errorCode\":\"AccessDenied\"")
	 RECORD("3", "01T00:00:00", "other", "StopLogging", "eve", "\"x\":1"),
	 OVERVIEW_FINDINGS, "", {"logging 3 1", "3 logging DeleteFlowLogs"}},
	{RECORD("1", "01T00:00:00", "iam", "PutRolePolicy", "eve",
		"\"requestParameters\":{\"omitted\":\"true\",\"reason\":\"x\"}"),
	 OVERVIEW_FINDINGS, "", {"2 omitted PutRolePolicy eve"}},
	{RECORD("1", "01T00:00:00", "iam", "GetUser", "eve",
		"\"x\":{\"a\":1,\"b\":2,\"a\":3}")
	 RECORD("2", "01T00:00:00", "iam", "GetUser", "eve",
		"\"x\":{\"a\":1,\"b\":{\"a\":3}}"),
	 OVERVIEW_FINDINGS, "", {"repeated-key 2 1", "2 repeated-key GetUser eve"}},
	{RECORD("1", "01T00:00:00", "iam", "GetUser", "\xd0\xb0lice", "\"x\":1")
	 RECORD("2", "01T00:00:00", "iam", "GetUser", "\\u0430lice", "\"x\":1")
	 RECORD("3", "01T00:00:00", "iam", "GetUser", "alice", "\"x\":1"),
	 OVERVIEW_FINDINGS, "", {"lookalike 1 2"}},
	{REQUESTED("1", "01T00:00:00", ONE)
	 ACM("2", "03T00:00:00", "ListCertificates", "bob", "\"x\":1"),
	 OVERVIEW_FINDINGS, "", {"1 never-used RequestCertificate"}},
	{REQUESTED("1", "01T00:00:00", ONE)
	 ACM("2", "01T05:00:00", "ListCertificates", "bob", "\"x\":1"),
	 OVERVIEW_FINDINGS, "", {"never-used 1 0"}},
	/* Nobody knows how far apart events are that have no time. */
	{UNTIMED("1", "acm", "RequestCertificate", "alice", GIVES(ONE)),
	 OVERVIEW_FINDINGS, "", {"never-used 1 0"}},
	{UNTIMED("1", "acm", "UpdateCertificateOptions", "eve", NAMES(ONE))
	 UNTIMED("2", "acm", "ExportCertificate", "eve", NAMES(ONE)),
	 OVERVIEW_FINDINGS, "", {"export-after-options 3 0"}},
	{UNTIMED("1", "elasticloadbalancing", "RemoveListenerCertificates",
		 "eve", NAMES(ONE))
	 UNTIMED("2", "acm", "DeleteCertificate", "eve", NAMES(ONE)),
	 OVERVIEW_FINDINGS, "", {"delete-in-use 2 0"}},
	{ACM("1", "01T00:00:00", "ImportCertificate", "eve", GIVES(ONE))
	 UNTIMED("2", "elasticloadbalancing", "CreateListener", "eve",
		 "\"requestParameters\":{\"listenerArn\":\"x\","
		 "\"certificateArn\":\"" ONE "\"}"),
	 OVERVIEW_FINDINGS, "", {"attach-new 1 0"}},
	{ACM("1", "01T00:00:00", "ImportCertificate", "eve", GIVES(CERT "1"))
	 ACM("2", "01T00:00:01", "ImportCertificate", "eve", GIVES(CERT "2"))
	 ACM("3", "01T00:00:02", "ImportCertificate", "eve", GIVES(CERT "3"))
	 ACM("4", "01T00:00:03", "ImportCertificate", "eve", GIVES(CERT "4"))
	 ACM("5", "01T00:00:04", "ImportCertificate", "eve", GIVES(CERT "5")),
	 OVERVIEW_FINDINGS, "", {"request-burst 2 5"}},
};

static void check(const struct row *row, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		struct store *store = support_load("trail.json",
						   row[i].trail);
		bool found;
		char *text = says(store, row[i].kind, row[i].subject, false,
				  &found);

		squeeze(text);
		for (size_t k = 0; k < COUNT(row[i].want); k++)
			if (row[i].want[k])
				assert_says(text, row[i].want[k], i);
		free(text);
		store_free(store);
	}
}

static void life_lines_tell_what_events_mean(void **state)
{
	(void)state;
	check(lifelines, COUNT(lifelines));
}

static void findings_hold_when_their_rule_does(void **state)
{
	(void)state;
	check(findings, COUNT(findings));
}

static void overviews_check_their_subjects(void **state)
{
	static const struct {
		enum overview_kind kind;
		const char *subject, *error;    /* NULL: good */
	} row[] = {
		{OVERVIEW_LIFELINE, ONE, NULL},
		{OVERVIEW_LIFELINE, "", "lifeline: of what?"},
		{OVERVIEW_COVERAGE, "x", "coverage: takes no subject"},
		{OVERVIEW_PROFILE, "alice", NULL},
		{OVERVIEW_PROFILE, "from=192.0.2.1", NULL},
		{OVERVIEW_PROFILE, "is:denied", NULL},
		{OVERVIEW_PROFILE, "usr=1", "unknown field"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct error err;
		bool good = overview_check(row[i].kind,
					   span_of(row[i].subject), &err);

		assert_int_equal(good, row[i].error == NULL);
		if (!good)
			assert_says(err.text, row[i].error, i);
	}
	assert_int_equal(overview_find(SPAN("lifeline")), OVERVIEW_LIFELINE);
	assert_int_equal(overview_find(SPAN("life")), OVERVIEW_COUNT);
}

static void json_has_lists_times_and_ids(void **state)
{
	struct store *store = support_load("trail.json",
		REQUESTED("e1", "01T00:00:00", ONE)
		NOTICE("e2", "ACM Certificate Expired", "\"x\":1")
		NOTICE("e3", "ACM Certificate Revoked", "\"x\":1"));
	bool found;
	char *text = says(store, OVERVIEW_LIFELINE, ONE, true, &found);

	(void)state;
	assert_true(found);
	assert_says(text, "\"overview\": \"lifeline\"", 0);
	assert_says(text, "\"domains\": [\"a.example\"]", 1);
	assert_says(text, "{\"time\": \"2024-01-01T00:00:00Z\", \"step\": "
		    "\"requested\"", 2);
	assert_says(text, "\"eventID\": \"e1\"}", 3);
	assert_says(text, "\"tied\": true, \"eventID\": \"e3\"}", 4);
	assert_says(text, "\"not_after\": null", 5);
	free(text);
	text = says(store, OVERVIEW_CERTIFICATES, "", false, &found);
	squeeze(text);
	assert_says(text, "a.example 11111111-1111-1111-1111-111111111111 "
		    "111122223333 eu-west-1", 6);
	free(text);
	store_free(store);
	store = support_load("trail.json", ACM("1", "01T00:00:00", "X", "a",
					       "\"x\":1"));
	text = says(store, OVERVIEW_CERTIFICATES, "", true, &found);
	assert_false(found);
	assert_says(text, "\"certificates\": []", 7);
	free(text);
	store_free(store);
}

/* A domain name can be known of a certificate whose events were read no more:
 * those that came later, or after a cancel. */
static void a_name_without_its_certificate_is_passed_by(void **state)
{
	struct store *store = support_load("trail.json",
		REQUESTED("1", "01T00:00:00", ONE)
		REQUESTED("2", "02T00:00:00", TWO));
	struct index *index = index_new(store);
	atomic_bool cancel = true;
	struct answer *answer;
	bool found;

	(void)state;
	index_cancel_by(index, &cancel);
	answer = overview_answer(OVERVIEW_LIFELINE, index, NULL,
				 SPAN("a.example"), NULL, &found);
	assert_false(found);
	answer_free(answer);
	index_free(index);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(life_lines_tell_what_events_mean),
		cmocka_unit_test(findings_hold_when_their_rule_does),
		cmocka_unit_test(overviews_check_their_subjects),
		cmocka_unit_test(json_has_lists_times_and_ids),
		cmocka_unit_test(a_name_without_its_certificate_is_passed_by),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
