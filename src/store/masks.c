/* Owns the wording.  Reads of a secret its kind and its length only. */
#include "store/masks.h"

/* Masks are written for each secret of each search. */
static void add_number(struct buffer *out, uint32_t n)
{
	char digits[10];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	buffer_add(out, digits + at, sizeof digits - at);
}

static void add_mask(const struct store_masks *masks, const struct tags *tags,
		     const struct values *v, uint32_t segment, uint32_t value,
		     struct buffer *out)
{
	const struct values_secret *secret = values_secret(v, value);
	enum scan_kind kind = values_kind(v, value);
	uint32_t tag = tags ? tags_number(tags, segment, value) : 0;

	buffer_add_text(out, masks->ascii ? "[" : "\u2039");
	buffer_add_text(out, masks->name(secret->rule));
	if (masks->sized(secret->rule) && kind != SCAN_SKIPPED) {
		buffer_add_text(out, ", ");
		add_number(out, secret->size);
		buffer_add_text(out, kind == SCAN_RAW ? " bytes" : " chars");
	}
	if (tag) {
		buffer_add_text(out, ", #k");
		add_number(out, tag);
	} else {
		buffer_add_text(out, masks->ascii ? ", #..." : ", #\u2026");
	}
	buffer_add_text(out, masks->ascii ? "]" : "\u203a");
}

void masks_write(const struct store_masks *masks, const struct tags *tags,
		 const struct values *v, uint32_t segment, uint32_t secret,
		 struct buffer *out)
{
	const struct values_secret *s = values_secret(v, secret);
	struct span left = values_left(v, secret);
	size_t done = 0;

	if (s->parts == 0) {
		add_mask(masks, tags, v, segment, secret, out);
		return;
	}
	for (uint32_t i = s->part; i < s->part + s->parts; i++) {
		const struct values_part *part = values_part(v, i);

		buffer_add(out, left.p + done, part->at - done);
		if (part->bare)
			buffer_add_byte(out, '"');
		add_mask(masks, tags, v, segment, part->secret, out);
		if (part->bare)
			buffer_add_byte(out, '"');
		done = part->at;
	}
	buffer_add_span(out, span_from(left, done));
}
