/* The filter language: what is read and how it is printed again, what is refused
 * with place and hint, what is noted.
 *
 * Over 600 lines: most are rows. */
#define _XOPEN_SOURCE 700
#include "query_support.h"

#include <time.h>

static struct lists *lists;

static int set_up(void **state)
{
	struct error err;

	(void)state;
	support_write("names.txt", "A\nB\n");
	lists = lists_new();
	return lists_read_iocs(lists, "names.txt", &err) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	lists_free(lists);
	return unlink("names.txt");
}

static struct filter *parse(const char *text, struct error *err)
{
	struct filter_view view = support_view(lists);

	*err = (struct error){0};
	return filter_parse_with(span_of(text), &view, err);
}

/* TEXT, and how it is printed; NULL: as it is. */
static const struct {
	const char *text, *printed;
} good[] = {
	{"AccessDenied", NULL},
	{"(?i)alice", NULL},
	{"203.0.113.7", NULL},
	{"198.51.100.0/24", NULL},
	{"2001:db8::1", NULL},
	{"2001:DB8::/32", NULL},
	{"::ffff:192.0.2.1", NULL},
	{"event~^(Export|Import)Certificate", NULL},
	{"who!~^svc-", NULL},
	{"error=AccessDenied", NULL},
	{"error!=AccessDenied", NULL},
	{"error==AccessDenied",
	 "error=AccessDenied"},
	{"error=~Denied",
	 "error~Denied"},
	{"time>=2016-03-18 time<2016-03-19T12",
	 "time>=2016-03-18Z time<2016-03-19T12Z"},
	{"time=2016-03-18T03",
	 "time=2016-03-18T03Z"},
	{"time=2016-03-18T03:04",
	 "time=2016-03-18T03:04Z"},
	{"time=2016-03-18T03:04:05Z", NULL},
	{"time=2016",
	 "time=2016Z"},
	{"time=2016-03",
	 "time=2016-03Z"},
	{"time=2016-03-18+01:00", NULL},
	{"time!=2016-03-18",
	 "time!=2016-03-18Z"},
	{"time>2016-03-18",
	 "time>2016-03-18Z"},
	{"time<=2016-03-18T03:04:05.678",
	 "time<=2016-03-18T03:04:05.678Z"},
	{"time>=last-2h",
	 "time>=2018-05-24T13:28:11Z"},
	{"time<first+1d",
	 "time<2016-03-18T23:58:25Z"},
	{"time=sel+-15m",
	 "time>=2018-05-24T15:13:11Z time<2018-05-24T15:43:12Z"},
	{"time!=sel+-15m",
	 "!(time>=2018-05-24T15:13:11Z time<2018-05-24T15:43:12Z)"},
	{"time=last",
	 "time=2018-05-24T15:28:11Z"},
	{"time>sel+-1h",
	 "time>=2018-05-24T16:28:12Z"},
	{"time<=sel+-1h",
	 "time<2018-05-24T16:28:12Z"},
	{"time in (2016-03-18, 2016-03-20)",
	 "time in (2016-03-18Z, 2016-03-20Z)"},
	{"time not in (2016-03-18, 2016-03-20T12Z)",
	 "time not in (2016-03-18Z, 2016-03-20T12Z)"},
	{"time=\"2016-03-18 03:04:05\"",
	 "time=\"2016-03-18 03:04:05Z\""},
	{"time~^2016", NULL},
	{"from in (192.0.2.0/24, 198.51.100.7)", NULL},
	{"event not in (A, B)", NULL},
	{"event in @names.txt", NULL},
	{"event in @\"names.txt\"", NULL},
	{"any in @iocs", NULL},
	{"any not in @iocs", NULL},
	{"any in (evil.example, 192.0.2.0/24)", NULL},
	{"any in (\"\", \"\xff\", evil.example)", NULL},
	{"any=AccessDenied", NULL},
	{"any!=AccessDenied", NULL},
	{"any!~Denied", NULL},
	{"any~Denied", NULL},
	{"any~error=x", NULL},
	{"resources[].ARN~certificate/", NULL},
	{"resources[0].ARN?", NULL},
	{"requestParameters.*=x", NULL},
	{"**.certificateArn?", NULL},
	{"requestParameters.**.name~x", NULL},
	{"requestParameters.encryptionContext.\"aws:acm:arn\"?", NULL},
	{"\"n\"=5", NULL}, {"!\"n\"?", NULL}, {"\"a b\" in (1, 2)", NULL},
	{"(\"a)\".b~x or \"resources\"!?) \"n\"?", NULL},
	{"\"a b\" x", NULL},
	{"requestParameters.encryptionContext.\"aws:acm:arn\"~1234", NULL},
	{"requestParameters.certificateArn?", NULL},
	{"error!?", NULL},
	{"error?", NULL},
	{"event?", NULL},
	{"is:error", NULL},
	{"is:denied is:write is:service is:console is:crossaccount", NULL},
	{"is:relaxed is:damaged is:unverified is:conflict is:omitted is:notice is:marked", NULL},
	{"is:undecided", NULL},
	{"IS:Error",
	 "is:error"},
	{"has:secret has:control has:certificate", NULL},
	{"saved:exports", NULL},
	{"saved:mine", NULL},
	{"saved:\"two words\"", NULL},
	{"saved:outer", NULL},
	{"!saved:mine", NULL},
	{"saved:mine A", NULL},
	{"saved:people", NULL},
	{"A B", NULL},
	{"A and B",
	 "A B"},
	{"A AND B",
	 "A B"},
	{"A && B",
	 "A B"},
	{"A or B", NULL},
	{"A OR B",
	 "A or B"},
	{"A || B",
	 "A or B"},
	{"A B or C D", NULL},
	{"A or B C or D", NULL},
	{"(A or B) C", NULL},
	{"A (B or C) D", NULL},
	{"((A))",
	 "A"},
	{"(A B) C",
	 "A B C"},
	{"(A B) or C",
	 "A B or C"},
	{"A or (B or C)",
	 "A or B or C"},
	{"!A", NULL},
	{"! A",
	 "!A"},
	{"not A",
	 "!A"},
	{"NOT A",
	 "!A"},
	{"!!A",
	 "A"},
	{"!!!A",
	 "!A"},
	{"not not A",
	 "A"},
	{"!(A B)", NULL},
	{"!(A or B)", NULL},
	{"!(!A)",
	 "A"},
	{"not (A or !B)",
	 "!(A or !B)"},
	{"!error", NULL},
	{"!error?", NULL},
	{"!event=A", NULL},
	{"!from in (10.0.0.0/8)", NULL},
	{"!event not in (A)", NULL},
	{"from not in (10.0.0.0/8, 192.168.0.0/16)", NULL},
	{"from=203.0.113.0/24", NULL},
	{"from!=203.0.113.0/24", NULL},
	{"from=AWS", NULL},
	{"source=acm", NULL},
	{"\"AWS Internal\"", NULL},
	{"who=alice", NULL},
	{"certificate=www.example.com", NULL},
	{"eventname=ExportCertificate",
	 "eventName=ExportCertificate"},
	{"EVENTNAME=ExportCertificate",
	 "eventName=ExportCertificate"},
	{"certificateArn~1234", NULL},
	{"time=2018-05-24",
	 "time=2018-05-24Z"},
	{"user.*=admin", NULL},
	{"event=Get*", NULL},
	{"event=G*t", NULL},
	{"event=*", NULL},
	{"https?://", NULL},
	{"(Delete|Put)Bucket", NULL},
	{"(event=A or event=B)",
	 "event=A or event=B"},
	{"(Delete|Put)",
	 "Delete|Put"},
	{"(a|b) c",
	 "a|b c"},
	{"a(b)c", NULL},
	{"(a)b", NULL},
	{"(?:a|b)", NULL},
	{"(?i)(a|b)", NULL},
	{"(event~^(A|B))",
	 "event~^(A|B)"},
	{"(event~^(A|B) or C)",
	 "event~^(A|B) or C"},
	{"((a|b)c or d)",
	 "(a|b)c or d"},
	{"(a\\) or b)",
	 "a\\) or b"},
	{"(event=\"a)b\" or c)",
	 "event=\"a)b\" or c"},
	{"(/a\\) b/ or c)",
	 "/a\\) b/ or c"},
	{"bytesTransferredOut>1e9", NULL},
	{"additionalEventData.bytesTransferredOut>=9007199254740993", NULL},
	{"requestParameters.maxResults<10", NULL},
	{"requestParameters.maxResults<=-1.5e+3", NULL},
	{"requestParameters.startTime>2016-03-18",
	 "requestParameters.startTime>2016-03-18Z"},
	{"error=A || error=B",
	 "error=A or error=B"},
	{"event=X OR event=Y",
	 "event=X or event=Y"},
	{"arn:aws:acm", NULL},
	{"https://example.com", NULL},
	{"sts:AssumeRole", NULL},
	{"s3:GetObject*", NULL},
	{"a:b", NULL},
	{"foo:", NULL},
	{"x::y", NULL},
	{"\"quoted text\"", NULL},
	{"\"with \\\"quotes\\\"\"", NULL},
	{"\"tab\\there\"", NULL},
	{"\"é\"", NULL},
	{"\"\"", NULL},
	{"/a b/", NULL},
	{"/a b/i", NULL},
	{"/a\\/b/", NULL},
	{"/aws/lambda", NULL},
	{"/aws/lambda/", NULL},
	{"/x/", NULL},
	{"/x/i", NULL},
	{"/x/ix", NULL},
	{"event~/a b/", NULL},
	{"event~/A/i", NULL},
	{"event!~/a b/", NULL},
	{"event~\"a b\"", NULL},
	{"event=\"a b\"", NULL},
	{"event=/x/", NULL},
	{"event~\"x\"", NULL},
	{"event!=\"x\"", NULL},
	{"message~not\\ authorized", NULL},
	{"event=", NULL},
	{"event~", NULL},
	{"who=\"role/session\"", NULL},
	{"user-agent~curl", NULL},
	{"user_agent~curl",
	 "user-agent~curl"},
	{"useragent~curl",
	 "userAgent~curl"},
	{"User-Agent~curl",
	 "user-agent~curl"},
	{"call=X",
	 "event=X"},
	{"ip=192.0.2.1",
	 "from=192.0.2.1"},
	{"userIdentity.type=Root", NULL},
	{"USERIDENTITY?",
	 "userIdentity?"},
	{"useridentity?",
	 "userIdentity?"},
	{"sourceipaddress=192.0.2.0/24",
	 "sourceIPAddress=192.0.2.0/24"},
	{"sourceIPAddress=192.0.2.1", NULL},
	{"who in (Alice, \"Bob B\", \"C,D\", \"(\", a(b))", NULL},
	{"event in ( A , B )",
	 "event in (A, B)"},
	{"event in (A,B,)",
	 "event in (A, B)"},
	{"event in (A,,B)",
	 "event in (A, B)"},
	{"event in (\"\")", NULL},
	{"event IN (A)",
	 "event in (A)"},
	{"event Not In (A)",
	 "event not in (A)"},
	{"event in(A)",
	 "event in (A)"},
	{"(who in (/a/b, \"x)\") or event~/0T$/ or key~e\\s) A", NULL},
	{"(event in (A, B))",
	 "event in (A, B)"},
	{"(event in @names.txt)",
	 "event in @names.txt"},
	{"!(event in (A) or who=B)", NULL},
	{"(event=A or who=b(c ) d", NULL},
	{"!(event=A or (event=B who~[(] )) d",
	 "!(event=A or event=B who~[(] ) d"},
	{"from in (\"192.0.2.0/24\")", NULL},
	{"from in (\"192.0.2.1\", 192.0.2.1)",
	 "from in (192.0.2.1)"},
	{"from in (192.0.2[.]1)", NULL},
	{"192.0.2[.]7", NULL},
	{"A and not B",
	 "A !B"},
	{"A and !B or not C",
	 "A !B or !C"},
	{"A && !B || C",
	 "A !B or C"},
	{"android", NULL},
	{"oregon", NULL},
	{"nothing", NULL},
	{"inside", NULL},
	{"order", NULL},
	{"a|b", NULL},
	{"a||b", NULL},
	{"a&b", NULL},
	{"a&&b", NULL},
	{"^Delete", NULL},
	{"\\(x", NULL},
	{"a\\ b", NULL},
	{"[a-z]+x", NULL},
	{".*", NULL},
	{"x.", NULL},
	{"a?b", NULL},
	{"a?", NULL},
	{"foo?", NULL},
	{"foo!?", NULL},
	{"path.with.dot?", NULL},
	{"Get.*Certificate", NULL},
	{"event~=x y", NULL},
	{"event~=x", NULL},
	{"event==~x", NULL},
	{"event===x", NULL},
	{"event!==x", NULL},
	{"who=a=b", NULL},
	{"event=a!=b", NULL},
	{"mfa=yes", NULL},
	{"key~^ASIA", NULL},
	{"id=5b66558e", NULL},
	{"read-only=true", NULL},
	{"readOnly=true", NULL},
	{"version>1.02", NULL},
	{"role~Admin via=s3", NULL},
	{"is:error and (is:denied or event~^Get) and not who=root",
	 "is:error (is:denied or event~^Get) !who=root"},
	{"requestParameters.\"a.b\"=x", NULL},
	{"requestParameters.x[2].y=1", NULL},
	{"requestParameters.x[].y!=1", NULL},
};

static void what_is_read_is_printed_in_one_spelling(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct error err;
		struct filter *f = parse(good[i].text, &err);
		char *printed;

		if (!f)
			fail_msg("%s: %s", good[i].text, err.text);
		printed = support_print(f);
		assert_string_equal(printed, good[i].printed ? good[i].printed
							     : good[i].text);
		free(printed);
		filter_free(f);
	}
}

/* The same nodes, and predicates of the same keys; but for brackets that do
 * not matter. */
static void assert_same(const struct filter *a, const struct filter *b)
{
	assert_int_equal(filter_predicates(a), filter_predicates(b));
	for (size_t i = 0; i < filter_predicates(a); i++) {
		const struct predicate *x = filter_predicate(a, i);
		const struct predicate *y = filter_predicate(b, i);

		assert_int_equal(x->test, y->test);
		assert_int_equal(x->negated, y->negated);
		assert_true(span_equal(x->key, y->key));
	}
}

static void what_is_printed_reads_as_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct error err;
		struct filter *f = parse(good[i].text, &err), *again;
		char *printed = support_print(f), *twice;

		again = parse(printed, &err);
		if (!again)
			fail_msg("%s: %s", printed, err.text);
		/* A range that no word spells has become two terms. */
		if (!filter_is_relative(f))
			assert_same(f, again);
		twice = support_print(again);
		assert_string_equal(printed, twice);
		free(printed);
		free(twice);
		filter_free(f);
		filter_free(again);
	}
}

static const struct {
	const char *text;
	uint64_t column;
	const char *why, *hint;         /* the hint's beginning */
} bad[] = {
	{"usr=alice", 1,
	 "unknown field \"usr\": user-agent? who?",
	 "--list-columns tells the columns; a JSON path has a dot, or stands in "},
	{"foo=bar", 1,
	 "unknown field \"foo\"",
	 "--list-columns tells the columns; a JSON path has a dot, or stands in "},
	{"evnet=X", 1,
	 "unknown field \"evnet\": event?",
	 "--list-columns tells the columns; a JSON path has a dot, or stands in "},
	{"A usr=alice", 3,
	 "unknown field \"usr\": user-agent? who?",
	 "--list-columns tells the columns; a JSON path has a dot, or stands in "},
	{"event=(A or B)", 7,
	 "= takes one value",
	 "event in (A, B); a value with brackets stands in quotes"},
	{"event!=(A or B)", 8,
	 "= takes one value",
	 "event not in (A, B); a value with brackets stands in quotes"},
	{"who=(A)", 5,
	 "= takes one value",
	 "who in (A, B); a value with brackets stands in quotes"},
	{"requestParameters.encryptionContext.aws:acm:arn?", 37,
	 "a key that is not a plain word stands in quotes",
	 "requestParameters.encryptionContext.\"aws:acm:arn\"?"},
	{"requestParameters.x.a:b~y", 21,
	 "a key that is not a plain word stands in quotes",
	 "requestParameters.x.\"a:b\"~y"},
	{"requestParameters.a/b.c=1", 19,
	 "a key that is not a plain word stands in quotes",
	 "requestParameters.\"a/b\".c=1"},
	{"requestParameters.\xc3\xa9?", 19,
	 "a key that is not a plain word stands in quotes",
	 "requestParameters.\"\xc3\xa9\"?"},
	{"requestParameters.x@y!~1", 19,
	 "a key that is not a plain word stands in quotes",
	 "requestParameters.\"x@y\"!~1"},
	{"in", 1,
	 "in: a list is missing behind it",
	 "FIELD in (A, B), any in @FILE; in quotes it is text"},
	{"in (A)", 1,
	 "in: a field is missing in front of it",
	 "FIELD in (A, B), any in @FILE; in quotes it is text"},
	{"A in", 3,
	 "in: a list is missing behind it",
	 "FIELD in (A, B), any in @FILE; in quotes it is text"},
	{"A in B", 3,
	 "in: a field is missing in front of it",
	 "FIELD in (A, B), any in @FILE; in quotes it is text"},
	{"event in", 9,
	 "in: a list is missing behind it",
	 "in (A, B) or in @FILE"},
	{"event in A", 10,
	 "in: a list is missing behind it",
	 "in (A, B) or in @FILE"},
	{"event not in", 13,
	 "in: a list is missing behind it",
	 "in (A, B) or in @FILE"},
	{"event not in A", 14,
	 "in: a list is missing behind it",
	 "in (A, B) or in @FILE"},
	{"event in ()", 10,
	 "the list is empty",
	 "absent is FIELD!?; an empty text is \"\""},
	{"event in (A B)", 13,
	 "a comma is missing",
	 "in (A, \"B C\")"},
	{"event in (A, B", 10,
	 "the list is never closed",
	 ""},
	{"event in (\"A", 11,
	 "the quote is never closed",
	 "a quote inside of quotes is \\\""},
	{"event in (A)x", 13,
	 "a blank is missing behind the list",
	 ""},
	{"event in (@names.txt)", 11,
	 "a list in a file stands alone",
	 "in @names.txt; in quotes it is text"},
	{"event in @", 10,
	 "@: a file's name is missing",
	 ""},
	{"event in @missing.txt", 10,
	 "missing.txt: No such file or directory",
	 ""},
	{"event in @../no/x", 10,
	 "../no/x: No such file or directory",
	 ""},
	{"time in @names.txt", 9,
	 "times are not read from lists",
	 "time in (2016-03-18, 2016-03-20)"},
	{"usr in (A)", 1,
	 "unknown field \"usr\": user-agent? who?",
	 "--list-columns tells the columns; a JSON path has a dot, or stands in "},
	{"|", 1,
	 "|: no operator",
	 "or, ||; in quotes it is text"},
	{"A | B", 3,
	 "|: no operator",
	 "or, ||; in quotes it is text"},
	{"|| A", 1,
	 "||: a term is missing in front of it",
	 "in quotes it is text"},
	{"A or", 3,
	 "or: a term is missing behind it",
	 ""},
	{"A and", 3,
	 "and: a term is missing behind it",
	 ""},
	{"A || ", 3,
	 "||: a term is missing behind it",
	 ""},
	{"A &&", 3,
	 "&&: a term is missing behind it",
	 ""},
	{"and A", 1,
	 "and: a term is missing in front of it",
	 "in quotes it is text"},
	{"or", 1,
	 "or: a term is missing in front of it",
	 "in quotes it is text"},
	{"and", 1,
	 "and: a term is missing in front of it",
	 "in quotes it is text"},
	{"not", 1,
	 "not: a term is missing behind it",
	 ""},
	{"!", 1,
	 "!: a term is missing behind it",
	 ""},
	{"A !", 3,
	 "!: a term is missing behind it",
	 ""},
	{"A or or B", 6,
	 "or: a term is missing in front of it",
	 "in quotes it is text"},
	{"A and and B", 7,
	 "and: a term is missing in front of it",
	 "in quotes it is text"},
	{"A and or B", 7,
	 "or: a term is missing in front of it",
	 "in quotes it is text"},
	{"(A", 1,
	 "`(` is never closed",
	 "in quotes, or behind a \\, it is text"},
	{"(event=A or event=B", 1,
	 "`(` is never closed",
	 "in quotes, or behind a \\, it is text"},
	{"A)", 2,
	 "regex: unmatched closing parenthesis",
	 "\\( and \\) are the parentheses themselves"},
	{"(A))", 4,
	 "`)` closes no group",
	 "in quotes, or behind a \\, it is text"},
	{"()", 2,
	 "a term is missing in it",
	 ""},
	{"( )", 3,
	 "a term is missing in it",
	 ""},
	{"(or A)", 2,
	 "or: a term is missing in front of it",
	 "in quotes it is text"},
	{"(A or)", 4,
	 "or: a term is missing behind it",
	 ""},
	{"event = X", 7,
	 "=: a field is missing in front of it",
	 "without blanks: FIELD=VALUE; in quotes it is text"},
	{"event ==X", 7,
	 "==: a field is missing in front of it",
	 "without blanks: FIELD==VALUE; in quotes it is text"},
	{"=X", 1,
	 "=: a field is missing in front of it",
	 "without blanks: FIELD=VALUE; in quotes it is text"},
	{"event >= 5", 7,
	 ">=: a field is missing in front of it",
	 "without blanks: FIELD>=VALUE; in quotes it is text"},
	{"!=X", 1,
	 "!=: a field is missing in front of it",
	 "without blanks: FIELD!=VALUE; in quotes it is text"},
	{"A ~\"b c\"", 3,
	 "~: a field is missing in front of it",
	 "without blanks: FIELD~VALUE; in quotes it is text"},
	{"~ X", 1,
	 "~: a field is missing in front of it",
	 "without blanks: FIELD~VALUE; in quotes it is text"},
	{"event:Get", 1,
	 "event: a field is followed by an operator, not a colon",
	 "event=Get or event~Get; in quotes it is text"},
	{"eventName:ExportCertificate", 1,
	 "eventName: a field is followed by an operator, not a colon",
	 "eventName=ExportCertificate or eventName~ExportCertificate; in quotes "},
	{"source:acm", 1,
	 "source: a field is followed by an operator, not a colon",
	 "source=acm or source~acm; in quotes it is text"},
	{"user:alice", 1,
	 "user: a field is followed by an operator, not a colon",
	 "user=alice or user~alice; in quotes it is text"},
	{"iss:error", 1,
	 "iss: no such word",
	 "is:error? in quotes it is text"},
	{"is:eror", 4,
	 "is:eror: no such mark",
	 "is:error?"},
	{"is:xyzzy", 4,
	 "is:xyzzy: no such mark",
	 "is: takes error denied write service console crossaccount relaxed dama"},
	{"has:secrt", 5,
	 "has:secrt: no such mark",
	 "has:secret?"},
	{"has:nonsense", 5,
	 "has:nonsense: no such mark",
	 "has: takes secret control certificate finding"},
	{"is:marked_", 4,
	 "is:marked_: no such mark",
	 "is:marked?"},
	{"saved:mien", 1,
	 "saved:mien: no such filter",
	 "saved:mine?"},
	{"saved:zzzzzz", 1,
	 "saved:zzzzzz: no such filter",
	 "the configuration names them in \"filters\"; exports, people, errors and"},
	{"saved:circle", 1,
	 "saved:circle: names itself, or nests too deep",
	 ""},
	{"saved:broken", 1,
	 "saved:broken: unknown field \"usr\": user-agent? who?",
	 "--list-columns tells the columns; a JSON path has a dot, or stands in "},
	{"saved:empty", 1,
	 "saved:empty: a term is missing in it",
	 ""},
	{"saved:\"x", 7,
	 "the quote is never closed",
	 ""},
	{"event~(", 8,
	 "regex: missing closing parenthesis",
	 "\\( and \\) are the parentheses themselves"},
	{"event~[", 8,
	 "regex: missing terminating ] for character class",
	 "\\[ is the bracket itself"},
	{"event~(A or B)", 9,
	 "regex: missing closing parenthesis",
	 "a value ends at a blank, unless it stands between slashes: /a b/"},
	{"(a|b", 1,
	 "`(` is never closed",
	 "in quotes, or behind a \\, it is text"},
	{"a(b c)d", 4,
	 "regex: missing closing parenthesis",
	 "a value ends at a blank, unless it stands between slashes: /a b/"},
	{"(?x", 1,
	 "`(` is never closed",
	 "in quotes, or behind a \\, it is text"},
	{"x**", 3,
	 "regex: quantifier does not follow a repeatable item",
	 "\\* \\+ \\? are the characters themselves"},
	{"/a(b/", 5,
	 "regex: missing closing parenthesis",
	 "\\( and \\) are the parentheses themselves"},
	{"event~/a(/", 10,
	 "regex: missing closing parenthesis",
	 "\\( and \\) are the parentheses themselves"},
	{"\"never closed", 1,
	 "the quote is never closed",
	 "a quote inside of quotes is \\\""},
	{"event=\"never", 7,
	 "the quote is never closed",
	 "a quote inside of quotes is \\\""},
	{"\"a\"b", 4,
	 "a blank is missing behind the quote",
	 "what stands in quotes is the whole value"},
	{"event=\"a\"b", 10,
	 "a blank is missing behind the quote",
	 "what stands in quotes is the whole value"},
	{"time=yesterday", 6,
	 "not a time: expected YYYY-MM-DDTHH:MM:SS or the beginning of one",
	 "2016-03-18 is that day, 2016-03-18T03 that hour, in UTC"},
	{"time>=", 7,
	 "a value is missing",
	 ""},
	{"time=now-2h", 6,
	 "now: times are relative to the data",
	 "last-2h"},
	{"time>=last-2y", 7,
	 "not a time: last-2y",
	 "last-2h, first+1d, sel+-15m: s, m, h, d or w"},
	{"time=2016-13-01", 6,
	 "not a time: expected YYYY-MM-DDTHH:MM:SS or the beginning of one",
	 "2016-03-18 is that day, 2016-03-18T03 that hour, in UTC"},
	{"time=sel+-15", 6,
	 "not a time: sel+-15",
	 "last-2h, first+1d, sel+-15m: s, m, h, d or w"},
	{"time>=03:12", 7,
	 "03:12: of which day?",
	 "2018-05-24T03:12"},
	{"time in (sel+-15m)", 10,
	 "sel+-15m: does not stand in a list",
	 "(time=sel+-15m or time=...)"},
	{"version>", 9,
	 "a value is missing",
	 ""},
	{"version>abc", 9,
	 "neither a number nor a time: abc",
	 "< <= > >= compare 1e9, 2016-03-18, last-2h"},
	{"requestParameters.x>", 21,
	 "a value is missing",
	 ""},
	{"any>5", 5,
	 "any: has no order",
	 "a field is compared: FIELD>VALUE"},
	{"any<5", 5,
	 "any: has no order",
	 "a field is compared: FIELD>VALUE"},
	{"requestParameters..x=1", 19,
	 "not a path: expected a key (in double quotes if it is not a word), * or **",
	 ""},
	{"requestParameters.x[a]=1", 21,
	 "not a path: expected ']' or an element's number",
	 ""},
	{"requestParameters.=1", 19,
	 "not a path: expected a key (in double quotes if it is not a word), * or **",
	 ""},
};

static void what_is_refused_has_place_and_hint(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct error err;
		struct filter *f = parse(bad[i].text, &err);

		if (f)
			fail_msg("%s: was read", bad[i].text);
		if (err.line != 1 || err.column != bad[i].column ||
		    err.offset != bad[i].column - 1)
			fail_msg("%s: column %d", bad[i].text,
				 (int)err.column);
		if (strcmp(err.text, bad[i].why) != 0)
			fail_msg("%s: %s", bad[i].text, err.text);
		if (strncmp(err.hint, bad[i].hint, strlen(bad[i].hint)) != 0 ||
		    (err.hint[0] && !bad[i].hint[0]))
			fail_msg("%s: %s", bad[i].text, err.hint);
	}
}

static const struct {
	const char *text;
	size_t column;
	const char *note;
} noted[] = {
	{"!error", 2, "no value holds the text error; the field is absent: error!?"},
	{"A not error", 7, "no value holds the text error; the field is absent: error!?"},
	{"!errorCode", 2, "no value holds the text errorCode; the field is absent: errorCode!?"},
	{"event=Get*", 7, "* is literal behind =: event~^Get?"},
	{"event!=Get*", 8, "* is literal behind =: event!~^Get?"},
	{"event=G*t", 7, "* is literal behind =: event~ takes a regex"},
	{"event=a\\(b", 7, "\\ is literal here; a value with brackets stands "
			   "in quotes"},
	{"(x or event!=a\\))", 14, "\\ is literal here; a value with brackets "
				  "stands in quotes"},
	{"event in (A, b\\))", 14, "\\ is literal here; a value with brackets "
				  "stands in quotes"},
};

static void what_is_hardly_meant_is_noted(void **state)
{
	static const char *const silent[] = {
		"error", "!error?", "!Error_x", "event=*", "event=\"Get*\"",
		"!is:error", "event~Get*", "event~a\\(b", "agent=C:\\x",
		"event=\"a\\\\(b\"",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(noted); i++) {
		struct error err;
		struct filter *f = parse(noted[i].text, &err);

		assert_non_null(f);
		assert_int_equal(filter_notes(f), 1);
		assert_int_equal(filter_note(f, 0)->column, noted[i].column);
		assert_string_equal(filter_note(f, 0)->text, noted[i].note);
		filter_free(f);
	}
	for (size_t i = 0; i < COUNT(silent); i++) {
		struct error err;
		struct filter *f = parse(silent[i], &err);

		assert_non_null(f);
		assert_int_equal(filter_notes(f), 0);
		filter_free(f);
	}
}

/* The terms with a bar between them. */
static const struct {
	const char *text, *terms;
} terms[] = {
	{"", ""},
	{"  ", ""},
	{"A", "A"},
	{" A  B ", "A|B"},
	{"A and !B", "A|!B"},
	{"A not (B or C)", "A|not (B or C)"},
	{"A or B", "A or B"},
	{" A B or C ", "A B or C"},
	{"(A or B) event in (C, D)", "(A or B)|event in (C, D)"},
	{"saved:mine A", "saved:mine|A"},
	{"event~/a b/ \"c d\"", "event~/a b/|\"c d\""},
	{"((A) (B)) C", "((A) (B))|C"},
};

static void terms_are_what_must_all_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(terms); i++) {
		struct error err;
		struct filter *f = parse(terms[i].text, &err);
		struct buffer joined = {0};

		assert_non_null(f);
		for (size_t k = 0; k < filter_terms(f); k++) {
			const struct filter_term *t = filter_term(f, k);

			buffer_add_text(&joined, k ? "|" : "");
			buffer_add_span(&joined, t->text);
			assert_int_equal(t->text.p - filter_text(f).p + 1,
					 t->column);
		}
		assert_string_equal(buffer_text(&joined), terms[i].terms);
		buffer_free(&joined);
		filter_free(f);
	}
}

static void a_term_that_matches_empty_text_is_known(void **state)
{
	static const struct {
		const char *text;
		bool all;
	} rows[] = {
		{".*", true}, {"a*", true}, {"\"\"", true}, {"event~", true},
		{"a", false}, {"!.*", false}, {"event!~.*", false},
		{".* or a", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;
		struct filter *f = parse(rows[i].text, &err);

		assert_non_null(f);
		assert_int_equal(filter_term(f, 0)->matches_all, rows[i].all);
		filter_free(f);
	}
}

static void brackets_nest_as_deep_as_said(void **state)
{
	struct buffer text = {0};
	struct error err;
	struct filter *f;

	(void)state;
	for (int i = 0; i < FILTER_DEEPEST - 1; i++)
		buffer_add_byte(&text, '(');
	buffer_add_byte(&text, 'A');
	for (int i = 0; i < FILTER_DEEPEST - 1; i++)
		buffer_add_byte(&text, ')');
	f = parse(buffer_text(&text), &err);
	assert_non_null(f);
	filter_free(f);
	buffer_clear(&text);
	for (int i = 0; i < FILTER_DEEPEST; i++)
		buffer_add_byte(&text, '(');
	buffer_add_byte(&text, 'A');
	for (int i = 0; i < FILTER_DEEPEST; i++)
		buffer_add_byte(&text, ')');
	assert_null(parse(buffer_text(&text), &err));
	assert_string_equal(err.text, "nests too deep");
	buffer_free(&text);
}

static void a_preset_is_a_filter(void **state)
{
	struct filter_saved saved;
	const char *help;
	size_t i;

	(void)state;
	for (i = 0; filter_preset(i, &saved, &help); i++) {
		struct error err;
		struct filter *f = parse(saved.text, &err);

		if (!f)
			fail_msg("%s: %s", saved.name, err.text);
		assert_int_equal(filter_notes(f), 0);
		filter_free(f);
	}
	assert_int_equal(i, 9);
}

static void a_time_alone_means_the_one_day_that_is_loaded(void **state)
{
	struct filter_view view = support_view(lists);
	struct error err;
	struct filter *f;
	char *printed;

	(void)state;
	view.predicate.moment.first = view.predicate.moment.last;
	f = filter_parse_with(SPAN("time>=03:12 time<04:00:30"), &view, &err);
	assert_non_null(f);
	printed = support_print(f);
	assert_string_equal(printed, "time>=2018-05-24T03:12:00Z "
				     "time<2018-05-24T04:00:30Z");
	free(printed);
	filter_free(f);
}

static void relative_times_stay_open_until_the_data_is_known(void **state)
{
	struct error err;
	struct filter *f = filter_parse(SPAN("time>=last-2h"), &err);
	char *printed;

	(void)state;
	assert_non_null(f);
	assert_true(filter_is_relative(f));
	printed = support_print(f);
	assert_string_equal(printed, "time>=last-2h");
	free(printed);
	filter_free(f);
}

static void times_are_read_in_the_zone_on_the_screen(void **state)
{
	static const struct {
		const char *text, *printed;
	} rows[] = {
		{"time>=2016-03-18", "time>=2016-03-18+01:00"},
		{"time=2016-07-18T03", "time=2016-07-18T03+02:00"},
		{"time=2016-03-18T03:04:05Z", "time=2016-03-18T03:04:05Z"},
		/* a day of 23 hours */
		{"time=2016-03-27", "time>=2016-03-26T23:00:00Z time<2016-03-27T22:00:00Z"},
		{"!time=2016-03-27", "!(time>=2016-03-26T23:00:00Z time<2016-03-27T22:00:00Z)"},
		/* up to the hour that is skipped, and that hour */
		{"time=2016-03-27T01", "time=2016-03-27T01+01:00"},
		{"time<2016-03-27T02", "time<2016-03-27T01:00:00Z"},
		{"time>=2016-03-27T02:30", "time>=2016-03-27T01:00:00Z"},
		{"time=2016-03-27T02", "time>=2016-03-27T01:00:00Z time<2016-03-27T01:00:00Z"},
		/* an hour that comes twice: whole, or what clocks show of it */
		{"time=2016-10-30T02", "time>=2016-10-30T00:00:00Z time<2016-10-30T02:00:00Z"},
		{"time=2016-10-30T02:30", "time in (2016-10-30T02:30+02:00, 2016-10-30T02:30+01:00)"},
		{"time=2016-10-30T02:59", "time in (2016-10-30T02:59+02:00, 2016-10-30T02:59+01:00)"},
		{"time=2016-10-30T02:00+02:00", "time=2016-10-30T02:00+02:00"},
		{"time not in (2016-10-30T02:30:01)", "time not in (2016-10-30T02:30:01+02:00, 2016-10-30T02:30:01+01:00)"},
		{"time<2016-10-30T02:30", "time<2016-10-30T02:30+02:00"},
		{"time>2016-10-30T02:59", "time>2016-10-30T02:59+02:00"},
		{"time=2016-10-30T03", "time=2016-10-30T03+01:00"},
		{"time=2016-10-30T01:59", "time=2016-10-30T01:59+02:00"},
	};
	struct filter_view view = support_view(lists);

	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	view.predicate.moment.zone = STAMP_LOCAL;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;
		struct filter *f = filter_parse_with(span_of(rows[i].text),
						     &view, &err);
		char *printed;

		assert_non_null(f);
		printed = support_print(f);
		assert_string_equal(printed, rows[i].printed);
		free(printed);
		filter_free(f);
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

static void lists_that_are_settled_stay_below_the_folder(void **state)
{
	struct lists *few = lists_new();
	struct error err;

	(void)state;
	lists_settle(few, "/nowhere/acmtui");
	assert_non_null(lists_find(few, SPAN("names.txt"), &err));
	assert_non_null(lists_find(few, SPAN("./names.txt"), &err));
	assert_null(lists_find(few, SPAN("../names.txt"), &err));
	assert_string_equal(err.text,
			    "../names.txt: not below the current folder");
	assert_null(lists_find(few, SPAN("/etc/passwd"), &err));
	assert_string_equal(err.text,
			    "/etc/passwd: not below the current folder");
	assert_null(lists_find(few, SPAN("/nowhere/acmtui/x"), &err));
	assert_string_equal(err.text,
			    "/nowhere/acmtui/x: No such file or directory");
	assert_null(lists_find(few, SPAN("iocs"), &err));
	assert_string_equal(err.text, "@iocs: no --iocs was given");
	lists_free(few);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_read_is_printed_in_one_spelling),
		cmocka_unit_test(what_is_printed_reads_as_the_same),
		cmocka_unit_test(what_is_refused_has_place_and_hint),
		cmocka_unit_test(what_is_hardly_meant_is_noted),
		cmocka_unit_test(terms_are_what_must_all_hold),
		cmocka_unit_test(a_term_that_matches_empty_text_is_known),
		cmocka_unit_test(brackets_nest_as_deep_as_said),
		cmocka_unit_test(a_preset_is_a_filter),
		cmocka_unit_test(
			a_time_alone_means_the_one_day_that_is_loaded),
		cmocka_unit_test(
			relative_times_stay_open_until_the_data_is_known),
		cmocka_unit_test(times_are_read_in_the_zone_on_the_screen),
		cmocka_unit_test(lists_that_are_settled_stay_below_the_folder),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
