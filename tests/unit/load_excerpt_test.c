/* What is shown of a broken line is its structure and its keys, never a secret,
 * however the line is broken. */
#include "load_support.h"

#include "load/excerpt.h"

/* A `^` in the text is the place, and is taken out; text that does not begin
 * with a value is marked by `~`. */
static char *excerpt(const char *text, size_t *caret)
{
	bool begins = *text != '~';
	const char *mark = strchr(text, '^');
	struct secret_find *find = secret_find_new();
	struct buffer plain = {0};
	char *out;

	assert_non_null(mark);
	text += !begins;
	buffer_add(&plain, text, (size_t)(mark - text));
	buffer_add_text(&plain, mark + 1);
	buffer_text(&plain);
	out = excerpt_new(buffer_span(&plain), plain.p + (mark - text),
			  begins, find, caret);
	secret_find_free(find);
	buffer_free(&plain);
	return out;
}

static const struct {
	const char *promise, *text, *shown;
	size_t caret;
} rows[] = {
	{"structure, keys and short values stay",
	 "{\"a\":1,\"b\":[\"x y\",true]^ \"c\":{}}",
	 "{\"a\":1,\"b\":[\"x y\",true] \"c\":{}}", 23},
	{"a long string is masked",
	 "{\"a\":\"01234567890123456789012345678901234567890\"^ 1}",
	 "{\"a\":\"[41 bytes]\" 1}", 17},
	{"a long word is masked", "{\"a\":^012345678901234567890x}",
	 "{\"a\":[22 bytes]}", 5},
	{"a string over several lines is masked", "{\"a\":\"x\ny\"^ 1}",
	 "{\"a\":\"[3 bytes]\" 1}", 16},
	{"only the line of the place is shown",
	 "{\"a\":1,\n\"b\":2^ \"c\":3,\n\"d\":4}", "\"b\":2 \"c\":3,", 5},
	{"a secret ends with its member",
	 "{\"password\":\"hunter2\",\"b\":\"x\"^ 1}",
	 "{\"password\":\"[masked]\",\"b\":\"x\" 1}", 30},
	{"a secret object is one mask",
	 "{\"password\":{\"a\":\"hunter2\",\"b\":[1,2]},\"c\":\"x\"^ 1}",
	 "{\"password\":{\"[masked]\"},\"c\":\"x\" 1}", 32},
	{"a secret array does not tell how much it holds",
	 "{\"passphrase\":[104,117,110],\"c\":\"x\"^ 1}",
	 "{\"passphrase\":[[masked]],\"c\":\"x\" 1}", 32},
	{"an object that ends ends its secret",
	 "{\"o\":{\"password\":\"hunter2\"},\"c\":\"x\"^ 1}",
	 "{\"o\":{\"password\":\"[masked]\"},\"c\":\"x\" 1}", 36},
	{"a secret goes on behind the fault",
	 "{\"password\":\"hun\"^ter2\",\"b\":\"x\"}",
	 "{\"password\":\"[masked]\"...", 22},
	{"a bare secret with commas", "{\"password\":^hunter,2,x:3}",
	 "{\"password\":[masked]...", 12},
	{"a secret number with commas", "{\"password\":12345,^678,\"b\":1}",
	 "{\"password\":[masked]...", 20},
	{"a key that lost its first quote", "{^password\":\"hunter2\",\"b\":1}",
	 "{password\"[masked]\"...", 1},
	{"a key that lost its last quote",
	 "{\"password:\"^hunter2\",\"b\":1}", "{\"password:\"[masked]...",
	 12},
	{"a string before it that lost its last quote",
	 "{\"a\":\"x,\"^password\":\"hunter2\",\"b\":1}",
	 "{\"a\":\"x,\"password\"[masked]\"...", 9},
	{"an apostrophe before it", "{\"a\":it^'s,\"password\":\"hunter2\"}",
	 "{\"a\":it'[masked]", 7},
	{"a key in single quotes", "{^'password':'hunter2','b':1}",
	 "{'password':'[masked]'...", 1},
	{"a key with an escape", "{\"pass\\u0077ord\":\"hunter2\" ^1}",
	 "{\"pass\\u0077ord\":\"[masked]\"...", 27},
	{"JSON in a string", "{\"m\":\"{\\\"password\\\":\\\"hunter2\\\"}\" ^1}",
	 "{\"m\":\"[masked]\"...", 15},
	{"JSON in a string without its quote",
	 "{\"m\":{\\\"password\\\":\\\"hunter2\\\"}^\" 1}",
	 "{\"m\":{\\\"[masked]\"...", 16},
	{"a key on an earlier line",
	 "{\"password\":{\n\"x\":\"hunter2\"^ 1}", "\"[masked]\"...", 10},
	{"behind a bracket that closed too early", "~^\"hunter2\",\"b\":1}",
	 "\"[masked]\"...", 0},
	{"brackets too many", "{\"a\":{\"password\":^}}\"hunter2\"",
	 "{\"a\":{\"password\":}}\"[masked]\"", 17},
	{"a bracket that closes another kind",
	 "{\"password\":\"A\"]^,\"hunter2\"x,\"b\":1}",
	 "{\"password\":\"[masked]\"...", 22},
	{"the end of the text", "{\"a\":1^", "{\"a\":1", 6},
	{"nothing at all", "^", "", 0},
	{"a token that says so itself",
	 "{\"a\":\"ghp_0123456789abcdefghijABCDEFGHIJ012345\",\"b\":1^ 2}",
	 "{\"a\":\"[masked]\",\"b\":1 2}", 21},
	{"a bare address that holds a password",
	 "{\"a\":^ftp://u:hunter2@h\",\"b\":1}", "{\"a\":[masked]\",\"b\":1}", 5},
	{"a bare address that holds none",
	 "{\"a\":^ftp://h:21/x\",\"b\":1}", "{\"a\":ftp://h:21/x\",\"b\":1}", 5},
	{"what is not printable is escaped", "{\"a\":\"\033\xff\"^ 1}",
	 "{\"a\":\"\\u001b\\xff\" 1}", 17},
	{"the line's carriage return is not its text",
	 "{\"a\":^x\r\n,\"b\":1}", "{\"a\":x", 5},
	{"the far ends are left out",
	 "{\"a0\":1,\"a1\":1,\"a2\":1,\"a3\":1,\"a4\":1,\"a5\":1,\"a6\":1,"
	 "\"a7\":1,\"a8\":1,\"a9\":^x,\"b0\":1,\"b1\":1,\"b2\":1,\"b3\":1,"
	 "\"b4\":1,\"b5\":1,\"b6\":1}",
	 "...1,\"a2\":1,\"a3\":1,\"a4\":1,\"a5\":1,\"a6\":1,\"a7\":1,\"a8\":1,\"a9\":x,"
	 "\"b0\":1,\"b1\":1,\"b2\":1,\"b3\":1,\"b4\":1,\"b5...", 59},
};

static void structure_and_keys_are_shown_and_no_secret(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t caret = 0;
		char *shown = excerpt(rows[i].text, &caret);

		if (strcmp(shown, rows[i].shown) != 0 ||
		    caret != rows[i].caret)
			print_error("%s: %s at %zu\n", rows[i].promise, shown,
				    caret);
		assert_string_equal(shown, rows[i].shown);
		assert_int_equal(caret, rows[i].caret);
		free(shown);
	}
}

/* A record with secrets under many keys; `S` stands for the secret. */
static const char *const planted[] = {
	"{\"eventName\":\"A\",\"password\":\"S\",\"eventTime\":\"t\"}",
	"{\"eventName\":\"A\",\"eventTime\":\"t\",\"responseElements\":"
	"{\"credentials\":{\"sessionToken\":\"S\",\"x\":\"y\"},\"z\":[1]}}",
	"{\"eventName\":\"A\",\n\"password\":\n\"S\"\n,\"eventTime\":\"t\"}",
	"{'eventName':'A','password':'S','eventTime':'t'}",
	"{eventName:A,password:S,eventTime:t}",
	"{\"eventName\":\"it's\",\"password\":\"S\",\"userAgent\":\"x'y\"}",
	"{\"eventName\":\"A\",\"message\":\"{\\\"password\\\":\\\"S\\\"}\","
	"\"eventTime\":\"t\"}",
	"{\"message\":\"{\\\"eventName\\\":\\\"A\\\",\\\"eventTime\\\":1,"
	"\\\"password\\\":\\\"S\\\"}\"}",
	"{\"passphrase\":[\"S\",\"S\"],\"eventName\":\"A\",\"eventTime\":"
	"\"t\"}",
	"{\"eventName\":\"A\",\"eventTime\":\"t\",\"macKey\":{\"hb\":\"S\","
	"\"o\":[{\"k\":\"S\"}]}}",
};

#define SECRET_TEXT "Zq7SecretXk"

static void plant(struct buffer *out, const char *record)
{
	for (const char *p = record; *p; p++)
		if (*p == 'S')
			buffer_add_text(out, SECRET_TEXT);
		else
			buffer_add_byte(out, *p);
}

/* One defect: a byte more, a byte less, or another byte; not in the keys of
 * secrets, which would be no such keys any more, nor in the secret. */
static bool damage(struct buffer *b, uint64_t *seed)
{
	static const char bytes[] = "\"'{}[],:\\\n #/\0";
	size_t at = next_random(seed) % b->n;
	char byte = bytes[next_random(seed) % (sizeof bytes - 1)];
	char old = b->p[at];

	if ((old >= 'a' && old <= 'z') || (old >= 'A' && old <= 'Z') ||
	    old == '7')
		return false;
	switch (next_random(seed) % 3) {
	case 0:
		b->p[at] = byte;
		break;
	case 1:
		if (at + 1 < b->n && b->p[at + 1] == 'Z')
			return false;
		memmove(b->p + at, b->p + at + 1, b->n - at - 1);
		b->n--;
		break;
	default:
		if (at + 1 < b->n && b->p[at + 1] == 'q')
			return false;
		buffer_room(b, 1);
		memmove(b->p + at + 1, b->p + at, b->n - at);
		b->p[at] = byte;
		b->n++;
	}
	return true;
}

static void assert_no_secret(const char *text, const struct buffer *input)
{
	if (strstr(text, "Secret"))
		print_error("of\n%.*s\nshown was\n%s\n", (int)input->n,
			    input->p, text);
	assert_null(strstr(text, "Secret"));
}

static uint64_t brackets(const struct buffer *b)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->p[i] != '\0' && strchr("{}[]", b->p[i]))
			sum = sum * 31 + (unsigned char)b->p[i];
	return sum;
}

/* In all that is told of a text: excerpts, and the records as they stand and
 * as lines, with masks, which can be told of RECORDS with one defect that is no
 * bracket. */
static void check_all(const struct buffer *text, bool records)
{
	struct made m;
	struct store_event e = STORE_NO_EVENT;
	struct buffer out = {0};

	make_store(&m);
	make_file(&m, buffer_span(text), 1 << 20);
	make_end(&m);
	for (size_t i = 0; i < store_problem_count(m.store); i++) {
		const char *shown = store_problem(m.store, i).excerpt;

		assert_no_secret(shown ? shown : "", text);
	}
	while (records && store_next(m.store, &e)) {
		if (!(segment_event(store_segment(m.store, e.segment),
				    e.index)->marks & SEGMENT_RELAXED))
			continue;
		buffer_clear(&out);
		document_text(m.store, e, false, &out);
		document_line(m.store, e, false, &out);
		assert_no_secret(buffer_text(&out), text);
	}
	buffer_free(&out);
	unmake(&m);
}

/* With brackets more or less, or others, nobody can tell whose a nested value
 * is. */
static void no_defect_brings_a_secret_out(void **state)
{
	enum { NESTED = 2 };            /* of the planted, the last ones */
	uint64_t seed = 20260102;
	int times = getenv("ACMTUI_LONG") ? 200000 : 2000;

	(void)state;
	for (int n = 0; n < times; n++) {
		size_t which = (size_t)n % COUNT(planted);
		struct buffer text = {0};
		uint64_t before;

		if (n % 3)
			buffer_add_text(&text, "{\"Records\":[");
		plant(&text, planted[which]);
		before = brackets(&text);
		for (int d = n % 2 ? 1 : 2; d > 0;)
			d -= damage(&text, &seed);
		before -= brackets(&text);
		if (n % 3)
			buffer_add_text(&text, ",{\"eventName\":\"B\","
					       "\"eventTime\":\"t\"}]}");
		if (before == 0 ||
		    (n % 2 && which < COUNT(planted) - NESTED))
			check_all(&text, before == 0 && n % 2);
		buffer_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(structure_and_keys_are_shown_and_no_secret),
		cmocka_unit_test(no_defect_brings_a_secret_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
