/* Owns the spelling of addresses.  Texts in, bytes out; keeps nothing. */
#include "text/network.h"

#include <string.h>

enum { FOUR = 4, SIXTEEN = 16, LONGEST = 64 };

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static int hex(char c)
{
	if (digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool in_address(char c)
{
	return c == '.' || c == ':' || hex(c) >= 0;
}

/* Four decimal bytes. */
static bool parse_four(struct span text, uint8_t byte[FOUR])
{
	const char *p = text.p, *end = text.p + text.n;

	for (int i = 0; i < FOUR; i++) {
		const char *from = p;
		unsigned n = 0;

		for (; p < end && digit(*p) && p - from < 3; p++)
			n = n * 10 + (unsigned)(*p - '0');
		if (p == from || n > 255 || (p - from > 1 && *from == '0'))
			return false;
		byte[i] = (uint8_t)n;
		if (i < FOUR - 1 && (p == end || *p++ != '.'))
			return false;
	}
	return p == end;
}

/* Groups of hexadecimal digits, `::` for zeros, which are there before, at last
 * four decimal bytes. */
static bool parse_sixteen(struct span text, uint8_t byte[SIXTEEN])
{
	const char *p = text.p, *end = text.p + text.n;
	uint8_t read[SIXTEEN];
	int n = 0, gap = -1;

	if (span_starts(text, SPAN("::"))) {
		gap = 0;
		p += 2;
	}
	while (p < end) {
		struct span rest = {p, (size_t)(end - p)};
		const char *from = p;
		int group = 0;

		if (n + FOUR <= SIXTEEN && memchr(p, '.', rest.n) &&
		    !memchr(p, ':', rest.n)) {
			if (!parse_four(rest, read + n))
				return false;
			n += FOUR;
			break;
		}
		for (; p < end && hex(*p) >= 0 && p - from < 4; p++)
			group = group * 16 + hex(*p);
		if (p == from || n == SIXTEEN)
			return false;
		read[n++] = (uint8_t)(group >> 8);
		read[n++] = (uint8_t)group;
		if (p == end)
			break;
		if (*p++ != ':' || p == end)
			return false;
		if (*p == ':') {
			if (gap >= 0)
				return false;
			gap = n;
			p++;
		}
	}
	if (gap < 0 ? n != SIXTEEN : n >= SIXTEEN)
		return false;
	if (gap < 0)
		gap = n;
	memcpy(byte, read, (size_t)gap);
	memcpy(byte + SIXTEEN - (n - gap), read + gap, (size_t)(n - gap));
	return true;
}

bool network_parse_address(struct span text, struct network *a)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	memset(a, 0, sizeof *a);
	if (text.n == 0 || text.n > LONGEST)
		return false;
	if (!memchr(text.p, ':', text.n)) {
		a->prefix = 32;
		return parse_four(text, a->byte);
	}
	if (!parse_sixteen(text, a->byte))
		return false;
	if (memchr(text.p, '.', text.n) &&
	    memcmp(a->byte, mapped, sizeof mapped) == 0) {
		memmove(a->byte, a->byte + sizeof mapped, FOUR);
		a->prefix = 32;
		return true;
	}
	a->six = true;
	a->prefix = 128;
	return true;
}

/* Clears the bits behind the prefix. */
static void trim(struct network *n)
{
	for (int i = 0; i < SIXTEEN; i++) {
		int bits = n->prefix - i * 8;

		if (bits <= 0)
			n->byte[i] = 0;
		else if (bits < 8)
			n->byte[i] &= (uint8_t)(0xff << (8 - bits));
	}
}

static bool parse_prefix(struct span text, unsigned most, uint8_t *prefix)
{
	unsigned n = 0;

	if (text.n == 0 || text.n > 3 || (text.n > 1 && text.p[0] == '0'))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (!digit(text.p[i]))
			return false;
		n = n * 10 + (unsigned)(text.p[i] - '0');
	}
	*prefix = (uint8_t)n;
	return n <= most;
}

/* Leaves out the brackets of 1.2.3[.]4, and what is behind the longest address;
 * returns the length. */
static size_t copy_plain(struct span text, char out[LONGEST + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < text.n && n <= LONGEST; i++) {
		struct span rest = span_from(text, i);

		if (span_starts(rest, SPAN("[.]")) ||
		    span_starts(rest, SPAN("[:]"))) {
			out[n++] = text.p[i + 1];
			i += 2;
		} else {
			out[n++] = text.p[i];
		}
	}
	return n;
}

bool network_parse(struct span text, struct network *network)
{
	char plain[LONGEST + 1];
	const char *slash;
	struct span address = {plain, copy_plain(text, plain)};
	unsigned most;
	bool mapped;

	if (address.n > LONGEST)
		return false;
	slash = memchr(plain, '/', address.n);
	text = address;
	if (slash)
		address.n = (size_t)(slash - plain);
	if (!network_parse_address(address, network))
		return false;
	if (!slash)
		return true;
	mapped = !network->six && memchr(address.p, ':', address.n);
	most = network->six || mapped ? 128 : 32;
	if (!parse_prefix(span_from(text, address.n + 1), most,
			  &network->prefix))
		return false;
	/* ::ffff:192.0.2.0/120 is 192.0.2.0/24. */
	if (mapped && network->prefix < 96)
		return false;
	if (mapped)
		network->prefix = (uint8_t)(network->prefix - 96);
	trim(network);
	return true;
}

bool network_holds(const struct network *n, const struct network *address)
{
	int whole = n->prefix / 8, bits = n->prefix % 8;

	if (n->six != address->six || address->prefix < n->prefix)
		return false;
	if (memcmp(n->byte, address->byte, (size_t)whole) != 0)
		return false;
	return bits == 0 || ((n->byte[whole] ^ address->byte[whole]) &
			     (0xff << (8 - bits)) & 0xff) == 0;
}

static bool word(char c)
{
	return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

/* An address within [FROM, TO), which holds nothing but what addresses are made
 * of; a full stop or colon of the sentence may stand at either end. */
static bool parse_run(const char *from, const char *to, struct network *a)
{
	while (from < to && *from == '.')
		from++;
	if (from == to)
		return false;
	while (to[-1] == '.')
		to--;
	if (network_parse_address((struct span){from, (size_t)(to - from)}, a))
		return true;
	if (to[-1] == ':' &&
	    network_parse_address((struct span){from, (size_t)(to - from) - 1},
				  a))
		return true;
	return *from == ':' &&
	       network_parse_address((struct span){from + 1,
				     (size_t)(to - from) - 1}, a);
}

/* All of the run of such bytes at *P, when it is an address.  Sets *P behind the
 * run, or behind MOST bytes of it, and *SIGN when it has a dot or a colon. */
static bool find_whole(const char **p, const char *most, const char *end,
		       bool *sign, struct network *a)
{
	const char *from = *p;

	*sign = false;
	for (; *p < most && in_address(**p); ++*p)
		*sign |= **p == '.' || **p == ':';
	return *sign && (*p == end || (!in_address(**p) && !word(**p))) &&
	       parse_run(from, *p, a);
}

/* The first IPv4 address of the run between colons, as in src:192.0.2.1:443.
 * Sets *P behind it, or behind the run. */
static bool find_between(const char **p, const char *end, struct network *a)
{
	for (;; ++*p) {
		const char *from = *p;

		for (; *p < end && **p != ':' && in_address(**p); ++*p)
			;
		if ((*p == end || !word(**p)) && parse_run(from, *p, a))
			return true;
		if (*p == end || **p != ':')
			return false;
	}
}

bool network_find(struct span text, size_t *at, struct network *address)
{
	const char *p = text.p + *at, *end = text.p + text.n, *most = end;

	/* Behind an address the run goes on; what is longer than any is not
	 * read again for each. */
	if (*at > 0 && p < end && *p == ':' && end - p > LONGEST + 2)
		most = p + LONGEST + 2;
	for (; p < end; most = end) {
		const char *from = p;
		bool sign, found;

		if (in_address(*p)) {
			found = find_whole(&p, most, end, &sign, address);
			if (!found && sign) {
				p = from;
				found = find_between(&p, end, address);
			}
			if (found) {
				*at = (size_t)(p - text.p);
				return true;
			}
		}
		/* A word goes on: what is in it is no address. */
		while (p < end && word(*p))
			p++;
		p += p < end && !in_address(*p);
	}
	*at = text.n;
	return false;
}

/* Every IPv4 address has a dot between digits, every IPv6 address a colon before
 * a colon or a hexadecimal digit, and one more in front of that or behind; behind
 * two of them no word goes on. */
static bool likely_sign(const char *p, bool six)
{
	if (!six)
		return digit(p[-1]) && digit(p[1]);
	if (p[1] == ':')
		return hex(p[2]) >= 0 || !word(p[2]);
	return hex(p[-1]) >= 0 && hex(p[1]) >= 0;
}

void network_glance(const char *bytes, const uint32_t *start, uint32_t count,
		    bool six, uint64_t *likely)
{
	/* The last byte is a line feed, so that a sign is not. */
	const char *p = bytes, *end = count > 0 ? bytes + start[count] : bytes;
	uint32_t i = 0;

	while (p < end && (p = memchr(p, six ? ':' : '.', (size_t)(end - p)))) {
		bool first = p == bytes;

		if (first ? six : likely_sign(p, six)) {
			uint32_t at = (uint32_t)(p - bytes);

			while (start[i + 1] <= at)
				i++;
			likely[i / 64] |= UINT64_C(1) << (i % 64);
			p = bytes + start[i + 1];
		} else {
			p++;
		}
	}
}
