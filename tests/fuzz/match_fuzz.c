/* A pattern on the first line, values on the others: what is no pattern has a
 * place, a block gives the verdicts of its values, a hit lies in its value, and
 * a quoted value finds itself. */
#include "base/memory.h"
#include "text/match.h"
#include "text/utf8.h"

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

static bool bit(const uint64_t *set, uint32_t i)
{
	return set[i / 64] >> (i % 64) & 1;
}

static struct span value_of(const struct match_block *b, uint32_t i)
{
	return (struct span){b->bytes + b->start[i],
			     b->start[i + 1] - b->start[i] - 1};
}

/* The rest of the input, each line closed by a line feed. */
static struct match_block split(struct span text, struct buffer *bytes,
				uint32_t **start)
{
	uint32_t count = 0;

	buffer_add_span(bytes, text);
	if (bytes->n == 0 || bytes->p[bytes->n - 1] != '\n')
		buffer_add_byte(bytes, '\n');
	*start = memory_clear(bytes->n + 1, sizeof **start);
	for (size_t i = 0; i < bytes->n; i++)
		if (bytes->p[i] == '\n')
			(*start)[++count] = (uint32_t)i + 1;
	return (struct match_block){
		.bytes = bytes->p, .start = *start, .end = count,
		.yes = memory_clear(count / 64 + 1, 8),
		.undecided = memory_clear(count / 64 + 1, 8),
	};
}

static void check_value(const struct match *m, struct match_worker *w,
			const struct match_block *b, uint32_t i)
{
	struct span value = value_of(b, i);
	enum match_verdict alone = match_value(m, w, value, NULL), found;
	size_t start = 0, end = 0;

	MUST(bit(b->yes, i) == (alone == MATCH_YES));
	MUST(bit(b->undecided, i) == (alone == MATCH_UNDECIDED));
	found = match_find(m, w, value, 0, NULL, &start, &end);
	/* That every value holds it may be known without a place. */
	MUST(found == alone ||
	     (found == MATCH_UNDECIDED && match_matches_empty(m, w)));
	MUST(start <= end && end <= value.n);
}

static void check_quote(struct match_worker *w, struct span value)
{
	struct buffer quoted = {0};
	struct match *m;

	match_quote(value, &quoted);
	m = match_compile(buffer_span(&quoted), 0, NULL);
	MUST(m || quoted.n > 1000 || !utf8_is_valid(value));
	if (m)
		MUST(match_value(m, w, value, NULL) == MATCH_YES);
	match_free(m);
	buffer_free(&quoted);
}

static void check_values(const struct match *m, struct match_worker *w,
			 struct span text)
{
	struct buffer bytes = {0};
	uint32_t *start;
	struct match_block b = split(text, &bytes, &start);

	MUST(match_block(m, w, &b, NULL));
	for (uint32_t i = 0; i < b.end; i++)
		check_value(m, w, &b, i);
	check_quote(w, value_of(&b, 0));
	free(b.yes);
	free(b.undecided);
	free(start);
	buffer_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct match_worker *w;
	struct span text = {(const char *)data, size}, pattern = text;
	const char *line = span_find(text, SPAN("\n"));
	struct error err;
	struct match *m;

	if (!w)
		w = match_worker_new();
	if (line) {
		pattern.n = (size_t)(line - text.p);
		text = span_from(text, pattern.n + 1);
	}
	for (unsigned flags = 0; flags <= MATCH_LITERAL; flags++) {
		m = match_compile(pattern, flags, &err);
		MUST(m || (err.text[0] && err.column >= 1 &&
			   err.column <= pattern.n + 1));
		if (m)
			check_values(m, w, text);
		match_free(m);
	}
	return 0;
}
