/* Owns what a value is and where it ends, which the name, the quotes and the
 * sign between them tell; which names announce secrets is asked.  Knows of the
 * rest of the text nothing. */
#include "trail/secret_pairs.h"

#include "trail/arn.h"
#include "trail/secret.h"
#include "trail/secret_bytes.h"

#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { LONGEST_NAME = 96 };

static struct span span_between(const char *from, const char *to)
{
	return (struct span){from, (size_t)(to - from)};
}

static bool in_name(char c)
{
	return secret_bytes_is(c, SECRET_BYTES_ALNUM) || c == '_' || c == '-';
}

/* The word before SIGN, which may stand in quotes and have blanks behind it. */
static struct span name_before(struct span text, const char *sign)
{
	const char *to = sign, *from;

	while (to > text.p && to[-1] == ' ')
		to--;
	if (to > text.p && (to[-1] == '"' || to[-1] == '\''))
		to--;
	if (to > text.p && to[-1] == '\\')
		to--;
	from = to;
	while (from > text.p && to - from < LONGEST_NAME && in_name(from[-1]))
		from--;
	return span_between(from, to);
}

static const char *behind_blanks(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* Up to what cannot be in an unquoted value. */
static const char *bare_end(const char *p, const char *end)
{
	while (p < end && !secret_bytes_is(*p, SECRET_BYTES_ENDS))
		p++;
	return p;
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* The inside of the value at P, in quotes or not. */
static struct span value_at(const char *p, const char *end)
{
	bool slash = end - p > 1 && *p == '\\' && is_quote(p[1]);
	const char *from = p + slash, *to;
	char quote;

	if (from == end || !is_quote(*from))
		return span_between(p, bare_end(p, end));
	quote = *from++;
	for (to = from; to < end; to++) {
		if (*to == quote)
			break;
		if (*to == '\\' && slash && end - to > 1 && to[1] == quote)
			break;
		if (*to == '\\' && !slash && end - to > 1)
			to++;
	}
	return span_between(from, to);
}

/* What is not a secret itself but stands for one, or for none.  The braces of a
 * reference end the value in front of them. */
static bool stands_in(struct span value, const char *end)
{
	static const char *const words[] = {
		"true", "false", "null", "none", "None", "undefined",
	};
	struct span rest = span_between(value.p, end);

	if (value.n == 0 || secret_masked_by_aws(SCAN_STRING, value) ||
	    span_starts(rest, SPAN("${")) || span_starts(rest, SPAN("$(")) ||
	    span_starts(rest, SPAN("{{")) || arn_resource(value).p)
		return true;
	for (size_t i = 0; i < COUNT(words); i++)
		if (span_is(value, words[i]))
			return true;
	return false;
}

/* Whether NAME, in TEXT, is a file's or, with such a value, the shell's for the
 * folder it is in. */
static bool is_harmless(struct span text, struct span name, struct span value)
{
	const struct span folder = SPAN("/etc/");

	if (span_is(name, "PWD") || span_is(name, "OLDPWD"))
		return value.p[0] == '/';
	return (size_t)(name.p - text.p) >= folder.n &&
	       memcmp(name.p - folder.n, folder.p, folder.n) == 0;
}

static const char *line_end(const char *p, const char *end)
{
	while (p < end && *p != '\n' && *p != '\r' && *p != '"')
		p++;
	return p;
}

/* The value of an Authorization header at P: what follows the scheme; of
 * AWS4-HMAC-SHA256 none, as its signature has a name of its own. */
static struct span credentials_at(const char *p, const char *end)
{
	const char *scheme = p, *from;

	if (span_starts(span_between(p, end), SPAN("AWS4-")))
		return span_between(p, p);
	while (p < end && (secret_bytes_is(*p, SECRET_BYTES_ALNUM) || *p == '-'))
		p++;
	from = behind_blanks(p, end);
	if (from == p || from == end)
		from = scheme;
	return span_between(from, bare_end(from, end));
}

bool secret_pairs_sign(struct span text, const char *sign,
		       struct secret_pair *pair)
{
	const char *end = text.p + text.n, *from;

	pair->name = name_before(text, sign);
	pair->rule = pair->name.n > 2 ? secret_pair_rule(pair->name)
				      : SECRET_NONE;
	if (pair->rule == SECRET_NONE)
		return false;
	pair->value = value_at(behind_blanks(sign + 1, end), end);
	from = pair->value.p;
	if (pair->rule == SECRET_AUTHORIZATION) {
		pair->value = credentials_at(from, end);
		return pair->value.n > 0;
	}
	if (pair->rule == SECRET_COOKIE)
		pair->value = span_between(from, line_end(from, end));
	return !stands_in(pair->value, end) &&
	       !is_harmless(text, pair->name, pair->value);
}

bool secret_pairs_option(struct span text, const char *dashes,
			 struct secret_pair *pair)
{
	const char *end = text.p + text.n, *from = dashes + 2, *p = from;

	if (!span_starts(span_between(dashes, end), SPAN("--")))
		return false;
	while (p < end && p - from < LONGEST_NAME && in_name(*p))
		p++;
	if (p == end || *p != ' ')
		return false;
	pair->name = span_between(from, p);
	pair->rule = secret_pair_rule(pair->name);
	if (pair->rule == SECRET_NONE)
		return false;
	pair->value = value_at(behind_blanks(p, end), end);
	return !stands_in(pair->value, end) && pair->value.p[0] != '-';
}

/* Of an option that is a string of its own; or SECRET_NONE. */
static uint8_t option_rule(struct span option)
{
	size_t n = 0;

	if (!span_starts(option, SPAN("-")))
		return SECRET_NONE;
	option = span_from(option, span_starts(option, SPAN("--")) ? 2 : 1);
	while (n < option.n && in_name(option.p[n]))
		n++;
	return n < option.n || n > LONGEST_NAME ? SECRET_NONE
						: secret_pair_rule(option);
}

uint8_t secret_pairs_operand(const struct scan *scan, size_t slot)
{
	const struct scan_token *t = &scan->tokens[slot];
	struct span value = {t->text, t->length};
	uint8_t rule;

	if (slot == 0 || t->kind > SCAN_STRING_OPEN)
		return SECRET_NONE;
	rule = option_rule((struct span){t[-1].text, t[-1].length});
	return rule == SECRET_NONE || span_starts(value, SPAN("-")) ||
	       stands_in(value, value.p + value.n) ? SECRET_NONE : rule;
}
