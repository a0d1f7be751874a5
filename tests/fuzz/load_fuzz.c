/* Any bytes as the content of a file, in pieces of some size: the same events
 * and problems whatever the pieces, lines that are JSON, the bytes of the input
 * where reading was strict, and no secret in an excerpt or behind a mask. */
#include "base/memory.h"
#include "load/builder.h"
#include "load/records.h"
#include "store/document.h"
#include "trail/fields.h"
#include "trail/secret.h"

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

/* The content goes through in pieces of PIECE bytes. */
static struct store *load(struct span text, size_t piece)
{
	struct store *store = store_new(FIELD_COUNT);
	struct builder *builder = builder_new(store, NULL);
	struct records *records = records_new(store, builder, false);
	struct window window = {.done = 0};
	uint32_t input = store_add_file(store, "fuzz");

	store_set_masks(store, (struct store_masks){secret_name, secret_sized,
						    true});
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
	records_free(records);
	builder_free(builder);
	window_free(&window);
	store_finish(store);
	return store;
}

static size_t count_in(struct span text, struct span needle)
{
	size_t n = 0;
	const char *at;

	while ((at = span_find(text, needle))) {
		n++;
		text = span_from(text, (size_t)(at - text.p) + 1);
	}
	return n;
}

/* Long enough to be recognised, nothing that masks are made of, and nothing that
 * JSON would spell otherwise: then what is found would not be the secret. */
static bool is_worth_looking_for(struct span token)
{
	bool digit = false;

	for (size_t i = 0; i < token.n; i++) {
		if ((unsigned char)token.p[i] <= ' ' || token.p[i] > '~' ||
		    token.p[i] == '"' || token.p[i] == '\\')
			return false;
		digit |= token.p[i] >= '0' && token.p[i] <= '9';
	}
	return token.n >= 8 && digit;
}

/* A secret by its key that stands nowhere else in the input stands in no
 * excerpt. */
static void check_secret(const struct store *store, struct span input,
			 struct span token)
{
	if (!is_worth_looking_for(token) || count_in(input, token) != 1)
		return;
	for (size_t i = 0; i < store_problem_count(store); i++) {
		const char *excerpt = store_problem(store, i).excerpt;

		MUST(!excerpt || !span_find(span_of(excerpt), token));
	}
}

static bool is_by_key(uint8_t rule)
{
	return rule != SECRET_NONE && rule != SECRET_FRIEND &&
	       rule != SECRET_OPERAND;
}

static void check_secrets(const struct store *store, struct store_event e,
			  struct span input)
{
	const struct shape *shape = store_shape(store, e);
	const struct values *v = &store_segment(store, e.segment)->values;

	for (uint32_t i = 0; shape->rule && i < shape->slots; i++) {
		uint32_t value = store_slot(store, e, i);

		if (is_by_key(shape->rule[i]) && store_is_secret(value) &&
		    !values_partly(v, value))
			check_secret(store, input, values_token(v, value));
	}
}

static void check_excerpt(const struct store_problem *p)
{
	size_t n = p->excerpt ? strlen(p->excerpt) : 0;

	for (size_t i = 0; i < n; i++)
		MUST(p->excerpt[i] >= ' ' && p->excerpt[i] <= '~');
	MUST(p->caret <= n);
	MUST(p->error.line > 0 || !p->excerpt);
	MUST(p->error.text[0] != '\0');
}

/* Whether the record is JSON in a string: AT is the string's, then. */
static bool is_in_string(struct span input, uint64_t at)
{
	return at > 0 && input.p[at - 1] == '"';
}

/* All that is told of an event that does not hang on pieces. */
static void tell_event(const struct store *store, struct store_event e,
		       struct span input, struct buffer *out)
{
	const struct segment_event *event = segment_event(
		store_segment(store, e.segment), e.index);
	struct buffer text = {0};
	struct scan scan = {.count = 0};
	struct scan_fault fault;
	const char *after;

	buffer_printf(out, "%u %llu %u %x %u %lld ", event->record,
		      (unsigned long long)event->offset, event->line,
		      event->marks, event->container, (long long)event->time);
	document_line(store, e, true, &text);
	MUST(scan_strict(&scan, text.p, text.p + text.n, true, &after,
			 &fault) == SCAN_WHOLE && after == text.p + text.n);
	buffer_clear(&text);
	document_line(store, e, false, &text);
	MUST(scan_strict(&scan, text.p, text.p + text.n, true, &after,
			 &fault) == SCAN_WHOLE && after == text.p + text.n);
	MUST(!memchr(text.p, '\n', text.n));
	buffer_add_span(out, buffer_span(&text));
	buffer_clear(&text);
	document_text(store, e, true, &text);
	MUST(event->offset < input.n);
	if (!(event->marks & SEGMENT_RELAXED) &&
	    !is_in_string(input, event->offset)) {
		MUST(event->offset + text.n <= input.n);
		MUST(memcmp(input.p + event->offset, text.p, text.n) == 0);
	}
	buffer_add_byte(out, '\n');
	buffer_free(&text);
	scan_free(&scan);
}

static void tell(const struct store *store, struct span input,
		 struct buffer *out)
{
	struct store_event e = STORE_NO_EVENT;
	struct store_counts counts;
	uint64_t events = 0;

	while (store_next(store, &e)) {
		tell_event(store, e, input, out);
		check_secrets(store, e, input);
		events++;
	}
	store_counts(store, &counts);
	MUST(counts.events == events);
	for (size_t i = 0; i < store_problem_count(store); i++) {
		struct store_problem p = store_problem(store, i);

		check_excerpt(&p);
		buffer_printf(out, "%llu:%llu %llu %s\n",
			      (unsigned long long)p.error.line,
			      (unsigned long long)p.error.column,
			      (unsigned long long)p.error.offset,
			      p.error.text);
	}
}

/* The first byte says how large the pieces are. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t pieces[] = {1, 2, 3, 5, 17, 64, 300, 1000};
	struct buffer whole = {0}, told = {0};
	struct store *store;
	struct span input;
	size_t piece;

	if (size == 0)
		return 0;
	piece = pieces[data[0] % (sizeof pieces / sizeof pieces[0])];
	input = (struct span){(const char *)data + 1, size - 1};
	store = load(input, input.n + 1);
	tell(store, input, &whole);
	store_free(store);
	store = load(input, piece);
	tell(store, input, &told);
	store_free(store);
	MUST(span_equal(buffer_span(&told), buffer_span(&whole)));
	buffer_free(&whole);
	buffer_free(&told);
	return 0;
}
