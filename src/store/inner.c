/* Owns the copy, its scan and its document. */
#include "store/inner.h"

#include "base/memory.h"
#include "json/decode.h"
#include "store/document.h"

#include <stdlib.h>

struct inner {
	struct buffer text;
	struct scan scan;       /* its tokens point into TEXT */
	struct cJSON *root;
};

struct inner *inner_new(struct span text)
{
	struct inner *in = memory_clear(1, sizeof *in);
	struct scan_fault fault;
	const char *end, *after;

	buffer_add_span(&in->text, text);
	end = in->text.p + in->text.n;
	if (text.n > 0 &&
	    scan_strict(&in->scan, in->text.p, end, true, &after, &fault) ==
		    SCAN_WHOLE && scan_blank(after, end) == end)
		in->root = document_of_template(
			buffer_span(&in->scan.template));
	if (in->root)
		return in;
	inner_free(in);
	return NULL;
}

void inner_free(struct inner *in)
{
	if (!in)
		return;
	document_free(in->root);
	scan_free(&in->scan);
	buffer_wipe(&in->text);
	free(in);
}

const struct cJSON *inner_root(const struct inner *in)
{
	return in->root;
}

void inner_key(const struct inner *in, size_t offset, struct buffer *out)
{
	document_template_key(buffer_span(&in->scan.template), offset, out);
}

static struct span token_of(const struct inner *in, uint32_t slot)
{
	const struct scan_token *t = &in->scan.tokens[slot];

	return (struct span){t->text, t->length};
}

void inner_token(const struct inner *in, uint32_t slot, struct buffer *out)
{
	scan_token_text(inner_kind(in, slot), token_of(in, slot), out);
}

void inner_text(const struct inner *in, uint32_t slot, struct buffer *out)
{
	if (inner_kind(in, slot) == SCAN_STRING)
		decode_string(token_of(in, slot), out);
	else
		buffer_add_span(out, token_of(in, slot));
}

enum scan_kind inner_kind(const struct inner *in, uint32_t slot)
{
	return in->scan.tokens[slot].kind;
}
