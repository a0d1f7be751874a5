/* Owns the lines.  Must not know what they are typed for. */
#include "view/recall.h"

void recall_free(struct recall *r)
{
	for (size_t i = 0; i < r->count; i++)
		buffer_free(&r->line[i]);
	buffer_free(&r->typed);
	*r = (struct recall){.count = 0};
}

/* Takes line I out; its memory goes behind the others. */
static void take_out(struct recall *r, size_t i)
{
	struct buffer old = r->line[i];

	r->count--;
	memmove(&r->line[i], &r->line[i + 1],
		(r->count - i) * sizeof(r->line[0]));
	r->line[r->count] = old;
}

void recall_note(struct recall *r, struct span line)
{
	if (line.n == 0)
		return;
	for (size_t i = 0; i < r->count; i++) {
		if (span_equal(buffer_span(&r->line[i]), line)) {
			take_out(r, i);
			buffer_free(&r->line[r->count]);
		}
	}
	if (r->count == RECALL_MOST) {
		take_out(r, 0);
		buffer_free(&r->line[r->count]);
	}
	r->line[r->count] = (struct buffer){0};
	buffer_add_span(&r->line[r->count++], line);
}

static bool has_capital(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= 'A' && text.p[i] <= 'Z')
			return true;
	return false;
}

bool recall_holds(struct span line, struct span wanted)
{
	if (has_capital(wanted))
		return span_find(line, wanted);
	return span_holds_ignoring_case(line, wanted);
}

void recall_start(struct recall *r)
{
	r->back = 0;
}

bool recall_go(struct recall *r, int by, struct span present,
	       struct span *line)
{
	if (by > 0 ? r->back == r->count : r->back == 0)
		return false;
	if (r->back == 0) {
		buffer_clear(&r->typed);
		buffer_add_span(&r->typed, present);
	}
	r->back += (size_t)by;
	*line = r->back > 0 ? buffer_span(&r->line[r->count - r->back])
			    : buffer_span(&r->typed);
	return true;
}
