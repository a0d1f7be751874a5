/* Owns the proof that lines may be searched together.  Left out is what could
 * see a line feed (negated classes, \s \W \D, lookarounds, \A \z), what forbids
 * backtracking into a line that ended (possessive and atomic groups, verbs), and
 * what needs more than a glance to be judged.  Knows nothing of PCRE2. */
#include "text/glance.h"

struct look {
	const char *p, *end;
};

static bool punctuation(char c)
{
	return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') &&
	       !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z');
}

static bool control(char c)
{
	return (unsigned char)c < 0x20;
}

/* After a backslash; BOUNDARY: where \b is a word boundary. */
static bool safe_escape(struct look *g, bool boundary)
{
	char c;

	if (g->p == g->end)
		return false;
	c = *g->p++;
	return c == 'd' || c == 'w' || (c == 'b' && boundary) ||
	       punctuation(c);
}

/* After `[`.  The range between two characters that are not controls holds no
 * line feed. */
static bool safe_class(struct look *g)
{
	if (g->p < g->end && *g->p == '^')
		return false;
	if (g->p < g->end && *g->p == ']')
		g->p++;
	while (g->p < g->end) {
		char c = *g->p++;

		if (c == ']')
			return true;
		if (control(c) || c == '[' ||
		    (c == '\\' && !safe_escape(g, false)))
			return false;
	}
	return false;
}

/* After `(`. */
static bool safe_group(struct look *g)
{
	struct span rest = {g->p, (size_t)(g->end - g->p)};

	if (span_starts(rest, SPAN("?:")))
		g->p += 2;
	else if (span_starts(rest, SPAN("?")) || span_starts(rest, SPAN("*")))
		return false;
	return true;
}

/* After something that may end a quantifier: a `+` would make it possessive. */
static bool safe_quantifier(const struct look *g)
{
	return g->p == g->end || *g->p != '+';
}

struct glance glance_at(struct span pattern)
{
	struct look g = {pattern.p, pattern.p + pattern.n};
	struct glance told = {true, true, true};

	if (span_starts(pattern, SPAN("(?i)")))
		g.p += 4;
	while (g.p < g.end) {
		char c = *g.p++;
		bool safe = !control(c);

		switch (c) {
		case '\\':
			safe = safe_escape(&g, true);
			told.anywhere &= g.p[-1] != 'b';
			break;
		case '[':
			safe = safe_class(&g);
			break;
		case '(':
			told.straight = false;
			safe = safe_group(&g);
			break;
		case '^':
		case '$':
			told.anywhere = false;
			break;
		case '*':
		case '+':
		case '?':
		case '}':
			told.straight = false;
			safe = safe_quantifier(&g);
			break;
		}
		if (!safe)
			return (struct glance){.lines = false};
	}
	return told;
}
