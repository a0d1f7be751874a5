/* The strip over the list: when the events that are shown happened, those with
 * errors in a role of their own, and what a column of it stands for. */
#include "screen/draw.h"

enum { LEVELS = 8 };

static const char *const blocks[LEVELS] = {
	"\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
	"\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88",
};

static const char *const letters[LEVELS] = {
	".", ":", "-", "=", "+", "*", "#", "@",
};

static uint32_t highest(const struct strip *s)
{
	uint32_t most = 1;

	for (size_t i = 0; i < s->count; i++)
		most = s->events[i] > most ? s->events[i] : most;
	return most;
}

static void draw_bar(struct grid *g, struct grid_line *line,
		     const struct strip *s, size_t i, uint32_t most)
{
	size_t level = (size_t)((uint64_t)s->events[i] * LEVELS / most);
	enum role role = s->errors[i] > 0 ? ROLE_ERROR : ROLE_BAR;
	const char *const *signs = g->set == SHOW_ASCII ? letters : blocks;

	if (s->events[i] > 0)
		grid_put(g, line->row, line->column, 1, role, SHOW_END,
			 span_of(signs[level > 0 ? level - 1 : 0]));
	grid_line_gap(line, 1);
}

void draw_strip(struct app *a, struct grid *g)
{
	struct grid_line line = draw_line(g, &a->places.strip, 0);
	struct store_event event = list_selected(&a->list);
	bool local = a->layout.zone == STAMP_LOCAL;
	int room = line.end - line.column - (local ? 18 : 14);
	char name[STRIP_NAME];
	struct strip s;
	uint32_t most;
	size_t at;

	strip_fit(&a->answer.strip, room > 0 ? (size_t)room : 1, &s);
	if (s.unit == 0)
		return;
	most = highest(&s);
	grid_line_gap(&line, 1);
	for (size_t i = 0; i < s.count; i++)
		draw_bar(g, &line, &s, i, most);
	strip_name(s.unit, name);
	grid_line_gap(&line, 1);
	grid_line_text(&line, ROLE_DIM, name);
	/* Its days are those of UTC, whatever the list shows. */
	if (local)
		grid_line_text(&line, ROLE_DIM, " UTC");
	if (a->list.pane.count == 0)
		return;
	at = strip_place(&s, segment_event(store_segment(
		a->store, event.segment), event.index)->time);
	if (at != SIZE_MAX)
		grid_mark(g, line.row, a->places.strip.column + 1 + (int)at, 1,
			  THEME_CURSOR);
}
