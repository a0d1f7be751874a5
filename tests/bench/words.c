/* The vocabulary of the generated trails (words.h).  A thing is a number below
 * the size of its pool; its text is worked out from the number alone, so that
 * nothing is stored.  Accounts, domains and addresses are reserved ones
 * (documentation, benchmarks). */
#include "words.h"

#include "base/memory.h"
#include "template.h"

#include <string.h>
#include <time.h>

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
static const char base64[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static const char *const accounts[] = {
	"111122223333", "444455556666", "123456789012", "777788889999",
	"210987654321", "111111111111", "222222222222", "333333333333",
	"444444444444", "555555555555", "666666666666", "777777777777",
	"888888888888", "999999999999"
};

static const char *const regions[] = {
	"us-east-1", "eu-central-1", "us-west-2", "eu-west-1",
	"ap-southeast-2", "ap-northeast-1"
};

static const char *const given[] = {
	"anna", "ben", "chen", "dora", "emil", "fatima", "goran", "hana",
	"ivan", "jana", "kofi", "lena", "milan", "nadia", "omar", "petra",
	"quinn", "rosa", "sven", "tara"
};

static const char *const family[] = {
	"adler", "berg", "costa", "dahl", "evans", "fischer", "garcia",
	"haas", "ito", "jansen", "kaya", "lopez", "meyer", "novak", "okoye",
	"park", "rossi", "singh"
};

static const char *const people[] = {
	"Zoë Müller", "Søren Ødegård", "山田 太郎", "Иван Петров", "José Peña",
	"Łukasz Wójcik", "김민수", "Ана Ковач", "plain text", "on call", "spare"
};

static const char *const services[] = {
	"autoscaling", "config", "ecs", "ecs-tasks", "eks", "lambda", "ec2",
	"elasticloadbalancing", "cloudtrail", "rds", "ssm", "backup",
	"access-analyzer", "trustedadvisor", "guardduty", "inspector2",
	"securityhub", "cloudformation", "scheduler", "events", "s3",
	"secretsmanager", "cloudwatch", "dynamodb", "macie", "organizations"
};

static const char *const parts[] = {
	"orders", "billing", "shop", "search", "users", "audit", "media",
	"events", "cache", "jobs", "report", "import", "export", "login",
	"cart", "mail"
};

#define OF(table, i) ((table)[(i) % (sizeof(table) / sizeof(table)[0])])

/* The sum of 1,000,000 / n, rounded down, for n from 1 to WORDS_USERS. */
enum { ZIPF_SUM = 6464549 };

static uint32_t draw_user(struct draw *draw)
{
	uint32_t at = draw_below(draw, ZIPF_SUM);

	for (uint32_t n = 0; n < WORDS_USERS; n++) {
		uint32_t share = 1000000 / (n + 1);

		if (at < share)
			return n;
		at -= share;
	}
	return WORDS_USERS - 1;
}

enum { ACCOUNTS = sizeof accounts / sizeof accounts[0] };

const char *words_account(uint32_t place)
{
	return OF(accounts, place / 6);
}

const char *words_region(uint32_t place)
{
	return OF(regions, place % 6);
}

void words_start(struct words *w, uint32_t place, int64_t time,
		 struct draw *draw)
{
	memset(w, 0, sizeof *w);
	w->place = place;
	w->account = words_account(place);
	w->region = words_region(place);
	w->time = time;
	/* Each works in one account. */
	w->user = draw_user(draw) / ACCOUNTS * ACCOUNTS + place / 6;
	w->session = w->user * WORDS_SESSIONS +
		     draw_below(draw, WORDS_SESSIONS);
	w->things = draw_bits(draw);
	w->draw = *draw;
}

/* A thing of this place for any number. */
static uint64_t thing_of(const struct words *w, uint64_t number)
{
	return w->place * WORDS_THINGS + number % WORDS_THINGS;
}

static uint32_t agent_of(const struct words *w)
{
	/* A session keeps its agent, mostly. */
	uint64_t n = draw_mix(w->session) ^ (w->things % 8 == 0);

	n %= WORDS_AGENTS;
	return (uint32_t)(w->browser ? n - n % 12 + 5 : n);
}

/* Who has a role has one of three. */
static uint32_t role_of(const struct words *w)
{
	return w->user * 3 + (uint32_t)(w->session % 3);
}

static uint32_t service_of(const struct words *w)
{
	return (uint32_t)(w->session %
			  (sizeof services / sizeof services[0]));
}

static void add_letters(struct buffer *out, const char *alphabet,
			uint32_t bits, uint64_t number, size_t n)
{
	uint64_t left = number;

	for (size_t i = 0; i < n; i++) {
		if (i % 10 == 0)
			left = draw_mix(number + i);
		buffer_add_byte(out, alphabet[left & ((1u << bits) - 1)]);
		left >>= bits;
	}
}

static void add_hex(struct buffer *out, uint64_t number, size_t n)
{
	add_letters(out, "0123456789abcdef", 4, number, n);
}

static void add_agent(const struct words *w, struct buffer *out)
{
	uint32_t n = agent_of(w);
	uint32_t a = n % 7, b = n / 7 % 31, c = n / 12;

	switch (n % 12) {
	case 0: case 1: case 2:
		buffer_printf(out, "aws-cli/2.%u.%u md/awscrt#0.%u.%u "
			      "ua/2.0 os/linux#6.1.%u md/arch#x86_64 "
			      "lang/python#3.12.%u cfg/retry-mode#standard",
			      b, a, n % 12, b, c, a);
		break;
	case 3: case 4:
		buffer_printf(out, "Boto3/1.35.%u md/Botocore#1.35.%u "
			      "ua/2.0 os/linux#5.10.%u md/arch#x86_64 "
			      "lang/python#3.%u.%u Botocore/1.35.%u",
			      b, b, c, a + 8, n % 12, b);
		break;
	case 5:
		buffer_printf(out, "Mozilla/5.0 (Windows NT 10.0; Win64; "
			      "x64) AppleWebKit/537.36 (KHTML, like Gecko) "
			      "Chrome/1%u.0.%u.%u Safari/537.36",
			      b, c, a);
		break;
	case 6: case 7:
		buffer_printf(out, "APN/1.0 HashiCorp/1.0 Terraform/1.9.%u "
			      "terraform-provider-aws/5.%u.%u "
			      "aws-sdk-go-v2/1.32.%u os/linux lang/go#1.22.%u",
			      n % 12, b, a, c, b);
		break;
	case 8: case 9:
		buffer_printf(out, "aws-sdk-java/2.29.%u md/io#sync "
			      "md/http#Apache ua/2.1 os/Linux#6.1.%u "
			      "lang/java#21.0.%u md/vendor#Example%u",
			      b, c, a, n % 12);
		break;
	default:
		buffer_printf(out, "aws-sdk-go-v2/1.32.%u ua/2.1 os/linux "
			      "lang/go#1.23.%u md/GOARCH#arm64 api/%s#1.%u.%u",
			      c, a, OF(services, b), b, n % 12);
	}
}

static void add_address(uint64_t number, struct buffer *out)
{
	uint32_t n = (uint32_t)(number % WORDS_ADDRESSES);

	if (n % 20 == 0)
		buffer_printf(out, "2001:db8:%x:%x::%x", n, n * 7, n % 97);
	else
		buffer_printf(out, "198.%u.%u.%u", 18 + n % 2, n / 24 % 250,
			      n % 239 + 1);
}

/* `Nov 11, 2026, 1:55:31 AM` as CloudTrail writes times in answers. */
static void add_date(int64_t time, struct buffer *out)
{
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
		"Oct", "Nov", "Dec"
	};
	time_t t = (time_t)time;
	struct tm tm;

	gmtime_r(&t, &tm);
	buffer_printf(out, "%s %d, %d, %d:%02d:%02d %s", months[tm.tm_mon],
		      tm.tm_mday, tm.tm_year + 1900, (tm.tm_hour + 11) % 12 + 1,
		      tm.tm_min, tm.tm_sec, tm.tm_hour < 12 ? "AM" : "PM");
}

static void add_time(int64_t time, struct buffer *out)
{
	time_t t = (time_t)time;
	struct tm tm;

	gmtime_r(&t, &tm);
	buffer_printf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
		      tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
		      tm.tm_sec);
}

static void add_uuid(uint64_t high, uint64_t low, struct buffer *out)
{
	buffer_printf(out, "%08x-%04x-4%03x-%04x-%012llx",
		      (uint32_t)(high >> 32), (uint32_t)(high >> 16 & 0xffff),
		      (uint32_t)(high & 0xfff),
		      (uint32_t)(0x8000 | (low >> 48 & 0x3fff)),
		      (unsigned long long)(low & 0xffffffffffff));
}

static uint64_t hash_of(struct span text)
{
	uint64_t h = 0;

	for (size_t i = 0; i < text.n; i++)
		h = draw_mix(h ^ (unsigned char)text.p[i]);
	return h;
}

static uint32_t number_of(struct span text)
{
	uint32_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n = n * 10 + (uint32_t)(text.p[i] - '0');
	return n;
}

/* A name of the event's own: the same each time within one event. */
static void add_name(const struct words *w, struct span kind,
		     struct buffer *out)
{
	uint64_t n = thing_of(w, draw_mix(w->things ^ hash_of(kind)));

	if (span_is(kind, "people"))
		buffer_add_text(out, OF(people, n));
	else if (span_is(kind, "folder"))
		buffer_add_text(out, OF(parts, n));
	else if (kind.n)
		buffer_printf(out, "%s-%.*s-%u", OF(parts, n), (int)kind.n,
			      kind.p, (uint32_t)n);
	else
		buffer_printf(out, "%s-%s-%u", OF(parts, n), OF(parts, n / 16),
			      (uint32_t)n);
}

/* An id of a pool: `i-` and 17 digits, or as many bare digits as the argument
 * says. */
static void add_id(struct words *w, struct span kind, struct buffer *out)
{
	uint64_t n = draw_mix(thing_of(w, draw_bits(&w->draw)) ^
			      hash_of(kind));

	if (kind.p[0] >= '0' && kind.p[0] <= '9') {
		add_hex(out, n, number_of(kind));
		return;
	}
	buffer_add_span(out, kind);
	buffer_add_byte(out, '-');
	add_hex(out, n, 17);
}

static void add_arn(const struct words *w, const char *service,
		    const char *what, uint64_t number, struct buffer *out)
{
	uint64_t n = draw_mix(thing_of(w, number) ^
			      hash_of(span_of(what)));

	buffer_printf(out, "arn:aws:%s:%s:%s:%s/", service, w->region,
		      w->account, what);
	add_uuid(draw_mix(n), draw_mix(n + 1), out);
}

/* A Java ByteBuffer, masked or with something like PEM in it. */
static void add_bytes(struct words *w, uint32_t n, bool masked,
		      struct buffer *out)
{
	static const char head[] = "-----BEGIN CERTIFICATE-----\n";

	buffer_add_text(out, "{\"hb\":[");
	for (uint32_t i = 0; i < n; i++) {
		int byte = masked ? '*' : i < sizeof head - 1 ? head[i] :
			   base64[draw_below(&w->draw, 64)];

		buffer_printf(out, "%s%d", i ? "," : "", byte);
	}
	buffer_printf(out, "],\"offset\":0,\"isReadOnly\":false,"
		      "\"bigEndian\":true,\"nativeByteOrder\":false,"
		      "\"mark\":-1,\"position\":0,\"limit\":%u,"
		      "\"capacity\":%u,\"address\":0}",
		      n, n);
}

static void add_context(const struct words *w, struct buffer *out)
{
	switch (w->things >> 8 & 7) {
	case 0:
		buffer_add_text(out, "\"aws:acm:arn\":\"");
		add_arn(w, "acm", "certificate", w->things, out);
		buffer_add_byte(out, '"');
		break;
	case 1:
		buffer_printf(out, "\"aws:ebs:id\":\"vol-");
		add_hex(out, draw_mix(thing_of(w, w->things)), 17);
		buffer_add_byte(out, '"');
		break;
	case 2:
		buffer_printf(out, "\"aws:cloudtrail:arn\":"
			      "\"arn:aws:cloudtrail:%s:%s:trail/main\","
			      "\"aws:s3:arn\":"
			      "\"arn:aws:s3:::logs/AWSLogs/%s\"",
			      w->region, w->account, w->account);
		break;
	case 3:
		buffer_printf(out, "\"SecretARN\":"
			      "\"arn:aws:secretsmanager:%s:%s:secret:%s-%u\","
			      "\"SecretVersionId\":\"",
			      w->region, w->account, OF(parts, w->things),
			      (uint32_t)thing_of(w, w->things));
		add_uuid(draw_mix(w->things), w->things, out);
		buffer_add_byte(out, '"');
		break;
	default:
		buffer_printf(out, "\"aws:s3:arn\":\"arn:aws:s3:::%s-bucket-%u\"",
			      OF(parts, w->things),
			      (uint32_t)thing_of(w, w->things));
	}
}

/* Letters, digits and bytes that never come twice. */
static bool write_fresh(struct words *w, struct span word, struct span argument,
			struct buffer *out)
{
	uint32_t n = number_of(argument);

	if (span_is(word, "uuid")) {
		uint64_t high = draw_bits(&w->draw);

		add_uuid(high, draw_bits(&w->draw), out);
	} else if (span_is(word, "hex")) {
		add_hex(out, draw_bits(&w->draw), n);
	} else if (span_is(word, "base")) {
		add_letters(out, base64, 6, draw_bits(&w->draw), n);
	} else if (span_is(word, "token")) {
		buffer_add_text(out, "IQoJb3JpZ2luX2Vj");
		add_letters(out, base64, 6, draw_bits(&w->draw),
			    720 + draw_below(&w->draw, 300));
	} else if (span_is(word, "freshkey")) {
		buffer_add_text(out, "ASIA");
		add_letters(out, base32, 5, draw_bits(&w->draw), 16);
	} else if (span_is(word, "bytes")) {
		add_bytes(w, n, false, out);
	} else if (span_is(word, "mask")) {
		add_bytes(w, n, true, out);
	} else {
		return false;
	}
	return true;
}

/* Who acts, from where, with what. */
static bool write_actor(struct words *w, struct span word, struct buffer *out)
{
	if (span_is(word, "user")) {
		buffer_printf(out, "%s.%s", OF(given, w->user),
			      OF(family, w->user / 20));
	} else if (span_is(word, "userid")) {
		buffer_add_text(out, "AIDA");
		add_letters(out, base32, 5, w->user, 17);
	} else if (span_is(word, "key")) {
		buffer_add_text(out, w->session % 5 ? "ASIA" : "AKIA");
		add_letters(out, base32, 5, w->session << 20, 16);
	} else if (span_is(word, "ip")) {
		add_address(w->user * 17 + draw_mix(w->session) % 17, out);
	} else if (span_is(word, "agent")) {
		add_agent(w, out);
	} else if (span_is(word, "role")) {
		buffer_printf(out, "%s-role-%u", OF(parts, role_of(w)),
			      role_of(w));
	} else if (span_is(word, "roleid")) {
		buffer_add_text(out, "AROA");
		add_letters(out, base32, 5, role_of(w) << 20, 17);
	} else if (span_is(word, "service")) {
		buffer_add_text(out, OF(services, service_of(w)));
	} else if (span_is(word, "serviceid")) {
		buffer_add_text(out, "AROA");
		add_letters(out, base32, 5,
			    (w->place / 6 * 32 + service_of(w)) << 24, 17);
	} else if (span_is(word, "node")) {
		buffer_add_text(out, "i-");
		add_hex(out, (uint64_t)role_of(w) * 4 + w->session % 4, 17);
	} else if (span_is(word, "endpoint")) {
		buffer_add_text(out, "vpce-");
		add_hex(out, w->session % 64, 17);
	} else {
		return false;
	}
	return true;
}

/* What stands in the event's head: where, when, which call. */
static bool write_event(struct words *w, struct span word, struct buffer *out)
{
	if (span_is(word, "account")) {
		buffer_add_text(out, w->account);
	} else if (span_is(word, "region")) {
		buffer_add_text(out, w->region);
	} else if (span_is(word, "source")) {
		buffer_add_span(out, w->source);
	} else if (span_is(word, "call")) {
		buffer_add_span(out, w->call);
	} else if (span_is(word, "version")) {
		buffer_printf(out, "%02u",
			      (uint32_t)(8 + hash_of(w->source) % 4));
	} else if (span_is(word, "time")) {
		add_time(w->time, out);
	} else if (span_is(word, "since")) {
		/* Who works here comes once a day. */
		add_time(w->time - w->time % 86400 -
			 (int64_t)(draw_mix(w->user) % 3600), out);
	} else if (span_is(word, "date")) {
		add_date(w->time + 3600, out);
	} else {
		return false;
	}
	return true;
}

static bool write_thing(struct words *w, struct span word, struct span argument,
			struct buffer *out)
{
	if (span_is(word, "name")) {
		add_name(w, argument, out);
	} else if (span_is(word, "id")) {
		add_id(w, argument, out);
	} else if (span_is(word, "pick")) {
		buffer_add_span(out, template_pick(argument, &w->draw));
	} else if (span_is(word, "int")) {
		buffer_printf(out, "%u",
			      draw_below(&w->draw, number_of(argument)));
	} else if (span_is(word, "certificate")) {
		add_arn(w, "acm", "certificate", w->things, out);
	} else if (span_is(word, "keyarn")) {
		add_arn(w, "kms", "key", w->things, out);
	} else if (span_is(word, "rolearn")) {
		buffer_printf(out, "arn:aws:iam::%s:role/%s-role-%u",
			      w->account, OF(parts, role_of(w)), role_of(w));
	} else if (span_is(word, "sessionarn")) {
		buffer_printf(out, "arn:aws:sts::%s:"
			      "assumed-role/%s-role-%u/%s.%s",
			      w->account, OF(parts, role_of(w)), role_of(w),
			      OF(given, w->user), OF(family, w->user / 20));
	} else if (span_is(word, "context")) {
		add_context(w, out);
	} else if (span_is(word, "domain")) {
		buffer_printf(out, "%s-%u.example.com", OF(parts, w->things),
			      (uint32_t)thing_of(w, draw_bits(&w->draw)));
	} else {
		return false;
	}
	return true;
}

void words_write(void *words, struct span word, struct span argument,
		 struct buffer *out)
{
	struct words *w = words;

	if (!write_event(w, word, out) && !write_actor(w, word, out) &&
	    !write_thing(w, word, argument, out) &&
	    !write_fresh(w, word, argument, out))
		die("template: no word %.*s", (int)word.n, word.p);
}
