/* Owns the policy: which places hold secrets, and which tokens there are none.
 * Keys and tokens come in one at a time, a verdict goes out.  Knows neither
 * events nor how a mask looks. */
#include "trail/secret.h"

#include "base/memory.h"
#include "json/decode.h"

static const struct {
	const char *name;
	struct span key;
	bool sized;
} policy[] = {
#define SECRET(name, key, sized, source) \
	{name, {key, sizeof(key) - 1}, sized},
#include "trail/secrets.def"
#undef SECRET
};

enum { RULES = sizeof policy / sizeof policy[0] };

/* What AWS writes in place of a secret, as seen in public trails. */
static const char *const hidden[] = {
	"HIDDEN_DUE_TO_SECURITY_REASONS",
	"Value hidden due to security reasons.",
	"<sensitiveDataRemoved>",
	"\\u003csensitiveDataRemoved\\u003e",
};

/* Members of a Java ByteBuffer beside its content: those that say nothing of
 * it, and those that tell its length. */
static const char *const bookkeeping[] = {
	"offset", "isReadOnly", "bigEndian", "nativeByteOrder", "mark",
	"address",
};
static const char *const sizes[] = {"limit", "capacity", "position"};

static bool one_of(struct span text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (span_is(text, list[i]))
			return true;
	return false;
}

#define ONE_OF(text, list) one_of(text, list, sizeof(list) / sizeof *(list))

/* Whether KEY is PATTERN, which may begin or end with a star. */
static bool key_fits(struct span key, struct span pattern)
{
	bool before = pattern.p[0] == '*';
	bool after = pattern.p[pattern.n - 1] == '*';
	size_t slack;

	pattern.p += before;
	pattern.n -= (size_t)before + (size_t)after;
	if (key.n < pattern.n)
		return false;
	slack = key.n - pattern.n;
	if (slack > 0 && !before && !after)
		return false;
	for (size_t i = before && !after ? slack : 0;
	     i <= (before ? slack : 0); i++) {
		struct span part = {key.p + i, pattern.n};

		if (span_equal_ignoring_case(part, pattern))
			return true;
	}
	return false;
}

static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* Whether there is more than quotes and punctuation. */
static bool has_content(struct span text)
{
	static const char marks[] = " \t\r\n\"'\\:=,{}[]";

	for (size_t i = 0; i < text.n; i++)
		if (!memchr(marks, text.p[i], sizeof marks - 1))
			return true;
	return false;
}

/* What stands around the words of a key was misplaced. */
static uint8_t key_rule(struct span key)
{
	while (key.n > 0 && !in_word(key.p[0]))
		key = span_from(key, 1);
	while (key.n > 0 && !in_word(key.p[key.n - 1]))
		key.n--;
	for (size_t i = 0; i < RULES; i++)
		if (key_fits(key, policy[i].key))
			return (uint8_t)(i + 1);
	return 0;
}

static uint8_t step_rule(const struct paths_step *step)
{
	struct buffer decoded = {0};
	uint8_t rule;

	if (!step->key.p)
		return 0;
	if (!step->escaped)
		return key_rule(step->key);
	decode_string(step->key, &decoded);
	rule = key_rule(buffer_span(&decoded));
	buffer_free(&decoded);
	return rule;
}

/* The outermost of the first N steps that has a rule, or N. */
static uint32_t first_secret(const struct paths_walk *walk, uint32_t n,
			     uint8_t *rule)
{
	uint32_t i;

	*rule = 0;
	for (i = 0; i < n && *rule == 0; i++)
		*rule = step_rule(&walk->steps[i]);
	return *rule ? i - 1 : n;
}

uint8_t secret_path_rule(const struct paths_walk *walk)
{
	uint8_t rule;
	uint32_t i = first_secret(walk, walk->depth, &rule);
	struct span last;

	if (rule == 0)
		return 0;
	last = walk->steps[walk->depth - 1].key;
	if (i + 2 == walk->depth && last.p &&
	    (ONE_OF(last, bookkeeping) ||
	     (secret_sized(rule) && ONE_OF(last, sizes))))
		return rule | SECRET_BOOKKEEPING;
	return rule;
}

uint8_t secret_skipped_rule(const struct paths_walk *walk)
{
	uint8_t rule;

	first_secret(walk, walk->depth + 1, &rule);
	return rule;
}

static uint8_t word_rule(struct span text, bool *more)
{
	size_t from = 0, to;

	for (; from < text.n; from = to + 1) {
		uint8_t rule;

		for (to = from; to < text.n && in_word(text.p[to]); to++)
			;
		rule = key_rule((struct span){text.p + from, to - from});
		if (rule) {
			*more = has_content(span_from(text, to));
			return rule;
		}
	}
	*more = false;
	return 0;
}

uint8_t secret_text_rule(struct span text, bool *more)
{
	struct buffer decoded[2] = {{0}, {0}};
	uint8_t rule = word_rule(text, more);

	for (int i = 0; i < 3 && !rule && text.n > 0 &&
			memchr(text.p, '\\', text.n); i++) {
		buffer_clear(&decoded[i % 2]);
		decode_string(text, &decoded[i % 2]);
		text = buffer_span(&decoded[i % 2]);
		rule = word_rule(text, more);
	}
	buffer_wipe(&decoded[0]);
	buffer_wipe(&decoded[1]);
	return rule;
}

/* Whether the text of an array holds nothing but the number 42, the code of an
 * asterisk. */
static bool all_asterisks(struct span array)
{
	size_t count = 0;

	for (size_t i = 0; i < array.n; i++) {
		if (memchr("[], \t\r\n", array.p[i], 7))
			continue;
		if (array.n - i < 3 || memcmp(array.p + i, "42", 2) != 0 ||
		    !memchr("], \t\r\n", array.p[i + 2], 6))
			return false;
		count++;
		i++;
	}
	return count > 0;
}

static bool stars(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '*')
			return false;
	return text.n >= 3;
}

bool secret_masked_by_aws(enum scan_kind kind, struct span token)
{
	switch (kind) {
	case SCAN_STRING:
	case SCAN_STRING_SINGLE:
	case SCAN_STRING_OPEN:
		return stars(token) || ONE_OF(token, hidden);
	case SCAN_RAW:
		return all_asterisks(token);
	default:
		return false;
	}
}

bool secret_token(uint32_t rule, enum scan_kind kind, struct span token)
{
	switch (kind) {
	case SCAN_NULL:
	case SCAN_TRUE:
	case SCAN_FALSE:
		return false;
	case SCAN_SKIPPED:
		return has_content(token);
	case SCAN_NUMBER:
		return (rule & SECRET_BOOKKEEPING) == 0;
	default:
		return token.n > 0 && !secret_masked_by_aws(kind, token);
	}
}

static uint32_t rule_index(uint32_t rule)
{
	uint32_t i = (rule & ~(uint32_t)SECRET_BOOKKEEPING) - 1;

	if (i >= RULES)
		die("no such secret rule: %u", rule);
	return i;
}

const char *secret_name(uint32_t rule)
{
	return policy[rule_index(rule)].name;
}

bool secret_sized(uint32_t rule)
{
	return policy[rule_index(rule)].sized;
}
