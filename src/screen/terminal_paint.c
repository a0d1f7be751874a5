/* From a cell to what curses draws, and that it is sent at once.  Owns the
 * colour pairs; there is one terminal, so there is one table of them. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include "screen/terminal_parts.h"

#include "text/utf8.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
/* It takes plain words for capabilities. */
#undef columns
#undef lines

#include <wchar.h>

enum { PAIRS_MOST = 63, FEW_COLOURS = 8 };

/* A colour pair that curses was told of; its number is its index + 1. */
struct pair {
	short front, back;
};

static struct colours {
	bool direct;            /* a number is red, green and blue, but for
				   the first eight */
	struct pair pairs[PAIRS_MOST];
	int pair_count;
} colours;

void terminal_leave_once(int output)
{
	TERMINAL *ours = cur_term, *plain;
	int found;

	/* What it leaves can do nothing, so that ours stays as it is. */
	if (setupterm("dumb", output, &found) != OK)
		return;
	endwin();
	plain = set_curterm(ours);
	del_curterm(plain);
	doupdate();
}

int terminal_start_colours(void)
{
	if (start_color() != OK || !has_colors() || use_default_colors() != OK)
		return 0;
	colours.direct = tigetflag("RGB") > 0 || tigetnum("RGB") > 0;
#ifndef NCURSES_EXT_COLORS
	if (colours.direct)
		return FEW_COLOURS;
#endif
	return COLORS;
}

#ifdef NCURSES_EXT_COLORS
/* A colour of the palette of 256 where colours are told directly: a cube of
 * six steps a side from 16 on, greys from 232 on, as xterm has them. */
static int direct_colour(int n)
{
	static const int step[] = {0, 95, 135, 175, 215, 255};
	int grey = 8 + 10 * (n - 232);

	if (n < 16)
		return n;
	if (n >= 232)
		return grey << 16 | grey << 8 | grey;
	n -= 16;
	return step[n / 36] << 16 | step[n / 6 % 6] << 8 | step[n % 6];
}
#endif

static void define_pair(int number, struct theme_look look)
{
#ifdef NCURSES_EXT_COLORS
	if (colours.direct) {
		init_extended_pair(number, direct_colour(look.front),
				   direct_colour(look.back));
		return;
	}
#endif
	init_pair((short)number, look.front, look.back);
}

static short pair_number(struct theme_look look)
{
	int i = 0;

	if (look.front < 0 && look.back < 0)
		return 0;
	while (i < colours.pair_count &&
	       (colours.pairs[i].front != look.front ||
		colours.pairs[i].back != look.back))
		i++;
	if (i == colours.pair_count) {
		if (i == PAIRS_MOST || i + 1 >= COLOR_PAIRS)
			return 0;
		colours.pairs[i] = (struct pair){look.front, look.back};
		colours.pair_count++;
		define_pair(i + 1, look);
	}
	return (short)(i + 1);
}

static attr_t curses_attributes(uint8_t attributes)
{
	return (attributes & THEME_BOLD ? A_BOLD : A_NORMAL) |
	       (attributes & THEME_DIM ? A_DIM : A_NORMAL) |
	       (attributes & THEME_UNDERLINE ? A_UNDERLINE : A_NORMAL) |
	       (attributes & THEME_REVERSE ? A_REVERSE : A_NORMAL) |
	       (attributes & THEME_ITALIC ? A_ITALIC : A_NORMAL);
}

/* The text of a cell for curses.  Where the system disagrees about a width, as
 * an older table of it may, `?` keeps the columns in place. */
static void wide_text(const struct grid_cell *cell, wchar_t *out)
{
	const char *p = cell->text, *end = p + cell->length;
	wchar_t *start = out;

	while (p < end) {
		struct utf8_char c = utf8_decode(p, end);

		*out++ = (wchar_t)c.code;
		p += c.length;
	}
	*out = L'\0';
	if (start[0] >= 0x80 && wcwidth(start[0]) != cell->width) {
		start[0] = L'?';
		start[1] = L'\0';
	}
}

void terminal_paint(const struct grid_cell *cell, const struct theme *theme,
		    int row, int column)
{
	struct theme_look look = theme_look(theme, (enum role)cell->role,
					    cell->mark);
	wchar_t text[SHOW_BYTES + 1];
	cchar_t wide;

	wide_text(cell, text);
	if (setcchar(&wide, text, curses_attributes(look.attributes),
		     pair_number(look), NULL) == OK)
		mvadd_wch(row, column, &wide);
}
