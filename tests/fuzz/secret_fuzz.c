/* Any bytes as a value: what is found secret in it are places of it, in order and
 * apart from each other, the same each time; what can be looked into is JSON
 * from end to end.  The first byte says what kind of token it is. */
#include "json/scan.h"
#include "trail/secret.h"
#include "trail/secret_find.h"
#include "trail/unfold.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition) \
	((condition) ? (void)0 : broken(#condition, __LINE__))

static _Noreturn void broken(const char *condition, int line)
{
	fprintf(stderr, "line %d: not so: %s\n", line, condition);
	abort();
}

/* The places, one after another. */
static void find(struct secret_find *f, enum scan_kind kind, struct span text,
		 struct buffer *places)
{
	const struct secret_parts *parts = secret_find_in(f, kind, text, false);
	size_t done = 0;

	for (size_t i = 0; i < parts->count; i++) {
		const struct secret_part *part = &parts->part[i];

		MUST(part->from >= done);
		MUST(part->to > part->from);
		MUST(part->to <= text.n);
		buffer_printf(places, "%s %zu %zu\n", secret_word(part->rule),
			      part->from, part->to);
		done = part->to;
	}
}

static void check_json(struct span json)
{
	const char *end = json.p + json.n, *after;
	struct scan_fault fault;
	struct scan scan = {.count = 0};

	MUST(scan_strict(&scan, json.p, end, true, &after, &fault) ==
	     SCAN_WHOLE);
	MUST(scan_blank(after, end) == end);
	scan_free(&scan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct secret_find *f = secret_find_new();
	struct buffer one = {0}, two = {0}, json = {0}, summary = {0};
	enum scan_kind kind;
	struct span text;

	if (size > 0) {
		kind = data[0] % 2 ? SCAN_RAW : SCAN_STRING;
		text = (struct span){(const char *)data + 1, size - 1};
		find(f, kind, text, &one);
		find(f, kind, text, &two);
		MUST(span_equal(buffer_span(&one), buffer_span(&two)));
		if (unfold_text(text, 0, &json, &summary) != UNFOLD_NOTHING)
			check_json(buffer_span(&json));
		buffer_clear(&json);
		if (unfold_bytes(text, 0, &json, &summary) != UNFOLD_NOTHING)
			check_json(buffer_span(&json));
	}
	secret_find_free(f);
	buffer_free(&one);
	buffer_free(&two);
	buffer_free(&json);
	buffer_free(&summary);
	return 0;
}
