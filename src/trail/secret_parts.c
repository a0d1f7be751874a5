/* Owns the rules on values.  One pass stops at the few places that a secret can
 * be known by and looks around there; most texts have none of them.  Knows no
 * JSON and no records. */
#include "trail/secret_parts.h"

#include "base/memory.h"
#include "trail/secret.h"
#include "trail/secret_bytes.h"
#include "trail/secret_pairs.h"
#include "trail/url.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { BLOB = 256, SESSION = 100 };

struct prefix {
	char text[17];
	uint8_t length, mark, least, rule;
};

static const struct prefix prefixes[] = {
#define PREFIX(rule, text, mark, least) \
	{text, sizeof(text) - 1, mark, least, SECRET_##rule},
#include "trail/secrets.def"
#undef PREFIX
};

struct search {
	const char *p, *end;    /* of the text */
	const char *at;
	size_t base;
	struct secret_parts *parts;
	const char *done;       /* parts before this were told */
	bool encoded;           /* there are percent escapes */
	bool key_id;            /* there is the id of an access key */
};

void secret_parts_free(struct secret_parts *parts)
{
	free(parts->part);
	*parts = (struct secret_parts){0};
}

void secret_parts_add(struct secret_parts *parts, struct secret_part part)
{
	struct secret_part *last = parts->count > 0
		? &parts->part[parts->count - 1] : NULL;

	if (part.to <= part.from)
		return;
	if (last && part.from >= last->from && part.from < last->to) {
		last->to = part.to > last->to ? part.to : last->to;
		return;
	}
	if (parts->count == parts->capacity) {
		parts->capacity = memory_grown(parts->capacity,
					       parts->count + 1,
					       sizeof *parts->part);
		parts->part = memory_resize(parts->part, parts->capacity,
					    sizeof *parts->part);
	}
	parts->part[parts->count++] = part;
}

/* The bytes from FROM up to TO are secret; the search goes on behind them. */
static void tell(struct search *s, uint8_t rule, const char *from,
		 const char *to)
{
	secret_parts_add(s->parts, (struct secret_part){
		s->base + (size_t)(from - s->p), s->base + (size_t)(to - s->p),
		rule, false});
	if (to > s->at)
		s->at = to;
	s->done = s->at;
}

static struct span text_of(const struct search *s)
{
	return (struct span){s->p, (size_t)(s->end - s->p)};
}

static bool here(const struct search *s, const char *p, struct span text)
{
	return (size_t)(s->end - p) >= text.n &&
	       memcmp(p, text.p, text.n) == 0;
}

static const char *token_end(const struct search *s, const char *p)
{
	while (p < s->end && (secret_bytes_is(*p, SECRET_BYTES_TOKEN) || *p == '='))
		p++;
	return p;
}

/* Whether a word begins at P. */
static bool starts_word(const struct search *s, const char *p)
{
	return p >= s->done && (p == s->p || !secret_bytes_is(p[-1], SECRET_BYTES_ALNUM));
}

void secret_parts_learn(struct secret_stops *stops)
{
	/* Names with values, addresses, schemes, PEM and options, JSON Web
	 * Tokens, PuTTY, what is percent-encoded, ids of access keys. */
	static const char places[][4] = {
		{0, 0, '=', 0}, {0, 0, ':', ' '},
		{0, 0, ':', '"'}, {0, 0, ':', '\''}, {0, 0, ':', '\\'},
		{0, 0, ':', '/'}, {0, 0, 'B', 'e'}, {0, 0, 'B', 'a'},
		{0, 0, '-', '-'}, {'e', 'y', 'J', 0}, {'T', 'Y', '-', 0},
		{0, 0, '%', '2'}, {0, 0, '%', '3'}, {0, 0, '%', '4'},
		{'A', 'K', 'I', 0}, {'A', 'S', 'I', 0},
	};

	*stops = (struct secret_stops){0};
	for (size_t i = 0; i < COUNT(places); i++)
		secret_stops_learn(stops, places[i]);
	for (size_t i = 0; i < COUNT(prefixes); i++) {
		const char *mark = prefixes[i].text + prefixes[i].mark;

		secret_stops_learn(stops, (char[4]){mark[-2], mark[-1],
						    *mark});
	}
}

static bool find_prefix(struct search *s)
{
	size_t before = (size_t)(s->at - s->p);
	size_t behind = (size_t)(s->end - s->at);

	for (size_t i = 0; i < COUNT(prefixes); i++) {
		const struct prefix *x = &prefixes[i];
		const char *from = s->at - x->mark, *to;

		if (before < x->mark || behind + x->mark < x->least ||
		    !here(s, from, (struct span){x->text, x->length}) ||
		    !starts_word(s, from))
			continue;
		to = token_end(s, from);
		if ((size_t)(to - from) >= x->least) {
			tell(s, x->rule, from, to);
			return true;
		}
	}
	return false;
}

/* A JSON Web Token (RFC 7519): three parts, the first two begin with `{"` in
 * base64url.  At the J of the first. */
static bool find_jwt(struct search *s)
{
	const struct span head = SPAN("eyJ");
	const char *from = s->at - 2, *to, *dot;

	if (s->at - s->p < 2 || !here(s, from, head) || !starts_word(s, from))
		return false;
	to = token_end(s, from);
	dot = memchr(from, '.', (size_t)(to - from));
	if (!dot || !here(s, dot + 1, head) ||
	    !memchr(dot + 1, '.', (size_t)(to - dot - 1)))
		return false;
	tell(s, SECRET_TOKEN, from, to);
	return true;
}

/* PuTTY's own format, at its first dash: all that follows. */
static bool find_putty(struct search *s)
{
	const struct span head = SPAN("PuTTY-User-Key-File-");

	if (s->at - s->p < 5 || s->at[-1] != 'Y' || !here(s, s->at - 5, head))
		return false;
	tell(s, SECRET_PRIVATE_KEY, s->at - 5, s->end);
	return true;
}

/* PEM (RFC 7468) and what looks like it, at its first dash: a private key up to
 * the line that ends it, or to the end of the text. */
static bool find_pem(struct search *s)
{
	const struct span begin = SPAN("-----BEGIN "), end = SPAN("-----END ");
	struct span label, rest;
	const char *to;

	if (!here(s, s->at, begin))
		return false;
	rest = (struct span){s->at + begin.n,
			     (size_t)(s->end - s->at) - begin.n};
	to = span_find(rest, SPAN("-----"));
	label = (struct span){rest.p, to ? (size_t)(to - rest.p) : rest.n};
	if (label.n > 100)
		label.n = 100;
	if (!span_find(label, SPAN("PRIVATE KEY")))
		return false;
	to = span_find(rest, end);
	if (to)
		to = span_find((struct span){to + end.n,
					     (size_t)(s->end - to) - end.n},
			       SPAN("-----"));
	tell(s, SECRET_PRIVATE_KEY, s->at, to ? to + 5 : s->end);
	return true;
}

/* Whether P is behind all of an address that may be user and password; COLON is
 * the first in it, or the end of the text.  RFC 3986 allows a password these
 * signs, but behind a port they end what the address stands in. */
static bool ends_login(const struct search *s, const char *colon, const char *p)
{
	enum { LONGEST_PORT = 5 };

	if (*p == '/' || *p == '?' || *p == '#')
		return true;
	if (!memchr("&'(),;", *p, 6))
		return secret_bytes_is(*p, SECRET_BYTES_ENDS);
	if ((*p != '&' && *p != '\'' && *p != ')') || colon == s->end ||
	    p - colon == 1 || p - colon > 1 + LONGEST_PORT)
		return false;
	while (++colon < p && *colon >= '0' && *colon <= '9')
		;
	return colon == p;
}

/* `user:password@` behind `://`, of which this is the colon. */
static bool find_login(struct search *s)
{
	const char *from, *at, *colon = s->end;

	if (!here(s, s->at, SPAN("://")))
		return false;
	from = at = s->at + 3;
	for (const char *p = from; p < s->end && !ends_login(s, colon, p); p++) {
		if (*p == '@')
			at = p;
		else if (*p == ':' && colon == s->end)
			colon = p;
	}
	if (colon >= at)
		return false;
	tell(s, SECRET_PASSWORD, colon + 1, at);
	return true;
}

/* NAME=value, NAME: value, "NAME":"value". */
static bool find_pair(struct search *s)
{
	struct secret_pair pair;

	if (!secret_pairs_sign(text_of(s), s->at, &pair) ||
	    pair.name.p < s->done)
		return false;
	tell(s, pair.rule, pair.value.p, pair.value.p + pair.value.n);
	return true;
}

/* In ARNs and times a colon has no blank or quote behind it. */
static bool find_colon(struct search *s)
{
	return find_login(s) ||
	       (memchr(" \"'\\", s->at[1], 4) && find_pair(s));
}

/* `--password value`, as an option has it. */
static bool find_option(struct search *s)
{
	struct secret_pair pair;

	if (!starts_word(s, s->at) ||
	    !secret_pairs_option(text_of(s), s->at, &pair))
		return false;
	tell(s, pair.rule, pair.value.p, pair.value.p + pair.value.n);
	return true;
}

/* `Bearer` and `Basic` with something long behind them, wherever they stand. */
static bool find_scheme(struct search *s)
{
	const struct span bearer = SPAN("Bearer "), basic = SPAN("Basic ");
	enum { LEAST = 16 };
	const char *from = s->at, *to;
	bool digits = false;

	if (here(s, s->at, bearer))
		from += bearer.n;
	else if (here(s, s->at, basic))
		from += basic.n;
	if (from == s->at || !starts_word(s, s->at))
		return false;
	to = token_end(s, from);
	for (const char *p = from; p < to; p++)
		digits |= (*p >= '0' && *p <= '9') || *p == '=';
	if (to - from < LEAST || !digits)
		return false;
	tell(s, SECRET_AUTHORIZATION, from, to);
	return true;
}

/* An access key's id, at its third byte: AKIA or ASIA and 16 more. */
static bool is_key_id(const struct search *s)
{
	enum { LENGTH = 20 };
	const char *from = s->at - 2;
	size_t n = 4;

	if (s->at - s->p < 2 || s->end - from < LENGTH ||
	    !starts_word(s, from) ||
	    (!here(s, from, SPAN("AKIA")) && !here(s, from, SPAN("ASIA"))))
		return false;
	while (n < LENGTH && ((from[n] >= 'A' && from[n] <= 'Z') ||
			      (from[n] >= '0' && from[n] <= '9')))
		n++;
	return n == LENGTH && (from + n == s->end ||
			       !secret_bytes_is(from[n], SECRET_BYTES_ALNUM));
}

static bool in_base64(char c)
{
	return secret_bytes_is(c, SECRET_BYTES_ALNUM) || c == '+' || c == '/';
}

static bool is_mixed(const char *p, const char *end)
{
	bool lower = false, upper = false;

	for (; p < end; p++) {
		lower |= *p >= 'a' && *p <= 'z';
		upper |= *p >= 'A' && *p <= 'Z';
	}
	return lower && upper;
}

/* Words of 40 characters: beside an access key's id these are secret. */
static void find_secret_keys(struct search *s)
{
	enum { LENGTH = 40 };

	for (const char *from = s->p, *p; from < s->end;
	     from = p + (p < s->end)) {
		for (p = from; p < s->end && in_base64(*p); p++)
			;
		if (p - from == LENGTH && is_mixed(from, p) &&
		    (from == s->p || !secret_bytes_is(from[-1],
						      SECRET_BYTES_TOKEN)) &&
		    (p == s->end || *p == '.' ||
		     (*p != '=' && !secret_bytes_is(*p, SECRET_BYTES_TOKEN))))
			tell(s, SECRET_SECRET_ACCESS_KEY, from, p);
	}
}

/* At a place that is not the last byte. */
static bool look(struct search *s)
{
	switch (*s->at) {
	case '=':
		return find_pair(s);
	case ':':
		return find_colon(s);
	case '%':
		s->encoded |= s->at[1] >= '2' && s->at[1] <= '4';
		return false;
	case 'I':
		s->key_id |= is_key_id(s);
		return false;
	case 'B':
		return find_scheme(s);
	case '-':
		return find_pem(s) || find_option(s) || find_prefix(s) ||
		       find_putty(s);
	case 'J':
		return find_jwt(s) || find_prefix(s);
	default:
		return find_prefix(s);
	}
}

/* Whether there is something to decode. */
static bool find_plain(const struct secret_stops *stops, struct span text,
		       size_t base, struct secret_parts *parts)
{
	struct search s = {.p = text.p, .end = text.p + text.n, .at = text.p,
			   .base = base, .parts = parts, .done = text.p};
	size_t at = 0;

	while ((at = secret_stops_next(stops, text, at)) < text.n) {
		s.at = text.p + at;
		at = look(&s) ? (size_t)(s.at - text.p) : at + 1;
	}
	if (s.key_id)
		find_secret_keys(&s);
	return s.encoded;
}

/* From places in what TEXT decodes to, most of them in order, to places in
 * TEXT. */
static void put_encoded(struct span text, struct secret_parts *parts)
{
	size_t decoded = 0, from = 0;

	for (size_t i = 0; i < parts->count; i++) {
		struct secret_part *part = &parts->part[i];
		size_t n = part->to - part->from;

		if (part->from < decoded)
			decoded = from = 0;
		from += url_encoded_length(span_from(text, from),
					   part->from - decoded);
		decoded = part->from;
		part->from = from;
		part->to = from + url_encoded_length(span_from(text, from), n);
	}
}

/* A URL may stand in another, and that in one more. */
static void find_encoded(const struct secret_stops *stops, struct span text,
			 size_t base, struct secret_parts *parts)
{
	enum { DEEPEST = 3 };
	struct span texts[DEEPEST + 1] = {text};
	struct buffer decoded[DEEPEST] = {0};
	struct secret_parts found = {0};
	bool encoded = true;

	for (size_t depth = 0; encoded && depth < DEEPEST; depth++) {
		url_decode(texts[depth], &decoded[depth]);
		texts[depth + 1] = buffer_span(&decoded[depth]);
		found.count = 0;
		encoded = find_plain(stops, texts[depth + 1], 0, &found);
		for (size_t up = depth + 1; up > 0; up--)
			put_encoded(texts[up - 1], &found);
		for (size_t i = 0; i < found.count; i++) {
			found.part[i].from += base;
			found.part[i].to += base;
			secret_parts_add(parts, found.part[i]);
		}
	}
	for (size_t i = 0; i < DEEPEST; i++)
		buffer_wipe(&decoded[i]);
	secret_parts_free(&found);
}

void secret_parts_find(const struct secret_stops *stops, struct span text,
		      size_t base, struct secret_parts *parts)
{
	size_t before = parts->count;

	/* What is JSON from its first byte on is decoded by who asks, and read
	 * by its keys. */
	if (find_plain(stops, text, base, parts) &&
	    (parts->count > before || !url_is_json(text)))
		find_encoded(stops, text, base, parts);
}

/* Bits of a byte of the text, if each came as often as it does here. */
static double entropy(struct span text)
{
	size_t count[256] = {0};
	double bits = 0;

	for (size_t i = 0; i < text.n; i++)
		count[(unsigned char)text.p[i]]++;
	for (size_t i = 0; i < 256; i++) {
		double share = (double)count[i] / (double)text.n;

		if (count[i] > 0)
			bits -= share * log2(share);
	}
	return bits;
}

size_t secret_parts_word(struct span text)
{
	struct search s = {.end = text.p + text.n};

	return (size_t)(token_end(&s, text.p) - text.p);
}

uint8_t secret_parts_blob(struct span text)
{
	static const double disorder = 4.5;

	if (text.n < SESSION || secret_parts_word(text) < text.n ||
	    entropy(text) < disorder)
		return SECRET_NONE;
	if (span_find(text, SPAN("YXdz")) ||
	    span_find(text, SPAN("Jb3JpZ2luX2Vj")))
		return SECRET_SESSION_TOKEN;
	return text.n > BLOB ? SECRET_BLOB : SECRET_NONE;
}
