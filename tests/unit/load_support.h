/* What the tests above the loader share: a store made of text, as a file's
 * content would be, in pieces of any size. */
#ifndef LOAD_SUPPORT_H
#define LOAD_SUPPORT_H

#include "base/buffer.h"
#include "base/memory.h"
#include "load/builder.h"
#include "load/records.h"
#include "load/window.h"
#include "store/document.h"
#include "store/store.h"
#include "trail/fields.h"
#include "trail/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A store whose files are texts. */
struct made {
	struct store *store;
	struct builder *builder;
	struct delivery_tally tally;    /* of the last text */
	bool strict;
};

static inline void make_store(struct made *m)
{
	*m = (struct made){.store = store_new(FIELD_COUNT)};
	store_set_masks(m->store, (struct store_masks){
		secret_name, secret_sized, true});
	m->builder = builder_new(m->store, NULL);
}

/* Adds TEXT as the content of file INPUT, PIECE bytes at a time. */
static inline void make_input(struct made *m, uint32_t input,
			      struct span text, size_t piece)
{
	struct records *records = records_new(m->store, m->builder,
					      m->strict);
	struct window window = {.done = 0};

	window_start(&window);
	records_start(records, input);
	for (size_t at = 0; at < text.n; at += piece) {
		size_t n = text.n - at < piece ? text.n - at : piece;

		memcpy(window_room(&window, n), text.p + at, n);
		window.bytes.n += n;
		records_read(records, &window, false, false);
	}
	window_room(&window, 1);
	records_read(records, &window, true, false);
	m->tally = records_tally(records);
	store_set_file(m->store, input, &(struct store_file){
		.state = STORE_FILE_LOADED, .events = m->tally.events,
		.rejected = m->tally.rejected, .bytes_out = text.n});
	records_free(records);
	window_free(&window);
}

/* The same as one more file. */
static inline void make_file(struct made *m, struct span text, size_t piece)
{
	char name[16];

	snprintf(name, sizeof name, "file-%u", store_file_count(m->store));
	make_input(m, store_add_file(m->store, name), text, piece);
}

/* All is published. */
static inline void make_end(struct made *m)
{
	builder_free(m->builder);
	m->builder = NULL;
	store_finish(m->store);
}

static inline void unmake(struct made *m)
{
	builder_free(m->builder);
	store_free(m->store);
}

/* A store of one text. */
static inline void make_text(struct made *m, const char *text, size_t piece)
{
	make_store(m);
	make_file(m, span_of(text), piece);
	make_end(m);
}

/* The text of a field of an event; empty when it has none.  The caller frees.
 */
static inline char *field_text(const struct made *m, struct store_event e,
			       enum field field)
{
	uint32_t value = store_field(m->store, e, field);
	struct buffer scratch = {0};
	struct span text = {"", 0};
	char *copy;

	if (value != VALUES_NONE)
		text = store_text(m->store, e.segment, value, &scratch);
	copy = memory_copy(text.p, text.n);
	buffer_free(&scratch);
	return copy;
}

/* Processor time of this program, in ms: what others do does not count. */
static inline uint64_t cpu_ms(void)
{
	return (uint64_t)clock() / (CLOCKS_PER_SEC / 1000);
}

/* Numbers from a seed, the same everywhere. */
static inline uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* One byte of B more, less, or another one. */
static inline void damage_any(struct buffer *b, uint64_t *seed)
{
	static const char bytes[] = "\"'{}[],:\\\n #/x0-.\x01\xc3\xff";
	size_t at = next_random(seed) % b->n;
	char byte = bytes[next_random(seed) % sizeof bytes];

	switch (next_random(seed) % 3) {
	case 0:
		b->p[at] = byte;
		break;
	case 1:
		memmove(b->p + at, b->p + at + 1, b->n - at - 1);
		b->n--;
		break;
	default:
		buffer_room(b, 1);
		memmove(b->p + at + 1, b->p + at, b->n - at);
		b->p[at] = byte;
		b->n++;
	}
}

/* eventNames in the order of the records, with blanks between; a `~` behind
 * a relaxed one, `!` behind a damaged one, `'` behind a notice.  The caller
 * frees. */
static inline char *event_names(const struct made *m)
{
	struct store_event e = STORE_NO_EVENT;
	struct buffer out = {0};

	while (store_next(m->store, &e)) {
		char *name = field_text(m, e, FIELD_EVENT_NAME);
		uint8_t marks = segment_event(store_segment(m->store,
							    e.segment),
					      e.index)->marks;

		if (out.n > 0)
			buffer_add_byte(&out, ' ');
		buffer_add_text(&out, name);
		free(name);
		if (marks & SEGMENT_DAMAGED)
			buffer_add_byte(&out, '!');
		else if (marks & SEGMENT_RELAXED)
			buffer_add_byte(&out, '~');
		if (marks & SEGMENT_NOTICE)
			buffer_add_byte(&out, '\'');
	}
	return buffer_take(&out);
}

#endif
