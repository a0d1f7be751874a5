/* Owns the reading of byte buffers.  Sees values through the store's door, so
 * of a secret one nothing but its mask. */
#include "trail/bytebuffer.h"

#include "base/memory.h"
#include "text/decimal.h"
#include "json/paths.h"
#include "trail/secret.h"

#include <stdlib.h>
#include <string.h>

enum member {
	HB, OFFSET, LIMIT, CAPACITY, POSITION, MARK, ADDRESS, READ_ONLY,
	BIG_ENDIAN, NATIVE_ORDER, MEMBERS
};

static const char *const names[MEMBERS] = {
	[HB] = "hb", [OFFSET] = "offset", [LIMIT] = "limit",
	[CAPACITY] = "capacity", [POSITION] = "position", [MARK] = "mark",
	[ADDRESS] = "address", [READ_ONLY] = "isReadOnly",
	[BIG_ENDIAN] = "bigEndian", [NATIVE_ORDER] = "nativeByteOrder",
};

enum { NO_SLOT = -1, FEWEST = 3 };

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The number at *P, which is moved behind it; 1000: there is none. */
static int read_number(const char **p, const char *end)
{
	bool minus = *p < end && **p == '-';
	const char *from = *p += minus;
	int n = 0;

	while (*p < end && **p >= '0' && **p <= '9' && *p - from < 3)
		n = n * 10 + (*(*p)++ - '0');
	if (*p == from)
		return 1000;
	return minus ? -n : n;
}

bool bytebuffer_numbers(struct span array, struct buffer *out)
{
	const char *p = array.p, *end = array.p + array.n;

	if (array.n < 2 || *p++ != '[' || *--end != ']')
		return false;
	while (p < end) {
		int n;

		while (p < end && blank(*p))
			p++;
		n = read_number(&p, end);
		if (n < -128 || n > 255)
			return false;
		buffer_add_byte(out, (char)(n & 0xff));
		while (p < end && blank(*p))
			p++;
		if (p < end && *p++ != ',')
			return false;
	}
	return out->n > 0;
}

static enum member member_of(struct span key)
{
	int i = 0;

	while (i < MEMBERS && !span_is(key, names[i]))
		i++;
	return (enum member)i;
}

/* Goes on to the object whose key begins at KEY. */
static bool find_object(struct paths_walk *w, uint32_t key)
{
	enum paths_event event;

	while ((event = paths_next(w)) != PATHS_END) {
		const char *at;

		if (event != PATHS_OBJECT || w->depth == 0)
			continue;
		at = w->steps[w->depth - 1].key.p;
		if (at && (size_t)(at - w->template.p) == key)
			return true;
	}
	return false;
}

/* The slots of the members of the object where the walk stands. */
static size_t read_members(struct paths_walk *w, uint32_t slot[MEMBERS],
			   uint32_t *elements)
{
	uint32_t depth = w->depth;
	enum paths_event event;
	size_t known = 0;

	while ((event = paths_next(w)) != PATHS_END && w->depth > depth) {
		enum member member;

		if (w->depth == depth + 2 && event == PATHS_LEAF &&
		    span_is(w->steps[depth].key, names[HB]))
			++*elements;
		if (w->depth != depth + 1 ||
		    (event != PATHS_LEAF && event != PATHS_ARRAY))
			continue;
		member = member_of(w->steps[depth].key);
		if (member == MEMBERS ||
		    (event == PATHS_ARRAY && member != HB))
			continue;
		known++;
		slot[member] = w->slot;
	}
	return known;
}

bool bytebuffer_find(const struct store *store, struct store_event e,
		     uint32_t key, struct bytebuffer *b)
{
	struct paths_walk *w = memory_alloc(sizeof *w);
	uint32_t slot[MEMBERS];
	size_t known = 0;

	memset(slot, 0xff, sizeof slot);
	*b = (struct bytebuffer){.elements = 0};
	paths_start(w, store_shape(store, e)->template);
	if (find_object(w, key))
		known = read_members(w, slot, &b->elements);
	free(w);
	b->hb = slot[HB];
	b->offset = slot[OFFSET];
	b->limit = slot[LIMIT];
	b->capacity = slot[CAPACITY];
	return known >= FEWEST && (b->hb != UINT32_MAX ||
				   b->limit != UINT32_MAX);
}

/* The number in a slot, or NO_SLOT when there is none to be seen. */
static int64_t number_in(const struct store *store, struct store_event e,
			 uint32_t slot)
{
	struct buffer scratch = {0};
	struct span text;
	int64_t n = 0;

	if (slot == UINT32_MAX)
		return NO_SLOT;
	text = store_text(store, e.segment, store_slot(store, e, slot),
			  &scratch);
	for (size_t i = 0; i < text.n && n != NO_SLOT; i++)
		n = text.p[i] >= '0' && text.p[i] <= '9' && n < 1 << 30
			? n * 10 + (text.p[i] - '0') : NO_SLOT;
	buffer_free(&scratch);
	return text.n > 0 ? n : NO_SLOT;
}

/* The text of the content's array, put together where it has few elements. */
static void content(const struct store *store, struct store_event e,
		    const struct bytebuffer *b, struct buffer *out)
{
	struct buffer scratch = {0};

	if (b->elements > 0)
		buffer_add_byte(out, '[');
	for (uint32_t i = 0; i < (b->elements ? b->elements : 1); i++) {
		if (i > 0)
			buffer_add_byte(out, ',');
		buffer_add_span(out, store_text(store, e.segment,
			store_slot(store, e, b->hb + i), &scratch));
	}
	if (b->elements > 0)
		buffer_add_byte(out, ']');
	buffer_free(&scratch);
}

static void add_count(struct buffer *out, int64_t count)
{
	char number[DECIMAL_GROUPED];

	buffer_printf(out, "%s byte%s",
		      decimal_group((uint64_t)count, number),
		      count == 1 ? "" : "s");
}

/* BYTES from OFFSET on, as many as the limit says; false when there are not so
 * many. */
static bool cut(struct buffer *bytes, int64_t offset, int64_t limit)
{
	if (offset < 0)
		offset = 0;
	if (limit < 0)
		limit = (int64_t)bytes->n - offset;
	if (limit < 0 || offset + limit > (int64_t)bytes->n)
		return false;
	memmove(bytes->p, bytes->p + offset, (size_t)limit);
	bytes->n = (size_t)limit;
	return true;
}

static bool secret(const struct store *store, struct store_event e,
		   const struct bytebuffer *b)
{
	return b->hb != UINT32_MAX &&
	       store_is_secret(store_slot(store, e, b->hb));
}

enum bytebuffer_state bytebuffer_read(const struct store *store,
				      struct store_event e,
				      const struct bytebuffer *b,
				      struct buffer *bytes,
				      struct buffer *summary)
{
	int64_t limit = number_in(store, e, b->limit);
	int64_t offset = number_in(store, e, b->offset);
	struct buffer array = {0};
	bool read = false, aws;

	buffer_clear(bytes);
	buffer_clear(summary);
	if (b->hb != UINT32_MAX) {
		content(store, e, b, &array);
		read = bytebuffer_numbers(buffer_span(&array), bytes);
	}
	if (secret(store, e, b)) {
		buffer_add_span(summary, buffer_span(&array));
		buffer_free(&array);
		return BYTEBUFFER_SECRET;
	}
	aws = read && secret_masked_by_aws(SCAN_RAW, buffer_span(&array));
	buffer_free(&array);
	if (read && cut(bytes, offset, limit) && !aws)
		return BYTEBUFFER_KNOWN;
	if (aws)
		limit = (int64_t)bytes->n;
	if (limit >= 0) {
		add_count(summary, limit);
		buffer_add_text(summary, ", ");
	}
	buffer_add_text(summary, aws ? "masked by AWS"
				     : "content not recorded");
	return aws ? BYTEBUFFER_MASKED : BYTEBUFFER_UNRECORDED;
}
