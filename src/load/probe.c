/* Owns the place up to which a search has come. */
#include "load/probe.h"

#include "base/memory.h"
#include "json/scan.h"
#include "load/envelope.h"

#include <stdlib.h>
#include <string.h>

enum {
	NEAR = 64,              /* bytes in which any { is tried */
	FARTHEST = 64 << 20     /* bytes after which the search gives up */
};

struct probe {
	struct scan scan, inner;
	struct paths_walk walk;
	uint64_t from;          /* offset to go on at; 0: none */
};

struct probe *probe_new(void)
{
	return memory_clear(1, sizeof(struct probe));
}

void probe_free(struct probe *p)
{
	if (!p)
		return;
	scan_free(&p->scan);
	scan_free(&p->inner);
	free(p);
}

void probe_start(struct probe *p)
{
	p->from = 0;
}

/* Whether a `{` stands where a record of a list or of a line would. */
static bool can_begin(const char *at, const char *c)
{
	if (c - at < NEAR)
		return true;
	while (c-- > at) {
		if (*c == '[' || *c == ',' || *c == '\n')
			return true;
		if (!strchr(" \t\r", *c))
			return false;
	}
	return false;
}

/* Whether the value that was just read is a record, or holds one that can be
 * seen without decoding strings. */
static bool is_record(struct probe *p, const char *start, const char *end)
{
	struct envelope_iterator it = {.scan = &p->scan, .start = start};
	struct envelope_inner inner;
	struct scan_fault fault;
	const char *after;

	switch (envelope_judge(&p->walk, &p->scan)) {
	case ENVELOPE_EVENT:
	case ENVELOPE_NOTICE:
		return true;
	case ENVELOPE_HOLDER:
		break;
	default:
		return false;
	}
	while (envelope_next(&it, &inner)) {
		if (inner.text) {
			struct span text = {inner.text->text,
					    inner.text->length};

			if (span_find(text, SPAN("eventName")))
				return true;
		} else if (scan_strict(&p->inner, inner.at, end, true, &after,
				       &fault) == SCAN_WHOLE &&
			   envelope_judge(&p->walk, &p->inner) ==
				   ENVELOPE_EVENT) {
			return true;
		}
	}
	return false;
}

bool probe_next(struct probe *p, const struct window *w, const char *at,
		bool last, const char **found)
{
	const char *end = window_end(w), *c = at + 1;

	if (p->from > window_offset(w, at))
		c = w->bytes.p + (p->from - w->base);
	for (; c < end && (c = memchr(c, '{', (size_t)(end - c))); c++) {
		const char *after;
		struct scan_fault fault;
		enum scan_end how;

		if (!can_begin(at, c))
			continue;
		how = scan_strict(&p->scan, c, end, last, &after, &fault);
		if (how == SCAN_SHORT && end - at < FARTHEST) {
			p->from = window_offset(w, c);
			return false;
		}
		if (how == SCAN_WHOLE && is_record(p, c, after)) {
			*found = c;
			return true;
		}
	}
	p->from = window_offset(w, end);
	*found = end;
	return last || end - at >= FARTHEST;
}
