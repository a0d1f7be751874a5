/* Every filter reads as what it is printed as: thousands of expressions that are
 * put together by chance, and whatever else is a filter among texts that were
 * torn apart. */
#include "query_support.h"

static const char *const terms[] = {
	"AccessDenied", "(?i)alice", "203.0.113.7", "198.51.100.0/24",
	"2001:DB8::/32", "event~^(Export|Import)Certificate", "who!~^svc-",
	"error==AccessDenied", "error!=\"a) b\"", "~x", "event==~x",
	"event=~/a\\/b c/i", "time>=2016-03-18T03", "time!=2016-03-18+01:00",
	"time in (2016, 2016-03-18Z)", "from not in (10.0.0.0/8, \"x, y\", z)",
	"event in @words.txt", "any in @iocs", "any!~\"\\u0001\\\"\"",
	"requestParameters.encryptionContext.\"aws:acm:arn\"?", "error!?",
	"resources[].ARN~certificate/", "**.x[0].*!=y", "is:Error", "has:secret",
	"saved:mine", "saved:\"two words\"", "\"AWS Internal\"", "\"\"",
	"bytesTransferredOut>1e9", "(Delete|Put)Bucket", "https?://", "(a)(b)",
	"/a b/", "arn:aws:acm", "event=Get*", "a\\)b", "x\\ y",
	"message~not\\ authorized", "any~error=x", "android", "a|b",
	/* One that begins like what stands between slashes, and pieces. */
	"/aws/lambda", "!", "not",
	"(", ")", "and", "or", "||", "&&", "in", "=", "\"", "\\", "/", "é",
	",\"", ".\"", "[\"", ":\"", "@\"", ")(",
};

enum { WHOLE = 42 };    /* that are terms wherever they stand */

static uint64_t seed = 20;

static size_t chance(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed >> 20) % n;
}

static const char *pick(const char *const *from, size_t n)
{
	return from[chance(n)];
}

/* Terms, negations and groups, up to some of them. */
static void add_expression(struct buffer *out)
{
	static const char *const joints[] = {" ", " and ", " OR ", " || ",
					     " && ", "  "};
	static const char *const signs[] = {"", "", "", "!", "not ", "! ",
					    "!!", "(", "( ", "!("};
	size_t open = 0, n = 1 + chance(6);

	for (size_t i = 0; i < n; i++) {
		const char *sign = pick(signs, COUNT(signs));

		buffer_add_text(out, i ? pick(joints, COUNT(joints)) : "");
		buffer_add_text(out, sign);
		open += strchr(sign, '(') != NULL;
		/* `!=~` would be an operator. */
		buffer_add_text(out, *sign ? " " : "");
		buffer_add_text(out, pick(terms, WHOLE));
		while (open > 0 && (i + 1 == n || chance(3) == 0)) {
			buffer_add_text(out, " )");
			open--;
		}
	}
}

/* Pieces of anything, without care. */
static void add_pieces(struct buffer *out)
{
	for (size_t n = 1 + chance(5); n > 0; n--) {
		const char *piece = pick(terms, COUNT(terms));
		size_t length = strlen(piece), from = chance(length);

		if (chance(2))
			from = 0;
		buffer_add(out, piece + from,
			   chance(3) ? length - from
				     : chance(length - from + 1));
		buffer_add_text(out, chance(3) ? " " : "");
	}
}

static struct filter *parse(struct span text, struct lists *lists,
			    struct error *err)
{
	struct filter_view view = support_view(lists);

	return filter_parse_with(text, &view, err);
}

/* The same tests in the same order; and the same nodes, where no brackets stand
 * that do not matter. */
static void assert_same(const struct filter *a, const struct filter *b,
			bool nodes, const char *text)
{
	size_t n, m;
	const struct filter_node *x = filter_nodes(a, &n);
	const struct filter_node *y = filter_nodes(b, &m);
	bool same = (!nodes || n == m) &&
		    filter_predicates(a) == filter_predicates(b);

	for (size_t i = 0; nodes && same && i < n; i++)
		same = x[i].kind == y[i].kind && x[i].n == y[i].n;
	for (size_t i = 0; same && i < filter_predicates(a); i++) {
		const struct predicate *p = filter_predicate(a, i);
		const struct predicate *q = filter_predicate(b, i);

		same = p->test == q->test && p->negated == q->negated &&
		       span_equal(p->key, q->key);
	}
	if (!same)
		fail_msg("%s: printed means something else", text);
}

/* Whether TEXT is a filter; then it is printed, read and printed again. */
static bool goes_round(struct span text, struct lists *lists)
{
	struct error err;
	struct filter *f[3] = {parse(text, lists, &err)};
	char *printed[3];

	if (!f[0])
		return false;
	printed[0] = support_print(f[0]);
	for (int i = 1; i < 3; i++) {
		f[i] = parse(span_of(printed[i - 1]), lists, &err);
		if (!f[i])
			fail_msg("%.*s: printed %s: %s", (int)text.n, text.p,
				 printed[i - 1], err.text);
		printed[i] = support_print(f[i]);
		assert_same(f[i - 1], f[i], i == 2, printed[0]);
		assert_string_equal(printed[i], printed[0]);
	}
	for (int i = 0; i < 3; i++) {
		free(printed[i]);
		filter_free(f[i]);
	}
	return true;
}

static void what_is_printed_reads_as_the_same(void **state)
{
	enum { ROUNDS = 5000 };
	struct lists *lists = lists_new();
	struct buffer text = {0};
	struct error err;
	size_t read = 0;

	(void)state;
	support_write("words.txt", "A\nB\n");
	assert_true(lists_read_iocs(lists, "words.txt", &err));
	for (int i = 0; i < ROUNDS; i++) {
		buffer_clear(&text);
		add_expression(&text);
		if (!goes_round(buffer_span(&text), lists))
			fail_msg("not a filter: %s", buffer_text(&text));
		buffer_clear(&text);
		add_pieces(&text);
		read += goes_round(buffer_span(&text), lists);
	}
	assert_true(read > ROUNDS / 5);
	print_message("%zu of %d torn texts are filters\n", read, ROUNDS);
	buffer_free(&text);
	lists_free(lists);
	assert_int_equal(unlink("words.txt"), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_printed_reads_as_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
