/* Owns the VTerm.  Written for 0.1.4 and for what came later: the callbacks
 * used here have the same form in both. */
#include "emulator.h"

#include "text/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

struct emulator {
	VTerm *vterm;
	VTermScreen *screen;
	int rows, columns;
	bool alternate, cursor;
};

static int set_property(VTermProp property, VTermValue *value, void *user)
{
	struct emulator *e = user;

	if (property == VTERM_PROP_ALTSCREEN)
		e->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		e->cursor = value->boolean;
	return 1;
}

/* libvterm, at least to 0.1.4, writes a character of two columns through NULL
 * when its screen has one: what was drawn for the size before arrives when
 * the screen is narrow already.  The program is told the true size. */
static int columns_of_vterm(int columns)
{
	return columns < 2 ? 2 : columns;
}

static const VTermScreenCallbacks callbacks = {.settermprop = set_property};

struct emulator *emulator_new(int rows, int columns)
{
	struct emulator *e = calloc(1, sizeof(*e));

	if (!e)
		abort();
	e->rows = rows;
	e->columns = columns;
	e->cursor = true;
	e->vterm = vterm_new(rows, columns_of_vterm(columns));
	vterm_set_utf8(e->vterm, 1);
	e->screen = vterm_obtain_screen(e->vterm);
	vterm_screen_set_callbacks(e->screen, &callbacks, e);
	vterm_screen_enable_altscreen(e->screen, 1);
	vterm_screen_reset(e->screen, 1);
	return e;
}

void emulator_free(struct emulator *e)
{
	vterm_free(e->vterm);
	free(e);
}

void emulator_write(struct emulator *e, const char *bytes, size_t n)
{
	vterm_input_write(e->vterm, bytes, n);
}

void emulator_resize(struct emulator *e, int rows, int columns)
{
	e->rows = rows;
	e->columns = columns;
	vterm_set_size(e->vterm, rows, columns_of_vterm(columns));
}

static char *text_from(const struct emulator *e, int row, int first)
{
	char *text = calloc((size_t)e->columns + 1,
			    4 * VTERM_MAX_CHARS_PER_CELL);
	size_t n = 0, used = 0;

	if (!text)
		abort();
	for (int column = first; column < e->columns; column++) {
		VTermScreenCell cell;
		VTermPos at = {row, column};

		vterm_screen_get_cell(e->screen, at, &cell);
		if (cell.chars[0] == (uint32_t)-1)
			continue;       /* the right half of a wide one */
		if (cell.chars[0] == 0 || cell.chars[0] == ' ') {
			text[n++] = ' ';
			continue;
		}
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i];
		     i++)
			n += utf8_encode(cell.chars[i], text + n);
		used = n;
	}
	text[used] = '\0';
	return text;
}

char *emulator_row(const struct emulator *e, int row)
{
	return text_from(e, row, 0);
}

int emulator_find(const struct emulator *e, int row, const char *text)
{
	for (int column = 0; column < e->columns; column++) {
		char *line = text_from(e, row, column);
		bool here = strncmp(line, text, strlen(text)) == 0;

		free(line);
		if (here)
			return column;
	}
	return -1;
}

static void add(char *out, size_t most, const char *word)
{
	size_t n = strlen(out);

	snprintf(out + n, most - n, "%s%s", n ? " " : "", word);
}

/* `front=117`, of the palette, or `front=#87d7ff`. */
static void add_colour(char *out, size_t most, const char *which,
		       const VTermColor *c)
{
	char word[32];

	if (VTERM_COLOR_IS_INDEXED(c))
		snprintf(word, sizeof(word), "%s=%d", which, c->indexed.idx);
	else
		snprintf(word, sizeof(word), "%s=#%02x%02x%02x", which,
			 c->rgb.red, c->rgb.green, c->rgb.blue);
	add(out, most, word);
}

void emulator_look(const struct emulator *e, int row, int column, char *out,
		   size_t most)
{
	VTermScreenCell cell;
	VTermPos at = {row, column};

	vterm_screen_get_cell(e->screen, at, &cell);
	out[0] = '\0';
	if (cell.attrs.bold)
		add(out, most, "bold");
	if (cell.attrs.underline)
		add(out, most, "underline");
	if (cell.attrs.italic)
		add(out, most, "italic");
	if (cell.attrs.reverse)
		add(out, most, "reverse");
	if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg))
		add_colour(out, most, "front", &cell.fg);
	if (!VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
		add_colour(out, most, "back", &cell.bg);
}

bool emulator_alternate(const struct emulator *e)
{
	return e->alternate;
}

bool emulator_cursor(const struct emulator *e, int *row, int *column)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(e->vterm), &at);
	*row = at.row;
	*column = at.col;
	return e->cursor;
}
