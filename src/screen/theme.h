/* How each role looks: attributes and colours by background and by what the
 * terminal can show. */
#ifndef SCREEN_THEME_H
#define SCREEN_THEME_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum role {
#define ROLE(id, letter, attributes, dark, dark8, light, light8) ROLE_##id,
#include "screen/theme.def"
#undef ROLE
	ROLE_COUNT
};

/* What a cell is part of, beside its role. */
enum theme_mark {
	THEME_SELECTED = 1,     /* the selected row of the pane with the focus */
	THEME_AWAY = 2,         /* the selected row of another pane */
	THEME_CURSOR = 4,       /* the cell under the cursor in that row */
	THEME_HIT = 8           /* holds what is searched for */
};

enum theme_attribute {
	THEME_BOLD = 1,
	THEME_DIM = 2,
	THEME_UNDERLINE = 4,
	THEME_REVERSE = 8,
	THEME_ITALIC = 16
};

enum theme_background { THEME_DARK, THEME_LIGHT, THEME_MONO };

struct theme {
	enum theme_background background;
	int colours;            /* that the terminal has; below 8: none */
};

struct theme_look {
	int16_t front, back;    /* palette numbers, -1: the terminal's own */
	uint8_t attributes;     /* enum theme_attribute, or'ed */
};

/* MARK: enum theme_mark, or'ed. */
struct theme_look theme_look(const struct theme *, enum role, unsigned mark);

/* The letter of a role in screen tests. */
char theme_letter(enum role);

/* `dark`, `light` or `mono`. */
bool theme_parse(struct span name, enum theme_background *);

#endif
