/* Looks: what must be told apart, with colours and without. */
#include "screen/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct theme themes[] = {
	{THEME_DARK, 256}, {THEME_DARK, 16}, {THEME_DARK, 8}, {THEME_DARK, 0},
	{THEME_LIGHT, 256}, {THEME_LIGHT, 8}, {THEME_LIGHT, 0},
	{THEME_MONO, 256}, {THEME_MONO, 0}, {THEME_DARK, 1 << 24},
};

enum { THEMES = sizeof(themes) / sizeof(themes[0]) };

static int same(struct theme_look a, struct theme_look b)
{
	return a.front == b.front && a.back == b.back &&
	       a.attributes == b.attributes;
}

static void the_selected_row_stands_out_everywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < THEMES; i++) {
		for (int role = 0; role < ROLE_COUNT; role++) {
			struct theme_look plain = theme_look(
				&themes[i], (enum role)role, 0);
			struct theme_look selected = theme_look(
				&themes[i], (enum role)role, THEME_SELECTED);
			struct theme_look cell = theme_look(
				&themes[i], (enum role)role,
				THEME_SELECTED | THEME_CURSOR);

			if (role != ROLE_MASKED && role != ROLE_ESCAPE)
				assert_false(same(plain, selected));
			assert_false(same(selected, cell));
		}
	}
}

static void without_colours_there_are_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < THEMES; i++) {
		if (themes[i].colours >= 8 &&
		    themes[i].background != THEME_MONO)
			continue;
		for (int role = 0; role < ROLE_COUNT; role++) {
			struct theme_look look = theme_look(
				&themes[i], (enum role)role, THEME_AWAY);

			assert_int_equal(look.front, -1);
			assert_int_equal(look.back, -1);
		}
	}
}

static void eight_colours_are_enough_for_eight(void **state)
{
	(void)state;
	for (size_t i = 0; i < THEMES; i++) {
		for (int role = 0; role < ROLE_COUNT; role++) {
			struct theme_look look = theme_look(
				&themes[i], (enum role)role, 0);

			assert_true(look.front < themes[i].colours);
		}
	}
}

static void masks_and_escapes_are_told_without_colour(void **state)
{
	const struct theme mono = {THEME_MONO, 0};
	struct theme_look text = theme_look(&mono, ROLE_TEXT, 0);

	(void)state;
	assert_false(same(text, theme_look(&mono, ROLE_MASKED, 0)));
	assert_false(same(text, theme_look(&mono, ROLE_ESCAPE, 0)));
	assert_false(same(text, theme_look(&mono, ROLE_ERROR, 0)));
	assert_false(same(theme_look(&mono, ROLE_AWS, 0),
			  theme_look(&mono, ROLE_MASKED, 0)));
}

static void letters_are_unique(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_int_not_equal(theme_letter((enum role)i),
					     theme_letter((enum role)k));
}

static void themes_have_names(void **state)
{
	enum theme_background background = THEME_DARK;

	(void)state;
	assert_true(theme_parse(SPAN("light"), &background));
	assert_int_equal(background, THEME_LIGHT);
	assert_true(theme_parse(SPAN("mono"), &background));
	assert_int_equal(background, THEME_MONO);
	assert_true(theme_parse(SPAN("dark"), &background));
	assert_int_equal(background, THEME_DARK);
	assert_false(theme_parse(SPAN("Dark"), &background));
}

/* A square is near enough to the power of 2.4 of sRGB. */
static double channel(int value)
{
	return value / 255.0 * (value / 255.0);
}

/* Of the 256 colours that all terminals agree on. */
static double light_of(int colour)
{
	static const int level[] = {0, 95, 135, 175, 215, 255};
	int grey = 8 + (colour - 232) * 10, n = colour - 16;
	bool is_grey = colour >= 232;

	return 0.2126 * channel(is_grey ? grey : level[n / 36]) +
	       0.7152 * channel(is_grey ? grey : level[n / 6 % 6]) +
	       0.0722 * channel(is_grey ? grey : level[n % 6]);
}

/* The contrast of WCAG 2, of 3 at least, as it asks of large text: but for rules,
 * which nobody reads. */
static void nothing_that_is_read_is_faint(void **state)
{
	static const unsigned marks[] = {
		0, THEME_SELECTED, THEME_AWAY, THEME_SELECTED | THEME_CURSOR,
		THEME_CURSOR, THEME_HIT, THEME_SELECTED | THEME_HIT};

	(void)state;
	for (int i = 0; i < ROLE_COUNT * 2 * 7; i++) {
		bool light = i % 2;
		enum role role = (enum role)(i / 2 % ROLE_COUNT);
		struct theme theme = {light ? THEME_LIGHT : THEME_DARK, 256};
		struct theme_look look = theme_look(
			&theme, role, marks[i / 2 / ROLE_COUNT]);
		double front = light_of(look.front >= 0 ? look.front
					: light ? 16 : 252);
		double back = light_of(look.back >= 0 ? look.back
				       : light ? 231 : 16);
		double more = front > back ? front : back;
		double less = front > back ? back : front;

		if (role != ROLE_RULE && (more + 0.05) / (less + 0.05) < 3)
			fail_msg("role %c, marks %x, %s", theme_letter(role),
				 marks[i / 2 / ROLE_COUNT],
				 light ? "light" : "dark");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_selected_row_stands_out_everywhere),
		cmocka_unit_test(without_colours_there_are_none),
		cmocka_unit_test(eight_colours_are_enough_for_eight),
		cmocka_unit_test(masks_and_escapes_are_told_without_colour),
		cmocka_unit_test(letters_are_unique),
		cmocka_unit_test(themes_have_names),
		cmocka_unit_test(nothing_that_is_read_is_faint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
