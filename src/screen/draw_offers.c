/* Lists to choose from: what completes the line that is typed, and those that lie
 * over the panes. */
#include "screen/draw.h"

enum { WIDEST = 90, LABEL = 56, NUMBER = 14 };

/* Columns of the widest label on the screen, LABEL at most. */
static int widest(const struct menu *m, const struct grid *g,
		  const struct app_area *area)
{
	int room = area->columns - NUMBER < LABEL ? area->columns - NUMBER
						  : LABEL;
	int most = 0;

	for (size_t i = m->pane.top; i < m->pane.count &&
	     i < m->pane.top + m->pane.height; i++) {
		int width = grid_width(g, menu_label(m, i), LABEL);

		most = width > most ? width : most;
	}
	most = most < room ? most : room;
	return most > 0 ? most : 0;
}

static void draw_offer(const struct menu *m, size_t i, struct grid *g,
		       const struct app_area *area, int row, int width)
{
	struct grid_line line = draw_line(g, area, row);
	char number[DRAW_NUMBER];

	grid_fill(g, line.row, line.column, area->columns, ROLE_TEXT);
	grid_line_gap(&line, 2);
	grid_put(g, line.row, line.column, width, ROLE_KEY, SHOW_MIDDLE,
		 menu_label(m, i));
	line.end--;
	grid_line_gap(&line, width + 2);
	if (m->row[i].events != MENU_UNCOUNTED) {
		struct grid_line right = line;

		draw_number(m->row[i].events, number);
		right.column = line.end - (int)strlen(number);
		grid_line_text(&right, ROLE_TALLY, number);
		line.end -= NUMBER;
	}
	grid_line_span(&line, ROLE_DIM, menu_help(m, i));
}

void draw_offers(struct app *a, struct grid *g)
{
	const struct menu *m = &a->offers.menu;
	struct app_area area = a->places.offers;
	struct grid_line line;
	int row = 0, width;

	if (area.columns > WIDEST) {
		area.column = (area.columns - WIDEST) / 8;
		area.columns = WIDEST;
	}
	width = widest(m, g, &area);
	for (size_t i = m->pane.top; row < area.rows - 1 && i < m->pane.count;
	     i++, row++) {
		draw_offer(m, i, g, &area, row, width);
		if (i == m->pane.cursor)
			draw_selected(g, &area, row, true);
	}
	area.row += area.rows - 1;
	area.rows = 1;
	line = draw_rule(g, &area, true);
	if (m->pane.count > 0)
		grid_line_printf(&line, ROLE_TITLE, " %zu of %zu ",
				 m->pane.cursor + 1, m->pane.count);
	else if (!a->offers.wait)
		grid_line_text(&line, ROLE_DIM, " nothing completes this ");
	if (a->offers.wait)
		grid_line_text(&line, ROLE_DIM, " counting ");
}

void draw_menu(struct app *a, struct grid *g)
{
	static const char *const titles[] = {
		[APP_MENU_RANGES] = " ranges of time ",
		[APP_MENU_SAVED] = " filters with a name ",
		[APP_MENU_VIEWS] = " views ",
		[APP_MENU_WHY] = " why this event ",
	};
	const struct app_area *area = &a->places.overlay;
	const struct menu *m = &a->choices.menu;
	struct grid_line line = draw_rule(g, area, true);
	int width = widest(m, g, area);

	grid_line_text(&line, ROLE_TITLE, titles[a->choices.of]);
	for (size_t i = 0; i < m->pane.height && m->pane.top + i < m->pane.count;
	     i++) {
		draw_offer(m, m->pane.top + i, g, area, 1 + (int)i, width);
		if (m->pane.top + i == m->pane.cursor)
			draw_selected(g, area, 1 + (int)i, true);
	}
}
