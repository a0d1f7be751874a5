/* Owns the wording.  Reads of a secret its kind and its length only. */
#include "store/masks.h"

/* How long a secret is, in the words of its mask. */
static void add_size(const struct values *v, uint32_t value,
		     struct buffer *out)
{
	struct span token = values_token(v, value);
	size_t n = 0;

	if (values_kind(v, value) == SCAN_RAW) {
		n = token.n > 2;
		for (size_t i = 0; i < token.n; i++)
			n += token.p[i] == ',';
		buffer_printf(out, ", %zu bytes", n);
		return;
	}
	for (size_t i = 0; i < token.n; i++)
		n += ((unsigned char)token.p[i] & 0xc0) != 0x80;
	buffer_printf(out, ", %zu chars", n);
}

static void add_mask(const struct store_masks *masks, const struct tags *tags,
		     const struct values *v, uint32_t segment, uint32_t value,
		     struct buffer *out)
{
	uint32_t rule = values_secret(v, value)->rule;
	uint32_t tag = tags ? tags_number(tags, segment, value) : 0;

	buffer_add_text(out, masks->ascii ? "[" : "\u2039");
	buffer_add_text(out, masks->name(rule));
	if (masks->sized(rule) && values_kind(v, value) != SCAN_SKIPPED)
		add_size(v, value, out);
	if (tag)
		buffer_printf(out, ", #k%u", tag);
	else
		buffer_add_text(out, masks->ascii ? ", #..." : ", #\u2026");
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
