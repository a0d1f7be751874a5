/* The strip over the list, and the same enlarged: when the events that are shown
 * happened.  Where there are errors the signs are others, so that it can be told
 * without colour; what a column stands for is written beside. */
#include "screen/draw.h"

#include <stdio.h>

enum { LEVELS = 8, SHADES = 3 };

static const char *const blocks[LEVELS] = {
	"\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
	"\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88",
};

static const char *const letters[LEVELS] = {
	".", ":", "-", "=", "+", "*", "#", "@",
};

static const char *const shades[SHADES] = {
	"\xe2\x96\x91", "\xe2\x96\x92", "\xe2\x96\x93",
};

static const char *const crosses[SHADES] = {"o", "x", "X"};

static uint32_t highest(const struct strip *s)
{
	uint32_t most = 1;

	for (size_t i = 0; i < s->count; i++)
		most = s->events[i] > most ? s->events[i] : most;
	return most;
}

/* Eight times the logarithm to base 2, straight between its whole values. */
static uint64_t logarithm(uint64_t n)
{
	unsigned bits = 63 - (unsigned)__builtin_clzll(n | 1);
	uint64_t rest = n - (1ull << bits);

	return bits * 8 + (rest * 8 >> bits);
}

/* What heights mean: MOST is the highest. */
struct scale {
	uint32_t most;
	bool log;
};

static struct scale scale_of(const struct app *a, const struct strip *s)
{
	return (struct scale){highest(s),
			      strip_is_steep(s) != a->histogram.turned};
}

/* How high N is where the highest is FULL; what is not nothing is 1 at least. */
static uint64_t height_of(struct scale scale, uint32_t n, uint64_t full)
{
	uint64_t most = scale.most;
	uint64_t height = scale.log
		? logarithm((uint64_t)n + 1) * full /
			  logarithm(most + 1)
		: (uint64_t)n * full / most;

	return n > 0 && height == 0 ? 1 : height;
}

static void draw_bar(struct grid *g, struct grid_line *line,
		     const struct strip *s, size_t i, struct scale scale)
{
	uint64_t level = height_of(scale, s->events[i], LEVELS);
	bool ascii = g->set == SHOW_ASCII;

	if (s->errors[i] > 0)
		grid_put(g, line->row, line->column, 1, ROLE_ERROR, SHOW_END,
			 span_of((ascii ? crosses : shades)
				 [(level - 1) * SHADES / LEVELS]));
	else if (s->events[i] > 0)
		grid_put(g, line->row, line->column, 1, ROLE_BAR, SHOW_END,
			 span_of((ascii ? letters : blocks)[level - 1]));
	grid_line_gap(line, 1);
}

static void draw_scale(const struct app *a, struct grid_line *line,
		       const struct strip *s, bool log)
{
	char name[STRIP_NAME];

	strip_name(s->unit, name);
	grid_line_text(line, ROLE_DIM, name);
	/* Its days are those of UTC, whatever the list shows. */
	if (a->layout.zone == STAMP_LOCAL)
		grid_line_text(line, ROLE_DIM, " UTC");
	if (log)
		grid_line_text(line, ROLE_DIM, ", log");
}

static void draw_line_of_bars(struct app *a, struct grid *g)
{
	struct grid_line line = draw_line(g, &a->places.strip, 0);
	struct store_event event = list_selected(&a->list);
	int room = line.end - line.column - 19 -
		   (a->layout.zone == STAMP_LOCAL ? 4 : 0);
	struct strip s;
	struct scale scale;
	size_t at;

	strip_fit(&a->answer.strip, room > 0 ? (size_t)room : 1, &s);
	if (s.unit == 0)
		return;
	scale = scale_of(a, &s);
	grid_line_gap(&line, 1);
	for (size_t i = 0; i < s.count; i++)
		draw_bar(g, &line, &s, i, scale);
	grid_line_gap(&line, 1);
	draw_scale(a, &line, &s, scale.log);
	if (a->list.pane.count == 0)
		return;
	at = strip_place(&s, segment_event(store_segment(
		a->store, event.segment), event.index)->time);
	if (at != SIZE_MAX)
		grid_mark(g, line.row, a->places.strip.column + 1 + (int)at, 1,
			  THEME_CURSOR);
}

/* One span as a column of the screen: errors at its foot. */
static void draw_column(const struct app *a, struct grid *g,
			const struct strip *s, size_t i, struct scale scale)
{
	const struct app_area *area = &a->places.strip;
	int rows = area->rows - 1, column = area->column + 1 + (int)i;
	uint64_t full = (uint64_t)rows * LEVELS;
	uint64_t height = height_of(scale, s->events[i], full);
	uint64_t failed = s->errors[i] > 0
		? (height * s->errors[i] / s->events[i] + LEVELS) / LEVELS
		: 0;
	bool ascii = g->set == SHOW_ASCII;

	for (int row = 0; row < rows; row++) {
		uint64_t below = (uint64_t)row * LEVELS;
		uint64_t part = height > below ? height - below : 0;
		bool error = (uint64_t)row < failed;

		if (part == 0)
			break;
		part = part < LEVELS ? part : LEVELS;
		grid_put(g, area->row + rows - 1 - row, column, 1,
			 error ? ROLE_ERROR : ROLE_BAR, SHOW_END,
			 span_of(error ? ascii ? "x" : shades[1]
				 : (ascii ? letters : blocks)[part - 1]));
	}
}

/* Below the columns: where it begins and ends, its scale, its highest. */
static void draw_axis(const struct app *a, struct grid *g,
		      const struct strip *s, struct scale scale)
{
	struct grid_line line = draw_line(g, &a->places.strip,
					  a->places.strip.rows - 1);
	char time[STAMP_ROOM], number[DRAW_NUMBER];

	grid_line_gap(&line, 1);
	stamp_format(s->from, STAMP_FULL, STAMP_UTC, time);
	grid_line_printf(&line, ROLE_DIM, "%s %s ", time,
			 grid_sign_text(g, GRID_TO));
	stamp_format(s->from + (int64_t)s->count * s->unit, STAMP_FULL,
		     STAMP_UTC, time);
	grid_line_printf(&line, ROLE_DIM, "%s UTC  ", time);
	draw_scale(a, &line, s, scale.log);
	grid_line_printf(&line, ROLE_DIM, ", %s at most",
			 draw_number(scale.most, number));
}

static void draw_histogram(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.strip;
	struct app_spans h;
	struct scale scale;

	if (!app_spans(a, &h))
		return;
	scale = scale_of(a, &h.strip);
	for (size_t i = 0; i < h.strip.count; i++) {
		bool within = i >= h.first && i <= h.last;

		draw_column(a, g, &h.strip, i, scale);
		for (int row = 0; within && row < area->rows - 1; row++)
			grid_mark(g, area->row + row,
				  area->column + 1 + (int)i, 1,
				  i == h.cursor ? THEME_SELECTED : THEME_AWAY);
	}
	draw_axis(a, g, &h.strip, scale);
}

void draw_strip(struct app *a, struct grid *g)
{
	if (a->places.strip.rows > 1)
		draw_histogram(a, g);
	else
		draw_line_of_bars(a, g);
}

void draw_tell_span(const struct app *a, struct buffer *out)
{
	struct app_spans h;
	const struct strip *s = &h.strip;
	uint64_t events = 0, errors = 0;
	char time[STAMP_ROOM], name[STRIP_NAME], number[DRAW_NUMBER];

	if (!app_spans(a, &h))
		return;
	for (size_t i = h.first; i <= h.last; i++) {
		events += s->events[i];
		errors += s->errors[i];
	}
	strip_name(s->unit, name);
	stamp_format(s->from + (int64_t)h.first * s->unit, STAMP_FULL,
		     STAMP_UTC, time);
	buffer_printf(out, "%s UTC", time);
	if (h.last > h.first)
		buffer_printf(out, ", %zu times %s", h.last - h.first + 1,
			      name);
	buffer_printf(out, ": %s event%s", draw_number(events, number),
		      events == 1 ? "" : "s");
	if (errors > 0)
		buffer_printf(out, ", %s error%s", draw_number(errors, number),
			      errors == 1 ? "" : "s");
}
