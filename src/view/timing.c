/* Owns the latest durations of each kind.  Reads no clock. */
#include "view/timing.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[TIMING_KINDS] = {
	[TIMING_KEY] = "key to screen", [TIMING_FILTER] = "question to rows",
	[TIMING_AWAY] = "away from keys",
};

void timing_begin(struct timing *t, enum timing_what what, uint64_t now)
{
	if (t->kind[what].began == 0)
		t->kind[what].began = now;
}

void timing_end(struct timing *t, enum timing_what what, uint64_t now)
{
	struct timing_kind *kind = &t->kind[what];
	uint64_t us = (now - kind->began) / 1000;

	if (kind->began == 0)
		return;
	kind->took[kind->count++ % TIMING_KEPT] =
		us < UINT32_MAX ? (uint32_t)us : UINT32_MAX;
	kind->began = 0;
}

void timing_drop(struct timing *t, enum timing_what what)
{
	t->kind[what].began = 0;
}

static int by_length(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

	return (one > other) - (one < other);
}

static void write_kind(const struct timing_kind *kind, const char *name,
		       struct buffer *out)
{
	uint32_t sorted[TIMING_KEPT];
	size_t n = kind->count < TIMING_KEPT ? (size_t)kind->count
					     : TIMING_KEPT;
	uint32_t last = kind->took[(kind->count - 1) % TIMING_KEPT];

	memcpy(sorted, kind->took, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, by_length);
	buffer_printf(out, "%s %.1f ms, median %.1f, p99 %.1f", name,
		      last / 1e3, sorted[n / 2] / 1e3,
		      sorted[n * 99 / 100] / 1e3);
}

void timing_write(const struct timing *t, struct buffer *out)
{
	size_t from = out->n;

	for (int i = 0; i < TIMING_KINDS; i++) {
		if (t->kind[i].count == 0)
			continue;
		buffer_add_text(out, out->n > from ? "; " : "");
		write_kind(&t->kind[i], names[i], out);
	}
	if (out->n == from)
		buffer_add_text(out, "nothing was measured yet");
}
