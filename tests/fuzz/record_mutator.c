/* How libFuzzer changes inputs of the load target: beside its own ways, by the
 * values and members of the JSON in them, so that what comes out is most often
 * JSON again.  Knows what records come wrapped in, and nothing of what they
 * mean.  The first byte of an input is the target's own. */
#include "json/decode.h"
#include "json/scan.h"

#include <stdint.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most,
			       unsigned int seed);

struct stretch {
	const char *from;
	const char *to;
};

/* What is changed, and what chooses. */
struct change {
	struct span text;
	struct scan scan;
	uint32_t state;
	struct buffer out;
};

static size_t choose(struct change *c, size_t n)
{
	c->state ^= c->state << 13;
	c->state ^= c->state >> 17;
	c->state ^= c->state << 5;
	return c->state % n;
}

static void add(struct change *c, const char *from, const char *to)
{
	buffer_add(&c->out, from, (size_t)(to - from));
}

/* A value with its quotes. */
static struct stretch value_at(const struct change *c, size_t i)
{
	const struct scan_token *t = &c->scan.tokens[i];
	bool quoted = t->kind == SCAN_STRING;

	return (struct stretch){t->text - quoted, t->text + t->length + quoted};
}

/* A value with the key, comma and brackets before it. */
static struct stretch member_at(const struct change *c, size_t i)
{
	struct stretch value = value_at(c, i);

	return (struct stretch){i > 0 ? value_at(c, i - 1).to : c->text.p,
				value.to};
}

static void put_instead(struct change *c, struct stretch old, struct span new)
{
	add(c, c->text.p, old.from);
	buffer_add_span(&c->out, new);
	add(c, old.to, c->text.p + c->text.n);
}

static void swap_values(struct change *c)
{
	size_t i = choose(c, c->scan.count), j = choose(c, c->scan.count);
	struct stretch a = value_at(c, i < j ? i : j);
	struct stretch b = value_at(c, i < j ? j : i);

	if (i == j)
		return;
	add(c, c->text.p, a.from);
	add(c, b.from, b.to);
	add(c, a.to, b.from);
	add(c, a.from, a.to);
	add(c, b.to, c->text.p + c->text.n);
}

static void repeat_member(struct change *c)
{
	struct stretch m = member_at(c, choose(c, c->scan.count));

	add(c, c->text.p, m.to);
	add(c, m.from, c->text.p + c->text.n);
}

static void leave_out_member(struct change *c)
{
	put_instead(c, member_at(c, choose(c, c->scan.count)), (struct span){0});
}

/* The whole, or a value, as JSON inside a string. */
static void nest_in_string(struct change *c)
{
	struct stretch place = value_at(c, choose(c, c->scan.count));
	struct stretch nested = value_at(c, choose(c, c->scan.count));
	struct span text = {nested.from, (size_t)(nested.to - nested.from)};
	struct buffer quoted = {0};

	decode_quote(choose(c, 2) ? c->text : text, &quoted);
	put_instead(c, place, buffer_span(&quoted));
	buffer_free(&quoted);
}

static void replace_value(struct change *c)
{
	static const char *const values[] = {
		"null", "true", "[]", "{}", "\"\"", "-0", "1e400", "1e-400",
		"18446744073709551616", "0.1000", "[1,2,3,4,5,6,7,8]",
		"\"\\ud800\"", "\"\\u0000\"", "\"\xff\"", "[[[[{\"a\":[]}]]]]",
		"{\"a\":1,\"a\":2}", "\"\\u001b]52;c;eA==\\u0007\"",
	};

	put_instead(c, value_at(c, choose(c, c->scan.count)),
		    span_of(values[choose(c, sizeof values / sizeof *values)]));
}

static void cut(struct change *c)
{
	struct stretch m = member_at(c, choose(c, c->scan.count));

	add(c, c->text.p, choose(c, 2) ? m.to : m.from);
}

static void wrap(struct change *c)
{
	static const struct {
		const char *before, *after;
		bool quote;
	} containers[] = {
		{"{\"Records\":[", "]}", false}, {"[", "]", false},
		{"[", ",{\"eventName\":\"A\"}]", false},
		{"{\"Events\":[{\"CloudTrailEvent\":", "}]}", true},
		{"{\"logEvents\":[{\"message\":", "}]}", true},
		{"{\"events\":[{\"message\":", "}]}", true},
		{"{\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":",
		 "}", false},
		{"{\"eventName\":\"A\"}\n", "\n", false},
		{"{\"Records\":[{\"eventName\":\"A\"},", "", false},
	};
	size_t i = choose(c, sizeof containers / sizeof *containers);

	buffer_add_text(&c->out, containers[i].before);
	if (containers[i].quote)
		decode_quote(c->text, &c->out);
	else
		buffer_add_span(&c->out, c->text);
	buffer_add_text(&c->out, containers[i].after);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most,
			       unsigned int seed)
{
	static void (*const ways[])(struct change *) = {
		wrap, swap_values, repeat_member, leave_out_member,
		nest_in_string, replace_value, cut,
	};
	static struct change c;
	const char *end, *after;

	c.state = seed | 1;
	if (size < 2 || choose(&c, 3) == 0)
		return LLVMFuzzerMutate(data, size, most);
	c.text = (struct span){(const char *)data + 1, size - 1};
	end = c.text.p + c.text.n;
	scan_relaxed(&c.scan, c.text.p, end, &after, NULL, NULL);
	buffer_clear(&c.out);
	ways[c.scan.count > 0 ? choose(&c, sizeof ways / sizeof *ways) : 0](&c);
	if (c.out.n == 0 || c.out.n >= most)
		return LLVMFuzzerMutate(data, size, most);
	memcpy(data + 1, c.out.p, c.out.n);
	return c.out.n + 1;
}
