/* Owns the scales: each is a multiple of the one before, so that spans can be
 * added up.  Counts; draws nothing. */
#include "view/strip.h"

#include <stdio.h>
#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE,
       DAY = 24 * HOUR };

static const struct {
	int64_t unit;
	const char *name;
} scales[] = {
	{SECOND, "a second"}, {5 * SECOND, "5 seconds"},
	{15 * SECOND, "15 seconds"}, {MINUTE, "a minute"},
	{5 * MINUTE, "5 minutes"}, {15 * MINUTE, "15 minutes"},
	{HOUR, "an hour"}, {3 * HOUR, "3 hours"}, {6 * HOUR, "6 hours"},
	{12 * HOUR, "12 hours"}, {DAY, "a day"},
};

enum { SCALES = sizeof(scales) / sizeof(scales[0]) };

/* Beyond a day each is twice the one before. */
static int64_t next_unit(int64_t unit)
{
	for (size_t i = 0; i + 1 < SCALES; i++)
		if (scales[i].unit == unit)
			return scales[i + 1].unit;
	return unit * 2;
}

void strip_name(int64_t unit, char out[STRIP_NAME])
{
	for (size_t i = 0; i < SCALES; i++) {
		if (scales[i].unit == unit) {
			snprintf(out, STRIP_NAME, "%s", scales[i].name);
			return;
		}
	}
	snprintf(out, STRIP_NAME, "%lld days", (long long)(unit / DAY));
}

/* The multiple of UNIT at or before TIME. */
static int64_t begin(int64_t time, int64_t unit)
{
	int64_t over = time % unit;

	return time - (over < 0 ? over + unit : over);
}

/* From UNIT on, the first scale on which the range has at most MOST spans. */
static void choose(struct strip *s, int64_t first, int64_t last,
		   int64_t unit, size_t most)
{
	for (;; unit = next_unit(unit)) {
		s->from = begin(first, unit);
		s->count = (size_t)((last - s->from) / unit) + 1;
		s->unit = unit;
		if (s->count <= most)
			return;
	}
}

size_t strip_place(const struct strip *s, int64_t time)
{
	size_t at;

	if (s->unit == 0 || time == SEGMENT_NO_TIME || time < s->from)
		return SIZE_MAX;
	at = (size_t)((time - s->from) / s->unit);
	return at < s->count ? at : SIZE_MAX;
}

void strip_count(struct strip *s, const struct store *store,
		 const struct store_event *events, size_t count,
		 int64_t first, int64_t last)
{
	memset(s, 0, sizeof(*s));
	if (count == 0 || first > last)
		return;
	choose(s, first, last, SECOND, STRIP_MOST);
	for (size_t i = 0; i < count; i++) {
		const struct segment_event *e = segment_event(
			store_segment(store, events[i].segment),
			events[i].index);
		size_t at = strip_place(s, e->time);

		if (at == SIZE_MAX)
			continue;
		s->events[at]++;
		s->errors[at] += (e->marks & SEGMENT_FAILED) != 0;
	}
}

void strip_fit(const struct strip *s, size_t columns, struct strip *out)
{
	memset(out, 0, sizeof(*out));
	if (s->unit == 0)
		return;
	choose(out, s->from, s->from + (int64_t)(s->count - 1) * s->unit,
	       s->unit, columns > 0 ? columns : 1);
	for (size_t i = 0; i < s->count; i++) {
		size_t at = strip_place(out,
					s->from + (int64_t)i * s->unit);

		out->events[at] += s->events[i];
		out->errors[at] += s->errors[i];
	}
}

bool strip_is_steep(const struct strip *s)
{
	size_t some = 0, low = 0;
	uint32_t most = 0;

	for (size_t i = 0; i < s->count; i++)
		most = s->events[i] > most ? s->events[i] : most;
	for (size_t i = 0; i < s->count; i++) {
		some += s->events[i] > 0;
		low += s->events[i] > 0 && s->events[i] < most / 8;
	}
	return low > some / 2;
}
