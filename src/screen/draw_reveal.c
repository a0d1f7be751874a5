/* The overlay of a secret: first the question, then its text and how long it
 * stays. */
#include "screen/draw.h"

enum { LEAST = 8 };

/* How many bytes of TEXT fit into WIDTH columns. */
static size_t fitting(const struct grid *g, struct span text, int width)
{
	size_t n = text.n < (size_t)width ? text.n : (size_t)width;

	while (n > 1 && (n < text.n && (text.p[n] & 0xc0) == 0x80))
		n--;
	while (n > 1 && grid_width(g, (struct span){text.p, n}, width) > width)
		do
			n--;
		while (n > 1 && (text.p[n] & 0xc0) == 0x80);
	return n;
}

static void draw_text(struct app *a, struct grid *g,
		      const struct app_area *area)
{
	struct span text = buffer_span(&a->reveal.text);
	int width = area->columns - 4;

	for (int row = 4; row < area->rows - 1 && text.n > 0; row++) {
		struct grid_line line = draw_line(g, area, row);
		size_t n = fitting(g, text, width);

		grid_line_gap(&line, 2);
		grid_line_span(&line, ROLE_TEXT, (struct span){text.p, n});
		text = span_from(text, n);
	}
	if (text.n > 0) {
		struct grid_line line = draw_line(g, area, area->rows - 1);

		grid_line_gap(&line, 2);
		grid_line_printf(&line, ROLE_WARNING, "%zu more bytes do not "
				 "fit", text.n);
	}
}

void draw_reveal(struct app *a, struct grid *g)
{
	struct app_area area = {1, 0, g->rows - 2, g->columns};
	bool open = a->reveal.step == REVEAL_OPEN;
	struct grid_line line;

	if (a->reveal.step == REVEAL_CLOSED)
		return;
	if (area.rows < LEAST || area.columns < 4)
		area = (struct app_area){0, 0, g->rows, g->columns};
	for (int i = 0; i < area.rows; i++)
		grid_fill(g, area.row + i, area.column, area.columns,
			  ROLE_TEXT);
	line = draw_rule(g, &area, true);
	grid_line_text(&line, ROLE_TITLE, open ? " a secret " : " reveal? ");
	line = draw_line(g, &area, 1);
	grid_line_gap(&line, 2);
	grid_line_span(&line, ROLE_KEY, buffer_span(&a->reveal.path));
	grid_line_gap(&line, 2);
	grid_line_span(&line, ROLE_MASKED, buffer_span(&a->reveal.kind));
	line = draw_line(g, &area, 2);
	grid_line_gap(&line, 2);
	if (open)
		grid_line_printf(&line, ROLE_WARNING, "hidden in %u s; any "
				 "key hides it now", a->reveal.told);
	else
		grid_line_text(&line, ROLE_WARNING, "y shows it for 10 seconds "
			       "to all who see this screen; any other key "
			       "does not");
	if (open)
		draw_text(a, g, &area);
}
