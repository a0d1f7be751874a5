/* Any bytes as a value: what is found secret in it are places of it, in order and
 * apart from each other, the same each time; what can be looked into is JSON
 * from end to end, and nothing secret in it was overlooked.  The first byte says
 * what kind of token it is. */
#include "json/scan.h"
#include "trail/secret.h"
#include "trail/secret_find.h"
#include "trail/unfold.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MASK "\xe2\x80\xb9x\xe2\x80\xba"
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

/* What is shown of the text opens to nothing secret but masks: nothing is looked
 * into that was not judged. */
static void check_opened(struct secret_find *f, struct span text)
{
	const struct secret_parts *parts = secret_find_in(f, SCAN_STRING, text,
							  false);
	struct buffer shown = {0}, json = {0};
	size_t done = 0;

	for (size_t i = 0; i < parts->count; i++) {
		buffer_add(&shown, text.p + done, parts->part[i].from - done);
		buffer_add_text(&shown, parts->part[i].bare
					? "\"" MASK "\"" : MASK);
		done = parts->part[i].to;
	}
	buffer_add_span(&shown, span_from(text, done));
	if (unfold_text(buffer_span(&shown), 0, &json, NULL) == UNFOLD_JSON) {
		parts = secret_find_in(f, SCAN_STRING, buffer_span(&json),
				       false);
		for (size_t i = 0; i < parts->count; i++)
			MUST(span_find((struct span){
				json.p + parts->part[i].from,
				parts->part[i].to - parts->part[i].from},
				SPAN(MASK)));
	}
	buffer_free(&shown);
	buffer_free(&json);
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
		if (kind == SCAN_STRING)
			check_opened(f, text);
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
