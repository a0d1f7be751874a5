/* What tests of the loader and the store share: all that a store tells, in the
 * order of identities, so that two stores can be compared. */
#ifndef STORE_SUPPORT_H
#define STORE_SUPPORT_H

#include "load_support.h"

struct identity {
	uint64_t key;
	struct store_event event;
};

static inline int by_identity(const void *a, const void *b)
{
	uint64_t x = ((const struct identity *)a)->key;
	uint64_t y = ((const struct identity *)b)->key;

	return (x > y) - (x < y);
}

/* The events that are not dropped; the caller frees. */
static inline struct identity *list_events(const struct store *store,
					   size_t *count)
{
	struct store_event e = STORE_NO_EVENT;
	struct identity *list = NULL;
	size_t room = 0, n = 0;

	while (store_next(store, &e)) {
		const struct segment_event *event = segment_event(
			store_segment(store, e.segment), e.index);

		if (n == room) {
			room = memory_grown(room, n + 1, sizeof *list);
			list = memory_resize(list, room, sizeof *list);
		}
		list[n++] = (struct identity){
			(uint64_t)event->input << 32 | event->record, e};
	}
	if (n > 0)
		qsort(list, n, sizeof *list, by_identity);
	*count = n;
	return list;
}

static inline void tell_event(const struct store *store, struct store_event e,
			      struct buffer *out)
{
	const struct segment *s = store_segment(store, e.segment);
	const struct segment_event *event = segment_event(s, e.index);
	uint32_t slots = store_shape(store, e)->slots;
	struct buffer scratch = {0};

	buffer_printf(out, "%u:%u:%u @%llu %x %u %lld%s%s ", event->input,
		      event->record, event->line,
		      (unsigned long long)event->offset, event->marks,
		      event->container, (long long)event->time,
		      store_conflict(store, e) ? " conflict" : "",
		      store_unverified(store, e) ? " unverified" : "");
	for (uint32_t i = slots; i < segment_row_length(s, e.index); i++) {
		uint32_t value = store_slot(store, e, i);

		if (value != VALUES_NONE)
			buffer_add_span(out, store_text(store, e.segment,
							value, &scratch));
		buffer_add_byte(out, '|');
	}
	document_text(store, e, false, out);
	document_line(store, e, false, out);
	buffer_add_byte(out, '\n');
	buffer_free(&scratch);
}

static inline void tell_counts(const struct store *store, struct buffer *out)
{
	struct store_counts c;

	store_counts(store, &c);
	buffer_printf(out, "%llu %llu %llu %llu %llu %llu %llu %llu %llu %lld "
		      "%lld\n",
		      (unsigned long long)c.events,
		      (unsigned long long)c.notices,
		      (unsigned long long)c.duplicates,
		      (unsigned long long)c.conflicts,
		      (unsigned long long)c.relaxed,
		      (unsigned long long)c.damaged,
		      (unsigned long long)c.unverified,
		      (unsigned long long)c.untimed,
		      (unsigned long long)c.rejected, (long long)c.first,
		      (long long)c.last);
	buffer_printf(out, "%llu %llu %llu %llu %llu\n",
		      (unsigned long long)c.files,
		      (unsigned long long)c.files_done,
		      (unsigned long long)c.files_skipped,
		      (unsigned long long)c.files_failed,
		      (unsigned long long)c.bytes_out);
}

/* Events, counts, problems; the caller frees. */
static inline char *tell_store(const struct store *store)
{
	size_t count;
	struct identity *list = list_events(store, &count);
	struct buffer out = {0};

	for (size_t i = 0; i < count; i++)
		tell_event(store, list[i].event, &out);
	free(list);
	tell_counts(store, &out);
	for (size_t i = 0; i < store_problem_count(store); i++) {
		struct store_problem p = store_problem(store, i);

		buffer_printf(&out, "%u:%llu:%llu %s: %s %s\n", p.input,
			      (unsigned long long)p.error.line,
			      (unsigned long long)p.error.column,
			      p.error.text, p.error.hint,
			      p.excerpt ? p.excerpt : "");
	}
	return buffer_take(&out);
}

#endif
