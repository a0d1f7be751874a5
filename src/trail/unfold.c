/* Owns the decision what a text is.  Reading it is left to json/, base64, der
 * and x509. */
#include "trail/unfold.h"

#include "json/scan.h"
#include "text/decimal.h"
#include "text/utf8.h"
#include "trail/base64.h"
#include "trail/der.h"
#include "trail/url.h"
#include "trail/x509.h"

#include <string.h>

enum { ENCODED = 40 };

static char first_mark(struct span text)
{
	const char *p = scan_blank(text.p, text.p + text.n);

	return p < text.p + text.n ? *p : '\0';
}

static bool is_json(struct span text)
{
	const char *end = text.p + text.n, *after;
	struct scan_fault fault;
	struct scan scan = {.count = 0};
	char mark = first_mark(text);
	bool good = (mark == '{' || mark == '[') &&
		    scan_strict(&scan, text.p, end, true, &after, &fault) ==
			    SCAN_WHOLE &&
		    scan_blank(after, end) == end && scan.template.n > 2;

	scan_free(&scan);
	return good;
}

bool unfold_may(struct span text)
{
	char mark = text.n > 2 ? first_mark(text) : '\0';

	return mark == '{' || mark == '[' || mark == '%' || mark == '-' ||
	       (text.n >= ENCODED && (mark == 'M' || mark == 'e' ||
				      mark == 'W')) ||
	       x509_in_text(text);
}

static void say(struct buffer *summary, const char *words)
{
	if (summary)
		buffer_add_text(summary, words);
}

static enum unfold_kind certificates(struct span text, int64_t at,
				     struct buffer *json,
				     struct buffer *summary)
{
	size_t n = x509_describe_text(text, at, json);

	if (summary && n > 1)
		buffer_printf(summary, "%zu PEM certificates", n);
	else
		say(summary, "PEM certificate");
	return UNFOLD_CERTIFICATE;
}

static enum unfold_kind from_der(struct span bytes, int64_t at,
				 struct buffer *json, struct buffer *summary)
{
	switch (der_kind_of(bytes)) {
	case DER_CERTIFICATE:
		x509_describe_der(bytes, at, json);
		say(summary, "DER certificate");
		return UNFOLD_CERTIFICATE;
	case DER_REQUEST:
		say(summary, "DER certificate request");
		return UNFOLD_NOTHING;
	case DER_PUBLIC_KEY:
		say(summary, "DER public key");
		return UNFOLD_NOTHING;
	default:
		return UNFOLD_NOTHING;
	}
}

static enum unfold_kind decoded(struct span text, int64_t at,
				struct buffer *json, struct buffer *summary)
{
	struct buffer bytes = {0};
	enum unfold_kind kind = UNFOLD_NOTHING;

	if (text.n >= ENCODED && base64_decode(text, &bytes)) {
		kind = from_der(buffer_span(&bytes), at, json, summary);
		if (kind == UNFOLD_NOTHING && is_json(buffer_span(&bytes))) {
			buffer_add_span(json, buffer_span(&bytes));
			say(summary, "base64 of JSON");
			kind = UNFOLD_JSON;
		}
	}
	buffer_free(&bytes);
	return kind;
}

static enum unfold_kind from_url(struct span text, struct buffer *json,
				 struct buffer *summary)
{
	struct buffer plain = {0};
	enum unfold_kind kind = UNFOLD_NOTHING;

	url_decode(text, &plain);
	if (is_json(buffer_span(&plain))) {
		buffer_add_span(json, buffer_span(&plain));
		say(summary, "URL-encoded JSON");
		kind = UNFOLD_JSON;
	}
	buffer_free(&plain);
	return kind;
}

static enum unfold_kind look(struct span text, int64_t at, struct buffer *json,
			     struct buffer *summary)
{
	if (x509_in_text(text))
		return certificates(text, at, json, summary);
	if (is_json(text)) {
		buffer_add_span(json, text);
		return UNFOLD_JSON;
	}
	return first_mark(text) == '%' ? from_url(text, json, summary)
				       : decoded(text, at, json, summary);
}

enum unfold_kind unfold_text(struct span text, int64_t at, struct buffer *json,
			     struct buffer *summary)
{
	if (summary)
		buffer_clear(summary);
	return unfold_may(text) ? look(text, at, json, summary)
				: UNFOLD_NOTHING;
}

enum unfold_kind unfold_bytes(struct span bytes, int64_t at,
			      struct buffer *json, struct buffer *summary)
{
	struct buffer words = {0};
	char number[DECIMAL_GROUPED];
	enum unfold_kind kind = from_der(bytes, at, json, &words);

	if (kind == UNFOLD_NOTHING && words.n == 0 && utf8_is_valid(bytes))
		kind = look(bytes, at, json, &words);
	if (words.n == 0 && kind == UNFOLD_JSON)
		buffer_add_text(&words, "JSON");
	buffer_clear(summary);
	buffer_printf(summary, "%s byte%s", decimal_group(bytes.n, number),
		      bytes.n == 1 ? "" : "s");
	if (words.n > 0) {
		buffer_add_byte(summary, ' ');
		buffer_add_span(summary, buffer_span(&words));
	}
	buffer_free(&words);
	return kind;
}
