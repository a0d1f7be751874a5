/* Finds ACM certificate ARNs in any text and shortens their ids.  Tolerates ids
 * that someone has redacted; passes by the patterns of policies (`*` alone). */
#include "trail/certificate.h"

#include "trail/arn.h"

#include <stdint.h>

/* Service names and tails are loose in AWS's own model of ACM:
 * arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)* */
static bool loose(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c != '\0' && strchr("_+=,.@/-", c));
}

/* Where the ARN begins whose service ends at SERVICE (":acm:"), or NULL. */
static const char *head(const char *from, const char *service)
{
	const char *p = service;

	while (p > from && loose(p[-1]))
		p--;
	if (p == service || p - from < 4 || memcmp(p - 4, "arn:", 4) != 0)
		return NULL;
	return p - 4;
}

/* Behind the characters at P that are loose, or redact, or NULL when there are
 * none or a star stands alone. */
static const char *run(const char *p, const char *end)
{
	const char *from = p;

	for (;;) {
		if (end - p >= 3 && memcmp(p, "\xe2\x80\xa6", 3) == 0) {
			p += 3;
		} else if (p < end && *p == '*') {
			const char *star = p;

			while (p < end && *p == '*')
				p++;
			if (p - star == 1)
				return NULL;
		} else if (p < end && loose(*p)) {
			p++;
		} else {
			return p > from ? p : NULL;
		}
	}
}

/* Whether a UUID stands at P, as almost every id is one: then what follows it,
 * a comma and the next ARN, is not part of it. */
static bool uuid(const char *p, const char *end)
{
	if (end - p < 36)
		return false;
	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? p[i] != '-'
			 : !memchr("0123456789abcdefABCDEF", p[i], 22))
			return false;
	}
	return true;
}

/* The end of the ARN behind ":acm:", or NULL. */
static const char *tail(const char *p, const char *end)
{
	static const char kind[] = ":certificate/";
	const char *id, *stop;

	while (p < end && *p != ':' && loose(*p))
		p++;
	if (p == end || *p != ':')
		return NULL;
	p = run(p + 1, end);
	if (!p || (size_t)(end - p) < sizeof kind - 1 ||
	    memcmp(p, kind, sizeof kind - 1) != 0)
		return NULL;
	id = p + sizeof kind - 1;
	if (uuid(id, end))
		return id + 36;
	stop = run(id, end);
	if (!stop)
		return NULL;
	/* The full stop of a sentence is not part of it; `...` alone is. */
	for (p = stop; p > id && strchr(".,/=+@-", p[-1]); p--)
		;
	return p > id ? p : stop;
}

/* The next ":acm:", or NULL.  Colons are few, and a search made for any needle
 * costs more to begin than most values are long. */
static const char *find_service(const char *from, const char *end)
{
	while (end - from >= 5) {
		from = memchr(from, ':', (size_t)(end - from) - 4);
		if (!from || memcmp(from, ":acm:", 5) == 0)
			return from;
		from++;
	}
	return NULL;
}

bool certificate_find(struct span text, size_t *at, struct span *arn)
{
	while (*at < text.n) {
		const char *end = text.p + text.n;
		const char *from = text.p + *at;
		const char *service = find_service(from, end);
		const char *begin, *stop;

		if (!service)
			break;
		begin = head(from, service);
		stop = begin ? tail(service + 5, end) : NULL;
		if (stop) {
			*arn = (struct span){begin, (size_t)(stop - begin)};
			*at = (size_t)(stop - text.p);
			return true;
		}
		*at = (size_t)(service + 4 - text.p);
	}
	*at = text.n;
	return false;
}

struct span certificate_id(struct span arn)
{
	struct span id = arn_name(arn);

	return id.p ? id : (struct span){arn.p, 0};
}

static bool inside_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t certificate_short(struct span id, bool ascii, char out[16])
{
	const char *cut = ascii ? "~" : "\xe2\x80\xa6";
	size_t first = 4, last, n;

	if (id.n <= 9) {
		if (id.n > 0)
			memcpy(out, id.p, id.n);
		return id.n;
	}
	while (first > 0 && inside_character(id.p[first]))
		first--;
	for (last = id.n - 4; last < id.n && inside_character(id.p[last]);)
		last++;
	memcpy(out, id.p, first);
	n = first + strlen(cut);
	memcpy(out + first, cut, strlen(cut));
	memcpy(out + n, id.p + last, id.n - last);
	return n + id.n - last;
}
