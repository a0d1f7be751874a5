/* What the tests of what is found in values share: texts, and the same with what
 * is secret in them masked. */
#ifndef TRAIL_SECRET_SUPPORT_H
#define TRAIL_SECRET_SUPPORT_H

#include "exact.h"
#include "trail_support.h"

#include "trail/secret_find.h"

/* 40 and 256 characters in no order. */
#define WORD40 "q8Zr1LmX0vTb7NcY3kHs9dWf2gJp5aRe4uQiXo6B"
#define WORD256 WORD40 WORD40 WORD40 WORD40 WORD40 WORD40 "u3Wn8KcV5xTzQ1Lr"

/* TEXT with the word of the rule in place of each part. */
static inline void write_found(struct secret_find *find, enum scan_kind kind,
			       struct span text, bool friend,
			       struct buffer *out)
{
	const struct secret_parts *parts = secret_find_in(find, kind, text,
							  friend);
	size_t done = 0;

	for (size_t i = 0; i < parts->count; i++) {
		const struct secret_part *part = &parts->part[i];

		assert_true(part->from >= done && part->to > part->from);
		assert_true(part->to <= text.n);
		buffer_add(out, text.p + done, part->from - done);
		buffer_printf(out, part->bare ? "\"<%s>\"" : "<%s>",
			      secret_word(part->rule));
		done = part->to;
	}
	buffer_add_span(out, span_from(text, done));
}

struct row {
	const char *text;
	const char *found;      /* NULL: all of it may be shown */
	const char *source;
};

static inline void check(const struct row *row, size_t count, bool friend)
{
	struct secret_find *find = secret_find_new();

	for (size_t i = 0; i < count; i++) {
		struct span text = exact_span(row[i].text);
		struct buffer out = {0};

		write_found(find, SCAN_STRING, text, friend, &out);
		free((char *)text.p);
		if (!span_is(buffer_span(&out),
			     row[i].found ? row[i].found : row[i].text))
			fail_msg("row %zu (%s): %s: %s", i, row[i].source,
				 row[i].text, buffer_text(&out));
		buffer_free(&out);
	}
	secret_find_free(find);
}

#define CHECK(rows, friend) check(rows, COUNT(rows), friend)

#endif
