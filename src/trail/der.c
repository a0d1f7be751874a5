/* Owns the telling marks.  Reads tags and lengths only; the content is read by
 * trail/x509, and of private keys by nobody. */
#include "trail/der.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	SEQUENCE = 0x30, INTEGER = 0x02, BITS = 0x03, OCTETS = 0x04,
	OBJECT = 0x06, VERSION = 0xa0
};

struct element {
	unsigned tag;
	struct span content;
	struct span rest;       /* behind it */
};

/* The element at the beginning of BYTES. */
static bool read(struct span bytes, struct element *e)
{
	const uint8_t *p = (const uint8_t *)bytes.p;
	size_t n, head = 2;

	if (bytes.n < 2)
		return false;
	e->tag = p[0];
	n = p[1];
	if (n > 0x84 || n == 0x80)
		return false;
	if (n & 0x80) {
		size_t more = n & 0x7f;

		head += more;
		if (bytes.n < head)
			return false;
		n = 0;
		for (size_t i = 0; i < more; i++)
			n = n << 8 | p[2 + i];
	}
	if (n > bytes.n - head)
		return false;
	e->content = (struct span){bytes.p + head, n};
	e->rest = span_from(bytes, head + n);
	return true;
}

/* What begins with a version number: keys. */
static enum der_kind versioned(const struct element *number)
{
	struct element next;

	if (number->content.n > 1)
		return DER_PUBLIC_KEY;          /* a modulus */
	if (!read(number->rest, &next))
		return DER_OTHER;
	if (next.tag == SEQUENCE || next.tag == OCTETS)
		return DER_PRIVATE_KEY;
	return next.tag == INTEGER ? DER_PRIVATE_KEY : DER_OTHER;
}

/* What begins with a sequence: names of algorithms, or a signed body. */
static enum der_kind structured(const struct element *first)
{
	struct element inner, next;

	if (!read(first->content, &inner) || !read(first->rest, &next))
		return DER_OTHER;
	if (inner.tag == OBJECT && next.tag == OCTETS)
		return DER_PRIVATE_KEY;         /* encrypted */
	if (inner.tag == OBJECT && next.tag == BITS)
		return DER_PUBLIC_KEY;
	if (next.tag != SEQUENCE)
		return DER_OTHER;
	if (inner.tag == VERSION)
		return DER_CERTIFICATE;
	if (inner.tag != INTEGER)
		return DER_OTHER;
	/* Version 0 of a request, or the serial number of an old certificate:
	 * then the algorithm's name comes next, else the subject's. */
	if (!read(inner.rest, &next) || !read(next.content, &inner))
		return DER_OTHER;
	return inner.tag == OBJECT ? DER_CERTIFICATE : DER_REQUEST;
}

/* As it stands behind what does not fill a buffer. */
static bool is_padding(struct span bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		if (bytes.p[i] != '\0')
			return false;
	return true;
}

enum der_kind der_kind_of(struct span bytes)
{
	struct element whole, first;

	if (!read(bytes, &whole) || whole.tag != SEQUENCE ||
	    !is_padding(whole.rest) || !read(whole.content, &first))
		return DER_NONE;
	if (first.tag == INTEGER)
		return versioned(&first);
	return first.tag == SEQUENCE ? structured(&first) : DER_OTHER;
}
