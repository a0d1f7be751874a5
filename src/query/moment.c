/* Owns the spelling of times in filters.  The calendar is text/stamp's. */
#include "query/moment.h"

#include <stdio.h>

enum { SECOND_MS = 1000, UNITS = 5, LONGEST = 64 };

#define DAY_MS INT64_C(86400000)
#define DELTA_MOST INT64_C(1000000)

static const struct {
	char unit;
	int64_t ms;
} units[UNITS] = {
	{'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', DAY_MS},
	{'w', 7 * DAY_MS},
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_sign(char c)
{
	return c == '+' || c == '-';
}

/* NUMBER and UNIT, all of TEXT. */
static bool read_delta(struct span text, int64_t *ms)
{
	int64_t n = 0;
	size_t i = 0;

	for (; i < text.n && digit(text.p[i]) && n < DELTA_MOST; i++)
		n = n * 10 + (text.p[i] - '0');
	if (i == 0 || i + 1 != text.n)
		return false;
	for (int k = 0; k < UNITS; k++)
		if (text.p[i] == units[k].unit) {
			*ms = n * units[k].ms;
			return true;
		}
	return false;
}

static bool fail_relative(struct span text, struct error *err)
{
	error_set(err, "not a time: %.*s",
		  (int)(text.n < LONGEST ? text.n : LONGEST), text.p);
	return error_hint(err, "last-2h, first+1d, sel+-15m: s, m, h, d or w");
}

/* What the relative time begins with; STAMP_NONE: nothing there. */
static bool read_base(struct span text, const struct moment_view *view,
		      int64_t *base, size_t *length)
{
	static const char *const names[] = {"first", "last", "sel"};
	int64_t times[3] = {view->first, view->last, view->selected};

	for (int i = 0; i < 3; i++) {
		struct span name = span_of(names[i]);

		if (!span_starts(text, name) ||
		    (text.n > name.n && !is_sign(text.p[name.n])))
			continue;
		*base = i < 2 && view->first > view->last ? STAMP_NONE
							  : times[i];
		*length = name.n;
		return true;
	}
	return false;
}

/* `now` would be the hour of whoever looks, not that of the data. */
static bool is_now(struct span text)
{
	return span_starts(text, SPAN("now")) &&
	       (text.n == 3 || is_sign(text.p[3]));
}

/* Of the second or millisecond that is written for TIME. */
static int64_t width(int64_t time)
{
	return time % SECOND_MS ? 1 : SECOND_MS;
}

static bool parse_relative(struct span text, size_t base_length, int64_t base,
			   const struct moment_view *view, struct moment *m,
			   struct error *err)
{
	struct span rest = span_from(text, base_length);
	bool both = span_starts(rest, SPAN("+-"));
	int64_t delta = 0;

	if (rest.n > 0 &&
	    !read_delta(span_from(rest, both ? 2 : 1), &delta))
		return fail_relative(text, err);
	if (base == STAMP_NONE) {
		if (!view->loaded) {
			m->open = true;
			return true;
		}
		error_set(err, "%.*s: %s", (int)base_length, text.p,
			  span_starts(text, SPAN("sel"))
				  ? "no event with a time is selected"
				  : "no event with a time is loaded");
		return false;
	}
	m->from = both || (rest.n > 0 && rest.p[0] == '-') ? base - delta
							   : base + delta;
	m->to = both ? base + delta : m->from;
	m->to += width(m->to);
	return true;
}

/* The place of the zone at the end of a text, or its length. */
static size_t zone_place(struct span text)
{
	size_t n = text.n;

	if (n > 0 && (text.p[n - 1] == 'Z' || text.p[n - 1] == 'z'))
		return n - 1;
	if (n > 6 && text.p[n - 3] == ':' && is_sign(text.p[n - 6]))
		return n - 6;
	return n > 5 && is_sign(text.p[n - 5]) ? n - 5 : n;
}

/* A date alone that has a zone, which stamp_range does not read: what it means
 * is as far from UTC as its first second is. */
static bool parse_zoned_date(struct span text, struct moment *m)
{
	struct span date = {text.p, zone_place(text)};
	struct span zone = span_from(text, date.n);
	char first[LONGEST];
	int64_t from, to, shifted, end;
	int n;

	if (zone.n == 0 || date.n > 10 || memchr(date.p, ':', date.n) ||
	    !stamp_range(date, &from, &to, NULL))
		return false;
	n = snprintf(first, sizeof first, "1970-01-01T00:00:00%.*s",
		     (int)zone.n, zone.p);
	if (!stamp_range((struct span){first, (size_t)n}, &shifted, &end,
			 NULL))
		return false;
	m->from = from + shifted;
	m->to = to + shifted;
	return true;
}

/* Whether TEXT, which is a time, tells its zone: then it cannot have one
 * more. */
static bool has_zone(struct span text)
{
	char longer[LONGEST];
	int64_t from, to;
	int n = snprintf(longer, sizeof longer, "%.*sZ", (int)text.n, text.p);

	if (zone_place(text) == text.n && text.n <= 10 &&
	    !memchr(text.p, ':', text.n))
		return false;
	return !stamp_range((struct span){longer, (size_t)n}, &from, &to, NULL);
}

/* One pass of clocks over what they show twice, unless both passes are one
 * time. */
static int64_t end_of_pass(int64_t from, int64_t to, int64_t length)
{
	int64_t again = stamp_local_again(from);

	return again != STAMP_NONE && again > from + length ? from + length
							    : to;
}

static void set_local(struct moment *m)
{
	char shown[STAMP_ROOM];
	int64_t from = stamp_from_local(m->from), to = stamp_from_local(m->to);
	size_t n = stamp_format(from, STAMP_ISO, STAMP_LOCAL, shown);

	to = end_of_pass(from, to, m->to - m->from);
	/* In a day on which clocks were changed no one zone spells both. */
	m->spelled = n > 6 && m->from - from == m->to - to;
	if (m->spelled)
		snprintf(m->zone, sizeof m->zone, "%s", shown + n - 6);
	m->from = from;
	m->to = to;
}

bool moment_again(const struct moment *m, struct moment *again)
{
	char shown[STAMP_ROOM];
	int64_t from;
	size_t n;

	if (!m->spelled || !is_sign(m->zone[0]))
		return false;
	from = stamp_local_again(m->from);
	if (from == STAMP_NONE || from <= m->to)
		return false;
	*again = *m;
	again->from = from;
	again->to = from + (m->to - m->from);
	n = stamp_format(from, STAMP_ISO, STAMP_LOCAL, shown);
	snprintf(again->zone, sizeof again->zone, "%s", shown + n - 6);
	return true;
}

static bool parse_absolute(struct span text, const struct moment_view *view,
			   struct moment *m, struct error *err)
{
	if (text.n >= LONGEST - 1)
		return error_set(err, "not a time");
	m->spelled = true;
	if (!stamp_range(text, &m->from, &m->to, NULL)) {
		if (parse_zoned_date(text, m))
			return true;
		return stamp_range(text, &m->from, &m->to, err);
	}
	if (has_zone(text))
		return true;
	if (view->zone == STAMP_LOCAL)
		set_local(m);
	else
		snprintf(m->zone, sizeof m->zone, "Z");
	return true;
}

/* HH:MM or HH:MM:SS. */
static bool is_clock(struct span text)
{
	if (text.n != 5 && text.n != 8)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (i % 3 == 2 ? text.p[i] != ':' : !digit(text.p[i]))
			return false;
	return true;
}

static bool parse_clock(struct span text, const struct moment_view *view,
			struct moment *m, struct error *err)
{
	bool near = view->near_selected && view->selected != STAMP_NONE;
	int64_t from = near ? view->selected : view->first;
	int64_t to = near ? view->selected : view->last;
	char first[STAMP_ROOM], last[STAMP_ROOM], whole[STAMP_ROOM];
	struct span day = {whole, 0};

	if (!view->loaded) {
		m->open = true;
		return true;
	}
	stamp_format(from, STAMP_FULL, view->zone, first);
	stamp_format(to, STAMP_FULL, view->zone, last);
	if (from > to || memcmp(first, last, 10) != 0) {
		error_set(err, "%.*s: of which day?", (int)text.n, text.p);
		return error_hint(err, "%.10sT%.*s", from > to
				  ? "2016-03-18" : last, (int)text.n, text.p);
	}
	day.n = (size_t)snprintf(whole, sizeof whole, "%.10sT%.*s", first,
				 (int)text.n, text.p);
	if (!stamp_range(day, &m->from, &m->to, err))
		return false;
	if (view->zone == STAMP_LOCAL)
		set_local(m);
	m->spelled = false;
	return true;
}

bool moment_parse(struct span text, const struct moment_view *view,
		  struct moment *m, struct error *err)
{
	int64_t base;
	size_t length;

	*m = (struct moment){.from = INT64_MAX, .to = INT64_MAX,
			     .written = text};
	if (read_base(text, view, &base, &length))
		return parse_relative(text, length, base, view, m, err);
	if (is_now(text)) {
		error_set(err, "now: times are relative to the data");
		return error_hint(err, "last%.*s", (int)(text.n - 3),
				  text.p + 3);
	}
	if (is_clock(text))
		return parse_clock(text, view, m, err);
	return parse_absolute(text, view, m, err);
}

void moment_write_time(int64_t time, struct buffer *out)
{
	char text[STAMP_ROOM];

	buffer_add(out, text, stamp_format(time, STAMP_ISO, STAMP_UTC, text));
}

bool moment_is_point(const struct moment *m)
{
	return m->to == m->from + width(m->from);
}
