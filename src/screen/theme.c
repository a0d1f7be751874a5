/* Roles to looks.  Knows no terminal. */
#include "screen/theme.h"

static const struct {
	char letter;
	uint8_t attributes;
	int16_t dark, dark8, light, light8;
} roles[ROLE_COUNT] = {
#define ROLE(id, letter, attributes, dark, dark8, light, light8) \
	[ROLE_##id] = {letter, attributes, dark, dark8, light, light8},
#include "screen/theme.def"
#undef ROLE
};

char theme_letter(enum role role)
{
	return roles[role].letter;
}

bool theme_parse(struct span name, enum theme_background *background)
{
	if (span_is(name, "dark"))
		*background = THEME_DARK;
	else if (span_is(name, "light"))
		*background = THEME_LIGHT;
	else if (span_is(name, "mono"))
		*background = THEME_MONO;
	else
		return false;
	return true;
}

/* Few colours: a selected row is reversed as a whole and has no colours of its
 * own, which few terminals would show legibly. */
static struct theme_look marked_plainly(struct theme_look look, unsigned mark)
{
	if (mark & (THEME_SELECTED | THEME_CURSOR)) {
		look.attributes &= (uint8_t)~(THEME_DIM | THEME_BOLD);
		look.attributes |= THEME_REVERSE;
		look.front = look.back = -1;
	} else if (mark & THEME_AWAY) {
		look.attributes &= (uint8_t)~THEME_DIM;
		look.attributes |= THEME_BOLD;
	}
	if (mark & THEME_HIT)
		look.attributes |= THEME_UNDERLINE;
	if (mark & THEME_CURSOR)
		look.attributes |= THEME_BOLD | THEME_UNDERLINE;
	return look;
}

/* What is faint, or on the colour of a hit, would be lost in the terminal's
 * colour of text only. */
static struct theme_look marked_richly(struct theme_look look, unsigned mark,
				       bool faint, bool light)
{
	if (mark)
		look.attributes &= (uint8_t)~THEME_DIM;
	if ((mark && faint) || mark & THEME_HIT)
		look.front = -1;
	if (mark & THEME_SELECTED)
		look.back = light ? 253 : 238;
	else if (mark & THEME_AWAY)
		look.back = light ? 255 : 235;
	if (mark & THEME_HIT) {
		look.back = light ? 222 : 94;
		look.attributes |= THEME_UNDERLINE;
	} else if (mark & THEME_CURSOR) {
		look.back = light ? 153 : 18;
		look.attributes |= THEME_BOLD;
	}
	return look;
}

struct theme_look theme_look(const struct theme *theme, enum role role,
			     unsigned mark)
{
	bool light = theme->background == THEME_LIGHT;
	struct theme_look look = {-1, -1, roles[role].attributes};

	if (theme->background == THEME_MONO || theme->colours < 8)
		return marked_plainly(look, mark);
	if (theme->colours < 256) {
		look.front = light ? roles[role].light8 : roles[role].dark8;
		return marked_plainly(look, mark);
	}
	look.front = light ? roles[role].light : roles[role].dark;
	/* With shades to choose from, grey does what dimming does and looks
	 * the same everywhere. */
	if (look.front >= 0)
		look.attributes &= (uint8_t)~THEME_DIM;
	return marked_richly(look, mark,
			     roles[role].attributes & THEME_DIM, light);
}
