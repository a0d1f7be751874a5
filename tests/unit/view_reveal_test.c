/* Reveal shows exactly one secret, for ten seconds at most, and leaves nothing
 * behind in the buffers and cells of the screen. */
#include "load_support.h"
#include "screen/app.h"
#include "view/keys.h"
#include "view/reveal.h"

static const char events[] =
	"{\"eventVersion\":\"1\",\"eventID\":\"id-1\",\"eventName\":\"e\","
	"\"eventTime\":\"2026-01-01T00:00:00Z\",\"password\":\"correct "
	"horse\",\"n\":\"correct horse\",\"m\":\"x password=tr0ub4dor\","
	"\"k\":[45,45,45,45,45,66,69,71,73,78,32,80,82,73,86,65,84,69,32,75,69,"
	"89]}";

static uint32_t value_at(const struct made *m, uint32_t slot)
{
	return store_slot(m->store, (struct store_event){0, 0}, slot);
}

static void it_shows_one_and_hides_it(void **state)
{
	struct store_event e = {0, 0};
	struct reveal r = {.step = REVEAL_CLOSED};
	struct made m;

	(void)state;
	make_text(&m, events, 9999);
	assert_false(reveal_ask(&r, m.store, e, value_at(&m, 0), SPAN("v")));
	assert_false(reveal_ask(&r, m.store, e, VALUES_NONE, SPAN("v")));
	/* the same text where it is none */
	assert_false(reveal_ask(&r, m.store, e, value_at(&m, 5), SPAN("n")));
	assert_true(reveal_ask(&r, m.store, e, value_at(&m, 4),
			       SPAN("password")));
	assert_int_equal(r.step, REVEAL_ASKING);
	assert_int_equal(r.text.n, 0);
	assert_string_equal(buffer_text(&r.kind), "[password, #k1]");
	reveal_open(&r, m.store, 1000);
	assert_string_equal(buffer_text(&r.text), "correct horse");
	assert_int_equal(reveal_left(&r, 1000), 10);
	assert_int_equal(reveal_left(&r, 1001), 10);
	assert_int_equal(reveal_left(&r, 2000), 9);
	assert_int_equal(reveal_left(&r, 10999), 1);
	assert_int_equal(reveal_left(&r, 11000), 0);
	assert_int_equal(r.step, REVEAL_CLOSED);
	assert_null(r.text.p);
	assert_false(reveal_close(&r));
	assert_int_equal(r.count, 1);
	assert_string_equal(buffer_text(&r.log),
			    "revealed: password, password, id-1\n");
	reveal_free(&r);
	unmake(&m);
}

static void parts_and_bytes_are_shown_as_they_mean(void **state)
{
	struct store_event e = {0, 0};
	struct reveal r = {.step = REVEAL_CLOSED};
	struct made m;

	(void)state;
	make_text(&m, events, 9999);
	assert_true(reveal_ask(&r, m.store, e, value_at(&m, 6), SPAN("m")));
	assert_string_equal(buffer_text(&r.kind), "x password=[password, #k2]");
	reveal_open(&r, m.store, 0);
	assert_string_equal(buffer_text(&r.text), "x password=tr0ub4dor");
	assert_true(reveal_ask(&r, m.store, e, value_at(&m, 7), SPAN("k")));
	assert_null(r.text.p);
	reveal_open(&r, m.store, 0);
	assert_string_equal(buffer_text(&r.text), "-----BEGIN PRIVATE KEY");
	reveal_open(&r, m.store, 0);
	assert_int_equal(r.count, 2);
	assert_string_equal(buffer_text(&r.log),
			    "revealed: password, m, id-1\n"
			    "revealed: private-key, k, id-1\n");
	reveal_forbid(&r);
	assert_null(r.text.p);
	assert_false(reveal_ask(&r, m.store, e, value_at(&m, 4), SPAN("p")));
	reveal_free(&r);
	unmake(&m);
}

static void wake(void)
{
}

/* The app on the password's leaf, in the tree. */
static struct app *at_password(const struct made *m, bool no_reveal)
{
	struct app *a = app_new(&(struct app_options){
		.store = m->store, .wake = wake, .set = SHOW_ASCII,
		.no_reveal = no_reveal});
	struct grid g = {.set = SHOW_ASCII};

	grid_resize(&g, 30, 100);
	app_draw(a, &g);
	app_key(a, KEYS_ENTER);
	for (int i = 0; i < 4; i++)
		app_key(a, 'j');
	grid_free(&g);
	return a;
}

static bool shown(struct app *a, struct grid *g, const char *text)
{
	struct buffer row = {0};
	bool found = false;

	app_draw(a, g);
	for (int i = 0; i < g->rows && !found; i++) {
		buffer_clear(&row);
		for (int k = 0; k < g->columns; k++)
			buffer_add_text(&row, grid_cell(g, i, k)->text);
		found = span_find(buffer_span(&row), span_of(text));
	}
	buffer_free(&row);
	return found;
}

/* What hides it: a key, a paste, and what the loop calls on a resize, before a
 * suspension and at the end. */
static void press(struct app *a)
{
	app_key(a, 'j');
}

static void escape(struct app *a)
{
	app_key(a, KEYS_ESCAPE);
}

static void paste(struct app *a)
{
	app_paste(a, SPAN("y"));
}

static void hide(struct app *a)
{
	assert_true(app_hide(a));
}

static void anything_hides_it_and_the_cells_forget(void **state)
{
	void (*const ways[])(struct app *) = {press, escape, paste, hide};
	struct grid g = {.set = SHOW_ASCII};
	struct made m;

	(void)state;
	make_text(&m, events, 9999);
	grid_resize(&g, 30, 100);
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct app *a = at_password(&m, false);
		const char *bytes = (const char *)g.cells;
		size_t n = (size_t)g.rows * (size_t)g.columns *
			   sizeof *g.cells;

		assert_true(shown(a, &g, "[password, #k1]"));
		assert_false(shown(a, &g, "\"tr0ub4dor"));
		app_key(a, 'R');
		assert_true(shown(a, &g, "reveal?"));
		assert_false(shown(a, &g, "hidden in"));
		app_key(a, 'y');
		assert_true(shown(a, &g, "  correct horse"));
		assert_true(shown(a, &g, "hidden in 10 s"));
		assert_false(shown(a, &g, "tr0ub4dor"));
		ways[i](a);
		assert_false(shown(a, &g, "  correct horse"));
		assert_true(shown(a, &g, "[password, #k1]"));
		assert_false(span_find((struct span){bytes, n},
				       SPAN("tr0ub4dor")));
		assert_false(app_hide(a));
		app_free(a);
	}
	grid_free(&g);
	unmake(&m);
}

static void only_y_says_yes(void **state)
{
	struct grid g = {.set = SHOW_ASCII};
	struct made m;
	struct app *a;

	(void)state;
	make_text(&m, events, 9999);
	grid_resize(&g, 30, 100);
	a = at_password(&m, false);
	app_key(a, 'R');
	app_key(a, KEYS_ENTER);
	assert_false(shown(a, &g, "  correct horse"));
	assert_false(shown(a, &g, "reveal?"));
	app_key(a, 'R');
	app_key(a, 'R');
	assert_false(shown(a, &g, "  correct horse"));
	app_free(a);
	a = at_password(&m, true);
	app_key(a, 'R');
	app_key(a, 'y');
	assert_false(shown(a, &g, "  correct horse"));
	app_free(a);
	grid_free(&g);
	unmake(&m);
}

static void a_small_screen_shows_what_fits(void **state)
{
	struct grid g = {.set = SHOW_ASCII};
	struct made m;
	struct app *a;

	(void)state;
	make_text(&m, events, 9999);
	for (int rows = 1; rows < 12; rows++)
		for (int columns = 1; columns < 30; columns += 3) {
			a = at_password(&m, false);
			app_key(a, 'R');
			grid_resize(&g, rows, columns);
			app_draw(a, &g);
			app_key(a, 'y');
			app_draw(a, &g);
			app_free(a);
		}
	grid_free(&g);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_shows_one_and_hides_it),
		cmocka_unit_test(parts_and_bytes_are_shown_as_they_mean),
		cmocka_unit_test(anything_hides_it_and_the_cells_forget),
		cmocka_unit_test(only_y_says_yes),
		cmocka_unit_test(a_small_screen_shows_what_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
